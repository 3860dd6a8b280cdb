//! The connection to SQLite or PostgreSQL, and bringing its schema up to date.
//!
//! Writers and readers have pools of their own, so that a storm of reconnecting clients can't
//! keep a message from being committed. SQLite has one writing connection: its writers would
//! otherwise poll for the file's lock.

use std::{path::Path, time::Duration};

use anyhow::Context as _;
use migration::{Migrator, MigratorTrait as _};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait as _,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};

use crate::error::{Error, Result};

/// How long start-up waits for the database before it gives up.
const PATIENCE: Duration = Duration::from_secs(120);
const FIRST_RETRY: Duration = Duration::from_millis(250);
const LONGEST_RETRY: Duration = Duration::from_secs(5);

const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long a connection may lie unused before it is asked whether it still works. One that broke
/// within it fails the statement it is used for, which clients may try again.
const TRUSTED_FOR: Duration = Duration::from_secs(1);
const READERS: u32 = 8;
const POSTGRES_WRITERS: u32 = 8;

/// A little more than the server's `statement_timeout`.
const DEADLINE: Duration = Duration::from_secs(12);

/// Names the lock under which instances migrate one after the other. Any number will do.
const MIGRATION_LOCK: i64 = 7_215;

#[derive(Clone)]
pub struct Database {
    pub(super) writer: DatabaseConnection,
    pub(super) reader: DatabaseConnection,
}

impl Database {
    /// Connects, waiting for a database that isn't up yet.
    pub async fn connect(url: &str) -> anyhow::Result<Self> {
        if let Some(path) = sqlite_path(url) {
            make_parent_directory(path)?;
        }
        let started = std::time::Instant::now();
        let mut pause = FIRST_RETRY;
        loop {
            match Self::try_connect(url).await {
                Ok(database) => return Ok(database),
                Err(error) if started.elapsed() + pause > PATIENCE => {
                    return Err(error).context("the database can't be reached");
                }
                Err(error) => {
                    let retry_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX);
                    tracing::warn!(%error, retry_ms, "waiting for the database");
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(LONGEST_RETRY);
                }
            }
        }
    }

    async fn try_connect(url: &str) -> std::result::Result<Self, DbErr> {
        let is_sqlite = sqlite_path(url).is_some();
        let writers = if is_sqlite { 1 } else { POSTGRES_WRITERS };
        // In this order: the writer creates the file that the reader opens.
        let writer = sea_orm::Database::connect(options(url, writers)).await?;
        let reader = sea_orm::Database::connect(options(url, READERS)).await?;
        Ok(Self { writer, reader })
    }

    /// Applies what is missing of the schema. Safe when several instances start at once.
    pub async fn migrate(&self) -> anyhow::Result<()> {
        let transaction = self.begin().await?;
        if self.postgres().is_some() {
            let patient = "SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0";
            transaction.execute_unprepared(patient).await?;
            let lock = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
            transaction.execute_unprepared(&lock).await?;
        }
        Migrator::up(&transaction, None).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The writers' pool, when this is PostgreSQL.
    pub(super) fn postgres(&self) -> Option<&DatabaseConnection> {
        let is_postgres = self.writer.get_database_backend() == DbBackend::Postgres;
        is_postgres.then_some(&self.writer)
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.reader.ping().await.map_err(Error::from)
    }

    pub async fn close(self) {
        for pool in [self.writer, self.reader] {
            if let Err(error) = pool.close().await {
                tracing::warn!(%error, "a database pool did not close");
            }
        }
    }

    /// A transaction that may write. On SQLite it takes the file's lock at once, because a
    /// reading transaction that turns into a writing one fails instead of waiting.
    pub(super) async fn begin(&self) -> std::result::Result<DatabaseTransaction, DbErr> {
        self.writer
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..Default::default()
            })
            .await
    }
}

/// Gives up on work that the database doesn't answer, a connection into the void for example,
/// which the server's own timeouts can't end. What became of it is unknown.
pub async fn within_deadline<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    tokio::time::timeout(DEADLINE, work).await.map_err(Error::unavailable)?
}

fn options(url: &str, max_connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(max_connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // Not before each statement: that would ask the database twice as often.
        .test_before_acquire_if_idle_for(TRUSTED_FOR)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .journal_mode(SqliteJournalMode::Wal)
                // An acknowledged message survives a power cut.
                .synchronous(SqliteSynchronous::Full)
                .busy_timeout(Duration::from_secs(5))
        })
        .map_sqlx_postgres_opts(|postgres| {
            postgres.application_name("devschat").options([
                ("lock_timeout", "2s"),
                ("statement_timeout", "10s"),
                ("idle_in_transaction_session_timeout", "10s"),
            ])
        });
    options
}

/// The file behind a SQLite URL; nothing for another database.
pub fn sqlite_path(url: &str) -> Option<&Path> {
    let rest = url.strip_prefix("sqlite:")?;
    let rest = rest.strip_prefix("//").unwrap_or(rest);
    Some(Path::new(rest.split('?').next().unwrap_or(rest)))
}

fn make_parent_directory(path: &Path) -> anyhow::Result<()> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => std::fs::create_dir_all(parent)
            .with_context(|| format!("can't make the directory {}", parent.display())),
        _ => Ok(()),
    }
}
