//! What deliveries missed, and what no function came back to: found by the round of every five minutes, all of it.

use crate::bridge::{Bridge, doc, first_lines, paragraph, saying, text};
use crate::people::{BEN, CHLOE};
use crate::scene::{DAY_MS, HOUR_MS, MARIA, MINUTE_MS};
use integration_plus::app::Invocation;
use integration_plus::domain::catch_up::Caught;
use integration_plus::domain::integration::{Direction, End, Integration, IntegrationId, Integrations};
use integration_plus::domain::lane::Lane;
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::pair::{Joined, LIMIT, Pair, Pairs};
use integration_plus::domain::site::CloudId;
use integration_plus::domain::time::Timestamp;
use integration_plus::ports::{Expect, Work, Write};
use integration_plus::records;
use integration_plus::records::mirror::{Lanes, OpenLane};
use sandbox::ports::Running;
use sandbox::{Faults, Lasts};
use serde_json::{Value, json};

/// A site that no grant reaches any more.
const LOST_CLOUD_ID: &str = "33333333-3333-4333-8333-333333333333";

fn new_issue(bridge: &Bridge, end: End, project: &str) -> String {
    let fields = json!({ "project": { "key": project }, "issuetype": { "name": "Task" }, "summary": "one of many" });
    let (status, answer) = bridge.ask(end, MARIA, "POST", "/issue", Some(json!({ "fields": fields })));
    assert_eq!(status, 201, "{answer}");
    answer["key"].as_str().expect("has a key").to_owned()
}

/// Somebody comments on an issue of this site.
fn say_on(bridge: &Bridge, issue: &str, who: &str, body: Value) {
    let (status, answer) = bridge.ask(End::Here, who, "POST", &format!("/issue/{issue}/comment"), Some(body));
    assert_eq!(status, 201, "{answer}");
}

/// So many more pairs, each with a comment that waits for an hour, as Jira asked; their lanes, open since then.
fn resting_lanes(bridge: &Bridge, count: u64, since: Timestamp) -> Lanes {
    let (now, until) = (bridge.now(), Timestamp(bridge.now().0 + HOUR_MS));
    let key = records::mirror::pairs(&bridge.integration);
    let mut pairs: Pairs = bridge.scene.record(&key).expect("is there");
    let mut open = Lanes::default();
    for n in 0..count {
        let (here, there) = (JiraNumber(50_000 + n), JiraNumber(60_000 + n));
        pairs.0.push(Pair { here, there, joined: Joined::ByHand, at: now });
        let lane = Lane::default().hinted(End::Here, JiraNumber(1)).expect("room");
        let lane = Lane { waits_until: Some(until), ..lane };
        bridge.keep(&records::mirror::lane(&bridge.integration, here), &lane);
        open.0.push(OpenLane { integration: bridge.integration.clone(), here, since, looked_at: None });
    }
    bridge.keep(&key, &pairs);
    open
}

/// Every delivery of Jira's is lost.
fn lose_deliveries(bridge: &Bridge) {
    bridge.deliveries();
}

#[test]
fn issues_that_were_changed_all_at_once_are_all_caught_up_with() {
    let bridge = Bridge::new();
    let keys: Vec<(String, String)> =
        (0..25).map(|_| (new_issue(&bridge, End::Here, "MOB"), new_issue(&bridge, End::There, "INT"))).collect();
    let pairs: Vec<(&str, &str)> = keys.iter().map(|(here, there)| (here.as_str(), there.as_str())).collect();
    bridge.pair(&pairs);
    bridge.scene.wait(MINUTE_MS);
    for (here, _) in &keys {
        say_on(&bridge, here, CHLOE, saying("to all of you"));
        bridge.scene.wait(1000);
    }
    lose_deliveries(&bridge);
    bridge.rounds(24, HOUR_MS);
    let missing: Vec<&str> =
        keys.iter().map(|(_, there)| there.as_str()).filter(|there| bridge.carried_to(there) == 0).collect();
    assert_eq!(missing, Vec::<&str>::new(), "a day later");
}

