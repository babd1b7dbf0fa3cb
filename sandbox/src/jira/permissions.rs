//! Permissions: which there are, who holds them, and who asks.

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::issues::Issue;
use super::projects::Project;
use super::site::Site;
use crate::identity::Directory;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    Global,
    Project,
}

/// A permission that Jira knows.
pub(crate) struct Permission {
    id: &'static str,
    pub(crate) key: &'static str,
    name: &'static str,
    pub(crate) reach: Reach,
}

const fn global(id: &'static str, key: &'static str, name: &'static str) -> Permission {
    Permission { id, key, name, reach: Reach::Global }
}

const fn project(id: &'static str, key: &'static str, name: &'static str) -> Permission {
    Permission { id, key, name, reach: Reach::Project }
}

/// Every permission, with the number that Jira gives it.
pub(crate) const PERMISSIONS: &[Permission] = &[
    global("0", "ADMINISTER", "Administer Jira"),
    global("44", "SYSTEM_ADMIN", "Jira System Administrators"),
    global("27", "USER_PICKER", "Browse Users"),
    global("22", "CREATE_SHARED_OBJECTS", "Create Shared Objects"),
    global("24", "MANAGE_GROUP_FILTER_SUBSCRIPTIONS", "Manage Group Filter Subscriptions"),
    global("33", "BULK_CHANGE", "Bulk Change"),
    global("-1", "CREATE_PROJECT", "Create team-managed projects"),
    project("23", "ADMINISTER_PROJECTS", "Administer Projects"),
    project("10", "BROWSE_PROJECTS", "Browse Projects"),
    project("45", "VIEW_READONLY_WORKFLOW", "View Read-Only Workflow"),
    project("29", "VIEW_DEV_TOOLS", "View Development Tools"),
    project("-1", "SERVICEDESK_AGENT", "Service Project Agent"),
    project("17", "ASSIGNABLE_USER", "Assignable User"),
    project("13", "ASSIGN_ISSUES", "Assign Issues"),
    project("18", "CLOSE_ISSUES", "Close Issues"),
    project("11", "CREATE_ISSUES", "Create Issues"),
    project("16", "DELETE_ISSUES", "Delete Issues"),
    project("12", "EDIT_ISSUES", "Edit Issues"),
    project("21", "LINK_ISSUES", "Link Issues"),
    project("30", "MODIFY_REPORTER", "Modify Reporter"),
    project("25", "MOVE_ISSUES", "Move Issues"),
    project("14", "RESOLVE_ISSUES", "Resolve Issues"),
    project("28", "SCHEDULE_ISSUES", "Schedule Issues"),
    project("26", "SET_ISSUE_SECURITY", "Set Issue Security"),
    project("46", "TRANSITION_ISSUES", "Transition Issues"),
    project("32", "MANAGE_WATCHERS", "Manage Watchers"),
    project("31", "VIEW_VOTERS_AND_WATCHERS", "View Voters and Watchers"),
    project("15", "ADD_COMMENTS", "Add Comments"),
    project("36", "DELETE_ALL_COMMENTS", "Delete All Comments"),
    project("37", "DELETE_OWN_COMMENTS", "Delete Own Comments"),
    project("34", "EDIT_ALL_COMMENTS", "Edit All Comments"),
    project("35", "EDIT_OWN_COMMENTS", "Edit Own Comments"),
    project("19", "CREATE_ATTACHMENTS", "Create Attachments"),
    project("38", "DELETE_ALL_ATTACHMENTS", "Delete All Attachments"),
    project("39", "DELETE_OWN_ATTACHMENTS", "Delete Own Attachments"),
    project("20", "WORK_ON_ISSUES", "Work On Issues"),
    project("42", "DELETE_ALL_WORKLOGS", "Delete All Worklogs"),
    project("43", "DELETE_OWN_WORKLOGS", "Delete Own Worklogs"),
    project("40", "EDIT_ALL_WORKLOGS", "Edit All Worklogs"),
    project("41", "EDIT_OWN_WORKLOGS", "Edit Own Worklogs"),
];

