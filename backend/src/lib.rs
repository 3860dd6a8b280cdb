//! DevsChat: real-time chat in which a room is a log.
//!
//! # The code map
//!
//! | module | what it is |
//! |---|---|
//! | [`config`] | one struct; the only reader of the environment |
//! | [`server`] | composition root: from the configuration to a running server, and its graceful stop |
//! | [`telemetry`] | log and measurements |
//! | [`openapi`] | the document of the public interface, assembled |
//! | [`http`] | the REST door |
//! | [`socket`] | the WebSocket door |
//! | [`service`] | what people can do, for both doors alike |
//! | [`feed`] | the log's tail in memory, for everybody who follows a room |
//! | [`store`] | the database, and the ledger: the only writer of the log |
//! | [`relay`] | "this room moved", between instances |
//! | [`rate_limit`] | how often somebody may do something |
//! | [`auth`] | passwords and tokens |
//! | [`domain`] | values and rules: no I/O, no clock, no async |
//! | [`error`] | what can go wrong, in terms a client can act on |
//!
//! # Who may import whom
//!
//! ```text
//! main → server → { telemetry, openapi } → { config, http, socket } → service → feed
//!      → { store, relay, rate_limit, auth, mail, openid } → domain
//! ```
//!
//! Right only; siblings in braces never import each other. `error` may be used by all but
//! `domain`, and imports only that. Only `store` names `sea_orm`, only modules
//! called `redis` name `deadpool_redis`, only `http`, `socket`, `openapi` and `server` name `actix`.
//! A test (`tests/it/architecture.rs`) reads the imports and checks this.

pub mod auth;
pub mod config;
pub mod domain;
pub mod error;
pub mod feed;
pub mod http;
pub mod mail;
pub mod openapi;
pub mod openid;
pub mod rate_limit;
pub mod relay;
pub mod server;
pub mod service;
pub mod socket;
pub mod store;
pub mod telemetry;
