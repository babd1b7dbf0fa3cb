//! The authorization session: from the authorization request to the grant that it yields.
//!
//! ```text
//! Pending -> Claimed -> Authorized -> Consumed
//!    \----------\-----------\-------> Superseded
//!     \----------\------------------> Denied
//! ```
//! Expiry is no state: it is read off `expires_at`, because storage may keep a record long after its time.

use super::account::{Account, Person};
use super::hand_off::HandOffKey;
use super::scope::Scopes;
use super::site::{CloudId, Site};
use super::tagged::tagged;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// How long an authorization request may be answered.
pub const LIFE: Span = Span::minutes(10);

/// How long after its claim a redirect that parked nothing counts as interrupted: longer than a web trigger may run.
pub const CLAIM_LIFE: Span = Span::seconds(60);

/// The name of a session: the lower-case hexadecimal SHA-256 of its `state`. It is no secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(as = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct SessionKey(String);

/// Text that names no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotASessionKey;

impl std::fmt::Display for NotASessionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a session key")
    }
}

impl SessionKey {
    /// Reads a key.
    ///
    /// # Errors
    /// When it is not 64 lower-case hexadecimal digits.
    pub fn parse(text: impl Into<String>) -> Result<Self, NotASessionKey> {
        let text = text.into();
        let digest = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if digest { Ok(Self(text)) } else { Err(NotASessionKey) }
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SessionKey {
    type Error = NotASessionKey;

    fn try_from(text: String) -> Result<Self, NotASessionKey> {
        Self::parse(text)
    }
}

impl From<SessionKey> for String {
    fn from(key: SessionKey) -> Self {
        key.0
    }
}

/// What the authorization is for. It is bound at the start, so that a grant never serves another purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Purpose {
    /// The site gets its first main authorized user.
    FirstConnect,
    /// The main authorized user changes.
    ChangeMainUser,
    /// The previous main authorized user becomes the present one again.
    RollBack,
    /// A person authorizes the app for themselves.
    Reauthorize,
    /// Somebody else allows, who can sign in as an account that is to be tested.
    Test,
}

/// A grant that was verified with Atlassian but does not count yet: only the initiator can make it count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ParkedGrant {
    /// The account that selected *Allow*.
    pub account: Account,
    /// What it allowed.
    pub scopes: Scopes,
    /// This site, as the grant reaches it.
    pub site: Site,
    /// When the grant was issued.
    pub obtained_at: Timestamp,
    /// When its access token expires.
    pub access_expires_at: Timestamp,
    /// Since when its refresh token is being presented; absent while nobody does. It is written before Atlassian is asked, so
    /// that an answer that was lost is asked for again while Atlassian still gives it.
    pub presented_at: Option<Timestamp>,
}

/// Why an authorization yielded nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase")]
pub enum Denial {
    /// The person selected *Cancel*: `access_denied`.
    Declined,
    /// The authorization server reported another error instead of a code.
    AuthorizationError,
    /// The authorization server would not exchange the code.
    CodeRefused,
    /// The authorization server refused the app's own client secret.
    ClientSecretRejected,
    /// Fewer scopes were granted than are needed.
    ScopesMissing {
        /// The missing ones.
        missing: Vec<String>,
    },
    /// The grant does not reach this site.
    SiteNotCovered {
        /// Names of the sites that it reaches.
        covered: Vec<String>,
    },
    /// Atlassian's answer was not usable: nothing is kept of it.
    MalformedAnswer,
    /// Atlassian could not be reached after the code was used up.
    Unreachable,
    /// Another account allowed than the one that alone may: that of the person who began, or the one that a hand-off link
    /// is meant for. Nothing is kept of it.
    WrongAccount {
        /// Who.
        allowed: Person,
    },
}

tagged!(Denial);

/// Where the session stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase")]
pub enum SessionState {
    /// The authorization page is open somewhere.
    Pending,
    /// A redirect came and is being verified; its code is spent.
    Claimed {
        /// When.
        at: Timestamp,
    },
    /// A verified grant is parked.
    Authorized {
        /// The grant.
        parked: Box<ParkedGrant>,
    },
    /// The grant counts.
    Consumed {
        /// Since when.
        at: Timestamp,
    },
    /// No grant came of it.
    Denied {
        /// Why.
        denial: Denial,
    },
    /// It was cancelled, or another took its place.
    Superseded {
        /// When.
        at: Timestamp,
    },
}

tagged!(SessionState);

/// An authorization session, bound to everything that its answer must fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationSession {
    /// What it is for.
    pub purpose: Purpose,
    /// Who began it.
    pub initiator: Person,
    /// Which account is meant to allow.
    pub intended: Person,
    /// Which site it is for.
    pub cloud_id: CloudId,
    /// Which Forge environment began it.
    pub environment: String,
    /// The `redirect_uri` that was sent and must be sent again with the code.
    pub redirect_uri: String,
    /// The scopes that were asked for.
    pub scopes: Vec<String>,
    /// Whether a PKCE challenge was sent: then, and only then, the verifier goes with the code.
    pub challenged: bool,
    /// When it began.
    pub began_at: Timestamp,
    /// Until when it may be answered.
    pub expires_at: Timestamp,
    /// The hand-off link from which it was begun.
    pub hand_off: Option<HandOffKey>,
    /// Where it stands.
    pub state: SessionState,
}

