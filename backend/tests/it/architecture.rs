//! Who may import whom, as `lib.rs` says: read from the sources themselves.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// From left to right; a module imports from tiers to its right only.
const TIERS: [&[&str]; 8] = [
    &["main"],
    &["server"],
    &["telemetry", "openapi"],
    &["config", "http", "socket"],
    &["service"],
    &["feed"],
    &["store", "relay", "rate_limit", "auth", "mail", "openid"],
    &["domain"],
];

/// Names of crates that only some modules may know.
const RESERVED: [(&str, &[&str]); 7] = [
    ("lettre::", &["mail.rs"]),
    ("openidconnect::", &["openid.rs"]),
    ("sea_orm::", &["store/"]),
    ("deadpool_redis::", &["relay/redis/", "rate_limit/redis.rs"]),
    ("actix_web::", &["http/", "socket/", "server/", "openapi/"]),
    ("actix_ws::", &["socket/"]),
    ("actix_files::", &["http/"]),
];

struct Source {
    /// Relative to `src`.
    path: String,
    code: String,
}

impl Source {
    fn module(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// The modules of this crate that it names.
    fn imports(&self) -> BTreeSet<String> {
        let mut imports = BTreeSet::new();
        for root in ["crate::", "devschat::"] {
            for (at, _) in self.code.match_indices(root) {
                let rest = &self.code[at + root.len()..];
                match rest.strip_prefix('{') {
                    Some(group) => imports.extend(top_level_names(group)),
                    None => imports.extend(leading_name(rest)),
                }
            }
        }
        imports
    }
}

/// The first path segments within a `{…}` of a `use`.
fn top_level_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut start) = (0, Vec::new(), 0);
    for (at, character) in group.char_indices() {
        match character {
            '{' => depth += 1,
            '}' if depth == 0 => {
                names.extend(leading_name(group[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.extend(leading_name(group[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    names
}

fn leading_name(path: &str) -> Option<String> {
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    (end > 0).then(|| path[..end].to_owned())
}

fn sources() -> Vec<Source> {
    fn collect(directory: &Path, paths: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(directory).expect("the sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, paths);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                paths.push(path);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&root, &mut paths);
    let sources = paths.into_iter().map(|path| {
        let code = std::fs::read_to_string(&path).expect("a source is text");
        // What documentation mentions is no import.
        let code = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let relative = path.strip_prefix(&root).expect("below src");
        Source { path: relative.display().to_string(), code: code.collect::<Vec<_>>().join("\n") }
    });
    sources.collect()
}

fn tier(module: &str) -> Option<usize> {
    TIERS.iter().position(|tier| tier.contains(&module))
}

#[test]
fn modules_import_only_to_the_right() {
    let mut violations = Vec::new();
    for source in sources() {
        let module = source.module();
        if module == "lib" {
            continue;
        }
        for import in source.imports() {
            let is_fine = match (module, import.as_str()) {
                (module, import) if module == import => true,
                ("error", import) => import == "domain",
                (_, "error") => module != "domain",
                (module, import) => match (tier(module), tier(import)) {
                    (Some(from), Some(to)) => from < to,
                    (_, None) => true,
                    (None, _) => false,
                },
            };
            if !is_fine {
                violations.push(format!("{} imports {import}", source.path));
            }
        }
    }
    assert!(violations.is_empty(), "{violations:#?}");
}

#[test]
fn every_module_has_its_place() {
    for source in sources() {
        let module = source.module();
        let is_placed = tier(module).is_some() || ["lib", "error"].contains(&module);
        assert!(is_placed, "{} is in no tier", source.path);
    }
}

#[test]
fn libraries_are_named_where_they_belong() {
    let mut violations = Vec::new();
    for source in sources() {
        for (library, homes) in RESERVED {
            let is_home = homes.iter().any(|home| source.path.starts_with(home));
            if !is_home && source.code.contains(library) {
                violations.push(format!("{} names {library}", source.path));
            }
        }
    }
    assert!(violations.is_empty(), "{violations:#?}");
}

#[test]
fn the_domain_reads_no_clock_and_waits_for_nothing() {
    for source in sources().iter().filter(|source| source.module() == "domain") {
        for forbidden in [
            "now_utc",
            "Instant::now",
            "SystemTime",
            "now_v7()",
            "async ",
            ".await",
            "std::fs",
            "tokio",
        ] {
            let code = source.code.split("#[cfg(test)]").next().unwrap_or_default();
            assert!(!code.contains(forbidden), "{} has {forbidden}", source.path);
        }
    }
}

#[test]
fn every_module_says_what_it_is() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for source in sources() {
        let text = std::fs::read_to_string(root.join(&source.path)).expect("a source is text");
        assert!(text.starts_with("//!"), "{} begins without saying what it is", source.path);
    }
}
