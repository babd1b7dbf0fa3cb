//! Who reaches what through the app, who may administer it, and why somebody does not get somewhere.

use crate::people::{BEN, CHLOE, REVOKED, error, held, posted, race};
use crate::scene::{ANA, DAY_MS, HOUR_MS, INACTIVE, MARIA, Scene, TOM, id};
use integration_plus::api::{Access, ErrorCode, Explanation, Reply, Request, Unestablished, Whom};
use integration_plus::app::Invocation;
use integration_plus::domain::access_rule::{Answer, Limit, Verdict};
use integration_plus::domain::account::{AccountId, Unsuitable};
use integration_plus::domain::limits::{AccessChanged, JiraNumber, LimitKind, Limits, ProjectLimit};
use integration_plus::domain::settings::Settings;
use integration_plus::records;
use sandbox::ports::{CLOUD_ID, Fault, Running};
use sandbox::{Atlassian, Faults, Holder, Lasts, Unknown};

const MOB: u64 = 10_000;
const BIL: u64 = 10_001;
const PLT: u64 = 10_003;
const PRODUCTS: u64 = 10_050;

fn only(projects: &[u64], categories: &[u64]) -> ProjectLimit {
    limit(LimitKind::Only, projects, categories)
}

fn limit(kind: LimitKind, projects: &[u64], categories: &[u64]) -> ProjectLimit {
    let numbers = |some: &[u64]| some.iter().copied().map(JiraNumber).collect();
    ProjectLimit { kind, projects: numbers(projects), categories: numbers(categories) }
}

fn out_of_reach(whom: Whom) -> ErrorCode {
    ErrorCode::IssueOutOfReach { whom }
}

fn about(account: &str, place: &str) -> Request {
    Request::Explain { account: Some(id(account)), place: place.into() }
}

fn blocked(by: Limit) -> Verdict {
    Verdict::Blocked { by }
}

impl Scene {
    fn access_as(&self, who: &str, request: Request) -> Access {
        let reply = self.ask(who, request);
        let Reply::Access { access } = reply else { panic!("{reply:?} says nothing of access") };
        *access
    }

    fn access(&self, who: &str) -> Access {
        self.access_as(who, Request::Access {})
    }

    fn limit_projects(&self, who: &str, limit: ProjectLimit) -> Access {
        let edition = self.access(who).edition;
        self.access_as(who, Request::LimitProjects { edition, limit, nowhere: Some(true) })
    }

    fn listing(&self, who: &str, accounts: Option<&[&str]>) -> Request {
        let edition = self.access(who).edition;
        Request::LimitAdministrators {
            edition,
            accounts: accounts.map(|some| some.iter().map(|one| id(one)).collect()),
        }
    }

    fn explained(&self, who: &str, request: Request) -> Explanation {
        let reply = self.ask(who, request);
        let Reply::Explained { explanation } = reply else { panic!("{reply:?} explains nothing") };
        *explanation
    }

    fn verdict(&self, who: &str, account: &str, place: &str) -> Verdict {
        self.explained(who, about(account, place)).verdict
    }

    /// How many comments the app ever sent to Jira.
    fn comments_sent(&self) -> usize {
        let platform = self.platform.borrow();
        let sent = platform.exchanges.iter().map(|exchange| &exchange.request);
        sent.filter(|request| request.method == "POST" && request.path.ends_with("/comment")).count()
    }

    fn in_jira(&self, act: impl FnOnce(&mut Atlassian) -> Result<(), Unknown>) {
        act(&mut self.platform.borrow_mut().atlassian).expect("is there");
    }

    /// Takes away that somebody sees a project.
    fn hide(&self, project: &str, from: &str) {
        self.in_jira(|jira| jira.set_project_permission(CLOUD_ID, project, "BROWSE_PROJECTS", from, false));
    }

    fn listed(&self) -> Option<Vec<AccountId>> {
        let limits: Limits = self.record(&records::limits()).unwrap_or_default();
        Some(limits.administrators?.into_iter().map(|person| person.account_id).collect())
    }

    /// Asks for access; what is kept of it.
    fn request_access(&self, who: &str) -> Option<integration_plus::domain::limits::AccessRequest> {
        let reply = self.ask(who, Request::RequestAccess {});
        let Reply::AccessRequested { request } = reply else { panic!("{reply:?} is no request") };
        request
    }
}

