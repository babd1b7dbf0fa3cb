//! The steps of a change, from the first check of the new account to the last token of the old one.
//!
//! One invocation at a time holds the lease. Every step is recorded by compare-and-set before the next begins, and every
//! step may be done twice: so a crash anywhere, a second tab or a late invocation leaves a change that the next one
//! carries on. Before the pointer moves the rest can be undone; after it has moved, the rest is carried out.

use crate::api::ErrorCode;
use crate::domain::account::AccountId;
use crate::domain::authorization::{AuthorizationSession, CLAIM_LIFE, ParkedGrant, Purpose, SessionKey, SessionState};
use crate::domain::change::{Adopted, Change, Outcome, Previous, Stage};
use crate::domain::connection::{ChangeRefused, Connection};
use crate::domain::count;
use crate::domain::grant::{Grant, ReauthorizationReason};
use crate::domain::health::{Check, CheckFailure, Verdict, verdict};
use crate::domain::schedule::{Deviation, Finding, RECENT, more_is_lost};
use crate::domain::settings::Settings;
use crate::domain::time::Span;
use crate::domain::webhook::WebhookId;
use crate::jira;
use crate::ports::{Expect, Keep, Principal, StoreError, Unavailable, Work, World, Write};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::{Called, Tenant};
use crate::url::hex;
use futures_util::join;

use super::held::{Held, with_grant};
use super::parked::{self, Fresh};
use super::proceed::abandon;
use super::rehearse::Asker;
use super::{ask, check, forget, grants, mirror, refusal, rehearse, schedule, verify, webhooks};

/// More steps than any change has: a bound against a fault that would go round in a circle.
const STEPS: usize = 16;

/// After this long no further step is begun: a function is stopped after 25 seconds, and would keep the lease. Another
/// invocation takes the rest.
const ENOUGH: Span = Span::seconds(8);

/// After this long the rest of a change no longer waits for an answer of Jira or Atlassian: webhooks that could not be
/// removed expire by themselves.
const PATIENCE: Span = Span::days(1);

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
    drive(tenant, key, caller, false, at).await
}

/// Carries a change on for which an invocation had not time enough.
///
/// # Errors
/// [`ErrorCode`] when storage failed: Forge delivers it again.
pub async fn work<W: World>(tenant: &Tenant<'_, W>, key: &SessionKey) -> Result<(), ErrorCode> {
    let at: At<Connection> = records::load_or_default(tenant.world, &records::connection()).await?;
    let now = tenant.world.now();
    if at.value.under_way(key).is_some_and(|change| change.goes_on_alone() && !change.leased(now)) {
        // What has to wait now waits for the round, which Forge starts every five minutes.
        let _ = carry_on(tenant, key, None, at).await;
    }
    Ok(())
}

/// The same for a scheduled change whose initiator is here and does not wait for its time.
///
/// # Errors
/// As [`carry_on`]; [`ErrorCode::NotAsForeseen`], and then it waits on.
pub async fn switch_now<W: World>(
    called: &Called<'_, W>,
    key: &SessionKey,
    at: At<Connection>,
) -> Result<(), ErrorCode> {
    drive(called, key, Some(&called.caller), true, at).await
}

async fn drive<W: World>(
    tenant: &Tenant<'_, W>,
    key: &SessionKey,
    caller: Option<&AccountId>,
    sooner: bool,
    at: At<Connection>,
) -> Result<(), ErrorCode> {
    let holder = hex(&tenant.world.random());
    let now = tenant.world.now();
    let leased = at.value.lease(key, holder.clone(), now).map_err(|refused| refusal(refused, now))?;
    let mut run = Run { tenant, key, caller, sooner, at: At { expect: at.expect, value: Connection::default() } };
    if !run.save(leased, Vec::new()).await? {
        return Err(ErrorCode::Conflict);
    }
    let mut result = Ok(());
    for _ in 0..STEPS {
        if tenant.world.now().since(now) >= ENOUGH {
            break;
        }
        let held = run.at.value.under_way(key).and_then(|change| change.lease.as_ref());
        if held.is_none_or(|lease| lease.holder != holder) {
            return result;
        }
        let waits = run.waits();
        result = run.step().await;
        if result.is_err() || waits && run.waits() {
            break;
        }
    }
    if let Ok(released) = run.at.value.clone().release(key, &holder) {
        run.save(released, Vec::new()).await?;
    }
    if result.is_ok() && run.at.value.under_way(key).is_some_and(Change::goes_on_alone) {
        // Whoever watched may be looking elsewhere. One that is lost is taken up by the round.
        let _: Result<(), Unavailable> = tenant.world.push(&Work::Change { key: key.clone() }, 0).await;
    }
    result
}

