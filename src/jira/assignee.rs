//! The assignee of an issue: read with its history, set, and their counterpart looked for.

use super::{JiraRefused, JiraRequest, changes, read_account, unexpected};
use crate::domain::account::{Account, AccountId};
use crate::domain::assignee::Holder;
use crate::domain::limits::JiraNumber;
use crate::domain::time::Timestamp;
use crate::url::encode;
use serde_json::{Value, json};

/// An issue's assignee, with the latest hundred changes of the issue, the latest first.
#[must_use]
pub fn assignee(issue: JiraNumber) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/issue/{issue}?fields=assignee&expand=changelog"))
}

/// Assigns an issue to somebody, or to nobody. It takes *Assign issues* and no more. Jira tells watchers as it is set up to:
/// this request has no way to keep that from them, and the one that has ignores it without administrator rights.
#[must_use]
pub fn assign(issue: JiraNumber, to: Option<&AccountId>) -> JiraRequest {
    let body = json!({ "accountId": to.map(AccountId::as_str) });
    JiraRequest { method: "PUT", path: format!("/rest/api/3/issue/{issue}/assignee"), body: Some(body) }
}

/// People whose name or address begins like this one.
#[must_use]
pub fn by_address(address: &str) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/user/search?query={}&maxResults=50", encode(address)))
}

/// What Jira tells of an issue's assignee.
pub struct Assignee {
    /// Who, and since when.
    pub holder: Holder,
    /// Their email address, where Jira shows it. It is used for one search, and kept nowhere.
    pub address: Option<String>,
}

/// Reads [`assignee`].
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it does not say whether somebody is assigned.
pub fn read_assignee(issue: &Value) -> Result<Assignee, JiraRefused> {
    let field = issue["fields"].get("assignee").ok_or_else(|| unexpected("Jira did not tell the assignee"))?;
    let account = if field.is_null() { None } else { Some(read_account(field)?.person.account_id) };
    let histories = issue["changelog"]["histories"].as_array().into_iter().flatten();
    let changed_at = histories.filter(|history| assigns(&history["items"])).filter_map(|history| {
        let created = history["created"].as_str()?;
        Timestamp::from_iso_exact(created)
    });
    Ok(Assignee { holder: Holder { account, changed_at: changed_at.max() }, address: address(field) })
}

/// Whether the assignee is among the fields that were changed.
#[must_use]
pub fn assigns(items: &Value) -> bool {
    changes(items, "assignee")
}

fn address(user: &Value) -> Option<String> {
    user["emailAddress"].as_str().filter(|address| address.contains('@')).map(str::to_owned)
}

/// Those of [`by_address`] who have that very address, and can be assigned something.
#[must_use]
pub fn read_by_address(users: &Value, wanted: &str) -> Vec<Account> {
    let users = users.as_array().into_iter().flatten();
    let same = |user: &&Value| address(user).is_some_and(|own| own.to_lowercase() == wanted.to_lowercase());
    users.filter(same).filter_map(|user| read_account(user).ok()).filter(|own| own.suitable().is_ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(id: &str, address: &Value, active: bool) -> Value {
        json!({ "accountId": id, "displayName": id, "accountType": "atlassian", "active": active, "emailAddress": address })
    }

    #[test]
    fn the_latest_change_of_the_assignee_counts_and_no_other() {
        let history = |at: &str, field: &str| json!({ "created": at, "items": [{ "field": field, "fieldId": field }] });
        let histories = json!([
            history("1970-01-01T00:00:09.000+0000", "summary"),
            history("1970-01-01T00:00:02.500+0000", "assignee"),
            history("1970-01-01T00:00:01.000+0000", "assignee"),
            history("never", "assignee"),
        ]);
        let issue = json!({ "fields": { "assignee": user("a", &json!("a@b.example"), true) }, "changelog": { "histories": histories } });
        let read = read_assignee(&issue).expect("is read");
        let account = AccountId::parse("a").ok();
        assert_eq!(read.holder, Holder { account, changed_at: Some(Timestamp(2_500)) });
        assert_eq!(read.address.as_deref(), Some("a@b.example"));
        let nobody = read_assignee(&json!({ "fields": { "assignee": null } })).expect("is read");
        assert_eq!((nobody.holder, nobody.address), (Holder { account: None, changed_at: None }, None));
    }

    #[test]
    fn an_answer_without_an_assignee_is_not_taken_for_nobody() {
        for odd in [json!({}), json!({ "fields": {} }), json!({ "fields": { "assignee": { "displayName": "x" } } })] {
            assert!(read_assignee(&odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn only_the_very_address_of_an_active_account_finds_somebody() {
        let found = |users: Value| {
            let found = read_by_address(&users, "Ana@b.example");
            found.into_iter().map(|one| one.person.display_name).collect::<Vec<_>>()
        };
        assert_eq!(
            found(json!([user("a", &json!("ana@B.example"), true), user("b", &json!("ana@b.example.org"), true)])),
            ["a"]
        );
        assert_eq!(
            found(json!([user("a", &json!("ana@b.example"), false), user("b", &Value::Null, true), {}])),
            [""; 0]
        );
        assert_eq!(found(json!({})), [""; 0]);
    }

    #[test]
    fn nobody_is_asked_for_by_null() {
        assert_eq!(assign(JiraNumber(7), None).body, Some(json!({ "accountId": null })));
        assert_eq!(by_address("a+b@c.example").path, "/rest/api/3/user/search?query=a%2Bb%40c.example&maxResults=50");
    }
}
