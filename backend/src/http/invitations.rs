//! Invitations: made by server admins, and looked at by those who got one.

use actix_web::{HttpResponse, delete, get, post, web};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    identity::{Authenticated, ClientAddress},
    json::{Json, Query},
    page::{PageQuery, no_nul},
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{invitation::Invitation, timestamp::Timestamp},
    service::Chat,
};

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateInvitationRequest {
    /// Within 30 days.
    #[garde(skip)]
    pub expires_at: Timestamp,
    /// Accounts that may be made with it.
    #[garde(range(min = 1, max = 1000))]
    #[schema(minimum = 1, maximum = 1000)]
    pub max_uses: i64,
}

#[derive(Serialize, ToSchema)]
pub struct CreatedInvitation {
    #[serde(flatten)]
    pub info: Invitation,
    /// For `invitation` of a sign-up, or `/invite#…` in a browser. Shown once.
    pub code: String,
}

#[derive(Serialize, ToSchema)]
pub struct InvitationList {
    pub items: Vec<Invitation>,
    pub next_cursor: Option<String>,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowInvitationRequest {
    #[garde(length(max = 64), custom(no_nul))]
    #[schema(max_length = 64)]
    pub code: String,
}

/// What somebody who was invited may know.
#[derive(Serialize, ToSchema)]
pub struct ReceivedInvitation {
    pub expires_at: Timestamp,
}

/// Make an invitation, where people sign up with one.
#[utoipa::path(tag = "admin", operation_id = "create_invitation", security(("bearer" = [])), responses(
    (status = 201, description = "The invitation, with its code, which is shown once", body = CreatedInvitation),
    (status = 403, description = "One is no server admin", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "Nobody needs an invitation here", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "Some fields break a rule", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/admin/invitations")]
pub async fn create(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    Json(body): Json<CreateInvitationRequest>,
) -> ApiResult<HttpResponse> {
    let (info, code) =
        chat.invite(me.0.user_id, body.expires_at, body.max_uses, &address.0).await?;
    Ok(HttpResponse::Created().json(CreatedInvitation { info, code }))
}

/// Invitations that still count, newest first.
#[utoipa::path(tag = "admin", operation_id = "list_invitations", security(("bearer" = [])), params(PageQuery), responses(
    (status = 200, description = "A page of invitations, without their codes", body = InvitationList),
    (status = 403, description = "One is no server admin", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/admin/invitations")]
pub async fn list(
    chat: web::Data<Chat>,
    me: Authenticated,
    Query(query): Query<PageQuery>,
) -> ApiResult<web::Json<InvitationList>> {
    let page = chat.invitations(me.0.user_id, query.cursor.as_deref(), query.limit()).await?;
    Ok(web::Json(InvitationList { items: page.items, next_cursor: page.next_cursor }))
}

/// End an invitation. Accounts that were made with it stay.
#[utoipa::path(tag = "admin", operation_id = "revoke_invitation", security(("bearer" = [])), params(("invitation_id" = Uuid, Path)), responses(
    (status = 204, description = "It counts no more"),
    (status = 403, description = "One is no server admin", body = Problem, content_type = "application/problem+json"),
    (status = 404, description = "There is no such invitation", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[delete("/admin/invitations/{invitation_id}")]
pub async fn revoke(
    chat: web::Data<Chat>,
    me: Authenticated,
    address: ClientAddress,
    invitation_id: web::Path<Uuid>,
) -> ApiResult<HttpResponse> {
    chat.revoke_invitation(me.0.user_id, *invitation_id, &address.0).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Whether an account can be made with a code. It is in the body, since addresses are logged.
#[utoipa::path(tag = "auth", operation_id = "show_invitation", responses(
    (status = 200, description = "It counts", body = ReceivedInvitation),
    (status = 404, description = "It does not, or not any more", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/auth/invitation")]
pub async fn show(
    chat: web::Data<Chat>,
    address: ClientAddress,
    Json(body): Json<ShowInvitationRequest>,
) -> ApiResult<web::Json<ReceivedInvitation>> {
    let invitation = chat.show_invitation(&body.code, &address.0).await?;
    Ok(web::Json(ReceivedInvitation { expires_at: invitation.expires_at }))
}
