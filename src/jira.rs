//! Jira Cloud's REST API, version 3: pure builders of requests and readers of answers.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/rest/v3/>. Paths are built from encoded segments only. What is
//! read is read tolerantly: an unknown field is nothing to us, a missing one that we need is [`JiraRefused::Unexpected`].

pub mod assignee;
pub mod counterparts;
pub mod mirrored;
pub mod trial;

use crate::domain::account::{Account, AccountId, AccountType, Person, clean};
use crate::domain::limits::JiraNumber;
use crate::domain::pair_property;
use crate::domain::rehearsal::{PEOPLE_PAGE, Permission};
use crate::domain::time::Timestamp;
use crate::domain::webhook::{EVENTS, Listed, Wanted, WebhookId};
use crate::json;
use crate::ports::{HttpResponse, Unavailable};
use crate::url::encode;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A request to Jira, independent of who asks and by which way.
#[derive(Clone, Debug, PartialEq)]
pub struct JiraRequest {
    /// `GET`, `POST`, ...
    pub method: &'static str,
    /// From `/rest/` on, with the query. Every variable part is percent-encoded.
    pub path: String,
    /// A JSON body.
    pub body: Option<Value>,
}

/// Why Jira's answer holds nothing to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JiraRefused {
    /// 401: the token is expired or void, or the account is deactivated.
    Unauthenticated,
    /// 401 from the gateway for a scope that the grant lacks.
    ScopeMissing,
    /// 403: the account lacks a permission. Consent cannot mend that.
    Forbidden,
    /// 404: not there, or not for this account to see.
    NotFound,
    /// 429, 5xx, or no answer: nothing is known.
    Unavailable {
        /// For how many seconds, if Jira said.
        retry_after_s: Option<u32>,
    },
    /// Any other status, or a body that does not fit the contract. Jira's first error message, cut to 200 characters.
    Unexpected(String),
}

impl JiraRequest {
    fn get(path: String) -> Self {
        Self { method: "GET", path, body: None }
    }
}

/// Who is asking.
#[must_use]
pub fn myself() -> JiraRequest {
    JiraRequest::get("/rest/api/3/myself".into())
}

/// Who is asking, with the products of Jira's family that they have access to.
#[must_use]
pub fn my_products() -> JiraRequest {
    JiraRequest::get("/rest/api/3/myself?expand=applicationRoles".into())
}

/// Whether whoever asks holds *Administer Jira*.
#[must_use]
pub fn administers() -> JiraRequest {
    JiraRequest::get("/rest/api/3/mypermissions?permissions=ADMINISTER".into())
}

/// What Jira says of itself, the site's address among it.
#[must_use]
pub fn server_info() -> JiraRequest {
    JiraRequest::get("/rest/api/3/serverInfo".into())
}

/// An account.
#[must_use]
pub fn user(id: &AccountId) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/user?accountId={}", encode(id.as_str())))
}

/// Accounts whose name or email address matches, at most twenty.
#[must_use]
pub fn user_search(query: &str) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/user/search?query={}&maxResults=20", encode(query)))
}

/// One page of the projects that whoever asks may browse.
#[must_use]
pub fn projects(start_at: u64) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/project/search?startAt={start_at}&maxResults=100&orderBy=key"))
}

/// Which of these permissions an account holds: the global one *Administer Jira*, and those of projects in at most 1,000
/// projects. Asking about somebody else takes *Administer Jira*.
#[must_use]
pub fn check_permissions(about: &AccountId, permissions: &[Permission], projects: &[u64]) -> JiraRequest {
    let keys: Vec<&str> = permissions.iter().map(|permission| permission.key()).collect();
    let asked = json!([{ "permissions": keys, "projects": projects, "issues": [] }]);
    let asked = if projects.is_empty() { json!([]) } else { asked };
    let body = json!({ "accountId": about, "globalPermissions": ["ADMINISTER"], "projectPermissions": asked });
    JiraRequest { method: "POST", path: "/rest/api/3/permissions/check".into(), body: Some(body) }
}

