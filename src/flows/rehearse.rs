//! Rehearsing a change: what an account may do in every project in use, and what would be lost, before anything is switched.
//!
//! Every batch is done by whoever comes by first: the page that shows the rehearsal, as the administrator who looks at it,
//! or else work of Forge's queue, as the main authorized user. So it goes on when the page is closed, and also where the
//! main authorized user's grant is dead.

use crate::api::{self, Consequences, ErrorCode, LossView, RehearsedProject, Reply};
use crate::domain::account::{Account, AccountId, AccountType, Person};
use crate::domain::connection::Connection;
use crate::domain::count;
use crate::domain::grant::Grant;
use crate::domain::limits::JiraNumber;
use crate::domain::receipt::Foreseen;
use crate::domain::rehearsal::{
    Gate, Held, KEPT, LEASE_LIFE, LOOKED_THROUGH, Looked, Loss, PART, PEOPLE_PAGE, Part, Permission, Progress,
    RESTARTS, Rehearsal, Rehearsed,
};
use crate::domain::scope::REQUIRED;
use crate::domain::tally::Tally;
use crate::domain::time::{Span, Timestamp};
use crate::jira::{self, HeldPermissions, JiraRefused, JiraRequest, Project, ProjectPage};
use crate::ports::{Expect, Principal, StoreError, Unavailable, Work, World, Write};
use crate::records::{self, At, Rehearsals};
use crate::secret::Secret;
use crate::tenant::{Called, Tenant};
use crate::url::hex;
use futures_util::future::{join_all, try_join_all};
use futures_util::join;
use serde_json::Value;

use super::access::access;
use super::{accounts, ask, caller, connections};

/// How many projects Jira lists on a page.
const PAGE: u64 = 100;

/// How many pages one batch lists: a thousand projects, the most that Jira's `permissions/check` takes at once.
const PAGES: u64 = 10;

/// How many batches one request of the page does at most: a small site's rehearsal is done with its first answer.
const BATCHES: usize = 3;

/// No further batch is begun once a request took so long: Forge stops a resolver after 25 seconds.
const LONG: Span = Span::seconds(8);

/// For how many losses the people are asked for in one batch.
const PEOPLE_AT_ONCE: usize = 5;

/// How many pages of people are asked for at once, where the first of a loss was not enough.
const PEOPLE_PAGES: u32 = 3;

/// How long to wait when Jira asks to wait and does not say how long, in seconds.
const PAUSE_S: u32 = 30;

/// How soon the page asks again while a rehearsal is under way.
const POLL_MS: u32 = 1500;

/// How soon the queue takes up a batch, in seconds: the page that is open does it long before.
const LATER_S: u32 = 20;

/// Longest name of a person whom a rehearsal names, in characters.
const NAME: usize = 60;

/// How many writes Forge takes in one transaction.
const WRITES: usize = 25;

/// Who asks Jira.
#[derive(Clone, Copy)]
pub enum Asker<'s> {
    /// The administrator who is here.
    Caller,
    /// An account that administers Jira: the main authorized user or, where that is about to change, the new one.
    Account(&'s Secret),
}

/// Why a batch did not come to its end.
enum Broken {
    Jira(JiraRefused),
    Storage(StoreError),
}

impl From<JiraRefused> for Broken {
    fn from(refused: JiraRefused) -> Self {
        Self::Jira(refused)
    }
}

impl From<StoreError> for Broken {
    fn from(error: StoreError) -> Self {
        Self::Storage(error)
    }
}

