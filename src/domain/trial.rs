//! Testing an account of the register: whether it can still do what the integration does, found out by doing it.

use super::account::{Account, AccountId, AccountType, Person, clean};
use super::count;
use super::grant::ReauthorizationReason;
use super::limits::JiraNumber;
use super::rehearsal::{LONGEST_WAIT, Progress, Rehearsal, Rehearsed};
use super::tagged::tagged;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// So many results are kept of each account.
pub const KEPT: usize = 30;

/// So many test issues that could not be deleted are remembered: with as many, no other is created.
pub const LEFT: usize = 10;

/// So many projects where something required is missing are named.
pub const NAMED: usize = 20;

/// For how long one invocation may be at a step before another takes over: longer than a function may run.
pub const LEASE_LIFE: Span = Span::seconds(60);

/// A test that is not through after so long ends with what it found.
pub const LASTS: Span = Span::hours(1);

/// Jira's search lags behind its writes. What it does not find so long after it was created, was not created.
pub const FOUND_WITHIN: Span = Span::minutes(10);

/// A test issue that could not be deleted is tried again so soon.
pub const AGAIN: Span = Span::hours(1);

/// For so long a test issue of an account that left the register is remembered: nobody may be able to delete it any more.
pub const REMEMBERED: Span = Span::days(90);

/// Longest name of an account in the summary of a test issue, in characters.
const NAME: usize = 100;

/// So many required fields are named.
const FIELDS: usize = 5;

/// What is tried, in the order in which it is tried and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "TrialItem"))]
#[serde(rename_all = "camelCase")]
pub enum Item {
    /// The app holds a grant of the account, and Atlassian honours it.
    SignsIn,
    /// The account is active, and a person's or a service account.
    Active,
    /// The account is licensed: it has access to a product of Jira's family on this site.
    ProductAccess,
    /// The account holds every required permission in every project in use.
    Permissions,
    /// It creates an issue in the test project.
    Creates,
    /// It comments on that issue.
    Comments,
    /// It moves that issue through its workflow.
    Transitions,
    /// It attaches a file to that issue.
    Attaches,
    /// It deletes that issue, and everything on it.
    CleansUp,
}

impl Item {
    /// All of them, in order.
    pub const ALL: [Self; 9] = [
        Self::SignsIn,
        Self::Active,
        Self::ProductAccess,
        Self::Permissions,
        Self::Creates,
        Self::Comments,
        Self::Transitions,
        Self::Attaches,
        Self::CleansUp,
    ];

    /// Whether it is done as the account.
    fn needs_grant(self) -> bool {
        match self {
            Self::SignsIn | Self::Active | Self::Permissions => false,
            Self::ProductAccess
            | Self::Creates
            | Self::Comments
            | Self::Transitions
            | Self::Attaches
            | Self::CleansUp => true,
        }
    }

    /// Whether it leaves something behind in Jira.
    #[must_use]
    pub fn writes(self) -> bool {
        match self {
            Self::Creates | Self::Comments | Self::Transitions | Self::Attaches => true,
            Self::SignsIn | Self::Active | Self::ProductAccess | Self::Permissions | Self::CleansUp => false,
        }
    }

    /// Whether it is done to the test issue.
    fn needs_issue(self) -> bool {
        match self {
            Self::SignsIn | Self::Active | Self::ProductAccess | Self::Permissions | Self::Creates => false,
            Self::Comments | Self::Transitions | Self::Attaches | Self::CleansUp => true,
        }
    }
}

