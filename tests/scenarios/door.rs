//! The door for the panel: whatever is asked, and whoever asks.

use crate::bridge::Bridge;
use crate::people::CHLOE;
use crate::scene::{ANA, MARIA};
use integration_plus::api::{ErrorCode, Reply, Request};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::integration::End;
use integration_plus::domain::settings::Settings;
use integration_plus::json;
use serde_json::{Value, json};

/// Requests about nobody but the caller. Every other one is about the site.
const ABOUT_THE_CALLER: [&str; 10] = [
    "Me",
    "Authorize",
    "Disconnect",
    "Prompt",
    "ReadAnnouncement",
    "Snooze",
    "Comment",
    "PostHeld",
    "PostForMe",
    "DiscardHeld",
];

/// Every request by its name, read off the source: whoever adds one adds it here.
fn names() -> Vec<&'static str> {
    let source = include_str!("../../src/api.rs");
    let body = source.split("pub enum Request {").nth(1).and_then(|rest| rest.split("\n}\n").next()).expect("is there");
    let own = |line: &'static str| line.strip_prefix("    ").filter(|rest| rest.starts_with(char::is_uppercase));
    body.lines().filter_map(own).map(|line| line.split([' ', ',']).next().unwrap_or_default()).collect()
}

/// A request of this name that could be meant, with something of the integration in it where it has an id.
fn request(bridge: &Bridge, settings: Settings, name: &str) -> Request {
    let (first, rest) = name.split_at(1);
    let mut terms = json!({
        "name": "x", "direction": "both", "which": { "type": "all" }, "assignees": [], "restrictions": [],
        "toCustomers": false,
    });
    for (end, side) in [("here", End::Here), ("there", End::There)] {
        terms[end] = json!({ "cloudId": crate::bridge::cloud(side), "project": "10000" });
    }
    let all = json!({
        "type": format!("{}{rest}", first.to_lowercase()),
        "id": bridge.integration, "integration": bridge.integration, "seen": bridge.now(), "on": false, "terms": terms,
        "site": crate::bridge::cloud(End::There), "here": "10000", "there": "10000", "part": 0, "from": 1, "share": true,
        "account": MARIA, "intended": MARIA, "accountId": MARIA, "accounts": [MARIA], "change": "a".repeat(64),
        "query": "a", "again": false, "revision": 1, "edition": 0, "approve": true, "place": "MOB-1", "ticket": "SUP-1",
        "until": bridge.now().0 + 3_600_000, "to": "restart", "repeat": "off", "project": "10000",
        "details": { "purpose": "x", "systems": [], "notes": "" },
        "limit": { "kind": "only", "projects": [], "categories": [] },
        "settings": settings,
        "page": { "order": "name", "descending": false },
        "issueId": "10000", "text": "x", "internal": false,
    });
    json::read(all).unwrap_or_else(|_| panic!("{name} needs something that is not named here yet"))
}

#[test]
fn every_request_about_the_site_is_refused_to_whoever_is_no_administrator_and_none_is_answered_to_nobody() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "words");
    bridge.run();
    let names = names();
    assert!(names.len() > 60 && names.contains(&"RunAgain") && names.contains(&"About"), "{names:?}");
    assert!(ABOUT_THE_CALLER.iter().all(|name| names.contains(name)));
    let settings = bridge.scene.status(MARIA).settings;
    let before = bridge.scene.trace();
    for name in names {
        // Not more at once than Jira answers.
        bridge.scene.wait(10_000);
        let asked = || request(&bridge, settings, name);
        let answer = bridge.scene.run(None, Invocation::Request(Some(asked())));
        assert!(matches!(&answer, Answer::Reply(Reply::Refused { error: ErrorCode::NotSignedIn })), "{name}");
        if !ABOUT_THE_CALLER.contains(&name) {
            let refused = bridge.scene.refused(ANA, asked());
            assert!(matches!(refused, ErrorCode::NotAdministrator { .. }), "{name}: {refused:?}");
        }
    }
    assert_eq!(bridge.scene.trace(), before);
}

#[test]
fn a_request_that_no_page_sends_is_refused_and_changes_nothing() {
    let bridge = Bridge::new();
    let before = bridge.scene.trace();
    for odd in [
        json!({ "type": "runAgain", "id": "../../x" }),
        json!({ "type": "pairs", "integration": "abc", "from": null }),
        json!({ "type": "joinIssues", "integration": bridge.integration, "here": 7, "there": "INT-1" }),
        json!({ "type": "findProjectsThere", "site": "https://evil.example", "query": "" }),
        json!({ "type": "nothingOfOurs" }),
        Value::Null,
    ] {
        let asked: Option<Request> = json::read(odd.clone()).ok();
        assert!(asked.is_none(), "{odd}");
        let answer = bridge.scene.run(Some(MARIA), Invocation::Request(asked));
        assert!(matches!(&answer, Answer::Reply(Reply::Refused { error: ErrorCode::InvalidRequest })));
    }
    assert_eq!(bridge.scene.trace(), before);
}
