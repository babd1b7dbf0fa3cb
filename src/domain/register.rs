//! The register of service accounts: what each is for, who answers for it, and when it is to be looked at again.

use super::account::{Account, AccountId, Person, clean};
use super::time::{Span, Timestamp};
use super::trial::LastTest;
use serde::{Deserialize, Serialize};

/// How many accounts it holds at most.
pub const LIMIT: usize = 100;

/// How many exported reports it remembers.
pub const REPORTS: usize = 20;

/// Longest purpose and longest name of a system, in characters.
pub const LINE: usize = 200;

/// How many systems an account serves at most.
pub const SYSTEMS: usize = 20;

/// Longest address of a document, in characters.
pub const ADDRESS: usize = 500;

/// Longest notes, in characters.
pub const NOTES: usize = 2_000;

/// Longest interval between two rotations, in days.
pub const LONGEST_ROTATION_DAYS: u16 = 3_650;

/// No date lies further away than this: what does is a slip of the pen.
const FURTHEST: Span = Span::days(36_500);

/// What an administrator writes down about an account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Details {
    /// What it is for, at most 200 characters.
    pub purpose: String,
    /// Systems that it serves, at most 20 of at most 200 characters.
    pub systems: Vec<String>,
    /// Who answers for it.
    pub owner: Option<Person>,
    /// Address of its documentation: `https://`, at most 500 characters.
    pub documentation: Option<String>,
    /// The day on which it is to be looked at again: its beginning in UTC.
    pub review_on: Option<Timestamp>,
    /// After how many days its credentials are to be replaced, from 1 to 3,650.
    pub rotate_every_days: Option<u16>,
    /// The day on which they were replaced last.
    pub rotated_on: Option<Timestamp>,
    /// Anything else, at most 2,000 characters.
    pub notes: String,
}

/// What of [`Details`] cannot be taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Field {
    /// [`Details::purpose`].
    Purpose,
    /// [`Details::systems`].
    Systems,
    /// [`Details::documentation`].
    Documentation,
    /// [`Details::review_on`].
    ReviewOn,
    /// [`Details::rotate_every_days`].
    RotateEveryDays,
    /// [`Details::rotated_on`].
    RotatedOn,
    /// [`Details::notes`].
    Notes,
}

impl Details {
    /// The details as they are kept: lines without control characters, no empty system, days at their beginning.
    ///
    /// # Errors
    /// The first [`Field`] that is out of bounds.
    pub fn kept(self, now: Timestamp) -> Result<Self, Field> {
        let long = |text: &str, limit: usize| text.chars().count() > limit;
        if long(&self.purpose, LINE) {
            return Err(Field::Purpose);
        }
        let systems: Vec<String> =
            self.systems.iter().filter(|system| !system.trim().is_empty()).map(|system| clean(system)).collect();
        if systems.len() > SYSTEMS || self.systems.iter().any(|system| long(system, LINE)) {
            return Err(Field::Systems);
        }
        let documentation = self.documentation.map(|address| address.trim().to_owned());
        let documentation = documentation.filter(|address| !address.is_empty());
        if documentation.as_deref().is_some_and(|address| !is_address(address)) {
            return Err(Field::Documentation);
        }
        let day = |on: Option<Timestamp>| on.map(Timestamp::day);
        let near = |on: Option<Timestamp>| on.is_none_or(|on| on.since(now).0.abs() <= FURTHEST.0);
        if !near(self.review_on) {
            return Err(Field::ReviewOn);
        }
        if self.rotate_every_days.is_some_and(|days| !(1..=LONGEST_ROTATION_DAYS).contains(&days)) {
            return Err(Field::RotateEveryDays);
        }
        // What was replaced tomorrow was not replaced.
        if !near(self.rotated_on) || self.rotated_on.is_some_and(|on| on.day() > now.plus(Span::days(1)).day()) {
            return Err(Field::RotatedOn);
        }
        if long(&self.notes, NOTES) {
            return Err(Field::Notes);
        }
        let notes = self.notes.chars().filter(|c| *c == '\n' || !c.is_control()).collect::<String>().trim().to_owned();
        Ok(Self {
            purpose: clean(&self.purpose),
            systems,
            documentation,
            review_on: day(self.review_on),
            rotated_on: day(self.rotated_on),
            notes,
            ..self
        })
    }

