//! Receipts: one for each change of the main authorized user, each sealed with the one before it.

use super::account::Person;
use super::authorization::Purpose;
use super::health::Check;
use super::seal::seal;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

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
