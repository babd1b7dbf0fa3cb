//! To which projects the app is limited, who may administer it, who asked to, and what became of all that.

use super::account::{AccountId, Person};
use super::count;
use super::tagged::tagged;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How many projects a list holds at most.
pub const PROJECTS: usize = 200;

/// How many categories a list holds at most.
pub const CATEGORIES: usize = 50;

/// How many administrators a list holds at most.
pub const ADMINISTRATORS: usize = 50;

/// How many requests are kept at most: one for each person.
pub const REQUESTS: usize = 20;

/// How many changes are kept at most.
pub const CHANGES: usize = 40;

/// How many projects, categories or people one change names at most of what it added, and of what it removed.
const NAMED: usize = 5;

/// Longest name that a change or a request keeps, in characters.
const NAME: usize = 60;

/// Whoever was declined may ask again after this long.
pub const ASK_AGAIN: Span = Span::days(1);

/// Jira's number of a project or of a category. It is text on the wire, as Jira writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(as = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct JiraNumber(pub u64);

/// Text that is no number of Jira's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl std::fmt::Display for NotANumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a number of Jira's")
    }
}

impl JiraNumber {
    /// Reads a number.
    ///
    /// # Errors
    /// When it is anything but digits, or larger than the 63 bits that Jira has for it.
    pub fn parse(text: &str) -> Result<Self, NotANumber> {
        // `parse` alone would take a plus sign.
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<i64>().ok().filter(|_| digits);
        number.and_then(|number| u64::try_from(number).ok()).map(Self).ok_or(NotANumber)
    }
}

impl std::fmt::Display for JiraNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for JiraNumber {
    type Error = NotANumber;

    fn try_from(text: String) -> Result<Self, NotANumber> {
        Self::parse(&text)
    }
}

impl From<JiraNumber> for String {
    fn from(number: JiraNumber) -> Self {
        number.to_string()
    }
}

/// What the lists of a [`ProjectLimit`] mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum LimitKind {
    /// The lists mean nothing: the app works in every project.
    #[default]
    Everything,
    /// The app works in what is listed, and nowhere else.
    Only,
    /// The app works everywhere but in what is listed.
    Except,
}

/// To which projects the app is limited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ProjectLimit {
    /// What the lists mean.
    pub kind: LimitKind,
    /// Projects, at most 200.
    pub projects: Vec<JiraNumber>,
    /// Categories of projects, at most 50.
    pub categories: Vec<JiraNumber>,
}

impl ProjectLimit {
    /// Whether the app works in a project.
    #[must_use]
    pub fn admits(&self, project: JiraNumber, category: Option<JiraNumber>) -> bool {
        let listed = self.projects.contains(&project) || category.is_some_and(|own| self.categories.contains(&own));
        match self.kind {
            LimitKind::Everything => true,
            LimitKind::Only => listed,
            LimitKind::Except => !listed,
        }
    }

    /// Whether the app works in no project: it works only in what is listed, and nothing is.
    #[must_use]
    pub fn nowhere(&self) -> bool {
        match self.kind {
            LimitKind::Only => self.projects.is_empty() && self.categories.is_empty(),
            LimitKind::Everything | LimitKind::Except => false,
        }
    }

    /// The limit with everything listed once; `None` when a list is too long.
    #[must_use]
    pub fn within_bounds(mut self) -> Option<Self> {
        self.projects.sort_unstable();
        self.projects.dedup();
        self.categories.sort_unstable();
        self.categories.dedup();
        (self.projects.len() <= PROJECTS && self.categories.len() <= CATEGORIES).then_some(self)
    }
}

/// What limits the app. It is read for every action and for every request of an administrator.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Rises with every change, so that of two administrators who change it at once, one is told.
    pub edition: u32,
    /// To which projects.
    pub projects: ProjectLimit,
    /// Who may administer the app, beside being a Jira administrator; every Jira administrator when there is no list.
    pub administrators: Option<Vec<Person>>,
}

