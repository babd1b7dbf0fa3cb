//! What the Status section shows: read in one round trip, judged without asking anybody.

use crate::api::{
    Action, ChangeView, ErrorCode, FormerView, LinkStanding, LinkView, MainUserView, Reply, Risk, StageView, Status,
    Step, StepState, StepView,
};
use crate::domain::account::AccountId;
use crate::domain::authorization::{AuthorizationSession, CLAIM_LIFE, Purpose, SessionKey, SessionState};
use crate::domain::change::{Change, Outcome, Stage};
use crate::domain::connection::Connection;
use crate::domain::hand_off::{HandOff, HandOffEnd, HandOffRefused, HandedOff, LINKS};
use crate::domain::health::{Badge, CheckName, Health};
use crate::domain::refusal::Refusals;
use crate::domain::register::Register;
use crate::domain::settings::Settings;
use crate::domain::time::{Span, Timestamp};
use crate::domain::trial::Trials;
use crate::ports::{StoreError, World};
use crate::records::{self, At, Delivered};
use crate::tenant::Called;
use futures_util::join;

use super::caller;

/// For how long the last change stays in view after its end.
const IN_VIEW: Span = Span::days(1);

/// The same where a scheduled change was stopped, with nobody there: a weekend may lie between.
const STOPPED_IN_VIEW: Span = Span::days(3);

/// How long before the grant idles out an administrator is warned.
const IDLE_WARNING: Span = Span::days(28);

/// How long before the webhooks expire an administrator is warned: they are renewed ten days before.
const WEBHOOK_WARNING: Span = Span::days(7);

/// A look that is older than this is made anew when an administrator looks at the panel.
const LOOK_AGAIN: Span = Span::minutes(15);

/// How soon the panel asks again while somebody is at the authorization page.
const POLL_WAITING_MS: u32 = 2000;

/// How soon the panel asks again while somebody else may come for days.
const POLL_HANDED_OFF_MS: u32 = 5000;

/// How soon the panel asks again while a change waits for its time, at the latest.
const POLL_SCHEDULED: Span = Span::minutes(15);

/// How soon the panel asks again while steps are carried out.
const POLL_WORKING_MS: u32 = 1000;

/// Everything that the status is made of.
pub struct Seen {
    /// The connection.
    pub connection: At<Connection>,
    /// The session of the change that waits for an answer.
    pub session: Option<At<AuthorizationSession>>,
    /// The link of that change, if it is handed off.
    pub link: Option<At<HandOff>>,
    /// The last checks.
    pub health: Option<Health>,
    /// Redirects that were turned away.
    pub refusals: Refusals,
    /// The last delivery.
    pub delivered: Option<Delivered>,
    /// What the site has settled.
    pub settings: Settings,
    /// What is due of service accounts.
    pub register: Register,
    /// How they fared in tests.
    pub trials: Trials,
}

/// Answers [`crate::api::Request::Status`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn status<W: World>(called: &Called<'_, W>, watching: Option<&SessionKey>) -> Result<Reply, ErrorCode> {
    let (allowed, seen) = join!(caller::administrator(called), see(called.world, watching));
    allowed?;
    Ok(reply(called, &seen?))
}

/// The status after something was done.
///
/// # Errors
/// [`StoreError`]
pub async fn after<W: World>(called: &Called<'_, W>, watching: &SessionKey) -> Result<Reply, StoreError> {
    Ok(reply(called, &see(called.world, Some(watching)).await?))
}

fn reply<W: World>(called: &Called<'_, W>, seen: &Seen) -> Reply {
    Reply::Status { status: Box::new(view(seen, &called.caller, called.world.now())) }
}

