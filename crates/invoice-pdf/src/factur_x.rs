//! The electronic invoice: Factur-X 1.0 (`ZUGFeRD` 2), profile EN 16931.
//!
//! Source: UN/CEFACT Cross Industry Invoice D22B as Factur-X 1.0 restricts it; the numbers (BT-…, BR-…) are those of
//! EN 16931-1. The order of elements is that of its schema.
//!
//! - A credit note (381) says positive amounts where the page says negative ones: its type turns them round.
//! - The price of a line is its net amount for its whole quantity (BT-146 with base quantity BT-149). The amount of a part
//!   of a period is rounded once; a price per licence could not give it back. A price is never below zero (BR-27), so a
//!   credit has a quantity below zero.
//! - Account credit, and what was paid already, is the amount paid in advance (BT-113).
//! - Outside the scope of tax no VAT number is given (BR-O-02 and its like); the seller is known by his registration then.

mod party;
mod xml;

use std::io;

use jiff::civil::Date;
use onedesk_pricing::{Money, MoneyError};

use self::party::{Side, write_party};
use self::xml::Xml;
use crate::characters::present;
use crate::iban::compact_iban;
use crate::words::{payment_sentence, tax_mention};
use crate::{
    DocumentError, DocumentKind, DocumentLine, InvoiceDocument, Payment, TaxCategory, TaxNote,
    TransferDetails,
};

/// The name that readers look for.
pub(crate) const FILE_NAME: &str = "factur-x.xml";

/// The profile, BT-24.
const GUIDELINE: &str = "urn:cen.eu:en16931:2017";

/// EN 16931 knows amounts of two decimals (BR-DEC). A document in a currency with more has no electronic invoice, rather
/// than one that is rounded, or refused by its reader.
const MOST_DECIMALS: u32 = 2;

/// The XML of a document; none for a pro-forma invoice, which is no invoice, and for a currency that EN 16931 cannot write.
pub(crate) fn write(document: &InvoiceDocument) -> Result<Option<Vec<u8>>, DocumentError> {
    let type_code = match document.kind {
        DocumentKind::Invoice => "380",
        DocumentKind::CreditNote | DocumentKind::GoodwillCredit => "381",
        DocumentKind::ProForma => return Ok(None),
    };
    if document.amounts.gross.currency.digits() > MOST_DECIMALS {
        return Ok(None);
    }
    let sums = Sums::of(document)?;
    let lines = document
        .lines
        .iter()
        .map(|line| Ok((line, in_type(document.kind, line.net)?)))
        .collect::<Result<Vec<_>, MoneyError>>()?;

    let mut xml = Xml::new();
    xml.root("rsm:CrossIndustryInvoice", |xml| {
        xml.element("rsm:ExchangedDocumentContext", |xml| {
            xml.element("ram:GuidelineSpecifiedDocumentContextParameter", |xml| {
                xml.text("ram:ID", GUIDELINE)
            })
        })?;
        xml.element("rsm:ExchangedDocument", |xml| {
            xml.text("ram:ID", &document.number)?;
            xml.text("ram:TypeCode", type_code)?;
            xml.element("ram:IssueDateTime", |xml| date(xml, document.issued_on))?;
            for note in &document.notes {
                if !note.trim().is_empty() {
                    xml.element("ram:IncludedNote", |xml| xml.text("ram:Content", note))?;
                }
            }
            Ok(())
        })?;
        xml.element("rsm:SupplyChainTradeTransaction", |xml| {
            for ((line, net), number) in lines.iter().zip(1_usize..) {
                write_line(xml, number, line, *net, &document.tax)?;
            }
            write_agreement(xml, document)?;
            write_delivery(xml, document)?;
            write_settlement(xml, document, &sums)
        })
    })
    .map_err(|error| DocumentError::File(error.to_string()))?;
    Ok(Some(xml.finish()))
}

/// The sums as the type of the document states them.
struct Sums {
    net: Money,
    tax: Money,
    gross: Money,
    prepaid: Money,
    due: Money,
}

impl Sums {
    fn of(document: &InvoiceDocument) -> Result<Self, MoneyError> {
        let amounts = &document.amounts;
        let gross = in_type(document.kind, amounts.gross)?;
        // A credit that stays on the account is settled: nobody waits for a transfer.
        let settled = document.paid_on.is_some() || document.kind.gives();
        let prepaid = if settled { gross } else { amounts.credit_used };
        Ok(Self {
            net: in_type(document.kind, amounts.net)?,
            tax: in_type(document.kind, amounts.tax)?,
            due: gross.checked_sub(prepaid)?,
            gross,
            prepaid,
        })
    }
}

/// An amount with the sign that it has in a document of this kind.
fn in_type(kind: DocumentKind, amount: Money) -> Result<Money, MoneyError> {
    if kind.gives() {
        amount.checked_neg()
    } else {
        Ok(amount)
    }
}

