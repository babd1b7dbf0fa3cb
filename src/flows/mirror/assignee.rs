//! The assignee of a pair: looked at at both ends, and carried to the other where somebody changed it.
//!
//! Always as the main authorized user: Jira's history names who changed it, but a delivery proves nobody's will.

use super::ends::{Ends, Trouble};
use super::one::{Done, failed};
use crate::domain::access_rule::{Answer, Limit};
use crate::domain::account::AccountId;
use crate::domain::assignee::{Assignment, Counterpart, Following, NoCounterpart, Step};
use crate::domain::integration::{End, Integration};
use crate::domain::lane::Settled;
use crate::domain::limits::JiraNumber;
use crate::domain::mirror::{Poster, Skipped};
use crate::domain::pair::Pair;
use crate::domain::run::{Failure, Outcome};
use crate::jira::assignee::{Assignee, assign, assignee, by_address, read_assignee, read_by_address};
use crate::jira::mirrored::{people, read_people};
use crate::jira::{Issue, JiraRefused, JiraRequest};
use crate::ports::{Key, StoreError, World};
use crate::records::{self, At};
use futures_util::join;
use serde_json::Value;

/// What is known of a pair of issues while its assignee is looked at.
pub struct Both<'b, 't, 'w, W> {
    /// Both sites.
    pub ends: &'b Ends<'t, 'w, W>,
    /// The integration whose pair it is.
    pub integration: &'b Integration,
    /// The pair.
    pub pair: Pair,
    /// What the app's settings say of the project on this site.
    pub settings: Answer,
    /// The issue on this site.
    pub here: &'b Issue,
    /// The issue on the other.
    pub there: &'b Issue,
}

