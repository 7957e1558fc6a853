//! Subscribing: the calculator, the plans, and what would be ordered.

use leptos::prelude::*;
use onedesk_pricing::{Choice, Money, Period, PlanId, Seats};
use onedesk_texts::{admin, format, shared};

use crate::browser;
use crate::calculator::{Calculator, SeatsProblem};
use crate::changing::{changing, text};
use crate::choice::{self, Fault};
use crate::choice_in_address::keep_from;
use crate::components::announcement;
use crate::components::button::{Button, ButtonKind};
use crate::components::choice_faults::ChoiceFaults;
use crate::components::currency::CurrencySelect;
use crate::components::live_region::LiveRegion;
use crate::components::mail_sentence::MailSentence;
use crate::components::period::PeriodChoice;
use crate::components::plan_card::PlanCard;
use crate::components::seats::SeatsInput;
use crate::components::summary::{OrderSummary, Renewal};
use crate::effect::{effect, memo};
use crate::order::bill::Bill;
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
    /// What in the address could not be used.
    faults: RwSignal<Vec<Fault>>,
    /// Whether fewer licences were wished for than there are users.
    raised: RwSignal<bool>,
    /// What is dialled in, with tax.
    bill: Memo<Option<Bill>>,
}

impl Purchase {
    /// Begins with what the address says, else with what was dialled in before the sign-up, else with a licence for each
    /// user. Nothing for a catalog that sells nothing.
    fn begin(account: Account) -> Option<Self> {
        let least = Signal::derive(move || {
            Seats::new(account.view.with(|view| view.active_users)).unwrap_or(Seats::ONE)
        });
        let fewest = least.get_untracked();
        let default = account.catalog.default_choice(account.language)?;
        let read = |query: &str, default: &Choice| {
            account
                .catalog
                .with(|catalog| choice::read(query, &catalog.price_list, default).choice)
        };
        // What was dialled in weeks ago may not be sold any more: it is read as strictly as an address.
        let preferred = account
            .view
            .with_untracked(|view| view.preferred_choice.as_ref().map(choice::query));
        let default = match preferred {
            Some(preferred) => read(&preferred, &default),
            None => Choice {
                seats: fewest,
                ..default
            },
        };
        let mut start = read(&browser::query(), &default);
        let is_raised = start.seats < fewest;
        if is_raised {
            start.seats = fewest;
            browser::replace_query(&choice::merged(&browser::query(), &start));
        }
        let price_list = account.catalog.with(|catalog| catalog.price_list.clone());
        let calculator = Calculator::new(price_list, start.clone(), least);
        // Read after the address has been put right above.
        let faults = keep_from(browser::query, calculator, account.catalog, start);
        let raised = RwSignal::new(is_raised);
        let mut before = fewest;
        effect(move || {
            let fewest = least.get();
            let typed = Seats::parse(&calculator.seats_text.read_untracked());
            if before < fewest && typed.is_ok_and(|typed| typed < fewest) {
                // Users were added meanwhile, here or in another window.
                calculator.seats_text.set(fewest.to_string());
                raised.set(true);
            }
            before = fewest;
        });
        let bill = memo(move || {
            let treatment = account.view.with(|view| view.treatment);
            Bill::of(calculator.quote()?, treatment)
        });
        Some(Self {
            account,
            calculator,
            faults,
            raised,
            bill,
        })
    }

    /// Asks for the confirmation of a plan at what is dialled in; without a number of licences, for that number.
    fn subscribe(self, plan: &PlanId) {
        self.calculator.plan.set(plan.clone());
        match self.bill.get_untracked() {
            Some(bill) => self.account.session.orders.ask(bill),
            None => browser::focus(SEATS_ID),
        }
    }

    /// The first period of what is dialled in.
    fn period(self) -> Option<Period> {
        let today = self.account.view.with(|view| view.today);
        Period::nth(today, self.calculator.period.get(), 0).ok()
    }