/// A site where Maria alone may administer the app.
fn with_list() -> Scene {
    let scene = Scene::connected();
    scene.access_as(MARIA, scene.listing(MARIA, Some(&[MARIA])));
    scene
}

#[test]
fn a_person_reaches_what_main_user_person_and_settings_all_allow_and_is_told_what_blocks() {
    let scene = Scene::connected();
    scene.connect(ANA);
    let issue_id = scene.issue("MOB-2");
    for (main, person, settings, whom) in [
        (true, true, true, None),
        (true, true, false, Some(Whom::Settings)),
        (true, false, true, Some(Whom::Caller)),
        (true, false, false, Some(Whom::Caller)),
        (false, true, true, Some(Whom::Main)),
        (false, true, false, Some(Whom::Settings)),
        (false, false, true, Some(Whom::Caller)),
        (false, false, false, Some(Whom::Caller)),
    ] {
        let row = format!("main {main}, person {person}, settings {settings}");
        let scene = scene.copy();
        scene.limit_projects(MARIA, only(if settings { &[MOB] } else { &[BIL] }, &[]));
        if !main {
            scene.hide("MOB", MARIA);
        }
        if !person {
            scene.hide("MOB", ANA);
        }
        let explanation = scene.explained(TOM, about(ANA, "MOB-2"));
        let by = whom.map(|whom| match whom {
            Whom::Caller => Limit::Person,
            Whom::Settings => Limit::Settings,
            Whom::Main => Limit::Main,
        });
        assert_eq!(explanation.verdict, by.map_or(Verdict::Reaches, blocked), "{row}");
        let answers = explanation.answers;
        assert_eq!(
            [answers.main, answers.person, answers.settings],
            [main.into(), person.into(), settings.into()],
            "{row}"
        );
        assert_eq!(scene.verdict(TOM, ANA, "mob"), explanation.verdict, "{row}: the project");
        let (before, count) = (scene.trace(), scene.comments_sent());
        let reply =
            scene.ask(ANA, Request::Comment { issue_id: issue_id.clone(), text: "some words".into(), internal: false });
        match whom {
            None => assert!(matches!(reply, Reply::Comment { .. }), "{row}: {reply:?}"),
            Some(whom) => {
                assert_eq!(error(&reply), Some(&out_of_reach(whom)), "{row}");
                assert_eq!((scene.trace(), scene.comments_sent()), (before, count), "{row}");
            }
        }
    }
}

#[test]
fn a_yes_for_the_project_is_confirmed_on_the_issue() {
    let scene = Scene::connected();
    scene.connect(ANA);
    // Whoever reported an issue may see it. For the project Jira says yes to everybody then.
    scene.in_jira(|jira| jira.grant_permission(CLOUD_ID, "restricted", "BROWSE_PROJECTS", Holder::Reporter));
    scene.in_jira(|jira| jira.grant_permission(CLOUD_ID, "restricted", "ADD_COMMENTS", Holder::Reporter));
    assert_eq!(scene.verdict(MARIA, ANA, "LEG"), Verdict::Reaches);
    assert_eq!(scene.verdict(MARIA, ANA, "LEG-1"), blocked(Limit::Person));
    assert_eq!(scene.verdict(MARIA, CHLOE, "LEG-1"), Verdict::Reaches);
    let request = Request::Comment { issue_id: scene.issue("LEG-1"), text: "some words".into(), internal: false };
    assert_eq!(scene.refused(ANA, request), out_of_reach(Whom::Caller));
}

#[test]
fn somebody_who_may_see_and_not_comment_is_told_both() {
    let scene = Scene::connected();
    scene.in_jira(|jira| jira.set_project_permission(CLOUD_ID, "MOB", "ADD_COMMENTS", ANA, false));
    let explanation = scene.explained(MARIA, about(ANA, "MOB-2"));
    assert_eq!((explanation.verdict, explanation.comments), (Verdict::Reaches, Answer::No));
    assert_eq!(scene.explained(MARIA, about(BEN, "MOB-2")).comments, Answer::Yes);
}

