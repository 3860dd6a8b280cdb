//! Passwords whose hashes are weaker than those that are made now.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher as _, phc::PasswordHash},
};
use devschat::store::{database::Database, users};
use serde_json::json;

use crate::support::{Data, PASSWORD, Person, TestApp};

async fn stored(db: &Database, name: &str) -> users::Credentials {
    users::find_by_login(db, name).await.unwrap().unwrap()
}

/// A server on which ada's hash was made when less was enough.
async fn of_old() -> (TestApp, Data, Database) {
    let data = Data::fresh().await;
    let app = TestApp::on(&data, &[]).await;
    Person::join(app.address, "ada").await;
    let db = Database::connect(&data.database_url).await.unwrap();
    let params = Params::new(8 * 1024, 1, 1, None).unwrap();
    let weak: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password(PASSWORD.as_bytes())
        .unwrap();
    let ada = stored(&db, "ada").await;
    users::renew_hash(&db, ada.user.id, &ada.password_hash, weak.to_string()).await.unwrap();
    (app, data, db)
}

#[tokio::test]
async fn a_log_in_renews_a_weak_hash_and_a_wrong_password_does_not() {
    let (app, _data, db) = of_old().await;

    let wrong = json!({ "login": "ada", "password": "something else 9" });
    app.stranger().post("/auth/login", wrong).await.problem(401);
    let before = stored(&db, "ada").await.password_hash;
    Person::log_in(app.address, "ada").await;
    let after = stored(&db, "ada").await.password_hash;
    Person::log_in(app.address, "ada").await;

    assert!(before.contains("m=8192,t=1"), "{before}");
    assert!(after.contains("m=19456,t=2"), "{after}");
    assert_eq!(stored(&db, "ada").await.password_hash, after, "a strong one stays");
}

#[tokio::test]
async fn log_ins_beside_the_one_that_renews_succeed_too() {
    let (app, _data, _db) = of_old().await;

    let log_ins = (0..4).map(|_| Person::log_in(app.address, "ada"));

    futures_util::future::join_all(log_ins).await;
}
