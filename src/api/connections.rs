//! People who connected their accounts, on the wire.

use crate::domain::account::Person;
use crate::domain::standing::{Label, Standing};
use crate::domain::tally::Tally;
use crate::domain::time::Timestamp;
use crate::domain::wave::{Day, JobState};
use serde::{Deserialize, Serialize};

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
