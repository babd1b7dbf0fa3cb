//! What waits to be looked at for one pair of issues: in order, one function at a time, at the pace that Jira allows.
//!
//! Beside comments, who the two issues are assigned to is looked at. Deliveries say only which of them. However often, in
//! whichever order and how late they come, a comment stands here once, and whoever takes it up reads what it is by then.

use super::account::Person;
use super::integration::End;
use super::limits::JiraNumber;
use super::run::Failure;
use super::run_log::RunId;
use super::time::{Span, Timestamp};
use super::write_budget::WriteBudget;
use serde::{Deserialize, Serialize};

/// How many comments wait in a lane at most. Whatever is hinted at beyond that the catch-up finds.
pub const WAITING: usize = 200;

/// How many comments that could not be mirrored a lane remembers: as many as fit its record. Runs name the others.
pub const PARKED: usize = 250;

/// How many mirrored comments a lane remembers, the latest: so that the catch-up sees which of them were deleted.
pub const MIRRORED: usize = 200;

/// For how long one function has a lane: longer than Forge lets any run.
pub const LEASE_LIFE: Span = Span::seconds(60);

/// How often a comment is tried before it is parked.
pub const PATIENCE: u32 = 8;

/// The first wait after a failure, in seconds; it doubles with each.
const FIRST_WAIT_S: u32 = 5;

/// The longest wait, in seconds.
pub const LONGEST_WAIT_S: u32 = 900;

/// How many turns follow one another before the round of every five minutes sends the next: Forge ends a chain of 1,000
/// invocations that start one another.
const CHAIN: u32 = 400;

/// Something to be looked at: a comment, or the assignee of both issues.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
    /// At which end the comment was written. The assignee is looked at at both, and stands under this site.
    pub end: End,
    /// Which comment; absent for the assignee.
    pub comment: Option<JiraNumber>,
    /// How often something hinted at it.
    pub hints: u32,
    /// How often it was tried in vain.
    pub tries: u32,
    /// Until when it rests by itself while the others go on: an issue of an intake.
    pub rests_until: Option<Timestamp>,
}

impl Waiting {
    /// For how long it rests by itself, if it does.
    #[must_use]
    pub fn rests(&self, now: Timestamp) -> Option<Span> {
        rest(self.rests_until, now)
    }
}

/// A comment that could not be mirrored, or an assignee that could not be carried, and is not tried again by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Parked {
    /// At which end it was written.
    pub end: End,
    /// Which comment; absent for the assignee.
    pub comment: Option<JiraNumber>,
    /// Why.
    pub why: Failure,
    /// Since when.
    pub at: Timestamp,
}

/// A comment that has a mirror.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mirrored {
    /// At which end it was written.
    pub end: End,
    /// Which comment.
    pub comment: JiraNumber,
}

/// Who has a lane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lease {
    /// Random name of the function.
    pub holder: String,
    /// Since when.
    pub since: Timestamp,
}

/// A pair's lane.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lane {
    /// What waits.
    pub waiting: Vec<Waiting>,
    /// What is parked.
    pub parked: Vec<Parked>,
    /// What is mirrored.
    pub mirrored: Vec<Mirrored>,
    /// Who is at it.
    pub lease: Option<Lease>,
    /// Until when nothing is tried.
    pub waits_until: Option<Timestamp>,
    /// What was written to the issue on this site.
    pub written_here: WriteBudget,
    /// What was written to the issue on the other.
    pub written_there: WriteBudget,
    /// How often it was taken up.
    pub turns: u32,
    /// Who wanted the next turn, if somebody did.
    pub once_more: Option<OnceMore>,
    /// Since when it waits for somebody to connect the app anew, if it does.
    pub unconnected_since: Option<Timestamp>,
    /// Whether an issue may have got or lost a security level: then all its comments are to be looked at.
    pub leveled: Option<bool>,
    /// At which ends the issue had a security level when all its comments were last hinted at for that; at none when absent.
    pub secured: Option<Vec<End>>,
}

