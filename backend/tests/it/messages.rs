//! Sending and paging over REST.

use serde_json::{Value, json};

use crate::support::{TestApp, bodies, id_of, is_scale_out};

fn seqs(page: &Value) -> Vec<i64> {
    let messages = page["messages"].as_array().unwrap();
    messages.iter().map(|message| message["seq"].as_i64().unwrap()).collect()
}

#[tokio::test]
async fn a_message_gets_the_next_place_and_is_there_at_once() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;

    let first = ada.says_as(&room, "c-1", "  hello\n").await.expect(201);
    let second = linus.says(&room, "hi").await;
    let page = linus.reads(&room, "").await;

    assert_eq!((first["seq"].as_i64(), second["seq"].as_i64()), (Some(3), Some(4)));
    assert_eq!(first["body"], "hello");
    assert_eq!(first["revision"], first["seq"]);
    assert_eq!(first["author"]["username"], "ada");
    assert_eq!(first["client_id"], "c-1");
    assert_eq!(page["as_of_seq"], 4);
    assert_eq!(bodies(&page), ["hello", "hi"]);
    assert!(page["epoch"].as_str().is_some_and(|epoch| !epoch.is_empty()));
}

#[tokio::test]
async fn a_client_id_is_shown_to_its_author_only() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says_as(&room, "mine", "hello").await.expect(201);

    let own = ada.reads(&room, "").await;
    let others = linus.reads(&room, "").await;

    assert_eq!(own["messages"][0]["client_id"], "mine");
    assert!(others["messages"][0].get("client_id").is_none());
}

#[tokio::test]
async fn a_repeated_send_returns_the_first_message_and_makes_no_second() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;

    let first = ada.says_as(&room, "c-1", "once").await.expect(201);
    let again = ada.says_as(&room, "c-1", "once").await.expect(200);
    let other_body = ada.says_as(&room, "c-1", "twice").await;

    assert_eq!(again, first);
    assert_eq!(other_body.problem(409), "idempotency_conflict");
    assert_eq!(ada.bodies(&room).await, ["once"]);
}

#[tokio::test]
async fn plain_messages_need_one_statement_on_postgresql() {
    if !is_scale_out() {
        return;
    }
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;

    for n in 0..3 {
        ada.says(&room, &format!("{n}")).await;
    }
    let metrics = app.stranger().get("/metrics").await.text;

    // The first one shows that she may.
    let commits = metrics.lines().find(|line| line.contains("way=\"statement\"")).unwrap_or("");
    let committed = commits.rsplit(' ').next().and_then(|count| count.parse::<u64>().ok());
    assert!(committed.is_some_and(|count| count >= 2), "{commits}");
}

#[tokio::test]
async fn a_client_id_belongs_to_one_author_and_one_room() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let other_room = ada.creates_room("front-end").await;

    ada.says_as(&room, "c-1", "ada's").await.expect(201);
    linus.says_as(&room, "c-1", "linus's").await.expect(201);
    ada.says_as(&other_room, "c-1", "elsewhere").await.expect(201);

    assert_eq!(ada.bodies(&room).await, ["ada's", "linus's"]);
}

#[tokio::test]
async fn the_same_send_many_times_at_once_is_one_message() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;

    let sends = (0..20).map(|_| ada.says_as(&room, "c-1", "once"));
    let replies = futures_util::future::join_all(sends).await;

    let created = replies.iter().filter(|reply| reply.status == 201).count();
    let ids: std::collections::HashSet<_> =
        replies.into_iter().map(|reply| id_of(reply.json)).collect();
    assert_eq!((created, ids.len()), (1, 1));
    assert_eq!(ada.bodies(&room).await, ["once"]);
}

#[tokio::test]
async fn concurrent_messages_are_numbered_without_holes() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;

    let sends = (0..60).map(|n| {
        let (author, body) = (if n % 2 == 0 { &ada } else { &linus }, format!("m{n}"));
        let room = &room;
        async move { author.says(room, &body).await }
    });
    let sent = futures_util::future::join_all(sends).await;

    let mut acked: Vec<i64> = sent.iter().map(|message| message["seq"].as_i64().unwrap()).collect();
    acked.sort_unstable();
    assert_eq!(acked, (3..63).collect::<Vec<_>>());
    assert_eq!(seqs(&ada.reads(&room, "?limit=100").await), (3..63).collect::<Vec<_>>());
}

