//! Where a client stands in each room it has ever followed.

use std::collections::HashMap;

use uuid::Uuid;

use super::cursor::{Cursor, Verdict};
use crate::history::Seq;

/// A place in a room's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub epoch: String,
    pub seq: Seq,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not followed: one isn't a member, as far as one knows.
    Away,
    /// Was followed when the connection was lost.
    Lost,
    /// A page is being loaded, to begin after it.
    Loading,
    /// `subscribe` is under way, or will be said again.
    Asked,
    /// Followed.
    Live,
}

pub struct Room {
    pub state: State,
    /// The cursor, kept while away; nothing before the first subscription and after a reset.
    pub mark: Option<Mark>,
    /// On this connection, since the last `subscribed`.
    flow: Option<Cursor>,
    /// `room_added` was heard while asking: a denial may be older than it.
    pub was_added_meanwhile: bool,
}

#[derive(Default)]
pub struct Rooms {
    by_id: HashMap<Uuid, Room>,
}

/// What an event is to its room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    Subscribed(Verdict),
    /// The subscription is about to be replaced, because something was missing.
    Superseded,
    /// Nobody asked for it.
    Unasked,
}

impl Rooms {
    pub fn room(&mut self, room_id: Uuid) -> &mut Room {
        self.by_id.entry(room_id).or_insert(Room {
            state: State::Away,
            mark: None,
            flow: None,
            was_added_meanwhile: false,
        })
    }

    /// The rooms to follow on a new connection: those one is in, and those one was following.
    pub fn to_follow(&mut self, joined: impl Iterator<Item = Uuid>) -> Vec<Uuid> {
        for room_id in joined {
            self.room(room_id).state = State::Lost;
        }
        let lost = self.by_id.iter().filter(|(_, room)| room.state == State::Lost);
        let mut lost: Vec<Uuid> = lost.map(|(id, _)| *id).collect();
        lost.sort_unstable();
        lost
    }

    pub fn connection_lost(&mut self) {
        for room in self.by_id.values_mut() {
            room.flow = None;
            room.was_added_meanwhile = false;
            if room.state != State::Away {
                room.state = State::Lost;
            }
        }
    }

    /// `subscribed`: events after `have` follow.
    pub fn subscribed(&mut self, room_id: Uuid, epoch: &str, have: Seq) {
        let room = self.room(room_id);
        room.state = State::Live;
        room.was_added_meanwhile = false;
        room.flow = Some(Cursor::after(have));
        room.mark = Some(Mark { epoch: epoch.to_owned(), seq: have });
    }

    /// The subscription ended; whether it goes on is for the caller to say.
    pub fn ended(&mut self, room_id: Uuid, state: State) {
        let room = self.room(room_id);
        room.flow = None;
        room.state = state;
    }

    /// An event: moves the cursor if it is the next one.
    pub fn hear(&mut self, room_id: Uuid, seq: Seq) -> Heard {
        let room = self.room(room_id);
        let Some(flow) = &mut room.flow else { return Heard::Unasked };
        let verdict = flow.hear(seq);
        if let Some(mark) = &mut room.mark {
            mark.seq = flow.have();
        }
        if room.state == State::Live { Heard::Subscribed(verdict) } else { Heard::Superseded }
    }

    /// The rooms one follows now, in a stable order.
    pub fn live(&self) -> Vec<Uuid> {
        let live = self.by_id.iter().filter(|(_, room)| room.state == State::Live);
        let mut live: Vec<Uuid> = live.map(|(id, _)| *id).collect();
        live.sort_unstable();
        live
    }

    /// Rooms one knows of and is not in.
    pub fn away(&self) -> Vec<Uuid> {
        let away = self.by_id.iter().filter(|(_, room)| room.state == State::Away);
        let mut away: Vec<Uuid> = away.map(|(id, _)| *id).collect();
        away.sort_unstable();
        away
    }

    /// How one stands to a room, and the cursor.
    pub fn standing(&self, room_id: Uuid) -> (State, Option<Mark>) {
        self.by_id.get(&room_id).map_or((State::Away, None), |room| (room.state, room.mark.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Uuid = Uuid::from_u128(1);

    #[test]
    fn the_cursor_survives_a_lost_connection() {
        let mut rooms = Rooms::default();
        rooms.subscribed(ROOM, "e", 4);
        rooms.hear(ROOM, 5);

        rooms.connection_lost();

        assert_eq!(rooms.to_follow([].into_iter()), [ROOM]);
        assert_eq!(rooms.room(ROOM).mark, Some(Mark { epoch: "e".to_owned(), seq: 5 }));
    }

    #[test]
    fn an_event_without_a_subscription_was_not_asked_for() {
        let mut rooms = Rooms::default();
        assert_eq!(rooms.hear(ROOM, 1), Heard::Unasked);
        rooms.subscribed(ROOM, "e", 0);
        assert_eq!(rooms.hear(ROOM, 1), Heard::Subscribed(Verdict::Next));

        rooms.ended(ROOM, State::Away);

        assert_eq!(rooms.hear(ROOM, 2), Heard::Unasked);
    }

    #[test]
    fn a_gap_counts_once_until_the_new_subscription() {
        let mut rooms = Rooms::default();
        rooms.subscribed(ROOM, "e", 0);
        assert_eq!(rooms.hear(ROOM, 2), Heard::Subscribed(Verdict::Ahead));

        rooms.room(ROOM).state = State::Asked;

        assert_eq!(rooms.hear(ROOM, 3), Heard::Superseded);
    }
}
