//! Why a socket ends: codes a client can act on.

use bytes::{BufMut as _, Bytes, BytesMut};

/// A final close frame (RFC 6455, 5.5.1).
const CLOSE: u8 = 0x88;
const MAX_REASON_BYTES: usize = 123;

/// The code's range tells what to do: below 4000 and 4001–4099 see each; 44xx are about who
/// the client is.
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
            Self::TooManyConnections => "too many connections of this user",
            Self::Flooding => "flooding; resume after a pause",
        }
    }

    pub fn frame(self) -> Bytes {
        let reason = &self.reason().as_bytes()[..self.reason().len().min(MAX_REASON_BYTES)];
        let mut frame = BytesMut::with_capacity(4 + reason.len());
        frame.put_u8(CLOSE);
        frame.put_u8(2 + reason.len() as u8);
        frame.put_u16(self.number());
        frame.put_slice(reason);
        frame.freeze()
    }
}
