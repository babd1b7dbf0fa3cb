//! Access of support, on the wire.

use crate::domain::account::Person;
use crate::domain::assignee::Following;
use crate::domain::health::{Badge, CheckName};
use crate::domain::integration::{Direction, End};
use crate::domain::limits::{JiraNumber, LimitKind};
use crate::domain::refusal::RefusalRow;
use crate::domain::settings::ReauthorizationPolicy;
use crate::domain::support::{Asked, DoorRefusal, View};
use crate::domain::time::Timestamp;
use serde::Serialize;

/// Which version runs where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// The app's version.
    pub version: String,
    /// Names this installation to support.
    pub instance_id: String,
    /// Forge's `environmentType`.
    pub environment: String,
    /// The address of the door for support; absent when Forge does not say.
    pub door: Option<String>,
}

/// Access of support.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SupportView {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// The address of the door; absent when Forge does not say.
    pub door: Option<String>,
    /// Whether requests can be verified: the app's variable `SUPPORT_KEY` is set.
    pub hears: bool,
    /// Exactly what support sees.
    pub preview: Preview,
    /// Accesses, the newest first.
    pub accesses: Vec<SupportAccessView>,
    /// Who was turned away at the door, newest first.
    pub refusals: Vec<RefusalRow<DoorRefusal>>,
}

/// An access.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SupportAccessView {
    /// Its name.
    pub id: String,
    /// When it was asked for, or granted first.
    pub at: Timestamp,
    /// What support asked for; absent where an administrator granted first.
    pub asked: Option<Asked>,
    /// The ticket that an administrator named who granted first.
    pub ticket: Option<String>,
    /// Where it stands.
    pub standing: SupportStanding,
    /// What support looked at, the latest first.
    pub views: Vec<View>,
    /// How many views there were before those.
    pub earlier_views: u32,
}

/// Where an access stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SupportStanding {
    /// Support asks; nobody has decided.
    Requested,
    /// Nobody decided in the time for which it was wanted.
    Lapsed,
    /// Support may come in.
    Granted {
        /// Who granted it.
        by: Person,
        /// When.
        at: Timestamp,
        /// Until when.
        until: Timestamp,
    },
    /// Its time is over.
    Expired {
        /// Who granted it.
        by: Person,
        /// When.
        at: Timestamp,
        /// Until when.
        until: Timestamp,
    },
    /// Declined.
    Declined {
        /// Who.
        by: Person,
        /// When.
        at: Timestamp,
    },
    /// Granted, and taken back.
    Revoked {
        /// Who granted it.
        granted_by: Person,
        /// When.
        granted_at: Timestamp,
        /// Who took it back.
        by: Person,
        /// When.
        at: Timestamp,
    },
}

/// What support sees: how the app is set up, and the runs that were shared. No names, addresses or ids of people, no
/// secrets, no keys or texts of issues.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Preview {
    /// The app's version.
    pub version: String,
    /// Names this installation.
    pub instance_id: String,
    /// Forge's `environmentType`.
    pub environment: String,
    /// When the app was installed.
    pub installed_at: Timestamp,
    /// Health in one word.
    pub badge: Badge,
    /// Whether there is a main authorized user. Who that is, support does not see.
    pub connected: bool,
    /// How often the main authorized user became another.
    pub generation: u32,
    /// Whether a change is under way.
    pub changing: bool,
    /// When the checks were made; absent before the first.
    pub checked_at: Option<Timestamp>,
    /// The checks.
    pub checks: Vec<PreviewCheck>,
    /// How many webhooks Jira lists, where that was looked at.
    pub webhooks: Option<u32>,
    /// The settings.
    pub settings: PreviewSettings,
    /// To which projects the app is limited.
    pub projects: PreviewProjects,
    /// To how many administrators it is limited; absent where every Jira administrator may.
    pub administrators: Option<u32>,
    /// Its integrations.
    pub integrations: Vec<PreviewIntegration>,
    /// Runs that were shared.
    pub runs: Vec<SharedRun>,
}

/// A check, and nothing of whom it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PreviewCheck {
    /// What was looked at.
    pub name: CheckName,
    /// What was found.
    pub found: Found,
}

/// What a check found, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Found {
    /// As it should be.
    Passed,
    /// Not as it should be.
    Failed,
    /// Not found out.
    Unknown,
}

/// The settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PreviewSettings {
    /// What a change asks of people.
    pub policy: ReauthorizationPolicy,
    /// For how many days the previous main authorized user can be restored.
    pub grace_days: u8,
    /// Whether a comment may go out through the main authorized user.
    pub fallback: bool,
    /// For how many days runs are kept.
    pub runs_days: u16,
}

/// To which projects the app is limited, by Jira's numbers: keys and names stay in Jira.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PreviewProjects {
    /// What the lists mean.
    pub kind: LimitKind,
    /// Numbers of projects.
    pub projects: Vec<JiraNumber>,
    /// Numbers of categories.
    pub categories: Vec<JiraNumber>,
}

/// An integration, without its name, its people, its words, the other site and the keys of its issues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PreviewIntegration {
    /// Its id.
    pub id: String,
    /// Whether it is enabled.
    pub enabled: bool,
    /// The number of its project on this site.
    pub here: JiraNumber,
    /// The number of its project on the other.
    pub there: JiraNumber,
    /// Which way comments go.
    pub direction: Direction,
    /// Which comments go.
    pub which: PreviewWhich,
    /// Whether customers see what comes from a project without customers.
    pub to_customers: bool,
    /// At which ends issues are created for new ones of the other.
    pub creates: Vec<End>,
    /// How many people are mapped.
    pub assignees: u32,
    /// How the assignee of an issue follows that of the other; absent where each stays as it is.
    pub following: Option<Following>,
    /// How many restrictions are mapped.
    pub restrictions: u32,
    /// How many pairs of issues it has.
    pub pairs: u32,
}

/// Which comments an integration takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PreviewWhich {
    /// All of them.
    All,
    /// Those that are neither restricted nor internal.
    PublicOnly,
    /// Those that hold a word. Which, support does not see.
    Word,
}

/// A run that was shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SharedRun {
    /// Its id.
    pub id: String,
    /// The id of its integration.
    pub integration: String,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended, if it did.
    pub ended_at: Option<Timestamp>,
    /// How it ended, in a word of the app's own.
    pub outcome: String,
    /// How many were read, created, updated, skipped, failed.
    pub counts: SharedCounts,
}

/// Figures of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SharedCounts {
    /// Looked at.
    pub read: u32,
    /// Created.
    pub created: u32,
    /// Updated.
    pub updated: u32,
    /// Skipped.
    pub skipped: u32,
    /// Failed.
    pub failed: u32,
    /// Points of Jira's budget.
    pub points: u32,
}

/// A run that was shared, step by step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SharedRunDetails {
    /// Which.
    pub run: SharedRun,
    /// Its steps, in order.
    pub steps: Vec<SharedStep>,
}

/// One step of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SharedStep {
    /// When.
    pub at: Timestamp,
    /// What became of it, in a word of the app's own.
    pub outcome: String,
    /// Why, in a word of the app's own.
    pub cause: Option<String>,
}