/// BG-25.
fn write_line(
    xml: &mut Xml,
    number: usize,
    line: &DocumentLine,
    net: Money,
    tax: &TaxNote,
) -> io::Result<()> {
    let quantity = line.quantity.to_string();
    let unit = [("unitCode", line.unit.code())];
    xml.element("ram:IncludedSupplyChainTradeLineItem", |xml| {
        xml.element("ram:AssociatedDocumentLineDocument", |xml| {
            xml.text("ram:LineID", &number.to_string())
        })?;
        xml.element("ram:SpecifiedTradeProduct", |xml| {
            if line.detail.trim().is_empty() {
                xml.text("ram:Name", &line.text)
            } else {
                xml.text("ram:Name", &line.detail)?;
                xml.text("ram:Description", &line.text)
            }
        })?;
        xml.element("ram:SpecifiedLineTradeAgreement", |xml| {
            xml.element("ram:NetPriceProductTradePrice", |xml| {
                let price = net.to_decimal_string();
                xml.text("ram:ChargeAmount", price.trim_start_matches('-'))?;
                xml.text_with("ram:BasisQuantity", &unit, &quantity)
            })
        })?;
        xml.element("ram:SpecifiedLineTradeDelivery", |xml| {
            let sign = if net.is_negative() { "-" } else { "" };
            xml.text_with("ram:BilledQuantity", &unit, &format!("{sign}{quantity}"))
        })?;
        xml.element("ram:SpecifiedLineTradeSettlement", |xml| {
            xml.element("ram:ApplicableTradeTax", |xml| {
                xml.text("ram:TypeCode", "VAT")?;
                write_category(xml, tax)
            })?;
            xml.element("ram:SpecifiedTradeSettlementLineMonetarySummation", |xml| {
                xml.text("ram:LineTotalAmount", &net.to_decimal_string())
            })
        })
    })
}

fn write_category(xml: &mut Xml, tax: &TaxNote) -> io::Result<()> {
    xml.text("ram:CategoryCode", tax.category.code())?;
    write_rate(xml, tax)
}

fn write_rate(xml: &mut Xml, tax: &TaxNote) -> io::Result<()> {
    if tax.category.has_rate() {
        let rate = format!("{}.{:02}", tax.rate / 100, tax.rate % 100);
        xml.text("ram:RateApplicablePercent", &rate)?;
    }
    Ok(())
}

/// BG-4, BG-7 and the order.
fn write_agreement(xml: &mut Xml, document: &InvoiceDocument) -> io::Result<()> {
    xml.element("ram:ApplicableHeaderTradeAgreement", |xml| {
        let category = document.tax.category;
        xml.element("ram:SellerTradeParty", |xml| {
            write_party(xml, &document.seller, category, Side::Seller)
        })?;
        xml.element("ram:BuyerTradeParty", |xml| {
            write_party(xml, &document.buyer, category, Side::Buyer)
        })?;
        if let Some(order) = present(document.references.order.as_ref()) {
            xml.element("ram:SellerOrderReferencedDocument", |xml| {
                xml.text("ram:IssuerAssignedID", order)
            })?;
        }
        Ok(())
    })
}

/// BG-13: from which day on the licences could be used; for another member state also where (BR-IC-11, BR-IC-12).
fn write_delivery(xml: &mut Xml, document: &InvoiceDocument) -> io::Result<()> {
    xml.element("ram:ApplicableHeaderTradeDelivery", |xml| {
        if document.tax.category == TaxCategory::IntraCommunity {
            xml.element("ram:ShipToTradeParty", |xml| {
                xml.element("ram:PostalTradeAddress", |xml| {
                    xml.text("ram:CountryID", &document.buyer.country)
                })
            })?;
        }
        let day = document
            .supply_period
            .map_or(document.issued_on, |period| period.start);
        xml.element("ram:ActualDeliverySupplyChainEvent", |xml| {
            xml.element("ram:OccurrenceDateTime", |xml| date(xml, day))
        })
    })
}

