//! The world as an argument: everything that a flow can reach outside itself.
//!
//! `host.rs` implements these over Forge; the sandbox implements them for tests and the simulator. Every call that can
//! fail says how: nothing is retried in here.

use crate::domain::account::AccountId;
use crate::domain::authorization::SessionKey;
use crate::domain::integration::IntegrationId;
use crate::domain::limits::JiraNumber;
use crate::domain::tagged::tagged;
use crate::domain::time::Timestamp;
use crate::jira::JiraRequest;
use crate::rate_limit::Limits;
use crate::secret::Secret;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Everything at once.
#[expect(async_fn_in_trait, reason = "the wasm is single-threaded: no caller needs `Send`")]
pub trait World {
    /// The present, in milliseconds.
    fn now(&self) -> Timestamp;

    /// 256 random bits from a cryptographic source.
    fn random(&self) -> [u8; 32];

    /// Waits that long, while somebody else finishes.
    async fn pause(&self, ms: u32);

    /// Reads a record. Consistent: it sees every write that was answered.
    async fn get(&self, key: &Key) -> Result<Option<Stored>, StoreError>;

    /// Writes all or nothing; at most 25 writes, each key once.
    async fn transact(&self, writes: Vec<Write>) -> Result<(), StoreError>;

    /// Reads a secret.
    async fn secret(&self, key: &str) -> Result<Option<Secret>, StoreError>;

    /// Writes a secret. Secrets stand outside transactions: write one under a new name, then move the record.
    async fn keep_secret(&self, key: &str, secret: &Secret, keep: Keep) -> Result<(), StoreError>;

    /// Deletes a secret; one that is not there is no error.
    async fn forget_secret(&self, key: &str) -> Result<(), StoreError>;

    /// Asks Jira through Forge: as the caller of this invocation, or as the app.
    async fn jira(&self, principal: Principal, request: &JiraRequest) -> Result<HttpResponse, Unavailable>;

    /// Sends a request to Atlassian's public hosts. Redirects are not followed.
    async fn http(&self, request: HttpRequest<'_>) -> Result<HttpResponse, Unavailable>;

    /// The address of a web trigger of this installation, always the same.
    async fn web_trigger_url(&self, trigger: WebTrigger) -> Result<String, Unavailable>;

    /// One page of records, by an index. It may lag behind writes, so nothing is decided by it.
    async fn list(&self, listing: &Listing) -> Result<Page, StoreError>;

    /// Sends work on its way. It arrives at least once, `delay_s` seconds later or more; at most 900.
    async fn push(&self, work: &Work, delay_s: u32) -> Result<(), Unavailable>;
}

/// Which records to list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// By which index.
    pub index: IndexName,
    /// The value that its partition shares: [`EVERYONE`] for the indexes over everything.
    pub partition: String,
    /// From the end.
    pub descending: bool,
    /// Only those whose text begins so; for an index that is sorted by text.
    pub begins_with: Option<String>,
    /// Where the page begins.
    pub cursor: Option<String>,
    /// How many at most, from 1 to 100.
    pub limit: u8,
}

/// What every indexed record has in common: an index is asked within a partition.
pub const EVERYONE: &str = "everyone";

/// The indexes of `manifest.yml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IndexName {
    /// Grants of people, by name.
    PeopleByName,
    /// The same, since when they are counted as they are.
    PeopleBySince,
    /// Those whose refresh token is being redeemed, since when.
    PeopleByRedeeming,
    /// Grants under one label, by name.
    LabelByName,
    /// The same, since when.
    LabelBySince,
    /// Runs, by when they started.
    Runs,
    /// Runs with one outcome.
    RunsByOutcome,
    /// Runs of one integration.
    RunsByIntegration,
    /// Runs of one integration with one outcome.
    RunsByBoth,
    /// Runs that support may see.
    RunsShared,
    /// Runs whose first item is on one issue.
    RunsByIssue,
}

