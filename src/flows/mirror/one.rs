//! One comment: read again, and whatever is to be done about its mirror done.

use super::carried::mirrored;
use super::changed::Edited;
use super::ends::{Ends, Trouble};
use super::in_whose_name::{Nobody, poster};
use super::log::Log;
use super::origin;
use super::posted::look;
use crate::domain::access_rule::{Answer, Limit};
use crate::domain::adf::carry::{Lost, plain_text};
use crate::domain::integration::{End, Integration, Integrations};
use crate::domain::lane::{Lane, PATIENCE, Settled, Waiting};
use crate::domain::limits::JiraNumber;
use crate::domain::mirror::{Mirror, Now, Origin, Posted, Poster, Sending, Skipped, Step, edition, unmarked};
use crate::domain::run::{Failure, Outcome};
use crate::domain::standing::Epoch;
use crate::domain::time::{Span, Timestamp};
use crate::domain::visibility::{self, Visibility};
use crate::jira::mirrored::{Comment, post, read_posted};
use crate::jira::{Issue, JiraRefused};
use crate::ports::{Key, StoreError, World};
use crate::records::{self, At};
use crate::url::hex;

/// How often a comment is decided on in one go: looked for, then taken back, then posted.
const STEPS: usize = 3;

/// How long to wait when the main authorized user's grant is not honoured: somebody must mend that first.
pub const MENDED_IN: Span = Span::minutes(15);

/// What is known of a pair of issues while one of its comments is worked on.
pub struct Job<'j, 't, 'w, W> {
    /// Both sites.
    pub ends: &'j Ends<'t, 'w, W>,
    /// All integrations.
    pub all: &'j Integrations,
    /// The one whose pair it is.
    pub integration: &'j Integration,
    /// Since when comments of the pair are carried.
    pub since: Timestamp,
    /// The epoch of the connection.
    pub epoch: Epoch,
    /// What the app's settings say of the project on this site.
    pub settings: Answer,
    /// Where the comment was written.
    pub end: End,
    /// The issue that it is on.
    pub origin: &'j Issue,
    /// The issue that its mirror is on.
    pub target: &'j Issue,
}

/// What became of a comment.
pub struct Done {
    /// How it leaves the lane.
    pub settled: Settled,
    /// What is told of it.
    pub outcome: Outcome,
    /// In whose name something was done.
    pub by: Option<Poster>,
    /// What could not be carried.
    pub lost: Lost,
    /// How often the target issue was written to.
    pub writes: u32,
    /// From which end it was carried, where that is not where it waits.
    pub end: Option<End>,
}

impl Done {
    /// It left the lane like this.
    pub fn new(settled: Settled, outcome: Outcome) -> Self {
        Self { settled, outcome, by: None, lost: Lost::default(), writes: 0, end: None }
    }

    /// Nothing was to be done.
    pub fn skipped(why: Skipped) -> Self {
        Self::new(Settled::Done, Outcome::Skipped { why })
    }

    /// The same after its mirror was deleted, which could not stay as it was.
    fn after(self, mirror: JiraNumber, writes: u32) -> Self {
        let outcome = match self.outcome {
            Outcome::Failed { why } => Outcome::Withdrawn { comment: mirror, why: Some(Skipped::NotKept { why }) },
            Outcome::Skipped { why } => Outcome::Withdrawn { comment: mirror, why: Some(why) },
            stays @ (Outcome::Created { .. }
            | Outcome::Updated { .. }
            | Outcome::Withdrawn { .. }
            | Outcome::Assigned { .. }
            | Outcome::CounterpartCreated { .. }
            | Outcome::Joined { .. }
            | Outcome::Parted { .. }
            | Outcome::Waits { .. }) => stays,
        };
        Self { outcome, writes: self.writes + writes, ..self }
    }

    /// It is parked.
    pub fn never(why: Failure) -> Self {
        Self::new(Settled::Never(why.clone()), Outcome::Failed { why })
    }

    /// Whether it waits for somebody to connect the app anew.
    pub fn unconnected(&self) -> bool {
        self.outcome == Outcome::Waits { why: Some(Failure::NotConnected) }
    }

