//! A feed that hears of its log in any order, again and again, and with holes that are filled
//! from the database later, while somebody reads.

use std::{collections::BTreeSet, sync::Arc};

use proptest::{collection::vec, prelude::*, test_runner::RngAlgorithm};

use super::log::{LINUS, plain, seq_of, started_at};
use crate::{
    domain::id::Seq,
    feed::{
        reader::{Reader, Signal},
        room_feed::{Reading, RoomFeed},
    },
};

/// Where the feed begins: what came before is in the database only.
const START: Seq = 3;

#[derive(Clone, Copy, Debug)]
enum Step {
    /// The database gets one more event; nobody tells.
    Commit,
    /// Any committed event arrives, whether or not it did before.
    Offer(u8),
    /// Somebody tells of a head: a committed one, or one this history never had.
    Tell(u8),
    /// A fill looks at the database …
    LookUp,
    /// … and brings what it found, later.
    Fill,
    /// Too much is missing: the feed begins anew at the database's head.
    Skip,
    /// The reader reads, if it was woken, about so many bytes.
    Read(u16),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => Just(Step::Commit),
        4 => any::<u8>().prop_map(Step::Offer),
        1 => any::<u8>().prop_map(Step::Tell),
        1 => Just(Step::LookUp),
        2 => Just(Step::Fill),
        1 => Just(Step::Skip),
        3 => (1..600_u16).prop_map(Step::Read),
    ]
}

/// What a feed is to have, by its contract: everything up to the first hole.
struct Expected {
    head: Seq,
    offered: BTreeSet<Seq>,
}

impl Expected {
    fn move_head(&mut self, to: Seq) {
        self.head = self.head.max(to);
        while self.offered.contains(&(self.head + 1)) {
            self.head += 1;
        }
    }
}

/// A connection that follows the room and reads whenever it is woken.
struct Connection {
    signal: Arc<Signal>,
    reader: Arc<Reader>,
    cursor: Seq,
    /// It has not read all it was woken for.
    has_turn: bool,
}

impl Connection {
    fn follows(feed: &RoomFeed) -> Self {
        let signal = Arc::<Signal>::default();
        let reader = Arc::new(Reader::new(Arc::clone(&signal), 0, LINUS));
        feed.attach(Arc::clone(&reader));
        Self { signal, reader, cursor: START, has_turn: false }
    }

    fn is_woken(&self) -> bool {
        self.has_turn || self.signal.has_ready()
    }

    fn read(
        &mut self,
        feed: &RoomFeed,
        max_bytes: usize,
        committed: Seq,
    ) -> Result<(), TestCaseError> {
        while self.signal.next_ready().is_some() {}
        self.reader.clear();
        let (before, mut seen) = (self.cursor, Vec::new());
        let reading = feed.read(&mut self.cursor, LINUS, max_bytes, |frame| {
            seen.push(seq_of(&frame));
        });
        prop_assert_eq!(seen, (before + 1..=self.cursor).collect::<Vec<_>>(), "{:?}", reading);
        self.has_turn = matches!(reading, Reading::More | Reading::Behind);
        match reading {
            // A page of the database may lie ahead of the feed.
            Reading::Behind => self.cursor = committed.min(self.cursor + 4),
            Reading::More => prop_assert!(self.cursor > before, "each turn brings something"),
            Reading::AtHead => prop_assert!(Some(self.cursor) >= feed.head()),
            other => prop_assert!(false, "{other:?}"),
        }
        Ok(())
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_algorithm: RngAlgorithm::XorShift,
        ..ProptestConfig::with_cases(10_000)
    })]

    #[test]
    fn a_reader_sees_every_event_once_and_in_order(steps in vec(step(), 0..40)) {
        let feed = started_at(START);
        let mut committed = START;
        let mut expected = Expected { head: START, offered: BTreeSet::new() };
        let mut found = None;
        let mut connection = Connection::follows(&feed);

        for step in steps {
            match step {
                Step::Commit => committed += 1,
                Step::Offer(which) => {
                    let seq = 1 + Seq::from(which) % committed;
                    feed.offer([&plain(seq)]);
                    expected.offered.insert(seq);
                }
                Step::Tell(which) => {
                    let told = Seq::from(which) % (committed + 5);
                    let is_behind = feed.told(told);
                    prop_assert!(is_behind || told <= expected.head);
                }
                Step::LookUp => {
                    let claimed = feed.claimed_head();
                    if claimed > committed {
                        feed.forget_claims(claimed);
                        expected.offered.retain(|seq| *seq <= expected.head || *seq > claimed);
                        prop_assert!(!feed.end_fill() || feed.claimed_head() > claimed);
                    }
                    found = Some(expected.head + 1..=committed);
                }
                Step::Fill => for seq in found.take().into_iter().flatten() {
                    feed.offer([&plain(seq)]);
                    expected.offered.insert(seq);
                },
                Step::Skip => {
                    feed.skip_to(committed);
                    expected.move_head(committed);
                }
                Step::Read(max_bytes) => if connection.is_woken() {
                    connection.read(&feed, max_bytes.into(), committed)?;
                },
            }
            expected.move_head(0);
            prop_assert_eq!(feed.head(), Some(expected.head));
            let waits = expected.offered.last().is_some_and(|last| *last > expected.head);
            prop_assert!(!waits || feed.end_fill(), "it knows that something is missing");
            prop_assert!(
                connection.cursor >= expected.head || connection.is_woken(),
                "the reader was not woken"
            );
        }

        for seq in expected.head + 1..=committed {
            feed.offer([&plain(seq)]);
        }
        while connection.is_woken() {
            connection.read(&feed, usize::MAX, committed)?;
        }
        prop_assert_eq!(feed.head(), Some(committed));
        prop_assert_eq!(connection.cursor, committed);
    }
}
