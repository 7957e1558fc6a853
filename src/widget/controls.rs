//! What is dialled in: users, billing period, currency. The same controls as the pricing page's, in the same styles, each
//! piece a part that the page around can style.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::KeyboardEvent;
use onedesk_contract::widget::Word;
use onedesk_pricing::{BillingPeriod, Currency, Seats, SeatsError};
use onedesk_texts::format;

use super::amount::Amount;
use super::desk::Desk;
use super::dom::{Node, icon, node};
use super::words::Words;
use crate::calculator::{Calculator, SeatsProblem};
use crate::components::icon::Icon;
use crate::components::seats_scale::{place, stops};
use crate::effect::effect;

/// What is wrong with the number of users, and what to do.
pub fn seats_problem(words: &Words, problem: SeatsProblem) -> String {
    match problem {
        SeatsProblem::Refused(SeatsError::Empty) => words.say(Word::SeatsEmpty),
        SeatsProblem::Refused(SeatsError::NotANumber) => words.say(Word::SeatsNotANumber),
        SeatsProblem::Refused(SeatsError::NotWhole) => words.say(Word::SeatsNotWhole),
        SeatsProblem::Refused(SeatsError::TooMany { max }) => {
            let max = format::number(words.language, max.into());
            words.fill(Word::SeatsTooMany, &[("max", &max)])
        }
        // On a stranger's page nobody has users yet.
        SeatsProblem::Refused(SeatsError::TooFew) | SeatsProblem::BelowUsers { .. } => {
            words.say(Word::SeatsTooFew)
        }
    }
}

/// The number of users: by stepper, by slider, or typed. What was typed stays as typed.
pub fn seats(desk: &Rc<Desk>) -> Node {
    let calculator = desk.calculator;
    let words = &desk.offer.words;
    let typed = move || Seats::parse(&calculator.seats_text.get());
    let fewer = step(words, Word::Fewer, Icon::Minus)
        .disabled(move || typed().is_ok_and(|seats| seats <= Seats::ONE))
        .on("click", move |_| calculator.one_fewer());
    let more = step(words, Word::More, Icon::Plus)
        .disabled(move || typed().is_ok_and(|seats| seats >= calculator.most))
        .on("click", move |_| calculator.one_more());
    let number = node("input", "seats__number", "seats-number");
    let input = number.clone();
    let number = number
        .with("id", "seats")
        .with("inputmode", "numeric")
        .with("autocomplete", "off")
        .with("aria-describedby", "seats-error")
        .showing(move || calculator.seats_text.get())
        .on("input", move |_| calculator.seats_text.set(input.value()))
        .on("keydown", move |event| {
            let press = match event.unchecked_ref::<KeyboardEvent>().key().as_str() {
                "ArrowUp" => Calculator::one_more,
                "ArrowDown" => Calculator::one_fewer,
                _ => return,
            };
            event.prevent_default();
            press(&calculator);
        });
    let label = label("label", "seats", &words.say(Word::Seats));
    let stepper = node("div", "seats__stepper", "seats-stepper").holding(&[&fewer, &number, &more]);
    let sentence = node("span", "", "");
    let mistake = node("p", "field__error", "error")
        .with("id", "seats-error")
        .holding(&[&icon(Icon::Failed), &sentence]);
    let whole = node("div", "seats field", "seats").holding(&[&label, &stepper, &slider(desk), &mistake]);
    let desk = Rc::clone(desk);
    effect(move || {
        let problem = calculator.seats.get().err();
        mistake.flag("hidden", problem.is_none());
        match problem {
            Some(problem) => {
                number.put("aria-invalid", "true");
                sentence.say(&seats_problem(&desk.offer.words, problem));
            }
            None => drop(number.element().remove_attribute("aria-invalid")),
        }
    });
    whole
}

fn step(words: &Words, word: Word, drawing: Icon) -> Node {
    let name = words.say(word);
    node("button", "seats__step", "seats-step")
        .with("type", "button")
        .with("aria-label", &name)
        .with("title", &name)
        .holding(&[&icon(drawing)])
}

fn label(tag: &str, of: &str, words: &str) -> Node {
    node(tag, "field__label", "label").with("for", of).saying(words)
}

