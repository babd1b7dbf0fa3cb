//! Looking whether the integration works, and whether an account may become main authorized user.

use crate::api::{ErrorCode, Reply};
use crate::domain::account::{Account, AccountId, Unsuitable};
use crate::domain::authorization::ParkedGrant;
use crate::domain::change::Change;
use crate::domain::connection::{Connection, MainUser};
use crate::domain::count;
use crate::domain::grant::{Grant, GrantState, ReauthorizationReason};
use crate::domain::health::{Check, CheckFailure, CheckName, CheckResult, Facts, Health, Unreachable};
use crate::domain::scope::REQUIRED;
use crate::domain::site::Site;
use crate::domain::time::Timestamp;
use crate::domain::webhook::{LIMIT, Listed, RENEW_BEFORE, Registered, WebhookId};
use crate::identity::Reach;
use crate::jira::{self, JiraRefused};
use crate::ports::{Expect, Principal, StoreError, World};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::{Called, Tenant};
use futures_util::join;

use super::access::{NoAccess, access};
use super::{ask, caller, status, webhooks};

/// How often a result is written when somebody else writes at the same moment.
const TRIES: usize = 3;

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
    let checked_at = tenant.world.now();
    let at: At<Connection> = records::load_or_default(tenant.world, &records::connection()).await?;
    let Some(main) = at.value.main.clone() else { return Ok(()) };
    // Webhooks are mended only while no change is about to move them.
    let settled = !at.value.change.as_ref().is_some_and(Change::moving);
    let Found { checks, facts, mended } = examine(tenant, principal, &main, settled).await?;
    let health = Health { generation: at.value.generation, checked_at, checks, facts };
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

/// Answers whether the grant of the main authorized user `main` is dead, which whoever used it was turned away with. One that
/// Atlassian honours still is not, and is no matter for administrators. Where it is dead, a look is made at once, unless the
/// last one says so: what administrators see and are told does not wait for the next round. Should the look fail, that round
/// looks.
///
/// # Errors
/// [`StoreError`] when nobody can say.
pub async fn alarm<W: World>(tenant: &Tenant<'_, W>, main: &AccountId, generation: u32) -> Result<bool, StoreError> {
    let grant = records::load::<Grant>(tenant.world, &records::grant(main)).await?;
    if grant.is_some_and(|at| at.value.state == GrantState::Working) {
        return Ok(false);
    }
    let last = records::load::<Health>(tenant.world, &records::health()).await;
    let told = |health: &Health| health.generation == generation && health.failed(CheckName::GrantWorks);
    if !last.ok().flatten().is_some_and(|at| told(&at.value)) {
        let _ = run(tenant, Principal::App).await;
    }
    Ok(true)
}

/// Two may look at once, and the slower one may have begun before a change: the later look stays.
async fn remember<W: World>(tenant: &Tenant<'_, W>, health: &Health) -> Result<(), StoreError> {
    for _ in 0..TRIES {
        let stored = records::load::<Health>(tenant.world, &records::health()).await?;
        let now = tenant.world.now();
        if stored.as_ref().is_some_and(|at| at.value.checked_at <= now && at.value.later_than(health)) {
            return Ok(());
        }
        let expect = stored.map_or(Expect::Absent, |at| at.expect);
        match tenant.world.transact(vec![records::put(records::health(), expect, health)]).await {
            Err(StoreError::Conflict) => {}
            other => return other,
        }
    }
    Ok(())
}

/// What Jira and Atlassian answer about an account, asked all at once.
struct Answers {
    user: Result<Account, JiraRefused>,
    /// Whether there is access to any; `None` when Jira does not say.
    products: Result<Option<bool>, JiraRefused>,
    administers: Result<bool, JiraRefused>,
    reach: Result<Reach, JiraRefused>,
    listed: Result<Vec<Listed>, JiraRefused>,
}

impl Answers {
    fn turned_away(&self) -> bool {
        let away = |refused: Option<&JiraRefused>| refused == Some(&JiraRefused::Unauthenticated);
        away(self.products.as_ref().err())
            || away(self.administers.as_ref().err())
            || away(self.reach.as_ref().err())
            || away(self.listed.as_ref().err())
    }

    /// Every check, with what else was found out.
    fn checks(&self, works: CheckResult, scopes: CheckResult, webhooks: CheckResult) -> Vec<Check> {
        let mut checks = vec![
            Check { name: CheckName::GrantWorks, result: works },
            Check { name: CheckName::AccountActive, result: active(&self.user) },
        ];
        checks.extend(product_access(&self.products));
        checks.extend([
            Check { name: CheckName::JiraAdministrator, result: administrator(&self.administers) },
            Check { name: CheckName::ScopesComplete, result: scopes },
            Check { name: CheckName::SiteCovered, result: covered(&self.reach) },
            Check { name: CheckName::WebhooksRegistered, result: webhooks },
        ]);
        checks
    }
}

