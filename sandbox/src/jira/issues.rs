//! Issues.

use super::Call;
use super::adf;
use super::answer::Answer;
use super::assignee::{Change, changelog};
use super::attachments::Attachment;
use super::comments;
use super::create_meta;
use super::errors::Refusal;
use super::people;
use super::projects::{Project, ProjectType, project_details};
use super::transitions::{nth_status, status_details, status_name};
use super::view::View;
use super::webhooks::{Event, publish};
use crate::instant;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Types of issue: number, name, kinds of project that have it.
const TYPES: &[(u64, &str, &[ProjectType])] = &[
    (10_001, "Story", &[ProjectType::Software]),
    (10_002, "Task", &[ProjectType::Software, ProjectType::Business]),
    (10_003, "Bug", &[ProjectType::Software]),
    (10_010, "Service Request", &[ProjectType::ServiceDesk]),
    (10_011, "Incident", &[ProjectType::ServiceDesk]),
];

/// Priorities by number, beginning at one.
const PRIORITIES: [&str; 5] = ["Highest", "High", "Medium", "Low", "Lowest"];

/// An issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Issue {
    pub(crate) id: u64,
    pub(crate) project_id: u64,
    /// The part of the key behind the hyphen.
    pub(crate) number: u64,
    /// Number of its type.
    pub(crate) kind: u64,
    pub(crate) summary: String,
    pub(crate) description: Option<Value>,
    pub(crate) status: u64,
    pub(crate) priority: u64,
    pub(crate) reporter: String,
    /// Who created it, where that is not who reported it.
    #[serde(default)]
    pub(crate) created_by: Option<String>,
    pub(crate) assignee: Option<String>,
    pub(crate) labels: BTreeSet<String>,
    pub(crate) due_date: Option<String>,
    pub(crate) created_ms: i64,
    pub(crate) updated_ms: i64,
    pub(crate) properties: BTreeMap<String, Value>,
    /// The name of its security level: only some of those who see its project see it.
    #[serde(default)]
    pub(crate) security: Option<String>,
    /// Numbers of its comments, oldest first.
    pub(crate) comments: Vec<u64>,
    /// Oldest first.
    #[serde(default)]
    pub(crate) attachments: Vec<Attachment>,
    /// What was changed, oldest first.
    #[serde(default)]
    pub(crate) history: Vec<Change>,
}

impl Issue {
    /// A new issue: an unassigned one of medium priority in the first status.
    pub(crate) fn new(project: &Project, id: u64, kind: u64, reporter: &str, created_ms: i64) -> Self {
        Self {
            id,
            project_id: project.id,
            number: project.last_issue + 1,
            kind,
            summary: String::new(),
            description: None,
            status: nth_status(project.kind, 0),
            priority: 3,
            reporter: reporter.to_owned(),
            created_by: None,
            assignee: None,
            labels: BTreeSet::new(),
            due_date: None,
            created_ms,
            updated_ms: created_ms,
            properties: BTreeMap::new(),
            security: None,
            comments: Vec::new(),
            attachments: Vec::new(),
            history: Vec::new(),
        }
    }

    /// Who created it.
    pub(crate) fn creator(&self) -> &str {
        self.created_by.as_deref().unwrap_or(&self.reporter)
    }

    pub(crate) fn key(&self, project: &Project) -> String {
        format!("{}-{}", project.key, self.number)
    }
}

/// The issues of a site.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Issues {
    by_id: BTreeMap<u64, Issue>,
    /// By project and number.
    #[serde(skip)]
    ids: BTreeMap<(u64, u64), u64>,
}

