//! Orders, payments, subscriptions, invoices; and, apart from them, what the sandbox payment provider keeps.
//!
//! What must never happen twice is a unique index, not a question asked before: one pending order an account, one renewal
//! a period, one order an idempotency key, one charge an order and a payment, one invoice an order and a number, one subscription an account.

mod sandbox;

use sea_orm_migration::prelude::*;

use super::super::entities::{
    accounts, charges, counters, credit_movements, credits, idempotency_keys, invoice_lines, invoices,
    orders, payment_methods, refunds, sandbox_events, subscriptions, suspended_users, users,
};

/// Creates the tables.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "0003_billing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = [
            orders(),
            idempotency_keys(),
            charges(),
            refunds(),
            counters(),
            invoices(),
            invoice_lines(),
            subscriptions(),
            suspended_users(),
            credits(),
            credit_movements(),
            payment_methods(),
            sandbox::sandbox_checkouts(),
            sandbox::sandbox_cards(),
            sandbox::sandbox_charges(),
            sandbox::sandbox_events(),
        ];
        for table in tables {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn to_account(table: impl IntoTableRef, column: impl IntoIden) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(accounts::Entity, accounts::Column::Id)
        .to_owned()
}

fn to_order(table: impl IntoTableRef, column: impl IntoIden) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(orders::Entity, orders::Column::Id)
        .to_owned()
}

fn orders() -> TableCreateStatement {
    use orders::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::AccountId).uuid().not_null())
        .col(ColumnDef::new(Column::PlacedBy).uuid().not_null())
        .col(ColumnDef::new(Column::IdempotencyKey).text().not_null())
        .col(ColumnDef::new(Column::Kind).text().not_null())
        .col(ColumnDef::new(Column::Status).text().not_null())
        .col(ColumnDef::new(Column::Plan).text().not_null())
        .col(ColumnDef::new(Column::Seats).integer().not_null())
        .col(ColumnDef::new(Column::Period).text().not_null())
        .col(ColumnDef::new(Column::Currency).text().not_null())
        .col(ColumnDef::new(Column::UnitPrice).big_integer().not_null())
        .col(ColumnDef::new(Column::Lines).text().not_null())
        .col(ColumnDef::new(Column::Net).big_integer().not_null())
        .col(ColumnDef::new(Column::Tax).big_integer().not_null())
        .col(ColumnDef::new(Column::Gross).big_integer().not_null())
        .col(ColumnDef::new(Column::Treatment).text().not_null())
        .col(ColumnDef::new(Column::BillTo).text().not_null())
        .col(ColumnDef::new(Column::CreditUsed).big_integer().not_null())
        .col(ColumnDef::new(Column::Total).big_integer().not_null())
        .col(ColumnDef::new(Column::Decision).text())
        .col(ColumnDef::new(Column::BaseVersion).big_integer())
        .col(ColumnDef::new(Column::PeriodStart).text())
        .col(ColumnDef::new(Column::Language).text().not_null())
        .col(ColumnDef::new(Column::PaymentWay).text().not_null())
        .col(ColumnDef::new(Column::Provider).text().not_null())
        .col(ColumnDef::new(Column::Method).text())
        .col(ColumnDef::new(Column::Attempt).integer().not_null().default(0))
        .col(ColumnDef::new(Column::CheckoutId).text())
        .col(ColumnDef::new(Column::CheckoutUrl).text())
        .col(ColumnDef::new(Column::Reference).text().unique_key())
        .col(ColumnDef::new(Column::Transfer).text())
        .col(ColumnDef::new(Column::Partner).text())
        .col(ColumnDef::new(Column::PlacedAt).big_integer().not_null())
        .col(ColumnDef::new(Column::ExpiresAt).big_integer().not_null())
        .col(ColumnDef::new(Column::ClosedAt).big_integer())
        .col(ColumnDef::new(Column::Failure).text())
        .foreign_key(&mut to_account(Entity, Column::AccountId))
        .to_owned()
}

fn idempotency_keys() -> TableCreateStatement {
    use idempotency_keys::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::AccountId).uuid().not_null())
        .col(ColumnDef::new(Column::Key).text().not_null())
        .col(ColumnDef::new(Column::RequestHash).text().not_null())
        .col(ColumnDef::new(Column::LeasedAt).big_integer())
        .col(ColumnDef::new(Column::AnswerStatus).integer())
        .col(ColumnDef::new(Column::AnswerBody).text())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .primary_key(Index::create().col(Column::AccountId).col(Column::Key))
        .foreign_key(&mut to_account(Entity, Column::AccountId))
        .to_owned()
}

