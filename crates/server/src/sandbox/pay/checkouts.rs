//! What happens to a checkout. Each deed is one transaction that looks again before it changes anything, so that a form
//! that was sent twice charges once.

use jiff::Timestamp;
use onedesk_pricing::{Currency, Money};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Set};
use uuid::Uuid;

use super::cards::{Outcome, Refusal, TestCard};
use super::expiry::Expiry;
use super::{charges, events};
use crate::encoding::base64url;
use crate::error::Error;
use crate::payments::{CheckoutRequest, CheckoutState, Payment, StoredCard};
use crate::state::AppState;
use crate::store::entities::sandbox_checkouts::{ActiveModel, Column, Entity, Model, StoredCheckout};
use crate::store::{At, new_id};

/// Opens a checkout for an order, or finds the one that was opened before.
pub async fn open(state: &AppState, request: &CheckoutRequest) -> Result<Model, Error> {
    let now = state.clock.now();
    let id = format!("sandbox_{}", base64url(&rand::random::<[u8; 18]>()));
    let lines = serde_json::to_string(&request.lines).map_err(Error::internal)?;
    state
        .store
        .with_tx(async |tx| {
            let row = ActiveModel {
                id: Set(id.clone()),
                reference: Set(request.order),
                status: Set(StoredCheckout::Open),
                seller: Set(request.seller.clone()),
                lines: Set(lines.clone()),
                amount: Set(request.total.minor),
                currency: Set(request.total.currency.code().to_owned()),
                language: Set(request.language.code().to_owned()),
                return_url: Set(request.return_url.clone()),
                expires_at: Set(At::from(request.expires_at)),
                created_at: Set(At::from(now)),
                challenge: Set(None),
                refusal: Set(None),
                payment: Set(None),
                method: Set(None),
                card: Set(None),
                expires: Set(None),
                paid_at: Set(None),
                refund: Set(None),
                refunded_at: Set(None),
            };
            let once = OnConflict::column(Column::Reference).do_nothing().to_owned();
            Entity::insert(row)
                .on_conflict(once)
                .try_insert()
                .exec_without_returning(&tx)
                .await?;
            let found = Entity::find()
                .filter(Column::Reference.eq(request.order))
                .one(&tx)
                .await?;
            found.ok_or_else(|| Error::internal("a checkout vanished"))
        })
        .await
}

/// The checkout of a name.
pub async fn find(conn: &impl ConnectionTrait, id: &str) -> Result<Option<Model>, Error> {
    Ok(Entity::find_by_id(id).one(conn).await?)
}

/// How a checkout stands at `now`: one whose time is over is closed, whether anybody noticed or not.
pub fn standing(checkout: &Model, now: Timestamp) -> Result<CheckoutState, Error> {
    match (checkout.status, &checkout.payment, checkout.paid_at) {
        (StoredCheckout::Paid, Some(reference), Some(paid_at)) => Ok(CheckoutState::Paid(Payment {
            reference: reference.clone(),
            amount: amount(checkout)?,
            method: checkout.method.clone().unwrap_or_default(),
            reusable: stored_card(checkout),
            paid_at: paid_at.timestamp(),
        })),
        (StoredCheckout::Paid, ..) => Err(Error::internal("a paid checkout without its payment")),
        (StoredCheckout::Open, ..) if checkout.expires_at > At::from(now) => Ok(CheckoutState::Open),
        (StoredCheckout::Open | StoredCheckout::Closed, ..) => Ok(CheckoutState::Closed),
    }
}

/// The card that paid, to be charged again later.
fn stored_card(checkout: &Model) -> Option<StoredCard> {
    Some(StoredCard {
        reference: checkout.card.clone()?,
        label: checkout.method.clone()?,
        expires: checkout.expires.clone()?,
    })
}

/// What is due.
pub fn amount(checkout: &Model) -> Result<Money, Error> {
    let currency = Currency::from_code(&checkout.currency).map_err(Error::internal)?;
    Ok(Money::new(checkout.amount, currency))
}

/// The card whose holder is being asked (3-D Secure).
pub fn challenged(checkout: &Model) -> Option<TestCard> {
    TestCard::of_number(checkout.challenge.as_deref()?)
}