#[test]
fn what_was_changed_after_many_others_is_caught_up_with_too() {
    let bridge = Bridge::new();
    // An import, or a change of all issues of the project at once: none of them is paired.
    for _ in 0..510 {
        new_issue(&bridge, End::Here, "MOB");
        bridge.scene.wait(500);
    }
    bridge.scene.wait(MINUTE_MS);
    bridge.say(End::Here, CHLOE, "unheard");
    lose_deliveries(&bridge);
    bridge.rounds(24, HOUR_MS);
    assert_eq!(first_lines(&bridge, End::There), ["unheard"], "a day later");
}

#[test]
fn integrations_with_a_site_that_is_out_of_reach_do_not_keep_the_others_from_being_caught_up_with() {
    let bridge = Bridge::new();
    let mut all: Integrations = bridge.scene.record(&records::mirror::integrations()).expect("is there");
    let lost = CloudId::parse(LOST_CLOUD_ID).expect("is one");
    for letter in ["1", "2", "3", "4"] {
        let mut other: Integration = all.0[0].clone();
        other.id = IntegrationId::parse(letter.repeat(32)).expect("is one");
        other.terms.there.cloud_id = lost.clone();
        other.terms.direction = Direction::In;
        all.0.insert(0, other);
    }
    bridge.keep(&records::mirror::integrations(), &all);
    bridge.say(End::Here, CHLOE, "unheard");
    lose_deliveries(&bridge);
    bridge.rounds(24, HOUR_MS);
    assert_eq!(first_lines(&bridge, End::There), ["unheard"], "a day later");
}

#[test]
fn a_record_that_nobody_can_read_keeps_no_other_integration_from_being_caught_up_with() {
    let bridge = Bridge::new();
    let mut all: Integrations = bridge.scene.record(&records::mirror::integrations()).expect("is there");
    let mut other: Integration = all.0[0].clone();
    other.id = IntegrationId::parse("1".repeat(32)).expect("is one");
    other.terms.there.cloud_id = CloudId::parse(LOST_CLOUD_ID).expect("is one");
    other.terms.direction = Direction::In;
    let (key, document) = (records::mirror::pairs(&other.id), json!({ "version": 0 }));
    let unread = Write::Put { key, expect: Expect::Absent, document, index: None };
    bridge.scene.platform.borrow_mut().kvs.transact(&[unread]).expect("is kept");
    all.0.insert(0, other);
    bridge.keep(&records::mirror::integrations(), &all);
    bridge.say(End::Here, CHLOE, "unheard");
    lose_deliveries(&bridge);
    for _ in 0..24 {
        bridge.scene.wait(HOUR_MS);
        assert!(bridge.scene.upkeep().is_err(), "the round tells that something is wrong");
        bridge.run();
    }
    assert_eq!(first_lines(&bridge, End::There), ["unheard"], "a day later");
}

#[test]
fn more_than_a_hundred_unheard_comments_of_one_issue_are_all_caught_up_with() {
    let bridge = Bridge::new();
    let all: Vec<String> = (0..130).map(|n| format!("number {n:03}")).collect();
    for words in &all {
        bridge.say(End::Here, CHLOE, words);
        bridge.scene.wait(1000);
    }
    lose_deliveries(&bridge);
    bridge.rounds(24, HOUR_MS);
    assert_eq!(first_lines(&bridge, End::There), all, "a day later");
}

#[test]
fn a_mirror_goes_with_its_comment_also_where_a_hundred_came_after_it() {
    let bridge = Bridge::new();
    let number = bridge.say(End::Here, CHLOE, "regretted");
    for n in 0..110 {
        bridge.say(End::Here, CHLOE, &format!("number {n:03}"));
        bridge.scene.wait(1000);
    }
    bridge.run();
    assert_eq!(bridge.comments(End::There).len(), 111);
    bridge.rounds(2, 20 * MINUTE_MS);
    bridge.delete(End::Here, CHLOE, &number);
    bridge.say(End::Here, CHLOE, "by which Jira says that the issue was updated");
    lose_deliveries(&bridge);
    bridge.rounds(4, 20 * MINUTE_MS);
    assert!(!first_lines(&bridge, End::There).contains(&"regretted".to_owned()));
}

