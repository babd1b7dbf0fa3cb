//! The intake of an integration: issues that are to be looked at as a whole, one function at a time.
//!
//! It is a lane for issues. An issue whose counterpart is on its way, or may be, waits for that by itself; the others go on.

use super::ends::Ends;
use super::hint::LONGEST_DELAY_S;
use super::log::Log;
use super::one::{Done, MENDED_IN};
use super::settlement::Settlement;
use super::whole::{Look, Looked};
use crate::api::ErrorCode;
use crate::domain::account::Person;
use crate::domain::intake::Intake;
use crate::domain::integration::{End, Integration, IntegrationId, Integrations};
use crate::domain::lane::{Lane, OnceMore, Settled, Waiting};
use crate::domain::limits::JiraNumber;
use crate::domain::pair::{Joined, Pairs};
use crate::domain::run::{About, RunItem};
use crate::domain::run_log::Trigger;
use crate::domain::site::CloudId;
use crate::domain::time::{Span, Timestamp};
use crate::flows::check;
use crate::jira::counterparts::read_seen;
use crate::ports::{StoreError, Unavailable, Work, World, Write};
use crate::records::{self, At};
use crate::tenant::Tenant;
use crate::url::hex;
use futures_util::future::try_join_all;
use futures_util::join;
use serde_json::Value;
use std::cell::Cell;

/// How many issues one turn looks at.
const BATCH: usize = 8;

/// No further issue is begun once a turn took so long: Forge stops the function after 55 seconds.
const LONG: Span = Span::seconds(20);

/// What happened to an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It was created.
    Created,
    /// One of its properties was set or deleted.
    Property,
}

impl Heard {
    /// By the name of Jira's event.
    pub fn of(event: &str) -> Option<Self> {
        match event {
            "jira:issue_created" => Some(Self::Created),
            "issue_property_set" | "issue_property_deleted" => Some(Self::Property),
            _ => None,
        }
    }
}

/// Notes that something happened to an issue of a site, in the intake of each integration that it may concern. The webhook of
/// this site hears of every project, so an issue of which is told that it is in another costs nothing.
///
/// # Errors
/// [`StoreError`]; the catch-up finds what is lost.
pub async fn heard<W: World>(
    tenant: &Tenant<'_, W>,
    all: &Integrations,
    site: &CloudId,
    issue: JiraNumber,
    project: Option<JiraNumber>,
    what: Heard,
) -> Result<(), StoreError> {
    for integration in all.enabled() {
        let Some(end) = integration.end_of(site) else { continue };
        let concerns = match what {
            Heard::Created => integration.counterparts_from(end).is_some(),
            Heard::Property => true,
        };
        let elsewhere = project.is_some_and(|project| project != integration.terms.side(end).project);
        if concerns && !elsewhere {
            note(tenant, &integration.id, end, &[issue]).await?;
        }
    }
    Ok(())
}

/// Notes what a page of the catch-up tells of whole issues that were updated since then: those that name others, those that
/// did, and new ones. Answers until when everything is noted, where not all of it found room.
///
/// # Errors
/// [`StoreError`]
pub async fn seen<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &Integration,
    end: End,
    pairs: &Pairs,
    since: Timestamp,
    page: &Value,
) -> Result<Option<Timestamp>, StoreError> {
    let wanted = integration.counterparts_from(end);
    let mut issues = Vec::new();
    let mut first = None;
    for own in read_seen(page).into_iter().filter(|own| own.updated >= since) {
        let concerns = match pairs.of(end, own.issue) {
            Some(pair) => pair.joined == Joined::ByProperty,
            None => own.names || wanted.is_some_and(|(since, _)| own.created.is_some_and(|at| at >= since)),
        };
        // What says that it is a counterpart is one, or a copy, for which a delivery is look enough.
        if concerns && (own.names || !own.counterpart) {
            first = first.or(Some(own.updated));
            issues.push(own.issue);
        }
    }
    if issues.is_empty() || note(tenant, &integration.id, end, &issues).await? {
        return Ok(None);
    }
    Ok(first)
}

/// Has issues wait in an intake. Answers whether all of them found room.
async fn note<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
    end: End,
    issues: &[JiraNumber],
) -> Result<bool, StoreError> {
    let issues: Vec<Option<JiraNumber>> = issues.iter().copied().map(Some).collect();
    // Of the intake as it was written: another function may have emptied or filled it since it was read.
    let (idle, all) = (Cell::new(false), Cell::new(false));
    let now = tenant.world.now();
    let hinted = |intake: Intake| {
        let (filled, noted) = intake.0.clone().filled(end, &issues);
        idle.set(intake.first(now).is_none());
        all.set(noted == issues.len());
        (filled != intake.0).then_some(Intake(filled))
    };
    let key = records::mirror::intake(integration);
    let at: At<Intake> = records::load_or_default(tenant.world, &key).await?;
    records::amend(tenant.world, key, at, &hinted).await?;
    // Where something waited already that does not rest, whoever is to take it up is on its way.
    if idle.get() {
        send(tenant, integration, 0).await;
    }
    Ok(all.get())
}

