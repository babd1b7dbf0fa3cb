//! The wave after a change: each grant is tried quietly, and whatever breaks off, everybody is counted.

use crate::people::{BEN, CHLOE, DAVID, ELIF, FARID, GRACE, REVOKED, everybody, held, posted};
use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, SERVICE, Scene, TOM, id};
use integration_plus::api::{ErrorCode, JobView, Request, StageView, Steering, SteeringOffer};
use integration_plus::app::Invocation;
use integration_plus::domain::grant::{GrantState, ReauthorizationReason};
use integration_plus::domain::settings::ReauthorizationPolicy;
use integration_plus::domain::standing::Standing;
use integration_plus::domain::tally::{Counts, Tally};
use integration_plus::domain::wave::{CHAIN, Job, JobState, LOST_AFTER};
use integration_plus::ports::{Expect, Work};
use integration_plus::records;
use sandbox::ports::{Ended, Fault, Running};
use sandbox::{Faults, Lasts};

const EIGHT: [&str; 8] = [ANA, BEN, CHLOE, DAVID, ELIF, FARID, GRACE, TOM];

/// Eight members, of whom three have dead grants, and nobody knows it yet.
fn with_eight() -> Scene {
    let scene = Scene::connected();
    for who in EIGHT {
        scene.wait(2000);
        scene.member(who);
    }
    for who in [ANA, CHLOE, ELIF] {
        scene.revoke(who);
    }
    scene.wait(2 * HOUR_MS);
    scene
}

fn job(scene: &Scene) -> JobView {
    scene.connections(everybody()).job.expect("there is one")
}

fn tally(scene: &Scene) -> Tally {
    scene.connections(everybody()).tally
}

fn steer(scene: &Scene, to: Steering) -> JobState {
    let reply = scene.ask(MARIA, Request::SteerWave { to });
    let integration_plus::api::Reply::Connections { connections } = reply else { panic!("{reply:?}") };
    connections.job.expect("there is one").state
}

const FIVE_OF_EIGHT: Tally = Tally {
    fresh: Counts { working: 5, to_reauthorize: 3, wrong_account: 0, never_used: 0, deactivated: 0 },
    unverified: 0,
};

#[test]
fn the_wave_begins_though_the_administrator_left_the_page_and_jira_is_slow() {
    let scene = with_eight();
    let (change, url) = scene.begin(MARIA, SERVICE);
    assert_eq!(scene.allow(&url, SERVICE).status, 200);
    let mut asked = 0;
    while scene.main().as_deref() != Some(SERVICE) {
        let carry_on = Invocation::Request(Some(Request::ContinueChange { change: change.clone() }));
        let mut slow = Running::start(&scene.platform, Some(MARIA), carry_on);
        while slow.poll().is_none() {
            scene.wait(1000);
        }
        asked += 1;
        assert!(asked < 10, "the change gets no further");
    }
    assert!(scene.status(TOM).change.is_some_and(|change| change.stage == StageView::Working { active: false }));
    scene.all_work();
    assert_eq!(job(&scene).state, JobState::Done);
    assert_eq!(job(&scene).tried, 8);
}

#[test]
fn exactly_those_are_asked_whose_grant_is_dead() {
    let scene = with_eight();
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    assert_eq!(tally(&scene), Tally { fresh: Counts::default(), unverified: 8 });
    // Until it is tried, a grant is used as it is.
    assert_eq!(scene.standing(BEN), Some(Standing::Unverified));
    let before = scene.platform.borrow().exchanges.len();
    scene.all_work();
    assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, FIVE_OF_EIGHT));
    let prompted: Vec<&str> = EIGHT.into_iter().filter(|who| scene.prompt(who) == Some(REVOKED)).collect();
    assert_eq!(prompted, [ANA, CHLOE, ELIF]);
    scene.counted_exactly("verified");
    // One request of Jira for each grant that works, and one about each account whose grant does not.
    let administration = "/rest/api/3/mypermissions?permissions=ADMINISTER";
    let platform = scene.platform.borrow();
    let tried = platform.exchanges[before..].iter().filter(|exchange| exchange.request.path != administration);
    assert_eq!(tried.count(), 8);
}

