//! The main authorized user changes.

use crate::scene::{ANA, DAY_MS, MARIA, MINUTE_MS, NARROW, SERVICE, Scene, TOM, id};
use integration_plus::api::{Action, ErrorCode, Request, StageView, Steering, Step, StepState};
use integration_plus::domain::change::Outcome;
use integration_plus::domain::grant::Grant;
use integration_plus::domain::health::{Badge, CheckFailure, CheckName, CheckResult};
use integration_plus::domain::receipt::Receipt;
use integration_plus::domain::settings::Settings;
use integration_plus::records;
use sandbox::{Faults, Lasts};

#[test]
fn the_first_connection_leaves_a_working_integration() {
    let scene = Scene::new();
    let before = scene.status(MARIA);
    assert_eq!((before.badge, before.main), (Badge::NotConnected, None));
    assert_eq!(before.actions, [Action::Connect]);

    let after = scene.switch(MARIA, SERVICE);
    assert_eq!(after.badge, Badge::Connected, "{:?}", after.health);
    let main = after.main.expect("is connected");
    assert_eq!((main.account.person.account_id, main.changed_by.account_id), (id(SERVICE), id(MARIA)));
    assert_eq!(scene.webhooks(SERVICE).len(), 1);
    assert_eq!(after.actions, [Action::Change, Action::CheckNow]);
    assert_eq!(after.poll_after_ms, None);
    assert_eq!(after.history[0].outcome, Outcome::Completed { webhooks_left: 0, restorable_until: None });
}

#[test]
fn a_change_moves_webhooks_and_grant_and_leaves_a_sealed_receipt() {
    let scene = Scene::without_grace();
    let old = scene.webhooks(MARIA);
    assert_eq!(old.len(), 1);
    let after = scene.switch(MARIA, SERVICE);

    assert_eq!(scene.main().as_deref(), Some(SERVICE));
    assert_eq!((scene.webhooks(MARIA).len(), scene.webhooks(SERVICE).len()), (0, 1));
    assert_eq!(scene.record::<Grant>(&records::grant(&id(MARIA))), None);
    let names: Vec<String> = scene.platform.borrow().kvs.secrets().map(str::to_owned).collect();
    assert_eq!(names.len(), 1, "{names:?}");
    assert!(names[0].starts_with(&format!("grant:{SERVICE}:")));
    let first: Receipt = scene.record(&records::receipt(1)).expect("is there");
    let second: Receipt = scene.record(&records::receipt(2)).expect("is there");
    assert_eq!((first.previous.as_str(), second.previous), ("", first.seal()));
    assert_eq!(second.from.map(|from| from.account_id), Some(id(MARIA)));
    assert_eq!((second.generation, scene.connection().generation), (2, 2));
    let change = after.change.expect("is in view");
    assert!(change.steps.iter().all(|step| step.state == StepState::Done), "{:?}", change.steps);
    scene.wait(2 * DAY_MS);
    assert_eq!(scene.status(MARIA).change, None);
}

