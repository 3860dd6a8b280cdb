//! The tail of the log, in this instance's memory, for everybody who follows a room.
//!
//! A subscription is a cursor, not a queue: a reader holds the last `seq` it was sent, and
//! takes what follows from the room's [`ring`] where it can and from the database where it
//! can't. Joining, resuming, falling behind and catching up are the same code, so there is no
//! seam where an event could be lost or doubled, and a slow reader costs no memory.
//!
//! Absent on purpose: who may read (`service` decides before a cursor is made), sockets.

mod attendance;
mod audience;
mod bell;
mod check_people;
mod fill;
pub mod frame;
mod history;
pub mod hub;
pub mod people;
pub mod reader;
mod ring;
pub mod room_feed;
pub mod sweep;
mod tell_presence;
pub mod wait;
pub mod whisper;
