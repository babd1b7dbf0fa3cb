//! The wire between the panel and the app: one `Request`, one `Reply`, one closed `ErrorCode`.
//!
//! The panel's TypeScript declarations are generated from this file (`cargo xtask codegen`). No prose crosses: every
//! sentence that a person reads is in `static/src/messages.ts`, chosen by these variants.

mod integrations;
mod support;

pub use integrations::*;
pub use support::*;

use crate::domain::access_rule::{Answer, Answers, Verdict};
use crate::domain::account::{Account, AccountId, Person, Unsuitable};
use crate::domain::authorization::{Denial, Purpose, SessionKey};
use crate::domain::change::Outcome;
use crate::domain::connection::{HistoryRow, Needed};
use crate::domain::grant::{ReauthorizationReason, TestUse};
use crate::domain::hand_off::FailedTry;
use crate::domain::health::{Badge, Check, Health};
use crate::domain::integration::{End, IntegrationId, Terms};
use crate::domain::limits::{AccessChange, AccessRequest, JiraNumber, LimitKind, ProjectLimit};
use crate::domain::receipt::Receipt;
use crate::domain::refusal::RefusalRow;
use crate::domain::register::{Details, Field, Link, Reported};
use crate::domain::rehearsal::{Permission, Tried};
use crate::domain::run::RunItem;
use crate::domain::run_log::{Run, RunDay, RunId, RunOutcome};
use crate::domain::schedule::{Announcement, Deviation};
use crate::domain::settings::{ReauthorizationPolicy, Settings};
use crate::domain::site::{CloudId, Site};
use crate::domain::standing::{Label, Standing};
use crate::domain::tagged::tagged;
use crate::domain::tally::Tally;
use crate::domain::time::Timestamp;
use crate::domain::trial::{Check as TrialCheck, Item, LastTest, Repeat, Tested};
use crate::domain::wave::{Day, JobState};
use serde::{Deserialize, Serialize};

