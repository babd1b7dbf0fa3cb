//! Issues as an integration looks at them: named in each other's properties, created for one another, found again.

use super::{Issue, JiraRefused, JiraRequest, Project, name, number, read_account, unexpected};
use crate::domain::account::{Account, AccountId};
use crate::domain::adf;
use crate::domain::counterpart::{self, IssueProvenance};
use crate::domain::limits::JiraNumber;
use crate::domain::pair_property::{self, PairProperty};
use crate::domain::time::Timestamp;
use crate::url::encode;
use serde_json::{Value, json};

/// How many types of issue are offered at most.
pub const TYPES: usize = 25;

/// An issue, as far as it is decided by whether it is to have a counterpart. A key or a number names it.
#[must_use]
pub fn whole(issue: &str) -> JiraRequest {
    let fields = "summary,description,created,creator,project,security,updated";
    let properties = format!("{},{}", pair_property::KEY, counterpart::KEY);
    let issue = encode(issue);
    JiraRequest::get(format!("/rest/api/3/issue/{issue}?fields={fields}&properties={properties}"))
}

/// An issue, whole.
#[derive(Clone, Debug, PartialEq)]
pub struct WholeIssue {
    /// Its number.
    pub id: JiraNumber,
    /// Its key.
    pub key: String,
    /// The project that it belongs to.
    pub project: Project,
    /// In one line.
    pub summary: String,
    /// Its document, or nothing.
    pub description: Value,
    /// When it was created.
    pub created: Timestamp,
    /// By whom; nobody where Jira names none.
    pub creator: Option<Account>,
    /// Whether only some of those who see the project see it.
    pub restricted: bool,
    /// Which issue its property names, if it names one.
    pub named: Option<PairProperty>,
    /// Where its property says that it comes from. That proves nothing by itself.
    pub provenance: Option<IssueProvenance>,
}

/// Reads [`whole`].
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it has no number, key, project or time.
pub fn read_whole(issue: &Value) -> Result<WholeIssue, JiraRefused> {
    let Issue { id, key, project, updated: _, secured } = super::read_issue(issue)?;
    let fields = &issue["fields"];
    let created = fields["created"].as_str().and_then(Timestamp::from_iso_exact);
    Ok(WholeIssue {
        id: JiraNumber(id),
        key,
        project,
        summary: fields["summary"].as_str().unwrap_or_default().to_owned(),
        description: fields["description"].clone(),
        created: created.ok_or_else(|| unexpected("Jira named no issue"))?,
        creator: read_account(&fields["creator"]).ok(),
        restricted: secured,
        named: PairProperty::parse(&issue["properties"][pair_property::KEY]),
        provenance: IssueProvenance::parse(&issue["properties"][counterpart::KEY]),
    })
}

/// What a counterpart says.
pub struct Created {
    /// In which project.
    pub project: JiraNumber,
    /// As which type.
    pub issue_type: JiraNumber,
    /// In one line.
    pub summary: String,
    /// Where it comes from, in words: the first line of its description.
    pub origin: String,
    /// What follows.
    pub content: Vec<Value>,
    /// Where it comes from, as a property.
    pub provenance: IssueProvenance,
}

/// Creates a counterpart. Whoever asks is its reporter.
#[must_use]
pub fn create(issue: &Created) -> JiraRequest {
    let mut description = adf::document(&issue.origin, None);
    if let Some(content) = description["content"].as_array_mut() {
        content.extend(issue.content.iter().cloned());
    }
    let fields = json!({
        "project": { "id": issue.project },
        "issuetype": { "id": issue.issue_type },
        "summary": issue.summary,
        "description": description,
    });
    let properties = [json!({ "key": counterpart::KEY, "value": issue.provenance.value() })];
    let body = json!({ "fields": fields, "properties": properties });
    JiraRequest { method: "POST", path: "/rest/api/3/issue".into(), body: Some(body) }
}

/// Reads the number of an issue that was just created.
#[must_use]
pub fn read_created(answer: &str) -> Option<JiraNumber> {
    let answer: Value = serde_json::from_str(answer).ok()?;
    number(&answer["id"])
}

