//! Records at rest: where each is, in which version, and how older versions are read.
//!
//! A document is `{"version": n, "data": ...}`. A record is upgraded when it is read and rests in its new form from its
//! next write on; `tests/invariants/records.rs` keeps a golden copy of every version that ever shipped.

pub mod mirror;

use crate::domain::account::AccountId;
use crate::domain::authorization::{AuthorizationSession, Purpose, SessionKey};
use crate::domain::connection::Connection;
use crate::domain::grant::{Grant, Redemption};
use crate::domain::hand_off::{HandOff, HandOffKey};
use crate::domain::health::Health;
use crate::domain::integration::IntegrationId;
use crate::domain::limits::{AccessLog, Limits};
use crate::domain::personal::Personal;
use crate::domain::receipt::Receipt;
use crate::domain::refusal::{RedirectRefusal, Refusals};
use crate::domain::register::{Entry, Register};
use crate::domain::rehearsal::{Part, Rehearsal};
use crate::domain::run_log::{Items, Run, RunDays, RunId, RunOutcome};
use crate::domain::settings::Settings;
use crate::domain::support::{DoorRefusal, Support};
use crate::domain::tally::Shard;
use crate::domain::time::Timestamp;
use crate::domain::trial::{Trial, Trials};
use crate::domain::trial_link::TrialLink;
use crate::domain::wave::{Days, Job};
use crate::json;
use crate::ports::{Attribute, EVERYONE, Entity, Expect, Index, Keep, Key, StoreError, Stored, World, Write};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The version in which records are written.
pub const VERSION: u64 = 1;

/// A shape that rests in storage.
pub trait Record: Serialize + DeserializeOwned {}

impl Record for Connection {}
impl Record for Health {}
impl Record for Refusals<RedirectRefusal> {}
impl Record for Refusals<DoorRefusal> {}
impl Record for Delivered {}
impl Record for Instance {}
impl Record for AuthorizationSession {}
impl Record for Grant {}
impl Record for Receipt {}
impl Record for Settings {}
impl Record for Support {}
impl Record for Job {}
impl Record for Days {}
impl Record for Personal {}
impl Record for Shard {}
impl Record for Rehearsal {}
impl Record for Part {}
impl Record for Rehearsals {}
impl Record for Limits {}
impl Record for AccessLog {}
impl Record for Register {}
impl Record for Entry {}
impl Record for HandOff {}
impl Record for Trial {}
impl Record for Trials {}
impl Record for Run {}
impl Record for Items {}
impl Record for RunDays {}
impl Record for TrialLink {}

/// Which accounts have a rehearsal, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rehearsals(pub Vec<AccountId>);

/// Deliveries of webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Delivered {
    /// When one last proved true.
    pub at: Option<Timestamp>,
    /// When one was last looked into.
    pub looked_at: Timestamp,
}

/// What identifies this installation to support.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Instance {
    /// Random, made once, kept over upgrades.
    pub id: String,
    /// When.
    pub installed_at: Timestamp,
    /// The version in which the app last wrote its records.
    pub schema: u64,
}

/// A record together with the revision at which it was read: whoever writes it back must name that.
#[derive(Clone, Debug)]
pub struct At<T> {
    /// As read; [`Expect::Absent`] when it was not there.
    pub expect: Expect,
    /// The record.
    pub value: T,
}

impl<T> At<T> {
    /// One that is not there yet.
    pub fn absent(value: T) -> Self {
        Self { expect: Expect::Absent, value }
    }
}

fn key(entity: Entity, id: &str) -> Key {
    Key { entity, id: id.to_owned() }
}

/// The connection.
#[must_use]
pub fn connection() -> Key {
    key(Entity::Connection, "connection")
}

/// The last checks.
#[must_use]
pub fn health() -> Key {
    key(Entity::Connection, "health")
}

/// Redirects that were turned away.
#[must_use]
pub fn refusals() -> Key {
    key(Entity::Connection, "refusals")
}

/// Accesses of support.
#[must_use]
pub fn support() -> Key {
    key(Entity::Connection, "support")
}

/// Who was turned away at the door for support.
#[must_use]
pub fn door_refusals() -> Key {
    key(Entity::Connection, "support-refusals")
}

/// The last delivery.
#[must_use]
pub fn delivered() -> Key {
    key(Entity::Connection, "delivered")
}

/// The installation.
#[must_use]
pub fn instance() -> Key {
    key(Entity::Connection, "instance")
}

/// An authorization session.
#[must_use]
pub fn session(session: &SessionKey) -> Key {
    key(Entity::Session, session.as_str())
}

/// The settings.
#[must_use]
pub fn settings() -> Key {
    key(Entity::Connection, "settings")
}

/// What limits the app.
#[must_use]
pub fn limits() -> Key {
    key(Entity::Connection, "limits")
}

/// Requests for access and changes of the limits.
#[must_use]
pub fn access_log() -> Key {
    key(Entity::Connection, "access-log")
}

