//! Handing a change off: an administrator makes a link for whoever can sign in as the account, and takes it back.
//!
//! The link is shown once. Stored is the hash of its code, so nobody can show it again, and *Create a new link* ends the old
//! one.

use crate::api::{ErrorCode, Reply};
use crate::domain::account::Person;
use crate::domain::authorization::SessionKey;
use crate::domain::hand_off::{HandOff, HandOffKey, HandOffPurpose, HandOffRefused, usable_until};
use crate::domain::time::Timestamp;
use crate::jira;
use crate::oauth::authorization_request::fingerprint;
use crate::ports::{Expect, Principal, WebTrigger, World, Write};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Called;
use futures_util::join;

use super::authorization::Drawn;
use super::begin::{Meant, Tried, Wish, forget_sessions, prepare, replaced, supersede};
use super::status::{Seen, see, view};
use super::{ask, caller, refusal, status};

/// How often it is tried when somebody else writes at the same moment.
const TRIES: usize = 3;

/// What every link of one request shares.
pub(super) struct Site {
    host: String,
    trigger: String,
}

/// A link that is about to be made.
pub(super) struct Made {
    pub key: HandOffKey,
    pub record: HandOff,
    pub address: String,
}

/// Answers [`crate::api::Request::HandOffChange`]: begins a change with a link.
///
/// # Errors
/// [`ErrorCode`]; nothing is stored.
pub async fn begin<W: World>(called: &Called<'_, W>, wish: Wish<'_>) -> Result<Reply, ErrorCode> {
    // Whether the caller is an administrator is asked in there, before anything is answered.
    let (site, prepared) = join!(site(called), prepare(called, wish));
    let (meant, mut seen) = prepared?;
    let site = site?;
    for _ in 0..TRIES {
        match store(called, &meant, &site, seen).await {
            Err(Tried::Again) => seen = see(called.world, meant.instead_of.as_ref()).await?,
            Err(Tried::Refused(error)) => return Err(error),
            Ok(reply) => return Ok(reply),
        }
    }
    Err(ErrorCode::Conflict)
}

/// Answers [`crate::api::Request::RenewHandOff`]: makes another link in place of the one that the change has.
///
/// # Errors
/// [`ErrorCode`]; the old link stays as it was.
pub async fn renew<W: World>(called: &Called<'_, W>, change: &SessionKey) -> Result<Reply, ErrorCode> {
    let (allowed, by, site, seen) =
        join!(caller::administrator(called), caller::myself(called), site(called), see(called.world, Some(change)));
    allowed?;
    let (by, site, mut seen) = (by?, site?, seen?);
    let now = called.world.now();
    let under_way = seen.connection.value.under_way(change).ok_or(ErrorCode::NoSuchChange)?.clone();
    let purpose = HandOffPurpose::Change { change: change.clone() };
    let made = make(called, &site, purpose, by.clone(), under_way.intended, now);
    let record = HandOff { expires_at: usable_until(under_way.schedule.as_ref(), now), ..made.record };
    let open = seen.session.as_ref().map(|at| &at.value);
    let moved = seen.connection.value.clone().link_anew(change, &called.caller, made.key.clone(), open, now);
    let moved = moved.map_err(|refused| refusal(refused, now))?;
    let mut writes = vec![
        records::put(records::connection(), seen.connection.expect, &moved.connection),
        records::put(records::hand_off(&made.key), Expect::Absent, &record),
    ];
    if let Some((had, link)) = under_way.hand_off.zip(seen.link.take()) {
        let ended = link.value.revoke(by, now).map_err(refused)?;
        if !moved.evicted_links.contains(&had.link) {
            writes.push(records::put(records::hand_off(&had.link), link.expect, &ended));
        }
    }
    writes.extend(supersede(moved.superseded.as_ref(), seen.session.as_ref(), now));
    let old = moved.evicted_links.iter().map(records::hand_off);
    writes.extend(old.map(|key| Write::Delete { key, expect: None }));
    called.world.transact(writes).await?;
    forget_sessions(called.world, moved.superseded.iter()).await;
    let connection = At { expect: seen.connection.expect.next(), value: moved.connection };
    let link = Some(At::absent(record));
    Ok(answer(called, change.clone(), made.address, &Seen { connection, session: None, link, ..seen }))
}

