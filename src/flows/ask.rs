//! How Atlassian is asked: through Forge as the caller or the app, and with a grant's access token.

use crate::domain::account::Account;
use crate::domain::site::{CloudId, Site};
use crate::identity::{Reach, read_me, read_reach, read_sites};
use crate::jira::{JiraRefused, JiraRequest, read};
use crate::ports::{Body, File, HttpRequest, HttpResponse, Principal, Unavailable, World};
use crate::secret::Secret;
use crate::tenant::Tenant;
use serde_json::Value;

/// Asks Jira through Forge.
///
/// # Errors
/// [`JiraRefused`]
pub async fn forge<W: World>(
    tenant: &Tenant<'_, W>,
    principal: Principal,
    request: &JiraRequest,
) -> Result<Value, JiraRefused> {
    read(tenant.world.jira(principal, request).await)
}

/// Asks this site's Jira with an access token.
///
/// # Errors
/// [`JiraRefused`]
pub async fn jira<W: World>(
    tenant: &Tenant<'_, W>,
    access: &Secret,
    request: &JiraRequest,
) -> Result<Value, JiraRefused> {
    read(send(tenant, access, request).await)
}

/// The same, with the answer as it came.
///
/// # Errors
/// [`Unavailable`]
pub async fn send<W: World>(
    tenant: &Tenant<'_, W>,
    access: &Secret,
    request: &JiraRequest,
) -> Result<HttpResponse, Unavailable> {
    let url = address(tenant, request);
    let body = request.body.as_ref().map(|body| Body::Plain(body.to_string()));
    tenant.world.http(HttpRequest { method: request.method, url, bearer: Some(access), body }).await
}

/// Sends a file to this site's Jira with an access token.
///
/// # Errors
/// [`JiraRefused`]
pub async fn upload<W: World>(
    tenant: &Tenant<'_, W>,
    access: &Secret,
    request: &JiraRequest,
    file: &File,
) -> Result<Value, JiraRefused> {
    let url = address(tenant, request);
    let body = Some(Body::File(file));
    read(tenant.world.http(HttpRequest { method: request.method, url, bearer: Some(access), body }).await)
}

fn address<W: World>(tenant: &Tenant<'_, W>, request: &JiraRequest) -> String {
    format!("{}/ex/jira/{}{}", tenant.config.api_origin, tenant.cloud_id.as_str(), request.path)
}

/// Asks Atlassian whose access token this is.
///
/// # Errors
/// [`JiraRefused`]
pub async fn me<W: World>(tenant: &Tenant<'_, W>, access: &Secret) -> Result<Account, JiraRefused> {
    let answer = identity(tenant, access, "/me").await?;
    read_me(&answer).ok_or_else(|| JiraRefused::Unexpected("Atlassian named no account".into()))
}

/// Asks Atlassian how the grant reaches a site, and which of these scopes it lacks there.
///
/// # Errors
/// [`JiraRefused`]
pub async fn reach<W: World>(
    tenant: &Tenant<'_, W>,
    access: &Secret,
    cloud_id: &CloudId,
    scopes: &[&str],
) -> Result<Reach, JiraRefused> {
    let answer = identity(tenant, access, "/oauth/token/accessible-resources").await?;
    read_reach(&answer, cloud_id, scopes).ok_or_else(|| JiraRefused::Unexpected("Atlassian listed no sites".into()))
}

/// Asks Atlassian which sites the grant reaches with all of these scopes.
///
/// # Errors
/// [`JiraRefused`]
pub async fn sites<W: World>(
    tenant: &Tenant<'_, W>,
    access: &Secret,
    scopes: &[&str],
) -> Result<Vec<Site>, JiraRefused> {
    let answer = identity(tenant, access, "/oauth/token/accessible-resources").await?;
    read_sites(&answer, scopes).ok_or_else(|| JiraRefused::Unexpected("Atlassian listed no sites".into()))
}

async fn identity<W: World>(tenant: &Tenant<'_, W>, access: &Secret, path: &str) -> Result<Value, JiraRefused> {
    let url = format!("{}{path}", tenant.config.api_origin);
    read(tenant.world.http(HttpRequest { method: "GET", url, bearer: Some(access), body: None }).await)
}
