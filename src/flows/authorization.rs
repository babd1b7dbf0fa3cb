//! An authorization request on its way: drawn, bound into a session, and the address of Atlassian's page for it.

use crate::api::ErrorCode;
use crate::domain::account::Person;
use crate::domain::authorization::{AuthorizationSession, LIFE, Purpose, SessionKey, SessionState};
use crate::domain::hand_off::HandOffKey;
use crate::domain::time::Timestamp;
use crate::oauth::authorization_request::{AuthorizationRequest, fingerprint};
use crate::oauth::pkce;
use crate::ports::World;
use crate::secret::Secret;
use crate::tenant::Tenant;

/// What is drawn for one authorization request: its `state` and, unless PKCE is switched off, its verifier.
pub struct Drawn {
    state: Secret,
    verifier: Option<Secret>,
}

/// Who asks whom, and for what.
pub struct Asked {
    /// What the authorization is for.
    pub purpose: Purpose,
    /// Who began it.
    pub initiator: Person,
    /// Who is to allow.
    pub intended: Person,
    /// Where the browser comes back to.
    pub redirect_uri: String,
    /// What to ask for.
    pub scopes: Vec<String>,
    /// The hand-off link from which this is asked.
    pub hand_off: Option<HandOffKey>,
}

impl Drawn {
    /// A new one.
    #[must_use]
    pub fn new<W: World>(tenant: &Tenant<'_, W>) -> Self {
        let state = Secret::from_random(tenant.world.random());
        let verifier = tenant.config.pkce.then(|| Secret::from_random(tenant.world.random()));
        Self { state, verifier }
    }

    /// That of a session, as it was kept; `None` when it is no such secret.
    #[must_use]
    pub fn of(kept: &Secret, session: &AuthorizationSession) -> Option<Self> {
        Some(Self { state: kept.part("state")?, verifier: kept.part("verifier").filter(|_| session.challenged) })
    }

    /// Under which its session is stored.
    ///
    /// # Errors
    /// [`ErrorCode::CorruptRecord`]
    pub fn key(&self) -> Result<SessionKey, ErrorCode> {
        SessionKey::parse(fingerprint(&self.state)).map_err(|_| ErrorCode::CorruptRecord)
    }

    /// As it is kept until the browser comes back.
    #[must_use]
    pub fn kept(&self) -> Secret {
        Secret::pack(&[("state", Some(&self.state)), ("verifier", self.verifier.as_ref())])
    }

    /// The session that waits for the answer.
    #[must_use]
    pub fn session<W: World>(&self, tenant: &Tenant<'_, W>, asked: Asked, now: Timestamp) -> AuthorizationSession {
        let Asked { purpose, initiator, intended, redirect_uri, scopes, hand_off } = asked;
        AuthorizationSession {
            purpose,
            initiator,
            intended,
            cloud_id: tenant.cloud_id.clone(),
            environment: tenant.environment.clone(),
            redirect_uri,
            scopes,
            challenged: self.verifier.is_some(),
            began_at: now,
            expires_at: now.plus(LIFE),
            hand_off,
            state: SessionState::Pending,
        }
    }

    /// The address of Atlassian's authorization page.
    ///
    /// # Errors
    /// [`ErrorCode::NotConfigured`]
    pub fn url<W: World>(
        &self,
        tenant: &Tenant<'_, W>,
        redirect_uri: &str,
        scopes: &[&str],
    ) -> Result<String, ErrorCode> {
        let challenge = self.verifier.as_ref().map(pkce::challenge);
        let (client_id, _) = tenant.config.client()?;
        let request = AuthorizationRequest {
            origin: &tenant.config.authorization_origin,
            client_id,
            scopes,
            redirect_uri,
            state: &self.state,
            challenge: challenge.as_deref(),
        };
        Ok(request.url())
    }
}
