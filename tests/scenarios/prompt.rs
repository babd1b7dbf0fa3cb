//! Prompts: the right people and only they, once, with the reason.

use crate::people::{BEN, CHLOE, DAVID, REVOKED, error, race};
use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, SERVICE, Scene, TOM};
use integration_plus::api::{Reply, Request, Risk};
use integration_plus::app::Answer;
use integration_plus::domain::grant::{IDLE_LIFE, ReauthorizationReason};
use integration_plus::domain::settings::ReauthorizationPolicy;
use integration_plus::domain::standing::Standing;
use sandbox::ports::Ended;
use sandbox::{Faults, Lasts};

/// Ana uses the app, and her grant is dead, which the app knows.
fn with_dead_grant() -> Scene {
    let scene = Scene::connected();
    scene.member(ANA);
    scene.revoke(ANA);
    scene.wait(2 * HOUR_MS);
    scene.comment(ANA, "MOB-2", "again");
    scene
}

#[test]
fn a_prompt_comes_once_a_day_and_is_gone_when_it_is_satisfied() {
    let scene = with_dead_grant();
    assert_eq!((scene.prompt(ANA), scene.prompt(ANA)), (Some(REVOKED), None));
    scene.wait(23 * HOUR_MS);
    assert_eq!(scene.prompt(ANA), None);
    scene.wait(HOUR_MS);
    assert_eq!(scene.prompt(ANA), Some(REVOKED));
    scene.connect(ANA);
    scene.wait(2 * DAY_MS);
    assert_eq!(scene.prompt(ANA), None);
    // A grant that dies anew is another matter, even on the same day.
    scene.revoke(ANA);
    scene.comment(ANA, "MOB-2", "again");
    assert_eq!(scene.prompt(ANA), Some(REVOKED));
}

#[test]
fn two_tabs_that_ask_at_once_show_one_prompt() {
    let scene = with_dead_grant();
    let replies = crate::people::race(vec![
        scene.start(ANA, Request::Prompt { risks: None }),
        scene.start(ANA, Request::Prompt { risks: None }),
    ]);
    let shown = replies.iter().filter(|reply| matches!(reply, Reply::Prompt { prompt: Some(_), .. }));
    assert_eq!((replies.len(), shown.count()), (2, 1));
}

#[test]
fn a_snooze_keeps_every_prompt_away_for_a_day() {
    let scene = with_dead_grant();
    let Reply::Prompt { prompt: None, .. } = scene.ask(ANA, Request::Snooze {}) else { panic!("shows nothing") };
    scene.wait(DAY_MS - 1000);
    assert_eq!(scene.prompt(ANA), None);
    scene.wait(1000);
    assert_eq!(scene.prompt(ANA), Some(REVOKED));
}

#[test]
fn a_snooze_that_meets_another_tab_holds() {
    for ahead in 0..4 {
        let scene = with_dead_grant();
        let mut snooze = scene.start(ANA, Request::Snooze {});
        if (0..ahead).any(|_| snooze.poll().is_some()) {
            break;
        }
        let replies = race(vec![scene.start(ANA, Request::Prompt { risks: None }), snooze]);
        assert!(replies.iter().all(|reply| error(reply).is_none()), "{ahead} ahead: {replies:?}");
        scene.wait(HOUR_MS);
        assert_eq!(scene.prompt(ANA), None, "{ahead} ahead");
    }
}

#[test]
fn a_reminder_shows_the_prompt_again_and_comes_once_an_hour() {
    let scene = with_dead_grant();
    assert_eq!((scene.prompt(ANA), scene.prompt(ANA)), (Some(REVOKED), None));
    scene.ask(ANA, Request::Snooze {});
    assert_eq!(scene.remind(&[ANA, ANA, BEN]), (1, 0, 1));
    assert_eq!((scene.prompt(ANA), scene.prompt(ANA)), (Some(REVOKED), None));
    scene.wait(59 * MINUTE_MS);
    assert_eq!(scene.remind(&[ANA]), (0, 1, 0));
    assert_eq!(scene.prompt(ANA), None);
    scene.wait(MINUTE_MS);
    assert_eq!(scene.remind(&[ANA]), (1, 0, 0));
    assert_eq!(scene.prompt(ANA), Some(REVOKED));
}

