//! Searching issues: the filters of webhooks and, besides, who created an issue and how long ago.
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

/// Jira's index lags behind its writes: what is younger is not found.
const LAG_MS: i64 = 5_000;

/// A search that was understood.
struct Search {
    filter: Filter,
    own: bool,
    since_ms: Option<i64>,
    descending: bool,
}

impl Search {
    fn parse(jql: &str, now_ms: i64) -> Result<Self, String> {
        let (clauses, order) = jql.split_once(" ORDER BY ").unwrap_or((jql, "created DESC"));
        let descending = match order {
            "created DESC" => true,
            "created ASC" => false,
            other => return Err(format!("Not able to sort using '{other}'.")),
        };
        let (mut own, mut since_ms, mut rest) = (false, None, Vec::new());
        for clause in clauses.split(" AND ") {
            if clause == "creator = currentUser()" {
                own = true;
            } else if let Some(ago) = clause.strip_prefix("created >= -") {
                let minutes = ago.strip_suffix('m').and_then(|minutes| minutes.parse::<i64>().ok());
                let minutes = minutes.ok_or_else(|| format!("Date value '-{ago}' for field 'created' is invalid."))?;
                since_ms = Some(now_ms.saturating_sub(minutes.saturating_mul(60_000)));
            } else {
                rest.push(clause);
            }
        }
        // Jira wants a search to be bounded by something.
        Ok(Self { filter: Filter::parse(&rest.join(" AND "))?, own, since_ms, descending })
    }

    fn finds(&self, call: &Call<'_>, project: &Project, issue: &Issue) -> bool {
        let subject =
            Subject { project, issue, issue_type: issues::type_name(issue.kind), status: status_name(issue.status) };
        let lags = call.now_ms.saturating_sub(issue.created_ms) < LAG_MS;
        !lags
            && call.may_on("BROWSE_PROJECTS", project, issue)
            && (!self.own || issue.creator() == call.account_id)
            && self.since_ms.is_none_or(|since| issue.created_ms >= since)
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
    let size = size.ok_or_else(|| Refusal::bad_request("The value of 'maxResults' is not a valid number."))?.min(100);
    let start = call.target.first("nextPageToken").map_or(Some(0), |token| token.strip_prefix('t')?.parse().ok());
    let start: usize = start.ok_or_else(|| Refusal::bad_request("The provided next page token is invalid."))?;
    let mut found: Vec<&Issue> = call.site.issues.iter().collect();
    found.retain(|issue| {
        call.site.projects.get(issue.project_id).is_some_and(|project| search.finds(call, project, issue))
    });
    found.sort_by_key(|issue| (issue.created_ms, issue.id));
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
    use crate::trial::{ANA, BEN, MARIA, Trial, texts};
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
            "?jql=project%20%3D%2010000&nextPageToken=x",
            "?jql=project%20%3D%2010000&maxResults=x",
        ] {
            assert_eq!(trial.get(ANA, &format!("/search/jql{query}")).0, 400, "{query}");
        }
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
}
