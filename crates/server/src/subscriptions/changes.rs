//! Making a change as it was previewed.
//!
//! Rule: *Changes* ("a preview carries the instant that it was computed for, and what is charged is what was previewed. If it
//! cannot be (price changed, a day passed, someone else changed the subscription), the order is refused with a fresh preview,
//! and nothing is charged").
//!
//! How it is taken in, once, is told in [`taking_in`]. What costs nothing is done in the transaction that decides; else the order
//! stands there as pending, with the decision, until it is paid ([`paying::pursue`]).

use jiff::Timestamp;
use onedesk_contract::orders::{OrderKind, OrderStatus, PaymentWay};
use onedesk_contract::subscription::{ChangeConfirmation, ChangeView};
use onedesk_pricing::Money;
use onedesk_subscription::{Command, Decision, Subscription, Unconfirmed, confirm};
use onedesk_tax::Totals;
use sea_orm::ConnectionTrait;

use super::{carry, changed, credits, latest, previews};
use crate::billing::BillTo;
use crate::error::Error;
use crate::extract::SignedIn;
use crate::orders::taking_in::{self, Asked, Decided, refusal};
use crate::orders::write::{NewOrder, time_to_pay_today, write};
use crate::orders::{self, Answer, IdempotencyKey, paying, settle, view};
use crate::payments::{self, methods};
use crate::state::AppState;
use crate::store::Tx;
use crate::store::entities::accounts;
use crate::store::entities::orders::Model;
use crate::{mail, subscriptions};

/// Makes a change that was confirmed, or gives the answer that the same confirmation got before.
///
/// # Errors
/// Those of [`taking_in::take_in`].
pub async fn change(
    state: &AppState,
    admin: &SignedIn,
    key: &IdempotencyKey,
    confirmation: &ChangeConfirmation,
) -> Result<Answer, Error> {
    let confirmed = Confirmed {
        state,
        admin,
        key,
        confirmation,
    };
    taking_in::take_in(state, admin.account.id, key, &confirmed).await
}

struct Confirmed<'a> {
    state: &'a AppState,
    admin: &'a SignedIn,
    key: &'a IdempotencyKey,
    confirmation: &'a ChangeConfirmation,
}

impl Asked for Confirmed<'_> {
    fn fingerprint(&self) -> String {
        orders::fingerprint("change", self.confirmation)
    }

    async fn decide(&self, tx: &Tx, now: Timestamp) -> Result<Decided, Error> {
        let account = &self.admin.account;
        if let Some(decided) = Decided::beside_another(tx, account.id).await? {
            return Ok(decided);
        }
        match judge(tx, self.state, account, self.confirmation, now).await? {
            Ok(judged) => make(tx, self.state, self.admin, self.key, judged, now).await,
            Err(refused) => Decided::refused(refused),
        }
    }

    async fn pay(&self, order: Model) -> Result<Answer, Error> {
        pay(self.state, &self.admin.account, order, self.confirmation).await
    }
}

/// A change that is what was seen.
struct Judged {
    before: Subscription,
    decision: Decision,
    /// What is charged for it, if something is.
    charge: Option<Totals>,
}

/// Decides anew, for the moment that was seen, and compares. The inner error is the refusal that is kept for the key.
async fn judge(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    confirmation: &ChangeConfirmation,
    now: Timestamp,
) -> Result<Result<Judged, Error>, Error> {
    let before = latest(tx, account.id).await?.ok_or(Error::NotFound)?;
    let facts = previews::facts(tx, state, account, &before, now).await?;
    let command = Command::from(confirmation.request.clone());
    let decision = match confirm(&before, &command, &facts, &confirmation.seen) {
        Ok(decision) => decision,
        Err(Unconfirmed::Stale(fresh)) => {
            return stale(previews::with_totals(tx, state, account, *fresh).await);
        }
        Err(Unconfirmed::Refused(refusal)) => return Ok(Err(refusal.into())),
    };
    let (charge, due) = match &decision.charge {
        Some(charge) => {
            let credit = credits::of(tx, account.id, charge.net.currency).await?;
            let treatment = previews::treatment(tx, state, account).await?;
            match previews::sum(&charge.lines, treatment, credit) {
                Ok(totals) => (Some(totals), totals.due),
                Err(refused @ Error::ChangeRefused(_)) => return Ok(Err(refused)),
                Err(error) => return Err(error),
            }
        }
        None => (None, Money::zero(confirmation.expected_due.currency)),
    };
    if due != confirmation.expected_due {
        return match onedesk_subscription::preview(&before, &command, &facts) {
            Ok(fresh) => stale(previews::with_totals(tx, state, account, fresh).await),
            Err(refusal) => Ok(Err(refusal.into())),
        };
    }
    Ok(Ok(Judged {
        before,
        decision,
        charge,
    }))
}

