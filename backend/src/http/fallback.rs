//! What nothing else answers.

use std::collections::HashMap;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web,
};
use utoipa::openapi::{OpenApi, path::PathItem};

use super::problem::{self, ApiResult};
use crate::error::{Error, ErrorCode};

/// The methods that each documented path takes, as `Allow` lists them.
pub struct AllowedMethods(HashMap<String, HeaderValue>);

impl AllowedMethods {
    pub fn documented(document: &OpenApi) -> Self {
        let paths = document.paths.paths.iter();
        let lists = paths.filter_map(|(path, item)| {
            let list = HeaderValue::try_from(methods(item).join(", ")).ok()?;
            Some((path.clone(), list))
        });
        Self(lists.collect())
    }

    /// Of what is not documented, files and documents: that they can be got.
    fn at(&self, path: &str) -> HeaderValue {
        self.0.get(path).cloned().unwrap_or(HeaderValue::from_static("GET"))
    }
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    let all = [
        ("GET", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ];
    all.into_iter().filter(|(_, operation)| operation.is_some()).map(|(name, _)| name).collect()
}

/// 405 where the path exists for another method, else 404.
pub async fn not_here(
    request: HttpRequest,
    allowed: web::Data<AllowedMethods>,
) -> ApiResult<HttpResponse> {
    // Every handler is a resource of its own, guarded by its method.
    let pattern = request.resource_map().match_pattern(request.path());
    // The SPA's files stand at the root, and would match everything.
    let known = pattern.filter(|pattern| pattern.len() > 1 && !pattern.contains("{_:"));
    let Some(pattern) = known else { return Err(Error::not_found("path")) };
    let error = Error::new(ErrorCode::MethodNotAllowed, "This path doesn't take this method.");
    let mut response = problem::render(&error, &problem::request_id(&request));
    response.headers_mut().insert(header::ALLOW, allowed.at(&pattern));
    Ok(response)
}
