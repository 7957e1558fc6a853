use std::fmt;

use super::FieldError;

/// The longest address that a mail server has to take (RFC 5321, path without its brackets).
const MAX_LENGTH: u32 = 254;

/// An e-mail address in the form in which it is stored and compared: trimmed and in lower case.
///
/// The check is the one of HTML's `<input type="email">`, plus a dot in the domain: strict enough to catch slips,
/// lenient enough to let every deliverable address of the public internet through. Whether it can be delivered to,
/// only a delivered message proves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Email(String);

impl Email {
    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldError::Required);
        }
        if text.len() > MAX_LENGTH as usize {
            return Err(FieldError::TooLong { max: MAX_LENGTH });
        }
        let (local, domain) = text.rsplit_once('@').ok_or(FieldError::InvalidEmail)?;
        if local_part_is_valid(local) && domain_is_valid(domain) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(FieldError::InvalidEmail)
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn local_part_is_valid(local: &str) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(c);
    (1..=64).contains(&local.len())
        && local.chars().all(allowed)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn domain_is_valid(domain: &str) -> bool {
    let label_is_valid = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.contains('.') && domain.split('.').all(label_is_valid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_trimmed_and_lowered() {
        assert_eq!(
            Email::parse("  Ada@Example.COM ").map(|email| email.to_string()),
            Ok("ada@example.com".into())
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        let long = format!("{}@example.com", "a".repeat(65));
        for text in [
            "ada",
            "ada@",
            "@example.com",
            "ada@example",
            "a b@example.com",
            "ada@-x.com",
            "a..b@example.com",
            &long,
        ] {
            assert_eq!(Email::parse(text), Err(FieldError::InvalidEmail), "{text}");
        }
        assert_eq!(Email::parse(" \t"), Err(FieldError::Required));
        assert_eq!(
            Email::parse(&"a".repeat(300)),
            Err(FieldError::TooLong { max: 254 })
        );
    }

    #[test]
    fn a_header_cannot_be_smuggled_in() {
        assert!(Email::parse("ada@example.com\r\nBcc: eve@example.com").is_err());
    }
}