/// Answers [`crate::api::Request::Rehearse`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn begin<W: World>(called: &Called<'_, W>, account: &AccountId, again: bool) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let keys = (records::connection(), records::rehearsal(account), records::rehearsals());
    let (allowed, by, meant, connection, last, all, shards) = join!(
        caller::administrator(called),
        caller::myself(called),
        accounts::one(called, account),
        records::load_or_default::<Connection>(world, &keys.0),
        records::load::<Rehearsal>(world, &keys.1),
        records::load_or_default::<Rehearsals>(world, &keys.2),
        connections::shards(called),
    );
    allowed?;
    let (by, meant, connection, last, all) = (by?, meant?, connection?.value, last?, all?);
    meant.suitable().map_err(|reason| ErrorCode::AccountUnsuitable { reason })?;
    let before = last.as_ref().map(|at| &at.value);
    let tally = Tally::of(shards?, connection.generation);
    let under_way = before.filter(|one| one.done_at().is_none() && one.generation == connection.generation);
    let at = match (under_way, last.as_ref()) {
        // Another administrator rehearses the same: this is theirs to watch, too.
        (Some(_), Some(at)) => at.clone(),
        (_, last) => {
            let now = world.now();
            let against = connection.main.as_ref().map(|main| main.account.person.clone());
            let against = against.filter(|main| main.account_id != *account);
            let id = hex(&world.random()[..16]);
            let new = Rehearsal::new(id, meant, against, connection.generation, by, now, before);
            // One that tells too little by now is no ground to look at less than everything.
            let comparable = |before: &&Rehearsal| before.gate(connection.generation, now).is_some();
            let new = match before.filter(comparable) {
                Some(before) if again => new.again(before),
                Some(_) | None => new,
            };
            let new = Rehearsal { people: tally.total(), to_reauthorize: tally.fresh.to_reauthorize, ..new };
            let at = At { expect: last.map_or(Expect::Absent, |at| at.expect), value: new };
            store(called, account, at, all).await?
        }
    };
    let at = carry(called, account, at, Asker::Caller).await;
    // What is not done by now the queue does, should the page be closed.
    if let Some(open) = at.as_ref().ok().map(|at| &at.value).filter(|open| open.done_at().is_none()) {
        send(called, open, LATER_S).await;
    }
    reply(called, &connection, tally, at?.value).await
}

/// A rehearsal that looked at every project after `since`, begun for `by` where there is none. Where it is not done at once,
/// the queue and whoever asks next go on with it.
///
/// # Errors
/// [`ErrorCode::StillRehearsing`]; [`ErrorCode`] when Jira or storage did not answer.
pub async fn anew<W: World>(
    tenant: &Tenant<'_, W>,
    connection: &Connection,
    meant: &Account,
    by: &Person,
    asker: Asker<'_>,
    since: Timestamp,
) -> Result<Rehearsal, ErrorCode> {
    let world = tenant.world;
    let account = &meant.person.account_id;
    let keys = (records::rehearsal(account), records::rehearsals(), records::grant(account));
    let (last, all, grant) = join!(
        records::load::<Rehearsal>(world, &keys.0),
        records::load_or_default::<Rehearsals>(world, &keys.1),
        records::load::<Grant>(world, &keys.2),
    );
    let (last, all) = (last?, all?);
    let good = |one: &Rehearsal| one.generation == connection.generation && one.looked_since() >= since;
    let at = match last {
        Some(at) if good(&at.value) => at,
        last => {
            // What is parked is not among the grants yet.
            let meant = grant?.map_or_else(|| meant.clone(), |at| at.value.account);
            let against = connection.main.as_ref().map(|main| main.account.person.clone());
            let (id, now) = (hex(&world.random()[..16]), world.now());
            let before = last.as_ref().map(|at| &at.value);
            let new = Rehearsal::new(id, meant, against, connection.generation, by.clone(), now, before);
            let tally = Tally::of(connections::shards(tenant).await?, connection.generation);
            let new = Rehearsal { people: tally.total(), to_reauthorize: tally.fresh.to_reauthorize, ..new };
            let at = At { expect: last.map_or(Expect::Absent, |at| at.expect), value: new };
            store(tenant, account, at, all).await?
        }
    };
    let at = carry(tenant, account, at, asker).await?;
    if at.value.done_at().is_none() {
        send(tenant, &at.value, LATER_S).await;
        return Err(ErrorCode::StillRehearsing);
    }
    Ok(at.value)
}

