//! What the server asks of whoever takes the money.
//!
//! A gateway is asked outside of transactions only: a slow provider must not hold the database, and what it did cannot
//! be rolled back. So every call can be repeated, and what came of it is found out by [`Gateway::look_up`].

use std::future::Future;
use std::pin::Pin;

use onedesk_contract::Instant;
use onedesk_pricing::Money;
use onedesk_texts::Language;
use uuid::Uuid;

/// What a gateway replies, some time.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, GatewayError>> + Send + 'a>>;

/// A payment provider with a hosted page, such as the sandbox or Stripe Checkout.
pub trait Gateway: Send + Sync {
    /// The name that orders and charges are stored with, such as `sandbox`.
    fn provider(&self) -> &'static str;

    /// Opens the page to pay an order on. Asked again for the same order, it answers with the same checkout.
    fn create_checkout<'a>(&'a self, request: &'a CheckoutRequest) -> Reply<'a, Checkout>;

    /// How a payment stands now: the only thing that orders are settled by.
    fn look_up<'a>(&'a self, checkout: &'a str) -> Reply<'a, CheckoutState>;

    /// Closes the page, so that nothing can be paid any more. Answers with how the checkout stands afterwards: it may
    /// have been paid before.
    fn cancel<'a>(&'a self, checkout: &'a str) -> Reply<'a, CheckoutState>;

    /// Charges a stored card without its holder. `attempt` is the provider's idempotency key: asked again with it, the
    /// answer is the same, and nothing is charged a second time.
    fn charge<'a>(&'a self, request: &'a ChargeRequest) -> Reply<'a, ChargeState>;

    /// What became of a charge that may have been asked for with a key; `None` if it never was. Charges nothing.
    fn find_charge<'a>(&'a self, attempt: &'a str) -> Reply<'a, Option<ChargeState>>;

    /// Pays an amount back. `refund` names this very refund: asked again with it, nothing is paid a second time.
    fn refund<'a>(&'a self, refund: Uuid, payment: &'a str, amount: Money) -> Reply<'a, ()>;
}

/// What a checkout is opened for.
#[derive(Clone, Debug)]
pub struct CheckoutRequest {
    /// The order that is paid. One order has one checkout.
    pub order: Uuid,
    /// What is due, with tax. Zero for a page that only saves a card.
    pub total: Money,
    /// Who is paid, as the buyer knows them.
    pub seller: String,
    /// What is bought, a line of text each, in the buyer's language; the last one says the tax.
    pub lines: Vec<String>,
    /// The language of the page.
    pub language: Language,
    /// Where the buyer's browser goes afterwards.
    pub return_url: String,
    /// From when on nothing can be paid any more.
    pub expires_at: Instant,
}

/// What a stored card is charged for.
#[derive(Clone, Debug)]
pub struct ChargeRequest {
    /// Names this very try to charge.
    pub attempt: String,
    /// The order that is paid.
    pub order: Uuid,
    /// What is due, with tax.
    pub amount: Money,
    /// The provider's name for the card: [`StoredCard::reference`].
    pub method: String,
    /// What is bought, a line of text each.
    pub lines: Vec<String>,
}

/// What became of a charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChargeState {
    /// The money was taken.
    Paid(Payment),
    /// Nothing was taken, and asking again with the same key changes nothing.
    Declined {
        /// Why, in a word: `declined`, `insufficient-funds`, `card-expired`.
        reason: String,
    },
    /// Nothing was taken: the card's bank wants its holder to confirm, on a page of the provider.
    NeedsHolder,
}

/// A page to pay on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkout {
    /// The provider's name for it.
    pub id: String,
    /// Where the buyer's browser goes.
    pub url: String,
}

/// How a checkout stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckoutState {
    /// Waits for the buyer. Declined cards leave it open: another one may be tried.
    Open,
    /// The money was taken.
    Paid(Payment),
    /// Cancelled or expired: nothing was taken and nothing will be.
    Closed,
}

/// Money that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The provider's name for it: the same payment always has the same.
    pub reference: String,
    /// How much.
    pub amount: Money,
    /// As people read it, such as `Visa •••• 4242`. Never more of a card's number.
    pub method: String,
    /// The card, if it may be charged again without its holder.
    pub reusable: Option<StoredCard>,
    /// When, by the provider's clock: the day on which the billing period starts.
    pub paid_at: Instant,
}

/// A card that the provider keeps for later charges.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCard {
    /// The provider's name for it. Never its number.
    pub reference: String,
    /// As people read it, such as `Visa •••• 4242`.
    pub label: String,
    /// Until which month it is good, `2034-12`.
    pub expires: String,
}

/// The provider did not answer, or not so that it could be understood. What it did is unknown.
#[derive(Clone, Debug, thiserror::Error)]
#[error("the payment provider did not answer: {0}")]
pub struct GatewayError(pub String);
