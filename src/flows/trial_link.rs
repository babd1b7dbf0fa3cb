//! Handing the test of an account off: an administrator makes a link, whoever can sign in as the account allows, and the next
//! administrator who looks makes the app hold what was allowed.
//!
//! It is held for tests and for nothing else, until an administrator deletes it or the account leaves the register; whoever
//! connects the account themselves makes it theirs. Where the account has a grant by then that works, or that the app needs,
//! that one stays, and what was parked is deleted.

use crate::api::{ErrorCode, LinkView, Reply};
use crate::domain::account::{AccountId, Person};
use crate::domain::authorization::{AuthorizationSession, CLAIM_LIFE, ParkedGrant, SessionKey, SessionState};
use crate::domain::connection::Connection;
use crate::domain::grant::{Grant, TestUse};
use crate::domain::hand_off::{HandOff, HandOffEnd, HandOffPurpose};
use crate::domain::register::Register;
use crate::domain::standing::Epoch;
use crate::domain::time::Timestamp;
use crate::domain::trial::Trials;
use crate::domain::trial_link::{TrialLink, wanted};
use crate::ports::{Expect, StoreError, World, Write};
use crate::records::{self, At};
use crate::tenant::{Called, Tenant};
use futures_util::join;

use super::hand_off::{Made, make, site};
use super::{accounts, caller, forget, grants, status, trial};

/// How often it is tried when somebody else writes at the same moment.
const TRIES: usize = 4;

/// How soon the page asks again while somebody is at Atlassian's page.
const POLL_ALLOWING_MS: u32 = 2_000;

/// How soon while the link waits for whoever has it.
const POLL_WAITING_MS: u32 = 15_000;

/// An account's links, and everything that they are judged by.
pub(super) struct Known {
    grant: Option<At<Grant>>,
    connection: Connection,
    links: At<TrialLink>,
    link: Option<At<HandOff>>,
    session: Option<(SessionKey, At<AuthorizationSession>)>,
}

/// Reads them.
///
/// # Errors
/// [`StoreError`]
pub(super) async fn known<W: World>(world: &W, account: &AccountId) -> Result<Known, StoreError> {
    let keys = (records::trial_link(account), records::grant(account), records::connection());
    let links: At<TrialLink> = records::load_or_default(world, &keys.0).await?;
    let session = match &links.value.session {
        Some(key) => records::load(world, &records::session(key)).await?.map(|at| (key.clone(), at)),
        None => None,
    };
    let link = match links.value.latest() {
        Some(key) => records::load(world, &records::hand_off(key)).await?,
        None => None,
    };
    let grant: Option<At<Grant>> = records::load(world, &keys.1).await?;
    // Read after the grant: whoever needs it no more from then on, or needs it anew, has written it, too.
    let connection = records::load_or_default::<Connection>(world, &keys.2).await?.value;
    Ok(Known { grant, connection, links, link, session })
}

impl Known {
    /// The grant's use for tests, where it is held for nothing else.
    fn held(&self, account: &AccountId) -> Option<&TestUse> {
        let at = self.grant.as_ref().filter(|_| self.connection.needs(account).is_none())?;
        at.value.for_tests.as_ref()
    }

    fn wanted(&self, account: &AccountId) -> bool {
        wanted(&self.connection, account, self.grant.as_ref().map(|at| &at.value))
    }

    /// Names of what the latest session may have left among the secrets, but for what the grant names.
    fn leftovers(&self, account: &AccountId) -> Vec<String> {
        let named = self.grant.as_ref().map(|at| records::grant_secrets(&at.value)).unwrap_or_default();
        let session = self.links.value.session.iter();
        let left = session.flat_map(|key| [records::request_secret(key), records::grant_secret(account, key.as_str())]);
        left.filter(|name| !named.contains(name)).collect()
    }

    /// The write that ends the latest session as it was seen: one that was answered meanwhile has tokens.
    fn without_session(&self) -> Option<Write> {
        let (key, at) = self.session.as_ref()?;
        Some(Write::Delete { key: records::session(key), expect: Some(at.expect) })
    }