/// Answers [`crate::api::Request::Rehearsal`]. One that is under way goes on.
///
/// # Errors
/// [`ErrorCode`]
pub async fn read<W: World>(called: &Called<'_, W>, account: &AccountId) -> Result<Reply, ErrorCode> {
    let keys = (records::connection(), records::rehearsal(account));
    let (allowed, connection, at, shards) = join!(
        caller::administrator(called),
        records::load_or_default::<Connection>(called.world, &keys.0),
        records::load::<Rehearsal>(called.world, &keys.1),
        connections::shards(called),
    );
    allowed?;
    let connection = connection?.value;
    let tally = Tally::of(shards?, connection.generation);
    match at? {
        None => Ok(Reply::Rehearsal { rehearsal: None }),
        Some(at) if at.value.generation == connection.generation => {
            let at = carry(called, account, at, Asker::Caller).await?;
            reply(called, &connection, tally, at.value).await
        }
        // It compares with somebody who is main authorized user no more: what it came to is shown, and no more is done.
        Some(at) => reply(called, &connection, tally, at.value).await,
    }
}

/// Answers [`crate::api::Request::RehearsedProjects`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn projects<W: World>(called: &Called<'_, W>, account: &AccountId, part: u32) -> Result<Reply, ErrorCode> {
    let keys = (records::rehearsal(account), records::rehearsed(account, part));
    let (allowed, at, rows) = join!(
        caller::administrator(called),
        records::load::<Rehearsal>(called.world, &keys.0),
        records::load::<Part>(called.world, &keys.1),
    );
    allowed?;
    let Some(rehearsal) = at?.map(|at| at.value) else { return Ok(Reply::Rehearsal { rehearsal: None }) };
    let comparing = rehearsal.against.is_some();
    let rows = rows?.map(|at| at.value).filter(|rows| rows.rehearsal == rehearsal.id);
    let projects = rows.map_or_else(Vec::new, |rows| rows.projects);
    let projects = projects.iter().map(|project| project_view(project, comparing)).collect();
    Ok(Reply::RehearsedProjects { id: rehearsal.id, projects, next: (part + 1 < rehearsal.parts).then_some(part + 1) })
}

/// Does a batch that comes from the queue.
///
/// # Errors
/// [`ErrorCode`] when storage failed: Forge delivers the batch again.
pub async fn work<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    id: &str,
    batch: u32,
) -> Result<(), ErrorCode> {
    let keys = (records::connection(), records::rehearsal(account));
    let (connection, at) = join!(
        records::load_or_default::<Connection>(tenant.world, &keys.0),
        records::load::<Rehearsal>(tenant.world, &keys.1),
    );
    let (connection, at) = (connection?.value, at?);
    let now = tenant.world.now();
    let open = |at: &At<Rehearsal>| {
        at.value.id == id && at.value.done_at().is_none() && at.value.generation == connection.generation
    };
    let (Some(at), Some(main)) = (at.filter(open), &connection.main) else { return Ok(()) };
    if at.value.rests(now) || at.value.batch != batch {
        // The page is at it. Should it be closed, the next batch is taken up here.
        send(tenant, &at.value, LATER_S).await;
        return Ok(());
    }
    // Without the main authorized user's access only an administrator who looks at it can go on.
    let Ok(held) = access(tenant, &main.account.person.account_id, None).await else { return Ok(()) };
    match advance(tenant, account, at, Asker::Account(&held.token)).await {
        Ok(at) if at.value.done_at().is_none() => {
            let waits = at.value.waits_until.map_or(0, |until| until.since(now).seconds_up());
            send(tenant, &at.value, waits).await;
            Ok(())
        }
        Ok(_) | Err(Broken::Jira(_) | Broken::Storage(StoreError::Conflict)) => Ok(()),
        Err(Broken::Storage(error)) => Err(error.into()),
    }
}

