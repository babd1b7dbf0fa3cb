//! A change that waits for its time: whether one may be scheduled, and what is found when the time has come.

use crate::api::{ErrorCode, Reply};
use crate::domain::account::AccountId;
use crate::domain::authorization::{ParkedGrant, SessionKey};
use crate::domain::change::{Change, Stage};
use crate::domain::connection::Connection;
use crate::domain::health::{Check, CheckFailure, CheckResult, Verdict, verdict};
use crate::domain::limits::Limits;
use crate::domain::personal::Personal;
use crate::domain::schedule::{Deviation, Finding, OutOfBounds, Schedule, more_is_lost};
use crate::domain::time::Timestamp;
use crate::jira::{self, JiraRefused};
use crate::ports::{Principal, World};
use crate::records;
use crate::secret::Secret;
use crate::tenant::{Called, Tenant};
use futures_util::join;

use super::held::Held;
use super::rehearse::Asker;
use super::{ask, caller, check, prompt, rehearse, status, steps};

/// The schedule of a change that begins at `now`; none where it is to switch at once.
///
/// # Errors
/// [`ErrorCode::SwitchTimeOutOfBounds`]; [`ErrorCode::InvalidRequest`] where nothing is switched, for whoever connects first
/// or allows again as the main authorized user has nothing to wait for.
pub fn planned(
    connection: &Connection,
    intended: &AccountId,
    switch_at: Option<Timestamp>,
    now: Timestamp,
) -> Result<Option<Schedule>, ErrorCode> {
    let Some(at) = switch_at else { return Ok(None) };
    let main = connection.main.as_ref().ok_or(ErrorCode::InvalidRequest)?;
    if main.account.person.account_id == *intended {
        return Err(ErrorCode::InvalidRequest);
    }
    let schedule = Schedule::new(at, connection.generation, now);
    let out = |OutOfBounds { earliest, latest }| ErrorCode::SwitchTimeOutOfBounds { earliest, latest };
    schedule.map(Some).map_err(out)
}

/// Answers [`crate::api::Request::SwitchNow`]: the change does not wait any longer, if everything is as foreseen.
///
/// # Errors
/// [`ErrorCode`]; [`ErrorCode::NotAsForeseen`] when it is not, and then the change waits on.
pub async fn switch_now<W: World>(called: &Called<'_, W>, key: &SessionKey) -> Result<Reply, ErrorCode> {
    let connection = records::connection();
    let (allowed, at) =
        join!(caller::administrator(called), records::load_or_default::<Connection>(called.world, &connection));
    allowed?;
    let at = at?;
    let change = at.value.under_way(key).ok_or(ErrorCode::NoSuchChange)?;
    if !change.begun_by(&called.caller) {
        return Err(ErrorCode::NotInitiator { by: change.initiator.clone() });
    }
    if !matches!(change.stage, Stage::Scheduled { .. }) {
        return Err(ErrorCode::WrongStage);
    }
    steps::switch_now(called, key, at).await?;
    Ok(status::after(called, key).await?)
}

/// Answers [`crate::api::Request::ReadAnnouncement`]: the caller is not told of this change again.
///
/// # Errors
/// [`ErrorCode`]
pub async fn read_announcement<W: World>(called: &Called<'_, W>, change: &SessionKey) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let keys = (records::connection(), records::personal(&called.caller));
    let (connection, at) = join!(
        records::load_or_default::<Connection>(world, &keys.0),
        records::load_or_default::<Personal>(world, &keys.1)
    );
    // One that is over is announced to nobody.
    if connection?.value.scheduled().is_some_and(|(scheduled, _)| scheduled.key == *change) {
        records::amend(world, keys.1, at?, &|personal: Personal| Some(personal.told(change.clone()))).await?;
    }
    Ok(prompt::nothing(called))
}

