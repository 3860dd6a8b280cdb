//! Control frames: how a socket is kept alive, and why it ends.

use bytes::{BufMut as _, Bytes, BytesMut};

// Opcodes of final frames (RFC 6455, 5.5). Their payload is at most 125 bytes.
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;
const PONG: u8 = 0x8a;
const MAX_REASON_BYTES: usize = 123;

pub fn ping() -> Bytes {
    frame(PING, b"")
}

/// The answer to a ping; the codec admits at most 125 bytes of content.
pub fn pong(content: &[u8]) -> Bytes {
    frame(PONG, content)
}

fn frame(opcode: u8, content: &[u8]) -> Bytes {
    let mut frame = BytesMut::with_capacity(2 + content.len());
    frame.put_u8(opcode);
    frame.put_u8(content.len() as u8);
    frame.put_slice(content);
    frame.freeze()
}

/// Codes a client can act on: see docs/protocol.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CloseCode {
    Done = 1000,
    /// A binary frame.
    Unsupported = 1003,
    /// Text that isn't UTF-8.
    InvalidText = 1007,
    TooLarge = 1009,
    /// Our fault.
    Internal = 1011,
    /// Resume after a while.
    Restarting = 1012,
    /// A malformed frame, or the wrong order. Don't retry.
    Protocol = 4000,
    UnsupportedVersion = 4001,
    NoHello = 4002,
    /// The reader stalled. Resume.
    Stalled = 4008,
    /// Nothing was heard. Resume.
    HeartbeatLost = 4009,
    /// Refresh the token, then resume.
    TokenInvalid = 4401,
    AccountDisabled = 4403,
    TooManyConnections = 4409,
    /// Resume after a pause.
    Flooding = 4429,
}

impl CloseCode {
    pub const fn number(self) -> u16 {
        self as u16
    }

    const fn reason(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Unsupported => "only text frames are understood",
            Self::InvalidText => "text must be UTF-8",
            Self::TooLarge => "the frame is too large",
            Self::Internal => "something went wrong on our side",
            Self::Restarting => "the server restarts; resume",
            Self::Protocol => "malformed frame or wrong order",
            Self::UnsupportedVersion => "unsupported subprotocol; speak devschat.v1",
            Self::NoHello => "no hello in time",
            Self::Stalled => "the reader stalled; resume",
            Self::HeartbeatLost => "heartbeat lost; resume",
            Self::TokenInvalid => "token invalid or expired; refresh it, then resume",
            Self::AccountDisabled => "this account is disabled",
            Self::TooManyConnections => "too many connections of this user",
            Self::Flooding => "flooding; resume after a pause",
        }
    }

    /// The close frame with this code and its reason.
    pub fn frame(self) -> Bytes {
        let reason = self.reason().as_bytes();
        let mut content = Vec::with_capacity(2 + MAX_REASON_BYTES);
        content.put_u16(self.number());
        content.put_slice(&reason[..reason.len().min(MAX_REASON_BYTES)]);
        frame(CLOSE, &content)
    }
}
