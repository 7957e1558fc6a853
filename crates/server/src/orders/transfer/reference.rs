//! What a bank transfer quotes so that it is recognised.
//!
//! Source: ISO 11649 (creditor reference: `RF`, two check digits by ISO 7064 modulo 97-10, up to 21 characters). Banks carry
//! it unchanged, and a digit that was mistyped or two that were swapped are told at once. Ours has ten digits and no
//! letters: nothing in it can be taken for something else.

use std::fmt;
use std::str::FromStr;

/// How many digits stand behind the check digits.
const DIGITS: usize = 10;
/// Numbers of so many digits that do not begin with a zero.
const NUMBERS: std::ops::Range<u64> = 1_000_000_000..10_000_000_000;

/// A creditor reference, such as `RF18 5390 0754 70`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference(String);

impl Reference {
    /// One by chance. Whether an order has it already is for the database to say.
    pub fn random() -> Self {
        Self::of(rand::random_range(NUMBERS))
    }

    /// With the check digits of a number.
    fn of(number: u64) -> Self {
        let check = 98 - remainder(&format!("{number}RF00")).unwrap_or(0);
        Self(format!("RF{check:02}{number}"))
    }

    /// As it is stored: without spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is no reference that this server gave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAReference {
    /// Something else altogether.
    #[error("this is no payment reference; one looks like RF18 5390 0754 70")]
    Form,
    /// The check digits do not fit the others.
    #[error("the check digits of this payment reference do not fit: compare it digit by digit")]
    CheckDigits,
}

impl FromStr for Reference {
    type Err = NotAReference;

    /// Reads a reference as people copy it: spaces and small letters do not matter.
    fn from_str(text: &str) -> Result<Self, NotAReference> {
        let text: String = text.split_whitespace().collect::<String>().to_ascii_uppercase();
        let digits = text.strip_prefix("RF").ok_or(NotAReference::Form)?;
        if digits.len() != DIGITS + 2 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(NotAReference::Form);
        }
        let (check, number) = digits.split_at(2);
        if remainder(&format!("{number}RF{check}")) == Some(1) {
            Ok(Self(text))
        } else {
            Err(NotAReference::CheckDigits)
        }
    }
}

/// As people read it, in groups of four.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(&self.0))
    }
}

/// In groups of four, as references and IBANs are written. Spaces that are there already do not matter.
pub fn grouped(text: &str) -> String {
    let characters: Vec<char> = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .collect();
    let groups: Vec<String> = characters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

/// What is left of the number that a text spells when it is divided by 97, letters counting from A = 10.
fn remainder(text: &str) -> Option<u32> {
    text.chars().try_fold(0_u32, |rest, character| {
        let value = character.to_digit(36)?;
        let shift = if value > 9 { 100 } else { 10 };
        Some((rest * shift + value) % 97)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digits_are_those_of_the_standard() {
        // The example of ISO 11649 itself.
        assert_eq!(remainder("539007547034RF18"), Some(1));
        assert_eq!(remainder("539007547034RF00").map(|rest| 98 - rest), Some(18));
    }

    #[test]
    fn a_reference_is_read_as_people_copy_it() {
        for _ in 0..200 {
            let reference = Reference::random();
            let shown = reference.to_string();
            assert_eq!(shown.len(), 14 + 3, "{shown}");
            for text in [
                shown.clone(),
                reference.as_str().to_owned(),
                shown.to_lowercase(),
                format!(" {shown}\u{a0}"),
            ] {
                assert_eq!(text.parse(), Ok(reference.clone()), "{text}");
            }
        }
    }

    #[test]
    fn a_mistyped_or_swapped_digit_is_told() {
        let reference = Reference::of(1_234_567_890);
        let right = reference.as_str().as_bytes();
        for place in 2..right.len() {
            for digit in b'0'..=b'9' {
                let mut typed = right.to_vec();
                typed[place] = digit;
                let typed = String::from_utf8(typed).expect("ASCII");
                assert_eq!(
                    typed.parse::<Reference>().is_ok(),
                    typed == reference.as_str(),
                    "{typed}"
                );
            }
            if place + 1 < right.len() && right[place] != right[place + 1] {
                let mut swapped = right.to_vec();
                swapped.swap(place, place + 1);
                let swapped = String::from_utf8(swapped).expect("ASCII");
                assert_eq!(
                    swapped.parse::<Reference>(),
                    Err(NotAReference::CheckDigits),
                    "{swapped}"
                );
            }
        }
    }

    #[test]
    fn other_texts_are_no_references() {
        for text in [
            "",
            "RF",
            "INV-000001",
            "RF18539007547034",
            "RFé8 5390 0754 70",
            "１８",
        ] {
            assert_eq!(text.parse::<Reference>(), Err(NotAReference::Form), "{text}");
        }
    }
}
