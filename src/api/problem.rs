//! A refusal as a screen reads it.

use onedesk_contract::{FieldErrors, ProblemType};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::subscription::fresh_preview;
use crate::change::outlook::Fresh;
use crate::order::bill::Bill;

/// What every screen needs of a [`onedesk_contract::Problem`].
///
/// The members that only one kind of problem has are read when they are asked for. So the site, which places no orders,
/// does not hold the code that reads a quote.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Problem {
    /// What went wrong.
    #[serde(rename = "type")]
    pub problem_type: ProblemType,
    /// The HTTP status.
    pub status: u16,
    /// Refused fields by name.
    #[serde(default)]
    pub fields: FieldErrors,
    /// Seconds to wait before the next try.
    #[serde(default)]
    pub retry_after_seconds: Option<u64>,
    #[serde(skip)]
    body: String,
}

/// With `not-enough-licences`: as many as could be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct LicencesAndUsers {
    /// Licences ordered or owned.
    pub licences: Option<u32>,
    /// Active users, the new ones included when users were being added.
    pub active_users: Option<u32>,
}

impl Problem {
    /// A problem that the browser finds by itself, in the words of the server.
    pub fn new(problem_type: ProblemType, status: u16) -> Self {
        Self {
            problem_type,
            status,
            fields: FieldErrors::default(),
            retry_after_seconds: None,
            body: String::new(),
        }
    }

    /// Reads the body of an answer. Nothing if it is not one of this API.
    pub fn read(body: String) -> Option<Self> {
        let problem: Self = serde_json::from_str(&body).ok()?;
        Some(Self { body, ..problem })
    }

    /// The numbers of a `not-enough-licences`.
    pub fn licences_and_users(&self) -> LicencesAndUsers {
        self.members().unwrap_or_default()
    }

    /// The order that waits for its payment, with `order-pending`.
    pub fn order_id(&self) -> Option<Uuid> {
        #[derive(Deserialize)]
        struct Pending {
            order_id: Uuid,
        }
        self.members().map(|Pending { order_id }| order_id)
    }

    /// The fresh quote with its tax, with `price-changed`.
    pub fn bill(&self) -> Option<Box<Bill>> {
        self.members()
    }

    /// The fresh preview, with `preview-stale`; absent if what was overdue is not any more, or costs something else.
    pub fn preview(&self) -> Option<Fresh> {
        fresh_preview(&self.body)
    }

    /// Why, in a word, with `change-refused`.
    pub fn reason(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct Refused {
            reason: String,
        }
        self.members().map(|Refused { reason }| reason)
    }

    fn members<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(&self.body).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_one_kind_are_read_when_they_are_asked_for() {
        let body = r#"{"type":"urn:onedesk:problem:not-enough-licences","title":"","status":422,"detail":"",
            "licences":2,"active_users":5}"#;
        let problem = Problem::read(body.to_owned()).expect("a problem");
        assert_eq!(problem.problem_type, ProblemType::NotEnoughLicences);
        let numbers = LicencesAndUsers {
            licences: Some(2),
            active_users: Some(5),
        };
        assert_eq!(problem.licences_and_users(), numbers);
        assert_eq!((problem.order_id(), problem.bill()), (None, None));
    }

    #[test]
    fn the_page_of_a_proxy_is_no_problem_of_this_api() {
        assert_eq!(Problem::read("<h1>502 Bad Gateway</h1>".to_owned()), None);
    }
}
