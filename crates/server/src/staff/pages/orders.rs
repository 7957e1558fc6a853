//! `/staff`: the orders that wait for a transfer.

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use maud::{Markup, html};
use onedesk_contract::orders::OrderStatus;
use serde::Deserialize;

use super::{Answer, date, instant, money, page, stored_date};
use crate::staff::awaiting::{self, Awaiting, Marked};
use crate::staff::session::Member;
use crate::state::AppState;

/// How many waiting orders one page shows.
const SHOWN: usize = 200;
/// How many that were marked as paid.
const MARKED: u64 = 20;

pub fn routes() -> Router<AppState> {
    Router::new().route("/staff", get(list))
}

#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    search: String,
}

async fn list(
    State(state): State<AppState>,
    member: Member,
    wanted: Result<Query<Wanted>, QueryRejection>,
) -> Answer {
    let search = wanted.map(|Query(wanted)| wanted).unwrap_or_default().search;
    let conn = state.store.read();
    let orders = awaiting::awaiting(conn, &search).await?;
    let marked = awaiting::marked(conn, MARKED).await?;
    let content = html! {
        form.row method="get" action="/staff" role="search" {
            label { "Reference or company" input type="search" name="search" value=(search); }
            button { "Search" }
            @if !search.is_empty() { a href="/staff" { "Show all" } }
        }
        @if orders.is_empty() {
            @if search.is_empty() { p.soft { "No order waits for a transfer." } }
            @else { p.soft { "No order that waits for a transfer has “" (search) "” in its reference or company." } }
        } @else {
            (waiting(&orders))
        }
        h2 { "Marked as paid lately" }
        @if marked.is_empty() { p.soft { "None yet." } } @else { (paid(&marked)) }
    };
    Ok(page(
        &state,
        &member,
        StatusCode::OK,
        "Orders that wait for a transfer",
        &content,
    ))
}

fn waiting(orders: &[Awaiting]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Orders that wait for a transfer" {
            table.listed {
                thead { tr {
                    th scope="col" { "Reference" }
                    th scope="col" { "Company" }
                    th.figure scope="col" { "Amount" }
                    th scope="col" { "Ordered" }
                    th scope="col" { "Pay by" }
                } }
                tbody {
                    @for one in orders.iter().take(SHOWN) {
                        tr {
                            td.reference data-label="Reference" { a href={ "/staff/orders/" (one.order.id) } { (one.reference) } }
                            td data-label="Company" {
                                (one.company)
                                @if let Some(partner) = &one.order.partner { br; span.soft { "through " (partner) } }
                                @if let Some(status) = ended(one) { " " span.soft { "(" (status) ")" } }
                            }
                            td.figure data-label="Amount" { (money(one.amount)) }
                            td.day data-label="Ordered" { (date(one.ordered_on)) }
                            td.day data-label="Pay by" { (date(one.pay_by)) }
                        }
                    }
                }
            }
        }
        @if orders.len() > SHOWN {
            p.soft { "And " (orders.len() - SHOWN) " more: search for the reference." }
        }
    }
}

/// How an order ended that a search for its reference has found.
fn ended(one: &Awaiting) -> Option<&'static str> {
    match OrderStatus::from(one.order.status) {
        OrderStatus::AwaitingTransfer => None,
        OrderStatus::Paid => Some("paid"),
        OrderStatus::Cancelled => Some("cancelled"),
        OrderStatus::Pending | OrderStatus::Failed => Some("closed"),
    }
}

fn paid(marked: &[Marked]) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label="Marked as paid lately" {
            table.listed {
                thead { tr {
                    th scope="col" { "Reference" }
                    th scope="col" { "Company" }
                    th.figure scope="col" { "Amount" }
                    th scope="col" { "Received" }
                    th scope="col" { "Marked by" }
                } }
                tbody {
                    @for Marked { order, transfer } in marked {
                        tr {
                            td.reference data-label="Reference" { a href={ "/staff/orders/" (order.order.id) } { (order.reference) } }
                            td data-label="Company" { (order.company) }
                            td.figure data-label="Amount" { (money(order.amount)) }
                            td.day data-label="Received" { (stored_date(&transfer.received_on)) }
                            td data-label="Marked by" { (transfer.marked_by) br; span.soft { (instant(transfer.marked_at.timestamp())) } }
                        }
                    }
                }
            }
        }
    }
}
