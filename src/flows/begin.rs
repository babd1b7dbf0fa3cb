//! Beginning a change, or the first connection: everything that the answer must fit is bound and stored before the
//! authorization page opens.

use crate::api::{ErrorCode, Reply};
use crate::domain::account::{AccountId, Person};
use crate::domain::authorization::{AuthorizationSession, LIFE, SessionKey, SessionState};
use crate::domain::change::Stage;
use crate::domain::connection::{Beginning, Begun, Connection};
use crate::domain::hand_off::{self, HandOffKey};
use crate::domain::rehearsal::Rehearsal;
use crate::domain::scope;
use crate::domain::settings::ReauthorizationPolicy;
use crate::domain::time::Timestamp;
use crate::ports::{Expect, Keep, StoreError, WebTrigger, World, Write};
use crate::records::{self, At};
use crate::tenant::Called;
use futures_util::join;

use super::authorization::{Asked, Drawn};
use super::status::{Seen, see, view};
use super::{accounts, caller, forget, refusal, rehearse, schedule};

/// How often a beginning is tried when somebody else writes at the same moment.
const TRIES: usize = 3;

/// What is asked of a beginning.
pub struct Wish<'r> {
    /// The account that is meant.
    pub intended: &'r AccountId,
    /// The change of another administrator that this one replaces.
    pub instead_of: Option<SessionKey>,
    /// What it asks of people; what the settings say when absent.
    pub policy: Option<ReauthorizationPolicy>,
    /// The rehearsal whose losses and missing permissions are acknowledged.
    pub acknowledged: Option<&'r str>,
    /// When it is to switch; at once when absent.
    pub switch_at: Option<Timestamp>,
}

/// What the beginning needs to know, however often it is tried.
pub(super) struct Meant<'r> {
    pub initiator: Person,
    pub intended: Person,
    pub redirect_uri: String,
    pub instead_of: Option<SessionKey>,
    policy: ReauthorizationPolicy,
    rehearsal: Option<Rehearsal>,
    acknowledged: Option<&'r str>,
    switch_at: Option<Timestamp>,
}

impl Meant<'_> {
    /// What the change is bound to; one that is handed off, to its link. What was rehearsed and acknowledged is held against
    /// the connection in which it begins: somebody else may have moved it since the last try.
    ///
    /// # Errors
    /// [`ErrorCode`] where it may not begin: its rehearsal is none of this connection, or not acknowledged, or there is no
    /// such time.
    pub fn beginning(
        &self,
        connection: &Connection,
        key: SessionKey,
        hand_off: Option<HandOffKey>,
        now: Timestamp,
    ) -> Result<Beginning, ErrorCode> {
        let account = &self.intended.account_id;
        let foreseen = rehearse::gate(connection, self.rehearsal.as_ref(), account, self.acknowledged, now)?;
        let schedule = schedule::planned(connection, account, self.switch_at, now)?;
        let link = hand_off.is_some().then(|| hand_off::usable_until(schedule.as_ref(), now));
        Ok(Beginning {
            key,
            initiator: self.initiator.clone(),
            intended: self.intended.clone(),
            instead_of: self.instead_of.clone(),
            policy: self.policy,
            foreseen,
            schedule,
            began_at: now,
            expires_at: link.unwrap_or(now.plus(LIFE)),
            hand_off,
        })
    }
}

/// Begins.
///
/// # Errors
/// [`ErrorCode`]; nothing is stored.
pub async fn begin<W: World>(called: &Called<'_, W>, wish: Wish<'_>) -> Result<Reply, ErrorCode> {
    let (meant, mut seen) = prepare(called, wish).await?;
    for _ in 0..TRIES {
        match store(called, &meant, seen).await {
            Err(Tried::Again) => seen = see(called.world, meant.instead_of.as_ref()).await?,
            Err(Tried::Refused(error)) => return Err(error),
            Ok(reply) => return Ok(reply),
        }
    }
    Err(ErrorCode::Conflict)
}

/// Whether the caller may begin a change to this account, and what there is to know for it.
///
/// # Errors
/// [`ErrorCode`]
pub(super) async fn prepare<'r, W: World>(
    called: &Called<'_, W>,
    wish: Wish<'r>,
) -> Result<(Meant<'r>, Seen), ErrorCode> {
    let Wish { intended, instead_of, policy, acknowledged, switch_at } = wish;
    let world = called.world;
    called.config.client()?;
    let rehearsal = records::rehearsal(intended);
    let (allowed, initiator, account, redirect_uri, rehearsal, seen) = join!(
        caller::administrator(called),
        caller::myself(called),
        accounts::one(called, intended),
        world.web_trigger_url(WebTrigger::Redirect),
        records::load::<Rehearsal>(world, &rehearsal),
        see(world, instead_of.as_ref()),
    );
    allowed?;
    let account = account?;
    account.suitable().map_err(|reason| ErrorCode::AccountUnsuitable { reason })?;
    let redirect_uri = redirect_uri.map_err(|_| ErrorCode::StorageUnavailable)?;
    let seen = seen?;
    let rehearsal = rehearsal?.map(|at| at.value);
    let policy = policy.unwrap_or(seen.settings.policy);
    let (initiator, intended) = (initiator?, account.person);
    let meant = Meant { initiator, intended, redirect_uri, instead_of, policy, rehearsal, acknowledged, switch_at };
    Ok((meant, seen))
}

