//! The XML of Factur-X, parsed back.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use onedesk_invoice_pdf::{DocumentKind, InvoiceDocument, TaxCategory, electronic_invoice, render};
use onedesk_pricing::{Currency, Money};
use onedesk_texts::Language;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::fixtures::{credit_note, goodwill_credit, invoice, pro_forma};
use crate::variations::{line, turned_round, with_category, with_lines};

/// The texts of the elements of each path; an attribute is a path of its own, `…/ID@schemeID`.
struct Parsed(BTreeMap<String, Vec<String>>);

impl Parsed {
    /// Reads a document's XML, and leaves it in the target folder for the norm's own validators.
    fn of(name: &str, document: &InvoiceDocument) -> Self {
        let xml = electronic_invoice(document)
            .expect("a document that agrees with itself")
            .expect("an invoice has one");
        fs::write(
            Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.xml")),
            &xml,
        )
        .expect("the target folder can be written to");
        let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut path: Vec<String> = Vec::new();
        let mut text = String::new();
        let mut reader = Reader::from_reader(xml.as_slice());
        loop {
            match reader.read_event().expect("well-formed XML") {
                Event::Start(element) => {
                    path.push(element.local_name().as_ref().to_owned());
                    for attribute in element.attributes() {
                        let attribute = attribute.expect("a well-formed attribute");
                        let key = attribute.key.as_ref();
                        let value = attribute.value.into_owned();
                        texts
                            .entry(format!("{}@{key}", path.join("/")))
                            .or_default()
                            .push(value);
                    }
                    text.clear();
                }
                Event::Text(found) => text.push_str(&found),
                Event::GeneralRef(reference) => text.push_str(match &*reference {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    "apos" => "'",
                    other => panic!("an unexpected entity: {other}"),
                }),
                Event::End(_) => {
                    let found = text.trim();
                    if !found.is_empty() {
                        texts.entry(path.join("/")).or_default().push(found.to_owned());
                    }
                    path.pop();
                    text.clear();
                }
                Event::Eof => return Self(texts),
                _ => {}
            }
        }
    }

    /// The texts of the elements whose path ends so.
    fn all(&self, end: &str) -> Vec<&str> {
        self.0
            .iter()
            .filter(|(path, _)| path.ends_with(end) && path.trim_end_matches(end).ends_with('/'))
            .flat_map(|(_, texts)| texts.iter().map(String::as_str))
            .collect()
    }

    /// The only text of the elements whose path ends so.
    #[track_caller]
    fn one(&self, end: &str) -> &str {
        match self.all(end).as_slice() {
            [text] => text,
            other => panic!("{end}: {other:?}"),
        }
    }
}

const SUMS: &str = "SpecifiedTradeSettlementHeaderMonetarySummation";

/// Checks what the business rules of EN 16931 say of the sums (BR-CO-10, 13, 14, 15, 16).
#[track_caller]
fn assert_sums_agree(parsed: &Parsed, currency: Currency) {
    let amount = |text: &str| Money::parse(text, currency).expect("an amount of the currency");
    let sum = |end: &str| amount(parsed.one(&format!("{SUMS}/{end}")));
    let lines = parsed
        .all("SpecifiedTradeSettlementLineMonetarySummation/LineTotalAmount")
        .into_iter()
        .map(amount);
    let lines = Money::sum(lines, currency).expect("a sum");
    assert_eq!(sum("LineTotalAmount"), lines);
    assert_eq!(sum("TaxBasisTotalAmount"), lines);
    assert_eq!(
        amount(parsed.one("ApplicableTradeTax/CalculatedAmount")),
        sum("TaxTotalAmount")
    );
    let gross = lines.checked_add(sum("TaxTotalAmount")).expect("a sum");
    assert_eq!(sum("GrandTotalAmount"), gross);
    let prepaid = parsed
        .all(&format!("{SUMS}/TotalPrepaidAmount"))
        .first()
        .map_or(Money::zero(currency), |text| amount(text));
    assert_eq!(
        sum("DuePayableAmount"),
        gross.checked_sub(prepaid).expect("a difference")
    );
    assert_eq!(
        parsed.one(&format!("{SUMS}/TaxTotalAmount@currencyID")),
        currency.code()
    );
}

