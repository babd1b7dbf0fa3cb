//! The people who connected their accounts, as administrators see them.

use crate::people::{BEN, CHLOE, DAVID, ELIF, FARID, GRACE, REVOKED, everybody};
use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, Scene, TOM, id};
use integration_plus::api::{Connections, ErrorCode, Order, PageOfPeople, Reply, Request};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::personal::Personal;
use integration_plus::domain::settings::ReauthorizationPolicy;
use integration_plus::domain::standing::{Label, Standing};
use integration_plus::domain::tally::Counts;
use integration_plus::ports::Stored;
use integration_plus::records;
use sandbox::ports::{Ended, Fault};

const SEVEN: [&str; 7] = [ANA, BEN, CHLOE, DAVID, ELIF, FARID, GRACE];

fn names(connections: &Connections) -> Vec<&str> {
    connections.rows.iter().filter_map(|row| row.person.display_name.split(' ').next()).collect()
}

#[test]
fn people_are_sorted_found_and_filtered() {
    let scene = Scene::connected();
    for who in SEVEN {
        scene.wait(MINUTE_MS);
        scene.connect(who);
    }
    scene.revoke(CHLOE);
    scene.wait(2 * HOUR_MS);
    scene.comment(CHLOE, "MOB-2", "x");
    let list = |page| scene.connections(page);
    let all = list(everybody());
    assert_eq!(names(&all), ["Ana", "Ben", "Chloe", "David", "Elif", "Farid", "Grace"]);
    assert_eq!((all.tally.fresh.working, all.tally.fresh.to_reauthorize, &all.next), (6, 1, &None));
    let back = list(PageOfPeople { descending: true, ..everybody() });
    assert_eq!(names(&back)[..2], ["Grace", "Farid"]);
    let since = list(PageOfPeople { order: Order::Since, descending: true, ..everybody() });
    assert_eq!(names(&since)[..2], ["Chloe", "Grace"]);
    for (query, found) in [("d", vec!["David"]), ("CHLOE d", vec!["Chloe"]), ("lima", vec![]), ("", names(&all))] {
        assert_eq!(names(&list(PageOfPeople { query: Some(query.into()), ..everybody() })), found, "{query:?}");
    }
    let asked = list(PageOfPeople { label: Some(Label::ToReauthorize), ..everybody() });
    let row = &asked.rows[0];
    assert_eq!((asked.rows.len(), &row.standing), (1, &Standing::ToReauthorize { reason: REVOKED }));
    assert_eq!((row.since, row.used_at, row.reminded_at), (asked.now, Some(asked.now), None));
    assert!(list(PageOfPeople { label: Some(Label::Deactivated), ..everybody() }).rows.is_empty());
    let long = PageOfPeople { query: Some("x".repeat(101)), ..everybody() };
    assert_eq!(scene.refused(MARIA, Request::Connections { page: long }), ErrorCode::InvalidRequest);
}

#[test]
fn a_list_by_label_names_those_too_whose_refresh_broke_off() {
    let mut broke_off = 0;
    for at in 0..30 {
        let scene = Scene::connected();
        scene.member(ANA);
        scene.member(BEN);
        scene.wait(2 * HOUR_MS);
        let request = Request::Comment { issue_id: scene.issue("MOB-2"), text: "x".into(), internal: false };
        scene.faulty(Some(ANA), Invocation::Request(Some(request)), at, Fault::CrashAfter);
        broke_off += u32::from(scene.grant(ANA).is_some_and(|grant| grant.redemption.is_some()));
        let list = scene.connections(PageOfPeople { label: Some(Label::Working), ..everybody() });
        assert_eq!((names(&list), list.tally.fresh.working), (vec!["Ana", "Ben"], 2), "crash after effect {at}");
    }
    assert!(broke_off > 0, "no refresh broke off");
}

#[test]
fn fifty_people_are_paged_to_their_end_at_the_same_price_a_page() {
    let scene = Scene::connected();
    scene.platform.borrow_mut().atlassian.add_people(sandbox::ports::CLOUD_ID, 50).expect("is known");
    let human = sandbox::AccountType::Atlassian;
    let known = |account: &&sandbox::Account| account.active() && account.account_type == human;
    let ids: Vec<String> = {
        let platform = scene.platform.borrow();
        let added = platform.atlassian.accounts().filter(known).map(|account| account.account_id.clone());
        added
            .filter(|id| {
                platform.atlassian.sites_of(id).count() > 0 && !id.starts_with("712020:service") && id != MARIA
            })
            .collect()
    };
    let ids: Vec<&String> = ids.iter().take(50).collect();
    for (place, who) in ids.iter().enumerate() {
        scene.wait(1000);
        assert!(scene.connect(who).standing.is_some(), "{place}");
    }
    let (mut page, mut seen, mut prices) = (everybody(), Vec::new(), Vec::new());
    loop {
        let connections = scene.connections(page.clone());
        prices.push(scene.platform.borrow().effects.len() - connections.rows.len());
        seen.extend(connections.rows.into_iter().map(|row| row.person.account_id.as_str().to_owned()));
        let Some(next) = connections.next else { break };
        page.cursor = Some(next);
    }
    assert_eq!((seen.len(), prices.len()), (50, 3));
    assert!(prices.iter().all(|price| *price == prices[0]), "{prices:?}");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 50, "nobody is listed twice");
    scene.counted_exactly("fifty");
}