/// People who may browse a project, among a hundred of the site: Jira takes that page first and filters it then, so that a
/// page may be short or empty although more follow. Beyond the thousandth it finds nobody.
#[must_use]
pub fn people_of(project_key: &str, start_at: u32) -> JiraRequest {
    let project = encode(project_key);
    let query =
        format!("query=&permissions=BROWSE_PROJECTS&projectKey={project}&startAt={start_at}&maxResults={PEOPLE_PAGE}");
    JiraRequest::get(format!("/rest/api/3/user/permission/search?{query}"))
}

/// The one of the site's people who stands at this place, whatever they may do: a bare array, empty where the site has no
/// more of them.
#[must_use]
pub fn person_at(place: u32) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/users/search?startAt={place}&maxResults=1"))
}

/// The webhooks that this account holds for this app: with five at most, one page.
#[must_use]
pub fn webhooks() -> JiraRequest {
    JiraRequest::get("/rest/api/3/webhook?startAt=0&maxResults=100".into())
}

/// Registers a webhook.
#[must_use]
pub fn register_webhook(wanted: &Wanted) -> JiraRequest {
    let keys = [pair_property::KEY];
    let hook = json!({ "events": EVENTS, "jqlFilter": wanted.jql, "issuePropertyKeysFilter": keys });
    let body = json!({ "url": wanted.url, "webhooks": [hook] });
    JiraRequest { method: "POST", path: "/rest/api/3/webhook".into(), body: Some(body) }
}

/// Removes webhooks. Jira answers 202 and ignores numbers that it does not know.
#[must_use]
pub fn delete_webhooks(ids: &[WebhookId]) -> JiraRequest {
    JiraRequest { method: "DELETE", path: "/rest/api/3/webhook".into(), body: Some(json!({ "webhookIds": ids })) }
}

/// Gives webhooks another 30 days. Jira ignores numbers that it does not know.
#[must_use]
pub fn refresh_webhooks(ids: &[WebhookId]) -> JiraRequest {
    JiraRequest { method: "PUT", path: "/rest/api/3/webhook/refresh".into(), body: Some(json!({ "webhookIds": ids })) }
}

/// An issue by its number.
#[must_use]
pub fn issue(id: u64) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/issue/{id}?fields=updated,project,security"))
}

/// Whether whoever asks may browse anything at all: the cheapest request that shows whether a token is honoured.
#[must_use]
pub fn browses() -> JiraRequest {
    JiraRequest::get("/rest/api/3/mypermissions?permissions=BROWSE_PROJECTS".into())
}

/// Whether whoever asks may see an issue and comment on it.
#[must_use]
pub fn may_comment(issue_id: u64) -> JiraRequest {
    let wanted = "BROWSE_PROJECTS,ADD_COMMENTS";
    JiraRequest::get(format!("/rest/api/3/mypermissions?issueId={issue_id}&permissions={wanted}"))
}

/// Whether whoever asks is an agent of the service project of an issue.
#[must_use]
pub fn is_agent(issue_id: u64) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/mypermissions?issueId={issue_id}&permissions=SERVICEDESK_AGENT"))
}

/// An issue by its key.
#[must_use]
pub fn issue_by_key(key: &str) -> JiraRequest {
    let key = encode(key);
    JiraRequest::get(format!("/rest/api/3/issue/{key}?fields=updated,project"))
}

/// Which of these issues, by number or key, whoever asks sees: at most 100, which is what Jira answers at once. Those that
/// they do not see are left out.
///
/// <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-bulkfetch-post>
#[must_use]
pub fn visible_issues(issues: &[String]) -> JiraRequest {
    let body = json!({ "issueIdsOrKeys": issues, "fields": ["updated"] });
    JiraRequest { method: "POST", path: "/rest/api/3/issue/bulkfetch".into(), body: Some(body) }
}

