//! Pairs that come to be by themselves: issues that name each other, and issues that are created for one another.

use crate::bridge::{Bridge, cloud, doc, paragraph, text};
use crate::people::{BEN, CHLOE};
use crate::scene::{ANA, MARIA, MINUTE_MS, SERVICE, id, together};
use integration_plus::api::{ErrorCode, IntegrationProblem, IntegrationView, PageOfRuns, PairsView, Reply, Request};
use integration_plus::app::Invocation;
use integration_plus::domain::access_rule::Limit;
use integration_plus::domain::assignee::{Following, NoCounterpart};
use integration_plus::domain::catch_up::Caught;
use integration_plus::domain::counterpart::KEY as COUNTERPART;
use integration_plus::domain::intake::{Counterparts, CounterpartsSince, Intake};
use integration_plus::domain::integration::{Assignees, Direction, End, Terms};
use integration_plus::domain::lane::{Lane, WAITING};
use integration_plus::domain::limits::{JiraNumber, LimitKind, Limits};
use integration_plus::domain::mirror::Skipped;
use integration_plus::domain::pair::{Joined, LIMIT, Pair, Pairs};
use integration_plus::domain::pair_property::KEY;
use integration_plus::domain::run::{About, Failure, Outcome, RunItem};
use integration_plus::domain::run_log::{RunOutcome, Trigger};
use integration_plus::domain::time::Timestamp;
use integration_plus::ports::Work;
use integration_plus::records;
use sandbox::ports::{Fault, Running};
use sandbox::{Budgets, Faults, Lasts};
use serde_json::{Value, json};

const TASK: JiraNumber = JiraNumber(10_002);

impl Bridge {
    /// Without any pair.
    fn unpaired() -> Self {
        let bridge = Self::new();
        bridge.pair(&[]);
        bridge
    }

    /// One on which new issues of both sites get counterparts.
    fn creating() -> Self {
        let bridge = Self::unpaired();
        bridge.create_both_ways();
        bridge
    }

    fn create_both_ways(&self) {
        let since = Some(self.now());
        self.settle(|own| {
            own.terms.counterparts = Some(Counterparts { here: Some(TASK), there: Some(TASK) });
            own.counterparts_since = Some(CounterpartsSince { here: since, there: since });
        });
    }

    /// Somebody sets the property of an issue so that it names another; `None` deletes it.
    fn name(&self, end: End, who: &str, key: &str, other: Option<&str>) {
        let path = format!("/issue/{key}/properties/{KEY}");
        let status = match other {
            Some(other) => {
                let value = json!({ "site": cloud(end.other()), "issue": other });
                self.ask(end, who, "PUT", &path, Some(value)).0
            }
            None => self.ask(end, who, "DELETE", &path, None).0,
        };
        assert!((200..300).contains(&status), "{status}");
    }

    fn pairs(&self) -> Vec<Pair> {
        let pairs: Option<Pairs> = self.scene.record(&records::mirror::pairs(&self.integration));
        pairs.unwrap_or_default().0
    }

    fn keys(&self) -> Vec<(String, String, Joined)> {
        let key = |end, id: JiraNumber| self.issue(end, &id.to_string())["key"].as_str().unwrap_or_default().to_owned();
        let keys = |pair: Pair| (key(End::Here, pair.here), key(End::There, pair.there), pair.joined);
        self.pairs().into_iter().map(keys).collect()
    }

    /// Somebody creates an issue; its key.
    fn create(&self, end: End, who: &str, summary: &str, description: Option<Value>) -> String {
        let project = match end {
            End::Here => "MOB",
            End::There => "INT",
        };
        let mut fields = json!({ "project": { "key": project }, "issuetype": { "name": "Bug" }, "summary": summary });
        if let Some(description) = description {
            fields["description"] = description;
        }
        let (status, answer) = self.ask(end, who, "POST", "/issue", Some(json!({ "fields": fields })));
        assert_eq!(status, 201, "{answer}");
        answer["key"].as_str().expect("has one").to_owned()
    }

    /// Issues of an end with this summary, with everything.
    fn called(&self, end: End, summary: &str) -> Vec<Value> {
        let project = match end {
            End::Here => "MOB",
            End::There => "INT",
        };
        let path = format!("/search/jql?jql=project%20%3D%20{project}&fields=summary&maxResults=1000");
        // The index lags behind.
        self.scene.wait(6_000);
        let found = self.ask(end, MARIA, "GET", &path, None).1;
        let own = found["issues"].as_array().expect("is a list").iter();
        let own = own.filter(|issue| issue["fields"]["summary"] == summary);
        own.map(|issue| {
            let path = format!("/issue/{}?properties=*all", issue["id"].as_str().expect("has one"));
            self.ask(end, MARIA, "GET", &path, None).1
        })
        .collect()
    }

