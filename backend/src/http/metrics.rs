//! Measurements in Prometheus's text format: `/metrics`, and for server admins within the API.

use actix_web::{HttpResponse, get, web};
use metrics_exporter_prometheus::PrometheusHandle;

use super::{
    identity::Authenticated,
    problem::{ApiResult, Problem},
};
use crate::service::Chat;

/// Measurements, for Prometheus.
#[utoipa::path(tag = "operations", operation_id = "get_metrics", responses((status = 200, description = "Prometheus's text format", content_type = "text/plain")))]
#[get("/metrics")]
pub async fn render(chat: web::Data<Chat>, recorder: web::Data<PrometheusHandle>) -> HttpResponse {
    text(&chat, &recorder)
}

/// The same for server admins, where `/metrics` is kept from the outside; of the instance that
/// answers.
#[utoipa::path(tag = "admin", operation_id = "get_metrics_as_admin", security(("bearer" = [])), responses(
    (status = 200, description = "Prometheus's text format", body = String, content_type = "text/plain"),
    (status = 403, description = "One is no server admin", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/admin/metrics")]
pub async fn render_for_admins(
    chat: web::Data<Chat>,
    me: Authenticated,
    recorder: web::Data<PrometheusHandle>,
) -> ApiResult<HttpResponse> {
    chat.require_admin(me.0.user_id).await?;
    Ok(text(&chat, &recorder))
}

fn text(chat: &Chat, recorder: &PrometheusHandle) -> HttpResponse {
    ::metrics::gauge!("devschat_sockets").set(chat.hub.people.count() as f64);
    ::metrics::gauge!("devschat_feeds").set(chat.hub.feed_count() as f64);
    ::metrics::gauge!("devschat_relay_connected").set(if chat.relay.is_connected() {
        1.0
    } else {
        0.0
    });
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(recorder.render())
}
