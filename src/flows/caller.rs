//! Who calls, and whether they may: asked of Jira for every request, live.

use crate::api::ErrorCode;
use crate::domain::account::{Account, Person};
use crate::jira::{self, JiraRefused};
use crate::ports::{Principal, World};
use crate::tenant::Called;

use super::ask;

/// How many administrators are named to somebody who is none.
const HELPERS: usize = 5;

/// Whether the caller holds *Administer Jira*, by Jira's own word.
///
/// # Errors
/// [`ErrorCode::NotAdministrator`] naming who can help; [`ErrorCode::JiraUnavailable`] when Jira cannot say, which is
/// no yes.
pub async fn administrator<W: World>(called: &Called<'_, W>) -> Result<(), ErrorCode> {
    match ask::forge(called, Principal::Caller, &jira::administers()).await {
        Ok(permissions) if jira::read_administers(&permissions) => Ok(()),
        Ok(_) | Err(JiraRefused::Forbidden | JiraRefused::Unauthenticated | JiraRefused::NotFound) => {
            Err(ErrorCode::NotAdministrator { helpers: helpers(called).await })
        }
        Err(refused) => Err(unavailable(&refused)),
    }
}

/// The caller, as Jira shows them.
///
/// # Errors
/// [`ErrorCode::JiraUnavailable`]; [`ErrorCode::NotSignedIn`] when Jira names another account than Forge does.
pub async fn myself<W: World>(called: &Called<'_, W>) -> Result<Person, ErrorCode> {
    let answer = ask::forge(called, Principal::Caller, &jira::myself()).await.map_err(|refused| unavailable(&refused))?;
    let account = jira::read_account(&answer).map_err(|refused| unavailable(&refused))?;
    if account.person.account_id == called.caller { Ok(account.person) } else { Err(ErrorCode::NotSignedIn) }
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

async fn helpers<W: World>(called: &Called<'_, W>) -> Vec<Person> {
    let found = ask::forge(called, Principal::App, &jira::administrators()).await;
    let people = found.map(|users| jira::read_accounts(&users)).unwrap_or_default();
    let suitable = people.into_iter().filter(|account: &Account| account.suitable().is_ok());
    suitable.map(|account| account.person).take(HELPERS).collect()
}
