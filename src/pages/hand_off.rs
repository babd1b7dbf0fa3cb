//! The pages that somebody with a hand-off link reads. They may be no Jira administrator, and know nothing of the app.
//!
//! What a link serves is told to whoever has its code, and to nobody else: without it there is one constant page.

use super::{document, escape, page};
use crate::domain::authorization::Denial;
use crate::domain::hand_off::{HandOff, HandOffPurpose, HandOffRefused};
use crate::domain::time::Timestamp;
use crate::web::WebResponse;

/// What is asked, and the one control that goes on.
#[must_use]
pub fn asks(link: &HandOff) -> WebResponse {
    let (by, intended, host) = named(link);
    let until = moment(link.expires_at);
    let sign_in = format!(
        "<p>Atlassian's page opens. Sign in there as <b>{intended}</b>, then select Allow. \
         You need no administrator rights, and nobody is told your password.</p>"
    );
    let (title, what, after) = match link.purpose {
        HandOffPurpose::Change { .. } => (
            format!("Allow Integration+ as {intended}?"),
            format!(
                "<p><b>{by}</b> asks you to let Integration+ act as <b>{intended}</b> in Jira at <b>{host}</b>.</p>{sign_in}"
            ),
            format!(
                "<p>Nothing changes until {by} finishes it in Jira. Another account than {intended} changes nothing.</p>"
            ),
        ),
        HandOffPurpose::Test => (
            format!("Allow Integration+ to test {intended}?"),
            format!(
                "<p><b>{by}</b> asks you to let Integration+ test the account <b>{intended}</b> in Jira at <b>{host}</b>, now \
                 and again on a schedule.</p>\
                 <p>A test signs in as {intended} and looks at what it may do. In one project that administrators choose it \
                 creates an issue, comments on it, moves it, attaches a small file, and deletes it again.</p>{sign_in}"
            ),
            format!(
                "<p>Nothing is tested before an administrator comes back for it. Another account than {intended} changes \
                 nothing.</p>{}",
                taken_back(&intended)
            ),
        ),
    };
    let main = format!(
        "<h1>{title}</h1>{what}{after}\
         <form method=\"post\"><button class=\"go\" type=\"submit\">Continue to Jira</button></form>\
         <p>This link works until {until}, and is used up once {intended} has allowed. Did not expect this? Close this page and tell {by}.</p>"
    );
    document(200, &title, "", &main, "'self'")
}

/// How whoever allowed tests ends that.
fn taken_back(intended: &str) -> String {
    format!(
        "<p>To take it back later, remove Integration+ under Connected apps of the Atlassian account of {intended}, or ask an \
         administrator to delete its tokens under Service accounts in Integration+.</p>"
    )
}

/// Atlassian's page opens.
///
/// It is opened by the page and not by a redirect of the form: `form-action` would hold for all redirects that follow, and
/// nobody here knows where a company's sign-in leads.
#[must_use]
pub fn opens(link: &HandOff, url: &str) -> WebResponse {
    let (_, intended, _) = named(link);
    let url = escape(url);
    let main = format!(
        "<h1>Atlassian's page opens</h1><p>Sign in as <b>{intended}</b>, then select Allow. You have ten minutes.</p>\
         <p><a class=\"go\" href=\"{url}\" rel=\"noreferrer\">Continue to Jira</a></p>\
         <p>Nothing has changed so far.</p>"
    );
    let head = format!("<meta http-equiv=\"refresh\" content=\"0;url={url}\">");
    document(200, "Atlassian's page opens", &head, &main, "'none'")
}

/// The account that is meant allowed. Its grant is parked.
#[must_use]
pub fn allowed(link: &HandOff, site: &str) -> WebResponse {
    let (by, intended, _) = named(link);
    let next = match link.purpose {
        HandOffPurpose::Change { .. } => format!("<b>{by}</b> finishes it in Jira"),
        HandOffPurpose::Test => format!("<b>{by}</b> tests the account in Jira"),
    };
    let done = format!(
        "This is for <b>{}</b>. {next}: there is nothing more for you to do. The link is used up. You can close this page.",
        escape(site)
    );
    let unexpected = format!("Did not expect this? Nothing has changed yet. Close this page and tell {by}.");
    page(200, "ok", "\u{2713}", &format!("You allowed Integration+ as {intended}"), &[&done, &unexpected])
}

