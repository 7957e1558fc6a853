//! The test cards and what each of them does.
//!
//! The numbers are the ones that payment providers publish for their own test modes, so that people know them by
//! heart. They pass the check digit and belong to nobody. Any other number is refused before anything is done with it:
//! a real card typed here by mistake goes nowhere and is not kept.

use onedesk_contract::Date;
use serde::Deserialize;

use super::expiry::Expiry;

/// One of the known test cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestCard {
    /// Sixteen digits.
    pub number: &'static str,
    /// The card's brand as people read it.
    pub brand: &'static str,
    /// What happens when it pays.
    pub outcome: Outcome,
}

/// What happens when a test card pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The money is taken.
    Pays,
    /// The money is taken as long as the holder is there: charged later as a stored card, it is declined.
    PaysOnce,
    /// The card's bank refuses.
    Refused(Refusal),
    /// The bank asks the holder first (3-D Secure).
    AsksHolder,
}

/// Why nothing was taken. The buyer may try again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No reason given.
    Declined,
    /// Too little money behind the card.
    InsufficientFunds,
    /// The bank says that the card has expired.
    CardExpired,
    /// The holder did not confirm (3-D Secure).
    NotConfirmed,
}

impl Refusal {
    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::InsufficientFunds => "insufficient-funds",
            Self::CardExpired => "card-expired",
            Self::NotConfirmed => "not-confirmed",
        }
    }

    /// From [`Refusal::as_str`].
    pub fn from_stored(text: &str) -> Option<Self> {
        let all = [
            Self::Declined,
            Self::InsufficientFunds,
            Self::CardExpired,
            Self::NotConfirmed,
        ];
        all.into_iter().find(|refusal| refusal.as_str() == text)
    }
}

/// All of them, in the order to show.
pub const TEST_CARDS: [TestCard; 7] = [
    TestCard {
        number: "4242424242424242",
        brand: "Visa",
        outcome: Outcome::Pays,
    },
    TestCard {
        number: "5555555555554444",
        brand: "Mastercard",
        outcome: Outcome::Pays,
    },
    TestCard {
        number: "4000000000000341",
        brand: "Visa",
        outcome: Outcome::PaysOnce,
    },
    TestCard {
        number: "4000000000000002",
        brand: "Visa",
        outcome: Outcome::Refused(Refusal::Declined),
    },
    TestCard {
        number: "4000000000009995",
        brand: "Visa",
        outcome: Outcome::Refused(Refusal::InsufficientFunds),
    },
    TestCard {
        number: "4000000000000069",
        brand: "Visa",
        outcome: Outcome::Refused(Refusal::CardExpired),
    },
    TestCard {
        number: "4000002500003155",
        brand: "Visa",
        outcome: Outcome::AsksHolder,
    },
];

impl TestCard {
    /// The card of a number, as [`TestCard::number`] has it.
    pub fn of_number(number: &str) -> Option<Self> {
        TEST_CARDS.into_iter().find(|card| card.number == number)
    }

    /// As on an invoice: `Visa •••• 4242`.
    pub fn method(&self) -> String {
        let (_, last) = self.number.split_at(self.number.len() - 4);
        format!("{} •••• {last}", self.brand)
    }

    /// In groups of four, as it stands on a card.
    pub fn grouped(&self) -> String {
        let (a, rest) = self.number.split_at(4);
        let (b, rest) = rest.split_at(4);
        let (c, d) = rest.split_at(4);
        format!("{a} {b} {c} {d}")
    }
}

/// What the form sends, as typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CardForm {
    /// The card's number, spaces allowed.
    #[serde(default)]
    pub number: String,
    /// Month and year: `12/34`, `12 / 2034`, `1234`.
    #[serde(default)]
    pub expiry: String,
    /// Three digits.
    #[serde(default)]
    pub cvc: String,
    /// The holder's name.
    #[serde(default)]
    pub name: String,
}

/// What is wrong with one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Nothing was typed.
    Missing,
    /// Not of the field's form: letters, too few digits, a 13th month, a wrong check digit.
    Malformed,
    /// A month that is over.
    Past,
    /// A card's number, but none of the test cards.
    NoTestCard,
    /// More characters than fit.
    TooLong,
}

/// What is wrong with the form, field by field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mistakes {
    /// The number.
    pub number: Option<Mistake>,
    /// The month and year.
    pub expiry: Option<Mistake>,
    /// The security code.
    pub cvc: Option<Mistake>,
    /// The holder's name.
    pub name: Option<Mistake>,
}

