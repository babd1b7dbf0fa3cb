//! Acting in Jira with an account's grant, and what follows when that fails.

use crate::api::ErrorCode;
use crate::domain::account::AccountId;
use crate::domain::grant::ReauthorizationReason;
use crate::domain::health::CheckFailure;
use crate::jira::JiraRefused;
use crate::ports::World;
use crate::secret::Secret;
use crate::tenant::Tenant;

use super::access::{NoAccess, access};
use super::{caller, webhooks};

/// Does something with an account's access token; once more with a fresh one when Jira turns the first away.
///
/// # Errors
/// [`Held`]
pub async fn with_grant<W: World, T, E: Into<Held>>(
    tenant: &Tenant<'_, W>,
    account: &AccountId,
    act: impl AsyncFn(&Secret) -> Result<T, E>,
) -> Result<T, Held> {
    let mut turned_away = None;
    for _ in 0..2 {
        let held = access(tenant, account, turned_away).await?;
        match act(&held.token).await.map_err(Into::into) {
            Err(Held::Gone(_)) => turned_away = Some(held.grant.version),
            other => return other,
        }
    }
    Err(Held::Gone(ReauthorizationReason::RevokedOrPasswordChanged))
}

/// How an act with a grant failed.
pub enum Held {
    /// One can only wait.
    Wait(ErrorCode),
    /// The grant is not honoured.
    Gone(ReauthorizationReason),
    /// Jira refused, for certain.
    Failed(CheckFailure),
}

impl Held {
    /// What to wait for, when the act has to happen some time: only a grant that is gone is gone for good. A wrong client
    /// secret is mended by whoever deployed the app, and what Jira refuses today it may do tomorrow.
    #[must_use]
    pub fn passing(self) -> Option<ErrorCode> {
        match self {
            Self::Wait(error) => Some(error),
            Self::Failed(CheckFailure::ClientSecretRejected) => {
                Some(ErrorCode::AuthorizationServerUnavailable { retry_after_s: None })
            }
            Self::Failed(_) => Some(ErrorCode::JiraUnavailable { retry_after_s: None }),
            Self::Gone(_) => None,
        }
    }
}

impl From<NoAccess> for Held {
    fn from(none: NoAccess) -> Self {
        match none {
            NoAccess::NoGrant => Self::Gone(ReauthorizationReason::NotRenewable),
            NoAccess::Dead(reason) => Self::Gone(reason),
            NoAccess::ClientSecretRejected => Self::Failed(CheckFailure::ClientSecretRejected),
            // Whoever redeems has not had an answer for seconds.
            NoAccess::Busy => Self::Wait(ErrorCode::AuthorizationServerUnavailable { retry_after_s: None }),
            NoAccess::Limited { retry_after_s } | NoAccess::Unavailable { retry_after_s } => {
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
