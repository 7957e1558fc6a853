//! What will become of a subscription, and what a change of it would lead to, with tax and account credit. Nothing is
//! changed here.

use jiff::Timestamp;
use jiff::civil::Date;
use onedesk_contract::subscription::{PreviewView, RenewalView, SubscriptionDetails};
use onedesk_pricing::{Line, Moment, Money, MoneyError, ProrationUnit, QuoteError, preview_held_renewal};
use onedesk_subscription::{Command, Facts, Preview, Refusal, Request, Standing, Subscription, decide};
use onedesk_tax::{Totals, Treatment, totals};
use sea_orm::ConnectionTrait;

use super::{credits, stored};
use crate::billing::{BillTo, taxation};
use crate::clock;
use crate::error::Error;
use crate::payments::methods;
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::users;

/// The subscription of an account with what comes next.
///
/// # Errors
/// [`Error::NotFound`] if there is none.
pub async fn details(state: &AppState, account: &accounts::Model) -> Result<SubscriptionDetails, Error> {
    let conn = state.store.read();
    let subscription = stored::find(conn, account.id).await?.ok_or(Error::NotFound)?;
    details_of(conn, state, account, subscription).await
}

/// The same of a subscription that was just read or written.
pub async fn details_of(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    subscription: Subscription,
) -> Result<SubscriptionDetails, Error> {
    let facts = facts(conn, state, account, &subscription, state.clock.now()).await?;
    Ok(SubscriptionDetails {
        moment: facts.moment,
        active_users: facts.active_users,
        overdue: overdue(conn, state, account, &subscription, &facts).await?,
        next_renewal: renewal(conn, state, account, &subscription).await?,
        credits: credits::all(conn, account.id).await?,
        payment_method: methods::of(conn, account.id).await?,
        treatment: treatment(conn, state, account).await?,
        subscription,
    })
}

/// The renewal that was not paid, as it can be paid today; none if none is overdue.
async fn overdue(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    subscription: &Subscription,
    facts: &Facts<'_>,
) -> Result<Option<RenewalView>, Error> {
    if !subscription.standing.is_overdue() {
        return Ok(None);
    }
    let paid_today = Command::RenewalPaid { on: facts.today() };
    let decision = match decide(subscription, &paid_today, facts) {
        Ok(decision) => decision,
        Err(refusal) => {
            tracing::warn!(account = %account.id, %refusal, "the overdue renewal has no price");
            return Ok(None);
        }
    };
    let Some(charge) = decision.charge else {
        return Ok(None);
    };
    let credit = credits::of(conn, account.id, charge.net.currency).await?;
    Ok(Some(RenewalView {
        on: subscription.term.renews_on(),
        choice: decision.after.term.choice(),
        totals: sum(&charge.lines, treatment(conn, state, account).await?, credit)?,
        lines: charge.lines,
    }))
}

/// The next renewal as things stand; none if none is to come, or if it has no price.
pub async fn renewal(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    subscription: &Subscription,
) -> Result<Option<RenewalView>, Error> {
    let Some(on) = renews_on(subscription) else {
        return Ok(None);
    };
    let Subscription { term, scheduled, .. } = subscription;
    let currency = scheduled.applied_to(term).currency;
    let users = users::count_active(conn, account.id).await?;
    // Credit pays after the tax was added, so that none of it is settled here.
    let (list, none) = (state.catalog.price_list(), Money::zero(currency));
    let renewal = match preview_held_renewal(list, term, Some(scheduled), users, none) {
        Ok(renewal) => renewal,
        // What is scheduled is sold no more, say. All else can be shown, and the schedule withdrawn.
        Err(error) => {
            tracing::warn!(account = %account.id, %error, "the next renewal has no price");
            return Ok(None);
        }
    };
    let credit = credits::of(conn, account.id, currency).await?;
    let treatment = treatment(conn, state, account).await?;
    Ok(Some(RenewalView {
        on,
        choice: renewal.term.choice(),
        totals: sum(&renewal.lines, treatment, credit)?,
        lines: renewal.lines,
    }))
}

