//! Comments mirrored between two sites: in whose name, how visible, how often, and what becomes of trouble.

use crate::bridge::{Bridge, cloud, doc, paragraph, saying, text};
use crate::people::{BEN, CHLOE, DAVID};
use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, SERVICE, together};
use integration_plus::app::Invocation;
use integration_plus::domain::access_rule::Limit;
use integration_plus::domain::footer::Footer;
use integration_plus::domain::integration::{Direction, End, RestrictedTo, Restriction, Restrictions, Which};
use integration_plus::domain::limits::{JiraNumber, LimitKind, Limits};
use integration_plus::domain::mirror::Skipped;
use integration_plus::domain::run::{Failure, Outcome};
use integration_plus::domain::time::Timestamp;
use integration_plus::domain::visibility::Withheld;
use integration_plus::flows::mirror;
use integration_plus::ports::Work;
use integration_plus::records;
use integration_plus::records::mirror::{Lanes, Listening};
use sandbox::ports::Running;
use sandbox::{Budgets, Faults, Lasts};
use serde_json::{Value, json};

const PROPERTY: &str = "integration-plus.origin";

fn property(comment: &Value, key: &str) -> Option<Value> {
    let properties = comment["properties"].as_array()?;
    properties.iter().find(|own| own["key"] == key).map(|own| own["value"].clone())
}

fn last_line(words: &str) -> &str {
    words.lines().last().unwrap_or_default()
}

fn skipped(outcomes: &[Outcome]) -> Vec<Skipped> {
    let why = |outcome: &Outcome| match outcome {
        Outcome::Skipped { why } => Some(why.clone()),
        Outcome::Created { .. }
        | Outcome::Updated { .. }
        | Outcome::Withdrawn { .. }
        | Outcome::Assigned { .. }
        | Outcome::CounterpartCreated { .. }
        | Outcome::Joined { .. }
        | Outcome::Parted { .. }
        | Outcome::Waits { .. }
        | Outcome::Failed { .. } => None,
    };
    outcomes.iter().filter_map(why).collect()
}

fn faults(bridge: &Bridge, faults: Faults) {
    bridge.scene.platform.borrow_mut().atlassian.set_faults(faults);
}

#[test]
fn a_formatted_comment_goes_out_in_its_author_s_name_where_their_own_grant_works_there() {
    let bridge = Bridge::new();
    bridge.scene.connect(ANA);
    let body = doc(&json!([
        { "type": "heading", "attrs": { "level": 2 }, "content": [text("Plan")] },
        paragraph(&json!([
            { "type": "text", "text": "bold", "marks": [{ "type": "strong" }] },
            { "type": "text", "text": "link", "marks": [{ "type": "link", "attrs": { "href": "https://a.example" } }] },
        ])),
        { "type": "codeBlock", "attrs": { "language": "rust" }, "content": [text("fn main() {}")] },
        { "type": "bulletList", "content": [{ "type": "listItem", "content": [paragraph(&json!([text("one")]))] }] },
    ]));
    bridge.comment(End::Here, ANA, json!({ "body": body }));
    let items = bridge.run();
    let there = bridge.comments(End::There);
    assert_eq!((bridge.authors(End::There), there.len()), (vec![ANA.to_owned()], 1));
    assert_eq!(there[0]["body"], body, "no footer, and nothing of it lost");
    let by = items.iter().find_map(|item| item.by.clone()).expect("somebody posted it");
    assert_eq!((by.account.as_str(), by.for_author), (ANA, false));
    assert!(items.iter().any(|item| matches!(item.outcome, Outcome::Created { .. }) && item.points > 0), "{items:?}");
}

#[test]
fn else_the_main_authorized_user_posts_it_with_exactly_this_footer() {
    let bridge = Bridge::new();
    // Chloe has no account on the other site.
    let number = bridge.say(End::Here, CHLOE, "Two customers wrote.");
    let created = bridge.now().iso();
    bridge.run();
    assert_eq!(bridge.authors(End::There), [MARIA]);
    let footer = format!("[Author: Chloe Dubois, Created on: {created}] [Origin: MOB-1, Comment ID: {number}]");
    assert_eq!(bridge.words(End::There), [format!("Two customers wrote.\n\n{footer}")]);
    let there = bridge.comments(End::There);
    let content = there[0]["body"]["content"].as_array().expect("is a list");
    assert_eq!(content.last(), Some(&paragraph(&json!([text(&footer)]))));
    let origin = property(&there[0], PROPERTY).expect("is there");
    assert_eq!((&origin["comment"], &origin["site"]), (&json!(number), &json!(cloud(End::Here))));
}

#[test]
fn a_grant_that_does_not_reach_the_other_site_or_is_dead_is_not_used_there() {
    let bridge = Bridge::new();
    let url = bridge.scene.authorize(ANA);
    let query = bridge.scene.consent_to(&url, ANA, &[cloud(End::Here)], &[]);
    bridge.scene.come_back(&query);
    bridge.scene.me(ANA);
    bridge.scene.connect(BEN);
    bridge.scene.revoke(BEN);
    bridge.say(End::Here, ANA, "one");
    bridge.say(End::Here, BEN, "two");
    bridge.run();
    assert_eq!(bridge.authors(End::There), [MARIA, MARIA]);
    assert!(bridge.words(End::There)[0].contains("[Author: Ana Lima, "));
    assert!(bridge.words(End::There)[1].contains("[Author: Ben Sato, "));
}

