//! Comments on their way from one site to another: read whole, posted with their provenance, found again.

use super::{ACTION, JiraRefused, JiraRequest, read_account, unexpected};
use crate::domain::account::{Account, AccountId, clean};
use crate::domain::counterpart;
use crate::domain::integration::{RestrictedTo, Restriction};
use crate::domain::limits::JiraNumber;
use crate::domain::pair_property;
use crate::domain::provenance::{self, Provenance};
use crate::domain::time::Timestamp;
use crate::domain::visibility::Visibility;
use crate::url::encode;
use serde_json::{Value, json};

/// The property by which a service project keeps a comment from its customers.
const INTERNAL: &str = "sd.public.comment";

/// How many issues one page of [`updated`] holds.
pub const ISSUES: usize = 100;

/// A comment with its properties.
#[must_use]
pub fn comment(issue: JiraNumber, comment: JiraNumber) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/issue/{issue}/comment/{comment}?expand=properties"))
}

/// Posts a mirror.
#[must_use]
pub fn post(issue: JiraNumber, mirror: &Mirrored) -> JiraRequest {
    let path = format!("/rest/api/3/issue/{issue}/comment");
    JiraRequest { method: "POST", path, body: Some(mirror.json()) }
}

/// Brings a mirror up to date. Nobody is told by mail that only its origin's spelling changed.
#[must_use]
pub fn edit(issue: JiraNumber, comment: JiraNumber, mirror: &Mirrored) -> JiraRequest {
    let path = format!("/rest/api/3/issue/{issue}/comment/{comment}?notifyUsers=false");
    JiraRequest { method: "PUT", path, body: Some(mirror.json()) }
}

/// Deletes a mirror.
#[must_use]
pub fn delete(issue: JiraNumber, comment: JiraNumber) -> JiraRequest {
    JiraRequest { method: "DELETE", path: format!("/rest/api/3/issue/{issue}/comment/{comment}"), body: None }
}

/// Accounts by their ids, as far as the site knows them.
#[must_use]
pub fn people(ids: &[AccountId]) -> JiraRequest {
    let ids: Vec<String> = ids.iter().map(|id| format!("accountId={}", encode(id.as_str()))).collect();
    JiraRequest::get(format!("/rest/api/3/user/bulk?maxResults=100&{}", ids.join("&")))
}

/// Issues of a project that were updated in the last `minutes`, the oldest update first. The span is told in Jira's own
/// time, so that no time zone of an account matters.
#[must_use]
pub fn updated(project: JiraNumber, minutes: u32, next_page: Option<&str>) -> JiraRequest {
    let jql = encode(&format!("project = {project} AND updated >= -{minutes}m ORDER BY updated ASC"));
    let next = next_page.map(|token| format!("&nextPageToken={}", encode(token))).unwrap_or_default();
    let wanted =
        format!("fields=updated,created,assignee,security&properties={},{}", pair_property::KEY, counterpart::KEY);
    JiraRequest::get(format!("/rest/api/3/search/jql?jql={jql}&{wanted}&maxResults={ISSUES}{next}"))
}

/// What a mirror says.
pub struct Mirrored {
    /// The document.
    pub body: Value,
    /// Who may read it.
    pub visibility: Visibility,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl Mirrored {
    fn json(&self) -> Value {
        let mut properties = vec![
            json!({ "key": ACTION, "value": { "id": self.provenance.id } }),
            json!({ "key": provenance::KEY, "value": self.provenance.value() }),
        ];
        if self.visibility.internal {
            properties.push(json!({ "key": INTERNAL, "value": { "internal": true } }));
        }
        let mut comment = json!({ "body": self.body, "properties": properties });
        if let Some(restricted) = &self.visibility.restricted {
            let kind = match restricted.to {
                RestrictedTo::Group => "group",
                RestrictedTo::Role => "role",
            };
            comment["visibility"] = json!({ "type": kind, "value": restricted.name });
        }
        comment
    }
}

/// A comment, as far as a mirror of it is made.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// Its number.
    pub id: JiraNumber,
    /// Who wrote it; nobody where Jira names none.
    pub author: Option<Account>,
    /// When.
    pub created: Timestamp,
    /// When it was last changed.
    pub updated: Timestamp,
    /// Its document.
    pub body: Value,
    /// Whether nobody but its author changed it last: it says what they say.
    pub own_words: bool,
    /// Who may read it.
    pub visibility: Visibility,
    /// Where its property says that it comes from. That proves nothing by itself.
    pub provenance: Option<Provenance>,
}

