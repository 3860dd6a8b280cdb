//! Reading a room's log: events after a place, and single messages.
//!
//! Messages always come as they stand now. Whether somebody may read is decided before.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::{
    database::Database,
    entity::{message, room_event},
    messages,
};
use crate::{
    domain::{
        event::{Change, EndReason, Event},
        id::{MessageId, RoomId, Seq, UserId},
        message::Message,
        timestamp::Timestamp,
    },
    error::{Error, Result},
};

/// The field of an event's data that holds its message.
const MESSAGE: &str = "message";

/// At most `limit` events after `after`, in order.
pub async fn events_after(
    db: &Database,
    room_id: RoomId,
    after: Seq,
    limit: u64,
) -> Result<Vec<Event>> {
    let rows = room_event::Entity::find()
        .filter(room_event::COLUMN.room_id.eq(room_id.0))
        .filter(room_event::COLUMN.seq.gt(after))
        .order_by_asc(room_event::Column::Seq)
        .limit(limit)
        .all(&db.reader)
        .await?;
    let message_ids: Vec<_> = rows.iter().filter_map(|row| row.message_id).collect();
    let messages = if message_ids.is_empty() {
        HashMap::new()
    } else {
        let chosen = message::Entity::find().filter(message::Column::Id.is_in(message_ids));
        let messages = messages::read(&db.reader, chosen).await?;
        messages.into_iter().map(|message| (message.id, message)).collect()
    };
    rows.into_iter().map(|row| event_of(row, &messages)).collect()
}

/// Where and why somebody's reading of a room ended last, whether or not it began again.
pub async fn last_ending(
    db: &Database,
    room_id: RoomId,
    user_id: UserId,
) -> Result<Option<(Seq, EndReason)>> {
    let kind = room_event::Column::Kind;
    let about_user = room_event::Column::Data.contains(user_id.0.to_string());
    let row = room_event::Entity::find()
        .filter(room_event::COLUMN.room_id.eq(room_id.0))
        .filter(Condition::any().add(kind.eq("room_deleted")).add(
            Condition::all().add(kind.is_in(["member_left", "member_removed"])).add(about_user),
        ))
        .order_by_desc(room_event::Column::Seq)
        .one(&db.reader)
        .await?;
    let event = row.map(|row| event_of(row, &HashMap::new())).transpose()?;
    Ok(event.and_then(|event| Some((event.seq, event.change.ending()?.reason))))
}

/// One message as it stands now.
pub async fn message(
    db: &Database,
    room_id: RoomId,
    message_id: MessageId,
) -> Result<Option<Message>> {
    let chosen =
        message::Entity::find_by_id(message_id.0).filter(message::COLUMN.room_id.eq(room_id.0));
    Ok(messages::read(&db.reader, chosen).await?.pop())
}

fn event_of(row: room_event::Model, messages: &HashMap<MessageId, Message>) -> Result<Event> {
    let broken = |what: &str| {
        Error::internal(anyhow::anyhow!("event {} of room {}: {what}", row.seq, row.room_id))
    };
    let message = match row.message_id {
        Some(id) => {
            let message = messages.get(&MessageId(id)).cloned();
            Some(message.ok_or_else(|| broken("no message"))?)
        }
        None => None,
    };
    let change = match (row.kind.as_str(), message) {
        // By far the most, so without a detour.
        ("message_created", Some(message)) => Change::MessageCreated { message },
        (kind, message) => decode(kind, row.data.as_deref(), message)
            .map_err(|error| broken(&error.to_string()))?,
    };
    Ok(Event {
        room_id: RoomId(row.room_id),
        seq: row.seq,
        actor_id: UserId(row.actor_id),
        at: Timestamp::from_unix_ms(row.created_at),
        change,
    })
}

/// What a row's `data` holds of a change: all but the message, which stands in `messages`.
pub(super) fn encode(change: &Change) -> Result<Option<String>> {
    if matches!(change, Change::MessageCreated { .. }) {
        return Ok(None);
    }
    let mut tagged = serde_json::to_value(change).map_err(Error::internal)?;
    if let Some(data) = tagged["data"].as_object_mut() {
        data.remove(MESSAGE);
    }
    Ok(Some(tagged["data"].to_string()))
}

fn decode(kind: &str, data: Option<&str>, message: Option<Message>) -> serde_json::Result<Change> {
    let mut data: serde_json::Value = serde_json::from_str(data.unwrap_or("{}"))?;
    if let Some(message) = message {
        data[MESSAGE] = serde_json::to_value(message)?;
    }
    serde_json::from_value(serde_json::json!({ "kind": kind, "data": data }))
}
