//! Testing accounts of the register: what each check tells, and that no test issue is left that nobody knows of.

use crate::people::race;
use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, NARROW, SERVICE, Scene, TOM, id};
use integration_plus::api::{ErrorCode, Reply, Request, Risk, TrialView};
use integration_plus::app::Invocation;
use integration_plus::domain::grant::ReauthorizationReason;
use integration_plus::domain::limits::{JiraNumber, LimitKind, ProjectLimit};
use integration_plus::domain::register::Details;
use integration_plus::domain::rehearsal::Permission;
use integration_plus::domain::trial::{Because, Failure, Finding, Item, KEPT, LEFT, Repeat, Trial, Trials, Verdict};
use integration_plus::records;
use sandbox::ports::{CLOUD_ID, Ended, Fault};
use sandbox::{Faults, Lasts};
use serde_json::Value;

const MOB: JiraNumber = JiraNumber(10_000);

/// Every account that a test acts as here must be able to delete what it creates.
pub fn scene() -> Scene {
    let scene = Scene::connected();
    scene.sets("MOB", "DELETE_ISSUES", SERVICE, true);
    scene.switch(MARIA, SERVICE);
    scene
}

/// The same with Mobile app as the test project.
pub fn ready() -> Scene {
    let scene = scene();
    scene.settles(Some(MOB), Repeat::Off);
    scene
}

impl Scene {
    pub fn sets(&self, project: &str, permission: &str, who: &str, holds: bool) {
        let atlassian = &mut self.platform.borrow_mut().atlassian;
        atlassian.set_project_permission(CLOUD_ID, project, permission, who, holds).expect("is known");
    }

    pub fn trial(&self, who: &str, request: Request) -> TrialView {
        let reply = self.ask(who, request);
        let Reply::Trial { trial } = reply else { panic!("{reply:?} is no test") };
        *trial
    }

    pub fn settles(&self, project: Option<JiraNumber>, repeat: Repeat) -> TrialView {
        self.trial(MARIA, Request::SettleTrial { account: id(SERVICE), project, repeat })
    }

    pub fn tests(&self, account: &str) -> TrialView {
        self.trial(MARIA, Request::TestAccount { account: id(account) })
    }

    pub fn looks(&self, account: &str) -> TrialView {
        self.trial(MARIA, Request::Trial { account: id(account) })
    }

    pub fn registers(&self, account: &str) {
        let details = Details { purpose: "x".into(), ..Details::default() };
        let saved = self.ask(MARIA, Request::SaveEntry { account: id(account), details, revision: None });
        assert!(matches!(saved, Reply::Register { .. }), "{saved:?}");
    }

    fn removes(&self, account: &str) {
        let reply = self.ask(MARIA, Request::Register {});
        let Reply::Register { register } = reply else { panic!("{reply:?}") };
        let own = register.entries.iter().find(|entry| entry.account.person.account_id == id(account));
        let revision = own.and_then(|entry| entry.revision).expect("is written down");
        let reply = self.ask(MARIA, Request::RemoveEntry { account: id(account), revision });
        assert!(matches!(reply, Reply::Register { .. }), "{reply:?}");
    }

    fn number_of(&self, key: &str) -> JiraNumber {
        let project = self.as_grant(MARIA, &sandbox::Request::get(format!("/rest/api/3/project/{key}")));
        JiraNumber(project["id"].as_str().and_then(|id| id.parse().ok()).expect("is known"))
    }

    /// Loses Jira's answer to the creation of the test issue in the test that this begins or goes on with.
    fn loses_the_answer_to_creating(&self, request: &Request) {
        let effect = {
            let copy = self.copy();
            copy.ask(MARIA, request.clone());
            let platform = copy.platform.borrow();
            let creates = |name: &str| name.starts_with("http POST") && name.ends_with("/issue");
            platform.effects.iter().position(|effect| creates(&effect.name))
        };
        let effect = effect.expect("an issue is created");
        self.platform.borrow_mut().plan = Some((effect, Fault::LoseAnswer));
        self.ask(MARIA, request.clone());
        self.platform.borrow_mut().plan = None;
    }

    /// Test issues that are in Jira.
    pub fn test_issues(&self) -> Vec<Value> {
        self.test_issues_in("MOB")
    }

    fn test_issues_in(&self, project: &str) -> Vec<Value> {
        self.wait(MINUTE_MS);
        let path = format!(
            "/rest/api/3/search/jql?jql=project%20%3D%20{project}&fields=summary,labels,comment,attachment,status,creator&properties=integration-plus.test&maxResults=100"
        );
        let page = self.as_grant(TOM, &sandbox::Request::get(&path));
        let all = page["issues"].as_array().cloned().unwrap_or_default();
        all.into_iter().filter(|issue| !issue["properties"]["integration-plus.test"].is_null()).collect()
    }

