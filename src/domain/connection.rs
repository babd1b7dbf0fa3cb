//! The connection of a site: which account the app acts as, and the one change of it that may be under way.
//!
//! It is one record with one revision. Whoever wants to change it must have seen its latest state, so that two
//! administrators, two tabs or a late invocation cannot both win.

use super::account::{Account, AccountId, Person};
use super::authorization::{AuthorizationSession, ParkedGrant, Purpose, SessionKey};
use super::change::{Adopted, Change, Lease, Outcome, Previous, Stage};
use super::hand_off::{HandOffKey, HandedOff, KEPT};
use super::health::Check;
use super::receipt::{Foreseen, Receipt};
use super::schedule::Schedule;
use super::settings::ReauthorizationPolicy;
use super::site::Site;
use super::standing::Epoch;
use super::time::{Span, Timestamp};
use super::webhook::{Registered, WebhookId};
use serde::{Deserialize, Serialize};

/// How many authorization sessions are kept: a flood of beginnings stores no more than this.
pub const SESSIONS: usize = 5;

/// How many rows of history are kept beside the receipts.
pub const HISTORY: usize = 20;

/// The main authorized user: a role that points at a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MainUser {
    /// Whose grant it points at.
    pub account: Account,
    /// This site, as that grant reaches it.
    pub site: Site,
    /// Since when.
    pub since: Timestamp,
    /// Who changed it.
    pub changed_by: Person,
    /// The webhooks that the account holds for the app.
    pub webhooks: Vec<Registered>,
}

/// One ended change, as history shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct HistoryRow {
    /// When it ended.
    pub at: Timestamp,
    /// First connection or change.
    pub purpose: Purpose,
    /// The main authorized user before it.
    pub from: Option<Person>,
    /// The account that was meant.
    pub to: Person,
    /// Who began it.
    pub by: Person,
    /// How it ended.
    pub outcome: Outcome,
    /// Number of its receipt, if the main authorized user changed.
    pub receipt: Option<u32>,
    /// For when it was scheduled, if it was.
    pub scheduled_for: Option<Timestamp>,
    /// When the main authorized user became another; absent where that did not happen, and in rows of earlier versions.
    pub switched_at: Option<Timestamp>,
}

/// The connection of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// Rises by one each time the main authorized user becomes another.
    pub generation: u32,
    /// The main authorized user.
    pub main: Option<MainUser>,
    /// The change under way, or the last one.
    pub change: Option<Change>,
    /// The latest sessions, oldest first.
    pub sessions: Vec<SessionKey>,
    /// The latest ended changes, oldest first.
    pub history: Vec<HistoryRow>,
    /// Number of the latest receipt.
    pub receipts: u32,
    /// Seal of the latest receipt.
    pub receipt_seal: String,
    /// The change since which every person must have allowed, if there is one.
    pub everyone_asked: Option<EveryoneAsked>,
    /// The main authorized user before, while it can be restored or its tokens are being deleted.
    pub former: Option<Former>,
    /// The latest hand-off links of changes, oldest first; absent before the first.
    pub hand_offs: Option<Vec<HandOffKey>>,
}

/// A change that asked everyone to allow anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EveryoneAsked {
    /// The generation that it began: whoever allowed before it is asked.
    pub generation: u32,
    /// When.
    pub at: Timestamp,
}

/// The main authorized user before. Its grant rests as it was, without webhooks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Former {
    /// Whose grant.
    pub account: Account,
    /// This site, as that grant reaches it.
    pub site: Site,
    /// [`Connection::everyone_asked`] in its time: whoever was allowed then is allowed again.
    pub everyone_asked: Option<EveryoneAsked>,
    /// Until when it can be restored.
    pub until: Timestamp,
    /// Whether its tokens are being deleted. That is recorded before the first of them goes, so that nobody restores an
    /// account without tokens, and whoever comes by next finishes it.
    pub leaving: bool,
}

/// Why the app holds tokens of an account beside its person's own use of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Needed {
    /// It is the main authorized user.
    Main,
    /// The change under way uses them.
    Change,
    /// It was the main authorized user, and can be restored. Its person may have the tokens deleted all the same.
    Former {
        /// Until when.
        until: Timestamp,
    },
}

