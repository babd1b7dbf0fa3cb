//! A change for which a time was chosen: it waits, is looked at once more, and switches or says why not.

use crate::people::{BEN, CHLOE};
use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, NARROW, SERVICE, Scene, TOM, id};
use integration_plus::api::{Action, ErrorCode, Reply, Request, Risk, StageView};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::authorization::SessionKey;
use integration_plus::domain::change::{Outcome, Stage};
use integration_plus::domain::connection::Connection;
use integration_plus::domain::grant::ReauthorizationReason;
use integration_plus::domain::health::{Badge, CheckName, CheckResult};
use integration_plus::domain::receipt::Receipt;
use integration_plus::domain::schedule::{Announcement, Deviation};
use integration_plus::domain::settings::ReauthorizationPolicy;
use integration_plus::domain::time::Timestamp;
use integration_plus::ports::{Expect, Stored, Write};
use integration_plus::records;
use sandbox::ports::{CLOUD_ID, Ended, Fault};
use sandbox::{Faults, Lasts};

const REVOKED: ReauthorizationReason = ReauthorizationReason::RevokedOrPasswordChanged;

impl Scene {
    pub fn now(&self) -> Timestamp {
        Timestamp(self.platform.borrow().now_ms)
    }

    /// Goes on to a point in time, with the round of every five minutes on the way and none at that very time.
    fn rounds_until(&self, at: Timestamp) {
        while self.now().0 + 5 * MINUTE_MS < at.0 {
            self.wait(5 * MINUTE_MS);
            let _ = self.upkeep();
        }
        self.wait(at.0 - self.now().0);
    }

    /// Begins a change to `account` that is to switch `ahead_ms` from now.
    fn plan(&self, account: &str, ahead_ms: i64, policy: ReauthorizationPolicy) -> Request {
        let acknowledged = self.rehearsed(MARIA, account);
        let switch_at = Some(Timestamp(self.now().0 + ahead_ms));
        Request::BeginChange { intended: id(account), instead_of: None, policy: Some(policy), acknowledged, switch_at }
    }

    /// The whole way until it waits: begin, allow, carry on. Answers its name, and when it is to switch.
    fn schedule_for(&self, account: &str, ahead_ms: i64, policy: ReauthorizationPolicy) -> (SessionKey, Timestamp) {
        let at = Timestamp(self.now().0 + ahead_ms);
        let reply = self.ask(MARIA, self.plan(account, ahead_ms, policy));
        let Reply::Authorization { change, url, .. } = reply else { panic!("{reply:?} gives no address") };
        assert_eq!(self.allow(&url, account).status, 200);
        let waits = self.proceed(MARIA, &change).change.map(|change| change.stage);
        assert_eq!(waits, Some(StageView::Scheduled { at, looking: false, active: false }));
        (change, at)
    }

    fn schedule(&self) -> (SessionKey, Timestamp) {
        self.schedule_for(SERVICE, DAY_MS, ReauthorizationPolicy::VerifyFirst)
    }

    fn outcome(&self) -> Option<Outcome> {
        self.connection().history.last().map(|row| row.outcome.clone())
    }

    /// What stopped the last change.
    fn stopped(&self) -> Deviation {
        match self.outcome() {
            Some(Outcome::Stopped { because }) => because,
            other => panic!("{other:?} is no stop"),
        }
    }

    /// The oracle of every end without a switch: the main authorized user works as before, and nothing of the new account
    /// is left, in Jira or in storage.
    fn nothing_switched(&self, when: &str) {
        assert_eq!(self.main().as_deref(), Some(MARIA), "{when}");
        assert_eq!((self.webhooks(MARIA).len(), self.webhooks(SERVICE).len()), (1, 0), "{when}");
        assert_eq!((self.connection().generation, self.connection().receipts), (1, 1), "{when}");
        assert_eq!(self.grant(SERVICE), None, "{when}");
        let platform = self.platform.borrow();
        let names: Vec<&str> = platform.kvs.secrets().filter(|name| !name.contains(MARIA)).collect();
        assert_eq!(names, Vec::<&str>::new(), "{when}");
    }

    fn announcement(&self, who: &str) -> Option<Announcement> {
        let reply = self.ask(who, Request::Prompt { risks: None });
        let Reply::Prompt { announcement, .. } = reply else { panic!("{reply:?} is not about a prompt") };
        announcement
    }

    fn alarm(&self, who: &str) -> Option<Risk> {
        self.prompted(who).1
    }
}

fn busy() -> Faults {
    Faults { status_429: Lasts::Always, retry_after_s: Some(30), ..Faults::default() }
}

