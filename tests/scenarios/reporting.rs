//! Runs, as they are listed, looked at, shared and forgotten.

use crate::scene::{ANA, DAY_MS, MARIA, MINUTE_MS, Scene, TOM, id};
use integration_plus::api::{ErrorCode, PageOfRuns, Reply, Request, Runs};
use integration_plus::app::Invocation;
use integration_plus::domain::adf::carry::Lost;
use integration_plus::domain::integration::{End, IntegrationId};
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::run::{Failure, Outcome, RunItem};
use integration_plus::domain::run_log::{Items, PART, Run, RunDays, RunId, RunOutcome, Trigger};
use integration_plus::domain::settings::Settings;
use integration_plus::domain::time::Timestamp;
use integration_plus::ports::Expect;
use integration_plus::records;
use sandbox::ports::CLOUD_ID;
use sandbox::{Faults, Lasts};

fn integration(letter: char) -> IntegrationId {
    IntegrationId::parse(letter.to_string().repeat(32)).expect("is one")
}

fn item(issue: &str, outcome: Outcome) -> RunItem {
    RunItem {
        about: None,
        end: End::Here,
        issue: Some(issue.into()),
        comment: JiraNumber(10_100),
        outcome,
        by: None,
        lost: Lost::default(),
        points: 3,
        at: Timestamp(0),
    }
}

fn created() -> Outcome {
    Outcome::Created { comment: JiraNumber(20_100) }
}

fn failed() -> Outcome {
    Outcome::Failed { why: Failure::MayNotComment }
}

/// A run of the integration `letter` that started at `at_ms` and is not over.
fn begun(number: u8, letter: char, at_ms: i64, items: &[RunItem]) -> Run {
    let id = RunId::new(&[number; 32]);
    let run = Run::new(id, Trigger::Heard, integration(letter), format!("Integration {letter}"), Timestamp(at_ms));
    run.with(items, Timestamp(at_ms))
}

impl Scene {
    fn keep_run(&self, run: &Run, items: &[RunItem]) {
        let parts = items.chunks(PART).enumerate();
        let parts = parts.map(|(part, items)| {
            let part = u32::try_from(part).expect("is small");
            records::put(records::run_items(&run.id, part), Expect::Absent, &Items(items.to_vec()))
        });
        let writes: Vec<_> = parts.chain([records::put_run(Expect::Absent, run)]).collect();
        self.platform.borrow_mut().kvs.transact(&writes).expect("is kept");
    }

    fn now_ms(&self) -> i64 {
        self.platform.borrow().now_ms
    }

    fn runs(&self, page: PageOfRuns) -> Runs {
        let Reply::Runs { runs } = self.ask(MARIA, Request::Runs { page }) else { panic!("another reply") };
        *runs
    }

    fn run_of(&self, id: &RunId, part: u32) -> (Run, Vec<RunItem>, Option<u32>) {
        let Reply::Run { run, items, next, .. } = self.ask(MARIA, Request::Run { id: id.clone(), part }) else {
            panic!("another reply")
        };
        (*run, items, next)
    }

    fn share_run(&self, who: &str, id: &RunId, share: bool) -> Run {
        let Reply::Run { run, .. } = self.ask(who, Request::ShareRun { id: id.clone(), share }) else {
            panic!("another reply")
        };
        *run
    }
}

fn search(text: &str) -> PageOfRuns {
    PageOfRuns { search: Some(text.into()), ..PageOfRuns::default() }
}

/// Three runs: one of another integration that succeeded, one that failed in part, one that is under way.
fn with_three() -> (Scene, [Run; 3]) {
    let scene = Scene::connected();
    let now = scene.now_ms();
    let whole = [item("MOB-1", created())];
    let partly = [item("BIL-1", created()), item("BIL-1", failed())];
    let ended = |run: Run| run.ended(Timestamp(now - MINUTE_MS));
    let first = ended(begun(1, 'b', now - 3 * MINUTE_MS, &whole));
    let second = ended(begun(2, 'a', now - 2 * MINUTE_MS, &partly));
    let third = begun(3, 'a', now, &[]);
    scene.keep_run(&first, &whole);
    scene.keep_run(&second, &partly);
    scene.keep_run(&third, &[]);
    (scene, [first, second, third])
}

