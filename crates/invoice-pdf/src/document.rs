//! What a document says: plain values, each as it is to be printed.

use jiff::civil::Date;
use onedesk_pricing::{Money, Period};
use onedesk_texts::Language;

use crate::TaxCategory;

/// Which of the documents it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// Asks for an amount of zero or more, or says that it was paid. EN 16931 type 380.
    Invoice,
    /// Gives an amount back: its total is below zero. EN 16931 type 381.
    CreditNote,
    /// Gives an amount out of goodwill: its total is below zero, and it corrects no invoice, so that it must not be called what
    /// the law calls a correction. EN 16931 type 381, too: what is given is not billed by who gets it (389) and corrects
    /// nothing (384).
    GoodwillCredit,
    /// Says what an invoice will say once it is paid. No tax document: it carries no electronic invoice.
    ProForma,
}

impl DocumentKind {
    /// Whether it gives an amount rather than asks for one, so that its total is below zero.
    pub const fn gives(self) -> bool {
        matches!(self, Self::CreditNote | Self::GoodwillCredit)
    }
}

/// An invoice, a credit note or a pro-forma invoice, with everything that is printed on it.
///
/// [`render`](crate::render) checks that the amounts agree; nothing is worked out from them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvoiceDocument {
    /// Which document it is; decides its title and what its amounts may be.
    pub kind: DocumentKind,
    /// Its number, as it is printed: `2026-000042`.
    pub number: String,
    /// The language of everything that the document itself says. Names, addresses and lines are printed as given.
    pub language: Language,
    /// The day of issue.
    pub issued_on: Date,
    /// The days that are paid for; printed with the last day, not with the day after it. A pro-forma invoice whose
    /// subscription begins with the payment has none.
    pub supply_period: Option<Period>,
    /// The day on which it was paid. An invoice that account credit covers has none.
    pub paid_on: Option<Date>,
    /// The day by which it is to be paid.
    pub due_on: Option<Date>,
    /// Who sells.
    pub seller: Party,
    /// Who buys.
    pub buyer: Party,
    /// Other documents that this one belongs to.
    pub references: References,
    /// What is charged and credited, in the order in which it is printed. At least one.
    pub lines: Vec<DocumentLine>,
    /// The sums of the lines and how they are settled.
    pub amounts: Amounts,
    /// How the sale is taxed.
    pub tax: TaxNote,
    /// How it was or is to be paid; nothing where there is nothing to pay.
    pub payment: Option<Payment>,
    /// Further sentences that the law or the seller wants on the document, each a paragraph.
    pub notes: Vec<String>,
}

/// A seller or a buyer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// The company's name, or a person's.
    pub name: String,
    /// The person whom it is for the attention of.
    pub contact: Option<String>,
    /// Street and what else the address needs, a line each; postcode and city may stand here or in their own fields.
    pub address: Vec<String>,
    /// The postcode, if it is known apart.
    pub postcode: Option<String>,
    /// The city, if it is known apart.
    pub city: Option<String>,
    /// The country, ISO 3166-1: two capital letters, such as `FR`. Printed by name.
    pub country: String,
    /// The VAT number with its prefix, such as `FR40303265045`.
    pub vat_number: Option<String>,
    /// The number in a register of companies, printed as it stands: `RCS Paris 303 265 045`.
    pub registration: Option<String>,
    /// Where the party is written to.
    pub email: Option<String>,
}

/// Other documents that a document belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct References {
    /// The order, as the buyer knows it.
    pub order: Option<String>,
    /// The invoice that a credit note gives back from.
    pub credited_invoice: Option<CreditedInvoice>,
}

/// An invoice that is credited, wholly or in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CreditedInvoice {
    /// Its number.
    pub number: String,
    /// Its day of issue, if it is known.
    pub issued_on: Option<Date>,
}

/// One thing that is charged or credited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentLine {
    /// How the amount comes about: `3 licences × $11.99 × 12 months × 320/365 days`.
    pub text: String,
    /// What it is, above the text: the plan's name.
    pub detail: String,
    /// How many, 1 or more; also where the line is a credit.
    pub quantity: u32,
    /// How many of what.
    pub unit: Unit,
    /// The amount without tax; below zero for a credit.
    pub net: Money,
}

/// What the quantity of a line counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Licences of users.
    Licence,
    /// Nothing that has a name: the bare number.
    One,
    /// Months.
    Month,
}

impl Unit {
    /// The code of UN/ECE Recommendation 20: `C62` (one) or `MON`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Licence | Self::One => "C62",
            Self::Month => "MON",
        }
    }
}

/// The sums of a document. All in one currency.
///
/// net = Σ lines; tax = net × rate, rounded once; gross = net + tax; gross = due + `credit_used` − `credit_added`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// The sum of the lines, without tax.
    pub net: Money,
    /// The tax on it; below zero where `net` is.
    pub tax: Money,
    /// Both together.
    pub gross: Money,
    /// Account credit that pays for a part of `gross`; zero or more.
    pub credit_used: Money,
    /// What a credit note adds to the account credit; zero or more.
    pub credit_added: Money,
    /// What is left to pay, or was paid; zero or more.
    pub due: Money,
}

/// How a sale is taxed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaxNote {
    /// The rate in basis points: 2000 is 20 %.
    pub rate: u32,
    /// The category of EN 16931.
    pub category: TaxCategory,
    /// What the document has to say of it, in its language: “Reverse charge: …”. Where it is left out and the category
    /// asks for one, the document says it in its own words.
    pub mention: Option<String>,
}

/// How a document was paid, or is to be paid: `paid_on` tells which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payment {
    /// With a card, as people read it: `Visa •••• 4242`.
    Card(String),
    /// By bank transfer. Printed in full as long as it is to be paid.
    Transfer(TransferDetails),
}

/// Where a bank transfer goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferDetails {
    /// Whose account it is.
    pub holder: String,
    /// The account's IBAN, with or without spaces. Its check digits are checked.
    pub iban: String,
    /// The bank's BIC.
    pub bic: Option<String>,
    /// The bank's name.
    pub bank: Option<String>,
    /// What the buyer writes on the transfer, so that it is recognised.
    pub reference: String,
}
