//! Letters. They are written into the outbox by the transaction that they tell of, and delivered afterwards: what
//! was committed is told, what was rolled back is not, and no request waits for a mail server.

pub mod delivery;
mod draft;
pub mod letters;
pub mod outbox;

pub use draft::{Action, Draft};
pub use outbox::{Letter, enqueue};
