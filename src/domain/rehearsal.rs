//! What would change if another account became main authorized user: looked at project by project, while the present one
//! still works.

use super::account::{Account, Person};
use super::count;
use super::receipt::{Foreseen, Lacking};
use super::tagged::tagged;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How many projects rest in one part: with names of 80 characters, of up to four bytes each, still within the 240 KiB
/// that Forge stores under one key.
pub const PART: usize = 400;

/// Of so many lost projects the people are named; the others are only counted.
pub const WITH_PEOPLE: usize = 20;

/// So many people are named for a lost project.
pub const NAMED: usize = 10;

/// So many people of the site Jira takes at once, before it leaves out those who may not browse a project.
pub const PEOPLE_PAGE: u32 = 100;

/// So many people of the site are looked at for a lost project: Jira looks at no more, however it is asked.
pub const LOOKED_THROUGH: u32 = 1_000;

/// So many projects are listed under each heading; all of them rest in the parts.
pub const LISTED: usize = 50;

/// A rehearsal begins anew so often: on a site where projects come and go all the time it ends all the same.
pub const RESTARTS: u32 = 3;

/// So many rehearsals are kept, one for each account.
pub const KEPT: usize = 10;

/// For how long a rehearsal tells enough to begin a change.
pub const GOOD_FOR: Span = Span::days(1);

/// For how long one invocation may be at a batch before another takes over: longer than a function may run.
pub const LEASE_LIFE: Span = Span::seconds(60);

/// Jira is waited for so long at most before it is asked again.
pub const LONGEST_WAIT: Span = Span::hours(1);

/// What the main authorized user should be able to do in a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Permission {
    /// *Browse Projects*.
    BrowseProjects,
    /// *Create Issues*.
    CreateIssues,
    /// *Add Comments*.
    AddComments,
    /// *Edit Issues*.
    EditIssues,
    /// *Transition Issues*.
    TransitionIssues,
    /// *Create Attachments*.
    CreateAttachments,
    /// *Service Project Agent*, in service projects.
    ServiceDeskAgent,
    /// *Assign Issues*.
    AssignIssues,
    /// *Link Issues*.
    LinkIssues,
}

impl Permission {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::BrowseProjects,
        Self::CreateIssues,
        Self::AddComments,
        Self::EditIssues,
        Self::TransitionIssues,
        Self::CreateAttachments,
        Self::ServiceDeskAgent,
        Self::AssignIssues,
        Self::LinkIssues,
    ];

    /// Its key in Jira.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::BrowseProjects => "BROWSE_PROJECTS",
            Self::CreateIssues => "CREATE_ISSUES",
            Self::AddComments => "ADD_COMMENTS",
            Self::EditIssues => "EDIT_ISSUES",
            Self::TransitionIssues => "TRANSITION_ISSUES",
            Self::CreateAttachments => "CREATE_ATTACHMENTS",
            Self::ServiceDeskAgent => "SERVICEDESK_AGENT",
            Self::AssignIssues => "ASSIGN_ISSUES",
            Self::LinkIssues => "LINK_ISSUES",
        }
    }

    /// Whether the integration stops working in a project without it; else only what some integrations do is missed.
    #[must_use]
    pub fn required(self) -> bool {
        match self {
            Self::BrowseProjects
            | Self::CreateIssues
            | Self::AddComments
            | Self::EditIssues
            | Self::TransitionIssues
            | Self::CreateAttachments
            | Self::ServiceDeskAgent => true,
            Self::AssignIssues | Self::LinkIssues => false,
        }
    }

    /// Whether a project of this kind knows it.
    #[must_use]
    pub fn applies(self, service_project: bool) -> bool {
        service_project || self != Self::ServiceDeskAgent
    }

    fn bit(self) -> u16 {
        1 << (self as u16)
    }
}

/// A set of permissions, as bits in the order of [`Permission::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Held(u16);

impl Held {
    /// Adds one.
    pub fn add(&mut self, permission: Permission) {
        self.0 |= permission.bit();
    }

    /// Whether it is held.
    #[must_use]
    pub fn has(self, permission: Permission) -> bool {
        self.0 & permission.bit() != 0
    }
}

