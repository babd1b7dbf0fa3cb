//! A hand-off link for the test of an account: its holder allows, and the app holds what they allowed for its tests alone.

use crate::hand_off::{address, allow, code, kept, open, request, serves_no_more, stored};
use crate::scene::{ANA, DAY_MS, HOUR_MS, INACTIVE, MARIA, MINUTE_MS, SERVICE, Scene, TOM, get, id};
use crate::trial::{found, not_run};
use integration_plus::api::{EntryView, ErrorCode, LinkStanding, Reply, Request, TrialView};
use integration_plus::app::Invocation;
use integration_plus::domain::account::Person;
use integration_plus::domain::authorization::{AuthorizationSession, Denial, SessionState};
use integration_plus::domain::change::Stage;
use integration_plus::domain::grant::{Grant, GrantState};
use integration_plus::domain::hand_off::{HandOff, HandOffEnd};
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::register::Entry;
use integration_plus::domain::scope::{REQUIRED, REQUIRED_OF_PEOPLE};
use integration_plus::domain::time::Timestamp;
use integration_plus::domain::trial::{Because, Finding, Item, Repeat, Trials};
use integration_plus::domain::trial_link::TrialLink;
use integration_plus::ports::{Entity, Expect, Key, Write};
use integration_plus::records;
use sandbox::authorization_server::CLIENT_SECRET;
use sandbox::ports::{Ended, Fault};

const MOB: JiraNumber = JiraNumber(10_000);

/// The service account is in the register, and may delete what a test of it creates.
fn scene() -> Scene {
    let scene = Scene::connected();
    for permission in ["CREATE_ISSUES", "ADD_COMMENTS", "TRANSITION_ISSUES", "CREATE_ATTACHMENTS", "DELETE_ISSUES"] {
        scene.sets("MOB", permission, SERVICE, true);
    }
    scene.registers(SERVICE);
    scene.trial(MARIA, Request::SettleTrial { account: id(SERVICE), project: Some(MOB), repeat: Repeat::Off });
    scene
}

fn made(reply: Reply) -> (String, TrialView) {
    let Reply::TestLink { link, trial } = reply else { panic!("{reply:?} gives no link") };
    (link, *trial)
}

fn hand_off(scene: &Scene) -> String {
    made(scene.ask(MARIA, Request::HandOffTest { account: id(SERVICE) })).0
}

fn revoke() -> Request {
    Request::RevokeTestLink { account: id(SERVICE) }
}

fn grant(scene: &Scene) -> Option<Grant> {
    scene.record(&records::grant(&id(SERVICE)))
}

fn tokens(scene: &Scene) -> Vec<String> {
    let platform = scene.platform.borrow();
    platform.kvs.secrets().filter(|name| name.contains(SERVICE)).map(str::to_owned).collect()
}

fn secrets(scene: &Scene) -> usize {
    scene.platform.borrow().kvs.secrets().count()
}

fn entry(scene: &Scene) -> EntryView {
    let Reply::Register { register } = scene.ask(MARIA, Request::Register {}) else { panic!("is read") };
    register.entries.into_iter().find(|entry| entry.account.person.account_id == id(SERVICE)).expect("is in it")
}

fn removes(scene: &Scene) {
    let revision = entry(scene).revision.expect("is written down");
    let reply = scene.ask(MARIA, Request::RemoveEntry { account: id(SERVICE), revision });
    assert!(matches!(reply, Reply::Register { .. }), "{reply:?}");
}

/// Somebody has allowed, and an administrator has looked.
fn held() -> Scene {
    let scene = scene();
    allow(&scene, &hand_off(&scene), SERVICE);
    assert!(scene.looks(SERVICE).held.is_some());
    scene
}

fn cannot_sign_in(scene: &Scene) {
    let seen = scene.tests(SERVICE);
    assert_eq!(found(&seen, Item::SignsIn), not_run(Because::NoGrant));
}

