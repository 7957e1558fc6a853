//! `/staff/accounts/{id}`: what an account has, what it was charged and credited, and what was done.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::get;
use maud::{Markup, html};
use onedesk_contract::account::SubscriptionState;
use onedesk_contract::history::HistoryEntry;
use onedesk_contract::invoices::InvoiceKind;
use onedesk_texts::Language;
use sea_orm::EntityTrait;
use serde::Deserialize;
use uuid::Uuid;

use super::{Answer, Trouble, credit, date, instant, money, page};
use crate::accounts::Standing;
use crate::error::Error;
use crate::extract::PathParam;
use crate::staff::accounts::{Deed, trail};
use crate::staff::session::Member;
use crate::state::AppState;
use crate::store::entities::accounts;
use crate::subscriptions::credits;
use crate::{clock, history, invoices, orders, users};

/// How many invoices are shown.
const INVOICES: u32 = 50;
/// How many deeds are.
const DEEDS: u32 = 100;

pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/staff/accounts/{id}", get(show))
        .route("/staff/accounts/{id}/invoices/{number}", get(invoice))
}

/// What was just done.
#[derive(Deserialize)]
struct News {
    /// The number of the document of a credit that was given.
    credited: Option<String>,
}

async fn show(
    State(state): State<AppState>,
    member: Member,
    PathParam(id): PathParam<Uuid>,
    Query(news): Query<News>,
) -> Answer {
    let account = find(&state, id).await?;
    let typed = credit::Typed::default();
    let above = if let Some(number) = news.credited {
        credit::done(&state, &account, &number).await?
    } else {
        html! {}
    };
    of_account(&state, &member, &account, StatusCode::OK, &above, &typed).await
}

/// The page, with what has to be read first and what was typed into the form of a credit.
pub async fn of_account(
    state: &AppState,
    member: &Member,
    account: &accounts::Model,
    status: StatusCode,
    above: &Markup,
    typed: &credit::Typed,
) -> Answer {
    let (conn, id) = (state.store.read(), account.id);
    let deeds = trail(conn, id, DEEDS.into()).await?;
    let told = history::page(conn, &state.catalog, account, Language::En, None, DEEDS).await?;
    let content = html! {
        (above)
        (facts(state, account).await?)
        h2 id="credit" { "Give credit" }
        (credit::form(state, account, typed).await?)
        h2 { "Invoices" }
        (invoices_of(state, account).await?)
        h2 { "What was done" }
        (what_was_done(&deeds, &told.entries))
    };
    Ok(page(state, member, status, &account.company, &content))
}

/// An invoice as a file.
async fn invoice(
    State(state): State<AppState>,
    _: Member,
    Path((id, number)): Path<(String, String)>,
) -> Answer {
    let id = id.parse::<Uuid>().map_err(|_| Error::NotFound)?;
    let invoice = invoices::of_account(state.store.read(), id, &number).await?;
    Ok(invoices::file(&invoice).await?.into_response())
}

async fn facts(state: &AppState, account: &accounts::Model) -> Result<Markup, Trouble> {
    let (conn, now) = (state.store.read(), state.clock.now());
    let standing = Standing::of(conn, state, account, now).await?.view(now);
    let active_users = users::count_active(conn, account.id).await?;
    let credit = credits::all(conn, account.id).await?;
    let waiting = orders::pending(conn, account.id).await?;
    Ok(html! {
        dl {
            dt { "Address" } dd { (account.address) "." (state.catalog.vendor().account_domain) }
            dt { "Country" } dd { (account.country) ", " (account.time_zone) }
            dt { "Since" } dd { (instant(account.created_at.timestamp())) }
            @if let Some(partner) = &account.partner { dt { "Partner" } dd { (partner) } }
            (plan(state, account, &standing))
            dt { "Active users" } dd { (active_users) }
            dt { "Account credit" }
            dd { @if credit.is_empty() { "None" } @for amount in &credit { (money(*amount)) " " } }
            @if let Some(order) = waiting {
                dt { "Open order" }
                dd {
                    @if order.transfer.is_some() { a href={ "/staff/orders/" (order.id) } { "Waits for its transfer" } }
                    @else { "Is being paid by card" }
                }
            }
        }
    })
}

