//! The documents of the public interface, collected from the handlers and frames.

mod asyncapi;

use actix_web::App;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{Http, HttpAuthScheme, SecurityScheme},
};
use utoipa_actix_web::{AppExt as _, service_config::ServiceConfig};

use crate::{
    domain::{event::Event, message::Emoji},
    error::ErrorCode,
    http,
    socket::{
        self,
        protocol::{ClientFrame, ServerFrame},
    },
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "DevsChat",
        description = "Real-time chat for teams of developers: a room is a log.\n\n\
            Log in at `POST /api/v1/auth/login`, put the `access_token` into **Authorize**, and \
            try things out. Errors are `application/problem+json` with a `code` to act on. What \
            is live goes over the socket at `/api/v1/ws`.",
        license(name = "MIT", identifier = "MIT"),
    ),
    servers((url = "/", description = "This server")),
    tags(
        (name = "auth", description = "Signing up, logging in and out"),
        (name = "users", description = "People"),
        (name = "rooms", description = "Rooms"),
        (name = "members", description = "Who is in a room, as what, and how far they have read"),
        (name = "messages", description = "Messages"),
        (name = "socket", description = "Everything live"),
        (name = "admin", description = "For server admins"),
        (name = "operations", description = "For whoever runs the server"),
    ),
    components(schemas(ClientFrame, ServerFrame, Event, Emoji, ErrorCode)),
    modifiers(&Bearer),
)]
struct Base;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.bearer_format = Some("JWT".to_owned());
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// What the document begins with, before the handlers add themselves.
pub fn base() -> utoipa::openapi::OpenApi {
    Base::openapi()
}

/// Everything that is served and documented.
pub fn routes(config: &mut ServiceConfig) {
    // The socket goes first: it is not to be taken for a page under /api/v1.
    config.service(socket::open).configure(http::routes);
}

/// The whole document.
pub fn document() -> utoipa::openapi::OpenApi {
    let app = App::new().into_utoipa_app().openapi(base()).configure(routes);
    app.split_for_parts().1
}

/// What the socket speaks.
pub fn asyncapi(openapi: &utoipa::openapi::OpenApi) -> serde_json::Result<serde_json::Value> {
    Ok(asyncapi::document(&serde_json::to_value(openapi)?))
}

/// The socket's document as the file `openapi/asyncapi.json` has it.
pub fn asyncapi_json() -> serde_json::Result<String> {
    Ok(serde_json::to_string_pretty(&asyncapi(&document())?)? + "\n")
}

/// The document as the file `openapi/openapi.json` has it.
pub fn json() -> serde_json::Result<String> {
    Ok(document().to_pretty_json()? + "\n")
}