/// What the pages ask. Every request is answered with what it leaves behind, so that no page has to ask again.
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
        /// What it asks of people; what the settings say when absent.
        policy: Option<ReauthorizationPolicy>,
        /// The rehearsal whose losses and missing permissions the administrator acknowledges: [`Rehearsal::id`].
        acknowledged: Option<String>,
        /// When it is to switch, from ten minutes to 30 days ahead; at once when absent.
        switch_at: Option<Timestamp>,
    },
    /// Rehearses a change to an account, or goes on with the rehearsal that is under way.
    Rehearse {
        /// Which account.
        account: AccountId,
        /// Whether only what failed in the last rehearsal is tried again.
        again: bool,
    },
    /// The rehearsal of an account, as far as it is.
    Rehearsal {
        /// Which account.
        account: AccountId,
    },
    /// The projects of a rehearsal, part by part.
    RehearsedProjects {
        /// Which account.
        account: AccountId,
        /// Which part, from 0.
        part: u32,
    },
    /// Begins a change, or the first connection, which somebody else allows who can sign in as the account.
    HandOffChange {
        /// As with [`Request::BeginChange`].
        intended: AccountId,
        /// As with [`Request::BeginChange`].
        instead_of: Option<SessionKey>,
        /// As with [`Request::BeginChange`].
        policy: Option<ReauthorizationPolicy>,
        /// As with [`Request::BeginChange`].
        acknowledged: Option<String>,
        /// As with [`Request::BeginChange`].
        switch_at: Option<Timestamp>,
    },
    /// Another hand-off link in place of the one that a change has. Only for who began.
    RenewHandOff {
        /// Which change.
        change: SessionKey,
    },
    /// Takes the hand-off link of a change back.
    RevokeHandOff {
        /// Which change.
        change: SessionKey,
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
        /// As with [`Request::BeginChange`].
        acknowledged: Option<String>,
    },
    /// Has a scheduled change switch at once, if everything is as foreseen. Only for who began.
    SwitchNow {
        /// Which change.
        change: SessionKey,
    },
    /// Cancels a change whose pointer has not moved.
    CancelChange {
        /// Which change.
        change: SessionKey,
    },
    /// Runs the checks now.
    CheckNow {},
    /// Makes the previous main authorized user the present one again. It is rehearsed like any change.
    RollBack {
        /// As with [`Request::BeginChange`].
        acknowledged: Option<String>,
    },
    /// Settles what the site does.
    ChangeSettings {
        /// All of it.
        settings: Settings,
    },
    /// The register of service accounts.
    Register {},
    /// Writes down what an account is for.
    SaveEntry {
        /// Which account.
        account: AccountId,
        /// What.
        details: Details,
        /// The revision that was on the screen; absent where nothing was written down.
        revision: Option<u32>,
    },
    /// Takes an account out of the register.
    RemoveEntry {
        /// Which account.
        account: AccountId,
        /// The revision that was on the screen.
        revision: u32,
    },
    /// Everything in the register as a report whose parts seal each other.
    ReportRegister {},
    /// What tests of an account of the register found. A test that is under way goes on.
    Trial {
        /// Which account.
        account: AccountId,
    },
    /// Settles where an account is tested, and how often without being asked for.
    SettleTrial {
        /// Which account.
        account: AccountId,
        /// In which project an issue is created and deleted; none is when absent.
        project: Option<JiraNumber>,
        /// How often.
        repeat: Repeat,
    },
    /// Tests an account of the register, or goes on with the test that is under way.
    TestAccount {
        /// Which account.
        account: AccountId,
    },
    /// Makes a hand-off link for whoever can sign in as an account of the register, so that it can be tested; the link
    /// before it is revoked.
    HandOffTest {
        /// Which account.
        account: AccountId,
    },
    /// Takes that link back.
    RevokeTestLink {
        /// Which account.
        account: AccountId,
    },
    /// Deletes the tokens that are held for tests of an account.
    DeleteTestGrant {
        /// Which account.
        account: AccountId,
    },
    /// Receipts of the changes, oldest first.
    Receipts {
        /// The number of the first, from 1.
        from: u32,
    },
    /// One page of the runs, the latest first.
    Runs {
        /// Which.
        page: PageOfRuns,
    },
    /// One run, and one part of its items.
    Run {
        /// Which run.
        id: RunId,
        /// Which part, from 0.
        part: u32,
    },
    /// Lets support see a run, or no longer.
    ShareRun {
        /// Which run.
        id: RunId,
        /// Whether they may.
        share: bool,
    },
    /// Has what failed or waits in a run tried again, as far as that is still so.
    RunAgain {
        /// Which run.
        id: RunId,
    },
    /// The integrations.
    Integrations {},
    /// Creates an integration. It is disabled at first.
    CreateIntegration {
        /// What is settled.
        terms: Terms,
    },
    /// Settles an integration anew.
    ChangeIntegration {
        /// Which.
        id: IntegrationId,
        /// What the caller saw: [`IntegrationView::changed_at`].
        seen: Timestamp,
        /// All of it.
        terms: Terms,
    },
    /// Enables or disables an integration.
    SwitchIntegration {
        /// Which.
        id: IntegrationId,
        /// As with [`Request::ChangeIntegration`].
        seen: Timestamp,
        /// Whether it is to be enabled. It covers what happens from then on.
        on: bool,
    },
    /// Removes an integration with its pairs. The comments that it carried stay where they are.
    RemoveIntegration {
        /// Which.
        id: IntegrationId,
        /// As with [`Request::ChangeIntegration`].
        seen: Timestamp,
    },
    /// The other sites that the main authorized user's grant reaches, to choose from.
    OtherSites {},
    /// Projects of another site whose key or name matches, at most twenty, as the main authorized user sees them.
    FindProjectsThere {
        /// Which site.
        site: CloudId,
        /// At most 100 characters.
        query: String,
    },
    /// People of another site whose name or email address matches, at most twenty, as the main authorized user sees them.
    FindPeopleThere {
        /// Which site.
        site: CloudId,
        /// At most 100 characters.
        query: String,
    },
    /// Types of issue that the main authorized user may create in a project, to choose from.
    IssueTypes {
        /// On which site.
        site: CloudId,
        /// In which project.
        project: JiraNumber,
    },
    /// Has every issue looked at again that could not be made one of a pair, or got no counterpart.
    TryIssuesAgain {
        /// Of which integration.
        integration: IntegrationId,
    },
    /// One page of the pairs of an integration, the latest first.
    Pairs {
        /// Of which integration.
        integration: IntegrationId,
        /// Where the page begins: [`PairsView::next`] of the page before; at the latest when absent.
        from: Option<u32>,
    },
    /// Joins two issues by hand.
    JoinIssues {
        /// In which integration.
        integration: IntegrationId,
        /// The key of the issue on this site, as it is typed.
        here: String,
        /// The key of the issue on the other.
        there: String,
    },
    /// Parts two issues. The comments that were carried stay where they are.
    PartIssues {
        /// In which integration.
        integration: IntegrationId,
        /// The number of the issue on this site.
        here: JiraNumber,
        /// The number of the issue on the other.
        there: JiraNumber,
    },
    /// Has everything that is parked in a pair tried again.
    TryPairAgain {
        /// Of which integration.
        integration: IntegrationId,
        /// The number of the issue on this site.
        here: JiraNumber,
    },
    /// One page of the people who connected their own accounts.
    Connections {
        /// Which.
        page: PageOfPeople,
    },
    /// Reminds people: the next page that they open prompts them again.
    Remind {
        /// At most 50.
        accounts: Vec<AccountId>,
    },
    /// Pauses, resumes, ends or begins anew the job that tries people's grants.
    SteerWave {
        /// Which of these.
        to: Steering,
    },
    /// What limits the app, who asked to administer it, and what was changed.
    Access {},
    /// Projects whose key or name matches, at most twenty, as Jira shows them to the caller.
    FindProjects {
        /// At most 100 characters.
        query: String,
    },
    /// Limits the app to projects.
    LimitProjects {
        /// What the caller saw: [`Access::edition`].
        edition: u32,
        /// All of it.
        limit: ProjectLimit,
        /// Whether the caller knows that the app works nowhere from then on, where it is to work only in what is listed and
        /// nothing is; no when absent.
        nowhere: Option<bool>,
    },
    /// Limits who may administer the app.
    LimitAdministrators {
        /// What the caller saw: [`Access::edition`].
        edition: u32,
        /// Whom to; every Jira administrator when absent. At most 50.
        accounts: Option<Vec<AccountId>>,
    },
    /// Asks to administer the app. For Jira administrators who are not on the list.
    RequestAccess {},
    /// Approves or declines such a request.
    DecideAccess {
        /// Whose.
        account: AccountId,
        /// Whether it is approved.
        approve: bool,
    },
    /// Which limit, if any, keeps somebody from a project or an issue. Administrators ask about anybody, everybody else about
    /// themselves.
    Explain {
        /// Whom; the caller when absent.
        account: Option<AccountId>,
        /// The key of a project or of an issue, as it is typed.
        place: String,
    },
    /// What support may see, who asked for that, who was let in, and what they looked at.
    Support {},
    /// Lets support in without a request.
    GrantSupport {
        /// The ticket that it is for, at most 100 characters; may be empty.
        ticket: String,
        /// Until when, at most 30 days from now.
        until: Timestamp,
    },
    /// Lets support in as it asked.
    ApproveSupport {
        /// Which access.
        id: String,
        /// Until when, at most 30 days from now.
        until: Timestamp,
    },
    /// Declines a request of support.
    DeclineSupport {
        /// Which access.
        id: String,
    },
    /// Takes an access back.
    RevokeSupport {
        /// Which access.
        id: String,
    },
    /// Which version runs where.
    About {},
    /// Where the caller stands. This and everything below concerns the caller alone, administrator or not.
    Me {},
    /// Begins the caller's own authorization.
    Authorize {},
    /// Deletes the app's copy of the caller's grant.
    Disconnect {},
    /// Whether to prompt the caller.
    Prompt {
        /// Whether a risk is wanted, too: it is when absent. Whether the caller is an administrator costs a question to Jira,
        /// so that a page which was told that they are none asks without it for a day.
        risks: Option<bool>,
    },
    /// The caller has read of a scheduled change.
    ReadAnnouncement {
        /// Which change.
        change: SessionKey,
    },
    /// Leaves the caller alone for a day.
    Snooze {},
    /// Comments on an issue in the caller's name.
    Comment {
        /// Jira's number of the issue.
        issue_id: String,
        /// Plain text; a blank line begins a paragraph. At most 10,000 characters.
        text: String,
        /// Whether customers may not see it; for service projects only.
        internal: bool,
    },
    /// Posts the comment that waited for the caller's authorization, as it was written or as it is edited.
    PostHeld {
        /// The edited text; as it was written when absent, and then only where the issue has not changed.
        text: Option<String>,
    },
    /// Posts the comment that waits through the main authorized user, with the caller named, as [`Request::PostHeld`] does.
    PostForMe {
        /// The edited text; as it was written when absent, and then only where the issue has not changed.
        text: Option<String>,
    },
    /// Throws the comment that waits away.
    DiscardHeld {},
}

