use std::fmt;

use super::CompanyName;
use super::letters::lower;

/// The longest label made from a name; leaves room for the number that makes it unique within a DNS label's 63.
const MAX_LENGTH: usize = 40;

/// The first label of an account's address: `acme` of `acme.example.com`.
///
/// Made from the company's name: lower-case ASCII letters and digits, words joined by single hyphens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountAddress(String);

impl AccountAddress {
    /// The address that a company's name gives. A name without a single Latin letter or digit gives `team`.
    pub fn from_company(company: &CompanyName) -> Self {
        let mut label = String::new();
        for c in company.as_str().chars().map(lower) {
            match latin(c) {
                Some(letters) => label.push_str(letters),
                None if c.is_ascii_lowercase() || c.is_ascii_digit() => label.push(c),
                // An apostrophe joins: "L'Atelier" is one word to its owner.
                None if c == '\'' || c == '’' => {}
                // An accent of its own, as some keyboards and file systems write it, belongs to the letter before it.
                None if ('\u{300}'..='\u{36F}').contains(&c) => {}
                None if !label.is_empty() && !label.ends_with('-') => label.push('-'),
                None => {}
            }
        }
        label.truncate(MAX_LENGTH);
        let label = label.trim_end_matches('-');
        Self(if label.is_empty() {
            "team".to_owned()
        } else {
            label.to_owned()
        })
    }

    /// The n-th candidate when earlier ones are taken: `acme`, `acme-2`, `acme-3`, …
    #[must_use]
    pub fn candidate(&self, n: u32) -> Self {
        if n < 2 {
            self.clone()
        } else {
            Self(format!("{}-{n}", self.0))
        }
    }

    /// The label.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AccountAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Plain letters for an accented Latin one.
fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ą' | 'ă' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' | 'İ' => "i",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' | 'ő' => "o",
        'ö' | 'œ' | 'ø' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' | 'ű' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(company: &str) -> String {
        AccountAddress::from_company(&CompanyName::parse(company).expect("a name")).to_string()
    }

    #[test]
    fn names_become_labels() {
        for (company, label) in [
            ("Acme", "acme"),
            ("Acme, Inc.", "acme-inc"),
            ("  Société Générale d’Énergie ", "societe-generale-denergie"),
            ("Müller & Söhne", "mueller-soehne"),
            ("ÉCOLE DE ŁÓDŹ", "ecole-de-lodz"),
            ("İstanbul Kitap", "istanbul-kitap"),
            ("E\u{301}cole", "ecole"),
            ("株式会社", "team"),
            ("-- 3M --", "3m"),
        ] {
            assert_eq!(address(company), label, "{company}");
        }
    }

    #[test]
    fn a_label_fits_a_dns_label_with_its_number() {
        let long = address(&"a b".repeat(33));
        assert!(long.len() <= MAX_LENGTH && !long.ends_with('-'), "{long}");
        assert_eq!(AccountAddress("acme".into()).candidate(1).as_str(), "acme");
        assert_eq!(AccountAddress("acme".into()).candidate(12).as_str(), "acme-12");
    }
}
