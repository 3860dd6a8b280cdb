//! Sends that wait for their acknowledgement, in the order in which they were asked for.
//!
//! After a lost connection all of them are sent again under their `client_id`s, before
//! anything new.

use std::{collections::VecDeque, sync::Arc, time::Instant};

use tokio::sync::oneshot;
use uuid::Uuid;

use super::{frames::Say, operation::Operation};

/// A message to be sent.
pub struct Send {
    pub operation: Arc<Operation>,
    pub room_id: Uuid,
    pub client_id: String,
    pub body: String,
    pub reply_to: Option<Uuid>,
    /// Dropped when there is an answer for good.
    pub answered: oneshot::Sender<()>,
}

#[derive(Default)]
pub struct Outbox {
    waiting: VecDeque<Waiting>,
}

struct Waiting {
    id: u64,
    send: Send,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// To be sent, but not before.
    From(Instant),
    UnderWay,
}

impl Outbox {
    /// Takes a send; `id` names its frames.
    pub fn push(&mut self, id: u64, send: Send) {
        self.waiting.push_back(Waiting { id, send, state: State::From(Instant::now()) });
    }

    /// The frames that are to leave now, in order.
    pub fn due(&mut self) -> Vec<String> {
        let now = Instant::now();
        let due = self.waiting.iter_mut().filter(|one| match one.state {
            State::From(from) => from <= now,
            State::UnderWay => false,
        });
        let frames = due.map(|one| {
            one.state = State::UnderWay;
            one.send.operation.attempt();
            let Send { room_id, client_id, body, reply_to, .. } = &one.send;
            let (room_id, reply_to) = (*room_id, *reply_to);
            Say::Send { id: one.id, room_id, client_id, body, reply_to }.text()
        });
        frames.collect()
    }

    /// The connection is gone: what was under way is to be sent again.
    pub fn connection_lost(&mut self) {
        for one in &mut self.waiting {
            if one.state == State::UnderWay {
                one.send.operation.lost_sight();
            }
            one.state = State::From(Instant::now());
        }
    }

    /// A send was answered for good.
    pub fn take(&mut self, id: u64) -> Option<Send> {
        let index = self.waiting.iter().position(|one| one.id == id)?;
        self.waiting.remove(index).map(|one| one.send)
    }

    /// A send is to be repeated, but not before; nothing if there is no such send.
    pub fn postpone(&mut self, id: u64, from: Instant) -> Option<&Send> {
        let one = self.waiting.iter_mut().find(|one| one.id == id)?;
        one.state = State::From(from);
        Some(&one.send)
    }
}
