//! The live chat between whoever has a question and the vendor's staff.
//!
//! - A **conversation** belongs to one browser, by a cookie of its own ([`visitor`]); one that began signed in is shown to
//!   that account alone. What is said is numbered, and said once however often it is sent ([`conversation`]).
//! - **Live** are both ends by server-sent events ([`visitor_events`], [`staff_events`]): what was said is written first,
//!   then told by a wake-up ([`live`]); who was away reads on from the last number. Other servers on the same database
//!   look every few seconds.
//! - **With nobody there** ([`presence`]: outside the hours, or no member of staff has the chat open) a question becomes an
//!   e-mail to the support address, with a copy to the asker ([`by_email`]). So does one that waits too long.
//! - **It comes to rest** when the staff put it aside, its visitor ends it ([`ending`]), or half a year has passed.
//!
//! Words are plain text everywhere: pages set them as text, letters escape them.

pub mod by_email;
pub mod conversation;
pub mod ending;
pub mod live;
pub mod panel;
pub mod presence;
pub mod staff_events;
pub mod visitor;
pub mod visitor_events;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::clock;
use crate::error::Error;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::conversations;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

/// How often an open connection looks for what another server wrote.
const ROUND: Duration = Duration::from_secs(5);
/// How often an open connection says that it is still there.
const BEAT: SignedDuration = SignedDuration::from_secs(20);
/// Who was not heard of for so long is not there.
const GONE_AFTER: SignedDuration = SignedDuration::from_secs(60);
/// How long a conversation is kept in which nothing is said any more.
const KEPT: SignedDuration = SignedDuration::from_hours(180 * 24);

/// The machine's own time: who is connected does not depend on the clock that the sandbox moves.
fn machine_time() -> Timestamp {
    Timestamp::now()
}

/// Whether somebody who was seen then is still there.
pub fn still_there(seen_at: At) -> bool {
    seen_at > At::from(clock::earlier(machine_time(), GONE_AFTER))
}

/// Deletes conversations that ended long ago: they hold what strangers wrote, and nobody needs it any more.
pub async fn forget(state: &AppState) -> Result<(), Error> {
    let long_ago = At::from(clock::earlier(state.clock.now(), KEPT));
    state
        .store
        .with_tx(async |tx| {
            conversations::Entity::delete_many()
                .filter(conversations::Column::LastAt.lt(long_ago))
                .exec(&tx)
                .await?;
            Ok(())
        })
        .await
}
