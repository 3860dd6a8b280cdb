//! From which web pages a browser may speak to us.

/// Pages of a list that is compared exactly; and where nobody said under which name the server
/// is reached, pages of whatever name the request calls it by.
#[derive(Clone, Debug, Default)]
pub struct AllowedOrigins {
    list: Vec<String>,
    has_own_name: bool,
}

impl AllowedOrigins {
    /// Origins as browsers write them: `https://chat.example.org`, without a slash at the end.
    /// `own` is where browsers find this server, when that is known.
    pub fn new(own: Option<String>, others: impl IntoIterator<Item = String>) -> Self {
        let has_own_name = own.is_some();
        let all = own.into_iter().chain(others);
        let list = all.map(|origin| origin.trim_end_matches('/').to_owned()).collect();
        Self { list, has_own_name }
    }

    pub fn list(&self) -> &[String] {
        &self.list
    }

    /// Whether a page of `origin` may ask the server that the request calls `host`.
    pub fn allow(&self, origin: &str, host: &str) -> bool {
        let is_our_own = !self.has_own_name
            && origin
                .strip_prefix("http://")
                .is_some_and(|authority| authority.eq_ignore_ascii_case(host));
        is_our_own || self.list.iter().any(|allowed| allowed == origin)
    }
}

#[cfg(test)]
mod tests {
    use super::AllowedOrigins;

    #[test]
    fn listed_pages_are_allowed() {
        let own = Some("https://chat.example.org".to_owned());
        let allowed = AllowedOrigins::new(own, ["https://app.example.org/".to_owned()]);

        assert!(allowed.allow("https://chat.example.org", "chat.example.org"));
        assert!(allowed.allow("https://app.example.org", "chat.example.org"));
        let foreign = [
            "https://evil.example",
            "https://app.example.org.evil.example",
            "null",
            "",
            "http://evil.example",
        ];
        for foreign in foreign {
            assert!(!allowed.allow(foreign, "evil.example"), "{foreign}");
        }
    }

    #[test]
    fn a_server_that_was_given_no_name_goes_by_the_one_it_is_called() {
        let allowed = AllowedOrigins::new(None, []);

        assert!(allowed.allow("http://localhost:8080", "localhost:8080"));
        assert!(!allowed.allow("https://localhost:8080", "localhost:8080"));
        assert!(!allowed.allow("http://localhost:3000", "localhost:8080"));
    }
}
