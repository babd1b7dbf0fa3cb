//! What the door for support answers with: JSON for a code, one page for a browser that brings none, and one refusal for
//! everything that does not fit.
//!
//! The page is self-contained: its policy names its one style sheet and its one script by their hashes, and lets the script
//! speak to this address alone. What comes back is put into the page as text.

use crate::web::WebResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("support_page/page.css");
const SCRIPT: &str = include_str!("support_page/page.js");
const PAGE: &str = include_str!("support_page/page.html");

/// Nothing is loaded, framed or sent from an answer that is no page.
const CLOSED: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The page with a field for the code. It is the same for everybody, and says nothing of this installation.
#[must_use]
pub fn page() -> WebResponse {
    let body = PAGE.replace("/*style*/", STYLE).replace("/*script*/", SCRIPT);
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    let (style, script) = (hash(STYLE), hash(SCRIPT));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; connect-src 'self'; \
         require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    answer(200, "text/html; charset=utf-8", policy, body)
}

/// What a code opened.
#[must_use]
pub fn shown(what: &Value) -> WebResponse {
    json_answer(200, what)
}

/// A request for access was taken, under this id.
#[must_use]
pub fn taken(id: &str) -> WebResponse {
    json_answer(202, &json!({ "id": id }))
}

/// The code is right, and no run of this name is shared.
#[must_use]
pub fn not_shared() -> WebResponse {
    json_answer(404, &json!({ "error": "notShared" }))
}

/// Every refusal. Constant, so that it tells an attacker nothing.
#[must_use]
pub fn refused() -> WebResponse {
    json_answer(403, &json!({ "error": "refused" }))
}

/// Storage gave no answer. Constant as well.
#[must_use]
pub fn unavailable() -> WebResponse {
    json_answer(503, &json!({ "error": "unavailable" }))
}

fn json_answer(status: u16, body: &Value) -> WebResponse {
    answer(status, "application/json; charset=utf-8", CLOSED.to_owned(), body.to_string())
}

fn answer(status: u16, content_type: &str, policy: String, body: String) -> WebResponse {
    let header = |name, value: &str| (name, value.to_owned());
    WebResponse {
        status,
        headers: vec![
            header("Content-Type", content_type),
            header("Cache-Control", "no-store"),
            header("Referrer-Policy", "no-referrer"),
            ("Content-Security-Policy", policy),
            header("X-Content-Type-Options", "nosniff"),
            header("X-Frame-Options", "DENY"),
            header("X-Robots-Tag", "noindex"),
        ],
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(answer: &WebResponse) -> &str {
        let named = |(name, _): &&(&str, String)| *name == "Content-Security-Policy";
        answer.headers.iter().find(named).map(|(_, value)| value.as_str()).expect("has one")
    }

    #[test]
    fn nothing_from_elsewhere_is_loaded_and_nothing_frames_it() {
        for answer in [page(), refused(), unavailable(), not_shared(), shown(&json!({})), taken("a")] {
            assert!(policy(&answer).starts_with("default-src 'none'"));
            assert!(policy(&answer).contains("frame-ancestors 'none'") && !policy(&answer).contains("unsafe"));
            assert!(answer.headers.contains(&("Cache-Control", "no-store".into())));
            assert!(!answer.body.contains("http:") && !answer.body.contains("https:"));
        }
        for hash in [STYLE, SCRIPT].map(|text| STANDARD.encode(Sha256::digest(text.as_bytes()))) {
            assert!(policy(&page()).contains(&hash));
        }
        assert!(page().body.contains(&format!("<style>{STYLE}</style>")));
        assert!(page().body.contains(&format!("<script>{SCRIPT}</script>")));
    }

    #[test]
    fn the_script_writes_text_and_no_markup_and_keeps_the_code_nowhere() {
        for word in
            ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "Storage", "cookie", "</script"]
        {
            assert!(!SCRIPT.contains(word), "{word}");
        }
    }
}
