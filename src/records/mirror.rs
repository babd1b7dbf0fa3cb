//! What rests of mirrored comments.

use super::{Record, key};
use crate::domain::account::AccountId;
use crate::domain::assignee::Assignment;
use crate::domain::catch_up::Caught;
use crate::domain::counterpart::Counterpart;
use crate::domain::health::CheckFailure;
use crate::domain::intake::Intake;
use crate::domain::integration::{End, IntegrationId, Integrations};
use crate::domain::lane::Lane;
use crate::domain::limits::JiraNumber;
use crate::domain::mirror::Mirror;
use crate::domain::pair::Pairs;
use crate::domain::site::CloudId;
use crate::domain::time::Timestamp;
use crate::domain::webhook::{Registered, WebhookId};
use crate::ports::{Entity, Key};
use serde::{Deserialize, Serialize};

impl Record for Integrations {}
impl Record for Pairs {}
impl Record for Lane {}
impl Record for Mirror {}
impl Record for Assignment {}
impl Record for Intake {}
impl Record for Counterpart {}
impl Record for Lanes {}
impl Record for Listening {}
impl Record for Caught {}

/// How many lanes of an integration are remembered as open at most: as many as it has pairs, and room for lanes of parted
/// ones, which are closed by their next turn.
pub const OPEN: usize = crate::domain::pair::LIMIT + 500;

/// A lane in which something waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenLane {
    /// Of which integration.
    pub integration: IntegrationId,
    /// Of the pair with this issue on this site.
    pub here: JiraNumber,
    /// Since when.
    pub since: Timestamp,
    /// When a round last looked at it.
    pub looked_at: Option<Timestamp>,
}

/// Every lane of an integration in which something waits, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lanes(pub Vec<OpenLane>);

impl Lanes {
    /// The same with one more; `None` where it is in there already, or there is no room.
    #[must_use]
    pub fn with(mut self, open: OpenLane) -> Option<Self> {
        if self.holds(&open.integration, open.here) || self.0.len() >= OPEN {
            return None;
        }
        self.0.push(open);
        Some(self)
    }

    /// Whether one is in there.
    #[must_use]
    pub fn holds(&self, integration: &IntegrationId, here: JiraNumber) -> bool {
        self.0.iter().any(|own| own.integration == *integration && own.here == here)
    }

    /// The same once a round looked at these.
    #[must_use]
    pub fn looked_at(mut self, some: &[OpenLane], now: Timestamp) -> Self {
        for own in &mut self.0 {
            if some.iter().any(|one| one.integration == own.integration && one.here == own.here) {
                own.looked_at = Some(now);
            }
        }
        self
    }

    /// The same without one; `None` where it is not in there.
    #[must_use]
    pub fn without(mut self, integration: &IntegrationId, here: JiraNumber) -> Option<Self> {
        let before = self.0.len();
        self.0.retain(|own| own.integration != *integration || own.here != here);
        (self.0.len() < before).then_some(self)
    }
}

/// How another site is listened to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listened {
    /// Which site.
    pub cloud_id: CloudId,
    /// The address that Atlassian shows for it, to tell deliveries of two sites with the same number apart. Never fetched.
    pub url: String,
    /// Whose webhook.
    pub account: AccountId,
    /// For which projects, sorted.
    pub projects: Vec<u64>,
    /// As Jira lists it.
    pub webhooks: Vec<Registered>,
    /// When it was last looked at.
    pub looked_at: Timestamp,
    /// Why it is not as wanted, if so.
    pub failure: Option<CheckFailure>,
}

impl Listened {
    /// Whether a delivery names its webhook.
    #[must_use]
    pub fn owns(&self, id: WebhookId) -> bool {
        self.webhooks.iter().any(|own| own.id == id)
    }
}

/// How the other sites are listened to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Listening(pub Vec<Listened>);

/// All integrations.
#[must_use]
pub fn integrations() -> Key {
    key(Entity::Integration, "all")
}

/// The pairs of an integration.
#[must_use]
pub fn pairs(integration: &IntegrationId) -> Key {
    key(Entity::Integration, &format!("pairs:{}", integration.as_str()))
}

/// The lane of a pair, by its issue on this site.
#[must_use]
pub fn lane(integration: &IntegrationId, here: JiraNumber) -> Key {
    key(Entity::Integration, &format!("lane:{}:{here}", integration.as_str()))
}

fn name(end: End) -> &'static str {
    match end {
        End::Here => "here",
        End::There => "there",
    }
}

/// The issues of an integration that are to be looked at.
#[must_use]
pub fn intake(integration: &IntegrationId) -> Key {
    key(Entity::Integration, &format!("intake:{}", integration.as_str()))
}

/// The counterpart of an issue.
#[must_use]
pub fn counterpart(integration: &IntegrationId, end: End, issue: JiraNumber) -> Key {
    key(Entity::Integration, &format!("counterpart:{}:{}:{issue}", integration.as_str(), name(end)))
}

/// The mirror of a comment.
#[must_use]
pub fn mirror(integration: &IntegrationId, end: End, comment: JiraNumber) -> Key {
    let end = name(end);
    key(Entity::Integration, &format!("mirror:{}:{end}:{comment}", integration.as_str()))
}

/// What is known of the assignee of a pair, by its issue on this site.
#[must_use]
pub fn assignment(integration: &IntegrationId, here: JiraNumber) -> Key {
    key(Entity::Integration, &format!("assignee:{}:{here}", integration.as_str()))
}

/// The open lanes of an integration.
#[must_use]
pub fn lanes(integration: &IntegrationId) -> Key {
    key(Entity::Integration, &format!("lanes:{}", integration.as_str()))
}

/// The open lanes of all integrations, as they stood in one list before.
#[must_use]
pub fn lanes_of_all() -> Key {
    key(Entity::Integration, "lanes")
}

/// How the other sites are listened to.
#[must_use]
pub fn listening() -> Key {
    key(Entity::Integration, "listening")
}

/// Until when each end was caught up with.
#[must_use]
pub fn caught_up() -> Key {
    key(Entity::Integration, "caught-up")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_s_lane_has_room_among_the_open_ones_and_they_fit_a_record() {
        let integration = IntegrationId::parse("a".repeat(32)).expect("is one");
        let at = Timestamp(9_999_999_999_999);
        let open = |n: usize| OpenLane {
            integration: integration.clone(),
            here: JiraNumber((u64::MAX >> 1) - n as u64),
            since: at,
            looked_at: Some(at),
        };
        let full = Lanes((0..OPEN).map(open).collect());
        assert!(full.0.len() > crate::domain::pair::LIMIT);
        assert_eq!(full.clone().with(open(OPEN)), None);
        let bytes = serde_json::to_string(&full).expect("writes").len();
        assert!(bytes < 220 * 1024, "{bytes}");
    }
}
