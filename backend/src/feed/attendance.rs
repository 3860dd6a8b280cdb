//! Who is online, at this instance or another.
//!
//! Each instance says now and then who is connected to it, and is believed for a while; so
//! nothing has to be taken back when an instance dies. Somebody whose connection ended stays
//! online for a moment, since most come back at once.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use tokio::time::Instant;

use crate::{domain::id::UserId, relay::InstanceId};

/// How long an instance is believed (and its key kept, see `relay::redis`).
pub const BELIEVED_FOR: Duration = Duration::from_secs(15);
/// How long somebody without a connection stays online.
const GRACE: Duration = Duration::from_secs(5);

#[derive(Default)]
pub struct Attendance {
    elsewhere: HashMap<InstanceId, Statement>,
    seen_at: HashMap<UserId, Instant>,
}

struct Statement {
    users: HashSet<UserId>,
    until: Instant,
}

impl Attendance {
    /// Another instance says who is connected to it.
    pub fn stated(&mut self, by: InstanceId, users: Vec<UserId>, now: Instant) {
        let statement = Statement { users: users.into_iter().collect(), until: now + BELIEVED_FOR };
        self.elsewhere.insert(by, statement);
    }

    /// Everybody online, given who is connected here.
    pub fn online(&mut self, here: &HashSet<UserId>, now: Instant) -> HashSet<UserId> {
        self.elsewhere.retain(|_, statement| now < statement.until);
        let elsewhere = self.elsewhere.values().flat_map(|statement| &statement.users);
        self.seen_at.extend(here.iter().chain(elsewhere).map(|user| (*user, now)));
        self.seen_at.retain(|_, seen_at| now < *seen_at + GRACE);
        self.seen_at.keys().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const ADA: UserId = UserId(Uuid::from_u128(1));
    const ELSEWHERE: InstanceId = InstanceId(Uuid::from_u128(7));

    #[test]
    fn who_comes_back_at_once_was_never_away() {
        let (mut attendance, start) = (Attendance::default(), Instant::now());
        let here = HashSet::from([ADA]);
        let nobody = HashSet::new();

        assert_eq!(attendance.online(&here, start), here);
        assert_eq!(attendance.online(&nobody, start + GRACE / 2), here);
        assert_eq!(attendance.online(&here, start + GRACE), here);
        assert_eq!(attendance.online(&nobody, start + GRACE * 2), nobody);
    }

    #[test]
    fn an_instance_that_falls_silent_is_believed_for_a_while() {
        let (mut attendance, start) = (Attendance::default(), Instant::now());
        let (nobody, ada) = (HashSet::new(), HashSet::from([ADA]));
        attendance.stated(ELSEWHERE, vec![ADA], start);

        let just_before = start + BELIEVED_FOR - Duration::from_millis(1);
        assert_eq!(attendance.online(&nobody, just_before), ada);
        assert_eq!(attendance.online(&nobody, just_before + GRACE), nobody);
    }

    #[test]
    fn what_an_instance_says_replaces_what_it_said() {
        let (mut attendance, start) = (Attendance::default(), Instant::now());
        attendance.stated(ELSEWHERE, vec![ADA], start);
        attendance.stated(ELSEWHERE, vec![], start);

        assert!(attendance.online(&HashSet::new(), start).is_empty());
    }
}
