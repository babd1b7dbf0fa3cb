//! Integrations: a project on this site joined with a project on another, and which comments go from one to the other.

use super::account::{AccountId, Person, clean};
use super::assignee::Following;
use super::intake::{Counterparts, CounterpartsSince};
use super::limits::JiraNumber;
use super::site::CloudId;
use super::tagged::tagged;
use super::time::Timestamp;
use serde::{Deserialize, Serialize};

/// How many integrations a site has at most.
pub const LIMIT: usize = 20;

/// Longest name of an integration, in characters.
pub const NAME: usize = 80;

/// Longest word that marks comments, in characters.
pub const WORD: usize = 40;

/// How many accounts a table of assignees holds at most.
pub const ASSIGNEES: usize = 200;

/// How many groups and roles a table of restrictions holds at most.
pub const RESTRICTIONS: usize = 50;

/// Longest name of a group or role, in characters: as long as Jira takes.
pub const GROUP_OR_ROLE: usize = 255;

/// How many bytes the terms of all integrations of a site take at most, written as JSON. Forge stores 240 KiB under one key;
/// the rest is room for who changed them and when.
pub const BYTES: usize = 200 * 1024;

/// Random name of an integration: 32 hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(as = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct IntegrationId(String);

/// Text that names no integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnIntegrationId;

impl std::fmt::Display for NotAnIntegrationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not the name of an integration")
    }
}

impl IntegrationId {
    /// Reads a name. It becomes part of storage keys and of properties of comments, so nothing but 32 digits passes.
    ///
    /// # Errors
    /// When it is anything else.
    pub fn parse(text: impl Into<String>) -> Result<Self, NotAnIntegrationId> {
        let text = text.into();
        let fits = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if fits { Ok(Self(text)) } else { Err(NotAnIntegrationId) }
    }

    /// The name as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for IntegrationId {
    type Error = NotAnIntegrationId;

    fn try_from(text: String) -> Result<Self, NotAnIntegrationId> {
        Self::parse(text)
    }
}

impl From<IntegrationId> for String {
    fn from(id: IntegrationId) -> Self {
        id.0
    }
}

/// One of the two ends of an integration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum End {
    /// The site on which the app is installed.
    Here,
    /// The other site.
    There,
}

impl End {
    /// The other end.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Here => Self::There,
            Self::There => Self::Here,
        }
    }
}

/// A project on a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Side {
    /// The site.
    pub cloud_id: CloudId,
    /// The project's number there.
    pub project: JiraNumber,
}

/// Which way comments go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// From this site to the other.
    Out,
    /// From the other site to this one.
    In,
    /// Both ways.
    Both,
}

impl Direction {
    /// Whether comments of this end are carried to the other.
    #[must_use]
    pub fn carries(self, from: End) -> bool {
        match (self, from) {
            (Self::Both, End::Here | End::There) | (Self::Out, End::Here) | (Self::In, End::There) => true,
            (Self::Out, End::There) | (Self::In, End::Here) => false,
        }
    }
}

/// Which comments go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Which {
    /// All of them, each as visible as it is.
    All,
    /// Those that are neither restricted nor internal.
    PublicOnly,
    /// Those that hold this word, whatever its case.
    Word {
        /// For example `#sync`.
        word: String,
    },
}

tagged!(Which);

impl Which {
    /// Whether a comment of this text goes; `public` says whether it is neither restricted nor internal.
    #[must_use]
    pub fn takes(&self, text: &str, public: bool) -> bool {
        match self {
            Self::All => true,
            Self::PublicOnly => public,
            Self::Word { word } => {
                let wanted = word.to_lowercase();
                // A sign before or behind it is no part of the word: `(#sync).` holds it, `#synchronous` does not.
                let bare = |part: &str| part.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
                text.split_whitespace().any(|part| {
                    part.to_lowercase() == wanted || (part.contains(sign(word)) && bare(part) == bare(word))
                })
            }
        }
    }
}

/// The sign that a marking word begins with, or nothing.
fn sign(word: &str) -> &str {
    let end = word.find(char::is_alphanumeric).unwrap_or(word.len());
    &word[..end]
}

/// Two accounts of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Assignees {
    /// On this site.
    pub here: AccountId,
    /// On the other.
    pub there: AccountId,
}

