//! The people who connected their own accounts: listed, counted, reminded; and the job that tries their grants, steered.

use crate::api::{ConnectionRow, Connections, ErrorCode, JobView, Order, PageOfPeople, Reply, Steering, SteeringOffer};
use crate::domain::account::AccountId;
use crate::domain::authorization::{AuthorizationSession, SessionState};
use crate::domain::connection::Connection;
use crate::domain::grant::Grant;
use crate::domain::personal::Personal;
use crate::domain::standing::{Epoch, Label, Standing};
use crate::domain::tally::{SHARDS, Shard, Tally};
use crate::domain::time::{Span, Timestamp};
use crate::domain::wave::{Day, Days, Job, JobState, estimate};
use crate::ports::{EVERYONE, Expect, IndexName, Listing, StoreError, Stored, World};
use crate::records::{self, At};
use crate::tenant::{Called, Tenant};
use futures_util::future::join_all;
use futures_util::join;

use super::{caller, verify};

/// How many people a page lists.
const PAGE: u8 = 20;

/// How many people are reminded at once.
const AT_ONCE: usize = 50;

/// How often somebody is reminded anew when they act at the same moment.
const TRIES: usize = 4;

/// Longest beginning of a name that is searched for, in characters.
const LONGEST: usize = 100;

/// How many days the chart shows.
const CHART: usize = 14;

/// A day is noted once more when no more than this is left of it: two rounds.
const LAST_MINUTES: Span = Span::minutes(10);

/// How soon the page asks again while the job runs.
const POLL_MS: u32 = 3000;

/// Answers [`crate::api::Request::Connections`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn list<W: World>(called: &Called<'_, W>, page: &PageOfPeople) -> Result<Reply, ErrorCode> {
    if page.query.as_ref().is_some_and(|query| query.chars().count() > LONGEST) {
        return Err(ErrorCode::InvalidRequest);
    }
    let (allowed, connections) = join!(caller::administrator(called), view(called, page));
    allowed?;
    connections
}

async fn view<W: World>(called: &Called<'_, W>, page: &PageOfPeople) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let by_name = page.order == Order::Name;
    let listing = Listing {
        index: match (page.label, by_name) {
            (None, true) => IndexName::PeopleByName,
            (None, false) => IndexName::PeopleBySince,
            (Some(_), true) => IndexName::LabelByName,
            (Some(_), false) => IndexName::LabelBySince,
        },
        partition: page.label.map_or(EVERYONE, Label::name).to_owned(),
        descending: page.descending,
        begins_with: page.query.as_ref().filter(|query| by_name && !query.is_empty()).map(|query| query.to_lowercase()),
        cursor: page.cursor.clone(),
        limit: PAGE,
    };
    let keys = (records::connection(), records::job(), records::days());
    let (connection, job, days, shards, people) = join!(
        records::load_or_default::<Connection>(world, &keys.0),
        records::load::<Job>(world, &keys.1),
        records::load_or_default::<Days>(world, &keys.2),
        shards(called),
        world.list(&listing),
    );
    let people = people.map_err(|error| match error {
        // Storage takes this cursor no more: the page begins the list anew.
        StoreError::Corrupt if page.cursor.is_some() => ErrorCode::InvalidRequest,
        StoreError::Corrupt | StoreError::Conflict | StoreError::Unavailable => error.into(),
    });
    let (connection, people) = (connection?.value, people?);
    let epoch = connection.epoch();
    let now = world.now();
    let tally = Tally::of(shards?, epoch.generation);
    let job = job?.map(|at| at.value).filter(|job| job.generation == epoch.generation);
    let rows: Result<Vec<Option<ConnectionRow>>, StoreError> =
        join_all(people.rows.into_iter().map(|stored| row(called, stored, epoch))).await.into_iter().collect();
    let total = tally.total();
    let today = Day { day: now.day(), fresh: tally.fresh, unverified: tally.unverified };
    let days = days?.value.with(today).0;
    let connections = Connections {
        now,
        job: job.as_ref().map(|job| JobView {
            state: job.state,
            tried: job.tried,
            total,
            started_at: job.started_at,
            done_about: (job.state == JobState::Running).then(|| done_about(job, tally, now)),
            waits_until: job.waits_until.filter(|until| now < *until),
        }),
        steering: steering(job.as_ref(), connection.main.is_some()),
        poll_after_ms: job.filter(|job| job.state == JobState::Running).map(|_| POLL_MS),
        tally,
        days: days[days.len().saturating_sub(CHART)..].to_vec(),
        rows: rows?.into_iter().flatten().collect(),
        next: people.next,
    };
    Ok(Reply::Connections { connections: Box::new(connections) })
}

