//! Assignees of paired issues: whom a change makes responsible on the other site, and what becomes of trouble.

use crate::bridge::{Bridge, cloud};
use crate::people::{BEN, CHLOE, DAVID};
use crate::scene::{ANA, HOUR_MS, MARIA, MINUTE_MS};
use integration_plus::api::{Reply, Request};
use integration_plus::domain::access_rule::Limit;
use integration_plus::domain::assignee::{Assigned, Following, NoCounterpart};
use integration_plus::domain::integration::{Assignees, Direction, End};
use integration_plus::domain::limits::{LimitKind, Limits};
use integration_plus::domain::mirror::Skipped;
use integration_plus::domain::run::{About, Failure, Outcome, RunItem};
use integration_plus::domain::run_log::RunId;
use integration_plus::domain::time::Timestamp;
use integration_plus::ports::Entity;
use integration_plus::records;
use sandbox::{Faults, Lasts};
use serde_json::{Value, json};

const DAVID_THERE: &str = "712020:david-there";

fn bridge(following: Following) -> Bridge {
    let bridge = Bridge::of("MOB-1", "INT-1", |terms| {
        terms.following = Some(following);
        terms.assignees = vec![Assignees { here: crate::scene::id(CHLOE), there: crate::scene::id(BEN) }];
    });
    bridge.scene.wait(MINUTE_MS);
    bridge
}

fn by_account() -> Bridge {
    bridge(Following::ByTableOrAccount)
}

impl Bridge {
    fn key_of(&self, end: End) -> &str {
        match end {
            End::Here => &self.here,
            End::There => &self.there,
        }
    }

    fn assign(&self, end: End, to: Option<&str>) {
        self.scene.wait(1_000);
        let path = format!("/issue/{}/assignee", self.key_of(end));
        let (status, answer) = self.ask(end, MARIA, "PUT", &path, Some(json!({ "accountId": to })));
        assert_eq!(status, 204, "{answer}");
    }

    fn assignee(&self, end: End) -> Option<String> {
        let issue = self.issue(end, self.key_of(end));
        issue["fields"]["assignee"]["accountId"].as_str().map(str::to_owned)
    }

    /// Another account of the same address, on the other site only.
    fn twin(&self, of: &str, who: &str, change: impl FnOnce(&mut sandbox::Account)) {
        let mut platform = self.scene.platform.borrow_mut();
        let mut account = platform.atlassian.account(of).cloned().expect("exists");
        who.clone_into(&mut account.account_id);
        change(&mut account);
        platform.atlassian.add_account(account);
        platform.atlassian.add_to_group(cloud(End::There), "jira-software-users", who).expect("exists");
    }

    fn faults(&self, faults: Faults) {
        self.scene.platform.borrow_mut().atlassian.set_faults(faults);
    }

    fn forget_deliveries(&self) {
        self.deliveries();
    }
}

fn outcomes(items: &[RunItem]) -> Vec<Outcome> {
    items.iter().map(|item| item.outcome.clone()).collect()
}

fn assigned(to: Assigned) -> Outcome {
    Outcome::Assigned { to, overrules: false }
}

fn none(why: NoCounterpart) -> Outcome {
    assigned(Assigned::NoCounterpart { why })
}

fn unchanged() -> Outcome {
    Outcome::Skipped { why: Skipped::Unchanged }
}

#[test]
fn assignees_stay_as_they_are_where_nobody_settled_otherwise() {
    let bridge = Bridge::new();
    bridge.assign(End::Here, Some(CHLOE));
    assert_eq!(bridge.run(), []);
    bridge.scene.wait(HOUR_MS);
    bridge.scene.upkeep().expect("runs");
    assert_eq!((bridge.run(), bridge.assignee(End::There).as_deref()), (vec![], Some(ANA)));
}

