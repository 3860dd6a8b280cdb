//! The frames of the socket, as far as this client needs them. What it doesn't know it passes
//! over, as the protocol asks of clients.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::history::{Digest, SeenMessage, Seq};

/// What a client says.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Say<'a> {
    Hello {
        token: &'a str,
        client: &'a str,
    },
    Subscribe {
        id: u64,
        rooms: Vec<Place>,
    },
    Send {
        id: u64,
        room_id: Uuid,
        client_id: &'a str,
        body: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        reply_to: Option<Uuid>,
    },
    Ping {
        n: u64,
    },
}

impl Say<'_> {
    pub fn text(&self) -> String {
        serde_json::to_string(self).expect("frames are plain values")
    }
}

/// Where a client wants to follow a room from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    pub room_id: Uuid,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub epoch: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Seq>,
}

/// What a server says.
#[derive(Debug)]
pub enum Frame {
    Welcome(Welcome),
    Subscribed(Subscribed),
    Ack(Ack),
    Error(Refusal),
    Event(Event),
    Events(Events),
    Reset(Reset),
    Removed(Removed),
    RoomAdded(RoomAdded),
    Bye(Bye),
    /// Nothing this client needs to know.
    Other,
}

#[derive(Debug, Deserialize)]
pub struct Welcome {
    pub epoch: String,
    pub rooms: Vec<JoinedRoom>,
}

#[derive(Debug, Deserialize)]
pub struct JoinedRoom {
    pub room_id: Uuid,
}

#[derive(Debug, Deserialize)]
pub struct Subscribed {
    pub id: u64,
    pub room_id: Uuid,
    pub epoch: String,
    pub head: Seq,
}

#[derive(Debug, Deserialize)]
pub struct Ack {
    pub id: u64,
    pub seq: Seq,
    pub message_id: Uuid,
    pub duplicate: bool,
}

#[derive(Debug, Deserialize)]
pub struct Refusal {
    pub id: Option<u64>,
    pub room_id: Option<Uuid>,
    pub code: String,
    pub detail: String,
    pub retry_after_ms: Option<u64>,
}

#[derive(Debug, Deserialize)]
pub struct Events {
    pub room_id: Uuid,
    pub from: Seq,
    pub to: Seq,
    pub events: Vec<Event>,
}

#[derive(Debug, Deserialize)]
pub struct Reset {
    pub room_id: Uuid,
    pub epoch: String,
    pub head: Seq,
    pub reason: String,
}

#[derive(Debug, Deserialize)]
pub struct Removed {
    pub room_id: Uuid,
    pub seq: Seq,
    pub reason: String,
}

#[derive(Debug, Deserialize)]
pub struct RoomAdded {
    pub room_id: Uuid,
}

#[derive(Debug, Deserialize)]
pub struct Bye {
    pub retry_after_ms: u64,
}

#[derive(Debug, Deserialize)]
pub struct Event {
    pub room_id: Uuid,
    pub seq: Seq,
    pub kind: String,
    pub actor_id: Uuid,
    #[serde(default)]
    pub data: Subject,
}

/// What an event is about: a message or a member, or something else.
#[derive(Debug, Default, Deserialize)]
pub struct Subject {
    pub message: Option<Message>,
    pub user: Option<User>,
}

#[derive(Debug, Deserialize)]
pub struct User {
    pub id: Uuid,
}

#[derive(Debug, Deserialize)]
pub struct Message {
    pub id: Uuid,
    pub seq: Seq,
    pub revision: Seq,
    pub author: User,
    pub client_id: Option<String>,
    pub body: Option<String>,
    pub reactions: Vec<Reaction>,
}

#[derive(Debug, Deserialize)]
pub struct Reaction {
    pub emoji: String,
    pub user_ids: Vec<Uuid>,
}

impl Message {
    /// The message as the history shows it.
    pub fn seen(&self) -> SeenMessage {
        let who_set_what = self.reactions.iter().flat_map(|reaction| {
            reaction.user_ids.iter().map(|user_id| (reaction.emoji.clone(), *user_id))
        });
        let mut reactions: Vec<_> = who_set_what.collect();
        reactions.sort();
        SeenMessage {
            id: self.id,
            seq: self.seq,
            revision: self.revision,
            author_id: self.author.id,
            client_id: self.client_id.clone(),
            body: self.body.as_deref().map(Digest::of),
            reactions,
        }
    }
}

/// Reads a frame. The type is read first: frames are many, and this way none is read twice.
pub fn parse(text: &str) -> serde_json::Result<Frame> {
    #[derive(Deserialize)]
    struct Tagged {
        r#type: String,
    }
    fn read<T: DeserializeOwned>(text: &str, frame: fn(T) -> Frame) -> serde_json::Result<Frame> {
        serde_json::from_str(text).map(frame)
    }
    match serde_json::from_str::<Tagged>(text)?.r#type.as_str() {
        "event" => read(text, Frame::Event),
        "events" => read(text, Frame::Events),
        "ack" => read(text, Frame::Ack),
        "welcome" => read(text, Frame::Welcome),
        "subscribed" => read(text, Frame::Subscribed),
        "error" => read(text, Frame::Error),
        "reset" => read(text, Frame::Reset),
        "removed" => read(text, Frame::Removed),
        "room_added" => read(text, Frame::RoomAdded),
        "bye" => read(text, Frame::Bye),
        _ => Ok(Frame::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_and_fields_of_later_versions_are_passed_over() {
        assert!(matches!(parse(r#"{"type":"weather","is":"fine"}"#), Ok(Frame::Other)));
        let bye = parse(r#"{"type":"bye","code":1012,"retry_after_ms":5,"mood":"sad"}"#);
        assert!(matches!(bye, Ok(Frame::Bye(Bye { retry_after_ms: 5 }))));
        assert!(parse(r#"{"typ":"event"}"#).is_err());
    }

    #[test]
    fn a_place_says_only_what_is_known() {
        let rooms = vec![Place { room_id: Uuid::nil(), epoch: None, after: Some(3) }];

        let text = Say::Subscribe { id: 1, rooms }.text();

        assert!(text.starts_with(r#"{"type":"subscribe","id":1,"rooms":[{"room_id":"#), "{text}");
        assert!(text.ends_with(r#","after":3}]}"#), "{text}");
    }
}
