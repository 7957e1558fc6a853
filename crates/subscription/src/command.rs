//! What can be asked of a subscription, by people and by time.

use onedesk_pricing::{BillingPeriod, Choice, Currency, Date, Moment, PlanId, PriceList, Seats, Term};
use serde::{Deserialize, Serialize};

/// What people ask for on the subscription screen.
///
/// On the wire: `"cancel"`, `{"withdraw": "seats"}`, `{"change": {"seats": 12}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Another plan, number of licences, period or currency. What raises the subscription takes effect at once and is
    /// charged, the rest waits for the renewal.
    Change(Wanted),
    /// A scheduled part is not to happen.
    Withdraw(ScheduledPart),
    /// No renewal: the subscription ends with the period that is paid for, or today if that is over.
    Cancel,
    /// It is to be renewed after all.
    Resume,
}

/// A command to a subscription: a person's request, or what time and payments bring about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Somebody asks for a change.
    Request(Request),
    /// The next period is charged, on [`Term::renews_on`] or later: one period a command, however many were missed.
    Renew,
    /// The renewal could not be charged, for the first time or once more. A try that a person made by hand between two
    /// retries is none of the schedule's: it is not reported here.
    RenewalFailed {
        /// The day of the failure.
        on: Date,
    },
    /// The overdue renewal is paid: by a retry, or by a person.
    RenewalPaid {
        /// The day of payment.
        on: Date,
    },
    /// A cancelled subscription whose period is over ends.
    EndNow,
    /// No retry is left and the renewal is not paid. The failure of the last retry suspends by itself; this is for a
    /// last retry that was never answered, from the day after it on.
    Suspend,
}

impl From<Request> for Command {
    fn from(request: Request) -> Self {
        Self::Request(request)
    }
}

/// What is known on the day of a decision besides the subscription itself.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// The prices: today's, or a list that is kept for subscriptions that were bought earlier.
    pub prices: &'a PriceList,
    /// The moment of the decision, in the unit that the list prorates by; its day is today in the account's zone.
    pub moment: Moment,
    /// How many users are active: those that need a licence. Customers never count.
    pub active_users: u32,
}

impl Facts<'_> {
    /// Today, in the account's time zone.
    pub const fn today(&self) -> Date {
        self.moment.day()
    }
}

/// What a change is to lead to, part by part. What is `None` is left alone, and what is scheduled for it stays so.
///
/// It is no whole [`Choice`], because that cannot tell “leave the plan as it is” from “keep this plan, do not lower it
/// as scheduled”. The first must not drop a scheduled change; the second, a part that is wanted as it is today,
/// withdraws it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(example = json!({"seats": 15})))]
pub struct Wanted {
    /// The plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<PlanId>,
    /// The number of licences: all of them, not those to add.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seats: Option<Seats>,
    /// How often is billed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<BillingPeriod>,
    /// The currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
}

impl Wanted {
    /// What of a choice differs from what is subscribed to: for a calculator that starts from [`Term::choice`] and
    /// knows no scheduled changes. Nothing scheduled is withdrawn by it.
    pub fn differing(choice: &Choice, term: &Term) -> Self {
        Self {
            plan: (choice.plan != term.plan).then(|| choice.plan.clone()),
            seats: (choice.seats != term.seats).then_some(choice.seats),
            period: (choice.period != term.period).then_some(choice.period),
            currency: (choice.currency != term.currency()).then_some(choice.currency),
        }
    }
}

/// A part of what is scheduled: each can be withdrawn alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ScheduledPart {
    /// The lower plan.
    Plan,
    /// The fewer licences.
    Seats,
    /// Monthly instead of annual billing.
    Period,
    /// The other currency.
    Currency,
}

impl ScheduledPart {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Plan, Self::Seats, Self::Period, Self::Currency];
}