    /// Goes on with a request of Maria's until Jira was asked for this, then lets `act` happen and it end.
    fn meanwhile(&self, method: &str, path: &str, act: impl FnOnce(&Self)) -> TrialView {
        let mut running = self.start(MARIA, Request::TestAccount { account: id(SERVICE) });
        let asked = || {
            let platform = self.platform.borrow();
            platform.exchanges.iter().any(|one| one.request.method == method && one.request.path.ends_with(path))
        };
        while !asked() {
            assert!(running.poll().is_none(), "it ended without {method} {path}");
        }
        act(self);
        let (Ended::Answered(integration_plus::app::Answer::Reply(Reply::Trial { trial })), _) = running.finish()
        else {
            panic!("a test is answered")
        };
        *trial
    }

    /// Rounds and work, for as long as it takes until nothing is left to do.
    pub fn settle_down(&self, rounds: u32) {
        for _ in 0..rounds {
            self.wait(5 * MINUTE_MS);
            self.upkeep().expect("nothing is wrong any more");
            self.due_work();
        }
    }

    /// Work that is due now.
    pub fn due_work(&self) {
        loop {
            let due = {
                let mut platform = self.platform.borrow_mut();
                let now = platform.now_ms;
                let place = platform.queue.iter().position(|(at, _)| *at <= now);
                place.map(|place| platform.queue.remove(place).1)
            };
            let Some(work) = due else { return };
            self.run(None, Invocation::Work(Some(work)));
        }
    }
}

pub fn found(view: &TrialView, item: Item) -> Finding {
    assert!(view.run.is_none(), "it is not through: {:?}", view.run);
    let latest = view.results.first().expect("there is a result");
    latest.checks.iter().find(|check| check.item == item).expect("is in it").finding.clone()
}

fn failed(failure: Failure) -> Finding {
    Finding::Failed { failure }
}

pub fn not_run(because: Because) -> Finding {
    Finding::NotRun { because }
}

fn lacks() -> Finding {
    failed(Failure::PermissionMissing)
}

#[test]
fn an_account_that_can_do_everything_passes_and_leaves_nothing() {
    let scene = ready();
    let before = scene.platform.borrow().exchanges.len();
    let seen = scene.tests(SERVICE);
    assert!(Item::ALL.iter().all(|item| found(&seen, *item) == Finding::Passed), "{:?}", seen.results[0]);
    assert_eq!((seen.results.len(), seen.results[0].by.as_ref().map(|by| &by.account_id)), (1, Some(&id(MARIA))));
    assert!(seen.left.is_empty() && seen.lacking.is_empty() && seen.poll_after_ms.is_none());
    assert!(scene.test_issues().is_empty());
    // It was really done, as the account, and nowhere else.
    let platform = scene.platform.borrow();
    let written: Vec<(&str, &str, u16)> = platform.exchanges[before..]
        .iter()
        .filter(|one| one.request.method != "GET" && !one.request.path.ends_with("/permissions/check"))
        .map(|one| {
            assert!(matches!(&one.principal, sandbox::Principal::OAuth { account_id, .. } if account_id == SERVICE));
            (one.request.method.as_str(), one.request.path.rsplit('/').next().unwrap_or_default(), one.response.status)
        })
        .collect();
    let id = platform.exchanges.iter().find(|one| one.request.path == "/rest/api/3/issue").expect("was created");
    let id = id.response.body.as_ref().expect("names it")["id"].as_str().expect("is text").to_owned();
    let meant = [
        ("POST", "issue", 201),
        ("POST", "comment", 201),
        ("POST", "transitions", 204),
        ("POST", "attachments", 200),
        ("DELETE", id.as_str(), 204),
    ];
    assert_eq!(written, meant);
}

#[test]
fn a_test_issue_says_what_it_is_whose_and_by_whom() {
    let scene = ready();
    scene.sets("MOB", "DELETE_ISSUES", SERVICE, false);
    scene.tests(SERVICE);
    let issue = scene.test_issues().remove(0);
    let fields = &issue["fields"];
    let summary = fields["summary"].as_str().expect("is text");
    assert!(summary.starts_with("Integration+ tests the account Jira service account"), "{summary}");
    assert_eq!(fields["labels"][0], "integration-plus-test");
    assert_eq!(fields["attachment"][0]["filename"], "integration-plus-test.txt");
    let file = scene.platform.borrow();
    let sent = file.exchanges.iter().find(|one| one.request.path.ends_with("/attachments")).expect("was sent");
    let text = sent.request.body.as_ref().expect("has a file")["file"]["content"].as_str().expect("is text").to_owned();
    assert!(text.contains("Started by Maria Keller"), "{text}");
}

#[test]
fn nobody_but_an_administrator_tests_and_nobody_is_acted_as_whom_none_wrote_down() {
    let scene = ready();
    scene.connect(ANA);
    let before = scene.trace();
    for request in [
        Request::Trial { account: id(SERVICE) },
        Request::TestAccount { account: id(SERVICE) },
        Request::SettleTrial { account: id(SERVICE), project: Some(MOB), repeat: Repeat::Daily },
    ] {
        assert!(matches!(scene.refused(ANA, request), ErrorCode::NotAdministrator { .. }));
    }
    assert_eq!(scene.refused(MARIA, Request::TestAccount { account: id(ANA) }), ErrorCode::NotRegistered);
    assert_eq!(scene.trace(), before);
    assert!(scene.test_issues().is_empty());
}

