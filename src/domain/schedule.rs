//! A change that waits for its time: when it may be, what has to be true then, and who is told of it before.

use super::account::Person;
use super::authorization::SessionKey;
use super::change::{Change, Stage};
use super::connection::Connection;
use super::count;
use super::grant::{Grant, ReauthorizationReason};
use super::health::Check;
use super::receipt::Foreseen;
use super::rehearsal::Rehearsal;
use super::settings::ReauthorizationPolicy;
use super::standing::{Epoch, Standing};
use super::tagged::tagged;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// A change is scheduled so long ahead at least: *Allow* takes its minutes.
pub const SOONEST: Span = Span::minutes(10);

/// A change is scheduled so long ahead at most.
pub const LATEST: Span = Span::days(30);

/// For how long after its time a change waits for an answer of Jira or Atlassian.
pub const PATIENCE: Span = Span::hours(6);

/// A change is confirmed so long after its time at most: whoever chose a quiet hour did not choose another.
pub const LATE: Span = Span::minutes(10);

/// What was found when a change was taken up holds for so long: then everything is looked at again.
pub const HOLDS: Span = Span::minutes(10);

/// A rehearsal that looked at every project so lately is good enough for a change that is switched before its time, or that
/// was handed off.
pub const RECENT: Span = Span::minutes(10);

/// So many projects are named where more is lost than was acknowledged.
const NAMED: usize = 10;

/// When a change is to switch, and how far that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Schedule {
    /// When it is to switch.
    pub at: Timestamp,
    /// The generation of the connection that it is to end.
    pub generation: u32,
    /// When everything was found as foreseen for the first time, and the steps began; not yet while it waits.
    pub taken_up_at: Option<Timestamp>,
    /// When everything was found so the last time.
    pub found_at: Option<Timestamp>,
}

/// A time for which no change can be scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfBounds {
    /// The earliest time that is possible.
    pub earliest: Timestamp,
    /// The latest.
    pub latest: Timestamp,
}

impl Schedule {
    /// A schedule that is made at `now`, for a change that ends this generation.
    ///
    /// # Errors
    /// [`OutOfBounds`]
    pub fn new(at: Timestamp, generation: u32, now: Timestamp) -> Result<Self, OutOfBounds> {
        let (earliest, latest) = (now.plus(SOONEST), now.plus(LATEST));
        if (earliest..=latest).contains(&at) {
            Ok(Self { at, generation, taken_up_at: None, found_at: None })
        } else {
            Err(OutOfBounds { earliest, latest })
        }
    }

    /// Whether its time has come.
    #[must_use]
    pub fn due(&self, now: Timestamp) -> bool {
        now >= self.at
    }

    /// When its time is over for too long for anybody to confirm it.
    #[must_use]
    pub fn over_at(&self) -> Timestamp {
        self.at.plus(LATE)
    }

    /// Whether its time is over for too long for anybody to confirm it.
    #[must_use]
    pub fn missed(&self, now: Timestamp) -> bool {
        now >= self.over_at()
    }

    /// Until when it waits for an answer. A change that was taken up before its time waits no longer for that.
    #[must_use]
    pub fn gives_up_at(&self) -> Timestamp {
        self.taken_up_at.map_or(self.at, |taken_up| taken_up.min(self.at)).plus(PATIENCE)
    }

    /// Whether what was found still counts.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> bool {
        still(self.found_at, now)
    }

    /// Everything was found as foreseen.
    #[must_use]
    pub fn taken_up(self, now: Timestamp) -> Self {
        Self { taken_up_at: self.taken_up_at.or(Some(now)), found_at: Some(now), ..self }
    }

    /// It waits for its time again.
    #[must_use]
    pub fn put_back(self) -> Self {
        Self { taken_up_at: None, found_at: None, ..self }
    }
}

/// Whether what was found then still counts.
#[must_use]
pub(super) fn still(found_at: Option<Timestamp>, now: Timestamp) -> bool {
    found_at.is_some_and(|found| (Span(0)..HOLDS).contains(&now.since(found)))
}

/// Why a change that waited for days does not switch: the world is not as it was foreseen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Deviation {
    /// Another account is main authorized user than when it was scheduled.
    MainUserChanged,
    /// The new account's grant is not honoured any more.
    GrantDead {
        /// The cause, as far as Atlassian tells.
        reason: ReauthorizationReason,
    },
    /// The new account does not pass the checks any more.
    ChecksFailed {
        /// Every check.
        checks: Vec<Check>,
    },
    /// The account of whoever scheduled it is deactivated or closed.
    InitiatorInactive,
    /// Whoever scheduled it is no Jira administrator any more.
    InitiatorNotAdministrator,
    /// Whoever scheduled it is not on the list of those who administer the app.
    InitiatorNotListed,
    /// More would be lost, or is missing, than was acknowledged.
    MoreIsLost {
        /// How many projects would be lost.
        lost: u32,
        /// In how many projects something required is missing, lost ones among them.
        failing: u32,
        /// Keys of projects that were not acknowledged, at most ten; none where only their number is known.
        projects: Vec<String>,
    },
    /// Jira or Atlassian gave no answer for six hours.
    NoAnswer,
    /// Its time was over for ten minutes when it was confirmed: whoever was to allow, or to confirm, came late.
    TooLate,
}

