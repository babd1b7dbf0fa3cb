//! What a test of an account asks Jira: which issues it can create, one of them from its creation to its end, and what was
//! left of earlier ones.

use super::{JiraRefused, JiraRequest, holds, number, unexpected};
use crate::domain::account::AccountId;
use crate::domain::adf;
use crate::domain::limits::JiraNumber;
use crate::domain::time::Timestamp;
use crate::domain::trial::{IssueType, Item, TestIssue};
use crate::url::encode;
use serde_json::{Value, json};

/// The property that every test issue carries: the name of its test.
const TEST: &str = "integration-plus.test";

/// The label that it carries where its type labels.
const LABEL: &str = "integration-plus-test";

/// How many types of issue are looked into at most.
pub const TYPES: usize = 5;

/// A project by its number.
#[must_use]
pub fn project(id: JiraNumber) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/project/{id}"))
}

/// The types of issue that whoever asks may create in a project.
#[must_use]
pub fn issue_types(project: JiraNumber) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/issue/createmeta/{project}/issuetypes?maxResults=50"))
}

/// What a type of issue wants.
#[must_use]
pub fn fields(project: JiraNumber, issue_type: JiraNumber) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/issue/createmeta/{project}/issuetypes/{issue_type}?maxResults=200"))
}

/// Creates a test issue. `name` is what it is found by.
#[must_use]
pub fn create(project: JiraNumber, kind: &IssueType, summary: &str, words: &str, name: &str) -> JiraRequest {
    let mut fields = json!({
        "project": { "id": project },
        "issuetype": { "id": kind.id },
        "summary": summary,
    });
    if kind.labels {
        fields["labels"] = json!([LABEL]);
    }
    if kind.description {
        fields["description"] = adf::document(words, None);
    }
    let body = json!({ "fields": fields, "properties": [{ "key": TEST, "value": { "id": name } }] });
    JiraRequest { method: "POST", path: "/rest/api/3/issue".into(), body: Some(body) }
}

/// The transitions that an issue may make, with what each wants.
#[must_use]
pub fn transitions(issue: u64) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/issue/{issue}/transitions?expand=transitions.fields"))
}

/// Moves an issue.
#[must_use]
pub fn transition(issue: u64, transition: &str) -> JiraRequest {
    let path = format!("/rest/api/3/issue/{issue}/transitions");
    JiraRequest { method: "POST", path, body: Some(json!({ "transition": { "id": transition } })) }
}

/// Where a file is attached. The file goes along as `multipart/form-data`, under the name `file`.
#[must_use]
pub fn attach(issue: u64) -> JiraRequest {
    JiraRequest { method: "POST", path: format!("/rest/api/3/issue/{issue}/attachments"), body: None }
}

/// Deletes an issue with its comments and files.
#[must_use]
pub fn delete(issue: u64) -> JiraRequest {
    JiraRequest { method: "DELETE", path: format!("/rest/api/3/issue/{issue}"), body: None }
}

/// One page of what whoever asks created in a project within the last `minutes`, the oldest first, with the names of tests.
#[must_use]
pub fn created_by_me(project: JiraNumber, minutes: i64, page: Option<&str>) -> JiraRequest {
    // Minutes, because Jira reads a moment in the time zone of whoever asks.
    let jql =
        format!("project = {project} AND creator = currentUser() AND created >= -{minutes}m ORDER BY created ASC");
    let query = format!("jql={}&fields=created&properties={TEST}&maxResults=50", encode(&jql));
    let page = page.map_or_else(String::new, |token| format!("&nextPageToken={}", encode(token)));
    JiraRequest::get(format!("/rest/api/3/search/jql?{query}{page}"))
}

/// The permission of a check on the test issue, or in the test project.
fn permission(item: Item) -> &'static str {
    match item {
        Item::Creates => "CREATE_ISSUES",
        Item::Comments => "ADD_COMMENTS",
        Item::Transitions => "TRANSITION_ISSUES",
        Item::Attaches => "CREATE_ATTACHMENTS",
        Item::CleansUp => "DELETE_ISSUES",
        Item::SignsIn | Item::Active | Item::ProductAccess | Item::Permissions => "BROWSE_PROJECTS",
    }
}

/// Whether whoever asks sees a project, and holds the permission of a check there.
#[must_use]
pub fn may(project: JiraNumber, item: Item) -> JiraRequest {
    let wanted = permission(item);
    JiraRequest::get(format!("/rest/api/3/mypermissions?projectId={project}&permissions=BROWSE_PROJECTS,{wanted}"))
}