/// One page of what was created in a project within the last `minutes`, the oldest first, by whoever asks where `mine` says
/// so, with the names of counterparts.
#[must_use]
pub fn created_within(project: JiraNumber, minutes: i64, mine: bool, page: Option<&str>) -> JiraRequest {
    // Minutes, because Jira reads a moment in the time zone of whoever asks.
    let creator = if mine { " AND creator = currentUser()" } else { "" };
    let jql = format!("project = {project}{creator} AND created >= -{minutes}m ORDER BY created ASC");
    let page = page.map_or_else(String::new, |token| format!("&nextPageToken={}", encode(token)));
    let query = format!("jql={}&fields=created,creator&properties={}", encode(&jql), counterpart::KEY);
    JiraRequest::get(format!("/rest/api/3/search/jql?{query}&maxResults=50{page}"))
}

/// What a page of [`created_within`] says of a counterpart that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// It is there, under this number.
    There(JiraNumber),
    /// It is not among these, and none follow that it could be.
    NotThere,
    /// It may be on the next page.
    Further {
        /// Which.
        page: String,
    },
}

/// Looks through a page for the counterpart of this name, created by this account no later than `until`. Whoever copied the
/// property onto an issue of their own is another account.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no page: that is no sign that it is not there.
pub fn read_sought(page: &Value, id: &str, by: &AccountId, until: Timestamp) -> Result<Sought, JiraRefused> {
    let rows = page["issues"].as_array().ok_or_else(|| unexpected("Jira listed no issues"))?;
    let made = |row: &&Value| {
        row["properties"][counterpart::KEY]["id"] == id && row["fields"]["creator"]["accountId"] == by.as_str()
    };
    if let Some(row) = rows.iter().find(made) {
        return number(&row["id"]).map(Sought::There).ok_or_else(|| unexpected("Jira named no issue"));
    }
    let newer =
        |row: &Value| row["fields"]["created"].as_str().and_then(Timestamp::from_iso).is_some_and(|at| at > until);
    let next = page["nextPageToken"].as_str().filter(|_| page["isLast"] != true && !rows.last().is_none_or(newer));
    Ok(next.map_or(Sought::NotThere, |page| Sought::Further { page: page.to_owned() }))
}

/// What the catch-up learns of an issue by the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its number.
    pub issue: JiraNumber,
    /// When it was last changed.
    pub updated: Timestamp,
    /// When it was created, if Jira said.
    pub created: Option<Timestamp>,
    /// Whether it has the property that names another issue, whatever that says.
    pub names: bool,
    /// Whether it has the property of a counterpart, whatever that says.
    pub counterpart: bool,
}

/// Reads a page of [`super::mirrored::updated`], leaving out what is no issue.
#[must_use]
pub fn read_seen(page: &Value) -> Vec<Seen> {
    let time = |row: &Value, field: &str| row["fields"][field].as_str().and_then(Timestamp::from_iso_exact);
    let seen = |row: &Value| {
        let properties = &row["properties"];
        Some(Seen {
            issue: number(&row["id"])?,
            updated: time(row, "updated")?,
            created: time(row, "created"),
            names: !properties[pair_property::KEY].is_null(),
            counterpart: !properties[counterpart::KEY].is_null(),
        })
    };
    page["issues"].as_array().into_iter().flatten().filter_map(seen).collect()
}

/// A type of issue, to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedType {
    /// Its number.
    pub id: JiraNumber,
    /// How it is called.
    pub name: String,
}

