//! How an access token is had: from storage while it is good, else by redeeming the refresh token, one holder at a time.
//!
//! Atlassian disables a refresh token when it is redeemed, so two holders would lose the grant. The lease is taken by
//! compare-and-set on the grant's record; the intent stands in the record before the token is presented; a lost answer
//! is recovered inside Atlassian's reuse window by presenting the same token once more.

use crate::domain::account::AccountId;
use crate::domain::connection::Connection;
use crate::domain::grant::{Grant, GrantState, Next, ReauthorizationReason};
use crate::domain::scope::Scopes;
use crate::domain::time::Span;
use crate::oauth::token::{self, TokenRefused, Tokens};
use crate::ports::{Body, HttpRequest, Keep, Key, StoreError, World};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Tenant;
use crate::url::hex;
use futures_util::join;

use super::{forget, grants};

/// How often a record that somebody else moved is read anew.
const TRIES: usize = 3;

/// How often a redemption of somebody else is waited for, and for how long each time: three seconds in all.
const PAUSES: usize = 12;

/// Milliseconds of one such wait.
const PAUSE_MS: u32 = 250;

/// An access token and the version of the grant that it belongs to.
pub struct Access {
    /// For the `Authorization` header.
    pub token: Secret,
    /// The grant as it is now.
    pub grant: Grant,
}

/// Why there is no access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAccess {
    /// The account never allowed, or its grant was deleted.
    NoGrant,
    /// The account must allow again.
    Dead(ReauthorizationReason),
    /// The app's own client secret is not honoured, or not set.
    ClientSecretRejected,
    /// Another invocation is redeeming: there will be one in a moment.
    Busy,
    /// Atlassian's authorization server asks to wait: it redeemed nothing.
    Limited {
        /// For how many seconds, if it said.
        retry_after_s: Option<u32>,
    },
    /// Atlassian's authorization server gave no definite answer.
    Unavailable {
        /// For how many seconds to wait, if it said.
        retry_after_s: Option<u32>,
    },
    /// Storage gave no answer, or an unreadable one.
    Storage(StoreError),
}

impl From<StoreError> for NoAccess {
    fn from(error: StoreError) -> Self {
        Self::Storage(error)
    }
}

/// Gives an access token of `account`. `turned_away` is the version whose token Jira just answered with 401: then, and
/// only then, a token is replaced before its time.
///
/// # Errors
/// [`NoAccess`]
pub async fn access<W: World>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    turned_away: Option<u32>,
) -> Result<Access, NoAccess> {
    let key = records::grant(account);
    let mut missed = None;
    let mut pauses = 0;
    let mut tries = 0;
    while tries < TRIES {
        let at: At<Grant> = records::load(tenant.world, &key).await?.ok_or(NoAccess::NoGrant)?;
        match at.value.next(tenant.world.now(), turned_away) {
            Next::Dead(reason) => return Err(NoAccess::Dead(reason)),
            // Whoever redeems is done in a moment, and then there is a token for everybody.
            Next::Wait if pauses < PAUSES => {
                pauses += 1;
                tenant.world.pause(PAUSE_MS).await;
                continue;
            }
            Next::Wait => return Err(NoAccess::Busy),
            Next::Use => {
                let pack = tenant.world.secret(&at.value.secret_key).await?;
                if let Some(token) = pack.and_then(|pack| pack.part("access")) {
                    return Ok(Access { token, grant: at.value });
                }
                // A version's secret is deleted once a later one rests, so whoever misses it reads anew. Missing again
                // under the same name, it is gone: the grant was being deleted, and that may have broken off.
                if missed.replace(at.value.secret_key.clone()).as_ref() == Some(&at.value.secret_key) {
                    return Err(lost(tenant, account, &at.value.secret_key).await?);
                }
            }
            Next::Redeem => {
                if let Some(access) = redeem(tenant, at).await? {
                    return Ok(access);
                }
            }
        }
        tries += 1;
    }
    Err(NoAccess::Busy)
}

