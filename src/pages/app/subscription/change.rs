//! Changing the subscription: the calculator, which starts at what is subscribed to, and what the change leads to.

use std::cmp::Ordering;

use leptos::prelude::*;
use onedesk_contract::catalog::PlanTexts;
use onedesk_contract::subscription::SubscriptionDetails;
use onedesk_pricing::{PlanId, Seats};
use onedesk_subscription::{Request, Wanted};
use onedesk_texts::{changes, format};

use crate::browser;
use crate::calculator::Calculator;
use crate::change::desk::{Offer, Subject};
use crate::change::outlook::{NO_CHANGE, Outlook};
use crate::change::words;
use crate::changing::{changing, text};
use crate::choice::{self, Fault};
use crate::components::announcement;
use crate::components::button::Button;
use crate::components::change_dialog::charge_words;
use crate::components::change_lines::ChangeLines;
use crate::components::choice_faults::ChoiceFaults;
use crate::components::currency::CurrencySelect;
use crate::components::live_region::LiveRegion;
use crate::components::notice::{Notice, NoticeKind};
use crate::components::period::PeriodChoice;
use crate::components::plan_card::PlanCard;
use crate::components::seats::SeatsInput;
use crate::effect::{effect, memo};
use crate::part::{IntoPart, Part};
use crate::session::Account;

/// A change being dialled in.
#[derive(Clone, Copy)]
struct Dialled {
    account: Account,
    calculator: Calculator,
    /// What it leads to, or why to nothing; no reason while the seats field holds no number, which says so itself.
    outlook: Memo<Result<Outlook, Option<&'static str>>>,
    /// What in the address could not be used.
    faults: RwSignal<Vec<Fault>>,
    /// Whether the address asks for the plan that is subscribed to.
    is_same: RwSignal<bool>,
}

impl Dialled {
    /// Begins at what is subscribed to and what the address wants different of it, and begins anew whenever the subscription has
    /// become another one. The address has had its word once something is dialled in by hand, or done.
    fn begin(account: Account, start: &SubscriptionDetails) -> Self {
        let details = account.session.changes.details();
        let least = Signal::derive(move || {
            Seats::new(account.view.with(|view| view.active_users)).unwrap_or(Seats::ONE)
        });
        let prices = account.catalog.with(|catalog| catalog.price_list.clone());
        let (query, held) = (browser::query(), start.subscription.term.choice());
        let read = choice::read(&query, &prices, &held);
        let faults = RwSignal::new(read.faults);
        let is_same =
            RwSignal::new(choice::parameter(&query, "plan").is_some_and(|plan| plan == held.plan.as_str()));
        let settle = move || {
            if !browser::query().is_empty() {
                faults.set(Vec::new());
                is_same.set(false);
                browser::replace_query("");
            }
        };
        let calculator = Calculator::new(prices, read.choice.clone(), least);
        effect(move || {
            if calculator
                .choice
                .get()
                .is_some_and(|choice| choice != read.choice)
            {
                settle();
            }
        });
        let mut version = start.subscription.version;
        effect(move || {
            let now = details.with(|details| {
                let subscription = &details.as_ref()?.subscription;
                Some((subscription.version, subscription.term.choice()))
            });
            if let Some((newer, choice)) = now.filter(|(newer, _)| *newer != version) {
                version = newer;
                settle();
                calculator.set(choice);
            }
        });
        let outlook = memo(move || {
            let choice = calculator.choice.get().ok_or(None)?;
            details.with(|details| {
                let details = details.as_ref().ok_or(None)?;
                let wanted = Wanted::differing(&choice, &details.subscription.term);
                let request = Request::Change(wanted);
                account
                    .catalog
                    .with(|catalog| Outlook::of(details, &catalog.price_list, request).map_err(Some))
            })
        });
        Self {
            account,
            calculator,
            outlook,
            faults,
            is_same,
        }
    }

    /// Asks for the confirmation of what is shown.
    fn ask(self) {
        if let Ok(outlook) = self.outlook.get_untracked() {
            self.account
                .session
                .changes
                .ask(Subject::Change(Box::new(outlook)));
        }
    }
}

/// Everything that it takes to change a subscription.
#[component]
pub fn ChangeSubscription(
    /// The account.
    account: Account,
    /// The subscription.
    start: SubscriptionDetails,
) -> impl IntoView {
    let language = account.language;
    let texts = changes::change(language);
    let dialled = Dialled::begin(account, &start);
    let calculator = dialled.calculator;
    let same = move || {
        let plan = account.catalog.plan_name(&calculator.plan.get_untracked());
        dialled.is_same.get().then(|| {
            view! { <div class="choice-faults"><Notice kind=NoticeKind::Info><p>{texts.same_plan(plan)}</p></Notice></div> }
        })
    };
    let plans = account.catalog.with(|catalog| catalog.plans.clone());
    let plans = plans.into_iter().map(|plan| view! { <OtherPlan dialled plan/> });
    view! {
        <section class="buy" aria-labelledby="change-subscription-title">
            <h2 class="screen__section" id="change-subscription-title">{texts.title()}</h2>
            <p>{texts.lead()}</p>
            <ChoiceFaults faults=dialled.faults calculator catalog=account.catalog language/>
            {changing(same)}
            <div class="buy__columns">
                <div class="buy__main">
                    <div class="card buy__controls">
                        <div class="buy__seats"><SeatsInput calculator language/></div>
                        <PeriodChoice calculator language/>
                        <CurrencySelect calculator language/>
                    </div>
                    <div class="plans__cards buy__plans">{plans.collect_view()}</div>
                </div>
                <div class="buy__side"><Summary dialled/></div>
            </div>
        </section>
    }
    .late_part()
}

