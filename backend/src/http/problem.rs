//! Errors on the wire: RFC 9457 `application/problem+json`.

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    error::{PathError, QueryPayloadError},
    http::{
        StatusCode,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};
use futures_util::FutureExt as _;
use serde::Serialize;
use tracing_actix_web::RequestId;
use utoipa::ToSchema;

use crate::error::{Error, ErrorCode, FieldError};

/// JSON bodies are at most this large.
pub const MAX_JSON_BYTES: usize = 64 * 1024;

/// What a handler returns.
pub type ApiResult<T> = Result<T, Error>;

/// What went wrong, in a form programs and people can use.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Names the kind of problem; relative to the server.
    #[serde(rename = "type")]
    #[schema(example = "/problems/not_found")]
    pub type_: String,
    #[schema(example = "Not Found")]
    pub title: &'static str,
    #[schema(example = 404)]
    pub status: u16,
    /// A sentence for people.
    #[schema(example = "There is no such room.")]
    pub detail: String,
    pub code: ErrorCode,
    /// Names this request in the server's log.
    pub request_id: String,
    /// The fields to blame, where there are some.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FieldError>,
}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        match self.code {
            // Broken syntax is 400; what is well written and breaks a rule is 422.
            ErrorCode::Invalid if self.fields.is_empty() => StatusCode::BAD_REQUEST,
            ErrorCode::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            ErrorCode::Unauthenticated
            | ErrorCode::TokenExpired
            | ErrorCode::SecondFactorRequired => StatusCode::UNAUTHORIZED,
            ErrorCode::AccountDisabled | ErrorCode::Forbidden => StatusCode::FORBIDDEN,
            ErrorCode::NotFound => StatusCode::NOT_FOUND,
            ErrorCode::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            ErrorCode::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            ErrorCode::Conflict | ErrorCode::IdempotencyConflict | ErrorCode::RevisionConflict => {
                StatusCode::CONFLICT
            }
            ErrorCode::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
            ErrorCode::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::Overloaded | ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        render(self, "")
    }
}

/// The error as an answer.
pub fn render(error: &Error, request_id: &str) -> HttpResponse {
    let status = error.status_code();
    let mut response = HttpResponse::build(status);
    response.insert_header((header::CONTENT_TYPE, "application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer"));
    }
    if let Some(after) = error.retry_after {
        let seconds = after.as_millis().div_ceil(1000).max(1);
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    for (name, value) in error.limit.iter().flat_map(|limit| limit.headers()) {
        response.insert_header((name, value));
    }
    response.json(Problem {
        type_: format!("/problems/{}", error.code.as_str()),
        title: status.canonical_reason().unwrap_or("Error"),
        status: status.as_u16(),
        detail: error.detail.clone().into_owned(),
        code: error.code,
        request_id: request_id.to_owned(),
        errors: error.fields.clone(),
    })
}

/// The request's id, as in the log and in `X-Request-Id`.
pub fn request_id(request: &HttpRequest) -> String {
    request.extensions().get::<RequestId>().map_or_else(String::new, ToString::to_string)
}

/// A failure that left no request to answer: a panic, for example.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
struct Broken {
    error: Error,
    request_id: String,
}

impl ResponseError for Broken {
    fn status_code(&self) -> StatusCode {
        self.error.status_code()
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = render(&self.error, &self.request_id);
        name_request(response.headers_mut(), &self.request_id);
        response
    }
}

/// Middleware: gives every answer its `X-Request-Id`, and turns whatever failed, a panic
/// included, into a problem that carries it.
pub async fn render_problems(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    // The request itself must not be held on to: actix routes it by changing it in place.
    let id = request_id(request.request());
    let Ok(outcome) = std::panic::AssertUnwindSafe(next.call(request)).catch_unwind().await else {
        let error = Error::internal(anyhow::anyhow!("a handler panicked"));
        return Err(Broken { error, request_id: id }.into());
    };
    let response = outcome?.map_into_boxed_body();
    let mut response = match response.response().error().map(|error| described(error, &id)) {
        Some(problem) => response.into_response(problem),
        None => response,
    };
    name_request(response.headers_mut(), &id);
    Ok(response)
}

fn name_request(headers: &mut HeaderMap, request_id: &str) {
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

fn described(error: &actix_web::Error, request_id: &str) -> HttpResponse {
    if let Some(ours) = error.as_error::<Error>() {
        if let Some(cause) = &ours.cause {
            tracing::error!(
                code = ours.code.as_str(),
                cause = format!("{cause:#}"),
                "a request failed"
            );
        }
        return render(ours, request_id);
    }
    let status = error.as_response_error().status_code();
    let error = match status {
        StatusCode::NOT_FOUND => Error::not_found("page"),
        status if status.is_server_error() => Error::internal(anyhow::anyhow!("{error}")),
        _ => Error::invalid(error.to_string()),
    };
    render(&error, request_id)
}

/// How extractors of actix report what they can't read.
pub fn extractor_errors(config: &mut web::ServiceConfig) {
    config
        .app_data(web::PayloadConfig::new(MAX_JSON_BYTES))
        .app_data(web::PathConfig::default().error_handler(|error: PathError, _| {
            let detail = format!("There is nothing at this path: {error}.");
            Error::new(ErrorCode::NotFound, detail).into()
        }))
        .app_data(web::QueryConfig::default().error_handler(|error: QueryPayloadError, _| {
            Error::invalid(format!("{error}.")).into()
        }));
}
