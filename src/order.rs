//! From the press of *Confirm* to the page where is paid, over a network that may fail at any point.
//!
//! Rule: *Orders and payment*. The browser makes the `Idempotency-Key` before its first try and keeps it, with the
//! request, until the server has answered ([`kept`]). Whatever happens in between (no network, a server that stumbles,
//! a reloaded page) the very same key and request are sent again, so that one confirmation is at most one order.
//!
//! [`carry_out`] is the whole procedure. What it needs of a browser comes in as [`Surroundings`], so that it is tested
//! natively, with a network that fails on demand; [`courier`] is the browser's. Changes of a subscription and overdue
//! renewals that are paid go the same way: see [`Errand`](kept::Errand).

pub mod bill;
pub mod courier;
pub mod desk;
pub mod kept;
pub mod pause;

#[cfg(test)]
mod tests;

use onedesk_contract::orders::OrderView;
use onedesk_contract::subscription::ChangeView;
use onedesk_contract::{FieldErrors, ProblemType};
use uuid::Uuid;

use crate::api::{Answer, ApiError, Problem};
use kept::KeptOrder;

/// What placing an order touches.
pub trait Surroundings {
    /// Sends the order once.
    fn place(&self, order: &KeptOrder) -> impl Future<Output = Answer<Placed>>;
    /// Waits so many seconds; less when the browser comes online again or the buyer stops.
    fn pause(&self, seconds: u32) -> impl Future<Output = ()>;
    /// Keeps the order over a reload of the page.
    fn keep(&self, order: &KeptOrder);
    /// Forgets the kept order.
    fn forget(&self);
    /// Whether the buyer gave up waiting.
    fn stopped(&self) -> bool;
    /// Tells the buyer what is being done.
    fn show(&self, progress: Progress);
}

/// How an order is coming along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// The order is with the server.
    Sending,
    /// The order will be sent again by itself.
    Waiting(Obstacle),
}

/// Why an order is not through yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Nobody answers.
    Connection,
    /// The server stumbled, or is busy.
    Server,
    /// The payment provider does not answer the server.
    PaymentProvider,
}

/// What became of an order.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It is done, or the order exists and is to be paid at its `pay_url`.
    Placed(Placed),
    /// The server refused it. Nothing was ordered, nothing was charged.
    Refused(Refusal),
    /// The buyer gave up waiting. Whether the order exists is unknown; without a payment nothing is charged.
    Stopped,
}

/// What the server answers, by what was asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Placed {
    /// An order.
    Order(Box<OrderView>),
    /// A change of the subscription, or the payment of an overdue renewal.
    Change(Box<ChangeView>),
}

/// Why an order was refused.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// The total that was confirmed is not today's.
    PriceChanged(Box<Problem>),
    /// Another order waits for its payment.
    OrderPending(Option<Uuid>),
    /// There is a paid subscription already.
    AlreadySubscribed,
    /// There are more active users than licences ordered.
    NotEnoughLicences {
        /// The fewest licences that can be ordered.
        active_users: Option<u32>,
    },
    /// The choice is not sold (any more).
    InvalidFields(FieldErrors),
    /// The vendor takes no bank transfers.
    TransferUnavailable,
    /// Anything else.
    Other(ApiError),
}

/// What to do after an answer.
#[derive(Debug, PartialEq)]
enum Step {
    End(Outcome),
    Retry { after_seconds: u32, obstacle: Obstacle },
}

/// Seconds before the second, third, … try; the last repeats.
const BACKOFF_SECONDS: [u32; 6] = [1, 2, 4, 8, 15, 30];
/// The longest that a server may make the browser wait by `Retry-After`.
const LONGEST_WAIT_SECONDS: u32 = 120;

/// Places an order, however often it has to be sent.
///
/// The order is kept before it is first sent, and forgotten once its fate is known or the buyer stops.
pub async fn carry_out(order: &KeptOrder, around: &impl Surroundings) -> Outcome {
    around.keep(order);
    let mut tries = 0;
    let outcome = loop {
        around.show(Progress::Sending);
        let answer = around.place(order).await;
        match step(answer, tries) {
            Step::End(outcome) => break outcome,
            Step::Retry {
                after_seconds,
                obstacle,
            } => {
                around.show(Progress::Waiting(obstacle));
                around.pause(after_seconds).await;
            }
        }
        if around.stopped() {
            break Outcome::Stopped;
        }
        tries += 1;
    };
    around.forget();
    outcome
}

/// What an answer means after so many earlier tries.
fn step(answer: Answer<Placed>, earlier_tries: usize) -> Step {
    let error = match answer {
        Ok(placed) => return Step::End(Outcome::Placed(placed)),
        Err(error) => error,
    };
    let backoff = BACKOFF_SECONDS[earlier_tries.min(BACKOFF_SECONDS.len() - 1)];
    if let Some(obstacle) = obstacle(&error) {
        let asked = error.problem().and_then(|problem| problem.retry_after_seconds);
        let asked = asked.map(|seconds| {
            u32::try_from(seconds)
                .unwrap_or(u32::MAX)
                .clamp(1, LONGEST_WAIT_SECONDS)
        });
        return Step::Retry {
            after_seconds: asked.unwrap_or(backoff),
            obstacle,
        };
    }
    Step::End(Outcome::Refused(match error {
        ApiError::Problem(problem) => refusal(*problem),
        error => Refusal::Other(error),
    }))
}

/// What stands in the way for the time being; nothing, if sending again cannot help.
fn obstacle(error: &ApiError) -> Option<Obstacle> {
    match error {
        ApiError::Offline => Some(Obstacle::Connection),
        ApiError::Problem(problem) => match problem.problem_type {
            ProblemType::PaymentUnavailable => Some(Obstacle::PaymentProvider),
            ProblemType::IdempotencyKeyInUse | ProblemType::TooManyAttempts => Some(Obstacle::Server),
            _ => error.is_passing().then_some(Obstacle::Server),
        },
        // A proxy in between says that the server behind it is away.
        ApiError::Unreadable { .. } => error.is_passing().then_some(Obstacle::Server),
    }
}

fn refusal(problem: Problem) -> Refusal {
    match problem.problem_type {
        // Read by who places orders: what only makes changes is spared the code that reads quotes.
        ProblemType::PriceChanged => Refusal::PriceChanged(Box::new(problem)),
        ProblemType::OrderPending => Refusal::OrderPending(problem.order_id()),
        ProblemType::TransferUnavailable => Refusal::TransferUnavailable,
        ProblemType::AlreadySubscribed => Refusal::AlreadySubscribed,
        ProblemType::NotEnoughLicences => Refusal::NotEnoughLicences {
            active_users: problem.licences_and_users().active_users,
        },
        ProblemType::InvalidFields => Refusal::InvalidFields(problem.fields),
        _ => Refusal::Other(ApiError::Problem(Box::new(problem))),
    }
}