/// The job that tries people's grants.
#[must_use]
pub fn job() -> Key {
    key(Entity::Connection, "job")
}

/// How people stood, day by day.
#[must_use]
pub fn days() -> Key {
    key(Entity::Connection, "days")
}

/// Which accounts have a rehearsal.
#[must_use]
pub fn rehearsals() -> Key {
    key(Entity::Rehearsal, "all")
}

/// The rehearsal of an account.
#[must_use]
pub fn rehearsal(account: &AccountId) -> Key {
    key(Entity::Rehearsal, &format!("of:{}", account.as_str()))
}

/// One part of the projects of a rehearsal.
#[must_use]
pub fn rehearsed(account: &AccountId, part: u32) -> Key {
    key(Entity::Rehearsal, &format!("part:{}:{part:05}", account.as_str()))
}

/// Which service accounts are registered.
#[must_use]
pub fn register() -> Key {
    key(Entity::Register, "all")
}

/// A registered service account.
#[must_use]
pub fn entry(account: &AccountId) -> Key {
    key(Entity::Register, &format!("of:{}", account.as_str()))
}

/// A hand-off link.
#[must_use]
pub fn hand_off(link: &HandOffKey) -> Key {
    key(Entity::HandOff, link.as_str())
}

/// Which accounts are tested.
#[must_use]
pub fn trials() -> Key {
    key(Entity::Trial, "all")
}

/// Tests of an account.
#[must_use]
pub fn trial(account: &AccountId) -> Key {
    key(Entity::Trial, &format!("of:{}", account.as_str()))
}

/// A run.
#[must_use]
pub fn run(id: &RunId) -> Key {
    key(Entity::Run, &format!("run:{}", id.as_str()))
}

/// One part of the items of a run.
#[must_use]
pub fn run_items(id: &RunId, part: u32) -> Key {
    key(Entity::Run, &format!("items:{}:{part:03}", id.as_str()))
}

/// Runs, day by day.
#[must_use]
pub fn run_days() -> Key {
    key(Entity::Run, "days")
}

/// Hand-off links for tests of an account.
#[must_use]
pub fn trial_link(account: &AccountId) -> Key {
    key(Entity::Trial, &format!("link:{}", account.as_str()))
}

/// One person.
#[must_use]
pub fn personal(account: &AccountId) -> Key {
    key(Entity::Person, account.as_str())
}

/// A shard of the count of people.
#[must_use]
pub fn shard(number: u8) -> Key {
    key(Entity::Tally, &format!("{number:02}"))
}

/// Name of the secret with the text of the comment that waits for its author.
#[must_use]
pub fn held_secret(id: &str) -> String {
    format!("held:{id}")
}

/// The grant of an account.
#[must_use]
pub fn grant(account: &AccountId) -> Key {
    key(Entity::Grant, account.as_str())
}

/// A receipt.
#[must_use]
pub fn receipt(number: u32) -> Key {
    key(Entity::Receipt, &format!("{number:010}"))
}

/// Name of the secret that an open authorization request needs: its `state` and its PKCE verifier.
#[must_use]
pub fn request_secret(session: &SessionKey) -> String {
    format!("request:{}", session.as_str())
}

/// Name of the secret with the tokens of a grant that is parked for a change.
#[must_use]
pub fn parked_secret(session: &SessionKey) -> String {
    format!("parked:{}", session.as_str())
}

/// Name of the secret with the tokens that a session yields, and how long they rest there. A person's own become their
/// grant's as they are, whenever the person comes by again, and so do those for tests; a change waits for minutes, or for
/// days when somebody else allowed with a hand-off link.
#[must_use]
pub fn yielded_secret(session: &AuthorizationSession, key: &SessionKey) -> (String, Keep) {
    match session.purpose {
        Purpose::Reauthorize => (grant_secret(&session.initiator.account_id, key.as_str()), Keep::Idle),
        Purpose::Test => (grant_secret(&session.intended.account_id, key.as_str()), Keep::Idle),
        Purpose::FirstConnect | Purpose::ChangeMainUser | Purpose::RollBack => {
            (parked_secret(key), if session.hand_off.is_some() { Keep::HandOff } else { Keep::Day })
        }
    }
}

/// Name of the secret with the tokens of a grant. Each writer has a name of its own, that of its lease or session, so
/// that two who write at once cannot take each other's tokens for theirs, and what a crash leaves behind can be found.
#[must_use]
pub fn grant_secret(account: &AccountId, writer: &str) -> String {
    format!("grant:{}:{writer}", account.as_str())
}

/// Names of every secret that may hold tokens of a grant: the present ones, those before them, and what a redemption that
/// is under way or broke off may have written.
#[must_use]
pub fn grant_secrets(grant: &Grant) -> Vec<String> {
    let written = grant.redemption.iter().flat_map(Redemption::holders);
    let written = written.map(|holder| grant_secret(&grant.account.person.account_id, holder));
    std::iter::once(grant.secret_key.clone()).chain(grant.retired_secret.clone()).chain(written).collect()
}