#[test]
fn an_edited_comment_is_edited_and_a_deleted_one_deleted() {
    let bridge = Bridge::new();
    let number = bridge.say(End::Here, CHLOE, "first words");
    bridge.run();
    bridge.scene.wait(MINUTE_MS);
    bridge.edit(End::Here, CHLOE, &number, saying("second words"));
    let outcomes = bridge.outcomes();
    assert!(outcomes.iter().any(|outcome| matches!(outcome, Outcome::Updated { .. })), "{outcomes:?}");
    let words = bridge.words(End::There);
    assert_eq!((words.len(), words[0].lines().next()), (1, Some("second words")));
    assert!(Footer::parse(last_line(&words[0])).is_some(), "{words:?}");
    bridge.delete(End::Here, CHLOE, &number);
    let outcomes = bridge.outcomes();
    assert!(outcomes.iter().any(|outcome| matches!(outcome, Outcome::Withdrawn { why: None, .. })), "{outcomes:?}");
    assert_eq!(bridge.words(End::There), Vec::<String>::new());
}

#[test]
fn our_own_comments_never_come_back_and_conversations_keep_their_order() {
    let bridge = Bridge::new();
    for (end, who, words) in
        [(End::Here, CHLOE, "a"), (End::There, BEN, "b"), (End::Here, DAVID, "c"), (End::Here, CHLOE, "d")]
    {
        bridge.say(end, who, words);
        bridge.scene.wait(1000);
    }
    let outcomes = bridge.outcomes();
    assert!(skipped(&outcomes).contains(&Skipped::Echo), "{outcomes:?}");
    bridge.scene.wait(HOUR_MS);
    for _ in 0..4 {
        bridge.scene.upkeep().expect("runs");
        bridge.run();
        bridge.scene.wait(20 * MINUTE_MS);
    }
    let first = |words: &String| words.lines().next().unwrap_or_default().to_owned();
    let here: Vec<String> = bridge.words(End::Here).iter().map(first).collect();
    let there: Vec<String> = bridge.words(End::There).iter().map(first).collect();
    assert_eq!(
        (here, there),
        (["a", "c", "d", "b"].map(String::from).to_vec(), ["b", "a", "c", "d"].map(String::from).to_vec())
    );
}

#[test]
fn somebody_s_edit_of_a_mirror_is_not_carried_back_and_a_mirror_that_was_deleted_stays_so() {
    let bridge = Bridge::new();
    let number = bridge.say(End::Here, CHLOE, "words");
    bridge.run();
    let mirror = bridge.comments(End::There)[0]["id"].as_str().expect("has one").to_owned();
    bridge.edit(End::There, MARIA, &mirror, saying("changed there"));
    assert_eq!(skipped(&bridge.outcomes()), [Skipped::Echo]);
    assert_eq!(bridge.words(End::Here), ["words"]);
    bridge.delete(End::There, MARIA, &mirror);
    bridge.run();
    bridge.edit(End::Here, CHLOE, &number, saying("more words"));
    assert!(skipped(&bridge.outcomes()).contains(&Skipped::RemovedThere));
    bridge.edit(End::Here, CHLOE, &number, saying("even more"));
    assert_eq!(skipped(&bridge.outcomes()), [Skipped::RemovedThere]);
    assert_eq!(bridge.words(End::There), Vec::<String>::new());
}

#[test]
fn only_comments_that_the_integration_takes_are_taken() {
    let word = Which::Word { word: "#sync".into() };
    let bridge = Bridge::of("MOB-1", "INT-1", |terms| {
        terms.which = word;
        terms.direction = Direction::Out;
    });
    let number = bridge.say(End::Here, CHLOE, "between us");
    bridge.say(End::Here, CHLOE, "for you, #sync");
    bridge.say(End::There, BEN, "not back #sync");
    let outcomes = bridge.outcomes();
    assert_eq!(bridge.words(End::There).len(), 2);
    assert_eq!(bridge.words(End::Here).len(), 2);
    assert!(skipped(&outcomes).contains(&Skipped::NoWord));
    bridge.edit(End::Here, CHLOE, &number, saying("now for you, too: #sync"));
    bridge.run();
    assert_eq!(bridge.words(End::There).len(), 3);
    bridge.edit(End::Here, CHLOE, &number, saying("between us after all"));
    let outcomes = bridge.outcomes();
    let why = Some(Skipped::NoWord);
    assert!(
        outcomes.iter().any(|own| matches!(own, Outcome::Withdrawn { why: own, .. } if *own == why)),
        "{outcomes:?}"
    );
    assert_eq!(bridge.words(End::There).len(), 2);
}

