//! Pairs by property: two issues that name each other are one, and two that do so no more are none.

use super::one::{Done, failed};
use super::pairs;
use super::whole::Look;
use crate::domain::access_rule::Limit;
use crate::domain::integration::End;
use crate::domain::lane::Settled;
use crate::domain::mirror::Skipped;
use crate::domain::pair::{Joined, Pair, PairRefused};
use crate::domain::run::{Failure, Outcome};
use crate::jira::counterparts::WholeIssue;
use crate::ports::{StoreError, World};

impl<W: World> Look<'_, '_, '_, W> {
    /// Does what the property of an issue says, as far as the other issue says the same. `None` where it says nothing to this
    /// integration, or nothing new.
    ///
    /// # Errors
    /// [`StoreError`]
    pub(super) async fn named(&self, whole: &WholeIssue) -> Result<Option<Done>, StoreError> {
        let pairs = self.pairs().await?;
        let own = pairs.of(self.end, whole.id).copied();
        // A pair that was made otherwise does not depend on properties.
        if own.is_some_and(|own| own.joined != Joined::ByProperty) {
            return Ok(None);
        }
        let terms = &self.integration.terms;
        let there = &terms.side(self.to()).cloud_id;
        let Some(named) = whole.named.as_ref().filter(|named| named.site == *there) else {
            return match own {
                Some(own) => self.part(own).await.map(Some),
                // It names nothing, or something that another integration may look after.
                None => Ok(None),
            };
        };
        let other = match self.read(self.to(), &named.issue.text()).await {
            Ok(Some(other)) => other,
            // What cannot be seen now says nothing about a pair that is there.
            Ok(None) => return Ok(own.is_none().then(|| Done::never(Failure::TargetOutOfReach))),
            Err(trouble) => return Ok(Some(failed(self.ends, trouble, Failure::TargetOutOfReach))),
        };
        let here = &terms.side(self.end).cloud_id;
        let back = other.named.as_ref().is_some_and(|named| named.names(here, whole.id, &whole.key));
        let in_project = other.project.id == terms.side(self.to()).project;
        if let Some(own) = own {
            let same = own.issue(self.to()) == other.id && back && in_project;
            return if same { Ok(None) } else { self.part(own).await.map(Some) };
        }
        if !in_project {
            return Ok(Some(Done::skipped(Skipped::OutOfProject)));
        }
        if !back {
            return Ok(Some(Done::skipped(Skipped::NotNamedBack)));
        }
        let local = match self.end {
            End::Here => &whole.project,
            End::There => &other.project,
        };
        if !self.limits.projects.admits(local.id, local.category) {
            return Ok(Some(Done::skipped(Skipped::OutOfReach { limit: Limit::Settings })));
        }
        let (here, there) = match self.end {
            End::Here => (whole.id, other.id),
            End::There => (other.id, whole.id),
        };
        let pair = Pair { here, there, joined: Joined::ByProperty, at: self.world().now() };
        let joined = pairs::join(self.world(), &self.integration.id, pair, &[]).await?;
        Ok(Some(match joined {
            Ok(()) => Done::new(Settled::Done, Outcome::Joined { issue: other.id }),
            Err(refused) => Done::never(unpaired(refused)),
        }))
    }

    /// Parts a pair whose issues do not name each other any more. The issue is looked at once more after that: it may name
    /// another one.
    async fn part(&self, own: Pair) -> Result<Done, StoreError> {
        // Whoever parted them first did what was to be done.
        let _ = pairs::part(self.world(), &self.integration.id, own).await?;
        let again = Settled::Due(self.world().now());
        Ok(Done::new(again, Outcome::Parted { issue: own.issue(self.to()) }))
    }
}

/// Why two issues are no pair.
pub(super) fn unpaired(refused: PairRefused) -> Failure {
    match refused {
        PairRefused::Paired(_) | PairRefused::Unknown => Failure::AlreadyPaired,
        PairRefused::Full => Failure::PairsFull,
    }
}