#[test]
fn everyone_is_asked_without_a_token_being_touched_where_the_policy_says_so() {
    let scene = with_eight();
    scene.change_to_service(ReauthorizationPolicy::Everyone);
    let before = scene.token_figures();
    scene.all_work();
    assert_eq!(scene.token_figures(), before);
    let replaced = ReauthorizationReason::ReplacedPolicy;
    assert!(EIGHT.into_iter().all(|who| scene.prompt(who) == Some(replaced)));
    assert_eq!(tally(&scene).fresh, Counts { to_reauthorize: 8, ..Counts::default() });
    scene.connect(ANA);
    assert_eq!(scene.standing(ANA), Some(Standing::Working));
    // A later change that asks nobody does not let the others off.
    scene.switch(MARIA, TOM);
    scene.all_work();
    assert_eq!(scene.standing(BEN), Some(Standing::ToReauthorize { reason: replaced }));
    assert_eq!(scene.standing(ANA), Some(Standing::Working));
    // The consent for that change was one.
    assert_eq!(scene.standing(TOM), Some(Standing::Working));
    scene.counted_exactly("after both");
}

#[test]
fn a_consent_that_changed_nobody_s_main_account_does_not_count_for_a_later_change() {
    let scene = Scene::connected();
    scene.member(MARIA);
    scene.switch(TOM, MARIA);
    scene.member(SERVICE);
    scene.change_to_service(ReauthorizationPolicy::Everyone);
    scene.all_work();
    let reason = ReauthorizationReason::ReplacedPolicy;
    assert_eq!(scene.standing(MARIA), Some(Standing::ToReauthorize { reason }));
    // Whoever allowed for the change itself has done what it asks of everyone.
    assert_eq!(scene.standing(SERVICE), Some(Standing::Working));
}

#[test]
fn the_settings_decide_where_the_change_does_not_say() {
    let scene = with_eight();
    scene.settle(|settings| settings.policy = ReauthorizationPolicy::Everyone);
    scene.switch(MARIA, SERVICE);
    assert_eq!(scene.prompt(BEN), Some(ReauthorizationReason::ReplacedPolicy));
}

#[test]
fn a_change_costs_the_same_however_many_people_there_are() {
    let effects = |people: &[&str]| {
        let scene = Scene::connected();
        for who in people {
            scene.wait(2000);
            scene.member(who);
        }
        scene.wait(2 * MINUTE_MS);
        let (change, url) = scene.begin(MARIA, SERVICE);
        scene.allow(&url, SERVICE);
        scene.proceed(MARIA, &change);
        scene.platform.borrow().effects.len()
    };
    assert_eq!(effects(&[]), effects(&EIGHT[..7]));
}

#[test]
fn whatever_breaks_a_batch_off_everybody_is_counted_once() {
    for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer] {
        for at in (0..150).step_by(7) {
            let scene = with_eight();
            scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
            let (_, work) = scene.platform.borrow_mut().queue.remove(0);
            let ended = scene.faulty(None, Invocation::Work(Some(work.clone())), at, fault);
            // Forge delivers anew what did not end well, and the rounds go on meanwhile.
            if matches!(ended, Ended::Crashed) {
                scene.platform.borrow_mut().queue.push((0, work));
            }
            for _ in 0..12 {
                scene.all_work();
                scene.wait(5 * MINUTE_MS);
                assert_eq!(scene.upkeep(), Ok(()));
            }
            let when = format!("{fault:?} at effect {at}");
            assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, FIVE_OF_EIGHT), "{when}");
            scene.counted_exactly(&when);
            assert_eq!(scene.token_figures().1, 0, "{when}");
        }
    }
}

#[test]
fn a_job_that_its_change_could_not_begin_is_begun_by_the_next_round() {
    let scene = with_eight();
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    // As if the invocation had ended with the change and before the job.
    let key = integration_plus::records::job();
    let write = integration_plus::ports::Write::Delete { key, expect: None };
    scene.platform.borrow_mut().kvs.transact(&[write]).expect("is deleted");
    scene.platform.borrow_mut().queue.clear();
    scene.wait(5 * MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    scene.all_work();
    assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, FIVE_OF_EIGHT));
}

