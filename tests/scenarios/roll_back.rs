//! Going back to the main authorized user before: at once, with checks, and without anybody's consent.

use crate::people::{BEN, CHLOE, REVOKED, posted};
use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, SERVICE, Scene, TOM, id};
use integration_plus::api::{Action, ErrorCode, Request};
use integration_plus::app::Invocation;
use integration_plus::domain::authorization::Purpose;
use integration_plus::domain::grant::ReauthorizationReason;
use integration_plus::domain::health::{Badge, CheckFailure, CheckName, CheckResult};
use integration_plus::domain::settings::ReauthorizationPolicy;
use integration_plus::domain::standing::Standing;
use sandbox::ports::Fault;

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
        let after = scene.asked(TOM, Request::RollBack {});
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
        let again = scene.asked(TOM, Request::RollBack {});
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
    scene.asked(TOM, Request::RollBack {});
    scene.all_work();
    assert_eq!(scene.standing(BEN), Some(Standing::Working));
    assert_eq!(scene.standing(ANA), Some(Standing::ToReauthorize { reason: REVOKED }));
}

#[test]
fn when_its_time_is_over_nobody_is_restored() {
    let scene = changed(ReauthorizationPolicy::VerifyFirst);
    scene.wait(7 * DAY_MS);
    let before = scene.trace();
    assert_eq!(scene.refused(TOM, Request::RollBack {}), ErrorCode::NothingToRollBack);
    assert_eq!(scene.trace(), before);
    assert!(!scene.status(TOM).actions.contains(&Action::RollBack));
    let scene = Scene::connected();
    assert_eq!(scene.refused(TOM, Request::RollBack {}), ErrorCode::NothingToRollBack);
}

#[test]
fn only_an_administrator_of_this_very_moment_goes_back() {
    let scene = changed(ReauthorizationPolicy::VerifyFirst);
    let before = scene.trace();
    assert!(matches!(scene.refused(ANA, Request::RollBack {}), ErrorCode::NotAdministrator { .. }));
    scene.admin_of(TOM, false);
    assert!(matches!(scene.refused(TOM, Request::RollBack {}), ErrorCode::NotAdministrator { .. }));
    assert_eq!((scene.trace(), scene.main().as_deref()), (before, Some(SERVICE)));
    scene.admin_of(TOM, true);
    assert_eq!(scene.asked(TOM, Request::RollBack {}).main.map(|main| main.account.person.account_id), Some(id(MARIA)));
}

#[test]
fn an_account_that_fails_the_checks_or_whose_grant_is_dead_is_not_restored() {
    let scene = changed(ReauthorizationPolicy::VerifyFirst);
    scene.admin_of(MARIA, false);
    let refused = scene.refused(TOM, Request::RollBack {});
    let ErrorCode::FormerFailsChecks { checks } = refused else { panic!("{refused:?}") };
    let lost = CheckResult::Failed { failure: CheckFailure::NotAdministrator };
    assert!(checks.iter().any(|check| check.name == CheckName::JiraAdministrator && check.result == lost));
    scene.admin_of(MARIA, true);
    scene.revoke(MARIA);
    scene.wait(2 * HOUR_MS);
    assert_eq!(scene.refused(TOM, Request::RollBack {}), ErrorCode::FormerGrantDead { reason: REVOKED });
    assert_eq!((scene.main().as_deref(), scene.webhooks(SERVICE).len()), (Some(SERVICE), 1));
    assert_eq!(scene.status(TOM).badge, Badge::Connected);
    // A new consent of the same account goes the ordinary way.
    assert_eq!(scene.switch(TOM, MARIA).main.map(|main| main.account.person.account_id), Some(id(MARIA)));
}

#[test]
fn a_change_under_way_is_not_overtaken() {
    let scene = changed(ReauthorizationPolicy::VerifyFirst);
    let (change, url) = scene.begin(MARIA, TOM);
    let refused = scene.refused(TOM, Request::RollBack {});
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
            scene.faulty(Some(TOM), Invocation::Request(Some(Request::RollBack {})), at, fault);
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
