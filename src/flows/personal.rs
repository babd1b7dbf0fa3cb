//! A person's own grant: begun by them, allowed as them, and made to count by them.

use crate::api::{Consent, ErrorCode, HeldView, Me, Reply};
use crate::domain::account::{AccountId, Person};
use crate::domain::authorization::{
    AuthorizationSession, CLAIM_LIFE, Denial, ParkedGrant, Purpose, SessionKey, SessionState,
};
use crate::domain::connection::{Connection, Former, Needed};
use crate::domain::grant::{Grant, GrantState, PersonalUse, ReauthorizationReason};
use crate::domain::personal::Personal;
use crate::domain::scope::{REQUIRED, REQUIRED_OF_PEOPLE, Scopes};
use crate::domain::settings::Settings;
use crate::domain::standing::{Label, Standing};
use crate::domain::tally::Counted;
use crate::domain::time::Timestamp;
use crate::ports::{Expect, Keep, Principal, StoreError, WebTrigger, World, Write};
use crate::records::{self, At};
use crate::tenant::Called;
use futures_util::join;

use super::authorization::{Asked, Drawn};
use super::{caller, check, forget, grants, steps};

/// How often a grant is deleted anew when somebody else writes at the same moment.
const TRIES: usize = 4;

/// How soon a page asks again while its person is at the authorization page.
const POLL_MS: u32 = 2000;

/// Everything that concerns the caller.
pub struct Mine {
    /// The connection of the site.
    pub connection: Connection,
    /// What the site has settled.
    pub settings: Settings,
    /// The caller's grant.
    pub grant: Option<At<Grant>>,
    /// What the caller did.
    pub personal: At<Personal>,
    /// The authorization that the caller began last.
    pub session: Option<At<AuthorizationSession>>,
}

impl Mine {
    /// Where the caller stands; `None` when they never connected their account.
    #[must_use]
    pub fn standing(&self) -> Option<Standing> {
        Standing::of(&self.grant.as_ref()?.value, self.connection.epoch())
    }
}

/// Reads it, and makes an authorization count that has arrived meanwhile: the web trigger proved the code, the caller
/// proves the person.
///
/// # Errors
/// [`ErrorCode`]
pub async fn mine<W: World>(called: &Called<'_, W>) -> Result<Mine, ErrorCode> {
    let mine = reopened(called, read(called).await?).await?;
    let Some(session) = &mine.session else { return Ok(mine) };
    match &session.value.state {
        SessionState::Authorized { parked } if own(&session.value, &called.caller) => {
            let parked = parked.as_ref().clone();
            adopt(called, mine, parked).await?;
            Ok(read(called).await?)
        }
        SessionState::Denied { denial: Denial::WrongAccount { allowed } } => {
            let known = mine.grant.as_ref().and_then(|at| at.value.personal.as_ref());
            let noted = known.is_none_or(|personal| personal.attempted_as.as_ref() == Some(allowed));
            // Whatever was tried while the grant still worked says nothing of why it works no more.
            let late = unusable_since(&mine).is_some_and(|since| since <= session.value.began_at);
            if noted || !late {
                return Ok(mine);
            }
            let allowed = allowed.clone();
            note_attempt(called, &mine, &allowed).await?;
            Ok(read(called).await?)
        }
        SessionState::Pending
        | SessionState::Claimed { .. }
        | SessionState::Authorized { .. }
        | SessionState::Consumed { .. }
        | SessionState::Denied { .. }
        | SessionState::Superseded { .. } => Ok(mine),
    }
}

/// A session that was begun for the main authorized user serves nobody's own grant, whoever names it.
fn own(session: &AuthorizationSession, caller: &AccountId) -> bool {
    session.purpose == Purpose::Reauthorize && session.initiator.account_id == *caller
}

/// Whoever calls has an account that is open, whatever was found out before. What they had allowed ended with the account.
async fn reopened<W: World>(called: &Called<'_, W>, mine: Mine) -> Result<Mine, StoreError> {
    let closed = |grant: &Grant| grant.state == GrantState::Deactivated;
    if !mine.grant.as_ref().is_some_and(|at| closed(&at.value)) {
        return Ok(mine);
    }
    let reason = ReauthorizationReason::AccountClosed;
    let open = |grant: Grant| {
        if closed(&grant) { Grant { state: GrantState::ReauthorizationRequired { reason }, ..grant } } else { grant }
    };
    grants::amend(called.world, &called.caller, mine.connection.epoch(), &open).await?;
    read(called).await
}

