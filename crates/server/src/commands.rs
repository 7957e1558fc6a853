//! The commands that work on the data of a server, whether it runs or not.
//!
//! They open the same database as the server and write in the same transactions ([`crate::store`]): a command waits for the
//! server's transaction and the server for the command's, and of two that do the same at once, one finds it done. Letters
//! are rows of the outbox, which the server sends.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use onedesk_pricing::{Currency, Money};
use onedesk_texts::{Language, format};
use tokio::sync::{Notify, Semaphore};
use tokio_util::sync::CancellationToken;

use crate::catalog::Catalog;
use crate::chat::live::Live;
use crate::clock::Clock;
use crate::config::{Config, DatabaseOptions, MarkPaid, OrdersCommand, StaffCommand};
use crate::orders::transfer::receive::{self, By, Received};
use crate::orders::transfer::{Reference, by_reference};
use crate::public_url::PublicUrl;
use crate::staff::{Awaiting, awaiting, members};
use crate::state::{AppState, Parts};
use crate::store::Store;
use crate::throttle::Throttles;

/// Carries out a command about the staff and gives what is to be told. `ask` gets the password: from standard input, or from
/// whoever sits at the terminal.
///
/// # Errors
/// In words, for whoever gave the command.
pub async fn staff(
    command: StaffCommand,
    ask: impl FnOnce(bool) -> Result<String, String>,
) -> Result<String, String> {
    match command {
        StaffCommand::Add {
            email,
            name,
            password_stdin,
            database,
        } => {
            let password = ask(password_stdin)?;
            let (store, now) = open(&database).await?;
            let added = members::add(&store, &email, &name, &password, now).await;
            close(store).await?;
            let member = added.map_err(|error| error.to_string())?;
            Ok(format!(
                "{} may sign in at /staff as {}",
                member.name, member.email
            ))
        }
        StaffCommand::List { database } => {
            let (store, _) = open_existing(&database).await?;
            let listed = members::list(&store).await;
            close(store).await?;
            let rows: Vec<[String; 3]> = listed
                .map_err(|error| error.to_string())?
                .into_iter()
                .map(|member| {
                    let since = members::disabled_since(&member);
                    let state = since.map_or_else(
                        || "active".to_owned(),
                        |since| format!("disabled since {}", since.strftime("%Y-%m-%d")),
                    );
                    [member.email, member.name, state]
                })
                .collect();
            Ok(table("no member of staff", &rows))
        }
        StaffCommand::Disable { email, database } => {
            let (store, now) = open_existing(&database).await?;
            let disabled = members::disable(&store, &email, now).await;
            close(store).await?;
            if disabled.map_err(|error| error.to_string())? {
                Ok(format!("{email} is signed out and cannot sign in any more"))
            } else {
                Err(format!(
                    "{email} is no active member of staff. Nothing was changed."
                ))
            }
        }
    }
}

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
    let catalog = Catalog::load(&command.catalog).map_err(|error| error.to_string())?;
    let (store, _) = open_existing(&command.database).await?;
    let state = state(command, catalog, store).await?;
    let outcome = settle(&state, &reference, &received(command, amount, on), &by(command)).await;
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

/// Who is at the command line.
fn by(command: &MarkPaid) -> By {
    let user = || std::env::var("USER").or_else(|_| std::env::var("USERNAME")).ok();
    let name = command
        .by
        .clone()
        .or_else(user)
        .filter(|name| !name.trim().is_empty());
    By {
        staff: None,
        name: name.map_or_else(
            || "command line".to_owned(),
            |name| format!("{} (command line)", name.trim()),
        ),
    }
}

fn unchanged(what: impl std::fmt::Display) -> String {
    format!("{what}. Nothing was changed.")
}

/// Everything that settling an order reaches for, as the server has it.
async fn state(command: &MarkPaid, catalog: Catalog, store: Store) -> Result<AppState, String> {
    let config = Config::of_command(command);
    let clock = Clock::load(&store, config.sandbox)
        .await
        .map_err(|error| error.to_string())?;
    Ok(AppState::new(Parts {
        throttles: Throttles::new(&config.limits),
        letters_waiting: Notify::new(),
        chat: Live::new(),
        hashing: Arc::new(Semaphore::new(1)),
        stop: CancellationToken::new(),
        register: None,
        public_url: PublicUrl::parse(&command.public_url)?,
        config,
        store,
        clock,
        catalog,
        pages: None,
    }))
}

/// The database, and the time.
async fn open(database: &DatabaseOptions) -> Result<(Store, Timestamp), String> {
    let store = Store::open(&database.data, database.database_url.as_deref())
        .await
        .map_err(|error| error.to_string())?;
    let clock = Clock::load(&store, false)
        .await
        .map_err(|error| error.to_string())?;
    Ok((store, clock.now()))
}

/// The same, but none is made: whoever mistypes the folder is told.
async fn open_existing(database: &DatabaseOptions) -> Result<(Store, Timestamp), String> {
    let file = database.data.join("subscribe.sqlite");
    if database.database_url.is_none() && !Path::new(&file).exists() {
        return Err(format!(
            "there is no database in {}: give the server’s data folder with --data",
            database.data.display()
        ));
    }
    open(database).await
}

async fn close(store: Store) -> Result<(), String> {
    store.close().await.map_err(|error| error.to_string())
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

/// Rows with their columns below each other; `nothing` if there are none.
fn table<const COLUMNS: usize>(nothing: &str, rows: &[[String; COLUMNS]]) -> String {
    if rows.is_empty() {
        return nothing.to_owned();
    }
    let width = |column: usize| {
        let widths = rows.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default()
    };
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            // Names that people typed must not move the terminal's cursor.
            let cell: String = cell.chars().filter(|character| !character.is_control()).collect();
            let _ = write!(line, "{cell:<width$}  ", width = width(column));
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}