    /// What is told of it after so many tries in vain before: what is tried no more has failed.
    pub fn told(&self, tries: u32) -> Outcome {
        let given_up = matches!(&self.settled, Settled::Later { .. } if tries + 1 >= PATIENCE);
        match (&self.outcome, given_up) {
            (Outcome::Waits { why: Some(why) }, true) => Outcome::Failed { why: why.clone() },
            (outcome, _) => outcome.clone(),
        }
    }

    /// The lane in which it waited, with how it ended and what was written. `None` when the lane is somebody else's than
    /// `holder`'s by now.
    pub fn settle(&self, lane: Lane, holder: &str, first: Waiting, now: Timestamp) -> Option<Lane> {
        let lane = Some(lane).filter(|lane| lane.held_by(holder))?;
        let written = self.end.unwrap_or(first.end).other();
        let wrote = (0..self.writes).fold(lane, |lane, _| lane.wrote(written, now));
        Some(wrote.settled(first, &self.settled, now).heard(self.unconnected(), now))
    }

    /// It is tried again.
    pub fn later(why: Failure, retry_after_s: Option<u32>) -> Self {
        let outcome = Outcome::Waits { why: Some(why.clone()) };
        Self::new(Settled::Later { why, retry_after_s }, outcome)
    }
}

/// What a failed request means for a comment; `refused` is what it means that something is not there, or not for the main
/// authorized user.
pub fn failed<W: World>(ends: &Ends<'_, '_, W>, trouble: Trouble, refused: Failure) -> Done {
    match trouble {
        Trouble::Jira(JiraRefused::Unavailable { retry_after_s })
        | Trouble::TurnedAway { retry_after_s }
        | Trouble::NotNow { retry_after_s } => Done::later(Failure::NoAnswer, retry_after_s),
        Trouble::NoGrant | Trouble::Jira(JiraRefused::Unauthenticated | JiraRefused::ScopeMissing) => {
            let until = ends.tenant(End::Here).world.now().plus(MENDED_IN);
            Done::new(Settled::Due(until), Outcome::Waits { why: Some(Failure::NotConnected) })
        }
        Trouble::Jira(JiraRefused::Forbidden | JiraRefused::NotFound) => Done::never(refused),
        Trouble::Jira(JiraRefused::Unexpected(message)) => Done::never(Failure::Refused { message }),
    }
}

