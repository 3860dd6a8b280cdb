//! From which web pages a browser may speak to us.

/// Pages of our own, and of a list that is compared exactly.
#[derive(Clone, Debug, Default)]
pub struct AllowedOrigins(Vec<String>);

impl AllowedOrigins {
    /// Origins as browsers write them: `https://chat.example.org`, without a slash at the end.
    pub fn new(origins: impl IntoIterator<Item = String>) -> Self {
        Self(origins.into_iter().map(|origin| origin.trim_end_matches('/').to_owned()).collect())
    }

    pub fn list(&self) -> &[String] {
        &self.0
    }

    /// Whether a page of `origin` may ask the server that the request calls `host`.
    pub fn allow(&self, origin: &str, host: &str) -> bool {
        let is_our_own = origin.split_once("://").is_some_and(|(scheme, authority)| {
            matches!(scheme, "http" | "https") && authority.eq_ignore_ascii_case(host)
        });
        is_our_own || self.0.iter().any(|allowed| allowed == origin)
    }
}

#[cfg(test)]
mod tests {
    use super::AllowedOrigins;

    #[test]
    fn our_own_pages_and_listed_ones_are_allowed() {
        let allowed = AllowedOrigins::new(["https://app.example.org/".to_owned()]);

        assert!(allowed.allow("http://localhost:8080", "localhost:8080"));
        assert!(allowed.allow("https://app.example.org", "chat.example.org"));
        for foreign in ["https://evil.example", "https://app.example.org.evil.example", "null", ""]
        {
            assert!(!allowed.allow(foreign, "chat.example.org"), "{foreign}");
        }
    }
}
