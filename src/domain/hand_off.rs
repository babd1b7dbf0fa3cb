//! A hand-off link: it lets the person who can sign in as an account allow the app, on behalf of an administrator who
//! cannot.
//!
//! Stored is the hash of the link's code, never the code. Whoever has the link may try more than once, because another
//! account may be signed in at Atlassian at first; it is used up by the account that is meant, and by nobody else.

use super::account::{AccountId, Person};
use super::authorization::{AuthorizationSession, Denial, SessionKey};
use super::change::{Change, Stage};
use super::connection::{ChangeRefused, Connection};
use super::schedule::{Schedule, still};
use super::site::CloudId;
use super::tagged::tagged;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// For how long a link may be used.
pub const LIFE: Span = Span::hours(48);

/// Until when a link that is made at `now` may be used: for 48 hours, and no longer than somebody may still confirm a change
/// that has a chosen time.
#[must_use]
pub fn usable_until(schedule: Option<&Schedule>, now: Timestamp) -> Timestamp {
    let life = now.plus(LIFE);
    schedule.map_or(life, |schedule| schedule.over_at().min(life))
}

/// For how long what a link yielded waits for its administrator.
pub const WAIT: Span = Span::hours(48);

/// How often Atlassian's page may be opened from one link: a link that got into the wrong hands stores no more than this.
pub const TRIES: u32 = 20;

/// How many links one change may have, one after the other: so it cannot be drawn out without end.
pub const LINKS: u32 = 5;

/// How many links are kept, so that whoever opens an older one is told what became of it.
pub const KEPT: usize = 5;

/// The name of a link: the lower-case hexadecimal SHA-256 of its code. It is no secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct HandOffKey(String);

impl HandOffKey {
    /// Names the link whose code has this SHA-256, in lower-case hexadecimal.
    #[must_use]
    pub fn of(digest: String) -> Self {
        Self(digest)
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a link serves. It is bound when the link is made, so that it never serves anything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum HandOffPurpose {
    /// A change of the main authorized user, or the first connection.
    Change {
        /// Which.
        change: SessionKey,
    },
    /// Tests of the account that is meant.
    Test,
}

tagged!(HandOffPurpose);

/// A try that came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FailedTry {
    /// When.
    pub at: Timestamp,
    /// Why.
    pub denial: Denial,
}

/// What ended a link. That its time is over is no end: it is read off `expires_at`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum HandOffEnd {
    /// The account that is meant allowed.
    Used {
        /// When.
        at: Timestamp,
    },
    /// An administrator took it back, or made another in its place.
    Revoked {
        /// When.
        at: Timestamp,
        /// Who.
        by: Person,
    },
}

tagged!(HandOffEnd);

/// A hand-off link, bound to everything that its answer must fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HandOff {
    /// What it serves.
    pub purpose: HandOffPurpose,
    /// Who made it.
    pub by: Person,
    /// Which account is meant to allow.
    pub intended: Person,
    /// The host of the site, as people know it: `example.atlassian.net`.
    pub host: String,
    /// Which site it is for.
    pub cloud_id: CloudId,
    /// Which Forge environment made it.
    pub environment: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it may be used.
    pub expires_at: Timestamp,
    /// How often Atlassian's page was opened from it.
    pub tries: u32,
    /// The last try that came to nothing.
    pub failed: Option<FailedTry>,
    /// What ended it.
    pub end: Option<HandOffEnd>,
}

/// Why a link does not serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandOffRefused {
    /// The account that is meant has allowed.
    Used,
    /// An administrator took it back.
    Revoked,
    /// Its 48 hours are over.
    Expired,
    /// It was tried too often.
    Spent,
    /// What it serves was cancelled, replaced or is over.
    Over,
    /// The time that was chosen for its change is over: nobody could confirm it any more.
    Missed,
    /// Somebody allows with it at this moment.
    Busy,
}

impl HandOff {
    /// Whether it may be used at `now`.
    ///
    /// # Errors
    /// [`HandOffRefused`]
    pub fn open(&self, now: Timestamp) -> Result<(), HandOffRefused> {
        match self.end {
            Some(HandOffEnd::Used { .. }) => Err(HandOffRefused::Used),
            Some(HandOffEnd::Revoked { .. }) => Err(HandOffRefused::Revoked),
            None if now >= self.expires_at => Err(HandOffRefused::Expired),
            None if self.tries >= TRIES => Err(HandOffRefused::Spent),
            None => Ok(()),
        }
    }

    /// Counts one more opening of Atlassian's page.
    ///
    /// # Errors
    /// [`HandOffRefused`]; it stays as it is.
    pub fn tried(self, now: Timestamp) -> Result<Self, HandOffRefused> {
        self.open(now)?;
        Ok(Self { tries: self.tries + 1, ..self })
    }