    /// What it costs, with tax.
    fn total(self) -> Option<Money> {
        self.bill.read().as_ref().map(Bill::total)
    }

    /// What account credit pays of it, and what is charged.
    fn settled(self) -> Option<(Money, Money)> {
        let credits = self.account.view.with(|view| view.credits.clone());
        self.bill.read().as_ref().map(|bill| bill.settled(&credits))
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
            <ChoiceFaults faults=purchase.faults calculator catalog=account.catalog language/>
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
                    <p class="buy__note">{admin::tax(language).plans_net()}</p>
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
    let least = move || u64::from(purchase.calculator.least.get().get());
    let words = move || {
        if least() == 1 {
            return texts.per_user().to_owned();
        }
        if matches!(
            purchase.calculator.seats.get(),
            Err(SeatsProblem::BelowUsers { .. })
        ) {
            // Told as a mistake, just above.
            return String::new();
        }
        let first = if purchase.raised.get() {
            texts.raised(least())
        } else {
            texts.minimum(least())
        };
        [&first, " ", texts.minimum_why(), " "].concat()
    };
    view! {
        <p class="buy__note">
            {text(words)}
            {changing(move || (least() > 1).then(|| view! { <a href=addresses::USERS>{texts.manage_users()}</a> }))}
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
            // The card names the plan to those who see it; the button alone has to say it to those who hear it.
            let words = texts.subscribe_to(&plan.name);
            let visible = shared::action(language).subscribe();
            let rest = words
                .strip_prefix(visible)
                .map_or_else(|| [" ", &words].concat(), str::to_owned);
            view! {
                <PlanCard calculator plan language>
                    <Button kind=ButtonKind::Secondary on_press=move |_| purchase.subscribe(&id)>
                        {visible}<span class="visually-hidden">{rest}</span>
                    </Button>
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
    let lines = Signal::derive(move || {
        let bill = purchase.bill.read();
        bill.as_ref()
            .map(|bill| bill.quote.lines.clone())
            .unwrap_or_default()
    });
    let tax = Signal::derive(move || purchase.bill.read().as_ref().map(|bill| bill.taxed));
    let credit = Signal::derive(move || {
        purchase
            .settled()
            .map(|(used, _)| used)
            .filter(|used| !used.is_zero())
    });
    let due_today = Signal::derive(move || purchase.settled().map(|(_, due)| due));
    let renewal = Signal::derive(move || {
        let (period, amount) = (calculator.period.get(), purchase.total()?);
        Some(Renewal {
            on: purchase.period().map(|period| period.end),
            period,
            amount,
        })
    });
    let covers = move || {
        let period = purchase.period().filter(|_| purchase.total().is_some())?;
        let day = |date| format::date(language, date);
        Some(texts.covers(day(period.start), day(last_day(period.end))))
    };
    let told = Signal::derive(move || match (calculator.seats.get(), due_today.get()) {
        (Err(problem), _) => announcement::no_total(language, problem),
        (Ok(_), Some(due)) => announcement::due_today(language, due),
        (Ok(_), None) => String::new(),
    });
    let plan = move || account.catalog.plan_name(&calculator.plan.read());
    let subscribe = move |_| {
        let plan = calculator.plan.get_untracked();
        purchase.subscribe(&plan);
    };
    let sales = account.catalog.with(|catalog| catalog.vendor.sales_email.clone());
    view! {
        <OrderSummary lines credit tax due_today renewal catalog=account.catalog language title=texts.summary()>
            <p class="buy__covers">{text(move || covers().unwrap_or_default())}</p>
            <Button on_press=subscribe>{text(move || texts.subscribe_to(plan()))}</Button>
            <p class="buy__promise">{texts.not_yet()}</p>
            <p class="buy__other"><MailSentence words=texts.other_payment(&sales) address=sales/></p>
        </OrderSummary>
        <LiveRegion message=told/>
    }
}