#[test]
fn reminding_says_how_many_were_reached_and_is_bounded() {
    let scene = Scene::connected();
    for who in [ANA, BEN] {
        scene.member(who);
        scene.revoke(who);
    }
    scene.wait(2 * HOUR_MS);
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    scene.all_work();
    assert_eq!(scene.remind(&[ANA, BEN, CHLOE]), (2, 0, 1));
    assert_eq!(scene.remind(&[ANA, BEN, CHLOE]), (0, 2, 1));
    let now = scene.connections(everybody());
    assert!(now.rows.iter().all(|row| row.reminded_at == Some(now.now)));
    let many = Request::Remind { accounts: (0..51).map(|n| id(&format!("account-{n}"))).collect() };
    let before = scene.trace();
    assert_eq!(scene.refused(MARIA, many), ErrorCode::InvalidRequest);
    assert_eq!(scene.trace(), before);
}

#[test]
fn the_count_is_exact_whatever_broke_off() {
    for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer] {
        for at in 0..24 {
            let scene = Scene::connected();
            scene.member(ANA);
            scene.connect(BEN);
            let url = scene.authorize(CHLOE);
            scene.allow(&url, CHLOE);
            scene.revoke(ANA);
            scene.wait(2 * HOUR_MS);
            let ask = |who, request| scene.faulty(Some(who), Invocation::Request(Some(request)), at, fault);
            let comment = || Request::Comment { issue_id: scene.issue("MOB-3"), text: "x".into(), internal: false };
            for (who, request) in [
                (CHLOE, Request::Me {}),
                (ANA, comment()),
                (BEN, Request::Disconnect {}),
                (CHLOE, comment()),
                (ANA, Request::Authorize {}),
            ] {
                let what = format!("{fault:?} at effect {at} of {request:?}");
                ask(who, request);
                scene.counted_exactly(&what);
            }
        }
    }
}

#[test]
fn each_day_has_its_count_as_it_ended_whoever_looked_meanwhile() {
    let scene = Scene::connected();
    scene.member(ANA);
    scene.member(BEN);
    for day in 0..4 {
        if day == 2 {
            scene.revoke(ANA);
            scene.comment(ANA, "MOB-2", "x");
        }
        for _ in 0..24 * 12 {
            scene.wait(5 * MINUTE_MS);
            assert_eq!(scene.upkeep(), Ok(()));
        }
        // An administrator's own look at the checks takes no day away.
        scene.asked(TOM, Request::CheckNow {});
        scene.comment(BEN, "MOB-2", "x");
    }
    let days = scene.connections(everybody()).days;
    let counts: Vec<Counts> = days.iter().map(|day| day.fresh).collect();
    let (both, one) =
        (Counts { working: 2, ..Counts::default() }, Counts { working: 1, to_reauthorize: 1, ..Counts::default() });
    assert_eq!(counts, [both, both, one, one, one]);
    assert!(days.windows(2).all(|pair| pair[1].day.0 - pair[0].day.0 == DAY_MS));
}

#[test]
fn a_persons_record_that_cannot_be_read_hides_nobody() {
    let scene = Scene::connected();
    for who in [ANA, BEN] {
        scene.connect(who);
    }
    let odd = Stored { revision: 9, document: serde_json::json!({ "version": 7, "data": {} }) };
    scene.platform.borrow_mut().kvs.place(records::personal(&id(ANA)), odd);
    let rows = scene.connections(everybody()).rows;
    assert_eq!(rows.iter().map(|row| &row.person.account_id).collect::<Vec<_>>(), [&id(ANA), &id(BEN)]);
    assert!(rows.iter().all(|row| row.reminded_at.is_none()));
}

#[test]
fn a_reminder_that_fails_for_one_says_whom_it_reached_and_undoes_nothing() {
    let base = Scene::connected();
    for who in [ANA, BEN] {
        base.member(who);
        base.revoke(who);
    }
    base.wait(2 * HOUR_MS);
    base.change_to_service(ReauthorizationPolicy::VerifyFirst);
    base.all_work();
    let mut partly = 0;
    for at in 0..12 {
        let scene = base.copy();
        let remind = Request::Remind { accounts: vec![id(ANA), id(BEN)] };
        let ended = scene.faulty(Some(MARIA), Invocation::Request(Some(remind)), at, Fault::Fail);
        let Ended::Answered(Answer::Reply(reply)) = ended else { panic!("a failure is no crash") };
        let reminded = [ANA, BEN].iter().filter(|who| {
            let personal: Option<Personal> = scene.record(&records::personal(&id(who)));
            personal.is_some_and(|personal| personal.reminded_at.is_some())
        });
        let reminded = u32::try_from(reminded.count()).expect("are two");
        if let Reply::Reminded { reached, failed, .. } = reply {
            assert_eq!((reached, reached + failed), (reminded, 2), "effect {at}: {reply:?}");
            partly += failed;
        } else {
            assert_eq!(reminded, 0, "effect {at}: {reply:?}");
        }
    }
    assert!(partly > 0, "no fault met a single reminder");
}
