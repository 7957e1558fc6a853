//! The sandbox's register of VAT numbers: answers by the number, so that every answer can be had.
//!
//! | number | answer |
//! | --- | --- |
//! | `DE200000005`, `BE0200000043` | not given out |
//! | `DE300000002`, `BE0300000016` | never: the register is away |
//! | `DE400000000` | none at first, then: given out |
//! | `DE500000007` | none at first, then: not given out |
//! | any other | given out |

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

use onedesk_tax::VatNumber;

use crate::billing::register::{Register, RegisterUnavailable, Registration, Reply};

/// See the table above.
#[derive(Debug, Default)]
pub struct SandboxRegister {
    /// Numbers that were asked for since the start.
    asked: Mutex<HashSet<VatNumber>>,
}

impl Register for SandboxRegister {
    fn look_up<'a>(&'a self, number: &'a VatNumber) -> Reply<'a> {
        Box::pin(std::future::ready(self.answer(number)))
    }
}

impl SandboxRegister {
    fn answer(&self, number: &VatNumber) -> Result<Registration, RegisterUnavailable> {
        let is_first = self
            .asked
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(number.clone());
        let away = Err(RegisterUnavailable("the sandbox's register is away".to_owned()));
        match number.as_str() {
            "DE300000002" | "BE0300000016" => away,
            "DE400000000" | "DE500000007" if is_first => away,
            "DE200000005" | "BE0200000043" | "DE500000007" => Ok(Registration::Unknown),
            _ => Ok(Registration::Known),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_can_be_had() {
        let register = SandboxRegister::default();
        let answers = |text: &str| {
            let number = VatNumber::parse(text).expect("right by its check digits");
            [register.answer(&number).ok(), register.answer(&number).ok()]
        };
        let (known, unknown) = (Some(Registration::Known), Some(Registration::Unknown));
        for (number, expected) in [
            ("DE100000008", [known, known]),
            ("DE200000005", [unknown, unknown]),
            ("BE0200000043", [unknown, unknown]),
            ("DE300000002", [None, None]),
            ("BE0300000016", [None, None]),
            ("DE400000000", [None, known]),
            ("DE500000007", [None, unknown]),
        ] {
            assert_eq!(answers(number), expected, "{number}");
        }
    }
}
