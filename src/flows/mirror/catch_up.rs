//! What deliveries missed: found by what Jira says was updated, and lanes that nobody came back to.

use super::ends::{Ends, Trouble};
use super::{hint, intake, listen, turn};
use crate::api::ErrorCode;
use crate::domain::assignee::Assignment;
use crate::domain::connection::Connection;
use crate::domain::integration::{End, Integration, Integrations};
use crate::domain::lane::Lane;
use crate::domain::limits::JiraNumber;
use crate::domain::pair::Pairs;
use crate::domain::time::{Span, Timestamp};
use crate::jira::mirrored::Touched;
use crate::jira::{self, mirrored};
use crate::ports::{StoreError, World};
use crate::records::mirror::{Caught, CaughtUp};
use crate::records::{self, At};
use crate::tenant::Tenant;
use futures_util::join;

/// How often each end is caught up with.
const EVERY: Span = Span::minutes(15);

/// How much of the time before is looked at once more: Jira's search lags behind, and clocks differ.
const OVERLAP: Span = Span::minutes(10);

/// How far back a catch-up looks at most. What is older than that nobody waits for any more.
const FURTHEST: Span = Span::days(14);

/// How many ends one round catches up with.
const ENDS: usize = 4;

/// How many pages of updated issues one catch-up reads.
const PAGES: usize = 5;

/// How many issues with updates one catch-up looks into.
const ISSUES: usize = 20;

/// How many open lanes a round sends on their way.
const LANES: usize = 20;

/// Makes the round: listens to the other sites, sends lanes on that nobody came back to, and catches up.
///
/// # Errors
/// [`ErrorCode`] when storage failed: the next round tries again.
pub async fn round<W: World>(tenant: &Tenant<'_, W>) -> Result<(), ErrorCode> {
    let world = tenant.world;
    let keys = (records::connection(), records::mirror::integrations());
    let (connection, all) =
        join!(records::load_or_default::<Connection>(world, &keys.0), records::load::<Integrations>(world, &keys.1),);
    // Most sites have no integration, and pay one read for that.
    let (connection, Some(all)) = (connection?.value, all?.map(|at| at.value)) else { return Ok(()) };
    listen::listen(tenant, &connection, &all).await?;
    intake::round(tenant, &all).await?;
    let open = turn::open(tenant).await?;
    for lane in open.0.iter().take(LANES) {
        hint::send(tenant, &lane.integration, lane.here, 0).await;
    }
    let Some(main) = &connection.main else { return Ok(()) };
    let key = records::mirror::caught_up();
    let caught: At<Caught> = records::load_or_default(world, &key).await?;
    let mut rows = current(&caught.value, &all);
    for row in due(&mut rows, world.now()) {
        let Some(integration) = all.get(&row.integration) else { continue };
        let there = tenant.elsewhere(&integration.terms.there.cloud_id);
        let ends = Ends::new(tenant, there, main.account.person.account_id.clone());
        match catch_up(&ends, &all, integration, row).await {
            Ok(through) => row.through = through,
            // Jira is asked again with the next round, from where this one began.
            Err(Missed::Unanswered) => {}
            Err(Missed::Storage(error)) => return Err(error.into()),
        }
    }
    if rows == caught.value.0 {
        return Ok(());
    }
    match world.transact(vec![records::put(key, caught.expect, &Caught(rows))]).await {
        // Another round was first, and saw the same.
        Err(StoreError::Conflict) => Ok(()),
        done => Ok(done?),
    }
}

/// One row for each end, for issues may name each other at either; one that is new begins when comments of the end began to
/// go, or the integration was enabled.
fn current(caught: &Caught, all: &Integrations) -> Vec<CaughtUp> {
    let mut rows = Vec::new();
    for integration in all.enabled() {
        for end in [End::Here, End::There] {
            let known = caught.0.iter().find(|own| own.integration == integration.id && own.end == end);
            let since = integration.since(end);
            let through = known.map_or(since, |own| own.through.max(since));
            rows.push(CaughtUp { integration: integration.id.clone(), end, through });
        }
    }
    rows
}

/// Those that are due, the longest overdue first.
fn due(rows: &mut [CaughtUp], now: Timestamp) -> Vec<&mut CaughtUp> {
    let mut due: Vec<&mut CaughtUp> = rows.iter_mut().filter(|row| now.since(row.through) >= EVERY).collect();
    due.sort_by_key(|row| row.through);
    due.truncate(ENDS);
    due
}

