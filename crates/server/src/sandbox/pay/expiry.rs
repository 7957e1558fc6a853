//! Until when a card is good.

use std::fmt;

use onedesk_contract::Date;

use super::cards::Mistake;

/// The month at whose end a card is good for nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expiry {
    /// Four digits.
    pub year: i16,
    /// 1 to 12.
    pub month: i16,
}

impl Expiry {
    /// Reads what was typed: `12/34`, `12 / 2034`, `1234`.
    pub fn parse(text: &str, today: Date) -> Result<Self, Mistake> {
        let text: String = text.chars().filter(|char| !char.is_whitespace()).collect();
        if text.is_empty() {
            return Err(Mistake::Missing);
        }
        if !text.is_ascii() {
            return Err(Mistake::Malformed);
        }
        let (month, year) = match text.split_once(['/', '-', '.']) {
            Some(parts) => parts,
            None if text.len() == 4 || text.len() == 6 => text.split_at(2),
            None => return Err(Mistake::Malformed),
        };
        let number = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| text.parse::<i16>().ok())?
        };
        let (month, year) = match (number(month), number(year), year.len()) {
            (Some(month @ 1..=12), Some(year), 2) => (month, 2000 + year),
            (Some(month @ 1..=12), Some(year), 4) => (month, year),
            _ => return Err(Mistake::Malformed),
        };
        let expiry = Self { year, month };
        if expiry.is_past(today) {
            Err(Mistake::Past)
        } else {
            Ok(expiry)
        }
    }

    /// Reads what was stored ([`fmt::Display`]).
    pub fn from_stored(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        Some(Self {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
        })
    }

    /// Whether the month is over.
    pub fn is_past(self, today: Date) -> bool {
        (self.year, self.month) < (today.year(), i16::from(today.month()))
    }
}

/// As it is stored: `2034-12`.
impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Expiry, Mistake> {
        Expiry::parse(text, Date::constant(2026, 11, 22))
    }

    #[test]
    fn a_card_is_good_until_the_end_of_its_month() {
        for text in [
            "11/26", "11 / 26", "1126", "112026", "11/2026", "1/27", "12-34", "01.30",
        ] {
            assert!(parse(text).is_ok(), "{text}");
        }
        for text in ["10/26", "12/25", "01/2000"] {
            assert_eq!(parse(text), Err(Mistake::Past), "{text}");
        }
        for text in [
            "13/30",
            "0/30",
            "12",
            "12/345",
            "ab/cd",
            "+1/30",
            "1/+3",
            "/",
            "１２/３４",
        ] {
            assert_eq!(parse(text), Err(Mistake::Malformed), "{text}");
        }
        assert_eq!(parse(""), Err(Mistake::Missing));
    }

    #[test]
    fn it_is_stored_with_the_year_first() {
        assert_eq!(
            parse("1/27").map(|expiry| expiry.to_string()),
            Ok("2027-01".into())
        );
        let expiry = Expiry { year: 2027, month: 1 };
        assert_eq!(Expiry::from_stored("2027-01"), Some(expiry));
        assert_eq!(Expiry::from_stored("2027"), None);
    }
}