/// What a new change is bound to.
#[derive(Clone, Debug)]
pub struct Beginning {
    /// Its name.
    pub key: SessionKey,
    /// Who begins it.
    pub initiator: Person,
    /// Which account is meant.
    pub intended: Person,
    /// The change of somebody else that the initiator saw and wants to replace.
    pub instead_of: Option<SessionKey>,
    /// What it asks of people.
    pub policy: ReauthorizationPolicy,
    /// What its initiator knows of it.
    pub foreseen: Option<Foreseen>,
    /// When it is to switch; at once when absent.
    pub schedule: Option<Schedule>,
    /// When.
    pub began_at: Timestamp,
    /// Until when *Allow* may be selected.
    pub expires_at: Timestamp,
    /// The link by which somebody else allows. Without one the change has a session of its name.
    pub hand_off: Option<HandOffKey>,
}

/// Why a step of a change was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeRefused {
    /// There is no such change any more.
    NoSuchChange,
    /// Another change is under way.
    UnderWay(Box<Change>),
    /// Another invocation works on it.
    Busy,
    /// Only who began it may do this.
    NotInitiator(Person),
    /// The change has not come that far, or is past it.
    WrongStage,
}

/// A connection after a beginning.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The connection.
    pub connection: Connection,
    /// The session that this one replaces.
    pub superseded: Option<SessionKey>,
    /// Sessions too old to keep.
    pub evicted: Vec<SessionKey>,
    /// Links too old to keep.
    pub evicted_links: Vec<HandOffKey>,
}

impl Connection {
    /// What it says about everybody.
    #[must_use]
    pub fn epoch(&self) -> Epoch {
        let everyone_since = self.everyone_asked.map_or(0, |asked| asked.generation);
        Epoch { generation: self.generation, everyone_since }
    }

    /// The main authorized user before, if it can be restored at `now`.
    #[must_use]
    pub fn restorable(&self, now: Timestamp) -> Option<&Former> {
        self.former.as_ref().filter(|former| now < former.until && !former.leaving)
    }

    /// Whether this account is the main authorized user.
    #[must_use]
    pub fn is_main(&self, account: &AccountId) -> bool {
        self.main.as_ref().is_some_and(|main| main.account.person.account_id == *account)
    }

    /// What the app itself needs this account's grant for, if it does.
    #[must_use]
    pub fn needs(&self, account: &AccountId) -> Option<Needed> {
        let is = |other: &Account| other.person.account_id == *account;
        if self.is_main(account) {
            return Some(Needed::Main);
        }
        let changing = self.change.as_ref().is_some_and(|change| match &change.stage {
            Stage::Scheduled { parked, .. } | Stage::Confirmed { parked, .. } | Stage::Undoing { parked, .. } => {
                is(&parked.account)
            }
            Stage::Switched { previous, .. } => previous.as_ref().is_some_and(|previous| is(&previous.account)),
            Stage::AwaitingConsent | Stage::Ended { .. } => false,
        });
        if changing {
            return Some(Needed::Change);
        }
        let former = self.former.as_ref().filter(|former| is(&former.account) && !former.leaving);
        former.map(|former| Needed::Former { until: former.until })
    }

    /// Whether this account is the main authorized user, or the one before that can be restored.
    #[must_use]
    pub fn acts_as(&self, account: &AccountId) -> bool {
        let kept = |former: &Former| former.account.person.account_id == *account && !former.leaving;
        self.is_main(account) || self.former.as_ref().is_some_and(kept)
    }

    /// The account before can be restored no more from here on: its tokens are about to be deleted.
    #[must_use]
    pub fn leaving(self) -> Self {
        let former = self.former.map(|former| Former { leaving: true, ..former });
        Self { former, ..self }
    }

    /// Begins to restore the main authorized user before: a change whose consent is there, and whose checks passed.
    ///
    /// # Errors
    /// [`ChangeRefused::UnderWay`] with the change that is in the way; [`ChangeRefused::NoSuchChange`] when there is
    /// nobody to restore.
    pub fn roll_back(
        self,
        key: SessionKey,
        initiator: Person,
        parked: ParkedGrant,
        checks: Vec<Check>,
        foreseen: Option<Foreseen>,
        now: Timestamp,
    ) -> Result<Self, ChangeRefused> {
        if let Some(change) = self.change.clone().filter(Change::under_way) {
            return Err(ChangeRefused::UnderWay(Box::new(change)));
        }
        let former = self.restorable(now).ok_or(ChangeRefused::NoSuchChange)?;
        if former.account.person.account_id != parked.account.person.account_id {
            return Err(ChangeRefused::NoSuchChange);
        }
        let intended = parked.account.person.clone();
        let adopted = Adopted { replaced_secrets: Some(Vec::new()) };
        let change = Change {
            key,
            purpose: Purpose::RollBack,
            initiator,
            intended,
            began_at: now,
            expires_at: now,
            hand_off: None,
            policy: ReauthorizationPolicy::VerifyFirst,
            foreseen,
            schedule: None,
            stage: Stage::Confirmed { parked: Box::new(parked), adopted, checks, webhooks: None },
            lease: None,
        };
        Ok(Self { change: Some(change), ..self })
    }

