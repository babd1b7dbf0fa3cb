//! What a change would do, known before it is made.

use crate::people::BEN;
use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, NARROW, SERVICE, Scene, TOM, id};
use integration_plus::api::{ErrorCode, Rehearsal, RehearsedProject, Reply, Request};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain;
use integration_plus::domain::rehearsal::{KEPT, PART, Permission};
use integration_plus::ports::{Entity, Work};
use integration_plus::records;
use sandbox::ports::{CLOUD_ID, Ended, Fault, Running};
use sandbox::{Faults, Lasts};

/// Projects of a large site: three batches and some.
const MANY: usize = 3_300;

impl Scene {
    fn rehearsal_of(&self, who: &str, request: Request) -> Option<Box<Rehearsal>> {
        let reply = self.ask(who, request);
        let Reply::Rehearsal { rehearsal } = reply else { panic!("{reply:?} is no rehearsal") };
        rehearsal
    }

    fn rehearse(&self, account: &str, again: bool) -> Rehearsal {
        self.rehearses(MARIA, account, again)
    }

    pub fn rehearses(&self, who: &str, account: &str, again: bool) -> Rehearsal {
        *self.rehearsal_of(who, Request::Rehearse { account: id(account), again }).expect("there is one")
    }

    pub fn browses(&self, project: &str, who: &str, holds: bool) {
        self.sets(project, "BROWSE_PROJECTS", who, holds);
    }

    /// Keys of the projects in use: the account lacks what is required in the last, and what is only recommended in all others,
    /// which are more than fifty.
    pub fn lacks_much_that_is_recommended(&self) -> Vec<String> {
        self.platform.borrow_mut().atlassian.add_projects(CLOUD_ID, 60).expect("is known");
        self.rehearses(MARIA, SERVICE, false);
        let reply = self.ask(MARIA, Request::RehearsedProjects { account: id(SERVICE), part: 0 });
        let Reply::RehearsedProjects { projects, .. } = reply else { panic!("{reply:?}") };
        let keys: Vec<String> =
            projects.iter().filter(|project| project.before).map(|project| project.key.clone()).collect();
        let (last, others) = keys.split_last().expect("some");
        for key in others {
            self.sets(key, "LINK_ISSUES", SERVICE, false);
        }
        self.sets(last, "ADD_COMMENTS", SERVICE, false);
        keys
    }

    fn look(&self, account: &str) -> Rehearsal {
        *self.rehearsal_of(MARIA, Request::Rehearsal { account: id(account) }).expect("there is one")
    }

    /// Looks until it is done.
    fn look_on(&self, account: &str) -> Rehearsal {
        loop {
            let rehearsal = self.look(account);
            if rehearsal.done_at.is_some() {
                return rehearsal;
            }
            assert!(rehearsal.poll_after_ms.is_some());
            self.wait(2_000);
        }
    }

    /// Every project of it, with the size of each part.
    fn rehearsed_projects(&self, account: &str) -> (Vec<RehearsedProject>, Vec<usize>) {
        let (mut all, mut sizes, mut part) = (Vec::new(), Vec::new(), 0);
        loop {
            let reply = self.ask(MARIA, Request::RehearsedProjects { account: id(account), part });
            let Reply::RehearsedProjects { projects, next, .. } = reply else { panic!("{reply:?}") };
            sizes.push(projects.len());
            all.extend(projects);
            match next {
                Some(next) => part = next,
                None => return (all, sizes),
            }
        }
    }

    fn begun(&self, account: &str, acknowledged: Option<String>) -> Result<(), ErrorCode> {
        let request = Request::BeginChange {
            intended: id(account),
            instead_of: None,
            policy: None,
            acknowledged,
            switch_at: None,
        };
        let reply = self.ask(MARIA, request);
        if let Reply::Refused { error } = reply { Err(error) } else { Ok(()) }
    }

    fn gives(&self, project: &str, account: &str) {
        let mut platform = self.platform.borrow_mut();
        platform.atlassian.add_to_role(CLOUD_ID, project, "Developers", account).expect("is known");
    }

    fn parts_at_rest(&self) -> usize {
        let platform = self.platform.borrow();
        platform.kvs.records().filter(|(key, _)| key.entity == Entity::Rehearsal && key.id.starts_with("part:")).count()
    }
}