#[test]
fn the_holder_allows_and_the_account_is_tested_now_and_on_schedule() {
    let scene = scene();
    cannot_sign_in(&scene);
    assert!(scene.looks(SERVICE).hands_off);
    let (link, seen) = made(scene.ask(MARIA, Request::HandOffTest { account: id(SERVICE) }));
    assert_eq!(seen.link.map(|link| link.standing), Some(LinkStanding::Open));
    scene.wait(47 * HOUR_MS);
    let page = open(&scene, "GET", &link);
    assert!(page.body.contains("test the account") && page.body.contains("Maria"), "{}", page.body);
    let url = address(&open(&scene, "POST", &link));
    for scope in REQUIRED {
        assert_eq!(url.contains(&scope.replace(':', "%3A")), REQUIRED_OF_PEOPLE.contains(&scope), "{scope}");
    }
    assert!(scene.looks(SERVICE).poll_after_ms.is_some_and(|ms| ms <= 2_000), "somebody is at Atlassian's page");
    let page = scene.allow(&url, SERVICE);
    assert!(page.body.contains("tests the account in Jira"), "{}", page.body);
    assert_eq!(grant(&scene), None, "nothing counts before an administrator comes");
    // The access token that was parked died meanwhile.
    scene.wait(30 * HOUR_MS);
    scene.upkeep().expect("goes well");
    let seen = scene.tests(SERVICE);
    assert_eq!(found(&seen, Item::SignsIn), Finding::Passed);
    assert_eq!(found(&seen, Item::Creates), Finding::Passed, "{:?}", seen.results[0]);
    assert_eq!(found(&seen, Item::CleansUp), Finding::Passed);
    assert_eq!((seen.hands_off, seen.link, seen.poll_after_ms), (false, None, None));
    let held = seen.held.expect("is told");
    assert_eq!(held.by.account_id, id(MARIA));
    assert_eq!(entry(&scene).held, Some(held));
    let adopted = grant(&scene).expect("is there");
    assert_eq!(adopted.personal, None);
    assert_eq!(scene.main().as_deref(), Some(MARIA));
    // Maria's and this one, and nothing of the link.
    assert_eq!((secrets(&scene), tokens(&scene)), (2, vec![adopted.secret_key]));
    scene.upkeep().expect("goes well");
    assert_eq!(kept(&scene, Entity::Session), 1, "Maria's own");
    // Weeks later, by the schedule, with nobody there.
    scene.trial(MARIA, Request::SettleTrial { account: id(SERVICE), project: Some(MOB), repeat: Repeat::Daily });
    scene.wait(DAY_MS);
    scene.settle_down(3);
    let seen = scene.looks(SERVICE);
    assert_eq!((seen.results.len(), seen.results[0].by.is_none()), (3, true));
    assert_eq!(found(&seen, Item::SignsIn), Finding::Passed);
}

#[test]
fn nobody_but_an_administrator_makes_revokes_or_deletes_and_only_for_the_register() {
    let scene = held();
    scene.connect(ANA);
    let before = scene.trace();
    let account = || id(SERVICE);
    for request in
        [Request::HandOffTest { account: account() }, revoke(), Request::DeleteTestGrant { account: account() }]
    {
        assert!(matches!(scene.refused(ANA, request), ErrorCode::NotAdministrator { .. }));
    }
    for request in [
        Request::HandOffTest { account: id(ANA) },
        Request::RevokeTestLink { account: id(ANA) },
        Request::DeleteTestGrant { account: id(ANA) },
    ] {
        assert_eq!(scene.refused(MARIA, request), ErrorCode::NotRegistered);
    }
    // What works needs no link, and what is used is not revoked.
    assert_eq!(scene.refused(MARIA, Request::HandOffTest { account: account() }), ErrorCode::GrantInUse);
    assert_eq!(scene.refused(MARIA, revoke()), ErrorCode::Conflict);
    assert_eq!(scene.refused(MARIA, Request::HandOffTest { account: id(MARIA) }), ErrorCode::GrantInUse);
    assert_eq!(scene.refused(MARIA, Request::DeleteTestGrant { account: id(MARIA) }), ErrorCode::GrantInUse);
    assert_eq!(scene.trace(), before);
}

#[test]
fn a_closed_account_gets_no_link() {
    let scene = scene();
    scene.registers(INACTIVE);
    let before = scene.trace();
    let refused = scene.refused(MARIA, Request::HandOffTest { account: id(INACTIVE) });
    assert!(matches!(refused, ErrorCode::AccountUnsuitable { .. }), "{refused:?}");
    assert_eq!(scene.trace(), before);
}

