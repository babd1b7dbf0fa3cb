//! Whoever comes to the redirect endpoint: the attack list, each with its oracle.

use crate::scene::{CUSTOMER, MARIA, MINUTE_MS, SERVICE, Scene, TOM, get, pairs, together};
use integration_plus::api::{ErrorCode, Request, StageView};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::authorization::Denial;
use integration_plus::domain::change::Outcome;
use integration_plus::domain::health::Badge;
use integration_plus::web::{WebRequest, WebResponse};
use sandbox::authorization_server::{CLIENT_ID, CLIENT_SECRET};
use sandbox::ports::{CLOUD_ID, Ended, Fault, OTHER_CLOUD_ID, Running};

fn value(query: &[(String, String)], name: &str) -> String {
    query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).expect("is there")
}

#[test]
fn a_state_that_is_missing_empty_or_repeated_is_turned_away() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent(&url, SERVICE);
    let (code, state) = (value(&query, "code"), value(&query, "state"));
    for tricks in [
        vec![("code", code.as_str())],
        vec![("code", &code), ("state", "")],
        vec![("code", &code), ("state", &state), ("state", &state)],
        vec![("code", &code), ("code", &code), ("state", &state)],
        vec![("state", &state)],
        vec![],
    ] {
        scene.turned_away(|| scene.come_back(&pairs(&tricks)));
    }
    // The untouched answer still counts: the tricks did not use the session up.
    assert_eq!(scene.come_back(&query).status, 200);
}

#[test]
fn a_forged_truncated_or_case_flipped_state_is_turned_away() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent(&url, SERVICE);
    let (code, state) = (value(&query, "code"), value(&query, "state"));
    let flipped: String = state
        .chars()
        .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect();
    for forged in ["x".repeat(43), state[..42].to_owned(), flipped, format!("{state}="), format!(" {state}")] {
        scene.turned_away(|| scene.come_back(&pairs(&[("code", &code), ("state", &forged)])));
    }
    assert_eq!(scene.come_back(&query).status, 200);
}

#[test]
fn a_state_counts_once_whatever_code_comes_with_it() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let first = scene.consent(&url, SERVICE);
    let second = scene.consent(&url, TOM);
    assert_eq!(scene.come_back(&first).status, 200);
    scene.turned_away(|| scene.come_back(&second));
    scene.turned_away(|| scene.come_back(&first));
}

#[test]
fn a_code_replayed_elsewhere_kills_the_grant_and_that_is_told_once() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent(&url, SERVICE);
    scene.come_back(&query);
    scene.proceed(MARIA, &change);
    // Whoever stole the code presents it at the authorization server, which takes back what the code yielded.
    let code = query.iter().find(|(name, _)| name == "code").map(|(_, code)| code.clone());
    let body = serde_json::json!({
        "grant_type": "authorization_code", "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "code": code,
    });
    let now_ms = scene.platform.borrow().now_ms;
    assert_eq!(scene.platform.borrow_mut().authorization_server.token(&body, now_ms).0, 403);
    for _ in 0..3 {
        assert_eq!(scene.asked(MARIA, Request::CheckNow {}).badge, Badge::Disconnected);
    }
    // Once the grant is known to be dead nobody is asked again: the replay itself, and one attempt to refresh.
    let requests = scene.platform.borrow().authorization_server.token_requests;
    scene.asked(MARIA, Request::CheckNow {});
    assert_eq!(scene.platform.borrow().authorization_server.token_requests, requests);
    let after = scene.switch(MARIA, SERVICE);
    assert_eq!(after.badge, Badge::Connected);
}

#[test]
fn fifty_callbacks_at_once_exchange_one_code() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent(&url, SERVICE);
    let before = scene.platform.borrow().authorization_server.token_requests;
    let start = |_| Running::start(&scene.platform, None, Invocation::Redirect(get(&query)));
    let page = |answer| {
        let Answer::Web(page) = answer else { panic!("a web trigger gets a response") };
        page
    };
    let pages: Vec<WebResponse> = together((0..50).map(start).collect()).into_iter().map(page).collect();
    assert_eq!(pages.iter().filter(|page| page.status == 200).count(), 1);
    assert_eq!(pages.iter().filter(|page| **page == integration_plus::pages::refused()).count(), 49);
    assert_eq!(scene.platform.borrow().authorization_server.token_requests, before + 1);
}

