//! The program as a process: killed, stopped, started again.

use std::collections::HashSet;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Client, Data, PASSWORD, Person, Reply, bodies_of, process::Process, seqs};

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let (data, address) = (Data::fresh().await, Process::free_address());
    let process = Process::start(&data, address).await;
    let ada = Person::join(address, "ada").await;
    let room = ada.creates_room("back-end").await;
    let mut socket = ada.connects().await;
    for n in 0..200 {
        socket.sends(&room, &format!("c{n}"), &format!("m{n}")).await;
    }
    let mut acked = HashSet::new();
    for _ in 0..50 {
        acked.insert(socket.expect("ack").await["seq"].as_i64().unwrap());
    }

    process.kill();
    let _process = Process::start(&data, address).await;

    // The client's whole duty: resend what was not acknowledged, under the same names.
    let mut socket = ada.connects().await;
    for n in 0..200 {
        socket.sends(&room, &format!("c{n}"), &format!("m{n}")).await;
        socket.expect("ack").await;
    }
    let mut reader = ada.follows_after(&room, 0).await;
    let events = reader.events_until(201).await;
    assert_eq!(seqs(&events), (1..=201).collect::<Vec<_>>());
    let bodies = bodies_of(&events);
    assert_eq!(bodies, (0..200).map(|n| format!("m{n}")).collect::<Vec<_>>());
    assert!(acked.iter().all(|seq| (2..=201).contains(seq)));
}

#[tokio::test]
async fn sigterm_sends_sockets_away_and_ends_well() {
    let (data, address) = (Data::fresh().await, Process::free_address());
    let mut process = Process::start(&data, address).await;
    let ada = Person::join(address, "ada").await;
    let room = ada.creates_room("back-end").await;
    let mut socket = ada.follows(&room).await;
    socket.sends(&room, "c1", "last words").await;
    socket.until("ack").await;

    process.terminate();

    let bye = socket.until("bye").await;
    assert_eq!(bye["code"], 1012);
    assert!(bye["retry_after_ms"].as_u64().is_some_and(|ms| ms > 0));
    assert_eq!(socket.closed().await, 1012);
    assert_eq!(process.ended().await, Some(0));
    let _process = Process::start(&data, address).await;
    assert_eq!(ada.bodies(&room).await, ["last words"]);
}

#[tokio::test]
async fn every_call_and_every_socket_is_one_line_without_secrets() {
    let (data, address) = (Data::fresh().await, Process::free_address());
    let mut process = Process::start(&data, address).await;
    let ada = Person::join(address, "ada").await;
    let room = ada.creates_room("back-end").await;
    let sent = ada.says_as(&room, "c1", "a very private thought").await;
    ada.client.get("/users?query=ada@example.org").await.expect(200);
    drop(ada.connects().await);
    process.terminate();
    process.ended().await;

    let log = process.log();
    let lines: Vec<Value> =
        log.lines().map(|line| serde_json::from_str(line).expect(line)).collect();
    let request_id = sent.header("x-request-id");
    let of_send: Vec<_> =
        lines.iter().filter(|line| line["span"]["request_id"] == request_id).collect();
    assert_eq!(of_send.len(), 1, "{log}");
    let line = of_send[0];
    assert_eq!(line["span"]["method"], "POST");
    assert_eq!(line["span"]["route"], "/api/v1/rooms/{room_id}/messages");
    assert_eq!(line["span"]["user.id"], ada.id.as_str());
    assert_eq!(line["status"], 201);
    assert!(line["duration_ms"].is_number());
    for message in ["socket opened", "socket closed"] {
        let count = lines.iter().filter(|line| line["message"] == message).count();
        assert_eq!(count, 1, "{message}\n{log}");
    }
    let secrets = [
        ada.token(),
        ada.refresh_token.as_str(),
        crate::support::PASSWORD,
        "private thought",
        "ada@example",
    ];
    for secret in secrets {
        assert!(!log.contains(secret), "the log holds {secret}\n{log}");
    }
}

#[tokio::test]
async fn data_lives_across_restarts() {
    let (data, address) = (Data::fresh().await, Process::free_address());
    let process = Process::start(&data, address).await;
    let ada = Person::join(address, "ada").await;
    let room = ada.creates_room("back-end").await;
    let first = ada.says(&room, "before").await;
    process.kill();

    let _process = Process::start(&data, address).await;

    let page = ada.reads(&room, "").await;
    assert_eq!(page["messages"], json!([first]), "the token is still good, too");
}

#[tokio::test]
async fn requests_sockets_messages_and_their_latency_are_measured() {
    // A process of its own: measurements belong to a process.
    let (data, address) = (Data::fresh().await, Process::free_address());
    let _process = Process::start(&data, address).await;
    let ada = Person::join(address, "ada").await;
    let room = ada.creates_room("back-end").await;
    let mut socket = ada.follows(&room).await;
    ada.says(&room, "measured").await;
    socket.expect("event").await;
    Reply::of(ada.client.request("NONSENSE".parse().unwrap(), "/rooms")).await;

    let metrics = ada.client.get("/metrics").await;

    assert!(metrics.header("content-type").starts_with("text/plain"));
    let lines: HashSet<&str> = metrics.text.lines().collect();
    for expected in [
        r#"devschat_http_request_seconds_count{method="POST",route="/api/v1/rooms",status="201"} 1"#,
        "devschat_sockets 1",
        "devschat_messages_committed_total 1",
        "devschat_frames_delivered_total 1",
        "devschat_commit_seconds_count 1",
        "devschat_delivery_seconds_count 1",
    ] {
        assert!(lines.contains(expected), "no {expected} in\n{}", metrics.text);
    }
    assert!(!metrics.text.contains("NONSENSE"), "clients can't make series");
}

#[tokio::test]
async fn two_hundred_logins_at_once_take_little_memory_and_others_are_answered_meanwhile() {
    let (data, address) = (Data::fresh().await, Process::free_address());
    let process = Process::start_with(&data, address, &["--limit-requests=off"]).await;
    let ada = Person::join(address, "ada").await;
    let stranger = Client::new(address, None);
    let before = process.memory_kib();
    let login = json!({ "login": "ada", "password": PASSWORD, "session": "token" });
    let (done, mut is_done) = tokio::sync::oneshot::channel();

    let logins = async {
        let replies = join_all((0..200).map(|_| stranger.post("/auth/login", login.clone()))).await;
        done.send(replies.into_iter().map(|reply| reply.status.as_u16()).collect()).unwrap();
    };
    let others = async {
        loop {
            ada.client.get("/users/me").await.expect(200);
            if let Ok(statuses) = is_done.try_recv() {
                let statuses: Vec<u16> = statuses;
                return statuses;
            }
        }
    };
    let ((), statuses) = tokio::join!(logins, others);

    assert!(statuses.iter().all(|status| [200, 503].contains(status)), "{statuses:?}");
    assert!(statuses.iter().filter(|status| **status == 200).count() >= 32, "{statuses:?}");
    let grown = process.peak_memory_kib().saturating_sub(before);
    assert!(grown <= 150 * 1024, "{grown} KiB more than before");
}
