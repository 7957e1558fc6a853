//! How the books stand, as people read it.

use std::collections::BTreeMap;
use std::fmt;

use onedesk_pricing::Currency;

/// What a proof found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many accounts there are.
    pub accounts: usize,
    /// What was paid, invoiced and credited, by the code of the currency.
    pub currencies: BTreeMap<String, Sums>,
    /// What does not agree, a line each; nothing if the books balance.
    pub discrepancies: Vec<String>,
}

/// How many, and how much of it, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub count: u64,
    /// How much.
    pub minor: i128,
}

impl Sum {
    /// One more.
    pub fn add(&mut self, minor: i64) {
        self.count += 1;
        self.minor += i128::from(minor);
    }
}

/// The sums of one currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Paid orders: what was due for them.
    pub orders: Sum,
    /// Charges.
    pub charges: Sum,
    /// Invoices: gross.
    pub invoices: Sum,
    /// Credit notes: gross, below zero.
    pub credit_notes: Sum,
    /// Credit that paid for invoices.
    pub credit_used: Sum,
    /// Credit that credit notes of changes gave.
    pub credit_added: Sum,
    /// Credit that the staff gave out of goodwill.
    pub credit_given: Sum,
    /// What accounts have.
    pub credit: Sum,
    /// Payments that go or went back.
    pub refunds: Sum,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for discrepancy in &self.discrepancies {
            writeln!(f, "{discrepancy}")?;
        }
        if !self.discrepancies.is_empty() {
            return Ok(());
        }
        let accounts = match self.accounts {
            1 => "1 account".to_owned(),
            count => format!("{count} accounts"),
        };
        writeln!(f, "The books balance. {accounts}.")?;
        for (currency, sums) in &self.currencies {
            writeln!(f, "\n{currency:24}{:>8}{:>20}", "count", "amount")?;
            for (name, sum) in [
                ("paid orders", sums.orders),
                ("charges", sums.charges),
                ("invoices", sums.invoices),
                ("credit notes", sums.credit_notes),
                ("credit used", sums.credit_used),
                ("credit of changes", sums.credit_added),
                ("credit given", sums.credit_given),
                ("account credit", sums.credit),
                ("refunds", sums.refunds),
            ] {
                writeln!(f, "{name:24}{:>8}{:>20}", sum.count, decimal(sum.minor, currency))?;
            }
        }
        Ok(())
    }
}

/// An amount with its currency: `84.00 EUR`.
pub fn told(minor: impl Into<i128>, currency: &str) -> String {
    format!("{} {currency}", decimal(minor.into(), currency))
}

/// An amount in major units. It may be the sum of many that fit 64 bits, so that it is no `Money`.
fn decimal(minor: i128, currency: &str) -> String {
    // A code that nobody knows is itself a finding; its amounts are told in what stands in the row.
    let digits = Currency::from_code(currency).map_or(0, |currency| currency.digits());
    let scale = 10_u128.pow(digits);
    let (whole, rest) = (minor.unsigned_abs() / scale, minor.unsigned_abs() % scale);
    let sign = if minor < 0 { "-" } else { "" };
    match usize::try_from(digits) {
        Ok(width @ 1..) => format!("{sign}{whole}.{rest:0width$}"),
        _ => format!("{sign}{whole}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_with_the_digits_of_their_currency() {
        assert_eq!(told(8405_i64, "EUR"), "84.05 EUR");
        assert_eq!(told(-5_i64, "EUR"), "-0.05 EUR");
        assert_eq!(told(1200_i64, "JPY"), "1200 JPY");
        assert_eq!(told(1_i64, "KWD"), "0.001 KWD");
        assert_eq!(
            told(i128::from(i64::MIN) * 2, "USD"),
            "-184467440737095516.16 USD"
        );
        assert_eq!(told(7_i64, "???"), "7 ???");
    }
}
