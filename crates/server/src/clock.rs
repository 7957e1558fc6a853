//! The one source of "now".
//!
//! In sandbox mode it can be moved, so that two weeks of trial or a year of renewals are walked through in a minute.
//! How far it was moved is kept in the database: a restart does not jump back, and what was written stays in the past.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, civil};

use crate::error::Error;
use crate::store::{Store, settings};

/// The setting that holds the offset in milliseconds.
const OFFSET: &str = "sandbox.clock_offset_ms";

/// The server's clock.
#[derive(Debug)]
pub struct Clock {
    /// Milliseconds between the machine's clock and this one; 0 outside sandbox mode.
    offset: AtomicI64,
}

impl Clock {
    /// The clock of the machine; in sandbox mode moved as far as it was when the server stopped.
    pub async fn load(store: &Store, sandbox: bool) -> Result<Self, Error> {
        let kept = if sandbox {
            settings::get(store.read(), OFFSET).await?
        } else {
            None
        };
        let offset = kept.and_then(|text| text.parse().ok()).unwrap_or(0);
        Ok(Self {
            offset: AtomicI64::new(offset),
        })
    }

    /// Now, to the millisecond.
    pub fn now(&self) -> Timestamp {
        let offset = self.offset.load(Ordering::Relaxed);
        let now = Timestamp::now().as_millisecond().saturating_add(offset);
        Timestamp::from_millisecond(now).unwrap_or(Timestamp::MAX)
    }

    /// How far the clock was moved.
    pub fn offset(&self) -> SignedDuration {
        SignedDuration::from_millis(self.offset.load(Ordering::Relaxed))
    }

    /// Sets the distance to the machine's clock. For the sandbox alone.
    pub async fn set_offset(&self, store: &Store, offset: SignedDuration) -> Result<(), Error> {
        let offset = i64::try_from(offset.as_millis()).unwrap_or(i64::MAX);
        store
            .with_tx(async |tx| settings::set(&tx, OFFSET, &offset.to_string()).await)
            .await?;
        self.offset.store(offset, Ordering::Relaxed);
        Ok(())
    }
}

/// The time zone of an account; UTC where the name is not (or no longer) in the database of zones.
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The day that it is at `now` in a time zone.
pub fn day(now: Timestamp, zone_name: &str) -> civil::Date {
    now.to_zoned(zone(zone_name)).date()
}

/// The instant at which a day begins in a time zone; the last one that there is where the calendar ends.
pub fn midnight(day: civil::Date, zone_name: &str) -> Timestamp {
    day.to_zoned(zone(zone_name))
        .map_or(Timestamp::MAX, |midnight| midnight.timestamp())
}

/// An instant later than `now`; the last one that there is where the calendar ends.
pub fn later(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// An instant before `now`; the first one that there is where the calendar begins.
pub fn earlier(now: Timestamp, by: SignedDuration) -> Timestamp {
    now.checked_sub(by).unwrap_or(Timestamp::MIN)
}