/// Which page of people.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PageOfPeople {
    /// Only those under this label.
    pub label: Option<Label>,
    /// Sorted by what.
    pub order: Order,
    /// From the end.
    pub descending: bool,
    /// Only those whose name begins so, whatever the case; with [`Order::Name`] only.
    pub query: Option<String>,
    /// Where the page begins: [`Connections::next`] of the page before.
    pub cursor: Option<String>,
}

/// How people are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Order {
    /// By name.
    Name,
    /// By since when they stand where they stand.
    Since,
}

/// What an administrator does with the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Steering {
    /// It stops after the present batch.
    Pause,
    /// It goes on.
    Resume,
    /// It ends.
    Cancel,
    /// Every grant is tried once more.
    Restart,
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
    /// A change has a new hand-off link.
    HandOff {
        /// Which change.
        change: SessionKey,
        /// The link. It is told this once.
        link: String,
        /// The status.
        status: Box<Status>,
    },
    /// What a change to an account would do; nothing when that was never rehearsed.
    Rehearsal {
        /// What.
        rehearsal: Option<Box<Rehearsal>>,
    },
    /// Projects of a rehearsal.
    RehearsedProjects {
        /// The rehearsal.
        id: String,
        /// At most 400.
        projects: Vec<RehearsedProject>,
        /// Which part comes next, if there is one.
        next: Option<u32>,
    },
    /// The register of service accounts.
    Register {
        /// All of it.
        register: Box<RegisterView>,
    },
    /// Tests of an account.
    Trial {
        /// All of it.
        trial: Box<TrialView>,
    },
    /// The tests of an account have a new hand-off link.
    TestLink {
        /// The link. It is told this once.
        link: String,
        /// All else that is known of its tests.
        trial: Box<TrialView>,
    },
    /// A report of the register.
    RegisterReport {
        /// Account by account.
        links: Vec<Link>,
        /// The seal of the last of them; of the report before where there is none.
        seal: String,
        /// When it was made.
        now: Timestamp,
    },
    /// Receipts.
    Receipts {
        /// At most 20, in order.
        receipts: Vec<Receipt>,
        /// The number of the first that comes after these, if there is one.
        next: Option<u32>,
        /// The seal of the latest receipt of all; empty while there is none.
        seal: String,
        /// When this was true.
        now: Timestamp,
    },
    /// Runs.
    Runs {
        /// One page of them, and all of them counted by day.
        runs: Box<Runs>,
    },
    /// One run.
    Run {
        /// The run.
        run: Box<Run>,
        /// At most 100 of its items, in order.
        items: Vec<RunItem>,
        /// Which part comes next, if there is one.
        next: Option<u32>,
        /// When this was true.
        now: Timestamp,
        /// In how many milliseconds to ask again; absent once it has ended.
        poll_after_ms: Option<u32>,
    },
    /// What failed or waits in a run is tried again.
    TriedAgain {
        /// How many comments or issues; none where each is through by now, or waits in no pair any more.
        comments: u32,
    },
    /// The integrations, after whatever was asked.
    Integrations {
        /// All of them.
        integrations: Box<IntegrationsView>,
    },
    /// Other sites.
    OtherSites {
        /// In the order of their names.
        sites: Vec<Site>,
    },
    /// Types of issue.
    IssueTypes {
        /// In Jira's order, at most 25.
        types: Vec<IssueTypeRow>,
    },
    /// Pairs of an integration, after whatever was asked.
    Pairs {
        /// One page of them.
        pairs: Box<PairsView>,
    },
    /// The people who connected their own accounts.
    Connections {
        /// One page of them, and all of them counted.
        connections: Box<Connections>,
    },
    /// What limits the app.
    Access {
        /// What.
        access: Box<Access>,
    },
    /// Projects found.
    Projects {
        /// In the order of their names.
        projects: Vec<NamedProject>,
    },
    /// The caller asked to administer the app.
    AccessRequested {
        /// Their request; absent when they may administer it already.
        request: Option<AccessRequest>,
    },
    /// Which limit keeps somebody from a place.
    Explained {
        /// Which.
        explanation: Box<Explanation>,
    },
    /// People were reminded.
    Reminded {
        /// How many will be prompted.
        reached: u32,
        /// How many were reminded within the last hour.
        too_soon: u32,
        /// How many have nothing to do.
        nothing_to_do: u32,
        /// How many could not be reached: storage did not answer for them, or they were acting at that very moment.
        failed: u32,
    },
    /// Access of support, after whatever was asked.
    Support {
        /// All of it.
        support: Box<SupportView>,
    },
    /// Support is let in.
    SupportGranted {
        /// The access.
        id: String,
        /// What support comes in by. It is told this once and stored nowhere.
        code: String,
        /// Access of support; absent where storage did not answer any more.
        support: Option<Box<SupportView>>,
    },
    /// Which version runs where.
    About {
        /// Which.
        about: About,
    },
    /// Where the caller stands.
    Me {
        /// Where.
        me: Box<Me>,
    },
    /// The caller's authorization has begun.
    Consent {
        /// Atlassian's authorization page, to be opened in a new tab.
        url: String,
        /// Where the caller stands.
        me: Box<Me>,
    },
    /// Whether to prompt.
    Prompt {
        /// What with.
        prompt: Option<Prompt>,
        /// A scheduled change that will ask the caller to allow again, until they have read of it.
        announcement: Option<Announcement>,
        /// What an administrator should know.
        risk: Option<Risk>,
        /// Whether the caller is an administrator, where Jira was asked.
        administrator: Option<bool>,
        /// Nothing will be due before.
        ask_again_at: Timestamp,
    },
    /// What became of a comment.
    Comment {
        /// What.
        result: CommentResult,
        /// Where the caller stands.
        me: Box<Me>,
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

/// What a change to an account would do.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Rehearsal {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// Names this result.
    pub id: String,
    /// Who would be main authorized user.
    pub account: Account,
    /// Who is.
    pub against: Option<Person>,
    /// Whether that account is deactivated: Jira does not say what it saw, and every project counts.
    pub against_inactive: bool,
    /// Who asked for it.
    pub by: Person,
    /// When it began.
    pub began_at: Timestamp,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// Until when Jira asked to wait.
    pub waits_until: Option<Timestamp>,
    /// How many projects were looked at.
    pub looked_at: u32,
    /// Of how many, if that is known.
    pub total: Option<u32>,
    /// How many projects both see.
    pub kept: u32,
    /// How many only the main authorized user sees.
    pub lost: u32,
    /// How many only the account sees.
    pub gained: u32,
    /// In how many projects in use something required is missing, lost ones among them.
    pub failing: u32,
    /// Whether the account holds *Administer Jira*, once that is known.
    pub administers: Option<bool>,
    /// Permission by permission.
    pub permissions: Vec<Tried>,
    /// Lost projects, at most 50.
    pub losses: Vec<LossView>,
    /// Gained projects, at most 50.
    pub gains: Vec<RehearsedProject>,
    /// Projects in use, and not lost, where a permission is missing, at most 50: those where a required one is come first.
    pub misses: Vec<RehearsedProject>,
    /// What else the change would do.
    pub consequences: Consequences,
    /// Whether it tells enough to begin a change: it is done, not a day old, and about the present main authorized user.
    pub current: bool,
    /// Whether a change needs what is lost or missing to be acknowledged.
    pub acknowledge: bool,
    /// In how many milliseconds to ask again; absent once it is done.
    pub poll_after_ms: Option<u32>,
}

