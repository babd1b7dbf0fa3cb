//! Runs: each turn of an integration as it is kept for reporting, with what it did item by item beside it.

use super::account::Person;
use super::integration::IntegrationId;
use super::lane::OnceMore;
use super::limits::JiraNumber;
use super::run::{Counts, Outcome, RunItem};
use super::tagged::tagged;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// So many items rest in one part: with the longest message each, still within the 240 KiB that Forge stores under one key.
pub const PART: usize = 100;

/// After this long without a sign of life a run broke off: longer than any function of the app may run.
pub const LOST_AFTER: Span = Span::minutes(2);

/// For so many days runs are kept, unless the settings say otherwise.
pub const KEPT_DAYS: u16 = 30;

/// Longest that runs can be kept, in days.
pub const LONGEST_KEPT_DAYS: u16 = 365;

/// Random name of a run: 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(as = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct RunId(String);

/// Text that names no run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotARunId;

impl std::fmt::Display for NotARunId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not the name of a run")
    }
}

impl RunId {
    /// Reads a name. It becomes part of storage keys, so nothing but 32 digits passes.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(text: impl Into<String>) -> Result<Self, NotARunId> {
        let text = text.into();
        let fits = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if fits { Ok(Self(text)) } else { Err(NotARunId) }
    }

    /// The name of a new run, of 128 random bits.
    #[must_use]
    pub fn new(random: &[u8; 32]) -> Self {
        Self(crate::url::hex(&random[..16]))
    }

    /// The name as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for RunId {
    type Error = NotARunId;

    fn try_from(text: String) -> Result<Self, NotARunId> {
        Self::parse(text)
    }
}

impl From<RunId> for String {
    fn from(id: RunId) -> Self {
        id.0
    }
}

/// What started a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Trigger {
    /// Something was heard of: by a delivery of a webhook, or by the catch-up that finds what deliveries missed.
    Heard,
    /// An administrator wanted what failed in an earlier run to be tried again.
    Again {
        /// Who.
        by: Person,
        /// Which run.
        of: RunId,
    },
    /// An administrator wanted everything that was parked of a pair, or of the issues of an integration, to be tried again.
    TriedAgain {
        /// Who.
        by: Person,
    },
}

tagged!(Trigger);

impl Trigger {
    /// What starts a turn of a lane of which somebody wanted something, or nobody did.
    #[must_use]
    pub fn of(wanted: Option<OnceMore>) -> Self {
        match wanted {
            Some(OnceMore { by, of: Some(of) }) => Self::Again { by, of },
            Some(OnceMore { by, of: None }) => Self::TriedAgain { by },
            None => Self::Heard,
        }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RunOutcome {
    /// It has not.
    Running,
    /// Nothing failed, and nothing waits.
    Succeeded,
    /// Nothing failed, and something waits: a later run takes it up by itself.
    Waits,
    /// Some of it failed, and some did not.
    Partly,
    /// Nothing came through, and something failed.
    Failed,
    /// It broke off. What was left is taken up by a later run.
    Interrupted,
}

impl RunOutcome {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Running, Self::Succeeded, Self::Waits, Self::Partly, Self::Failed, Self::Interrupted];

    /// As the index knows it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Succeeded => "succeeded",
            Self::Waits => "waits",
            Self::Partly => "partly",
            Self::Failed => "failed",
            Self::Interrupted => "interrupted",
        }
    }

    /// Whether the chart counts it among the failures.
    #[must_use]
    pub fn is_failure(self) -> bool {
        match self {
            Self::Partly | Self::Failed | Self::Interrupted => true,
            Self::Running | Self::Succeeded | Self::Waits => false,
        }
    }
}

/// That support may see a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Shared {
    /// Who let them.
    pub by: Person,
    /// When.
    pub at: Timestamp,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Its name.
    pub id: RunId,
    /// What started it.
    pub trigger: Trigger,
    /// Of which integration.
    pub integration: IntegrationId,
    /// How that was called at the time.
    pub name: String,
    /// Of the pair with this issue on this site, by its number; of none where whole issues were looked at.
    pub here: Option<JiraNumber>,
    /// The key of the issue that its first item is on, where Jira told it.
    pub issue: Option<String>,
    /// When it started.
    pub started_at: Timestamp,
    /// When it last gave a sign of life.
    pub moved_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How.
    pub outcome: RunOutcome,
    /// What became of its items.
    pub counts: Counts,
    /// How many of them were done as their author.
    pub as_author: u32,
    /// How many as the main authorized user, for their author.
    pub for_author: u32,
    /// How many items are written down.
    pub items: u32,
    /// That support may see it, if they may.
    pub shared: Option<Shared>,
}

