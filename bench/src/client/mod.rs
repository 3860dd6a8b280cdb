//! A client of DevsChat, written from `docs/protocol.md` and nothing else.
//!
//! * [`me`] who a client is, and all it shares between its two doors; [`knowledge`] which
//!   messages it knows.
//! * [`doors`] HTTP to one of several instances; [`login`] a client's tokens; [`rest`] one call,
//!   and what its answer means; [`pages`] reading messages.
//! * [`frames`] what is said over the socket; [`socket`] opens one.
//! * [`cursor`] the rule by which events are taken; [`rooms`] where a client stands in each.
//! * [`outbox`] sends that wait for their acknowledgement.
//! * [`device`] a socket that is kept open, whatever happens: connects, subscribes, resends;
//!   [`hearing`] what it does with each frame.
//! * [`operation`] one operation's life in the history; [`ask`] does one over REST.
//! * [`backoff`] how long to wait before the next attempt.

pub mod ask;
pub mod backoff;
pub mod cursor;
pub mod device;
pub mod doors;
pub mod frames;
pub mod hearing;
pub mod knowledge;
pub mod login;
pub mod me;
pub mod operation;
pub mod outbox;
pub mod pages;
pub mod rest;
pub mod rooms;
pub mod socket;
