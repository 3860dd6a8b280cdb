//! Who a client is, and all it shares between its two doors.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use parking_lot::Mutex;
use uuid::Uuid;

use super::{doors::Doors, knowledge::Knowledge, login::Login, rooms::Rooms};
use crate::{
    history::{ClientId, ConnectionId, OpId, What},
    recorder::Recorder,
    tally::Tally,
};

/// What all clients of a run tell what they do and see.
pub struct Witness {
    pub recorder: Recorder,
    pub tally: Tally,
    next_operation: AtomicU64,
    next_connection: AtomicU64,
}

impl Witness {
    pub fn new(recorder: Recorder) -> Self {
        Self {
            recorder,
            tally: Tally::default(),
            next_operation: AtomicU64::new(1),
            next_connection: AtomicU64::new(1),
        }
    }

    pub fn new_operation(&self) -> OpId {
        self.next_operation.fetch_add(1, Ordering::Relaxed)
    }

    pub fn new_connection(&self) -> ConnectionId {
        self.next_connection.fetch_add(1, Ordering::Relaxed)
    }

    pub fn record(&self, what: What) {
        self.recorder.record(what);
    }
}

pub struct Me {
    pub client: ClientId,
    pub user_id: Uuid,
    pub witness: Arc<Witness>,
    pub doors: Doors,
    pub login: Login,
    pub rooms: Mutex<Rooms>,
    pub knowledge: Mutex<Knowledge>,
}
