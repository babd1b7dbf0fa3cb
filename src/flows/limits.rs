//! What limits the app: to which projects, and who may administer it. Shown by the names that Jira has now, and changed
//! by one administrator at a time.

use crate::api::{self, Bounds, Category, ErrorCode, ListedProject, NamedProject, Reply, Whom};
use crate::domain::access_rule::{Answer, Answers, Limit};
use crate::domain::account::{Account, AccountId, Person};
use crate::domain::count;
use crate::domain::limits::{
    ADMINISTRATORS, AccessChange, AccessChanged, AccessLog, CATEGORIES, JiraNumber, Limits, PROJECTS, ProjectLimit,
};
use crate::jira::{self, JiraRefused, Project};
use crate::ports::{Principal, StoreError, World};
use crate::records::{self, At};
use crate::tenant::Called;
use futures_util::future::{join_all, try_join_all};
use futures_util::join;
use serde_json::Value;

use super::{accounts, ask, caller};

/// How many projects Jira finds by number at once.
const AT_ONCE: usize = 50;

/// How many of Jira's categories are shown at most.
const CATEGORIES_SHOWN: usize = 500;

/// Longest text that is searched for, in characters.
const LONGEST: usize = 100;

/// How many people Jira is asked about at once.
const PEOPLE_AT_ONCE: usize = 10;

/// How often a change is made anew on records that a request for access moved meanwhile.
const TRIES: usize = 3;

/// Reads what limits the app.
///
/// # Errors
/// [`StoreError`]: then nobody knows, and nothing is allowed.
pub async fn read<W: World>(world: &W) -> Result<Limits, StoreError> {
    let at: At<Limits> = records::load_or_default(world, &records::limits()).await?;
    Ok(at.value)
}

/// What the settings say of a project.
#[must_use]
pub fn answer(limits: &Limits, project: &Project) -> Answer {
    limits.projects.admits(project.id, project.category).into()
}

/// Whether an action may go on, as far as these answers are known. It is done once all three were yes.
///
/// # Errors
/// [`ErrorCode::IssueOutOfReach`] naming what stops it.
pub fn within(answers: Answers) -> Result<(), ErrorCode> {
    let whom = |limit| match limit {
        Limit::Person => Whom::Caller,
        Limit::Settings => Whom::Settings,
        Limit::Main => Whom::Main,
    };
    match answers.blocked() {
        Some(limit) => Err(ErrorCode::IssueOutOfReach { whom: whom(limit) }),
        None => Ok(()),
    }
}

/// Answers [`crate::api::Request::Access`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn access<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let (allowed, access) = join!(caller::administrator(called), view(called));
    allowed?;
    Ok(Reply::Access { access: Box::new(access?) })
}

/// Answers [`crate::api::Request::FindProjects`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn find_projects<W: World>(called: &Called<'_, W>, query: &str) -> Result<Reply, ErrorCode> {
    if query.chars().count() > LONGEST {
        return Err(ErrorCode::InvalidRequest);
    }
    let search = jira::project_search(query);
    let (allowed, found) = join!(caller::administrator(called), ask::forge(called, Principal::Caller, &search));
    allowed?;
    let found = listed(found).map_err(|refused| caller::unavailable(&refused))?;
    Ok(Reply::Projects { projects: found.into_iter().map(named).collect() })
}