/// Reads [`super::trial::issue_types`]: those that stand by themselves, at most [`TYPES`].
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no page: that is no sign that there are none.
pub fn read_types(page: &Value) -> Result<Vec<NamedType>, JiraRefused> {
    let rows = page["issueTypes"].as_array().ok_or_else(|| unexpected("Jira listed no types of issue"))?;
    let named = |row: &Value| {
        let id = number(&row["id"])?;
        (row["subtask"] != true).then(|| NamedType { id, name: name(&row["name"]).unwrap_or_else(|| id.to_string()) })
    };
    Ok(rows.iter().filter_map(named).take(TYPES).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::integration::IntegrationId;
    use crate::domain::pair_property::Named;
    use crate::domain::site::CloudId;

    const ID: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const SITE: &str = "22222222-2222-4222-8222-222222222222";

    fn issue() -> Value {
        json!({
            "id": "10011", "key": "MOB-1", "properties": {},
            "fields": {
                "summary": "Title", "description": null, "created": "2024-08-12T12:53:21.711+0000", "security": null,
                "creator": { "accountId": "5b10", "displayName": "Radek", "accountType": "atlassian", "active": true },
                "project": { "id": "10000", "key": "MOB", "name": "Mobile" },
            },
        })
    }

    #[test]
    fn an_issue_is_read_with_what_its_properties_name_if_they_name_anything() {
        let mut whole = issue();
        assert_eq!(
            read_whole(&whole).map(|read| (read.named, read.provenance, read.restricted)),
            Ok((None, None, false))
        );
        whole["properties"][pair_property::KEY] = json!({ "site": SITE, "issue": "DEMO-346" });
        whole["properties"][counterpart::KEY] = json!({ "id": "x" });
        whole["fields"]["security"] = json!({ "id": "1" });
        let read = read_whole(&whole).expect("is read");
        assert_eq!(read.named.map(|named| named.issue), Some(Named::Key("DEMO-346".into())));
        assert_eq!((read.provenance, read.restricted), (None, true));
        whole["fields"]["created"] = Value::Null;
        assert!(read_whole(&whole).is_err());
    }

    #[test]
    fn a_counterpart_says_first_where_it_comes_from_and_carries_its_property() {
        let provenance = IssueProvenance {
            id: ID.into(),
            integration: IntegrationId::parse(ID).expect("is one"),
            site: CloudId::parse(SITE).expect("is one"),
            issue: JiraNumber(7),
        };
        let content = vec![json!({ "type": "rule" })];
        let origin = "[Author: <b>, Created on: x] [Origin: MOB-1]".to_owned();
        let (project, issue_type) = (JiraNumber(1), JiraNumber(2));
        let summary = "Title".into();
        let created = Created { project, issue_type, summary, origin: origin.clone(), content, provenance };
        let body = create(&created).body.expect("has one");
        assert_eq!(
            body["fields"]["description"]["content"][0]["content"][0],
            json!({ "type": "text", "text": origin })
        );
        assert_eq!(body["fields"]["description"]["content"][1]["type"], "rule");
        assert_eq!(body["properties"][0]["value"]["id"], ID);
        assert_eq!(read_created(r#"{"id":"10"#), None);
        assert_eq!(read_created(r#"{"id":"10"}"#), Some(JiraNumber(10)));
    }

    #[test]
    fn a_counterpart_is_found_by_its_name_and_its_creator_and_not_by_a_copy() {
        let (main, until) = (AccountId::parse("main").expect("is one"), Timestamp(2_000));
        let row = |id: &str, by: &str, name: &str, created: &str| {
            let fields = json!({ "created": created, "creator": { "accountId": by } });
            json!({ "id": id, "fields": fields, "properties": { counterpart::KEY: { "id": name } } })
        };
        let (early, late) = ("1970-01-01T00:00:01.000+0000", "1970-01-01T00:00:03.000+0000");
        let sought = |rows: &[Value], last: bool| {
            let page = json!({ "issues": rows, "isLast": last, "nextPageToken": "t" });
            read_sought(&page, ID, &main, until)
        };
        let copy = row("1", "other", ID, early);
        assert_eq!(sought(&[copy.clone(), row("2", "main", ID, early)], true), Ok(Sought::There(JiraNumber(2))));
        assert_eq!(sought(std::slice::from_ref(&copy), true), Ok(Sought::NotThere));
        assert_eq!(sought(std::slice::from_ref(&copy), false), Ok(Sought::Further { page: "t".into() }));
        assert_eq!(sought(&[copy, row("3", "main", "b", late)], false), Ok(Sought::NotThere));
        assert!(read_sought(&json!({}), ID, &main, until).is_err());
        let path = created_within(JiraNumber(10_000), 12, true, Some("a&b")).path;
        assert!(
            path.contains(
                "project%20%3D%2010000%20AND%20creator%20%3D%20currentUser%28%29%20AND%20created%20%3E%3D%20-12m"
            ),
            "{path}"
        );
        assert!(path.ends_with("&nextPageToken=a%26b"), "{path}");
    }

    #[test]
    fn subtasks_are_offered_to_nobody() {
        let page = json!({ "issueTypes": [
            { "id": "1", "name": "Sub-task", "subtask": true }, { "id": "2", "name": "Task", "subtask": false },
            { "id": "3" }, { "id": "x", "name": "Odd" },
        ] });
        let names: Vec<String> = read_types(&page).expect("is one").into_iter().map(|own| own.name).collect();
        assert_eq!(names, ["Task", "3"]);
        assert!(read_types(&json!([])).is_err());
    }
}
