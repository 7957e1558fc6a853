//! Goes from page to page of the site without a load.
//!
//! Every page of the site is printed ahead of time, so going to another one is to fetch it, to put its content in the
//! place of the present one, and to take it over as after a load. That way a page is drawn in one way only, and what
//! never changes on it ([`printed`](crate::printed)) has no part in the program. `leptos_router` is for the application,
//! whose screens nest and have parameters: its matching would cost a quarter of what this whole program may weigh.

use std::cell::RefCell;

use leptos::prelude::{document, request_animation_frame, window, window_event_listener};
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::{Document, DomParser, Element, HtmlAnchorElement, MouseEvent, SupportedType};

use crate::addresses::SitePage;
use crate::browser;
use crate::language_offer;
use crate::part::in_turn;
use crate::session::languages;
use crate::site::CONTENT_ID;

thread_local! {
    /// Takes over the content of the page that stands in the document. A window has one document and one of these.
    static TAKE_OVER: RefCell<Option<Box<dyn Fn()>>> = const { RefCell::new(None) };
}

/// Takes over the present page, and from now on follows links and the browser's *back* and *forward*.
pub fn start(take_over: impl Fn() + 'static) {
    take_over();
    TAKE_OVER.with_borrow_mut(|place| *place = Some(Box::new(take_over)));
    // For as long as the document lives.
    std::mem::forget(window_event_listener(leptos::ev::click, |event| clicked(&event)));
    std::mem::forget(window_event_listener(leptos::ev::popstate, |_| {
        // A jump to a fragment is one, too.
        if window().location().hash().is_ok_and(|hash| hash.is_empty()) {
            show(browser::address());
        }
    }));
}

/// Goes to another page of the site. What is handed on is kept with the entry in the history, and survives a reload.
pub fn go(address: &str, handed_on: Option<&str>) {
    let state = handed_on.map_or(JsValue::NULL, JsValue::from_str);
    let pushed = window()
        .history()
        .and_then(|history| history.push_state_with_url(&state, "", Some(address)));
    match pushed {
        Ok(()) => show(address.to_owned()),
        // The browser refuses when this is done too often: then by a load.
        Err(_) => browser::go_to(address),
    }
}

/// What was handed on to this page.
pub fn handed_on() -> Option<String> {
    window().history().ok()?.state().ok()?.as_string()
}

/// Fetches a page and puts it in the place of the present one. If that cannot be done, the browser loads it and says
/// why it cannot.
fn show(address: String) {
    let Some(content) = document().get_element_by_id(CONTENT_ID) else {
        return browser::go_to(&address);
    };
    let busy = content.set_attribute("aria-busy", "true");
    spawn_local(async move {
        drop(busy);
        let page = fetch(&address).await;
        if browser::address() != address {
            // Left again meanwhile.
            return;
        }
        match page.and_then(|page| put_in_place(&content, &page)) {
            Some(()) => {
                TAKE_OVER.with_borrow(|take_over| take_over.iter().for_each(|take_over| take_over()));
                in_turn::take_all();
                request_animation_frame(|| browser::focus(CONTENT_ID));
            }
            None => browser::reload(),
        }
    });
}

async fn fetch(address: &str) -> Option<Document> {
    let answer = gloo_net::http::Request::get(address)
        .send()
        .await
        .ok()
        .filter(gloo_net::http::Response::ok)?;
    let html = answer.text().await.ok()?;
    DomParser::new()
        .ok()?
        .parse_from_string(&html, SupportedType::TextHtml)
        .ok()
}

/// The content, the title and the description of another page.
fn put_in_place(content: &Element, page: &Document) -> Option<()> {
    let fresh = page.get_element_by_id(CONTENT_ID)?;
    content.set_inner_html(&fresh.inner_html());
    drop(content.remove_attribute("aria-busy"));
    document().set_title(&page.title());
    for selector in ["meta[name=description]", "link[rel=canonical]"] {
        let find = |document: &Document| document.query_selector(selector).ok().flatten();
        if let Some((here, there)) = find(&document()).zip(find(page)) {
            here.set_outer_html(&there.outer_html());
        }
    }
    // The same page in the other languages: in the header, and where one of them is offered.
    let links = |document: &Document| document.query_selector_all("a[hreflang]").ok();
    if let Some((here, there)) = links(&document()).zip(links(page)) {
        for (here, there) in (0..here.length()).filter_map(|at| here.item(at).zip(there.item(at))) {
            let [here, there] = [here, there].map(JsCast::unchecked_into::<Element>);
            drop(here.set_attribute("href", &there.get_attribute("href").unwrap_or_default()));
        }
    }
    window().scroll_to_with_x_and_y(0.0, 0.0);
    Some(())
}

fn clicked(event: &MouseEvent) {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return;
    }
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target else { return };
    let language = SitePage::at(&window().location().pathname().unwrap_or_default()).1;
    if language_offer::is_declined(&target, language) {
        return;
    }
    let link = target.closest("a[href]").ok().flatten();
    let link = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let Some(link) = link.filter(|link| link.target().is_empty()) else {
        return;
    };
    if link.has_attribute("hreflang") {
        // The same page in another language, with the choice that the address holds by now.
        languages::remember(&link.hreflang());
        let query = browser::query();
        if !query.is_empty() {
            event.prevent_default();
            browser::go_to(&[link.pathname(), query].concat());
        }
    } else if let Some(address) = address_within(&link) {
        event.prevent_default();
        go(&address, None);
    }
}

/// The address of a link that leads to a page of the site in this document's language, and is not marked as external.
fn address_within(link: &HtmlAnchorElement) -> Option<String> {
    let location = window().location();
    let (page, language) = SitePage::at(&link.pathname());
    let here = SitePage::at(&location.pathname().ok()?).1;
    let ours = link.origin() == location.origin().ok()?
        && page != SitePage::NotFound
        && language == here
        && link.rel() != "external"
        && link.hash().is_empty();
    ours.then(|| [link.pathname(), link.search()].concat())
}
