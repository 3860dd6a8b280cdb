//! Committing a change of a room: its membership, its settings, its beginning and end.
//!
//! One transaction each: lock the head, decide whether the actor may, change the rows, append
//! the events. Asking for what already is so changes nothing and makes no event.

use std::sync::Arc;

use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, DatabaseTransaction};

use super::{message_change::MessageChange, room_lock, workbench::Workbench};
use crate::{
    domain::{
        event::{Change, Event},
        id::{MessageId, RoomId, UserId},
        role::Role,
        room::{RoomName, Topic, Visibility},
        timestamp::Timestamp,
    },
    error::{Error, ErrorCode, Result},
    store::{
        broken_uniqueness,
        database::Database,
        entity::{room, room_head},
        members,
    },
};

/// Who wants what of a room.
#[derive(Clone, Debug)]
pub struct ChangeRequest {
    pub room_id: RoomId,
    pub actor_id: UserId,
    pub change: RoomChange,
}

#[derive(Clone, Debug)]
pub enum RoomChange {
    Create(NewRoom),
    Join,
    Add(UserId),
    /// Removing oneself is leaving.
    Remove(UserId),
    SetRole(UserId, Role),
    Update(RoomPatch),
    Delete,
    Message(MessageId, MessageChange),
}

#[derive(Clone, Debug)]
pub struct NewRoom {
    pub name: RoomName,
    pub topic: Topic,
    pub visibility: Visibility,
}

/// What is given is changed, the rest stays.
#[derive(Clone, Debug, Default)]
pub struct RoomPatch {
    pub name: Option<RoomName>,
    pub topic: Option<Topic>,
    pub archived: Option<bool>,
    pub slow_mode: Option<bool>,
}

/// Commits the change. An error of ours means that nothing was committed, or that nobody
/// knows; either way it may be repeated: what is so already is not changed again, and what an
/// earlier attempt took away is not missed.
pub async fn commit(
    db: &Database,
    request: &ChangeRequest,
    attempt: u32,
    now: Timestamp,
) -> Result<Vec<Arc<Event>>> {
    let takes_away = matches!(request.change, RoomChange::Remove(_) | RoomChange::Delete);
    match commit_once(db, request, now).await {
        Err(error) if attempt > 1 && takes_away && is_refusal(&error) => Ok(Vec::new()),
        outcome => outcome,
    }
}

fn is_refusal(error: &Error) -> bool {
    matches!(error.code, ErrorCode::NotFound | ErrorCode::Forbidden)
}

async fn commit_once(
    db: &Database,
    request: &ChangeRequest,
    now: Timestamp,
) -> Result<Vec<Arc<Event>>> {
    let transaction = db.begin().await?;
    if let RoomChange::Create(new) = &request.change {
        create_room(&transaction, request, new, now).await?;
    }
    let mut heads = room_lock::lock(&transaction, vec![request.room_id.0]).await?;
    let head = heads.get_mut(&request.room_id.0).ok_or_else(|| Error::not_found("room"))?;
    let next_seq = head.head_seq + 1;
    let mut workbench = Workbench::load(&transaction, request, next_seq, now).await?;
    let changes = workbench.apply(&request.change).await?;

    let events = number(head, request, changes, now);
    if !events.is_empty() {
        room_lock::append(&transaction, events.iter().map(AsRef::as_ref)).await?;
        room_lock::store(&transaction, heads).await?;
    }
    transaction.commit().await?;
    Ok(events)
}

fn number(
    head: &mut room_head::Model,
    request: &ChangeRequest,
    changes: Vec<Change>,
    now: Timestamp,
) -> Vec<Arc<Event>> {
    let events = changes.into_iter().map(|change| {
        head.acl_version += i64::from(change.alters_rights());
        Arc::new(Event {
            room_id: request.room_id,
            seq: room_lock::next_seq(head),
            actor_id: request.actor_id,
            at: now,
            change,
        })
    });
    events.collect()
}

/// Creates the room's rows, unless an attempt whose outcome was unknown did.
async fn create_room(
    transaction: &DatabaseTransaction,
    request: &ChangeRequest,
    new: &NewRoom,
    now: Timestamp,
) -> Result<()> {
    if members::live_room(transaction, request.room_id).await?.is_some() {
        return Ok(());
    }
    let row = room::ActiveModel {
        id: Set(request.room_id.0),
        name: Set(new.name.as_str().to_owned()),
        name_key: Set(Some(new.name.key())),
        topic: Set(new.topic.as_str().to_owned()),
        visibility: Set(new.visibility.as_str().to_owned()),
        created_by: Set(request.actor_id.0),
        created_at: Set(now.unix_ms()),
        archived_at: Set(None),
        deleted_at: Set(None),
        slow_mode: Set(false),
    };
    row.insert(transaction).await.map_err(name_taken)?;
    let head = room_head::ActiveModel {
        room_id: Set(request.room_id.0),
        head_seq: Set(0),
        acl_version: Set(0),
    };
    head.insert(transaction).await?;
    Ok(())
}

pub fn name_taken(error: sea_orm::DbErr) -> Error {
    match broken_uniqueness(&error) {
        Some(words) if words.contains("name_key") => {
            Error::taken("name", "A room with this name exists.")
        }
        _ => error.into(),
    }
}