/// Since when the caller's grant cannot be used as it is; `None` when it can.
fn unusable_since(mine: &Mine) -> Option<Timestamp> {
    match mine.standing()?.reason()? {
        ReauthorizationReason::ReplacedPolicy => Some(mine.connection.everyone_asked?.at),
        ReauthorizationReason::RevokedOrPasswordChanged
        | ReauthorizationReason::Idle
        | ReauthorizationReason::ScopesMissing
        | ReauthorizationReason::NotRenewable
        | ReauthorizationReason::AccountClosed => Some(mine.grant.as_ref()?.value.personal.as_ref()?.since),
    }
}

async fn read<W: World>(called: &Called<'_, W>) -> Result<Mine, StoreError> {
    let world = called.world;
    let keys =
        (records::connection(), records::settings(), records::grant(&called.caller), records::personal(&called.caller));
    let (connection, settings, grant, personal) = join!(
        records::load_or_default::<Connection>(world, &keys.0),
        records::load_or_default::<Settings>(world, &keys.1),
        records::load::<Grant>(world, &keys.2),
        records::load_or_default::<Personal>(world, &keys.3),
    );
    let personal = personal?;
    let session = match &personal.value.session {
        Some(key) => records::load(world, &records::session(key)).await?,
        None => None,
    };
    Ok(Mine { connection: connection?.value, settings: settings?.value, grant: grant?, personal, session })
}

/// Makes the parked grant count. Whoever else does so at the same moment did the same.
async fn adopt<W: World>(called: &Called<'_, W>, mine: Mine, parked: ParkedGrant) -> Result<(), ErrorCode> {
    let world = called.world;
    let now = world.now();
    let (Some(key), Some(session)) = (mine.personal.value.session.clone(), mine.session) else { return Ok(()) };
    if parked.account.person.account_id != called.caller {
        return Ok(());
    }
    let Ok((consumed, _)) = session.value.consume(now) else { return Ok(()) };
    let (secret_key, _) = records::yielded_secret(&consumed, &key);
    let personal = Personal { session: None, ..mine.personal.value.satisfied() };
    let mut writes = vec![
        records::put(records::session(&key), session.expect, &consumed),
        records::put(records::personal(&called.caller), mine.personal.expect, &personal),
    ];
    let mut names = vec![records::request_secret(&key)];
    let epoch = mine.connection.epoch();
    let old = mine.grant.as_ref().map(|at| &at.value);
    let consented = allowed(old, parked, secret_key.clone(), epoch.generation, now);
    let grant = if let Some(later) = old.filter(|old| old.obtained_at > consented.obtained_at) {
        // What the account allowed last is what Atlassian honours; what it allowed before tells of its person only.
        world.forget_secret(&secret_key).await?;
        Some(Grant { personal: consented.personal, ..later.clone() })
    } else {
        let rests = world.secret(&secret_key).await?.is_some();
        names.extend(old.filter(|_| rests).map(records::grant_secrets).unwrap_or_default());
        rests.then_some(consented)
    };
    let acts = mine.connection.needs(&called.caller) == Some(Needed::Main);
    let short = acts && grant.as_ref().is_some_and(|grant| !grant.scopes.missing(&REQUIRED).is_empty());
    if let Some(grant) = grant {
        writes.extend(grants::put(world, mine.grant.as_ref(), &grant.counted(epoch, now)).await?);
    }
    match world.transact(writes).await {
        Ok(()) => forget(world, &names).await?,
        Err(StoreError::Conflict) => return Ok(()),
        Err(error) => return Err(error.into()),
    }
    if short {
        // The page was opened before the account acted for the site, so it asked for less; Atlassian has taken the rest
        // away. Administrators are told at once; should this fail, the next round looks.
        let _ = check::run(called, Principal::App).await;
    }
    Ok(())
}

/// The grant after its person allowed.
fn allowed(old: Option<&Grant>, parked: ParkedGrant, secret_key: String, generation: u32, now: Timestamp) -> Grant {
    let used = old.and_then(|old| old.personal.clone());
    let first = PersonalUse {
        connected_at: now,
        consented_in: generation,
        verified_in: generation,
        used_at: None,
        attempted_as: None,
        counted: Counted { label: Label::Working, generation },
        since: now,
    };
    Grant {
        personal: Some(used.map_or(first, |used| used.allowed_in(generation))),
        // Deleted right away; named here in case that is interrupted.
        retired_secret: old.map(|old| old.secret_key.clone()),
        ..Grant::obtained(parked, old, secret_key)
    }
}

