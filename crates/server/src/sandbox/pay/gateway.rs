//! The seller's side of the sandbox provider.

use onedesk_pricing::Money;
use uuid::Uuid;

use super::checkouts::{self, Deed};
use crate::error::Error;
use crate::payments::{Checkout, CheckoutRequest, CheckoutState, Gateway, GatewayError, Reply};
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

    fn refund<'a>(&'a self, refund: Uuid, payment: &'a str, amount: Money) -> Reply<'a, ()> {
        Box::pin(async move {
            let refunded = checkouts::refund(&self.0, refund, payment)
                .await
                .map_err(unavailable)?;
            let refunded =
                refunded.ok_or_else(|| GatewayError("there is no such payment to refund".to_owned()))?;
            let paid = checkouts::amount(&refunded).map_err(unavailable)?;
            if paid == amount {
                Ok(())
            } else {
                Err(GatewayError("only whole payments are refunded".to_owned()))
            }
        })
    }
}
