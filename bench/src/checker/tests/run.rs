//! Tells a run: what people do goes into the history and into the database, as a correct
//! server would have it. A test then takes a line away, changes a row, or tells a lie.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::reading::Reader;
use crate::{
    history::{Action, ClientId, Digest, OpId, Record, Seq, What},
    snapshot::{EventRow, MemberRow, MessageRow, RoomRow, Snapshot},
};

pub const ROOM: Uuid = Uuid::from_u128(1);
pub const EPOCH: &str = "e";

#[derive(Clone, Copy, Debug)]
pub struct Person {
    pub client: ClientId,
    pub user_id: Uuid,
}

const fn person(client: ClientId) -> Person {
    Person { client, user_id: Uuid::from_u128(100 + client as u128) }
}

/// Made the room.
pub const ADA: Person = person(1);
/// Was let in before the run began.
pub const LINUS: Person = person(2);
/// Is not in it.
pub const GRACE: Person = person(3);

#[derive(Default)]
pub struct Run {
    pub history: Vec<Record>,
    pub snapshot: Snapshot,
    /// Where those stand who follow the room.
    pub readers: BTreeMap<ClientId, Reader>,
    /// Written at the end, where they aren't changed.
    pub converged_after_us: Option<u64>,
    last_id: u64,
}

impl Run {
    /// Ada and Linus are in the room and follow it from its head.
    pub fn new() -> Self {
        let mut run = Self { converged_after_us: Some(1), ..Self::default() };
        run.snapshot.epoch = EPOCH.to_owned();
        run.snapshot.rooms.push(RoomRow { room_id: ROOM, head_seq: 0 });
        let (commit, runtime) = ("c".to_owned(), "scale-out".to_owned());
        run.tell(What::Run { seed: 1, commit, runtime, instances: 3, clients: 3, rooms: 1 });
        for Person { client, user_id } in [ADA, LINUS, GRACE] {
            run.tell(What::Client { client, user_id });
        }
        run.comes_in(ADA, ADA);
        run.comes_in(ADA, LINUS);
        run.tell(What::Start);
        run.follows(ADA, None);
        run.follows(LINUS, None);
        run
    }

    pub fn tell(&mut self, what: What) {
        let at_us = self.history.len() as u64;
        self.history.push(Record { at_us, what });
    }

    /// Takes away the first line that is so.
    pub fn forget(&mut self, is_it: impl Fn(&What) -> bool) {
        let index =
            self.history.iter().position(|record| is_it(&record.what)).expect("no such line");
        self.history.remove(index);
    }

    pub fn new_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    // What people ask for, and what they are told.

    pub fn invokes(&mut self, who: Person, action: Action) -> OpId {
        let op = self.new_id();
        self.tell(What::Invoke { op, client: who.client, room_id: ROOM, action });
        op
    }

    pub fn sends(&mut self, who: Person, text: &str) -> OpId {
        let body = Digest(text.to_owned());
        self.invokes(who, Action::Send { client_id: text.to_owned(), body, reply_to: None })
    }

    pub fn acked(&mut self, op: OpId, seq: Option<Seq>, message_id: Option<Uuid>) {
        self.tell(What::Ack {
            op,
            epoch: Some(EPOCH.to_owned()),
            seq,
            message_id,
            duplicate: None,
        });
    }

    pub fn acked_as(&mut self, op: OpId, message_id: Uuid, duplicate: bool) {
        let (seq, message_id) = (Some(self.message(message_id).seq), Some(message_id));
        let duplicate = Some(duplicate);
        self.tell(What::Ack { op, epoch: Some(EPOCH.to_owned()), seq, message_id, duplicate });
    }

    pub fn refused(&mut self, op: OpId, is_definite: bool) {
        self.tell(What::Refused { op, code: "forbidden".to_owned(), is_definite });
    }

    pub fn retries(&mut self, op: OpId) {
        self.tell(What::Retry { op, attempt: 2 });
    }

    // What is committed.

    pub fn head(&self) -> Seq {
        self.snapshot.rooms[0].head_seq
    }

    pub fn commits(&mut self, kind: &str, who: Person, row: EventRow) -> Seq {
        self.snapshot.rooms[0].head_seq += 1;
        let (seq, kind, actor_id) = (self.head(), kind.to_owned(), who.user_id);
        self.snapshot.events.push(EventRow { room_id: ROOM, seq, kind, actor_id, ..row });
        seq
    }

    /// A message is stored; its text is its `client_id`, too.
    pub fn stores(&mut self, who: Person, text: &str) -> Uuid {
        let id = Uuid::from_u128(1_000 + u128::from(self.new_id()));
        let seq = self.commits("message_created", who, about_message(id));
        self.snapshot.messages.push(MessageRow {
            id,
            room_id: ROOM,
            seq,
            revision: seq,
            author_id: who.user_id,
            client_id: text.to_owned(),
            body: Some(Digest(text.to_owned())),
            is_deleted: false,
        });
        id
    }

    pub fn changes(&mut self, kind: &str, who: Person, id: Uuid) -> Seq {
        let seq = self.commits(kind, who, about_message(id));
        self.message(id).revision = seq;
        seq
    }

    pub fn comes_in(&mut self, who: Person, whom: Person) -> Seq {
        self.snapshot.members.push(MemberRow { room_id: ROOM, user_id: whom.user_id });
        self.commits("member_joined", who, about_user(whom))
    }

    pub fn goes(&mut self, who: Person, whom: Person) -> Seq {
        self.snapshot.members.retain(|row| row.user_id != whom.user_id);
        self.commits("member_removed", who, about_user(whom))
    }

    pub fn message(&mut self, id: Uuid) -> &mut MessageRow {
        self.snapshot.messages.iter_mut().find(|row| row.id == id).expect("no such message")
    }
}

fn about_nothing() -> EventRow {
    let (room_id, actor_id) = (Uuid::nil(), Uuid::nil());
    EventRow { room_id, seq: 0, kind: String::new(), actor_id, message_id: None, user_id: None }
}

pub fn about_message(id: Uuid) -> EventRow {
    EventRow { message_id: Some(id), ..about_nothing() }
}

pub fn about_user(whom: Person) -> EventRow {
    EventRow { user_id: Some(whom.user_id), ..about_nothing() }
}