impl<W: World> Job<'_, '_, '_, W> {
    pub(super) fn world(&self) -> &W {
        self.ends.tenant(End::Here).world
    }

    pub(super) fn to(&self) -> End {
        self.end.other()
    }

    /// Works on one comment. The run begins before anything is done.
    ///
    /// # Errors
    /// [`StoreError`]; whatever was begun is taken up again.
    pub async fn work(&self, number: JiraNumber, log: &mut Log<'_, '_, W>) -> Result<Done, StoreError> {
        if let Some(why) = self.barred() {
            return Ok(Done::skipped(why));
        }
        let read = match origin::read(self.ends, self.end, self.origin, number).await {
            Ok(read) => read,
            Err(trouble) => return Ok(failed(self.ends, trouble, Failure::OriginOutOfReach)),
        };
        if let Some(why) = origin::mirror_itself(self.world(), self.all, self.end, self.origin, read.as_ref()).await? {
            return Ok(Done::skipped(why));
        }
        let key = records::mirror::mirror(&self.integration.id, self.end, number);
        let mut at: Option<At<Mirror>> = records::load(self.world(), &key).await?;
        let (now, visibility) = self.judged(read.as_ref());
        let mut taken_back = None;
        for _ in 0..STEPS {
            if at.as_ref().is_some_and(|at| at.value.elsewhere(JiraNumber(self.target.id))) {
                return Ok(Done::skipped(Skipped::OnAnotherIssue));
            }
            let step = Step::of(at.as_ref().map(|at| &at.value), &now, self.since, self.world().now());
            match &step {
                Step::Skip(_) | Step::Wait(_) => {}
                Step::LookUp(_) | Step::Post | Step::Edit(_) | Step::Withdraw(..) => log.acts().await,
            }
            let done = match (step, &mut at, &read) {
                (Step::Skip(why), ..) => Done::skipped(why),
                (Step::Wait(until), ..) => Done::new(Settled::Due(until), Outcome::Waits { why: None }),
                (Step::LookUp(sending), Some(at), read) => {
                    match look(self.ends, self.to(), &at.value, &sending).await {
                        Err(trouble) => failed(self.ends, trouble, Failure::TargetOutOfReach),
                        Ok(Some(comment)) => {
                            let Sending { edition, by, since: _, visibility, before: _ } = sending;
                            let posted = Posted { comment, edition, by, visibility, leaving: None };
                            let mirror = at.value.clone().arrived(posted);
                            *at = self.save(&key, at.clone(), mirror).await?;
                            continue;
                        }
                        Ok(None) if !sending.may_be_hidden() => {
                            let mirror = at.value.clone().absent();
                            *at = self.save(&key, at.clone(), mirror).await?;
                            continue;
                        }
                        Ok(None) => match read {
                            Some(comment) if self.shows(&at.value, &sending, &now, &visibility) => {
                                self.post(&key, at.clone(), comment, visibility.clone()).await?
                            }
                            Some(_) | None => Done::never(Failure::MirrorOutOfSight),
                        },
                    }
                }
                (Step::Post, at, Some(comment)) => {
                    let mut begun = at.take().unwrap_or_else(|| At::absent(self.begin(number)));
                    begun.value = begun.value.on(JiraNumber(self.target.id));
                    self.post(&key, begun, comment, visibility.clone()).await?
                }
                (Step::Edit(posted), Some(at), Some(comment)) => {
                    match self.edit(&key, at.clone(), posted, comment, &visibility).await? {
                        Edited::Done(done) => done,
                        Edited::TakenBack(gone) => {
                            taken_back = Some((gone.comment, gone.writes));
                            *at = gone.at;
                            continue;
                        }
                    }
                }
                (Step::Withdraw(posted, why), Some(at), _) => self.withdraw(&key, at.clone(), posted, why).await?,
                // A mirror is posted of a comment that is there, and edited and withdrawn where there is one.
                (Step::LookUp(_) | Step::Post | Step::Edit(_) | Step::Withdraw(..), ..) => Done::skipped(Skipped::Gone),
            };
            return Ok(match taken_back {
                Some((comment, writes)) => done.after(comment, writes),
                None => done,
            });
        }
        Ok(Done::later(Failure::NoAnswer, None))
    }

    /// Whether Jira shows by taking a restricted mirror once more that the one that was sent before is not there: only whoever
    /// may read such comments may post one, and the main authorized user did not find it.
    fn shows(&self, mirror: &Mirror, sending: &Sending, now: &Now, visibility: &Visibility) -> bool {
        let anew = Step::of(Some(&mirror.clone().absent()), now, self.since, self.world().now());
        let alike = sending.by.account == self.ends.main && sending.visibility.as_ref() == Some(visibility);
        alike && mirror.target == JiraNumber(self.target.id) && anew == Step::Post
    }

    /// Why nothing of this issue is carried, whatever the comment says. Not even what is there already is touched.
    fn barred(&self) -> Option<Skipped> {
        let terms = &self.integration.terms;
        let in_project = |issue: &Issue, end| issue.project.id == terms.side(end).project;
        if !terms.direction.carries(self.end) {
            return Some(Skipped::OtherDirection);
        }
        if !in_project(self.origin, self.end) || !in_project(self.target, self.to()) {
            return Some(Skipped::OutOfProject);
        }
        match self.settings {
            Answer::Yes => None,
            Answer::No | Answer::Unknown => Some(Skipped::OutOfReach { limit: Limit::Settings }),
        }
    }

    /// The comment as it is judged, and who may read its mirror.
    fn judged(&self, read: Option<&Comment>) -> (Now, Visibility) {
        let Some(comment) = read else { return (Now::Deleted, Visibility::default()) };
        let terms = &self.integration.terms;
        let unmarked = unmarked(&terms.which, &plain_text(&comment.body), &comment.visibility);
        let (from, to) = (self.origin.project.service_project, self.target.project.service_project);
        let carried = visibility::carried(&comment.visibility, terms, self.end, from, to);
        let secured = self.origin.secured.then_some(Skipped::SecurityLevel);
        let (unwanted, visibility) = match (secured.or(unmarked), carried) {
            (Some(why), _) => (Some(why), Visibility::default()),
            (None, Err(why)) => (Some(Skipped::Withheld { why }), Visibility::default()),
            (None, Ok(visibility)) => (None, visibility),
        };
        let edition = edition(&comment.body, &visibility);
        (Now::Stays { edition, created: comment.created, unwanted }, visibility)
    }

    fn begin(&self, comment: JiraNumber) -> Mirror {
        let id = hex(&self.world().random()[..16]);
        let origin = Origin { end: self.end, issue: JiraNumber(self.origin.id), comment };
        Mirror::new(id, origin, JiraNumber(self.target.id))
    }

    pub(super) async fn save(&self, key: &Key, at: At<Mirror>, mirror: Mirror) -> Result<At<Mirror>, StoreError> {
        self.world().transact(vec![records::put(key.clone(), at.expect, &mirror)]).await?;
        Ok(At { expect: at.expect.next(), value: mirror })
    }

    /// Posts a mirror: noted as sent before Jira gets it. What its author may not post themselves goes in the main
    /// authorized user's name.
    async fn post(
        &self,
        key: &Key,
        mut at: At<Mirror>,
        comment: &Comment,
        visibility: Visibility,
    ) -> Result<Done, StoreError> {
        let mut by = match poster(self, comment, &visibility, true).await {
            Ok(by) => by,
            Err(Nobody::Blocked(limit)) => return Ok(Done::skipped(Skipped::OutOfReach { limit })),
            Err(Nobody::Trouble(trouble)) => return Ok(failed(self.ends, trouble, Failure::TargetOutOfReach)),
        };
        let edition = edition(&comment.body, &visibility);
        let mut writes = 0;
        loop {
            let made = mirrored(self, &at.value, comment, visibility.clone(), &edition, &by).await;
            let (mirror, lost) = match made {
                Ok(made) => made,
                Err(trouble) => return Ok(failed(self.ends, trouble, Failure::TargetOutOfReach)),
            };
            let sent = at.value.clone().sent(edition.clone(), visibility.clone(), by.clone(), self.world().now());
            at = self.save(key, at, sent).await?;
            writes += 1;
            let target = JiraNumber(self.target.id);
            let trouble = match self.ends.send(self.to(), &by.account, &post(target, &mirror)).await {
                Ok(answer) => {
                    if let Some(comment) = read_posted(&answer) {
                        let (by, visibility) = (by.clone(), Some(visibility));
                        let posted = Posted { comment, edition, by: by.clone(), visibility, leaving: None };
                        let arrived = at.value.clone().arrived(posted);
                        self.save(key, at, arrived).await?;
                        let done = Done::new(Settled::Done, Outcome::Created { comment });
                        return Ok(Done { by: Some(by), lost, writes, ..done });
                    }
                    // Jira has it, and what it said of it did not arrive: it is looked for.
                    Trouble::Jira(JiraRefused::Unavailable { retry_after_s: None })
                }
                Err(trouble) => trouble,
            };
            if let Trouble::Jira(JiraRefused::Unavailable { .. }) = &trouble {
                // It may be there: the note that it was sent stays.
                return Ok(Done { writes, ..failed(self.ends, trouble, Failure::TargetOutOfReach) });
            }
            let turned_away = at.value.clone().turned_away();
            at = self.save(key, at, turned_away).await?;
            let refused = matches!(&trouble, Trouble::NoGrant | Trouble::Jira(_));
            if refused && by.account != self.ends.main {
                by = match self.instead(comment, &visibility).await {
                    Ok(by) => by,
                    Err(done) => return Ok(Done { writes, ..done }),
                };
                continue;
            }
            return Ok(Done { writes, ..failed(self.ends, trouble, Failure::MayNotComment) });
        }
    }

    /// The main authorized user in the author's place, whose own grant was turned away at the last moment.
    async fn instead(&self, comment: &Comment, visibility: &Visibility) -> Result<Poster, Done> {
        match poster(self, comment, visibility, false).await {
            Ok(by) => Ok(by),
            Err(Nobody::Blocked(limit)) => Err(Done::skipped(Skipped::OutOfReach { limit })),
            Err(Nobody::Trouble(trouble)) => Err(failed(self.ends, trouble, Failure::TargetOutOfReach)),
        }
    }
}
