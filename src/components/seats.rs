//! The number of users: by stepper, by slider, or typed.

use crate::changing::{flag, mark, text};
use crate::handler::{handler, typed};
use crate::part::IntoPart;
use leptos::html::Input;
use leptos::prelude::*;
use onedesk_pricing::{Seats, SeatsError};
use onedesk_texts::{Language, format, shared, site};

use super::bound_input::bind_input;
use super::field::{FieldMistake, described_by};
use super::icon::Icon;
use super::seats_scale::{place, stops};
use crate::calculator::{Calculator, SeatsProblem};
use crate::effect::effect;

/// What is wrong with the number of users, and what to do.
pub fn seats_problem(language: Language, problem: SeatsProblem) -> String {
    let texts = site::seats_error(language);
    match problem {
        SeatsProblem::Refused(SeatsError::Empty) => texts.empty().into(),
        SeatsProblem::Refused(SeatsError::NotANumber) => texts.not_a_number().into(),
        SeatsProblem::Refused(SeatsError::NotWhole) => texts.not_whole().into(),
        SeatsProblem::Refused(SeatsError::TooFew) => texts.too_few().into(),
        SeatsProblem::Refused(SeatsError::TooMany { max }) => {
            texts.too_many(format::number(language, max.into()))
        }
        SeatsProblem::BelowUsers { users } => texts.below_users(users.get().into()),
    }
}

/// The seats of a calculator. What was typed stays as typed; what is wrong with it stands below.
#[component]
pub fn SeatsInput(
    /// The calculator.
    calculator: Calculator,
    /// The language of its words.
    language: Language,
    /// The id of the input.
    #[prop(default = "seats")]
    id: &'static str,
) -> impl IntoView {
    let texts = site::calculator(language);
    let node = NodeRef::<Input>::new();
    bind_input(node, calculator.seats_text);
    let error = Signal::derive(move || {
        calculator
            .seats
            .get()
            .err()
            .map(|problem| seats_problem(language, problem))
    });
    let at_least = move || {
        Seats::parse(&calculator.seats_text.read()).is_ok_and(|seats| seats <= calculator.least.get())
    };
    let at_most =
        move || Seats::parse(&calculator.seats_text.read()).is_ok_and(|seats| seats >= calculator.most);
    view! {
        <div class="seats field">
            <label class="field__label" for=id>{texts.seats()}</label>
            <div class="seats__stepper">
                <button
                    type="button"
                    class="seats__step"
                    aria-label=texts.fewer()
                    title=texts.fewer()
                    aria-controls=id
                    disabled=flag(at_least)
                    on:click=handler(move |_| calculator.one_fewer())
                >
                    <Icon icon=Icon::Minus/>
                </button>
                <input
                    class="seats__number"
                    node_ref=node
                    id=id
                    name="seats"
                    type="text"
                    inputmode="numeric"
                    autocomplete="off"
                    value=calculator.seats_text.get_untracked()
                    aria-invalid=mark(move || error.read().is_some())
                    aria-describedby=described_by(id, error, false)
                    on:input:target=typed(move |now| calculator.seats_text.set(now))
                    on:keydown=move |event| match event.key().as_str() {
                        "ArrowUp" => { event.prevent_default(); calculator.one_more(); }
                        "ArrowDown" => { event.prevent_default(); calculator.one_fewer(); }
                        _ => {}
                    }
                />
                <button
                    type="button"
                    class="seats__step"
                    aria-label=texts.more()
                    title=texts.more()
                    aria-controls=id
                    disabled=flag(at_most)
                    on:click=handler(move |_| calculator.one_more())
                >
                    <Icon icon=Icon::Plus/>
                </button>
            </div>
            <SeatsSlider calculator=calculator language=language/>
            <FieldMistake id=[id, "-error"].concat() error=error/>
        </div>
    }
    .part()
}

/// The same number on a sliding scale. It follows what is typed; what is no number leaves it where it was.
#[component]
fn SeatsSlider(calculator: Calculator, language: Language) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    let scale = Memo::new(move |_| stops(calculator.least.get(), calculator.most));
    let number = Memo::new(move |last: Option<&u32>| {
        let typed = Seats::parse(&calculator.seats_text.read()).ok();
        typed.map_or_else(
            || last.copied().unwrap_or_else(|| calculator.least.get().get()),
            Seats::get,
        )
    });
    let position = move || place(&scale.read(), number.get());
    let spoken = move || shared::unit(language).users(number.get().into());
    effect(move || {
        let (end, now) = (scale.read().len() - 1, position());
        if let Some(slider) = node.get() {
            // The end first: a browser keeps the value within the ends that it knows.
            slider.set_max(&end.to_string());
            slider.set_value(&now.to_string());
        }
    });
    view! {
        <input
            class="seats__slider needs-script"
            node_ref=node
            type="range"
            min="0"
            max=scale.with_untracked(|stops| stops.len() - 1).to_string()
            value=untrack(position).to_string()
            aria-label=site::calculator(language).slider()
            aria-valuetext=text(spoken)
            on:input:target=typed(move |at| {
                let at = at.parse::<usize>().unwrap_or_default();
                if let Some(stop) = scale.read_untracked().get(at) {
                    calculator.seats_text.set(stop.to_string());
                }
            })
        />
    }
    .part()
}
