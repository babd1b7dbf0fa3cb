//! The job that tries people's grants after a change, and going back to the main authorized user before.

use crate::site::{ANA, Act, BEN, CHLOE, FAULTS, HOUR_MS, MARIA, SERVICE, Site};
use integration_plus::domain::wave::{Job, JobState};
use integration_plus::records;

/// A site with three people whose access tokens have expired. The grant of one of them is dead, and nobody knows yet.
fn before_the_change() -> Site {
    let mut site = Site::connected();
    for who in [ANA, BEN, CHLOE] {
        site.connect(who);
    }
    site.wait(2 * HOUR_MS);
    site.platform.borrow_mut().authorization_server.revoke(CHLOE);
    site
}

/// The same after the main authorized user has changed, with the wave on its way.
fn after_the_change() -> Site {
    let mut site = before_the_change();
    for act in [Act::Begin(SERVICE), Act::Redirect(SERVICE), Act::Continue] {
        site.act(act, None);
    }
    assert_eq!(site.main().as_deref(), Some(SERVICE));
    site
}

/// Those whom a prompt would ask.
fn asked(site: &Site) -> Vec<&'static str> {
    let epoch = site.connection().epoch();
    let asks = |who: &&&str| {
        let grant = site.grant(who).expect("has a grant");
        integration_plus::domain::standing::Standing::of(&grant, epoch).is_some_and(|it| it.asks().is_some())
    };
    [ANA, BEN, CHLOE].iter().filter(asks).copied().collect()
}

fn job(site: &Site) -> Job {
    site.record(&records::job()).expect("has a job")
}

#[test]
fn without_faults_the_wave_finds_the_one_dead_grant() {
    let mut site = after_the_change();
    assert!(asked(&site).is_empty());
    site.act(Act::Deliver, None);
    assert_eq!((job(&site).state, job(&site).tried), (JobState::Done, 3));
    assert_eq!(asked(&site), [CHLOE]);
    site.judge("no fault");
}

#[test]
fn every_single_fault_in_a_batch_is_made_good() {
    let before = after_the_change();
    let mut quiet = before.again(1);
    quiet.act(Act::Deliver, None);
    let count = quiet.effects();
    assert!(count > 20, "{count} effects");
    for at in 0..count {
        for fault in FAULTS {
            let mut site = before.again(2);
            site.act(Act::Deliver, Some((at, fault)));
            let told = format!("batch, effect {at} {fault:?}");
            // Forge delivers it again, or the job's own round does: within the minutes in which a refresh can be recovered.
            site.judge(&told);
            assert_eq!(asked(&site), [CHLOE], "{told}");
        }
    }
}

#[test]
fn every_single_fault_at_the_end_of_a_change_lets_the_wave_begin() {
    let mut before = before_the_change();
    for act in [Act::Begin(SERVICE), Act::Redirect(SERVICE)] {
        before.act(act, None);
    }
    let mut quiet = before.again(1);
    quiet.act(Act::Continue, None);
    for at in 0..quiet.effects() {
        for fault in FAULTS {
            let mut site = before.again(2);
            site.act(Act::Continue, Some((at, fault)));
            site.judge(&format!("continue, effect {at} {fault:?}"));
        }
    }
}

#[test]
fn every_single_fault_while_rolling_back_ends_in_old_or_new_and_asks_nobody_else() {
    let mut before = after_the_change();
    before.act(Act::Deliver, None);
    before.wait(2 * HOUR_MS);
    let mut quiet = before.again(1);
    quiet.act(Act::RollBack, None);
    assert_eq!(quiet.main().as_deref(), Some(MARIA));
    let (mut old, mut new) = (0, 0);
    for at in 0..quiet.effects() {
        for fault in FAULTS {
            let mut site = before.again(2);
            site.act(Act::RollBack, Some((at, fault)));
            site.judge(&format!("roll back, effect {at} {fault:?}"));
            if site.main().as_deref() == Some(MARIA) {
                new += 1;
            } else {
                old += 1;
            }
            assert_eq!(asked(&site), [CHLOE]);
        }
    }
    assert!(old > 20 && new > 20, "{old} stayed, {new} went back");
}
