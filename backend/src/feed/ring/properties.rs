//! What holds of a ring whatever is pushed into it.

use std::sync::LazyLock;

use proptest::{collection::vec, prelude::*, sample::select, test_runner::RngAlgorithm};
use uuid::Uuid;

use super::*;
use crate::domain::{
    event::{Change, Event},
    id::{RoomId, UserId},
    timestamp::Timestamp,
    user::UserSummary,
};

/// One of each size; the last alone is more than a ring should hold.
static FRAMES: LazyLock<[Frame; 4]> =
    LazyLock::new(|| [10, 3_000, 60_000, MAX_BYTES + 1].map(frame_around));

fn frame_around(bytes: usize) -> Frame {
    let id = UserId(Uuid::nil());
    let user = UserSummary { id, username: String::new(), display_name: "x".repeat(bytes) };
    Frame::encode(&Event {
        room_id: RoomId(Uuid::nil()),
        seq: 0,
        actor_id: id,
        at: Timestamp::from_unix_ms(0),
        change: Change::MemberLeft { user },
    })
}

/// How many of the last frames fit: at most so many, and so many bytes, but always one.
fn fitting(sizes: &[usize]) -> usize {
    let mut bytes = 0;
    let fits = |(count, size): &(usize, &usize)| {
        bytes += **size;
        *count < MAX_EVENTS && (bytes <= MAX_BYTES || *count == 0)
    };
    sizes.iter().rev().enumerate().take_while(fits).count()
}

fn seqs_after(ring: &Ring, cursor: Seq) -> Option<Vec<Seq>> {
    ring.after(cursor).map(|frames| frames.map(|frame| frame.seq).collect())
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::with_cases(10_000)
    })]

    #[test]
    fn a_ring_is_the_longest_contiguous_tail_that_fits(
        start in 0..1_000_i64,
        runs in vec((select(&[0_usize, 0, 0, 1, 1, 2, 3]), 1..200_usize), 0..8),
    ) {
        let mut ring = Ring::starting_at(start);
        let mut sizes = Vec::new();
        for (size, times) in runs {
            // Large ones fill a ring soon.
            for _ in 0..times.div_ceil(size * size * size + 1) {
                let mut frame = FRAMES[size].clone();
                frame.seq = ring.head() + 1;
                sizes.push(frame.bytes());
                ring.push(frame);
            }
        }

        let head = start + sizes.len() as Seq;
        let oldest = head - fitting(&sizes) as Seq;
        prop_assert_eq!(ring.head(), head);
        for cursor in [oldest, (oldest + head) / 2, head] {
            prop_assert_eq!(seqs_after(&ring, cursor), Some((cursor + 1..=head).collect()));
        }
        prop_assert_eq!(seqs_after(&ring, oldest - 1), None);
        prop_assert_eq!(seqs_after(&ring, head + 1), Some(vec![]), "nothing is ahead of the head");
    }
}
