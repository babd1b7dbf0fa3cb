//! Making Jira list exactly the webhooks that are wanted, under one account's grant.

use crate::domain::count;
use crate::domain::health::CheckFailure;
use crate::domain::limits::JiraNumber;
use crate::domain::webhook::{LIMIT, Listed, PROJECTS, Plan, Registered, Wanted, WebhookId};
use crate::jira::{self, JiraRefused};
use crate::ports::{Unavailable, WebTrigger, World};
use crate::secret::Secret;
use crate::tenant::Tenant;
use futures_util::join;

use super::ask;

/// Why the webhooks are not as wanted.
#[derive(Debug)]
pub enum Trouble {
    /// For certain, and for this reason.
    Failed(CheckFailure),
    /// Jira did not do as asked.
    Refused(JiraRefused),
}

impl From<JiraRefused> for Trouble {
    fn from(refused: JiraRefused) -> Self {
        Self::Refused(refused)
    }
}

/// Registers what is missing among `there`, removes what is no longer wanted but for `spared`, and lists the result back:
/// a registration counts only once Jira lists it. What an earlier, interrupted run registered is adopted.
///
/// Nothing is registered for an account that sees no project. Where `only` names projects, the others are not listened to.
///
/// # Errors
/// [`Trouble`]
pub async fn ensure<W: World>(
    tenant: &Tenant<'_, W>,
    access: &Secret,
    there: &[Listed],
    spared: &[WebhookId],
    only: Option<&[u64]>,
) -> Result<Vec<Registered>, Trouble> {
    let (url, projects) = join!(address(tenant), projects(tenant, access, only));
    let (url, projects) = (url?, projects?);
    let wanted = Wanted::for_projects(url.clone(), projects);
    let plan = Plan::new(&url, wanted.as_ref(), there);
    if !plan.fits() {
        return Err(Trouble::Failed(full(plan.foreign)));
    }
    // Where one of ours must make way for the other, those that may not be missed are no exception.
    let (first, rest): (Vec<WebhookId>, Vec<WebhookId>) = if plan.crowded() {
        (plan.remove, Vec::new())
    } else {
        (Vec::new(), plan.remove.into_iter().filter(|id| !spared.contains(id)).collect())
    };
    remove(tenant, access, &first).await?;
    let Some(wanted) = wanted.filter(|_| plan.register) else {
        remove(tenant, access, &rest).await?;
        return Ok(plan.keep);
    };
    let answer = ask::jira(tenant, access, &jira::register_webhook(&wanted)).await?;
    let refused = |message| Trouble::Failed(CheckFailure::WebhookRefused { message });
    let id = jira::read_registration(&answer).map_err(refused)?;
    remove(tenant, access, &rest).await?;
    let back = listed(tenant, access).await?;
    let found = back.iter().find(|hook| hook.id == id && hook.url == url);
    let missing = CheckFailure::WebhooksMissing { registered: 0, wanted: 1 };
    Ok(vec![found.ok_or(Trouble::Failed(missing))?.registered()])
}

/// How many of them deliver elsewhere: they take up room and are never touched.
///
/// # Errors
/// [`JiraRefused::Unavailable`] when Forge does not name the app's own address.
pub async fn foreign<W: World>(tenant: &Tenant<'_, W>, there: &[Listed]) -> Result<usize, JiraRefused> {
    let url = address(tenant).await?;
    Ok(there.iter().filter(|hook| hook.url != url).count())
}

/// No room is left.
#[must_use]
pub fn full(used: usize) -> CheckFailure {
    CheckFailure::WebhooksFull { used: count(used), limit: count(LIMIT) }
}

/// Removes every webhook of ours that this account holds, but for `keep`.
///
/// # Errors
/// [`JiraRefused`]
pub async fn remove_all<W: World>(
    tenant: &Tenant<'_, W>,
    access: &Secret,
    keep: &[WebhookId],
) -> Result<(), JiraRefused> {
    let (url, there) = join!(address(tenant), listed(tenant, access));
    let url = url?;
    let ours = there?.into_iter().filter(|hook| hook.url == url && !keep.contains(&hook.id));
    remove(tenant, access, &ours.map(|hook| hook.id).collect::<Vec<_>>()).await
}

/// The webhooks that this account holds for this app, ours and others.
///
/// # Errors
/// [`JiraRefused`]
pub async fn listed<W: World>(tenant: &Tenant<'_, W>, access: &Secret) -> Result<Vec<Listed>, JiraRefused> {
    jira::read_webhooks(&ask::jira(tenant, access, &jira::webhooks()).await?)
}

/// Gives webhooks another 30 days, and lists them back: Jira ignores numbers that it does not know.
///
/// # Errors
/// [`JiraRefused`]
pub async fn renew<W: World>(
    tenant: &Tenant<'_, W>,
    access: &Secret,
    ids: &[WebhookId],
) -> Result<Vec<Registered>, JiraRefused> {
    ask::jira(tenant, access, &jira::refresh_webhooks(ids)).await?;
    let back = listed(tenant, access).await?;
    Ok(back.iter().filter(|hook| ids.contains(&hook.id)).map(Listed::registered).collect())
}

async fn remove<W: World>(tenant: &Tenant<'_, W>, access: &Secret, ids: &[WebhookId]) -> Result<(), JiraRefused> {
    if ids.is_empty() {
        return Ok(());
    }
    ask::jira(tenant, access, &jira::delete_webhooks(ids)).await.map(|_| ())
}

async fn address<W: World>(tenant: &Tenant<'_, W>) -> Result<String, JiraRefused> {
    let url = tenant.world.web_trigger_url(WebTrigger::Delivery).await;
    url.map_err(|Unavailable| JiraRefused::Unavailable { retry_after_s: None })
}

/// The projects that this account sees: all of them, or those of `only`.
async fn projects<W: World>(
    tenant: &Tenant<'_, W>,
    access: &Secret,
    only: Option<&[u64]>,
) -> Result<Vec<u64>, JiraRefused> {
    if let Some(only) = only {
        let numbers: Vec<JiraNumber> = only.iter().copied().map(JiraNumber).collect();
        let seen = ask::jira(tenant, access, &jira::projects_by_number(&numbers)).await?;
        let seen = jira::read_project_list(&seen)?.into_iter().map(|project| project.id.0);
        return Ok(seen.filter(|id| only.contains(id)).collect());
    }
    let mut ids = Vec::new();
    let mut next = Some(0);
    while let Some(start_at) = next.filter(|_| ids.len() < PROJECTS) {
        let (page, following) = jira::read_projects(&ask::jira(tenant, access, &jira::projects(start_at)).await?)?;
        ids.extend(page);
        next = following;
    }
    Ok(ids)
}
