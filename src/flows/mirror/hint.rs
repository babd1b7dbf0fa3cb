//! Hints: something happened to a comment, or to the assignee or the security level of an issue. A delivery is one, and so is
//! what the catch-up finds; what it says is read again.

use super::intake::{self, Heard};
use super::open_lanes::enter;
use crate::api::ErrorCode;
use crate::domain::account::Person;
use crate::domain::connection::Connection;
use crate::domain::integration::{End, Integration, IntegrationId, Integrations};
use crate::domain::lane::{Lane, OnceMore};
use crate::domain::limits::JiraNumber;
use crate::domain::pair::Pairs;
use crate::domain::site::CloudId;
use crate::domain::webhook::WebhookId;
use crate::jira::assignee::assigns;
use crate::jira::changes;
use crate::ports::{StoreError, Unavailable, Work, World};
use crate::records::mirror::{Listened, Listening};
use crate::records::{self, At};
use crate::tenant::Tenant;
use futures_util::future::try_join_all;
use futures_util::join;
use serde_json::Value;
use std::cell::Cell;

/// More webhooks than an account can have are named by nobody but a forger, who guesses.
const MOST_WEBHOOKS: usize = 5;

/// The longest that work can be delayed, in seconds; for longer waits it comes and is delayed again.
pub(super) const LONGEST_DELAY_S: u32 = 900;

/// Takes a delivery for a hint, if it names a webhook of ours, on this site or another, and a comment of an issue that is
/// paired, its assignee or level, or an issue that may become one of a pair. Everything else is let go without a word to Jira.
///
/// # Errors
/// [`StoreError`]; the catch-up finds what is lost.
pub async fn delivered<W: World>(tenant: &Tenant<'_, W>, body: &str) -> Result<(), StoreError> {
    let Some(hint) = Hint::read(body) else { return Ok(()) };
    let keys = (records::connection(), records::mirror::integrations(), records::mirror::listening());
    let (connection, all, listening) = join!(
        records::load_or_default::<Connection>(tenant.world, &keys.0),
        records::load_or_default::<Integrations>(tenant.world, &keys.1),
        records::load_or_default::<Listening>(tenant.world, &keys.2),
    );
    let (connection, all, listening) = (connection?.value, all?.value, listening?.value);
    for site in hint.sites(tenant, &connection, &listening) {
        match hint.about {
            About::Comment(comment) => {
                for lane in lanes_of(tenant, all.enabled(), &site, hint.issue).await? {
                    wait(tenant, &lane.integration.id, lane.here, lane.end, &[Some(comment)]).await?;
                }
            }
            About::Fields { assignee, level } => {
                let follows = |own: &Integration| assignee && own.terms.following.is_some();
                let concerned = all.enabled().filter(|own| level || follows(own));
                for lane in lanes_of(tenant, concerned, &site, hint.issue).await? {
                    if level {
                        leveled(tenant, &lane.integration.id, lane.here).await?;
                    }
                    if follows(lane.integration) {
                        wait(tenant, &lane.integration.id, lane.here, lane.end, &[None]).await?;
                    }
                }
            }
            About::Issue(what) => intake::heard(tenant, &all, &site, hint.issue, hint.project, what).await?,
        }
    }
    Ok(())
}

/// What something happened to.
#[derive(Clone, Copy)]
enum About {
    /// The issue itself: which of the fields that matter were changed.
    Fields {
        assignee: bool,
        level: bool,
    },
    Comment(JiraNumber),
    Issue(Heard),
}

/// What a delivery says.
struct Hint {
    webhooks: Vec<WebhookId>,
    issue: JiraNumber,
    /// The project that it is in, if that is told.
    project: Option<JiraNumber>,
    about: About,
    /// An address on the site that delivers. It tells sites apart that are known, and is never fetched.
    address: String,
}

impl Hint {
    fn read(body: &str) -> Option<Self> {
        let hint: Value = serde_json::from_str(body).ok()?;
        let number = |value: &Value| JiraNumber::parse(value.as_str()?).ok();
        let ids = hint["matchedWebhookIds"].as_array().filter(|ids| ids.len() <= MOST_WEBHOOKS)?;
        Some(Self {
            webhooks: ids.iter().filter_map(Value::as_i64).map(WebhookId).collect(),
            issue: number(&hint["issue"]["id"])?,
            project: number(&hint["issue"]["fields"]["project"]["id"]),
            about: match (hint["webhookEvent"].as_str().and_then(Heard::of), number(&hint["comment"]["id"])) {
                (Some(what), _) => About::Issue(what),
                (None, Some(comment)) => About::Comment(comment),
                (None, None) => {
                    let items = &hint["changelog"]["items"];
                    let (assignee, level) = (assigns(items), changes(items, "security"));
                    Some(About::Fields { assignee, level }).filter(|_| assignee || level)?
                }
            },
            address: hint["issue"]["self"].as_str().unwrap_or_default().to_owned(),
        })
    }

    /// On which sites such a webhook of the present main authorized user is. Each site counts for itself, so there may be
    /// several; the address then says which is meant, if it is one of theirs.
    fn sites<W: World>(&self, tenant: &Tenant<'_, W>, connection: &Connection, listening: &Listening) -> Vec<CloudId> {
        let Some(main) = &connection.main else { return Vec::new() };
        let here = self.webhooks.iter().any(|id| connection.owns_webhook(*id));
        let here = here.then(|| (tenant.cloud_id.clone(), main.site.url.clone()));
        let account = &main.account.person.account_id;
        let named = |own: &&Listened| own.account == *account && self.webhooks.iter().any(|id| own.owns(*id));
        let there = listening.0.iter().filter(named).map(|own| (own.cloud_id.clone(), own.url.clone()));
        let all: Vec<(CloudId, String)> = here.into_iter().chain(there).collect();
        let meant = |(_, url): &&(CloudId, String)| {
            self.address.strip_prefix(url.as_str()).is_some_and(|rest| !url.is_empty() && rest.starts_with('/'))
        };
        match all.iter().find(meant) {
            Some((site, _)) => vec![site.clone()],
            None => all.into_iter().map(|(site, _)| site).collect(),
        }
    }
}