#[test]
fn the_account_before_keeps_its_grant_and_no_webhooks_until_its_days_are_over() {
    let scene = Scene::connected();
    let after = scene.switch(MARIA, SERVICE);
    let until = scene.platform.borrow().now_ms + 7 * DAY_MS;
    let former = after.former.expect("can be restored");
    assert_eq!((former.person.account_id, former.until.0), (id(MARIA), until));
    assert!(after.actions.contains(&Action::RollBack));
    assert!(scene.grant(MARIA).is_some_and(|grant| grant.personal.is_none()));
    assert_eq!((scene.webhooks(MARIA).len(), scene.webhooks(SERVICE).len()), (0, 1));
    assert_eq!(scene.platform.borrow().kvs.lasting_secrets().count(), 2);

    scene.wait(7 * DAY_MS - MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert!(scene.grant(MARIA).is_some());
    scene.wait(MINUTE_MS);
    assert_eq!(scene.status(TOM).former, None);
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!((scene.grant(MARIA), scene.connection().former), (None, None));
    assert_eq!(scene.platform.borrow().kvs.lasting_secrets().count(), 1);
    assert_eq!(scene.asked(TOM, Request::CheckNow {}).badge, Badge::Connected);
}

#[test]
fn who_was_main_before_the_one_before_is_let_go_at_once() {
    let scene = Scene::connected();
    scene.switch(MARIA, SERVICE);
    let after = scene.switch(MARIA, TOM);
    assert_eq!(after.former.map(|former| former.person.account_id), Some(id(SERVICE)));
    assert_eq!(scene.grant(MARIA), None);
    assert_eq!(scene.platform.borrow().kvs.lasting_secrets().count(), 2);
}

#[test]
fn a_grace_period_beyond_thirty_days_is_refused() {
    let scene = Scene::connected();
    let before = scene.trace();
    let settings = Settings { grace_days: 31, ..Settings::default() };
    assert_eq!(scene.refused(MARIA, Request::ChangeSettings { settings }), ErrorCode::InvalidRequest);
    assert_eq!(scene.trace(), before);
    scene.settle(|settings| settings.grace_days = 30);
}

#[test]
fn the_same_account_gets_a_fresh_grant_and_no_new_generation() {
    let scene = Scene::connected();
    let before: Grant = scene.record(&records::grant(&id(MARIA))).expect("is there");
    let since = scene.connection().main.map(|main| main.since);
    scene.wait(MINUTE_MS);
    let after = scene.switch(TOM, MARIA);

    let grant: Grant = scene.record(&records::grant(&id(MARIA))).expect("is there");
    assert!(grant.version > before.version && grant.secret_key != before.secret_key);
    assert_eq!(scene.connection().generation, 1);
    assert_eq!(scene.connection().main.map(|main| main.since), since);
    assert_eq!(after.history[0].outcome, Outcome::Refreshed);
    assert_eq!(scene.webhooks(MARIA).len(), 1);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn another_account_allowed_and_nothing_changes_until_the_administrator_decides() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, TOM);
    let seen = scene.status(MARIA);
    let view = seen.change.expect("is in view");
    assert!(matches!(&view.stage, StageView::AllowedByOther { allowed } if allowed.account_id == id(TOM)));
    assert_eq!(seen.actions, [Action::Change, Action::AcceptAccount, Action::CancelChange, Action::CheckNow]);
    assert_eq!(scene.refused(MARIA, Request::ContinueChange { change: change.clone() }), ErrorCode::WrongStage);
    assert_eq!(scene.main().as_deref(), Some(MARIA));

    let wrong = Request::AcceptAccount { change: change.clone(), account_id: id(SERVICE), acknowledged: None };
    assert_eq!(scene.refused(MARIA, wrong), ErrorCode::AccountMismatch);
    let theirs = Request::AcceptAccount {
        change: change.clone(),
        account_id: id(TOM),
        acknowledged: scene.rehearsed(MARIA, TOM),
    };
    assert!(matches!(scene.refused(TOM, theirs.clone()), ErrorCode::NotInitiator { .. }));
    assert_eq!(scene.main().as_deref(), Some(MARIA));

    let after = scene.asked(MARIA, theirs);
    assert_eq!(after.main.map(|main| main.account.person.account_id), Some(id(TOM)));
}

#[test]
fn trying_again_after_the_wrong_account_says_who_it_was() {
    let scene = Scene::without_grace();
    let (_, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, TOM);
    let after = scene.switch(MARIA, SERVICE);
    assert!(matches!(&after.history[1].outcome, Outcome::WrongAccount { allowed } if allowed.account_id == id(TOM)));
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn an_account_without_administrator_rights_is_refused_by_name_and_the_old_one_works() {
    let scene = Scene::connected();
    let after = scene.switch(MARIA, NARROW);
    let Outcome::ChecksFailed { checks } = &after.history[0].outcome else { panic!("{:?}", after.history[0]) };
    let failed: Vec<_> = checks
        .iter()
        .filter_map(|check| match &check.result {
            CheckResult::Failed { failure } => Some((check.name, failure.clone())),
            CheckResult::Passed | CheckResult::Unknown { .. } => None,
        })
        .collect();
    assert_eq!(failed, [(CheckName::JiraAdministrator, CheckFailure::NotAdministrator)]);
    assert_eq!(scene.main().as_deref(), Some(MARIA));
    assert!(scene.webhooks(NARROW).is_empty());
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
    assert_eq!(scene.asked(MARIA, Request::CheckNow {}).badge, Badge::Connected);
}

#[test]
fn an_account_deactivated_between_consent_and_confirmation_is_refused() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    scene.platform.borrow_mut().atlassian.set_active(SERVICE, false).expect("is known");
    let after = scene.proceed(MARIA, &change);
    let Outcome::ChecksFailed { checks } = &after.history[0].outcome else { panic!("{:?}", after.history[0]) };
    let inactive = CheckResult::Failed { failure: CheckFailure::AccountInactive };
    assert!(checks.iter().any(|check| check.name == CheckName::AccountActive && check.result == inactive));
    assert_eq!(scene.main().as_deref(), Some(MARIA));
}

