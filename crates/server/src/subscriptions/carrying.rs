//! Carrying a decision out.

use jiff::Timestamp;
use onedesk_subscription::{ChargeKind, Decision, Event};
use sea_orm::ConnectionTrait;
use serde_json::json;
use uuid::Uuid;

use super::stored;
use crate::error::Error;
use crate::{audit, users};

/// Stores what a decision makes of an account's subscription and notes it in the account's history, in one transaction with
/// the invoice if something is charged. Suspended or ended, it keeps out every user but the owner. `order` is the paid order of the charge, `actor` the user who asked for it.
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
) -> Result<(), Error> {
    stored::store(tx, account_id, &decision.after).await?;
    let deactivated = if decision.after.standing.users_work() {
        Vec::new()
    } else {
        users::deactivate_all_but_owner(tx, account_id, now).await?
    };
    let mut detail = json!({
        "version": decision.after.version,
        "events": decision.tell,
        "order": order,
    });
    if !deactivated.is_empty() {
        detail["deactivated"] = json!(deactivated);
    }
    audit::note(tx, account_id, actor, action(decision), detail, now).await
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
