//! Which issues of this site somebody sees, so that nobody reads the key of an issue that Jira keeps from them.

use crate::domain::limits::JiraNumber;
use crate::jira;
use crate::ports::{Principal, World};
use crate::tenant::Called;

use super::ask;

/// How many issues Jira answers at once.
const AT_ONCE: usize = 100;

/// Issues that somebody sees.
#[derive(Default)]
pub struct Seen(Vec<(JiraNumber, String)>);

impl Seen {
    /// The key of this issue, by number or key, if it is among them.
    #[must_use]
    pub fn key(&self, issue: &str) -> Option<String> {
        let named =
            |(number, key): &&(JiraNumber, String)| key.eq_ignore_ascii_case(issue) || number.to_string() == issue;
        self.0.iter().find(named).map(|(_, key)| key.clone())
    }
}

/// Those of these issues, by number or key, that the caller sees. Where Jira gives no answer none of them is.
pub async fn seen<W: World>(called: &Called<'_, W>, issues: impl Iterator<Item = String>) -> Seen {
    let mut issues: Vec<String> = issues.collect();
    issues.sort_unstable();
    issues.dedup();
    let mut seen = Seen::default();
    for some in issues.chunks(AT_ONCE) {
        let answer = ask::forge(called, Principal::Caller, &jira::visible_issues(some)).await;
        seen.0.extend(answer.iter().flat_map(jira::read_visible_issues));
    }
    seen
}
