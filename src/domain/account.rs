//! Atlassian accounts, as far as the app needs to know them.

use serde::{Deserialize, Serialize};

/// Atlassian's `accountId`: opaque, at most 128 characters of a small alphabet.
///
/// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-users/>
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(as = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct AccountId(String);

/// Text that is no `accountId`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAccountId;

impl std::fmt::Display for NotAnAccountId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not an Atlassian accountId")
    }
}

impl AccountId {
    /// Reads an `accountId`.
    ///
    /// # Errors
    /// When it is empty, longer than 128 characters, or holds anything but `A-Z a-z 0-9 : _ -`: such a text would
    /// also not be safe inside a path or a storage key.
    pub fn parse(text: impl Into<String>) -> Result<Self, NotAnAccountId> {
        let text = text.into();
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-');
        if text.is_empty() || text.len() > 128 || !text.chars().all(allowed) {
            return Err(NotAnAccountId);
        }
        Ok(Self(text))
    }

    /// The id as Atlassian writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AccountId {
    type Error = NotAnAccountId;

    fn try_from(text: String) -> Result<Self, NotAnAccountId> {
        Self::parse(text)
    }
}

impl From<AccountId> for String {
    fn from(id: AccountId) -> Self {
        id.0
    }
}

/// Jira's `accountType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum AccountType {
    /// A person, or a service account that signs in like one.
    Atlassian,
    /// An app's own account: it cannot sign in.
    App,
    /// A help-centre customer.
    Customer,
    /// Anything that Jira names otherwise.
    #[serde(other)]
    Unknown,
}

/// How a person is shown: Jira decides how much of this the reader may see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Person {
    /// Who.
    pub account_id: AccountId,
    /// The name that Jira shows, at most 255 characters.
    pub display_name: String,
    /// Address of a picture, when Jira gave one.
    pub avatar_url: Option<String>,
}

/// What Jira says of an account: the reply of `/myself`, `/user` and `/user/search`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename_all = "camelCase"))]
#[serde(from = "Flat", into = "Flat")]
pub struct Account {
    /// Who.
    #[cfg_attr(feature = "typescript", ts(flatten))]
    pub person: Person,
    /// Which kind of account.
    pub account_type: AccountType,
    /// Whether the account may sign in.
    pub active: bool,
}

/// [`Account`] as it is written. Serde's own `flatten` would compile a buffering reader.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Flat {
    account_id: AccountId,
    display_name: String,
    avatar_url: Option<String>,
    account_type: AccountType,
    active: bool,
}

impl From<Flat> for Account {
    fn from(Flat { account_id, display_name, avatar_url, account_type, active }: Flat) -> Self {
        Self { person: Person { account_id, display_name, avatar_url }, account_type, active }
    }
}

impl From<Account> for Flat {
    fn from(Account { person, account_type, active }: Account) -> Self {
        let Person { account_id, display_name, avatar_url } = person;
        Self { account_id, display_name, avatar_url, account_type, active }
    }
}

/// Why an account cannot be the main authorized user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Unsuitable {
    /// The account is deactivated.
    Inactive,
    /// The account belongs to an app, to a customer, or to a kind that is not known.
    NotHuman,
}

impl Account {
    /// Whether Jira's answer alone rules the account out.
    ///
    /// # Errors
    /// The first reason found.
    pub fn suitable(&self) -> Result<(), Unsuitable> {
        match self.account_type {
            AccountType::Atlassian if self.active => Ok(()),
            AccountType::Atlassian => Err(Unsuitable::Inactive),
            AccountType::App | AccountType::Customer | AccountType::Unknown => Err(Unsuitable::NotHuman),
        }
    }
}

/// A name that somebody else chose, as one line of at most 255 characters, without control characters and without marks
/// that turn the reading direction about. It is shown as text wherever it goes.
#[must_use]
pub fn clean(name: &str) -> String {
    let shown = |c: &char| !c.is_control() && !matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    name.chars().filter(shown).take(255).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_id_that_could_leave_its_path_segment_is_refused() {
        for text in ["", "a/b", "..", "a?b", "a#b", "a b", "é", &"a".repeat(129)] {
            assert_eq!(AccountId::parse(text), Err(NotAnAccountId), "{text}");
        }
        assert!(AccountId::parse("712020:0f3c-1a_b").is_ok());
    }

    #[test]
    fn an_account_type_of_tomorrow_is_unknown_not_an_error() {
        let read: AccountType = serde_json::from_str("\"robot\"").expect("reads");
        assert_eq!(read, AccountType::Unknown);
    }
}
