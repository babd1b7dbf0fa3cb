//! Requests from outside that were turned away: counted, so that an attack shows and yet stores next to nothing.

use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How many rows are kept.
pub const ROWS: usize = 20;

/// Refusals of one kind within this time share a row.
pub const SAME_ROW: Span = Span::hours(1);

/// Up to so many refusals share a row with each of them counted, by [`Refusals::with_few`].
pub const EXACT: u32 = 20;

/// From then on at most one is counted in this time.
pub const SELDOM: Span = Span::minutes(1);

/// Why a redirect, or somebody with a hand-off link, was turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RedirectRefusal {
    /// Parameters missing, repeated, too long, or contradicting each other.
    Malformed,
    /// No session has this `state`.
    UnknownState,
    /// The session's ten minutes are over.
    Expired,
    /// The session was answered before.
    AlreadyUsed,
    /// The session was cancelled or replaced.
    Superseded,
    /// The session belongs to another site or environment.
    Elsewhere,
    /// `iss` names another authorization server (RFC 9207).
    WrongIssuer,
    /// No hand-off link has this code.
    UnknownLink,
}

/// Refusals of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RefusalRow<R = RedirectRefusal> {
    /// Why.
    pub reason: R,
    /// When the first came.
    pub first_at: Timestamp,
    /// When the last came.
    pub last_at: Timestamp,
    /// How many came; at least so many, where a flood is counted by [`Refusals::with_few`].
    pub count: u32,
}

/// The refusals of one endpoint of this site, newest last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Refusals<R = RedirectRefusal>(Vec<RefusalRow<R>>);

impl<R> Default for Refusals<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: Copy + PartialEq> Refusals<R> {
    /// Counts one more, unless its row holds [`EXACT`] already and was written to within [`SELDOM`]: then a flood costs no
    /// write.
    #[must_use]
    pub fn with_few(self, reason: R, now: Timestamp) -> Option<Self> {
        let row = self.0.iter().rev().find(|row| row.reason == reason);
        let told = |row: &RefusalRow<R>| {
            let open = now.since(row.first_at) < SAME_ROW;
            open && row.count >= EXACT && (Span(0)..SELDOM).contains(&now.since(row.last_at))
        };
        if row.is_some_and(told) { None } else { Some(self.with(reason, now)) }
    }

    /// Counts one more.
    #[must_use]
    pub fn with(mut self, reason: R, now: Timestamp) -> Self {
        let open = self.0.iter_mut().rev().find(|row| row.reason == reason);
        match open {
            Some(row) if now.since(row.first_at) < SAME_ROW => {
                row.count = row.count.saturating_add(1);
                row.last_at = now;
            }
            Some(_) | None => self.0.push(RefusalRow { reason, first_at: now, last_at: now, count: 1 }),
        }
        let excess = self.0.len().saturating_sub(ROWS);
        self.0.drain(..excess);
        self
    }

    /// The rows, oldest first.
    #[must_use]
    pub fn rows(&self) -> &[RefusalRow<R>] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_takes_one_row_an_hour_and_never_more_than_the_bound() {
        let mut seen = Refusals::default();
        for n in 0..1000 {
            seen = seen.with(RedirectRefusal::UnknownState, Timestamp(n));
        }
        assert_eq!((seen.rows().len(), seen.rows()[0].count), (1, 1000));
        for hour in 1..100 {
            seen = seen.with(RedirectRefusal::UnknownState, Timestamp(0).plus(Span::hours(hour)));
        }
        assert_eq!(seen.rows().len(), ROWS);
    }

    #[test]
    fn a_few_are_counted_each_and_a_flood_is_written_down_once_a_minute() {
        let (mut seen, mut writes) = (Refusals::default(), 0);
        for ms in 0..100_000 {
            if let Some(more) = seen.clone().with_few(RedirectRefusal::UnknownState, Timestamp(ms)) {
                (seen, writes) = (more, writes + 1);
            }
        }
        assert_eq!((seen.rows().len(), writes), (1, EXACT + 1));
        // Another reason has a row of its own, and the next hour begins a new one.
        let other = seen.clone().with_few(RedirectRefusal::Expired, Timestamp(100_000)).expect("is written");
        assert_eq!(other.rows().len(), 2);
        let later = seen.with_few(RedirectRefusal::UnknownState, Timestamp(0).plus(SAME_ROW)).expect("is written");
        assert_eq!(later.rows()[1].count, 1);
    }
}
