//! The partner widget, as far as the server has a part in it: what it is drawn from, and the page that stands in its frame.
//!
//! Its program is a file of the built pages (`/widget.js` and what that loads). What other sites' pages may read is listed
//! in one place, [`crate::http::open`].

mod answer;
mod frame;

pub use answer::view;
pub use frame::routes;
