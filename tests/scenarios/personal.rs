//! People connect their own accounts: as themselves, one grant each, and nobody else's.

use crate::people::{BEN, CHLOE, REVOKED, error, held, posted, race};
use crate::scene::{ANA, APP, HOUR_MS, MARIA, MINUTE_MS, NARROW, SERVICE, Scene, TOM, id};
use integration_plus::api::{CommentResult, Consent, ErrorCode, Reply, Request, Risk};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::account::Unsuitable;
use integration_plus::domain::authorization::{Denial, SessionKey};
use integration_plus::domain::connection::Needed;
use integration_plus::domain::grant::{Grant, ReauthorizationReason};
use integration_plus::domain::health::{Badge, Check, CheckName, CheckResult};
use integration_plus::domain::scope::{REQUIRED, REQUIRED_OF_PEOPLE};
use integration_plus::domain::settings::ReauthorizationPolicy;
use integration_plus::domain::standing::Standing;
use integration_plus::domain::time::Timestamp;
use integration_plus::oauth::authorization_request::fingerprint;
use integration_plus::records;
use integration_plus::secret::Secret;
use sandbox::Budgets;
use sandbox::authorization_server::{CLIENT_ID, CLIENT_SECRET};
use sandbox::ports::{CLOUD_ID, Ended, Fault, Running};

fn parameter(url: &str, name: &str) -> String {
    let rest = url.split(&format!("{name}=")).nth(1).expect("is there");
    rest.split('&').next().unwrap_or_default().replace("%20", " ").replace("%3A", ":")
}

/// The name of the session that an authorization page belongs to.
fn session(url: &str) -> SessionKey {
    SessionKey::parse(fingerprint(&Secret::new(parameter(url, "state")))).expect("is one")
}

#[test]
fn a_person_connects_their_account_with_no_more_scopes_than_people_need() {
    let scene = Scene::connected();
    assert_eq!(scene.me(ANA).standing, None);
    let url = scene.authorize(ANA);
    assert_eq!(parameter(&url, "scope"), REQUIRED_OF_PEOPLE.join(" "));
    let waiting = scene.me(ANA);
    assert!(matches!(waiting.consent, Some(Consent::Awaiting { .. })) && waiting.poll_after_ms.is_some());
    assert_eq!(scene.allow(&url, ANA).status, 200);
    let me = scene.me(ANA);
    assert_eq!((me.standing, me.consent, me.poll_after_ms), (Some(Standing::Working), None, None));
    assert!(!me.is_main && me.connected_at.is_some() && me.idles_out_at.is_some());
    let names: Vec<String> = scene.platform.borrow().kvs.secrets().map(str::to_owned).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with(&format!("grant:{ANA}:"))).count(), 1, "{names:?}");
    assert_eq!(names.len(), 2, "{names:?}");
    assert_eq!(scene.main().as_deref(), Some(MARIA));
    scene.counted_exactly("connected");
}

#[test]
fn another_account_than_the_callers_is_refused_by_name_and_nothing_is_kept_of_it() {
    let scene = Scene::connected();
    let before: Vec<String> = scene.platform.borrow().kvs.secrets().map(str::to_owned).collect();
    let url = scene.authorize(ANA);
    let page = scene.allow(&url, BEN);
    assert!(page.body.contains("Ben Sato"), "{}", page.body);
    let me = scene.me(ANA);
    assert!(matches!(&me.consent, Some(Consent::WrongAccount { allowed }) if allowed.account_id == id(BEN)));
    assert_eq!((me.standing, scene.grant(ANA), scene.grant(BEN)), (None, None, None));
    assert_eq!(scene.me(BEN).standing, None);
    let after: Vec<String> = scene.platform.borrow().kvs.secrets().map(str::to_owned).collect();
    assert_eq!(after, before);
    // The oracle can fail: allowed by the right account, there is a grant.
    assert_eq!(scene.connect(ANA).standing, Some(Standing::Working));
}

#[test]
fn who_must_allow_again_and_did_so_as_somebody_else_is_shown_with_that_name() {
    let scene = Scene::connected();
    scene.member(ANA);
    scene.revoke(ANA);
    scene.wait(2 * HOUR_MS);
    assert_eq!(scene.comment(ANA, "MOB-2", "again"), held(Some(REVOKED)));
    let url = scene.authorize(ANA);
    scene.allow(&url, BEN);
    let standing = scene.standing(ANA);
    assert!(
        matches!(&standing, Some(Standing::WrongAccount { reason: REVOKED, allowed }) if allowed.account_id == id(BEN)),
        "{standing:?}"
    );
    scene.counted_exactly("wrong account");
    assert_eq!(scene.connect(ANA).standing, Some(Standing::Working));
    scene.counted_exactly("right account");
}

