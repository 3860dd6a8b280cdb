//! A message, and what may be in one.

use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    id::{MessageId, RoomId, Seq, UserId},
    timestamp::Timestamp,
    user::UserSummary,
};

pub const MAX_BODY_BYTES: usize = 16_384;
pub const MAX_CLIENT_ID_BYTES: usize = 64;
pub const MAX_EMOJI_BYTES: usize = 64;

/// Text of 1–16,384 bytes after its ends were trimmed, without NUL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(from = "String", into = "String")]
#[garde(transparent)]
#[schema(value_type = String, min_length = 1, max_length = 16384, example = "Hello **world**")]
pub struct MessageBody(#[garde(custom(body_rule))] String);

impl MessageBody {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for MessageBody {
    fn from(body: String) -> Self {
        let trimmed = body.trim();
        Self(if trimmed.len() == body.len() { body } else { trimmed.to_owned() })
    }
}

impl From<MessageBody> for String {
    fn from(body: MessageBody) -> Self {
        body.0
    }
}

fn body_rule(body: &str, (): &()) -> garde::Result {
    if body.is_empty() {
        return Err(garde::Error::new("A message can't be empty."));
    }
    if body.len() > MAX_BODY_BYTES {
        return Err(garde::Error::new("A message has at most 16,384 bytes."));
    }
    if body.contains('\0') {
        return Err(garde::Error::new("A message can't contain NUL."));
    }
    Ok(())
}

/// The sender's name for one send: repeating it returns the first result, for ever.
///
/// 1–64 visible ASCII characters, unique per room and author; a UUID is a good choice.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Validate, ToSchema)]
#[serde(transparent)]
#[garde(transparent)]
#[schema(value_type = String, min_length = 1, max_length = 64, pattern = "^[!-~]+$", example = "0199c0de-0000-7000-8000-000000000001")]
pub struct ClientId(#[garde(custom(client_id_rule))] String);

impl ClientId {
    /// One that was checked when it was stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn client_id_rule(id: &str, (): &()) -> garde::Result {
    let is_valid =
        (1..=MAX_CLIENT_ID_BYTES).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic());
    if is_valid {
        Ok(())
    } else {
        Err(garde::Error::new(
            "A client_id is 1 to 64 visible ASCII characters, a UUID for example.",
        ))
    }
}

/// A message as it stands now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Message {
    pub id: MessageId,
    pub room_id: RoomId,
    /// Its place in the room.
    #[schema(value_type = i64, minimum = 1)]
    pub seq: Seq,
    /// The `seq` of its last change; equal to `seq` while it is as it was sent.
    #[schema(value_type = i64, minimum = 1)]
    pub revision: Seq,
    pub author: UserSummary,
    /// Nothing when it was deleted.
    pub body: Option<String>,
    pub reply_to: Option<MessageId>,
    pub reactions: Vec<Reaction>,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
    /// Only for its author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub client_id: Option<ClientId>,
}

/// What one reacts with: an emoji, or the name of one (`+1`, `shipit`); 1–64 bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(transparent)]
#[garde(transparent)]
#[schema(value_type = String, min_length = 1, max_length = 64, example = "🚀")]
pub struct Emoji(#[garde(custom(emoji_rule))] String);

impl Emoji {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn emoji_rule(emoji: &str, (): &()) -> garde::Result {
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_+-".contains(c);
    // Keycaps (1️⃣, #️⃣) begin with ASCII, and all emoji have something beyond it.
    let is_emoji = !emoji.is_ascii()
        && emoji.chars().all(|c| !c.is_control() && !c.is_whitespace() && !c.is_alphabetic());
    let is_valid =
        (1..=MAX_EMOJI_BYTES).contains(&emoji.len()) && (is_emoji || emoji.chars().all(is_name));
    if is_valid {
        Ok(())
    } else {
        Err(garde::Error::new("React with one emoji, or with its name."))
    }
}

/// An earlier body of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Edit {
    /// The revision that had this body.
    #[schema(value_type = i64, minimum = 1)]
    pub revision: Seq,
    pub body: String,
    pub created_at: Timestamp,
}

/// Who reacted to a message with one emoji.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reaction {
    pub emoji: String,
    pub count: u32,
    pub user_ids: Vec<UserId>,
}

impl Message {
    /// The message as `viewer` may see it.
    pub fn seen_by(mut self, viewer: UserId) -> Self {
        self.hide_from(viewer);
        self
    }

    /// Takes out what only its author may see.
    pub fn hide_from(&mut self, viewer: UserId) {
        if self.author.id != viewer {
            self.client_id = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Result<MessageBody, garde::Report> {
        let body = MessageBody::from(text.to_owned());
        body.validate().map(|()| body)
    }

    #[test]
    fn a_body_is_trimmed_and_has_1_to_16384_bytes_without_nul() {
        assert_eq!(body("  hello\n\n").unwrap().as_str(), "hello");
        assert!(body(&"é".repeat(8_192)).is_ok());
        assert!(body(&"é".repeat(8_193)).is_err());
        assert!(body(" \n\t ").is_err());
        assert!(body("a\0b").is_err());
    }

    #[test]
    fn one_reacts_with_an_emoji_or_its_name() {
        let is_valid = |text: &str| Emoji(text.to_owned()).validate().is_ok();

        for good in ["🚀", "👍🏽", "👩‍💻", "1️⃣", "🇵🇱", "❤️", "+1", "ship_it"]
        {
            assert!(is_valid(good), "{good}");
        }
        for bad in ["", " ", "a b", "Ship It", "<b>", "né", "a\nb", &"🚀".repeat(17)] {
            assert!(!is_valid(bad), "{bad:?}");
        }
    }
}
