//! Listening to the other sites: one webhook on each, held by the main authorized user, for the projects of the integrations.

use crate::domain::account::AccountId;
use crate::domain::connection::{Connection, MainUser};
use crate::domain::health::CheckFailure;
use crate::domain::integration::Integrations;
use crate::domain::site::CloudId;
use crate::domain::time::{Span, Timestamp};
use crate::domain::webhook::{RENEW_BEFORE, Registered, WebhookId};
use crate::flows::held::{Held, with_grant};
use crate::flows::{ask, webhooks};
use crate::identity::Reach;
use crate::ports::{StoreError, World};
use crate::records::mirror::{Listened, Listening};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Tenant;
use futures_util::future::join_all;

/// How long one look holds: Jira drops a webhook without a word.
const DAILY: Span = Span::hours(23);

/// How long a look that found trouble holds.
const SOON: Span = Span::minutes(30);

/// Makes Jira on the other sites list what the integrations need, and nothing else of ours.
///
/// # Errors
/// [`StoreError`]
pub async fn listen<W: World>(
    tenant: &Tenant<'_, W>,
    connection: &Connection,
    all: &Integrations,
) -> Result<(), StoreError> {
    let key = records::mirror::listening();
    let at: At<Listening> = records::load_or_default(tenant.world, &key).await?;
    let Some(main) = &connection.main else { return Ok(()) };
    let now = tenant.world.now();
    let wanted = all.elsewhere();
    let account = &main.account.person.account_id;
    let kept = |old: &&Listened| old.account == *account && wanted.iter().any(|(site, _)| *site == old.cloud_id);
    for old in at.value.0.iter().filter(|old| !kept(old)) {
        // Where it cannot be removed, Jira forgets it within 30 days, and what it delivers is dropped.
        let _ = leave(tenant, &old.cloud_id, &old.account).await;
    }
    // All sites at once: a few that give no answer must not take the whole round.
    let sites = wanted.iter().map(async |(site, projects)| {
        let mut projects = projects.clone();
        projects.sort_unstable();
        let before = at.value.0.iter().filter(kept).find(|own| own.cloud_id == *site);
        match before.filter(|own| settled(own, &projects, now)) {
            Some(own) => own.clone(),
            None => look(tenant, main, site.clone(), projects, before, now).await,
        }
    });
    let listened = join_all(sites).await;
    if listened == at.value.0 {
        return Ok(());
    }
    match tenant.world.transact(vec![records::put(key, at.expect, &Listening(listened))]).await {
        // Another round was first: what it registered is what this one would adopt.
        Err(StoreError::Conflict) => Ok(()),
        done => done,
    }
}

/// Whether a site needs no look.
fn settled(own: &Listened, projects: &[u64], now: Timestamp) -> bool {
    let fresh = if own.failure.is_some() { SOON } else { DAILY };
    let lives = |hook: &Registered| hook.expires_at.is_none_or(|at| at.since(now) >= RENEW_BEFORE);
    own.projects == projects && (Span(0)..fresh).contains(&now.since(own.looked_at)) && own.webhooks.iter().all(lives)
}

async fn look<W: World>(
    tenant: &Tenant<'_, W>,
    main: &MainUser,
    site: CloudId,
    projects: Vec<u64>,
    before: Option<&Listened>,
    now: Timestamp,
) -> Listened {
    let account = main.account.person.account_id.clone();
    let elsewhere = tenant.elsewhere(&site);
    let act = async |token: &Secret| {
        let url = match ask::reach(&elsewhere, token, &site, &crate::domain::scope::REQUIRED_OF_JIRA).await? {
            Reach::Covered(there) => there.url,
            Reach::Short(missing) => return Err(webhooks::Trouble::Failed(CheckFailure::ScopesMissing { missing })),
            Reach::Elsewhere(_) => return Err(webhooks::Trouble::Failed(CheckFailure::NoProjects)),
        };
        let there = webhooks::listed(&elsewhere, token).await?;
        let hooks = webhooks::ensure(&elsewhere, token, &there, &[], Some(&projects)).await?;
        if hooks.is_empty() {
            return Err(webhooks::Trouble::Failed(CheckFailure::NoProjects));
        }
        let due: Vec<WebhookId> = hooks.iter().map(|hook| hook.id).collect();
        let lives = |hook: &Registered| hook.expires_at.is_none_or(|at| at.since(now) >= RENEW_BEFORE);
        let hooks = if hooks.iter().all(lives) { hooks } else { webhooks::renew(&elsewhere, token, &due).await? };
        if hooks.is_empty() {
            // Jira dropped it in this moment.
            return Err(webhooks::Trouble::Failed(CheckFailure::WebhooksMissing { registered: 0, wanted: 1 }));
        }
        Ok((url, hooks))
    };
    let (url, webhooks, failure) = match with_grant(tenant, &account, act).await {
        Ok((url, hooks)) => (url, hooks, None),
        Err(Held::Failed(failure)) => (String::new(), Vec::new(), Some(failure)),
        Err(Held::Gone(reason)) => (String::new(), Vec::new(), Some(CheckFailure::GrantDead { reason })),
        Err(Held::Wait(_)) => {
            let failure = CheckFailure::WebhooksMissing { registered: 0, wanted: 1 };
            // Jira most likely has what it had, and goes on delivering.
            let (url, hooks) = before.map(|own| (own.url.clone(), own.webhooks.clone())).unwrap_or_default();
            (url, hooks, Some(failure))
        }
    };
    Listened { cloud_id: site, url, account, projects, webhooks, looked_at: now, failure }
}

/// Removes every webhook that an account holds on the other sites, while its grant is there. What cannot be removed Jira
/// forgets within 30 days, and what it delivers until then is dropped.
pub async fn forsake<W: World>(tenant: &Tenant<'_, W>, account: &AccountId) {
    let listening: Result<At<Listening>, StoreError> =
        records::load_or_default(tenant.world, &records::mirror::listening()).await;
    let own = listening.map(|at| at.value.0).unwrap_or_default().into_iter().filter(|own| own.account == *account);
    for site in own {
        let _ = leave(tenant, &site.cloud_id, account).await;
    }
}

/// Removes every webhook of ours that an account holds on another site, with its own grant.
async fn leave<W: World>(tenant: &Tenant<'_, W>, site: &CloudId, account: &AccountId) -> Result<(), Held> {
    let elsewhere = tenant.elsewhere(site);
    let remove = async |token: &Secret| webhooks::remove_all(&elsewhere, token, &[]).await;
    with_grant(tenant, account, remove).await
}