/// Sends a turn of an intake on its way. One that is lost is sent again by the round of every five minutes.
async fn send<W: World>(tenant: &Tenant<'_, W>, integration: &IntegrationId, delay_s: u32) {
    let work = Work::Intake { integration: integration.clone() };
    let _: Result<(), Unavailable> = tenant.world.push(&work, delay_s.min(LONGEST_DELAY_S)).await;
}

/// Sends every intake in which something waits on its way. Those that rest or are being worked on are left alone.
///
/// # Errors
/// [`StoreError`]
pub async fn round<W: World>(tenant: &Tenant<'_, W>, all: &Integrations) -> Result<(), StoreError> {
    let intakes = all.enabled().map(async |own| {
        let at: At<Intake> = records::load_or_default(tenant.world, &records::mirror::intake(&own.id)).await?;
        Ok::<_, StoreError>((&own.id, at.value))
    });
    let now = tenant.world.now();
    for (id, intake) in try_join_all(intakes).await? {
        if intake.first(now).is_some() && intake.rests(now).is_none() && !intake.0.busy(now) {
            send(tenant, id, 0).await;
        }
    }
    Ok(())
}

/// Has every issue looked at again that is parked in an intake, because somebody wanted that. Answers how many there were.
///
/// # Errors
/// [`ErrorCode`]
pub async fn again<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
    by: &Person,
) -> Result<usize, ErrorCode> {
    let key = records::mirror::intake(integration);
    let at: At<Intake> = records::load_or_default(tenant.world, &key).await?;
    let parked = at.value.0.parked.len();
    let again = |Intake(lane): Intake| lane.again(by.clone()).map(Intake);
    if records::amended(tenant.world, key, at, &again).await?.is_none() {
        return Ok(0);
    }
    send(tenant, integration, 0).await;
    Ok(parked)
}

/// Has issues of a run looked at again, because somebody wanted that. Answers how many of them wait now.
///
/// # Errors
/// [`StoreError`]
pub async fn once_more<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
    issues: &[(End, Option<JiraNumber>)],
    wanted: &OnceMore,
) -> Result<usize, StoreError> {
    let key = records::mirror::intake(integration);
    let at: At<Intake> = records::load_or_default(tenant.world, &key).await?;
    let again = |Intake(lane): Intake| lane.with_once_more(issues, wanted.clone()).map(Intake);
    let Some(at) = records::amended(tenant.world, key, at, &again).await? else { return Ok(0) };
    send(tenant, integration, 0).await;
    Ok(issues.iter().filter(|(end, issue)| at.value.0.holds(*end, *issue)).count())
}

/// Does one turn, and sends the next on its way where something is left. `None` where nothing was to be done, or somebody
/// else is at it.
///
/// # Errors
/// [`ErrorCode`] when storage failed. Whatever was begun stands in the records and is taken up again.
pub async fn take<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
) -> Result<Option<Vec<RunItem>>, ErrorCode> {
    let world = tenant.world;
    let key = records::mirror::intake(integration);
    let (settled, at) = join!(Settlement::read(world), records::load::<Intake>(world, &key));
    let settled = settled?;
    let all = &settled.all;
    let Some(at) = at? else { return Ok(None) };
    let Some(own) = all.get(integration).filter(|own| own.enabled_since.is_some()) else {
        // Disabled or removed: enabling it again covers what happens from then on.
        let gone = Write::Delete { key, expect: Some(at.expect) };
        return match world.transact(vec![gone]).await {
            Ok(()) | Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error.into()),
        };
    };
    let (now, lane) = (world.now(), &at.value.0);
    if lane.busy(now) || lane.first().is_none() {
        return Ok(None);
    }
    if let Some(rest) = at.value.rests(now) {
        send(tenant, integration, rest.seconds_up()).await;
        return Ok(None);
    }
    let holder = hex(&world.random()[..16]);
    let mut taken = at.value.0.taken(holder.clone(), now);
    // Whoever wanted the turn is named by it, and by none after it.
    let trigger = Trigger::of(taken.once_more.take());
    let taken = Intake(taken);
    match world.transact(vec![records::put(key, at.expect, &taken)]).await {
        Ok(()) => {}
        // Something was hinted at in this moment, or somebody else took it up: that is seen then.
        Err(StoreError::Conflict) => {
            send(tenant, integration, 1).await;
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    }
    let at = At { expect: at.expect.next(), value: taken };
    let mut log = Log::new(tenant, own, None, trigger, now, at.value.0.unconnected_since.is_some());
    let turn = Turn { tenant, settled: &settled, integration: own, holder };
    let worked = turn.work(at, now, &mut log).await;
    // What was done is written down, also where the turn broke off after it.
    let items = log.end().await;
    let (at, until) = worked?;
    turn.leave(at, until).await?;
    Ok(Some(items))
}