/// A plan, and when it would take effect.
#[component]
fn OtherPlan(dialled: Dialled, plan: PlanTexts) -> impl IntoView {
    let Dialled {
        account, calculator, ..
    } = dialled;
    let language = account.language;
    let texts = changes::change(language);
    let id = StoredValue::new(plan.id.clone());
    let hint = move || {
        let term = account
            .session
            .changes
            .details()
            .with(|details| Some(details.as_ref()?.subscription.term.clone()));
        let Some(term) = term else {
            return String::new();
        };
        let level = |plan: &PlanId| account.catalog.with(|catalog| catalog.price_list.level(plan));
        let (this, held) = (id.with_value(level), level(&term.plan));
        match this.cmp(&held) {
            Ordering::Equal => texts.current_plan().to_owned(),
            Ordering::Greater => texts.higher_plan().to_owned(),
            Ordering::Less => texts.lower_plan(format::date(language, term.renews_on())),
        }
    };
    view! {
        <PlanCard calculator plan language><p class="plan-card__terms">{text(hint)}</p></PlanCard>
    }
}

/// What the change leads to, line by line, and the one button of the screen.
#[component]
fn Summary(dialled: Dialled) -> impl IntoView {
    let Dialled {
        account,
        calculator,
        outlook,
        ..
    } = dialled;
    let language = account.language;
    let buttons = changes::button(language);
    let press = move || match outlook.get() {
        Ok(outlook) => before(account, |before| words::button(account, before, &outlook)),
        Err(None | Some(NO_CHANGE)) => buttons.nothing().to_owned(),
        Err(Some(_)) => buttons.impossible().to_owned(),
    };
    let told = Signal::derive(move || match (calculator.seats.get(), outlook.get()) {
        (Err(problem), _) => announcement::no_total(language, problem),
        (Ok(_), Ok(outlook)) => announcement::due_today(language, outlook.due()),
        (Ok(_), Err(Some(NO_CHANGE))) => changes::summary(language).nothing().to_owned(),
        // A refusal stands in a notice, which is told by itself.
        (Ok(_), Err(_)) => String::new(),
    });
    view! {
        <section class="summary" aria-labelledby="change-summary-title">
            <h2 class="summary__title" id="change-summary-title">{changes::summary(language).title()}</h2>
            {changing(move || content(account, outlook.get()))}
            <div class="summary__action">
                <Button disabled=Signal::derive(move || outlook.read().is_err()) on_press=move |_| dialled.ask()>
                    {text(press)}
                </Button>
            </div>
        </section>
        <LiveRegion message=told/>
    }
    .late_part()
}

fn content(account: Account, outlook: Result<Outlook, Option<&'static str>>) -> Part {
    let language = account.language;
    let texts = changes::summary(language);
    let outlook = match outlook {
        Ok(outlook) => outlook,
        Err(None | Some(NO_CHANGE)) => {
            return view! { <p class="summary__nothing">{texts.nothing()}</p> }.late_part();
        }
        Err(Some(reason)) => {
            let words = words::refusal(account, reason);
            return view! { <Notice kind=NoticeKind::Warning><p>{words}</p></Notice> }.late_part();
        }
    };
    let items = before(account, |before| words::said(account, before, &outlook));
    let items = items.into_iter().map(|line| view! { <li>{line}</li> });
    let items = items.collect_view();
    let renewal = words::renewal(account, &outlook);
    let (lines, treatment) = (outlook.lines.clone(), outlook.treatment);
    let amounts = outlook
        .today
        .map(|totals| view! { <ChangeLines account lines totals treatment/> });
    let offer = Offer {
        subject: Subject::Change(Box::new(outlook)),
        instead_of: None,
    };
    view! {
        <ul class="change-doings">{items}</ul>
        {amounts}
        <p class="summary__renewal">{renewal}</p>
        <p class="summary__renewal">{charge_words(account, &offer)}</p>
    }
    .late_part()
}

/// Words that depend on what is subscribed to now; none while that is not known.
fn before<T: Default>(account: Account, words: impl FnOnce(&onedesk_subscription::Subscription) -> T) -> T {
    account.session.changes.details().with(|details| {
        details
            .as_ref()
            .map_or_else(T::default, |details| words(&details.subscription))
    })
}
