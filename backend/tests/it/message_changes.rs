//! Editing, deleting and reacting.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::support::{Person, Reply, TestApp, seqs};

struct Said {
    ada: Person,
    linus: Person,
    room: String,
    message: Value,
}

impl Said {
    /// Ada's "helo" in a room with Linus; it is the third event.
    async fn in_a(app: &TestApp) -> Self {
        let (ada, linus, room) = app.two_members_of_a_room().await;
        let message = ada.says_as(&room, "c-1", "helo @linus").await.expect(201);
        Self { ada, linus, room, message }
    }

    fn path(&self) -> String {
        format!("/rooms/{}/messages/{}", self.room, self.message["id"].as_str().unwrap())
    }

    async fn edit(&self, by: &Person, body: &str) -> Reply {
        by.client.patch(&self.path(), json!({ "body": body })).await
    }

    async fn react(&self, by: &Person, emoji: &str) -> Reply {
        by.client.put(&format!("{}/reactions/{emoji}", self.path()), Value::Null).await
    }

    async fn edits(&self, by: &Person) -> Vec<String> {
        let page = by.client.get(&format!("{}/edits", self.path())).await.expect(200);
        let edits = page["items"].as_array().unwrap();
        edits.iter().map(|edit| edit["body"].as_str().unwrap().to_owned()).collect()
    }

    async fn current(&self, by: &Person) -> Value {
        by.reads(&self.room, "").await["messages"][0].clone()
    }
}

#[tokio::test]
async fn an_edit_keeps_the_place_moves_the_revision_and_remembers_what_was() {
    let app = TestApp::spawn().await;
    let said = Said::in_a(&app).await;
    let mut socket = said.linus.follows(&said.room).await;

    let first = said.edit(&said.ada, "hello").await.expect(200);
    let second = said.edit(&said.ada, "hello!").await.expect(200);

    assert_eq!((&first["seq"], &first["revision"]), (&json!(3), &json!(4)));
    assert_eq!((&second["seq"], &second["revision"]), (&json!(3), &json!(5)));
    assert_eq!(second["created_at"], said.message["created_at"]);
    assert!(second["edited_at"].is_string());
    assert_eq!(said.edits(&said.linus).await, ["helo @linus", "hello"]);
    let events = socket.events_until(5).await;
    assert_eq!(seqs(&events), [4, 5]);
    assert_eq!(events[0]["kind"], "message_edited");
    assert_eq!(events[1]["data"]["message"]["body"], "hello!");
    assert!(events[1]["data"]["message"].get("client_id").is_none());
}

#[tokio::test]
async fn only_the_author_edits_and_not_in_an_archive() {
    let app = TestApp::spawn().await;
    let said = Said::in_a(&app).await;
    let by_other = said.edit(&said.linus, "hijacked").await;
    let room = format!("/rooms/{}", said.room);
    said.ada.client.patch(&room, json!({ "archived": true })).await.expect(200);

    let archived = said.edit(&said.ada, "too late").await;

    assert_eq!(by_other.problem(403), "forbidden");
    assert_eq!(archived.problem(403), "forbidden");
    assert_eq!(said.current(&said.linus).await["body"], "helo @linus");
}

#[tokio::test]
async fn an_edit_of_a_revision_that_has_passed_is_refused() {
    let app = TestApp::spawn().await;
    let said = Said::in_a(&app).await;
    let edit = async |body: &str| {
        let change = json!({ "body": body, "if_revision": said.message["revision"] });
        said.ada.client.patch(&said.path(), change).await
    };

    edit("on my laptop").await.expect(200);
    let conflict = edit("on my phone").await;
    let repeated = edit("on my laptop").await;

    assert_eq!(conflict.problem(409), "revision_conflict");
    assert_eq!(repeated.expect(200)["revision"], 4, "an edit whose answer got lost");
}

#[tokio::test]
async fn a_deleted_message_is_a_tombstone_and_its_text_is_erased_everywhere() {
    let app = TestApp::spawn().await;
    let said = Said::in_a(&app).await;
    said.edit(&said.ada, "a secret").await.expect(200);
    said.react(&said.linus, "%F0%9F%9A%80").await.expect(200);

    said.ada.client.delete(&said.path()).await.expect(204);
    said.ada.client.delete(&said.path()).await.expect(204);

    let tombstone = said.current(&said.linus).await;
    assert_eq!((&tombstone["seq"], &tombstone["body"]), (&json!(3), &Value::Null));
    assert!(tombstone["deleted_at"].is_string());
    assert_eq!(tombstone["reactions"], json!([]));
    assert_eq!(said.edits(&said.ada).await, Vec::<String>::new());
    // Whoever replays the log gets the numbers, and no text.
    let mut socket = said.linus.follows_after(&said.room, 2).await;
    let events = socket.events_until(6).await;
    assert_eq!(seqs(&events), [3, 4, 5, 6]);
    assert!(!json!(events).to_string().contains("helo"), "{events:?}");
    assert!(!json!(events).to_string().contains("secret"), "{events:?}");
    assert_eq!(said.edit(&said.ada, "back again").await.problem(409), "conflict");
    let again = said.ada.says_as(&said.room, "c-1", "helo @linus").await;
    assert_eq!(again.expect(200)["deleted_at"], tombstone["deleted_at"]);
}

#[tokio::test]
async fn admins_delete_what_others_wrote_and_members_do_not() {
    let app = TestApp::spawn().await;
    let said = Said::in_a(&app).await;
    let by_member = said.linus.client.delete(&said.path()).await;
    said.ada.sets_role(&said.linus, &said.room, "admin").await.expect(200);

    let by_admin = said.linus.client.delete(&said.path()).await;

    assert_eq!(by_member.problem(403), "forbidden");
    by_admin.expect(204);
}

