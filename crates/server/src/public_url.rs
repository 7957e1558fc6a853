//! The address by which browsers reach the server.

use std::fmt;

use axum::http::Uri;

/// `http://` or `https://` with a host and perhaps a port, without a path: an origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Reads an origin; a slash at its end is dropped.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "{text:?} is no public address: give http:// or https:// with a host and perhaps a port, without a path"
            )
        };
        let text_without_slash = text.strip_suffix('/').unwrap_or(text);
        let uri: Uri = text_without_slash.parse().map_err(|_| wrong())?;
        let origin = match (uri.scheme_str(), uri.authority()) {
            (Some(scheme @ ("http" | "https")), Some(authority)) if !authority.as_str().contains('@') => {
                format!("{scheme}://{}", authority.as_str().to_ascii_lowercase())
            }
            _ => return Err(wrong()),
        };
        if origin.eq_ignore_ascii_case(text_without_slash) {
            Ok(Self(origin))
        } else {
            Err(wrong())
        }
    }

    /// The full address of a path that starts with a slash.
    pub fn to(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// Scheme, host and port.
    pub fn origin(&self) -> &str {
        &self.0
    }

    /// The host alone, in lower case; an IPv6 address in its brackets.
    pub fn host(&self) -> &str {
        let (_, authority) = self.0.split_once("://").unwrap_or_default();
        match authority.rsplit_once(':') {
            Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
            _ => authority,
        }
    }

    /// Whether browsers come by https, so that cookies can be secure.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn origins_are_read() {
        for (text, origin) in [
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://Subscribe.Example.com/", "https://subscribe.example.com"),
            ("http://[::1]:80", "http://[::1]:80"),
        ] {
            assert_eq!(
                PublicUrl::parse(text).map(|url| url.to_string()),
                Ok(origin.to_owned())
            );
        }
        for wrong in [
            "",
            "example.com",
            "ftp://example.com",
            "https://",
            "https://a.example/b",
            "https://u@a.example",
            "https://a.example?x",
        ] {
            assert!(PublicUrl::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn the_host_stands_without_its_port() {
        for (text, host) in [
            ("http://127.0.0.1:8080", "127.0.0.1"),
            ("https://Subscribe.Example.com", "subscribe.example.com"),
            ("http://[::1]:80", "[::1]"),
            ("http://[::1]", "[::1]"),
        ] {
            assert_eq!(PublicUrl::parse(text).expect("an origin").host(), host, "{text}");
        }
    }
}
