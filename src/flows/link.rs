//! Whoever has a hand-off link: anonymous, so it tells what is asked of them, and begins an authorization.
//!
//! A link preview asks with GET or HEAD, so neither uses anything up. Only the form of the page, a POST, opens Atlassian's
//! page; and only the account that is meant uses the link up, in `redirect`.

use crate::domain::account::AccountId;
use crate::domain::authorization::{AuthorizationSession, CLAIM_LIFE, Purpose, SessionKey, SessionState};
use crate::domain::change::Change;
use crate::domain::connection::Connection;
use crate::domain::grant::Grant;
use crate::domain::hand_off::{HandOff, HandOffKey, HandOffPurpose, HandOffRefused};
use crate::domain::refusal::RedirectRefusal;
use crate::domain::register::Entry;
use crate::domain::scope;
use crate::domain::time::Timestamp;
use crate::domain::trial_link::{TrialLink, wanted};
use crate::oauth::authorization_request::fingerprint;
use crate::oauth::redirect::Query;
use crate::pages::hand_off as pages;
use crate::ports::{Expect, Keep, StoreError, WebTrigger, World, Write};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Tenant;
use crate::web::{WebRequest, WebResponse};
use futures_util::join;

use super::authorization::{Asked, Drawn};
use super::begin::{forget_sessions, supersede};
use super::redirect::note;
use super::{forget, personal};

/// How often a try is begun anew when somebody else writes at the same moment.
const TRIES: usize = 3;

/// Characters of a code: 256 bits.
const CODE: usize = 43;

/// Answers whoever opens a hand-off link.
pub async fn link<W: World>(tenant: &Tenant<'_, W>, request: &WebRequest) -> WebResponse {
    match request.method.as_str() {
        "GET" => show(tenant, &request.query).await,
        "HEAD" => WebResponse { body: String::new(), ..show(tenant, &request.query).await },
        "POST" => open(tenant, &request.query).await,
        _ => WebResponse::method_not_allowed("GET, HEAD, POST"),
    }
}

/// What is known of a link.
struct Known {
    key: HandOffKey,
    link: At<HandOff>,
    connection: At<Connection>,
    /// What it serves where that is no change.
    tests: Option<Tests>,
    /// The session of the last try.
    session: Option<At<AuthorizationSession>>,
}

/// The tests of an account, as far as a link needs them.
struct Tests {
    links: At<TrialLink>,
    grant: Option<Grant>,
    /// Whether the account is in the register.
    registered: bool,
}

/// Why there is nothing to show.
enum Unknown {
    /// No link has this code, or it is one of another site.
    Code(RedirectRefusal),
    /// Storage gave no answer.
    Uncertain,
}

impl From<StoreError> for Unknown {
    fn from(_: StoreError) -> Self {
        Self::Uncertain
    }
}

impl Known {
    fn account(&self) -> &AccountId {
        &self.link.value.intended.account_id
    }

    /// Whether what it serves waits for it at `now`. Answers the session of the last try.
    fn waits(&self, now: Timestamp) -> Result<Option<&SessionKey>, HandOffRefused> {
        let Some(tests) = &self.tests else {
            return self.connection.value.handed_off(&self.key, &self.link.value, now).map(Change::session);
        };
        let latest = tests.links.value.serves(&self.key, &self.link.value);
        let use_for = wanted(&self.connection.value, self.account(), tests.grant.as_ref());
        if latest && tests.registered && use_for {
            Ok(tests.links.value.session.as_ref())
        } else {
            Err(HandOffRefused::Over)
        }
    }

    /// Who is asked, and for what.
    fn asked(&self, redirect_uri: String, now: Timestamp) -> Result<Asked, HandOffRefused> {
        let hand_off = Some(self.key.clone());
        let connection = &self.connection.value;
        let Some(tests) = &self.tests else {
            let change = connection.handed_off(&self.key, &self.link.value, now)?;
            let (initiator, intended) = (change.initiator.clone(), change.intended.clone());
            let scopes = scope::REQUIRED.map(str::to_owned).to_vec();
            return Ok(Asked { purpose: change.purpose, initiator, intended, redirect_uri, scopes, hand_off });
        };
        let (initiator, intended) = (self.link.value.by.clone(), self.link.value.intended.clone());
        let scopes = personal::scopes(connection, tests.grant.as_ref(), self.account());
        Ok(Asked { purpose: Purpose::Test, initiator, intended, redirect_uri, scopes, hand_off })
    }