    fn intake(&self) -> Intake {
        self.scene.record(&records::mirror::intake(&self.integration)).unwrap_or_default()
    }

    fn view(&self) -> PairsView {
        let request = Request::Pairs { integration: self.integration.clone(), from: None };
        let Reply::Pairs { pairs } = self.scene.ask(MARIA, request) else { panic!("another reply") };
        *pairs
    }

    fn shown(&self) -> IntegrationView {
        let Reply::Integrations { mut integrations } = self.scene.ask(MARIA, Request::Integrations {}) else {
            panic!("another reply")
        };
        integrations.rows.remove(0)
    }

    fn change(&self, terms: Terms) -> Request {
        let own = self.shown();
        Request::ChangeIntegration { id: own.id, seen: own.changed_at, terms }
    }
}

fn why(items: &[RunItem]) -> Vec<Skipped> {
    let why = |item: &RunItem| if let Outcome::Skipped { why } = &item.outcome { Some(why.clone()) } else { None };
    items.iter().filter_map(why).collect()
}

fn failures(items: &[RunItem]) -> Vec<Failure> {
    let why = |item: &RunItem| if let Outcome::Failed { why } = &item.outcome { Some(why.clone()) } else { None };
    items.iter().filter_map(why).collect()
}

#[test]
fn two_issues_that_name_each_other_are_a_pair_and_one_alone_that_names_the_other_is_none() {
    let bridge = Bridge::unpaired();
    bridge.name(End::Here, ANA, "MOB-1", Some("INT-1"));
    let items = bridge.run();
    assert_eq!(
        (why(&items), bridge.pairs()),
        (vec![Skipped::NotNamedBack], vec![]),
        "whoever edits one proves nothing"
    );
    assert_eq!(items[0].about, Some(About::Issue));
    bridge.name(End::There, BEN, "INT-1", Some("mob-1"));
    let items = bridge.run();
    assert!(matches!(items[0].outcome, Outcome::Joined { .. }), "{items:?}");
    assert_eq!(bridge.keys(), [("MOB-1".into(), "INT-1".into(), Joined::ByProperty)]);
    assert!(items[0].points > 0);
    bridge.say(End::Here, CHLOE, "from then on");
    bridge.run();
    assert_eq!(bridge.comments(End::There).len(), 1);
    let view = bridge.view();
    assert_eq!((view.property.as_str(), view.rows[0].joined), (KEY, Joined::ByProperty));
}

#[test]
fn issues_are_named_by_number_too_and_by_nothing_else() {
    let bridge = Bridge::unpaired();
    let (here, there) = (bridge.id_of(End::Here, "MOB-1"), bridge.id_of(End::There, "INT-1"));
    for odd in ["INT", "../INT-1", "INT-1 OR project = INT", ""] {
        bridge.name(End::Here, ANA, "MOB-1", Some(odd));
    }
    bridge.name(End::There, BEN, "INT-1", Some(&here));
    assert_eq!(why(&bridge.run()), [Skipped::Unchanged, Skipped::NotNamedBack]);
    assert_eq!(bridge.pairs(), []);
    bridge.name(End::Here, ANA, "MOB-1", Some(&there));
    bridge.run();
    assert_eq!(bridge.keys(), [("MOB-1".into(), "INT-1".into(), Joined::ByProperty)]);
}

#[test]
fn a_property_that_names_another_site_or_another_project_joins_nothing() {
    let bridge = Bridge::unpaired();
    let elsewhere = json!({ "site": "33333333-3333-4333-8333-333333333333", "issue": "INT-1" });
    let path = format!("/issue/MOB-1/properties/{KEY}");
    let asked = bridge.scene.asked_jira("/ex/jira/33333333");
    assert_eq!(bridge.ask(End::Here, ANA, "PUT", &path, Some(elsewhere)).0, 201);
    bridge.name(End::There, BEN, "INT-1", Some("MOB-1"));
    bridge.run();
    assert_eq!(bridge.scene.asked_jira("/ex/jira/33333333"), asked, "no token goes to a site of somebody's choice");
    bridge.name(End::There, BEN, "INT-2", Some("WEB-1"));
    bridge.name(End::Here, MARIA, "WEB-1", Some("INT-2"));
    assert_eq!(why(&bridge.run()), [Skipped::OutOfProject]);
    assert_eq!(bridge.pairs(), []);
}