/// A project of a rehearsal.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RehearsedProject {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whether the main authorized user sees it.
    pub before: bool,
    /// Whether the account sees it.
    pub after: bool,
    /// What the account lacks there, if the project counts.
    pub lacking: Vec<Permission>,
}

/// A lost project.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LossView {
    /// Which.
    pub project: RehearsedProject,
    /// People who may browse it, at most ten; absent where nobody was asked.
    pub people: Option<Vec<Person>>,
    /// How many more were found.
    pub more: u32,
    /// Of how many of the site's people these are, where not everybody was looked at: the search ends once more are found
    /// than are named, and with the thousandth, for Jira looks at no more.
    pub among: Option<u32>,
}

/// What a change does beside projects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Consequences {
    /// How many webhooks move.
    pub webhooks: u32,
    /// How many people connected their own accounts.
    pub people: u32,
    /// How many of them must re-authorize already.
    pub to_reauthorize: u32,
    /// Scopes that the main authorized user granted, and the account will be asked for.
    pub scopes: Vec<String>,
    /// Scopes that the account will be asked for, and the main authorized user did not grant.
    pub new_scopes: Vec<String>,
}

/// One page of people, and all of them counted.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Connections {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// Everybody, counted.
    pub tally: Tally,
    /// The job that tries people's grants, if there was one since the last change.
    pub job: Option<JobView>,
    /// How people stood at the end of each of the last 14 days, oldest first; today as it is now.
    pub days: Vec<Day>,
    /// The page.
    pub rows: Vec<ConnectionRow>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// How the job may be steered now.
    pub steering: Vec<SteeringOffer>,
    /// In how many milliseconds to ask again; absent while nothing moves.
    pub poll_after_ms: Option<u32>,
}