/// Whether a change to `account` may begin, or that account be taken for the one that was meant; answers what is known of it.
///
/// # Errors
/// [`ErrorCode::RehearsalNeeded`], [`ErrorCode::AcknowledgementNeeded`]
pub fn gate(
    connection: &Connection,
    rehearsal: Option<&Rehearsal>,
    account: &AccountId,
    acknowledged: Option<&str>,
    now: Timestamp,
) -> Result<Option<Foreseen>, ErrorCode> {
    // Whoever connects first, or renews the same account's grant, can lose nothing.
    let Some(main) = &connection.main else { return Ok(None) };
    if main.account.person.account_id == *account {
        return Ok(None);
    }
    let rehearsal = rehearsal.ok_or(ErrorCode::RehearsalNeeded)?;
    match rehearsal.gate(connection.generation, now) {
        None => Err(ErrorCode::RehearsalNeeded),
        Some(Gate::Clear) => Ok(Some(rehearsal.foreseen(false))),
        Some(Gate::Acknowledge) if acknowledged == Some(&rehearsal.id) => Ok(Some(rehearsal.foreseen(true))),
        Some(Gate::Acknowledge) => {
            Err(ErrorCode::AcknowledgementNeeded { lost: rehearsal.lost, failing: rehearsal.failing })
        }
    }
}

/// Writes a new rehearsal, and lets go of the oldest where there are too many.
async fn store<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    at: At<Rehearsal>,
    mut all: At<Rehearsals>,
) -> Result<At<Rehearsal>, StoreError> {
    let world = tenant.world;
    all.value.0.retain(|other| other != account);
    all.value.0.push(account.clone());
    let evicted = (all.value.0.len() > KEPT).then(|| all.value.0.remove(0));
    if let Some(old) = &evicted {
        let last: Option<At<Rehearsal>> = records::load(world, &records::rehearsal(old)).await?;
        let parts = last.map_or(0, |at| at.value.parts.max(at.value.old_parts));
        drop_parts(tenant, old, 0, parts).await?;
    }
    let key = records::rehearsal(account);
    let mut writes =
        vec![records::put(key, at.expect, &at.value), records::put(records::rehearsals(), all.expect, &all.value)];
    writes.extend(evicted.map(|old| Write::Delete { key: records::rehearsal(&old), expect: None }));
    world.transact(writes).await?;
    Ok(At { expect: at.expect.next(), value: at.value })
}

async fn drop_parts<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    from: u32,
    to: u32,
) -> Result<(), StoreError> {
    let deletes: Vec<Write> =
        (from..to).map(|part| Write::Delete { key: records::rehearsed(account, part), expect: None }).collect();
    for some in deletes.chunks(WRITES) {
        tenant.world.transact(some.to_vec()).await?;
    }
    Ok(())
}

async fn send<W: World>(tenant: &Tenant<'_, W>, rehearsal: &Rehearsal, delay_s: u32) {
    let work = Work::Rehearse {
        account: rehearsal.account.person.account_id.clone(),
        id: rehearsal.id.clone(),
        batch: rehearsal.batch,
    };
    let _: Result<(), Unavailable> = tenant.world.push(&work, delay_s.min(900)).await;
}

/// Goes on for as long as a request may take.
async fn carry<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    mut at: At<Rehearsal>,
    asker: Asker<'_>,
) -> Result<At<Rehearsal>, ErrorCode> {
    let began = tenant.world.now();
    for _ in 0..BATCHES {
        let now = tenant.world.now();
        if at.value.done_at().is_some() || at.value.rests(now) || now.since(began) >= LONG {
            break;
        }
        at = match advance(tenant, account, at, asker).await {
            Ok(at) => at,
            Err(Broken::Jira(refused)) => return Err(caller::unavailable(&refused)),
            // Somebody else does this batch: what they come to is shown next time.
            Err(Broken::Storage(StoreError::Conflict)) => {
                let key = records::rehearsal(account);
                return records::load(tenant.world, &key).await?.ok_or(ErrorCode::Conflict);
            }
            Err(Broken::Storage(error)) => return Err(error.into()),
        };
    }
    Ok(at)
}

