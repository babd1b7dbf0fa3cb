//! The round that Forge starts every five minutes: finishes what was interrupted, looks daily whether the integration works.
//!
//! It comes so often because a refresh that broke off between Atlassian and storage can be recovered for ten minutes only.

use crate::api::ErrorCode;
use crate::domain::account::AccountId;
use crate::domain::authorization::{AuthorizationSession, CLAIM_LIFE};
use crate::domain::change::{Change, Outcome, Stage};
use crate::domain::connection::{Connection, Former, Needed};
use crate::domain::grant::{Grant, GrantState};
use crate::domain::health::{CheckName, Health};
use crate::domain::time::{Span, Timestamp};
use crate::jira::{self, JiraRefused};
use crate::ports::{EVERYONE, IndexName, Listing, Principal, StoreError, World};
use crate::records::{self, At};
use crate::tenant::Tenant;
use futures_util::future::join_all;

use super::access::{NoAccess, access};
use super::status::{Seen, see};
use super::steps::carry_on;
use super::{ask, check, connections, forget, journal, mirror, proceed, steps, trial, trial_link, verify};

/// How often Forge starts a round.
const ROUND: Span = Span::minutes(5);

/// A refresh of parked tokens that broke off is tried again for so long: as long as Atlassian answers it, and a round more.
const RECOVERABLE: Span = Span::minutes(15);

/// How many rounds make an hour.
const ROUNDS: i64 = 12;

/// How many redemptions are looked at together.
const TOGETHER: usize = 25;

/// How many redemptions of people that were left behind a round takes up.
const AT_ONCE: u8 = 20;

/// The checks run once in this time: an hour less than a day, so that they keep to the same hour.
const DAILY: Span = Span::hours(23);

/// Makes the round.
///
/// # Errors
/// [`ErrorCode`] when something must be waited for: the next round tries again.
pub async fn upkeep<W: World>(tenant: &Tenant<'_, W>) -> Result<(), ErrorCode> {
    let seen = see(tenant.world, None).await?;
    // What waits for Atlassian comes first: its time runs out.
    let recovered = recover(tenant, &seen.connection.value).await;
    let generation = seen.connection.value.generation;
    let finished = finish(tenant, seen).await;
    let_go(tenant).await?;
    let last = records::load::<Health>(tenant.world, &records::health()).await?;
    let now = tenant.world.now();
    let due = match last.as_ref().map(|at| &at.value) {
        Some(health) if health.generation == generation && now.since(health.checked_at) < DAILY => {
            health.undecided() || belied(tenant, health).await?
        }
        Some(_) | None => true,
    };
    if due {
        check::run(tenant, Principal::App).await?;
    }
    connections::note_day(tenant, generation).await?;
    verify::find_lost(tenant).await?;
    trial::round(tenant).await?;
    trial_link::round(tenant).await?;
    mirror::round(tenant).await?;
    journal::tidy(tenant).await?;
    recovered?;
    finished
}

/// Whether the last look at the main authorized user is known to be untrue. Whoever finds its grant dead notes that in the
/// grant's record, and so does a new consent: administrators are told within minutes, not on the next day. Whether it still
/// has administrator rights stands in no record: each round asks. Whether the app's client secret is honoured again is tried
/// once an hour.
async fn belied<W: World>(tenant: &Tenant<'_, W>, health: &Health) -> Result<bool, ErrorCode> {
    let connection: At<Connection> = records::load_or_default(tenant.world, &records::connection()).await?;
    let Some(main) = connection.value.main else { return Ok(false) };
    let account = main.account.person.account_id;
    let Some(grant) = records::load::<Grant>(tenant.world, &records::grant(&account)).await? else { return Ok(false) };
    let dead = grant.value.state != GrantState::Working;
    if dead || health.failed(CheckName::GrantWorks) {
        // A wrong client secret fails the check and not the grant: whether it is mended is looked at once an hour.
        let told = dead == health.failed(CheckName::GrantWorks);
        return Ok(!told && (dead || grant.value.refreshed_at > health.checked_at || hourly(tenant)));
    }
    let held = match access(tenant, &account, None).await {
        Ok(held) => held,
        Err(NoAccess::Dead(_) | NoAccess::NoGrant | NoAccess::ClientSecretRejected) => return Ok(true),
        Err(NoAccess::Busy | NoAccess::Limited { .. } | NoAccess::Unavailable { .. } | NoAccess::Storage(_)) => {
            return Ok(false);
        }
    };
    match ask::jira(tenant, &held.token, &jira::administers()).await {
        Ok(answer) => Ok(jira::read_administers(&answer) == health.failed(CheckName::JiraAdministrator)),
        Err(JiraRefused::Unauthenticated) => Ok(true),
        // The checks take this for an account that is no administrator.
        Err(JiraRefused::Forbidden) => Ok(!health.failed(CheckName::JiraAdministrator)),
        Err(
            JiraRefused::ScopeMissing
            | JiraRefused::NotFound
            | JiraRefused::Unavailable { .. }
            | JiraRefused::Unexpected(_),
        ) => Ok(false),
    }
}