impl<W: World> Both<'_, '_, '_, W> {
    /// Looks at both ends, and carries what was changed at one to the other.
    ///
    /// # Errors
    /// [`StoreError`]; whatever was begun is taken up again.
    pub async fn follow(&self) -> Result<Done, StoreError> {
        let how = match self.wanted() {
            Ok(how) => how,
            Err(why) => return Ok(Done::skipped(why)),
        };
        let (here, there) = match join!(self.read(End::Here), self.read(End::There)) {
            (Ok(here), Ok(there)) => (here, there),
            (Err(trouble), _) => return Ok(failed(self.ends, trouble, Failure::OriginOutOfReach)),
            (_, Err(trouble)) => return Ok(failed(self.ends, trouble, Failure::TargetOutOfReach)),
        };
        let at: At<Assignment> = records::load_or_default(self.world(), &self.key()).await?;
        let since = |end| self.integration.follows_since(end).max(self.pair.at);
        let holders = (&here.holder, &there.holder);
        match at.value.step(self.integration.terms.direction, holders, &since, self.world().now()) {
            Step::Wait(until) => Ok(Done::new(Settled::Due(until), Outcome::Waits { why: None })),
            Step::Nothing => {
                let seen = Assignment::settled(here.holder.account, there.holder.account);
                if at.value != seen {
                    self.save(at, seen).await?;
                }
                Ok(Done::skipped(Skipped::Unchanged))
            }
            Step::Carry { from, overrules } => {
                let done = self.carry(how, at, (&here, &there), from, overrules).await?;
                Ok(Done { end: Some(from), ..done })
            }
        }
    }

    fn world(&self) -> &W {
        self.ends.tenant(End::Here).world
    }

    fn key(&self) -> Key {
        records::mirror::assignment(&self.integration.id, self.pair.here)
    }

    /// How a counterpart is found, or why nothing is carried, whatever the issues say.
    fn wanted(&self) -> Result<Following, Skipped> {
        let terms = &self.integration.terms;
        if self.here.project.id != terms.here.project || self.there.project.id != terms.there.project {
            return Err(Skipped::OutOfProject);
        }
        match self.settings {
            Answer::Yes => terms.following.ok_or(Skipped::NotFollowing),
            Answer::No | Answer::Unknown => Err(Skipped::OutOfReach { limit: Limit::Settings }),
        }
    }

    async fn read(&self, end: End) -> Result<Assignee, Trouble> {
        let issue = self.ends.as_main(end, &assignee(self.pair.issue(end))).await?;
        Ok(read_assignee(&issue)?)
    }

    /// Assigns the issue at the other end to the counterpart: noted as sent before Jira gets it.
    async fn carry(
        &self,
        how: Following,
        at: At<Assignment>,
        (here, there): (&Assignee, &Assignee),
        from: End,
        overrules: bool,
    ) -> Result<Done, StoreError> {
        let (origin, target) = match from {
            End::Here => (here, there),
            End::There => (there, here),
        };
        let to = match self.counterpart(how, from, origin).await {
            Ok(to) => to,
            Err(trouble) => return Ok(failed(self.ends, trouble, Failure::TargetOutOfReach)),
        };
        let settled = match from {
            End::Here => Assignment::settled(here.holder.account.clone(), to.account().cloned()),
            End::There => Assignment::settled(to.account().cloned(), there.holder.account.clone()),
        };
        if target.holder.account.as_ref() == to.account() {
            self.save(at, settled).await?;
            return Ok(Done::skipped(match to {
                Counterpart::None(why) => Skipped::NoCounterpart { why },
                Counterpart::Account(_) | Counterpart::Nobody => Skipped::Unchanged,
            }));
        }
        let sent = at.value.sent(from, (&here.holder, &there.holder), to.account(), self.world().now());
        let at = self.save(at, sent).await?;
        let issue: JiraNumber = self.pair.issue(from.other());
        let main: &AccountId = &self.ends.main;
        let done = match self.ends.send(from.other(), main, &assign(issue, to.account())).await {
            Ok(_) => {
                self.save(at, settled).await?;
                let by = Some(Poster { account: main.clone(), for_author: true });
                Done { by, ..Done::new(Settled::Done, Outcome::Assigned { to: to.told(), overrules }) }
            }
            // It may be there: the note that it was sent stays.
            Err(trouble @ Trouble::Jira(JiraRefused::Unavailable { .. })) => {
                failed(self.ends, trouble, Failure::MayNotAssign)
            }
            Err(trouble) => {
                let refused = at.value.clone().refused();
                self.save(at, refused).await?;
                match trouble {
                    // Jira says so of whom it does not let be assigned; its words name them by their id.
                    Trouble::Jira(JiraRefused::Unexpected(_)) => Done::never(Failure::NotAssignable),
                    Trouble::Jira(_) | Trouble::TurnedAway { .. } | Trouble::NoGrant | Trouble::NotNow { .. } => {
                        failed(self.ends, trouble, Failure::MayNotAssign)
                    }
                }
            }
        };
        Ok(Done { writes: 1, ..done })
    }

    async fn save(&self, at: At<Assignment>, value: Assignment) -> Result<At<Assignment>, StoreError> {
        self.world().transact(vec![records::put(self.key(), at.expect, &value)]).await?;
        Ok(At { expect: at.expect.next(), value })
    }

    /// Who the assignee of an end is at the other. An Atlassian account is the same on every site that it may use.
    async fn counterpart(&self, how: Following, from: End, origin: &Assignee) -> Result<Counterpart, Trouble> {
        let Some(own) = &origin.holder.account else { return Ok(Counterpart::Nobody) };
        if let Some(account) = self.integration.terms.assignee_from(from, own) {
            return Ok(Counterpart::Account(account.clone()));
        }
        match how {
            Following::ByTable => return Ok(Counterpart::None(NoCounterpart::NotInTable)),
            Following::ByTableOrAccount => {}
        }
        let same = self.asked(from.other(), &people(std::slice::from_ref(own))).await?;
        if read_people(&same).iter().any(|one| one.person.account_id == *own) {
            return Ok(Counterpart::Account(own.clone()));
        }
        let Some(address) = &origin.address else { return Ok(Counterpart::None(NoCounterpart::AddressHidden)) };
        let found = self.asked(from.other(), &by_address(address)).await?;
        Ok(match read_by_address(&found, address).as_slice() {
            [] => Counterpart::None(NoCounterpart::NotFound),
            [one] => Counterpart::Account(one.person.account_id.clone()),
            [_, ..] => Counterpart::None(NoCounterpart::Several),
        })
    }

    /// People of a site; none where it tells the main authorized user of nobody.
    async fn asked(&self, end: End, request: &JiraRequest) -> Result<Value, Trouble> {
        match self.ends.as_main(end, request).await {
            Err(Trouble::Jira(JiraRefused::Forbidden | JiraRefused::NotFound | JiraRefused::Unexpected(_))) => {
                Ok(Value::Null)
            }
            answer => answer,
        }
    }
}
