//! The assignee of a pair of issues: whose change is carried to the other, and what was carried last.
//!
//! Assigning somebody twice is as good as once. What must not be is that a change of our own is taken for somebody's, and goes
//! back: so the record says what is on its way before Jira gets it.

use super::account::AccountId;
use super::integration::{Direction, End};
use super::mirror::IN_FLIGHT;
use super::tagged::tagged;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How an assignee's counterpart on the other site is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Following {
    /// By the table of the integration, and no other way.
    ByTable,
    /// By the table; else the same Atlassian account, where it works on the other site; else by the email address, where Jira
    /// shows it on both.
    ByTableOrAccount,
}

/// Why an assignee has no counterpart on the other site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum NoCounterpart {
    /// They are not in the table, and nothing else counts.
    NotInTable,
    /// Their account is not on the other site, and Jira does not show the app their email address.
    AddressHidden,
    /// Neither their account nor their email address is on the other site, or Jira does not show it there.
    NotFound,
    /// Several active accounts there have their email address.
    Several,
}

/// Who somebody is on the other site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Counterpart {
    /// This account.
    Account(AccountId),
    /// Nobody, because nobody is assigned.
    Nobody,
    /// Nobody, because there is no such account.
    None(NoCounterpart),
}

impl Counterpart {
    /// Whom the other issue is assigned to.
    #[must_use]
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Account(account) => Some(account),
            Self::Nobody | Self::None(_) => None,
        }
    }

    /// What is told of it.
    #[must_use]
    pub fn told(&self) -> Assigned {
        match self {
            Self::Account(_) => Assigned::Counterpart,
            Self::Nobody => Assigned::Nobody,
            Self::None(why) => Assigned::NoCounterpart { why: *why },
        }
    }
}

/// Whom an issue was assigned to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Assigned {
    /// The counterpart of who was assigned on the other site.
    Counterpart,
    /// Nobody, as on the other site.
    Nobody,
    /// Nobody: who was assigned on the other site has no counterpart.
    NoCounterpart {
        /// Why not.
        why: NoCounterpart,
    },
}

tagged!(Assigned);

/// To whom an issue is assigned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The account; absent where nobody is.
    pub account: Option<AccountId>,
    /// When that was changed last, as far as Jira tells: absent where it was never, or long ago.
    pub changed_at: Option<Timestamp>,
}

/// To whom both issues were assigned when they were last looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// The issue on this site.
    pub here: Option<AccountId>,
    /// The issue on the other.
    pub there: Option<AccountId>,
}

impl Seen {
    fn at(&self, end: End) -> Option<&AccountId> {
        match end {
            End::Here => self.here.as_ref(),
            End::There => self.there.as_ref(),
        }
    }
}

/// An assignment on its way: Jira may have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assigning {
    /// From which end it is carried.
    pub from: End,
    /// Who was assigned there.
    pub account: Option<AccountId>,
    /// Who is to be assigned at the other.
    pub to: Option<AccountId>,
    /// Since when.
    pub since: Timestamp,
}

/// What is known of the assignee of a pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Assignment {
    /// What was seen last; absent before the first look.
    pub seen: Option<Seen>,
    /// What is on its way, if anything is.
    pub assigning: Option<Assigning>,
    /// The end for whose issue the other was created: before the first look its assignee counts, also where nobody changed it.
    pub created_for: Option<End>,
}

/// What is to be done next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing: nobody changed it, or not in a way that is carried.
    Nothing,
    /// Nothing yet: what was sent may still arrive until then.
    Wait(Timestamp),
    /// The assignee of an end is carried to the other.
    Carry {
        /// Which end's.
        from: End,
        /// Whether it was changed at the other end, too, and earlier.
        overrules: bool,
    },
}