/// A project, and what the account may do there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rehearsed {
    /// Jira's number.
    pub id: u64,
    /// Its key.
    pub key: String,
    /// Its name, at most 80 characters.
    pub name: String,
    /// Whether it is a service project.
    pub service_project: bool,
    /// Whether the main authorized user sees it.
    pub before: bool,
    /// What the account may do.
    pub held: Held,
}

impl Rehearsed {
    /// Whether the account sees it.
    #[must_use]
    pub fn after(&self) -> bool {
        self.held.has(Permission::BrowseProjects)
    }

    /// Whether the integration would work there no more, or not fully: what to look at again once it is mended.
    #[must_use]
    pub fn lacking(&self, comparing: bool) -> Vec<Permission> {
        let lacks = |permission: &Permission| permission.applies(self.service_project) && !self.held.has(*permission);
        if self.in_use(comparing) { Permission::ALL.into_iter().filter(lacks).collect() } else { Vec::new() }
    }

    /// Whether something required is missing.
    #[must_use]
    pub fn fails(&self, comparing: bool) -> bool {
        self.lacking(comparing).iter().any(|permission| permission.required())
    }

    /// Whether it counts: with a main authorized user to compare with, what that one sees; else what the account sees.
    #[must_use]
    pub fn in_use(&self, comparing: bool) -> bool {
        if comparing { self.before } else { self.after() }
    }
}

/// One part of the projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Part {
    /// Of which rehearsal: parts of an earlier one may still rest there.
    pub rehearsal: String,
    /// At most [`PART`].
    pub projects: Vec<Rehearsed>,
}

/// In how many projects in use a permission is asked for and held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Tried {
    /// Which.
    pub permission: Permission,
    /// Whether the integration needs it.
    pub required: bool,
    /// In how many projects it is asked for.
    pub asked: u32,
    /// In how many of them it is held.
    pub held: u32,
}

/// A lost project, and who loses it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Loss {
    /// Which.
    pub project: Rehearsed,
    /// People who may browse it, at most [`NAMED`]; absent while nobody was asked.
    pub people: Option<Vec<Person>>,
    /// How many more were found.
    pub more: u32,
    /// How far the site's people were looked at; absent while nobody was, and in rehearsals of earlier versions, which looked
    /// at the first hundred.
    pub looked: Option<Looked>,
}

/// How far the people of a site were looked at for a lost project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Looked {
    /// How many of them.
    pub at: u32,
    /// Whether that was everybody.
    pub all: bool,
}

impl Loss {
    /// A project whose people nobody asked for yet.
    #[must_use]
    pub fn of(project: Rehearsed) -> Self {
        Self { project, people: None, more: 0, looked: None }
    }

    /// Whether nobody else is asked for: everybody was looked at, or as many as Jira looks at, or more were found than are
    /// named.
    #[must_use]
    pub fn settled(&self) -> bool {
        match self.looked {
            Some(Looked { at, all }) => all || self.more > 0 || at >= LOOKED_THROUGH,
            None => self.people.is_some(),
        }
    }

    /// Of how many of the site's people those who are named are, where that was not everybody.
    #[must_use]
    pub fn among(&self) -> Option<u32> {
        self.people.as_ref()?;
        match self.looked {
            Some(Looked { all: true, .. }) => None,
            Some(Looked { at, all: false }) => Some(at),
            None => Some(PEOPLE_PAGE),
        }
    }

    /// Takes in people who may browse it, after `to` of the site's people were looked at.
    pub fn found(&mut self, people: impl Iterator<Item = Person>, to: u32) {
        let named = self.people.get_or_insert_default();
        for person in people {
            // Somebody may have come to the site meanwhile, and moved another onto the next page.
            if named.iter().any(|other| other.account_id == person.account_id) {
                continue;
            }
            if named.len() < NAMED {
                named.push(person);
            } else {
                self.more += 1;
            }
        }
        self.looked = Some(Looked { at: to, all: false });
    }

    /// Says that nobody comes after those who were looked at, where the site has `people` of them at most.
    pub fn ends(&mut self, people: u32) {
        if let Some(looked) = self.looked.as_mut().filter(|looked| looked.at >= people) {
            looked.all = true;
        }
    }
}

/// How far a rehearsal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Progress {
    /// Projects are listed and tried.
    Listing {
        /// Where the next batch begins.
        start_at: u64,
    },
    /// What failed before is tried again.
    Again {
        /// Which part is next.
        part: u32,
        /// How many there are.
        of: u32,
    },
    /// The people of the lost projects are asked for.
    People {
        /// Which loss is next.
        next: u32,
    },
    /// It is done.
    Done {
        /// When.
        at: Timestamp,
    },
}

