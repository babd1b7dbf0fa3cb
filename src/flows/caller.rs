//! Who calls, and whether they may: asked of Jira for every request, live.

use crate::api::{ErrorCode, Whom};
use crate::domain::account::{Account, Person};
use crate::domain::connection::Connection;
use crate::domain::limits::{AccessLog, Limits};
use crate::jira::{self, JiraRefused};
use crate::ports::{Principal, World};
use crate::records::{self, At};
use crate::tenant::Called;
use futures_util::join;

use super::ask;

/// How many people are named to somebody who is no administrator.
const HELPERS: usize = 5;

/// Whether the caller may administer the app: they hold *Administer Jira*, by Jira's own word, and where its administration
/// is limited to a list, they are on it. Both are asked at once.
///
/// # Errors
/// [`ErrorCode::NotAdministrator`] naming who can help; [`ErrorCode::NotListed`] naming who is on the list, to Jira
/// administrators only; [`ErrorCode::JiraUnavailable`] when Jira cannot say, which is no yes.
pub async fn administrator<W: World>(called: &Called<'_, W>) -> Result<(), ErrorCode> {
    match stands(called).await? {
        Stands::Listed => Ok(()),
        Stands::Unlisted(administrators) => {
            let log: At<AccessLog> = records::load_or_default(called.world, &records::access_log()).await?;
            let request = log.value.request_of(&called.caller).cloned().map(Box::new);
            Err(ErrorCode::NotListed { administrators, request })
        }
        Stands::Elsewhere => Err(ErrorCode::NotAdministrator { helpers: helpers(called).await }),
    }
}

/// The same as a plain yes or no.
///
/// # Errors
/// [`ErrorCode::JiraUnavailable`] when Jira cannot say.
pub async fn administers<W: World>(called: &Called<'_, W>) -> Result<bool, ErrorCode> {
    match stands(called).await? {
        Stands::Listed => Ok(true),
        Stands::Unlisted(_) | Stands::Elsewhere => Ok(false),
    }
}

/// Where the caller stands towards the app's administration.
enum Stands {
    /// A Jira administrator who may administer the app.
    Listed,
    /// A Jira administrator who is not on the list, with those who are.
    Unlisted(Vec<Person>),
    /// No Jira administrator.
    Elsewhere,
}

async fn stands<W: World>(called: &Called<'_, W>) -> Result<Stands, ErrorCode> {
    let key = records::limits();
    let (in_jira, limits) = join!(in_jira(called), records::load_or_default::<Limits>(called.world, &key));
    // Whoever is no Jira administrator learns nothing of the list, not even that it cannot be read.
    if !in_jira? {
        return Ok(Stands::Elsewhere);
    }
    let limits = limits?.value;
    if limits.lets_administer(&called.caller) {
        return Ok(Stands::Listed);
    }
    Ok(Stands::Unlisted(limits.administrators.unwrap_or_default()))
}

async fn in_jira<W: World>(called: &Called<'_, W>) -> Result<bool, ErrorCode> {
    match ask::forge(called, Principal::Caller, &jira::administers()).await {
        Ok(permissions) => Ok(jira::read_administers(&permissions)),
        Err(JiraRefused::Forbidden | JiraRefused::Unauthenticated | JiraRefused::NotFound) => Ok(false),
        Err(refused) => Err(unavailable(&refused)),
    }
}

/// The caller, as Jira shows them.
///
/// # Errors
/// [`ErrorCode::JiraUnavailable`]; [`ErrorCode::NotSignedIn`] when Jira names another account than Forge does.
pub async fn myself<W: World>(called: &Called<'_, W>) -> Result<Person, ErrorCode> {
    Ok(account(called).await?.person)
}

/// The same with the kind and state of their account.
///
/// # Errors
/// As [`myself`].
pub async fn account<W: World>(called: &Called<'_, W>) -> Result<Account, ErrorCode> {
    let answer =
        ask::forge(called, Principal::Caller, &jira::myself()).await.map_err(|refused| unavailable(&refused))?;
    let account = jira::read_account(&answer).map_err(|refused| unavailable(&refused))?;
    if account.person.account_id == called.caller { Ok(account) } else { Err(ErrorCode::NotSignedIn) }
}

/// Jira's failure to answer, as the panel shows it.
#[must_use]
pub fn unavailable(refused: &JiraRefused) -> ErrorCode {
    let retry_after_s = match refused {
        JiraRefused::Unavailable { retry_after_s } => *retry_after_s,
        JiraRefused::Unauthenticated
        | JiraRefused::ScopeMissing
        | JiraRefused::Forbidden
        | JiraRefused::NotFound
        | JiraRefused::Unexpected(_) => None,
    };
    ErrorCode::JiraUnavailable { retry_after_s }
}

/// Jira's refusal to let the caller at an issue, as the panel shows it.
#[must_use]
pub fn of_issue(refused: &JiraRefused) -> ErrorCode {
    match refused {
        JiraRefused::NotFound | JiraRefused::Forbidden => ErrorCode::IssueOutOfReach { whom: Whom::Caller },
        JiraRefused::Unauthenticated
        | JiraRefused::ScopeMissing
        | JiraRefused::Unavailable { .. }
        | JiraRefused::Unexpected(_) => unavailable(refused),
    }
}

/// Who set the integration up, latest first: Jira tells an app without administrator rights of no administrators, so
/// these are the ones that the app knows of.
async fn helpers<W: World>(called: &Called<'_, W>) -> Vec<Person> {
    let connection: Result<At<Connection>, _> = records::load_or_default(called.world, &records::connection()).await;
    let Ok(Connection { main, history, .. }) = connection.map(|at| at.value) else { return Vec::new() };
    let mut people: Vec<Person> = Vec::new();
    let known = main.map(|main| main.changed_by).into_iter().chain(history.into_iter().rev().map(|row| row.by));
    for person in known.filter(|person| person.account_id != called.caller) {
        if people.len() < HELPERS && people.iter().all(|other| other.account_id != person.account_id) {
            people.push(person);
        }
    }
    people
}
