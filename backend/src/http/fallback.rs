//! What nothing else answers.

use actix_web::{HttpRequest, HttpResponse};

use super::problem::ApiResult;
use crate::error::{Error, ErrorCode};

/// 405 where the path exists for another method, else 404.
pub async fn not_here(request: HttpRequest) -> ApiResult<HttpResponse> {
    // Every handler is a resource of its own, guarded by its method.
    let error = if request.resource_map().has_resource(request.path()) {
        Error::new(ErrorCode::MethodNotAllowed, "This path doesn't take this method.")
    } else {
        Error::not_found("path")
    };
    Err(error)
}
