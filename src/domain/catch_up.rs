//! How far each end of each integration is caught up with, and what is left to look at.

use super::integration::{End, Integration, IntegrationId, Integrations};
use super::limits::JiraNumber;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How often each end is caught up with.
const EVERY: Span = Span::minutes(15);

/// How much of the time before is looked at once more: Jira's search lags behind, and clocks differ.
const OVERLAP: Span = Span::minutes(10);

/// How far back a catch-up looks at most. What is older than that nobody waits for any more.
const FURTHEST: Span = Span::days(14);

/// By how much Jira's clock, and that of another function, may differ from ours.
const CLOCKS: Span = Span::minutes(5);

/// How many issues an end keeps at most of which something is left to look at.
const LEFT: usize = 50;

/// Until when each end of each integration was caught up with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Caught(pub Vec<CaughtUp>);

impl Caught {
    /// One row for each end of what is enabled now, for issues may name each other at either. One that is new begins when
    /// comments of the end began to go, or the integration was enabled.
    #[must_use]
    pub fn current(&self, all: &Integrations, now: Timestamp) -> Self {
        let ends = all.enabled().flat_map(|own| [(own, End::Here), (own, End::There)]);
        let row = |(integration, end): (&Integration, End)| {
            let since = integration.since(end);
            let known = self.0.iter().find(|own| own.integration == integration.id && own.end == end);
            known.map_or_else(|| CaughtUp::new(integration.id.clone(), end, since), |own| own.current(since, now))
        };
        Self(ends.map(row).collect())
    }

    /// The places of those that are due, the one first that was not tried for the longest: an end that fails each time keeps
    /// no other waiting.
    #[must_use]
    pub fn due(&self, now: Timestamp) -> Vec<usize> {
        let mut due: Vec<usize> = (0..self.0.len()).filter(|place| self.0[*place].is_due(now)).collect();
        due.sort_by_key(|place| (self.0[*place].tried_at.map(|at| at.min(now)), self.0[*place].through));
        due
    }
}

/// Until when one end of an integration was caught up with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CaughtUp {
    /// Which integration.
    pub integration: IntegrationId,
    /// Which end.
    pub end: End,
    /// Everything until then was looked at.
    pub through: Timestamp,
    /// When that was last tried, whatever came of it.
    pub tried_at: Option<Timestamp>,
    /// How far a look has come that is not through yet.
    pub reached: Option<Reached>,
    /// Issues that are to be looked at once more, whatever else was looked at.
    pub left: Option<Vec<LeftOver>>,
    /// Since when updated issues are still to be shown to the intake, which had no room for all of them.
    pub whole: Option<Timestamp>,
}

impl CaughtUp {
    /// One that nothing was looked at of, which begins at `through`.
    #[must_use]
    pub fn new(integration: IntegrationId, end: End, through: Timestamp) -> Self {
        Self { integration, end, through, tried_at: None, reached: None, left: None, whole: None }
    }

    /// The same as it counts now, where nothing before `since` does. Where a clock was ahead when it was caught up with, until
    /// when that really was nobody knows.
    fn current(&self, since: Timestamp, now: Timestamp) -> Self {
        let ahead = |at: Timestamp| at.since(now) > CLOCKS;
        let through = if ahead(self.through) { furthest(now) } else { self.through }.max(since);
        let reached = self.reached.clone().filter(|own| own.began >= through && !ahead(own.began));
        Self { through, reached, ..self.clone() }
    }

    fn is_due(&self, now: Timestamp) -> bool {
        now.since(self.through) >= EVERY
    }

    /// From where its look at what was updated goes on, or where the next begins.
    #[must_use]
    pub fn look(&self, now: Timestamp) -> Look {
        let began = self.reached.as_ref().map_or(now, |own| own.began);
        let since = self.through.plus(Span(-OVERLAP.0)).max(furthest(began));
        Look { began, since, goes_on_from: self.reached.as_ref().map(|own| own.updated) }
    }

    /// Since when updated issues are to be shown to the intake once more, if some are.
    #[must_use]
    pub fn shown_since(&self, now: Timestamp) -> Option<Timestamp> {
        self.whole.map(|at| at.max(furthest(now)))
    }

