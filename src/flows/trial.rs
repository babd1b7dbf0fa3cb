//! Testing accounts of the register: begun by an administrator or by the schedule, step by step, and what is left cleaned up.
//!
//! Every step is done by whoever comes by first: the page that shows the test, or work of Forge's queue. What is done in
//! the test project is done with the account's own grant. Each step is recorded before the next begins and may run twice.

use crate::api::{self, ErrorCode, LeftView, NamedProject, Reply, RunView};
use crate::domain::account::{Account, AccountId, Person};
use crate::domain::connection::Connection;
use crate::domain::limits::JiraNumber;
use crate::domain::register::{Entry, Register};
use crate::domain::time::{Span, Timestamp};
use crate::domain::trial::{LASTS, LEASE_LIFE, REMEMBERED, Repeat, Row, Run, TestProject, Trial, Trials};
use crate::jira::{self, JiraRefused};
use crate::ports::{Expect, Principal, StoreError, Unavailable, Work, World, Write};
use crate::records::{self, At};
use crate::tenant::{Called, Tenant};
use crate::url::hex;
use futures_util::future::join_all;
use futures_util::join;

use super::access::access;
use super::rehearse::{Asker, project_view};
use super::trial_steps::{self, Step};
use super::{accounts, ask, caller, left, limits, trial_link};

/// No further step is begun once a request took so long: the page shows each as it is done.
const LONG: Span = Span::seconds(1);

/// The same for work of the queue, where nobody watches.
const LONG_AWAY: Span = Span::seconds(15);

/// How many steps one invocation does at most.
const STEPS: usize = 12;

/// How long to wait when Jira asks to wait and does not say how long, in seconds.
const PAUSE_S: u32 = 30;

/// How soon the page asks again while a test is under way.
const POLL_MS: u32 = 300;

/// How soon the page asks again while somebody else is at a step, or Jira asked to wait.
const POLL_RESTING_MS: u32 = 1500;

/// How soon the queue takes up a step, in seconds: the page that is open does it long before.
const LATER_S: u32 = 20;

/// So many tests one round begins, and so many it carries on: one that is due later waits for the next.
const AT_ONCE: usize = 5;

/// How often an index that somebody else moved is read anew.
const TRIES: usize = 5;

/// Answers [`crate::api::Request::Trial`]. A test that is under way goes on. What an account left is told also when the
/// account is in the register no more.
///
/// # Errors
/// [`ErrorCode`]
pub async fn read<W: World>(called: &Called<'_, W>, account: &AccountId) -> Result<Reply, ErrorCode> {
    let key = records::trial(account);
    let (allowed, found, kept) =
        join!(caller::administrator(called), found(called, account), records::load::<Trial>(called.world, &key));
    allowed?;
    let registered = found.is_ok();
    let at = match (found, kept?) {
        (Err(ErrorCode::NotRegistered), Some(kept)) if !kept.value.left.is_empty() => kept,
        (found, _) => found?,
    };
    if registered {
        trial_link::adopt(called.world, account).await?;
    }
    let at = carry(called, account, at).await?;
    reply(called, at).await
}

