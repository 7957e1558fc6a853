//! Parts of a printed page that are taken over one after the other.
//!
//! Most of what it takes to take a page over is that the browser compiles what runs for the first time. In one go that
//! keeps a touch on a phone waiting for all of it; here the page itself is taken over first, and then each of these
//! parts in a task of its own, so that whatever the person does gets its turn between two of them.

#[cfg(feature = "hydrate")]
use leptos::tachys::hydration::Cursor;
#[cfg(feature = "ssr")]
use leptos::tachys::view::Position;
#[cfg(feature = "hydrate")]
use leptos::tachys::view::PositionState;

use super::{Draw, Part, Placed};

#[cfg(feature = "hydrate")]
mod turns;
#[cfg(feature = "hydrate")]
pub use turns::{take_all, take_turns};

/// Takes a part over, when it is called.
pub type TakeOver = Box<dyn FnOnce()>;

/// A part, one element, that is taken over when its turn comes.
///
/// `as_printed` calls what it is given while everything that the part shows is as it was when the page was printed:
/// what stands on the page is taken as it is, and only what changes afterwards is written.
pub fn in_turn(
    as_printed: impl FnOnce(TakeOver) + Send + 'static,
    make: impl FnOnce() -> Part + Send + 'static,
) -> Part {
    Part(Box::new(InTurn {
        as_printed: Box::new(as_printed),
        make: Box::new(make),
    }))
}

struct InTurn {
    #[cfg_attr(
        not(feature = "hydrate"),
        expect(dead_code, reason = "where nothing is taken over, there are no turns")
    )]
    as_printed: Box<dyn FnOnce(TakeOver) + Send>,
    make: Box<dyn FnOnce() -> Part + Send>,
}

impl Draw for InTurn {
    fn build(self: Box<Self>) -> Box<dyn Placed> {
        (self.make)().0.build()
    }

    #[cfg(feature = "hydrate")]
    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Placed> {
        turns::wait(*self, cursor, position)
    }

    #[cfg(feature = "ssr")]
    fn html(self: Box<Self>, out: &mut String, position: &mut Position, escape: bool) {
        (self.make)().0.html(out, position, escape);
    }
}
