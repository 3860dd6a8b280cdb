//! How lists are paged: `?cursor=&limit=`.

use garde::Validate;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::service::page::{DEFAULT_LIMIT, MAX_LIMIT};

#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// `next_cursor` of the page before.
    #[garde(length(max = 1024))]
    pub cursor: Option<String>,
    #[garde(custom(limit_rule))]
    #[param(minimum = 1, maximum = 100, default = 50)]
    pub limit: Option<u64>,
}

impl PageQuery {
    pub fn limit(&self) -> u64 {
        self.limit.unwrap_or(DEFAULT_LIMIT)
    }
}

/// Text that PostgreSQL can compare with: it has no NUL.
pub fn no_nul(text: &str, (): &()) -> garde::Result {
    if text.contains('\0') { Err(garde::Error::new("NUL is not allowed here.")) } else { Ok(()) }
}

pub fn limit_rule(limit: &Option<u64>, (): &()) -> garde::Result {
    if limit.is_none_or(|limit| (1..=MAX_LIMIT).contains(&limit)) {
        Ok(())
    } else {
        Err(garde::Error::new("A limit is 1 to 100."))
    }
}
