//! Paid subscriptions: what an account owns, until when, and what its renewal will cost.
//!
//! A subscription comes into being in one place, [`begin`], in the transaction that settles an order. What changes mean
//! is decided by `onedesk_pricing` on a [`Term`]; here a term is stored and read back.

use jiff::Timestamp;
use onedesk_contract::account::SubscriptionView;
use onedesk_pricing::{Currency, Date, Money, Period, Seats, Term, preview_held_renewal};
use onedesk_tax::totals;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use crate::billing::{BillTo, taxation};
use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::{accounts, subscriptions};
use crate::store::{At, new_id};

/// The status from the payment on.
const ACTIVE: &str = "active";

/// The paid subscription of an account, if there is one.
pub async fn current_of(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
) -> Result<Option<SubscriptionView>, Error> {
    let Some(row) = find(conn, account.id).await? else {
        return Ok(None);
    };
    let term = term_of(&row)?;
    // Credit is kept with tax included, so it pays after the tax was added.
    let (credit, none) = (
        Money::new(row.credit, term.currency()),
        Money::zero(term.currency()),
    );
    let list = state.catalog.price_list();
    let renewal = preview_held_renewal(list, &term, None, 0, none).map_err(Error::internal)?;
    let bill_to = BillTo::of(conn, account).await?;
    let treatment = taxation::treatment(state, account, &bill_to, state.clock.now())?;
    let amounts = renewal.lines.iter().map(|line| line.amount);
    let renewal_amount = totals(amounts, &treatment, credit).map_err(Error::internal)?.due;
    Ok(Some(SubscriptionView {
        licences: term.seats,
        period: term.period,
        currency: term.currency(),
        period_start: term.current.start,
        renews_on: term.renews_on(),
        renewal_amount,
        plan: term.plan,
    }))
}

/// Whether the account has a paid subscription.
pub async fn exists(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<bool, Error> {
    Ok(find(conn, account_id).await?.is_some())
}

/// Writes the subscription that a payment begins. An account has one at most: the database refuses another.
pub async fn begin(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    term: &Term,
    now: Timestamp,
) -> Result<Uuid, Error> {
    let id = new_id();
    let row = subscriptions::ActiveModel {
        id: Set(id),
        account_id: Set(account_id),
        status: Set(ACTIVE.to_owned()),
        plan: Set(term.plan.as_str().to_owned()),
        seats: Set(i32::try_from(term.seats.get()).map_err(Error::internal)?),
        period: Set(term.period.as_str().to_owned()),
        currency: Set(term.currency().code().to_owned()),
        unit_price: Set(term.unit_price.minor),
        anchor: Set(term.anchor.to_string()),
        period_start: Set(term.current.start.to_string()),
        period_end: Set(term.current.end.to_string()),
        credit: Set(0),
        created_at: Set(At::from(now)),
    };
    row.insert(tx).await?;
    Ok(id)
}

async fn find(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<subscriptions::Model>, Error> {
    let of_account = subscriptions::Column::AccountId.eq(account_id);
    Ok(subscriptions::Entity::find().filter(of_account).one(conn).await?)
}

/// The stored term. What was written by [`begin`] can be read; anything else is damage.
fn term_of(row: &subscriptions::Model) -> Result<Term, Error> {
    let date = |text: &str| text.parse::<Date>().map_err(Error::internal);
    let currency = Currency::from_code(&row.currency).map_err(Error::internal)?;
    let seats = u32::try_from(row.seats).map_err(Error::internal)?;
    Ok(Term {
        plan: row.plan.parse().map_err(Error::internal)?,
        seats: Seats::new(seats).map_err(Error::internal)?,
        period: row.period.parse().map_err(Error::internal)?,
        unit_price: Money::new(row.unit_price, currency),
        anchor: date(&row.anchor)?,
        current: Period {
            start: date(&row.period_start)?,
            end: date(&row.period_end)?,
        },
    })
}
