//! The other sites that the main authorized user's grant reaches, with their projects and people, to choose from.

use crate::api::{Candidate, ErrorCode, IntegrationProblem, Reply};
use crate::domain::account::Account;
use crate::domain::connection::{Connection, MainUser};
use crate::domain::integration::End;
use crate::domain::register::looks_personal;
use crate::domain::scope::REQUIRED_OF_JIRA;
use crate::domain::site::{CloudId, Site};
use crate::jira::{self, JiraRequest};
use crate::ports::World;
use crate::records;
use crate::secret::Secret;
use crate::tenant::{Called, Tenant};
use futures_util::join;
use serde_json::Value;

use super::held::with_grant;
use super::limits::{listed, named};
use super::mirror::{Ends, Trouble};
use super::{ask, caller};

/// Longest text that is searched for, in characters.
const LONGEST: usize = 100;

/// Answers [`crate::api::Request::OtherSites`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn list<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let (allowed, main) = join!(caller::administrator(called), main_user(called));
    allowed?;
    let mut sites = reached(called, &main?).await.map_err(unanswered)?;
    sites.retain(|site| site.cloud_id != called.cloud_id);
    sites.sort_by_key(|site| site.name.to_lowercase());
    Ok(Reply::OtherSites { sites })
}

/// Answers [`crate::api::Request::FindProjectsThere`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn find_projects<W: World>(called: &Called<'_, W>, site: &CloudId, query: &str) -> Result<Reply, ErrorCode> {
    let (_, found) = search(called, site, query, &jira::project_search(query)).await?;
    let found = listed(found).map_err(|refused| caller::unavailable(&refused))?;
    Ok(Reply::Projects { projects: found.into_iter().map(named).collect() })
}

/// Answers [`crate::api::Request::FindPeopleThere`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn find_people<W: World>(called: &Called<'_, W>, site: &CloudId, query: &str) -> Result<Reply, ErrorCode> {
    let (main, found) = search(called, site, query, &jira::user_search(query)).await?;
    let users = found.map_err(|refused| caller::unavailable(&refused))?;
    let candidate = |account: Account| Candidate {
        unsuitable: account.suitable().err(),
        looks_personal: looks_personal(&account.person.display_name),
        is_main: main.account.person.account_id == account.person.account_id,
        account,
    };
    Ok(Reply::Accounts { accounts: jira::read_accounts(&users).into_iter().map(candidate).collect() })
}

/// Asks another site as the main authorized user, once it is certain that an administrator wants it and that the grant
/// reaches the site: Jira is never asked with a token about a site of somebody's choice.
async fn search<W: World>(
    called: &Called<'_, W>,
    site: &CloudId,
    query: &str,
    request: &JiraRequest,
) -> Result<(MainUser, Result<Value, jira::JiraRefused>), ErrorCode> {
    if query.chars().count() > LONGEST {
        return Err(ErrorCode::InvalidRequest);
    }
    let (allowed, main) = join!(caller::administrator(called), main_user(called));
    allowed?;
    let main = main?;
    elsewhere(called, &main, site).await?;
    let account = main.account.person.account_id.clone();
    let ends = Ends::new(called, called.elsewhere(site), account);
    match ends.as_main(End::There, request).await {
        Ok(found) => Ok((main, Ok(found))),
        Err(Trouble::Jira(refused)) => Ok((main, Err(refused))),
        Err(trouble) => Err(unanswered(trouble)),
    }
}

/// The main authorized user.
///
/// # Errors
/// [`ErrorCode::NotConnected`]
pub async fn main_user<W: World>(tenant: &Tenant<'_, W>) -> Result<MainUser, ErrorCode> {
    let connection = records::load_or_default::<Connection>(tenant.world, &records::connection()).await?;
    connection.value.main.ok_or(ErrorCode::NotConnected)
}

/// Another site that the main authorized user's grant reaches, with every scope that the app needs there.
///
/// # Errors
/// [`IntegrationProblem::SiteOutOfReach`] among others.
pub async fn elsewhere<W: World>(tenant: &Tenant<'_, W>, main: &MainUser, site: &CloudId) -> Result<Site, ErrorCode> {
    let sites = reached(tenant, main).await.map_err(unanswered)?;
    let found = sites.into_iter().find(|own| own.cloud_id == *site && own.cloud_id != tenant.cloud_id);
    found.ok_or(ErrorCode::IntegrationRefused { problem: IntegrationProblem::SiteOutOfReach })
}

/// Every site that the main authorized user's grant reaches, with every scope that the app needs there.
///
/// # Errors
/// [`Trouble`]
pub async fn reached<W: World>(tenant: &Tenant<'_, W>, main: &MainUser) -> Result<Vec<Site>, Trouble> {
    let look = async |token: &Secret| ask::sites(tenant, token, &REQUIRED_OF_JIRA).await;
    Ok(with_grant(tenant, &main.account.person.account_id, look).await?)
}

/// Why a site did not answer, as the panel shows it.
#[must_use]
pub fn unanswered(trouble: Trouble) -> ErrorCode {
    match trouble {
        Trouble::Jira(refused) => caller::unavailable(&refused),
        Trouble::TurnedAway { retry_after_s } => ErrorCode::JiraUnavailable { retry_after_s },
        Trouble::NoGrant => ErrorCode::MainGrantDead,
        Trouble::NotNow { retry_after_s } => ErrorCode::AuthorizationServerUnavailable { retry_after_s },
    }
}
