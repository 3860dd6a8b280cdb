//! A history, indexed: who the clients are, and what became of each operation.

use std::collections::HashMap;

use uuid::Uuid;

use crate::history::{Action, ClientId, ConnectionId, OpId, Record, Seq, What};

/// A line of the history, counted from 0. A lower one happened earlier.
pub type Line = usize;

/// Later than everything in the history.
pub const NEVER: Line = Line::MAX;

pub struct Story<'a> {
    pub history: &'a [Record],
    pub users: HashMap<ClientId, Uuid>,
    /// In the order in which they were invoked.
    pub operations: Vec<Operation<'a>>,
    index: HashMap<OpId, usize>,
    /// What the history tells of operations it hasn't introduced.
    pub strays: Vec<(Line, OpId)>,
}

pub struct Operation<'a> {
    pub id: OpId,
    pub client: ClientId,
    /// Whose client it is; nobody's, if the history is broken.
    pub user_id: Uuid,
    pub room_id: Uuid,
    pub action: &'a Action,
    pub invoked: Line,
    pub acks: Vec<Acked>,
    /// Every attempt was refused.
    pub is_void: bool,
    /// The connections on which it left.
    pub left_on: Vec<(Line, ConnectionId)>,
    first_retry: Option<Line>,
}

pub struct Acked {
    pub line: Line,
    pub seq: Option<Seq>,
    pub message_id: Option<Uuid>,
    pub duplicate: Option<bool>,
}

impl Operation<'_> {
    pub fn acked_at(&self) -> Option<Line> {
        self.acks.first().map(|ack| ack.line)
    }

    /// Whether it was answered before it was tried a second time.
    pub fn took_one_attempt(&self) -> bool {
        let acked_at = self.acked_at();
        acked_at.is_some_and(|acked| self.first_retry.is_none_or(|retry| retry > acked))
    }

    /// When the last of its effects is in the database; [`NEVER`] when a copy of it may still
    /// be on its way. A send has one effect only, whatever becomes of its copies.
    pub fn settled(&self) -> Line {
        let is_send = matches!(self.action, Action::Send { .. });
        match self.acked_at() {
            Some(acked) if is_send || self.took_one_attempt() => acked,
            _ => NEVER,
        }
    }
}

impl<'a> Story<'a> {
    pub fn read(history: &'a [Record]) -> Self {
        let mut story = Self {
            history,
            users: HashMap::new(),
            operations: Vec::new(),
            index: HashMap::new(),
            strays: Vec::new(),
        };
        for (line, record) in history.iter().enumerate() {
            story.take(line, &record.what);
        }
        story
    }

    pub fn lines(&self) -> impl Iterator<Item = (Line, &'a What)> + use<'a> {
        self.history.iter().map(|record| &record.what).enumerate()
    }

    pub fn user(&self, client: ClientId) -> Uuid {
        self.users.get(&client).copied().unwrap_or_default()
    }

    fn take(&mut self, line: Line, what: &'a What) {
        match what {
            What::Client { client, user_id } => {
                self.users.insert(*client, *user_id);
            }
            What::Invoke { op, client, room_id, action } => {
                self.index.insert(*op, self.operations.len());
                self.operations.push(Operation {
                    id: *op,
                    client: *client,
                    user_id: self.user(*client),
                    room_id: *room_id,
                    action,
                    invoked: line,
                    acks: Vec::new(),
                    is_void: false,
                    left_on: Vec::new(),
                    first_retry: None,
                });
            }
            What::Retry { op, .. } => self.of(line, *op, |operation| {
                operation.first_retry.get_or_insert(line);
            }),
            What::Leaves { op, connection } => {
                self.of(line, *op, |operation| operation.left_on.push((line, *connection)));
            }
            What::Ack { op, seq, message_id, duplicate, .. } => {
                let (seq, message_id, duplicate) = (*seq, *message_id, *duplicate);
                let ack = Acked { line, seq, message_id, duplicate };
                self.of(line, *op, |operation| operation.acks.push(ack));
            }
            What::Refused { op, is_definite: true, .. } => {
                self.of(line, *op, |operation| operation.is_void = true);
            }
            _ => {}
        }
    }

    fn of(&mut self, line: Line, op: OpId, tell: impl FnOnce(&mut Operation<'a>)) {
        match self.index.get(&op).and_then(|index| self.operations.get_mut(*index)) {
            Some(operation) => tell(operation),
            None => self.strays.push((line, op)),
        }
    }
}