/// Why a check failed: each has its sentence and its fix in the panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type", rename = "TrialFailure"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Failure {
    /// Atlassian no longer honours the grant.
    GrantDead {
        /// The cause, as far as Atlassian tells.
        reason: ReauthorizationReason,
    },
    /// Atlassian renews the grant, and Jira turns the account away all the same.
    TurnedAway,
    /// Fewer scopes were granted than are needed.
    ScopesMissing {
        /// The missing ones; none where only Jira said so.
        missing: Vec<String>,
    },
    /// The account is deactivated or closed.
    Inactive,
    /// The account cannot sign in: it is an app's or a customer's.
    NotHuman {
        /// What it is.
        account_type: AccountType,
    },
    /// The account has access to no product of this site's Jira.
    NoProductAccess,
    /// Something required is missing in projects in use.
    PermissionsMissing {
        /// In how many.
        failing: u32,
        /// Of how many.
        of: u32,
    },
    /// The account does not see the test project.
    ProjectUnseen,
    /// The account lacks the permission of this check.
    PermissionMissing,
    /// Jira would not do it, and the permission is not the cause.
    Refused {
        /// Jira's own words, cut to 200 characters.
        message: String,
    },
}

/// Why something was not tried, or not to its end. No sign that the account cannot do it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type", rename = "TrialBecause"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Because {
    /// The app holds no grant of the account.
    NoGrant,
    /// Atlassian refuses the app's own client secret: no account is the cause.
    ClientSecretRejected,
    /// An earlier check failed, and this one needs it.
    EarlierCheck,
    /// No test project is chosen.
    NoProject,
    /// The test project is deleted.
    ProjectGone,
    /// Somebody else deleted the test issue meanwhile.
    IssueGone,
    /// The app's settings leave the test project out.
    ProjectLeftOut,
    /// An administrator took the account out of the register meanwhile.
    NotRegistered,
    /// Every type of issue there wants something that the app cannot know.
    RequiredFields {
        /// Names of what the first type wants, at most five.
        fields: Vec<String>,
    },
    /// The account may create nothing that a test could use: the project has no type of issue but subtasks.
    NoIssueType,
    /// The workflow offers no transition that needs nothing more.
    NoTransition,
    /// As many test issues as are remembered wait to be deleted.
    TooManyLeft,
    /// Nobody could ask about the account: that takes an administrator, or a main authorized user who is one.
    NobodyToAsk,
    /// Jira or Atlassian did not answer for as long as a test lasts.
    Unanswered,
}

tagged!(Failure, Because);

/// What one check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type", rename = "TrialFinding"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Finding {
    /// The account can.
    Passed,
    /// It cannot.
    Failed {
        /// Why.
        failure: Failure,
    },
    /// Not found out.
    NotRun {
        /// Why not.
        because: Because,
    },
}

tagged!(Finding);

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "TrialCheck"))]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// What was tried.
    pub item: Item,
    /// What was found.
    pub finding: Finding,
}

/// A result in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "TrialVerdict"))]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Every check passed.
    Passed,
    /// At least one failed.
    Failed,
    /// None failed, and at least one was not run.
    Incomplete,
}

/// Judges checks.
#[must_use]
pub fn verdict(checks: &[Check]) -> Verdict {
    let mut verdict = Verdict::Passed;
    for check in checks {
        match check.finding {
            Finding::Passed => {}
            Finding::Failed { .. } => return Verdict::Failed,
            Finding::NotRun { .. } => verdict = Verdict::Incomplete,
        }
    }
    verdict
}

/// A result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Tested {
    /// When the test began.
    pub began_at: Timestamp,
    /// When it was through.
    pub at: Timestamp,
    /// Who started it; the schedule when absent.
    pub by: Option<Person>,
    /// Every check, in the order of [`Item`].
    pub checks: Vec<Check>,
}

/// A result in short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LastTest {
    /// When the test was through.
    pub at: Timestamp,
    /// What came of it.
    pub verdict: Verdict,
    /// How many checks failed.
    pub failed: u32,
}

impl Tested {
    /// In short.
    #[must_use]
    pub fn brief(&self) -> LastTest {
        let failed = self.checks.iter().filter(|check| matches!(check.finding, Finding::Failed { .. }));
        LastTest { at: self.at, verdict: verdict(&self.checks), failed: count(failed.count()) }
    }
}

/// How often an account is tested without being asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Repeat {
    /// Never.
    #[default]
    Off,
    /// Once a day.
    Daily,
    /// Once a week.
    Weekly,
}

