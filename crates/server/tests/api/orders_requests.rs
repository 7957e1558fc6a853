//! What browsers and the payment provider send to a [`Shop`], for the tests of orders and payments.

use axum::http::{HeaderMap, StatusCode};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

use crate::orders_shop::{Buyer, Shop};
use crate::server::Client;

/// Number of a test card that pays.
pub const GOOD_CARD: &str = "4242 4242 4242 4242";

/// An answer of the server.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {} {}", self.status, self.text))
    }

    /// The kind of problem, such as `price-changed`; empty for none.
    pub fn problem(&self) -> String {
        let value = self.json();
        value["type"]
            .as_str()
            .unwrap_or_default()
            .trim_start_matches("urn:onedesk:problem:")
            .to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

impl Shop {
    /// Places an order with a key of its own, and expects it to be taken.
    pub async fn ordered(&self, buyer: &Buyer, body: &Value) -> Value {
        let reply = self.order(buyer, &new_key(), body).await;
        assert_eq!(reply.status, StatusCode::CREATED, "{}", reply.text);
        reply.json()
    }

    /// Sends an order.
    pub async fn order(&self, buyer: &Buyer, key: &str, body: &Value) -> Reply {
        let request = self
            .http
            .post(self.url("/api/orders"))
            .header("Idempotency-Key", key)
            .json(body);
        self.send(Some(buyer), request).await
    }

    /// Sends any request to the API.
    pub async fn api(&self, buyer: Option<&Buyer>, method: &str, path: &str) -> Reply {
        let method = method.parse().unwrap();
        self.send(buyer, self.http.request(method, self.url(path))).await
    }

    /// Sends a request with a body of one's own making to `POST /api/orders`.
    pub async fn order_raw(&self, buyer: &Buyer, key: Option<&str>, body: &str) -> Reply {
        let mut request = self
            .http
            .post(self.url("/api/orders"))
            .header("Content-Type", "application/json");
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        self.send(Some(buyer), request.body(body.to_owned())).await
    }

    pub async fn send(&self, buyer: Option<&Buyer>, mut request: reqwest::RequestBuilder) -> Reply {
        if let Some(buyer) = buyer {
            request = request.header("Cookie", &buyer.cookie);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Reply {
            status,
            headers,
            text: response.text().await.unwrap(),
        }
    }

    /// The order as its buyer sees it.
    pub async fn seen(&self, buyer: &Buyer, order: &Value) -> Value {
        let reply = self
            .api(Some(buyer), "GET", &format!("/api/orders/{}", id_of(order)))
            .await;
        assert_eq!(reply.status, StatusCode::OK, "{}", reply.text);
        reply.json()
    }

    /// Types a card into the hosted page and sends the form.
    pub async fn pay(&self, order: &Value, number: &str) -> Reply {
        self.pay_form(
            order,
            &[
                ("number", number),
                ("expiry", "12/49"),
                ("cvc", "123"),
                ("name", "Ada"),
            ],
        )
        .await
    }

    /// Sends the hosted page's form with these fields.
    pub async fn pay_form(&self, order: &Value, fields: &[(&str, &str)]) -> Reply {
        self.send(None, self.http.post(self.url(&pay_path(order))).form(fields))
            .await
    }

    /// Answers the bank's question (3-D Secure): `complete` or `fail`.
    pub async fn authenticate(&self, order: &Value, outcome: &str) -> Reply {
        let path = format!("{}/authentication", pay_path(order));
        self.send(
            None,
            self.http.post(self.url(&path)).form(&[("outcome", outcome)]),
        )
        .await
    }

    /// Sends a form to a page of the sandbox.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.send(None, self.http.post(self.url(path)).form(fields)).await
    }

    /// The buyer's browser on its way back from the provider.
    pub async fn come_back(&self, order: &Value) -> Reply {
        self.api(
            None,
            "GET",
            &format!("/api/payments/return?order={}", id_of(order)),
        )
        .await
    }

    /// Reports that something happened to an order, rightly signed.
    pub async fn notify(&self, order: &Value) -> Reply {
        let body =
            json!({ "id": Uuid::now_v7(), "type": "checkout.paid", "checkout": "any", "order": order["id"] });
        let body = body.to_string();
        let now = Timestamp::now().as_second();
        let signature = self.sign(now, &body).await;
        self.notify_raw(Some(&signature), &body).await
    }

    /// The signature of the sandbox over a body.
    pub async fn sign(&self, second: i64, body: &str) -> String {
        let key = self
            .text("SELECT value FROM settings WHERE key = 'sandbox.payment_key'")
            .await
            .unwrap();
        let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
        mac.update(format!("{second}.{body}").as_bytes());
        let code = hex(&mac.finalize().into_bytes());
        format!("t={second},v1={code}")
    }

    /// Sends a notification with a signature of one's own making.
    pub async fn notify_raw(&self, signature: Option<&str>, body: &str) -> Reply {
        let mut request = self.http.post(self.url("/api/payments/notifications/sandbox"));
        if let Some(signature) = signature {
            request = request.header("Sandbox-Signature", signature);
        }
        self.send(None, request.body(body.to_owned())).await
    }

    /// Holds the sandbox's notifications back, or lets them go.
    pub async fn hold_notifications(&self, held: bool) {
        let held = if held { "yes" } else { "no" };
        let reply = self
            .form("/sandbox/payments/notifications", &[("held", held)])
            .await;
        assert_eq!(reply.status, StatusCode::SEE_OTHER);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// The identity of an order.
pub fn id_of(order: &Value) -> Uuid {
    order["id"].as_str().unwrap().parse().unwrap()
}

/// The path of the hosted page of an order.
pub fn pay_path(order: &Value) -> String {
    let url = order["pay_url"].as_str().unwrap();
    url[url.find("/sandbox/pay/").unwrap()..].to_owned()
}

/// A key as a browser makes it.
pub fn new_key() -> String {
    Uuid::now_v7().to_string()
}

/// 3 licences of Premium for a year in US dollars, for a French buyer: 3 × $16.99 × 12, and 20 % of it.
pub fn three_premium() -> Value {
    order_body("premium", 3, "annual", "USD", 73_397)
}

/// An order and the total that was seen, with tax.
pub fn order_body(plan: &str, seats: u32, period: &str, currency: &str, minor: i64) -> Value {
    json!({
        "choice": { "plan": plan, "seats": seats, "period": period, "currency": currency },
        "expected_total": { "minor": minor, "currency": currency },
    })
}

/// Places an order that is accepted; gives it.
pub async fn place(client: &Client, body: &Value) -> Value {
    let request = client
        .request(reqwest::Method::POST, "/api/orders")
        .header("Idempotency-Key", new_key());
    let answer = client.send(request.json(body)).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    answer.body
}

/// Pays an order on its page, with a card that works, and comes back.
pub async fn pay(client: &Client, order: &Value) {
    let card = [
        ("number", GOOD_CARD),
        ("expiry", "12/49"),
        ("cvc", "123"),
        ("name", "Ada"),
    ];
    let answer = client.post_form(&pay_path(order), &card).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    let back = answer
        .header("location")
        .strip_prefix(&client.base)
        .expect("an address here");
    let answer = client.get(back).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
}
