//! The billing period: a radio group whose labels hold price and saving.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use onedesk_pricing::{BillingPeriod, Currency};
use onedesk_subscribe::components::period::PeriodChoice;
use onedesk_texts::Language;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{Stage, calculator, settle};

#[wasm_bindgen_test]
async fn labels_hold_price_and_saving_and_follow_the_choice() {
    let place = Arc::new(Mutex::new(None));
    let out = Arc::clone(&place);
    let stage = Stage::mount(move || {
        let calculator = calculator();
        *out.lock().unwrap() = Some(calculator);
        view! { <PeriodChoice calculator=calculator language=Language::En/> }
    })
    .await;
    let calculator = place.lock().unwrap().expect("mounted");

    assert_eq!(
        stage.find("fieldset > legend").text_content().unwrap(),
        "Billing period"
    );
    assert_eq!(stage.text("label:first-child"), "Monthly$14.99 per user / month");
    assert_eq!(
        stage.text("label:last-child"),
        "Annual$11.99 per user / monthSave 20%"
    );
    assert!(stage.input("[value=annual]").checked());
    assert_eq!(
        stage.input("[value=annual]").name(),
        stage.input("[value=monthly]").name()
    );

    stage.click("[value=monthly]").await;
    assert_eq!(calculator.period.get_untracked(), BillingPeriod::Monthly);
    assert!(!stage.input("[value=annual]").checked());

    calculator.currency.set(Currency::JPY);
    calculator.seats_text.set("not a number".into());
    settle().await;
    assert_eq!(
        stage.text("label:last-child"),
        "Annual¥1,600 per user / monthSave 20%"
    );

    calculator.period.set(BillingPeriod::Annual);
    settle().await;
    assert!(stage.input("[value=annual]").checked());
}
