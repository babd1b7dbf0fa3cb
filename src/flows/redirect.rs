//! The redirect endpoint: anonymous, so it verifies and parks, and makes nothing count.
//!
//! A code is exchanged at most once, because the session is claimed by compare-and-set before Atlassian is asked.
//! Whatever is refused leaves one row in the log of refusals and gets one constant page.

use crate::domain::authorization::{
    AuthorizationSession, Denial, ParkedGrant, Purpose, SessionKey, SessionRefused, SessionState,
};
use crate::domain::hand_off::HandOff;
use crate::domain::refusal::{RedirectRefusal, Refusals};
use crate::domain::scope::Scopes;
use crate::domain::time::{Span, Timestamp};
use crate::identity::Reach;
use crate::jira::JiraRefused;
use crate::oauth::authorization_request::fingerprint;
use crate::oauth::redirect::{Answer, AuthorizationResponse, read};
use crate::oauth::token::{self, TokenRefused, Tokens};
use crate::pages;
use crate::ports::{Body, HttpRequest, Key, StoreError, World, Write};
use crate::records::{self, At};
use crate::secret::Secret;
use crate::tenant::Tenant;
use crate::web::{WebRequest, WebResponse};
use futures_util::join;

use super::ask;

/// Answers whoever comes to the redirect endpoint.
pub async fn redirect<W: World>(tenant: &Tenant<'_, W>, request: &WebRequest) -> WebResponse {
    // A link preview asks with HEAD, a form with POST: neither is an authorization server's redirect.
    if request.method != "GET" {
        return WebResponse::method_not_allowed("GET");
    }
    match take(tenant, request).await {
        Ok(page) => page,
        Err(Turned::Away(reason)) => {
            note(tenant, reason).await;
            pages::refused()
        }
        Err(Turned::Silently) => pages::refused(),
        Err(Turned::Uncertain) => pages::uncertain(),
    }
}

/// Why a redirect gets the constant page.
enum Turned {
    /// It does not fit, for certain.
    Away(RedirectRefusal),
    /// The session was cancelled while Atlassian was asked, or there is none to log to.
    Silently,
    /// Storage gave no answer, so nobody here knows what took effect.
    Uncertain,
}

impl From<StoreError> for Turned {
    fn from(_: StoreError) -> Self {
        Self::Uncertain
    }
}

async fn take<W: World>(tenant: &Tenant<'_, W>, request: &WebRequest) -> Result<WebResponse, Turned> {
    let response = read(&request.query).map_err(|_| Turned::Away(RedirectRefusal::Malformed))?;
    let key = SessionKey::parse(fingerprint(&response.state)).map_err(|_| Turned::Silently)?;
    let (record, name) = (records::session(&key), records::request_secret(&key));
    let (at, secret) = join!(records::load::<AuthorizationSession>(tenant.world, &record), tenant.world.secret(&name));
    let at = at?.ok_or(Turned::Away(RedirectRefusal::UnknownState))?;
    let secret = secret?;
    // RFC 9207: one authorization server only, so an absent issuer is fine and another one is an attack.
    if response.issuer.as_ref().is_some_and(|issuer| !same_issuer(issuer, &tenant.config.authorization_origin)) {
        return Err(Turned::Away(RedirectRefusal::WrongIssuer));
    }
    let claimed = claim(tenant, &key, at).await?;
    let outcome = answer(tenant, &claimed.value, response, secret).await;
    settle(tenant, &key, claimed, outcome).await
}

fn same_issuer(issuer: &str, origin: &str) -> bool {
    issuer.trim_end_matches('/') == origin
}

async fn claim<W: World>(
    tenant: &Tenant<'_, W>,
    key: &SessionKey,
    at: At<AuthorizationSession>,
) -> Result<At<AuthorizationSession>, Turned> {
    let claimed = at.value.claim(&tenant.cloud_id, &tenant.environment, tenant.world.now());
    let claimed = claimed.map_err(|refused| Turned::Away(reason(refused)))?;
    let write = records::put(records::session(key), at.expect, &claimed);
    match tenant.world.transact(vec![write]).await {
        Ok(()) => Ok(At { expect: at.expect.next(), value: claimed }),
        Err(StoreError::Conflict) => Err(Turned::Away(RedirectRefusal::AlreadyUsed)),
        Err(error) => Err(error.into()),
    }
}

