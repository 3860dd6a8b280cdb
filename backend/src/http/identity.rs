//! Who is asking.

use std::{future::Future, net::IpAddr, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};

use super::{HttpSettings, scopes};
use crate::{
    auth::access_token::Identity,
    domain::client_address,
    error::{Error, Result},
    rate_limit::Limit,
    service::Chat,
};

/// The user and login a valid access token speaks for. Refuses the request without one.
pub struct Authenticated(pub Identity);

impl FromRequest for Authenticated {
    type Error = actix_web::Error;
    type Future = Pin<Box<dyn Future<Output = std::result::Result<Self, actix_web::Error>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(
            async move { Ok(Self(authenticate(&request).await.map_err(actix_web::Error::from)?)) },
        )
    }
}

async fn authenticate(request: &HttpRequest) -> Result<Identity> {
    let token = bearer_token(request)
        .ok_or_else(|| Error::unauthenticated("Send an access token: Authorization: Bearer …"))?;
    let chat = chat(request)?;
    let identity = chat.authenticate(token).await?;
    match scopes::needed(request) {
        Some(scope) => chat.require_scope(identity, scope)?,
        None => chat.require_login(identity)?,
    }
    tracing::Span::current().record("user.id", tracing::field::display(identity.user_id));
    chat.limit(Limit::Requests, &identity.user_id.to_string()).await?;
    Ok(identity)
}

pub fn bearer_token(request: &HttpRequest) -> Option<&str> {
    let value = request.headers().get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// The client's address, behind proxies that are trusted.
pub struct ClientAddress(pub String);

impl FromRequest for ClientAddress {
    type Error = actix_web::Error;
    type Future = std::future::Ready<std::result::Result<Self, actix_web::Error>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let trusted = request.app_data::<web::Data<HttpSettings>>();
        let trusted = trusted.map_or(&[][..], |settings| &settings.trusted_proxies);
        let peer = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.ip());
        let lines = request.headers().get_all("x-forwarded-for");
        let lines: Vec<&str> = lines.filter_map(|line| line.to_str().ok()).collect();
        let client = client_address::resolve(peer, lines.into_iter(), trusted);
        std::future::ready(Ok(Self(client.to_string())))
    }
}

fn chat(request: &HttpRequest) -> Result<&web::Data<Chat>> {
    let chat = request.app_data::<web::Data<Chat>>();
    chat.ok_or_else(|| Error::internal(anyhow::anyhow!("the use cases are not wired")))
}

/// What the client says it is; empty when it says nothing.
pub fn user_agent(request: &HttpRequest) -> &str {
    let user_agent = request.headers().get(header::USER_AGENT);
    user_agent.and_then(|value| value.to_str().ok()).unwrap_or_default()
}