impl Assignment {
    /// What to do about two issues that are assigned like this. `since` says from when on changes of an end are carried.
    ///
    /// Where both ends were changed since the last look, the later change counts, by Jira's own history; of two at the same
    /// moment, the one of this site.
    #[must_use]
    pub fn step(
        &self,
        direction: Direction,
        (here, there): (&Holder, &Holder),
        since: &dyn Fn(End) -> Timestamp,
        now: Timestamp,
    ) -> Step {
        if let Some(sent) = &self.assigning {
            let settled = sent.since.plus(IN_FLIGHT);
            // A clock that went back does not make it wait for longer than that.
            if now < settled && settled.since(now) <= IN_FLIGHT {
                return Step::Wait(settled);
            }
        }
        let seen = self.arrived(here, there);
        // Where what was sent is not there, it never arrived, or somebody took it back: history tells which.
        let doubted = self.assigning.as_ref().filter(|_| seen == self.seen).map(|sent| sent.from.other());
        let changed = |end: End, (holder, other): (&Holder, &Holder)| {
            let taken_back = doubted == Some(end) && holder.changed_at > other.changed_at;
            let same = seen.as_ref().is_some_and(|seen| seen.at(end) == holder.account.as_ref()) && !taken_back;
            let differs = !same && direction.carries(end);
            let first = self.created_for == Some(end) && seen.is_none() && holder.account.is_some();
            let at = holder.changed_at.filter(|at| *at >= since(end)).or_else(|| first.then(|| since(end)));
            at.filter(|_| differs)
        };
        match (changed(End::Here, (here, there)), changed(End::There, (there, here))) {
            (None, None) => Step::Nothing,
            (Some(_), None) => Step::Carry { from: End::Here, overrules: false },
            (None, Some(_)) => Step::Carry { from: End::There, overrules: false },
            (Some(here), Some(there)) => {
                let from = if there > here { End::There } else { End::Here };
                Step::Carry { from, overrules: true }
            }
        }
    }

    /// What was seen, with what was on its way where it arrived.
    fn arrived(&self, here: &Holder, there: &Holder) -> Option<Seen> {
        let at = |end: End| match end {
            End::Here => here.account.clone(),
            End::There => there.account.clone(),
        };
        match &self.assigning {
            Some(sent) if at(sent.from.other()) == sent.to => Some(match sent.from {
                End::Here => Seen { here: sent.account.clone(), there: sent.to.clone() },
                End::There => Seen { here: sent.to.clone(), there: sent.account.clone() },
            }),
            Some(_) | None => self.seen.clone(),
        }
    }

    /// On its way. What was seen before stays: if it never arrives, it is still to be carried.
    #[must_use]
    pub fn sent(&self, from: End, (here, there): (&Holder, &Holder), to: Option<&AccountId>, now: Timestamp) -> Self {
        let account = match from {
            End::Here => here.account.clone(),
            End::There => there.account.clone(),
        };
        let assigning = Some(Assigning { from, account, to: to.cloned(), since: now });
        Self { seen: self.arrived(here, there), assigning, created_for: self.created_for }
    }

    /// Both issues are assigned like this, and that is known.
    #[must_use]
    pub fn settled(here: Option<AccountId>, there: Option<AccountId>) -> Self {
        Self { seen: Some(Seen { here, there }), ..Self::default() }
    }

    /// Of a pair of which one issue was just created for the one at this end.
    #[must_use]
    pub fn created_for(end: End) -> Self {
        Self { created_for: Some(end), ..Self::default() }
    }

    /// What was on its way did not arrive, and never will.
    #[must_use]
    pub fn refused(self) -> Self {
        Self { assigning: None, ..self }
    }

