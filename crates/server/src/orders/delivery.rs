//! What an order brings once it is paid, or why it cannot be delivered any more.
//!
//! Rule: *Changes* ("what is charged is what was previewed. If it cannot be …, nothing is charged"). The decision of an
//! order holds for the version of the subscription that it was made for, and for no other; that of a renewal also for another
//! one, if the same is paid for.

use jiff::civil::Date;
use onedesk_pricing::{Moment, Money, Period, Seats, Term};
use onedesk_subscription::{Command, Decision, Event, Facts, decide};
use sea_orm::ConnectionTrait;

use super::state::RefundReason;
use super::view;
use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::store::entities::orders::{Model, StoredKind};
use crate::subscriptions::{self, credits};
use crate::users;

/// What an order brings.
#[derive(Clone, Debug)]
pub enum Delivery {
    /// A subscription begins.
    Begin(Term),
    /// The subscription becomes what was decided.
    Carry(Box<Decision>),
    /// Nothing but the card that was typed.
    Card,
}

impl Delivery {
    /// The term afterwards, and the days that were paid for; none for a card.
    pub fn bought(&self) -> Result<Option<(&Term, Period)>, Error> {
        Ok(match self {
            Self::Begin(term) => Some((term, term.current)),
            Self::Carry(decision) => {
                let charge = decision.charge.as_ref();
                let charge =
                    charge.ok_or_else(|| Error::internal("an order for a decision without a charge"))?;
                Some((&decision.after.term, charge.period))
            }
            Self::Card => None,
        })
    }

    /// If more licences are billed than were to be, as there are more active users: how many were scheduled, and how many
    /// are billed. The admin is told.
    pub fn raised_to_active_users(&self) -> Option<(Seats, Seats)> {
        let Self::Carry(decision) = self else {
            return None;
        };
        decision.tell.iter().find_map(|event| match event {
            Event::Renewed {
                licences,
                applied,
                raised_to_active_users: true,
                ..
            } => Some((applied.seats.unwrap_or(*licences), *licences)),
            _ => None,
        })
    }
}

/// What an order brings that is paid on a day of the account's.
pub async fn of(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    order: &Model,
    paid_on: Date,
) -> Result<Result<Delivery, RefundReason>, Error> {
    let delivery = match order.kind {
        StoredKind::PaymentMethod => return Ok(Ok(Delivery::Card)),
        StoredKind::Subscribe if subscriptions::exists(tx, account.id).await? => {
            return Ok(Err(RefundReason::AlreadySubscribed));
        }
        StoredKind::Subscribe => {
            let (choice, price) = (view::choice(order)?, view::unit_price(order)?);
            Delivery::Begin(Term::begin(&choice, price, paid_on).map_err(Error::internal)?)
        }
        StoredKind::Change | StoredKind::Renewal | StoredKind::Recovery => {
            match decision(tx, state, account, order, paid_on).await? {
                Some(decision) => Delivery::Carry(Box::new(decision)),
                None => return Ok(Err(RefundReason::SubscriptionChanged)),
            }
        }
    };
    let total = view::total(order)?;
    let credit = credits::of(tx, account.id, total.currency).await?;
    if credit < Money::new(order.credit_used, total.currency) {
        return Ok(Err(RefundReason::CreditGone));
    }
    if let Delivery::Carry(decision) = &delivery
        && decision.after.term.seats.get() < users::count_active(tx, account.id).await?
    {
        return Ok(Err(RefundReason::TooFewLicences));
    }
    Ok(Ok(delivery))
}

/// The decision of an order, if it still holds.
async fn decision(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    order: &Model,
    paid_on: Date,
) -> Result<Option<Decision>, Error> {
    let Some(decided) = view::decision(order)? else {
        return Err(Error::internal(format!("the order {} has no decision", order.id)));
    };
    let Some(subscription) = subscriptions::find(tx, account.id).await? else {
        return Ok(None);
    };
    let (order_version, lines) = (view::base_version(order)?, view::lines(order)?);
    let decided = Some(decided).filter(|_| Some(subscription.version) == order_version);
    let command = match order.kind {
        StoredKind::Recovery => Command::RenewalPaid { on: paid_on },
        StoredKind::Renewal if order.period_start != Some(subscription.term.renews_on().to_string()) => {
            return Ok(decided);
        }
        StoredKind::Renewal if subscription.standing.is_overdue() => Command::RenewalPaid { on: paid_on },
        StoredKind::Renewal => Command::Renew,
        StoredKind::Subscribe | StoredKind::Change | StoredKind::PaymentMethod => return Ok(decided),
    };
    // Between a renewal that is to be paid and its payment, days may pass: a try that fails counts one more version, as does
    // what is scheduled meanwhile, and the overdue period may end, so that a new one begins with the payment. As long as
    // what is paid for is the same, it renews the subscription as it stands on the day of payment.
    let facts = Facts {
        prices: state.catalog.price_list(),
        moment: Moment::Day { on: paid_on },
        active_users: users::count_active(tx, account.id).await?,
    };
    let fresh = decide(&subscription, &command, &facts).ok();
    let is_the_same = |fresh: &Decision| fresh.charge.as_ref().is_some_and(|charge| charge.lines == lines);
    Ok(fresh.filter(is_the_same).or(decided))
}