/// Answers [`crate::api::Request::RevokeHandOff`]: the link may not be used any more. The change goes on waiting.
///
/// # Errors
/// [`ErrorCode`]; [`ErrorCode::WrongStage`] once the account that is meant has allowed.
pub async fn revoke<W: World>(called: &Called<'_, W>, change: &SessionKey) -> Result<Reply, ErrorCode> {
    let (allowed, by, seen) =
        join!(caller::administrator(called), caller::myself(called), see(called.world, Some(change)));
    allowed?;
    let (by, seen, now) = (by?, seen?, called.world.now());
    let under_way = seen.connection.value.under_way(change).ok_or(ErrorCode::NoSuchChange)?;
    let had = under_way.hand_off.as_ref().ok_or(ErrorCode::WrongStage)?;
    let link = seen.link.ok_or(ErrorCode::WrongStage)?;
    let ended = link.value.revoke(by, now).map_err(refused)?;
    let mut writes = vec![records::put(records::hand_off(&had.link), link.expect, &ended)];
    // An authorization page that is open from this link must not be answered any more.
    writes.extend(supersede(had.session.as_ref(), seen.session.as_ref(), now));
    called.world.transact(writes).await?;
    forget_sessions(called.world, had.session.iter()).await;
    Ok(status::after(called, change).await?)
}

pub(super) async fn site<W: World>(called: &Called<'_, W>) -> Result<Site, ErrorCode> {
    let info = jira::server_info();
    let (info, trigger) =
        join!(ask::forge(called, Principal::Caller, &info), called.world.web_trigger_url(WebTrigger::HandOff));
    let info = info.map_err(|refused| caller::unavailable(&refused))?;
    let host = jira::read_host(&info).map_err(|refused| caller::unavailable(&refused))?;
    Ok(Site { host, trigger: trigger.map_err(|_| ErrorCode::StorageUnavailable)? })
}

async fn store<W: World>(called: &Called<'_, W>, meant: &Meant<'_>, site: &Site, seen: Seen) -> Result<Reply, Tried> {
    let world = called.world;
    let now = world.now();
    // The change has no session of its own: each try of its link begins one.
    let change = Drawn::new(called).key()?;
    let purpose = HandOffPurpose::Change { change: change.clone() };
    let made = make(called, site, purpose, meant.initiator.clone(), meant.intended.clone(), now);
    let beginning = meant.beginning(&seen.connection.value, change.clone(), Some(made.key.clone()), now)?;
    let record = HandOff { expires_at: beginning.expires_at, ..made.record };
    let open = seen.session.as_ref().map(|at| &at.value);
    let begun = seen.connection.value.clone().begin(beginning, open).map_err(|refused| refusal(refused, now))?;
    let mut writes = vec![
        records::put(records::connection(), seen.connection.expect, &begun.connection),
        records::put(records::hand_off(&made.key), Expect::Absent, &record),
    ];
    writes.extend(replaced(&begun, seen.session.as_ref(), now));
    world.transact(writes).await?;
    forget_sessions(world, begun.superseded.iter().chain(&begun.evicted)).await;
    let connection = At { expect: seen.connection.expect, value: begun.connection };
    let link = Some(At::absent(record));
    Ok(answer(called, change, made.address, &Seen { connection, session: None, link, ..seen }))
}

/// A new link that may be used for as long as a link lives.
pub(super) fn make<W: World>(
    called: &Called<'_, W>,
    site: &Site,
    purpose: HandOffPurpose,
    by: Person,
    intended: Person,
    now: Timestamp,
) -> Made {
    let code = Secret::from_random(called.world.random());
    let record = HandOff {
        purpose,
        by,
        intended,
        host: site.host.clone(),
        cloud_id: called.cloud_id.clone(),
        environment: called.environment.clone(),
        made_at: now,
        expires_at: usable_until(None, now),
        tries: 0,
        failed: None,
        end: None,
    };
    // The one place where the code is told: in the answer to whoever asked for the link.
    let address = format!("{}?code={}", site.trigger, code.reveal());
    Made { key: HandOffKey::of(fingerprint(&code)), record, address }
}

fn refused(refused: HandOffRefused) -> ErrorCode {
    match refused {
        HandOffRefused::Used
        | HandOffRefused::Revoked
        | HandOffRefused::Expired
        | HandOffRefused::Spent
        | HandOffRefused::Over
        | HandOffRefused::Missed
        | HandOffRefused::Busy => ErrorCode::WrongStage,
    }
}

fn answer<W: World>(called: &Called<'_, W>, change: SessionKey, link: String, seen: &Seen) -> Reply {
    let status = Box::new(view(seen, &called.caller, called.world.now()));
    Reply::HandOff { change, link, status }
}
