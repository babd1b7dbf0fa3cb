//! Access of the app's support: asked for or granted first, with an end, watched, and taken back at any time.
//!
//! What support holds is a code. Here rests its SHA-256 only, so that whoever reads the record cannot come in by it.

use super::account::{Person, clean};
use super::limits::brief;
use super::tagged::tagged;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How many requests may wait at once.
pub const OPEN: usize = 5;

/// How many accesses are kept, whatever became of them.
pub const KEPT: usize = 20;

/// How many rows of views an access keeps.
pub const VIEWS: usize = 50;

/// For how long an access is granted unless an administrator says otherwise.
pub const USUAL: Span = Span::hours(72);

/// For how long an access is granted at most.
pub const LONGEST: Span = Span::days(30);

/// How far the time in a request for access may be from the present.
pub const AROUND_NOW: Span = Span::minutes(10);

/// Views of the same thing within this time share a row.
const SAME_VIEW: Span = Span::minutes(1);

/// How many requests are remembered against repetition, which they are for as long as one could be repeated.
const HEARD: usize = 50;

/// Longest name and longest ticket, in characters. A reason is as long as [`clean`] leaves it.
const NAME: usize = 100;

/// What support asks for. All texts are support's own: one line each, shown as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Asked {
    /// Who asks, at most 100 characters.
    pub who: String,
    /// For which ticket, at most 100 characters.
    pub ticket: String,
    /// Why, at most 255 characters.
    pub reason: String,
    /// Until when access is wanted.
    pub until: Timestamp,
}

impl Asked {
    /// The texts cleaned and cut; `None` when one says nothing.
    #[must_use]
    pub fn cleaned(self) -> Option<Self> {
        let Self { who, ticket, reason, until } = self;
        let asked = Self { who: line(&who), ticket: line(&ticket), reason: clean(&reason), until };
        let says = [&asked.who, &asked.ticket, &asked.reason].iter().all(|text| !text.is_empty());
        says.then_some(asked)
    }
}

/// A name or a ticket as it is kept.
fn line(text: &str) -> String {
    clean(text).chars().take(NAME).collect::<String>().trim_end().to_owned()
}

/// A request for access as it arrives, once its signature is verified.
#[derive(Clone, Debug)]
pub struct Call {
    /// What it asks for.
    pub asked: Asked,
    /// When it was signed.
    pub at: Timestamp,
    /// SHA-256 of what tells it from every other.
    pub nonce: String,
}

/// An access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SupportAccess {
    /// Random, made once.
    pub id: String,
    /// When it was asked for, or granted first.
    pub at: Timestamp,
    /// What support asked for; absent where an administrator granted first.
    pub asked: Option<Asked>,
    /// The ticket that an administrator named who granted first.
    pub ticket: Option<String>,
    /// What became of it. That it has expired is derived.
    pub state: SupportState,
    /// What support looked at, the latest last.
    pub views: Vec<View>,
    /// How many views were in rows that are not kept any more.
    pub earlier_views: u32,
}

/// What became of an access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SupportState {
    /// Support asks; nobody has decided.
    Requested,
    /// Granted, until its end.
    Granted {
        /// How.
        grant: SupportGrant,
    },
    /// Declined.
    Declined {
        /// Who.
        by: Person,
        /// When.
        at: Timestamp,
    },
    /// Granted, and taken back.
    Revoked {
        /// How it had been granted.
        grant: SupportGrant,
        /// Who took it back.
        by: Person,
        /// When.
        at: Timestamp,
    },
}

tagged!(SupportState);

/// That and how access was granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SupportGrant {
    /// Who granted it.
    pub by: Person,
    /// When.
    pub at: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Lower-case hexadecimal SHA-256 of the code.
    pub digest: String,
}

impl SupportGrant {
    /// A grant until then; `None` when that is no time between now and [`LONGEST`] from now.
    #[must_use]
    pub fn new(by: &Person, now: Timestamp, until: Timestamp, digest: String) -> Option<Self> {
        let lasts = (Span(1)..=LONGEST).contains(&until.since(now));
        lasts.then(|| Self { by: brief(by), at: now, until, digest })
    }

    /// Whether it lets in now. One that is still to be granted, as far as the clock says, was granted by a clock that was
    /// ahead, and would last longer than anybody wanted.
    #[must_use]
    pub fn lasts(&self, now: Timestamp) -> bool {
        now < self.until && self.at.since(now) <= AROUND_NOW
    }
}

