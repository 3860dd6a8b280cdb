//! The snapshot, indexed.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use crate::{
    history::Seq,
    snapshot::{EventRow, MessageRow, Snapshot},
};

/// A send's name: room, author, `client_id`.
pub type SendKey<'a> = (Uuid, Uuid, &'a str);

pub struct Log<'a> {
    pub snapshot: &'a Snapshot,
    pub heads: HashMap<Uuid, Seq>,
    /// Each room's events by `seq`.
    pub rooms: BTreeMap<Uuid, Vec<&'a EventRow>>,
    /// Each room's messages by `seq`.
    pub messages_of: BTreeMap<Uuid, Vec<&'a MessageRow>>,
    events: HashMap<(Uuid, Seq), &'a EventRow>,
    messages: HashMap<Uuid, &'a MessageRow>,
    by_key: HashMap<SendKey<'a>, &'a MessageRow>,
    /// Each message's events by `seq`.
    about: HashMap<Uuid, Vec<&'a EventRow>>,
    /// Each message's reactions, sorted.
    reactions: HashMap<Uuid, Vec<(String, Uuid)>>,
}

impl<'a> Log<'a> {
    pub fn of(snapshot: &'a Snapshot) -> Self {
        let mut rooms = BTreeMap::<_, Vec<_>>::new();
        let mut about = HashMap::<_, Vec<_>>::new();
        let mut in_order: Vec<&EventRow> = snapshot.events.iter().collect();
        in_order.sort_by_key(|event| (event.room_id, event.seq));
        for event in in_order {
            rooms.entry(event.room_id).or_default().push(event);
            if let Some(message_id) = event.message_id {
                about.entry(message_id).or_default().push(event);
            }
        }
        let mut messages_of = BTreeMap::<_, Vec<_>>::new();
        for message in &snapshot.messages {
            messages_of.entry(message.room_id).or_default().push(message);
        }
        messages_of.values_mut().for_each(|of| of.sort_by_key(|message| message.seq));
        let mut reactions = HashMap::<_, Vec<_>>::new();
        for reaction in &snapshot.reactions {
            let who_set_what = (reaction.emoji.clone(), reaction.user_id);
            reactions.entry(reaction.message_id).or_default().push(who_set_what);
        }
        reactions.values_mut().for_each(|of| of.sort());
        let messages = snapshot.messages.iter();
        let keyed =
            messages.clone().map(|row| ((row.room_id, row.author_id, row.client_id.as_str()), row));
        Self {
            snapshot,
            heads: snapshot.rooms.iter().map(|room| (room.room_id, room.head_seq)).collect(),
            events: snapshot.events.iter().map(|row| ((row.room_id, row.seq), row)).collect(),
            by_key: keyed.collect(),
            messages: messages.map(|row| (row.id, row)).collect(),
            rooms,
            messages_of,
            about,
            reactions,
        }
    }

    pub fn event(&self, room_id: Uuid, seq: Seq) -> Option<&'a EventRow> {
        self.events.get(&(room_id, seq)).copied()
    }

    pub fn message(&self, id: Uuid) -> Option<&'a MessageRow> {
        self.messages.get(&id).copied()
    }

    /// The message that a send became.
    pub fn sent(&self, key: SendKey<'_>) -> Option<&'a MessageRow> {
        self.by_key.get(&key).copied()
    }

    pub fn events_about(&self, message_id: Uuid) -> &[&'a EventRow] {
        self.about.get(&message_id).map_or(&[], Vec::as_slice)
    }

    pub fn reactions_to(&self, message_id: Uuid) -> &[(String, Uuid)] {
        self.reactions.get(&message_id).map_or(&[], Vec::as_slice)
    }

    pub fn head(&self, room_id: Uuid) -> Seq {
        self.heads.get(&room_id).copied().unwrap_or(0)
    }
}
