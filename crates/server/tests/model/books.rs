//! The books, read from the database past the server: those of an account and those of all after each
//! day, and the proof of the ledger at the end.

use std::collections::HashMap;
use std::path::Path;

use onedesk_server::config::DatabaseOptions;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, QueryResult, Statement};
use uuid::Uuid;

use crate::account::Account;

/// What has to hold of an account at any time: each counts what breaks it.
const OF_ACCOUNT: [(&str, &str); 6] = [
    (
        "licences ≥ active users",
        "SELECT count(*) FROM subscriptions WHERE account_id = ?1 AND standing NOT LIKE '%suspended%' \
         AND standing NOT LIKE '%ended%' \
         AND seats < (SELECT count(*) FROM users WHERE users.account_id = subscriptions.account_id AND active)",
    ),
    (
        "one charge for each paid order that something was due of, and no other charge",
        "SELECT count(*) FROM orders WHERE account_id = ?1 AND \
         (SELECT count(*) FROM charges WHERE order_id = orders.id) <> (status = 'paid' AND total > 0)",
    ),
    (
        "one invoice for each paid order",
        "SELECT count(*) FROM orders WHERE account_id = ?1 AND kind <> 'payment_method' AND \
         (SELECT count(*) FROM invoices WHERE order_id = orders.id) <> (status = 'paid')",
    ),
    (
        "sum of invoices = sum of charges + credit used − credit given, in each currency",
        "SELECT count(*) FROM (SELECT currency FROM (\
         SELECT currency, gross - credit_used + credit_added AS amount FROM invoices WHERE account_id = ?1 UNION ALL \
         SELECT charges.currency, -charges.amount FROM charges JOIN orders ON orders.id = order_id \
         WHERE orders.account_id = ?1) GROUP BY currency HAVING sum(amount) <> 0)",
    ),
    (
        "credit is what was given without what was used",
        "SELECT count(*) FROM credits WHERE account_id = ?1 AND (amount < 0 OR amount <> \
         (SELECT sum(amount) FROM credit_movements \
         WHERE credit_movements.account_id = credits.account_id AND credit_movements.currency = credits.currency))",
    ),
    (
        "a transfer that staff saw for each order that was paid by one",
        "SELECT count(*) FROM orders WHERE account_id = ?1 AND payment_way = 'transfer' AND \
         (SELECT count(*) FROM transfers WHERE order_id = orders.id) <> (status = 'paid' AND total > 0)",
    ),
];

/// What has to hold of all accounts together.
const OF_ALL: [(&str, &str); 3] = [
    (
        "no gap in the numbers of invoices, and none twice",
        "SELECT coalesce(max(number), 0) - count(DISTINCT number) + count(*) - count(DISTINCT number) FROM invoices",
    ),
    (
        "what the provider has taken from stored cards is what was charged to them, or paid back",
        "SELECT count(*) FROM sandbox_charges WHERE outcome = 'paid' AND payment NOT IN \
         (SELECT reference FROM charges UNION ALL SELECT reference FROM refunds)",
    ),
    ("nobody had to be paid back", "SELECT count(*) FROM refunds"),
];

/// The books of one account, by the rules and by the model.
pub async fn of_account(db: &DatabaseConnection, id: Uuid, account: &Account) -> Result<(), String> {
    let counts: Vec<&str> = OF_ACCOUNT.iter().map(|(_, sql)| *sql).collect();
    let sql = format!(
        "SELECT ({}), (SELECT count(*) FROM invoices WHERE account_id = ?1)",
        counts.join("), (")
    );
    let row = one(
        db,
        Statement::from_sql_and_values(DbBackend::Sqlite, sql, [id.into()]),
    )
    .await;
    for (index, (rule, _)) in OF_ACCOUNT.iter().enumerate() {
        let found = number(&row, index);
        if found != 0 {
            return Err(format!("the books: {rule}: {found}"));
        }
    }
    let invoices = number(&row, OF_ACCOUNT.len());
    if usize::try_from(invoices) != Ok(account.bills.len()) {
        return Err(format!(
            "the books: {invoices} invoices, and {} by the model",
            account.bills.len()
        ));
    }
    Ok(())
}

/// What of the numbers of invoices and of the provider's charges is not as it has to be.
pub async fn of_all(db: &DatabaseConnection) -> Vec<String> {
    let mut wrong = Vec::new();
    for (rule, sql) in OF_ALL {
        let row = one(db, Statement::from_string(DbBackend::Sqlite, sql)).await;
        let found = number(&row, 0);
        if found != 0 {
            wrong.push(format!("the books: {rule}: {found}"));
        }
    }
    wrong
}

/// What the proof of the ledger says.
pub async fn ledger(data: &Path) -> Vec<String> {
    let options = DatabaseOptions {
        data: data.to_path_buf(),
        database_url: None,
    };
    match onedesk_server::ledger::check(&options).await {
        Ok(report) if report.discrepancies.is_empty() => Vec::new(),
        Ok(report) => vec![format!("the ledger: {report}")],
        Err(error) => vec![format!("the ledger: {error}")],
    }
}

/// The letters that the owner was written, by kind; a receipt goes to whoever ordered.
pub async fn letters(db: &DatabaseConnection, life: u64, account: &Account) -> Result<(), String> {
    let sql = "SELECT kind, count(*) FROM outbox WHERE recipient = ?1 OR (recipient = ?2 AND kind = 'receipt') \
               GROUP BY kind";
    let (owner, admin) = (
        format!("owner-{life}@example.com"),
        format!("admin-{life}@example.com"),
    );
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, [owner.into(), admin.into()]);
    let rows = db.query_all_raw(statement).await.expect("letters");
    let counts: HashMap<String, i64> = rows
        .iter()
        .map(|row| (row.try_get_by_index(0).expect("a kind"), number(row, 1)))
        .collect();
    let expected = &account.letters;
    let least = expected.announced.len();
    let most = expected.announced.union(&expected.announceable).count();
    let bills = account.bills.len();
    for (kind, least, most) in [
        ("payment_failed", expected.failures, expected.failures),
        ("suspended", expected.suspensions, expected.suspensions),
        ("subscription_ended", expected.ends, expected.ends),
        ("trial_ended", expected.trial_ends, expected.trial_ends),
        ("trial_reminder", 0, 3),
    ]
    .map(|(kind, least, most)| (kind, i64::from(least), i64::from(most)))
    .into_iter()
    .chain(
        [("renewal_notice", least, most), ("receipt", bills, bills)].map(|(kind, least, most)| {
            let count = |count: usize| i64::try_from(count).expect("few");
            (kind, count(least), count(most))
        }),
    ) {
        let found = counts.get(kind).copied().unwrap_or_default();
        if !(least..=most).contains(&found) {
            return Err(format!(
                "the letters: {found} of {kind}, and by the model {least} to {most}"
            ));
        }
    }
    Ok(())
}

async fn one(db: &DatabaseConnection, statement: Statement) -> QueryResult {
    db.query_one_raw(statement)
        .await
        .unwrap_or_else(|error| panic!("{error}"))
        .expect("a row")
}

fn number(row: &QueryResult, index: usize) -> i64 {
    row.try_get_by_index(index).expect("a number")
}
