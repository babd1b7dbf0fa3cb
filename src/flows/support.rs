//! Access of support, as administrators grant and watch it.

use crate::api::{About, ErrorCode, Reply, SupportAccessView, SupportStanding, SupportView};
use crate::domain::account::Person;
use crate::domain::count;
use crate::domain::refusal::Refusals;
use crate::domain::support::{DoorRefusal, KEPT, NotDecided, Support, SupportAccess, SupportGrant, SupportState};
use crate::domain::time::Timestamp;
use crate::oauth::authorization_request::fingerprint;
use crate::ports::{WebTrigger, World};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Called;
use crate::url::hex;
use futures_util::join;

use super::support_preview::{VERSION, preview};
use super::{caller, lifecycle};

/// Longest name of an access, and longest ticket that is looked at, in bytes.
const LONGEST: usize = 400;

/// Answers [`crate::api::Request::Support`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn read<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    // Not at once: what support sees names the installation, which gets its name then, should it have none.
    caller::administrator(called).await?;
    Ok(Reply::Support { support: Box::new(view(called).await?) })
}

/// Answers [`crate::api::Request::GrantSupport`].
///
/// # Errors
/// [`ErrorCode`]; nobody is let in.
pub async fn grant<W: World>(called: &Called<'_, W>, ticket: &str, until: Timestamp) -> Result<Reply, ErrorCode> {
    if ticket.len() > LONGEST {
        return Err(ErrorCode::InvalidRequest);
    }
    let id = hex(&called.world.random()[..16]);
    let granted = |held: Support, grant: SupportGrant| held.granted(id.clone(), ticket, grant);
    let_in(called, &id, until, &granted).await
}

/// Answers [`crate::api::Request::ApproveSupport`].
///
/// # Errors
/// [`ErrorCode`]; nobody is let in.
pub async fn approve<W: World>(called: &Called<'_, W>, id: &str, until: Timestamp) -> Result<Reply, ErrorCode> {
    let_in(called, id, until, &|held: Support, grant: SupportGrant| held.approved(id, grant)).await
}

/// Answers [`crate::api::Request::DeclineSupport`].
///
/// # Errors
/// [`ErrorCode`]; the request waits on.
pub async fn decline<W: World>(called: &Called<'_, W>, id: &str) -> Result<Reply, ErrorCode> {
    let (by, at) = asked(called).await?;
    let now = called.world.now();
    settle(called, at, &|held| held.declined(id, &by, now)).await?;
    Ok(Reply::Support { support: Box::new(view(called).await?) })
}

/// Answers [`crate::api::Request::RevokeSupport`].
///
/// # Errors
/// [`ErrorCode`]; the access goes on.
pub async fn revoke<W: World>(called: &Called<'_, W>, id: &str) -> Result<Reply, ErrorCode> {
    let (by, at) = asked(called).await?;
    let now = called.world.now();
    settle(called, at, &|held| held.revoked(id, &by, now)).await?;
    Ok(Reply::Support { support: Box::new(view(called).await?) })
}

/// Answers [`crate::api::Request::About`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn about<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let (allowed, door) = join!(caller::administrator(called), called.world.web_trigger_url(WebTrigger::Support));
    allowed?;
    let instance_id = lifecycle::instance(called).await?.id;
    let environment = called.environment_type.clone();
    Ok(Reply::About { about: About { version: VERSION.to_owned(), instance_id, environment, door: door.ok() } })
}

/// The administrator who asks, and what is kept.
async fn asked<W: World>(called: &Called<'_, W>) -> Result<(Person, At<Support>), ErrorCode> {
    let key = records::support();
    let (allowed, by, at) = join!(
        caller::administrator(called),
        caller::myself(called),
        records::load_or_default::<Support>(called.world, &key)
    );
    allowed?;
    Ok((by?, at?))
}

/// Draws a code, lets support in by it, and tells it to the administrator. Only its digest is stored, so that nobody is ever
/// told it again.
async fn let_in<W: World>(
    called: &Called<'_, W>,
    id: &str,
    until: Timestamp,
    decide: &dyn Fn(Support, SupportGrant) -> Result<Support, NotDecided>,
) -> Result<Reply, ErrorCode> {
    let (by, at) = asked(called).await?;
    let code = Secret::from_random(called.world.random());
    let (now, digest) = (called.world.now(), fingerprint(&code));
    let grant = SupportGrant::new(&by, now, until, digest.clone()).ok_or(ErrorCode::SupportUntil)?;
    if let Err(error) = settle(called, at, &|held| decide(held, grant.clone())).await {
        // Storage may have taken it all the same, and then the code must not be lost.
        let kept = records::load_or_default::<Support>(called.world, &records::support()).await;
        if !kept.is_ok_and(|at| at.value.opened_by(&digest, now).is_ok()) {
            return Err(error);
        }
    }
    let support = view(called).await.ok().map(Box::new);
    Ok(Reply::SupportGranted { id: id.to_owned(), code: code.reveal().to_owned(), support })
}

/// Records a decision, on what others left where they were first.
async fn settle<W: World>(
    called: &Called<'_, W>,
    at: At<Support>,
    decide: &dyn Fn(Support) -> Result<Support, NotDecided>,
) -> Result<(), ErrorCode> {
    let refused = std::cell::Cell::new(None);
    let change = |held: Support| decide(held).map_err(|why| refused.set(Some(why))).ok();
    records::amend(called.world, records::support(), at, &change).await?;
    match refused.get() {
        None => Ok(()),
        Some(NotDecided::Settled) => Err(ErrorCode::SupportSettled),
        Some(NotDecided::Full) => Err(ErrorCode::ListFull { most: count(KEPT) }),
    }
}

async fn view<W: World>(called: &Called<'_, W>) -> Result<SupportView, ErrorCode> {
    let (world, now) = (called.world, called.world.now());
    let keys = (records::support(), records::door_refusals());
    let (held, refusals, preview, door) = join!(
        records::load_or_default::<Support>(world, &keys.0),
        records::load_or_default::<Refusals<DoorRefusal>>(world, &keys.1),
        preview(called),
        world.web_trigger_url(WebTrigger::Support),
    );
    let accesses = held?.value.accesses.into_iter().map(|access| of(access, now)).collect();
    let refusals = refusals?.value.rows().iter().rev().cloned().collect();
    let hears = called.config.support_key.is_some();
    Ok(SupportView { now, door: door.ok(), hears, preview: preview?, accesses, refusals })
}

/// An access without the digest of its code.
fn of(access: SupportAccess, now: Timestamp) -> SupportAccessView {
    let waits = access.waits(now);
    let SupportAccess { id, at, asked, ticket, state, mut views, earlier_views } = access;
    views.reverse();
    let standing = match state {
        SupportState::Requested if waits => SupportStanding::Requested,
        SupportState::Requested => SupportStanding::Lapsed,
        SupportState::Granted { grant } if grant.lasts(now) => {
            let SupportGrant { by, at, until, digest: _ } = grant;
            SupportStanding::Granted { by, at, until }
        }
        SupportState::Granted { grant: SupportGrant { by, at, until, digest: _ } } => {
            SupportStanding::Expired { by, at, until }
        }
        SupportState::Declined { by, at } => SupportStanding::Declined { by, at },
        SupportState::Revoked { grant, by, at } => {
            SupportStanding::Revoked { granted_by: grant.by, granted_at: grant.at, by, at }
        }
    };
    SupportAccessView { id, at, asked, ticket, standing, views, earlier_views }
}