/// Reads [`may`]: whether the project is seen, and whether the permission is held. Anything but a plain yes is no.
#[must_use]
pub fn read_may(permissions: &Value, item: Item) -> (bool, bool) {
    (holds(permissions, "BROWSE_PROJECTS"), holds(permissions, permission(item)))
}

/// Whether an account may create and delete issues in a project. Takes *Administer Jira*.
#[must_use]
pub fn check_clean_up(about: &AccountId, project: JiraNumber) -> JiraRequest {
    let wanted = [permission(Item::Creates), permission(Item::CleansUp)];
    let asked = json!([{ "permissions": wanted, "projects": [project.0], "issues": [] }]);
    let body = json!({ "accountId": about, "globalPermissions": [], "projectPermissions": asked });
    JiraRequest { method: "POST", path: "/rest/api/3/permissions/check".into(), body: Some(body) }
}

/// Reads [`check_clean_up`]: whether both are held.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no such answer: that is no sign that nothing is held.
pub fn read_clean_up(answer: &Value, project: JiraNumber) -> Result<(bool, bool), JiraRefused> {
    let rows = answer["projectPermissions"].as_array().ok_or_else(|| unexpected("Jira listed no permissions"))?;
    let held = |item: Item| {
        let of_item = rows.iter().filter(|row| row["permission"] == permission(item));
        of_item.filter_map(|row| row["projects"].as_array()).flatten().any(|id| id.as_u64() == Some(project.0))
    };
    Ok((held(Item::Creates), held(Item::CleansUp)))
}

/// Reads [`issue_types`]: the numbers of those that stand by themselves, the first few of them.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no page: that is no sign that there are none.
pub fn read_issue_types(page: &Value) -> Result<Vec<JiraNumber>, JiraRefused> {
    let rows = page["issueTypes"].as_array().ok_or_else(|| unexpected("Jira listed no types of issue"))?;
    // What stands above others is an epic or more: it lies at the top of people's plans.
    let plain = |row: &&Value| row["subtask"] != true && row["hierarchyLevel"].as_i64().is_none_or(|level| level == 0);
    Ok(rows.iter().filter(plain).filter_map(|row| number(&row["id"])).take(TYPES).collect())
}

/// Reads [`fields`].
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no page: that is no sign that nothing is wanted.
pub fn read_fields(page: &Value, id: JiraNumber) -> Result<IssueType, JiraRefused> {
    let rows = page["fields"].as_array().ok_or_else(|| unexpected("Jira listed no fields"))?;
    let name = |row: &Value| row["fieldId"].as_str().or(row["key"].as_str()).unwrap_or_default().to_owned();
    let has = |wanted: &str| rows.iter().any(|row| name(row) == wanted);
    let wanted = |row: &&Value| row["required"] == true && row["hasDefaultValue"] != true;
    // Jira takes whoever creates an issue for its reporter where nobody is named.
    let known = ["project", "issuetype", "summary", "description", "labels", "reporter"];
    let unknown = rows.iter().filter(wanted).filter(|row| !known.contains(&name(row).as_str()));
    let shown = |row: &Value| super::name(&row["name"]).unwrap_or_else(|| name(row));
    Ok(IssueType { id, labels: has("labels"), description: has("description"), wants: unknown.map(shown).collect() })
}

/// Reads the answer to [`create`].
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it names no issue.
pub fn read_created(answer: &Value) -> Result<TestIssue, JiraRefused> {
    let id = number(&answer["id"]).ok_or_else(|| unexpected("Jira named no issue"))?.0;
    let key = answer["key"].as_str().ok_or_else(|| unexpected("Jira named no issue"))?.to_owned();
    Ok(TestIssue { id, key })
}

/// Reads [`transitions`]: the first that can be made and wants nothing.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no list: that is no sign that there are none.
pub fn read_transition(answer: &Value) -> Result<Option<String>, JiraRefused> {
    let rows = answer["transitions"].as_array().ok_or_else(|| unexpected("Jira listed no transitions"))?;
    let wants = |row: &Value| {
        let fields = row["fields"].as_object().into_iter().flatten();
        fields.into_iter().any(|(_, field)| field["required"] == true && field["hasDefaultValue"] != true)
    };
    let free = rows.iter().find(|row| row["isAvailable"] != false && !wants(row));
    Ok(free.and_then(|row| row["id"].as_str()).map(str::to_owned))
}