impl Limits {
    /// Whether a Jira administrator may administer the app.
    #[must_use]
    pub fn lets_administer(&self, account: &AccountId) -> bool {
        self.administrators.as_ref().is_none_or(|listed| listed.iter().any(|person| person.account_id == *account))
    }

    /// The same with somebody on the list; `None` when the list is full. Without a list nobody has to be on it.
    #[must_use]
    pub fn with_administrator(mut self, person: &Person) -> Option<Self> {
        if self.lets_administer(&person.account_id) {
            return Some(self);
        }
        let listed = self.administrators.as_mut()?;
        if listed.len() >= ADMINISTRATORS {
            return None;
        }
        listed.push(person.clone());
        Some(Self { edition: self.edition + 1, ..self })
    }
}

/// Somebody's request to administer the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AccessRequest {
    /// Who asks.
    pub person: Person,
    /// When.
    pub at: Timestamp,
    /// What was decided; nothing yet when absent.
    pub decision: Option<Decision>,
}

/// What was decided of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Whether it was approved.
    pub approved: bool,
    /// Who decided.
    pub by: Person,
    /// When.
    pub at: Timestamp,
}

/// One change, and who made it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AccessChange {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: Person,
    /// What.
    pub what: AccessChanged,
}

/// What was changed. Names are those of that time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum AccessChanged {
    /// To which projects the app is limited.
    Projects {
        /// What the lists mean from then on.
        kind: LimitKind,
        /// Names of projects and categories that came onto the lists, at most five.
        added: Vec<String>,
        /// Names of those that left them, at most five.
        removed: Vec<String>,
        /// How many more came or left.
        more: u32,
    },
    /// Who may administer the app.
    Administrators {
        /// Whether there is a list from then on.
        limited: bool,
        /// People who came onto it, at most five.
        added: Vec<Person>,
        /// People who left it, at most five.
        removed: Vec<Person>,
        /// How many more came or left.
        more: u32,
    },
    /// Somebody asked to administer the app.
    Requested,
    /// A request was approved.
    Approved {
        /// Whose.
        person: Person,
    },
    /// A request was declined.
    Declined {
        /// Whose.
        person: Person,
    },
    /// A Jira administrator came onto a list on which nobody was a Jira administrator any more.
    TookOver,
}

tagged!(AccessChanged);

impl AccessChanged {
    /// A change of the projects, with the names of what came and what left.
    #[must_use]
    pub fn projects(kind: LimitKind, added: Vec<String>, removed: Vec<String>) -> Self {
        let more = count(added.len().saturating_sub(NAMED) + removed.len().saturating_sub(NAMED));
        let cut = |names: Vec<String>| names.into_iter().take(NAMED).map(|name| shortened(&name)).collect();
        Self::Projects { kind, added: cut(added), removed: cut(removed), more }
    }

    /// A change of the administrators.
    #[must_use]
    pub fn administrators(before: Option<&[Person]>, after: Option<&[Person]>) -> Self {
        let (old, new) = (before.unwrap_or_default(), after.unwrap_or_default());
        let without = |some: &[Person], others: &[Person]| -> Vec<Person> {
            let listed = |person: &&Person| others.iter().any(|other| other.account_id == person.account_id);
            some.iter().filter(|person| !listed(person)).map(brief).collect()
        };
        let (mut added, mut removed) = (without(new, old), without(old, new));
        let more = count(added.len().saturating_sub(NAMED) + removed.len().saturating_sub(NAMED));
        added.truncate(NAMED);
        removed.truncate(NAMED);
        Self::Administrators { limited: after.is_some(), added, removed, more }
    }

    /// Whether the limits are others since.
    fn limits(&self) -> bool {
        match self {
            Self::Projects { .. } | Self::Administrators { .. } | Self::Approved { .. } | Self::TookOver => true,
            Self::Requested | Self::Declined { .. } => false,
        }
    }
}

fn shortened(name: &str) -> String {
    name.chars().take(NAME).collect()
}

