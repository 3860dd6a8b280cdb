//! Identifiers: UUIDs (version 7 where we make them), one type for each thing they name.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
        )]
        #[serde(transparent)]
        #[schema(value_type = Uuid)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// A person's account.
    UserId
);
id!(
    /// One login of a user on one device.
    SessionId
);
id!(
    /// A room, which is a log of events.
    RoomId
);
id!(
    /// A message; its place in the room is its `seq`.
    MessageId
);
id!(
    /// One socket.
    ConnectionId
);

/// An event's number in its room: 1, 2, 3 … without holes. 0 is "before the first".
pub type Seq = i64;

/// The identity of the database's history. It changes when history was replaced, after a
/// restore for example, so that clients know that the numbers they hold mean nothing any more.
pub type Epoch = std::sync::Arc<str>;