/// A try came to nothing.
#[must_use]
pub fn denied(link: &HandOff, denial: &Denial, now: Timestamp) -> WebResponse {
    let (by, intended, _) = named(link);
    let named;
    let what = match denial {
        Denial::WrongAccount { allowed } => {
            named = format!(
                "You allowed as <b>{}</b>, and <b>{intended}</b> was meant. Nothing has changed, and nothing was kept.",
                escape(&allowed.display_name)
            );
            &named
        }
        Denial::Declined => "You selected Cancel, so Integration+ was not allowed. Nothing has changed.",
        Denial::AuthorizationError | Denial::CodeRefused | Denial::MalformedAnswer => {
            "Atlassian did not complete the authorization. Nothing has changed."
        }
        Denial::ClientSecretRejected => {
            "Atlassian does not accept how this app identifies itself. Nothing has changed."
        }
        Denial::ScopesMissing { .. } => {
            "Some of the permissions that Integration+ needs were not granted. Nothing has changed."
        }
        Denial::SiteNotCovered { .. } => {
            "The Jira site that this is about was not among the sites that you allowed. Nothing has changed."
        }
        Denial::Unreachable => "Atlassian could not be reached. Nothing has changed.",
    };
    let next = match (link.open(now), denial) {
        (Err(_), _) => format!("The link cannot be used again. Ask {by} for a new one."),
        (Ok(()), Denial::WrongAccount { .. }) => format!(
            "To try again, open the link that you were sent in a private window, or sign out of Atlassian first, and sign \
             in as {intended}. It still works, until {}.",
            moment(link.expires_at)
        ),
        (
            Ok(()),
            Denial::Declined
            | Denial::AuthorizationError
            | Denial::CodeRefused
            | Denial::MalformedAnswer
            | Denial::ClientSecretRejected
            | Denial::ScopesMissing { .. }
            | Denial::SiteNotCovered { .. }
            | Denial::Unreachable,
        ) => format!(
            "To try again, open the link that you were sent. It still works, until {}. {by} sees what happened.",
            moment(link.expires_at)
        ),
    };
    page(200, "no", "\u{2715}", "Integration+ was not authorized", &[what, &next])
}

/// Why a link does not serve, to somebody who has its code.
#[must_use]
pub fn serves_no_more(link: &HandOff, refused: HandOffRefused) -> WebResponse {
    let (by, intended, _) = named(link);
    let anew = format!("If it is still needed, ask {by} for a new link.");
    let (status, title, what, next) = match refused {
        HandOffRefused::Used => (
            410,
            "This link has been used",
            format!("Integration+ was allowed as <b>{intended}</b> with it. Nothing happens a second time."),
            format!("Was it not you? Tell {by}."),
        ),
        HandOffRefused::Revoked => {
            (410, "This link was revoked", "An administrator took it back. Nothing has changed.".to_owned(), anew)
        }
        HandOffRefused::Expired => (
            410,
            "This link has expired",
            format!("It worked until {}. Nothing has changed.", moment(link.expires_at)),
            anew,
        ),
        HandOffRefused::Spent => (
            410,
            "This link was tried too often",
            "It was opened twenty times, and the right account never allowed. It does not work any more. Nothing has changed."
                .to_owned(),
            anew,
        ),
        HandOffRefused::Over => (
            410,
            "This link is not needed any more",
            "What it was for was cancelled, replaced or is over. Nothing has changed.".to_owned(),
            anew,
        ),
        HandOffRefused::Missed => (
            410,
            "It is too late for this link",
            format!(
                "A time was chosen for what it was for, and that is over: it worked until {}. Nothing has changed.",
                moment(link.expires_at)
            ),
            format!("If it is still needed, ask {by} to choose another time, and for a new link."),
        ),
        HandOffRefused::Busy => (
            409,
            "Somebody is using this link",
            "An answer of Atlassian is being checked at this moment. Nothing has changed so far.".to_owned(),
            "Open the link again in a minute.".to_owned(),
        ),
    };
    page(status, "no", "\u{2715}", title, &[&what, &next])
}

/// Whoever has no code of a link. Constant, so that it tells an attacker nothing.
#[must_use]
pub fn unknown() -> WebResponse {
    page(
        404,
        "no",
        "\u{2715}",
        "This link is not known",
        &[
            "It may have been cut off on its way, or it is too old. Nothing has changed.",
            "Ask whoever sent it for a new link.",
        ],
    )
}

/// The app has no answer of its storage. Constant as well.
#[must_use]
pub fn unreachable() -> WebResponse {
    page(
        503,
        "no",
        "\u{2715}",
        "This does not work at the moment",
        &["The app could not reach what it needs. Nothing has changed.", "Open the link again in a minute."],
    )
}

