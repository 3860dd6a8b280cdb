//! What holds of a session whoever refreshes it, honest or not, in whatever order.
//!
//! [`session`] is the session as the database keeps it; [`honest`] its owner, with several tabs
//! and a bad connection; [`anybody`] whoever holds any of its tokens.

mod anybody;
mod honest;
mod session;