    /// What makes it wait for the answer to this session from here on, and the sessions before it.
    fn moved(&self, tried: &HandOff, session: &SessionKey, now: Timestamp) -> Result<Moved, HandOffRefused> {
        let Some(Tests { links, .. }) = &self.tests else {
            let moved = self.connection.value.clone().try_link(&self.key, tried, session.clone(), now)?;
            let mut writes = vec![records::put(records::connection(), self.connection.expect, &moved.connection)];
            let superseded = moved.superseded.as_ref().filter(|old| !moved.evicted.contains(old));
            writes.extend(supersede(superseded, self.session.as_ref(), now));
            writes.extend(moved.evicted.iter().map(|old| Write::Delete { key: records::session(old), expect: None }));
            return Ok(Moved { writes, gone: moved.superseded.into_iter().chain(moved.evicted).collect() });
        };
        let key = records::trial_link(self.account());
        let mut writes = vec![records::put(key, links.expect, &links.value.clone().tried(session.clone()))];
        let before = links.value.session.as_ref().zip(self.session.as_ref());
        // As it was seen: one that was answered meanwhile has tokens.
        writes.extend(before.map(|(old, at)| Write::Delete { key: records::session(old), expect: Some(at.expect) }));
        Ok(Moved { writes, gone: links.value.session.iter().cloned().collect() })
    }

    /// Names of what a session of this link may have left among the secrets.
    fn left_by(&self, session: &SessionKey) -> [String; 2] {
        let tokens = match self.tests {
            Some(_) => records::grant_secret(self.account(), session.as_str()),
            None => records::parked_secret(session),
        };
        [records::request_secret(session), tokens]
    }

    /// Whether it may be used at `now`. What ended the link itself is told before what became of the change.
    fn serves(&self, now: Timestamp) -> Result<(), HandOffRefused> {
        let own = self.link.value.open(now);
        if let Err(HandOffRefused::Used | HandOffRefused::Revoked) = own {
            return own;
        }
        // A link ends with the time of its change, and that says more of it than that it has expired.
        let waits = self.waits(now);
        if waits != Err(HandOffRefused::Missed) && own == Err(HandOffRefused::Expired) {
            return own;
        }
        waits?;
        match self.session.as_ref().map(|at| &at.value.state) {
            Some(SessionState::Claimed { at }) if now.since(*at) < CLAIM_LIFE => Err(HandOffRefused::Busy),
            Some(
                SessionState::Claimed { .. }
                | SessionState::Pending
                | SessionState::Authorized { .. }
                | SessionState::Consumed { .. }
                | SessionState::Denied { .. }
                | SessionState::Superseded { .. },
            )
            | None => own,
        }
    }
}

/// Looked up by the hash of the code: nothing is compared with it, so that time tells nothing of it.
async fn known<W: World>(tenant: &Tenant<'_, W>, query: &Query) -> Result<Known, Unknown> {
    let code = match query.get("code").map(Vec::as_slice) {
        Some([code]) if code.len() == CODE => Secret::new(code.clone()),
        Some(_) | None => return Err(Unknown::Code(RedirectRefusal::Malformed)),
    };
    let key = HandOffKey::of(fingerprint(&code));
    let (record, connection) = (records::hand_off(&key), records::connection());
    let (link, connection) = join!(
        records::load::<HandOff>(tenant.world, &record),
        records::load_or_default::<Connection>(tenant.world, &connection),
    );
    let link = link?.ok_or(Unknown::Code(RedirectRefusal::UnknownLink))?;
    if link.value.cloud_id != tenant.cloud_id || link.value.environment != tenant.environment {
        return Err(Unknown::Code(RedirectRefusal::Elsewhere));
    }
    let connection = connection?;
    let tests = match link.value.purpose {
        HandOffPurpose::Change { .. } => None,
        HandOffPurpose::Test => Some(tests(tenant, &link.value.intended.account_id).await?),
    };
    let known = Known { key, link, connection, tests, session: None };
    let session = match known.waits(tenant.world.now()).ok().flatten() {
        Some(own) => records::load(tenant.world, &records::session(own)).await?,
        None => None,
    };
    Ok(Known { session, ..known })
}

async fn tests<W: World>(tenant: &Tenant<'_, W>, account: &AccountId) -> Result<Tests, StoreError> {
    let keys = (records::trial_link(account), records::entry(account), records::grant(account));
    let (links, entry, grant) = join!(
        records::load_or_default::<TrialLink>(tenant.world, &keys.0),
        records::load::<Entry>(tenant.world, &keys.1),
        records::load::<Grant>(tenant.world, &keys.2),
    );
    Ok(Tests { links: links?, registered: entry?.is_some(), grant: grant?.map(|at| at.value) })
}

