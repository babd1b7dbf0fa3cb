//! Where one person stands: derived from their grant, the generation of the connection, and the policy of its changes.
//!
//! A change of main authorized user rewrites no grant. It raises the generation, and what that means for a person follows
//! from here when somebody asks.

use super::account::Person;
use super::grant::{Grant, GrantState, PersonalUse, ReauthorizationReason};
use super::scope::REQUIRED_OF_PEOPLE;
use super::tagged::tagged;
use serde::{Deserialize, Serialize};

/// What the connection says about everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Epoch {
    /// The generation of the connection.
    pub generation: u32,
    /// The generation since which every person must have allowed; nought when there is none.
    pub everyone_since: u32,
}

/// Where a person stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase")]
pub enum Standing {
    /// The grant works, and was tried since the last change.
    Working,
    /// The grant worked before the last change and was not tried since. It is used as it is.
    Unverified,
    /// The person must allow again.
    ToReauthorize {
        /// Why.
        reason: ReauthorizationReason,
    },
    /// The person tried to allow again, and another account did.
    WrongAccount {
        /// Why the person must allow again.
        reason: ReauthorizationReason,
        /// Who allowed.
        allowed: Person,
    },
    /// The grant is dead, and the person never did anything with it: they are not asked.
    NeverUsed {
        /// Why the grant is dead.
        reason: ReauthorizationReason,
    },
    /// The account is deactivated or closed: nobody is asked.
    Deactivated,
}

tagged!(Standing);

/// A standing as it is counted and sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Label {
    /// [`Standing::Working`] and, until it is tried, [`Standing::Unverified`].
    Working,
    /// [`Standing::ToReauthorize`].
    ToReauthorize,
    /// [`Standing::WrongAccount`].
    WrongAccount,
    /// [`Standing::NeverUsed`].
    NeverUsed,
    /// [`Standing::Deactivated`].
    Deactivated,
}

impl Label {
    /// Every label, in the order in which they are shown.
    pub const ALL: [Self; 5] =
        [Self::Working, Self::ToReauthorize, Self::WrongAccount, Self::NeverUsed, Self::Deactivated];

    /// Its name in storage, where an index is sorted by it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::ToReauthorize => "toReauthorize",
            Self::WrongAccount => "wrongAccount",
            Self::NeverUsed => "neverUsed",
            Self::Deactivated => "deactivated",
        }
    }
}

impl Standing {
    /// Where the person stands whose grant this is; `None` when it is no person's grant, but the main authorized user's
    /// alone.
    #[must_use]
    pub fn of(grant: &Grant, epoch: Epoch) -> Option<Self> {
        let personal = grant.personal.as_ref()?;
        let dead = match grant.state {
            GrantState::Deactivated => return Some(Self::Deactivated),
            GrantState::ReauthorizationRequired { reason } => Some(reason),
            GrantState::Working if personal.consented_in < epoch.everyone_since => {
                Some(ReauthorizationReason::ReplacedPolicy)
            }
            GrantState::Working if !grant.scopes.missing(&REQUIRED_OF_PEOPLE).is_empty() => {
                Some(ReauthorizationReason::ScopesMissing)
            }
            GrantState::Working => None,
        };
        Some(match dead {
            Some(reason) => Self::without(personal, reason),
            None if personal.verified_in < epoch.generation => Self::Unverified,
            None => Self::Working,
        })
    }

    fn without(personal: &PersonalUse, reason: ReauthorizationReason) -> Self {
        match &personal.attempted_as {
            Some(allowed) => Self::WrongAccount { reason, allowed: allowed.clone() },
            None if personal.used_at.is_none() => Self::NeverUsed { reason },
            None => Self::ToReauthorize { reason },
        }
    }

    /// Why the person is asked to allow again, if they are.
    #[must_use]
    pub fn asks(&self) -> Option<ReauthorizationReason> {
        match self {
            Self::ToReauthorize { reason } | Self::WrongAccount { reason, .. } => Some(*reason),
            Self::Working | Self::Unverified | Self::NeverUsed { .. } | Self::Deactivated => None,
        }
    }

    /// Why the grant cannot be used as it is, whether or not its person is asked for it.
    #[must_use]
    pub fn reason(&self) -> Option<ReauthorizationReason> {
        match self {
            Self::ToReauthorize { reason } | Self::WrongAccount { reason, .. } | Self::NeverUsed { reason } => {
                Some(*reason)
            }
            Self::Deactivated => Some(ReauthorizationReason::AccountClosed),
            Self::Working | Self::Unverified => None,
        }
    }

    /// Whether the grant is used as it is.
    #[must_use]
    pub fn usable(&self) -> bool {
        self.reason().is_none()
    }

    /// As it is counted.
    #[must_use]
    pub fn label(&self) -> Label {
        match self {
            Self::Working | Self::Unverified => Label::Working,
            Self::ToReauthorize { .. } => Label::ToReauthorize,
            Self::WrongAccount { .. } => Label::WrongAccount,
            Self::NeverUsed { .. } => Label::NeverUsed,
            Self::Deactivated => Label::Deactivated,
        }
    }
}