tagged!(Deviation);

impl Deviation {
    /// Whether it may be mended before the time of the change: a grant that is gone is gone.
    #[must_use]
    pub fn mendable(&self) -> bool {
        match self {
            Self::MainUserChanged | Self::GrantDead { .. } | Self::NoAnswer | Self::TooLate => false,
            Self::ChecksFailed { .. }
            | Self::InitiatorInactive
            | Self::InitiatorNotAdministrator
            | Self::InitiatorNotListed
            | Self::MoreIsLost { .. } => true,
        }
    }
}

/// What was found at its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// Everything is as foreseen.
    AsForeseen {
        /// The checks that the new account passed.
        checks: Vec<Check>,
    },
    /// Something is not.
    Otherwise(Deviation),
}

/// More lost, or missing, in `found` than was known when the change was scheduled. Projects are held against each other by
/// their keys, as far as those are listed, and by their number beyond.
#[must_use]
pub fn more_is_lost(known: &Foreseen, found: &Rehearsal) -> Option<Deviation> {
    let lacking = known.lacking.as_deref().unwrap_or_default();
    let all_losses = count(known.losses.len()) == known.lost;
    // Each lost project fails as well.
    let all_lacking = count(lacking.len()) + known.lost == known.failing;
    let lost_before = |key: &str| known.losses.iter().any(|other| other == key);
    let lost = found.losses.iter().map(|loss| loss.project.key.as_str());
    let mut projects: Vec<String> = lost.filter(|key| all_losses && !lost_before(key)).map(str::to_owned).collect();
    for missing in found.lacking() {
        let before = lacking.iter().find(|other| other.project == missing.project);
        let held = |permission| before.is_none_or(|before| !before.permissions.contains(permission));
        if all_lacking && !lost_before(&missing.project) && missing.permissions.iter().any(held) {
            projects.push(missing.project);
        }
    }
    let more = !projects.is_empty() || found.lost > known.lost || found.failing > known.failing;
    projects.truncate(NAMED);
    more.then_some(Deviation::MoreIsLost { lost: found.lost, failing: found.failing, projects })
}

/// What people are told of a scheduled change that will ask them to allow again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
    /// Which change: whoever was told of it is not told again.
    pub change: SessionKey,
    /// When it is to switch.
    pub at: Timestamp,
}

impl Connection {
    /// The change that waits for its time.
    #[must_use]
    pub fn scheduled(&self) -> Option<(&Change, Schedule)> {
        let change = self.change.as_ref().filter(|change| matches!(change.stage, Stage::Scheduled { .. }))?;
        Some((change, change.schedule?))
    }

