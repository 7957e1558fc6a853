//! What the sandbox payment provider keeps.

use sea_orm_migration::prelude::*;

use super::super::super::entities::{sandbox_cards, sandbox_charges, sandbox_checkouts, sandbox_events};

pub fn sandbox_checkouts() -> TableCreateStatement {
    use sandbox_checkouts::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).text().not_null().primary_key())
        .col(ColumnDef::new(Column::Reference).uuid().not_null().unique_key())
        .col(ColumnDef::new(Column::Status).text().not_null())
        .col(ColumnDef::new(Column::Seller).text().not_null())
        .col(ColumnDef::new(Column::Lines).text().not_null())
        .col(ColumnDef::new(Column::Amount).big_integer().not_null())
        .col(ColumnDef::new(Column::Currency).text().not_null())
        .col(ColumnDef::new(Column::Language).text().not_null())
        .col(ColumnDef::new(Column::ReturnUrl).text().not_null())
        .col(ColumnDef::new(Column::ExpiresAt).big_integer().not_null())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .col(ColumnDef::new(Column::Challenge).text())
        .col(ColumnDef::new(Column::Refusal).text())
        .col(ColumnDef::new(Column::Payment).text().unique_key())
        .col(ColumnDef::new(Column::Method).text())
        .col(ColumnDef::new(Column::Card).text())
        .col(ColumnDef::new(Column::Expires).text())
        .col(ColumnDef::new(Column::PaidAt).big_integer())
        .col(ColumnDef::new(Column::Refund).uuid().unique_key())
        .col(ColumnDef::new(Column::RefundedAt).big_integer())
        .to_owned()
}

pub fn sandbox_cards() -> TableCreateStatement {
    use sandbox_cards::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Reference).text().not_null().primary_key())
        .col(ColumnDef::new(Column::Number).text().not_null())
        .col(ColumnDef::new(Column::Expires).text().not_null())
        .col(ColumnDef::new(Column::AddedAt).big_integer().not_null())
        .to_owned()
}

pub fn sandbox_charges() -> TableCreateStatement {
    use sandbox_charges::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Attempt).text().not_null().primary_key())
        .col(ColumnDef::new(Column::Reference).uuid().not_null())
        .col(ColumnDef::new(Column::Card).text().not_null())
        .col(ColumnDef::new(Column::Method).text().not_null())
        .col(ColumnDef::new(Column::Lines).text().not_null())
        .col(ColumnDef::new(Column::Amount).big_integer().not_null())
        .col(ColumnDef::new(Column::Currency).text().not_null())
        .col(ColumnDef::new(Column::Outcome).text().not_null())
        .col(ColumnDef::new(Column::Refusal).text())
        .col(ColumnDef::new(Column::Payment).text().unique_key())
        .col(ColumnDef::new(Column::At).big_integer().not_null())
        .col(ColumnDef::new(Column::Refund).uuid().unique_key())
        .col(ColumnDef::new(Column::RefundedAt).big_integer())
        .to_owned()
}

pub fn sandbox_events() -> TableCreateStatement {
    use sandbox_events::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::CheckoutId).text().not_null())
        .col(ColumnDef::new(Column::Kind).text().not_null())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .col(ColumnDef::new(Column::NextAttemptAt).big_integer())
        .col(ColumnDef::new(Column::Attempts).integer().not_null())
        .col(ColumnDef::new(Column::DeliveredAt).big_integer())
        .col(ColumnDef::new(Column::LastError).text())
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::CheckoutId)
                .to(sandbox_checkouts::Entity, sandbox_checkouts::Column::Id),
        )
        .to_owned()
}
