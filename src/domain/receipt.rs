//! Receipts: one for each change of the main authorized user, each sealed with the one before it.

use super::account::Person;
use super::authorization::Purpose;
use super::health::Check;
use super::rehearsal::Permission;
use super::seal::seal;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// A project that stays, where something required is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Lacking {
    /// Its key.
    pub project: String,
    /// What is missing.
    pub permissions: Vec<Permission>,
}

/// What the administrator knew of a change before it began: its rehearsal in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Foreseen {
    /// Names the rehearsal.
    pub rehearsal: String,
    /// When it was done.
    pub at: Timestamp,
    /// How many projects both accounts saw.
    pub kept: u32,
    /// How many only the account before saw.
    pub lost: u32,
    /// How many only the account since saw.
    pub gained: u32,
    /// In how many projects something required was missing, lost ones among them.
    pub failing: u32,
    /// Keys of the lost projects, at most 50.
    pub losses: Vec<String>,
    /// Projects that are not lost where something required was missing, at most 50. Absent in receipts of earlier versions,
    /// whose seals hold without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub lacking: Option<Vec<Lacking>>,
    /// Whether the losses, or what was missing, were acknowledged; there was nothing to acknowledge otherwise.
    pub acknowledged: bool,
    /// How many people had connected their own accounts.
    pub people: u32,
    /// How many of them had to re-authorize already.
    pub to_reauthorize: u32,
}

/// What is known of a change for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Receipt {
    /// 1 for the first, rising by one.
    pub number: u32,
    /// First connection or change.
    pub purpose: Purpose,
    /// The generation that it began.
    pub generation: u32,
    /// The main authorized user before.
    pub from: Option<Person>,
    /// The main authorized user since.
    pub to: Person,
    /// Who changed it.
    pub by: Person,
    /// When it began.
    pub began_at: Timestamp,
    /// When the pointer moved.
    pub at: Timestamp,
    /// The checks that were passed before.
    pub checks: Vec<Check>,
    /// What was known before; absent for a first connection and for going back.
    pub foreseen: Option<Foreseen>,
    /// For when it was scheduled. Absent where it was not: the seals of receipts of earlier versions hold without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub scheduled_for: Option<Timestamp>,
    /// [`Receipt::seal`] of the receipt before; empty for the first.
    pub previous: String,
}

impl Receipt {
    /// Its [`seal`], which the next receipt names.
    #[must_use]
    pub fn seal(&self) -> String {
        seal(self)
    }
}
