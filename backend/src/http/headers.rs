//! What browsers are told to be careful about, and what they may keep.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    web,
};

use super::HttpSettings;

/// The SPA: nothing but our own files, no inline scripts or styles, no text that becomes markup or script.
/// Its one policy for trusted types lets the service worker's address through, and nothing else.
const SPA_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' blob: data:; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
    require-trusted-types-for 'script'; trusted-types devschat; connect-src 'self'";
const API_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";
/// Swagger UI sets styles inline.
const SWAGGER_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self' data:; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

const ONE_YEAR: &str = "public, max-age=31536000, immutable";

/// Middleware.
pub async fn secure(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let path = request.path().to_owned();
    let settings = request.app_data::<web::Data<HttpSettings>>();
    let is_secure = settings.is_some_and(|settings| settings.is_secure);
    let spa_policy = spa_policy(request.connection_info().host());
    let mut response = next.call(request).await?;
    let is_success = response.status().is_success();
    let headers = response.headers_mut();
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::REFERRER_POLICY, "no-referrer");
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if is_secure {
        set(headers, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    let (policy, caching) = if path.starts_with("/swagger-ui") {
        (HeaderValue::from_static(SWAGGER_POLICY), "no-cache")
    } else if path.starts_with("/assets/") && is_success {
        (spa_policy, ONE_YEAR)
    } else if is_api(&path) {
        (HeaderValue::from_static(API_POLICY), "no-store")
    } else {
        set(
            headers,
            HeaderName::from_static("permissions-policy"),
            "camera=(), microphone=(), geolocation=()",
        );
        (spa_policy, "no-cache")
    };
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    set(headers, header::CACHE_CONTROL, caching);
    Ok(response)
}

/// With our own socket, which older browsers don't count among `'self'`.
fn spa_policy(host: &str) -> HeaderValue {
    let is_plain =
        host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    let with_socket = format!("{SPA_POLICY} ws://{host} wss://{host}");
    HeaderValue::from_str(&with_socket)
        .ok()
        .filter(|_| is_plain)
        .unwrap_or(HeaderValue::from_static(SPA_POLICY))
}

fn is_api(path: &str) -> bool {
    path.starts_with("/api/") || matches!(path, "/livez" | "/readyz" | "/metrics")
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}