/// Whom a comment is restricted to, in Jira's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RestrictedTo {
    /// The members of a group.
    Group,
    /// Those who play a role in the project.
    Role,
}

/// A restriction of a comment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Restriction {
    /// To a group or to a role.
    pub to: RestrictedTo,
    /// The name of it.
    pub name: String,
}

/// Which restriction on one site is the same as which on the other. An administrator says so: names alone prove nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Restrictions {
    /// On this site.
    pub here: Restriction,
    /// On the other.
    pub there: Restriction,
}

/// What an administrator settles about an integration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    /// How it is called, at most 80 characters.
    pub name: String,
    /// The project on this site.
    pub here: Side,
    /// The project on the other.
    pub there: Side,
    /// Which way.
    pub direction: Direction,
    /// Which comments.
    pub which: Which,
    /// Who is whom, at most 200.
    pub assignees: Vec<Assignees>,
    /// Which restriction is which, at most 50. A comment whose restriction is not in here is not sent.
    pub restrictions: Vec<Restrictions>,
    /// Whether comments of a project without customers are shown to the customers of a service project. Otherwise they
    /// arrive there as internal notes.
    pub to_customers: bool,
    /// How the assignee of an issue follows that of the other; absent where each stays as it is.
    pub following: Option<Following>,
    /// As which type new issues get a counterpart on the other side, if they do.
    pub counterparts: Option<Counterparts>,
}

/// An integration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Integration {
    /// Its name in storage and in the properties of comments.
    pub id: IntegrationId,
    /// What was settled.
    pub terms: Terms,
    /// Since when it is enabled; it is disabled when absent. It covers what happens from then on.
    pub enabled_since: Option<Timestamp>,
    /// Since when comments of this site go, where that was settled later than it was enabled.
    pub here_since: Option<Timestamp>,
    /// The same for comments of the other site.
    pub there_since: Option<Timestamp>,
    /// Since when assignees follow, where that was settled later than it was enabled.
    pub following_since: Option<Timestamp>,
    /// Since when new issues get a counterpart, where that was settled.
    pub counterparts_since: Option<CounterpartsSince>,
    /// Who changed it last.
    pub changed_by: Person,
    /// When.
    pub changed_at: Timestamp,
}

/// Why an integration cannot be as it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IntegrationRefused {
    /// Its name is empty or too long.
    Name,
    /// Both projects are on one site, or neither is on this one.
    Sites,
    /// The marking word is empty, too long, or more than one.
    Word,
    /// Too many assignees, or one of them twice on the same site.
    Assignees,
    /// Too many restrictions, one of them twice on the same site, or one without a name or with one that is too long.
    Restrictions,
    /// Counterparts are wanted at an end to which nothing goes.
    Counterparts,
    /// With its tables all integrations together take more than can be stored.
    Large,
    /// Another integration joins the same two projects: every comment would be carried twice.
    Joined(IntegrationId),
    /// There are too many.
    Full,
    /// There is none of this name.
    Unknown,
}

fn distinct<T: Ord>(mut values: Vec<T>) -> bool {
    let all = values.len();
    values.sort();
    values.dedup();
    values.len() == all
}

impl Terms {
    /// The terms, cleaned, if they can be taken as they are. `here` is the site on which the app is installed.
    ///
    /// # Errors
    /// [`IntegrationRefused`]
    pub fn checked(mut self, here: &CloudId) -> Result<Self, IntegrationRefused> {
        self.name = clean(&self.name);
        if self.name.is_empty() || self.name.chars().count() > NAME {
            return Err(IntegrationRefused::Name);
        }
        if self.here.cloud_id != *here || self.there.cloud_id == *here {
            return Err(IntegrationRefused::Sites);
        }
        if let Which::Word { word } = &self.which {
            let whole = !word.is_empty() && word.chars().all(|c| !c.is_whitespace() && !c.is_control());
            if !whole || word.chars().count() > WORD || !word.chars().any(char::is_alphanumeric) {
                return Err(IntegrationRefused::Word);
            }
        }
        let mapped = self.assignees.iter();
        let once = distinct(mapped.clone().map(|pair| &pair.here).collect())
            && distinct(mapped.map(|pair| &pair.there).collect());
        if !once || self.assignees.len() > ASSIGNEES {
            return Err(IntegrationRefused::Assignees);
        }
        let pairs = self.restrictions.iter();
        let once = distinct(pairs.clone().map(|pair| &pair.here).collect())
            && distinct(pairs.clone().map(|pair| &pair.there).collect());
        let fits = |name: &str| (1..=GROUP_OR_ROLE).contains(&name.chars().count());
        let named = pairs.clone().all(|pair| fits(&pair.here.name) && fits(&pair.there.name));
        if !once || !named || self.restrictions.len() > RESTRICTIONS {
            return Err(IntegrationRefused::Restrictions);
        }
        let idle = |from: End| self.counterpart_of(from).is_some() && !self.direction.carries(from);
        if idle(End::Here) || idle(End::There) {
            return Err(IntegrationRefused::Counterparts);
        }
        Ok(self)
    }

