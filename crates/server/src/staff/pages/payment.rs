//! `/staff/orders/{id}`: one order by transfer, and marking it as paid in two steps.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use jiff::civil::Date;
use maud::{Markup, html};
use onedesk_contract::orders::OrderStatus;
use onedesk_pricing::MoneyError;
use onedesk_texts::{Language, invoice_line};
use sea_orm::EntityTrait;
use serde::Deserialize;
use uuid::Uuid;

use super::two_steps::{self, Confirmation, Deed};
use super::{Answer, Trouble, alert, date, instant, money, page, read_amount, stored_date};
use crate::billing::words;
use crate::error::Error;
use crate::extract::PathParam;
use crate::invoices::{self, InvoiceNumber};
use crate::orders::transfer::receive::{self, By, MAX_NOTE, Received};
use crate::orders::{self, carry_out, view};
use crate::staff::awaiting::{self, Awaiting};
use crate::staff::session::Member;
use crate::state::AppState;
use crate::store::entities::orders::StoredStatus;
use crate::store::entities::{staff, transfers};
use crate::{clock, users};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/staff/orders/{id}", get(show))
        .route(
            "/staff/orders/{id}/confirmation",
            post(two_steps::confirm::<Typed>),
        )
        .route("/staff/orders/{id}/payment", post(two_steps::carry_out::<Typed>))
}

/// What was typed, as it was typed.
#[derive(Clone, Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    amount: String,
    #[serde(default)]
    received_on: String,
    #[serde(default)]
    note: String,
}

impl Deed for Typed {
    type Subject = Awaiting;
    type Read = Received;

    async fn subject(state: &AppState, id: Uuid) -> Result<Awaiting, Error> {
        find(state, id).await
    }

    fn read(&self, order: &Awaiting) -> Result<Received, String> {
        let on = self.received_on.trim().parse::<Date>();
        Ok(Received {
            amount: read_amount(&self.amount, order.amount.currency).map_err(|error| match error {
                MoneyError::TooManyDigits { .. } => {
                    "The amount has more decimals than the currency. Nothing was changed: write it without separators of thousands."
                }
                _ => "The amount is no number. Nothing was changed: write it as on the account statement, such as 527.52.",
            })?,
            on: on.map_err(|_| "The day is missing, or is none. Nothing was changed.")?,
            note: self.note.replace('\0', "").trim().to_owned(),
        })
    }

    async fn check(
        state: &AppState,
        order: &Awaiting,
        received: &Received,
    ) -> Result<Result<Confirmation, String>, Error> {
        let (conn, now, id) = (state.store.read(), state.clock.now(), order.order.id);
        if let Err(refusal) = receive::check(conn, state, &order.order, received, now).await? {
            return Ok(Err(refusal.told()));
        }
        Ok(Ok(Confirmation {
            title: "Mark this order as paid?",
            facts: html! {
                dt { "Reference" } dd.reference { (order.reference) }
                dt { "Company" } dd { (order.company) }
                dt { "Amount received" } dd { strong { (money(received.amount)) } }
                dt { "Received on" } dd { (date(received.on)) }
                @if !received.note.is_empty() { dt { "Note" } dd { (received.note) } }
            },
            follows: "The order is then settled as if it had been paid by card: the invoice is made and sent, and what was \
                      ordered begins today. This cannot be undone.",
            action: format!("/staff/orders/{id}/payment"),
            fields: vec![
                ("amount", received.amount.to_decimal_string()),
                ("received_on", received.on.to_string()),
                ("note", received.note.clone()),
            ],
            button: "Mark as paid",
            back: format!("/staff/orders/{id}"),
        }))
    }

    async fn carry_out(
        self,
        state: AppState,
        id: Uuid,
        received: Received,
        by: staff::Model,
    ) -> Result<Result<String, String>, Error> {
        let by = By {
            staff: Some(by.id),
            name: by.name,
        };
        let marked = receive::mark_paid(&state, id, &received, &by).await?;
        Ok(marked
            .map(|_| format!("/staff/orders/{id}"))
            .map_err(|refusal| refusal.told()))
    }

    async fn refused(&self, state: &AppState, member: &Member, order: &Awaiting, told: &str) -> Answer {
        of_order(state, member, order, StatusCode::CONFLICT, Some(told), self).await
    }
}

async fn show(State(state): State<AppState>, member: Member, PathParam(id): PathParam<Uuid>) -> Answer {
    let order = find(&state, id).await?;
    let typed = Typed {
        received_on: today(&state).to_string(),
        ..Typed::default()
    };
    of_order(&state, &member, &order, StatusCode::OK, None, &typed).await
}

