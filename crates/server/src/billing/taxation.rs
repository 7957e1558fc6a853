//! The tax of a sale: the vendor sells, the account's billing details buy.

use jiff::Timestamp;
use onedesk_tax::{Seller, Treatment};

use super::BillTo;
use crate::clock;
use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::accounts;

/// How a sale to an account is taxed on the day that it is at `now` in the account's time zone.
///
/// # Errors
/// A day before the first rate of the file is a fault of the server: nothing may be charged then. (The sandbox's clock
/// can be moved there.)
pub fn treatment(
    state: &AppState,
    account: &accounts::Model,
    bill_to: &BillTo,
    now: Timestamp,
) -> Result<Treatment, Error> {
    let seller = Seller {
        country: state.catalog.seller().country,
    };
    let today = clock::day(now, &account.time_zone);
    onedesk_tax::treatment(&seller, &bill_to.buyer(), state.catalog.tax_rates(), today)
        .map_err(Error::internal)
}
