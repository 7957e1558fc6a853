//! The built pages: prerendered HTML, the administration's one page, and the files that they need.
//!
//! Layout of the folder: `pricing.html` for `/pricing`, `fr/pricing.html` for `/fr/pricing`, `app.html` for everything
//! below `/app` that has no page nearer by (`app/administration/invoices.html` is nearer to an invoice), `404.html` and `fr/404.html`, `assets/` with names that change with their content; `.br` and `.gz`
//! beside a file are its compressed copies; `catalog-version` names the price list that the pages show.

mod compress;
mod files;
mod forms;
mod html;
mod policy;
mod reload;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use axum::Router;
use axum::extract::{OriginalUri, Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

use crate::address;
use crate::error::Error;
use crate::public_url::PublicUrl;
use crate::state::AppState;
use html::Page;
use onedesk_texts::Language;

/// Pages that are not addresses of their own.
const NOT_FOUND: &str = "404";
const APPLICATION: &str = "app";
/// How many segments the name of a page of the application has at most.
const DEEPEST: usize = 3;
/// Files for search engines, which name the public address as pages do.
const FOR_ROBOTS: [&str; 2] = ["robots.txt", "sitemap.xml"];
/// Names the price list that the pages were made from.
const CATALOG_VERSION: &str = "catalog-version";
/// Names the build, for open pages of a developer.
const BUILD_STAMP: &str = "build-stamp";

/// The folder of built pages.
#[derive(Debug)]
pub struct Pages {
    folder: PathBuf,
    /// Pages that were read, with the time that their file had then.
    read: Mutex<HashMap<PathBuf, (SystemTime, Arc<Page>)>>,
}

/// What can be wrong with a folder of pages.
#[derive(Debug, thiserror::Error)]
pub enum PagesError {
    /// It holds no pages.
    #[error(
        "{0} holds no built pages: build them first (`cargo xtask serve` does), or leave --pages out to serve the API alone"
    )]
    Absent(String),
    /// They show other prices than would be charged.
    #[error(
        "the pages in {folder} show price list {pages}, but the catalog is {catalog}: build the pages again, so that nobody sees other prices than are charged"
    )]
    OtherCatalog {
        /// The folder.
        folder: String,
        /// Version that the pages were made from.
        pages: String,
        /// Version that the server has loaded.
        catalog: String,
    },
}

impl Pages {
    /// Looks whether the folder holds pages of this price list. A developer's server only warns: it starts while the
    /// pages are being built again.
    pub fn open(folder: &Path, catalog_version: &str, developing: bool) -> Result<Self, PagesError> {
        let told = folder.display().to_string();
        if !folder.join("pricing.html").is_file() {
            return Err(PagesError::Absent(told));
        }
        match std::fs::read_to_string(folder.join(CATALOG_VERSION)) {
            Ok(version) if version.trim() == catalog_version => {}
            Ok(version) => {
                let (pages, catalog) = (version.trim().to_owned(), catalog_version.to_owned());
                let error = PagesError::OtherCatalog {
                    folder: told,
                    pages,
                    catalog,
                };
                if !developing {
                    return Err(error);
                }
                tracing::warn!("{error}");
            }
            Err(_) => {
                tracing::warn!("{told} does not say which price list its pages show: it may be another one");
            }
        }
        Ok(Self {
            folder: folder.to_owned(),
            read: Mutex::default(),
        })
    }

    /// The address of a file of the pages whose name begins and ends so, around a hash of its content.
    pub fn asset(&self, beginning: &str, end: &str) -> Option<String> {
        let files = std::fs::read_dir(self.folder.join("assets")).ok()?;
        let names = files.filter_map(|file| file.ok()?.file_name().into_string().ok());
        let found = names
            .into_iter()
            .find(|name| name.starts_with(beginning) && name.ends_with(end))?;
        Some(format!("/assets/{found}"))
    }

    /// The page of a name such as `fr/pricing`, read again when its file has changed.
    async fn page(&self, name: &str, public_url: &PublicUrl) -> Option<Arc<Page>> {
        self.file(&format!("{name}.html"), public_url).await
    }

