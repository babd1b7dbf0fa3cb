//! What one step of a test does: each check, as the account itself, or as somebody who may ask about it.

use crate::domain::account::{Account, AccountId, Unsuitable};
use crate::domain::adf;
use crate::domain::connection::Connection;
use crate::domain::grant::ReauthorizationReason;
use crate::domain::limits::LimitKind;
use crate::domain::rehearsal::{Progress, Rehearsal};
use crate::domain::scope::{REQUIRED, REQUIRED_OF_PEOPLE};
use crate::domain::trial::{self, Because, Failure, Finding, Item, LEFT, Left, TestIssue, TestProject, Trial};
use crate::jira::{self, JiraRefused, JiraRequest};
use crate::ports::{File, Principal, StoreError, World};
use crate::records::{self, At};
use crate::tenant::Tenant;
use serde_json::Value;

use super::access::{Access, NoAccess, access};
use super::left::{self, Deleted};
use super::rehearse::{self, Asker};
use super::trial::registered;
use super::{ask, limits};

/// What a step came to.
pub enum Step {
    /// What the check found.
    Found(Finding),
    /// The account can be acted as no more.
    Lost(Finding),
    /// It is not through with the check.
    More,
    /// Nobody answered: the same step is done again, after so many seconds if that was said.
    Wait(Option<u32>),
}

impl Step {
    /// The same, where a permission is the cause; else `because`.
    fn unless_refused(self, because: Because) -> Self {
        match self {
            Self::Found(Finding::Failed { failure: Failure::Refused { .. } }) => Self::Found(idle(because)),
            step @ (Self::Found(_) | Self::Lost(_) | Self::More | Self::Wait(_)) => step,
        }
    }
}

/// Why a request as the account came to nothing.
pub enum Stopped {
    /// Nothing can be asked as the account.
    Lost(Finding),
    /// Nobody answered. What was asked may have been done.
    Wait(Option<u32>),
    /// Jira refused.
    Jira(JiraRefused),
}

impl From<Stopped> for Step {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Lost(finding) => Self::Lost(finding),
            Stopped::Wait(seconds) => Self::Wait(seconds),
            Stopped::Jira(refused) => Self::Found(refusal(&refused)),
        }
    }
}

fn passed() -> Step {
    Step::Found(Finding::Passed)
}

fn failed(failure: Failure) -> Finding {
    Finding::Failed { failure }
}

fn idle(because: Because) -> Finding {
    Finding::NotRun { because }
}

/// Jira's refusal, where a permission is not the cause.
fn refusal(refused: &JiraRefused) -> Finding {
    let said = |message: &str| failed(Failure::Refused { message: message.to_owned() });
    match refused {
        JiraRefused::ScopeMissing => failed(Failure::ScopesMissing { missing: Vec::new() }),
        JiraRefused::Unexpected(message) => said(message),
        JiraRefused::Forbidden | JiraRefused::NotFound => said("Jira gave no reason"),
        JiraRefused::Unauthenticated => failed(Failure::TurnedAway),
        JiraRefused::Unavailable { .. } => idle(Because::Unanswered),
    }
}

/// Asks Jira as the account. A token that Jira turns away is replaced once.
///
/// # Errors
/// [`Stopped`]
pub async fn as_account<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    request: &JiraRequest,
) -> Result<Value, Stopped> {
    asked(tenant, account, request, None).await
}

async fn asked<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    request: &JiraRequest,
    file: Option<&File>,
) -> Result<Value, Stopped> {
    let mut turned_away = None;
    loop {
        let held = held(tenant, account, turned_away).await?;
        let answer = match file {
            Some(file) => ask::upload(tenant, &held.token, request, file).await,
            None => ask::jira(tenant, &held.token, request).await,
        };
        match answer {
            Err(JiraRefused::Unauthenticated) if turned_away.is_none() => turned_away = Some(held.grant.version),
            answer => return answered(answer),
        }
    }
}

fn answered(answer: Result<Value, JiraRefused>) -> Result<Value, Stopped> {
    match answer {
        Ok(value) => Ok(value),
        Err(JiraRefused::Unavailable { retry_after_s }) => Err(Stopped::Wait(retry_after_s)),
        Err(JiraRefused::Unauthenticated) => Err(Stopped::Lost(failed(Failure::TurnedAway))),
        Err(refused) => Err(Stopped::Jira(refused)),
    }
}

