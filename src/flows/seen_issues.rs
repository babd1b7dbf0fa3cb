//! Which issues of this site somebody sees, so that nobody reads the key of an issue that Jira keeps from them.

use crate::jira;
use crate::ports::{Principal, World};
use crate::tenant::Called;
use futures_util::future::join_all;

use super::ask;

/// How many issues are asked for at once.
const AT_ONCE: usize = 25;

/// Those of these issues, by number or key, that the caller sees. One of which Jira does not say so is not among them.
pub async fn seen<W: World>(called: &Called<'_, W>, issues: impl Iterator<Item = String>) -> Vec<String> {
    let mut issues: Vec<String> = issues.collect();
    issues.sort_unstable();
    issues.dedup();
    let mut seen = Vec::new();
    for some in issues.chunks(AT_ONCE) {
        let asked = some.iter().map(async |issue| {
            let answer = ask::forge(called, Principal::Caller, &jira::issue_by_key(issue)).await;
            answer.is_ok().then(|| issue.clone())
        });
        seen.extend(join_all(asked).await.into_iter().flatten());
    }
    seen
}
