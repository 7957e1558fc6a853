//! What each refusal and failure is told as: its type, status and sentences.

use std::time::Duration;

use axum::http::StatusCode;
use onedesk_contract::problem::{Problem, ProblemType};

use super::Error;

impl Error {
    /// The problem as the browser reads it.
    pub fn problem(self) -> Problem {
        use ProblemType as T;
        let new = |problem_type, status: StatusCode, title: &str, detail: &str| {
            Problem::new(problem_type, status.as_u16(), title, detail)
        };
        match self {
            Self::MalformedBody(what) => new(
                T::MalformedBody,
                StatusCode::BAD_REQUEST,
                "Malformed body",
                &format!(
                    "The request was not understood: {what}. Nothing was done; send it in the documented shape."
                ),
            ),
            Self::BodyTooLarge => new(
                T::BodyTooLarge,
                StatusCode::PAYLOAD_TOO_LARGE,
                "Body too large",
                "The request body is larger than 64 KiB. Nothing was done; send less.",
            ),
            Self::InvalidFields(fields) => {
                let told: Vec<String> = fields
                    .0
                    .iter()
                    .flat_map(|(field, errors)| errors.iter().map(move |error| format!("`{field}` {error}")))
                    .collect();
                let detail = format!(
                    "{}. Nothing was done; correct this and send it again.",
                    told.join("; ")
                );
                let mut problem = new(
                    T::InvalidFields,
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "Fields were refused",
                    &detail,
                );
                problem.fields = fields;
                problem
            }
            Self::NotFound => new(
                T::NotFound,
                StatusCode::NOT_FOUND,
                "Not found",
                "Nothing stands at this address. /api/docs lists the addresses that there are.",
            ),
            Self::MethodNotAllowed => new(
                T::MethodNotAllowed,
                StatusCode::METHOD_NOT_ALLOWED,
                "Method not allowed",
                "The address exists, but not for this method; the header Allow names those that work.",
            ),
            Self::CrossSiteRequest => new(
                T::CrossSiteRequest,
                StatusCode::FORBIDDEN,
                "Cross-site request",
                "The request came from a page of another site, so nothing was done. Open the page here and try again.",
            ),
            Self::NotSignedIn => new(
                T::NotSignedIn,
                StatusCode::UNAUTHORIZED,
                "Not signed in",
                "There is no session, or it has ended. Nothing was done; sign in and try again.",
            ),
            Self::WrongCredentials => new(
                T::WrongCredentials,
                StatusCode::UNAUTHORIZED,
                "Wrong e-mail address or password",
                "No active user has this e-mail address with this password. Check both, or ask for a new password.",
            ),
            Self::NotAllowed => new(
                T::NotAllowed,
                StatusCode::FORBIDDEN,
                "Not allowed",
                "Only the account owner and admins can do this. Nothing was done; ask one of them.",
            ),
            Self::TooManyAttempts(wait) => {
                let seconds = seconds_rounded_up(wait);
                let detail = format!(
                    "There were too many attempts. Nothing was done; try again in {seconds} seconds."
                );
                let mut problem = new(
                    T::TooManyAttempts,
                    StatusCode::TOO_MANY_REQUESTS,
                    "Too many attempts",
                    &detail,
                );
                problem.retry_after_seconds = Some(seconds);
                problem
            }
            Self::LinkUnknown => new(
                T::LinkUnknown,
                StatusCode::NOT_FOUND,
                "Unknown link",
                "This link was never sent, or was cut off on its way. Open it from the e-mail again, or ask for a new one.",
            ),
            Self::LinkUsed => new(
                T::LinkUsed,
                StatusCode::GONE,
                "Link already used",
                "This link did its work already. Sign in, or ask for a new one.",
            ),
            Self::LinkExpired => new(
                T::LinkExpired,
                StatusCode::GONE,
                "Link expired",
                "This link is older than it may be. Nothing was done; ask for a new one.",
            ),
            Self::NotEnoughLicences {
                licences,
                active_users,
            } => {
                let detail = format!(
                    "{licences} licences do not cover {active_users} active users. Nothing was done; add licences or deactivate a user."
                );
                let mut problem = new(
                    T::NotEnoughLicences,
                    StatusCode::CONFLICT,
                    "Not enough licences",
                    &detail,
                );
                problem.licences = Some(licences);
                problem.active_users = Some(active_users);
                problem
            }
            Self::AlreadySubscribed => new(
                T::AlreadySubscribed,
                StatusCode::CONFLICT,
                "Already subscribed",
                "The account has a paid subscription already. Nothing was ordered or charged.",
            ),
            Self::OrderPending(order) => {
                let mut problem = new(
                    T::OrderPending,
                    StatusCode::CONFLICT,
                    "A payment is open",
                    "An order of this account waits for its payment. Nothing was done; pay it or cancel it first.",
                );
                problem.order_id = Some(order);
                problem
            }
            Self::OrderNotPending => new(
                T::OrderNotPending,
                StatusCode::CONFLICT,
                "Order not pending",
                "The order was paid, failed or cancelled before. Nothing was done.",
            ),
            Self::TransferUnavailable => new(
                T::TransferUnavailable,
                StatusCode::UNPROCESSABLE_ENTITY,
                "No bank transfers",
                "Bank transfers are not taken here. Nothing was ordered or charged; pay by card, or write to the seller.",
            ),
            Self::PriceChanged(fresh) => {
                let mut problem = new(
                    T::PriceChanged,
                    StatusCode::CONFLICT,
                    "The price changed",
                    "The total that was confirmed is not today's. Nothing was ordered or charged; confirm the fresh quote.",
                );
                problem.quote = Some(Box::new(fresh.quote));
                problem.taxed = fresh.taxed.map(Box::new);
                problem
            }
            Self::IdempotencyKeyMissing => new(
                T::IdempotencyKeyMissing,
                StatusCode::BAD_REQUEST,
                "Idempotency key missing",
                "An order needs a header Idempotency-Key that is made once for it. Nothing was ordered.",
            ),
            Self::IdempotencyKeyInUse => {
                let mut problem = new(
                    T::IdempotencyKeyInUse,
                    StatusCode::CONFLICT,
                    "Idempotency key in use",
                    "The first request with this key is still being worked on. Send the same request again in a second.",
                );
                problem.retry_after_seconds = Some(1);
                problem
            }
            Self::IdempotencyKeyReused => new(
                T::IdempotencyKeyReused,
                StatusCode::UNPROCESSABLE_ENTITY,
                "Idempotency key reused",
                "This key came before with another body. Nothing was ordered; make a new key for another order.",
            ),
            Self::ChangeRefused(refusal) => crate::subscriptions::refusals::problem(refusal),
            Self::PreviewStale(fresh) => {
                let mut problem = new(
                    T::PreviewStale,
                    StatusCode::CONFLICT,
                    "The preview is out of date",
                    "The subscription, the prices or the day are not those of the preview any more. Nothing was changed or charged; look at the fresh preview and confirm that.",
                );
                problem.preview = fresh;
                problem
            }
            Self::CardDeclined(order) => {
                let mut problem = new(
                    T::CardDeclined,
                    StatusCode::PAYMENT_REQUIRED,
                    "The card was declined",
                    "The stored card was declined. Nothing was changed or charged; replace the card and try again.",
                );
                problem.order_id = Some(order);
                problem
            }
            Self::OwnerStays => new(
                T::OwnerStays,
                StatusCode::CONFLICT,
                "The owner stays",
                "The account owner cannot be deactivated. Nothing was done.",
            ),
            Self::TrialOver => new(
                T::TrialOver,
                StatusCode::CONFLICT,
                "The trial is over",
                "The trial has ended and nothing was bought yet. Nothing was done; subscribe first.",
            ),
            Self::PaymentUnavailable(_) => new(
                T::PaymentUnavailable,
                StatusCode::SERVICE_UNAVAILABLE,
                "Payment unavailable",
                "The payment provider did not answer. Nothing was charged; try again in a minute.",
            ),
            Self::BadSignature => new(
                T::BadSignature,
                StatusCode::UNAUTHORIZED,
                "Bad signature",
                "The notification was not signed by the payment provider. Nothing was done.",
            ),
            Self::Database(_) | Self::Internal(_) => new(
                T::Internal,
                StatusCode::INTERNAL_SERVER_ERROR,
                "Internal error",
                "The server stumbled and did nothing of this request. It may be sent again; the header X-Request-Id names it to support.",
            ),
        }
    }
}

fn seconds_rounded_up(wait: Duration) -> u64 {
    (wait.as_secs() + u64::from(wait.subsec_nanos() > 0)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_told_in_whole_seconds_and_never_as_zero() {
        assert_eq!(seconds_rounded_up(Duration::ZERO), 1);
        assert_eq!(seconds_rounded_up(Duration::from_millis(1001)), 2);
        assert_eq!(seconds_rounded_up(Duration::from_secs(3)), 3);
    }

    #[test]
    fn causes_stay_in_the_log() {
        let problem = Error::internal("password of the database is 1234").problem();
        assert!(!problem.detail.contains("1234"));
        assert_eq!(problem.status, 500);
    }
}
