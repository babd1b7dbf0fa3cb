//! Test issues that are still there: found by the name that was written down before they were created, and deleted with the
//! account's own grant.

use crate::domain::account::AccountId;
use crate::domain::connection::Connection;
use crate::domain::time::{Span, Timestamp};
use crate::domain::trial::{AGAIN, FOUND_WITHIN, Item, LASTS, Left, TestProject, Trial};
use crate::jira::{self, JiraRefused};
use crate::ports::{Principal, StoreError, World};
use crate::records::{self, At};
use crate::tenant::Tenant;

use super::access::access;
use super::ask;
use super::rehearse::{self, Asker};
use super::trial;
use super::trial_steps::{Stopped, as_account};

/// How many pages of what an account created are looked through at once.
const PAGES: usize = 20;

/// How soon what Jira's search may not know yet is looked for again: in the next round.
const SOON: Span = Span::minutes(4);

/// What became of an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// It is gone.
    Gone,
    /// It is gone with its project.
    WithProject,
    /// Jira does not let the account delete it.
    Forbidden,
    /// The account does not see it, and nobody could say whether it is still there.
    Unseen,
}

/// Deletes an issue as the account. `asker` is who can say whether the project is still there.
///
/// # Errors
/// [`Stopped`]: nothing is known.
pub async fn delete<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    left: &Left,
    issue: u64,
    asker: Option<Asker<'_>>,
) -> Result<Deleted, Stopped> {
    match as_account(tenant, account, &jira::trial::delete(issue)).await {
        Ok(_) => Ok(Deleted::Gone),
        Err(Stopped::Jira(JiraRefused::NotFound)) => {
            // Jira answers alike for what is not there and what may not be seen.
            let rights = as_account(tenant, account, &jira::trial::may(left.project.id, Item::CleansUp)).await;
            let sees = match rights {
                Ok(rights) => jira::trial::read_may(&rights, Item::CleansUp).0,
                Err(Stopped::Jira(JiraRefused::NotFound | JiraRefused::Forbidden)) => false,
                Err(stopped) => return Err(stopped),
            };
            if sees {
                return moved(tenant, issue).await;
            }
            let there = there(tenant, asker, &left.project).await?;
            Ok(if there == Some(false) { Deleted::WithProject } else { Deleted::Unseen })
        }
        Err(Stopped::Jira(JiraRefused::Forbidden | JiraRefused::Unexpected(_) | JiraRefused::ScopeMissing)) => {
            Ok(Deleted::Forbidden)
        }
        Err(stopped) => Err(stopped),
    }
}

/// What became of an issue that the account does not find although it sees the project: somebody may have moved it to where
/// the account sees nothing. The app itself looks for it by its number.
async fn moved<W: World>(tenant: &Tenant<'_, W>, issue: u64) -> Result<Deleted, Stopped> {
    match ask::forge(tenant, Principal::App, &jira::issue(issue)).await {
        Err(JiraRefused::NotFound) => Ok(Deleted::Gone),
        Err(JiraRefused::Unavailable { retry_after_s }) => Err(Stopped::Wait(retry_after_s)),
        Ok(_)
        | Err(
            JiraRefused::Unauthenticated
            | JiraRefused::ScopeMissing
            | JiraRefused::Forbidden
            | JiraRefused::Unexpected(_),
        ) => Ok(Deleted::Unseen),
    }
}

/// Whether the project is still there; nothing where nobody could say. Whoever administers Jira has every project listed.
///
/// # Errors
/// [`Stopped`]
pub async fn there<W: World>(
    tenant: &Tenant<'_, W>,
    asker: Option<Asker<'_>>,
    project: &TestProject,
) -> Result<Option<bool>, Stopped> {
    let Some(asker) = asker else { return Ok(None) };
    let id = project.id;
    let page = match rehearse::jira(tenant, asker, &jira::projects_by_number(&[id])).await {
        Ok(page) => page,
        // Jira may say of a search without hits that nothing is found.
        Err(JiraRefused::NotFound) => return Ok(Some(false)),
        Err(JiraRefused::Unavailable { retry_after_s }) => return Err(Stopped::Wait(retry_after_s)),
        Err(
            JiraRefused::Unauthenticated
            | JiraRefused::ScopeMissing
            | JiraRefused::Forbidden
            | JiraRefused::Unexpected(_),
        ) => return Ok(None),
    };
    let listed = jira::read_project_list(&page).map_err(Stopped::Jira)?;
    Ok(Some(listed.iter().any(|project| project.id == id)))
}

