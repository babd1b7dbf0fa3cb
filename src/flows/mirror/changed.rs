//! A mirror that is there: brought up to date, or deleted.

use super::carried::mirrored;
use super::ends::Trouble;
use super::in_whose_name::{allows, editor};
use super::one::{Done, Job, failed};
use crate::domain::lane::Settled;
use crate::domain::limits::JiraNumber;
use crate::domain::mirror::{Mirror, Posted, Poster, Skipped, edition};
use crate::domain::run::{Failure, Outcome};
use crate::domain::visibility::Visibility;
use crate::jira::JiraRefused;
use crate::jira::mirrored::{Comment, delete, edit};
use crate::ports::{Key, StoreError, World, Write};
use crate::records::At;

/// What came of bringing a mirror up to date.
pub enum Edited {
    /// Nothing more is to be done.
    Done(Done),
    /// It is deleted, and another is to be posted in its place.
    TakenBack(TakenBack),
}

/// A mirror that is deleted.
pub struct TakenBack {
    /// Its record.
    pub at: At<Mirror>,
    /// The number that it had.
    pub comment: JiraNumber,
    /// How often the target issue was written to.
    pub writes: u32,
}

/// What a deletion came to.
struct Deleted {
    answer: Result<String, Trouble>,
    by: Poster,
    writes: u32,
}

/// Whether an account's request is refused, whatever it is asked next.
fn refused(trouble: &Trouble) -> bool {
    match trouble {
        Trouble::NoGrant => true,
        Trouble::Jira(refused) => !matches!(refused, JiraRefused::Unavailable { .. }),
        Trouble::TurnedAway { .. } | Trouble::NotNow { .. } => false,
    }
}

