//! `/auth`: signing up, logging in, staying logged in, logging out.

use actix_web::{
    HttpRequest, HttpResponse,
    cookie::{Cookie, SameSite},
    get, post, web,
};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    HttpSettings,
    identity::{ClientAddress, bearer_token, user_agent},
    json::{Json, OptionalJson},
    page::no_nul,
    problem::{ApiResult, Problem},
};
use crate::{
    domain::{
        email::Email,
        password::{About, Password},
        person_name::PersonName,
        signup::SignupPolicy,
        user::User,
        username::Username,
    },
    error::Error,
    rate_limit::Limit,
    service::{
        Chat,
        accounts::{Login, NewAccount, SESSION_LIFETIME},
    },
};

/// The refresh cookie over TLS; browsers guarantee that only this very host can set it.
const SECURE_COOKIE: &str = "__Host-devschat_refresh";
/// Without TLS, which is for localhost only.
const PLAIN_COOKIE: &str = "devschat_refresh";

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignupRequest {
    #[garde(dive)]
    pub username: Username,
    #[garde(dive)]
    pub email: Email,
    #[garde(dive, custom(unlike_the_person(self)))]
    pub password: Password,
    #[garde(dive)]
    pub first_name: PersonName,
    #[garde(dive)]
    pub last_name: PersonName,
    /// The code of an invitation, where signing up takes one.
    #[garde(length(max = 64), inner(custom(no_nul)))]
    #[schema(max_length = 64)]
    pub invitation: Option<String>,
}

fn unlike_the_person(person: &SignupRequest) -> impl FnOnce(&Password, &()) -> garde::Result + '_ {
    move |password, ()| {
        let about = About {
            username: person.username.as_str(),
            email: person.email.as_str(),
            first_name: person.first_name.as_str(),
            last_name: person.last_name.as_str(),
        };
        password.unlike(about).map_err(garde::Error::new)
    }
}

/// How the refresh token is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// As an HttpOnly cookie, for browsers.
    Cookie,
    /// In the answer, for everything else.
    Token,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LoginRequest {
    /// Username or email address.
    #[garde(length(max = 254), custom(no_nul))]
    #[schema(max_length = 254, example = "ada")]
    pub login: String,
    #[garde(skip)]
    pub password: Password,
    /// Of the authenticator app, or a recovery code; for accounts with two-factor log-in.
    #[garde(length(max = 64), inner(custom(no_nul)))]
    #[schema(max_length = 64, example = "287082")]
    pub code: Option<String>,
    /// `cookie` when absent.
    #[garde(skip)]
    pub session: Option<SessionKind>,
}

#[derive(Serialize, ToSchema)]
pub struct LoginResponse {
    pub access_token: String,
    #[schema(example = "Bearer")]
    pub token_type: &'static str,
    /// Seconds.
    #[schema(example = 600)]
    pub expires_in: u64,
    pub user: User,
    /// Only for `"session": "token"`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
}

#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshRequest {
    #[garde(length(max = 512))]
    #[schema(max_length = 512)]
    pub refresh_token: String,
}

/// What signing up takes here, and what help there is.
#[derive(Serialize, ToSchema)]
pub struct AuthPolicy {
    #[serde(flatten)]
    pub signup: SignupPolicy,
    /// Whether a forgotten password can be reset by mail.
    pub sends_mail: bool,
    /// What people call the OpenID Connect provider they can sign in with; absent without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Example ID")]
    pub oidc_name: Option<String>,
}

/// What signing up takes here, and what help there is.
#[utoipa::path(tag = "auth", operation_id = "get_signup_policy", responses(
    (status = 200, description = "The policy", body = AuthPolicy),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[get("/auth/policy")]
pub async fn policy(chat: web::Data<Chat>) -> web::Json<AuthPolicy> {
    let sends_mail = chat.post.mailer.is_on();
    let oidc_name = chat.openid.as_ref().map(|provider| provider.name.clone());
    web::Json(AuthPolicy { signup: chat.signup.clone(), sends_mail, oidc_name })
}

/// Create an account.
#[utoipa::path(tag = "auth", operation_id = "sign_up", responses(
    (status = 201, description = "The account", body = User),
    (status = 403, description = "Nobody signs up here, or only with an invitation", body = Problem, content_type = "application/problem+json"),
    (status = 409, description = "The username or the email address is taken", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "Some fields break a rule", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/auth/signup")]
pub async fn sign_up(
    chat: web::Data<Chat>,
    address: ClientAddress,
    Json(body): Json<SignupRequest>,
) -> ApiResult<HttpResponse> {
    let account = NewAccount {
        username: body.username,
        email: body.email,
        password: body.password,
        first_name: body.first_name,
        last_name: body.last_name,
        invitation: body.invitation,
    };
    let user = chat.sign_up(account, &address.0).await?;
    Ok(HttpResponse::Created().json(user))
}

/// Log in by username or email address.
///
/// The refresh token comes as an HttpOnly cookie, or with `"session": "token"` in the answer.
/// An account with two-factor log-in answers `second_factor_required` until the request has a
/// `code` as well.
#[utoipa::path(tag = "auth", operation_id = "log_in", responses(
    (status = 200, description = "Logged in", body = LoginResponse),
    (status = 401, description = "Username, password or code is wrong, or a code is needed", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The password is right, and the account disabled", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/auth/login")]