/// Views of one thing, within a minute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct View {
    /// What was looked at.
    pub what: Viewed,
    /// When first.
    pub first_at: Timestamp,
    /// When last.
    pub last_at: Timestamp,
    /// How often.
    pub count: u32,
}

/// What support looks at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Viewed {
    /// The configuration, and which runs are shared.
    Configuration,
    /// A run that is shared.
    Run {
        /// Which.
        id: String,
    },
}

tagged!(Viewed);

/// Why the door for support stays closed. All look the same from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum DoorRefusal {
    /// What came is no code and no request: parts missing, repeated or too long.
    Malformed,
    /// No access has this code.
    UnknownCode,
    /// The access with this code is over.
    Expired,
    /// The access with this code was taken back.
    Revoked,
    /// The app's variable `SUPPORT_KEY` is not set, so no request can be verified.
    NoKey,
    /// The signature of a request does not fit.
    BadSignature,
    /// A request is meant for another installation.
    Elsewhere,
    /// A request was signed too long ago, or in the future.
    Stale,
    /// A request came before.
    Replayed,
    /// As many requests wait as may, or too many came in the last minutes.
    Full,
    /// Somebody with access wanted a run that is not shared.
    NotShared,
}

/// Why an administrator's decision was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotDecided {
    /// There is no such access any more, or it was decided, ended or taken back before.
    Settled,
    /// As many accesses are granted as are kept.
    Full,
}

/// A request that was taken, remembered so that it is not taken again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Heard {
    /// SHA-256 of its nonce.
    pub nonce: String,
    /// When it was signed.
    pub at: Timestamp,
}

/// Every access, and what was heard lately.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Support {
    /// The newest first.
    pub accesses: Vec<SupportAccess>,
    /// Requests that came lately.
    pub heard: Vec<Heard>,
}

impl SupportAccess {
    fn new(id: String, at: Timestamp, state: SupportState) -> Self {
        Self { id, at, asked: None, ticket: None, state, views: Vec::new(), earlier_views: 0 }
    }

    /// Whether somebody may still decide about it.
    #[must_use]
    pub fn waits(&self, now: Timestamp) -> bool {
        let wanted = self.asked.as_ref().is_some_and(|asked| now < asked.until);
        matches!(self.state, SupportState::Requested) && wanted
    }

    /// The grant by which support may come in now.
    #[must_use]
    pub fn open(&self, now: Timestamp) -> Option<&SupportGrant> {
        match &self.state {
            SupportState::Granted { grant } => Some(grant).filter(|grant| grant.lasts(now)),
            SupportState::Requested | SupportState::Declined { .. } | SupportState::Revoked { .. } => None,
        }
    }
}

impl Support {
    /// With a request that support sent, under this id.
    ///
    /// # Errors
    /// [`DoorRefusal`]; nothing is kept.
    pub fn heard(mut self, call: Call, id: String, now: Timestamp) -> Result<Self, DoorRefusal> {
        let near = |at: Timestamp| (-AROUND_NOW.0..=AROUND_NOW.0).contains(&now.since(at).0);
        if !near(call.at) {
            return Err(DoorRefusal::Stale);
        }
        self.heard.retain(|heard| near(heard.at));
        if self.heard.iter().any(|heard| heard.nonce == call.nonce) {
            return Err(DoorRefusal::Replayed);
        }
        let asked = call.asked.cleaned().ok_or(DoorRefusal::Malformed)?;
        if !(Span(1)..=LONGEST).contains(&asked.until.since(now)) {
            return Err(DoorRefusal::Malformed);
        }
        let waiting = self.accesses.iter().filter(|access| access.waits(now)).count();
        if waiting >= OPEN || self.heard.len() >= HEARD {
            return Err(DoorRefusal::Full);
        }
        self.heard.push(Heard { nonce: call.nonce, at: call.at });
        let access = SupportAccess { asked: Some(asked), ..SupportAccess::new(id, now, SupportState::Requested) };
        self.with(access, now).ok_or(DoorRefusal::Full)
    }

    /// With an access that nobody asked for.
    ///
    /// # Errors
    /// [`NotDecided::Full`]
    pub fn granted(self, id: String, ticket: &str, grant: SupportGrant) -> Result<Self, NotDecided> {
        let now = grant.at;
        let ticket = Some(line(ticket)).filter(|ticket| !ticket.is_empty());
        let access = SupportAccess { ticket, ..SupportAccess::new(id, now, SupportState::Granted { grant }) };
        self.with(access, now).ok_or(NotDecided::Full)
    }

