//! The hours of the chat.

use super::assert_mistakes;
use crate::files::{Files, MAIN};

const TRIAL: &str = "[trial]";
const HOURS: &str = "[chat]\ntime_zone = \"Europe/Paris\"\ndays = [\"monday\", \"friday\"]\nfrom = \"09:00\"\nto = \"17:30\"\n\n[trial]";

fn with(from: &str, to: &str) -> String {
    assert!(HOURS.contains(from), "{from}");
    HOURS.replacen(from, to, 1)
}

#[test]
fn chat_hours_may_be_given_or_left_out() {
    assert_eq!(Files::good().load().expect("a catalog").chat_hours, None);
    let hours = Files::good()
        .edit(MAIN, TRIAL, HOURS)
        .load()
        .expect("a catalog")
        .chat_hours;
    let hours = hours.expect("hours");
    // A Friday, a Saturday.
    assert!(hours.hold("2026-11-20T09:00:00Z".parse().expect("an instant")));
    assert!(!hours.hold("2026-11-21T09:00:00Z".parse().expect("an instant")));
}

#[test]
fn chat_hours() {
    let zone = with("Europe/Paris", "Europe/Pariss");
    let day = with("monday", "munday");
    let twice = with("friday", "monday");
    let time = with("09:00", "9 h");
    let over = with("17:30", "08:30");
    let key = with("from =", "form =");
    assert_mistakes(&[
        (
            MAIN,
            TRIAL,
            &zone,
            "catalog.toml:22:13: chat.time_zone: “Europe/Pariss” is no time zone",
            "such as Europe/Paris",
        ),
        (
            MAIN,
            TRIAL,
            &day,
            "catalog.toml:23:9: chat.days[1]: “munday” is no day of the week",
            "did you mean “monday”?",
        ),
        (
            MAIN,
            TRIAL,
            &twice,
            "catalog.toml:23:19: chat.days[2]: this day stands here twice",
            "leave one",
        ),
        (
            MAIN,
            TRIAL,
            &time,
            "catalog.toml:24:8: chat.from: “9 h” is no time of day",
            "such as 09:00",
        ),
        (
            MAIN,
            TRIAL,
            &over,
            "catalog.toml:25:6: chat.to: the hours end before they begin",
            "later time",
        ),
    ]);
    let slip = Files::good()
        .edit(MAIN, TRIAL, &key)
        .load()
        .expect_err("mistakes")
        .to_string();
    assert!(
        slip.contains("chat.form: there is no such key; did you mean “from”?"),
        "{slip}"
    );
}
