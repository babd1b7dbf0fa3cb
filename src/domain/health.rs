//! Whether the integration works, check by check.

use super::account::AccountType;
use super::grant::ReauthorizationReason;
use super::tagged::tagged;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What is looked at, in the order in which it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum CheckName {
    /// Atlassian still honours the grant.
    GrantWorks,
    /// The account may sign in, and is a person's or a service account.
    AccountActive,
    /// The account is licensed: it has access to a product of Jira's family on this site.
    ProductAccess,
    /// The account holds Jira's global permission *Administer Jira*.
    JiraAdministrator,
    /// Every scope that the app asks for was granted.
    ScopesComplete,
    /// The grant reaches this site.
    SiteCovered,
    /// Jira tells the app of comments and changes.
    WebhooksRegistered,
}

/// Why a check failed: each has its sentence and its one next step in the panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CheckFailure {
    /// Atlassian no longer honours the grant.
    GrantDead {
        /// The cause, as far as Atlassian tells.
        reason: ReauthorizationReason,
    },
    /// Atlassian refused the app's own client secret: no consent can mend that.
    ClientSecretRejected,
    /// The account is deactivated or closed.
    AccountInactive,
    /// The account cannot stand for a person.
    AccountNotHuman {
        /// What it is.
        account_type: AccountType,
    },
    /// The account has access to no product of this site's Jira.
    NoProductAccess,
    /// The account lacks *Administer Jira*.
    NotAdministrator,
    /// Fewer scopes were granted than are needed.
    ScopesMissing {
        /// The missing ones.
        missing: Vec<String>,
    },
    /// The grant reaches other sites only.
    SiteNotCovered {
        /// Names of the sites that it reaches.
        covered: Vec<String>,
    },
    /// The account sees no project, so there is nothing that Jira could tell the app of.
    NoProjects,
    /// Some webhooks are gone.
    WebhooksMissing {
        /// How many Jira lists.
        registered: u32,
        /// How many there should be.
        wanted: u32,
    },
    /// Jira allows five webhooks for each account and app, and others of this app take up the room.
    WebhooksFull {
        /// How many are in use.
        used: u32,
        /// How many Jira allows.
        limit: u32,
    },
    /// Jira would not register a webhook.
    WebhookRefused {
        /// Jira's own words, cut to 200 characters.
        message: String,
    },
}

tagged!(CheckFailure);

/// Why nothing could be found out; never a reason to condemn anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Unreachable {
    /// Jira did not answer, was overloaded, or asked to wait.
    Jira,
    /// Atlassian's authorization server did not answer, was overloaded, or asked to wait.
    AuthorizationServer,
    /// Another invocation was renewing the access, and was not done in time.
    Renewal,
    /// Forge's storage did not answer.
    Storage,
    /// An earlier check failed, and this one needs it.
    EarlierCheck,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase")]
pub enum CheckResult {
    /// As it should be.
    Passed,
    /// Not as it should be.
    Failed {
        /// Why.
        failure: CheckFailure,
    },
    /// Not found out.
    Unknown {
        /// Why not.
        because: Unreachable,
    },
}

tagged!(CheckResult);

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// What was looked at.
    pub name: CheckName,
    /// What was found.
    pub result: CheckResult,
}

/// Figures that the checks came upon, shown beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Facts {
    /// When the grant was last obtained or refreshed.
    pub refreshed_at: Option<Timestamp>,
    /// When the grant dies if it is never used again: 90 days after its last refresh.
    pub idles_out_at: Option<Timestamp>,
    /// How many of the required scopes were granted.
    pub scopes_granted: Option<u32>,
    /// Address of the site, as Atlassian names it.
    pub site_url: Option<String>,
    /// How many webhooks Jira lists.
    pub webhooks: Option<u32>,
    /// When the first of them expires unless it is renewed.
    pub webhooks_expire_at: Option<Timestamp>,
}

/// The last run of all checks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Health {
    /// The generation of the connection that was looked at.
    pub generation: u32,
    /// When they began.
    pub checked_at: Timestamp,
    /// Every check, in the order of [`CheckName`]; without product access where Jira says nothing of it.
    pub checks: Vec<Check>,
    /// Figures beside them.
    pub facts: Facts,
}

/// Health in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Badge {
    /// There is no main authorized user yet.
    NotConnected,
    /// Every check passed.
    Connected,
    /// The integration runs, but an administrator must mend something.
    ActionNeeded,
    /// Atlassian could not be asked everything: nothing is known to be broken.
    Degraded,
    /// The integration cannot act: its grant or its account is gone.
    Disconnected,
    /// Not checked yet.
    Unchecked,
}

