//! How much one issue may be written to.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/rate-limiting/>: 20 writes in 2 seconds and 100 in 30, whoever writes.

use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// Writes in a span of time. Jira's own figures are 20 in 2 seconds and 100 in 30: people write to the same issue, too, and
/// their clocks are not ours, so some are left to them.
const BOUNDS: [(Span, usize); 2] = [(Span::seconds(2), 15), (Span::seconds(30), 80)];

/// When an issue was written to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct WriteBudget(Vec<Timestamp>);

impl WriteBudget {
    /// How long to wait before the next write, if there must be a wait.
    #[must_use]
    pub fn wait(&self, now: Timestamp) -> Option<Span> {
        let longest = BOUNDS.iter().filter_map(|(span, most)| {
            // Writes of a clock that went back count as those of now.
            let recent: Vec<Timestamp> = self.0.iter().copied().filter(|at| now.since(*at) < *span).collect();
            let first = recent.len().checked_sub(*most)?;
            Some(Span(span.0 - now.since(recent[first].min(now)).0))
        });
        longest.max()
    }

    /// The same after a write.
    #[must_use]
    pub fn written(mut self, now: Timestamp) -> Self {
        let [_, (longest, most)] = BOUNDS;
        self.0.retain(|at| now.since(*at) < longest && *at <= now);
        self.0.push(now);
        let excess = self.0.len().saturating_sub(most);
        self.0.drain(..excess);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Jira's own rule.
    fn allowed(writes: &[i64]) -> bool {
        let within = |span: i64, most: usize| {
            writes.iter().all(|at| writes.iter().filter(|other| (*at..at + span).contains(other)).count() <= most)
        };
        within(2_000, 20) && within(30_000, 100)
    }

    #[test]
    fn whoever_waits_as_told_is_never_turned_away() {
        let (mut budget, mut now, mut writes) = (WriteBudget::default(), Timestamp(0), Vec::new());
        for step in 0..400 {
            if let Some(wait) = budget.wait(now) {
                assert!((1..=30_000).contains(&wait.0), "{wait:?}");
                now = now.plus(wait);
            }
            assert_eq!(budget.wait(now), None, "after the wait there is room");
            budget = budget.written(now);
            writes.push(now.0);
            now = now.plus(Span(step % 7));
        }
        assert!(allowed(&writes));
        assert!(now.0 < 400 * 400, "it does not wait longer than it must: {}", now.0);
    }

    #[test]
    fn a_clock_that_went_back_does_not_make_anybody_wait_for_long() {
        let later = (0..90).fold(WriteBudget::default(), |budget, _| budget.written(Timestamp(1_000_000_000)));
        assert!(later.wait(Timestamp(0)).is_some_and(|wait| wait <= Span::seconds(30)));
        assert_eq!(later.written(Timestamp(0)).wait(Timestamp(0)), None);
    }
}