#[test]
fn people_whom_the_other_site_knows_are_mentioned_and_others_are_named() {
    let bridge = Bridge::new();
    let mention =
        |id: &str, name: &str| json!({ "type": "mention", "attrs": { "id": id, "text": format!("@{name}") } });
    let body =
        doc(&json!([paragraph(&json!([mention(BEN, "Ben Sato"), text(" and "), mention(DAVID, "David Novak")]))]));
    bridge.comment(End::Here, CHLOE, json!({ "body": body }));
    bridge.run();
    let arrived = &bridge.comments(End::There)[0]["body"]["content"][0]["content"];
    assert_eq!(arrived[0]["attrs"]["id"], json!(BEN));
    assert_eq!(arrived[2], text("@David Novak"), "David has no account there");
}

#[test]
fn what_cannot_be_carried_is_told_to_its_readers_and_in_the_run() {
    let bridge = Bridge::new();
    let file = json!({ "type": "media", "attrs": { "type": "file", "id": "x", "collection": "" } });
    let body = doc(&json!([paragraph(&json!([text("see")])), { "type": "mediaSingle", "content": [file] }]));
    bridge.comment(End::Here, CHLOE, json!({ "body": body }));
    let items = bridge.run();
    assert!(bridge.words(End::There)[0].contains("[Not carried over: 1 attachment]"));
    assert!(items.iter().any(|item| item.lost.attachments == 1));
}

#[test]
fn nothing_from_before_it_was_enabled_and_nothing_while_it_is_disabled_is_carried() {
    let bridge = Bridge::new();
    let path = "/issue/MOB-1/comment";
    let old = bridge.ask(End::Here, MARIA, "GET", path, None).1["comments"][0]["id"].clone();
    bridge.edit(End::Here, BEN, old.as_str().expect("is text"), saying("edited now"));
    assert_eq!(skipped(&bridge.outcomes()), [Skipped::BeforeEnabled]);
    bridge.settle(|own| own.enabled_since = None);
    bridge.say(End::Here, CHLOE, "while it is off");
    bridge.deliver_all();
    assert!(bridge.scene.platform.borrow().queue.is_empty());
    let now = Timestamp(bridge.now().0 + MINUTE_MS);
    bridge.scene.wait(MINUTE_MS);
    bridge.settle(|own| own.enabled_since = Some(now));
    bridge.scene.wait(20 * MINUTE_MS);
    bridge.scene.upkeep().expect("runs");
    assert!(skipped(&bridge.outcomes()).iter().all(|why| *why == Skipped::BeforeEnabled));
    let path = "/issue/INT-1/comment";
    assert_eq!(bridge.ask(End::There, MARIA, "GET", path, None).1["total"], 1, "the planted one");
}

// Attack 41: forged, replayed and late deliveries.

#[test]
fn a_delivery_that_comes_many_times_is_one_comment() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "once");
    let bodies = bridge.deliveries();
    assert!(!bodies.is_empty());
    for _ in 0..20 {
        for body in &bodies {
            bridge.deliver(body);
        }
    }
    bridge.run();
    for body in &bodies {
        bridge.deliver(body);
    }
    let outcomes = bridge.outcomes();
    assert_eq!(skipped(&outcomes), [Skipped::Unchanged]);
    assert_eq!(bridge.words(End::There).len(), 1);
}

#[test]
fn forged_deliveries_change_nothing_and_cost_jira_nothing() {
    let bridge = Bridge::new();
    let (issue, comment) = (bridge.id_of(End::Here, "MOB-1"), bridge.say(End::Here, CHLOE, "real"));
    let other = bridge.id_of(End::Here, "MOB-2");
    bridge.deliveries();
    let hook = bridge.scene.webhooks(MARIA)[0];
    let (before, asked) = (bridge.scene.trace(), bridge.scene.asked_jira("/rest/api/3/issue/"));
    for body in [
        json!({ "matchedWebhookIds": [hook + 999], "issue": { "id": issue }, "comment": { "id": comment } }),
        json!({ "matchedWebhookIds": [hook], "issue": { "id": "../../x" }, "comment": { "id": comment } }),
        json!({ "matchedWebhookIds": [hook], "issue": { "id": issue }, "comment": { "id": "-1" } }),
        json!({ "matchedWebhookIds": [hook], "issue": { "id": issue }, "comment": { "id": 7 } }),
        json!({ "matchedWebhookIds": (0..=hook).collect::<Vec<_>>(), "issue": { "id": issue }, "comment": { "id": comment } }),
        json!({ "matchedWebhookIds": [hook], "issue": { "id": other }, "comment": { "id": comment } }),
        json!({ "comment": { "id": comment } }),
        json!("x"),
    ] {
        bridge.deliver(&body);
        assert_eq!(bridge.scene.trace(), before, "{body}");
        assert!(bridge.scene.platform.borrow().queue.is_empty(), "{body}");
    }
    assert!(bridge.scene.asked_jira("/rest/api/3/issue/") <= asked + 1, "one look a minute whether deliveries arrive");
    // One that names a comment which is none is looked at once, and mirrors nothing.
    bridge.deliver(&json!({ "matchedWebhookIds": [hook], "issue": { "id": issue }, "comment": { "id": "99999999" } }));
    assert_eq!(skipped(&bridge.outcomes()), [Skipped::Gone]);
    assert_eq!(bridge.words(End::There), Vec::<String>::new());
}

