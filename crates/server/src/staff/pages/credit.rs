//! `/staff/accounts/{id}/credit`: giving an account credit, in two steps.

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::post;
use axum::{Form, Router};
use maud::{Markup, html};
use onedesk_contract::fields::CreditReason;
use onedesk_pricing::Currency;
use serde::Deserialize;
use uuid::Uuid;

use super::account::{find, of_account};
use super::{Answer, Trouble, alert, money, page, read_amount};
use crate::error::Error;
use crate::extract::PathParam;
use crate::goodwill::{self, Gift, GiftKey, Giver, Refusal, currencies};
use crate::invoices;
use crate::staff::session::Member;
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::store::new_id;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/staff/accounts/{id}/credit/confirmation", post(confirm))
        .route("/staff/accounts/{id}/credit", post(give))
}

/// What was typed, as it was typed.
#[derive(Debug, Default, Deserialize)]
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
    fn read(&self) -> Result<Gift, Refusal> {
        // A form offers the currencies that there are: another code is somebody's own making.
        let currency = Currency::from_code(&self.currency);
        let currency = currency.map_err(|_| Refusal::UnknownCurrency(self.currency.clone()))?;
        Ok(Gift {
            amount: read_amount(&self.amount, currency).map_err(Refusal::Amount)?,
            reason: CreditReason::parse(&self.reason).map_err(Refusal::Reason)?,
        })
    }
}

/// Step 1: what was typed is checked, and shown once more.
async fn confirm(
    State(state): State<AppState>,
    member: Member,
    PathParam(id): PathParam<Uuid>,
    form: Result<Form<Typed>, FormRejection>,
) -> Answer {
    let (account, typed) = (find(&state, id).await?, read(form)?);
    let gift = match typed.read() {
        Ok(gift) => gift,
        Err(refusal) => return refused(&state, &member, &account, &refusal, &typed).await,
    };
    let after = match goodwill::check(state.store.read(), &state, &account, &gift).await? {
        Ok(after) => after,
        Err(refusal) => return refused(&state, &member, &account, &refusal, &typed).await,
    };
    let content = html! {
        dl {
            dt { "Company" } dd { (account.company) }
            dt { "Credit" } dd { strong { (money(gift.amount)) } }
            dt { "Reason" } dd { (gift.reason.as_str()) }
            dt { "Account credit then" } dd { (money(after)) }
        }
        p { "A document with this reason is made and sent to the customer. The next charges are paid from the credit before the \
             card is. This cannot be undone." }
        form.row method="post" action={ "/staff/accounts/" (id) "/credit" } {
            input type="hidden" name="amount" value=(gift.amount.to_decimal_string());
            input type="hidden" name="currency" value=(gift.amount.currency.code());
            input type="hidden" name="reason" value=(gift.reason.as_str());
            input type="hidden" name="token" value=(new_id());
            button.primary { "Give credit" }
            a href={ "/staff/accounts/" (id) } { "Back, without a change" }
        }
    };
    Ok(page(
        &state,
        &member,
        StatusCode::OK,
        "Give this credit?",
        &content,
    ))
}

/// Step 2: it is given.
async fn give(
    State(state): State<AppState>,
    member: Member,
    PathParam(id): PathParam<Uuid>,
    form: Result<Form<Typed>, FormRejection>,
) -> Answer {
    let (account, typed) = (find(&state, id).await?, read(form)?);
    let Some(token) = typed.token else {
        return Err(Error::MalformedBody("the form lacks its token".to_owned()).into());
    };
    let gift = match typed.read() {
        Ok(gift) => gift,
        Err(refusal) => return refused(&state, &member, &account, &refusal, &typed).await,
    };
    let by = Giver {
        staff: Some(member.0.id),
        name: member.0.name.clone(),
    };
    // In a task of its own: a browser that goes away in the middle stops nothing.
    let giving = {
        let state = state.clone();
        let key = GiftKey::of_form(token);
        tokio::spawn(async move { goodwill::give(&state, id, &key, &gift, &by).await })
    };
    match giving.await.map_err(Error::internal)?? {
        Ok(given) => {
            let to = format!("/staff/accounts/{id}?credited={}", given.number);
            Ok(Redirect::to(&to).into_response())
        }
        Err(refusal) => refused(&state, &member, &account, &refusal, &typed).await,
    }
}

async fn refused(
    state: &AppState,
    member: &Member,
    account: &accounts::Model,
    refusal: &Refusal,
    typed: &Typed,
) -> Answer {
    let above = alert(&refusal.told());
    of_account(state, member, account, StatusCode::CONFLICT, &above, typed).await
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

fn read(form: Result<Form<Typed>, FormRejection>) -> Result<Typed, Error> {
    form.map(|Form(typed)| typed)
        .map_err(|rejection| Error::MalformedBody(rejection.body_text()))
}
