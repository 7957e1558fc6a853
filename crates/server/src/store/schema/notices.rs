//! What accounts were told that has to be told once.

use sea_orm_migration::prelude::*;

use super::super::entities::{accounts, notices};

/// Creates the table.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "0004_notices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        use notices::{Column, Entity};
        let notices = Table::create()
            .table(Entity)
            .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
            .col(ColumnDef::new(Column::AccountId).uuid().not_null())
            .col(ColumnDef::new(Column::Kind).text().not_null())
            .col(ColumnDef::new(Column::Occasion).text().not_null())
            .col(ColumnDef::new(Column::At).big_integer().not_null())
            .foreign_key(
                ForeignKey::create()
                    .from(Entity, Column::AccountId)
                    .to(accounts::Entity, accounts::Column::Id),
            )
            .to_owned();
        manager.create_table(notices).await?;
        // The guard: of two servers that have the same to tell, one writes the row.
        let once = Index::create()
            .name("notices_once")
            .table(Entity)
            .col(Column::AccountId)
            .col(Column::Kind)
            .col(Column::Occasion)
            .unique()
            .to_owned();
        manager.create_index(once).await
    }
}
