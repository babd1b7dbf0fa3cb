//! Beginning a change, and beginning it badly.

use crate::scene::{ANA, APP, CUSTOMER, INACTIVE, MARIA, MINUTE_MS, SERVICE, Scene, TOM, id};
use integration_plus::api::{Action, ErrorCode, Reply, Request, StageView};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::account::Unsuitable;
use integration_plus::domain::change::{Change, Outcome};
use integration_plus::domain::connection::SESSIONS;
use sandbox::ports::{Ended, Running};

#[test]
fn the_address_carries_everything_that_atlassian_requires_and_nothing_in_the_clear_rests() {
    let scene = Scene::new();
    let (change, url) = scene.begin(MARIA, SERVICE);
    for part in [
        "https://auth.atlassian.com/authorize?",
        "audience=api.atlassian.com",
        "client_id=sandbox-client",
        "scope=read%3Ame%20read%3Ajira-user%20read%3Ajira-work%20write%3Ajira-work%20manage%3Ajira-webhook%20offline_access",
        "redirect_uri=https%3A%2F%2Fredirect.web-trigger.example%2Fx1%2Funguessable",
        "response_type=code",
        "prompt=consent",
        "code_challenge_method=S256",
    ] {
        assert!(url.contains(part), "{part} is not in {url}");
    }
    let state = url.split("&state=").nth(1).and_then(|rest| rest.split('&').next()).expect("has a state");
    assert_eq!(state.len(), 43);
    assert!(!change.as_str().contains(state));
    let reopened = scene.ask(MARIA, Request::ReopenAuthorization { change });
    assert!(matches!(reopened, Reply::Authorization { url: again, .. } if again == url));
}

#[test]
fn without_pkce_no_challenge_is_sent_and_no_verifier_either() {
    let scene = Scene::new();
    scene.platform.borrow_mut().pkce_off = true;
    let (change, url) = scene.begin(MARIA, SERVICE);
    assert!(!url.contains("code_challenge"));
    assert_eq!(scene.allow(&url, SERVICE).status, 200);
    assert!(scene.proceed(MARIA, &change).main.is_some());
}

#[test]
fn an_account_that_cannot_be_main_is_refused_with_its_reason() {
    let scene = Scene::new();
    let before = scene.trace();
    for (account, reason) in
        [(INACTIVE, Unsuitable::Inactive), (APP, Unsuitable::NotHuman), (CUSTOMER, Unsuitable::NotHuman)]
    {
        let refused = scene.refused(MARIA, scene.beginning(MARIA, account, None, None));
        assert_eq!(refused, ErrorCode::AccountUnsuitable { reason }, "{account}");
    }
    let unknown = scene.beginning(MARIA, "712020:nobody", None, None);
    assert_eq!(scene.refused(MARIA, unknown), ErrorCode::AccountNotFound);
    assert_eq!(scene.trace(), before);
}

#[test]
fn people_are_found_with_why_they_cannot_be_meant() {
    let scene = Scene::connected();
    let Reply::Accounts { accounts } = scene.ask(MARIA, Request::FindAccounts { query: "Maria".into() }) else {
        panic!("accounts are answered")
    };
    assert!(accounts.iter().any(|found| found.account.person.account_id == id(MARIA) && found.is_main));
    let long = Request::FindAccounts { query: "x".repeat(101) };
    assert_eq!(scene.refused(MARIA, long), ErrorCode::InvalidRequest);
}

#[test]
fn a_second_administrator_is_told_who_is_at_it_and_may_take_over() {
    let scene = Scene::new();
    let (first, url) = scene.begin(MARIA, SERVICE);
    assert_eq!(scene.status(TOM).actions, [Action::TakeOver, Action::CancelChange]);
    let refused = scene.refused(TOM, scene.beginning(TOM, TOM, None, None));
    let ErrorCode::ChangeUnderWay { by, change, replaceable, .. } = refused else { panic!("{refused:?}") };
    assert_eq!((by.account_id, &change, replaceable), (id(MARIA), &first, true));

    let query = scene.consent(&url, SERVICE);
    scene.begin_instead(TOM, TOM, Some(first.clone()));
    scene.turned_away(|| scene.come_back(&query));
    let told = scene.status(MARIA);
    assert!(matches!(&told.history[0].outcome, Outcome::Superseded { by } if by.account_id == id(TOM)));
    assert!(told.change.is_some_and(|change| !change.mine && change.initiator.account_id == id(TOM)));
    let stale = Request::ContinueChange { change: first };
    assert!(scene.asked(MARIA, stale).main.is_none());
}

