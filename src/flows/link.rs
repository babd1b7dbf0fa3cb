//! Whoever has a hand-off link: anonymous, so it tells what is asked of them, and begins an authorization.
//!
//! A link preview asks with GET or HEAD, so neither uses anything up. Only the form of the page, a POST, opens Atlassian's
//! page; and only the account that is meant uses the link up, in `redirect`.

use crate::domain::authorization::{AuthorizationSession, CLAIM_LIFE, SessionState};
use crate::domain::change::Change;
use crate::domain::connection::Connection;
use crate::domain::hand_off::{HandOff, HandOffKey, HandOffRefused};
use crate::domain::refusal::RedirectRefusal;
use crate::domain::scope;
use crate::domain::time::Timestamp;
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
    /// The session of the last try.
    session: Option<At<AuthorizationSession>>,
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
    fn change(&self) -> Result<&Change, HandOffRefused> {
        self.connection.value.handed_off(&self.key, &self.link.value)
    }

    /// Whether it may be used at `now`. What ended the link itself is told before what became of the change.
    fn serves(&self, now: Timestamp) -> Result<(), HandOffRefused> {
        let own = self.link.value.open(now);
        if let Err(HandOffRefused::Used | HandOffRefused::Revoked | HandOffRefused::Expired) = own {
            return own;
        }
        self.change()?;
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
    let own = connection.value.handed_off(&key, &link.value).ok().and_then(Change::session).cloned();
    let session = match own {
        Some(own) => records::load(tenant.world, &records::session(&own)).await?,
        None => None,
    };
    Ok(Known { key, link, connection, session })
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
        HandOffRefused::Expired => RedirectRefusal::Expired,
    }
}

async fn begin<W: World>(tenant: &Tenant<'_, W>, known: Known, now: Timestamp) -> Result<WebResponse, StoreError> {
    let world = tenant.world;
    let Known { key: link, link: at, connection, session: before } = known;
    let redirect_uri = world.web_trigger_url(WebTrigger::Redirect).await.map_err(|_| StoreError::Unavailable)?;
    let drawn = Drawn::new(tenant);
    let key = drawn.key().map_err(|_| StoreError::Corrupt)?;
    let Ok(url) = drawn.url(tenant, &redirect_uri, &scope::REQUIRED) else { return Ok(pages::unreachable()) };
    // Judged a moment ago on the same records: whoever moves them meanwhile is met by the conditions of the transaction.
    let tried = at.value.clone().tried(now).map_err(|_| StoreError::Conflict)?;
    let change = connection.value.handed_off(&link, &tried).map_err(|_| StoreError::Conflict)?;
    let asked = Asked {
        purpose: change.purpose,
        initiator: change.initiator.clone(),
        intended: change.intended.clone(),
        redirect_uri,
        scopes: scope::REQUIRED.map(str::to_owned).to_vec(),
        hand_off: Some(link.clone()),
    };
    let session = drawn.session(tenant, asked, now);
    // A page that is open from a link is over with the link.
    let session = AuthorizationSession { expires_at: session.expires_at.min(tried.expires_at), ..session };
    let moved = connection.value.try_link(&link, &tried, key.clone()).map_err(|_| StoreError::Conflict)?;
    world.keep_secret(&records::request_secret(&key), &drawn.kept(), Keep::Day).await?;
    let mut writes = vec![
        records::put(records::connection(), connection.expect, &moved.connection),
        records::put(records::hand_off(&link), at.expect, &tried),
        records::put(records::session(&key), Expect::Absent, &session),
    ];
    let superseded = moved.superseded.as_ref().filter(|old| !moved.evicted.contains(old));
    writes.extend(supersede(superseded, before.as_ref(), now));
    writes.extend(moved.evicted.iter().map(|old| Write::Delete { key: records::session(old), expect: None }));
    if let Err(error) = world.transact(writes).await {
        // After a lost answer the session may rest there and need its secret; storage forgets it within a day.
        if error == StoreError::Conflict {
            forget_sessions(world, [&key]).await;
        }
        return Err(error);
    }
    forget_sessions(world, moved.superseded.iter().chain(&moved.evicted)).await;
    Ok(pages::opens(&tried, &url))
}
