use std::ffi::OsStr;
use std::io;
use std::path::Path;

use axum::body::Bytes;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
    IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use onedesk_contract::pages::PUBLIC_URL;
use sha2::{Digest, Sha256};

use super::{compress, policy};
use crate::encoding::base64url;
use crate::etag;
use crate::public_url::PublicUrl;

/// A page in memory, with its compressed copies if there are any.
#[derive(Debug)]
pub struct Page {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    /// Entity tag of the plain form, without quotes.
    tag: String,
    policy: HeaderValue,
    /// Its media type.
    kind: &'static str,
}

impl Page {
    /// Reads a page from its file, with the public address of this server where the page has to name it.
    ///
    /// A page that names none is served with the compressed copies that stand beside it; the others are compressed here,
    /// once.
    pub async fn read(file: &Path, public_url: &PublicUrl) -> io::Result<Self> {
        let plain = tokio::fs::read_to_string(file).await?;
        let kind = match file.extension().and_then(OsStr::to_str) {
            Some("txt") => "text/plain; charset=utf-8",
            Some("xml") => "application/xml",
            _ => "text/html; charset=utf-8",
        };
        let (plain, brotli, gzip) = if plain.contains(PUBLIC_URL) {
            let plain = plain.replace(PUBLIC_URL, public_url.origin());
            let compressing = tokio::task::spawn_blocking(move || {
                let (brotli, gzip) = (
                    compress::brotli(plain.as_bytes()),
                    compress::gzip(plain.as_bytes()),
                );
                (plain, brotli, gzip)
            });
            compressing.await.map_err(io::Error::other)?
        } else {
            (plain, copy(file, "br").await, copy(file, "gz").await)
        };
        let policy = policy::of(&plain);
        Ok(Self {
            tag: base64url(&Sha256::digest(&plain))[..22].to_owned(),
            policy: HeaderValue::try_from(policy).map_err(io::Error::other)?,
            brotli,
            gzip,
            kind,
            plain: plain.into(),
        })
    }

    /// The page, smaller if the browser takes it so; or that it has not changed.
    pub fn answer(&self, status: StatusCode, request: &HeaderMap) -> Response {
        let (body, encoding) = match (&self.brotli, &self.gzip) {
            (Some(brotli), _) if accepts(request, "br") => (brotli, Some("br")),
            (_, Some(gzip)) if accepts(request, "gzip") => (gzip, Some("gzip")),
            _ => (&self.plain, None),
        };
        let etag = match encoding {
            Some(encoding) => format!("\"{}-{encoding}\"", self.tag),
            None => format!("\"{}\"", self.tag),
        };
        // Asked for again each time, which costs nothing while it is the same.
        let caching = [
            (CACHE_CONTROL, "no-cache"),
            (VARY, "Accept-Encoding"),
            (ETAG, etag.as_str()),
        ];
        let policy = [(CONTENT_SECURITY_POLICY, self.policy.clone())];
        if status == StatusCode::OK && etag::matches(request.get(IF_NONE_MATCH), &etag) {
            return (StatusCode::NOT_MODIFIED, caching, policy).into_response();
        }
        let kind = [(CONTENT_TYPE, self.kind)];
        let mut response = (status, caching, policy, kind, body.clone()).into_response();
        if let Some(encoding) = encoding {
            response
                .headers_mut()
                .insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }
}

async fn copy(file: &Path, extension: &str) -> Option<Bytes> {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    tokio::fs::read(name).await.ok().map(Bytes::from)
}

/// Whether `Accept-Encoding` (RFC 9110 §12.5.3) names this coding and does not refuse it.
fn accepts(request: &HeaderMap, coding: &str) -> bool {
    request
        .get_all(ACCEPT_ENCODING)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|h| h.split(','))
        .any(|entry| {
            let (name, weight) = entry.split_once(';').unwrap_or((entry, ""));
            let weight: String = weight.split_ascii_whitespace().collect();
            let refused = weight
                .strip_prefix("q=")
                .is_some_and(|q| q.bytes().all(|b| b == b'0' || b == b'.'));
            name.trim().eq_ignore_ascii_case(coding) && !refused
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codings_are_taken_unless_refused() {
        let accepts = |header: &'static str, coding| {
            accepts(
                &HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(header))]),
                coding,
            )
        };
        assert!(accepts("gzip, deflate, br, zstd", "br"));
        assert!(accepts("br;q=0.5", "br"));
        assert!(!accepts("br; q=0, gzip", "br"));
        assert!(!accepts("br;q=0.000", "br"));
        assert!(!accepts("gzip", "br"));
        assert!(!accepts("", "br"));
    }
}
