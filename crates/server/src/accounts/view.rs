use onedesk_contract::account::{AccountView, CurrentUser, Role};
use onedesk_pricing::{Choice, quote};

use super::Standing;
use crate::billing::{BillTo, taxation};
use crate::error::Error;
use crate::extract::SignedIn;
use crate::state::AppState;
use crate::subscriptions::credits;
use crate::{clock, orders, users};

/// Everything that the shell and the Subscription screen show at first sight.
pub async fn view(state: &AppState, signed_in: &SignedIn) -> Result<AccountView, Error> {
    let SignedIn { user, account } = signed_in;
    let now = state.clock.now();
    let conn = state.store.read();
    let bill_to = BillTo::of(conn, account).await?;
    // What is being paid, where and with what is for those who may pay.
    let administers = Role::from(user.role).administers();
    Ok(AccountView {
        user: CurrentUser {
            id: user.id,
            name: user.name.clone(),
            email: user.email.clone(),
            role: user.role.into(),
            language: user.language.clone(),
        },
        company: account.company.clone(),
        address: format!("{}.{}", account.address, state.catalog.vendor().account_domain),
        country: account.country.clone(),
        time_zone: account.time_zone.clone(),
        today: clock::day(now, &account.time_zone),
        active_users: users::count_active(conn, account.id).await?,
        subscription: Standing::of(conn, state, account, now).await?.view(now),
        treatment: taxation::treatment(state, account, &bill_to, now)?,
        preferred_choice: account
            .preferred_choice
            .as_deref()
            .and_then(|json| still_sold(state, json)),
        credits: if administers {
            credits::all(conn, account.id).await?
        } else {
            Vec::new()
        },
        pending_order: if administers {
            orders::pending_of(conn, state, account.id).await?
        } else {
            None
        },
    })
}

/// A kept choice, unless the catalog has moved on.
fn still_sold(state: &AppState, json: &str) -> Option<Choice> {
    let choice: Choice = serde_json::from_str(json).ok()?;
    quote(state.catalog.price_list(), &choice)
        .is_ok()
        .then_some(choice)
}
