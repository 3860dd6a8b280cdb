//! The frames of `devschat.v1`: JSON text, tagged by `type`.

mod client;
mod server;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use client::{ClientFrame, SubscribeRoom, frame_id};
pub use server::{Limits, ServerFrame, Welcome};

pub const MAX_FRAME_BYTES: usize = 64 * 1024;
pub const MAX_HELLO_BYTES: usize = 4 * 1024;
pub const MAX_ROOMS_PER_FRAME: usize = 100;
pub const MAX_SUBSCRIPTIONS: usize = 500;

/// The client's name for a frame, echoed in the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum FrameId {
    Number(u64),
    /// At most 64 bytes.
    #[serde(deserialize_with = "short_text")]
    Text(String),
}

/// It comes back once for each room of a `subscribe`: a long one would be an amplifier.
const MAX_FRAME_ID_BYTES: usize = 64;

fn short_text<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.len() <= MAX_FRAME_ID_BYTES {
        Ok(text)
    } else {
        Err(serde::de::Error::custom("an id has at most 64 bytes"))
    }
}