/// Why a session did not take an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionRefused {
    /// Its ten minutes are over.
    Expired,
    /// It was answered before.
    AlreadyUsed,
    /// It was cancelled or replaced.
    Superseded,
    /// No answer has come yet.
    NotAuthorized,
    /// It belongs to another site or environment.
    Elsewhere,
}

impl AuthorizationSession {
    /// Whether the time for an answer is over.
    #[must_use]
    pub fn expired(&self, now: Timestamp) -> bool {
        now >= self.expires_at
    }

    /// Takes the redirect: the first one, in time, on the site and environment that began it.
    ///
    /// # Errors
    /// [`SessionRefused`]; the session stays as it is.
    pub fn claim(self, cloud_id: &CloudId, environment: &str, now: Timestamp) -> Result<Self, SessionRefused> {
        if self.cloud_id != *cloud_id || self.environment != environment {
            return Err(SessionRefused::Elsewhere);
        }
        match self.state {
            SessionState::Superseded { .. } => Err(SessionRefused::Superseded),
            SessionState::Claimed { .. }
            | SessionState::Authorized { .. }
            | SessionState::Consumed { .. }
            | SessionState::Denied { .. } => Err(SessionRefused::AlreadyUsed),
            SessionState::Pending if self.expired(now) => Err(SessionRefused::Expired),
            SessionState::Pending => Ok(Self { state: SessionState::Claimed { at: now }, ..self }),
        }
    }

    /// Parks the verified grant of a claimed redirect.
    ///
    /// # Errors
    /// [`SessionRefused`] when it is not claimed: it may have been cancelled while Atlassian was asked.
    pub fn authorize(self, parked: ParkedGrant) -> Result<Self, SessionRefused> {
        self.claimed()?;
        Ok(Self { state: SessionState::Authorized { parked: Box::new(parked) }, ..self })
    }

    /// Records that a claimed redirect yielded nothing.
    ///
    /// # Errors
    /// [`SessionRefused`] when it is not claimed.
    pub fn deny(self, denial: Denial) -> Result<Self, SessionRefused> {
        self.claimed()?;
        Ok(Self { state: SessionState::Denied { denial }, ..self })
    }

    /// Makes the parked grant count.
    ///
    /// # Errors
    /// [`SessionRefused`] when none is parked.
    pub fn consume(self, now: Timestamp) -> Result<(Self, ParkedGrant), SessionRefused> {
        match self.state {
            SessionState::Authorized { parked } => {
                Ok((Self { state: SessionState::Consumed { at: now }, ..self }, *parked))
            }
            SessionState::Pending | SessionState::Claimed { .. } | SessionState::Denied { .. } => {
                Err(SessionRefused::NotAuthorized)
            }
            SessionState::Consumed { .. } => Err(SessionRefused::AlreadyUsed),
            SessionState::Superseded { .. } => Err(SessionRefused::Superseded),
        }
    }

    /// Takes the session out of play: whatever arrives for it later is refused.
    ///
    /// # Errors
    /// [`SessionRefused::AlreadyUsed`] once its grant counts.
    pub fn supersede(self, now: Timestamp) -> Result<Self, SessionRefused> {
        match self.state {
            SessionState::Consumed { .. } => Err(SessionRefused::AlreadyUsed),
            SessionState::Pending
            | SessionState::Claimed { .. }
            | SessionState::Authorized { .. }
            | SessionState::Denied { .. } => Ok(Self { state: SessionState::Superseded { at: now }, ..self }),
            SessionState::Superseded { .. } => Ok(self),
        }
    }

    /// The parked grant, while it waits for the initiator.
    #[must_use]
    pub fn parked(&self) -> Option<&ParkedGrant> {
        match &self.state {
            SessionState::Authorized { parked } => Some(parked),
            SessionState::Pending
            | SessionState::Claimed { .. }
            | SessionState::Consumed { .. }
            | SessionState::Denied { .. }
            | SessionState::Superseded { .. } => None,
        }
    }

    fn claimed(&self) -> Result<(), SessionRefused> {
        match self.state {
            SessionState::Claimed { .. } => Ok(()),
            SessionState::Pending => Err(SessionRefused::NotAuthorized),
            SessionState::Authorized { .. } | SessionState::Consumed { .. } | SessionState::Denied { .. } => {
                Err(SessionRefused::AlreadyUsed)
            }
            SessionState::Superseded { .. } => Err(SessionRefused::Superseded),
        }
    }
}
