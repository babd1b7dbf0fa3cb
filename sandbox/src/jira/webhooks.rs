//! Dynamic webhooks: registered by an app for an account, thirty days long.

use super::Call;
use super::answer::Answer;
use super::comments::{self, Comment};
use super::errors::Refusal;
use super::jql::{Filter, Subject, is_project};
use super::paging::Window;
use super::transitions;
use super::view::View;
use super::{issues, people};
use crate::Delivery;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// How many webhooks one account may hold for one app on one site.
const LIMIT: usize = 5;

/// For how long a webhook lives after it was registered or refreshed.
const LIFE_MS: i64 = 30 * 24 * 3_600_000;

/// The events that a webhook may ask for. Those of sprints and versions are taken, and never happen here.
const EVENTS: &[&str] = &[
    "jira:issue_created",
    "jira:issue_updated",
    "jira:issue_deleted",
    "comment_created",
    "comment_updated",
    "comment_deleted",
    "issue_property_set",
    "issue_property_deleted",
    "sprint_created",
    "sprint_updated",
    "sprint_closed",
    "sprint_deleted",
    "sprint_started",
    "jira:version_released",
    "jira:version_unreleased",
    "jira:version_created",
    "jira:version_moved",
    "jira:version_updated",
    "jira:version_merged",
    "jira:version_deleted",
];

/// A webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Webhook {
    account_id: String,
    url: String,
    events: Vec<String>,
    jql: String,
    field_ids: Option<Vec<String>>,
    property_keys: Option<Vec<String>>,
    expires_ms: i64,
}

/// One entry of the body of `POST /webhook`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    events: Vec<String>,
    jql_filter: String,
    field_ids_filter: Option<Vec<String>>,
    issue_property_keys_filter: Option<Vec<String>>,
}

/// The body of `POST /webhook`.
#[derive(Deserialize)]
struct Registration {
    url: String,
    webhooks: Vec<Asked>,
}

/// The body of `DELETE /webhook` and `PUT /webhook/refresh`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Ids {
    webhook_ids: Vec<i64>,
}

fn only_oauth(call: &Call<'_>) -> Result<(), Refusal> {
    if call.oauth { Ok(()) } else { Err(Refusal::forbidden("Only Connect and OAuth 2.0 apps can use this operation.")) }
}

fn read<T: serde::de::DeserializeOwned>(call: &Call<'_>) -> Result<T, Refusal> {
    serde_json::from_value(Value::Object(call.object()?.clone()))
        .map_err(|error| Refusal::bad_request(format!("Invalid request payload: {error}")))
}

/// Web triggers are reached over TLS; a local one may do without.
fn is_address(url: &str) -> bool {
    let after =
        |scheme| url.strip_prefix(scheme).map(|rest: &str| rest.split(['/', '?', '#', ':']).next().unwrap_or_default());
    let local = after("http://").is_some_and(|host| ["127.0.0.1", "localhost"].contains(&host));
    let secure = after("https://").is_some_and(|host| host.contains('.') && !host.contains('@'));
    (local || secure) && url.len() <= 2_048 && !url.contains(char::is_whitespace)
}

impl Call<'_> {
    /// Forgets webhooks that are over.
    fn expire_webhooks(&mut self) {
        let now_ms = self.now_ms;
        self.site.webhooks.retain(|_, hook| hook.expires_ms > now_ms);
    }
}

/// `GET /webhook`.
pub(crate) fn list(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    only_oauth(call)?;
    call.expire_webhooks();
    let window = Window::of(call, 100, 100)?;
    let own: Vec<Value> = call
        .site
        .webhooks
        .iter()
        .filter(|(_, hook)| hook.account_id == call.account_id)
        .map(|(id, hook)| {
            let mut shown = json!({
                "id": id,
                "jqlFilter": hook.jql,
                "events": hook.events,
                "expirationDate": hook.expires_ms,
                "url": hook.url,
            });
            for (name, filter) in
                [("fieldIdsFilter", &hook.field_ids), ("issuePropertyKeysFilter", &hook.property_keys)]
            {
                if let Some(filter) = filter {
                    shown[name] = json!(filter);
                }
            }
            shown
        })
        .collect();
    let total = own.len();
    let values = window.cut(own);
    let count = values.len();
    Ok(Answer::ok(window.page(call, total, values)).reading(count))
}