/// Does one batch. Whatever breaks it off, the record says where it goes on.
async fn advance<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    at: At<Rehearsal>,
    asker: Asker<'_>,
) -> Result<At<Rehearsal>, Broken> {
    let world = tenant.world;
    let key = records::rehearsal(account);
    let leased = Rehearsal { busy_until: Some(world.now().plus(LEASE_LIFE)), waits_until: None, ..at.value };
    world.transact(vec![records::put(key.clone(), at.expect, &leased)]).await?;
    let expect = at.expect.next();
    let mut next = leased.clone();
    next.busy_until = None;
    let done = match leased.progress {
        Progress::Listing { start_at } => list(tenant, account, asker, start_at, &mut next).await,
        Progress::Again { part, of } => retry(tenant, account, asker, part, of, &mut next).await,
        Progress::People { .. } => people(tenant, asker, &mut next).await,
        Progress::Done { .. } => Ok(Vec::new()),
    };
    let writes = match done {
        Ok(writes) => {
            next.batch += 1;
            writes
        }
        Err(Broken::Jira(JiraRefused::Unavailable { retry_after_s })) => {
            let wait = Span::seconds(i64::from(retry_after_s.unwrap_or(PAUSE_S).clamp(1, 3600)));
            next = Rehearsal { busy_until: None, waits_until: Some(world.now().plus(wait)), ..leased };
            Vec::new()
        }
        Err(broken) => {
            // Free for whoever comes next; should this fail, the lease runs out.
            let free = Rehearsal { busy_until: None, ..leased };
            let _ = world.transact(vec![records::put(key, expect, &free)]).await;
            return Err(broken);
        }
    };
    let all = writes.into_iter().chain([records::put(key, expect, &next)]).collect();
    world.transact(all).await?;
    if next.done_at().is_some() {
        drop_parts(tenant, account, next.parts, next.old_parts).await?;
    }
    Ok(At { expect: expect.next(), value: next })
}

/// Asks Jira as this asker.
///
/// # Errors
/// [`JiraRefused`]
pub async fn jira<W: World>(
    tenant: &Tenant<'_, W>,
    asker: Asker<'_>,
    request: &JiraRequest,
) -> Result<Value, JiraRefused> {
    match asker {
        Asker::Caller => ask::forge(tenant, Principal::Caller, request).await,
        Asker::Account(token) => ask::jira(tenant, token, request).await,
    }
}

/// Lists up to a thousand projects, tries them and writes them down.
async fn list<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    asker: Asker<'_>,
    start_at: u64,
    next: &mut Rehearsal,
) -> Result<Vec<Write>, Broken> {
    let projects = look(tenant, account, asker, start_at, next).await?;
    let parts = projects.chunks(PART).enumerate();
    let first = next.parts;
    let parts: Vec<(u32, &[Rehearsed])> = parts.map(|(nth, rows)| (first + count(nth), rows)).collect();
    next.parts += count(parts.len());
    write_parts(tenant, account, &next.id, &parts).await
}

/// Lists up to a thousand projects, tries them and takes them in; none where Jira's list has changed and it begins anew. An
/// administrator's list holds every project of the site, also those that they may not browse.
///
/// # Errors
/// [`JiraRefused`]; nothing is taken in.
pub async fn look<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    asker: Asker<'_>,
    start_at: u64,
    next: &mut Rehearsal,
) -> Result<Vec<Rehearsed>, JiraRefused> {
    let mut page = page(tenant, asker, start_at).await?;
    let total = page.total.unwrap_or(start_at + u64::from(count(page.projects.len())));
    let counted = u32::try_from(total).unwrap_or(u32::MAX);
    if next.total.is_some_and(|before| before != counted) && next.restarts < RESTARTS {
        next.calls += 1;
        *next = next.restart();
        return Ok(Vec::new());
    }
    let end = total.min(start_at + PAGE * PAGES);
    let pages = (1..PAGES).map(|nth| start_at + nth * PAGE).filter(|at| *at < end);
    let further = pages.map(|at| self::page(tenant, asker, at));
    let further = try_join_all(further).await?;
    next.calls += 1 + count(further.len());
    page.projects.extend(further.into_iter().flat_map(|page| page.projects));
    let mut projects: Vec<Rehearsed> = Vec::with_capacity(page.projects.len());
    for project in page.projects {
        let Project { id: JiraNumber(id), key, name, service_project, .. } = project;
        // Somebody may have created a project meanwhile, and moved another onto the next page.
        if projects.iter().all(|other| other.id != id) {
            projects.push(Rehearsed { id, key, name, service_project, before: false, held: Held::default() });
        }
    }
    tried(tenant, account, asker, &mut projects, next).await?;
    next.total = Some(counted);
    next.absorb(&projects);
    next.progress = if end < total { Progress::Listing { start_at: end } } else { next.through(tenant.world.now()) };
    Ok(projects)
}