#[test]
fn who_allowed_and_closed_the_tab_is_neither_asked_nor_reminded_again() {
    let scene = with_dead_grant();
    assert_eq!(scene.prompt(ANA), Some(REVOKED));
    scene.wait(2 * HOUR_MS);
    let url = scene.authorize(ANA);
    assert_eq!(scene.remind(&[ANA]), (1, 0, 0), "she has not allowed yet");
    assert_eq!(scene.allow(&url, ANA).status, 200);
    scene.wait(22 * HOUR_MS);
    assert_eq!(scene.remind(&[ANA]), (0, 0, 1));
    assert_eq!(scene.prompt(ANA), None);
    let grant = scene.grant(ANA).expect("rests");
    assert_eq!(Standing::of(&grant, scene.connection().epoch()), Some(Standing::Working));
    scene.counted_exactly("allowed and closed the tab");
}

#[test]
fn a_reminder_that_meets_its_person_at_work_reaches_them() {
    for steps in 0..20 {
        let scene = with_dead_grant();
        let mut slow = scene.start(MARIA, Request::Remind { accounts: vec![crate::scene::id(ANA)] });
        if (0..steps).any(|_| slow.poll().is_some()) {
            return;
        }
        scene.ask(ANA, Request::Snooze {});
        let Ended::Answered(Answer::Reply(reply)) = slow.finish().0 else { panic!("is answered") };
        assert!(
            matches!(reply, Reply::Reminded { reached: 1, too_soon: 0, nothing_to_do: 0, failed: 0 }),
            "{steps}: {reply:?}"
        );
    }
    panic!("the reminder has no end");
}

#[test]
fn who_does_not_use_the_app_is_never_prompted() {
    let scene = Scene::connected();
    scene.connect(BEN);
    scene.member(ANA);
    for who in [ANA, BEN] {
        scene.revoke(who);
    }
    scene.wait(2 * HOUR_MS);
    scene.change_to_service(ReauthorizationPolicy::Everyone);
    scene.all_work();
    let replaced = ReauthorizationReason::ReplacedPolicy;
    for _ in 0..3 {
        assert_eq!((scene.prompt(BEN), scene.prompt(CHLOE)), (None, None));
        scene.wait(DAY_MS);
    }
    assert!(matches!(scene.standing(BEN), Some(Standing::NeverUsed { .. })));
    assert_eq!(scene.standing(CHLOE), None);
    assert_eq!(scene.prompt(ANA), Some(replaced));
    // Reminding is for those who are asked.
    assert_eq!(scene.remind(&[BEN, CHLOE]), (0, 0, 2));
    assert_eq!((scene.prompt(BEN), scene.prompt(CHLOE)), (None, None));
}

#[test]
fn each_reason_is_told_as_what_it_is() {
    let scene = Scene::connected();
    for who in [ANA, BEN, CHLOE, DAVID] {
        scene.member(who);
    }
    // Revoked.
    scene.revoke(ANA);
    // Closed: nobody is there to be asked.
    scene.platform.borrow_mut().atlassian.close_account(CHLOE).expect("is known");
    scene.revoke(CHLOE);
    scene.wait(2 * HOUR_MS);
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    scene.all_work();
    assert_eq!((scene.prompt(ANA), scene.prompt(BEN)), (Some(REVOKED), None));
    let closed = scene
        .connections(crate::people::everybody())
        .rows
        .into_iter()
        .find(|row| row.standing == Standing::Deactivated);
    assert_eq!(closed.map(|row| row.person.display_name), Some("Chloe Dubois".into()));
    // 90 days idle.
    for _ in 0..91 {
        scene.wait(IDLE_LIFE.0 / 90);
        assert_eq!(scene.upkeep(), Ok(()));
    }
    scene.comment(DAVID, "MOB-2", "after a long time");
    assert_eq!(scene.prompt(DAVID), Some(ReauthorizationReason::Idle));
    // Everyone: with the time of the change, which is the reason.
    scene.connect(ANA);
    scene.switch(TOM, MARIA);
    let everyone = scene.beginning(TOM, SERVICE, None, Some(ReauthorizationPolicy::Everyone));
    let Reply::Authorization { change, url, .. } = scene.ask(TOM, everyone) else { panic!("begins") };
    scene.allow(&url, SERVICE);
    let changed_at = scene.platform.borrow().now_ms;
    scene.proceed(TOM, &change);
    let (prompt, _) = scene.prompted(ANA);
    let prompt = prompt.expect("is prompted");
    assert_eq!(
        (prompt.reason, prompt.changed_at.map(|at| at.0)),
        (ReauthorizationReason::ReplacedPolicy, Some(changed_at))
    );
    scene.connect(ANA);
    assert_eq!((scene.prompt(ANA), scene.standing(ANA)), (None, Some(Standing::Working)));
}