tagged!(Progress);

/// A rehearsal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rehearsal {
    /// Random; a new one for each run, so that an acknowledgement names one result.
    pub id: String,
    /// Who would be main authorized user.
    pub account: Account,
    /// Who is.
    pub against: Option<Person>,
    /// Whether that account turned out to be deactivated: it sees nothing any more, and every project counts as one that it
    /// saw. Absent while nothing told so.
    pub against_inactive: Option<bool>,
    /// The generation of the connection that it looked at.
    pub generation: u32,
    /// Who asked for it.
    pub by: Person,
    /// When it began.
    pub began_at: Timestamp,
    /// When the projects that it takes over from the run before were looked at for the last time, where it tries only what
    /// failed there; absent in a run of its own.
    pub whole_since: Option<Timestamp>,
    /// Rises by one with each batch: one that comes twice or late does nothing.
    pub batch: u32,
    /// Until when somebody is at a batch.
    pub busy_until: Option<Timestamp>,
    /// Until when Jira asked to wait.
    pub waits_until: Option<Timestamp>,
    /// How far it is.
    pub progress: Progress,
    /// How many projects there are, once Jira said so.
    pub total: Option<u32>,
    /// How often it began anew, because projects came or went while they were listed.
    pub restarts: u32,
    /// How many were looked at.
    pub looked_at: u32,
    /// Into how many parts they went.
    pub parts: u32,
    /// How many parts the run before left.
    pub old_parts: u32,
    /// Whether the account holds *Administer Jira*.
    pub administers: Option<bool>,
    /// How many projects both see.
    pub kept: u32,
    /// How many only the main authorized user sees.
    pub lost: u32,
    /// How many only the account sees.
    pub gained: u32,
    /// In how many projects in use something required is missing, lost ones among them.
    pub failing: u32,
    /// Permission by permission.
    pub tried: Vec<Tried>,
    /// Lost projects, at most [`LISTED`].
    pub losses: Vec<Loss>,
    /// Gained projects, at most [`LISTED`].
    pub gains: Vec<Rehearsed>,
    /// Projects in use, and not lost, where a permission is missing, at most [`LISTED`]: those where a required one is come
    /// first.
    pub misses: Vec<Rehearsed>,
    /// How often Jira was asked.
    pub calls: u32,
    /// How many people the site has at most, in whole pages; more than [`LOOKED_THROUGH`] where it has more. Absent while
    /// that was not needed.
    pub site_people: Option<u32>,
    /// How many people had connected their own accounts when it began.
    pub people: u32,
    /// How many of them had to re-authorize.
    pub to_reauthorize: u32,
}

/// Whether a change to the account may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Nothing is lost and nothing required is missing.
    Clear,
    /// What is lost or missing must be acknowledged first.
    Acknowledge,
}

impl Rehearsal {
    /// A new one. `before` is the one that it takes the place of.
    #[must_use]
    pub fn new(
        id: String,
        account: Account,
        against: Option<Person>,
        generation: u32,
        by: Person,
        now: Timestamp,
        before: Option<&Self>,
    ) -> Self {
        let untried = |permission: Permission| Tried { permission, required: permission.required(), asked: 0, held: 0 };
        Self {
            id,
            account,
            against,
            against_inactive: None,
            generation,
            by,
            began_at: now,
            whole_since: None,
            batch: 0,
            busy_until: None,
            waits_until: None,
            progress: Progress::Listing { start_at: 0 },
            total: None,
            restarts: 0,
            looked_at: 0,
            parts: 0,
            old_parts: before.map_or(0, |before| before.parts.max(before.old_parts)),
            administers: None,
            kept: 0,
            lost: 0,
            gained: 0,
            failing: 0,
            tried: Permission::ALL.into_iter().map(untried).collect(),
            losses: Vec::new(),
            gains: Vec::new(),
            misses: Vec::new(),
            calls: 0,
            site_people: None,
            people: 0,
            to_reauthorize: 0,
        }
    }

    /// The same as a new one that tries only what failed in `before`, a finished one. Everything else is as old as it was.
    #[must_use]
    pub fn again(self, before: &Self) -> Self {
        let progress = Progress::Again { part: 0, of: before.parts };
        Self { progress, total: Some(before.looked_at), whole_since: Some(before.looked_since()), ..self }
    }

