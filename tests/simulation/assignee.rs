//! Assignees that follow under every fault: both issues end with whom the last change made responsible, and nothing swings.

use crate::bridge::{Bridge, every_fault};
use crate::chance::Chance;
use crate::site::{ANA, CHLOE, FAULTS, MARIA, MINUTE_MS};
use integration_plus::domain::assignee::Following;
use integration_plus::domain::integration::{End, Integrations};
use integration_plus::ports::Expect;
use integration_plus::records;
use serde_json::json;

/// Everybody who is assigned something, or nobody. Chloe has no account on the other site.
const HERE: [Option<&str>; 4] = [Some(ANA), Some(MARIA), Some(CHLOE), None];
const THERE: [Option<&str>; 3] = [Some(ANA), Some(MARIA), None];

/// A bridge on which assignees follow, and what was assigned last.
struct Assigned {
    bridge: Bridge,
    /// By whom it was changed last: at which end, to whom.
    last: Option<(End, Option<&'static str>)>,
}

impl Assigned {
    fn new() -> Self {
        let bridge = Bridge::new();
        let key = records::mirror::integrations();
        let stored = bridge.platform.borrow().kvs.get(&key).expect("is there");
        let expect = Expect::Revision(stored.revision);
        let mut all: Integrations = records::read(stored).expect("can be read").value;
        all.0[0].terms.following = Some(Following::ByTableOrAccount);
        bridge.platform.borrow_mut().kvs.transact(&[records::put(key, expect, &all)]).expect("is kept");
        bridge.wait(1_000);
        Self { bridge, last: None }
    }

    fn again(&self, seed: u64) -> Self {
        Self { bridge: self.bridge.again(seed), last: self.last }
    }

    fn path(&self, end: End) -> String {
        let [here, there] = &self.bridge.issues;
        let issue = match end {
            End::Here => here,
            End::There => there,
        };
        format!("/issue/{issue}")
    }

    fn assignee(&self, end: End) -> Option<String> {
        let issue = self.bridge.jira(end, MARIA, "GET", &self.path(end), None).1;
        issue["fields"]["assignee"]["accountId"].as_str().map(str::to_owned)
    }

    /// Somebody assigns an issue. To assign the same again changes nothing.
    fn assign(&mut self, end: End, to: Option<&'static str>) {
        self.bridge.wait(1_000);
        if self.assignee(end).as_deref() == to {
            return;
        }
        let path = format!("{}/assignee", self.path(end));
        let (status, answer) = self.bridge.jira(end, MARIA, "PUT", &path, Some(json!({ "accountId": to })));
        assert_eq!(status, 204, "{answer}");
        self.last = Some((end, to));
    }

    fn judge(&mut self, story: &str) {
        self.bridge.judge(story);
        let Some((end, to)) = self.last else { return };
        let other = to.filter(|to| *to != CHLOE);
        assert_eq!(self.assignee(end).as_deref(), to, "{story}: what was assigned last stays");
        assert_eq!(self.assignee(end.other()).as_deref(), other, "{story}: and the other follows");
    }
}

#[test]
fn every_single_fault_while_an_assignee_is_carried_ends_with_the_same_one_on_both_sites() {
    let mut judged = 0;
    for (end, to) in [(End::Here, Some(MARIA)), (End::Here, Some(CHLOE)), (End::There, None)] {
        let mut before = Assigned::new();
        before.assign(end, to);
        let last = before.last;
        judged += every_fault(&before.bridge, &format!("{end:?} to {to:?}"), |bridge, story| {
            Assigned { bridge, last }.judge(story);
        });
    }
    assert!(judged > 200, "{judged}");
}

#[test]
fn every_single_fault_and_somebody_who_assigns_at_once_afterwards_ends_with_the_last_of_them() {
    let mut before = Assigned::new();
    before.assign(End::Here, Some(MARIA));
    before.bridge.deliver(None);
    let quiet = before.again(1);
    assert!(quiet.bridge.work(None), "work is on its way");
    let mut judged = 0;
    for at in 0..quiet.bridge.effects() {
        for fault in FAULTS {
            // Among them: back to who it was on the other site.
            for (end, to) in [(End::There, Some(ANA)), (End::There, None), (End::Here, None)] {
                let mut one = before.again(2);
                one.bridge.work(Some((at, fault)));
                one.assign(end, to);
                // What was assigned before it was carried anywhere stands as it is.
                let follows = one.last == Some((end, to));
                let story = format!("{end:?} to {to:?}, effect {at}, {fault:?}");
                if follows {
                    one.judge(&story);
                    judged += 1;
                }
            }
        }
    }
    assert!(judged > 150, "{judged}");
}

#[test]
fn a_hundred_seeds_of_assignments_and_faults_end_with_the_last_of_them_on_both_sites() {
    let before = Assigned::new();
    for seed in 0..100_u64 {
        let mut chance = Chance(seed);
        let mut one = before.again(seed);
        let mut story = format!("seed {seed}:");
        for _ in 0..6 + chance.below(8) {
            let fault = (chance.below(3) == 0).then(|| (chance.below(20), FAULTS[chance.below(4)]));
            let act = chance.below(9);
            story = format!("{story} {act} {fault:?};");
            match act {
                0 | 1 => one.assign(End::Here, chance.of(&HERE)),
                2 => one.assign(End::There, chance.of(&THERE)),
                3 | 4 => one.bridge.deliver(fault),
                5 => one.bridge.upkeep(fault),
                6 => one.bridge.replay(),
                _ => {
                    one.bridge.work(fault);
                }
            }
            if chance.below(3) == 0 {
                one.bridge.wait(MINUTE_MS);
            }
        }
        one.judge(&story);
    }
}
