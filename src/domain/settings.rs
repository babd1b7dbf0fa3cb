//! What an administrator settles for the whole site.

use super::run_log::{KEPT_DAYS, LONGEST_KEPT_DAYS};
use super::time::Span;
use serde::{Deserialize, Serialize};

/// What a change of main authorized user asks of the people who connected their own accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ReauthorizationPolicy {
    /// Each grant is tried quietly; only where it is dead is anybody asked.
    #[default]
    VerifyFirst,
    /// Everyone allows anew.
    Everyone,
}

/// Longest grace period, in days.
pub const LONGEST_GRACE_DAYS: u8 = 30;

/// The settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// What a change asks of people, unless its initiator chooses otherwise.
    pub policy: ReauthorizationPolicy,
    /// For how many days the previous main authorized user can be restored, from 0 to 30.
    pub grace_days: u8,
    /// Whether a comment may go out through the main authorized user, with its author named, until the author has
    /// authorized again.
    pub fallback: bool,
    /// For how many days runs are kept, from 1 to 365; 30 when absent.
    pub runs_days: Option<u16>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { policy: ReauthorizationPolicy::default(), grace_days: 7, fallback: false, runs_days: None }
    }
}

impl Settings {
    /// The settings as asked for; `None` when they are out of bounds.
    #[must_use]
    pub fn within_bounds(self) -> Option<Self> {
        let kept = self.runs_days.is_none_or(|days| (1..=LONGEST_KEPT_DAYS).contains(&days));
        (self.grace_days <= LONGEST_GRACE_DAYS && kept).then_some(self)
    }

    /// For how many days runs are kept.
    #[must_use]
    pub fn runs_kept_days(self) -> u16 {
        self.runs_days.unwrap_or(KEPT_DAYS)
    }

    /// For how long the previous main authorized user can be restored.
    #[must_use]
    pub fn grace(self) -> Span {
        Span::days(i64::from(self.grace_days))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grace_period_of_nought_to_thirty_days_is_taken() {
        let of = |grace_days| Settings { grace_days, ..Settings::default() }.within_bounds().is_some();
        assert!(of(0) && of(30) && !of(31));
    }

    #[test]
    fn runs_are_kept_for_a_day_to_a_year() {
        let of = |days| Settings { runs_days: Some(days), ..Settings::default() }.within_bounds().is_some();
        assert!(of(1) && of(365) && !of(0) && !of(366));
        assert_eq!(Settings::default().runs_kept_days(), 30);
    }
}
