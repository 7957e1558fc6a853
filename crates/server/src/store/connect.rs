use std::fs::{DirBuilder, OpenOptions};
use std::path::Path;
use std::time::Duration;

use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend, DbErr};
use sea_orm_migration::MigratorTrait;

use super::schema::Migrations;

/// How long a connection waits for the lock of another program on the same file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a request waits for a free connection before it is refused.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 16;

/// The connections.
#[derive(Clone, Debug)]
pub struct Store {
    read: DatabaseConnection,
    write: DatabaseConnection,
}

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Neither a file nor a `PostgreSQL` address.
    #[error(
        "the database address {0:?} is not understood: give postgres://user@host/database, or sqlite://FILE, or nothing for a file in the data folder"
    )]
    UnknownUrl(String),
    /// The folder of the database file cannot be made.
    #[error("the folder {folder} for the database cannot be made: {source}")]
    Folder {
        /// The folder.
        folder: String,
        /// Why not.
        source: std::io::Error,
    },
    /// There is no database to read.
    #[error(
        "there is no database file {0}: give the folder that `subscribe serve` has as --data, or its --database-url"
    )]
    NoFile(String),
    /// The database refuses.
    #[error("the database cannot be opened: {0}")]
    Database(#[from] DbErr),
    /// A `PostgreSQL` database whose tables are older or newer than this program.
    #[error(
        "the database lacks {0} change(s) of its tables: run `subscribe migrate` with the same --database-url first"
    )]
    NotMigrated(usize),
}

impl Store {
    /// Opens the database: the file `subscribe.sqlite` in the data folder, or what `url` names.
    ///
    /// The file is created and brought up to date at once. A `PostgreSQL` database has to be up to date already
    /// ([`Store::migrate`]): several servers that start at once would race.
    pub async fn open(data: &Path, url: Option<&str>) -> Result<Self, ConnectError> {
        let store = Self::connect(data, url).await?;
        if store.is_sqlite() {
            Migrations::up(&store.write, None).await?;
        } else {
            let pending = Migrations::get_pending_migrations(&store.write).await?.len();
            if pending > 0 {
                return Err(ConnectError::NotMigrated(pending));
            }
        }
        Ok(store)
    }

    /// Opens a database that is there, to read it only: nothing is made, and nothing brought up to date. Servers may be
    /// using it.
    pub async fn open_to_read(data: &Path, url: Option<&str>) -> Result<Self, ConnectError> {
        let file = match url {
            None => data.join("subscribe.sqlite"),
            Some(url) => match url.strip_prefix("sqlite://") {
                Some(file) if !file.is_empty() => file.into(),
                _ => return Self::connect(data, Some(url)).await,
            },
        };
        if !file.is_file() {
            return Err(ConnectError::NoFile(file.display().to_string()));
        }
        let read = Database::connect(sqlite_options(&file, 1, false)).await?;
        Ok(Self {
            write: read.clone(),
            read,
        })
    }

    /// Opens the database and brings its tables up to date. Tells how many changes that took.
    pub async fn migrate(data: &Path, url: Option<&str>) -> Result<usize, ConnectError> {
        let store = Self::connect(data, url).await?;
        let pending = Migrations::get_pending_migrations(&store.write).await?.len();
        Migrations::up(&store.write, None).await?;
        Ok(pending)
    }

    async fn connect(data: &Path, url: Option<&str>) -> Result<Self, ConnectError> {
        match url {
            None => Self::sqlite(&data.join("subscribe.sqlite")).await,
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Self::postgres(url).await
            }
            Some(url) => match url.strip_prefix("sqlite://") {
                Some(file) if !file.is_empty() => Self::sqlite(Path::new(file)).await,
                _ => Err(ConnectError::UnknownUrl(url.to_owned())),
            },
        }
    }

    async fn sqlite(file: &Path) -> Result<Self, ConnectError> {
        if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            make_folder(folder).map_err(|source| ConnectError::Folder {
                folder: folder.display().to_string(),
                source,
            })?;
        }
        make_file(file);
        // The writer first: it makes the file and its write-ahead log, which a reader cannot.
        let write = Database::connect(sqlite_options(file, 1, true)).await?;
        let read = Database::connect(sqlite_options(file, SQLITE_READERS, false)).await?;
        Ok(Self { read, write })
    }

    async fn postgres(url: &str) -> Result<Self, ConnectError> {
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .sqlx_logging(false);
        let pool = Database::connect(options).await?;
        Ok(Self {
            read: pool.clone(),
            write: pool,
        })
    }

    /// For queries outside a transaction. With `SQLite` these connections refuse to write.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// For [`Store::with_tx`] alone.
    pub(super) fn write(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Which of the two databases it is.
    pub fn is_sqlite(&self) -> bool {
        self.write.get_database_backend() == DbBackend::Sqlite
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.read.ping().await
    }

    /// Closes every connection; `SQLite` then folds its write-ahead log into the file.
    pub async fn close(self) -> Result<(), DbErr> {
        let sqlite = self.is_sqlite();
        self.read.close().await?;
        if sqlite { self.write.close().await } else { Ok(()) }
    }
}

/// Makes a folder that is its owner's alone, as far as it is not there: the file holds hashes and letters with links.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes the empty file that `SQLite` fills, its owner's alone; `SQLite` gives the files beside it the same rights. One
/// that is there stays as it is, and one that cannot be made is refused by `SQLite` in its own words.
fn make_file(file: &Path) {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(file));
}

fn sqlite_options(file: &Path, connections: u32, writes: bool) -> ConnectOptions {
    let file = file.to_owned();
    let mut options = ConnectOptions::new("sqlite://");
    options
        .max_connections(connections)
        .min_connections(1)
        // A connection that is closed for idleness or age loses its page cache and gains nothing.
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            let sqlite = sqlite
                .filename(&file)
                .create_if_missing(writes)
                .journal_mode(SqliteJournalMode::Wal)
                // FULL: a confirmed order survives a power cut, not only a crash of the program.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY_TIMEOUT);
            if writes {
                sqlite
            } else {
                sqlite.pragma("query_only", "ON")
            }
        });
    options
}
