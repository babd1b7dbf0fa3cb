//! What an administrator asks of a change that has begun: go on, take the account that allowed, stop.

use crate::api::{ErrorCode, Reply};
use crate::domain::account::AccountId;
use crate::domain::authorization::{AuthorizationSession, SessionKey};
use crate::domain::change::{Change, Outcome, Stage};
use crate::domain::connection::Connection;
use crate::domain::rehearsal::Rehearsal;
use crate::ports::World;
use crate::records::{self, At};
use crate::tenant::{Called, Tenant};
use futures_util::join;

use super::begin::{forget_sessions, supersede};
use super::status::see;
use super::steps::carry_on;
use super::{caller, refusal, rehearse, status};

/// Answers [`crate::api::Request::ContinueChange`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn proceed<W: World>(called: &Called<'_, W>, key: &SessionKey) -> Result<Reply, ErrorCode> {
    let (allowed, seen) = join!(caller::administrator(called), see(called.world, Some(key)));
    allowed?;
    let seen = seen?;
    if let Some(change) = seen.connection.value.under_way(key) {
        let session = seen.session.as_ref().map(|at| &at.value);
        may(change, session, &called.caller)?;
        carry_on(called, key, Some(&called.caller), seen.connection).await?;
    }
    Ok(status::after(called, key).await?)
}

/// Answers [`crate::api::Request::AcceptAccount`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn accept<W: World>(
    called: &Called<'_, W>,
    key: &SessionKey,
    account: &AccountId,
    acknowledged: Option<&str>,
) -> Result<Reply, ErrorCode> {
    let rehearsal = records::rehearsal(account);
    let (allowed, rehearsal, seen) = join!(
        caller::administrator(called),
        records::load::<Rehearsal>(called.world, &rehearsal),
        see(called.world, Some(key))
    );
    allowed?;
    let (rehearsal, seen) = (rehearsal?.map(|at| at.value), seen?);
    let parked = seen.session.as_ref().and_then(|at| at.value.parked()).ok_or(ErrorCode::WrongStage)?;
    let allowed_by = parked.account.person.clone();
    if allowed_by.account_id != *account {
        return Err(ErrorCode::AccountMismatch);
    }
    let now = called.world.now();
    let foreseen = rehearse::gate(&seen.connection.value, rehearsal.as_ref(), account, acknowledged, now)?;
    let connection = seen.connection.value.accept(key, &called.caller, allowed_by, foreseen, now);
    let connection = connection.map_err(|refused| refusal(refused, now))?;
    let write = records::put(records::connection(), seen.connection.expect, &connection);
    called.world.transact(vec![write]).await?;
    let at = At { expect: seen.connection.expect.next(), value: connection };
    carry_on(called, key, Some(&called.caller), at).await?;
    Ok(status::after(called, key).await?)
}

/// Answers [`crate::api::Request::CancelChange`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn cancel<W: World>(called: &Called<'_, W>, key: &SessionKey) -> Result<Reply, ErrorCode> {
    let (allowed, by, seen) =
        join!(caller::administrator(called), caller::myself(called), see(called.world, Some(key)));
    allowed?;
    let by = by?;
    let seen = seen?;
    let change = seen.connection.value.under_way(key).ok_or(ErrorCode::NoSuchChange)?;
    let session = seen.session.as_ref().map(|at| &at.value);
    let outcome = change.ending(session, called.world.now(), Outcome::Cancelled { by });
    let at = abandon(called, key, seen.connection, seen.session, outcome).await?;
    // Whoever works on it finds the new stage when saving, and undoes; else it is undone here.
    if at.value.under_way(key).is_some_and(|change| !change.leased(called.world.now())) {
        carry_on(called, key, Some(&called.caller), at).await?;
    }
    Ok(status::after(called, key).await?)
}

/// Ends a change that was never confirmed, or turns a confirmed one towards its undoing. Its session goes out of play in
/// the same transaction.
///
/// # Errors
/// [`ErrorCode`]
pub async fn abandon<W: World>(
    tenant: &Tenant<'_, W>,
    key: &SessionKey,
    at: At<Connection>,
    session: Option<At<AuthorizationSession>>,
    outcome: Outcome,
) -> Result<At<Connection>, ErrorCode> {
    let now = tenant.world.now();
    let own = at.value.under_way(key).and_then(Change::session).cloned();
    let connection = at.value.abandon(key, outcome, now).map_err(|refused| refusal(refused, now))?;
    let mut writes = vec![records::put(records::connection(), at.expect, &connection)];
    writes.extend(supersede(own.as_ref(), session.as_ref(), now));
    tenant.world.transact(writes).await?;
    if connection.under_way(key).is_none() {
        // Storage forgets these by itself, should this call fail.
        forget_sessions(tenant.world, own.iter()).await;
    }
    Ok(At { expect: at.expect.next(), value: connection })
}

/// Whether this administrator may carry the change on: before the pointer moves only who began it.
fn may(change: &Change, session: Option<&AuthorizationSession>, caller: &AccountId) -> Result<(), ErrorCode> {
    let confirming = match &change.stage {
        Stage::AwaitingConsent => session.is_some_and(|session| session.parked().is_some()),
        // Of a scheduled change that was done when it was scheduled.
        Stage::Confirmed { .. } => change.schedule.is_none(),
        Stage::Scheduled { .. } | Stage::Switched { .. } | Stage::Undoing { .. } | Stage::Ended { .. } => false,
    };
    if confirming && !change.begun_by(caller) {
        return Err(ErrorCode::NotInitiator { by: change.initiator.clone() });
    }
    Ok(())
}
