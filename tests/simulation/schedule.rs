//! A change that was scheduled, under every fault: while it begins to wait, when its time has come, and when it is not waited
//! for.

use crate::site::{Act, FAULTS, HOUR_MS, MARIA, MINUTE_MS, SERVICE, Site};
use sandbox::ports::Fault;

const SCHEDULE: [Act; 3] = [Act::Schedule(SERVICE), Act::Redirect(SERVICE), Act::Continue];

/// What happens to a recovery.
const SECOND: [Fault; 3] = [Fault::CrashBefore, Fault::CrashAfter, Fault::LoseAnswer];

/// A site where a change waits for its time.
fn waiting() -> Site {
    let mut site = Site::connected();
    for act in SCHEDULE {
        site.act(act, None);
    }
    assert!(site.connection().scheduled().is_some());
    site
}

/// The same when its time has come.
fn due() -> Site {
    let site = waiting();
    site.wait(HOUR_MS);
    site
}

fn effects(site: &Site, act: Act) -> usize {
    let mut site = site.again(1);
    site.act(act, None);
    site.effects()
}

#[test]
fn without_faults_it_waits_and_arrives() {
    let mut site = waiting();
    site.act(Act::Upkeep, None);
    assert_eq!(site.main().as_deref(), Some(MARIA));
    site.wait(HOUR_MS);
    site.act(Act::Upkeep, None);
    assert_eq!(site.main().as_deref(), Some(SERVICE));
    site.judge("no fault");
}

#[test]
fn every_single_fault_while_it_is_scheduled_ends_in_old_or_new() {
    let mut before = Site::connected();
    let (mut old, mut new) = (0, 0);
    for (number, act) in SCHEDULE.into_iter().enumerate() {
        for at in 0..effects(&before, act) {
            for fault in FAULTS {
                let mut site = before.again(2);
                site.act(act, Some((at, fault)));
                for rest in &SCHEDULE[number + 1..] {
                    site.act(*rest, None);
                }
                site.judge(&format!("{act:?} effect {at} {fault:?}"));
                if site.main().as_deref() == Some(SERVICE) { new += 1 } else { old += 1 }
            }
        }
        before.act(act, None);
    }
    assert!(old > 50 && new > 50, "{old} old, {new} new");
}

#[test]
fn every_single_fault_when_its_time_has_come_ends_in_the_new_one() {
    let due = due();
    let count = effects(&due, Act::Upkeep);
    assert!(count > 50, "{count} effects");
    for at in 0..count {
        for fault in FAULTS {
            let mut site = due.again(2);
            site.act(Act::Upkeep, Some((at, fault)));
            let told = format!("upkeep effect {at} {fault:?}");
            site.judge(&told);
            assert_eq!(site.main().as_deref(), Some(SERVICE), "{told}");
        }
    }
}

#[test]
fn a_fault_when_its_time_has_come_and_another_in_the_next_round_end_in_old_or_new() {
    let due = due();
    for at in 0..effects(&due, Act::Upkeep) {
        let fault = FAULTS[at % FAULTS.len()];
        let mut broken = due.again(3);
        broken.act(Act::Upkeep, Some((at, fault)));
        // Two rounds in a row that lose a refresh would take more than the ten minutes in which it can be recovered.
        broken.wait(2 * MINUTE_MS);
        let count = effects(&broken, Act::Upkeep);
        for again in (0..count).filter(|again| (again + at) % 5 == 0) {
            let second = SECOND[(again + at) / 5 % SECOND.len()];
            let mut site = broken.again(4);
            site.act(Act::Upkeep, Some((again, second)));
            site.judge(&format!("upkeep {at} {fault:?}, upkeep {again} {second:?}"));
        }
    }
}

#[test]
fn every_single_fault_when_it_is_cancelled_or_not_waited_for_ends_in_old_or_new() {
    let waiting = waiting();
    for act in [Act::Cancel, Act::SwitchNow] {
        let (mut old, mut new) = (0, 0);
        for at in 0..effects(&waiting, act) {
            for fault in FAULTS {
                let mut site = waiting.again(2);
                site.act(act, Some((at, fault)));
                site.judge(&format!("{act:?} effect {at} {fault:?}"));
                if site.main().as_deref() == Some(SERVICE) { new += 1 } else { old += 1 }
            }
        }
        assert!(new > 10, "{act:?}: {old} old, {new} new");
        assert_eq!(old > 10, act == Act::Cancel, "{act:?}: {old} old, {new} new");
    }
}