#[test]
fn the_wrong_account_changes_nothing_is_told_and_the_right_one_may_still_come() {
    let scene = scene();
    let link = hand_off(&scene);
    let page = allow(&scene, &link, ANA);
    assert!(page.body.contains("nothing was kept") && page.body.contains("still works"), "{}", page.body);
    assert_eq!((secrets(&scene), scene.record::<Grant>(&records::grant(&id(ANA)))), (1, None));
    let failed = scene.looks(SERVICE).link.expect("is shown").failed.expect("is told");
    assert!(matches!(failed.denial, Denial::WrongAccount { allowed } if allowed.account_id == id(ANA)));
    allow(&scene, &link, SERVICE);
    assert!(scene.looks(SERVICE).held.is_some());
}

#[test]
fn a_revoked_link_yields_nothing_even_from_a_page_that_is_open_and_another_may_be_made() {
    let scene = scene();
    let link = hand_off(&scene);
    let url = address(&open(&scene, "POST", &link));
    let query = scene.consent(&url, SERVICE);
    // Any administrator may take it back.
    let seen = scene.trial(TOM, revoke());
    assert_eq!(seen.link.map(|link| link.standing), Some(LinkStanding::Revoked));
    scene.turned_away(|| scene.come_back(&query));
    serves_no_more(&scene, &link, "This link was revoked");
    assert_eq!(secrets(&scene), 1);
    let anew = hand_off(&scene);
    serves_no_more(&scene, &link, "This link was revoked");
    allow(&scene, &anew, SERVICE);
    assert!(scene.looks(SERVICE).held.is_some());
}

#[test]
fn a_new_link_ends_the_one_before_and_of_all_links_five_are_kept() {
    let scene = scene();
    let first = hand_off(&scene);
    let url = address(&open(&scene, "POST", &first));
    let query = scene.consent(&url, SERVICE);
    for _ in 0..4 {
        hand_off(&scene);
    }
    serves_no_more(&scene, &first, "This link was revoked");
    scene.turned_away(|| scene.come_back(&query));
    assert_eq!((kept(&scene, Entity::HandOff), secrets(&scene)), (5, 1));
    let last = hand_off(&scene);
    assert_eq!(open(&scene, "GET", &first).status, 404);
    assert_eq!(kept(&scene, Entity::HandOff), 5);
    allow(&scene, &last, SERVICE);
    assert!(scene.looks(SERVICE).held.is_some());
}

#[test]
fn a_link_lives_48_hours_and_works_once() {
    let scene = scene();
    let link = hand_off(&scene);
    scene.wait(2 * DAY_MS);
    serves_no_more(&scene, &link, "This link has expired");
    assert!(scene.looks(SERVICE).link.is_some(), "administrators see that nobody used it");
    let link = hand_off(&scene);
    allow(&scene, &link, SERVICE);
    serves_no_more(&scene, &link, "This link has been used");
    scene.looks(SERVICE);
    serves_no_more(&scene, &link, "This link has been used");
}

#[test]
fn twenty_tries_and_a_leaked_link_stores_no_more() {
    let scene = scene();
    let link = hand_off(&scene);
    for _ in 0..20 {
        open(&scene, "POST", &link);
        assert!(kept(&scene, Entity::Session) <= 2 && secrets(&scene) <= 2);
    }
    serves_no_more(&scene, &link, "This link was tried too often");
    assert_eq!(scene.looks(SERVICE).link.map(|link| link.standing), Some(LinkStanding::Spent));
}

#[test]
fn what_opens_a_link_disturbs_no_test_that_is_under_way() {
    let scene = scene();
    let link = hand_off(&scene);
    let before: Trials = scene.record(&records::trials()).expect("is there");
    let trial = scene.platform.borrow().kvs.get(&records::trial(&id(SERVICE))).map(|stored| stored.revision);
    open(&scene, "POST", &link);
    assert_eq!(scene.platform.borrow().kvs.get(&records::trial(&id(SERVICE))).map(|stored| stored.revision), trial);
    assert_eq!(scene.record::<Trials>(&records::trials()), Some(before));
}