    /// The project at an end.
    #[must_use]
    pub fn side(&self, end: End) -> &Side {
        match end {
            End::Here => &self.here,
            End::There => &self.there,
        }
    }

    /// As which type of issue a new issue of this end gets a counterpart at the other, if it does.
    #[must_use]
    pub fn counterpart_of(&self, from: End) -> Option<JiraNumber> {
        let types = self.counterparts?;
        match from {
            End::Here => types.there,
            End::There => types.here,
        }
    }

    /// What a restriction at one end is at the other, where that was settled.
    #[must_use]
    pub fn restriction_from(&self, end: End, own: &Restriction) -> Option<&Restriction> {
        let at = |pair: &&Restrictions| match end {
            End::Here => pair.here == *own,
            End::There => pair.there == *own,
        };
        self.restrictions.iter().find(at).map(|pair| match end {
            End::Here => &pair.there,
            End::There => &pair.here,
        })
    }

    /// Who somebody at one end is at the other, where that was settled.
    #[must_use]
    pub fn assignee_from(&self, end: End, own: &AccountId) -> Option<&AccountId> {
        let at = |pair: &&Assignees| match end {
            End::Here => pair.here == *own,
            End::There => pair.there == *own,
        };
        self.assignees.iter().find(at).map(|pair| match end {
            End::Here => &pair.there,
            End::There => &pair.here,
        })
    }
}

impl Integration {
    /// One that nobody has enabled yet, settled by somebody at `at`.
    #[must_use]
    pub fn new(id: IntegrationId, terms: Terms, by: Person, at: Timestamp) -> Self {
        Self {
            id,
            terms,
            enabled_since: None,
            here_since: None,
            there_since: None,
            following_since: None,
            counterparts_since: None,
            changed_by: by,
            changed_at: at,
        }
    }

    /// Whether it carries what came to be on an issue of this end then.
    #[must_use]
    pub fn covers(&self, from: End, at: Timestamp) -> bool {
        self.terms.direction.carries(from) && self.enabled_since.is_some() && at >= self.since(from)
    }

    /// Since when comments of this end go: since it was enabled, or since that direction was settled.
    #[must_use]
    pub fn since(&self, from: End) -> Timestamp {
        let settled = match from {
            End::Here => self.here_since,
            End::There => self.there_since,
        };
        let enabled = self.enabled_since.unwrap_or(self.changed_at);
        settled.map_or(enabled, |settled| settled.max(enabled))
    }

    /// Since when a change of the assignee at this end goes.
    #[must_use]
    pub fn follows_since(&self, from: End) -> Timestamp {
        let since = self.since(from);
        self.following_since.map_or(since, |settled| settled.max(since))
    }

    /// With other terms. What was written at an end from which nothing went before is not carried afterwards.
    #[must_use]
    pub fn resettled(self, terms: Terms, by: Person, now: Timestamp) -> Self {
        let from = |end: End, since: Option<Timestamp>| {
            let newly = terms.direction.carries(end) && !self.terms.direction.carries(end);
            if newly { Some(now) } else { since }
        };
        let (here_since, there_since) = (from(End::Here, self.here_since), from(End::There, self.there_since));
        let follows_newly = terms.following.is_some() && self.terms.following.is_none();
        let following_since = if follows_newly { Some(now) } else { self.following_since };
        let before = self.counterparts_since.unwrap_or_default();
        let created = |from: End, since: Option<Timestamp>| {
            let newly = terms.counterpart_of(from).is_some() && self.terms.counterpart_of(from).is_none();
            if newly { Some(now) } else { since }
        };
        let counterparts_since = terms.counterparts.is_some().then(|| CounterpartsSince {
            here: created(End::There, before.here),
            there: created(End::Here, before.there),
        });
        Self {
            terms,
            here_since,
            there_since,
            following_since,
            counterparts_since,
            changed_by: by,
            changed_at: now,
            ..self
        }
    }

