//! Subscribing: the calculator, the plans, and what would be ordered.

use leptos::prelude::*;
use onedesk_pricing::{Choice, Money, Period, PlanId, Seats};
use onedesk_texts::{admin, format, shared};

use crate::browser;
use crate::calculator::Calculator;
use crate::choice;
use crate::choice_in_address::keep;
use crate::components::button::{Button, ButtonKind};
use crate::components::currency::CurrencySelect;
use crate::components::live_region::LiveRegion;
use crate::components::period::PeriodChoice;
use crate::components::plan_card::PlanCard;
use crate::components::seats::SeatsInput;
use crate::components::site_footer::MailLink;
use crate::components::summary::{OrderSummary, Renewal};
use crate::pages::app::addresses;
use crate::pages::app::calendar::last_day;
use crate::session::Account;

/// The id of the seats field.
const SEATS_ID: &str = "seats";

/// A purchase being dialled in.
#[derive(Clone, Copy)]
struct Purchase {
    account: Account,
    calculator: Calculator,
    /// Whether fewer licences were wished for than there are users.
    raised: RwSignal<bool>,
}

impl Purchase {
    /// Begins with what the address says, else with what was dialled in before the sign-up. Nothing for a catalog that
    /// sells nothing.
    fn begin(account: Account) -> Option<Self> {
        let least = Memo::new(move |_| Seats::new(account.view.with(|view| view.active_users)).unwrap_or(Seats::ONE));
        let fewest = least.get_untracked();
        let default = account.catalog.default_choice(account.language)?;
        let read = |query: &str, default: &Choice| {
            account.catalog.with(|catalog| choice::read(query, &catalog.price_list, default).choice)
        };
        // What was dialled in weeks ago may not be sold any more: it is read as strictly as an address.
        let preferred = account.view.with_untracked(|view| view.preferred_choice.as_ref().map(choice::query));
        let default = read(&preferred.unwrap_or_default(), &default);
        let mut start = read(&browser::query(), &default);
        let is_raised = start.seats < fewest;
        if is_raised {
            start.seats = fewest;
            browser::replace_query(&choice::merged(&browser::query(), &start));
        }
        let price_list = account.catalog.with(|catalog| catalog.price_list.clone());
        let calculator = Calculator::new(price_list, start.clone(), least);
        // Read after the address has been put right above.
        let _faults = keep(calculator, account.catalog, start);
        let raised = RwSignal::new(is_raised);
        Effect::new(move |before: Option<Seats>| {
            let fewest = least.get();
            let typed = Seats::parse(&calculator.seats_text.read_untracked());
            if before.is_some_and(|before| before < fewest) && typed.is_ok_and(|typed| typed < fewest) {
                // Users were added meanwhile, here or in another window.
                calculator.seats_text.set(fewest.to_string());
                raised.set(true);
            }
            fewest
        });
        Some(Self { account, calculator, raised })
    }

    /// Asks for the confirmation of a plan at what is dialled in; without a number of licences, for that number.
    fn subscribe(self, plan: &PlanId) {
        self.calculator.plan.set(plan.clone());
        match self.calculator.plan_quote(plan).and_then(|plan| plan.quote) {
            Some(quote) => self.account.session.orders.ask(quote),
            None => browser::focus(SEATS_ID),
        }
    }

    /// The first period of what is dialled in.
    fn period(self) -> Option<Period> {
        let today = self.account.view.with(|view| view.today);
        Period::nth(today, self.calculator.period.get(), 0).ok()
    }

    fn total(self) -> Option<Money> {
        self.calculator.quote().map(|quote| quote.total)
    }
}

