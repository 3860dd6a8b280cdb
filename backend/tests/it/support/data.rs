//! A database, and a place in Redis, that belong to one test.

use std::sync::Arc;

use sea_orm::{ConnectionTrait as _, Database};
use tempfile::TempDir;

pub fn is_scale_out() -> bool {
    match std::env::var("DEVSCHAT_TEST_RUNTIME").as_deref() {
        Ok("scale-out") => true,
        Ok("embedded") | Err(_) => false,
        Ok(other) => panic!("DEVSCHAT_TEST_RUNTIME is embedded or scale-out, not {other}"),
    }
}

/// The Redis to test with; there is one on the scale-out runtime only.
pub fn redis_url() -> Option<String> {
    is_scale_out().then(|| from_environment("DEVSCHAT_TEST_REDIS_URL"))
}

fn from_environment(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is set by .ci/with-services"))
}

/// What instances share.
#[derive(Clone)]
pub struct Data {
    pub database_url: String,
    name: String,
    /// Holds the SQLite file, and the secret; removed with the last user.
    directory: Arc<TempDir>,
}

impl Data {
    /// An empty database: a file, or a schema of its own on PostgreSQL.
    pub async fn fresh() -> Self {
        let name = format!("t{}", uuid::Uuid::new_v4().simple());
        let directory = Arc::new(tempfile::tempdir().expect("a temporary directory"));
        let database_url = if is_scale_out() {
            let url = from_environment("DEVSCHAT_TEST_DATABASE_URL");
            let admin = Database::connect(&url).await.expect("PostgreSQL answers");
            let create = format!("CREATE SCHEMA {name}");
            admin.execute_unprepared(&create).await.expect("a schema is made");
            admin.close().await.expect("the connection closes");
            format!("{url}?options=-csearch_path%3D{name}")
        } else {
            format!("sqlite://{}/devschat.db", directory.path().display())
        };
        Self { database_url, name, directory }
    }

    /// How a server is told to use it.
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = vec![
            format!("--database-url={}", self.database_url),
            // The same for all instances, as in a real deployment.
            format!("--secret={}", self.secret()),
        ];
        if let Some(url) = redis_url() {
            arguments.push(format!("--redis-url={url}"));
            arguments.push(format!("--redis-prefix={}", self.name));
        }
        arguments
    }

    /// What its servers derive their keys from.
    pub fn secret(&self) -> String {
        format!("{}{}", self.name, self.name)
    }

    pub fn path(&self) -> &std::path::Path {
        self.directory.path()
    }
}
