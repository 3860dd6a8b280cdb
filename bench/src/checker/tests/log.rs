//! Defects of the log itself.

use super::{
    assert_breaks, assert_breaks_only,
    run::{ADA, GRACE, LINUS, Run, about_message},
};
use crate::snapshot::{MemberRow, ReactionRow};

#[test]
fn a_hole_in_the_numbers() {
    let mut run = Run::new();
    run.says(ADA, "one");
    run.disconnects(ADA);
    run.disconnects(LINUS);
    run.snapshot.rooms[0].head_seq += 1;
    let op = run.sends(ADA, "two");
    let id = run.stores(ADA, "two");
    run.acked_as(op, id, false);

    assert_breaks(run, "numbers_without_holes");
}

#[test]
fn a_head_beyond_the_last_event() {
    let mut run = Run::new();
    run.snapshot.rooms[0].head_seq += 1;

    assert_breaks(run, "numbers_without_holes");
}

#[test]
fn a_number_that_is_used_twice() {
    let mut run = Run::new();
    run.says(ADA, "one");
    let event = run.snapshot.events[2].clone();
    run.snapshot.events.push(event);

    assert_breaks(run, "numbers_without_holes");
}

#[test]
fn a_revision_without_an_event() {
    let mut run = Run::new();
    let message = run.says(ADA, "one");
    run.message(message).revision += 1;

    assert_breaks_only(run, "message_has_its_events");
}

#[test]
fn an_edit_by_somebody_else() {
    let mut run = Run::new();
    let message = run.says(ADA, "one");
    run.edits(LINUS, message, "two");

    assert_breaks_only(run, "message_has_its_events");
}

#[test]
fn a_change_after_the_deletion() {
    let mut run = Run::new();
    let message = run.says(ADA, "one");
    run.deletes(ADA, message);
    run.changes("reaction_added", LINUS, message);
    run.all_hear();

    assert_breaks(run, "message_has_its_events");
}

#[test]
fn an_event_about_no_message() {
    let mut run = Run::new();
    run.disconnects(ADA);
    run.disconnects(LINUS);
    run.commits("message_created", ADA, about_message(uuid::Uuid::nil()));

    assert_breaks(run, "message_has_its_events");
}

#[test]
fn two_messages_of_one_send() {
    let mut run = Run::new();
    run.says(ADA, "one");
    run.stores(ADA, "one");
    run.all_hear();

    assert_breaks(run, "client_id_names_one_message");
}

#[test]
fn a_member_the_log_does_not_know_of() {
    let mut run = Run::new();
    run.snapshot.members.push(MemberRow { user_id: GRACE.user_id, ..run.snapshot.members[0] });

    assert_breaks(run, "members_follow_from_log");
}

#[test]
fn a_reaction_the_log_does_not_know_of() {
    let mut run = Run::new();
    let message_id = run.says(ADA, "one");
    let (emoji, user_id) = ("+1".to_owned(), LINUS.user_id);
    run.snapshot.reactions.push(ReactionRow { message_id, emoji, user_id });

    assert_breaks(run, "reactions_follow_from_log");
}

#[test]
fn a_message_by_an_outsider() {
    let mut run = Run::new();
    run.says(GRACE, "let me in");

    assert_breaks_only(run, "only_members_write");
}

#[test]
fn a_message_by_a_removed_member() {
    let mut run = Run::new();
    run.removes(ADA, LINUS);
    run.says(LINUS, "still here");

    assert_breaks_only(run, "only_members_write");
}
