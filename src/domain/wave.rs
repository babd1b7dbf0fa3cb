//! The wave after a change: one background job that tries each person's grant, in small batches.

use super::account::AccountId;
use super::tally::Counts;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How many grants one batch tries.
pub const BATCH: usize = 20;

/// How many points of Jira's budget the job spends in an hour: less than a third of the 65,000 that all sites of an app
/// share, so that people's own actions find room.
///
/// <https://developer.atlassian.com/cloud/jira/platform/rate-limiting/>
pub const POINTS_PER_HOUR: u32 = 20_000;

/// Points that trying one grant costs: one for the request, and two for the permission that it reads.
pub const POINTS_PER_GRANT: u32 = 3;

/// How many grants of a batch are tried at once: far below Jira's bursts.
pub const AT_ONCE: usize = 4;

/// The longest that the job waits before it asks again, in seconds, whatever it is told: Jira's budgets are renewed hourly.
pub const LONGEST_WAIT_S: u32 = 3600;

/// A batch that was not heard of for this long was lost: the next round starts the job anew where it stood.
pub const LOST_AFTER: Span = Span::minutes(20);

/// How many batches send each other on. Forge ends a chain of 1,000 invocations that start one another, and a batch that
/// has to wait sends itself on as well.
pub const CHAIN: u32 = 400;

/// How often the job waits for a grant that gets no answer while others do, before it leaves that one as it is.
pub const PATIENCE: u32 = 3;

/// How many days of history are kept.
pub const DAYS: usize = 30;

/// How far the job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum JobState {
    /// Batches follow one another.
    Running,
    /// An administrator paused it.
    Paused,
    /// An administrator ended it: grants that were not tried are tried when they are next used.
    Cancelled,
    /// Every grant was tried.
    Done,
}

/// A grant that gets no answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldUp {
    /// Whose.
    pub by: AccountId,
    /// How often it was waited for.
    pub times: u32,
}

/// The job. One at a time; a new generation starts a new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    /// The generation whose wave it is.
    pub generation: u32,
    /// How far it is.
    pub state: JobState,
    /// Rises by one with each batch: a batch that comes twice, or late, finds another number and does nothing.
    pub batch: u32,
    /// Where in the list of grants the next batch begins; absent at the beginning.
    pub cursor: Option<String>,
    /// Whose grants of that batch need no more looking at, if Jira asked to wait in its midst. Named one by one, because
    /// people come and go while the job waits.
    pub through: Vec<AccountId>,
    /// The grants of that batch that the job waits for.
    pub held_up: Vec<HeldUp>,
    /// Whether anybody of that batch got an answer: then it is not Jira or Atlassian that the others wait for.
    pub answered: bool,
    /// How many grants it tried.
    pub tried: u32,
    /// When it began.
    pub started_at: Timestamp,
    /// When the last batch was taken or sent on its way, or the job was paused.
    pub moved_at: Timestamp,
    /// For how long it was paused, in milliseconds.
    pub paused_ms: i64,
    /// Until when Jira asked to wait, if it did.
    pub waits_until: Option<Timestamp>,
    /// Whether it tries those too that were tried in this generation before.
    pub again: bool,
}

impl Job {
    /// The job of a new generation.
    #[must_use]
    pub fn new(generation: u32, now: Timestamp) -> Self {
        Self {
            generation,
            state: JobState::Running,
            batch: 0,
            cursor: None,
            through: Vec::new(),
            held_up: Vec::new(),
            answered: false,
            tried: 0,
            started_at: now,
            moved_at: now,
            paused_ms: 0,
            waits_until: None,
            again: false,
        }
    }

    /// Whether it has sent so many batches on from one to the next that Forge might send no more: the round of every five
    /// minutes, which no batch started, sends the next.
    #[must_use]
    pub fn rests(&self) -> bool {
        self.batch > 0 && self.batch.is_multiple_of(CHAIN) && self.through.is_empty()
    }

