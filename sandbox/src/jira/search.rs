//! Search by JQL, as far as it is asked for: issues of projects, updated since then, in the order of their updates.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/>

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::issues::{self, Issue};
use super::projects::Project;
use serde_json::{Value, json};

/// The most that one page holds.
const MOST: usize = 5_000;

/// What a query asks for.
struct Query {
    project: String,
    /// Milliseconds since 1970.
    updated_since: i64,
}

impl Query {
    /// `project = 10000 AND updated >= -15m ORDER BY updated ASC`, and nothing else.
    fn parse(jql: &str, now_ms: i64) -> Option<Self> {
        let (filter, order) = jql.split_once(" ORDER BY ")?;
        let (project, updated) = filter.split_once(" AND ")?;
        let project = project.strip_prefix("project = ")?.trim();
        let minutes: i64 = updated.strip_prefix("updated >= -")?.strip_suffix('m')?.parse().ok()?;
        let plain = project.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let fits = order == "updated ASC" && plain && minutes >= 0;
        let updated_since = now_ms.saturating_sub(minutes.saturating_mul(60_000));
        fits.then(|| Self { project: project.to_owned(), updated_since })
    }
}

/// `GET /search/jql`.
pub(crate) fn search(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let jql = call.target.first("jql").unwrap_or_default();
    let query = Query::parse(jql, call.now_ms).ok_or_else(|| {
        Refusal::bad_request(format!("Error in the JQL Query: '{jql}' is beyond what is pretended here."))
    })?;
    let unknown =
        || Refusal::bad_request(format!("The value '{}' does not exist for the field 'project'.", query.project));
    let project = call.project(&query.project).map_err(|_| unknown())?;
    let start: usize = match call.target.first("nextPageToken") {
        None => 0,
        Some(token) => token.parse().map_err(|_| Refusal::bad_request("The nextPageToken is invalid."))?,
    };
    let size = match call.target.first("maxResults") {
        None => 50,
        Some(size) => {
            size.parse::<usize>().map_err(|_| Refusal::bad_request("maxResults is no number."))?.clamp(1, MOST)
        }
    };
    let fields: Vec<&str> = call.target.list("fields").collect();
    let mut found: Vec<&Issue> = call.site.issues.in_project(project.id).collect();
    found.retain(|issue| issue.updated_ms >= query.updated_since && call.may_on("BROWSE_PROJECTS", project, issue));
    found.sort_by_key(|issue| (issue.updated_ms, issue.id));
    let more = found.len() > start.saturating_add(size);
    let shown: Vec<Value> =
        found.into_iter().skip(start).take(size).map(|issue| shown(call, project, issue, &fields)).collect();
    let count = shown.len();
    let mut page = json!({ "issues": shown, "isLast": !more });
    if more {
        page["nextPageToken"] = json!((start + size).to_string());
    }
    Ok(Answer::ok(page).reading(count))
}

/// Without `fields` an issue is its number alone.
fn shown(call: &Call<'_>, project: &Project, issue: &Issue, fields: &[&str]) -> Value {
    let mut whole = issues::delivered(&call.view(), project, issue, false);
    if fields.is_empty() {
        return json!({ "id": whole["id"] });
    }
    if let Some(own) = whole["fields"].as_object_mut() {
        own.retain(|name, _| fields.contains(&name.as_str()) || fields.contains(&"*all"));
    }
    whole
}

#[cfg(test)]
mod tests {
    use crate::jira::adf::paragraph;
    use crate::trial::{ANA, BEN, NARROW, Trial, texts};
    use serde_json::json;

    fn jql(text: &str) -> String {
        format!("/search/jql?jql={}&fields=updated", crate::http::encode(text))
    }

    #[test]
    fn what_is_not_pretended_here_is_refused_and_not_answered_wrongly() {
        let mut trial = Trial::new();
        for text in [
            "",
            "project = MOB",
            "project = MOB AND updated >= -5m",
            "project = MOB AND updated >= -5m ORDER BY updated DESC",
            "project = MOB AND updated >= -5m OR x = y ORDER BY updated ASC",
            "project = \"MOB\" AND updated >= -5m ORDER BY updated ASC",
            "project = NONE AND updated >= -5m ORDER BY updated ASC",
            "project = MOB AND updated >= 5m ORDER BY updated ASC",
        ] {
            assert_eq!(trial.get(ANA, &jql(text)).0, 400, "{text}");
        }
        let billing = jql("project = BIL AND updated >= -5m ORDER BY updated ASC");
        assert_eq!(trial.get(NARROW, &billing).0, 400, "as if there were none");
    }

    #[test]
    fn issues_that_were_updated_since_come_in_order_and_in_pages() {
        let mut trial = Trial::new();
        for key in ["MOB-3", "MOB-1", "MOB-2"] {
            trial.now_ms += 60_000;
            let body = json!({ "body": paragraph("x") });
            assert_eq!(trial.send(BEN, "POST", &format!("/issue/{key}/comment"), body).0, 201);
        }
        let path = jql("project = 10000 AND updated >= -1m ORDER BY updated ASC");
        let page = trial.get(ANA, &path).1;
        assert_eq!((texts(&page["issues"], "/key"), &page["isLast"]), (vec!["MOB-1", "MOB-2"], &json!(true)));
        let first = trial.get(ANA, &format!("{path}&maxResults=1")).1;
        assert_eq!((texts(&first["issues"], "/key"), &first["isLast"]), (vec!["MOB-1"], &json!(false)));
        let token = first["nextPageToken"].as_str().unwrap_or_default().to_owned();
        let second = trial.get(ANA, &format!("{path}&maxResults=1&nextPageToken={token}")).1;
        assert_eq!((texts(&second["issues"], "/key"), second.get("nextPageToken")), (vec!["MOB-2"], None));
    }

    #[test]
    fn a_comment_that_is_changed_updates_its_issue() {
        let mut trial = Trial::new();
        let id = trial.get(ANA, "/issue/MOB-1/comment").1["comments"][0]["id"].as_str().unwrap_or_default().to_owned();
        let path = format!("/issue/MOB-1/comment/{id}");
        assert_eq!(trial.send(BEN, "PUT", &path, json!({ "body": paragraph("y") })).0, 200);
        let found = trial.get(ANA, &jql("project = MOB AND updated >= -1m ORDER BY updated ASC")).1;
        assert_eq!(texts(&found["issues"], "/key"), ["MOB-1"]);
    }
}
