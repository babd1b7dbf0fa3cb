//! Atlassian accounts: they exist once, whatever sites they may use.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What kind of account it is, as Jira and `/me` name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccountType {
    /// A person, or a service account that signs in like one.
    Atlassian,
    /// An app's own account.
    App,
    /// A help-centre customer.
    Customer,
}

impl AccountType {
    /// As Jira writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Atlassian => "atlassian",
            Self::App => "app",
            Self::Customer => "customer",
        }
    }
}

/// `account_status` of `/me`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AccountStatus {
    /// May sign in.
    Active,
    /// Deactivated by an organisation administrator; may be activated again.
    Inactive,
    /// Closed for good.
    Closed,
}

/// One account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Atlassian's `accountId`.
    pub account_id: String,
    /// The name that everybody sees.
    pub name: String,
    /// The address with which the person signs in.
    pub email: String,
    /// Whether the person's privacy settings keep the address from other people and apps.
    pub email_hidden: bool,
    /// Address of a picture.
    pub picture: String,
    /// Kind of account.
    pub account_type: AccountType,
    /// Whether it may be used.
    pub status: AccountStatus,
}

impl Account {
    /// Whether the account may be used.
    #[must_use]
    pub const fn active(&self) -> bool {
        match self.status {
            AccountStatus::Active => true,
            AccountStatus::Inactive | AccountStatus::Closed => false,
        }
    }
}

/// All accounts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Directory {
    accounts: BTreeMap<String, Account>,
}

impl Directory {
    pub(crate) fn add(&mut self, account: Account) {
        self.accounts.insert(account.account_id.clone(), account);
    }

    pub(crate) fn get(&self, account_id: &str) -> Option<&Account> {
        self.accounts.get(account_id)
    }

    pub(crate) fn get_mut(&mut self, account_id: &str) -> Option<&mut Account> {
        self.accounts.get_mut(account_id)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    pub(crate) fn is_active(&self, account_id: &str) -> bool {
        self.get(account_id).is_some_and(Account::active)
    }
}