#[test]
fn a_property_that_is_taken_away_or_points_elsewhere_parts_a_pair_that_came_by_it_and_no_other() {
    let bridge = Bridge::new();
    bridge.name(End::Here, ANA, "MOB-1", Some("INT-2"));
    bridge.name(End::Here, ANA, "MOB-1", None);
    bridge.run();
    assert_eq!(bridge.keys(), [("MOB-1".into(), "INT-1".into(), Joined::ByHand)], "made by hand");
    bridge.pair(&[]);
    for taken in [End::Here, End::There] {
        bridge.name(End::Here, ANA, "MOB-1", Some("INT-1"));
        bridge.name(End::There, BEN, "INT-1", Some("MOB-1"));
        bridge.run();
        assert_eq!(bridge.pairs().len(), 1);
        let key = if taken == End::Here { "MOB-1" } else { "INT-1" };
        bridge.name(taken, MARIA, key, None);
        let items = bridge.run();
        assert!(matches!(items[0].outcome, Outcome::Parted { .. }), "{items:?}");
        assert_eq!(bridge.pairs(), []);
        bridge.say(End::Here, CHLOE, "to nobody");
        bridge.run();
        assert!(bridge.comments(End::There).is_empty());
        bridge.name(taken.other(), MARIA, if taken == End::Here { "INT-1" } else { "MOB-1" }, None);
        bridge.run();
    }
    bridge.name(End::Here, ANA, "MOB-1", Some("INT-1"));
    bridge.name(End::There, BEN, "INT-1", Some("MOB-1"));
    bridge.name(End::There, BEN, "INT-2", Some("MOB-1"));
    bridge.run();
    bridge.name(End::Here, ANA, "MOB-1", Some("INT-2"));
    bridge.run();
    assert_eq!(bridge.keys(), [("MOB-1".into(), "INT-2".into(), Joined::ByProperty)], "it points elsewhere now");
}

#[test]
fn what_cannot_be_seen_just_now_parts_nothing() {
    let bridge = Bridge::unpaired();
    bridge.name(End::Here, ANA, "MOB-1", Some("INT-1"));
    bridge.name(End::There, BEN, "INT-1", Some("MOB-1"));
    bridge.run();
    bridge.name(End::Here, ANA, "MOB-1", Some("INT-1"));
    let faults = Faults { status_503: Lasts::Next(3), ..Faults::default() };
    bridge.scene.platform.borrow_mut().atlassian.set_faults(faults);
    bridge.run();
    assert_eq!(bridge.pairs().len(), 1);
    assert_eq!(bridge.ask(End::There, MARIA, "DELETE", "/issue/INT-1", None).0, 204);
    bridge.name(End::Here, ANA, "MOB-1", Some("INT-1"));
    bridge.run();
    assert_eq!(bridge.pairs().len(), 1);
}

#[test]
fn a_project_that_the_settings_leave_out_gets_no_pair_and_no_counterpart() {
    let bridge = Bridge::creating();
    let project = bridge.issue(End::Here, "MOB-1")["fields"]["project"]["id"].as_str().expect("has one").to_owned();
    let mut limits = Limits::default();
    limits.projects.kind = LimitKind::Except;
    limits.projects.projects = vec![JiraNumber::parse(&project).expect("is one")];
    bridge.keep(&records::limits(), &limits);
    bridge.name(End::Here, ANA, "MOB-1", Some("INT-1"));
    bridge.name(End::There, BEN, "INT-1", Some("MOB-1"));
    bridge.create(End::Here, ANA, "Left out here", None);
    bridge.create(End::There, BEN, "Left out there", None);
    let barred = Skipped::OutOfReach { limit: Limit::Settings };
    let skipped = why(&bridge.run());
    assert!(skipped.len() >= 3 && skipped.iter().all(|why| *why == barred), "{skipped:?}");
    assert_eq!((bridge.pairs(), bridge.called(End::There, "Left out here").len()), (vec![], 0));
    assert_eq!(bridge.called(End::Here, "Left out there").len(), 0);
}