#[test]
fn a_comment_that_is_nested_deeply_keeps_no_other_issue_from_being_caught_up_with() {
    let bridge = Bridge::new();
    bridge.pair(&[("MOB-1", "INT-1"), ("MOB-2", "INT-2")]);
    let mut nested = paragraph(&json!([text("deep")]));
    for _ in 0..40 {
        nested = json!({ "type": "bulletList", "content": [{ "type": "listItem", "content": [nested] }] });
    }
    bridge.scene.wait(MINUTE_MS);
    bridge.comment(End::Here, BEN, json!({ "body": doc(&json!([nested])) }));
    bridge.scene.wait(MINUTE_MS);
    say_on(&bridge, "MOB-2", CHLOE, saying("unheard"));
    lose_deliveries(&bridge);
    bridge.rounds(24, HOUR_MS);
    assert_eq!(bridge.carried_to("INT-2"), 1, "a day later");
}

#[test]
fn of_more_comments_than_a_lane_holds_none_is_lost_while_nobody_is_connected() {
    let bridge = Bridge::new();
    bridge.scene.revoke(MARIA);
    let all: Vec<String> = (0..210).map(|n| format!("number {n:03}")).collect();
    for words in &all {
        bridge.say(End::Here, CHLOE, words);
        bridge.deliver_all();
        bridge.scene.wait(1000);
    }
    bridge.scene.wait(HOUR_MS);
    bridge.scene.run(None, Invocation::Work(bridge.next_work()));
    bridge.scene.switch(MARIA, MARIA);
    // The lane rests for a quarter of an hour, and the round comes first.
    bridge.scene.upkeep().expect("catches up");
    bridge.run();
    bridge.rounds(24, HOUR_MS);
    assert_eq!(first_lines(&bridge, End::There), all, "a day later");
}

#[test]
fn everything_that_failed_is_tried_again_and_not_only_the_latest_hundred() {
    let bridge = Bridge::new();
    bridge.close_issue_there(true);
    for n in 0..120 {
        bridge.say(End::Here, CHLOE, &format!("number {n:03}"));
        bridge.scene.wait(1000);
        if n % 20 == 19 {
            bridge.run();
        }
    }
    bridge.run();
    bridge.close_issue_there(false);
    assert!(bridge.again());
    bridge.run();
    bridge.rounds(4, 20 * MINUTE_MS);
    assert_eq!(bridge.comments(End::There).len(), 120, "nothing names the others any more");
}

#[test]
fn a_mirror_goes_with_its_comment_also_where_the_integration_was_disabled_for_a_while() {
    let bridge = Bridge::new();
    let number = bridge.say(End::Here, CHLOE, "words");
    bridge.run();
    // Something is on its way when an administrator disables it for a minute.
    bridge.say(End::Here, CHLOE, "more words");
    bridge.deliver_all();
    bridge.settle(|own| own.enabled_since = None);
    bridge.run();
    bridge.scene.wait(MINUTE_MS);
    let now = bridge.now();
    bridge.settle(|own| own.enabled_since = Some(now));
    bridge.scene.wait(MINUTE_MS);
    bridge.delete(End::Here, CHLOE, &number);
    bridge.say(End::Here, CHLOE, "last words");
    lose_deliveries(&bridge);
    bridge.rounds(4, 20 * MINUTE_MS);
    assert_eq!(first_lines(&bridge, End::There), ["last words"]);
}

