//! [`SubscriptionState`] as it crosses the wire.
//!
//! Written out for the reason given at the wire form of `FieldError`: serde's tagged enums cost the browser more than
//! the types that they read.

use onedesk_pricing::{BillingPeriod, Currency, Money, PlanId, Seats};
use serde::{Deserialize, Serialize};

use super::{SubscriptionState, SubscriptionView};
use crate::time::{OptionalDate, OptionalInstant};

/// The members of every state; which of them are there, `state` says.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub(super) struct Wire {
    /// Which of the states.
    state: State,
    /// When the trial ends, with `trial`.
    #[serde(default, skip_serializing_if = "OptionalInstant::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    ends_at: OptionalInstant,
    /// Days left, with `trial`: 1 on the last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days_left: Option<u32>,
    /// When it ended, with `trial_over`.
    #[serde(default, skip_serializing_if = "OptionalInstant::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    ended_at: OptionalInstant,
    /// The plan, with `active`; so are those that follow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan: Option<PlanId>,
    /// Licences owned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    licences: Option<Seats>,
    /// Monthly or annual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    period: Option<BillingPeriod>,
    /// Currency that is billed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    currency: Option<Currency>,
    /// First day of the billing period, with `active`.
    #[serde(default, skip_serializing_if = "OptionalDate::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    period_start: OptionalDate,
    /// First day after it, with `active`.
    #[serde(default, skip_serializing_if = "OptionalDate::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    renews_on: OptionalDate,
    /// What the next renewal will cost as things stand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    renewal_amount: Option<Money>,
    /// Since when its renewal is overdue.
    #[serde(default, skip_serializing_if = "OptionalDate::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    overdue_since: OptionalDate,
    /// Whether it was cancelled and ends on `renews_on`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    cancelled: bool,
    /// The first day without licences, with `suspended` and `ended`.
    #[serde(default, skip_serializing_if = "OptionalDate::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = Date))]
    since: OptionalDate,
}

/// Where the account stands, in a word.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = SubscriptionStateName))]
#[serde(rename_all = "snake_case")]
enum State {
    Trial,
    TrialOver,
    Active,
    Suspended,
    Ended,
}

impl Wire {
    fn of(state: State) -> Self {
        Self {
            state,
            ends_at: OptionalInstant::default(),
            days_left: None,
            ended_at: OptionalInstant::default(),
            plan: None,
            licences: None,
            period: None,
            currency: None,
            period_start: OptionalDate::default(),
            renews_on: OptionalDate::default(),
            renewal_amount: None,
            overdue_since: OptionalDate::default(),
            cancelled: false,
            since: OptionalDate::default(),
        }
    }

    fn read(self) -> Option<SubscriptionState> {
        Some(match self.state {
            State::Trial => SubscriptionState::Trial {
                ends_at: self.ends_at.0?,
                days_left: self.days_left?,
            },
            State::TrialOver => SubscriptionState::TrialOver {
                ended_at: self.ended_at.0?,
            },
            State::Active => SubscriptionState::Active(SubscriptionView {
                plan: self.plan?,
                licences: self.licences?,
                period: self.period?,
                currency: self.currency?,
                period_start: self.period_start.0?,
                renews_on: self.renews_on.0?,
                renewal_amount: self.renewal_amount?,
                overdue_since: self.overdue_since.0,
                cancelled: self.cancelled,
            }),
            State::Suspended => SubscriptionState::Suspended { since: self.since.0? },
            State::Ended => SubscriptionState::Ended { on: self.since.0? },
        })
    }
}

impl TryFrom<Wire> for SubscriptionState {
    type Error = &'static str;

    fn try_from(wire: Wire) -> Result<Self, Self::Error> {
        wire.read()
            .ok_or("a member of this state of a subscription is missing")
    }
}

impl From<SubscriptionState> for Wire {
    fn from(state: SubscriptionState) -> Self {
        match state {
            SubscriptionState::Trial { ends_at, days_left } => Self {
                ends_at: OptionalInstant(Some(ends_at)),
                days_left: Some(days_left),
                ..Self::of(State::Trial)
            },
            SubscriptionState::TrialOver { ended_at } => Self {
                ended_at: OptionalInstant(Some(ended_at)),
                ..Self::of(State::TrialOver)
            },
            SubscriptionState::Active(view) => Self {
                plan: Some(view.plan),
                licences: Some(view.licences),
                period: Some(view.period),
                currency: Some(view.currency),
                period_start: OptionalDate(Some(view.period_start)),
                renews_on: OptionalDate(Some(view.renews_on)),
                renewal_amount: Some(view.renewal_amount),
                overdue_since: OptionalDate(view.overdue_since),
                cancelled: view.cancelled,
                ..Self::of(State::Active)
            },
            SubscriptionState::Suspended { since } => Self {
                since: OptionalDate(Some(since)),
                ..Self::of(State::Suspended)
            },
            SubscriptionState::Ended { on } => Self {
                since: OptionalDate(Some(on)),
                ..Self::of(State::Ended)
            },
        }
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for SubscriptionState {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        Wire::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for SubscriptionState {
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>)>) {
        Wire::schemas(schemas);
    }
}