fn reason(refused: SessionRefused) -> RedirectRefusal {
    match refused {
        SessionRefused::Expired => RedirectRefusal::Expired,
        SessionRefused::AlreadyUsed | SessionRefused::NotAuthorized => RedirectRefusal::AlreadyUsed,
        SessionRefused::Superseded => RedirectRefusal::Superseded,
        SessionRefused::Elsewhere => RedirectRefusal::Elsewhere,
    }
}

/// What Atlassian says to the code: a grant with its tokens, or why not.
async fn answer<W: World>(
    tenant: &Tenant<'_, W>,
    session: &AuthorizationSession,
    response: AuthorizationResponse,
    secret: Option<Secret>,
) -> Result<(ParkedGrant, Tokens), Denial> {
    let code = match response.answer {
        Answer::Code(code) => code,
        Answer::Declined => return Err(Denial::Declined),
        Answer::Error => return Err(Denial::AuthorizationError),
    };
    // A challenge was sent: without its verifier the code is not presented at all (RFC 9700 section 4.8.2).
    let verifier = match (session.challenged, secret.and_then(|pack| pack.part("verifier"))) {
        (true, None) => return Err(Denial::CodeRefused),
        (true, verifier) => verifier,
        (false, _) => None,
    };
    let tokens = exchange(tenant, session, &code, verifier.as_ref()).await?;
    let parked = verify(tenant, session, &tokens).await?;
    Ok((parked, tokens))
}

async fn exchange<W: World>(
    tenant: &Tenant<'_, W>,
    session: &AuthorizationSession,
    code: &Secret,
    verifier: Option<&Secret>,
) -> Result<Tokens, Denial> {
    let (id, secret) = tenant.config.client().map_err(|_| Denial::ClientSecretRejected)?;
    let body = token::exchange(id, secret, code, &session.redirect_uri, verifier);
    let url = format!("{}/oauth/token", tenant.config.authorization_origin);
    let request = HttpRequest { method: "POST", url, bearer: None, body: Some(Body::Secret(&body)) };
    let answer = tenant.world.http(request).await.map_err(|_| Denial::Unreachable)?;
    token::read(answer.status, answer.limits.retry_after_s, &answer.body).map_err(|refused| match refused {
        TokenRefused::InvalidGrant => Denial::CodeRefused,
        TokenRefused::InvalidClient => Denial::ClientSecretRejected,
        TokenRefused::Limited { .. } | TokenRefused::Unavailable { .. } => Denial::Unreachable,
        TokenRefused::Malformed => Denial::MalformedAnswer,
    })
}

async fn verify<W: World>(
    tenant: &Tenant<'_, W>,
    session: &AuthorizationSession,
    tokens: &Tokens,
) -> Result<ParkedGrant, Denial> {
    // Without a refresh token the integration would stop within the hour.
    if tokens.refresh.is_none() {
        return Err(Denial::ScopesMissing { missing: vec!["offline_access".into()] });
    }
    let scopes = tokens.scope.as_deref().map(Scopes::parse).ok_or(Denial::MalformedAnswer)?;
    let wanted: Vec<&str> = session.scopes.iter().map(String::as_str).collect();
    let missing = scopes.missing(&wanted);
    if !missing.is_empty() {
        return Err(Denial::ScopesMissing { missing });
    }
    let (account, reach) =
        join!(ask::me(tenant, &tokens.access), ask::reach(tenant, &tokens.access, &session.cloud_id, &wanted));
    let account = account.map_err(|refused| denial(&refused))?;
    // A person authorizes for themselves alone: nothing is kept of anybody else's tokens.
    if session.purpose == Purpose::Reauthorize && account.person.account_id != session.initiator.account_id {
        return Err(Denial::WrongAccount { allowed: account.person });
    }
    // Whoever has a link is known to nobody: it serves the account that it names, and nobody may accept another.
    if session.hand_off.is_some() && account.person.account_id != session.intended.account_id {
        return Err(Denial::WrongAccount { allowed: account.person });
    }
    let site = match reach.map_err(|refused| denial(&refused))? {
        Reach::Covered(site) => site,
        Reach::Short(missing) => return Err(Denial::ScopesMissing { missing }),
        Reach::Elsewhere(covered) => return Err(Denial::SiteNotCovered { covered }),
    };
    let now = tenant.world.now();
    let access_expires_at = now.plus(Span::seconds(tokens.expires_in_s));
    Ok(ParkedGrant { account, scopes, site, obtained_at: now, access_expires_at, presented_at: None })
}

