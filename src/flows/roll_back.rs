//! Going back to the main authorized user before: a change whose consent is already there.

use crate::api::{ErrorCode, Reply};
use crate::domain::authorization::{ParkedGrant, SessionKey};
use crate::domain::connection::Former;
use crate::domain::health::{Check, CheckFailure, CheckResult, Verdict, verdict};
use crate::oauth::authorization_request::fingerprint;
use crate::ports::{Principal, World};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Called;
use futures_util::join;

use super::access::{NoAccess, access};
use super::held::Held;
use super::status::see;
use super::steps::carry_on;
use super::{caller, check, refusal, status};

/// Answers [`crate::api::Request::RollBack`]: the same checks, the same steps, and whoever was allowed before is allowed
/// again.
///
/// # Errors
/// [`ErrorCode`]; the present main authorized user stays.
pub async fn roll_back<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let (allowed, initiator, seen) = join!(caller::administrator(called), caller::myself(called), see(world, None));
    allowed?;
    let (initiator, connection) = (initiator?, seen?.connection);
    let now = world.now();
    let former = connection.value.restorable(now).ok_or(ErrorCode::NothingToRollBack)?.clone();
    let (parked, checks) = examined(called, &former).await?;
    match verdict(&checks) {
        Verdict::Pass => {}
        Verdict::Fail => return Err(ErrorCode::FormerFailsChecks { checks }),
        Verdict::Undecided => return Err(ErrorCode::JiraUnavailable { retry_after_s: None }),
    }
    let name = fingerprint(&Secret::from_random(world.random()));
    let key = SessionKey::parse(name).map_err(|_| ErrorCode::CorruptRecord)?;
    let begun = connection.value.roll_back(key.clone(), initiator, parked, checks, now);
    let begun = begun.map_err(|refused| refusal(refused, now))?;
    world.transact(vec![records::put(records::connection(), connection.expect, &begun)]).await?;
    let at = At { expect: connection.expect.next(), value: begun };
    carry_on(called, &key, Some(&called.caller), at).await?;
    Ok(status::after(called, &key).await?)
}

/// The grant of the account before, and its checks. An access token that Jira turns away may only have ended early: one
/// refresh tells.
async fn examined<W: World>(called: &Called<'_, W>, former: &Former) -> Result<(ParkedGrant, Vec<Check>), ErrorCode> {
    let mut turned_away = None;
    loop {
        let held = access(called, &former.account.person.account_id, turned_away).await.map_err(unusable)?;
        let parked = ParkedGrant {
            account: held.grant.account.clone(),
            scopes: held.grant.scopes.clone(),
            site: former.site.clone(),
            obtained_at: called.world.now(),
            access_expires_at: held.grant.access_expires_at,
        };
        let checks = check::candidate(called, Principal::Caller, &parked, &held.token).await;
        let dead =
            |check: &Check| matches!(check.result, CheckResult::Failed { failure: CheckFailure::GrantDead { .. } });
        if turned_away.is_some() || !checks.iter().any(dead) {
            return Ok((parked, checks));
        }
        turned_away = Some(held.grant.version);
    }
}

fn unusable(none: NoAccess) -> ErrorCode {
    match Held::from(none) {
        Held::Wait(error) => error,
        Held::Gone(reason) => ErrorCode::FormerGrantDead { reason },
        Held::Failed(_) => ErrorCode::AuthorizationServerUnavailable { retry_after_s: None },
    }
}
