//! What a client says.

use serde::Deserialize;
use utoipa::ToSchema;

use super::FrameId;
use crate::{
    domain::{
        id::{MessageId, RoomId, Seq},
        message::{ClientId, MessageBody},
    },
    error::{Error, Result},
};

/// What a client says.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    /// The first frame: who this is. Answered by `welcome`.
    Hello {
        token: String,
        /// The program that speaks, for the log.
        #[serde(default)]
        client: Option<String>,
    },
    /// A fresh access token on a living socket. Answered by `ok`.
    Auth { id: FrameId, token: String },
    /// Follow rooms. Answered per room by `subscribed`, `reset` or `error`.
    Subscribe { id: FrameId, rooms: Vec<SubscribeRoom> },
    /// Stop following rooms. Answered by `ok`.
    Unsubscribe { id: FrameId, rooms: Vec<RoomId> },
    /// Send a message. Answered by `ack` or `error`.
    Send {
        id: FrameId,
        room_id: RoomId,
        client_id: ClientId,
        body: MessageBody,
        #[serde(default)]
        reply_to: Option<MessageId>,
    },
    /// One has read up to `seq`. Not answered.
    Read {
        room_id: RoomId,
        #[schema(value_type = i64, minimum = 0)]
        seq: Seq,
    },
    /// One is typing. Not answered; told to the others at most every two seconds.
    Typing { room_id: RoomId },
    /// Answered by `pong`.
    Ping {
        #[serde(default)]
        n: u64,
    },
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SubscribeRoom {
    pub room_id: RoomId,
    /// The history `after` belongs to.
    #[serde(default)]
    pub epoch: Option<String>,
    /// The last event the client has; without it, what comes from now on.
    #[serde(default)]
    #[schema(value_type = Option<i64>, minimum = 0)]
    pub after: Option<Seq>,
}

impl ClientFrame {
    /// Reads a frame. What isn't one is `invalid`.
    pub fn parse(text: &str) -> Result<Self> {
        let refused = |reason: &str| Error::invalid(format!("This is not a frame: {reason}."));
        // serde would take an array for an object without names.
        if !text.trim_start().starts_with('{') {
            return Err(refused("it is no JSON object"));
        }
        serde_json::from_str(text).map_err(|error| refused(&error.to_string()))
    }
}

/// The `id` of something that may not be a frame, so that its sender learns what failed.
pub fn frame_id(text: &str) -> Option<FrameId> {
    #[derive(Deserialize)]
    struct Named {
        id: FrameId,
    }
    serde_json::from_str::<Named>(text).ok().map(|named| named.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_id_is_a_number_or_a_text_and_comes_back_as_it_was() {
        for id in ["7", "\"m-1\""] {
            let text = format!("{{\"type\":\"nonsense\",\"id\":{id}}}");

            let read = frame_id(&text).unwrap();

            assert_eq!(serde_json::to_string(&read).unwrap(), id);
        }
        assert_eq!(frame_id("{"), None);
    }

    #[test]
    fn unknown_fields_and_types_are_refused() {
        assert!(ClientFrame::parse(r#"{"type":"ping","n":1}"#).is_ok());
        assert!(ClientFrame::parse(r#"{"type":"ping","n":1,"seq":2}"#).is_err());
        assert!(ClientFrame::parse(r#"{"type":"sudo"}"#).is_err());
        assert!(ClientFrame::parse(r#"["ping",1]"#).is_err());
    }
}
