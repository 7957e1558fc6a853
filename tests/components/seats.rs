//! The number of users: what is typed stays, what is wrong is said, nothing panics.

use std::sync::{Arc, Mutex};

use leptos::prelude::*;
use onedesk_subscribe::calculator::Calculator;
use onedesk_subscribe::components::seats::SeatsInput;
use onedesk_texts::Language;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{Stage, calculator, settle};

async fn stage() -> (Stage, Calculator) {
    let place = Arc::new(Mutex::new(None));
    let out = Arc::clone(&place);
    let stage = Stage::mount(move || {
        let calculator = calculator();
        *out.lock().unwrap() = Some(calculator);
        view! { <SeatsInput calculator=calculator language=Language::En/> }
    })
    .await;
    let calculator = place.lock().unwrap().expect("mounted");
    (stage, calculator)
}

#[wasm_bindgen_test]
async fn bad_values_stay_and_are_explained() {
    let (stage, calculator) = stage().await;
    for (text, message) in [
        ("0", "At least 1 licence is needed."),
        ("-1", "At least 1 licence is needed."),
        ("1.5", "Enter a whole number, without a point or a comma."),
        ("", "Enter the number of users."),
        ("1e9", "Enter the number of users in digits, such as 12."),
        (
            "1000000000",
            "Up to 500 licences can be bought here. For more, write to us.",
        ),
        (
            "twelve <b>users</b>",
            "Enter the number of users in digits, such as 12.",
        ),
    ] {
        stage.type_into("#seats", text).await;
        let input = stage.input("#seats");
        assert_eq!(input.value(), text);
        assert_eq!(stage.text("#seats-error"), message, "{text}");
        assert_eq!(
            input.get_attribute("aria-invalid").as_deref(),
            Some("true"),
            "{text}"
        );
        assert_eq!(
            input.get_attribute("aria-describedby").as_deref(),
            Some("seats-error")
        );
        assert!(!stage.find("#seats-error").has_attribute("hidden"));
        assert!(calculator.seats.get_untracked().is_err());
    }
    stage.type_into("#seats", " 1 000 ").await;
    assert!(
        calculator.seats.get_untracked().is_err(),
        "a thousand is more than 500"
    );
    stage.type_into("#seats", " 12 ").await;
    assert_eq!(
        calculator.seats.get_untracked().map(onedesk_pricing::Seats::get),
        Ok(12)
    );
    assert!(stage.find("#seats-error").has_attribute("hidden"));
    assert!(!stage.input("#seats").has_attribute("aria-invalid"));
}

#[wasm_bindgen_test]
async fn stepper_slider_and_field_agree() {
    let (stage, calculator) = stage().await;
    stage.click("button[title='One user more']").await;
    assert_eq!(stage.input("#seats").value(), "11");
    stage.click("button[title='One user fewer']").await;
    stage.click("button[title='One user fewer']").await;
    assert_eq!(stage.input("#seats").value(), "9");
    assert_eq!(
        stage.input("[type=range]").value(),
        "8",
        "the ninth stop of a scale that begins at 1"
    );

    stage.type_into("[type=range]", "20").await;
    assert_eq!(stage.input("#seats").value(), "25");
    assert_eq!(
        stage
            .find("[type=range]")
            .get_attribute("aria-valuetext")
            .as_deref(),
        Some("25 users")
    );

    calculator.seats_text.set("500".into());
    settle().await;
    assert!(
        stage
            .find("button[title='One user more']")
            .has_attribute("disabled")
    );
    let slider = stage.input("[type=range]");
    assert_eq!(slider.value(), slider.max());
}