/// A project by its key.
#[must_use]
pub fn project_by_key(key: &str) -> JiraRequest {
    let key = encode(key);
    JiraRequest::get(format!("/rest/api/3/project/{key}"))
}

/// Projects by their numbers, at most fifty. Those that are not there, or not for whoever asks to see, are left out.
#[must_use]
pub fn projects_by_number(numbers: &[JiraNumber]) -> JiraRequest {
    // Atlassian's document wants each number once.
    let numbers: BTreeSet<&JiraNumber> = numbers.iter().collect();
    let ids: Vec<String> = numbers.into_iter().map(|number| format!("id={number}")).collect();
    JiraRequest::get(format!("/rest/api/3/project/search?{}&maxResults=50", ids.join("&")))
}

/// Projects whose key or name matches, at most twenty.
#[must_use]
pub fn project_search(query: &str) -> JiraRequest {
    JiraRequest::get(format!("/rest/api/3/project/search?query={}&maxResults=20&orderBy=name", encode(query)))
}

/// Every category of projects.
#[must_use]
pub fn project_categories() -> JiraRequest {
    JiraRequest::get("/rest/api/3/projectCategory".into())
}

/// Whether whoever asks may see a project and comment in it.
#[must_use]
pub fn may_comment_in(project: JiraNumber) -> JiraRequest {
    let wanted = "BROWSE_PROJECTS,ADD_COMMENTS";
    JiraRequest::get(format!("/rest/api/3/mypermissions?projectId={project}&permissions={wanted}"))
}

/// Whether an account may see and comment on an issue, or in a project where no issue is named. Asking about somebody else
/// takes *Administer Jira*.
#[must_use]
pub fn check_reach(about: &AccountId, project: JiraNumber, issue: Option<u64>) -> JiraRequest {
    let issues: Vec<u64> = issue.into_iter().collect();
    let permissions = ["BROWSE_PROJECTS", "ADD_COMMENTS"];
    let asked = json!([{ "permissions": permissions, "projects": [project.0], "issues": issues }]);
    let body = json!({ "accountId": about, "globalPermissions": [], "projectPermissions": asked });
    JiraRequest { method: "POST", path: "/rest/api/3/permissions/check".into(), body: Some(body) }
}

/// The property that goes with every comment of the app: the name of the action that made it.
const ACTION: &str = "integration-plus.action";

/// Comments on an issue. `internal` comments are not shown to customers of a service project.
#[must_use]
pub fn add_comment(issue_id: u64, body: &Value, action: &str, internal: bool) -> JiraRequest {
    let mut properties = vec![json!({ "key": ACTION, "value": { "id": action } })];
    if internal {
        properties.push(json!({ "key": "sd.public.comment", "value": { "internal": true } }));
    }
    let path = format!("/rest/api/3/issue/{issue_id}/comment");
    JiraRequest { method: "POST", path, body: Some(json!({ "body": body, "properties": properties })) }
}

/// One page of the comments of an issue, the latest first, with their properties.
#[must_use]
pub fn latest_comments(issue_id: u64, start_at: u64) -> JiraRequest {
    let query = format!("orderBy=-created&startAt={start_at}&maxResults=100&expand=properties");
    JiraRequest::get(format!("/rest/api/3/issue/{issue_id}/comment?{query}"))
}

/// The JSON of a successful answer; `Null` for an empty one.
///
/// # Errors
/// [`JiraRefused`], told apart by status first: 403 is a permission, 401 a token, 5xx and 429 nothing at all.
pub fn read(answer: Result<HttpResponse, Unavailable>) -> Result<Value, JiraRefused> {
    let body = accepted(answer)?;
    if body.trim().is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&body).map_err(|_| unexpected("Jira's answer is not JSON"))
}