#[test]
fn a_clock_that_was_ahead_for_a_moment_loses_no_comment() {
    let bridge = Bridge::new();
    bridge.scene.wait(2 * DAY_MS);
    bridge.scene.upkeep().expect("runs");
    bridge.scene.wait(-2 * DAY_MS);
    bridge.scene.wait(HOUR_MS);
    bridge.say(End::Here, CHLOE, "unheard");
    lose_deliveries(&bridge);
    bridge.rounds(72, HOUR_MS);
    assert_eq!(first_lines(&bridge, End::There), ["unheard"], "three days later");
}

#[test]
fn lanes_that_rest_keep_no_other_lane_from_being_sent_on_its_way() {
    let bridge = Bridge::new();
    // Twenty lanes come before it.
    let open = resting_lanes(&bridge, 20, bridge.now());
    bridge.keep(&records::mirror::lanes_of_all(), &open);
    bridge.say(End::Here, CHLOE, "words");
    bridge.deliver_all();
    // The one message that has its turn done is lost.
    bridge.scene.platform.borrow_mut().queue.clear();
    for _ in 0..10 {
        bridge.scene.wait(5 * MINUTE_MS);
        bridge.scene.upkeep().expect("runs");
        let now_ms = bridge.now().0;
        let due: Vec<Work> = {
            let mut platform = bridge.scene.platform.borrow_mut();
            let (due, later) = platform.queue.drain(..).partition(|(at, _)| *at <= now_ms);
            platform.queue = later;
            Vec::into_iter(due).map(|(_, work): (i64, Work)| work).collect()
        };
        for work in due {
            bridge.scene.run(None, Invocation::Work(Some(work)));
        }
    }
    assert_eq!(first_lines(&bridge, End::There), ["words"], "fifty minutes later");
}

#[test]
fn a_comment_waited_for_ever_where_its_message_was_lost_behind_as_many_open_lanes_as_there_can_be() {
    let bridge = Bridge::new();
    // All other pairs have one.
    let open = resting_lanes(&bridge, LIMIT as u64 - 1, Timestamp(bridge.now().0 + MINUTE_MS));
    bridge.keep(&records::mirror::lanes(&bridge.integration), &open);
    bridge.say(End::Here, CHLOE, "words");
    bridge.deliver_all();
    bridge.scene.platform.borrow_mut().queue.clear();
    bridge.scene.wait(5 * MINUTE_MS);
    bridge.scene.upkeep().expect("runs");
    let work = bridge.next_work();
    bridge.scene.run(None, Invocation::Work(work));
    assert_eq!(first_lines(&bridge, End::There), ["words"], "with the next round");
}

#[test]
fn a_site_that_gives_no_answer_to_one_look_is_heard_all_the_same() {
    let bridge = Bridge::new();
    bridge.rounds(1, DAY_MS);
    let fault = Faults { status_503: Lasts::Next(200), ..Faults::default() };
    bridge.scene.platform.borrow_mut().atlassian.set_faults(fault);
    bridge.scene.wait(DAY_MS);
    bridge.scene.upkeep().expect("runs");
    bridge.scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
    assert_eq!(bridge.hooks_there(MARIA).len(), 1, "Jira has the webhook as ever");
    bridge.say(End::There, BEN, "heard");
    bridge.run();
    assert_eq!(first_lines(&bridge, End::Here), ["heard"]);
}

#[test]
fn an_end_that_is_caught_up_with_is_so_also_where_the_round_breaks_off_at_the_next() {
    let bridge = Bridge::new();
    bridge.scene.wait(HOUR_MS);
    let began = bridge.now();
    let mut round = Running::start(&bridge.scene.platform, None, Invocation::Upkeep);
    let mut through = Vec::new();
    while round.poll().is_none() {
        let caught: Caught = bridge.scene.record(&records::mirror::caught_up()).unwrap_or_default();
        through.push(caught.0.iter().filter(|own| own.through >= began).count());
    }
    through.dedup();
    assert_eq!(through, [0, 1, 2]);
}
