//! One turn of a lane: the assignee and a few comments of one pair of issues, one after the other.

use super::assignee::Both;
use super::comments::changed;
use super::ends::{Ends, Trouble};
use super::hint;
use super::log::Log;
use super::one::{Done, Job, failed};
use super::settlement::Settlement;
use super::without_target::WithoutTarget;
use crate::api::ErrorCode;
use crate::domain::access_rule::Answer;
use crate::domain::integration::{End, Integration, IntegrationId};
use crate::domain::lane::{Lane, Waiting};
use crate::domain::limits::JiraNumber;
use crate::domain::pair::{Pair, Pairs};
use crate::domain::run::{About, Failure, Outcome, RunItem};
use crate::domain::run_log::Trigger;
use crate::domain::time::{Span, Timestamp};
use crate::flows::{check, limits};
use crate::jira::{self, Issue};
use crate::ports::{Expect, Key, StoreError, World, Write};
use crate::records::mirror::Lanes;
use crate::records::{self, At};
use crate::tenant::Tenant;
use crate::url::hex;
use futures_util::join;

/// How many comments one turn looks at.
const BATCH: usize = 8;

/// No further comment is begun once a turn took so long: Forge stops the function after 55 seconds.
const LONG: Span = Span::seconds(20);

/// How often a lane is taken up anew that was written to in the same moment.
const TRIES: usize = 3;

/// Does one turn, and sends the next on its way where something is left. What became of each comment; `None` where nothing was to be done, or somebody
/// else is at it.
///
/// # Errors
/// [`ErrorCode`] when storage failed. Whatever was begun stands in the records and is taken up again.
pub async fn turn<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
    here: JiraNumber,
) -> Result<Option<Vec<RunItem>>, ErrorCode> {
    let world = tenant.world;
    let (of_pairs, key) = (records::mirror::pairs(integration), records::mirror::lane(integration, here));
    let (settled, pairs, lane) = join!(
        Settlement::read(world),
        records::load_or_default::<Pairs>(world, &of_pairs),
        records::load::<Lane>(world, &key),
    );
    let (settled, pairs, lane) = (settled?, pairs?.value, lane?);
    let all = &settled.all;
    let own = all.get(integration).filter(|own| own.enabled_since.is_some());
    let (Some(own), Some(pair)) = (own, pairs.of(End::Here, here)) else {
        // Disabled, removed or parted: what waits is of no use, and enabling it again covers what happens from then on.
        // Of one that is only disabled it stays known which comments have mirrors.
        let keep = all.get(integration).is_some() && pairs.of(End::Here, here).is_some();
        close(tenant, integration, here, lane, keep).await?;
        return Ok(None);
    };
    let mut lane = lane.unwrap_or_else(|| At::absent(Lane::default()));
    let holder = hex(&world.random()[..16]);
    for left in (0..TRIES).rev() {
        let now = world.now();
        if lane.value.busy(now) {
            return Ok(None);
        }
        if let Some(rest) = lane.value.rests(now) {
            hint::send(tenant, integration, here, rest.seconds_up()).await;
            return Ok(None);
        }
        if lane.value.idle() {
            close(tenant, integration, here, Some(lane), true).await?;
            return Ok(None);
        }
        let mut taken = lane.value.taken(holder.clone(), now);
        // Whoever wanted the turn is named by it, and by none after it.
        let trigger = Trigger::of(taken.once_more.take());
        match world.transact(vec![records::put(key.clone(), lane.expect, &taken)]).await {
            Ok(()) => {}
            // Something was hinted at in this moment, or somebody else took it up: that is seen then.
            Err(StoreError::Conflict) if left > 0 => {
                lane = records::load_or_default(world, &key).await?;
                continue;
            }
            Err(error) => return Err(error.into()),
        }
        let lane = At { expect: lane.expect.next(), value: taken };
        let mut log = Log::new(tenant, own, Some(here), trigger, now, lane.value.unconnected_since.is_some());
        let turn = Turn { tenant, settled: &settled, integration: own, pair: *pair, holder };
        let worked = turn.work(lane, now, &mut log).await;
        // What was done is written down, also where the turn broke off after it.
        let items = log.end().await;
        turn.leave(worked?).await?;
        return Ok(Some(items));
    }
    Ok(None)
}

