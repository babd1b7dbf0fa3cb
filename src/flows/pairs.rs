//! Pairs of issues, as administrators look at them, join and part them.

use crate::api::{ErrorCode, PairRow, PairsView, ParkedIssue, Reply, Unestablished};
use crate::domain::connection::Connection;
use crate::domain::count;
use crate::domain::intake::Intake;
use crate::domain::integration::{End, Integration, IntegrationId, Integrations};
use crate::domain::lane::{Lane, Parked};
use crate::domain::limits::JiraNumber;
use crate::domain::pair::{Joined, LIMIT, Pair, PairRefused, Pairs};
use crate::domain::pair_property;
use crate::domain::place::Place;
use crate::jira::{self, Issue, JiraRefused, JiraRequest};
use crate::ports::{Principal, StoreError, World, Write};
use crate::records::{self, At};
use crate::tenant::Called;
use futures_util::future::join_all;
use futures_util::join;
use serde_json::Value;

use super::integrations_view::why;
use super::mirror::{self, Ends, Trouble};
use super::other_sites::unanswered;
use super::{ask, caller, limits};

/// How many pairs a page has.
const PAGE: usize = 25;

/// How often a change is made anew on what somebody else did meanwhile.
const TRIES: usize = 3;

/// Answers [`crate::api::Request::Pairs`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn list<W: World>(
    called: &Called<'_, W>,
    integration: &IntegrationId,
    from: Option<u32>,
) -> Result<Reply, ErrorCode> {
    let kept = kept(called, integration).await?;
    shown(called, &kept, from.unwrap_or(0) as usize).await
}

/// Answers [`crate::api::Request::JoinIssues`]. What is on them already is not carried.
///
/// # Errors
/// [`ErrorCode`]; nothing is joined.
pub async fn join_issues<W: World>(
    called: &Called<'_, W>,
    integration: &IntegrationId,
    here: &str,
    there: &str,
) -> Result<Reply, ErrorCode> {
    let kept = kept(called, integration).await?;
    let ends = kept.ends(called).ok_or(ErrorCode::NotConnected)?;
    let (here, there) = (key(here, End::Here)?, key(there, End::There)?);
    let wanted = (jira::issue_by_key(&here), jira::issue_by_key(&there));
    let (by_caller, by_main, there, limits) = join!(
        ask::forge(called, Principal::Caller, &wanted.0),
        issue(&ends, End::Here, &wanted.0),
        issue(&ends, End::There, &wanted.1),
        limits::read(called.world),
    );
    // Where the caller may not see it, nobody tells them whether the main authorized user does.
    let here = by_caller.and_then(|issue| jira::read_issue(&issue)).map_err(|refused| match refused {
        JiraRefused::NotFound | JiraRefused::Forbidden => ErrorCode::NoSuchIssue { end: End::Here },
        JiraRefused::Unauthenticated
        | JiraRefused::ScopeMissing
        | JiraRefused::Unavailable { .. }
        | JiraRefused::Unexpected(_) => caller::unavailable(&refused),
    })?;
    let terms = &kept.integration.terms;
    if here.project.id != terms.here.project {
        return Err(ErrorCode::IssueElsewhere { end: End::Here });
    }
    if !limits?.projects.admits(here.project.id, here.project.category) {
        return Err(ErrorCode::ProjectLeftOut);
    }
    by_main?;
    let there = there?;
    if there.project.id != terms.there.project {
        return Err(ErrorCode::IssueElsewhere { end: End::There });
    }
    let (here, there) = (JiraNumber(here.id), JiraNumber(there.id));
    let pair = Pair { here, there, joined: Joined::ByHand, at: called.world.now() };
    let joined = |pairs: Pairs| {
        pairs.with(pair).map_err(|refused| match refused {
            PairRefused::Paired(own) => {
                let end = if own.here == here { End::Here } else { End::There };
                ErrorCode::AlreadyPaired { end }
            }
            PairRefused::Full => ErrorCode::ListFull { most: count(LIMIT) },
            PairRefused::Unknown => ErrorCode::NoSuchPair,
        })
    };
    let kept = settle(called, kept, &joined).await?;
    shown(called, &kept, 0).await
}

