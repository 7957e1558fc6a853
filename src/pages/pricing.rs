//! Plans and prices: the calculator, the cards that follow it, who needs a licence, every feature, questions.

mod contacts;
mod controls;
mod faq;
mod feature_table;
mod who;

use leptos::prelude::*;
use onedesk_contract::catalog::PlanTexts;
use onedesk_pricing::{Choice, PlanId, Seats};
use onedesk_texts::{Language, format, shared, site};

use crate::addresses::SitePage;
use crate::calculator::Calculator;
use crate::choice::{self, Fault};
use crate::choice_in_address;
use crate::components::button::{ButtonKind, LinkButton};
use crate::components::live_region::LiveRegion;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::plan_card::PlanCard;
use crate::components::seats::seats_problem;
use crate::embedded_catalog::Catalog;

use contacts::Contacts;
use controls::Controls;
use faq::Faq;
use feature_table::FeatureTable;
use who::WhoNeedsALicence;

/// The pricing page.
#[component]
pub fn PricingPage(
    /// What is sold.
    catalog: Catalog,
    /// The language of the page.
    language: Language,
) -> impl IntoView {
    // A catalog without plans does not pass its check, so there is always a choice to begin with.
    catalog.default_choice(language).map(|start| view! { <Offer catalog=catalog language=language start=start/> })
}

#[component]
fn Offer(catalog: Catalog, language: Language, start: Choice) -> impl IntoView {
    let texts = site::pricing(language);
    let view = catalog.get();
    let days = view.price_list.trial.days;
    let calculator = Calculator::new(view.price_list, start.clone(), Signal::stored(Seats::ONE));
    let faults = choice_in_address::keep(calculator, catalog, start);
    let cards = view.plans.into_iter().map(|plan| {
        view! { <OfferedPlan calculator=calculator plan=plan language=language days=days/> }
    });
    view! {
        <div class="pricing">
            <section class="hero">
                <h1>{texts.title()}</h1>
                <p class="lead">{texts.lead(days)}</p>
            </section>
            <Faults faults=faults calculator=calculator catalog=catalog language=language/>
            <div class="offer">
                <Controls calculator=calculator catalog=catalog language=language/>
                <section class="plans" aria-label=texts.plans()>
                    <div class="plans__cards">{cards.collect_view()}</div>
                    <p class="plans__note">{texts.sample()}</p>
                </section>
            </div>
            <LiveRegion message=announcement(calculator, catalog, language)/>
            <WhoNeedsALicence language=language/>
            <FeatureTable catalog=catalog calculator=calculator language=language/>
            <Faq catalog=catalog language=language/>
            <Contacts catalog=catalog calculator=calculator language=language/>
        </div>
    }
    .into_any()
}

#[component]
fn OfferedPlan(calculator: Calculator, plan: PlanTexts, language: Language, days: u16) -> impl IntoView {
    let texts = site::pricing(language);
    let kind = if plan.recommended { ButtonKind::Primary } else { ButtonKind::Secondary };
    let description = Signal::stored(site::plan_card(language).for_plan(&plan.name));
    let href = trial_address(calculator, language, plan.id.clone());
    view! {
        <PlanCard calculator=calculator plan=plan language=language>
            <LinkButton href=href kind=kind description=description>{texts.start_trial()}</LinkButton>
            <p class="plan-card__terms">{texts.trial_terms(days)}</p>
        </PlanCard>
    }
    .into_any()
}

/// The sign-up with a plan and all that is dialled in. While the seats field holds no number, the last one that it
/// held goes along: a trial has no licences, and the choice can be changed later.
fn trial_address(calculator: Calculator, language: Language, plan: PlanId) -> Signal<String> {
    let last = Memo::new(move |before: Option<&Option<Choice>>| {
        calculator.choice.get().or_else(|| before.cloned().flatten())
    });
    Signal::derive(move || {
        let chosen = last.get().map(|chosen| Choice { plan: plan.clone(), ..chosen });
        let query = chosen.map(|chosen| choice::query(&chosen)).unwrap_or_default();
        [SitePage::SignUp.in_language(language).as_str(), "?", &query].concat()
    })
}

/// What is told once a change has settled: the chosen plan's total, or why there is none.
fn announcement(calculator: Calculator, catalog: Catalog, language: Language) -> Signal<String> {
    let texts = site::calculator(language);
    Signal::derive(move || {
        if let Err(problem) = calculator.seats.get() {
            return texts.announce_invalid(seats_problem(language, problem));
        }
        let Some(quote) = calculator.quote() else { return String::new() };
        let period = match quote.choice.period {
            onedesk_pricing::BillingPeriod::Monthly => shared::price(language).total_monthly(),
            onedesk_pricing::BillingPeriod::Annual => shared::price(language).total_annual(),
        };
        texts.announce(
            catalog.plan_name(&quote.choice.plan),
            shared::unit(language).users(quote.choice.seats.get().into()),
            period,
            format::money(language, quote.total),
        )
    })
}

/// Says what in the address could not be used, and what is shown in its place.
#[component]
fn Faults(
    faults: RwSignal<Vec<Fault>>,
    calculator: Calculator,
    catalog: Catalog,
    language: Language,
) -> impl IntoView {
    let texts = site::choice(language);
    let sentence = move |fault: Fault| match fault {
        Fault::Plan(value) => texts.plan(value, catalog.plan_name(&calculator.plan.get_untracked())),
        Fault::Seats(value) => texts.seats(value, calculator.seats_text.get_untracked()),
        Fault::Period(value) => {
            let periods = shared::period(language);
            texts.period(value, match calculator.period.get_untracked() {
                onedesk_pricing::BillingPeriod::Monthly => periods.billed_monthly(),
                onedesk_pricing::BillingPeriod::Annual => periods.billed_annually(),
            })
        }
        Fault::Currency(value) => texts.currency(value, calculator.currency.get_untracked()),
    };
    // Always there, so that a screen reader notices what is put into it.
    view! {
        <div class="pricing__faults" role="status">
            {move || {
                let faults = faults.get();
                (!faults.is_empty()).then(|| {
                    let lines = faults.into_iter().map(|fault| view! { <p>{sentence(fault)}</p> }).collect_view();
                    view! { <Notice kind=NoticeKind::Warning title=texts.title()>{lines}</Notice> }
                })
            }}
        </div>
    }
    .into_any()
}
