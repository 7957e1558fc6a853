//! The order summary: each line explained, what is due today, what renews.

use leptos::prelude::*;
use onedesk_contract::catalog::{CatalogView, PlanTexts, Vendor};
use onedesk_contract::tax::{Country, Rate, Treatment, TreatmentKind};
use onedesk_pricing::{BillingPeriod, Currency, Date, Money, PlanId};
use onedesk_subscribe::components::summary::{OrderSummary, Renewal};
use onedesk_subscribe::embedded_catalog::Catalog;
use onedesk_subscribe::order::bill::Bill;
use onedesk_texts::Language;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{Stage, calculator, price_list};

fn catalog() -> Catalog {
    let plan = |id: &str, name: &str| PlanTexts {
        id: PlanId::new(id).unwrap(),
        name: name.into(),
        summary: String::new(),
        highlights: vec![],
        recommended: false,
    };
    Catalog::new(CatalogView {
        language: "en".into(),
        vendor: Vendor {
            name: "Vendor".into(),
            account_domain: "example.com".into(),
            support_email: "support@example.com".into(),
            sales_email: "sales@example.com".into(),
        },
        price_list: price_list(),
        plans: vec![plan("low", "Low"), plan("high", "High")],
        feature_groups: vec![],
        faq: vec![],
    })
}

#[wasm_bindgen_test]
async fn what_is_due_is_explained() {
    let stage = Stage::mount(|| {
        let quote = calculator().quote().expect("sold");
        let total = quote.total;
        let renewal = Renewal {
            on: Some(Date::constant(2027, 11, 22)),
            period: BillingPeriod::Annual,
            amount: total,
        };
        view! {
            <OrderSummary
                lines=Signal::stored(quote.lines)
                credit=Signal::stored(Some(Money::new(500, Currency::USD)))
                due_today=Signal::stored(total.checked_sub(Money::new(500, Currency::USD)).ok())
                renewal=Signal::stored(Some(renewal))
                catalog=catalog()
                language=Language::En
            />
        }
    })
    .await;
    assert_eq!(
        stage.text(".summary__row:nth-child(1) dt"),
        "Low, 10 licences10 licences × $11.99 × 12 months"
    );
    assert_eq!(stage.text(".summary__row:nth-child(1) dd"), "$1,438.80");
    assert_eq!(stage.text(".summary__row:nth-child(2)"), "Account credit-$5.00");
    assert_eq!(stage.text(".summary__row--due dd"), "$1,433.80");
    assert_eq!(
        stage.text(".summary__renewal"),
        "Renews on November 22, 2027 for $1,438.80, until you cancel."
    );
}

/// A summary of the calculator's order, taxed so.
async fn taxed(kind: TreatmentKind, basis_points: u16) -> Stage {
    let treatment = Treatment {
        kind,
        rate: Rate::from_basis_points(basis_points),
        country: Country::parse("FR").unwrap(),
    };
    Stage::mount(move || {
        let bill = Bill::of(calculator().quote().expect("sold"), treatment).expect("no overflow");
        view! {
            <OrderSummary
                due_today=Signal::stored(Some(bill.total()))
                tax=Signal::stored(Some(bill.taxed))
                lines=Signal::stored(bill.quote.lines)
                renewal=Signal::stored(None::<Renewal>)
                catalog=catalog()
                language=Language::En
            />
        }
    })
    .await
}

#[wasm_bindgen_test]
async fn tax_stands_with_its_rate_and_is_part_of_what_is_due() {
    let stage = taxed(TreatmentKind::Domestic, 2000).await;
    assert_eq!(stage.text(".summary__row:nth-child(2) dt"), "VAT 20%");
    assert_eq!(stage.text(".summary__row:nth-child(2) dd"), "$287.76");
    assert_eq!(stage.text(".summary__row--due dd"), "$1,726.56");
}

#[wasm_bindgen_test]
async fn where_no_tax_is_due_the_summary_says_why() {
    let stage = taxed(TreatmentKind::OutsideScope, 0).await;
    assert_eq!(
        stage.text(".summary__row:nth-child(2)"),
        "VATOutside the scope of EU VAT.$0.00"
    );
    assert_eq!(stage.text(".summary__row--due dd"), "$1,438.80");
}

#[wasm_bindgen_test]
async fn nothing_to_order_is_said() {
    let stage = Stage::mount(|| {
        view! {
            <OrderSummary
                lines=Signal::stored(vec![])
                due_today=Signal::stored(None::<Money>)
                renewal=Signal::stored(None::<Renewal>)
                catalog=catalog()
                language=Language::Fr
            />
        }
    })
    .await;
    assert!(!stage.find(".summary__nothing").has_attribute("hidden"));
    assert!(stage.find(".summary__lines").has_attribute("hidden"));
}
