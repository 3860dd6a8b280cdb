//! Bytes that a careful, a careless or a hostile client may send, and what comes of them.
//!
//! What is right follows RFC 6455 and docs/protocol.md: a broken frame closes with a code that
//! says what a client may do about it, and never more than its own connection is affected.

mod case;
mod closes;
mod control;
mod disconnects;
mod fragments;
mod frames;
mod handshakes;
mod json;
mod lengths;
mod play;
mod utf8;

use case::Case;
use futures_util::future::join_all;
use parking_lot::Mutex;

use crate::support::{Data, Person, Process, Wire, wire::HANDSHAKE};

/// Cases that are played at the same time, each by its own person.
const LANES: usize = 8;
const MAX_UNAUTHENTICATED: usize = 20;
/// What a pass over all cases may leave in the memory of a process that is warm.
const MAX_GROWTH_KIB: u64 = 16 * 1024;

fn cases() -> Vec<Case> {
    let cases = [
        frames::cases(),
        control::cases(),
        closes::cases(),
        fragments::cases(),
        lengths::cases(),
        utf8::cases(),
        json::cases(),
        disconnects::cases(),
        handshakes::cases(),
    ];
    cases.into_iter().flatten().collect()
}

#[tokio::test]
async fn every_case_ends_as_it_should_and_nothing_of_it_remains() {
    let (data, address) = (Data::fresh().await, Process::free_address());
    let limits = ["--limit-handshakes=off", "--max-connections-per-user=100"];
    let process = Process::start_with(&data, address, &limits).await;
    let mut people = Vec::new();
    for lane in 0..LANES {
        people.push(Person::join(address, &format!("ada{lane}")).await);
    }
    assert!(cases().len() >= 100, "{} cases", cases().len());

    pass(&people).await;
    let warm_kib = process.memory_kib();
    pass(&people).await;
    let growth_kib = process.memory_kib().saturating_sub(warm_kib);

    people[0].connects().await.hears_nothing_but_pong().await;
    wait_until_all_are_gone(&people[0]).await;
    assert!(growth_kib <= MAX_GROWTH_KIB, "the memory grew by {growth_kib} KiB from {warm_kib}");
    assert!(!process.log().contains("panicked"), "{}", process.log());
}

/// Plays all cases, several at a time.
async fn pass(people: &[Person]) {
    let cases = Mutex::new(cases().into_iter());
    let lanes = people.iter().map(|person| async {
        let mut failures = Vec::new();
        loop {
            let next = cases.lock().next();
            let Some(case) = next else { return failures };
            if let Err(reason) = play::play(&case, person).await {
                failures.push(format!("{}: {reason}", case.name));
            }
        }
    });
    let failures: Vec<String> = join_all(lanes).await.into_iter().flatten().collect();
    assert!(failures.is_empty(), "{} cases\n{}", failures.len(), failures.join("\n"));
}

/// Nobody is connected, and every place for those who have not said hello is free.
async fn wait_until_all_are_gone(person: &Person) {
    let gone = async {
        while !person.client.get("/metrics").await.text.contains("devschat_sockets 0\n") {}
        while !has_all_places_free(person).await {}
    };
    tokio::time::timeout(play::PATIENCE, gone).await.expect("all connections end in time");
}

async fn has_all_places_free(person: &Person) -> bool {
    let address = person.client.address;
    let mut open = Vec::new();
    for _ in 0..MAX_UNAUTHENTICATED {
        let mut wire = Wire::connect(address).await;
        wire.write(format!("{HANDSHAKE}Host: {address}\r\n\r\n").as_bytes()).await;
        if !wire.head().await.starts_with("HTTP/1.1 101") {
            return false;
        }
        open.push(wire);
    }
    true
}