/// Reads a comment.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it has no number or time.
pub fn read_comment(comment: &Value) -> Result<Comment, JiraRefused> {
    let none = || unexpected("Jira named no comment");
    let time = |name: &str| comment[name].as_str().and_then(Timestamp::from_iso_exact);
    let names = |person: &Value| person["accountId"].as_str().map(str::to_owned);
    let created = time("created").ok_or_else(none)?;
    let property = |key: &str| {
        let properties = comment["properties"].as_array().into_iter().flatten();
        properties.into_iter().find(|own| own["key"] == key).map(|own| &own["value"])
    };
    // One no is enough: whoever takes an internal note for a public one shows it to customers.
    let internal = comment["jsdPublic"] == false || property(INTERNAL).is_some_and(|own| own["internal"] == true);
    let visibility = Visibility { restricted: restriction(&comment["visibility"]), internal };
    Ok(Comment {
        id: comment["id"].as_str().and_then(|id| JiraNumber::parse(id).ok()).ok_or_else(none)?,
        author: read_account(&comment["author"]).ok(),
        created,
        updated: time("updated").unwrap_or(created),
        body: comment["body"].clone(),
        own_words: names(&comment["author"]).is_some_and(|own| names(&comment["updateAuthor"]) == Some(own)),
        visibility,
        provenance: property(provenance::KEY).and_then(Provenance::parse),
    })
}

/// A restriction of a kind that is not known is one all the same.
fn restriction(visibility: &Value) -> Option<Restriction> {
    if visibility.is_null() {
        return None;
    }
    let to = if visibility["type"] == "role" { RestrictedTo::Role } else { RestrictedTo::Group };
    let name = visibility["value"].as_str().or(visibility["identifier"].as_str());
    Some(Restriction { to, name: clean(name.unwrap_or_default()) })
}

/// Reads the number of a comment that was just posted.
#[must_use]
pub fn read_posted(answer: &str) -> Option<JiraNumber> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    JiraNumber::parse(answer["id"].as_str()?).ok()
}

/// What a page of comments says of a mirror that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// It is there, under this number.
    There(JiraNumber),
    /// It is not.
    NotThere,
    /// Everything so far is later.
    Further {
        /// Where the next page starts.
        start_at: u64,
    },
}

/// Looks through a page of the latest comments for the mirror of this name, by this account, no older than `since`. Whoever
/// copied the property onto a comment of their own is another account, or came later.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no list of comments: that is no sign that it is not there.
pub fn read_sought(page: &Value, id: &str, by: &AccountId, since: Timestamp) -> Result<Sought, JiraRefused> {
    let rows = page["comments"].as_array().ok_or_else(|| unexpected("Jira listed no comments"))?;
    let made = |row: &&Value| {
        let properties = row["properties"].as_array().into_iter().flatten();
        let named = properties.into_iter().any(|own| own["key"] == ACTION && own["value"]["id"] == id);
        named && row["author"]["accountId"] == by.as_str()
    };
    // The latest come first: of two, the first that was posted is the one.
    if let Some(row) = rows.iter().rev().find(made) {
        let number = row["id"].as_str().and_then(|id| JiraNumber::parse(id).ok());
        return number.map(Sought::There).ok_or_else(|| unexpected("Jira named no comment"));
    }
    let older = |row: &Value| row["created"].as_str().and_then(Timestamp::from_iso).is_some_and(|at| at < since);
    let start_at = page["startAt"].as_u64().unwrap_or(0) + rows.len() as u64;
    let last = rows.last().is_none_or(older) || page["total"].as_u64().is_some_and(|total| start_at >= total);
    Ok(if last { Sought::NotThere } else { Sought::Further { start_at } })
}

