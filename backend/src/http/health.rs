//! `/livez` and `/readyz`, for whoever runs the server.

use std::sync::atomic::{AtomicBool, Ordering};

use actix_web::{HttpResponse, get, web};
use serde_json::json;

use crate::service::{Chat, health::Health};

/// Whether the server is on its way out.
#[derive(Default)]
pub struct Stopping(AtomicBool);

impl Stopping {
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Whether the process runs.
#[utoipa::path(tag = "operations", operation_id = "get_liveness", responses((status = 200, description = "It does")))]
#[get("/livez")]
pub async fn live() -> HttpResponse {
    HttpResponse::Ok().json(json!({ "status": "ok" }))
}

/// Whether the server can do its work.
#[utoipa::path(tag = "operations", operation_id = "get_readiness", responses(
    (status = 200, description = "`ok`; or `degraded`: instances learn of each other's news a second late"),
    (status = 503, description = "`unavailable` without its database, or `stopping`"),
))]
#[get("/readyz")]
pub async fn ready(chat: web::Data<Chat>, stopping: web::Data<Stopping>) -> HttpResponse {
    if stopping.has_begun() {
        return HttpResponse::ServiceUnavailable().json(json!({ "status": "stopping" }));
    }
    match chat.health().await {
        Health::Ready => HttpResponse::Ok().json(json!({ "status": "ok" })),
        Health::Degraded => HttpResponse::Ok().json(json!({ "status": "degraded" })),
        Health::Unready => {
            HttpResponse::ServiceUnavailable().json(json!({ "status": "unavailable" }))
        }
    }
}
