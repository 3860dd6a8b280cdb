//! Measures the released server, and yardsticks beside it, under load.
//!
//! The generator runs on one core, the server (and its database) on another. It speaks raw
//! frames and looks for a few bytes in each delivery instead of parsing it. With a rate, a
//! latency counts from the moment a message was meant to be sent, so that a server that
//! stalls can't hide the messages it held up (open loop).
//!
//! * [`scenario`] what to measure, read from `bench/scenarios`.
//! * [`subject`] the server under test with what it stands on; [`usage`] what it consumes.
//! * [`people`] accounts, rooms and tokens, made over REST.
//! * [`wire`] frames; [`dialect`] what to say to whom; [`link`] one socket.
//! * [`counts`] what was sent, acknowledged and delivered, and whether anything was lost.
//! * [`traffic`], [`idle`], [`storm`], [`reads`] and [`start`] the kinds of scenarios.
//! * [`report`] the table and the JSON.

pub mod counts;
pub mod dialect;
pub mod idle;
pub mod link;
pub mod people;
pub mod reads;
pub mod report;
pub mod scenario;
pub mod start;
pub mod storm;
pub mod subject;
pub mod traffic;
pub mod usage;
pub mod wire;
