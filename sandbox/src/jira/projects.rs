//! Projects.

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::paging::Window;
use super::people;
use super::view::View;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Kinds of project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ProjectType {
    Software,
    ServiceDesk,
    Business,
}

impl ProjectType {
    const fn key(self) -> &'static str {
        match self {
            Self::Software => "software",
            Self::ServiceDesk => "service_desk",
            Self::Business => "business",
        }
    }
}

/// A category of projects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Category {
    pub(crate) id: u64,
    pub(crate) name: String,
}

/// Who plays a role in a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Actors {
    pub(crate) users: BTreeSet<String>,
    /// By `groupId`.
    pub(crate) groups: BTreeSet<String>,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Project {
    pub(crate) id: u64,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) kind: ProjectType,
    pub(crate) lead: String,
    pub(crate) category: Option<Category>,
    /// Name of the permission scheme.
    pub(crate) scheme: String,
    /// Actors by the number of their role.
    pub(crate) roles: BTreeMap<u64, Actors>,
    /// The number of the last issue that was created.
    pub(crate) last_issue: u64,
    /// Names of fields that must be filled in besides Jira's own.
    #[serde(default)]
    pub(crate) required: BTreeSet<String>,
}

/// The projects of a site.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Projects {
    by_id: BTreeMap<u64, Project>,
    #[serde(skip)]
    ids: BTreeMap<String, u64>,
}

impl Projects {
    pub(crate) fn add(&mut self, project: Project) {
        self.ids.insert(project.key.clone(), project.id);
        self.by_id.insert(project.id, project);
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Project> {
        self.by_id.get(&id)
    }

    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut Project> {
        self.by_id.get_mut(&id)
    }

    pub(crate) fn by_key(&self, key: &str) -> Option<&Project> {
        self.ids.get(key).and_then(|id| self.get(*id))
    }

    /// By number or key. Keys are compared with regard to case, as Jira does.
    pub(crate) fn find(&self, id_or_key: &str) -> Option<&Project> {
        self.by_key(id_or_key).or_else(|| id_or_key.parse().ok().and_then(|id| self.get(id)))
    }

    /// All projects in the order of their keys.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Project> {
        self.ids.values().filter_map(|id| self.get(*id))
    }

    pub(crate) fn remove(&mut self, id: u64) {
        if let Some(project) = self.by_id.remove(&id) {
            self.ids.remove(&project.key);
        }
    }

    pub(crate) fn reindex(&mut self) {
        self.ids = self.by_id.values().map(|project| (project.key.clone(), project.id)).collect();
    }
}

/// The short form of a project inside other objects.
pub(crate) fn project_details(view: &View<'_>, project: &Project) -> Value {
    let avatar = |size: &str| view.link(&format!("universal_avatar/view/type/project/avatar/10400?size={size}"));
    let mut details = json!({
        "self": view.link(&format!("project/{}", project.id)),
        "id": project.id.to_string(),
        "key": project.key,
        "name": project.name,
        "projectTypeKey": project.kind.key(),
        "simplified": false,
        "avatarUrls": {
            "16x16": avatar("xsmall"), "24x24": avatar("small"), "32x32": avatar("medium"), "48x48": avatar("large"),
        },
    });
    if let Some(category) = &project.category {
        details["projectCategory"] = category_json(view, category);
    }
    details
}

fn category_json(view: &View<'_>, category: &Category) -> Value {
    json!({
        "self": view.link(&format!("projectCategory/{}", category.id)),
        "id": category.id.to_string(),
        "name": category.name,
        "description": "",
    })
}

/// `GET /projectCategory`. A category is there for as long as a project has it.
#[expect(clippy::unnecessary_wraps, reason = "it is one of the routes, whose other handlers may refuse")]
pub(crate) fn categories(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let used = call.site.projects.iter().filter_map(|project| project.category.as_ref());
    let by_id: BTreeMap<u64, &Category> = used.map(|category| (category.id, category)).collect();
    let view = call.view();
    let all: Vec<Value> = by_id.into_values().map(|category| category_json(&view, category)).collect();
    let count = all.len();
    Ok(Answer::ok(Value::Array(all)).reading(count))
}

fn whole_project(call: &Call<'_>, project: &Project) -> Value {
    let view = call.view();
    let mut whole = project_details(&view, project);
    whole["style"] = json!("classic");
    whole["isPrivate"] = json!(false);
    whole["properties"] = json!({});
    if let Some(lead) = call.directory.get(&project.lead).filter(|_| call.expands("lead")) {
        whole["lead"] = people::user(&view, lead);
    }
    if call.expands("insight") {
        let (count, latest) = call.site.issues.insight(project.id);
        whole["insight"] = json!({ "totalIssueCount": count });
        if let Some(at) = latest {
            whole["insight"]["lastIssueUpdateTime"] = json!(crate::instant::jira(at));
        }
    }
    whole
}