/// What begins a change to the service account.
fn beginning(acknowledged: Option<String>) -> Request {
    Request::BeginChange { intended: id(SERVICE), instead_of: None, policy: None, acknowledged, switch_at: None }
}

fn keys<'a>(projects: impl IntoIterator<Item = &'a RehearsedProject>) -> Vec<&'a str> {
    projects.into_iter().map(|project| project.key.as_str()).collect()
}

fn with_many() -> Scene {
    let scene = Scene::connected();
    scene.platform.borrow_mut().atlassian.add_projects(CLOUD_ID, MANY).expect("is known");
    scene
}

#[test]
fn an_account_with_too_few_rights_is_told_project_by_project_and_person_by_person() {
    let scene = Scene::connected();
    scene.connect(BEN);
    let seen = scene.rehearse(NARROW, false);
    assert!(seen.done_at.is_some() && seen.current && seen.acknowledge);
    assert_eq!(seen.against.map(|main| main.account_id), Some(id(MARIA)));
    assert_eq!(seen.administers, Some(false));
    let lost = keys(seen.losses.iter().map(|loss| &loss.project));
    assert_eq!((lost, seen.kept, seen.gained), (vec!["BIL", "LEG", "MKT", "SUP", "WEB"], 2, 0));
    let billing = seen.losses[0].people.as_ref().expect("were asked for");
    let names: Vec<&str> = billing.iter().map(|person| person.display_name.as_str()).collect();
    assert!(names.contains(&"Ana Lima") && names.len() == 10, "{names:?}");
    assert_eq!(seen.failing, 5);
    let browse = seen.permissions.iter().find(|tried| tried.permission == Permission::BrowseProjects);
    assert_eq!(browse.map(|tried| (tried.asked, tried.held, tried.required)), Some((7, 2, true)));
    let (webhooks, people) = (seen.consequences.webhooks, seen.consequences.people);
    assert_eq!((webhooks, people, seen.consequences.new_scopes.len()), (1, 1, 0));
    assert_eq!(keys(&scene.rehearsed_projects(NARROW).0), ["BIL", "LEG", "MKT", "MOB", "PLT", "SUP", "WEB"]);
}

#[test]
fn what_would_be_lost_is_acknowledged_by_name_and_once_mended_nothing_more_is_asked() {
    let scene = Scene::connected();
    assert_eq!(scene.begun(NARROW, None), Err(ErrorCode::RehearsalNeeded));
    let first = scene.rehearse(NARROW, false);
    let needed = Err(ErrorCode::AcknowledgementNeeded { lost: 5, failing: 5 });
    assert_eq!(scene.begun(NARROW, None), needed);
    assert_eq!(scene.begun(NARROW, Some("another".into())), needed);
    for project in ["BIL", "LEG", "MKT"] {
        scene.gives(project, NARROW);
    }
    let before = scene.asked_jira("/rest/api/3/project/search");
    let second = scene.rehearse(NARROW, true);
    assert_eq!(keys(second.losses.iter().map(|loss| &loss.project)), ["SUP", "WEB"]);
    assert_eq!((second.kept, second.lost, second.looked_at, second.administers), (5, 2, 7, Some(false)));
    // Only what failed was tried again, and an acknowledgement is of one result.
    assert_eq!(scene.asked_jira("/rest/api/3/project/search"), before);
    assert!(matches!(scene.begun(NARROW, Some(first.id)), Err(ErrorCode::AcknowledgementNeeded { lost: 2, .. })));
    scene.admin_of(NARROW, true);
    let third = scene.rehearse(NARROW, true);
    assert_eq!((third.lost, third.failing, third.acknowledge), (0, 0, false));
    assert_eq!(scene.begun(NARROW, None), Ok(()));
}

#[test]
fn a_missing_permission_is_named_where_it_is_missing() {
    let scene = Scene::connected();
    let sets = |permission: &str, holds: bool| scene.sets("MOB", permission, SERVICE, holds);
    sets("TRANSITION_ISSUES", false);
    sets("LINK_ISSUES", false);
    let seen = scene.rehearse(SERVICE, false);
    assert_eq!(keys(&seen.misses), ["MOB"]);
    assert_eq!(seen.misses[0].lacking, [Permission::TransitionIssues, Permission::LinkIssues]);
    assert_eq!((seen.lost, seen.failing, seen.acknowledge), (0, 1, true));
    sets("TRANSITION_ISSUES", true);
    // What is recommended only is said, and needs no acknowledgement.
    let seen = scene.rehearse(SERVICE, true);
    assert_eq!((seen.failing, seen.acknowledge, keys(&seen.misses)), (0, false, vec!["MOB"]));
}

