//! A reader that begins anywhere, reads a little at a time, and is removed, perhaps to come
//! back, while events arrive.

use proptest::{collection::vec, prelude::*, sample::select, test_runner::RngAlgorithm};

use super::log::{ADA, LINUS, event, seq_of, somebody, started_at};
use crate::{
    domain::{
        event::{Change, Event},
        id::{Seq, UserId},
        role::Role,
    },
    feed::room_feed::{Reading, RoomFeed},
};

fn change() -> impl Strategy<Value = Change> {
    let plain = |id| Change::RoleChanged { user: somebody(id), role: Role::Member };
    let changes = [ADA, LINUS].into_iter().flat_map(|id| {
        [
            plain(id),
            plain(id),
            Change::MemberLeft { user: somebody(id) },
            Change::MemberRemoved { user: somebody(id) },
            Change::MemberJoined { user: somebody(id), role: Role::Member },
        ]
    });
    select(changes.chain([Change::RoomDeleted {}]).collect::<Vec<_>>())
}

/// The events after a place up to one reader's end, or to the end of what there is.
fn due(log: &[Event], viewer: UserId, after: Seq) -> (Vec<Seq>, bool) {
    let following = log.iter().filter(|event| event.seq > after);
    let ends = |event: &&Event| event.change.ending().is_some_and(|end| end.concerns(viewer));
    let end = following.clone().find(ends).map(|event| event.seq);
    let seqs = following.map(|event| event.seq).filter(|seq| end.is_none_or(|end| *seq <= end));
    (seqs.collect(), end.is_some())
}

/// Reads once; what came, in order, and how it ended.
fn read(
    feed: &RoomFeed,
    viewer: UserId,
    cursor: &mut Seq,
    max_bytes: usize,
) -> (Vec<Seq>, Reading) {
    let (mut seen, mut bytes) = (Vec::new(), 0);
    let reading = feed.read(cursor, viewer, max_bytes, |frame| {
        assert!(bytes < max_bytes, "what is asked for ends before this");
        bytes += frame.len();
        seen.push(seq_of(&frame));
    });
    assert!(reading != Reading::More || bytes >= max_bytes, "there was more, and it was asked for");
    (seen, reading)
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::with_cases(10_000)
    })]

    #[test]
    fn what_is_read_is_contiguous_and_ends_with_the_membership(
        changes in vec(change(), 1..16),
        start in 0..8_i64,
        begins in 0..24_i64,
        viewer in select(&[ADA, LINUS]),
        steps in vec((any::<u8>(), 1..700_usize), 0..24),
    ) {
        let seqs = start + 1..;
        let log: Vec<_> = seqs.zip(changes).map(|(seq, change)| event(seq, change)).collect();
        let feed = started_at(start);
        let (due, has_end) = due(&log, viewer, begins);

        let (mut cursor, mut seen, mut ended) = (begins, Vec::new(), None);
        let last_turns = [usize::MAX; 2].map(|max_bytes| (u8::MAX, max_bytes));
        for (which, max_bytes) in steps.into_iter().chain(last_turns) {
            let events = if which == u8::MAX { &log[..] } else {
                std::slice::from_ref(&log[usize::from(which) % log.len()])
            };
            for event in events {
                feed.offer([event]);
            }
            if ended.is_some() {
                break;
            }
            let (read, reading) = read(&feed, viewer, &mut cursor, max_bytes);
            seen.extend(read);
            match reading {
                Reading::Behind => prop_assert!(begins < start, "it has all since it started"),
                Reading::Ended { seq, .. } => ended = Some(seq),
                Reading::AtHead => prop_assert!(Some(cursor) >= feed.head()),
                Reading::More => prop_assert!(Some(cursor) < feed.head()),
                Reading::CutOff => prop_assert!(false, "its history is still there"),
            }
        }

        if begins < start {
            prop_assert_eq!((seen, cursor), (vec![], begins), "what is missing is not skipped");
        } else {
            prop_assert_eq!(ended, due.last().copied().filter(|_| has_end));
            prop_assert_eq!(&seen, &due);
            prop_assert_eq!(cursor, due.last().copied().unwrap_or(begins));
        }
    }
}
