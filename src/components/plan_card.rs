//! A plan at what is dialled in: price of a user, total of the period, saving, and what to do about it.

use crate::changing::{mark, text};
use crate::handler::handler;
use crate::part::{IntoPart, Slot};
use leptos::html::Input;
use leptos::prelude::*;
use onedesk_contract::catalog::PlanTexts;
use onedesk_pricing::{BillingPeriod, Money};
use onedesk_texts::{Language, format, shared, site};

use super::amount::{Amount, AmountSize};
use super::icon::Icon;
use crate::calculator::{Calculator, PlanQuote};
use crate::effect::effect;

/// One plan. Its heading is the radio button that makes it the calculator's plan.
#[component]
pub fn PlanCard(
    /// The calculator.
    calculator: Calculator,
    /// The words of the plan.
    plan: PlanTexts,
    /// The language of the other words.
    language: Language,
    /// What stands on the card in place of “Recommended”, such as “Your plan”.
    #[prop(optional, into)]
    badge: Option<String>,
    /// The call to action.
    children: Slot,
) -> impl IntoView {
    let texts = site::plan_card(language);
    let id = StoredValue::new(plan.id.clone());
    let quoted = Memo::new(move |_| id.with_value(|id| calculator.plan_quote(id)));
    let is_chosen = Memo::new(move |_| id.with_value(|id| *calculator.plan.read() == *id));
    let radio = NodeRef::<Input>::new();
    effect(move || {
        let checked = is_chosen.get();
        if let Some(radio) = radio.get() {
            radio.set_checked(checked);
        }
    });

    let badge = badge.or_else(|| plan.recommended.then(|| texts.recommended().to_owned()));
    let unit_price = Signal::derive(move || quoted.read().as_ref()?.unit_price(calculator.period.get()));
    let total = Signal::derive(move || quoted.read().as_ref()?.quote.as_ref().map(|quote| quote.total));
    let total_label = move || {
        let users = quoted
            .read()
            .as_ref()
            .and_then(|plan| plan.quote.as_ref().map(|quote| quote.choice.seats));
        let Some(users) = users else {
            return if unit_price.get().is_some() {
                texts.unknown_seats()
            } else {
                texts.not_sold()
            }
            .to_owned();
        };
        let users = shared::unit(language).users(users.get().into());
        match calculator.period.get() {
            BillingPeriod::Monthly => texts.total_month(users),
            BillingPeriod::Annual => texts.total_year(users),
        }
    };
    let saving = move || saving_line(language, quoted.read().as_ref(), calculator.period.get());
    let heading_id = ["plan-", plan.id.as_str()].concat();
    let labelled_by = heading_id.clone();
    let class = if plan.recommended {
        "plan-card plan-card--recommended"
    } else {
        "plan-card"
    };
    let highlights = plan.highlights.into_iter().map(|line| {
        view! { <li><Icon icon=Icon::Check/><span>{line}</span></li> }
    });
    view! {
        <article class=class data-chosen=mark(move || is_chosen.get()) aria-labelledby=labelled_by>
            <header class="plan-card__head">
                <h3 class="plan-card__name" id=heading_id>
                    <label class="plan-card__choice">
                        <input
                            class="plan-card__radio"
                            node_ref=radio
                            type="radio"
                            name="plan"
                            value=plan.id.as_str().to_owned()
                            checked=is_chosen.get_untracked()
                            on:change=handler(move |_| calculator.plan.set(id.get_value()))
                        />
                        {plan.name}
                    </label>
                </h3>
                {badge.map(|badge| view! { <span class="badge badge--strong">{badge}</span> })}
                <p class="plan-card__summary">{plan.summary}</p>
            </header>
            <div class="plan-card__price">
                <p class="plan-card__unit">
                    <Amount money=unit_price language=language size=AmountSize::Display/>
                    <span class="plan-card__per">{site::calculator(language).per_user_month()}</span>
                </p>
                <p class="plan-card__total">
                    <Amount money=total language=language size=AmountSize::Large/>" "
                    <span class="plan-card__total-label">{text(total_label)}</span>
                </p>
                <p class="plan-card__saving">{text(saving)}</p>
            </div>
            <div class="plan-card__action">{children.fill()}</div>
            <ul class="plan-card__highlights ticks" aria-label=texts.includes()>{highlights.collect_view()}</ul>
        </article>
    }
    .part()
}

/// What annual billing saves, or would save. A blank keeps the line's room.
fn saving_line(language: Language, plan: Option<&PlanQuote>, period: BillingPeriod) -> String {
    let texts = site::plan_card(language);
    let saving = plan
        .and_then(|plan| plan.quote.as_ref())
        .and_then(|quote| quote.saving);
    let money = |amount: Money| format::money(language, amount);
    match (saving, period) {
        (None, _) => "\u{a0}".into(),
        (Some(saving), BillingPeriod::Annual) => {
            texts.saves(money(saving.amount), format::percent(language, saving.percent))
        }
        (Some(saving), BillingPeriod::Monthly) => texts.could_save(money(saving.amount)),
    }
}
