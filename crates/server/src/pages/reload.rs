//! Reloads open pages after a build. For developers of the pages; absent otherwise.

use std::convert::Infallible;
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::stream::{self, Stream, StreamExt};

use super::BUILD_STAMP;
use crate::error::Error;
use crate::state::AppState;

/// How often the stamp is looked at.
const INTERVAL: Duration = Duration::from_millis(300);

/// Reconnects by itself while the server starts anew, and then learns of the new build.
const SCRIPT: &str = r#"const source = new EventSource("/dev/reload");
let shown;
source.onmessage = ({ data }) => {
  if (shown !== undefined && data !== shown) location.reload();
  shown = data;
};
addEventListener("pagehide", () => source.close());
"#;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/dev/reload.js", get(script))
        .route("/dev/reload", get(stamps))
}

async fn script() -> impl IntoResponse {
    (
        [
            (CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (CACHE_CONTROL, "no-cache"),
        ],
        SCRIPT,
    )
}

/// The build's stamp now, and whenever it changes, until the server stops.
async fn stamps(State(state): State<AppState>) -> Response {
    let Some(folder) = &state.config.pages else {
        return Error::NotFound.into_response();
    };
    let stop = state.stop.clone().cancelled_owned();
    Sse::new(changes(folder.join(BUILD_STAMP)).take_until(stop))
        .keep_alive(KeepAlive::default())
        .into_response()
}

fn changes(file: PathBuf) -> impl Stream<Item = Result<Event, Infallible>> {
    stream::unfold((file, None::<String>), async |(file, last)| {
        loop {
            // Absent for a moment while the folder is replaced.
            if let Ok(stamp) = tokio::fs::read_to_string(&file).await
                && last.as_deref() != Some(stamp.trim())
            {
                let stamp = stamp.trim().to_owned();
                return Some((Ok(Event::default().data(&stamp)), (file, Some(stamp))));
            }
            tokio::time::sleep(INTERVAL).await;
        }
    })
}
