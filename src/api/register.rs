//! The register of service accounts, on the wire.

use crate::domain::account::{Account, Person};
use crate::domain::grant::TestUse;
use crate::domain::register::{Details, Reported};
use crate::domain::time::Timestamp;
use crate::domain::trial::LastTest;
use serde::Serialize;

/// The register of service accounts.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RegisterView {
    /// When this was true, in milliseconds since 1970-01-01T00:00:00Z.
    pub now: Timestamp,
    /// Every account; first the main authorized user, where nothing is written down of it.
    pub entries: Vec<EntryView>,
    /// The latest reports, newest first.
    pub reports: Vec<Reported>,
}

/// An account in the register.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EntryView {
    /// Which.
    pub account: Account,
    /// Whether it is the main authorized user.
    pub is_main: bool,
    /// Whether it looks like an ordinary person's: people leave.
    pub looks_personal: bool,
    /// What is written down, if anything is.
    pub details: Option<Details>,
    /// When its credentials are to be replaced.
    pub rotate_on: Option<Timestamp>,
    /// When that was last changed.
    pub changed_at: Option<Timestamp>,
    /// By whom.
    pub changed_by: Option<Person>,
    /// Names what is on the screen when it is changed.
    pub revision: Option<u32>,
    /// The latest test, if there was one.
    pub last_test: Option<LastTest>,
    /// When the next test is due, if there is a schedule.
    pub next_test_at: Option<Timestamp>,
    /// Where the app holds its grant for tests only: since when, and by whose link.
    pub held: Option<TestUse>,
}
