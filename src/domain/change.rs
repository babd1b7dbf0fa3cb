//! A change of the main authorized user, from its beginning to its end.
//!
//! ```text
//! AwaitingConsent -> Confirmed -> Switched -> Ended
//!        |\              ^ \-> Undoing -------> Ended
//!        | \-> Scheduled<+------^
//!        \---------------------------------> Ended
//! ```
//! Before the pointer moves (`Confirmed`) every step can be undone; after it (`Switched`) the rest is carried out,
//! however often it is interrupted. A change with a [`Schedule`] waits (`Scheduled`) until its time has come and everything
//! is found as foreseen; one that was taken up sooner, and broke off, goes back to waiting where something can be mended.

use super::account::{Account, AccountId, Person};
use super::authorization::{AuthorizationSession, Denial, LIFE, ParkedGrant, Purpose, SessionKey, SessionState};
use super::connection::EveryoneAsked;
use super::hand_off::{self, HandedOff};
use super::health::{Check, CheckFailure};
use super::receipt::Foreseen;
use super::schedule::{Deviation, Schedule};
use super::settings::ReauthorizationPolicy;
use super::site::Site;
use super::tagged::tagged;
use super::time::{Span, Timestamp};
use super::webhook::{Registered, WebhookId};
use serde::{Deserialize, Serialize};

/// For how long one invocation may work on a change before another takes over: longer than a function may run.
pub const LEASE_LIFE: Span = Span::seconds(60);

/// How a change ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Outcome {
    /// The main authorized user is another.
    Completed {
        /// Webhooks of the old account that could not be removed, because its grant is dead: they expire by
        /// themselves, and what they deliver is dropped.
        webhooks_left: u32,
        /// Until when the account before can be restored; absent when its tokens are deleted.
        restorable_until: Option<Timestamp>,
    },
    /// The same account allowed again: its grant is fresh, nothing else changed.
    Refreshed,
    /// An administrator cancelled it.
    Cancelled {
        /// Who.
        by: Person,
    },
    /// Nobody answered in time.
    Expired,
    /// Another change took its place.
    Superseded {
        /// Who began that one.
        by: Person,
    },
    /// Another account allowed than was meant, and was not taken.
    WrongAccount {
        /// Who allowed.
        allowed: Person,
    },
    /// The authorization yielded nothing.
    Denied {
        /// Why.
        denial: Denial,
    },
    /// A check failed for certain.
    ChecksFailed {
        /// Every check.
        checks: Vec<Check>,
    },
    /// The new webhooks could not be registered.
    WebhooksFailed {
        /// Why.
        failure: CheckFailure,
    },
    /// It was interrupted before anything had changed, and was undone.
    Interrupted,
    /// It was scheduled or handed off, and the world was not as foreseen.
    Stopped {
        /// What was not.
        because: Deviation,
    },
}

tagged!(Outcome);

/// The main authorized user that was, while its traces are removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Previous {
    /// Who.
    pub account: Account,
    /// This site, as its grant reaches it.
    pub site: Site,
    /// [`super::connection::Connection::everyone_asked`] before the pointer moved.
    pub everyone_asked: Option<EveryoneAsked>,
    /// The webhooks that it holds.
    pub webhooks: Vec<WebhookId>,
    /// How many of them could not be removed; none while they have not been tried.
    pub left: Option<u32>,
}

/// How a grant came among the grants of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Adopted {
    /// Names of the secrets with the older tokens of the same account; absent when it had no grant.
    pub replaced_secrets: Option<Vec<String>>,
}

