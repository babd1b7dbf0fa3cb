//! Mirrored comments under every fault: each is mirrored exactly once, edited as its origin is, and gone when that is.

use crate::bridge::{Bridge, every_fault};
use crate::chance::Chance;
use crate::site::{ANA, CHLOE, FAULTS, MINUTE_MS};
use integration_plus::domain::integration::End;

/// What happens to the last comment before it is carried.
#[derive(Clone, Copy, Debug)]
enum Change {
    Written,
    Edited,
    Deleted,
    /// Its issue got a security level.
    Secured,
    /// Its issue got one and lost it.
    Open,
}

/// A bridge on which that has happened and was not delivered yet. Ana's comments go out in her own name, Chloe's in the main
/// authorized user's.
fn before(author: &'static str, change: Change) -> Bridge {
    let mut bridge = Bridge::new();
    bridge.say(End::Here, author);
    match change {
        Change::Written => {}
        Change::Edited => {
            settle(&mut bridge);
            bridge.edit(0);
        }
        Change::Deleted => {
            settle(&mut bridge);
            bridge.delete(0);
        }
        Change::Secured | Change::Open => {
            settle(&mut bridge);
            bridge.secure(true);
            if let Change::Open = change {
                settle(&mut bridge);
                bridge.secure(false);
            }
        }
    }
    bridge
}

fn settle(bridge: &mut Bridge) {
    for _ in 0..4 {
        bridge.deliver(None);
        while bridge.work(None) {}
        bridge.wait(MINUTE_MS);
    }
}

fn judged(author: &'static str, change: Change) -> usize {
    let before = before(author, change);
    every_fault(&before, &format!("{change:?} by {author}"), |mut bridge, story| bridge.judge(story))
}

#[test]
fn without_faults_a_comment_is_mirrored_edited_and_taken_back() {
    for change in [Change::Written, Change::Edited, Change::Deleted, Change::Secured, Change::Open] {
        for author in [ANA, CHLOE] {
            let mut bridge = before(author, change);
            bridge.judge(&format!("{change:?} by {author}"));
            let runs = bridge.runs();
            assert!(runs.iter().any(|run| run.counts.created == 1), "{change:?} by {author}: {runs:?}");
        }
    }
}

#[test]
fn every_single_fault_while_a_comment_goes_out_in_its_author_s_name_leaves_one_mirror() {
    assert!(judged(ANA, Change::Written) > 80);
}

#[test]
fn every_single_fault_while_a_comment_goes_out_in_the_main_user_s_name_leaves_one_mirror() {
    assert!(judged(CHLOE, Change::Written) > 80);
}

#[test]
fn every_single_fault_while_a_comment_is_edited_leaves_one_mirror_that_says_the_same() {
    assert!(judged(ANA, Change::Edited) > 60);
}

#[test]
fn every_single_fault_while_a_comment_is_deleted_leaves_no_mirror() {
    assert!(judged(CHLOE, Change::Deleted) > 60);
}

#[test]
fn every_single_fault_while_an_issue_gets_a_security_level_leaves_no_mirror_and_while_it_loses_it_one() {
    assert!(judged(ANA, Change::Secured) > 80);
    assert!(judged(CHLOE, Change::Open) > 80);
}

#[test]
fn two_hundred_seeds_of_conversations_and_faults_end_with_each_comment_mirrored_once() {
    let before = Bridge::new();
    for seed in 0..200_u64 {
        let mut chance = Chance(seed);
        let mut bridge = before.again(seed);
        let mut story = format!("seed {seed}:");
        for _ in 0..6 + chance.below(8) {
            let fault = (chance.below(3) == 0).then(|| (chance.below(24), FAULTS[chance.below(4)]));
            let which = chance.below(bridge.written() + 1);
            let act = chance.below(11);
            story = format!("{story} {act} {which} {fault:?};");
            match act {
                0 | 1 => bridge.say(End::Here, chance.of(&[ANA, CHLOE])),
                2 => bridge.say(End::There, ANA),
                3 => bridge.edit(which),
                4 => bridge.delete(which),
                5 | 6 => bridge.deliver(fault),
                7 => bridge.upkeep(fault),
                8 => bridge.replay(),
                9 => bridge.secure(!bridge.secured()),
                _ => {
                    bridge.work(fault);
                }
            }
            if chance.below(3) == 0 {
                bridge.wait(MINUTE_MS);
            }
        }
        bridge.judge(&story);
    }
}