#[test]
fn an_entry_that_is_removed_takes_its_link_and_what_was_allowed_with_it() {
    // The page is open; somebody has allowed; an administrator has looked.
    for stage in 0..3 {
        let scene = scene();
        let link = hand_off(&scene);
        let url = address(&open(&scene, "POST", &link));
        let query = scene.consent(&url, SERVICE);
        if stage > 0 {
            scene.come_back(&query);
        }
        if stage > 1 {
            assert!(scene.looks(SERVICE).held.is_some());
        }
        removes(&scene);
        assert_eq!((grant(&scene), secrets(&scene)), (None, 1), "{stage}");
        if stage == 0 {
            scene.come_back(&query);
            assert_eq!((grant(&scene), secrets(&scene)), (None, 1));
        }
        let title = if stage == 0 { "This link was revoked" } else { "This link has been used" };
        serves_no_more(&scene, &link, title);
        // Written down once more, it begins anew.
        scene.registers(SERVICE);
        cannot_sign_in(&scene);
        serves_no_more(&scene, &link, title);
        removes(&scene);
        scene.wait(2 * DAY_MS);
        scene.upkeep().expect("goes well");
        assert_eq!((kept(&scene, Entity::HandOff), kept(&scene, Entity::Session)), (0, 1), "{stage}");
        assert_eq!(scene.record::<TrialLink>(&records::trial_link(&id(SERVICE))), None);
        assert!(scene.record::<Trials>(&records::trials()).expect("is there").handed().is_empty());
    }
}

#[test]
fn tokens_are_deleted_on_demand_and_a_new_link_may_be_made() {
    let scene = held();
    let seen = scene.trial(TOM, Request::DeleteTestGrant { account: id(SERVICE) });
    assert_eq!((seen.held, seen.grant, seen.hands_off), (None, false, true));
    assert_eq!((grant(&scene), secrets(&scene), entry(&scene).held), (None, 1, None));
    cannot_sign_in(&scene);
    allow(&scene, &hand_off(&scene), SERVICE);
    assert_eq!(found(&scene.tests(SERVICE), Item::SignsIn), Finding::Passed);
}

#[test]
fn where_the_account_became_main_meanwhile_its_grant_stays_and_what_was_parked_goes() {
    let scene = scene();
    let link = hand_off(&scene);
    let query = scene.consent(&address(&open(&scene, "POST", &link)), SERVICE);
    scene.switch(MARIA, SERVICE);
    serves_no_more(&scene, &link, "This link is not needed any more");
    let before = grant(&scene).expect("is main");
    scene.come_back(&query);
    let seen = scene.looks(SERVICE);
    assert_eq!((seen.held, seen.hands_off, seen.link), (None, false, None));
    assert_eq!(grant(&scene), Some(before.clone()));
    assert_eq!((tokens(&scene), secrets(&scene)), (vec![before.secret_key], 2));
    assert_eq!(found(&scene.tests(SERVICE), Item::SignsIn), Finding::Passed);
}

#[test]
fn where_its_person_connected_it_meanwhile_theirs_stays() {
    let scene = scene();
    let link = hand_off(&scene);
    allow(&scene, &link, SERVICE);
    scene.connect(SERVICE);
    let before = grant(&scene).expect("is theirs");
    assert!(scene.looks(SERVICE).held.is_none());
    assert_eq!(grant(&scene), Some(before.clone()));
    assert_eq!(tokens(&scene), [before.secret_key]);
    assert_eq!(scene.refused(MARIA, Request::DeleteTestGrant { account: id(SERVICE) }), ErrorCode::GrantInUse);
}

#[test]
fn whoever_connects_the_account_makes_it_theirs_and_it_outlives_the_entry() {
    let scene = held();
    scene.connect(SERVICE);
    let theirs = grant(&scene).expect("is theirs");
    assert!(theirs.for_tests.is_none() && theirs.personal.is_some());
    assert_eq!((scene.looks(SERVICE).held, tokens(&scene)), (None, vec![theirs.secret_key.clone()]));
    removes(&scene);
    scene.upkeep().expect("goes well");
    assert_eq!(grant(&scene), Some(theirs));
}

