//! What unit tests have in common: a demo world, a clock, and short ways to ask it something.

use crate::jira::Principal;
use crate::{Atlassian, Request, Response, Seed};
use serde_json::Value;

pub(crate) const MARIA: &str = "5b10a2844c20165700ede21g";
pub(crate) const SERVICE: &str = "712020:service-jira";
pub(crate) const NARROW: &str = "712020:service-narrow";
pub(crate) const ANA: &str = "5b10ac8d82e05b22cc7d4ef1";
pub(crate) const BEN: &str = "5b10ac8d82e05b22cc7d4ef2";
pub(crate) const CHLOE: &str = "5b10ac8d82e05b22cc7d4ef3";
pub(crate) const HUGO: &str = "5b10ac8d82e05b22cc7d4ef8";
pub(crate) const LENA: &str = "5b10ac8d82e05b22cc7d4efa";
pub(crate) const CASEY: &str = "qm:customer-1";

/// The first site.
pub(crate) const SITE: &str = crate::seed::EXAMPLE;

/// Every classic scope that any route needs.
pub(crate) const SCOPES: [&str; 6] = [
    "read:jira-user",
    "read:jira-work",
    "write:jira-work",
    "manage:jira-webhook",
    "manage:jira-configuration",
    "manage:jira-project",
];

/// A grant of this account with every scope.
pub(crate) fn grant(account_id: &str) -> Principal {
    let scopes = SCOPES.iter().map(|scope| (*scope).to_owned()).collect();
    Principal::OAuth { account_id: account_id.to_owned(), scopes }
}

/// A demo world with a clock that a test may turn.
pub(crate) struct Trial {
    pub(crate) world: Atlassian,
    pub(crate) now_ms: i64,
}

impl Trial {
    pub(crate) fn new() -> Self {
        Self { world: Atlassian::seeded(Seed::Demo), now_ms: 1_795_000_000_000 }
    }

    pub(crate) fn ask(&mut self, principal: &Principal, request: &Request) -> Response {
        self.world.jira(SITE, principal, request, self.now_ms)
    }

    /// `GET` below `/rest/api/3`, with a grant of this account.
    pub(crate) fn get(&mut self, account_id: &str, path: &str) -> (u16, Value) {
        let response = self.ask(&grant(account_id), &Request::get(format!("/rest/api/3{path}")));
        (response.status, response.body.unwrap_or_default())
    }

    /// A request with a body below `/rest/api/3`, with a grant of this account.
    pub(crate) fn send(&mut self, account_id: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
        let request = Request::with_body(method, format!("/rest/api/3{path}"), body);
        let response = self.ask(&grant(account_id), &request);
        (response.status, response.body.unwrap_or_default())
    }

    /// `DELETE` without a body.
    pub(crate) fn delete(&mut self, account_id: &str, path: &str) -> u16 {
        let request = Request { method: "DELETE".to_owned(), path: format!("/rest/api/3{path}"), body: None };
        self.ask(&grant(account_id), &request).status
    }
}

/// The texts at `pointer` of every element of a list.
pub(crate) fn texts<'a>(list: &'a Value, pointer: &str) -> Vec<&'a str> {
    let elements = list.as_array().map(Vec::as_slice).unwrap_or_default();
    elements.iter().filter_map(|element| element.pointer(pointer)).filter_map(Value::as_str).collect()
}