    /// The same by the whole name of its file.
    async fn file(&self, name: &str, public_url: &PublicUrl) -> Option<Arc<Page>> {
        let file = self.folder.join(name);
        let changed = tokio::fs::metadata(&file).await.ok()?.modified().ok()?;
        let known = self
            .lock()
            .get(&file)
            .filter(|(time, _)| *time == changed)
            .map(|(_, page)| Arc::clone(page));
        if known.is_some() {
            return known;
        }
        let page = Arc::new(Page::read(&file, public_url).await.ok()?);
        self.lock().insert(file, (changed, Arc::clone(&page)));
        Some(page)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, (SystemTime, Arc<Page>)>> {
        // A panic while the map was held leaves it whole: it is only read and added to.
        self.read
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The bare address of each language leads to its first page.
fn starts() -> Router<AppState> {
    Language::all().iter().fold(Router::new(), |router, language| {
        let first = address::of(*language, "/pricing");
        let bare = address::of(*language, "");
        let bare = if bare.is_empty() { "/" } else { &bare };
        router.route(bare, get(async move || Redirect::permanent(&first)))
    })
}

/// The addresses of the pages, and the forms that work without scripts.
pub fn routes(state: &AppState) -> Router<AppState> {
    let router = Router::new()
        .merge(starts())
        .merge(forms::routes())
        .fallback(serve);
    if state.config.dev_reload {
        router.merge(reload::routes())
    } else {
        router
    }
}

/// Whatever has no handler: a page, a file, or not found.
async fn serve(State(state): State<AppState>, OriginalUri(uri): OriginalUri, request: Request) -> Response {
    let Some(pages) = &state.pages else {
        return Error::NotFound.into_response();
    };
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Error::MethodNotAllowed.into_response();
    }
    if let Some(canonical) = without_slash(&uri) {
        return (StatusCode::PERMANENT_REDIRECT, [(LOCATION, canonical)]).into_response();
    }
    let path = uri.path().trim_start_matches('/');
    for name in page_names(path) {
        if let Some(page) = pages.page(name, &state.public_url).await {
            return page.answer(StatusCode::OK, request.headers());
        }
    }
    if FOR_ROBOTS.contains(&path)
        && let Some(file) = pages.file(path, &state.public_url).await
    {
        return file.answer(StatusCode::OK, request.headers());
    }
    let headers = request.headers().clone();
    match files::serve(&pages.folder, path, request).await {
        Some(response) => response,
        None => not_found(pages, path, &state.public_url, &headers).await,
    }
}

/// The pages that may stand at a path, the nearest first: below `/app`, a page is that of everything below it, too.
fn page_names(path: &str) -> impl Iterator<Item = &str> {
    let in_application = path == APPLICATION || path.starts_with("app/");
    let deep = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
    // No page lies deeper: whoever asks for a thousand levels makes us look at these few.
    let mut ends: Vec<usize> = deep.take(if in_application { DEEPEST } else { 0 }).collect();
    if !in_application {
        ends.push(path.len());
    }
    ends.into_iter()
        .rev()
        .filter_map(move |end| page_name(&path[..end]))
}

/// A path as the name of a page: plain segments only, so that nothing outside the folder can be meant.
fn page_name(path: &str) -> Option<&str> {
    let plain = |segment: &str| {
        !segment.is_empty()
            && segment
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let is_page = path.split('/').all(plain) && !path.ends_with(NOT_FOUND);
    is_page.then_some(path)
}

/// `/pricing/` is `/pricing`.
fn without_slash(uri: &Uri) -> Option<String> {
    let path = uri.path().strip_suffix('/')?.trim_end_matches('/');
    // A path that starts with two slashes would name another host to a browser, which takes a backslash for one.
    let path = format!("/{}", path.trim_start_matches(['/', '\\']));
    Some(
        uri.query()
            .map_or_else(|| path.clone(), |query| format!("{path}?{query}")),
    )
}

async fn not_found(pages: &Pages, path: &str, public_url: &PublicUrl, headers: &HeaderMap) -> Response {
    let language = path.split('/').next().unwrap_or_default();
    let localised = format!("{language}/{NOT_FOUND}");
    let page = match page_name(language) {
        Some(_) => pages.page(&localised, public_url).await,
        None => None,
    };
    let page = match page {
        Some(page) => Some(page),
        None => pages.page(NOT_FOUND, public_url).await,
    };
    match page {
        Some(page) => page.answer(StatusCode::NOT_FOUND, headers),
        None => Error::NotFound.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_are_pages() {
        assert_eq!(page_name("pricing"), Some("pricing"));
        assert_eq!(page_name("fr/signup/sent"), Some("fr/signup/sent"));
        for path in [
            "",
            "..",
            "fr/../pricing",
            "a//b",
            "Pricing",
            "pricing.html",
            "404",
            "fr/404",
            "a%2fb",
        ] {
            assert_eq!(page_name(path), None, "{path}");
        }
    }

    #[test]
    fn below_the_application_the_nearest_page_is_looked_for_and_nothing_outside() {
        let names = |path| page_names(path).collect::<Vec<_>>();
        assert_eq!(names("app"), ["app"]);
        assert_eq!(
            names("app/administration/invoices/INV-000042"),
            ["app/administration/invoices", "app/administration", "app"]
        );
        assert_eq!(names("app/anything.at/../all"), ["app"]);
        assert_eq!(names("app/a/b/c/d/e/f"), ["app/a/b", "app/a", "app"]);
        assert_eq!(names("fr/signup/sent"), ["fr/signup/sent"]);
        assert!(names("apps/..").is_empty());
    }

    #[test]
    fn a_slash_at_the_end_is_dropped_and_the_query_kept() {
        let without = |uri: &'static str| without_slash(&Uri::from_static(uri));
        assert_eq!(without("/pricing/?seats=3"), Some("/pricing?seats=3".to_owned()));
        assert_eq!(without("/pricing"), None);
        for path in ["//evil.example/", "/\\evil.example/", "/\\/\\evil.example/"] {
            assert_eq!(without(path), Some("/evil.example".to_owned()), "{path}");
        }
    }
}
