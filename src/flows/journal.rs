//! Writing runs down: begun before the first effect, with signs of life on the way, and counted when they end.
//!
//! What is done is not undone because it could not be written down: a journal that storage does not take is shown as
//! interrupted, and the work goes on.

use crate::domain::count;
use crate::domain::integration::Integration;
use crate::domain::limits::JiraNumber;
use crate::domain::run::RunItem;
use crate::domain::run_log::{Items, PART, Run, RunDays, RunId, RunOutcome, Trigger};
use crate::domain::settings::Settings;
use crate::domain::time::{Span, Timestamp};
use crate::ports::{EVERYONE, Expect, IndexName, Listing, StoreError, World, Write};
use crate::records::{self, At};
use crate::tenant::Tenant;
use futures_util::join;

/// How often a run gives a sign of life while it works.
const SIGN_OF_LIFE: Span = Span::seconds(2);

/// How often a write is tried when somebody else wrote at the same moment.
const TRIES: usize = 4;

/// How many runs a round ends or deletes at most.
const AT_ONCE: u8 = 20;

/// How many such pages a round deletes: more in a day than any site has runs.
const PAGES: usize = 5;

/// How many parts are deleted with their run in one transaction.
const PARTS: u32 = 20;

/// One run, while it goes on.
pub struct Journal<'j, 'w, W> {
    tenant: &'j Tenant<'w, W>,
    /// The run as it is stored, or as it will be.
    at: At<Run>,
    /// Items that are not stored yet.
    fresh: Vec<RunItem>,
    /// Items of the part that is not full.
    part: Items,
}

impl<'j, 'w, W: World> Journal<'j, 'w, W> {
    /// Begins a run: what is done from `now` on, for the pair with the issue `here` on this site where it is about one.
    pub async fn begin(
        tenant: &'j Tenant<'w, W>,
        trigger: Trigger,
        integration: &Integration,
        here: Option<JiraNumber>,
        now: Timestamp,
    ) -> Self {
        let (id, name) = (RunId::new(&tenant.world.random()), integration.terms.name.clone());
        let run = Run { here, ..Run::new(id, trigger, integration.id.clone(), name, now) };
        let mut journal = Self { tenant, at: At::absent(run), fresh: Vec::new(), part: Items::default() };
        journal.save(None).await;
        journal
    }

    /// Which run it is.
    #[must_use]
    pub fn id(&self) -> &RunId {
        &self.at.value.id
    }

    /// Notes an item.
    pub async fn add(&mut self, item: RunItem) {
        self.fresh.push(item);
        let silent = self.tenant.world.now().since(self.at.value.moved_at);
        if silent >= SIGN_OF_LIFE || self.part.0.len() + self.fresh.len() >= PART {
            self.save(None).await;
        }
    }

    /// Ends the run, with what was noted last.
    pub async fn end(mut self) {
        let now = self.tenant.world.now();
        self.save(Some(now)).await;
    }

    /// Stores what is noted. What could not be stored is tried again with the next.
    async fn save(&mut self, ended_at: Option<Timestamp>) {
        for _ in 0..TRIES {
            match self.store(ended_at).await {
                Ok(()) if self.fresh.is_empty() => return,
                // The next part.
                Ok(()) => {}
                Err(StoreError::Conflict) => {
                    // Somebody shared it meanwhile, or a write whose answer was lost took effect.
                    let stored = records::load::<Run>(self.tenant.world, &records::run(self.id())).await;
                    let Ok(Some(stored)) = stored else { return };
                    self.at.expect = stored.expect;
                    self.at.value.shared = stored.value.shared;
                }
                Err(StoreError::Unavailable | StoreError::Corrupt) => return,
            }
        }
    }