/// Reads a record.
///
/// # Errors
/// [`StoreError`]; `Corrupt` when the document fits no version.
pub async fn load<T: Record>(world: &impl World, key: &Key) -> Result<Option<At<T>>, StoreError> {
    world.get(key).await?.map(read).transpose()
}

/// Reads a record that begins as its default.
///
/// # Errors
/// [`StoreError`]
pub async fn load_or_default<T: Record + Default>(world: &impl World, key: &Key) -> Result<At<T>, StoreError> {
    Ok(load(world, key).await?.unwrap_or_else(|| At::absent(T::default())))
}

/// How often a record that somebody else moved is read anew.
const TRIES: usize = 3;

/// Changes a record, on what others left of it where they were first. `change` answers nothing where nothing is to be done.
///
/// # Errors
/// [`StoreError`]; `Conflict` when others were first again and again.
pub async fn amend<T: Record + Default>(
    world: &impl World,
    key: Key,
    at: At<T>,
    change: &dyn Fn(T) -> Option<T>,
) -> Result<(), StoreError> {
    amended(world, key, at, change).await.map(|_| ())
}

/// The same, with the record as it is then; `None` where nothing was to be done.
///
/// # Errors
/// As [`amend`].
pub async fn amended<T: Record + Default>(
    world: &impl World,
    key: Key,
    mut at: At<T>,
    change: &dyn Fn(T) -> Option<T>,
) -> Result<Option<At<T>>, StoreError> {
    for left in (0..TRIES).rev() {
        let Some(value) = change(at.value) else { return Ok(None) };
        match world.transact(vec![put(key.clone(), at.expect, &value)]).await {
            Ok(()) => return Ok(Some(At { expect: at.expect.next(), value })),
            Err(StoreError::Conflict) if left > 0 => at = load_or_default(world, &key).await?,
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// Reads a document of any version.
///
/// # Errors
/// [`StoreError::Corrupt`]
pub fn read<T: Record>(stored: Stored) -> Result<At<T>, StoreError> {
    let revision = stored.revision;
    let value = json::read(present(stored.document)?).map_err(|_| StoreError::Corrupt)?;
    Ok(At { expect: Expect::Revision(revision), value })
}

/// The data of a document, brought to the present version.
fn present(mut document: Value) -> Result<Value, StoreError> {
    match document["version"].as_u64() {
        Some(VERSION) => Ok(document["data"].take()),
        Some(_) | None => Err(StoreError::Corrupt),
    }
}

/// Writes a record back.
#[must_use]
pub fn put<T: Record>(key: Key, expect: Expect, value: &T) -> Write {
    // Our own shapes have text keys and finite numbers only, so this cannot fail.
    let data = serde_json::to_value(value).unwrap_or(Value::Null);
    Write::Put { key, expect, document: json!({ "version": VERSION, "data": data }), index: None }
}

/// Writes a grant back. A person's is listed by an index; the main authorized user's own is not.
#[must_use]
pub fn put_grant(expect: Expect, grant: &Grant) -> Write {
    let person = &grant.account.person;
    let index = grant.personal.as_ref().map(|personal| {
        let redeeming = grant.redemption.as_ref().map(|redemption| ("redeeming", moment(redemption.since)));
        let known = [
            ("everyone", text(EVERYONE)),
            ("label", text(personal.counted.label.name())),
            ("name", Attribute::Text(person.display_name.to_lowercase())),
            ("since", moment(personal.since)),
        ];
        Index(known.into_iter().chain(redeeming).collect())
    });
    indexed(put(self::grant(&person.account_id), expect, grant), index)
}

/// The partition of [`crate::ports::IndexName::RunsByBoth`].
#[must_use]
pub fn both(integration: &IntegrationId, outcome: RunOutcome) -> String {
    format!("{}:{}", integration.as_str(), outcome.name())
}

/// Writes a run back, so that it is listed.
#[must_use]
pub fn put_run(expect: Expect, run: &Run) -> Write {
    let shared = run.shared.as_ref().map(|_| ("shared", text(EVERYONE)));
    let issue = run.issue.as_ref().map(|issue| ("issue", text(issue)));
    let known = [
        ("everyone", text(EVERYONE)),
        ("outcome", text(run.outcome.name())),
        ("integration", text(run.integration.as_str())),
        ("both", Attribute::Text(both(&run.integration, run.outcome))),
        ("started", moment(run.started_at)),
    ];
    let index = Index(known.into_iter().chain(shared).chain(issue).collect());
    indexed(put(self::run(&run.id), expect, run), Some(index))
}

fn text(value: &str) -> Attribute {
    Attribute::Text(value.to_owned())
}

fn moment(at: Timestamp) -> Attribute {
    Attribute::Moment(at.0)
}

fn indexed(write: Write, index: Option<Index>) -> Write {
    match write {
        Write::Put { key, expect, document, .. } => Write::Put { key, expect, document, index },
        delete @ Write::Delete { .. } => delete,
    }
}
