//! Whether an order may be placed, decided inside the transaction that writes it.

use onedesk_contract::orders::{OrderRequest, PaymentWay, QuoteView};
use onedesk_contract::problem::{Problem, ProblemType};
use onedesk_pricing::{Quote, QuoteError, quote};
use onedesk_tax::{Totals, Treatment, totals};
use sea_orm::ConnectionTrait;

use crate::billing::{BillTo, taxation};
use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::{subscriptions, users};

/// Admitted at today's price and tax, or refused for good.
pub type Admission = Result<Admitted, Box<Problem>>;

/// What is ordered, and what it comes to.
#[derive(Clone, Debug)]
pub struct Admitted {
    /// Without tax.
    pub quote: Quote,
    /// With it, which is what the buyer saw, and with what account credit pays.
    pub totals: Totals,
    /// Which tax it is.
    pub treatment: Treatment,
    /// Who is taxed so.
    pub bill_to: BillTo,
    /// How it is to be paid.
    pub payment: PaymentWay,
}

/// Judges an order. What is refused here stays refused for its key: the buyer decides anew, with another key.
pub async fn judge(
    tx: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    request: &OrderRequest,
) -> Result<Admission, Error> {
    let account_id = account.id;
    if request.payment == PaymentWay::Transfer && state.catalog.seller().bank_account.is_none() {
        return Ok(refuse(Error::TransferUnavailable));
    }
    if subscriptions::exists(tx, account_id).await? {
        return Ok(refuse(Error::AlreadySubscribed));
    }
    if let Some(pending) = super::pending(tx, account_id).await? {
        return Ok(refuse(Error::OrderPending(pending.id)));
    }
    let licences = request.choice.seats.get();
    let active_users = users::count_active(tx, account_id).await?;
    if licences < active_users {
        return Ok(refuse(Error::NotEnoughLicences {
            licences,
            active_users,
        }));
    }
    let fresh = match quote(state.catalog.price_list(), &request.choice) {
        Ok(fresh) => fresh,
        Err(QuoteError::Money(error)) => return Err(Error::internal(error)),
        Err(error) => {
            return Err(Error::internal(format!(
                "a choice that had been read is not sold: {error}"
            )));
        }
    };
    let currency = request.choice.currency;
    let (bill_to, taxed) = taxation::taxed_today(tx, state, account, &fresh.lines, currency).await?;
    if taxed.gross != request.expected_total {
        let fresh = QuoteView {
            quote: fresh,
            taxed: Some(taxed),
        };
        return Ok(refuse(Error::PriceChanged(Box::new(fresh))));
    }
    let credit = subscriptions::credits::of(tx, account_id, currency).await?;
    let lines = fresh.lines.iter().map(|line| line.amount);
    Ok(Ok(Admitted {
        totals: totals(lines, &taxed.treatment, credit).map_err(Error::internal)?,
        treatment: taxed.treatment,
        quote: fresh,
        bill_to,
        payment: request.payment,
    }))
}

fn refuse(refusal: Error) -> Admission {
    Err(Box::new(refused(refusal)))
}

/// A refusal as it is answered and kept.
pub fn refused(refusal: Error) -> Problem {
    // Where users are added, too few licences are a conflict with what is there (409); here the order itself names a
    // number that cannot be (422).
    let mut problem = refusal.problem();
    if problem.problem_type == ProblemType::NotEnoughLicences {
        problem.status = 422;
    }
    problem
}