/// A lane of an issue.
struct LaneOf<'i> {
    /// The integration whose lane it is.
    integration: &'i Integration,
    /// At which end the issue is.
    end: End,
    /// The issue of the pair on this site.
    here: JiraNumber,
}

/// The lanes of an issue of a site, of those of these integrations that carry what happens there.
async fn lanes_of<'i, W: World>(
    tenant: &Tenant<'_, W>,
    integrations: impl Iterator<Item = &'i Integration>,
    site: &CloudId,
    issue: JiraNumber,
) -> Result<Vec<LaneOf<'i>>, StoreError> {
    let carried = |own: &'i Integration| {
        let end = own.end_of(site).filter(|end| own.terms.direction.carries(*end))?;
        Some((own, end))
    };
    let lanes = integrations.filter_map(carried).map(async |(integration, end)| {
        let pairs: At<Pairs> = records::load_or_default(tenant.world, &records::mirror::pairs(&integration.id)).await?;
        let pair = pairs.value.of(end, issue);
        Ok::<_, StoreError>(pair.map(|pair| LaneOf { integration, end, here: pair.here }))
    });
    Ok(try_join_all(lanes).await?.into_iter().flatten().collect())
}

/// Notes in a lane that an issue of its pair may have got or lost a security level, and has that looked at.
async fn leveled<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
    here: JiraNumber,
) -> Result<(), StoreError> {
    let key = records::mirror::lane(integration, here);
    let at: At<Lane> = records::load_or_default(tenant.world, &key).await?;
    records::amend(tenant.world, key, at, &|lane: Lane| Some(lane.leveled())).await?;
    enter(tenant, integration, here).await?;
    send(tenant, integration, here, 0).await;
    Ok(())
}

/// Has comments wait in a lane, in the order in which they are named, up to the first for which there is no room. Answers how
/// many come before that one.
///
/// # Errors
/// [`StoreError`]
pub async fn wait<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
    here: JiraNumber,
    end: End,
    comments: &[Option<JiraNumber>],
) -> Result<usize, StoreError> {
    // Of the lane as it was written: another function may have emptied or filled it since it was read.
    let (empty, noted) = (Cell::new(false), Cell::new(0));
    let hinted = |lane: Lane| {
        let (filled, some) = lane.clone().filled(end, comments);
        empty.set(lane.first().is_none());
        noted.set(some);
        (filled != lane).then_some(filled)
    };
    let key = records::mirror::lane(integration, here);
    let at: At<Lane> = records::load_or_default(tenant.world, &key).await?;
    records::amend(tenant.world, key, at, &hinted).await?;
    enter(tenant, integration, here).await?;
    // Where something waited already, whoever is to take it up is on its way.
    if empty.get() {
        send(tenant, integration, here, 0).await;
    }
    Ok(noted.get())
}

/// Sends a turn of a lane on its way. One that is lost is sent again by the round of every five minutes.
pub async fn send<W: World>(tenant: &Tenant<'_, W>, integration: &IntegrationId, here: JiraNumber, delay_s: u32) {
    let work = Work::Mirror { integration: integration.clone(), here };
    let _: Result<(), Unavailable> = tenant.world.push(&work, delay_s.min(LONGEST_DELAY_S)).await;
}

/// Has everything tried again that is parked in a lane, as far as it has room, because somebody wanted that. Answers how many
/// comments that is.
///
/// # Errors
/// [`ErrorCode`]
pub async fn again<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
    here: JiraNumber,
    by: &Person,
) -> Result<usize, ErrorCode> {
    let key = records::mirror::lane(integration, here);
    let at: At<Lane> = records::load_or_default(tenant.world, &key).await?;
    let some = Cell::new(0);
    let again = |lane: Lane| {
        let parked = lane.parked.len();
        let again = lane.again(by.clone())?;
        some.set(parked - again.parked.len());
        Some(again)
    };
    if records::amended(tenant.world, key, at, &again).await?.is_none() {
        return Ok(0);
    }
    enter(tenant, integration, here).await?;
    send(tenant, integration, here, 0).await;
    Ok(some.get())
}

/// Has comments of a run tried again, because somebody wanted that, as far as the lane has room. Answers how many that is.
///
/// # Errors
/// [`StoreError`]
pub async fn once_more<W: World>(
    tenant: &Tenant<'_, W>,
    integration: &IntegrationId,
    here: JiraNumber,
    comments: &[(End, Option<JiraNumber>)],
    wanted: &OnceMore,
) -> Result<usize, StoreError> {
    let key = records::mirror::lane(integration, here);
    let at: At<Lane> = records::load_or_default(tenant.world, &key).await?;
    let again = |lane: Lane| lane.with_once_more(comments, wanted.clone());
    let Some(at) = records::amended(tenant.world, key, at, &again).await? else { return Ok(0) };
    enter(tenant, integration, here).await?;
    send(tenant, integration, here, 0).await;
    Ok(comments.iter().filter(|(end, comment)| at.value.holds(*end, *comment)).count())
}
