//! What a widget works with: what it offers, what is dialled in, and the page around it.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use onedesk_pricing::{Choice, PlanId, Quote, Seats};

use super::offer::Offer;
use super::{attributes, events};
use crate::calculator::Calculator;
use crate::choice;
use crate::effect::effect;

/// Shared by all that a widget shows.
#[derive(Debug)]
pub struct Desk {
    /// Plans, prices, words.
    pub offer: Offer,
    /// What is dialled in.
    pub calculator: Calculator,
    element: HtmlElement,
    /// The partner whose page it is; empty for none.
    partner: RwSignal<String>,
    /// The last choice that could be bought: while the seats field holds no number, it goes along to the sign-up.
    last: RefCell<Choice>,
}

impl Desk {
    /// For the widget of an element, which tells its quotes from now on.
    pub fn new(offer: Offer, element: HtmlElement, start: Choice) -> Rc<Self> {
        let desk = Rc::new(Self {
            calculator: Calculator::new(
                offer.price_list.clone(),
                start.clone(),
                Signal::stored(Seats::ONE),
            ),
            offer,
            partner: RwSignal::new(attributes::partner(&element)),
            element,
            last: RefCell::new(start),
        });
        let teller = Rc::clone(&desk);
        let mut told = None;
        effect(move || {
            let quote = teller.calculator.quote();
            // A choice has one quote, so that it tells whether this one is another.
            if let Some(quote) = quote.filter(|quote| told.as_ref() != Some(&quote.choice)) {
                teller.last.replace(quote.choice.clone());
                let partner = teller.partner.get_untracked();
                told = Some(quote.choice.clone());
                teller.tell(events::QUOTE, &quote, &partner, None);
            }
        });
        desk
    }

    /// Follows an attribute of the element that has another value than before.
    pub fn attribute_changed(&self, name: &str) {
        let calculator = self.calculator;
        if name == "partner" {
            self.partner.set(attributes::partner(&self.element));
            return;
        }
        let now = Choice {
            plan: calculator.plan.get_untracked(),
            period: calculator.period.get_untracked(),
            currency: calculator.currency.get_untracked(),
            ..self.last.borrow().clone()
        };
        let choice = attributes::changed(&self.element, name, &self.offer.price_list, &now);
        match name {
            "plan" => calculator.plan.set(choice.plan),
            // Also when what stands there cannot be used: then the last number does.
            "seats" => calculator.seats_text.set(choice.seats.to_string()),
            "period" => calculator.period.set(choice.period),
            "currency" => calculator.currency.set(choice.currency),
            _ => {}
        }
    }

    /// What is dialled in, as [`attributes::kept`] reads it; empty while that is no choice.
    pub fn kept(&self) -> String {
        let chosen = self.calculator.choice.get_untracked();
        chosen.map(|chosen| attributes::keep(&chosen)).unwrap_or_default()
    }

    /// The name of the plan that is chosen.
    pub fn plan_name(&self) -> String {
        self.offer.plan_name(&self.calculator.plan.get())
    }

    /// Where links open: in a frame of ours they leave the frame.
    pub fn target(&self) -> String {
        self.element.get_attribute("target").unwrap_or_default()
    }

    /// The address where a trial of a plan begins, with all that is dialled in, and the partner.
    pub fn sign_up(&self, plan: &PlanId) -> String {
        self.address(&self.offer.sign_up, plan)
    }

    /// The address of the pricing page, with the same.
    pub fn pricing(&self) -> String {
        self.address(&self.offer.pricing, &self.calculator.plan.get())
    }

    fn address(&self, page: &str, plan: &PlanId) -> String {
        let calculator = self.calculator;
        let seats = calculator.seats.get();
        let chosen = Choice {
            plan: plan.clone(),
            seats: seats.unwrap_or_else(|_| self.last.borrow().seats),
            period: calculator.period.get(),
            currency: calculator.currency.get(),
        };
        let mut address = [page, "?", &choice::query(&chosen)].concat();
        let partner = self.partner.get();
        if !partner.is_empty() {
            address.push_str("&partner=");
            address.push_str(&String::from(js_sys::encode_uri_component(&partner)));
        }
        address
    }

    /// Tells that the call to action of a plan was pressed. `false` if the page takes it from here.
    pub fn choose(&self, plan: &PlanId) -> bool {
        let (quote, address, partner) = untrack(|| {
            let quote = self.calculator.plan_quote(plan).and_then(|plan| plan.quote);
            (quote, self.sign_up(plan), self.partner.get())
        });
        quote.is_none_or(|quote| self.tell(events::CHOOSE, &quote, &partner, Some(&address)))
    }

    fn tell(&self, name: &str, quote: &Quote, partner: &str, address: Option<&str>) -> bool {
        let partner = Some(partner).filter(|name| !name.is_empty());
        events::tell(&self.element, self.offer.language, name, quote, partner, address)
    }
}