#[test]
fn two_administrators_at_the_same_moment_have_one_winner() {
    let scene = Scene::new();
    let start = |who: &str, account: &str| {
        let request = scene.beginning(who, account, None, None);
        Running::start(&scene.platform, Some(who), Invocation::Request(Some(request)))
    };
    let mut running = [Some(start(MARIA, SERVICE)), Some(start(TOM, TOM))];
    let mut ended = Vec::new();
    while running.iter().any(Option::is_some) {
        for slot in &mut running {
            if let Some(answer) = slot.as_mut().and_then(Running::poll) {
                *slot = None;
                ended.push(answer);
            }
        }
    }
    let begun = ended.iter().filter(|ended| {
        matches!(ended, Ended::Answered(integration_plus::app::Answer::Reply(Reply::Authorization { .. })))
    });
    assert_eq!(begun.count(), 1);
    assert_eq!(scene.connection().sessions.len(), 1);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn a_thousand_beginnings_store_no_more_than_five_sessions() {
    let scene = Scene::new();
    for _ in 0..1000 {
        scene.wait(1000);
        scene.begin(MARIA, SERVICE);
    }
    let sessions = scene.platform.borrow().kvs.records().filter(|(key, _)| key.entity.name() == "session").count();
    assert_eq!(sessions, SESSIONS);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
    assert!(scene.connection().history.len() <= integration_plus::domain::connection::HISTORY);
}

#[test]
fn nobody_begins_over_a_change_that_has_moved_the_pointer() {
    let scene = Scene::without_grace();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    // The grant of the old account cannot be reached, so the change stops after the pointer moved.
    scene.platform.borrow_mut().authorization_server.scripted_answer = Some((503, String::new()));
    scene.wait(50 * MINUTE_MS);
    let (change, url) = {
        let _ = (change, url);
        scene.platform.borrow_mut().authorization_server.scripted_answer = None;
        scene.begin(MARIA, SERVICE)
    };
    scene.allow(&url, SERVICE);
    scene.platform.borrow_mut().authorization_server.scripted_answer = Some((503, String::new()));
    scene.wait(9 * MINUTE_MS);
    let stopped = scene.refused(MARIA, Request::ContinueChange { change: change.clone() });
    assert_eq!(stopped, ErrorCode::AuthorizationServerUnavailable { retry_after_s: None });
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
    let seen = scene.status(TOM).change.expect("is in view");
    assert_eq!(seen.stage, StageView::Working { active: false });
    let refused = scene.refused(TOM, scene.beginning(TOM, TOM, Some(change.clone()), None));
    assert!(matches!(refused, ErrorCode::ChangeUnderWay { replaceable: false, .. }));
    assert_eq!(scene.refused(MARIA, Request::CancelChange { change: change.clone() }), ErrorCode::WrongStage);

    scene.platform.borrow_mut().authorization_server.scripted_answer = None;
    let after = scene.proceed(TOM, &change);
    assert_eq!(after.history[0].outcome, Outcome::Completed { webhooks_left: 0, restorable_until: None });
    assert!(scene.webhooks(MARIA).is_empty());
}

fn wish(account: &str, acknowledged: Option<String>) -> Request {
    Request::BeginChange { intended: id(account), instead_of: None, policy: None, acknowledged, switch_at: None }
}

/// Two administrators: while one begins, the other's first connection is finished.
#[test]
fn a_beginning_that_another_administrator_overtook_needs_no_acknowledgement() {
    let mut overtaken = 0;
    for steps in 0..60 {
        let scene = Scene::new();
        scene.browses("WEB", SERVICE, false);
        let mut slow = scene.start(TOM, wish(SERVICE, None));
        if (0..steps).any(|_| slow.poll().is_some()) {
            break;
        }
        scene.switch(MARIA, MARIA);
        let (Ended::Answered(Answer::Reply(reply)), _) = slow.finish() else { panic!("is answered") };
        let Reply::Refused { error } = reply else { panic!("after {steps} steps WEB is lost without a rehearsal") };
        overtaken += usize::from(error == ErrorCode::RehearsalNeeded);
        assert!(!scene.connection().change.is_some_and(|change| change.under_way()), "after {steps} steps");
    }
    assert!(overtaken > 3, "{overtaken}");
}

/// The same with a main authorized user who is replaced meanwhile: the rehearsal compared with somebody else.
#[test]
fn a_beginning_that_another_change_overtook_stands_on_a_rehearsal_against_the_account_before() {
    let mut overtaken = 0;
    for steps in 0..80 {
        let scene = Scene::new();
        scene.browses("WEB", TOM, false);
        scene.browses("PLT", ANA, false);
        scene.switch(MARIA, TOM);
        let acknowledged = scene.rehearsed(MARIA, ANA);
        let before = scene.rehearsed(MARIA, SERVICE);
        let mut slow = scene.start(TOM, wish(ANA, acknowledged));
        if (0..steps).any(|_| slow.poll().is_some()) {
            break;
        }
        let reply = scene.ask(MARIA, wish(SERVICE, before));
        let Reply::Authorization { change, url, .. } = reply else { panic!("{reply:?} gives no address") };
        scene.allow(&url, SERVICE);
        scene.ask(MARIA, Request::ContinueChange { change });
        assert_eq!(scene.main().as_deref(), Some(SERVICE));
        let _ = slow.finish();
        let began = scene.connection().change.filter(Change::under_way);
        assert!(
            began.is_none(),
            "after {steps} steps: it begins with a rehearsal against Tom, not the service account"
        );
        overtaken += 1;
    }
    assert!(overtaken > 3, "{overtaken}");
}
