//! The count of people after any crash, with nobody there yet to make good what was interrupted.

use crate::site::{ANA, Act, BEN, CHLOE, FAULTS, HOUR_MS, MARIA, SERVICE, Site};

#[test]
fn people_are_counted_exactly_straight_after_any_crash() {
    let mut site = Site::connected();
    for who in [ANA, BEN, CHLOE] {
        site.connect(who);
    }
    site.wait(2 * HOUR_MS);
    site.platform.borrow_mut().authorization_server.revoke(CHLOE);
    // Whatever moves somebody from one label to another, or into a new generation.
    let acts = [
        Act::Comment(CHLOE),
        Act::Authorize(CHLOE),
        Act::Allow(CHLOE),
        Act::Me(CHLOE),
        Act::Authorize(MARIA),
        Act::Allow(MARIA),
        Act::Me(MARIA),
        Act::Begin(SERVICE),
        Act::Redirect(SERVICE),
        Act::Continue,
        Act::Comment(ANA),
        Act::Deliver,
        Act::RollBack,
        Act::Deliver,
        Act::Disconnect(BEN),
        Act::Disconnect(MARIA),
    ];
    let mut looked = 0;
    for act in acts {
        let mut quiet = site.again(1);
        quiet.act(act, None);
        for at in 0..quiet.effects() {
            for fault in FAULTS {
                let broken = &mut site.again(1);
                broken.act(act, Some((at, fault)));
                broken.counted(&format!("{act:?} effect {at} {fault:?}"));
                looked += 1;
            }
        }
        site = quiet;
        site.counted(&format!("{act:?}"));
    }
    assert!(looked > 800, "{looked} looks");
}
