//! Bad days, on demand.

use crate::http::Response;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// For how many requests a fault lasts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Lasts {
    /// The fault is off.
    #[default]
    Never,
    /// It strikes this many requests and is then off.
    Next(u32),
    /// It strikes until it is switched off.
    Always,
}

impl Lasts {
    /// Whether the fault strikes this request; counts it.
    fn strike(&mut self) -> bool {
        match *self {
            Self::Never | Self::Next(0) => {
                *self = Self::Never;
                false
            }
            Self::Next(count) => {
                *self = if count == 1 { Self::Never } else { Self::Next(count - 1) };
                true
            }
            Self::Always => true,
        }
    }
}

/// What is wrong with Jira at the moment, on all sites.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Faults {
    /// How long an answer takes, in milliseconds. Whoever carries the answer waits: the pretend Jira has no clock.
    pub slow_ms: u32,
    /// Requests are turned away with 429 before they are looked at.
    pub status_429: Lasts,
    /// `Retry-After` of those 429, in seconds. Atlassian's gateway sometimes leaves it out.
    pub retry_after_s: Option<u32>,
    /// Further headers of those 429, by name.
    pub headers_429: Vec<(String, String)>,
    /// Requests are turned away with 503 before they are looked at.
    pub status_503: Lasts,
    /// Requests are carried out, but the answer is lost: the caller sees the gateway's 504.
    pub lost_reply: Lasts,
}

impl Faults {
    /// The answer that keeps a request from Jira.
    pub(crate) fn before(&mut self) -> Option<Response> {
        if self.status_429.strike() {
            let mut refusal = gateway(429, "Too Many Requests");
            refusal.headers.extend(self.retry_after_s.map(|seconds| ("Retry-After".to_owned(), seconds.to_string())));
            refusal.headers.extend(self.headers_429.iter().cloned());
            return Some(refusal);
        }
        self.status_503.strike().then(|| gateway(503, "Service Unavailable"))
    }

    /// The answer that takes the place of Jira's.
    pub(crate) fn after(&mut self) -> Option<Response> {
        self.lost_reply.strike().then(|| gateway(504, "Gateway Timeout"))
    }
}

/// An answer of Atlassian's gateway, which stands before Jira and words its errors differently.
pub(crate) fn gateway(status: u16, message: &str) -> Response {
    Response { status, headers: Vec::new(), body: Some(json!({ "code": status, "message": message })) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_lasts_as_long_as_it_was_told() {
        let mut faults = Faults { status_503: Lasts::Next(2), ..Faults::default() };
        let mut status = || faults.before().map(|response| response.status);
        assert_eq!([status(), status()], [Some(503), Some(503)]);
        assert_eq!(faults, Faults::default());
        assert_eq!(faults.before(), None);
    }

    #[test]
    fn a_429_names_a_wait_only_when_told_to() {
        let mut faults = Faults { status_429: Lasts::Always, ..Faults::default() };
        assert_eq!(faults.before().expect("strikes").header("retry-after"), None);
        faults.retry_after_s = Some(7);
        assert_eq!(faults.before().expect("strikes").header("retry-after"), Some("7"));
    }

    #[test]
    fn faults_are_read_from_what_a_person_writes() {
        let read: Faults =
            serde_json::from_str(r#"{"slowMs":9,"status503":"always","lostReply":{"next":1}}"#).expect("reads");
        let meant = Faults { slow_ms: 9, status_503: Lasts::Always, lost_reply: Lasts::Next(1), ..Faults::default() };
        assert_eq!(read, meant);
    }
}
