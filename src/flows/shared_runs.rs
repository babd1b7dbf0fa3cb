//! Runs that an administrator shared with support, as support sees them: figures and words of the app's own, and nothing of
//! whom or of which issue they are about.

use crate::api::{SharedCounts, SharedRun, SharedRunDetails, SharedStep};
use crate::domain::assignee::{Assigned, NoCounterpart};
use crate::domain::mirror::Skipped;
use crate::domain::run::{Counts, Failure, Outcome, RunItem};
use crate::domain::run_log::{Items, Run, RunId};
use crate::ports::{EVERYONE, IndexName, Listing, StoreError, World};
use crate::records::{self, At};
use crate::tenant::Tenant;
use futures_util::future::try_join_all;

/// How many runs are listed.
const LISTED: u8 = 50;

/// How many parts of a run are shown: a thousand steps.
const PARTS: u32 = 10;

/// The runs that are shared, the latest first.
///
/// # Errors
/// [`StoreError`]
pub async fn list<W: World>(tenant: &Tenant<'_, W>) -> Result<Vec<SharedRun>, StoreError> {
    let listing = Listing {
        index: IndexName::RunsShared,
        partition: EVERYONE.to_owned(),
        descending: true,
        begins_with: None,
        cursor: None,
        limit: LISTED,
    };
    let page = tenant.world.list(&listing).await?;
    let now = tenant.world.now();
    let runs: Result<Vec<At<Run>>, StoreError> = page.rows.into_iter().map(records::read).collect();
    // The index may lag behind what an administrator took back.
    let shared = runs?.into_iter().map(|at| at.value).filter(|run| run.shared.is_some());
    Ok(shared.map(|run| of(run.seen(now))).collect())
}

/// One of them, step by step; `None` when no run of this id is shared, whether there is one or not.
///
/// # Errors
/// [`StoreError`]
pub async fn details<W: World>(tenant: &Tenant<'_, W>, id: &str) -> Result<Option<SharedRunDetails>, StoreError> {
    let Ok(id) = RunId::parse(id) else { return Ok(None) };
    let run = records::load::<Run>(tenant.world, &records::run(&id)).await?.map(|at| at.value);
    let Some(run) = run.filter(|run| run.shared.is_some()) else { return Ok(None) };
    let parts = (0..run.parts().min(PARTS)).map(async |part| {
        let items: At<Items> = records::load_or_default(tenant.world, &records::run_items(&id, part)).await?;
        Ok(items.value.0)
    });
    let parts: Vec<Vec<RunItem>> = try_join_all(parts).await?;
    let steps = parts.iter().flatten().map(step).collect();
    Ok(Some(SharedRunDetails { run: of(run.seen(tenant.world.now())), steps }))
}

fn of(run: Run) -> SharedRun {
    let Counts { read, created, updated, skipped, failed, points } = run.counts;
    SharedRun {
        id: run.id.into(),
        integration: run.integration.into(),
        started_at: run.started_at,
        ended_at: run.ended_at,
        outcome: run.outcome.name().to_owned(),
        counts: SharedCounts { read, created, updated, skipped, failed, points },
    }
}

/// Jira's own words may name people and issues, so that only the app's word for the cause is told.
fn step(item: &RunItem) -> SharedStep {
    let (outcome, cause) = match &item.outcome {
        Outcome::Created { comment: _ } => ("created", None),
        Outcome::Updated { comment: _ } => ("updated", None),
        Outcome::Withdrawn { comment: _, why } => ("withdrawn", why.as_ref().map(skipped)),
        Outcome::Assigned { to, overrules: _ } => ("assigned", Some(assigned(to))),
        Outcome::CounterpartCreated { issue: _ } => ("counterpartCreated", None),
        Outcome::Joined { issue: _ } => ("joined", None),
        Outcome::Parted { issue: _ } => ("parted", None),
        Outcome::Skipped { why } => ("skipped", Some(skipped(why))),
        Outcome::Waits { why } => ("waits", why.as_ref().map(failed)),
        Outcome::Failed { why } => ("failed", Some(failed(why))),
    };
    SharedStep { at: item.at, outcome: outcome.to_owned(), cause: cause.map(str::to_owned) }
}

fn assigned(to: &Assigned) -> &'static str {
    match to {
        Assigned::Counterpart => "counterpart",
        Assigned::Nobody => "nobody",
        Assigned::NoCounterpart { why } => no_counterpart(*why),
    }
}

fn no_counterpart(why: NoCounterpart) -> &'static str {
    match why {
        NoCounterpart::NotInTable => "notInTable",
        NoCounterpart::AddressHidden => "addressHidden",
        NoCounterpart::NotFound => "notFound",
        NoCounterpart::Several => "several",
    }
}

fn failed(why: &Failure) -> &'static str {
    match why {
        Failure::NoAnswer => "noAnswer",
        Failure::NotConnected => "notConnected",
        Failure::OriginOutOfReach => "originOutOfReach",
        Failure::TargetOutOfReach => "targetOutOfReach",
        Failure::MayNotComment => "mayNotComment",
        Failure::MayNotAssign => "mayNotAssign",
        Failure::NotAssignable => "notAssignable",
        Failure::MayNotCreate => "mayNotCreate",
        Failure::AlreadyPaired => "alreadyPaired",
        Failure::PairsFull => "pairsFull",
        Failure::MirrorOutOfSight => "mirrorOutOfSight",
        Failure::Refused { message: _ } => "refused",
    }
}

fn skipped(why: &Skipped) -> &'static str {
    match why {
        Skipped::Echo => "echo",
        Skipped::AnotherInstallation => "anotherInstallation",
        Skipped::BeforeEnabled => "beforeEnabled",
        Skipped::NotPublic => "notPublic",
        Skipped::NoWord => "noWord",
        Skipped::Withheld { why: _ } => "withheld",
        Skipped::OutOfProject => "outOfProject",
        Skipped::OutOfReach { limit: _ } => "outOfReach",
        Skipped::Unchanged => "unchanged",
        Skipped::Gone => "gone",
        Skipped::RemovedThere => "removedThere",
        Skipped::OnAnotherIssue => "onAnotherIssue",
        Skipped::NotKept { why: _ } => "notKept",
        Skipped::OtherDirection => "otherDirection",
        Skipped::NotFollowing => "notFollowing",
        Skipped::NoCounterpart { why } => no_counterpart(*why),
        Skipped::NotNamedBack => "notNamedBack",
        Skipped::SecurityLevel => "securityLevel",
    }
}