struct Turn<'t, 'w, W> {
    tenant: &'t Tenant<'w, W>,
    settled: &'t Settlement,
    integration: &'t Integration,
    holder: String,
}

impl<W: World> Turn<'_, '_, W> {
    /// Looks at issues. Answers the intake as it is then, and until when it is to rest as a whole.
    async fn work(
        &self,
        mut at: At<Intake>,
        began: Timestamp,
        log: &mut Log<'_, '_, W>,
    ) -> Result<(At<Intake>, Option<Timestamp>), ErrorCode> {
        let world = self.tenant.world;
        let Some(main) = &self.settled.connection.main else {
            // Nobody can be asked. Whoever connects next finds it waiting.
            return Ok((at, Some(world.now().plus(MENDED_IN))));
        };
        let there = self.tenant.elsewhere(&self.integration.terms.there.cloud_id);
        let ends = Ends::new(self.tenant, there, main.account.person.account_id.clone());
        for _ in 0..BATCH {
            let now = world.now();
            let Some((issue, first)) = at.value.first(now).filter(|_| now.since(began) < LONG) else { break };
            if let Some(wait) = at.value.0.written(first.end.other()).wait(now) {
                return Ok((at, Some(now.plus(wait))));
            }
            // What an administrator settled meanwhile holds from the next issue on: the next turn begins with it.
            if !self.settled.stands(world, &self.integration.id).await? {
                break;
            }
            let look = Look {
                ends: &ends,
                all: &self.settled.all,
                integration: self.integration,
                limits: &self.settled.limits,
                end: first.end,
            };
            let Looked { key, done } = Box::pin(look.look(issue)).await?;
            log.add(self.item(&ends, (issue, first), key, &done)).await;
            let Some(kept) = self.settle(at, first, &done).await? else { return Err(ErrorCode::Conflict) };
            at = kept;
            if done.unconnected() {
                // Administrators are told at once, and not with the next day's look.
                let _ = check::alarm(self.tenant, &ends.main, self.settled.connection.generation).await;
            }
            let until = at.value.0.waits_until;
            if until.is_some() {
                return Ok((at, until));
            }
        }
        Ok((at, None))
    }

    fn item(
        &self,
        ends: &Ends<'_, '_, W>,
        (issue, first): (JiraNumber, Waiting),
        key: Option<String>,
        done: &Done,
    ) -> RunItem {
        RunItem {
            end: first.end,
            issue: key,
            comment: issue,
            about: Some(About::Issue),
            outcome: done.told(first.tries),
            by: done.by.clone(),
            lost: done.lost,
            points: ends.spent(),
            at: self.tenant.world.now(),
        }
    }

    /// Notes how an issue ended, on what was hinted at meanwhile. One that is looked at later by itself keeps no other waiting.
    /// `None` when the intake is somebody else's by now.
    async fn settle(&self, at: At<Intake>, first: Waiting, done: &Done) -> Result<Option<At<Intake>>, StoreError> {
        let (world, key) = (self.tenant.world, records::mirror::intake(&self.integration.id));
        let settled = |Intake(lane): Intake| {
            let intake = Intake(done.settle(lane, &self.holder, first, world.now())?);
            Some(match done.settled {
                Settled::Due(until) if !done.unconnected() => intake.put_off(first, until),
                Settled::Due(_) | Settled::Done | Settled::Later { .. } | Settled::Never(_) => intake,
            })
        };
        records::amended(world, key, at, &settled).await
    }

    /// Gives the intake back, and sends the next turn on its way where something is left.
    async fn leave(&self, at: At<Intake>, until: Option<Timestamp>) -> Result<(), ErrorCode> {
        let (world, key) = (self.tenant.world, records::mirror::intake(&self.integration.id));
        let back = |Intake(lane): Intake| {
            let lane = Some(lane).filter(|lane| lane.held_by(&self.holder))?;
            Some(Intake(Lane { waits_until: until, ..lane.given_back() }))
        };
        let Some(at) = records::amended(world, key, at, &back).await? else { return Ok(()) };
        if at.value.0.first().is_some() && !at.value.0.chained() {
            let rest = at.value.rests(world.now()).map_or(0, Span::seconds_up);
            send(self.tenant, &self.integration.id, rest).await;
        }
        Ok(())
    }
}
