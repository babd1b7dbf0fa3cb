//! The register of service accounts.

use crate::scene::{ANA, DAY_MS, MARIA, SERVICE, Scene, TOM, id};
use integration_plus::api::{ErrorCode, RegisterView, Reply, Request, Risk};
use integration_plus::domain::register::{Details, Field, LIMIT, Link, REPORTS};
use integration_plus::domain::seal::seal;
use integration_plus::domain::time::{Span, Timestamp};
use sandbox::ports::Running;

impl Scene {
    fn register(&self, request: Request) -> RegisterView {
        let reply = self.ask(MARIA, request);
        let Reply::Register { register } = reply else { panic!("{reply:?} is no register") };
        *register
    }

    fn write_down(&self, account: &str, details: Details, revision: Option<u32>) -> RegisterView {
        self.register(Request::SaveEntry { account: id(account), details, revision })
    }

    fn report(&self) -> (Vec<Link>, String) {
        let reply = self.ask(MARIA, Request::ReportRegister {});
        let Reply::RegisterReport { links, seal, .. } = reply else { panic!("{reply:?} is no report") };
        (links, seal)
    }

    fn today(&self) -> Timestamp {
        Timestamp(self.platform.borrow().now_ms).day()
    }
}

fn purpose(purpose: &str) -> Details {
    Details { purpose: purpose.into(), ..Details::default() }
}

#[test]
fn the_main_authorized_user_is_always_in_the_register() {
    let scene = Scene::new();
    assert!(scene.register(Request::Register {}).entries.is_empty());
    scene.switch(MARIA, MARIA);
    let main = scene.register(Request::Register {}).entries.remove(0);
    assert_eq!((main.account.person.account_id, main.is_main, main.details), (id(MARIA), true, None));
    // Who is somebody's own account gets advice: they may leave.
    assert!(main.looks_personal);
    let written = scene.write_down(MARIA, purpose("For now"), None).entries;
    assert_eq!((written.len(), written[0].is_main, written[0].revision), (1, true, Some(1)));
    let removed = scene.register(Request::RemoveEntry { account: id(MARIA), revision: 1 }).entries;
    assert_eq!((removed.len(), removed[0].is_main, removed[0].details.as_ref()), (1, true, None));
    scene.switch(MARIA, SERVICE);
    let main = scene.register(Request::Register {}).entries.remove(0);
    assert_eq!((main.account.person.account_id, main.looks_personal), (id(SERVICE), false));
}

#[test]
fn what_somebody_else_wrote_meanwhile_is_not_overwritten() {
    let scene = Scene::connected();
    scene.write_down(SERVICE, purpose("first"), None);
    let save = |words: &str, revision| Request::SaveEntry { account: id(SERVICE), details: purpose(words), revision };
    let second = scene.write_down(SERVICE, purpose("second"), Some(1)).entries;
    assert_eq!(second[1].revision, Some(2));
    let before = scene.trace();
    for stale in [None, Some(1), Some(3)] {
        assert_eq!(scene.refused(TOM, save("stale", stale)), ErrorCode::Conflict, "{stale:?}");
    }
    assert_eq!(scene.refused(TOM, Request::RemoveEntry { account: id(SERVICE), revision: 1 }), ErrorCode::Conflict);
    assert_eq!(scene.trace(), before);
    let raced = crate::scene::together(
        [MARIA, TOM]
            .map(|who| {
                let save = save(who, Some(2));
                Running::start(&scene.platform, Some(who), integration_plus::app::Invocation::Request(Some(save)))
            })
            .into(),
    );
    let written =
        raced.iter().filter(|answer| matches!(answer, integration_plus::app::Answer::Reply(Reply::Register { .. })));
    assert_eq!(written.count(), 1);
    scene.register(Request::RemoveEntry { account: id(SERVICE), revision: 3 });
    assert_eq!(scene.register(Request::Register {}).entries.len(), 1);
}