/// `GET /project/{projectIdOrKey}`.
pub(crate) fn project(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let project = call.project(call.parameter(0))?;
    let mut whole = whole_project(call, project);
    whole["lead"] = call.directory.get(&project.lead).map_or(Value::Null, |lead| people::user(&call.view(), lead));
    whole["description"] = json!("");
    whole["assigneeType"] = json!("UNASSIGNED");
    whole["roles"] = super::roles::links(call, project);
    whole["issueTypes"] = super::issues::issue_types(call, project);
    Ok(Answer::ok(whole).reading(1))
}

/// `GET /project/search`.
pub(crate) fn search(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let window = Window::of(call, 50, 100)?;
    let action = call.target.first("action").unwrap_or("view");
    let allows = |project: &Project| match action {
        "view" => call.site.shows(call.directory, call.account_id, project),
        "browse" => call.may_in("BROWSE_PROJECTS", project),
        "create" => call.may_in("CREATE_ISSUES", project),
        _ => call.site.administers(call.directory, call.account_id, project),
    };
    if !["view", "browse", "edit", "create"].contains(&action) {
        return Err(Refusal::bad_request(format!("'{action}' is not a valid action.")));
    }
    let ids: Vec<u64> = call
        .target
        .list("id")
        .map(|id| id.parse().map_err(|_| Refusal::bad_request(format!("The project id '{id}' is not a number."))))
        .collect::<Result<_, _>>()?;
    let keys: BTreeSet<&str> = call.target.list("keys").collect();
    if ids.len() > 50 || keys.len() > 50 {
        return Err(Refusal::bad_request("At most 50 projects can be named."));
    }
    let category = call.target.first("categoryId");
    let types: BTreeSet<&str> = call.target.list("typeKey").collect();
    let statuses: BTreeSet<&str> = call.target.list("status").collect();
    let query = call.target.first("query").unwrap_or_default().to_lowercase();
    let mut found: Vec<&Project> = call
        .site
        .projects
        .iter()
        .filter(|project| {
            (ids.is_empty() || ids.contains(&project.id))
                && (keys.is_empty() || keys.contains(project.key.as_str()))
                && (types.is_empty() || types.contains(project.kind.key()))
                && (statuses.is_empty() || statuses.contains("live"))
                && category.is_none_or(|id| project.category.as_ref().is_some_and(|own| own.id.to_string() == id))
                && (project.key.to_lowercase().contains(&query) || project.name.to_lowercase().contains(&query))
        })
        .filter(|project| allows(project))
        .collect();
    let order = call.target.first("orderBy").unwrap_or("key");
    // A plus sign stands for a space in a query, and both mean ascending.
    match order.trim_start_matches(['+', '-', ' ']) {
        "key" => {}
        "name" => found.sort_by(|one, other| one.name.cmp(&other.name)),
        "owner" => found.sort_by(|one, other| one.lead.cmp(&other.lead)),
        "category" => found.sort_by_key(|project| project.category.as_ref().map(|category| category.name.clone())),
        "issueCount" => found.sort_by_key(|project| call.site.issues.insight(project.id).0),
        "lastIssueUpdatedDate" => found.sort_by_key(|project| call.site.issues.insight(project.id).1),
        _ => return Err(Refusal::bad_request(format!("'{order}' is not a valid order."))),
    }
    if order.starts_with('-') {
        found.reverse();
    }
    let total = found.len();
    let values: Vec<Value> = window.cut(found).into_iter().map(|project| whole_project(call, project)).collect();
    let count = values.len();
    Ok(Answer::ok(window.page(call, total, values)).reading(count))
}

#[cfg(test)]
mod tests {
    use crate::trial::{ANA, CASEY, MARIA, NARROW, SERVICE, SITE, Trial, texts};
    use crate::{Principal, Request};
    use serde_json::json;

