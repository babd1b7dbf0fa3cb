//! Looking whether the integration works, and whether an account may become main authorized user.

use crate::api::{ErrorCode, Reply};
use crate::domain::account::{Account, AccountId, Unsuitable};
use crate::domain::authorization::ParkedGrant;
use crate::domain::change::Change;
use crate::domain::connection::{Connection, MainUser};
use crate::domain::grant::Grant;
use crate::domain::health::{Check, CheckFailure, CheckName, CheckResult, Facts, Health, Unreachable};
use crate::domain::scope::REQUIRED;
use crate::domain::webhook::{LIMIT, Listed, RENEW_BEFORE, Registered, WebhookId};
use crate::identity::Reach;
use crate::jira::{self, JiraRefused};
use crate::ports::{Principal, StoreError, World};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::{Called, Tenant};
use futures_util::join;

use super::access::{NoAccess, access};
use super::{ask, caller, status, webhooks};

/// Answers [`crate::api::Request::CheckNow`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn now<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    caller::administrator(called).await?;
    run(called, Principal::Caller).await?;
    status::status(called, None).await
}

/// Runs every check of the main authorized user, mends its webhooks, and remembers what was found. `principal` is who
/// asks Jira about the account: an administrator who is here, or else the app.
///
/// # Errors
/// [`StoreError`]; what Jira or Atlassian will not answer is a finding, not an error.
pub async fn run<W: World>(tenant: &Tenant<'_, W>, principal: Principal) -> Result<(), StoreError> {
    let at: At<Connection> = records::load_or_default(tenant.world, &records::connection()).await?;
    let Some(main) = at.value.main.clone() else { return Ok(()) };
    // Webhooks are mended only while no change is about to move them.
    let settled = !at.value.change.as_ref().is_some_and(Change::under_way);
    let (health, mended) = examine(tenant, principal, &main, settled).await?;
    if let Some(webhooks) = mended.filter(|webhooks| *webhooks != main.webhooks) {
        let connection = Connection { main: Some(MainUser { webhooks, ..main }), ..at.value };
        let write = records::put(records::connection(), at.expect, &connection);
        match tenant.world.transact(vec![write]).await {
            // Whoever moved the connection meanwhile knows better; the next check looks again.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    remember(tenant, &health).await
}

async fn remember<W: World>(tenant: &Tenant<'_, W>, health: &Health) -> Result<(), StoreError> {
    let expect = match records::load::<Health>(tenant.world, &records::health()).await {
        Ok(Some(at)) => at.expect,
        Ok(None) => crate::ports::Expect::Absent,
        Err(error) => return Err(error),
    };
    match tenant.world.transact(vec![records::put(records::health(), expect, health)]).await {
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What Jira and Atlassian answer about an account, asked all at once.
struct Answers {
    user: Result<Account, JiraRefused>,
    administers: Result<bool, JiraRefused>,
    reach: Result<Reach, JiraRefused>,
    listed: Result<Vec<Listed>, JiraRefused>,
}

impl Answers {
    fn turned_away(&self) -> bool {
        let away = |refused: Option<&JiraRefused>| refused == Some(&JiraRefused::Unauthenticated);
        away(self.administers.as_ref().err()) || away(self.reach.as_ref().err()) || away(self.listed.as_ref().err())
    }
}

async fn answers<W: World>(
    tenant: &Tenant<'_, W>,
    principal: Principal,
    account: &AccountId,
    token: &Secret,
) -> Answers {
    let administers = jira::administers();
    let (user, administers, reach, listed) = join!(
        user(tenant, principal, account),
        ask::jira(tenant, token, &administers),
        ask::reach(tenant, token, &tenant.cloud_id),
        webhooks::listed(tenant, token),
    );
    Answers { user, administers: administers.map(|answer| jira::read_administers(&answer)), reach, listed }
}

async fn user<W: World>(
    tenant: &Tenant<'_, W>,
    principal: Principal,
    account: &AccountId,
) -> Result<Account, JiraRefused> {
    jira::read_account(&ask::forge(tenant, principal, &jira::user(account)).await?)
}

/// The checks that a new account must pass before the pointer may move.
pub async fn candidate<W: World>(
    tenant: &Tenant<'_, W>,
    principal: Principal,
    parked: &ParkedGrant,
    token: &Secret,
) -> Vec<Check> {
    let answers = answers(tenant, principal, &parked.account.person.account_id, token).await;
    let room = match &answers.listed {
        Ok(listed) if listed.len() >= LIMIT && !ours(tenant, listed).await => {
            let used = u32::try_from(listed.len()).unwrap_or(u32::MAX);
            failed(CheckFailure::WebhooksFull { used, limit: u32::try_from(LIMIT).unwrap_or(u32::MAX) })
        }
        Ok(_) => CheckResult::Passed,
        Err(refused) => unanswered(refused),
    };
    let works = match &answers.reach {
        Ok(_) => CheckResult::Passed,
        Err(refused) => unanswered(refused),
    };
    let missing = parked.scopes.missing(&REQUIRED);
    let scopes = if missing.is_empty() { CheckResult::Passed } else { failed(CheckFailure::ScopesMissing { missing }) };
    vec![
        Check { name: CheckName::GrantWorks, result: works },
        Check { name: CheckName::AccountActive, result: active(&answers.user) },
        Check { name: CheckName::JiraAdministrator, result: administrator(&answers.administers) },
        Check { name: CheckName::ScopesComplete, result: scopes },
        Check { name: CheckName::SiteCovered, result: covered(&answers.reach) },
        Check { name: CheckName::WebhooksRegistered, result: room },
    ]
}

/// Whether one of them delivers to this installation: then it is adopted or makes room.
async fn ours<W: World>(tenant: &Tenant<'_, W>, listed: &[Listed]) -> bool {
    let url = tenant.world.web_trigger_url(crate::ports::WebTrigger::Delivery).await;
    url.is_ok_and(|url| listed.iter().any(|hook| hook.url == url))
}

async fn examine<W: World>(
    tenant: &Tenant<'_, W>,
    principal: Principal,
    main: &MainUser,
    settled: bool,
) -> Result<(Health, Option<Vec<Registered>>), StoreError> {
    let account = &main.account.person.account_id;
    let mut had = access(tenant, account, None).await;
    let mut found = None;
    if let Ok(held) = &had {
        let first = answers(tenant, principal, account, &held.token).await;
        if first.turned_away() {
            // At most one refresh for one request: a second 401 is no matter of the token's age.
            let version = held.grant.version;
            had = access(tenant, account, Some(version)).await;
            if let Ok(held) = &had {
                found = Some(answers(tenant, principal, account, &held.token).await);
            }
        } else {
            found = Some(first);
        }
    }
    match (had, found) {
        (Ok(held), Some(answers)) => {
            let hooks = hooks(tenant, main, settled, &held.token, &answers.listed).await;
            let mended = hooks.as_ref().ok().cloned();
            Ok((healthy(tenant, main, &held.grant, &answers, hooks), mended))
        }
        (Err(NoAccess::Storage(error)), _) => Err(error),
        (Err(none), _) => Ok((unhealthy(tenant, main, principal, none).await, None)),
        (Ok(_), None) => Err(StoreError::Conflict),
    }
}

/// The webhooks as Jira lists them; mended when some are gone, renewed when their time is near.
async fn hooks<W: World>(
    tenant: &Tenant<'_, W>,
    main: &MainUser,
    settled: bool,
    token: &Secret,
    listed: &Result<Vec<Listed>, JiraRefused>,
) -> Result<Vec<Registered>, CheckResult> {
    let listed = listed.as_ref().map_err(unanswered)?;
    let ids: Vec<WebhookId> = main.webhooks.iter().map(|webhook| webhook.id).collect();
    let there: Vec<Registered> = listed
        .iter()
        .filter(|hook| ids.contains(&hook.id))
        .map(|hook| Registered { id: hook.id, expires_at: hook.expires_at })
        .collect();
    let now = tenant.world.now();
    let due = there.iter().any(|hook| hook.expires_at.is_some_and(|at| at.since(now) < RENEW_BEFORE));
    let complete = !ids.is_empty() && there.len() == ids.len();
    let done = if complete && due && settled {
        webhooks::renew(tenant, token, &ids).await.map_err(webhooks::Trouble::Refused)
    } else if complete || !settled {
        Ok(there)
    } else {
        webhooks::ensure(tenant, token).await
    };
    let done = done.map_err(|trouble| match trouble {
        webhooks::Trouble::Failed(failure) => failed(failure),
        webhooks::Trouble::Refused(refused) => unanswered(&refused),
    })?;
    if done.len() < ids.len() {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        return Err(failed(CheckFailure::WebhooksMissing { registered: count(done.len()), wanted: count(ids.len()) }));
    }
    Ok(done)
}

fn healthy<W: World>(
    tenant: &Tenant<'_, W>,
    main: &MainUser,
    grant: &Grant,
    answers: &Answers,
    hooks: Result<Vec<Registered>, CheckResult>,
) -> Health {
    let missing = grant.scopes.missing(&REQUIRED);
    let required = u32::try_from(REQUIRED.len()).unwrap_or(u32::MAX);
    let granted = required.saturating_sub(u32::try_from(missing.len()).unwrap_or(u32::MAX));
    let works = match &answers.reach {
        Ok(_) => CheckResult::Passed,
        Err(refused) => unanswered(refused),
    };
    let registered = hooks.as_ref().map(Vec::as_slice).unwrap_or_default();
    let facts = Facts {
        refreshed_at: Some(grant.refreshed_at),
        idles_out_at: Some(grant.idles_out_at()),
        scopes_granted: Some(granted),
        site_url: Some(main.site.url.clone()),
        webhooks: hooks.is_ok().then(|| u32::try_from(registered.len()).unwrap_or(u32::MAX)),
        webhooks_expire_at: registered.iter().filter_map(|hook| hook.expires_at).min(),
    };
    let scopes = if missing.is_empty() { CheckResult::Passed } else { failed(CheckFailure::ScopesMissing { missing }) };
    let checks = vec![
        Check { name: CheckName::GrantWorks, result: works },
        Check { name: CheckName::AccountActive, result: active(&answers.user) },
        Check { name: CheckName::JiraAdministrator, result: administrator(&answers.administers) },
        Check { name: CheckName::ScopesComplete, result: scopes },
        Check { name: CheckName::SiteCovered, result: covered(&answers.reach) },
        Check {
            name: CheckName::WebhooksRegistered,
            result: hooks.map_or_else(|result| result, |_| CheckResult::Passed),
        },
    ];
    Health { checked_at: tenant.world.now(), checks, facts }
}

/// Without an access token only the account itself can still be asked about.
async fn unhealthy<W: World>(tenant: &Tenant<'_, W>, main: &MainUser, principal: Principal, none: NoAccess) -> Health {
    let user = user(tenant, principal, &main.account.person.account_id).await;
    let (works, because) = match none {
        NoAccess::Dead(reason) => (failed(CheckFailure::GrantDead { reason }), Unreachable::EarlierCheck),
        NoAccess::NoGrant => {
            let reason = crate::domain::grant::ReauthorizationReason::NotRenewable;
            (failed(CheckFailure::GrantDead { reason }), Unreachable::EarlierCheck)
        }
        NoAccess::ClientSecretRejected => (failed(CheckFailure::ClientSecretRejected), Unreachable::EarlierCheck),
        NoAccess::Busy | NoAccess::Unavailable { .. } | NoAccess::Storage(_) => {
            let because = Unreachable::AuthorizationServer;
            (CheckResult::Unknown { because }, because)
        }
    };
    let unknown = CheckResult::Unknown { because };
    let checks = vec![
        Check { name: CheckName::GrantWorks, result: works },
        Check { name: CheckName::AccountActive, result: active(&user) },
        Check { name: CheckName::JiraAdministrator, result: unknown.clone() },
        Check { name: CheckName::ScopesComplete, result: unknown.clone() },
        Check { name: CheckName::SiteCovered, result: unknown.clone() },
        Check { name: CheckName::WebhooksRegistered, result: unknown },
    ];
    let facts = Facts { site_url: Some(main.site.url.clone()), ..Facts::default() };
    Health { checked_at: tenant.world.now(), checks, facts }
}

fn failed(failure: CheckFailure) -> CheckResult {
    CheckResult::Failed { failure }
}

fn active(user: &Result<Account, JiraRefused>) -> CheckResult {
    match user {
        Ok(account) => match account.suitable() {
            Ok(()) => CheckResult::Passed,
            Err(Unsuitable::Inactive) => failed(CheckFailure::AccountInactive),
            Err(Unsuitable::NotHuman) => failed(CheckFailure::AccountNotHuman { account_type: account.account_type }),
        },
        Err(JiraRefused::NotFound) => failed(CheckFailure::AccountInactive),
        Err(refused) => unanswered(refused),
    }
}

fn administrator(administers: &Result<bool, JiraRefused>) -> CheckResult {
    match administers {
        Ok(true) => CheckResult::Passed,
        Ok(false) | Err(JiraRefused::Forbidden) => failed(CheckFailure::NotAdministrator),
        Err(refused) => unanswered(refused),
    }
}

fn covered(reach: &Result<Reach, JiraRefused>) -> CheckResult {
    match reach {
        Ok(Reach::Covered(_)) => CheckResult::Passed,
        Ok(Reach::Short(missing)) => failed(CheckFailure::ScopesMissing { missing: missing.clone() }),
        Ok(Reach::Elsewhere(covered)) => failed(CheckFailure::SiteNotCovered { covered: covered.clone() }),
        Err(refused) => unanswered(refused),
    }
}

/// What follows for a check from Jira's refusal to answer it.
fn unanswered(refused: &JiraRefused) -> CheckResult {
    match refused {
        JiraRefused::ScopeMissing => failed(CheckFailure::ScopesMissing { missing: Vec::new() }),
        // The app may not be let at this; the account may still be in order.
        JiraRefused::Forbidden | JiraRefused::Unauthenticated => {
            CheckResult::Unknown { because: Unreachable::EarlierCheck }
        }
        JiraRefused::NotFound | JiraRefused::Unavailable { .. } | JiraRefused::Unexpected(_) => {
            CheckResult::Unknown { because: Unreachable::Jira }
        }
    }
}