/// Answers [`crate::api::Request::SettleTrial`]: where an account is tested, and how often. A project must be there for the
/// caller to see, and within what the app is limited to.
///
/// # Errors
/// [`ErrorCode`]; nothing is changed.
pub async fn settle<W: World>(
    called: &Called<'_, W>,
    account: &AccountId,
    project: Option<JiraNumber>,
    repeat: Repeat,
) -> Result<Reply, ErrorCode> {
    let (allowed, found) = join!(caller::administrator(called), found(called, account));
    allowed?;
    let mut at = found?;
    let project = match project {
        Some(id) => Some(chosen(called, id).await?),
        None => None,
    };
    for left in (0..TRIES).rev() {
        let value = at.value.clone().settled(project.clone(), repeat, called.world.now());
        match save(called.world, account, at.expect, Some(&at.value), &value).await {
            Ok(expect) => return reply(called, At { expect, value }).await,
            Err(StoreError::Conflict) if left > 0 => at = self::found(called, account).await?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(ErrorCode::Conflict)
}

/// Answers [`crate::api::Request::TestAccount`]: begins a test, or goes on with the one that is under way.
///
/// # Errors
/// [`ErrorCode`]; nothing is done.
pub async fn begin<W: World>(called: &Called<'_, W>, account: &AccountId) -> Result<Reply, ErrorCode> {
    let (allowed, by, meant, found) = join!(
        caller::administrator(called),
        caller::myself(called),
        accounts::one(called, account),
        found(called, account)
    );
    allowed?;
    let (by, mut at) = (by?, found?);
    trial_link::adopt(called.world, account).await?;
    if at.value.run.is_none() {
        if let Some(project) = &at.value.project {
            browsed(called, project.id).await?;
        }
        match meant {
            Ok(meant) => at.value.account = meant,
            // An account that Jira shows no more keeps its entry: its test says what became of it.
            Err(ErrorCode::AccountNotFound) => {}
            Err(error) => return Err(error),
        }
        at = start(called, account, at, Some(by)).await?;
    }
    let at = carry(called, account, at).await?;
    // What is not done by now the queue does, should the page be closed.
    send(called, account, at.value.run.as_ref(), LATER_S).await;
    reply(called, at).await
}

/// Does steps that come from the queue.
///
/// # Errors
/// [`ErrorCode`] when storage failed: Forge delivers the work again.
pub async fn work<W: World>(tenant: &Tenant<'_, W>, account: &AccountId, id: &str, step: u32) -> Result<(), ErrorCode> {
    let at: Option<At<Trial>> = records::load(tenant.world, &records::trial(account)).await?;
    let Some((mut at, run)) = at.and_then(|at| Some((at.clone(), at.value.run?))) else { return Ok(()) };
    let now = tenant.world.now();
    if run.id != id {
        return Ok(());
    }
    if run.rests(now) || run.step != step {
        // The page is at it. Should it be closed, the next step is taken up here.
        send(tenant, account, Some(&run), LATER_S).await;
        return Ok(());
    }
    let connection: At<Connection> = records::load_or_default(tenant.world, &records::connection()).await?;
    let main = connection.value.main.map(|main| main.account.person.account_id);
    for _ in 0..STEPS {
        let resting = |run: &Run| run.rests(tenant.world.now());
        if at.value.run.as_ref().is_none_or(resting) || tenant.world.now().since(now) >= LONG_AWAY {
            break;
        }
        let held = match &main {
            Some(main) => access(tenant, main, None).await.ok(),
            None => None,
        };
        let asker = held.as_ref().map(|held| Asker::Account(&held.token));
        at = match advance(tenant, account, at, asker).await {
            Ok(at) => at,
            Err(StoreError::Conflict) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
    }
    let waits = at.value.run.as_ref().and_then(|run| run.waits_until);
    let waits = waits.map_or(0, |until| until.since(tenant.world.now()).seconds_up());
    send(tenant, account, at.value.run.as_ref(), waits).await;
    Ok(())
}

/// What the round of every five minutes does: begins tests that are due, sends on those that nobody carries on, and deletes
/// what was left. Whoever left the register is tested no more.
///
/// # Errors
/// [`StoreError`]
pub async fn round<W: World>(tenant: &Tenant<'_, W>) -> Result<(), StoreError> {
    let world = tenant.world;
    let trials: Trials = records::load_or_default(world, &records::trials()).await?.value;
    if trials.rows.is_empty() {
        return Ok(());
    }
    let keys = (records::connection(), records::register());
    let (connection, register) = join!(
        records::load_or_default::<Connection>(world, &keys.0),
        records::load_or_default::<Register>(world, &keys.1),
    );
    let (connection, register) = (connection?.value, register?.value);
    let now = world.now();
    let due = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
    let registered = |account: &AccountId| connection.is_main(account) || register.holds(account);
    // Whoever left the register is forgotten once nothing of theirs is left to delete.
    let wanted = |(account, row): &&(AccountId, Row)| {
        let here = registered(account);
        row.open || due(row.sweep_at) || if here { due(row.due_at) } else { row.sweep_at.is_none() }
    };
    // Whoever is due longest comes first, so that nobody is passed over for good.
    let since = |row: &Row| match (row.due_at, row.sweep_at) {
        (Some(test), Some(sweep)) => test.min(sweep),
        (Some(at), None) | (None, Some(at)) => at,
        (None, None) => now,
    };
    let mut rows: Vec<&(AccountId, Row)> = trials.rows.iter().filter(wanted).collect();
    rows.sort_by_key(|(_, row)| since(row));
    rows.truncate(AT_ONCE);
    let done = rows.into_iter().map(async |(account, _)| {
        let at: Option<At<Trial>> = records::load(world, &records::trial(account)).await?;
        let Some(at) = at else { return forget(world, account).await };
        look_after(tenant, account, at, registered(account)).await
    });
    for done in join_all(done).await {
        match done {
            // Somebody was at it at this very moment: the next round looks again.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Does what is due of one account's tests.
async fn look_after<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    at: At<Trial>,
    registered: bool,
) -> Result<(), StoreError> {
    let now = tenant.world.now();
    if let Some(run) = &at.value.run {
        if !run.rests(now) {
            send(tenant, account, Some(run), 0).await;
        }
        return Ok(());
    }
    let at = left::sweep(tenant, account, at, None).await?;
    let due = at.value.due_at.is_some_and(|at| at <= now);
    if registered && due {
        let at = start(tenant, account, at, None).await?;
        send(tenant, account, at.value.run.as_ref(), 0).await;
    } else if !registered && at.value.left.iter().all(|left| now.since(left.at) >= REMEMBERED) {
        let trials: At<Trials> = records::load_or_default(tenant.world, &records::trials()).await?;
        let without = trials.value.without(account);
        let delete = Write::Delete { key: records::trial(account), expect: Some(at.expect) };
        tenant.world.transact(vec![delete, records::put(records::trials(), trials.expect, &without)]).await?;
    }
    Ok(())
}

/// The latest result of every account that was tested, by the index.
///
/// # Errors
/// [`StoreError`]
pub async fn all<W: World>(tenant: &Tenant<'_, W>) -> Result<Trials, StoreError> {
    let at: At<Trials> = records::load_or_default(tenant.world, &records::trials()).await?;
    Ok(at.value)
}

/// The tests of an account of the register, for a request about the link by which somebody else allows.
///
/// # Errors
/// [`ErrorCode`]
pub(super) async fn view<W: World>(
    called: &Called<'_, W>,
    account: &AccountId,
) -> Result<Box<api::TrialView>, ErrorCode> {
    let at = found(called, account).await?;
    Ok(Box::new(shown(called, at).await?))
}

/// The tests of an account of the register.
///
/// # Errors
/// [`ErrorCode`]
pub(super) async fn found<W: World>(called: &Called<'_, W>, account: &AccountId) -> Result<At<Trial>, ErrorCode> {
    let key = records::trial(account);
    let (known, at) = join!(registered(called.world, account), records::load::<Trial>(called.world, &key));
    let known = known?.ok_or(ErrorCode::NotRegistered)?;
    Ok(at?.unwrap_or_else(|| At::absent(Trial::new(known))))
}

/// The account, if an administrator wrote it down, as an entry of the register or as main authorized user: nobody else is
/// acted as.
///
/// # Errors
/// [`StoreError`]
pub(super) async fn registered<W: World>(world: &W, account: &AccountId) -> Result<Option<Account>, StoreError> {
    let keys = (records::connection(), records::entry(account));
    let (connection, entry) =
        join!(records::load_or_default::<Connection>(world, &keys.0), records::load::<Entry>(world, &keys.1));
    let main = connection?.value.main.map(|main| main.account);
    let main = main.filter(|main| main.person.account_id == *account);
    Ok(entry?.map(|at| at.value.account).or(main))
}

/// A project as the caller chooses it.
async fn chosen<W: World>(called: &Called<'_, W>, id: JiraNumber) -> Result<TestProject, ErrorCode> {
    let request = jira::trial::project(id);
    let (browsed, project, limits) =
        join!(browsed(called, id), ask::forge(called, Principal::Caller, &request), limits::read(called.world));
    browsed?;
    let project = project.and_then(|project| jira::read_project(&project)).map_err(|refused| place(&refused))?;
    if !limits?.projects.admits(project.id, project.category) {
        return Err(ErrorCode::ProjectLeftOut);
    }
    Ok(TestProject { id: project.id, key: project.key, name: project.name })
}

/// Whether the caller may browse a project.
async fn browsed<W: World>(called: &Called<'_, W>, id: JiraNumber) -> Result<(), ErrorCode> {
    let rights = ask::forge(called, Principal::Caller, &jira::may_comment_in(id)).await;
    let rights = rights.map_err(|refused| place(&refused))?;
    if jira::read_rights(&rights).sees { Ok(()) } else { Err(ErrorCode::NoSuchPlace) }
}

fn place(refused: &JiraRefused) -> ErrorCode {
    match refused {
        JiraRefused::NotFound | JiraRefused::Forbidden => ErrorCode::NoSuchPlace,
        JiraRefused::Unauthenticated
        | JiraRefused::ScopeMissing
        | JiraRefused::Unavailable { .. }
        | JiraRefused::Unexpected(_) => caller::unavailable(refused),
    }
}

/// Writes down that a test begins.
async fn start<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    at: At<Trial>,
    by: Option<Person>,
) -> Result<At<Trial>, StoreError> {
    let world = tenant.world;
    let id = hex(&world.random()[..16]);
    let value = at.value.clone().begun(Run::new(id, by, world.now()));
    let expect = save(world, account, at.expect, Some(&at.value), &value).await?;
    Ok(At { expect, value })
}

/// Writes an account's tests, with what the index says of them where that is something else now.
///
/// # Errors
/// [`StoreError`]; `Conflict` when somebody else moved them.
pub(super) async fn save<W: World>(
    world: &W,
    account: &AccountId,
    expect: Expect,
    before: Option<&Trial>,
    value: &Trial,
) -> Result<Expect, StoreError> {
    let write = records::put(records::trial(account), expect, value);
    let row = Row::of(value);
    if expect != Expect::Absent && before.map(Row::of) == Some(row) {
        world.transact(vec![write]).await?;
        return Ok(expect.next());
    }
    for left in (0..TRIES).rev() {
        let trials: At<Trials> = records::load_or_default(world, &records::trials()).await?;
        let with = trials.value.with(account, row);
        let index = records::put(records::trials(), trials.expect, &with);
        match world.transact(vec![write.clone(), index]).await {
            Ok(()) => return Ok(expect.next()),
            // The tests of another account moved the index, or somebody these ones: the record itself tells.
            Err(StoreError::Conflict) if left > 0 => {
                let now = world.get(&records::trial(account)).await?;
                if now.map_or(Expect::Absent, |now| Expect::Revision(now.revision)) != expect {
                    return Err(StoreError::Conflict);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Conflict)
}

/// Takes an account out of the index, of which there is no record.
async fn forget<W: World>(world: &W, account: &AccountId) -> Result<(), StoreError> {
    let at: At<Trials> = records::load_or_default(world, &records::trials()).await?;
    records::amend(world, records::trials(), at, &|trials: Trials| Some(trials.without(account))).await
}

async fn send<W: World>(tenant: &Tenant<'_, W>, account: &AccountId, run: Option<&Run>, delay_s: u32) {
    let Some(run) = run else { return };
    let work = Work::Trial { account: account.clone(), id: run.id.clone(), step: run.step };
    let _: Result<(), Unavailable> = tenant.world.push(&work, delay_s.min(900)).await;
}

/// Goes on with the administrator who is here, for as long as a request may take.
async fn carry<W: World>(
    called: &Called<'_, W>,
    account: &AccountId,
    mut at: At<Trial>,
) -> Result<At<Trial>, ErrorCode> {
    let began = called.world.now();
    for _ in 0..STEPS {
        let now = called.world.now();
        if at.value.run.as_ref().is_none_or(|run| run.rests(now)) || now.since(began) >= LONG {
            break;
        }
        at = match advance(called, account, at, Some(Asker::Caller)).await {
            Ok(at) => at,
            // Somebody else does this step: what they come to is shown next time.
            Err(StoreError::Conflict) => {
                let key = records::trial(account);
                return records::load(called.world, &key).await?.ok_or(ErrorCode::Conflict);
            }
            Err(error) => return Err(error.into()),
        };
    }
    Ok(at)
}

/// Does one step. Whatever breaks it off, the record says where it goes on.
async fn advance<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    at: At<Trial>,
    asker: Option<Asker<'_>>,
) -> Result<At<Trial>, StoreError> {
    let world = tenant.world;
    let mut leased = at.value.clone();
    let Some(run) = &mut leased.run else { return Ok(at) };
    run.busy_until = Some(world.now().plus(LEASE_LIFE));
    run.waits_until = None;
    let expect = save(world, account, at.expect, Some(&at.value), &leased).await?;
    let mut at = At { expect, value: leased };
    let step = trial_steps::step(tenant, account, &mut at, asker).await?;
    let before = at.value.clone();
    let now = world.now();
    let issue = at.value.issue().is_some();
    let Some(run) = &mut at.value.run else { return Ok(at) };
    run.busy_until = None;
    run.step += 1;
    match step {
        Step::Found(finding) => run.found(finding, issue),
        Step::Lost(finding) => run.lost(finding),
        Step::More => {}
        Step::Wait(_) if now.since(run.began_at) >= LASTS => run.give_up(),
        Step::Wait(retry_after_s) => {
            let wait = retry_after_s.unwrap_or(PAUSE_S).clamp(1, 3600);
            run.waits_until = Some(now.plus(Span::seconds(i64::from(wait))));
        }
    }
    let value = at.value.ended(now);
    let expect = save(world, account, at.expect, Some(&before), &value).await?;
    Ok(At { expect, value })
}

async fn reply<W: World>(called: &Called<'_, W>, at: At<Trial>) -> Result<Reply, ErrorCode> {
    Ok(Reply::Trial { trial: Box::new(shown(called, at).await?) })
}

async fn shown<W: World>(called: &Called<'_, W>, at: At<Trial>) -> Result<api::TrialView, ErrorCode> {
    let Trial { account, project, repeat, due_at, run, results, lacking, compared, left } = at.value;
    let id = &account.person.account_id;
    let (links, rights) =
        join!(trial_link::seen(called.world, id), foreseen(called, id, project.as_ref().map(|project| project.id)));
    let now = called.world.now();
    let resting = run.as_ref().is_some_and(|run| run.rests(now));
    let poll_after_ms = run.as_ref().map(|_| if resting { POLL_RESTING_MS } else { POLL_MS });
    let links = links?;
    Ok(api::TrialView {
        now,
        project: project.map(|TestProject { id, key, name }| NamedProject { id, key, name }),
        repeat,
        due_at,
        grant: links.grant,
        held: links.held,
        hands_off: links.wanted,
        link: links.link,
        creates: rights.map(|(creates, _)| creates),
        deletes: rights.map(|(_, deletes)| deletes),
        poll_after_ms: poll_after_ms.or(links.poll_after_ms),
        run: run.map(|run| RunView {
            next: run.next(),
            waits_until: run.waits(now),
            by: run.by,
            began_at: run.began_at,
            checks: run.checks,
            projects: run.projects.map(|projects| projects.looked_at),
        }),
        results: results.into_iter().rev().collect(),
        lacking: lacking.iter().map(|project| project_view(project, compared)).collect(),
        left: left
            .into_iter()
            .map(|left| LeftView {
                issue_key: left.issue.map(|issue| issue.key),
                project_key: left.project.key,
                at: left.at,
                again_at: left.again_at,
                refused: left.refused,
            })
            .collect(),
        account,
    })
}

/// Whether the account may create and delete issues in the test project, as an administrator may ask before the test.
/// Nothing where Jira does not say: the test itself finds out.
async fn foreseen<W: World>(
    called: &Called<'_, W>,
    account: &AccountId,
    project: Option<JiraNumber>,
) -> Option<(bool, bool)> {
    let project = project?;
    let answer = ask::forge(called, Principal::Caller, &jira::trial::check_clean_up(account, project)).await;
    jira::trial::read_clean_up(&answer.ok()?, project).ok()
}