/// The text of a successful answer. The status alone tells whether Jira did what was asked: a body that is cut off on its way
/// undoes nothing.
///
/// # Errors
/// As [`read`].
pub fn accepted(answer: Result<HttpResponse, Unavailable>) -> Result<String, JiraRefused> {
    let answer = answer.map_err(|Unavailable| JiraRefused::Unavailable { retry_after_s: None })?;
    match answer.status {
        200..=299 => Ok(answer.body),
        401 if answer.body.contains("scope does not match") => Err(JiraRefused::ScopeMissing),
        401 => Err(JiraRefused::Unauthenticated),
        403 => Err(JiraRefused::Forbidden),
        404 | 410 => Err(JiraRefused::NotFound),
        408 | 429 | 500..=599 => Err(JiraRefused::Unavailable { retry_after_s: answer.limits.retry_after_s }),
        _ => Err(unexpected(&first_message(&answer.body))),
    }
}

fn unexpected(message: &str) -> JiraRefused {
    JiraRefused::Unexpected(message.chars().filter(|c| !c.is_control()).take(200).collect())
}

fn first_message(body: &str) -> String {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let listed = body["errorMessages"][0].as_str();
    let named = body["errors"].as_object().and_then(|errors| errors.values().find_map(Value::as_str));
    listed.or(named).or(body["message"].as_str()).unwrap_or("Jira gave no reason").to_owned()
}

/// Reads a `User`.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it has no usable `accountId`.
pub fn read_account(user: &Value) -> Result<Account, JiraRefused> {
    let id = user["accountId"].as_str().and_then(|id| AccountId::parse(id).ok());
    let account_id = id.ok_or_else(|| unexpected("Jira named no account"))?;
    let name = clean(user["displayName"].as_str().unwrap_or_default());
    let display_name = if name.is_empty() { account_id.as_str().to_owned() } else { name };
    let picture = user["avatarUrls"]["48x48"].as_str().filter(|url| url.starts_with("https://"));
    let avatar_url = picture.map(str::to_owned);
    let account_type = json::read(user["accountType"].clone()).unwrap_or(AccountType::Unknown);
    let active = user["active"].as_bool().unwrap_or(false);
    Ok(Account { person: Person { account_id, display_name, avatar_url }, account_type, active })
}

/// Reads a bare array of `User`s, leaving out what is none.
#[must_use]
pub fn read_accounts(users: &Value) -> Vec<Account> {
    users.as_array().into_iter().flatten().filter_map(|user| read_account(user).ok()).collect()
}

/// Reads whether [`my_products`] names any; `None` when Jira lists none and does not say that there are none.
#[must_use]
pub fn read_product_access(user: &Value) -> Option<bool> {
    user["applicationRoles"]["items"].as_array().map(|products| !products.is_empty())
}

/// Reads the host of the site from [`server_info`]: `example.atlassian.net`.
///
/// # Errors
/// [`JiraRefused::Unexpected`]
pub fn read_host(info: &Value) -> Result<String, JiraRefused> {
    let base = info["baseUrl"].as_str().and_then(|url| url.split_once("://"));
    let host = base.and_then(|(_, rest)| rest.split('/').next()).filter(|host| !host.is_empty());
    host.map(str::to_owned).ok_or_else(|| JiraRefused::Unexpected("the site has no address".into()))
}

/// Reads `mypermissions`: anything but a plain yes is no.
#[must_use]
pub fn read_administers(permissions: &Value) -> bool {
    holds(permissions, "ADMINISTER")
}

/// Reads [`is_agent`]: anything but a plain yes is no.
#[must_use]
pub fn read_is_agent(permissions: &Value) -> bool {
    holds(permissions, "SERVICEDESK_AGENT")
}

fn holds(permissions: &Value, name: &str) -> bool {
    permissions["permissions"][name]["havePermission"] == Value::Bool(true)
}

/// Reads whether both permissions of [`may_comment`] are held: anything but two plain yeses is no.
#[must_use]
pub fn read_may_comment(permissions: &Value) -> bool {
    holds(permissions, "BROWSE_PROJECTS") && holds(permissions, "ADD_COMMENTS")
}