#[test]
fn a_page_with_nothing_due_costs_one_round_trip_to_storage_and_none_to_jira() {
    let scene = Scene::connected();
    scene.member(ANA);
    let asked = scene.platform.borrow().exchanges.len();
    for who in [ANA, BEN] {
        let Reply::Prompt { prompt: None, announcement: None, risk: None, administrator: None, ask_again_at } =
            scene.ask(who, Request::Prompt { risks: None })
        else {
            panic!("nothing is due")
        };
        let effects = scene.platform.borrow().effects.clone();
        assert!(effects.len() == 6 && effects.iter().all(|effect| effect.round == effects[0].round), "{effects:?}");
        assert_eq!(ask_again_at.0 - scene.platform.borrow().now_ms, HOUR_MS);
    }
    assert_eq!(scene.platform.borrow().exchanges.len(), asked);
}

fn hours(scene: &Scene, count: usize) {
    for _ in 0..count * 12 {
        scene.wait(5 * MINUTE_MS);
        let _ = scene.upkeep();
    }
}

#[test]
fn administrators_alone_are_told_of_lost_rights_by_the_next_round_and_of_a_dead_grant_at_once() {
    let scene = Scene::connected();
    scene.switch(MARIA, SERVICE);
    hours(&scene, 2);
    assert_eq!(scene.prompted(MARIA).1, None);
    scene.admin_of(SERVICE, false);
    scene.wait(5 * MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!(
        (scene.prompted(MARIA).1, scene.status(TOM).risk),
        (Some(Risk::NotAdministrator), Some(Risk::NotAdministrator))
    );
    assert_eq!(scene.prompted(ANA).1, None);
    scene.admin_of(SERVICE, true);
    scene.wait(5 * MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!(scene.prompted(MARIA).1, None);
    // Whoever finds the grant dead tells at once.
    scene.connect(ANA);
    scene.revoke(SERVICE);
    let refused =
        scene.refused(ANA, Request::Comment { issue_id: scene.issue("MOB-2"), text: "x".into(), internal: false });
    assert_eq!(refused, integration_plus::api::ErrorCode::NotConnected);
    assert_eq!((scene.prompted(MARIA).1, scene.prompted(ANA).1), (Some(Risk::Disconnected), None));
}

#[test]
fn weeks_before_the_grant_idles_out_administrators_are_warned() {
    let scene = Scene::connected();
    let since = scene.platform.borrow().now_ms;
    scene.wait(2 * HOUR_MS);
    scene.platform.borrow_mut().authorization_server.scripted_answer = Some((503, String::new()));
    let mut warned_after = None;
    for day in 1..=80 {
        scene.wait(DAY_MS);
        assert_eq!(scene.upkeep(), Ok(()));
        match scene.prompted(TOM).1 {
            Some(Risk::IdlesOut { at }) => {
                assert_eq!(at.0, since + IDLE_LIFE.0);
                warned_after.get_or_insert(day);
            }
            Some(Risk::WebhooksExpire { .. }) => assert!(warned_after.is_none() && day >= 22, "day {day}"),
            Some(
                risk @ (Risk::NotAdministrator
                | Risk::NoProductAccess
                | Risk::ScopesMissing
                | Risk::ClientSecretRejected
                | Risk::RegisterDue { .. }
                | Risk::TestsFailed { .. }
                | Risk::Disconnected
                | Risk::ScheduleStopped
                | Risk::AllowedByLink { .. }),
            ) => panic!("{risk:?} is not so"),
            None => assert_eq!(warned_after, None),
        }
    }
    assert_eq!(warned_after, Some(62));
    scene.platform.borrow_mut().authorization_server.scripted_answer = None;
    scene.switch(TOM, MARIA);
    assert_eq!(scene.prompted(TOM).1, None);
}

#[test]
fn a_week_before_webhooks_expire_that_could_not_be_renewed_administrators_are_warned() {
    let scene = Scene::connected();
    let mut warned_after = None;
    for day in 1..=29 {
        scene.wait(DAY_MS);
        scene.platform.borrow_mut().atlassian.set_faults(Faults { status_503: Lasts::Always, ..Faults::default() });
        assert_eq!(scene.upkeep(), Ok(()));
        scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
        if let Some(Risk::WebhooksExpire { .. }) = scene.prompted(TOM).1 {
            warned_after.get_or_insert(day);
        }
    }
    assert_eq!(warned_after, Some(24));
    scene.wait(5 * MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!(scene.prompted(TOM).1, None);
}

#[test]
fn who_allowed_and_comes_back_days_later_is_not_asked_again() {
    let scene = with_dead_grant();
    assert_eq!(scene.prompt(ANA), Some(REVOKED));
    let url = scene.authorize(ANA);
    assert_eq!(scene.allow(&url, ANA).status, 200);
    scene.wait(30 * DAY_MS);
    {
        // Storage forgets what is kept for a day.
        let kvs = &mut scene.platform.borrow_mut().kvs;
        let lasting: Vec<String> = kvs.lasting_secrets().map(str::to_owned).collect();
        let passing: Vec<String> =
            kvs.secrets().filter(|name| !lasting.iter().any(|kept| kept == name)).map(str::to_owned).collect();
        for name in passing {
            kvs.forget_secret(&name);
        }
    }
    assert_eq!(scene.remind(&[ANA]), (0, 0, 1));
    assert_eq!((scene.prompt(ANA), scene.standing(ANA)), (None, Some(Standing::Working)));
    assert_eq!(scene.comment(ANA, "MOB-3", "back again"), crate::people::posted("MOB-3"));
    // Nothing is left of the tokens that rested meanwhile, nor of those of who goes without coming by.
    let own = |scene: &Scene| scene.platform.borrow().kvs.secrets().filter(|name| name.contains(ANA)).count();
    assert_eq!(own(&scene), 1);
    let url = scene.authorize(ANA);
    scene.allow(&url, ANA);
    assert_eq!(own(&scene), 2);
    scene.ask(ANA, Request::Disconnect {});
    assert_eq!(own(&scene), 0);
}

#[test]
fn a_reason_is_told_once_a_day_though_another_came_between() {
    let scene = Scene::connected();
    scene.member(ANA);
    let (missing, replaced) = (ReauthorizationReason::ScopesMissing, ReauthorizationReason::ReplacedPolicy);
    let url = scene.authorize(ANA);
    let less = ["write:jira-work"];
    scene.consent_to(&url, ANA, &[sandbox::ports::CLOUD_ID], &less);
    scene.wait(2 * HOUR_MS);
    scene.comment(ANA, "MOB-2", "with less");
    assert_eq!(scene.prompt(ANA), Some(missing));
    scene.change_to_service(ReauthorizationPolicy::Everyone);
    assert_eq!(scene.prompt(ANA), Some(replaced));
    scene.wait(HOUR_MS);
    scene.asked(TOM, Request::RollBack { acknowledged: None });
    assert_eq!(scene.prompt(ANA), None);
    scene.wait(DAY_MS);
    assert_eq!(scene.prompt(ANA), Some(missing));
}

#[test]
fn the_date_in_the_prompt_is_that_of_the_change_that_asked() {
    let scene = Scene::connected();
    scene.member(BEN);
    scene.wait(2 * HOUR_MS);
    scene.change_to_service(ReauthorizationPolicy::Everyone);
    let asked_at = scene.connection().main.expect("there is one").since;
    scene.wait(3 * DAY_MS);
    // A later change that asks nobody has another date.
    scene.switch(MARIA, TOM);
    let prompt = scene.prompted(BEN).0.expect("is asked");
    assert_eq!((prompt.reason, prompt.changed_at), (ReauthorizationReason::ReplacedPolicy, Some(asked_at)));
    assert_eq!(scene.me(BEN).everyone_asked_at, Some(asked_at));
}

#[test]
fn a_risk_costs_people_who_are_no_administrators_one_question_to_jira_a_day() {
    let scene = Scene::connected();
    scene.switch(MARIA, SERVICE);
    scene.admin_of(SERVICE, false);
    scene.asked(MARIA, Request::CheckNow {});
    let ask = |who: &str, risks| {
        let asked = scene.asked_jira("/rest/api/3/mypermissions");
        let Reply::Prompt { risk, administrator, .. } = scene.ask(who, Request::Prompt { risks: Some(risks) }) else {
            panic!("answers whether to prompt")
        };
        (risk, administrator, scene.asked_jira("/rest/api/3/mypermissions") - asked)
    };
    assert_eq!(ask(ANA, true), (None, Some(false), 1));
    // What her browser keeps of that spares Jira the next questions.
    assert_eq!(ask(ANA, false), (None, None, 0));
    assert_eq!(ask(MARIA, true), (Some(Risk::NotAdministrator), Some(true), 1));
    scene.admin_of(SERVICE, true);
    scene.asked(MARIA, Request::CheckNow {});
    assert_eq!(ask(ANA, true), (None, None, 0));
}
