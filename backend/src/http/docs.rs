//! `/api/openapi.json`, `/api/asyncapi.json` and Swagger UI.

use actix_web::{HttpResponse, Resource, web};
use serde_json::Value;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Swagger UI with the document it shows.
pub fn swagger_ui(document: OpenApi) -> SwaggerUi {
    SwaggerUi::new("/swagger-ui/{_:.*}")
        .url("/api/openapi.json", document)
        .config(Config::default().persist_authorization(true).try_it_out_enabled(true))
}

/// The socket's document.
pub fn asyncapi(document: Value) -> Resource {
    let document = web::Data::new(document);
    web::resource("/api/asyncapi.json").route(web::get().to(move || {
        let document = document.clone();
        async move { HttpResponse::Ok().json(document.get_ref()) }
    }))
}
