//! The rule by which a client takes a room's events: the next one is applied, a known one
//! dropped, and one further ahead means that something is missing.
//!
//! A correct server only ever sends the next one within a subscription, so everything else is
//! also evidence.

use crate::history::Seq;

/// What an event is to a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Applied: the cursor has moved.
    Next,
    /// Dropped: it is part of what one has.
    Known,
    /// Something between is missing: subscribe again after what one has.
    Ahead,
    /// Something is missing, and this came after a later one.
    Late,
}

/// One subscription's cursor.
#[derive(Clone, Copy, Debug)]
pub struct Cursor {
    have: Seq,
    highest_heard: Seq,
}

impl Cursor {
    pub const fn after(have: Seq) -> Self {
        Self { have, highest_heard: have }
    }

    pub const fn have(&self) -> Seq {
        self.have
    }

    pub fn hear(&mut self, seq: Seq) -> Verdict {
        let is_late = seq < self.highest_heard;
        self.highest_heard = self.highest_heard.max(seq);
        if seq <= self.have {
            Verdict::Known
        } else if seq == self.have + 1 {
            self.have = seq;
            if is_late { Verdict::Late } else { Verdict::Next }
        } else if is_late {
            Verdict::Late
        } else {
            Verdict::Ahead
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(after: Seq, heard: &[Seq]) -> (Vec<Verdict>, Seq) {
        let mut cursor = Cursor::after(after);
        (heard.iter().map(|seq| cursor.hear(*seq)).collect(), cursor.have())
    }

    #[test]
    fn the_next_event_moves_the_cursor() {
        assert_eq!(verdicts(4, &[5, 6]), (vec![Verdict::Next, Verdict::Next], 6));
    }

    #[test]
    fn a_known_event_is_dropped() {
        assert_eq!(verdicts(4, &[4, 5, 5]).0, [Verdict::Known, Verdict::Next, Verdict::Known]);
    }

    #[test]
    fn an_event_further_ahead_is_not_applied() {
        assert_eq!(verdicts(4, &[6, 7]), (vec![Verdict::Ahead, Verdict::Ahead], 4));
    }

    #[test]
    fn an_event_after_a_later_one_is_late() {
        assert_eq!(verdicts(4, &[6, 5]), (vec![Verdict::Ahead, Verdict::Late], 5));
    }
}
