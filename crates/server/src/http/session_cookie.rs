//! The cookie that a session's token is kept in: users and the vendor's staff have one each.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use jiff::SignedDuration;

use crate::public_url::PublicUrl;
use crate::token::Token;

/// A cookie that scripts cannot read.
///
/// With https its name starts with `__Host-`: browsers then refuse it from another host, another path or plain http.
#[derive(Clone, Copy, Debug)]
pub struct SessionCookie {
    /// Its name over plain http.
    pub plain_name: &'static str,
    /// Its name over https.
    pub host_name: &'static str,
    /// Which requests from other sites' pages bring it along: `Lax`, followed links; `Strict`, none.
    pub same_site: &'static str,
}

impl SessionCookie {
    /// The `Set-Cookie` that keeps a token in the browser for so long.
    pub fn keep(&self, public_url: &PublicUrl, token: &Token, lifetime: SignedDuration) -> HeaderValue {
        self.set(public_url, token.expose(), lifetime.as_secs())
    }

    /// The `Set-Cookie` that forgets it.
    pub fn clear(&self, public_url: &PublicUrl) -> HeaderValue {
        self.set(public_url, "", 0)
    }

    fn set(&self, public_url: &PublicUrl, value: &str, max_age: i64) -> HeaderValue {
        let secure = if public_url.is_https() { "; Secure" } else { "" };
        let (name, same_site) = (self.name(public_url), self.same_site);
        let text =
            format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite={same_site}{secure}");
        HeaderValue::try_from(text).expect("base64url and attributes are visible ASCII")
    }

    /// The token that a request brings along.
    pub fn token<'a>(&self, public_url: &PublicUrl, headers: &'a HeaderMap) -> Option<&'a str> {
        let name = self.name(public_url);
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|header| header.to_str().ok())
            .flat_map(|header| header.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, value)| *key == name && !value.is_empty())
            .map(|(_, value)| value)
    }

    fn name(&self, public_url: &PublicUrl) -> &'static str {
        if public_url.is_https() {
            self.host_name
        } else {
            self.plain_name
        }
    }
}
