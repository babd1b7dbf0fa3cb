//! The test of an account under every fault: whatever breaks off, and whatever breaks off the recovery, no test issue is left
//! in Jira that the round of every five minutes does not find and delete, and no other issue is touched.

use crate::chance::Chance;
use crate::site::{FAULTS, HOUR_MS, MARIA, MINUTE_MS, ROUND_MS, Site, id};
use integration_plus::api::Request;
use integration_plus::app::Invocation;
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::trial::{Repeat, Trial};
use integration_plus::ports::Work;
use integration_plus::records;
use sandbox::ports::{Ended, Fault, Running};
use std::collections::BTreeSet;

/// What the recovery meets.
const SECOND: [Fault; 3] = [Fault::CrashBefore, Fault::CrashAfter, Fault::LoseAnswer];

/// Rounds within which everything is found: Jira's search lags, an hour is a test's longest life, and what nobody could
/// delete is tried again an hour later.
const ROUNDS: usize = 30;

/// A site whose main authorized user is tested in Mobile app.
fn ready() -> Site {
    let site = Site::connected();
    let settle = Request::SettleTrial { account: id(MARIA), project: Some(JiraNumber(10_000)), repeat: Repeat::Off };
    assert!(matches!(site.runs(Some(MARIA), Invocation::Request(Some(settle)), None), Ended::Answered(_)));
    site.platform.borrow_mut().queue.clear();
    site
}

fn test() -> Invocation {
    Invocation::Request(Some(Request::TestAccount { account: id(MARIA) }))
}

impl Site {
    fn runs(&self, who: Option<&str>, invocation: Invocation, plan: Option<(usize, Fault)>) -> Ended {
        self.platform.borrow_mut().plan = plan;
        let (ended, _) = Running::start(&self.platform, who, invocation).finish();
        self.platform.borrow_mut().plan = None;
        ended
    }

    /// The numbers of every issue in the project, once the index knows them.
    fn issues(&self) -> BTreeSet<String> {
        self.wait(MINUTE_MS);
        let page = self.as_grant(MARIA, "/rest/api/3/search/jql?jql=project%20%3D%20MOB&fields=created&maxResults=100");
        let all = page["issues"].as_array().expect("is a page");
        all.iter().filter_map(|issue| issue["id"].as_str()).map(str::to_owned).collect()
    }

    fn due_work(&self) -> Option<Work> {
        let mut platform = self.platform.borrow_mut();
        let now_ms = platform.now_ms;
        let place = platform.queue.iter().position(|(at, _)| *at <= now_ms)?;
        Some(platform.queue.remove(place).1)
    }

    fn rounds(&self, many: usize) {
        for _ in 0..many {
            self.wait(ROUND_MS);
            self.runs(None, Invocation::Upkeep, None);
            while let Some(work) = self.due_work() {
                self.runs(None, Invocation::Work(Some(work)), None);
            }
        }
    }

    /// Nothing is left: neither in Jira nor to be done, and what was there before is there still.
    fn clean(&self, before: &BTreeSet<String>, told: &str) {
        assert_eq!(self.issues(), *before, "{told}");
        let trial: Trial = self.record(&records::trial(&id(MARIA))).expect("was settled");
        assert!(trial.left.is_empty(), "{told}: {:?}", trial.left);
        assert!(trial.run.is_none(), "{told}: {:?}", trial.run);
    }
}

#[test]
fn a_fault_in_a_test_and_another_in_its_recovery_leave_no_issue() {
    let site = ready();
    let before = site.issues();
    let whole = site.again(1);
    whole.runs(Some(MARIA), test(), None);
    let effects = whole.effects();
    assert!(effects > 40, "{effects} effects");
    let mut judged = 0;
    for at in 0..effects {
        for fault in FAULTS {
            let broken = site.again(2);
            broken.runs(Some(MARIA), test(), Some((at, fault)));
            broken.clean_after_rounds(&before, &format!("effect {at} {fault:?}"));
            // The recovery is a round or work of the queue: every fourth effect of each, each kind of fault in turn.
            broken.wait(ROUND_MS);
            for nth in 0..3 {
                let second = (at + nth * 5) % 24;
                let kind = SECOND[(at + nth) % SECOND.len()];
                let again = broken.again(3);
                again.runs(None, Invocation::Upkeep, Some((second, kind)));
                if let Some(work) = again.due_work() {
                    again.runs(None, Invocation::Work(Some(work)), Some((second, kind)));
                }
                again.clean_after_rounds(&before, &format!("effect {at} {fault:?}, then {second} {kind:?}"));
                judged += 1;
            }
        }
    }
    assert!(judged > 400, "{judged} cases");
}

impl Site {
    fn clean_after_rounds(&self, before: &BTreeSet<String>, told: &str) {
        let site = self.again(9);
        site.rounds(ROUNDS);
        site.clean(before, told);
    }
}

#[test]
fn the_page_the_queue_and_the_round_at_once_create_no_issue_that_is_left() {
    let site = ready();
    let before = site.issues();
    for seed in 0..120 {
        let site = site.again(seed);
        let mut chance = Chance(seed);
        let plan = (chance.below(3) > 0).then(|| (chance.below(60), FAULTS[chance.below(FAULTS.len())]));
        let mut running = Vec::new();
        site.platform.borrow_mut().plan = plan;
        running.push(Running::start(&site.platform, Some(MARIA), test()));
        let through = (0..chance.below(60)).any(|_| running[0].poll().is_some());
        if through {
            running.clear();
        }
        let work = site.platform.borrow_mut().queue.pop().map(|(_, work)| work);
        if let Some(work) = work {
            running.push(Running::start(&site.platform, None, Invocation::Work(Some(work))));
        }
        let look = Request::Trial { account: id(MARIA) };
        running.push(Running::start(&site.platform, Some(MARIA), Invocation::Request(Some(look))));
        running.push(Running::start(&site.platform, None, Invocation::Upkeep));
        while !running.is_empty() {
            let one = chance.below(running.len());
            // Whoever takes a minute between two effects loses the lease.
            if chance.below(30) == 0 {
                site.wait(MINUTE_MS + 1);
            }
            if running[one].poll().is_some() {
                drop(running.remove(one));
            }
        }
        site.platform.borrow_mut().plan = None;
        site.wait(HOUR_MS);
        site.clean_after_rounds(&before, &format!("seed {seed}, {plan:?}"));
    }
}