#[test]
fn an_issue_that_is_created_gets_a_counterpart_once_with_where_it_comes_from_and_its_comments_follow() {
    let bridge = Bridge::creating();
    let body = doc(&json!([
        paragraph(&json!([{ "type": "text", "text": "bold", "marks": [{ "type": "strong" }] }])),
        { "type": "mediaSingle", "content": [{ "type": "media", "attrs": { "id": "x", "type": "file" } }] },
    ]));
    let key = bridge.create(End::Here, ANA, "Printer <b>on</b> fire", Some(body));
    let created = bridge.issue(End::Here, &key)["fields"]["created"].as_str().expect("has one").to_owned();
    let path = format!("/issue/{key}/comment");
    bridge.scene.wait(1_000);
    assert_eq!(bridge.ask(End::Here, CHLOE, "POST", &path, Some(crate::bridge::saying("before it had one"))).0, 201);
    bridge.scene.wait(1_000);
    let items = bridge.run();
    let item = items.iter().find(|item| item.about.is_some()).expect("it was looked at");
    assert!(matches!(item.outcome, Outcome::CounterpartCreated { .. }), "{items:?}");
    let by = item.by.clone().expect("somebody created it");
    assert_eq!((by.account.as_str(), by.for_author, item.lost.attachments), (MARIA, true, 1));
    let there = bridge.called(End::There, "Printer <b>on</b> fire");
    assert_eq!(there.len(), 1);
    let fields = &there[0]["fields"];
    assert_eq!((&fields["reporter"]["accountId"], &fields["issuetype"]["name"]), (&json!(MARIA), &json!("Task")));
    let content = fields["description"]["content"].as_array().expect("is a list");
    let origin = format!("[Author: Ana Lima, Created on: {created}] [Origin: {key}]");
    assert_eq!(content[0], paragraph(&json!([text(&origin)])));
    assert_eq!(content[1]["content"][0]["marks"][0]["type"], "strong");
    assert_eq!(there[0]["properties"][COUNTERPART]["issue"], json!(bridge.id_of(End::Here, &key)));
    let other = there[0]["key"].as_str().expect("has one").to_owned();
    assert_eq!(bridge.keys(), [(key.clone(), other.clone(), Joined::Created)]);
    // What was said before there was anywhere to carry it to is caught up with.
    bridge.scene.wait(16 * MINUTE_MS);
    bridge.scene.upkeep().expect("catches up");
    bridge.run();
    let comments = bridge.ask(End::There, MARIA, "GET", &format!("/issue/{other}/comment"), None).1;
    assert_eq!(comments["total"], 1);
    assert_eq!(bridge.called(End::There, "Printer <b>on</b> fire").len(), 1);
    assert_eq!(bridge.called(End::Here, "Printer <b>on</b> fire").len(), 1, "and nothing comes back");
}

#[test]
fn new_issues_get_counterparts_only_where_and_from_when_that_is_settled() {
    let bridge = Bridge::unpaired();
    bridge.create(End::Here, ANA, "Before", None);
    bridge.scene.wait(MINUTE_MS);
    let own = bridge.shown();
    let out = Terms {
        direction: Direction::Out,
        counterparts: Some(Counterparts { here: None, there: Some(TASK) }),
        ..own.terms
    };
    bridge.scene.ask(MARIA, bridge.change(out));
    bridge.create(End::Here, ANA, "After", None);
    bridge.create(End::There, BEN, "The other way", None);
    bridge.run();
    // The catch-up looks back a little, and finds what was created before, too.
    bridge.scene.wait(16 * MINUTE_MS);
    bridge.scene.upkeep().expect("catches up");
    bridge.run();
    assert_eq!((bridge.called(End::There, "Before").len(), bridge.called(End::There, "After").len()), (0, 1));
    assert_eq!(bridge.called(End::Here, "The other way").len(), 0);
    bridge.settle(|own| own.enabled_since = None);
    bridge.create(End::Here, ANA, "While it is disabled", None);
    bridge.run();
    assert_eq!(bridge.called(End::There, "While it is disabled").len(), 0);
}

#[test]
fn what_deliveries_missed_of_issues_is_caught_up_with() {
    let bridge = Bridge::creating();
    let key = bridge.create(End::There, BEN, "Unheard", None);
    bridge.name(End::Here, ANA, "MOB-1", Some("INT-1"));
    bridge.name(End::There, BEN, "INT-1", Some("MOB-1"));
    // A property alone does not count as an update, so far as anybody says.
    bridge.say(End::Here, ANA, "an update");
    assert!(!bridge.deliveries().is_empty());
    bridge.scene.wait(16 * MINUTE_MS);
    bridge.scene.upkeep().expect("catches up");
    bridge.run();
    assert_eq!(bridge.called(End::Here, "Unheard").len(), 1);
    let keys = bridge.keys();
    assert!(keys.contains(&("MOB-1".into(), "INT-1".into(), Joined::ByProperty)), "{keys:?}");
    assert!(keys.iter().any(|(_, there, joined)| *there == key && *joined == Joined::Created), "{keys:?}");
    let pairs = bridge.pairs();
    for _ in 0..3 {
        bridge.scene.wait(16 * MINUTE_MS);
        bridge.scene.upkeep().expect("catches up");
        bridge.run();
    }
    assert_eq!((bridge.called(End::Here, "Unheard").len(), bridge.pairs()), (1, pairs));
}

#[test]
fn forged_deliveries_about_issues_change_nothing() {
    let bridge = Bridge::creating();
    let key = bridge.create(End::Here, ANA, "Once", None);
    let bodies = bridge.deliveries();
    let mut forged = bodies[0].clone();
    forged["matchedWebhookIds"] = json!([1]);
    let asked = bridge.scene.asked_jira("/rest/");
    bridge.deliver(&forged);
    assert_eq!((bridge.next_work(), bridge.scene.asked_jira("/rest/")), (None, asked));
    for _ in 0..5 {
        bridge.deliver(&bodies[0]);
    }
    bridge.run();
    for _ in 0..3 {
        bridge.deliver(&bodies[0]);
        bridge.run();
    }
    assert_eq!((bridge.called(End::There, "Once").len(), bridge.keys().len()), (1, 1), "{key}");
}

