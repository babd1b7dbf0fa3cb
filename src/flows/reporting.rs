//! Runs, as administrators look at them and let support look.

use crate::api::{ErrorCode, PageOfRuns, Reply, Runs};
use crate::domain::account::Person;
use crate::domain::integration::{End, Integrations};
use crate::domain::place::Place;
use crate::domain::run::RunItem;
use crate::domain::run_log::{Items, Run, RunDays, RunId, RunOutcome, Shared};
use crate::domain::settings::Settings;
use crate::ports::{EVERYONE, IndexName, Listing, StoreError, World};
use crate::records::{self, At};
use crate::tenant::Called;
use futures_util::join;

use super::caller;
use super::seen_issues::{Seen, seen};

/// How many runs a page has.
const PAGE: u8 = 25;

/// How many days the chart has.
const CHART: usize = 30;

/// How often the panel asks again while something is running.
const POLL_MS: u32 = 3_000;

/// How often it asks again while something may begin to run.
const IDLE_POLL_MS: u32 = 10_000;

/// How often a run that somebody else moves is read anew.
const TRIES: usize = 5;

/// Answers [`crate::api::Request::Runs`].
///
/// # Errors
/// [`ErrorCode`]; [`ErrorCode::NoSuchRun`] where nothing can be found by what was searched for.
pub async fn list<W: World>(called: &Called<'_, W>, page: &PageOfRuns) -> Result<Reply, ErrorCode> {
    let keys = (records::run_days(), records::settings(), records::mirror::integrations());
    let (allowed, rows, days, settings, all) = join!(
        caller::administrator(called),
        rows(called, page),
        records::load_or_default::<RunDays>(called.world, &keys.0),
        records::load_or_default::<Settings>(called.world, &keys.1),
        records::load_or_default::<Integrations>(called.world, &keys.2),
    );
    allowed?;
    let (rows, next) = rows?;
    let now = called.world.now();
    let visible = seen(called, rows.iter().filter_map(of)).await;
    let mut rows: Vec<Run> = rows.into_iter().map(|run| named(run.seen(now), &visible)).collect();
    // Whether there are runs of an issue is kept from whoever may not see it.
    rows.retain(|run| !by_issue(page) || run.issue.is_some());
    let days = days?.value.0;
    let runs = Runs {
        now,
        next,
        days: days[days.len().saturating_sub(CHART)..].to_vec(),
        kept_days: settings?.value.runs_kept_days(),
        poll_after_ms: poll_after_ms(page, &rows, &all?.value),
        rows,
    };
    Ok(Reply::Runs { runs: Box::new(runs) })
}

/// What begins is at the head of the list, where no run was searched for.
fn poll_after_ms(page: &PageOfRuns, rows: &[Run], all: &Integrations) -> Option<u32> {
    if rows.iter().any(running) {
        return Some(POLL_MS);
    }
    let begins = page.cursor.is_none() && page.search.as_deref().is_none_or(|search| search.trim().is_empty());
    (begins && all.0.iter().any(|own| own.enabled_since.is_some())).then_some(IDLE_POLL_MS)
}

/// Whether a page is searched for by the key of an issue.
fn by_issue(page: &PageOfRuns) -> bool {
    let wanted = page.search.as_deref().map(|search| Place::parse(search.trim()));
    matches!(wanted, Some(Some(Place::Issue(_))))
}

/// The issue on this site that a run is about: by its number, or by its key where only that is known.
fn of(run: &Run) -> Option<String> {
    run.here.map(|here| here.to_string()).or_else(|| run.issue.clone())
}

/// A run with the key of its issue, where the issue on this site is among those that the caller sees. Jira tells it, so that it
/// is known also of a run to which Jira gave no answer.
fn named(run: Run, visible: &Seen) -> Run {
    Run { issue: of(&run).and_then(|issue| visible.key(&issue)), ..run }
}

fn running(run: &Run) -> bool {
    run.outcome == RunOutcome::Running
}