    /// Whether somebody may have changed the assignee of an end since it was looked at.
    #[must_use]
    pub fn differs(&self, end: End, account: Option<&AccountId>) -> bool {
        self.assigning.is_some() || self.seen.as_ref().is_none_or(|seen| seen.at(end) != account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    fn account(text: &str) -> Option<AccountId> {
        (!text.is_empty()).then(|| AccountId::parse(text).expect("is one"))
    }

    fn holder(text: &str, changed_at: i64) -> Holder {
        Holder { account: account(text), changed_at: Some(Timestamp(changed_at)) }
    }

    fn step(own: &Assignment, direction: Direction, here: &Holder, there: &Holder) -> Step {
        own.step(direction, (here, there), &|_| Timestamp(10), NOW)
    }

    fn both(own: &Assignment, here: &Holder, there: &Holder) -> Step {
        step(own, Direction::Both, here, there)
    }

    fn carry(from: End, overrules: bool) -> Step {
        Step::Carry { from, overrules }
    }

    #[test]
    fn what_nobody_changed_or_before_it_counted_is_not_carried() {
        let seen = Assignment::settled(account("a"), account("b"));
        assert_eq!(both(&seen, &holder("a", 90), &holder("b", 95)), Step::Nothing);
        assert_eq!(both(&seen, &holder("c", 9), &holder("b", 95)), Step::Nothing, "before");
        let long_ago = Holder { account: account("c"), changed_at: None };
        assert_eq!(both(&seen, &long_ago, &holder("b", 95)), Step::Nothing);
        assert_eq!(both(&Assignment::default(), &long_ago, &holder("b", 9)), Step::Nothing, "the first look");
    }

    #[test]
    fn who_is_responsible_when_a_counterpart_is_created_is_carried_unless_somebody_changed_that_since() {
        let new = Assignment::created_for(End::There);
        let (nobody, long_ago) = (Holder { account: None, changed_at: None }, |text: &str| Holder {
            account: account(text),
            changed_at: None,
        });
        assert_eq!(both(&new, &nobody, &long_ago("a")), carry(End::There, false));
        assert_eq!(both(&new, &nobody, &holder("a", 9)), carry(End::There, false), "before assignees followed");
        assert_eq!(both(&new, &long_ago("b"), &nobody), Step::Nothing, "Jira's own default stays");
        assert_eq!(both(&new, &holder("b", 20), &long_ago("a")), carry(End::Here, true), "somebody was later");
        assert_eq!(step(&new, Direction::Out, &nobody, &long_ago("a")), Step::Nothing, "against the direction");
        let sent = new.sent(End::There, (&nobody, &long_ago("a")), account("c").as_ref(), Timestamp(0));
        assert_eq!(both(&sent, &nobody, &long_ago("a")), carry(End::There, false), "it never arrived");
        assert_eq!(both(&sent, &long_ago("c"), &long_ago("a")), Step::Nothing, "it did");
        let seen = Assignment::settled(None, account("a"));
        assert_eq!(both(&seen, &nobody, &long_ago("b")), Step::Nothing, "from then on changes count");
    }

    #[test]
    fn a_change_is_carried_the_way_the_integration_goes() {
        let seen = Assignment::settled(account("a"), account("b"));
        let (here, there) = (holder("c", 90), holder("b", 20));
        assert_eq!(both(&seen, &here, &there), carry(End::Here, false));
        assert_eq!(step(&seen, Direction::In, &here, &there), Step::Nothing);
        assert_eq!(both(&seen, &holder("a", 20), &holder("", 90)), carry(End::There, false), "somebody took them off");
        assert_eq!(both(&Assignment::default(), &holder("a", 10), &holder("b", 9)), carry(End::Here, false));
    }

    #[test]
    fn of_two_changes_the_later_counts_and_at_one_moment_the_one_of_this_site() {
        let seen = Assignment::settled(account("a"), account("b"));
        assert_eq!(both(&seen, &holder("c", 90), &holder("d", 91)), carry(End::There, true));
        assert_eq!(both(&seen, &holder("c", 91), &holder("d", 90)), carry(End::Here, true));
        assert_eq!(both(&seen, &holder("c", 90), &holder("d", 90)), carry(End::Here, true));
        let out = step(&seen, Direction::Out, &holder("c", 90), &holder("d", 91));
        assert_eq!(out, carry(End::Here, false), "what is never carried overrules nothing");
    }

    #[test]
    fn what_may_be_on_its_way_is_waited_for_and_never_taken_for_somebody_s_change() {
        let seen = Assignment::settled(account("a"), account("b"));
        let (here, there) = (holder("c", 90), holder("b", 20));
        let sent = seen.sent(End::Here, (&here, &there), None, NOW);
        let after = |own: &Assignment, here: &Holder, there: &Holder| {
            own.step(Direction::Both, (here, there), &|_| Timestamp(10), NOW.plus(IN_FLIGHT))
        };
        assert_eq!(both(&sent, &here, &there), Step::Wait(NOW.plus(IN_FLIGHT)));
        assert_eq!(after(&sent, &here, &there), carry(End::Here, false), "it never arrived");
        assert_eq!(after(&sent, &here, &holder("", 1_000)), Step::Nothing, "it is ours");
        assert_eq!(after(&sent, &holder("a", 2_000), &holder("", 1_000)), carry(End::Here, false), "and changed again");
        assert_eq!(after(&sent, &here, &holder("d", 2_000)), carry(End::There, true), "somebody was later");
        assert_eq!(after(&sent, &here, &holder("b", 2_000)), carry(End::There, true), "and took it back");
        assert_eq!(both(&sent.refused(), &here, &there), carry(End::Here, false));
    }

    #[test]
    fn a_clock_that_went_back_makes_nobody_wait_for_days() {
        let (here, there) = (holder("c", 90), holder("b", 20));
        let sent = Assignment::default().sent(End::Here, (&here, &there), None, NOW);
        assert_eq!(
            sent.step(Direction::Both, (&here, &there), &|_| Timestamp(0), Timestamp(0)),
            carry(End::Here, true),
            "both are taken for changed before the first look"
        );
    }

    #[test]
    fn the_catch_up_looks_where_it_does_not_know_or_sees_another() {
        let seen = Assignment::settled(account("a"), None);
        assert!(!seen.differs(End::Here, account("a").as_ref()) && !seen.differs(End::There, None));
        assert!(seen.differs(End::Here, None) && seen.differs(End::There, account("b").as_ref()));
        assert!(Assignment::default().differs(End::Here, None));
    }
}
