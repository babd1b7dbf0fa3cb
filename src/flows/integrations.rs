//! Integrations, as administrators settle them. What nobody has seen nobody overwrites.

use crate::api::{ErrorCode, IntegrationProblem, IntegrationsView, Reply};
use crate::domain::account::Person;
use crate::domain::connection::{Connection, MainUser};
use crate::domain::count;
use crate::domain::integration::{
    End, Integration, IntegrationId, IntegrationRefused, Integrations, LIMIT, Side, Terms,
};
use crate::domain::pair::Pairs;
use crate::domain::time::Timestamp;
use crate::jira;
use crate::ports::{StoreError, World, Write};
use crate::records::{self, At};
use crate::tenant::Called;
use crate::url::hex;
use futures_util::join;

use super::integrations_view::view;
use super::limits::listed;
use super::mirror::{Ends, Trouble};
use super::other_sites::{elsewhere, unanswered};
use super::{caller, issue_types, limits};

/// How often a change is made anew on what somebody else did to another integration meanwhile.
const TRIES: usize = 3;

/// How many lanes are deleted in one transaction.
const AT_ONCE: usize = 20;

/// Answers [`crate::api::Request::Integrations`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn list<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    caller::administrator(called).await?;
    shown(called).await
}

/// Answers [`crate::api::Request::CreateIntegration`].
///
/// # Errors
/// [`ErrorCode`]; nothing is created.
pub async fn create<W: World>(called: &Called<'_, W>, terms: Terms) -> Result<Reply, ErrorCode> {
    let (by, asked, main) = asked(called).await?;
    let terms = checked(called, &asked, terms)?;
    may_join(called, main.as_ref(), &terms).await?;
    issue_types::checked(called, main.as_ref(), &terms, None).await?;
    let id = hex(&called.world.random()[..16]);
    let id = IntegrationId::parse(id).map_err(|_| ErrorCode::InvalidRequest)?;
    let new = Integration::new(id, terms, by, called.world.now());
    settle(called, asked, &|all| fitting(&all, new.clone())).await?;
    shown(called).await
}

/// Answers [`crate::api::Request::ChangeIntegration`].
///
/// # Errors
/// [`ErrorCode`]; nothing is changed.
pub async fn change<W: World>(
    called: &Called<'_, W>,
    id: &IntegrationId,
    seen: Timestamp,
    terms: Terms,
) -> Result<Reply, ErrorCode> {
    let (by, asked, main) = asked(called).await?;
    let own = as_seen(&asked.value, id, seen)?.clone();
    let terms = checked(called, &asked, terms)?;
    if (&terms.here, &terms.there) != (&own.terms.here, &own.terms.there) {
        let pairs: At<Pairs> = records::load_or_default(called.world, &records::mirror::pairs(id)).await?;
        if !pairs.value.0.is_empty() {
            return Err(refused(IntegrationProblem::Paired));
        }
    }
    may_join(called, main.as_ref(), &terms).await?;
    let before = own.terms.counterparts.filter(|_| (&terms.here, &terms.there) == (&own.terms.here, &own.terms.there));
    issue_types::checked(called, main.as_ref(), &terms, before).await?;
    let now = called.world.now();
    let changed = |all: Integrations| {
        let own = as_seen(&all, id, seen)?.clone();
        let at = later(&own, now);
        let changed = own.resettled(terms.clone(), by.clone(), at);
        fitting(&all, changed)
    };
    settle(called, asked, &changed).await?;
    shown(called).await
}

/// Answers [`crate::api::Request::SwitchIntegration`].
///
/// # Errors
/// [`ErrorCode`]; it is as it was.
pub async fn switch<W: World>(
    called: &Called<'_, W>,
    id: &IntegrationId,
    seen: Timestamp,
    on: bool,
) -> Result<Reply, ErrorCode> {
    let (by, asked, main) = asked(called).await?;
    let own = as_seen(&asked.value, id, seen)?;
    // Whoever lost a project can still disable what is joined with it.
    if on {
        may_join(called, main.as_ref(), &own.terms.clone()).await?;
    }
    let now = called.world.now();
    let switched = |all: Integrations| {
        let own = as_seen(&all, id, seen)?.clone();
        let at = later(&own, now);
        with(&all, own.switched(on, by.clone(), at))
    };
    settle(called, asked, &switched).await?;
    shown(called).await
}

/// Answers [`crate::api::Request::RemoveIntegration`].
///
/// # Errors
/// [`ErrorCode`]; it is still there.
pub async fn remove<W: World>(called: &Called<'_, W>, id: &IntegrationId, seen: Timestamp) -> Result<Reply, ErrorCode> {
    let (_, asked, _) = asked(called).await?;
    as_seen(&asked.value, id, seen)?;
    let key = records::mirror::pairs(id);
    let pairs: At<Pairs> = records::load_or_default(called.world, &key).await?;
    let removed = |all: Integrations| {
        as_seen(&all, id, seen)?;
        all.without(id).map_err(|_| ErrorCode::NoSuchIntegration)
    };
    settle(called, asked, &removed).await?;
    // What is left of it is of no use to anybody: a name is never given twice. The records of its mirrors stay, for they tell
    // that those comments are ours.
    let of_pair = |here| [records::mirror::lane(id, here), records::mirror::assignment(id, here)];
    let lanes = pairs.value.0.iter().flat_map(|pair| of_pair(pair.here));
    let gone: Vec<Write> = lanes
        .chain([key, records::mirror::intake(id), records::mirror::lanes(id)])
        .map(|key| Write::Delete { key, expect: None })
        .collect();
    for some in gone.chunks(AT_ONCE) {
        let _ = called.world.transact(some.to_vec()).await;
    }
    shown(called).await
}

