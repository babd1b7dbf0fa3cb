//! Integrations as they are shown, by the names that both sites have now.

use crate::api::ErrorCode;
use crate::api::{IntegrationView, IntegrationsView, ListeningView, NamedProject, Unestablished};
use crate::domain::account::{AccountId, Person};
use crate::domain::connection::{Connection, MainUser};
use crate::domain::count;
use crate::domain::intake::Intake;
use crate::domain::integration::{End, Integration, Integrations, LIMIT};
use crate::domain::lane::Lane;
use crate::domain::limits::JiraNumber;
use crate::domain::pair::Pairs;
use crate::domain::site::{CloudId, Site};
use crate::jira::{self, mirrored};
use crate::ports::{Principal, StoreError, World};
use crate::records::mirror::{Lanes, Listened, Listening};
use crate::records::{self, At};
use crate::tenant::{Called, Tenant};
use futures_util::future::{join_all, try_join_all};
use futures_util::join;

use super::limits::{listed, named};
use super::mirror::{Ends, Trouble};
use super::other_sites::reached;
use super::{ask, check, limits};

/// How many accounts Jira is asked about at once: their ids stand in one address.
const PEOPLE: usize = 50;

/// How many lanes are read to count what is parked. Where there are more, the pages of pairs tell.
const LANES: usize = 200;

/// How many of them are read at once.
const AT_ONCE: usize = 25;

/// Everything about the integrations.
///
/// # Errors
/// [`ErrorCode`]
pub async fn view<W: World>(called: &Called<'_, W>) -> Result<IntegrationsView, ErrorCode> {
    let world = called.world;
    let keys = (records::connection(), records::mirror::integrations(), records::mirror::listening());
    let (connection, all, listening) = join!(
        records::load_or_default::<Connection>(world, &keys.0),
        records::load_or_default::<Integrations>(world, &keys.1),
        records::load_or_default::<Listening>(world, &keys.2),
    );
    let (connection, all, listening) = (connection?.value, all?.value, listening?.value);
    let numbers: Vec<JiraNumber> = all.0.iter().map(|own| own.terms.here.project).collect();
    let people: Vec<&AccountId> = all.0.iter().flat_map(|own| &own.terms.assignees).map(|pair| &pair.here).collect();
    let (here, people, there, paired) = join!(
        limits::projects(called, &numbers),
        people_here(called, &people),
        there(called, connection.main.as_ref(), connection.generation, &all),
        paired(called, &all),
    );
    let (here, paired, (there, unnamed)) = (here?, paired?, there?);
    let row = |(own, paired): (Integration, Paired)| {
        let Integration { id, terms, enabled_since, changed_by, changed_at, .. } = own;
        let other = there.iter().find(|other| other.site.cloud_id == terms.there.cloud_id);
        let known = |pair: &crate::domain::integration::Assignees| {
            let here = people.iter().find(|one| one.account_id == pair.here);
            let there = other.and_then(|other| other.people.iter().find(|one| one.account_id == pair.there));
            here.into_iter().chain(there).cloned().collect::<Vec<_>>()
        };
        IntegrationView {
            site: other.map(|other| other.site.clone()),
            here: here.iter().find(|project| project.id == terms.here.project).cloned().map(named),
            there: other.and_then(|other| other.projects.iter().find(|own| own.id == terms.there.project)).cloned(),
            people: terms.assignees.iter().flat_map(known).collect(),
            pairs: paired.pairs,
            waiting: paired.waiting,
            parked: paired.parked,
            listening: listening.0.iter().find(|own| own.cloud_id == terms.there.cloud_id).map(heard),
            id,
            terms,
            enabled_since,
            changed_by,
            changed_at,
        }
    };
    Ok(IntegrationsView {
        now: world.now(),
        connected: connection.main.is_some(),
        here: connection.main.map(|main| main.site),
        unnamed,
        rows: all.0.into_iter().zip(paired).map(row).collect(),
        most: count(LIMIT),
    })
}

fn heard(own: &Listened) -> ListeningView {
    ListeningView {
        looked_at: own.looked_at,
        webhooks: count(own.webhooks.len()),
        expires_at: own.webhooks.iter().filter_map(|hook| hook.expires_at).min(),
        failure: own.failure.clone(),
    }
}

/// What is counted of the pairs of an integration.
struct Paired {
    pairs: u32,
    waiting: u32,
    parked: Option<u32>,
}

