//! Behind the scenes of the sandbox provider: its notifications, to hold back, to let go and to send again. So that one
//! can watch the server do without them, and not mind them twice. For developers, in English.

use maud::{Markup, html};
use onedesk_texts::{Language, format};

use super::{charges, events, page};
use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::sandbox_charges::{self, StoredOutcome};
use crate::store::entities::sandbox_events::Model;

/// Its address.
pub const PATH: &str = "/sandbox/payments";

/// How many notifications are shown.
const SHOWN: u64 = 50;

/// The page.
pub async fn page(state: &AppState) -> Result<Markup, Error> {
    let (held, events) = (events::held(state).await?, events::latest(state, SHOWN).await?);
    let body = html! {
        section class="card" {
            h1 { "Payment notifications" }
            p {
                "The test provider tells the server about every payment, as a real one does. "
                @if held { strong { "Notifications are held back." } " The buyer’s return alone settles orders now." }
                @else { "They are sent at once." }
            }
            form method="post" action="/sandbox/payments/notifications" {
                @if held { button class="primary" name="held" value="no" { "Send them, and all further ones" } }
                @else { button class="secondary" name="held" value="yes" { "Hold them back" } }
            }
            @if events.is_empty() {
                p class="note" { "Nothing was paid yet. Place an order and pay it with a test card; its notification then stands here." }
            } @else {
                div class="scroll" tabindex="0" role="region" aria-label="Notifications" {
                    table {
                        thead {
                            tr {
                                th scope="col" { "When" }
                                th scope="col" { "What" }
                                th scope="col" { "State" }
                                th scope="col" { "Again" }
                            }
                        }
                        tbody { @for event in &events { (row(event)) } }
                    }
                }
            }
        }
    };
    let charged = charges::latest(state, SHOWN).await?;
    let body = html! { (body) (stored_cards(&charged)?) };
    Ok(page::layout(Language::En, "Payment notifications", body))
}

/// Charges of stored cards. They are answered at once, so that no notification tells of them.
fn stored_cards(charged: &[sandbox_charges::Model]) -> Result<Markup, Error> {
    let rows = charged.iter().map(charge_row).collect::<Result<Vec<_>, _>>()?;
    Ok(html! {
        section class="card" {
            h2 { "Charges of stored cards" }
            @if rows.is_empty() {
                p class="note" { "None yet. Changes and renewals of a subscription are charged to the card of its last payment." }
            } @else {
                div class="scroll" tabindex="0" role="region" aria-label="Charges of stored cards" {
                    table {
                        thead {
                            tr {
                                th scope="col" { "When" }
                                th scope="col" { "What" }
                                th scope="col" { "Amount" }
                                th scope="col" { "State" }
                            }
                        }
                        tbody { @for row in &rows { (row) } }
                    }
                }
            }
        }
    })
}

fn charge_row(charge: &sandbox_charges::Model) -> Result<Markup, Error> {
    let at = charge.at.timestamp();
    let lines: Vec<String> = serde_json::from_str(&charge.lines).map_err(Error::internal)?;
    Ok(html! {
        tr {
            td { (format!("{at:.0}")) }
            td { @for line in &lines { (line) br; } span class="note" { (charge.attempt) } }
            td { (format::money(Language::En, charges::amount(charge)?)) }
            td {
                (charge.method) ": "
                @match (charge.outcome, charge.refunded_at) {
                    (_, Some(_)) => { "paid, and paid back" },
                    (StoredOutcome::Paid, _) => { "paid" },
                    (StoredOutcome::Declined, _) => { (charge.refusal.as_deref().unwrap_or("declined")) },
                    (StoredOutcome::NeedsHolder, _) => { "its holder has to confirm" },
                }
            }
        }
    })
}

fn row(event: &Model) -> Markup {
    let at = event.created_at.timestamp();
    html! {
        tr {
            td { (format!("{at:.0}")) }
            td { (event.kind) " " span class="note" { (event.checkout_id) } }
            td {
                @match (&event.delivered_at, &event.last_error) {
                    (Some(_), _) => { "received, sent " (event.attempts) "×" },
                    (None, Some(error)) => { "refused: " (error) },
                    (None, None) => { "waits" },
                }
            }
            td {
                form method="post" action={ "/sandbox/payments/notifications/" (event.id) } {
                    button class="secondary" aria-label={ "Send " (event.kind) " of " (event.checkout_id) " again" } { "Send" }
                }
            }
        }
    }
}
