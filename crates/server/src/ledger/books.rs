//! What is proved: the rows that speak of money, as they stand at one moment.

use std::collections::HashMap;

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, IsolationLevel,
    QueryOrder, QuerySelect, TransactionOptions, TransactionTrait,
};
use uuid::Uuid;

use crate::store::entities::{
    accounts, charges, counters, credit_movements, credits, goodwill_credits, invoice_lines, invoices,
    orders, refunds, sandbox_charges, sandbox_checkouts,
};

/// The rows.
#[derive(Clone, Debug, Default)]
pub struct Books {
    /// First labels of the accounts' addresses.
    pub accounts: HashMap<Uuid, String>,
    /// Orders, oldest first.
    pub orders: Vec<Order>,
    /// What was taken for them.
    pub charges: Vec<charges::Model>,
    /// Invoices, by their numbers.
    pub invoices: Vec<Invoice>,
    /// The last number that was given out.
    pub last_number: i64,
    /// The sum of the lines of each invoice.
    pub lines: HashMap<Uuid, i128>,
    /// What accounts have.
    pub credits: Vec<credits::Model>,
    /// How it came to that.
    pub movements: Vec<credit_movements::Model>,
    /// What the staff gave out of goodwill.
    pub goodwill: Vec<goodwill_credits::Model>,
    /// What goes or went back.
    pub refunds: Vec<refunds::Model>,
    /// The payments that the sandbox's provider knows, by their names: amount and currency.
    pub sandbox_payments: HashMap<String, (i64, String)>,
}

/// An order, as far as money goes.
#[derive(Clone, Debug)]
pub struct Order {
    pub id: Uuid,
    pub account: Uuid,
    pub kind: orders::StoredKind,
    pub status: orders::StoredStatus,
    pub currency: String,
    pub net: i64,
    pub tax: i64,
    pub gross: i64,
    pub credit_used: i64,
    pub due: i64,
}

/// An invoice, as far as money goes.
#[derive(Clone, Debug)]
pub struct Invoice {
    pub id: Uuid,
    pub number: i64,
    pub account: Uuid,
    /// None for a credit of goodwill.
    pub order: Option<Uuid>,
    pub currency: String,
    pub net: i64,
    pub tax: i64,
    pub gross: i64,
    pub credit_used: i64,
    pub credit_added: i64,
    pub due: i64,
}

impl Books {
    /// Reads them in one transaction: servers may be writing meanwhile.
    pub async fn read(db: &DatabaseConnection) -> Result<Self, DbErr> {
        let options = match db.get_database_backend() {
            DbBackend::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions::default(),
        };
        let tx = db.begin_with_options(options).await?;
        let books = Self {
            accounts: accounts::Entity::find()
                .select_only()
                .columns([accounts::Column::Id, accounts::Column::Address])
                .into_tuple()
                .all(&tx)
                .await?
                .into_iter()
                .collect(),
            orders: orders(&tx).await?,
            charges: charges::Entity::find()
                .order_by_asc(charges::Column::Id)
                .all(&tx)
                .await?,
            invoices: invoices(&tx).await?,
            last_number: counters::Entity::find_by_id("invoice")
                .one(&tx)
                .await?
                .map_or(0, |counter| counter.value),
            lines: lines(&tx).await?,
            credits: credits::Entity::find()
                .order_by_asc(credits::Column::AccountId)
                .order_by_asc(credits::Column::Currency)
                .all(&tx)
                .await?,
            movements: credit_movements::Entity::find()
                .order_by_asc(credit_movements::Column::Id)
                .all(&tx)
                .await?,
            goodwill: goodwill_credits::Entity::find()
                .order_by_asc(goodwill_credits::Column::InvoiceId)
                .all(&tx)
                .await?,
            refunds: refunds::Entity::find()
                .order_by_asc(refunds::Column::Id)
                .all(&tx)
                .await?,
            sandbox_payments: sandbox_payments(&tx).await?,
        };
        tx.rollback().await?;
        Ok(books)
    }
}

/// The columns of an [`Order`], in its order.
type OrderRow = (
    Uuid,
    Uuid,
    orders::StoredKind,
    orders::StoredStatus,
    String,
    i64,
    i64,
    i64,
    i64,
    i64,
);
/// The columns of an [`Invoice`], in its order.
type InvoiceRow = (
    Uuid,
    i64,
    Uuid,
    Option<Uuid>,
    String,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
);

async fn orders(conn: &impl ConnectionTrait) -> Result<Vec<Order>, DbErr> {
    use orders::Column;
    let rows: Vec<OrderRow> = orders::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::AccountId,
            Column::Kind,
            Column::Status,
            Column::Currency,
            Column::Net,
            Column::Tax,
            Column::Gross,
            Column::CreditUsed,
            Column::Total,
        ])
        .order_by_asc(Column::Id)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(
            |(id, account, kind, status, currency, net, tax, gross, credit_used, due)| Order {
                id,
                account,
                kind,
                status,
                currency,
                net,
                tax,
                gross,
                credit_used,
                due,
            },
        )
        .collect())
}

async fn invoices(conn: &impl ConnectionTrait) -> Result<Vec<Invoice>, DbErr> {
    use invoices::Column;
    let rows: Vec<InvoiceRow> = invoices::Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::Number,
            Column::AccountId,
            Column::OrderId,
            Column::Currency,
            Column::Net,
            Column::Tax,
            Column::Gross,
            Column::CreditUsed,
            Column::CreditAdded,
            Column::Due,
        ])
        .order_by_asc(Column::Number)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(
            |(id, number, account, order, currency, net, tax, gross, credit_used, credit_added, due)| {
                Invoice {
                    id,
                    number,
                    account,
                    order,
                    currency,
                    net,
                    tax,
                    gross,
                    credit_used,
                    credit_added,
                    due,
                }
            },
        )
        .collect())
}

/// Added up here and not by the database, whose sums may overflow.
async fn lines(conn: &impl ConnectionTrait) -> Result<HashMap<Uuid, i128>, DbErr> {
    let rows: Vec<(Uuid, i64)> = invoice_lines::Entity::find()
        .select_only()
        .columns([invoice_lines::Column::InvoiceId, invoice_lines::Column::Amount])
        .into_tuple()
        .all(conn)
        .await?;
    let mut sums = HashMap::new();
    for (invoice, amount) in rows {
        *sums.entry(invoice).or_default() += i128::from(amount);
    }
    Ok(sums)
}

async fn sandbox_payments(conn: &impl ConnectionTrait) -> Result<HashMap<String, (i64, String)>, DbErr> {
    let typed: Vec<(Option<String>, i64, String)> = sandbox_checkouts::Entity::find()
        .select_only()
        .columns([
            sandbox_checkouts::Column::Payment,
            sandbox_checkouts::Column::Amount,
            sandbox_checkouts::Column::Currency,
        ])
        .into_tuple()
        .all(conn)
        .await?;
    let stored: Vec<(Option<String>, i64, String)> = sandbox_charges::Entity::find()
        .select_only()
        .columns([
            sandbox_charges::Column::Payment,
            sandbox_charges::Column::Amount,
            sandbox_charges::Column::Currency,
        ])
        .into_tuple()
        .all(conn)
        .await?;
    Ok(typed
        .into_iter()
        .chain(stored)
        .filter_map(|(payment, amount, currency)| Some((payment?, (amount, currency))))
        .collect())
}
