//! Deliveries are hints: what they say counts once Jira confirms it.

use crate::scene::{MARIA, MINUTE_MS, SERVICE, Scene};
use integration_plus::app::Invocation;
use integration_plus::web::WebRequest;
use serde_json::{Value, json};

fn deliver(scene: &Scene, body: &Value) -> Option<i64> {
    let request =
        WebRequest { method: "POST".into(), query: std::collections::BTreeMap::new(), body: body.to_string() };
    assert_eq!(scene.web(Invocation::Delivery(request)).status, 204);
    scene.status(MARIA).last_delivery_at.map(|at| at.0)
}

/// Jira's number of an issue on which somebody just commented.
fn an_issue(scene: &Scene) -> String {
    let body = json!({ "body": { "type": "doc", "version": 1, "content": [] } });
    scene.as_grant(SERVICE, &sandbox::Request::with_body("POST", "/rest/api/3/issue/MOB-1/comment", body));
    let issue = scene.as_grant(SERVICE, &sandbox::Request::get("/rest/api/3/issue/MOB-1"));
    issue["id"].as_str().expect("is there").to_owned()
}

#[test]
fn a_delivery_that_jira_confirms_is_the_last_one() {
    let scene = Scene::new();
    scene.switch(MARIA, SERVICE);
    let (hook, issue) = (scene.webhooks(SERVICE)[0], an_issue(&scene));
    let body = json!({ "matchedWebhookIds": [hook], "webhookEvent": "comment_created", "issue": { "id": issue } });
    let first = deliver(&scene, &body).expect("counts");
    scene.wait(MINUTE_MS / 2);
    assert_eq!(deliver(&scene, &body), Some(first));
    scene.wait(MINUTE_MS);
    assert!(deliver(&scene, &body) > Some(first));
}

#[test]
fn forged_late_and_odd_deliveries_count_for_nothing() {
    let scene = Scene::new();
    scene.switch(MARIA, SERVICE);
    let (hook, issue) = (scene.webhooks(SERVICE)[0], an_issue(&scene));
    let before = scene.trace();
    for body in [
        json!({ "matchedWebhookIds": [hook + 1000], "issue": { "id": issue } }),
        json!({ "matchedWebhookIds": [hook], "issue": { "id": "99999999" } }),
        json!({ "matchedWebhookIds": [hook], "issue": { "id": "../../x" } }),
        json!({ "matchedWebhookIds": [hook] }),
        json!({ "matchedWebhookIds": hook, "issue": { "id": issue } }),
        json!([]),
        json!("x"),
    ] {
        scene.wait(MINUTE_MS);
        assert_eq!(deliver(&scene, &body), None, "{body}");
    }
    assert_eq!(scene.trace(), before);
}

#[test]
fn the_old_main_users_late_deliveries_are_dropped_after_a_change() {
    let scene = Scene::connected();
    let old = scene.webhooks(MARIA)[0];
    scene.switch(MARIA, SERVICE);
    let body = json!({ "matchedWebhookIds": [old], "issue": { "id": an_issue(&scene) } });
    assert_eq!(deliver(&scene, &body), None);
}

#[test]
fn a_comment_in_jira_is_delivered_to_the_app() {
    let scene = Scene::new();
    scene.switch(MARIA, SERVICE);
    let text =
        json!({"type":"doc","version":1,"content":[{"type":"paragraph","content":[{"type":"text","text":"hello"}]}]});
    let request = sandbox::Request::with_body("POST", "/rest/api/3/issue/MOB-1/comment", json!({ "body": text }));
    scene.as_grant(SERVICE, &request);
    let deliveries = scene.platform.borrow_mut().atlassian.take_deliveries();
    let events: Vec<&Value> = deliveries.iter().map(|delivery| &delivery.body["webhookEvent"]).collect();
    assert!(events.contains(&&json!("comment_created")), "{events:?}");
    assert_eq!(deliveries[0].url, "https://delivery.web-trigger.example/x1/unguessable");
    assert!(deliver(&scene, &deliveries[0].body).is_some());
}

#[test]
fn a_flood_of_forged_deliveries_costs_one_request_a_minute() {
    let scene = Scene::new();
    scene.switch(MARIA, SERVICE);
    let body = json!({ "matchedWebhookIds": [scene.webhooks(SERVICE)[0]], "issue": { "id": "99999999" } });
    for _ in 0..3 {
        let before = scene.asked_jira("/rest/api/3/issue/");
        for _ in 0..20 {
            assert_eq!(deliver(&scene, &body), None);
        }
        assert_eq!(scene.asked_jira("/rest/api/3/issue/"), before + 1);
        scene.wait(MINUTE_MS);
    }
}

#[test]
fn whoever_guesses_webhooks_or_names_an_issue_at_rest_proves_nothing() {
    let scene = Scene::new();
    scene.switch(MARIA, SERVICE);
    let (hook, issue) = (scene.webhooks(SERVICE)[0], an_issue(&scene));
    let guesses: Vec<i64> = (0..=hook).collect();
    assert!(guesses.len() > 5);
    assert_eq!(deliver(&scene, &json!({ "matchedWebhookIds": guesses, "issue": { "id": issue } })), None);
    scene.wait(120 * MINUTE_MS);
    assert_eq!(deliver(&scene, &json!({ "matchedWebhookIds": [hook], "issue": { "id": issue } })), None);
}