/// The address of the open authorization page once more.
///
/// # Errors
/// [`ErrorCode`]
pub async fn reopen<W: World>(called: &Called<'_, W>, key: &SessionKey) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let name = records::request_secret(key);
    let (allowed, seen, secret) = join!(caller::administrator(called), see(world, Some(key)), world.secret(&name));
    allowed?;
    let seen = seen?;
    let change = seen.connection.value.under_way(key).ok_or(ErrorCode::NoSuchChange)?;
    if !change.begun_by(&called.caller) {
        return Err(ErrorCode::NotInitiator { by: change.initiator.clone() });
    }
    let session = seen.session.as_ref().map(|at| &at.value).ok_or(ErrorCode::NoSuchChange)?;
    let open = matches!(session.state, SessionState::Pending) && !session.expired(world.now());
    if !open || !matches!(change.stage, Stage::AwaitingConsent) {
        return Err(ErrorCode::WrongStage);
    }
    let secret = secret?.ok_or(ErrorCode::NoSuchChange)?;
    let drawn = Drawn::of(&secret, session).ok_or(ErrorCode::CorruptRecord)?;
    let url = drawn.url(called, &session.redirect_uri, &scope::REQUIRED)?;
    Ok(authorization(called, key.clone(), url, &seen))
}

/// Why a beginning was not stored.
pub(super) enum Tried {
    /// Somebody else wrote at the same moment.
    Again,
    /// It may not be.
    Refused(ErrorCode),
}

impl From<StoreError> for Tried {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Conflict => Self::Again,
            StoreError::Unavailable | StoreError::Corrupt => Self::Refused(error.into()),
        }
    }
}

impl From<ErrorCode> for Tried {
    fn from(error: ErrorCode) -> Self {
        Self::Refused(error)
    }
}

async fn store<W: World>(called: &Called<'_, W>, meant: &Meant<'_>, seen: Seen) -> Result<Reply, Tried> {
    let world = called.world;
    let now = world.now();
    let drawn = Drawn::new(called);
    let key = drawn.key()?;
    let url = drawn.url(called, &meant.redirect_uri, &scope::REQUIRED)?;

    let connection = seen.connection.value.clone();
    let beginning = meant.beginning(&connection, key.clone(), None, now)?;
    let open = seen.session.as_ref().map(|at| &at.value);
    let begun = connection.begin(beginning, open).map_err(|refused| refusal(refused, now))?;
    let asked = Asked {
        purpose: begun.connection.purpose(),
        initiator: meant.initiator.clone(),
        intended: meant.intended.clone(),
        redirect_uri: meant.redirect_uri.clone(),
        scopes: scope::REQUIRED.map(str::to_owned).to_vec(),
        hand_off: None,
    };
    let session = drawn.session(called, asked, now);

    world.keep_secret(&records::request_secret(&key), &drawn.kept(), Keep::Day).await?;
    let mut writes = vec![
        records::put(records::connection(), seen.connection.expect, &begun.connection),
        records::put(records::session(&key), Expect::Absent, &session),
    ];
    writes.extend(replaced(&begun, seen.session.as_ref(), now));
    if let Err(error) = world.transact(writes).await {
        // After a lost answer the session may rest there and need its secret; storage forgets it within a day.
        if error == StoreError::Conflict {
            forget_sessions(world, [&key]).await;
        }
        return Err(error.into());
    }
    forget_sessions(world, begun.superseded.iter().chain(&begun.evicted)).await;

    let connection = At { expect: seen.connection.expect, value: begun.connection };
    let session = Some(At::absent(session));
    Ok(authorization(called, key, url, &Seen { connection, session, ..seen }))
}

/// What goes out of play in the same transaction: the session of the replaced change, so that its answer cannot slip in,
/// and whatever is too old to keep.
pub(super) fn replaced(
    begun: &Begun,
    open: Option<&At<AuthorizationSession>>,
    now: Timestamp,
) -> impl Iterator<Item = Write> {
    let superseded = begun.superseded.as_ref().filter(|key| !begun.evicted.contains(key));
    let sessions = begun.evicted.iter().map(records::session);
    let old = sessions.chain(begun.evicted_links.iter().map(records::hand_off));
    supersede(superseded, open, now).into_iter().chain(old.map(|key| Write::Delete { key, expect: None }))
}

/// A session goes out of play.
pub(super) fn supersede(
    key: Option<&SessionKey>,
    open: Option<&At<AuthorizationSession>>,
    now: Timestamp,
) -> Option<Write> {
    let at = open?;
    let session = at.value.clone().supersede(now).ok()?;
    Some(records::put(records::session(key?), at.expect, &session))
}

/// Deletes what authorization requests leave in secret storage. Storage would do so after a day by itself.
pub(super) async fn forget_sessions<W: World>(world: &W, sessions: impl IntoIterator<Item = &SessionKey>) {
    let names = sessions.into_iter().flat_map(|key| [records::request_secret(key), records::parked_secret(key)]);
    let _ = forget(world, &names.collect::<Vec<_>>()).await;
}

fn authorization<W: World>(called: &Called<'_, W>, change: SessionKey, url: String, seen: &Seen) -> Reply {
    let status = Box::new(view(seen, &called.caller, called.world.now()));
    Reply::Authorization { change, url, status }
}