    /// Stores as much as fits into one part. The run ends with the last of them.
    async fn store(&mut self, ended_at: Option<Timestamp>) -> Result<(), StoreError> {
        let world = self.tenant.world;
        let fits = self.fresh.len().min(PART - self.part.0.len());
        let (take, rest) = self.fresh.split_at(fits);
        let ended_at = ended_at.filter(|_| rest.is_empty());
        let mut run = self.at.value.clone().with(take, world.now());
        let mut part = self.part.clone();
        part.0.extend_from_slice(take);
        let mut writes = Vec::new();
        if !take.is_empty() {
            let key = records::run_items(&run.id, (run.items - 1) / count(PART));
            let there = world.get(&key).await?;
            let expect = there.map_or(Expect::Absent, |stored| Expect::Revision(stored.revision));
            writes.push(records::put(key, expect, &part));
        }
        if let Some(at) = ended_at {
            run = run.ended(at);
            let days = records::load_or_default::<RunDays>(world, &records::run_days()).await?;
            writes.push(records::put(records::run_days(), days.expect, &days.value.with(at, run.outcome)));
        }
        writes.push(records::put_run(self.at.expect, &run));
        world.transact(writes).await?;
        let rest = rest.to_vec();
        self.at = At { expect: self.at.expect.next(), value: run };
        self.part = if part.0.len() >= PART { Items::default() } else { part };
        self.fresh = rest;
        Ok(())
    }
}

/// Notes of runs that broke off that they did, and deletes those that are older than they are kept.
///
/// # Errors
/// [`StoreError`]: the next round tries again.
pub async fn tidy<W: World>(tenant: &Tenant<'_, W>) -> Result<(), StoreError> {
    let key = records::settings();
    let (lost, settings) = join!(close_lost(tenant), records::load_or_default::<Settings>(tenant.world, &key));
    lost?;
    let kept = Span::days(i64::from(settings?.value.runs_kept_days()));
    let now = tenant.world.now();
    for _ in 0..PAGES {
        let page = tenant.world.list(&listing(IndexName::Runs, EVERYONE)).await?;
        let runs: Vec<At<Run>> = page.rows.into_iter().filter_map(|row| records::read(row).ok()).collect();
        let old: Vec<&At<Run>> = runs.iter().filter(|at| now.since(at.value.started_at) >= kept).collect();
        for at in &old {
            delete(tenant, at).await?;
        }
        if old.len() < usize::from(AT_ONCE) {
            break;
        }
    }
    Ok(())
}

/// The oldest of them.
fn listing(index: IndexName, partition: &str) -> Listing {
    Listing {
        index,
        partition: partition.to_owned(),
        descending: false,
        begins_with: None,
        cursor: None,
        limit: AT_ONCE,
    }
}

async fn close_lost<W: World>(tenant: &Tenant<'_, W>) -> Result<(), StoreError> {
    let page = tenant.world.list(&listing(IndexName::RunsByOutcome, RunOutcome::Running.name())).await?;
    let now = tenant.world.now();
    for row in page.rows {
        let id = records::read::<Run>(row)?.value.id;
        // The index may lag behind.
        let Some(at) = records::load::<Run>(tenant.world, &records::run(&id)).await? else { continue };
        if !at.value.lost(now) {
            continue;
        }
        let run = at.value.interrupted();
        let days = records::load_or_default::<RunDays>(tenant.world, &records::run_days()).await?;
        let counted = days.value.with(run.moved_at, run.outcome);
        let writes = vec![records::put_run(at.expect, &run), records::put(records::run_days(), days.expect, &counted)];
        match tenant.world.transact(writes).await {
            // It lives after all, or another round is at it.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Its parts go first where they do not fit into one transaction with it: what breaks off is deleted by the next round.
async fn delete<W: World>(tenant: &Tenant<'_, W>, at: &At<Run>) -> Result<(), StoreError> {
    let run = &at.value;
    let gone = |part: u32| Write::Delete { key: records::run_items(&run.id, part), expect: None };
    let mut parts: Vec<Write> = (0..run.parts()).map(gone).collect();
    while parts.len() > PARTS as usize {
        let rest = parts.split_off(PARTS as usize);
        tenant.world.transact(parts).await?;
        parts = rest;
    }
    parts.push(Write::Delete { key: records::run(&run.id), expect: None });
    tenant.world.transact(parts).await
}