/// Everything that it takes to subscribe.
#[component]
pub fn Buy(
    /// The account.
    account: Account,
) -> impl IntoView {
    let purchase = Purchase::begin(account)?;
    let language = account.language;
    let texts = admin::subscription(language);
    let calculator = purchase.calculator;
    Some(view! {
        <section class="buy" aria-labelledby="buy-title">
            <h2 class="screen__section" id="buy-title">{texts.choose()}</h2>
            <div class="buy__columns">
                <div class="buy__main">
                    <div class="card buy__controls">
                        <div class="buy__seats">
                            <SeatsInput calculator language id=SEATS_ID/>
                            <Minimum purchase/>
                        </div>
                        <PeriodChoice calculator language/>
                        <CurrencySelect calculator language/>
                    </div>
                    <div class="plans__cards buy__plans"><Plans purchase/></div>
                </div>
                <div class="buy__side"><Summary purchase/></div>
            </div>
        </section>
    })
}

/// Why there is a fewest number of licences.
#[component]
fn Minimum(purchase: Purchase) -> impl IntoView {
    let texts = admin::subscription(purchase.account.language);
    let least = purchase.calculator.least;
    view! {
        <p class="buy__note">
            {move || purchase.raised.get().then(|| [&texts.raised(least.get().get().into()), " "].concat())}
            {move || texts.minimum(least.get().get().into())}" "{texts.minimum_why()}" "
            <a href=addresses::USERS>{texts.manage_users()}</a>
        </p>
    }
}

/// The plans, each with its button.
#[component]
fn Plans(purchase: Purchase) -> impl IntoView {
    let language = purchase.account.language;
    let texts = admin::subscription(language);
    let calculator = purchase.calculator;
    let plans = purchase.account.catalog.with(|catalog| catalog.plans.clone());
    plans
        .into_iter()
        .map(|plan| {
            let id = plan.id.clone();
            let words = texts.subscribe_to(&plan.name);
            view! {
                <PlanCard calculator plan language>
                    <Button kind=ButtonKind::Secondary on_press=move |_| purchase.subscribe(&id)>{words}</Button>
                </PlanCard>
            }
        })
        .collect_view()
}

/// Each line, what is due today, what comes after, and the one button of the screen.
#[component]
fn Summary(purchase: Purchase) -> impl IntoView {
    let account = purchase.account;
    let language = account.language;
    let texts = admin::subscription(language);
    let calculator = purchase.calculator;
    let lines = Signal::derive(move || calculator.quote().map(|quote| quote.lines).unwrap_or_default());
    let due_today = Signal::derive(move || purchase.total());
    let renewal = Signal::derive(move || {
        let (period, amount) = (calculator.period.get(), purchase.total()?);
        Some(Renewal { on: purchase.period().map(|period| period.end), period, amount })
    });
    let covers = move || {
        let period = purchase.period().filter(|_| purchase.total().is_some())?;
        let day = |date| format::date(language, date);
        Some(texts.covers(day(period.start), day(last_day(period.end))))
    };
    let told = Signal::derive(move || match purchase.total() {
        Some(total) => [shared::price(language).due_today(), ": ", &format::money(language, total)].concat(),
        None => String::new(),
    });
    let plan = move || account.catalog.plan_name(&calculator.plan.read());
    let subscribe = move |_| {
        let plan = calculator.plan.get_untracked();
        purchase.subscribe(&plan);
    };
    let sales = account.catalog.with(|catalog| catalog.vendor.sales_email.clone());
    view! {
        <OrderSummary lines due_today renewal catalog=account.catalog language title=texts.summary()>
            <p class="buy__covers">{covers}</p>
            <Button on_press=subscribe>{move || texts.subscribe_to(plan())}</Button>
            <p class="buy__promise">{texts.not_yet()}</p>
            <p class="buy__other"><OtherPayment words=texts.other_payment(&sales) address=sales/></p>
        </OrderSummary>
        <LiveRegion message=told/>
    }
}

/// A sentence with an address in it that is a link.
#[component]
fn OtherPayment(words: String, address: String) -> impl IntoView {
    let (before, after) = words.split_once(&address).unwrap_or((&words, ""));
    view! { {before.to_owned()}<MailLink address/>{after.to_owned()} }
}
