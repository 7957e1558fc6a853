//! When questions are answered in the live chat.

use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use crate::document::{Node, Table};
use crate::suggestion::did_you_mean;

const KEYS: [&str; 4] = ["time_zone", "days", "from", "to"];
const DAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Days of the week with one span of time each, `[from, to)`, in the time of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct ChatHours {
    zone: TimeZone,
    days: Vec<Weekday>,
    from: Time,
    to: Time,
}

impl ChatHours {
    /// Whether an instant lies within the hours.
    pub fn hold(&self, now: jiff::Timestamp) -> bool {
        let here = now.to_zoned(self.zone.clone());
        self.days.contains(&here.weekday()) && (self.from..self.to).contains(&here.time())
    }

    /// When they begin the next time after an instant. `None` at the end of the calendar alone.
    pub fn next_opening(&self, now: jiff::Timestamp) -> Option<jiff::Timestamp> {
        let here = now.to_zoned(self.zone.clone());
        // One day of the next seven is a day of the chat, and today of next week is one if today is.
        (0..=7).find_map(|days| {
            let day = here.date().checked_add(days.days()).ok()?;
            let opening: Zoned = day.to_datetime(self.from).to_zoned(self.zone.clone()).ok()?;
            (self.days.contains(&day.weekday()) && opening.timestamp() > now).then(|| opening.timestamp())
        })
    }
}

/// Reads `[chat]`.
pub fn read(node: &Node<'_>) -> Option<ChatHours> {
    let table = node.table(&KEYS)?;
    let zone = table
        .required(
            "time_zone",
            "the time zone of the hours, such as \"Europe/Paris\"",
        )
        .and_then(|node| zone(&node));
    let days = table
        .required(
            "days",
            "the days of the week as a list, such as [\"monday\", \"tuesday\"]",
        )
        .and_then(|node| days(&node));
    let from = time(&table, "from", "when the hours begin, such as \"09:00\"");
    let to = time(&table, "to", "when the hours end, such as \"17:30\"");
    if let (Some((from, _)), Some((to, node))) = (&from, &to)
        && to <= from
    {
        node.mistake("the hours end before they begin; write a later time of the same day");
    }
    Some(ChatHours {
        zone: zone?,
        days: days?,
        from: from?.0,
        to: to?.0,
    })
}

fn zone(node: &Node<'_>) -> Option<TimeZone> {
    let name = node.text()?;
    let zone = TimeZone::get(name).ok();
    if zone.is_none() {
        node.mistake(&format!(
            "“{name}” is no time zone; write one such as Europe/Paris or UTC"
        ));
    }
    zone
}

fn days(node: &Node<'_>) -> Option<Vec<Weekday>> {
    let mut days = Vec::new();
    for (entry, name) in node.texts()? {
        match DAYS.iter().find(|(known, _)| *known == name) {
            Some((_, day)) if days.contains(day) => entry.mistake("this day stands here twice; leave one"),
            Some((_, day)) => days.push(*day),
            None => {
                let hint = did_you_mean(name, DAYS.iter().map(|(known, _)| *known));
                let hint = hint.unwrap_or_else(|| "write it in English and small letters".to_owned());
                entry.mistake(&format!("“{name}” is no day of the week; {hint}"));
            }
        }
    }
    Some(days)
}

fn time<'t>(table: &Table<'t>, key: &str, what: &str) -> Option<(Time, Node<'t>)> {
    let node = table.required(key, what)?;
    let text = node.text()?;
    match text.parse::<Time>() {
        Ok(time) if text.len() == 5 => Some((time, node)),
        _ => {
            node.mistake(&format!("“{text}” is no time of day; write one such as 09:00"));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> jiff::Timestamp {
        text.parse().expect("an instant")
    }

    fn weekdays() -> ChatHours {
        ChatHours {
            zone: TimeZone::get("Europe/Paris").expect("a zone"),
            days: DAYS[..5].iter().map(|(_, day)| *day).collect(),
            from: jiff::civil::time(9, 0, 0, 0),
            to: jiff::civil::time(17, 0, 0, 0),
        }
    }

    #[test]
    fn hours_are_those_of_the_place_in_summer_and_in_winter() {
        // Wednesdays; Paris is two hours ahead of UTC in July, one in January.
        for (instant, open) in [
            ("2026-07-29T06:59:59Z", false),
            ("2026-07-29T07:00:00Z", true),
            ("2026-07-29T14:59:59Z", true),
            ("2026-07-29T15:00:00Z", false),
            ("2026-01-28T07:30:00Z", false),
            ("2026-01-28T08:00:00Z", true),
            ("2026-08-01T10:00:00Z", false), // a Saturday
        ] {
            assert_eq!(weekdays().hold(at(instant)), open, "{instant}");
        }
    }

    #[test]
    fn the_next_opening_is_the_next_day_that_has_hours() {
        let next = |now| weekdays().next_opening(at(now)).expect("an opening").to_string();
        assert_eq!(next("2026-07-29T05:00:00Z"), "2026-07-29T07:00:00Z");
        assert_eq!(next("2026-07-29T12:00:00Z"), "2026-07-30T07:00:00Z");
        assert_eq!(next("2026-07-31T20:00:00Z"), "2026-08-03T07:00:00Z");
        // Over the end of summer time, on the night to Sunday 25 October.
        assert_eq!(next("2026-10-23T20:00:00Z"), "2026-10-26T08:00:00Z");
    }

    #[test]
    fn a_chat_of_one_day_opens_again_a_week_later() {
        let mondays = ChatHours {
            days: vec![Weekday::Monday],
            ..weekdays()
        };
        let next = mondays.next_opening(at("2026-08-03T10:00:00Z"));
        assert_eq!(next, Some(at("2026-08-10T07:00:00Z")));
    }
}