impl Repeat {
    /// When the next test is due after one at `last`.
    #[must_use]
    pub fn after(self, last: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Off => None,
            Self::Daily => Some(last.plus(Span::days(1))),
            Self::Weekly => Some(last.plus(Span::days(7))),
        }
    }
}

/// A project in which accounts are tested, as it was called when it was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TestProject {
    /// Jira's number.
    pub id: JiraNumber,
    /// Its key.
    pub key: String,
    /// Its name, at most 80 characters.
    pub name: String,
}

/// The issue that a test created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TestIssue {
    /// Jira's number.
    pub id: u64,
    /// Its key.
    pub key: String,
}

/// What must still be deleted. It is written down before the issue is created, so that nothing can be left that nobody
/// knows of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Left {
    /// The name that the issue carries as a property: the test's.
    pub name: String,
    /// Where.
    pub project: TestProject,
    /// When it was about to be created for the last time.
    pub at: Timestamp,
    /// The issue, once Jira named it.
    pub issue: Option<TestIssue>,
    /// Whether Jira's answer to a creation was lost: then there may be an issue that Jira did not name.
    pub unsure: bool,
    /// When to try again to delete it.
    pub again_at: Timestamp,
    /// Whether Jira refused to delete it.
    pub refused: bool,
}

/// A test under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Random.
    pub id: String,
    /// Who started it; the schedule when absent.
    pub by: Option<Person>,
    /// When.
    pub began_at: Timestamp,
    /// Rises by one with each step: one that comes twice or late does nothing.
    pub step: u32,
    /// Until when somebody is at a step.
    pub busy_until: Option<Timestamp>,
    /// Until when Jira asked to wait.
    pub waits_until: Option<Timestamp>,
    /// What was found so far, in the order of [`Item`].
    pub checks: Vec<Check>,
    /// The projects in use, as far as they were looked at.
    pub projects: Option<Box<Rehearsal>>,
}

impl Run {
    /// A new one.
    #[must_use]
    pub fn new(id: String, by: Option<Person>, now: Timestamp) -> Self {
        Self { id, by, began_at: now, step: 0, busy_until: None, waits_until: None, checks: Vec::new(), projects: None }
    }

    /// What comes next; nothing when it is through.
    #[must_use]
    pub fn next(&self) -> Option<Item> {
        Item::ALL.get(self.checks.len()).copied()
    }

    /// Until when Jira asked to wait. A time further ahead than anybody waits is from before the clock went back.
    #[must_use]
    pub fn waits(&self, now: Timestamp) -> Option<Timestamp> {
        self.waits_until.filter(|until| now < *until && until.since(now) <= LONGEST_WAIT)
    }

    /// Whether somebody is at a step, or Jira asked to wait.
    #[must_use]
    pub fn rests(&self, now: Timestamp) -> bool {
        let busy = self.busy_until.is_some_and(|until| now < until && until.since(now) <= LEASE_LIFE);
        busy || self.waits(now).is_some()
    }

    /// Takes what the next check found. `issue` is whether there is a test issue.
    pub fn found(&mut self, finding: Finding, issue: bool) {
        if let Some(item) = self.next() {
            self.checks.push(Check { item, finding });
        }
        while let Some((item, because)) = self.next().and_then(|item| Some((item, self.idle(item, issue)?))) {
            self.checks.push(Check { item, finding: Finding::NotRun { because } });
        }
    }

    /// The grant died under way, or Jira turns the account away: what was found of it before is true no more, and nothing
    /// more can be done as the account.
    pub fn lost(&mut self, finding: Finding) {
        if let Some(first) = self.checks.first_mut() {
            first.finding = finding;
        }
        while let Some(item) = self.next() {
            self.checks.push(Check { item, finding: Finding::NotRun { because: Because::EarlierCheck } });
        }
    }