fn charges() -> TableCreateStatement {
    use charges::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::OrderId).uuid().not_null().unique_key())
        .col(ColumnDef::new(Column::Provider).text().not_null())
        .col(ColumnDef::new(Column::Reference).text().not_null())
        .col(ColumnDef::new(Column::Amount).big_integer().not_null())
        .col(ColumnDef::new(Column::Currency).text().not_null())
        .col(ColumnDef::new(Column::Method).text().not_null())
        .col(ColumnDef::new(Column::PaidAt).big_integer().not_null())
        .foreign_key(&mut to_order(Entity, Column::OrderId))
        .to_owned()
}

fn refunds() -> TableCreateStatement {
    use refunds::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::OrderId).uuid().not_null())
        .col(ColumnDef::new(Column::Provider).text().not_null())
        .col(ColumnDef::new(Column::Reference).text().not_null())
        .col(ColumnDef::new(Column::Amount).big_integer().not_null())
        .col(ColumnDef::new(Column::Currency).text().not_null())
        .col(ColumnDef::new(Column::Reason).text().not_null())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .col(ColumnDef::new(Column::DoneAt).big_integer())
        .foreign_key(&mut to_order(Entity, Column::OrderId))
        .to_owned()
}

fn counters() -> TableCreateStatement {
    use counters::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Name).text().not_null().primary_key())
        .col(ColumnDef::new(Column::Value).big_integer().not_null())
        .to_owned()
}

fn invoices() -> TableCreateStatement {
    use invoices::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(
            ColumnDef::new(Column::Number)
                .big_integer()
                .not_null()
                .unique_key(),
        )
        .col(ColumnDef::new(Column::AccountId).uuid().not_null())
        .col(ColumnDef::new(Column::OrderId).uuid().not_null().unique_key())
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
        .col(ColumnDef::new(Column::PeriodStart).text().not_null())
        .col(ColumnDef::new(Column::PeriodEnd).text().not_null())
        .col(ColumnDef::new(Column::IssuedAt).big_integer().not_null())
        .foreign_key(&mut to_account(Entity, Column::AccountId))
        .foreign_key(&mut to_order(Entity, Column::OrderId))
        .to_owned()
}

fn invoice_lines() -> TableCreateStatement {
    use invoice_lines::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::InvoiceId).uuid().not_null())
        .col(ColumnDef::new(Column::Position).integer().not_null())
        .col(ColumnDef::new(Column::Text).text().not_null())
        .col(ColumnDef::new(Column::Amount).big_integer().not_null())
        .col(ColumnDef::new(Column::Line).text().not_null())
        .primary_key(Index::create().col(Column::InvoiceId).col(Column::Position))
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::InvoiceId)
                .to(invoices::Entity, invoices::Column::Id),
        )
        .to_owned()
}

fn subscriptions() -> TableCreateStatement {
    use subscriptions::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::AccountId).uuid().not_null().unique_key())
        .col(ColumnDef::new(Column::Plan).text().not_null())
        .col(ColumnDef::new(Column::Seats).integer().not_null())
        .col(ColumnDef::new(Column::Period).text().not_null())
        .col(ColumnDef::new(Column::Currency).text().not_null())
        .col(ColumnDef::new(Column::UnitPrice).big_integer().not_null())
        .col(ColumnDef::new(Column::Anchor).text().not_null())
        .col(ColumnDef::new(Column::PeriodStart).text().not_null())
        .col(ColumnDef::new(Column::PeriodEnd).text().not_null())
        .col(ColumnDef::new(Column::Scheduled).text().not_null())
        .col(ColumnDef::new(Column::CancelsAtPeriodEnd).boolean().not_null())
        .col(ColumnDef::new(Column::Standing).text().not_null())
        .col(ColumnDef::new(Column::Version).big_integer().not_null())
        .col(ColumnDef::new(Column::NextStepOn).text())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .foreign_key(&mut to_account(Entity, Column::AccountId))
        .to_owned()
}

fn suspended_users() -> TableCreateStatement {
    use suspended_users::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::UserId).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::AccountId).uuid().not_null())
        .foreign_key(&mut to_account(Entity, Column::AccountId))
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::UserId)
                .to(users::Entity, users::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .to_owned()
}

fn credits() -> TableCreateStatement {
    use credits::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::AccountId).uuid().not_null())
        .col(ColumnDef::new(Column::Currency).text().not_null())
        .col(ColumnDef::new(Column::Amount).big_integer().not_null())
        .primary_key(Index::create().col(Column::AccountId).col(Column::Currency))
        .foreign_key(&mut to_account(Entity, Column::AccountId))
        .to_owned()
}

