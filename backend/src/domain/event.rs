//! An event: one durable change in a room, at its place in the room's log.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    id::{RoomId, Seq, UserId},
    message::Message,
    role::Role,
    room::RoomSettings,
    timestamp::Timestamp,
    user::UserSummary,
};

/// What happened, where, when and by whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    pub room_id: RoomId,
    #[schema(value_type = i64, minimum = 1)]
    pub seq: Seq,
    pub actor_id: UserId,
    pub at: Timestamp,
    #[serde(flatten)]
    pub change: Change,
}

/// What an event says, by its `kind`. For messages it is the message as it stands now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum Change {
    MessageCreated { message: Message },
    MessageEdited { message: Message },
    MessageDeleted { message: Message },
    ReactionAdded { message: Message, emoji: String, user_id: UserId },
    ReactionRemoved { message: Message, emoji: String, user_id: UserId },
    MemberJoined { user: UserSummary, role: Role },
    MemberLeft { user: UserSummary },
    MemberRemoved { user: UserSummary },
    RoleChanged { user: UserSummary, role: Role },
    RoomUpdated { room: RoomSettings },
    RoomArchived { room: RoomSettings },
    RoomDeleted {},
}

impl Change {
    /// The name of its kind, as on the wire and in the database.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::MessageCreated { .. } => "message_created",
            Self::MessageEdited { .. } => "message_edited",
            Self::MessageDeleted { .. } => "message_deleted",
            Self::ReactionAdded { .. } => "reaction_added",
            Self::ReactionRemoved { .. } => "reaction_removed",
            Self::MemberJoined { .. } => "member_joined",
            Self::MemberLeft { .. } => "member_left",
            Self::MemberRemoved { .. } => "member_removed",
            Self::RoleChanged { .. } => "role_changed",
            Self::RoomUpdated { .. } => "room_updated",
            Self::RoomArchived { .. } => "room_archived",
            Self::RoomDeleted {} => "room_deleted",
        }
    }

    pub const fn message(&self) -> Option<&Message> {
        match self {
            Self::MessageCreated { message }
            | Self::MessageEdited { message }
            | Self::MessageDeleted { message }
            | Self::ReactionAdded { message, .. }
            | Self::ReactionRemoved { message, .. } => Some(message),
            _ => None,
        }
    }

    const fn message_mut(&mut self) -> Option<&mut Message> {
        match self {
            Self::MessageCreated { message }
            | Self::MessageEdited { message }
            | Self::MessageDeleted { message }
            | Self::ReactionAdded { message, .. }
            | Self::ReactionRemoved { message, .. } => Some(message),
            _ => None,
        }
    }

    /// Whether it may change who may do what in the room.
    pub const fn alters_rights(&self) -> bool {
        self.message().is_none()
    }

    /// Who became a member.
    pub const fn joined(&self) -> Option<UserId> {
        match self {
            Self::MemberJoined { user, .. } => Some(user.id),
            _ => None,
        }
    }

    /// Whose reading of the room ends with this event.
    pub const fn ending(&self) -> Option<Ending> {
        match self {
            Self::MemberLeft { user } => {
                Some(Ending { of: Some(user.id), reason: EndReason::Left })
            }
            Self::MemberRemoved { user } => {
                Some(Ending { of: Some(user.id), reason: EndReason::Removed })
            }
            Self::RoomDeleted {} => Some(Ending { of: None, reason: EndReason::RoomDeleted }),
            _ => None,
        }
    }
}

impl Event {
    /// Whether it stands at or before a place of the log, and so does all that it shows.
    pub fn is_as_of(&self, place: Seq) -> bool {
        self.seq <= place && self.change.message().is_none_or(|it| it.revision <= place)
    }

    /// The event as `viewer` may see it.
    pub fn seen_by(mut self, viewer: UserId) -> Self {
        if let Some(message) = self.change.message_mut() {
            message.hide_from(viewer);
        }
        self
    }
}

/// The last event that somebody, or everybody, may read in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// One user, or nobody in particular: everybody.
    pub of: Option<UserId>,
    pub reason: EndReason,
}

impl Ending {
    pub fn concerns(&self, user: UserId) -> bool {
        self.of.is_none_or(|of| of == user)
    }
}

/// Why a membership ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    Left,
    Removed,
    RoomDeleted,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::{id::MessageId, user::UserSummary};

    fn edited(seq: Seq, revision: Seq) -> Event {
        let user = UserId(Uuid::nil());
        let author =
            UserSummary { id: user, username: "ada".into(), display_name: "Ada Example".into() };
        let at = Timestamp::from_unix_ms(0);
        let message = Message {
            id: MessageId(Uuid::nil()),
            room_id: RoomId(Uuid::nil()),
            seq: 1,
            revision,
            author,
            body: Some("as it stands now".to_owned()),
            reply_to: None,
            reactions: Vec::new(),
            created_at: at,
            edited_at: Some(at),
            deleted_at: None,
            client_id: None,
        };
        let change = Change::MessageEdited { message };
        Event { room_id: RoomId(Uuid::nil()), seq, actor_id: user, at, change }
    }

    #[test]
    fn an_event_is_as_of_a_place_when_its_message_has_not_changed_since() {
        assert!(edited(5, 5).is_as_of(5));
        assert!(edited(5, 7).is_as_of(7));
        assert!(!edited(5, 8).is_as_of(7), "it shows what came later");
        assert!(!edited(8, 8).is_as_of(7));
    }
}
