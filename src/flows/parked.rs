//! The tokens of a parked grant, when its administrator comes for it.
//!
//! What a hand-off link yielded waits for days, and an access token lives for an hour. The lease on the change stands in the
//! connection's record before the refresh token is presented, so that one invocation presents it. That it is presented stands
//! in the session: an answer that was lost is recovered by whoever comes next, also a round, by presenting it once more while
//! Atlassian honours that.

use crate::api::ErrorCode;
use crate::domain::authorization::{AuthorizationSession, ParkedGrant, SessionKey, SessionState};
use crate::domain::scope::Scopes;
use crate::domain::time::Span;
use crate::ports::{StoreError, World};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Tenant;

use super::access::{self, NoAccess};
use super::held::Held;

/// How long before its end an access token is not relied upon.
const MARGIN: Span = Span::minutes(2);

/// A parked grant whose access token may be used.
pub struct Fresh {
    /// For the `Authorization` header.
    pub token: Secret,
    /// The session in which it is parked.
    pub session: At<AuthorizationSession>,
    /// The grant as it is now.
    pub parked: ParkedGrant,
}

/// The parked grant with an access token, a new one where the old one is at its end. One that Atlassian does not honour any
/// more comes with its old token, so that the checks find that. `None` when its tokens are gone, or the session went out of
/// play meanwhile.
///
/// # Errors
/// [`ErrorCode`] when something must be waited for.
pub async fn fresh<W: World>(
    tenant: &Tenant<'_, W>,
    key: &SessionKey,
    session: At<AuthorizationSession>,
    parked: ParkedGrant,
) -> Result<Option<Fresh>, ErrorCode> {
    let world = tenant.world;
    let name = records::parked_secret(key);
    let pack = world.secret(&name).await?;
    let Some(token) = pack.as_ref().and_then(|pack| pack.part("access")) else { return Ok(None) };
    let refresh = pack.and_then(|pack| pack.part("refresh"));
    let good = parked.access_expires_at.since(world.now()) > MARGIN;
    let Some(presented) = refresh.filter(|_| !good) else { return Ok(Some(Fresh { token, session, parked })) };
    let parked = ParkedGrant { presented_at: parked.presented_at.or(Some(world.now())), ..parked };
    let session = match park(world, key, session, &parked).await {
        Ok(session) => session,
        // It was cancelled meanwhile, and its tokens are gone.
        Err(StoreError::Conflict) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let tokens = match access::ask(tenant, &presented).await {
        Ok(tokens) => tokens,
        Err(NoAccess::Dead(_)) => return Ok(Some(Fresh { token, session, parked })),
        Err(other) => return Err(waiting(other)),
    };
    let (_, keep) = records::yielded_secret(&session.value, key);
    let refresh = tokens.refresh.unwrap_or(presented);
    let pack = Secret::pack(&[("access", Some(&tokens.access)), ("refresh", Some(&refresh))]);
    world.keep_secret(&name, &pack, keep).await?;
    let parked = ParkedGrant {
        scopes: tokens.scope.as_deref().map_or(parked.scopes, Scopes::parse),
        access_expires_at: world.now().plus(Span::seconds(tokens.expires_in_s)),
        presented_at: None,
        ..parked
    };
    match park(world, key, session, &parked).await {
        Ok(session) => Ok(Some(Fresh { token: tokens.access, session, parked })),
        // It was cancelled meanwhile: no token may be left without an owner.
        Err(StoreError::Conflict) => {
            world.forget_secret(&name).await?;
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes the grant into its session as it is now.
async fn park<W: World>(
    world: &W,
    key: &SessionKey,
    session: At<AuthorizationSession>,
    parked: &ParkedGrant,
) -> Result<At<AuthorizationSession>, StoreError> {
    let state = SessionState::Authorized { parked: Box::new(parked.clone()) };
    let value = AuthorizationSession { state, ..session.value };
    world.transact(vec![records::put(records::session(key), session.expect, &value)]).await?;
    Ok(At { expect: session.expect.next(), value })
}

fn waiting(none: NoAccess) -> ErrorCode {
    let unknown = ErrorCode::AuthorizationServerUnavailable { retry_after_s: None };
    Held::from(none).passing().unwrap_or(unknown)
}
