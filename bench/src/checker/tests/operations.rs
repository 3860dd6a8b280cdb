//! Defects of what became of operations.

use super::{
    assert_breaks, assert_breaks_only,
    run::{ADA, LINUS, Run},
};
use crate::history::{Action, Digest, What};

#[test]
fn an_acked_send_that_is_lost() {
    let mut run = Run::new();
    let op = run.sends(ADA, "one");
    run.acked(op, Some(3), Some(uuid::Uuid::from_u128(9)));

    assert_breaks_only(run, "acked_is_stored");
}

#[test]
fn an_acked_send_at_another_place() {
    let mut run = Run::new();
    let op = run.sends(ADA, "one");
    let id = run.stores(ADA, "one");
    run.all_hear();
    run.acked(op, Some(run.head() - 1), Some(id));

    assert_breaks_only(run, "acked_is_stored");
}

#[test]
fn an_acked_edit_that_is_lost() {
    let mut run = Run::new();
    let message = run.says(ADA, "one");
    let revision = run.head();
    let body = Digest("better".to_owned());
    let op = run.invokes(ADA, Action::Edit { message_id: message, body });
    run.acked(op, Some(revision), Some(message));

    assert_breaks(run, "acked_is_stored");
}

#[test]
fn an_acked_deletion_that_is_lost() {
    let mut run = Run::new();
    let message_id = run.says(ADA, "one");
    let op = run.invokes(ADA, Action::Delete { message_id });
    run.acked(op, None, None);

    assert_breaks_only(run, "acked_is_stored");
}

#[test]
fn an_acked_reaction_that_is_lost() {
    let mut run = Run::new();
    let message_id = run.says(ADA, "one");
    let op = run.invokes(LINUS, Action::React { message_id, emoji: "+1".to_owned() });
    run.acked(op, None, None);

    assert_breaks(run, "acked_is_stored");
}

#[test]
fn an_acked_addition_that_is_lost() {
    let mut run = Run::new();
    run.says(ADA, "one");
    let op = run.invokes(ADA, Action::AddMember { user_id: super::run::GRACE.user_id });
    run.acked(op, None, None);

    assert_breaks(run, "acked_is_stored");
}

#[test]
fn a_repeat_that_is_answered_with_another_place() {
    let mut run = Run::new();
    let op = run.sends(ADA, "one");
    let id = run.stores(ADA, "one");
    run.all_hear();
    run.acked_as(op, id, false);
    run.says(ADA, "two");
    run.retries(op);
    run.acked(op, Some(run.head()), Some(id));

    assert_breaks(run, "acks_agree");
}

#[test]
fn a_repeat_that_is_called_new() {
    let mut run = Run::new();
    let op = run.sends(ADA, "one");
    let id = run.stores(ADA, "one");
    run.all_hear();
    run.acked_as(op, id, false);
    run.retries(op);
    run.acked_as(op, id, false);

    assert_breaks_only(run, "acks_agree");
}

#[test]
fn a_refused_send_that_is_there() {
    let mut run = Run::new();
    let op = run.sends(ADA, "one");
    run.refused(op, true);
    run.stores(ADA, "one");
    run.all_hear();

    assert_breaks(run, "refused_left_nothing");
}

#[test]
fn a_refused_edit_that_was_seen() {
    let mut run = Run::new();
    let message_id = run.says(ADA, "one");
    let op = run.invokes(ADA, Action::Edit { message_id, body: Digest("two".to_owned()) });
    run.refused(op, true);
    run.says(ADA, "three");
    if let What::Heard { message: Some(message), .. } = run.last_heard() {
        (message.id, message.body) = (message_id, Some(Digest("two".to_owned())));
    }

    assert_breaks(run, "refused_left_nothing");
}

#[test]
fn a_message_nobody_sent() {
    let mut run = Run::new();
    run.stores(ADA, "one");
    run.all_hear();

    assert_breaks_only(run, "events_were_asked_for");
}

#[test]
fn a_deletion_nobody_asked_for() {
    let mut run = Run::new();
    let message = run.says(ADA, "one");
    run.deletes(ADA, message);
    run.forget(|what| matches!(what, What::Invoke { action: Action::Delete { .. }, .. }));
    run.forget(|what| matches!(what, What::Ack { seq: None, .. }));

    assert_breaks_only(run, "events_were_asked_for");
}

#[test]
fn an_edit_that_was_overwritten_comes_back() {
    let mut run = Run::new();
    let message = run.says(ADA, "one");
    run.edits(ADA, message, "two");
    run.edits(ADA, message, "three");
    run.message(message).body = Some(Digest("two".to_owned()));
    run.says(LINUS, "four");

    assert_breaks(run, "last_writer_wins");
}

#[test]
fn a_removal_that_did_not_last() {
    let mut run = Run::new();
    let op = run.invokes(ADA, Action::AddMember { user_id: LINUS.user_id });
    run.acked(op, None, None);
    let op = run.invokes(ADA, Action::RemoveMember { user_id: LINUS.user_id });
    run.acked(op, None, None);

    assert_breaks_only(run, "last_writer_wins");
}

#[test]
fn a_run_that_never_ended_or_never_settled() {
    let mut unknown = Run::new();
    unknown.acked(77, None, None);
    let mut unsettled = Run::new();
    unsettled.converged_after_us = None;

    assert_breaks_only(unknown, "history_is_whole");
    assert_breaks_only(unsettled, "converged");
}
