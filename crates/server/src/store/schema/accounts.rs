//! Accounts with their billing details, users, sessions, links, sign-ups, the audit trail, the server's own settings.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use super::super::entities::{accounts, audit, billing_details, links, sessions, settings, sign_ups, users};

/// Creates the tables.
pub struct Tables;

impl MigrationName for Tables {
    fn name(&self) -> &'static str {
        "0001_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Tables {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            settings(),
            accounts(),
            users(),
            sessions(),
            sign_ups(),
            links(),
            audit(),
            billing_details(),
        ] {
            manager.create_table(table).await?;
        }
        for index in indexes() {
            manager.create_index(index).await?;
        }
        for statement in append_only(manager.get_database_backend()) {
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// What makes the database itself refuse to change or to delete a row of the audit trail.
fn append_only(backend: DbBackend) -> &'static [&'static str] {
    match backend {
        DbBackend::Postgres => &[
            "CREATE FUNCTION audit_refuses_changes() RETURNS trigger LANGUAGE plpgsql AS $$ \
             BEGIN RAISE EXCEPTION 'rows of audit are only ever added'; END $$",
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit \
             FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses_changes()",
        ],
        _ => &[
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit \
             BEGIN SELECT RAISE(ABORT, 'rows of audit are only ever added'); END",
            "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit \
             BEGIN SELECT RAISE(ABORT, 'rows of audit are only ever added'); END",
        ],
    }
}

fn settings() -> TableCreateStatement {
    use settings::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Key).text().not_null().primary_key())
        .col(ColumnDef::new(Column::Value).text().not_null())
        .to_owned()
}

fn accounts() -> TableCreateStatement {
    use accounts::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::Address).text().not_null().unique_key())
        .col(ColumnDef::new(Column::Company).text().not_null())
        .col(ColumnDef::new(Column::Country).text().not_null())
        .col(ColumnDef::new(Column::TimeZone).text().not_null())
        .col(ColumnDef::new(Column::TrialEndsAt).big_integer().not_null())
        .col(ColumnDef::new(Column::TrialSettledAt).big_integer())
        .col(ColumnDef::new(Column::PreferredChoice).text())
        .col(ColumnDef::new(Column::Partner).text())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .to_owned()
}

fn users() -> TableCreateStatement {
    use users::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::AccountId).uuid().not_null())
        .col(ColumnDef::new(Column::Email).text().not_null().unique_key())
        .col(ColumnDef::new(Column::Name).text().not_null())
        .col(ColumnDef::new(Column::Role).text().not_null())
        .col(ColumnDef::new(Column::Language).text().not_null())
        .col(ColumnDef::new(Column::PasswordHash).text())
        .col(ColumnDef::new(Column::Active).boolean().not_null())
        .col(ColumnDef::new(Column::DeactivatedAt).big_integer())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::AccountId)
                .to(accounts::Entity, accounts::Column::Id),
        )
        .to_owned()
}

fn sessions() -> TableCreateStatement {
    use sessions::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::TokenHash).text().not_null().primary_key())
        .col(ColumnDef::new(Column::UserId).uuid().not_null())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .col(ColumnDef::new(Column::ExpiresAt).big_integer().not_null())
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::UserId)
                .to(users::Entity, users::Column::Id),
        )
        .to_owned()
}

fn sign_ups() -> TableCreateStatement {
    use sign_ups::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::Email).text().not_null())
        .col(ColumnDef::new(Column::Language).text().not_null())
        .col(ColumnDef::new(Column::Choice).text())
        .col(ColumnDef::new(Column::Partner).text())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .to_owned()
}

fn links() -> TableCreateStatement {
    use links::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::TokenHash).text().not_null().primary_key())
        .col(ColumnDef::new(Column::Purpose).text().not_null())
        .col(ColumnDef::new(Column::SubjectId).uuid().not_null())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .col(ColumnDef::new(Column::ExpiresAt).big_integer().not_null())
        .col(ColumnDef::new(Column::UsedAt).big_integer())
        .to_owned()
}

fn audit() -> TableCreateStatement {
    use audit::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::AccountId).uuid().not_null())
        .col(ColumnDef::new(Column::UserId).uuid())
        .col(ColumnDef::new(Column::Action).text().not_null())
        .col(ColumnDef::new(Column::Detail).text().not_null())
        .col(ColumnDef::new(Column::At).big_integer().not_null())
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::AccountId)
                .to(accounts::Entity, accounts::Column::Id),
        )
        .to_owned()
}

fn billing_details() -> TableCreateStatement {
    use billing_details::{Column, Entity};
    Table::create()
        .table(Entity)
        .col(ColumnDef::new(Column::AccountId).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::Company).text().not_null())
        .col(ColumnDef::new(Column::Address).text().not_null())
        .col(ColumnDef::new(Column::Postcode).text())
        .col(ColumnDef::new(Column::City).text().not_null())
        .col(ColumnDef::new(Column::Country).text().not_null())
        .col(ColumnDef::new(Column::Email).text())
        .col(ColumnDef::new(Column::VatNumber).text())
        .col(ColumnDef::new(Column::VatStanding).text())
        .col(ColumnDef::new(Column::VatAskedAt).big_integer())
        .col(ColumnDef::new(Column::VatAskAt).big_integer())
        .col(ColumnDef::new(Column::VatTries).integer().not_null())
        .col(ColumnDef::new(Column::SavedAt).big_integer().not_null())
        .foreign_key(
            ForeignKey::create()
                .from(Entity, Column::AccountId)
                .to(accounts::Entity, accounts::Column::Id),
        )
        .to_owned()
}

fn indexes() -> Vec<IndexCreateStatement> {
    let index = |name: &str| Index::create().name(name).to_owned();
    vec![
        index("accounts_trial")
            .table(accounts::Entity)
            .col(accounts::Column::TrialSettledAt)
            .col(accounts::Column::TrialEndsAt)
            .to_owned(),
        index("users_account")
            .table(users::Entity)
            .col(users::Column::AccountId)
            .to_owned(),
        index("sessions_user")
            .table(sessions::Entity)
            .col(sessions::Column::UserId)
            .to_owned(),
        index("sessions_expiry")
            .table(sessions::Entity)
            .col(sessions::Column::ExpiresAt)
            .to_owned(),
        index("links_subject")
            .table(links::Entity)
            .col(links::Column::SubjectId)
            .col(links::Column::Purpose)
            .to_owned(),
        index("billing_details_vat")
            .table(billing_details::Entity)
            .col(billing_details::Column::VatAskAt)
            .to_owned(),
        index("audit_account")
            .table(audit::Entity)
            .col(audit::Column::AccountId)
            .col(audit::Column::Id)
            .to_owned(),
    ]
}
