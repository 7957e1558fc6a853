//! Changing a subscription, from what is dialled in to what is done.
//!
//! [`outlook`] works out, by the very code that the server decides with, what a change leads to: every line, the tax, the
//! credit, what is due today, what waits for the renewal. [`doing`] tells which things it does, [`words`] says them.
//! [`desk`] confirms one change at a time, and carries it to the server by the procedure of [`order`](crate::order).

pub mod desk;
pub mod doing;
pub mod outlook;
pub mod words;

#[cfg(test)]
mod tests;
