//! `/staff/accounts/{id}/credit`: giving an account credit, in two steps.

use axum::Router;
use axum::http::StatusCode;
use axum::routing::post;
use maud::{Markup, html};
use onedesk_contract::fields::CreditReason;
use onedesk_pricing::Currency;
use serde::Deserialize;
use uuid::Uuid;

use super::account::{find, of_account};
use super::two_steps::{self, Confirmation, Deed};
use super::{Answer, Trouble, alert, money, read_amount};
use crate::error::Error;
use crate::goodwill::{self, Gift, GiftKey, Giver, Refusal, currencies};
use crate::invoices;
use crate::staff::session::Member;
use crate::state::AppState;
use crate::store::entities::{accounts, staff};
use crate::store::new_id;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route(
            "/staff/accounts/{id}/credit/confirmation",
            post(two_steps::confirm::<Typed>),
        )
        .route("/staff/accounts/{id}/credit", post(two_steps::carry_out::<Typed>))
}

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    amount: String,
    #[serde(default)]
    currency: String,
    #[serde(default)]
    reason: String,
    /// Made for the confirmation that is shown: pressed twice, it is the same one.
    token: Option<Uuid>,
}

impl Typed {
    fn gift(&self) -> Result<Gift, Refusal> {
        // A form offers the currencies that there are: another code is somebody's own making.
        let currency = Currency::from_code(&self.currency);
        let currency = currency.map_err(|_| Refusal::UnknownCurrency(self.currency.clone()))?;
        Ok(Gift {
            amount: read_amount(&self.amount, currency).map_err(Refusal::Amount)?,
            reason: CreditReason::parse(&self.reason).map_err(Refusal::Reason)?,
        })
    }
}

impl Deed for Typed {
    type Subject = accounts::Model;
    type Read = Gift;

    async fn subject(state: &AppState, id: Uuid) -> Result<accounts::Model, Error> {
        find(state, id).await
    }

    fn read(&self, _: &accounts::Model) -> Result<Gift, String> {
        self.gift().map_err(|refusal| refusal.told())
    }

    async fn check(
        state: &AppState,
        account: &accounts::Model,
        gift: &Gift,
    ) -> Result<Result<Confirmation, String>, Error> {
        let after = match goodwill::check(state.store.read(), state, account, gift).await? {
            Ok(after) => after,
            Err(refusal) => return Ok(Err(refusal.told())),
        };
        Ok(Ok(Confirmation {
            title: "Give this credit?",
            facts: html! {
                dt { "Company" } dd { (account.company) }
                dt { "Credit" } dd { strong { (money(gift.amount)) } }
                dt { "Reason" } dd { (gift.reason.as_str()) }
                dt { "Account credit then" } dd { (money(after)) }
            },
            follows: "A document with this reason is made and sent to the customer. The next charges are paid from the credit \
                      before the card is. This cannot be undone.",
            action: format!("/staff/accounts/{}/credit", account.id),
            fields: vec![
                ("amount", gift.amount.to_decimal_string()),
                ("currency", gift.amount.currency.code().to_owned()),
                ("reason", gift.reason.as_str().to_owned()),
                ("token", new_id().to_string()),
            ],
            button: "Give credit",
            back: format!("/staff/accounts/{}", account.id),
        }))
    }

    async fn carry_out(
        self,
        state: AppState,
        id: Uuid,
        gift: Gift,
        by: staff::Model,
    ) -> Result<Result<String, String>, Error> {
        let token = self.token;
        let token = token.ok_or_else(|| Error::MalformedBody("the form lacks its token".to_owned()))?;
        let by = Giver {
            staff: Some(by.id),
            name: by.name,
        };
        let given = goodwill::give(&state, id, &GiftKey::of_form(token), &gift, &by).await?;
        Ok(given
            .map(|given| format!("/staff/accounts/{id}?credited={}", given.number))
            .map_err(|refusal| refusal.told()))
    }

    async fn refused(
        &self,
        state: &AppState,
        member: &Member,
        account: &accounts::Model,
        told: &str,
    ) -> Answer {
        of_account(state, member, account, StatusCode::CONFLICT, &alert(told), self).await
    }
}

/// What came of it; nothing for what is no document of this account.
pub async fn done(state: &AppState, account: &accounts::Model, number: &str) -> Result<Markup, Trouble> {
    let invoice = match invoices::of_account(state.store.read(), account.id, number).await {
        Ok(invoice) if invoice.is_goodwill() => invoice,
        Ok(_) | Err(Error::NotFound) => return Ok(html! {}),
        Err(error) => return Err(error.into()),
    };
    Ok(html! {
        div.done {
            p role="status" { strong { (money(invoice.credit_added)) " of credit given." } " The customer gets " (invoice.number) " by e-mail." }
        }
    })
}

/// The form on the account's page.
pub async fn form(state: &AppState, account: &accounts::Model, typed: &Typed) -> Result<Markup, Trouble> {
    let usable = currencies(state.store.read(), state, account).await?;
    Ok(html! {
        form.column method="post" action={ "/staff/accounts/" (account.id) "/credit/confirmation" } {
            label { "Amount" @if let [only] = usable.as_slice() { " (" (only.code()) ")" } input name="amount" value=(typed.amount) inputmode="decimal" autocomplete="off" required; }
            @match usable.as_slice() {
                [only] => input type="hidden" name="currency" value=(only.code());,
                several => label {
                    "Currency"
                    select name="currency" {
                        @for currency in several {
                            option selected[currency.code() == typed.currency] { (currency.code()) }
                        }
                    }
                },
            }
            label {
                "Reason, which the customer reads"
                textarea name="reason" rows="2" maxlength="300" required { (typed.reason) }
            }
            button { "Check" }
        }
    })
}