#[test]
fn a_state_lives_ten_minutes_though_its_record_lives_longer() {
    for (ms, in_time) in [(10 * MINUTE_MS - 1000, true), (10 * MINUTE_MS, false), (10 * MINUTE_MS + 1000, false)] {
        let scene = Scene::connected();
        let (_, url) = scene.begin(MARIA, SERVICE);
        scene.wait(ms);
        let query = scene.consent(&url, SERVICE);
        if in_time {
            assert_eq!(scene.come_back(&query).status, 200);
        } else {
            scene.turned_away(|| scene.come_back(&query));
        }
    }
}

#[test]
fn a_clock_that_goes_back_does_not_revive_a_used_state() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent(&url, SERVICE);
    assert_eq!(scene.come_back(&query).status, 200);
    scene.wait(-5 * MINUTE_MS);
    scene.turned_away(|| scene.come_back(&query));
}

#[test]
fn a_state_of_another_site_finds_nothing_here_and_touches_nothing_there() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent(&url, SERVICE);
    let elsewhere = |platform| {
        let invocation = Invocation::Redirect(get(&query));
        match Running::start_on(platform, OTHER_CLOUD_ID, None, invocation).finish().0 {
            Ended::Answered(Answer::Web(page)) => page,
            Ended::Answered(_) | Ended::Crashed => panic!("a web trigger gets a response"),
        }
    };
    // Even if both sites shared one storage, the session is bound to its site.
    scene.turned_away(|| elsewhere(&scene.platform));
    // On the other site's own storage the state is unknown.
    let other = Scene::new();
    other.turned_away(|| elsewhere(&other.platform));
    assert_eq!(scene.come_back(&query).status, 200);
}

#[test]
fn a_stolen_code_in_another_session_proves_nothing() {
    let scene = Scene::connected();
    let (_, victim) = scene.begin(MARIA, SERVICE);
    let stolen = value(&scene.consent(&victim, SERVICE), "code");
    let (change, attack) = scene.begin(MARIA, TOM);
    let state = value(&scene.consent(&attack, TOM), "state");
    let page = scene.come_back(&pairs(&[("code", &stolen), ("state", &state)]));
    assert!(page.body.contains("Nothing has changed"));
    let after = scene.proceed(MARIA, &change);
    assert_eq!(after.history[0].outcome, Outcome::Denied { denial: Denial::CodeRefused });
    assert_eq!(scene.main().as_deref(), Some(MARIA));
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn a_challenge_stripped_on_the_way_fails_and_is_not_tried_without() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    let stripped = url.split("&code_challenge=").next().expect("has a challenge").to_owned();
    let query = scene.consent(&stripped, SERVICE);
    let before = scene.platform.borrow().authorization_server.token_requests;
    assert!(scene.come_back(&query).body.contains("Nothing has changed"));
    assert_eq!(scene.platform.borrow().authorization_server.token_requests, before + 1);
    let after = scene.proceed(MARIA, &change);
    assert_eq!(after.history[0].outcome, Outcome::Denied { denial: Denial::CodeRefused });
}

#[test]
fn somebody_else_who_carries_on_while_the_redirect_is_verified_confirms_nothing() {
    // The callback comes in the last second, and Tom asks to carry on at every round of it.
    for round in 0..8 {
        let scene = Scene::connected();
        let (change, url) = scene.begin(MARIA, SERVICE);
        scene.wait(10 * MINUTE_MS - 1000);
        let query = scene.consent(&url, SERVICE);
        let mut callback = Running::start(&scene.platform, None, Invocation::Redirect(get(&query)));
        for _ in 0..3 {
            assert!(callback.poll().is_none());
        }
        scene.wait(2000);
        let request = Invocation::Request(Some(Request::ContinueChange { change: change.clone() }));
        let mut tom = Some(Running::start(&scene.platform, Some(TOM), request));
        for _ in 0..round {
            if tom.as_mut().and_then(Running::poll).is_some() {
                tom = None;
            }
        }
        let page = loop {
            if let Some(Ended::Answered(Answer::Web(page))) = callback.poll() {
                break page;
            }
        };
        while tom.as_mut().is_some_and(|running| running.poll().is_none()) {}
        assert_eq!(scene.main().as_deref(), Some(MARIA), "round {round}");
        assert_eq!(page.status, 200, "round {round}: who allowed in time is heard");
        // The initiator still may.
        scene.wait(61_000);
        assert!(scene.proceed(MARIA, &change).main.is_some());
        assert_eq!(scene.main().as_deref(), Some(SERVICE), "round {round}");
    }
}

