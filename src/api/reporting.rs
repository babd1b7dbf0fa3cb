//! Runs, on the wire.

use crate::domain::integration::IntegrationId;
use crate::domain::run_log::{Run, RunDay, RunOutcome};
use crate::domain::time::Timestamp;
use serde::{Deserialize, Serialize};

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
