//! Plans and prices: the calculator, the cards that follow it, who needs a licence, every feature, questions.

mod contacts;
mod controls;
mod faq;
mod feature_table;
mod who;

use crate::part::IntoPart;
use crate::part::in_turn::{TakeOver, in_turn};
use leptos::prelude::*;
use onedesk_contract::catalog::PlanTexts;
use onedesk_pricing::{BillingPeriod, Choice, PlanId, Seats};
use onedesk_texts::{Language, format, shared, site};

use crate::addresses::SitePage;
use crate::browser;
use crate::calculator::Calculator;
use crate::choice;
use crate::choice_in_address;
use crate::components::announcement;
use crate::components::button::{ButtonKind, LinkButton};
use crate::components::choice_faults::ChoiceFaults;
use crate::components::live_region::LiveRegion;
use crate::components::plan_card::PlanCard;
use crate::effect::effect;
use crate::embedded_catalog::Catalog;
use crate::printed::printed;

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
    catalog
        .default_choice(language)
        .map(|start| view! { <Offer catalog=catalog language=language start=start/> })
}

#[component]
fn Offer(catalog: Catalog, language: Language, start: Choice) -> impl IntoView {
    let texts = site::pricing(language);
    let view = catalog.get();
    let days = view.price_list.trial.days;
    let calculator = Calculator::new(view.price_list, start.clone(), Signal::stored(Seats::ONE));
    let faults = choice_in_address::keep_from(browser::query, calculator, catalog, start.clone());
    // What else stands in the address (a partner's name) goes along to the sign-up: known once the page is taken over.
    let others = RwSignal::new(String::new());
    effect(move || others.set(browser::query()));
    let trial = Trial {
        calculator,
        language,
        others,
    };
    feature_table::keep_prices(calculator, language);
    let start = StoredValue::new(start);
    let as_printed = move |take_over: TakeOver| {
        let query = others.get_untracked();
        others.set(String::new());
        start.with_value(|start| calculator.standing_at(start, take_over));
        others.set(query);
    };
    let cards = view.plans.into_iter().map(|plan| {
        in_turn(as_printed, move || {
            view! { <OfferedPlan trial=trial plan=plan days=days/> }.part()
        })
    });
    view! {
        <div class="pricing">
            {printed(move || view! {
                <section class="hero">
                    <h1>{texts.title()}</h1>
                    <p class="lead">{texts.lead(days)}</p>
                </section>
            })}
            <ChoiceFaults faults=faults calculator=calculator catalog=catalog language=language/>
            <div class="offer">
                {in_turn(as_printed, move || view! {
                    <Controls calculator=calculator catalog=catalog language=language/>
                }.part())}
                <section class="plans" aria-labelledby="plans">
                    <h2 id="plans" class="visually-hidden">{texts.plans()}</h2>
                    <div class="plans__cards">{cards.collect_view()}</div>
                    <p class="plans__note">{texts.sample()}</p>
                </section>
            </div>
            <LiveRegion message=announcement(calculator, catalog, language)/>
            {printed(move || view! { <WhoNeedsALicence language=language/> })}
            {printed(move || view! { <FeatureTable catalog=catalog calculator=calculator language=language/> })}
            {printed(move || view! { <Faq catalog=catalog language=language/> })}
            {in_turn(as_printed, move || view! { <Contacts catalog=catalog trial=trial/> }.part())}
        </div>
    }
    .part()
}

#[component]
fn OfferedPlan(trial: Trial, plan: PlanTexts, days: u16) -> impl IntoView {
    let Trial {
        calculator, language, ..
    } = trial;
    let texts = site::pricing(language);
    let kind = if plan.recommended {
        ButtonKind::Primary
    } else {
        ButtonKind::Secondary
    };
    let description = Signal::stored(site::plan_card(language).for_plan(&plan.name));
    let href = trial.address(Signal::stored(plan.id.clone()));
    view! {
        <PlanCard calculator=calculator plan=plan language=language>
            <LinkButton href=href kind=kind description=description>{texts.start_trial()}</LinkButton>
            <p class="plan-card__terms">{texts.trial_terms(days)}</p>
        </PlanCard>
    }
    .part()
}

/// The way from here to the sign-up.
#[derive(Clone, Copy)]
struct Trial {
    calculator: Calculator,
    language: Language,
    /// The query of the address.
    others: RwSignal<String>,
}

impl Trial {
    /// The sign-up with a plan and all that is dialled in. While the seats field holds no number, the last one that it
    /// held goes along: a trial has no licences, and the choice can be changed later.
    fn address(self, plan: Signal<PlanId>) -> Signal<String> {
        let Self {
            calculator,
            language,
            others,
        } = self;
        let last = Memo::new(move |before: Option<&Option<Choice>>| {
            calculator.choice.get().or_else(|| before.cloned().flatten())
        });
        Signal::derive(move || {
            let chosen = last.get().map(|chosen| Choice {
                plan: plan.get(),
                ..chosen
            });
            let query = chosen
                .map(|chosen| choice::merged(&others.read(), &chosen))
                .unwrap_or_default();
            [SitePage::SignUp.in_language(language).as_str(), "?", &query].concat()
        })
    }
}

/// What is told once a change has settled: the chosen plan's total, or why there is none.
fn announcement(calculator: Calculator, catalog: Catalog, language: Language) -> Signal<String> {
    let texts = site::calculator(language);
    Signal::derive(move || {
        if let Err(problem) = calculator.seats.get() {
            return announcement::no_total(language, problem);
        }
        let Some(quote) = calculator.quote() else {
            return String::new();
        };
        let period = match quote.choice.period {
            BillingPeriod::Monthly => shared::price(language).total_monthly(),
            BillingPeriod::Annual => shared::price(language).total_annual(),
        };
        texts.announce(
            catalog.plan_name(&quote.choice.plan),
            shared::unit(language).users(quote.choice.seats.get().into()),
            period,
            format::money(language, quote.total),
        )
    })
}