#[tokio::test]
async fn pages_go_back_forth_and_around_and_say_whether_there_is_more() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;
    for n in 3..=12 {
        ada.says(&room, &format!("m{n}")).await;
    }
    let page = |query: &'static str| ada.reads(&room, query);
    let more = |page: &Value| (page["has_more_before"] == true, page["has_more_after"] == true);

    let latest = page("?limit=3").await;
    let before = page("?before=6&limit=2").await;
    let after = page("?after=4&limit=2").await;
    let around = page("?around=8&limit=4").await;
    let everything = page("?limit=100").await;
    let beyond = page("?after=12").await;

    assert_eq!((seqs(&latest), more(&latest)), (vec![10, 11, 12], (true, false)));
    assert_eq!((seqs(&before), more(&before)), (vec![4, 5], (true, true)));
    assert_eq!((seqs(&after), more(&after)), (vec![5, 6], (true, true)));
    assert_eq!((seqs(&around), more(&around)), (vec![6, 7, 8, 9], (true, true)));
    assert_eq!((seqs(&everything), more(&everything)), ((3..=12).collect(), (false, false)));
    assert_eq!((seqs(&beyond), more(&beyond)), (vec![], (true, false)));
}

#[tokio::test]
async fn a_page_has_one_place_and_a_sensible_size() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;

    let queries = [
        ("?before=3&after=1", 400),
        ("?limit=0", 422),
        ("?limit=101", 422),
        ("?before=-1", 422),
        ("?limit=many", 400),
        ("?offset=3", 400),
    ];
    for (query, status) in queries {
        let reply = ada.client.get(&format!("/rooms/{room}/messages{query}")).await;
        assert_eq!(reply.problem(status), "invalid", "{query}");
    }
}

#[tokio::test]
async fn a_body_is_1_to_16384_bytes_without_nul() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;

    for (n, body) in ["", "  \n\t ", "a\0b", &"é".repeat(8_193)].into_iter().enumerate() {
        let reply = ada.says_as(&room, &format!("bad-{n}"), body).await;
        assert_eq!(reply.problem(422), "invalid", "{n}");
        assert_eq!(reply.blamed_fields(), ["body"], "{n}");
    }
    let largest = "é".repeat(8_192);
    assert_eq!(ada.says_as(&room, "good", &largest).await.expect(201)["body"], largest);
}

#[tokio::test]
async fn every_character_survives() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let body = "fn main() {\r\n\t\"\\u{202e}\" // 🦀 'quotes' <script> \u{1}\u{7f} \u{10ffff}\n}";

    ada.says(&room, body).await;

    assert_eq!(linus.bodies(&room).await, [body]);
}

#[tokio::test]
async fn a_reply_names_a_message_of_the_same_room() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let other_room = ada.creates_room("front-end").await;
    let first = ada.says(&room, "question").await;
    let reply_in = |room: String, client_id: &'static str| {
        let message = json!({ "client_id": client_id, "body": "answer", "reply_to": first["id"] });
        let (author, path) =
            (if client_id == "c1" { &linus } else { &ada }, format!("/rooms/{room}/messages"));
        async move { author.client.post(&path, message).await }
    };

    let answer = reply_in(room, "c1").await.expect(201);
    let elsewhere = reply_in(other_room, "c2").await;

    assert_eq!(answer["reply_to"], first["id"]);
    assert_eq!(elsewhere.problem(404), "not_found");
}

#[tokio::test]
async fn outsiders_of_a_public_room_neither_read_nor_write() {
    let app = TestApp::spawn().await;
    let (_ada, _linus, room) = app.two_members_of_a_room().await;
    let grace = app.person("grace").await;

    let read = grace.client.get(&format!("/rooms/{room}/messages")).await;
    let write = grace.says_as(&room, "c", "hi").await;

    assert_eq!(read.problem(403), "forbidden");
    assert_eq!(write.problem(403), "forbidden");
}

#[tokio::test]
async fn a_refused_message_leaves_no_hole() {
    let app = TestApp::spawn().await;
    let (ada, _linus, room) = app.two_members_of_a_room().await;
    let grace = app.person("grace").await;

    ada.says_as(&room, "a", "one").await.expect(201);
    grace.says_as(&room, "x", "not a member").await.problem(403);
    ada.says_as(&room, "a", "one").await.expect(200);
    ada.says_as(&room, "b", "two").await.expect(201);

    assert_eq!(seqs(&ada.reads(&room, "").await), [3, 4]);
}