    /// Notes who got no answer among those who were tried together. Whether to wait for them before others are tried:
    /// each is waited for a few times only. From then on the others tell whether anybody gets an answer; if they do, it
    /// is left as it is: unverified, and used as it is.
    #[must_use]
    pub fn waits_for(&mut self, unanswered: &[AccountId]) -> bool {
        let mut waits = false;
        for account in unanswered {
            let known = self.held_up.iter_mut().find(|held| held.by == *account);
            match known {
                Some(held) if held.times < PATIENCE => held.times += 1,
                Some(_) if self.answered => {
                    self.through.push(account.clone());
                    continue;
                }
                Some(_) => continue,
                None => self.held_up.push(HeldUp { by: account.clone(), times: 1 }),
            }
            waits = true;
        }
        waits
    }

    /// It goes on with what comes after this batch.
    pub fn next_batch(&mut self, cursor: Option<String>) {
        self.batch += 1;
        self.through.clear();
        self.held_up.clear();
        self.answered = false;
        self.state = if cursor.is_some() { JobState::Running } else { JobState::Done };
        self.cursor = cursor;
    }

    /// An administrator pauses it.
    #[must_use]
    pub fn paused(self, now: Timestamp) -> Self {
        Self { state: JobState::Paused, moved_at: now, ..self }
    }

    /// An administrator lets it go on: whatever batch is still on its way is not the one that is due.
    #[must_use]
    pub fn resumed(self, now: Timestamp) -> Self {
        let paused_ms = self.paused_ms.saturating_add(now.since(self.moved_at).0);
        Self { state: JobState::Running, batch: self.batch + 1, moved_at: now, paused_ms, ..self }
    }

    /// For how long it has been at work, pauses left out.
    #[must_use]
    pub fn worked(&self, now: Timestamp) -> Span {
        Span(now.since(self.started_at).0.saturating_sub(self.paused_ms))
    }

    /// Whether its next batch is to be sent by the round: it was lost on the way, or the job rests.
    #[must_use]
    pub fn lost(&self, now: Timestamp) -> bool {
        let since = self.waits_until.map_or(self.moved_at, |until| until.max(self.moved_at));
        let after = if self.rests() { Span(0) } else { LOST_AFTER };
        self.state == JobState::Running && now.since(since) >= after
    }
}

/// How long the job will take for this many grants: at the pace that it has kept so far, and no faster than the budget.
#[must_use]
pub fn estimate(grants: u32, tried: u32, in_time: Span) -> Span {
    let grants = i64::from(grants);
    let allowed = grants * i64::from(POINTS_PER_GRANT) * Span::hours(1).0 / i64::from(POINTS_PER_HOUR);
    let kept = in_time.0.saturating_mul(grants).checked_div(i64::from(tried)).unwrap_or(0);
    Span(allowed.max(kept))
}

/// How people stood at the end of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Day {
    /// The beginning of the day, in UTC.
    pub day: Timestamp,
    /// Those who were looked at.
    pub fresh: Counts,
    /// Those who were not yet.
    pub unverified: u32,
}

/// The days, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Days(pub Vec<Day>);

impl Days {
    /// Takes today's count, in place of an earlier one of the same day.
    #[must_use]
    pub fn with(mut self, today: Day) -> Self {
        self.0.retain(|day| day.day != today.day);
        self.0.push(today);
        let excess = self.0.len().saturating_sub(DAYS);
        self.0.drain(..excess);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_estimate_follows_the_pace_and_never_beats_the_budget() {
        assert_eq!(estimate(100_000, 0, Span(0)), Span::hours(15));
        assert_eq!(estimate(100_000, 1000, Span::seconds(1)), Span::hours(15));
        assert_eq!(estimate(1000, 100, Span::minutes(10)), Span::minutes(100));
        assert_eq!(estimate(0, 100, Span::minutes(10)), Span(0));
    }

    #[test]
    fn a_day_has_one_count_and_the_oldest_days_go() {
        let day =
            |n: i64, unverified| Day { day: Timestamp(0).plus(Span::days(n)), fresh: Counts::default(), unverified };
        let days = (0..40).fold(Days::default(), |days, n| days.with(day(n, 0)).with(day(n, 1)));
        assert_eq!((days.0.len(), days.0[0]), (DAYS, day(10, 1)));
    }
}