#[test]
fn a_project_that_the_caller_does_not_see_or_the_app_leaves_out_is_not_chosen() {
    let scene = scene();
    let settle = |project: u64| Request::SettleTrial {
        account: id(SERVICE),
        project: Some(JiraNumber(project)),
        repeat: Repeat::Off,
    };
    assert_eq!(scene.refused(MARIA, settle(99_999)), ErrorCode::NoSuchPlace);
    scene.sets("MOB", "BROWSE_PROJECTS", TOM, false);
    assert_eq!(scene.refused(TOM, settle(10_000)), ErrorCode::NoSuchPlace);
    let limit = ProjectLimit { kind: LimitKind::Except, projects: vec![MOB], categories: vec![] };
    scene.ask(MARIA, Request::LimitProjects { edition: 0, limit, nowhere: None });
    assert_eq!(scene.refused(MARIA, settle(10_000)), ErrorCode::ProjectLeftOut);
    // One that was chosen before is left out all the same, and who may not browse it starts no test there.
    let scene = ready();
    scene.sets("MOB", "BROWSE_PROJECTS", TOM, false);
    assert_eq!(scene.refused(TOM, Request::TestAccount { account: id(SERVICE) }), ErrorCode::NoSuchPlace);
    let limit = ProjectLimit { kind: LimitKind::Except, projects: vec![MOB], categories: vec![] };
    scene.ask(MARIA, Request::LimitProjects { edition: 0, limit, nowhere: None });
    let seen = scene.tests(SERVICE);
    assert_eq!(found(&seen, Item::Creates), not_run(Because::ProjectLeftOut));
    assert_eq!(scene.asked_jira("/rest/api/3/issue/createmeta"), 0);
}

#[test]
fn without_a_test_project_everything_else_is_found_out_and_nothing_is_written() {
    let scene = scene();
    let seen = scene.tests(SERVICE);
    for item in &Item::ALL[..4] {
        assert_eq!(found(&seen, *item), Finding::Passed, "{item:?}");
    }
    for item in &Item::ALL[4..] {
        assert_eq!(found(&seen, *item), not_run(Because::NoProject), "{item:?}");
    }
    assert_eq!(seen.results[0].brief().verdict, Verdict::Incomplete);
}

#[test]
fn without_a_grant_the_checks_that_need_one_are_not_run() {
    let scene = scene();
    scene.registers(NARROW);
    let seen = scene.tests(NARROW);
    assert!(!seen.grant);
    assert_eq!(found(&seen, Item::SignsIn), not_run(Because::NoGrant));
    assert_eq!(found(&seen, Item::Active), Finding::Passed);
    assert_eq!(found(&seen, Item::ProductAccess), not_run(Because::NoGrant));
    let Finding::Failed { failure: Failure::PermissionsMissing { failing, of } } = found(&seen, Item::Permissions)
    else {
        panic!("{:?}", seen.results)
    };
    assert_eq!((failing, of), (5, 7));
    let lacking: Vec<&str> = seen.lacking.iter().map(|project| project.key.as_str()).collect();
    assert_eq!(lacking, ["BIL", "LEG", "MKT", "SUP", "WEB"]);
    assert_eq!(seen.lacking[0].lacking[0], Permission::BrowseProjects);
}

#[test]
fn each_permission_that_is_missing_fails_its_own_check_and_no_other() {
    for (permission, item) in [
        ("CREATE_ISSUES", Item::Creates),
        ("ADD_COMMENTS", Item::Comments),
        ("TRANSITION_ISSUES", Item::Transitions),
        ("CREATE_ATTACHMENTS", Item::Attaches),
        ("DELETE_ISSUES", Item::CleansUp),
    ] {
        let scene = ready();
        scene.sets("MOB", permission, SERVICE, false);
        let told = scene.looks(SERVICE);
        assert_eq!((told.creates, told.deletes), (Some(item != Item::Creates), Some(item != Item::CleansUp)));
        let seen = scene.tests(SERVICE);
        assert_eq!(found(&seen, item), lacks(), "{permission}");
        for other in &Item::ALL[4..] {
            let meant = if item == Item::Creates { not_run(Because::EarlierCheck) } else { Finding::Passed };
            assert!(*other == item || found(&seen, *other) == meant, "{permission}: {other:?}");
        }
        let stays = usize::from(item == Item::CleansUp);
        assert_eq!((seen.left.len(), scene.test_issues().len()), (stays, stays), "{permission}");
    }
}

