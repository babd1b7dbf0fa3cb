//! Turns of a lane: what they write down as runs, and what stops them on their way.

use crate::bridge::{Bridge, cloud, delivery, first_lines};
use crate::people::CHLOE;
use crate::scene::{MARIA, MINUTE_MS, TOM};
use integration_plus::api::{PageOfRuns, Reply, Request};
use integration_plus::app::Invocation;
use integration_plus::domain::integration::{Direction, End};
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::run_log::{Run, RunOutcome};
use sandbox::ports::Running;
use serde_json::json;

fn all_runs(bridge: &Bridge, who: &str) -> Vec<Run> {
    let reply = bridge.scene.ask(who, Request::Runs { page: PageOfRuns::default() });
    let Reply::Runs { runs } = reply else { panic!("another reply") };
    runs.rows
}

#[test]
fn nothing_more_is_sent_once_an_administrator_disabled_it() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "one");
    bridge.say(End::Here, CHLOE, "two");
    bridge.say(End::Here, CHLOE, "three");
    bridge.deliver_all();
    let work = Invocation::Work(bridge.next_work());
    let mut turn = Running::start(&bridge.scene.platform, None, work);
    while bridge.comments(End::There).is_empty() {
        assert!(turn.poll().is_none(), "it is not through yet");
    }
    bridge.settle(|own| own.enabled_since = None);
    let _ = turn.finish();
    bridge.run();
    assert_eq!(bridge.comments(End::There).len(), 1);
}

#[test]
fn a_comment_that_is_heard_of_while_a_lane_is_being_taken_up_does_not_stop_it() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "one");
    bridge.deliver_all();
    let work = bridge.next_work();
    bridge.say(End::Here, CHLOE, "two");
    let late = bridge.deliveries();
    for ahead in 0..8 {
        let other = bridge.copy();
        let mut turn = Running::start(&other.scene.platform, None, Invocation::Work(work.clone()));
        let waits = (0..ahead).all(|_| turn.poll().is_none());
        assert!(waits, "the turn is longer than that");
        for body in &late {
            other.deliver(body);
        }
        let _ = turn.finish();
        other.run();
        assert_eq!(first_lines(&other, End::There), ["one", "two"], "{ahead} round trips ahead");
    }
}

#[test]
fn a_comment_that_is_heard_of_while_the_one_before_it_is_carried_waits_for_no_round() {
    // Nothing comes back from the other site, by which the lane would be taken up once more.
    let bridge = Bridge::of("MOB-1", "INT-1", |terms| terms.direction = Direction::Out);
    bridge.say(End::Here, CHLOE, "one");
    bridge.deliver_all();
    let work = bridge.next_work();
    bridge.say(End::Here, CHLOE, "two");
    let late = bridge.deliveries();
    let [body] = late.as_slice() else { panic!("one delivery tells of it: {late:?}") };
    for ahead in 0..8 {
        let other = bridge.copy();
        let mut hearing = Running::start(&other.scene.platform, None, Invocation::Delivery(delivery(body)));
        let hears = (0..ahead).all(|_| hearing.poll().is_none());
        other.scene.run(None, Invocation::Work(work.clone()));
        if hears {
            let _ = hearing.finish();
        }
        other.run();
        assert_eq!(first_lines(&other, End::There), ["one", "two"], "{ahead} round trips ahead");
    }
}

#[test]
fn a_run_in_which_nothing_came_through_did_not_succeed() {
    let bridge = Bridge::new();
    bridge.scene.revoke(MARIA);
    bridge.say(End::Here, CHLOE, "words");
    bridge.deliver_all();
    bridge.scene.run(None, Invocation::Work(bridge.next_work()));
    assert_eq!(bridge.comments(End::There).len(), 0);
    let runs = all_runs(&bridge, TOM);
    assert_eq!((runs.len(), runs[0].counts.read, runs[0].counts.created), (1, 1, 0));
    assert_ne!(runs[0].outcome, RunOutcome::Succeeded, "{runs:?}");
}

#[test]
fn what_was_carried_while_its_pair_was_parted_is_in_the_run() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "one");
    bridge.deliver_all();
    let mut turn = Running::start(&bridge.scene.platform, None, Invocation::Work(bridge.next_work()));
    while bridge.comments(End::There).is_empty() {
        assert!(turn.poll().is_none(), "it is not through yet");
    }
    let number_of = |end, key| JiraNumber::parse(&bridge.id_of(end, key)).expect("is one");
    let (here, there) = (number_of(End::Here, "MOB-1"), number_of(End::There, "INT-1"));
    let integration = bridge.integration.clone();
    let parted = bridge.scene.ask(MARIA, Request::PartIssues { integration, here, there });
    assert!(matches!(parted, Reply::Pairs { .. }), "{parted:?}");
    let _ = turn.finish();
    bridge.rounds(2, 5 * MINUTE_MS);
    assert_eq!(bridge.comments(End::There).len(), 1);
    let runs = all_runs(&bridge, MARIA);
    let said: Vec<(RunOutcome, u32)> = runs.iter().map(|run| (run.outcome, run.counts.created)).collect();
    assert_eq!(said, [(RunOutcome::Succeeded, 1)], "one comment was created, and Reporting says none");
}

#[test]
fn forged_deliveries_of_comments_that_never_were_leave_no_runs() {
    let bridge = Bridge::new();
    let issue = bridge.id_of(End::Here, "MOB-1");
    let hooks = bridge.scene.webhooks(MARIA);
    for n in 0..80 {
        let comment = json!({ "id": (900_000 + n).to_string() });
        bridge.deliver(&json!({ "matchedWebhookIds": hooks, "issue": { "id": issue }, "comment": comment }));
    }
    bridge.run();
    assert_eq!(all_runs(&bridge, MARIA).len(), 0);
}

#[test]
fn an_administrator_reads_no_keys_of_issues_that_they_may_not_see_themselves() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "words");
    bridge.run();
    let mut platform = bridge.scene.platform.borrow_mut();
    let here = cloud(End::Here);
    platform.atlassian.set_project_permission(here, "MOB", "BROWSE_PROJECTS", TOM, false).expect("exists");
    drop(platform);
    let pairs = Request::Pairs { integration: bridge.integration.clone(), from: None };
    let Reply::Pairs { pairs } = bridge.scene.ask(TOM, pairs) else { panic!("another reply") };
    assert_eq!(pairs.rows[0].here_key, None, "the list of pairs keeps it from Tom");
    let runs = all_runs(&bridge, TOM);
    assert_eq!(runs[0].issue, None, "and so must the list of runs");
}

#[test]
fn that_nobody_is_connected_is_written_down_once_and_not_with_each_try() {
    let bridge = Bridge::new();
    bridge.scene.revoke(MARIA);
    bridge.say(End::Here, CHLOE, "words");
    bridge.deliver_all();
    for _ in 0..8 {
        bridge.scene.run(None, Invocation::Work(bridge.next_work()));
        bridge.scene.wait(20 * MINUTE_MS);
    }
    assert!(bridge.lane().turns > 3, "it was tried again and again");
    assert_eq!(all_runs(&bridge, TOM).len(), 1);
    bridge.scene.switch(MARIA, MARIA);
    bridge.rounds(2, 20 * MINUTE_MS);
    let outcomes: Vec<RunOutcome> = all_runs(&bridge, TOM).iter().map(|run| run.outcome).collect();
    assert_eq!(outcomes, [RunOutcome::Succeeded, RunOutcome::Waits], "the latest first");
}
