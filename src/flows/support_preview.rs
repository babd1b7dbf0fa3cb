//! What support sees, and nothing else: the one way from the records to it. The door shows it, and so does the panel, so
//! that an administrator sees beforehand what support would see.

use crate::api::{Found, Preview, PreviewCheck, PreviewIntegration, PreviewProjects, PreviewSettings, PreviewWhich};
use crate::domain::change::Change;
use crate::domain::connection::Connection;
use crate::domain::count;
use crate::domain::health::{Badge, Check, CheckResult, Health};
use crate::domain::integration::{End, Integration, Integrations, Terms, Which};
use crate::domain::limits::{Limits, ProjectLimit};
use crate::domain::pair::Pairs;
use crate::domain::settings::Settings;
use crate::ports::{StoreError, World};
use crate::records::{self, At};
use crate::tenant::Tenant;
use futures_util::future::try_join_all;
use futures_util::join;

use super::{lifecycle, shared_runs};

/// The version that the changelog names. There is no other source of it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Reads what support sees.
///
/// # Errors
/// [`StoreError`]
pub async fn preview<W: World>(tenant: &Tenant<'_, W>) -> Result<Preview, StoreError> {
    let world = tenant.world;
    let keys = (records::connection(), records::health(), records::settings(), records::limits());
    let (instance, connection, health, settings, limits, integrations, runs) = join!(
        lifecycle::instance(tenant),
        records::load_or_default::<Connection>(world, &keys.0),
        records::load::<Health>(world, &keys.1),
        records::load_or_default::<Settings>(world, &keys.2),
        records::load_or_default::<Limits>(world, &keys.3),
        integrations(tenant),
        shared_runs::list(tenant),
    );
    let (instance, connection): (_, At<Connection>) = (instance?, connection?);
    let connection = connection.value;
    // Checks of another main authorized user tell nothing of this one.
    let health = health?.map(|at| at.value).filter(|health| health.generation == connection.generation);
    let limits = limits?.value;
    Ok(Preview {
        version: VERSION.to_owned(),
        instance_id: instance.id,
        environment: tenant.environment_type.clone(),
        installed_at: instance.installed_at,
        badge: match (&connection.main, &health) {
            (None, _) => Badge::NotConnected,
            (Some(_), None) => Badge::Unchecked,
            (Some(_), Some(health)) => health.badge(),
        },
        connected: connection.main.is_some(),
        generation: connection.generation,
        changing: connection.change.as_ref().is_some_and(Change::under_way),
        checked_at: health.as_ref().map(|health| health.checked_at),
        checks: health.iter().flat_map(|health| &health.checks).map(check).collect(),
        webhooks: health.as_ref().and_then(|health| health.facts.webhooks),
        settings: of_settings(settings?.value),
        projects: of_projects(limits.projects),
        administrators: limits.administrators.map(|people| count(people.len())),
        integrations: integrations?,
        runs: runs?,
    })
}

/// The app's integrations.
///
/// # Errors
/// [`StoreError`]
async fn integrations<W: World>(tenant: &Tenant<'_, W>) -> Result<Vec<PreviewIntegration>, StoreError> {
    let key = records::mirror::integrations();
    let all: At<Integrations> = records::load_or_default(tenant.world, &key).await?;
    let of = all.value.0.into_iter().map(async |own| {
        let key = records::mirror::pairs(&own.id);
        let pairs: At<Pairs> = records::load_or_default(tenant.world, &key).await?;
        Ok(of_integration(own, count(pairs.value.0.len())))
    });
    try_join_all(of).await
}

fn of_integration(integration: Integration, pairs: u32) -> PreviewIntegration {
    let Integration {
        id,
        terms,
        enabled_since,
        here_since: _,
        there_since: _,
        following_since: _,
        counterparts_since: _,
        changed_by: _,
        changed_at: _,
    } = integration;
    let Terms {
        name: _,
        here,
        there,
        direction,
        which,
        assignees,
        restrictions,
        to_customers,
        following,
        counterparts,
    } = terms;
    let counterparts = counterparts.unwrap_or_default();
    let creates = [(End::Here, counterparts.here), (End::There, counterparts.there)];
    PreviewIntegration {
        id: id.into(),
        enabled: enabled_since.is_some(),
        here: here.project,
        there: there.project,
        direction,
        which: match which {
            Which::All => PreviewWhich::All,
            Which::PublicOnly => PreviewWhich::PublicOnly,
            Which::Word { word: _ } => PreviewWhich::Word,
        },
        to_customers,
        creates: creates.into_iter().filter_map(|(end, wanted)| wanted.map(|_| end)).collect(),
        assignees: count(assignees.len()),
        following,
        restrictions: count(restrictions.len()),
        pairs,
    }
}

/// Why a check failed may name sites, scopes and Jira's own words, so that only its name and its outcome are shown.
fn check(check: &Check) -> PreviewCheck {
    let found = match &check.result {
        CheckResult::Passed => Found::Passed,
        CheckResult::Failed { .. } => Found::Failed,
        CheckResult::Unknown { .. } => Found::Unknown,
    };
    PreviewCheck { name: check.name, found }
}

/// Field by field, here and below, so that whoever adds a setting decides whether support sees it.
fn of_settings(settings: Settings) -> PreviewSettings {
    let Settings { policy, grace_days, fallback, runs_days: _ } = settings;
    PreviewSettings { policy, grace_days, fallback, runs_days: settings.runs_kept_days() }
}

fn of_projects(limit: ProjectLimit) -> PreviewProjects {
    let ProjectLimit { kind, projects, categories } = limit;
    PreviewProjects { kind, projects, categories }
}