async fn page<W: World>(tenant: &Tenant<'_, W>, asker: Asker<'_>, start_at: u64) -> Result<ProjectPage, JiraRefused> {
    jira::read_project_page(&jira(tenant, asker, &jira::projects(start_at)).await?)
}

/// Finds out what both accounts may do in these projects, at most a thousand. A project that was deleted meanwhile is one
/// where nobody may do anything.
async fn tried<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    asker: Asker<'_>,
    projects: &mut [Rehearsed],
    next: &mut Rehearsal,
) -> Result<(), JiraRefused> {
    let ids: Vec<u64> = projects.iter().map(|project| project.id).collect();
    let of_account = jira::check_permissions(account, &Permission::ALL, &ids);
    let against = next.against.as_ref().map(|main| &main.account_id);
    let of_main = against.map(|main| jira::check_permissions(main, &[Permission::BrowseProjects], &ids));
    let (account, main) = join!(held(tenant, asker, Some(&of_account)), held(tenant, asker, of_main.as_ref()));
    let (account, main) = (account?, main?);
    next.calls += 1 + u32::from(main.is_some());
    next.administers = account.as_ref().map(|held| held.administers);
    let place = |id: &u64| ids.iter().position(|other| other == id);
    for (permission, held) in account.map(|held| held.projects).unwrap_or_default() {
        held.iter().filter_map(place).for_each(|at| projects[at].held.add(permission));
    }
    if let Some(main) = main {
        let seen: Vec<u64> = main.projects.into_iter().flat_map(|(_, projects)| projects).collect();
        let inactive = seen.is_empty() && inactive(tenant, asker, next).await?;
        if inactive {
            next.against_inactive = Some(true);
        }
        for project in projects.iter_mut() {
            project.before = inactive || seen.contains(&project.id);
        }
    }
    Ok(())
}

/// Whether the main authorized user is deactivated or closed. Jira says of such an account that it may do nothing, which
/// tells nothing of what the integration used.
async fn inactive<W: World>(
    tenant: &Tenant<'_, W>,
    asker: Asker<'_>,
    next: &mut Rehearsal,
) -> Result<bool, JiraRefused> {
    let Some(main) = &next.against else { return Ok(false) };
    let user = jira(tenant, asker, &jira::user(&main.account_id)).await;
    next.calls += 1;
    match user.and_then(|user| jira::read_account(&user)) {
        Ok(account) => Ok(!account.active),
        Err(JiraRefused::NotFound) => Ok(true),
        Err(refused) => Err(refused),
    }
}

async fn held<W: World>(
    tenant: &Tenant<'_, W>,
    asker: Asker<'_>,
    request: Option<&JiraRequest>,
) -> Result<Option<HeldPermissions>, JiraRefused> {
    match request {
        Some(request) => Ok(Some(jira::read_held(&jira(tenant, asker, request).await?)?)),
        None => Ok(None),
    }
}

/// Tries the projects of one part again where something was missing.
async fn retry<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    asker: Asker<'_>,
    part: u32,
    of: u32,
    next: &mut Rehearsal,
) -> Result<Vec<Write>, Broken> {
    let at: Option<At<Part>> = records::load(tenant.world, &records::rehearsed(account, part)).await?;
    let mut projects = at.map_or_else(Vec::new, |at| at.value.projects);
    let comparing = next.against.is_some();
    let lacks = |project: &Rehearsed| !project.lacking(comparing).is_empty();
    let (mut failed, fine): (Vec<Rehearsed>, Vec<Rehearsed>) = projects.drain(..).partition(lacks);
    // Also where nothing failed: whether the account is an administrator is looked at anew.
    if !failed.is_empty() || next.administers.is_none() {
        for project in &mut failed {
            project.held = Held::default();
        }
        tried(tenant, account, asker, &mut failed, next).await?;
    }
    projects = fine;
    projects.extend(failed);
    next.absorb(&projects);
    next.parts = part + 1;
    next.progress =
        if part + 1 < of { Progress::Again { part: part + 1, of } } else { next.through(tenant.world.now()) };
    write_parts(tenant, account, &next.id, &[(part, &projects)]).await
}

