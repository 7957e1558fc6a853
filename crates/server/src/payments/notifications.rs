//! What a provider tells by itself.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::signature::{self, SignatureError};
use crate::error::Error;
use crate::orders;
use crate::state::AppState;
use crate::store::settings;

/// The header that a notification of the sandbox is signed in.
pub const SANDBOX_SIGNATURE: &str = "Sandbox-Signature";
/// The setting that holds the key which the sandbox signs with.
const SANDBOX_KEY: &str = "sandbox.payment_key";

/// A notification of the sandbox provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct SandboxNotification {
    /// Names this notification; a repeated one has the same.
    #[schema(value_type = String, format = Uuid)]
    pub id: Uuid,
    /// What happened, such as `checkout.paid`.
    #[schema(example = "checkout.paid")]
    #[serde(rename = "type")]
    pub kind: String,
    /// The checkout that it happened to.
    pub checkout: String,
    /// The order that the checkout was opened for.
    #[schema(value_type = String, format = Uuid)]
    pub order: Uuid,
}

/// The key that the sandbox signs its notifications with, made when it is first needed.
pub async fn sandbox_key(state: &AppState) -> Result<String, Error> {
    if let Some(key) = settings::get(state.store.read(), SANDBOX_KEY).await? {
        return Ok(key);
    }
    state
        .store
        .with_tx(async |tx| settings::secret(&tx, SANDBOX_KEY).await)
        .await
}

/// Takes a notification of the sandbox: checks who sent it, then looks at the order that it is about.
///
/// An `Err` asks the provider to send it again. A notification about an order that is not known here is taken and
/// passed over: sending it again would not help.
pub async fn receive_sandbox(state: &AppState, header: Option<&str>, body: &[u8]) -> Result<(), Error> {
    let key = sandbox_key(state).await?;
    signature::verify(key.as_bytes(), state.clock.now(), header, body).map_err(|error| {
        if error != SignatureError::Malformed {
            tracing::warn!(%error, "notification refused");
        }
        Error::BadSignature
    })?;
    let notification: SandboxNotification =
        serde_json::from_slice(body).map_err(|error| Error::MalformedBody(error.to_string()))?;
    match orders::refresh(state, notification.order).await {
        Err(Error::NotFound) => {
            tracing::warn!(order = %notification.order, "notification about an order that is not known here");
            Ok(())
        }
        refreshed => refreshed.map(|_| ()),
    }
}
