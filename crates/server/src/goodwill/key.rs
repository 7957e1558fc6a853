//! What makes two messages the same one.

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Gift;
use crate::encoding::base64url;

/// The key that a credit is sent with: the same key gives it once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftKey(String);

impl GiftKey {
    /// The most characters of one that people make.
    pub const MAX_LENGTH: usize = 200;

    /// Of a form that is shown: sent twice, or sent again after *Back*, it is the same.
    pub fn of_form(token: Uuid) -> Self {
        Self(format!("form-{token}"))
    }

    /// Of whoever sends it by a program and has a key of their own.
    pub fn given(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = (1..=Self::MAX_LENGTH).contains(&text.len());
        (fits && text.bytes().all(|byte| byte.is_ascii_graphic())).then(|| Self(format!("given-{text}")))
    }

    /// Of a message without one: the same amount for the same reason on the same day is the same message.
    pub fn of_day(gift: &Gift, today: Date) -> Self {
        let told = format!("{}\0{}\0{today}", gift.amount, gift.reason.as_str());
        Self(format!("day-{}", base64url(&Sha256::digest(told))))
    }

    /// As it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use onedesk_contract::fields::CreditReason;
    use onedesk_pricing::{Currency, Money};

    use super::*;

    #[test]
    fn another_amount_reason_or_day_is_another_credit() {
        let gift = |minor, reason: &str| Gift {
            amount: Money::new(minor, Currency::EUR),
            reason: CreditReason::parse(reason).expect("a reason"),
        };
        let today = date(2026, 11, 23);
        let key = GiftKey::of_day(&gift(500, "Outage"), today);
        assert_eq!(key, GiftKey::of_day(&gift(500, " Outage "), today));
        for other in [
            GiftKey::of_day(&gift(501, "Outage"), today),
            GiftKey::of_day(&gift(500, "Outage of Monday"), today),
            GiftKey::of_day(&gift(500, "Outage"), date(2026, 11, 24)),
            GiftKey::of_form(Uuid::nil()),
        ] {
            assert_ne!(key, other);
        }
    }

    #[test]
    fn a_key_of_ones_own_is_visible_and_not_too_long() {
        assert!(GiftKey::given("ticket-4711").is_some());
        for text in ["", "  ", "two words", "naïve", &"x".repeat(201)] {
            assert_eq!(GiftKey::given(text), None, "{text}");
        }
    }
}
