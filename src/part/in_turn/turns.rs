//! The turns, in the browser.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{Owner, set_timeout};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::{Mountable, Position, PositionState};
use leptos::wasm_bindgen::JsCast;

use super::InTurn;
use crate::part::Placed;

thread_local! {
    /// What waits for its turn. A window has one document and one of these.
    static WAITING: RefCell<VecDeque<Box<dyn FnOnce()>>> = const { RefCell::new(VecDeque::new()) };
}

/// Takes over what waits, each part in a task of its own, and then does `done`.
pub fn take_turns(done: fn()) {
    match next() {
        None => done(),
        Some(next) => set_timeout(
            move || {
                next();
                take_turns(done);
            },
            Duration::ZERO,
        ),
    }
}

/// Takes over all that waits, at once: when the program has run for a while, little is left to compile.
pub fn take_all() {
    while let Some(next) = next() {
        next();
    }
}

fn next() -> Option<Box<dyn FnOnce()>> {
    WAITING.with_borrow_mut(VecDeque::pop_front)
}

/// Passes over the element of a part, which is taken over later.
pub(super) fn wait(part: InTurn, cursor: &Cursor, position: &PositionState) -> Box<dyn Placed> {
    match position.get() {
        Position::FirstChild => cursor.child(),
        Position::Current => {}
        _ => cursor.sibling(),
    }
    position.set(Position::NextChild);
    let element: Element = cursor.current().unchecked_into();
    let taken = Rc::new(RefCell::new(None));
    let turn = {
        let InTurn { as_printed, make } = part;
        let (owner, element, taken) = (Owner::current(), element.clone(), Rc::downgrade(&taken));
        move || {
            // The page may have been left meanwhile.
            let Some((owner, taken)) = owner.zip(taken.upgrade()) else {
                return;
            };
            let take_over = move || {
                let state = make()
                    .0
                    .hydrate(&Cursor::new(element), &PositionState::new(Position::Current));
                *taken.borrow_mut() = Some(state);
            };
            owner.with(|| as_printed(Box::new(take_over)));
        }
    };
    WAITING.with_borrow_mut(|waiting| waiting.push_back(Box::new(turn)));
    Box::new(InTurnState {
        element,
        _taken: taken,
    })
}

/// What stands on the page of a part that waits for its turn, or had it.
struct InTurnState {
    element: Element,
    /// Held for as long as the part stands there: with it, what keeps the part up to date would end.
    _taken: Rc<RefCell<Option<Box<dyn Placed>>>>,
}

impl Placed for InTurnState {
    fn put(&mut self, parent: &Element, marker: Option<&Node>) {
        self.element.mount(parent, marker);
    }

    fn take_away(&mut self) {
        self.element.unmount();
    }

    fn put_before(&self, child: &mut dyn Mountable) -> bool {
        self.element.insert_before_this(child)
    }
}
