//! Settling an order whose transfer has arrived, as the vendor's staff tell it.
//!
//! Unlike a card's payment, money on the vendor's bank account is never sent back by the server: what does not fit is
//! refused in words, nothing is changed, and people decide.

use jiff::civil::{Date, Time};
use jiff::{Timestamp, ToSpan};
use onedesk_contract::orders::OrderStatus;
use onedesk_pricing::Money;
use onedesk_texts::{Language, format, invoice};
use sea_orm::{ActiveModelTrait, ConnectionTrait, EntityTrait, Set};
use serde_json::json;
use uuid::Uuid;

use super::grouped;
use crate::error::Error;
use crate::orders::carry_out::carry_out;
use crate::orders::delivery::{self, Delivery};
use crate::orders::state::RefundReason;
use crate::orders::{settle, view};
use crate::payments::Payment;
use crate::state::AppState;
use crate::store::At;
use crate::store::entities::orders::Model;
use crate::store::entities::transfers;
use crate::{audit, clock, users};

/// The longest note, in characters.
pub const MAX_NOTE: usize = 500;

/// What the staff saw on the bank account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// How much arrived.
    pub amount: Money,
    /// The day on which it did.
    pub on: Date,
    /// Whatever else is to be remembered.
    pub note: String,
}

/// Who says so.
#[derive(Clone, Debug)]
pub struct By {
    /// The member of staff, if it is one with a sign-in.
    pub staff: Option<Uuid>,
    /// The name that the history tells.
    pub name: String,
}

/// Why an order cannot be marked as paid. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is paid by card, or not at all.
    NotByTransfer,
    /// It was marked before.
    PaidBefore {
        /// By whom.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// It was given up, by its buyer or by time.
    Closed(OrderStatus),
    /// Its time is over, though nobody has come by to note it.
    Over {
        /// The last day on which it waited.
        pay_by: Date,
    },
    /// Another amount than is due.
    Amount {
        /// What is due.
        due: Money,
        /// What is said to have arrived.
        received: Money,
    },
    /// A day before the order, or one that has not come.
    Day,
    /// More than can be kept.
    Note,
    /// More users are active than were ordered licences for.
    NotEnoughLicences {
        /// Ordered.
        licences: u32,
        /// Active now.
        active_users: u32,
    },
    /// It cannot be delivered any more.
    Undeliverable(RefundReason),
}

impl Refusal {
    /// For the staff: what is wrong, and what to do. All of it in English, as their pages are.
    pub fn told(&self) -> String {
        let money = |amount| format::money(Language::En, amount);
        let date = |day| format::date(Language::En, day);
        match self {
            Self::NotByTransfer => {
                "This order is not to be paid by bank transfer. Nothing was changed.".to_owned()
            }
            Self::PaidBefore { by, at } => format!(
                "This order was marked as paid already, by {by} on {}. Nothing was done a second time.",
                date(clock::day(*at, "UTC"))
            ),
            Self::Closed(status) => {
                let status = if *status == OrderStatus::Cancelled { "cancelled" } else { "closed" };
                format!(
                    "This order was {status} and does not wait for a transfer any more. Nothing was changed: ask the \
                     customer to order again, or send the money back."
                )
            }
            Self::Over { pay_by } => format!(
                "This order could be paid until {}. Nothing was changed: ask the customer to order again, or send the \
                 money back.",
                date(*pay_by)
            ),
            Self::Amount { due, received } if due.currency != received.currency => format!(
                "The order is in {}, not in {}. Nothing was changed.",
                due.currency.code(),
                received.currency.code()
            ),
            Self::Amount { due, received } => {
                let (least, most) = (due.minor.min(received.minor), due.minor.max(received.minor));
                let gap = Money::new(most.saturating_sub(least), due.currency);
                let (gap, which, advice) = if received.minor < due.minor {
                    (gap, "too little", "ask the customer for the rest and mark the order once all of it is there")
                } else {
                    (gap, "too much", "send the difference back, then mark the order with what is due")
                };
                format!(
                    "{} is due, so {} is {} {which}. Nothing was changed: {advice}.",
                    money(*due),
                    money(*received),
                    money(gap)
                )
            }
            Self::Day => {
                "The day lies before the order, or in the future. Nothing was changed: give the day on which the amount \
                 arrived."
                    .to_owned()
            }
            Self::Note => format!("The note is longer than {MAX_NOTE} characters. Nothing was changed."),
            Self::NotEnoughLicences {
                licences,
                active_users,
            } => format!(
                "{licences} licences were ordered, but {active_users} users are active. Nothing was changed: ask the \
                 customer to deactivate users, or to order again."
            ),
            Self::Undeliverable(reason) => {
                let why = match reason {
                    RefundReason::AlreadySubscribed => "the account has a subscription by now",
                    RefundReason::CreditGone => {
                        "the account credit that was to pay for a part of it is used up by now"
                    }
                    RefundReason::SubscriptionChanged
                    | RefundReason::OrderClosed
                    | RefundReason::PaidTwice
                    | RefundReason::TooFewLicences
                    | RefundReason::WrongAmount => {
                        "the subscription is another one by now, or the renewal was paid otherwise"
                    }
                };
                format!(
                    "What was ordered cannot be delivered any more: {why}. Nothing was changed: ask the customer to \
                     order again, or send the money back."
                )
            }
        }
    }
}