#[test]
fn late_deliveries_of_the_former_main_user_are_dropped_on_both_sites() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "here");
    bridge.say(End::There, BEN, "there");
    let late = bridge.deliveries();
    assert_eq!(late.len(), 2);
    // Nobody may restore Maria, so that her tokens are gone with the change.
    bridge.scene.settle(|settings| settings.grace_days = 0);
    bridge.scene.switch(MARIA, SERVICE);
    assert_eq!(bridge.hooks_there(MARIA).len(), 0);
    bridge.scene.platform.borrow_mut().queue.clear();
    for _ in 0..2 {
        for body in &late {
            bridge.deliver(body);
        }
        assert!(bridge.scene.platform.borrow().queue.is_empty());
        bridge.scene.upkeep().expect("listens anew");
    }
    assert_eq!(bridge.scene.record::<Lanes>(&records::mirror::lanes(&bridge.integration)), None);
    assert_eq!((bridge.hooks_there(MARIA).len(), bridge.hooks_there(SERVICE).len()), (0, 1));
    // What the change lost in between is caught up with, as the new main authorized user.
    bridge.scene.wait(20 * MINUTE_MS);
    bridge.scene.upkeep().expect("catches up");
    bridge.run();
    assert_eq!(bridge.authors(End::There).last().map(String::as_str), Some(SERVICE));
    assert_eq!((bridge.words(End::Here).len(), bridge.words(End::There).len()), (2, 2));
}

// Attack 42: webhooks that expire, vanish or are too many.

#[test]
fn the_other_site_is_listened_to_by_one_webhook_made_of_numbers_that_is_kept_alive() {
    let bridge = Bridge::new();
    let project = bridge.issue(End::There, "INT-1")["fields"]["project"]["id"].as_str().expect("has one").to_owned();
    let filter = format!("project in ({project})");
    for day in 0..70 {
        bridge.scene.wait(DAY_MS);
        bridge.scene.upkeep().expect("looks");
        let hooks = bridge.hooks_there(MARIA);
        let filters: Vec<&str> = hooks.iter().filter_map(|hook| hook["jqlFilter"].as_str()).collect();
        assert_eq!(filters, [filter.as_str()], "day {day}");
        if day == 40 {
            let ids: Vec<&Value> = hooks.iter().map(|hook| &hook["id"]).collect();
            bridge.ask(End::There, MARIA, "DELETE", "/webhook", Some(json!({ "webhookIds": ids })));
            assert_eq!(bridge.hooks_there(MARIA).len(), 0);
        }
    }
    bridge.settle(|own| own.enabled_since = None);
    bridge.scene.upkeep().expect("looks");
    assert_eq!(bridge.hooks_there(MARIA).len(), 0, "nothing is listened to for an integration that is off");
}

#[test]
fn a_site_that_cannot_be_listened_to_is_told_and_tried_again() {
    let bridge = Bridge::new();
    let delete = |bridge: &Bridge| {
        let ids: Vec<Value> = bridge.hooks_there(MARIA).iter().map(|hook| hook["id"].clone()).collect();
        bridge.ask(End::There, MARIA, "DELETE", "/webhook", Some(json!({ "webhookIds": ids })));
    };
    delete(&bridge);
    // Another address takes up the room that Jira gives the app.
    let foreign = json!({ "url": "https://elsewhere.example/x", "webhooks": vec![json!({ "jqlFilter": "project = INT", "events": ["comment_created"] }); 5] });
    assert_eq!(bridge.ask(End::There, MARIA, "POST", "/webhook", Some(foreign)).0, 200);
    bridge.scene.wait(DAY_MS);
    bridge.scene.upkeep().expect("looks");
    let listening: Listening = bridge.scene.record(&records::mirror::listening()).expect("is there");
    assert!(listening.0[0].failure.is_some() && listening.0[0].webhooks.is_empty());
    assert_eq!(bridge.hooks_there(MARIA).len(), 5, "those of others are not touched");
    delete(&bridge);
    bridge.scene.wait(HOUR_MS);
    bridge.scene.upkeep().expect("looks");
    let listening: Listening = bridge.scene.record(&records::mirror::listening()).expect("is there");
    assert_eq!((listening.0[0].failure.clone(), listening.0[0].webhooks.len()), (None, 1));
}

// Attack 43: markup and marks in names.

#[test]
fn a_hostile_name_is_text_in_the_footer_and_nothing_more() {
    let bridge = Bridge::new();
    let name = "<script>alert(1)</script>{{x}} [~accountid:1] \u{202E}javascript:x\n👩‍👩‍👧, Created on: 1999-01-01T00:00:00.000+0000]";
    let who = bridge.stranger(name);
    let number = bridge.say(
        End::Here,
        who,
        "[Author: Radek, Created on: 2024-08-12T12:53:21.711+0000] [Origin: X-1, Comment ID: 1]",
    );
    bridge.run();
    let there = bridge.comments(End::There);
    let content = there[0]["body"]["content"].as_array().expect("is a list");
    let last = content.last().expect("has a footer");
    assert_eq!((last["content"].as_array().map(Vec::len), &last["content"][0]["type"]), (Some(1), &json!("text")));
    assert_eq!(last["content"][0].get("marks"), None);
    let footer = Footer::parse(last["content"][0]["text"].as_str().unwrap_or_default()).expect("is a footer");
    assert_eq!((footer.origin.as_str(), footer.comment.to_string()), ("MOB-1", number));
    assert!(!footer.author.contains(['[', ']', '\n', '\u{202E}']), "{}", footer.author);
    let rendered = there[0]["renderedBody"].as_str().expect("is rendered");
    assert!(!rendered.contains("<script") && rendered.contains("&lt;script&gt;"), "{rendered}");
}

