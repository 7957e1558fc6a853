//! Paid subscriptions: what an account owns, until when, and what will become of it.
//!
//! What a change means is decided by `onedesk_subscription`, purely; here a subscription is stored and read back
//! ([`stored`]), and what a decision comes to with tax and account credit is worked out ([`previews`]). One comes into
//! being in one place, [`begin`], in the transaction that settles an order.

mod credits;
mod previews;
pub mod refusals;
mod stored;

use onedesk_contract::account::SubscriptionView;
use onedesk_pricing::Money;
use onedesk_subscription::Standing;
use sea_orm::ConnectionTrait;
use uuid::Uuid;

pub use previews::{details, preview};
pub use stored::begin;

use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::accounts;

/// The paid subscription of an account, if there is one, as the shell shows it.
pub async fn current_of(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
) -> Result<Option<SubscriptionView>, Error> {
    let Some(subscription) = stored::find(conn, account.id).await? else {
        return Ok(None);
    };
    let renewal = previews::renewal(conn, state, account, &subscription).await?;
    let overdue_since = match subscription.standing {
        Standing::PastDue { since, .. } => Some(since),
        Standing::Active | Standing::Suspended { .. } | Standing::Ended { .. } => None,
    };
    let (cancelled, term) = (subscription.cancels_at_period_end, subscription.term);
    Ok(Some(SubscriptionView {
        licences: term.seats,
        period: term.period,
        currency: term.currency(),
        period_start: term.current.start,
        renews_on: term.renews_on(),
        renewal_amount: renewal.map_or(Money::zero(term.currency()), |renewal| renewal.totals.due),
        plan: term.plan,
        overdue_since,
        cancelled,
    }))
}

/// Whether the account has a paid subscription.
pub async fn exists(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<bool, Error> {
    Ok(stored::find(conn, account_id).await?.is_some())
}