#[test]
fn runs_are_listed_the_latest_first_and_by_what_is_asked_for() {
    let (scene, [first, second, third]) = with_three();
    let before = scene.platform.borrow().exchanges.len();
    let all = scene.runs(PageOfRuns::default());
    // One question of which issues the administrator sees, however many there are.
    let asked = scene.platform.borrow().exchanges[before..]
        .iter()
        .filter(|asked| asked.request.path.contains("/issue/"))
        .count();
    assert_eq!(asked, 1);
    assert_eq!(all.rows, [third.clone(), second.clone(), first.clone()]);
    assert_eq!((all.next, all.poll_after_ms, all.kept_days), (None, Some(3_000), 30));
    let of = |outcome, integration| scene.runs(PageOfRuns { outcome, integration, ..PageOfRuns::default() }).rows;
    assert_eq!(of(Some(RunOutcome::Partly), None), std::slice::from_ref(&second));
    assert_eq!(of(None, Some(integration('a'))), [third.clone(), second.clone()]);
    assert_eq!(of(Some(RunOutcome::Running), Some(integration('a'))), [third]);
    assert_eq!(of(Some(RunOutcome::Succeeded), Some(integration('a'))), []);
    assert_eq!(scene.runs(search(&first.id.as_str().to_uppercase())).rows, [first]);
    assert_eq!(scene.runs(search(" bil-1 ")).rows, [second]);
    assert_eq!(scene.runs(search("MKT-1")).rows, []);
    for nothing in ["../../x", "MOB", "éé", &"a".repeat(5_000), &"0".repeat(32)] {
        assert_eq!(scene.refused(MARIA, Request::Runs { page: search(nothing) }), ErrorCode::NoSuchRun, "{nothing}");
    }
}

#[test]
fn a_page_of_a_hundred_thousand_runs_costs_what_a_page_of_a_hundred_does() {
    let pages = [100, 100_000].map(|runs: u32| {
        let scene = Scene::connected();
        let now = scene.now_ms();
        for n in 0..runs {
            let mut random = [0; 32];
            random[..4].copy_from_slice(&n.to_be_bytes());
            let id = RunId::new(&random);
            let at = Timestamp(now - i64::from(n));
            let run = Run::new(id, Trigger::Heard, integration('a'), "A".into(), at).ended(at);
            scene.keep_run(&run, &[]);
        }
        let first = scene.runs(PageOfRuns::default());
        let cost = scene.platform.borrow().effects.len();
        let cursor = first.next.clone();
        let second = scene.runs(PageOfRuns { cursor, ..PageOfRuns::default() });
        assert_eq!((first.rows.len(), second.rows.len()), (25, 25));
        assert!(first.rows[24].started_at > second.rows[0].started_at);
        (cost, scene.platform.borrow().effects.len())
    });
    assert_eq!(pages[0], pages[1]);
}

#[test]
fn the_items_of_a_run_come_part_by_part() {
    let scene = Scene::connected();
    let items: Vec<RunItem> = (0..250)
        .map(|n| RunItem { comment: JiraNumber(n), ..item("MOB-1", if n == 7 { failed() } else { created() }) })
        .collect();
    let run = begun(1, 'a', scene.now_ms(), &items).ended(Timestamp(scene.now_ms()));
    scene.keep_run(&run, &items);
    let mut seen = Vec::new();
    let mut parts = 0;
    let mut part = Some(0);
    while let Some(number) = part {
        let (shown, more, next) = scene.run_of(&run.id, number);
        assert_eq!(shown, run);
        seen.extend(more);
        parts += 1;
        part = next;
    }
    assert_eq!((seen, parts), (items, 3));
    assert_eq!(scene.run_of(&run.id, 900), (run, Vec::new(), None));
}