/// Reads a page of comments, leaving out what is none, with the number of rows that there were.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no list of comments.
pub fn read_comments(page: &Value) -> Result<Vec<Comment>, JiraRefused> {
    let rows = page["comments"].as_array().ok_or_else(|| unexpected("Jira listed no comments"))?;
    Ok(rows.iter().filter_map(|row| read_comment(row).ok()).collect())
}

/// Reads [`people`]: those who can be mentioned, by id and name.
#[must_use]
pub fn read_people(page: &Value) -> Vec<Account> {
    let rows = page["values"].as_array().into_iter().flatten();
    rows.filter_map(|user| read_account(user).ok()).filter(|account| account.suitable().is_ok()).collect()
}

/// An issue that was updated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Its number.
    pub issue: JiraNumber,
    /// When.
    pub updated: Timestamp,
    /// To whom it is assigned.
    pub assignee: Option<AccountId>,
    /// Whether a security level bounds who sees it.
    pub secured: bool,
}

/// A page of [`updated`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Updated {
    /// The issues.
    pub issues: Vec<Touched>,
    /// Where the next page begins, if there is one.
    pub next_page: Option<String>,
}

/// Reads a page of [`updated`].
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no page: that is no sign that nothing was updated.
pub fn read_updated(page: &Value) -> Result<Updated, JiraRefused> {
    let rows = page["issues"].as_array().ok_or_else(|| unexpected("Jira listed no issues"))?;
    let issue = |row: &Value| {
        let fields = &row["fields"];
        let updated = Timestamp::from_iso_exact(fields["updated"].as_str()?)?;
        let assignee = read_account(&fields["assignee"]).ok().map(|account| account.person.account_id);
        let secured = !fields["security"].is_null();
        Some(Touched { issue: JiraNumber::parse(row["id"].as_str()?).ok()?, updated, assignee, secured })
    };
    let next = page["nextPageToken"].as_str().filter(|_| page["isLast"] != true).map(str::to_owned);
    Ok(Updated { issues: rows.iter().filter_map(issue).collect(), next_page: next })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    fn account(id: &str) -> AccountId {
        AccountId::parse(id).expect("is one")
    }

    fn comment_json() -> Value {
        json!({
            "id": "26888", "created": "2024-08-12T12:53:21.711+0000", "updated": "2024-08-12T12:54:00.001+0000",
            "author": { "accountId": "5b10", "displayName": "Radek", "accountType": "atlassian", "active": true },
            "body": { "type": "doc" }, "jsdPublic": true,
        })
    }

    #[test]
    fn a_comment_that_is_anyhow_internal_or_restricted_is_not_taken_for_a_public_one() {
        let read = |change: &dyn Fn(&mut Value)| {
            let mut comment = comment_json();
            change(&mut comment);
            read_comment(&comment).expect("is read").visibility
        };
        assert!(read(&|_| ()).public());
        assert!(read(&|own| own["jsdPublic"] = json!(false)).internal);
        let property = json!([{ "key": INTERNAL, "value": { "internal": true } }]);
        assert!(read(&|own| own["properties"] = property.clone()).internal);
        for odd in [json!({ "type": "galaxy", "value": "x" }), json!("x"), json!({})] {
            assert!(read(&|own| own["visibility"] = odd.clone()).restricted.is_some(), "{odd}");
        }
        let role = read(&|own| own["visibility"] = json!({ "type": "role", "value": "Developers" })).restricted;
        assert_eq!(role, Some(Restriction { to: RestrictedTo::Role, name: "Developers".into() }));
    }

    #[test]
    fn only_what_its_author_changed_last_are_their_own_words() {
        let own = |author: Value, last: Value| {
            let mut comment = comment_json();
            (comment["author"], comment["updateAuthor"]) = (author, last);
            read_comment(&comment).expect("is read").own_words
        };
        let by = |id: &str| json!({ "accountId": id, "displayName": "X", "accountType": "atlassian", "active": true });
        assert!(own(by("a"), by("a")));
        assert!(!own(by("a"), by("b")) && !own(by("a"), Value::Null) && !own(Value::Null, Value::Null));
    }

    #[test]
    fn what_is_no_comment_is_not_read_as_one() {
        for name in ["id", "created"] {
            for odd in [Value::Null, json!("x"), json!(7)] {
                let mut comment = comment_json();
                comment[name] = odd;
                assert!(read_comment(&comment).is_err(), "{comment}");
            }
        }
        assert_eq!(read_comment(&comment_json()).map(|read| read.created), Ok(Timestamp(1_723_467_201_711)));
        assert!(read_updated(&json!({})).is_err() && read_comments(&json!({})).is_err());
        assert_eq!(read_posted(r#"{"id":"10"#), None);
        assert_eq!(read_posted(r#"{"id":"10"}"#), Some(JiraNumber(10)));
    }

    #[test]
    fn a_mirror_is_found_by_its_name_and_its_poster_and_not_by_a_copy() {
        let row = |id: &str, by: &str, action: &str| {
            let properties = json!([{ "key": ACTION, "value": { "id": action } }]);
            let created = "2026-01-05T12:00:00.000+0000";
            json!({ "id": id, "created": created, "author": { "accountId": by }, "properties": properties })
        };
        let since = Timestamp::from_iso("2026-01-05T09:00:00.000+0000").expect("is a time");
        let sought = |rows: &[Value], total: u64| {
            read_sought(&json!({ "startAt": 0, "total": total, "comments": rows }), ID, &account("main"), since)
        };
        let copy = row("12", "other", ID);
        let later = row("13", "main", ID);
        assert_eq!(sought(&[later, copy.clone(), row("11", "main", ID)], 3), Ok(Sought::There(JiraNumber(11))));
        assert_eq!(sought(std::slice::from_ref(&copy), 1), Ok(Sought::NotThere));
        assert_eq!(sought(&[copy], 9), Ok(Sought::Further { start_at: 1 }));
        assert!(read_sought(&json!({}), ID, &account("main"), since).is_err());
    }

    #[test]
    fn a_page_of_updated_issues_tells_where_the_next_begins() {
        let row = json!({ "id": "7", "fields": { "updated": "1970-01-01T00:00:01.500+0000" } });
        let page = |last: bool| json!({ "issues": [row, { "id": "x" }], "isLast": last, "nextPageToken": "t" });
        let issues = vec![Touched { issue: JiraNumber(7), updated: Timestamp(1_500), assignee: None, secured: false }];
        assert_eq!(read_updated(&page(false)), Ok(Updated { issues: issues.clone(), next_page: Some("t".into()) }));
        assert_eq!(read_updated(&page(true)), Ok(Updated { issues, next_page: None }));
        let path = updated(JiraNumber(10_000), 17, Some("a&b")).path;
        assert!(path.contains("project%20%3D%2010000%20AND%20updated%20%3E%3D%20-17m"), "{path}");
        assert!(path.ends_with("&nextPageToken=a%26b"), "{path}");
    }

    #[test]
    fn only_open_accounts_of_people_can_be_mentioned() {
        let user = |id: &str, kind: &str, active: bool| json!({ "accountId": id, "displayName": id, "accountType": kind, "active": active });
        let page = json!({ "values": [user("a", "atlassian", true), user("b", "atlassian", false), user("c", "app", true), {}] });
        let people: Vec<String> = read_people(&page).into_iter().map(|one| one.person.display_name).collect();
        assert_eq!(people, ["a"]);
    }
}
