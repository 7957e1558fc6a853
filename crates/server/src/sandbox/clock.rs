//! `/sandbox/clock`: moves the server's clock.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use jiff::{SignedDuration, Timestamp};
use maud::html;
use serde::{Deserialize, Deserializer, Serialize};

use super::page;
use crate::error::Error;
use crate::lifecycle;
use crate::state::AppState;

/// The clock shows times between these: what lies further is a slip of the finger.
const EARLIEST: &str = "2000-01-01T00:00:00Z";
const LATEST: &str = "2200-01-01T00:00:00Z";

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/sandbox/clock", get(show).post(turn))
        .route("/sandbox/clock.json", get(tell))
}

/// How to move the clock. Exactly one member is given.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Move {
    #[serde(deserialize_with = "number")]
    advance_days: Option<i64>,
    #[serde(deserialize_with = "number")]
    advance_hours: Option<i64>,
    #[serde(deserialize_with = "instant")]
    set: Option<Timestamp>,
    reset: Option<bool>,
}

/// What the clock shows.
#[derive(Debug, Serialize)]
struct Shown {
    now: Timestamp,
    /// Seconds between the machine's clock and this one.
    offset_seconds: i64,
}

/// The time as a sentence holds it.
pub fn told(state: &AppState) -> String {
    state.clock.now().strftime("%A, %-d %B %Y, %H:%M UTC").to_string()
}

async fn show(State(state): State<AppState>) -> Response {
    let offset = state.clock.offset();
    let trial = i64::from(state.catalog.price_list().trial.days);
    let content = html! {
        p.now { (told(&state)) }
        p.soft {
            @if offset.is_zero() { "The clock shows the real time." }
            @else { "The clock was moved by " (in_words(offset)) ". It keeps running from there." }
        }
        h2 { "Advance" }
        form.row method="post" {
            label { "Days" input type="number" name="advance_days" value="1" min="-36500" max="36500" required; }
            button type="submit" { "Advance by days" }
        }
        form.row method="post" {
            label { "Hours" input type="number" name="advance_hours" value="1" min="-876000" max="876000" required; }
            button type="submit" { "Advance by hours" }
        }
        @for (days, what) in [(trial - 1, "to the last day of a new trial"), (trial, "to its end")] {
            form.row method="post" {
                input type="hidden" name="advance_days" value=(days);
                button type="submit" { (days) " days, " (what) }
            }
        }
        h2 { "Set" }
        form.row method="post" {
            label { "Date and time, UTC" input type="datetime-local" name="set" required; }
            button type="submit" { "Set the clock" }
        }
        form.row method="post" {
            input type="hidden" name="reset" value="true";
            button type="submit" { "Back to the real time" }
        }
        p.soft { "What is due by the new time happens at once: reminders go out, trials end, subscriptions are renewed, open payments run out." }
    };
    page("Clock", content)
}

async fn tell(State(state): State<AppState>) -> Json<Shown> {
    Json(shown(&state))
}

/// Takes a form from the page and JSON from tests.
async fn turn(State(state): State<AppState>, headers: HeaderMap, body: Bytes) -> Result<Response, Error> {
    let is_json = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/json"));
    let malformed = |error: String| Error::MalformedBody(error);
    let wanted: Move = if is_json {
        serde_json::from_slice(&body).map_err(|error| malformed(error.to_string()))?
    } else {
        serde_urlencoded::from_bytes(&body).map_err(|error| malformed(error.to_string()))?
    };
    let offset = offset(&state, &wanted)?;
    state.clock.set_offset(&state.store, offset).await?;
    tracing::info!(now = %state.clock.now(), "clock moved");
    lifecycle::pass(&state).await?;
    state.letters_waiting.notify_one();
    if is_json {
        Ok((StatusCode::OK, Json(shown(&state))).into_response())
    } else {
        Ok(Redirect::to("/sandbox/clock").into_response())
    }
}

