//! Histories of a correct server: nothing is found, whatever happened.

use std::collections::BTreeSet;

use super::{
    broken,
    run::{ADA, EPOCH, GRACE, LINUS, ROOM, Run, about_user},
};
use crate::history::{Action, What};

#[track_caller]
fn assert_keeps_every_promise(run: Run) {
    assert_eq!(broken(run), BTreeSet::new());
}

#[test]
fn messages_and_their_changes() {
    let mut run = Run::new();
    let message = run.says(ADA, "one");
    run.says(LINUS, "two");
    run.reacts(LINUS, message, "+1");
    run.edits(ADA, message, "one, better");
    run.reacts(ADA, message, "heart");
    run.unreacts(LINUS, message, "+1");
    run.reads(LINUS);
    run.deletes(ADA, message);
    run.reads(ADA);

    assert_keeps_every_promise(run);
}

#[test]
fn a_repeat_after_a_lost_answer() {
    let mut run = Run::new();
    let op = run.sends(ADA, "one");
    let id = run.stores(ADA, "one");
    run.disconnects(ADA);
    let (kind, target) = ("reset_hop".to_owned(), "from clients".to_owned());
    run.tell(What::Fault { kind: kind.clone(), target: target.clone(), is_over: false });
    run.says(LINUS, "two");
    run.tell(What::Fault { kind, target, is_over: true });
    run.follows(ADA, Some(2));
    run.retries(op);
    run.all_hear();
    run.acked_as(op, id, true);

    assert_keeps_every_promise(run);
}

#[test]
fn two_copies_at_once_and_a_third_later() {
    let mut run = Run::new();
    let op = run.sends(ADA, "one");
    run.retries(op);
    let id = run.stores(ADA, "one");
    run.all_hear();
    run.acked_as(op, id, true);
    run.acked_as(op, id, false);
    run.says(LINUS, "two");
    run.retries(op);
    run.acked_as(op, id, true);

    assert_keeps_every_promise(run);
}

#[test]
fn operations_whose_outcome_stays_unknown() {
    let mut run = Run::new();
    let message = run.says(ADA, "one");
    let done = run.sends(ADA, "two");
    run.stores(ADA, "two");
    run.all_hear();
    run.refused(done, false);
    let not_done = run.sends(ADA, "three");
    run.refused(not_done, false);
    run.reacts(LINUS, message, "+1");
    run.invokes(LINUS, Action::Unreact { message_id: message, emoji: "+1".to_owned() });

    assert_keeps_every_promise(run);
}

#[test]
fn a_catch_up_that_shows_messages_as_they_stand_now() {
    let mut run = Run::new();
    let have = run.disconnects(LINUS);
    let message = run.says(ADA, "one");
    run.edits(ADA, message, "one, better");
    run.says(ADA, "two");
    run.follows(LINUS, Some(have));
    run.all_hear();

    assert_keeps_every_promise(run);
}

#[test]
fn a_removal_and_a_return() {
    let mut run = Run::new();
    run.says(ADA, "one");
    let removal = run.removes(ADA, LINUS);
    run.says(ADA, "while he is away");
    run.adds(ADA, LINUS);
    run.follows(LINUS, Some(removal));
    run.all_hear();
    run.reads(LINUS);

    assert_keeps_every_promise(run);
}

#[test]
fn a_return_before_the_removal_was_read() {
    let mut run = Run::new();
    run.says(ADA, "one");
    let op = run.invokes(ADA, Action::RemoveMember { user_id: LINUS.user_id });
    run.goes(ADA, LINUS);
    run.acked(op, None, None);
    let between = run.sends(ADA, "while he is away");
    let id = run.stores(ADA, "while he is away");
    run.acked_as(between, id, false);
    let op = run.invokes(ADA, Action::AddMember { user_id: LINUS.user_id });
    run.comes_in(ADA, LINUS);
    run.all_hear();
    run.acked(op, None, None);

    assert_keeps_every_promise(run);
}

#[test]
fn somebody_new_reads_from_the_beginning() {
    let mut run = Run::new();
    run.says(ADA, "one");
    run.adds(ADA, GRACE);
    run.follows(GRACE, Some(0));
    run.all_hear();

    assert_keeps_every_promise(run);
}

#[test]
fn somebody_new_begins_after_a_page() {
    let mut run = Run::new();
    run.adds(ADA, GRACE);
    run.says(ADA, "one");
    run.reads(GRACE);
    let after = run.head();
    run.says(ADA, "two");
    run.follows(GRACE, Some(after));
    run.all_hear();

    assert_keeps_every_promise(run);
}

#[test]
fn a_reader_too_far_behind_is_reset() {
    let mut run = Run::new();
    run.says(ADA, "one");
    run.disconnects(LINUS);
    for _ in 0..10_001 {
        run.commits("role_changed", ADA, about_user(LINUS));
    }
    run.all_hear();
    let (connection, head) = (run.connects(LINUS), run.head());
    let (client, epoch, reason) = (LINUS.client, EPOCH.to_owned(), "too_far".to_owned());
    run.tell(What::Reset { client, connection, room_id: ROOM, epoch, head, reason });
    run.reads(LINUS);
    run.subscribes(LINUS, connection, Some(head));
    run.says(ADA, "two");

    assert_keeps_every_promise(run);
}

#[test]
fn an_edit_that_went_twice() {
    let mut run = Run::new();
    let message = run.says(ADA, "one");
    let body = crate::history::Digest("mine".to_owned());
    let op = run.invokes(ADA, Action::Edit { message_id: message, body: body.clone() });
    run.retries(op);
    run.message(message).body = Some(body.clone());
    let first = run.changes("message_edited", ADA, message);
    run.all_hear();
    run.acked(op, Some(first), Some(message));
    run.edits(ADA, message, "another");
    // The copy that had been on its way.
    run.message(message).body = Some(body);
    run.changes("message_edited", ADA, message);
    run.all_hear();

    assert_keeps_every_promise(run);
}

#[test]
fn somebody_who_reads_everything_again_and_again() {
    let mut run = Run::new();
    for text in 0..300 {
        run.says(ADA, &text.to_string());
    }
    let connection = run.connects(LINUS);
    for _ in 0..30 {
        run.subscribes(LINUS, connection, Some(0));
        run.all_hear();
    }

    assert_keeps_every_promise(run);
}
