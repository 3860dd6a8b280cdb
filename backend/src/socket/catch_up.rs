//! Catching up: what a reader missed, from the database, in frames of bounded size.

use std::{cell::RefCell, rc::Weak, time::Duration};

use bytes::Bytes;
use serde_json::value::RawValue;

use super::{
    outgoing::{Outgoing, Viewer},
    protocol::ServerFrame,
};
use crate::{
    domain::{
        event::Event,
        id::{RoomId, Seq},
    },
    feed::reader::Slot,
};

/// An `events` frame holds at most this much, or one event.
const MAX_EVENTS_BYTES: usize = 48 * 1024;
const MAX_EVENTS: u64 = 200;

/// After the database failed, a room that is behind waits this long.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// A subscription that is behind what its feed holds.
pub struct Behind {
    pub slot: Slot,
    pub room_id: RoomId,
    pub after: Seq,
    pub viewer: Viewer,
}

/// Reads what follows a cursor from the database. One at a time per subscription; the next
/// one begins when the socket has taken this one's frames.
pub async fn catch_up(outgoing: Weak<RefCell<Outgoing>>, behind: Behind) {
    let Behind { slot, room_id, after, viewer } = behind;
    let events = viewer.chat.catch_up(viewer.user_id, room_id, after, MAX_EVENTS).await;
    match events {
        Ok(events) => {
            if let Some(outgoing) = outgoing.upgrade() {
                outgoing.borrow_mut().caught_up(slot, &events);
            }
        }
        Err(error) => {
            tracing::warn!(error = ?error, room.id = %room_id, "a reader could not catch up; trying again");
            tokio::time::sleep(RETRY_AFTER).await;
            if let Some(outgoing) = outgoing.upgrade() {
                outgoing.borrow_mut().try_again(slot);
            }
        }
    }
}

/// The events as `events` frames of bounded size.
pub fn events_frames(room_id: RoomId, events: &[Event]) -> Vec<Bytes> {
    let mut frames = Vec::new();
    let mut bytes = 0;
    let mut batch: Vec<(Seq, Box<RawValue>)> = Vec::new();
    for event in events {
        let json = match serde_json::value::to_raw_value(event) {
            Ok(json) => json,
            Err(error) => {
                tracing::error!(%error, "an event could not be encoded");
                break;
            }
        };
        if bytes + json.get().len() > MAX_EVENTS_BYTES && !batch.is_empty() {
            frames.push(events_frame(room_id, std::mem::take(&mut batch)));
            bytes = 0;
        }
        bytes += json.get().len();
        batch.push((event.seq, json));
    }
    if !batch.is_empty() {
        frames.push(events_frame(room_id, batch));
    }
    frames
}

fn events_frame(room_id: RoomId, batch: Vec<(Seq, Box<RawValue>)>) -> Bytes {
    let from = batch.first().map_or(0, |(seq, _)| *seq);
    let to = batch.last().map_or(0, |(seq, _)| *seq);
    let events = batch.into_iter().map(|(_, json)| json).collect();
    ServerFrame::Events { room_id, from, to, events }.encode()
}