impl Health {
    /// Whether this tells more than `other`: of a later main authorized user or, for the same one, from a later look.
    #[must_use]
    pub fn later_than(&self, other: &Self) -> bool {
        (self.generation, self.checked_at) > (other.generation, other.checked_at)
    }

    /// Whether a check failed for certain.
    #[must_use]
    pub fn failed(&self, name: CheckName) -> bool {
        self.checks.iter().any(|check| check.name == name && matches!(check.result, CheckResult::Failed { .. }))
    }

    /// Whether a check failed for certain, for such a cause.
    fn failed_for(&self, name: CheckName, cause: fn(&CheckFailure) -> bool) -> bool {
        let so = |check: &Check| matches!(&check.result, CheckResult::Failed { failure } if cause(failure));
        self.checks.iter().any(|check| check.name == name && so(check))
    }

    /// Whether Atlassian refuses the app's own client secret: no account is the cause, and none can mend it.
    #[must_use]
    pub fn client_secret_rejected(&self) -> bool {
        self.failed_for(CheckName::GrantWorks, |failure| *failure == CheckFailure::ClientSecretRejected)
    }

    /// Whether a check could not be made for a cause that passes.
    #[must_use]
    pub fn undecided(&self) -> bool {
        let passing = |check: &Check| match &check.result {
            CheckResult::Unknown { because } => *because != Unreachable::EarlierCheck,
            CheckResult::Passed | CheckResult::Failed { .. } => false,
        };
        self.checks.iter().any(passing)
    }

    /// Health in one word. A passing outage is never shown as a lost connection.
    #[must_use]
    pub fn badge(&self) -> Badge {
        let failed = |name| self.failed(name);
        let any = |wanted: fn(&CheckResult) -> bool| self.checks.iter().any(|check| wanted(&check.result));
        // A grant that reaches the site with too few scopes still works in part.
        let elsewhere =
            self.failed_for(CheckName::SiteCovered, |failure| matches!(failure, CheckFailure::SiteNotCovered { .. }));
        if failed(CheckName::GrantWorks) || failed(CheckName::AccountActive) || elsewhere {
            Badge::Disconnected
        } else if any(|result| matches!(result, CheckResult::Failed { .. })) {
            Badge::ActionNeeded
        } else if any(|result| matches!(result, CheckResult::Unknown { .. })) {
            Badge::Degraded
        } else {
            Badge::Connected
        }
    }
}

/// Whether the checks allow an account to become main authorized user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every check passed.
    Pass,
    /// At least one failed for certain.
    Fail,
    /// None failed, but at least one could not be made: try again.
    Undecided,
}

/// Judges the checks made before a change is confirmed.
#[must_use]
pub fn verdict(checks: &[Check]) -> Verdict {
    if checks.iter().any(|check| matches!(check.result, CheckResult::Failed { .. })) {
        Verdict::Fail
    } else if checks.iter().any(|check| matches!(check.result, CheckResult::Unknown { .. })) {
        Verdict::Undecided
    } else {
        Verdict::Pass
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn health(results: Vec<(CheckName, CheckResult)>) -> Health {
        let checks = results.into_iter().map(|(name, result)| Check { name, result }).collect();
        Health { generation: 1, checked_at: Timestamp(0), checks, facts: Facts::default() }
    }

    #[test]
    fn an_outage_degrades_and_never_disconnects() {
        let unknown = CheckResult::Unknown { because: Unreachable::AuthorizationServer };
        let seen = health(vec![(CheckName::GrantWorks, unknown.clone()), (CheckName::JiraAdministrator, unknown)]);
        assert_eq!(seen.badge(), Badge::Degraded);
        assert_eq!(verdict(&seen.checks), Verdict::Undecided);
    }

    #[test]
    fn a_lost_permission_needs_action_and_a_dead_grant_disconnects() {
        let lost = CheckResult::Failed { failure: CheckFailure::NotAdministrator };
        assert_eq!(health(vec![(CheckName::JiraAdministrator, lost.clone())]).badge(), Badge::ActionNeeded);
        let dead = CheckFailure::GrantDead { reason: ReauthorizationReason::RevokedOrPasswordChanged };
        let seen = health(vec![
            (CheckName::GrantWorks, CheckResult::Failed { failure: dead }),
            (CheckName::JiraAdministrator, lost),
        ]);
        assert_eq!(seen.badge(), Badge::Disconnected);
        assert_eq!(verdict(&seen.checks), Verdict::Fail);
    }

    #[test]
    fn all_passed_is_connected() {
        let seen = health(vec![(CheckName::GrantWorks, CheckResult::Passed)]);
        assert_eq!(seen.badge(), Badge::Connected);
        assert_eq!(verdict(&seen.checks), Verdict::Pass);
    }
}