async fn held<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    turned_away: Option<u32>,
) -> Result<Access, Stopped> {
    access(tenant, account, turned_away).await.map_err(|none| match none {
        NoAccess::NoGrant => Stopped::Lost(idle(Because::NoGrant)),
        NoAccess::Dead(reason) => Stopped::Lost(dead(reason)),
        NoAccess::ClientSecretRejected => Stopped::Lost(idle(Because::ClientSecretRejected)),
        NoAccess::Limited { retry_after_s } | NoAccess::Unavailable { retry_after_s } => Stopped::Wait(retry_after_s),
        NoAccess::Busy | NoAccess::Storage(_) => Stopped::Wait(None),
    })
}

fn dead(reason: ReauthorizationReason) -> Finding {
    failed(Failure::GrantDead { reason })
}

/// Does the next step. What must be known before Jira is asked is written down by it.
///
/// # Errors
/// [`StoreError`]
pub async fn step<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    at: &mut At<Trial>,
    asker: Option<Asker<'_>>,
) -> Result<Step, StoreError> {
    let Some(item) = at.value.run.as_ref().and_then(trial::Run::next) else { return Ok(Step::More) };
    let issue = at.value.issue().cloned();
    if item.writes()
        && let Some(step) = forbidden(tenant, account, &at.value, item, asker).await?
    {
        return Ok(step);
    }
    Ok(match (item, issue) {
        (Item::SignsIn, _) => signs_in(tenant, account).await?,
        (Item::Active, _) => active(tenant, account, asker).await,
        (Item::ProductAccess, _) => product_access(tenant, account).await,
        (Item::Permissions, _) => permissions(tenant, account, at, asker).await?,
        (Item::Creates, _) => creates(tenant, account, at, asker).await?,
        (Item::Comments, Some(issue)) => comments(tenant, account, &at.value, &issue, asker).await,
        (Item::Transitions, Some(issue)) => transitions(tenant, account, &at.value, &issue, asker).await,
        (Item::Attaches, Some(issue)) => attaches(tenant, account, &at.value, &issue, asker).await,
        (Item::CleansUp, Some(issue)) => cleans_up(tenant, account, at, &issue, asker).await,
        (Item::Comments | Item::Transitions | Item::Attaches | Item::CleansUp, None) => {
            Step::Found(idle(Because::EarlierCheck))
        }
    })
}

/// What keeps the app from writing as the account by now, where anything does: an administrator may have taken the account
/// out of the register since the test began, or limited the app to other projects. What was created is deleted all the same.
///
/// # Errors
/// [`StoreError`]: without an answer nothing is allowed.
async fn forbidden<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    value: &Trial,
    item: Item,
    asker: Option<Asker<'_>>,
) -> Result<Option<Step>, StoreError> {
    if registered(tenant.world, account).await?.is_none() {
        return Ok(Some(Step::Found(idle(Because::NotRegistered))));
    }
    let Some(project) = of_run(value).or(value.project.as_ref()) else { return Ok(None) };
    let limit = limits::read(tenant.world).await?.projects;
    if limit.kind == LimitKind::Everything {
        return Ok(None);
    }
    let known = match as_account(tenant, account, &jira::trial::project(project.id)).await {
        Ok(known) => jira::read_project(&known),
        Err(stopped) => return Ok(Some(why(tenant, account, project, item, asker, stopped).await)),
    };
    Ok(match known {
        Ok(known) if limit.admits(known.id, known.category) => None,
        Ok(_) => Some(Step::Found(idle(Because::ProjectLeftOut))),
        Err(refused) => Some(Step::Found(refusal(&refused))),
    })
}

async fn signs_in<W: World>(tenant: &Tenant<'_, W>, account: &AccountId) -> Result<Step, StoreError> {
    let answer = as_account(tenant, account, &jira::myself()).await;
    if let Err(Stopped::Lost(finding)) = answer {
        // Found at the first check, so nothing that was found before is untrue.
        return Ok(Step::Found(finding));
    }
    if let Err(stopped) = answer {
        return Ok(stopped.into());
    }
    let connection: At<Connection> = records::load_or_default(tenant.world, &records::connection()).await?;
    let main = connection.value.is_main(account);
    Ok(match held(tenant, account, None).await {
        Ok(held) => {
            let missing = held.grant.scopes.missing(if main { &REQUIRED } else { &REQUIRED_OF_PEOPLE });
            if missing.is_empty() { passed() } else { Step::Found(failed(Failure::ScopesMissing { missing })) }
        }
        Err(Stopped::Lost(finding)) => Step::Found(finding),
        Err(stopped) => stopped.into(),
    })
}

