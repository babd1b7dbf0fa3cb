//! Going back to the main authorized user before: at once, with checks, and without anybody's consent.

use crate::people::{BEN, CHLOE, REVOKED, posted};
use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, SERVICE, Scene, TOM, id};
use integration_plus::api::{Action, ErrorCode, Request};
use integration_plus::app::Invocation;
use integration_plus::domain::authorization::Purpose;
use integration_plus::domain::grant::ReauthorizationReason;
use integration_plus::domain::health::{Badge, CheckFailure, CheckName, CheckResult};
use integration_plus::domain::receipt::Receipt;
use integration_plus::domain::settings::ReauthorizationPolicy;
use integration_plus::domain::standing::Standing;
use integration_plus::records;
use sandbox::ports::{Fault, Running};

/// Maria was main authorized user until the service account took her place; Ana and Ben use the app.
fn changed(policy: ReauthorizationPolicy) -> Scene {
    let scene = Scene::connected();
    scene.member(ANA);
    scene.member(BEN);
    scene.wait(2 * HOUR_MS);
    scene.change_to_service(policy);
    scene.all_work();
    scene
}

#[test]
fn one_click_restores_the_account_before_and_asks_nobody() {
    for policy in [ReauthorizationPolicy::VerifyFirst, ReauthorizationPolicy::Everyone] {
        let scene = changed(policy);
        scene.connect(CHLOE);
        scene.wait(3 * DAY_MS);
        let consents = scene.platform.borrow().authorization_server.live_grants(MARIA);
        let after = scene.asked(TOM, Request::RollBack { acknowledged: None });
        assert_eq!(after.main.map(|main| main.account.person.account_id), Some(id(MARIA)));
        assert_eq!((after.badge, scene.connection().generation), (Badge::Connected, 3));
        assert_eq!((scene.webhooks(MARIA).len(), scene.webhooks(SERVICE).len()), (1, 0));
        let row = &after.history[0];
        assert_eq!((row.purpose, row.by.account_id.clone()), (Purpose::RollBack, id(TOM)));
        scene.all_work();
        for who in [ANA, BEN, CHLOE] {
            assert_eq!((scene.standing(who), scene.prompt(who)), (Some(Standing::Working), None), "{policy:?}");
        }
        assert_eq!(scene.comment(ANA, "MOB-2", "as before"), posted("MOB-2"));
        assert_eq!(scene.platform.borrow().authorization_server.live_grants(MARIA), consents);
        assert_eq!(scene.token_figures().1, 0);
        // And back again, for the same reason.
        assert!(scene.status(TOM).actions.contains(&Action::RollBack));
        let again = scene.asked(TOM, Request::RollBack { acknowledged: None });
        assert_eq!(again.main.map(|main| main.account.person.account_id), Some(id(SERVICE)));
        scene.counted_exactly("there and back");
    }
}

#[test]
fn who_was_not_allowed_before_is_asked_after_going_back_too() {
    let scene = Scene::connected();
    scene.member(ANA);
    scene.member(BEN);
    scene.revoke(ANA);
    scene.wait(2 * HOUR_MS);
    scene.change_to_service(ReauthorizationPolicy::Everyone);
    scene.all_work();
    let reason = ReauthorizationReason::ReplacedPolicy;
    assert_eq!(scene.standing(BEN), Some(Standing::ToReauthorize { reason }));
    scene.asked(TOM, Request::RollBack { acknowledged: None });
    scene.all_work();
    assert_eq!(scene.standing(BEN), Some(Standing::Working));
    assert_eq!(scene.standing(ANA), Some(Standing::ToReauthorize { reason: REVOKED }));
}

#[test]
fn when_its_time_is_over_nobody_is_restored() {
    let scene = changed(ReauthorizationPolicy::VerifyFirst);
    scene.wait(7 * DAY_MS);
    let before = scene.trace();
    assert_eq!(scene.refused(TOM, Request::RollBack { acknowledged: None }), ErrorCode::NothingToRollBack);
    assert_eq!(scene.trace(), before);
    assert!(!scene.status(TOM).actions.contains(&Action::RollBack));
    let scene = Scene::connected();
    assert_eq!(scene.refused(TOM, Request::RollBack { acknowledged: None }), ErrorCode::NothingToRollBack);
}