impl Issues {
    pub(crate) fn add(&mut self, issue: Issue) {
        self.ids.insert((issue.project_id, issue.number), issue.id);
        self.by_id.insert(issue.id, issue);
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Issue> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Issue> {
        self.by_id.get_mut(&id)
    }

    /// The id of the issue with this number in its key.
    pub(crate) fn numbered(&self, project_id: u64, number: u64) -> Option<u64> {
        self.ids.get(&(project_id, number)).copied()
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Issue> {
        self.by_id.values()
    }

    /// The issues of a project.
    fn in_project(&self, project_id: u64) -> impl Iterator<Item = &Issue> {
        self.ids.range((project_id, 0)..=(project_id, u64::MAX)).filter_map(|(_, id)| self.get(*id))
    }

    /// How many issues a project has, and when the last of them was updated.
    pub(crate) fn insight(&self, project_id: u64) -> (usize, Option<i64>) {
        (self.in_project(project_id).count(), self.in_project(project_id).map(|issue| issue.updated_ms).max())
    }

    pub(crate) fn remove(&mut self, id: u64) -> Option<Issue> {
        let issue = self.by_id.remove(&id)?;
        self.ids.remove(&(issue.project_id, issue.number));
        Some(issue)
    }

    /// Removes the issues of a project and hands them over.
    pub(crate) fn delete_project(&mut self, project_id: u64) -> Vec<Issue> {
        let ids: Vec<u64> = self.in_project(project_id).map(|issue| issue.id).collect();
        ids.into_iter().filter_map(|id| self.remove(id)).collect()
    }

    pub(crate) fn reindex(&mut self) {
        self.ids = self.by_id.values().map(|issue| ((issue.project_id, issue.number), issue.id)).collect();
    }
}

/// The name of a type of issue.
pub(crate) fn type_name(id: u64) -> &'static str {
    TYPES.iter().find(|(own, ..)| *own == id).map_or("", |(_, name, _)| name)
}

/// The first type of issue that a kind of project has.
pub(crate) fn usual_type(project_type: ProjectType) -> u64 {
    TYPES.iter().find(|(.., kinds)| kinds.contains(&project_type)).map_or(0, |(id, ..)| *id)
}

fn issue_type(view: &View<'_>, id: u64) -> Value {
    json!({
        "self": view.link(&format!("issuetype/{id}")),
        "id": id.to_string(),
        "description": "",
        "iconUrl": view.link(&format!("universal_avatar/view/type/issuetype/avatar/{id}")),
        "name": type_name(id),
        "subtask": false,
        "hierarchyLevel": 0,
    })
}

/// The types of issue of a project.
pub(crate) fn issue_types(call: &Call<'_>, project: &Project) -> Value {
    let own = TYPES.iter().filter(|(.., kinds)| kinds.contains(&project.kind));
    own.map(|(id, ..)| issue_type(&call.view(), *id)).collect()
}

fn person(view: &View<'_>, id: Option<&str>) -> Value {
    let account = id.and_then(|id| view.directory.get(id));
    account.map_or(Value::Null, |account| people::user_details(view, account))
}

fn priority(view: &View<'_>, id: u64) -> Value {
    let name = usize::try_from(id).ok().and_then(|id| PRIORITIES.get(id.wrapping_sub(1)));
    json!({
        "self": view.link(&format!("priority/{id}")),
        "iconUrl": view.link(&format!("priority/{id}/icon")),
        "name": name,
        "id": id.to_string(),
    })
}

fn rich_text(view: &View<'_>, document: Option<&Value>) -> Value {
    match document {
        None => Value::Null,
        Some(document) if view.plain => Value::String(adf::plain_text(document)),
        Some(document) => document.clone(),
    }
}

/// The fields that a comment's delivery carries of its issue.
fn short_fields(view: &View<'_>, project: &Project, issue: &Issue) -> Map<String, Value> {
    Map::from_iter([
        ("summary".to_owned(), json!(issue.summary)),
        ("issuetype".to_owned(), issue_type(view, issue.kind)),
        ("project".to_owned(), project_details(view, project)),
        ("assignee".to_owned(), person(view, issue.assignee.as_deref())),
        ("priority".to_owned(), priority(view, issue.priority)),
        ("status".to_owned(), status_details(view, issue.status)),
    ])
}

fn fields(view: &View<'_>, project: &Project, issue: &Issue) -> Map<String, Value> {
    let mut fields = short_fields(view, project, issue);
    fields.extend([
        ("description".to_owned(), rich_text(view, issue.description.as_ref())),
        ("reporter".to_owned(), person(view, Some(&issue.reporter))),
        ("creator".to_owned(), person(view, Some(issue.creator()))),
        ("attachment".to_owned(), issue.attachments.iter().map(|file| file.to_json(view)).collect()),
        ("labels".to_owned(), json!(issue.labels)),
        (
            "security".to_owned(),
            issue.security.as_ref().map_or(Value::Null, |name| json!({ "id": "10000", "name": name })),
        ),
        ("duedate".to_owned(), json!(issue.due_date)),
        ("created".to_owned(), json!(instant::jira(issue.created_ms))),
        ("updated".to_owned(), json!(instant::jira(issue.updated_ms))),
    ]);
    fields
}

/// The issue as a delivery carries it.
pub(crate) fn delivered(view: &View<'_>, project: &Project, issue: &Issue, short: bool) -> Value {
    let fields = if short { short_fields(view, project, issue) } else { fields(view, project, issue) };
    json!({
        "id": issue.id.to_string(),
        "self": view.link(&format!("issue/{}", issue.id)),
        "key": issue.key(project),
        "fields": fields,
    })
}

fn issue_json(call: &Call<'_>, project: &Project, issue: &Issue) -> (Value, usize) {
    let view = call.view();
    let mut whole = delivered(&view, project, issue, false);
    let comments = comments::visible(call, project, issue);
    let read = comments.len() + 1;
    let shown: Vec<Value> =
        comments.into_iter().map(|comment| comments::comment_json(&view, issue, comment, &[])).collect();
    whole["fields"]["comment"] = json!({
        "comments": shown,
        "self": view.link(&format!("issue/{}/comment", issue.id)),
        "maxResults": shown.len(),
        "total": shown.len(),
        "startAt": 0,
    });
    let asked: Vec<&str> = call.target.list("fields").collect();
    let excluded: Vec<&str> = asked.iter().filter_map(|name| name.strip_prefix('-')).collect();
    let all = asked.iter().all(|name| name.starts_with('-')) || asked.iter().any(|name| name.starts_with('*'));
    if let Some(fields) = whole["fields"].as_object_mut() {
        fields.retain(|name, _| (all || asked.contains(&name.as_str())) && !excluded.contains(&name.as_str()));
    }
    if call.expands("changelog") {
        whole["changelog"] = changelog(&view, issue);
    }
    let properties: Vec<&str> = call.target.list("properties").collect();
    if !properties.is_empty() {
        let wanted = |key: &str| properties.contains(&key) || properties.contains(&"*all");
        let own: Map<String, Value> = issue
            .properties
            .iter()
            .filter(|(key, _)| wanted(key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        whole["properties"] = Value::Object(own);
    }
    whole["expand"] = json!("renderedFields,names,schema,operations,editmeta,changelog");
    (whole, read)
}

/// `GET /issue/{issueIdOrKey}`.
pub(crate) fn issue(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (project, issue) = call.issue(call.parameter(0))?;
    let (whole, read) = issue_json(call, project, issue);
    Ok(Answer::ok(whole).reading(read))
}

/// An issue before and after a request.
pub(crate) struct Changes {
    before: Option<Issue>,
    pub(crate) draft: Issue,
}

impl Changes {
    pub(crate) fn of(issue: &Issue) -> Self {
        Self { before: Some(issue.clone()), draft: issue.clone() }
    }

    /// Takes over `fields`, `update` and `properties` of a body.
    pub(crate) fn read(
        &mut self,
        call: &Call<'_>,
        project: &Project,
        body: &Map<String, Value>,
    ) -> Result<(), Refusal> {
        let none = Map::new();
        let fields = body.get("fields").and_then(Value::as_object).unwrap_or(&none);
        for (name, value) in fields.iter().filter(|(name, _)| !["project", "issuetype"].contains(&name.as_str())) {
            self.set(call, project, name, value)?;
        }
        for (name, operations) in body.get("update").and_then(Value::as_object).unwrap_or(&none) {
            for (operation, value) in operations.as_array().into_iter().flatten().filter_map(Value::as_object).flatten()
            {
                match (operation.as_str(), name.as_str(), value.as_str()) {
                    ("set", ..) => self.set(call, project, name, value)?,
                    ("add", "labels", Some(label)) => {
                        self.draft.labels.insert(label.to_owned());
                    }
                    ("remove", "labels", Some(label)) => {
                        self.draft.labels.remove(label);
                    }
                    _ => return Err(Refusal::field(400, name, format!("Operation '{operation}' is not supported."))),
                }
            }
        }
        for property in body.get("properties").and_then(Value::as_array).into_iter().flatten() {
            let (Some(key), Some(value)) = (property["key"].as_str(), property.get("value")) else {
                return Err(Refusal::bad_request("An entity property needs a key and a value."));
            };
            self.draft.properties.insert(key.to_owned(), value.clone());
        }
        Ok(())
    }

    fn set(&mut self, call: &Call<'_>, project: &Project, name: &str, value: &Value) -> Result<(), Refusal> {
        let wrong = |message: &str| Err(Refusal::field(400, name, message));
        let unset = value.is_null();
        match name {
            "summary" => match value.as_str().map(str::trim) {
                Some("") | None => return wrong("You must specify a summary of the issue."),
                Some(text) if text.chars().count() > 255 => return wrong("Summary must be less than 255 characters."),
                Some(text) if text.contains(['\n', '\r']) => {
                    return wrong("The summary is invalid because it contains newline characters.");
                }
                Some(text) => text.clone_into(&mut self.draft.summary),
            },
            "description" if unset || adf::is_document(value) => {
                self.draft.description = (!unset).then(|| value.clone());
            }
            "description" => {
                return wrong("Operation value must be an Atlassian Document (see the Atlassian Document Format)");
            }
            "assignee" => {
                let id = value.get("accountId").or_else(|| value.get("id")).and_then(Value::as_str);
                self.assign(call, project, id)?;
            }
            "reporter" => {
                let id = value.get("accountId").or_else(|| value.get("id")).and_then(Value::as_str);
                let Some(id) = id.filter(|id| call.site.admits(id) && call.directory.is_active(id)) else {
                    return wrong("The reporter specified is not a user.");
                };
                if id != self.draft.reporter && self.draft.created_by.is_none() {
                    self.draft.created_by = Some(self.draft.reporter.clone());
                }
                if id != self.draft.reporter && !call.may_in("MODIFY_REPORTER", project) {
                    return wrong("Field 'reporter' cannot be set. It is not on the appropriate screen, or unknown.");
                }
                id.clone_into(&mut self.draft.reporter);
            }
            "labels" => {
                let Some(labels) = value.as_array() else { return wrong("data was not an array") };
                let labels: Option<BTreeSet<String>> = labels
                    .iter()
                    .map(|label| label.as_str().filter(|text| !text.contains(' ')).map(str::to_owned))
                    .collect();
                let Some(labels) = labels else { return wrong("A label can't contain spaces.") };
                self.draft.labels = labels;
            }
            "security" => {
                if !call.may_in("SET_ISSUE_SECURITY", project) {
                    return wrong("Field 'security' cannot be set. It is not on the appropriate screen, or unknown.");
                }
                match value["name"].as_str() {
                    None if !unset => return wrong("The security level selected is invalid."),
                    level => self.draft.security = level.map(str::to_owned),
                }
            }
            "priority" => {
                let id = value["id"].as_str().and_then(|id| id.parse().ok()).filter(|id| (1..=5).contains(id));
                let named = PRIORITIES.iter().zip(1..).find(|(name, _)| value["name"] == **name).map(|(_, id)| id);
                let Some(id) = id.or(named) else { return wrong("The priority selected is invalid.") };
                self.draft.priority = id;
            }
            "duedate" => match value.as_str() {
                Some(date) if is_date(date) => self.draft.due_date = Some(date.to_owned()),
                None if unset => self.draft.due_date = None,
                Some(_) | None => return wrong("Error parsing date string, the format is yyyy-MM-dd"),
            },
            _ => {
                let message = format!("Field '{name}' cannot be set. It is not on the appropriate screen, or unknown.");
                return wrong(&message);
            }
        }
        Ok(())
    }

    pub(crate) fn assign(&mut self, call: &Call<'_>, project: &Project, id: Option<&str>) -> Result<(), Refusal> {
        let wrong = |message: String| Err(Refusal::field(400, "assignee", message));
        if self.draft.assignee.as_deref() == id {
            return Ok(());
        }
        if !call.may_in("ASSIGN_ISSUES", project) {
            return wrong("You do not have permission to assign issues.".to_owned());
        }
        match id {
            Some(id) if !call.site.permits(call.directory, id, "ASSIGNABLE_USER", project, Some(&self.draft)) => {
                wrong(format!("User '{id}' cannot be assigned issues."))
            }
            Some(_) | None => {
                self.draft.assignee = id.map(str::to_owned);
                Ok(())
            }
        }
    }

    /// What a changelog says: the field, and its text before and after.
    fn items(&self) -> Vec<(&'static str, Option<String>, Option<String>)> {
        fn texts(issue: &Issue) -> [(&'static str, Option<String>); 9] {
            let labels: Vec<&str> = issue.labels.iter().map(String::as_str).collect();
            [
                ("summary", Some(issue.summary.clone())),
                ("description", issue.description.as_ref().map(adf::plain_text)),
                ("status", Some(status_name(issue.status).to_owned())),
                ("priority", Some(issue.priority.to_string())),
                ("assignee", issue.assignee.clone()),
                ("reporter", Some(issue.reporter.clone())),
                ("labels", Some(labels.join(" "))),
                ("duedate", issue.due_date.clone()),
                ("security", issue.security.clone()),
            ]
        }
        let before = self.before.as_ref().map(texts).into_iter().flatten();
        let pairs = before.zip(texts(&self.draft));
        pairs.filter(|((_, old), (_, new))| old != new).map(|((name, old), (_, new))| (name, old, new)).collect()
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(parts[..], [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2)
        && ("01"..="12").contains(&month) && ("01"..="31").contains(&day))
}

/// Stores a changed issue and tells webhooks, if anything changed.
pub(crate) fn keep(call: &mut Call<'_>, mut changes: Changes) {
    let items = changes.items();
    if items.is_empty() && changes.before.as_ref() == Some(&changes.draft) {
        return;
    }
    changes.draft.updated_ms = call.now_ms;
    let issue_id = changes.draft.id;
    let shown: Vec<Value> = items
        .iter()
        .map(|(name, old, new)| {
            json!({
                "field": name, "fieldtype": "jira", "fieldId": name,
                "from": old, "fromString": old, "to": new, "toString": new,
            })
        })
        .collect();
    let id = call.site.fresh_id();
    if !shown.is_empty() {
        let change = Change { id, author: call.account_id.to_owned(), created_ms: call.now_ms, items: shown.clone() };
        changes.draft.history.push(change);
    }
    call.site.issues.add(changes.draft);
    let details = Map::from_iter([
        ("issue_event_type_name".to_owned(), json!("issue_updated")),
        ("changelog".to_owned(), json!({ "id": id.to_string(), "items": shown })),
    ]);
    let fields = items.iter().map(|(name, ..)| (*name).to_owned()).collect();
    publish(call, &Event { name: "jira:issue_updated", issue_id, comment: None, details, changed: fields });
}

/// `POST /issue`.
pub(crate) fn create(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.object()?;
    let none = Value::Null;
    let fields = body.get("fields").unwrap_or(&none);
    let asked = fields["project"]["key"].as_str().or_else(|| fields["project"]["id"].as_str());
    let project = asked.and_then(|id_or_key| call.project(id_or_key).ok());
    let Some(project) = project.filter(|project| call.may_in("BROWSE_PROJECTS", project)) else {
        return Err(Refusal::field(400, "project", "valid project is required"));
    };
    if !call.may_in("CREATE_ISSUES", project) {
        return Err(Refusal::forbidden("You do not have permission to create issues in this project."));
    }
    let wanted = &fields["issuetype"];
    let found = TYPES.iter().find(|(id, name, kinds)| {
        kinds.contains(&project.kind) && (wanted["id"].as_str() == Some(&id.to_string()) || wanted["name"] == *name)
    });
    let Some((kind, ..)) = found else {
        return Err(Refusal::field(400, "issuetype", "Specify a valid issue type"));
    };
    let given = |name: &&String| !fields[create_meta::field_id(name)].is_null();
    let mut wanted = project.required.iter().filter(|name| *name != create_meta::RESOLUTION);
    if let Some(name) = wanted.find(|name| !given(name)) {
        return Err(Refusal::field(400, create_meta::field_id(name), format!("{name} is required.")));
    }
    if fields["summary"].is_null() {
        return Err(Refusal::field(400, "summary", "You must specify a summary of the issue."));
    }
    let project = project.clone();
    let id = call.site.fresh_id();
    let draft = Issue::new(&project, id, *kind, call.account_id, call.now_ms);
    let mut changes = Changes { before: None, draft };
    changes.read(call, &project, body)?;
    let answer = json!({
        "id": id.to_string(),
        "key": changes.draft.key(&project),
        "self": call.view().link(&format!("issue/{id}")),
    });
    if let Some(project) = call.site.projects.get_mut(project.id) {
        project.last_issue = changes.draft.number;
    }
    call.site.issues.add(changes.draft);
    let details = Map::from_iter([("issue_event_type_name".to_owned(), json!("issue_created"))]);
    publish(call, &Event { name: "jira:issue_created", issue_id: id, comment: None, details, changed: Vec::new() });
    Ok(Answer::created(answer))
}

/// `PUT /issue/{issueIdOrKey}`.
pub(crate) fn edit(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (project, issue) = call.issue(call.parameter(0))?;
    if !call.may_on("EDIT_ISSUES", project, issue) {
        return Err(Refusal::forbidden("You do not have permission to edit issues in this project."));
    }
    let mut changes = Changes::of(issue);
    changes.read(call, project, call.object()?)?;
    keep(call, changes);
    if call.target.first("returnIssue") == Some("true") {
        let (project, issue) = call.issue(call.parameter(0))?;
        return Ok(Answer::ok(issue_json(call, project, issue).0));
    }
    Ok(Answer::empty(204))
}

/// `DELETE /issue/{issueIdOrKey}`.
pub(crate) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (project, issue) = call.issue(call.parameter(0))?;
    if !call.may_on("DELETE_ISSUES", project, issue) {
        return Err(Refusal::forbidden("You do not have permission to delete issues in this project."));
    }
    let issue_id = issue.id;
    let details = Map::from_iter([("issue_event_type_name".to_owned(), json!("issue_deleted"))]);
    publish(call, &Event { name: "jira:issue_deleted", issue_id, comment: None, details, changed: Vec::new() });
    for comment in call.site.issues.remove(issue_id).into_iter().flat_map(|issue| issue.comments) {
        call.site.comments.remove(&comment);
    }
    Ok(Answer::empty(204))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{ANA, BEN, CHLOE, HUGO, LENA, MARIA, NARROW, SITE, Trial};

    fn issue_in(project: &str, more: &Value) -> Value {
        let mut fields = json!({ "project": { "key": project }, "issuetype": { "name": "Task" }, "summary": "s" });
        for (name, value) in more.as_object().into_iter().flatten() {
            fields[name] = value.clone();
        }
        json!({ "fields": fields })
    }

    #[test]
    fn an_issue_that_one_may_not_browse_does_not_exist() {
        let mut trial = Trial::new();
        for (who, key, status) in [
            (ANA, "MOB-1", 200),
            (ANA, "mob-1", 200),
            (NARROW, "BIL-1", 404),
            (ANA, "LEG-1", 404),
            (MARIA, "MOB-99", 404),
            (MARIA, "MOB", 404),
            (MARIA, "1", 404),
            (MARIA, "MOB-1%2Fcomment", 404),
        ] {
            assert_eq!(trial.get(who, &format!("/issue/{key}")).0, status, "{who} {key}");
            if status == 404 {
                assert_eq!(trial.send(who, "PUT", &format!("/issue/{key}"), json!({ "fields": {} })).0, 404);
                assert_eq!(trial.delete(who, &format!("/issue/{key}")), 404);
            }
        }
    }

    #[test]
    fn an_issue_that_cannot_be_created_is_refused() {
        let mut trial = Trial::new();
        trial.world.set_project_permission(SITE, "WEB", "CREATE_ISSUES", ANA, false).expect("exists");
        let refused = [
            (ANA, json!({}), 400),
            (ANA, issue_in("LEG", &json!({})), 400),
            (ANA, issue_in("NONE", &json!({})), 400),
            (ANA, issue_in("WEB", &json!({})), 403),
            (ANA, issue_in("MOB", &json!({ "issuetype": { "name": "Incident" } })), 400),
            (ANA, issue_in("MOB", &json!({ "summary": null })), 400),
            (ANA, issue_in("MOB", &json!({ "summary": " " })), 400),
            (ANA, issue_in("MOB", &json!({ "summary": "a\nb" })), 400),
            (ANA, issue_in("MOB", &json!({ "summary": "a".repeat(256) })), 400),
            (ANA, issue_in("MOB", &json!({ "description": "plain" })), 400),
            (ANA, issue_in("MOB", &json!({ "assignee": { "accountId": LENA } })), 400),
            (ANA, issue_in("LEG", &json!({ "assignee": { "accountId": ANA } })), 400),
            (ANA, issue_in("MOB", &json!({ "reporter": { "accountId": BEN } })), 400),
            (ANA, issue_in("MOB", &json!({ "labels": ["a b"] })), 400),
            (ANA, issue_in("MOB", &json!({ "priority": { "id": "6" } })), 400),
            (ANA, issue_in("MOB", &json!({ "duedate": "2026-13-01" })), 400),
            (ANA, issue_in("MOB", &json!({ "customfield_10000": 1 })), 400),
        ];
        for (who, body, status) in refused {
            let (found, answer) = trial.send(who, "POST", "/issue", body.clone());
            assert_eq!(found, status, "{body}: {answer}");
        }
        let count = trial.get(MARIA, "/project/MOB").0;
        assert_eq!((count, trial.get(MARIA, "/issue/MOB-4").0), (200, 404));
    }

    #[test]
    fn a_created_issue_is_what_was_asked_for() {
        let mut trial = Trial::new();
        let body = issue_in(
            "MOB",
            &json!({
                "description": adf::paragraph("d"),
                "assignee": { "accountId": BEN },
                "labels": ["b", "a"],
                "priority": { "name": "High" },
                "duedate": "2026-12-01",
            }),
        );
        let (status, created) = trial.send(ANA, "POST", "/issue", body);
        assert_eq!((status, &created["key"]), (201, &json!("MOB-4")));
        let issue = trial.get(BEN, "/issue/MOB-4").1;
        assert_eq!(issue["id"], created["id"]);
        let fields = &issue["fields"];
        assert_eq!(fields["reporter"]["accountId"], ANA);
        assert_eq!(fields["assignee"]["accountId"], BEN);
        assert_eq!(fields["labels"], json!(["a", "b"]));
        assert_eq!((&fields["priority"]["id"], &fields["status"]["name"]), (&json!("2"), &json!("To Do")));
        assert_eq!((&fields["duedate"], &fields["description"]), (&json!("2026-12-01"), &adf::paragraph("d")));
        let next = trial.send(ANA, "POST", "/issue", issue_in("MOB", &json!({}))).1;
        assert_eq!(next["key"], "MOB-5");
    }

    #[test]
    fn editing_needs_the_permission_on_that_issue() {
        let mut trial = Trial::new();
        let edit = json!({ "fields": { "summary": "Other" }, "update": { "labels": [{ "add": "x" }] } });
        assert_eq!(trial.send(HUGO, "PUT", "/issue/LEG-1", edit.clone()).0, 403);
        assert_eq!(trial.send(CHLOE, "PUT", "/issue/LEG-1", edit.clone()).0, 204);
        let (status, issue) = trial.send(
            CHLOE,
            "PUT",
            "/issue/LEG-1?returnIssue=true",
            json!({ "update": { "labels": [{ "remove": "x" }] } }),
        );
        assert_eq!(
            (status, &issue["fields"]["summary"], &issue["fields"]["labels"]),
            (200, &json!("Other"), &json!([]))
        );
        assert_eq!(
            trial.send(CHLOE, "PUT", "/issue/LEG-1", json!({ "update": { "comment": [{ "add": {} }] } })).0,
            400
        );
        assert_eq!(trial.send(CHLOE, "PUT", "/issue/LEG-1", json!([])).0, 400);
        assert_eq!(trial.delete(CHLOE, "/issue/LEG-1"), 403);
        assert_eq!(trial.delete(MARIA, "/issue/LEG-1"), 204);
        assert_eq!(trial.get(MARIA, "/issue/LEG-1").0, 404);
    }

    #[test]
    fn only_the_fields_that_are_asked_for_are_given() {
        let mut trial = Trial::new();
        let names = |issue: &Value| {
            issue["fields"].as_object().map(|fields| fields.keys().cloned().collect::<Vec<_>>()).unwrap_or_default()
        };
        assert_eq!(names(&trial.get(ANA, "/issue/MOB-1?fields=summary,status").1), ["status", "summary"]);
        let without = names(&trial.get(ANA, "/issue/MOB-1?fields=*all,-comment").1);
        assert!(without.contains(&"summary".to_owned()) && !without.contains(&"comment".to_owned()));
        let body = json!({ "properties": [{ "key": "pair", "value": { "with": "X-1" } }] });
        assert_eq!(trial.send(ANA, "PUT", "/issue/MOB-1", body).0, 204);
        assert_eq!(trial.get(ANA, "/issue/MOB-1").1.get("properties"), None);
        assert_eq!(
            trial.get(ANA, "/issue/MOB-1?properties=pair").1["properties"],
            json!({ "pair": { "with": "X-1" } })
        );
    }
}
