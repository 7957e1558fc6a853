//! `/staff/orders/{id}`: one order by transfer, and marking it as paid in two steps.

use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use axum::{Form, Router};
use jiff::civil::Date;
use maud::{Markup, html};
use onedesk_contract::orders::OrderStatus;
use onedesk_pricing::MoneyError;
use onedesk_texts::{Language, invoice_line};
use sea_orm::EntityTrait;
use serde::Deserialize;
use uuid::Uuid;

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
use crate::store::entities::transfers;
use crate::{clock, users};

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/staff/orders/{id}", get(show))
        .route("/staff/orders/{id}/confirmation", post(confirm))
        .route("/staff/orders/{id}/payment", post(mark))
}

/// What was typed, as it was typed.
#[derive(Debug, Default, Deserialize)]
struct Typed {
    #[serde(default)]
    amount: String,
    #[serde(default)]
    received_on: String,
    #[serde(default)]
    note: String,
}

impl Typed {
    fn read(&self, order: &Awaiting) -> Result<Received, &'static str> {
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
}

async fn show(State(state): State<AppState>, member: Member, PathParam(id): PathParam<Uuid>) -> Answer {
    let order = find(&state, id).await?;
    let typed = Typed {
        received_on: today(&state).to_string(),
        ..Typed::default()
    };
    of_order(&state, &member, &order, StatusCode::OK, None, &typed).await
}

/// Step 1: what was typed is checked, and shown once more.
async fn confirm(
    State(state): State<AppState>,
    member: Member,
    PathParam(id): PathParam<Uuid>,
    form: Result<Form<Typed>, FormRejection>,
) -> Answer {
    let (order, typed) = (find(&state, id).await?, read(form)?);
    let received = match typed.read(&order) {
        Ok(received) => received,
        Err(told) => return refused(&state, &member, &order, told, &typed).await,
    };
    let (conn, now) = (state.store.read(), state.clock.now());
    if let Err(refusal) = receive::check(conn, &state, &order.order, &received, now).await? {
        return refused(&state, &member, &order, &refusal.told(), &typed).await;
    }
    let content = html! {
        dl {
            dt { "Reference" } dd.reference { (order.reference) }
            dt { "Company" } dd { (order.company) }
            dt { "Amount received" } dd { strong { (money(received.amount)) } }
            dt { "Received on" } dd { (date(received.on)) }
            @if !received.note.is_empty() { dt { "Note" } dd { (received.note) } }
        }
        p { "The order is then settled as if it had been paid by card: the invoice is made and sent, and what was ordered \
             begins today. This cannot be undone." }
        form.row method="post" action={ "/staff/orders/" (id) "/payment" } {
            input type="hidden" name="amount" value=(received.amount.to_decimal_string());
            input type="hidden" name="received_on" value=(received.on);
            input type="hidden" name="note" value=(received.note);
            button.primary { "Mark as paid" }
            a href={ "/staff/orders/" (id) } { "Back, without a change" }
        }
    };
    Ok(page(
        &state,
        &member,
        StatusCode::OK,
        "Mark this order as paid?",
        &content,
    ))
}

/// Step 2: it is done.
async fn mark(
    State(state): State<AppState>,
    member: Member,
    PathParam(id): PathParam<Uuid>,
    form: Result<Form<Typed>, FormRejection>,
) -> Answer {
    let (order, typed) = (find(&state, id).await?, read(form)?);
    let received = match typed.read(&order) {
        Ok(received) => received,
        Err(told) => return refused(&state, &member, &order, told, &typed).await,
    };
    let by = By {
        staff: Some(member.0.id),
        name: member.0.name.clone(),
    };
    // In a task of its own: a browser that goes away in the middle stops nothing.
    let marking = {
        let state = state.clone();
        tokio::spawn(async move { receive::mark_paid(&state, id, &received, &by).await })
    };
    match marking.await.map_err(Error::internal)?? {
        Ok(_) => Ok(Redirect::to(&format!("/staff/orders/{id}")).into_response()),
        Err(refusal) => {
            let order = find(&state, id).await?;
            refused(&state, &member, &order, &refusal.told(), &typed).await
        }
    }
}

async fn refused(state: &AppState, member: &Member, order: &Awaiting, told: &str, typed: &Typed) -> Answer {
    of_order(state, member, order, StatusCode::CONFLICT, Some(told), typed).await
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

fn read(form: Result<Form<Typed>, FormRejection>) -> Result<Typed, Error> {
    form.map(|Form(typed)| typed)
        .map_err(|rejection| Error::MalformedBody(rejection.body_text()))
}

async fn find(state: &AppState, id: Uuid) -> Result<Awaiting, Error> {
    let conn = state.store.read();
    let order = orders::settle::find(conn, id).await?;
    awaiting::one(conn, order).await?.ok_or(Error::NotFound)
}

fn today(state: &AppState) -> Date {
    clock::day(state.clock.now(), "UTC")
}
