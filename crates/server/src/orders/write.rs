//! Writing an order down: the one place where a row of `orders` comes into being.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use onedesk_contract::orders::{OrderKind, PaymentWay};
use onedesk_pricing::{Choice, Line, Money};
use onedesk_subscription::Decision;
use onedesk_tax::{Totals, Treatment};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};
use serde_json::json;
use uuid::Uuid;

use crate::billing::BillTo;
use crate::error::Error;
use crate::store::entities::accounts;
use crate::store::entities::orders::{ActiveModel, Model, StoredStatus};
use crate::store::{At, new_id};
use crate::{audit, clock};

/// How long an order waits for its payment by card.
pub const TIME_TO_PAY: SignedDuration = SignedDuration::from_mins(30);

/// An order to be written.
#[derive(Debug)]
pub struct NewOrder<'a> {
    /// Whose it is.
    pub account_id: Uuid,
    /// The user who placed it, or the owner for what time brings about.
    pub placed_by: Uuid,
    /// Unique with the account: what a retry finds the order by.
    pub key: &'a str,
    /// What it is for.
    pub kind: OrderKind,
    /// What is subscribed to once it is paid.
    pub choice: Choice,
    /// The price of one licence for one month.
    pub unit_price: Money,
    /// What it consists of.
    pub lines: &'a [Line],
    /// What it comes to, with tax and credit.
    pub totals: Totals,
    /// Which tax it is.
    pub treatment: Treatment,
    /// Who is invoiced.
    pub bill_to: &'a BillTo,
    /// What is carried out once it is paid, and the version of the subscription that it was decided for.
    pub decision: Option<(&'a Decision, u64)>,
    /// The first day of the period that a renewal pays for.
    pub period_start: Option<Date>,
    /// Language code of page, invoice and letter.
    pub language: &'a str,
    /// How it is paid: by transfer it waits for that.
    pub payment: PaymentWay,
    /// Who takes the money.
    pub provider: &'a str,
    /// The provider's name for the stored card that it is charged to, if it is.
    pub method: Option<String>,
    /// From when on it can no longer be paid.
    pub expires_at: Timestamp,
}

/// Writes an order that waits for its payment. `actor` is the user who places it, or none for time.
pub async fn write(
    tx: &impl ConnectionTrait,
    order: NewOrder<'_>,
    actor: Option<Uuid>,
    now: Timestamp,
) -> Result<Model, Error> {
    let mut row = row(&order)?;
    row.id = Set(new_id());
    row.partner = Set(partner_of(tx, order.account_id).await?);
    row.placed_at = Set(At::from(now));
    let written = row.insert(tx).await?;
    let detail = json!({
        "order": written.id,
        "kind": order.kind,
        "payment": order.payment,
        "choice": order.choice,
        "totals": order.totals,
    });
    audit::note(tx, written.account_id, actor, "order.placed", detail, now).await?;
    Ok(written)
}

/// The partner whose page the account came from: it is the partner of all its orders.
async fn partner_of(tx: &impl ConnectionTrait, account_id: Uuid) -> Result<Option<String>, Error> {
    let account = accounts::Entity::find_by_id(account_id).one(tx).await?;
    Ok(account.and_then(|account| account.partner))
}

/// Writes an order anew in the place of one that was not paid, for its next try: the same order, at what it comes to by now.
pub async fn write_again(
    tx: &impl ConnectionTrait,
    before: &Model,
    order: NewOrder<'_>,
) -> Result<Model, Error> {
    let mut row = row(&order)?;
    row.id = Set(before.id);
    row.idempotency_key = Set(before.idempotency_key.clone());
    row.attempt = Set(before.attempt);
    Ok(row.update(tx).await?)
}

/// All but its identity, its partner, and when it was placed.
fn row(order: &NewOrder<'_>) -> Result<ActiveModel, Error> {
    let NewOrder { choice, totals, .. } = &order;
    let json = |value: serde_json::Result<String>| value.map_err(Error::internal);
    Ok(ActiveModel {
        account_id: Set(order.account_id),
        placed_by: Set(order.placed_by),
        idempotency_key: Set(order.key.to_owned()),
        kind: Set(order.kind.into()),
        status: Set(match order.payment {
            PaymentWay::Card => StoredStatus::Pending,
            PaymentWay::Transfer => StoredStatus::AwaitingTransfer,
        }),
        plan: Set(choice.plan.as_str().to_owned()),
        seats: Set(i32::try_from(choice.seats.get()).map_err(Error::internal)?),
        period: Set(choice.period.as_str().to_owned()),
        currency: Set(totals.due.currency.code().to_owned()),
        unit_price: Set(order.unit_price.minor),
        lines: Set(json(serde_json::to_string(order.lines))?),
        net: Set(totals.net.minor),
        tax: Set(totals.tax.minor),
        gross: Set(totals.gross.minor),
        treatment: Set(json(serde_json::to_string(&order.treatment))?),
        bill_to: Set(json(serde_json::to_string(order.bill_to))?),
        credit_used: Set(totals.credit_used.minor),
        total: Set(totals.due.minor),
        decision: Set(order
            .decision
            .map(|(decision, _)| json(serde_json::to_string(decision)))
            .transpose()?),
        base_version: Set(order
            .decision
            .map(|(_, version)| i64::try_from(version).map_err(Error::internal))
            .transpose()?),
        period_start: Set(order.period_start.map(|day| day.to_string())),
        language: Set(order.language.to_owned()),
        payment_way: Set(order.payment.into()),
        provider: Set(order.provider.to_owned()),
        method: Set(order.method.clone()),
        attempt: Set(0),
        checkout_id: Set(None),
        checkout_url: Set(None),
        reference: Set(None),
        transfer: Set(None),
        expires_at: Set(At::from(order.expires_at)),
        closed_at: Set(None),
        failure: Set(None),
        ..<ActiveModel as Default>::default()
    })
}

/// Until when an order can be paid that is placed now.
pub fn time_to_pay(now: Timestamp) -> Timestamp {
    clock::later(now, TIME_TO_PAY)
}

/// Until when one can be paid whose amounts hold for today: as long, but not beyond the account's midnight.
pub fn time_to_pay_today(now: Timestamp, time_zone: &str) -> Timestamp {
    let tomorrow = clock::day(now, time_zone).tomorrow();
    let midnight = tomorrow.and_then(|day| day.to_zoned(clock::zone(time_zone)));
    midnight.map_or(time_to_pay(now), |midnight| {
        midnight.timestamp().min(time_to_pay(now))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_holds_for_a_day_cannot_be_paid_after_it() {
        let until = |now: &str, zone: &str| {
            let now: Timestamp = now.parse().expect("an instant");
            time_to_pay_today(now, zone).to_string()
        };
        assert_eq!(until("2026-07-01T10:00:00Z", "UTC"), "2026-07-01T10:30:00Z");
        assert_eq!(until("2026-07-01T23:50:00Z", "UTC"), "2026-07-02T00:00:00Z");
        assert_eq!(
            until("2026-07-01T21:50:00Z", "Europe/Paris"),
            "2026-07-01T22:00:00Z"
        );
        assert_eq!(
            until("2026-07-01T09:45:00Z", "Pacific/Kiritimati"),
            "2026-07-01T10:00:00Z"
        );
    }
}
