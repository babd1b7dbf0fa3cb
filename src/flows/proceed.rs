//! Carrying a change on, step by step, until nothing is left to do.
//!
//! One invocation at a time holds the lease. Every step is recorded by compare-and-set before the next begins, and every
//! step may be done twice: so a crash anywhere, a second tab or a late invocation leaves a change that the next one
//! carries on. Before the pointer moves the rest can be undone; after it has moved, the rest is carried out.

use crate::api::{ErrorCode, Reply};
use crate::domain::account::AccountId;
use crate::domain::authorization::{AuthorizationSession, CLAIM_LIFE, ParkedGrant, SessionKey, SessionState};
use crate::domain::change::{Adopted, Change, Outcome, Previous, Stage};
use crate::domain::connection::Connection;
use crate::domain::grant::{Grant, GrantState, ReauthorizationReason};
use crate::domain::health::{Check, CheckFailure, Verdict, verdict};
use crate::domain::time::Span;
use crate::domain::webhook::WebhookId;
use crate::jira::JiraRefused;
use crate::ports::{Expect, Keep, Principal, StoreError, World, Write};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::{Called, Tenant};
use crate::url::hex;
use futures_util::join;

use super::access::{NoAccess, access};
use super::status::see;
use super::{caller, check, forget, refusal, status, webhooks};

/// More steps than any change has: a bound against a fault that would go round in a circle.
const STEPS: usize = 16;

/// After this long the rest of a change no longer waits for an answer of Jira or Atlassian: webhooks that could not be
/// removed expire by themselves.
const PATIENCE: Span = Span::days(1);

/// Answers [`crate::api::Request::ContinueChange`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn proceed<W: World>(called: &Called<'_, W>, key: &SessionKey) -> Result<Reply, ErrorCode> {
    let (allowed, seen) = join!(caller::administrator(called), see(called.world, Some(key)));
    allowed?;
    let seen = seen?;
    if let Some(change) = seen.connection.value.under_way(key) {
        let session = seen.session.as_ref().map(|at| &at.value);
        may(change, session, &called.caller)?;
        carry_on(called, key, Some(&called.caller), seen.connection).await?;
    }
    Ok(status::after(called, key).await?)
}

/// Answers [`crate::api::Request::AcceptAccount`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn accept<W: World>(
    called: &Called<'_, W>,
    key: &SessionKey,
    account: &AccountId,
) -> Result<Reply, ErrorCode> {
    let (allowed, seen) = join!(caller::administrator(called), see(called.world, Some(key)));
    allowed?;
    let seen = seen?;
    let parked = seen.session.as_ref().and_then(|at| at.value.parked()).ok_or(ErrorCode::WrongStage)?;
    let allowed_by = parked.account.person.clone();
    if allowed_by.account_id != *account {
        return Err(ErrorCode::AccountMismatch);
    }
    let now = called.world.now();
    let connection = seen.connection.value.accept(key, &called.caller, allowed_by);
    let connection = connection.map_err(|refused| refusal(refused, now))?;
    let write = records::put(records::connection(), seen.connection.expect, &connection);
    called.world.transact(vec![write]).await?;
    let at = At { expect: seen.connection.expect.next(), value: connection };
    carry_on(called, key, Some(&called.caller), at).await?;
    Ok(status::after(called, key).await?)
}

/// Answers [`crate::api::Request::CancelChange`].
///
/// # Errors
/// [`ErrorCode`]
pub async fn cancel<W: World>(called: &Called<'_, W>, key: &SessionKey) -> Result<Reply, ErrorCode> {
    let (allowed, by, seen) =
        join!(caller::administrator(called), caller::myself(called), see(called.world, Some(key)));
    allowed?;
    let by = by?;
    let seen = seen?;
    let change = seen.connection.value.under_way(key).ok_or(ErrorCode::NoSuchChange)?;
    let session = seen.session.as_ref().map(|at| &at.value);
    let outcome = change.ending(session, called.world.now(), Outcome::Cancelled { by });
    let at = abandon(called, key, seen.connection, seen.session, outcome).await?;
    // Whoever works on it finds the new stage when saving, and undoes; else it is undone here.
    if at.value.under_way(key).is_some_and(|change| !change.leased(called.world.now())) {
        carry_on(called, key, Some(&called.caller), at).await?;
    }
    Ok(status::after(called, key).await?)
}