impl Run {
    /// One that starts.
    #[must_use]
    pub fn new(id: RunId, trigger: Trigger, integration: IntegrationId, name: String, now: Timestamp) -> Self {
        Self {
            id,
            trigger,
            integration,
            name,
            here: None,
            issue: None,
            started_at: now,
            moved_at: now,
            ended_at: None,
            outcome: RunOutcome::Running,
            counts: Counts::default(),
            as_author: 0,
            for_author: 0,
            items: 0,
            shared: None,
        }
    }

    /// With more items.
    #[must_use]
    pub fn with(mut self, items: &[RunItem], now: Timestamp) -> Self {
        let more = Counts::of(items);
        self.counts = self.counts.plus(more);
        for by in items.iter().filter_map(|item| item.by.as_ref()) {
            if by.for_author {
                self.for_author += 1;
            } else {
                self.as_author += 1;
            }
        }
        let issue = || items.iter().find_map(|item| item.issue.clone());
        self.issue = self.issue.take().or_else(issue);
        self.items += super::count(items.len());
        Self { moved_at: now, ..self }
    }

    /// Ended by itself.
    #[must_use]
    pub fn ended(self, now: Timestamp) -> Self {
        let done = self.counts.created + self.counts.updated + self.counts.skipped;
        let outcome = match (self.counts.failed, done) {
            (0, done) if done >= self.counts.read => RunOutcome::Succeeded,
            (0, _) => RunOutcome::Waits,
            (_, 0) => RunOutcome::Failed,
            (_, _) => RunOutcome::Partly,
        };
        Self { outcome, ended_at: Some(now), moved_at: now, ..self }
    }

    /// Broken off, as whoever finds it without a sign of life notes. It ended when that was.
    #[must_use]
    pub fn interrupted(self) -> Self {
        Self { outcome: RunOutcome::Interrupted, ended_at: Some(self.moved_at), ..self }
    }

    /// Whether it broke off unseen.
    #[must_use]
    pub fn lost(&self, now: Timestamp) -> bool {
        self.outcome == RunOutcome::Running && now.since(self.moved_at) >= LOST_AFTER
    }

    /// As it is shown at `now`: one that broke off unseen is shown as that.
    #[must_use]
    pub fn seen(self, now: Timestamp) -> Self {
        if self.lost(now) { self.interrupted() } else { self }
    }

    /// How many parts its items take.
    #[must_use]
    pub fn parts(&self) -> u32 {
        self.items.div_ceil(super::count(PART))
    }
}

/// The items of one part of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Items(pub Vec<RunItem>);

impl Items {
    /// Those that failed or wait, and may be tried again.
    pub fn unfinished(&self) -> impl Iterator<Item = &RunItem> {
        self.0.iter().filter(|item| match item.outcome {
            Outcome::Failed { .. } | Outcome::Waits { .. } => true,
            Outcome::Created { .. }
            | Outcome::Updated { .. }
            | Outcome::Withdrawn { .. }
            | Outcome::Assigned { .. }
            | Outcome::CounterpartCreated { .. }
            | Outcome::Joined { .. }
            | Outcome::Parted { .. }
            | Outcome::Skipped { .. } => false,
        })
    }
}

/// Runs of one day, counted when they ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RunDay {
    /// The beginning of the day, in UTC.
    pub day: Timestamp,
    /// All of them.
    pub runs: u32,
    /// Those that failed, in part or as a whole, or broke off.
    pub failures: u32,
}

/// The days, oldest first: at most a year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunDays(pub Vec<RunDay>);

