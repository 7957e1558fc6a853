//! All that a widget shows: controls, plans, and what is read out.

use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use onedesk_contract::widget::Word;
use onedesk_pricing::BillingPeriod;
use onedesk_texts::format;

use super::desk::Desk;
use super::dom::{Node, node};
use super::{controls, plan};
use crate::effect::effect;

/// How long nothing may change before a change is read out; as on the pricing page.
const SETTLED: Duration = Duration::from_millis(700);

/// Draws a widget, once.
pub fn draw(root: &HtmlElement, desk: &Rc<Desk>) {
    let words = &desk.offer.words;
    // Groups and not landmarks: those of the page are its author's to choose, and two widgets would have the same.
    let controls = node("div", "widget__controls", "controls")
        .with("role", "group")
        .with("aria-label", &words.say(Word::Controls))
        .holding(&[
            &controls::seats(desk),
            &controls::period(desk),
            &controls::currency(desk),
        ]);
    let plans = node("div", "widget__plans", "plans")
        .with("role", "group")
        .with("aria-label", &words.say(Word::Plans));
    for texts in &desk.offer.plans {
        drop(
            plans
                .element()
                .append_with_node_1(plan::card(desk, texts).element()),
        );
    }
    let leading = Rc::clone(desk);
    let compare = node("a", "", "link")
        .with("target", &desk.target())
        .saying(&words.say(Word::Compare))
        .leading(move || leading.pricing());
    let note = node("span", "", "").saying(&words.say(Word::Note));
    let note = node("p", "widget__note", "note").holding(&[&note, &controls::blank(), &compare]);
    for part in [&controls, &plans, &note, &live_region(desk)] {
        drop(root.append_with_node_1(part.element()));
    }
}

/// Tells screen readers of a change once it has settled; not what stands there at first.
fn live_region(desk: &Rc<Desk>) -> Node {
    let region = node("p", "visually-hidden", "")
        .with("role", "status")
        .with("aria-live", "polite");
    let (teller, desk) = (region.clone(), Rc::clone(desk));
    let mut before = None::<String>;
    let mut waiting = None::<TimeoutHandle>;
    effect(move || {
        let now = announcement(&desk);
        if let Some(waiting) = waiting.take() {
            waiting.clear();
        }
        if before.as_ref().is_some_and(|before| *before != now) {
            let (region, text) = (teller.clone(), now.clone());
            waiting = set_timeout_with_handle(move || region.say(&text), SETTLED).ok();
        }
        before = Some(now);
    });
    region
}

/// The chosen plan's total, or why there is none.
fn announcement(desk: &Desk) -> String {
    let words = &desk.offer.words;
    if let Err(problem) = desk.calculator.seats.get() {
        let problem = controls::seats_problem(words, problem);
        return words.fill(Word::AnnounceInvalid, &[("problem", &problem)]);
    }
    let Some(quote) = desk.calculator.quote() else {
        return String::new();
    };
    let period = match quote.choice.period {
        BillingPeriod::Monthly => Word::TotalMonthly,
        BillingPeriod::Annual => Word::TotalAnnual,
    };
    words.fill(
        Word::Announce,
        &[
            ("plan", &desk.plan_name()),
            ("users", &words.users(quote.choice.seats.get())),
            ("period", &words.say(period)),
            ("total", &format::money(words.language, quote.total)),
        ],
    )
}