    /// Since when every project was looked at.
    #[must_use]
    pub fn looked_since(&self) -> Timestamp {
        self.whole_since.unwrap_or(self.began_at)
    }

    /// From the beginning, under the same name: Jira's pages have shifted, and a project may have slipped between them.
    #[must_use]
    pub fn restart(&self) -> Self {
        let (account, against, by) = (self.account.clone(), self.against.clone(), self.by.clone());
        let new = Self::new(self.id.clone(), account, against, self.generation, by, self.began_at, Some(self));
        Self {
            batch: self.batch,
            calls: self.calls,
            restarts: self.restarts + 1,
            people: self.people,
            to_reauthorize: self.to_reauthorize,
            ..new
        }
    }

    /// When it was done, if it is.
    #[must_use]
    pub fn done_at(&self) -> Option<Timestamp> {
        match self.progress {
            Progress::Done { at } => Some(at),
            Progress::Listing { .. } | Progress::Again { .. } | Progress::People { .. } => None,
        }
    }

    /// Until when Jira asked to wait. A time further ahead than anybody waits is from before the clock went back.
    #[must_use]
    pub fn waits(&self, now: Timestamp) -> Option<Timestamp> {
        self.waits_until.filter(|until| now < *until && until.since(now) <= LONGEST_WAIT)
    }

    /// Whether somebody is at a batch, or Jira asked to wait.
    #[must_use]
    pub fn rests(&self, now: Timestamp) -> bool {
        let busy = self.busy_until.is_some_and(|until| now < until && until.since(now) <= LEASE_LIFE);
        busy || self.waits(now).is_some()
    }

    /// Takes in projects that were looked at.
    pub fn absorb(&mut self, projects: &[Rehearsed]) {
        let comparing = self.against.is_some();
        for project in projects {
            self.looked_at += 1;
            match (project.before, project.after()) {
                (true, true) => self.kept += 1,
                (true, false) => {
                    self.lost += 1;
                    if self.losses.len() < LISTED {
                        self.losses.push(Loss::of(project.clone()));
                    }
                }
                (false, true) => {
                    self.gained += 1;
                    if self.gains.len() < LISTED {
                        self.gains.push(project.clone());
                    }
                }
                (false, false) => {}
            }
            if !project.in_use(comparing) {
                continue;
            }
            for tried in &mut self.tried {
                if tried.permission.applies(project.service_project) {
                    tried.asked += 1;
                    tried.held += u32::from(project.held.has(tried.permission));
                }
            }
            let fails = project.fails(comparing);
            self.failing += u32::from(fails);
            if project.after() && !project.lacking(comparing).is_empty() {
                let first = self.misses.partition_point(|miss| miss.fails(comparing));
                let place = if fails { first } else { self.misses.len() };
                self.misses.insert(place, project.clone());
                self.misses.truncate(LISTED);
            }
        }
    }

    /// What follows when the projects are through.
    #[must_use]
    pub fn through(&self, now: Timestamp) -> Progress {
        if self.losses.is_empty() { Progress::Done { at: now } } else { Progress::People { next: 0 } }
    }

    /// In short, for the receipt of a change that begins on the strength of it.
    #[must_use]
    pub fn foreseen(&self, acknowledged: bool) -> Foreseen {
        Foreseen {
            rehearsal: self.id.clone(),
            at: self.done_at().unwrap_or(self.began_at),
            kept: self.kept,
            lost: self.lost,
            gained: self.gained,
            failing: self.failing,
            losses: self.losses.iter().map(|loss| loss.project.key.clone()).collect(),
            lacking: Some(self.lacking()),
            acknowledged,
            people: self.people,
            to_reauthorize: self.to_reauthorize,
        }
    }

    /// Projects that are not lost where something required is missing, as far as they are listed.
    #[must_use]
    pub fn lacking(&self) -> Vec<Lacking> {
        let comparing = self.against.is_some();
        let required = |project: &Rehearsed| -> Vec<Permission> {
            project.lacking(comparing).into_iter().filter(|permission| permission.required()).collect()
        };
        let rows = self.misses.iter().map(|miss| Lacking { project: miss.key.clone(), permissions: required(miss) });
        rows.filter(|row| !row.permissions.is_empty()).collect()
    }