#[test]
fn an_account_that_loses_nothing_needs_nothing_more() {
    let scene = Scene::connected();
    let seen = scene.rehearse(SERVICE, false);
    assert_eq!((seen.lost, seen.failing, seen.acknowledge, seen.poll_after_ms), (0, 0, false, None));
    assert!(seen.losses.is_empty() && seen.misses.is_empty());
    assert_eq!(scene.begun(SERVICE, None), Ok(()));
}

#[test]
fn a_rehearsal_of_yesterday_or_of_another_main_authorized_user_is_no_rehearsal() {
    let scene = Scene::connected();
    let old = scene.rehearse(SERVICE, false);
    scene.wait(DAY_MS);
    assert!(!scene.look(SERVICE).current);
    assert_eq!(scene.begun(SERVICE, Some(old.id)), Err(ErrorCode::RehearsalNeeded));
    scene.rehearse(SERVICE, false);
    scene.switch(TOM, TOM);
    assert_eq!(scene.begun(SERVICE, None), Err(ErrorCode::RehearsalNeeded));
    // It is still there to be read, and goes on no more.
    let seen = scene.look(SERVICE);
    assert!(!seen.current && seen.poll_after_ms.is_none() && !seen.acknowledge);
}

#[test]
fn an_account_that_allowed_in_place_of_the_one_meant_is_rehearsed_like_that_one() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, TOM);
    let take = |acknowledged| Request::AcceptAccount { change: change.clone(), account_id: id(TOM), acknowledged };
    assert_eq!(scene.refused(MARIA, take(None)), ErrorCode::RehearsalNeeded);
    assert_eq!(scene.main().as_deref(), Some(MARIA));
    assert!(!scene.rehearse(TOM, false).acknowledge);
    scene.asked(MARIA, take(None));
    assert_eq!(scene.main().as_deref(), Some(TOM));
}

#[test]
fn the_first_connection_loses_nothing_and_can_be_rehearsed_all_the_same() {
    let scene = Scene::new();
    let seen = scene.rehearse(NARROW, false);
    assert_eq!((seen.against, seen.lost, seen.acknowledge, seen.gained), (None, 0, false, 2));
    assert_eq!(scene.begun(NARROW, None), Ok(()));
}

#[test]
fn a_large_site_is_rehearsed_by_the_page_or_by_the_queue_to_the_same_end() {
    let by_page = with_many();
    let first = by_page.rehearse(NARROW, false);
    assert_eq!((first.total, first.done_at.is_some()), (Some(3_307), false));
    let seen = by_page.look_on(NARROW);
    assert_eq!((seen.looked_at, seen.losses.len(), seen.kept + seen.lost), (3_307, 50, seen.permissions[0].asked));
    let (projects, sizes) = by_page.rehearsed_projects(NARROW);
    assert_eq!((projects.len(), sizes.iter().all(|size| *size <= PART)), (3_307, true));
    let lost = projects.iter().filter(|project| project.before && !project.after).count();
    assert_eq!(u32::try_from(lost), Ok(seen.lost));

    let by_queue = with_many();
    // The page is closed before the first batch.
    assert_eq!(by_queue.begin_and_leave(NARROW), 0);
    by_queue.all_work();
    let at = by_queue.look(NARROW);
    assert!(at.done_at.is_some());
    assert_eq!(
        (at.looked_at, at.kept, at.lost, at.gained, at.failing),
        (3_307, seen.kept, seen.lost, seen.gained, seen.failing)
    );
}