    /// The day on which its credentials are to be replaced; at once where that has never been noted.
    #[must_use]
    pub fn rotate_on(&self, added: Timestamp) -> Option<Timestamp> {
        let every = Span::days(i64::from(self.rotate_every_days?));
        Some(self.rotated_on.unwrap_or(added).day().plus(every))
    }
}

fn is_address(address: &str) -> bool {
    let host = address.strip_prefix("https://").and_then(|rest| rest.split(['/', '?', '#']).next());
    let plain = address.chars().all(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>' | '"' | '\\'));
    plain && address.chars().count() <= ADDRESS && host.is_some_and(|host| host.contains('.') && !host.contains('@'))
}

/// An account in the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    /// Which.
    pub account: Account,
    /// What is written down.
    pub details: Details,
    /// Since when it is in the register.
    pub added_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: Person,
}

/// What is due of an account, and since when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// When it is to be looked at again.
    pub review_on: Option<Timestamp>,
    /// When its credentials are to be replaced.
    pub rotate_on: Option<Timestamp>,
}

impl Row {
    /// What an entry asks for.
    #[must_use]
    pub fn of(entry: &Entry) -> Self {
        Self { review_on: entry.details.review_on, rotate_on: entry.details.rotate_on(entry.added_at) }
    }

    /// How many things are due.
    #[must_use]
    pub fn due(self, now: Timestamp) -> u32 {
        let due = |on: Option<Timestamp>| u32::from(on.is_some_and(|on| on <= now));
        due(self.review_on) + due(self.rotate_on)
    }
}

/// A report that was exported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Reported {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: Person,
    /// How many accounts it names.
    pub accounts: u32,
    /// The seal of its last link.
    pub seal: String,
}

/// Which accounts the register holds, and what is due of each: read whole wherever only that is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Register {
    /// Each account once, in the order in which they were added.
    pub rows: Vec<(AccountId, Row)>,
    /// The latest reports, oldest first.
    pub reports: Vec<Reported>,
}

impl Register {
    /// With this account's row in it; `None` where there is no more room.
    #[must_use]
    pub fn with(mut self, account: &AccountId, row: Row) -> Option<Self> {
        match self.rows.iter().position(|(other, _)| other == account) {
            Some(place) => self.rows[place].1 = row,
            None if self.rows.len() >= LIMIT => return None,
            None => self.rows.push((account.clone(), row)),
        }
        Some(self)
    }

    /// Whether this account has an entry.
    #[must_use]
    pub fn holds(&self, account: &AccountId) -> bool {
        self.rows.iter().any(|(other, _)| other == account)
    }

    /// Without this account.
    #[must_use]
    pub fn without(mut self, account: &AccountId) -> Self {
        self.rows.retain(|(other, _)| other != account);
        self
    }

    /// With one more report.
    #[must_use]
    pub fn reported(mut self, report: Reported) -> Self {
        self.reports.push(report);
        let surplus = self.reports.len().saturating_sub(REPORTS);
        self.reports.drain(..surplus);
        self
    }

    /// How many reviews and rotations are due.
    #[must_use]
    pub fn due(&self, now: Timestamp) -> u32 {
        self.rows.iter().map(|(_, row)| row.due(now)).sum()
    }
}

/// One account in an exported report.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// 1 for the first, rising by one.
    pub number: u32,
    /// Which account.
    pub account: Account,
    /// Whether it is the main authorized user.
    pub is_main: bool,
    /// What is written down, if anything is.
    pub details: Option<Details>,
    /// When that was last changed, and by whom.
    pub changed_at: Option<Timestamp>,
    /// By whom.
    pub changed_by: Option<Person>,
    /// The latest test of the account, if there was one.
    pub last_test: Option<LastTest>,
    /// When the report was made.
    pub reported_at: Timestamp,
    /// The seal of the link before; of the first link, of the report before, and empty for the first report.
    pub previous: String,
}