/// How many projects, and how many issues, one `POST /permissions/check` may name.
const CHECKED_AT_ONCE: usize = 1_000;

/// The permission with this key.
pub(crate) fn named(key: &str) -> Option<&'static Permission> {
    PERMISSIONS.iter().find(|permission| permission.key == key)
}

/// To whom a permission scheme grants a permission.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Holder {
    /// Everybody who may use the site.
    LoggedIn,
    /// The members of a group, by `groupId`.
    Group(String),
    /// The actors of a project role.
    ProjectRole(u64),
    /// One account.
    User(String),
    /// Whoever leads the project.
    ProjectLead,
    /// Whoever reported the issue.
    Reporter,
    /// Whoever the issue is assigned to.
    CurrentAssignee,
}

/// A permission scheme: the holders of each project permission.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Scheme {
    grants: BTreeMap<String, BTreeSet<Holder>>,
}

impl Scheme {
    pub(crate) fn grant(&mut self, permission: &str, holder: Holder) {
        self.grants.entry(permission.to_owned()).or_default().insert(holder);
    }

    /// Grants a permission to these and to nobody else.
    pub(crate) fn replace(&mut self, permission: &str, holders: impl Iterator<Item = Holder>) {
        self.grants.insert(permission.to_owned(), holders.collect());
    }

    pub(crate) fn revoke(&mut self, permission: &str, holder: &Holder) {
        if let Some(holders) = self.grants.get_mut(permission) {
            holders.remove(holder);
        }
    }
}

impl Site {
    /// Whether an account holds a global permission.
    pub(crate) fn permits_globally(&self, directory: &Directory, account_id: &str, permission: &str) -> bool {
        directory.is_active(account_id)
            && self.admits(account_id)
            && self.global_permissions.get(permission).is_some_and(|groups| {
                groups.iter().any(|id| self.groups.get(id).is_some_and(|group| group.has(account_id)))
            })
    }

    /// Whether an account holds a permission in a project.
    ///
    /// Without an issue, a grant to whoever reported an issue, or has it assigned, counts: Jira answers in the same
    /// way, which is why only the answer for an issue is certain.
    pub(crate) fn permits(
        &self,
        directory: &Directory,
        account_id: &str,
        permission: &str,
        project: &Project,
        issue: Option<&Issue>,
    ) -> bool {
        let bolted = permission.ends_with("_COMMENTS") || permission == "ASSIGN_ISSUES";
        if bolted && issue.is_some_and(|issue| self.closed.contains(&issue.id)) {
            return false;
        }
        let holders = self.schemes.get(&project.scheme).and_then(|scheme| scheme.grants.get(permission));
        directory.is_active(account_id)
            && self.admits(account_id)
            && holders.is_some_and(|holders| {
                holders.iter().any(|holder| match holder {
                    Holder::LoggedIn => true,
                    Holder::Group(id) => self.groups.get(id).is_some_and(|group| group.has(account_id)),
                    Holder::ProjectRole(role) => self.plays(account_id, *role, project),
                    Holder::User(id) => id == account_id,
                    Holder::ProjectLead => project.lead == account_id,
                    Holder::Reporter => issue.is_none_or(|issue| issue.reporter == account_id),
                    Holder::CurrentAssignee => issue.is_none_or(|issue| issue.assignee.as_deref() == Some(account_id)),
                })
            })
    }

    /// Whether an account may see that a project exists.
    pub(crate) fn shows(&self, directory: &Directory, account_id: &str, project: &Project) -> bool {
        ["BROWSE_PROJECTS", "ADMINISTER_PROJECTS"]
            .iter()
            .any(|permission| self.permits(directory, account_id, permission, project, None))
            || self.permits_globally(directory, account_id, "ADMINISTER")
    }

