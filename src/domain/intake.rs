//! Issues of an integration that are to be looked at as a whole: whether they are a pair by their properties, and whether they
//! are to have a counterpart.

use super::lane::Lane;
use super::limits::JiraNumber;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A lane for the issues of a whole integration. What waits in it is named by the number of an issue, where the lane of a pair
/// names a comment; what is written is written to the projects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Intake(pub Lane);

/// An issue type at each end, as which the counterparts of the other end's new issues are created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Counterparts {
    /// For new issues of the other site, on this one; none are created here when absent.
    pub here: Option<JiraNumber>,
    /// For new issues of this site, on the other; none are created there when absent.
    pub there: Option<JiraNumber>,
}

/// Since when counterparts are created at each end, where that is settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CounterpartsSince {
    /// On this site.
    pub here: Option<Timestamp>,
    /// On the other.
    pub there: Option<Timestamp>,
}
