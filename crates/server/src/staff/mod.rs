//! The vendor's staff: who they are, how they sign in, and the pages at `/staff` on which they mark transfers as paid and
//! look after accounts.
//!
//! They are nobody's users: their addresses, passwords and sessions stand in tables of their own, so that no user's session
//! opens a page of theirs, and theirs none of an account's. Members are added from the command line alone ([`members`]).
//!
//! The pages are made here, in English, and work without scripts. `docs/staff.md` tells how they are worked with.

mod accounts;
mod awaiting;
mod conversations;
pub mod members;
mod pages;
pub mod session;

pub use awaiting::{Awaiting, awaiting};
pub use pages::routes;