/// Reads everything at once. Only a change that waits and was not named in `watching` costs a second round trip.
///
/// # Errors
/// [`StoreError`] of the connection or the settings. What was merely observed is left out when it cannot be read.
pub async fn see<W: World>(world: &W, watching: Option<&SessionKey>) -> Result<Seen, StoreError> {
    let keys = (
        records::connection(),
        records::health(),
        records::refusals(),
        records::delivered(),
        records::settings(),
        records::register(),
        records::trials(),
    );
    let (connection, health, refusals, delivered, settings, register, trials, watched) = join!(
        records::load_or_default::<Connection>(world, &keys.0),
        records::load::<Health>(world, &keys.1),
        records::load_or_default::<Refusals>(world, &keys.2),
        records::load::<Delivered>(world, &keys.3),
        records::load_or_default::<Settings>(world, &keys.4),
        records::load_or_default::<Register>(world, &keys.5),
        records::load_or_default::<Trials>(world, &keys.6),
        session(world, watching),
    );
    let connection = connection?;
    let open = connection.value.change.as_ref().filter(|change| matches!(change.stage, Stage::AwaitingConsent));
    let handed_off = open.and_then(|change| change.hand_off.as_ref());
    let (session, link) = match open.and_then(Change::session) {
        Some(key) if watching == Some(key) => (watched?, None),
        own => {
            let (session, link) = join!(session(world, own), link(world, handed_off));
            (session?, link?)
        }
    };
    Ok(Seen {
        connection,
        session,
        link,
        health: health.ok().flatten().map(|at| at.value),
        refusals: refusals.map(|at| at.value).unwrap_or_default(),
        delivered: delivered.ok().flatten().map(|at| at.value),
        settings: settings?.value,
        register: register.map(|at| at.value).unwrap_or_default(),
        trials: trials.map(|at| at.value).unwrap_or_default(),
    })
}

async fn session<W: World>(
    world: &W,
    key: Option<&SessionKey>,
) -> Result<Option<At<AuthorizationSession>>, StoreError> {
    match key {
        Some(key) => records::load(world, &records::session(key)).await,
        None => Ok(None),
    }
}

async fn link<W: World>(world: &W, handed_off: Option<&HandedOff>) -> Result<Option<At<HandOff>>, StoreError> {
    match handed_off {
        Some(HandedOff { link, .. }) => records::load(world, &records::hand_off(link)).await,
        None => Ok(None),
    }
}

/// The status as `caller` sees it at `now`.
#[must_use]
pub fn view(seen: &Seen, caller: &AccountId, now: Timestamp) -> Status {
    let connection = &seen.connection.value;
    let session = seen.session.as_ref().map(|at| &at.value);
    let main = connection.main.as_ref();
    let change = connection.change.as_ref().filter(|change| in_view(change, now));
    let link = seen.link.as_ref().map(|at| &at.value);
    let change = change.map(|change| change_view(change, session, link, caller, now));
    // What was found of an earlier main authorized user says nothing of this one.
    let health = seen.health.clone().filter(|health| health.generation == connection.generation);
    let badge = match (&health, main) {
        (_, None) => Badge::NotConnected,
        (None, Some(_)) => Badge::Unchecked,
        (Some(health), Some(_)) => health.badge(),
    };
    let risk = health.as_ref().and_then(|health| risk(health, now)).filter(|_| main.is_some());
    let fresh = health.as_ref().is_some_and(|health| (Span(0)..LOOK_AGAIN).contains(&now.since(health.checked_at)));
    let at_rest = !connection.change.as_ref().is_some_and(Change::moving);
    let former = connection.restorable(now);
    let former = former.map(|former| FormerView { person: former.account.person.clone(), until: former.until });
    Status {
        now,
        badge,
        risk,
        register_due: seen.register.due(now),
        tests_failed: seen.trials.failing(),
        check_due: main.is_some() && at_rest && !fresh,
        settings: seen.settings,
        health: health.filter(|_| main.is_some()),
        last_delivery_at: seen.delivered.and_then(|delivered| delivered.at),
        actions: actions(main.is_some(), former.is_some(), change.as_ref(), connection.change.as_ref()),
        former,
        poll_after_ms: change.as_ref().and_then(|change| poll(&change.stage, now)),
        change,
        history: connection.history.iter().rev().cloned().collect(),
        refusals: seen.refusals.rows().iter().rev().cloned().collect(),
        main: main.map(|main| MainUserView {
            account: main.account.clone(),
            since: main.since,
            changed_by: main.changed_by.clone(),
            site_url: main.site.url.clone(),
        }),
    }
}