/// Answers [`crate::api::Request::LimitProjects`]. What comes onto a list must be there for the caller to see; what is on it
/// already may be gone from Jira. That the app works nowhere from then on must be said by the caller: `nowhere`.
///
/// # Errors
/// [`ErrorCode`]; nothing is changed.
pub async fn limit_projects<W: World>(
    called: &Called<'_, W>,
    edition: u32,
    limit: &ProjectLimit,
    nowhere: bool,
) -> Result<Reply, ErrorCode> {
    let limit = limit.clone().within_bounds().ok_or_else(|| full(limit))?;
    let (allowed, by, held) = join!(caller::administrator(called), caller::myself(called), Held::read(called));
    allowed?;
    let (by, held) = (by?, held?);
    held.unchanged_since(edition)?;
    let old = &held.limits.value.projects;
    if limit.nowhere() && !nowhere && limit != *old {
        return Err(ErrorCode::WorksNowhere);
    }
    let between = |some: &[JiraNumber], others: &[JiraNumber]| -> Vec<JiraNumber> {
        some.iter().copied().filter(|number| !others.contains(number)).collect()
    };
    let (added, removed) = (between(&limit.projects, &old.projects), between(&old.projects, &limit.projects));
    let (to, from) = (between(&limit.categories, &old.categories), between(&old.categories, &limit.categories));
    let asked: Vec<JiraNumber> = added.iter().chain(&removed).copied().collect();
    let (projects, categories) = join!(projects(called, &asked), categories(called));
    let (projects, categories) = (projects?, categories?);
    let project =
        |id: &JiraNumber| projects.iter().find(|project| project.id == *id).map(|project| project.name.clone());
    let category = |id: &JiraNumber| categories.iter().find(|(own, _)| own == id).map(|(_, name)| name.clone());
    let come: Option<Vec<String>> = added.iter().map(project).chain(to.iter().map(category)).collect();
    let come = come.ok_or(ErrorCode::NoSuchPlace)?;
    let or_number = |id: &JiraNumber, name: Option<String>| name.unwrap_or_else(|| id.to_string());
    let left = removed.iter().map(|id| or_number(id, project(id)));
    let left = left.chain(from.iter().map(|id| or_number(id, category(id)))).collect();
    if limit != *old {
        let what = AccessChanged::projects(limit.kind, come, left);
        let change = |limits: Limits| Limits { projects: limit.clone(), ..limits };
        held.change(called, &by, what, &change).await?;
    }
    Ok(Reply::Access { access: Box::new(view(called).await?) })
}

/// Answers [`crate::api::Request::LimitAdministrators`].
///
/// # Errors
/// [`ErrorCode`]; nothing is changed.
pub async fn limit_administrators<W: World>(
    called: &Called<'_, W>,
    edition: u32,
    accounts: Option<&[AccountId]>,
) -> Result<Reply, ErrorCode> {
    if accounts.is_some_and(|accounts| accounts.len() > ADMINISTRATORS) {
        return Err(ErrorCode::ListFull { most: count(ADMINISTRATORS) });
    }
    let (allowed, by, held) = join!(caller::administrator(called), caller::myself(called), Held::read(called));
    allowed?;
    let (by, held) = (by?, held?);
    held.unchanged_since(edition)?;
    let old = held.limits.value.administrators.clone();
    let new = match accounts {
        None => None,
        Some(accounts) => Some(people(called, accounts, old.as_deref().unwrap_or_default(), &by).await?),
    };
    if let Some(listed) = &new {
        // The caller is a Jira administrator, as was just asked; of others it is asked now.
        let stays = listed.iter().any(|person| person.account_id == called.caller);
        if !stays && any_administers(called, listed).await? == Answer::No {
            return Err(ErrorCode::NoAdministratorLeft);
        }
    }
    if new != old {
        let what = AccessChanged::administrators(old.as_deref(), new.as_deref());
        held.change(called, &by, what, &|limits| Limits { administrators: new.clone(), ..limits }).await?;
        // Whoever took themselves off the list sees no more of it.
        caller::administrator(called).await?;
    }
    let (access, without_rights) = join!(view(called), without_rights(called, new.as_deref().unwrap_or_default()));
    Ok(Reply::Access { access: Box::new(api::Access { without_rights: Some(without_rights), ..access? }) })
}

/// Whom of these people Jira says to be no administrators. It is no refusal: they may become one, and until then being on the
/// list gives them nothing.
async fn without_rights<W: World>(called: &Called<'_, W>, people: &[Person]) -> Vec<Person> {
    let mut without = Vec::new();
    let others: Vec<&Person> = people.iter().filter(|person| person.account_id != called.caller).collect();
    for some in others.chunks(PEOPLE_AT_ONCE) {
        let answers = join_all(some.iter().map(|person| administers(called, person))).await;
        let no = some.iter().zip(answers).filter(|(_, answer)| matches!(answer, Ok(false)));
        without.extend(no.map(|(person, _)| (*person).clone()));
    }
    without
}