impl Scene {
    /// Begins a rehearsal of which no more than its record comes to be, and sends it on its way; how many projects it
    /// looked at.
    fn begin_and_leave(&self, account: &str) -> u32 {
        let rehearse = Request::Rehearse { account: id(account), again: false };
        let ended = self.faulty(Some(MARIA), Invocation::Request(Some(rehearse)), 25, Fault::CrashBefore);
        assert!(matches!(ended, Ended::Crashed), "it got further");
        let rehearsal: integration_plus::domain::rehearsal::Rehearsal =
            self.record(&integration_plus::records::rehearsal(&id(account))).expect("was begun");
        let work = Work::Rehearse { account: id(account), id: rehearsal.id, batch: rehearsal.batch };
        let now = self.platform.borrow().now_ms;
        self.platform.borrow_mut().queue.push((now, work));
        rehearsal.looked_at
    }
}

#[test]
fn wherever_a_rehearsal_breaks_off_whoever_looks_next_brings_it_to_the_same_end() {
    let whole = Scene::connected();
    let (told, projects) = (whole.rehearse(NARROW, false), whole.rehearsed_projects(NARROW).0);
    let (mut broken, mut at) = (0, 0);
    loop {
        let mut again = false;
        for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer] {
            let scene = Scene::connected();
            let request = Request::Rehearse { account: id(NARROW), again: false };
            let ended = scene.faulty(Some(MARIA), Invocation::Request(Some(request)), at, fault);
            again |= at < scene.platform.borrow().effects.len();
            broken += usize::from(
                !matches!(&ended, Ended::Answered(Answer::Reply(Reply::Rehearsal { rehearsal: Some(one) })) if one.done_at.is_some()),
            );
            scene.wait(2 * MINUTE_MS);
            scene.rehearse(NARROW, false);
            let seen = scene.look_on(NARROW);
            let of =
                |seen: &Rehearsal| (seen.kept, seen.lost, seen.gained, seen.failing, seen.looked_at, seen.losses.len());
            assert_eq!(of(&seen), of(&told), "{fault:?} at effect {at}");
            assert_eq!(scene.rehearsed_projects(NARROW).0, projects);
        }
        if !again {
            break;
        }
        at += 1;
    }
    assert!(broken > 10, "{broken} faults kept it from its end");
}

#[test]
fn without_the_main_authorized_users_grant_the_page_goes_on_and_the_queue_waits() {
    let scene = with_many();
    scene.begin_and_leave(NARROW);
    scene.revoke(MARIA);
    scene.wait(2 * 60 * MINUTE_MS);
    scene.all_work();
    assert_eq!(
        scene
            .record::<integration_plus::domain::rehearsal::Rehearsal>(&integration_plus::records::rehearsal(&id(
                NARROW
            )))
            .map(|one| one.looked_at),
        Some(0)
    );
    assert_eq!(scene.look_on(NARROW).looked_at, 3_307);
}

#[test]
fn jira_that_asks_to_wait_is_waited_for_and_nothing_is_lost() {
    let scene = with_many();
    let first = scene.rehearse(NARROW, false);
    let busy = Faults { status_429: Lasts::Always, retry_after_s: Some(120), ..Faults::default() };
    scene.platform.borrow_mut().atlassian.set_faults(busy);
    // Whether the caller is an administrator is asked live: nothing is shown while Jira cannot say.
    assert!(matches!(
        scene.refused(MARIA, Request::Rehearsal { account: id(NARROW) }),
        ErrorCode::JiraUnavailable { .. }
    ));
    scene.wait(5 * MINUTE_MS);
    scene.all_work_once();
    let waits = scene
        .record::<integration_plus::domain::rehearsal::Rehearsal>(&integration_plus::records::rehearsal(&id(NARROW)))
        .expect("rests");
    assert_eq!((waits.looked_at, waits.waits_until.is_some(), waits.busy_until), (first.looked_at, true, None));
    scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    let shown = scene.look(NARROW);
    assert_eq!((shown.looked_at, shown.waits_until.is_some()), (first.looked_at, true));
    scene.wait(3 * MINUTE_MS);
    assert_eq!(scene.look_on(NARROW).looked_at, 3_307);
}

impl Scene {
    /// Does the work whose time has come, and not what that sends on its way.
    fn all_work_once(&self) {
        let due: Vec<Work> = {
            let mut platform = self.platform.borrow_mut();
            let now = platform.now_ms;
            let (due, later) = std::mem::take(&mut platform.queue).into_iter().partition(|(at, _)| *at <= now);
            platform.queue = later;
            let due: Vec<(i64, Work)> = due;
            due.into_iter().map(|(_, work)| work).collect()
        };
        for work in due {
            self.run(None, Invocation::Work(Some(work)));
        }
    }
}