#[test]
fn projects_are_let_in_and_left_out_by_number_and_by_category() {
    let scene = Scene::connected();
    let verdicts = |limit| {
        let scene = scene.copy();
        scene.limit_projects(MARIA, limit);
        ["MOB-1", "PLT-1", "MKT-1"].map(|issue| scene.verdict(MARIA, ANA, issue) == Verdict::Reaches)
    };
    assert_eq!(verdicts(only(&[], &[PRODUCTS])), [true, false, false]);
    assert_eq!(verdicts(limit(LimitKind::Except, &[], &[PRODUCTS])), [false, true, true]);
    assert_eq!(verdicts(only(&[PLT], &[PRODUCTS])), [true, true, false]);
    assert_eq!(verdicts(limit(LimitKind::Except, &[PLT], &[])), [true, false, true]);
    assert_eq!(verdicts(only(&[], &[])), [false, false, false]);
    assert_eq!(verdicts(limit(LimitKind::Everything, &[MOB], &[])), [true, true, true]);
}

#[test]
fn a_list_of_nothing_shuts_the_app_off_only_where_that_is_known() {
    let scene = Scene::connected();
    let save = |limit, nowhere| Request::LimitProjects { edition: scene.access(MARIA).edition, limit, nowhere };
    let before = scene.trace();
    for nowhere in [None, Some(false)] {
        assert_eq!(scene.refused(MARIA, save(only(&[], &[]), nowhere)), ErrorCode::WorksNowhere);
    }
    assert_eq!(scene.trace(), before);
    assert_eq!(scene.verdict(MARIA, ANA, "MOB-1"), Verdict::Reaches);
    // What is listed, or what is left out, shuts nothing off.
    scene.access_as(MARIA, save(only(&[MOB], &[]), None));
    scene.access_as(MARIA, save(limit(LimitKind::Except, &[], &[]), None));
    scene.access_as(MARIA, save(only(&[], &[]), Some(true)));
    assert_eq!(scene.verdict(MARIA, ANA, "MOB-1"), blocked(Limit::Settings));
    // Whoever saves it as it is changes nothing, and is told so.
    assert_eq!(scene.access_as(MARIA, save(only(&[], &[]), None)).kind, LimitKind::Only);
}

#[test]
fn who_is_put_on_the_list_and_is_no_jira_administrator_is_named_at_once() {
    let scene = Scene::connected();
    let without = |access: &Access| -> Option<Vec<AccountId>> {
        let without = access.without_rights.as_ref()?;
        Some(without.iter().map(|person| person.account_id.clone()).collect())
    };
    let saved = scene.access_as(MARIA, scene.listing(MARIA, Some(&[MARIA, ANA, TOM])));
    assert_eq!(without(&saved), Some(vec![id(ANA)]), "Ana may not, Tom may");
    assert_eq!(saved.administrators.as_ref().map(Vec::len), Some(3), "she is on it all the same");
    assert_eq!(without(&scene.access(MARIA)), None, "it is asked when it is saved");
    scene.in_jira(|jira| jira.grant_admin(CLOUD_ID, ANA));
    assert_eq!(without(&scene.access_as(MARIA, scene.listing(MARIA, Some(&[MARIA, ANA])))), Some(vec![]));
    assert_eq!(without(&scene.access_as(MARIA, scene.listing(MARIA, None))), Some(vec![]));
}

#[test]
fn where_jira_does_not_say_who_administers_it_the_list_is_saved_and_nobody_is_named() {
    let scene = Scene::connected();
    let request = scene.listing(MARIA, Some(&[MARIA, ANA]));
    let effects = {
        let trial = scene.copy();
        trial.platform.borrow_mut().effects.clear();
        trial.ask(MARIA, request.clone());
        trial.platform.borrow().effects.clone()
    };
    let place = effects.iter().position(|effect| effect.name.contains("permissions/check")).expect("was asked");
    scene.platform.borrow_mut().effects.clear();
    scene.platform.borrow_mut().plan = Some((place, Fault::Fail));
    let saved = scene.access_as(MARIA, request);
    scene.platform.borrow_mut().plan = None;
    assert_eq!(saved.without_rights, Some(Vec::new()), "nothing is said that Jira did not say");
    assert_eq!(scene.listed(), Some(vec![id(MARIA), id(ANA)]));
}

