//! Pages of lists that are ordered by a name or an id, with an opaque cursor.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::error::{Error, Result};

pub const DEFAULT_LIMIT: u64 = 50;
pub const MAX_LIMIT: u64 = 100;

/// Items, and where to go on.
#[derive(Debug)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// Of `limit + 1` items read; `place` names an item's place in the order.
    pub fn of(mut items: Vec<T>, limit: u64, place: impl Fn(&T) -> String) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_more = items.len() > limit;
        items.truncate(limit);
        let next_cursor =
            items.last().filter(|_| has_more).map(|last| URL_SAFE_NO_PAD.encode(place(last)));
        Self { items, next_cursor }
    }
}

/// The place a cursor names.
pub fn place(cursor: &str) -> Result<String> {
    let refused = || Error::invalid("This cursor is not one of ours.");
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refused())?;
    let place = String::from_utf8(bytes).map_err(|_| refused())?;
    // PostgreSQL can't compare with NUL, and none of ours has one.
    if place.contains('\0') { Err(refused()) } else { Ok(place) }
}

/// The id a cursor names.
pub fn place_id(cursor: &str) -> Result<Uuid> {
    let refused = |_| Error::invalid("This cursor is not one of ours.");
    Uuid::try_parse(&place(cursor)?).map_err(refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_where_to_go_on() {
        let full = Page::of(vec!["a", "b", "c"], 2, ToString::to_string);
        let last = Page::of(vec!["c"], 2, ToString::to_string);

        assert_eq!(full.items, ["a", "b"]);
        assert_eq!(place(&full.next_cursor.unwrap()).unwrap(), "b");
        assert_eq!(last.next_cursor, None);
        assert!(place("not base64!").is_err());
        assert!(place("AA").is_err(), "NUL");
    }
}