#[test]
fn another_account_that_allowed_while_the_grant_worked_is_not_held_against_its_person_later() {
    let scene = Scene::connected();
    scene.member(ANA);
    let url = scene.authorize(ANA);
    scene.allow(&url, BEN);
    assert!(matches!(scene.me(ANA).consent, Some(Consent::WrongAccount { .. })));
    scene.wait(MINUTE_MS);
    scene.revoke(ANA);
    scene.wait(2 * HOUR_MS);
    assert_eq!(scene.comment(ANA, "MOB-2", "again"), held(Some(REVOKED)));
    assert_eq!(scene.standing(ANA), Some(Standing::ToReauthorize { reason: REVOKED }));
    scene.counted_exactly("to re-authorize");
    let url = scene.authorize(ANA);
    scene.allow(&url, BEN);
    assert!(matches!(scene.standing(ANA), Some(Standing::WrongAccount { .. })), "now it is");
}

#[test]
fn a_disconnect_that_broke_off_is_told_as_a_grant_that_cannot_be_renewed() {
    let mut without_tokens = 0;
    for at in 0..30 {
        let scene = Scene::connected();
        scene.member(ANA);
        let ended = scene.faulty(Some(ANA), Invocation::Request(Some(Request::Disconnect {})), at, Fault::CrashBefore);
        let tokens = |grant: &Grant| scene.platform.borrow().kvs.secret(&grant.secret_key).is_some();
        if !matches!(ended, Ended::Crashed) || scene.grant(ANA).is_none_or(|grant| tokens(&grant)) {
            continue;
        }
        without_tokens += 1;
        let reason = ReauthorizationReason::NotRenewable;
        assert_eq!(scene.result(ANA, ask_comment(&scene)), held(Some(reason)), "crash before effect {at}");
        assert_eq!(scene.standing(ANA), Some(Standing::ToReauthorize { reason }), "crash before effect {at}");
        scene.counted_exactly("without tokens");
        assert_eq!(scene.connect(ANA).standing, Some(Standing::Working));
        assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), posted("MOB-3"));
    }
    assert!(without_tokens > 0, "no disconnect broke off where it matters");
}

#[test]
fn an_answer_begun_for_one_purpose_or_person_serves_no_other() {
    let scene = Scene::connected();
    // Maria's own authorization is no change of the main authorized user.
    let own = scene.authorize(MARIA);
    assert_eq!(scene.allow(&own, MARIA).status, 200);
    let before = (scene.connection(), scene.grant(MARIA));
    scene.asked(MARIA, Request::ContinueChange { change: session(&own) });
    let accept = Request::AcceptAccount { change: session(&own), account_id: id(MARIA), acknowledged: None };
    assert!(matches!(scene.refused(MARIA, accept), ErrorCode::WrongStage | ErrorCode::NoSuchChange));
    assert_eq!((scene.connection(), scene.grant(MARIA)), before);
    // Somebody else who comes by does not get what Ana allowed.
    let url = scene.authorize(ANA);
    scene.allow(&url, ANA);
    assert_eq!((scene.standing(BEN), scene.grant(BEN), scene.grant(ANA)), (None, None, None));
    assert_eq!(scene.standing(ANA), Some(Standing::Working));
    // An authorization of the main authorized user is nobody's own, even where its account comes by.
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    assert_eq!((scene.standing(SERVICE), scene.grant(SERVICE)), (None, None));
    assert_eq!(scene.proceed(MARIA, &change).main.map(|main| main.account.person.account_id), Some(id(SERVICE)));
}

#[test]
fn an_app_an_unknown_caller_and_a_site_without_main_authorized_user_begin_nothing() {
    let scene = Scene::new();
    assert_eq!(scene.refused(ANA, Request::Authorize {}), ErrorCode::NotConnected);
    let scene = Scene::connected();
    let before = scene.trace();
    let app = scene.refused(APP, Request::Authorize {});
    assert_eq!(app, ErrorCode::AccountUnsuitable { reason: Unsuitable::NotHuman });
    let Answer::Reply(reply) = scene.run(None, Invocation::Request(Some(Request::Authorize {}))) else { panic!() };
    assert_eq!(error(&reply), Some(&ErrorCode::NotSignedIn));
    assert_eq!(scene.trace(), before);
}

#[test]
fn a_thousand_beginnings_of_one_person_store_one_session() {
    let scene = Scene::connected();
    for _ in 0..1000 {
        scene.wait(1000);
        scene.authorize(ANA);
    }
    let platform = scene.platform.borrow();
    let mine = platform.kvs.records().filter(|(key, _)| key.entity.name() == "session").count();
    assert_eq!((mine, platform.kvs.secrets().count()), (2, 2));
}

#[test]
fn an_answer_that_has_come_is_not_thrown_away_by_beginning_again() {
    let scene = Scene::connected();
    let url = scene.authorize(ANA);
    scene.allow(&url, ANA);
    // The second tab has not seen it yet.
    scene.authorize(ANA);
    assert_eq!(scene.standing(ANA), Some(Standing::Working));
    assert_eq!(scene.platform.borrow().authorization_server.live_grants(ANA), 1);
}