/// Answers [`crate::api::Request::PartIssues`].
///
/// # Errors
/// [`ErrorCode`]; they are a pair still.
pub async fn part<W: World>(
    called: &Called<'_, W>,
    integration: &IntegrationId,
    here: JiraNumber,
    there: JiraNumber,
) -> Result<Reply, ErrorCode> {
    let kept = kept(called, integration).await?;
    let parted = |pairs: Pairs| pairs.without(here, there).map_err(|_| ErrorCode::NoSuchPair);
    let kept = settle(called, kept, &parted).await?;
    // What waits is of no use any more. A turn that is at it finds no pair, and ends.
    let of_pair = [records::mirror::lane(integration, here), records::mirror::assignment(integration, here)];
    let gone = of_pair.into_iter().map(|key| Write::Delete { key, expect: None }).collect();
    let _ = called.world.transact(gone).await;
    shown(called, &kept, 0).await
}

/// Answers [`crate::api::Request::TryPairAgain`].
///
/// # Errors
/// [`ErrorCode`]; nothing is tried again then.
pub async fn again<W: World>(
    called: &Called<'_, W>,
    integration: &IntegrationId,
    here: JiraNumber,
) -> Result<Reply, ErrorCode> {
    let (kept, by) = join!(kept(called, integration), caller::myself(called));
    let (kept, by) = (kept?, by?);
    if kept.integration.enabled_since.is_none() {
        return Err(ErrorCode::IntegrationDisabled);
    }
    kept.pairs.value.of(End::Here, here).ok_or(ErrorCode::NoSuchPair)?;
    let comments = mirror::again(called, integration, here, &by).await?;
    Ok(Reply::TriedAgain { comments: count(comments) })
}

/// Answers [`crate::api::Request::TryIssuesAgain`].
///
/// # Errors
/// [`ErrorCode`]; nothing is tried again then.
pub async fn issues_again<W: World>(called: &Called<'_, W>, integration: &IntegrationId) -> Result<Reply, ErrorCode> {
    let (kept, by) = join!(kept(called, integration), caller::myself(called));
    let (kept, by) = (kept?, by?);
    if kept.integration.enabled_since.is_none() {
        return Err(ErrorCode::IntegrationDisabled);
    }
    let comments = count(mirror::issues_again(called, integration, &by).await?);
    Ok(Reply::TriedAgain { comments })
}

/// An integration with its pairs, for an administrator.
struct Kept {
    connection: Connection,
    integration: Integration,
    pairs: At<Pairs>,
}

impl Kept {
    /// Both sites, if there is a main authorized user.
    fn ends<'t, 'w, W: World>(&self, called: &'t Called<'w, W>) -> Option<Ends<'t, 'w, W>> {
        let main = self.connection.main.as_ref()?;
        let there = called.elsewhere(&self.integration.terms.there.cloud_id);
        Some(Ends::new(called, there, main.account.person.account_id.clone()))
    }
}

async fn kept<W: World>(called: &Called<'_, W>, integration: &IntegrationId) -> Result<Kept, ErrorCode> {
    let keys = (records::connection(), records::mirror::integrations(), records::mirror::pairs(integration));
    let (allowed, connection, all, pairs) = join!(
        caller::administrator(called),
        records::load_or_default::<Connection>(called.world, &keys.0),
        records::load_or_default::<Integrations>(called.world, &keys.1),
        records::load_or_default::<Pairs>(called.world, &keys.2),
    );
    allowed?;
    let integration = all?.value.get(integration).cloned().ok_or(ErrorCode::NoSuchIntegration)?;
    Ok(Kept { connection: connection?.value, integration, pairs: pairs? })
}

