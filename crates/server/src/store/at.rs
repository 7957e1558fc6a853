use jiff::Timestamp;
use sea_orm::DeriveValueType;

/// An instant as the database holds it: whole milliseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, DeriveValueType)]
pub struct At(pub i64);

impl At {
    /// The instant. What lies outside the calendar that jiff knows (years −9999 to 9999) cannot have been stored.
    pub fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::MAX)
    }
}

impl From<Timestamp> for At {
    fn from(instant: Timestamp) -> Self {
        Self(instant.as_millisecond())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn milliseconds_are_kept_and_finer_parts_are_cut() {
        let instant: Timestamp = "2026-07-28T10:11:12.345678Z".parse().expect("an instant");
        assert_eq!(
            At::from(instant).timestamp().to_string(),
            "2026-07-28T10:11:12.345Z"
        );
    }
}
