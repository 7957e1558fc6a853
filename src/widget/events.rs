//! What the page around the widget is told.
//!
//! Two events of the element, which bubble and cross the borders of shadows: `onedesk:quote` whenever there is another
//! total than before, and `onedesk:choose` when the call to action of a plan is pressed. What their `detail` holds is
//! described in docs/embedding.md.

use js_sys::{Object, Reflect};
use leptos::wasm_bindgen::JsValue;
use leptos::web_sys::{CustomEvent, CustomEventInit, HtmlElement};
use onedesk_pricing::{Money, Quote};
use onedesk_texts::{Language, format};

/// There is another total than before.
pub const QUOTE: &str = "onedesk:quote";
/// The call to action of a plan was pressed; cancelled, it leads nowhere.
pub const CHOOSE: &str = "onedesk:choose";

/// Sends an event from the element; `false` if it was cancelled. `address` is where the call to action leads.
pub fn tell(
    element: &HtmlElement,
    language: Language,
    name: &str,
    quote: &Quote,
    partner: Option<&str>,
    address: Option<&str>,
) -> bool {
    let money = |money: Money| amount(language, money);
    let detail = Object::new();
    let choice = &quote.choice;
    let saving = quote
        .saving
        .map_or(JsValue::UNDEFINED, |saving| money(saving.amount));
    for (member, value) in [
        ("plan", choice.plan.as_str().into()),
        ("seats", choice.seats.get().into()),
        ("period", choice.period.as_str().into()),
        ("currency", choice.currency.code().into()),
        ("language", language.code().into()),
        ("partner", partner.into()),
        ("unitPrice", money(quote.unit_price)),
        ("total", money(quote.total)),
        ("saving", saving),
    ] {
        put(&detail, member, &value);
    }
    if let Some(address) = address {
        put(&detail, "url", &address.into());
    }
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_composed(true);
    init.set_cancelable(name == CHOOSE);
    init.set_detail(&detail);
    let event = CustomEvent::new_with_event_init_dict(name, &init).ok();
    event
        .and_then(|event| element.dispatch_event(&event).ok())
        .unwrap_or(true)
}

/// An amount for programs and for people.
#[expect(
    clippy::cast_precision_loss,
    reason = "amounts of a catalog are far below 2^53"
)]
fn amount(language: Language, money: Money) -> JsValue {
    let amount = Object::new();
    put(&amount, "minor", &(money.minor as f64).into());
    put(&amount, "currency", &money.currency.code().into());
    put(&amount, "text", &format::money(language, money).into());
    amount.into()
}

fn put(object: &Object, name: &str, value: &JsValue) {
    // Fails only for objects that refuse members; these are ours.
    drop(Reflect::set(object, &name.into(), value));
}