/// Ends a change that was never confirmed, or turns a confirmed one towards its undoing. Its session goes out of play in
/// the same transaction.
///
/// # Errors
/// [`ErrorCode`]
pub async fn abandon<W: World>(
    tenant: &Tenant<'_, W>,
    key: &SessionKey,
    at: At<Connection>,
    session: Option<At<AuthorizationSession>>,
    outcome: Outcome,
) -> Result<At<Connection>, ErrorCode> {
    let now = tenant.world.now();
    let connection = at.value.abandon(key, outcome, now).map_err(|refused| refusal(refused, now))?;
    let mut writes = vec![records::put(records::connection(), at.expect, &connection)];
    if let Some((expect, Ok(session))) = session.map(|at| (at.expect, at.value.supersede(now))) {
        writes.push(records::put(records::session(key), expect, &session));
    }
    tenant.world.transact(writes).await?;
    if connection.under_way(key).is_none() {
        // Storage forgets these by itself within a day, should this call fail.
        let _ = forget(tenant.world, &[records::request_secret(key), records::parked_secret(key)]).await;
    }
    Ok(At { expect: at.expect.next(), value: connection })
}

/// Whether this administrator may carry the change on: before the pointer moves only who began it.
fn may(change: &Change, session: Option<&AuthorizationSession>, caller: &AccountId) -> Result<(), ErrorCode> {
    let confirming = match &change.stage {
        Stage::AwaitingConsent => session.is_some_and(|session| session.parked().is_some()),
        Stage::Confirmed { .. } => true,
        Stage::Switched { .. } | Stage::Undoing { .. } | Stage::Ended { .. } => false,
    };
    if confirming && !change.begun_by(caller) {
        return Err(ErrorCode::NotInitiator { by: change.initiator.clone() });
    }
    Ok(())
}

/// Carries a change on as far as it goes. `caller` is the administrator who is here; nobody is when Forge starts it.
///
/// # Errors
/// [`ErrorCode`] when something must be waited for; what was done stays done.
pub async fn carry_on<W: World>(
    tenant: &Tenant<'_, W>,
    key: &SessionKey,
    caller: Option<&AccountId>,
    at: At<Connection>,
) -> Result<(), ErrorCode> {
    let holder = hex(&tenant.world.random());
    let now = tenant.world.now();
    let leased = at.value.lease(key, holder.clone(), now).map_err(|refused| refusal(refused, now))?;
    let mut run = Run { tenant, key, caller, at: At { expect: at.expect, value: Connection::default() } };
    if !run.save(leased, Vec::new()).await? {
        return Err(ErrorCode::Conflict);
    }
    let mut result = Ok(());
    for _ in 0..STEPS {
        let held = run.at.value.under_way(key).and_then(|change| change.lease.as_ref());
        if held.is_none_or(|lease| lease.holder != holder) {
            return result;
        }
        result = run.step().await;
        if result.is_err() {
            break;
        }
    }
    if let Ok(released) = run.at.value.clone().release(key, &holder) {
        run.save(released, Vec::new()).await?;
    }
    result
}

/// One invocation's work on one change.
struct Run<'r, 'w, W> {
    tenant: &'r Tenant<'w, W>,
    key: &'r SessionKey,
    caller: Option<&'r AccountId>,
    at: At<Connection>,
}

impl<W: World> Run<'_, '_, W> {
    /// Who asks Jira about the new account.
    fn principal(&self) -> Principal {
        if self.caller.is_some() { Principal::Caller } else { Principal::App }
    }

