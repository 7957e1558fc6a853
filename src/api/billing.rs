//! Invoices, billing details, the stored card, and what was done in the account.

use onedesk_contract::ProblemType;
use onedesk_contract::billing::BillingDetailsRequest;
use onedesk_contract::history::HistoryView;
use onedesk_contract::invoices::{InvoiceView, InvoicesView};
use onedesk_contract::subscription::PaymentMethodView;
use onedesk_tax::{Treatment, VatStanding};
use serde::Deserialize;

use super::exchange::{Method, encode, json};
use super::{Answer, SignedIn};

/// As much of [`BillingDetailsView`](onedesk_contract::billing::BillingDetailsView) as is shown. A VAT number that the
/// server sends is not judged again: that would bring the check digits of every country into the bundle.
#[derive(Clone, Debug, Deserialize)]
pub struct BillingDetails {
    /// The company that stands on invoices.
    pub company: String,
    /// Street and what else the address needs, a line each.
    pub address: Vec<String>,
    /// The postcode; empty where there is none.
    pub postcode: String,
    /// The city.
    pub city: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// The VAT number.
    pub vat: Option<Vat>,
    /// Where invoices go, beside whoever ordered.
    pub email: String,
    /// How a purchase is taxed today.
    pub treatment: Treatment,
}

/// A VAT number, and what looking it up has shown.
#[derive(Clone, Debug, Deserialize)]
pub struct Vat {
    /// The number.
    pub number: String,
    /// What the register says.
    pub standing: VatStanding,
}

impl SignedIn {
    /// `GET /api/invoices`: the newest ones, or those older than a number.
    pub async fn invoices(self, before: Option<String>) -> Answer<InvoicesView> {
        json(self.page("/api/invoices", before).await?)
    }

    /// `GET /api/invoices/{number}`.
    pub async fn invoice(self, number: &str) -> Answer<InvoiceView> {
        let path = ["/api/invoices/", number].concat();
        json(self.ask(Method::Get, &path, None, None).await?)
    }

    /// `GET /api/history`: what was done last, or before that.
    pub async fn history(self, before: Option<String>) -> Answer<HistoryView> {
        json(self.page("/api/history", before).await?)
    }

    /// `GET /api/billing-details`.
    pub async fn billing_details(self) -> Answer<BillingDetails> {
        json(self.ask(Method::Get, BILLING_DETAILS, None, None).await?)
    }

    /// `PUT /api/billing-details`: they hold from the next order on.
    pub async fn save_billing_details(self, request: &BillingDetailsRequest) -> Answer<BillingDetails> {
        let body = Some(encode(request));
        json(self.ask(Method::Put, BILLING_DETAILS, body, None).await?)
    }

    /// `GET /api/subscription`, of which only the card is read: none if none is stored, or nothing is subscribed to.
    pub async fn stored_card(self) -> Answer<Option<PaymentMethodView>> {
        #[derive(Deserialize)]
        struct Subscription {
            payment_method: Option<PaymentMethodView>,
        }
        match self.ask(Method::Get, "/api/subscription", None, None).await {
            Ok(body) => json(body).map(|Subscription { payment_method }| payment_method),
            Err(error) if error.problem_type() == Some(ProblemType::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// `POST /api/payment-method/replacements`: the address at which another card is stored.
    pub async fn replace_card(self) -> Answer<String> {
        #[derive(Deserialize)]
        struct Order {
            pay_url: String,
        }
        let path = "/api/payment-method/replacements";
        json(self.ask(Method::Post, path, None, None).await?).map(|Order { pay_url }| pay_url)
    }

    async fn page(self, path: &str, before: Option<String>) -> Answer<super::exchange::Body> {
        let path = match before {
            Some(before) => {
                let before = String::from(js_sys::encode_uri_component(&before));
                [path, "?before=", &before].concat()
            }
            None => path.to_owned(),
        };
        self.ask(Method::Get, &path, None, None).await
    }
}

/// The address of what is read and written.
const BILLING_DETAILS: &str = "/api/billing-details";
