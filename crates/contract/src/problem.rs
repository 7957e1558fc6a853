//! Errors on the wire: `application/problem+json` (RFC 9457).

use serde::{Deserialize, Serialize};

use crate::billing::Taxed;
use crate::fields::FieldErrors;
use crate::subscription::PreviewView;
use onedesk_pricing::Quote;

/// The media type of every answer that is not a success.
pub const PROBLEM_JSON: &str = "application/problem+json";

/// What went wrong, stable for programs; `urn:onedesk:problem:<kebab-case>` on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ProblemType {
    /// The body is not JSON, or not of the documented shape.
    #[serde(rename = "urn:onedesk:problem:malformed-body")]
    MalformedBody,
    /// The body is larger than the server reads.
    #[serde(rename = "urn:onedesk:problem:body-too-large")]
    BodyTooLarge,
    /// One field or several were refused; see [`Problem::fields`].
    #[serde(rename = "urn:onedesk:problem:invalid-fields")]
    InvalidFields,
    /// Nothing stands at this address.
    #[serde(rename = "urn:onedesk:problem:not-found")]
    NotFound,
    /// The address exists, but not for this method.
    #[serde(rename = "urn:onedesk:problem:method-not-allowed")]
    MethodNotAllowed,
    /// The request came from another site's page.
    #[serde(rename = "urn:onedesk:problem:cross-site-request")]
    CrossSiteRequest,
    /// No session, or one that has ended.
    #[serde(rename = "urn:onedesk:problem:not-signed-in")]
    NotSignedIn,
    /// The e-mail address and the password do not belong together, or the user is deactivated.
    #[serde(rename = "urn:onedesk:problem:wrong-credentials")]
    WrongCredentials,
    /// The signed-in user's role does not include this.
    #[serde(rename = "urn:onedesk:problem:not-allowed")]
    NotAllowed,
    /// Too many tries; `Retry-After` says when to come back.
    #[serde(rename = "urn:onedesk:problem:too-many-attempts")]
    TooManyAttempts,
    /// A link from an e-mail that was never sent, or is mangled.
    #[serde(rename = "urn:onedesk:problem:link-unknown")]
    LinkUnknown,
    /// A link that did its work already.
    #[serde(rename = "urn:onedesk:problem:link-used")]
    LinkUsed,
    /// A link older than it may be.
    #[serde(rename = "urn:onedesk:problem:link-expired")]
    LinkExpired,
    /// Fewer licences than active users; see [`Problem::licences`] and [`Problem::active_users`].
    #[serde(rename = "urn:onedesk:problem:not-enough-licences")]
    NotEnoughLicences,
    /// The account has a paid subscription already.
    #[serde(rename = "urn:onedesk:problem:already-subscribed")]
    AlreadySubscribed,
    /// Another order of this account waits for its payment; see [`Problem::order_id`].
    #[serde(rename = "urn:onedesk:problem:order-pending")]
    OrderPending,
    /// The order was paid, failed or cancelled before.
    #[serde(rename = "urn:onedesk:problem:order-not-pending")]
    OrderNotPending,
    /// The total that the buyer saw is not today's; see [`Problem::quote`].
    #[serde(rename = "urn:onedesk:problem:price-changed")]
    PriceChanged,
    /// An order came without an `Idempotency-Key`.
    #[serde(rename = "urn:onedesk:problem:idempotency-key-missing")]
    IdempotencyKeyMissing,
    /// The first request with this key is still being worked on.
    #[serde(rename = "urn:onedesk:problem:idempotency-key-in-use")]
    IdempotencyKeyInUse,
    /// This key came before with another body.
    #[serde(rename = "urn:onedesk:problem:idempotency-key-reused")]
    IdempotencyKeyReused,
    /// The account owner cannot be deactivated.
    #[serde(rename = "urn:onedesk:problem:owner-stays")]
    OwnerStays,
    /// The trial is over: subscribe first.
    #[serde(rename = "urn:onedesk:problem:trial-over")]
    TrialOver,
    /// The subscription cannot be changed so; see [`Problem::reason`].
    #[serde(rename = "urn:onedesk:problem:change-refused")]
    ChangeRefused,
    /// The change is not what was previewed any more; see [`Problem::preview`]. Nothing was changed or charged.
    #[serde(rename = "urn:onedesk:problem:preview-stale")]
    PreviewStale,
    /// The stored card was declined. Nothing was changed or charged.
    #[serde(rename = "urn:onedesk:problem:card-declined")]
    CardDeclined,
    /// The vendor takes no bank transfers.
    #[serde(rename = "urn:onedesk:problem:transfer-unavailable")]
    TransferUnavailable,
    /// The payment provider did not answer; nothing was charged.
    #[serde(rename = "urn:onedesk:problem:payment-unavailable")]
    PaymentUnavailable,
    /// A notification whose signature is not the provider's.
    #[serde(rename = "urn:onedesk:problem:bad-signature")]
    BadSignature,
    /// The server stumbled; the request may be sent again.
    #[serde(rename = "urn:onedesk:problem:internal")]
    Internal,
}

/// The body of every answer that is not a success.
///
/// `detail` is an English sentence for the person who reads a log or a terminal; screens translate by
/// [`problem_type`](Problem::problem_type) and the members beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What went wrong, stable for programs.
    #[serde(rename = "type")]
    pub problem_type: ProblemType,
    /// A few words, the same for every occurrence of the type.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened, what was not done, what to do.
    pub detail: String,
    /// Refused fields by name, with `invalid-fields`.
    #[serde(default, skip_serializing_if = "FieldErrors::is_empty")]
    pub fields: FieldErrors,
    /// Licences ordered or owned, with `not-enough-licences`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub licences: Option<u32>,
    /// Active users (the new ones included when users were being added), with `not-enough-licences`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_users: Option<u32>,
    /// The order that waits for its payment, with `order-pending`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub order_id: Option<uuid::Uuid>,
    /// The fresh quote, with `price-changed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Box<Quote>>,
    /// The total of the fresh quote with its tax, with `price-changed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taxed: Option<Box<Taxed>>,
    /// The fresh preview, with `preview-stale`; absent if what was overdue is not any more, or costs something else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preview: Option<Box<PreviewView>>,
    /// Why, in a word, with `change-refused`: `no-change`, `mixed-timing`, `payment-overdue`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Seconds to wait before the next try, as in `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
}

impl Problem {
    /// A problem without members beside the standard ones.
    pub fn new(problem_type: ProblemType, status: u16, title: &str, detail: impl Into<String>) -> Self {
        Self {
            problem_type,
            title: title.to_owned(),
            status,
            detail: detail.into(),
            fields: FieldErrors::default(),
            licences: None,
            active_users: None,
            order_id: None,
            quote: None,
            taxed: None,
            preview: None,
            reason: None,
            retry_after_seconds: None,
        }
    }
}
