//! Behaviour, through the public doors of a really listening server.
//!
//! The same tests run on both runtimes: `DEVSCHAT_TEST_RUNTIME=embedded` (SQLite, in-process
//! relay; the default) and `scale-out` (PostgreSQL and Redis, from `.ci/with-services`).

// Helpers of tests panic like tests do; clippy exempts only functions marked #[test].
#![allow(clippy::unwrap_used)]

mod support;

mod accounts;
mod administration;
mod api_tokens;
mod architecture;
mod authorization;
mod errors;
mod events;
mod forged_tokens;
mod guessing;
mod handshake;
mod history;
mod instances;
mod invitations;
mod login_races;
mod mail;
mod mass_assignment;
mod members;
mod message_changes;
mod messages;
mod oidc;
mod openapi;
mod operations;
mod own_account;
mod presence;
mod process;
mod read_marks;
mod readers;
mod relay;
mod resume;
mod rooms;
mod sessions;
mod shared_limit;
mod signup_policy;
mod socket;
mod socket_time;
mod throttling;
mod two_factor;
mod weak_hashes;
mod websocket_corpus;