impl IndexName {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::PeopleByName,
        Self::PeopleBySince,
        Self::PeopleByRedeeming,
        Self::LabelByName,
        Self::LabelBySince,
        Self::Runs,
        Self::RunsByOutcome,
        Self::RunsByIntegration,
        Self::RunsByBoth,
        Self::RunsShared,
        Self::RunsByIssue,
    ];

    /// Its entity, its name, the attribute of its partition and the one that it sorts by, as in the manifest.
    #[must_use]
    pub fn shape(self) -> (Entity, &'static str, &'static str, &'static str) {
        match self {
            Self::PeopleByName => (Entity::Grant, "by-name", "everyone", "name"),
            Self::PeopleBySince => (Entity::Grant, "by-since", "everyone", "since"),
            Self::PeopleByRedeeming => (Entity::Grant, "by-redeeming", "everyone", "redeeming"),
            Self::LabelByName => (Entity::Grant, "by-label-name", "label", "name"),
            Self::LabelBySince => (Entity::Grant, "by-label-since", "label", "since"),
            Self::Runs => (Entity::Run, "by-started", "everyone", "started"),
            Self::RunsByOutcome => (Entity::Run, "by-outcome", "outcome", "started"),
            Self::RunsByIntegration => (Entity::Run, "by-integration", "integration", "started"),
            Self::RunsByBoth => (Entity::Run, "by-both", "both", "started"),
            Self::RunsShared => (Entity::Run, "by-shared", "shared", "started"),
            Self::RunsByIssue => (Entity::Run, "by-issue", "issue", "started"),
        }
    }
}

/// One page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The records.
    pub rows: Vec<Stored>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// What indexes know of a record: its attributes of the manifest beside revision and document. An index leaves out a record
/// that lacks the attribute of its partition, or the one that it sorts by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index(pub Vec<(&'static str, Attribute)>);

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attribute {
    /// A text.
    Text(String),
    /// A moment, in milliseconds.
    Moment(i64),
}

/// Work that is done later, in another invocation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Work {
    /// A change that needs nobody any more goes on.
    Change {
        /// Which.
        key: SessionKey,
    },
    /// People's grants are tried.
    Verify {
        /// Of which generation's job.
        generation: u32,
        /// Which batch of it.
        batch: u32,
    },
    /// A rehearsal goes on.
    Rehearse {
        /// Of which account.
        account: AccountId,
        /// Which run.
        id: String,
        /// Which batch of it.
        batch: u32,
    },
    /// A test of an account goes on.
    Trial {
        /// Of which account.
        account: AccountId,
        /// Which run.
        id: String,
        /// Which step of it.
        step: u32,
    },
    /// Issues of an integration are looked at as a whole: whether they are pairs, and whether they get counterparts.
    Intake {
        /// Of which integration.
        integration: IntegrationId,
    },
    /// Comments of a pair of issues are mirrored.
    Mirror {
        /// Of which integration.
        integration: IntegrationId,
        /// Of the pair with this issue on this site.
        here: JiraNumber,
    },
}

tagged!(Work);

/// The custom entities of `manifest.yml`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entity {
    /// The connection and what was observed of it.
    Connection,
    /// Authorization sessions.
    Session,
    /// Grants.
    Grant,
    /// Receipts.
    Receipt,
    /// What single people did with prompts.
    Person,
    /// Shards of the count of people.
    Tally,
    /// Rehearsals and their projects.
    Rehearsal,
    /// The register of service accounts.
    Register,
    /// Hand-off links.
    HandOff,
    /// Tests of service accounts.
    Trial,
    /// Runs of integrations, and what was counted of them.
    Run,
    /// Integrations, their pairs of issues and their mirrored comments.
    Integration,
}

impl Entity {
    /// Its name in the manifest.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::Session => "session",
            Self::Grant => "grant",
            Self::Receipt => "receipt",
            Self::Person => "person",
            Self::Tally => "tally",
            Self::Rehearsal => "rehearsal",
            Self::Register => "register",
            Self::HandOff => "hand-off",
            Self::Trial => "trial",
            Self::Run => "run",
            Self::Integration => "integration",
        }
    }
}

/// Where a record is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Its entity.
    pub entity: Entity,
    /// Its key, of the alphabet `A-Z a-z 0-9 : . _ -`.
    pub id: String,
}

/// A record at rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    /// Rises by one with each write. From 1.
    pub revision: u32,
    /// The document.
    pub document: Value,
}

/// What must be true of a record for a transaction to happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// It is not there.
    Absent,
    /// It is at this revision.
    Revision(u32),
}