impl RunDays {
    /// Counts a run that ended.
    #[must_use]
    pub fn with(mut self, ended_at: Timestamp, outcome: RunOutcome) -> Self {
        let day = ended_at.day();
        let place = self.0.partition_point(|own| own.day < day);
        if self.0.get(place).is_none_or(|own| own.day != day) {
            self.0.insert(place, RunDay { day, runs: 0, failures: 0 });
        }
        let own = &mut self.0[place];
        own.runs += 1;
        own.failures += u32::from(outcome.is_failure());
        let excess = self.0.len().saturating_sub(usize::from(LONGEST_KEPT_DAYS));
        self.0.drain(..excess);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::AccountId;
    use crate::domain::integration::End;
    use crate::domain::mirror::{Poster, Skipped};
    use crate::domain::run::Failure;

    fn run() -> Run {
        let id = RunId::new(&[7; 32]);
        let integration = IntegrationId::parse("a".repeat(32)).expect("is one");
        Run::new(id, Trigger::Heard, integration, "Demo".into(), Timestamp(1_000))
    }

    fn item(outcome: Outcome, for_author: Option<bool>) -> RunItem {
        let account = AccountId::parse("main").expect("is one");
        RunItem {
            end: End::Here,
            issue: Some("MOB-1".into()),
            comment: JiraNumber(1),
            about: None,
            outcome,
            by: for_author.map(|for_author| Poster { account, for_author }),
            lost: crate::domain::adf::carry::Lost::default(),
            points: 4,
            at: Timestamp(2_000),
        }
    }

    fn created() -> RunItem {
        item(Outcome::Created { comment: JiraNumber(2) }, Some(true))
    }

    fn failed() -> RunItem {
        item(Outcome::Failed { why: Failure::MayNotComment }, None)
    }

    #[test]
    fn an_outcome_follows_from_what_became_of_the_items() {
        let of = |items: &[RunItem]| run().with(items, Timestamp(2_000)).ended(Timestamp(3_000)).outcome;
        assert_eq!(of(&[]), RunOutcome::Succeeded);
        assert_eq!(of(&[created()]), RunOutcome::Succeeded);
        assert_eq!(of(&[failed()]), RunOutcome::Failed);
        assert_eq!(of(&[created(), failed()]), RunOutcome::Partly);
        let waits = || item(Outcome::Waits { why: Some(Failure::NoAnswer) }, None);
        assert_eq!(of(&[waits()]), RunOutcome::Waits);
        assert_eq!(of(&[created(), waits()]), RunOutcome::Waits);
        assert_eq!(of(&[waits(), failed()]), RunOutcome::Failed);
        assert_eq!(of(&[item(Outcome::Skipped { why: Skipped::NoWord }, None), failed()]), RunOutcome::Partly);
    }

    #[test]
    fn items_are_counted_once_however_they_come() {
        let (first, second) =
            ([created(), created()], [item(Outcome::Created { comment: JiraNumber(3) }, Some(false)), failed()]);
        let whole = run().with(&first, Timestamp(2_000)).with(&second, Timestamp(3_000));
        assert_eq!((whole.counts.read, whole.counts.created, whole.counts.failed, whole.counts.points), (4, 3, 1, 16));
        assert_eq!((whole.for_author, whole.as_author, whole.items, whole.parts()), (2, 1, 4, 1));
        assert_eq!((whole.issue.as_deref(), whole.moved_at), (Some("MOB-1"), Timestamp(3_000)));
    }

    #[test]
    fn a_run_without_a_sign_of_life_broke_off_when_it_last_gave_one() {
        let silent = run().with(&[created()], Timestamp(2_000));
        let late = Timestamp(2_000).plus(LOST_AFTER);
        assert!(!silent.lost(Timestamp(late.0 - 1)) && silent.lost(late));
        let seen = silent.clone().seen(late);
        assert_eq!((seen.outcome, seen.ended_at), (RunOutcome::Interrupted, Some(Timestamp(2_000))));
        let ended = silent.ended(Timestamp(2_500));
        assert_eq!(ended.clone().seen(late), ended);
    }

    #[test]
    fn what_may_be_tried_again_is_what_is_not_through() {
        let waits = item(Outcome::Waits { why: None }, None);
        let items =
            Items(vec![created(), failed(), waits.clone(), item(Outcome::Skipped { why: Skipped::Gone }, None)]);
        assert_eq!(items.unfinished().cloned().collect::<Vec<_>>(), [failed(), waits]);
    }

    #[test]
    fn a_year_of_days_is_kept_in_order() {
        let day = |n: i64| Timestamp(0).plus(Span::days(n)).plus(Span::hours(5));
        let days = (0..400).rev().fold(RunDays::default(), |days, n| days.with(day(n), RunOutcome::Succeeded));
        let days = days.with(day(399), RunOutcome::Partly);
        let RunDays(days) = days;
        assert_eq!(days.len(), usize::from(LONGEST_KEPT_DAYS));
        assert_eq!(days.last(), Some(&RunDay { day: day(399).day(), runs: 2, failures: 1 }));
        assert!(days.windows(2).all(|two| two[0].day < two[1].day));
    }

    #[test]
    fn a_full_part_fits_a_record() {
        let message = "é".repeat(200);
        let why = Failure::Refused { message };
        let items = Items(vec![item(Outcome::Failed { why }, Some(true)); PART]);
        assert!(serde_json::to_string(&items).expect("writes").len() < 200 * 1024);
    }
}
