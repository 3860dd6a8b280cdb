//! What readers are told in passing: who is online, who is typing. It has no place in the log.

use std::collections::HashSet;

use super::RoomFeed;
use crate::{domain::id::UserId, feed::whisper::Whisper};

impl RoomFeed {
    /// Whether it is to be learnt who the members are, so that readers can be told who of them
    /// is online.
    pub(in crate::feed) fn needs_audience(&self) -> bool {
        let state = self.state.lock();
        state.ring.is_some() && !state.readers.is_empty() && state.audience.is_unknown()
    }

    /// The room's members; nothing: too many.
    pub(in crate::feed) fn learn_audience(&self, members: Option<HashSet<UserId>>) {
        self.state.lock().audience.learn(members);
    }

    /// Tells readers who of the room's members is online, as far as they don't know.
    pub(in crate::feed) fn tell_presence(&self, online: &HashSet<UserId>) {
        let mut state = self.state.lock();
        if state.audience.is_unknown() {
            return;
        }
        let changes = state.audience.changes(online);
        let news = (!changes.is_empty()).then(|| Whisper::presence(changes).encode());
        let mut everybody = None;
        for reader in &state.readers {
            if reader.inform() {
                news.iter().for_each(|frame| reader.whisper(frame));
            } else {
                let everybody = everybody.get_or_insert_with(|| {
                    let online = state.audience.everybody();
                    (!online.is_empty()).then(|| Whisper::presence(online).encode())
                });
                everybody.iter().for_each(|frame| reader.whisper(frame));
            }
        }
    }

    pub(in crate::feed) fn tell_typing(&self, user_id: UserId) {
        let state = self.state.lock();
        let frame = Whisper::Typing { room_id: self.room_id, user_id }.encode();
        let others = state.readers.iter().filter(|reader| reader.user_id != user_id);
        others.for_each(|reader| reader.whisper(&frame));
    }
}