    /// Notes that everything was looked at that was updated before a look began.
    pub fn caught_up(&mut self, look: &Look) {
        (self.through, self.reached) = (look.began, None);
    }

    /// Notes that something of an issue is left to look at. Answers whether there was room for it: of those that cannot be
    /// read the one that is in there for the longest gives way.
    #[must_use]
    pub fn leave(&mut self, left: LeftOver) -> bool {
        let all = self.left.get_or_insert_default();
        if let Some(own) = all.iter_mut().find(|own| own.issue == left.issue) {
            (own.since, own.from) = (own.since.min(left.since), own.from.min(left.from));
            (own.unread, own.level) = (left.unread, left.level.or(own.level));
            return true;
        }
        let unread = all.iter().position(|own| own.unread).filter(|_| all.len() >= LEFT);
        if let Some(place) = unread {
            all.remove(place);
        }
        let room = all.len() < LEFT;
        if room {
            all.push(left);
        }
        room
    }

    /// What is left to look at of an issue, if something is.
    #[must_use]
    pub fn left_of(&self, issue: JiraNumber) -> Option<&LeftOver> {
        self.left.iter().flatten().find(|own| own.issue == issue)
    }
}

fn furthest(now: Timestamp) -> Timestamp {
    now.plus(Span(-FURTHEST.0))
}

/// How far a look at updated issues has come, which begins with the update that is longest ago.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reached {
    /// When the look began: what is updated later belongs to the next.
    pub began: Timestamp,
    /// Every issue that was updated before then was looked at.
    pub updated: Timestamp,
}

/// An issue of which something is left to look at: its lane had no room, or Jira's answer could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LeftOver {
    /// Which issue.
    pub issue: JiraNumber,
    /// What was updated since then is meant.
    pub since: Timestamp,
    /// Comments from this one on are meant.
    pub from: JiraNumber,
    /// Whether its comments could not be read.
    pub unread: bool,
    /// Whether the issue has a security level, where it got or lost one and all its comments are meant for that.
    pub level: Option<bool>,
}

/// A look at what was updated at one end, the update that is longest ago first; it may take several rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// When it began.
    pub began: Timestamp,
    /// What was updated since then is meant.
    pub since: Timestamp,
    /// The update that an earlier round came to, if one did: those before it were looked at.
    pub goes_on_from: Option<Timestamp>,
}

impl Look {
    /// The update that it came to so far.
    #[must_use]
    pub fn reached(&self) -> Timestamp {
        self.goes_on_from.unwrap_or(self.since)
    }

    /// Since when Jira is asked for updates.
    #[must_use]
    pub fn asked_since(&self) -> Timestamp {
        self.goes_on_from.map_or(self.since, before_clocks)
    }

    /// Whether an earlier round looked at this update.
    #[must_use]
    pub fn passed(&self, updated: Timestamp) -> bool {
        self.goes_on_from.is_some_and(|from| updated < from)
    }

    /// Whether this update belongs to the next look, so that one that goes on for several rounds ends.
    #[must_use]
    pub fn is_over(&self, updated: Timestamp) -> bool {
        self.goes_on_from.is_some() && updated > self.began.plus(OVERLAP)
    }
}

/// That moment by a clock that may be behind ours.
#[must_use]
pub fn before_clocks(at: Timestamp) -> Timestamp {
    at.plus(Span(-CLOCKS.0))
}

#[cfg(test)]
mod tests {
    use super::super::integration::tests::integration;
    use super::*;

    const NOW: Timestamp = Timestamp(100 * 86_400_000);

    fn ago(span: Span) -> Timestamp {
        NOW.plus(Span(-span.0))
    }

    fn row(through: Timestamp, tried_at: Option<Timestamp>) -> CaughtUp {
        CaughtUp { tried_at, ..CaughtUp::new(integration('a').id, End::Here, through) }
    }

    fn left(issue: u64, unread: bool) -> LeftOver {
        LeftOver { issue: JiraNumber(issue), since: Timestamp(9), from: JiraNumber(7), unread, level: None }
    }

