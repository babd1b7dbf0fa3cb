//! Whether the integration works, in words that are true.

use crate::scene::{DAY_MS, HOUR_MS, MARIA, MINUTE_MS, SERVICE, Scene, TOM, id, together};
use integration_plus::api::{Reply, Request, Risk};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::change::Outcome;
use integration_plus::domain::grant::ReauthorizationReason;
use integration_plus::domain::health::{Badge, CheckFailure, CheckName, CheckResult, Health, Unreachable};
use integration_plus::records;
use integration_plus::web::WebRequest;
use sandbox::ports::{CLOUD_ID, Ended, Fault, Running};
use sandbox::{Faults, Lasts};

fn result(health: &Health, name: CheckName) -> CheckResult {
    health.checks.iter().find(|check| check.name == name).map(|check| check.result.clone()).expect("is checked")
}

fn check(scene: &Scene) -> (Badge, Health) {
    let status = scene.asked(MARIA, Request::CheckNow {});
    (status.badge, status.health.expect("was checked"))
}

fn with_service() -> Scene {
    let scene = Scene::new();
    scene.switch(MARIA, SERVICE);
    scene
}

#[test]
fn a_revoked_grant_disconnects_and_says_why() {
    let scene = with_service();
    scene.platform.borrow_mut().authorization_server.revoke(SERVICE);
    let (badge, health) = check(&scene);
    let reason = ReauthorizationReason::RevokedOrPasswordChanged;
    let dead = CheckResult::Failed { failure: CheckFailure::GrantDead { reason } };
    assert_eq!((badge, result(&health, CheckName::GrantWorks)), (Badge::Disconnected, dead));
    let earlier = CheckResult::Unknown { because: Unreachable::EarlierCheck };
    assert_eq!(result(&health, CheckName::JiraAdministrator), earlier);
    assert_eq!(result(&health, CheckName::AccountActive), CheckResult::Passed);
}

#[test]
fn ninety_idle_days_are_named_as_such() {
    let scene = with_service();
    scene.wait(91 * DAY_MS);
    let (_, health) = check(&scene);
    let dead = CheckFailure::GrantDead { reason: ReauthorizationReason::Idle };
    assert_eq!(result(&health, CheckName::GrantWorks), CheckResult::Failed { failure: dead });
}

#[test]
fn an_outage_of_the_authorization_server_condemns_nothing() {
    let scene = with_service();
    scene.wait(2 * HOUR_MS);
    scene.platform.borrow_mut().authorization_server.scripted_answer = Some((503, String::new()));
    let (badge, health) = check(&scene);
    let unknown = CheckResult::Unknown { because: Unreachable::AuthorizationServer };
    assert_eq!((badge, result(&health, CheckName::GrantWorks)), (Badge::Degraded, unknown));
    scene.platform.borrow_mut().authorization_server.scripted_answer = None;
    assert_eq!(check(&scene).0, Badge::Connected);
}

#[test]
fn a_wrong_client_secret_is_ours_and_asks_nobody_to_consent() {
    let scene = with_service();
    scene.wait(2 * HOUR_MS);
    scene.platform.borrow_mut().authorization_server.accepts_client = false;
    let (badge, health) = check(&scene);
    let ours = CheckResult::Failed { failure: CheckFailure::ClientSecretRejected };
    assert_eq!((badge, result(&health, CheckName::GrantWorks)), (Badge::Disconnected, ours));
    assert_eq!(scene.prompted(MARIA).1, Some(Risk::ClientSecretRejected));
    scene.platform.borrow_mut().authorization_server.accepts_client = true;
    assert_eq!(check(&scene).0, Badge::Connected);
}

#[test]
fn lost_administrator_rights_need_action() {
    let scene = with_service();
    scene.platform.borrow_mut().atlassian.revoke_admin(CLOUD_ID, SERVICE).expect("is known");
    let (badge, health) = check(&scene);
    let lost = CheckResult::Failed { failure: CheckFailure::NotAdministrator };
    assert_eq!((badge, result(&health, CheckName::JiraAdministrator)), (Badge::ActionNeeded, lost));
}