/// Looks at everything again that was known when the change was scheduled or handed off: as its account, with nobody there. A
/// rehearsal counts that looked at every project after `since`; a first connection has none, for it loses nothing.
///
/// # Errors
/// [`ErrorCode`] when something must be waited for: nothing is found then.
pub async fn look<W: World>(
    tenant: &Tenant<'_, W>,
    principal: Principal,
    connection: &Connection,
    change: &Change,
    parked: &ParkedGrant,
    since: Timestamp,
) -> Result<Finding, ErrorCode> {
    let known = change.foreseen.as_ref();
    if change.schedule.is_some() && known.is_none() {
        return Err(ErrorCode::CorruptRecord);
    }
    if change.schedule.is_some_and(|schedule| schedule.generation != connection.generation) {
        return Ok(Finding::Otherwise(Deviation::MainUserChanged));
    }
    let (checks, token) = match check::resting(tenant, principal, &change.intended.account_id, &parked.site).await {
        Ok((_, checks, token)) => (checks, token),
        Err(none) => return gone(none.into()),
    };
    match verdict(&checks) {
        Verdict::Pass => {}
        Verdict::Undecided => return Err(ErrorCode::JiraUnavailable { retry_after_s: None }),
        Verdict::Fail => return Ok(Finding::Otherwise(failed(checks))),
    }
    if let Some(deviation) = initiator(tenant, principal, change, &token).await? {
        return Ok(Finding::Otherwise(deviation));
    }
    let Some(known) = known else { return Ok(Finding::AsForeseen { checks }) };
    let asker = Asker::Account(&token);
    let found = rehearse::anew(tenant, connection, &parked.account, &change.initiator, asker, since).await?;
    Ok(more_is_lost(known, &found).map_or(Finding::AsForeseen { checks }, Finding::Otherwise))
}

/// What follows where there is no access token. A wrong client secret is mended by whoever deployed the app.
fn gone(held: Held) -> Result<Finding, ErrorCode> {
    match held {
        Held::Gone(reason) => Ok(Finding::Otherwise(Deviation::GrantDead { reason })),
        Held::Wait(error) => Err(error),
        Held::Failed(_) => Err(ErrorCode::AuthorizationServerUnavailable { retry_after_s: None }),
    }
}

fn failed(checks: Vec<Check>) -> Deviation {
    let dead = checks.iter().find_map(|check| match &check.result {
        CheckResult::Failed { failure: CheckFailure::GrantDead { reason } } => Some(*reason),
        CheckResult::Failed { .. } | CheckResult::Passed | CheckResult::Unknown { .. } => None,
    });
    dead.map_or(Deviation::ChecksFailed { checks }, |reason| Deviation::GrantDead { reason })
}

/// What keeps whoever scheduled the change from administering the app, if anything does. The new account asks: it
/// administers Jira, and nobody else may be there.
async fn initiator<W: World>(
    tenant: &Tenant<'_, W>,
    principal: Principal,
    change: &Change,
    token: &Secret,
) -> Result<Option<Deviation>, ErrorCode> {
    let who = &change.initiator.account_id;
    let (user, held, limits) = (jira::user(who), jira::check_permissions(who, &[], &[]), records::limits());
    let (user, held, limits) = join!(
        ask::forge(tenant, principal, &user),
        ask::jira(tenant, token, &held),
        records::load_or_default::<Limits>(tenant.world, &limits),
    );
    let active = match user.and_then(|user| jira::read_account(&user)) {
        Ok(account) => account.active,
        Err(JiraRefused::NotFound) => false,
        Err(refused) => return Err(caller::unavailable(&refused)),
    };
    if !active {
        return Ok(Some(Deviation::InitiatorInactive));
    }
    let held = held.and_then(|held| jira::read_held(&held)).map_err(|refused| caller::unavailable(&refused))?;
    if !held.administers {
        return Ok(Some(Deviation::InitiatorNotAdministrator));
    }
    let listed = limits?.value.lets_administer(who);
    Ok((!listed).then_some(Deviation::InitiatorNotListed))
}