    /// What to tell the person of this grant of a scheduled change: nothing unless it will ask them to allow again, and they
    /// need not now.
    #[must_use]
    pub fn announces(&self, grant: &Grant) -> Option<Announcement> {
        let (change, schedule) = self.scheduled()?;
        let generation = self.generation + 1;
        let asks = match change.policy {
            ReauthorizationPolicy::Everyone => Epoch { generation, everyone_since: generation },
            // Whose grant will turn out dead nobody knows before.
            ReauthorizationPolicy::VerifyFirst => return None,
        };
        let person: &Person = &grant.account.person;
        let meant = person.account_id == change.intended.account_id;
        let works = Standing::of(grant, self.epoch()).is_some_and(|standing| standing.usable());
        let asked = Standing::of(grant, asks).and_then(|standing| standing.asks()).is_some();
        (works && asked && !meant).then(|| Announcement { change: change.key.clone(), at: schedule.at })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::{Account, AccountId, AccountType};
    use crate::domain::receipt::Lacking;
    use crate::domain::rehearsal::{Held, LISTED, Permission, Rehearsed};

    fn after(span: Span) -> Timestamp {
        Timestamp(0).plus(span)
    }

    #[test]
    fn ten_minutes_to_thirty_days_ahead_can_be_chosen() {
        let of = |span| Schedule::new(after(span), 1, Timestamp(0)).is_ok();
        assert!(of(SOONEST) && of(LATEST));
        assert!(!of(Span(SOONEST.0 - 1)) && !of(Span(LATEST.0 + 1)) && !of(Span(-1)));
        assert!(Schedule::new(Timestamp(i64::MAX), 1, Timestamp(i64::MAX)).is_ok(), "the ends of the range hold");
    }

    #[test]
    fn it_is_due_at_its_time_and_gives_up_six_hours_after_that_or_after_it_was_taken_up() {
        let schedule = Schedule::new(after(Span::hours(1)), 1, Timestamp(0)).expect("is in bounds");
        assert!(!schedule.due(Timestamp(after(Span::hours(1)).0 - 1)) && schedule.due(after(Span::hours(1))));
        assert_eq!(schedule.gives_up_at(), after(Span::hours(7)));
        assert_eq!(schedule.taken_up(after(Span::hours(3))).gives_up_at(), after(Span::hours(7)));
        let early = schedule.taken_up(after(Span::minutes(30)));
        assert_eq!(early.gives_up_at(), after(Span::minutes(6 * 60 + 30)));
        let again = early.taken_up(after(Span::minutes(45)));
        assert_eq!(again.taken_up_at, early.taken_up_at, "it is found anew, and no younger for that");
        assert!(again.holds(after(Span::minutes(54))) && !again.holds(after(Span::minutes(55))));
        assert!(!again.holds(after(Span::minutes(44))), "a clock that went back holds nothing");
        assert!(!schedule.holds(after(Span(0))));
    }

    fn project(key: &str, missing: &[Permission]) -> Rehearsed {
        let mut held = Held::default();
        for permission in Permission::ALL.into_iter().filter(|permission| !missing.contains(permission)) {
            held.add(permission);
        }
        Rehearsed { id: 1, key: key.into(), name: key.into(), service_project: false, before: true, held }
    }

    fn found(projects: &[Rehearsed]) -> Rehearsal {
        let account_id = AccountId::parse("a").expect("is one");
        let person = Person { account_id, display_name: "A".into(), avatar_url: None };
        let account = Account { person: person.clone(), account_type: AccountType::Atlassian, active: true };
        let against = Some(person.clone());
        let mut rehearsal = Rehearsal::new("r".into(), account, against, 1, person, Timestamp(0), None);
        rehearsal.absorb(projects);
        rehearsal
    }

    const BROWSE: &[Permission] = &[Permission::BrowseProjects];
    const EDIT: &[Permission] = &[Permission::EditIssues];
    const EDIT_AND_COMMENT: &[Permission] = &[Permission::EditIssues, Permission::AddComments];
    const LINK: &[Permission] = &[Permission::LinkIssues];

    fn named(known: &[Rehearsed], then: &[Rehearsed]) -> Option<Vec<String>> {
        let more = more_is_lost(&found(known).foreseen(true), &found(then))?;
        let Deviation::MoreIsLost { projects, .. } = more else { panic!("{more:?} is not about projects") };
        Some(projects)
    }

    #[test]
    fn nothing_more_than_was_known_stops_nothing() {
        let known = [project("A", BROWSE), project("B", EDIT_AND_COMMENT), project("C", &[])];
        assert_eq!(named(&known, &known), None);
        assert_eq!(named(&known, &[project("C", &[])]), None, "projects were deleted");
        assert_eq!(named(&known, &[project("A", EDIT), project("B", EDIT)]), None, "some of it was mended");
        assert_eq!(named(&known, &[project("C", LINK)]), None, "what is recommended only is no loss");
    }

    #[test]
    fn one_project_or_permission_more_is_named() {
        let known = [project("A", BROWSE), project("B", EDIT), project("C", &[])];
        assert_eq!(named(&known, &[project("C", BROWSE)]), Some(vec!["C".into()]), "as many as before, and another");
        assert_eq!(named(&known, &[project("B", EDIT_AND_COMMENT)]), Some(vec!["B".into()]));
        assert_eq!(named(&known, &[project("C", EDIT)]), Some(vec!["C".into()]));
        assert_eq!(named(&[project("C", &[])], &[project("NEW", BROWSE)]), Some(vec!["NEW".into()]));
    }

    #[test]
    fn beyond_what_is_listed_their_number_counts() {
        let lost = |count: usize| (0..count).map(|n| project(&format!("P{n}"), BROWSE)).collect::<Vec<_>>();
        let (known, more) = (lost(LISTED + 1), lost(LISTED + 2));
        assert_eq!(named(&known, &known), None);
        assert_eq!(named(&known, &more), Some(Vec::new()), "which one it is nobody knows");
        let renamed: Vec<Rehearsed> = known.iter().map(|one| project(&format!("X{}", one.key), BROWSE)).collect();
        assert_eq!(named(&known, &renamed), None, "names cannot be held against each other there");
    }

    #[test]
    fn an_older_acknowledgement_tells_no_permissions_and_counts_by_number() {
        let known = Foreseen { lacking: None, ..found(&[project("A", EDIT)]).foreseen(true) };
        assert_eq!(more_is_lost(&known, &found(&[project("B", EDIT)])), None);
        assert!(more_is_lost(&known, &found(&[project("A", EDIT), project("B", EDIT)])).is_some());
        let row = Lacking { project: "A".into(), permissions: EDIT.to_vec() };
        assert_eq!(found(&[project("A", EDIT)]).lacking(), [row]);
    }
}
