//! What a change would do, on the wire.

use crate::domain::account::{Account, Person};
use crate::domain::rehearsal::{Permission, Tried};
use crate::domain::time::Timestamp;
use serde::Serialize;

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
