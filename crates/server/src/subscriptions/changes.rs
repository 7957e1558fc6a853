//! Making a change as it was previewed.
//!
//! Rule: *Changes* ("a preview carries the instant that it was computed for, and what is charged is what was previewed. If it
//! cannot be (price changed, a day passed, someone else changed the subscription), the order is refused with a fresh preview,
//! and nothing is charged").
//!
//! 1. One transaction takes up the key, decides anew and compares with what was seen. What costs nothing is done in it.
//! 2. Else the order stands there as pending, with the decision, and is paid outside of any transaction: by the stored card,
//!    or on the provider's page ([`paying::pursue`]).
//! 3. The answer is kept for the key.
//!
//! A server that stops between them leaves the order behind; the same key goes on where it stopped.

use std::time::Duration;

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
use crate::orders::keys::{self, Claim};
use crate::orders::place::{self, TRIES, by_key, is_duplicate};
use crate::orders::write::{NewOrder, time_to_pay_today, write};
use crate::orders::{self, Answer, IdempotencyKey, paying, settle, view};
use crate::payments::{self, methods};
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::store::entities::orders::Model;
use crate::{mail, subscriptions};

/// How often, and how long each time, a change waits for the stored card to be charged for another one.
pub(super) const WAITS: u32 = 30;
pub(super) const WAIT: Duration = Duration::from_millis(100);

enum Step {
    Done(Answer),
    Pay(Box<Model>),
}

/// Makes a change that was confirmed, or gives the answer that the same confirmation got before.
///
/// # Errors
/// What may be different when the same request comes again, and is therefore not kept:
/// [`Error::IdempotencyKeyInUse`], [`Error::IdempotencyKeyReused`], [`Error::NotFound`], [`Error::PaymentUnavailable`],
/// and failures of the server. Everything else is an [`Answer`] and stays the same for this key.
pub async fn change(
    state: &AppState,
    admin: &SignedIn,
    key: &IdempotencyKey,
    confirmation: &ChangeConfirmation,
) -> Result<Answer, Error> {
    // An order whose time is over must not stand in the way until the next pass comes by.
    orders::expire_of(state, admin.account.id).await?;
    let (mut tries, mut waits) = (1, 0);
    let step = loop {
        match take_in(state, admin, key, confirmation, waits < WAITS).await {
            // Two orders at once, and the unique index was faster than the question. Asked again, it is answered.
            Err(Error::Database(error)) if tries < TRIES && is_duplicate(&error) => tries += 1,
            // Somebody else's change is being charged: in a moment it is made, and this one is out of date.
            Err(Error::OrderPending(_)) => {
                waits += 1;
                tokio::time::sleep(WAIT).await;
            }
            step => break step?,
        }
    };
    match step {
        Step::Done(answer) => {
            state.letters_waiting.notify_one();
            Ok(answer)
        }
        Step::Pay(order) => {
            let paid = pay(state, &admin.account, key, *order, confirmation).await;
            if paid.is_err() {
                place::give_back(state, admin.account.id, key).await?;
            }
            paid
        }
    }
}

/// Step 1. `waits` for an order whose card is being charged this moment: it is then an error, and nothing is kept.
async fn take_in(
    state: &AppState,
    admin: &SignedIn,
    key: &IdempotencyKey,
    confirmation: &ChangeConfirmation,
    waits: bool,
) -> Result<Step, Error> {
    let (account_id, now) = (admin.account.id, state.clock.now());
    let hash = orders::fingerprint("change", confirmation);
    state
        .store
        .with_tx(async |tx| {
            if let Claim::Answered(answer) = keys::claim(&tx, account_id, key, &hash, now).await? {
                return Ok(Step::Done(answer));
            }
            if let Some(order) = by_key(&tx, account_id, key).await? {
                return Ok(Step::Pay(Box::new(order)));
            }
            let answer = match orders::pending(&tx, account_id).await? {
                Some(other) if waits && other.method.is_some() && other.checkout_id.is_none() => {
                    return Err(Error::OrderPending(other.id));
                }
                Some(other) => refusal(Error::OrderPending(other.id))?,
                None => match judge(&tx, state, &admin.account, confirmation, now).await? {
                    Ok(judged) => match make(&tx, state, admin, key, judged, now).await? {
                        Step::Done(answer) => answer,
                        pay @ Step::Pay(_) => return Ok(pay),
                    },
                    Err(refused) => refusal(refused)?,
                },
            };
            keys::answer(&tx, account_id, key, &answer).await?;
            Ok(Step::Done(answer))
        })
        .await
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
) -> Result<Step, Error> {
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
                return Ok(Step::Pay(Box::new(order)));
            }
            Some(settle::settle_free(tx, state, order, Some(user.id), now).await?)
        }
    };
    let change = view_of(tx, state, account, decision.after, order.as_ref()).await?;
    Ok(Step::Done(Answer::changed(&change)?))
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

/// Steps 2 and 3.
async fn pay(
    state: &AppState,
    account: &accounts::Model,
    key: &IdempotencyKey,
    order: Model,
    confirmation: &ChangeConfirmation,
) -> Result<Answer, Error> {
    let order = if order.status.waits() {
        paying::pursue(state, order).await?
    } else {
        order
    };
    let conn = state.store.read();
    let answer = match OrderStatus::from(order.status) {
        OrderStatus::Paid | OrderStatus::Pending | OrderStatus::AwaitingTransfer => {
            let subscription = latest(conn, account.id).await?.ok_or(Error::NotFound)?;
            let change = view_of(conn, state, account, subscription, Some(&order)).await?;
            Answer::ordered(&change)?
        }
        OrderStatus::Failed if view::is_declined(&order) => refusal(Error::CardDeclined(order.id))?,
        // Its time was over, or the subscription became another one before the money came, which goes back.
        OrderStatus::Failed | OrderStatus::Cancelled => {
            let fresh = subscriptions::preview(state, account, confirmation.request.clone()).await;
            match fresh {
                Ok(fresh) => refusal(Error::PreviewStale(Some(Box::new(fresh))))?,
                Err(refused @ Error::ChangeRefused(_)) => refusal(refused)?,
                Err(error) => return Err(error),
            }
        }
    };
    state
        .store
        .with_tx(async |tx| keys::answer(&tx, account.id, key, &answer).await)
        .await?;
    Ok(answer)
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

/// A refusal as it is answered and kept.
pub(super) fn refusal(refused: Error) -> Result<Answer, Error> {
    Answer::refused(&orders::refused(refused))
}