#[test]
fn a_comment_that_waits_stays_within_settings_that_came_meanwhile() {
    let scene = Scene::connected();
    scene.settle(|settings: &mut Settings| settings.fallback = true);
    scene.member(ANA);
    scene.revoke(ANA);
    assert_eq!(scene.comment(ANA, "MOB-2", "some words"), held(Some(REVOKED)));
    scene.limit_projects(MARIA, limit(LimitKind::Except, &[MOB], &[]));
    let before = scene.comments("MOB-2").len();
    assert_eq!(scene.refused(ANA, Request::PostForMe { text: None }), out_of_reach(Whom::Settings));
    scene.connect(ANA);
    assert_eq!(scene.refused(ANA, Request::PostHeld { text: None }), out_of_reach(Whom::Settings));
    assert_eq!(scene.comments("MOB-2").len(), before);
    scene.limit_projects(MARIA, ProjectLimit::default());
    assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), posted("MOB-2"));
}

#[test]
fn a_deleted_project_stays_on_the_list_and_is_shown_as_gone() {
    let scene = Scene::connected();
    let access = scene.limit_projects(MARIA, only(&[MOB, BIL], &[PRODUCTS]));
    let keys: Vec<_> = access.projects.iter().map(|row| row.project.as_ref().map(|own| own.key.as_str())).collect();
    assert_eq!(keys, [Some("MOB"), Some("BIL")]);
    assert_eq!(access.categories[0].name.as_deref(), Some("Products"));
    for project in ["BIL", "MOB", "WEB"] {
        scene.in_jira(|jira| jira.delete_project(CLOUD_ID, project));
    }
    let access = scene.access(MARIA);
    assert_eq!(access.projects.iter().map(|row| row.project.clone()).collect::<Vec<_>>(), [None, None]);
    assert_eq!(access.categories[0].name, None);
    // What is on the list already is no obstacle to another change, and can be taken off.
    let access = scene.limit_projects(MARIA, limit(LimitKind::Except, &[MOB], &[PRODUCTS]));
    assert_eq!((access.kind, access.projects.len()), (LimitKind::Except, 1));
    let AccessChanged::Projects { removed, .. } = &access.changes[0].what else { panic!("{:?}", access.changes[0]) };
    assert_eq!(removed, &["10001"]);
    assert_eq!(scene.refused(MARIA, about(ANA, "BIL-1")), ErrorCode::NoSuchPlace);
}

#[test]
fn odd_and_huge_input_changes_nothing() {
    let scene = Scene::connected();
    scene.in_jira(|jira| jira.add_projects(CLOUD_ID, 201));
    let before = scene.trace();
    let long = "A".repeat(5_000);
    for place in [
        "",
        "..",
        "../../x",
        "MOB/1",
        "MOB?fields=*",
        "MOB#1",
        "MOB-1/comment",
        "MOB-",
        "-1",
        "10000",
        "😀",
        &long,
        "ZZZ",
        "ZZZ-1",
        "MOB-999999999",
    ] {
        assert_eq!(scene.refused(MARIA, about(ANA, place)), ErrorCode::NoSuchPlace, "{place}");
    }
    assert_eq!(scene.refused(MARIA, about("712020:nobody", "MOB-1")), ErrorCode::AccountNotFound);
    let to_projects = |limit| scene.refused(MARIA, Request::LimitProjects { edition: 0, limit, nowhere: None });
    let many: Vec<u64> = (0..201).collect();
    assert_eq!(to_projects(only(&[77], &[])), ErrorCode::NoSuchPlace);
    assert_eq!(to_projects(only(&[], &[77])), ErrorCode::NoSuchPlace);
    assert_eq!(to_projects(only(&[i64::MAX.unsigned_abs()], &[])), ErrorCode::NoSuchPlace);
    assert_eq!(to_projects(only(&many, &[])), ErrorCode::ListFull { most: 200 });
    assert_eq!(to_projects(only(&[], &many)), ErrorCode::ListFull { most: 50 });
    let accounts = |some: Vec<String>| {
        let accounts = some.into_iter().map(|one| AccountId::parse(one).expect("is one")).collect();
        scene.refused(MARIA, Request::LimitAdministrators { edition: 0, accounts: Some(accounts) })
    };
    assert_eq!(accounts((0..51).map(|nth| format!("a{nth}")).collect()), ErrorCode::ListFull { most: 50 });
    assert_eq!(accounts(vec![MARIA.into(), "nobody".into()]), ErrorCode::AccountNotFound);
    assert_eq!(
        accounts(vec![MARIA.into(), INACTIVE.into()]),
        ErrorCode::AccountUnsuitable { reason: Unsuitable::Inactive }
    );
    let find = |query: &str| scene.ask(MARIA, Request::FindProjects { query: query.into() });
    assert_eq!(error(&find(&"a".repeat(101))), Some(&ErrorCode::InvalidRequest));
    assert_eq!(find("a&id=10000?#/../"), Reply::Projects { projects: vec![] });
    assert_eq!(scene.trace(), before);
}

