//! The REST door: one file a resource, each documenting itself for OpenAPI.
//!
//! Handlers parse, ask `service`, and render. Errors leave as `application/problem+json`
//! through one place, [`problem`]; every call leaves one line in the log, [`access_log`].

pub mod access_log;
pub mod admin;
pub mod admin_rooms;
pub mod audit;
pub mod auth;
pub mod docs;
pub mod events;
pub mod fallback;
pub mod headers;
pub mod health;
pub mod identity;
pub mod invitations;
pub mod json;
pub mod mail;
pub mod members;
pub mod message;
pub mod messages;
pub mod metrics;
pub mod openid;
pub mod page;
pub mod problem;
pub mod profile;
pub mod readers;
pub mod rooms;
mod scopes;
pub mod sessions;
pub mod spa;
pub mod tokens;
pub mod two_factor;
pub mod users;

use ipnet::IpNet;
use utoipa_actix_web::{scope, service_config::ServiceConfig};

use crate::domain::origin::AllowedOrigins;

/// What the REST door needs to know beyond the use cases.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    pub allowed_origins: AllowedOrigins,
    pub trusted_proxies: Vec<IpNet>,
    /// Whether browsers reach us over TLS.
    pub is_secure: bool,
}

/// Everything that is documented, but the socket.
pub fn routes(config: &mut ServiceConfig) {
    config.service(health::live).service(health::ready).service(metrics::render).service(
        scope("/api/v1")
            .service(auth::policy)
            .service(auth::sign_up)
            .service(auth::log_in)
            .service(auth::refresh)
            .service(auth::log_out)
            .service(openid::start)
            .service(openid::callback)
            .service(mail::forgot_password)
            .service(mail::reset_password)
            .service(mail::ask_for_verification)
            .service(mail::verify_email)
            .service(invitations::show)
            .service(sessions::list)
            .service(sessions::end)
            .service(sessions::end_others)
            .service(users::me)
            .service(profile::update)
            .service(profile::change_password)
            .service(two_factor::state)
            .service(two_factor::begin)
            .service(two_factor::confirm)
            .service(two_factor::renew_codes)
            .service(two_factor::disable)
            .service(tokens::create)
            .service(tokens::list)
            .service(tokens::revoke)
            .service(users::search)
            .service(users::find)
            .service(rooms::list)
            .service(rooms::create)
            .service(rooms::find)
            .service(rooms::update)
            .service(rooms::delete)
            .service(members::list)
            .service(members::add)
            .service(members::change)
            .service(members::remove)
            .service(members::mark_read)
            .service(members::mark_unread)
            .service(messages::page)
            .service(messages::post)
            .service(events::list)
            .service(message::show)
            .service(message::edit)
            .service(message::delete)
            .service(message::edits)
            .service(readers::list)
            .service(message::add_reaction)
            .service(message::remove_reaction)
            .service(admin::accounts)
            .service(admin::update)
            .service(admin::give_password)
            .service(invitations::create)
            .service(invitations::list)
            .service(invitations::revoke)
            .service(admin_rooms::list)
            .service(metrics::render_for_admins)
            .service(audit::list),
    );
}
