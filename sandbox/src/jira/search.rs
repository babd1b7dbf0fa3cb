//! Searching issues: the filters of webhooks and, besides, who created an issue, and how long ago it was created or updated.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-search/#api-rest-api-3-search-jql-get>

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::issues::{self, Issue};
use super::jql::{Filter, Subject};
use super::projects::Project;
use super::transitions::status_name;
use serde_json::{Map, Value, json};

/// The most that one page holds.
const MOST: usize = 5_000;

/// Jira's index lags behind its writes: an issue that is younger is not found.
const LAG_MS: i64 = 5_000;

/// A search that was understood.
struct Search {
    filter: Filter,
    own: bool,
    created_since_ms: Option<i64>,
    updated_since_ms: Option<i64>,
    by_update: bool,
    descending: bool,
}

impl Search {
    fn parse(jql: &str, now_ms: i64) -> Result<Self, String> {
        let (clauses, order) = jql.split_once(" ORDER BY ").unwrap_or((jql, "created DESC"));
        let (by_update, descending) = match order {
            "created DESC" => (false, true),
            "created ASC" => (false, false),
            "updated DESC" => (true, true),
            "updated ASC" => (true, false),
            other => return Err(format!("Not able to sort using '{other}'.")),
        };
        let since = |field: &str, ago: &str| {
            let minutes = ago.strip_suffix('m').and_then(|minutes| minutes.parse::<u32>().ok());
            let minutes = minutes.ok_or_else(|| format!("Date value '-{ago}' for field '{field}' is invalid."))?;
            Ok::<i64, String>(now_ms.saturating_sub(i64::from(minutes) * 60_000))
        };
        let (mut own, mut created_since_ms, mut updated_since_ms, mut rest) = (false, None, None, Vec::new());
        for clause in clauses.split(" AND ") {
            if clause == "creator = currentUser()" {
                own = true;
            } else if let Some(ago) = clause.strip_prefix("created >= -") {
                created_since_ms = Some(since("created", ago)?);
            } else if let Some(ago) = clause.strip_prefix("updated >= -") {
                updated_since_ms = Some(since("updated", ago)?);
            } else {
                rest.push(clause);
            }
        }
        // Jira wants a search to be bounded by something.
        Ok(Self {
            filter: Filter::parse(&rest.join(" AND "))?,
            own,
            created_since_ms,
            updated_since_ms,
            by_update,
            descending,
        })
    }

    fn finds(&self, call: &Call<'_>, project: &Project, issue: &Issue) -> bool {
        let subject =
            Subject { project, issue, issue_type: issues::type_name(issue.kind), status: status_name(issue.status) };
        let lags = call.now_ms.saturating_sub(issue.created_ms) < LAG_MS;
        !lags
            && call.may_on("BROWSE_PROJECTS", project, issue)
            && (!self.own || issue.creator() == call.account_id)
            && self.created_since_ms.is_none_or(|since| issue.created_ms >= since)
            && self.updated_since_ms.is_none_or(|since| issue.updated_ms >= since)
            && self.filter.matches(&subject)
    }
}

/// `GET /search/jql`.
pub(crate) fn search(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let jql = call.target.first("jql").unwrap_or_default();
    let search = Search::parse(jql, call.now_ms).map_err(Refusal::bad_request)?;
    for named in search.filter.projects() {
        let seen = call.site.projects.find(named).is_some_and(|project| call.may_in("BROWSE_PROJECTS", project));
        if !seen {
            let said = format!("The value '{named}' does not exist for the field 'project'.");
            return Err(Refusal::bad_request(said));
        }
    }
    let size = call.target.first("maxResults").map_or(Some(50), |text| text.parse::<usize>().ok());
    let size =
        size.ok_or_else(|| Refusal::bad_request("The value of 'maxResults' is not a valid number."))?.clamp(1, MOST);
    let start = call.target.first("nextPageToken").map_or(Some(0), |token| token.strip_prefix('t')?.parse().ok());
    let start: usize = start.ok_or_else(|| Refusal::bad_request("The provided next page token is invalid."))?;
    let mut found: Vec<&Issue> = call.site.issues.iter().collect();
    found.retain(|issue| {
        call.site.projects.get(issue.project_id).is_some_and(|project| search.finds(call, project, issue))
    });
    let at = |issue: &Issue| if search.by_update { issue.updated_ms } else { issue.created_ms };
    found.sort_by_key(|issue| (at(issue), issue.id));
    if search.descending {
        found.reverse();
    }
    let total = found.len();
    let page: Vec<&Issue> = found.into_iter().skip(start).take(size).collect();
    let rows: Vec<Value> = page.iter().filter_map(|issue| row(call, issue)).collect();
    let next = start.saturating_add(rows.len());
    let count = rows.len();
    let mut answer = json!({ "issues": rows, "isLast": next >= total });
    if next < total && count > 0 {
        answer["nextPageToken"] = json!(format!("t{next}"));
    }
    Ok(Answer::ok(answer).reading(count))
}