    /// Ends it with what it found.
    pub fn give_up(&mut self) {
        while let Some(item) = self.next() {
            self.checks.push(Check { item, finding: Finding::NotRun { because: Because::Unanswered } });
        }
    }

    /// Why a check cannot be made after those before it, if it cannot.
    fn idle(&self, item: Item, issue: bool) -> Option<Because> {
        let of = |wanted: Item| self.checks.iter().find(|check| check.item == wanted).map(|check| &check.finding);
        let follows = |finding: Option<&Finding>| match finding {
            None | Some(Finding::Passed) => None,
            Some(Finding::Failed { .. }) => Some(Because::EarlierCheck),
            Some(Finding::NotRun { because }) => Some(because.clone()),
        };
        if item.needs_grant()
            && let Some(because) = follows(of(Item::SignsIn))
        {
            return Some(because);
        }
        if item.needs_issue() && !issue {
            return Some(follows(of(Item::Creates)).unwrap_or(Because::EarlierCheck));
        }
        None
    }
}

/// What is known of an account from tests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trial {
    /// Which account.
    pub account: Account,
    /// Where it is tested.
    pub project: Option<TestProject>,
    /// How often without being asked for.
    pub repeat: Repeat,
    /// When the next test is due.
    pub due_at: Option<Timestamp>,
    /// The test under way.
    pub run: Option<Run>,
    /// The latest results, oldest first, at most [`KEPT`].
    pub results: Vec<Tested>,
    /// Projects where the latest test found something required missing, at most [`NAMED`].
    pub lacking: Vec<Rehearsed>,
    /// Whether those are projects that the main authorized user sees; else those that the account sees.
    pub compared: bool,
    /// What must still be deleted, at most [`LEFT`].
    pub left: Vec<Left>,
}

impl Trial {
    /// One that was never tested.
    #[must_use]
    pub fn new(account: Account) -> Self {
        Self {
            account,
            project: None,
            repeat: Repeat::Off,
            due_at: None,
            run: None,
            results: Vec::new(),
            lacking: Vec::new(),
            compared: false,
            left: Vec::new(),
        }
    }

    /// With where and how often it is tested.
    #[must_use]
    pub fn settled(self, project: Option<TestProject>, repeat: Repeat, now: Timestamp) -> Self {
        let last = self.results.last().map(|last| last.began_at);
        // Where nothing was ever found out, the first test is due at once.
        let due_at =
            if repeat == self.repeat { self.due_at } else { last.map_or(Some(now), |last| repeat.after(last)) };
        Self { project, repeat, due_at: due_at.filter(|_| repeat != Repeat::Off), ..self }
    }

    /// With a test that begins.
    #[must_use]
    pub fn begun(self, run: Run) -> Self {
        Self { due_at: self.repeat.after(run.began_at), run: Some(run), ..self }
    }

    /// The issue of the test under way.
    #[must_use]
    pub fn issue(&self) -> Option<&TestIssue> {
        let run = self.run.as_ref()?;
        self.left.iter().find(|left| left.name == run.id)?.issue.as_ref()
    }

    /// With the test under way ended, where it is through.
    #[must_use]
    pub fn ended(mut self, now: Timestamp) -> Self {
        let Some(run) = self.run.take_if(|run| run.next().is_none()) else { return self };
        if let Some(projects) = run.projects {
            self.compared = projects.against.is_some();
            self.lacking = lacking(&projects);
        }
        self.results.push(Tested { began_at: run.began_at, at: now, by: run.by, checks: run.checks });
        let surplus = self.results.len().saturating_sub(KEPT);
        self.results.drain(..surplus);
        self
    }

    /// The latest result in short.
    #[must_use]
    pub fn last(&self) -> Option<LastTest> {
        self.results.last().map(Tested::brief)
    }
}

/// Projects where something required is missing: those that the account does not see first.
fn lacking(projects: &Rehearsal) -> Vec<Rehearsed> {
    let comparing = projects.against.is_some();
    let lost = projects.losses.iter().map(|loss| &loss.project);
    lost.chain(&projects.misses).filter(|project| project.fails(comparing)).take(NAMED).cloned().collect()
}

