use axum::Json;
use axum::extract::rejection::{BytesRejection, FailedToBufferBody, JsonRejection};
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use crate::error::Error;

/// The body, read as JSON of the documented shape.
#[derive(Debug)]
pub struct JsonBody<T>(pub T);

impl<S, T> FromRequest<S> for JsonBody<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        match Json::<T>::from_request(request, state).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(rejection) => Err(refusal(rejection)),
        }
    }
}

fn refusal(rejection: JsonRejection) -> Error {
    match rejection {
        JsonRejection::BytesRejection(BytesRejection::FailedToBufferBody(
            FailedToBufferBody::LengthLimitError(_),
        )) => Error::BodyTooLarge,
        // The innermost cause names the place: `choice.seats: invalid type: string "x" at line 1 column 20`.
        JsonRejection::JsonDataError(error) => Error::MalformedBody(cause(&error)),
        JsonRejection::JsonSyntaxError(error) => Error::MalformedBody(cause(&error)),
        JsonRejection::MissingJsonContentType(_) => {
            Error::MalformedBody("it has to be application/json".to_owned())
        }
        other => Error::MalformedBody(other.body_text()),
    }
}

fn cause(error: &(dyn std::error::Error + 'static)) -> String {
    error
        .source()
        .map_or_else(|| error.to_string(), ToString::to_string)
}
