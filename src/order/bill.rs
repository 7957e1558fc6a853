//! What is confirmed: a quote with its tax.

use onedesk_contract::billing::Taxed;
use onedesk_contract::tax::{Treatment, totals};
use onedesk_pricing::{Money, Quote};
use serde::Deserialize;

/// What a choice costs, and what its buyer is charged for it.
///
/// The browser works it out as the server does, with the same code, and confirms its `gross`. Where the two differ, the
/// server refuses the order and sends its own, which is read into the same type.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Bill {
    /// The lines, without tax.
    pub quote: Quote,
    /// Their sum with tax.
    pub taxed: Taxed,
}

impl Bill {
    /// The bill of a quote for a buyer who is taxed so. Nothing, where an amount cannot be had.
    pub fn of(quote: Quote, treatment: Treatment) -> Option<Self> {
        let lines = quote.lines.iter().map(|line| line.amount);
        let totals = totals(lines, &treatment, Money::zero(quote.total.currency)).ok()?;
        Some(Self {
            taxed: Taxed {
                net: totals.net,
                tax: totals.tax,
                gross: totals.gross,
                treatment,
            },
            quote,
        })
    }

    /// What is bought, with tax: what is confirmed.
    pub const fn total(&self) -> Money {
        self.taxed.gross
    }

    /// What account credit pays of it, and what is left to be charged.
    pub fn settled(&self, credits: &[Money]) -> (Money, Money) {
        let (total, nothing) = (self.total(), Money::zero(self.total().currency));
        let credit = credits.iter().find(|credit| credit.currency == total.currency);
        let lines = self.quote.lines.iter().map(|line| line.amount);
        totals(lines, &self.taxed.treatment, credit.copied().unwrap_or(nothing))
            .map_or((nothing, total), |totals| (totals.credit_used, totals.due))
    }
}
