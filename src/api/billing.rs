//! Invoices, billing details, the stored card, and what was done in the account.

use onedesk_contract::ProblemType;
use onedesk_contract::billing::BillingDetailsRequest;

use super::exchange::{Method, encode};
use super::members::Members;
use super::{Answer, SignedIn};

/// The address of what is read and written.
const BILLING_DETAILS: &str = "/api/billing-details";

impl SignedIn {
    /// A list: its newest page, or the one that is older than `before`, if that is not empty.
    ///
    /// `GET /api/invoices` and `GET /api/history`; `list` is the last word of the address, `entries` the member that
    /// holds them.
    pub async fn page(self, list: &str, entries: &str, before: &str) -> Answer<Members> {
        let before = String::from(js_sys::encode_uri_component(before));
        let query = if before.is_empty() { "" } else { "?before=" };
        self.read(
            Method::Get,
            &["/api/", list, query, &before].concat(),
            None,
            entries,
        )
        .await
    }

    /// `GET /api/invoices/{number}`; nothing if there is no such invoice.
    pub async fn invoice(self, number: &str) -> Answer<Option<Members>> {
        let path = ["/api/invoices/", number].concat();
        found(self.read(Method::Get, &path, None, "number").await)
    }

    /// `GET /api/billing-details`.
    pub async fn billing_details(self) -> Answer<Members> {
        self.read(Method::Get, BILLING_DETAILS, None, "treatment").await
    }

    /// `PUT /api/billing-details`: they hold from the next order on.
    pub async fn save_billing_details(self, request: &BillingDetailsRequest) -> Answer<Members> {
        let body = Some(encode(request));
        self.read(Method::Put, BILLING_DETAILS, body, "treatment").await
    }

    /// `GET /api/subscription`; nothing if nothing is subscribed to.
    pub async fn subscription_members(self) -> Answer<Option<Members>> {
        found(
            self.read(Method::Get, "/api/subscription", None, "subscription")
                .await,
        )
    }

    /// `POST /api/payment-method/replacements`: the address at which another card is stored.
    pub async fn replace_card(self) -> Answer<String> {
        let path = "/api/payment-method/replacements";
        let order = self.read(Method::Post, path, None, "pay_url").await?;
        Ok(order.text("pay_url"))
    }

    async fn read(self, method: Method, path: &str, body: Option<String>, expected: &str) -> Answer<Members> {
        Members::read(&self.ask(method, path, body, None).await?, expected)
    }
}

/// What is not there is no failure.
fn found(answer: Answer<Members>) -> Answer<Option<Members>> {
    match answer {
        Err(error) if error.problem_type() == Some(ProblemType::NotFound) => Ok(None),
        answer => answer.map(Some),
    }
}
