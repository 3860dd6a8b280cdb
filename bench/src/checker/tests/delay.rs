//! A relay that loses something: nothing but a delay shows it.

use super::{
    assert_breaks_only, broken,
    run::{ADA, GRACE, LINUS, Person, Run},
};
use crate::history::{Record, What};

/// Ada, Linus and then Grace hear of each message; one time in ten half a second passes before
/// `slow` does. Grace is at another instance.
fn some_come_late(slow: Person) -> Run {
    let mut run = Run::new();
    run.adds(ADA, GRACE);
    run.follows(GRACE, None);
    for text in 0..1_200 {
        run.says(ADA, &text.to_string());
    }
    let (mut heard, mut pauses_us) = (0, 0);
    for (index, record) in run.history.iter_mut().enumerate() {
        match &mut record.what {
            What::Connected { client, instance, .. } => {
                *instance = u32::from(*client == GRACE.client);
            }
            What::Heard { client, .. } if *client == slow.client => {
                heard += 1;
                pauses_us += if heard % 10 == 0 { 500_000 } else { 0 };
            }
            _ => {}
        }
        record.at_us = index as u64 + pauses_us;
    }
    run
}

#[test]
fn another_instance_hears_late() {
    assert_breaks_only(some_come_late(GRACE), "told_at_once");
}

#[test]
fn a_machine_that_cannot_keep_up_tells_nothing() {
    assert_eq!(broken(some_come_late(LINUS)).len(), 0);
}

#[test]
fn during_a_fault_everybody_may_hear_late() {
    let mut run = some_come_late(GRACE);
    let (kind, target) = ("stall_redis".to_owned(), "redis".to_owned());
    let what = What::Fault { kind, target, is_over: false };
    run.history.insert(8, Record { at_us: 8, what });

    assert_eq!(broken(run).len(), 0);
}
