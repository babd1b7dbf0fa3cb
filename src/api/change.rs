//! A change of main authorized user, on the wire.

use crate::domain::account::{Account, Person, Unsuitable};
use crate::domain::authorization::{Denial, Purpose, SessionKey};
use crate::domain::change::Outcome;
use crate::domain::hand_off::FailedTry;
use crate::domain::settings::ReauthorizationPolicy;
use crate::domain::time::Timestamp;
use serde::Serialize;

/// A person who could be meant.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    /// Who.
    pub account: Account,
    /// Why not, if not: shown beside the name, not hidden.
    pub unsuitable: Option<Unsuitable>,
    /// Whether this is the main authorized user now.
    pub is_main: bool,
    /// Whether it looks like an ordinary person's: people leave, and their access leaves with them.
    pub looks_personal: bool,
}

/// A change, as far as the caller may know it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ChangeView {
    /// Its name.
    pub key: SessionKey,
    /// First connection or change.
    pub purpose: Purpose,
    /// Who began it.
    pub initiator: Person,
    /// Whether that is the caller.
    pub mine: bool,
    /// The account that is meant.
    pub intended: Person,
    /// When it began.
    pub began_at: Timestamp,
    /// Until when it may go on without an answer.
    pub expires_at: Timestamp,
    /// Whether somebody else was to allow.
    pub handed_off: bool,
    /// For when it is scheduled, if it is.
    pub scheduled_for: Option<Timestamp>,
    /// What it asks of people.
    pub policy: ReauthorizationPolicy,
    /// Where it stands.
    pub stage: StageView,
    /// The six steps of the tracker, in order.
    pub steps: Vec<StepView>,
}

/// Where a change stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum StageView {
    /// Somebody must select *Allow* in Jira.
    AwaitingConsent,
    /// Somebody else who can sign in as the account must use the link.
    HandedOff {
        /// The link, without its code.
        link: LinkView,
    },
    /// *Allow* was selected; Atlassian is being asked who it was.
    Verifying,
    /// The verification broke off. Nothing has changed; the change must begin anew.
    Interrupted,
    /// The account that was meant allowed.
    Allowed,
    /// Another account allowed.
    AllowedByOther {
        /// Who.
        allowed: Person,
    },
    /// The authorization yielded nothing.
    Denied {
        /// Why.
        denial: Denial,
    },
    /// Nobody answered in time.
    Expired,
    /// It waits for its time.
    Scheduled {
        /// When that is.
        at: Timestamp,
        /// Whether the time has come, or an invocation is at it: everything is looked at again.
        looking: bool,
        /// Whether an invocation is at it.
        active: bool,
    },
    /// Steps are being carried out, or wait to be.
    Working {
        /// Whether an invocation is at it.
        active: bool,
    },
    /// Steps are being undone, or wait to be.
    Undoing {
        /// Whether an invocation is at it.
        active: bool,
    },
    /// Nothing is left to do.
    Ended {
        /// How.
        outcome: Outcome,
        /// When.
        at: Timestamp,
    },
}

/// A hand-off link, without its code.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LinkView {
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it may be used.
    pub expires_at: Timestamp,
    /// Whether it may be used.
    pub standing: LinkStanding,
    /// The last try that came to nothing.
    pub failed: Option<FailedTry>,
    /// How many more links this change may have. That of tests may have any number.
    pub more: u32,
}

/// Whether a hand-off link may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum LinkStanding {
    /// It may.
    Open,
    /// An administrator took it back.
    Revoked,
    /// It was tried too often.
    Spent,
}

/// One step of the tracker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct StepView {
    /// Which.
    pub step: Step,
    /// How far.
    pub state: StepState,
}

/// The steps of a change, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// *Allow* in Jira.
    Consent,
    /// Checks of the new account.
    Checks,
    /// New webhooks registered and listed.
    NewWebhooks,
    /// The pointer moves.
    Switch,
    /// Old webhooks removed.
    OldWebhooks,
    /// Old tokens deleted.
    OldGrant,
}

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum StepState {
    /// Its turn has not come.
    Waiting,
    /// It is its turn.
    Current,
    /// Done.
    Done,
    /// Not needed this time.
    Skipped,
    /// It failed; nothing after it happens.
    Failed,
}
