//! Numbers of invoices.

use std::fmt;
use std::str::FromStr;

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};

use crate::error::Error;
use crate::store::entities::counters;

/// The counter's name.
const INVOICE: &str = "invoice";

/// The number of an invoice: 1, 2, 3, … One sequence for all accounts, without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InvoiceNumber(pub i64);

impl InvoiceNumber {
    /// Takes the next number, in the transaction that writes the invoice: rolled back, it is given again. (A sequence
    /// of the database would not give it again.) Another transaction that wants a number waits for this one.
    pub async fn next(tx: &impl ConnectionTrait) -> Result<Self, Error> {
        let first = counters::ActiveModel {
            name: Set(INVOICE.to_owned()),
            value: Set(0),
        };
        counters::Entity::insert(first)
            .on_conflict(OnConflict::column(counters::Column::Name).do_nothing().to_owned())
            .try_insert()
            .exec_without_returning(tx)
            .await?;
        counters::Entity::update_many()
            .col_expr(counters::Column::Value, Expr::col(counters::Column::Value).add(1))
            .filter(counters::Column::Name.eq(INVOICE))
            .exec(tx)
            .await?;
        let counter = counters::Entity::find_by_id(INVOICE).one(tx).await?;
        counter
            .map(|row| Self(row.value))
            .ok_or_else(|| Error::internal("the counter of invoices is missing"))
    }
}

impl FromStr for InvoiceNumber {
    type Err = NotAnInvoiceNumber;

    /// Reads a number as it is written, and in no other form.
    fn from_str(text: &str) -> Result<Self, NotAnInvoiceNumber> {
        text.strip_prefix("INV-")
            .and_then(|digits| digits.parse().ok())
            .map(Self)
            .filter(|number| number.0 > 0 && number.to_string() == text)
            .ok_or(NotAnInvoiceNumber)
    }
}

/// The text is no number of an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the number of an invoice, such as INV-000042")]
pub struct NotAnInvoiceNumber;

/// As people read it: `INV-000001`.
impl fmt::Display for InvoiceNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "INV-{:06}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_six_digits_and_grow_beyond_them() {
        assert_eq!(InvoiceNumber(1).to_string(), "INV-000001");
        assert_eq!(InvoiceNumber(1_234_567).to_string(), "INV-1234567");
    }

    #[test]
    fn a_number_is_read_as_it_is_written() {
        for number in [1, 999_999, 1_000_000, i64::MAX] {
            assert_eq!(
                InvoiceNumber(number).to_string().parse(),
                Ok(InvoiceNumber(number))
            );
        }
        for text in [
            "",
            "1",
            "INV-",
            "INV-1",
            "inv-000001",
            "INV-000000",
            "INV--00001",
            "INV-0000001",
            "INV-99999999999999999999",
        ] {
            assert_eq!(text.parse::<InvoiceNumber>(), Err(NotAnInvoiceNumber), "{text}");
        }
    }
}
