//! Who may write where, as last seen under the room's lock.
//!
//! Never decides anything by itself: it is believed only by a statement that finds the room's
//! `acl_version` unmoved (see `single_statement`).

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::post::{Post, SendKey};
use crate::domain::{
    id::{RoomId, UserId},
    mention,
};

/// More rooms than this are not remembered.
const MAX_ROOMS: usize = 10_000;

/// That somebody may write in a room as long as its rights don't change.
#[derive(Clone, Copy, Debug)]
pub struct Right {
    pub room_id: RoomId,
    pub author_id: UserId,
    pub acl_version: i64,
}

#[derive(Default)]
pub struct KnownRights {
    rooms: HashMap<Uuid, Room>,
}

struct Room {
    acl_version: i64,
    authors: HashSet<UserId>,
}

impl KnownRights {
    pub fn learn(&mut self, rights: impl IntoIterator<Item = Right>) {
        for right in rights {
            if self.rooms.len() >= MAX_ROOMS {
                self.rooms.clear();
            }
            let acl_version = right.acl_version;
            let nothing = || Room { acl_version, authors: HashSet::new() };
            let room = self.rooms.entry(right.room_id.0).or_insert_with(nothing);
            if room.acl_version != acl_version {
                *room = nothing();
            }
            room.authors.insert(right.author_id);
        }
    }

    /// The version that the room's known rights belong to.
    pub fn acl_version(&self, room_id: Uuid) -> Option<i64> {
        self.rooms.get(&room_id).map(|room| room.acl_version)
    }

    /// The rooms of which all these messages are plain: their authors may write, and nothing
    /// has to be looked up for them.
    pub fn plain_rooms(&self, posts: &[Post]) -> HashSet<RoomId> {
        let mut rooms: HashSet<RoomId> = posts.iter().map(|post| post.room_id).collect();
        let mut seen = HashSet::<SendKey>::new();
        for post in posts {
            if !self.may_write(post) || needs_a_look(post) || !seen.insert(post.key()) {
                rooms.remove(&post.room_id);
            }
        }
        rooms
    }

    fn may_write(&self, post: &Post) -> bool {
        let room = self.rooms.get(&post.room_id.0);
        room.is_some_and(|room| room.authors.contains(&post.author_id))
    }
}

fn needs_a_look(post: &Post) -> bool {
    post.reply_to.is_some() || !mention::candidates(post.body.as_str()).is_empty()
}