#[test]
fn a_batch_that_is_lost_is_sent_again_and_one_that_comes_twice_does_nothing() {
    let scene = with_eight();
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    let lost = scene.platform.borrow_mut().queue.remove(0).1;
    scene.wait(LOST_AFTER.0 - MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert!(scene.platform.borrow().queue.is_empty());
    scene.wait(MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    scene.all_work();
    assert_eq!(tally(&scene), FIVE_OF_EIGHT);
    let before = (scene.trace(), scene.platform.borrow().exchanges.len());
    let Work::Verify { generation, .. } = lost else { panic!("{lost:?} tries no grants") };
    let odd = [Work::Verify { generation, batch: 7 }, Work::Verify { generation: 1, batch: 0 }];
    for work in std::iter::once(lost).chain(odd) {
        scene.platform.borrow_mut().queue.push((0, work));
        scene.all_work();
    }
    assert_eq!((scene.trace(), scene.platform.borrow().exchanges.len()), before);
}

#[test]
fn an_administrator_pauses_resumes_and_ends_the_job_and_begins_it_anew() {
    let scene = with_eight();
    let offers = |scene: &Scene| scene.connections(everybody()).steering;
    assert_eq!(offers(&scene), [SteeringOffer::Restart]);
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    assert_eq!(offers(&scene), [SteeringOffer::Pause, SteeringOffer::Cancel]);
    assert!(job(&scene).done_about.is_some());
    assert_eq!(steer(&scene, Steering::Pause), JobState::Paused);
    scene.all_work();
    scene.wait(DAY_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    scene.all_work();
    assert_eq!((tally(&scene).unverified, offers(&scene)), (8, vec![SteeringOffer::Resume, SteeringOffer::Cancel]));
    assert_eq!(scene.refused(MARIA, Request::SteerWave { to: Steering::Pause }), ErrorCode::WrongStage);
    assert_eq!(steer(&scene, Steering::Resume), JobState::Running);
    assert_eq!(steer(&scene, Steering::Cancel), JobState::Cancelled);
    scene.all_work();
    assert_eq!(tally(&scene).unverified, 8);
    // What was not tried is tried when it is used.
    assert_eq!(scene.comment(BEN, "MOB-2", "by myself"), posted("MOB-2"));
    assert_eq!((scene.standing(BEN), tally(&scene).unverified), (Some(Standing::Working), 7));
    assert_eq!(steer(&scene, Steering::Restart), JobState::Running);
    scene.all_work();
    assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, FIVE_OF_EIGHT));
    // Once more: those who were counted are tried as well.
    scene.revoke(BEN);
    steer(&scene, Steering::Restart);
    scene.all_work();
    assert_eq!(tally(&scene).fresh.to_reauthorize, 4);
    scene.counted_exactly("again");
}

fn busy(scene: &Scene, lasts: Lasts, headers: &[(&str, &str)]) {
    let headers_429 = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    scene.platform.borrow_mut().atlassian.set_faults(Faults { status_429: lasts, headers_429, ..Faults::default() });
}

#[test]
fn a_storm_of_429_is_waited_out_as_long_as_its_headers_say_and_never_beyond_an_hour() {
    // 2026-01-05T11:00:16Z is the time of the change.
    for (headers, least_s, most_s) in [
        // Without a word of its own, the hourly budget's reset, which goes with every answer of Jira.
        (vec![], 3540, 3600),
        (vec![("Retry-After", "7")], 7, 23),
        (vec![("Retry-After", "Mon, 05 Jan 2026 11:02:16 GMT")], 119, 137),
        (vec![("Retry-After", "999999999999")], 3600, 3616),
        (vec![("X-RateLimit-Reset", "2026-01-05T11:30:00Z")], 1783, 1801),
        (vec![("Beta-RateLimit", r#""global-app-quota";r=0;t=90"#)], 90, 106),
        (vec![("RateLimit", "limit=9, remaining=0, reset=30")], 30, 46),
    ] {
        let scene = with_eight();
        scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
        let before = scene.token_figures().2;
        busy(&scene, Lasts::Always, &headers);
        let asked = scene.platform.borrow().exchanges.len();
        assert!(scene.work());
        let (now_ms, requests) = (scene.platform.borrow().now_ms, scene.platform.borrow().exchanges.len() - asked);
        assert!(requests <= 8, "{headers:?}: {requests} requests into a storm");
        busy(&scene, Lasts::Never, &[]);
        let until = job(&scene).waits_until.expect("waits");
        let wait_s = (until.0 - now_ms) / 1000;
        assert!((least_s..=most_s).contains(&wait_s), "{headers:?}: {wait_s} s");
        assert!(scene.platform.borrow().queue.iter().all(|(due_ms, _)| due_ms - now_ms <= 900_000));
        scene.all_work();
        assert!(scene.platform.borrow().now_ms >= until.0);
        assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, FIVE_OF_EIGHT), "{headers:?}");
        // A 429 is no reason to refresh: each living grant once, each dead one once. After an hour tokens are old anyway.
        if most_s < 3000 {
            assert_eq!(scene.token_figures().2 - before, 8, "{headers:?}");
        }
    }
}

#[test]
fn a_job_that_tries_everybody_again_goes_on_where_it_was_stopped() {
    let scene = with_eight();
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    scene.all_work();
    steer(&scene, Steering::Restart);
    let before = scene.platform.borrow().exchanges.len();
    for _ in 0..2 {
        // Every time the first few get through, and then Jira has had enough.
        let asked = scene.platform.borrow().exchanges.len();
        scene
            .platform
            .borrow_mut()
            .atlassian
            .set_budgets(sandbox::Budgets { gets_per_second: 3, ..Default::default() });
        assert!(scene.work());
        assert!(scene.platform.borrow().exchanges.len() > asked);
    }
    scene.platform.borrow_mut().atlassian.set_budgets(sandbox::Budgets::default());
    scene.all_work();
    assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, FIVE_OF_EIGHT));
    let tries = scene.platform.borrow().exchanges.len() - before;
    assert!(tries <= 5 + 8, "{tries} requests for five grants");
}