#[tokio::test]
async fn reactions_are_set_once_each_and_counted_by_emoji() {
    let app = TestApp::spawn().await;
    let said = Said::in_a(&app).await;
    let mut socket = said.ada.follows(&said.room).await;

    said.react(&said.linus, "%F0%9F%9A%80").await.expect(200);
    said.react(&said.linus, "%F0%9F%9A%80").await.expect(200);
    said.react(&said.ada, "+1").await.expect(200);
    let message = said.react(&said.ada, "%F0%9F%9A%80").await.expect(200);
    let path = format!("{}/reactions/+1", said.path());
    said.ada.client.delete(&path).await.expect(200);
    let last = said.ada.client.delete(&path).await.expect(200);

    let rocket = json!({ "emoji": "🚀", "count": 2, "user_ids": [said.linus.id, said.ada.id] });
    let plus_one = json!({ "emoji": "+1", "count": 1, "user_ids": [said.ada.id] });
    assert_eq!(message["reactions"], json!([rocket, plus_one]));
    assert_eq!(last["reactions"], json!([rocket]));
    let events = socket.events_until(7).await;
    let kinds: Vec<_> = events.iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["reaction_added", "reaction_added", "reaction_added", "reaction_removed"]);
    assert_eq!(events[0]["data"]["emoji"], "🚀");
    assert_eq!(events[0]["data"]["user_id"], said.linus.id.as_str());
    assert_eq!(said.current(&said.linus).await["reactions"], json!([rocket]));
}

#[tokio::test]
async fn what_is_no_emoji_is_no_reaction() {
    let app = TestApp::spawn().await;
    let said = Said::in_a(&app).await;

    for bad in ["%20", "%3Cb%3E", "Ship%20It", "%0A", &"%F0%9F%9A%80".repeat(17)] {
        assert_eq!(said.react(&said.linus, bad).await.problem(422), "invalid", "{bad}");
    }
}

#[tokio::test]
async fn edits_deletions_and_reactions_make_nothing_unread() {
    let app = TestApp::spawn().await;
    let said = Said::in_a(&app).await;
    let room = format!("/rooms/{}", said.room);
    let unread = async || {
        let room = said.linus.client.get(&room).await.expect(200);
        (room["unread_count"].as_i64(), room["mention_count"].as_i64())
    };
    assert_eq!(unread().await, (Some(1), Some(1)));

    said.edit(&said.ada, "hello everybody").await.expect(200);
    said.react(&said.ada, "+1").await.expect(200);
    assert_eq!(unread().await, (Some(1), Some(0)), "the mention was taken back");

    said.ada.client.delete(&said.path()).await.expect(204);
    assert_eq!(unread().await, (Some(0), Some(0)));
}

#[tokio::test]
async fn one_message_is_read_as_it_stands_by_members_only() {
    let app = TestApp::spawn().await;
    let said = Said::in_a(&app).await;
    let grace = app.person("grace").await;
    said.edit(&said.ada, "hello").await.expect(200);

    let edited = said.linus.client.get(&said.path()).await.expect(200);
    let outside = grace.client.get(&said.path()).await;
    said.ada.client.delete(&said.path()).await.expect(204);
    let deleted = said.linus.client.get(&said.path()).await.expect(200);

    assert_eq!((&edited["seq"], &edited["body"]), (&json!(3), &json!("hello")));
    assert_eq!(edited["author"]["username"], "ada");
    assert_eq!(outside.problem(403), "forbidden");
    assert!(deleted["body"].is_null() && deleted["deleted_at"].is_string(), "{deleted}");
}

#[tokio::test]
async fn a_message_of_another_room_is_not_found() {
    let app = TestApp::spawn().await;
    let said = Said::in_a(&app).await;
    let other_room = said.ada.creates_room("front-end").await;
    let id = said.message["id"].as_str().unwrap();
    let path = format!("/rooms/{other_room}/messages/{id}");

    assert_eq!(
        said.ada.client.patch(&path, json!({ "body": "x" })).await.problem(404),
        "not_found"
    );
    assert_eq!(said.ada.client.delete(&path).await.problem(404), "not_found");
    assert_eq!(said.ada.client.get(&path).await.problem(404), "not_found");
    assert_eq!(said.ada.client.get(&format!("{path}/edits")).await.problem(404), "not_found");
}

#[tokio::test]
async fn a_message_at_one_revision_has_the_same_reactions_for_everybody() {
    let app = TestApp::spawn().await;
    let said = Said::in_a(&app).await;
    let path = format!("{}/reactions/tada", said.path());
    let reacting = async {
        for _ in 0..60 {
            said.react(&said.linus, "tada").await.expect(200);
            said.linus.client.delete(&path).await.expect(200);
        }
    };
    let reading = async {
        let mut shown: HashMap<i64, bool> = HashMap::new();
        while shown.len() < 120 {
            let message = said.current(&said.ada).await;
            let has_reaction = message["reactions"] != json!([]);
            let revision = message["revision"].as_i64().unwrap();
            let before = *shown.entry(revision).or_insert(has_reaction);
            // Set at even revisions, taken back at odd ones: the message is the third event.
            assert_eq!((before, has_reaction), (revision % 2 == 0, revision % 2 == 0));
            if revision == 123 {
                break;
            }
        }
    };

    futures_util::future::join(reacting, reading).await;

    assert_eq!(said.current(&said.ada).await["reactions"], json!([]));
}