#[test]
fn a_run_is_shared_with_support_and_no_longer_and_both_by_an_administrator() {
    let (scene, [_, second, third]) = with_three();
    let shared = scene.share_run(TOM, &second.id, true);
    let by = shared.shared.clone().expect("is shared");
    assert_eq!((by.by.account_id, by.at), (id(TOM), Timestamp(scene.now_ms())));
    assert_eq!(scene.share_run(MARIA, &second.id, true), shared, "it stays as it was shared first");
    assert_eq!(scene.share_run(MARIA, &second.id, false), second);
    // One that is under way is shared as it goes on.
    assert!(scene.share_run(MARIA, &third.id, true).shared.is_some());
    assert_eq!(scene.run_of(&third.id, 0).0.outcome, RunOutcome::Running);
    let unknown = RunId::new(&[9; 32]);
    assert_eq!(scene.refused(MARIA, Request::ShareRun { id: unknown, share: true }), ErrorCode::NoSuchRun);
}

#[test]
fn whoever_is_no_administrator_learns_nothing_of_runs() {
    let (scene, [first, ..]) = with_three();
    let before = scene.trace();
    for request in [
        Request::Runs { page: PageOfRuns::default() },
        Request::Runs { page: search(first.id.as_str()) },
        Request::Runs { page: search("nothing") },
        Request::Run { id: first.id.clone(), part: 0 },
        Request::ShareRun { id: first.id.clone(), share: true },
    ] {
        let refused = scene.refused(ANA, request);
        assert!(matches!(refused, ErrorCode::NotAdministrator { .. }), "{refused:?}");
    }
    assert_eq!(scene.trace(), before);
}

#[test]
fn a_run_that_broke_off_is_shown_as_that_and_counted_by_the_next_round() {
    let (scene, [.., third]) = with_three();
    scene.wait(2 * MINUTE_MS);
    assert_eq!(scene.run_of(&third.id, 0).0.outcome, RunOutcome::Interrupted);
    scene.upkeep().expect("goes well");
    let run: Run = scene.record(&records::run(&third.id)).expect("is kept");
    assert_eq!((run.outcome, run.ended_at), (RunOutcome::Interrupted, Some(third.started_at)));
    let RunDays(days) = scene.record(&records::run_days()).expect("is counted");
    assert_eq!(days.iter().map(|day| (day.runs, day.failures)).collect::<Vec<_>>(), [(1, 1)]);
    scene.upkeep().expect("goes well");
    assert_eq!(scene.record::<RunDays>(&records::run_days()), Some(RunDays(days)), "it is counted once");
}

#[test]
fn runs_are_deleted_with_their_items_once_they_are_older_than_they_are_kept() {
    let (scene, [first, second, _]) = with_three();
    scene.settle(|settings| settings.runs_days = Some(2));
    scene.wait(DAY_MS);
    let items: Vec<RunItem> = (0..2_500).map(|_| item("MOB-1", created())).collect();
    let large = begun(7, 'a', scene.now_ms(), &items).ended(Timestamp(scene.now_ms()));
    scene.keep_run(&large, &items[..1_000]);
    scene.upkeep().expect("goes well");
    assert!(scene.record::<Run>(&records::run(&first.id)).is_some());
    scene.wait(DAY_MS);
    scene.upkeep().expect("goes well");
    for old in [&first, &second] {
        assert!(scene.record::<Run>(&records::run(&old.id)).is_none());
        assert!(scene.record::<Items>(&records::run_items(&old.id, 0)).is_none());
    }
    assert_eq!(scene.runs(PageOfRuns::default()).rows, std::slice::from_ref(&large));
    assert_eq!(scene.refused(MARIA, Request::Run { id: first.id, part: 0 }), ErrorCode::NoSuchRun);
    scene.wait(DAY_MS);
    scene.upkeep().expect("goes well");
    let left = scene.platform.borrow().kvs.records().filter(|(key, _)| key.id.contains(large.id.as_str())).count();
    assert_eq!(left, 0, "of a run with many parts nothing is left");
}

#[test]
fn a_run_is_kept_for_a_day_to_a_year() {
    let scene = Scene::connected();
    for days in [0, 366] {
        let settings = Settings { runs_days: Some(days), ..scene.status(MARIA).settings };
        assert_eq!(scene.refused(MARIA, Request::ChangeSettings { settings }), ErrorCode::InvalidRequest);
    }
}