/// From when it may go on, if Jira asked to wait, and then as long as it takes for those who are left.
fn done_about(job: &Job, tally: Tally, now: Timestamp) -> Timestamp {
    let total = tally.total();
    let left = if job.again { total.saturating_sub(job.tried) } else { tally.unverified };
    let from = job.waits_until.map_or(now, |until| until.max(now));
    from.plus(estimate(left, job.tried, job.worked(now)))
}

/// The index may lag behind: where a person stands follows from the record that it names.
async fn row<W: World>(
    tenant: &Tenant<'_, W>,
    stored: Stored,
    epoch: Epoch,
) -> Result<Option<ConnectionRow>, StoreError> {
    // A record that cannot be read hides itself, and not the page.
    let Ok(At { value: grant, .. }) = records::read::<Grant>(stored) else { return Ok(None) };
    let (Some(standing), Some(used)) = (Standing::of(&grant, epoch), &grant.personal) else { return Ok(None) };
    let key = records::personal(&grant.account.person.account_id);
    let personal = match records::load_or_default::<Personal>(tenant.world, &key).await {
        Ok(at) => at.value,
        Err(StoreError::Corrupt) => Personal::default(),
        Err(error) => return Err(error),
    };
    Ok(Some(ConnectionRow {
        person: grant.account.person.clone(),
        standing,
        since: used.since,
        used_at: used.used_at,
        reminded_at: personal.reminded_at,
    }))
}

/// The count of people, in shards.
pub async fn shards<W: World>(tenant: &Tenant<'_, W>) -> Result<Vec<Shard>, StoreError> {
    let keys: Vec<_> = (0..SHARDS).map(records::shard).collect();
    let shards = join_all(keys.iter().map(|key| records::load_or_default::<Shard>(tenant.world, key))).await;
    shards.into_iter().map(|shard| Ok(shard?.value)).collect()
}

fn steering(job: Option<&Job>, connected: bool) -> Vec<SteeringOffer> {
    match job.map(|job| job.state) {
        Some(JobState::Running) => vec![SteeringOffer::Pause, SteeringOffer::Cancel],
        Some(JobState::Paused) => vec![SteeringOffer::Resume, SteeringOffer::Cancel],
        Some(JobState::Cancelled | JobState::Done) => vec![SteeringOffer::Restart],
        None if connected => vec![SteeringOffer::Restart],
        None => vec![],
    }
}

/// Answers [`crate::api::Request::Remind`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn remind<W: World>(called: &Called<'_, W>, accounts: &[AccountId]) -> Result<Reply, ErrorCode> {
    if accounts.len() > AT_ONCE {
        return Err(ErrorCode::InvalidRequest);
    }
    let key = records::connection();
    let (allowed, connection) =
        join!(caller::administrator(called), records::load_or_default::<Connection>(called.world, &key));
    allowed?;
    // Whoever is named twice is reminded once.
    let once = accounts.iter().enumerate().filter(|(place, account)| !accounts[..*place].contains(account));
    let epoch = connection?.value.epoch();
    let (mut reached, mut too_soon, mut nothing_to_do, mut failed) = (0, 0, 0, 0);
    for result in join_all(once.map(|(_, account)| remind_one(called, account, epoch))).await {
        match result {
            Ok(Reminder::Reached) => reached += 1,
            Ok(Reminder::TooSoon) => too_soon += 1,
            Ok(Reminder::NothingToDo) => nothing_to_do += 1,
            // One record that cannot be reached undoes no other's reminder.
            Err(_) => failed += 1,
        }
    }
    Ok(Reply::Reminded { reached, too_soon, nothing_to_do, failed })
}