/// Somebody wanted what failed in a run, or everything that is parked, to be tried again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OnceMore {
    /// Who.
    pub by: Person,
    /// Which run; none where everything that is parked was meant.
    pub of: Option<RunId>,
}

/// How a comment of a lane ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// Nothing is left to do.
    Done,
    /// It is tried again after so many seconds or more.
    Later {
        /// Why.
        why: Failure,
        /// What Jira asked for, if it did.
        retry_after_s: Option<u32>,
    },
    /// It is tried again after so long, and that is no failure.
    Due(Timestamp),
    /// It is not tried again by itself.
    Never(Failure),
}

impl Lane {
    /// Notes that a comment is to be looked at, or, where none is named, the assignee. Answers whether there was room.
    fn hint(&mut self, end: End, comment: Option<JiraNumber>) -> bool {
        let end = comment.map_or(End::Here, |_| end);
        match self.waiting.iter().position(|own| (own.end, own.comment) == (end, comment)) {
            Some(place) => {
                let own = &mut self.waiting[place];
                (own.hints, own.rests_until) = (own.hints.saturating_add(1), None);
            }
            None if self.waiting.len() >= WAITING => return false,
            None => self.waiting.push(Waiting { end, comment, hints: 1, tries: 0, rests_until: None }),
        }
        self.parked.retain(|own| (own.end, own.comment) != (end, comment));
        true
    }

    /// The same with a comment to be looked at, or, where none is named, the assignee; `None` where there is no room.
    #[must_use]
    pub fn hinted(mut self, end: End, comment: impl Into<Option<JiraNumber>>) -> Option<Self> {
        self.hint(end, comment.into()).then_some(self)
    }

    /// The same with these to be looked at, in the order in which they are named, up to the first for which there is no room;
    /// and how many of them come before that one.
    #[must_use]
    pub fn filled(mut self, end: End, wanted: &[Option<JiraNumber>]) -> (Self, usize) {
        let noted = wanted.iter().take_while(|comment| self.hint(end, **comment)).count();
        (self, noted)
    }

    /// Whether a comment waits, or the assignee.
    #[must_use]
    pub fn holds(&self, end: End, comment: Option<JiraNumber>) -> bool {
        self.waiting.iter().any(|own| own.comment == comment && (comment.is_none() || own.end == end))
    }

    /// The same with a comment to be looked at, if there is room.
    #[must_use]
    pub fn with(mut self, end: End, comment: impl Into<Option<JiraNumber>>) -> Self {
        self.hint(end, comment.into());
        self
    }

    /// Notes that an issue may have got or lost a security level.
    #[must_use]
    pub fn leveled(self) -> Self {
        Self { leveled: Some(true), ..self }
    }

    /// Whether the next turn is to look whether an issue got or lost a security level.
    #[must_use]
    pub fn is_leveled(&self) -> bool {
        self.leveled == Some(true)
    }

    /// Whether the issue at an end has a security level, as far as its comments were hinted at for that.
    #[must_use]
    pub fn is_secured(&self, end: End) -> bool {
        self.secured.as_ref().is_some_and(|ends| ends.contains(&end))
    }

    /// The same once all comments of the issue at an end are hinted at because it got or lost its level.
    #[must_use]
    pub fn with_level(mut self, end: End, secured: bool) -> Self {
        let mut ends = self.secured.take().unwrap_or_default();
        ends.retain(|own| *own != end);
        ends.extend(secured.then_some(end));
        Self { secured: Some(ends).filter(|ends| !ends.is_empty()), ..self }
    }

    /// Whether nothing is to be done.
    #[must_use]
    pub fn idle(&self) -> bool {
        self.waiting.is_empty() && !self.is_leveled()
    }

