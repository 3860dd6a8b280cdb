//! Values that the instances on one database agree on.

use sea_orm::{
    ActiveValue::Set, ConnectionTrait as _, DbBackend, DbErr, EntityTrait as _, QueryResult,
    Statement, sea_query::OnConflict,
};
use uuid::Uuid;

use super::{database::Database, entity::server_state, sqlstate};
use crate::{
    domain::id::Epoch,
    error::{Error, Result},
};

const EPOCH: &str = "epoch";

/// What PostgreSQL answers when one may not read its control data, or it is too old to have it.
const UNREADABLE: [&str; 2] = ["42501", "42883"];

/// The identity of the database's history; one is made when there is none yet.
///
/// A nonce in the database, and where PostgreSQL lets it be read, its system identifier and
/// timeline: so a restored dump, a recovery to a point in time and a fail-over that may have
/// lost something are other histories without anybody doing anything.
pub async fn epoch(db: &Database) -> Result<Epoch> {
    let nonce = match nonce(db).await? {
        Some(nonce) => nonce,
        None => make_nonce(db).await?,
    };
    let lineage = lineage(db).await?;
    Ok(Epoch::from(lineage.map_or(nonce.clone(), |lineage| format!("{nonce}-{lineage}"))))
}

/// Makes the history a different one: to be done after a restore, so that clients drop what
/// they hold.
pub async fn bump_epoch(db: &Database) -> Result<()> {
    let replace = OnConflict::column(server_state::Column::Name)
        .update_column(server_state::Column::Value)
        .to_owned();
    insert_nonce(db, replace).await
}

async fn nonce(db: &Database) -> Result<Option<String>> {
    let row = server_state::Entity::find_by_id(EPOCH.to_owned()).one(&db.writer).await?;
    Ok(row.map(|row| row.value))
}

/// Of several instances that start at once, the first makes it.
async fn make_nonce(db: &Database) -> Result<String> {
    let keep = OnConflict::column(server_state::Column::Name).do_nothing().to_owned();
    insert_nonce(db, keep).await?;
    let nonce = nonce(db).await?;
    nonce.ok_or_else(|| Error::internal(anyhow::anyhow!("the epoch vanished")))
}

async fn insert_nonce(db: &Database, on_conflict: OnConflict) -> Result<()> {
    let nonce = Uuid::new_v4().simple().to_string();
    let row = server_state::ActiveModel { name: Set(EPOCH.to_owned()), value: Set(nonce) };
    server_state::Entity::insert(row)
        .on_conflict(on_conflict)
        .exec_without_returning(&db.writer)
        .await?;
    Ok(())
}

/// Which PostgreSQL this is, and how often its history branched.
async fn lineage(db: &Database) -> Result<Option<String>> {
    let Some(postgres) = db.postgres() else { return Ok(None) };
    // The first 8 digits of a segment's name are the timeline. The query builder has neither.
    let query = "SELECT to_hex(system_identifier) || '-' || left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM pg_control_system()";
    let statement = Statement::from_string(DbBackend::Postgres, query);
    match postgres.query_one_raw(statement).await.and_then(read_lineage) {
        Ok(lineage) => Ok(lineage),
        Err(error) if sqlstate(&error).is_some_and(|state| UNREADABLE.contains(&&*state)) => {
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

fn read_lineage(row: Option<QueryResult>) -> std::result::Result<Option<String>, DbErr> {
    row.map(|row| row.try_get_by_index(0)).transpose()
}
