//! The pages that the redirect endpoint answers with: plain, self-contained, and equal for every refusal.
//!
//! They are shown outside Jira, so their sentences stand here and not among the panel's. Nothing that came in with the
//! request is echoed; names come from Atlassian and are escaped.

use crate::domain::account::Person;
use crate::domain::authorization::Denial;
use crate::web::WebResponse;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

pub mod hand_off;

/// The style sheet. The policy names its hash, so that no other one applies.
const STYLE: &str = "\
:root{color-scheme:light dark;--text:#292a2e;--subtle:#505258;--page:#f8f8f8;--card:#fff;--line:#0b120e24;--ok:#4c6b1f;--no:#ae2e24;--go:#1868db;--on:#fff}\
@media(prefers-color-scheme:dark){:root{--text:#cecfd2;--subtle:#96999e;--page:#18191a;--card:#1f1f21;--line:#e3e4f21f;--ok:#b3df72;--no:#fd9891;--go:#669df1;--on:#1f1f21}}\
*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;background:var(--page);color:var(--text);\
font:400 14px/20px \"Atlassian Sans\",ui-sans-serif,-apple-system,BlinkMacSystemFont,\"Segoe UI\",Ubuntu,\"Helvetica Neue\",sans-serif}\
main{width:100%;max-width:480px;padding:32px;background:var(--card);border:1px solid var(--line);border-radius:8px;overflow-wrap:anywhere}\
h1{margin:0 0 16px;font-size:20px;line-height:24px;font-weight:653}p{margin:0 0 12px}p:last-child{margin:0;color:var(--subtle)}\
\
.ok{color:var(--ok)}.no{color:var(--no)}.go{display:inline-block;margin:4px 0;padding:6px 12px;border:0;border-radius:3px;background:var(--go);\
color:var(--on);font:inherit;font-weight:500;text-decoration:none;cursor:pointer}.go:focus-visible{outline:2px solid var(--go);outline-offset:2px}\
form{margin:0 0 12px}";

/// Somebody allowed, and the grant is parked.
#[must_use]
pub fn allowed(who: &Person, site: &str) -> WebResponse {
    let (who, site) = (escape(&who.display_name), escape(site));
    page(
        200,
        "ok",
        "✓",
        &format!("You allowed Integration+ as {who}"),
        &[
            &format!(
                "This is for <b>{site}</b>. Go back to the tab where you started: it goes on there. You can close this page."
            ),
            "Did not expect this? Nothing has changed yet. Close this page and tell your Jira administrator.",
        ],
    )
}

/// The authorization yielded nothing; the session is told why, and the panel shows it.
#[must_use]
pub fn denied(denial: &Denial) -> WebResponse {
    let named;
    let what = match denial {
        Denial::Declined => "You selected Cancel, so Integration+ was not allowed.",
        Denial::AuthorizationError | Denial::CodeRefused | Denial::MalformedAnswer => {
            "Atlassian did not complete the authorization."
        }
        Denial::ClientSecretRejected => "Atlassian does not accept how this app identifies itself.",
        Denial::ScopesMissing { .. } => "Some of the permissions that Integration+ needs were not granted.",
        Denial::SiteNotCovered { .. } => "The Jira site that this is about was not among the sites that you allowed.",
        Denial::Unreachable => "Atlassian could not be reached.",
        Denial::WrongAccount { allowed } => {
            named = format!(
                "You allowed as <b>{}</b>, which is not the account of the person who asked. Nothing was kept of it.",
                escape(&allowed.display_name)
            );
            &named
        }
    };
    let next =
        "Nothing has changed. Go back to the tab where you started: it says what to do next. You can close this page.";
    page(200, "no", "✕", "Integration+ was not authorized", &[what, next])
}

/// Every refusal of a link. Constant, so that it tells an attacker nothing.
#[must_use]
pub fn refused() -> WebResponse {
    page(
        400,
        "no",
        "✕",
        "This link cannot be used",
        &[
            "It may have expired or been used already. Nothing has changed.",
            "Start again from Jira, or ask whoever sent you a link.",
        ],
    )
}

/// Storage gave no answer. Constant as well.
#[must_use]
pub fn uncertain() -> WebResponse {
    page(
        503,
        "no",
        "✕",
        "It is not certain whether this worked",
        &[
            "The app could not reach its storage. Go back to the tab where you started: it shows what took effect.",
            "If it shows that nothing has changed, start again from there.",
        ],
    )
}

fn page(status: u16, class: &str, sign: &str, title: &str, paragraphs: &[&str]) -> WebResponse {
    let title_html = format!("<span class=\"{class}\" aria-hidden=\"true\">{sign}</span> {title}");
    let text = format!("<p>{}</p>", paragraphs.join("</p><p>"));
    document(status, title, "", &format!("<h1>{title_html}</h1>{text}"), "'none'")
}

/// A page with this in its `main`, whose forms may go to `forms` only.
fn document(status: u16, title: &str, head: &str, main: &str, forms: &str) -> WebResponse {
    let body = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} - Integration+</title>\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">{head}<style>{STYLE}</style></head>\
         <body><main>{main}</main></body></html>"
    );
    let header = |name, value: &str| (name, value.to_owned());
    let hash = STANDARD.encode(Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action {forms}; frame-ancestors 'none'"
    );
    WebResponse {
        status,
        headers: vec![
            header("Content-Type", "text/html; charset=utf-8"),
            header("Cache-Control", "no-store"),
            header("Referrer-Policy", "no-referrer"),
            header("Content-Security-Policy", &policy),
            header("X-Content-Type-Options", "nosniff"),
            header("X-Robots-Tag", "noindex"),
        ],
        body,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::AccountId;

    #[test]
    fn a_hostile_name_stays_text() {
        let account_id = AccountId::parse("a").expect("is one");
        let who = Person { account_id, display_name: "<img src=x onerror=alert(1)>&\"'".into(), avatar_url: None };
        let page = allowed(&who, "<b>");
        assert!(page.body.contains("&lt;img src=x onerror=alert(1)&gt;&amp;&quot;&#39;"));
        assert!(!page.body.contains("<img"));
        assert!(!denied(&Denial::WrongAccount { allowed: who }).body.contains("<img"));
    }

    #[test]
    fn no_page_loads_or_frames_anything() {
        let policy = "default-src 'none'";
        for page in [refused(), denied(&Denial::Declined)] {
            assert!(
                page.headers
                    .iter()
                    .any(|(name, value)| *name == "Content-Security-Policy" && value.starts_with(policy))
            );
            assert!(page.headers.contains(&("Referrer-Policy", "no-referrer".into())));
            assert!(page.headers.contains(&("Cache-Control", "no-store".into())));
            assert!(!page.body.contains("http"));
        }
    }
}