async fn active<W: World>(tenant: &Tenant<'_, W>, account: &AccountId, asker: Option<Asker<'_>>) -> Step {
    // Where nobody is here to ask, the app itself does.
    let principal = match asker {
        Some(Asker::Caller) => Principal::Caller,
        Some(Asker::Account(_)) | None => Principal::App,
    };
    let answer = ask::forge(tenant, principal, &jira::user(account)).await;
    let read: Result<Account, JiraRefused> = answer.and_then(|user| jira::read_account(&user));
    Step::Found(match read {
        Ok(found) => match found.suitable() {
            Ok(()) => Finding::Passed,
            Err(Unsuitable::Inactive) => failed(Failure::Inactive),
            Err(Unsuitable::NotHuman) => failed(Failure::NotHuman { account_type: found.account_type }),
        },
        Err(JiraRefused::NotFound) => failed(Failure::Inactive),
        Err(JiraRefused::Unavailable { retry_after_s }) => return Step::Wait(retry_after_s),
        // The app may not be let at this; the account may still be in order.
        Err(JiraRefused::Unauthenticated | JiraRefused::Forbidden | JiraRefused::ScopeMissing) => {
            idle(Because::NobodyToAsk)
        }
        Err(refused @ JiraRefused::Unexpected(_)) => refusal(&refused),
    })
}

async fn product_access<W: World>(tenant: &Tenant<'_, W>, account: &AccountId) -> Step {
    match as_account(tenant, account, &jira::my_products()).await {
        // Where Jira does not say, it must not be held against the account, which Jira just let in.
        Ok(user) if jira::read_product_access(&user) != Some(false) => passed(),
        Ok(_) | Err(Stopped::Jira(JiraRefused::Forbidden)) => Step::Found(failed(Failure::NoProductAccess)),
        Err(stopped) => stopped.into(),
    }
}

/// Looks at up to a thousand projects in use, as a rehearsal of a change does.
async fn permissions<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    at: &mut At<Trial>,
    asker: Option<Asker<'_>>,
) -> Result<Step, StoreError> {
    let Some(asker) = asker else { return Ok(Step::Found(idle(Because::NobodyToAsk))) };
    let tested = at.value.account.clone();
    let Some(run) = &mut at.value.run else { return Ok(Step::More) };
    let mut projects = if let Some(projects) = run.projects.take() {
        projects
    } else {
        let connection: At<Connection> = records::load_or_default(tenant.world, &records::connection()).await?;
        let main = connection.value.main.map(|main| main.account.person);
        let against = main.filter(|main| main.account_id != *account);
        let (by, generation) = (tested.person.clone(), connection.value.generation);
        Box::new(Rehearsal::new(run.id.clone(), tested, against, generation, by, tenant.world.now(), None))
    };
    let looked = match projects.progress {
        Progress::Listing { start_at } => rehearse::look(tenant, account, asker, start_at, &mut projects).await,
        Progress::Again { .. } | Progress::People { .. } | Progress::Done { .. } => Ok(Vec::new()),
    };
    let finding = trial::of_projects(&projects);
    run.projects = Some(projects);
    Ok(match looked {
        Ok(_) => finding.map_or(Step::More, Step::Found),
        Err(JiraRefused::Unavailable { retry_after_s }) => Step::Wait(retry_after_s),
        // Whoever asks is no administrator any more, or the account cannot be looked into.
        Err(
            JiraRefused::Unauthenticated
            | JiraRefused::ScopeMissing
            | JiraRefused::Forbidden
            | JiraRefused::NotFound
            | JiraRefused::Unexpected(_),
        ) => Step::Found(idle(Because::NobodyToAsk)),
    })
}