    /// What comes first: the assignee, then the oldest of all comments, for Jira counts them up.
    #[must_use]
    pub fn first(&self) -> Option<Waiting> {
        self.waiting.iter().copied().min_by_key(|own| (own.comment, own.end))
    }

    /// Whether somebody is at it.
    #[must_use]
    pub fn busy(&self, now: Timestamp) -> bool {
        self.lease.as_ref().is_some_and(|lease| (Span(0)..LEASE_LIFE).contains(&now.since(lease.since)))
    }

    /// For how long nothing is tried, if that is so.
    #[must_use]
    pub fn rests(&self, now: Timestamp) -> Option<Span> {
        rest(self.waits_until, now)
    }

    /// Taken up by `holder`.
    #[must_use]
    pub fn taken(self, holder: String, now: Timestamp) -> Self {
        Self { lease: Some(Lease { holder, since: now }), waits_until: None, turns: self.turns.wrapping_add(1), ..self }
    }

    /// Whether `holder` has it still.
    #[must_use]
    pub fn held_by(&self, holder: &str) -> bool {
        self.lease.as_ref().is_some_and(|lease| lease.holder == holder)
    }

    /// Given back.
    #[must_use]
    pub fn given_back(self) -> Self {
        Self { lease: None, ..self }
    }

    /// Whether the next turn is to be sent by the round of every five minutes.
    #[must_use]
    pub fn chained(&self) -> bool {
        self.turns.is_multiple_of(CHAIN)
    }

    /// How much the issue at an end was written to.
    #[must_use]
    pub fn written(&self, end: End) -> &WriteBudget {
        match end {
            End::Here => &self.written_here,
            End::There => &self.written_there,
        }
    }

    /// The same after a write at an end.
    #[must_use]
    pub fn wrote(self, end: End, now: Timestamp) -> Self {
        match end {
            End::Here => Self { written_here: self.written_here.written(now), ..self },
            End::There => Self { written_there: self.written_there.written(now), ..self },
        }
    }

    /// Takes how a comment ended that was taken up as `taken`. What was hinted at once more meanwhile stays: it may have
    /// changed since it was read.
    #[must_use]
    pub fn settled(mut self, taken: Waiting, ended: &Settled, now: Timestamp) -> Self {
        let same = |own: &Waiting| (own.end, own.comment) == (taken.end, taken.comment);
        let Some(place) = self.waiting.iter().position(same) else { return self };
        let hinted_again = self.waiting[place].hints != taken.hints;
        let tries = taken.tries + 1;
        match ended {
            Settled::Done if hinted_again => self.waiting[place].tries = 0,
            Settled::Done => {
                self.waiting.remove(place);
            }
            Settled::Due(at) => self.waits_until = Some(*at),
            Settled::Later { retry_after_s, .. } if tries < PATIENCE => {
                self.waiting[place].tries = tries;
                self.waits_until = Some(now.plus(Span::seconds(i64::from(wait_s(tries, *retry_after_s)))));
            }
            Settled::Later { why, .. } | Settled::Never(why) => {
                self.waiting.remove(place);
                let Waiting { end, comment, .. } = taken;
                self.parked.push(Parked { end, comment, why: why.clone(), at: now });
                let excess = self.parked.len().saturating_sub(PARKED);
                self.parked.drain(..excess);
            }
        }
        self
    }

    /// The same once a comment was looked at and the app turned out to be connected, or not.
    #[must_use]
    pub fn heard(self, unconnected: bool, now: Timestamp) -> Self {
        let unconnected_since = unconnected.then(|| self.unconnected_since.unwrap_or(now));
        Self { unconnected_since, ..self }
    }

    /// The same once a comment has a mirror, or has none any more.
    #[must_use]
    pub fn with_mirror(mut self, end: End, comment: JiraNumber, there: bool) -> Self {
        self.mirrored.retain(|own| (own.end, own.comment) != (end, comment));
        if there {
            self.mirrored.push(Mirrored { end, comment });
            let excess = self.mirrored.len().saturating_sub(MIRRORED);
            self.mirrored.drain(..excess);
        }
        self
    }

