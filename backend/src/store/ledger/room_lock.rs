//! A room's head, locked: who holds it numbers the room's next events.

use std::collections::BTreeMap;

use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{LockType, OnConflict},
};
use uuid::Uuid;

use crate::{
    domain::{
        event::Event,
        id::{RoomId, Seq},
    },
    error::Result,
    store::{
        entity::{room_event, room_head},
        log,
    },
};

/// Locked heads by room.
pub type Heads = BTreeMap<Uuid, room_head::Model>;

/// Locks the heads of those rooms that exist. Everybody locks in the order of ids, so there
/// are no deadlocks. On SQLite the transaction itself is the lock.
pub async fn lock(transaction: &DatabaseTransaction, rooms: Vec<Uuid>) -> Result<Heads> {
    let heads = room_head::Entity::find()
        .filter(room_head::Column::RoomId.is_in(rooms))
        .order_by_asc(room_head::Column::RoomId)
        .lock(LockType::NoKeyUpdate)
        .all(transaction)
        .await?;
    Ok(heads.into_iter().map(|head| (head.room_id, head)).collect())
}

/// The next number of the room.
pub fn next_seq(head: &mut room_head::Model) -> Seq {
    head.head_seq += 1;
    head.head_seq
}

/// Writes moved heads back.
pub async fn store(transaction: &DatabaseTransaction, heads: Heads) -> Result<()> {
    let rows = heads.into_values().map(|head| room_head::ActiveModel {
        room_id: Set(head.room_id),
        head_seq: Set(head.head_seq),
        acl_version: Set(head.acl_version),
    });
    room_head::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::column(room_head::Column::RoomId)
                .update_columns([room_head::Column::HeadSeq, room_head::Column::AclVersion])
                .to_owned(),
        )
        .exec_without_returning(transaction)
        .await?;
    Ok(())
}

/// Appends events, numbered already, to the log.
pub async fn append<'a>(
    transaction: &DatabaseTransaction,
    events: impl IntoIterator<Item = &'a Event>,
) -> Result<()> {
    let rows = events.into_iter().map(|event| {
        let message = event.change.message();
        Ok(room_event::ActiveModel {
            room_id: Set(event.room_id.0),
            seq: Set(event.seq),
            kind: Set(event.change.kind().to_owned()),
            actor_id: Set(event.actor_id.0),
            message_id: Set(message.map(|message| message.id.0)),
            data: Set(log::encode(&event.change)?),
            created_at: Set(event.at.unix_ms()),
        })
    });
    let rows: Vec<_> = rows.collect::<Result<_>>()?;
    room_event::Entity::insert_many(rows).exec_without_returning(transaction).await?;
    Ok(())
}

/// The rooms that a batch touches, each once.
pub fn distinct(rooms: impl IntoIterator<Item = RoomId>) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> = rooms.into_iter().map(|room| room.0).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}