/// BG-16, BG-19, BG-22 and BG-23.
fn write_settlement(xml: &mut Xml, document: &InvoiceDocument, sums: &Sums) -> io::Result<()> {
    let currency = document.amounts.gross.currency;
    xml.element("ram:ApplicableHeaderTradeSettlement", |xml| {
        if let Some(Payment::Transfer(transfer)) = &document.payment {
            xml.text("ram:PaymentReference", &transfer.reference)?;
        }
        xml.text("ram:InvoiceCurrencyCode", currency.code())?;
        if let Some(payment) = &document.payment {
            write_payment_means(xml, payment, currency.code())?;
        }
        write_tax(xml, document, sums)?;
        if let Some(period) = document.supply_period {
            xml.element("ram:BillingSpecifiedPeriod", |xml| {
                xml.element("ram:StartDateTime", |xml| date(xml, period.start))?;
                let last = period.end.yesterday().unwrap_or(period.start);
                xml.element("ram:EndDateTime", |xml| date(xml, last))
            })?;
        }
        write_terms(xml, document, sums)?;
        xml.element("ram:SpecifiedTradeSettlementHeaderMonetarySummation", |xml| {
            xml.text("ram:LineTotalAmount", &sums.net.to_decimal_string())?;
            xml.text("ram:TaxBasisTotalAmount", &sums.net.to_decimal_string())?;
            xml.text_with(
                "ram:TaxTotalAmount",
                &[("currencyID", currency.code())],
                &sums.tax.to_decimal_string(),
            )?;
            xml.text("ram:GrandTotalAmount", &sums.gross.to_decimal_string())?;
            if !sums.prepaid.is_zero() {
                xml.text("ram:TotalPrepaidAmount", &sums.prepaid.to_decimal_string())?;
            }
            xml.text("ram:DuePayableAmount", &sums.due.to_decimal_string())
        })?;
        if let Some(credited) = &document.references.credited_invoice {
            xml.element("ram:InvoiceReferencedDocument", |xml| {
                xml.text("ram:IssuerAssignedID", &credited.number)?;
                match credited.issued_on {
                    Some(day) => xml.element("ram:FormattedIssueDateTime", |xml| {
                        xml.text_with("qdt:DateTimeString", &DATE_FORMAT, &day_digits(day))
                    }),
                    None => Ok(()),
                }
            })?;
        }
        Ok(())
    })
}

/// The breakdown of tax, which is one: a document has one category and rate.
fn write_tax(xml: &mut Xml, document: &InvoiceDocument, sums: &Sums) -> io::Result<()> {
    let tax = &document.tax;
    xml.element("ram:ApplicableTradeTax", |xml| {
        xml.text("ram:CalculatedAmount", &sums.tax.to_decimal_string())?;
        xml.text("ram:TypeCode", "VAT")?;
        // BR-S-10, BR-Z-10 and their like: who charges tax, if only of zero, gives no reason for not charging it.
        if tax.category.needs_reason() {
            xml.optional("ram:ExemptionReason", tax_mention(document).as_deref())?;
        }
        xml.text("ram:BasisAmount", &sums.net.to_decimal_string())?;
        xml.text("ram:CategoryCode", tax.category.code())?;
        xml.optional("ram:ExemptionReasonCode", tax.category.exemption_code())?;
        write_rate(xml, tax)
    })
}

fn write_payment_means(xml: &mut Xml, payment: &Payment, currency: &str) -> io::Result<()> {
    // UNTDID 4461.
    const CARD: &str = "48";
    const CREDIT_TRANSFER: &str = "30";
    const SEPA_CREDIT_TRANSFER: &str = "58";
    xml.element("ram:SpecifiedTradeSettlementPaymentMeans", |xml| match payment {
        Payment::Card(method) => {
            xml.text("ram:TypeCode", CARD)?;
            xml.optional(
                "ram:Information",
                Some(method.as_str()).filter(|text| !text.trim().is_empty()),
            )
        }
        Payment::Transfer(TransferDetails {
            holder, iban, bic, ..
        }) => {
            let code = if currency == "EUR" {
                SEPA_CREDIT_TRANSFER
            } else {
                CREDIT_TRANSFER
            };
            xml.text("ram:TypeCode", code)?;
            xml.element("ram:PayeePartyCreditorFinancialAccount", |xml| {
                xml.text("ram:IBANID", &compact_iban(iban))?;
                xml.text("ram:AccountName", holder)
            })?;
            match present(bic.as_ref()) {
                Some(bic) => xml.element("ram:PayeeSpecifiedCreditorFinancialInstitution", |xml| {
                    xml.text("ram:BICID", bic)
                }),
                None => Ok(()),
            }
        }
    })
}

/// BT-9 and BT-20: where something is due, by when, or on what terms (BR-CO-25).
fn write_terms(xml: &mut Xml, document: &InvoiceDocument, sums: &Sums) -> io::Result<()> {
    if sums.due.is_zero() {
        return Ok(());
    }
    xml.element("ram:SpecifiedTradePaymentTerms", |xml| {
        xml.optional("ram:Description", Some(&payment_sentence(document)))?;
        match document.due_on {
            Some(day) => xml.element("ram:DueDateDateTime", |xml| date(xml, day)),
            None => Ok(()),
        }
    })
}

/// UNTDID 2379, 102: CCYYMMDD.
const DATE_FORMAT: [(&str, &str); 1] = [("format", "102")];

fn date(xml: &mut Xml, day: Date) -> io::Result<()> {
    xml.text_with("udt:DateTimeString", &DATE_FORMAT, &day_digits(day))
}

fn day_digits(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}
