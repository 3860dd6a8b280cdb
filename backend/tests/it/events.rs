//! The log itself, by long poll and as server-sent events.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Person, TestApp, bodies_of, seqs};

async fn page(person: &Person, room: &str, query: &str) -> Value {
    person.client.get(&format!("/rooms/{room}/events{query}")).await.expect(200)
}

fn events(page: &Value) -> Vec<Value> {
    page["events"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_whole_log_is_read_page_by_page() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    for n in 3..=7 {
        ada.says(&room, &format!("m{n}")).await;
    }

    let first = page(&linus, &room, "?limit=4").await;
    let second = page(&linus, &room, &format!("?after={}&limit=4", first["next_after"])).await;
    let last = page(&linus, &room, "?after=7").await;

    assert_eq!(seqs(&events(&first)), [1, 2, 3, 4]);
    assert_eq!(seqs(&events(&second)), [5, 6, 7]);
    assert_eq!((&last["events"], &last["next_after"]), (&json!([]), &json!(7)));
    assert_eq!(first["epoch"], linus.reads(&room, "").await["epoch"]);
}

#[tokio::test]
async fn a_poll_waits_for_what_comes() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;

    let (polled, _) =
        tokio::join!(page(&linus, &room, "?after=2&wait=20"), ada.says(&room, "worth the wait"));

    assert_eq!(bodies_of(&events(&polled)), ["worth the wait"]);
}

#[tokio::test]
async fn polling_is_for_members() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let grace = app.person("grace").await;
    let path = format!("/rooms/{room}/events");

    let outside = grace.client.get(&path).await;
    ada.removes(&linus, &room).await;
    let removed = linus.client.get(&path).await;

    assert_eq!(outside.problem(403), "forbidden");
    assert_eq!(removed.problem(403), "forbidden");
}

#[tokio::test]
async fn a_place_in_another_history_is_a_conflict() {
    let app = TestApp::spawn().await;
    let (_ada, linus, room) = app.two_members_of_a_room().await;

    for query in ["?after=1&epoch=another", "?after=1000"] {
        let reply = linus.client.get(&format!("/rooms/{room}/events{query}")).await;
        assert_eq!(reply.problem(409), "conflict", "{query}");
    }
    for query in ["?wait=26", "?after=-1", "?limit=0"] {
        let reply = linus.client.get(&format!("/rooms/{room}/events{query}")).await;
        assert_eq!(reply.problem(422), "invalid", "{query}");
    }
}

/// A stream of server-sent events, as `curl -N` sees it.
struct Stream(reqwest::Response);

impl Stream {
    async fn open(person: &Person, room: &str, last_event_id: Option<i64>) -> Self {
        let path = format!("/rooms/{room}/events?after=2");
        let request = person.client.request(reqwest::Method::GET, &path);
        let mut request = request.header("accept", "text/event-stream");
        if let Some(id) = last_event_id {
            request = request.header("last-event-id", id);
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self(response)
    }

    /// What comes until `text` has come; everything when the stream ends.
    async fn read_until(&mut self, text: &str) -> String {
        let mut read = String::new();
        while !read.contains(text) {
            let chunk = tokio::time::timeout(Duration::from_secs(15), self.0.chunk()).await;
            match chunk.expect("something comes in time").unwrap() {
                Some(chunk) => read.push_str(std::str::from_utf8(&chunk).unwrap()),
                None => break,
            }
        }
        read
    }
}

#[tokio::test]
async fn a_stream_follows_the_room_and_resumes() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    ada.says(&room, "one").await;
    let mut stream = Stream::open(&linus, &room, None).await;

    let before = stream.read_until("id: 3\n").await;
    ada.says(&room, "two").await;
    let live = stream.read_until("id: 4\n").await;
    drop(stream);
    ada.says(&room, "three").await;
    let resumed = Stream::open(&linus, &room, Some(4)).await.read_until("id: 5\n").await;

    assert!(before.starts_with("retry: "), "{before}");
    assert!(before.contains("\"body\":\"one\""), "{before}");
    assert!(live.contains("\"body\":\"two\""), "{live}");
    assert!(resumed.contains("\"body\":\"three\"") && !resumed.contains("two"), "{resumed}");
}

#[tokio::test]
async fn a_stream_ends_with_the_membership_and_with_the_login() {
    let app = TestApp::spawn().await;
    let (ada, linus, room) = app.two_members_of_a_room().await;
    let mut of_linus = Stream::open(&linus, &room, None).await;
    let mut of_ada = Stream::open(&ada, &room, None).await;

    ada.removes(&linus, &room).await;
    let last = of_linus.read_until("a stream that goes on for ever").await;
    let body = json!({ "refresh_token": ada.refresh_token });
    app.stranger().post("/auth/logout", body).await.expect(204);
    of_ada.read_until("a stream that goes on for ever").await;

    assert!(last.contains("member_removed"), "{last}");
}