/// What will stop the integration unless somebody acts. Each round refreshes and renews long before, so that a date that
/// comes near means that this failed for weeks.
#[must_use]
pub fn risk(health: &Health, now: Timestamp) -> Option<Risk> {
    let near = |at: Option<Timestamp>, within: Span| at.filter(|at| at.since(now) < within);
    if health.client_secret_rejected() {
        Some(Risk::ClientSecretRejected)
    } else if health.badge() == Badge::Disconnected {
        Some(Risk::Disconnected)
    } else if health.failed(CheckName::JiraAdministrator) {
        Some(Risk::NotAdministrator)
    } else if health.failed(CheckName::ProductAccess) {
        Some(Risk::NoProductAccess)
    } else if health.failed(CheckName::ScopesComplete) || health.failed(CheckName::SiteCovered) {
        Some(Risk::ScopesMissing)
    } else if let Some(at) = near(health.facts.idles_out_at, IDLE_WARNING) {
        Some(Risk::IdlesOut { at })
    } else {
        near(health.facts.webhooks_expire_at, WEBHOOK_WARNING).map(|at| Risk::WebhooksExpire { at })
    }
}

fn in_view(change: &Change, now: Timestamp) -> bool {
    match change.stage {
        Stage::Ended { outcome: Outcome::Stopped { .. }, at } => now.since(at) < STOPPED_IN_VIEW,
        Stage::Ended { at, .. } => now.since(at) < IN_VIEW,
        Stage::AwaitingConsent
        | Stage::Scheduled { .. }
        | Stage::Confirmed { .. }
        | Stage::Switched { .. }
        | Stage::Undoing { .. } => true,
    }
}

/// Whether the last change was scheduled and was stopped lately, with nobody there.
#[must_use]
pub fn scheduled_and_stopped(connection: &Connection, now: Timestamp) -> bool {
    let stopped = |change: &&Change| matches!(change.stage, Stage::Ended { outcome: Outcome::Stopped { .. }, .. });
    connection.change.as_ref().filter(stopped).is_some_and(|change| in_view(change, now))
}

fn change_view(
    change: &Change,
    session: Option<&AuthorizationSession>,
    link: Option<&HandOff>,
    caller: &AccountId,
    now: Timestamp,
) -> ChangeView {
    ChangeView {
        key: change.key.clone(),
        purpose: change.purpose,
        initiator: change.initiator.clone(),
        mine: change.begun_by(caller),
        intended: change.intended.clone(),
        began_at: change.began_at,
        expires_at: change.waits_until(session),
        handed_off: change.hand_off.is_some(),
        scheduled_for: change.schedule.map(|schedule| schedule.at),
        policy: change.policy,
        stage: stage(change, session, link, now),
        steps: steps(change, session),
    }
}

fn stage(change: &Change, session: Option<&AuthorizationSession>, link: Option<&HandOff>, now: Timestamp) -> StageView {
    let active = change.leased(now);
    match &change.stage {
        Stage::AwaitingConsent if active => StageView::Working { active },
        Stage::AwaitingConsent => awaiting(change, session, link, now),
        Stage::Scheduled { .. } => {
            let at = change.schedule.map_or(change.began_at, |schedule| schedule.at);
            StageView::Scheduled { at, looking: active || now >= at, active }
        }
        Stage::Confirmed { .. } | Stage::Switched { .. } => StageView::Working { active },
        Stage::Undoing { .. } => StageView::Undoing { active },
        Stage::Ended { outcome, at } => StageView::Ended { outcome: outcome.clone(), at: *at },
    }
}

fn awaiting(
    change: &Change,
    session: Option<&AuthorizationSession>,
    link: Option<&HandOff>,
    now: Timestamp,
) -> StageView {
    match change.decided(session) {
        Some(SessionState::Denied { denial }) => StageView::Denied { denial: denial.clone() },
        Some(SessionState::Claimed { at }) if now.since(*at) < CLAIM_LIFE => StageView::Verifying,
        _ if now >= change.waits_until(session) => StageView::Expired,
        Some(SessionState::Authorized { parked }) => {
            let allowed = &parked.account.person;
            if allowed.account_id == change.intended.account_id {
                StageView::Allowed
            } else {
                StageView::AllowedByOther { allowed: allowed.clone() }
            }
        }
        Some(SessionState::Pending) => StageView::AwaitingConsent,
        // A session that is gone cannot be answered any more; a link may be used once more.
        Some(SessionState::Claimed { .. } | SessionState::Consumed { .. } | SessionState::Superseded { .. }) | None => {
            let link = change.hand_off.as_ref().zip(link);
            link.map_or(StageView::Interrupted, |(had, link)| StageView::HandedOff {
                link: link_view(had.links, link, now),
            })
        }
    }
}

