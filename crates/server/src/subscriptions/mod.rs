//! Paid subscriptions: what an account owns, until when, and what will become of it.
//!
//! What a change means is decided by `onedesk_subscription`, purely; here a subscription is stored and read back
//! ([`stored`]), what a decision comes to with tax and account credit is worked out ([`previews`]), and the decision is
//! carried out ([`carry`]). People ask for changes ([`change`]) and pay what is overdue ([`recover`]); time renews, retries,
//! suspends and ends ([`renewals`]). One comes into being in one place, [`begin`], in the transaction that settles an order;
//! [`credits`] keeps the account's credit.

mod carrying;
pub mod changed;
mod changes;
pub mod credits;
pub mod previews;
mod recovery;
pub mod refusals;
pub mod renewals;
pub mod stored;

use onedesk_contract::account::SubscriptionView;
use onedesk_pricing::Money;
use onedesk_subscription::{Standing, Subscription};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

pub use carrying::carry;
pub use changes::change;
pub use previews::{details, preview};
pub use recovery::recover;
pub use stored::{begin, find, latest};

use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::accounts;

/// A paid subscription, as the shell shows it.
pub async fn view(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    subscription: Subscription,
) -> Result<SubscriptionView, Error> {
    let renewal = previews::renewal(conn, state, account, &subscription).await?;
    let overdue_since = match subscription.standing {
        Standing::PastDue { since, .. } => Some(since),
        Standing::Active | Standing::Suspended { .. } | Standing::Ended { .. } => None,
    };
    let (cancelled, term) = (subscription.cancels_at_period_end, subscription.term);
    Ok(SubscriptionView {
        licences: term.seats,
        period: term.period,
        currency: term.currency(),
        period_start: term.current.start,
        renews_on: term.renews_on(),
        renewal_amount: renewal.map_or(Money::zero(term.currency()), |renewal| renewal.totals.due),
        plan: term.plan,
        overdue_since,
        cancelled,
    })
}

/// Whether the account has a paid subscription, or one whose renewal waits to be paid.
pub async fn exists(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<bool, Error> {
    Ok(stored::find(conn, account_id).await?.is_some())
}
