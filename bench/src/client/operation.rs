//! One operation's life in the history: invoked, tried again, acknowledged or refused.
//!
//! An operation may be under way in several copies: a send that is sent over both doors at
//! once, or again after it was acknowledged. It is refused when all its copies were refused.

use std::sync::Arc;

use parking_lot::Mutex;
use uuid::Uuid;

use super::me::Me;
use crate::history::{Action, OpId, Seq, What};

pub struct Operation {
    id: OpId,
    me: Arc<Me>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    attempts: u32,
    open_copies: u32,
    is_acked: bool,
    /// What became of some attempt is unknown.
    is_unknown: bool,
}

/// Where an acknowledged operation stands, as far as its answer tells.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    pub epoch: Option<String>,
    pub seq: Option<Seq>,
    pub message_id: Option<Uuid>,
    pub is_duplicate: Option<bool>,
}

impl Operation {
    /// An operation whose first attempt is about to leave, in so many copies.
    pub fn invoke(me: &Arc<Me>, room_id: Uuid, action: Action, copies: u32) -> Arc<Self> {
        let id = me.witness.new_operation();
        me.witness.tally.operations_invoked.add(1);
        me.witness.record(What::Invoke { op: id, client: me.client, room_id, action });
        let state = State { open_copies: copies, ..State::default() };
        Arc::new(Self { id, me: Arc::clone(me), state: Mutex::new(state) })
    }

    /// One more copy of a send.
    pub fn copy(&self) {
        self.state.lock().open_copies += 1;
    }

    /// An attempt is about to leave.
    pub fn attempt(&self) {
        let mut state = self.state.lock();
        state.attempts += 1;
        if state.attempts > 1 {
            self.me.witness.tally.retries.add(1);
            self.me.witness.record(What::Retry { op: self.id, attempt: state.attempts });
        }
    }

    /// What became of the last attempt will never be known.
    pub fn lost_sight(&self) {
        self.state.lock().is_unknown = true;
    }

    /// A copy was acknowledged.
    pub fn acked(&self, standing: Standing) {
        let mut state = self.state.lock();
        state.open_copies -= 1;
        let tally = &self.me.witness.tally;
        let count = if state.is_acked { &tally.repeats_acked } else { &tally.operations_acked };
        count.add(1);
        state.is_acked = true;
        let Standing { epoch, seq, message_id, is_duplicate: duplicate } = standing;
        self.me.witness.record(What::Ack { op: self.id, epoch, seq, message_id, duplicate });
    }

    /// A copy was refused for good.
    pub fn refused(&self, code: String) {
        let mut state = self.state.lock();
        state.open_copies -= 1;
        let tally = &self.me.witness.tally;
        if matches!(code.as_str(), "idempotency_conflict" | "invalid" | "unreadable") {
            let sentence = format!("operation {} was refused with {code}", self.id);
            tally.anomalies.note(&tally.anomalies.wrong_answers, sentence);
        }
        if state.is_acked || state.open_copies > 0 {
            return;
        }
        let is_definite = !state.is_unknown;
        let count = if is_definite { &tally.operations_refused } else { &tally.operations_unknown };
        count.add(1);
        self.me.witness.record(What::Refused { op: self.id, code, is_definite });
    }

    pub fn is_acked(&self) -> bool {
        self.state.lock().is_acked
    }
}