#[test]
fn only_an_administrator_of_this_very_moment_goes_back() {
    let scene = changed(ReauthorizationPolicy::VerifyFirst);
    let before = scene.trace();
    assert!(matches!(scene.refused(ANA, Request::RollBack { acknowledged: None }), ErrorCode::NotAdministrator { .. }));
    scene.admin_of(TOM, false);
    assert!(matches!(scene.refused(TOM, Request::RollBack { acknowledged: None }), ErrorCode::NotAdministrator { .. }));
    assert_eq!((scene.trace(), scene.main().as_deref()), (before, Some(SERVICE)));
    scene.admin_of(TOM, true);
    assert_eq!(
        scene.asked(TOM, Request::RollBack { acknowledged: None }).main.map(|main| main.account.person.account_id),
        Some(id(MARIA))
    );
}

#[test]
fn an_account_that_fails_the_checks_or_whose_grant_is_dead_is_not_restored() {
    let scene = changed(ReauthorizationPolicy::VerifyFirst);
    scene.admin_of(MARIA, false);
    let refused = scene.refused(TOM, Request::RollBack { acknowledged: None });
    let ErrorCode::FormerFailsChecks { checks } = refused else { panic!("{refused:?}") };
    let lost = CheckResult::Failed { failure: CheckFailure::NotAdministrator };
    assert!(checks.iter().any(|check| check.name == CheckName::JiraAdministrator && check.result == lost));
    scene.admin_of(MARIA, true);
    scene.revoke(MARIA);
    scene.wait(2 * HOUR_MS);
    assert_eq!(
        scene.refused(TOM, Request::RollBack { acknowledged: None }),
        ErrorCode::FormerGrantDead { reason: REVOKED }
    );
    assert_eq!((scene.main().as_deref(), scene.webhooks(SERVICE).len()), (Some(SERVICE), 1));
    assert_eq!(scene.status(TOM).badge, Badge::Connected);
    // A new consent of the same account goes the ordinary way.
    assert_eq!(scene.switch(TOM, MARIA).main.map(|main| main.account.person.account_id), Some(id(MARIA)));
}

#[test]
fn a_change_under_way_is_not_overtaken() {
    let scene = changed(ReauthorizationPolicy::VerifyFirst);
    let (change, url) = scene.begin(MARIA, TOM);
    let refused = scene.refused(TOM, Request::RollBack { acknowledged: None });
    assert!(matches!(refused, ErrorCode::ChangeUnderWay { .. }), "{refused:?}");
    scene.allow(&url, TOM);
    assert_eq!(scene.proceed(MARIA, &change).main.map(|main| main.account.person.account_id), Some(id(TOM)));
    // From now on it is the service account that can be restored.
    let former = scene.status(MARIA).former.map(|former| former.person.account_id);
    assert_eq!(former, Some(id(SERVICE)));
}

#[test]
fn whatever_breaks_off_exactly_one_of_the_two_works_in_the_end() {
    let mut ends = std::collections::BTreeMap::new();
    for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer] {
        for at in 0..70 {
            let scene = changed(ReauthorizationPolicy::VerifyFirst);
            scene.faulty(Some(TOM), Invocation::Request(Some(Request::RollBack { acknowledged: None })), at, fault);
            for _ in 0..4 {
                scene.wait(5 * MINUTE_MS);
                let _ = scene.upkeep();
                scene.all_work();
            }
            scene.wait(DAY_MS);
            assert_eq!(scene.upkeep(), Ok(()), "{fault:?} at effect {at}");
            let main = scene.main().expect("there is one");
            let other = if main == MARIA { SERVICE } else { MARIA };
            let when = format!("{fault:?} at effect {at}: {main}");
            assert_eq!((scene.webhooks(&main).len(), scene.webhooks(other).len()), (1, 0), "{when}");
            assert_eq!(scene.status(TOM).badge, Badge::Connected, "{when}");
            assert!(scene.grant(other).is_some(), "{when}");
            let own = scene.platform.borrow().kvs.lasting_secrets().count();
            assert_eq!(own, 4, "{when}");
            *ends.entry(main).or_insert(0) += 1;
        }
    }
    assert_eq!(ends.len(), 2, "{ends:?}");
}

