//! Whether an order may be placed, decided inside the transaction that writes it.

use onedesk_contract::orders::OrderRequest;
use onedesk_contract::problem::Problem;
use onedesk_pricing::{PriceList, Quote, QuoteError, quote};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::error::Error;
use crate::{subscriptions, users};

/// Admitted at today's price, or refused for good.
pub type Admission = Result<Quote, Box<Problem>>;

/// Judges an order. What is refused here stays refused for its key: the buyer decides anew, with another key.
pub async fn judge(
    tx: &impl ConnectionTrait,
    list: &PriceList,
    account_id: Uuid,
    request: &OrderRequest,
) -> Result<Admission, Error> {
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
    let fresh = match quote(list, &request.choice) {
        Ok(fresh) => fresh,
        Err(QuoteError::Money(error)) => return Err(Error::internal(error)),
        Err(error) => {
            return Err(Error::internal(format!(
                "a choice that had been read is not sold: {error}"
            )));
        }
    };
    if fresh.total != request.expected_total {
        return Ok(refuse(Error::PriceChanged(Box::new(fresh))));
    }
    Ok(Ok(fresh))
}

/// A refusal as it is answered and kept.
fn refuse(refusal: Error) -> Admission {
    // Where users are added, too few licences are a conflict with what is there (409); here the order itself names a
    // number that cannot be (422).
    let unprocessable = matches!(refusal, Error::NotEnoughLicences { .. });
    let mut problem = refusal.problem();
    if unprocessable {
        problem.status = 422;
    }
    Err(Box::new(problem))
}
