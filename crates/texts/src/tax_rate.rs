//! Rates of tax, as invoices and what leads to them write them.

use crate::{Language, format, invoice};

/// A rate given in basis points, hundredths of a percent: `20%`, `5,5 %`.
pub fn tax_rate(language: Language, basis_points: u32) -> String {
    let words = invoice::rate(language);
    let (whole, hundredths) = (basis_points / 100, basis_points % 100);
    let whole = format::number(language, whole.into());
    match hundredths {
        0 => words.whole(whole),
        _ if hundredths.is_multiple_of(10) => words.decimal(whole, hundredths / 10),
        _ => words.decimal(whole, format!("{hundredths:02}")),
    }
}

#[cfg(test)]
mod tests {
    use super::tax_rate;
    use crate::Language::{De, En, Es, Fr};

    #[test]
    fn rates_are_written_as_the_language_does() {
        assert_eq!(tax_rate(En, 2000), "20%");
        assert_eq!(tax_rate(Fr, 2000), "20\u{a0}%");
        assert_eq!(tax_rate(En, 550), "5.5%");
        assert_eq!(tax_rate(Fr, 550), "5,5\u{a0}%");
        assert_eq!(tax_rate(De, 1900), "19\u{a0}%");
        assert_eq!(tax_rate(De, 810), "8,1\u{a0}%");
        assert_eq!(tax_rate(Es, 2100), "21\u{a0}%");
        assert_eq!(tax_rate(Es, 520), "5,2\u{a0}%");
        assert_eq!(tax_rate(En, 805), "8.05%");
        assert_eq!(tax_rate(En, 0), "0%");
    }
}
