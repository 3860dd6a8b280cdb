//! A room's name, topic and visibility.

use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    id::{RoomId, Seq},
    role::Role,
    timestamp::Timestamp,
    user::UserSummary,
};

pub const MAX_NAME_CHARS: usize = 80;
pub const MAX_TOPIC_CHARS: usize = 250;

/// 1–80 of `A–Z a–z 0–9 _ -`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(transparent)]
#[garde(transparent)]
#[schema(value_type = String, min_length = 1, max_length = 80, pattern = "^[A-Za-z0-9_-]+$", example = "back-end")]
pub struct RoomName(#[garde(custom(name_rule))] String);

impl RoomName {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What must be unique: the name without regard to case.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

fn name_rule(name: &str, (): &()) -> garde::Result {
    if name.is_empty() {
        return Err(garde::Error::new("Give the room a name."));
    }
    if name.chars().count() > MAX_NAME_CHARS {
        return Err(garde::Error::new("A room's name has at most 80 characters."));
    }
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
        return Err(garde::Error::new("Name can only contain letters, numbers, _, and -"));
    }
    Ok(())
}

/// What the room is about: one line of 0–250 characters, trimmed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate, ToSchema)]
#[serde(from = "String", into = "String")]
#[garde(transparent)]
#[schema(value_type = String, max_length = 250, example = "Everything behind the API")]
pub struct Topic(#[garde(custom(topic_rule))] String);

impl Topic {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for Topic {
    fn from(topic: String) -> Self {
        Self(topic.trim().to_owned())
    }
}

impl From<Topic> for String {
    fn from(topic: Topic) -> Self {
        topic.0
    }
}

fn topic_rule(topic: &str, (): &()) -> garde::Result {
    if topic.chars().count() > MAX_TOPIC_CHARS {
        return Err(garde::Error::new("A topic has at most 250 characters."));
    }
    if topic.chars().any(char::is_control) {
        return Err(garde::Error::new("A topic is one line without control characters."));
    }
    Ok(())
}

/// Whether a room exists for people who are not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    Public,
    Private,
}

impl Visibility {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
        }
    }
}

impl std::str::FromStr for Visibility {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "public" => Ok(Self::Public),
            "private" => Ok(Self::Private),
            other => Err(format!("no visibility is called {other:?}")),
        }
    }
}

/// What a `room_updated` or `room_archived` event says about the room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RoomSettings {
    pub name: String,
    pub topic: String,
    pub visibility: Visibility,
    pub archived_at: Option<Timestamp>,
    /// Members send at most one message a second.
    #[serde(default)]
    pub slow_mode: bool,
}

/// A room, as one user sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Room {
    pub id: RoomId,
    #[schema(example = "back-end")]
    pub name: String,
    pub topic: String,
    pub visibility: Visibility,
    pub archived_at: Option<Timestamp>,
    /// Members send at most one message a second.
    pub slow_mode: bool,
    pub created_at: Timestamp,
    /// Its last `seq`.
    #[schema(value_type = i64)]
    pub head: Seq,
    pub member_count: i64,
    /// One's own role; null when one isn't a member.
    pub role: Option<Role>,
    /// How far one has read; null when one isn't a member.
    #[schema(value_type = Option<i64>)]
    pub read_seq: Option<Seq>,
    /// Messages of others after `read_seq`; counting stops at 100.
    #[schema(maximum = 100)]
    pub unread_count: i64,
    /// Mentions of oneself after `read_seq`; counting stops at 100.
    #[schema(maximum = 100)]
    pub mention_count: i64,
}

/// A room from outside, as server admins see it: no topic, and nothing of what is said in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RoomOutline {
    pub id: RoomId,
    #[schema(example = "back-end")]
    pub name: String,
    pub visibility: Visibility,
    pub member_count: i64,
    /// Its last `seq`: how many events its log has.
    #[schema(value_type = i64)]
    pub head: Seq,
    pub created_at: Timestamp,
    pub archived_at: Option<Timestamp>,
}

impl From<Room> for RoomOutline {
    fn from(room: Room) -> Self {
        let Room { id, name, visibility, member_count, head, created_at, archived_at, .. } = room;
        Self { id, name, visibility, member_count, head, created_at, archived_at }
    }
}

/// One's place in a room one is in.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct JoinedRoom {
    pub room_id: RoomId,
    #[schema(value_type = i64)]
    pub head: Seq,
    #[schema(value_type = i64)]
    pub read_seq: Seq,
    pub role: Role,
    #[schema(maximum = 100)]
    pub unread_count: i64,
    #[schema(maximum = 100)]
    pub mention_count: i64,
}

/// Somebody in a room.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Member {
    pub user: UserSummary,
    pub role: Role,
    pub joined_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_room_name_is_letters_digits_underscore_and_minus() {
        let check = |name: &str| RoomName(name.to_owned()).validate();

        assert!(check("back-end_2").is_ok());
        assert!(check(&"r".repeat(80)).is_ok());
        for bad in ["", "back end", "rööm", "a/b", "#general", &"r".repeat(81)] {
            assert!(check(bad).is_err(), "{bad:?}");
        }
        let report = check("back end").unwrap_err().to_string();
        assert!(report.contains("Name can only contain letters, numbers, _, and -"), "{report}");
    }
}