/// Notes that a grant has no tokens any more, unless somebody is bringing new ones.
async fn lost<W: World>(tenant: &Tenant<'_, W>, account: &AccountId, name: &str) -> Result<NoAccess, StoreError> {
    let world = tenant.world;
    let connection: At<Connection> = records::load_or_default(world, &records::connection()).await?;
    let reason = ReauthorizationReason::NotRenewable;
    let lost = |grant: Grant| {
        let same = grant.secret_key == name && grant.redemption.is_none();
        if same && grant.state == GrantState::Working { grant.died(reason, world.now()) } else { grant }
    };
    let grant = grants::amend(world, account, connection.value.epoch(), &lost).await?;
    let dead = grant.is_some_and(|grant| grant.state == GrantState::ReauthorizationRequired { reason });
    Ok(if dead { NoAccess::Dead(reason) } else { NoAccess::NoGrant })
}

/// Redeems the refresh token; `None` when another holder was faster.
async fn redeem<W: World>(tenant: &Tenant<'_, W>, at: At<Grant>) -> Result<Option<Access>, NoAccess> {
    let holder = hex(&tenant.world.random());
    let broke_off = at.value.redemption.is_some();
    let leased = at.value.lease(holder.clone(), tenant.world.now());
    let account = leased.account.person.account_id.clone();
    let key = records::grant(&account);
    match tenant.world.transact(vec![records::put_grant(at.expect, &leased)]).await {
        Ok(()) => {}
        Err(StoreError::Conflict) => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    let Some(held) = held(tenant, &key, &holder).await? else { return Ok(None) };
    // Whoever held the lease before broke off, perhaps between their secret and their record.
    let before = held.value.redemption.iter().flat_map(|redemption| redemption.before.iter().flatten());
    let orphans: Vec<String> = before.map(|left| records::grant_secret(&account, left)).collect();
    let left_over = orphans.into_iter().chain(held.value.retired_secret.clone());
    let left_over: Vec<String> = left_over.filter(|name| *name != held.value.secret_key).collect();
    let (pack, forgotten) = join!(tenant.world.secret(&held.value.secret_key), forget(tenant.world, &left_over),);
    forgotten?;
    let refresh = pack?.and_then(|pack| pack.part("refresh"));
    let answer = match refresh {
        Some(refresh) => ask(tenant, &refresh).await.map(|tokens| (tokens, refresh)),
        None => Err(NoAccess::Dead(ReauthorizationReason::NotRenewable)),
    };
    match answer {
        Ok((tokens, presented)) => keep(tenant, held, &holder, tokens, presented).await,
        Err(NoAccess::Dead(reason)) => {
            // A token that was presented before and whose answer was lost is most likely void for that: nobody revoked it.
            let revoked = reason == ReauthorizationReason::RevokedOrPasswordChanged;
            let reason = if broke_off && revoked { ReauthorizationReason::NotRenewable } else { reason };
            settle(tenant, held, &holder, &|grant| grant.died(reason, tenant.world.now())).await?;
            Ok(None)
        }
        Err(other @ (NoAccess::ClientSecretRejected | NoAccess::Limited { .. })) => {
            settle(tenant, held, &holder, &|grant| grant.unredeemed(broke_off)).await?;
            Err(other)
        }
        Err(other) => {
            settle(tenant, held, &holder, &Grant::yielded).await?;
            Err(other)
        }
    }
}

/// The grant, read anew after the lease was taken, if `holder` holds it.
async fn held<W: World>(tenant: &Tenant<'_, W>, key: &Key, holder: &str) -> Result<Option<At<Grant>>, StoreError> {
    let at: Option<At<Grant>> = records::load(tenant.world, key).await?;
    Ok(at.filter(|at| at.value.leased_by(holder)))
}

/// Presents a refresh token. Whoever asks holds the lease on it, and has recorded that.
///
/// # Errors
/// [`NoAccess`]
pub(super) async fn ask<W: World>(tenant: &Tenant<'_, W>, refresh: &Secret) -> Result<Tokens, NoAccess> {
    let (id, secret) = tenant.config.client().map_err(|_| NoAccess::ClientSecretRejected)?;
    let body = token::refresh(id, secret, refresh);
    let url = format!("{}/oauth/token", tenant.config.authorization_origin);
    let request = HttpRequest { method: "POST", url, bearer: None, body: Some(Body::Secret(&body)) };
    let unknown = NoAccess::Unavailable { retry_after_s: None };
    let answer = tenant.world.http(request).await.map_err(|_| unknown)?;
    token::read(answer.status, answer.limits.retry_after_s, &answer.body).map_err(|refused| match refused {
        TokenRefused::InvalidGrant => NoAccess::Dead(ReauthorizationReason::RevokedOrPasswordChanged),
        TokenRefused::InvalidClient => NoAccess::ClientSecretRejected,
        TokenRefused::Limited { retry_after_s } => NoAccess::Limited { retry_after_s },
        TokenRefused::Unavailable { retry_after_s } => NoAccess::Unavailable { retry_after_s },
        TokenRefused::Malformed => unknown,
    })
}

/// Writes the new tokens under a new name, then moves the record to it.
async fn keep<W: World>(
    tenant: &Tenant<'_, W>,
    held: At<Grant>,
    holder: &str,
    tokens: Tokens,
    presented: Secret,
) -> Result<Option<Access>, NoAccess> {
    let now = tenant.world.now();
    let secret_key = records::grant_secret(&held.value.account.person.account_id, holder);
    // A server that does not rotate sends no new refresh token: the presented one stays.
    let refresh = tokens.refresh.unwrap_or(presented);
    let pack = Secret::pack(&[("access", Some(&tokens.access)), ("refresh", Some(&refresh))]);
    tenant.world.keep_secret(&secret_key, &pack, Keep::Idle).await?;
    let expires_at = now.plus(Span::seconds(tokens.expires_in_s));
    let scopes = tokens.scope.as_deref().map(Scopes::parse);
    let refreshed = |grant: Grant| grant.refreshed(secret_key.clone(), scopes.clone(), expires_at, now);
    let Some(grant) = settle(tenant, held, holder, &refreshed).await? else {
        // The grant was deleted or replaced meanwhile: these tokens must not bring it back.
        tenant.world.forget_secret(&secret_key).await?;
        return Ok(None);
    };
    forget(tenant.world, grant.retired_secret.as_slice()).await?;
    Ok(Some(Access { token: tokens.access, grant }))
}

/// Records what a redemption came to. Others may move the record meanwhile, for its person used the grant or was counted:
/// as long as the lease is in it, its tokens are the holder's, and the outcome is recorded on what they left. `None` when
/// the lease is lost.
async fn settle<W: World>(
    tenant: &Tenant<'_, W>,
    held: At<Grant>,
    holder: &str,
    outcome: &dyn Fn(Grant) -> Grant,
) -> Result<Option<Grant>, StoreError> {
    let world = tenant.world;
    let key = records::grant(&held.value.account.person.account_id);
    let mut held = Some(held);
    while let Some(at) = held {
        let mut grant = outcome(at.value.clone());
        // Only a grant that died or has other scopes than before counts for something else.
        if (grant.state, &grant.scopes) != (at.value.state, &at.value.scopes) {
            let connection: At<Connection> = records::load_or_default(world, &records::connection()).await?;
            grant = grant.counted(connection.value.epoch(), world.now());
        }
        match world.transact(grants::put(world, Some(&at), &grant).await?).await {
            Ok(()) => return Ok(Some(grant)),
            Err(StoreError::Conflict) => held = self::held(tenant, &key, holder).await?,
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}