/// `POST /webhook`. What cannot be registered is said entry by entry, in an answer that is 200 all the same.
pub(crate) fn register(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    only_oauth(call)?;
    let registration: Registration = read(call)?;
    if !is_address(&registration.url) {
        return Err(Refusal::field(400, "url", "The URL is not valid."));
    }
    call.expire_webhooks();
    let results: Vec<Value> = registration
        .webhooks
        .into_iter()
        .map(|asked| match obstacles(call, &registration.url, &asked) {
            errors if errors.is_empty() => json!({ "createdWebhookId": keep(call, &registration.url, asked) }),
            errors => json!({ "errors": errors }),
        })
        .collect();
    Ok(Answer::ok(json!({ "webhookRegistrationResult": results })))
}

/// Why a webhook cannot be registered.
fn obstacles(call: &Call<'_>, url: &str, asked: &Asked) -> Vec<String> {
    let mut errors = Vec::new();
    if asked.events.is_empty() {
        errors.push("At least one event is required".to_owned());
    }
    let unknown = asked.events.iter().filter(|event| !EVENTS.contains(&event.as_str()));
    errors.extend(unknown.map(|event| format!("The event {event} is unsupported")));
    match Filter::parse(&asked.jql_filter) {
        Ok(filter) => {
            let visible = |value: &str| {
                let mut projects = call.site.projects.iter().filter(|project| is_project(project, value));
                projects.any(|project| call.site.shows(call.directory, call.account_id, project))
            };
            let invisible = filter.projects().into_iter().filter(|value| !visible(value));
            errors
                .extend(invisible.map(|value| format!("The value '{value}' does not exist for the field 'project'.")));
        }
        Err(error) => errors.push(error),
    }
    if call.site.webhooks.values().any(|hook| hook.url != url) {
        errors.push("Only a single URL per app is allowed to be registered".to_owned());
    }
    if call.site.webhooks.values().filter(|hook| hook.account_id == call.account_id).count() >= LIMIT {
        errors.push(format!("The limit of {LIMIT} webhooks per user and app is reached"));
    }
    errors
}

fn keep(call: &mut Call<'_>, url: &str, asked: Asked) -> i64 {
    let id = i64::try_from(call.site.fresh_id()).unwrap_or(i64::MAX);
    let hook = Webhook {
        account_id: call.account_id.to_owned(),
        url: url.to_owned(),
        events: asked.events,
        jql: asked.jql_filter,
        field_ids: asked.field_ids_filter,
        property_keys: asked.issue_property_keys_filter,
        expires_ms: call.now_ms.saturating_add(LIFE_MS),
    };
    call.site.webhooks.insert(id, hook);
    id
}

/// `DELETE /webhook`. Unknown numbers and those of others are passed over.
pub(crate) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    only_oauth(call)?;
    let Ids { webhook_ids } = read(call)?;
    let account_id = call.account_id;
    call.site.webhooks.retain(|id, hook| hook.account_id != account_id || !webhook_ids.contains(id));
    Ok(Answer::empty(202))
}

/// `PUT /webhook/refresh`. Unknown numbers and those of others are passed over.
pub(crate) fn refresh(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    only_oauth(call)?;
    let Ids { webhook_ids } = read(call)?;
    call.expire_webhooks();
    let expires_ms = call.now_ms.saturating_add(LIFE_MS);
    for id in webhook_ids {
        if let Some(hook) = call.site.webhooks.get_mut(&id).filter(|hook| hook.account_id == call.account_id) {
            hook.expires_ms = expires_ms;
        }
    }
    Ok(Answer::ok(json!({ "expirationDate": expires_ms })))
}

/// `GET /webhook/failed`, which Atlassian keeps for Connect apps.
pub(crate) fn failed(_: &mut Call<'_>) -> Result<Answer, Refusal> {
    Err(Refusal::forbidden("Only Connect apps can use this operation."))
}

/// Something that happened to an issue.
pub(crate) struct Event {
    /// One of [`EVENTS`].
    pub(crate) name: &'static str,
    pub(crate) issue_id: u64,
    /// The comment that it happened to. Webhooks of accounts that may not read it stay silent.
    pub(crate) comment: Option<Comment>,
    /// What the body holds besides issue and comment.
    pub(crate) details: Map<String, Value>,
    /// Names of changed fields, or the key of the property, for webhooks that filter by them.
    pub(crate) changed: Vec<String>,
}