async fn refused<W: World>(tenant: &Tenant<'_, W>, unknown: Unknown) -> WebResponse {
    match unknown {
        Unknown::Code(reason) => {
            note(tenant, reason).await;
            pages::unknown()
        }
        Unknown::Uncertain => pages::unreachable(),
    }
}

/// Tells what is asked. Nothing is used up, and nothing is stored.
async fn show<W: World>(tenant: &Tenant<'_, W>, query: &Query) -> WebResponse {
    match known(tenant, query).await {
        Ok(known) => match known.serves(tenant.world.now()) {
            Ok(()) => pages::asks(&known.link.value),
            Err(refused) => pages::serves_no_more(&known.link.value, refused),
        },
        Err(unknown) => refused(tenant, unknown).await,
    }
}

/// Begins an authorization, in place of one that was begun from this link and not answered.
async fn open<W: World>(tenant: &Tenant<'_, W>, query: &Query) -> WebResponse {
    for _ in 0..TRIES {
        let known = match known(tenant, query).await {
            Ok(known) => known,
            Err(unknown) => return refused(tenant, unknown).await,
        };
        let now = tenant.world.now();
        if let Err(refused) = known.serves(now) {
            note(tenant, reason(refused)).await;
            return pages::serves_no_more(&known.link.value, refused);
        }
        match begin(tenant, known, now).await {
            Ok(page) => return page,
            Err(StoreError::Conflict) => {}
            Err(StoreError::Unavailable | StoreError::Corrupt) => return pages::unreachable(),
        }
    }
    pages::unreachable()
}

fn reason(refused: HandOffRefused) -> RedirectRefusal {
    match refused {
        HandOffRefused::Used | HandOffRefused::Spent | HandOffRefused::Busy => RedirectRefusal::AlreadyUsed,
        HandOffRefused::Revoked | HandOffRefused::Over => RedirectRefusal::Superseded,
        HandOffRefused::Expired | HandOffRefused::Missed => RedirectRefusal::Expired,
    }
}

/// What a try moves.
struct Moved {
    writes: Vec<Write>,
    /// Sessions whose secrets are of no use any more.
    gone: Vec<SessionKey>,
}

async fn begin<W: World>(tenant: &Tenant<'_, W>, known: Known, now: Timestamp) -> Result<WebResponse, StoreError> {
    let world = tenant.world;
    let redirect_uri = world.web_trigger_url(WebTrigger::Redirect).await.map_err(|_| StoreError::Unavailable)?;
    let drawn = Drawn::new(tenant);
    let key = drawn.key().map_err(|_| StoreError::Corrupt)?;
    // Judged a moment ago on the same records: whoever moves them meanwhile is met by the conditions of the transaction.
    let asked = known.asked(redirect_uri.clone(), now).map_err(|_| StoreError::Conflict)?;
    let scopes: Vec<&str> = asked.scopes.iter().map(String::as_str).collect();
    let Ok(url) = drawn.url(tenant, &redirect_uri, &scopes) else { return Ok(pages::unreachable()) };
    let tried = known.link.value.clone().tried(now).map_err(|_| StoreError::Conflict)?;
    let session = drawn.session(tenant, asked, now);
    // A page that is open from a link is over with the link.
    let session = AuthorizationSession { expires_at: session.expires_at.min(tried.expires_at), ..session };
    let Moved { mut writes, gone } = known.moved(&tried, &key, now).map_err(|_| StoreError::Conflict)?;
    writes.push(records::put(records::hand_off(&known.key), known.link.expect, &tried));
    writes.push(records::put(records::session(&key), Expect::Absent, &session));
    let names: Vec<String> = gone.iter().flat_map(|old| known.left_by(old)).collect();
    if known.tests.is_some() && known.session.as_ref().is_none_or(|at| at.value.state != SessionState::Pending) {
        // Nobody is at it any more, and after the transaction nobody would know of what it left.
        forget(world, &names).await?;
    }
    world.keep_secret(&records::request_secret(&key), &drawn.kept(), Keep::Day).await?;
    if let Err(error) = world.transact(writes).await {
        // After a lost answer the session may rest there and need its secret; storage forgets it within a day.
        if error == StoreError::Conflict {
            forget_sessions(world, [&key]).await;
        }
        return Err(error);
    }
    let _ = forget(world, &names).await;
    Ok(pages::opens(&tried, &url))
}
