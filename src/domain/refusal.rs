//! Requests from outside that were turned away: counted, so that an attack shows and yet stores next to nothing.

use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How many rows are kept.
pub const ROWS: usize = 20;

/// Refusals of one kind within this time share a row.
pub const SAME_ROW: Span = Span::hours(1);

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
pub struct RefusalRow {
    /// Why.
    pub reason: RedirectRefusal,
    /// When the first came.
    pub first_at: Timestamp,
    /// When the last came.
    pub last_at: Timestamp,
    /// How many came.
    pub count: u32,
}

/// The refusals of this site, newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Refusals(Vec<RefusalRow>);

impl Refusals {
    /// Counts one more.
    #[must_use]
    pub fn with(mut self, reason: RedirectRefusal, now: Timestamp) -> Self {
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
    pub fn rows(&self) -> &[RefusalRow] {
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
}