#[test]
fn an_invoice_is_of_type_380_and_its_sums_agree() {
    let parsed = Parsed::of("invoice", &invoice(Language::En));
    assert_eq!(parsed.one("ExchangedDocument/TypeCode"), "380");
    assert_eq!(parsed.one("ExchangedDocument/ID"), "2026-000042");
    assert_eq!(
        parsed.one("GuidelineSpecifiedDocumentContextParameter/ID"),
        "urn:cen.eu:en16931:2017"
    );
    assert_eq!(parsed.one("IssueDateTime/DateTimeString"), "20261122");
    assert_eq!(
        parsed.one("BillingSpecifiedPeriod/EndDateTime/DateTimeString"),
        "20270921"
    );
    assert_eq!(parsed.one("InvoiceCurrencyCode"), "EUR");
    assert_sums_agree(&parsed, Currency::EUR);
    // Paid with credit and card: nothing is left.
    assert_eq!(parsed.one(&format!("{SUMS}/TotalPrepaidAmount")), "1762.78");
    assert_eq!(parsed.one(&format!("{SUMS}/DuePayableAmount")), "0.00");
    assert_eq!(parsed.one("SpecifiedTradeSettlementPaymentMeans/TypeCode"), "48");
    assert_eq!(
        parsed.one("SellerOrderReferencedDocument/IssuerAssignedID"),
        "019ab2c4"
    );
}

#[test]
fn a_price_is_never_below_zero_and_gives_the_line_back() {
    let parsed = Parsed::of("prices", &invoice(Language::En));
    let line = "NetPriceProductTradePrice";
    assert_eq!(parsed.all(&format!("{line}/ChargeAmount")), ["1857.78", "388.80"]);
    assert_eq!(parsed.all(&format!("{line}/BasisQuantity")), ["12", "4"]);
    assert_eq!(parsed.all("BilledQuantity"), ["12", "-4"]);
    assert_eq!(parsed.all("BilledQuantity@unitCode"), ["C62", "C62"]);
}

#[test]
fn an_invoice_that_is_not_paid_yet_says_what_is_due_and_when() {
    let mut document = invoice(Language::En);
    document.paid_on = None;
    document.payment = pro_forma(Language::En).payment;
    let parsed = Parsed::of("unpaid", &document);
    assert_eq!(
        parsed.one("SpecifiedTradePaymentTerms/Description"),
        "Payable on receipt."
    );
    document.due_on = Some("2026-12-22".parse().expect("a day"));
    let parsed_with_day = Parsed::of("unpaid-by-day", &document);
    assert_eq!(parsed_with_day.one("DueDateDateTime/DateTimeString"), "20261222");
    for parsed in [&parsed, &parsed_with_day] {
        assert_sums_agree(parsed, Currency::EUR);
        assert_eq!(parsed.one(&format!("{SUMS}/TotalPrepaidAmount")), "50.00");
        assert_eq!(parsed.one(&format!("{SUMS}/DuePayableAmount")), "1712.78");
        assert_eq!(
            parsed.one("PayeePartyCreditorFinancialAccount/IBANID"),
            "FR7630006000011234567890189"
        );
        assert_eq!(parsed.one("PaymentReference"), "PF-2026-000007");
    }
}

#[test]
fn a_credit_note_is_of_type_381_with_the_signs_of_its_type() {
    let parsed = Parsed::of("credit-note", &credit_note(Language::Fr));
    assert_eq!(parsed.one("ExchangedDocument/TypeCode"), "381");
    assert_eq!(parsed.one(&format!("{SUMS}/GrandTotalAmount")), "466.56");
    assert_eq!(parsed.one("BilledQuantity"), "4");
    assert_eq!(
        parsed.one("InvoiceReferencedDocument/IssuerAssignedID"),
        "2026-000017"
    );
    assert_eq!(
        parsed.one("InvoiceReferencedDocument/FormattedIssueDateTime/DateTimeString"),
        "20260304"
    );
    assert_sums_agree(&parsed, Currency::EUR);
    // It stays on the account: nobody waits for a transfer.
    assert_eq!(parsed.one(&format!("{SUMS}/DuePayableAmount")), "0.00");
}

#[test]
fn credit_out_of_goodwill_is_of_type_381_and_refers_to_no_invoice() {
    let parsed = Parsed::of("goodwill", &goodwill_credit(Language::De));
    assert_eq!(parsed.one("ExchangedDocument/TypeCode"), "381");
    assert_eq!(parsed.one(&format!("{SUMS}/GrandTotalAmount")), "20.00");
    assert_eq!(parsed.one(&format!("{SUMS}/DuePayableAmount")), "0.00");
    assert_sums_agree(&parsed, Currency::EUR);
    assert!(parsed.all("InvoiceReferencedDocument").is_empty());
}

#[test]
fn a_pro_forma_invoice_has_none() {
    assert_eq!(electronic_invoice(&pro_forma(Language::En)), Ok(None));
}

#[test]
fn yen_have_no_decimals() {
    let lines = vec![
        line("Premium", "3 × 1", Money::new(86_400, Currency::JPY)),
        line("Standard", "3 × 1", Money::new(-1, Currency::JPY)),
    ];
    let parsed = Parsed::of("yen", &with_lines(Language::En, Currency::JPY, 1000, lines));
    assert_eq!(parsed.one(&format!("{SUMS}/GrandTotalAmount")), "95039");
    assert_sums_agree(&parsed, Currency::JPY);
}