struct Turn<'t, 'w, W> {
    tenant: &'t Tenant<'w, W>,
    settled: &'t Settlement,
    integration: &'t Integration,
    pair: Pair,
    holder: String,
}

impl<W: World> Turn<'_, '_, W> {
    async fn work(
        &self,
        mut lane: At<Lane>,
        began: Timestamp,
        log: &mut Log<'_, '_, W>,
    ) -> Result<At<Lane>, ErrorCode> {
        let world = self.tenant.world;
        let Some(main) = &self.settled.connection.main else {
            // Nobody can be asked. Whoever connects next finds it waiting.
            let until = world.now().plus(super::one::MENDED_IN);
            lane.value.waits_until = Some(until);
            return Ok(lane);
        };
        let there = self.tenant.elsewhere(&self.integration.terms.there.cloud_id);
        let ends = Ends::new(self.tenant, there, main.account.person.account_id.clone());
        let issues = join!(self.issue(&ends, End::Here), self.issue(&ends, End::There));
        if lane.value.is_leveled() {
            lane = self.leveled(&ends, lane, [(End::Here, &issues.0), (End::There, &issues.1)]).await?;
        }
        for _ in 0..BATCH {
            let now = world.now();
            let Some(first) = lane.value.first().filter(|_| now.since(began) < LONG) else { break };
            if lane.value.rests(now).is_some() {
                break;
            }
            let full = |end: End| lane.value.written(end).wait(now);
            let wait = match first.comment {
                Some(_) => full(first.end.other()),
                // Which of the two is to be written to is not known before both were looked at.
                None => full(End::Here).max(full(End::There)),
            };
            if let Some(wait) = wait {
                lane.value.waits_until = Some(now.plus(wait));
                break;
            }
            // What an administrator settled meanwhile holds from the next comment on: the next turn begins with it.
            if !self.stands().await? {
                break;
            }
            let (origin, target) = match first.end {
                End::Here => (&issues.0, &issues.1),
                End::There => (&issues.1, &issues.0),
            };
            let done = match (origin, target, first.comment) {
                (Ok(origin), Ok(target), Some(comment)) => {
                    self.job(&ends, (first.end, comment), (origin, target), log).await?
                }
                (Ok(here), Ok(there), None) => self.assignee(&ends, here, there).await?,
                (Ok(origin), Err(trouble), Some(comment)) => {
                    self.without_target(&ends, (first.end, comment), origin, trouble).await?
                }
                (Err(trouble), ..) => failed(&ends, trouble.clone(), Failure::OriginOutOfReach),
                (_, Err(trouble), _) => failed(&ends, trouble.clone(), Failure::TargetOutOfReach),
            };
            let told = match done.end.unwrap_or(first.end) {
                End::Here => &issues.0,
                End::There => &issues.1,
            };
            log.add(self.item(&ends, first, told.as_ref().ok(), &done)).await;
            if done.unconnected() {
                // Administrators are told at once, and not with the next day's look.
                let _ = check::alarm(self.tenant, &ends.main, self.settled.connection.generation).await;
            }
            let Some(kept) = self.settle(lane, first, &done).await? else { return Err(ErrorCode::Conflict) };
            lane = kept;
        }
        Ok(lane)
    }

    /// Whether everything that was settled is as it was when the turn began.
    async fn stands(&self) -> Result<bool, ErrorCode> {
        let (world, id) = (self.tenant.world, &self.integration.id);
        let key = records::mirror::pairs(id);
        let (settled, pairs) = join!(self.settled.stands(world, id), records::load_or_default::<Pairs>(world, &key));
        let pairs = pairs?.value;
        Ok(settled? && pairs.of(End::Here, self.pair.here) == Some(&self.pair))
    }