#[test]
fn a_new_assignee_becomes_their_counterpart_of_the_table_and_comes_back_neither_way() {
    let bridge = bridge(Following::ByTable);
    bridge.assign(End::Here, Some(CHLOE));
    let items = bridge.run();
    assert_eq!(outcomes(&items), [assigned(Assigned::Counterpart), unchanged()], "once, and its echo");
    assert_eq!(bridge.assignee(End::There).as_deref(), Some(BEN));
    let first = &items[0];
    let by = first.by.clone().expect("somebody did it");
    assert_eq!((by.account.as_str(), by.for_author), (MARIA, true));
    assert_eq!((first.end, first.about, first.issue.as_deref()), (End::Here, Some(About::Assignee), Some("MOB-1")));
    bridge.assign(End::There, None);
    assert_eq!(outcomes(&bridge.run()), [assigned(Assigned::Nobody), unchanged()]);
    assert_eq!(bridge.assignee(End::Here), None);
    bridge.assign(End::There, Some(BEN));
    bridge.run();
    assert_eq!(bridge.assignee(End::Here).as_deref(), Some(CHLOE), "the table is read both ways");
    for _ in 0..4 {
        bridge.scene.wait(20 * MINUTE_MS);
        bridge.scene.upkeep().expect("runs");
        assert!(bridge.run().iter().all(|item| item.outcome == unchanged()), "nothing swings");
    }
    assert_eq!(bridge.assignee(End::Here).as_deref(), Some(CHLOE));
}

#[test]
fn who_is_on_both_sites_is_themselves_there_unless_only_the_table_counts() {
    let bridge_by_account = by_account();
    bridge_by_account.assign(End::Here, Some(MARIA));
    assert_eq!(outcomes(&bridge_by_account.run())[0], assigned(Assigned::Counterpart));
    assert_eq!(bridge_by_account.assignee(End::There).as_deref(), Some(MARIA));
    let by_table = bridge(Following::ByTable);
    by_table.assign(End::Here, Some(MARIA));
    assert_eq!(outcomes(&by_table.run())[0], none(NoCounterpart::NotInTable));
    assert_eq!(by_table.assignee(End::There), None, "unassigned, with a note");
}

#[test]
fn who_has_another_account_there_is_found_by_the_very_address_and_by_nothing_like_it() {
    let bridge = by_account();
    bridge.twin(DAVID, DAVID_THERE, |_| ());
    bridge.twin(DAVID, "712020:longer", |own| own.email = "david.novak@example.com.org".into());
    bridge.twin(DAVID, "712020:asleep", |own| own.status = sandbox::AccountStatus::Inactive);
    bridge.twin(DAVID, "712020:hidden", |own| own.email_hidden = true);
    bridge.assign(End::Here, Some(DAVID));
    assert_eq!(outcomes(&bridge.run())[0], assigned(Assigned::Counterpart));
    assert_eq!(bridge.assignee(End::There).as_deref(), Some(DAVID_THERE));
    for (_, stored) in bridge.scene.platform.borrow().kvs.records() {
        assert!(!stored.document.to_string().contains("@example.com"), "no address is kept: {}", stored.document);
    }
}

#[test]
fn nobody_is_assigned_where_it_is_not_certain_who_it_is_and_the_run_says_why() {
    let bridge = by_account();
    bridge.assign(End::Here, Some(DAVID));
    assert_eq!(outcomes(&bridge.run())[0], none(NoCounterpart::NotFound));
    assert_eq!(bridge.assignee(End::There), None);
    bridge.twin(DAVID, DAVID_THERE, |_| ());
    bridge.twin(DAVID, "712020:second", |_| ());
    bridge.assign(End::Here, Some(ANA));
    bridge.run();
    bridge.assign(End::Here, Some(DAVID));
    assert_eq!(outcomes(&bridge.run())[0], none(NoCounterpart::Several));
    bridge.settle(|own| own.terms.assignees.clear());
    bridge.assign(End::Here, Some(CHLOE));
    let why = Outcome::Skipped { why: Skipped::NoCounterpart { why: NoCounterpart::AddressHidden } };
    assert_eq!(outcomes(&bridge.run())[0], why, "nobody is assigned there already");
}

