//! Why nothing was done, on the wire.

use super::{IntegrationProblem, Whom};
use crate::domain::account::{Person, Unsuitable};
use crate::domain::authorization::SessionKey;
use crate::domain::grant::ReauthorizationReason;
use crate::domain::health::Check;
use crate::domain::integration::End;
use crate::domain::limits::AccessRequest;
use crate::domain::register::Field;
use crate::domain::schedule::Deviation;
use crate::domain::time::Timestamp;
use serde::Serialize;

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
    /// The caller is a Jira administrator, and not one of those to whom the app's administration is limited.
    NotListed {
        /// Who is.
        administrators: Vec<Person>,
        /// What the caller asked, if they did.
        request: Option<Box<AccessRequest>>,
    },
    /// The list of administrators would hold nobody who is a Jira administrator now.
    NoAdministratorLeft,
    /// There is no such run: it is older than runs are kept, or never was.
    NoSuchRun,
    /// There is no such integration: somebody removed it, or it never was.
    NoSuchIntegration,
    /// The integration is disabled, so that nothing of it is carried.
    IntegrationDisabled,
    /// An integration cannot be as it is asked for.
    IntegrationRefused {
        /// Why.
        problem: IntegrationProblem,
    },
    /// Somebody else changed the integration since the caller saw it.
    IntegrationChanged {
        /// Who.
        by: Person,
        /// When.
        at: Timestamp,
    },
    /// The issue is not in the project of the integration at this end.
    IssueElsewhere {
        /// At which.
        end: End,
    },
    /// The issue at this end is not there, or not for whoever must see it: the caller on this site, the main authorized user
    /// on both.
    NoSuchIssue {
        /// At which.
        end: End,
    },
    /// The issue at this end is in another pair of the integration.
    AlreadyPaired {
        /// At which.
        end: End,
    },
    /// The two issues are no pair.
    NoSuchPair,
    /// The main authorized user's grant is not honoured, so nobody could ask the other site.
    MainGrantDead,
    /// The app would work only in what is listed, nothing is, and the caller did not say to know it.
    WorksNowhere,
    /// Somebody else changed what limits the app since the caller saw it.
    AccessChanged {
        /// Who.
        by: Person,
        /// When.
        at: Timestamp,
    },
    /// A list is as long as it may be.
    ListFull {
        /// How much it holds.
        most: u32,
    },
    /// The caller's last request was declined less than a day ago.
    AskedTooSoon {
        /// When they may ask again.
        again_at: Timestamp,
    },
    /// There is no such project, issue or category, or the caller may not see it. It is not told which.
    NoSuchPlace,
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
    /// What is to be written down of an account is out of bounds.
    EntryRefused {
        /// Where.
        field: Field,
    },
    /// The register holds a hundred accounts, and no more.
    RegisterFull,
    /// The account is not in the register.
    NotRegistered,
    /// The app holds a grant of the account that works, or needs it for more than tests.
    GrantInUse,
    /// The app's settings leave the project out.
    ProjectLeftOut,
    /// Nobody knows yet what a change to this account would do: it must be rehearsed first.
    RehearsalNeeded,
    /// The change would lose projects, or something required is missing: that must be acknowledged by name.
    AcknowledgementNeeded {
        /// How many projects would be lost.
        lost: u32,
        /// In how many projects something required is missing, lost ones among them.
        failing: u32,
    },
    /// Somebody else's change is in the way.
    ChangeUnderWay {
        /// Who began it.
        by: Box<Person>,
        /// When.
        since: Timestamp,
        /// Its name: a request may ask to replace it.
        change: SessionKey,
        /// Whether it may still be replaced.
        replaceable: bool,
        /// For when it is scheduled, while it waits for that.
        scheduled_for: Option<Timestamp>,
    },
    /// No change can be scheduled for that time.
    SwitchTimeOutOfBounds {
        /// The earliest that is possible.
        earliest: Timestamp,
        /// The latest.
        latest: Timestamp,
    },
    /// A scheduled change does not switch yet: something is not as foreseen. It waits on.
    NotAsForeseen {
        /// What.
        because: Deviation,
    },
    /// The projects of a scheduled change are still looked at again.
    StillRehearsing,
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
    /// There is no previous main authorized user to go back to, or its time is over.
    NothingToRollBack,
    /// No account is connected that the app could act as.
    NotConnected,
    /// The issue is not there, the caller or the main authorized user may not see it or comment on it, or the app's settings
    /// leave its project out.
    IssueOutOfReach {
        /// What stops.
        whom: Whom,
    },
    /// A comment needs words, at most 10,000 characters of them.
    CommentLength,
    /// No comment waits.
    NothingHeld,
    /// Another comment of the caller waits already.
    AnotherWaits {
        /// On which issue.
        issue_key: String,
    },
    /// The previous main authorized user does not pass the checks.
    FormerFailsChecks {
        /// Every check.
        checks: Vec<Check>,
    },
    /// The previous main authorized user must allow again first.
    FormerGrantDead {
        /// Why.
        reason: ReauthorizationReason,
    },
    /// The issue's project keeps no comment from anybody: what was meant as an internal note would be read by everybody.
    NoInternalNotes,
    /// Jira does not let this be posted for somebody else: the administrator does not permit it, or it is an internal note.
    NotForOthers,
    /// Jira would not take the comment.
    CommentRefused {
        /// Jira's own words, cut to 200 characters.
        message: String,
    },
    /// An access of support was decided about before, has ended, or is not there any more.
    SupportSettled,
    /// Access of support ends between now and 30 days from now.
    SupportUntil,
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
