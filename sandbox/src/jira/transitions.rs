//! The workflow: three statuses for each kind of project, each reachable from each.

use super::Call;
use super::answer::Answer;
use super::create_meta::RESOLUTION;
use super::errors::Refusal;
use super::issues::{self, Changes};
use super::projects::{Project, ProjectType};
use super::view::View;
use serde_json::{Value, json};

/// A status: number, name, category.
struct Status {
    id: u64,
    name: &'static str,
    category: Category,
}

#[derive(Clone, Copy)]
enum Category {
    ToDo,
    InProgress,
    Done,
}

const fn status(id: u64, name: &'static str, category: Category) -> Status {
    Status { id, name, category }
}

const WORK: [Status; 3] = [
    status(10_000, "To Do", Category::ToDo),
    status(3, "In Progress", Category::InProgress),
    status(10_001, "Done", Category::Done),
];

const SERVICE: [Status; 3] = [
    status(10_010, "Waiting for support", Category::ToDo),
    status(10_011, "Waiting for customer", Category::InProgress),
    status(5, "Resolved", Category::Done),
];

const fn workflow(project_type: ProjectType) -> &'static [Status; 3] {
    match project_type {
        ProjectType::Software | ProjectType::Business => &WORK,
        ProjectType::ServiceDesk => &SERVICE,
    }
}

/// The status at a place in the workflow, which ends at its last.
pub(crate) fn nth_status(project_type: ProjectType, place: usize) -> u64 {
    workflow(project_type)[place.min(2)].id
}

fn find(id: u64) -> Option<&'static Status> {
    WORK.iter().chain(&SERVICE).find(|status| status.id == id)
}

/// The name of a status.
pub(crate) fn status_name(id: u64) -> &'static str {
    find(id).map_or("", |status| status.name)
}

/// Jira's `StatusDetails`.
pub(crate) fn status_details(view: &View<'_>, id: u64) -> Value {
    let Some(status) = find(id) else { return Value::Null };
    let (number, key, name, colour) = match status.category {
        Category::ToDo => (2, "new", "To Do", "blue-gray"),
        Category::InProgress => (4, "indeterminate", "In Progress", "yellow"),
        Category::Done => (3, "done", "Done", "green"),
    };
    json!({
        "self": view.link(&format!("status/{}", status.id)),
        "description": "",
        "iconUrl": view.link("status/icon"),
        "name": status.name,
        "id": status.id.to_string(),
        "statusCategory": {
            "self": view.link(&format!("statuscategory/{number}")),
            "id": number,
            "key": key,
            "colorName": colour,
            "name": name,
        },
    })
}

/// The transitions of a project: each with its number and where it leads.
fn steps(project: &Project) -> impl Iterator<Item = (u64, &'static Status)> {
    (0..).map(|step| 11 + 10 * step).zip(workflow(project.kind))
}

/// `GET /issue/{issueIdOrKey}/transitions`.
pub(crate) fn transitions(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (project, issue) = call.issue(call.parameter(0))?;
    let allowed = call.may_on("TRANSITION_ISSUES", project, issue);
    let asked = call.target.first("transitionId");
    let view = call.view();
    let resolution = json!({
        RESOLUTION: {
            "required": true,
            "schema": { "type": "resolution", "system": RESOLUTION },
            "name": "Resolution",
            "key": RESOLUTION,
            "hasDefaultValue": false,
            "operations": ["set"],
        }
    });
    let fields = if project.required.contains(RESOLUTION) { resolution } else { json!({}) };
    let with_fields = call.expands("transitions.fields");
    let shown: Vec<Value> = steps(project)
        .filter(|(id, _)| allowed && asked.is_none_or(|asked| asked == id.to_string()))
        .map(|(id, status)| {
            let mut shown = json!({
                "id": id.to_string(),
                "name": status.name,
                "to": status_details(&view, status.id),
                "hasScreen": false,
                "isGlobal": true,
                "isInitial": false,
                "isAvailable": true,
                "isConditional": false,
                "looped": false,
            });
            if with_fields {
                shown["fields"] = fields.clone();
            }
            shown
        })
        .collect();
    let count = shown.len();
    Ok(Answer::ok(json!({ "expand": "transitions", "transitions": shown })).reading(count))
}

/// `POST /issue/{issueIdOrKey}/transitions`.
pub(crate) fn transition(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (project, issue) = call.issue(call.parameter(0))?;
    if !call.may_on("TRANSITION_ISSUES", project, issue) {
        return Err(Refusal::bad_request("You do not have permission to transition this issue."));
    }
    let body = call.object()?;
    let Some(asked) = body.get("transition").and_then(|transition| transition["id"].as_str()) else {
        return Err(Refusal::bad_request("Missing 'transition' identifier"));
    };
    let Some((_, to)) = steps(project).find(|(id, _)| id.to_string() == asked) else {
        return Err(Refusal::field(
            400,
            "transition",
            format!("The transition '{asked}' is not valid for this issue."),
        ));
    };
    if project.required.contains(RESOLUTION) && body.get("fields").is_none_or(|fields| fields[RESOLUTION].is_null()) {
        return Err(Refusal::field(400, RESOLUTION, "Resolution is required."));
    }
    let mut changes = Changes::of(issue);
    changes.draft.status = to.id;
    changes.read(call, project, body)?;
    issues::keep(call, changes);
    Ok(Answer::empty(204))
}

#[cfg(test)]
mod tests {
    use crate::trial::{ANA, CHLOE, HUGO, MARIA, NARROW, Trial, texts};
    use serde_json::json;

    #[test]
    fn a_transition_that_is_not_possible_is_refused() {
        let mut trial = Trial::new();
        for (who, issue, body, status) in [
            (NARROW, "BIL-1", json!({ "transition": { "id": "11" } }), 404),
            (CHLOE, "LEG-1", json!({ "transition": { "id": "31" } }), 400),
            (ANA, "MOB-1", json!({}), 400),
            (ANA, "MOB-1", json!({ "transition": { "id": "12" } }), 400),
            (ANA, "MOB-1", json!({ "transition": { "id": "31" }, "fields": { "summary": "" } }), 400),
        ] {
            let path = format!("/issue/{issue}/transitions");
            assert_eq!(trial.send(who, "POST", &path, body.clone()).0, status, "{who} {issue} {body}");
        }
        assert_eq!(trial.get(ANA, "/issue/MOB-1").1["fields"]["status"]["name"], "In Progress");
        assert_eq!(trial.get(CHLOE, "/issue/LEG-1/transitions").1["transitions"], json!([]));
    }

    #[test]
    fn a_transition_moves_the_issue() {
        let mut trial = Trial::new();
        let offered = trial.get(HUGO, "/issue/LEG-1/transitions").1;
        assert_eq!(texts(&offered["transitions"], "/to/name"), ["To Do", "In Progress", "Done"]);
        assert_eq!(
            trial.send(HUGO, "POST", "/issue/LEG-1/transitions", json!({ "transition": { "id": "31" } })).0,
            204
        );
        assert_eq!(trial.get(HUGO, "/issue/LEG-1").1["fields"]["status"]["statusCategory"]["key"], "done");
        let service = trial.get(MARIA, "/issue/SUP-1/transitions?transitionId=31").1;
        assert_eq!(texts(&service["transitions"], "/name"), ["Resolved"]);
    }
}
