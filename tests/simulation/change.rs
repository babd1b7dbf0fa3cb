//! The change of main authorized user under every fault.

use crate::chance::Chance;
use crate::site::{Act, FAULTS, HOUR_MS, MARIA, SERVICE, Site};
use sandbox::ports::Fault;
use std::collections::BTreeMap;

const CHANGE: [Act; 3] = [Act::Begin(SERVICE), Act::Redirect(SERVICE), Act::Continue];

/// What happens to a recovery.
const SECOND: [Fault; 3] = [Fault::CrashBefore, Fault::CrashAfter, Fault::LoseAnswer];

/// How many effects each step has when nothing goes wrong.
fn effects(site: &Site, acts: &[Act]) -> Vec<usize> {
    let mut site = site.again(1);
    let count = |act: &Act| {
        site.act(*act, None);
        site.effects()
    };
    acts.iter().map(count).collect()
}

#[test]
fn without_faults_the_change_arrives() {
    let mut site = Site::connected();
    for act in CHANGE {
        site.act(act, None);
    }
    assert_eq!(site.main().as_deref(), Some(SERVICE));
    site.judge("no fault");
}

#[test]
fn every_single_fault_at_every_effect_ends_in_old_or_new() {
    let connected = Site::connected();
    let mut judged = 0;
    for (number, count) in effects(&connected, &CHANGE).into_iter().enumerate() {
        for at in 0..count {
            for fault in FAULTS {
                let mut site = connected.again(2);
                for (index, act) in CHANGE.into_iter().enumerate() {
                    site.act(act, (index == number).then_some((at, fault)));
                }
                site.judge(&format!("{:?} effect {at} {fault:?}", CHANGE[number]));
                judged += 1;
            }
        }
    }
    assert!(judged > 150, "{judged} cases");
}

#[test]
fn a_fault_in_the_change_and_another_in_its_recovery_end_in_old_or_new() {
    let mut allowed = Site::connected();
    for act in [Act::Begin(SERVICE), Act::Redirect(SERVICE)] {
        allowed.act(act, None);
    }
    for at in 0..effects(&allowed, &[Act::Continue])[0] {
        for fault in FAULTS {
            let mut broken = allowed.again(3);
            broken.act(Act::Continue, Some((at, fault)));
            broken.wait(HOUR_MS);
            // Every first fault meets every third effect of the recovery, every effect in turn, with each kind in turn.
            let count = effects(&broken, &[Act::Upkeep])[0];
            for again in (0..count).filter(|again| (again + at) % 3 == 0) {
                let second = SECOND[(again + at) / 3 % SECOND.len()];
                let mut site = broken.again(4);
                site.act(Act::Upkeep, Some((again, second)));
                site.judge(&format!("continue {at} {fault:?}, upkeep {again} {second:?}"));
            }
        }
    }
}

#[test]
fn a_change_after_a_refresh_that_broke_off_leaves_no_tokens_behind() {
    let connected = Site::connected();
    connected.wait(25 * HOUR_MS);
    for at in 0..effects(&connected, &[Act::Upkeep])[0] {
        for fault in FAULTS {
            let mut broken = connected.again(5);
            broken.act(Act::Upkeep, Some((at, fault)));
            for account in [MARIA, SERVICE] {
                let mut site = broken.again(6);
                for act in [Act::Begin(account), Act::Redirect(account), Act::Continue] {
                    site.act(act, None);
                }
                assert_eq!(site.main().as_deref(), Some(account), "effect {at} {fault:?}");
                site.judge(&format!("{account} after a refresh, effect {at} {fault:?}"));
            }
        }
    }
}

#[test]
fn every_step_may_be_delivered_twice() {
    let mut site = Site::connected();
    for act in CHANGE {
        site.act(act, None);
        if act != CHANGE[0] {
            site.act(act, None);
        }
    }
    assert_eq!(site.main().as_deref(), Some(SERVICE));
    site.judge("twice");
}

/// What somebody does once the change has had its three steps.
fn afterwards(chance: &mut Chance) -> Act {
    match chance.below(10) {
        0..6 => Act::Continue,
        6..8 => Act::Cancel,
        _ => Act::Upkeep,
    }
}

/// Some stories are alike to their end, for a fault at an effect that a step does not have is none: each is judged once.
#[test]
fn ten_thousand_seeds_of_faults_retries_and_cancels_end_in_old_or_new() {
    let connected = Site::connected();
    let (mut old, mut new) = (0, 0);
    let mut judged = BTreeMap::new();
    for seed in 0..10_000_u64 {
        let mut chance = Chance(seed);
        let mut site = connected.again(1);
        let mut told = String::new();
        let after: Vec<Act> = (0..chance.below(4)).map(|_| afterwards(&mut chance)).collect();
        for act in CHANGE.into_iter().chain(after) {
            let fault = (chance.below(3) == 0).then(|| (chance.below(30), FAULTS[chance.below(4)]));
            site.act(act, fault);
            let met = fault.filter(|(at, _)| *at < site.effects());
            // Sometimes the next step comes while the lease of a crashed one still runs.
            let pause_ms = if chance.below(2) == 0 { 61_000 } else { 0 };
            site.wait(pause_ms);
            told = format!("{told}{act:?} {met:?}, {pause_ms} ms; ");
        }
        let switched = *judged.entry(told).or_insert_with_key(|told| {
            site.judge(told);
            site.main().as_deref() == Some(SERVICE)
        });
        if switched { new += 1 } else { old += 1 }
    }
    // Both ends are really reached, so that the judge has judged both.
    assert!(old > 500 && new > 500, "{old} old, {new} new");
    assert!(judged.len() > 5_000, "{} stories", judged.len());
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let connected = Site::connected();
    let story = |seed| {
        let mut site = connected.again(seed);
        site.platform.borrow_mut().overheard = true;
        for act in CHANGE {
            site.act(act, (act == Act::Continue).then_some((9, Fault::LoseAnswer)));
        }
        site.recover("a story");
        let platform = site.platform.borrow();
        assert!(platform.spoken.len() > 10);
        (platform.spoken.clone(), platform.now_ms)
    };
    for seed in 0..20 {
        assert_eq!(story(seed), story(seed), "seed {seed}");
    }
}