/// A project, as far as the app needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// Its number.
    pub id: JiraNumber,
    /// Its key.
    pub key: String,
    /// Its name, at most 80 characters.
    pub name: String,
    /// The number of its category.
    pub category: Option<JiraNumber>,
    /// Whether it is a service project, where customers read the comments that are not internal.
    pub service_project: bool,
}

/// Reads a project.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it has no number or key.
pub fn read_project(project: &Value) -> Result<Project, JiraRefused> {
    let none = || unexpected("Jira named no project");
    let id = number(&project["id"]).ok_or_else(none)?;
    let key = project["key"].as_str().ok_or_else(none)?.to_owned();
    let category = number(&project["projectCategory"]["id"]);
    let service_project = project["projectTypeKey"] == "service_desk";
    Ok(Project { id, name: name(&project["name"]).unwrap_or_else(|| key.clone()), key, category, service_project })
}

fn number(value: &Value) -> Option<JiraNumber> {
    value.as_str().and_then(|text| JiraNumber::parse(text).ok())
}

fn name(value: &Value) -> Option<String> {
    let name: String = clean(value.as_str().unwrap_or_default()).chars().take(80).collect();
    (!name.is_empty()).then_some(name)
}

/// Reads a page of projects, leaving out what is none.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no page.
pub fn read_project_list(page: &Value) -> Result<Vec<Project>, JiraRefused> {
    Ok(rows(page)?.iter().filter_map(|row| read_project(row).ok()).collect())
}

/// Reads [`project_categories`]: numbers and names.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no list: that is no sign that there are none.
pub fn read_categories(list: &Value) -> Result<Vec<(JiraNumber, String)>, JiraRefused> {
    let rows = list.as_array().ok_or_else(|| unexpected("Jira listed no categories"))?;
    let category = |row: &Value| {
        let id = number(&row["id"])?;
        Some((id, name(&row["name"]).unwrap_or_else(|| id.to_string())))
    };
    Ok(rows.iter().filter_map(category).collect())
}

/// What somebody may do at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rights {
    /// Whether they may see it.
    pub sees: bool,
    /// Whether they may comment there.
    pub comments: bool,
}

/// Reads [`may_comment`] and [`may_comment_in`]: anything but a plain yes is no.
#[must_use]
pub fn read_rights(permissions: &Value) -> Rights {
    Rights { sees: holds(permissions, "BROWSE_PROJECTS"), comments: holds(permissions, "ADD_COMMENTS") }
}

/// Reads [`check_reach`]. Where an issue was named, only what is held on the issue itself counts.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no such answer: that is no sign that nothing is held.
pub fn read_reach(answer: &Value, project: JiraNumber, issue: Option<u64>) -> Result<Rights, JiraRefused> {
    let rows = answer["projectPermissions"].as_array().ok_or_else(|| unexpected("Jira listed no permissions"))?;
    let (list, wanted) = issue.map_or(("projects", project.0), |issue| ("issues", issue));
    let held = |permission: &str| {
        let of_permission = rows.iter().filter(|row| row["permission"] == permission);
        of_permission.filter_map(|row| row[list].as_array()).flatten().any(|id| id.as_u64() == Some(wanted))
    };
    Ok(Rights { sees: held("BROWSE_PROJECTS"), comments: held("ADD_COMMENTS") })
}

/// An issue, as far as the app needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Its number.
    pub id: u64,
    /// Its key.
    pub key: String,
    /// The project that it belongs to.
    pub project: Project,
    /// When it was last changed, in Jira's own form.
    pub updated: String,
    /// Whether a security level bounds who sees it, as far as Jira shows that.
    pub secured: bool,
}

