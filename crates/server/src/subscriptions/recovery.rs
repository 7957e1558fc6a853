//! Paying a renewal that is overdue, by a person.
//!
//! Rules: *Orders and payment* ("retried after 1, 3, 5 and 7 days …, then `suspended`"): whoever does not want to wait for the
//! next try, or was suspended, pays now: with the stored card, with another one on the provider's page, or by transfer. A try
//! by hand is none of the schedule's: if it is declined, nothing is counted.
//!
//! The steps are those of a change ([`super::changes`]): one transaction takes up the key, decides and writes the order; it
//! is paid outside of any transaction; the answer is kept for the key. A try of time's that is under way is waited for, and
//! time tries nothing while this order waits: nobody is charged twice for one renewal.

use jiff::Timestamp;
use onedesk_contract::orders::{OrderKind, OrderStatus, PaymentWay};
use onedesk_contract::subscription::RecoveryRequest;
use onedesk_subscription::{Command, Decision, Refusal, Subscription, decide};
use onedesk_tax::Totals;
use sea_orm::ConnectionTrait;

use super::changes::{WAIT, WAITS, refusal, view_of};
use super::{credits, latest, previews, renewals};
use crate::billing::BillTo;
use crate::error::Error;
use crate::extract::SignedIn;
use crate::orders::keys::{self, Claim};
use crate::orders::place::{self, TRIES, by_key, is_duplicate};
use crate::orders::write::{NewOrder, time_to_pay_today, write};
use crate::orders::{self, Answer, IdempotencyKey, paying, settle, transfer, view};
use crate::payments::{self, methods};
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::store::entities::orders::Model;

enum Step {
    Done(Answer),
    Pay(Box<Model>),
}

/// Pays the overdue renewal, or gives the answer that the same request got before.
///
/// # Errors
/// What may be different when the same request comes again, and is therefore not kept:
/// [`Error::IdempotencyKeyInUse`], [`Error::IdempotencyKeyReused`], [`Error::NotFound`], [`Error::PaymentUnavailable`],
/// and failures of the server. Everything else is an [`Answer`] and stays the same for this key.
pub async fn recover(
    state: &AppState,
    admin: &SignedIn,
    key: &IdempotencyKey,
    request: &RecoveryRequest,
) -> Result<Answer, Error> {
    // An order whose time is over must not stand in the way until the next pass comes by.
    orders::expire_of(state, admin.account.id).await?;
    let (mut tries, mut waits) = (1, 0);
    let step = loop {
        match take_in(state, admin, key, request, waits < WAITS).await {
            // Two orders at once, and the unique index was faster than the question. Asked again, it is answered.
            Err(Error::Database(error)) if tries < TRIES && is_duplicate(&error) => tries += 1,
            // It is being charged, by time or by somebody else: in a moment it is known what came of that.
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
            let paid = pay(state, &admin.account, key, *order).await;
            if paid.is_err() {
                place::give_back(state, admin.account.id, key).await?;
            }
            paid
        }
    }
}

