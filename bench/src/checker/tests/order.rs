//! Defects of the order.

use super::{
    assert_breaks_only,
    run::{ADA, LINUS, Run},
};
use crate::history::{Action, What};

/// Linus sends after Ada was answered, and comes to stand before her.
#[test]
fn what_was_acked_before_another_was_sent_stands_behind_it() {
    let mut run = Run::new();
    let ada = run.sends(ADA, "one");
    run.acked(ada, Some(4), None);
    let linus = run.sends(LINUS, "two");
    let two = run.stores(LINUS, "two");
    run.stores(ADA, "one");
    run.all_hear();
    run.acked_as(linus, two, false);

    assert_breaks_only(run, "real_time_order");
}

#[test]
fn what_was_heard_before_another_was_sent_stands_behind_it() {
    let mut run = Run::new();
    run.says(ADA, "one");
    let message = run.says(LINUS, "two");
    let op = run.invokes(ADA, Action::React { message_id: message, emoji: "+1".to_owned() });
    run.refused(op, false);
    // The log, had the two been the other way round.
    run.snapshot.events.swap(2, 3);
    run.snapshot.events[2].seq = 3;
    run.snapshot.events[3].seq = 4;
    for (row, seq) in run.snapshot.messages.iter_mut().zip([4, 3]) {
        (row.seq, row.revision) = (seq, seq);
    }
    let (history, snapshot) = run.finish();
    let broken = crate::checker::check(&history, &snapshot);

    assert!(broken.iter().any(|violation| violation.rule == "real_time_order"), "{broken:?}");
}

fn two_on_one_connection(retried: bool, first_stands_first: bool) -> Run {
    let mut run = Run::new();
    let (one, two) = (run.sends(ADA, "one"), run.sends(ADA, "two"));
    for op in [one, two] {
        run.tell(What::Leaves { op, connection: 1 });
    }
    let texts = if first_stands_first { ["one", "two"] } else { ["two", "one"] };
    let ids = texts.map(|text| (text, run.stores(ADA, text)));
    run.all_hear();
    if retried {
        run.retries(one);
    }
    for (text, id) in ids {
        run.acked_as(if text == "one" { one } else { two }, id, false);
    }
    run
}

#[test]
fn one_connections_sends_are_swapped() {
    assert_breaks_only(two_on_one_connection(false, false), "sender_order");
}

#[test]
fn a_send_that_was_repeated_may_come_later() {
    assert_eq!(super::broken(two_on_one_connection(true, false)).len(), 0);
    assert_eq!(super::broken(two_on_one_connection(false, true)).len(), 0);
}