#[test]
fn nothing_goes_against_the_direction_or_from_before_it_was_settled() {
    let bridge = by_account();
    bridge.settle(|own| own.terms.direction = Direction::Out);
    bridge.assign(End::There, Some(BEN));
    bridge.run();
    assert_eq!(bridge.assignee(End::Here).as_deref(), Some(BEN), "as it was from the beginning");
    bridge.assign(End::There, Some(MARIA));
    bridge.run();
    assert_eq!(bridge.assignee(End::Here).as_deref(), Some(BEN));
    bridge.assign(End::Here, Some(ANA));
    let now = bridge.now();
    bridge.settle(|own| own.following_since = Some(Timestamp(now.0 + 1)));
    assert_eq!(outcomes(&bridge.run()), [unchanged()]);
    assert_eq!(bridge.assignee(End::There).as_deref(), Some(MARIA), "it was assigned before");
    bridge.assign(End::Here, Some(BEN));
    bridge.run();
    assert_eq!(bridge.assignee(End::There).as_deref(), Some(BEN));
}

#[test]
fn of_two_changes_the_later_one_counts_on_both_sites_and_the_run_says_so() {
    for later in [End::Here, End::There] {
        let bridge = by_account();
        bridge.assign(later.other(), Some(MARIA));
        bridge.assign(later, None);
        let items = bridge.run();
        let told = Outcome::Assigned { to: Assigned::Nobody, overrules: true };
        assert_eq!((items[0].outcome.clone(), items[0].end), (told, later));
        assert_eq!((bridge.assignee(End::Here), bridge.assignee(End::There)), (None, None), "{later:?}");
    }
}

#[test]
fn who_cannot_be_assigned_there_is_parked_with_the_reason_while_comments_go_on() {
    let bridge = by_account();
    bridge.settle(|own| own.terms.assignees[0].there = crate::scene::id(DAVID));
    bridge.assign(End::Here, Some(CHLOE));
    bridge.say(End::Here, CHLOE, "And a word.");
    let items = bridge.run();
    assert_eq!(items[0].outcome, Outcome::Failed { why: Failure::NotAssignable });
    assert_eq!(bridge.comments(End::There).len(), 1, "the comment went");
    let parked = bridge.lane().parked;
    assert_eq!((parked.len(), parked[0].comment, parked[0].why.clone()), (1, None, Failure::NotAssignable));
    assert_eq!(bridge.assignee(End::There).as_deref(), Some(ANA), "as it was");
    bridge.settle(|own| own.terms.assignees[0].there = crate::scene::id(BEN));
    assert!(bridge.again());
    assert_eq!(outcomes(&bridge.run())[0], assigned(Assigned::Counterpart));
    assert_eq!((bridge.assignee(End::There).as_deref(), bridge.lane().parked.len()), (Some(BEN), 0));
}

#[test]
fn run_again_tries_an_assignee_again_whichever_end_it_came_from() {
    let bridge = by_account();
    let closed = |closed| {
        let mut platform = bridge.scene.platform.borrow_mut();
        platform.atlassian.close_issue(cloud(End::Here), "MOB-1", closed).expect("exists");
    };
    closed(true);
    bridge.assign(End::There, Some(MARIA));
    let items = bridge.run();
    assert_eq!((items[0].outcome.clone(), items[0].end), (Outcome::Failed { why: Failure::MayNotAssign }, End::There));
    closed(false);
    let platform = bridge.scene.platform.borrow();
    let run = platform.kvs.records().find_map(|(key, _)| {
        let id = key.id.strip_prefix("run:").filter(|_| key.entity == Entity::Run)?;
        RunId::parse(id).ok()
    });
    drop(platform);
    let again = Request::RunAgain { id: run.expect("is there") };
    assert!(matches!(bridge.scene.ask(MARIA, again), Reply::TriedAgain { comments: 1 }));
    assert_eq!(outcomes(&bridge.run())[0], assigned(Assigned::Counterpart));
    assert_eq!((bridge.assignee(End::Here).as_deref(), bridge.lane().parked.len()), (Some(MARIA), 0));
}

#[test]
fn a_permission_that_is_gone_stops_nothing_else_and_is_told() {
    let bridge = by_account();
    let may = |may| {
        let mut platform = bridge.scene.platform.borrow_mut();
        let there = cloud(End::There);
        platform.atlassian.set_project_permission(there, "INT", "ASSIGN_ISSUES", MARIA, may).expect("exists");
    };
    may(false);
    bridge.assign(End::Here, Some(MARIA));
    assert_eq!(outcomes(&bridge.run())[0], Outcome::Failed { why: Failure::MayNotAssign });
    may(true);
    bridge.again();
    bridge.run();
    assert_eq!(bridge.assignee(End::There).as_deref(), Some(MARIA));
}