/// Reads an issue.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it has no number, key or project.
pub fn read_issue(issue: &Value) -> Result<Issue, JiraRefused> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let key = text(&issue["key"]).ok_or_else(|| unexpected("Jira named no issue"))?;
    let id = number(&issue["id"]).ok_or_else(|| unexpected("Jira named no issue"))?.0;
    let project = read_project(&issue["fields"]["project"])?;
    let updated = text(&issue["fields"]["updated"]).unwrap_or_default();
    Ok(Issue { id, key, project, updated, secured: !issue["fields"]["security"].is_null() })
}

/// Reads what [`visible_issues`] answered: numbers and keys.
#[must_use]
pub fn read_visible_issues(answer: &Value) -> Vec<(JiraNumber, String)> {
    let issues = answer["issues"].as_array().into_iter().flatten();
    issues.filter_map(|issue| Some((number(&issue["id"])?, issue["key"].as_str()?.to_owned()))).collect()
}

/// Whether a field is among those that were changed, as a changelog says.
#[must_use]
pub fn changes(items: &Value, field: &str) -> bool {
    let named = |item: &Value| item["fieldId"] == field || item["field"] == field;
    items.as_array().is_some_and(|items| items.iter().any(named))
}

/// What a page of [`latest_comments`] says of a comment that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// It is on the issue.
    There {
        /// Who posted it, if Jira says.
        author: Option<AccountId>,
    },
    /// It is not.
    NotThere,
    /// Everything so far is later.
    Further {
        /// Where the next page starts.
        start_at: u64,
    },
}

/// Looks through a page for the comment that this action made, which is no older than `since`.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no list of comments: that is no sign that none was made.
pub fn read_sought(page: &Value, action: &str, since: Timestamp) -> Result<Sought, JiraRefused> {
    let rows = page["comments"].as_array().ok_or_else(|| unexpected("Jira listed no comments"))?;
    let made = |property: &Value| property["key"] == ACTION && property["value"]["id"] == action;
    let sought = |row: &&Value| row["properties"].as_array().is_some_and(|properties| properties.iter().any(made));
    if let Some(row) = rows.iter().find(sought) {
        let author = row["author"]["accountId"].as_str().and_then(|id| AccountId::parse(id).ok());
        return Ok(Sought::There { author });
    }
    let older = |row: &Value| row["created"].as_str().and_then(Timestamp::from_iso).is_some_and(|at| at < since);
    let start_at = page["startAt"].as_u64().unwrap_or(0) + rows.len() as u64;
    let last = rows.last().is_none_or(older) || page["total"].as_u64().is_some_and(|total| start_at >= total);
    Ok(if last { Sought::NotThere } else { Sought::Further { start_at } })
}

/// The rows of a page. One without rows is no empty page: taken for one, it would have webhooks removed or forgotten.
fn rows(page: &Value) -> Result<&[Value], JiraRefused> {
    page["values"].as_array().map(Vec::as_slice).ok_or_else(|| unexpected("Jira's page has no rows"))
}

/// Reads a page of projects: their numbers, and where the next page starts.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no page.
pub fn read_projects(page: &Value) -> Result<(Vec<u64>, Option<u64>), JiraRefused> {
    let rows = rows(page)?;
    let ids = rows.iter().filter_map(|project| project["id"].as_str()?.parse().ok()).collect();
    let last = page["isLast"].as_bool().unwrap_or(true) || rows.is_empty();
    let start_at = page["startAt"].as_u64().unwrap_or(0);
    Ok((ids, (!last).then_some(start_at + rows.len() as u64)))
}

/// A page of projects, and how many there are in all, if Jira said.
#[derive(Debug, PartialEq, Eq)]
pub struct ProjectPage {
    /// Those of the page.
    pub projects: Vec<Project>,
    /// How many there are in all.
    pub total: Option<u64>,
}

/// Reads a page of projects of which there may be more.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no page.
pub fn read_project_page(page: &Value) -> Result<ProjectPage, JiraRefused> {
    Ok(ProjectPage { projects: read_project_list(page)?, total: page["total"].as_u64() })
}