/// The people of a list: those who are on it already as they are kept, the others as Jira shows them.
async fn people<W: World>(
    called: &Called<'_, W>,
    wanted: &[AccountId],
    listed: &[Person],
    by: &Person,
) -> Result<Vec<Person>, ErrorCode> {
    let mut ids: Vec<&AccountId> = Vec::new();
    for id in wanted {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let found = ids.into_iter().map(async |id| {
        let known = listed.iter().chain([by]).find(|person| person.account_id == *id);
        match known {
            Some(person) => Ok(person.clone()),
            None => suitable(accounts::one(called, id).await?),
        }
    });
    try_join_all(found).await
}

fn suitable(account: Account) -> Result<Person, ErrorCode> {
    account.suitable().map_err(|reason| ErrorCode::AccountUnsuitable { reason })?;
    Ok(account.person)
}

/// Whether any of these people is a Jira administrator now.
///
/// # Errors
/// [`ErrorCode::JiraUnavailable`] where nobody was found and Jira did not answer for everybody.
pub async fn any_administers<W: World>(called: &Called<'_, W>, people: &[Person]) -> Result<Answer, ErrorCode> {
    let mut unknown = None;
    for some in people.chunks(PEOPLE_AT_ONCE) {
        for answer in join_all(some.iter().map(|person| administers(called, person))).await {
            match answer {
                Ok(true) => return Ok(Answer::Yes),
                Ok(false) => {}
                Err(refused) => unknown = Some(caller::unavailable(&refused)),
            }
        }
    }
    unknown.map_or(Ok(Answer::No), Err)
}

/// Whether one person is a Jira administrator now, by Jira's word.
async fn administers<W: World>(called: &Called<'_, W>, person: &Person) -> Result<bool, JiraRefused> {
    let request = jira::check_permissions(&person.account_id, &[], &[]);
    match ask::forge(called, Principal::Caller, &request).await {
        Ok(answer) => jira::read_held(&answer).map(|held| held.administers),
        // Jira refuses to look into an account that it does not know: whether it is that must be certain.
        Err(refused @ JiraRefused::Unexpected(_)) => {
            match ask::forge(called, Principal::Caller, &jira::user(&person.account_id)).await {
                Err(JiraRefused::NotFound) => Ok(false),
                Ok(_) | Err(_) => Err(refused),
            }
        }
        Err(refused) => Err(refused),
    }
}

/// Both records, as they were read.
pub struct Held {
    /// What limits the app.
    pub limits: At<Limits>,
    /// Requests and changes.
    pub log: At<AccessLog>,
}

impl Held {
    /// Reads them.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn read<W: World>(called: &Called<'_, W>) -> Result<Self, StoreError> {
        let keys = (records::limits(), records::access_log());
        let (limits, log) = join!(
            records::load_or_default::<Limits>(called.world, &keys.0),
            records::load_or_default::<AccessLog>(called.world, &keys.1),
        );
        Ok(Self { limits: limits?, log: log? })
    }

    /// Writes both.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn write<W: World>(
        &self,
        called: &Called<'_, W>,
        limits: &Limits,
        log: &AccessLog,
    ) -> Result<(), StoreError> {
        let mut writes = vec![records::put(records::access_log(), self.log.expect, log)];
        if *limits != self.limits.value {
            writes.push(records::put(records::limits(), self.limits.expect, limits));
        }
        called.world.transact(writes).await
    }

    /// Whether the limits are those that somebody saw.
    fn unchanged_since(&self, edition: u32) -> Result<(), ErrorCode> {
        if self.limits.value.edition == edition {
            return Ok(());
        }
        Err(self.log.value.latest().map_or(ErrorCode::Conflict, first))
    }

    /// Changes the limits. Requests for access move the log, and are no reason to turn an administrator away.
    async fn change<W: World>(
        mut self,
        called: &Called<'_, W>,
        by: &Person,
        what: AccessChanged,
        change: &dyn Fn(Limits) -> Limits,
    ) -> Result<(), ErrorCode> {
        let edition = self.limits.value.edition;
        for left in (0..TRIES).rev() {
            let limits = Limits { edition: edition + 1, ..change(self.limits.value.clone()) };
            let log = self.log.value.clone().with(by, called.world.now(), what.clone());
            match self.write(called, &limits, &log).await {
                Err(StoreError::Conflict) if left > 0 => {
                    self = Self::read(called).await?;
                    self.unchanged_since(edition)?;
                }
                done => return Ok(done?),
            }
        }
        Ok(())
    }
}

