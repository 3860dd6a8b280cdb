//! What readers see of a run: connections, subscriptions, events, pages; and its end.

use uuid::Uuid;

use super::run::{EPOCH, Person, ROOM, Run};
use crate::{
    history::{ConnectionId, Record, SeenMessage, Seq, What},
    snapshot::{EventRow, Snapshot},
};

/// Somebody who follows the room.
pub struct Reader {
    pub person: Person,
    pub connection: ConnectionId,
    pub cursor: Seq,
}

impl Run {
    /// On a new connection.
    pub fn connects(&mut self, who: Person) -> ConnectionId {
        let (connection, client) = (self.new_id(), who.client);
        let epoch = EPOCH.to_owned();
        self.tell(What::Connected { client, connection, instance: 0, epoch });
        connection
    }

    pub fn follows(&mut self, who: Person, after: Option<Seq>) {
        let connection = self.connects(who);
        self.subscribes(who, connection, after);
    }

    pub fn subscribes(&mut self, who: Person, connection: ConnectionId, after: Option<Seq>) {
        let (client, epoch, head) = (who.client, EPOCH.to_owned(), self.head());
        self.tell(What::Subscribed { client, connection, room_id: ROOM, epoch, head, after });
        let cursor = after.unwrap_or(head);
        self.readers.insert(client, Reader { person: who, connection, cursor });
    }

    /// The connection is lost; returns where the reader stands.
    pub fn disconnects(&mut self, who: Person) -> Seq {
        let Reader { connection, cursor, .. } =
            self.readers.remove(&who.client).expect("follows nothing");
        self.tell(What::Disconnected { client: who.client, connection, code: None });
        cursor
    }

    /// Everybody who follows hears all there is.
    pub fn all_hear(&mut self) {
        let readers: Vec<_> = self.readers.values().map(|reader| reader.person).collect();
        for reader in readers {
            while self.readers[&reader.client].cursor < self.head() {
                self.hears_next(reader);
            }
        }
    }

    pub fn hears_next(&mut self, who: Person) {
        let reader = self.readers.get_mut(&who.client).expect("follows nothing");
        reader.cursor += 1;
        let (connection, seq) = (reader.connection, reader.cursor);
        self.hears(who, connection, seq);
    }

    /// An event as the database has it.
    pub fn hears(&mut self, who: Person, connection: ConnectionId, seq: Seq) {
        let rows = self.snapshot.events.iter();
        let row = rows.clone().find(|row| row.seq == seq).expect("no such event").clone();
        let EventRow { kind, actor_id, user_id, message_id, .. } = row;
        let message = message_id.map(|id| self.shows(who, id));
        let (client, room_id) = (who.client, ROOM);
        self.tell(What::Heard {
            client,
            connection,
            room_id,
            seq,
            kind,
            actor_id,
            message,
            user_id,
        });
    }

    /// The last line, if it is an event.
    pub fn last_heard(&mut self) -> &mut What {
        let mut records = self.history.iter_mut().rev().map(|record| &mut record.what);
        records.find(|what| matches!(what, What::Heard { .. })).expect("nothing was heard")
    }

    /// A message as it stands now.
    pub fn shows(&self, who: Person, id: Uuid) -> SeenMessage {
        let mut rows = self.snapshot.messages.iter();
        let row = rows.find(|row| row.id == id).expect("no such message").clone();
        let reactions = self.snapshot.reactions.iter().filter(|reaction| reaction.message_id == id);
        let reactions = reactions.map(|reaction| (reaction.emoji.clone(), reaction.user_id));
        let mut reactions: Vec<_> = reactions.collect();
        reactions.sort();
        SeenMessage {
            id,
            seq: row.seq,
            revision: row.revision,
            author_id: row.author_id,
            client_id: (row.author_id == who.user_id).then_some(row.client_id),
            body: row.body,
            reactions,
        }
    }

    /// A page of all messages.
    pub fn reads(&mut self, who: Person) {
        let ids: Vec<_> = self.snapshot.messages.iter().map(|row| row.id).collect();
        let messages = ids.into_iter().map(|id| self.shows(who, id)).collect();
        self.tell(What::Page {
            client: who.client,
            room_id: ROOM,
            epoch: EPOCH.to_owned(),
            as_of_seq: self.head(),
            messages,
            has_more_before: false,
            has_more_after: false,
        });
    }

    pub fn finish(mut self) -> (Vec<Record>, Snapshot) {
        self.tell(What::Quiet);
        let readers = std::mem::take(&mut self.readers);
        for (client, Reader { cursor, .. }) in readers {
            let (epoch, room_id) = (EPOCH.to_owned(), ROOM);
            self.tell(What::Cursor { client, room_id, epoch, seq: cursor });
        }
        self.tell(What::Converged { after_us: self.converged_after_us });
        (self.history, self.snapshot)
    }
}
