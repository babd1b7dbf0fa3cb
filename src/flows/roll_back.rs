//! Going back to the main authorized user before: a change whose consent is already there.

use crate::api::{ErrorCode, Reply};
use crate::domain::authorization::SessionKey;
use crate::domain::health::{Verdict, verdict};
use crate::oauth::authorization_request::fingerprint;
use crate::ports::{Principal, World};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Called;
use futures_util::join;

use super::access::NoAccess;
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
    let account = &former.account.person.account_id;
    let examined = check::resting(called, Principal::Caller, account, &former.site).await;
    let (parked, checks, _) = examined.map_err(unusable)?;
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

fn unusable(none: NoAccess) -> ErrorCode {
    match Held::from(none) {
        Held::Wait(error) => error,
        Held::Gone(reason) => ErrorCode::FormerGrantDead { reason },
        Held::Failed(_) => ErrorCode::AuthorizationServerUnavailable { retry_after_s: None },
    }
}
