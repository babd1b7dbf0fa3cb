//! How many people stand where: counted in shards, each moved in the same transaction as the grant that it counts, so
//! that the sum is exact after any crash.

use super::account::AccountId;
use super::standing::Label;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How many shards there are: two writers meet in one of sixteen only.
pub const SHARDS: u8 = 16;

/// As a grant was last counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counted {
    /// Under which label.
    pub label: Label,
    /// In which generation of the connection.
    pub generation: u32,
}

/// People by label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", default)]
pub struct Counts {
    /// [`Label::Working`].
    pub working: u32,
    /// [`Label::ToReauthorize`].
    pub to_reauthorize: u32,
    /// [`Label::WrongAccount`].
    pub wrong_account: u32,
    /// [`Label::NeverUsed`].
    pub never_used: u32,
    /// [`Label::Deactivated`].
    pub deactivated: u32,
}

impl Counts {
    fn of(&mut self, label: Label) -> &mut u32 {
        match label {
            Label::Working => &mut self.working,
            Label::ToReauthorize => &mut self.to_reauthorize,
            Label::WrongAccount => &mut self.wrong_account,
            Label::NeverUsed => &mut self.never_used,
            Label::Deactivated => &mut self.deactivated,
        }
    }

    /// Everybody.
    #[must_use]
    pub fn total(self) -> u32 {
        self.working + self.to_reauthorize + self.wrong_account + self.never_used + self.deactivated
    }

    fn plus(self, other: Self) -> Self {
        Self {
            working: self.working + other.working,
            to_reauthorize: self.to_reauthorize + other.to_reauthorize,
            wrong_account: self.wrong_account + other.wrong_account,
            never_used: self.never_used + other.never_used,
            deactivated: self.deactivated + other.deactivated,
        }
    }
}

/// One shard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shard {
    /// Everybody, under the label of their last count.
    pub all: Counts,
    /// The generation of `fresh`.
    pub generation: u32,
    /// Those who were counted in that generation.
    pub fresh: Counts,
}

impl Shard {
    /// The number of the shard that counts this account.
    #[must_use]
    pub fn of(account: &AccountId) -> u8 {
        Sha256::digest(account.as_str())[0] % SHARDS
    }

    /// Counts a person anew: `before` as they were counted last, `after` as they stand.
    #[must_use]
    pub fn moved(mut self, before: Option<Counted>, after: Option<Counted>) -> Self {
        if let Some(after) = after.filter(|after| after.generation > self.generation) {
            self.generation = after.generation;
            self.fresh = Counts::default();
        }
        let fresh = |counted: &Counted| counted.generation == self.generation;
        let (was_fresh, is_fresh) = (before.filter(fresh), after.filter(fresh));
        for (counts, before, after) in [(&mut self.all, before, after), (&mut self.fresh, was_fresh, is_fresh)] {
            if let Some(before) = before {
                let count = counts.of(before.label);
                *count = count.saturating_sub(1);
            }
            if let Some(after) = after {
                *counts.of(after.label) += 1;
            }
        }
        self
    }
}

/// The sum of all shards in one generation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    /// Those who were looked at in this generation.
    pub fresh: Counts,
    /// Those who were not yet.
    pub unverified: u32,
}

impl Tally {
    /// Adds the shards up.
    #[must_use]
    pub fn of(shards: impl IntoIterator<Item = Shard>, generation: u32) -> Self {
        let mut tally = Self::default();
        for shard in shards {
            let fresh = if shard.generation == generation { shard.fresh } else { Counts::default() };
            tally.fresh = tally.fresh.plus(fresh);
            tally.unverified += shard.all.total().saturating_sub(fresh.total());
        }
        tally
    }

    /// Everybody.
    #[must_use]
    pub fn total(self) -> u32 {
        self.fresh.total() + self.unverified
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(label: Label, generation: u32) -> Counted {
        Counted { label, generation }
    }

    #[test]
    fn a_new_generation_begins_with_nobody_looked_at() {
        let mut shard = Shard::default();
        for _ in 0..3 {
            shard = shard.moved(None, Some(counted(Label::Working, 1)));
        }
        assert_eq!(Tally::of([shard], 1), Tally { fresh: Counts { working: 3, ..Counts::default() }, unverified: 0 });
        assert_eq!(Tally::of([shard], 2), Tally { fresh: Counts::default(), unverified: 3 });
        shard = shard.moved(Some(counted(Label::Working, 1)), Some(counted(Label::ToReauthorize, 2)));
        let fresh = Counts { to_reauthorize: 1, ..Counts::default() };
        assert_eq!(Tally::of([shard], 2), Tally { fresh, unverified: 2 });
    }

    #[test]
    fn somebody_who_disconnects_is_counted_no_more() {
        let shard = Shard::default()
            .moved(None, Some(counted(Label::Working, 1)))
            .moved(Some(counted(Label::Working, 1)), None);
        assert_eq!((shard.all.total(), shard.fresh.total()), (0, 0));
    }

    #[test]
    fn a_late_count_of_an_older_generation_is_not_taken_for_a_fresh_one() {
        let shard = Shard::default()
            .moved(None, Some(counted(Label::Working, 2)))
            .moved(None, Some(counted(Label::Working, 1)));
        assert_eq!(Tally::of([shard], 2).unverified, 1);
    }
}
