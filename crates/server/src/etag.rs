//! Conditional requests (RFC 9110 §13).

use axum::http::HeaderValue;

/// Whether `If-None-Match` names this entity tag, quotes included. Compared weakly, as the RFC wants for it.
pub fn matches(if_none_match: Option<&HeaderValue>, etag: &str) -> bool {
    let Some(header) = if_none_match.and_then(|header| header.to_str().ok()) else {
        return false;
    };
    header
        .split(',')
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == etag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_of_several_tags_matches() {
        let header = |text: &'static str| Some(HeaderValue::from_static(text));
        for text in ["\"a\"", "\"x\", \"a\"", "W/\"a\"", "*"] {
            assert!(matches(header(text).as_ref(), "\"a\""), "{text}");
        }
        assert!(!matches(header("\"b\"").as_ref(), "\"a\""));
        assert!(!matches(None, "\"a\""));
    }
}