pub async fn log_in(
    request: HttpRequest,
    chat: web::Data<Chat>,
    settings: web::Data<HttpSettings>,
    address: ClientAddress,
    Json(body): Json<LoginRequest>,
) -> ApiResult<HttpResponse> {
    let (code, user_agent) = (body.code.as_deref(), user_agent(&request));
    let login = chat.log_in(&body.login, body.password, code, user_agent, &address.0).await?;
    let kind = body.session.unwrap_or(SessionKind::Cookie);
    Ok(logged_in(login, kind, settings.is_secure))
}

/// Change the refresh token for a new one and an access token.
///
/// The token is taken from the cookie, or from the body. A refresh token is used once: using
/// an old one again ends the session.
#[utoipa::path(tag = "auth", operation_id = "refresh", request_body = inline(Option<RefreshRequest>), responses(
    (status = 200, description = "Still logged in", body = LoginResponse),
    (status = 401, description = "The login has ended", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "The account is disabled, or no allowed page of ours asks by cookie", body = Problem, content_type = "application/problem+json"),
    (status = "default", description = "Any other problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/auth/refresh")]
pub async fn refresh(
    request: HttpRequest,
    chat: web::Data<Chat>,
    settings: web::Data<HttpSettings>,
    address: ClientAddress,
    OptionalJson(body): OptionalJson<RefreshRequest>,
) -> ApiResult<HttpResponse> {
    chat.limit(Limit::Requests, &address.0).await?;
    let (token, kind) = match body {
        Some(body) => (body.refresh_token, SessionKind::Token),
        None => (cookie_token(&request, &settings)?, SessionKind::Cookie),
    };
    let login = chat.refresh(&token, &address.0).await?;
    Ok(logged_in(login, kind, settings.is_secure))
}

/// Log out: end the session and close its sockets.
///
/// The session is the one of the refresh token in the body, of the access token, or of the
/// cookie. Ending one that has ended is fine.
#[utoipa::path(tag = "auth", operation_id = "log_out", request_body = inline(Option<RefreshRequest>), security((), ("bearer" = [])), responses(
    (status = 204, description = "Logged out"),
    (status = "default", description = "Any problem", body = Problem, content_type = "application/problem+json"),
))]
#[post("/auth/logout")]
pub async fn log_out(
    request: HttpRequest,
    chat: web::Data<Chat>,
    settings: web::Data<HttpSettings>,
    address: ClientAddress,
    OptionalJson(body): OptionalJson<RefreshRequest>,
) -> ApiResult<HttpResponse> {
    chat.limit(Limit::Requests, &address.0).await?;
    let cookie = cookie_token(&request, &settings);
    match (body, bearer_token(&request)) {
        (Some(body), _) => chat.log_out(&body.refresh_token).await?,
        // An access token may have run out; the cookie ends the session all the same.
        (None, Some(token)) if cookie.is_err() => {
            let identity = chat.authenticate(token).await?;
            chat.require_login(identity)?;
            chat.end_session(identity.user_id, identity.session_id).await?;
        }
        (None, _) => chat.log_out(&cookie?).await?,
    }
    let mut gone = refresh_cookie(String::new(), settings.is_secure);
    gone.make_removal();
    Ok(HttpResponse::NoContent().cookie(gone).finish())
}

fn logged_in(login: Login, kind: SessionKind, is_secure: bool) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    let refresh_token = match kind {
        SessionKind::Token => Some(login.refresh_token),
        SessionKind::Cookie => {
            response.cookie(refresh_cookie(login.refresh_token, is_secure));
            None
        }
    };
    response.json(LoginResponse {
        access_token: login.access_token,
        token_type: "Bearer",
        expires_in: login.expires_in.as_secs(),
        user: login.user,
        refresh_token,
    })
}

pub(super) fn refresh_cookie(token: String, is_secure: bool) -> Cookie<'static> {
    let lifetime_s = i64::try_from(SESSION_LIFETIME.as_secs()).unwrap_or(i64::MAX);
    Cookie::build(if is_secure { SECURE_COOKIE } else { PLAIN_COOKIE }, token)
        .path("/")
        .http_only(true)
        .secure(is_secure)
        .same_site(SameSite::Strict)
        .max_age(actix_web::cookie::time::Duration::seconds(lifetime_s))
        .finish()
}

/// The refresh token of the cookie. Browsers send cookies by themselves, so the request must
/// prove that a page of ours made it.
fn cookie_token(request: &HttpRequest, settings: &HttpSettings) -> crate::error::Result<String> {
    let name = if settings.is_secure { SECURE_COOKIE } else { PLAIN_COOKIE };
    let cookie = request.cookie(name);
    let cookie =
        cookie.ok_or_else(|| Error::unauthenticated("There is no login to go on with."))?;
    let text = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let is_ours = match text("origin") {
        Some(origin) => settings.allowed_origins.allow(origin, request.connection_info().host()),
        None => text("sec-fetch-site") == Some("same-origin"),
    };
    if !is_ours {
        return Err(Error::forbidden("A cookie counts only on requests of an allowed page."));
    }
    Ok(cookie.value().to_owned())
}