fn credit_movements() -> TableCreateStatement {
    use credit_movements::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::AccountId).uuid().not_null())
        .col(ColumnDef::new(Column::Currency).text().not_null())
        .col(ColumnDef::new(Column::Amount).big_integer().not_null())
        .col(ColumnDef::new(Column::InvoiceId).uuid())
        .col(ColumnDef::new(Column::Reason).text().not_null())
        .col(ColumnDef::new(Column::At).big_integer().not_null())
        .foreign_key(&mut to_account(Entity, Column::AccountId))
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::InvoiceId)
                .to(invoices::Entity, invoices::Column::Id),
        )
        .to_owned()
}

fn payment_methods() -> TableCreateStatement {
    use payment_methods::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::AccountId).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::Provider).text().not_null())
        .col(ColumnDef::new(Column::Reference).text().not_null())
        .col(ColumnDef::new(Column::Label).text().not_null())
        .col(ColumnDef::new(Column::Expires).text().not_null())
        .col(ColumnDef::new(Column::AddedAt).big_integer().not_null())
        .foreign_key(&mut to_account(Entity, Column::AccountId))
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name: &str| Index::create().name(name).to_owned();
    vec![
        index("orders_key")
            .unique()
            .table(orders::Entity)
            .col(orders::Column::AccountId)
            .col(orders::Column::IdempotencyKey)
            .to_owned(),
        // At most one order of an account waits for a payment that a person makes, whoever asks and how many servers
        // answer. Renewals, which time places, and pages that only save a card do not stand in the way of it.
        index("orders_one_pending")
            .unique()
            .table(orders::Entity)
            .col(orders::Column::AccountId)
            .and_where(Expr::col(orders::Column::Status).is_in(["pending", "awaiting_transfer"]))
            .and_where(Expr::col(orders::Column::Kind).is_in(["subscribe", "change", "recovery"]))
            .to_owned(),
        index("orders_one_replacement")
            .unique()
            .table(orders::Entity)
            .col(orders::Column::AccountId)
            .and_where(Expr::col(orders::Column::Status).eq("pending"))
            .and_where(Expr::col(orders::Column::Kind).eq("payment_method"))
            .to_owned(),
        // Servers that race renew a period once.
        index("orders_one_renewal")
            .unique()
            .table(orders::Entity)
            .col(orders::Column::AccountId)
            .col(orders::Column::PeriodStart)
            .and_where(Expr::col(orders::Column::Kind).eq("renewal"))
            .to_owned(),
        // The lifecycle pass looks for the waiting ones that are due.
        index("orders_due")
            .table(orders::Entity)
            .col(orders::Column::ExpiresAt)
            .and_where(Expr::col(orders::Column::Status).is_in(["pending", "awaiting_transfer"]))
            .to_owned(),
        // And for renewals whose charge has not been answered.
        index("orders_renewals_waiting")
            .table(orders::Entity)
            .col(orders::Column::AccountId)
            .and_where(Expr::col(orders::Column::Status).eq("pending"))
            .and_where(Expr::col(orders::Column::Kind).eq("renewal"))
            .to_owned(),
        index("suspended_users_account")
            .table(suspended_users::Entity)
            .col(suspended_users::Column::AccountId)
            .to_owned(),
        index("orders_checkout")
            .unique()
            .table(orders::Entity)
            .col(orders::Column::Provider)
            .col(orders::Column::CheckoutId)
            .to_owned(),
        index("charges_reference")
            .unique()
            .table(charges::Entity)
            .col(charges::Column::Provider)
            .col(charges::Column::Reference)
            .to_owned(),
        index("refunds_reference")
            .unique()
            .table(refunds::Entity)
            .col(refunds::Column::Provider)
            .col(refunds::Column::Reference)
            .to_owned(),
        index("refunds_order")
            .table(refunds::Entity)
            .col(refunds::Column::OrderId)
            .to_owned(),
        index("credit_movements_account")
            .table(credit_movements::Entity)
            .col(credit_movements::Column::AccountId)
            .to_owned(),
        index("invoices_account")
            .table(invoices::Entity)
            .col(invoices::Column::AccountId)
            .to_owned(),
        index("subscriptions_due")
            .table(subscriptions::Entity)
            .col(subscriptions::Column::NextStepOn)
            .to_owned(),
        index("sandbox_events_due")
            .table(sandbox_events::Entity)
            .col(sandbox_events::Column::NextAttemptAt)
            .to_owned(),
    ]
}
