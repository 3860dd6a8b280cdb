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

fn hashed(memory_kib: u32, rounds: u32) -> String {
    let params = Params::new(memory_kib, rounds, 1, None).unwrap();
    let hash: PasswordHash = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password(PASSWORD.as_bytes())
        .unwrap();
    hash.to_string()
}

/// A server on which ada's password is hashed like this.
async fn with_hash(hash: &str) -> (TestApp, Data, Database) {
    let data = Data::fresh().await;
    let app = TestApp::on(&data, &[]).await;
    Person::join(app.address, "ada").await;
    let db = Database::connect(&data.database_url).await.unwrap();
    let ada = stored(&db, "ada").await;
    users::renew_hash(&db, ada.user.id, &ada.password_hash, hash.to_owned()).await.unwrap();
    (app, data, db)
}

#[tokio::test]
async fn a_log_in_renews_a_weak_hash_and_a_wrong_password_does_not() {
    let (app, _data, db) = with_hash(&hashed(8 * 1024, 1)).await;

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
async fn a_log_in_beside_the_one_that_renews_succeeds_too() {
    let slow = hashed(19 * 1024, 60);
    let (app, _data, db) = with_hash(&slow).await;
    let ada = stored(&db, "ada").await.user.id;

    let log_in = Person::log_in(app.address, "ada");
    let renewal = async {
        // By now the log-in has begun to verify.
        for _ in 0..2 {
            app.stranger().get("/auth/policy").await.expect(200);
        }
        users::renew_hash(&db, ada, &slow, hashed(19 * 1024, 2)).await.unwrap();
    };

    futures_util::future::join(log_in, renewal).await;
    assert_ne!(stored(&db, "ada").await.password_hash, slow);
}