#[test]
fn little_left_of_the_budget_is_left_to_people() {
    let scene = with_eight();
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    let used = scene.platform.borrow().atlassian.points_used(sandbox::ports::CLOUD_ID);
    let points_per_hour = used + 20;
    scene.platform.borrow_mut().atlassian.set_budgets(sandbox::Budgets { points_per_hour, ..Default::default() });
    assert!(scene.work());
    let now_ms = scene.platform.borrow().now_ms;
    let left_ms = HOUR_MS - now_ms % HOUR_MS;
    let until = {
        scene.platform.borrow_mut().atlassian.set_budgets(sandbox::Budgets::default());
        job(&scene).waits_until.expect("waits")
    };
    assert!((left_ms..=left_ms + 17_000).contains(&(until.0 - now_ms)), "{} of {left_ms}", until.0 - now_ms);
    scene.all_work();
    assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, FIVE_OF_EIGHT));
}

#[test]
fn a_change_during_the_wave_begins_a_wave_of_its_own() {
    let scene = with_eight();
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    let late = scene.platform.borrow_mut().queue.remove(0).1;
    scene.switch(MARIA, TOM);
    scene.platform.borrow_mut().queue.push((0, late));
    scene.all_work();
    assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, FIVE_OF_EIGHT));
    scene.counted_exactly("second wave");
}

#[test]
fn a_wrong_client_secret_in_the_middle_of_the_wave_condemns_nobody() {
    let scene = with_eight();
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    scene.platform.borrow_mut().authorization_server.accepts_client = false;
    let before = scene.token_figures().2;
    for _ in 0..3 {
        assert!(scene.work());
    }
    assert!(scene.token_figures().2 - before <= 12, "a storm of wrong secrets");
    assert_eq!(tally(&scene).unverified, 8);
    scene.platform.borrow_mut().authorization_server.accepts_client = true;
    scene.all_work();
    assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, FIVE_OF_EIGHT));
}

/// Puts the job in another place than it has come to.
fn displace(scene: &Scene, change: impl FnOnce(&mut Job)) {
    let key = records::job();
    let stored = scene.platform.borrow().kvs.get(&key).expect("rests");
    let mut at = records::read::<Job>(stored).expect("is read");
    change(&mut at.value);
    scene.platform.borrow_mut().kvs.transact(&[records::put(key, at.expect, &at.value)]).expect("is written");
}