#[test]
fn a_part_beyond_every_run_holds_nothing_and_none_follows_it() {
    let scene = Scene::connected();
    let items = vec![item("MOB-1", failed())];
    let run = begun(1, 'a', scene.now_ms(), &items).ended(Timestamp(scene.now_ms()));
    scene.keep_run(&run, &items);
    let reply = scene.ask(MARIA, Request::Run { id: run.id, part: u32::MAX });
    let Reply::Run { items, next, .. } = reply else { panic!("{reply:?} is no run") };
    assert_eq!((items.len(), next), (0, None));
}

#[test]
fn a_run_that_looked_at_several_issues_names_to_nobody_one_that_they_may_not_see() {
    let scene = Scene::connected();
    let items = [item("MOB-1", created()), item("BIL-1", created())];
    let run = begun(1, 'a', scene.now_ms(), &items).ended(Timestamp(scene.now_ms()));
    scene.keep_run(&run, &items);
    let hide = |project| {
        let mut platform = scene.platform.borrow_mut();
        platform.atlassian.set_project_permission(CLOUD_ID, project, "BROWSE_PROJECTS", TOM, false).expect("exists");
    };
    let told = || {
        let reply = scene.ask(TOM, Request::Run { id: run.id.clone(), part: 0 });
        let Reply::Run { run: told, items, .. } = reply else { panic!("{reply:?} is no run") };
        (told.issue, items.into_iter().map(|item| item.issue).collect::<Vec<_>>())
    };
    let (mob, bil) = (Some("MOB-1".to_owned()), Some("BIL-1".to_owned()));
    assert_eq!(told(), (mob.clone(), vec![mob.clone(), bil]));
    hide("BIL");
    assert_eq!(told(), (mob.clone(), vec![mob, None]));
    hide("MOB");
    assert_eq!(told(), (None, vec![None, None]));
}

#[test]
fn a_run_that_jira_did_not_answer_waits_and_names_its_issue() {
    let bridge = crate::bridge::Bridge::new();
    bridge.say(End::Here, crate::people::CHLOE, "words");
    let faults = |faults| bridge.scene.platform.borrow_mut().atlassian.set_faults(faults);
    bridge.deliver_all();
    faults(Faults { status_503: Lasts::Always, ..Faults::default() });
    let work = bridge.next_work();
    bridge.scene.run(None, Invocation::Work(work));
    faults(Faults::default());
    let runs = bridge.scene.runs(PageOfRuns::default()).rows;
    assert_eq!((runs.len(), runs[0].outcome, runs[0].counts.failed), (1, RunOutcome::Waits, 0));
    assert_eq!(runs[0].issue.as_deref(), Some("MOB-1"));
    let (_, items, _) = bridge.scene.run_of(&runs[0].id, 0);
    assert_eq!(items[0].issue.as_deref(), Some("MOB-1"));
}

#[test]
fn runs_of_an_issue_that_somebody_may_not_see_are_not_found_by_its_key() {
    let bridge = crate::bridge::Bridge::new();
    bridge.say(End::Here, crate::people::CHLOE, "words");
    bridge.run();
    let page = || PageOfRuns { search: Some("MOB-1".into()), ..PageOfRuns::default() };
    let found = |who: &str| {
        let Reply::Runs { runs } = bridge.scene.ask(who, Request::Runs { page: page() }) else { panic!("lists") };
        runs.rows
    };
    let runs = found(TOM);
    assert_eq!((runs.len(), runs[0].issue.as_deref()), (1, Some("MOB-1")));
    let mut platform = bridge.scene.platform.borrow_mut();
    let here = crate::bridge::cloud(End::Here);
    platform.atlassian.set_project_permission(here, "MOB", "BROWSE_PROJECTS", TOM, false).expect("exists");
    drop(platform);
    assert_eq!(found(TOM).len(), 0);
    let reply = bridge.scene.ask(TOM, Request::Run { id: runs[0].id.clone(), part: 0 });
    let Reply::Run { run, items, .. } = reply else { panic!("{reply:?} is no run") };
    assert_eq!((run.issue, items[0].issue.as_deref()), (None, None));
}