#[test]
fn an_account_that_is_inactive_unlicensed_or_too_little_allowed_is_told_so() {
    let scene = ready();
    scene.platform.borrow_mut().atlassian.set_active(SERVICE, false).expect("is known");
    let seen = scene.tests(SERVICE);
    assert!(matches!(found(&seen, Item::SignsIn), Finding::Failed { .. }), "{:?}", seen.results);
    assert_eq!(found(&seen, Item::Active), failed(Failure::Inactive));
    assert_eq!(found(&seen, Item::Creates), not_run(Because::EarlierCheck));

    let scene = ready();
    scene.revoke(SERVICE);
    scene.wait(2 * HOUR_MS);
    let dead = failed(Failure::GrantDead { reason: ReauthorizationReason::RevokedOrPasswordChanged });
    assert_eq!(found(&scene.tests(SERVICE), Item::SignsIn), dead);

    let scene = ready();
    for group in ["jira-software-users", "jira-servicemanagement-users"] {
        let _ = scene.platform.borrow_mut().atlassian.remove_from_group(CLOUD_ID, group, SERVICE);
    }
    let seen = scene.tests(SERVICE);
    assert_eq!(found(&seen, Item::ProductAccess), failed(Failure::NoProductAccess));
}

#[test]
fn what_the_project_wants_is_no_fault_of_the_account() {
    let scene = ready();
    scene.platform.borrow_mut().atlassian.require_field(CLOUD_ID, "MOB", "Team").expect("is known");
    let seen = scene.tests(SERVICE);
    assert_eq!(found(&seen, Item::Creates), not_run(Because::RequiredFields { fields: vec!["Team".into()] }));
    assert_eq!(found(&seen, Item::Comments), not_run(Because::RequiredFields { fields: vec!["Team".into()] }));
    assert!(scene.test_issues().is_empty() && seen.left.is_empty());
    let scene = ready();
    scene.platform.borrow_mut().atlassian.require_field(CLOUD_ID, "MOB", "resolution").expect("is known");
    let seen = scene.tests(SERVICE);
    assert_eq!(found(&seen, Item::Transitions), not_run(Because::NoTransition));
    assert_eq!((found(&seen, Item::Attaches), found(&seen, Item::CleansUp)), (Finding::Passed, Finding::Passed));
}

#[test]
fn an_issue_that_may_not_be_deleted_is_named_remembered_and_deleted_later() {
    let scene = ready();
    scene.sets("MOB", "DELETE_ISSUES", SERVICE, false);
    let seen = scene.tests(SERVICE);
    assert_eq!(found(&seen, Item::CleansUp), lacks());
    let left = &seen.left[0];
    assert!(left.refused && left.issue_key.as_deref().is_some_and(|key| key.starts_with("MOB-")));
    // Refused again, it is tried no more often than once an hour.
    scene.settle_down(6);
    let before = scene.asked_jira("/rest/api/3/issue/2");
    scene.settle_down(6);
    assert!(scene.asked_jira("/rest/api/3/issue/2") <= before + 2);
    assert_eq!((scene.test_issues().len(), scene.looks(SERVICE).left.len()), (1, 1));
    scene.sets("MOB", "DELETE_ISSUES", SERVICE, true);
    scene.settle_down(14);
    assert_eq!((scene.test_issues().len(), scene.looks(SERVICE).left.len()), (0, 0));
    // Or with the next test.
    scene.sets("MOB", "DELETE_ISSUES", SERVICE, false);
    scene.tests(SERVICE);
    scene.sets("MOB", "DELETE_ISSUES", SERVICE, true);
    assert_eq!((scene.tests(SERVICE).left.len(), scene.test_issues().len()), (0, 0));
}

#[test]
fn as_many_left_as_are_remembered_keep_another_from_being_created() {
    let scene = ready();
    scene.sets("MOB", "DELETE_ISSUES", SERVICE, false);
    for _ in 0..LEFT {
        scene.tests(SERVICE);
        scene.wait(5_000);
    }
    let seen = scene.tests(SERVICE);
    assert_eq!(found(&seen, Item::Creates), not_run(Because::TooManyLeft));
    assert_eq!((scene.test_issues().len(), seen.left.len()), (LEFT, LEFT));
}

#[test]
fn a_grant_that_dies_under_way_ends_the_test_and_what_is_left_goes_once_it_lives_again() {
    let scene = ready();
    let seen = scene.meanwhile("POST", "/comment", |scene| {
        scene.revoke(SERVICE);
        scene.platform.borrow_mut().now_ms += 2 * HOUR_MS;
    });
    // Time passed too, and the page carries it on.
    let seen = if seen.run.is_some() { scene.looks(SERVICE) } else { seen };
    assert!(matches!(found(&seen, Item::SignsIn), Finding::Failed { failure: Failure::GrantDead { .. } }));
    assert_eq!(found(&seen, Item::Comments), Finding::Passed);
    assert_eq!(found(&seen, Item::CleansUp), not_run(Because::EarlierCheck));
    assert_eq!((seen.left.len(), scene.test_issues().len()), (1, 1));
    scene.switch(MARIA, SERVICE);
    scene.settle_down(14);
    assert_eq!((scene.looks(SERVICE).left.len(), scene.test_issues().len()), (0, 0));
}