async fn paired<W: World>(called: &Called<'_, W>, all: &Integrations) -> Result<Vec<Paired>, StoreError> {
    let read = all.0.iter().map(async |own| {
        let keys = (records::mirror::pairs(&own.id), records::mirror::lanes(&own.id));
        let (pairs, open) = join!(
            records::load_or_default::<Pairs>(called.world, &keys.0),
            records::load_or_default::<Lanes>(called.world, &keys.1),
        );
        Ok::<_, StoreError>((pairs?.value, open?.value))
    });
    let pairs = try_join_all(read).await?;
    let mut left = LANES;
    let mut counted = Vec::new();
    for (own, (Pairs(pairs), Lanes(open))) in all.0.iter().zip(pairs) {
        let fits = pairs.len() <= left;
        let mut parked = 0;
        for some in pairs.chunks(AT_ONCE).filter(|_| fits) {
            let read = some.iter().map(async |pair| {
                let key = records::mirror::lane(&own.id, pair.here);
                let at: At<Lane> = records::load_or_default(called.world, &key).await?;
                Ok::<_, StoreError>(at.value.parked.len())
            });
            parked += try_join_all(read).await?.into_iter().sum::<usize>();
        }
        let intake: At<Intake> = records::load_or_default(called.world, &records::mirror::intake(&own.id)).await?;
        parked += intake.value.0.parked.len();
        left -= if fits { pairs.len() } else { 0 };
        let parked = fits.then(|| count(parked));
        counted.push(Paired { pairs: count(pairs.len()), waiting: count(open.len()), parked });
    }
    Ok(counted)
}

/// People of this site, as Jira shows them to the caller. Those whom it does not show are shown by their ids.
async fn people_here<W: World>(called: &Called<'_, W>, wanted: &[&AccountId]) -> Vec<Person> {
    let mut found = Vec::new();
    for some in distinct(wanted).chunks(PEOPLE) {
        if let Ok(page) = ask::forge(called, Principal::Caller, &mirrored::people(some)).await {
            found.extend(mirrored::read_people(&page).into_iter().map(|account| account.person));
        }
    }
    found
}

fn distinct(wanted: &[&AccountId]) -> Vec<AccountId> {
    let mut ids: Vec<AccountId> = wanted.iter().map(|id| (*id).clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// What another site calls what integrations name there.
struct Other {
    site: Site,
    projects: Vec<NamedProject>,
    people: Vec<Person>,
}

/// The other sites, as far as the main authorized user reaches them, and why some of it is not known.
async fn there<W: World>(
    called: &Called<'_, W>,
    main: Option<&MainUser>,
    generation: u32,
    all: &Integrations,
) -> Result<(Vec<Other>, Option<Unestablished>), ErrorCode> {
    let Some(main) = main.filter(|_| !all.0.is_empty()) else { return Ok((Vec::new(), None)) };
    let sites = match reached(called, main).await {
        Ok(sites) => sites,
        Err(trouble) => return Ok((Vec::new(), Some(why(called, main, generation, &trouble).await))),
    };
    let wanted = |site: &Site| all.0.iter().any(|own| own.terms.there.cloud_id == site.cloud_id);
    let asked = sites.into_iter().filter(wanted).map(async |site| other(called, main, all, site).await);
    let mut others = Vec::new();
    let mut unnamed = None;
    for (other, trouble) in join_all(asked).await {
        if let Some(trouble) = trouble {
            unnamed = Some(why(called, main, generation, &trouble).await);
        }
        others.push(other);
    }
    Ok((others, unnamed))
}

async fn other<W: World>(
    called: &Called<'_, W>,
    main: &MainUser,
    all: &Integrations,
    site: Site,
) -> (Other, Option<Trouble>) {
    let of_site = |cloud_id: &CloudId| all.0.iter().filter(|own| own.terms.there.cloud_id == *cloud_id).collect();
    let own: Vec<&Integration> = of_site(&site.cloud_id);
    let numbers: Vec<JiraNumber> = own.iter().map(|own| own.terms.there.project).collect();
    let people: Vec<&AccountId> = own.iter().flat_map(|own| &own.terms.assignees).map(|pair| &pair.there).collect();
    let ends = Ends::new(called, called.elsewhere(&site.cloud_id), main.account.person.account_id.clone());
    let mut other = Other { site, projects: Vec::new(), people: Vec::new() };
    let mut trouble = None;
    let found = match ends.as_main(End::There, &jira::projects_by_number(&numbers)).await {
        Ok(page) => listed(Ok(page)).map_err(Trouble::Jira),
        Err(Trouble::Jira(refused)) => listed(Err(refused)).map_err(Trouble::Jira),
        Err(trouble) => Err(trouble),
    };
    match found {
        Ok(found) => other.projects = found.into_iter().map(named).collect(),
        Err(found) => trouble = Some(found),
    }
    for some in distinct(&people).chunks(PEOPLE) {
        match ends.as_main(End::There, &mirrored::people(some)).await {
            Ok(page) => other.people.extend(mirrored::read_people(&page).into_iter().map(|account| account.person)),
            Err(found) => trouble = Some(found),
        }
    }
    (other, trouble)
}

/// Why another site told nothing, as the panel shows it.
pub async fn why<W: World>(
    tenant: &Tenant<'_, W>,
    main: &MainUser,
    generation: u32,
    trouble: &Trouble,
) -> Unestablished {
    match trouble {
        Trouble::Jira(_) | Trouble::TurnedAway { .. } | Trouble::NotNow { .. } => Unestablished::NoAnswer,
        Trouble::NoGrant => match check::alarm(tenant, &main.account.person.account_id, generation).await {
            Ok(true) => Unestablished::MainGrantDead,
            // Atlassian honours it still, or nobody can say.
            Ok(false) | Err(_) => Unestablished::NoAnswer,
        },
    }
}
