//! The members of an answer, read one by one by the browser.
//!
//! For answers that are written on the screen as they come. A type that serde reads brings 2 to 4 KB of code for it,
//! once for every type: an invoice alone would be a twentieth of the application.

use onedesk_pricing::{Currency, Date, Money};
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;

use super::exchange::Body;
use super::{Answer, ApiError};

/// An object of an answer. A member that is not there is empty.
#[derive(Clone, Debug)]
pub struct Members(JsValue);

impl Members {
    /// Reads an object.
    pub fn parse(text: &str) -> Option<Self> {
        js_sys::JSON::parse(text)
            .ok()
            .filter(JsValue::is_object)
            .map(Self)
    }

    /// Reads the body of a success, which is an answer of this API if it has `expected` as a member.
    pub(super) fn read(body: &Body, expected: &str) -> Answer<Self> {
        let unreadable = ApiError::Unreadable { status: body.status };
        let members = js_sys::JSON::parse(&body.text).map(Self);
        members
            .ok()
            .filter(|members| !members.get(expected).is_undefined())
            .ok_or(unreadable)
    }

    fn get(&self, name: &str) -> JsValue {
        js_sys::Reflect::get(&self.0, &name.into()).unwrap_or_default()
    }

    /// An object.
    #[must_use]
    pub fn object(&self, name: &str) -> Self {
        Self(self.get(name))
    }

    /// An object, if there is one.
    pub fn some(&self, name: &str) -> Option<Self> {
        let member = self.get(name);
        member.is_object().then(|| Self(member))
    }

    /// A member of a type that serde reads for other answers too, so that reading it here brings nothing.
    pub fn json<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let member = self.get(name);
        if member.is_undefined() {
            return serde_json::from_str("null").ok();
        }
        let text = js_sys::JSON::stringify(&member).ok()?;
        serde_json::from_str(&String::from(text)).ok()
    }

    /// A list.
    pub fn list(&self, name: &str) -> Vec<Self> {
        js_sys::Array::from(&self.get(name)).iter().map(Self).collect()
    }

    /// A list of texts, a line each.
    pub fn lines(&self, name: &str) -> String {
        js_sys::Array::from(&self.get(name)).join("\n").into()
    }

    /// A list of texts.
    pub fn texts(&self, name: &str) -> Vec<String> {
        let texts = js_sys::Array::from(&self.get(name));
        texts.iter().filter_map(|text| text.as_string()).collect()
    }

    /// A text.
    pub fn text(&self, name: &str) -> String {
        self.get(name).as_string().unwrap_or_default()
    }

    /// A whole number.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole numbers far below 2^53 are exact"
    )]
    pub fn number(&self, name: &str) -> i64 {
        self.get(name).as_f64().unwrap_or_default() as i64
    }

    /// Whether it is so.
    pub fn is(&self, name: &str) -> bool {
        self.get(name).is_truthy()
    }

    /// An amount of money.
    pub fn money(&self, name: &str) -> Option<Money> {
        let money = self.object(name);
        let currency = Currency::from_code(&money.text("currency")).ok()?;
        Some(Money::new(money.number("minor"), currency))
    }

    /// A day.
    pub fn date(&self, name: &str) -> Option<Date> {
        crate::pages::app::calendar::read_date(&self.text(name))
    }
}