    /// Comments of an end that have a mirror and are not among `seen`: they were deleted, are not to be seen any more, or
    /// stand before so many others that nobody looked.
    #[must_use]
    pub fn missing(&self, end: End, seen: &[JiraNumber]) -> Vec<JiraNumber> {
        let own = self.mirrored.iter().filter(|own| own.end == end);
        own.map(|own| own.comment).filter(|comment| !seen.contains(comment)).collect()
    }

    /// Everything that is parked waits again, because somebody wanted that; `None` where nothing is.
    #[must_use]
    pub fn again(self, by: Person) -> Option<Self> {
        let parked: Vec<(End, Option<JiraNumber>)> = self.parked.iter().map(|own| (own.end, own.comment)).collect();
        let some = !parked.is_empty();
        let lane = parked.into_iter().fold(self, |lane, (end, comment)| lane.with(end, comment));
        some.then_some(Self { waits_until: None, once_more: Some(OnceMore { by, of: None }), ..lane })
    }

    /// These comments of a run wait from the beginning, because somebody wanted that; `None` where there is none. Jira is
    /// not asked sooner for it than it wants.
    #[must_use]
    pub fn with_once_more(self, comments: &[(End, Option<JiraNumber>)], wanted: OnceMore) -> Option<Self> {
        let mut lane = comments.iter().fold(self, |lane, (end, comment)| lane.with(*end, *comment));
        // Who wanted what had no room in the lane wanted nothing that the next turn does.
        let comments: Vec<_> = comments.iter().filter(|own| lane.holds(own.0, own.1)).collect();
        let wants = |own: &Waiting| match own.comment {
            Some(_) => comments.contains(&&(own.end, own.comment)),
            None => comments.iter().any(|(_, comment)| comment.is_none()),
        };
        for own in lane.waiting.iter_mut().filter(|own| wants(own)) {
            own.tries = 0;
        }
        (!comments.is_empty()).then_some(Self { once_more: Some(wanted), ..lane })
    }
}

/// How long it is until then, if that is to come.
fn rest(until: Option<Timestamp>, now: Timestamp) -> Option<Span> {
    let longest = Span::seconds(i64::from(LONGEST_WAIT_S) * 4);
    let rest = until.map(|until| until.since(now));
    // A clock that went back makes nothing wait for days.
    rest.filter(|rest| (Span(1)..=longest).contains(rest))
}

