//! A comment for whose mirror there is no issue: it was deleted, or the main authorized user does not see it any more. Only what
//! was to be carried is told as not carried.

use super::ends::{Ends, Trouble};
use super::one::{Done, failed};
use super::origin;
use crate::domain::adf::carry::plain_text;
use crate::domain::integration::{End, Integration, Integrations};
use crate::domain::lane::Settled;
use crate::domain::limits::JiraNumber;
use crate::domain::mirror::{Mirror, Now, Skipped, Step, edition, unmarked};
use crate::domain::run::Failure;
use crate::domain::time::Timestamp;
use crate::jira::Issue;
use crate::ports::{StoreError, World};
use crate::records::{self, At};

/// A comment, without the issue that its mirror would be on.
pub struct WithoutTarget<'j, 't, 'w, W> {
    /// Both sites.
    pub ends: &'j Ends<'t, 'w, W>,
    /// All integrations.
    pub all: &'j Integrations,
    /// The one whose pair it is.
    pub integration: &'j Integration,
    /// Since when comments of the pair are carried.
    pub since: Timestamp,
    /// Where the comment was written.
    pub end: End,
    /// The issue that it is on.
    pub origin: &'j Issue,
}

impl<W: World> WithoutTarget<'_, '_, '_, W> {
    /// What becomes of it; `trouble` is why the issue on the other site could not be read.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn settle(&self, number: JiraNumber, trouble: &Trouble) -> Result<Done, StoreError> {
        let (ends, world) = (self.ends, self.ends.tenant(End::Here).world);
        let not_carried = failed(ends, trouble.clone(), Failure::TargetOutOfReach);
        if !matches!(not_carried.settled, Settled::Never(_)) {
            return Ok(not_carried);
        }
        if !self.integration.terms.direction.carries(self.end) {
            return Ok(Done::skipped(Skipped::OtherDirection));
        }
        let read = match origin::read(ends, self.end, self.origin, number).await {
            Ok(read) => read,
            Err(trouble) => return Ok(failed(ends, trouble, Failure::OriginOutOfReach)),
        };
        if let Some(why) = origin::mirror_itself(world, self.all, self.end, self.origin, read.as_ref()).await? {
            return Ok(Done::skipped(why));
        }
        let key = records::mirror::mirror(&self.integration.id, self.end, number);
        let at: Option<At<Mirror>> = records::load(world, &key).await?;
        let mirror = at.as_ref().map(|at| &at.value);
        let now = read.map_or(Now::Deleted, |comment| {
            // Who would read it there cannot be told without the issue: as it was for the mirror that is there.
            let posted = mirror.and_then(|mirror| mirror.posted.as_ref());
            let visibility = posted.and_then(|posted| posted.visibility.clone()).unwrap_or_default();
            let secured = self.origin.secured.then_some(Skipped::SecurityLevel);
            let unmarked = unmarked(&self.integration.terms.which, &plain_text(&comment.body), &comment.visibility);
            let edition = edition(&comment.body, &visibility);
            Now::Stays { edition, created: comment.created, unwanted: secured.or(unmarked) }
        });
        Ok(match Step::of(mirror, &now, self.since, world.now()) {
            Step::Skip(why) => Done::skipped(why),
            Step::Wait(_) | Step::LookUp(_) | Step::Post | Step::Edit(_) | Step::Withdraw(..) => not_carried,
        })
    }
}
