use std::fmt;

use super::FieldError;
use super::letters::{lower, lowered};

/// The fewest characters of a password.
pub const MIN_PASSWORD_LENGTH: u32 = 10;
/// The most: far above any manager's default, low enough that hashing stays bounded.
const MAX_LENGTH: u32 = 128;

/// Passwords of at least [`MIN_PASSWORD_LENGTH`] characters that lead every list of leaked ones.
const COMMON: &[&str] = &[
    "1234567890",
    "0123456789",
    "0987654321",
    "1q2w3e4r5t",
    "1qaz2wsx3edc",
    "qwertyuiop",
    "azertyuiop",
    "password12",
    "password123",
    "password1234",
    "motdepasse",
    "motdepasse1",
    "motdepasse123",
    "administrator",
    "administrateur",
    "iloveyou12",
    "letmein123",
    "welcome123",
    "bienvenue1",
    "bienvenue123",
    "qwerty12345",
    "qwerty123456",
    "azerty12345",
    "azerty123456",
    "abcdefghij",
    "abcd123456",
    "changeme123",
    "11111111111",
    "123123123123",
    "passwordpassword",
    "1234512345",
    "q1w2e3r4t5",
    "monkey1234",
    "football12",
    "sunshine12",
    "princess12",
    "p@ssw0rd123",
];

/// A password that may be set. Not shown by `Debug`.
///
/// NIST SP 800-63B: length counts, composition rules do not; what everybody tries first, or what stands beside the
/// field, is refused. Nothing is trimmed: a space is a character.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Checks a new password against `context`: e-mail address, company, whatever an attacker knows as well.
    pub fn parse(text: &str, context: &[&str]) -> Result<Self, FieldError> {
        let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
        if length == 0 {
            return Err(FieldError::Required);
        }
        if length < MIN_PASSWORD_LENGTH {
            return Err(FieldError::TooShort {
                min: MIN_PASSWORD_LENGTH,
            });
        }
        if length > MAX_LENGTH {
            return Err(FieldError::TooLong { max: MAX_LENGTH });
        }
        let folded = lowered(text);
        if COMMON.contains(&folded.as_str()) || distinct_characters(&folded) < 4 {
            return Err(FieldError::PasswordTooCommon);
        }
        if repeats(&folded, context) {
            return Err(FieldError::PasswordRepeatsOther);
        }
        Ok(Self(text.to_owned()))
    }

    /// The text, for hashing.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

fn distinct_characters(text: &str) -> usize {
    // Without sorting, whose code would weigh more in the browser than all else that is done with a password.
    text.chars()
        .enumerate()
        .filter(|(at, c)| !text.chars().take(*at).any(|before| before == *c))
        .count()
}

/// Whether the password is little more than something known: that text with at most three characters around it.
fn repeats(folded: &str, context: &[&str]) -> bool {
    let length = folded.chars().count();
    context.iter().map(|known| lowered(known.trim())).any(|known| {
        let candidates = [known.as_str(), known.split('@').next().unwrap_or_default()];
        candidates.into_iter().any(|known| {
            let known_length = known.chars().count();
            known_length >= 4 && folded.contains(known) && length <= known_length + 3
        })
    })
}

/// The hint beside the field while a password is typed. A hint only: what may be set is decided by
/// [`Password::parse`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PasswordStrength {
    /// Would be refused.
    TooWeak,
    /// Accepted.
    Fair,
    /// Long or varied.
    Good,
    /// Long and varied.
    Strong,
}

impl PasswordStrength {
    /// Judges a password as it is typed, with the same `context` as [`Password::parse`].
    pub fn of(text: &str, context: &[&str]) -> Self {
        if Password::parse(text, context).is_err() {
            return Self::TooWeak;
        }
        let length = text.chars().count();
        let kinds = [
            text.chars().any(|c| c.is_alphabetic() && lower(c) == c),
            text.chars().any(|c| lower(c) != c),
            text.chars().any(|c| c.is_ascii_digit()),
            text.chars().any(|c| !c.is_alphanumeric()),
        ];
        let variety = kinds.into_iter().filter(|present| *present).count();
        match length + 2 * variety {
            ..=14 => Self::Fair,
            15..=20 => Self::Good,
            _ => Self::Strong,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_and_composition_does_not() {
        assert!(Password::parse("correct horse battery", &[]).is_ok());
        assert_eq!(
            Password::parse("Aa1!", &[]),
            Err(FieldError::TooShort { min: 10 })
        );
        assert_eq!(
            Password::parse(&"ab1!".repeat(40), &[]),
            Err(FieldError::TooLong { max: 128 })
        );
        assert_eq!(Password::parse("", &[]), Err(FieldError::Required));
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        for text in ["Password123", "1234567890", "aaaaaaaaaaaa", "abababababab"] {
            assert_eq!(
                Password::parse(text, &[]),
                Err(FieldError::PasswordTooCommon),
                "{text}"
            );
        }
        assert_eq!(
            Password::parse("ada.lovelace1", &["ada.lovelace@example.com"]),
            Err(FieldError::PasswordRepeatsOther)
        );
        assert!(Password::parse("ada.lovelace counts her engines", &["ada.lovelace@example.com"]).is_ok());
    }

    #[test]
    fn strength_grows_with_length_and_variety() {
        assert_eq!(PasswordStrength::of("short", &[]), PasswordStrength::TooWeak);
        assert_eq!(PasswordStrength::of("abcdefghik", &[]), PasswordStrength::Fair);
        assert_eq!(PasswordStrength::of("abcdefg hi k", &[]), PasswordStrength::Good);
        assert_eq!(
            PasswordStrength::of("correct Horse 7 battery", &[]),
            PasswordStrength::Strong
        );
    }

    #[test]
    fn debug_does_not_show_it() {
        let password = Password::parse("correct horse battery", &[]).expect("fine");
        assert_eq!(format!("{password:?}"), "Password(…)");
    }
}