    /// Takes the next step, whichever it is.
    async fn step(&mut self) -> Result<(), ErrorCode> {
        let Some(change) = self.at.value.under_way(self.key).cloned() else { return Ok(()) };
        match change.stage.clone() {
            Stage::AwaitingConsent => self.consent(&change).await,
            Stage::Confirmed { parked, webhooks: None, .. } => self.register(&parked).await,
            Stage::Confirmed { parked, webhooks: Some(_), .. } => self.switch(&parked).await,
            Stage::Switched { previous: Some(previous), .. } if previous.left.is_none() => {
                self.remove_old_webhooks(&change, &previous).await
            }
            Stage::Switched { previous, adopted } => self.retire(previous, adopted).await,
            Stage::Undoing { parked, adopted, .. } => self.undo(&change, &parked, adopted).await,
            Stage::Ended { .. } => Ok(()),
        }
    }

    /// Records a step. False when somebody else moved the connection: then it was read anew.
    async fn save(&mut self, connection: Connection, writes: Vec<Write>) -> Result<bool, ErrorCode> {
        let mut all = vec![records::put(records::connection(), self.at.expect, &connection)];
        all.extend(writes);
        match self.tenant.world.transact(all).await {
            Ok(()) => {
                self.at = At { expect: self.at.expect.next(), value: connection };
                Ok(true)
            }
            Err(StoreError::Conflict) => {
                self.at = records::load_or_default(self.tenant.world, &records::connection()).await?;
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn session(&self) -> Result<Option<At<AuthorizationSession>>, ErrorCode> {
        Ok(records::load(self.tenant.world, &records::session(self.key)).await?)
    }

    async fn parked_token(&self) -> Result<Option<Secret>, ErrorCode> {
        let pack = self.tenant.world.secret(&records::parked_secret(self.key)).await?;
        Ok(pack.and_then(|pack| pack.part("access")))
    }

    fn refused(&self, refused: crate::domain::connection::ChangeRefused) -> ErrorCode {
        refusal(refused, self.tenant.world.now())
    }

    async fn give_up(&mut self, session: Option<At<AuthorizationSession>>, outcome: Outcome) -> Result<(), ErrorCode> {
        let at = At { expect: self.at.expect, value: self.at.value.clone() };
        match abandon(self.tenant, self.key, at, session, outcome).await {
            Ok(at) => {
                self.at = at;
                Ok(())
            }
            Err(ErrorCode::Conflict) => {
                self.at = records::load_or_default(self.tenant.world, &records::connection()).await?;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// The account that was meant allowed: checks it. Anything else ends the change here, or waits.
    async fn consent(&mut self, change: &Change) -> Result<(), ErrorCode> {
        let session = self.session().await?;
        let now = self.tenant.world.now();
        let open = session.as_ref().map(|at| &at.value);
        let ending = change.ending(open, now, Outcome::Interrupted);
        let parked = match open.map(|session| &session.state) {
            Some(SessionState::Authorized { parked }) if ending == Outcome::Interrupted => parked.as_ref().clone(),
            // A redirect is being verified: its answer counts.
            Some(SessionState::Claimed { at }) if now.since(*at) < CLAIM_LIFE => return Err(ErrorCode::WrongStage),
            // Somebody may still answer: there is nothing to do yet.
            Some(SessionState::Pending) if ending == Outcome::Interrupted => return Err(ErrorCode::WrongStage),
            Some(SessionState::Authorized { parked })
                if !matches!(ending, Outcome::Expired)
                    && parked.account.person.account_id != change.intended.account_id =>
            {
                return Err(ErrorCode::WrongStage);
            }
            Some(
                SessionState::Pending
                | SessionState::Claimed { .. }
                | SessionState::Authorized { .. }
                | SessionState::Denied { .. }
                | SessionState::Consumed { .. }
                | SessionState::Superseded { .. },
            )
            | None => return self.give_up(session, ending).await,
        };
        // Judged on the session as it is under the lease: it may have been parked since the caller was let in.
        if !self.caller.is_some_and(|caller| change.begun_by(caller)) {
            return Err(ErrorCode::NotInitiator { by: change.initiator.clone() });
        }
        let Some(token) = self.parked_token().await? else {
            return self.give_up(session, Outcome::Interrupted).await;
        };
        let checks = check::candidate(self.tenant, self.principal(), &parked, &token).await;
        match verdict(&checks) {
            Verdict::Undecided => Err(ErrorCode::JiraUnavailable { retry_after_s: None }),
            Verdict::Fail => self.give_up(session, Outcome::ChecksFailed { checks }).await,
            Verdict::Pass => match session {
                Some(session) => self.confirm(session, parked, checks).await,
                None => Ok(()),
            },
        }
    }

    /// Takes the parked grant among the grants, so that its tokens are refreshed like all others from here on.
    async fn confirm(
        &mut self,
        session: At<AuthorizationSession>,
        parked: ParkedGrant,
        checks: Vec<Check>,
    ) -> Result<(), ErrorCode> {
        let account = &parked.account.person.account_id;
        let key = records::grant(account);
        let old: Option<At<Grant>> = records::load(self.tenant.world, &key).await?;
        let Ok((consumed, _)) = session.value.clone().consume(self.tenant.world.now()) else {
            return self.give_up(Some(session), Outcome::Interrupted).await;
        };
        let replaced_secrets = old.as_ref().map(|at| at.value.clone().secrets().collect());
        let adopted = Adopted { replaced_secrets };
        let grant = Grant {
            account: parked.account.clone(),
            scopes: parked.scopes.clone(),
            version: old.as_ref().map_or(1, |at| at.value.version + 1),
            secret_key: records::parked_secret(self.key),
            retired_secret: None,
            obtained_at: parked.obtained_at,
            refreshed_at: parked.obtained_at,
            access_expires_at: parked.access_expires_at,
            state: GrantState::Working,
            redemption: None,
        };
        let connection = self.at.value.clone().confirm(self.key, parked, adopted, checks);
        let connection = connection.map_err(|refused| self.refused(refused))?;
        let writes = vec![
            records::put(records::session(self.key), session.expect, &consumed),
            records::put(key, old.map_or(Expect::Absent, |at| at.expect), &grant),
        ];
        self.save(connection, writes).await.map(|_| ())
    }

    /// Registers the new account's webhooks and lists them back.
    async fn register(&mut self, parked: &ParkedGrant) -> Result<(), ErrorCode> {
        let account = &parked.account.person.account_id;
        let failure = match self.with_grant(account, async |token| webhooks::ensure(self.tenant, token).await).await {
            Ok(listed) => {
                let connection = self.at.value.clone().webhooks_listed(self.key, listed);
                let connection = connection.map_err(|refused| self.refused(refused))?;
                return self.save(connection, Vec::new()).await.map(|_| ());
            }
            Err(Held::Wait(error)) => return Err(error),
            Err(Held::Gone(reason)) => CheckFailure::GrantDead { reason },
            Err(Held::Failed(failure)) => failure,
        };
        self.give_up(None, Outcome::WebhooksFailed { failure }).await
    }

    /// Moves the pointer: connection, grant and receipt in one transaction, whatever the number of users.
    async fn switch(&mut self, parked: &ParkedGrant) -> Result<(), ErrorCode> {
        let account = &parked.account.person.account_id;
        let Some(lasting) = self.lasting(account).await? else {
            return self.give_up(None, Outcome::Interrupted).await;
        };
        let switched = self.at.value.clone().switch(self.key, self.tenant.world.now());
        let (connection, receipt) = switched.map_err(|refused| self.refused(refused))?;
        let mut writes = vec![lasting];
        writes.extend(receipt.map(|receipt| records::put(records::receipt(receipt.number), Expect::Absent, &receipt)));
        self.save(connection, writes).await.map(|_| ())
    }

    /// The write that makes a grant last: a parked grant's tokens are kept for a day only. `None` when it is gone.
    async fn lasting(&self, account: &AccountId) -> Result<Option<Write>, ErrorCode> {
        let world = self.tenant.world;
        let (key, parked_name) = (records::grant(account), records::parked_secret(self.key));
        let (grant, pack) = join!(records::load::<Grant>(world, &key), world.secret(&parked_name));
        let Some(At { expect, value: grant }) = grant? else { return Ok(None) };
        if grant.secret_key != parked_name {
            return Ok(Some(records::put(key, expect, &grant)));
        }
        let Some(pack) = pack? else { return Ok(None) };
        let secret_key = records::grant_secret(account, self.key.as_str());
        world.keep_secret(&secret_key, &pack, Keep::UntilForgotten).await?;
        Ok(Some(records::put(key, expect, &Grant { secret_key, ..grant })))
    }

    /// Does something with an account's access token; once more with a fresh one when Jira turns the first away.
    async fn with_grant<T, E: Into<Held>>(
        &self,
        account: &AccountId,
        act: impl AsyncFn(&Secret) -> Result<T, E>,
    ) -> Result<T, Held> {
        let mut turned_away = None;
        for _ in 0..2 {
            let held = access(self.tenant, account, turned_away).await?;
            match act(&held.token).await.map_err(Into::into) {
                Err(Held::Gone(_)) => turned_away = Some(held.grant.version),
                other => return other,
            }
        }
        Err(Held::Gone(ReauthorizationReason::RevokedOrPasswordChanged))
    }

    /// Removes the old account's webhooks with the old account's own grant, before that is thrown away.
    async fn remove_old_webhooks(&mut self, change: &Change, previous: &Previous) -> Result<(), ErrorCode> {
        let impatient = self.tenant.world.now().since(change.began_at) >= PATIENCE;
        let remove = async |token: &Secret| webhooks::remove_all(self.tenant, token, &[]).await;
        let left = match self.with_grant(&previous.person.account_id, remove).await {
            Ok(()) => 0,
            Err(Held::Wait(error)) if !impatient => return Err(error),
            Err(Held::Wait(_) | Held::Gone(_) | Held::Failed(_)) => {
                u32::try_from(previous.webhooks.len()).unwrap_or(u32::MAX)
            }
        };
        let connection = self.at.value.clone().old_webhooks_removed(self.key, left);
        let connection = connection.map_err(|refused| self.refused(refused))?;
        self.save(connection, Vec::new()).await.map(|_| ())
    }

    /// Deletes the tokens that no longer count, and ends the change.
    async fn retire(&mut self, previous: Option<Previous>, adopted: Adopted) -> Result<(), ErrorCode> {
        let world = self.tenant.world;
        let mut names = vec![records::request_secret(self.key), records::parked_secret(self.key)];
        names.extend(adopted.replaced_secrets.into_iter().flatten());
        let mut writes = Vec::new();
        if let Some(previous) = previous {
            let key = records::grant(&previous.person.account_id);
            if let Some(old) = records::load::<Grant>(world, &key).await? {
                names.extend(old.value.secrets());
                writes.push(Write::Delete { key });
            }
        }
        forget(self.tenant.world, &names).await?;
        let connection = self.at.value.clone().complete(self.key, world.now());
        let connection = connection.map_err(|refused| self.refused(refused))?;
        if self.save(connection, writes).await? {
            check::run(self.tenant, self.principal()).await?;
        }
        Ok(())
    }

    /// Removes what the new account left in Jira and in storage. An account that had a grant before keeps the fresh one.
    async fn undo(&mut self, change: &Change, parked: &ParkedGrant, adopted: Adopted) -> Result<(), ErrorCode> {
        let world = self.tenant.world;
        let account = &parked.account.person.account_id;
        let main = self.at.value.main.as_ref().filter(|main| main.account.person.account_id == *account);
        let keep: Vec<WebhookId> =
            main.iter().flat_map(|main| main.webhooks.iter().map(|webhook| webhook.id)).collect();
        let impatient = world.now().since(change.began_at) >= PATIENCE;
        let remove = async |token: &Secret| webhooks::remove_all(self.tenant, token, &keep).await;
        match self.with_grant(account, remove).await {
            Err(Held::Wait(error)) if !impatient => return Err(error),
            // Whatever else was said, the webhooks cannot be removed with this grant: they expire by themselves.
            Ok(()) | Err(Held::Wait(_) | Held::Gone(_) | Held::Failed(_)) => {}
        }
        let mut names = vec![records::request_secret(self.key), records::parked_secret(self.key)];
        let mut writes = Vec::new();
        if let Some(replaced) = adopted.replaced_secrets {
            names.extend(replaced);
            writes.extend(self.lasting(account).await?);
        } else {
            let key = records::grant(account);
            names.push(records::grant_secret(account, self.key.as_str()));
            if let Some(grant) = records::load::<Grant>(world, &key).await? {
                names.extend(grant.value.secrets());
                writes.push(Write::Delete { key });
            }
        }
        // The record first names the lasting secret; only then may the parked one go.
        let connection = self.at.value.clone().undone(self.key, world.now());
        let connection = connection.map_err(|refused| self.refused(refused))?;
        if writes.iter().any(|write| matches!(write, Write::Put { .. })) {
            let current = self.at.value.clone();
            if !self.save(current, writes).await? {
                return Ok(());
            }
            forget(self.tenant.world, &names).await?;
            return self.save(connection, Vec::new()).await.map(|_| ());
        }
        forget(self.tenant.world, &names).await?;
        self.save(connection, writes).await.map(|_| ())
    }
}

/// How an act with a grant failed.
enum Held {
    /// One can only wait.
    Wait(ErrorCode),
    /// The grant is not honoured.
    Gone(ReauthorizationReason),
    /// Jira refused, for certain.
    Failed(CheckFailure),
}

impl From<NoAccess> for Held {
    fn from(none: NoAccess) -> Self {
        match none {
            NoAccess::NoGrant => Self::Gone(ReauthorizationReason::NotRenewable),
            NoAccess::Dead(reason) => Self::Gone(reason),
            NoAccess::ClientSecretRejected => Self::Failed(CheckFailure::ClientSecretRejected),
            NoAccess::Busy => Self::Wait(ErrorCode::Conflict),
            NoAccess::Unavailable { retry_after_s } => {
                Self::Wait(ErrorCode::AuthorizationServerUnavailable { retry_after_s })
            }
            NoAccess::Storage(error) => Self::Wait(error.into()),
        }
    }
}

impl From<JiraRefused> for Held {
    fn from(refused: JiraRefused) -> Self {
        match refused {
            JiraRefused::Unavailable { .. } => Self::Wait(caller::unavailable(&refused)),
            JiraRefused::Unauthenticated => Self::Gone(ReauthorizationReason::RevokedOrPasswordChanged),
            JiraRefused::ScopeMissing => {
                Self::Failed(CheckFailure::ScopesMissing { missing: vec!["manage:jira-webhook".into()] })
            }
            JiraRefused::Unexpected(message) => Self::Failed(CheckFailure::WebhookRefused { message }),
            JiraRefused::Forbidden | JiraRefused::NotFound => {
                let message = "Jira did not allow this account to register it".into();
                Self::Failed(CheckFailure::WebhookRefused { message })
            }
        }
    }
}

impl From<webhooks::Trouble> for Held {
    fn from(trouble: webhooks::Trouble) -> Self {
        match trouble {
            webhooks::Trouble::Failed(failure) => Self::Failed(failure),
            webhooks::Trouble::Refused(refused) => refused.into(),
        }
    }
}
