//! Pairs of issues that an integration joins: one on this site, one on the other.

use super::integration::End;
use super::limits::JiraNumber;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many pairs an integration holds at most: they rest in one record, whose size Forge bounds.
pub const LIMIT: usize = 1_000;

/// How two issues came to be a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Joined {
    /// An administrator joined them.
    ByHand,
    /// Each names the other in an issue property.
    ByProperty,
    /// One was created for the other.
    Created,
}

/// A pair. Issues are named by their numbers, which they keep when they are moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Pair {
    /// The issue on this site.
    pub here: JiraNumber,
    /// The issue on the other.
    pub there: JiraNumber,
    /// How they came to be one.
    pub joined: Joined,
    /// When.
    pub at: Timestamp,
}

impl Pair {
    /// The issue at an end.
    #[must_use]
    pub fn issue(&self, end: End) -> JiraNumber {
        match end {
            End::Here => self.here,
            End::There => self.there,
        }
    }
}

/// Why two issues cannot be joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairRefused {
    /// One of them is in this pair already.
    Paired(Pair),
    /// There are too many pairs.
    Full,
    /// They are no pair.
    Unknown,
}

/// The pairs of an integration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Pairs(pub Vec<Pair>);

impl Pairs {
    /// The pair of an issue.
    #[must_use]
    pub fn of(&self, end: End, issue: JiraNumber) -> Option<&Pair> {
        self.0.iter().find(|pair| pair.issue(end) == issue)
    }

    /// The same with one more. The very same pair once more changes nothing.
    ///
    /// # Errors
    /// [`PairRefused`]
    pub fn with(mut self, pair: Pair) -> Result<Self, PairRefused> {
        match self.of(End::Here, pair.here).or(self.of(End::There, pair.there)) {
            Some(own) if (own.here, own.there) == (pair.here, pair.there) => return Ok(self),
            Some(own) => return Err(PairRefused::Paired(*own)),
            None if self.0.len() >= LIMIT => return Err(PairRefused::Full),
            None => self.0.push(pair),
        }
        Ok(self)
    }

    /// The same without one.
    ///
    /// # Errors
    /// [`PairRefused::Unknown`]
    pub fn without(mut self, here: JiraNumber, there: JiraNumber) -> Result<Self, PairRefused> {
        let before = self.0.len();
        self.0.retain(|pair| (pair.here, pair.there) != (here, there));
        if self.0.len() < before { Ok(self) } else { Err(PairRefused::Unknown) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(here: u64, there: u64) -> Pair {
        Pair { here: JiraNumber(here), there: JiraNumber(there), joined: Joined::ByHand, at: Timestamp(1) }
    }

    #[test]
    fn an_issue_is_in_one_pair_only() {
        let pairs = Pairs::default().with(pair(1, 2)).expect("is taken");
        for other in [pair(1, 3), pair(3, 2)] {
            assert_eq!(pairs.clone().with(other), Err(PairRefused::Paired(pair(1, 2))));
        }
        assert_eq!(pairs.clone().with(pair(1, 2)), Ok(pairs.clone()));
        let pairs = pairs.with(pair(2, 1)).expect("numbers of two sites have nothing to do with each other");
        assert_eq!(pairs.of(End::There, JiraNumber(1)), Some(&pair(2, 1)));
        assert_eq!(pairs.clone().without(JiraNumber(1), JiraNumber(1)), Err(PairRefused::Unknown));
        assert_eq!(pairs.without(JiraNumber(1), JiraNumber(2)), Ok(Pairs(vec![pair(2, 1)])));
    }

    #[test]
    fn a_full_list_takes_no_more_and_fits_a_record() {
        let full = Pairs((0..LIMIT as u64).map(|n| pair(u64::MAX >> 1, (u64::MAX >> 1) - n)).collect());
        assert_eq!(full.clone().with(pair(1, 1)), Err(PairRefused::Full));
        let bytes = serde_json::to_string(&full).expect("writes").len();
        assert!(bytes < 200 * 1024, "{bytes}");
    }
}