enum Reminder {
    Reached,
    TooSoon,
    NothingToDo,
}

async fn remind_one<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    epoch: Epoch,
) -> Result<Reminder, StoreError> {
    let (grant_key, key) = (records::grant(account), records::personal(account));
    for _ in 0..TRIES {
        let (grant, personal) = join!(
            records::load::<Grant>(tenant.world, &grant_key),
            records::load_or_default::<Personal>(tenant.world, &key)
        );
        let asks = grant?.and_then(|at| Standing::of(&at.value, epoch)?.asks());
        let personal = personal?;
        if asks.is_none() || allowed(tenant, &personal.value).await? {
            return Ok(Reminder::NothingToDo);
        }
        let Some(reminded) = personal.value.reminded(tenant.world.now()) else { return Ok(Reminder::TooSoon) };
        match tenant.world.transact(vec![records::put(key.clone(), personal.expect, &reminded)]).await {
            Ok(()) => return Ok(Reminder::Reached),
            // The person is acting at this very moment, or another administrator was first: their record tells.
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Conflict)
}

/// Whether the person has allowed, and has only not come by since.
async fn allowed<W: World>(tenant: &Tenant<'_, W>, personal: &Personal) -> Result<bool, StoreError> {
    let Some(key) = &personal.session else { return Ok(false) };
    let session = records::load::<AuthorizationSession>(tenant.world, &records::session(key)).await?;
    Ok(session.is_some_and(|at| matches!(at.value.state, SessionState::Authorized { .. })))
}

/// Answers [`crate::api::Request::SteerWave`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn steer<W: World>(called: &Called<'_, W>, to: Steering) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let keys = (records::connection(), records::job());
    let (allowed, connection, job) = join!(
        caller::administrator(called),
        records::load_or_default::<Connection>(world, &keys.0),
        records::load::<Job>(world, &keys.1)
    );
    allowed?;
    let connection = connection?.value;
    let job = job?;
    let present = job.as_ref().map(|at| &at.value).filter(|job| job.generation == connection.generation);
    let offered = steering(present, connection.main.is_some());
    let now = world.now();
    let next = match (to, present) {
        (Steering::Pause, Some(job)) if offered.contains(&SteeringOffer::Pause) => job.clone().paused(now),
        (Steering::Cancel, Some(job)) if offered.contains(&SteeringOffer::Cancel) => {
            Job { state: JobState::Cancelled, ..job.clone() }
        }
        (Steering::Resume, Some(job)) if offered.contains(&SteeringOffer::Resume) => job.clone().resumed(now),
        (Steering::Restart, _) if offered.contains(&SteeringOffer::Restart) => {
            let batch = present.map_or(0, |job| job.batch + 1);
            Job { batch, again: true, ..Job::new(connection.generation, now) }
        }
        (Steering::Pause | Steering::Cancel | Steering::Resume | Steering::Restart, _) => {
            return Err(ErrorCode::WrongStage);
        }
    };
    let expect = job.map_or(Expect::Absent, |at| at.expect);
    world.transact(vec![records::put(records::job(), expect, &next)]).await?;
    if next.state == JobState::Running {
        verify::send(called, &next, 0).await;
    }
    let all = PageOfPeople { label: None, order: Order::Name, descending: false, query: None, cursor: None };
    view(called, &all).await
}

/// Notes how people stand today: when the day begins, for the chart has no gaps, and again in its last minutes, for what
/// counts is how it ends.
///
/// # Errors
/// [`StoreError`]
pub async fn note_day<W: World>(tenant: &Tenant<'_, W>, generation: u32) -> Result<(), StoreError> {
    let key = records::days();
    let now = tenant.world.now();
    let days = records::load_or_default::<Days>(tenant.world, &key).await?;
    let noted = days.value.0.last().is_some_and(|last| last.day == now.day());
    if noted && now.plus(LAST_MINUTES).day() == now.day() {
        return Ok(());
    }
    let tally = Tally::of(shards(tenant).await?, generation);
    let today = Day { day: now.day(), fresh: tally.fresh, unverified: tally.unverified };
    match tenant.world.transact(vec![records::put(key, days.expect, &days.value.clone().with(today))]).await {
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}