#[test]
fn a_name_of_ten_thousand_characters_does_not_fill_the_comment() {
    let bridge = Bridge::new();
    let who = bridge.stranger(&"long ".repeat(2_000));
    bridge.say(End::Here, who, "words");
    bridge.run();
    let words = bridge.words(End::There);
    assert!(words[0].chars().count() < 300 && Footer::parse(last_line(&words[0])).is_some(), "{words:?}");
}

// Attack 44: footers and properties that somebody else wrote.

#[test]
fn a_footer_or_property_that_somebody_copied_makes_no_comment_a_mirror() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "real");
    bridge.run();
    let mirror = bridge.comments(End::There)[0].clone();
    let copied = json!([
        { "key": PROPERTY, "value": property(&mirror, PROPERTY) },
        { "key": "integration-plus.action", "value": property(&mirror, "integration-plus.action") },
    ]);
    bridge.comment(End::There, BEN, json!({ "body": mirror["body"], "properties": copied }));
    let mut odd = property(&mirror, PROPERTY).expect("is there");
    odd["comment"] = json!("7");
    let forged = json!([{ "key": PROPERTY, "value": odd }]);
    bridge.comment(End::There, BEN, json!({ "body": saying("invented")["body"], "properties": forged }));
    bridge.run();
    let words = bridge.words(End::Here);
    assert_eq!(words.len(), 3, "both are Ben's own words: {words:?}");
    for words in &words[1..] {
        assert!(last_line(words).starts_with("[Author: Ben Sato, "), "{words}");
    }
}

#[test]
fn a_mirror_that_another_installation_made_is_not_carried_on() {
    let bridge = Bridge::new();
    let origin = json!({
        "id": "1".repeat(32), "integration": "2".repeat(32), "site": cloud(End::There),
        "issue": "1", "comment": "1", "edition": "3".repeat(32),
    });
    let properties = json!([{ "key": PROPERTY, "value": origin }]);
    bridge.comment(End::Here, BEN, json!({ "body": saying("x")["body"], "properties": properties }));
    assert_eq!(skipped(&bridge.outcomes()), [Skipped::AnotherInstallation]);
    assert_eq!(bridge.words(End::There), Vec::<String>::new());
}

// Attack 45: nobody gets further through the app than they get themselves.

#[test]
fn an_author_who_lost_the_issue_meanwhile_gets_nothing_posted_through_somebody_else() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "just in time");
    let mut platform = bridge.scene.platform.borrow_mut();
    platform
        .atlassian
        .set_project_permission(cloud(End::Here), "MOB", "BROWSE_PROJECTS", CHLOE, false)
        .expect("exists");
    drop(platform);
    assert_eq!(skipped(&bridge.outcomes()), [Skipped::OutOfReach { limit: Limit::Person }]);
    assert_eq!(bridge.words(End::There), Vec::<String>::new());
}

#[test]
fn a_person_s_own_grant_goes_no_further_than_they_do_and_the_footer_names_them_instead() {
    let bridge = Bridge::new();
    bridge.scene.connect(BEN);
    let mut platform = bridge.scene.platform.borrow_mut();
    platform.atlassian.set_project_permission(cloud(End::There), "INT", "ADD_COMMENTS", BEN, false).expect("exists");
    drop(platform);
    bridge.say(End::Here, BEN, "words");
    bridge.run();
    assert_eq!(bridge.authors(End::There), [MARIA]);
    assert!(bridge.words(End::There)[0].contains("[Author: Ben Sato, "));
}

#[test]
fn a_project_that_the_settings_leave_out_is_left_alone_in_both_directions() {
    let bridge = Bridge::new();
    let number = bridge.say(End::Here, CHLOE, "before");
    bridge.run();
    let project = bridge.issue(End::Here, "MOB-1")["fields"]["project"]["id"].as_str().expect("has one").to_owned();
    let mut limits = Limits::default();
    limits.projects.kind = LimitKind::Except;
    limits.projects.projects = vec![JiraNumber::parse(&project).expect("is one")];
    bridge.keep(&records::limits(), &limits);
    bridge.say(End::There, BEN, "to a project that is left out");
    bridge.edit(End::Here, CHLOE, &number, saying("after"));
    let barred = Skipped::OutOfReach { limit: Limit::Settings };
    assert_eq!(skipped(&bridge.outcomes()), [barred.clone(), barred]);
    assert_eq!((bridge.words(End::Here).len(), bridge.words(End::There)[0].lines().next()), (1, Some("before")));
}

