//! The vendor's staff, who is signed in of them, and the bank transfers that they saw arrive.

use sea_orm_migration::prelude::*;

use super::super::entities::{orders, staff, staff_sessions, transfers};

/// Creates the tables.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "0005_staff"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [staff(), sessions(), transfers()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn staff() -> TableCreateStatement {
    use staff::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::Email).text().not_null().unique_key())
        .col(ColumnDef::new(Column::Name).text().not_null())
        .col(ColumnDef::new(Column::PasswordHash).text().not_null())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .col(ColumnDef::new(Column::DisabledAt).big_integer())
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    use staff_sessions::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::TokenHash).text().not_null().primary_key())
        .col(ColumnDef::new(Column::StaffId).uuid().not_null())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .col(ColumnDef::new(Column::ExpiresAt).big_integer().not_null())
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::StaffId)
                .to(staff::Entity, staff::Column::Id),
        )
        .to_owned()
}

fn transfers() -> TableCreateStatement {
    use transfers::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::OrderId).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::ReceivedOn).text().not_null())
        .col(ColumnDef::new(Column::Note).text().not_null())
        .col(ColumnDef::new(Column::StaffId).uuid())
        .col(ColumnDef::new(Column::MarkedBy).text().not_null())
        .col(ColumnDef::new(Column::MarkedAt).big_integer().not_null())
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::OrderId)
                .to(orders::Entity, orders::Column::Id),
        )
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::StaffId)
                .to(staff::Entity, staff::Column::Id),
        )
        .to_owned()
}

fn indexes() -> [IndexCreateStatement; 3] {
    let index = |name: &str| Index::create().name(name).to_owned();
    [
        index("staff_sessions_staff")
            .table(staff_sessions::Entity)
            .col(staff_sessions::Column::StaffId)
            .to_owned(),
        index("staff_sessions_expiry")
            .table(staff_sessions::Entity)
            .col(staff_sessions::Column::ExpiresAt)
            .to_owned(),
        index("transfers_marked")
            .table(transfers::Entity)
            .col(transfers::Column::MarkedAt)
            .to_owned(),
    ]
}
