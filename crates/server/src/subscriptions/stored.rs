//! A subscription, stored and read back.

use jiff::Timestamp;
use onedesk_pricing::{Currency, Date, Money, Period, Seats, Term};
use onedesk_subscription::{Standing, Subscription};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set,
};
use uuid::Uuid;

use crate::error::Error;
use crate::store::entities::subscriptions::{ActiveModel, Column, Entity, Model};
use crate::store::{At, new_id};

/// The subscription of an account, unless it ended.
pub async fn find(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<Subscription>, Error> {
    let subscription = latest(conn, account_id).await?;
    Ok(subscription.filter(|subscription| !is_over(subscription)))
}

/// The subscription of an account, also one that ended.
pub async fn latest(conn: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<Subscription>, Error> {
    let of_account = Column::AccountId.eq(account_id);
    let row = Entity::find().filter(of_account).one(conn).await?;
    row.as_ref().map(read).transpose()
}

/// Writes what a decision has made of a subscription, in the transaction that carries it out. The version before is the
/// one below: whoever stores has read that in the same transaction, or has asked whether it is still there.
///
/// # Errors
/// If another version is stored by now; nothing was written then.
pub async fn store(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    subscription: &Subscription,
) -> Result<(), Error> {
    let before = i64::try_from(subscription.version.saturating_sub(1)).map_err(Error::internal)?;
    let mut row = ActiveModel::new();
    write(&mut row, subscription)?;
    let stored = Entity::update_many()
        .set(row)
        .filter(Column::AccountId.eq(account_id))
        .filter(Column::Version.eq(before))
        .exec(tx)
        .await?;
    if stored.rows_affected == 1 {
        Ok(())
    } else {
        Err(Error::internal("the subscription is of another version by now"))
    }
}

/// Writes the subscription that a payment begins, in the place of one that ended. An account has one at most: the
/// database refuses another.
pub async fn begin(
    tx: &impl ConnectionTrait,
    account_id: Uuid,
    term: Term,
    now: Timestamp,
) -> Result<Uuid, Error> {
    let of_account = Column::AccountId.eq(account_id);
    if let Some(before) = Entity::find().filter(of_account).one(tx).await?
        && is_over(&read(&before)?)
    {
        Entity::delete_by_id(before.id).exec(tx).await?;
    }
    let id = new_id();
    let mut row = ActiveModel {
        id: Set(id),
        account_id: Set(account_id),
        created_at: Set(At::from(now)),
        ..<ActiveModel as Default>::default()
    };
    write(&mut row, &Subscription::begin(term))?;
    row.insert(tx).await?;
    Ok(id)
}

const fn is_over(subscription: &Subscription) -> bool {
    matches!(subscription.standing, Standing::Ended { .. })
}

fn write(row: &mut ActiveModel, subscription: &Subscription) -> Result<(), Error> {
    let term = &subscription.term;
    row.plan = Set(term.plan.as_str().to_owned());
    row.seats = Set(i32::try_from(term.seats.get()).map_err(Error::internal)?);
    row.period = Set(term.period.as_str().to_owned());
    row.currency = Set(term.currency().code().to_owned());
    row.unit_price = Set(term.unit_price.minor);
    row.anchor = Set(term.anchor.to_string());
    row.period_start = Set(term.current.start.to_string());
    row.period_end = Set(term.current.end.to_string());
    row.scheduled = Set(serde_json::to_string(&subscription.scheduled).map_err(Error::internal)?);
    row.cancels_at_period_end = Set(subscription.cancels_at_period_end);
    row.standing = Set(serde_json::to_string(&subscription.standing).map_err(Error::internal)?);
    row.version = Set(i64::try_from(subscription.version).map_err(Error::internal)?);
    row.next_step_on = Set(subscription.next_step().map(|(day, _)| day.to_string()));
    Ok(())
}

/// What was written by [`write`] can be read; anything else is damage.
fn read(row: &Model) -> Result<Subscription, Error> {
    let date = |text: &str| text.parse::<Date>().map_err(Error::internal);
    let currency = Currency::from_code(&row.currency).map_err(Error::internal)?;
    let seats = u32::try_from(row.seats).map_err(Error::internal)?;
    Ok(Subscription {
        term: Term {
            plan: row.plan.parse().map_err(Error::internal)?,
            seats: Seats::new(seats).map_err(Error::internal)?,
            period: row.period.parse().map_err(Error::internal)?,
            unit_price: Money::new(row.unit_price, currency),
            anchor: date(&row.anchor)?,
            current: Period {
                start: date(&row.period_start)?,
                end: date(&row.period_end)?,
            },
        },
        scheduled: serde_json::from_str(&row.scheduled).map_err(Error::internal)?,
        cancels_at_period_end: row.cancels_at_period_end,
        standing: serde_json::from_str(&row.standing).map_err(Error::internal)?,
        version: u64::try_from(row.version).map_err(Error::internal)?,
    })
}