/// What can be done to an open checkout.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// Pay with a card: it pays, is refused, or its holder is asked first.
    Pay(TestCard, Expiry),
    /// The holder's answer (3-D Secure). Nothing happens when nobody was asked.
    Authenticate {
        /// Whether the holder confirmed.
        confirmed: bool,
    },
    /// Close it, so that it cannot be paid any more.
    Close,
}

/// Does something to a checkout if it is open. One that is paid or closed already stays as it is; an unknown name has
/// none.
pub async fn act(state: &AppState, id: &str, deed: Deed) -> Result<Option<Model>, Error> {
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| {
            let Some(checkout) = find(&tx, id).await? else {
                return Ok(None);
            };
            if standing(&checkout, now)? != CheckoutState::Open {
                return Ok(Some(checkout));
            }
            let after = match (deed, challenged(&checkout)) {
                (Deed::Pay(card, expiry), _) => match card.outcome {
                    Outcome::Pays | Outcome::PaysOnce => {
                        take_money(&tx, present(checkout, expiry), card, now).await?
                    }
                    Outcome::Refused(refusal) => refuse(&tx, checkout, refusal).await?,
                    Outcome::AsksHolder => ask_holder(&tx, present(checkout, expiry), card).await?,
                },
                (Deed::Authenticate { confirmed: true }, Some(card)) => {
                    take_money(&tx, ActiveModel::from(checkout), card, now).await?
                }
                (Deed::Authenticate { .. }, Some(_)) => refuse(&tx, checkout, Refusal::NotConfirmed).await?,
                (Deed::Authenticate { .. }, None) => checkout,
                (Deed::Close, _) => close(&tx, checkout).await?,
            };
            Ok(Some(after))
        })
        .await
}

/// Pays back what was paid, once. `None` when there is no such payment, or another refund was paid for it.
pub async fn refund(state: &AppState, refund: Uuid, payment: &str) -> Result<Option<Model>, Error> {
    let now = state.clock.now();
    state
        .store
        .with_tx(async |tx| {
            let found = Entity::find()
                .filter(Column::Payment.eq(payment))
                .one(&tx)
                .await?;
            match found {
                Some(checkout) if checkout.refund.is_none() => {
                    let mut row = ActiveModel::from(checkout);
                    row.refund = Set(Some(refund));
                    row.refunded_at = Set(Some(At::from(now)));
                    Ok(Some(row.update(&tx).await?))
                }
                found => Ok(found.filter(|checkout| checkout.refund == Some(refund))),
            }
        })
        .await
}

/// Keeps until when the card is good that was typed in.
fn present(checkout: Model, expiry: Expiry) -> ActiveModel {
    let mut row = ActiveModel::from(checkout);
    row.expires = Set(Some(expiry.to_string()));
    row
}

async fn take_money(
    tx: &impl ConnectionTrait,
    mut row: ActiveModel,
    card: TestCard,
    now: Timestamp,
) -> Result<Model, Error> {
    row.status = Set(StoredCheckout::Paid);
    row.payment = Set(Some(format!("sandbox_pay_{}", new_id().simple())));
    row.method = Set(Some(card.method()));
    let expires = row.expires.clone().take().flatten().unwrap_or_default();
    row.card = Set(Some(charges::store_card(tx, card, &expires, now).await?));
    row.paid_at = Set(Some(At::from(now)));
    row.challenge = Set(None);
    row.refusal = Set(None);
    let checkout = row.update(tx).await?;
    events::note(tx, &checkout, events::PAID, now).await?;
    Ok(checkout)
}

async fn refuse(tx: &impl ConnectionTrait, checkout: Model, refusal: Refusal) -> Result<Model, Error> {
    let mut row = ActiveModel::from(checkout);
    row.refusal = Set(Some(refusal.as_str().to_owned()));
    row.challenge = Set(None);
    Ok(row.update(tx).await?)
}

async fn ask_holder(tx: &impl ConnectionTrait, mut row: ActiveModel, card: TestCard) -> Result<Model, Error> {
    row.challenge = Set(Some(card.number.to_owned()));
    row.refusal = Set(None);
    Ok(row.update(tx).await?)
}

async fn close(tx: &impl ConnectionTrait, checkout: Model) -> Result<Model, Error> {
    let mut row = ActiveModel::from(checkout);
    row.status = Set(StoredCheckout::Closed);
    row.challenge = Set(None);
    Ok(row.update(tx).await?)
}