#[test]
fn a_storm_of_429_stops_a_test_and_it_goes_on_when_jira_does() {
    let scene = ready();
    let seen = scene.meanwhile("POST", "/comment", |scene| {
        let faults = Faults { status_429: Lasts::Next(1), retry_after_s: Some(40), ..Faults::default() };
        scene.platform.borrow_mut().atlassian.set_faults(faults);
    });
    let run = seen.run.expect("waits");
    assert!(run.waits_until.is_some() && run.checks.len() < 9 && seen.poll_after_ms.is_some());
    // Nobody is asked before.
    let asked = scene.platform.borrow().exchanges.len();
    let early = scene.looks(SERVICE);
    assert!(early.run.is_some() && scene.platform.borrow().exchanges.len() - asked <= 3);
    scene.wait(41_000);
    let seen = scene.looks(SERVICE);
    assert!(Item::ALL.iter().all(|item| found(&seen, *item) == Finding::Passed), "{:?}", seen.results);
    assert!(scene.test_issues().is_empty());
}

#[test]
fn a_jira_that_stays_down_ends_a_test_as_not_run_and_not_as_failed() {
    let scene = ready();
    scene.meanwhile("POST", "/comment", |scene| {
        scene.platform.borrow_mut().atlassian.set_faults(Faults { status_503: Lasts::Always, ..Faults::default() });
    });
    for _ in 0..20 {
        scene.wait(5 * MINUTE_MS);
        let _ = scene.upkeep();
        scene.due_work();
    }
    scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    let seen = scene.looks(SERVICE);
    assert_eq!(found(&seen, Item::CleansUp), not_run(Because::Unanswered));
    assert_eq!(seen.results[0].brief().verdict, Verdict::Incomplete);
    scene.settle_down(14);
    assert_eq!((scene.looks(SERVICE).left.len(), scene.test_issues().len()), (0, 0));
}

#[test]
fn a_project_deleted_under_way_is_said_and_nothing_is_left_to_delete() {
    let scene = ready();
    let seen = scene.meanwhile("POST", "/comment", |scene| {
        scene.platform.borrow_mut().atlassian.delete_project(CLOUD_ID, "MOB").expect("is known");
    });
    for item in [Item::Transitions, Item::Attaches, Item::CleansUp] {
        assert_eq!(found(&seen, item), not_run(Because::ProjectGone), "{item:?}");
    }
    assert!(seen.left.is_empty());
    // The next test needs another project, and says so before anything is done.
    assert_eq!(scene.refused(MARIA, Request::TestAccount { account: id(SERVICE) }), ErrorCode::NoSuchPlace);
}

#[test]
fn a_permission_taken_under_way_fails_what_needs_it_and_an_unseen_issue_is_remembered() {
    let scene = ready();
    let seen = scene.meanwhile("POST", "/comment", |scene| scene.sets("MOB", "CREATE_ATTACHMENTS", SERVICE, false));
    assert_eq!((found(&seen, Item::Transitions), found(&seen, Item::Attaches)), (Finding::Passed, lacks()));
    let scene = ready();
    let seen = scene.meanwhile("POST", "/comment", |scene| scene.sets("MOB", "BROWSE_PROJECTS", SERVICE, false));
    for item in [Item::Transitions, Item::Attaches, Item::CleansUp] {
        assert_eq!(found(&seen, item), failed(Failure::ProjectUnseen), "{item:?}");
    }
    assert_eq!((seen.left.len(), scene.test_issues().len()), (1, 1));
    scene.settle_down(14);
    assert_eq!(scene.looks(SERVICE).left.len(), 1);
    scene.sets("MOB", "BROWSE_PROJECTS", SERVICE, true);
    scene.settle_down(14);
    assert_eq!((scene.looks(SERVICE).left.len(), scene.test_issues().len()), (0, 0));
}

#[test]
fn two_who_test_at_once_see_one_test() {
    let scene = ready();
    let test = || Request::TestAccount { account: id(SERVICE) };
    let replies = race(vec![scene.start(MARIA, test()), scene.start(TOM, test())]);
    assert!(replies.iter().any(|reply| matches!(reply, Reply::Trial { .. })), "{replies:?}");
    scene.settle_down(1);
    assert!(scene.looks(SERVICE).run.is_none());
    let created = {
        let platform = scene.platform.borrow();
        let created = |one: &&sandbox::ports::Exchange| one.request.path == "/rest/api/3/issue";
        platform.exchanges.iter().filter(created).count()
    };
    assert_eq!((created, scene.looks(SERVICE).results.len(), scene.test_issues().len()), (1, 1, 0));
}

