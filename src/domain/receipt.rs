//! Receipts: one for each change of the main authorized user, each sealed with the one before it.

use super::account::Person;
use super::authorization::Purpose;
use super::health::Check;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What is known of a change for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// When the pointer moved.
    pub at: Timestamp,
    /// The checks that were passed before.
    pub checks: Vec<Check>,
    /// [`Receipt::seal`] of the receipt before; empty for the first.
    pub previous: String,
}

impl Receipt {
    /// Lower-case hexadecimal SHA-256 of the receipt's JSON with its keys sorted: whoever alters a receipt must alter
    /// every later one.
    #[must_use]
    pub fn seal(&self) -> String {
        // `serde_json::Value` sorts the keys of an object, so the seal does not hang on the order of fields here.
        let json = serde_json::to_value(self).map(|value| value.to_string()).unwrap_or_default();
        crate::url::hex(&Sha256::digest(json.as_bytes()))
    }
}
