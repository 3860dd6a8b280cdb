//! Decides whether what clients saw in a run and what the database then held keep the
//! promises of the interface.
//!
//! Pure: a history and a snapshot in, violations out. A violation is a fact, not a suspicion:
//! where a rule can't be exact, because a history leaves something open, it errs on the side
//! of silence and says so where it stands. Times are places of lines in the history, whose
//! order is the order in which things happened.
//!
//! It relies on one thing besides the history's own meaning: what prepares a run makes rooms
//! and memberships, nothing else.
//!
//! The rules, by name:
//!
//! * `whole` about the history itself. `history_is_whole`: it begins, ends, and names only
//!   operations and clients it has introduced. `converged`: after the last fault everybody
//!   reached the heads.
//! * `numbers` about the log. `numbers_without_holes`: a room's events are 1, 2, 3 … up to
//!   its head. `message_has_its_events`: a message is created once, at its place, by its
//!   author, its revision is the last event about it, and it is a tombstone from its deletion
//!   on. `client_id_names_one_message`.
//! * `people` about memberships and reactions. `members_follow_from_log`,
//!   `reactions_follow_from_log`: the tables are what the events add up to.
//!   `only_members_write`: whoever acts in a room is a member of it at that place of the log.
//! * `acked` about operations. `acked_is_stored`: what was acknowledged is in the database
//!   at its acknowledged place. `acks_agree`: every answer to an operation tells the same
//!   place, and only one calls it new.
//! * `refused`. `refused_left_nothing`: of what was refused by every attempt nothing is to
//!   be found.
//! * `asked`. `events_were_asked_for`: every event has an operation that wanted it.
//! * `last_writer`. `last_writer_wins`: body, reactions and memberships at the end are
//!   those of an operation that can have been the last.
//! * `order`. `real_time_order`: what was acknowledged, heard or read was not preceded in
//!   its room's log by what was asked for only later; so what was acknowledged before
//!   something else was sent stands before it. `sender_order`: one connection's sends stand
//!   in the order of their frames.
//! * `heard`. `heard_as_stored`: an event is the database's at that place. `heads_exist`:
//!   nobody is told of a head beyond the log.
//! * `content`. `same_revision_same_body`, `same_revision_same_reactions`: a message at one
//!   revision is the same for everybody, in the database, and as its events have made it.
//!   `client_id_for_author_only`.
//! * `pages`. `page_in_order`; `page_is_complete`: between its bounds no message is missing.
//! * `subscriptions`. `contiguous`: after `subscribed` comes the next event, then the next.
//!   `heard_without_subscription`. `after_is_own_cursor`: the client itself keeps its duty.
//!   `reset_has_reason`.
//! * `ends`. `one_epoch`: no fault changes the history. `cursors_at_heads`: in the end every
//!   member stands at the head, and nobody else follows.
//! * `revocation`. `nothing_after_removal`: nobody is shown what stands in the log between
//!   their removal and their return, before their return.
//!   `no_later_content_after_removal`: nor what an older message was changed to meanwhile.
//!   `no_subscription_after_removal`.
//! * `delay`. `told_at_once`: in calm moments events reach other instances without waiting
//!   for the sweep. The only rule that measures.

mod acked;
mod asked;
mod bounds;
mod content;
mod delay;
mod ends;
mod evidence;
mod findings;
mod heard;
mod last_writer;
mod log;
mod numbers;
mod order;
mod pages;
mod people;
mod refused;
mod revocation;
mod stays;
mod story;
mod subscriptions;
mod whole;

#[cfg(test)]
mod tests;

pub use findings::Violation;

use evidence::Evidence;
use findings::Findings;

use crate::{history::Record, snapshot::Snapshot};

/// Everything that is wrong, in the order of rules; nothing when all promises were kept. Of
/// one rule at most a few violations, and then how many more there are.
pub fn check(history: &[Record], snapshot: &Snapshot) -> Vec<Violation> {
    let evidence = Evidence::gather(history, snapshot);
    let mut findings = Findings::default();
    let families = [
        whole::check,
        numbers::check,
        people::check,
        acked::check,
        refused::check,
        asked::check,
        last_writer::check,
        order::check,
        heard::check,
        content::check,
        pages::check,
        subscriptions::check,
        ends::check,
        revocation::check,
        delay::check,
    ];
    for family in families {
        family(&evidence, &mut findings);
    }
    findings.into_violations()
}
