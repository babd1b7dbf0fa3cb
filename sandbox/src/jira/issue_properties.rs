//! Properties of issues.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-properties/>

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::issues::Issue;
use super::projects::Project;
use super::webhooks::{Event, publish};
use crate::http::encode;
use serde_json::{Map, Value, json};

/// Longest key, and longest value written as JSON, in characters.
const LONGEST: (usize, usize) = (255, 32_768);

/// The number of the issue that the path names, if the caller may edit it.
fn changeable(call: &Call<'_>) -> Result<u64, Refusal> {
    let (project, issue) = call.issue(call.parameter(0))?;
    if call.may_on("EDIT_ISSUES", project, issue) {
        Ok(issue.id)
    } else {
        Err(Refusal::forbidden("You do not have permission to edit issues in this project."))
    }
}

fn unknown(key: &str) -> Refusal {
    Refusal::not_found(format!("The property '{key}' does not exist."))
}

/// Tells webhooks. No document shows what such a delivery holds besides its name and its time.
fn tell(call: &mut Call<'_>, name: &'static str, issue_id: u64, key: &str) {
    let details = Map::from_iter([("property".to_owned(), json!({ "key": key }))]);
    publish(call, &Event { name, issue_id, comment: None, details, changed: vec![key.to_owned()] });
}

/// `GET /issue/{issueIdOrKey}/properties`.
pub(crate) fn keys(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (_, issue): (&Project, &Issue) = call.issue(call.parameter(0))?;
    let view = call.view();
    let link = |key: &str| view.link(&format!("issue/{}/properties/{}", issue.id, encode(key)));
    let keys: Vec<Value> = issue.properties.keys().map(|key| json!({ "self": link(key), "key": key })).collect();
    let count = keys.len();
    Ok(Answer::ok(json!({ "keys": keys })).reading(count))
}

/// `GET /issue/{issueIdOrKey}/properties/{propertyKey}`.
pub(crate) fn property(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (_, issue) = call.issue(call.parameter(0))?;
    let key = call.parameter(1);
    let value = issue.properties.get(key).ok_or_else(|| unknown(key))?;
    Ok(Answer::ok(json!({ "key": key, "value": value })).reading(1))
}

/// `PUT /issue/{issueIdOrKey}/properties/{propertyKey}`. The issue does not count as updated: no document says that it does.
pub(crate) fn set(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = changeable(call)?;
    let key = call.parameter(1).to_owned();
    let Some(value) = call.body else { return Err(Refusal::bad_request("The property value is missing.")) };
    if key.chars().count() > LONGEST.0 || value.to_string().chars().count() > LONGEST.1 {
        return Err(Refusal::bad_request("The property key or value is too long."));
    }
    let issue = call.site.issues.get_mut(id).ok_or_else(|| unknown(&key))?;
    let before = issue.properties.insert(key.clone(), value.clone());
    tell(call, "issue_property_set", id, &key);
    Ok(Answer::empty(if before.is_some() { 200 } else { 201 }))
}

/// `DELETE /issue/{issueIdOrKey}/properties/{propertyKey}`.
pub(crate) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = changeable(call)?;
    let key = call.parameter(1).to_owned();
    let issue = call.site.issues.get_mut(id).ok_or_else(|| unknown(&key))?;
    issue.properties.remove(&key).ok_or_else(|| unknown(&key))?;
    tell(call, "issue_property_deleted", id, &key);
    Ok(Answer::empty(204))
}

#[cfg(test)]
mod tests {
    use crate::trial::{ANA, BEN, MARIA, NARROW, SITE, Trial, texts};
    use serde_json::{Value, json};

    const PATH: &str = "/issue/MOB-1/properties";

    #[test]
    fn a_property_that_cannot_be_read_or_written_is_refused() {
        let mut trial = Trial::new();
        assert_eq!(trial.get(NARROW, "/issue/BIL-1/properties").0, 404);
        assert_eq!(trial.get(ANA, &format!("{PATH}/none")).0, 404);
        assert_eq!(trial.delete(ANA, &format!("{PATH}/none")), 404);
        assert_eq!(trial.send(ANA, "PUT", &format!("{PATH}/{}", "k".repeat(256)), json!(1)).0, 400);
        trial.world.set_project_permission(SITE, "MOB", "EDIT_ISSUES", BEN, false).expect("exists");
        assert_eq!(trial.send(BEN, "PUT", &format!("{PATH}/k"), json!(1)).0, 403);
        assert_eq!(trial.delete(BEN, &format!("{PATH}/k")), 403);
        assert_eq!(trial.get(ANA, PATH).1["keys"], json!([]));
    }

    #[test]
    fn a_property_is_set_replaced_and_deleted_and_those_who_want_it_are_told() {
        let mut trial = Trial::new();
        let events = ["issue_property_set", "issue_property_deleted", "jira:issue_updated"];
        let hook =
            |keys: Value| json!({ "jqlFilter": "project = MOB", "events": events, "issuePropertyKeysFilter": keys });
        let hooks = json!([hook(json!(["pair"])), hook(json!(["other"]))]);
        let body = json!({ "url": "https://trigger.example/x", "webhooks": hooks });
        assert_eq!(trial.send(MARIA, "POST", "/webhook", body).0, 200);
        let before = trial.get(ANA, "/issue/MOB-1").1["fields"]["updated"].clone();
        assert_eq!(trial.send(ANA, "PUT", &format!("{PATH}/pair"), json!({ "n": 1 })).0, 201);
        assert_eq!(trial.send(ANA, "PUT", &format!("{PATH}/pair"), json!({ "n": 2 })).0, 200);
        assert_eq!(trial.get(ANA, &format!("{PATH}/pair")).1, json!({ "key": "pair", "value": { "n": 2 } }));
        assert_eq!(texts(&trial.get(ANA, PATH).1["keys"], "/key"), ["pair"]);
        assert_eq!(trial.delete(ANA, &format!("{PATH}/pair")), 204);
        let told: Vec<Value> = trial.world.take_deliveries().into_iter().map(|delivery| delivery.body).collect();
        let names: Vec<&Value> = told.iter().map(|body| &body["webhookEvent"]).collect();
        assert_eq!(names, ["issue_property_set", "issue_property_set", "issue_property_deleted"]);
        assert!(told.iter().all(|body| body["matchedWebhookIds"].as_array().is_some_and(|ids| ids.len() == 1)));
        assert_eq!(trial.get(ANA, "/issue/MOB-1").1["fields"]["updated"], before);
    }
}