#[test]
fn a_victim_pushed_through_an_attackers_link_gives_the_attacker_nothing_that_counts() {
    let scene = Scene::connected();
    // Tom begins and sends his link to the holder of the service account, who allows; Maria sees whose change it is,
    // and nothing moves before Tom, by then no administrator, confirms.
    let (change, url) = scene.begin(TOM, SERVICE);
    scene.allow(&url, SERVICE);
    scene.platform.borrow_mut().atlassian.revoke_admin(CLOUD_ID, TOM).expect("is known");
    let before = scene.trace();
    scene.refused(TOM, Request::ContinueChange { change: change.clone() });
    scene.refused(MARIA, Request::ContinueChange { change });
    assert_eq!(scene.trace(), before);
    assert_eq!(scene.main().as_deref(), Some(MARIA));
}

#[test]
fn an_attackers_code_in_the_victims_session_is_shown_and_not_taken() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent(&url, TOM);
    assert_eq!(scene.come_back(&query).status, 200);
    assert!(matches!(scene.status(MARIA).change.map(|change| change.stage), Some(StageView::AllowedByOther { .. })));
    assert_eq!(scene.main().as_deref(), Some(MARIA));
}

#[test]
fn a_grant_for_other_sites_only_is_refused_by_their_names() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent_to(&url, SERVICE, &[OTHER_CLOUD_ID], &[]);
    assert!(scene.come_back(&query).body.contains("was not among the sites"));
    let after = scene.proceed(MARIA, &change);
    let Outcome::Denied { denial: Denial::SiteNotCovered { covered } } = &after.history[0].outcome else {
        panic!("{:?}", after.history[0])
    };
    assert_eq!(covered, &["partner", "partner"]);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn scopes_that_were_withheld_are_named() {
    for withheld in [&["manage:jira-webhook"][..], &["offline_access"], &["read:jira-user", "write:jira-work"]] {
        let scene = Scene::connected();
        let (change, url) = scene.begin(MARIA, SERVICE);
        let query = scene.consent_to(&url, SERVICE, &[CLOUD_ID], withheld);
        scene.come_back(&query);
        let after = scene.proceed(MARIA, &change);
        let Outcome::Denied { denial: Denial::ScopesMissing { missing } } = &after.history[0].outcome else {
            panic!("{withheld:?}: {:?}", after.history[0])
        };
        assert_eq!(missing, withheld);
        assert_eq!(scene.main().as_deref(), Some(MARIA));
    }
}

#[test]
fn a_customer_who_allows_is_refused_even_when_accepted() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, CUSTOMER);
    let take = Request::AcceptAccount { change, account_id: crate::scene::id(CUSTOMER), acknowledged: None };
    assert_eq!(scene.refused(MARIA, take), ErrorCode::RehearsalNeeded);
    let rehearse = Request::Rehearse { account: crate::scene::id(CUSTOMER), again: false };
    assert!(matches!(scene.refused(MARIA, rehearse), ErrorCode::AccountUnsuitable { .. }));
    assert_eq!(scene.main().as_deref(), Some(MARIA));
}

#[test]
fn a_late_success_after_a_decline_is_turned_away() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let late = scene.consent(&url, SERVICE);
    scene.decline(&url);
    scene.turned_away(|| scene.come_back(&late));
}

