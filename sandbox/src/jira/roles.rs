//! Project roles and who plays them.

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::projects::Project;
use super::site::Site;
use serde_json::{Map, Value, json};

/// The roles that every project has: number, name, whether Jira shows it in lists of roles.
pub(crate) const ROLES: &[(u64, &str)] = &[
    (ADMINISTRATORS, "Administrators"),
    (DEVELOPERS, "Developers"),
    (SERVICE_DESK_TEAM, "Service Desk Team"),
    (APPS, "atlassian-addons-project-access"),
];

/// People who run a project.
pub(crate) const ADMINISTRATORS: u64 = 10_002;
/// People who work in a project.
pub(crate) const DEVELOPERS: u64 = 10_100;
/// Agents of a service project.
pub(crate) const SERVICE_DESK_TEAM: u64 = 10_101;
/// Where Jira puts the accounts of apps.
pub(crate) const APPS: u64 = 10_003;

impl Site {
    /// Whether an account plays a role in a project, by itself or through a group.
    pub(crate) fn plays(&self, account_id: &str, role: u64, project: &Project) -> bool {
        project.roles.get(&role).is_some_and(|actors| {
            actors.users.contains(account_id)
                || actors.groups.iter().any(|id| self.groups.get(id).is_some_and(|group| group.has(account_id)))
        })
    }
}

/// The project of the first path parameter, if the caller may change it. Everybody else is told that there is none.
fn administered<'a>(call: &'a Call<'_>) -> Result<&'a Project, Refusal> {
    let project = call.project(call.parameter(0))?;
    if call.site.administers(call.directory, call.account_id, project) {
        Ok(project)
    } else {
        Err(Refusal::no_project(call.parameter(0)))
    }
}

fn asked_role(call: &Call<'_>) -> Result<(u64, &'static str), Refusal> {
    let asked = call.parameter(1);
    let asked: u64 =
        asked.parse().map_err(|_| Refusal::bad_request(format!("The role id '{asked}' is not a number.")))?;
    let unknown = || Refusal::not_found(format!("Can not find project role for id {asked}"));
    ROLES.iter().copied().find(|(id, _)| *id == asked).ok_or_else(unknown)
}

/// Addresses of the roles of a project, by name.
pub(crate) fn links(call: &Call<'_>, project: &Project) -> Value {
    let link = |id: u64| Value::String(call.view().link(&format!("project/{}/role/{id}", project.id)));
    ROLES.iter().map(|(id, name)| ((*name).to_owned(), link(*id))).collect::<Map<_, _>>().into()
}

fn project_role(call: &Call<'_>, project: &Project, (id, name): (u64, &str)) -> (Value, usize) {
    let actors = project.roles.get(&id).cloned().unwrap_or_default();
    let users = actors.users.iter().filter_map(|id| call.directory.get(id)).map(|account| {
        json!({
            "displayName": account.name,
            "type": "atlassian-user-role-actor",
            "actorUser": { "accountId": account.account_id },
        })
    });
    let groups =
        actors.groups.iter().filter_map(|id| call.site.groups.get(id).map(|group| (id, group))).map(|(id, group)| {
            json!({
                "displayName": group.name,
                "type": "atlassian-group-role-actor",
                "name": group.name,
                "actorGroup": { "name": group.name, "displayName": group.name, "groupId": id },
            })
        });
    let actors: Vec<Value> = users
        .chain(groups)
        .zip(1_u64..)
        .map(|(mut actor, place)| {
            actor["id"] = json!(project.id * 100_000_000 + id * 1_000 + place);
            actor
        })
        .collect();
    let count = actors.len() + 1;
    let link = call.view().link(&format!("project/{}/role/{id}", project.id));
    (json!({ "self": link, "id": id, "name": name, "description": "", "actors": actors }), count)
}

/// `GET /project/{projectIdOrKey}/role`.
pub(crate) fn roles(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let project = administered(call)?;
    Ok(Answer::ok(links(call, project)).reading_identity(ROLES.len()))
}

/// `GET /project/{projectIdOrKey}/role/{id}`.
pub(crate) fn role(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let project = administered(call)?;
    let (role, count) = project_role(call, project, asked_role(call)?);
    Ok(Answer::ok(role).reading_identity(count))
}

