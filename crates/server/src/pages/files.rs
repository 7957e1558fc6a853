use std::path::{Component, Path};

use axum::extract::Request;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::{BUILD_STAMP, CATALOG_VERSION};

/// Serves a file of the folder, compressed if a copy is there and the browser takes it; nothing if there is no such
/// file.
pub async fn serve(folder: &Path, path: &str, request: Request) -> Option<Response> {
    if !is_public(path) {
        return None;
    }
    let files = ServeDir::new(folder)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    let Ok(response) = files.oneshot(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        return None;
    }
    let mut response = response.into_response();
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        let caching = if is_hashed(path) {
            "public, max-age=31536000, immutable"
        } else {
            "no-cache"
        };
        response
            .headers_mut()
            .insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    }
    Some(response)
}

/// Pages have addresses of their own, compressed copies stand behind their originals, and two files are the server's.
/// An escaped path is none of ours (no file needs it), and what it means only shows behind this check.
fn is_public(path: &str) -> bool {
    if path.contains('%') {
        return false;
    }
    let path = Path::new(path);
    let private_extension = path
        .extension()
        .is_some_and(|e| e == "html" || e == "br" || e == "gz");
    let own = path == Path::new(CATALOG_VERSION) || path == Path::new(BUILD_STAMP);
    let plain = path.components().all(|part| match part {
        Component::Normal(name) => !name.as_encoded_bytes().starts_with(b"."),
        _ => false,
    });
    plain && path.extension().is_some() && !private_extension && !own
}

/// Whether the name changes with the content: it holds at least eight hexadecimal digits in a row, one of them a digit.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.split(['-', '.', '_']).any(|part| {
        part.len() >= 8
            && part.bytes().all(|b| b.is_ascii_hexdigit())
            && part.bytes().any(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_copies_and_the_servers_own_files_are_not_public() {
        for path in ["favicon.svg", "assets/site-0123456789abcdef.js", "robots.txt"] {
            assert!(is_public(path), "{path}");
        }
        for path in [
            "pricing.html",
            "assets/a.js.br",
            "catalog-version",
            "build-stamp",
            "../a.js",
            ".env.js",
            "a/.git/b.c",
            "pricing.htm%6c",
            "assets%2fa.js",
            "",
        ] {
            assert!(!is_public(path), "{path}");
        }
    }

    #[test]
    fn names_with_a_hash_last_for_ever() {
        for path in [
            "assets/site-0123456789abcdef.js",
            "assets/site-6fca2d1b8c3e4f50_bg.wasm",
            "a/style.deadbee1.css",
        ] {
            assert!(is_hashed(path), "{path}");
        }
        for path in [
            "favicon.svg",
            "assets/logo.svg",
            "assets/deadbeef.css",
            "fonts/inter-latin.woff2",
        ] {
            assert!(!is_hashed(path), "{path}");
        }
    }
}
