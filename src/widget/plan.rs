//! A plan at what is dialled in: price of a user, total of the period, saving, and the call to action.

use std::rc::Rc;

use leptos::prelude::*;
use onedesk_contract::catalog::PlanTexts;
use onedesk_contract::widget::Word;
use onedesk_pricing::{BillingPeriod, Quote};
use onedesk_texts::format;

use super::amount::Amount;
use super::controls::blank;
use super::desk::Desk;
use super::dom::{Node, icon, node};
use crate::components::icon::Icon;
use crate::effect::effect;

/// One card. Its heading is the radio button that makes it the calculator's plan, and is of the second level: it follows
/// whatever heading the page has above it without leaving one out.
pub fn card(desk: &Rc<Desk>, plan: &PlanTexts) -> Node {
    let (class, part, button) = if plan.recommended {
        (
            "plan-card plan-card--recommended",
            "plan plan-recommended",
            "button",
        )
    } else {
        ("plan-card", "plan", "button button--secondary")
    };
    let heading_id = ["plan-", plan.id.as_str()].concat();
    let list = node("ul", "plan-card__highlights ticks", "plan-highlights")
        .with("aria-label", &desk.offer.words.say(Word::Includes));
    for line in &plan.highlights {
        let line = node("span", "", "").saying(line);
        let item = node("li", "", "").holding(&[&icon(Icon::Check), &line]);
        drop(list.element().append_with_node_1(item.element()));
    }
    let card = node("article", class, "")
        .with("aria-labelledby", &heading_id)
        .holding(&[
            &head(desk, plan, &heading_id),
            &price(desk, plan),
            &action(desk, plan, button),
            &list,
        ]);
    let (shown, calculator, id) = (card.clone(), desk.calculator, plan.id.clone());
    effect(move || {
        let is_chosen = calculator.plan.get() == id;
        let chosen = if is_chosen { " plan-chosen" } else { "" };
        shown.flag("data-chosen", is_chosen);
        shown.put("part", &[part, chosen].concat());
    });
    card
}

fn head(desk: &Rc<Desk>, plan: &PlanTexts, heading_id: &str) -> Node {
    let calculator = desk.calculator;
    let (id, to_choose) = (plan.id.clone(), plan.id.clone());
    let radio = node("input", "plan-card__radio", "radio")
        .with("type", "radio")
        .with("name", "plan")
        .with("value", plan.id.as_str())
        .chosen(move || calculator.plan.get() == id)
        .on("change", move |_| calculator.plan.set(to_choose.clone()));
    let name = node("span", "", "").saying(&plan.name);
    let label = node("label", "plan-card__choice", "").holding(&[&radio, &name]);
    let heading = node("h2", "plan-card__name", "plan-name")
        .with("id", heading_id)
        .holding(&[&label]);
    let head = node("header", "plan-card__head", "").holding(&[&heading]);
    let summary = node("p", "plan-card__summary", "plan-summary").saying(&plan.summary);
    if plan.recommended {
        let badge = node("span", "badge badge--strong", "badge");
        return head.holding(&[&badge.saying(&desk.offer.words.say(Word::Recommended)), &summary]);
    }
    head.holding(&[&summary])
}

fn price(desk: &Rc<Desk>, plan: &PlanTexts) -> Node {
    let words = &desk.offer.words;
    let mut unit = Amount::new(words.language, "amount amount--display");
    let per = node("span", "plan-card__per", "").saying(&words.say(Word::PerUserMonth));
    let price = node("p", "plan-card__unit", "").holding(&[&unit.whole, &per]);
    let mut total = Amount::new(words.language, "amount amount--large");
    let label = node("span", "plan-card__total-label", "");
    let sum = node("p", "plan-card__total", "plan-total").holding(&[&total.whole, &blank(), &label]);
    let saving = node("p", "plan-card__saving", "plan-saving");
    let all = node("div", "plan-card__price", "plan-price").holding(&[&price, &sum, &saving]);
    let (desk, id) = (Rc::clone(desk), plan.id.clone());
    effect(move || {
        let period = desk.calculator.period.get();
        let plan = desk.calculator.plan_quote(&id);
        let price = plan.as_ref().and_then(|plan| plan.unit_price(period));
        let quote = plan.and_then(|plan| plan.quote);
        unit.show(price);
        total.show(quote.as_ref().map(|quote| quote.total));
        label.say(&total_label(&desk, period, price.is_some(), quote.as_ref()));
        saving.say(&saving_line(&desk, period, quote.as_ref()));
    });
    all
}

fn action(desk: &Rc<Desk>, plan: &PlanTexts, class: &str) -> Node {
    let words = &desk.offer.words;
    let for_plan = words.fill(Word::ForPlan, &[("plan", &plan.name)]);
    let hidden = node("span", "visually-hidden", "").saying(&[" ", &for_plan].concat());
    let start = node("span", "", "").saying(&words.say(Word::StartTrial));
    let (leading, choosing) = (Rc::clone(desk), Rc::clone(desk));
    let (to, of) = (plan.id.clone(), plan.id.clone());
    let link = node("a", class, "action")
        .with("target", &desk.target())
        .leading(move || leading.sign_up(&to))
        .on("click", move |event| {
            if !choosing.choose(&of) {
                event.prevent_default();
            }
        });
    let label = node("span", "button__label", "").holding(&[&start, &hidden]);
    let terms = node("p", "plan-card__terms", "plan-terms").saying(&words.say(Word::TrialTerms));
    node("div", "plan-card__action", "").holding(&[&link.holding(&[&label]), &terms])
}

/// What the total is for, or why there is none.
fn total_label(desk: &Desk, period: BillingPeriod, is_sold: bool, quote: Option<&Quote>) -> String {
    let words = &desk.offer.words;
    let Some(quote) = quote else {
        return words.say(if is_sold {
            Word::UnknownSeats
        } else {
            Word::NotSold
        });
    };
    let label = match period {
        BillingPeriod::Monthly => Word::TotalMonth,
        BillingPeriod::Annual => Word::TotalYear,
    };
    words.fill(label, &[("users", &words.users(quote.choice.seats.get()))])
}

/// What annual billing saves, or would save. A blank keeps the line's room.
fn saving_line(desk: &Desk, period: BillingPeriod, quote: Option<&Quote>) -> String {
    let words = &desk.offer.words;
    let Some(saving) = quote.and_then(|quote| quote.saving) else {
        return "\u{a0}".into();
    };
    let amount = format::money(words.language, saving.amount);
    let percent = format::percent(words.language, saving.percent);
    let word = match period {
        BillingPeriod::Annual => Word::Saves,
        BillingPeriod::Monthly => Word::CouldSave,
    };
    words.fill(word, &[("amount", &amount), ("percent", &percent)])
}
