//! How amounts, choices and requests are written on the wire.

use std::fmt::Debug;

use serde_json::{Value, json};
use uuid::Uuid;

use super::Outcome;
use crate::account::{Asked, Bill, CURRENCIES, PLANS};

pub fn request(asked: Asked) -> Value {
    let (plan, seats, annual, currency) = match asked {
        Asked::Cancel => return json!("cancel"),
        Asked::Resume => return json!("resume"),
        Asked::Withdraw(part) => {
            let part = ["plan", "seats", "period", "currency"][part];
            return json!({ "withdraw": part });
        }
        Asked::Change {
            plan,
            seats,
            annual,
            currency,
        } => (plan, seats, annual, currency),
    };
    let parts = [
        ("plan", plan.map(|plan| json!(PLANS[plan]))),
        ("seats", seats.map(|seats| json!(seats))),
        ("period", annual.map(|annual| json!(period(annual)))),
        ("currency", currency.map(|currency| json!(CURRENCIES[currency]))),
    ];
    let wanted = parts
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    json!({ "change": wanted.collect::<serde_json::Map<_, _>>() })
}

/// The path of the page to pay an order on.
pub fn page_of(order: &Value) -> Outcome<String> {
    let url = order["pay_url"]
        .as_str()
        .ok_or("a pending order without a page")?;
    let begin = url.find("/sandbox/pay/").ok_or("no page of the sandbox")?;
    Ok(url[begin..].to_owned())
}

pub fn money(currency: usize, minor: i64) -> Value {
    json!({ "minor": minor, "currency": CURRENCIES[currency] })
}

pub fn due(bill: &Bill) -> Value {
    money(bill.currency, bill.due)
}

pub fn period(annual: bool) -> &'static str {
    if annual { "annual" } else { "monthly" }
}

/// A key that nobody has used.
pub fn key() -> String {
    Uuid::now_v7().to_string()
}

pub fn of_debug(error: impl Debug) -> String {
    format!("{error:?}")
}