async fn write_parts<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    rehearsal: &str,
    parts: &[(u32, &[Rehearsed])],
) -> Result<Vec<Write>, Broken> {
    let written = parts.iter().map(async |(number, projects)| {
        let key = records::rehearsed(account, *number);
        let old = tenant.world.get(&key).await?;
        let expect = old.map_or(Expect::Absent, |old| Expect::Revision(old.revision));
        let part = Part { rehearsal: rehearsal.to_owned(), projects: projects.to_vec() };
        Ok(records::put(key, expect, &part))
    });
    Ok(try_join_all(written).await.map_err(|error: StoreError| error)?)
}

/// Asks who may browse the lost projects, page by page of the site's people, until more are found than are named. Who is main
/// authorized user, and apps, are nobody who loses anything.
async fn people<W: World>(
    tenant: &Tenant<'_, W>,
    asker: Asker<'_>,
    next: &mut Rehearsal,
) -> Result<Vec<Write>, Broken> {
    let many = next.with_people() as usize;
    let further = |loss: &Loss| !loss.settled() && loss.looked.is_some();
    if next.site_people.is_none() && next.losses[..many].iter().any(further) {
        site_people(tenant, asker, next).await?;
    }
    let ends = next.site_people;
    for loss in &mut next.losses[..many] {
        if let Some(people) = ends {
            loss.ends(people);
        }
    }
    let open = (0..many).filter(|nth| !next.losses[*nth].settled()).take(PEOPLE_AT_ONCE);
    let wanted: Vec<(usize, u32)> = open.flat_map(|nth| pages_of(&next.losses[nth], nth, ends)).collect();
    let pages = wanted.iter().map(async |(nth, start_at)| {
        let request = jira::people_of(&next.losses[*nth].project.key, *start_at);
        jira(tenant, asker, &request).await
    });
    let answers = join_all(pages).await;
    next.calls += count(wanted.len());
    for ((nth, start_at), answer) in wanted.into_iter().zip(answers) {
        let (main, loss) = (next.against.as_ref(), &mut next.losses[nth]);
        let found = match answer {
            Ok(users) => jira::read_accounts(&users),
            // The project was deleted meanwhile: nobody loses it.
            Err(JiraRefused::NotFound) => {
                (loss.people, loss.more) = (Some(Vec::new()), 0);
                loss.looked = Some(Looked { at: start_at, all: true });
                continue;
            }
            Err(refused) => return Err(refused.into()),
        };
        let deprived = |account: &Account| {
            let is_main = main.is_some_and(|main| main.account_id == account.person.account_id);
            account.active && account.account_type != AccountType::App && !is_main
        };
        loss.found(found.into_iter().filter(deprived).map(named), start_at + PEOPLE_PAGE);
        if let Some(people) = ends {
            loss.ends(people);
        }
    }
    let first = (0..many).find(|nth| !next.losses[*nth].settled());
    next.progress = match first {
        Some(first) => Progress::People { next: count(first) },
        None => Progress::Done { at: tenant.world.now() },
    };
    Ok(Vec::new())
}

/// Which pages of people are next for a loss: one at first, which is enough where many may browse it, and then a few at once.
fn pages_of(loss: &Loss, nth: usize, ends: Option<u32>) -> impl Iterator<Item = (usize, u32)> + use<> {
    let (from, pages) = loss.looked.map_or((0, 1), |looked| (looked.at, PEOPLE_PAGES));
    let to = LOOKED_THROUGH.min(ends.unwrap_or(LOOKED_THROUGH));
    (0..pages).map(move |page| (nth, from + page * PEOPLE_PAGE)).filter(move |(_, start_at)| *start_at < to)
}

