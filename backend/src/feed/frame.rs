//! An event, encoded once for all its readers.

use bytes::{BufMut as _, Bytes, BytesMut};
use serde::Serialize;

use crate::domain::{
    event::{Ending, Event},
    id::{Seq, UserId},
};

/// A final text frame, unmasked (RFC 6455, 5.2).
const TEXT: u8 = 0x81;
const MAX_HEADER_BYTES: usize = 10;

/// The `event` frame, as it goes over the socket.
#[derive(Clone, Debug)]
pub struct Frame {
    pub seq: Seq,
    /// How far the log had come when the event was read: it shows a message as it stood then.
    pub as_of: Seq,
    /// Whose reading ends with it.
    pub ending: Option<Ending>,
    /// Who became a member with it.
    pub joined: Option<UserId>,
    /// Whose message it is about, where they get a frame of their own.
    author_id: Option<UserId>,
    /// For everybody else.
    shared: Bytes,
    /// For the author, whose message carries its `client_id`; nothing where there is none.
    own: Option<Bytes>,
}

#[derive(Serialize)]
struct EventFrame<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    event: &'a Event,
}

impl Frame {
    pub fn encode(event: &Event) -> Self {
        let text = |event: &Event| text_frame(&EventFrame { r#type: "event", event });
        let message = event.change.message();
        let has_own = message.is_some_and(|message| message.client_id.is_some());
        let nobody = UserId(uuid::Uuid::nil());
        Self {
            seq: event.seq,
            as_of: message.map_or(event.seq, |message| message.revision.max(event.seq)),
            ending: event.change.ending(),
            joined: event.change.joined(),
            author_id: message.map(|message| message.author.id),
            shared: if has_own { text(&event.clone().seen_by(nobody)) } else { text(event) },
            own: has_own.then(|| text(event)),
        }
    }

    /// The bytes for this reader.
    pub fn seen_by(&self, viewer: UserId) -> &Bytes {
        match &self.own {
            Some(own) if self.author_id == Some(viewer) => own,
            _ => &self.shared,
        }
    }

    /// What it costs to keep.
    pub fn bytes(&self) -> usize {
        self.shared.len() + self.own.as_ref().map_or(0, Bytes::len)
    }
}

/// A text frame with `content` as JSON, header and all.
pub fn text_frame(content: &impl Serialize) -> Bytes {
    let mut json = Vec::with_capacity(512);
    if let Err(error) = serde_json::to_writer(&mut json, content) {
        // Frames are plain structs with string keys, which JSON can always express.
        tracing::error!(%error, "a frame could not be encoded");
    }
    let mut frame = BytesMut::with_capacity(json.len() + MAX_HEADER_BYTES);
    frame.put_u8(TEXT);
    match json.len() {
        length @ 0..126 => frame.put_u8(length as u8),
        length @ 126..65_536 => {
            frame.put_u8(126);
            frame.put_u16(length as u16);
        }
        length => {
            frame.put_u8(127);
            frame.put_u64(length as u64);
        }
    }
    frame.put_slice(&json);
    frame.freeze()
}

#[cfg(test)]
mod tests {
    use super::text_frame;

    #[test]
    fn the_header_fits_the_length() {
        let header = |length: usize| {
            let frame = text_frame(&"x".repeat(length - 2));
            assert_eq!(
                frame.len(),
                length
                    + if length < 126 {
                        2
                    } else if length < 65_536 {
                        4
                    } else {
                        10
                    }
            );
            frame[..2].to_vec()
        };

        assert_eq!(header(125), [0x81, 125]);
        assert_eq!(header(126), [0x81, 126]);
        assert_eq!(header(65_535), [0x81, 126]);
        assert_eq!(header(65_536), [0x81, 127]);
    }
}
