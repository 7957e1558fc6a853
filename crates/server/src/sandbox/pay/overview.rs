//! Behind the scenes of the sandbox provider: its notifications, to hold back, to let go and to send again. So that one
//! can watch the server do without them, and not mind them twice. For developers, in English.

use axum::response::Response;
use maud::{Markup, html};
use onedesk_texts::{Language, format};

use super::{charges, events};
use crate::error::Error;
use crate::state::AppState;
use crate::store::entities::sandbox_charges::{self, StoredOutcome};
use crate::store::entities::sandbox_events::Model;

/// Its address.
pub const PATH: &str = "/sandbox/payments";

/// How many notifications are shown.
const SHOWN: u64 = 50;

/// The page.
pub async fn page(state: &AppState) -> Result<Response, Error> {
    let (held, events) = (events::held(state).await?, events::latest(state, SHOWN).await?);
    let charged = charges::latest(state, SHOWN).await?;
    let rows = charged.iter().map(charge_row).collect::<Result<Vec<_>, _>>()?;
    let content = html! {
        p {
            "The test provider tells the server about every payment, as a real one does. "
            @if held { strong { "Notifications are held back." } " The buyer’s return alone settles orders now." }
            @else { "They are sent at once." }
        }
        form.row method="post" action="/sandbox/payments/notifications" {
            @if held { button.primary name="held" value="no" { "Send them, and all further ones" } }
            @else { button name="held" value="yes" { "Hold them back" } }
        }
        @if events.is_empty() {
            p.soft { "Nothing was paid yet. Place an order and pay it with a test card; its notification then stands here." }
        } @else {
            (table("Notifications", ["When", "What", "State", "Again"], events.iter().map(row)))
        }
        h2 { "Charges of stored cards" }
        @if rows.is_empty() {
            p.soft { "None yet. Changes and renewals of a subscription are charged to the card of its last payment." }
        } @else {
            (table("Charges of stored cards", ["When", "What", "Amount", "State"], rows))
        }
    };
    Ok(crate::sandbox::page("Payment notifications", content))
}

fn table(name: &str, heads: [&str; 4], rows: impl IntoIterator<Item = Markup>) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(name) {
            table.listed {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for row in rows { (row) } }
            }
        }
    }
}

fn charge_row(charge: &sandbox_charges::Model) -> Result<Markup, Error> {
    let at = charge.at.timestamp();
    let lines: Vec<String> = serde_json::from_str(&charge.lines).map_err(Error::internal)?;
    Ok(html! {
        tr {
            td.day data-label="When" { (format!("{at:.0}")) }
            td data-label="What" { @for line in &lines { (line) br; } span class="soft" { (charge.attempt) } }
            td data-label="Amount" { (format::money(Language::En, charges::amount(charge)?)) }
            td data-label="State" {
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
            td.day data-label="When" { (format!("{at:.0}")) }
            td data-label="What" { (event.kind) " " span class="soft" { (event.checkout_id) } }
            td data-label="State" {
                @match (&event.delivered_at, &event.last_error) {
                    (Some(_), _) => { "received, sent " (event.attempts) "×" },
                    (None, Some(error)) => { "refused: " (error) },
                    (None, None) => { "waits" },
                }
            }
            td data-label="Again" {
                form method="post" action={ "/sandbox/payments/notifications/" (event.id) } {
                    button aria-label={ "Send " (event.kind) " of " (event.checkout_id) " again" } { "Send" }
                }
            }
        }
    }
}