/// A way in which the job may be steered now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum SteeringOffer {
    /// [`Steering::Pause`].
    Pause,
    /// [`Steering::Resume`].
    Resume,
    /// [`Steering::Cancel`].
    Cancel,
    /// [`Steering::Restart`].
    Restart,
}

/// The job that tries people's grants.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct JobView {
    /// How far it is.
    pub state: JobState,
    /// How many grants it has tried.
    pub tried: u32,
    /// How many there are in all.
    pub total: u32,
    /// When it began.
    pub started_at: Timestamp,
    /// About when it will be done at the pace that Jira allows; while it runs only.
    pub done_about: Option<Timestamp>,
    /// Until when Jira asked to wait, if it did.
    pub waits_until: Option<Timestamp>,
}

/// One person of the list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ConnectionRow {
    /// Who.
    pub person: Person,
    /// Where they stand.
    pub standing: Standing,
    /// Since when.
    pub since: Timestamp,
    /// When they last did something with it.
    pub used_at: Option<Timestamp>,
    /// When an administrator last reminded them.
    pub reminded_at: Option<Timestamp>,
}

/// Where the caller stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Me {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// Where; absent when the caller never connected their account.
    pub standing: Option<Standing>,
    /// Since when the account is connected.
    pub connected_at: Option<Timestamp>,
    /// When the grant dies if it is never used again.
    pub idles_out_at: Option<Timestamp>,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// Whether the caller's account is the main authorized user.
    pub is_main: bool,
    /// What the app itself holds the caller's tokens for, if it does.
    pub needed: Option<Needed>,
    /// Whether the site has a main authorized user.
    pub site_connected: bool,
    /// A scheduled change that will ask the caller to allow again.
    pub announcement: Option<Announcement>,
    /// When an administrator changed the main authorized user and asked everyone to allow anew, the last time.
    pub everyone_asked_at: Option<Timestamp>,
    /// The caller's authorization under way, or how the last one failed.
    pub consent: Option<Consent>,
    /// The comment that waits.
    pub held: Option<HeldView>,
    /// Whether that comment may be posted through the main authorized user.
    pub fallback: bool,
    /// In how many milliseconds to ask again; absent while nothing is under way.
    pub poll_after_ms: Option<u32>,
}

