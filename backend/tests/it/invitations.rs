//! Signing up with an invitation.

use std::time::Duration;

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::support::{Data, Person, Reply, TestApp, in_an_hour};

/// A server where one signs up with an invitation, and its admin, who was there before.
async fn by_invitation() -> (Data, TestApp, Person) {
    let data = Data::fresh().await;
    TestApp::on(&data, &[]).await.person("ada").await;
    let app = TestApp::on(&data, &["--signup=invite"]).await;
    let ada = Person::log_in(app.address, "ada").await;
    (data, app, ada)
}

async fn invites(admin: &Person, expires_at: &str, max_uses: i64) -> Reply {
    let body = json!({ "expires_at": expires_at, "max_uses": max_uses });
    admin.client.post("/admin/invitations", body).await
}

async fn code_for(admin: &Person, max_uses: i64) -> String {
    let invitation = invites(admin, &in_an_hour(), max_uses).await.expect(201);
    invitation["code"].as_str().unwrap().to_owned()
}

async fn signs_up(app: &TestApp, name: &str, code: &str) -> Reply {
    let mut account = Person::signup(name);
    account["invitation"] = json!(code);
    app.stranger().post("/auth/signup", account).await
}

async fn listed(admin: &Person) -> Value {
    admin.client.get("/admin/invitations").await.expect(200)["items"].clone()
}

#[tokio::test]
async fn one_signs_up_with_an_invitation_and_not_without() {
    let (_data, app, ada) = by_invitation().await;
    let code = code_for(&ada, 1).await;

    let policy = app.stranger().get("/auth/policy").await.expect(200);
    let uninvited = app.stranger().post("/auth/signup", Person::signup("eve")).await;
    let guessed = signs_up(&app, "eve", "a-code-that-nobody-made").await;
    app.stranger().post("/auth/invitation", json!({ "code": code })).await.expect(200);
    signs_up(&app, "linus", &code).await.expect(201);

    assert_eq!(policy["signup"], "invite");
    assert_eq!(uninvited.problem(403), "forbidden");
    assert_eq!(guessed.blamed_fields(), ["invitation"]);
}

#[tokio::test]
async fn an_invitation_counts_as_often_as_it_says_even_when_all_come_at_once() {
    let (data, app, ada) = by_invitation().await;
    let other = TestApp::on(&data, &["--signup=invite"]).await;
    let code = code_for(&ada, 2).await;

    let replies = futures_util::future::join_all((0..6).map(|index| {
        let (app, code) = (if index % 2 == 0 { &app } else { &other }, &code);
        async move { signs_up(app, &format!("guest{index}"), code).await }
    }))
    .await;

    let welcome = replies.iter().filter(|reply| reply.status == 201).count();
    let refused = replies.iter().filter(|reply| reply.status == 422);
    assert_eq!((welcome, refused.count()), (2, 4));
    assert_eq!(signs_up(&app, "late", &code).await.blamed_fields(), ["invitation"]);
    let shown = app.stranger().post("/auth/invitation", json!({ "code": code })).await;
    assert_eq!(shown.problem(404), "not_found");
    assert_eq!(listed(&ada).await, json!([]), "spent ones are gone");
}

#[tokio::test]
async fn a_refused_sign_up_does_not_use_an_invitation_up() {
    let (_data, app, ada) = by_invitation().await;
    let code = code_for(&ada, 1).await;

    let taken = signs_up(&app, "ada", &code).await;
    signs_up(&app, "linus", &code).await.expect(201);

    assert_eq!(taken.status, 409);
}

#[tokio::test]
async fn an_invitation_expires() {
    let (_data, app, ada) = by_invitation().await;
    let soon = OffsetDateTime::now_utc() + Duration::from_millis(300);
    let invitation = invites(&ada, &soon.format(&Rfc3339).unwrap(), 1).await.expect(201);
    let code = invitation["code"].as_str().unwrap();

    while app.stranger().post("/auth/invitation", json!({ "code": code })).await.status == 200 {}

    assert_eq!(signs_up(&app, "linus", code).await.blamed_fields(), ["invitation"]);
}

#[tokio::test]
async fn an_admin_sees_and_revokes_invitations_and_their_codes_are_said_once() {
    let (_data, app, ada) = by_invitation().await;
    let code = code_for(&ada, 3).await;
    signs_up(&app, "linus", &code).await.expect(201);

    let before = listed(&ada).await;
    let id = before[0]["id"].as_str().unwrap();
    ada.client.delete(&format!("/admin/invitations/{id}")).await.expect(204);
    let again = ada.client.delete(&format!("/admin/invitations/{id}")).await;
    let refused = signs_up(&app, "grace", &code).await;

    assert_eq!((&before[0]["uses"], &before[0]["max_uses"]), (&json!(1), &json!(3)));
    assert!(!before.to_string().contains(&code));
    assert_eq!(again.problem(404), "not_found");
    assert_eq!(refused.blamed_fields(), ["invitation"]);
    assert_eq!(listed(&ada).await, json!([]));
    let audit = ada.client.get("/admin/audit").await.expect(200);
    for action in ["invitation_created", "invitation_revoked"] {
        assert!(audit.to_string().contains(action), "{action}");
    }
}

#[tokio::test]
async fn an_invitation_keeps_the_rules() {
    let (_data, _app, ada) = by_invitation().await;

    for (expires_at, max_uses, field) in [
        ("2001-01-01T00:00:00Z", 1, "expires_at"),
        ("2999-01-01T00:00:00Z", 1, "expires_at"),
        (&in_an_hour(), 0, "max_uses"),
        (&in_an_hour(), 1001, "max_uses"),
    ] {
        let reply = invites(&ada, expires_at, max_uses).await;
        assert_eq!(reply.blamed_fields(), [field], "{expires_at} {max_uses}");
    }
}

#[tokio::test]
async fn where_everybody_signs_up_nobody_invites() {
    let app = TestApp::spawn().await;
    let ada = app.person("ada").await;

    assert_eq!(invites(&ada, &in_an_hour(), 1).await.problem(409), "conflict");
}

#[tokio::test]
async fn listed_mail_domains_count_for_the_invited_too() {
    let data = Data::fresh().await;
    TestApp::on(&data, &[]).await.person("ada").await;
    let app = TestApp::on(&data, &["--signup=invite", "--signup-domains=example.com"]).await;
    let ada = Person::log_in(app.address, "ada").await;
    let code = code_for(&ada, 1).await;

    assert_eq!(signs_up(&app, "linus", &code).await.blamed_fields(), ["email"]);
}

#[tokio::test]
async fn an_invitation_counts_no_longer_than_its_maker_administers() {
    let (_data, app, ada) = by_invitation().await;
    let code = code_for(&ada, 2).await;
    signs_up(&app, "linus", &code).await.expect(201);
    let linus = Person::log_in(app.address, "linus").await;
    let grant = json!({ "is_admin": true });
    ada.client.patch(&format!("/admin/users/{}", linus.id), grant).await.expect(200);

    let ended = json!({ "is_admin": false });
    linus.client.patch(&format!("/admin/users/{}", ada.id), ended).await.expect(200);

    assert_eq!(signs_up(&app, "eve", &code).await.blamed_fields(), ["invitation"]);
    assert_eq!(listed(&linus).await, json!([]));
}