#[test]
fn an_issue_that_was_moved_out_of_its_project_is_left_alone() {
    let bridge = Bridge::new();
    let id: u64 = bridge.id_of(End::Here, "MOB-1").parse().expect("is a number");
    let now = bridge.now().0;
    bridge.scene.platform.borrow_mut().atlassian.move_issue(cloud(End::Here), id, "WEB", now).expect("exists");
    let key = bridge.ask(End::Here, MARIA, "GET", &format!("/issue/{id}"), None).1["key"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    assert_eq!(bridge.ask(End::Here, CHLOE, "POST", &format!("/issue/{key}/comment"), Some(saying("x"))).0, 201);
    assert_eq!(skipped(&bridge.outcomes()), [Skipped::OutOfProject]);
}

// Attack 46: who may read it stays who may read it.

#[test]
fn an_internal_note_stays_internal_or_is_not_sent() {
    let internal = json!([{ "key": "sd.public.comment", "value": { "internal": true } }]);
    let note = |words: &str| json!({ "body": saying(words)["body"], "properties": internal });
    let bridge = Bridge::of("SUP-1", "INT-1", |_| ());
    bridge.comment(End::Here, BEN, note("not for customers"));
    bridge.say(End::Here, BEN, "for all");
    let why = Skipped::Withheld { why: Withheld::Internal };
    assert!(skipped(&bridge.outcomes()).contains(&why));
    assert_eq!(bridge.words(End::There).len(), 1);
    let bridge = Bridge::of("SUP-1", "HLP-1", |_| ());
    bridge.comment(End::Here, BEN, note("not for customers"));
    bridge.say(End::Here, BEN, "for customers");
    bridge.run();
    let public: Vec<bool> = bridge.comments(End::There).iter().map(|own| own["jsdPublic"] == true).collect();
    assert_eq!(public, [false, true]);
}

#[test]
fn what_no_customer_read_before_no_customer_reads_now() {
    let bridge = Bridge::of("MOB-1", "HLP-1", |_| ());
    bridge.scene.connect(BEN);
    bridge.say(End::Here, BEN, "among developers");
    bridge.run();
    assert_eq!(bridge.comments(End::There)[0]["jsdPublic"], false);
    assert_eq!(bridge.authors(End::There), [MARIA], "Ben is no agent there");
    let bridge = Bridge::of("MOB-1", "HLP-1", |terms| terms.to_customers = true);
    bridge.say(End::Here, BEN, "for customers");
    bridge.run();
    assert_eq!(bridge.comments(End::There)[0]["jsdPublic"], true);
}

#[test]
fn a_restricted_comment_is_sent_only_where_an_administrator_said_to_whom() {
    let only =
        |name: &str| json!({ "body": saying("among us")["body"], "visibility": { "type": "role", "value": name } });
    // Jira tells the app of what the main authorized user may read, and Maria may once she is a developer.
    let developer = |bridge: &Bridge| {
        let mut platform = bridge.scene.platform.borrow_mut();
        platform.atlassian.add_to_role(cloud(End::Here), "MOB", "Developers", MARIA).expect("exists");
    };
    let bridge = Bridge::new();
    developer(&bridge);
    bridge.comment(End::Here, BEN, only("Developers"));
    let to = Restriction { to: RestrictedTo::Role, name: "Developers".into() };
    assert_eq!(skipped(&bridge.outcomes()), [Skipped::Withheld { why: Withheld::Restricted { to: to.clone() } }]);
    let admins = Restriction { to: RestrictedTo::Role, name: "Administrators".into() };
    let bridge =
        Bridge::of("MOB-1", "INT-1", |terms| terms.restrictions = vec![Restrictions { here: to, there: admins }]);
    developer(&bridge);
    bridge.scene.connect(BEN);
    bridge.comment(End::Here, BEN, only("Developers"));
    bridge.run();
    let there = bridge.comments(End::There);
    assert_eq!(there[0]["visibility"]["value"], "Administrators");
    assert_eq!(bridge.authors(End::There), [MARIA], "who can see it again");
}

#[test]
fn a_comment_that_is_restricted_afterwards_is_taken_back() {
    let bridge = Bridge::new();
    let number = bridge.say(End::Here, BEN, "too much");
    bridge.run();
    assert_eq!(bridge.words(End::There).len(), 1);
    // Restricted to a group that the main authorized user is not in, it is gone for the app.
    let mut body = saying("too much");
    body["visibility"] = json!({ "type": "group", "value": "service-desk-agents" });
    bridge.edit(End::Here, BEN, &number, body);
    bridge.scene.wait(20 * MINUTE_MS);
    bridge.deliver(&json!({
        "matchedWebhookIds": bridge.scene.webhooks(MARIA), "issue": { "id": bridge.id_of(End::Here, "MOB-1") },
        "comment": { "id": number },
    }));
    bridge.run();
    assert_eq!(bridge.words(End::There), Vec::<String>::new());
}

// Attack 47: one site's words in another's.

#[test]
fn two_installations_in_one_process_share_no_word() {
    let (one, other) = (Bridge::new(), Bridge::new());
    one.say(End::Here, CHLOE, "canary of one");
    other.say(End::Here, CHLOE, "canary of the other");
    one.run();
    other.run();
    one.say(End::There, BEN, "canary of one again");
    other.run();
    one.run();
    let spoken = |bridge: &Bridge| bridge.scene.platform.borrow().spoken.join("\n");
    assert!(spoken(&one).contains("canary of one") && !spoken(&one).contains("canary of the other"));
    assert!(spoken(&other).contains("canary of the other") && !spoken(&other).contains("canary of one"));
}

// Trouble: what is waited for, what is parked, what is caught up with.

#[test]
fn a_comment_that_jira_took_without_saying_so_is_found_and_not_posted_twice() {
    for cut in [false, true] {
        let bridge = Bridge::new();
        // Nobody has to be asked about Maria's own rights: her comment is the one thing that is sent by POST.
        bridge.say(End::Here, MARIA, "once");
        bridge.deliver_all();
        bridge.unanswered(cut);
        assert_eq!((bridge.words(End::There).len(), bridge.lane().waiting.len()), (1, 1), "cut {cut}");
        bridge.run();
        assert_eq!((bridge.words(End::There).len(), bridge.lane().waiting.len()), (1, 0), "cut {cut}");
        bridge.scene.upkeep().expect("runs");
        bridge.run();
        assert_eq!(bridge.words(End::There).len(), 1, "cut {cut}");
    }
}

#[test]
fn while_jira_is_down_or_asks_to_wait_it_is_waited_for_and_asked_no_sooner() {
    for fault in [
        Faults { status_503: Lasts::Next(12), ..Faults::default() },
        Faults { status_429: Lasts::Next(6), retry_after_s: Some(120), ..Faults::default() },
    ] {
        let bridge = Bridge::new();
        bridge.say(End::Here, CHLOE, "patience");
        bridge.deliver_all();
        faults(&bridge, fault.clone());
        let began = bridge.now();
        let outcomes = bridge.outcomes();
        assert!(matches!(outcomes[0], Outcome::Waits { why: Some(Failure::NoAnswer) }), "{outcomes:?}");
        assert_eq!(bridge.words(End::There).len(), 1, "{fault:?}");
        let waited = bridge.now().since(began).0;
        let tries = i64::try_from(outcomes.len()).unwrap_or_default() - 1;
        assert!(waited >= if fault.retry_after_s.is_some() { 120_000 } else { 5_000 * tries }, "{waited}");
    }
}

#[test]
fn an_issue_that_takes_no_comments_parks_them_with_jira_s_words_until_they_are_tried_again() {
    let bridge = Bridge::new();
    bridge.close_issue_there(true);
    bridge.scene.connect(ANA);
    bridge.say(End::Here, ANA, "as Ana");
    bridge.say(End::Here, CHLOE, "as Chloe");
    let outcomes = bridge.outcomes();
    let words = "You do not have the permission to comment on this issue.";
    let why = Failure::Refused { message: words.into() };
    assert_eq!(outcomes, [Outcome::Failed { why: why.clone() }, Outcome::Failed { why: why.clone() }]);
    let lane = bridge.lane();
    assert_eq!(
        (lane.waiting.len(), lane.parked.iter().map(|own| own.why.clone()).collect::<Vec<_>>()),
        (0, vec![why.clone(), why])
    );
    bridge.close_issue_there(false);
    assert!(bridge.again());
    bridge.run();
    assert_eq!(bridge.authors(End::There), [ANA, MARIA]);
    assert!(bridge.lane().parked.is_empty() && !bridge.again());
}

#[test]
fn a_lost_permission_and_a_deleted_project_are_told_apart_from_an_outage() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "words");
    bridge.scene.platform.borrow_mut().atlassian.delete_project(cloud(End::There), "INT").expect("exists");
    assert_eq!(bridge.outcomes(), [Outcome::Failed { why: Failure::TargetOutOfReach }]);
    assert_eq!(bridge.lane().parked[0].why, Failure::TargetOutOfReach);
    let bridge = Bridge::new();
    let mut platform = bridge.scene.platform.borrow_mut();
    platform
        .atlassian
        .set_project_permission(cloud(End::There), "INT", "BROWSE_PROJECTS", MARIA, false)
        .expect("exists");
    drop(platform);
    bridge.say(End::There, BEN, "unseen");
    bridge.say(End::Here, CHLOE, "words");
    assert_eq!(bridge.outcomes(), [Outcome::Failed { why: Failure::TargetOutOfReach }]);
}