async fn shown<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let integrations: IntegrationsView = view(called).await?;
    Ok(Reply::Integrations { integrations: Box::new(integrations) })
}

/// The administrator who asks, what is kept, and the main authorized user.
async fn asked<W: World>(called: &Called<'_, W>) -> Result<(Person, At<Integrations>, Option<MainUser>), ErrorCode> {
    let keys = (records::mirror::integrations(), records::connection());
    let (allowed, by, all, connection) = join!(
        caller::administrator(called),
        caller::myself(called),
        records::load_or_default::<Integrations>(called.world, &keys.0),
        records::load_or_default::<Connection>(called.world, &keys.1),
    );
    allowed?;
    Ok((by?, all?, connection?.value.main))
}

/// Records a change, on what others did to other integrations where they were first.
async fn settle<W: World>(
    called: &Called<'_, W>,
    mut at: At<Integrations>,
    change: &dyn Fn(Integrations) -> Result<Integrations, ErrorCode>,
) -> Result<(), ErrorCode> {
    let key = records::mirror::integrations();
    for left in (0..TRIES).rev() {
        let changed = change(at.value)?;
        match called.world.transact(vec![records::put(key.clone(), at.expect, &changed)]).await {
            Ok(()) => return Ok(()),
            Err(StoreError::Conflict) if left > 0 => at = records::load_or_default(called.world, &key).await?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(ErrorCode::Conflict)
}

/// The integration, if it is as somebody saw it.
fn as_seen<'a>(all: &'a Integrations, id: &IntegrationId, seen: Timestamp) -> Result<&'a Integration, ErrorCode> {
    let own = all.get(id).ok_or(ErrorCode::NoSuchIntegration)?;
    if own.changed_at == seen {
        return Ok(own);
    }
    Err(ErrorCode::IntegrationChanged { by: own.changed_by.clone(), at: own.changed_at })
}

/// When a change counts as made: always later than the one before, for that is how two are told apart.
fn later(own: &Integration, now: Timestamp) -> Timestamp {
    now.max(Timestamp(own.changed_at.0 + 1))
}

fn with(all: &Integrations, own: Integration) -> Result<Integrations, ErrorCode> {
    all.clone().with(own).map_err(|why| told(all, why))
}

/// The same for one with other terms, whose tables may be too large.
fn fitting(all: &Integrations, own: Integration) -> Result<Integrations, ErrorCode> {
    with(all, own)?.fitting(all).map_err(|why| told(all, why))
}

fn checked<W: World>(called: &Called<'_, W>, all: &At<Integrations>, terms: Terms) -> Result<Terms, ErrorCode> {
    terms.checked(&called.cloud_id).map_err(|why| told(&all.value, why))
}

fn refused(problem: IntegrationProblem) -> ErrorCode {
    ErrorCode::IntegrationRefused { problem }
}

/// A refusal as the panel shows it.
fn told(all: &Integrations, why: IntegrationRefused) -> ErrorCode {
    refused(match why {
        IntegrationRefused::Name => IntegrationProblem::Name,
        IntegrationRefused::Sites => IntegrationProblem::Sites,
        IntegrationRefused::Word => IntegrationProblem::Word,
        IntegrationRefused::Assignees => IntegrationProblem::Assignees,
        IntegrationRefused::Restrictions => IntegrationProblem::Restrictions,
        IntegrationRefused::Counterparts => IntegrationProblem::Counterparts,
        IntegrationRefused::Large => IntegrationProblem::Large,
        IntegrationRefused::Joined(other) => {
            let name = all.get(&other).map(|other| other.terms.name.clone()).unwrap_or_default();
            IntegrationProblem::Joined { name }
        }
        IntegrationRefused::Full => return ErrorCode::ListFull { most: count(LIMIT) },
        IntegrationRefused::Unknown => return ErrorCode::NoSuchIntegration,
    })
}

/// Whether the two projects may be joined: the caller sees the one here, the app's settings do not leave it out, and the main
/// authorized user sees both.
async fn may_join<W: World>(called: &Called<'_, W>, main: Option<&MainUser>, terms: &Terms) -> Result<(), ErrorCode> {
    let main = main.ok_or(ErrorCode::NotConnected)?;
    let numbers = [terms.here.project];
    let (seen, limits, site) = join!(
        limits::projects(called, &numbers),
        limits::read(called.world),
        elsewhere(called, main, &terms.there.cloud_id),
    );
    let no_project = |end| refused(IntegrationProblem::NoSuchProject { end });
    let seen = seen?;
    let project = seen.iter().find(|project| project.id == terms.here.project).ok_or(no_project(End::Here))?;
    if !limits?.projects.admits(project.id, project.category) {
        return Err(ErrorCode::ProjectLeftOut);
    }
    site?;
    let account = main.account.person.account_id.clone();
    let ends = Ends::new(called, called.elsewhere(&terms.there.cloud_id), account);
    let (here, there) = join!(sees(&ends, End::Here, &terms.here), sees(&ends, End::There, &terms.there));
    for (end, sees) in [(End::Here, here?), (End::There, there?)] {
        if !sees {
            return Err(no_project(end));
        }
    }
    Ok(())
}

/// Whether the main authorized user sees a project.
async fn sees<W: World>(ends: &Ends<'_, '_, W>, end: End, side: &Side) -> Result<bool, ErrorCode> {
    let found = match ends.as_main(end, &jira::projects_by_number(&[side.project])).await {
        Ok(page) => Ok(page),
        Err(Trouble::Jira(refused)) => Err(refused),
        Err(trouble) => return Err(unanswered(trouble)),
    };
    let found = listed(found).map_err(|refused| caller::unavailable(&refused))?;
    Ok(found.iter().any(|project| project.id == side.project))
}
