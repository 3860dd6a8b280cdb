//! What a refresh token is worth: each is changed once, for its successor.
//!
//! A token names the generation its session had when it was made. Changing the current one
//! moves the session on; the one before is still answered for a moment, with the current one;
//! an older one, or the one before later, was stolen by somebody, and nobody knows from whom.
//! RFC 9700, 4.14.2.

use std::time::Duration;

use super::timestamp::Timestamp;

/// How long the token of the generation before is still answered: for two tabs that refresh at
/// once, and for answers that got lost.
pub const GRACE: Duration = Duration::from_secs(10);

/// A session, read after the attempt to move it on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// How often it was refreshed.
    pub generation: i64,
    pub refreshed_at: Timestamp,
    /// It was neither ended nor has it expired.
    pub is_active: bool,
}

/// What to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The session's current token.
    Current,
    /// Nothing: the session has ended.
    Ended,
    /// Nothing, and the session ends.
    Stolen,
}

/// Judges a token of a generation. `has_moved` says that this very token moved the session on,
/// which at most one of several that come at once does.
pub fn judge(generation: i64, has_moved: bool, session: Rotated, now: Timestamp) -> Verdict {
    let was_current_a_moment_ago = generation.checked_add(1) == Some(session.generation)
        && now.since(session.refreshed_at) <= GRACE;
    if !session.is_active {
        Verdict::Ended
    } else if has_moved || was_current_a_moment_ago {
        Verdict::Current
    } else {
        Verdict::Stolen
    }
}

#[cfg(test)]
mod properties;
