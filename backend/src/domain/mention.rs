//! Which names a message mentions: `@ada`, wherever a word may begin.

use super::username;

/// More than this many names in one message are not looked at.
const MAX_MENTIONS: usize = 50;

/// The keys (see `username::key`) a body may mention. A name may end in a sign that is also
/// punctuation ("thanks @ada."), so both readings are returned; whoever exists is meant.
pub fn candidates(body: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut before = None;
    for (at, character) in body.char_indices() {
        let starts_word = before.is_none_or(|c: char| !username::is_allowed(c));
        before = Some(character);
        if character != '@' || !starts_word {
            continue;
        }
        let rest = &body[at + 1..];
        let end = rest.find(|c| !username::is_allowed(c)).unwrap_or(rest.len());
        let name = &rest[..end];
        let without_punctuation = name.trim_end_matches(['.', '-', '+', '@', '_']);
        for reading in [name, without_punctuation] {
            let key = username::key(reading);
            if !key.is_empty()
                && reading.chars().count() <= username::MAX_CHARS
                && !keys.contains(&key)
            {
                keys.push(key);
            }
        }
        if keys.len() >= MAX_MENTIONS {
            break;
        }
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::candidates;

    #[test]
    fn are_names_after_an_at_sign_that_begins_a_word() {
        assert_eq!(candidates("@Ada and (@linus)"), ["ada", "linus"]);
        assert_eq!(candidates("thanks @ada."), ["ada.", "ada"]);
        assert!(candidates("mail ada@example.org, or @ nobody").is_empty());
    }
}