    /// Since when new issues of this end get a counterpart, and as which type; `None` while they do not.
    #[must_use]
    pub fn counterparts_from(&self, from: End) -> Option<(Timestamp, JiraNumber)> {
        let wanted = self.terms.counterpart_of(from).filter(|_| self.terms.direction.carries(from))?;
        let settled = self.counterparts_since.and_then(|since| match from {
            End::Here => since.there,
            End::There => since.here,
        });
        self.enabled_since?;
        let since = self.since(from);
        Some((settled.map_or(since, |settled| settled.max(since)), wanted))
    }

    /// Which end a site is.
    #[must_use]
    pub fn end_of(&self, site: &CloudId) -> Option<End> {
        [End::Here, End::There].into_iter().find(|end| self.terms.side(*end).cloud_id == *site)
    }

    /// Enabled from now on, or disabled. One that is enabled already is so since it was.
    #[must_use]
    pub fn switched(self, on: bool, by: Person, now: Timestamp) -> Self {
        let enabled_since = on.then(|| self.enabled_since.unwrap_or(now));
        Self { enabled_since, changed_by: by, changed_at: now, ..self }
    }
}

/// All integrations of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Integrations(pub Vec<Integration>);

impl Integrations {
    /// One of them.
    #[must_use]
    pub fn get(&self, id: &IntegrationId) -> Option<&Integration> {
        self.0.iter().find(|own| own.id == *id)
    }

    /// Those that are enabled.
    pub fn enabled(&self) -> impl Iterator<Item = &Integration> {
        self.0.iter().filter(|own| own.enabled_since.is_some())
    }

    /// The same with this one in it, in the place of the one of its name.
    ///
    /// # Errors
    /// [`IntegrationRefused::Joined`], [`IntegrationRefused::Full`]
    pub fn with(mut self, integration: Integration) -> Result<Self, IntegrationRefused> {
        let (here, there) = (&integration.terms.here, &integration.terms.there);
        let joins =
            |own: &&Integration| own.id != integration.id && own.terms.here == *here && own.terms.there == *there;
        if let Some(other) = self.0.iter().find(joins) {
            return Err(IntegrationRefused::Joined(other.id.clone()));
        }
        match self.0.iter().position(|own| own.id == integration.id) {
            Some(place) => self.0[place] = integration,
            None if self.0.len() >= LIMIT => return Err(IntegrationRefused::Full),
            None => self.0.push(integration),
        }
        Ok(self)
    }

    /// The same, if it can be stored. What takes no more than before always can, so that tables can be made shorter.
    ///
    /// # Errors
    /// [`IntegrationRefused::Large`]
    pub fn fitting(self, before: &Self) -> Result<Self, IntegrationRefused> {
        let bytes = |all: &Self| {
            let terms: Vec<&Terms> = all.0.iter().map(|own| &own.terms).collect();
            serde_json::to_vec(&terms).map_or(usize::MAX, |json| json.len())
        };
        let own = bytes(&self);
        if own <= BYTES || own <= bytes(before) { Ok(self) } else { Err(IntegrationRefused::Large) }
    }

    /// The same without one.
    ///
    /// # Errors
    /// [`IntegrationRefused::Unknown`]
    pub fn without(mut self, id: &IntegrationId) -> Result<Self, IntegrationRefused> {
        let before = self.0.len();
        self.0.retain(|own| own.id != *id);
        if self.0.len() < before { Ok(self) } else { Err(IntegrationRefused::Unknown) }
    }

    /// The other sites that enabled integrations reach, each with the numbers of its projects.
    #[must_use]
    pub fn elsewhere(&self) -> Vec<(CloudId, Vec<u64>)> {
        let mut sites: Vec<(CloudId, Vec<u64>)> = Vec::new();
        for Side { cloud_id, project } in self.enabled().map(|own| &own.terms.there) {
            match sites.iter_mut().find(|(own, _)| own == cloud_id) {
                Some((_, projects)) if projects.contains(&project.0) => {}
                Some((_, projects)) => projects.push(project.0),
                None => sites.push((cloud_id.clone(), vec![project.0])),
            }
        }
        sites
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) const HERE: &str = "11111111-1111-4111-8111-111111111111";
    pub(crate) const THERE: &str = "22222222-2222-4222-8222-222222222222";

