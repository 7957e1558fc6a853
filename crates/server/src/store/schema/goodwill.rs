//! Credit that staff give: its own table, and invoices that no order led to.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use super::super::entities::{accounts, goodwill_credits, invoices, orders, staff};

/// Makes the order and the period of an invoice optional, and creates the table.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "0006_goodwill"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() == DbBackend::Sqlite {
            // `SQLite` changes no column, so the table is written anew. Meanwhile nothing refers to it, which it has to be
            // told outside of the transaction.
            let conn = manager.get_connection();
            conn.execute_unprepared("PRAGMA foreign_keys = OFF").await?;
            let written = rewrite_invoices(manager).await;
            conn.execute_unprepared("PRAGMA foreign_keys = ON").await?;
            written?;
        } else {
            for column in ["order_id", "period_start", "period_end"] {
                let sql = format!("ALTER TABLE invoices ALTER COLUMN {column} DROP NOT NULL");
                manager.get_connection().execute_unprepared(&sql).await?;
            }
        }
        manager.create_table(goodwill_credits()).await?;
        manager.create_index(once()).await
    }
}

/// All of it or nothing. Whoever is stopped right after it finds it done once more the next time, to the same effect.
async fn rewrite_invoices(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const COLUMNS: &str = "id, number, account_id, order_id, seller, buyer, language, currency, net, tax, gross, \
         credit_used, credit_added, due, treatment, issued_on, paid_on, period_start, period_end, issued_at";
    let tx = manager.begin().await?;
    tx.create_table(invoices_without_an_order()).await?;
    let conn = tx.get_connection();
    for sql in [
        &format!("INSERT INTO invoices_anew ({COLUMNS}) SELECT {COLUMNS} FROM invoices"),
        "DROP TABLE invoices",
        "ALTER TABLE invoices_anew RENAME TO invoices",
    ] {
        conn.execute_unprepared(sql).await?;
    }
    let of_account = Index::create()
        .name("invoices_account")
        .table(invoices::Entity)
        .col(invoices::Column::AccountId)
        .to_owned();
    tx.create_index(of_account).await?;
    tx.commit().await
}

fn invoices_without_an_order() -> TableCreateStatement {
    use invoices::Column;
    let table = Alias::new("invoices_anew");
    Table::create()
        .table(table.clone())
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(
            ColumnDef::new(Column::Number)
                .big_integer()
                .not_null()
                .unique_key(),
        )
        .col(ColumnDef::new(Column::AccountId).uuid().not_null())
        .col(ColumnDef::new(Column::OrderId).uuid().unique_key())
        .col(ColumnDef::new(Column::Seller).text().not_null())
        .col(ColumnDef::new(Column::Buyer).text().not_null())
        .col(ColumnDef::new(Column::Language).text().not_null())
        .col(ColumnDef::new(Column::Currency).text().not_null())
        .col(ColumnDef::new(Column::Net).big_integer().not_null())
        .col(ColumnDef::new(Column::Tax).big_integer().not_null())
        .col(ColumnDef::new(Column::Gross).big_integer().not_null())
        .col(ColumnDef::new(Column::CreditUsed).big_integer().not_null())
        .col(ColumnDef::new(Column::CreditAdded).big_integer().not_null())
        .col(ColumnDef::new(Column::Due).big_integer().not_null())
        .col(ColumnDef::new(Column::Treatment).text().not_null())
        .col(ColumnDef::new(Column::IssuedOn).text().not_null())
        .col(ColumnDef::new(Column::PaidOn).text().not_null())
        .col(ColumnDef::new(Column::PeriodStart).text())
        .col(ColumnDef::new(Column::PeriodEnd).text())
        .col(ColumnDef::new(Column::IssuedAt).big_integer().not_null())
        .foreign_key(
            ForeignKey::create()
                .from(table.clone(), Column::AccountId)
                .to(accounts::Entity, accounts::Column::Id),
        )
        .foreign_key(
            ForeignKey::create()
                .from(table, Column::OrderId)
                .to(orders::Entity, orders::Column::Id),
        )
        .to_owned()
}