/// Writes a delivery for each account whose webhooks match.
///
/// An account is told only of issues that it may browse.
pub(crate) fn publish(call: &mut Call<'_>, event: &Event) {
    call.expire_webhooks();
    let Some((project, issue)) = call.site.issue(event.issue_id) else { return };
    let subject = Subject {
        project,
        issue,
        issue_type: issues::type_name(issue.kind),
        status: transitions::status_name(issue.status),
    };
    let mut matched: BTreeMap<(&str, &str), Vec<i64>> = BTreeMap::new();
    for (id, hook) in &call.site.webhooks {
        let wanted = hook.events.iter().any(|name| name == event.name)
            && hook.field_ids.as_ref().is_none_or(|fields| {
                event.name != "jira:issue_updated" || fields.iter().any(|field| event.changed.contains(field))
            })
            && hook.property_keys.as_ref().is_none_or(|keys| {
                !event.name.starts_with("issue_property") || keys.iter().any(|key| event.changed.contains(key))
            })
            && Filter::parse(&hook.jql).is_ok_and(|filter| filter.matches(&subject))
            && call.site.permits(call.directory, &hook.account_id, "BROWSE_PROJECTS", project, Some(issue))
            && event.comment.as_ref().is_none_or(|comment| comment.visible_to(&hook.account_id, call.site, project));
        if wanted {
            matched.entry((&hook.account_id, &hook.url)).or_default().push(*id);
        }
    }
    let deliveries: Vec<Delivery> = matched
        .into_iter()
        .map(|((account_id, url), ids)| {
            let view = View {
                directory: call.directory,
                site: call.site,
                // Deliveries carry no more than everybody may know of a person.
                reader: "",
                root: format!("{}/rest/api/2", call.site.url),
                plain: true,
            };
            let mut body = event.details.clone();
            body.insert("timestamp".to_owned(), json!(call.now_ms));
            body.insert("webhookEvent".to_owned(), json!(event.name));
            body.insert("matchedWebhookIds".to_owned(), json!(ids));
            body.insert("issue".to_owned(), issues::delivered(&view, project, issue, event.comment.is_some()));
            if let Some(comment) = &event.comment {
                body.insert("comment".to_owned(), comments::comment_json(&view, issue, comment, &[]));
                body.insert("eventType".to_owned(), json!("primaryAction"));
            } else if let Some(actor) = call.directory.get(call.account_id) {
                body.insert("user".to_owned(), people::user_details(&view, actor));
            }
            Delivery {
                url: url.to_owned(),
                body: Value::Object(body),
                account_id: account_id.to_owned(),
                cloud_id: call.site.cloud_id.clone(),
            }
        })
        .collect();
    call.deliveries.extend(deliveries);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jira::adf::paragraph;
    use crate::trial::{ANA, BEN, CHLOE, HUGO, MARIA, NARROW, SERVICE, SITE, Trial, grant, texts};
    use crate::{Principal, Request};

    const URL: &str = "https://trigger.example/x1/token";

    fn hook(jql: &str, events: &[&str]) -> Value {
        json!({ "jqlFilter": jql, "events": events })
    }

    fn register(trial: &mut Trial, who: &str, url: &str, hooks: &[Value]) -> Vec<Value> {
        let (status, body) = trial.send(who, "POST", "/webhook", json!({ "url": url, "webhooks": hooks }));
        assert_eq!(status, 200, "{body}");
        body["webhookRegistrationResult"].as_array().cloned().unwrap_or_default()
    }

    fn listed(trial: &mut Trial, who: &str) -> Vec<i64> {
        let page = trial.get(who, "/webhook").1;
        let values = page["values"].as_array().cloned().unwrap_or_default();
        assert_eq!(page["total"], values.len());
        values.iter().filter_map(|hook| hook["id"].as_i64()).collect()
    }

    fn comment(trial: &mut Trial, who: &str, issue: &str) -> String {
        let (status, body) =
            trial.send(who, "POST", &format!("/issue/{issue}/comment"), json!({ "body": paragraph("<b>") }));
        assert_eq!(status, 201, "{body}");
        body["id"].as_str().unwrap_or_default().to_owned()
    }

    #[test]
    fn forge_apps_have_no_dynamic_webhooks() {
        let mut trial = Trial::new();
        for principal in [Principal::ForgeApp, Principal::ForgeUser { account_id: MARIA.to_owned() }] {
            for (method, path) in [("GET", ""), ("POST", ""), ("DELETE", ""), ("PUT", "/refresh"), ("GET", "/failed")] {
                let path = format!("/rest/api/3/webhook{path}");
                let request = Request { method: method.to_owned(), path, body: Some(json!({ "webhookIds": [1] })) };
                assert_eq!(trial.ask(&principal, &request).status, 403, "{method}");
            }
        }
        assert_eq!(trial.get(MARIA, "/webhook/failed").0, 403);
    }

    #[test]
    fn a_body_that_is_no_registration_is_refused() {
        let mut trial = Trial::new();
        let hooks = json!([hook("project = MOB", &["comment_created"])]);
        for body in [
            json!({}),
            json!({ "url": URL }),
            json!({ "url": URL, "webhooks": [{ "jqlFilter": "project = MOB" }] }),
            json!({ "url": "ftp://trigger.example", "webhooks": hooks }),
            json!({ "url": "http://trigger.example/x", "webhooks": hooks }),
            json!({ "url": "https://user@trigger.example/x", "webhooks": hooks }),
            json!({ "url": "https://trigger", "webhooks": hooks }),
            json!({ "url": "", "webhooks": hooks }),
            json!(null),
        ] {
            assert_eq!(trial.send(MARIA, "POST", "/webhook", body.clone()).0, 400, "{body}");
        }
        for (method, path) in [("DELETE", "/webhook"), ("PUT", "/webhook/refresh")] {
            assert_eq!(trial.send(MARIA, method, path, json!({})).0, 400, "{method}");
            assert_eq!(trial.send(MARIA, method, path, json!({ "webhookIds": ["1"] })).0, 400, "{method}");
        }
        assert_eq!(listed(&mut trial, MARIA), [0_i64; 0]);
    }

    #[test]
    fn what_cannot_be_registered_is_said_entry_by_entry() {
        let mut trial = Trial::new();
        let results = register(
            &mut trial,
            NARROW,
            URL,
            &[
                hook("project in (10000, 10003)", &["comment_created"]),
                hook("watchCount = 1", &["comment_created"]),
                hook("project = MOB", &[]),
                hook("project = MOB", &["jira:nonsense"]),
                hook("project in (10000, 10005)", &["comment_created"]),
                hook("", &["comment_created"]),
                hook("project = MOB", &["comment_created"]),
            ],
        );
        let created: Vec<bool> = results.iter().map(|result| result["createdWebhookId"].is_i64()).collect();
        assert_eq!(created, [true, false, false, false, false, false, true]);
        assert_eq!(results[1]["errors"], json!(["The clause watchCount is unsupported"]));
        assert_eq!(results[4]["errors"], json!(["The value '10005' does not exist for the field 'project'."]));
        assert_eq!(listed(&mut trial, NARROW).len(), 2);
    }

    #[test]
    fn a_sixth_webhook_and_a_second_address_are_refused() {
        let mut trial = Trial::new();
        let one = hook("project = MOB", &["comment_created"]);
        let results = register(&mut trial, MARIA, URL, &vec![one.clone(); 6]);
        assert_eq!(results.iter().filter(|result| result["createdWebhookId"].is_i64()).count(), 5);
        assert_eq!(results[5]["errors"], json!(["The limit of 5 webhooks per user and app is reached"]));
        // The limit is each account's own; the address is the app's.
        assert!(register(&mut trial, SERVICE, URL, std::slice::from_ref(&one))[0]["createdWebhookId"].is_i64());
        let elsewhere = register(&mut trial, ANA, "http://127.0.0.1:9999/x1/t", std::slice::from_ref(&one));
        assert_eq!(elsewhere[0]["errors"], json!(["Only a single URL per app is allowed to be registered"]));
        assert_eq!(listed(&mut trial, ANA), [0_i64; 0]);
        let (mine, theirs) = (listed(&mut trial, MARIA), listed(&mut trial, SERVICE));
        for (who, ids) in [(MARIA, mine), (SERVICE, theirs)] {
            assert_eq!(trial.send(who, "DELETE", "/webhook", json!({ "webhookIds": ids })).0, 202);
        }
        assert!(register(&mut trial, ANA, "http://127.0.0.1:9999/x1/t", &[one])[0]["createdWebhookId"].is_i64());
    }

    #[test]
    fn webhooks_of_others_are_neither_seen_nor_touched() {
        let mut trial = Trial::new();
        register(&mut trial, MARIA, URL, &[hook("project = MOB", &["comment_created"])]);
        let ids = listed(&mut trial, MARIA);
        assert_eq!(listed(&mut trial, SERVICE), [0_i64; 0]);
        let before = trial.get(MARIA, "/webhook").1["values"][0]["expirationDate"].clone();
        trial.now_ms += 1_000;
        let (status, refreshed) = trial.send(SERVICE, "PUT", "/webhook/refresh", json!({ "webhookIds": ids }));
        assert_eq!((status, refreshed["expirationDate"].as_i64()), (200, Some(trial.now_ms + LIFE_MS)));
        assert_eq!(trial.send(SERVICE, "DELETE", "/webhook", json!({ "webhookIds": ids })).0, 202);
        assert_eq!(trial.get(MARIA, "/webhook").1["values"][0]["expirationDate"], before);
        assert_eq!(
            trial.send(MARIA, "DELETE", "/webhook", json!({ "webhookIds": [ids[0], 999_999] })),
            (202, Value::Null)
        );
        assert_eq!(listed(&mut trial, MARIA), [0_i64; 0]);
        assert_eq!(trial.send(MARIA, "DELETE", "/webhook", json!({ "webhookIds": ids })).0, 202);
    }

    #[test]
    fn a_webhook_lives_thirty_days_unless_it_is_refreshed() {
        let mut trial = Trial::new();
        let one = hook("project = MOB", &["comment_created"]);
        register(&mut trial, MARIA, URL, &[one.clone(), one]);
        let ids = listed(&mut trial, MARIA);
        trial.now_ms += LIFE_MS - 1;
        assert_eq!(listed(&mut trial, MARIA), ids);
        assert_eq!(trial.send(MARIA, "PUT", "/webhook/refresh", json!({ "webhookIds": [ids[1], 999_999] })).0, 200);
        trial.now_ms += 1;
        assert_eq!(listed(&mut trial, MARIA), [ids[1]]);
        comment(&mut trial, ANA, "MOB-1");
        let delivered = trial.world.take_deliveries();
        assert_eq!(
            delivered.iter().map(|delivery| &delivery.body["matchedWebhookIds"]).collect::<Vec<_>>(),
            [&json!([ids[1]])]
        );
        trial.now_ms += LIFE_MS;
        assert_eq!(trial.send(MARIA, "PUT", "/webhook/refresh", json!({ "webhookIds": [ids[1]] })).0, 200);
        assert_eq!(listed(&mut trial, MARIA), [0_i64; 0]);
    }

    #[test]
    fn a_comment_is_delivered_once_to_each_account_with_all_that_match() {
        let mut trial = Trial::new();
        let hooks = [
            hook("project in (10000)", &["comment_created", "comment_updated", "comment_deleted"]),
            hook("project = BIL", &["comment_created"]),
            hook("issueKey = MOB-1 AND status != Done", &["comment_created"]),
        ];
        register(&mut trial, MARIA, URL, &hooks);
        register(&mut trial, SERVICE, URL, &hooks[..1]);
        let (marias, services) = (listed(&mut trial, MARIA), listed(&mut trial, SERVICE));
        let id = comment(&mut trial, ANA, "MOB-1");
        let delivered = trial.world.take_deliveries();
        assert_eq!(delivered.len(), 2);
        assert_eq!((delivered[0].account_id.as_str(), delivered[0].url.as_str()), (MARIA, URL));
        assert_eq!(delivered[0].cloud_id, SITE);
        let body = &delivered[0].body;
        assert_eq!(body["matchedWebhookIds"], json!([marias[0], marias[2]]));
        assert_eq!(delivered[1].body["matchedWebhookIds"], json!(services));
        assert_eq!((&body["webhookEvent"], &body["timestamp"]), (&json!("comment_created"), &json!(trial.now_ms)));
        assert_eq!((&body["comment"]["id"], &body["comment"]["body"]), (&json!(id), &json!("<b>")));
        assert_eq!((&body["issue"]["key"], &body["comment"]["author"]["accountId"]), (&json!("MOB-1"), &json!(ANA)));
        assert_eq!(trial.world.take_deliveries(), []);
        let path = format!("/issue/MOB-1/comment/{id}");
        assert_eq!(trial.send(ANA, "PUT", &path, json!({ "body": paragraph("y") })).0, 200);
        assert_eq!(trial.delete(ANA, &path), 204);
        let names: Vec<Value> =
            trial.world.take_deliveries().into_iter().map(|delivery| delivery.body["webhookEvent"].clone()).collect();
        assert_eq!(names, ["comment_updated", "comment_updated", "comment_deleted", "comment_deleted"]);
    }

    #[test]
    fn nobody_is_told_of_what_they_may_not_see() {
        let mut trial = Trial::new();
        let all = hook("status != Nothing", &["comment_created"]);
        for who in [NARROW, ANA, HUGO, CHLOE, BEN] {
            assert!(register(&mut trial, who, URL, std::slice::from_ref(&all))[0]["createdWebhookId"].is_i64());
        }
        let told = |trial: &mut Trial| {
            trial.world.take_deliveries().into_iter().map(|delivery| delivery.account_id).collect::<Vec<_>>()
        };
        comment(&mut trial, HUGO, "LEG-1");
        assert_eq!(told(&mut trial), [CHLOE, HUGO]);
        let restricted =
            json!({ "body": paragraph("x"), "visibility": { "type": "group", "value": "service-desk-agents" } });
        assert_eq!(trial.send(BEN, "POST", "/issue/MOB-1/comment", restricted).0, 201);
        assert_eq!(told(&mut trial), [BEN]);
        trial.world.set_active(CHLOE, false).expect("exists");
        comment(&mut trial, HUGO, "LEG-1");
        assert_eq!(told(&mut trial), [HUGO]);
    }

    #[test]
    fn updates_of_an_issue_are_filtered_by_field() {
        let mut trial = Trial::new();
        let mut filtered = hook("project = MOB", &["jira:issue_updated"]);
        filtered["fieldIdsFilter"] = json!(["summary"]);
        let hooks =
            [filtered, hook("project = MOB", &["jira:issue_updated", "jira:issue_created", "jira:issue_deleted"])];
        register(&mut trial, MARIA, URL, &hooks);
        let ids = listed(&mut trial, MARIA);
        let mut edit = |fields: Value| {
            assert_eq!(trial.send(ANA, "PUT", "/issue/MOB-2", json!({ "fields": fields })).0, 204);
            let delivered = trial.world.take_deliveries();
            delivered.into_iter().map(|delivery| delivery.body["matchedWebhookIds"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(edit(json!({ "labels": ["a"] })), [json!([ids[1]])]);
        assert_eq!(edit(json!({ "summary": "Other" })), [json!(ids)]);
        assert_eq!(edit(json!({ "summary": "Other" })), Vec::<Value>::new());
        comment(&mut trial, ANA, "MOB-2");
        assert_eq!(trial.world.take_deliveries(), []);
        let issue =
            json!({ "fields": { "project": { "key": "MOB" }, "issuetype": { "name": "Bug" }, "summary": "s" } });
        let key = trial.send(ANA, "POST", "/issue", issue).1["key"].as_str().unwrap_or_default().to_owned();
        assert_eq!(trial.delete(MARIA, &format!("/issue/{key}")), 204);
        let names: Vec<Value> =
            trial.world.take_deliveries().into_iter().map(|delivery| delivery.body["webhookEvent"].clone()).collect();
        assert_eq!(names, ["jira:issue_created", "jira:issue_deleted"]);
    }

    #[test]
    fn a_list_of_webhooks_comes_in_pages() {
        let mut trial = Trial::new();
        register(&mut trial, MARIA, URL, &vec![hook("project = MOB", &["comment_created"]); 3]);
        let page = trial.get(MARIA, "/webhook?startAt=1&maxResults=1").1;
        assert_eq!((&page["total"], &page["isLast"]), (&json!(3), &json!(false)));
        assert_eq!(texts(&page["values"], "/url"), [URL]);
        let response = trial.ask(&grant(MARIA), &Request::get("/rest/api/3/webhook?startAt=x"));
        assert_eq!(response.status, 400);
    }
}
