//! The job that tries people's grants after a change, quietly: one batch for each invocation, each sending the next one on
//! its way. Whatever is lost or comes twice, the job's own record says which batch is due.

use crate::api::ErrorCode;
use crate::domain::account::AccountId;
use crate::domain::change::Change;
use crate::domain::connection::Connection;
use crate::domain::grant::{Grant, GrantState, ReauthorizationReason};
use crate::domain::standing::{Epoch, Standing};
use crate::domain::time::{Span, Timestamp};
use crate::domain::wave::{AT_ONCE, BATCH, Job, JobState, LONGEST_WAIT_S, POINTS_PER_GRANT, POINTS_PER_HOUR};
use crate::jira::{self, JiraRefused};
use crate::ports::{EVERYONE, Expect, IndexName, Listing, Principal, StoreError, Stored, Unavailable, Work, World};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Tenant;
use futures_util::future::join_all;
use futures_util::join;

use super::access::{NoAccess, access};
use super::{ask, grants};

/// How long to wait when Jira asks to wait and does not say how long, in seconds.
const PAUSE_S: u32 = 60;

/// How long to wait when the app's own client secret is not honoured, in seconds: somebody must mend that first.
const MENDED_IN_S: u32 = 900;

/// The longest that work can be delayed, in seconds; for longer waits it comes and is delayed again.
const LONGEST_DELAY_S: u32 = 900;

/// Begins the job of the present generation, unless it has begun.
///
/// # Errors
/// [`StoreError`]
pub async fn begin<W: World>(tenant: &Tenant<'_, W>) -> Result<(), StoreError> {
    let (connection, job) = read(tenant).await?;
    if behind(&connection, job.as_ref()) { start(tenant, &connection, job).await } else { Ok(()) }
}

async fn read<W: World>(tenant: &Tenant<'_, W>) -> Result<(Connection, Option<At<Job>>), StoreError> {
    let (connection_key, job_key) = (records::connection(), records::job());
    let (connection, job) = join!(
        records::load_or_default::<Connection>(tenant.world, &connection_key),
        records::load::<Job>(tenant.world, &job_key)
    );
    Ok((connection?.value, job?))
}

/// Whether the present generation has no job yet.
fn behind(connection: &Connection, job: Option<&At<Job>>) -> bool {
    job.is_none_or(|job| job.value.generation < connection.generation)
}

async fn start<W: World>(
    tenant: &Tenant<'_, W>,
    connection: &Connection,
    job: Option<At<Job>>,
) -> Result<(), StoreError> {
    let new = Job::new(connection.generation, tenant.world.now());
    let expect = job.map_or(Expect::Absent, |at| at.expect);
    tenant.world.transact(vec![records::put(records::job(), expect, &new)]).await?;
    send(tenant, &new, 0).await;
    Ok(())
}

/// Sends the next batch on its way. One that is lost is sent again by the round that Forge starts every five minutes.
pub async fn send<W: World>(tenant: &Tenant<'_, W>, job: &Job, delay_s: u32) {
    let work = Work::Verify { generation: job.generation, batch: job.batch };
    let _: Result<(), Unavailable> = tenant.world.push(&work, delay_s.min(LONGEST_DELAY_S)).await;
}

