//! Several accounts may invite an address that nobody has joined with yet: it is unique among those who joined, and within
//! an account.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use super::super::entities::{accounts, users};

/// Puts two indexes in the place of the one of all addresses.
pub struct Indexes;

impl MigrationName for Indexes {
    fn name(&self) -> &'static str {
        "0008_invitations"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Indexes {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let conn = manager.get_connection();
        if manager.get_database_backend() == DbBackend::Sqlite {
            // `SQLite` drops no such constraint, so the table is written anew. Meanwhile nothing refers to it, which it has to
            // be told outside of the transaction.
            conn.execute_unprepared("PRAGMA foreign_keys = OFF").await?;
            let written = rewrite_users(manager).await;
            conn.execute_unprepared("PRAGMA foreign_keys = ON").await?;
            written
        } else {
            conn.execute_unprepared("ALTER TABLE users DROP CONSTRAINT users_email_key")
                .await?;
            make_indexes(manager).await
        }
    }
}

/// All of it or nothing. Whoever is stopped right after it finds it done once more the next time, to the same effect.
async fn rewrite_users(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const COLUMNS: &str =
        "id, account_id, email, name, role, language, password_hash, active, deactivated_at, created_at";
    let tx = manager.begin().await?;
    tx.create_table(users_anew()).await?;
    let conn = tx.get_connection();
    for sql in [
        &format!("INSERT INTO users_anew ({COLUMNS}) SELECT {COLUMNS} FROM users"),
        "DROP TABLE users",
        "ALTER TABLE users_anew RENAME TO users",
    ] {
        conn.execute_unprepared(sql).await?;
    }
    let of_account = Index::create()
        .name("users_account")
        .table(users::Entity)
        .col(users::Column::AccountId)
        .to_owned();
    tx.create_index(of_account).await?;
    make_indexes(&tx).await?;
    tx.commit().await
}

/// Who signs in is found by the address alone; an account has each address once.
async fn make_indexes(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    for sql in [
        "CREATE UNIQUE INDEX users_joined ON users (email) WHERE password_hash IS NOT NULL",
        "CREATE UNIQUE INDEX users_of_account ON users (email, account_id)",
    ] {
        manager.get_connection().execute_unprepared(sql).await?;
    }
    Ok(())
}

fn users_anew() -> TableCreateStatement {
    use users::Column;
    let table = Alias::new("users_anew");
    Table::create()
        .table(table.clone())
        .col(ColumnDef::new(Column::Id).uuid().not_null().primary_key())
        .col(ColumnDef::new(Column::AccountId).uuid().not_null())
        .col(ColumnDef::new(Column::Email).text().not_null())
        .col(ColumnDef::new(Column::Name).text().not_null())
        .col(ColumnDef::new(Column::Role).text().not_null())
        .col(ColumnDef::new(Column::Language).text().not_null())
        .col(ColumnDef::new(Column::PasswordHash).text())
        .col(ColumnDef::new(Column::Active).boolean().not_null())
        .col(ColumnDef::new(Column::DeactivatedAt).big_integer())
        .col(ColumnDef::new(Column::CreatedAt).big_integer().not_null())
        .foreign_key(
            ForeignKey::create()
                .from(table, Column::AccountId)
                .to(accounts::Entity, accounts::Column::Id),
        )
        .to_owned()
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, Database, Statement};
    use sea_orm_migration::MigratorTrait;

    use super::super::Migrations;

    #[tokio::test]
    async fn a_database_of_before_keeps_its_users_and_what_refers_to_them() {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}?mode=rwc", folder.path().join("old.sqlite").display());
        let mut options = sea_orm::ConnectOptions::new(url);
        options.max_connections(1);
        let db = Database::connect(options).await.expect("a database");
        Migrations::up(&db, Some(7)).await.expect("the tables of before");
        db.execute_unprepared(
            "INSERT INTO accounts (id, address, company, country, time_zone, trial_ends_at, created_at) VALUES \
             (X'0A', 'acme', 'Acme', 'FR', 'UTC', 9, 7), (X'0B', 'elsewhere', 'Elsewhere', 'FR', 'UTC', 9, 7); \
             INSERT INTO users VALUES \
             (X'01', X'0A', 'ada@example.com', 'Ada', 'owner', 'en', '$argon2id$', 1, NULL, 7), \
             (X'02', X'0A', 'bob@example.com', '', 'member', 'en', NULL, 0, 8, 7); \
             INSERT INTO sessions VALUES ('hash', X'01', 7, 9)",
        )
        .await
        .expect("users of before");

        Migrations::up(&db, None).await.expect("brought up to date");

        let as_they_were = "SELECT (SELECT count(*) FROM users JOIN sessions ON user_id = id WHERE name = 'Ada' AND \
             role = 'owner' AND active = 1 AND users.created_at = 7) + (SELECT count(*) FROM users WHERE deactivated_at = 8)";
        let query = Statement::from_string(db.get_database_backend(), as_they_were);
        let row = db.query_one_raw(query).await.expect("an answer").expect("a row");
        assert_eq!(row.try_get_by_index::<i64>(0).expect("a number"), 2);

        let user = |id: &str, account: &str, email: &str, hash: &str| {
            format!(
                "INSERT INTO users VALUES (X'{id}', X'{account}', '{email}', '', 'member', 'en', {hash}, 1, NULL, 7)"
            )
        };
        for refused in [
            // Sessions still hang on users, and these on accounts.
            "DELETE FROM users".to_owned(),
            user("03", "0F", "cyd@example.com", "NULL"),
            // Nobody is there twice in an account, and nobody joins twice.
            user("03", "0A", "bob@example.com", "NULL"),
            user("03", "0B", "ada@example.com", "'$argon2id$'"),
        ] {
            assert!(db.execute_unprepared(&refused).await.is_err(), "{refused}");
        }
        db.execute_unprepared(&user("03", "0B", "bob@example.com", "NULL"))
            .await
            .expect("invited twice");
    }
}