/// How long to wait after so many tries, in seconds, and never for less than Jira asked for.
fn wait_s(tries: u32, asked_s: Option<u32>) -> u32 {
    let doubled = FIRST_WAIT_S.saturating_mul(1 << tries.saturating_sub(1).min(10)).min(LONGEST_WAIT_S);
    // Jira's hourly budget may take an hour to be renewed, and no longer.
    asked_s.map_or(doubled, |asked| asked.clamp(1, LONGEST_WAIT_S * 4).max(doubled))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    fn number(comment: u64) -> JiraNumber {
        JiraNumber(comment)
    }

    fn person() -> Person {
        let account_id = super::super::account::AccountId::parse("a").expect("is one");
        Person { account_id, display_name: "A".into(), avatar_url: None }
    }

    fn lane(hints: &[(End, u64)]) -> Lane {
        hints.iter().fold(Lane::default(), |lane, (end, comment)| lane.hinted(*end, number(*comment)).expect("room"))
    }

    fn later(retry_after_s: Option<u32>) -> Settled {
        Settled::Later { why: Failure::NoAnswer, retry_after_s }
    }

    #[test]
    fn whatever_comes_twice_or_late_stands_once_and_the_oldest_comes_first() {
        let lane = lane(&[(End::Here, 7), (End::There, 5), (End::Here, 3), (End::Here, 7), (End::Here, 7)]);
        assert_eq!(lane.waiting.len(), 3);
        let order = std::iter::successors(Some(lane), |lane| {
            let first = lane.first()?;
            Some(lane.clone().settled(first, &Settled::Done, NOW))
        });
        let order: Vec<u64> = order.filter_map(|lane| lane.first()?.comment).map(|comment| comment.0).collect();
        assert_eq!(order, [3, 5, 7]);
    }

    #[test]
    fn what_is_hinted_at_while_it_is_worked_on_is_looked_at_once_more() {
        let lane = lane(&[(End::Here, 1)]);
        let taken = lane.first().expect("waits");
        let lane = lane.hinted(End::Here, number(1)).expect("room").settled(taken, &Settled::Done, NOW);
        let again = lane.first().expect("waits still");
        assert_eq!(lane.settled(again, &Settled::Done, NOW).first(), None);
    }

    #[test]
    fn a_failure_is_waited_for_longer_each_time_and_parked_at_last() {
        let (mut lane, mut now, mut waits) = (lane(&[(End::Here, 1), (End::Here, 2)]), NOW, Vec::new());
        while let Some(first) = lane.first().filter(|first| first.comment == Some(number(1))) {
            lane = lane.settled(first, &later(None), now);
            let rest = lane.rests(now).map_or(0, |Span(ms)| ms / 1000);
            waits.push(rest);
            now = now.plus(Span::seconds(rest));
            lane = lane.taken("holder".into(), now);
        }
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 0]);
        assert_eq!((lane.parked.len(), lane.parked[0].why.clone()), (1, Failure::NoAnswer));
        assert_eq!(lane.first().and_then(|first| first.comment), Some(number(2)), "the others go on");
        let lane = lane.again(person()).expect("something is parked");
        assert_eq!(
            (lane.first().map(|first| (first.comment, first.tries)), lane.parked.len()),
            (Some((Some(number(1)), 0)), 0)
        );
        assert_eq!(lane.again(person()), None);
    }

    #[test]
    fn jira_is_never_asked_sooner_than_it_wants() {
        let settled = |asked| {
            let lane = lane(&[(End::Here, 1)]);
            let first = lane.first().expect("waits");
            lane.settled(first, &later(asked), NOW).rests(NOW).map(|Span(ms)| ms / 1000)
        };
        assert_eq!((settled(Some(0)), settled(Some(120)), settled(Some(9_999_999))), (Some(5), Some(120), Some(3_600)));
        let due = lane(&[(End::Here, 1)]);
        let first = due.first().expect("waits");
        let due = due.settled(first, &Settled::Due(NOW.plus(Span::seconds(9))), NOW);
        assert_eq!((due.rests(NOW), due.waiting[0].tries), (Some(Span::seconds(9)), 0));
        assert_eq!(due.rests(Timestamp(0)), Some(Span::seconds(1_009)));
        assert_eq!(due.rests(Timestamp(-99_000_000)), None, "a clock that went back");
    }

    #[test]
    fn nobody_is_said_to_have_wanted_what_had_no_room() {
        let full: Lane =
            (1..=WAITING as u64).fold(Lane::default(), |lane, n| lane.hinted(End::Here, number(n)).expect("room"));
        let by = Person {
            account_id: crate::domain::account::AccountId::parse("5b10").expect("is one"),
            display_name: "Tom".into(),
            avatar_url: None,
        };
        let wanted = OnceMore { by, of: Some(RunId::new(&[7; 32])) };
        let wants = |comment| full.clone().with_once_more(&[(End::Here, Some(number(comment)))], wanted.clone());
        assert_eq!(wants(WAITING as u64 + 1), None);
        assert!(wants(3).is_some_and(|lane| lane.once_more.is_some()));
    }

    #[test]
    fn what_can_never_be_is_parked_at_once_until_it_is_hinted_at_again() {
        let refused = Failure::Refused { message: "The issue is closed.".into() };
        let lane = lane(&[(End::Here, 1)]);
        let first = lane.first().expect("waits");
        let lane = lane.settled(first, &Settled::Never(refused), NOW);
        assert_eq!((lane.first(), lane.parked.len()), (None, 1));
        let lane = lane.hinted(End::Here, number(1)).expect("room");
        assert_eq!((lane.waiting.len(), lane.parked.len()), (1, 0));
    }

    #[test]
    fn a_mirrored_comment_that_is_not_to_be_seen_any_more_is_missed() {
        let lane = [1, 2, 3].into_iter().fold(Lane::default(), |lane, n| lane.with_mirror(End::Here, number(n), true));
        let lane = lane.with_mirror(End::There, number(2), true).with_mirror(End::Here, number(2), true);
        let missing = |seen: &[u64]| {
            let seen: Vec<JiraNumber> = seen.iter().copied().map(number).collect();
            lane.missing(End::Here, &seen).into_iter().map(|one| one.0).collect::<Vec<_>>()
        };
        assert_eq!((missing(&[3]), missing(&[1, 3, 9]), missing(&[1, 2, 3])), (vec![1, 2], vec![2], vec![]));
        assert_eq!(lane.with_mirror(End::Here, number(2), false).missing(End::Here, &[]), [number(1), number(3)]);
    }

    #[test]
    fn one_function_has_it_until_its_time_is_over() {
        let lane = lane(&[(End::Here, 1)]).taken("one".into(), NOW);
        assert!(lane.busy(NOW) && lane.held_by("one") && !lane.held_by("two"));
        assert!(!lane.busy(NOW.plus(LEASE_LIFE)) && !lane.busy(NOW.plus(Span(-1))));
        assert!(!lane.given_back().busy(NOW));
    }

    #[test]
    fn the_assignee_stands_once_for_both_ends_and_before_the_comments() {
        let lane = lane(&[(End::Here, 7)]).hinted(End::There, None).and_then(|lane| lane.hinted(End::Here, None));
        let lane = lane.expect("room");
        let first = lane.first().expect("waits");
        assert_eq!((lane.waiting.len(), first.end, first.comment, first.hints), (2, End::Here, None, 2));
        let parked = lane.settled(first, &Settled::Never(Failure::NoAnswer), NOW);
        assert_eq!((parked.parked.len(), parked.first().and_then(|first| first.comment)), (1, Some(number(7))));
        let by = Person {
            account_id: super::super::account::AccountId::parse("a").expect("is one"),
            display_name: "A".into(),
            avatar_url: None,
        };
        let wanted = OnceMore { by, of: Some(RunId::new(&[7; 32])) };
        let again = parked.with_once_more(&[(End::There, None)], wanted).expect("is wanted");
        assert_eq!(
            (again.parked.len(), again.first().map(|first| (first.end, first.comment))),
            (0, Some((End::Here, None)))
        );
    }

    #[test]
    fn a_full_lane_takes_no_more_and_fits_a_record() {
        let mut full: Lane = (0..WAITING as u64)
            .fold(Lane::default(), |lane, n| lane.hinted(End::There, number((u64::MAX >> 1) - n)).expect("room"));
        assert_eq!(full.clone().hinted(End::Here, number(1)), None);
        assert!(full.clone().hinted(End::There, number(u64::MAX >> 1)).is_some());
        let why = Failure::Refused { message: "é".repeat(200) };
        full.mirrored = vec![Mirrored { end: End::There, comment: number(u64::MAX >> 1) }; MIRRORED];
        full.parked = vec![Parked { end: End::There, comment: Some(number(1)), why, at: NOW }; PARKED];
        for _ in 0..200 {
            full = full.wrote(End::Here, NOW).wrote(End::There, NOW);
        }
        let bytes = serde_json::to_string(&full).expect("writes").len();
        assert!(bytes < 200 * 1024, "{bytes}");
    }
}