#[test]
fn where_the_issue_there_is_gone_only_what_is_left_to_carry_is_told_as_not_carried() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "carried");
    let edited = bridge.say(End::Here, CHLOE, "carried, and changed after that");
    bridge.say(End::There, BEN, "from there");
    bridge.run();
    assert_eq!((bridge.words(End::Here).len(), bridge.words(End::There).len()), (3, 3));
    bridge.scene.platform.borrow_mut().atlassian.delete_project(cloud(End::There), "INT").expect("exists");
    bridge.edit(End::Here, CHLOE, &edited, saying("changed"));
    let new = bridge.say(End::Here, CHLOE, "new");
    bridge.rounds(2, 16 * 60_000);
    let mut parked: Vec<_> = bridge.lane().parked.iter().map(|own| (own.comment, own.why.clone())).collect();
    parked.sort_by_key(|(comment, _)| *comment);
    let not_carried = |comment: &str| (Some(JiraNumber(comment.parse().expect("a number"))), Failure::TargetOutOfReach);
    assert_eq!(parked, [not_carried(&edited), not_carried(&new)]);
    assert!(bridge.lane().waiting.is_empty());
}

#[test]
fn while_the_main_authorized_user_is_not_connected_everything_waits_and_nothing_is_lost() {
    let bridge = Bridge::new();
    bridge.scene.revoke(MARIA);
    bridge.say(End::Here, CHLOE, "one");
    bridge.deliver_all();
    for _ in 0..3 {
        let Some(Work::Mirror { integration, here }) = bridge.next_work() else { continue };
        let turned = bridge.flow(async |tenant| Box::pin(mirror::turn(tenant, &integration, here)).await);
        for item in turned.expect("storage works").into_iter().flatten() {
            assert_eq!(item.outcome, Outcome::Waits { why: Some(Failure::NotConnected) });
        }
    }
    assert_eq!((bridge.lane().waiting.len(), bridge.lane().parked.len()), (1, 0));
    bridge.scene.switch(MARIA, MARIA);
    bridge.run();
    assert_eq!(bridge.words(End::There).len(), 1);
}