    /// Whether an account may change a project's settings.
    pub(crate) fn administers(&self, directory: &Directory, account_id: &str, project: &Project) -> bool {
        self.permits_globally(directory, account_id, "ADMINISTER")
            || self.permits(directory, account_id, "ADMINISTER_PROJECTS", project, None)
    }
}

impl Call<'_> {
    /// Whether the caller holds a global permission.
    pub(crate) fn may(&self, permission: &str) -> bool {
        self.site.permits_globally(self.directory, self.account_id, permission)
    }

    /// Whether the caller holds a permission on an issue.
    pub(crate) fn may_on(&self, permission: &str, project: &Project, issue: &Issue) -> bool {
        self.site.permits(self.directory, self.account_id, permission, project, Some(issue))
    }

    /// Whether the caller holds a permission in a project.
    pub(crate) fn may_in(&self, permission: &str, project: &Project) -> bool {
        self.site.permits(self.directory, self.account_id, permission, project, None)
    }

    /// The project of this id or key, if it exists and the caller sees it.
    pub(crate) fn project(&self, id_or_key: &str) -> Result<&Project, Refusal> {
        self.site
            .projects
            .find(id_or_key)
            .filter(|project| self.site.shows(self.directory, self.account_id, project))
            .ok_or_else(|| Refusal::no_project(id_or_key))
    }

    /// The issue of this id or key with its project, if it exists and the caller sees it.
    pub(crate) fn issue(&self, id_or_key: &str) -> Result<(&Project, &Issue), Refusal> {
        self.site
            .issue_id(id_or_key)
            .and_then(|id| self.site.issue(id))
            .filter(|(project, issue)| self.may_on("BROWSE_PROJECTS", project, issue))
            .ok_or_else(Refusal::no_issue)
    }
}

/// `GET /mypermissions`.
pub(crate) fn my_permissions(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let asked: Vec<&str> = call.target.list("permissions").collect();
    if asked.is_empty() {
        return Err(Refusal::field(400, "permissions", "The 'permissions' query parameter is required."));
    }
    if let Some(unknown) = asked.iter().find(|key| named(key).is_none()) {
        return Err(Refusal::field(400, *unknown, "Unrecognized permission"));
    }
    let first = |name| call.target.first(name);
    let issue = first("issueId").or_else(|| first("issueKey")).map(|id| call.issue(id)).transpose()?;
    let project = match issue {
        Some((project, _)) => Some(project),
        None => first("projectId").or_else(|| first("projectKey")).map(|id| call.project(id)).transpose()?,
    };
    let holds = |permission: &Permission| match (permission.reach, project) {
        (Reach::Global, _) => call.may(permission.key),
        (Reach::Project, Some(project)) => {
            let issue = issue.map(|(_, issue)| issue);
            call.site.permits(call.directory, call.account_id, permission.key, project, issue)
        }
        (Reach::Project, None) => call.site.projects.iter().any(|project| call.may_in(permission.key, project)),
    };
    let permissions: Map<String, Value> = asked
        .iter()
        .filter_map(|key| named(key))
        .map(|permission| {
            let kind = match permission.reach {
                Reach::Global => "GLOBAL",
                Reach::Project => "PROJECT",
            };
            let entry = json!({
                "id": permission.id,
                "key": permission.key,
                "name": permission.name,
                "type": kind,
                "description": format!("Ability of \"{}\".", permission.name),
                "havePermission": holds(permission),
            });
            (permission.key.to_owned(), entry)
        })
        .collect();
    let count = permissions.len();
    Ok(Answer::ok(json!({ "permissions": permissions })).reading_identity(count))
}

/// One entry of `projectPermissions`.
#[derive(Default, Deserialize)]
#[serde(default)]
struct AskedInProjects {
    permissions: Vec<Option<String>>,
    projects: Vec<Option<u64>>,
    issues: Vec<Option<u64>>,
}

