//! Days of the account's calendar.

use leptos::wasm_bindgen::{JsCast, JsValue};
use onedesk_contract::account::AccountView;
use onedesk_contract::{Date, Instant};

/// The day, in the account's time zone, on which an instant falls.
///
/// The browser has the database of time zones, which is too large to be sent along. Nothing for a zone that the browser
/// does not know.
pub fn day_of(view: &AccountView, instant: Instant) -> Option<Date> {
    let options = js_sys::Object::new();
    js_sys::Reflect::set(&options, &"timeZone".into(), &JsValue::from_str(&view.time_zone)).ok()?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds of this millennium are far below 2^53"
    )]
    let milliseconds = instant.as_millisecond() as f64;
    let date = js_sys::Date::new(&JsValue::from_f64(milliseconds));
    // Called by name, as the binding for it does not expect the exception that an unknown zone throws.
    let write = js_sys::Reflect::get(&date, &"toLocaleDateString".into())
        .ok()?
        .dyn_into::<js_sys::Function>()
        .ok()?;
    // Swedish writes dates as ISO 8601 does: 2026-11-22.
    read_date(&write.call2(&date, &"sv-SE".into(), &options).ok()?.as_string()?)
}

/// Reads `2026-11-22`. By hand, since the reader of `jiff` knows much more, and weighs as much.
pub fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The day on which the trial ends: those who subscribe before it lose nobody.
pub fn trial_end(view: &AccountView, ends_at: Instant, days_left: u32) -> Date {
    day_of(view, ends_at).unwrap_or_else(|| {
        // A trial is a matter of weeks; the bound only keeps a broken answer from being a long calculation.
        (0..days_left.min(366)).fold(view.today, |day, _| day.tomorrow().unwrap_or(day))
    })
}

/// The last day of a period that ends before `end`.
pub fn last_day(end: Date) -> Date {
    end.yesterday().unwrap_or(end)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "what should be had fails the test")]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_and_anything_else_is_none() {
        assert_eq!(read_date("2026-11-22"), Date::new(2026, 11, 22).ok());
        for text in ["", "2026-11", "2026-13-01", "22/11/2026", "2026-11-22-1"] {
            assert_eq!(read_date(text), None, "{text}");
        }
    }

    #[test]
    fn a_period_ends_the_day_before_the_next_one_begins() {
        let day = |text| read_date(text).unwrap();
        assert_eq!(last_day(day("2026-03-01")), day("2026-02-28"));
    }
}