    /// An issue, as the main authorized user sees it.
    async fn issue(&self, ends: &Ends<'_, '_, W>, end: End) -> Result<Issue, Trouble> {
        let issue = ends.as_main(end, &jira::issue(self.pair.issue(end).0)).await?;
        Ok(jira::read_issue(&issue)?)
    }

    /// Hints at all comments of an issue that got or lost a security level, as far as there is room: mirrors go with the first,
    /// and come back with the second. What has no room, or cannot be listed now, the catch-up finds.
    async fn leveled(
        &self,
        ends: &Ends<'_, '_, W>,
        at: At<Lane>,
        issues: [(End, &Result<Issue, Trouble>); 2],
    ) -> Result<At<Lane>, ErrorCode> {
        let mut looked = Vec::new();
        for (end, issue) in issues {
            let Ok(issue) = issue else { continue };
            let carried = self.integration.terms.direction.carries(end);
            if carried && issue.secured != at.value.is_secured(end) {
                let since = self.integration.since(end).max(self.pair.at);
                let found = changed(ends, end, JiraNumber(issue.id), since, &at.value).await;
                looked.push((end, issue.secured, found));
            }
        }
        let hinted = |lane: Lane| {
            let mut lane = Lane { leveled: None, ..Some(lane).filter(|lane| lane.held_by(&self.holder))? };
            for (end, secured, found) in &looked {
                let Ok(found) = found else {
                    // The mirrors that are known need no list to go.
                    lane = lane.missing(*end, &[]).into_iter().fold(lane, |lane, comment| lane.with(*end, comment));
                    continue;
                };
                lane = found.iter().fold(lane, |lane, comment| lane.with(*end, *comment));
                if found.iter().all(|comment| lane.holds(*end, Some(*comment))) {
                    lane = lane.with_level(*end, *secured);
                }
            }
            Some(lane)
        };
        records::amended(self.tenant.world, self.key(), at, &hinted).await?.ok_or(ErrorCode::Conflict)
    }

    async fn job(
        &self,
        ends: &Ends<'_, '_, W>,
        (end, comment): (End, JiraNumber),
        (origin, target): (&Issue, &Issue),
        log: &mut Log<'_, '_, W>,
    ) -> Result<Done, StoreError> {
        let own = match end {
            End::Here => origin,
            End::There => target,
        };
        let settings: Answer = limits::answer(&self.settled.limits, &own.project);
        let (all, integration, epoch) = (&self.settled.all, self.integration, self.settled.connection.epoch());
        let since = integration.since(end).max(self.pair.at);
        let job = Job { ends, all, integration, since, epoch, settings, end, origin, target };
        job.work(comment, log).await
    }

    async fn without_target(
        &self,
        ends: &Ends<'_, '_, W>,
        (end, comment): (End, JiraNumber),
        origin: &Issue,
        trouble: &Trouble,
    ) -> Result<Done, StoreError> {
        let (all, integration) = (&self.settled.all, self.integration);
        let since = integration.since(end).max(self.pair.at);
        WithoutTarget { ends, all, integration, since, end, origin }.settle(comment, trouble).await
    }

    async fn assignee(&self, ends: &Ends<'_, '_, W>, here: &Issue, there: &Issue) -> Result<Done, StoreError> {
        let settings: Answer = limits::answer(&self.settled.limits, &here.project);
        Both { ends, integration: self.integration, pair: self.pair, settings, here, there }.follow().await
    }

    fn item(&self, ends: &Ends<'_, '_, W>, first: Waiting, origin: Option<&Issue>, done: &Done) -> RunItem {
        RunItem {
            end: done.end.unwrap_or(first.end),
            issue: origin.map(|issue| issue.key.clone()),
            comment: first.comment.unwrap_or(self.pair.issue(done.end.unwrap_or(first.end))),
            about: first.comment.is_none().then_some(About::Assignee),
            outcome: done.told(first.tries),
            by: done.by.clone(),
            lost: done.lost,
            points: ends.spent(),
            at: self.tenant.world.now(),
        }
    }