/// Words in names of accounts that nobody is called by.
const ROLES: [&str; 24] = [
    "account",
    "admin",
    "agent",
    "api",
    "app",
    "automation",
    "bot",
    "connector",
    "daemon",
    "integration",
    "jira",
    "machine",
    "no-reply",
    "noreply",
    "robot",
    "script",
    "service",
    "svc",
    "sync",
    "system",
    "team",
    "technical",
    "tool",
    "webhook",
];

/// Whether an account looks as though it were an ordinary person's: two words or more, and none that says what it does.
/// A reason for advice, never for a refusal.
#[must_use]
pub fn looks_personal(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| c.is_whitespace() || matches!(c, '.' | '_' | '(' | ')' | '/')).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let role = |word: &&str| word.split('-').chain([*word]).any(|part| ROLES.contains(&part));
    words.len() >= 2 && !words.iter().any(role) && !lower.chars().any(|c| c.is_ascii_digit() || c == '+')
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_767_610_800_000);

    #[test]
    fn what_is_out_of_bounds_is_named() {
        let with = |change: fn(&mut Details)| {
            let mut details = Details::default();
            change(&mut details);
            details.kept(NOW).err()
        };
        assert_eq!(with(|details| details.purpose = "x".repeat(201)), Some(Field::Purpose));
        assert_eq!(with(|details| details.systems = vec!["x".into(); 21]), Some(Field::Systems));
        assert_eq!(with(|details| details.notes = "x".repeat(2_001)), Some(Field::Notes));
        assert_eq!(with(|details| details.rotate_every_days = Some(0)), Some(Field::RotateEveryDays));
        assert_eq!(with(|details| details.rotated_on = Some(NOW.plus(Span::days(3)))), Some(Field::RotatedOn));
        assert_eq!(with(|details| details.review_on = Some(Timestamp(i64::MAX))), Some(Field::ReviewOn));
        for address in
            ["http://a.example", "https://", "javascript:alert(1)", "https://a b.example", "https://u@a.example"]
        {
            let details = Details { documentation: Some(address.into()), ..Details::default() };
            assert_eq!(details.kept(NOW).err(), Some(Field::Documentation), "{address}");
        }
    }

    #[test]
    fn what_is_kept_is_clean() {
        let details = Details {
            purpose: " A\u{202E}\nB ".into(),
            systems: vec![" ".into(), "CI".into()],
            documentation: Some(" https://wiki.example/x?y#z ".into()),
            review_on: Some(NOW),
            notes: "\u{7}one\ntwo ".into(),
            ..Details::default()
        };
        let kept = details.kept(NOW).expect("is within bounds");
        assert_eq!(
            (kept.purpose.as_str(), kept.systems, kept.notes.as_str()),
            ("AB", vec!["CI".to_owned()], "one\ntwo")
        );
        assert_eq!(kept.documentation.as_deref(), Some("https://wiki.example/x?y#z"));
        assert_eq!(kept.review_on, Some(NOW.day()));
    }

    #[test]
    fn reviews_and_rotations_are_due_from_their_day_on() {
        let details = Details { rotate_every_days: Some(90), rotated_on: Some(NOW.day()), ..Details::default() };
        let on = details.rotate_on(NOW).expect("has an interval");
        let row = Row { review_on: Some(NOW.day()), rotate_on: Some(on) };
        assert_eq!((row.due(NOW), row.due(on), row.due(Timestamp(0))), (1, 2, 0));
        assert_eq!(Details { rotated_on: None, ..details }.rotate_on(NOW), Some(on));
    }

    #[test]
    fn a_name_that_says_what_an_account_does_is_no_persons() {
        for name in
            ["Jira service account", "svc-deploy", "Build Bot", "integration.user", "Automation for Jira", "robot 7"]
        {
            assert!(!looks_personal(name), "{name}");
        }
        for name in ["Maria Keller", "Élise de la Tour", "José_María Núñez"] {
            assert!(looks_personal(name), "{name}");
        }
    }
}
