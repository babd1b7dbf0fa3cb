//! The Status section, on the wire.

use super::ChangeView;
use crate::domain::account::{Account, Person};
use crate::domain::connection::HistoryRow;
use crate::domain::health::{Badge, Health};
use crate::domain::refusal::RefusalRow;
use crate::domain::settings::Settings;
use crate::domain::time::Timestamp;
use serde::Serialize;

/// Everything that the Status section shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Status {
    /// The app's clock, against which the panel shows ages and countdowns.
    pub now: Timestamp,
    /// Health in one word.
    pub badge: Badge,
    /// The main authorized user.
    pub main: Option<MainUserView>,
    /// The last checks, absent before the first.
    pub health: Option<Health>,
    /// When Jira last delivered a webhook that proved true.
    pub last_delivery_at: Option<Timestamp>,
    /// The change under way, or the last one for a day after its end.
    pub change: Option<ChangeView>,
    /// The latest ended changes, newest first.
    pub history: Vec<HistoryRow>,
    /// Redirects that were turned away, newest first.
    pub refusals: Vec<RefusalRow>,
    /// Whether the last checks are so old that whoever shows this asks for new ones.
    pub check_due: bool,
    /// What the site has settled.
    pub settings: Settings,
    /// Whom the site can go back to.
    pub former: Option<FormerView>,
    /// What will stop the integration unless somebody acts.
    pub risk: Option<Risk>,
    /// How many reviews and rotations of service accounts are due.
    pub register_due: u32,
    /// How many service accounts that are tested by a schedule failed the latest test.
    pub tests_failed: u32,
    /// What the caller may ask for now. The panel shows no other controls.
    pub actions: Vec<Action>,
    /// In how many milliseconds to ask again; absent while nothing is under way.
    pub poll_after_ms: Option<u32>,
}

/// The main authorized user.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MainUserView {
    /// Who.
    pub account: Account,
    /// Since when.
    pub since: Timestamp,
    /// Who changed it.
    pub changed_by: Person,
    /// Address of this site.
    pub site_url: String,
}

/// The previous main authorized user.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FormerView {
    /// Who.
    pub person: Person,
    /// Until when the site can go back.
    pub until: Timestamp,
}

/// What will stop the integration unless somebody acts, or has stopped it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Risk {
    /// The main authorized user's grant could not be refreshed lately, and dies then.
    IdlesOut {
        /// When.
        at: Timestamp,
    },
    /// The webhooks could not be renewed lately, and expire then.
    WebhooksExpire {
        /// When.
        at: Timestamp,
    },
    /// The main authorized user is no longer a Jira administrator.
    NotAdministrator,
    /// The main authorized user has no access to Jira's products any more.
    NoProductAccess,
    /// The main authorized user's grant lacks scopes that the app needs.
    ScopesMissing,
    /// Atlassian refuses the app's own client secret: no account is the cause.
    ClientSecretRejected,
    /// Service accounts are to be looked at again, or their credentials replaced.
    RegisterDue {
        /// How many of either.
        count: u32,
    },
    /// Service accounts that are tested by a schedule failed the latest test.
    TestsFailed {
        /// How many.
        count: u32,
    },
    /// The main authorized user's account or grant is gone.
    Disconnected,
    /// A scheduled change was stopped: the world was not as foreseen. The main authorized user is who it was.
    ScheduleStopped,
    /// Somebody allowed by the link that the caller made, and the change waits for the caller to finish it.
    AllowedByLink {
        /// The account that allowed.
        account: Person,
        /// Until when it waits.
        until: Timestamp,
    },
}

/// What the caller may ask for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// [`super::Request::BeginChange`] for the first time.
    Connect,
    /// [`super::Request::BeginChange`].
    Change,
    /// [`super::Request::BeginChange`] in place of somebody else's change.
    TakeOver,
    /// [`super::Request::ReopenAuthorization`].
    ReopenAuthorization,
    /// [`super::Request::RenewHandOff`].
    RenewHandOff,
    /// [`super::Request::RevokeHandOff`].
    RevokeHandOff,
    /// [`super::Request::ContinueChange`]. The panel asks for it by itself.
    ContinueChange,
    /// [`super::Request::AcceptAccount`].
    AcceptAccount,
    /// [`super::Request::SwitchNow`].
    SwitchNow,
    /// [`super::Request::CancelChange`].
    CancelChange,
    /// [`super::Request::CheckNow`].
    CheckNow,
    /// [`super::Request::RollBack`].
    RollBack,
}