/// What the look at the projects says.
#[must_use]
pub fn of_projects(projects: &Rehearsal) -> Option<Finding> {
    match projects.progress {
        Progress::Listing { .. } | Progress::Again { .. } => None,
        // Who else sees a lost project is no matter here.
        Progress::People { .. } | Progress::Done { .. } => Some(if projects.failing == 0 {
            Finding::Passed
        } else {
            let comparing = projects.against.is_some();
            let of = if comparing { projects.kept + projects.lost } else { projects.gained };
            Finding::Failed { failure: Failure::PermissionsMissing { failing: projects.failing, of } }
        }),
    }
}

/// What the round of every five minutes, the register and the status know of an account's tests without reading them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// Whether it is tested without being asked for.
    pub repeats: bool,
    /// When the next test is due.
    pub due_at: Option<Timestamp>,
    /// Whether a test is under way.
    pub open: bool,
    /// When to try again to delete what was left.
    pub sweep_at: Option<Timestamp>,
    /// The latest result.
    pub last: Option<LastTest>,
}

impl Row {
    /// Of an account's tests.
    #[must_use]
    pub fn of(trial: &Trial) -> Self {
        Self {
            repeats: trial.repeat != Repeat::Off,
            due_at: trial.due_at,
            open: trial.run.is_some(),
            sweep_at: trial.left.iter().map(|left| left.again_at).min(),
            last: trial.last(),
        }
    }
}

/// Every account that was ever tested, or is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Trials {
    /// Each account once.
    pub rows: Vec<(AccountId, Row)>,
    /// Accounts that have, or had, a hand-off link for their tests; absent before the first.
    pub handed: Option<Vec<AccountId>>,
}

impl Trials {
    /// With an account's row in it.
    #[must_use]
    pub fn with(mut self, account: &AccountId, row: Row) -> Self {
        match self.rows.iter().position(|(other, _)| other == account) {
            Some(place) => self.rows[place].1 = row,
            None => self.rows.push((account.clone(), row)),
        }
        self
    }

    /// Without an account.
    #[must_use]
    pub fn without(mut self, account: &AccountId) -> Self {
        self.rows.retain(|(other, _)| other != account);
        self
    }

    /// Accounts that have, or had, a hand-off link for their tests.
    #[must_use]
    pub fn handed(&self) -> &[AccountId] {
        self.handed.as_deref().unwrap_or_default()
    }

    /// With an account among those that have a link; `None` when it is.
    #[must_use]
    pub fn hand(mut self, account: &AccountId) -> Option<Self> {
        if self.handed().contains(account) {
            return None;
        }
        self.handed.get_or_insert_default().push(account.clone());
        Some(self)
    }

    /// Without an account among them; `None` when it is not.
    #[must_use]
    pub fn unhand(mut self, account: &AccountId) -> Option<Self> {
        let handed = self.handed.as_mut()?;
        let before = handed.len();
        handed.retain(|other| other != account);
        (handed.len() < before).then_some(self)
    }

    /// An account's row.
    #[must_use]
    pub fn of(&self, account: &AccountId) -> Option<&Row> {
        self.rows.iter().find(|(other, _)| other == account).map(|(_, row)| row)
    }

    /// How many accounts are tested by the schedule and failed the latest test.
    #[must_use]
    pub fn failing(&self) -> u32 {
        let failing = |row: &Row| row.repeats && row.last.is_some_and(|last| last.verdict == Verdict::Failed);
        count(self.rows.iter().filter(|(_, row)| failing(row)).count())
    }
}

/// A type of issue, as far as a test needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueType {
    /// Jira's number.
    pub id: JiraNumber,
    /// Whether it labels.
    pub labels: bool,
    /// Whether it wants a description.
    pub description: bool,
    /// Names of what it wants besides, and the app cannot know.
    pub wants: Vec<String>,
}