/// A person as requests and changes keep them: short, so that all of them rest in one record.
pub(super) fn brief(person: &Person) -> Person {
    Person { account_id: person.account_id.clone(), display_name: shortened(&person.display_name), avatar_url: None }
}

/// Why a request is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKept {
    /// As many as are kept wait already.
    Full,
    /// It was declined, and not a day ago.
    TooSoon(Timestamp),
}

/// Requests and changes.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessLog {
    /// Requests, the oldest first.
    pub requests: Vec<AccessRequest>,
    /// Changes, the newest first.
    pub changes: Vec<AccessChange>,
}

impl AccessLog {
    /// What became of somebody's request.
    #[must_use]
    pub fn request_of(&self, account: &AccountId) -> Option<&AccessRequest> {
        self.requests.iter().find(|request| request.person.account_id == *account)
    }

    /// The latest change of the limits.
    #[must_use]
    pub fn latest(&self) -> Option<&AccessChange> {
        self.changes.iter().find(|change| change.what.limits())
    }

    /// With one more change, and without the oldest where there are too many.
    #[must_use]
    pub fn with(mut self, by: &Person, at: Timestamp, what: AccessChanged) -> Self {
        self.changes.insert(0, AccessChange { at, by: brief(by), what });
        self.changes.truncate(CHANGES);
        self
    }

    /// With somebody's request; as it is when that waits already.
    ///
    /// # Errors
    /// [`NotKept`]
    pub fn requested(mut self, person: &Person, now: Timestamp) -> Result<Self, NotKept> {
        if let Some(before) = self.request_of(&person.account_id) {
            match &before.decision {
                None => return Ok(self),
                Some(decision) if !decision.approved && now.since(decision.at) < ASK_AGAIN => {
                    return Err(NotKept::TooSoon(decision.at.plus(ASK_AGAIN)));
                }
                Some(_) => {}
            }
        }
        self.requests.retain(|request| request.person.account_id != person.account_id);
        if self.requests.len() >= REQUESTS {
            // What was decided longest ago makes room.
            let decided = self.requests.iter().position(|request| request.decision.is_some());
            self.requests.remove(decided.ok_or(NotKept::Full)?);
        }
        self.requests.push(AccessRequest { person: brief(person), at: now, decision: None });
        Ok(self.with(person, now, AccessChanged::Requested))
    }

    /// With a request decided; `None` when none of this person waits.
    #[must_use]
    pub fn decided(mut self, account: &AccountId, approved: bool, by: &Person, now: Timestamp) -> Option<Self> {
        let waits = |request: &&mut AccessRequest| request.person.account_id == *account && request.decision.is_none();
        let request = self.requests.iter_mut().find(waits)?;
        request.decision = Some(Decision { approved, by: brief(by), at: now });
        let person = request.person.clone();
        let what = if approved { AccessChanged::Approved { person } } else { AccessChanged::Declined { person } };
        Some(self.with(by, now, what))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str) -> Person {
        let account_id = AccountId::parse(id).expect("is one");
        Person { account_id, display_name: "N".repeat(200), avatar_url: Some("https://a.example".into()) }
    }

    const MOB: JiraNumber = JiraNumber(10_000);
    const PRODUCTS: JiraNumber = JiraNumber(10_050);

    fn limit(kind: LimitKind) -> ProjectLimit {
        ProjectLimit { kind, projects: vec![MOB], categories: vec![PRODUCTS] }
    }

    #[test]
    fn a_number_is_digits_and_nothing_else() {
        for text in ["", "+1", "-1", "1.0", " 1", "1a", "../1", "9223372036854775808"] {
            assert_eq!(JiraNumber::parse(text), Err(NotANumber), "{text}");
        }
        assert_eq!(JiraNumber::parse("10000"), Ok(MOB));
    }

