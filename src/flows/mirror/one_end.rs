//! One end of an integration: what was updated there is looked through, and what comes of it waits in lanes and the intake.

use super::comments::changed;
use super::ends::{Ends, Trouble};
use super::{hint, intake};
use crate::domain::assignee::Assignment;
use crate::domain::catch_up::{CaughtUp, LeftOver, Look, Reached, before_clocks};
use crate::domain::integration::{End, Integration};
use crate::domain::lane::Lane;
use crate::domain::limits::JiraNumber;
use crate::domain::pair::Pairs;
use crate::domain::time::{Span, Timestamp};
use crate::jira::JiraRefused;
use crate::jira::mirrored::{Touched, Updated, read_updated, updated};
use crate::ports::{StoreError, World};
use crate::records::{self, At};
use serde_json::Value;

/// How many pages of issues that were not passed before one catch-up reads.
const PAGES: usize = 5;

/// How many issues with updates one catch-up looks into.
const ISSUES: usize = 20;

/// How many issues of which something was left one catch-up looks at.
const LEFT_AT_ONCE: usize = 10;

/// How many issues in one catch-up may give no answer before the whole site is taken for silent.
const SILENT: usize = 2;

/// Why an end could not be caught up with.
pub enum Missed {
    /// Jira did not answer, or not as it should.
    Unanswered,
    /// Storage did not, or not as it should.
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

/// What is known while one end is caught up with.
pub struct OneEnd<'l, 't, 'w, W> {
    /// Both sites.
    pub ends: &'l Ends<'t, 'w, W>,
    /// The integration whose end it is.
    pub integration: &'l Integration,
    /// Its pairs.
    pub pairs: &'l Pairs,
    /// Which end.
    pub end: End,
    /// When no further issue is begun.
    pub until: Timestamp,
}

impl<W: World> OneEnd<'_, '_, '_, W> {
    fn now(&self) -> Timestamp {
        self.ends.tenant(End::Here).world.now()
    }

    fn late(&self) -> bool {
        self.now() >= self.until
    }

    /// Looks at issues of which something was left. Those of which something is left again come last the next time.
    ///
    /// # Errors
    /// [`Missed`]; everything is left as it was.
    pub async fn once_more(&self, row: &mut CaughtUp) -> Result<(), Missed> {
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
    ///
    /// # Errors
    /// [`Missed`]; how far it came stands in the row.
    pub async fn whole(&self, row: &mut CaughtUp) -> Result<(), Missed> {
        let Some(start) = row.shown_since(self.now()) else { return Ok(()) };
        let within = minutes(self.now().since(before_clocks(start)));
        let (mut next_page, mut pages) = (None, 0);
        loop {
            let (answer, Updated { issues, next_page: next }) = self.updated(within, next_page.as_deref()).await?;
            let no_room = self.show(start, &answer).await?;
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
    ///
    /// # Errors
    /// [`Missed`]; how far it came stands in the row.
    pub async fn onwards(&self, row: &mut CaughtUp) -> Result<(), Missed> {
        let look = row.look(self.now());
        let within = minutes(self.now().since(look.asked_since()));
        let (mut next_page, mut pages, mut looked, mut silent, mut last) = (None, 0, 0, 0, look.reached());
        loop {
            let (answer, Updated { issues, next_page: next }) = self.updated(within, next_page.as_deref()).await?;
            // Issues that have no room in the intake keep no comment waiting: they are come back to.
            if row.whole.is_none() {
                row.whole = self.show(look.asked_since(), &answer).await?;
            }
            for touched in issues.iter().filter(|own| !look.passed(own.updated)) {
                if look.is_over(touched.updated) {
                    row.caught_up(&look);
                    return Ok(());
                }
                if self.carried(touched.issue) {
                    // Issues of one moment are looked at together: the next round begins with a moment.
                    if touched.updated > last && (looked >= ISSUES || (looked > 0 && self.late())) {
                        return Ok(());
                    }
                    looked += 1;
                    let left = match self.touched(row, &look, touched).await? {
                        Looked::Whole => None,
                        Looked::InPart(left) => Some(left),
                        Looked::Silent(left) => {
                            silent += 1;
                            Some(left)
                        }
                    };
                    if silent >= SILENT || left.is_some_and(|left| !row.leave(left)) {
                        return Err(Missed::Unanswered);
                    }
                }
                last = last.max(touched.updated);
                row.reached = Some(Reached { began: look.began, updated: last });
            }
            let Some(next) = next else { break };
            pages += usize::from(last > look.reached());
            if pages >= PAGES || (last > look.reached() && self.late()) {
                return Ok(());
            }
            next_page = Some(next);
        }
        row.caught_up(&look);
        Ok(())
    }

    /// A page of the issues that were updated within so many minutes, as it came and as it is read.
    async fn updated(&self, minutes: u32, page: Option<&str>) -> Result<(Value, Updated), Missed> {
        let project = self.integration.terms.side(self.end).project;
        let answer = self.ends.as_main(self.end, &updated(project, minutes, page)).await?;
        let read = read_updated(&answer).map_err(Trouble::Jira)?;
        Ok((answer, read))
    }

    /// Shows a page to the intake. Answers until when everything is noted, where not all of it found room.
    async fn show(&self, since: Timestamp, page: &Value) -> Result<Option<Timestamp>, StoreError> {
        intake::seen(self.ends.tenant(End::Here), self.integration, self.end, self.pairs, since, page).await
    }

    /// Whether what happens on an issue is carried.
    fn carried(&self, issue: JiraNumber) -> bool {
        self.integration.terms.direction.carries(self.end) && self.pairs.of(self.end, issue).is_some()
    }

    /// Looks at an issue that was updated.
    async fn touched(&self, row: &CaughtUp, look: &Look, touched: &Touched) -> Result<Looked, Missed> {
        let (issue, level) = (touched.issue, row.left_of(touched.issue).and_then(|own| own.level));
        let all = LeftOver { issue, since: look.since, from: JiraNumber(0), unread: false, level };
        self.issue(&all, Some(touched)).await
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
        let assignee = self.reassigned(pair.here, touched).await?.then_some(None);
        let wanted: Vec<Option<JiraNumber>> = assignee.into_iter().chain(comments.into_iter().map(Some)).collect();
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

    /// Whether assignees follow and that of an issue may have been changed.
    async fn reassigned(&self, here: JiraNumber, touched: Option<&Touched>) -> Result<bool, StoreError> {
        if self.integration.terms.following.is_none() {
            return Ok(false);
        }
        let key = records::mirror::assignment(&self.integration.id, here);
        let known: At<Assignment> = records::load_or_default(self.ends.tenant(End::Here).world, &key).await?;
        Ok(touched.is_none_or(|own| known.value.differs(self.end, own.assignee.as_ref())))
    }
}

/// So many minutes, of which none is cut off.
fn minutes(span: Span) -> u32 {
    let minutes = span.0.max(0).div_euclid(Span::minutes(1).0) + 1;
    u32::try_from(minutes).unwrap_or(u32::MAX)
}