#[test]
fn a_project_deleted_and_rights_taken_away_meanwhile_leave_a_clear_result() {
    let scene = with_many();
    scene.rehearse(NARROW, false);
    scene.platform.borrow_mut().atlassian.delete_project(CLOUD_ID, "WEB").expect("is known");
    let seen = scene.look_on(NARROW);
    assert_eq!((seen.looked_at, seen.total), (3_306, Some(3_306)));
    // What is deleted after it was looked at is nothing to lose when it is tried again.
    scene.platform.borrow_mut().atlassian.delete_project(CLOUD_ID, "BIL").expect("is known");
    let again = scene.rehearse(NARROW, true);
    let again = if again.done_at.is_some() { again } else { scene.look_on(NARROW) };
    assert!(!keys(again.losses.iter().map(|loss| &loss.project)).contains(&"BIL"));
    assert_eq!(again.lost, seen.lost - 1);
}

#[test]
fn two_administrators_who_rehearse_the_same_share_one_run() {
    let scene = with_many();
    let first = scene.rehearse(NARROW, false);
    let joined =
        scene.rehearsal_of(TOM, Request::Rehearse { account: id(NARROW), again: false }).expect("there is one");
    assert_eq!((first.id == joined.id, joined.by.account_id), (true, id(MARIA)));
    assert_eq!(scene.look_on(NARROW).looked_at, 3_307);
    let answers = crate::scene::together(
        [MARIA, TOM]
            .map(|who| {
                let request = Request::Rehearse { account: id(SERVICE), again: false };
                Running::start(&scene.platform, Some(who), Invocation::Request(Some(request)))
            })
            .into(),
    );
    assert_eq!(answers.len(), 2);
    assert_eq!(scene.look_on(SERVICE).looked_at, 3_307);
}

#[test]
fn a_smaller_run_and_the_eleventh_account_leave_nothing_behind() {
    let scene = with_many();
    scene.rehearse(NARROW, false);
    scene.look_on(NARROW);
    assert_eq!(scene.parts_at_rest(), 10);
    let mine: Vec<String> = {
        let platform = scene.platform.borrow();
        let account = |account: &sandbox::Account| account.account_id.clone();
        platform.atlassian.accounts().map(account).collect()
    };
    let mut rehearsed = 1;
    for account in mine.iter().filter(|account| *account != NARROW) {
        let reply = scene.ask(MARIA, Request::Rehearse { account: id(account), again: false });
        if matches!(reply, Reply::Rehearsal { .. }) {
            scene.look_on(account);
            rehearsed += 1;
        }
    }
    assert!(rehearsed > KEPT, "{rehearsed}");
    assert_eq!(scene.parts_at_rest(), 10 * KEPT);
    assert_eq!(scene.ask(MARIA, Request::Rehearsal { account: id(NARROW) }), Reply::Rehearsal { rehearsal: None });
}

#[test]
fn people_who_are_no_administrators_learn_nothing_of_projects() {
    let scene = Scene::connected();
    scene.rehearse(NARROW, false);
    let before = scene.trace();
    for request in [
        Request::Rehearse { account: id(NARROW), again: false },
        Request::Rehearsal { account: id(NARROW) },
        Request::RehearsedProjects { account: id(NARROW), part: 0 },
    ] {
        assert!(matches!(scene.refused(ANA, request), ErrorCode::NotAdministrator { .. }));
    }
    assert_eq!(scene.trace(), before);
}

/// "Try again what failed" makes yesterday's look at everything else count as today's.
#[test]
fn trying_again_what_failed_hides_a_project_that_was_lost_since_and_no_acknowledgement_is_asked() {
    let scene = Scene::connected();
    scene.browses("WEB", SERVICE, false);
    let first = scene.rehearses(MARIA, SERVICE, false);
    assert_eq!((first.lost, first.acknowledge), (1, true));
    scene.wait(20 * HOUR_MS);
    scene.browses("WEB", SERVICE, true);
    scene.browses("MOB", SERVICE, false);
    scene.rehearses(MARIA, SERVICE, true);
    // Everything but WEB was looked at 40 hours ago.
    scene.wait(20 * HOUR_MS);
    scene.rehearses(MARIA, SERVICE, true);
    let reply = scene.ask(MARIA, beginning(None));
    if let Reply::Authorization { change, url, .. } = reply {
        scene.allow(&url, SERVICE);
        scene.proceed(MARIA, &change);
        assert_eq!(scene.main().as_deref(), Some(MARIA), "SERVICE cannot see MOB, and nobody acknowledged that");
    }
}