/// The refusal with a fresh preview; a preview that cannot be made is refused for that.
fn stale<T>(
    fresh: Result<onedesk_contract::subscription::PreviewView, Error>,
) -> Result<Result<T, Error>, Error> {
    match fresh {
        Ok(fresh) => Ok(Err(Error::PreviewStale(Some(Box::new(fresh))))),
        Err(refused @ Error::ChangeRefused(_)) => Ok(Err(refused)),
        Err(error) => Err(error),
    }
}

/// Carries out what costs nothing, and writes the order of what costs something.
async fn make(
    tx: &impl ConnectionTrait,
    state: &AppState,
    admin: &SignedIn,
    key: &IdempotencyKey,
    judged: Judged,
    now: Timestamp,
) -> Result<Decided, Error> {
    let SignedIn { user, account } = admin;
    let Judged {
        before,
        decision,
        charge,
    } = judged;
    let order = match charge {
        None => {
            carry(tx, account.id, &decision, None, Some(user.id), now).await?;
            let renewal = match &decision.next_renewal {
                Some(_) => previews::renewal(tx, state, account, &decision.after).await?,
                None => None,
            };
            let letter = changed::letter(state, user, account, &decision, renewal.as_ref());
            mail::enqueue(tx, letter, now).await?;
            None
        }
        Some(totals) => {
            let order = order(tx, state, admin, key, &before, &decision, totals, now).await?;
            if order.total > 0 {
                return Ok(Decided::Pay(Box::new(order)));
            }
            Some(settle::settle_free(tx, state, order, Some(user.id), now).await?)
        }
    };
    let change = view_of(tx, state, account, decision.after, order.as_ref()).await?;
    Ok(Decided::Answer(Answer::changed(&change)?))
}

#[expect(
    clippy::too_many_arguments,
    reason = "what is written of a change, each used once"
)]
async fn order(
    tx: &impl ConnectionTrait,
    state: &AppState,
    admin: &SignedIn,
    key: &IdempotencyKey,
    before: &Subscription,
    decision: &Decision,
    totals: Totals,
    now: Timestamp,
) -> Result<Model, Error> {
    let SignedIn { user, account } = admin;
    let provider = payments::gateway(state).map(|gateway| gateway.provider());
    if provider.is_none() && !totals.due.is_zero() {
        return Err(Error::PaymentUnavailable(
            "no payment provider is configured".to_owned(),
        ));
    }
    let provider = provider.unwrap_or("none");
    let charge = decision.charge.as_ref();
    let order = NewOrder {
        account_id: account.id,
        placed_by: user.id,
        key: key.as_str(),
        kind: OrderKind::Change,
        choice: decision.after.term.choice(),
        unit_price: decision.after.term.unit_price,
        lines: charge.map_or(&[], |charge| &charge.lines),
        totals,
        treatment: previews::treatment(tx, state, account).await?,
        bill_to: &BillTo::of(tx, account).await?,
        decision: Some((decision, before.version)),
        period_start: None,
        language: &user.language,
        payment: PaymentWay::Card,
        provider,
        method: methods::reference(tx, account.id, provider).await?,
        expires_at: time_to_pay_today(now, &account.time_zone),
    };
    write(tx, order, Some(user.id), now).await
}

/// Has the order paid, and says what it came to.
async fn pay(
    state: &AppState,
    account: &accounts::Model,
    order: Model,
    confirmation: &ChangeConfirmation,
) -> Result<Answer, Error> {
    let order = if order.status.waits() {
        paying::pursue(state, order).await?
    } else {
        order
    };
    let conn = state.store.read();
    match OrderStatus::from(order.status) {
        OrderStatus::Paid | OrderStatus::Pending | OrderStatus::AwaitingTransfer => {
            let subscription = latest(conn, account.id).await?.ok_or(Error::NotFound)?;
            let change = view_of(conn, state, account, subscription, Some(&order)).await?;
            Answer::ordered(&change)
        }
        OrderStatus::Failed if view::is_declined(&order) => refusal(Error::CardDeclined(order.id)),
        // Its time was over, or the subscription became another one before the money came, which goes back.
        OrderStatus::Failed | OrderStatus::Cancelled => {
            let fresh = subscriptions::preview(state, account, confirmation.request.clone()).await;
            match fresh {
                Ok(fresh) => refusal(Error::PreviewStale(Some(Box::new(fresh)))),
                Err(refused @ Error::ChangeRefused(_)) => refusal(refused),
                Err(error) => Err(error),
            }
        }
    }
}

/// The subscription, and the order that was placed for it.
pub(super) async fn view_of(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    subscription: Subscription,
    order: Option<&Model>,
) -> Result<ChangeView, Error> {
    Ok(ChangeView {
        subscription: previews::details_of(conn, state, account, subscription).await?,
        order: match order {
            Some(order) => Some(view::of(conn, order).await?),
            None => None,
        },
    })
}