    fn cloud_id(text: &str) -> CloudId {
        CloudId::parse(text).expect("is one")
    }

    fn account(text: &str) -> AccountId {
        AccountId::parse(text).expect("is one")
    }

    pub(crate) fn restriction(name: &str) -> Restriction {
        Restriction { to: RestrictedTo::Role, name: name.into() }
    }

    pub(crate) fn terms() -> Terms {
        Terms {
            name: "Partner".into(),
            here: Side { cloud_id: cloud_id(HERE), project: JiraNumber(10_000) },
            there: Side { cloud_id: cloud_id(THERE), project: JiraNumber(10_000) },
            direction: Direction::Both,
            which: Which::All,
            assignees: vec![Assignees { here: account("a"), there: account("b") }],
            restrictions: vec![Restrictions { here: restriction("Developers"), there: restriction("Team") }],
            to_customers: false,
            following: None,
            counterparts: None,
        }
    }

    pub(crate) fn integration(digit: char) -> Integration {
        let changed_by = Person { account_id: account("admin"), display_name: "Admin".into(), avatar_url: None };
        let id = IntegrationId::parse(digit.to_string().repeat(32)).expect("is one");
        let enabled_since = Some(Timestamp(5));
        Integration { enabled_since, ..Integration::new(id, terms(), changed_by, Timestamp(5)) }
    }

    fn refused(change: impl FnOnce(&mut Terms)) -> IntegrationRefused {
        let mut terms = terms();
        change(&mut terms);
        terms.checked(&cloud_id(HERE)).expect_err("is refused")
    }

    #[test]
    fn terms_that_cannot_be_kept_are_refused_by_what_is_wrong_with_them() {
        assert_eq!(refused(|terms| terms.name = " \u{202E}\n".into()), IntegrationRefused::Name);
        assert_eq!(refused(|terms| terms.name = "a".repeat(81)), IntegrationRefused::Name);
        assert_eq!(refused(|terms| terms.there.cloud_id = cloud_id(HERE)), IntegrationRefused::Sites);
        assert_eq!(refused(|terms| terms.here.cloud_id = cloud_id(THERE)), IntegrationRefused::Sites);
        for word in ["", "two words", "#", "a\u{0}b", &"w".repeat(41)] {
            assert_eq!(refused(|terms| terms.which = Which::Word { word: word.into() }), IntegrationRefused::Word);
        }
        let twice = |terms: &mut Terms| terms.assignees.push(Assignees { here: account("a"), there: account("c") });
        assert_eq!(refused(twice), IntegrationRefused::Assignees);
        let twice = |terms: &mut Terms| {
            let pair = Restrictions { here: restriction("Other"), there: restriction("Team") };
            terms.restrictions.push(pair);
        };
        assert_eq!(refused(twice), IntegrationRefused::Restrictions);
        let nameless = |terms: &mut Terms| terms.restrictions[0].there.name = String::new();
        assert_eq!(refused(nameless), IntegrationRefused::Restrictions);
        assert_eq!(terms().checked(&cloud_id(HERE)), Ok(terms()));
    }

    #[test]
    fn a_name_that_could_leave_its_place_in_a_key_is_none() {
        for text in ["", "a", &"g".repeat(32), &"A".repeat(32), &format!("{}:", "a".repeat(31)), &"0".repeat(33)] {
            assert_eq!(IntegrationId::parse(text), Err(NotAnIntegrationId), "{text}");
        }
    }

    #[test]
    fn the_same_two_projects_are_joined_once() {
        let all = Integrations::default().with(integration('a')).expect("is taken");
        let twin = integration('b');
        assert_eq!(all.clone().with(twin), Err(IntegrationRefused::Joined(integration('a').id)));
        let changed = integration('a').switched(false, integration('a').changed_by, Timestamp(9));
        let all = all.with(changed).expect("takes its place");
        assert_eq!((all.0.len(), all.enabled().count()), (1, 0));
        assert_eq!(all.clone().without(&integration('b').id), Err(IntegrationRefused::Unknown));
        assert_eq!(all.without(&integration('a').id), Ok(Integrations::default()));
        let many = (0..LIMIT).map(|_| integration('c')).collect();
        let mut other = integration('d');
        other.terms.here.project = JiraNumber(1);
        assert_eq!(Integrations(many).with(other), Err(IntegrationRefused::Full));
    }