    /// Notes what the last try came to. It may be used once more.
    #[must_use]
    pub fn failed(self, denial: Denial, now: Timestamp) -> Self {
        Self { failed: Some(FailedTry { at: now, denial }), ..self }
    }

    /// The account that is meant has allowed. An answer that was begun in time counts.
    ///
    /// # Errors
    /// [`HandOffRefused`] when it ended before.
    pub fn used(self, now: Timestamp) -> Result<Self, HandOffRefused> {
        match self.end {
            Some(HandOffEnd::Used { .. }) => Err(HandOffRefused::Used),
            Some(HandOffEnd::Revoked { .. }) => Err(HandOffRefused::Revoked),
            None => Ok(Self { end: Some(HandOffEnd::Used { at: now }), failed: None, ..self }),
        }
    }

    /// Takes it back. One that was taken back before stays as it was.
    ///
    /// # Errors
    /// [`HandOffRefused::Used`] once the account that is meant has allowed.
    pub fn revoke(self, by: Person, now: Timestamp) -> Result<Self, HandOffRefused> {
        match self.end {
            Some(HandOffEnd::Used { .. }) => Err(HandOffRefused::Used),
            Some(HandOffEnd::Revoked { .. }) => Ok(self),
            None => Ok(Self { end: Some(HandOffEnd::Revoked { at: now, by }), ..self }),
        }
    }

    /// Whether it serves this change.
    #[must_use]
    pub fn serves(&self, change: &SessionKey) -> bool {
        match &self.purpose {
            HandOffPurpose::Change { change: bound } => bound == change,
            HandOffPurpose::Test => false,
        }
    }
}

/// A change that waits for somebody else to allow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HandedOff {
    /// Its link.
    pub link: HandOffKey,
    /// The authorization session of the latest try; absent before the first.
    pub session: Option<SessionKey>,
    /// How many links it has had.
    pub links: u32,
    /// When everything was found as acknowledged the last time, without a chosen time to wait for; absent before it is
    /// confirmed, and in changes of earlier versions.
    pub found_at: Option<Timestamp>,
}

impl HandedOff {
    /// With its first link.
    #[must_use]
    pub fn new(link: HandOffKey) -> Self {
        Self { link, session: None, links: 1, found_at: None }
    }

    /// Everything was found as acknowledged.
    #[must_use]
    pub fn found(self, now: Timestamp) -> Self {
        Self { found_at: Some(now), ..self }
    }

    /// Whether what was found still counts.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        still(self.found_at, now)
    }
}

/// A connection after a link was tried, or made anew.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The connection.
    pub connection: Connection,
    /// The session of the try before.
    pub superseded: Option<SessionKey>,
    /// Sessions too old to keep.
    pub evicted: Vec<SessionKey>,
    /// Links too old to keep.
    pub evicted_links: Vec<HandOffKey>,
}

impl Connection {
    /// Whether a link serves the change under way, and that still waits for it at `now`. Answers the change.
    ///
    /// # Errors
    /// [`HandOffRefused::Over`], [`HandOffRefused::Missed`]
    pub fn handed_off(&self, key: &HandOffKey, link: &HandOff, now: Timestamp) -> Result<&Change, HandOffRefused> {
        let change = self.change.as_ref().filter(|change| matches!(change.stage, Stage::AwaitingConsent));
        let bound = |change: &&Change| {
            link.serves(&change.key) && change.hand_off.as_ref().is_some_and(|handed_off| handed_off.link == *key)
        };
        let change = change.filter(bound).ok_or(HandOffRefused::Over)?;
        let missed = change.schedule.is_some_and(|schedule| schedule.missed(now));
        if missed { Err(HandOffRefused::Missed) } else { Ok(change) }
    }

    /// The change that this link serves waits for the answer to another session from `now` on.
    ///
    /// # Errors
    /// [`HandOffRefused::Over`], [`HandOffRefused::Missed`]
    pub fn try_link(
        self,
        key: &HandOffKey,
        link: &HandOff,
        session: SessionKey,
        now: Timestamp,
    ) -> Result<Moved, HandOffRefused> {
        let change = self.handed_off(key, link, now)?.clone();
        let superseded = change.session().cloned();
        let hand_off = change.hand_off.map(|handed_off| HandedOff { session: Some(session.clone()), ..handed_off });
        let mut connection = Self { change: Some(Change { hand_off, ..change }), ..self };
        let evicted = connection.keep_session(session);
        Ok(Moved { connection, superseded, evicted, evicted_links: Vec::new() })
    }

