//! The wire between the panel and the app: one `Request`, one `Reply`, one closed `ErrorCode`.
//!
//! The panel's TypeScript declarations are generated from here (`cargo xtask codegen`). No prose crosses: every
//! sentence that a person reads is in `static/src/messages.ts`, chosen by these variants.

mod access;
mod change;
mod connections;
mod error;
mod integrations;
mod personal;
mod register;
mod rehearsal;
mod reporting;
mod status;
mod support;
mod trial;

pub use access::*;
pub use change::*;
pub use connections::*;
pub use error::*;
pub use integrations::*;
pub use personal::*;
pub use register::*;
pub use rehearsal::*;
pub use reporting::*;
pub use status::*;
pub use support::*;
pub use trial::*;

use crate::domain::account::AccountId;
use crate::domain::authorization::SessionKey;
use crate::domain::integration::{IntegrationId, Terms};
use crate::domain::limits::{AccessRequest, JiraNumber, ProjectLimit};
use crate::domain::receipt::Receipt;
use crate::domain::register::{Details, Link};
use crate::domain::run::RunItem;
use crate::domain::run_log::{Run, RunId};
use crate::domain::schedule::Announcement;
use crate::domain::settings::{ReauthorizationPolicy, Settings};
use crate::domain::site::{CloudId, Site};
use crate::domain::tagged::tagged;
use crate::domain::time::Timestamp;
use crate::domain::trial::Repeat;
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