#[test]
fn an_access_token_that_ended_early_keeps_nobody_from_going_back() {
    let scene = changed(ReauthorizationPolicy::VerifyFirst);
    let before = scene.token_figures().0;
    scene.platform.borrow_mut().authorization_server.expire_access(MARIA);
    scene.asked(TOM, Request::RollBack { acknowledged: None });
    assert_eq!((scene.main().as_deref(), scene.token_figures().0 - before), (Some(MARIA), 1));
    // Turned away anew, it is the account: that is told, and one refresh was enough to know.
    let scene = changed(ReauthorizationPolicy::VerifyFirst);
    let before = scene.token_figures().0;
    scene.platform.borrow_mut().authorization_server.turned_away = Some(MARIA.to_owned());
    assert!(matches!(
        scene.refused(TOM, Request::RollBack { acknowledged: None }),
        ErrorCode::FormerFailsChecks { .. }
    ));
    assert_eq!((scene.main().as_deref(), scene.token_figures().0 - before), (Some(SERVICE), 1));
}

#[test]
fn going_back_from_going_back_asks_nobody_whose_grant_was_valid() {
    let scene = changed(ReauthorizationPolicy::Everyone);
    for main in [MARIA, SERVICE, MARIA] {
        scene.asked(TOM, Request::RollBack { acknowledged: None });
        scene.all_work();
        assert_eq!(scene.main().as_deref(), Some(main));
        assert_eq!((scene.standing(BEN), scene.prompt(BEN)), (Some(Standing::Working), None), "back to {main}");
        scene.wait(2 * DAY_MS);
    }
}

/// Lets two invocations meet at every pair of points: after so many steps of the one and so many of the other, the one ends
/// first. Then rounds come by, and it is judged what is left.
fn meets(
    base: &Scene,
    begins: impl Fn(&Scene) -> Running,
    other: impl Fn(&Scene) -> Running,
    judge: impl Fn(&Scene, &str),
) {
    let (mut pairs, mut first) = (0, 0);
    'first: loop {
        for second in 0.. {
            let scene = base.copy();
            let mut one = begins(&scene);
            if (0..first).any(|_| one.poll().is_some()) {
                break 'first;
            }
            let mut two = other(&scene);
            if (0..second).any(|_| two.poll().is_some()) {
                break;
            }
            let (_, _) = (one.finish(), two.finish());
            for _ in 0..3 {
                scene.wait(6 * MINUTE_MS);
                let _ = scene.upkeep();
            }
            judge(&scene, &format!("after {first} and {second} steps"));
            scene.counted_exactly("both are over");
            pairs += 1;
        }
        first += 1;
    }
    assert!(pairs > 20, "they hardly ever met");
}

fn round(scene: &Scene) -> Running {
    Running::start(&scene.platform, None, Invocation::Upkeep)
}

fn nothing_of_maria(scene: &Scene, when: &str) {
    assert_eq!(scene.grant(MARIA), None, "{when}");
    let platform = scene.platform.borrow();
    assert_eq!(platform.kvs.lasting_secrets().find(|name| name.contains(MARIA)), None, "{when}");
}

#[test]
fn going_back_at_the_very_end_of_its_time_leaves_no_main_authorized_user_without_tokens() {
    let base = Scene::connected();
    base.wait(2 * HOUR_MS);
    base.change_to_service(ReauthorizationPolicy::VerifyFirst);
    base.all_work();
    let until = base.connection().former.expect("can be restored").until.0;
    let now = |scene: &Scene, ms| scene.platform.borrow_mut().now_ms = ms;
    let back = |scene: &Scene| {
        now(scene, until - 500);
        scene.start(TOM, Request::RollBack { acknowledged: None })
    };
    let late = |scene: &Scene| {
        now(scene, until + 1);
        round(scene)
    };
    meets(&base, back, late, |scene, when| {
        assert_eq!(scene.asked(TOM, Request::CheckNow {}).badge, Badge::Connected, "{when}: {:?}", scene.main());
        if scene.main().as_deref() == Some(SERVICE) {
            nothing_of_maria(scene, when);
        }
    });
}