/// The same number on a sliding scale. It follows what is typed; what is no number leaves it where it was.
fn slider(desk: &Rc<Desk>) -> Node {
    let calculator = desk.calculator;
    let scale = Rc::new(stops(Seats::ONE, calculator.most));
    let slider = node("input", "seats__slider", "seats-slider")
        .with("type", "range")
        .with("min", "0")
        .with("max", &(scale.len() - 1).to_string())
        .with("aria-label", &desk.offer.words.say(Word::Slider));
    let (shown, follower, desk) = (slider.clone(), Rc::clone(&scale), Rc::clone(desk));
    effect(move || {
        if let Ok(seats) = Seats::parse(&calculator.seats_text.get()) {
            shown.set_value(&place(&follower, seats.get()).to_string());
            shown.put("aria-valuetext", &desk.offer.words.users(seats.get()));
        }
    });
    let input = slider.clone();
    slider.on("input", move |_| {
        let at = input.value().parse::<usize>().unwrap_or_default();
        if let Some(stop) = scale.get(at) {
            calculator.seats_text.set(stop.to_string());
        }
    })
}

/// The billing period: a radio group whose labels hold price and saving, so that both are read out with the choice.
pub fn period(desk: &Rc<Desk>) -> Node {
    let legend = node("legend", "field__label", "label").saying(&desk.offer.words.say(Word::Period));
    let options = node("div", "period__options", "").holding(&[
        &option(desk, BillingPeriod::Monthly),
        &option(desk, BillingPeriod::Annual),
    ]);
    let group = node("fieldset", "period", "").holding(&[&legend, &options]);
    let desk = Rc::clone(desk);
    let at_plan = node("span", "widget__at-plan", "")
        .with("aria-hidden", "true")
        .telling(move || {
            desk.offer
                .words
                .fill(Word::AtPlan, &[("plan", &desk.plan_name())])
        });
    node("div", "widget__period", "period").holding(&[&group, &at_plan])
}

fn option(desk: &Rc<Desk>, period: BillingPeriod) -> Node {
    let calculator = desk.calculator;
    let words = &desk.offer.words;
    let radio = node("input", "period__radio", "radio")
        .with("type", "radio")
        .with("name", "period")
        .with("value", period.as_str())
        .chosen(move || calculator.period.get() == period)
        .on("change", move |_| calculator.period.set(period));
    let name = match period {
        BillingPeriod::Monthly => Word::Monthly,
        BillingPeriod::Annual => Word::Annual,
    };
    let name = node("span", "period__name", "").saying(&words.say(name));
    let mut amount = Amount::new(words.language, "amount");
    let unit = node("span", "period__unit", "").saying(&words.say(Word::PerUserMonth));
    let price = node("span", "period__price", "").holding(&[&amount.whole, &blank(), &unit]);
    let text = node("span", "period__text", "").holding(&[&name, &price]);
    let badge = node("span", "period__saving badge", "badge");
    let label = node("label", "period__option", "period-option").holding(&[&radio, &text, &badge]);
    let desk = Rc::clone(desk);
    effect(move || {
        let plan = calculator.chosen();
        amount.show(plan.as_ref().and_then(|plan| plan.unit_price(period)));
        let percent = plan.and_then(|plan| plan.saving_percent);
        let percent = percent.filter(|_| period == BillingPeriod::Annual);
        badge.flag("hidden", percent.is_none());
        if let Some(percent) = percent {
            let words = &desk.offer.words;
            let percent = format::percent(words.language, percent);
            badge.say(&words.fill(Word::Save, &[("percent", &percent)]));
        }
    });
    label
}

/// Keeps what stands beside it apart.
pub fn blank() -> Node {
    node("span", "", "").saying(" ")
}

/// The currencies of the price list, by their code.
pub fn currency(desk: &Rc<Desk>) -> Node {
    let calculator = desk.calculator;
    let label = label("label", "currency", &desk.offer.words.say(Word::Currency));
    let list = node("select", "input", "currency-select").with("id", "currency");
    for currency in &desk.offer.price_list.currencies {
        let option = node("option", "", "").saying(currency.code());
        drop(list.element().append_with_node_1(option.element()));
    }
    let select = list.clone();
    let list = list
        .showing(move || calculator.currency.get().code().to_owned())
        .on("change", move |_| {
            if let Ok(currency) = Currency::from_code(&select.value()) {
                calculator.currency.set(currency);
            }
        });
    let select = node("span", "select", "").holding(&[&list, &icon(Icon::ChevronDown)]);
    node("div", "field widget__currency", "currency").holding(&[&label, &select])
}
