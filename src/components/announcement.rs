//! What screen readers are told of a calculator once a change has settled; see [`LiveRegion`](super::live_region::LiveRegion).

use onedesk_pricing::Money;
use onedesk_texts::{Language, format, shared, site};

use super::seats::seats_problem;
use crate::calculator::SeatsProblem;

/// There is no total, and why.
pub fn no_total(language: Language, problem: SeatsProblem) -> String {
    site::calculator(language).announce_invalid(seats_problem(language, problem))
}

/// What is due today.
pub fn due_today(language: Language, due: Money) -> String {
    [
        shared::price(language).due_today(),
        ": ",
        &format::money(language, due),
    ]
    .concat()
}