/// The usual reason for a change: who set it up has left, and their account is deactivated.
#[test]
fn in_place_of_a_deactivated_main_user_an_account_that_sees_less_is_said_to_lose_and_lack_nothing() {
    let scene = Scene::new();
    scene.switch(MARIA, TOM);
    scene.browses("WEB", SERVICE, false);
    scene.sets("MOB", "ADD_COMMENTS", SERVICE, false);
    let alive = scene.rehearses(MARIA, SERVICE, false);
    assert_eq!((alive.lost, alive.failing, alive.acknowledge), (1, 2, true));
    scene.platform.borrow_mut().atlassian.set_active(TOM, false).expect("is known");
    let seen = scene.rehearses(MARIA, SERVICE, false);
    if let Reply::Authorization { change, url, .. } = scene.ask(MARIA, beginning(None)) {
        scene.allow(&url, SERVICE);
        scene.proceed(MARIA, &change);
    }
    let said = format!("lost {}, gained {}, failing {}", seen.lost, seen.gained, seen.failing);
    assert_eq!(scene.main().as_deref(), Some(TOM), "it switches, and nothing was acknowledged: {said}");
}

/// Fifty projects lack what is only recommended; one lacks what is required.
#[test]
fn a_project_that_lacks_something_required_is_named_although_fifty_lack_something_recommended() {
    let scene = Scene::connected();
    let keys = scene.lacks_much_that_is_recommended();
    let last = keys.last().expect("some");
    let seen = scene.rehearses(MARIA, SERVICE, false);
    assert_eq!((seen.lost, seen.failing, seen.acknowledge), (0, 1, true));
    assert!(seen.misses.iter().any(|miss| miss.key == *last), "{last} is to be acknowledged, and is not named");
}

#[test]
fn a_clock_that_went_back_leaves_a_rehearsal_that_nobody_can_go_on_with_or_begin_anew() {
    let scene = Scene::connected();
    scene.wait(2 * DAY_MS);
    let busy = Faults { status_429: Lasts::Always, retry_after_s: Some(30), ..Faults::default() };
    let mut running = scene.start(MARIA, Request::Rehearse { account: id(SERVICE), again: false });
    let begun = || {
        let key = records::rehearsal(&id(SERVICE));
        scene.record::<domain::rehearsal::Rehearsal>(&key).is_some()
    };
    while !begun() {
        assert!(running.poll().is_none());
    }
    scene.platform.borrow_mut().atlassian.set_faults(busy);
    let _ = running.finish();
    scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    scene.wait(-DAY_MS);
    let mut seen = scene.rehearses(MARIA, SERVICE, false);
    for _ in 0..20 {
        scene.wait(30 * MINUTE_MS);
        seen = scene.rehearses(MARIA, SERVICE, false);
    }
    assert!(seen.done_at.is_some(), "for ten hours nothing goes on: waits until {:?}", seen.waits_until);
}

impl Scene {
    /// With so many people more, of whom nobody but these may browse Web site; ids of everybody, in Jira's order.
    fn browsed_by_few(&self, more: usize, few: &dyn Fn(&[String]) -> Vec<String>) -> Vec<String> {
        self.platform.borrow_mut().atlassian.add_people(CLOUD_ID, more).expect("is known");
        let everybody: Vec<String> = (0..2_000)
            .step_by(1_000)
            .flat_map(|start| {
                let path = format!("/rest/api/3/users/search?maxResults=1000&startAt={start}");
                let page = self.as_grant(MARIA, &sandbox::Request::get(&path));
                page.as_array().expect("is a list").clone()
            })
            .map(|user| user["accountId"].as_str().expect("has one").to_owned())
            .collect();
        let few = few(&everybody);
        let may = |who: &String| *who == MARIA || *who != SERVICE && few.contains(who);
        for who in everybody.iter().filter(|who| !may(who)) {
            self.browses("WEB", who, false);
        }
        everybody
    }