#[test]
fn a_cancel_while_atlassian_is_asked_leaves_no_token_without_an_owner() {
    // At every round of the redirect, the administrator cancels.
    for round in 0..8 {
        let scene = Scene::connected();
        let (change, url) = scene.begin(MARIA, SERVICE);
        let query = scene.consent(&url, SERVICE);
        let mut callback = Running::start(&scene.platform, None, Invocation::Redirect(get(&query)));
        let mut page = None;
        for _ in 0..round {
            page = page.or_else(|| callback.poll());
        }
        scene.asked(MARIA, Request::CancelChange { change });
        while page.is_none() {
            page = callback.poll();
        }
        assert_eq!(scene.main().as_deref(), Some(MARIA), "round {round}");
        let names: Vec<String> = scene.platform.borrow().kvs.secrets().map(str::to_owned).collect();
        assert_eq!(names.len(), 1, "round {round}: {names:?}");
    }
}

#[test]
fn an_error_and_a_code_together_are_turned_away_and_no_error_text_is_echoed() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent(&url, SERVICE);
    let both = [query.clone(), pairs(&[("error", "access_denied")])].concat();
    scene.turned_away(|| scene.come_back(&both));
    let hostile = format!("<script>alert(1)</script>\r\nSet-Cookie: a=b{}", "x".repeat(1_000_000));
    let state = value(&query, "state");
    scene.turned_away(|| scene.come_back(&pairs(&[("state", &state), ("error", &hostile)])));
    let page = scene.come_back(&pairs(&[("state", &state), ("error", "<script>"), ("error_description", &hostile)]));
    assert!(!page.body.contains("<script>") && !page.body.contains("Set-Cookie"));
}

#[test]
fn the_redirect_uri_is_the_stored_one_whatever_the_request_says() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let query = [
        scene.consent(&url, SERVICE),
        pairs(&[
            ("redirect_uri", "https://evil.example"),
            ("return", "https://evil.example"),
            ("next", "//evil.example"),
        ]),
    ]
    .concat();
    // The authorization server refuses any other redirect_uri, so a success shows that the stored one was sent.
    let page = scene.come_back(&query);
    assert_eq!(page.status, 200);
    assert!(!page.body.contains("evil") && page.headers.iter().all(|(_, value)| !value.contains("evil")));
}

#[test]
fn another_issuer_is_turned_away_and_the_right_or_no_issuer_passes() {
    for (issuer, passes) in [
        (Some("https://auth.atlassian.com"), true),
        (None, true),
        (Some("https://auth.atlassian.com.evil.example"), false),
        (Some("http://auth.atlassian.com"), false),
    ] {
        let scene = Scene::connected();
        let (_, url) = scene.begin(MARIA, SERVICE);
        let query = scene.consent(&url, SERVICE);
        let query = [query, issuer.map(|issuer| pairs(&[("iss", issuer)])).unwrap_or_default()].concat();
        if passes {
            assert_eq!(scene.come_back(&query).status, 200);
        } else {
            scene.turned_away(|| scene.come_back(&query));
        }
    }
}

#[test]
fn other_methods_get_405_and_use_nothing_up() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent(&url, SERVICE);
    let before = scene.trace();
    for method in ["HEAD", "POST", "PUT", "OPTIONS", "get", ""] {
        let request = WebRequest { method: method.into(), ..get(&query) };
        assert_eq!(scene.web(Invocation::Redirect(request)).status, 405, "{method}");
    }
    assert_eq!(scene.trace(), before);
    assert_eq!(scene.come_back(&query).status, 200);
}

#[test]
fn overlong_and_nul_carrying_parameters_are_turned_away() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent(&url, SERVICE);
    let (code, state) = (value(&query, "code"), value(&query, "state"));
    scene.turned_away(|| scene.come_back(&pairs(&[("code", &"x".repeat(64 * 1024)), ("state", &state)])));
    scene.turned_away(|| scene.come_back(&pairs(&[("code", &format!("{code}\0")), ("state", &state)])));
    scene.turned_away(|| scene.come_back(&pairs(&[("code", &code), ("state", &format!("{state}\0"))])));
    assert_eq!(scene.come_back(&query).status, 200);
}

