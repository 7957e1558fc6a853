//! Payment providers: what the server asks of them, and how it takes what they tell.
//!
//! - [`Gateway`] is the edge: the sandbox stands behind it today; Stripe and bank transfer have their place there.
//! - [`notifications`] receives what a provider sends by itself. A notification says only *look*: what orders are
//!   settled by is always the provider's own answer to [`Gateway::look_up`], so that a forged, late or repeated
//!   notification can do no more than make the server ask once more.
//! - [`methods`] keeps what later charges are taken from.
//! - [`replacements`] has another card saved in its place.
//! - [`refunds`] gives back what came in vain.

mod gateway;
pub mod methods;
pub mod notifications;
pub mod refunds;
pub mod replacements;
pub mod signature;

use std::sync::Arc;

pub use gateway::{
    ChargeRequest, ChargeState, Checkout, CheckoutRequest, CheckoutState, Gateway, GatewayError, Payment,
    Reply, StoredCard,
};

use crate::error::Error;
use crate::sandbox::pay::SandboxGateway;
use crate::state::AppState;

/// Who takes the money for new orders; nobody outside sandbox mode until a provider is configured.
pub fn gateway(state: &AppState) -> Option<Arc<dyn Gateway>> {
    state
        .config
        .sandbox
        .then(|| Arc::new(SandboxGateway::new(state.clone())) as Arc<dyn Gateway>)
}

/// The gateway that an order was placed with. It may be gone since: then nothing can be said about its payment.
pub fn gateway_of(state: &AppState, provider: &str) -> Result<Arc<dyn Gateway>, Error> {
    gateway(state)
        .filter(|gateway| gateway.provider() == provider)
        .ok_or_else(|| {
            Error::PaymentUnavailable(format!("the provider {provider} is not configured (any more)"))
        })
}

impl From<GatewayError> for Error {
    fn from(error: GatewayError) -> Self {
        Self::PaymentUnavailable(error.to_string())
    }
}
