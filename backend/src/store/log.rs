//! Reading a room's log: pages of messages, and events after a place.
//!
//! Messages always come as they stand now. Whether somebody may read is decided before.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
};

use super::{
    database::Database,
    entity::{message, room_event},
    heads, messages,
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

/// Which messages of a room to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// The newest.
    Latest,
    Before(Seq),
    After(Seq),
    /// Half before, the rest at and after it.
    Around(Seq),
}

/// Messages, oldest first, as of `as_of_seq`: subscribing after it continues without a seam.
#[derive(Clone, Debug)]
pub struct Page {
    pub as_of_seq: Seq,
    pub messages: Vec<Message>,
    pub has_more_before: bool,
    pub has_more_after: bool,
}

/// At most `limit` messages (1–100) of a room. The head is read before the rows, so that
/// nothing after `as_of_seq` is missing from what a subscription will bring.
pub async fn page(db: &Database, room_id: RoomId, position: Position, limit: u64) -> Result<Page> {
    let as_of_seq = heads::of(db, room_id).await?.unwrap_or(0);
    let room = Reading { db, room_id, as_of_seq };
    let (mut before, after) = match position {
        Position::Latest => (room.read(Range::Before(Seq::MAX), limit).await?, Rows::default()),
        Position::Before(seq) => {
            let has_more = room.has_any(Range::From(seq)).await?;
            (room.read(Range::Before(seq), limit).await?, Rows { has_more, ..Rows::default() })
        }
        Position::After(seq) => {
            let first = seq.saturating_add(1);
            let has_more = room.has_any(Range::Before(first)).await?;
            (Rows { has_more, ..Rows::default() }, room.read(Range::From(first), limit).await?)
        }
        Position::Around(seq) => {
            let before = room.read(Range::Before(seq), limit / 2).await?;
            (before, room.read(Range::From(seq), limit - limit / 2).await?)
        }
    };
    before.messages.reverse();
    before.messages.extend(after.messages);
    Ok(Page {
        as_of_seq,
        messages: before.messages,
        has_more_before: before.has_more,
        has_more_after: after.has_more,
    })
}

#[derive(Clone, Copy)]
enum Range {
    /// Backwards from here, newest first.
    Before(Seq),
    /// Forwards from here, oldest first.
    From(Seq),
}

#[derive(Default)]
struct Rows {
    messages: Vec<Message>,
    has_more: bool,
}

/// A room's messages, up to a head.
struct Reading<'a> {
    db: &'a Database,
    room_id: RoomId,
    as_of_seq: Seq,
}

impl Reading<'_> {
    async fn read(&self, range: Range, limit: u64) -> Result<Rows> {
        let chosen = self.choose(range).limit(limit + 1);
        let mut messages = messages::read(&self.db.reader, chosen).await?;
        let has_more = messages.len() as u64 > limit;
        messages.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(Rows { messages, has_more })
    }

    async fn has_any(&self, range: Range) -> Result<bool> {
        let chosen = self.choose(range).select_only().column(message::Column::Seq);
        let found = chosen.into_tuple::<Seq>().one(&self.db.reader).await?;
        Ok(found.is_some())
    }

    fn choose(&self, range: Range) -> Select<message::Entity> {
        let of_room = message::Entity::find().filter(message::COLUMN.room_id.eq(self.room_id.0));
        // One bound a side: of two upper ones SQLite takes the first for its index, and looks
        // at every row between that and the other.
        match range {
            Range::Before(seq) => of_room
                .filter(message::COLUMN.seq.lt(seq.min(self.as_of_seq.saturating_add(1))))
                .order_by_desc(message::Column::Seq),
            Range::From(seq) => of_room
                .filter(message::COLUMN.seq.gte(seq))
                .filter(message::COLUMN.seq.lte(self.as_of_seq))
                .order_by_asc(message::Column::Seq),
        }
    }
}

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
