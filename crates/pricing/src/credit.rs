//! What an invoice asks for once account credit is taken into account.
//!
//! Rule: *Changes* ("due = sum, never below zero: the rest becomes account credit"; "account credit is used up by the
//! next charges before the card is").

use serde::{Deserialize, Serialize};

use crate::{Money, MoneyError};

/// How the total of an invoice is settled between account credit and the card.
///
/// Always: total = due + `credit_used` − `credit_added`, and these three are zero or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvoiceAmounts {
    /// The sum of the lines; below zero if more is credited than charged.
    pub total: Money,
    /// Account credit that pays for a part of it.
    pub credit_used: Money,
    /// What the total falls below zero: it becomes account credit.
    pub credit_added: Money,
    /// What is asked for now.
    pub due: Money,
    /// The account credit afterwards.
    pub credit_left: Money,
}

impl InvoiceAmounts {
    /// Settles a total with the credit that the account has: zero of the same currency if it has none. Below zero it
    /// pays for nothing, and is not collected either.
    ///
    /// # Errors
    /// [`MoneyError::CurrencyMismatch`] if the credit is in another currency, [`MoneyError::Overflow`].
    pub fn settle(total: Money, credit: Money) -> Result<Self, MoneyError> {
        let zero = Money::zero(total.currency);
        if total.is_negative() {
            let added = total.checked_neg()?;
            let credit_left = credit.checked_add(added)?;
            return Ok(Self {
                total,
                credit_used: zero,
                credit_added: added,
                due: zero,
                credit_left,
            });
        }
        let used = Money::new(credit.minor.clamp(0, total.minor), total.currency);
        Ok(Self {
            total,
            credit_used: used,
            credit_added: zero,
            due: total.checked_sub(used)?,
            credit_left: credit.checked_sub(used)?,
        })
    }
}