/// The caller's authorization.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Consent {
    /// Jira's page waits for *Allow*.
    Awaiting {
        /// Until when.
        expires_at: Timestamp,
    },
    /// *Allow* was selected; Atlassian is being asked who it was.
    Verifying,
    /// Another account allowed than the caller's. Nothing was kept of it.
    WrongAccount {
        /// Who.
        allowed: Person,
    },
    /// It yielded nothing.
    Denied {
        /// Why.
        denial: Denial,
    },
    /// Nobody answered in time, or the answer was lost.
    Expired,
}

/// A comment that waits.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HeldView {
    /// Jira's number of the issue.
    pub issue_id: String,
    /// Its key, as it was.
    pub issue_key: String,
    /// Whether it is an internal note.
    pub internal: bool,
    /// When it was written.
    pub at: Timestamp,
    /// Until when it waits.
    pub expires_at: Timestamp,
    /// Whether it was handed to Jira and no answer came: then it may be on the issue.
    pub sent: bool,
}

/// What became of a comment.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum CommentResult {
    /// It is posted.
    Posted {
        /// On which issue.
        issue_key: String,
        /// Whether through the main authorized user.
        for_caller: bool,
    },
    /// Another function is posting it right now.
    Posting,
    /// It waits until the caller has authorized.
    Held {
        /// Why; absent when the caller never connected their account.
        reason: Option<ReauthorizationReason>,
    },
    /// It had been posted before, and not as it was asked now. Nothing waits any more.
    PostedBefore {
        /// On which issue.
        issue_key: String,
        /// Whether through the main authorized user.
        for_caller: bool,
        /// The edited text, which is not posted; absent when the comment was to be thrown away.
        edited: Option<String>,
    },
    /// The caller looks the text over. It waits on.
    HandedBack {
        /// The text.
        text: String,
        /// Why.
        why: HandedBackFor,
    },
    /// It waited for longer than a day and was deleted.
    Expired {
        /// On which issue.
        issue_key: String,
        /// Whether it may have been posted before, and Jira does not say.
        unsure: bool,
    },
    /// It was thrown away.
    Discarded {
        /// Whether it may have been posted before, and Jira does not say.
        unsure: bool,
    },
}