/// The body of `POST /permissions/check`.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Asked {
    account_id: Option<String>,
    global_permissions: Vec<Option<String>>,
    project_permissions: Vec<AskedInProjects>,
}

/// `POST /permissions/check`.
pub(crate) fn check(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = Value::Object(call.object()?.clone());
    let asked: Asked = serde_json::from_value(body).map_err(|error| Refusal::bad_request(error.to_string()))?;
    let about = asked.account_id.as_deref().unwrap_or(call.account_id);
    if about != call.account_id && !call.may("ADMINISTER") {
        return Err(Refusal::forbidden("Only Jira administrators can perform this operation."));
    }
    if call.directory.get(about).is_none() {
        return Err(Refusal::field(400, "accountId", "The account ID is not valid."));
    }
    let of_reach = |key: &str, reach| match named(key) {
        Some(permission) if permission.reach == reach => Ok(()),
        Some(_) | None => Err(Refusal::field(400, key, "Unrecognized permission")),
    };
    let mut globals = BTreeSet::new();
    for key in asked.global_permissions.iter().flatten() {
        of_reach(key, Reach::Global)?;
        if call.site.permits_globally(call.directory, about, key) {
            globals.insert(key.as_str());
        }
    }
    let count = |ids: fn(&AskedInProjects) -> &[Option<u64>]| -> usize {
        asked.project_permissions.iter().map(|entry| ids(entry).iter().flatten().count()).sum()
    };
    if count(|entry| &entry.projects) > CHECKED_AT_ONCE || count(|entry| &entry.issues) > CHECKED_AT_ONCE {
        return Err(Refusal::bad_request("At most 1000 projects and 1000 issues can be checked at once."));
    }
    let mut granted: BTreeMap<&str, (BTreeSet<u64>, BTreeSet<u64>)> = BTreeMap::new();
    for entry in &asked.project_permissions {
        let keys: Vec<&str> =
            entry.permissions.iter().flatten().map(String::as_str).filter(|key| !key.is_empty()).collect();
        if keys.is_empty() {
            return Err(Refusal::bad_request("At least one project permission must be provided."));
        }
        for key in keys {
            of_reach(key, Reach::Project)?;
            let (projects, issues) = granted.entry(key).or_default();
            projects.extend(entry.projects.iter().flatten().copied().filter(|id| {
                let project = call.site.projects.get(*id);
                project.is_some_and(|project| call.site.permits(call.directory, about, key, project, None))
            }));
            issues.extend(entry.issues.iter().flatten().copied().filter(|id| {
                let found = call.site.issue(*id);
                found
                    .is_some_and(|(project, issue)| call.site.permits(call.directory, about, key, project, Some(issue)))
            }));
        }
    }
    let objects = globals.len() + granted.len();
    let granted: Vec<Value> = granted
        .into_iter()
        .map(|(key, (projects, issues))| json!({ "permission": key, "projects": projects, "issues": issues }))
        .collect();
    Ok(Answer::ok(json!({ "globalPermissions": globals, "projectPermissions": granted })).reading_identity(objects))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{ANA, BEN, CHLOE, HUGO, MARIA, NARROW, SERVICE, SITE, Trial, grant};
    use crate::{Principal, Request};

    fn has(trial: &mut Trial, account_id: &str, query: &str, permission: &str) -> bool {
        let (status, body) = trial.get(account_id, &format!("/mypermissions?permissions={permission}{query}"));
        assert_eq!(status, 200, "{account_id} {query}: {body}");
        body["permissions"][permission]["havePermission"] == true
    }

    #[test]
    fn a_question_without_a_known_permission_is_refused() {
        let mut trial = Trial::new();
        for path in [
            "/mypermissions",
            "/mypermissions?permissions=",
            "/mypermissions?permissions=,",
            "/mypermissions?permissions=FLY",
        ] {
            assert_eq!(trial.get(MARIA, path).0, 400, "{path}");
        }
        for (who, query) in [
            (NARROW, "projectKey=LEG"),
            (ANA, "projectId=10005"),
            (ANA, "issueKey=LEG-1"),
            (MARIA, "projectKey=NONE"),
            (MARIA, "issueId=1"),
        ] {
            let (status, _) = trial.get(who, &format!("/mypermissions?permissions=BROWSE_PROJECTS&{query}"));
            assert_eq!(status, 404, "{who} {query}");
        }
    }

    #[test]
    fn administrators_are_those_in_the_group_and_no_others() {
        let mut trial = Trial::new();
        let (yes, no) = ([MARIA, SERVICE], [NARROW, ANA, CHLOE, BEN]);
        assert!(yes.iter().all(|who| has(&mut trial, who, "", "ADMINISTER")));
        assert!(!no.iter().any(|who| has(&mut trial, who, "", "ADMINISTER")));
        trial.world.revoke_admin(SITE, SERVICE).expect("exists");
        trial.world.grant_admin(SITE, ANA).expect("exists");
        assert!(!has(&mut trial, SERVICE, "", "ADMINISTER"));
        assert!(has(&mut trial, ANA, "", "ADMINISTER"));
        let app = trial.ask(&Principal::ForgeApp, &Request::get("/rest/api/3/mypermissions?permissions=ADMINISTER"));
        assert_eq!(app.body.expect("has a body")["permissions"]["ADMINISTER"]["havePermission"], false);
    }

    #[test]
    fn roles_groups_and_schemes_decide_together() {
        let mut trial = Trial::new();
        // Narrow works in two projects through a role, Ana in all but one through a group.
        assert!(has(&mut trial, NARROW, "&projectKey=MOB", "CREATE_ISSUES"));
        assert!(has(&mut trial, NARROW, "&projectKey=PLT", "ADD_COMMENTS"));
        assert!(!has(&mut trial, NARROW, "&projectKey=MOB", "DELETE_ISSUES"));
        assert!(has(&mut trial, ANA, "&projectKey=BIL", "CREATE_ISSUES"));
        assert!(has(&mut trial, SERVICE, "&projectKey=LEG", "BROWSE_PROJECTS"));
        assert!(has(&mut trial, BEN, "&projectKey=SUP", "SERVICEDESK_AGENT"));
        assert!(!has(&mut trial, ANA, "&projectKey=SUP", "SERVICEDESK_AGENT"));
        trial.world.remove_from_role(SITE, "MOB", "Developers", NARROW).expect("exists");
        assert_eq!(trial.get(NARROW, "/mypermissions?permissions=BROWSE_PROJECTS&projectKey=MOB").0, 404);
        trial.world.set_scheme(SITE, "BIL", "restricted").expect("exists");
        assert_eq!(trial.get(ANA, "/mypermissions?permissions=BROWSE_PROJECTS&projectKey=BIL").0, 404);
        trial.world.revoke_permission(SITE, "default", "ADD_COMMENTS", &Holder::ProjectRole(10_100)).expect("exists");
        assert!(!has(&mut trial, NARROW, "&projectKey=PLT", "ADD_COMMENTS"));
        assert!(has(&mut trial, NARROW, "", "BROWSE_PROJECTS"), "in any project");
    }

    #[test]
    fn one_permission_of_one_account_in_one_project_is_given_and_taken() {
        let mut trial = Trial::new();
        trial.world.set_project_permission(SITE, "MOB", "ADD_COMMENTS", ANA, false).expect("exists");
        trial.world.set_project_permission(SITE, "LEG", "BROWSE_PROJECTS", NARROW, true).expect("exists");
        assert!(!has(&mut trial, ANA, "&projectKey=MOB", "ADD_COMMENTS"));
        assert!(has(&mut trial, ANA, "&projectKey=BIL", "ADD_COMMENTS"));
        assert!(has(&mut trial, BEN, "&projectKey=MOB", "ADD_COMMENTS"));
        assert!(has(&mut trial, NARROW, "&projectKey=LEG", "BROWSE_PROJECTS"));
        assert!(!has(&mut trial, NARROW, "&projectKey=LEG", "CREATE_ISSUES"));
        assert!(trial.world.set_project_permission(SITE, "NONE", "ADD_COMMENTS", ANA, true).is_err());
    }

    #[test]
    fn a_project_may_say_yes_where_its_issue_says_no() {
        let mut trial = Trial::new();
        // LEG-1 was reported by Chloe and is assigned to Hugo; both work in the project.
        assert!(has(&mut trial, HUGO, "&projectKey=LEG", "EDIT_ISSUES"));
        assert!(!has(&mut trial, HUGO, "&issueKey=LEG-1", "EDIT_ISSUES"));
        assert!(has(&mut trial, CHLOE, "&issueKey=LEG-1", "EDIT_ISSUES"));
        assert!(has(&mut trial, HUGO, "&issueKey=LEG-1", "TRANSITION_ISSUES"));
        assert!(!has(&mut trial, CHLOE, "&issueKey=LEG-1", "TRANSITION_ISSUES"));
    }

    #[test]
    fn a_check_that_cannot_be_made_is_refused() {
        let mut trial = Trial::new();
        let refused = [
            (ANA, json!({ "accountId": MARIA }), 403),
            (MARIA, json!({ "accountId": "712020:nobody" }), 400),
            (MARIA, json!({ "globalPermissions": ["BROWSE_PROJECTS"] }), 400),
            (MARIA, json!({ "globalPermissions": ["FLY"] }), 400),
            (MARIA, json!({ "projectPermissions": [{ "permissions": ["ADMINISTER"] }] }), 400),
            (MARIA, json!({ "projectPermissions": [{ "permissions": [""], "projects": [10_000] }] }), 400),
            (
                MARIA,
                json!({ "projectPermissions": [{ "permissions": ["BROWSE_PROJECTS"], "projects": vec![1; 1_001] }] }),
                400,
            ),
            (MARIA, json!([]), 400),
        ];
        for (who, body, status) in refused {
            let shown = body.to_string().chars().take(80).collect::<String>();
            assert_eq!(trial.send(who, "POST", "/permissions/check", body).0, status, "{shown}");
        }
    }

    #[test]
    fn a_check_lists_what_is_granted_and_passes_over_what_does_not_exist() {
        let mut trial = Trial::new();
        let leg_1 = trial.get(HUGO, "/issue/LEG-1").1["id"]
            .as_str()
            .and_then(|id| id.parse::<u64>().ok())
            .expect("is a number");
        let body = json!({
            "accountId": HUGO,
            "globalPermissions": ["ADMINISTER", "USER_PICKER", null],
            "projectPermissions": [
                {
                    "permissions": ["EDIT_ISSUES", "BROWSE_PROJECTS"],
                    "projects": [10_005, 10_000, 77, null],
                    "issues": [leg_1, 5],
                },
                { "permissions": ["EDIT_ISSUES"], "projects": [10_001] },
            ],
        });
        let (status, found) = trial.send(MARIA, "POST", "/permissions/check", body);
        let meant = json!({
            "globalPermissions": ["USER_PICKER"],
            "projectPermissions": [
                { "permission": "BROWSE_PROJECTS", "projects": [10_000, 10_005], "issues": [leg_1] },
                { "permission": "EDIT_ISSUES", "projects": [10_000, 10_001, 10_005], "issues": [] },
            ],
        });
        assert_eq!((status, found), (200, meant));
        let own = trial.ask(
            &grant(ANA),
            &Request::with_body("POST", "/rest/api/3/permissions/check", json!({ "accountId": ANA })),
        );
        assert_eq!(own.status, 200);
    }
}
