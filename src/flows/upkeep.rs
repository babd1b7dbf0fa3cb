//! The round that Forge starts every five minutes: finishes what was interrupted, looks daily whether the integration works.
//!
//! It comes so often because a refresh that broke off between Atlassian and storage can be recovered for ten minutes only.

use crate::api::ErrorCode;
use crate::domain::account::AccountId;
use crate::domain::authorization::CLAIM_LIFE;
use crate::domain::change::{Change, Outcome, Stage};
use crate::domain::grant::Grant;
use crate::domain::health::Health;
use crate::domain::time::Span;
use crate::ports::{Principal, World};
use crate::records::{self, At};
use crate::tenant::Tenant;

use super::access::access;
use super::status::{Seen, see};
use super::steps::carry_on;
use super::{check, proceed};

/// The checks run once in this time: an hour less than a day, so that they keep to the same hour.
const DAILY: Span = Span::hours(23);

/// Makes the round.
///
/// # Errors
/// [`ErrorCode`] when something must be waited for: the next round tries again.
pub async fn upkeep<W: World>(tenant: &Tenant<'_, W>) -> Result<(), ErrorCode> {
    let seen = see(tenant.world, None).await?;
    let main = seen.connection.value.main.as_ref().map(|main| main.account.person.account_id.clone());
    let generation = seen.connection.value.generation;
    let finished = finish(tenant, seen).await;
    if let Some(main) = main {
        recover(tenant, &main).await?;
    }
    let last = records::load::<Health>(tenant.world, &records::health()).await?;
    let due = |health: &Health| {
        let daily = tenant.world.now().since(health.checked_at) >= DAILY;
        daily || health.undecided() || health.generation != generation
    };
    if last.is_none_or(|health| due(&health.value)) {
        check::run(tenant, Principal::App).await?;
    }
    finished
}

/// Takes up a redemption of the main grant that was left behind, while Atlassian still answers it.
async fn recover<W: World>(tenant: &Tenant<'_, W>, account: &AccountId) -> Result<(), ErrorCode> {
    let grant: Option<At<Grant>> = records::load(tenant.world, &records::grant(account)).await?;
    if let Some(At { value: Grant { redemption: Some(_), version, .. }, .. }) = grant {
        // The stored access token may look good while its refresh token is spent, so it is not asked about. Whatever comes
        // of it stands in the grant's record, where the checks find it.
        let _ = access(tenant, account, Some(version)).await;
    }
    Ok(())
}

/// Carries on what nobody works on. Before the pointer has moved nobody but the initiator may confirm, so once their
/// time is over the change is undone.
async fn finish<W: World>(tenant: &Tenant<'_, W>, seen: Seen) -> Result<(), ErrorCode> {
    let now = tenant.world.now();
    let Some(change) = seen.connection.value.change.clone().filter(Change::under_way) else { return Ok(()) };
    if change.leased(now) {
        return Ok(());
    }
    let key = change.key.clone();
    let session = seen.session.as_ref().map(|at| &at.value);
    match change.stage {
        Stage::Switched { .. } | Stage::Undoing { .. } => carry_on(tenant, &key, None, seen.connection).await,
        Stage::AwaitingConsent | Stage::Confirmed { .. } if now.since(change.waits_until(session)) < CLAIM_LIFE => {
            Ok(())
        }
        Stage::AwaitingConsent => {
            let outcome = change.ending(session, now, Outcome::Expired);
            proceed::abandon(tenant, &key, seen.connection, seen.session, outcome).await.map(|_| ())
        }
        Stage::Confirmed { .. } => {
            let session = records::load(tenant.world, &records::session(&key)).await?;
            let at = proceed::abandon(tenant, &key, seen.connection, session, Outcome::Interrupted).await?;
            carry_on(tenant, &key, None, at).await
        }
        Stage::Ended { .. } => Ok(()),
    }
}
