//! What an order brings once it is paid, or why it cannot be delivered any more.
//!
//! Rule: *Changes* ("what is charged is what was previewed. If it cannot be …, nothing is charged"). The decision of an
//! order holds for the version of the subscription that it was made for, and for no other.

use jiff::civil::Date;
use onedesk_pricing::{Moment, Money, Period, Term};
use onedesk_subscription::{Command, Decision, Event, Facts, decide};
use sea_orm::ConnectionTrait;

use super::state::RefundReason;
use super::view;
use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::store::entities::orders::{Model, StoredKind, StoredWay};
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

    /// The number of licences, if more are billed than were to be, as there are more active users: the admin is told.
    pub fn raised_to_active_users(&self) -> Option<u32> {
        let Self::Carry(decision) = self else {
            return None;
        };
        decision.tell.iter().find_map(|event| match event {
            Event::Renewed {
                licences,
                raised_to_active_users: true,
                ..
            } => Some(licences.get()),
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
    // A transfer takes its time: what an overdue renewal leads to is decided on the day that it is paid.
    let is_late = order.kind == StoredKind::Recovery && order.payment_way == StoredWay::Transfer;
    if Some(subscription.version) == view::base_version(order)? && !is_late {
        return Ok(Some(decided));
    }
    if order.kind != StoredKind::Recovery {
        return Ok(None);
    }
    // While somebody pays an overdue renewal, a retry of it may fail and count one more version. What is paid is the same
    // period at the same price, so that it recovers the subscription as it stands now.
    let facts = Facts {
        prices: state.catalog.price_list(),
        moment: Moment::Day { on: paid_on },
        active_users: users::count_active(tx, account.id).await?,
    };
    let fresh = decide(&subscription, &Command::RenewalPaid { on: paid_on }, &facts).ok();
    let lines = |decision: &Decision| decision.charge.as_ref().map(|charge| charge.lines.clone());
    Ok(fresh.filter(|fresh| lines(fresh) == lines(&decided)))
}