async fn answers<W: World>(
    tenant: &Tenant<'_, W>,
    principal: Principal,
    account: &AccountId,
    token: &Secret,
) -> Answers {
    let (products, administers) = (jira::my_products(), jira::administers());
    let (user, products, administers, reach, listed) = join!(
        user(tenant, principal, account),
        ask::jira(tenant, token, &products),
        ask::jira(tenant, token, &administers),
        ask::reach(tenant, token, &tenant.cloud_id, &REQUIRED),
        webhooks::listed(tenant, token),
    );
    Answers {
        user,
        products: products.map(|answer| jira::read_product_access(&answer)),
        administers: administers.map(|answer| jira::read_administers(&answer)),
        reach,
        listed,
    }
}

async fn user<W: World>(
    tenant: &Tenant<'_, W>,
    principal: Principal,
    account: &AccountId,
) -> Result<Account, JiraRefused> {
    jira::read_account(&ask::forge(tenant, principal, &jira::user(account)).await?)
}

/// The checks of an account whose grant rests among the grants until it may become main authorized user: its grant and an
/// access token with them. A token that Jira turns away may only have ended early: one refresh tells.
///
/// # Errors
/// [`NoAccess`] when there is no token.
pub async fn resting<W: World>(
    tenant: &Tenant<'_, W>,
    principal: Principal,
    account: &AccountId,
    site: &Site,
) -> Result<(ParkedGrant, Vec<Check>, Secret), NoAccess> {
    let mut turned_away = None;
    loop {
        let held = access(tenant, account, turned_away).await?;
        let parked = ParkedGrant {
            account: held.grant.account.clone(),
            scopes: held.grant.scopes.clone(),
            site: site.clone(),
            obtained_at: tenant.world.now(),
            access_expires_at: held.grant.access_expires_at,
            presented_at: None,
        };
        let checks = candidate(tenant, principal, &parked, &held.token).await;
        let dead =
            |check: &Check| matches!(check.result, CheckResult::Failed { failure: CheckFailure::GrantDead { .. } });
        if turned_away.is_some() || !checks.iter().any(dead) {
            return Ok((parked, checks, held.token));
        }
        turned_away = Some(held.grant.version);
    }
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
        Ok(listed) => match webhooks::foreign(tenant, listed).await {
            Ok(foreign) if foreign >= LIMIT => failed(webhooks::full(foreign)),
            Ok(_) => CheckResult::Passed,
            Err(refused) => unanswered(&refused),
        },
        Err(refused) => unanswered(refused),
    };
    let works = match &answers.reach {
        // A parked access token is minutes old: whoever turns it away does so for good.
        _ if answers.turned_away() => {
            failed(CheckFailure::GrantDead { reason: ReauthorizationReason::RevokedOrPasswordChanged })
        }
        Ok(_) => CheckResult::Passed,
        Err(refused) => unanswered(refused),
    };
    let missing = parked.scopes.missing(&REQUIRED);
    let scopes = if missing.is_empty() { CheckResult::Passed } else { failed(CheckFailure::ScopesMissing { missing }) };
    answers.checks(works, scopes, room)
}

/// What a look at the main authorized user found.
struct Found {
    checks: Vec<Check>,
    facts: Facts,
    /// Its webhooks as Jira lists them now, where that is known.
    mended: Option<Vec<Registered>>,
}

async fn examine<W: World>(
    tenant: &Tenant<'_, W>,
    principal: Principal,
    main: &MainUser,
    settled: bool,
) -> Result<Found, StoreError> {
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
            Ok(healthy(main, &held.grant, &answers, hooks))
        }
        (Err(NoAccess::Storage(error)), _) => Err(error),
        (Err(none), _) => Ok(unhealthy(tenant, main, principal, none).await),
        (Ok(_), None) => Err(StoreError::Conflict),
    }
}

/// The webhooks as Jira lists them, and what that says of them.
struct Hooks {
    listed: Option<Vec<Registered>>,
    result: CheckResult,
}

impl Hooks {
    /// Those that Jira lists of so many.
    fn of(listed: Vec<Registered>, wanted: usize) -> Self {
        let (registered, wanted) = (count(listed.len()), count(wanted));
        let missing = registered < wanted;
        let result =
            if missing { failed(CheckFailure::WebhooksMissing { registered, wanted }) } else { CheckResult::Passed };
        Self { listed: Some(listed), result }
    }
}