#[test]
fn whatever_is_typed_into_a_name_stays_text() {
    let names = [
        "Müller & Söhne <b>\"GmbH\"</b>",
        "]]> & </ram:Name>",
        "O’Neill",
        "Ελλάδα Škoda 株式会社",
    ];
    for (name, number) in names.iter().zip(0..) {
        let mut document = invoice(Language::En);
        document.buyer.name = (*name).into();
        document.buyer.contact = Some((*name).into());
        document.lines[0].text = (*name).into();
        document.notes = vec![format!("{name}\u{0}\u{8}")];
        let parsed = Parsed::of(&format!("escaped-{number}"), &document);
        assert_eq!(parsed.one("BuyerTradeParty/Name"), *name);
        assert_eq!(parsed.one("DefinedTradeContact/PersonName"), *name);
        assert_eq!(parsed.one("IncludedNote/Content"), *name);
        assert!(parsed.all("SpecifiedTradeProduct/Description").contains(name));
        assert!(render(&document).is_ok());
    }
}

#[test]
fn every_tax_category_says_what_its_rules_want() {
    for category in TaxCategory::ALL {
        let document = with_category(category);
        for document in [turned_round(document.clone()), document] {
            let name = format!("category-{}-{:?}", category.code(), document.kind);
            let parsed = Parsed::of(&name, &document);
            assert_sums_agree(&parsed, Currency::EUR);
            assert_eq!(
                parsed.all("ApplicableTradeTax/CategoryCode"),
                [category.code(); 2],
                "{name}"
            );
            let rates = parsed.all("ApplicableTradeTax/RateApplicablePercent");
            let reasons = parsed.all("ApplicableTradeTax/ExemptionReason").len();
            let codes = parsed.all("ApplicableTradeTax/ExemptionReasonCode");
            let vat_numbers = parsed.all("SpecifiedTaxRegistration/ID").len();
            let wanted: (&[&str], usize, &[&str], usize) = match category {
                TaxCategory::Standard => (&["20.00"; 2], 0, &[], 2),
                TaxCategory::ZeroRated => (&["0.00"; 2], 0, &[], 2),
                TaxCategory::Exempt => (&["0.00"; 2], 1, &[], 2),
                TaxCategory::ReverseCharge => (&["0.00"; 2], 1, &["VATEX-EU-AE"], 2),
                TaxCategory::IntraCommunity => (&["0.00"; 2], 1, &["VATEX-EU-IC"], 2),
                TaxCategory::Export => (&["0.00"; 2], 1, &["VATEX-EU-G"], 2),
                TaxCategory::OutsideScope => (&[], 1, &["VATEX-EU-O"], 0),
                TaxCategory::CanaryIslands | TaxCategory::CeutaMelilla => (&["7.00"; 2], 0, &[], 2),
            };
            assert_eq!(
                (rates.as_slice(), reasons, codes.as_slice(), vat_numbers),
                wanted,
                "{name}"
            );
            assert!(render(&document).is_ok(), "{name}");
        }
    }
}

#[test]
fn a_seller_outside_the_scope_is_known_by_something() {
    let mut document = with_category(TaxCategory::OutsideScope);
    let parsed = Parsed::of("outside-registered", &document);
    assert_eq!(
        parsed.one("SellerTradeParty/SpecifiedLegalOrganization/ID"),
        "RCS Paris 404 833 048"
    );
    document.seller.registration = None;
    let parsed = Parsed::of("outside-unregistered", &document);
    assert_eq!(parsed.one("SellerTradeParty/ID"), "FR83404833048");
    assert_eq!(document.kind, DocumentKind::Invoice);
}

#[test]
fn an_intra_community_supply_says_where_it_goes_and_when() {
    let mut document = with_category(TaxCategory::IntraCommunity);
    document.supply_period = None;
    let parsed = Parsed::of("intra-community-day", &document);
    assert_eq!(parsed.one("ShipToTradeParty/PostalTradeAddress/CountryID"), "FR");
    assert_eq!(parsed.one("OccurrenceDateTime/DateTimeString"), "20261122");
}

#[test]
fn an_address_of_many_lines_keeps_them_all() {
    let mut document = invoice(Language::En);
    document.buyer.address = ["a", "b", "c", " ", "d"].map(String::from).to_vec();
    let parsed = Parsed::of("address", &document);
    let address = "BuyerTradeParty/PostalTradeAddress";
    assert_eq!(parsed.one(&format!("{address}/LineOne")), "a");
    assert_eq!(parsed.one(&format!("{address}/LineThree")), "c, d");
    assert_eq!(parsed.one(&format!("{address}/CityName")), "Lyon");
}
