//! What deliveries missed: found by what Jira says was updated, and lanes that nobody came back to.

use super::ends::{Ends, Trouble};
use super::{hint, intake, listen};
use crate::api::ErrorCode;
use crate::domain::assignee::Assignment;
use crate::domain::connection::Connection;
use crate::domain::integration::{End, Integration, IntegrationId, Integrations};
use crate::domain::lane::Lane;
use crate::domain::limits::JiraNumber;
use crate::domain::pair::Pairs;
use crate::domain::time::{Span, Timestamp};
use crate::jira::mirrored::Touched;
use crate::jira::{self, JiraRefused, mirrored};
use crate::ports::{StoreError, World, Write};
use crate::records::mirror::{Caught, CaughtUp, Lanes, LeftOver, OpenLane, Reached};
use crate::records::{self, At};
use crate::tenant::Tenant;
use futures_util::future::try_join_all;
use futures_util::join;

/// How often each end is caught up with.
const EVERY: Span = Span::minutes(15);

/// How much of the time before is looked at once more: Jira's search lags behind, and clocks differ.
const OVERLAP: Span = Span::minutes(10);

/// How far back a catch-up looks at most. What is older than that nobody waits for any more.
const FURTHEST: Span = Span::days(14);

/// How many ends one round catches up with.
const ENDS: usize = 4;

/// How many pages of issues that were not passed before one catch-up reads.
const PAGES: usize = 5;

/// How many issues with updates one catch-up looks into.
const ISSUES: usize = 20;

/// How many pages of an issue's comments are read, the latest first: a thousand comments.
const COMMENTS: usize = 10;

/// How many issues an end keeps at most of which something is left to look at.
const LEFT: usize = 50;

/// How many of these one catch-up looks at.
const LEFT_AT_ONCE: usize = 10;

/// How many issues in one catch-up may give no answer before the whole site is taken for silent.
const SILENT: usize = 2;

/// No further issue is begun once a round took so long: Forge stops the function after 55 seconds.
const LONG: Span = Span::seconds(25);

/// By how much Jira's clock, and that of another function, may differ from ours.
const CLOCKS: Span = Span::minutes(5);

/// How many open lanes a round looks at, and how many of them it sends on their way.
const LOOKED_AT: usize = 50;
const LANES: usize = 20;

/// How many reads go at once.
const AT_ONCE: usize = 25;

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
    send_on(tenant, &all).await?;
    let Some(main) = &connection.main else { return Ok(()) };
    let key = records::mirror::caught_up();
    let began = world.now();
    let caught: At<Caught> = records::load_or_default(world, &key).await?;
    let mut expect = caught.expect;
    let mut all_read = Ok(());
    let mut rows = current(&caught.value, &all, began);
    for place in due(&rows, began) {
        let Some(integration) = all.get(&rows[place].integration) else { continue };
        let there = tenant.elsewhere(&integration.terms.there.cloud_id);
        let ends = Ends::new(tenant, there, main.account.person.account_id.clone());
        rows[place].tried_at = Some(world.now());
        match catch_up(&ends, integration, &mut rows[place], began).await {
            // What gave no answer is asked again with the next round, from where this one came to.
            Ok(()) | Err(Missed::Unanswered) => {}
            // What cannot be read of one end keeps no other waiting.
            Err(Missed::Storage(error)) => all_read = Err(error.into()),
        }
        // Each end by itself: Forge may stop the function before the next is through.
        match world.transact(vec![records::put(key.clone(), expect, &Caught(rows.clone()))]).await {
            Ok(()) => expect = expect.next(),
            // Another round was first, and sees the same.
            Err(StoreError::Conflict) => return all_read,
            Err(error) => return Err(error.into()),
        }
        if world.now().since(began) >= LONG {
            break;
        }
    }
    all_read
}