/// Why Jira refused a check: for the permission, where the account lacks it, or else in Jira's own words.
async fn why<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    project: &TestProject,
    item: Item,
    asker: Option<Asker<'_>>,
    stopped: Stopped,
) -> Step {
    let Stopped::Jira(refused) = stopped else { return stopped.into() };
    if refused == JiraRefused::ScopeMissing {
        return Step::Found(refusal(&refused));
    }
    match as_account(tenant, account, &jira::trial::may(project.id, item)).await {
        Ok(rights) => Step::Found(match jira::trial::read_may(&rights, item) {
            (false, _) => failed(Failure::ProjectUnseen),
            (true, _) if refused == JiraRefused::NotFound && item != Item::Creates => idle(Because::IssueGone),
            (true, false) => failed(Failure::PermissionMissing),
            (true, true) => refusal(&refused),
        }),
        Err(Stopped::Jira(JiraRefused::NotFound | JiraRefused::Forbidden)) => {
            match left::there(tenant, asker, project).await {
                Ok(Some(false)) => Step::Found(idle(Because::ProjectGone)),
                Ok(Some(true) | None) => Step::Found(failed(Failure::ProjectUnseen)),
                Err(stopped) => stopped.into(),
            }
        }
        Err(stopped) => stopped.into(),
    }
}

/// Creates the test issue. That there may be one is written down first.
async fn creates<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    at: &mut At<Trial>,
    asker: Option<Asker<'_>>,
) -> Result<Step, StoreError> {
    // What was begun in one project is ended there: the administrators may have chosen another since.
    let project = of_run(&at.value).or(at.value.project.as_ref()).cloned();
    let Some(project) = project else { return Ok(Step::Found(idle(Because::NoProject))) };
    let Some((name, by)) = at.value.run.as_ref().map(|run| (run.id.clone(), run.by.clone())) else {
        return Ok(Step::More);
    };
    *at = left::sweep(tenant, account, at.clone(), Some(&name)).await?;
    let mine = at.value.left.iter().position(|left| left.name == name);
    if mine.is_none() && at.value.left.len() >= LEFT {
        return Ok(Step::Found(idle(Because::TooManyLeft)));
    }
    let kind = match types(tenant, account, &project).await {
        Ok(types) => match trial::usable(&types) {
            Ok(kind) => kind.clone(),
            Err(Because::NoIssueType) => {
                // Jira lists nothing to whoever may create nothing.
                let none = Stopped::Jira(JiraRefused::Forbidden);
                let step = why(tenant, account, &project, Item::Creates, asker, none).await;
                return Ok(step.unless_refused(Because::NoIssueType));
            }
            Err(because) => return Ok(Step::Found(idle(because))),
        },
        Err(stopped) => return Ok(why(tenant, account, &project, Item::Creates, asker, stopped).await),
    };
    let now = tenant.world.now();
    match mine {
        // Whoever was at this step before broke off, or was not answered: there may be an issue already.
        Some(place) => {
            at.value.left[place].unsure = true;
            at.value.left[place].at = now;
        }
        None => at.value.left.push(Left {
            name: name.clone(),
            project: project.clone(),
            at: now,
            issue: None,
            unsure: false,
            again_at: now.plus(trial::FOUND_WITHIN),
            refused: false,
        }),
    }
    let before = at.expect;
    at.expect = super::trial::save(tenant.world, account, before, None, &at.value).await?;
    let person = &at.value.account.person;
    let (summary, words) = (trial::summary(person, now), trial::words(person, by.as_ref(), now));
    let request = jira::trial::create(project.id, &kind, &summary, &words, &name);
    let created = as_account(tenant, account, &request).await;
    let created = created.and_then(|answer| jira::trial::read_created(&answer).map_err(|_| Stopped::Wait(None)));
    let own = |left: &&mut Left| left.name == name;
    match created {
        Ok(issue) => {
            if let Some(left) = at.value.left.iter_mut().find(own) {
                left.issue = Some(issue);
            }
            Ok(passed())
        }
        // The next try finds it written down, and knows that this one may have come to something.
        Err(stopped @ Stopped::Wait(_)) => Ok(stopped.into()),
        Err(stopped) => {
            // Refused for certain: this try left nothing.
            at.value.left.retain(|left| left.name != name || left.unsure);
            Ok(why(tenant, account, &project, Item::Creates, asker, stopped).await)
        }
    }
}

