//! Values that the instances on one database agree on.

use sea_orm::{ActiveValue::Set, EntityTrait as _, sea_query::OnConflict};

use super::{database::Database, entity::server_state};
use crate::{
    domain::id::Epoch,
    error::{Error, Result},
};

const EPOCH: &str = "epoch";

/// The database's epoch; `proposal` becomes it when there is none yet.
pub async fn epoch(db: &Database, proposal: &str) -> Result<Epoch> {
    let row =
        server_state::ActiveModel { name: Set(EPOCH.to_owned()), value: Set(proposal.to_owned()) };
    server_state::Entity::insert(row)
        .on_conflict(OnConflict::column(server_state::Column::Name).do_nothing().to_owned())
        .exec_without_returning(&db.writer)
        .await?;
    let row = server_state::Entity::find_by_id(EPOCH.to_owned()).one(&db.writer).await?;
    row.map(|row| Epoch::from(row.value))
        .ok_or_else(|| Error::internal(anyhow::anyhow!("the epoch vanished")))
}