#[test]
fn a_decline_and_a_late_answer_are_told_apart_and_keep_nothing() {
    let scene = Scene::connected();
    let url = scene.authorize(ANA);
    scene.decline(&url);
    assert_eq!(scene.me(ANA).consent, Some(Consent::Denied { denial: Denial::Declined }));
    let url = scene.authorize(ANA);
    let query = scene.consent(&url, ANA);
    scene.wait(10 * MINUTE_MS);
    assert_eq!(scene.me(ANA).consent, Some(Consent::Expired));
    scene.turned_away(|| scene.come_back(&query));
    assert_eq!(scene.grant(ANA), None);
}

#[test]
fn the_main_authorized_user_s_own_consent_takes_no_scope_away() {
    let scene = Scene::connected();
    let url = scene.authorize(MARIA);
    assert_eq!(parameter(&url, "scope"), REQUIRED.join(" "));
    scene.allow(&url, MARIA);
    let me = scene.me(MARIA);
    assert_eq!((me.standing, me.is_main), (Some(Standing::Working), true));
    // There is one grant, and the app still acts with it.
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
    scene.wait(2 * HOUR_MS);
    assert_eq!(scene.asked(TOM, Request::CheckNow {}).badge, Badge::Connected);
    assert_eq!(scene.webhooks(MARIA).len(), 1);

    // The oracle can fail: a consent to less leaves the main authorized user short.
    let less = url.replace("manage%3Ajira-webhook%20", "");
    assert_ne!(less, url);
    scene.consent(&less, MARIA);
    scene.wait(2 * HOUR_MS);
    assert_eq!(scene.asked(TOM, Request::CheckNow {}).badge, Badge::ActionNeeded);
}

#[test]
fn who_is_about_to_become_main_authorized_user_loses_no_scope_by_connecting() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, TOM);
    scene.allow(&url, TOM);
    assert_eq!(parameter(&scene.authorize(TOM), "scope"), REQUIRED.join(" "));
    scene.connect(TOM);
    assert_eq!(scene.proceed(MARIA, &change).badge, Badge::Connected);
    scene.all_work();
    assert_eq!(scene.standing(TOM), Some(Standing::Working));
}

#[test]
fn disconnecting_leaves_the_main_authorized_user_s_grant_and_takes_everybody_else_s() {
    let scene = Scene::connected();
    scene.connect(MARIA);
    scene.connect(ANA);
    for who in [MARIA, ANA] {
        let Reply::Me { me } = scene.ask(who, Request::Disconnect {}) else { panic!("is about the caller") };
        assert_eq!((me.standing, me.connected_at), (None, None));
    }
    assert_eq!(scene.grant(ANA), None);
    assert!(scene.grant(MARIA).is_some_and(|grant| grant.personal.is_none()));
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
    scene.counted_exactly("disconnected");
    assert_eq!(scene.asked(TOM, Request::CheckNow {}).badge, Badge::Connected);
}

#[test]
fn a_main_authorized_user_who_goes_keeps_their_own_grant() {
    let scene = Scene::without_grace();
    scene.member(MARIA);
    scene.switch(MARIA, SERVICE);
    assert_eq!(scene.webhooks(MARIA).len(), 0);
    scene.all_work();
    assert_eq!(scene.standing(MARIA), Some(Standing::Working));
    assert_eq!(scene.comment(MARIA, "MOB-2", "still here"), posted("MOB-2"));
}

#[test]
fn a_candidate_who_disconnects_leaves_nothing_behind_when_the_change_is_undone() {
    for at in 0..40 {
        let scene = Scene::connected();
        scene.connect(TOM);
        let (change, url) = scene.begin(MARIA, TOM);
        scene.allow(&url, TOM);
        let request = Invocation::Request(Some(Request::ContinueChange { change: change.clone() }));
        scene.faulty(Some(MARIA), request, at, Fault::CrashBefore);
        if scene.main().as_deref() == Some(TOM) {
            assert!(at > 20, "the change was over at effect {at}");
            return;
        }
        scene.ask(TOM, Request::Disconnect {});
        scene.wait(2 * MINUTE_MS);
        scene.ask(MARIA, Request::CancelChange { change });
        scene.wait(20 * MINUTE_MS);
        assert_eq!(scene.upkeep(), Ok(()));
        assert_eq!(scene.grant(TOM), None, "crash before effect {at}");
        let lasting = scene.platform.borrow().kvs.lasting_secrets().count();
        assert_eq!(lasting, 1, "crash before effect {at}");
        assert_eq!(scene.webhooks(TOM).len(), 0, "crash before effect {at}");
    }
    panic!("the change never came to its end");
}