#[test]
fn wherever_a_test_breaks_off_it_ends_and_nothing_is_left_in_jira() {
    let (mut broken, mut at) = (0, 0);
    loop {
        let mut again = false;
        for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer] {
            let scene = ready();
            let test = Request::TestAccount { account: id(SERVICE) };
            let ended = scene.faulty(Some(MARIA), Invocation::Request(Some(test)), at, fault);
            let met = scene.platform.borrow().effects.len() > at;
            again |= met;
            broken += usize::from(met && matches!(ended, Ended::Crashed));
            // Nobody looks: rounds and the queue alone.
            scene.settle_down(8);
            let what = format!("effect {at} {fault:?}");
            assert_eq!(scene.test_issues(), Vec::<Value>::new(), "{what}");
            let left: Option<Trial> = scene.record(&records::trial(&id(SERVICE)));
            let left = left.expect("was settled");
            assert!(left.left.is_empty() && left.run.is_none(), "{what}: {left:?}");
            assert!(scene.tests(SERVICE).run.is_none(), "{what}");
        }
        if !again {
            break;
        }
        at += 1;
    }
    assert!(at > 40 && broken > 80, "{at} effects, {broken} crashes");
}

#[test]
fn a_schedule_tests_by_itself_and_tells_administrators_what_failed() {
    let scene = scene();
    let seen = scene.settles(Some(MOB), Repeat::Daily);
    assert!(seen.due_at.is_some() && seen.results.is_empty());
    scene.settle_down(1);
    let seen = scene.looks(SERVICE);
    assert_eq!((seen.results.len(), &seen.results[0].by), (1, &None));
    assert!(Item::ALL.iter().all(|item| found(&seen, *item) == Finding::Passed), "{:?}", seen.results);
    assert_eq!((scene.status(MARIA).tests_failed, scene.prompted(MARIA).1), (0, None));
    scene.settle_down(12);
    assert_eq!(scene.looks(SERVICE).results.len(), 1);
    scene.sets("MOB", "ADD_COMMENTS", SERVICE, false);
    scene.wait(DAY_MS);
    scene.settle_down(1);
    let seen = scene.looks(SERVICE);
    assert_eq!((seen.results.len(), found(&seen, Item::Comments)), (2, lacks()));
    assert_eq!((scene.status(MARIA).tests_failed, scene.prompted(TOM).1), (1, Some(Risk::TestsFailed { count: 1 })));
    assert_eq!(scene.prompted(ANA).1, None);
    let Reply::Register { register } = scene.ask(MARIA, Request::Register {}) else { panic!("is the register") };
    let last = register.entries[0].last_test.expect("was tested");
    assert_eq!((last.verdict, last.failed), (Verdict::Failed, 2));
    assert!(register.entries[0].next_test_at.is_some());
    let Reply::RegisterReport { links, .. } = scene.ask(MARIA, Request::ReportRegister {}) else {
        panic!("is a report")
    };
    assert_eq!(links[0].last_test, Some(last));
    scene.sets("MOB", "ADD_COMMENTS", SERVICE, true);
    assert_eq!((scene.tests(SERVICE).results[0].brief().failed, scene.status(MARIA).tests_failed), (0, 0));
}

#[test]
fn a_schedule_ends_with_the_entry_and_results_are_bounded() {
    let scene = scene();
    scene.registers(NARROW);
    scene.trial(MARIA, Request::SettleTrial { account: id(NARROW), project: None, repeat: Repeat::Daily });
    for _ in 0..KEPT + 3 {
        scene.tests(NARROW);
    }
    assert_eq!(scene.looks(NARROW).results.len(), KEPT);
    scene.ask(MARIA, Request::RemoveEntry { account: id(NARROW), revision: 1 });
    scene.wait(DAY_MS);
    scene.settle_down(1);
    assert_eq!(scene.record::<Trial>(&records::trial(&id(NARROW))), None);
    assert_eq!(scene.refused(MARIA, Request::Trial { account: id(NARROW) }), ErrorCode::NotRegistered);
}

#[test]
fn without_anybody_who_could_ask_a_schedule_leaves_permissions_unsaid() {
    let scene = scene();
    scene.registers(NARROW);
    scene.connect(NARROW);
    scene.trial(MARIA, Request::SettleTrial { account: id(NARROW), project: None, repeat: Repeat::Weekly });
    scene.admin_of(SERVICE, false);
    scene.settle_down(1);
    let seen = scene.looks(NARROW);
    assert_eq!(found(&seen, Item::Permissions), not_run(Because::NobodyToAsk));
    assert_eq!((found(&seen, Item::SignsIn), found(&seen, Item::ProductAccess)), (Finding::Passed, Finding::Passed));
    assert!(seen.lacking.is_empty());
    // An administrator who is here asks for themselves.
    let seen = scene.tests(NARROW);
    assert!(matches!(found(&seen, Item::Permissions), Finding::Failed { .. }), "{:?}", seen.results);
}