/// A link as the panel shows it, of whatever has had so many.
pub(super) fn link_view(links: u32, link: &HandOff, now: Timestamp) -> LinkView {
    let revoked = matches!(link.end, Some(HandOffEnd::Revoked { .. }));
    let standing = match link.open(now) {
        _ if revoked => LinkStanding::Revoked,
        Err(HandOffRefused::Spent) => LinkStanding::Spent,
        Ok(())
        | Err(
            HandOffRefused::Used
            | HandOffRefused::Revoked
            | HandOffRefused::Expired
            | HandOffRefused::Over
            | HandOffRefused::Missed
            | HandOffRefused::Busy,
        ) => LinkStanding::Open,
    };
    let failed = link.failed.clone();
    LinkView { made_at: link.made_at, expires_at: link.expires_at, standing, failed, more: LINKS.saturating_sub(links) }
}

fn steps(change: &Change, session: Option<&AuthorizationSession>) -> Vec<StepView> {
    use StepState::{Current, Done, Failed, Skipped, Waiting};
    let old = |removed: bool| if removed { (Done, Current) } else { (Current, Waiting) };
    let first = change.purpose == Purpose::FirstConnect;
    let [consent, checks, hooks, switch, old_hooks, old_grant] = match &change.stage {
        Stage::AwaitingConsent if session.is_some_and(|session| session.parked().is_some()) => {
            [Done, Current, Waiting, Waiting, Waiting, Waiting]
        }
        Stage::AwaitingConsent => [Current, Waiting, Waiting, Waiting, Waiting, Waiting],
        Stage::Scheduled { .. } => [Done, Done, Waiting, Waiting, Waiting, Waiting],
        Stage::Confirmed { webhooks: None, .. } => [Done, Done, Current, Waiting, Waiting, Waiting],
        Stage::Confirmed { webhooks: Some(_), .. } => [Done, Done, Done, Current, Waiting, Waiting],
        Stage::Switched { previous: None, .. } => [Done, Done, Done, Done, Skipped, Current],
        Stage::Switched { previous: Some(previous), .. } => {
            let (hooks, grant) = old(previous.left.is_some());
            [Done, Done, Done, Done, hooks, grant]
        }
        Stage::Undoing { .. } => [Done, Done, Failed, Waiting, Waiting, Waiting],
        Stage::Ended { outcome, .. } => match outcome {
            Outcome::Completed { .. } if first => [Done, Done, Done, Done, Skipped, Skipped],
            // Whoever looks must see what the sentence above says: some of the old webhooks stay until they expire.
            Outcome::Completed { webhooks_left: 1.., .. } => [Done, Done, Done, Done, Failed, Done],
            Outcome::Completed { .. } => [Done; 6],
            Outcome::Refreshed => [Done, Done, Done, Skipped, Skipped, Done],
            Outcome::ChecksFailed { .. } | Outcome::Stopped { .. } => {
                [Done, Failed, Waiting, Waiting, Waiting, Waiting]
            }
            Outcome::WebhooksFailed { .. } => [Done, Done, Failed, Waiting, Waiting, Waiting],
            Outcome::WrongAccount { .. }
            | Outcome::Denied { .. }
            | Outcome::Expired
            | Outcome::Cancelled { .. }
            | Outcome::Superseded { .. }
            | Outcome::Interrupted => [Failed, Waiting, Waiting, Waiting, Waiting, Waiting],
        },
    };
    let states = [consent, checks, hooks, switch, old_hooks, old_grant];
    let names = [Step::Consent, Step::Checks, Step::NewWebhooks, Step::Switch, Step::OldWebhooks, Step::OldGrant];
    names.into_iter().zip(states).map(|(step, state)| StepView { step, state }).collect()
}

