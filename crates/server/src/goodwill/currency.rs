//! In which currency credit is of use.

use onedesk_pricing::Currency;
use sea_orm::ConnectionTrait;

use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::subscriptions::{self, credits};

/// The currencies that an account is charged in, the likeliest first; never none, unless nothing is sold.
///
/// That of the subscription, and the one that is scheduled for it, as credit pays for charges of its own currency alone. An
/// account that has not subscribed yet can still choose: what it has credit in, what it dialled in before the sign-up, and then
/// everything that is sold.
pub async fn currencies(
    conn: &impl ConnectionTrait,
    state: &AppState,
    account: &accounts::Model,
) -> Result<Vec<Currency>, Error> {
    if let Some(subscription) = subscriptions::find(conn, account.id).await? {
        let now = subscription.term.currency();
        let then = subscription.scheduled.currency.filter(|then| *then != now);
        return Ok(std::iter::once(now).chain(then).collect());
    }
    let has = credits::all(conn, account.id).await?;
    let preferred = account.preferred_choice.as_deref().and_then(currency_of_choice);
    let sold = &state.catalog.price_list().currencies;
    let likeliest = has
        .into_iter()
        .map(|credit| credit.currency)
        .chain(preferred.filter(|preferred| sold.contains(preferred)));
    let mut usable = Vec::new();
    for currency in likeliest.chain(sold.iter().copied()) {
        if !usable.contains(&currency) {
            usable.push(currency);
        }
    }
    Ok(usable)
}

/// Of what was dialled in before the sign-up, as it is stored.
fn currency_of_choice(json: &str) -> Option<Currency> {
    let choice: onedesk_pricing::Choice = serde_json::from_str(json).ok()?;
    Some(choice.currency)
}
