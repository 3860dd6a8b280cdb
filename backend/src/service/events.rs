//! The log itself, event by event, for clients that don't open a socket.

use std::{sync::Arc, time::Duration};

use super::{
    Chat,
    follow::{Following, Place, ResetReason},
};
use crate::{
    domain::{
        event::{EndReason, Event},
        id::{Epoch, RoomId, Seq, UserId},
    },
    error::{Error, Result},
    feed::wait::Waiting,
};

/// Somebody's reading of a room, from a place on.
pub struct LogReader {
    chat: Arc<Chat>,
    user_id: UserId,
    room_id: RoomId,
    waiting: Waiting,
    /// The history it reads.
    pub epoch: Epoch,
    pub cursor: Seq,
}

/// What came of beginning to read.
pub enum Opened {
    Reading(LogReader),
    Reset { head: Seq, reason: ResetReason },
}

/// The next events, and whether they are the last this reader may have.
pub struct NextEvents {
    pub events: Vec<Event>,
    pub ending: Option<EndReason>,
}

impl Chat {
    /// Begins to read a room's log after a place; 0 is before its beginning.
    pub async fn open_log(
        self: &Arc<Self>,
        user_id: UserId,
        room_id: RoomId,
        place: Place<'_>,
    ) -> Result<Opened> {
        match self.follow(user_id, room_id, place).await? {
            Following::Reset { head, reason, .. } => Ok(Opened::Reset { head, reason }),
            Following::From { lease, epoch, cursor, .. } => {
                let waiting = Waiting::on(lease);
                let chat = Arc::clone(self);
                let reader = LogReader { chat, user_id, room_id, waiting, epoch, cursor };
                Ok(Opened::Reading(reader))
            }
        }
    }
}

impl LogReader {
    /// The next events, at most `limit`; none when nothing came within `wait`.
    pub async fn next(&mut self, limit: u64, wait: Duration) -> Result<NextEvents> {
        let nothing = NextEvents { events: Vec::new(), ending: None };
        let Ok(_) = tokio::time::timeout(wait, self.waiting.until_after(self.cursor)).await else {
            return Ok(nothing);
        };
        let caught_up = self.chat.catch_up(self.user_id, self.room_id, self.cursor, limit).await?;
        let mut events = caught_up.events;
        // Asked after reading, so that nothing of a new history is given as one of the old.
        if self.waiting.is_cut_off() || self.chat.epoch() != self.epoch {
            return Err(Error::other_history());
        }
        let ending_of =
            |event: &Event| event.change.ending().filter(|ending| ending.concerns(self.user_id));
        let mut ending = None;
        if let Some(last) = events.iter().position(|event| ending_of(event).is_some()) {
            let reason = ending_of(&events[last]).map(|ending| ending.reason);
            // Who came back meanwhile reads on.
            if !self.chat.may_follow(self.user_id, self.room_id).await? {
                events.truncate(last + 1);
                ending = reason;
            }
        }
        match events.last() {
            Some(last) => self.cursor = last.seq,
            // The feed has more, but the reader may have none of it; or the log doesn't: it was
            // erased, and the room with it.
            None => {
                let reason = caught_up.ended.map(|(_, reason)| reason);
                ending = reason.or(Some(EndReason::RoomDeleted));
            }
        }
        Ok(NextEvents { events, ending })
    }
}
