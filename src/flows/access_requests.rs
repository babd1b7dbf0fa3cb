//! A Jira administrator who is not on the list asks to administer the app, and somebody who is on it decides.

use crate::api::{ErrorCode, Reply};
use crate::domain::access_rule::Answer;
use crate::domain::account::{AccountId, Person};
use crate::domain::count;
use crate::domain::limits::{ADMINISTRATORS, AccessChanged, Limits, NotKept, REQUESTS};
use crate::ports::{StoreError, World};
use crate::tenant::Called;
use futures_util::join;

use super::caller;
use super::limits::{Held, any_administers, view};

/// How often it is done anew on records that somebody else moved meanwhile.
const TRIES: usize = 3;

/// Answers [`crate::api::Request::RequestAccess`]. Where nobody on the list is a Jira administrator any more, nobody could
/// approve: then whoever asks comes onto the list at once, and the history says so.
///
/// # Errors
/// [`ErrorCode`]; no request is kept.
pub async fn request<W: World>(called: &Called<'_, W>) -> Result<Reply, ErrorCode> {
    let (allowed, who) = join!(caller::administrator(called), caller::myself(called));
    let listed = match allowed {
        Ok(()) => return Ok(Reply::AccessRequested { request: None }),
        Err(ErrorCode::NotListed { administrators, .. }) => administrators,
        Err(other) => return Err(other),
    };
    let who = who?;
    // An answer that is missing is no sign that nobody is left.
    let orphaned = any_administers(called, &listed).await == Ok(Answer::No);
    for left in (0..TRIES).rev() {
        match keep(called, &who, orphaned.then_some(&listed)).await {
            Err(ErrorCode::Conflict) if left > 0 => {}
            done => return done,
        }
    }
    Err(ErrorCode::Conflict)
}

/// Keeps the request, or takes the list over when it is still the one of which nobody is left.
async fn keep<W: World>(
    called: &Called<'_, W>,
    who: &Person,
    orphaned: Option<&Vec<Person>>,
) -> Result<Reply, ErrorCode> {
    let held = Held::read(called).await?;
    let (limits, log) = (&held.limits.value, held.log.value.clone());
    let now = called.world.now();
    if orphaned.is_some() && limits.administrators.as_ref() == orphaned {
        // Nobody on the list can do anything with it, so that it may give way where it is full.
        let kept = limits.administrators.iter().flatten().take(ADMINISTRATORS - 1).cloned();
        let administrators = Some(kept.chain([who.clone()]).collect());
        let taken = Limits { edition: limits.edition + 1, administrators, ..limits.clone() };
        held.write(called, &taken, &log.with(who, now, AccessChanged::TookOver)).await?;
        return Ok(Reply::AccessRequested { request: None });
    }
    let log = log.requested(who, now).map_err(|refused| match refused {
        NotKept::Full => ErrorCode::ListFull { most: count(REQUESTS) },
        NotKept::TooSoon(again_at) => ErrorCode::AskedTooSoon { again_at },
    })?;
    if log != held.log.value {
        held.write(called, limits, &log).await?;
    }
    Ok(Reply::AccessRequested { request: log.request_of(&called.caller).cloned() })
}

/// Answers [`crate::api::Request::DecideAccess`].
///
/// # Errors
/// [`ErrorCode`]; nothing is decided.
pub async fn decide<W: World>(called: &Called<'_, W>, account: &AccountId, approve: bool) -> Result<Reply, ErrorCode> {
    let (allowed, by) = join!(caller::administrator(called), caller::myself(called));
    allowed?;
    let by = by?;
    for left in (0..TRIES).rev() {
        match settle(called, account, approve, &by).await {
            Err(ErrorCode::Conflict) if left > 0 => {}
            Err(error) => return Err(error),
            Ok(()) => break,
        }
    }
    Ok(Reply::Access { access: Box::new(view(called).await?) })
}

async fn settle<W: World>(
    called: &Called<'_, W>,
    account: &AccountId,
    approve: bool,
    by: &Person,
) -> Result<(), ErrorCode> {
    let held = Held::read(called).await?;
    let request = held.log.value.request_of(account).cloned();
    let Some(log) = held.log.value.clone().decided(account, approve, by, called.world.now()) else {
        // Somebody else decided, or it made room for another.
        let decision = request.and_then(|request| request.decision);
        return Err(decision.map_or(ErrorCode::InvalidRequest, |decision| ErrorCode::AccessChanged {
            by: decision.by,
            at: decision.at,
        }));
    };
    let limits = held.limits.value.clone();
    let limits = match request.filter(|_| approve) {
        Some(request) => {
            limits.with_administrator(&request.person).ok_or(ErrorCode::ListFull { most: count(ADMINISTRATORS) })?
        }
        None => limits,
    };
    held.write(called, &limits, &log).await.map_err(|error: StoreError| error.into())
}