#[test]
fn a_request_with_a_number_that_is_none_is_no_request() {
    let read = |number: &str| {
        let limit = serde_json::json!({ "kind": "only", "projects": [number], "categories": [] });
        let request = serde_json::json!({ "type": "limitProjects", "edition": 0, "limit": limit });
        serde_json::from_value::<Request>(request)
    };
    for number in ["", "+1", "-1", "10000/x", "1e3", "9223372036854775808"] {
        assert!(read(number).is_err(), "{number}");
    }
    let Ok(Request::LimitProjects { limit, .. }) = read("10000") else { panic!("that is a number") };
    assert_eq!(limit, only(&[MOB], &[]));
}

#[test]
fn a_list_holds_as_much_as_it_may_and_is_shown_with_four_requests() {
    let scene = Scene::connected();
    scene.in_jira(|jira| jira.add_projects(CLOUD_ID, 200));
    let all: Vec<u64> = {
        let page = |at: u64| {
            let path = format!("/rest/api/3/project/search?maxResults=100&startAt={at}");
            scene.as_grant(MARIA, &sandbox::Request::get(path))["values"].as_array().cloned().unwrap_or_default()
        };
        let rows = [page(0), page(100)].concat();
        rows.iter().filter_map(|row| row["id"].as_str()?.parse().ok()).collect()
    };
    assert_eq!(all.len(), 200);
    assert_eq!(scene.limit_projects(MARIA, only(&all, &[])).projects.len(), 200);
    let before = scene.asked_jira("/rest/api/3/project/search");
    let access = scene.access(MARIA);
    assert!(access.projects.iter().all(|row| row.project.is_some()));
    assert_eq!(scene.asked_jira("/rest/api/3/project/search") - before, 4);
    let AccessChanged::Projects { added, more, .. } = &access.changes[0].what else {
        panic!("{:?}", access.changes[0])
    };
    assert_eq!((added.len(), *more), (5, 195));
}

#[test]
fn the_last_jira_administrator_stays_on_the_list() {
    let scene = with_list();
    let before = scene.trace();
    let refused = |accounts: &[&str]| scene.refused(MARIA, scene.listing(MARIA, Some(accounts)));
    assert_eq!(refused(&[]), ErrorCode::NoAdministratorLeft);
    // Ana is no Jira administrator, and neither is Tom any more.
    scene.in_jira(|jira| jira.revoke_admin(CLOUD_ID, TOM));
    assert_eq!(refused(&[ANA, TOM]), ErrorCode::NoAdministratorLeft);
    assert_eq!(scene.trace(), before);
    scene.in_jira(|jira| jira.grant_admin(CLOUD_ID, TOM));
    // Whoever takes themselves off is told that they are off; Tom, who may now, sees it.
    let reply = scene.ask(MARIA, scene.listing(MARIA, Some(&[ANA, TOM])));
    assert!(matches!(error(&reply), Some(ErrorCode::NotListed { request: None, .. })), "{reply:?}");
    assert_eq!(scene.listed(), Some(vec![id(ANA), id(TOM)]));
    assert_eq!(scene.access(TOM).administrators.map(|listed| listed.len()), Some(2));
    // On the list and no Jira administrator: that is not enough.
    assert!(matches!(scene.refused(ANA, Request::Access {}), ErrorCode::NotAdministrator { .. }));
}

#[test]
fn nobody_is_taken_for_an_administrator_whom_jira_does_not_confirm() {
    let scene = with_list();
    let request = scene.listing(MARIA, Some(&[TOM]));
    let effects = {
        let trial = scene.copy();
        trial.ask(MARIA, request.clone());
        trial.platform.borrow().effects.clone()
    };
    let place = effects.iter().position(|effect| effect.name.contains("permissions/check")).expect("was asked");
    scene.platform.borrow_mut().plan = Some((place, Fault::Fail));
    assert!(matches!(scene.refused(MARIA, request), ErrorCode::JiraUnavailable { .. }), "{effects:?}");
    assert_eq!(scene.listed(), Some(vec![id(MARIA)]));
}