    /// The writes after which the link that was not used yet cannot be, nor an authorization page that it opened.
    fn revoked(&self, by: &Person, now: Timestamp) -> Vec<Write> {
        let link = self.links.value.latest().zip(self.link.as_ref());
        let link = link.and_then(|(key, at)| {
            let ended = at.value.clone().revoke(by.clone(), now).ok()?;
            Some(records::put(records::hand_off(key), at.expect, &ended))
        });
        let session = self.session.as_ref().and_then(|(key, at)| {
            let ended = at.value.clone().supersede(now).ok()?;
            Some(records::put(records::session(key), at.expect, &ended))
        });
        link.into_iter().chain(session).collect()
    }
}

/// What the page is told of an account's links.
pub(super) struct Seen {
    /// Whether the app holds a grant of the account.
    pub grant: bool,
    /// Where it works and is held for tests only: since when, and by whose link.
    pub held: Option<TestUse>,
    /// Whether a link may be made.
    pub wanted: bool,
    /// The latest link, while there is use for it and nobody has used it.
    pub link: Option<LinkView>,
    /// In how many milliseconds to ask again, because of the link.
    pub poll_after_ms: Option<u32>,
}

/// Looks at them.
///
/// # Errors
/// [`StoreError`]
pub(super) async fn seen<W: World>(world: &W, account: &AccountId) -> Result<Seen, StoreError> {
    let known = known(world, account).await?;
    let now = world.now();
    let wanted = known.wanted(account);
    let link = known.link.as_ref().map(|at| &at.value).filter(|_| wanted);
    let link = link.filter(|link| !matches!(link.end, Some(HandOffEnd::Used { .. })));
    let open = link.is_some_and(|link| link.open(now).is_ok());
    let allowing = known.session.as_ref().is_some_and(|(_, at)| waits(&at.value, now));
    let waiting = open.then_some(POLL_WAITING_MS);
    Ok(Seen {
        grant: known.grant.is_some(),
        held: known.held(account).filter(|_| !wanted).cloned(),
        wanted,
        link: link.map(|link| status::link_view(0, link, now)),
        poll_after_ms: if allowing { Some(POLL_ALLOWING_MS) } else { waiting },
    })
}

/// Whether a session may still be answered, or its answer is being verified.
fn waits(session: &AuthorizationSession, now: Timestamp) -> bool {
    match &session.state {
        SessionState::Pending => !session.expired(now),
        SessionState::Claimed { at } => now.since(*at) < CLAIM_LIFE,
        SessionState::Authorized { .. }
        | SessionState::Consumed { .. }
        | SessionState::Denied { .. }
        | SessionState::Superseded { .. } => false,
    }
}