fn comments(scene: &Scene, who: &str, count: usize) -> Vec<Running> {
    let issue_id = scene.issue("MOB-3");
    let request = |n| Request::Comment { issue_id: issue_id.clone(), text: format!("number {n}"), internal: false };
    (0..count).map(|n| scene.start(who, request(n))).collect()
}

#[test]
fn fifty_callers_at_once_redeem_once_for_each_expiry_at_a_server_without_mercy() {
    let scene = Scene::connected();
    scene.connect(ANA);
    scene.platform.borrow_mut().authorization_server.leeway = false;
    let roomy =
        Budgets { gets_per_second: 1000, issue_writes_per_2s: 1000, issue_writes_per_30s: 5000, ..Budgets::default() };
    scene.platform.borrow_mut().atlassian.set_budgets(roomy);
    let (before, ..) = scene.token_figures();
    for round in 1..=10 {
        scene.wait(2 * HOUR_MS);
        scene.asked(TOM, Request::CheckNow {});
        let replies = race(comments(&scene, ANA, 50));
        let done = replies.iter().filter(|reply| error(reply).is_none()).count();
        let busy = replies.iter().filter(|reply| error(reply) == Some(&ErrorCode::Conflict)).count();
        assert!(done > 0 && done + busy == 50, "{replies:?}");
        let (redemptions, reuses, _) = scene.token_figures();
        // One of Ana's and one of Maria's, with which the app looks whether the issue is within reach.
        assert_eq!((redemptions - before, reuses), (2 * round, 0));
    }
    assert_eq!((scene.prompt(ANA), scene.standing(ANA)), (None, Some(Standing::Working)));
    // The oracle can fail: the server notices whoever presents a token again.
    let grant = scene.grant(ANA).expect("rests");
    let secret = scene.platform.borrow().kvs.secret(&grant.secret_key).map(str::to_owned).expect("rests");
    let refresh = Secret::new(secret).part("refresh").expect("is there");
    let body = serde_json::json!({
        "grant_type": "refresh_token", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET,
        "refresh_token": refresh.reveal(),
    });
    let now_ms = scene.platform.borrow().now_ms;
    for _ in 0..2 {
        scene.platform.borrow_mut().authorization_server.token(&body, now_ms);
    }
    assert_eq!(scene.token_figures().1, 1);
}

/// Moves a grant as a look at it does, and nothing in it that a refresh needs.
fn count_anew(scene: &Scene, who: &str) {
    let stored = scene.platform.borrow().kvs.get(&records::grant(&id(who))).expect("rests");
    let mut at = records::read::<Grant>(stored).expect("is read");
    at.value.personal.as_mut().expect("is hers").used_at = Some(Timestamp(1));
    let write = records::put_grant(at.expect, &at.value);
    scene.platform.borrow_mut().kvs.transact(&[write]).expect("is written");
}

#[test]
fn a_refresh_survives_its_person_being_counted_anew_meanwhile() {
    for steps in 0..30 {
        let scene = Scene::connected();
        scene.connect(ANA);
        scene.platform.borrow_mut().authorization_server.leeway = false;
        scene.wait(2 * HOUR_MS);
        scene.asked(TOM, Request::CheckNow {});
        let mut slow = comments(&scene, ANA, 1).remove(0);
        let early = (0..steps).any(|_| slow.poll().is_some());
        count_anew(&scene, ANA);
        if !early {
            let Ended::Answered(Answer::Reply(reply)) = slow.finish().0 else { panic!("is answered") };
            assert_eq!(error(&reply), None, "after {steps} steps");
        }
        scene.wait(2 * HOUR_MS);
        scene.asked(TOM, Request::CheckNow {});
        assert_eq!(scene.comment(ANA, "MOB-2", "later"), posted("MOB-2"), "after {steps} steps");
        assert_eq!(scene.token_figures().1, 0, "after {steps} steps");
    }
}

#[test]
fn a_refresh_that_ends_after_its_person_disconnected_brings_nothing_back() {
    let mut redeemed = 0;
    for steps in 0..30 {
        let scene = Scene::connected();
        scene.connect(ANA);
        scene.wait(2 * HOUR_MS);
        scene.asked(TOM, Request::CheckNow {});
        let before = scene.token_figures().0;
        let mut slow = comments(&scene, ANA, 1).remove(0);
        if (0..steps).any(|_| slow.poll().is_some()) {
            break;
        }
        redeemed += scene.token_figures().0 - before;
        scene.ask(ANA, Request::Disconnect {});
        let _ = slow.finish();
        assert_eq!(scene.grant(ANA), None, "after {steps} steps");
        let names: Vec<String> = scene.platform.borrow().kvs.lasting_secrets().map(str::to_owned).collect();
        assert!(names.iter().all(|name| !name.contains(ANA)), "after {steps} steps: {names:?}");
        scene.counted_exactly("disconnected");
    }
    assert!(redeemed > 0, "no refresh was ever interrupted");
}

