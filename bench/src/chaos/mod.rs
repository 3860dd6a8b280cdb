//! People chat while everything breaks; then what they saw, what they were promised and what
//! the database holds are compared.
//!
//! * [`options`] how long, how many; [`plan`] which faults, drawn from the seed.
//! * [`town`] the people and their rooms; [`person`] what one of them does; [`membership`]
//!   letting people in and putting them out.
//! * [`fault`] does a fault to the cluster, and repairs it.
//! * [`settle`] waits until everybody has everything; [`reading`] reads all of it once more.
//! * [`database`] the database itself, past the server.
//! * [`run`] all of this in order; [`report`] what came out of it.

pub mod database;
pub mod fault;
pub mod membership;
pub mod options;
pub mod person;
pub mod plan;
pub mod reading;
pub mod report;
pub mod run;
pub mod settle;
pub mod town;