#[test]
fn a_dead_grant_of_a_person_is_mended_by_the_link_and_stays_theirs() {
    let scene = scene();
    scene.connect(SERVICE);
    scene.platform.borrow_mut().authorization_server.revoke(SERVICE);
    scene.wait(2 * HOUR_MS);
    scene.tests(SERVICE);
    assert_ne!(grant(&scene).expect("is there").state, GrantState::Working);
    allow(&scene, &hand_off(&scene), SERVICE);
    assert_eq!(found(&scene.tests(SERVICE), Item::SignsIn), Finding::Passed);
    let mended = grant(&scene).expect("is there");
    assert!(mended.personal.is_some() && mended.for_tests.is_none());
    assert_eq!(tokens(&scene), [mended.secret_key]);
}

#[test]
fn a_change_to_the_account_that_is_undone_leaves_the_grant_for_tests() {
    let scene = held();
    let since = grant(&scene).and_then(|grant| grant.for_tests);
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    // Confirmed, and then Jira gives no answer while the webhooks are registered.
    let mut running = scene.start(MARIA, Request::ContinueChange { change: change.clone() });
    while !matches!(scene.connection().change.map(|change| change.stage), Some(Stage::Confirmed { .. })) {
        assert!(running.poll().is_none(), "it ended before it was confirmed");
    }
    drop(running);
    assert!(scene.looks(SERVICE).held.is_none(), "the change needs it");
    assert_eq!(scene.refused(MARIA, Request::DeleteTestGrant { account: id(SERVICE) }), ErrorCode::GrantInUse);
    scene.wait(2 * MINUTE_MS);
    scene.ask(MARIA, Request::CancelChange { change });
    assert_eq!(scene.main().as_deref(), Some(MARIA));
    assert!(!scene.connection().change.is_some_and(|change| change.under_way()), "it is undone");
    assert_eq!(scene.looks(SERVICE).held, since);
    nothing_left_over(&scene, "undone");
    assert_eq!(found(&scene.tests(SERVICE), Item::SignsIn), Finding::Passed);
    scene.trial(MARIA, Request::DeleteTestGrant { account: id(SERVICE) });
    assert_eq!((grant(&scene), tokens(&scene).len()), (None, 0));
}

#[test]
fn what_was_main_and_is_no_more_is_held_for_tests_as_before() {
    let scene = held();
    scene.settle(|settings| settings.grace_days = 0);
    scene.switch(MARIA, SERVICE);
    assert!(scene.looks(SERVICE).held.is_none(), "the app needs it for more");
    assert_eq!(scene.refused(MARIA, Request::DeleteTestGrant { account: id(SERVICE) }), ErrorCode::GrantInUse);
    scene.switch(MARIA, TOM);
    assert!(scene.looks(SERVICE).held.is_some());
    assert_eq!(found(&scene.tests(SERVICE), Item::SignsIn), Finding::Passed);
    removes(&scene);
    assert_eq!((grant(&scene), tokens(&scene).len()), (None, 0));
}

#[test]
fn an_entry_that_is_removed_while_the_account_is_main_leaves_its_grant() {
    let scene = held();
    scene.settle(|settings| settings.grace_days = 0);
    scene.switch(MARIA, SERVICE);
    removes(&scene);
    let main = grant(&scene).expect("is main");
    assert_eq!((main.for_tests, main.state), (None, GrantState::Working));
    scene.switch(MARIA, TOM);
    assert_eq!((grant(&scene), tokens(&scene).len()), (None, 0));
}

#[test]
fn what_its_holder_takes_back_at_atlassian_is_mended_by_another_link() {
    let scene = held();
    scene.revoke(SERVICE);
    scene.wait(2 * HOUR_MS);
    let seen = scene.tests(SERVICE);
    assert!(matches!(found(&seen, Item::SignsIn), Finding::Failed { .. }));
    assert_eq!((seen.held, seen.hands_off, entry(&scene).held), (None, true, None), "nothing that works is held");
    allow(&scene, &hand_off(&scene), SERVICE);
    assert_eq!(found(&scene.tests(SERVICE), Item::SignsIn), Finding::Passed);
    assert!(scene.looks(SERVICE).held.is_some() && entry(&scene).held.is_some());
    nothing_left_over(&scene, "mended");
    assert_eq!(tokens(&scene).len(), 1);
}