/// Why an end could not be caught up with.
enum Missed {
    /// Jira did not answer, or not as it should.
    Unanswered,
    Storage(StoreError),
}

impl From<Trouble> for Missed {
    fn from(_: Trouble) -> Self {
        Self::Unanswered
    }
}

/// Looks at what was updated at one end since it was caught up with. Answers until when it is caught up with now.
async fn catch_up<W: World>(
    ends: &Ends<'_, '_, W>,
    all: &Integrations,
    integration: &Integration,
    row: &CaughtUp,
) -> Result<Timestamp, Missed> {
    let tenant = ends.tenant(End::Here);
    let began = tenant.world.now();
    let side = integration.terms.side(row.end);
    let from = row.through.plus(Span(-OVERLAP.0)).max(began.plus(Span(-FURTHEST.0)));
    let minutes = began.since(from).0.max(0).div_euclid(Span::minutes(1).0) + 1;
    let minutes = u32::try_from(minutes).unwrap_or(u32::MAX);
    let key = records::mirror::pairs(&integration.id);
    let pairs: At<Pairs> = records::load_or_default(tenant.world, &key).await.map_err(Missed::Storage)?;
    let (mut next_page, mut looked, mut through) = (None, 0, began);
    for page in 0..PAGES {
        let request = mirrored::updated(side.project, minutes, next_page.as_deref());
        let answer = ends.as_main(row.end, &request).await?;
        let mirrored::Updated { issues, next_page: next } = mirrored::read_updated(&answer).map_err(Trouble::Jira)?;
        let noted = intake::seen(tenant, integration, row.end, &pairs.value, &answer).await.map_err(Missed::Storage)?;
        if let Some(full) = noted {
            // The rest with the next round, from here.
            return Ok(full.min(began));
        }
        for Touched { issue, updated, assignee } in &issues {
            let carried = integration.terms.direction.carries(row.end);
            let Some(pair) = pairs.value.of(row.end, *issue).filter(|_| carried) else { continue };
            if looked == ISSUES {
                // The rest with the next round, from here.
                return Ok(updated.min(&began).to_owned());
            }
            looked += 1;
            let key = records::mirror::lane(&integration.id, pair.here);
            let lane: At<Lane> = records::load_or_default(tenant.world, &key).await.map_err(Missed::Storage)?;
            let mut comments: Vec<Option<JiraNumber>> =
                changed(ends, row.end, *issue, from, &lane.value).await?.into_iter().map(Some).collect();
            if integration.terms.following.is_some() {
                let key = records::mirror::assignment(&integration.id, pair.here);
                let known: At<Assignment> =
                    records::load_or_default(tenant.world, &key).await.map_err(Missed::Storage)?;
                comments.extend(known.value.differs(row.end, assignee.as_ref()).then_some(None));
            }
            if !comments.is_empty() {
                hint::note(tenant, all, &side.cloud_id, *issue, &comments).await.map_err(Missed::Storage)?;
            }
        }
        if let Some(last) = issues.last().filter(|_| page + 1 == PAGES && next.is_some()) {
            through = through.min(last.updated);
        }
        let Some(next) = next else { break };
        next_page = Some(next);
    }
    Ok(through)
}

/// The comments of an issue that came, changed or went since then, among the latest hundred.
async fn changed<W: World>(
    ends: &Ends<'_, '_, W>,
    end: End,
    issue: JiraNumber,
    since: Timestamp,
    lane: &Lane,
) -> Result<Vec<JiraNumber>, Trouble> {
    let page = match ends.as_main(end, &jira::latest_comments(issue.0, 0)).await {
        Ok(page) => page,
        // It was deleted meanwhile, or moved out of sight.
        Err(Trouble::Jira(jira::JiraRefused::NotFound | jira::JiraRefused::Forbidden)) => return Ok(Vec::new()),
        Err(trouble) => return Err(trouble),
    };
    let comments = mirrored::read_comments(&page)?;
    let seen: Vec<JiraNumber> = comments.iter().map(|comment| comment.id).collect();
    // Of comments before the first of a page that is not all there is, nothing is known.
    let whole = page["total"].as_u64() == Some(seen.len() as u64);
    let from = if whole { JiraNumber(0) } else { seen.iter().copied().min().unwrap_or(JiraNumber(u64::MAX)) };
    let changed = comments.iter().filter(|comment| comment.updated >= since).map(|comment| comment.id);
    Ok(changed.chain(lane.missing(end, &seen, from)).collect())
}
