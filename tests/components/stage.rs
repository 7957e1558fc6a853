//! Mounts a component into a corner of the test page.

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement};
use onedesk_pricing::{
    BillingPeriod, Choice, Currency, Money, PlanId, PlanPrices, PriceList, ProrationUnit, Seats, Trial,
    UnitPrice,
};
use onedesk_subscribe::calculator::Calculator;

/// A mounted component; leaves the page when dropped.
pub struct Stage {
    root: HtmlElement,
    _handle: Box<dyn std::any::Any>,
}

impl Stage {
    /// Mounts what the closure makes, and waits until its effects have run.
    pub async fn mount<V: IntoView + 'static>(make: impl FnOnce() -> V + 'static) -> Self {
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        document().body().unwrap().append_child(&root).unwrap();
        let handle = leptos::mount::mount_to(root.clone(), make);
        let stage = Self {
            root,
            _handle: Box::new(handle),
        };
        settle().await;
        stage
    }

    /// The first element that a selector finds.
    pub fn find(&self, selector: &str) -> Element {
        self.root
            .query_selector(selector)
            .unwrap()
            .unwrap_or_else(|| panic!("no {selector}"))
    }

    /// The same as an input.
    pub fn input(&self, selector: &str) -> HtmlInputElement {
        self.find(selector).dyn_into().unwrap()
    }

    /// What an element says, white space folded.
    pub fn text(&self, selector: &str) -> String {
        let text = self.find(selector).text_content().unwrap();
        text.replace('\u{200b}', "")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Puts a text into an input as typing or pasting does.
    pub async fn type_into(&self, selector: &str, text: &str) {
        let input = self.input(selector);
        input.set_value(text);
        fire(&input, "input");
        settle().await;
    }

    /// Clicks.
    pub async fn click(&self, selector: &str) {
        self.find(selector).dyn_into::<HtmlElement>().unwrap().click();
        settle().await;
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Sends a bubbling event.
pub fn fire(element: &Element, name: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    element
        .dispatch_event(&Event::new_with_event_init_dict(name, &init).unwrap())
        .unwrap();
}

/// Lets effects run.
pub async fn settle() {
    for _ in 0..3 {
        leptos::task::tick().await;
    }
}

/// Two plans in dollars and yen: 14.99 and 11.99, 29.98 and 23.98.
pub fn price_list() -> PriceList {
    let unit = |currency, monthly, annual| UnitPrice {
        currency,
        monthly: Money::new(monthly, currency),
        annual: Money::new(annual, currency),
    };
    let plan = |id: &str, factor: i64| PlanPrices {
        id: PlanId::new(id).unwrap(),
        prices: vec![
            unit(Currency::USD, 1499 * factor, 1199 * factor),
            unit(Currency::JPY, 2000 * factor, 1600 * factor),
        ],
    };
    PriceList {
        version: "test".into(),
        currencies: vec![Currency::USD, Currency::JPY],
        max_seats: Seats::new(500).unwrap(),
        trial: Trial {
            days: 14,
            plan: PlanId::new("high").unwrap(),
        },
        proration: ProrationUnit::Day,
        plans: vec![plan("low", 1), plan("high", 2)],
    }
}

/// A calculator of that list: ten licences of the lower plan, annual, in dollars.
pub fn calculator() -> Calculator {
    let start = Choice {
        plan: PlanId::new("low").unwrap(),
        seats: Seats::new(10).unwrap(),
        period: BillingPeriod::Annual,
        currency: Currency::USD,
    };
    Calculator::new(price_list(), start, Signal::stored(Seats::ONE))
}
