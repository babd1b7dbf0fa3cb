//! What the app asks Atlassian for, and what it was given.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Every scope of the authorization request, in the order in which it is sent.
///
/// `offline_access` yields the refresh token, `read:me` names the account, the others are the classic Jira scopes of
/// the calls in `jira.rs`: a test holds the two lists together.
pub const REQUIRED: [&str; 6] =
    ["read:me", "read:jira-user", "read:jira-work", "write:jira-work", "manage:jira-webhook", "offline_access"];

/// Every scope that a person is asked for, who connects their own account: those of [`REQUIRED`] but for webhooks, which
/// only the main authorized user holds.
pub const REQUIRED_OF_PEOPLE: [&str; 5] =
    ["read:me", "read:jira-user", "read:jira-work", "write:jira-work", "offline_access"];

/// The scopes of [`REQUIRED`] that belong to Jira: `accessible-resources` lists these per site.
pub const REQUIRED_OF_JIRA: [&str; 4] = ["read:jira-user", "read:jira-work", "write:jira-work", "manage:jira-webhook"];

/// A set of granted scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(BTreeSet<String>);

impl Scopes {
    /// Reads the space-separated list of RFC 6749 section 3.3.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        text.split_ascii_whitespace().collect()
    }

    /// Those of `required` that were not granted, in their order.
    #[must_use]
    pub fn missing<'a>(&self, required: &'a [&'a str]) -> Vec<String> {
        required.iter().filter(|scope| !self.0.contains(**scope)).map(|scope| (*scope).to_owned()).collect()
    }
}

impl Scopes {
    /// These and `required`, in the order of [`REQUIRED`]: Atlassian keeps one grant for an account and app, and a new
    /// consent replaces its scopes, so whoever asks for less would take something away.
    #[must_use]
    pub fn with(&self, required: &[&str]) -> Vec<String> {
        let wanted = |scope: &&&str| required.contains(*scope) || self.0.contains(**scope);
        REQUIRED.iter().filter(wanted).map(|scope| (*scope).to_owned()).collect()
    }
}

impl<T: Into<String>> FromIterator<T> for Scopes {
    fn from_iter<I: IntoIterator<Item = T>>(scopes: I) -> Self {
        // Inserted one by one: collecting would compile a sort for a dozen words.
        let mut set = BTreeSet::new();
        scopes.into_iter().for_each(|scope| {
            set.insert(scope.into());
        });
        Self(set)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortfall_is_named_scope_by_scope() {
        let granted = Scopes::parse("read:me  read:jira-user offline_access read:jira-work");
        assert_eq!(granted.missing(&REQUIRED), ["write:jira-work", "manage:jira-webhook"]);
        assert_eq!(REQUIRED.into_iter().collect::<Scopes>().missing(&REQUIRED), Vec::<String>::new());
    }

    #[test]
    fn the_scopes_of_jira_are_asked_for() {
        assert!(REQUIRED_OF_JIRA.iter().all(|scope| REQUIRED.contains(scope)));
    }
}
