//! What a connection asks the database while it sends: events its reader missed, and whether
//! somebody whose membership ended has come back meanwhile.

use std::{cell::RefCell, rc::Weak, time::Duration};

use bytes::Bytes;
use serde_json::value::RawValue;

use super::{outgoing::Outgoing, protocol::ServerFrame, subscriptions::Viewer};
use crate::{
    domain::{
        event::{EndReason, Event},
        id::{RoomId, Seq, UserId},
    },
    error::Result,
    feed::reader::Slot,
    service::follow::CaughtUp,
};

/// An `events` frame holds at most this much, or one event.
const MAX_FRAME_BYTES: usize = 48 * 1024;
const MAX_EVENTS: u64 = 200;
/// One answer holds at most about this much; the rest is asked for again.
const MAX_ANSWER_BYTES: usize = 256 * 1024;

/// After the database failed, the question waits this long.
const RETRY_AFTER: Duration = Duration::from_millis(500);

/// Why a subscription waits for the database.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// Its feed no longer has what follows its cursor.
    CatchUp,
    /// It has come to the end of a membership; there may be a new one.
    ConfirmEnd { seq: Seq, reason: EndReason },
}

pub struct Question {
    pub slot: Slot,
    pub room_id: RoomId,
    pub cursor: Seq,
    pub need: Need,
    pub viewer: Viewer,
}

pub enum Answer {
    /// The next events, up to `last_seq`, which may be where the reader's membership ended.
    Events { frames: Vec<Bytes>, last_seq: Seq, ending: Option<EndReason> },
    /// They have come back: the log goes on for them.
    StillAMember,
    /// There is nothing more for this reader.
    Gone { seq: Seq, reason: EndReason },
    /// The database didn't answer.
    NotYet,
}

/// Asks, and gives the answer to the connection, if there still is one.
pub async fn ask(outgoing: Weak<RefCell<Outgoing>>, question: Question) {
    let (slot, room_id, viewer) = (question.slot, question.room_id, question.viewer.clone());
    let answer = match answer_to(question).await {
        Ok(answer) => answer,
        Err(error) => {
            tracing::warn!(error = ?error, room.id = %room_id, "a reader has to wait for the database");
            tokio::time::sleep(RETRY_AFTER).await;
            Answer::NotYet
        }
    };
    let gone = match &answer {
        Answer::Gone { seq, reason } => Some((*seq, *reason)),
        _ => None,
    };
    if let Some(outgoing) = outgoing.upgrade() {
        outgoing.borrow_mut().answered(slot, answer);
    }
    if let Some((seq, reason)) = gone {
        viewer.chat.reading_ended(viewer.user_id, room_id, seq, reason);
    }
}

async fn answer_to(question: Question) -> Result<Answer> {
    let Question { room_id, cursor, need, viewer, .. } = question;
    match need {
        Need::CatchUp => {
            let caught_up = viewer.chat.catch_up(viewer.user_id, room_id, cursor, MAX_EVENTS);
            Ok(pack(room_id, cursor, viewer.user_id, caught_up.await?))
        }
        Need::ConfirmEnd { seq, reason } => {
            let is_member = viewer.chat.may_follow(viewer.user_id, room_id).await?;
            Ok(if is_member { Answer::StillAMember } else { Answer::Gone { seq, reason } })
        }
    }
}

/// The events this reader may have, as `events` frames.
fn pack(room_id: RoomId, cursor: Seq, viewer: UserId, caught_up: CaughtUp) -> Answer {
    let CaughtUp { mut events, ended } = caught_up;
    let ending_of = |event: &Event| event.change.ending().filter(|ending| ending.concerns(viewer));
    if let Some(last) = events.iter().position(|event| ending_of(event).is_some()) {
        events.truncate(last + 1);
    }
    let (frames, packed) = events_frames(room_id, &events);
    match packed.checked_sub(1).and_then(|last| events.get(last)) {
        Some(last) => Answer::Events {
            frames,
            last_seq: last.seq,
            ending: ending_of(last).map(|ending| ending.reason),
        },
        // The feed has more, but the reader may have none of it; or the log doesn't: it was
        // erased, and the room with it.
        None => {
            let (seq, reason) = ended.unwrap_or((cursor, EndReason::RoomDeleted));
            Answer::Gone { seq, reason }
        }
    }
}

/// The first events as `events` frames of bounded size, and how many there was room for.
fn events_frames(room_id: RoomId, events: &[Event]) -> (Vec<Bytes>, usize) {
    let mut frames = Vec::new();
    let mut batch: Vec<(Seq, Box<RawValue>)> = Vec::new();
    let (mut packed, mut total_bytes, mut batch_bytes) = (0, 0, 0);
    for event in events {
        let json = match serde_json::value::to_raw_value(event) {
            Ok(json) => json,
            Err(error) => {
                tracing::error!(%error, "an event could not be encoded");
                break;
            }
        };
        let bytes = json.get().len();
        if total_bytes + bytes > MAX_ANSWER_BYTES && packed > 0 {
            break;
        }
        if batch_bytes + bytes > MAX_FRAME_BYTES && !batch.is_empty() {
            frames.push(events_frame(room_id, std::mem::take(&mut batch)));
            batch_bytes = 0;
        }
        batch_bytes += bytes;
        total_bytes += bytes;
        packed += 1;
        batch.push((event.seq, json));
    }
    if !batch.is_empty() {
        frames.push(events_frame(room_id, batch));
    }
    (frames, packed)
}

fn events_frame(room_id: RoomId, batch: Vec<(Seq, Box<RawValue>)>) -> Bytes {
    let from = batch.first().map_or(0, |(seq, _)| *seq);
    let to = batch.last().map_or(0, |(seq, _)| *seq);
    let events = batch.into_iter().map(|(_, json)| json).collect();
    ServerFrame::Events { room_id, from, to, events }.encode()
}