#[test]
fn what_jira_does_not_answer_is_waited_for_and_ends_with_one_assignee() {
    for faults in [
        Faults { status_503: Lasts::Next(9), ..Faults::default() },
        Faults { status_429: Lasts::Next(9), retry_after_s: Some(30), ..Faults::default() },
        Faults { lost_reply: Lasts::Next(9), ..Faults::default() },
    ] {
        let bridge = by_account();
        bridge.assign(End::Here, Some(MARIA));
        let bodies = bridge.deliveries();
        for body in &bodies {
            bridge.deliver(body);
        }
        bridge.faults(faults);
        let items = bridge.run();
        assert!(items.iter().any(|item| item.outcome == Outcome::Waits { why: Some(Failure::NoAnswer) }), "{items:?}");
        assert_eq!(
            (bridge.assignee(End::There).as_deref(), bridge.assignee(End::Here).as_deref()),
            (Some(MARIA), Some(MARIA))
        );
        assert_eq!((bridge.lane().parked.len(), bridge.lane().waiting.len()), (0, 0));
    }
}

#[test]
fn a_lost_delivery_costs_minutes_and_not_an_assignee() {
    let bridge = by_account();
    bridge.assign(End::Here, Some(MARIA));
    bridge.forget_deliveries();
    bridge.scene.wait(20 * MINUTE_MS);
    bridge.scene.upkeep().expect("runs");
    bridge.run();
    assert_eq!(bridge.assignee(End::There).as_deref(), Some(MARIA));
}

#[test]
fn a_delivery_that_only_says_so_assigns_nobody() {
    let bridge = by_account();
    bridge.assign(End::Here, Some(MARIA));
    let mut forged = bridge.deliveries().pop().expect("was delivered");
    bridge.assign(End::Here, Some(BEN));
    bridge.run();
    bridge.assign(End::There, Some(ANA));
    bridge.run();
    forged["issue"]["fields"]["assignee"] = json!({ "accountId": MARIA });
    forged["changelog"]["items"] = json!([{ "fieldId": "assignee", "to": MARIA }]);
    bridge.deliver(&forged);
    assert!(bridge.run().iter().all(|item| item.outcome == unchanged()));
    assert_eq!((bridge.assignee(End::Here).as_deref(), bridge.assignee(End::There).as_deref()), (Some(ANA), Some(ANA)));
    // What says nothing of an assignee costs not even a look.
    bridge.ask(End::Here, MARIA, "PUT", "/issue/MOB-1", Some(json!({ "fields": { "summary": "Other words" } })));
    let bodies: Vec<Value> = bridge.deliveries();
    for body in &bodies {
        bridge.deliver(body);
    }
    assert_eq!((bodies.is_empty(), bridge.run()), (false, vec![]));
}

#[test]
fn what_the_settings_leave_out_or_another_project_holds_is_not_carried() {
    let bridge = by_account();
    let mut limits: Limits = bridge.scene.record(&records::limits()).unwrap_or_default();
    limits.projects.kind = LimitKind::Except;
    limits.projects.projects = vec![
        bridge.issue(End::Here, "MOB-1")["fields"]["project"]["id"]
            .as_str()
            .map(|id| integration_plus::domain::limits::JiraNumber::parse(id).expect("is one"))
            .expect("has one"),
    ];
    bridge.keep(&records::limits(), &limits);
    bridge.assign(End::There, Some(MARIA));
    assert_eq!(outcomes(&bridge.run()), [Outcome::Skipped { why: Skipped::OutOfReach { limit: Limit::Settings } }]);
    assert_eq!(bridge.assignee(End::Here).as_deref(), Some(BEN));
    let moved = by_account();
    let issue: u64 = moved.id_of(End::There, "INT-1").parse().expect("is a number");
    let now_ms = moved.now().0;
    let there = cloud(End::There);
    moved.scene.platform.borrow_mut().atlassian.move_issue(there, issue, "HLP", now_ms).expect("exists");
    moved.assign(End::Here, Some(MARIA));
    assert_eq!(outcomes(&moved.run()), [Outcome::Skipped { why: Skipped::OutOfProject }]);
}