/// What [`check_permissions`] found.
#[derive(Debug, PartialEq, Eq)]
pub struct HeldPermissions {
    /// Whether the account holds *Administer Jira*.
    pub administers: bool,
    /// Project by project, each permission that is held there.
    pub projects: Vec<(Permission, Vec<u64>)>,
}

/// Reads [`check_permissions`]: what is not named is not held.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no such answer: that is no sign that nothing is held.
pub fn read_held(answer: &Value) -> Result<HeldPermissions, JiraRefused> {
    let none = || unexpected("Jira listed no permissions");
    let globals = answer["globalPermissions"].as_array().ok_or_else(none)?;
    let rows = answer["projectPermissions"].as_array().ok_or_else(none)?;
    let held = |row: &Value| {
        let permission = Permission::ALL.into_iter().find(|permission| row["permission"] == permission.key())?;
        let projects = row["projects"].as_array()?.iter().filter_map(Value::as_u64).collect();
        Some((permission, projects))
    };
    let administers = globals.iter().any(|name| name == "ADMINISTER");
    Ok(HeldPermissions { administers, projects: rows.iter().filter_map(held).collect() })
}

/// Reads the list of webhooks.
///
/// # Errors
/// [`JiraRefused::Unexpected`] when it is no list.
pub fn read_webhooks(page: &Value) -> Result<Vec<Listed>, JiraRefused> {
    Ok(rows(page)?.iter().filter_map(read_webhook).collect())
}

fn read_webhook(row: &Value) -> Option<Listed> {
    let events = row["events"].as_array()?.iter().filter_map(|event| event.as_str().map(str::to_owned)).collect();
    Some(Listed {
        id: WebhookId(row["id"].as_i64()?),
        url: row["url"].as_str().unwrap_or_default().to_owned(),
        events,
        jql: row["jqlFilter"].as_str().unwrap_or_default().to_owned(),
        expires_at: row["expirationDate"].as_i64().map(Timestamp),
    })
}

