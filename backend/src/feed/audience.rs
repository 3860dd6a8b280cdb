//! Which members of a room its readers were told are online.
//!
//! Nobody is told in rooms of more than [`MAX_MEMBERS`]: everybody's coming and going would be
//! told to everybody. The members are a cache, read once and kept by the room's own events.

use std::collections::HashSet;

use super::frame::Frame;
use crate::domain::id::UserId;

pub const MAX_MEMBERS: usize = 200;

#[derive(Debug, Default)]
pub struct Audience {
    members: Members,
    told: HashSet<UserId>,
}

#[derive(Debug, Default)]
enum Members {
    /// To be read from the database.
    #[default]
    Unknown,
    TooMany,
    Known(HashSet<UserId>),
}

/// Somebody, and whether they are online.
pub type Change = (UserId, bool);

impl Audience {
    pub const fn is_unknown(&self) -> bool {
        matches!(self.members, Members::Unknown)
    }

    /// What the database says; nothing: too many. Events that were applied before don't count,
    /// so this is to be read after the head the feed began with.
    pub fn learn(&mut self, members: Option<HashSet<UserId>>) {
        self.members = members.map_or(Members::TooMany, Members::Known);
    }

    pub fn forget(&mut self) {
        self.members = Members::Unknown;
    }

    /// Follows the room's log.
    pub fn apply(&mut self, frame: &Frame) {
        let Members::Known(members) = &mut self.members else { return };
        members.extend(frame.joined);
        if let Some(gone) = frame.ending.and_then(|ending| ending.of) {
            members.remove(&gone);
        }
        if members.len() > MAX_MEMBERS {
            self.members = Members::TooMany;
        }
    }

    /// What has changed since the readers were last told.
    pub fn changes(&mut self, online: &HashSet<UserId>) -> Vec<Change> {
        let Members::Known(members) = &self.members else { return Vec::new() };
        let now: HashSet<UserId> = members.intersection(online).copied().collect();
        let came = now.difference(&self.told).map(|user| (*user, true));
        let gone = self.told.difference(&now).map(|user| (*user, false));
        let changes = came.chain(gone).collect();
        self.told = now;
        changes
    }

    /// What somebody who was told nothing yet is to know.
    pub fn everybody(&self) -> Vec<Change> {
        self.told.iter().map(|user| (*user, true)).collect()
    }
}
