//! Where bank transfers to the seller go.
//!
//! Sources: ISO 13616 (IBAN: form, and check digits by ISO 7064 modulo 97), ISO 9362 (BIC).

use crate::document::Table;
use crate::vendor::optional;

/// A bank account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankAccount {
    /// Its international number, without spaces.
    pub iban: String,
    /// The bank's code.
    pub bic: Option<String>,
    /// The bank's name.
    pub bank: Option<String>,
}

/// Reads `iban`, `bic` and `bank`. `None` if there is no account, or after a mistake in its number.
pub fn read(table: &Table<'_>) -> Option<BankAccount> {
    let bic = table.optional("bic").and_then(|node| {
        let bic = node.text()?.to_ascii_uppercase();
        if !is_bic(&bic) {
            node.mistake(&format!(
                "“{bic}” is no BIC; it has 8 or 11 letters and digits, such as DEUTDEFF"
            ));
        }
        Some(bic)
    });
    let bank = optional(table, "bank");
    let Some(node) = table.optional("iban") else {
        if bic.is_some() || bank.is_some() {
            table.missing(
                "iban",
                "this is missing; write the IBAN of the account, or remove bic and bank",
            );
        }
        return None;
    };
    let written = node.text()?;
    let iban: String = written.split_whitespace().collect();
    if !is_iban(&iban) {
        node.mistake(&format!(
            "“{written}” is no IBAN: its check digits do not fit; compare it character by character"
        ));
        return None;
    }
    Some(BankAccount { iban, bic, bank })
}

fn is_iban(iban: &str) -> bool {
    let (Some((head, account)), true) = (iban.split_at_checked(4), iban.is_ascii()) else {
        return false;
    };
    let (country, check) = head.split_at(2);
    if !(11..=30).contains(&account.len())
        || !country.bytes().all(|byte| byte.is_ascii_uppercase())
        || !check.bytes().all(|byte| byte.is_ascii_digit())
    {
        return false;
    }
    // The number that the moved-round IBAN spells, letters counting from A = 10, leaves 1 when divided by 97.
    let remainder = account
        .chars()
        .chain(head.chars())
        .try_fold(0_u32, |rest, character| {
            let value = character
                .to_digit(36)
                .filter(|_| !character.is_ascii_lowercase())?;
            let shift = if value > 9 { 100 } else { 10 };
            Some((rest * shift + value) % 97)
        });
    remainder == Some(1)
}

/// Four letters of the bank, two of its country, two letters or digits of the place, and three more for a branch.
fn is_bic(bic: &str) -> bool {
    matches!(bic.len(), 8 | 11)
        && bic
            .bytes()
            .enumerate()
            .all(|(place, byte)| byte.is_ascii_uppercase() || (place >= 6 && byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_of_an_iban_are_checked() {
        for iban in [
            "FR7630006000011234567890189",
            "GB29NWBK60161331926819",
            "NO9386011117947",
        ] {
            assert!(is_iban(iban), "{iban}");
        }
        for iban in [
            "",
            "FR",
            "FR7730006000011234567890189",
            "gb29nwbk60161331926819",
            "é29NWBK60161331926819",
        ] {
            assert!(!is_iban(iban), "{iban}");
        }
    }

    #[test]
    fn a_bic_has_the_form_of_one() {
        assert!(is_bic("DEUTDEFF") && is_bic("DEUTDEFF500"));
        for bic in ["", "DEUTDEF", "DEUTDEFF50", "D3UTDEFF", "DEUT1EFF", "deutdeff"] {
            assert!(!is_bic(bic), "{bic}");
        }
    }
}
