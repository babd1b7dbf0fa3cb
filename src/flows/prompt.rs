//! Whether to prompt the caller: asked by the pages that people open most, so it costs one round trip to storage.

use crate::api::{ErrorCode, Prompt, Reply, Risk};
use crate::domain::authorization::AuthorizationSession;
use crate::domain::change::{Change, Stage};
use crate::domain::connection::Connection;
use crate::domain::grant::{Grant, GrantState, ReauthorizationReason};
use crate::domain::health::Health;
use crate::domain::personal::{ASK_AGAIN, Personal};
use crate::domain::register::Register;
use crate::domain::standing::Standing;
use crate::domain::trial::Trials;
use crate::ports::{StoreError, World};
use crate::records::{self, At};
use crate::tenant::Called;
use futures_util::join;

use super::personal::mine;
use super::{caller, status};

/// Answers [`crate::api::Request::Prompt`]. A prompt that is given out counts as shown.
///
/// # Errors
/// [`ErrorCode`]
pub async fn prompt<W: World>(called: &Called<'_, W>, risks: bool) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let keys = (
        records::connection(),
        records::grant(&called.caller),
        records::personal(&called.caller),
        records::health(),
        records::register(),
        records::trials(),
    );
    let (connection, grant, personal, health, register, trials) = join!(
        records::load_or_default::<Connection>(world, &keys.0),
        records::load::<Grant>(world, &keys.1),
        records::load_or_default::<Personal>(world, &keys.2),
        records::load::<Health>(world, &keys.3),
        records::load_or_default::<Register>(world, &keys.4),
        records::load_or_default::<Trials>(world, &keys.5),
    );
    let (mut connection, mut grant, mut personal) = (connection?.value, grant?, personal?);
    // Whoever allowed and closed the tab, or comes back with an account that was closed, is looked at once more.
    let closed = grant.as_ref().is_some_and(|at| at.value.state == GrantState::Deactivated);
    if closed || personal.value.session.is_some() {
        let mine = mine(called).await?;
        (connection, grant, personal) = (mine.connection, mine.grant, mine.personal);
    }
    let now = world.now();
    // Told until it was read: that is written down once, and not each time that a page asks.
    let told_of = personal.value.told_of.as_ref();
    let announcement = grant.as_ref().and_then(|at| connection.announces(&at.value));
    let announcement = announcement.filter(|announcement| told_of != Some(&announcement.change));
    let reason = grant.and_then(|at| Standing::of(&at.value, connection.epoch())?.asks());
    let mut prompt = None;
    if let Some(reason) = reason.filter(|reason| personal.value.due(*reason, now)) {
        let prompted = personal.value.prompted(reason, now);
        match world.transact(vec![records::put(keys.2, personal.expect, &prompted)]).await {
            Ok(()) => prompt = Some(view(reason, &connection)),
            // Another tab was asked at the same moment, and shows it.
            Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let health = health?.map(|at| at.value).filter(|health| health.generation == connection.generation);
    let risk = health.and_then(|health| status::risk(&health, now)).filter(|_| connection.main.is_some());
    let failing = trials.map_or(0, |at| at.value.failing());
    let risk = risk.or((failing > 0).then_some(Risk::TestsFailed { count: failing }));
    // What can wait is told where nothing else is.
    let due = register.map_or(0, |at| at.value.due(now));
    let stopped = status::scheduled_and_stopped(&connection, now);
    let risk = risk.or(stopped.then_some(Risk::ScheduleStopped));
    let risk = match risk {
        None if risks => allowed_by_link(called, &connection).await?,
        risk => risk,
    };
    let risk = risk.or((due > 0).then_some(Risk::RegisterDue { count: due }));
    // Only administrators are told, and only they can act. When Jira cannot say who is one, nobody is told this time.
    let administrator = match risk {
        Some(_) if risks => caller::administers(called).await.ok(),
        Some(_) | None => None,
    };
    let risk = risk.filter(|_| administrator == Some(true));
    Ok(Reply::Prompt { prompt, announcement, risk, administrator, ask_again_at: now.plus(ASK_AGAIN) })
}

/// Tells whoever handed a change off that the account allowed: nobody else can finish it. It costs them one read more, and
/// others none.
async fn allowed_by_link<W: World>(
    called: &Called<'_, W>,
    connection: &Connection,
) -> Result<Option<Risk>, StoreError> {
    let waits = |change: &&Change| matches!(change.stage, Stage::AwaitingConsent) && change.hand_off.is_some();
    let change = connection.change.as_ref().filter(waits).filter(|change| change.begun_by(&called.caller));
    let Some((change, key)) = change.and_then(|change| Some((change, change.session()?))) else { return Ok(None) };
    let session: Option<At<AuthorizationSession>> = records::load(called.world, &records::session(key)).await?;
    let session = session.map(|at| at.value);
    let until = change.waits_until(session.as_ref());
    let parked = session.as_ref().and_then(AuthorizationSession::parked).filter(|_| called.world.now() < until);
    Ok(parked.map(|parked| Risk::AllowedByLink { account: parked.account.person.clone(), until }))
}

/// Answers [`crate::api::Request::Snooze`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn snooze<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let world = called.world;
    let key = records::personal(&called.caller);
    let at = records::load_or_default::<Personal>(world, &key).await?;
    let now = world.now();
    records::amend(world, key, at, &|personal: Personal| Some(personal.snoozed(now))).await?;
    Ok(nothing(called))
}

/// Nothing to show for now.
#[must_use]
pub fn nothing<W: World>(called: &Called<'_, W>) -> Reply {
    let ask_again_at = called.world.now().plus(ASK_AGAIN);
    Reply::Prompt { prompt: None, announcement: None, risk: None, administrator: None, ask_again_at }
}

fn view(reason: ReauthorizationReason, connection: &Connection) -> Prompt {
    let changed = reason == ReauthorizationReason::ReplacedPolicy;
    Prompt { reason, changed_at: connection.everyone_asked.filter(|_| changed).map(|asked| asked.at) }
}
