//! Dates and instants on the wire: `2026-11-22` and `2026-11-22T18:58:44.123Z`.
//!
//! The server writes the one form, so the browser reads the one form. `jiff` reads every form of RFC 9557 and explains
//! what is wrong with the others; that alone would weigh a tenth of a bundle.

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{Date, Instant};

/// `#[serde(with = "time::date")]`
pub(crate) mod date {
    #![expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]

    use super::{Date, Deserialize, Deserializer, Serializer, read_date};
    use serde::de::Error as _;

    pub(crate) fn serialize<S: Serializer>(date: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(date)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        read_date(&String::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("no date"))
    }
}

/// `#[serde(with = "time::instant")]`
pub(crate) mod instant {
    use super::{Deserialize, Deserializer, Instant, Serializer, read_instant};
    use serde::de::Error as _;

    pub(crate) fn serialize<S: Serializer>(instant: &Instant, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(instant)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Instant, D::Error> {
        read_instant(&String::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("no instant"))
    }
}

/// `#[serde(with = "time::optional_date")]`, with `default` and `skip_serializing_if` beside it.
pub(crate) mod optional_date {
    #![allow(
        clippy::trivially_copy_pass_by_ref,
        clippy::ref_option,
        reason = "serde hands over a reference; the first is told on 64-bit targets only"
    )]

    use super::{Date, Deserialize, Deserializer, OptionalDate, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
        OptionalDate(*date).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
        OptionalDate::deserialize(deserializer).map(|date| date.0)
    }
}

/// `#[serde(with = "time::optional_instant")]`, as for dates.
pub(crate) mod optional_instant {
    #![allow(
        clippy::trivially_copy_pass_by_ref,
        clippy::ref_option,
        reason = "serde hands over a reference; the first is told on 64-bit targets only"
    )]

    use super::{Deserialize, Deserializer, Instant, OptionalInstant, Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        instant: &Option<Instant>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        OptionalInstant(*instant).serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Instant>, D::Error> {
        OptionalInstant::deserialize(deserializer).map(|instant| instant.0)
    }
}

/// A date that may be left out.
#[derive(Clone, Copy, Default)]
pub(crate) struct OptionalDate(pub(crate) Option<Date>);

/// An instant that may be left out.
#[derive(Clone, Copy, Default)]
pub(crate) struct OptionalInstant(pub(crate) Option<Instant>);

impl OptionalDate {
    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde hands over a reference; told on 64-bit targets only"
    )]
    pub(crate) fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

impl OptionalInstant {
    pub(crate) fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

impl Serialize for OptionalDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(date) => date::serialize(date, serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl Serialize for OptionalInstant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(instant) => instant::serialize(instant, serializer),
            None => serializer.serialize_none(),
        }
    }
}

impl<'de> Deserialize<'de> for OptionalDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| read_date(&text).ok_or_else(|| D::Error::custom("no date")))
            .transpose()
            .map(Self)
    }
}

impl<'de> Deserialize<'de> for OptionalInstant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| read_instant(&text).ok_or_else(|| D::Error::custom("no instant")))
            .transpose()
            .map(Self)
    }
}

/// `YYYY-MM-DD`.
fn read_date(text: &str) -> Option<Date> {
    let (year, month, day) = match text.as_bytes() {
        [year @ .., b'-', m1, m2, b'-', d1, d2] if year.len() == 4 => (year, [*m1, *m2], [*d1, *d2]),
        _ => return None,
    };
    let (year, month, day) = (number(year)?, number(&month)?, number(&day)?);
    civil::Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// `YYYY-MM-DDTHH:MM:SS[.fraction]Z`; a fraction is read to the millisecond, as instants are stored.
fn read_instant(text: &str) -> Option<Instant> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [h1, h2, b':', m1, m2, b':', s1, s2] = *time.as_bytes() else {
        return None;
    };
    let (hour, minute, second) = (number(&[h1, h2])?, number(&[m1, m2])?, number(&[s1, s2])?);
    if hour > 23 || minute > 59 || second > 59 || fraction.is_empty() {
        return None;
    }
    let mut milliseconds = 0;
    for place in 0..fraction.len() {
        let digit = number(fraction.as_bytes().get(place..=place)?)?;
        if let Some(weight) = [100, 10, 1].get(place) {
            milliseconds += digit * weight;
        }
    }
    let days = read_date(date)?.duration_since(civil::date(1970, 1, 1)).as_secs() / 86_400;
    let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second;
    Instant::from_millisecond(seconds * 1_000 + milliseconds).ok()
}

/// A number of decimal digits, few enough to fit.
fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |number: i64, digit| {
        digit
            .is_ascii_digit()
            .then(|| number * 10 + i64::from(digit - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for text in [
            "1970-01-01T00:00:00Z",
            "2026-11-22T18:58:44.123Z",
            "2028-02-29T23:59:59.5Z",
            "1969-12-31T23:59:59Z",
        ] {
            let instant: Instant = text.parse().expect("jiff reads it");
            assert_eq!(read_instant(text), Some(instant), "{text}");
            assert_eq!(read_instant(&instant.to_string()), Some(instant), "{text}");
        }
        assert_eq!(read_date("2028-02-29"), Some(civil::date(2028, 2, 29)));
    }

    #[test]
    fn what_is_none_is_refused() {
        for text in [
            "",
            "2026-02-29",
            "2026-1-01",
            "26-01-01",
            "2026-01-01 ",
            "２０２６-01-01",
            "2026-13-01",
            "+2026-01-01",
        ] {
            assert_eq!(read_date(text), None, "{text}");
        }
        for text in [
            "2026-01-01",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.Z",
            "2026-01-01T00:00:0éZ",
        ] {
            assert_eq!(read_instant(text), None, "{text}");
        }
    }
}
