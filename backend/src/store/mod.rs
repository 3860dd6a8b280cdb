//! The database: the only place that names `sea_orm`.
//!
//! One file per table for reading and for plain rows; everything that changes a room goes
//! through [`ledger`], the only writer of the log. Runs on SQLite and on PostgreSQL.

pub mod access;
pub mod api_tokens;
pub mod audit;
pub mod database;
pub mod edits;
mod entity;
pub mod external_identities;
pub mod heads;
pub mod invitations;
pub mod joined;
pub mod ledger;
pub mod log;
pub mod mail_tokens;
pub mod members;
pub mod message_pages;
mod messages;
pub mod purge;
mod reactions;
pub mod readers;
pub mod rooms;
pub mod server_state;
pub mod sessions;
pub mod two_factor;
pub mod users;

use sea_orm::{DbErr, RuntimeErr, SqlErr, sqlx};

use crate::error::Error;

/// PostgreSQL's codes of failures that pass: lock and statement timeouts, deadlock,
/// serialization, shutdown and start-up of the server, too many connections.
const PASSING_SQLSTATES: [&str; 9] =
    ["55P03", "57014", "40P01", "40001", "57P01", "57P02", "57P03", "53300", "25P03"];

const LOCK_NOT_AVAILABLE: &str = "55P03";

/// What passes (a lost connection, a lock not got in time) is `unavailable` and worth a
/// retry; the rest is our fault.
impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if is_passing(&error) { Self::unavailable(error) } else { Self::internal(error) }
    }
}

/// Whether somebody else held a lock for too long, which concerns one room and not the database.
fn is_lock_timeout(error: &Error) -> bool {
    let cause = error.cause.as_ref().and_then(|cause| cause.downcast_ref::<DbErr>());
    cause.and_then(sqlstate).is_some_and(|state| state == LOCK_NOT_AVAILABLE)
}

fn sqlstate(error: &DbErr) -> Option<String> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(cause)) | DbErr::Query(RuntimeErr::SqlxError(cause)) => {
            cause.as_database_error()?.code().map(|code| code.into_owned())
        }
        _ => None,
    }
}

fn is_passing(error: &DbErr) -> bool {
    let cause = match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(RuntimeErr::Internal(_)) => return true,
        DbErr::Conn(RuntimeErr::SqlxError(cause))
        | DbErr::Exec(RuntimeErr::SqlxError(cause))
        | DbErr::Query(RuntimeErr::SqlxError(cause)) => cause.as_ref(),
        _ => return false,
    };
    match cause {
        sqlx::Error::Database(refusal) => {
            let code = refusal.code().unwrap_or_default();
            PASSING_SQLSTATES.contains(&code.as_ref())
                || refusal.message().contains("database is locked")
        }
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        _ => false,
    }
}

/// The database's words about a broken uniqueness, which name the index or the columns.
fn broken_uniqueness(error: &DbErr) -> Option<String> {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(words)) => Some(words),
        _ => None,
    }
}