#[test]
fn an_initiator_who_lost_administrator_rights_cannot_confirm() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    scene.platform.borrow_mut().atlassian.revoke_admin(sandbox::ports::CLOUD_ID, MARIA).expect("is known");
    let before = scene.trace();
    let refused = scene.refused(MARIA, Request::ContinueChange { change });
    assert!(matches!(refused, ErrorCode::NotAdministrator { .. }));
    assert_eq!(scene.trace(), before);
}

#[test]
fn only_the_initiator_confirms() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    let before = scene.trace();
    let refused = scene.refused(TOM, Request::ContinueChange { change });
    assert!(matches!(refused, ErrorCode::NotInitiator { by } if by.account_id == id(MARIA)));
    assert_eq!(scene.trace(), before);
}

#[test]
fn nobody_but_an_administrator_gets_through_any_request() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    let before = scene.trace();
    for request in [
        Request::Status { watching: Some(change.clone()) },
        Request::FindAccounts { query: "a".into() },
        Request::BeginChange {
            intended: id(ANA),
            instead_of: Some(change.clone()),
            policy: None,
            acknowledged: None,
            switch_at: None,
        },
        Request::HandOffChange {
            intended: id(ANA),
            instead_of: Some(change.clone()),
            policy: None,
            acknowledged: None,
            switch_at: None,
        },
        Request::RenewHandOff { change: change.clone() },
        Request::RevokeHandOff { change: change.clone() },
        Request::Rehearse { account: id(SERVICE), again: false },
        Request::Rehearsal { account: id(SERVICE) },
        Request::RehearsedProjects { account: id(SERVICE), part: 0 },
        Request::ReopenAuthorization { change: change.clone() },
        Request::ContinueChange { change: change.clone() },
        Request::AcceptAccount { change: change.clone(), account_id: id(SERVICE), acknowledged: None },
        Request::CancelChange { change: change.clone() },
        Request::CheckNow {},
        Request::RollBack { acknowledged: None },
        Request::ChangeSettings { settings: Settings { grace_days: 0, fallback: true, ..Settings::default() } },
        Request::Connections { page: crate::people::everybody() },
        Request::Remind { accounts: vec![id(ANA)] },
        Request::SteerWave { to: Steering::Restart },
    ] {
        let refused = scene.refused(ANA, request.clone());
        let ErrorCode::NotAdministrator { helpers } = refused else { panic!("{request:?}: {refused:?}") };
        assert!(helpers.iter().any(|helper| helper.account_id == id(MARIA)), "{helpers:?}");
    }
    assert_eq!(scene.trace(), before);
    // The same request passes for whoever may.
    assert_eq!(scene.proceed(MARIA, &change).main.map(|main| main.account.person.account_id), Some(id(SERVICE)));
}

#[test]
fn a_cancelled_change_lets_nothing_through_afterwards() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent(&url, SERVICE);
    let after = scene.asked(TOM, Request::CancelChange { change: change.clone() });
    assert!(matches!(&after.history[0].outcome, Outcome::Cancelled { by } if by.account_id == id(TOM)));
    scene.turned_away(|| scene.come_back(&query));
    assert_eq!(scene.refused(MARIA, Request::CancelChange { change }), ErrorCode::NoSuchChange);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn cancelling_after_consent_deletes_the_parked_tokens() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 2);
    scene.asked(MARIA, Request::CancelChange { change: change.clone() });
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
    let after = scene.proceed(MARIA, &change);
    assert_eq!(after.main.map(|main| main.account.person.account_id), Some(id(MARIA)));
}