/// The type that a test creates an issue of: the first that wants nothing more.
///
/// # Errors
/// What the first type wants.
pub fn usable(types: &[IssueType]) -> Result<&IssueType, Because> {
    let fields = |kind: &IssueType| kind.wants.iter().take(FIELDS).cloned().collect();
    types.iter().find(|kind| kind.wants.is_empty()).ok_or_else(|| match types.first() {
        Some(kind) => Because::RequiredFields { fields: fields(kind) },
        None => Because::NoIssueType,
    })
}

/// The summary of a test issue: whoever meets it knows what it is, whose it is, and what to do with it.
#[must_use]
pub fn summary(account: &Person, at: Timestamp) -> String {
    let name: String = clean(&account.display_name).chars().take(NAME).collect();
    format!("Integration+ tests the account {name}, {}: can be deleted", at.iso())
}

/// What a test issue says about itself, in its comment and its file.
#[must_use]
pub fn words(account: &Person, by: Option<&Person>, at: Timestamp) -> String {
    let name = clean(&account.display_name);
    let by = by.map_or_else(|| "a schedule".to_owned(), |by| clean(&by.display_name));
    let at = at.iso();
    format!(
        "Integration+ tests what the account {name} may do here. Started by {by} at {at}. This issue can be deleted."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failed() -> Finding {
        Finding::Failed { failure: Failure::PermissionMissing }
    }

    fn run() -> Run {
        Run::new("a".into(), None, Timestamp(0))
    }

    fn person(name: &str) -> Person {
        Person { account_id: AccountId::parse("a").expect("is one"), display_name: name.into(), avatar_url: None }
    }

    fn trial() -> Trial {
        Trial::new(Account { person: person("A"), account_type: AccountType::Atlassian, active: true })
    }

    fn because(run: &Run, item: Item) -> Option<Because> {
        let check = run.checks.iter().find(|check| check.item == item)?;
        match &check.finding {
            Finding::NotRun { because } => Some(because.clone()),
            Finding::Passed | Finding::Failed { .. } => None,
        }
    }

    #[test]
    fn without_a_grant_nothing_is_done_as_the_account_and_the_rest_is_looked_at() {
        let mut run = run();
        run.found(Finding::NotRun { because: Because::NoGrant }, false);
        assert_eq!(run.next(), Some(Item::Active));
        run.found(Finding::Passed, false);
        assert_eq!((run.next(), because(&run, Item::ProductAccess)), (Some(Item::Permissions), Some(Because::NoGrant)));
        run.found(failed(), false);
        assert_eq!((run.next(), run.checks.len()), (None, 9));
        assert!(Item::ALL[4..].iter().all(|item| because(&run, *item) == Some(Because::NoGrant)));
        assert_eq!(verdict(&run.checks), Verdict::Failed);
    }

    #[test]
    fn what_needs_an_issue_is_not_run_where_there_is_none_for_the_same_reason() {
        for (finding, told) in
            [(Finding::NotRun { because: Because::NoProject }, Because::NoProject), (failed(), Because::EarlierCheck)]
        {
            let mut run = run();
            for _ in 0..4 {
                run.found(Finding::Passed, false);
            }
            assert_eq!(run.next(), Some(Item::Creates));
            run.found(finding, false);
            assert!(Item::ALL[5..].iter().all(|item| because(&run, *item) == Some(told.clone())), "{told:?}");
        }
        let mut run = run();
        for _ in 0..6 {
            run.found(Finding::Passed, true);
        }
        // One failure on the issue keeps nothing else from being tried, and the issue is deleted in any case.
        run.found(failed(), true);
        assert_eq!(run.next(), Some(Item::Attaches));
    }

    #[test]
    fn a_grant_that_dies_under_way_is_no_passed_sign_in() {
        let mut run = run();
        for _ in 0..6 {
            run.found(Finding::Passed, true);
        }
        run.lost(Finding::Failed { failure: Failure::TurnedAway });
        assert_eq!(run.checks[0].finding, Finding::Failed { failure: Failure::TurnedAway });
        assert_eq!((run.checks.len(), because(&run, Item::CleansUp)), (9, Some(Because::EarlierCheck)));
    }

    #[test]
    fn a_result_is_failed_before_it_is_incomplete() {
        let check = |finding| Check { item: Item::Active, finding };
        let idle = || check(Finding::NotRun { because: Because::NoProject });
        assert_eq!(verdict(&[]), Verdict::Passed);
        assert_eq!(verdict(&[check(Finding::Passed), idle()]), Verdict::Incomplete);
        assert_eq!(verdict(&[idle(), check(failed()), idle()]), Verdict::Failed);
    }

    #[test]
    fn results_are_bounded_and_a_run_that_is_not_through_is_none() {
        let mut trial = trial();
        for nth in 0..40 {
            let mut run = Run::new("a".into(), None, Timestamp(nth));
            assert_eq!(trial.clone().begun(run.clone()).ended(Timestamp(99)).results, trial.results);
            run.give_up();
            trial = trial.begun(run).ended(Timestamp(nth));
        }
        assert_eq!((trial.results.len(), trial.results[0].at, trial.run), (KEPT, Timestamp(10), None));
    }

    #[test]
    fn a_schedule_counts_from_the_last_test() {
        let day = Span::days(1);
        let daily = trial().settled(None, Repeat::Daily, Timestamp(5));
        assert_eq!(daily.due_at, Some(Timestamp(5)));
        let mut run = Run::new("a".into(), None, Timestamp(10));
        run.give_up();
        let tested = daily.begun(run).ended(Timestamp(20));
        assert_eq!(tested.due_at, Some(Timestamp(10).plus(day)));
        // Who chooses another project only, moves nothing.
        assert_eq!(tested.clone().settled(None, Repeat::Daily, Timestamp(30)).due_at, tested.due_at);
        let weekly = tested.clone().settled(None, Repeat::Weekly, Timestamp(30));
        assert_eq!(weekly.due_at, Some(Timestamp(10).plus(Span::days(7))));
        assert_eq!(tested.settled(None, Repeat::Off, Timestamp(30)).due_at, None);
    }

    #[test]
    fn only_what_the_schedule_tests_is_told_as_a_risk() {
        let mut failing = trial();
        let mut run = run();
        run.found(failed(), false);
        run.give_up();
        failing = failing.begun(run).ended(Timestamp(1));
        let id = failing.account.person.account_id.clone();
        let by_hand = Trials::default().with(&id, Row::of(&failing));
        assert_eq!(by_hand.failing(), 0);
        let by_schedule = by_hand.with(&id, Row::of(&Trial { repeat: Repeat::Weekly, ..failing }));
        assert_eq!((by_schedule.failing(), by_schedule.rows.len()), (1, 1));
        assert_eq!(by_schedule.without(&id).failing(), 0);
    }

    #[test]
    fn the_first_type_that_wants_nothing_more_is_used() {
        let kind = |id, wants: &[&str]| IssueType {
            id: JiraNumber(id),
            labels: true,
            description: false,
            wants: wants.iter().map(|name| (*name).to_owned()).collect(),
        };
        assert_eq!(usable(&[kind(1, &["Team"]), kind(2, &[])]).map(|kind| kind.id), Ok(JiraNumber(2)));
        assert_eq!(usable(&[kind(1, &["Team"])]), Err(Because::RequiredFields { fields: vec!["Team".into()] }));
        assert_eq!(usable(&[]), Err(Because::NoIssueType));
    }

    #[test]
    fn odd_names_stay_in_one_short_line() {
        let odd = person(&format!("{}\n\u{202E}x", "n".repeat(300)));
        let told = summary(&odd, Timestamp(0));
        assert!(told.chars().count() < 200 && !told.contains(['\n', '\u{202E}']), "{told}");
        assert!(words(&odd, None, Timestamp(0)).contains("Started by a schedule"));
    }
}
