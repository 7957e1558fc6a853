//! Whether a document agrees with itself: an error rather than a wrong document.

use onedesk_pricing::{Money, MoneyError};

use crate::iban::is_valid_iban;
use crate::{DocumentKind, InvoiceDocument, Party, Payment};

/// Why a document could not be made. There is no file then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// Something that every document has is empty; named as the field is.
    #[error("the document lacks its {0}")]
    Missing(&'static str),
    /// Two currencies in one document, or an amount that does not fit.
    #[error("the amounts cannot be checked: {0}")]
    Money(#[from] MoneyError),
    /// Two amounts that must be the same are not.
    #[error("{name} is {stated}, but should be {expected}")]
    Disagrees {
        /// The amount that is wrong, and what it has to be.
        name: &'static str,
        /// What the document says.
        stated: Money,
        /// What follows from the rest of the document.
        expected: Money,
    },
    /// An amount has a sign that it cannot have.
    #[error("{name} cannot be {stated} on this kind of document")]
    WrongSign {
        /// The amount.
        name: &'static str,
        /// What the document says.
        stated: Money,
    },
    /// A line charges or credits nothing of something.
    #[error("line {line} has a quantity of zero")]
    NoQuantity {
        /// Which line, from 1.
        line: usize,
    },
    /// The code of a country is not two capital letters.
    #[error("{0:?} is not the code of a country (ISO 3166-1, such as FR)")]
    Country(String),
    /// A tax rate that the category of tax does not have.
    #[error("a tax rate of {basis_points} basis points does not go with the tax category {category}")]
    Rate {
        /// The rate.
        basis_points: u32,
        /// The category's code.
        category: &'static str,
    },
    /// The period ends before it begins.
    #[error("the service period has no day")]
    EmptyPeriod,
    /// The check digits of an IBAN do not fit its other digits: the money would go nowhere.
    #[error("the IBAN {0:?} is wrong")]
    Iban(String),
    /// Something is there that this kind of document cannot have.
    #[error("this kind of document has no {0}")]
    Unexpected(&'static str),
    /// The file could not be written. A fault of this program, not of the document.
    #[error("the PDF file could not be written: {0}")]
    File(String),
}

/// Finds the first contradiction of a document.
pub(crate) fn check(document: &InvoiceDocument) -> Result<(), DocumentError> {
    filled("number", &document.number)?;
    check_parties(document)?;
    if document.lines.is_empty() {
        return Err(DocumentError::Missing("lines"));
    }
    for (line, number) in document.lines.iter().zip(1..) {
        filled("text of a line", &line.text)?;
        if line.quantity == 0 {
            return Err(DocumentError::NoQuantity { line: number });
        }
    }
    if document
        .supply_period
        .is_some_and(|period| period.end <= period.start)
    {
        return Err(DocumentError::EmptyPeriod);
    }
    check_amounts(document)?;
    check_signs(document)?;
    check_tax(document)?;
    if let Some(Payment::Transfer(transfer)) = &document.payment {
        filled("account holder", &transfer.holder)?;
        filled("payment reference", &transfer.reference)?;
        if !is_valid_iban(&transfer.iban) {
            return Err(DocumentError::Iban(transfer.iban.clone()));
        }
    }
    match (
        document.kind,
        document.paid_on,
        &document.references.credited_invoice,
    ) {
        (DocumentKind::ProForma, Some(_), _) => Err(DocumentError::Unexpected("day of payment")),
        (DocumentKind::CreditNote, _, _) | (_, _, None) => Ok(()),
        // Goodwill takes nothing back of an invoice, either.
        (_, _, Some(_)) => Err(DocumentError::Unexpected("credited invoice")),
    }
}

fn check_parties(document: &InvoiceDocument) -> Result<(), DocumentError> {
    filled("seller's name", &document.seller.name)?;
    filled("buyer's name", &document.buyer.name)?;
    for Party { country, .. } in [&document.seller, &document.buyer] {
        if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(DocumentError::Country(country.clone()));
        }
    }
    Ok(())
}

fn check_amounts(document: &InvoiceDocument) -> Result<(), DocumentError> {
    let amounts = &document.amounts;
    let lines = Money::sum(document.lines.iter().map(|line| line.net), amounts.net.currency)?;
    agrees("the net amount", amounts.net, lines)?;
    let tax = amounts.net.prorate(i64::from(document.tax.rate), 10_000)?;
    agrees("the tax", amounts.tax, tax)?;
    agrees(
        "the gross amount",
        amounts.gross,
        amounts.net.checked_add(amounts.tax)?,
    )?;
    let settled = amounts
        .due
        .checked_add(amounts.credit_used)?
        .checked_sub(amounts.credit_added)?;
    agrees("the amount due with the credit", settled, amounts.gross)
}

/// Zero or more of everything that is paid; a credit note gives, everything else asks.
fn check_signs(document: &InvoiceDocument) -> Result<(), DocumentError> {
    let amounts = &document.amounts;
    let sign = |name, stated: Money, right: bool| {
        if right {
            Ok(())
        } else {
            Err(DocumentError::WrongSign { name, stated })
        }
    };
    for (name, amount) in [
        ("the amount due", amounts.due),
        ("the credit used", amounts.credit_used),
        ("the credit added", amounts.credit_added),
    ] {
        sign(name, amount, !amount.is_negative())?;
    }
    match document.kind {
        DocumentKind::CreditNote | DocumentKind::GoodwillCredit => {
            sign("the gross amount", amounts.gross, amounts.gross.is_negative())?;
            sign("the amount due", amounts.due, amounts.due.is_zero())?;
            sign(
                "the credit used",
                amounts.credit_used,
                amounts.credit_used.is_zero(),
            )
        }
        DocumentKind::Invoice | DocumentKind::ProForma => {
            sign("the gross amount", amounts.gross, !amounts.gross.is_negative())?;
            sign(
                "the credit added",
                amounts.credit_added,
                amounts.credit_added.is_zero(),
            )
        }
    }
}

fn check_tax(document: &InvoiceDocument) -> Result<(), DocumentError> {
    let tax = &document.tax;
    if !tax.category.allows_rate(tax.rate) {
        return Err(DocumentError::Rate {
            basis_points: tax.rate,
            category: tax.category.code(),
        });
    }
    let has = |text: &Option<String>| text.as_deref().is_some_and(|text| !text.trim().is_empty());
    if tax.category.needs_reason() && tax.category.exemption_code().is_none() && !has(&tax.mention) {
        return Err(DocumentError::Missing("reason for which no tax is charged"));
    }
    if document.kind == DocumentKind::ProForma {
        return Ok(());
    }
    if tax.category.needs_buyer_vat_number() && !has(&document.buyer.vat_number) {
        return Err(DocumentError::Missing("buyer's VAT number"));
    }
    // EN 16931, BR-S-02 and its like: who charges tax, or does not for a reason, says who he is to the tax office.
    let identified = if tax.category.names_vat_numbers() {
        has(&document.seller.vat_number)
    } else {
        has(&document.seller.vat_number) || has(&document.seller.registration)
    };
    if identified {
        Ok(())
    } else {
        Err(DocumentError::Missing("seller's VAT number"))
    }
}

fn filled(name: &'static str, text: &str) -> Result<(), DocumentError> {
    if text.trim().is_empty() {
        Err(DocumentError::Missing(name))
    } else {
        Ok(())
    }
}

fn agrees(name: &'static str, stated: Money, expected: Money) -> Result<(), DocumentError> {
    if stated == expected {
        Ok(())
    } else {
        Err(DocumentError::Disagrees {
            name,
            stated,
            expected,
        })
    }
}