/// Makes what was allowed by a link count for tests. Whoever calls has shown to be an administrator. Whoever else does so at
/// the same moment did the same.
///
/// # Errors
/// [`StoreError`]
pub(super) async fn adopt<W: World>(world: &W, account: &AccountId) -> Result<(), StoreError> {
    let known = known(world, account).await?;
    let now = world.now();
    let Some((key, session)) = &known.session else { return Ok(()) };
    let Ok((consumed, parked)) = session.value.clone().consume(now) else { return Ok(()) };
    let (name, _) = records::yielded_secret(&consumed, key);
    let old = known.grant.as_ref().map(|at| &at.value);
    if parked.account.person.account_id != *account
        || old.is_some_and(|old| records::grant_secrets(old).contains(&name))
    {
        // Another administrator has done it since the session was read.
        return Ok(());
    }
    let mut names = vec![records::request_secret(key)];
    let mut writes = vec![records::put(records::session(key), session.expect, &consumed)];
    let later = old.is_some_and(|old| old.obtained_at > parked.obtained_at);
    if later || !known.wanted(account) {
        world.forget_secret(&name).await?;
    } else if world.secret(&name).await?.is_some() {
        names.extend(old.map(records::grant_secrets).unwrap_or_default());
        let epoch = known.connection.epoch();
        let grant = held(old, parked, name, session.value.initiator.clone(), epoch, now).counted(epoch, now);
        writes.extend(grants::put(world, known.grant.as_ref(), &grant).await?);
    }
    match world.transact(writes).await {
        Ok(()) => forget(world, &names).await,
        Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}

/// The grant after somebody allowed with a link. Where its person had connected the account and it was dead, it is theirs.
fn held(
    old: Option<&Grant>,
    parked: ParkedGrant,
    secret_key: String,
    by: Person,
    epoch: Epoch,
    now: Timestamp,
) -> Grant {
    let personal = old.and_then(|old| old.personal.clone());
    let personal = personal.map(|personal| personal.allowed_in(epoch.generation));
    Grant {
        for_tests: personal.is_none().then_some(TestUse { since: now, by }),
        personal,
        // Deleted right away; named here in case that is interrupted.
        retired_secret: old.map(|old| old.secret_key.clone()),
        ..Grant::obtained(parked, old, secret_key)
    }
}

/// Answers [`crate::api::Request::HandOffTest`]: makes a link, in the place of the one before.
///
/// # Errors
/// [`ErrorCode`]; the link before stays as it was.
pub async fn hand_off<W: World>(called: &Called<'_, W>, account: &AccountId) -> Result<Reply, ErrorCode> {
    let world = called.world;
    called.config.client()?;
    let (allowed, by, meant, site, found) = join!(
        caller::administrator(called),
        caller::myself(called),
        accounts::one(called, account),
        site(called),
        trial::found(called, account)
    );
    allowed?;
    found?;
    let meant = meant?;
    meant.suitable().map_err(|reason| ErrorCode::AccountUnsuitable { reason })?;
    let (by, site) = (by?, site?);
    adopt(world, account).await?;
    let known = known(world, account).await?;
    if !known.wanted(account) {
        return Err(ErrorCode::GrantInUse);
    }
    if known.session.as_ref().is_some_and(|(_, at)| at.value.parked().is_some()) {
        // Somebody allowed at this very moment.
        return Err(ErrorCode::Conflict);
    }
    let now = world.now();
    // Named among those that are looked after before there is anything to look after.
    let trials: At<Trials> = records::load_or_default(world, &records::trials()).await?;
    records::amend(world, records::trials(), trials, &|trials: Trials| trials.hand(account)).await?;
    let Made { key, record, address } = make(called, &site, HandOffPurpose::Test, by.clone(), meant.person, now);
    let (links, evicted) = known.links.value.clone().anew(key.clone());
    let mut writes = vec![
        records::put(records::trial_link(account), known.links.expect, &links),
        records::put(records::hand_off(&key), Expect::Absent, &record),
    ];
    writes.extend(evicted.iter().map(|old| Write::Delete { key: records::hand_off(old), expect: None }));
    writes.extend(known.revoked(&by, now));
    world.transact(writes).await?;
    forget(world, &known.leftovers(account)).await?;
    Ok(Reply::TestLink { link: address, trial: trial::view(called, account).await? })
}

/// Answers [`crate::api::Request::RevokeTestLink`].
///
/// # Errors
/// [`ErrorCode`]; [`ErrorCode::Conflict`] when there is no link that nobody has used yet.
pub async fn revoke<W: World>(called: &Called<'_, W>, account: &AccountId) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let (allowed, by, found, known) = join!(
        caller::administrator(called),
        caller::myself(called),
        trial::found(called, account),
        known(world, account)
    );
    allowed?;
    found?;
    let (by, known) = (by?, known?);
    if known.link.as_ref().is_none_or(|at| matches!(at.value.end, Some(HandOffEnd::Used { .. }))) {
        return Err(ErrorCode::Conflict);
    }
    world.transact(known.revoked(&by, world.now())).await?;
    forget(world, &known.leftovers(account)).await?;
    Ok(Reply::Trial { trial: trial::view(called, account).await? })
}

/// Answers [`crate::api::Request::DeleteTestGrant`].
///
/// # Errors
/// [`ErrorCode`]; nothing is deleted.
pub async fn delete<W: World>(called: &Called<'_, W>, account: &AccountId) -> Result<Reply, ErrorCode> {
    let (allowed, found, known) =
        join!(caller::administrator(called), trial::found(called, account), known(called.world, account));
    allowed?;
    found?;
    if known?.held(account).is_none() {
        return Err(ErrorCode::GrantInUse);
    }
    release(called.world, account).await?;
    Ok(Reply::Trial { trial: trial::view(called, account).await? })
}

/// What goes with an entry of the register in its transaction: the link, and the page that it opened. The rest goes with
/// [`release`], or with the next round.
///
/// # Errors
/// [`StoreError`]
pub(super) async fn leaving<W: World>(
    called: &Called<'_, W>,
    account: &AccountId,
    by: &Person,
) -> Result<Vec<Write>, StoreError> {
    Ok(known(called.world, account).await?.revoked(by, called.world.now()))
}