/// Why a comment that waited is handed back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum HandedBackFor {
    /// The issue changed meanwhile.
    IssueChanged,
    /// It is an internal note, and the issue is in a project now that has none: it cannot be posted as it was meant.
    NoInternalNotes,
}

/// A prompt to authorize again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Prompt {
    /// Why.
    pub reason: ReauthorizationReason,
    /// When the main authorized user last became another, if that is the reason.
    pub changed_at: Option<Timestamp>,
}

/// What keeps an action from an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Whom {
    /// The caller.
    Caller,
    /// The main authorized user.
    Main,
    /// The projects to which the app is limited.
    Settings,
}

/// Which runs to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PageOfRuns {
    /// Only those that ended so.
    pub outcome: Option<RunOutcome>,
    /// Only those of this integration.
    pub integration: Option<IntegrationId>,
    /// Only the run of this id, or the runs that began with the issue of this key. Goes before the others.
    pub search: Option<String>,
    /// Where the page begins: [`Runs::next`] of the page before.
    pub cursor: Option<String>,
}

/// Runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Runs {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// One page, the latest first.
    pub rows: Vec<Run>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
    /// Runs by the day on which they ended, oldest first, at most 30.
    pub days: Vec<RunDay>,
    /// For how many days runs are kept.
    pub kept_days: u16,
    /// In how many milliseconds to ask again; absent while none of the page is running and none can begin on it.
    pub poll_after_ms: Option<u32>,
}

/// What limits the app.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Access {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// Who asks.
    pub caller: Person,
    /// Names this state: whoever changes it says which one they saw.
    pub edition: u32,
    /// What the two lists mean.
    pub kind: LimitKind,
    /// Projects that are listed.
    pub projects: Vec<ListedProject>,
    /// Categories that are listed.
    pub categories: Vec<Category>,
    /// Every category that Jira has, at most 500.
    pub all_categories: Vec<Category>,
    /// Who may administer the app; every Jira administrator when absent.
    pub administrators: Option<Vec<Person>>,
    /// Whom on that list Jira says to be no administrators, so that it gives them nothing. Asked when the list is saved and
    /// told in the answer to that; absent else. Who is not in it may be one, or Jira gave no answer.
    pub without_rights: Option<Vec<Person>>,
    /// Requests to administer it, the newest first.
    pub requests: Vec<AccessRequest>,
    /// What was changed, the newest first, at most 40.
    pub changes: Vec<AccessChange>,
    /// How much the lists hold.
    pub bounds: Bounds,
}

/// How much the lists of [`Access`] hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Bounds {
    /// Projects.
    pub projects: u32,
    /// Categories.
    pub categories: u32,
    /// Administrators.
    pub administrators: u32,
}

/// A project by the names that it has now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct NamedProject {
    /// Its number.
    pub id: JiraNumber,
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
}

/// A project on a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ListedProject {
    /// Its number.
    pub id: JiraNumber,
    /// What it is called; absent when Jira has no such project any more, or does not show it to the caller.
    pub project: Option<NamedProject>,
}

/// A category of projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// Its number.
    pub id: JiraNumber,
    /// Its name; absent when Jira has no such category any more.
    pub name: Option<String>,
}

/// Which limit keeps somebody from a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// Whom it is about.
    pub person: Person,
    /// Whether that is the caller.
    pub mine: bool,
    /// The project.
    pub project: NamedProject,
    /// The issue's key, if it is about an issue.
    pub issue_key: Option<String>,
    /// The main authorized user, if there is one and an administrator asks.
    pub main: Option<Person>,
    /// Whether there is a main authorized user.
    pub connected: bool,
    /// What each of the three says.
    pub answers: Answers,
    /// What follows.
    pub verdict: Verdict,
    /// Whether Jira lets the person comment there.
    pub comments: Answer,
    /// Why something is not known; absent when everything is.
    pub because: Option<Unestablished>,
}