#[test]
fn a_lost_answer_of_a_persons_refresh_is_recovered_by_the_next_round() {
    let (lost, mut dead) = (ReauthorizationReason::NotRenewable, 0);
    for at in 0..30 {
        for fault in [Fault::CrashAfter, Fault::LoseAnswer] {
            for rounds in [true, false] {
                let scene = Scene::connected();
                scene.member(ANA);
                scene.wait(2 * HOUR_MS);
                scene.asked(TOM, Request::CheckNow {});
                let request = Request::Comment { issue_id: scene.issue("MOB-3"), text: "x".into(), internal: false };
                scene.faulty(Some(ANA), Invocation::Request(Some(request)), at, fault);
                if rounds {
                    scene.wait(5 * MINUTE_MS);
                    assert_eq!(scene.upkeep(), Ok(()));
                }
                scene.wait(2 * HOUR_MS);
                scene.ask(ANA, Request::DiscardHeld {});
                scene.asked(TOM, Request::CheckNow {});
                let result = scene.comment(ANA, "MOB-2", "later");
                if rounds {
                    assert_eq!(result, posted("MOB-2"), "{fault:?} at effect {at}");
                } else if result == held(Some(lost)) {
                    // Without a round in time the grant is gone, and its person is asked once.
                    dead += 1;
                    assert_eq!((scene.prompt(ANA), scene.prompt(ANA)), (Some(lost), None));
                }
            }
        }
    }
    assert!(dead > 0, "no answer that mattered was ever lost");
}

