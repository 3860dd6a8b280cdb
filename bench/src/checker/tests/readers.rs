//! Defects of what readers see.

use super::{
    assert_breaks, assert_breaks_only, broken,
    run::{ADA, EPOCH, LINUS, ROOM, Run},
};
use crate::history::{Digest, What};

/// Both have heard two messages.
fn two_messages() -> Run {
    let mut run = Run::new();
    run.says(ADA, "one");
    run.says(ADA, "two");
    run
}

#[test]
fn an_event_that_is_left_out() {
    let mut run = two_messages();
    run.forget(|what| matches!(what, What::Heard { client: 2, seq: 3, .. }));

    assert_breaks_only(run, "contiguous");
}

#[test]
fn an_event_that_comes_twice() {
    let mut run = two_messages();
    let again = run.last_heard().clone();
    run.tell(again);

    assert_breaks_only(run, "contiguous");
}

#[test]
fn a_subscription_that_begins_too_late() {
    let mut run = two_messages();
    let have = run.disconnects(LINUS);
    run.says(ADA, "three");
    run.says(ADA, "four");
    run.follows(LINUS, Some(have));
    run.all_hear();
    run.forget(|what| matches!(what, What::Heard { client: 2, seq: 5, .. }));

    assert_breaks_only(run, "contiguous");
}

#[test]
fn an_event_on_a_connection_that_does_not_follow() {
    let mut run = two_messages();
    run.disconnects(LINUS);
    let connection = run.connects(LINUS);
    run.hears(LINUS, connection, 4);
    run.follows(LINUS, Some(4));

    assert_breaks_only(run, "heard_without_subscription");
}

#[test]
fn a_client_that_forgets_its_cursor() {
    let mut run = two_messages();
    run.disconnects(LINUS);
    run.follows(LINUS, Some(3));
    run.all_hear();

    assert_breaks_only(run, "after_is_own_cursor");
}

#[test]
fn an_event_that_is_not_the_databases() {
    let mut run = two_messages();
    if let What::Heard { actor_id, .. } = run.last_heard() {
        *actor_id = LINUS.user_id;
    }

    assert_breaks_only(run, "heard_as_stored");
}

#[test]
fn a_head_that_does_not_exist() {
    let mut run = two_messages();
    run.disconnects(LINUS);
    run.follows(LINUS, Some(4));
    if let Some(What::Subscribed { head, .. }) = run.history.last_mut().map(|it| &mut it.what) {
        *head += 1;
    }

    assert_breaks_only(run, "heads_exist");
}

#[test]
fn two_who_see_different_texts_at_one_revision() {
    let mut run = two_messages();
    if let What::Heard { message: Some(message), .. } = run.last_heard() {
        message.body = Some(Digest("too".to_owned()));
    }

    assert_breaks_only(run, "same_revision_same_body");
}

#[test]
fn a_later_revision_with_the_old_text() {
    let mut run = Run::new();
    let message = run.says(ADA, "one");
    run.edits(ADA, message, "two");
    for record in &mut run.history {
        if let What::Heard { kind, message: Some(message), .. } = &mut record.what
            && kind == "message_edited"
        {
            message.body = Some(Digest("one".to_owned()));
        }
    }

    assert_breaks_only(run, "same_revision_same_body");
}

#[test]
fn a_revision_with_the_reactions_of_a_later_one() {
    let mut run = Run::new();
    let message = run.says(ADA, "one");
    run.reacts(LINUS, message, "+1");
    run.reads(ADA);
    if let Some(What::Page { messages, .. }) = run.history.last_mut().map(|it| &mut it.what) {
        messages[0].revision = 3;
    }

    assert_breaks_only(run, "same_revision_same_reactions");
}

#[test]
fn a_client_id_that_is_shown_to_others() {
    let mut run = two_messages();
    if let What::Heard { message: Some(message), .. } = run.last_heard() {
        message.client_id = Some("two".to_owned());
    }

    assert_breaks_only(run, "client_id_for_author_only");
}

#[test]
fn a_page_without_one_of_its_messages() {
    let mut run = two_messages();
    run.reads(LINUS);
    if let Some(What::Page { messages, .. }) = run.history.last_mut().map(|it| &mut it.what) {
        messages.remove(1);
    }

    assert_breaks_only(run, "page_is_complete");
}

#[test]
fn a_page_says_what_it_leaves_out() {
    let mut run = two_messages();
    run.reads(LINUS);
    if let Some(What::Page { messages, has_more_after, .. }) =
        run.history.last_mut().map(|it| &mut it.what)
    {
        messages.remove(1);
        *has_more_after = true;
    }

    assert_eq!(broken(run).len(), 0);
}

#[test]
fn a_page_in_the_wrong_order() {
    let mut run = two_messages();
    run.reads(LINUS);
    if let Some(What::Page { messages, .. }) = run.history.last_mut().map(|it| &mut it.what) {
        messages.reverse();
    }

    assert_breaks(run, "page_in_order");
}

#[test]
fn a_reset_without_a_reason() {
    let mut run = two_messages();
    run.disconnects(LINUS);
    let (connection, head) = (run.connects(LINUS), run.head());
    let (client, epoch, reason) = (LINUS.client, EPOCH.to_owned(), "epoch".to_owned());
    run.tell(What::Reset { client, connection, room_id: ROOM, epoch, head, reason });
    run.reads(LINUS);
    run.subscribes(LINUS, connection, Some(head));

    assert_breaks_only(run, "reset_has_reason");
}

#[test]
fn another_epoch() {
    let mut run = two_messages();
    run.reads(LINUS);
    if let Some(What::Page { epoch, .. }) = run.history.last_mut().map(|it| &mut it.what) {
        *epoch = "f".to_owned();
    }

    assert_breaks_only(run, "one_epoch");
}

#[test]
fn a_reader_who_never_gets_the_end() {
    let mut run = two_messages();
    let op = run.sends(ADA, "three");
    let id = run.stores(ADA, "three");
    run.hears_next(ADA);
    run.acked_as(op, id, false);

    assert_breaks_only(run, "cursors_at_heads");
}

#[test]
fn a_member_who_does_not_follow() {
    let mut run = two_messages();
    run.disconnects(LINUS);

    assert_breaks_only(run, "cursors_at_heads");
}