#[test]
fn a_counterpart_was_nobody_s_although_somebody_was_responsible_for_its_issue() {
    for (lost, end) in [(false, End::Here), (false, End::There), (true, End::Here)] {
        let bridge = Bridge::creating();
        bridge.settle(|own| {
            own.terms.following = Some(Following::ByTable);
            own.terms.assignees = vec![Assignees { here: id(CHLOE), there: id(BEN) }];
        });
        let (own, other, project) = match end {
            End::Here => (CHLOE, BEN, "MOB"),
            End::There => (BEN, CHLOE, "INT"),
        };
        for (summary, who) in [("Matched", Some(own)), ("Unmatched", Some(MARIA)), ("Nobody's", None)] {
            let assignee = who.map_or(Value::Null, |who| json!({ "accountId": who }));
            let fields = json!({ "project": { "key": project }, "issuetype": { "name": "Bug" }, "summary": summary, "assignee": assignee });
            assert_eq!(bridge.ask(end, MARIA, "POST", "/issue", Some(json!({ "fields": fields }))).0, 201);
        }
        bridge.deliver_all();
        let mut items = Vec::new();
        if lost {
            // What has the new pairs looked at is lost on its way.
            let work = bridge.next_work();
            bridge.scene.run(None, Invocation::Work(work));
            bridge.scene.platform.borrow_mut().queue.clear();
            bridge.scene.wait(5 * MINUTE_MS);
            bridge.scene.upkeep().expect("runs");
        }
        items.extend(bridge.run());
        let assignee = |summary| {
            let found = bridge.called(end.other(), summary);
            assert_eq!(found.len(), 1, "{summary}");
            found[0]["fields"]["assignee"]["accountId"].as_str().map(str::to_owned)
        };
        assert_eq!(assignee("Matched").as_deref(), Some(other), "lost {lost}, {end:?}");
        assert_eq!((assignee("Unmatched"), assignee("Nobody's")), (None, None));
        let note = Skipped::NoCounterpart { why: NoCounterpart::NotInTable };
        assert_eq!(why(&items).into_iter().filter(|own| *own == note).count(), 1, "{items:?}");
        assert_eq!(bridge.run(), [], "and that was all");
    }
}

#[test]
fn a_copied_property_makes_no_issue_a_counterpart_and_one_of_another_installation_goes_no_further() {
    let bridge = Bridge::creating();
    bridge.create(End::Here, ANA, "First", None);
    bridge.run();
    let ours = bridge.called(End::There, "First")[0]["properties"][COUNTERPART].clone();
    let create = |summary: &str, value: &Value| {
        let fields = json!({ "project": { "key": "INT" }, "issuetype": { "name": "Bug" }, "summary": summary });
        let body = json!({ "fields": fields, "properties": [{ "key": COUNTERPART, "value": value }] });
        assert_eq!(bridge.ask(End::There, BEN, "POST", "/issue", Some(body)).0, 201);
    };
    create("Copied", &ours);
    let mut foreign = ours;
    foreign["integration"] = json!("f".repeat(32));
    create("Of another", &foreign);
    let skipped = why(&bridge.run());
    assert!(skipped.contains(&Skipped::AnotherInstallation), "{skipped:?}");
    assert_eq!((bridge.called(End::Here, "Copied").len(), bridge.called(End::Here, "Of another").len()), (1, 0));
}

#[test]
fn an_issue_with_a_security_level_is_not_created_elsewhere() {
    let bridge = Bridge::creating();
    let key = bridge.create(End::Here, ANA, "Secret", None);
    bridge.set_level(&key, Some("Managers"));
    assert_eq!(why(&bridge.run()), [Skipped::SecurityLevel]);
    assert_eq!((bridge.called(End::There, "Secret").len(), bridge.pairs()), (0, vec![]));
}

