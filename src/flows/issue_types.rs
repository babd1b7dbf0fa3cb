//! Types of issue that the main authorized user may create in a project, to choose the one of counterparts from.

use crate::api::{ErrorCode, IntegrationProblem, IssueTypeRow, Reply};
use crate::domain::connection::MainUser;
use crate::domain::intake::Counterparts;
use crate::domain::integration::{End, Terms};
use crate::domain::limits::JiraNumber;
use crate::domain::site::CloudId;
use crate::jira::counterparts::{NamedType, TYPES, read_types};
use crate::jira::{JiraRefused, trial};
use crate::ports::World;
use crate::tenant::Called;
use futures_util::future::join_all;
use futures_util::join;

use super::mirror::{Ends, Trouble};
use super::other_sites::{elsewhere, main_user, unanswered};
use super::{caller, limits};

/// Answers [`crate::api::Request::IssueTypes`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn list<W: World>(called: &Called<'_, W>, site: &CloudId, project: JiraNumber) -> Result<Reply, ErrorCode> {
    let (allowed, main) = join!(caller::administrator(called), main_user(called));
    allowed?;
    let main = main?;
    // Jira is never asked with a token about a site of somebody's choice.
    let end = if *site == called.cloud_id {
        // Nobody tells the caller of a project that Jira does not show to them.
        if limits::projects(called, &[project]).await?.is_empty() {
            return Err(ErrorCode::IntegrationRefused {
                problem: IntegrationProblem::NoSuchProject { end: End::Here },
            });
        }
        End::Here
    } else {
        elsewhere(called, &main, site).await?;
        End::There
    };
    let ends = Ends::new(called, called.elsewhere(site), main.account.person.account_id.clone());
    let named = match types(&ends, end, project).await {
        Ok(named) => named,
        // Jira says so of a project that is not there, or not to be seen.
        Err(Trouble::Jira(JiraRefused::NotFound | JiraRefused::Forbidden | JiraRefused::Unexpected(_))) => {
            return Err(ErrorCode::IntegrationRefused { problem: IntegrationProblem::NoSuchProject { end } });
        }
        Err(trouble) => return Err(unanswered(trouble)),
    };
    let wanted = join_all(named.iter().take(TYPES).map(async |own| wants(&ends, end, project, own.id).await)).await;
    let mut rows = Vec::new();
    for (own, wants) in named.into_iter().zip(wanted) {
        let wants = match wants {
            Ok(wants) => wants,
            // It was taken from the project meanwhile.
            Err(Trouble::Jira(JiraRefused::NotFound | JiraRefused::Forbidden | JiraRefused::Unexpected(_))) => continue,
            Err(trouble) => return Err(unanswered(trouble)),
        };
        rows.push(IssueTypeRow { id: own.id, name: own.name, wants });
    }
    Ok(Reply::IssueTypes { types: rows })
}

async fn types<W: World>(ends: &Ends<'_, '_, W>, end: End, project: JiraNumber) -> Result<Vec<NamedType>, Trouble> {
    Ok(read_types(&ends.as_main(end, &trial::issue_types(project)).await?)?)
}

/// Names of fields that an issue of this type cannot do without, and that the app does not know.
async fn wants<W: World>(
    ends: &Ends<'_, '_, W>,
    end: End,
    project: JiraNumber,
    id: JiraNumber,
) -> Result<Vec<String>, Trouble> {
    Ok(trial::read_fields(&ends.as_main(end, &trial::fields(project, id)).await?, id)?.wants)
}

/// Whether counterparts can be created as the types that are wanted. Those of before are not asked about again.
///
/// # Errors
/// [`ErrorCode`]
pub async fn checked<W: World>(
    called: &Called<'_, W>,
    main: Option<&MainUser>,
    terms: &Terms,
    before: Option<Counterparts>,
) -> Result<(), ErrorCode> {
    let (new, old) = (terms.counterparts.unwrap_or_default(), before.unwrap_or_default());
    let main = main.ok_or(ErrorCode::NotConnected)?;
    let ends = Ends::new(called, called.elsewhere(&terms.there.cloud_id), main.account.person.account_id.clone());
    for (end, new, old) in [(End::Here, new.here, old.here), (End::There, new.there, old.there)] {
        let Some(wanted) = new.filter(|_| new != old) else { continue };
        let fits = match wants(&ends, end, terms.side(end).project, wanted).await {
            Ok(wants) => wants.is_empty(),
            Err(Trouble::Jira(JiraRefused::NotFound | JiraRefused::Forbidden | JiraRefused::Unexpected(_))) => false,
            Err(trouble) => return Err(unanswered(trouble)),
        };
        if !fits {
            return Err(ErrorCode::IntegrationRefused { problem: IntegrationProblem::IssueType { end } });
        }
    }
    Ok(())
}