impl CardForm {
    /// The card and until when it is good, if everything was filled in as it should be. `today` is the day by the sandbox's clock.
    pub fn check(&self, today: Date) -> Result<(TestCard, Expiry), Mistakes> {
        let (number, expiry) = (card_of(&self.number), Expiry::parse(&self.expiry, today));
        let mistakes = Mistakes {
            number: number.err(),
            expiry: expiry.err(),
            cvc: cvc_mistake(&self.cvc),
            name: name_mistake(&self.name),
        };
        match (number, expiry) {
            (Ok(card), Ok(expiry)) if mistakes == Mistakes::default() => Ok((card, expiry)),
            _ => Err(mistakes),
        }
    }
}

fn card_of(text: &str) -> Result<TestCard, Mistake> {
    let digits: String = text
        .chars()
        .filter(|char| !char.is_whitespace() && *char != '-')
        .collect();
    if digits.is_empty() {
        return Err(Mistake::Missing);
    }
    // ISO/IEC 7812: at most 19 digits. The shortest numbers in use have 12.
    if !(12..=19).contains(&digits.len())
        || !digits.bytes().all(|byte| byte.is_ascii_digit())
        || !luhn(&digits)
    {
        return Err(Mistake::Malformed);
    }
    TestCard::of_number(&digits).ok_or(Mistake::NoTestCard)
}

/// The check digit of ISO/IEC 7812-1, annex B: every second digit from the right counts double, its digits added up.
fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0');
            match (place % 2, digit) {
                (0, digit) => digit,
                (_, digit @ ..5) => digit * 2,
                (_, digit) => digit * 2 - 9,
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn cvc_mistake(text: &str) -> Option<Mistake> {
    let text = text.trim();
    match text.len() {
        0 => Some(Mistake::Missing),
        3 if text.bytes().all(|byte| byte.is_ascii_digit()) => None,
        _ => Some(Mistake::Malformed),
    }
}

fn name_mistake(text: &str) -> Option<Mistake> {
    let text = text.trim();
    if text.is_empty() {
        Some(Mistake::Missing)
    } else if text.chars().count() > 100 {
        Some(Mistake::TooLong)
    } else if text.chars().any(char::is_control) {
        Some(Mistake::Malformed)
    } else {
        None
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a card that should be refused fails the test")]
mod tests {
    use super::*;

    const TODAY: Date = Date::constant(2026, 11, 22);
    /// Of [`form`].
    const EXPIRY: Expiry = Expiry {
        year: 2034,
        month: 12,
    };

    fn form(number: &str) -> CardForm {
        CardForm {
            number: number.into(),
            expiry: "12/34".into(),
            cvc: "123".into(),
            name: "Ada Lovelace".into(),
        }
    }

    #[test]
    fn every_test_card_passes_the_check_digit_and_is_known() {
        for card in TEST_CARDS {
            assert_eq!(form(card.number).check(TODAY), Ok((card, EXPIRY)));
            assert_eq!(form(&card.grouped()).check(TODAY), Ok((card, EXPIRY)));
        }
        assert_eq!(TEST_CARDS[0].method(), "Visa •••• 4242");
    }

    #[test]
    fn a_wrong_digit_letters_and_lengths_are_malformed() {
        for number in [
            "4242424242424241",
            "4242",
            "4242 4242 4242 424x",
            "４２４２４２４２４２４２４２４２",
            "42424242424242424242",
        ] {
            assert_eq!(
                form(number).check(TODAY).unwrap_err().number,
                Some(Mistake::Malformed),
                "{number}"
            );
        }
        assert_eq!(form(" ").check(TODAY).unwrap_err().number, Some(Mistake::Missing));
    }

    #[test]
    fn a_number_that_may_be_somebodys_is_not_taken() {
        // Passes the check digit, and is no test card.
        assert_eq!(
            form("4111111111111111").check(TODAY).unwrap_err().number,
            Some(Mistake::NoTestCard)
        );
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let mistakes = CardForm {
            cvc: "12a".into(),
            ..CardForm::default()
        }
        .check(TODAY)
        .unwrap_err();
        let missing = Some(Mistake::Missing);
        let expected = Mistakes {
            number: missing,
            expiry: missing,
            cvc: Some(Mistake::Malformed),
            name: missing,
        };
        assert_eq!(mistakes, expected);
    }

    #[test]
    fn refusals_are_read_back() {
        for card in TEST_CARDS {
            if let Outcome::Refused(refusal) = card.outcome {
                assert_eq!(Refusal::from_stored(refusal.as_str()), Some(refusal));
            }
        }
        assert_eq!(Refusal::from_stored("not-confirmed"), Some(Refusal::NotConfirmed));
        assert_eq!(Refusal::from_stored("else"), None);
    }
}
