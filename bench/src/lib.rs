//! Proves and measures DevsChat from outside, over its public interface.
//!
//! Nothing here uses the server's code: what both sides believe of the protocol is compared
//! by running them against each other.
//!
//! * [`client`] speaks the protocol, and keeps a client's whole duty.
//! * [`cluster`] the processes: instances, PostgreSQL, Redis, and a proxy on every hop.
//! * [`chaos`] people chat while everything breaks; then all is compared.
//! * [`history`] what happened in a run, as its clients saw it: JSON lines; written by
//!   [`recorder`].
//! * [`snapshot`] what the database holds when the run is over.
//! * [`checker`] decides by the two whether every promise was kept.
//! * [`tally`] what a run counts.
//! * [`load`] measures the released server, and yardsticks beside it.

pub mod chaos;
pub mod checker;
pub mod client;
pub mod cluster;
pub mod history;
pub mod load;
pub mod recorder;
pub mod snapshot;
pub mod tally;