#[test]
fn a_cursor_that_storage_takes_no_more_begins_the_list_anew() {
    let scene = with_eight();
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    displace(&scene, |job| job.cursor = Some("of another time".into()));
    scene.all_work();
    assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, FIVE_OF_EIGHT));
    let mut page = everybody();
    page.cursor = Some("of another time".into());
    assert_eq!(scene.refused(MARIA, Request::Connections { page }), ErrorCode::InvalidRequest);
}

#[test]
fn a_long_chain_of_batches_is_begun_anew_by_the_round_before_forge_cuts_it() {
    let scene = with_eight();
    let grant = scene.grant(BEN).expect("rests");
    for n in 0..25 {
        let mut copy = grant.clone();
        copy.account.person.account_id = id(&format!("stranger-{n}"));
        scene.platform.borrow_mut().kvs.transact(&[records::put_grant(Expect::Absent, &copy)]).expect("is written");
    }
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    displace(&scene, |job| job.batch = CHAIN - 1);
    scene.platform.borrow_mut().queue.clear();
    let sent = |scene: &Scene| scene.platform.borrow().queue.len();
    let batch = Work::Verify { generation: scene.connection().generation, batch: CHAIN - 1 };
    scene.run(None, Invocation::Work(Some(batch)));
    assert_eq!((job(&scene).state, sent(&scene)), (JobState::Running, 0));
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!(sent(&scene), 1);
    scene.all_work();
    assert_eq!(job(&scene).state, JobState::Done);
}

#[test]
fn a_grant_that_its_person_renews_while_the_job_looks_stays_alive() {
    let mut renewed_meanwhile = 0;
    for closed in [false, true] {
        for steps in 0..40 {
            let scene = Scene::connected();
            scene.member(FARID);
            scene.revoke(FARID);
            scene.wait(2 * HOUR_MS);
            scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
            let url = scene.authorize(FARID);
            assert_eq!(scene.allow(&url, FARID).status, 200);
            let active = |yes| scene.platform.borrow_mut().atlassian.set_active(FARID, yes).expect("is known");
            active(!closed);
            let work = scene.platform.borrow_mut().queue.remove(0).1;
            let mut slow = Running::start(&scene.platform, None, Invocation::Work(Some(work)));
            if (0..steps).any(|_| slow.poll().is_some()) {
                break;
            }
            active(true);
            assert_eq!(scene.standing(FARID), Some(Standing::Working), "closed: {closed}, after {steps} steps");
            let _ = slow.finish();
            let grant = scene.grant(FARID).expect("rests");
            assert_eq!(grant.state, GrantState::Working, "closed: {closed}, after {steps} steps");
            assert_eq!(scene.comment(FARID, "MOB-3", "renewed"), posted("MOB-3"));
            scene.counted_exactly("renewed meanwhile");
            renewed_meanwhile += 1;
        }
    }
    assert!(renewed_meanwhile > 10, "the job was hardly ever interrupted");
}

/// Ben and Chloe have closed accounts, which the job has found out; Chloe's grant ended with hers.
fn with_closed_accounts() -> Scene {
    let scene = Scene::connected();
    for who in [ANA, BEN, CHLOE] {
        scene.member(who);
    }
    let mut platform = scene.platform.borrow_mut();
    for who in [BEN, CHLOE] {
        platform.atlassian.set_active(who, false).expect("is known");
    }
    platform.authorization_server.revoke(CHLOE);
    platform.authorization_server.turned_away = Some(BEN.to_owned());
    drop(platform);
    scene.wait(2 * HOUR_MS);
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    scene.all_work();
    assert_eq!(tally(&scene).fresh, Counts { working: 1, deactivated: 2, ..Counts::default() });
    scene
}

fn reopen(scene: &Scene) {
    let mut platform = scene.platform.borrow_mut();
    for who in [BEN, CHLOE] {
        platform.atlassian.set_active(who, true).expect("is known");
    }
    platform.authorization_server.turned_away = None;
}

#[test]
fn accounts_that_are_reopened_are_tried_again_by_a_job_that_begins_anew() {
    let scene = with_closed_accounts();
    steer(&scene, Steering::Restart);
    scene.all_work();
    assert_eq!(tally(&scene).fresh.deactivated, 2);
    reopen(&scene);
    steer(&scene, Steering::Restart);
    scene.all_work();
    assert_eq!(tally(&scene).fresh, Counts { working: 2, to_reauthorize: 1, ..Counts::default() });
    let closed = ReauthorizationReason::AccountClosed;
    assert_eq!((scene.prompt(BEN), scene.prompt(CHLOE)), (None, Some(closed)));
    assert_eq!(scene.comment(BEN, "MOB-3", "back again"), posted("MOB-3"));
    assert_eq!(scene.connect(CHLOE).standing, Some(Standing::Working));
    scene.counted_exactly("reopened");
}

