//! Receipts: what is known of each change for good.

use crate::scene::{ANA, MARIA, MINUTE_MS, NARROW, SERVICE, Scene, TOM, id};
use integration_plus::api::{ErrorCode, Reply, Request};
use integration_plus::domain::receipt::Receipt;
use integration_plus::records;

impl Scene {
    /// Every receipt, and the seal of the latest.
    fn receipts(&self) -> (Vec<Receipt>, String) {
        let (mut all, mut from) = (Vec::new(), 1);
        loop {
            let reply = self.ask(MARIA, Request::Receipts { from });
            let Reply::Receipts { receipts, next, seal, .. } = reply else { panic!("{reply:?}") };
            all.extend(receipts);
            match next {
                Some(next) => from = next,
                None => return (all, seal),
            }
        }
    }
}

#[test]
fn a_receipt_tells_what_was_known_and_acknowledged_before_the_change() {
    let scene = Scene::connected();
    scene.connect(ANA);
    scene.admin_of(NARROW, true);
    let mut platform = scene.platform.borrow_mut();
    for permission in ["BROWSE_PROJECTS", "ADD_COMMENTS"] {
        let project = if permission == "BROWSE_PROJECTS" { "LEG" } else { "MOB" };
        platform
            .atlassian
            .set_project_permission(sandbox::ports::CLOUD_ID, project, permission, NARROW, false)
            .expect("is known");
    }
    drop(platform);
    scene.switch(MARIA, NARROW);
    scene.wait(MINUTE_MS);
    scene.asked(TOM, Request::RollBack { acknowledged: None });
    let (receipts, seal) = scene.receipts();
    let of = |number: usize| receipts[number].foreseen.as_ref();
    assert_eq!(receipts.iter().map(|receipt| receipt.number).collect::<Vec<_>>(), [1, 2, 3]);
    // The first connection needs no rehearsal; going back is rehearsed, and here it loses nothing.
    assert_eq!(of(0), None);
    assert!(of(2).is_some_and(|foreseen| !foreseen.acknowledged && (foreseen.lost, foreseen.failing) == (0, 0)));
    let foreseen = of(1).expect("was rehearsed");
    assert!(foreseen.acknowledged);
    assert_eq!((foreseen.lost, foreseen.failing, &foreseen.losses[..]), (1, 2, &["LEG".to_owned()][..]));
    assert_eq!((foreseen.people, foreseen.kept), (1, 6));
    assert!(receipts[1].began_at <= receipts[1].at && foreseen.at <= receipts[1].began_at);
    // Each names the seal of the one before, and the last seal is the one that is answered.
    assert_eq!(receipts[0].previous, "");
    assert_eq!((&receipts[1].previous, &receipts[2].previous), (&receipts[0].seal(), &receipts[1].seal()));
    assert_eq!(seal, receipts[2].seal());
}

#[test]
fn a_change_without_loss_says_that_nothing_was_to_be_acknowledged() {
    let scene = Scene::connected();
    scene.switch(MARIA, SERVICE);
    let foreseen = scene.receipts().0.remove(1).foreseen.expect("was rehearsed");
    assert_eq!((foreseen.acknowledged, foreseen.lost, foreseen.failing), (false, 0, 0));
    assert!(foreseen.losses.is_empty());
}

#[test]
fn an_account_that_was_taken_for_the_one_meant_is_receipted_with_its_own_rehearsal() {
    let scene = Scene::connected();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, TOM);
    let acknowledged = scene.rehearsed(MARIA, TOM);
    scene.asked(MARIA, Request::AcceptAccount { change, account_id: id(TOM), acknowledged: acknowledged.clone() });
    let receipt = scene.receipts().0.remove(1);
    assert_eq!(receipt.foreseen.map(|foreseen| foreseen.rehearsal), acknowledged);
}

#[test]
fn many_receipts_are_read_page_by_page_and_a_gap_is_told() {
    let scene = Scene::connected();
    for number in 0..23 {
        scene.switch(MARIA, if number % 2 == 0 { SERVICE } else { MARIA });
        scene.wait(MINUTE_MS);
    }
    let (receipts, seal) = scene.receipts();
    assert_eq!((receipts.len(), receipts[23].seal()), (24, seal));
    let gap = integration_plus::ports::Write::Delete { key: records::receipt(22), expect: None };
    scene.platform.borrow_mut().kvs.transact(&[gap]).expect("is deleted");
    assert!(matches!(scene.ask(MARIA, Request::Receipts { from: 1 }), Reply::Receipts { next: Some(21), .. }));
    assert_eq!(scene.refused(MARIA, Request::Receipts { from: 21 }), ErrorCode::CorruptRecord);
    // From beyond the end there is nothing, and from nought everything.
    for (from, count) in [(25, 0), (u32::MAX, 0), (0, 20)] {
        let reply = scene.ask(MARIA, Request::Receipts { from });
        assert!(matches!(&reply, Reply::Receipts { receipts, .. } if receipts.len() == count), "{from}: {reply:?}");
    }
    assert!(matches!(scene.refused(ANA, Request::Receipts { from: 1 }), ErrorCode::NotAdministrator { .. }));
}