fn named(link: &HandOff) -> (String, String, String) {
    (escape(&link.by.display_name), escape(&link.intended.display_name), escape(&link.host))
}

/// A point in time for somebody whose time zone nobody knows: `2026-11-23, 21:30 UTC`.
fn moment(at: Timestamp) -> String {
    let iso = at.iso();
    let (day, clock) = iso.split_once('T').unwrap_or((&iso, ""));
    format!("{day}, {} UTC", clock.get(..5).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::{AccountId, Person};
    use crate::domain::authorization::SessionKey;
    use crate::domain::hand_off::TRIES;
    use crate::domain::site::CloudId;

    fn person(name: &str) -> Person {
        let account_id = AccountId::parse("a").expect("is one");
        Person { account_id, display_name: name.to_owned(), avatar_url: None }
    }

    fn link(name: &str) -> HandOff {
        HandOff {
            purpose: HandOffPurpose::Change { change: SessionKey::parse("a".repeat(64)).expect("is one") },
            by: person(name),
            intended: person(name),
            host: name.to_owned(),
            cloud_id: CloudId::parse("11111111-1111-4111-8111-111111111111").expect("is one"),
            environment: "e".into(),
            made_at: Timestamp(0),
            expires_at: Timestamp(1_723_467_201_711),
            tries: 0,
            failed: None,
            end: None,
        }
    }

    fn every_page(link: &HandOff) -> Vec<WebResponse> {
        let test = HandOff { purpose: HandOffPurpose::Test, ..link.clone() };
        let mut pages = vec![
            asks(link),
            asks(&test),
            allowed(&test, &test.host),
            opens(link, "https://auth.atlassian.com/authorize?a=1&state=\"<x>"),
        ];
        pages.push(allowed(link, &link.host));
        let refusals = [
            HandOffRefused::Used,
            HandOffRefused::Revoked,
            HandOffRefused::Expired,
            HandOffRefused::Spent,
            HandOffRefused::Over,
            HandOffRefused::Missed,
            HandOffRefused::Busy,
        ];
        pages.extend(refusals.map(|refused| serves_no_more(link, refused)));
        let denials = [Denial::WrongAccount { allowed: link.by.clone() }, Denial::Declined, Denial::Unreachable];
        pages.extend(denials.map(|denial| denied(link, &denial, Timestamp(0))));
        pages
    }

    #[test]
    fn a_hostile_name_stays_text_on_every_page() {
        for page in every_page(&link("<img src=x onerror=alert(1)>\"'&")) {
            assert!(!page.body.contains("<img") && !page.body.contains("<x>"), "{}", page.body);
        }
    }

    #[test]
    fn no_page_loads_frames_or_is_kept_and_those_that_ask_have_a_form() {
        for (i, page) in every_page(&link("Ana")).into_iter().chain([unknown(), unreachable()]).enumerate() {
            let header = |name: &str| page.headers.iter().find(|(header, _)| *header == name).map(|(_, value)| value);
            let policy = header("Content-Security-Policy").expect("is there");
            assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
            assert_eq!(policy.contains("form-action 'self'"), i < 2, "{policy}");
            assert_eq!(page.body.contains("<form"), i < 2);
            assert_eq!(header("Referrer-Policy").map(String::as_str), Some("no-referrer"));
            assert_eq!(header("Cache-Control").map(String::as_str), Some("no-store"));
            assert!(!page.body.contains("<script"));
        }
    }

    #[test]
    fn who_is_to_allow_tests_is_told_what_is_done_and_how_it_is_taken_back() {
        let page = asks(&HandOff { purpose: HandOffPurpose::Test, ..link("Ana") });
        for told in ["test the account <b>Ana</b>", "on a schedule", "deletes it again", "Connected apps"] {
            assert!(page.body.contains(told), "{told}");
        }
        assert!(!asks(&link("Ana")).body.contains("test the account"));
    }

    #[test]
    fn a_page_says_until_when_the_link_works_and_does_not_after_the_last_try() {
        assert!(asks(&link("Ana")).body.contains("until 2024-08-12, 12:53 UTC"));
        let last = HandOff { tries: TRIES, ..link("Ana") };
        let page = denied(&last, &Denial::Declined, Timestamp(0));
        assert!(page.body.contains("cannot be used again") && !page.body.contains("still works"));
    }
}