/// `POST /project/{projectIdOrKey}/role/{id}`.
pub(crate) fn add_actors(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let project_id = administered(call)?.id;
    let role = asked_role(call)?;
    let body = call.object()?;
    let texts = |name: &str| -> Vec<&str> {
        body.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let users = texts("user");
    if let Some(id) = users.iter().find(|id| !(call.site.admits(id) && call.directory.is_active(id))) {
        return Err(Refusal::not_found(format!("We can't find '{id}' in any accessible user directory.")));
    }
    let mut groups: Vec<String> = texts("groupId").into_iter().map(str::to_owned).collect();
    for name in texts("group") {
        let (id, _) = call.site.group_named(name).ok_or_else(|| Refusal::not_found(format!("No group '{name}'.")))?;
        groups.push(id.to_owned());
    }
    if let Some(id) = groups.iter().find(|id| !call.site.groups.contains_key(*id)) {
        return Err(Refusal::not_found(format!("No group with id '{id}'.")));
    }
    if users.is_empty() && groups.is_empty() {
        return Err(Refusal::bad_request("Neither a user nor a group is given."));
    }
    if let Some(project) = call.site.projects.get_mut(project_id) {
        let actors = project.roles.entry(role.0).or_default();
        actors.users.extend(users.into_iter().map(str::to_owned));
        actors.groups.extend(groups);
    }
    let project = administered(call)?;
    Ok(Answer::ok(project_role(call, project, role).0))
}

/// `DELETE /project/{projectIdOrKey}/role/{id}`.
pub(crate) fn remove_actor(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let project_id = administered(call)?.id;
    let (role, _) = asked_role(call)?;
    let group_id = match (call.target.first("groupId"), call.target.first("group")) {
        (Some(id), _) => Some(id.to_owned()),
        (None, Some(name)) => call.site.group_named(name).map(|(id, _)| id.to_owned()),
        (None, None) => None,
    };
    let user = call.target.first("user");
    let actors = call.site.projects.get_mut(project_id).and_then(|project| project.roles.get_mut(&role));
    let removed = match (user, group_id, actors) {
        (None, None, _) => return Err(Refusal::bad_request("Neither a user nor a group is given.")),
        (_, _, None) => false,
        (Some(id), _, Some(actors)) => actors.users.remove(id),
        (None, Some(id), Some(actors)) => actors.groups.remove(&id),
    };
    if removed { Ok(Answer::empty(204)) } else { Err(Refusal::not_found("There is no such actor in this role.")) }
}

#[cfg(test)]
mod tests {
    use crate::trial::{ANA, BEN, CHLOE, LENA, MARIA, NARROW, Trial, texts};
    use serde_json::json;

    const DEVELOPERS: &str = "/project/MOB/role/10100";

    #[test]
    fn roles_are_for_administrators_of_the_project() {
        let mut trial = Trial::new();
        for path in ["/project/MOB/role", DEVELOPERS] {
            assert_eq!(trial.get(BEN, path).0, 404, "{path}");
            assert_eq!(trial.get(MARIA, path).0, 200, "{path}");
        }
        // Ana leads Marketing.
        assert_eq!(trial.get(ANA, "/project/MKT/role").0, 200);
        assert_eq!(trial.get(MARIA, "/project/MOB/role/7").0, 404);
        assert_eq!(trial.get(MARIA, "/project/MOB/role/x").0, 400);
        assert_eq!(trial.send(BEN, "POST", DEVELOPERS, json!({ "user": [BEN] })).0, 404);
        assert_eq!(trial.delete(BEN, &format!("{DEVELOPERS}?user={NARROW}")), 404);
    }

    #[test]
    fn actors_that_cannot_be_added_or_removed_are_refused() {
        let mut trial = Trial::new();
        for (body, status) in [
            (json!({}), 400),
            (json!({ "user": [] }), 400),
            (json!({ "user": ["712020:nobody"] }), 404),
            (json!({ "user": [LENA] }), 404),
            (json!({ "groupId": ["none"] }), 404),
            (json!({ "group": ["none"] }), 404),
            (json!([]), 400),
        ] {
            assert_eq!(trial.send(MARIA, "POST", DEVELOPERS, body.clone()).0, status, "{body}");
        }
        assert_eq!(trial.delete(MARIA, DEVELOPERS), 400);
        assert_eq!(trial.delete(MARIA, &format!("{DEVELOPERS}?user={CHLOE}")), 404);
    }

    #[test]
    fn an_actor_gains_and_loses_the_roles_permissions() {
        let mut trial = Trial::new();
        assert_eq!(trial.get(NARROW, "/project/LEG").0, 404);
        let (status, role) = trial.send(MARIA, "POST", "/project/LEG/role/10100", json!({ "user": [NARROW] }));
        assert_eq!((status, texts(&role["actors"], "/actorUser/accountId").contains(&NARROW)), (200, true));
        assert_eq!(trial.get(NARROW, "/project/LEG").0, 200);
        assert_eq!(trial.delete(MARIA, &format!("/project/LEG/role/10100?user={NARROW}")), 204);
        assert_eq!(trial.get(NARROW, "/project/LEG").0, 404);
        let (_, role) =
            trial.send(MARIA, "POST", "/project/LEG/role/10100", json!({ "group": ["jira-software-users"] }));
        assert_eq!(texts(&role["actors"], "/actorGroup/name"), ["jira-software-users"]);
        assert_eq!(trial.get(ANA, "/project/LEG").0, 200);
        assert_eq!(trial.delete(MARIA, "/project/LEG/role/10100?group=jira-software-users"), 204);
        assert_eq!(trial.get(ANA, "/project/LEG").0, 404);
    }
}