    #[test]
    fn each_end_of_what_is_enabled_has_a_row_and_nothing_from_before_it_counted_is_meant() {
        let mut off = integration('b');
        off.enabled_since = None;
        let all = Integrations(vec![integration('a'), off]);
        let known = Caught(vec![row(NOW, None), CaughtUp::new(integration('b').id, End::Here, NOW)]);
        let current = known.current(&all, NOW).0;
        let ends: Vec<(End, Timestamp)> = current.iter().map(|own| (own.end, own.through)).collect();
        assert_eq!(ends, [(End::Here, NOW), (End::There, Timestamp(5))], "enabled at 5");
        assert!(current.iter().all(|own| own.integration == integration('a').id));
        assert_eq!(Caught(vec![row(Timestamp(3), None)]).current(&all, NOW).0[0].through, Timestamp(5));
    }

    #[test]
    fn a_clock_that_was_ahead_makes_everything_be_looked_at_again_as_far_back_as_that_goes() {
        let all = Integrations(vec![integration('a')]);
        let reached = Some(Reached { began: NOW.plus(Span::days(2)), updated: NOW });
        let ahead = CaughtUp { reached, ..row(NOW.plus(Span::days(2)), None) };
        let current = Caught(vec![ahead]).current(&all, NOW).0.remove(0);
        assert_eq!((current.through, current.reached), (ago(FURTHEST), None));
        let differs = row(NOW.plus(CLOCKS), None);
        assert_eq!(Caught(vec![differs.clone()]).current(&all, NOW).0[0], differs, "clocks differ that much");
    }

    #[test]
    fn the_end_that_was_not_tried_for_the_longest_comes_first() {
        let old = ago(Span::hours(5));
        let rows = [
            row(old, Some(ago(Span::minutes(1)))),
            row(ago(Span::minutes(14)), None),
            row(ago(EVERY), Some(ago(Span::minutes(2)))),
            row(ago(Span::hours(1)), None),
            row(old, None),
            row(old, Some(NOW.plus(Span::days(1)))),
        ];
        assert_eq!(Caught(rows.to_vec()).due(NOW), [4, 3, 2, 0, 5]);
    }

    #[test]
    fn a_look_goes_on_from_where_it_came_to_and_ends() {
        let new = row(ago(Span::hours(1)), None).look(NOW);
        assert_eq!((new.began, new.since, new.reached()), (NOW, ago(Span::minutes(70)), ago(Span::minutes(70))));
        assert_eq!(new.asked_since(), new.since);
        assert!(!new.passed(Timestamp(0)) && !new.is_over(NOW.plus(Span::days(1))));
        assert_eq!(row(Timestamp(0), None).look(NOW).since, ago(FURTHEST));
        let (began, updated) = (ago(Span::hours(2)), ago(Span::hours(3)));
        let mut own = row(ago(Span::hours(4)), None);
        own.reached = Some(Reached { began, updated });
        let on = own.look(NOW);
        assert_eq!((on.began, on.reached(), on.asked_since()), (began, updated, updated.plus(Span(-CLOCKS.0))));
        assert!(on.passed(Timestamp(updated.0 - 1)) && !on.passed(updated));
        assert!(on.is_over(Timestamp(began.plus(OVERLAP).0 + 1)) && !on.is_over(began.plus(OVERLAP)));
        own.caught_up(&on);
        assert_eq!((own.through, own.reached), (began, None));
    }

    #[test]
    fn what_is_left_stands_once_and_what_nobody_can_read_gives_way() {
        let mut own = row(NOW, None);
        assert!(own.leave(left(1, false)) && own.leave(LeftOver { since: Timestamp(4), ..left(1, true) }));
        let first = own.left_of(JiraNumber(1)).expect("is left");
        assert_eq!((first.since, first.from, first.unread), (Timestamp(4), JiraNumber(7), true));
        assert!((2..=LEFT as u64).all(|issue| own.leave(left(issue, false))));
        assert!(own.leave(left(99, false)), "the one that nobody can read gives way");
        assert_eq!((own.left_of(JiraNumber(1)), own.left.as_ref().map(Vec::len)), (None, Some(LEFT)));
        assert!(!own.leave(left(100, true)));
    }
}