fn goodwill_credits() -> TableCreateStatement {
    use goodwill_credits::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::InvoiceId).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::Key).text().not_null())
        .col(ColumnDef::new(Column::AccountId).uuid().not_null())
        .col(ColumnDef::new(Column::Currency).text().not_null())
        .col(ColumnDef::new(Column::Amount).big_integer().not_null())
        .col(ColumnDef::new(Column::Reason).text().not_null())
        .col(ColumnDef::new(Column::StaffId).uuid())
        .col(ColumnDef::new(Column::GivenBy).text().not_null())
        .col(ColumnDef::new(Column::GivenAt).big_integer().not_null())
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::InvoiceId)
                .to(invoices::Entity, invoices::Column::Id),
        )
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::AccountId)
                .to(accounts::Entity, accounts::Column::Id),
        )
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::StaffId)
                .to(staff::Entity, staff::Column::Id),
        )
        .to_owned()
}

/// The guard: what is sent twice is given once, whoever sends it at the same moment.
fn once() -> IndexCreateStatement {
    use goodwill_credits::{Column, Entity};
    Index::create()
        .name("goodwill_credits_once")
        .table(Entity)
        .col(Column::AccountId)
        .col(Column::Key)
        .unique()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};
    use sea_orm_migration::MigratorTrait;

    use super::super::Migrations;

    async fn number(db: &DatabaseConnection, sql: &str) -> i64 {
        let query = Statement::from_string(db.get_database_backend(), sql);
        let row = db.query_one_raw(query).await.expect("an answer").expect("a row");
        row.try_get_by_index(0).expect("a number")
    }

    #[tokio::test]
    async fn a_database_of_before_goodwill_credits_keeps_its_invoices_and_what_refers_to_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("old.sqlite").display());
        let mut options = sea_orm::ConnectOptions::new(url);
        options.max_connections(1);
        let db = Database::connect(options).await.expect("a database");
        Migrations::up(&db, Some(5)).await.expect("the tables of before");
        db.execute_unprepared(
            "PRAGMA foreign_keys = OFF; \
             INSERT INTO invoices VALUES (X'01', 1, X'0A', X'0B', '{}', '{}', 'en', 'EUR', 100, 20, 120, 0, 0, 120, '{}', \
             '2026-11-01', '2026-11-01', '2026-11-01', '2026-12-01', 7); \
             INSERT INTO invoice_lines VALUES (X'01', 1, 'Premium', 100, '{}'); \
             PRAGMA foreign_keys = ON",
        )
        .await
        .expect("an invoice of before");

        Migrations::up(&db, None).await.expect("brought up to date");

        let as_it_was = "SELECT count(*) FROM invoices JOIN invoice_lines ON invoice_id = id WHERE number = 1 \
             AND order_id = X'0B' AND gross = 120 AND period_end = '2026-12-01' AND issued_at = 7";
        assert_eq!(number(&db, as_it_was).await, 1);
        // Lines still hang on invoices, a number is still given once, and an order has one invoice at most.
        for refused in [
            "DELETE FROM invoices",
            "INSERT INTO invoice_lines VALUES (X'02', 1, 'x', 1, '{}')",
            "UPDATE invoices SET order_id = X'FF'",
        ] {
            assert!(db.execute_unprepared(refused).await.is_err(), "{refused}");
        }
        let copy = |id: &str, number: u32, order: &str| {
            format!(
                "PRAGMA foreign_keys = OFF; INSERT INTO invoices SELECT X'{id}', {number}, account_id, {order}, seller, buyer, \
                 language, currency, net, tax, gross, credit_used, credit_added, due, treatment, issued_on, paid_on, NULL, \
                 NULL, issued_at FROM invoices WHERE number = 1"
            )
        };
        for refused in [copy("02", 1, "NULL"), copy("02", 2, "order_id")] {
            assert!(db.execute_unprepared(&refused).await.is_err(), "{refused}");
        }
        for taken in [copy("02", 2, "NULL"), copy("03", 3, "NULL")] {
            db.execute_unprepared(&taken)
                .await
                .expect("an invoice without an order");
        }
    }
}
