//! What a change would lead to, worked out in the browser.
//!
//! Rule: *Changes* ("a preview carries the instant that it was computed for, and what is charged is what was
//! previewed"). The server works it out the same way when the change is confirmed; where the two differ, it refuses and
//! sends its own preview, which is read into the same type.

use onedesk_contract::subscription::{ChangeConfirmation, RenewalView, SubscriptionDetails};
use onedesk_contract::tax::{Totals, Treatment, totals};
use onedesk_pricing::{Currency, Line, Money, MoneyError, PriceList, QuoteError};
use onedesk_subscription::{Facts, NextRenewal, Refusal, Request, Seen, Subscription, preview_request};

/// A change that is shown and not made.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// What is asked for.
    pub request: Request,
    /// What its confirmation repeats.
    pub seen: Seen,
    /// The subscription afterwards.
    pub after: Subscription,
    /// What is charged and credited today, without tax; nothing if nothing is.
    pub lines: Vec<Line>,
    /// Their sum, with tax and account credit; absent if nothing is charged or credited.
    pub today: Option<Totals>,
    /// The next renewal afterwards; absent if none is to come.
    pub next_renewal: Option<RenewalView>,
    /// How both are taxed.
    pub treatment: Treatment,
    /// Whether periods are counted from another day afterwards.
    pub anchor_moves: bool,
}

/// The preview that the server sends when another one was confirmed: as much of
/// [`PreviewView`](onedesk_contract::subscription::PreviewView) as is shown. What it tells the history is left unread.
#[derive(Clone, Debug, PartialEq)]
pub struct Fresh {
    /// See [`Outlook::seen`], and so on.
    pub seen: Seen,
    /// The subscription afterwards.
    pub after: Subscription,
    /// What is charged and credited today.
    pub lines: Vec<Line>,
    /// Whether periods are counted from another day afterwards.
    pub anchor_moves: bool,
    /// The sum of the lines.
    pub today: Option<Totals>,
    /// The next renewal afterwards.
    pub next_renewal: Option<RenewalView>,
    /// How both are taxed.
    pub treatment: Treatment,
}

impl Outlook {
    /// What a change of this subscription leads to at these prices.
    ///
    /// # Errors
    /// Why it cannot be made.
    pub fn of(
        details: &SubscriptionDetails,
        prices: &PriceList,
        request: Request,
    ) -> Result<Self, &'static str> {
        let SubscriptionDetails {
            subscription,
            moment,
            active_users,
            treatment,
            ..
        } = details;
        let facts = Facts {
            prices,
            moment: *moment,
            active_users: *active_users,
        };
        let previewed = preview_request(subscription, &request, &facts).map_err(reason)?;
        let decision = previewed.decision;
        let sum = |lines: &[Line], credit: Money| {
            let amounts = lines.iter().map(|line| line.amount);
            totals(amounts, treatment, credit).map_err(|_| TOO_LARGE)
        };
        let (mut lines, mut today, mut anchor_moves) = (Vec::new(), None, false);
        if let Some(charge) = decision.charge {
            today = Some(sum(&charge.lines, credit(details, charge.net.currency))?);
            (lines, anchor_moves) = (charge.lines, charge.anchor_moves);
        }
        let next_renewal = match decision.next_renewal {
            Some(NextRenewal {
                on,
                choice,
                lines,
                net,
                ..
            }) => {
                // What today's charge uses up or adds is used up or there by then.
                let credit = match &today {
                    Some(today) if today.due.currency == net.currency => today.credit_left,
                    _ => credit(details, net.currency),
                };
                Some(RenewalView {
                    on,
                    choice,
                    totals: sum(&lines, credit)?,
                    lines,
                })
            }
            None => None,
        };
        Ok(Self {
            request,
            seen: previewed.seen,
            after: decision.after,
            lines,
            today,
            next_renewal,
            treatment: *treatment,
            anchor_moves,
        })
    }

    /// The same change as the server previews it by now.
    pub fn afresh(request: Request, fresh: Fresh) -> Self {
        let Fresh {
            seen,
            after,
            lines,
            anchor_moves,
            today,
            next_renewal,
            treatment,
        } = fresh;
        Self {
            request,
            seen,
            after,
            lines,
            today,
            next_renewal,
            treatment,
            anchor_moves,
        }
    }

    /// What is due today, with tax and without what account credit pays; zero if nothing is charged.
    pub fn due(&self) -> Money {
        self.today
            .map_or(Money::zero(self.seen.net.currency), |today| today.due)
    }

    /// What confirms it.
    pub fn confirmation(&self) -> ChangeConfirmation {
        ChangeConfirmation {
            request: self.request.clone(),
            seen: self.seen.clone(),
            expected_due: self.due(),
        }
    }
}

/// The account credit in a currency.
fn credit(details: &SubscriptionDetails, currency: Currency) -> Money {
    let credit = details.credits.iter().find(|credit| credit.currency == currency);
    credit.copied().unwrap_or(Money::zero(currency))
}

/// See [`reason`].
pub const NO_CHANGE: &str = "no-change";
/// See [`reason`]. Named by a problem of its own where the server refuses for it.
pub const NOT_SOLD: &str = "not-sold";
/// See [`reason`]. Named by a problem of its own where the server refuses for it.
pub const TOO_FEW_LICENCES: &str = "not-enough-licences";
const TOO_LARGE: &str = "too-large";

/// Why a change is refused, in the word that the server has for it.
pub const fn reason(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::NoChange => NO_CHANGE,
        Refusal::MixedTiming => "mixed-timing",
        Refusal::FewerLicencesThanUsers { .. } => TOO_FEW_LICENCES,
        Refusal::PaymentOverdue { .. } => "payment-overdue",
        Refusal::RenewalDue { .. } => "renewal-due",
        Refusal::AlreadyCancelled { .. } => "already-cancelled",
        Refusal::Ended { .. } => "ended",
        Refusal::NotSold(QuoteError::Money(MoneyError::Overflow)) => TOO_LARGE,
        Refusal::NotSold(_) => NOT_SOLD,
        // Only who looks at a screen that is out of date can meet one of these.
        Refusal::NotCancelled
        | Refusal::NothingOverdue
        | Refusal::AlreadySuspended { .. }
        | Refusal::NotDue { .. }
        | Refusal::NothingScheduled(_)
        | Refusal::NotPriced(_) => "not-possible",
    }
}
