//! The wire between the panel and the app: one `Request`, one `Reply`, one closed `ErrorCode`.
//!
//! The panel's TypeScript declarations are generated from this file (`cargo xtask codegen`). No prose crosses: every
//! sentence that a person reads is in `static/src/messages.ts`, chosen by these variants.

use crate::domain::account::{Account, AccountId, Person, Unsuitable};
use crate::domain::authorization::{Denial, Purpose, SessionKey};
use crate::domain::change::Outcome;
use crate::domain::connection::HistoryRow;
use crate::domain::health::{Badge, Health};
use crate::domain::refusal::RefusalRow;
use crate::domain::tagged::tagged;
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What the panel asks. Every request but [`Request::Status`] is answered with the status that it leaves behind, so
/// that the panel never has to ask again.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Request {
    /// Everything that the Status section shows.
    Status {
        /// The change that the panel follows: saves a round trip.
        watching: Option<SessionKey>,
    },
    /// People whose name or email address matches, at most twenty, as Jira shows them to the caller.
    FindAccounts {
        /// At most 100 characters.
        query: String,
    },
    /// Begins a change, or the first connection.
    BeginChange {
        /// The account that is meant.
        intended: AccountId,
        /// The change of another administrator that this one replaces.
        instead_of: Option<SessionKey>,
    },
    /// The address of the open authorization page once more. Only for who began.
    ReopenAuthorization {
        /// Which change.
        change: SessionKey,
    },
    /// Carries a change on as far as it goes.
    ContinueChange {
        /// Which change.
        change: SessionKey,
    },
    /// Takes the account that allowed in place of the one that was meant, after the same checks.
    AcceptAccount {
        /// Which change.
        change: SessionKey,
        /// The account that the administrator saw on the screen.
        account_id: AccountId,
    },
    /// Cancels a change whose pointer has not moved.
    CancelChange {
        /// Which change.
        change: SessionKey,
    },
    /// Runs the checks now.
    CheckNow {},
}

tagged!(Request);

/// The answer to a [`Request`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Reply {
    /// The status, after whatever was asked.
    Status {
        /// The status.
        status: Box<Status>,
    },
    /// People found.
    Accounts {
        /// In Jira's order.
        accounts: Vec<Candidate>,
    },
    /// A change has begun, or its page is wanted once more.
    Authorization {
        /// Which change.
        change: SessionKey,
        /// Atlassian's authorization page. Opens in a new tab or, copied, in a private window.
        url: String,
        /// The status.
        status: Box<Status>,
    },
    /// Nothing was done.
    Refused {
        /// Why.
        error: ErrorCode,
    },
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "code", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ErrorCode {
    /// Jira says that the caller is no administrator.
    NotAdministrator {
        /// People who set the integration up and may be able to help, latest first, at most five.
        helpers: Vec<Person>,
    },
    /// Forge named no caller.
    NotSignedIn,
    /// The request does not fit [`Request`].
    InvalidRequest,
    /// The app's variables are not set on this site's environment.
    NotConfigured {
        /// Their names.
        missing: Vec<String>,
    },
    /// Jira knows no such account, or does not show it to the caller.
    AccountNotFound,
    /// The account cannot be the main authorized user.
    AccountUnsuitable {
        /// Why.
        reason: Unsuitable,
    },
    /// Somebody else's change is in the way.
    ChangeUnderWay {
        /// Who began it.
        by: Person,
        /// When.
        since: Timestamp,
        /// Its name: a request may ask to replace it.
        change: SessionKey,
        /// Whether it may still be replaced.
        replaceable: bool,
    },
    /// The change is over, or another took its place.
    NoSuchChange,
    /// Only who began the change may do this.
    NotInitiator {
        /// Who began it.
        by: Person,
    },
    /// The change has not come that far, or is past it.
    WrongStage,
    /// The account that allowed is not the one that was on the screen.
    AccountMismatch,
    /// Two administrators acted at once, and the other was first.
    Conflict,
    /// Jira did not answer, was overloaded, or asked to wait.
    JiraUnavailable {
        /// For how many seconds, if Jira said.
        retry_after_s: Option<u32>,
    },
    /// Atlassian's authorization server did not answer, was overloaded, or asked to wait.
    AuthorizationServerUnavailable {
        /// For how many seconds, if it said.
        retry_after_s: Option<u32>,
    },
    /// Forge's storage did not answer.
    StorageUnavailable,
    /// A stored record cannot be read.
    CorruptRecord,
}

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

/// What the caller may ask for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// [`Request::BeginChange`] for the first time.
    Connect,
    /// [`Request::BeginChange`].
    Change,
    /// [`Request::BeginChange`] in place of somebody else's change.
    TakeOver,
    /// [`Request::ReopenAuthorization`].
    ReopenAuthorization,
    /// [`Request::ContinueChange`]. The panel asks for it by itself.
    ContinueChange,
    /// [`Request::AcceptAccount`].
    AcceptAccount,
    /// [`Request::CancelChange`].
    CancelChange,
    /// [`Request::CheckNow`].
    CheckNow,
}
