//! `/auth/oidc`: signing in with an OpenID Connect provider. For browsers only: both steps
//! answer with a redirect.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite, time::Duration},
    get,
    http::header,
    web,
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    HttpSettings,
    auth::refresh_cookie,
    identity::{ClientAddress, user_agent},
    problem::{ApiResult, Problem},
};
use crate::{
    domain::openid::Refusal,
    service::{
        Chat,
        openid::{Answer, PENDING_LIFETIME},
    },
};

const SECURE_COOKIE: &str = "__Host-devschat_oidc";
/// Without TLS, which is for localhost only.
const PLAIN_COOKIE: &str = "devschat_oidc";

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct StartQuery {
    /// The page of the SPA to go to afterwards; its first one when absent, or not a local path.
    #[param(max_length = 1024, example = "/rooms/back-end")]
    pub return_to: Option<String>,
}

/// What the provider adds to our address (OpenID Connect Core, 3.1.2.5 and 3.1.2.6).
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CallbackQuery {
    pub code: Option<String>,
    pub state: Option<String>,
    pub error: Option<String>,
    /// Who answers (RFC 9207).
    pub iss: Option<String>,
}

/// Begin to sign in with the OpenID Connect provider.
///
/// Leads to the provider. What comes back counts for ten minutes, in this browser, once.
#[utoipa::path(tag = "auth", operation_id = "begin_openid", params(StartQuery), responses(
    (status = 303, description = "To the provider; or, when it can't be reached, to `/login?refused=` with the reason"),
    (status = 404, description = "There is no provider here", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/auth/oidc/start")]
pub async fn start(
    chat: web::Data<Chat>,
    settings: web::Data<HttpSettings>,
    address: ClientAddress,
    query: web::Query<StartQuery>,
) -> ApiResult<HttpResponse> {
    chat.openid_provider()?;
    let begun = match chat.begin_openid(query.return_to.as_deref(), &address.0).await {
        Ok(begun) => begun,
        Err(refusal) => return Ok(refused(refusal).finish()),
    };
    let cookie = pending_cookie(begun.sealed, settings.is_secure);
    Ok(to(&begun.location).cookie(cookie).finish())
}

/// End to sign in with the OpenID Connect provider, which leads here.
///
/// Sets the same cookie as a log-in and leads to the SPA: where the sign-in was to end, or to
/// `/login?refused=` with the reason, one of `denied`, `expired`, `closed`, `domain`,
/// `unverified`, `exists`, `disabled`, `limited`, `failed`.
#[utoipa::path(tag = "auth", operation_id = "finish_openid", params(CallbackQuery), responses(
    (status = 303, description = "To the SPA"),
    (status = 404, description = "There is no provider here", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/auth/oidc/callback")]
pub async fn callback(
    request: HttpRequest,
    chat: web::Data<Chat>,
    settings: web::Data<HttpSettings>,
    address: ClientAddress,
    query: web::Query<CallbackQuery>,
) -> ApiResult<HttpResponse> {
    chat.openid_provider()?;
    let CallbackQuery { code, state, error, iss: issuer } = query.into_inner();
    let answer = Answer { code, state, error, issuer };
    let cookie = request.cookie(cookie_name(settings.is_secure));
    let sealed = cookie.as_ref().map(Cookie::value);
    // What somebody else's answer belongs to may still come back: its cookie stays.
    let Some(pending) = chat.pending_openid(sealed, &answer) else {
        return Ok(refused(Refusal::Expired).finish());
    };
    let mut spent = pending_cookie(String::new(), settings.is_secure);
    spent.make_removal();
    let outcome = chat.finish_openid(pending, answer, user_agent(&request), &address.0).await;
    Ok(match outcome {
        Ok(signed_in) => to(&signed_in.return_to)
            .cookie(spent)
            .cookie(refresh_cookie(signed_in.refresh_token, settings.is_secure))
            .finish(),
        Err(refusal) => refused(refusal).cookie(spent).finish(),
    })
}

fn refused(refusal: Refusal) -> actix_web::HttpResponseBuilder {
    to(&format!("/login?refused={}", refusal.as_str()))
}

fn to(location: &str) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, location));
    response
}

const fn cookie_name(is_secure: bool) -> &'static str {
    if is_secure { SECURE_COOKIE } else { PLAIN_COOKIE }
}

/// Lax, because the provider leads back here from another site.
fn pending_cookie(sealed: String, is_secure: bool) -> Cookie<'static> {
    let lifetime_s = i64::try_from(PENDING_LIFETIME.as_secs()).unwrap_or(i64::MAX);
    Cookie::build(cookie_name(is_secure), sealed)
        .path("/")
        .http_only(true)
        .secure(is_secure)
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(lifetime_s))
        .finish()
}