/// Maria was main authorized user, uses the app for herself as well, and can be restored.
fn with_former_member() -> Scene {
    let scene = Scene::connected();
    scene.member(MARIA);
    scene.wait(2 * HOUR_MS);
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    scene.all_work();
    scene
}

fn disconnects(scene: &Scene) -> Running {
    scene.start(MARIA, Request::Disconnect {})
}

#[test]
fn who_disconnects_while_an_administrator_goes_back_to_them_is_gone_or_has_tokens() {
    let mut ends = std::cell::RefCell::new(std::collections::BTreeSet::new());
    meets(
        &with_former_member(),
        disconnects,
        |scene| scene.start(TOM, Request::RollBack { acknowledged: None }),
        |scene, when| {
            assert_eq!(scene.asked(TOM, Request::CheckNow {}).badge, Badge::Connected, "{when}: {:?}", scene.main());
            if scene.main().as_deref() == Some(SERVICE) {
                nothing_of_maria(scene, when);
            }
            ends.borrow_mut().insert(scene.main());
        },
    );
    assert_eq!(ends.get_mut().len(), 2, "{ends:?}");
}

#[test]
fn who_disconnects_while_their_time_ends_leaves_nothing_behind() {
    let base = with_former_member();
    base.wait(7 * DAY_MS);
    meets(&base, disconnects, round, nothing_of_maria);
}

#[test]
fn who_disconnects_while_somebody_else_becomes_main_leaves_nothing_behind() {
    let base = with_former_member();
    let (change, url) = base.begin(TOM, TOM);
    base.allow(&url, TOM);
    let step = |scene: &Scene| scene.start(TOM, Request::ContinueChange { change: change.clone() });
    meets(&base, disconnects, step, |scene, when| {
        assert_eq!(scene.asked(TOM, Request::CheckNow {}).badge, Badge::Connected, "{when}");
        nothing_of_maria(scene, when);
    });
}

#[test]
fn who_disconnects_while_their_tokens_are_needed_for_the_last_time_leaves_nothing_behind() {
    let base = Scene::without_grace();
    base.member(MARIA);
    let (change, url) = base.begin(TOM, SERVICE);
    base.allow(&url, SERVICE);
    let step = |scene: &Scene| scene.start(TOM, Request::ContinueChange { change: change.clone() });
    meets(&base, disconnects, step, |scene, when| {
        assert_eq!(scene.asked(TOM, Request::CheckNow {}).badge, Badge::Connected, "{when}");
        if scene.main().as_deref() == Some(SERVICE) {
            nothing_of_maria(scene, when);
        }
    });
}

#[test]
fn going_back_to_an_account_that_sees_less_loses_projects_and_asks_for_no_acknowledgement() {
    let scene = Scene::new();
    scene.switch(MARIA, TOM);
    scene.switch(MARIA, SERVICE);
    scene.browses("MOB", TOM, false);
    scene.browses("WEB", TOM, false);
    let loss = scene.rehearses(MARIA, TOM, false);
    assert_eq!((loss.lost, loss.acknowledge), (2, true), "a change would have to be acknowledged");
    let refused = scene.refused(MARIA, Request::RollBack { acknowledged: None });
    assert_eq!(refused, ErrorCode::AcknowledgementNeeded { lost: 2, failing: 2 });
    assert_eq!(scene.main().as_deref(), Some(SERVICE), "two projects are lost without a word");
    // A name that is none acknowledges nothing.
    let refused = scene.refused(MARIA, Request::RollBack { acknowledged: Some("x".into()) });
    assert_eq!(refused, ErrorCode::AcknowledgementNeeded { lost: 2, failing: 2 });
    scene.asked(MARIA, Request::RollBack { acknowledged: Some(loss.id) });
    assert_eq!(scene.main().as_deref(), Some(TOM));
    let number = scene.connection().receipts;
    let receipt: Receipt = scene.record(&records::receipt(number)).expect("is there");
    let foreseen = receipt.foreseen.expect("was rehearsed");
    assert_eq!((foreseen.lost, foreseen.acknowledged), (2, true), "the receipt keeps what was acknowledged");
}
