//! A piece of a page whose type is forgotten.
//!
//! A view is one type, made of the types of all that it holds, and every operation on it (build, rebuild, hydrate, and
//! hydrate while waiting for data) is compiled for that type. Leptos' own `AnyView` forgets the type as well, but keeps
//! all of these, the waiting ones included, which alone are a fifth of a bundle. Nothing on our pages waits for data
//! while it is rendered, and no part changes as a whole (what changes inside it has effects of its own), so:
//!
//! - [`IntoPart::part`] is for what stands on its page from the start. The site, whose pages are printed, can only take
//!   it over; the application, which draws its screens, can only build it.
//! - [`IntoPart::late_part`] is for what may come later, such as a notice: it can be taken over and built.
//!
//! Either is replaced where Leptos would mend it.

pub mod in_turn;

use std::mem::ManuallyDrop;

use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

/// A view without its type.
pub struct Part(Box<dyn Draw>);

/// What is mounted of a [`Part`].
pub struct PartState(Box<dyn Placed>);

/// What can be done with what is mounted. Less than [`Mountable`]: nobody asks a part which elements it consists of, and
/// to be able to answer costs each part some code.
trait Placed {
    fn put(&mut self, parent: &Element, marker: Option<&Node>);
    fn take_away(&mut self);
    fn put_before(&self, child: &mut dyn Mountable) -> bool;
}

impl<M: Mountable> Placed for M {
    fn put(&mut self, parent: &Element, marker: Option<&Node>) {
        self.mount(parent, marker);
    }

    fn take_away(&mut self) {
        self.unmount();
    }

    fn put_before(&self, child: &mut dyn Mountable) -> bool {
        self.insert_before_this(child)
    }
}

/// Forgets the type of a view.
pub trait IntoPart {
    /// The view as a part that stands on its page from the start.
    fn part(self) -> Part;
    /// The view as a part that may come later.
    fn late_part(self) -> Part;
}

impl<V: RenderHtml + 'static> IntoPart for V {
    fn part(self) -> Part {
        Part(Box::new(FromTheStart(ManuallyDrop::new(self))))
    }

    fn late_part(self) -> Part {
        Part(Box::new(Late(ManuallyDrop::new(self))))
    }
}

/// See [`IntoPart::part`]. (A part is built or taken over, always: the code to drop it otherwise can be done without.)
struct FromTheStart<V>(ManuallyDrop<V>);

/// See [`IntoPart::late_part`].
struct Late<V>(ManuallyDrop<V>);

/// The children of a component, as a part each time that the component asks; it asks once.
pub struct Slot(Box<dyn FnOnce() -> Part + Send>);

impl Slot {
    /// The children.
    pub fn fill(self) -> Part {
        (self.0)()
    }
}

impl<F, V> leptos::children::ToChildren<F> for Slot
where
    F: FnOnce() -> V + Send + 'static,
    V: IntoView + 'static,
{
    fn to_children(children: F) -> Self {
        Self(Box::new(move || children().late_part()))
    }
}

/// What can be done with a view whose type is forgotten.
trait Draw: Send {
    fn build(self: Box<Self>) -> Box<dyn Placed>;
    #[cfg(feature = "hydrate")]
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Placed>;
    #[cfg(feature = "ssr")]
    fn html(self: Box<Self>, out: &mut String, position: &mut Position, escape: bool);
}

impl<V: RenderHtml + 'static> Draw for Late<V> {
    fn build(self: Box<Self>) -> Box<dyn Placed> {
        Box::new(ManuallyDrop::into_inner(self.0).build())
    }

    #[cfg(feature = "hydrate")]
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Placed> {
        Box::new(ManuallyDrop::into_inner(self.0).hydrate::<true>(cursor, position))
    }

    #[cfg(feature = "ssr")]
    fn html(self: Box<Self>, out: &mut String, position: &mut Position, escape: bool) {
        ManuallyDrop::into_inner(self.0).to_html_with_buf(out, position, escape, false, Vec::new());
    }
}

impl<V: RenderHtml + 'static> Draw for FromTheStart<V> {
    #[cfg(any(not(feature = "hydrate"), feature = "csr"))]
    fn build(self: Box<Self>) -> Box<dyn Placed> {
        Box::new(ManuallyDrop::into_inner(self.0).build())
    }

    #[cfg(all(feature = "hydrate", not(feature = "csr")))]
    fn build(self: Box<Self>) -> Box<dyn Placed> {
        leptos::wasm_bindgen::throw_str("this part comes late: make it by `late_part`")
    }

    #[cfg(feature = "hydrate")]
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Placed> {
        Box::new(ManuallyDrop::into_inner(self.0).hydrate::<true>(cursor, position))
    }

    #[cfg(feature = "ssr")]
    fn html(self: Box<Self>, out: &mut String, position: &mut Position, escape: bool) {
        ManuallyDrop::into_inner(self.0).to_html_with_buf(out, position, escape, false, Vec::new());
    }
}

impl Render for Part {
    type State = PartState;

    fn build(self) -> PartState {
        PartState(self.0.build())
    }

    fn rebuild(self, state: &mut PartState) {
        let mut fresh = self.build();
        state.insert_before_this(&mut fresh);
        state.unmount();
        *state = fresh;
    }
}

impl RenderHtml for Part {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    #[cfg_attr(
        not(feature = "ssr"),
        expect(unused_variables, reason = "only prerendering writes HTML")
    )]
    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
        #[cfg(feature = "ssr")]
        self.0.html(buf, position, escape);
    }

    #[cfg_attr(
        not(feature = "hydrate"),
        expect(unused_variables, reason = "there is nothing to hydrate")
    )]
    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> PartState {
        #[cfg(feature = "hydrate")]
        return PartState(self.0.hydrate(cursor, position));
        #[cfg(not(feature = "hydrate"))]
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

// A part takes no attributes from outside: it may have several elements, or none.
no_attrs!(Part);

impl Mountable for PartState {
    fn unmount(&mut self) {
        self.0.take_away();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.put(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.put_before(child)
    }

    fn elements(&self) -> Vec<Element> {
        // Asked for attributes that are added from outside, of which a part takes none.
        Vec::new()
    }
}