#[test]
fn what_its_holder_disconnects_is_gone_and_the_test_says_so() {
    let scene = held();
    scene.ask(SERVICE, Request::Disconnect {});
    assert_eq!((grant(&scene), tokens(&scene).len()), (None, 0));
    cannot_sign_in(&scene);
}

#[test]
fn a_refresh_that_broke_off_is_recovered_by_the_round() {
    let mut lost = 0;
    for at in 0..60 {
        let scene = held();
        scene.wait(2 * HOUR_MS);
        let test = Request::TestAccount { account: id(SERVICE) };
        scene.faulty(Some(MARIA), Invocation::Request(Some(test)), at, Fault::CrashAfter);
        lost += u32::from(grant(&scene).is_some_and(|grant| grant.redemption.is_some()));
        scene.wait(5 * MINUTE_MS);
        scene.upkeep().expect("goes well");
        let grant = grant(&scene).expect("is there");
        assert_eq!((grant.state, grant.redemption), (GrantState::Working, None), "effect {at}");
        named(&scene, &format!("effect {at}"));
    }
    assert!(lost > 2, "{lost}");
}

/// Whatever broke off, what rests among the secrets is what a record names, once rounds and an administrator came by.
fn nothing_left_over(scene: &Scene, what: &str) {
    scene.settle_down(2);
    scene.looks(SERVICE);
    named(scene, what);
}

/// Every token is one that the grant names.
fn named(scene: &Scene, what: &str) {
    let named = grant(scene).map(|grant| records::grant_secrets(&grant)).unwrap_or_default();
    let unnamed: Vec<String> = tokens(scene).into_iter().filter(|name| !named.contains(name)).collect();
    assert_eq!(unnamed, Vec::<String>::new(), "{what}");
}

const FAULTS: [Fault; 4] = [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer];

#[test]
fn wherever_it_breaks_off_no_token_is_left_that_nobody_knows_of() {
    let ask = |request| (Some(MARIA), Invocation::Request(Some(request)));
    for step in 0..5 {
        let mut at = 0;
        loop {
            let mut again = false;
            for fault in FAULTS {
                let scene = scene();
                let link = hand_off(&scene);
                let url = address(&open(&scene, "POST", &link));
                let query = scene.consent(&url, SERVICE);
                if step > 1 {
                    scene.come_back(&query);
                }
                if step > 2 {
                    scene.looks(SERVICE);
                }
                let (who, invocation) = match step {
                    0 => (None, Invocation::HandOff(request("POST", code(&link)))),
                    1 => (None, Invocation::Redirect(get(&query))),
                    2 => ask(Request::Trial { account: id(SERVICE) }),
                    3 => ask(Request::DeleteTestGrant { account: id(SERVICE) }),
                    _ => {
                        let revision = entry(&scene).revision.expect("is written down");
                        ask(Request::RemoveEntry { account: id(SERVICE), revision })
                    }
                };

                scene.faulty(who, invocation, at, fault);
                again |= scene.platform.borrow().effects.len() > at;
                let what = format!("step {step}, effect {at}, {fault:?}");
                if step == 4 && scene.record::<Entry>(&records::entry(&id(SERVICE))).is_none() {
                    scene.settle_down(2);
                    assert_eq!((grant(&scene), tokens(&scene).len()), (None, 0), "{what}");
                } else {
                    nothing_left_over(&scene, &what);
                }
                // Whoever comes next is not stuck.
                if step < 3 && grant(&scene).is_none() {
                    let link = hand_off(&scene);
                    allow(&scene, &link, SERVICE);
                    assert!(scene.looks(SERVICE).held.is_some(), "{what}");
                    nothing_left_over(&scene, &what);
                }
            }
            if !again {
                break;
            }
            at += 1;
        }
        assert!(at > 4, "step {step}: {at} effects");
    }
}

