//! What nothing else answers.

use actix_web::{HttpRequest, HttpResponse};

use super::problem::ApiResult;
use crate::error::{Error, ErrorCode};

/// 405 where the path exists for another method, else 404.
pub async fn not_here(request: HttpRequest) -> ApiResult<HttpResponse> {
    // Every handler is a resource of its own, guarded by its method.
    let pattern = request.resource_map().match_pattern(request.path());
    // The SPA's files stand at the root, and would match everything.
    let is_known = pattern.is_some_and(|pattern| pattern.len() > 1 && !pattern.contains("{_:"));
    let error = if is_known {
        Error::new(ErrorCode::MethodNotAllowed, "This path doesn't take this method.")
    } else {
        Error::not_found("path")
    };
    Err(error)
}
