//! The amounts at the foot of an invoice.
//!
//! Rules: *Money* ("a total is the sum of its rounded lines") and *Changes* ("due = sum, never below zero: the rest
//! becomes account credit"). Tax comes between the two: on the sum of the lines, rounded once, and credit is settled
//! with tax included.

use onedesk_pricing::{InvoiceAmounts, Money, MoneyError};
use serde::{Deserialize, Serialize};

use crate::Treatment;

/// What an invoice comes to, all in its currency.
///
/// Always: gross = net + tax, and gross = due + `credit_used` − `credit_added`, where these three are zero or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Totals {
    /// The sum of the lines, without tax; below zero if more is credited than charged.
    pub net: Money,
    /// The tax on it.
    pub tax: Money,
    /// Both together; below zero the document is a credit note.
    pub gross: Money,
    /// Account credit that pays for a part of it.
    pub credit_used: Money,
    /// What the gross falls below zero: it becomes account credit, tax included.
    pub credit_added: Money,
    /// What is asked for now.
    pub due: Money,
    /// The account credit afterwards.
    pub credit_left: Money,
}

/// Sums an invoice up: its lines without tax, their tax, and what account credit pays.
///
/// `credit` is what the account has in the currency of the invoice: zero of that currency if it has none. Credit is
/// kept with tax included, so that it pays for as much gross as it was given for.
///
/// # Errors
/// [`MoneyError::CurrencyMismatch`] if a line or the credit is in another currency, [`MoneyError::Overflow`].
pub fn totals(
    lines: impl IntoIterator<Item = Money>,
    treatment: &Treatment,
    credit: Money,
) -> Result<Totals, MoneyError> {
    let net = Money::sum(lines, credit.currency)?;
    let tax = treatment.tax_on(net)?;
    let gross = net.checked_add(tax)?;
    let settled = InvoiceAmounts::settle(gross, credit)?;
    Ok(Totals {
        net,
        tax,
        gross,
        credit_used: settled.credit_used,
        credit_added: settled.credit_added,
        due: settled.due,
        credit_left: settled.credit_left,
    })
}

impl Totals {
    /// Whether the document gives money back: a credit note instead of an invoice.
    pub const fn is_credit_note(&self) -> bool {
        self.gross.is_negative()
    }
}