#[test]
fn two_administrators_who_look_at_once_keep_the_tokens() {
    for round in 0..30 {
        let scene = scene();
        allow(&scene, &hand_off(&scene), SERVICE);
        let mut first = scene.start(TOM, Request::Trial { account: id(SERVICE) });
        for _ in 0..round {
            if first.poll().is_some() {
                return;
            }
        }
        assert!(scene.looks(SERVICE).held.is_some(), "{round}");
        assert!(matches!(first.finish().0, Ended::Answered(_)));
        nothing_left_over(&scene, &format!("{round}"));
        assert_eq!(found(&scene.tests(SERVICE), Item::SignsIn), Finding::Passed, "{round}");
    }
}

#[test]
fn no_canary_of_a_link_turns_up_anywhere_but_in_the_one_reply() {
    let scene = scene();
    let link = hand_off(&scene);
    let url = address(&open(&scene, "POST", &link));
    let state = url.split("&state=").nth(1).and_then(|rest| rest.split('&').next()).expect("is there").to_owned();
    let mut said = vec![format!("{:?}", scene.looks(SERVICE)), format!("{:?}", scene.allow(&url, SERVICE))];
    said.push(format!("{:?}", scene.tests(SERVICE)));
    said.push(format!("{:?}", entry(&scene)));
    said.push(format!("{:?}", stored(&scene, &link)));
    said.extend(scene.platform.borrow().effects.iter().map(|effect| effect.name.clone()));
    said.extend(scene.platform.borrow().kvs.records().map(|(key, stored)| format!("{key:?} {}", stored.document)));
    let platform = scene.platform.borrow();
    let mut canaries: Vec<String> = platform.authorization_server.secrets().map(str::to_owned).collect();
    canaries.extend([CLIENT_SECRET.to_owned(), state, code(&link).to_owned()]);
    for canary in &canaries {
        assert_eq!(said.iter().find(|text| text.contains(canary.as_str())), None, "{canary}");
    }
}

// Each guard by itself, where another one would hide that it is gone.

/// Storage says something else than the app wrote: as after a fault of the app, or a backup that was put back.
fn forge<T: records::Record>(scene: &Scene, key: &Key, change: impl FnOnce(&mut T)) {
    let mut platform = scene.platform.borrow_mut();
    let stored = platform.kvs.get(key).expect("is there");
    let expect = Expect::Revision(stored.revision);
    let mut value: T = records::read(stored).expect("can be read").value;
    change(&mut value);
    platform.kvs.transact(&[records::put(key.clone(), expect, &value)]).expect("is kept");
}

fn link_key(scene: &Scene) -> Key {
    let links: TrialLink = scene.record(&records::trial_link(&id(SERVICE))).expect("is there");
    records::hand_off(links.latest().expect("has one"))
}

#[test]
fn a_link_that_was_used_or_revoked_yields_nothing_whatever_its_session_says() {
    let by = Person { account_id: id(TOM), display_name: "Tom".into(), avatar_url: None };
    for end in [HandOffEnd::Used { at: Timestamp(0) }, HandOffEnd::Revoked { at: Timestamp(0), by }] {
        let scene = scene();
        let link = hand_off(&scene);
        let query = scene.consent(&address(&open(&scene, "POST", &link)), SERVICE);
        forge(&scene, &link_key(&scene), |link: &mut HandOff| link.end = Some(end.clone()));
        scene.come_back(&query);
        let kept = scene.platform.borrow().effects.iter().any(|own| own.name.contains(SERVICE));
        assert!(!kept, "no token is kept, not even for a moment: {end:?}");
        assert_eq!((scene.looks(SERVICE).held, grant(&scene), tokens(&scene)), (None, None, vec![]), "{end:?}");
    }
}

#[test]
fn of_two_links_that_are_open_only_the_latest_serves() {
    let scene = scene();
    let first = hand_off(&scene);
    let key = link_key(&scene);
    let last = hand_off(&scene);
    forge(&scene, &key, |link: &mut HandOff| link.end = None);
    serves_no_more(&scene, &first, "This link is not needed any more");
    allow(&scene, &last, SERVICE);
    assert!(scene.looks(SERVICE).held.is_some());
}

