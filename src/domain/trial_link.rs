//! A hand-off link for the test of an account: whoever can sign in as the account allows, and the app keeps what they
//! allowed for its tests.

use super::account::AccountId;
use super::authorization::SessionKey;
use super::connection::Connection;
use super::grant::{Grant, GrantState};
use super::hand_off::{HandOff, HandOffKey, HandOffPurpose, KEPT};
use serde::{Deserialize, Serialize};

/// The links of an account that is to be tested.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TrialLink {
    /// The latest ones, oldest first, at most [`KEPT`]. Only the last may be used.
    pub links: Vec<HandOffKey>,
    /// The authorization session of the latest try.
    pub session: Option<SessionKey>,
}

impl TrialLink {
    /// The link that may be used, if any may.
    #[must_use]
    pub fn latest(&self) -> Option<&HandOffKey> {
        self.links.last()
    }

    /// Whether this link is the latest one.
    #[must_use]
    pub fn serves(&self, key: &HandOffKey, link: &HandOff) -> bool {
        link.purpose == HandOffPurpose::Test && self.latest() == Some(key)
    }

    /// With another link in the place of the latest, and those that are too old to keep.
    #[must_use]
    pub fn anew(mut self, link: HandOffKey) -> (Self, Vec<HandOffKey>) {
        self.links.push(link);
        let excess = self.links.len().saturating_sub(KEPT);
        let old = self.links.drain(..excess).collect();
        (self, old)
    }

    /// It waits for the answer to this session from here on.
    #[must_use]
    pub fn tried(self, session: SessionKey) -> Self {
        Self { session: Some(session), ..self }
    }
}

/// Whether the app has use for what this account allows by a link: it needs the account's grant for nothing but tests, and
/// holds none that works.
#[must_use]
pub fn wanted(connection: &Connection, account: &AccountId, grant: Option<&Grant>) -> bool {
    connection.needs(account).is_none() && grant.is_none_or(|grant| grant.state != GrantState::Working)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> HandOffKey {
        HandOffKey::of(name.to_owned())
    }

    #[test]
    fn five_links_are_kept_and_the_last_of_them_counts() {
        let mut kept = TrialLink::default();
        for number in 0..KEPT {
            let (next, old) = kept.anew(key(&number.to_string()));
            assert!(old.is_empty());
            kept = next;
        }
        let (kept, old) = kept.anew(key("last"));
        assert_eq!((kept.links.len(), kept.latest(), old), (KEPT, Some(&key("last")), vec![key("0")]));
    }
}