#[test]
fn a_jira_administrator_who_is_not_listed_sees_who_is_and_nothing_else() {
    let scene = with_list();
    let before = scene.trace();
    for request in [
        Request::Status { watching: None },
        Request::FindAccounts { query: "a".into() },
        Request::Access {},
        Request::FindProjects { query: "a".into() },
        Request::LimitProjects { edition: 1, limit: ProjectLimit::default(), nowhere: None },
        Request::LimitAdministrators { edition: 1, accounts: None },
        Request::DecideAccess { account: id(TOM), approve: true },
        Request::ChangeSettings { settings: Settings::default() },
        Request::Connections { page: crate::people::everybody() },
        about(ANA, "MOB-1"),
        about(ANA, "ZZZ-1"),
    ] {
        let refused = scene.refused(TOM, request.clone());
        let ErrorCode::NotListed { administrators, request: None } = &refused else {
            panic!("{request:?}: {refused:?}")
        };
        assert_eq!(administrators.iter().map(|person| person.account_id.as_str()).collect::<Vec<_>>(), [MARIA]);
    }
    assert_eq!(scene.trace(), before);
    // About themselves anybody may ask.
    assert_eq!(scene.verdict(TOM, TOM, "MOB-1"), Verdict::Reaches);
}

#[test]
fn whoever_is_no_jira_administrator_learns_nothing_of_access() {
    let scene = with_list();
    scene.request_access(TOM);
    let before = scene.trace();
    for request in [
        Request::Access {},
        Request::FindProjects { query: "a".into() },
        Request::LimitProjects { edition: 1, limit: ProjectLimit::default(), nowhere: None },
        Request::LimitAdministrators { edition: 1, accounts: None },
        Request::RequestAccess {},
        Request::DecideAccess { account: id(TOM), approve: true },
        about(BEN, "MOB-1"),
        about(BEN, "ZZZ-1"),
        about("712020:nobody", "MOB-1"),
    ] {
        let refused = scene.refused(ANA, request.clone());
        assert!(matches!(refused, ErrorCode::NotAdministrator { .. }), "{request:?}: {refused:?}");
    }
    assert_eq!(scene.trace(), before);
}

#[test]
fn an_administrator_who_is_not_listed_is_told_of_no_risk() {
    let scene = with_list();
    scene.revoke(MARIA);
    scene.ask(MARIA, Request::CheckNow {});
    assert!(scene.prompted(MARIA).1.is_some());
    assert_eq!(scene.prompted(TOM).1, None);
}

#[test]
fn access_is_requested_declined_requested_again_and_approved() {
    let scene = with_list();
    let asked = scene.request_access(TOM).expect("waits");
    assert_eq!((asked.person.account_id, asked.decision), (id(TOM), None));
    let before = scene.trace();
    scene.wait(HOUR_MS);
    assert_eq!(scene.request_access(TOM).map(|again| again.at), Some(asked.at), "one for each person");
    assert_eq!(scene.trace(), before);
    let decide = |approve| Request::DecideAccess { account: id(TOM), approve };
    let access = scene.access_as(MARIA, decide(false));
    assert_eq!(access.requests[0].decision.as_ref().map(|decision| decision.approved), Some(false));
    let ErrorCode::NotListed { request: Some(told), .. } = scene.refused(TOM, Request::Access {}) else {
        panic!("Tom is told of it")
    };
    assert_eq!(told.decision.map(|decision| (decision.approved, decision.by.account_id)), Some((false, id(MARIA))));
    assert!(matches!(scene.refused(TOM, Request::RequestAccess {}), ErrorCode::AskedTooSoon { .. }));
    scene.wait(DAY_MS);
    assert!(scene.request_access(TOM).is_some_and(|request| request.decision.is_none()));
    let access = scene.access_as(MARIA, decide(true));
    assert_eq!(scene.listed(), Some(vec![id(MARIA), id(TOM)]));
    let said: Vec<&AccessChanged> = access.changes.iter().map(|change| &change.what).collect();
    assert!(
        matches!(
            said[..],
            [
                AccessChanged::Approved { .. },
                AccessChanged::Requested,
                AccessChanged::Declined { .. },
                AccessChanged::Requested,
                AccessChanged::Administrators { limited: true, .. }
            ]
        ),
        "{said:?}"
    );
    assert_eq!(scene.access(TOM).requests[0].decision.as_ref().map(|decision| decision.approved), Some(true));
    assert_eq!(scene.request_access(TOM), None, "there is nothing to ask for any more");
    // A request that was decided is not decided again.
    let refused = scene.refused(TOM, decide(false));
    assert!(matches!(&refused, ErrorCode::AccessChanged { by, .. } if by.account_id == id(MARIA)), "{refused:?}");
    assert_eq!(
        scene.refused(MARIA, Request::DecideAccess { account: id(ANA), approve: true }),
        ErrorCode::InvalidRequest
    );
}