    /// How many losses have their people asked for.
    #[must_use]
    pub fn with_people(&self) -> u32 {
        count(self.losses.len().min(WITH_PEOPLE))
    }

    /// Whether a change may begin on the strength of this one; `None` when it tells too little: it is not done, is too old,
    /// or looked at another main authorized user.
    #[must_use]
    pub fn gate(&self, generation: u32, now: Timestamp) -> Option<Gate> {
        let done_at = self.done_at()?;
        let looked_at = self.whole_since.unwrap_or(done_at);
        let recent = (Span(-GOOD_FOR.0)..GOOD_FOR).contains(&now.since(looked_at));
        if !recent || self.generation != generation {
            return None;
        }
        let clear = self.lost == 0 && self.failing == 0 && self.administers == Some(true);
        Some(if clear { Gate::Clear } else { Gate::Acknowledge })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(before: bool, held: &[Permission]) -> Rehearsed {
        let mut set = Held::default();
        for permission in held {
            set.add(*permission);
        }
        Rehearsed { id: 1, key: "A".into(), name: "A".into(), service_project: false, before, held: set }
    }

    fn rehearsal(against: bool) -> Rehearsal {
        let person = Person {
            account_id: crate::domain::account::AccountId::parse("a").expect("is one"),
            display_name: "A".into(),
            avatar_url: None,
        };
        let account_type = crate::domain::account::AccountType::Atlassian;
        let account = Account { person: person.clone(), account_type, active: true };
        let against = against.then(|| person.clone());
        Rehearsal::new("r".into(), account, against, 1, person, Timestamp(0), None)
    }

    const ALL: &[Permission] = &Permission::ALL;

    #[test]
    fn a_project_that_only_the_main_authorized_user_sees_is_lost_and_fails() {
        let mut at = rehearsal(true);
        at.absorb(&[project(true, ALL), project(true, &[]), project(false, ALL), project(false, &[])]);
        assert_eq!((at.kept, at.lost, at.gained, at.failing, at.looked_at), (1, 1, 1, 1, 4));
        assert_eq!(at.losses.len() + at.gains.len(), 2);
        assert!(at.misses.is_empty());
        let browse = at.tried[0];
        assert_eq!((browse.asked, browse.held), (2, 1));
    }

    #[test]
    fn without_a_main_authorized_user_nothing_is_lost_and_only_what_the_account_sees_counts() {
        let mut at = rehearsal(false);
        at.absorb(&[project(false, &[Permission::BrowseProjects]), project(false, &[])]);
        assert_eq!((at.lost, at.failing, at.misses.len(), at.tried[1].asked), (0, 1, 1, 1));
    }

    #[test]
    fn agents_are_asked_for_in_service_projects_only_and_recommended_permissions_fail_nothing() {
        let required: Vec<Permission> = Permission::ALL
            .into_iter()
            .filter(|permission| permission.required() && *permission != Permission::ServiceDeskAgent)
            .collect();
        let mut at = rehearsal(true);
        let plain = project(true, &required);
        at.absorb(&[plain.clone(), Rehearsed { service_project: true, ..plain }]);
        assert_eq!((at.failing, at.misses.len()), (1, 2));
        let agent = at.tried.iter().find(|tried| tried.permission == Permission::ServiceDeskAgent);
        assert_eq!(agent.map(|tried| (tried.asked, tried.held)), Some((1, 0)));
    }

    #[test]
    fn a_rehearsal_tells_enough_for_a_day_and_for_its_own_generation() {
        let done = |lost, at| Rehearsal {
            lost,
            administers: Some(true),
            progress: Progress::Done { at: Timestamp(at) },
            ..rehearsal(true)
        };
        let day = Span::days(1).0;
        assert_eq!(done(0, 0).gate(1, Timestamp(day - 1)), Some(Gate::Clear));
        assert_eq!(done(1, 0).gate(1, Timestamp(0)), Some(Gate::Acknowledge));
        assert_eq!(done(0, 0).gate(2, Timestamp(0)), None);
        assert_eq!(done(0, 0).gate(1, Timestamp(day)), None);
        // A clock that went back proves nothing new.
        assert_eq!(done(0, 2 * day).gate(1, Timestamp(0)), None);
        assert_eq!(rehearsal(true).gate(1, Timestamp(0)), None);
    }
}
