//! Waits until everybody has everything: each member of a room follows it and is at its head,
//! and nobody else follows it.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

use uuid::Uuid;

use super::{
    database::{Database, Heads},
    town::Town,
};
use crate::{client::rooms::State, history::What};

const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Somebody who isn't where they have to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Straggler(pub String);

/// Waits until nobody is missing anything; returns who still is when time is up.
pub async fn wait(town: &Town, database: &Database, patience: Duration) -> Vec<Straggler> {
    let deadline = tokio::time::Instant::now() + patience;
    loop {
        let stragglers = match database.heads().await {
            Ok(heads) => stragglers(town, &heads),
            Err(error) => vec![Straggler(format!("the database does not answer: {error}"))],
        };
        if stragglers.is_empty() || tokio::time::Instant::now() > deadline {
            return stragglers;
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn stragglers(town: &Town, heads: &Heads) -> Vec<Straggler> {
    let mut rooms_of: HashMap<Uuid, HashSet<Uuid>> = HashMap::new();
    for member in &heads.members {
        rooms_of.entry(member.user_id).or_default().insert(member.room_id);
    }
    let mut stragglers = Vec::new();
    for resident in &town.residents {
        let me = &resident.me;
        let mine = rooms_of.remove(&me.user_id).unwrap_or_default();
        for (room_id, head) in &heads.by_room {
            let (state, mark) = me.rooms.lock().standing(*room_id);
            let have = mark.map(|mark| mark.seq);
            let is_there = match mine.contains(room_id) {
                true => state == State::Live && have == Some(*head),
                false => state == State::Away,
            };
            if !is_there {
                let role = if mine.contains(room_id) { "member" } else { "outsider" };
                stragglers.push(Straggler(format!(
                    "client {}, {role} of {room_id}: {state:?} at {have:?}, head {head}",
                    me.client
                )));
            }
        }
    }
    stragglers
}

/// Writes down where everybody stands.
pub fn record_cursors(town: &Town) {
    for resident in &town.residents {
        let (client, rooms) = (resident.me.client, resident.me.rooms.lock());
        for room_id in rooms.live() {
            if let (_, Some(mark)) = rooms.standing(room_id) {
                let what = What::Cursor { client, room_id, epoch: mark.epoch, seq: mark.seq };
                resident.me.witness.record(what);
            }
        }
    }
}