/// Tries to delete whatever is due to be tried, but for what belongs to the test `but`.
///
/// # Errors
/// [`StoreError`]
pub async fn sweep<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    at: At<Trial>,
    but: Option<&str>,
) -> Result<At<Trial>, StoreError> {
    let now = tenant.world.now();
    let due = |left: &Left| Some(left.name.as_str()) != but && (but.is_some() || left.again_at <= now);
    if !at.value.left.iter().any(due) {
        return Ok(at);
    }
    let connection: At<Connection> = records::load_or_default(tenant.world, &records::connection()).await?;
    let main = match connection.value.main {
        Some(main) => access(tenant, &main.account.person.account_id, None).await.ok(),
        None => None,
    };
    let asker = main.as_ref().map(|held| Asker::Account(&held.token));
    let mut value = at.value.clone();
    let (all, mut rest) = (std::mem::take(&mut value.left), Vec::new());
    for left in all {
        if due(&left) {
            rest.extend(one(tenant, account, left, asker, now).await);
        } else {
            rest.push(left);
        }
    }
    value.left = rest;
    let expect = trial::save(tenant.world, account, at.expect, Some(&at.value), &value).await?;
    Ok(At { expect, value })
}

/// What is left of one after a try.
async fn one<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    mut left: Left,
    asker: Option<Asker<'_>>,
    now: Timestamp,
) -> Option<Left> {
    left.again_at = now.plus(AGAIN);
    if let Some(issue) = &left.issue {
        match delete(tenant, account, &left, issue.id, asker).await {
            Ok(Deleted::Gone) if left.unsure => left.issue = None,
            Ok(Deleted::Gone | Deleted::WithProject) => return None,
            Ok(Deleted::Forbidden) => {
                left.refused = true;
                return Some(left);
            }
            Ok(Deleted::Unseen) | Err(_) => return Some(left),
        }
    }
    match seek(tenant, account, &left).await {
        Ok(issues) if issues.is_empty() => {
            if now.since(left.at) >= FOUND_WITHIN {
                return None;
            }
            left.again_at = now.plus(SOON);
        }
        Ok(issues) => {
            for issue in issues {
                let deleted = delete(tenant, account, &left, issue, asker).await;
                left.refused |= matches!(deleted, Ok(Deleted::Forbidden));
            }
            // Whether there is another one is seen the next time.
            left.again_at = if left.refused { left.again_at } else { now.plus(SOON) };
        }
        // Where the project is gone, so is all that was in it.
        Err(Stopped::Jira(_)) if there(tenant, asker, &left.project).await.ok().flatten() == Some(false) => {
            return None;
        }
        Err(_) => {}
    }
    Some(left)
}

/// The issues that a test created.
async fn seek<W: World>(tenant: &Tenant<'_, W>, account: &AccountId, left: &Left) -> Result<Vec<u64>, Stopped> {
    // Jira's clock is not the app's, and a creation may have been tried again and again while the test lasted.
    let since = left.at.plus(Span(-(LASTS.0 + FOUND_WITHIN.0)));
    let until = left.at.plus(FOUND_WITHIN);
    let minutes = tenant.world.now().since(since).0 / Span::minutes(1).0 + 1;
    let (mut found, mut page) = (Vec::new(), None);
    for _ in 0..PAGES {
        let request = jira::trial::created_by_me(left.project.id, minutes, page.as_deref());
        let answer = as_account(tenant, account, &request).await?;
        let read = jira::trial::read_found(&answer, &left.name, until).map_err(Stopped::Jira)?;
        found.extend(read.issues);
        page = read.next;
        if page.is_none() {
            return Ok(found);
        }
    }
    // What lies further back was not looked at: that nothing was found says nothing.
    if found.is_empty() { Err(Stopped::Wait(None)) } else { Ok(found) }
}
