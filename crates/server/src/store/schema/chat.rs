//! The live chat: conversations, what was said in them, and which members of staff are there.

use sea_orm_migration::prelude::*;

use super::super::entities::{accounts, chat_presence, conversation_messages, conversations, staff};

/// Creates the tables.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "0007_chat"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [conversations(), messages(), presence()] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn conversations() -> TableCreateStatement {
    use conversations::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::TokenHash).text().not_null().unique_key())
        .col(ColumnDef::new(Column::AccountId).uuid())
        .col(ColumnDef::new(Column::Email).text())
        .col(ColumnDef::new(Column::Language).text().not_null())
        .col(ColumnDef::new(Column::Page).text())
        .col(ColumnDef::new(Column::StartedAt).big_integer().not_null())
        .col(ColumnDef::new(Column::LastAt).big_integer().not_null())
        .col(ColumnDef::new(Column::LastNumber).integer().not_null())
        .col(ColumnDef::new(Column::AnsweredNumber).integer().not_null())
        .col(ColumnDef::new(Column::MailedNumber).integer().not_null())
        .col(ColumnDef::new(Column::WaitingSince).big_integer())
        .col(ColumnDef::new(Column::ClosedAt).big_integer())
        .col(ColumnDef::new(Column::VisitorSeenAt).big_integer().not_null())
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::AccountId)
                .to(accounts::Entity, accounts::Column::Id),
        )
        .to_owned()
}

fn messages() -> TableCreateStatement {
    use conversation_messages::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::ConversationId).uuid().not_null())
        .col(ColumnDef::new(Column::Number).integer().not_null())
        .col(ColumnDef::new(Column::StaffId).uuid())
        .col(ColumnDef::new(Column::StaffName).text())
        .col(ColumnDef::new(Column::Text).text().not_null())
        .col(ColumnDef::new(Column::At).big_integer().not_null())
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::ConversationId)
                .to(conversations::Entity, conversations::Column::Id)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::StaffId)
                .to(staff::Entity, staff::Column::Id),
        )
        .to_owned()
}

fn presence() -> TableCreateStatement {
    use chat_presence::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::StaffId).uuid().not_null())
        .col(ColumnDef::new(Column::SeenAt).big_integer().not_null())
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
        // What comes next in a conversation has the next number: two that speak at once do not get the same one.
        index("conversation_messages_number")
            .unique()
            .table(conversation_messages::Entity)
            .col(conversation_messages::Column::ConversationId)
            .col(conversation_messages::Column::Number)
            .to_owned(),
        index("conversations_waiting")
            .table(conversations::Entity)
            .col(conversations::Column::WaitingSince)
            .to_owned(),
        index("conversations_last")
            .table(conversations::Entity)
            .col(conversations::Column::LastAt)
            .to_owned(),
    ]
}