/// Whether a scheduled change has something to do in this round: its time has come, its tokens rest where they are kept for a
/// day only, its grant is known to be dead, or it is the hour to find that out.
async fn wakes<W: World>(tenant: &Tenant<'_, W>, change: &Change) -> Result<bool, StoreError> {
    if hourly(tenant) || change.schedule.is_none_or(|schedule| schedule.due(tenant.world.now())) {
        return Ok(true);
    }
    let grant = records::load::<Grant>(tenant.world, &records::grant(&change.intended.account_id)).await?;
    let parked = change.session().map(records::parked_secret);
    let rests = |grant: &Grant| grant.state == GrantState::Working && parked.as_ref() != Some(&grant.secret_key);
    Ok(!grant.is_some_and(|at| rests(&at.value)))
}

/// Whether this is the round of its hour that tries the client secret or a scheduled change's grant: not the same one for all sites.
fn hourly<W: World>(tenant: &Tenant<'_, W>) -> bool {
    let place = tenant.cloud_id.as_str().bytes().map(i64::from).sum::<i64>() % ROUNDS;
    tenant.world.now().0.div_euclid(ROUND.0) % ROUNDS == place
}

/// Deletes the grant of the main authorized user before, once it can be restored no more.
async fn let_go<W: World>(tenant: &Tenant<'_, W>) -> Result<(), ErrorCode> {
    let at: At<Connection> = records::load_or_default(tenant.world, &records::connection()).await?;
    let over = |former: &&Former| former.leaving || tenant.world.now() >= former.until;
    let settled = !at.value.change.as_ref().is_some_and(Change::moving);
    let Some(former) = at.value.former.as_ref().filter(over).filter(|_| settled) else { return Ok(()) };
    let account = former.account.person.account_id.clone();
    if at.value.needs(&account) == Some(Needed::Change) {
        // A change back to this account is scheduled: it is let go once that is over.
        return Ok(());
    }
    match clear(tenant, at, &account).await {
        // Somebody else moved it meanwhile: the next round looks again.
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

async fn clear<W: World>(tenant: &Tenant<'_, W>, at: At<Connection>, account: &AccountId) -> Result<(), StoreError> {
    let world = tenant.world;
    let at = steps::leave(world, at).await?;
    let main = at.value.is_main(account);
    let (names, mut writes) = if main { (Vec::new(), Vec::new()) } else { steps::discard(world, account).await? };
    forget(world, &names).await?;
    let connection = Connection { former: None, ..at.value };
    writes.push(records::put(records::connection(), at.expect, &connection));
    world.transact(writes).await
}

/// Takes up redemptions that were left behind, while Atlassian still answers them: those of the accounts that the app acts
/// as or is scheduled to, the latest of the people's, and those that may be held for tests.
async fn recover<W: World>(tenant: &Tenant<'_, W>, connection: &Connection) -> Result<(), ErrorCode> {
    let main = connection.main.as_ref().map(|main| &main.account);
    let former = connection.former.as_ref().map(|former| &former.account);
    let own = main.into_iter().chain(former).map(|account| account.person.account_id.clone());
    // A change that waits for its time refreshes its grant like the others.
    let next = connection.scheduled().map(|(change, _)| change.intended.account_id.clone());
    let own = own.chain(next);
    let listing = Listing {
        index: IndexName::PeopleByRedeeming,
        partition: EVERYONE.to_owned(),
        descending: true,
        begins_with: None,
        cursor: None,
        limit: AT_ONCE,
    };
    let people = tenant.world.list(&listing).await?.rows.into_iter();
    let people = people.filter_map(|row| Some(records::read::<Grant>(row).ok()?.value.account.person.account_id));
    let tested = trial::all(tenant).await?.handed.unwrap_or_default();
    let accounts: Vec<AccountId> = own.chain(people).chain(tested).collect();
    let mut recovered = Ok(());
    for some in accounts.chunks(TOGETHER) {
        for taken_up in join_all(some.iter().map(|account| take_up(tenant, account))).await {
            recovered = recovered.and(taken_up);
        }
    }
    recovered
}

async fn take_up<W: World>(tenant: &Tenant<'_, W>, account: &AccountId) -> Result<(), ErrorCode> {
    let grant: Option<At<Grant>> = records::load(tenant.world, &records::grant(account)).await?;
    if let Some(At { value: Grant { redemption: Some(_), version, .. }, .. }) = grant {
        // The stored access token may look good while its refresh token is spent, so it is not asked about. Whatever comes
        // of it stands in the grant's record, where the checks find it.
        let _ = access(tenant, account, Some(version)).await;
    }
    Ok(())
}

/// Whether a refresh of parked tokens broke off so lately that Atlassian still answers it.
fn presents(session: Option<&AuthorizationSession>, now: Timestamp) -> bool {
    let presented = session.and_then(AuthorizationSession::parked).and_then(|parked| parked.presented_at);
    presented.is_some_and(|at| now.since(at) < RECOVERABLE)
}

/// Carries on what nobody works on. Before the pointer has moved nobody but the initiator may confirm, so once their
/// time is over the change is undone.
async fn finish<W: World>(tenant: &Tenant<'_, W>, seen: Seen) -> Result<(), ErrorCode> {
    let now = tenant.world.now();
    let Some(change) = seen.connection.value.change.clone().filter(Change::under_way) else { return Ok(()) };
    if change.leased(now) {
        return Ok(());
    }
    let (key, own) = (change.key.clone(), change.session().cloned());
    let session = seen.session.as_ref().map(|at| &at.value);
    match change.stage {
        Stage::Switched { .. } | Stage::Undoing { .. } => carry_on(tenant, &key, None, seen.connection).await,
        // Its initiator confirmed it when it was scheduled.
        Stage::Confirmed { .. } if change.schedule.is_some() => carry_on(tenant, &key, None, seen.connection).await,
        Stage::Scheduled { .. } => {
            if wakes(tenant, &change).await? {
                carry_on(tenant, &key, None, seen.connection).await
            } else {
                Ok(())
            }
        }
        Stage::AwaitingConsent if presents(session, now) => match carry_on(tenant, &key, None, seen.connection).await {
            // Its tokens are saved, and the rest is for its initiator.
            Err(ErrorCode::NotInitiator { .. }) => Ok(()),
            other => other,
        },
        Stage::AwaitingConsent | Stage::Confirmed { .. } if now.since(change.waits_until(session)) < CLAIM_LIFE => {
            Ok(())
        }
        Stage::AwaitingConsent => {
            let outcome = change.ending(session, now, Outcome::Expired);
            proceed::abandon(tenant, &key, seen.connection, seen.session, outcome).await.map(|_| ())
        }
        Stage::Confirmed { .. } => {
            let session = match own {
                Some(own) => records::load(tenant.world, &records::session(&own)).await?,
                None => None,
            };
            let at = proceed::abandon(tenant, &key, seen.connection, session, Outcome::Interrupted).await?;
            carry_on(tenant, &key, None, at).await
        }
        Stage::Ended { .. } => Ok(()),
    }
}