async fn of_order(
    state: &AppState,
    member: &Member,
    order: &Awaiting,
    status: StatusCode,
    refusal: Option<&str>,
    typed: &Typed,
) -> Answer {
    let conn = state.store.read();
    let waits = receive::waits(conn, &order.order, state.clock.now()).await?;
    let content = html! {
        @if let Some(refusal) = refusal { (alert(refusal)) }
        @else if let Err(refusal) = &waits
            && order.order.status != StoredStatus::Paid { (alert(&refusal.told())) }
        (outcome(state, order).await?)
        (facts(state, order).await?)
        @if waits.is_ok() { (form(order, typed)) }
    };
    let title = format!("Order {}", order.reference);
    Ok(page(state, member, status, &title, &content))
}

/// What came of an order that was marked as paid.
async fn outcome(state: &AppState, order: &Awaiting) -> Result<Markup, Trouble> {
    let conn = state.store.read();
    let Some(transfer) = transfers::Entity::find_by_id(order.order.id).one(conn).await? else {
        return Ok(html! {});
    };
    let invoice = invoices::of_order(conn, order.order.id).await?;
    Ok(html! {
        div.done {
            p { strong { "Marked as paid" } " by " (transfer.marked_by) ", " (instant(transfer.marked_at.timestamp())) "." }
            dl {
                dt { "Received on" } dd { (stored_date(&transfer.received_on)) }
                @if let Some(invoice) = invoice { dt { "Invoice" } dd { (InvoiceNumber(invoice.number)) } }
                @if !transfer.note.is_empty() { dt { "Note" } dd { (transfer.note) } }
            }
        }
    })
}

async fn facts(state: &AppState, one: &Awaiting) -> Result<Markup, Trouble> {
    let (conn, order) = (state.store.read(), &one.order);
    let buyer = carry_out::buyer_of(conn, order).await?;
    let (bill_to, taxed) = (view::bill_to(order)?, view::taxed(order)?);
    let (tax, tax_value) = words::tax(Language::En, &taxed);
    let credit = view::credit_used(order)?;
    let active_users = users::count_active(conn, order.account_id).await?;
    let lines = view::lines(order)?;
    let text = |line| {
        invoice_line(
            Language::En,
            line,
            &state.catalog.plan_name(Language::En, &line.plan),
        )
    };
    let status = match OrderStatus::from(order.status) {
        OrderStatus::AwaitingTransfer => "waits for its transfer",
        OrderStatus::Paid => "paid",
        OrderStatus::Cancelled => "cancelled",
        OrderStatus::Pending | OrderStatus::Failed => "closed",
    };
    Ok(html! {
        dl {
            dt { "State" } dd { (status) }
            dt { "Company" } dd { a href={ "/staff/accounts/" (order.account_id) } { (one.company) } }
            @if bill_to.company != one.company { dt { "Billed to" } dd { (bill_to.company) } }
            @if let Some(partner) = &order.partner { dt { "Partner" } dd { (partner) } }
            dt { "Ordered by" } dd { (buyer.name) ", " (buyer.email) }
            dt { "Ordered on" } dd { (date(one.ordered_on)) }
            dt { "Pay by" } dd { (date(one.pay_by)) }
            @for line in &lines { dt { "Ordered" } dd { (text(line)) ": " (money(line.amount)) } }
            dt { (tax) } dd { (tax_value) }
            @if !credit.is_zero() { dt { "Account credit used" } dd { (money(credit)) } }
            dt { "Due" } dd { strong { (money(one.amount)) } }
            dt { "Active users" } dd { (active_users) " of " (order.seats) " ordered licences" }
        }
    })
}

fn form(order: &Awaiting, typed: &Typed) -> Markup {
    html! {
        h2 { "Mark as paid" }
        form.column method="post" action={ "/staff/orders/" (order.order.id) "/confirmation" } {
            label {
                "Amount received (" (order.amount.currency.code()) ")"
                input name="amount" value=(typed.amount) inputmode="decimal" autocomplete="off" required;
            }
            label { "Received on" input type="date" name="received_on" value=(typed.received_on) required; }
            label {
                "Note (may stay empty)"
                textarea name="note" rows="2" maxlength=(MAX_NOTE) { (typed.note) }
            }
            button.primary { "Check" }
        }
    }
}

async fn find(state: &AppState, id: Uuid) -> Result<Awaiting, Error> {
    let conn = state.store.read();
    let order = orders::settle::find(conn, id).await?;
    awaiting::one(conn, order).await?.ok_or(Error::NotFound)
}

fn today(state: &AppState) -> Date {
    clock::day(state.clock.now(), "UTC")
}