    #[test]
    fn nothing_from_before_it_was_enabled_is_carried_and_nothing_against_its_direction() {
        let enabled = integration('a');
        assert!(enabled.covers(End::Here, Timestamp(5)) && !enabled.covers(End::Here, Timestamp(4)));
        let again = enabled.clone().switched(true, enabled.changed_by.clone(), Timestamp(9));
        assert_eq!(again.enabled_since, Some(Timestamp(5)));
        let by = enabled.changed_by.clone();
        let only =
            |own: Integration, direction, at| own.resettled(Terms { direction, ..terms() }, by.clone(), Timestamp(at));
        let wider = only(only(enabled.clone(), Direction::Out, 6), Direction::Both, 7);
        assert_eq!((wider.since(End::Here), wider.since(End::There)), (Timestamp(5), Timestamp(7)));
        assert_eq!(only(wider, Direction::In, 8).since(End::There), Timestamp(7), "it went before");
        let off = enabled.clone().switched(false, enabled.changed_by.clone(), Timestamp(9));
        assert!(!off.covers(End::Here, Timestamp(9)));
        let mut out = enabled;
        out.terms.direction = Direction::Out;
        assert!(out.covers(End::Here, Timestamp(9)) && !out.covers(End::There, Timestamp(9)));
    }

    #[test]
    fn assignees_follow_from_when_that_was_settled() {
        let (stays, by) = (integration('a'), integration('a').changed_by);
        let with =
            |own: Integration, following, at| own.resettled(Terms { following, ..terms() }, by.clone(), Timestamp(at));
        let follows = with(stays, Some(Following::ByTable), 7);
        assert_eq!((follows.since(End::Here), follows.follows_since(End::Here)), (Timestamp(5), Timestamp(7)));
        let wider = with(follows, Some(Following::ByTableOrAccount), 8);
        assert_eq!(wider.follows_since(End::There), Timestamp(7), "it followed before");
        let again = with(with(wider, None, 9), Some(Following::ByTable), 10);
        assert_eq!(again.follows_since(End::Here), Timestamp(10));
        let later = again.clone().switched(false, again.changed_by.clone(), Timestamp(11));
        let later = later.switched(true, again.changed_by, Timestamp(12));
        assert_eq!(later.follows_since(End::Here), Timestamp(12));
    }

    #[test]
    fn a_marking_word_is_a_word_and_no_part_of_one() {
        let which = Which::Word { word: "#sync".into() };
        for text in ["#sync", "please #SYNC this", "done (#sync).", "a\n#sync\nb"] {
            assert!(which.takes(text, false), "{text}");
        }
        for text in ["", "sync", "#synchronous", "a#synced", "# sync"] {
            assert!(!which.takes(text, true), "{text}");
        }
        assert!(
            Which::All.takes("", false) && Which::PublicOnly.takes("", true) && !Which::PublicOnly.takes("", false)
        );
    }

    #[test]
    fn tables_are_read_in_both_directions() {
        let terms = terms();
        assert_eq!(terms.restriction_from(End::There, &restriction("Team")), Some(&restriction("Developers")));
        assert_eq!(terms.restriction_from(End::Here, &restriction("Team")), None);
        assert_eq!(terms.assignee_from(End::Here, &account("a")), Some(&account("b")));
        assert_eq!(terms.assignee_from(End::There, &account("a")), None);
    }

    #[test]
    fn a_site_is_listened_to_for_the_projects_of_what_is_enabled() {
        let mut other = integration('b');
        other.terms.there.project = JiraNumber(7);
        other.terms.here.project = JiraNumber(7);
        let mut off = integration('c');
        off.terms.there.project = JiraNumber(8);
        off.enabled_since = None;
        let all = Integrations(vec![integration('a'), other, off]);
        assert_eq!(all.elsewhere(), [(cloud_id(THERE), vec![10_000, 7])]);
    }
}