/// What can be created in a project.
async fn types<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    project: &TestProject,
) -> Result<Vec<trial::IssueType>, Stopped> {
    let listed = as_account(tenant, account, &jira::trial::issue_types(project.id)).await?;
    let mut types = Vec::new();
    for id in jira::trial::read_issue_types(&listed).map_err(Stopped::Jira)? {
        let fields = as_account(tenant, account, &jira::trial::fields(project.id, id)).await?;
        let kind = jira::trial::read_fields(&fields, id).map_err(Stopped::Jira)?;
        let usable = kind.wants.is_empty();
        types.push(kind);
        if usable {
            break;
        }
    }
    Ok(types)
}

async fn comments<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    value: &Trial,
    issue: &TestIssue,
    asker: Option<Asker<'_>>,
) -> Step {
    let Some(run) = &value.run else { return Step::More };
    let words = trial::words(&value.account.person, run.by.as_ref(), run.began_at);
    let request = jira::add_comment(issue.id, &adf::document(&words, None), &run.id, false);
    done(tenant, account, value, asker, Item::Comments, as_account(tenant, account, &request).await).await
}

async fn transitions<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    value: &Trial,
    issue: &TestIssue,
    asker: Option<Asker<'_>>,
) -> Step {
    let offered = as_account(tenant, account, &jira::trial::transitions(issue.id)).await;
    let free = match offered {
        Ok(offered) => jira::trial::read_transition(&offered).map_err(Stopped::Jira),
        Err(stopped) => Err(stopped),
    };
    match free {
        Ok(Some(id)) => {
            let moved = as_account(tenant, account, &jira::trial::transition(issue.id, &id)).await;
            done(tenant, account, value, asker, Item::Transitions, moved).await
        }
        // Jira offers none to whoever may not transition.
        Ok(None) => {
            let none = Err(Stopped::Jira(JiraRefused::Forbidden));
            let step = done(tenant, account, value, asker, Item::Transitions, none).await;
            step.unless_refused(Because::NoTransition)
        }
        Err(stopped) => done(tenant, account, value, asker, Item::Transitions, Err(stopped)).await,
    }
}

async fn attaches<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    value: &Trial,
    issue: &TestIssue,
    asker: Option<Asker<'_>>,
) -> Step {
    let Some(run) = &value.run else { return Step::More };
    let file = File {
        name: "integration-plus-test.txt".into(),
        text: trial::words(&value.account.person, run.by.as_ref(), run.began_at),
        boundary: format!("integrationplus{}", run.id),
    };
    let answer = asked(tenant, account, &jira::trial::attach(issue.id), Some(&file)).await;
    done(tenant, account, value, asker, Item::Attaches, answer).await
}

/// What an answer about the test issue says.
async fn done<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    value: &Trial,
    asker: Option<Asker<'_>>,
    item: Item,
    answer: Result<Value, Stopped>,
) -> Step {
    let (Err(stopped), Some(project)) = (answer, of_run(value)) else { return passed() };
    why(tenant, account, project, item, asker, stopped).await
}

/// The project in which the test under way created its issue, or may have: the administrators may have chosen another since.
fn of_run(value: &Trial) -> Option<&TestProject> {
    let run = value.run.as_ref()?;
    value.left.iter().find(|left| left.name == run.id).map(|left| &left.project)
}

async fn cleans_up<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    at: &mut At<Trial>,
    issue: &TestIssue,
    asker: Option<Asker<'_>>,
) -> Step {
    let Some(run) = at.value.run.as_ref() else { return Step::More };
    let Some(place) = at.value.left.iter().position(|left| left.name == run.id) else { return passed() };
    let now = tenant.world.now();
    let left = &at.value.left[place];
    match left::delete(tenant, account, left, issue.id, asker).await {
        Ok(Deleted::Gone) => {
            // A try whose answer was lost may have created another one, which is looked for later.
            if at.value.left[place].unsure {
                at.value.left[place].issue = None;
            } else {
                at.value.left.remove(place);
            }
            passed()
        }
        Ok(Deleted::WithProject) => {
            at.value.left.remove(place);
            Step::Found(idle(Because::ProjectGone))
        }
        Ok(Deleted::Forbidden) => {
            at.value.left[place].refused = true;
            at.value.left[place].again_at = now.plus(trial::AGAIN);
            Step::Found(failed(Failure::PermissionMissing))
        }
        Ok(Deleted::Unseen) => {
            at.value.left[place].again_at = now.plus(trial::AGAIN);
            Step::Found(failed(Failure::ProjectUnseen))
        }
        Err(stopped) => stopped.into(),
    }
}
