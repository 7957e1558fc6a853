//! The tax of a sale: the vendor sells, the account's billing details buy.

use jiff::Timestamp;
use onedesk_contract::billing::Taxed;
use onedesk_pricing::{Currency, Line, Money};
use onedesk_tax::{Seller, Treatment, totals};
use sea_orm::ConnectionTrait;

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

/// The sum of lines with its tax.
///
/// # Errors
/// Amounts that do not fit. The catalog was checked: the largest total of every plan does, and no rate is over 100 %.
pub fn taxed(treatment: Treatment, lines: &[Line], currency: Currency) -> Result<Taxed, Error> {
    let amounts = lines.iter().map(|line| line.amount);
    let totals = totals(amounts, &treatment, Money::zero(currency)).map_err(Error::internal)?;
    Ok(Taxed {
        net: totals.net,
        tax: totals.tax,
        gross: totals.gross,
        treatment,
    })
}

/// The same for what an account would buy now, and who is taxed so.
pub async fn taxed_today(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
    lines: &[Line],
    currency: Currency,
) -> Result<(BillTo, Taxed), Error> {
    let bill_to = BillTo::of(conn, account).await?;
    let treatment = treatment(state, account, &bill_to, state.clock.now())?;
    Ok((bill_to, taxed(treatment, lines, currency)?))
}
