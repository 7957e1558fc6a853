//! The commands that work on the data of a server, whether it runs or not.
//!
//! They open the same database as the server and write in the same transactions ([`crate::store`]): a command waits for the
//! server's transaction and the server for the command's, and of two that do the same at once, one finds it done. Letters
//! are rows of the outbox, which the server sends.

mod credits;
mod orders;
mod staff;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;

pub use credits::credits;
pub use orders::orders;
pub use staff::staff;

use crate::catalog::Catalog;
use crate::chat::live::Live;
use crate::clock::Clock;
use crate::config::{Config, DatabaseOptions, ServerOptions};
use crate::public_url::PublicUrl;
use crate::state::{AppState, Parts};
use crate::store::Store;
use crate::throttle::Throttles;

/// The name of who is at the command line, as the history tells it.
fn name_of(by: Option<&str>) -> String {
    let user = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
    let name = by
        .map(str::to_owned)
        .or_else(user)
        .filter(|name| !name.trim().is_empty());
    name.map_or_else(
        || "command line".to_owned(),
        |name| format!("{} (command line)", name.trim()),
    )
}

fn unchanged(what: impl std::fmt::Display) -> String {
    format!("{what}. Nothing was changed.")
}

/// Everything that the server's deeds reach for, as the server has it.
async fn state(options: &ServerOptions) -> Result<AppState, String> {
    let catalog = Catalog::load(&options.catalog).map_err(|error| error.to_string())?;
    let public_url = PublicUrl::parse(&options.public_url)?;
    let (store, _) = open_existing(&options.database).await?;
    let config = Config::of_command(options);
    let clock = Clock::load(&store, config.sandbox)
        .await
        .map_err(|error| error.to_string())?;
    Ok(AppState::new(Parts {
        throttles: Throttles::new(&config.limits),
        letters_waiting: Notify::new(),
        chat: Live::new(),
        hashing: Arc::new(Semaphore::new(1)),
        stop: CancellationToken::new(),
        register: None,
        public_url,
        config,
        store,
        clock,
        catalog,
        pages: None,
    }))
}

/// The database, and the time.
async fn open(database: &DatabaseOptions) -> Result<(Store, Timestamp), String> {
    let store = Store::open(&database.data, database.database_url.as_deref())
        .await
        .map_err(|error| error.to_string())?;
    let clock = Clock::load(&store, false)
        .await
        .map_err(|error| error.to_string())?;
    Ok((store, clock.now()))
}

/// The same, but none is made: whoever mistypes the folder is told.
async fn open_existing(database: &DatabaseOptions) -> Result<(Store, Timestamp), String> {
    let file = database.data.join("subscribe.sqlite");
    if database.database_url.is_none() && !Path::new(&file).exists() {
        return Err(format!(
            "there is no database in {}: give the server’s data folder with --data",
            database.data.display()
        ));
    }
    open(database).await
}

async fn close(store: Store) -> Result<(), String> {
    store.close().await.map_err(|error| error.to_string())
}

/// Rows with their columns below each other; `nothing` if there are none.
fn table<const COLUMNS: usize>(nothing: &str, rows: &[[String; COLUMNS]]) -> String {
    if rows.is_empty() {
        return nothing.to_owned();
    }
    let width = |column: usize| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default()
    };
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            // Names that people typed must not move the terminal's cursor.
            let cell: String = cell.chars().filter(|character| !character.is_control()).collect();
            let _ = write!(line, "{cell:<width$}  ", width = width(column));
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}