/// Reads the answer to a registration, which is 200 even when it failed.
///
/// # Errors
/// Jira's own words when it registered nothing.
pub fn read_registration(answer: &Value) -> Result<WebhookId, String> {
    let first = &answer["webhookRegistrationResult"][0];
    let words = first["errors"][0].as_str().unwrap_or("Jira gave no reason");
    first["createdWebhookId"].as_i64().map(WebhookId).ok_or_else(|| words.chars().take(200).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rate_limit::Limits;

    fn answered(status: u16, body: &str) -> Result<Value, JiraRefused> {
        read(Ok(HttpResponse { status, limits: Limits::default(), body: body.to_owned() }))
    }

    #[test]
    fn a_project_is_asked_for_once() {
        let request = projects_by_number(&[JiraNumber(2), JiraNumber(1), JiraNumber(2)]);
        assert_eq!(request.path, "/rest/api/3/project/search?id=1&id=2&maxResults=50");
    }

    #[test]
    fn an_expired_token_a_missing_scope_a_permission_and_an_outage_are_told_apart() {
        assert_eq!(answered(401, ""), Err(JiraRefused::Unauthenticated));
        let scope = r#"{"code":401,"message":"Unauthorized; scope does not match"}"#;
        assert_eq!(answered(401, scope), Err(JiraRefused::ScopeMissing));
        assert_eq!(answered(403, ""), Err(JiraRefused::Forbidden));
        assert_eq!(answered(503, ""), Err(JiraRefused::Unavailable { retry_after_s: None }));
        assert_eq!(read(Err(Unavailable)), Err(JiraRefused::Unavailable { retry_after_s: None }));
        assert_eq!(answered(400, "{}"), Err(JiraRefused::Unexpected("Jira gave no reason".into())));
    }

    #[test]
    fn what_jira_did_is_told_by_the_status_whatever_arrives_of_its_words() {
        let cut = || Ok(HttpResponse { status: 201, limits: Limits::default(), body: r#"{"id":"10"#.to_owned() });
        assert!(accepted(cut()).is_ok() && read(cut()).is_err());
        assert_eq!(answered(204, ""), Ok(Value::Null));
    }

    #[test]
    fn a_comment_is_looked_for_until_comments_are_older_than_it_could_be() {
        let row = |created: &str, action: &str| {
            let properties = json!([{ "key": "x" }, { "key": ACTION, "value": { "id": action } }]);
            json!({ "created": created, "author": { "accountId": "5b10" }, "properties": properties })
        };
        let (early, late) = ("2026-01-05T08:00:00.000+0000", "2026-01-05T12:00:00.000+0200");
        let since = Timestamp::from_iso("2026-01-05T09:00:00.000+0000").expect("is a time");
        let page = |rows: &[Value], total: u64| json!({ "startAt": 100, "total": total, "comments": rows });
        let sought = |page: &Value| read_sought(page, "a", since);
        let author = AccountId::parse("5b10").ok();
        assert_eq!(sought(&page(&[row(late, "b"), row(late, "a")], 300)), Ok(Sought::There { author }));
        assert_eq!(sought(&page(&[row(late, "b")], 300)), Ok(Sought::Further { start_at: 101 }));
        for none in [page(&[row(late, "b"), row(early, "b")], 300), page(&[row(late, "b")], 101), page(&[], 300)] {
            assert_eq!(sought(&none), Ok(Sought::NotThere), "{none}");
        }
        assert!(sought(&json!({ "values": [] })).is_err());
    }

    #[test]
    fn a_page_without_rows_is_not_taken_for_an_empty_one() {
        for page in [Value::Null, json!({}), json!({ "values": {} })] {
            assert!(read_webhooks(&page).is_err() && read_projects(&page).is_err(), "{page}");
        }
        assert_eq!(read_webhooks(&json!({ "values": [] })), Ok(vec![]));
    }

    #[test]
    fn a_search_cannot_leave_its_parameter() {
        assert_eq!(
            user_search("a&b=../?#é").path,
            "/rest/api/3/user/search?query=a%26b%3D..%2F%3F%23%C3%A9&maxResults=20"
        );
    }

    #[test]
    fn a_hostile_name_is_shown_as_text() {
        let user = json!({ "accountId": "a", "displayName": "A\u{202E}\nB", "accountType": "robot", "active": true });
        let account = read_account(&user).expect("reads");
        assert_eq!((account.person.display_name.as_str(), account.account_type), ("AB", AccountType::Unknown));
        assert!(read_account(&json!({ "accountId": "../x" })).is_err());
    }

    #[test]
    fn anything_but_a_plain_yes_is_no_administrator() {
        for body in [json!({}), json!({"permissions":{"ADMINISTER":{"havePermission":"true"}}}), json!([])] {
            assert!(!read_administers(&body), "{body}");
        }
        assert!(read_administers(&json!({"permissions":{"ADMINISTER":{"havePermission":true}}})));
    }

    #[test]
    fn an_account_without_a_list_of_products_is_not_taken_for_one_without_products() {
        let products = |items: &Value| read_product_access(&json!({ "applicationRoles": { "items": items } }));
        assert_eq!(products(&json!([])), Some(false));
        assert_eq!(products(&json!([{ "key": "jira-software" }])), Some(true));
        assert_eq!((products(&Value::Null), read_product_access(&json!({}))), (None, None));
    }

    #[test]
    fn a_registration_that_failed_inside_a_200_is_a_failure() {
        let failed = json!({"webhookRegistrationResult":[{"errors":["The clause x is unsupported"]}]});
        assert_eq!(read_registration(&failed), Err("The clause x is unsupported".into()));
        assert_eq!(read_registration(&json!({"webhookRegistrationResult":[{"createdWebhookId":7}]})), Ok(WebhookId(7)));
    }
}