#[test]
fn odd_names_neither_break_a_test_nor_come_out_of_their_line() {
    let scene = ready();
    scene.sets("MOB", "DELETE_ISSUES", SERVICE, false);
    {
        let mut platform = scene.platform.borrow_mut();
        let mut odd = platform.atlassian.account(SERVICE).expect("is known").clone();
        odd.name = format!("=cmd|' /C calc'!A0\r\n--boundary\"; filename=\"x\u{202E}{}", "n".repeat(300));
        platform.atlassian.add_account(odd);
    }
    let seen = scene.tests(SERVICE);
    for item in &Item::ALL[4..8] {
        assert_eq!(found(&seen, *item), Finding::Passed, "{item:?}");
    }
    let issue = scene.test_issues().remove(0);
    let summary = issue["fields"]["summary"].as_str().expect("is text");
    assert!(summary.chars().count() <= 255 && !summary.contains(['\r', '\n', '\u{202E}']), "{summary}");
    assert_eq!(issue["fields"]["attachment"].as_array().map(Vec::len), Some(1));
}

fn undeletable() -> Scene {
    let scene = Scene::connected();
    scene.switch(MARIA, SERVICE);
    scene.sets("MOB", "DELETE_ISSUES", SERVICE, false);
    scene.trial(MARIA, Request::SettleTrial { account: id(SERVICE), project: Some(MOB), repeat: Repeat::Off });
    let seen = scene.trial(MARIA, Request::TestAccount { account: id(SERVICE) });
    assert_eq!(seen.left.len(), 1);
    scene
}

#[test]
fn a_test_goes_on_writing_as_an_account_that_was_taken_out_of_the_register_meanwhile() {
    let scene = Scene::connected();
    scene.switch(MARIA, SERVICE);
    scene.connect(TOM);
    scene.registers(TOM);
    scene.sets("MOB", "DELETE_ISSUES", TOM, false);
    scene.trial(MARIA, Request::SettleTrial { account: id(TOM), project: Some(MOB), repeat: Repeat::Off });
    // Jira asks to wait before anything was written.
    let busy = Faults { status_429: Lasts::Always, retry_after_s: Some(60), ..Faults::default() };
    let mut running = scene.start(MARIA, Request::TestAccount { account: id(TOM) });
    let begun = || {
        let trial: Option<Trial> = scene.record(&records::trial(&id(TOM)));
        trial.is_some_and(|trial| trial.run.is_some())
    };
    while !begun() {
        assert!(running.poll().is_none());
    }
    scene.platform.borrow_mut().atlassian.set_faults(busy);
    let _ = running.finish();
    scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    assert_eq!(scene.test_issues().len(), 0);
    scene.removes(TOM);
    assert!(matches!(scene.refused(MARIA, Request::TestAccount { account: id(TOM) }), ErrorCode::NotRegistered));
    scene.settle_down(6);
    assert_eq!(scene.test_issues().len(), 0, "an issue was created as Tom, whom the register does not name");
}

#[test]
fn a_test_goes_on_writing_in_a_project_that_settings_leave_out_meanwhile() {
    let scene = Scene::connected();
    scene.switch(MARIA, SERVICE);
    scene.sets("MOB", "DELETE_ISSUES", SERVICE, false);
    scene.trial(MARIA, Request::SettleTrial { account: id(SERVICE), project: Some(MOB), repeat: Repeat::Off });
    let mut running = scene.start(MARIA, Request::TestAccount { account: id(SERVICE) });
    let created = || {
        let platform = scene.platform.borrow();
        platform.exchanges.iter().any(|one| one.request.method == "POST" && one.request.path.ends_with("/issue"))
    };
    while !created() {
        assert!(running.poll().is_none());
    }
    let limit = ProjectLimit { kind: LimitKind::Except, projects: vec![MOB], categories: Vec::new() };
    let reply = scene.ask(MARIA, Request::LimitProjects { edition: 0, limit, nowhere: None });
    assert!(matches!(reply, Reply::Access { .. }), "{reply:?}");
    let _ = running.finish();
    scene.settle_down(2);
    let platform = scene.platform.borrow();
    let writes: Vec<&str> = platform
        .exchanges
        .iter()
        .filter(|one| one.request.method == "POST")
        .map(|one| one.request.path.as_str())
        .collect();
    let comments = writes.iter().filter(|path| path.ends_with("/comment") || path.ends_with("/attachments")).count();
    assert_eq!(comments, 0, "{writes:?}");
}

/// An administrator has a test under way that Jira asked to wait; the clock goes back by a day.
#[test]
fn a_clock_that_went_back_leaves_a_test_that_nobody_can_go_on_with() {
    let scene = Scene::connected();
    scene.switch(MARIA, SERVICE);
    scene.trial(MARIA, Request::SettleTrial { account: id(SERVICE), project: None, repeat: Repeat::Off });
    scene.wait(2 * DAY_MS);
    let mut running = scene.start(MARIA, Request::TestAccount { account: id(SERVICE) });
    let begun = || {
        let trial: Option<Trial> = scene.record(&records::trial(&id(SERVICE)));
        trial.is_some_and(|trial| trial.run.is_some())
    };
    while !begun() {
        assert!(running.poll().is_none());
    }
    let busy = Faults { status_429: Lasts::Always, retry_after_s: Some(30), ..Faults::default() };
    scene.platform.borrow_mut().atlassian.set_faults(busy);
    let _ = running.finish();
    scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    scene.wait(-DAY_MS);
    scene.settle_down(100);
    let seen = scene.trial(MARIA, Request::TestAccount { account: id(SERVICE) });
    assert!(!seen.results.is_empty(), "for eight hours nothing goes on");
}