/// Where a change stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase")]
pub enum Stage {
    /// The authorization session decides.
    AwaitingConsent,
    /// The new account allowed, passed every check, and its grant is among the grants: [`Change::schedule`] says until when
    /// the change waits.
    Scheduled {
        /// Whose grant it is, and how it reaches the site.
        parked: Box<ParkedGrant>,
        /// What the grant took the place of.
        adopted: Adopted,
        /// What was checked.
        checks: Vec<Check>,
    },
    /// The initiator is still an administrator, the new account passed every check, and its grant is among the grants.
    Confirmed {
        /// Whose grant it is, and how it reaches the site.
        parked: Box<ParkedGrant>,
        /// What the grant took the place of.
        adopted: Adopted,
        /// What was checked.
        checks: Vec<Check>,
        /// The new account's webhooks, once Jira lists them.
        webhooks: Option<Vec<Registered>>,
    },
    /// The pointer has moved.
    Switched {
        /// Whose traces remain; none when the same account allowed again, or there was no main user before.
        previous: Option<Previous>,
        /// What the new grant took the place of.
        adopted: Adopted,
    },
    /// The new account's webhooks and tokens are being removed again.
    Undoing {
        /// Whose grant it is.
        parked: Box<ParkedGrant>,
        /// What the grant took the place of.
        adopted: Adopted,
        /// How it will have ended.
        outcome: Outcome,
    },
    /// Nothing is left to do.
    Ended {
        /// How.
        outcome: Outcome,
        /// When.
        at: Timestamp,
    },
}

tagged!(Stage);

/// The one invocation that works on a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lease {
    /// Random name of the invocation.
    pub holder: String,
    /// Since when.
    pub since: Timestamp,
}

/// A change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// Its name, and that of its authorization session unless it is handed off.
    pub key: SessionKey,
    /// First connection or change.
    pub purpose: Purpose,
    /// Who began it, and alone may confirm it.
    pub initiator: Person,
    /// The account that is meant; the one that allowed, once the initiator accepted it instead.
    pub intended: Person,
    /// When it began.
    pub began_at: Timestamp,
    /// Until when Jira's *Allow* page may be answered, or its link used.
    pub expires_at: Timestamp,
    /// The link by which somebody else allows, if there is one.
    pub hand_off: Option<HandedOff>,
    /// What it asks of the people who connected their own accounts.
    pub policy: ReauthorizationPolicy,
    /// What its initiator knew of it before; absent for a first connection, for a renewal and for going back.
    pub foreseen: Option<Foreseen>,
    /// When it is to switch; at once when absent.
    pub schedule: Option<Schedule>,
    /// Where it stands.
    pub stage: Stage,
    /// Who works on it.
    pub lease: Option<Lease>,
}

impl Change {
    /// Whether an invocation works on it right now.
    #[must_use]
    pub fn leased(&self, now: Timestamp) -> bool {
        self.lease.as_ref().is_some_and(|lease| now >= lease.since && now.since(lease.since) < LEASE_LIFE)
    }

    /// Whether something is left to do.
    #[must_use]
    pub fn under_way(&self) -> bool {
        !matches!(self.stage, Stage::Ended { .. })
    }

    /// Its authorization session: its own, or that of the latest try of its link; none before the first.
    #[must_use]
    pub fn session(&self) -> Option<&SessionKey> {
        self.hand_off.as_ref().map_or(Some(&self.key), |handed_off| handed_off.session.as_ref())
    }

    /// Whether its steps are being taken: a change that waits for days, for its link or for its time, leaves everything as
    /// it is until then.
    #[must_use]
    pub fn moving(&self) -> bool {
        match self.stage {
            Stage::AwaitingConsent => self.hand_off.is_none(),
            Stage::Scheduled { .. } | Stage::Ended { .. } => false,
            Stage::Confirmed { .. } | Stage::Switched { .. } | Stage::Undoing { .. } => true,
        }
    }

    /// Whether it goes on without anybody: its pointer has moved, it is undone, or it was confirmed when it was scheduled.
    #[must_use]
    pub fn goes_on_alone(&self) -> bool {
        match self.stage {
            Stage::AwaitingConsent | Stage::Scheduled { .. } | Stage::Ended { .. } => false,
            Stage::Confirmed { .. } => self.schedule.is_some(),
            Stage::Switched { .. } | Stage::Undoing { .. } => true,
        }
    }