    fn keys(trial: &mut Trial, account_id: &str, query: &str) -> Vec<String> {
        let (status, page) = trial.get(account_id, &format!("/project/search?{query}"));
        assert_eq!(status, 200, "{query}: {page}");
        assert_eq!(page["total"], page["values"].as_array().map_or(0, Vec::len), "{query}");
        texts(&page["values"], "/key").into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn a_project_that_one_may_not_browse_does_not_exist() {
        let mut trial = Trial::new();
        for (who, project, status) in [
            (NARROW, "MOB", 200),
            (NARROW, "BIL", 404),
            (NARROW, "10001", 404),
            (ANA, "LEG", 404),
            (MARIA, "mob", 404),
            (MARIA, "99", 404),
            (MARIA, "..", 404),
            (CASEY, "SUP", 404),
        ] {
            assert_eq!(trial.get(who, &format!("/project/{project}")).0, status, "{who} {project}");
        }
        trial.world.delete_project(SITE, "MOB").expect("exists");
        assert_eq!(trial.get(MARIA, "/project/MOB").0, 404);
        assert_eq!(trial.get(MARIA, "/issue/MOB-1").0, 404);
        assert!(trial.world.delete_project(SITE, "MOB").is_err());
    }

    #[test]
    fn odd_searches_are_refused() {
        let mut trial = Trial::new();
        let many: Vec<String> = (0..51).map(|id| format!("id={id}")).collect();
        for query in ["action=fly", "orderBy=luck", "id=MOB", "startAt=x", "maxResults=-1", &many.join("&")] {
            assert_eq!(trial.get(MARIA, &format!("/project/search?{query}")).0, 400, "{query}");
        }
    }

    #[test]
    fn a_search_shows_what_the_caller_may_see() {
        let mut trial = Trial::new();
        let all = ["BIL", "LEG", "MKT", "MOB", "PLT", "SUP", "WEB"];
        assert_eq!(keys(&mut trial, MARIA, ""), all);
        assert_eq!(keys(&mut trial, SERVICE, "action=browse"), all);
        assert_eq!(keys(&mut trial, NARROW, ""), ["MOB", "PLT"]);
        assert_eq!(keys(&mut trial, CASEY, ""), [""; 0]);
        assert_eq!(keys(&mut trial, ANA, "action=edit"), ["MKT"]);
        assert_eq!(keys(&mut trial, ANA, "action=create").len(), 6);
        trial.world.set_active(MARIA, false).expect("exists");
        assert_eq!(keys(&mut trial, SERVICE, "").len(), 7);
    }

    #[test]
    fn a_search_is_narrowed_and_ordered() {
        let mut trial = Trial::new();
        assert_eq!(keys(&mut trial, MARIA, "query=bil"), ["BIL", "MOB"]);
        assert_eq!(keys(&mut trial, MARIA, "typeKey=service_desk,business"), ["LEG", "MKT", "SUP"]);
        assert_eq!(keys(&mut trial, MARIA, "id=10003&id=10000&id=7"), ["MOB", "PLT"]);
        assert_eq!(keys(&mut trial, MARIA, "keys=WEB&keys=NONE"), ["WEB"]);
        assert_eq!(keys(&mut trial, MARIA, "categoryId=10051"), ["PLT", "SUP"]);
        assert_eq!(keys(&mut trial, MARIA, "status=archived"), [""; 0]);
        assert_eq!(keys(&mut trial, MARIA, "orderBy=-name&typeKey=business"), ["MKT", "LEG"]);
        assert_eq!(keys(&mut trial, MARIA, "orderBy=%2Bname&typeKey=business"), ["LEG", "MKT"]);
        assert_eq!(keys(&mut trial, MARIA, "orderBy=-issueCount&query=m"), ["MOB", "PLT", "MKT"]);
    }

    #[test]
    fn pages_follow_one_another_until_the_last() {
        let mut trial = Trial::new();
        let mut path = "/project/search?maxResults=3&query=&expand=lead".to_owned();
        let mut seen = Vec::new();
        for _ in 0..3 {
            let page = trial.get(MARIA, &path).1;
            assert_eq!(page["total"], 7);
            assert!(
                page["self"].as_str().is_some_and(|link| link.starts_with("https://api.atlassian.com/ex/jira/1111"))
            );
            seen.extend(texts(&page["values"], "/key").into_iter().map(str::to_owned));
            match page["nextPage"].as_str().and_then(|link| link.split_once("/rest/api/3")) {
                Some((_, next)) => next.clone_into(&mut path),
                None => assert_eq!((&page["isLast"], seen.len()), (&json!(true), 7)),
            }
        }
        let beyond = trial.get(MARIA, "/project/search?startAt=100").1;
        assert_eq!((&beyond["values"], &beyond["isLast"]), (&json!([]), &json!(true)));
        assert_eq!(trial.get(MARIA, "/project/search?maxResults=5000").1["maxResults"], 100);
    }

    #[test]
    fn a_category_goes_with_its_last_project() {
        let mut trial = Trial::new();
        let categories = |trial: &mut Trial| {
            let (status, list) = trial.get(ANA, "/projectCategory");
            assert_eq!(status, 200);
            texts(&list, "/name").into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(categories(&mut trial), ["Products", "Operations"]);
        for key in ["SUP", "PLT"] {
            trial.world.delete_project(SITE, key).expect("exists");
        }
        assert_eq!(categories(&mut trial), ["Products"]);
    }

    #[test]
    fn forge_sees_the_sites_own_addresses() {
        let mut trial = Trial::new();
        let mobile = trial.ask(&Principal::ForgeApp, &Request::get("/rest/api/3/project/MOB"));
        let body = mobile.body.expect("has a body");
        assert_eq!(body["self"], "https://example.atlassian.net/rest/api/3/project/10000");
        assert_eq!(body["roles"]["Developers"], "https://example.atlassian.net/rest/api/3/project/10000/role/10100");
    }
}
