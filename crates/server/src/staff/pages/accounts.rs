//! `/staff/accounts`

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::routing::get;
use maud::html;
use serde::Deserialize;

use super::{Answer, instant, page};
use crate::staff::accounts::{FOUND, search};
use crate::staff::session::Member;
use crate::state::AppState;

pub fn routes() -> Router<AppState> {
    Router::new().route("/staff/accounts", get(list))
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
    let wanted = wanted.map(|Query(wanted)| wanted).unwrap_or_default().search;
    let found = search(state.store.read(), &wanted.replace('\0', "")).await?;
    let domain = &state.catalog.vendor().account_domain;
    let content = html! {
        form.row method="get" action="/staff/accounts" role="search" {
            label { "Company, address or e-mail" input type="search" name="search" value=(wanted); }
            button { "Search" }
            @if !wanted.is_empty() { a href="/staff/accounts" { "Show all" } }
        }
        @if found.is_empty() {
            p.soft { "No account was found." }
        } @else {
            div.scroll tabindex="0" role="region" aria-label="Accounts" {
                table.listed {
                    thead { tr {
                        th scope="col" { "Company" }
                        th scope="col" { "Address" }
                        th scope="col" { "Country" }
                        th scope="col" { "Since" }
                    } }
                    tbody {
                        @for account in &found {
                            tr {
                                td data-label="Company" { a href={ "/staff/accounts/" (account.id) } { (account.company) } }
                                td data-label="Address" { (account.address) "." (domain) }
                                td data-label="Country" { (account.country) }
                                td data-label="Since" { (instant(account.created_at.timestamp())) }
                            }
                        }
                    }
                }
            }
            @if u64::try_from(found.len()).is_ok_and(|found| found == FOUND) {
                p.soft { "No more than " (FOUND) " are shown, the newest ones: search for the one that you want." }
            }
        }
    };
    Ok(page(&state, &member, StatusCode::OK, "Accounts", &content))
}
