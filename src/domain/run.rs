//! What a turn of an integration did, item by item: for whoever keeps a record of runs.

use super::adf::carry::Lost;
use super::assignee::Assigned;
use super::integration::End;
use super::limits::JiraNumber;
use super::mirror::{Poster, Skipped};
use super::tagged::tagged;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Why a comment could not be mirrored, or an assignee not be carried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type", rename = "ItemFailure"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Failure {
    /// Jira or Atlassian gave no answer, or asked to wait.
    NoAnswer,
    /// No main authorized user is connected, or its grant is not honoured.
    NotConnected,
    /// The main authorized user does not see the issue that the comment is on.
    OriginOutOfReach,
    /// The main authorized user does not see the issue that the mirror belongs on: it or its project is gone, or the
    /// permission.
    TargetOutOfReach,
    /// The main authorized user may not comment there.
    MayNotComment,
    /// The main authorized user may not assign issues there.
    MayNotAssign,
    /// Jira does not let the counterpart be assigned to issues there, or the issue is closed.
    NotAssignable,
    /// The main authorized user may not create issues there.
    MayNotCreate,
    /// One of two issues is in another pair of the integration.
    AlreadyPaired,
    /// The integration has as many pairs as there can be.
    PairsFull,
    /// The main authorized user does not find the mirror, which is restricted: it is gone, or hidden from them.
    MirrorOutOfSight,
    /// Jira would not have it.
    Refused {
        /// Jira's own words, at most 200 characters.
        message: String,
    },
}

tagged!(Failure);

/// What became of a comment, or of an assignee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type", rename = "ItemOutcome"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Outcome {
    /// It has a mirror now.
    Created {
        /// The mirror's number.
        comment: JiraNumber,
    },
    /// Its mirror is up to date now.
    Updated {
        /// The mirror's number.
        comment: JiraNumber,
    },
    /// Its mirror was deleted.
    Withdrawn {
        /// The number that it had.
        comment: JiraNumber,
        /// Why, where the comment itself was not deleted.
        why: Option<Skipped>,
    },
    /// The issue at the other end was assigned.
    Assigned {
        /// To whom.
        to: Assigned,
        /// Whether its assignee had been changed there, too, and earlier.
        overrules: bool,
    },
    /// An issue has a counterpart now, and both are a pair.
    CounterpartCreated {
        /// The counterpart's number.
        issue: JiraNumber,
    },
    /// An issue is a pair with another now, because each names the other.
    Joined {
        /// The other's number.
        issue: JiraNumber,
    },
    /// An issue is a pair with another no more, because they do not name each other any more.
    Parted {
        /// The other's number.
        issue: JiraNumber,
    },
    /// Nothing was to be done.
    Skipped {
        /// Why.
        why: Skipped,
    },
    /// It is tried again later.
    Waits {
        /// What went wrong, if anything did.
        why: Option<Failure>,
    },
    /// It is not tried again by itself.
    Failed {
        /// Why.
        why: Failure,
    },
}

tagged!(Outcome);

/// What an item of a run is about, where that is no comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ItemAbout"))]
#[serde(rename_all = "camelCase")]
pub enum About {
    /// Who the issue is assigned to.
    Assignee,
    /// The issue itself.
    Issue,
}

/// One comment of a run, the assignee of an issue, or an issue as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RunItem {
    /// At which end it was written, or the assignee was changed.
    pub end: End,
    /// The key of its issue, if Jira told it.
    pub issue: Option<String>,
    /// Its number: that of the comment, or of the issue where it is about that.
    pub comment: JiraNumber,
    /// What it is about, where that is no comment.
    pub about: Option<About>,
    /// What became of it.
    pub outcome: Outcome,
    /// As whom something was done, if it was.
    pub by: Option<Poster>,
    /// What of it could not be carried.
    pub lost: Lost,
    /// Points of Jira's budget that it cost, as the app reckons them.
    pub points: u32,
    /// When it was through.
    pub at: Timestamp,
}

/// How many comments became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "RunCounts"))]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Looked at.
    pub read: u32,
    /// Created.
    pub created: u32,
    /// Updated, withdrawn or assigned.
    pub updated: u32,
    /// Skipped.
    pub skipped: u32,
    /// Failed.
    pub failed: u32,
    /// Points spent.
    pub points: u32,
}

impl Counts {
    /// The counts of these.
    #[must_use]
    pub fn of(items: &[RunItem]) -> Self {
        items.iter().fold(Self::default(), |mut counts, item| {
            counts.read += 1;
            counts.points += item.points;
            match &item.outcome {
                Outcome::Created { .. } | Outcome::CounterpartCreated { .. } | Outcome::Joined { .. } => {
                    counts.created += 1;
                }
                Outcome::Updated { .. }
                | Outcome::Withdrawn { .. }
                | Outcome::Assigned { .. }
                | Outcome::Parted { .. } => counts.updated += 1,
                Outcome::Skipped { .. } => counts.skipped += 1,
                Outcome::Failed { .. } => counts.failed += 1,
                Outcome::Waits { .. } => {}
            }
            counts
        })
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            read: self.read + other.read,
            created: self.created + other.created,
            updated: self.updated + other.updated,
            skipped: self.skipped + other.skipped,
            failed: self.failed + other.failed,
            points: self.points + other.points,
        }
    }
}
