//! Who calls, and whether they may: asked of Jira for every request, live.

use crate::api::{ErrorCode, Whom};
use crate::domain::account::{Account, Person};
use crate::domain::connection::Connection;
use crate::jira::{self, JiraRefused};
use crate::ports::{Principal, World};
use crate::records::{self, At};
use crate::tenant::Called;

use super::ask;

/// How many people are named to somebody who is no administrator.
const HELPERS: usize = 5;

/// Whether the caller holds *Administer Jira*, by Jira's own word.
///
/// # Errors
/// [`ErrorCode::NotAdministrator`] naming who can help; [`ErrorCode::JiraUnavailable`] when Jira cannot say, which is
/// no yes.
pub async fn administrator<W: World>(called: &Called<'_, W>) -> Result<(), ErrorCode> {
    if administers(called).await? {
        Ok(())
    } else {
        Err(ErrorCode::NotAdministrator { helpers: helpers(called).await })
    }
}

/// The same as a plain yes or no.
///
/// # Errors
/// [`ErrorCode::JiraUnavailable`] when Jira cannot say.
pub async fn administers<W: World>(called: &Called<'_, W>) -> Result<bool, ErrorCode> {
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
