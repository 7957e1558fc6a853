//! `subscribe orders`: those that wait for a bank transfer.

use jiff::civil::Date;
use onedesk_pricing::{Currency, Money};
use onedesk_texts::{Language, format};

use super::{close, name_of, open_existing, state, table, unchanged};
use crate::config::{MarkPaid, OrdersCommand};
use crate::orders::transfer::receive::{self, By, Received};
use crate::orders::transfer::{Reference, by_reference};
use crate::staff::{Awaiting, awaiting};
use crate::state::AppState;

/// Carries out a command about orders and gives what is to be told.
///
/// # Errors
/// In words, for whoever gave the command.
pub async fn orders(command: OrdersCommand) -> Result<String, String> {
    match command {
        OrdersCommand::Awaiting { database } => {
            let (store, _) = open_existing(&database).await?;
            let listed = awaiting(store.read(), "").await;
            close(store).await?;
            let rows: Vec<[String; 5]> = listed
                .map_err(|error| error.to_string())?
                .into_iter()
                .map(row)
                .collect();
            Ok(table("no order waits for a transfer", &rows))
        }
        OrdersCommand::MarkPaid(command) => mark_paid(&command).await,
    }
}

async fn mark_paid(command: &MarkPaid) -> Result<String, String> {
    let reference: Reference = command.reference.parse().map_err(unchanged)?;
    let currency = Currency::from_code(&command.currency.to_uppercase())
        .map_err(|error| unchanged(error.to_string()))?;
    let amount = Money::parse(&command.amount, currency)
        .map_err(|error| unchanged(format!("--amount {:?}: {error}", command.amount)))?;
    let on: Date = command.on.parse().map_err(|_| {
        unchanged(format!(
            "--on {:?} is no day; write it such as 2026-11-23",
            command.on
        ))
    })?;
    let state = state(&command.server).await?;
    let by = By {
        staff: None,
        name: name_of(command.by.as_deref()),
    };
    let outcome = settle(&state, &reference, &received(command, amount, on), &by).await;
    close(state.store.clone()).await?;
    outcome
}

async fn settle(
    state: &AppState,
    reference: &Reference,
    received: &Received,
    by: &By,
) -> Result<String, String> {
    let order = by_reference(state.store.read(), reference)
        .await
        .map_err(|error| error.to_string())?;
    let order = order.ok_or_else(|| unchanged(format!("no order has the reference {reference}")))?;
    match receive::mark_paid(state, order.id, received, by).await {
        Ok(Ok(_)) => Ok(format!(
            "{reference} is paid: {}; the invoice is on its way",
            format::money(Language::En, received.amount)
        )),
        Ok(Err(refusal)) => Err(refusal.told()),
        Err(error) => Err(error.to_string()),
    }
}

fn received(command: &MarkPaid, amount: Money, on: Date) -> Received {
    Received {
        amount,
        on,
        note: command.note.replace('\0', "").trim().to_owned(),
    }
}

fn row(order: Awaiting) -> [String; 5] {
    [
        order.reference,
        format!(
            "{} {}",
            order.amount.to_decimal_string(),
            order.amount.currency.code()
        ),
        format!("ordered {}", order.ordered_on),
        format!("pay by {}", order.pay_by),
        order.company,
    ]
}