impl Expect {
    /// What is true of the record after a write that expected this.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Absent => Self::Revision(1),
            Self::Revision(revision) => Self::Revision(revision + 1),
        }
    }
}

/// One part of a transaction.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// Writes a record, at the next revision.
    Put {
        /// Where.
        key: Key,
        /// If.
        expect: Expect,
        /// What.
        document: Value,
        /// What an index shall know of it; nothing for most records.
        index: Option<Index>,
    },
    /// Deletes a record.
    Delete {
        /// Where.
        key: Key,
        /// If; whatever it holds when this is absent.
        expect: Option<Expect>,
    },
}

/// Why storage did not do as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreError {
    /// An expectation did not hold: somebody else was first. Nothing was written.
    Conflict,
    /// No answer. A write may or may not have happened.
    Unavailable,
    /// The record cannot be read.
    Corrupt,
}

/// For how long a secret is kept, should the app not come to delete it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// A day: longer than any change waits whose account is allowed by its administrator.
    Day,
    /// Three days: longer than what a hand-off link yielded waits.
    HandOff,
    /// A day more than the 90 that Atlassian honours a grant which is not used. Each refresh writes its tokens anew.
    Idle,
}

impl Keep {
    /// The same in days.
    #[must_use]
    pub fn days(self) -> u32 {
        match self {
            Self::Day => 1,
            Self::HandOff => 3,
            Self::Idle => 91,
        }
    }
}

/// In whose name Forge asks Jira.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Principal {
    /// The person who called this invocation: Jira applies their permissions.
    Caller,
    /// The app's own account.
    App,
}

/// The app's web triggers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebTrigger {
    /// The OAuth 2.0 redirect endpoint.
    Redirect,
    /// Where Jira delivers webhooks.
    Delivery,
    /// Where a hand-off link leads.
    HandOff,
    /// The door for support.
    Support,
}

impl WebTrigger {
    /// Its key in the manifest.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Redirect => "redirect",
            Self::Delivery => "delivery",
            Self::HandOff => "hand-off",
            Self::Support => "support",
        }
    }
}

/// A request to one of Atlassian's public hosts.
pub struct HttpRequest<'a> {
    /// `GET`, `POST`, ...
    pub method: &'static str,
    /// The whole address. Its host is a constant of the app.
    pub url: String,
    /// For the `Authorization` header.
    pub bearer: Option<&'a Secret>,
    /// A body.
    pub body: Option<Body<'a>>,
}

/// A body.
pub enum Body<'a> {
    /// JSON that holds secrets.
    Secret(&'a Secret),
    /// JSON that holds none.
    Plain(String),
    /// A file of plain text, sent as the field `file` of `multipart/form-data`.
    File(&'a File),
}

/// A file of plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name, of the alphabet `A-Z a-z 0-9 . _ -`.
    pub name: String,
    /// What is in it.
    pub text: String,
    /// What stands between the parts, and nowhere in the text: of the alphabet `A-Z a-z 0-9`, at most 70 characters.
    pub boundary: String,
}

impl File {
    /// The value of `Content-Type` that goes with [`File::body`].
    #[must_use]
    pub fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    /// The body, as RFC 7578 writes it.
    #[must_use]
    pub fn body(&self) -> String {
        let Self { name, text, boundary } = self;
        let about = format!("Content-Disposition: form-data; name=\"file\"; filename=\"{name}\"");
        format!(
            "--{boundary}\r\n{about}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--{boundary}--\r\n"
        )
    }
}

/// An answer over HTTP. Its body may hold tokens, so it cannot be printed.
pub struct HttpResponse {
    /// The status.
    pub status: u16,
    /// What its headers say of limits.
    pub limits: Limits,
    /// The body as text.
    pub body: String,
}

/// No answer came: nothing is known of what happened there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_as_one_part_of_a_form() {
        let file = File { name: "a.txt".into(), text: "héllo".into(), boundary: "integrationplus0".into() };
        assert_eq!(file.content_type(), "multipart/form-data; boundary=integrationplus0");
        // The local gateway is tested with the very same text.
        let written = "--integrationplus0\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\
            Content-Type: text/plain; charset=utf-8\r\n\r\nhéllo\r\n--integrationplus0--\r\n";
        assert_eq!(file.body(), written);
    }
}