/// Looks at the webhooks. Unless a change is about to move them they are made to fit the projects that the account sees
/// today, and renewed when their time is near.
async fn hooks<W: World>(
    tenant: &Tenant<'_, W>,
    main: &MainUser,
    settled: bool,
    token: &Secret,
    listed: &Result<Vec<Listed>, JiraRefused>,
) -> Hooks {
    let listed = match listed {
        Ok(listed) => listed,
        Err(refused) => return Hooks { listed: None, result: unanswered(refused) },
    };
    if !settled {
        let ours = |hook: &&Listed| main.webhooks.iter().any(|webhook| webhook.id == hook.id);
        let there: Vec<Registered> = listed.iter().filter(ours).map(Listed::registered).collect();
        return Hooks::of(there, main.webhooks.len());
    }
    let there = match webhooks::ensure(tenant, token, listed, &[], None).await {
        Ok(there) if there.is_empty() => {
            return Hooks { listed: Some(there), result: failed(CheckFailure::NoProjects) };
        }
        Ok(there) => there,
        Err(webhooks::Trouble::Failed(failure)) => return Hooks { listed: None, result: failed(failure) },
        Err(webhooks::Trouble::Refused(refused)) => return Hooks { listed: None, result: unanswered(&refused) },
    };
    let now = tenant.world.now();
    if there.iter().all(|hook| hook.expires_at.is_none_or(|at| at.since(now) >= RENEW_BEFORE)) {
        return Hooks { listed: Some(there), result: CheckResult::Passed };
    }
    let ids: Vec<WebhookId> = there.iter().map(|hook| hook.id).collect();
    match webhooks::renew(tenant, token, &ids).await {
        Ok(renewed) => Hooks::of(renewed, ids.len()),
        Err(refused) => Hooks { listed: Some(there), result: unanswered(&refused) },
    }
}

fn healthy(main: &MainUser, grant: &Grant, answers: &Answers, hooks: Hooks) -> Found {
    let missing = grant.scopes.missing(&REQUIRED);
    let granted = count(REQUIRED.len() - missing.len());
    let works = match &answers.reach {
        Ok(_) => CheckResult::Passed,
        Err(refused) => unanswered(refused),
    };
    let registered = hooks.listed.as_deref();
    let facts = Facts {
        refreshed_at: Some(grant.refreshed_at),
        idles_out_at: Some(grant.idles_out_at()),
        scopes_granted: Some(granted),
        site_url: Some(main.site.url.clone()),
        webhooks: registered.map(|hooks| count(hooks.len())),
        webhooks_expire_at: first_to_expire(registered.unwrap_or(&main.webhooks)),
    };
    let scopes = if missing.is_empty() { CheckResult::Passed } else { failed(CheckFailure::ScopesMissing { missing }) };
    Found { checks: answers.checks(works, scopes, hooks.result), facts, mended: hooks.listed }
}

/// Without an access token only the account itself can still be asked about.
async fn unhealthy<W: World>(tenant: &Tenant<'_, W>, main: &MainUser, principal: Principal, none: NoAccess) -> Found {
    let user = user(tenant, principal, &main.account.person.account_id).await;
    let unknown = |because| (CheckResult::Unknown { because }, because);
    let (works, because) = match none {
        NoAccess::Dead(reason) => (failed(CheckFailure::GrantDead { reason }), Unreachable::EarlierCheck),
        NoAccess::NoGrant => {
            let reason = ReauthorizationReason::NotRenewable;
            (failed(CheckFailure::GrantDead { reason }), Unreachable::EarlierCheck)
        }
        NoAccess::ClientSecretRejected => (failed(CheckFailure::ClientSecretRejected), Unreachable::EarlierCheck),
        NoAccess::Busy => unknown(Unreachable::Renewal),
        NoAccess::Limited { .. } | NoAccess::Unavailable { .. } => unknown(Unreachable::AuthorizationServer),
        NoAccess::Storage(_) => unknown(Unreachable::Storage),
    };
    let unknown = CheckResult::Unknown { because };
    let checks = vec![
        Check { name: CheckName::GrantWorks, result: works },
        Check { name: CheckName::AccountActive, result: active(&user) },
        Check { name: CheckName::ProductAccess, result: unknown.clone() },
        Check { name: CheckName::JiraAdministrator, result: unknown.clone() },
        Check { name: CheckName::ScopesComplete, result: unknown.clone() },
        Check { name: CheckName::SiteCovered, result: unknown.clone() },
        Check { name: CheckName::WebhooksRegistered, result: unknown },
    ];
    // What runs out while it cannot be renewed is what an administrator must know.
    let grant = records::load::<Grant>(tenant.world, &records::grant(&main.account.person.account_id)).await;
    let grant = grant.ok().flatten().map(|at| at.value).filter(|grant| grant.state == GrantState::Working);
    let facts = Facts {
        refreshed_at: grant.as_ref().map(|grant| grant.refreshed_at),
        idles_out_at: grant.as_ref().map(Grant::idles_out_at),
        site_url: Some(main.site.url.clone()),
        webhooks_expire_at: first_to_expire(&main.webhooks),
        ..Facts::default()
    };
    Found { checks, facts, mended: None }
}

fn first_to_expire(webhooks: &[Registered]) -> Option<Timestamp> {
    webhooks.iter().filter_map(|hook| hook.expires_at).min()
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

/// `None` when Jira answers and does not say: that must not keep anybody from a change.
fn product_access(products: &Result<Option<bool>, JiraRefused>) -> Option<Check> {
    let result = match products {
        Ok(Some(true)) => CheckResult::Passed,
        Ok(Some(false)) | Err(JiraRefused::Forbidden) => failed(CheckFailure::NoProductAccess),
        Ok(None) => return None,
        Err(refused) => unanswered(refused),
    };
    Some(Check { name: CheckName::ProductAccess, result })
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