/// What is known today besides the subscription itself, read in the caller's transaction.
pub async fn facts<'a>(
    conn: &impl ConnectionTrait,
    state: &'a AppState,
    account: &accounts::Model,
    subscription: &Subscription,
    now: Timestamp,
) -> Result<Facts<'a>, Error> {
    Ok(Facts {
        prices: state.catalog.price_list(),
        moment: moment(state, account, subscription, now)?,
        active_users: users::count_active(conn, account.id).await?,
    })
}

/// What a change would lead to.
///
/// # Errors
/// [`Error::NotFound`] if there is no subscription; [`Error::ChangeRefused`].
pub async fn preview(
    state: &AppState,
    account: &accounts::Model,
    request: Request,
) -> Result<PreviewView, Error> {
    let conn = state.store.read();
    let subscription = stored::find(conn, account.id).await?.ok_or(Error::NotFound)?;
    let facts = facts(conn, state, account, &subscription, state.clock.now()).await?;
    let preview = onedesk_subscription::preview(&subscription, &request.into(), &facts)?;
    with_totals(conn, state, account, preview).await
}

/// A preview with tax and account credit.
pub async fn with_totals(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    preview: Preview,
) -> Result<PreviewView, Error> {
    let treatment = treatment(conn, state, account).await?;
    let today = match &preview.decision.charge {
        Some(charge) => {
            let credit = credits::of(conn, account.id, charge.net.currency).await?;
            Some(sum(&charge.lines, treatment, credit)?)
        }
        None => None,
    };
    let next_renewal = match &preview.decision.next_renewal {
        Some(renewal) => {
            let currency = renewal.net.currency;
            // What today's charge uses up or adds is used up or there by then.
            let credit = match &today {
                Some(today) if today.due.currency == currency => today.credit_left,
                _ => credits::of(conn, account.id, currency).await?,
            };
            Some(RenewalView {
                on: renewal.on,
                choice: renewal.choice.clone(),
                lines: renewal.lines.clone(),
                totals: sum(&renewal.lines, treatment, credit)?,
            })
        }
        None => None,
    };
    Ok(PreviewView {
        preview,
        today,
        next_renewal,
        treatment,
    })
}

/// The moment that a change is prorated from: now, in the unit of the catalog.
pub fn moment(
    state: &AppState,
    account: &accounts::Model,
    subscription: &Subscription,
    now: Timestamp,
) -> Result<Moment, Error> {
    let on = clock::day(now, &account.time_zone);
    if state.catalog.price_list().proration == ProrationUnit::Day {
        return Ok(Moment::Day { on });
    }
    let zone = clock::zone(&account.time_zone);
    let begin = |day: Date| {
        let midnight = day.to_zoned(zone.clone()).map_err(Error::internal)?;
        Ok::<_, Error>(midnight.timestamp().as_second())
    };
    let period = subscription.term.current;
    Ok(Moment::Second {
        on,
        start: begin(period.start)?,
        end: begin(period.end)?,
        at: now.as_second(),
    })
}

/// The day of the next renewal or try, unless none is to come.
fn renews_on(subscription: &Subscription) -> Option<Date> {
    match subscription.standing {
        _ if subscription.cancels_at_period_end => None,
        Standing::Active => Some(subscription.term.renews_on()),
        Standing::PastDue { next_retry, .. } => next_retry,
        Standing::Suspended { .. } | Standing::Ended { .. } => None,
    }
}

/// How a charge to an account is taxed today.
pub async fn treatment(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
) -> Result<Treatment, Error> {
    let bill_to = BillTo::of(conn, account).await?;
    taxation::treatment(state, account, &bill_to, state.clock.now())
}

/// What lines come to, with tax and the account credit that there is.
///
/// # Errors
/// [`Error::ChangeRefused`] for amounts that do not fit: nothing is charged then, and nothing changed.
pub fn sum(lines: &[Line], treatment: Treatment, credit: Money) -> Result<Totals, Error> {
    totals(lines.iter().map(|line| line.amount), &treatment, credit).map_err(|error| match error {
        MoneyError::Overflow => Refusal::NotSold(QuoteError::Money(error)).into(),
        error => Error::internal(error),
    })
}