    /// Gives a change another link in place of the one that it has. `open_session` is the session of the last try.
    ///
    /// # Errors
    /// [`ChangeRefused`]; [`ChangeRefused::WrongStage`] also when it never had one, has had [`LINKS`] of them, or its time
    /// is over.
    pub fn link_anew(
        self,
        change: &SessionKey,
        by: &AccountId,
        link: HandOffKey,
        open_session: Option<&AuthorizationSession>,
        now: Timestamp,
    ) -> Result<Moved, ChangeRefused> {
        let mut superseded = None;
        let mut connection = self.step(change, |change| {
            if !change.begun_by(by) {
                return Err(ChangeRefused::NotInitiator(change.initiator));
            }
            if change.leased(now) {
                return Err(ChangeRefused::Busy);
            }
            let over = now >= change.waits_until(open_session);
            superseded = change.session().cloned();
            match (&change.stage, change.hand_off.clone()) {
                (Stage::AwaitingConsent, Some(had)) if !over && had.links < LINKS => {
                    let hand_off = HandedOff { links: had.links + 1, ..HandedOff::new(link.clone()) };
                    let expires_at = usable_until(change.schedule.as_ref(), now);
                    Ok(Change { hand_off: Some(hand_off), expires_at, ..change })
                }
                (
                    Stage::AwaitingConsent
                    | Stage::Scheduled { .. }
                    | Stage::Confirmed { .. }
                    | Stage::Switched { .. }
                    | Stage::Undoing { .. }
                    | Stage::Ended { .. },
                    _,
                ) => Err(ChangeRefused::WrongStage),
            }
        })?;
        let evicted_links = connection.keep_link(link);
        Ok(Moved { connection, superseded, evicted: Vec::new(), evicted_links })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::AccountId;
    use crate::domain::schedule::LATE;

    fn person(id: &str) -> Person {
        let account_id = AccountId::parse(id).expect("is one");
        Person { account_id, display_name: id.to_owned(), avatar_url: None }
    }

    fn link() -> HandOff {
        HandOff {
            purpose: HandOffPurpose::Change { change: SessionKey::parse("a".repeat(64)).expect("is one") },
            by: person("admin"),
            intended: person("service"),
            host: "example.atlassian.net".into(),
            cloud_id: CloudId::parse("11111111-1111-4111-8111-111111111111").expect("is one"),
            environment: "e".into(),
            made_at: Timestamp(0),
            expires_at: Timestamp(0).plus(LIFE),
            tries: 0,
            failed: None,
            end: None,
        }
    }

    #[test]
    fn a_link_is_over_to_the_millisecond() {
        assert_eq!(link().open(Timestamp(LIFE.0 - 1)), Ok(()));
        assert_eq!(link().open(Timestamp(LIFE.0)), Err(HandOffRefused::Expired));
    }

    #[test]
    fn a_link_is_of_no_use_for_longer_than_its_change_may_be_confirmed() {
        let schedule = |at| Schedule { at: Timestamp(at), generation: 1, taken_up_at: None, found_at: None };
        let late = LATE.0;
        assert_eq!(usable_until(None, Timestamp(5)), Timestamp(5 + LIFE.0));
        assert_eq!(usable_until(Some(&schedule(70)), Timestamp(5)), Timestamp(70 + late));
        assert_eq!(usable_until(Some(&schedule(2 * LIFE.0)), Timestamp(5)), Timestamp(5 + LIFE.0));
    }

    #[test]
    fn a_used_link_is_used_up_and_cannot_be_taken_back() {
        let used = link().used(Timestamp(1)).expect("is open");
        assert_eq!(used.open(Timestamp(2)), Err(HandOffRefused::Used));
        assert_eq!(used.clone().used(Timestamp(2)).err(), Some(HandOffRefused::Used));
        assert_eq!(used.clone().tried(Timestamp(2)).err(), Some(HandOffRefused::Used));
        assert_eq!(used.revoke(person("admin"), Timestamp(2)).err(), Some(HandOffRefused::Used));
    }

    #[test]
    fn a_revoked_link_yields_nothing_and_keeps_who_revoked_it_first() {
        let revoked = link().revoke(person("admin"), Timestamp(1)).expect("is open");
        assert_eq!(revoked.open(Timestamp(2)), Err(HandOffRefused::Revoked));
        assert_eq!(revoked.clone().used(Timestamp(2)).err(), Some(HandOffRefused::Revoked));
        assert_eq!(revoked.clone().revoke(person("other"), Timestamp(3)), Ok(revoked));
    }

    #[test]
    fn twenty_tries_and_no_more() {
        let mut tried = link();
        for _ in 0..TRIES {
            tried = tried.tried(Timestamp(1)).expect("may be tried").failed(Denial::Declined, Timestamp(1));
        }
        assert_eq!(tried.open(Timestamp(1)), Err(HandOffRefused::Spent));
        assert_eq!(tried.clone().tried(Timestamp(1)).err(), Some(HandOffRefused::Spent));
        // The last try may still be answered.
        assert!(tried.used(Timestamp(2)).is_ok());
    }

    #[test]
    fn a_link_serves_the_change_that_it_was_made_for() {
        assert!(link().serves(&SessionKey::parse("a".repeat(64)).expect("is one")));
        assert!(!link().serves(&SessionKey::parse("b".repeat(64)).expect("is one")));
    }
}