#[test]
fn at_its_time_the_round_switches_and_not_a_minute_before() {
    let scene = Scene::connected();
    let (change, at) = scene.schedule();
    // Tokens that wait for days do not rest where storage forgets them after one.
    assert_eq!(scene.platform.borrow().kvs.lasting_secrets().count(), 2);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 2);
    scene.rounds_until(Timestamp(at.0 - MINUTE_MS));
    assert_eq!(scene.upkeep(), Ok(()));
    scene.proceed(MARIA, &change);
    assert_eq!((scene.main().as_deref(), scene.webhooks(SERVICE).len()), (Some(MARIA), 0));
    scene.wait(MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!((scene.main().as_deref(), scene.webhooks(SERVICE).len()), (Some(SERVICE), 1));
    assert_eq!((scene.status(TOM).badge, scene.webhooks(MARIA).len()), (Badge::Connected, 0));
    let row = &scene.status(TOM).history[0];
    assert_eq!((row.scheduled_for, row.by.account_id.clone(), row.receipt), (Some(at), id(MARIA), Some(2)));
    let receipt: Receipt = scene.record(&records::receipt(2)).expect("is kept");
    assert_eq!((receipt.scheduled_for, receipt.at >= at, receipt.began_at < at), (Some(at), true, true));
}

#[test]
fn thirty_days_later_it_still_switches_and_everything_was_kept_alive_meanwhile() {
    let scene = Scene::connected();
    let (_, at) = scene.schedule_for(SERVICE, 30 * DAY_MS, ReauthorizationPolicy::VerifyFirst);
    scene.rounds_until(at);
    // Jira forgets webhooks after thirty days: those of the main authorized user were renewed on the way.
    assert_eq!((scene.status(TOM).badge, scene.webhooks(MARIA).len()), (Badge::Connected, 1));
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!((scene.main().as_deref(), scene.status(TOM).badge), (Some(SERVICE), Badge::Connected));
    assert_eq!(scene.platform.borrow().authorization_server.reuse_events, 0);
}

#[test]
fn an_administrator_who_has_the_panel_open_at_its_time_carries_it_on() {
    let scene = Scene::connected();
    let (change, at) = scene.schedule();
    let view = scene.status(TOM);
    assert_eq!(view.poll_after_ms, Some(15 * 60 * 1000));
    assert!(!view.actions.contains(&Action::ContinueChange));
    scene.wait(at.0 - scene.now().0);
    assert!(scene.status(TOM).actions.contains(&Action::ContinueChange));
    // Consent and confirmation were given when it was scheduled: it need not be who scheduled it.
    assert_eq!(scene.proceed(TOM, &change).main.map(|main| main.account.person.account_id), Some(id(SERVICE)));
}

