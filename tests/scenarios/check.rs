//! Whether the integration works, in words that are true.

use crate::scene::{DAY_MS, HOUR_MS, MARIA, SERVICE, Scene, TOM};
use integration_plus::api::Request;
use integration_plus::domain::grant::ReauthorizationReason;
use integration_plus::domain::health::{Badge, CheckFailure, CheckName, CheckResult, Health, Unreachable};
use sandbox::ports::CLOUD_ID;
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