#[test]
fn whoever_comes_by_with_a_reopened_account_is_led_on_and_told_nothing_of_revoking() {
    let reason = ReauthorizationReason::AccountClosed;
    let scene = with_closed_accounts();
    reopen(&scene);
    assert_eq!(scene.prompt(CHLOE), Some(reason));
    assert_eq!(scene.standing(CHLOE), Some(Standing::ToReauthorize { reason }));
    let scene = with_closed_accounts();
    reopen(&scene);
    assert_eq!(scene.comment(CHLOE, "MOB-3", "back again"), held(Some(reason)));
    assert_eq!(scene.connect(CHLOE).standing, Some(Standing::Working));
    assert_eq!(scene.result(CHLOE, Request::PostHeld { text: None }), posted("MOB-3"));
    scene.counted_exactly("came by");
}

#[test]
fn one_grant_that_gets_no_answer_does_not_hold_up_all_others() {
    let scene = with_eight();
    scene.platform.borrow_mut().authorization_server.unanswered = Some(BEN.to_owned());
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    for _ in 0..30 {
        scene.work();
    }
    let others = Counts { working: 4, to_reauthorize: 3, ..Counts::default() };
    assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, Tally { fresh: others, unverified: 1 }));
    assert_eq!((scene.standing(BEN), scene.prompt(BEN)), (Some(Standing::Unverified), None));
    scene.platform.borrow_mut().authorization_server.unanswered = None;
    assert_eq!(scene.comment(BEN, "MOB-3", "later"), posted("MOB-3"));
    assert_eq!(tally(&scene), FIVE_OF_EIGHT);
}

#[test]
fn who_disconnects_while_the_job_waits_makes_nobody_else_left_out() {
    let mut waited = 0;
    for (leaves, gets_per_second) in EIGHT.into_iter().flat_map(|who| (4..12).map(move |gets| (who, gets))) {
        let scene = Scene::connected();
        for who in EIGHT {
            scene.wait(2000);
            scene.member(who);
        }
        scene.wait(2 * HOUR_MS);
        scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
        let budgets = |budgets| scene.platform.borrow_mut().atlassian.set_budgets(budgets);
        budgets(sandbox::Budgets { gets_per_second, ..Default::default() });
        assert!(scene.work());
        budgets(sandbox::Budgets::default());
        waited += u32::from(job(&scene).state == JobState::Running);
        scene.ask(leaves, Request::Disconnect {});
        scene.all_work();
        let when = format!("{leaves} leaves, {gets_per_second} requests a second");
        let tally = tally(&scene);
        assert_eq!((job(&scene).state, tally.unverified, tally.fresh.total()), (JobState::Done, 0, 7), "{when}");
    }
    assert!(waited > 20, "the job hardly ever waited");
}

#[test]
fn several_grants_that_get_no_answer_do_not_hold_up_all_others() {
    // Two of a few who are tried together, and all of them.
    for silent in [&[BEN, DAVID][..], &[BEN, DAVID, FARID, GRACE, TOM]] {
        let scene = with_eight();
        let unanswered = |names| scene.platform.borrow_mut().authorization_server.unanswered = names;
        unanswered(Some(silent.join(" ")));
        scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
        let before = scene.platform.borrow().now_ms;
        for _ in 0..30 {
            scene.work();
        }
        let tally = tally(&scene);
        assert_eq!((job(&scene).state, tally.unverified), (JobState::Done, u32::try_from(silent.len()).expect("few")));
        assert_eq!((tally.fresh.total() + tally.unverified, tally.fresh.to_reauthorize), (8, 3), "{silent:?}");
        assert!(scene.platform.borrow().now_ms - before < HOUR_MS, "{silent:?}");
        assert!(silent.iter().all(|who| scene.prompt(who).is_none()), "{silent:?}");
        unanswered(None);
        assert_eq!(scene.comment(BEN, "MOB-3", "later"), posted("MOB-3"));
    }
}

