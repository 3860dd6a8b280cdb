//! Bodies and queries that are valid once a handler sees them.

use std::{future::Future, pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpMessage as _, HttpRequest,
    dev::Payload,
    http::{StatusCode, header},
    web,
};
use serde::de::DeserializeOwned;

use crate::error::{Error, ErrorCode};

const JSON: &str = "application/json";
/// Whoever takes longer for 64 KiB keeps a connection busy on purpose.
const BODY_WITHIN: Duration = Duration::from_secs(10);

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T, actix_web::Error>>>>;

/// A JSON body that keeps its rules. Its name is what utoipa looks for.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + garde::Validate<Context = ()> + 'static> FromRequest for Json<T> {
    type Error = actix_web::Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if request.content_type() != JSON {
            let detail = "The body must be JSON, and its Content-Type application/json.";
            let error = Error::new(ErrorCode::UnsupportedMediaType, detail);
            return Box::pin(std::future::ready(Err(error.into())));
        }
        let reading = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let body = tokio::time::timeout(BODY_WITHIN, reading).await.map_err(|_| too_slow())?;
            let body = body.map_err(|error| unreadable(&error))?;
            valid(parse(&body)?).map(Self)
        })
    }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Error> {
    let refused =
        |reason: &str| Error::invalid(format!("The body is not what was expected: {reason}."));
    // serde would take an array for an object without names.
    if body.trim_ascii_start().first().is_some_and(|first| *first != b'{') {
        return Err(refused("it is no JSON object"));
    }
    serde_json::from_slice(body).map_err(|error| refused(&error.to_string()))
}

fn too_slow() -> Error {
    Error::new(ErrorCode::RequestTimeout, "The request's body did not arrive in time.")
}

fn unreadable(error: &actix_web::Error) -> Error {
    match error.as_response_error().status_code() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Error::new(ErrorCode::PayloadTooLarge, "The request's body is larger than 64 KiB.")
        }
        _ => Error::invalid(format!("The body can't be read: {error}.")),
    }
}

/// A JSON body, or none at all.
#[derive(Debug)]
pub struct OptionalJson<T>(pub Option<T>);

impl<T: DeserializeOwned + garde::Validate<Context = ()> + 'static> FromRequest
    for OptionalJson<T>
{
    type Error = actix_web::Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let length = request.headers().get(header::CONTENT_LENGTH).map(|value| value.as_bytes());
        let is_chunked = request.headers().contains_key(header::TRANSFER_ENCODING);
        if !is_chunked && matches!(length, None | Some(b"0")) {
            return Box::pin(std::future::ready(Ok(Self(None))));
        }
        let parsing = Json::<T>::from_request(request, payload);
        Box::pin(async move { parsing.await.map(|Json(body)| Self(Some(body))) })
    }
}

/// A query string that keeps its rules.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned + garde::Validate<Context = ()> + 'static> FromRequest for Query<T> {
    type Error = actix_web::Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parsing = web::Query::<T>::from_request(request, payload);
        Box::pin(async move { valid(parsing.await?.into_inner()).map(Self) })
    }
}

fn valid<T: garde::Validate<Context = ()>>(value: T) -> Result<T, actix_web::Error> {
    match value.validate() {
        Ok(()) => Ok(value),
        Err(report) => Err(Error::from(report).into()),
    }
}