#[test]
fn an_account_that_lost_its_product_access_needs_action() {
    let scene = with_service();
    let licensed = |scene: &Scene, yes: bool| {
        let mut platform = scene.platform.borrow_mut();
        let atlassian = &mut platform.atlassian;
        let group = "jira-software-users";
        if yes {
            atlassian.add_to_group(CLOUD_ID, group, SERVICE)
        } else {
            atlassian.remove_from_group(CLOUD_ID, group, SERVICE)
        }
        .expect("is known");
    };
    assert_eq!(result(&check(&scene).1, CheckName::ProductAccess), CheckResult::Passed);
    licensed(&scene, false);
    scene.wait(DAY_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    let status = scene.status(MARIA);
    let lost = CheckResult::Failed { failure: CheckFailure::NoProductAccess };
    assert_eq!((status.badge, status.risk), (Badge::ActionNeeded, Some(Risk::NoProductAccess)));
    assert_eq!(result(&status.health.expect("was checked"), CheckName::ProductAccess), lost);
    assert_eq!(scene.prompted(MARIA).1, Some(Risk::NoProductAccess));
    // Nor does such an account become main authorized user.
    scene.switch(TOM, TOM);
    let after = scene.switch(MARIA, SERVICE);
    assert!(
        matches!(&after.history[0].outcome, Outcome::ChecksFailed { checks } if checks.iter().any(|check| check.result == lost))
    );
    licensed(&scene, true);
    scene.switch(MARIA, SERVICE);
    assert_eq!((scene.main().as_deref(), check(&scene).0), (Some(SERVICE), Badge::Connected));
}

#[test]
fn checks_that_grew_old_are_due_when_somebody_looks_and_not_while_a_change_is_under_way() {
    let scene = with_service();
    assert!(!scene.status(MARIA).check_due);
    scene.wait(15 * MINUTE_MS);
    assert!(scene.status(MARIA).check_due);
    assert!(!scene.asked(MARIA, Request::CheckNow {}).check_due);
    scene.wait(15 * MINUTE_MS);
    let (change, _) = scene.begin(MARIA, TOM);
    assert!(!scene.status(MARIA).check_due);
    assert!(scene.asked(MARIA, Request::CancelChange { change }).check_due);
}

#[test]
fn a_delivery_that_finds_the_grant_dead_tells_administrators_at_once() {
    let scene = with_service();
    let (hook, checked) = (scene.webhooks(SERVICE)[0], scene.status(MARIA).health.map(|health| health.checked_at));
    scene.revoke(SERVICE);
    scene.wait(2 * HOUR_MS);
    let body = serde_json::json!({ "matchedWebhookIds": [hook], "issue": { "id": scene.issue("MOB-1") } });
    let deliver = || {
        let body = body.to_string();
        let request = WebRequest { method: "POST".into(), query: std::collections::BTreeMap::new(), body };
        assert_eq!(scene.web(Invocation::Delivery(request)).status, 204);
        scene.status(MARIA)
    };
    let told = deliver();
    assert_eq!((told.badge, told.risk), (Badge::Disconnected, Some(Risk::Disconnected)));
    let told_at = told.health.map(|health| health.checked_at);
    assert!(told_at > checked);
    // Once: what is known is not looked at again.
    scene.wait(2 * MINUTE_MS);
    assert_eq!(deliver().health.map(|health| health.checked_at), told_at);
}

#[test]
fn a_deactivated_account_disconnects() {
    let scene = with_service();
    scene.platform.borrow_mut().atlassian.set_active(SERVICE, false).expect("is known");
    let (badge, health) = check(&scene);
    let inactive = CheckResult::Failed { failure: CheckFailure::AccountInactive };
    assert_eq!((badge, result(&health, CheckName::AccountActive)), (Badge::Disconnected, inactive));
}

#[test]
fn a_webhook_that_jira_lost_is_registered_again() {
    let scene = with_service();
    let old = scene.webhooks(SERVICE);
    let body = serde_json::json!({ "webhookIds": old });
    scene.as_grant(SERVICE, &sandbox::Request::with_body("DELETE", "/rest/api/3/webhook", body));
    assert!(scene.webhooks(SERVICE).is_empty());
    let (badge, health) = check(&scene);
    assert_eq!((badge, health.facts.webhooks), (Badge::Connected, Some(1)));
    let mended = scene.webhooks(SERVICE);
    assert_eq!(mended.len(), 1);
    assert_eq!(scene.connection().main.map(|main| main.webhooks[0].id.0), Some(mended[0]));
}

#[test]
fn an_expired_access_token_is_refreshed_once_and_the_old_tokens_deleted() {
    let scene = with_service();
    scene.wait(2 * HOUR_MS);
    let before = scene.platform.borrow().authorization_server.redemptions;
    assert_eq!(check(&scene).0, Badge::Connected);
    assert_eq!(scene.platform.borrow().authorization_server.redemptions, before + 1);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn jira_overloaded_degrades() {
    let scene = with_service();
    // The administrator's own check must pass first, so only what follows meets the fault.
    let health_before = scene.status(TOM).badge;
    assert_eq!(health_before, Badge::Connected);
    scene.platform.borrow_mut().atlassian.set_faults(Faults { status_429: Lasts::Always, ..Faults::default() });
    assert!(scene.upkeep().is_ok());
    scene.wait(DAY_MS);
    assert!(scene.upkeep().is_ok());
    scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    assert_eq!(scene.status(TOM).badge, Badge::Degraded);
}

#[test]
fn a_passing_outage_is_gone_with_the_next_round() {
    let scene = with_service();
    scene.wait(DAY_MS);
    scene.platform.borrow_mut().atlassian.set_faults(Faults { status_429: Lasts::Always, ..Faults::default() });
    assert!(scene.upkeep().is_ok());
    scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    assert_eq!(scene.status(TOM).badge, Badge::Degraded);
    scene.wait(5 * MINUTE_MS);
    assert!(scene.upkeep().is_ok());
    assert_eq!(scene.status(TOM).badge, Badge::Connected);
}

fn filters(scene: &Scene) -> Vec<String> {
    let page = scene.as_grant(SERVICE, &sandbox::Request::get("/rest/api/3/webhook"));
    let rows = page["values"].as_array().into_iter().flatten();
    rows.filter_map(|row| Some(row["jqlFilter"].as_str()?.to_owned())).collect()
}

#[test]
fn a_project_created_later_is_listened_to() {
    let scene = with_service();
    let before = filters(&scene);
    scene.platform.borrow_mut().atlassian.add_projects(CLOUD_ID, 1).expect("is known");
    assert_eq!(check(&scene).0, Badge::Connected);
    let after = filters(&scene);
    assert_eq!((before.len(), after.len()), (1, 1));
    // Numbers alone: whatever a project is called cannot widen the filter.
    let numbers = after[0].strip_prefix("project in (").and_then(|rest| rest.strip_suffix(")")).expect("is a list");
    assert!(numbers.split(", ").all(|number| number.parse::<u64>().is_ok()), "{numbers}");
    assert_eq!(after[0].matches(", ").count(), before[0].matches(", ").count() + 1);
    let hooks = scene.connection().main.expect("is there").webhooks;
    assert_eq!(hooks.iter().map(|hook| hook.id.0).collect::<Vec<_>>(), scene.webhooks(SERVICE));
}

#[test]
fn an_account_that_sees_no_project_has_nothing_to_listen_to() {
    let scene = with_service();
    let page = scene.as_grant(SERVICE, &sandbox::Request::get("/rest/api/3/project/search"));
    for project in page["values"].as_array().into_iter().flatten() {
        let key = project["key"].as_str().expect("is text");
        scene.platform.borrow_mut().atlassian.delete_project(CLOUD_ID, key).expect("is known");
    }
    for _ in 0..2 {
        let (badge, health) = check(&scene);
        let nothing = CheckResult::Failed { failure: CheckFailure::NoProjects };
        assert_eq!((badge, result(&health, CheckName::WebhooksRegistered)), (Badge::ActionNeeded, nothing));
    }
    assert!(scene.webhooks(SERVICE).is_empty());
    scene.platform.borrow_mut().atlassian.add_projects(CLOUD_ID, 1).expect("is known");
    assert_eq!(check(&scene).0, Badge::Connected);
}

#[test]
fn where_five_are_held_ours_make_way_for_their_successor() {
    let scene = with_service();
    let hook = serde_json::json!({ "events": ["comment_created"], "jqlFilter": "project = 10000" });
    let url = "https://delivery.web-trigger.example/x1/unguessable";
    let body = serde_json::json!({ "url": url, "webhooks": vec![hook; 4] });
    scene.as_grant(SERVICE, &sandbox::Request::with_body("POST", "/rest/api/3/webhook", body));
    assert_eq!(scene.webhooks(SERVICE).len(), 5);
    scene.platform.borrow_mut().atlassian.add_projects(CLOUD_ID, 1).expect("is known");
    let (badge, health) = check(&scene);
    assert_eq!((badge, health.facts.webhooks), (Badge::Connected, Some(1)));
    assert_eq!(scene.webhooks(SERVICE).len(), 1);
}

#[test]
fn an_undone_renewal_leaves_the_webhook_in_use_alone() {
    for at in 0..60 {
        let scene = with_service();
        // The renewal would register another webhook, for a project has been added.
        scene.platform.borrow_mut().atlassian.add_projects(CLOUD_ID, 1).expect("is known");
        let (change, url) = scene.begin(MARIA, SERVICE);
        scene.allow(&url, SERVICE);
        scene.platform.borrow_mut().plan = Some((at, Fault::CrashAfter));
        let request = Invocation::Request(Some(Request::ContinueChange { change }));
        let _ = Running::start(&scene.platform, Some(MARIA), request).finish();
        scene.platform.borrow_mut().plan = None;
        for _ in 0..4 {
            scene.wait(5 * MINUTE_MS);
            let _ = scene.upkeep();
            let named: Vec<i64> =
                scene.connection().main.expect("is there").webhooks.iter().map(|hook| hook.id.0).collect();
            let listed = scene.webhooks(SERVICE);
            assert!(named.iter().all(|id| listed.contains(id)), "crash after effect {at}: {named:?} of {listed:?}");
        }
        scene.wait(DAY_MS);
        assert!(scene.upkeep().is_ok());
        assert_eq!(scene.webhooks(SERVICE).len(), 1, "crash after effect {at}");
        assert_eq!(scene.status(TOM).badge, Badge::Connected, "crash after effect {at}");
    }
}

#[test]
fn a_look_that_began_before_a_change_says_nothing_of_the_new_main_user() {
    for steps in 0..12 {
        let scene = Scene::connected();
        let request = Invocation::Request(Some(Request::CheckNow {}));
        let mut slow = Running::start(&scene.platform, Some(TOM), request);
        let early = (0..steps).any(|_| slow.poll().is_some());
        scene.wait(MINUTE_MS);
        scene.switch(MARIA, SERVICE);
        let health: Health = scene.record(&records::health()).expect("was checked");
        if !early {
            let (Ended::Answered(Answer::Reply(Reply::Status { .. })), _) = slow.finish() else {
                panic!("the slow look is answered")
            };
        }
        assert_eq!(scene.record::<Health>(&records::health()), Some(health), "after {steps} steps");
        assert_eq!(scene.status(TOM).badge, Badge::Connected);
    }
}

#[test]
fn a_wrong_client_secret_leaves_the_old_webhooks_for_later() {
    let scene = Scene::without_grace();
    scene.wait(2 * HOUR_MS);
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    scene.platform.borrow_mut().authorization_server.accepts_client = false;
    scene.refused(MARIA, Request::ContinueChange { change });
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
    assert_eq!(scene.webhooks(MARIA).len(), 1);
    scene.platform.borrow_mut().authorization_server.accepts_client = true;
    scene.wait(5 * MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert!(scene.webhooks(MARIA).is_empty());
    let last = scene.connection().history.last().map(|row| row.outcome.clone());
    assert_eq!(last, Some(Outcome::Completed { webhooks_left: 0, restorable_until: None }));
}

#[test]
fn a_grant_revoked_between_allow_and_the_checks_is_named_as_such() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    scene.platform.borrow_mut().authorization_server.revoke(SERVICE);
    let status = scene.proceed(MARIA, &change);
    let Outcome::ChecksFailed { checks } = &status.history[0].outcome else { panic!("{:?}", status.history[0]) };
    let reason = ReauthorizationReason::RevokedOrPasswordChanged;
    let dead = CheckResult::Failed { failure: CheckFailure::GrantDead { reason } };
    assert_eq!(checks[0].result, dead);
    assert_eq!(scene.main().as_deref(), Some(MARIA));
}

#[test]
fn a_grant_whose_tokens_are_lost_says_that_it_cannot_be_renewed() {
    let scene = with_service();
    let grant: integration_plus::domain::grant::Grant = scene.record(&records::grant(&id(SERVICE))).expect("rests");
    scene.platform.borrow_mut().kvs.forget_secret(&grant.secret_key);
    scene.wait(2 * HOUR_MS);
    let (_, health) = check(&scene);
    let lost = CheckFailure::GrantDead { reason: ReauthorizationReason::NotRenewable };
    assert_eq!(result(&health, CheckName::GrantWorks), CheckResult::Failed { failure: lost });
}

#[test]
fn two_who_look_at_once_while_the_access_is_renewed_see_no_outage() {
    for ahead in 0..10 {
        let scene = with_service();
        scene.wait(2 * HOUR_MS);
        let look = |who| Running::start(&scene.platform, Some(who), Invocation::Request(Some(Request::CheckNow {})));
        let (mut first, second) = (look(MARIA), look(TOM));
        for _ in 0..ahead {
            assert!(first.poll().is_none(), "a look takes more than {ahead} steps");
        }
        let badge = |answer| {
            let Answer::Reply(Reply::Status { status }) = answer else { panic!("is answered") };
            status.badge
        };
        let seen: Vec<Badge> = together(vec![first, second]).into_iter().map(badge).collect();
        assert_eq!(seen, [Badge::Connected, Badge::Connected], "{ahead} steps ahead");
    }
}

#[test]
fn a_refresh_whose_answer_was_lost_for_good_accuses_nobody() {
    let scene = with_service();
    scene.platform.borrow_mut().authorization_server.leeway = false;
    scene.wait(2 * HOUR_MS);
    let renewing = |scene: &Scene| {
        let platform = scene.platform.borrow();
        platform.effects.iter().position(|effect| effect.name.contains("oauth/token"))
    };
    let twin = with_service();
    twin.wait(2 * HOUR_MS);
    twin.asked(MARIA, Request::CheckNow {});
    let at = renewing(&twin).expect("the access was renewed");
    scene.faulty(Some(MARIA), Invocation::Request(Some(Request::CheckNow {})), at, Fault::LoseAnswer);
    scene.wait(2 * MINUTE_MS);
    let (badge, health) = check(&scene);
    let lost = CheckFailure::GrantDead { reason: ReauthorizationReason::NotRenewable };
    assert_eq!(
        (badge, result(&health, CheckName::GrantWorks)),
        (Badge::Disconnected, CheckResult::Failed { failure: lost })
    );
}