/// Finds out after how many pages of its people the site has no more of them: a page of those who may browse a project does
/// not tell. Where the asker may not know, as many are looked at as Jira looks at.
async fn site_people<W: World>(
    tenant: &Tenant<'_, W>,
    asker: Asker<'_>,
    next: &mut Rehearsal,
) -> Result<(), JiraRefused> {
    let mut people = PEOPLE_PAGE;
    while people <= LOOKED_THROUGH {
        let answer = jira(tenant, asker, &jira::person_at(people)).await;
        next.calls += 1;
        match answer {
            Ok(users) if users.as_array().is_some_and(Vec::is_empty) => break,
            Ok(_) => people += PEOPLE_PAGE,
            Err(JiraRefused::Forbidden) => people = LOOKED_THROUGH + PEOPLE_PAGE,
            Err(refused) => return Err(refused),
        }
    }
    next.site_people = Some(people);
    Ok(())
}

/// A person as a rehearsal names them: ten for each of twenty projects must rest in one record.
fn named(account: Account) -> Person {
    let display_name = account.person.display_name.chars().take(NAME).collect();
    Person { display_name, avatar_url: None, ..account.person }
}

async fn reply<W: World>(
    called: &Called<'_, W>,
    connection: &Connection,
    tally: Tally,
    rehearsal: Rehearsal,
) -> Result<Reply, ErrorCode> {
    let consequences = consequences(called, connection, tally).await?;
    let now = called.world.now();
    let rehearsal = Some(Box::new(view(connection, rehearsal, consequences, now)));
    Ok(Reply::Rehearsal { rehearsal })
}

async fn consequences<W: World>(
    tenant: &Tenant<'_, W>,
    connection: &Connection,
    tally: Tally,
) -> Result<Consequences, StoreError> {
    let Some(main) = &connection.main else { return Ok(Consequences::default()) };
    let grant = records::load::<Grant>(tenant.world, &records::grant(&main.account.person.account_id)).await;
    let missing = grant?.map_or_else(Vec::new, |at| at.value.scopes.missing(&REQUIRED));
    let granted = REQUIRED.iter().filter(|scope| !missing.iter().any(|missing| missing == *scope));
    Ok(Consequences {
        webhooks: count(main.webhooks.len()),
        people: tally.total(),
        to_reauthorize: tally.fresh.to_reauthorize,
        scopes: granted.map(|scope| (*scope).to_owned()).collect(),
        new_scopes: missing,
    })
}

fn view(connection: &Connection, is: Rehearsal, consequences: Consequences, now: Timestamp) -> api::Rehearsal {
    let comparing = is.against.is_some();
    let project = |project: &Rehearsed| project_view(project, comparing);
    let gate = is.gate(connection.generation, now);
    let open = is.done_at().is_none() && is.generation == connection.generation;
    let losses = is.losses.iter();
    let losses = losses.map(|loss| LossView {
        project: project(&loss.project),
        people: loss.people.clone(),
        more: loss.more,
        among: loss.among(),
    });
    api::Rehearsal {
        now,
        done_at: is.done_at(),
        waits_until: is.waits(now),
        losses: losses.collect(),
        gains: is.gains.iter().map(project).collect(),
        misses: is.misses.iter().map(project).collect(),
        current: gate.is_some(),
        acknowledge: gate == Some(Gate::Acknowledge) && comparing,
        poll_after_ms: open.then_some(POLL_MS),
        id: is.id,
        account: is.account,
        against: is.against,
        against_inactive: is.against_inactive == Some(true),
        by: is.by,
        began_at: is.began_at,
        looked_at: is.looked_at,
        total: is.total,
        kept: is.kept,
        lost: is.lost,
        gained: is.gained,
        failing: is.failing,
        administers: is.administers,
        permissions: is.tried,
        consequences,
    }
}

/// A project as the panel shows it.
#[must_use]
pub fn project_view(project: &Rehearsed, comparing: bool) -> RehearsedProject {
    RehearsedProject {
        key: project.key.clone(),
        name: project.name.clone(),
        before: project.before,
        after: project.after(),
        lacking: project.lacking(comparing),
    }
}
