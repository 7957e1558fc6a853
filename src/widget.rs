//! The partner widget: calculator and plans inside `<onedesk-pricing>`, on anybody's page.
//!
//! `element.js` defines the element, loads this program and what it shows, and tells it of attributes that change; what
//! is in the element's shadow is drawn here. The calculator is the site's own ([`crate::calculator`]), the styles are the
//! site's (`style/`), and the words come with the prices in one answer of the server, so that no language is compiled in.
//!
//! Nothing here touches the page around the element but by [`events`], which the page may listen to.

mod amount;
pub mod attributes;
mod controls;
mod desk;
mod dom;
pub mod events;
pub mod offer;
mod plan;
mod view;
pub mod words;

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::mount::mount_to;
use leptos::web_sys::HtmlElement;

use desk::Desk;
use offer::Offer;

/// A widget that is shown. When it is dropped it ends, with every signal, effect and handler that it had made; its elements
/// are the root's, which whoever made the root takes away.
#[derive(Debug)]
pub struct Widget {
    desk: Rc<Desk>,
    #[expect(dead_code, reason = "held: it owns what the widget has made")]
    owner: Held,
}

/// Something whose being there is all that matters.
struct Held(#[expect(dead_code, reason = "dropped with what holds it")] Box<dyn Any>);

impl std::fmt::Debug for Held {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Held")
    }
}

impl Widget {
    /// Draws the widget of `element` into `root`, which stands in its shadow.
    ///
    /// `server` is the address of the server without a path; `answer` is its `GET /api/widget`; `kept` is the choice that
    /// an earlier widget of the element was left with ([`Widget::kept`]), which counts before the attributes. `None` if
    /// the answer is none that this program understands.
    pub fn show(
        root: HtmlElement,
        element: HtmlElement,
        server: &str,
        answer: &str,
        kept: &str,
    ) -> Option<Self> {
        let offer = Offer::read(answer, server)?;
        let default = offer.default_choice()?;
        let start = if kept.is_empty() {
            attributes::choice(&element, &offer.price_list, &default)
        } else {
            attributes::kept(kept, &offer.price_list, &default)
        };
        attributes::check_language(&element, offer.language);
        drop(root.set_attribute("lang", offer.language.code()));
        let made = Rc::new(RefCell::new(None));
        let place = Rc::clone(&made);
        // The view is empty: the widget's own elements are put into the root, while its owner is the current one.
        let owner = mount_to(root.clone(), move || {
            let desk = Desk::new(offer, element, start);
            view::draw(&root, &desk);
            place.replace(Some(desk));
        });
        let desk = made.take()?;
        Some(Self {
            desk,
            owner: Held(Box::new(owner)),
        })
    }

    /// Follows an attribute of the element that has another value than before.
    pub fn attribute_changed(&self, name: &str) {
        self.desk.attribute_changed(name);
    }

    /// What is dialled in, to go on with later; empty while that is no choice.
    pub fn kept(&self) -> String {
        self.desk.kept()
    }
}
