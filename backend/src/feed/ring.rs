//! The last events of a room.
//!
//! Invariant: its events are `head - len + 1 ..= head`, without holes.

use std::collections::VecDeque;

use super::frame::Frame;
use crate::domain::id::Seq;

pub const MAX_EVENTS: usize = 512;
const MAX_BYTES: usize = 512 * 1024;

pub struct Ring {
    frames: VecDeque<Frame>,
    bytes: usize,
    head: Seq,
}

impl Ring {
    /// Empty, at `head`: what came up to it is in the database.
    pub fn starting_at(head: Seq) -> Self {
        Self { frames: VecDeque::new(), bytes: 0, head }
    }

    pub const fn head(&self) -> Seq {
        self.head
    }

    /// Appends the next event.
    pub fn push(&mut self, frame: Frame) {
        debug_assert_eq!(frame.seq, self.head + 1, "the ring has no holes");
        self.head = frame.seq;
        self.bytes += frame.bytes();
        self.frames.push_back(frame);
        while self.frames.len() > MAX_EVENTS || (self.bytes > MAX_BYTES && self.frames.len() > 1) {
            if let Some(oldest) = self.frames.pop_front() {
                self.bytes -= oldest.bytes();
            }
        }
    }

    /// Puts older events in front, the newest of them first, as far as they follow one another
    /// and there is room.
    pub fn extend_back(&mut self, older: Vec<Frame>) {
        for frame in older.into_iter().rev() {
            let next = self.head - self.frames.len() as Seq;
            if frame.seq > next {
                continue;
            }
            let bytes = self.bytes + frame.bytes();
            if frame.seq < next || self.frames.len() == MAX_EVENTS || bytes > MAX_BYTES {
                return;
            }
            self.bytes = bytes;
            self.frames.push_front(frame);
        }
    }

    /// The events after `cursor`, oldest first; nothing when the ring no longer has the first
    /// of them.
    pub fn after(&self, cursor: Seq) -> Option<impl Iterator<Item = &Frame>> {
        let behind = usize::try_from(self.head - cursor).unwrap_or(0);
        let skipped = self.frames.len().checked_sub(behind)?;
        Some(self.frames.range(skipped..))
    }
}

#[cfg(test)]
mod properties;

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{
        event::{Change, Event},
        id::{RoomId, UserId},
        timestamp::Timestamp,
    };

    fn frame(seq: Seq) -> Frame {
        Frame::encode(&Event {
            room_id: RoomId(Uuid::nil()),
            seq,
            actor_id: UserId(Uuid::nil()),
            at: Timestamp::from_unix_ms(0),
            change: Change::RoomDeleted {},
        })
    }

    fn seqs_after(ring: &Ring, cursor: Seq) -> Option<Vec<Seq>> {
        ring.after(cursor).map(|frames| frames.map(|frame| frame.seq).collect())
    }

    #[test]
    fn gives_what_follows_a_cursor_or_says_that_it_cannot() {
        let mut ring = Ring::starting_at(10);
        for seq in 11..=13 {
            ring.push(frame(seq));
        }

        assert_eq!(seqs_after(&ring, 13), Some(vec![]));
        assert_eq!(seqs_after(&ring, 11), Some(vec![12, 13]));
        assert_eq!(seqs_after(&ring, 10), Some(vec![11, 12, 13]));
        assert_eq!(seqs_after(&ring, 9), None);
    }

    #[test]
    fn takes_older_ones_that_end_where_it_begins() {
        let mut ring = Ring::starting_at(10);
        ring.push(frame(11));

        ring.extend_back(vec![frame(5), frame(7), frame(8), frame(9), frame(10), frame(11)]);

        assert_eq!(seqs_after(&ring, 6), Some(vec![7, 8, 9, 10, 11]));
        assert_eq!(seqs_after(&ring, 5), None, "6 is missing");
        ring.extend_back(vec![frame(4), frame(5)]);
        assert_eq!(seqs_after(&ring, 5), None, "6 is missing");
    }

    #[test]
    fn keeps_only_the_last_ones() {
        let mut ring = Ring::starting_at(0);
        for seq in 1..=600 {
            ring.push(frame(seq));
        }

        assert_eq!(ring.head(), 600);
        assert_eq!(
            seqs_after(&ring, 600 - MAX_EVENTS as Seq).map(|seqs| seqs.len()),
            Some(MAX_EVENTS)
        );
        assert_eq!(seqs_after(&ring, 600 - MAX_EVENTS as Seq - 1), None);
        ring.extend_back((1..=600 - MAX_EVENTS as Seq).map(frame).collect());
        assert_eq!(seqs_after(&ring, 600 - MAX_EVENTS as Seq - 1), None, "there is no room");
    }
}