    /// Whether what was found before its steps began still counts. Only one that waited, for its time or for a link, can
    /// break off and rest for longer than that.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        match (&self.schedule, &self.hand_off) {
            (Some(schedule), _) => schedule.holds(now),
            (None, Some(handed_off)) => handed_off.holds(now),
            (None, None) => true,
        }
    }

    /// Since when its steps are being taken.
    #[must_use]
    pub fn taken_up_at(&self) -> Timestamp {
        self.schedule.and_then(|schedule| schedule.taken_up_at).unwrap_or(self.began_at)
    }

    /// Until when the change may wait: for *Allow*, from then on for the initiator; for its time and an answer.
    #[must_use]
    pub fn waits_until(&self, session: Option<&AuthorizationSession>) -> Timestamp {
        let parked = match (&self.stage, &self.schedule) {
            (Stage::Scheduled { .. } | Stage::Confirmed { .. }, Some(schedule)) => return schedule.gives_up_at(),
            (Stage::Scheduled { parked, .. } | Stage::Confirmed { parked, .. } | Stage::Undoing { parked, .. }, _) => {
                Some(parked.as_ref())
            }
            (Stage::AwaitingConsent | Stage::Switched { .. } | Stage::Ended { .. }, _) => {
                session.and_then(AuthorizationSession::parked)
            }
        };
        let wait = if self.hand_off.is_some() { hand_off::WAIT } else { LIFE };
        parked.map_or(self.expires_at, |parked| parked.obtained_at.plus(wait).max(self.expires_at))
    }

    /// Where its session stands, as far as that decides anything. What a try of a link came to decides nothing unless the
    /// account that is meant allowed: the link may be used once more.
    #[must_use]
    pub fn decided<'s>(&self, session: Option<&'s AuthorizationSession>) -> Option<&'s SessionState> {
        let state = &session?.state;
        let decides = match state {
            SessionState::Claimed { .. } | SessionState::Authorized { .. } | SessionState::Consumed { .. } => true,
            SessionState::Pending | SessionState::Denied { .. } | SessionState::Superseded { .. } => {
                self.hand_off.is_none()
            }
        };
        decides.then_some(state)
    }

    /// How an unconfirmed change ends that is given up at `now`: what its session met counts before `otherwise`.
    #[must_use]
    pub fn ending(&self, session: Option<&AuthorizationSession>, now: Timestamp, otherwise: Outcome) -> Outcome {
        match self.decided(session) {
            Some(SessionState::Denied { denial }) => Outcome::Denied { denial: denial.clone() },
            Some(SessionState::Authorized { parked })
                if parked.account.person.account_id != self.intended.account_id =>
            {
                Outcome::WrongAccount { allowed: parked.account.person.clone() }
            }
            // Of one that was handed off the time that was chosen may be over first.
            _ if now >= self.waits_until(session) => match self.schedule.filter(|_| self.hand_off.is_some()) {
                Some(schedule) if schedule.missed(now) => Outcome::Stopped { because: Deviation::TooLate },
                Some(_) | None => Outcome::Expired,
            },
            Some(
                SessionState::Pending
                | SessionState::Claimed { .. }
                | SessionState::Authorized { .. }
                | SessionState::Consumed { .. }
                | SessionState::Superseded { .. },
            )
            | None => otherwise,
        }
    }

    /// Whether `account` began it.
    #[must_use]
    pub fn begun_by(&self, account: &AccountId) -> bool {
        self.initiator.account_id == *account
    }

    pub(super) fn at(self, stage: Stage) -> Self {
        Self { stage, ..self }
    }

    pub(super) fn ended(self, outcome: Outcome, at: Timestamp) -> Self {
        Self { stage: Stage::Ended { outcome, at }, lease: None, ..self }
    }
}