    /// Notes how a comment ended, on what was hinted at meanwhile. `None` when the lane is somebody else's by now.
    async fn settle(&self, at: At<Lane>, first: Waiting, done: &Done) -> Result<Option<At<Lane>>, StoreError> {
        let (world, key) = (self.tenant.world, self.key());
        let settled = |lane: Lane| {
            let settled = done.settle(lane, &self.holder, first, world.now())?;
            Some(match (&done.outcome, first.comment) {
                (Outcome::Created { .. }, Some(comment)) => settled.with_mirror(first.end, comment, true),
                (Outcome::Withdrawn { .. }, Some(comment)) => settled.with_mirror(first.end, comment, false),
                (Outcome::Created { .. } | Outcome::Withdrawn { .. }, None)
                | (
                    Outcome::Updated { .. }
                    | Outcome::Assigned { .. }
                    | Outcome::CounterpartCreated { .. }
                    | Outcome::Joined { .. }
                    | Outcome::Parted { .. }
                    | Outcome::Skipped { .. }
                    | Outcome::Waits { .. }
                    | Outcome::Failed { .. },
                    _,
                ) => settled,
            })
        };
        records::amended(world, key, at, &settled).await
    }

    fn key(&self) -> Key {
        records::mirror::lane(&self.integration.id, self.pair.here)
    }

    /// Gives the lane back, and sends the next turn on its way where something is left.
    async fn leave(&self, at: At<Lane>) -> Result<(), ErrorCode> {
        let world = self.tenant.world;
        let waits_until = at.value.waits_until;
        let back = |lane: Lane| {
            let lane = Some(lane).filter(|lane| lane.held_by(&self.holder))?;
            Some(Lane { waits_until, ..lane.given_back() })
        };
        let Some(at) = records::amended(world, self.key(), at, &back).await? else { return Ok(()) };
        if at.value.idle() {
            close(self.tenant, &self.integration.id, self.pair.here, Some(at), true).await?;
        } else if !at.value.chained() {
            let rest = at.value.rests(world.now()).map_or(0, Span::seconds_up);
            hint::send(self.tenant, &self.integration.id, self.pair.here, rest).await;
        }
        Ok(())
    }
}

/// Takes a lane in which nothing waits off the list of open ones. What is parked stays in it, and how much was written, if it
/// is kept at all.
async fn close<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
    here: JiraNumber,
    lane: Option<At<Lane>>,
    keep: bool,
) -> Result<(), StoreError> {
    let world = tenant.world;
    let key = records::mirror::lane(integration, here);
    // The lane is written even where it stays the same: whatever is hinted at in this moment wins.
    let closed = lane.map(|at| {
        let empty = Lane { waiting: Vec::new(), lease: None, once_more: None, leveled: None, ..at.value };
        match (keep, at.expect) {
            (false, Expect::Revision(_)) => Write::Delete { key: key.clone(), expect: Some(at.expect) },
            (true, Expect::Revision(_)) | (_, Expect::Absent) => records::put(key.clone(), at.expect, &empty),
        }
    });
    let list = records::mirror::lanes(integration);
    let open: At<Lanes> = records::load_or_default(world, &list).await?;
    let rest = open.value.without(integration, here);
    let rest = rest.map(|rest| records::put(list, open.expect, &rest));
    let writes: Vec<Write> = closed.into_iter().chain(rest).collect();
    if writes.is_empty() {
        return Ok(());
    }
    match world.transact(writes).await {
        // Something was hinted at meanwhile, here or elsewhere: whoever comes next closes it.
        Err(StoreError::Conflict) => Ok(()),
        done => done,
    }
}
