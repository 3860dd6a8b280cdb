//! Defects of revocation.

use super::{
    assert_breaks, assert_breaks_only,
    run::{ADA, GRACE, LINUS, Run},
};
use crate::history::{Action, What};

/// Linus goes on reading over his removal, up to the head; then he is told.
fn reads_over_the_removal(what_follows: impl FnOnce(&mut Run)) -> Run {
    let mut run = Run::new();
    run.says(ADA, "one");
    let op = run.invokes(ADA, Action::RemoveMember { user_id: LINUS.user_id });
    let seq = run.goes(ADA, LINUS);
    run.all_hear();
    run.acked(op, None, None);
    what_follows(&mut run);
    let (client, connection, reason) = (LINUS.client, 2, "removed".to_owned());
    run.disconnects(LINUS);
    run.tell(What::Removed { client, connection, room_id: super::run::ROOM, seq, reason });
    run
}

#[test]
fn a_removed_member_hears_the_removal_itself() {
    let run = reads_over_the_removal(|_| {});

    assert_eq!(super::broken(run).len(), 0);
}

#[test]
fn a_removed_member_hears_on() {
    let run = reads_over_the_removal(|run| {
        run.says(ADA, "he is gone");
    });

    assert_breaks_only(run, "nothing_after_removal");
}

#[test]
fn a_removed_member_hears_on_before_coming_back() {
    let mut run = reads_over_the_removal(|run| {
        run.says(ADA, "he is gone");
    });
    run.adds(ADA, LINUS);
    run.follows(LINUS, Some(5));
    run.all_hear();

    assert_breaks_only(run, "nothing_after_removal");
}

#[test]
fn a_removed_member_reads_a_page_of_what_came_later() {
    let mut run = Run::new();
    run.removes(ADA, LINUS);
    run.says(ADA, "he is gone");
    run.reads(LINUS);

    assert_breaks_only(run, "nothing_after_removal");
}

#[test]
fn an_outsider_hears_something() {
    let mut run = Run::new();
    run.follows(GRACE, None);
    run.says(ADA, "one");
    run.disconnects(GRACE);

    assert_breaks(run, "nothing_after_removal");
}

/// Linus is behind; what he still may read has been changed after his removal.
#[test]
fn a_removed_member_sees_what_an_older_message_was_changed_to() {
    let mut run = Run::new();
    let have = run.disconnects(LINUS);
    let message = run.says(ADA, "one");
    run.follows(LINUS, Some(have));
    let op = run.invokes(ADA, Action::RemoveMember { user_id: LINUS.user_id });
    run.goes(ADA, LINUS);
    run.acked(op, None, None);
    let body = crate::history::Digest("secret".to_owned());
    let op = run.invokes(ADA, Action::Edit { message_id: message, body: body.clone() });
    run.message(message).body = Some(body);
    let revision = run.changes("message_edited", ADA, message);
    run.acked(op, Some(revision), Some(message));
    run.hears_next(LINUS);
    run.hears_next(LINUS);
    run.disconnects(LINUS);
    run.all_hear();

    assert_breaks_only(run, "no_later_content_after_removal");
}

#[test]
fn a_removed_member_subscribes() {
    let mut run = Run::new();
    run.says(ADA, "one");
    let removal = run.removes(ADA, LINUS);
    run.says(ADA, "he is gone");
    run.follows(LINUS, Some(removal));
    run.disconnects(LINUS);

    assert_breaks_only(run, "no_subscription_after_removal");
}

#[test]
fn a_subscription_that_raced_with_the_removal() {
    let mut run = Run::new();
    run.says(ADA, "one");
    let have = run.disconnects(LINUS);
    let connection = run.connects(LINUS);
    run.removes(ADA, LINUS);
    run.subscribes(LINUS, connection, Some(have));
    run.disconnects(LINUS);

    assert_eq!(super::broken(run).len(), 0);
}