/// What a page of [`created_by_me`] says of the issues of a test.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Their numbers.
    pub issues: Vec<u64>,
    /// The next page, unless everything that follows is newer than the test.
    pub next: Option<String>,
}

/// Reads a page, looking for what the test `name` created until `until`.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no page: that is no sign that nothing was created.
pub fn read_found(page: &Value, name: &str, until: Timestamp) -> Result<Found, JiraRefused> {
    let rows = page["issues"].as_array().ok_or_else(|| unexpected("Jira listed no issues"))?;
    let own = rows.iter().filter(|row| row["properties"][TEST]["id"] == name);
    let newer = |row: &Value| {
        let created = row["fields"]["created"].as_str().and_then(Timestamp::from_iso);
        created.is_some_and(|at| at > until)
    };
    let next = page["nextPageToken"].as_str().filter(|_| !rows.last().is_none_or(newer)).map(str::to_owned);
    Ok(Found { issues: own.filter_map(|row| number(&row["id"])).map(|id| id.0).collect(), next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_wants_what_is_required_has_no_default_and_is_not_known() {
        let field = |id: &str, required: bool, default: bool| json!({ "fieldId": id, "key": id, "name": format!("Name of {id}"), "required": required, "hasDefaultValue": default });
        let page = json!({ "fields": [
            field("summary", true, false), field("reporter", true, false), field("description", true, false),
            field("priority", true, true), field("customfield_1", true, false), field("customfield_2", false, false),
        ] });
        let read = read_fields(&page, JiraNumber(1)).expect("is a page");
        assert_eq!(
            (read.labels, read.description, read.wants),
            (false, true, vec!["Name of customfield_1".to_owned()])
        );
        assert!(read_fields(&json!({}), JiraNumber(1)).is_err());
    }

    #[test]
    fn subtasks_and_epics_are_no_test_issues() {
        let page = json!({ "issueTypes": [
            { "id": "1", "subtask": true, "hierarchyLevel": -1 }, { "id": "2", "subtask": false, "hierarchyLevel": 1 },
            { "id": "3", "subtask": false, "hierarchyLevel": 0 }, { "id": "4", "subtask": false }, { "id": "x" },
        ] });
        assert_eq!(read_issue_types(&page), Ok(vec![JiraNumber(3), JiraNumber(4)]));
        assert!(read_issue_types(&json!([])).is_err());
    }

    #[test]
    fn a_transition_that_wants_a_field_or_is_not_available_is_left_alone() {
        let wanting = json!({ "id": "1", "isAvailable": true, "fields": { "resolution": { "required": true, "hasDefaultValue": false } } });
        let closed = json!({ "id": "2", "isAvailable": false });
        let free = json!({ "id": "3", "fields": { "resolution": { "required": true, "hasDefaultValue": true } } });
        let read = |rows: Value| read_transition(&json!({ "transitions": rows }));
        assert_eq!(read(json!([wanting, closed])), Ok(None));
        assert_eq!(read(json!([wanting, closed, free])), Ok(Some("3".into())));
        assert!(read_transition(&json!({})).is_err());
    }

    #[test]
    fn what_a_test_created_is_found_by_its_name_and_no_further_than_its_time() {
        let row = |id: &str, name: &str, created: &str| json!({ "id": id, "fields": { "created": created }, "properties": { TEST: { "id": name } } });
        let until = Timestamp::from_iso("2026-01-05T09:00:00.000+0000").expect("is one");
        let (before, after) = ("2026-01-05T08:00:00.000+0000", "2026-01-05T10:00:00.000+0000");
        let page = |rows: Value| json!({ "issues": rows, "nextPageToken": "t" });
        let read = |rows: Value| read_found(&page(rows), "a", until).expect("is a page");
        let nameless = json!({ "id": "3", "fields": { "created": before } });
        let more = read(json!([row("1", "a", before), row("2", "b", before), nameless]));
        assert_eq!(more, Found { issues: vec![1], next: Some("t".into()) });
        assert_eq!(read(json!([row("1", "a", before), row("2", "b", after)])).next, None);
        assert_eq!(read(json!([])), Found::default());
        assert!(read_found(&json!({}), "a", until).is_err());
    }
}