/// Records a change of the pairs, on what others did to other pairs where they were first.
async fn settle<W: World>(
    called: &Called<'_, W>,
    kept: Kept,
    change: &dyn Fn(Pairs) -> Result<Pairs, ErrorCode>,
) -> Result<Kept, ErrorCode> {
    let key = records::mirror::pairs(&kept.integration.id);
    let Kept { connection, integration, mut pairs } = kept;
    for left in (0..TRIES).rev() {
        let changed = change(pairs.value)?;
        match called.world.transact(vec![records::put(key.clone(), pairs.expect, &changed)]).await {
            Ok(()) => {
                let pairs = At { expect: pairs.expect.next(), value: changed };
                return Ok(Kept { connection, integration, pairs });
            }
            Err(StoreError::Conflict) if left > 0 => pairs = records::load_or_default(called.world, &key).await?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(ErrorCode::Conflict)
}

/// The key of an issue, as it is typed.
fn key(text: &str, end: End) -> Result<String, ErrorCode> {
    match Place::parse(text) {
        Some(Place::Issue(key)) => Ok(key),
        Some(Place::Project(_)) | None => Err(ErrorCode::NoSuchIssue { end }),
    }
}

/// An issue, as the main authorized user sees it.
async fn issue<W: World>(ends: &Ends<'_, '_, W>, end: End, request: &JiraRequest) -> Result<Issue, ErrorCode> {
    match ends.as_main(end, request).await {
        Ok(issue) => jira::read_issue(&issue).map_err(|refused| caller::unavailable(&refused)),
        Err(Trouble::Jira(JiraRefused::NotFound | JiraRefused::Forbidden)) => Err(ErrorCode::NoSuchIssue { end }),
        Err(trouble) => Err(unanswered(trouble)),
    }
}

async fn shown<W: World>(called: &Called<'_, W>, kept: &Kept, from: usize) -> Result<Reply, ErrorCode> {
    let all = &kept.pairs.value.0;
    let page: Vec<Pair> = all.iter().rev().skip(from).take(PAGE).copied().collect();
    let ends = kept.ends(called);
    let lanes = join_all(page.iter().map(async |pair| {
        let key = records::mirror::lane(&kept.integration.id, pair.here);
        records::load_or_default::<Lane>(called.world, &key).await
    }));
    let here =
        join_all(page.iter().map(async |pair| ask::forge(called, Principal::Caller, &jira::issue(pair.here.0)).await));
    let there = join_all(page.iter().map(async |pair| match &ends {
        Some(ends) => ends.as_main(End::There, &jira::issue(pair.there.0)).await.map(Some),
        None => Ok(None),
    }));
    let key = records::mirror::intake(&kept.integration.id);
    let intake = records::load_or_default::<Intake>(called.world, &key);
    let (lanes, here, there, intake) = join!(lanes, here, there, intake);
    let mut unnamed: Option<Unestablished> = None;
    let mut rows = Vec::new();
    for (pair, ((lane, here), there)) in page.into_iter().zip(lanes.into_iter().zip(here).zip(there)) {
        let lane = lane?.value;
        let here_key = match here {
            Ok(issue) => named(&issue),
            Err(JiraRefused::NotFound | JiraRefused::Forbidden) => None,
            Err(refused) => return Err(caller::unavailable(&refused)),
        };
        let there_key = match (there, &kept.connection.main) {
            (Ok(issue), _) => issue.as_ref().and_then(named),
            (Err(Trouble::Jira(JiraRefused::NotFound | JiraRefused::Forbidden)), _) | (Err(_), None) => None,
            (Err(trouble), Some(main)) => {
                unnamed = Some(why(called, main, kept.connection.generation, &trouble).await);
                None
            }
        };
        rows.push(PairRow {
            here: pair.here,
            here_key,
            there: pair.there,
            there_key,
            joined: pair.joined,
            at: pair.at,
            waiting: count(lane.waiting.len()),
            waits_until: lane.waits_until.filter(|_| !lane.waiting.is_empty()),
            parked: lane.parked,
        });
    }
    let next = from + PAGE;
    let pairs = PairsView {
        now: called.world.now(),
        integration: kept.integration.id.clone(),
        rows,
        total: count(all.len()),
        most: count(LIMIT),
        next: (next < all.len()).then(|| count(next)),
        unnamed,
        property: pair_property::KEY.to_owned(),
        parked: intake?.value.0.parked.into_iter().filter_map(parked).collect(),
    };
    Ok(Reply::Pairs { pairs: Box::new(pairs) })
}

fn parked(own: Parked) -> Option<ParkedIssue> {
    Some(ParkedIssue { end: own.end, issue: own.comment?, why: own.why, at: own.at })
}

fn named(issue: &Value) -> Option<String> {
    jira::read_issue(issue).ok().map(|issue| issue.key)
}