#[test]
fn what_cannot_be_taken_is_named_and_nothing_is_written() {
    let scene = Scene::connected();
    let before = scene.trace();
    let refused = |account: &str, details| {
        scene.refused(MARIA, Request::SaveEntry { account: id(account), details, revision: None })
    };
    let address = Details { documentation: Some("javascript:alert(1)".into()), ..Details::default() };
    assert_eq!(refused(SERVICE, address), ErrorCode::EntryRefused { field: Field::Documentation });
    assert_eq!(refused(SERVICE, purpose(&"x".repeat(201))), ErrorCode::EntryRefused { field: Field::Purpose });
    assert_eq!(refused("712020:nobody", purpose("x")), ErrorCode::AccountNotFound);
    for request in [
        Request::Register {},
        Request::SaveEntry { account: id(SERVICE), details: purpose("x"), revision: None },
        Request::RemoveEntry { account: id(SERVICE), revision: 1 },
        Request::ReportRegister {},
    ] {
        assert!(matches!(scene.refused(ANA, request), ErrorCode::NotAdministrator { .. }));
    }
    assert_eq!(scene.trace(), before);
    scene.write_down(SERVICE, purpose("x"), None);
}

#[test]
fn reviews_and_rotations_are_told_to_administrators_from_their_day_on() {
    let scene = Scene::connected();
    let today = scene.today();
    let details = Details {
        review_on: Some(today.plus(Span::days(2))),
        rotate_every_days: Some(3),
        rotated_on: Some(today),
        ..Details::default()
    };
    let entry = scene.write_down(SERVICE, details, None).entries.remove(1);
    assert_eq!(entry.rotate_on, Some(today.plus(Span::days(3))));
    assert_eq!((scene.status(MARIA).register_due, scene.prompted(MARIA).1), (0, None));
    scene.wait(2 * DAY_MS);
    assert_eq!((scene.status(MARIA).register_due, scene.prompted(MARIA).1), (1, Some(Risk::RegisterDue { count: 1 })));
    scene.wait(DAY_MS);
    assert_eq!(scene.prompted(TOM).1, Some(Risk::RegisterDue { count: 2 }));
    assert_eq!(scene.prompted(ANA).1, None);
    let today = scene.today();
    let done = Details { review_on: None, rotate_every_days: Some(3), rotated_on: Some(today), ..Details::default() };
    scene.write_down(SERVICE, done, Some(1));
    assert_eq!((scene.status(MARIA).register_due, scene.prompted(MARIA).1), (0, None));
}

#[test]
fn a_report_is_chained_within_and_to_the_report_before() {
    let scene = Scene::connected();
    scene.write_down(SERVICE, purpose("serves"), None);
    let (links, first) = scene.report();
    let accounts: Vec<_> = links.iter().map(|link| (link.number, link.account.person.account_id.clone())).collect();
    assert_eq!(accounts, [(1, id(MARIA)), (2, id(SERVICE))]);
    assert_eq!((links[0].previous.as_str(), &links[1].previous, &first), ("", &seal(&links[0]), &seal(&links[1])));
    let (links, second) = scene.report();
    assert_eq!((&links[0].previous, second == first), (&first, false));
    let reports = scene.register(Request::Register {}).reports;
    assert_eq!(reports.iter().map(|report| &report.seal).collect::<Vec<_>>(), [&second, &first]);
    assert_eq!((reports[0].accounts, &reports[0].by.account_id), (2, &id(MARIA)));
    for _ in 0..REPORTS {
        scene.report();
    }
    assert_eq!(scene.register(Request::Register {}).reports.len(), REPORTS);
}

#[test]
fn the_register_is_bounded() {
    let scene = Scene::connected();
    scene.platform.borrow_mut().atlassian.add_people(sandbox::ports::CLOUD_ID, LIMIT + 1).expect("is known");
    let people: Vec<String> = {
        let platform = scene.platform.borrow();
        platform.atlassian.accounts().map(|account| account.account_id.clone()).collect()
    };
    let mut written = 0;
    let mut refusals = Vec::new();
    for account in people {
        scene.wait(1_000);
        let save = Request::SaveEntry { account: id(&account), details: purpose("x"), revision: None };
        let reply = scene.ask(MARIA, save);
        if let Reply::Refused { error } = reply {
            refusals.push(error);
        } else {
            written += 1;
        }
    }
    assert_eq!(written, LIMIT);
    assert!(!refusals.is_empty() && refusals.iter().all(|error| *error == ErrorCode::RegisterFull), "{refusals:?}");
}
