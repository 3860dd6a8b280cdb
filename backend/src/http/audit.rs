//! `/admin/audit`: what people did to accounts, for server admins.

use actix_web::{get, web};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    identity::Authenticated,
    json::Query,
    page::limit_rule,
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{
        audit::{AuditAction, AuditEvent},
        id::UserId,
    },
    service::{Chat, page::DEFAULT_LIMIT},
    store::audit::AuditFilter,
};

#[derive(Serialize, ToSchema)]
pub struct AuditList {
    pub items: Vec<AuditEvent>,
    pub next_cursor: Option<String>,
}

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditQuery {
    /// Only this.
    #[garde(skip)]
    pub action: Option<AuditAction>,
    /// Only what this user did, or what was done to them.
    #[garde(skip)]
    pub user_id: Option<UserId>,
    /// `next_cursor` of the page before.
    #[garde(length(max = 1024))]
    pub cursor: Option<String>,
    #[garde(custom(limit_rule))]
    #[param(minimum = 1, maximum = 100, default = 50)]
    pub limit: Option<u64>,
}

/// What people did to accounts, newest first.
#[utoipa::path(tag = "admin", operation_id = "list_audit_events", security(("bearer" = [])), params(AuditQuery), responses(
    (status = 200, description = "A page of what was done", body = AuditList),
    (status = 403, description = "One is no server admin", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/admin/audit")]
pub async fn list(
    chat: web::Data<Chat>,
    me: Authenticated,
    Query(query): Query<AuditQuery>,
) -> ApiResult<web::Json<AuditList>> {
    let filter = AuditFilter { action: query.action, user_id: query.user_id, before: None };
    let limit = query.limit.unwrap_or(DEFAULT_LIMIT);
    let page = chat.audit_events(me.0.user_id, filter, query.cursor.as_deref(), limit).await?;
    Ok(web::Json(AuditList { items: page.items, next_cursor: page.next_cursor }))
}
