//! What people do, from the question to the answer, heard by everybody who follows.

use uuid::Uuid;

use super::{
    reading::Reader,
    run::{Person, ROOM, Run},
};
use crate::{
    history::{Action, Digest, Seq, What},
    snapshot::ReactionRow,
};

impl Run {
    pub fn says(&mut self, who: Person, text: &str) -> Uuid {
        let op = self.sends(who, text);
        let id = self.stores(who, text);
        self.all_hear();
        self.acked_as(op, id, false);
        id
    }

    pub fn edits(&mut self, who: Person, message_id: Uuid, text: &str) {
        let body = Digest(text.to_owned());
        let op = self.invokes(who, Action::Edit { message_id, body: body.clone() });
        self.message(message_id).body = Some(body);
        let revision = self.changes("message_edited", who, message_id);
        self.all_hear();
        self.acked(op, Some(revision), Some(message_id));
    }

    pub fn deletes(&mut self, who: Person, message_id: Uuid) {
        let op = self.invokes(who, Action::Delete { message_id });
        let row = self.message(message_id);
        (row.body, row.is_deleted) = (None, true);
        self.snapshot.reactions.retain(|row| row.message_id != message_id);
        self.changes("message_deleted", who, message_id);
        self.all_hear();
        self.acked(op, None, None);
    }

    pub fn reacts(&mut self, who: Person, message_id: Uuid, emoji: &str) {
        let emoji = emoji.to_owned();
        let op = self.invokes(who, Action::React { message_id, emoji: emoji.clone() });
        self.snapshot.reactions.push(ReactionRow { message_id, emoji, user_id: who.user_id });
        self.changes("reaction_added", who, message_id);
        self.all_hear();
        self.acked(op, None, None);
    }

    pub fn unreacts(&mut self, who: Person, message_id: Uuid, emoji: &str) {
        let op = self.invokes(who, Action::Unreact { message_id, emoji: emoji.to_owned() });
        let is_it = |row: &ReactionRow| {
            (row.message_id, row.user_id, row.emoji.as_str()) == (message_id, who.user_id, emoji)
        };
        self.snapshot.reactions.retain(|row| !is_it(row));
        self.changes("reaction_removed", who, message_id);
        self.all_hear();
        self.acked(op, None, None);
    }

    pub fn adds(&mut self, who: Person, whom: Person) {
        let op = self.invokes(who, Action::AddMember { user_id: whom.user_id });
        self.comes_in(who, whom);
        self.all_hear();
        self.acked(op, None, None);
    }

    /// The removed one hears that, and no more.
    pub fn removes(&mut self, who: Person, whom: Person) -> Seq {
        let op = self.invokes(who, Action::RemoveMember { user_id: whom.user_id });
        let seq = self.goes(who, whom);
        self.all_hear();
        if let Some(Reader { connection, .. }) = self.readers.remove(&whom.client) {
            let (client, reason) = (whom.client, "removed".to_owned());
            self.tell(What::Removed { client, connection, room_id: ROOM, seq, reason });
        }
        self.acked(op, None, None);
        seq
    }
}