#[test]
fn a_flood_of_comments_keeps_its_order_and_jira_s_bounds_for_one_issue() {
    let bridge = Bridge::new();
    bridge.scene.platform.borrow_mut().atlassian.set_budgets(Budgets {
        issue_writes_per_2s: 200,
        issue_writes_per_30s: 200,
        ..Budgets::default()
    });
    let all: Vec<String> = (0..60).map(|n| format!("number {n:02}")).collect();
    for words in &all {
        bridge.say(End::Here, CHLOE, words);
        bridge.scene.wait(500);
    }
    bridge.scene.platform.borrow_mut().atlassian.set_budgets(Budgets::default());
    bridge.run();
    let first = |words: &String| words.lines().next().unwrap_or_default().to_owned();
    assert_eq!(bridge.words(End::There).iter().map(first).collect::<Vec<_>>(), all);
    let platform = bridge.scene.platform.borrow();
    let refused = platform.exchanges.iter().filter(|exchange| exchange.response.status == 429).count();
    assert_eq!(refused, 0, "it was never turned away");
}

#[test]
fn what_deliveries_missed_is_caught_up_with() {
    let bridge = Bridge::new();
    let number = bridge.say(End::Here, CHLOE, "unheard");
    bridge.say(End::There, BEN, "unheard, too");
    assert!(!bridge.deliveries().is_empty());
    bridge.scene.wait(16 * MINUTE_MS);
    bridge.scene.upkeep().expect("catches up");
    bridge.run();
    assert_eq!((bridge.words(End::Here).len(), bridge.words(End::There).len()), (2, 2));
    bridge.edit(End::Here, CHLOE, &number, saying("changed unheard"));
    bridge.deliveries();
    bridge.scene.wait(16 * MINUTE_MS);
    bridge.scene.upkeep().expect("catches up");
    bridge.run();
    assert!(bridge.words(End::There).iter().any(|words| words.starts_with("changed unheard")));
    bridge.delete(End::Here, CHLOE, &number);
    bridge.say(End::Here, CHLOE, "something else");
    bridge.deliveries();
    bridge.scene.wait(16 * MINUTE_MS);
    bridge.scene.upkeep().expect("catches up");
    bridge.run();
    let words = bridge.words(End::There);
    assert!(words.len() == 2 && !words.iter().any(|words| words.starts_with("changed unheard")), "{words:?}");
    for _ in 0..2 {
        bridge.scene.wait(HOUR_MS);
        bridge.scene.upkeep().expect("catches up");
        assert!(skipped(&bridge.outcomes()).iter().all(|why| *why == Skipped::Echo));
    }
    bridge.scene.wait(HOUR_MS);
    bridge.scene.upkeep().expect("catches up");
    assert!(bridge.run().is_empty(), "nothing is looked at for ever");
}

#[test]
fn two_functions_at_once_post_one_mirror() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "once");
    bridge.deliver_all();
    let work = bridge.next_work();
    for ahead in 0..24 {
        let other = bridge.copy();
        let start = || Running::start(&other.scene.platform, None, Invocation::Work(work.clone()));
        let mut first = start();
        let waits = (0..ahead).all(|_| first.poll().is_none());
        together(if waits { vec![first, start()] } else { vec![start()] });
        assert_eq!(other.words(End::There).len(), 1, "{ahead} round trips ahead");
    }
}

#[test]
fn a_turn_that_was_lost_on_its_way_is_sent_again_by_the_next_round() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "words");
    bridge.deliver_all();
    bridge.scene.platform.borrow_mut().queue.clear();
    bridge.scene.wait(5 * MINUTE_MS);
    bridge.scene.upkeep().expect("runs");
    bridge.run();
    assert_eq!(bridge.words(End::There).len(), 1);
    let open: Lanes = bridge.scene.record(&records::mirror::lanes(&bridge.integration)).expect("is there");
    assert_eq!(open.0, []);
}
