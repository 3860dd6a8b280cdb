//! What a feed does with events out of order, and where a reading ends.

use uuid::Uuid;

use super::*;
use crate::domain::{event::Change, role::Role, timestamp::Timestamp, user::UserSummary};

const ADA: UserId = UserId(Uuid::from_u128(1));
const LINUS: UserId = UserId(Uuid::from_u128(2));

fn person(id: UserId) -> UserSummary {
    UserSummary { id, username: "somebody".into(), display_name: "Some Body".into() }
}

fn event(seq: Seq, change: Change) -> Event {
    let at = Timestamp::from_unix_ms(0);
    Event { room_id: RoomId(Uuid::nil()), seq, actor_id: ADA, at, change }
}

fn any(seq: Seq) -> Event {
    event(seq, Change::RoleChanged { user: person(ADA), role: Role::Admin })
}

fn started_at(head: Seq) -> RoomFeed {
    let feed = RoomFeed::new(RoomId(Uuid::nil()));
    feed.start(head);
    feed
}

fn read_all(feed: &RoomFeed, cursor: Seq) -> (usize, Reading) {
    let (mut cursor, mut frames) = (cursor, 0);
    let reading = feed.read(&mut cursor, LINUS, usize::MAX, |_| frames += 1);
    (frames, reading)
}

#[test]
fn any_order_with_repeats_ends_in_the_same_log() {
    for order in [[4, 5, 6, 7], [7, 6, 5, 4], [5, 4, 7, 6], [6, 4, 7, 5]] {
        let feed = started_at(3);
        for seq in order.into_iter().chain(order) {
            feed.offer([&any(seq)]);
        }

        assert_eq!(feed.head(), Some(7), "{order:?}");
        assert_eq!(read_all(&feed, 3), (4, Reading::AtHead), "{order:?}");
    }
}

#[test]
fn what_is_ahead_waits_for_what_is_missing() {
    let feed = started_at(3);

    assert_eq!(feed.offer([&any(5)]), Offered::Ahead);
    assert_eq!(feed.head(), Some(3));
    assert_eq!(feed.offer([&any(4)]), Offered::InOrder);
    assert_eq!(feed.head(), Some(5));
}

#[test]
fn what_never_comes_to_exist_is_forgotten() {
    let feed = started_at(3);
    feed.offer([&any(8)]);
    feed.told(9);
    assert!(feed.end_fill(), "it waits for what is missing");

    feed.forget_claims(feed.claimed_head());

    assert!(!feed.end_fill());
    assert_eq!(feed.offer([&any(4)]), Offered::InOrder);
    assert_eq!(feed.head(), Some(4));
}

#[test]
fn what_came_before_the_start_is_neither_lost_nor_doubled() {
    let feed = RoomFeed::new(RoomId(Uuid::nil()));
    for seq in [2, 3, 4] {
        feed.offer([&any(seq)]);
    }
    feed.start(3);

    assert_eq!(feed.head(), Some(4));
    assert_eq!(read_all(&feed, 3), (1, Reading::AtHead));
    assert_eq!(read_all(&feed, 2), (0, Reading::Behind));
}

#[test]
fn a_removed_members_reading_ends_at_the_removal() {
    let feed = started_at(0);
    feed.offer([&any(1)]);
    feed.offer([&event(2, Change::MemberRemoved { user: person(LINUS) })]);
    feed.offer([&any(3)]);

    let ended = Reading::Ended { seq: 2, reason: EndReason::Removed };
    assert_eq!(read_all(&feed, 0), (2, ended));
    let mut cursor = 0;
    let others = feed.read(&mut cursor, ADA, usize::MAX, drop);
    assert_eq!((cursor, others), (3, Reading::AtHead));
}