/// Does one batch.
///
/// # Errors
/// [`ErrorCode`] when storage failed: Forge delivers the batch again.
pub async fn work<W: World>(tenant: &Tenant<'_, W>, generation: u32, batch: u32) -> Result<(), ErrorCode> {
    let world = tenant.world;
    let (connection, job) = read(tenant).await?;
    let epoch = connection.epoch();
    let Some(at) = job else { return Ok(()) };
    let mut job = at.value;
    let due = job.state == JobState::Running
        && (job.generation, job.batch) == (generation, batch)
        && job.generation == epoch.generation;
    if !due {
        return Ok(());
    }
    let now = world.now();
    if let Some(until) = job.waits_until.filter(|until| now < *until) {
        send(tenant, &job, until.since(now).seconds_up()).await;
        return Ok(());
    }
    let listing = Listing {
        index: IndexName::PeopleByName,
        partition: EVERYONE.to_owned(),
        descending: false,
        begins_with: None,
        cursor: job.cursor.clone(),
        limit: u8::try_from(BATCH).unwrap_or(u8::MAX),
    };
    let page = match world.list(&listing).await {
        // Storage takes this cursor no more: from the beginning, where everybody who was tried is known.
        Err(StoreError::Corrupt) if job.cursor.is_some() => {
            job.through.clear();
            world.list(&Listing { cursor: None, ..listing }).await?
        }
        other => other?,
    };
    let tried = tries(tenant, page.rows, &mut job, epoch).await?;
    job.moved_at = world.now();
    let delay_s = match tried.wait {
        Some(wait_s) => {
            // A few seconds more than asked for, different for each, so that not all sites come back at once.
            let jitter = u32::from(world.random()[0] % 16);
            let delay_s = wait_s.clamp(1, LONGEST_WAIT_S) + jitter;
            job.waits_until = Some(job.moved_at.plus(Span::seconds(i64::from(delay_s))));
            delay_s
        }
        // At the pace of the budget, and no faster: a batch of grants that were known already costs nothing.
        None => (tried.asked * POINTS_PER_GRANT * 3600).div_ceil(POINTS_PER_HOUR),
    };
    if tried.whole {
        job.next_batch(page.next);
    }
    if tried.wait.is_none() {
        job.waits_until = None;
    }
    match world.transact(vec![records::put(records::job(), at.expect, &job)]).await {
        Ok(()) if job.state == JobState::Running && !job.rests() => {
            send(tenant, &job, delay_s).await;
            Ok(())
        }
        // An administrator steered it meanwhile, or the same batch came twice: whoever was tried is counted.
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// What came of a batch.
struct Tried {
    /// Whether it was gone through to its end.
    whole: bool,
    /// For how many of its grants Jira was asked.
    asked: u32,
    /// How many seconds to wait before more is asked, if that is wanted.
    wait: Option<u32>,
}

/// Tries the grants of a batch, a few at once, and notes in the job how far it came. It stops where Jira or Atlassian want
/// to be left alone.
async fn tries<W: World>(
    tenant: &Tenant<'_, W>,
    rows: Vec<Stored>,
    job: &mut Job,
    epoch: Epoch,
) -> Result<Tried, StoreError> {
    // A record that cannot be read is no reason to leave all others alone.
    let grants = rows.into_iter().filter_map(|row| records::read::<Grant>(row).ok());
    let accounts = grants.map(|at| at.value.account.person.account_id);
    let accounts: Vec<AccountId> = accounts.filter(|account| !job.through.contains(account)).collect();
    let mut tried = Tried { whole: true, asked: 0, wait: None };
    // For how many seconds those want to be left alone who gave no answer.
    let mut silence = 0;
    for some in accounts.chunks(AT_ONCE) {
        if tried.wait.is_some() {
            tried.whole = false;
            break;
        }
        let found = join_all(some.iter().map(|account| attempt(tenant, account, epoch, job.again))).await;
        let mut unanswered = Vec::new();
        for (account, attempt) in some.iter().zip(found) {
            match attempt? {
                Attempt::Tried { warned } => {
                    job.tried += 1;
                    job.answered = true;
                    tried.asked += 1;
                    tried.wait = tried.wait.max(warned);
                }
                Attempt::Judged => job.tried += 1,
                Attempt::Known => {}
                Attempt::TurnedAway => {
                    tried.asked += 1;
                    job.answered = true;
                    silence = silence.max(PAUSE_S);
                    unanswered.push(account.clone());
                    continue;
                }
                Attempt::Wait(retry_after_s) => {
                    silence = silence.max(retry_after_s.unwrap_or(PAUSE_S));
                    unanswered.push(account.clone());
                    continue;
                }
            }
            job.through.push(account.clone());
        }
        if job.waits_for(&unanswered) {
            tried.wait = tried.wait.max(Some(silence));
            tried.whole = false;
            break;
        }
    }
    if tried.whole && !job.answered && silence > 0 {
        // Nobody gets an answer: that is no matter of these grants.
        tried.wait = tried.wait.max(Some(silence));
        tried.whole = false;
    }
    Ok(tried)
}

enum Attempt {
    /// Jira answered, and the answer is counted.
    Tried {
        /// In how many seconds Jira's budget is renewed, if little of it is left.
        warned: Option<u32>,
    },
    /// It is counted without asking: its standing says it.
    Judged,
    /// It was counted in this generation before, or is no person's any more.
    Known,
    /// Jira turned it away and Atlassian honours it, which condemns nobody and may pass.
    TurnedAway,
    /// Jira or Atlassian asked to wait, for so many seconds if they said.
    Wait(Option<u32>),
}

/// Tries one grant and counts what is found.
async fn attempt<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    epoch: Epoch,
    again: bool,
) -> Result<Attempt, StoreError> {
    let at = match records::load::<Grant>(tenant.world, &records::grant(account)).await {
        Err(StoreError::Corrupt) | Ok(None) => return Ok(Attempt::Known),
        Err(error) => return Err(error),
        Ok(Some(at)) => at,
    };
    let Some(personal) = &at.value.personal else { return Ok(Attempt::Known) };
    if personal.counted.generation >= epoch.generation && !again {
        return Ok(Attempt::Known);
    }
    let consent = at.value.obtained_at;
    let mut grant = at.value;
    let mut reopened = None;
    let asked = again && grant.state == GrantState::Deactivated;
    if asked {
        match closed(tenant, account).await {
            Ok(false) => {
                let open = |grant| reopen(grant, consent);
                let Some(open) = grants::amend(tenant.world, account, epoch, &open).await? else {
                    return Ok(Attempt::Known);
                };
                (grant, reopened) = (open.clone(), Some(open));
            }
            Err(JiraRefused::Unavailable { retry_after_s }) => return Ok(Attempt::Wait(retry_after_s)),
            // Nothing says that it is open again.
            Ok(true) | Err(_) => {}
        }
    }
    let usable = Standing::of(&grant, epoch).is_some_and(|standing| standing.usable());
    let found = if usable { look(tenant, account).await } else { Found::Unusable };
    let result = match found {
        Found::Storage(error) => return Err(error),
        Found::Wait(retry_after_s) => Attempt::Wait(retry_after_s),
        Found::TurnedAway => Attempt::TurnedAway,
        Found::Works { warned } => Attempt::Tried { warned },
        Found::Gone | Found::Deactivated => Attempt::Tried { warned: None },
        Found::Unusable if asked => Attempt::Tried { warned: None },
        Found::Unusable => Attempt::Judged,
    };
    if matches!(result, Attempt::Wait(_) | Attempt::TurnedAway) && reopened.is_none() {
        return Ok(result);
    }
    // Whoever has allowed again meanwhile has another grant than the one that was looked at.
    let judged = |grant: Grant| {
        let same = grant.obtained_at == consent;
        if same { judged(grant, &found, reopened.as_ref(), epoch, tenant.world.now()) } else { grant }
    };
    grants::amend(tenant.world, account, epoch, &judged).await?;
    Ok(result)
}

enum Found {
    /// Jira honours it.
    Works {
        /// In how many seconds Jira's budget is renewed, if little of it is left.
        warned: Option<u32>,
    },
    /// It needs no look: its standing says it.
    Unusable,
    /// Neither Atlassian nor Jira honours it.
    Gone,
    /// Its account is closed.
    Deactivated,
    /// Jira turns it away, and Atlassian renewed it a moment ago.
    TurnedAway,
    /// Nothing is known, and it is to be waited for so many seconds, if that was said.
    Wait(Option<u32>),
    Storage(StoreError),
}

async fn look<W: World>(tenant: &Tenant<'_, W>, account: &AccountId) -> Found {
    let mut turned_away = None;
    loop {
        let held = match access(tenant, account, turned_away).await {
            Ok(held) => held,
            Err(NoAccess::Dead(_) | NoAccess::NoGrant) => return gone(tenant, account).await,
            Err(NoAccess::Limited { retry_after_s } | NoAccess::Unavailable { retry_after_s }) => {
                return Found::Wait(retry_after_s);
            }
            // Somebody else's refresh is over in a moment; nobody's consent mends the app's own secret.
            Err(NoAccess::Busy) => return Found::Wait(None),
            Err(NoAccess::ClientSecretRejected) => return Found::Wait(Some(MENDED_IN_S)),
            Err(NoAccess::Storage(error)) => return Found::Storage(error),
        };
        let (answer, warned) = ping(tenant, &held.token).await;
        match (answer, turned_away) {
            // A refresh tells whether the token was only old, and which scopes there are: one, and no more.
            (Err(JiraRefused::Unauthenticated | JiraRefused::ScopeMissing), None) => {
                turned_away = Some(held.grant.version);
            }
            (Err(JiraRefused::Unauthenticated), Some(_)) => return turned_away_anew(tenant, account).await,
            (Err(JiraRefused::Unavailable { retry_after_s }), _) => return Found::Wait(retry_after_s),
            // What Jira refuses to a token that it honours is no matter of the grant; its scopes stand in its record.
            (
                Ok(())
                | Err(
                    JiraRefused::ScopeMissing
                    | JiraRefused::Forbidden
                    | JiraRefused::NotFound
                    | JiraRefused::Unexpected(_),
                ),
                _,
            ) => return Found::Works { warned },
        }
    }
}

/// Whether Jira honours a token, and how soon its budget is renewed if little of it is left.
async fn ping<W: World>(tenant: &Tenant<'_, W>, token: &Secret) -> (Result<(), JiraRefused>, Option<u32>) {
    let answer = ask::send(tenant, token, &jira::browses()).await;
    let warned = answer.as_ref().ok().and_then(|answer| answer.limits.near_limit_s);
    (jira::read(answer).map(|_| ()), warned)
}

/// A grant that is gone may be so because its account is closed: then nobody is asked.
async fn gone<W: World>(tenant: &Tenant<'_, W>, account: &AccountId) -> Found {
    match closed(tenant, account).await {
        Ok(true) => Found::Deactivated,
        // Whether the account is closed can be found out later; the grant is dead either way.
        Ok(false) | Err(_) => Found::Gone,
    }
}

/// A token that Atlassian renewed a moment ago and Jira turns away says nothing of the grant: whoever was asked for consent
/// on the strength of it would be asked again and again. Only a closed account explains it for certain.
async fn turned_away_anew<W: World>(tenant: &Tenant<'_, W>, account: &AccountId) -> Found {
    match closed(tenant, account).await {
        Ok(true) => Found::Deactivated,
        Err(JiraRefused::Unavailable { retry_after_s }) => Found::Wait(retry_after_s),
        Ok(false) | Err(_) => Found::TurnedAway,
    }
}

/// Whether an account is closed or deactivated.
///
/// # Errors
/// [`JiraRefused`]
pub async fn closed<W: World>(tenant: &Tenant<'_, W>, account: &AccountId) -> Result<bool, JiraRefused> {
    let user = ask::forge(tenant, Principal::App, &jira::user(account)).await;
    match user.and_then(|user| jira::read_account(&user)) {
        Ok(account) => Ok(!account.active),
        Err(JiraRefused::NotFound) => Ok(true),
        Err(refused) => Err(refused),
    }
}

/// The account is open again, so its grant may be tried.
fn reopen(grant: Grant, consent: Timestamp) -> Grant {
    let same = grant.obtained_at == consent && grant.state == GrantState::Deactivated;
    if same { Grant { state: GrantState::Working, ..grant } } else { grant }
}

fn judged(grant: Grant, found: &Found, reopened: Option<&Grant>, epoch: Epoch, now: Timestamp) -> Grant {
    match found {
        Found::Works { .. } if grant.state == GrantState::Working => grant.verified(epoch),
        Found::Deactivated => Grant { state: GrantState::Deactivated, ..grant },
        // Nobody revoked what ended with its account.
        Found::Gone if reopened.is_some() => grant.died(ReauthorizationReason::AccountClosed, now),
        Found::Gone if grant.state == GrantState::Working => {
            grant.died(ReauthorizationReason::RevokedOrPasswordChanged, now)
        }
        // Nothing was found out of a reopened account, so what was known of it stays known.
        Found::Wait(_) | Found::TurnedAway if reopened.is_some_and(|open| untouched(open, &grant)) => {
            Grant { state: GrantState::Deactivated, ..grant }
        }
        Found::Works { .. }
        | Found::Gone
        | Found::Unusable
        | Found::TurnedAway
        | Found::Wait(_)
        | Found::Storage(_) => grant,
    }
}

/// Whether nobody renewed or used the grant since it was opened.
fn untouched(open: &Grant, grant: &Grant) -> bool {
    (open.state, open.version, &open.personal) == (grant.state, grant.version, &grant.personal)
}

/// Sends a batch again that was lost on its way, and begins a job that its change could not begin any more.
///
/// # Errors
/// [`StoreError`]
pub async fn find_lost<W: World>(tenant: &Tenant<'_, W>) -> Result<(), StoreError> {
    let (connection, job) = read(tenant).await?;
    let settled = !connection.change.as_ref().is_some_and(Change::moving);
    // The first connection makes no wave: nobody had connected before it.
    let first = job.is_none() && connection.generation <= 1;
    let behind = !first && behind(&connection, job.as_ref());
    if behind && settled {
        return match start(tenant, &connection, job).await {
            Err(StoreError::Conflict) => Ok(()),
            other => other,
        };
    }
    let now = tenant.world.now();
    let Some(at) = job.filter(|at| !behind && at.value.lost(now)) else { return Ok(()) };
    let job = Job { moved_at: now, ..at.value };
    match tenant.world.transact(vec![records::put(records::job(), at.expect, &job)]).await {
        Ok(()) => {
            send(tenant, &job, 0).await;
            Ok(())
        }
        Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}
