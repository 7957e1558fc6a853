//! What can go wrong while a request is answered, and the one place where that becomes an HTTP answer. Its words stand in
//! [`problem`].
//!
//! A variant is a refusal that the browser knows by its [`ProblemType`]; [`Error::Database`] and [`Error::Internal`]
//! are the server's own mistakes: logged with their cause, told as `internal` without it.

mod problem;

use std::time::Duration;

use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use onedesk_contract::orders::QuoteView;
use onedesk_contract::problem::PROBLEM_JSON;
use onedesk_contract::subscription::PreviewView;
use onedesk_contract::{FieldError, FieldErrors};
use uuid::Uuid;

/// The answer of a handler or of the domain below it.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was refused or failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The body is not JSON, or not of the documented shape; the text says where.
    #[error("the request body was not understood: {0}")]
    MalformedBody(String),
    /// More bytes than the server reads.
    #[error("the request body is too large")]
    BodyTooLarge,
    /// Fields that were refused.
    #[error("fields were refused")]
    InvalidFields(FieldErrors),
    /// Nothing stands at this address, or nothing that this account may know of.
    #[error("not found")]
    NotFound,
    /// The address takes other methods.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// Another site's page sent the request.
    #[error("cross-site request")]
    CrossSiteRequest,
    /// No session.
    #[error("not signed in")]
    NotSignedIn,
    /// Address and password do not belong together.
    #[error("wrong credentials")]
    WrongCredentials,
    /// The role does not include it.
    #[error("not allowed")]
    NotAllowed,
    /// Throttled.
    #[error("too many attempts, again in {} s", .0.as_secs())]
    TooManyAttempts(Duration),
    /// No such link.
    #[error("unknown link")]
    LinkUnknown,
    /// The link did its work.
    #[error("used link")]
    LinkUsed,
    /// The link is too old.
    #[error("expired link")]
    LinkExpired,
    /// Licences would be fewer than active users.
    #[error("{licences} licences for {active_users} active users")]
    NotEnoughLicences {
        /// Ordered or owned.
        licences: u32,
        /// Active users, those being added included.
        active_users: u32,
    },
    /// There is a paid subscription.
    #[error("already subscribed")]
    AlreadySubscribed,
    /// An order waits for its payment.
    #[error("order {0} waits for its payment")]
    OrderPending(Uuid),
    /// The order has ended.
    #[error("the order is not pending")]
    OrderNotPending,
    /// The catalog names no bank account.
    #[error("no bank transfers are taken")]
    TransferUnavailable,
    /// The total that the buyer saw is not today's.
    #[error("the price changed")]
    PriceChanged(Box<QuoteView>),
    /// An order without a key.
    #[error("no idempotency key")]
    IdempotencyKeyMissing,
    /// The first request with this key is still being worked on.
    #[error("idempotency key in use")]
    IdempotencyKeyInUse,
    /// The key came with another body.
    #[error("idempotency key reused")]
    IdempotencyKeyReused,
    /// The subscription cannot be changed so.
    #[error(transparent)]
    ChangeRefused(#[from] onedesk_subscription::Refusal),
    /// The change is not what was previewed any more; the fresh preview, if there is one.
    #[error("the preview is stale")]
    PreviewStale(Option<Box<PreviewView>>),
    /// The stored card was declined for an order.
    #[error("the card was declined for order {0}")]
    CardDeclined(Uuid),
    /// The owner cannot be deactivated.
    #[error("the owner stays")]
    OwnerStays,
    /// The trial is over and nothing was bought.
    #[error("the trial is over")]
    TrialOver,
    /// The payment provider does not answer.
    #[error("payment provider unavailable: {0}")]
    PaymentUnavailable(String),
    /// A notification that the provider did not sign.
    #[error("bad signature")]
    BadSignature,
    /// The database failed.
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// Anything else that should not happen.
    #[error("{0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// A mistake of the server's own, with its cause.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// One refused field.
    pub fn field(field: &str, error: FieldError) -> Self {
        Self::InvalidFields(FieldErrors::one(field, error))
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match &self {
            Self::Database(_) | Self::Internal(_) => tracing::error!(error = %self, "request failed"),
            Self::PaymentUnavailable(_) => tracing::warn!(error = %self, "request failed"),
            _ => tracing::debug!(refusal = %self, "request refused"),
        }
        let problem = self.problem();
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = problem.retry_after_seconds;
        let mut response = (status, Json(problem)).into_response();
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        if let Some(seconds) = retry_after {
            response
                .headers_mut()
                .insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
