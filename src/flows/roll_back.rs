//! Going back to the main authorized user before: a change whose consent is already there.

use crate::api::{ErrorCode, Reply};
use crate::domain::account::{Account, Person};
use crate::domain::authorization::SessionKey;
use crate::domain::connection::Connection;
use crate::domain::health::{Verdict, verdict};
use crate::domain::receipt::Foreseen;
use crate::domain::rehearsal::Rehearsal;
use crate::domain::schedule::RECENT;
use crate::domain::time::Span;
use crate::oauth::authorization_request::fingerprint;
use crate::ports::{Principal, World};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Called;
use futures_util::join;

use super::access::NoAccess;
use super::held::Held;
use super::rehearse::{self, Asker};
use super::status::see;
use super::steps::carry_on;
use super::{caller, check, refusal, status};

/// Answers [`crate::api::Request::RollBack`]: the same checks, the same rehearsal, the same steps, and whoever was allowed
/// before is allowed again.
///
/// # Errors
/// [`ErrorCode`]; the present main authorized user stays.
pub async fn roll_back<W: World>(called: &Called<'_, W>, acknowledged: Option<&str>) -> Result<Reply, ErrorCode> {
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
    let foreseen = foreseen(called, &connection.value, &former.account, &initiator, acknowledged).await?;
    let now = world.now();
    let name = fingerprint(&Secret::from_random(world.random()));
    let key = SessionKey::parse(name).map_err(|_| ErrorCode::CorruptRecord)?;
    let begun = connection.value.roll_back(key.clone(), initiator, parked, checks, foreseen, now);
    let begun = begun.map_err(|refused| refusal(refused, now))?;
    world.transact(vec![records::put(records::connection(), connection.expect, &begun)]).await?;
    let at = At { expect: connection.expect.next(), value: begun };
    carry_on(called, &key, Some(&called.caller), at).await?;
    Ok(status::after(called, &key).await?)
}

/// What is known of going back: by the rehearsal whose losses are acknowledged, or else by one of this moment. The caller,
/// an administrator, looks: so it can be rehearsed also where the present main authorized user is gone.
async fn foreseen<W: World>(
    called: &Called<'_, W>,
    connection: &Connection,
    to: &Account,
    initiator: &Person,
    acknowledged: Option<&str>,
) -> Result<Option<Foreseen>, ErrorCode> {
    let now = called.world.now();
    let account = &to.person.account_id;
    let last = records::load::<Rehearsal>(called.world, &records::rehearsal(account)).await?.map(|at| at.value);
    let read = last.filter(|last| acknowledged == Some(&last.id));
    match rehearse::gate(connection, read.as_ref(), account, acknowledged, now) {
        Err(ErrorCode::RehearsalNeeded) => {}
        known => return known,
    }
    let since = now.plus(Span(-RECENT.0));
    let found = rehearse::anew(called, connection, to, initiator, Asker::Caller, since).await?;
    rehearse::gate(connection, Some(&found), account, acknowledged, called.world.now())
}

fn unusable(none: NoAccess) -> ErrorCode {
    match Held::from(none) {
        Held::Wait(error) => error,
        Held::Gone(reason) => ErrorCode::FormerGrantDead { reason },
        Held::Failed(_) => ErrorCode::AuthorizationServerUnavailable { retry_after_s: None },
    }
}