#[test]
fn a_test_whose_project_is_changed_under_way_leaves_an_issue_that_the_app_does_not_look_for() {
    let scene = Scene::connected();
    scene.switch(MARIA, SERVICE);
    for project in ["MOB", "WEB"] {
        scene.sets(project, "DELETE_ISSUES", SERVICE, true);
    }
    let settle = |project: &str| Request::SettleTrial {
        account: id(SERVICE),
        project: Some(scene.number_of(project)),
        repeat: Repeat::Off,
    };
    scene.trial(MARIA, settle("MOB"));
    scene.loses_the_answer_to_creating(&Request::TestAccount { account: id(SERVICE) });
    scene.trial(MARIA, settle("WEB"));
    scene.wait(2 * MINUTE_MS);
    scene.loses_the_answer_to_creating(&Request::Trial { account: id(SERVICE) });
    scene.wait(2 * MINUTE_MS);
    scene.trial(MARIA, Request::Trial { account: id(SERVICE) });
    scene.settle_down(40);
    let left = scene.trial(MARIA, Request::Trial { account: id(SERVICE) });
    let there = (scene.test_issues().len(), scene.test_issues_in("WEB").len());
    assert_eq!((there, left.left.len(), left.run.is_none()), ((0, 0), 0, true));
}

#[test]
fn a_test_issue_that_somebody_moved_out_of_the_accounts_sight_is_forgotten() {
    let scene = undeletable();
    scene.browses("LEG", SERVICE, false);
    let issue: u64 = {
        let trial: Trial = scene.record(&records::trial(&id(SERVICE))).expect("is there");
        trial.left[0].issue.as_ref().expect("is known").id
    };
    let at = scene.now().0;
    scene.platform.borrow_mut().atlassian.move_issue(CLOUD_ID, issue, "LEG", at).expect("is known");
    for _ in 0..30 {
        scene.wait(5 * MINUTE_MS);
        let _ = scene.upkeep();
    }
    let left = scene.trial(MARIA, Request::Trial { account: id(SERVICE) }).left.len();
    let there = scene.test_issues_in("LEG").len();
    assert_eq!((there, left), (1, 1), "the issue is there, and the app says that nothing is left");
}

#[test]
fn an_issue_that_could_not_be_deleted_is_named_to_nobody_once_another_account_is_main() {
    let scene = undeletable();
    let back = scene.ask(MARIA, Request::RollBack { acknowledged: None });
    assert!(matches!(back, Reply::Status { .. }), "{back:?}");
    assert_eq!(scene.test_issues().len(), 1, "it is still there");
    let reply = scene.ask(MARIA, Request::Trial { account: id(SERVICE) });
    assert!(matches!(reply, Reply::Trial { .. }), "nobody is told of it: {reply:?}");
}

/// Tom's entry is gone, and an issue that he may not delete is there.
fn removed_with_an_issue_left() -> Scene {
    let scene = Scene::connected();
    scene.switch(MARIA, SERVICE);
    scene.connect(TOM);
    scene.sets("MOB", "DELETE_ISSUES", TOM, false);
    scene.registers(TOM);
    scene.trial(MARIA, Request::SettleTrial { account: id(TOM), project: Some(MOB), repeat: Repeat::Off });
    assert_eq!(scene.trial(MARIA, Request::TestAccount { account: id(TOM) }).left.len(), 1);
    scene.removes(TOM);
    scene
}

#[test]
fn removing_an_entry_leaves_its_issue_named_to_an_administrator() {
    let scene = removed_with_an_issue_left();
    assert_eq!(scene.test_issues().len(), 1);
    let told = scene.ask(MARIA, Request::Trial { account: id(TOM) });
    assert!(matches!(told, Reply::Trial { .. }), "{told:?}");
}

/// An account that goes and leaves an issue that may not be deleted is kept for good, and looked after every hour.
#[test]
fn accounts_that_left_the_register_with_an_undeletable_issue_are_kept_without_bound() {
    let scene = removed_with_an_issue_left();
    scene.ask(TOM, Request::Disconnect {});
    // Nobody can ever delete it any more: the app has no grant of Tom's.
    for _ in 0..100 {
        scene.wait(DAY_MS);
        let _ = scene.upkeep();
    }
    let trials: Trials = scene.record(&records::trials()).unwrap_or_default();
    let there = scene.test_issues().len();
    let told = scene.ask(MARIA, Request::Trial { account: id(TOM) });
    assert!(
        trials.rows.is_empty() || matches!(told, Reply::Trial { .. }),
        "{there} left, {} kept, {told:?}",
        trials.rows.len()
    );
}
