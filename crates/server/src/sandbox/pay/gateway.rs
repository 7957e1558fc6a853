//! The seller's side of the sandbox provider.

use onedesk_pricing::Money;
use uuid::Uuid;

use super::charges;
use super::checkouts::{self, Deed};
use crate::error::Error;
use crate::payments::{
    ChargeRequest, ChargeState, Checkout, CheckoutRequest, CheckoutState, Gateway, GatewayError, Reply,
};
use crate::state::AppState;
use crate::store::entities::sandbox_checkouts::Model;

/// The sandbox as a payment provider.
#[derive(Clone, Debug)]
pub struct SandboxGateway(AppState);

impl SandboxGateway {
    /// The provider of a server that runs in sandbox mode.
    pub fn new(state: AppState) -> Self {
        Self(state)
    }

    /// Gives a payment back that was made on the hosted page or charged to a stored card, and tells how much it was.
    async fn pay_back(&self, refund: Uuid, payment: &str) -> Result<Option<Money>, Error> {
        if let Some(checkout) = checkouts::refund(&self.0, refund, payment).await? {
            return checkouts::amount(&checkout).map(Some);
        }
        let charge = charges::refund(&self.0, refund, payment).await?;
        charge.as_ref().map(charges::amount).transpose()
    }

    fn standing(&self, checkout: Option<Model>) -> Result<CheckoutState, GatewayError> {
        let checkout = checkout.ok_or_else(|| GatewayError("there is no such checkout".to_owned()))?;
        checkouts::standing(&checkout, self.0.clock.now()).map_err(unavailable)
    }
}

/// The sandbox fails as a provider does that cannot be reached: whoever asked learns no more.
fn unavailable(error: Error) -> GatewayError {
    GatewayError(error.to_string())
}

impl Gateway for SandboxGateway {
    fn provider(&self) -> &'static str {
        "sandbox"
    }

    fn create_checkout<'a>(&'a self, request: &'a CheckoutRequest) -> Reply<'a, Checkout> {
        Box::pin(async move {
            let checkout = checkouts::open(&self.0, request).await.map_err(unavailable)?;
            let url = self.0.public_url.to(&format!("/sandbox/pay/{}", checkout.id));
            Ok(Checkout { id: checkout.id, url })
        })
    }

    fn look_up<'a>(&'a self, checkout: &'a str) -> Reply<'a, CheckoutState> {
        Box::pin(async move {
            let found = checkouts::find(self.0.store.read(), checkout)
                .await
                .map_err(unavailable)?;
            self.standing(found)
        })
    }

    fn cancel<'a>(&'a self, checkout: &'a str) -> Reply<'a, CheckoutState> {
        Box::pin(async move {
            let closed = checkouts::act(&self.0, checkout, Deed::Close)
                .await
                .map_err(unavailable)?;
            self.standing(closed)
        })
    }

    fn charge<'a>(&'a self, request: &'a ChargeRequest) -> Reply<'a, ChargeState> {
        Box::pin(async move {
            let charge = charges::charge(&self.0, request).await.map_err(unavailable)?;
            let charge = charge.ok_or_else(|| GatewayError("there is no such card".to_owned()))?;
            charges::standing(&charge).map_err(unavailable)
        })
    }

    fn find_charge<'a>(&'a self, attempt: &'a str) -> Reply<'a, Option<ChargeState>> {
        Box::pin(async move {
            let found = charges::find(self.0.store.read(), attempt)
                .await
                .map_err(unavailable)?;
            found
                .map(|charge| charges::standing(&charge))
                .transpose()
                .map_err(unavailable)
        })
    }

    fn refund<'a>(&'a self, refund: Uuid, payment: &'a str, amount: Money) -> Reply<'a, ()> {
        Box::pin(async move {
            let paid = self.pay_back(refund, payment).await.map_err(unavailable)?;
            let paid = paid.ok_or_else(|| GatewayError("there is no such payment to refund".to_owned()))?;
            if paid == amount {
                Ok(())
            } else {
                Err(GatewayError("only whole payments are refunded".to_owned()))
            }
        })
    }
}
