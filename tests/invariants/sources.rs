//! Invariants that are read off the source.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(folder: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("is a folder").map(|entry| entry.expect("is readable").path()) {
            if entry.is_dir() {
                walk(&entry, found);
            } else if entry.extension().is_some_and(|end| end == "rs") {
                found.push(entry);
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(&root.join(folder), &mut found);
    assert!(!found.is_empty(), "{folder} is empty");
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).expect("is inside").display().to_string();
        (name, fs::read_to_string(&path).expect("is text"))
    };
    found.into_iter().map(read).collect()
}

/// The shipped part of a file: without its unit tests, and without what it says about itself.
fn shipped(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn none_of(folder: &str, forbidden: &[&str]) {
    for (name, text) in sources(folder) {
        for line in shipped(&text).lines() {
            let found = forbidden.iter().find(|word| line.contains(**word));
            assert_eq!(found, None, "{name}: {line}");
        }
    }
}

#[test]
fn the_domain_knows_neither_wire_nor_world() {
    let outside = ["crate::api", "crate::app", "crate::ports", "crate::flows", "crate::oauth", "crate::jira"];
    none_of("src/domain", &outside);
    none_of("src/domain", &["crate::host", "crate::secret", "async fn", ".await"]);
}

#[test]
fn oauth_knows_neither_domain_nor_world() {
    none_of("src/oauth", &["crate::domain", "crate::api", "crate::ports", "crate::flows", "async fn", ".await"]);
}

#[test]
fn flows_reach_the_world_through_its_ports_only() {
    none_of("src/flows", &["crate::host", "gloo_net", "js_sys", "web_sys", "wasm_bindgen", "std::env", "std::time"]);
}

#[test]
fn secrets_are_revealed_where_they_are_sent_or_kept_and_nowhere_else() {
    let may = [
        "src/secret.rs",
        "src/flows/comment.rs",
        "src/flows/hand_off.rs",
        "src/flows/support.rs",
        "src/host.rs",
        "src/oauth/authorization_request.rs",
        "src/oauth/pkce.rs",
        "src/oauth/token.rs",
    ];
    for (name, text) in sources("src") {
        assert!(!shipped(&text).contains(".reveal()") || may.contains(&name.as_str()), "{name} reveals a secret");
    }
    let (_, secret) = sources("src").into_iter().find(|(name, _)| name == "src/secret.rs").expect("is there");
    let body = shipped(&secret);
    assert!(
        !body.contains("Debug)") && !body.contains("Serialize") && !body.contains("Display for"),
        "a secret prints"
    );
}

#[test]
fn every_request_of_the_panel_asks_jira_whether_the_caller_is_an_administrator() {
    // The door hands a request to one of these; each must ask before anything else can answer.
    for (name, functions) in [
        ("src/flows/status.rs", &["pub async fn status"][..]),
        ("src/flows/accounts.rs", &["pub async fn find"]),
        ("src/flows/begin.rs", &["pub(super) async fn prepare", "pub async fn reopen"]),
        ("src/flows/proceed.rs", &["pub async fn proceed", "pub async fn accept", "pub async fn cancel"]),
        ("src/flows/hand_off.rs", &["pub async fn renew", "pub async fn revoke"]),
        ("src/flows/check.rs", &["pub async fn now"]),
        ("src/flows/trial.rs", &["pub async fn read", "pub async fn settle", "pub async fn begin"]),
        ("src/flows/support.rs", &["pub async fn read", "pub async fn about", "async fn asked"]),
    ] {
        let (_, text) = sources("src").into_iter().find(|(file, _)| file == name).expect("is there");
        for function in functions {
            let body = text.split(function).nth(1).and_then(|rest| rest.split("\n}\n").next()).expect("is there");
            assert!(body.contains("caller::administrator(called)"), "{name}: {function}");
            assert!(body.contains("allowed?") || body.contains("administrator(called).await?"), "{name}: {function}");
        }
    }
}

#[test]
fn every_path_of_jira_s_api_is_built_in_one_place() {
    for (name, text) in sources("src") {
        assert!(!shipped(&text).contains("/rest/") || name.starts_with("src/jira"), "{name}");
    }
}