/// An issue with the fields and the properties that were asked for.
fn row(call: &Call<'_>, issue: &Issue) -> Option<Value> {
    let project = call.site.projects.get(issue.project_id)?;
    let mut whole = issues::delivered(&call.view(), project, issue, false);
    let asked: Vec<&str> = call.target.list("fields").collect();
    if let Some(fields) = whole["fields"].as_object_mut() {
        fields.retain(|name, _| asked.contains(&name.as_str()));
    }
    let wanted: Vec<&str> = call.target.list("properties").collect();
    if !wanted.is_empty() {
        let own = issue.properties.iter().filter(|(key, _)| wanted.contains(&key.as_str()));
        let own: Map<String, Value> = own.map(|(key, value)| (key.clone(), value.clone())).collect();
        whole["properties"] = Value::Object(own);
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use crate::jira::adf::paragraph;
    use crate::trial::{ANA, BEN, MARIA, NARROW, Trial, texts};
    use serde_json::json;

    fn created(trial: &mut Trial, who: &str, name: &str) {
        let fields = json!({ "project": { "key": "MOB" }, "issuetype": { "name": "Task" }, "summary": name });
        let properties = json!([{ "key": "name", "value": { "id": name } }]);
        assert_eq!(trial.send(who, "POST", "/issue", json!({ "fields": fields, "properties": properties })).0, 201);
    }

    #[test]
    fn what_cannot_be_searched_for_is_refused() {
        let mut trial = Trial::new();
        for query in [
            "",
            "?jql=watchCount%20%3D%201",
            "?jql=project%20%3D%20LEG",
            "?jql=project%20%3D%2010000%20ORDER%20BY%20rank",
            "?jql=project%20%3D%2010000%20AND%20created%20%3E%3D%20-2x",
            "?jql=project%20%3D%2010000%20AND%20updated%20%3E%3D%20-2x",
            "?jql=project%20%3D%2010000&nextPageToken=x",
            "?jql=project%20%3D%2010000&maxResults=x",
        ] {
            assert_eq!(trial.get(ANA, &format!("/search/jql{query}")).0, 400, "{query}");
        }
        let billing = jql("project = BIL AND updated >= -5m ORDER BY updated ASC");
        assert_eq!(trial.get(NARROW, &billing).0, 400, "as if there were none");
    }

    #[test]
    fn one_s_own_issues_are_found_page_by_page_once_the_index_knows_them() {
        let mut trial = Trial::new();
        for name in ["one", "two", "three"] {
            created(&mut trial, ANA, name);
            trial.now_ms += 1_000;
        }
        created(&mut trial, BEN, "other");
        let jql = "/search/jql?jql=project%20%3D%2010000%20AND%20creator%20%3D%20currentUser()%20AND%20created%20%3E%3D%20-5m%20ORDER%20BY%20created%20ASC&fields=created&properties=name&maxResults=2";
        assert_eq!(trial.get(ANA, jql).1["issues"], json!([]));
        trial.now_ms += 10_000;
        let page = trial.get(ANA, jql).1;
        assert_eq!(texts(&page["issues"], "/properties/name/id"), ["one", "two"]);
        let more =
            trial.get(ANA, &format!("{jql}&nextPageToken={}", page["nextPageToken"].as_str().expect("goes on"))).1;
        assert_eq!((texts(&more["issues"], "/properties/name/id"), &more["isLast"]), (vec!["three"], &json!(true)));
        trial.now_ms += 300_000;
        assert_eq!(trial.get(ANA, jql).1["issues"], json!([]));
        assert_eq!(trial.get(MARIA, "/search/jql?jql=project%20%3D%2010000&maxResults=1").1["isLast"], json!(false));
    }

    fn jql(text: &str) -> String {
        format!("/search/jql?jql={}&fields=updated", crate::http::encode(text))
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