fn denial(refused: &JiraRefused) -> Denial {
    match refused {
        JiraRefused::Unavailable { .. } => Denial::Unreachable,
        JiraRefused::Unauthenticated
        | JiraRefused::ScopeMissing
        | JiraRefused::Forbidden
        | JiraRefused::NotFound
        | JiraRefused::Unexpected(_) => Denial::MalformedAnswer,
    }
}

/// Parks the grant, or records why there is none. The tokens rest before the session names them; if the session was
/// cancelled meanwhile they are deleted again, so that no token is without an owner.
async fn settle<W: World>(
    tenant: &Tenant<'_, W>,
    key: &SessionKey,
    claimed: At<AuthorizationSession>,
    outcome: Result<(ParkedGrant, Tokens), Denial>,
) -> Result<WebResponse, Turned> {
    let (parked_name, keep) = records::yielded_secret(&claimed.value, key);
    let link = link(tenant, &claimed.value).await?;
    let (link, page) = told(link, outcome.as_ref().map(|(parked, _)| parked), tenant.world.now())?;
    let session = match outcome {
        Ok((parked, tokens)) => {
            let pack = Secret::pack(&[("access", Some(&tokens.access)), ("refresh", tokens.refresh.as_ref())]);
            tenant.world.keep_secret(&parked_name, &pack, keep).await?;
            claimed.value.authorize(parked)
        }
        Err(denial) => claimed.value.deny(denial),
    };
    let session = session.map_err(|_| Turned::Silently)?;
    let parked = matches!(session.state, SessionState::Authorized { .. });
    let mut writes = vec![records::put(records::session(key), claimed.expect, &session)];
    writes.extend(link);
    match tenant.world.transact(writes).await {
        Ok(()) => {}
        // Storage may have taken it all the same, and the page must not deny what did take effect.
        Err(StoreError::Unavailable) if rests(tenant, key, &session).await? => {}
        Err(StoreError::Conflict) => {
            if parked {
                tenant.world.forget_secret(&parked_name).await?;
            }
            return Err(Turned::Silently);
        }
        Err(StoreError::Unavailable | StoreError::Corrupt) => return Err(Turned::Uncertain),
    }
    // The verifier has done its work. Storage forgets it within a day if this call fails.
    let _ = tenant.world.forget_secret(&records::request_secret(key)).await;
    Ok(page)
}

/// The page that tells what came of it, and the link as it is then. Judged before any token is kept: a link that was taken
/// back meanwhile yields none.
fn told(
    link: Option<(Key, At<HandOff>)>,
    outcome: Result<&ParkedGrant, &Denial>,
    now: Timestamp,
) -> Result<(Option<Write>, WebResponse), Turned> {
    let Some((key, At { expect, value: link })) = link else {
        let page = outcome.map_or_else(pages::denied, |it| pages::allowed(&it.account.person, it.site.host()));
        return Ok((None, page));
    };
    let (page, link) = match outcome {
        Ok(parked) => {
            (pages::hand_off::allowed(&link, parked.site.host()), link.used(now).map_err(|_| Turned::Silently)?)
        }
        Err(denial) => (pages::hand_off::denied(&link, denial, now), link.failed(denial.clone(), now)),
    };
    Ok((Some(records::put(key, expect, &link)), page))
}

/// The link from which a session was begun. Its record and the session's move in one transaction.
async fn link<W: World>(
    tenant: &Tenant<'_, W>,
    session: &AuthorizationSession,
) -> Result<Option<(Key, At<HandOff>)>, Turned> {
    let Some(link) = &session.hand_off else { return Ok(None) };
    let key = records::hand_off(link);
    let at = records::load(tenant.world, &key).await?.ok_or(Turned::Silently)?;
    Ok(Some((key, at)))
}

/// Whether the session is stored as it is here.
async fn rests<W: World>(
    tenant: &Tenant<'_, W>,
    key: &SessionKey,
    session: &AuthorizationSession,
) -> Result<bool, StoreError> {
    let stored: Option<At<AuthorizationSession>> = records::load(tenant.world, &records::session(key)).await?;
    Ok(stored.is_some_and(|at| at.value == *session))
}

/// Counts a refusal.
pub(super) async fn note<W: World>(tenant: &Tenant<'_, W>, reason: RedirectRefusal) {
    let key = records::refusals();
    let Ok(at) = records::load_or_default::<Refusals>(tenant.world, &key).await else { return };
    // What cannot be counted is turned away all the same.
    let _ = records::amend(tenant.world, key, at, &|rows| Some(rows.with(reason, tenant.world.now()))).await;
}