/// Deletes what is held for tests, or was allowed for them and never made to count. A grant that the app needs stays, and is
/// held for tests no more.
///
/// # Errors
/// [`StoreError`]
pub(super) async fn release<W: World>(world: &W, account: &AccountId) -> Result<(), StoreError> {
    for _ in 0..TRIES {
        match released(world, account).await {
            // A refresh was under way, a step of a change, or a redirect: what they left is deleted as well.
            Err(StoreError::Conflict) => {}
            other => return other,
        }
    }
    Err(StoreError::Conflict)
}

/// The secrets go first: a record without them promises nothing, secrets without a record would be left behind.
async fn released<W: World>(world: &W, account: &AccountId) -> Result<(), StoreError> {
    let known = known(world, account).await?;
    let mut names = known.leftovers(account);
    let mut writes = session_dropped(&known, account);
    match known.grant.as_ref().filter(|at| at.value.for_tests.is_some()) {
        Some(at) if at.value.personal.is_none() && known.connection.needs(account).is_none() => {
            names.extend(records::grant_secrets(&at.value));
            writes.extend(grants::delete(world, at).await?);
        }
        Some(at) => {
            let grant = Grant { for_tests: None, ..at.value.clone() };
            writes.extend(grants::put(world, Some(at), &grant).await?);
        }
        None => {}
    }
    forget(world, &names).await?;
    if writes.is_empty() { Ok(()) } else { world.transact(writes).await }
}

/// The writes that end the latest session, and with it what it may have left.
fn session_dropped(known: &Known, account: &AccountId) -> Vec<Write> {
    if known.links.value.session.is_none() {
        return Vec::new();
    }
    let links = TrialLink { session: None, ..known.links.value.clone() };
    let own = records::put(records::trial_link(account), known.links.expect, &links);
    std::iter::once(own).chain(known.without_session()).collect()
}

/// What the round of every five minutes does: deletes what broke off on its way, and everything of accounts that left the
/// register, with their links once those could be used no more anyway.
///
/// # Errors
/// [`StoreError`]
pub async fn round<W: World>(tenant: &Tenant<'_, W>) -> Result<(), StoreError> {
    let world = tenant.world;
    let trials: At<Trials> = records::load_or_default(world, &records::trials()).await?;
    if trials.value.handed().is_empty() {
        return Ok(());
    }
    let register: At<Register> = records::load_or_default(world, &records::register()).await?;
    for account in trials.value.handed() {
        let registered = register.value.holds(account);
        match look_after(world, account, registered).await {
            // Somebody is at it at this very moment: the next round looks again.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

async fn look_after<W: World>(world: &W, account: &AccountId, registered: bool) -> Result<(), StoreError> {
    let now = world.now();
    if registered {
        let known = known(world, account).await?;
        let parked = |at: &At<AuthorizationSession>| matches!(at.value.state, SessionState::Authorized { .. });
        if known.session.as_ref().is_some_and(|(_, at)| parked(at) || waits(&at.value, now)) {
            return Ok(());
        }
        let writes = session_dropped(&known, account);
        if writes.is_empty() {
            return Ok(());
        }
        forget(world, &known.leftovers(account)).await?;
        return world.transact(writes).await;
    }
    release(world, account).await?;
    let known = known(world, account).await?;
    if known.link.as_ref().is_some_and(|at| now < at.value.expires_at) {
        // Whoever opens it is told what became of it.
        return Ok(());
    }
    let mut writes: Vec<Write> = Vec::new();
    if let Expect::Revision(_) = known.links.expect {
        let links = known.links.value.links.iter().map(records::hand_off);
        writes.extend(links.map(|key| Write::Delete { key, expect: None }));
        writes.push(Write::Delete { key: records::trial_link(account), expect: Some(known.links.expect) });
    }
    let trials: At<Trials> = records::load_or_default(world, &records::trials()).await?;
    if let Some(without) = trials.value.unhand(account) {
        writes.push(records::put(records::trials(), trials.expect, &without));
    }
    if writes.is_empty() { Ok(()) } else { world.transact(writes).await }
}