#[test]
fn what_the_other_project_does_not_take_is_parked_with_the_reason_until_it_is_tried_again() {
    let bridge = Bridge::creating();
    let platform = || bridge.scene.platform.borrow_mut();
    platform().atlassian.require_field(cloud(End::There), "INT", "Team").expect("exists");
    bridge.create(End::Here, ANA, "Wanting", None);
    assert_eq!(failures(&bridge.run()), [Failure::Refused { message: "Team is required.".into() }]);
    let parked = bridge.view().parked;
    assert_eq!((parked.len(), parked[0].end, bridge.shown().parked), (1, End::Here, Some(1)));
    bridge.settle(|own| own.terms.counterparts = Some(Counterparts { here: None, there: Some(JiraNumber(1)) }));
    let again = || bridge.scene.ask(MARIA, Request::TryIssuesAgain { integration: bridge.integration.clone() });
    assert_eq!(again(), Reply::TriedAgain { comments: 1 });
    assert_eq!(failures(&bridge.run()), [Failure::Refused { message: "Specify a valid issue type".into() }]);
    platform().atlassian.set_project_permission(cloud(End::There), "INT", "CREATE_ISSUES", MARIA, false).expect("is");
    again();
    assert_eq!(failures(&bridge.run()), [Failure::MayNotCreate]);
    assert_eq!(bridge.called(End::There, "Wanting").len(), 0);
    platform().atlassian.set_project_permission(cloud(End::There), "INT", "CREATE_ISSUES", MARIA, true).expect("is");
    bridge.settle(|own| own.terms.counterparts = Some(Counterparts { here: None, there: Some(TASK) }));
    // From here on the project takes what it is given: the run of the failure is run again.
    let Reply::Runs { runs } = bridge.scene.ask(MARIA, Request::Runs { page: PageOfRuns::default() }) else {
        panic!("another reply")
    };
    let failed = runs.rows.iter().find(|run| run.outcome == RunOutcome::Failed).expect("is told").clone();
    assert_eq!(failed.here, None);
    let answer = bridge.scene.ask(MARIA, Request::RunAgain { id: failed.id.clone() });
    assert_eq!(answer, Reply::TriedAgain { comments: 1 });
    assert_eq!(failures(&bridge.run()), [Failure::Refused { message: "Team is required.".into() }]);
    let Reply::Runs { runs } = bridge.scene.ask(MARIA, Request::Runs { page: PageOfRuns::default() }) else {
        panic!("another reply")
    };
    assert!(runs.rows.iter().any(|run| matches!(&run.trigger, Trigger::Again { of, .. } if *of == failed.id)));
}

#[test]
fn a_full_list_of_pairs_takes_no_more_and_creates_nothing() {
    let bridge = Bridge::creating();
    let at = bridge.now();
    let full =
        (1..=LIMIT as u64).map(|n| Pair { here: JiraNumber(n), there: JiraNumber(n), joined: Joined::ByHand, at });
    bridge.keep(&records::mirror::pairs(&bridge.integration), &Pairs(full.collect()));
    bridge.create(End::Here, ANA, "One too many", None);
    bridge.name(End::Here, ANA, "MOB-1", Some("INT-1"));
    bridge.name(End::There, BEN, "INT-1", Some("MOB-1"));
    let failures = failures(&bridge.run());
    assert!(failures.len() >= 2 && failures.iter().all(|why| *why == Failure::PairsFull), "{failures:?}");
    assert_eq!(bridge.called(End::There, "One too many").len(), 0);
}

#[test]
fn a_counterpart_that_jira_created_without_saying_so_is_found_and_not_created_twice() {
    for cut in [false, true] {
        let bridge = Bridge::creating();
        bridge.create(End::Here, ANA, "Once", None);
        bridge.deliver_all();
        bridge.unanswered(cut);
        assert_eq!((bridge.pairs().len(), bridge.intake().0.waiting.len()), (0, 1), "cut {cut}");
        // Its own delivery comes before anybody knows that it is there.
        bridge.run();
        assert_eq!((bridge.pairs().len(), bridge.intake().0.waiting.len()), (1, 0), "cut {cut}");
        assert_eq!((bridge.called(End::There, "Once").len(), bridge.called(End::Here, "Once").len()), (1, 1), "{cut}");
    }
}

#[test]
fn a_counterpart_whose_creator_is_main_user_no_more_is_found_all_the_same() {
    let bridge = Bridge::creating();
    bridge.create(End::Here, ANA, "Handed over", None);
    bridge.deliver_all();
    bridge.unanswered(true);
    bridge.scene.switch(MARIA, SERVICE);
    bridge.run();
    bridge.scene.wait(10 * MINUTE_MS);
    bridge.scene.upkeep().expect("runs");
    bridge.run();
    assert_eq!((bridge.called(End::There, "Handed over").len(), bridge.pairs().len()), (1, 1));
}

#[test]
fn what_was_begun_is_finished_although_no_counterparts_are_wanted_any_more() {
    let bridge = Bridge::creating();
    bridge.create(End::Here, ANA, "Begun", None);
    bridge.deliver_all();
    bridge.unanswered(true);
    bridge.settle(|own| own.terms.counterparts = None);
    bridge.create(End::Here, ANA, "Later", None);
    bridge.run();
    assert_eq!((bridge.called(End::There, "Begun").len(), bridge.pairs().len()), (1, 1));
    assert_eq!(bridge.called(End::There, "Later").len(), 0);
}

