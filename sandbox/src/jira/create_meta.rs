//! What it takes to create an issue: types of issue, and the fields of each.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues/#api-rest-api-3-issue-createmeta-projectidorkey-issuetypes-get>

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::issues;
use super::paging::Window;
use super::projects::Project;
use serde_json::{Value, json};

/// The field that only a transition asks for.
pub(crate) const RESOLUTION: &str = "resolution";

impl Call<'_> {
    /// The project that a path names, if the caller may browse it.
    fn creatable(&self) -> Result<&Project, Refusal> {
        let asked = self.parameter(0);
        let seen = |project: &&Project| self.may_in("BROWSE_PROJECTS", project);
        let project = self.project(asked).ok().filter(seen);
        project.ok_or_else(|| Refusal::bad_request("The project does not exist, or you may not see it."))
    }
}

/// `GET /issue/createmeta/{projectIdOrKey}/issuetypes`.
pub(crate) fn issue_types(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let window = Window::of(call, 50, 200)?;
    let project = call.creatable()?;
    // Jira lists nothing to whoever may create nothing.
    let all = if call.may_in("CREATE_ISSUES", project) { issues::issue_types(call, project) } else { json!([]) };
    let all = all.as_array().cloned().unwrap_or_default();
    let total = all.len();
    let shown = window.cut(all);
    let page = json!({ "startAt": window.start, "maxResults": window.size, "total": total, "issueTypes": shown });
    Ok(Answer::ok(page).reading(total))
}

/// `GET /issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}`.
pub(crate) fn fields(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let window = Window::of(call, 50, 200)?;
    let project = call.creatable()?;
    let known = issues::issue_types(call, project);
    let known = known.as_array().is_some_and(|types| types.iter().any(|own| own["id"] == call.parameter(1)));
    if !known || !call.may_in("CREATE_ISSUES", project) {
        return Err(Refusal::bad_request("The issue type does not exist in this project, or you may not create it."));
    }
    let own = [
        ("summary", "Summary", true, false),
        ("issuetype", "Issue Type", true, false),
        ("project", "Project", true, false),
        ("reporter", "Reporter", true, true),
        ("description", "Description", false, false),
        ("labels", "Labels", false, false),
        ("priority", "Priority", false, true),
    ];
    let own = own.into_iter().map(|(id, name, required, default)| field(id, name, required, default));
    let wanted = project.required.iter().filter(|name| *name != RESOLUTION);
    let all: Vec<Value> = own.chain(wanted.map(|name| field(&field_id(name), name, true, false))).collect();
    let total = all.len();
    let page = json!({ "startAt": window.start, "maxResults": window.size, "total": total, "fields": window.cut(all) });
    Ok(Answer::ok(page).reading(total))
}

/// The id of a field that somebody made required.
pub(crate) fn field_id(name: &str) -> String {
    let number: u32 = name.bytes().map(u32::from).sum();
    format!("customfield_{}", 10_000 + number)
}

/// Jira's `FieldCreateMetadata`.
fn field(id: &str, name: &str, required: bool, default: bool) -> Value {
    json!({
        "required": required,
        "schema": { "type": "string", "system": id },
        "name": name,
        "key": id,
        "fieldId": id,
        "hasDefaultValue": default,
        "operations": ["set"],
    })
}

#[cfg(test)]
mod tests {
    use crate::trial::{ANA, MARIA, NARROW, SITE, Trial, texts};
    use serde_json::json;

    #[test]
    fn who_may_not_create_is_shown_no_types_and_who_may_not_browse_no_project() {
        let mut trial = Trial::new();
        trial.world.set_project_permission(SITE, "WEB", "CREATE_ISSUES", ANA, false).expect("exists");
        let (status, page) = trial.get(ANA, "/issue/createmeta/WEB/issuetypes");
        assert_eq!((status, &page["issueTypes"]), (200, &json!([])));
        for path in ["/issue/createmeta/LEG/issuetypes", "/issue/createmeta/WEB/issuetypes/10002"] {
            assert_eq!(trial.get(ANA, path).0, 400, "{path}");
        }
        assert_eq!(trial.get(NARROW, "/issue/createmeta/BIL/issuetypes").0, 400);
    }

    #[test]
    fn what_somebody_made_required_is_told_and_demanded() {
        let mut trial = Trial::new();
        trial.world.require_field(SITE, "MOB", "Team").expect("exists");
        let types = trial.get(MARIA, "/issue/createmeta/10000/issuetypes").1;
        assert_eq!(texts(&types["issueTypes"], "/name"), ["Story", "Task", "Bug"]);
        let fields = trial.get(MARIA, "/issue/createmeta/MOB/issuetypes/10002").1;
        let team = fields["fields"].as_array().and_then(|fields| fields.iter().find(|field| field["name"] == "Team"));
        assert_eq!(team.map(|team| &team["required"]), Some(&json!(true)));
        let issue =
            json!({ "fields": { "project": { "key": "MOB" }, "issuetype": { "id": "10002" }, "summary": "s" } });
        assert_eq!(trial.send(MARIA, "POST", "/issue", issue.clone()).0, 400);
        let other =
            json!({ "fields": { "project": { "key": "WEB" }, "issuetype": { "id": "10002" }, "summary": "s" } });
        assert_eq!(trial.send(MARIA, "POST", "/issue", other).0, 201);
    }
}
