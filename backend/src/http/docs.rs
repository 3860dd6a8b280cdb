//! `/api/openapi.json` and Swagger UI.

use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Swagger UI with the document it shows.
pub fn swagger_ui(document: OpenApi) -> SwaggerUi {
    SwaggerUi::new("/swagger-ui/{_:.*}")
        .url("/api/openapi.json", document)
        .config(Config::default().persist_authorization(true).try_it_out_enabled(true))
}