/// Remembers who allowed instead, so that the person and their administrator can see it.
async fn note_attempt<W: World>(called: &Called<'_, W>, mine: &Mine, allowed: &Person) -> Result<(), ErrorCode> {
    let attempted = |mut grant: Grant| {
        if let Some(personal) = &mut grant.personal {
            personal.attempted_as = Some(allowed.clone());
        }
        grant
    };
    grants::amend(called.world, &called.caller, mine.connection.epoch(), &attempted).await?;
    Ok(())
}

/// Answers [`crate::api::Request::Me`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn me<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let mine = mine(called).await?;
    Ok(Reply::Me { me: Box::new(view(called, &mine)) })
}

/// Answers [`crate::api::Request::Authorize`]. The caller's earlier authorization goes out of play.
///
/// # Errors
/// [`ErrorCode`]; nothing is stored.
pub async fn authorize<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let world = called.world;
    called.config.client()?;
    let (account, redirect_uri, mine) =
        join!(caller::account(called), world.web_trigger_url(WebTrigger::Redirect), mine(called));
    let account = account?;
    account.suitable().map_err(|reason| ErrorCode::AccountUnsuitable { reason })?;
    let mine = mine?;
    if mine.connection.main.is_none() {
        return Err(ErrorCode::NotConnected);
    }
    let redirect_uri = redirect_uri.map_err(|_| ErrorCode::StorageUnavailable)?;
    let now = world.now();
    let drawn = Drawn::new(called);
    let key = drawn.key()?;
    let scopes = scopes(&mine.connection, mine.grant.as_ref().map(|at| &at.value), &called.caller);
    let wanted: Vec<&str> = scopes.iter().map(String::as_str).collect();
    let url = drawn.url(called, &redirect_uri, &wanted)?;
    let purpose = Purpose::Reauthorize;
    let (initiator, intended) = (account.person.clone(), account.person);
    let asked = Asked { purpose, initiator, intended, redirect_uri, scopes, hand_off: None };
    let session = drawn.session(called, asked, now);
    world.keep_secret(&records::request_secret(&key), &drawn.kept(), Keep::Day).await?;
    let replaced = mine.personal.value.session.clone();
    let gone = mine.session.as_ref().zip(replaced.as_ref()).map(|(at, key)| ended(key, at));
    let personal = Personal { session: Some(key.clone()), ..mine.personal.value };
    let mut writes = vec![
        records::put(records::personal(&called.caller), mine.personal.expect, &personal),
        records::put(records::session(&key), Expect::Absent, &session),
    ];
    writes.extend(gone);
    if let Err(error) = world.transact(writes).await {
        if error == StoreError::Conflict {
            let _ = forget(world, &[records::request_secret(&key)]).await;
        }
        return Err(error.into());
    }
    let names: Vec<String> = replaced.iter().flat_map(|old| left_by(old, &called.caller)).collect();
    // Storage forgets these by itself, should this fail.
    let _ = forget(world, &names).await;
    let personal = At { expect: mine.personal.expect.next(), value: personal };
    let mine = Mine { personal, session: Some(At::absent(session)), ..mine };
    Ok(Reply::Consent { url, me: Box::new(view(called, &mine)) })
}

/// What to ask for: whatever the account allowed before and what people are asked for; of an account that the app acts as,
/// or is about to, everything.
pub(super) fn scopes(connection: &Connection, grant: Option<&Grant>, account: &AccountId) -> Vec<String> {
    let change = connection.change.as_ref().filter(|change| change.under_way());
    if connection.needs(account).is_some() || change.is_some_and(|change| change.intended.account_id == *account) {
        return REQUIRED.map(str::to_owned).to_vec();
    }
    let had = grant.map_or_else(Scopes::default, |grant| grant.scopes.clone());
    had.with(&REQUIRED_OF_PEOPLE)
}

/// Names of the secrets that an authorization may have left which was never made to count.
fn left_by(session: &SessionKey, caller: &AccountId) -> [String; 2] {
    [records::request_secret(session), records::grant_secret(caller, session.as_str())]
}

/// The write that ends an authorization as it was seen: one that was answered meanwhile has tokens.
fn ended(session: &SessionKey, at: &At<AuthorizationSession>) -> Write {
    Write::Delete { key: records::session(session), expect: Some(at.expect) }
}

/// Answers [`crate::api::Request::Disconnect`]: deletes the app's copy, and with it the way back to an account that was the
/// main authorized user. A grant that the present one or a change under way needs stays, and is the caller's own no more.
///
/// # Errors
/// [`ErrorCode`]
pub async fn disconnect<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    for _ in 0..TRIES {
        match delete(called).await {
            // A refresh was under way, a change, or the person's other tab: what they left is deleted as well.
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
            Ok(()) => return me(called).await,
        }
    }
    Err(ErrorCode::Conflict)
}