impl<W: World> Job<'_, '_, '_, W> {
    /// Brings a mirror up to date. Doing it twice does no harm. Where it cannot stay, because nobody may say so in the name
    /// in which it was posted, or Jira leaves it open to others than are to read it, it is taken back.
    pub(super) async fn edit(
        &self,
        key: &Key,
        at: At<Mirror>,
        posted: Posted,
        comment: &Comment,
        visibility: &Visibility,
    ) -> Result<Edited, StoreError> {
        if posted.is_leaving() {
            return self.take_back(key, at, posted).await;
        }
        let by = match editor(self, &posted, comment, visibility).await {
            Ok(Some(by)) => by,
            Ok(None) => return self.take_back(key, at, posted).await,
            Err(trouble) => return Ok(Edited::Done(failed(self.ends, trouble, Failure::TargetOutOfReach))),
        };
        let edition = edition(&comment.body, visibility);
        let made = mirrored(self, &at.value, comment, visibility.clone(), &edition, &by).await;
        let (mirror, lost) = match made {
            Ok(made) => made,
            Err(trouble) => return Ok(Edited::Done(failed(self.ends, trouble, Failure::TargetOutOfReach))),
        };
        let request = edit(JiraNumber(self.target.id), posted.comment, &mirror);
        let as_main = by.account == self.ends.main;
        let done = match self.ends.send(self.to(), &by.account, &request).await {
            Ok(_) => {
                let number = posted.comment;
                // Jira goes on to name whoever posted it.
                let of = Poster { for_author: by.for_author, ..posted.by };
                let posted = Posted { edition, by: of, visibility: Some(visibility.clone()), ..posted };
                let mirror = at.value.clone().arrived(posted);
                self.save(key, at, mirror).await?;
                Done::new(Settled::Done, Outcome::Updated { comment: number })
            }
            Err(Trouble::Jira(JiraRefused::NotFound)) if as_main => self.not_found(key, at, &posted).await?,
            Err(trouble) if refused(&trouble) && (!as_main || posted.shown_beyond(visibility)) => {
                return self.take_back(key, at, posted).await;
            }
            Err(trouble) => failed(self.ends, trouble, Failure::MayNotComment),
        };
        Ok(Edited::Done(Done { by: Some(by), lost, writes: 1, ..done }))
    }

    /// A mirror that the main authorized user does not find: somebody deleted it there, unless it may be hidden.
    async fn not_found(&self, key: &Key, at: At<Mirror>, posted: &Posted) -> Result<Done, StoreError> {
        if posted.may_be_hidden() {
            return Ok(Done::never(Failure::MirrorOutOfSight));
        }
        let removed = at.value.clone().removed();
        self.save(key, at, removed).await?;
        Ok(Done::skipped(Skipped::RemovedThere))
    }

    /// Deletes a mirror in whose place another is to be posted. That is written down first, so that whoever takes it up after
    /// an interruption does not think that somebody else deleted it.
    async fn take_back(&self, key: &Key, at: At<Mirror>, posted: Posted) -> Result<Edited, StoreError> {
        let known = posted.is_leaving();
        let posted = Posted { leaving: Some(true), ..posted };
        let leaving = at.value.clone().arrived(posted.clone());
        let at = if known { at } else { self.save(key, at, leaving).await? };
        let Deleted { answer, by, writes } = self.delete(&posted).await;
        let gone = match &answer {
            Ok(_) => true,
            Err(Trouble::Jira(JiraRefused::NotFound)) => known && !posted.may_be_hidden(),
            Err(_) => false,
        };
        if gone {
            let absent = at.value.clone().absent();
            let at = self.save(key, at, absent).await?;
            return Ok(Edited::TakenBack(TakenBack { at, comment: posted.comment, writes }));
        }
        let done = match answer {
            Ok(_) | Err(Trouble::Jira(JiraRefused::NotFound)) => self.not_found(key, at, &posted).await?,
            Err(trouble) => failed(self.ends, trouble, Failure::MayNotComment),
        };
        Ok(Edited::Done(Done { by: Some(by), writes, ..done }))
    }

    /// Deletes a mirror for good. One that is gone already is as good as deleted; one that may only be hidden is not.
    pub(super) async fn withdraw(
        &self,
        key: &Key,
        at: At<Mirror>,
        posted: Posted,
        why: Option<Skipped>,
    ) -> Result<Done, StoreError> {
        let Deleted { answer, by, writes } = self.delete(&posted).await;
        let done = match answer {
            Err(Trouble::Jira(JiraRefused::NotFound)) if posted.may_be_hidden() => {
                Done::never(Failure::MirrorOutOfSight)
            }
            Ok(_) | Err(Trouble::Jira(JiraRefused::NotFound)) => {
                if why.is_some() {
                    // It may be wanted again.
                    let mirror = at.value.clone().absent();
                    self.save(key, at, mirror).await?;
                } else {
                    // Jira gives no number twice.
                    let forget = Write::Delete { key: key.clone(), expect: Some(at.expect) };
                    self.world().transact(vec![forget]).await?;
                }
                Done::new(Settled::Done, Outcome::Withdrawn { comment: posted.comment, why })
            }
            Err(trouble) => failed(self.ends, trouble, Failure::MayNotComment),
        };
        Ok(Done { by: Some(by), writes, ..done })
    }

    /// Deletes a mirror as whoever posted it, where their grant may be used; else, or where that is refused, as the main
    /// authorized user, who may delete comments of others where Jira lets them.
    async fn delete(&self, posted: &Posted) -> Deleted {
        let request = delete(JiraNumber(self.target.id), posted.comment);
        let (main, own) = (&self.ends.main, &posted.by);
        let mut writes = 0;
        if own.account != *main {
            match allows(self.ends, &own.account, self.epoch).await {
                Ok(true) => {
                    writes += 1;
                    let answer = self.ends.send(self.to(), &own.account, &request).await;
                    if !answer.as_ref().is_err_and(refused) {
                        return Deleted { answer, by: own.clone(), writes };
                    }
                }
                Ok(false) => {}
                Err(trouble) => return Deleted { answer: Err(trouble), by: own.clone(), writes },
            }
        }
        let answer = self.ends.send(self.to(), main, &request).await;
        let by = Poster { account: main.clone(), for_author: own.for_author };
        Deleted { answer, by, writes: writes + 1 }
    }
}
