//! What holds of a feed and of those who read it, whatever arrives and in whatever order.
//!
//! [`log`] is a room's log: what a reader may see of it. [`ordering`] is about a feed that
//! hears of it in disorder, [`reading`] about a reader that meets the end of a membership.

mod log;
mod ordering;
mod reading;