/// The secrets go first: a record without them promises nothing, secrets without a record would be left behind.
async fn delete<W: World>(called: &Called<'_, W>) -> Result<(), StoreError> {
    let world = called.world;
    let mine = read(called).await?;
    // Read after the grant: whoever needs it no more from then on has written it, too.
    let connection = records::load_or_default::<Connection>(world, &records::connection()).await?;
    let (needed, connection) = match connection.value.needs(&called.caller) {
        Some(Needed::Former { .. }) => (false, steps::leave(world, connection).await?),
        needed => (needed.is_some(), connection),
    };
    let mut names: Vec<String> = mine.personal.value.held.iter().map(|held| records::held_secret(&held.id)).collect();
    let session = mine.personal.value.session.as_ref();
    names.extend(session.into_iter().flat_map(|key| left_by(key, &called.caller)));
    let mut writes = vec![records::put(records::personal(&called.caller), mine.personal.expect, &Personal::default())];
    writes.extend(session.zip(mine.session.as_ref()).map(|(key, at)| ended(key, at)));
    match &mine.grant {
        Some(at) if needed => {
            let grant = Grant { personal: None, for_tests: None, ..at.value.clone() };
            writes.extend(grants::put(world, Some(at), &grant).await?);
        }
        Some(at) => {
            names.extend(records::grant_secrets(&at.value));
            writes.extend(grants::delete(world, at).await?);
        }
        None => {}
    }
    let is_caller = |former: &Former| former.account.person.account_id == called.caller;
    if !needed && connection.value.former.as_ref().is_some_and(is_caller) {
        let gone = Connection { former: None, ..connection.value };
        writes.push(records::put(records::connection(), connection.expect, &gone));
    }
    forget(world, &names).await?;
    world.transact(writes).await
}

/// The caller's standing as they see it.
#[must_use]
pub fn view<W: World>(called: &Called<'_, W>, mine: &Mine) -> Me {
    let now = called.world.now();
    let grant = mine.grant.as_ref().map(|at| &at.value).filter(|grant| grant.personal.is_some());
    let consent = mine.session.as_ref().and_then(|at| consent(&at.value, now));
    let waiting = matches!(consent, Some(Consent::Awaiting { .. } | Consent::Verifying));
    let held = mine.personal.value.held.as_ref().map(|held| HeldView {
        issue_id: held.issue_id.to_string(),
        issue_key: held.issue_key.clone(),
        internal: held.internal,
        at: held.at,
        expires_at: held.expires_at(),
        sent: held.sent,
    });
    let main = mine.connection.main.as_ref();
    let own = mine.grant.as_ref();
    Me {
        now,
        standing: mine.standing(),
        connected_at: grant.and_then(|grant| Some(grant.personal.as_ref()?.connected_at)),
        idles_out_at: grant.map(Grant::idles_out_at),
        scopes: grant.map(|grant| grant.scopes.with(&[])).unwrap_or_default(),
        is_main: mine.connection.is_main(&called.caller),
        needed: mine.grant.as_ref().and_then(|_| mine.connection.needs(&called.caller)),
        site_connected: main.is_some(),
        announcement: own.and_then(|at| mine.connection.announces(&at.value)),
        everyone_asked_at: mine.connection.everyone_asked.map(|asked| asked.at),
        fallback: mine.settings.fallback && held.as_ref().is_some_and(|held| !held.internal),
        consent,
        held,
        poll_after_ms: waiting.then_some(POLL_MS),
    }
}

fn consent(session: &AuthorizationSession, now: Timestamp) -> Option<Consent> {
    match &session.state {
        SessionState::Pending if session.expired(now) => Some(Consent::Expired),
        SessionState::Pending => Some(Consent::Awaiting { expires_at: session.expires_at }),
        SessionState::Claimed { at } if now.since(*at) < CLAIM_LIFE => Some(Consent::Verifying),
        SessionState::Claimed { .. } => Some(Consent::Expired),
        SessionState::Denied { denial: Denial::WrongAccount { allowed } } => {
            Some(Consent::WrongAccount { allowed: allowed.clone() })
        }
        SessionState::Denied { denial } => Some(Consent::Denied { denial: denial.clone() }),
        SessionState::Authorized { .. } => Some(Consent::Verifying),
        SessionState::Consumed { .. } | SessionState::Superseded { .. } => None,
    }
}
