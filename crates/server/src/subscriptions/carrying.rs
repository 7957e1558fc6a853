//! Carrying a decision out.

use jiff::Timestamp;
use onedesk_subscription::{ChargeKind, Decision, Event, Standing};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::{renewals, stored};
use crate::error::Error;
use crate::{audit, users};

/// What a decision meant for the users of the account.
#[derive(Clone, Debug, Default)]
pub struct Carried {
    /// Those who were deactivated, as it is suspended or over.
    pub deactivated: Vec<Uuid>,
    /// Those who can work again, as it is recovered.
    pub reactivated: Vec<Uuid>,
}

/// Stores what a decision makes of an account's subscription and notes it in the account's history, in one transaction with
/// the invoice if something is charged. Suspended or ended, it keeps out every user but the owner; recovered, it lets those
/// back in whom the suspension kept out. `order` is the paid order of the charge, or the one that could not be charged;
/// `actor` the user who asked for it.
///
/// # Errors
/// If the subscription is of another version than the decision was made for: nothing was written then.
pub async fn carry(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    decision: &Decision,
    order: Option<Uuid>,
    actor: Option<Uuid>,
    now: Timestamp,
) -> Result<Carried, Error> {
    let after = &decision.after;
    stored::store(tx, account_id, after).await?;
    let mut carried = Carried::default();
    match after.standing {
        Standing::Active => {
            carried.reactivated = users::let_back_in(tx, account_id, after.term.seats).await?;
        }
        Standing::PastDue { .. } => {}
        Standing::Suspended { .. } => {
            carried.deactivated = users::suspend_all_but_owner(tx, account_id, now).await?;
        }
        Standing::Ended { .. } => {
            carried.deactivated = users::deactivate_all_but_owner(tx, account_id, now).await?;
            users::forget_suspended(tx, account_id).await?;
        }
    }
    let mut detail = json!({
        "version": after.version,
        "events": decision.tell,
        "order": order,
    });
    for (name, users) in [
        ("deactivated", &carried.deactivated),
        ("reactivated", &carried.reactivated),
    ] {
        if !users.is_empty() {
            detail[name] = json!(users);
        }
    }
    audit::note(tx, account_id, actor, action(decision), detail, now).await?;
    if !matches!(after.standing, Standing::PastDue { .. }) {
        renewals::give_up(tx, account_id, now).await?;
    }
    Ok(carried)
}

/// The deed, as the history names it.
fn action(decision: &Decision) -> &'static str {
    match decision.charge.as_ref().map(|charge| charge.kind) {
        Some(ChargeKind::ChangeNow) => return "subscription.changed",
        Some(ChargeKind::Renewal) => return "subscription.renewed",
        Some(ChargeKind::Recovery) => return "subscription.recovered",
        None => {}
    }
    // The last event is the one that the others led to: a cancellation that ends the subscription at once is its end.
    match decision.tell.last() {
        Some(Event::Cancelled { .. }) => "subscription.cancelled",
        Some(Event::Resumed { .. }) => "subscription.resumed",
        Some(Event::PaymentFailed { .. }) => "subscription.payment_failed",
        Some(Event::Suspended { .. }) => "subscription.suspended",
        Some(Event::Ended { .. }) => "subscription.ended",
        _ => "subscription.changed",
    }
}
