//! Counterparts under every fault: each new issue is created on the other side exactly once, and the two are a pair.

use crate::bridge::{Bridge, every_fault};
use crate::chance::Chance;
use crate::site::{ANA, CHLOE, FAULTS, MINUTE_MS};
use integration_plus::domain::integration::End;

fn judged(end: End) -> usize {
    let mut before = Bridge::creating();
    before.create(end, ANA);
    every_fault(&before, &format!("{end:?}"), |mut bridge, story| bridge.judge_counterparts(story))
}

#[test]
fn without_faults_each_issue_has_one_counterpart_and_a_run_that_says_so() {
    for end in [End::Here, End::There] {
        let mut bridge = Bridge::creating();
        bridge.create(end, ANA);
        bridge.judge_counterparts(&format!("{end:?}"));
        let runs = bridge.runs();
        assert_eq!(runs.iter().filter(|run| run.counts.created == 1).count(), 1, "{runs:?}");
    }
}

#[test]
fn every_single_fault_while_an_issue_of_this_site_is_created_there_leaves_one_counterpart() {
    assert!(judged(End::Here) > 80);
}

#[test]
fn every_single_fault_while_an_issue_of_the_other_site_is_created_here_leaves_one_counterpart() {
    assert!(judged(End::There) > 80);
}

#[test]
fn a_hundred_seeds_of_issues_comments_and_faults_end_with_each_issue_created_once() {
    let before = Bridge::creating();
    for seed in 0..100_u64 {
        let mut chance = Chance(seed);
        let mut bridge = before.again(seed);
        let mut story = format!("seed {seed}:");
        for _ in 0..6 + chance.below(8) {
            let fault = (chance.below(3) == 0).then(|| (chance.below(30), FAULTS[chance.below(4)]));
            let act = chance.below(9);
            story = format!("{story} {act} {fault:?};");
            match act {
                0 | 1 => bridge.create(End::Here, chance.of(&[ANA, CHLOE])),
                2 => bridge.create(End::There, ANA),
                3 => bridge.say(End::Here, CHLOE),
                4 | 5 => bridge.deliver(fault),
                6 => bridge.upkeep(fault),
                7 => bridge.replay(),
                _ => {
                    bridge.work(fault);
                }
            }
            if chance.below(3) == 0 {
                bridge.wait(MINUTE_MS);
            }
        }
        bridge.judge_counterparts(&story);
    }
}
