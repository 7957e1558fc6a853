//! The content security policy of a page.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The policy that lets a page run its own scripts, `WebAssembly` and styles, and nothing else. Scripts that stand in
/// the page are allowed by their hashes; the built pages aim to have none.
pub fn of(html: &str) -> String {
    let mut hashes = String::new();
    for script in inline_scripts(html) {
        hashes.push_str(" 'sha256-");
        STANDARD.encode_string(Sha256::digest(script), &mut hashes);
        hashes.push('\'');
    }
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; font-src 'self'; \
         img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The text of every script element that a browser would run from the page itself.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script").skip(1).filter_map(|rest| {
        let (attributes, rest) = rest.split_once('>')?;
        let (script, _) = rest.split_once("</script")?;
        let is_data = ["application/json", "application/ld+json", "text/plain"]
            .iter()
            .any(|kind| attributes.contains(kind));
        let is_loaded = attributes
            .split_ascii_whitespace()
            .any(|attribute| attribute.starts_with("src="));
        (!is_data && !is_loaded && !script.is_empty()).then_some(script)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_of_the_page_are_hashed_and_others_are_not() {
        let html = r#"<script type="module" src="/a.js"></script><script type="application/json">{}</script>
            <script type="text/plain" id="texts">words</script>
            <script type="module">alert(1)</script><script async
            src="/b.js"></script>"#;
        assert_eq!(inline_scripts(html).collect::<Vec<_>>(), ["alert(1)"]);
        // From: printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        assert!(
            of(html).contains("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"),
            "{}",
            of(html)
        );
    }

    #[test]
    fn a_page_without_scripts_allows_none_in_it() {
        assert!(of("<p>Hello</p>").contains("script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"));
    }
}
