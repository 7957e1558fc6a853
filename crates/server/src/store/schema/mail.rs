//! The outbox.

use sea_orm_migration::prelude::*;

use super::super::entities::outbox;

/// Creates the table.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "0002_mail"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let letters = Table::create()
            .table(outbox::Entity)
            .col(ColumnDef::new(outbox::Column::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(outbox::Column::Recipient).text().not_null())
            .col(ColumnDef::new(outbox::Column::Kind).text().not_null())
            .col(ColumnDef::new(outbox::Column::Language).text().not_null())
            .col(ColumnDef::new(outbox::Column::ReplyTo).text())
            .col(ColumnDef::new(outbox::Column::Subject).text().not_null())
            .col(ColumnDef::new(outbox::Column::Text).text().not_null())
            .col(ColumnDef::new(outbox::Column::Html).text().not_null())
            .col(ColumnDef::new(outbox::Column::InvoiceId).uuid())
            .col(ColumnDef::new(outbox::Column::ProForma).text())
            .col(ColumnDef::new(outbox::Column::CreatedAt).big_integer().not_null())
            .col(ColumnDef::new(outbox::Column::NextAttemptAt).big_integer())
            .col(ColumnDef::new(outbox::Column::Attempts).integer().not_null())
            .col(ColumnDef::new(outbox::Column::DeliveredAt).big_integer())
            .col(ColumnDef::new(outbox::Column::LastError).text())
            .to_owned();
        manager.create_table(letters).await?;
        let due = Index::create()
            .name("outbox_due")
            .table(outbox::Entity)
            .col(outbox::Column::NextAttemptAt)
            .to_owned();
        manager.create_index(due).await
    }
}