    /// Which purpose a change has now.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        if self.main.is_some() { Purpose::ChangeMainUser } else { Purpose::FirstConnect }
    }

    /// The change of this name, while something is left to do.
    #[must_use]
    pub fn under_way(&self, key: &SessionKey) -> Option<&Change> {
        self.change.as_ref().filter(|change| change.key == *key && change.under_way())
    }

    /// Begins a change. One's own unconfirmed change is replaced; somebody else's only when it was named.
    /// `open_session` is the session of the change that is in the way, if there is one.
    ///
    /// # Errors
    /// [`ChangeRefused::UnderWay`] with the change that is in the way.
    pub fn begin(
        self,
        beginning: Beginning,
        open_session: Option<&AuthorizationSession>,
    ) -> Result<Begun, ChangeRefused> {
        let now = beginning.began_at;
        let mut connection = self;
        let mut superseded = None;
        if let Some(change) = connection.change.clone().filter(Change::under_way) {
            let waiting = matches!(change.stage, Stage::AwaitingConsent);
            let over = now >= change.waits_until(open_session);
            let own = change.begun_by(&beginning.initiator.account_id);
            let named = beginning.instead_of.as_ref() == Some(&change.key);
            if !waiting || change.leased(now) || !(over || own || named) {
                return Err(ChangeRefused::UnderWay(Box::new(change)));
            }
            let replaced = Outcome::Superseded { by: beginning.initiator.clone() };
            let outcome = change.ending(open_session, now, replaced);
            superseded = change.session().cloned();
            connection = connection.close(outcome, now);
        }
        let (mut evicted, mut evicted_links) = (Vec::new(), Vec::new());
        match &beginning.hand_off {
            None => evicted = connection.keep_session(beginning.key.clone()),
            Some(link) => evicted_links = connection.keep_link(link.clone()),
        }
        let purpose = connection.purpose();
        connection.change = Some(Change {
            key: beginning.key,
            purpose,
            initiator: beginning.initiator,
            intended: beginning.intended,
            began_at: now,
            expires_at: beginning.expires_at,
            hand_off: beginning.hand_off.map(HandedOff::new),
            policy: beginning.policy,
            foreseen: beginning.foreseen,
            schedule: beginning.schedule,
            stage: Stage::AwaitingConsent,
            lease: None,
        });
        Ok(Begun { connection, superseded, evicted, evicted_links })
    }

    /// Adds a session, and answers those that are too old to keep.
    pub(super) fn keep_session(&mut self, key: SessionKey) -> Vec<SessionKey> {
        self.sessions.push(key);
        let excess = self.sessions.len().saturating_sub(SESSIONS);
        self.sessions.drain(..excess).collect()
    }

    /// Adds a link, and answers those that are too old to keep.
    pub(super) fn keep_link(&mut self, link: HandOffKey) -> Vec<HandOffKey> {
        let links = self.hand_offs.get_or_insert_default();
        links.push(link);
        let excess = links.len().saturating_sub(KEPT);
        links.drain(..excess).collect()
    }

    /// Takes the lease on a change.
    ///
    /// # Errors
    /// [`ChangeRefused`] when it is over or another invocation holds the lease.
    pub fn lease(self, key: &SessionKey, holder: String, now: Timestamp) -> Result<Self, ChangeRefused> {
        self.step(key, |change| {
            if change.leased(now) && change.lease.as_ref().is_some_and(|lease| lease.holder != holder) {
                return Err(ChangeRefused::Busy);
            }
            Ok(Change { lease: Some(Lease { holder, since: now }), ..change })
        })
    }

    /// Gives the lease back.
    ///
    /// # Errors
    /// [`ChangeRefused`] when the change is over or `holder` has lost the lease.
    pub fn release(self, key: &SessionKey, holder: &str) -> Result<Self, ChangeRefused> {
        self.step(key, |change| {
            if change.lease.as_ref().is_none_or(|lease| lease.holder != holder) {
                return Err(ChangeRefused::Busy);
            }
            Ok(Change { lease: None, ..change })
        })
    }

    /// Accepts the account that allowed in place of the one that was meant.
    ///
    /// # Errors
    /// [`ChangeRefused`]
    pub fn accept(
        self,
        key: &SessionKey,
        by: &AccountId,
        allowed: Person,
        foreseen: Option<Foreseen>,
        now: Timestamp,
    ) -> Result<Self, ChangeRefused> {
        // Whoever allows again as the main authorized user renews its grant, and nothing is switched.
        let same = self.is_main(&allowed.account_id);
        self.step(key, |change| {
            if !change.begun_by(by) {
                return Err(ChangeRefused::NotInitiator(change.initiator));
            }
            if change.leased(now) {
                return Err(ChangeRefused::Busy);
            }
            match change.stage {
                Stage::AwaitingConsent => {
                    let schedule = change.schedule.filter(|_| !same);
                    Ok(Change { intended: allowed, foreseen, schedule, ..change })
                }
                Stage::Scheduled { .. }
                | Stage::Confirmed { .. }
                | Stage::Switched { .. }
                | Stage::Undoing { .. }
                | Stage::Ended { .. } => Err(ChangeRefused::WrongStage),
            }
        })
    }

    /// Confirms a change at `now`, whose checks passed. One that has a schedule waits from here on.
    ///
    /// # Errors
    /// [`ChangeRefused`]
    pub fn confirm(
        self,
        key: &SessionKey,
        parked: ParkedGrant,
        adopted: Adopted,
        checks: Vec<Check>,
        now: Timestamp,
    ) -> Result<Self, ChangeRefused> {
        self.step(key, |change| match change.stage {
            Stage::AwaitingConsent if change.intended.account_id == parked.account.person.account_id => {
                let parked = Box::new(parked);
                let hand_off = change.hand_off.clone().map(|handed_off| handed_off.found(now));
                let stage = match change.schedule {
                    Some(_) => Stage::Scheduled { parked, adopted, checks },
                    None => Stage::Confirmed { parked, adopted, checks, webhooks: None },
                };
                Ok(Change { hand_off, ..change.at(stage) })
            }
            Stage::AwaitingConsent
            | Stage::Scheduled { .. }
            | Stage::Confirmed { .. }
            | Stage::Switched { .. }
            | Stage::Undoing { .. }
            | Stage::Ended { .. } => Err(ChangeRefused::WrongStage),
        })
    }

    /// Takes up a scheduled change at `now`: everything was found as foreseen. One that was taken up before, and had to wait
    /// on the way, is found so once more, as is one that was handed off.
    ///
    /// # Errors
    /// [`ChangeRefused`]
    pub fn take_up(self, key: &SessionKey, found: Vec<Check>, now: Timestamp) -> Result<Self, ChangeRefused> {
        self.step(key, |change| {
            let schedule = change.schedule.map(|schedule| schedule.taken_up(now));
            let hand_off = change.hand_off.clone().map(|handed_off| handed_off.found(now));
            let waited = schedule.is_some() || hand_off.is_some();
            let stage = match change.stage.clone() {
                Stage::Scheduled { parked, adopted, .. } if schedule.is_some() => {
                    Stage::Confirmed { parked, adopted, checks: found, webhooks: None }
                }
                Stage::Confirmed { parked, adopted, webhooks, .. } if waited => {
                    Stage::Confirmed { parked, adopted, checks: found, webhooks }
                }
                Stage::Scheduled { .. }
                | Stage::Confirmed { .. }
                | Stage::AwaitingConsent
                | Stage::Switched { .. }
                | Stage::Undoing { .. }
                | Stage::Ended { .. } => return Err(ChangeRefused::WrongStage),
            };
            Ok(Change { hand_off, schedule, ..change.at(stage) })
        })
    }

    /// Lets a change that was taken up before its time wait for it again: what was found otherwise may be mended until then.
    /// Its webhooks are removed.
    ///
    /// # Errors
    /// [`ChangeRefused`]
    pub fn wait_again(self, key: &SessionKey) -> Result<Self, ChangeRefused> {
        self.step(key, |change| match (change.stage.clone(), change.schedule) {
            (Stage::Confirmed { parked, adopted, checks, .. }, Some(schedule)) => {
                let schedule = Some(schedule.put_back());
                Ok(Change { schedule, ..change.at(Stage::Scheduled { parked, adopted, checks }) })
            }
            (Stage::Confirmed { .. }, None)
            | (
                Stage::AwaitingConsent
                | Stage::Scheduled { .. }
                | Stage::Switched { .. }
                | Stage::Undoing { .. }
                | Stage::Ended { .. },
                _,
            ) => Err(ChangeRefused::WrongStage),
        })
    }

    /// Records the new account's webhooks, as Jira lists them.
    ///
    /// # Errors
    /// [`ChangeRefused`]
    pub fn webhooks_listed(self, key: &SessionKey, listed: Vec<Registered>) -> Result<Self, ChangeRefused> {
        self.step(key, |change| match change.stage.clone() {
            Stage::Confirmed { parked, adopted, checks, webhooks: None } => {
                Ok(change.at(Stage::Confirmed { parked, adopted, checks, webhooks: Some(listed) }))
            }
            Stage::AwaitingConsent
            | Stage::Scheduled { .. }
            | Stage::Confirmed { .. }
            | Stage::Switched { .. }
            | Stage::Undoing { .. }
            | Stage::Ended { .. } => Err(ChangeRefused::WrongStage),
        })
    }

    /// Moves the pointer: the one moment in which the main authorized user becomes another.
    ///
    /// Answers the connection and, unless the same account allowed again, the receipt.
    ///
    /// # Errors
    /// [`ChangeRefused`]
    pub fn switch(self, key: &SessionKey, now: Timestamp) -> Result<(Self, Option<Receipt>), ChangeRefused> {
        let change = self.under_way(key).cloned().ok_or(ChangeRefused::NoSuchChange)?;
        let Stage::Confirmed { parked, adopted, checks, webhooks: Some(webhooks) } = change.stage.clone() else {
            return Err(ChangeRefused::WrongStage);
        };
        let old = self.main.clone();
        let same = old.as_ref().is_some_and(|main| main.account.person.account_id == parked.account.person.account_id);
        if let (true, Some(main)) = (same, &old) {
            let main = MainUser { account: parked.account, site: parked.site, webhooks, ..main.clone() };
            let change = change.at(Stage::Switched { previous: None, adopted });
            return Ok((Self { main: Some(main), change: Some(change), ..self }, None));
        }
        let receipt = Receipt {
            number: self.receipts + 1,
            purpose: change.purpose,
            generation: self.generation + 1,
            from: old.as_ref().map(|main| main.account.person.clone()),
            to: parked.account.person.clone(),
            by: change.initiator.clone(),
            began_at: change.began_at,
            at: now,
            checks,
            foreseen: change.foreseen.clone(),
            scheduled_for: change.schedule.map(|schedule| schedule.at),
            previous: self.receipt_seal.clone(),
        };
        let restored = self.former.as_ref().filter(|_| change.purpose == Purpose::RollBack);
        let everyone_asked = match (restored, change.policy) {
            // Whoever is allowed now, or was then, is asked nothing: going back and forth costs nobody a consent.
            (Some(former), _) => former.everyone_asked.min(self.everyone_asked),
            (None, ReauthorizationPolicy::Everyone) => Some(EveryoneAsked { generation: receipt.generation, at: now }),
            (None, ReauthorizationPolicy::VerifyFirst) => self.everyone_asked,
        };
        let previous = old.map(|main| Previous {
            account: main.account,
            site: main.site,
            everyone_asked: self.everyone_asked,
            webhooks: main.webhooks.iter().map(|webhook| webhook.id).collect(),
            left: None,
        });
        let main = MainUser {
            account: parked.account,
            site: parked.site,
            since: now,
            changed_by: change.initiator.clone(),
            webhooks,
        };
        let connection = Self {
            generation: receipt.generation,
            main: Some(main),
            change: Some(change.at(Stage::Switched { previous, adopted })),
            receipts: receipt.number,
            receipt_seal: receipt.seal(),
            everyone_asked,
            ..self
        };
        Ok((connection, Some(receipt)))
    }

    /// Records that the old account's webhooks are removed, but for `left` of them.
    ///
    /// # Errors
    /// [`ChangeRefused`]
    pub fn old_webhooks_removed(self, key: &SessionKey, left: u32) -> Result<Self, ChangeRefused> {
        self.step(key, |change| match change.stage.clone() {
            Stage::Switched { previous: Some(previous), adopted } => {
                let previous = Some(Previous { left: Some(left), ..previous });
                Ok(change.at(Stage::Switched { previous, adopted }))
            }
            Stage::AwaitingConsent
            | Stage::Scheduled { .. }
            | Stage::Confirmed { .. }
            | Stage::Switched { previous: None, .. }
            | Stage::Undoing { .. }
            | Stage::Ended { .. } => Err(ChangeRefused::WrongStage),
        })
    }

    /// Ends a change whose pointer has moved. The main authorized user before can be restored for `grace`; one that could
    /// be restored until now cannot any more.
    ///
    /// # Errors
    /// [`ChangeRefused`]
    pub fn complete(self, key: &SessionKey, grace: Span, now: Timestamp) -> Result<Self, ChangeRefused> {
        let change = self.under_way(key).cloned().ok_or(ChangeRefused::NoSuchChange)?;
        let Stage::Switched { previous, .. } = change.stage else {
            return Err(ChangeRefused::WrongStage);
        };
        let first = change.purpose == Purpose::FirstConnect;
        let until = (grace > Span(0)).then(|| now.plus(grace));
        match previous {
            None if !first => Ok(self.close(Outcome::Refreshed, now)),
            None => Ok(self.close(Outcome::Completed { webhooks_left: 0, restorable_until: None }, now)),
            Some(Previous { account, site, everyone_asked, left, .. }) => {
                let former = until.map(|until| Former { account, site, everyone_asked, until, leaving: false });
                let outcome = Outcome::Completed { webhooks_left: left.unwrap_or(0), restorable_until: until };
                Ok(Self { former, ..self }.close(outcome, now))
            }
        }
    }

    /// Ends a change before its pointer moved. What the new account left behind is removed first, if it was confirmed.
    ///
    /// # Errors
    /// [`ChangeRefused::WrongStage`] once the pointer has moved.
    pub fn abandon(self, key: &SessionKey, outcome: Outcome, now: Timestamp) -> Result<Self, ChangeRefused> {
        let change = self.under_way(key).cloned().ok_or(ChangeRefused::NoSuchChange)?;
        match change.stage.clone() {
            Stage::AwaitingConsent => Ok(self.close(outcome, now)),
            Stage::Scheduled { parked, adopted, .. } | Stage::Confirmed { parked, adopted, .. } => {
                Ok(Self { change: Some(change.at(Stage::Undoing { parked, adopted, outcome })), ..self })
            }
            Stage::Switched { .. } | Stage::Undoing { .. } | Stage::Ended { .. } => Err(ChangeRefused::WrongStage),
        }
    }

    /// Ends a change that was undone.
    ///
    /// # Errors
    /// [`ChangeRefused`]
    pub fn undone(self, key: &SessionKey, now: Timestamp) -> Result<Self, ChangeRefused> {
        let change = self.under_way(key).cloned().ok_or(ChangeRefused::NoSuchChange)?;
        match change.stage {
            Stage::Undoing { outcome, .. } => Ok(self.close(outcome, now)),
            Stage::AwaitingConsent
            | Stage::Scheduled { .. }
            | Stage::Confirmed { .. }
            | Stage::Switched { .. }
            | Stage::Ended { .. } => Err(ChangeRefused::WrongStage),
        }
    }

    /// Whether a delivery names a webhook of the present main authorized user.
    #[must_use]
    pub fn owns_webhook(&self, id: WebhookId) -> bool {
        self.main.as_ref().is_some_and(|main| main.webhooks.iter().any(|webhook| webhook.id == id))
    }

    pub(super) fn step(
        self,
        key: &SessionKey,
        take: impl FnOnce(Change) -> Result<Change, ChangeRefused>,
    ) -> Result<Self, ChangeRefused> {
        let change = self.under_way(key).cloned().ok_or(ChangeRefused::NoSuchChange)?;
        Ok(Self { change: Some(take(change)?), ..self })
    }

    fn close(mut self, outcome: Outcome, now: Timestamp) -> Self {
        let Some(change) = self.change.take() else {
            return self;
        };
        let moved = matches!(outcome, Outcome::Completed { .. });
        let from = match (&change.stage, &self.main) {
            (Stage::Switched { previous, .. }, _) => previous.as_ref().map(|previous| previous.account.person.clone()),
            (_, Some(main)) => Some(main.account.person.clone()),
            (_, None) => None,
        };
        self.history.push(HistoryRow {
            at: now,
            purpose: change.purpose,
            from,
            to: change.intended.clone(),
            by: change.initiator.clone(),
            outcome: outcome.clone(),
            receipt: moved.then_some(self.receipts),
            scheduled_for: change.schedule.map(|schedule| schedule.at),
            switched_at: self.main.as_ref().filter(|_| moved).map(|main| main.since),
        });
        let excess = self.history.len().saturating_sub(HISTORY);
        self.history.drain(..excess);
        self.change = Some(change.ended(outcome, now));
        self
    }
}