async fn rows<W: World>(called: &Called<'_, W>, page: &PageOfRuns) -> Result<(Vec<Run>, Option<String>), ErrorCode> {
    let wanted = page.search.as_deref().map(str::trim).filter(|search| !search.is_empty());
    let (index, partition) = match (wanted, &page.integration, page.outcome) {
        (Some(search), ..) => match RunId::parse(search.to_lowercase()) {
            Ok(id) => {
                let at = records::load::<Run>(called.world, &records::run(&id)).await?;
                return Ok((vec![at.ok_or(ErrorCode::NoSuchRun)?.value], None));
            }
            Err(_) => match Place::parse(search) {
                Some(Place::Issue(key)) => (IndexName::RunsByIssue, key),
                Some(Place::Project(_)) | None => return Err(ErrorCode::NoSuchRun),
            },
        },
        (None, Some(integration), Some(outcome)) => (IndexName::RunsByBoth, records::both(integration, outcome)),
        (None, Some(integration), None) => (IndexName::RunsByIntegration, integration.as_str().to_owned()),
        (None, None, Some(outcome)) => (IndexName::RunsByOutcome, outcome.name().to_owned()),
        (None, None, None) => (IndexName::Runs, EVERYONE.to_owned()),
    };
    let cursor = page.cursor.clone();
    let listing = Listing { index, partition, descending: true, begins_with: None, cursor, limit: PAGE };
    let found = called.world.list(&listing).await.map_err(|error| match error {
        // Storage takes this cursor no more: the page begins the list anew.
        StoreError::Corrupt if page.cursor.is_some() => ErrorCode::InvalidRequest,
        StoreError::Corrupt | StoreError::Conflict | StoreError::Unavailable => error.into(),
    })?;
    let runs: Result<Vec<At<Run>>, StoreError> = found.rows.into_iter().map(records::read).collect();
    Ok((runs?.into_iter().map(|at| at.value).collect(), found.next))
}

/// Answers [`crate::api::Request::Run`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn one<W: World>(called: &Called<'_, W>, id: &RunId, part: u32) -> Result<Reply, ErrorCode> {
    let (allowed, reply) = join!(caller::administrator(called), details(called, id, part));
    allowed?;
    reply
}

async fn details<W: World>(called: &Called<'_, W>, id: &RunId, part: u32) -> Result<Reply, ErrorCode> {
    let keys = (records::run(id), records::run_items(id, part));
    let (run, items) =
        join!(records::load::<Run>(called.world, &keys.0), records::load_or_default::<Items>(called.world, &keys.1),);
    let run = run?.ok_or(ErrorCode::NoSuchRun)?.value;
    let mut items = items?.value;
    let here = run.here.map(|here| here.to_string());
    let on = |item: &RunItem| item.issue.clone().or_else(|| here.clone()).filter(|_| item.end == End::Here);
    let visible = seen(called, items.0.iter().filter_map(on).chain(of(&run))).await;
    // A run that looked at whole issues tells of several, each of which is for itself.
    for item in items.0.iter_mut().filter(|item| item.end == End::Here) {
        item.issue = on(item).and_then(|issue| visible.key(&issue));
    }
    Ok(shown(called, named(run, &visible), items, part))
}

fn shown<W: World>(called: &Called<'_, W>, run: Run, items: Items, part: u32) -> Reply {
    let now = called.world.now();
    let run = run.seen(now);
    let next = part.checked_add(1).filter(|next| *next < run.parts());
    let poll_after_ms = running(&run).then_some(POLL_MS);
    Reply::Run { run: Box::new(run), items: items.0, next, now, poll_after_ms }
}

/// Answers [`crate::api::Request::ShareRun`].
///
/// # Errors
/// [`ErrorCode`]; nothing is shared then that was not.
pub async fn share<W: World>(called: &Called<'_, W>, id: &RunId, share: bool) -> Result<Reply, ErrorCode> {
    let (allowed, by) = join!(caller::administrator(called), caller::myself(called));
    allowed?;
    let by = by?;
    for left in (0..TRIES).rev() {
        match shared(called, id, share.then_some(&by)).await {
            // It goes on while it is shared.
            Err(ErrorCode::Conflict) if left > 0 => {}
            Err(error) => return Err(error),
            Ok(()) => break,
        }
    }
    details(called, id, 0).await
}

async fn shared<W: World>(called: &Called<'_, W>, id: &RunId, by: Option<&Person>) -> Result<(), ErrorCode> {
    let at = records::load::<Run>(called.world, &records::run(id)).await?.ok_or(ErrorCode::NoSuchRun)?;
    if at.value.shared.is_some() == by.is_some() {
        return Ok(());
    }
    let shared = by.map(|by| Shared { by: by.clone(), at: called.world.now() });
    let run = Run { shared, ..at.value };
    Ok(called.world.transact(vec![records::put_run(at.expect, &run)]).await?)
}