#[test]
fn a_list_of_which_nobody_is_left_gives_way_to_a_jira_administrator_and_no_other_does() {
    let scene = with_list();
    // Whatever fails on the way, a list with a Jira administrator on it is not taken over.
    let effects = {
        let trial = scene.copy();
        assert!(trial.request_access(TOM).is_some());
        trial.platform.borrow().effects.len()
    };
    for nth in 0..effects {
        let trial = scene.copy();
        trial.platform.borrow_mut().plan = Some((nth, Fault::Fail));
        trial.ask(TOM, Request::RequestAccess {});
        assert_eq!(trial.listed(), Some(vec![id(MARIA)]), "effect {nth}");
    }
    for closed in [false, true] {
        let scene = scene.copy();
        scene.in_jira(|jira| if closed { jira.close_account(MARIA) } else { jira.revoke_admin(CLOUD_ID, MARIA) });
        assert_eq!(scene.request_access(TOM), None);
        assert_eq!(scene.listed(), Some(vec![id(MARIA), id(TOM)]));
        assert_eq!(scene.access(TOM).changes[0].what, AccessChanged::TookOver);
    }
}

#[test]
fn of_two_administrators_at_once_one_is_told_that_the_other_was_first() {
    let scene = Scene::connected();
    let saving = |who: &str, limit| {
        let request = Request::LimitProjects { edition: 0, limit, nowhere: None };
        Running::start(&scene.platform, Some(who), Invocation::Request(Some(request)))
    };
    let replies = race(vec![saving(MARIA, only(&[MOB], &[])), saving(TOM, only(&[BIL], &[]))]);
    let saved: Vec<&Access> = replies
        .iter()
        .filter_map(|reply| if let Reply::Access { access } = reply { Some(&**access) } else { None })
        .collect();
    assert_eq!(saved.len(), 1, "{replies:?}");
    let first = saved[0].changes[0].by.account_id.clone();
    let told = replies.iter().find_map(error);
    assert!(matches!(told, Some(ErrorCode::AccessChanged { by, .. }) if by.account_id == first), "{told:?}");
    let now = scene.access(MARIA);
    assert_eq!((now.edition, now.changes.len()), (1, 1));
    // The other begins from what is there now.
    assert_eq!(scene.limit_projects(TOM, only(&[MOB, BIL], &[])).projects.len(), 2);
}

#[test]
fn a_request_for_access_turns_no_administrator_away() {
    let scene = with_list();
    let request = Request::LimitProjects { edition: 1, limit: only(&[MOB], &[]), nowhere: None };
    let saving = Running::start(&scene.platform, Some(MARIA), Invocation::Request(Some(request)));
    let asking = Running::start(&scene.platform, Some(TOM), Invocation::Request(Some(Request::RequestAccess {})));
    let replies = race(vec![saving, asking]);
    assert!(replies.iter().all(|reply| error(reply).is_none()), "{replies:?}");
    let access = scene.access(MARIA);
    assert_eq!((access.projects.len(), access.requests.len(), access.changes.len()), (1, 1, 3));
}

#[test]
fn a_change_that_broke_off_happened_whole_or_not_at_all() {
    let scene = with_list();
    let request = Request::LimitProjects { edition: 1, limit: only(&[MOB], &[]), nowhere: None };
    let effects = {
        let trial = scene.copy();
        trial.ask(MARIA, request.clone());
        trial.platform.borrow().effects.len()
    };
    for nth in 0..effects {
        for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer] {
            let trial = scene.copy();
            trial.faulty(Some(MARIA), Invocation::Request(Some(request.clone())), nth, fault);
            let access = trial.access(MARIA);
            let done = access.kind == LimitKind::Only;
            assert_eq!((access.edition, access.changes.len()), if done { (2, 2) } else { (1, 1) }, "{nth} {fault:?}");
        }
    }
}