#[test]
fn while_nobody_gets_an_answer_the_job_waits_and_then_tries_everybody() {
    for members in [&[BEN][..], &EIGHT] {
        let scene = Scene::connected();
        for who in members {
            scene.wait(2000);
            scene.member(who);
        }
        scene.wait(2 * HOUR_MS);
        scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
        let unanswered = |names| scene.platform.borrow_mut().authorization_server.unanswered = names;
        unanswered(Some(EIGHT.join(" ")));
        for _ in 0..60 {
            assert!(scene.work());
        }
        let many = u32::try_from(members.len()).expect("few");
        assert_eq!((job(&scene).state, tally(&scene).unverified), (JobState::Running, many));
        unanswered(None);
        scene.all_work();
        assert_eq!((job(&scene).state, tally(&scene).fresh.working), (JobState::Done, many));
    }
}

#[test]
fn a_grant_that_atlassian_renews_is_not_condemned_because_jira_turns_it_away() {
    let scene = with_eight();
    scene.platform.borrow_mut().authorization_server.turned_away = Some(BEN.to_owned());
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    for _ in 0..2 {
        scene.all_work();
        let others = Counts { working: 4, to_reauthorize: 3, ..Counts::default() };
        assert_eq!((job(&scene).state, tally(&scene)), (JobState::Done, Tally { fresh: others, unverified: 1 }));
        assert_eq!(scene.grant(BEN).map(|grant| grant.state), Some(GrantState::Working));
        assert_eq!((scene.standing(BEN), scene.prompt(BEN)), (Some(Standing::Unverified), None));
        // Whoever looks once more asks for nothing either.
        steer(&scene, Steering::Restart);
    }
    scene.platform.borrow_mut().authorization_server.turned_away = None;
    scene.all_work();
    assert_eq!(tally(&scene), FIVE_OF_EIGHT);
}

#[test]
fn who_is_back_after_a_closed_account_is_told_nothing_of_revoking_though_the_job_had_to_wait() {
    let scene = with_closed_accounts();
    reopen(&scene);
    scene.platform.borrow_mut().authorization_server.unanswered = Some(CHLOE.to_owned());
    steer(&scene, Steering::Restart);
    assert!(scene.work());
    assert_eq!((job(&scene).state, tally(&scene).fresh.deactivated), (JobState::Running, 1));
    scene.platform.borrow_mut().authorization_server.unanswered = None;
    scene.all_work();
    assert_eq!(scene.prompt(CHLOE), Some(ReauthorizationReason::AccountClosed));
    scene.counted_exactly("waited for");
}

#[test]
fn closed_accounts_that_are_asked_about_again_are_reckoned_at_the_pace_of_the_budget() {
    let scene = with_closed_accounts();
    let grant = scene.grant(CHLOE).expect("rests");
    for n in 0..25 {
        let mut copy = grant.clone();
        copy.account.person.account_id = id(&format!("stranger-{n}"));
        scene.platform.borrow_mut().kvs.transact(&[records::put_grant(Expect::Absent, &copy)]).expect("is written");
    }
    steer(&scene, Steering::Restart);
    assert!(scene.work());
    let platform = scene.platform.borrow();
    let delay_ms = platform.queue[0].0 - platform.now_ms;
    assert!(delay_ms >= 10_000, "the next batch comes in {delay_ms} ms");
}

#[test]
fn a_pause_makes_the_time_that_is_left_no_longer() {
    let scene = with_eight();
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    let budgets = |budgets| scene.platform.borrow_mut().atlassian.set_budgets(budgets);
    budgets(sandbox::Budgets { gets_per_second: 6, ..Default::default() });
    assert!(scene.work());
    budgets(sandbox::Budgets::default());
    assert!(job(&scene).tried > 0);
    for _ in 0..2 {
        assert_eq!(steer(&scene, Steering::Pause), JobState::Paused);
        scene.wait(3 * DAY_MS);
        assert_eq!(steer(&scene, Steering::Resume), JobState::Running);
        let now = scene.connections(everybody()).now;
        let left = job(&scene).done_about.expect("runs").0 - now.0;
        assert!(left < HOUR_MS, "the rest is said to take {} hours", left / HOUR_MS);
    }
}