#[test]
fn while_one_counterpart_is_waited_for_the_others_go_on() {
    let bridge = Bridge::creating();
    bridge.create(End::Here, ANA, "Lost", None);
    bridge.deliver_all();
    bridge.unanswered(true);
    bridge.scene.platform.borrow_mut().queue.clear();
    bridge.create(End::Here, ANA, "Next", None);
    bridge.deliver_all();
    let intake = bridge.intake();
    bridge.keep(&records::mirror::intake(&bridge.integration), &Intake(Lane { waits_until: None, ..intake.0 }));
    bridge.scene.upkeep().expect("sends it on");
    let work = bridge.next_work();
    bridge.scene.run(None, Invocation::Work(work));
    assert_eq!(bridge.called(End::There, "Next").len(), 1);
}

#[test]
fn while_many_counterparts_are_waited_for_the_others_go_on() {
    let bridge = Bridge::creating();
    for _ in 0..8 {
        bridge.create(End::Here, ANA, "Lost", None);
    }
    bridge.deliver_all();
    for _ in 0..8 {
        // Nobody says whether Jira has it, and Jira has it not.
        bridge.posting(Fault::Fail);
    }
    let lost = bridge.intake().0.waiting.len();
    assert_eq!((lost, bridge.called(End::There, "Lost").len()), (8, 0));
    bridge.create(End::Here, ANA, "Next", None);
    bridge.deliver_all();
    let began = bridge.now();
    for turns in 0.. {
        let work = bridge.next_work();
        if work.is_none() || bridge.now().since(began).0 > MINUTE_MS {
            break;
        }
        assert!(turns < 10, "the same issues are looked at again and again");
        bridge.scene.run(None, Invocation::Work(work));
    }
    assert_eq!(bridge.called(End::There, "Next").len(), 1);
    bridge.rounds(3, 10 * MINUTE_MS);
    assert_eq!(bridge.called(End::There, "Lost").len(), 8);
    assert_eq!(bridge.intake().0.waiting, []);
}

#[test]
fn a_new_issue_is_not_lost_where_another_takes_the_last_place_in_the_intake_before_it() {
    let bridge = Bridge::creating();
    let full = (1..WAITING as u64).try_fold(Lane::default(), |lane, n| lane.hinted(End::Here, JiraNumber(900_000 + n)));
    let waits_until = Some(Timestamp(bridge.now().0 + 59 * MINUTE_MS));
    let full = Intake(Lane { waits_until, ..full.expect("room") });
    bridge.keep(&records::mirror::intake(&bridge.integration), &full);
    bridge.scene.wait(MINUTE_MS);
    let key = bridge.create(End::Here, ANA, "Unheard", None);
    let unheard = JiraNumber::parse(&bridge.id_of(End::Here, &key)).expect("is one");
    bridge.deliveries();
    bridge.create(End::There, BEN, "Heard", None);
    let heard = bridge.deliveries();
    bridge.scene.wait(16 * MINUTE_MS);
    let mut lost = Vec::new();
    for ahead in 0.. {
        let other = bridge.copy();
        let mut round = Running::start(&other.scene.platform, None, Invocation::Upkeep);
        if !(0..ahead).all(|_| round.poll().is_none()) {
            break;
        }
        for body in &heard {
            other.deliver(body);
        }
        let _ = round.finish();
        let caught: Caught = other.scene.record(&records::mirror::caught_up()).expect("is there");
        let again = caught.0.iter().any(|own| own.end == End::Here && own.whole.is_some());
        if !again && !other.intake().0.holds(End::Here, Some(unheard)) {
            lost.push(ahead);
        }
    }
    assert_eq!(lost, [0; 0], "neither noted nor to be looked at once more, so many round trips ahead");
}

#[test]
fn nothing_more_is_created_once_an_administrator_disabled_it() {
    let bridge = Bridge::creating();
    for summary in ["First", "Second", "Third"] {
        bridge.create(End::Here, ANA, summary, None);
    }
    bridge.deliver_all();
    let work = Invocation::Work(bridge.next_work());
    let mut turn = Running::start(&bridge.scene.platform, None, work);
    while bridge.pairs().is_empty() {
        assert!(turn.poll().is_none(), "it is not through yet");
    }
    bridge.settle(|own| own.enabled_since = None);
    let _ = turn.finish();
    bridge.run();
    assert_eq!(bridge.pairs().len(), 1);
    let created = ["First", "Second", "Third"].map(|summary| bridge.called(End::There, summary).len());
    assert_eq!(created, [1, 0, 0]);
}