/// Somebody else was first.
fn first(change: &AccessChange) -> ErrorCode {
    ErrorCode::AccessChanged { by: change.by.clone(), at: change.at }
}

fn full(limit: &ProjectLimit) -> ErrorCode {
    let too_many = if limit.projects.len() > PROJECTS { PROJECTS } else { CATEGORIES };
    ErrorCode::ListFull { most: count(too_many) }
}

/// What limits the app, by the names that Jira has now.
///
/// # Errors
/// [`ErrorCode`]
pub async fn view<W: World>(called: &Called<'_, W>) -> Result<api::Access, ErrorCode> {
    let (held, all, reader) = join!(Held::read(called), categories(called), caller::myself(called));
    let (held, all, reader) = (held?, all?, reader?);
    let Held { limits: At { value: limits, .. }, log: At { value: log, .. } } = held;
    let found = projects(called, &limits.projects.projects).await?;
    let listed = |id: JiraNumber| ListedProject {
        id,
        project: found.iter().find(|project| project.id == id).cloned().map(named),
    };
    let category =
        |id: JiraNumber| Category { id, name: all.iter().find(|(own, _)| *own == id).map(|(_, name)| name.clone()) };
    let shown = all.iter().take(CATEGORIES_SHOWN);
    Ok(api::Access {
        now: called.world.now(),
        caller: reader,
        edition: limits.edition,
        kind: limits.projects.kind,
        projects: limits.projects.projects.iter().copied().map(listed).collect(),
        categories: limits.projects.categories.iter().copied().map(category).collect(),
        all_categories: shown.map(|(id, name)| Category { id: *id, name: Some(name.clone()) }).collect(),
        administrators: limits.administrators,
        without_rights: None,
        requests: log.requests.into_iter().rev().collect(),
        changes: log.changes,
        bounds: Bounds {
            projects: count(PROJECTS),
            categories: count(CATEGORIES),
            administrators: count(ADMINISTRATORS),
        },
    })
}

/// A project by its names.
#[must_use]
pub fn named(project: Project) -> NamedProject {
    NamedProject { id: project.id, key: project.key, name: project.name }
}

/// The projects of these numbers that the caller sees.
///
/// # Errors
/// [`ErrorCode`]
pub async fn projects<W: World>(called: &Called<'_, W>, numbers: &[JiraNumber]) -> Result<Vec<Project>, ErrorCode> {
    let found = numbers.chunks(AT_ONCE).map(async |some| {
        let request = jira::projects_by_number(some);
        listed(ask::forge(called, Principal::Caller, &request).await)
    });
    let pages = try_join_all(found).await.map_err(|refused| caller::unavailable(&refused))?;
    Ok(pages.into_iter().flatten().collect())
}

/// The projects of an answer. Jira may say of a search without hits that nothing is found.
///
/// # Errors
/// [`JiraRefused`]
pub fn listed(answer: Result<Value, JiraRefused>) -> Result<Vec<Project>, JiraRefused> {
    match answer {
        Ok(page) => jira::read_project_list(&page),
        Err(JiraRefused::NotFound) => Ok(Vec::new()),
        Err(refused) => Err(refused),
    }
}

async fn categories<W: World>(called: &Called<'_, W>) -> Result<Vec<(JiraNumber, String)>, ErrorCode> {
    let answer = ask::forge(called, Principal::Caller, &jira::project_categories()).await;
    answer.and_then(|list| jira::read_categories(&list)).map_err(|refused| caller::unavailable(&refused))
}
