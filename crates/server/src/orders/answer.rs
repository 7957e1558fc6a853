//! An answer that is kept word for word, so that a retry gets the same.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use onedesk_contract::orders::OrderView;
use onedesk_contract::problem::{PROBLEM_JSON, Problem};
use onedesk_contract::subscription::ChangeView;

use crate::error::Error;

/// Status and body of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// JSON: an order, a change, or a problem.
    pub body: String,
}

impl Answer {
    /// The order was taken.
    pub fn placed(order: &OrderView) -> Result<Self, Error> {
        Self::new(StatusCode::CREATED, order)
    }

    /// The change is made, and nothing was due for it.
    pub fn changed(change: &ChangeView) -> Result<Self, Error> {
        Self::new(StatusCode::OK, change)
    }

    /// Something was due for the change: its order is paid, or waits for that.
    pub fn ordered(change: &ChangeView) -> Result<Self, Error> {
        Self::new(StatusCode::CREATED, change)
    }

    /// The order was refused for good.
    pub fn refused(problem: &Problem) -> Result<Self, Error> {
        let status = StatusCode::from_u16(problem.status).map_err(Error::internal)?;
        Self::new(status, problem)
    }

    fn new(status: StatusCode, body: &impl serde::Serialize) -> Result<Self, Error> {
        let body = serde_json::to_string(body).map_err(Error::internal)?;
        Ok(Self {
            status: status.as_u16(),
            body,
        })
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let media_type = if status.is_success() {
            "application/json"
        } else {
            PROBLEM_JSON
        };
        let mut response = (status, self.body).into_response();
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        response
    }
}