fn plan(state: &AppState, account: &accounts::Model, standing: &SubscriptionState) -> Markup {
    let name = |plan| state.catalog.plan_name(Language::En, plan);
    let day = |at| date(clock::day(at, &account.time_zone));
    html! {
        dt { "Plan" }
        @match standing {
            SubscriptionState::Trial { ends_at, .. } => dd { "Trial until " (day(*ends_at)) },
            SubscriptionState::TrialOver { ended_at } => dd { "Trial, over since " (day(*ended_at)) },
            SubscriptionState::Suspended { since } => dd { "Suspended since " (date(*since)) },
            SubscriptionState::Ended { on } => dd { "Ended on " (date(*on)) },
            SubscriptionState::Active(subscription) => {
                dd {
                    (name(&subscription.plan)) ", " (subscription.period.as_str())
                    @if let Some(since) = subscription.overdue_since { " – overdue since " (date(since)) }
                    @if subscription.cancelled { " – cancelled" }
                }
                dt { "Licences" } dd { (subscription.licences) }
                dt { @if subscription.cancelled { "Ends on" } @else { "Renews on" } }
                dd {
                    (date(subscription.renews_on))
                    @if !subscription.cancelled { " for " (money(subscription.renewal_amount)) }
                }
            },
        }
    }
}

async fn invoices_of(state: &AppState, account: &accounts::Model) -> Result<Markup, Trouble> {
    let list = invoices::page(state.store.read(), account.id, None, INVOICES).await?;
    Ok(html! {
        @if list.invoices.is_empty() {
            p.soft { "None yet." }
        } @else {
            div.scroll tabindex="0" role="region" aria-label="Invoices" {
                table.listed {
                    thead { tr {
                        th scope="col" { "Number" }
                        th scope="col" { "Date" }
                        th.figure scope="col" { "Total" }
                        th.figure scope="col" { "Charged" }
                    } }
                    tbody {
                        @for invoice in &list.invoices {
                            tr {
                                td.reference data-label="Number" {
                                    a href={ "/staff/accounts/" (account.id) "/invoices/" (invoice.number) } { (invoice.number) }
                                    @match invoice.kind {
                                        InvoiceKind::Invoice => {}
                                        InvoiceKind::CreditNote => { " " span.soft { "(credit note)" } }
                                        InvoiceKind::GoodwillCredit => { " " span.soft { "(goodwill credit)" } }
                                    }
                                }
                                td.day data-label="Date" { (date(invoice.issued_on)) }
                                td.figure data-label="Total" { (money(invoice.gross)) }
                                td.figure data-label="Charged" { (money(invoice.due)) }
                            }
                        }
                    }
                }
            }
            @if list.older_than.is_some() { p.soft { "The newest " (INVOICES) " are shown." } }
        }
    })
}

/// Each deed in the sentence that the account's admins read, with who did it: staff by their names, which admins are not told.
fn what_was_done(deeds: &[Deed], told: &[HistoryEntry]) -> Markup {
    let sentence = |place: usize, deed: &Deed| {
        let entry = told.get(place).filter(|entry| entry.action == deed.row.action);
        entry.map_or_else(|| deed.row.action.clone(), |entry| entry.text.clone())
    };
    html! {
        div.scroll tabindex="0" role="region" aria-label="What was done" {
            table.listed {
                thead { tr {
                    th scope="col" { "When" }
                    th scope="col" { "What" }
                    th scope="col" { "By" }
                } }
                tbody {
                    @for (place, deed) in deeds.iter().enumerate() {
                        tr {
                            td.day data-label="When" { (instant(deed.row.at.timestamp())) }
                            td data-label="What" {
                                (sentence(place, deed))
                                @if deed.row.detail != "{}" {
                                    details { summary { "Particulars" } code { (deed.row.detail) } }
                                }
                            }
                            td data-label="By" { @if let Some(who) = &deed.who { (who) } @else { span.soft { "The server" } } }
                        }
                    }
                }
            }
        }
    }
}

/// An account that has to be there.
pub async fn find(state: &AppState, id: Uuid) -> Result<accounts::Model, Error> {
    let account = accounts::Entity::find_by_id(id).one(state.store.read()).await?;
    account.ok_or(Error::NotFound)
}