#[test]
fn a_decline_is_told_and_closed() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    let page = scene.decline(&url);
    assert!(page.body.contains("You selected Cancel"));
    assert!(matches!(scene.status(MARIA).change.map(|change| change.stage), Some(StageView::Denied { .. })));
    let after = scene.proceed(MARIA, &change);
    assert!(matches!(after.history[0].outcome, Outcome::Denied { .. }));
    assert_eq!(scene.platform.borrow().authorization_server.token_requests, 1);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn a_change_that_nobody_answers_expires() {
    let scene = Scene::connected();
    let (change, _) = scene.begin(MARIA, SERVICE);
    scene.wait(10 * MINUTE_MS);
    assert!(matches!(scene.status(MARIA).change.map(|change| change.stage), Some(StageView::Expired)));
    assert_eq!(scene.proceed(TOM, &change).history[0].outcome, Outcome::Expired);
}

#[test]
fn jira_out_of_reach_leaves_the_change_waiting() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    scene.platform.borrow_mut().atlassian.set_faults(Faults { status_503: Lasts::Always, ..Faults::default() });
    let refused = scene.refused(MARIA, Request::ContinueChange { change: change.clone() });
    assert!(matches!(refused, ErrorCode::JiraUnavailable { .. }));
    scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    let after = scene.proceed(MARIA, &change);
    assert_eq!(after.main.map(|main| main.account.person.account_id), Some(id(SERVICE)));
}

#[test]
fn a_dead_old_grant_does_not_stop_the_change() {
    let scene = Scene::without_grace();
    scene.platform.borrow_mut().authorization_server.revoke(MARIA);
    scene.wait(2 * 60 * MINUTE_MS);
    let after = scene.switch(TOM, SERVICE);
    assert_eq!(after.history[0].outcome, Outcome::Completed { webhooks_left: 1, restorable_until: None });
    let steps = after.change.map(|change| change.steps).unwrap_or_default();
    let state = |step| steps.iter().find(|view| view.step == step).map(|view| view.state);
    assert_eq!(state(Step::OldWebhooks), Some(StepState::Failed), "the tracker must not claim what was not done");
    assert_eq!(state(Step::OldGrant), Some(StepState::Done));
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
    assert_eq!(scene.record::<Grant>(&records::grant(&id(MARIA))), None);
}

#[test]
fn five_webhooks_at_another_address_leave_no_room() {
    let scene = Scene::new();
    let hook = serde_json::json!({ "events": ["comment_created"], "jqlFilter": "project = 10000" });
    let body = serde_json::json!({ "url": "https://elsewhere.example/hook", "webhooks": vec![hook; 5] });
    scene.as_grant(SERVICE, &sandbox::Request::with_body("POST", "/rest/api/3/webhook", body));
    assert_eq!(scene.webhooks(SERVICE).len(), 5);

    let after = scene.switch(MARIA, SERVICE);
    let Outcome::ChecksFailed { checks } = &after.history[0].outcome else { panic!("{:?}", after.history[0]) };
    let full = CheckResult::Failed { failure: CheckFailure::WebhooksFull { used: 5, limit: 5 } };
    assert!(checks.iter().any(|check| check.result == full));
    assert_eq!((scene.main(), scene.webhooks(SERVICE).len()), (None, 5));
}

#[test]
fn the_tracker_shows_where_a_change_stands() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    let at = |step| {
        let view = scene.asked(MARIA, Request::Status { watching: Some(change.clone()) }).change.expect("is in view");
        view.steps.iter().find(|view| view.step == step).map(|view| view.state)
    };
    assert_eq!((at(Step::Consent), at(Step::Checks)), (Some(StepState::Current), Some(StepState::Waiting)));
    scene.allow(&url, SERVICE);
    assert_eq!((at(Step::Consent), at(Step::Checks)), (Some(StepState::Done), Some(StepState::Current)));
}