#[test]
fn an_answer_outside_the_contract_condemns_no_grant() {
    let scene = Scene::connected();
    scene.member(ANA);
    scene.wait(2 * HOUR_MS);
    scene.asked(TOM, Request::CheckNow {});
    let long = format!(r#"{{"access_token":"{}","expires_in":3600}}"#, "a".repeat(10 << 20));
    for (status, body) in [
        (200, "<html></html>"),
        (200, r#"{"expires_in":3600}"#),
        (200, r#"{"access_token":"a","expires_in":-1}"#),
        (200, r#"{"access_token":"a","expires_in":1e18}"#),
        (200, long.as_str()),
        (302, ""),
        (404, r#"{"error":"invalid_grant"}"#),
        (403, "<html>blocked</html>"),
        (429, ""),
        (500, ""),
        (503, "{}"),
    ] {
        scene.platform.borrow_mut().authorization_server.scripted_answer = Some((status, body.to_owned()));
        let request = Request::Comment { issue_id: scene.issue("MOB-3"), text: "x".into(), internal: false };
        let refused = scene.refused(ANA, request);
        assert_eq!(refused, ErrorCode::AuthorizationServerUnavailable { retry_after_s: None }, "{status} {body:.60}");
        assert_eq!((scene.standing(ANA), scene.prompt(ANA)), (Some(Standing::Working), None), "{status} {body:.60}");
    }
    scene.platform.borrow_mut().authorization_server.scripted_answer = None;
    assert_eq!(scene.comment(ANA, "MOB-2", "later"), posted("MOB-2"));
    // The oracle can fail: this one is definite.
    scene.wait(2 * HOUR_MS);
    scene.asked(TOM, Request::CheckNow {});
    scene.platform.borrow_mut().authorization_server.scripted_answer =
        Some((403, r#"{"error":"invalid_grant"}"#.to_owned()));
    assert_eq!(scene.result(ANA, ask_comment(&scene)), held(Some(REVOKED)));
}

fn ask_comment(scene: &Scene) -> Request {
    // Maria's access token is good, so only Ana's is refreshed.
    Request::Comment { issue_id: scene.issue("MOB-3"), text: "x".into(), internal: false }
}

#[test]
fn an_expired_token_a_missing_scope_and_a_missing_permission_are_told_apart() {
    let scene = Scene::connected();
    scene.member(ANA);
    let requests = |scene: &Scene| scene.token_figures().2;
    // A permission: nobody's token is refreshed, nobody is asked to consent.
    let before = requests(&scene);
    let permit = |scene: &Scene, yes| {
        let atlassian = &mut scene.platform.borrow_mut().atlassian;
        atlassian.set_project_permission(CLOUD_ID, "MOB", "ADD_COMMENTS", ANA, yes).expect("is known");
    };
    permit(&scene, false);
    let refused = scene.refused(ANA, ask_comment(&scene));
    assert!(matches!(refused, ErrorCode::IssueOutOfReach { .. }), "{refused:?}");
    assert_eq!((requests(&scene), scene.standing(ANA), scene.prompt(ANA)), (before, Some(Standing::Working), None));
    permit(&scene, true);
    // A scope: one refresh says that it is gone, and then the person is asked.
    let url = scene.authorize(ANA);
    scene.platform.borrow_mut().authorization_server.allow(
        &url,
        &sandbox::authorization_server::Consent {
            account_id: ANA,
            cloud_ids: &[CLOUD_ID],
            withheld: &["write:jira-work"],
        },
        0,
    );
    let missing = ReauthorizationReason::ScopesMissing;
    assert_eq!(scene.result(ANA, ask_comment(&scene)), held(Some(missing)));
    assert_eq!((requests(&scene), scene.prompt(ANA)), (before + 1, Some(missing)));
    scene.counted_exactly("scopes missing");
    assert_eq!(scene.connect(ANA).standing, Some(Standing::Working));
    assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), posted("MOB-3"));
}

#[test]
fn a_token_that_jira_keeps_turning_away_leads_into_no_circle_of_consent() {
    let scene = Scene::connected();
    scene.connect(NARROW);
    // Atlassian honours the grant, and Jira the account no more: it may not use the site with a grant.
    let before = scene.token_figures().2;
    scene.platform.borrow_mut().authorization_server.turned_away = Some(NARROW.to_owned());
    for n in 1..=3 {
        let refused = scene.refused(NARROW, ask_comment(&scene));
        assert_eq!(refused, ErrorCode::JiraUnavailable { retry_after_s: None });
        assert_eq!(scene.token_figures().2, before + n, "one refresh for each request");
        scene.ask(NARROW, Request::DiscardHeld {});
    }
    assert_eq!((scene.standing(NARROW), scene.prompt(NARROW)), (Some(Standing::Working), None));
    scene.platform.borrow_mut().authorization_server.turned_away = None;
    assert_eq!(scene.result(NARROW, ask_comment(&scene)), posted("MOB-3"));
}

#[test]
fn a_wrong_client_secret_asks_nobody_and_alarms_the_administrator() {
    let scene = Scene::connected();
    scene.member(ANA);
    scene.wait(2 * HOUR_MS);
    scene.asked(TOM, Request::CheckNow {});
    scene.platform.borrow_mut().authorization_server.accepts_client = false;
    let refused = scene.refused(ANA, ask_comment(&scene));
    assert_eq!(refused, ErrorCode::AuthorizationServerUnavailable { retry_after_s: None });
    assert_eq!((scene.standing(ANA), scene.prompt(ANA)), (Some(Standing::Working), None));
    for _ in 0..24 {
        scene.wait(5 * MINUTE_MS);
        assert_eq!(scene.upkeep(), Ok(()));
    }
    assert_eq!(scene.status(TOM).badge, Badge::Disconnected);
    assert_eq!((scene.standing(ANA), scene.prompt(ANA)), (Some(Standing::Working), None));
    scene.platform.borrow_mut().authorization_server.accepts_client = true;
    for _ in 0..13 {
        scene.wait(5 * MINUTE_MS);
        assert_eq!(scene.upkeep(), Ok(()));
    }
    assert_eq!(scene.status(TOM).badge, Badge::Connected);
    assert_eq!(scene.comment(ANA, "MOB-2", "later"), posted("MOB-2"));
}

#[test]
fn a_path_a_number_or_an_account_that_could_leave_its_place_is_refused_before_anything_is_asked() {
    let scene = Scene::connected();
    scene.connect(ANA);
    let before = scene.trace();
    let asked = scene.platform.borrow().exchanges.len();
    for issue_id in ["MOB-1", "10001/../x", "10001?x=1", "10001#", "..", "", "%31", "-1", "99999999999999999999999"] {
        let request = Request::Comment { issue_id: issue_id.into(), text: "x".into(), internal: false };
        assert_eq!(scene.refused(ANA, request), ErrorCode::InvalidRequest, "{issue_id}");
    }
    for accounts in ["../x", "a/b", "a?b", "a#b", "", "a b"] {
        for payload in [
            serde_json::json!({ "type": "remind", "accounts": [accounts] }),
            serde_json::json!({ "type": "beginChange", "intended": accounts }),
            serde_json::json!({ "type": "acceptAccount", "change": "a".repeat(64), "accountId": accounts }),
            serde_json::json!({ "type": "cancelChange", "change": accounts }),
        ] {
            assert!(integration_plus::json::read::<Request>(payload.clone()).is_err(), "{payload}");
        }
    }
    let sound = serde_json::json!({ "type": "remind", "accounts": [ANA] });
    assert!(integration_plus::json::read::<Request>(sound).is_ok());
    assert_eq!((scene.trace(), scene.platform.borrow().exchanges.len()), (before, asked));
    // What is searched for is text, whatever it holds: it stays in its parameter.
    let found = scene.ask(MARIA, Request::FindAccounts { query: "Ana&accountId=../x?#".into() });
    assert_eq!(found, Reply::Accounts { accounts: Vec::new() });
    assert_eq!(scene.asked_jira("/rest/api/3/user/search?query=Ana%26accountId%3D..%2Fx%3F%23&"), 1);
    let found = scene.ask(MARIA, Request::FindAccounts { query: "Ana".into() });
    assert!(matches!(found, Reply::Accounts { accounts } if accounts.len() == 1));
}

#[test]
fn every_secret_of_a_person_stays_where_secrets_belong() {
    let scene = Scene::connected();
    let mut said = Vec::new();
    scene.settle(|settings| settings.fallback = true);
    for who in [ANA, CHLOE] {
        said.push(format!(
            "{:?}",
            scene.ask(
                who,
                Request::Comment { issue_id: scene.issue("MOB-2"), text: "canary-words".into(), internal: false }
            )
        ));
        let url = scene.authorize(who);
        let query = scene.consent(&url, who);
        said.push(format!("{:?}", scene.come_back(&query)));
        said.push(format!("{:?}", scene.come_back(&query)));
        said.push(format!("{:?}", scene.ask(who, Request::Me {})));
    }
    scene.wait(2 * HOUR_MS);
    said.push(format!("{:?}", scene.ask(ANA, Request::PostHeld { text: None })));
    said.push(format!("{:?}", scene.connections(crate::people::everybody())));
    let platform = scene.platform.borrow();
    said.extend(platform.effects.iter().map(|effect| effect.name.clone()));
    let records: Vec<String> = platform.kvs.records().map(|(key, stored)| format!("{key:?} {stored:?}")).collect();
    said.extend(records.iter().cloned());
    let mut canaries: Vec<String> = platform.authorization_server.secrets().map(str::to_owned).collect();
    canaries.push(CLIENT_SECRET.to_owned());
    assert!(canaries.len() > 8);
    for canary in &canaries {
        assert_eq!(said.iter().chain(&platform.spoken).find(|text| text.contains(canary.as_str())), None, "{canary}");
    }
    // The words of a comment that waits are among the secrets, and in no record.
    assert_eq!(records.iter().find(|text| text.contains("canary-words")), None);
    let kept = |name: &str| platform.kvs.secret(name).is_some_and(|text| text.contains("canary-words"));
    assert!(platform.kvs.secrets().any(kept), "the oracle can fail: Chloe's words are kept");
    assert!(said.iter().any(|text| {
        text.contains(&format!("{:?}", CommentResult::Posted { issue_key: "MOB-2".into(), for_caller: false }))
    }));
    assert!(platform.kvs.records().any(|(key, _)| *key == records::personal(&id(CHLOE))));
}

fn secrets_of(scene: &Scene, who: &str) -> usize {
    scene.platform.borrow().kvs.secrets().filter(|name| name.contains(who)).count()
}

#[test]
fn who_was_main_and_disconnects_is_gone_and_nobody_goes_back_to_them() {
    for own in [true, false] {
        let scene = Scene::connected();
        if own {
            scene.member(MARIA);
        }
        scene.wait(2 * HOUR_MS);
        scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
        scene.all_work();
        // Whether or not she connected for herself, she sees that her tokens are kept, and until when.
        let until = scene.connection().former.expect("can be restored").until;
        let me = scene.me(MARIA);
        assert_eq!((me.needed, me.standing.is_some()), (Some(Needed::Former { until }), own));
        let Reply::Me { me } = scene.ask(MARIA, Request::Disconnect {}) else { panic!("is about the caller") };
        assert_eq!((me.needed, me.standing), (None, None));
        assert_eq!((scene.grant(MARIA), secrets_of(&scene, MARIA)), (None, 0));
        assert_eq!((scene.status(TOM).former, scene.connection().former), (None, None));
        assert_eq!(scene.refused(TOM, Request::RollBack { acknowledged: None }), ErrorCode::NothingToRollBack);
        assert_eq!(scene.asked(TOM, Request::CheckNow {}).badge, Badge::Connected);
        scene.counted_exactly("gone");
    }
}

#[test]
fn a_disconnect_of_who_was_main_that_broke_off_is_finished_by_the_next_round() {
    for at in 0..20 {
        for fault in [Fault::CrashBefore, Fault::CrashAfter] {
            let scene = Scene::connected();
            scene.wait(2 * HOUR_MS);
            scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
            scene.all_work();
            scene.faulty(Some(MARIA), Invocation::Request(Some(Request::Disconnect {})), at, fault);
            let offered = scene.status(TOM).former.is_some();
            assert_eq!(scene.upkeep(), Ok(()));
            let (there, secrets) = (scene.grant(MARIA).is_some(), secrets_of(&scene, MARIA));
            assert_eq!((there, secrets == 1), (offered, offered), "{fault:?} at effect {at}");
        }
    }
}

#[test]
fn tokens_that_a_change_under_way_needs_stay_and_their_person_is_told_so() {
    let mut told = 0;
    for at in 0..60 {
        let scene = Scene::connected();
        scene.member(MARIA);
        let (change, url) = scene.begin(TOM, SERVICE);
        scene.allow(&url, SERVICE);
        let request = Invocation::Request(Some(Request::ContinueChange { change }));
        scene.faulty(Some(TOM), request, at, Fault::CrashBefore);
        let Reply::Me { me } = scene.ask(MARIA, Request::Disconnect {}) else { panic!("is about the caller") };
        assert_eq!(me.standing, None);
        assert_eq!(
            (me.needed.is_some(), secrets_of(&scene, MARIA) > 0),
            (scene.grant(MARIA).is_some(), me.needed.is_some())
        );
        told += u32::from(me.needed == Some(Needed::Change));
        scene.wait(20 * MINUTE_MS);
        assert_eq!(scene.upkeep(), Ok(()));
        assert_eq!(scene.asked(TOM, Request::CheckNow {}).badge, Badge::Connected, "crash before effect {at}");
    }
    assert!(told > 0, "no change ever needed them");
}

#[test]
fn an_older_consent_takes_no_scope_away_from_who_became_main_since() {
    let scene = Scene::connected();
    let url = scene.authorize(TOM);
    assert_eq!(scene.allow(&url, TOM).status, 200);
    // Tom closes the tab; later he allows for the whole site, and then he comes by.
    scene.wait(MINUTE_MS);
    scene.switch(MARIA, TOM);
    let before = scene.grant(TOM).expect("rests");
    assert_eq!(scene.standing(TOM), Some(Standing::Working));
    let after = scene.grant(TOM).expect("rests");
    assert_eq!((&after.scopes, &after.secret_key), (&before.scopes, &before.secret_key));
    assert_eq!(after.scopes.missing(&REQUIRED), Vec::<String>::new());
    assert_eq!((scene.asked(MARIA, Request::CheckNow {}).badge, secrets_of(&scene, TOM)), (Badge::Connected, 1));
    scene.counted_exactly("noted");
}

#[test]
fn a_page_that_is_older_than_the_change_and_takes_scopes_away_is_told_at_once() {
    let scene = Scene::connected();
    let url = scene.authorize(TOM);
    scene.wait(MINUTE_MS);
    assert_eq!(scene.switch(MARIA, TOM).badge, Badge::Connected);
    // Atlassian's consents replace each other, and this page asks for less.
    assert_eq!(scene.allow(&url, TOM).status, 200);
    scene.prompt(TOM);
    let status = scene.status(MARIA);
    let short = |check: &Check| check.name == CheckName::ScopesComplete && check.result != CheckResult::Passed;
    assert!(status.health.as_ref().is_some_and(|health| health.checks.iter().any(short)), "{:?}", status.health);
    assert_eq!((status.badge, status.risk), (Badge::ActionNeeded, Some(Risk::ScopesMissing)));
    assert_eq!(scene.grant(TOM).expect("rests").scopes.missing(&REQUIRED), ["manage:jira-webhook"]);
    // From now on his page asks for everything.
    scene.connect(TOM);
    assert_eq!(scene.asked(MARIA, Request::CheckNow {}).badge, Badge::Connected);
}

#[test]
fn another_account_that_allowed_is_shown_although_a_comment_came_between() {
    let scene = Scene::connected();
    scene.connect(ANA);
    scene.revoke(ANA);
    scene.wait(2 * HOUR_MS);
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    scene.all_work();
    let url = scene.authorize(ANA);
    scene.wait(MINUTE_MS);
    assert_eq!(scene.result(ANA, ask_comment(&scene)), held(Some(REVOKED)));
    scene.wait(MINUTE_MS);
    scene.allow(&url, BEN);
    assert!(matches!(scene.standing(ANA), Some(Standing::WrongAccount { .. })), "{:?}", scene.standing(ANA));
    scene.counted_exactly("a comment came between");
}

#[test]
fn a_refusal_that_redeemed_nothing_is_remembered_as_no_lost_answer() {
    let scene = Scene::connected();
    scene.member(ANA);
    scene.wait(2 * HOUR_MS);
    scene.asked(MARIA, Request::CheckNow {});
    let denied = r#"{"error":"access_denied"}"#;
    let died = |answers: &[(u16, &str)]| {
        let scene = scene.copy();
        let scripted = |answer| scene.platform.borrow_mut().authorization_server.scripted_answer = answer;
        for (status, body) in answers {
            scripted(Some((*status, (*body).to_owned())));
            scene.ask(ANA, ask_comment(&scene));
            scene.ask(ANA, Request::DiscardHeld {});
        }
        scripted(None);
        scene.revoke(ANA);
        scene.result(ANA, ask_comment(&scene))
    };
    assert_eq!(died(&[(401, denied)]), held(Some(REVOKED)));
    assert_eq!(died(&[(429, "")]), held(Some(REVOKED)));
    // What may have been redeemed is as uncertain after such a refusal as it was before.
    let lost = held(Some(ReauthorizationReason::NotRenewable));
    assert_eq!((died(&[(503, "")]), died(&[(503, ""), (429, "")])), (lost.clone(), lost));
}