#[test]
fn answers_of_the_token_endpoint_outside_its_contract_park_nothing() {
    let html = (200, "<html>signed in</html>".to_owned());
    let no_token = (200, r#"{"expires_in":3600,"scope":"read:me"}"#.to_owned());
    let no_scope = (200, r#"{"access_token":"a","refresh_token":"r","expires_in":3600}"#.to_owned());
    for (answer, denial) in [
        (html, Denial::MalformedAnswer),
        (no_token, Denial::MalformedAnswer),
        (no_scope, Denial::MalformedAnswer),
        ((503, String::new()), Denial::Unreachable),
        ((401, r#"{"error":"access_denied"}"#.into()), Denial::ClientSecretRejected),
    ] {
        let scene = Scene::connected();
        let (change, url) = scene.begin(MARIA, SERVICE);
        scene.platform.borrow_mut().authorization_server.scripted_answer = Some(answer);
        scene.allow(&url, SERVICE);
        scene.platform.borrow_mut().authorization_server.scripted_answer = None;
        assert_eq!(scene.proceed(MARIA, &change).history[0].outcome, Outcome::Denied { denial });
        assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
    }
}

#[test]
fn the_page_after_allow_names_who_and_where_and_says_what_to_do() {
    let scene = Scene::connected();
    let (_, url) = scene.begin(MARIA, SERVICE);
    let WebResponse { status, headers, body } = scene.allow(&url, SERVICE);
    assert_eq!(status, 200);
    for words in ["You allowed Integration+ as Jira service account", "example", "Did not expect this?"] {
        assert!(body.contains(words), "{words}");
    }
    for (name, value) in [("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer")] {
        assert!(headers.contains(&(name, value.to_owned())));
    }
}

#[test]
fn the_page_does_not_deny_what_took_effect_when_storage_is_in_doubt() {
    let mut allowed = 0;
    for fault in [Fault::LoseAnswer, Fault::Fail] {
        for at in 0..16 {
            let scene = Scene::connected();
            let (_, url) = scene.begin(MARIA, SERVICE);
            let query = scene.consent(&url, SERVICE);
            let ended = scene.faulty(None, Invocation::Redirect(get(&query)), at, fault);
            let Ended::Answered(Answer::Web(page)) = ended else { panic!("is answered") };
            let stage = scene.status(MARIA).change.map(|change| change.stage);
            let when = format!("{fault:?} at effect {at}: {} and {stage:?}", page.status);
            assert!([200, 503].contains(&page.status), "{when}");
            if stage == Some(StageView::Allowed) {
                allowed += 1;
                assert_eq!(page.status, 200, "{when}");
            }
        }
    }
    assert!(allowed > 0, "no fault left the authorization standing");
}

#[test]
fn sites_with_odd_names_lead_to_no_other_host() {
    const ODD: [&str; 4] = ["../../x", "@elsewhere.example", "%2e%2e", "elsewhere.example#"];
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    let query = scene.consent_to(&url, SERVICE, &[&ODD[..], &[CLOUD_ID]].concat(), &[]);
    let (ended, _) = Running::start(&scene.platform, None, Invocation::Redirect(get(&query))).finish();
    assert!(matches!(ended, Ended::Answered(Answer::Web(page)) if page.status == 200));
    let mut asked: Vec<String> = scene.platform.borrow().effects.iter().map(|effect| effect.name.clone()).collect();
    scene.proceed(MARIA, &change);
    asked.extend(scene.platform.borrow().effects.iter().map(|effect| effect.name.clone()));
    let outside: Vec<&String> = asked.iter().filter(|name| name.starts_with("http ")).collect();
    let known = ["https://auth.atlassian.com/", "https://api.atlassian.com/"];
    assert!(
        !outside.is_empty() && outside.iter().all(|name| known.iter().any(|host| name.contains(host))),
        "{outside:?}"
    );
    assert!(asked.iter().all(|name| !ODD.iter().any(|odd| name.contains(odd))), "{asked:?}");
    assert_eq!(scene.main().as_deref(), Some(SERVICE));

    // Where only such sites are covered, this one is not.
    let (change, url) = scene.begin(MARIA, TOM);
    let query = scene.consent_to(&url, TOM, &ODD, &[]);
    scene.come_back(&query);
    let stage = scene.status(MARIA).change.map(|change| change.stage);
    assert!(matches!(stage, Some(StageView::Denied { denial: Denial::SiteNotCovered { .. } })), "{stage:?}");
    assert_eq!((scene.main().as_deref(), change.as_str().len()), (Some(SERVICE), 64));
}