/// Sends lanes on their way that nobody came back to, those first that were not looked at for the longest. Those that rest
/// or are being worked on are left alone.
async fn send_on<W: World>(tenant: &Tenant<'_, W>, all: &Integrations) -> Result<(), ErrorCode> {
    let (world, now) = (tenant.world, tenant.world.now());
    move_over(world).await?;
    let lists = try_join_all(all.0.iter().map(async |own| {
        let key = records::mirror::lanes(&own.id);
        let open: At<Lanes> = records::load_or_default(world, &key).await?;
        Ok::<_, StoreError>((key, open))
    }));
    let lists = lists.await?;
    let mut order: Vec<&OpenLane> = lists.iter().flat_map(|(_, open)| &open.value.0).collect();
    let open = order.len();
    order.sort_by_key(|lane| lane.looked_at.unwrap_or(lane.since));
    order.truncate(LOOKED_AT);
    let (mut sent, mut looked_at) = (0, Vec::new());
    for some in order.chunks(AT_ONCE) {
        let lanes = some.iter().map(async |open| {
            let key = records::mirror::lane(&open.integration, open.here);
            records::load_or_default::<Lane>(world, &key).await
        });
        for (open, lane) in some.iter().zip(try_join_all(lanes).await?) {
            if sent == LANES {
                break;
            }
            looked_at.push((*open).clone());
            if lane.value.rests(now).is_none() && !lane.value.busy(now) {
                hint::send(tenant, &open.integration, open.here, 0).await;
                sent += 1;
            }
        }
    }
    if open <= looked_at.len() {
        // All of them are looked at each time.
        return Ok(());
    }
    for (key, list) in lists {
        let looked = |lanes: Lanes| {
            let after = lanes.clone().looked_at(&looked_at, now);
            (after != lanes).then_some(after)
        };
        match records::amend(world, key, list, &looked).await {
            // Lanes come and go: then the same are looked at once more.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Open lanes of all integrations stood in one list before, which had no room for all: each goes into that of its own.
async fn move_over<W: World>(world: &W) -> Result<(), ErrorCode> {
    let key = records::mirror::lanes_of_all();
    let Some(before) = records::load::<Lanes>(world, &key).await? else { return Ok(()) };
    let mut moved: Vec<&IntegrationId> = Vec::new();
    for OpenLane { integration, .. } in &before.value.0 {
        if moved.contains(&integration) {
            continue;
        }
        moved.push(integration);
        let list = records::mirror::lanes(integration);
        let at: At<Lanes> = records::load_or_default(world, &list).await?;
        let filled = |lanes: Lanes| {
            let own = before.value.0.iter().filter(|open| open.integration == *integration);
            let after = own.fold(lanes.clone(), |lanes, open| lanes.clone().with(open.clone()).unwrap_or(lanes));
            (after != lanes).then_some(after)
        };
        records::amend(world, list, at, &filled).await?;
    }
    match world.transact(vec![Write::Delete { key, expect: Some(before.expect) }]).await {
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// One row for each end, for issues may name each other at either; one that is new begins when comments of the end began to
/// go, or the integration was enabled.
fn current(caught: &Caught, all: &Integrations, now: Timestamp) -> Vec<CaughtUp> {
    let mut rows = Vec::new();
    for integration in all.enabled() {
        for end in [End::Here, End::There] {
            let known = caught.0.iter().find(|own| own.integration == integration.id && own.end == end);
            let since = integration.since(end);
            let Some(own) = known else {
                let (integration, through) = (integration.id.clone(), since);
                let (tried_at, reached, left, whole) = (None, None, None, None);
                rows.push(CaughtUp { integration, end, through, tried_at, reached, left, whole });
                continue;
            };
            // A clock was ahead when it was caught up with: until when that really was nobody knows.
            let ahead = |at: Timestamp| at.since(now) > CLOCKS;
            let through = if ahead(own.through) { now.plus(Span(-FURTHEST.0)) } else { own.through }.max(since);
            let reached = own.reached.clone().filter(|own| own.began >= through && !ahead(own.began));
            rows.push(CaughtUp { through, reached, ..own.clone() });
        }
    }
    rows
}

/// The places of those that are due, the one first that was not tried for the longest: an end that fails each time keeps no
/// other waiting.
fn due(rows: &[CaughtUp], now: Timestamp) -> Vec<usize> {
    let mut due: Vec<usize> = (0..rows.len()).filter(|place| now.since(rows[*place].through) >= EVERY).collect();
    due.sort_by_key(|place| (rows[*place].tried_at.map(|at| at.min(now)), rows[*place].through));
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

impl From<StoreError> for Missed {
    fn from(error: StoreError) -> Self {
        Self::Storage(error)
    }
}

/// What came of a look at one issue.
enum Looked {
    /// Everything is noted.
    Whole,
    /// Something is left, for the lane has no room, or nobody can read it.
    InPart(LeftOver),
    /// Jira gave no answer.
    Silent(LeftOver),
}

/// Looks at what was updated at one end since it was caught up with, and notes in its row how far that came.
async fn catch_up<W: World>(
    ends: &Ends<'_, '_, W>,
    integration: &Integration,
    row: &mut CaughtUp,
    round: Timestamp,
) -> Result<(), Missed> {
    let key = records::mirror::pairs(&integration.id);
    let pairs: At<Pairs> = records::load_or_default(ends.tenant(End::Here).world, &key).await?;
    let look = Look { ends, integration, pairs: &pairs.value, end: row.end, round };
    look.once_more(row).await?;
    look.whole(row).await?;
    look.onwards(row).await
}

struct Look<'l, 't, 'w, W> {
    ends: &'l Ends<'t, 'w, W>,
    integration: &'l Integration,
    pairs: &'l Pairs,
    end: End,
    /// When the round began.
    round: Timestamp,
}

impl<W: World> Look<'_, '_, '_, W> {
    fn now(&self) -> Timestamp {
        self.ends.tenant(End::Here).world.now()
    }

    fn late(&self) -> bool {
        self.now().since(self.round) >= LONG
    }

    /// Looks at issues of which something was left. Those of which something is left again come last the next time.
    async fn once_more(&self, row: &mut CaughtUp) -> Result<(), Missed> {
        let all = row.left.clone().unwrap_or_default();
        let (mut rest, mut again, mut silent) = (Vec::new(), Vec::new(), 0);
        for (number, own) in all.into_iter().enumerate() {
            if number >= LEFT_AT_ONCE || silent >= SILENT || self.late() {
                rest.push(own);
                continue;
            }
            match self.issue(&own, None).await? {
                Looked::Whole => {}
                Looked::InPart(left) => again.push(left),
                Looked::Silent(left) => {
                    silent += 1;
                    again.push(left);
                }
            }
        }
        rest.append(&mut again);
        row.left = Some(rest).filter(|rest| !rest.is_empty());
        Ok(())
    }

    /// Looks once more at issues that found no room in the intake, and at all that were updated since then.
    async fn whole(&self, row: &mut CaughtUp) -> Result<(), Missed> {
        let Some(start) = row.whole.map(|at| at.max(self.now().plus(Span(-FURTHEST.0)))) else { return Ok(()) };
        let (tenant, project) = (self.ends.tenant(End::Here), self.integration.terms.side(self.end).project);
        let minutes = minutes(self.now().since(start.plus(Span(-CLOCKS.0))));
        let (mut next_page, mut pages) = (None, 0);
        loop {
            let request = mirrored::updated(project, minutes, next_page.as_deref());
            let answer = self.ends.as_main(self.end, &request).await?;
            let mirrored::Updated { issues, next_page: next } =
                mirrored::read_updated(&answer).map_err(Trouble::Jira)?;
            let no_room = intake::seen(tenant, self.integration, self.end, self.pairs, start, &answer).await?;
            row.whole = no_room.or(issues.last().map(|own| own.updated.max(start))).or(row.whole);
            if no_room.is_some() {
                return Ok(());
            }
            let Some(next) = next else { break };
            pages += usize::from(row.whole > Some(start));
            if pages >= PAGES || (pages > 0 && self.late()) {
                return Ok(());
            }
            next_page = Some(next);
        }
        row.whole = None;
        Ok(())
    }

    /// Looks at the issues that were updated, the update that is longest ago first. What it does not come to in one round is
    /// for the next, which goes on from there.
    async fn onwards(&self, row: &mut CaughtUp) -> Result<(), Missed> {
        let goes_on = row.reached.is_some();
        let began = row.reached.as_ref().map_or(self.now(), |own| own.began);
        let since = row.through.plus(Span(-OVERLAP.0)).max(began.plus(Span(-FURTHEST.0)));
        let start = row.reached.as_ref().map_or(since, |own| own.updated);
        let from = if goes_on { start.plus(Span(-CLOCKS.0)) } else { since };
        let minutes = minutes(self.now().since(from));
        let project = self.integration.terms.side(self.end).project;
        let carried = self.integration.terms.direction.carries(self.end);
        let (mut next_page, mut pages, mut looked, mut silent, mut last) = (None, 0, 0, 0, start);
        'pages: loop {
            let answer =
                self.ends.as_main(self.end, &mirrored::updated(project, minutes, next_page.as_deref())).await?;
            let mirrored::Updated { issues, next_page: next } =
                mirrored::read_updated(&answer).map_err(Trouble::Jira)?;
            let tenant = self.ends.tenant(End::Here);
            // Issues that have no room in the intake keep no comment waiting: they are come back to.
            if row.whole.is_none() {
                row.whole = intake::seen(tenant, self.integration, self.end, self.pairs, from, &answer).await?;
            }
            for touched in &issues {
                let Touched { issue, updated, .. } = touched;
                if goes_on && *updated < start {
                    continue;
                }
                // What is updated while a look goes on for several rounds belongs to the next, so that this one ends.
                if goes_on && *updated > began.plus(OVERLAP) {
                    break 'pages;
                }
                if carried && self.pairs.of(self.end, *issue).is_some() {
                    // Issues of one moment are looked at together: the next round begins with a moment.
                    if *updated > last && (looked >= ISSUES || (looked > 0 && self.late())) {
                        return Ok(());
                    }
                    looked += 1;
                    let known = row.left.iter().flatten().find(|own| own.issue == *issue).and_then(|own| own.level);
                    let wanted = LeftOver { issue: *issue, since, from: JiraNumber(0), unread: false, level: known };
                    let left = match self.issue(&wanted, Some(touched)).await? {
                        Looked::Whole => None,
                        Looked::InPart(left) => Some(left),
                        Looked::Silent(left) => {
                            silent += 1;
                            Some(left)
                        }
                    };
                    if silent >= SILENT || left.is_some_and(|left| !leave(row, left)) {
                        return Err(Missed::Unanswered);
                    }
                }
                last = last.max(*updated);
                row.reached = Some(Reached { began, updated: last });
            }
            let Some(next) = next else { break };
            pages += usize::from(last > start);
            if pages >= PAGES || (last > start && self.late()) {
                return Ok(());
            }
            next_page = Some(next);
        }
        (row.through, row.reached) = (began, None);
        Ok(())
    }

    /// Looks at one issue: what came, changed or went since then, among its comments from that one on, and its assignee,
    /// where nobody told that it is as it was. Of one that got or lost a security level every comment is meant, unless that is
    /// left to look at already.
    async fn issue(&self, own: &LeftOver, touched: Option<&Touched>) -> Result<Looked, Missed> {
        let LeftOver { issue, mut since, from, unread: _, mut level } = *own;
        let tenant = self.ends.tenant(End::Here);
        let Some(pair) = self.pairs.of(self.end, issue) else { return Ok(Looked::Whole) };
        let id = &self.integration.id;
        let key = records::mirror::lane(id, pair.here);
        let lane: At<Lane> = records::load_or_default(tenant.world, &key).await?;
        if let Some(touched) = touched {
            let left_already = level == Some(touched.secured);
            level = (touched.secured != lane.value.is_secured(self.end) && !left_already).then_some(touched.secured);
        }
        if level.is_some() {
            since = self.integration.since(self.end).max(pair.at);
        }
        let left = |from, unread| LeftOver { issue, since, from, unread, level };
        let mut comments = match changed(self.ends, self.end, issue, since, &lane.value).await {
            Ok(comments) => comments,
            Err(Trouble::Jira(JiraRefused::Unexpected(_))) => return Ok(Looked::InPart(left(from, true))),
            Err(Trouble::Jira(JiraRefused::Unavailable { retry_after_s: None })) => {
                return Ok(Looked::Silent(left(from, true)));
            }
            Err(trouble) => return Err(trouble.into()),
        };
        comments.retain(|comment| *comment >= from);
        comments.sort_unstable();
        comments.dedup();
        let mut wanted = Vec::new();
        if self.integration.terms.following.is_some() {
            let key = records::mirror::assignment(id, pair.here);
            let known: At<Assignment> = records::load_or_default(tenant.world, &key).await?;
            let differs = touched.is_none_or(|own| known.value.differs(self.end, own.assignee.as_ref()));
            wanted.extend(differs.then_some(None));
        }
        wanted.extend(comments.into_iter().map(Some));
        if !wanted.is_empty() {
            // The assignee comes before all comments: where that has no room, none of them has.
            let noted = hint::wait(tenant, id, pair.here, self.end, &wanted).await?;
            if let Some(from) = wanted.get(noted) {
                return Ok(Looked::InPart(left(from.unwrap_or(JiraNumber(0)), false)));
            }
        }
        if let Some(secured) = level {
            let lane: At<Lane> = records::load_or_default(tenant.world, &key).await?;
            let known = |lane: Lane| Some(lane.with_level(self.end, secured));
            records::amend(tenant.world, key, lane, &known).await?;
        }
        Ok(Looked::Whole)
    }
}

/// So many minutes, of which none is cut off.
fn minutes(span: Span) -> u32 {
    let minutes = span.0.max(0).div_euclid(Span::minutes(1).0) + 1;
    u32::try_from(minutes).unwrap_or(u32::MAX)
}

/// Notes that something of an issue is left to look at. Answers whether there was room for it: of those that cannot be read
/// the one that is in there for the longest gives way.
fn leave(row: &mut CaughtUp, left: LeftOver) -> bool {
    let mut all = row.left.take().unwrap_or_default();
    let mut room = true;
    if let Some(own) = all.iter_mut().find(|own| own.issue == left.issue) {
        (own.since, own.from) = (own.since.min(left.since), own.from.min(left.from));
        (own.unread, own.level) = (left.unread, left.level.or(own.level));
    } else {
        let unread = all.iter().position(|own| own.unread).filter(|_| all.len() >= LEFT);
        if let Some(place) = unread {
            all.remove(place);
        }
        room = all.len() < LEFT;
        if room {
            all.push(left);
        }
    }
    row.left = Some(all);
    room
}

/// The comments of an issue that came, changed or went since then. Of an issue with more comments than are read, those
/// before them that have a mirror are among these.
pub(super) async fn changed<W: World>(
    ends: &Ends<'_, '_, W>,
    end: End,
    issue: JiraNumber,
    since: Timestamp,
    lane: &Lane,
) -> Result<Vec<JiraNumber>, Trouble> {
    let (mut seen, mut found, mut start_at) = (Vec::new(), Vec::new(), 0);
    for _ in 0..COMMENTS {
        let page = match ends.as_main(end, &jira::latest_comments(issue.0, start_at)).await {
            Ok(page) => page,
            // It was deleted meanwhile, or moved out of sight.
            Err(Trouble::Jira(JiraRefused::NotFound | JiraRefused::Forbidden)) => return Ok(Vec::new()),
            Err(trouble) => return Err(trouble),
        };
        let comments = mirrored::read_comments(&page)?;
        seen.extend(comments.iter().map(|comment| comment.id));
        found.extend(comments.iter().filter(|comment| comment.updated >= since).map(|comment| comment.id));
        let rows = page["comments"].as_array().map_or(0, |rows| rows.len() as u64);
        start_at += rows;
        if rows == 0 || page["total"].as_u64().is_none_or(|total| start_at >= total) {
            break;
        }
    }
    found.extend(lane.missing(end, &seen));
    Ok(found)
}