    /// With a request approved.
    ///
    /// # Errors
    /// [`NotDecided::Settled`]
    pub fn approved(self, id: &str, grant: SupportGrant) -> Result<Self, NotDecided> {
        let now = grant.at;
        self.settled(id, |access| access.waits(now).then_some(SupportState::Granted { grant }))
    }

    /// With a request declined.
    ///
    /// # Errors
    /// [`NotDecided::Settled`]
    pub fn declined(self, id: &str, by: &Person, now: Timestamp) -> Result<Self, NotDecided> {
        self.settled(id, |access| access.waits(now).then(|| SupportState::Declined { by: brief(by), at: now }))
    }

    /// With an access taken back.
    ///
    /// # Errors
    /// [`NotDecided::Settled`]
    pub fn revoked(self, id: &str, by: &Person, now: Timestamp) -> Result<Self, NotDecided> {
        let revoked = |grant: &SupportGrant| SupportState::Revoked { grant: grant.clone(), by: brief(by), at: now };
        self.settled(id, |access| access.open(now).map(revoked))
    }

    fn settled(
        mut self,
        id: &str,
        to: impl FnOnce(&SupportAccess) -> Option<SupportState>,
    ) -> Result<Self, NotDecided> {
        let access = self.accesses.iter_mut().find(|access| access.id == id).ok_or(NotDecided::Settled)?;
        access.state = to(access).ok_or(NotDecided::Settled)?;
        Ok(self)
    }

    /// With one more access, and without the oldest that is over where there are too many. `None` when none is over.
    fn with(mut self, access: SupportAccess, now: Timestamp) -> Option<Self> {
        if self.accesses.len() >= KEPT {
            let over = |access: &SupportAccess| !access.waits(now) && access.open(now).is_none();
            let oldest = self.accesses.iter().rposition(over)?;
            self.accesses.remove(oldest);
        }
        self.accesses.insert(0, access);
        Some(self)
    }

    /// The access that the code with this digest opens. Every digest is compared, and in constant time, so that how long
    /// it takes tells nothing of what is stored.
    ///
    /// # Errors
    /// Why it opens none.
    pub fn opened_by(&self, digest: &str, now: Timestamp) -> Result<(&SupportAccess, &SupportGrant), DoorRefusal> {
        let mut found = Err(DoorRefusal::UnknownCode);
        for access in &self.accesses {
            let (grant, revoked) = match &access.state {
                SupportState::Granted { grant } => (grant, false),
                SupportState::Revoked { grant, .. } => (grant, true),
                SupportState::Requested | SupportState::Declined { .. } => continue,
            };
            if same(&grant.digest, digest) {
                found = match (revoked, grant.lasts(now)) {
                    (true, _) => Err(DoorRefusal::Revoked),
                    (false, false) => Err(DoorRefusal::Expired),
                    (false, true) => Ok((access, grant)),
                };
            }
        }
        found
    }

    /// With one more view by the code with this digest.
    ///
    /// # Errors
    /// As [`Support::opened_by`]: nobody looks by an access that has ended meanwhile.
    pub fn viewed(mut self, digest: &str, what: &Viewed, now: Timestamp) -> Result<Self, DoorRefusal> {
        let id = self.opened_by(digest, now)?.0.id.clone();
        let access = self.accesses.iter_mut().filter(|access| access.id == id);
        for access in access {
            let row = access.views.iter_mut().rev().find(|row| row.what == *what);
            match row {
                Some(row) if (Span(0)..SAME_VIEW).contains(&now.since(row.first_at)) => {
                    row.last_at = now;
                    row.count = row.count.saturating_add(1);
                }
                Some(_) | None => {
                    access.views.push(View { what: what.clone(), first_at: now, last_at: now, count: 1 });
                }
            }
            let excess = access.views.len().saturating_sub(VIEWS);
            let dropped = access.views.drain(..excess).map(|row| row.count);
            access.earlier_views = dropped.fold(access.earlier_views, u32::saturating_add);
        }
        Ok(self)
    }
}