/// What the caller may ask for. Whoever may see this is an administrator: the rest is about the change.
fn actions(connected: bool, restorable: bool, change: Option<&ChangeView>, at_rest: Option<&Change>) -> Vec<Action> {
    let begin = if connected { Action::Change } else { Action::Connect };
    let mine = change.is_some_and(|change| change.mine);
    let confirmed = at_rest.filter(|change| matches!(change.stage, Stage::Confirmed { .. }));
    let moved = confirmed.is_none();
    // Its initiator confirmed a scheduled change when it was scheduled: whoever comes by carries it on.
    let mine = mine || confirmed.is_some_and(|change| change.schedule.is_some());
    let mut allowed = match change.map(|change| &change.stage) {
        None | Some(StageView::Ended { .. }) => vec![begin],
        Some(StageView::AwaitingConsent) if mine => {
            vec![begin, Action::ReopenAuthorization, Action::CancelChange]
        }
        Some(StageView::HandedOff { link }) => {
            let mut allowed = if mine { vec![begin] } else { vec![Action::TakeOver] };
            allowed.extend((mine && link.more > 0).then_some(Action::RenewHandOff));
            allowed.extend((link.standing != LinkStanding::Revoked).then_some(Action::RevokeHandOff));
            allowed.push(Action::CancelChange);
            allowed
        }
        Some(StageView::Verifying) if mine => vec![begin, Action::CancelChange],
        Some(StageView::Allowed) if mine => vec![begin, Action::ContinueChange, Action::CancelChange],
        Some(StageView::AllowedByOther { .. }) if mine => vec![begin, Action::AcceptAccount, Action::CancelChange],
        Some(StageView::Denied { .. } | StageView::Expired | StageView::Interrupted) => {
            vec![begin, Action::ContinueChange]
        }
        Some(
            StageView::AwaitingConsent | StageView::Verifying | StageView::Allowed | StageView::AllowedByOther { .. },
        ) => vec![Action::TakeOver, Action::CancelChange],
        Some(StageView::Scheduled { active: true, .. }) => vec![Action::CancelChange],
        Some(StageView::Scheduled { looking: true, .. }) => vec![Action::ContinueChange, Action::CancelChange],
        Some(StageView::Scheduled { .. }) if mine => vec![Action::SwitchNow, Action::CancelChange],
        Some(StageView::Scheduled { .. }) => vec![Action::CancelChange],
        Some(StageView::Working { active: true } | StageView::Undoing { active: true }) => vec![],
        // Once the pointer has moved anybody may finish; before that the initiator confirms, and anybody may cancel.
        Some(StageView::Working { active: false } | StageView::Undoing { active: false }) if moved => {
            vec![Action::ContinueChange]
        }
        Some(StageView::Working { active: false } | StageView::Undoing { active: false }) if mine => {
            vec![Action::ContinueChange, Action::CancelChange]
        }
        Some(StageView::Working { active: false } | StageView::Undoing { active: false }) => {
            vec![Action::CancelChange]
        }
    };
    if connected {
        allowed.push(Action::CheckNow);
    }
    if restorable && !at_rest.is_some_and(Change::under_way) {
        allowed.push(Action::RollBack);
    }
    allowed
}

fn poll(stage: &StageView, now: Timestamp) -> Option<u32> {
    match stage {
        StageView::HandedOff { .. } => Some(POLL_HANDED_OFF_MS),
        StageView::Scheduled { at, looking: false, .. } => {
            let left = at.since(now).min(POLL_SCHEDULED).0;
            u32::try_from(left).ok().map(|left| left.max(POLL_WORKING_MS))
        }
        StageView::Scheduled { .. } | StageView::AwaitingConsent | StageView::AllowedByOther { .. } => {
            Some(POLL_WAITING_MS)
        }
        StageView::Verifying | StageView::Allowed | StageView::Working { .. } | StageView::Undoing { .. } => {
            Some(POLL_WORKING_MS)
        }
        StageView::Interrupted | StageView::Denied { .. } | StageView::Expired | StageView::Ended { .. } => None,
    }
}
