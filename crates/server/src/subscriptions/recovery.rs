//! Paying a renewal that is overdue, by a person.
//!
//! Rules: *Orders and payment* ("retried after 1, 3, 5 and 7 days …, then `suspended`"): whoever does not want to wait for the
//! next try, or was suspended, pays now: with the stored card, with another one on the provider's page, or by transfer. A try
//! by hand is none of the schedule's: if it is declined, nothing is counted.
//!
//! How it is taken in, once, is told in [`taking_in`]. A try of time's that is under way is waited for, and
//! time tries nothing while this order waits: nobody is charged twice for one renewal.

use jiff::Timestamp;
use onedesk_contract::orders::{OrderKind, OrderStatus, PaymentWay};
use onedesk_contract::subscription::RecoveryRequest;
use onedesk_subscription::{Command, Decision, Refusal, Subscription, decide};
use onedesk_tax::Totals;
use sea_orm::ConnectionTrait;

use super::changes::view_of;
use super::{credits, latest, previews, renewals};
use crate::billing::BillTo;
use crate::error::Error;
use crate::extract::SignedIn;
use crate::orders::taking_in::{self, Asked, Decided, refusal};
use crate::orders::write::{NewOrder, time_to_pay_today, write};
use crate::orders::{self, Answer, IdempotencyKey, paying, settle, transfer, view};
use crate::payments::{self, methods};
use crate::state::AppState;
use crate::store::Tx;
use crate::store::entities::accounts;
use crate::store::entities::orders::Model;

/// Pays the overdue renewal, or gives the answer that the same request got before.
///
/// # Errors
/// Those of [`taking_in::take_in`].
pub async fn recover(
    state: &AppState,
    admin: &SignedIn,
    key: &IdempotencyKey,
    request: &RecoveryRequest,
) -> Result<Answer, Error> {
    let requested = Requested {
        state,
        admin,
        key,
        request,
    };
    taking_in::take_in(state, admin.account.id, key, &requested).await
}

struct Requested<'a> {
    state: &'a AppState,
    admin: &'a SignedIn,
    key: &'a IdempotencyKey,
    request: &'a RecoveryRequest,
}

impl Asked for Requested<'_> {
    fn fingerprint(&self) -> String {
        orders::fingerprint("recovery", self.request)
    }

    async fn decide(&self, tx: &Tx, now: Timestamp) -> Result<Decided, Error> {
        let account = &self.admin.account;
        // It is being charged, by time or by somebody else: in a moment it is known what came of that.
        if let Some(renewal) = renewals::being_charged(tx, account.id).await? {
            return Ok(Decided::After(renewal.id));
        }
        if let Some(decided) = Decided::beside_another(tx, account.id).await? {
            return Ok(decided);
        }
        match judge(tx, self.state, account, self.request, now).await? {
            Ok(judged) => order(tx, self.state, self.admin, self.key, self.request, &judged, now).await,
            Err(refused) => Decided::refused(refused),
        }
    }

    async fn pay(&self, order: Model) -> Result<Answer, Error> {
        pay(self.state, &self.admin.account, order).await
    }
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
) -> Result<Decided, Error> {
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
        PaymentWay::Card => return Ok(Decided::Pay(Box::new(order))),
        PaymentWay::Transfer => transfer::ask(tx, state, order, now).await?,
    };
    let subscription = latest(tx, account.id).await?.ok_or(Error::NotFound)?;
    let change = view_of(tx, state, account, subscription, Some(&order)).await?;
    Ok(Decided::Answer(Answer::ordered(&change)?))
}

/// Has the order paid, and says what it came to.
async fn pay(state: &AppState, account: &accounts::Model, order: Model) -> Result<Answer, Error> {
    let order = if order.status.waits() {
        paying::pursue(state, order).await?
    } else {
        order
    };
    let conn = state.store.read();
    let subscription = latest(conn, account.id).await?.ok_or(Error::NotFound)?;
    match OrderStatus::from(order.status) {
        OrderStatus::Paid | OrderStatus::Pending | OrderStatus::AwaitingTransfer => {
            Answer::ordered(&view_of(conn, state, account, subscription, Some(&order)).await?)
        }
        OrderStatus::Failed if view::is_declined(&order) => refusal(Error::CardDeclined(order.id)),
        // Its time was over, or the money goes back, as the renewal was paid otherwise or became another one.
        OrderStatus::Failed | OrderStatus::Cancelled if subscription.standing.is_overdue() => {
            refusal(Error::PreviewStale(None))
        }
        OrderStatus::Failed | OrderStatus::Cancelled => refusal(Refusal::NothingOverdue.into()),
    }
}