/// Whether two digests are the same, in a time that hangs on their length alone.
fn same(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).fold(0, |bits, (a, b)| std::hint::black_box(bits | (a ^ b)));
    one.len() == other.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::AccountId;

    const NOW: Timestamp = Timestamp(1_000_000_000_000);

    fn admin() -> Person {
        let account_id = AccountId::parse("admin").expect("is one");
        Person { account_id, display_name: "Maria".into(), avatar_url: Some("https://a.example".into()) }
    }

    fn call(nonce: &str) -> Call {
        let until = NOW.plus(USUAL);
        let asked = Asked { who: "Nora".into(), ticket: "SUP-1".into(), reason: "Comments stop".into(), until };
        Call { asked, at: NOW, nonce: nonce.into() }
    }

    fn grant(digest: &str) -> SupportGrant {
        SupportGrant::new(&admin(), NOW, NOW.plus(USUAL), digest.into()).expect("is within bounds")
    }

    fn asked() -> Support {
        Support::default().heard(call("n"), "1".into(), NOW).expect("is taken")
    }

    #[test]
    fn a_request_is_taken_once_near_its_time_with_words_and_an_end_that_is_near() {
        let heard = |change: &dyn Fn(&mut Call)| {
            let mut call = call("other");
            change(&mut call);
            asked().heard(call, "2".into(), NOW).map(|support| support.accesses.len())
        };
        assert_eq!(heard(&|_| {}), Ok(2));
        let minute = Span::minutes(10);
        for (ms, expected) in
            [(minute.0, Ok(2)), (minute.0 + 1, Err(DoorRefusal::Stale)), (-minute.0 - 1, Err(DoorRefusal::Stale))]
        {
            assert_eq!(heard(&|call| call.at = NOW.plus(Span(ms))), expected, "{ms}");
        }
        assert_eq!(heard(&|call| call.nonce = "n".into()), Err(DoorRefusal::Replayed));
        for blank in ["", " ", "\u{202E}\u{7}"] {
            assert_eq!(heard(&|call| call.asked.who = blank.into()), Err(DoorRefusal::Malformed));
            assert_eq!(heard(&|call| call.asked.ticket = blank.into()), Err(DoorRefusal::Malformed));
            assert_eq!(heard(&|call| call.asked.reason = blank.into()), Err(DoorRefusal::Malformed));
        }
        for until in [NOW, NOW.plus(Span(-1)), NOW.plus(LONGEST).plus(Span(1)), Timestamp(i64::MIN)] {
            assert_eq!(heard(&|call| call.asked.until = until), Err(DoorRefusal::Malformed), "{until:?}");
        }
    }

    #[test]
    fn texts_of_support_are_one_short_line_each() {
        let asked = Asked { who: "N".repeat(300), ticket: "a\nb\u{202E}".into(), reason: "r".repeat(999), until: NOW };
        let asked = asked.cleaned().expect("says something");
        assert_eq!((asked.who.len(), asked.ticket.as_str(), asked.reason.len()), (NAME, "ab", 255));
    }

    #[test]
    fn a_repetition_is_refused_for_as_long_as_its_time_would_pass() {
        let later = NOW.plus(Span::minutes(10));
        let mut again = call("n");
        assert_eq!(asked().heard(again.clone(), "2".into(), later), Err(DoorRefusal::Replayed));
        assert_eq!(asked().heard(again.clone(), "2".into(), later.plus(Span(1))), Err(DoorRefusal::Stale));
        // The same word in a request that is signed anew, after the first is forgotten, is another request.
        again.at = later.plus(Span(1));
        assert!(asked().heard(again, "2".into(), later.plus(Span(1))).is_ok());
    }

    #[test]
    fn five_requests_wait_at_most_and_one_that_lapsed_makes_room() {
        let mut support = Support::default();
        for n in 0..OPEN {
            support = support.heard(call(&n.to_string()), n.to_string(), NOW).expect("is taken");
        }
        assert_eq!(support.clone().heard(call("x"), "x".into(), NOW), Err(DoorRefusal::Full));
        let later = NOW.plus(USUAL);
        let mut next = call("x");
        (next.at, next.asked.until) = (later, later.plus(USUAL));
        assert!(support.heard(next, "x".into(), later).is_ok());
    }

    #[test]
    fn twenty_are_kept_and_none_that_is_open_makes_room() {
        let mut support = Support::default();
        for n in 0..KEPT {
            support = support.granted(n.to_string(), "", grant(&n.to_string())).expect("has room");
        }
        assert_eq!(support.clone().granted("x".into(), "", grant("x")), Err(NotDecided::Full));
        let support = support.revoked("3", &admin(), NOW).expect("is open");
        let support = support.granted("x".into(), "", grant("x")).expect("has room");
        assert_eq!(support.accesses.len(), KEPT);
        assert!(support.accesses.iter().all(|access| access.id != "3"));
    }

    #[test]
    fn a_decision_is_taken_once() {
        let (admin, granted) = (admin(), asked().approved("1", grant("d")).expect("waits"));
        assert_eq!(granted.clone().approved("1", grant("e")), Err(NotDecided::Settled));
        assert_eq!(granted.clone().declined("1", &admin, NOW), Err(NotDecided::Settled));
        let declined = asked().declined("1", &admin, NOW).expect("waits");
        assert_eq!(declined.clone().approved("1", grant("e")), Err(NotDecided::Settled));
        assert_eq!(declined.revoked("1", &admin, NOW), Err(NotDecided::Settled));
        let revoked = granted.clone().revoked("1", &admin, NOW).expect("is open");
        assert_eq!(revoked.revoked("1", &admin, NOW), Err(NotDecided::Settled));
        assert_eq!(granted.revoked("1", &admin, NOW.plus(USUAL)), Err(NotDecided::Settled));
        assert_eq!(asked().declined("2", &admin, NOW), Err(NotDecided::Settled));
        // Nobody waits any more for what was wanted until then.
        let late = SupportGrant { at: NOW.plus(USUAL), ..grant("d") };
        assert_eq!(asked().approved("1", late), Err(NotDecided::Settled));
    }

    #[test]
    fn a_grant_ends_within_thirty_days() {
        let until = |span: Span| SupportGrant::new(&admin(), NOW, NOW.plus(span), String::new());
        assert!(until(Span(0)).is_none() && until(Span(-1)).is_none() && until(Span(LONGEST.0 + 1)).is_none());
        let kept = until(LONGEST).expect("is within bounds");
        assert_eq!((kept.until, kept.by.avatar_url), (NOW.plus(LONGEST), None));
    }

    #[test]
    fn a_code_opens_its_own_access_until_that_ends_or_is_taken_back() {
        let support = asked().approved("1", grant("aa")).expect("waits");
        let support = support.granted("2".into(), " SUP-2 ", grant("bb")).expect("has room");
        let opened =
            |support: &Support, digest: &str, now| support.opened_by(digest, now).map(|(access, _)| access.id.clone());
        assert_eq!(opened(&support, "aa", NOW), Ok("1".into()));
        assert_eq!(opened(&support, "bb", NOW), Ok("2".into()));
        for digest in ["", "a", "aaa", "ab", "AA"] {
            assert_eq!(opened(&support, digest, NOW), Err(DoorRefusal::UnknownCode), "{digest}");
        }
        assert_eq!(opened(&support, "aa", NOW.plus(USUAL)), Err(DoorRefusal::Expired));
        let support = support.revoked("1", &admin(), NOW).expect("is open");
        assert_eq!(opened(&support, "aa", NOW), Err(DoorRefusal::Revoked));
        assert_eq!(opened(&support, "bb", NOW), Ok("2".into()));
        assert_eq!(support.accesses[0].ticket.as_deref(), Some("SUP-2"));
    }

    #[test]
    fn views_of_a_minute_share_a_row_and_none_is_lost_from_the_count() {
        let mut support = asked().approved("1", grant("aa")).expect("waits");
        let run = Viewed::Run { id: "r".into() };
        for (ms, what) in [(0, &Viewed::Configuration), (1, &run), (59_999, &Viewed::Configuration)] {
            support = support.viewed("aa", what, NOW.plus(Span(ms))).expect("is open");
        }
        let counts: Vec<u32> = support.accesses[0].views.iter().map(|row| row.count).collect();
        assert_eq!(counts, [2, 1]);
        for minute in 1..=60 {
            support = support.viewed("aa", &run, NOW.plus(Span::minutes(minute))).expect("is open");
        }
        let access = &support.accesses[0];
        let kept: u32 = access.views.iter().map(|row| row.count).sum();
        assert_eq!((access.views.len(), kept + access.earlier_views), (VIEWS, 63));
        assert_eq!(support.clone().viewed("ab", &run, NOW), Err(DoorRefusal::UnknownCode));
        let support = support.revoked("1", &admin(), NOW).expect("is open");
        assert_eq!(support.viewed("aa", &run, NOW), Err(DoorRefusal::Revoked));
    }
}
