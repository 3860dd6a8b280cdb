//! Events of a room, made cheaply, and read back from their frames.

use bytes::Bytes;
use uuid::Uuid;

use crate::{
    domain::{
        event::{Change, Event},
        id::{RoomId, Seq, UserId},
        role::Role,
        timestamp::Timestamp,
        user::UserSummary,
    },
    feed::room_feed::RoomFeed,
};

pub const ADA: UserId = UserId(Uuid::from_u128(1));
pub const LINUS: UserId = UserId(Uuid::from_u128(2));

pub const ROOM: RoomId = RoomId(Uuid::nil());

pub fn somebody(id: UserId) -> UserSummary {
    UserSummary { id, username: String::new(), display_name: String::new() }
}

pub fn event(seq: Seq, change: Change) -> Event {
    Event { room_id: ROOM, seq, actor_id: ADA, at: Timestamp::from_unix_ms(0), change }
}

/// An event that ends nobody's reading.
pub fn plain(seq: Seq) -> Event {
    event(seq, Change::RoleChanged { user: somebody(ADA), role: Role::Admin })
}

pub fn started_at(head: Seq) -> RoomFeed {
    let feed = RoomFeed::new(ROOM);
    feed.start(head);
    feed
}

/// The place an event frame says it has.
pub fn seq_of(frame: &Bytes) -> Seq {
    const NAME: &[u8] = b"\"seq\":";
    let at = frame.windows(NAME.len()).position(|window| window == NAME).expect("a seq");
    let digits = frame[at + NAME.len()..].iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(0, |seq, digit| seq * 10 + Seq::from(digit - b'0'))
}