#[test]
fn a_link_s_time_is_over_for_a_page_that_was_opened_before() {
    let scene = scene();
    let link = hand_off(&scene);
    scene.wait(2 * DAY_MS - 5 * MINUTE_MS);
    let query = scene.consent(&address(&open(&scene, "POST", &link)), SERVICE);
    scene.wait(5 * MINUTE_MS);
    scene.turned_away(|| scene.come_back(&query));
    assert_eq!((scene.looks(SERVICE).held, grant(&scene)), (None, None));
}

#[test]
fn what_another_account_allowed_is_never_held_for_the_one_that_was_meant() {
    let scene = scene();
    allow(&scene, &hand_off(&scene), SERVICE);
    let links: TrialLink = scene.record(&records::trial_link(&id(SERVICE))).expect("is there");
    forge(&scene, &records::session(&links.session.expect("has one")), |session: &mut AuthorizationSession| {
        let SessionState::Authorized { parked } = &mut session.state else { panic!("{session:?} holds nothing") };
        parked.account.person.account_id = id(ANA);
    });
    assert_eq!((scene.looks(SERVICE).held, grant(&scene)), (None, None));
    assert_eq!(scene.record::<Grant>(&records::grant(&id(ANA))), None);
}

#[test]
fn a_link_of_an_account_that_is_not_in_the_register_opens_nothing() {
    let scene = scene();
    let link = hand_off(&scene);
    let gone = Write::Delete { key: records::entry(&id(SERVICE)), expect: None };
    scene.platform.borrow_mut().kvs.transact(&[gone]).expect("is gone");
    serves_no_more(&scene, &link, "This link is not needed any more");
}

#[test]
fn rounds_leave_whoever_is_at_atlassian_s_page_their_time() {
    let scene = scene();
    let link = hand_off(&scene);
    let query = scene.consent(&address(&open(&scene, "POST", &link)), SERVICE);
    scene.wait(MINUTE_MS);
    scene.upkeep().expect("goes well");
    assert_eq!(scene.come_back(&query).status, 200);
    scene.upkeep().expect("goes well");
    assert!(scene.looks(SERVICE).held.is_some());
}

#[test]
fn whoever_opens_the_link_of_an_entry_that_was_removed_is_told_so_also_after_a_round() {
    let scene = scene();
    let link = hand_off(&scene);
    removes(&scene);
    scene.upkeep().expect("goes well");
    serves_no_more(&scene, &link, "This link was revoked");
}

#[test]
fn an_account_that_the_app_needs_gets_no_link_for_tests_although_its_grant_is_dead() {
    let scene = scene();
    scene.switch(MARIA, SERVICE);
    scene.revoke(SERVICE);
    scene.asked(MARIA, Request::CheckNow {});
    assert!(grant(&scene).is_some_and(|grant| grant.state != GrantState::Working));
    assert_eq!(scene.refused(MARIA, Request::HandOffTest { account: id(SERVICE) }), ErrorCode::GrantInUse);
}

#[test]
fn tokens_that_are_gone_are_held_for_nothing() {
    let scene = scene();
    allow(&scene, &hand_off(&scene), SERVICE);
    for name in tokens(&scene) {
        scene.platform.borrow_mut().kvs.forget_secret(&name);
    }
    assert_eq!((scene.looks(SERVICE).held, grant(&scene)), (None, None));
    allow(&scene, &hand_off(&scene), SERVICE);
    assert!(scene.looks(SERVICE).held.is_some(), "another link mends it");
}

#[test]
fn what_a_person_allowed_later_is_not_replaced_by_what_a_link_yielded_before_even_once_it_is_dead() {
    let scene = scene();
    allow(&scene, &hand_off(&scene), SERVICE);
    scene.wait(MINUTE_MS);
    scene.connect(SERVICE);
    let theirs = grant(&scene).expect("is theirs").secret_key;
    forge(&scene, &records::grant(&id(SERVICE)), |grant: &mut Grant| {
        grant.state = GrantState::ReauthorizationRequired { reason: crate::people::REVOKED };
    });
    assert!(scene.looks(SERVICE).held.is_none());
    let after = grant(&scene).expect("stays");
    assert_eq!((after.secret_key, after.for_tests), (theirs, None));
}