/// One invocation's work on one change.
struct Run<'r, 'w, W> {
    tenant: &'r Tenant<'w, W>,
    key: &'r SessionKey,
    caller: Option<&'r AccountId>,
    /// Whether a scheduled change is to switch before its time.
    sooner: bool,
    at: At<Connection>,
}

impl<W: World> Run<'_, '_, W> {
    /// Who asks Jira about the new account.
    fn principal(&self) -> Principal {
        if self.caller.is_some() { Principal::Caller } else { Principal::App }
    }

    /// Whether the change waits for its time.
    fn waits(&self) -> bool {
        let scheduled = self.at.value.scheduled().filter(|(change, _)| change.key == *self.key);
        scheduled.is_some_and(|(_, schedule)| !self.sooner && !schedule.due(self.tenant.world.now()))
    }

    /// Takes the next step, whichever it is.
    async fn step(&mut self) -> Result<(), ErrorCode> {
        let Some(change) = self.at.value.under_way(self.key).cloned() else { return Ok(()) };
        let now = self.tenant.world.now();
        match change.stage.clone() {
            Stage::AwaitingConsent => self.consent(&change).await,
            Stage::Scheduled { parked, adopted, .. } => self.scheduled(&change, &parked, adopted).await,
            // What was found before the wait may be so no more.
            Stage::Confirmed { parked, .. } if !change.holds(now) => self.take_up(&change, &parked).await,
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
        match self.at.value.under_way(self.key).and_then(Change::session) {
            Some(own) => Ok(records::load(self.tenant.world, &records::session(own)).await?),
            None => Ok(None),
        }
    }

    /// The name of the change's authorization session. That of the change itself where nobody was ever asked: going back.
    fn own(&self) -> SessionKey {
        let change = self.at.value.under_way(self.key);
        change.and_then(Change::session).unwrap_or(self.key).clone()
    }

    fn refused(&self, refused: ChangeRefused) -> ErrorCode {
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
            // The link may still be used, whatever its last try came to.
            _ if change.hand_off.is_some() && ending == Outcome::Interrupted => return Err(ErrorCode::WrongStage),
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
        let here = self.caller.is_some_and(|caller| change.begun_by(caller));
        if !here {
            // Nobody else confirms it. Tokens whose refresh broke off are fetched all the same: they cannot wait.
            if let Some(session) = session.filter(|_| parked.presented_at.is_some()) {
                parked::fresh(self.tenant, &self.own(), session, parked).await?;
            }
            return Err(ErrorCode::NotInitiator { by: change.initiator.clone() });
        }
        if change.schedule.is_some_and(|schedule| schedule.missed(now)) {
            return self.give_up(session, Outcome::Stopped { because: Deviation::TooLate }).await;
        }
        let fresh = match session {
            Some(session) => parked::fresh(self.tenant, &self.own(), session, parked).await?,
            None => None,
        };
        let Some(Fresh { token, session, parked }) = fresh else {
            return self.give_up(self.session().await?, Outcome::Interrupted).await;
        };
        let checks = check::candidate(self.tenant, self.principal(), &parked, &token).await;
        match verdict(&checks) {
            Verdict::Undecided => Err(ErrorCode::JiraUnavailable { retry_after_s: None }),
            Verdict::Fail => self.give_up(Some(session), Outcome::ChecksFailed { checks }).await,
            Verdict::Pass => match self.lost_since(change, &parked, &token).await? {
                Some(because) => self.give_up(Some(session), Outcome::Stopped { because }).await,
                None => self.confirm(session, parked, checks).await,
            },
        }
    }

    /// What would be lost beyond what was acknowledged, as far as that may be days ago: of a change that was handed off. One
    /// that has a schedule is looked at when its time has come.
    async fn lost_since(
        &self,
        change: &Change,
        parked: &ParkedGrant,
        token: &Secret,
    ) -> Result<Option<Deviation>, ErrorCode> {
        let waited = change.hand_off.is_some() && change.schedule.is_none();
        let Some(known) = change.foreseen.as_ref().filter(|_| waited) else { return Ok(None) };
        let since = self.tenant.world.now().plus(Span(-RECENT.0));
        let found = rehearse::anew(
            self.tenant,
            &self.at.value,
            &parked.account,
            &change.initiator,
            Asker::Account(token),
            since,
        )
        .await?;
        Ok(more_is_lost(known, &found))
    }

    /// Takes the parked grant among the grants, so that its tokens are refreshed like all others from here on.
    async fn confirm(
        &mut self,
        session: At<AuthorizationSession>,
        parked: ParkedGrant,
        checks: Vec<Check>,
    ) -> Result<(), ErrorCode> {
        let key = records::grant(&parked.account.person.account_id);
        let old: Option<At<Grant>> = records::load(self.tenant.world, &key).await?;
        let now = self.tenant.world.now();
        let epoch = self.at.value.epoch();
        let Ok((consumed, _)) = session.value.clone().consume(now) else {
            return self.give_up(Some(session), Outcome::Interrupted).await;
        };
        let replaced_secrets = old.as_ref().map(|at| records::grant_secrets(&at.value));
        let adopted = Adopted { replaced_secrets };
        let before = old.as_ref().map(|at| &at.value);
        let personal = before.and_then(|old| old.personal.clone());
        let grant = Grant {
            personal: personal.map(|personal| personal.allowed_in(epoch.generation)),
            for_tests: before.and_then(|old| old.for_tests.clone()),
            ..Grant::obtained(parked.clone(), before, records::parked_secret(&self.own()))
        };
        let grant = grant.counted(epoch, now);
        let connection = self.at.value.clone().confirm(self.key, parked, adopted, checks, now);
        let connection = connection.map_err(|refused| self.refused(refused))?;
        let mut writes = vec![records::put(records::session(&self.own()), session.expect, &consumed)];
        writes.extend(grants::put(self.tenant.world, old.as_ref(), &grant).await?);
        self.save(connection, writes).await.map(|_| ())
    }

    /// Keeps the tokens of a scheduled change for as long as it waits, and looks whether they are still honoured; takes it up
    /// once its time has come.
    async fn scheduled(&mut self, change: &Change, parked: &ParkedGrant, adopted: Adopted) -> Result<(), ErrorCode> {
        let account = &parked.account.person.account_id;
        let grant = records::load::<Grant>(self.tenant.world, &records::grant(account)).await?;
        if grant.is_some_and(|at| at.value.secret_key == records::parked_secret(&self.own())) {
            return self.rest(account, adopted).await;
        }
        if !self.waits() {
            return self.take_up(change, parked).await;
        }
        let honoured = async |token: &Secret| ask::jira(self.tenant, token, &jira::browses()).await;
        match with_grant(self.tenant, account, honoured).await {
            Err(Held::Gone(reason)) => self.stop(Deviation::GrantDead { reason }).await,
            Ok(_) | Err(Held::Wait(_) | Held::Failed(_)) => Ok(()),
        }
    }

    /// Takes the tokens of a scheduled change to where they are kept for as long as they live. The older ones of the account
    /// count no more, and nobody would find them before the change is over: they go first.
    async fn rest(&mut self, account: &AccountId, adopted: Adopted) -> Result<(), ErrorCode> {
        forget(self.tenant.world, &adopted.replaced_secrets.unwrap_or_default()).await?;
        let Some(At { expect, value: grant }) = self.lasting(account).await? else {
            return self.stop(Deviation::GrantDead { reason: ReauthorizationReason::NotRenewable }).await;
        };
        let current = self.at.value.clone();
        if self.save(current, vec![records::put_grant(expect, &grant)]).await? {
            // Storage forgets these by itself within a day, should this call fail.
            let session = self.own();
            let names = [records::request_secret(&session), records::parked_secret(&session)];
            let _ = forget(self.tenant.world, &names).await;
        }
        Ok(())
    }

    /// Looks at everything again, and goes on only where it is as foreseen.
    async fn take_up(&mut self, change: &Change, parked: &ParkedGrant) -> Result<(), ErrorCode> {
        let now = self.tenant.world.now();
        let schedule = change.schedule;
        if schedule.is_some_and(|schedule| now >= schedule.gives_up_at()) {
            return self.stop(Deviation::NoAnswer).await;
        }
        let due = schedule.filter(|schedule| schedule.due(now));
        let since = due.map_or(now.plus(Span(-RECENT.0)), |schedule| schedule.at);
        let waits = matches!(change.stage, Stage::Scheduled { .. });
        match schedule::look(self.tenant, self.principal(), &self.at.value, change, parked, since).await? {
            Finding::AsForeseen { checks } => {
                let connection = self.at.value.clone().take_up(self.key, checks, self.tenant.world.now());
                let connection = connection.map_err(|refused| self.refused(refused))?;
                self.save(connection, Vec::new()).await.map(|_| ())
            }
            // There is time to mend it until then.
            Finding::Otherwise(because) if schedule.is_some() && due.is_none() && because.mendable() => {
                if !waits {
                    self.wait_again(&parked.account.person.account_id).await?;
                }
                Err(ErrorCode::NotAsForeseen { because })
            }
            Finding::Otherwise(because) => self.stop(because).await,
        }
    }

    /// Lets a change that broke off when it was to switch before its time wait for that again, with nothing left in Jira.
    async fn wait_again(&mut self, account: &AccountId) -> Result<(), ErrorCode> {
        let keep = self.webhooks_in_use(account);
        let remove = async |token: &Secret| webhooks::remove_all(self.tenant, token, &keep).await;
        if let Err(held) = with_grant(self.tenant, account, remove).await
            && let Some(error) = held.passing()
        {
            return Err(error);
        }
        let connection = self.at.value.clone().wait_again(self.key).map_err(|refused| self.refused(refused))?;
        self.save(connection, Vec::new()).await.map(|_| ())
    }

    async fn stop(&mut self, because: Deviation) -> Result<(), ErrorCode> {
        let because = self.cause(because).await;
        self.give_up(None, Outcome::Stopped { because }).await
    }

    /// Why the change is stopped. Of a closed account Atlassian says no more than of a grant that somebody revoked: Jira tells
    /// them apart, and where it gives no answer now, what Atlassian said is told.
    async fn cause(&self, because: Deviation) -> Deviation {
        let untold = Deviation::GrantDead { reason: ReauthorizationReason::RevokedOrPasswordChanged };
        let Some(change) = self.at.value.change.as_ref().filter(|_| because == untold) else { return because };
        match verify::closed(self.tenant, &change.intended.account_id).await {
            Ok(true) => Deviation::GrantDead { reason: ReauthorizationReason::AccountClosed },
            Ok(false) | Err(_) => because,
        }
    }

    /// Registers the new account's webhooks and lists them back. Those that the connection names are left alone, for this
    /// may yet be undone.
    async fn register(&mut self, parked: &ParkedGrant) -> Result<(), ErrorCode> {
        let account = &parked.account.person.account_id;
        let spared = self.webhooks_in_use(account);
        let ensure = async |token: &Secret| {
            let there = webhooks::listed(self.tenant, token).await?;
            webhooks::ensure(self.tenant, token, &there, &spared, None).await
        };
        let failure = match with_grant(self.tenant, account, ensure).await {
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

    /// The webhooks that `account` holds as the present main authorized user; none when it is not that.
    fn webhooks_in_use(&self, account: &AccountId) -> Vec<WebhookId> {
        let main = self.at.value.main.iter().filter(|main| main.account.person.account_id == *account);
        main.flat_map(|main| main.webhooks.iter().map(|webhook| webhook.id)).collect()
    }

    /// Moves the pointer: connection, grant and receipt in one transaction, whatever the number of users.
    async fn switch(&mut self, parked: &ParkedGrant) -> Result<(), ErrorCode> {
        let account = &parked.account.person.account_id;
        let Some(mut lasting) = self.lasting(account).await? else {
            return self.give_up(None, Outcome::Interrupted).await;
        };
        let switched = self.at.value.clone().switch(self.key, self.tenant.world.now());
        let (connection, receipt) = switched.map_err(|refused| self.refused(refused))?;
        let restored = connection.change.as_ref().is_some_and(|change| change.purpose == Purpose::RollBack);
        if let Some(personal) = lasting.value.personal.as_mut().filter(|_| !restored) {
            // Whoever just allowed for this change has done what it asks of everyone.
            personal.consented_in = connection.generation;
        }
        let mut writes = vec![records::put_grant(lasting.expect, &lasting.value)];
        writes.extend(receipt.map(|receipt| records::put(records::receipt(receipt.number), Expect::Absent, &receipt)));
        self.save(connection, writes).await.map(|_| ())
    }

    /// The grant with its tokens where they are kept for as long as it lives: those of a parked grant are kept for days
    /// only. It is not written yet. `None` when grant or tokens are gone.
    async fn lasting(&self, account: &AccountId) -> Result<Option<At<Grant>>, ErrorCode> {
        let world = self.tenant.world;
        let (key, parked_name) = (records::grant(account), records::parked_secret(&self.own()));
        let (grant, pack) = join!(records::load::<Grant>(world, &key), world.secret(&parked_name));
        let Some(At { expect, value: grant }) = grant? else { return Ok(None) };
        if grant.secret_key != parked_name {
            return Ok(Some(At { expect, value: grant }));
        }
        let Some(pack) = pack? else { return Ok(None) };
        let secret_key = self.lasting_name(account);
        world.keep_secret(&secret_key, &pack, Keep::Idle).await?;
        Ok(Some(At { expect, value: Grant { secret_key, ..grant } }))
    }

    fn lasting_name(&self, account: &AccountId) -> String {
        records::grant_secret(account, self.key.as_str())
    }

    /// Names of the secrets that this change may have left behind, but for those that `account`'s grant names. A refresh
    /// between two steps takes the tokens elsewhere, so even the lasting name may be left over.
    fn leftovers(&self, account: &AccountId, grant: Option<&Grant>, adopted: Adopted) -> Vec<String> {
        let session = self.own();
        let own = [records::request_secret(&session), records::parked_secret(&session), self.lasting_name(account)];
        let named = grant.map(records::grant_secrets).unwrap_or_default();
        let left = own.into_iter().chain(adopted.replaced_secrets.into_iter().flatten());
        left.filter(|name| !named.contains(name)).collect()
    }

    /// Removes the old account's webhooks with the old account's own grant, before that is thrown away.
    async fn remove_old_webhooks(&mut self, change: &Change, previous: &Previous) -> Result<(), ErrorCode> {
        mirror::forsake(self.tenant, &previous.account.person.account_id).await;
        let remove = async |token: &Secret| webhooks::remove_all(self.tenant, token, &[]).await;
        let left = match with_grant(self.tenant, &previous.account.person.account_id, remove).await {
            Ok(()) => 0,
            Err(held) => match held.passing() {
                Some(error) if self.patient(change) => return Err(error),
                Some(_) | None => count(previous.webhooks.len()),
            },
        };
        let connection = self.at.value.clone().old_webhooks_removed(self.key, left);
        let connection = connection.map_err(|refused| self.refused(refused))?;
        self.save(connection, Vec::new()).await.map(|_| ())
    }

    fn patient(&self, change: &Change) -> bool {
        // Somebody, or its time, may have been waited for until then: patience with Jira begins when the steps do.
        let since = match (&change.stage, &change.schedule) {
            (Stage::Switched { .. }, _) => self.at.value.main.as_ref().map_or(change.began_at, |main| main.since),
            (
                Stage::AwaitingConsent
                | Stage::Scheduled { .. }
                | Stage::Confirmed { .. }
                | Stage::Undoing { .. }
                | Stage::Ended { .. },
                Some(_),
            ) => change.taken_up_at(),
            (
                Stage::AwaitingConsent
                | Stage::Scheduled { .. }
                | Stage::Confirmed { .. }
                | Stage::Undoing { .. }
                | Stage::Ended { .. },
                None,
            ) => change.waits_until(None),
        };
        self.tenant.world.now().since(since) < PATIENCE
    }

    /// Deletes the tokens that no longer count, and ends the change. The account before keeps its grant for the grace
    /// period; the one before that does not any more.
    async fn retire(&mut self, previous: Option<Previous>, adopted: Adopted) -> Result<(), ErrorCode> {
        let world = self.tenant.world;
        let Some(main) = self.at.value.main.as_ref().map(|main| main.account.person.account_id.clone()) else {
            return Err(ErrorCode::CorruptRecord);
        };
        let (new_key, settings_key) = (records::grant(&main), records::settings());
        let moved = previous.is_some();
        let before = previous.map(|previous| previous.account.person.account_id);
        let (new, settings) =
            join!(records::load::<Grant>(world, &new_key), records::load_or_default::<Settings>(world, &settings_key));
        let grace = settings?.value.grace();
        let former =
            self.at.value.former.as_ref().filter(|_| moved).map(|former| former.account.person.account_id.clone());
        let mut superfluous: Vec<AccountId> =
            former.filter(|former| before.as_ref() != Some(former)).into_iter().collect();
        superfluous.extend(before.filter(|_| grace == Span(0)));
        superfluous.retain(|account| *account != main);
        let mut names = self.leftovers(&main, new?.as_ref().map(|at| &at.value), adopted);
        let mut writes = Vec::new();
        for account in superfluous {
            let (secrets, deletion) = discard(world, &account).await?;
            names.extend(secrets);
            writes.extend(deletion);
        }
        forget(world, &names).await?;
        let connection = self.at.value.clone().complete(self.key, grace, world.now());
        let connection = connection.map_err(|refused| self.refused(refused))?;
        if self.save(connection, writes).await? {
            // The change is over, whatever comes of these: the next round looks again.
            let _ = check::run(self.tenant, self.principal()).await;
            if moved {
                let _ = verify::begin(self.tenant).await;
            }
        }
        Ok(())
    }

    /// Removes what the new account left in Jira and in storage. A grant that its person connected, that is held for tests,
    /// or that the app acts with, is kept as it is now.
    async fn undo(&mut self, change: &Change, parked: &ParkedGrant, adopted: Adopted) -> Result<(), ErrorCode> {
        let account = &parked.account.person.account_id;
        let keep = self.webhooks_in_use(account);
        let remove = async |token: &Secret| webhooks::remove_all(self.tenant, token, &keep).await;
        if let Err(held) = with_grant(self.tenant, account, remove).await
            && let Some(error) = held.passing()
            && self.patient(change)
        {
            return Err(error);
        }
        let grant = records::load::<Grant>(self.tenant.world, &records::grant(account)).await?;
        if grant.is_some_and(|at| at.value.kept()) || self.at.value.acts_as(account) {
            self.keep_fresh(account, adopted).await
        } else {
            self.drop_fresh(account, adopted).await
        }
    }

    /// Ends an undone change of an account whose grant stays. Its record first names the lasting secret; only then
    /// may the parked one go.
    async fn keep_fresh(&mut self, account: &AccountId, adopted: Adopted) -> Result<(), ErrorCode> {
        let lasting = self.lasting(account).await?;
        if let Some(At { expect, value: grant }) = &lasting {
            let current = self.at.value.clone();
            if !self.save(current, vec![records::put_grant(*expect, grant)]).await? {
                return Ok(());
            }
        }
        let names = self.leftovers(account, lasting.as_ref().map(|at| &at.value), adopted);
        forget(self.tenant.world, &names).await?;
        self.undone(Vec::new()).await
    }

    /// Ends an undone change of an account whose grant nobody else needs.
    async fn drop_fresh(&mut self, account: &AccountId, adopted: Adopted) -> Result<(), ErrorCode> {
        let mut names = self.leftovers(account, None, adopted);
        let (secrets, writes) = discard(self.tenant.world, account).await?;
        names.extend(secrets);
        forget(self.tenant.world, &names).await?;
        self.undone(writes).await
    }

    async fn undone(&mut self, writes: Vec<Write>) -> Result<(), ErrorCode> {
        let connection = self.at.value.clone().undone(self.key, self.tenant.world.now());
        let connection = connection.map_err(|refused| self.refused(refused))?;
        if self.save(connection, writes).await? && self.at.value.main.is_some() {
            // Where the account held the webhooks in use, one of them may have had to make way.
            let _ = check::run(self.tenant, self.principal()).await;
        }
        Ok(())
    }
}

/// Records that the account before can be restored no more, before the first of its tokens is deleted: whoever goes back to
/// it at this moment is refused, and not left without tokens.
///
/// # Errors
/// [`StoreError`]; `Conflict` when somebody else moved the connection, perhaps to go back.
pub async fn leave<W: World>(world: &W, at: At<Connection>) -> Result<At<Connection>, StoreError> {
    let value = at.value.leaving();
    world.transact(vec![records::put(records::connection(), at.expect, &value)]).await?;
    Ok(At { expect: at.expect.next(), value })
}

/// What deletes the grant of an account that is main authorized user no more: names of its secrets, and writes. If its person
/// connected it themselves, or it is held for tests, it is written as it is, so that an end of that at this moment is noticed.
///
/// # Errors
/// [`StoreError`]
pub async fn discard<W: World>(world: &W, account: &AccountId) -> Result<(Vec<String>, Vec<Write>), StoreError> {
    match records::load::<Grant>(world, &records::grant(account)).await? {
        Some(at) if !at.value.kept() => Ok((records::grant_secrets(&at.value), grants::delete(world, &at).await?)),
        Some(at) => Ok((Vec::new(), vec![records::put_grant(at.expect, &at.value)])),
        None => Ok((Vec::new(), Vec::new())),
    }
}