/// Step 1. `waits` for a charge that is under way: it is then an error, and nothing is kept.
async fn take_in(
    state: &AppState,
    admin: &SignedIn,
    key: &IdempotencyKey,
    request: &RecoveryRequest,
    waits: bool,
) -> Result<Step, Error> {
    let (account_id, now) = (admin.account.id, state.clock.now());
    let hash = orders::fingerprint("recovery", request);
    state
        .store
        .with_tx(async |tx| {
            if let Claim::Answered(answer) = keys::claim(&tx, account_id, key, &hash, now).await? {
                return Ok(Step::Done(answer));
            }
            if let Some(order) = by_key(&tx, account_id, key).await? {
                return Ok(Step::Pay(Box::new(order)));
            }
            let in_the_way = match renewals::being_charged(&tx, account_id).await? {
                Some(renewal) => Some((renewal.id, true)),
                None => orders::pending(&tx, account_id).await?.map(|other| {
                    let is_charged = other.method.is_some() && other.checkout_id.is_none();
                    (other.id, is_charged)
                }),
            };
            let answer = match in_the_way {
                Some((order, true)) if waits => return Err(Error::OrderPending(order)),
                Some((order, _)) => refusal(Error::OrderPending(order))?,
                None => match judge(&tx, state, &admin.account, request, now).await? {
                    Ok(judged) => match order(&tx, state, admin, key, request, &judged, now).await? {
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

/// A recovery that costs what was seen.
struct Judged {
    before: Subscription,
    decision: Decision,
    totals: Totals,
}

/// Decides, and compares what is due. The inner error is the refusal that is kept for the key.
async fn judge(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    request: &RecoveryRequest,
    now: Timestamp,
) -> Result<Result<Judged, Error>, Error> {
    let before = latest(tx, account.id).await?.ok_or(Error::NotFound)?;
    let facts = previews::facts(tx, state, account, &before, now).await?;
    let paid_today = Command::RenewalPaid { on: facts.today() };
    let decision = match decide(&before, &paid_today, &facts) {
        Ok(decision) => decision,
        Err(refused) => return Ok(Err(refused.into())),
    };
    let Some(charge) = &decision.charge else {
        return Err(Error::internal("a recovery without a charge"));
    };
    let credit = credits::of(tx, account.id, charge.net.currency).await?;
    let treatment = previews::treatment(tx, state, account).await?;
    let totals = match previews::sum(&charge.lines, treatment, credit) {
        Ok(totals) => totals,
        Err(refused @ Error::ChangeRefused(_)) => return Ok(Err(refused)),
        Err(error) => return Err(error),
    };
    if totals.due != request.expected_due {
        return Ok(Err(Error::PreviewStale(None)));
    }
    Ok(Ok(Judged {
        before,
        decision,
        totals,
    }))
}

/// Writes the order, and carries it out if account credit pays for all of it.
async fn order(
    tx: &impl ConnectionTrait,
    state: &AppState,
    admin: &SignedIn,
    key: &IdempotencyKey,
    request: &RecoveryRequest,
    judged: &Judged,
    now: Timestamp,
) -> Result<Step, Error> {
    let SignedIn { user, account } = admin;
    let Judged {
        before,
        decision,
        totals,
    } = judged;
    let provider = payments::gateway(state).map(|gateway| gateway.provider());
    if provider.is_none() && request.payment == PaymentWay::Card && !totals.due.is_zero() {
        return Err(Error::PaymentUnavailable(
            "no payment provider is configured".to_owned(),
        ));
    }
    let provider = provider.unwrap_or("none");
    let method = match request.payment {
        PaymentWay::Card if !request.other_card => methods::reference(tx, account.id, provider).await?,
        PaymentWay::Card | PaymentWay::Transfer => None,
    };
    let term = &decision.after.term;
    let order = NewOrder {
        account_id: account.id,
        placed_by: user.id,
        key: key.as_str(),
        kind: OrderKind::Recovery,
        choice: term.choice(),
        unit_price: term.unit_price,
        lines: decision.charge.as_ref().map_or(&[], |charge| &charge.lines),
        totals: *totals,
        treatment: previews::treatment(tx, state, account).await?,
        bill_to: &BillTo::of(tx, account).await?,
        decision: Some((decision, before.version)),
        period_start: Some(before.term.renews_on()),
        language: &user.language,
        payment: request.payment,
        provider,
        method,
        // A suspended subscription may begin a new term, which is today's.
        expires_at: time_to_pay_today(now, &account.time_zone),
    };
    let order = write(tx, order, Some(user.id), now).await?;
    let order = match request.payment {
        _ if order.total == 0 => settle::settle_free(tx, state, order, Some(user.id), now).await?,
        PaymentWay::Card => return Ok(Step::Pay(Box::new(order))),
        PaymentWay::Transfer => transfer::ask(tx, state, order, now).await?,
    };
    let subscription = latest(tx, account.id).await?.ok_or(Error::NotFound)?;
    let change = view_of(tx, state, account, subscription, Some(&order)).await?;
    Ok(Step::Done(Answer::ordered(&change)?))
}

/// Steps 2 and 3.
async fn pay(
    state: &AppState,
    account: &accounts::Model,
    key: &IdempotencyKey,
    order: Model,
) -> Result<Answer, Error> {
    let order = if order.status.waits() {
        paying::pursue(state, order).await?
    } else {
        order
    };
    let conn = state.store.read();
    let subscription = latest(conn, account.id).await?.ok_or(Error::NotFound)?;
    let answer = match OrderStatus::from(order.status) {
        OrderStatus::Paid | OrderStatus::Pending | OrderStatus::AwaitingTransfer => {
            Answer::ordered(&view_of(conn, state, account, subscription, Some(&order)).await?)?
        }
        OrderStatus::Failed if view::is_declined(&order) => refusal(Error::CardDeclined(order.id))?,
        // Its time was over, or the money goes back, as the renewal was paid otherwise or became another one.
        OrderStatus::Failed | OrderStatus::Cancelled if subscription.standing.is_overdue() => {
            refusal(Error::PreviewStale(None))?
        }
        OrderStatus::Failed | OrderStatus::Cancelled => refusal(Refusal::NothingOverdue.into())?,
    };
    state
        .store
        .with_tx(async |tx| keys::answer(&tx, account.id, key, &answer).await)
        .await?;
    state.letters_waiting.notify_one();
    Ok(answer)
}