#[test]
fn no_comment_and_no_new_issue_is_lost_while_the_intake_is_full() {
    let bridge = Bridge::creating();
    bridge.pair(&[("MOB-1", "INT-1")]);
    // As many issues as it holds wait for an hour, as Jira asked.
    let full = (0..WAITING as u64).try_fold(Lane::default(), |lane, n| lane.hinted(End::Here, JiraNumber(900_000 + n)));
    let waits_until = Some(Timestamp(bridge.now().0 + 59 * MINUTE_MS));
    let full = Intake(Lane { waits_until, ..full.expect("room") });
    bridge.keep(&records::mirror::intake(&bridge.integration), &full);
    bridge.scene.wait(MINUTE_MS);
    bridge.create(End::Here, ANA, "Unheard", None);
    bridge.scene.wait(MINUTE_MS);
    bridge.say(End::Here, CHLOE, "words");
    bridge.deliveries();
    let rounds = |count: usize, rests: bool| {
        for _ in 0..count {
            bridge.scene.wait(18 * MINUTE_MS);
            bridge.scene.upkeep().expect("runs");
            bridge.scene.platform.borrow_mut().queue.retain(|(_, work)| !rests || !matches!(work, Work::Intake { .. }));
            bridge.run();
        }
    };
    rounds(2, true);
    assert_eq!((bridge.words(End::There).len(), bridge.called(End::There, "Unheard").len()), (1, 0));
    rounds(4, false);
    assert_eq!((bridge.words(End::There).len(), bridge.called(End::There, "Unheard").len()), (1, 1));
    assert_eq!(bridge.intake().0.waiting, []);
}

#[test]
fn a_counterpart_that_jira_had_no_time_for_came_ten_minutes_later_although_jira_asked_for_a_second() {
    let bridge = Bridge::creating();
    bridge.create(End::Here, ANA, "Busy", None);
    bridge.deliver_all();
    let budgets = |budgets| bridge.scene.platform.borrow_mut().atlassian.set_budgets(budgets);
    budgets(Budgets { posts_per_second: 0, ..Budgets::default() });
    let began = bridge.now();
    let work = bridge.next_work();
    bridge.scene.run(None, Invocation::Work(work));
    assert_eq!(bridge.intake().0.waiting.len(), 1, "it waits");
    budgets(Budgets::default());
    let items = bridge.run();
    assert!(items.iter().any(|own| matches!(own.outcome, Outcome::CounterpartCreated { .. })), "{items:?}");
    let waited = bridge.now().since(began).0;
    assert!(waited < MINUTE_MS, "{waited}");
    assert_eq!(bridge.called(End::There, "Busy").len(), 1);
}

#[test]
fn two_functions_at_once_create_one_counterpart() {
    let bridge = Bridge::creating();
    bridge.create(End::Here, ANA, "Once", None);
    bridge.deliver_all();
    let work = bridge.next_work();
    for ahead in 0..24 {
        let other = bridge.copy();
        let start = || Running::start(&other.scene.platform, None, Invocation::Work(work.clone()));
        let mut first = start();
        let waits = (0..ahead).all(|_| first.poll().is_none());
        together(if waits { vec![first, start()] } else { vec![start()] });
        assert_eq!(other.called(End::There, "Once").len(), 1, "{ahead} round trips ahead");
    }
}

#[test]
fn an_administrator_chooses_a_type_that_the_main_user_may_create_and_that_wants_nothing_else() {
    let bridge = Bridge::unpaired();
    let own = bridge.shown();
    let types = |end| {
        let side = own.terms.side(end).clone();
        let request = Request::IssueTypes { site: side.cloud_id, project: side.project };
        let Reply::IssueTypes { types } = bridge.scene.ask(MARIA, request) else { panic!("another reply") };
        types
    };
    let names: Vec<String> = types(End::There).into_iter().map(|own| own.name).collect();
    assert_eq!(names, ["Story", "Task", "Bug"]);
    assert_eq!(types(End::Here).len(), 3);
    let wanting = |here, there| Terms { counterparts: Some(Counterparts { here, there }), ..own.terms.clone() };
    let refused = |terms| {
        let refused = bridge.scene.refused(MARIA, bridge.change(terms));
        let ErrorCode::IntegrationRefused { problem } = refused else { panic!("{refused:?}") };
        problem
    };
    let odd = Some(JiraNumber(7));
    assert_eq!(refused(wanting(odd, None)), IntegrationProblem::IssueType { end: End::Here });
    assert_eq!(refused(wanting(None, odd)), IntegrationProblem::IssueType { end: End::There });
    let out = Terms { direction: Direction::Out, ..wanting(Some(TASK), None) };
    assert_eq!(refused(out), IntegrationProblem::Counterparts);
    let mut platform = bridge.scene.platform.borrow_mut();
    platform.atlassian.require_field(cloud(End::There), "INT", "Team").expect("exists");
    drop(platform);
    assert!(types(End::There).iter().all(|own| own.wants == ["Team"]));
    assert_eq!(refused(wanting(None, Some(TASK))), IntegrationProblem::IssueType { end: End::There });
    assert_eq!(bridge.shown().terms.counterparts, None);
    bridge.scene.ask(MARIA, bridge.change(wanting(Some(TASK), None)));
    assert_eq!(bridge.shown().terms.counterparts, Some(Counterparts { here: Some(TASK), there: None }));
}
