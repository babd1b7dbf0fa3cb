//! The assignee of an issue by itself, and the history of an issue, in which it is found again.

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::issues::{Changes, Issue, keep};
use super::people;
use super::view::View;
use crate::instant;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// How many changes an issue shows with its other fields.
const SHOWN: usize = 100;

/// A change of an issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Change {
    pub(crate) id: u64,
    pub(crate) author: String,
    pub(crate) created_ms: i64,
    /// As Jira shows them.
    pub(crate) items: Vec<Value>,
}

/// The latest changes of an issue, the latest first.
pub(crate) fn changelog(view: &View<'_>, issue: &Issue) -> Value {
    let shown = issue.history.iter().rev().take(SHOWN);
    let histories: Vec<Value> = shown
        .map(|change| {
            let author = view.directory.get(&change.author).map(|author| people::user_details(view, author));
            json!({
                "id": change.id.to_string(),
                "author": author,
                "created": instant::jira(change.created_ms),
                "items": change.items,
            })
        })
        .collect();
    json!({ "startAt": 0, "maxResults": histories.len(), "total": histories.len(), "histories": histories })
}

/// `PUT /issue/{issueIdOrKey}/assignee`.
pub(crate) fn assign(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (project, issue) = call.issue(call.parameter(0))?;
    let given = call.object()?.get("accountId");
    let id = match given {
        Some(Value::Null) => None,
        // The default assignee of every project here is nobody.
        Some(Value::String(id)) => Some(id.as_str()).filter(|id| *id != "-1"),
        Some(_) | None => return Err(Refusal::bad_request("The accountId must be provided.")),
    };
    if !call.may_on("ASSIGN_ISSUES", project, issue) {
        return Err(Refusal::forbidden("You do not have permission to assign issues."));
    }
    let mut changes = Changes::of(issue);
    changes.assign(call, project, id)?;
    keep(call, changes);
    Ok(Answer::empty(204))
}

#[cfg(test)]
mod tests {
    use crate::trial::{ANA, BEN, CASEY, LENA, MARIA, NARROW, SITE, Trial, texts};
    use serde_json::{Value, json};

    #[test]
    fn who_may_assign_issues_assigns_them_and_nobody_else() {
        let mut trial = Trial::new();
        trial.world.set_project_permission(SITE, "WEB", "ASSIGN_ISSUES", ANA, false).expect("exists");
        let to = |id: Value| json!({ "accountId": id });
        for (who, key, body, status) in [
            (ANA, "MOB-1", to(json!(BEN)), 204),
            (ANA, "MOB-1", to(json!(LENA)), 400),
            (ANA, "MOB-1", to(json!(CASEY)), 400),
            (ANA, "MOB-1", to(json!("712020:nobody")), 400),
            (ANA, "MOB-1", to(json!(7)), 400),
            (ANA, "MOB-1", json!({}), 400),
            (ANA, "WEB-1", to(json!(ANA)), 403),
            (NARROW, "BIL-1", to(Value::Null), 404),
        ] {
            assert_eq!(
                trial.send(who, "PUT", &format!("/issue/{key}/assignee"), body.clone()).0,
                status,
                "{who} {body}"
            );
        }
        assert_eq!(trial.get(ANA, "/issue/MOB-1").1["fields"]["assignee"]["accountId"], BEN);
        trial.world.close_issue(SITE, "MOB-1", true).expect("exists");
        assert_eq!(trial.send(ANA, "PUT", "/issue/MOB-1/assignee", to(Value::Null)).0, 403);
        trial.world.close_issue(SITE, "MOB-1", false).expect("exists");
        assert_eq!(trial.send(ANA, "PUT", "/issue/MOB-1/assignee", to(json!("-1"))).0, 204);
        assert_eq!(trial.get(ANA, "/issue/MOB-1").1["fields"]["assignee"], Value::Null);
    }

    #[test]
    fn an_issue_tells_its_changes_the_latest_first_when_it_is_asked_to() {
        let mut trial = Trial::new();
        let assigned = |trial: &mut Trial, id: Value| {
            assert_eq!(trial.send(ANA, "PUT", "/issue/MOB-1/assignee", json!({ "accountId": id })).0, 204);
        };
        assigned(&mut trial, json!(MARIA));
        assigned(&mut trial, json!(MARIA));
        assert_eq!(trial.send(MARIA, "PUT", "/issue/MOB-1", json!({ "fields": { "summary": "Other" } })).0, 204);
        assert_eq!(trial.get(ANA, "/issue/MOB-1").1.get("changelog"), None);
        let log = trial.get(ANA, "/issue/MOB-1?fields=assignee&expand=changelog").1["changelog"].clone();
        assert_eq!(
            texts(&log["histories"], "/author/accountId"),
            [MARIA, ANA],
            "assigning the same again is no change"
        );
        assert_eq!(texts(&log["histories"], "/items/0/fieldId"), ["summary", "assignee"]);
        assert_eq!((&log["total"], &log["histories"][1]["items"][0]["to"]), (&json!(2), &json!(MARIA)));
    }
}