/// Whether the order could be marked as paid now, and if not, why not. Changes nothing.
pub async fn check(
    conn: &impl ConnectionTrait,
    state: &AppState,
    order: &Model,
    received: &Received,
    now: Timestamp,
) -> Result<Result<Delivery, Refusal>, Error> {
    if let Err(refusal) = waits(conn, order, now).await? {
        return Ok(Err(refusal));
    }
    let due = view::total(order)?;
    if received.amount != due {
        let received = received.amount;
        return Ok(Err(Refusal::Amount { due, received }));
    }
    if received.note.chars().count() > MAX_NOTE {
        return Ok(Err(Refusal::Note));
    }
    let account = settle::account_of(conn, order).await?;
    let zone = account.time_zone.as_str();
    let (placed, today) = (
        clock::day(order.placed_at.timestamp(), zone),
        clock::day(now, zone),
    );
    // Bank and staff may be a day ahead of or behind the account.
    let near = |day: Date, days: i32| day.checked_add(days.days()).unwrap_or(day);
    if received.on < near(placed, -1) || received.on > near(today, 1) {
        return Ok(Err(Refusal::Day));
    }
    let delivery = match delivery::of(conn, state, &account, order, today).await? {
        Ok(delivery) => delivery,
        Err(RefundReason::TooFewLicences) => {
            return Ok(Err(Refusal::NotEnoughLicences {
                licences: view::seats(order)?.get(),
                active_users: users::count_active(conn, account.id).await?,
            }));
        }
        Err(reason) => return Ok(Err(Refusal::Undeliverable(reason))),
    };
    let licences = delivery.bought()?.map(|(term, _)| term.seats.get());
    let active_users = users::count_active(conn, account.id).await?;
    Ok(match licences {
        Some(licences) if licences < active_users => Err(Refusal::NotEnoughLicences {
            licences,
            active_users,
        }),
        _ => Ok(delivery),
    })
}

/// Whether an order waits for a transfer at all.
pub async fn waits(
    conn: &impl ConnectionTrait,
    order: &Model,
    now: Timestamp,
) -> Result<Result<(), Refusal>, Error> {
    let Some(terms) = super::Terms::of(order)? else {
        return Ok(Err(Refusal::NotByTransfer));
    };
    Ok(match OrderStatus::from(order.status) {
        OrderStatus::AwaitingTransfer if order.expires_at <= At::from(now) => {
            Err(Refusal::Over { pay_by: terms.pay_by })
        }
        OrderStatus::AwaitingTransfer => Ok(()),
        OrderStatus::Paid => Err(match transfers::Entity::find_by_id(order.id).one(conn).await? {
            Some(transfer) => Refusal::PaidBefore {
                by: transfer.marked_by,
                at: transfer.marked_at.timestamp(),
            },
            None => Refusal::NotByTransfer,
        }),
        closed @ (OrderStatus::Pending | OrderStatus::Failed | OrderStatus::Cancelled) => {
            Err(Refusal::Closed(closed))
        }
    })
}

/// Settles an order with the transfer that has arrived: everything happens as for a card, in one transaction. Of two who
/// mark it at once, one is told that the other has done it.
pub async fn mark_paid(
    state: &AppState,
    order_id: Uuid,
    received: &Received,
    by: &By,
) -> Result<Result<Model, Refusal>, Error> {
    let now = state.clock.now();
    let outcome = state
        .store
        .with_tx(async |tx| {
            let order = settle::find(&tx, order_id).await?;
            let delivery = match check(&tx, state, &order, received, now).await? {
                Ok(delivery) => delivery,
                Err(refusal) => return Ok(Err(refusal)),
            };
            let row = transfers::ActiveModel {
                order_id: Set(order.id),
                received_on: Set(received.on.to_string()),
                note: Set(received.note.clone()),
                staff_id: Set(by.staff),
                marked_by: Set(by.name.clone()),
                marked_at: Set(At::from(now)),
            };
            row.insert(&tx).await?;
            let reference = order.reference.clone().unwrap_or_default();
            let detail = json!({
                "order": order.id,
                "staff": by.name,
                "reference": grouped(&reference),
                "amount": received.amount,
                "received_on": received.on,
                "note": received.note,
            });
            audit::note(&tx, order.account_id, None, "order.marked_paid", detail, now).await?;
            let account = settle::account_of(&tx, &order).await?;
            let payment = Payment {
                method: invoice::transfer(view::language(&order)).method(grouped(&reference)),
                reference,
                amount: received.amount,
                reusable: None,
                paid_at: instant_of(received.on, &account.time_zone, now),
            };
            let settled = carry_out(&tx, state, order, delivery, Some(&payment), None, now);
            let order = Box::pin(settled).await?;
            Ok(Ok(order))
        })
        .await?;
    if let Ok(order) = &outcome {
        tracing::info!(order = %order.id, by = by.name, "marked as paid by transfer");
        state.letters_waiting.notify_one();
    }
    Ok(outcome)
}

/// An instant on a day of the account's; now, if that day has not begun there yet.
fn instant_of(day: Date, zone: &str, now: Timestamp) -> Timestamp {
    let start = day
        .to_datetime(Time::midnight())
        .to_zoned(clock::zone(zone))
        .map(|start| start.timestamp());
    start.map_or(now, |start| start.min(now))
}