    #[test]
    fn a_list_holds_by_project_and_by_category() {
        let other = JiraNumber(1);
        for (kind, by_project, by_category, neither) in [
            (LimitKind::Everything, true, true, true),
            (LimitKind::Only, true, true, false),
            (LimitKind::Except, false, false, true),
        ] {
            let limit = limit(kind);
            assert_eq!(limit.admits(MOB, None), by_project, "{kind:?}");
            assert_eq!(limit.admits(other, Some(PRODUCTS)), by_category, "{kind:?}");
            assert_eq!(limit.admits(other, Some(JiraNumber(2))), neither, "{kind:?}");
            // A category has the number of some project as well: they are not taken for each other.
            assert_eq!(limit.admits(PRODUCTS, Some(MOB)), neither, "{kind:?}");
        }
    }

    #[test]
    fn lists_hold_everything_once_and_no_more_than_their_bound() {
        let of = |range: std::ops::Range<u64>| range.map(JiraNumber).collect::<Vec<_>>();
        let bounded =
            |projects, categories| ProjectLimit { kind: LimitKind::Only, projects, categories }.within_bounds();
        assert!(bounded(of(0..200), of(0..50)).is_some());
        assert!(bounded(of(0..201), vec![]).is_none() && bounded(vec![], of(0..51)).is_none());
        assert_eq!(bounded(vec![MOB; 500], vec![]).map(|limit| limit.projects), Some(vec![MOB]));
    }

    #[test]
    fn without_a_list_every_jira_administrator_may_and_with_an_empty_one_nobody() {
        let who = person("a").account_id;
        assert!(Limits::default().lets_administer(&who));
        assert!(!Limits { administrators: Some(vec![]), ..Limits::default() }.lets_administer(&who));
    }

    #[test]
    fn a_full_list_takes_nobody_more() {
        let all: Vec<Person> = (0..ADMINISTRATORS).map(|nth| person(&format!("p{nth}"))).collect();
        let full = Limits { administrators: Some(all), ..Limits::default() };
        assert_eq!(full.clone().with_administrator(&person("new")), None);
        assert_eq!(full.clone().with_administrator(&person("p1")), Some(full));
    }

    #[test]
    fn one_request_is_kept_for_each_person_and_a_declined_one_rests_for_a_day() {
        let at = |hours| Timestamp(0).plus(Span::hours(hours));
        let log = AccessLog::default().requested(&person("a"), at(0)).expect("is kept");
        let log = log.requested(&person("a"), at(1)).expect("waits already");
        assert_eq!((log.requests.len(), log.requests[0].at, log.changes.len()), (1, at(0), 1));
        let by = person("admin");
        let who = person("a").account_id;
        let log = log.decided(&who, false, &by, at(2)).expect("waits");
        assert_eq!(log.clone().decided(&who, true, &by, at(3)), None);
        assert_eq!(log.clone().requested(&person("a"), at(25)), Err(NotKept::TooSoon(at(26))));
        let log = log.requested(&person("a"), at(26)).expect("a day later");
        assert_eq!((log.requests.len(), log.requests[0].at), (1, at(26)));
    }

    #[test]
    fn requests_and_changes_are_bounded_and_what_waits_is_not_dropped() {
        let mut log = AccessLog::default();
        for nth in 0..REQUESTS {
            log = log.requested(&person(&format!("p{nth}")), Timestamp(0)).expect("is kept");
        }
        assert_eq!(log.clone().requested(&person("new"), Timestamp(1)), Err(NotKept::Full));
        let decided = log.decided(&person("p3").account_id, true, &person("admin"), Timestamp(1)).expect("waits");
        let mut log = decided.requested(&person("new"), Timestamp(2)).expect("there is room");
        assert_eq!((log.requests.len(), log.request_of(&person("p3").account_id)), (REQUESTS, None));
        for _ in 0..100 {
            let names = vec!["N".repeat(500); 20];
            log = log.with(&person("admin"), Timestamp(3), AccessChanged::projects(LimitKind::Only, names, vec![]));
        }
        assert_eq!(log.changes.len(), CHANGES);
        let text = serde_json::to_string(&log).expect("is written");
        // Forge's storage takes 240 KB for one value.
        assert!(text.len() < 60_000, "{}", text.len());
    }
}