#[test]
fn what_cannot_be_established_is_said_and_is_no_yes() {
    let scene = Scene::connected();
    assert_eq!(scene.verdict(TOM, ANA, "MOB-2"), Verdict::Reaches);
    let dead = scene.copy();
    dead.revoke(MARIA);
    let explanation = dead.explained(TOM, about(ANA, "MOB-2"));
    assert_eq!(explanation.verdict, Verdict::Open { unknown: Limit::Main });
    assert_eq!(explanation.because, Some(Unestablished::MainGrantDead));
    // Jira turns away what Atlassian honours still: nobody is told that the grant is dead.
    let turned_away = scene.copy();
    turned_away.platform.borrow_mut().authorization_server.turned_away = Some(MARIA.to_owned());
    let explanation = turned_away.explained(TOM, about(ANA, "MOB-2"));
    assert_eq!(explanation.verdict, Verdict::Open { unknown: Limit::Main });
    assert_eq!(explanation.because, Some(Unestablished::NoAnswer));
    // A no is a no all the same.
    dead.hide("MOB", ANA);
    assert_eq!(dead.verdict(TOM, ANA, "MOB-2"), blocked(Limit::Person));
    let nobody = Scene::new();
    let explanation = nobody.explained(MARIA, about(ANA, "MOB-2"));
    assert_eq!((explanation.verdict, explanation.connected), (blocked(Limit::Main), false));
    let down = scene.copy();
    down.platform.borrow_mut().atlassian.set_faults(Faults { status_503: Lasts::Always, ..Faults::default() });
    assert!(matches!(down.refused(TOM, about(ANA, "MOB-2")), ErrorCode::JiraUnavailable { .. }));
}

#[test]
fn whatever_fails_on_the_way_nobody_is_told_that_they_reach_what_they_do_not() {
    for hidden_from in [MARIA, ANA] {
        let scene = Scene::connected();
        scene.hide("MOB", hidden_from);
        let effects = {
            let trial = scene.copy();
            assert_ne!(trial.verdict(TOM, ANA, "MOB-2"), Verdict::Reaches);
            trial.platform.borrow().effects.len()
        };
        for nth in 0..effects {
            for fault in [Fault::Fail, Fault::LoseAnswer] {
                let trial = scene.copy();
                trial.platform.borrow_mut().plan = Some((nth, fault));
                if let Reply::Explained { explanation } = trial.ask(TOM, about(ANA, "MOB-2")) {
                    assert_ne!(explanation.verdict, Verdict::Reaches, "{nth} {fault:?}");
                    let open = matches!(explanation.verdict, Verdict::Open { .. });
                    assert!(!open || explanation.because.is_some(), "{nth} {fault:?}");
                }
            }
        }
    }
}

#[test]
fn a_person_learns_about_themselves_and_about_what_they_see() {
    let scene = Scene::connected();
    let mine = |place: &str| Request::Explain { account: None, place: place.into() };
    let explanation = scene.explained(ANA, mine("mob-2"));
    assert_eq!((explanation.verdict, explanation.mine), (Verdict::Reaches, true));
    assert_eq!((explanation.person.account_id.as_str(), explanation.main), (ANA, None));
    assert_eq!(scene.explained(ANA, about(ANA, "MOB")).issue_key, None);
    // What Ana may not see is answered like what is not there, also while the settings or the main user would say more.
    scene.limit_projects(MARIA, only(&[BIL], &[]));
    for place in ["LEG", "LEG-1", "ZZZ", "ZZZ-1"] {
        assert_eq!(scene.ask(ANA, mine(place)), Reply::Refused { error: ErrorCode::NoSuchPlace }, "{place}");
    }
    assert_eq!(scene.explained(ANA, mine("MOB-2")).verdict, blocked(Limit::Settings));
    assert!(matches!(scene.refused(ANA, about(BEN, "MOB-2")), ErrorCode::NotAdministrator { .. }));
}

#[test]
fn an_administrator_learns_nothing_of_an_issue_that_they_do_not_see() {
    let scene = Scene::connected();
    scene.hide("LEG", TOM);
    let hidden = scene.ask(TOM, about(CHLOE, "LEG-1"));
    assert_eq!(hidden, scene.ask(TOM, about(CHLOE, "ZZZ-1")));
    assert_eq!(error(&hidden), Some(&ErrorCode::NoSuchPlace));
    assert_eq!(scene.verdict(MARIA, CHLOE, "LEG-1"), Verdict::Reaches);
}
