//! `/metrics`, in Prometheus's text format.

use actix_web::{HttpResponse, get, web};
use metrics_exporter_prometheus::PrometheusHandle;

use crate::service::Chat;

/// Measurements, for Prometheus.
#[utoipa::path(tag = "operations", operation_id = "get_metrics", responses((status = 200, description = "Prometheus's text format", content_type = "text/plain")))]
#[get("/metrics")]
pub async fn render(chat: web::Data<Chat>, recorder: web::Data<PrometheusHandle>) -> HttpResponse {
    ::metrics::gauge!("devschat_sockets").set(chat.hub.people.count() as f64);
    ::metrics::gauge!("devschat_feeds").set(chat.hub.feed_count() as f64);
    ::metrics::gauge!("devschat_relay_connected").set(if chat.relay.is_connected() {
        1.0
    } else {
        0.0
    });
    HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(recorder.render())
}
