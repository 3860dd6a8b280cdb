//! The built SPA, served by the backend where no web server stands in front.

use std::path::{Path, PathBuf};

use actix_files::{Files, NamedFile};
use actix_web::{
    HttpRequest, HttpResponse,
    dev::{ServiceRequest, ServiceResponse, fn_service},
    guard::{Guard, GuardContext},
    http::Method,
};

use crate::error::Error;

const INDEX: &str = "index.html";

/// Paths that belong to the API, where a missing page is an error and not the SPA's business.
const RESERVED: [&str; 6] = ["/api", "/swagger-ui", "/livez", "/readyz", "/metrics", "/problems"];

/// Files of `directory`, compressed where the build left a `.br` or `.gz` beside them; every other
/// path is a place within the SPA and gets its index.
pub fn files(directory: &Path) -> Files {
    let index = directory.join(INDEX);
    let files = Files::new("/", directory).index_file(INDEX).prefer_utf8(true).try_compressed();
    files.guard(IsPage).default_handler(fn_service(move |request: ServiceRequest| {
        let index = index.clone();
        async move {
            let (request, _) = request.into_parts();
            let response = match page(&request, index) {
                Ok(file) => file.into_response(&request),
                Err(error) => HttpResponse::from_error(error),
            };
            Ok::<_, actix_web::Error>(ServiceResponse::new(request, response))
        }
    }))
}

fn page(request: &HttpRequest, index: PathBuf) -> Result<NamedFile, Error> {
    // A missing asset is missing: answering with a page would be cached as that asset.
    let path = request.path();
    let is_asset = path.starts_with("/assets/")
        || path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let missing = || Error::not_found("page");
    if is_asset {
        return Err(missing());
    }
    NamedFile::open(index).map_err(|_| missing())
}

struct IsPage;

impl Guard for IsPage {
    fn check(&self, context: &GuardContext<'_>) -> bool {
        let head = context.head();
        let path = head.uri.path();
        let is_reserved = RESERVED.iter().any(|reserved| {
            path.strip_prefix(reserved).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        !is_reserved && matches!(head.method, Method::GET | Method::HEAD)
    }
}
