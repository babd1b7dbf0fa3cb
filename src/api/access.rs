//! What limits the app, on the wire.

use crate::domain::access_rule::{Answer, Answers, Verdict};
use crate::domain::account::Person;
use crate::domain::limits::{AccessChange, AccessRequest, JiraNumber, LimitKind};
use crate::domain::time::Timestamp;
use serde::Serialize;

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
