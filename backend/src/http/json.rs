//! Bodies and queries that are valid once a handler sees them.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use serde::de::DeserializeOwned;

use crate::error::Error;

type Extraction<T> = Pin<Box<dyn Future<Output = Result<T, actix_web::Error>>>>;

/// A JSON body that keeps its rules. Its name is what utoipa looks for.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + garde::Validate<Context = ()> + 'static> FromRequest for Json<T> {
    type Error = actix_web::Error;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parsing = web::Json::<T>::from_request(request, payload);
        Box::pin(async move { valid(parsing.await?.into_inner()).map(Self) })
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