    fn people_asked_for(&self) -> usize {
        self.asked_jira("/rest/api/3/user/permission/search") + self.asked_jira("/rest/api/3/users/search")
    }
}

/// Who is said to lose Web site, how many more, and of how many people that is.
fn who_loses(seen: &Rehearsal) -> (Vec<String>, u32, Option<u32>) {
    let loss = seen.losses.iter().find(|loss| loss.project.key == "WEB").expect("is lost");
    let people = loss.people.iter().flatten().map(|person| person.account_id.as_str().to_owned());
    (people.collect(), loss.more, loss.among)
}

/// Jira takes a page of the site's people first, and leaves out then who may not browse the project.
#[test]
fn a_lost_project_names_nobody_although_people_lose_it() {
    let scene = Scene::connected();
    let everybody = scene.browsed_by_few(400, &|all| vec![all[405].clone()]);
    let before = scene.people_asked_for();
    scene.rehearses(MARIA, SERVICE, false);
    assert_eq!(who_loses(&scene.look_on(SERVICE)), (vec![everybody[405].clone()], 0, None));
    // Five pages, and four people to learn that there is no sixth.
    assert!(scene.people_asked_for() - before <= 10);
}

#[test]
fn neither_apps_nor_the_main_authorized_user_are_named_among_those_who_lose_a_project() {
    let scene = Scene::connected();
    let seen = scene.rehearse(NARROW, false);
    let legal = seen.losses.iter().find(|loss| loss.project.key == "LEG").expect("is lost");
    let names: Vec<&str> = legal.people.iter().flatten().map(|person| person.display_name.as_str()).collect();
    assert_eq!(names, ["Tom Okafor", "Chloe Dubois", "Hugo Lindqvist", "Jira service account"]);
    assert_eq!((legal.more, legal.among), (0, None));
}

#[test]
fn beyond_the_thousandth_person_it_is_said_that_nobody_looked() {
    let scene = Scene::connected();
    scene.browsed_by_few(1_200, &|all| all[1_100..].to_vec());
    let before = scene.people_asked_for();
    scene.rehearses(MARIA, SERVICE, false);
    let seen = scene.look_on(SERVICE);
    assert_eq!(who_loses(&seen), (Vec::new(), 0, Some(1_000)));
    assert_eq!(scene.people_asked_for() - before, 20, "ten pages, and ten people to learn that there are more");
    // Where more are found than are named, nobody looks further.
    let scene = Scene::connected();
    scene.browsed_by_few(1_200, &|all| all[150..].to_vec());
    let before = scene.people_asked_for();
    scene.rehearses(MARIA, SERVICE, false);
    let (named, more, among) = who_loses(&scene.look_on(SERVICE));
    assert_eq!((named.len(), more > 0, among), (10, true, Some(400)));
    assert_eq!(scene.people_asked_for() - before, 14, "four pages, and ten people");
}

#[test]
fn jira_that_asks_to_wait_between_two_pages_of_people_is_waited_for_and_everybody_is_found() {
    let found = |breaks: bool| {
        let scene = Scene::connected();
        scene.browsed_by_few(1_200, &|all| [&all[50..52], &all[450..453], &all[990..994]].concat());
        scene.rehearses(MARIA, SERVICE, false);
        let kept = || {
            let kept: domain::rehearsal::Rehearsal = scene.record(&records::rehearsal(&id(SERVICE))).expect("rests");
            (kept.losses[0].looked.map(|looked| looked.at), kept.waits_until.is_some())
        };
        assert_eq!(kept(), (Some(400), false));
        if breaks {
            let busy = Faults { status_429: Lasts::Always, retry_after_s: Some(60), ..Faults::default() };
            scene.platform.borrow_mut().atlassian.set_faults(busy);
            scene.wait(MINUTE_MS);
            scene.all_work_once();
            assert_eq!(kept(), (Some(400), true));
            scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
        }
        scene.wait(2 * MINUTE_MS);
        // The page is closed: the queue goes on.
        scene.all_work();
        who_loses(&scene.look(SERVICE))
    };
    let whole = found(false);
    assert_eq!((whole.0.len(), whole.1, whole.2), (9, 0, Some(1_000)));
    assert_eq!(found(true), whole);
}