#[test]
fn any_administrator_cancels_it_and_nothing_is_left() {
    let scene = Scene::connected();
    let (change, _) = scene.schedule();
    let seen = scene.status(TOM).change.expect("is shown");
    assert_eq!((seen.mine, seen.initiator.account_id, seen.scheduled_for.is_some()), (false, id(MARIA), true));
    assert_eq!(scene.status(TOM).actions, [Action::CancelChange, Action::CheckNow]);
    scene.asked(TOM, Request::CancelChange { change: change.clone() });
    assert!(matches!(scene.outcome(), Some(Outcome::Cancelled { by }) if by.account_id == id(TOM)));
    scene.nothing_switched("cancelled");
    assert_eq!(scene.refused(MARIA, Request::SwitchNow { change }), ErrorCode::NoSuchChange);
    scene.wait(3 * DAY_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    scene.nothing_switched("after its time");
}

/// Lets an administrator's request go on for so many steps before Jira falls silent; answers whether it ended before that.
fn silent_after(scene: &Scene, steps: usize, request: Request) -> (bool, Option<Answer>) {
    let mut running = scene.start(MARIA, request);
    let ended = (0..steps).any(|_| running.poll().is_some());
    if ended {
        return (true, None);
    }
    scene.platform.borrow_mut().atlassian.set_faults(busy());
    let (answered, _) = running.finish();
    scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    match answered {
        Ended::Answered(answer) => (false, Some(answer)),
        Ended::Crashed => panic!("nothing crashed it"),
    }
}

#[test]
fn cancelling_days_later_while_jira_falls_silent_waits_for_nothing() {
    let base = Scene::connected();
    let (change, _) = base.schedule_for(SERVICE, 9 * DAY_MS, ReauthorizationPolicy::VerifyFirst);
    base.rounds_until(Timestamp(base.now().0 + 3 * DAY_MS));
    let (mut refused, mut cancelled) = (0, 0);
    for steps in 0.. {
        let scene = base.copy();
        let (over, answer) = silent_after(&scene, steps, Request::CancelChange { change: change.clone() });
        if over {
            break;
        }
        match answer {
            Some(Answer::Reply(Reply::Refused { .. })) => refused += 1,
            Some(Answer::Reply(_)) => {
                scene.nothing_switched(&format!("silent after {steps} steps"));
                cancelled += 1;
            }
            other => panic!("{:?}", other.is_some()),
        }
    }
    assert!(refused > 0 && cancelled > 3, "{refused} refused, {cancelled} cancelled");
}

#[test]
fn only_who_scheduled_it_has_it_switch_before_its_time() {
    let scene = Scene::connected();
    let (change, at) = scene.schedule();
    let now = Request::SwitchNow { change };
    let before = scene.trace();
    assert!(matches!(scene.refused(TOM, now.clone()), ErrorCode::NotInitiator { by } if by.account_id == id(MARIA)));
    assert!(matches!(scene.refused(ANA, now.clone()), ErrorCode::NotAdministrator { .. }));
    assert_eq!(scene.trace(), before);
    assert!(scene.status(MARIA).actions.contains(&Action::SwitchNow));
    let after = scene.asked(MARIA, now.clone());
    assert_eq!(after.main.map(|main| main.account.person.account_id), Some(id(SERVICE)));
    let receipt: Receipt = scene.record(&records::receipt(2)).expect("is kept");
    assert_eq!((receipt.scheduled_for, receipt.at < at), (Some(at), true));
    let row = &after.history[0];
    assert_eq!((row.scheduled_for, row.switched_at), (Some(at), Some(receipt.at)), "it was switched early");
    assert_eq!(scene.refused(MARIA, now), ErrorCode::NoSuchChange);
}

#[test]
fn what_is_not_as_foreseen_is_told_who_switches_before_its_time_and_can_still_be_mended() {
    let scene = Scene::connected();
    let (change, at) = scene.schedule();
    scene.admin_of(SERVICE, false);
    let refused = scene.refused(MARIA, Request::SwitchNow { change: change.clone() });
    let ErrorCode::NotAsForeseen { because: Deviation::ChecksFailed { checks } } = refused else {
        panic!("{refused:?}")
    };
    let failed = |check: &&integration_plus::domain::health::Check| matches!(check.result, CheckResult::Failed { .. });
    let failed: Vec<CheckName> = checks.iter().filter(failed).map(|check| check.name).collect();
    assert_eq!(failed, [CheckName::JiraAdministrator]);
    assert_eq!((scene.main().as_deref(), scene.webhooks(SERVICE).len()), (Some(MARIA), 0));
    let waits = scene.status(MARIA).change.map(|change| change.stage);
    assert_eq!(waits, Some(StageView::Scheduled { at, looking: false, active: false }));
    scene.admin_of(SERVICE, true);
    scene.asked(MARIA, Request::SwitchNow { change });
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
}

#[test]
fn jira_that_falls_silent_when_it_is_to_switch_at_once_leaves_it_waiting_or_arrives() {
    let base = Scene::connected();
    let (change, _) = base.schedule();
    let (mut waits, mut arrived) = (0, 0);
    for steps in 0.. {
        let scene = base.copy();
        if silent_after(&scene, steps, Request::SwitchNow { change: change.clone() }).0 {
            break;
        }
        for _ in 0..3 {
            scene.wait(5 * MINUTE_MS);
            assert_eq!(scene.upkeep(), Ok(()), "{steps}");
        }
        match scene.status(MARIA).change.map(|change| change.stage) {
            Some(StageView::Scheduled { looking: false, active: false, .. }) => {
                assert_eq!(scene.main().as_deref(), Some(MARIA), "{steps}");
                waits += 1;
            }
            Some(StageView::Ended { outcome: Outcome::Completed { .. }, .. }) => {
                assert_eq!(scene.main().as_deref(), Some(SERVICE), "{steps}");
                arrived += 1;
            }
            other => panic!("{steps}: {other:?}"),
        }
    }
    assert!(waits > 5 && arrived > 5, "{waits} wait, {arrived} arrived");
}

#[test]
fn who_scheduled_it_and_lost_their_rights_stops_it() {
    type Loses = fn(&Scene);
    let cases: [(Loses, Deviation); 3] = [
        (|scene| scene.admin_of(MARIA, false), Deviation::InitiatorNotAdministrator),
        (
            |scene| scene.platform.borrow_mut().atlassian.set_active(MARIA, false).expect("is known"),
            Deviation::InitiatorInactive,
        ),
        (
            |scene| {
                let edition = 0;
                let accounts = Some(vec![id(TOM)]);
                scene.ask(TOM, Request::LimitAdministrators { edition, accounts });
            },
            Deviation::InitiatorNotListed,
        ),
    ];
    for (loses, because) in cases {
        // Tom is main authorized user, so that whoever scheduled it is nobody else in this.
        let scene = Scene::new();
        scene.switch(MARIA, TOM);
        let (_, at) = scene.schedule();
        scene.wait(2 * HOUR_MS);
        loses(&scene);
        scene.wait(at.0 - scene.now().0);
        assert_eq!(scene.upkeep(), Ok(()), "{because:?}");
        assert_eq!(scene.stopped(), because);
        assert_eq!((scene.main().as_deref(), scene.webhooks(SERVICE).len()), (Some(TOM), 0), "{because:?}");
        assert_eq!((scene.webhooks(TOM).len(), scene.grant(SERVICE)), (1, None), "{because:?}");
        assert_eq!(scene.alarm(TOM), Some(Risk::ScheduleStopped), "{because:?}");
        scene.wait(3 * DAY_MS);
        assert_eq!(scene.alarm(TOM), None, "{because:?}");
    }
}

#[test]
fn a_project_that_the_new_account_lost_meanwhile_stops_it_by_name() {
    let scene = Scene::connected();
    let (_, at) = scene.schedule();
    let lost = "MOB";
    scene.browses(lost, SERVICE, false);
    scene.wait(at.0 - scene.now().0);
    assert_eq!(scene.upkeep(), Ok(()));
    let projects = vec![lost.to_owned()];
    assert_eq!(scene.stopped(), Deviation::MoreIsLost { lost: 1, failing: 1, projects });
    scene.nothing_switched("a project was lost");
}

#[test]
fn what_was_acknowledged_stops_nothing_and_one_more_does() {
    let planned = || {
        let scene = Scene::connected();
        scene.sets("MOB", "EDIT_ISSUES", SERVICE, false);
        scene.sets("WEB", "BROWSE_PROJECTS", SERVICE, false);
        let (_, at) = scene.schedule();
        scene.wait(at.0 - scene.now().0);
        scene
    };
    let same = planned();
    assert_eq!((same.upkeep(), same.main().as_deref()), (Ok(()), Some(SERVICE)));
    let better = planned();
    better.sets("WEB", "BROWSE_PROJECTS", SERVICE, true);
    better.sets("WEB", "ADD_COMMENTS", SERVICE, false);
    assert_eq!((better.upkeep(), better.main().as_deref()), (Ok(()), Some(SERVICE)));
    // As many as before, and others: each project counts by its name, and each permission by its own.
    let other = planned();
    other.sets("WEB", "BROWSE_PROJECTS", SERVICE, true);
    other.sets("PLT", "BROWSE_PROJECTS", SERVICE, false);
    assert_eq!(other.upkeep(), Ok(()));
    assert_eq!(other.stopped(), Deviation::MoreIsLost { lost: 1, failing: 2, projects: vec!["PLT".into()] });
    let worse = planned();
    worse.sets("MOB", "ADD_COMMENTS", SERVICE, false);
    assert_eq!(worse.upkeep(), Ok(()));
    assert_eq!(worse.stopped(), Deviation::MoreIsLost { lost: 1, failing: 2, projects: vec!["MOB".into()] });
}

#[test]
fn a_main_authorized_user_who_became_another_meanwhile_stops_it() {
    let scene = Scene::connected();
    let (_, at) = scene.schedule();
    // No way through the app leads there while a change is scheduled, so the record says so.
    let moved = Connection { generation: 9, ..scene.connection() };
    let Write::Put { key, document, .. } = records::put(records::connection(), Expect::Absent, &moved) else {
        panic!("a put is a put")
    };
    let revision = scene.platform.borrow().kvs.get(&key).expect("is there").revision;
    scene.platform.borrow_mut().kvs.place(key, Stored { revision, document });
    scene.wait(at.0 - scene.now().0);
    let _ = scene.upkeep();
    assert_eq!(scene.stopped(), Deviation::MainUserChanged);
    assert_eq!((scene.main().as_deref(), scene.webhooks(MARIA).len()), (Some(MARIA), 1));
    assert_eq!((scene.grant(SERVICE), scene.webhooks(SERVICE).len()), (None, 0));
}

#[test]
fn a_grant_that_dies_while_it_waits_is_found_within_the_hour_or_so_and_told() {
    let scene = Scene::connected();
    scene.schedule_for(SERVICE, 20 * DAY_MS, ReauthorizationPolicy::VerifyFirst);
    scene.rounds_until(Timestamp(scene.now().0 + 2 * HOUR_MS));
    scene.revoke(SERVICE);
    scene.rounds_until(Timestamp(scene.now().0 + 2 * HOUR_MS));
    assert_eq!(scene.stopped(), Deviation::GrantDead { reason: REVOKED });
    assert_eq!(scene.alarm(TOM), Some(Risk::ScheduleStopped));
    let shown = scene.status(TOM).change.map(|change| change.stage);
    assert!(matches!(shown, Some(StageView::Ended { outcome: Outcome::Stopped { .. }, .. })), "{shown:?}");
    scene.nothing_switched("its grant died");
}

#[test]
fn an_account_that_is_deactivated_while_it_waits_is_not_said_to_have_revoked_anything() {
    let scene = Scene::connected();
    scene.schedule_for(SERVICE, 20 * DAY_MS, ReauthorizationPolicy::VerifyFirst);
    scene.rounds_until(Timestamp(scene.now().0 + 2 * HOUR_MS));
    scene.platform.borrow_mut().atlassian.set_active(SERVICE, false).expect("is known");
    scene.revoke(SERVICE);
    scene.rounds_until(Timestamp(scene.now().0 + 2 * HOUR_MS));
    assert_eq!(scene.stopped(), Deviation::GrantDead { reason: ReauthorizationReason::AccountClosed });
    scene.nothing_switched("its account is deactivated");
}

#[test]
fn while_jira_asks_to_wait_it_waits_and_then_switches() {
    let scene = Scene::connected();
    let (_, at) = scene.schedule();
    scene.wait(at.0 - scene.now().0);
    scene.platform.borrow_mut().atlassian.set_faults(busy());
    for _ in 0..12 {
        assert!(scene.upkeep().is_err(), "nothing is known");
        assert_eq!(scene.main().as_deref(), Some(MARIA));
        scene.wait(5 * MINUTE_MS);
    }
    scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    assert_eq!((scene.upkeep(), scene.main().as_deref()), (Ok(()), Some(SERVICE)));
    assert_eq!((scene.webhooks(MARIA).len(), scene.webhooks(SERVICE).len()), (0, 1));
}

#[test]
fn after_six_hours_without_an_answer_it_is_stopped() {
    let scene = Scene::connected();
    let (_, at) = scene.schedule();
    scene.wait(at.0 - scene.now().0);
    scene.platform.borrow_mut().atlassian.set_faults(busy());
    for _ in 0..71 {
        let _ = scene.upkeep();
        assert!(scene.connection().change.is_some_and(|change| change.under_way()));
        scene.wait(5 * MINUTE_MS);
    }
    scene.wait(5 * MINUTE_MS);
    let _ = scene.upkeep();
    scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    scene.wait(5 * MINUTE_MS);
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!(scene.stopped(), Deviation::NoAnswer);
    scene.nothing_switched("no answer came");
}

#[test]
fn what_was_found_is_found_anew_when_the_steps_had_to_wait() {
    let scene = Scene::connected();
    let (_, at) = scene.schedule();
    scene.wait(at.0 - scene.now().0);
    // Everything is found as foreseen, and then the function ends.
    let mut effect = 0;
    let broken = loop {
        let broken = scene.copy();
        broken.faulty(None, Invocation::Upkeep, effect, Fault::CrashAfter);
        let confirmed = |change: &integration_plus::domain::change::Change| {
            matches!(change.stage, integration_plus::domain::change::Stage::Confirmed { .. })
        };
        if broken.connection().change.as_ref().is_some_and(confirmed) {
            break broken;
        }
        effect += 1;
        assert!(effect < 200, "it is never confirmed");
    };
    let soon = broken.copy();
    soon.wait(2 * MINUTE_MS);
    assert_eq!((soon.upkeep(), soon.main().as_deref()), (Ok(()), Some(SERVICE)));
    broken.wait(11 * MINUTE_MS);
    broken.admin_of(MARIA, false);
    assert_eq!(broken.upkeep(), Ok(()));
    assert_eq!(broken.stopped(), Deviation::InitiatorNotAdministrator);
    assert_eq!((broken.webhooks(SERVICE).len(), broken.grant(SERVICE)), (0, None));
}

#[test]
fn a_time_out_of_bounds_is_refused_and_nothing_has_begun() {
    let scene = Scene::connected();
    for ahead in [-HOUR_MS, 0, 10 * MINUTE_MS - 1, 30 * DAY_MS + 1, i64::MAX / 2] {
        let request = scene.plan(SERVICE, ahead, ReauthorizationPolicy::VerifyFirst);
        let before = scene.trace();
        let now = scene.now().0;
        let (earliest, latest) = (Timestamp(now + 10 * MINUTE_MS), Timestamp(now + 30 * DAY_MS));
        assert_eq!(scene.refused(MARIA, request), ErrorCode::SwitchTimeOutOfBounds { earliest, latest }, "{ahead}");
        assert_eq!(scene.trace(), before, "{ahead}");
    }
    // Nothing is switched where nobody is main authorized user yet, or the same account allows again.
    let renews = scene.plan(MARIA, DAY_MS, ReauthorizationPolicy::VerifyFirst);
    assert_eq!(scene.refused(MARIA, renews), ErrorCode::InvalidRequest);
    let new = Scene::new();
    let first = new.plan(SERVICE, DAY_MS, ReauthorizationPolicy::VerifyFirst);
    assert_eq!(new.refused(MARIA, first), ErrorCode::InvalidRequest);
}

#[test]
fn while_one_is_scheduled_no_other_begins_and_it_is_said_what_to_do() {
    let scene = Scene::connected();
    let (change, at) = scene.schedule();
    let before = scene.trace();
    for who in [MARIA, TOM] {
        let begin = Request::BeginChange {
            intended: id(SERVICE),
            instead_of: Some(change.clone()),
            policy: None,
            acknowledged: None,
            switch_at: None,
        };
        let refused = scene.refused(who, begin);
        let ErrorCode::ChangeUnderWay { by, replaceable, scheduled_for, .. } = refused else { panic!("{refused:?}") };
        assert_eq!((by.account_id, replaceable, scheduled_for), (id(MARIA), false, Some(at)));
    }
    assert_eq!(scene.trace(), before);
    scene.asked(TOM, Request::CancelChange { change });
    assert_eq!(scene.switch(TOM, SERVICE).main.map(|main| main.account.person.account_id), Some(id(SERVICE)));
}

#[test]
fn an_account_that_allowed_in_place_of_the_one_meant_waits_for_the_same_time() {
    let scene = Scene::connected();
    let at = Timestamp(scene.now().0 + DAY_MS);
    let begun = scene.ask(MARIA, scene.plan(NARROW, DAY_MS, ReauthorizationPolicy::VerifyFirst));
    let Reply::Authorization { change, url, .. } = begun else { panic!("{begun:?}") };
    scene.allow(&url, SERVICE);
    let acknowledged = scene.rehearsed(MARIA, SERVICE);
    let take = Request::AcceptAccount { change, account_id: id(SERVICE), acknowledged };
    let waits = scene.asked(MARIA, take).change.map(|change| change.stage);
    assert_eq!(waits, Some(StageView::Scheduled { at, looking: false, active: false }));
    // The main authorized user itself has nothing to wait for.
    let scene = Scene::connected();
    let begun = scene.ask(MARIA, scene.plan(SERVICE, DAY_MS, ReauthorizationPolicy::VerifyFirst));
    let Reply::Authorization { change, url, .. } = begun else { panic!("{begun:?}") };
    scene.allow(&url, MARIA);
    scene.asked(MARIA, Request::AcceptAccount { change, account_id: id(MARIA), acknowledged: None });
    assert_eq!(scene.outcome(), Some(Outcome::Refreshed));
}

#[test]
fn whoever_will_be_asked_is_told_once_and_after_cancelling_nobody_is() {
    let scene = Scene::connected();
    for who in [ANA, BEN, CHLOE] {
        scene.member(who);
    }
    scene.connect(TOM);
    scene.revoke(CHLOE);
    scene.wait(2 * HOUR_MS);
    scene.comment(CHLOE, "MOB-2", "again");
    let (change, at) = scene.schedule_for(SERVICE, 2 * DAY_MS, ReauthorizationPolicy::Everyone);
    let announcement = Some(Announcement { change: change.clone(), at });
    assert_eq!((scene.announcement(ANA), scene.announcement(BEN)), (announcement.clone(), announcement.clone()));
    assert_eq!(scene.me(ANA).announcement, announcement);
    // Whoever is asked already is asked for that; who never used it is not asked afterwards; nor is who never connected.
    assert_eq!((scene.announcement(CHLOE), scene.announcement(TOM), scene.announcement(MARIA)), (None, None, None));
    // Whoever has not read it yet is told again; who has, is not, and finds it in their own page.
    assert_eq!(scene.announcement(ANA), announcement);
    scene.ask(ANA, Request::ReadAnnouncement { change: change.clone() });
    assert_eq!((scene.announcement(ANA), scene.announcement(BEN)), (None, announcement.clone()));
    assert_eq!(scene.me(ANA).announcement, announcement);
    scene.asked(TOM, Request::CancelChange { change: change.clone() });
    assert_eq!((scene.announcement(BEN), scene.me(ANA).announcement), (None, None));
    // Another one is another matter.
    let (next, at) = scene.schedule_for(SERVICE, DAY_MS, ReauthorizationPolicy::Everyone);
    assert_eq!(scene.announcement(ANA), Some(Announcement { change: next, at }));
    let before = scene.trace();
    scene.ask(BEN, Request::ReadAnnouncement { change });
    assert_eq!(scene.trace(), before, "one that is over is announced to nobody");
    scene.wait(at.0 - scene.now().0);
    assert_eq!(scene.upkeep(), Ok(()));
    assert_eq!((scene.prompt(ANA), scene.prompt(TOM)), (Some(ReauthorizationReason::ReplacedPolicy), None));
}

#[test]
fn with_verify_first_nobody_is_told_before() {
    let scene = Scene::connected();
    scene.member(ANA);
    scene.schedule();
    assert_eq!((scene.announcement(ANA), scene.me(ANA).announcement), (None, None));
}

#[test]
fn an_announcement_costs_no_round_trip_more_than_a_page_that_finds_nothing() {
    let scene = Scene::connected();
    scene.member(ANA);
    let trips = |scene: &Scene| {
        let (_, trips) = scene.start(ANA, Request::Prompt { risks: None }).finish();
        trips
    };
    let before = trips(&scene);
    scene.schedule_for(SERVICE, DAY_MS, ReauthorizationPolicy::Everyone);
    assert!(scene.announcement(ANA).is_some());
    assert_eq!(trips(&scene), before);
}

#[test]
fn an_account_that_disconnects_itself_meanwhile_does_not_take_the_tokens_with_it() {
    let scene = Scene::connected();
    scene.member(TOM);
    let (_, at) = scene.schedule_for(TOM, DAY_MS, ReauthorizationPolicy::VerifyFirst);
    scene.ask(TOM, Request::Disconnect {});
    scene.wait(at.0 - scene.now().0);
    assert_eq!((scene.upkeep(), scene.main().as_deref()), (Ok(()), Some(TOM)));
}

#[test]
fn going_back_by_schedule_outlives_the_end_of_the_grace_period() {
    let scene = Scene::connected();
    scene.wait(2 * HOUR_MS);
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    scene.all_work();
    let (change, at) = scene.schedule_for(MARIA, 9 * DAY_MS, ReauthorizationPolicy::VerifyFirst);
    scene.rounds_until(at);
    assert!(scene.status(TOM).former.is_none(), "its time is over");
    assert_eq!((scene.upkeep(), scene.main().as_deref()), (Ok(()), Some(MARIA)));
    assert_eq!(scene.refused(TOM, Request::SwitchNow { change }), ErrorCode::NoSuchChange);
}

#[test]
fn a_large_site_is_looked_at_over_several_rounds_and_then_switched() {
    let scene = Scene::connected();
    scene.platform.borrow_mut().atlassian.add_projects(CLOUD_ID, 3_300).expect("is known");
    scene.ask(MARIA, Request::Rehearse { account: id(SERVICE), again: false });
    scene.all_work();
    let reply = scene.ask(MARIA, Request::Rehearsal { account: id(SERVICE) });
    let Reply::Rehearsal { rehearsal: Some(rehearsal) } = reply else { panic!("{reply:?}") };
    let acknowledged = Some(rehearsal.id);
    let switch_at = Some(Timestamp(scene.now().0 + DAY_MS));
    let begun = scene.ask(
        MARIA,
        Request::BeginChange { intended: id(SERVICE), instead_of: None, policy: None, acknowledged, switch_at },
    );
    let Reply::Authorization { change, url, .. } = begun else { panic!("{begun:?}") };
    scene.allow(&url, SERVICE);
    scene.proceed(MARIA, &change);
    scene.wait(HOUR_MS);
    assert_eq!(scene.refused(MARIA, Request::SwitchNow { change }), ErrorCode::StillRehearsing);
    scene.wait(DAY_MS);
    assert_eq!(scene.upkeep(), Err(ErrorCode::StillRehearsing));
    assert_eq!(scene.main().as_deref(), Some(MARIA));
    scene.wait(5 * MINUTE_MS);
    scene.all_work();
    assert_eq!((scene.upkeep(), scene.main().as_deref()), (Ok(()), Some(SERVICE)));
}

#[test]
fn nothing_that_a_scheduled_change_says_or_keeps_holds_a_secret() {
    let scene = Scene::connected();
    scene.member(ANA);
    let mut said = Vec::new();
    let (change, at) = scene.schedule_for(SERVICE, DAY_MS, ReauthorizationPolicy::Everyone);
    said.push(format!("{:?}", scene.status(TOM)));
    said.push(format!("{:?}", scene.ask(ANA, Request::Prompt { risks: None })));
    said.push(format!("{:?}", scene.refused(TOM, Request::SwitchNow { change })));
    scene.rounds_until(at);
    scene.admin_of(SERVICE, false);
    assert_eq!(scene.upkeep(), Ok(()));
    said.push(format!("{:?}", scene.status(TOM)));
    said.extend(scene.platform.borrow().spoken.iter().cloned());
    said.extend(scene.platform.borrow().effects.iter().map(|effect| effect.name.clone()));
    let platform = scene.platform.borrow();
    let canaries: Vec<&str> = platform.authorization_server.secrets().collect();
    assert!(canaries.len() > 8 && said.len() > 50);
    for canary in canaries {
        assert_eq!(said.iter().find(|text| text.contains(canary)), None, "{canary}");
    }
}

#[test]
fn a_refresh_whose_answer_is_lost_while_it_waits_is_recovered_by_the_next_round() {
    let scene = Scene::connected();
    let (_, at) = scene.schedule();
    scene.wait(58 * MINUTE_MS);
    let mut lost = 0;
    for _ in 0..14 {
        let quiet = scene.copy();
        quiet.platform.borrow_mut().effects.clear();
        let _ = quiet.upkeep();
        let names: Vec<String> = quiet.platform.borrow().effects.iter().map(|effect| effect.name.clone()).collect();
        for (number, _) in names.iter().enumerate().filter(|(_, name)| name.contains("oauth/token")) {
            let broken = scene.copy();
            broken.platform.borrow_mut().effects.clear();
            broken.faulty(None, Invocation::Upkeep, number, Fault::LoseAnswer);
            broken.rounds_until(at);
            assert_eq!((broken.upkeep(), broken.main().as_deref()), (Ok(()), Some(SERVICE)), "effect {number}");
            lost += 1;
        }
        let _ = scene.upkeep();
        scene.wait(5 * MINUTE_MS);
    }
    assert!(lost > 1, "{lost} refreshes");
}

#[test]
fn a_scheduled_change_switches_with_a_lost_project_when_somebody_only_tried_again_what_failed() {
    let scene = Scene::connected();
    let (_, at) = scene.schedule();
    scene.browses("MOB", SERVICE, false);
    scene.wait(at.0 - scene.now().0 + 1_000);
    // Another administrator has the rehearsal open, and presses "try again".
    scene.rehearses(TOM, SERVICE, true);
    scene.upkeep().expect("goes well");
    assert_eq!(scene.main().as_deref(), Some(MARIA), "MOB is lost, and that was not acknowledged");
}

#[test]
fn switching_now_goes_through_with_a_lost_project_when_somebody_only_tried_again_what_failed() {
    let scene = Scene::connected();
    let (change, _) = scene.schedule();
    scene.wait(2 * HOUR_MS);
    scene.browses("MOB", SERVICE, false);
    scene.rehearses(TOM, SERVICE, true);
    scene.ask(MARIA, Request::SwitchNow { change });
    assert_eq!(scene.main().as_deref(), Some(MARIA), "MOB is lost, and that was not acknowledged");
}

/// The same while a change is scheduled: one project is mended, and another lacks something required.
#[test]
fn a_scheduled_change_does_not_take_one_failing_project_for_another_where_fifty_lack_something_recommended() {
    let scene = Scene::connected();
    let keys = scene.lacks_much_that_is_recommended();
    let (last, others) = keys.split_last().expect("some");
    let (_, at) = scene.schedule();
    scene.sets(last, "ADD_COMMENTS", SERVICE, true);
    scene.sets(&others[others.len() - 1], "ADD_COMMENTS", SERVICE, false);
    scene.wait(at.0 - scene.now().0);
    scene.upkeep().expect("goes well");
    assert_eq!(scene.main().as_deref(), Some(MARIA), "another project fails than was acknowledged");
}

/// What is not as foreseen before the time is refused then and can be mended.
#[test]
fn switching_now_that_broke_off_stops_the_change_for_good_over_something_that_could_be_mended() {
    let scene = Scene::connected();
    let (change, at) = scene.schedule_for(SERVICE, 3 * DAY_MS, ReauthorizationPolicy::VerifyFirst);
    scene.wait(HOUR_MS);
    let mut webhooks = Vec::new();
    for nth in 0..200 {
        let scene = scene.copy();
        scene.faulty(
            Some(MARIA),
            Invocation::Request(Some(Request::SwitchNow { change: change.clone() })),
            nth,
            Fault::CrashBefore,
        );
        if !matches!(scene.connection().change.map(|change| change.stage), Some(Stage::Confirmed { .. })) {
            continue;
        }
        webhooks.push(scene.webhooks(SERVICE).len());
        scene.browses("MOB", SERVICE, false);
        scene.wait(15 * MINUTE_MS);
        let _ = scene.upkeep();
        let waits = scene.status(MARIA).change.map(|change| change.stage);
        assert_eq!(waits, Some(StageView::Scheduled { at, looking: false, active: false }), "effect {nth}");
        assert_eq!(scene.webhooks(SERVICE).len(), 0, "effect {nth}: nothing in Jira has changed while it waits");
        scene.browses("MOB", SERVICE, true);
        scene.wait(at.0 - scene.now().0);
        assert_eq!(scene.upkeep(), Ok(()));
        assert_eq!(scene.main().as_deref(), Some(SERVICE), "effect {nth}: {:?}", scene.outcome());
    }
    assert!(webhooks.contains(&0) && webhooks.contains(&1), "{webhooks:?}");
}

/// A person who disconnects is told that the app's copy of their tokens is deleted.
#[test]
fn a_member_who_disconnects_while_a_change_to_them_waits_leaves_no_tokens_of_their_own_connection() {
    let scene = Scene::connected();
    scene.member(TOM);
    let mine: Vec<String> =
        scene.platform.borrow().kvs.secrets().filter(|name| name.contains(TOM)).map(str::to_owned).collect();
    assert_eq!(mine.len(), 1);
    scene.schedule_for(TOM, 20 * DAY_MS, ReauthorizationPolicy::VerifyFirst);
    scene.ask(TOM, Request::Disconnect {});
    let kept = scene.platform.borrow().kvs.secrets().any(|name| name == mine[0]);
    assert!(!kept, "the tokens of the personal connection rest for twenty days more");
}
