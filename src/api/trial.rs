//! Tests of an account, on the wire.

use super::{LinkView, NamedProject, RehearsedProject};
use crate::domain::account::{Account, Person};
use crate::domain::grant::TestUse;
use crate::domain::time::Timestamp;
use crate::domain::trial::{Check as TrialCheck, Item, Repeat, Tested};
use serde::Serialize;

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
    /// Whether a link for whoever can sign in as it is of use: no grant that works is held.
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
