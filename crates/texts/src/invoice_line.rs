//! A line of an invoice or a preview, in words and numbers.

use onedesk_pricing::{Fraction, Line, LineKind, ProrationUnit};

use crate::{Language, format, shared};

/// What a line charges or credits, and how its amount comes about:
/// `Premium: 3 licences × $11.99 × 12 months × 320/365 days`.
///
/// `plan_name` is the name of `line.plan` in the language; it stands in the catalog, not in the line. The amount itself
/// is set beside this text, not in it.
pub fn invoice_line(language: Language, line: &Line, plan_name: &str) -> String {
    let words = shared::invoice_line(language);
    let calculation = calculation(language, line);
    match line.kind {
        LineKind::Subscription => words.subscription(plan_name, calculation),
        LineKind::AddedSeats => words.added_licences(plan_name, calculation),
        LineKind::UnusedCredit => words.unused_credit(plan_name, calculation),
        LineKind::RemainingCharge => words.remaining_charge(plan_name, calculation),
    }
}

/// How the amount of a line comes about, factor by factor: `3 licences × $11.99 × 12 months × 320/365 days`.
///
/// A price has no sign here: that a credit is below zero is seen at its amount.
pub fn calculation(language: Language, line: &Line) -> String {
    let units = shared::unit(language);
    let mut out = units.licences(line.seats.get().into());
    let mut factor = |text: &str| {
        out.push_str(" × ");
        out.push_str(text);
    };
    factor(&format::money(language, line.unit_price));
    factor(&units.months(line.months.into()));
    if let Some(fraction) = line.fraction {
        factor(&part(language, fraction));
    }
    out
}

/// `320/365 days`.
fn part(language: Language, fraction: Fraction) -> String {
    let words = shared::invoice_line(language);
    let part = format::number(language, fraction.numerator.unsigned_abs());
    let whole = fraction.denominator.unsigned_abs();
    match fraction.unit {
        ProrationUnit::Day => words.days_of(whole, part),
        ProrationUnit::Second => words.seconds_of(whole, part),
    }
}

#[cfg(test)]
mod tests {
    use onedesk_pricing::{Currency, Money, Seats};

    use super::*;
    use crate::Language::{De, En, Es, Fr};

    fn line(kind: LineKind, seats: u32, months: u32, fraction: Option<Fraction>) -> Line {
        Line {
            kind,
            plan: "premium".parse().expect("a plan's name"),
            seats: Seats::new(seats).expect("a number of licences"),
            unit_price: Money::new(1199, Currency::USD),
            months,
            fraction,
            // Not part of the text.
            amount: Money::zero(Currency::USD),
        }
    }

    fn days(numerator: i64) -> Fraction {
        Fraction {
            numerator,
            denominator: 365,
            unit: ProrationUnit::Day,
        }
    }

    #[test]
    fn the_example_of_the_billing_rules() {
        let line = line(LineKind::AddedSeats, 3, 12, Some(days(320)));
        assert_eq!(
            calculation(En, &line),
            "3 licences × $11.99 × 12 months × 320/365 days"
        );
        assert_eq!(
            calculation(Fr, &line),
            "3 licences × 11,99\u{a0}$US × 12 mois × 320/365 jours"
        );
        assert_eq!(
            invoice_line(En, &line, "Premium"),
            "Premium, added licences: 3 licences × $11.99 × 12 months × 320/365 days"
        );
        assert_eq!(
            invoice_line(Fr, &line, "Premium"),
            "Premium, licences ajoutées\u{a0}: 3 licences × 11,99\u{a0}$US × 12 mois × 320/365 jours"
        );
        assert_eq!(
            invoice_line(De, &line, "Premium"),
            "Premium, zusätzliche Lizenzen: 3 Lizenzen × 11,99\u{a0}$ × 12 Monate × 320/365 Tage"
        );
        assert_eq!(
            invoice_line(Es, &line, "Premium"),
            "Premium, licencias añadidas: 3 licencias × 11,99\u{a0}US$ × 12 meses × 320/365 días"
        );
    }

    #[test]
    fn a_full_period_has_no_fraction() {
        let line = line(LineKind::Subscription, 1, 1, None);
        assert_eq!(
            invoice_line(En, &line, "Premium"),
            "Premium: 1 licence × $11.99 × 1 month"
        );
        assert_eq!(
            invoice_line(Fr, &line, "Premium"),
            "Premium\u{a0}: 1 licence × 11,99\u{a0}$US × 1 mois"
        );
    }

    #[test]
    fn a_credit_says_what_it_is_for() {
        let line = line(LineKind::UnusedCredit, 2, 12, Some(days(1)));
        assert_eq!(
            invoice_line(En, &line, "Standard"),
            "Credit for the unused part of Standard: 2 licences × $11.99 × 12 months × 1/365 days"
        );
    }

    #[test]
    fn the_rest_of_a_period_on_another_plan_says_so() {
        let line = line(LineKind::RemainingCharge, 2, 12, Some(days(100)));
        assert_eq!(
            invoice_line(En, &line, "Enterprise"),
            "Enterprise, rest of the period: 2 licences × $11.99 × 12 months × 100/365 days"
        );
    }

    #[test]
    fn seconds_are_grouped() {
        let fraction = Fraction {
            numerator: 27_648_000,
            denominator: 31_536_000,
            unit: ProrationUnit::Second,
        };
        let line = line(LineKind::AddedSeats, 3, 12, Some(fraction));
        assert!(calculation(En, &line).ends_with("× 27,648,000/31,536,000 seconds"));
        assert!(
            calculation(Fr, &line).ends_with("× 27\u{202f}648\u{202f}000/31\u{202f}536\u{202f}000 secondes")
        );
    }
}