fn offset(state: &AppState, wanted: &Move) -> Result<SignedDuration, Error> {
    let refuse = |what: &str| Error::MalformedBody(what.to_owned());
    let too_far = || refuse("the clock shows times from the year 2000 to the year 2199 only");
    let now = state.clock.now();
    let target = match wanted {
        Move {
            advance_days: Some(days),
            advance_hours: None,
            set: None,
            reset: None,
        } => {
            let hours = days.checked_mul(24).ok_or_else(too_far)?;
            now.checked_add(hours_of(hours).ok_or_else(too_far)?)
                .map_err(|_| too_far())?
        }
        Move {
            advance_days: None,
            advance_hours: Some(hours),
            set: None,
            reset: None,
        } => now
            .checked_add(hours_of(*hours).ok_or_else(too_far)?)
            .map_err(|_| too_far())?,
        Move {
            advance_days: None,
            advance_hours: None,
            set: Some(instant),
            reset: None,
        } => *instant,
        Move {
            advance_days: None,
            advance_hours: None,
            set: None,
            reset: Some(true),
        } => {
            return Ok(SignedDuration::ZERO);
        }
        _ => {
            return Err(refuse(
                "give exactly one of advance_days, advance_hours, set, and reset (true)",
            ));
        }
    };
    let range = bound(EARLIEST)..bound(LATEST);
    if !range.contains(&target) {
        return Err(too_far());
    }
    Ok(state.clock.offset() + target.duration_since(now))
}

fn hours_of(hours: i64) -> Option<SignedDuration> {
    SignedDuration::try_from_hours(hours)
}

fn bound(text: &str) -> Timestamp {
    text.parse().expect("a constant instant")
}

fn shown(state: &AppState) -> Shown {
    Shown {
        now: state.clock.now(),
        offset_seconds: state.clock.offset().as_secs(),
    }
}

fn in_words(offset: SignedDuration) -> String {
    let hours = (offset.as_secs() + offset.as_secs().signum() * 1800) / 3600;
    let counted = |number: i64, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    let (days, rest) = (hours.abs() / 24, hours.abs() % 24);
    let back = if hours < 0 { ", back" } else { "" };
    format!("{} and {}{back}", counted(days, "day"), counted(rest, "hour"))
}

/// A whole number, as a number of JSON or as text of a form.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(i64),
        Text(String),
    }
    match Either::deserialize(deserializer)? {
        Either::Number(number) => Ok(Some(number)),
        Either::Text(text) => text
            .trim()
            .parse()
            .map(Some)
            .map_err(|_| serde::de::Error::custom(format!("{text:?} is no whole number"))),
    }
}

/// An instant, or what an input of type `datetime-local` gives, taken as UTC.
fn instant<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let local = || {
        text.parse::<jiff::civil::DateTime>()
            .ok()?
            .to_zoned(jiff::tz::TimeZone::UTC)
            .ok()
    };
    let instant = text
        .parse()
        .ok()
        .or_else(|| local().map(|zoned| zoned.timestamp()));
    instant
        .map(Some)
        .ok_or_else(|| serde::de::Error::custom(format!("{text:?} is no date and time")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_and_json_say_the_same() {
        let form: Move = serde_urlencoded::from_str("advance_days=14").expect("a move");
        let json: Move = serde_json::from_str(r#"{"advance_days":14}"#).expect("a move");
        assert_eq!((form.advance_days, json.advance_days), (Some(14), Some(14)));
        let form: Move = serde_urlencoded::from_str("set=2026-12-01T10%3A30").expect("a move");
        assert_eq!(
            form.set.map(|at| at.to_string()).as_deref(),
            Some("2026-12-01T10:30:00Z")
        );
        assert!(serde_json::from_str::<Move>(r#"{"advance_days":1.5}"#).is_err());
        assert!(serde_json::from_str::<Move>(r#"{"days":1}"#).is_err());
    }
}