/// Why an answer of an [`Explanation`] is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Unestablished {
    /// The main authorized user's grant is not honoured, so nobody could ask as that account.
    MainGrantDead,
    /// Jira or Atlassian did not answer.
    NoAnswer,
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
    /// Whether it looks like an ordinary person's: people leave, and their access leaves with them.
    pub looks_personal: bool,
}

/// The register of service accounts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RegisterView {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// Every account; first the main authorized user, where nothing is written down of it.
    pub entries: Vec<EntryView>,
    /// The latest reports, newest first.
    pub reports: Vec<Reported>,
}

/// An account in the register.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EntryView {
    /// Which.
    pub account: Account,
    /// Whether it is the main authorized user.
    pub is_main: bool,
    /// Whether it looks like an ordinary person's: people leave.
    pub looks_personal: bool,
    /// What is written down, if anything is.
    pub details: Option<Details>,
    /// When its credentials are to be replaced.
    pub rotate_on: Option<Timestamp>,
    /// When that was last changed.
    pub changed_at: Option<Timestamp>,
    /// By whom.
    pub changed_by: Option<Person>,
    /// Names what is on the screen when it is changed.
    pub revision: Option<u32>,
    /// The latest test, if there was one.
    pub last_test: Option<LastTest>,
    /// When the next test is due, if there is a schedule.
    pub next_test_at: Option<Timestamp>,
    /// Where the app holds its grant for tests only: since when, and by whose link.
    pub held: Option<TestUse>,
}

/// Tests of an account.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TrialView {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// Which account.
    pub account: Account,
    /// In which project it is tested, by the names that it had when it was chosen.
    pub project: Option<NamedProject>,
    /// How often without being asked for.
    pub repeat: Repeat,
    /// When the next test is due.
    pub due_at: Option<Timestamp>,
    /// Whether the app holds a grant of the account.
    pub grant: bool,
    /// Where the app holds it for tests only: since when, and by whose link.
    pub held: Option<TestUse>,
    /// Whether [`Request::HandOffTest`] is of use: no grant that works is held.
    pub hands_off: bool,
    /// The latest link for whoever can sign in as it, until it is used.
    pub link: Option<LinkView>,
    /// Whether the account may create issues in that project; absent where Jira does not say, or none is chosen.
    pub creates: Option<bool>,
    /// Whether it may delete them there: what it may not, stays.
    pub deletes: Option<bool>,
    /// The test under way.
    pub run: Option<RunView>,
    /// The latest results, newest first, at most 30.
    pub results: Vec<Tested>,
    /// Projects where the latest test found something required missing, at most 20.
    pub lacking: Vec<RehearsedProject>,
    /// Test issues that are still there, or may be.
    pub left: Vec<LeftView>,
    /// In how many milliseconds to ask again; absent while nothing is under way.
    pub poll_after_ms: Option<u32>,
}

/// A test under way.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RunView {
    /// When it began.
    pub began_at: Timestamp,
    /// Who started it; the schedule when absent.
    pub by: Option<Person>,
    /// What was found so far.
    pub checks: Vec<TrialCheck>,
    /// What is being tried.
    pub next: Option<Item>,
    /// How many projects were looked at, once that began.
    pub projects: Option<u32>,
    /// Until when Jira asked to wait.
    pub waits_until: Option<Timestamp>,
}

/// A test issue that is still there, or may be.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LeftView {
    /// Its key; absent where Jira's answer was lost, and nobody knows whether it was created.
    pub issue_key: Option<String>,
    /// The key of its project.
    pub project_key: String,
    /// When it was created, or about to be.
    pub at: Timestamp,
    /// When the app tries again to delete it.
    pub again_at: Timestamp,
    /// Whether Jira refused to delete it.
    pub refused: bool,
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
    /// [`Request::RenewHandOff`].
    RenewHandOff,
    /// [`Request::RevokeHandOff`].
    RevokeHandOff,
    /// [`Request::ContinueChange`]. The panel asks for it by itself.
    ContinueChange,
    /// [`Request::AcceptAccount`].
    AcceptAccount,
    /// [`Request::SwitchNow`].
    SwitchNow,
    /// [`Request::CancelChange`].
    CancelChange,
    /// [`Request::CheckNow`].
    CheckNow,
    /// [`Request::RollBack`].
    RollBack,
}
