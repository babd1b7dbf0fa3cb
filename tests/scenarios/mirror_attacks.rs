//! Attacks on mirrored comments, each where one defence alone holds: `mirror.rs` tells of the same attacks as a whole.

use crate::bridge::{Bridge, cloud, doc, first_lines, paragraph, saying, text};
use crate::people::{BEN, CHLOE};
use crate::scene::{ANA, APP, DAY_MS, HOUR_MS, INACTIVE, MARIA, MINUTE_MS};
use integration_plus::api::Request;
use integration_plus::app::Invocation;
use integration_plus::domain::access_rule::Limit;
use integration_plus::domain::footer::Footer;
use integration_plus::domain::health::{CheckFailure, CheckName, CheckResult};
use integration_plus::domain::integration::{Direction, End, RestrictedTo, Restriction, Restrictions};
use integration_plus::domain::lane::Lane;
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::mirror::{Mirror, Skipped};
use integration_plus::domain::run::Outcome;
use integration_plus::domain::webhook::{Registered, WebhookId};
use integration_plus::records;
use integration_plus::records::mirror::Listening;
use integration_plus::web::WebRequest;
use sandbox::ports::{Exchange, Fault, Running};
use sandbox::{Holder, Principal};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ORIGIN: &str = "integration-plus.origin";

const ACTION: &str = "integration-plus.action";

fn skipped(outcomes: &[Outcome], why: &Skipped) -> bool {
    outcomes.contains(&Outcome::Skipped { why: why.clone() })
}

fn asked_by(exchange: &Exchange, who: &str) -> bool {
    matches!(&exchange.principal, Principal::OAuth { account_id, .. } if account_id == who)
}

impl Bridge {
    /// Whether Jira was asked like this.
    fn asked(&self, like: impl Fn(&Exchange) -> bool) -> bool {
        self.scene.platform.borrow().exchanges.iter().any(like)
    }

    fn permit(&self, end: End, project: &str, permission: &str, who: &str, holds: bool) {
        let mut platform = self.scene.platform.borrow_mut();
        platform.atlassian.set_project_permission(cloud(end), project, permission, who, holds).expect("exists");
    }

    fn listening(&self) -> Listening {
        self.scene.record(&records::mirror::listening()).expect("is there")
    }

    /// Jira forgets every webhook of Maria's at an end.
    fn forget_hooks(&self, end: End) {
        let hooks = self.ask(end, MARIA, "GET", "/webhook", None).1;
        let ids: Vec<&Value> = hooks["values"].as_array().into_iter().flatten().map(|hook| &hook["id"]).collect();
        self.ask(end, MARIA, "DELETE", "/webhook", Some(json!({ "webhookIds": ids })));
    }

    fn properties_there(&self) -> Value {
        self.comments(End::There)[0]["properties"].clone()
    }

    /// Maria's comment was sent, and nothing of it is known since: whether Jira has it, the fault says.
    fn sends(&self, fault: Fault) {
        self.say(End::Here, MARIA, "mirrored");
        self.breaks_off("POST", fault);
    }
}

// Attack 41: forged, replayed and late deliveries.

#[test]
fn a_delivery_that_lies_about_a_real_comment_has_it_read_again_and_nothing_else() {
    let bridge = Bridge::new();
    let comment = bridge.say(End::Here, CHLOE, "what she wrote");
    bridge.deliveries();
    let lie = json!({
        "webhookEvent": "comment_created", "matchedWebhookIds": bridge.scene.webhooks(MARIA),
        "issue": { "id": bridge.id_of(End::Here, "MOB-1"), "self": "https://elsewhere.example/x" },
        "comment": {
            "id": comment, "body": saying("what somebody invented")["body"], "author": { "accountId": MARIA },
            "jsdPublic": true, "self": "https://elsewhere.example/x",
        },
    });
    bridge.deliver(&lie);
    bridge.run();
    assert_eq!(first_lines(&bridge, End::There), ["what she wrote"]);
    assert!(bridge.words(End::There)[0].contains("[Author: Chloe Dubois, "));
}

#[test]
fn a_delivery_that_is_not_posted_is_none() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "words");
    let body = bridge.deliveries()[0].to_string();
    for method in ["GET", "HEAD", "PUT", "DELETE"] {
        let request = WebRequest { method: method.into(), query: BTreeMap::new(), body: body.clone() };
        assert_eq!(bridge.scene.web(Invocation::Delivery(request)).status, 405, "{method}");
        assert!(bridge.scene.platform.borrow().queue.is_empty(), "{method}");
    }
}

#[test]
fn webhooks_of_two_sites_with_the_same_number_are_told_apart_by_the_address() {
    let bridge = Bridge::new();
    // Each site counts for itself, issues as well as webhooks.
    assert_eq!(bridge.id_of(End::Here, "MOB-1"), bridge.id_of(End::There, "INT-1"));
    let hook = bridge.scene.webhooks(MARIA)[0];
    let mut listening = bridge.listening();
    listening.0[0].webhooks = vec![Registered { id: WebhookId(hook), expires_at: None }];
    bridge.keep(&records::mirror::listening(), &listening);
    bridge.say(End::There, BEN, "from over there");
    let mut body = bridge.deliveries().remove(0);
    body["matchedWebhookIds"] = json!([hook]);
    bridge.deliver(&body);
    let ends: Vec<End> = bridge.lane().waiting.iter().map(|own| own.end).collect();
    assert_eq!(ends, [End::There], "nothing is looked for on the other of the two");
}

#[test]
fn while_one_function_has_a_lane_another_leaves_it_alone() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "once");
    bridge.deliver_all();
    let work = bridge.next_work();
    let mut first = Running::start(&bridge.scene.platform, None, Invocation::Work(work.clone()));
    while bridge.lane().lease.is_none() {
        assert!(first.poll().is_none(), "it takes the lane up");
    }
    let (lane, asked): (Lane, usize) = (bridge.lane(), bridge.scene.asked_jira("/"));
    bridge.scene.run(None, Invocation::Work(work));
    assert_eq!((bridge.lane(), bridge.scene.asked_jira("/")), (lane, asked));
}

// Attack 42: webhooks that expire, vanish or are too many.

#[test]
fn webhooks_are_renewed_before_their_end_on_both_sites_and_stay_the_same() {
    let bridge = Bridge::new();
    let hooks = || {
        let there: Vec<Value> = bridge.hooks_there(MARIA).iter().map(|hook| hook["id"].clone()).collect();
        (bridge.scene.webhooks(MARIA), there)
    };
    let before = hooks();
    assert_eq!((before.0.len(), before.1.len()), (1, 1));
    for day in 0..70 {
        bridge.scene.wait(DAY_MS);
        bridge.scene.upkeep().expect("looks");
        assert_eq!(hooks(), before, "day {day}");
    }
}

#[test]
fn that_there_is_no_room_for_a_webhook_is_told_with_how_many_there_are() {
    let bridge = Bridge::new();
    bridge.forget_hooks(End::There);
    let others = vec![json!({ "jqlFilter": "project = INT", "events": ["comment_created"] }); 5];
    let foreign = json!({ "url": "https://elsewhere.example/x", "webhooks": others });
    assert_eq!(bridge.ask(End::There, MARIA, "POST", "/webhook", Some(foreign)).0, 200);
    bridge.scene.wait(DAY_MS);
    bridge.scene.upkeep().expect("looks");
    assert_eq!(bridge.listening().0[0].failure, Some(CheckFailure::WebhooksFull { used: 5, limit: 5 }));
}

#[test]
fn an_answer_of_200_that_registered_nothing_is_told_in_jira_s_words() {
    let bridge = Bridge::new();
    bridge.forget_hooks(End::There);
    // Jira takes one address of an app, and says so in an answer that is 200.
    let others = [json!({ "jqlFilter": "project = INT", "events": ["comment_created"] })];
    let foreign = json!({ "url": "https://elsewhere.example/x", "webhooks": others });
    assert_eq!(bridge.ask(End::There, MARIA, "POST", "/webhook", Some(foreign)).0, 200);
    bridge.scene.wait(DAY_MS);
    bridge.scene.upkeep().expect("looks");
    let listened = &bridge.listening().0[0];
    assert_eq!(listened.webhooks, []);
    let Some(CheckFailure::WebhookRefused { message }) = &listened.failure else {
        panic!("{:?} is another failure", listened.failure)
    };
    assert!(message.contains("URL"), "{message}");
}

#[test]
fn a_webhook_that_was_registered_and_is_not_listed_back_counts_for_nothing() {
    let bridge = Bridge::new();
    bridge.forget_hooks(End::There);
    bridge.scene.wait(DAY_MS);
    let registered = |own: &Exchange| {
        own.cloud_id == cloud(End::There) && own.request.method == "POST" && own.request.path.ends_with("/webhook")
    };
    bridge.interrupted(Invocation::Upkeep, registered, || bridge.forget_hooks(End::There));
    let listened = bridge.listening().0[0].clone();
    let missing = CheckFailure::WebhooksMissing { registered: 0, wanted: 1 };
    assert_eq!((listened.webhooks, listened.failure), (vec![], Some(missing)));
}

#[test]
fn a_webhook_that_jira_passed_over_when_it_was_renewed_is_told_and_registered_again() {
    // Jira answers 200 to a renewal, whatever it knows of the numbers.
    let looked_over = |end: End| {
        move |own: &Exchange| own.cloud_id == cloud(end) && own.request.path.starts_with("/rest/api/3/project/search")
    };
    let nearly_over = || {
        let bridge = Bridge::new();
        for _ in 0..19 {
            bridge.scene.wait(DAY_MS);
            bridge.scene.upkeep().expect("looks");
        }
        bridge.scene.wait(2 * DAY_MS);
        bridge
    };
    let missing = CheckFailure::WebhooksMissing { registered: 0, wanted: 1 };
    let bridge = nearly_over();
    bridge.interrupted(Invocation::Upkeep, looked_over(End::There), || bridge.forget_hooks(End::There));
    assert_eq!(bridge.listening().0[0].failure, Some(missing.clone()));
    bridge.scene.wait(HOUR_MS);
    bridge.scene.upkeep().expect("looks");
    assert_eq!((bridge.listening().0[0].failure.clone(), bridge.hooks_there(MARIA).len()), (None, 1));

    let bridge = nearly_over();
    bridge.interrupted(Invocation::Upkeep, looked_over(End::Here), || bridge.forget_hooks(End::Here));
    let result = |bridge: &Bridge| {
        let health = bridge.scene.status(MARIA).health.expect("was looked at");
        let found = health.checks.into_iter().find(|check| check.name == CheckName::WebhooksRegistered);
        found.expect("is a check").result
    };
    assert_eq!(result(&bridge), CheckResult::Failed { failure: missing });
    bridge.scene.asked(MARIA, Request::CheckNow {});
    assert_eq!((result(&bridge), bridge.scene.webhooks(MARIA).len()), (CheckResult::Passed, 1));
}

// Attack 43: markup and marks in names and documents.

#[test]
fn marks_of_direction_and_ends_of_lines_of_every_kind_stay_out_of_the_footer() {
    let bridge = Bridge::new();
    let marks = "\u{200E}\u{200F}\u{061C}\u{202A}\u{202E}\u{2066}\u{2069}\u{2028}\u{2029}\u{FEFF}\u{0}\r\n\t";
    let who = bridge.stranger(&format!("Ra{marks}dek"));
    bridge.say(End::Here, who, "words");
    bridge.run();
    let words = bridge.words(End::There);
    let footer = Footer::parse(words[0].lines().last().unwrap_or_default()).expect("is a footer");
    assert_eq!(footer.author, "Radek");
}

#[test]
fn a_mention_of_an_account_that_is_closed_or_no_person_s_is_a_name() {
    let bridge = Bridge::new();
    {
        let mut platform = bridge.scene.platform.borrow_mut();
        for who in [INACTIVE, APP] {
            platform.atlassian.admit(cloud(End::There), who).expect("exists");
        }
    }
    let mention = |id: &str| json!({ "type": "mention", "attrs": { "id": id, "text": format!("@{id}") } });
    let body = doc(&json!([paragraph(&json!([mention(INACTIVE), mention(APP), mention(BEN)]))]));
    bridge.comment(End::Here, CHLOE, json!({ "body": body }));
    bridge.run();
    let arrived = bridge.comments(End::There)[0]["body"]["content"][0]["content"].clone();
    let mentioned = arrived.as_array().expect("is a list").iter().filter(|node| node["type"] == "mention");
    let mentioned: Vec<&Value> = mentioned.map(|node| &node["attrs"]["id"]).collect();
    assert_eq!(mentioned, [&json!(BEN)], "{arrived}");
}

#[test]
fn a_hostile_document_arrives_without_active_markup() {
    let bridge = Bridge::new();
    let link =
        |href: &str| json!({ "type": "text", "text": href, "marks": [{ "type": "link", "attrs": { "href": href } }] });
    let body = doc(&json!([
        paragraph(&json!([
            link("javascript:alert(1)"),
            link("data:text/html,x"),
            link(" https://a.example"),
            { "type": "inlineCard", "attrs": { "url": "JavaScript:alert(2)" } },
            { "type": "script", "attrs": { "src": "https://evil.example" } },
        ])),
        { "type": "html", "attrs": { "onload": "alert(3)" }, "content": [paragraph(&json!([text("<img onerror=x>")]))] },
        { "type": "paragraph", "attrs": { "onclick": "alert(4)" }, "content": [text("end")] },
    ]));
    bridge.comment(End::Here, CHLOE, json!({ "body": body }));
    bridge.run();
    let there = bridge.comments(End::There);
    let arrived = there[0]["body"].to_string();
    for active in ["\"link\"", "\"href\"", "inlineCard", "\"script\"", "\"html\"", "onload", "onclick", "evil.example"]
    {
        assert!(!arrived.contains(active), "{active}: {arrived}");
    }
    let rendered = there[0]["renderedBody"].as_str().expect("is rendered");
    assert!(!rendered.contains("<img") && rendered.contains("end"), "{rendered}");
}

// Attack 44: properties that somebody else wrote.

#[test]
fn a_copy_of_a_mirror_whose_answer_was_lost_is_a_comment_of_whoever_copied_it() {
    let bridge = Bridge::new();
    bridge.pair(&[("MOB-1", "INT-1"), ("MOB-2", "INT-2")]);
    bridge.sends(Fault::LoseAnswer);
    assert_eq!(first_lines(&bridge, End::There), ["mirrored"]);
    // Before anybody has looked for it, it is copied: by Ben beside it, and by its own poster on another issue.
    let copy = |words: &str| json!({ "body": saying(words)["body"], "properties": bridge.properties_there() });
    bridge.comment(End::There, BEN, copy("Ben's words"));
    let elsewhere = copy("Maria's words");
    assert_eq!(bridge.ask(End::There, MARIA, "POST", "/issue/INT-2/comment", Some(elsewhere)).0, 201);
    bridge.run();
    // At once, and not with the next look at everything, which would mend it.
    let list = bridge.ask(End::Here, MARIA, "GET", "/issue/MOB-2/comment", None).1.to_string();
    assert!(list.contains("Maria's words"), "{list}");
    for _ in 0..2 {
        assert_eq!(first_lines(&bridge, End::Here), ["mirrored", "Ben's words"]);
        assert_eq!(first_lines(&bridge, End::There), ["mirrored", "Ben's words"]);
        bridge.rounds(1, 20 * MINUTE_MS);
    }
}

#[test]
fn a_copy_is_not_taken_for_the_mirror_that_somebody_deleted_meanwhile() {
    let bridge = Bridge::new();
    bridge.sends(Fault::LoseAnswer);
    let mirror = bridge.comments(End::There)[0].clone();
    let copy = json!({ "body": saying("Ben's words")["body"], "properties": bridge.properties_there() });
    bridge.comment(End::There, BEN, copy);
    bridge.delete(End::There, MARIA, mirror["id"].as_str().expect("has one"));
    bridge.rounds(2, 20 * MINUTE_MS);
    assert_eq!(first_lines(&bridge, End::There), ["Ben's words", "mirrored"]);
    assert_eq!(bridge.authors(End::There), [BEN, MARIA]);
}

#[test]
fn what_the_main_user_writes_there_is_not_taken_for_a_mirror_that_jira_never_got() {
    let bridge = Bridge::new();
    bridge.sends(Fault::CrashBefore);
    let origin = json!({
        "id": "1".repeat(32), "integration": bridge.integration, "site": cloud(End::Here),
        "issue": bridge.id_of(End::Here, "MOB-1"), "edition": "3".repeat(32),
        "comment": bridge.comments(End::Here)[0]["id"],
    });
    let properties = json!([{ "key": ORIGIN, "value": origin }, { "key": ACTION, "value": { "id": "1".repeat(32) } }]);
    bridge.comment(End::There, MARIA, json!({ "body": saying("her own words")["body"], "properties": properties }));
    bridge.run();
    bridge.rounds(2, 20 * MINUTE_MS);
    assert_eq!(first_lines(&bridge, End::There), ["her own words", "mirrored"]);
    assert_eq!(first_lines(&bridge, End::Here), ["mirrored", "her own words"], "no name of a mirror was guessed");
}

// Attack 45: nobody gets further through the app than they get themselves.

#[test]
fn an_author_who_may_only_read_by_now_or_not_this_issue_gets_nothing_posted_through_somebody_else() {
    let outcomes = |take: &dyn Fn(&Bridge)| {
        let bridge = Bridge::new();
        bridge.say(End::Here, CHLOE, "just in time");
        take(&bridge);
        let outcomes = bridge.outcomes();
        assert_eq!(bridge.words(End::There), Vec::<String>::new());
        outcomes
    };
    let barred = Skipped::OutOfReach { limit: Limit::Person };
    let read_only = |bridge: &Bridge| bridge.permit(End::Here, "MOB", "ADD_COMMENTS", CHLOE, false);
    assert!(skipped(&outcomes(&read_only), &barred));
    // In the project, Jira counts whoever might report an issue; this one is Ana's.
    let others_only = |bridge: &Bridge| {
        bridge.permit(End::Here, "MOB", "BROWSE_PROJECTS", CHLOE, false);
        let mut platform = bridge.scene.platform.borrow_mut();
        let atlassian = &mut platform.atlassian;
        atlassian.grant_permission(cloud(End::Here), "MOB only", "BROWSE_PROJECTS", Holder::Reporter).expect("exists");
    };
    assert!(skipped(&outcomes(&others_only), &barred));
}

#[test]
fn jira_is_not_even_asked_to_take_a_comment_of_somebody_who_may_not_write_it_there() {
    let wrote = |who: &'static str| {
        move |own: &Exchange| own.request.method == "POST" && own.cloud_id == cloud(End::There) && asked_by(own, who)
    };
    let bridge = Bridge::new();
    bridge.scene.connect(BEN);
    bridge.permit(End::There, "INT", "ADD_COMMENTS", BEN, false);
    bridge.say(End::Here, BEN, "words");
    bridge.run();
    assert!(!bridge.asked(wrote(BEN)) && bridge.asked(wrote(MARIA)));
}

#[test]
fn a_grant_is_not_tried_on_a_site_that_it_does_not_reach() {
    let bridge = Bridge::new();
    let url = bridge.scene.authorize(ANA);
    let query = bridge.scene.consent_to(&url, ANA, &[cloud(End::Here)], &[]);
    bridge.scene.come_back(&query);
    bridge.scene.me(ANA);
    bridge.say(End::Here, ANA, "words");
    bridge.deliver_all();
    let work = bridge.next_work();
    bridge.scene.run(None, Invocation::Work(work));
    assert_eq!(bridge.authors(End::There), [MARIA]);
    let platform = bridge.scene.platform.borrow();
    let asked = platform
        .effects
        .iter()
        .filter(|own| own.name.contains(cloud(End::There)) && own.name.contains("mypermissions"));
    assert_eq!(asked.count(), 0, "{:?}", platform.effects.iter().map(|own| &own.name).collect::<Vec<_>>());
}

#[test]
fn an_author_who_loses_both_issues_while_their_comment_is_sent_is_not_stood_in_for() {
    let bridge = Bridge::new();
    bridge.scene.connect(BEN);
    bridge.say(End::Here, BEN, "just in time");
    bridge.deliver_all();
    let work = bridge.next_work();
    let checked = |own: &Exchange| {
        own.cloud_id == cloud(End::There) && asked_by(own, BEN) && own.request.path.contains("/mypermissions?issueId")
    };
    bridge.interrupted(Invocation::Work(work), checked, || {
        bridge.permit(End::There, "INT", "ADD_COMMENTS", BEN, false);
        bridge.permit(End::Here, "MOB", "BROWSE_PROJECTS", BEN, false);
    });
    assert!(bridge.asked(|own| own.request.method == "POST" && own.response.status >= 400 && asked_by(own, BEN)));
    assert_eq!((bridge.words(End::There), bridge.lane().waiting.len()), (vec![], 0));
}

#[test]
fn nothing_is_carried_from_or_to_an_issue_that_was_moved_to_another_project() {
    for (end, project) in [(End::Here, "WEB"), (End::There, "HLP")] {
        let bridge = Bridge::new();
        let key = match end {
            End::Here => "MOB-1",
            End::There => "INT-1",
        };
        bridge.say(End::Here, CHLOE, "words");
        bridge.deliver_all();
        let (id, there, now) = (bridge.id_of(end, key), bridge.id_of(End::There, "INT-1"), bridge.now().0);
        let number = id.parse().expect("is a number");
        bridge.scene.platform.borrow_mut().atlassian.move_issue(cloud(end), number, project, now).expect("exists");
        let outcomes = bridge.outcomes();
        assert!(skipped(&outcomes, &Skipped::OutOfProject), "{outcomes:?}");
        let list = bridge.ask(End::There, MARIA, "GET", &format!("/issue/{there}/comment"), None).1;
        assert_eq!(list["total"], 1, "the planted one alone: {list}");
    }
}

#[test]
fn a_comment_that_waits_is_not_carried_once_the_direction_is_another() {
    let bridge = Bridge::new();
    bridge.say(End::There, BEN, "too late");
    bridge.deliver_all();
    bridge.settle(|own| own.terms.direction = Direction::Out);
    let outcomes = bridge.outcomes();
    assert_eq!(outcomes, [Outcome::Skipped { why: Skipped::OtherDirection }]);
    // Nor does anything wait that is heard of from then on.
    bridge.say(End::There, BEN, "the other way");
    bridge.deliver_all();
    assert_eq!(bridge.lane().waiting, []);
    assert_eq!(bridge.words(End::Here), Vec::<String>::new());
}

// Attack 46: who may read it stays who may read it.

#[test]
fn in_a_service_project_nobody_posts_themselves_unless_the_main_user_is_an_agent_there_too() {
    for (maria_too, by) in [(false, MARIA), (true, BEN)] {
        let bridge = Bridge::of("SUP-1", "HLP-1", |_| ());
        bridge.scene.connect(BEN);
        for (who, agent) in [(BEN, true), (MARIA, maria_too)] {
            bridge.permit(End::There, "HLP", "SERVICEDESK_AGENT", who, agent);
        }
        bridge.say(End::Here, BEN, "for customers");
        bridge.run();
        assert_eq!(bridge.authors(End::There), [by]);
    }
}

#[test]
fn a_mirror_that_customers_would_go_on_reading_is_deleted() {
    let bridge = Bridge::of("SUP-1", "HLP-1", |_| ());
    let number = bridge.say(End::Here, BEN, "for customers");
    bridge.run();
    assert_eq!(bridge.comments(End::There)[0]["jsdPublic"], true);
    // Nobody lets Maria change what is there.
    for permission in ["EDIT_OWN_COMMENTS", "EDIT_ALL_COMMENTS"] {
        bridge.permit(End::There, "HLP", permission, MARIA, false);
    }
    let internal = json!([{ "key": "sd.public.comment", "value": { "internal": true } }]);
    let body = json!({ "body": saying("not for customers")["body"], "properties": internal });
    bridge.edit(End::Here, BEN, &number, body);
    bridge.run();
    let public: Vec<Value> = bridge.comments(End::There).into_iter().filter(|own| own["jsdPublic"] == true).collect();
    assert_eq!(public, Vec::<Value>::new(), "customers still read it");
}

/// Developers of this site are the administrators of the other's project, and Maria is told of their comments.
fn among_developers() -> (Bridge, Value) {
    let role = |name: &str| Restriction { to: RestrictedTo::Role, name: name.into() };
    let bridge = Bridge::of("MOB-1", "INT-1", |terms| {
        terms.restrictions = vec![Restrictions { here: role("Developers"), there: role("Administrators") }];
    });
    let mut platform = bridge.scene.platform.borrow_mut();
    platform.atlassian.add_to_role(cloud(End::Here), "MOB", "Developers", MARIA).expect("exists");
    drop(platform);
    let visibility = json!({ "type": "role", "value": "Developers" });
    (bridge, json!({ "body": saying("salaries")["body"], "visibility": visibility }))
}

#[test]
fn a_restricted_comment_goes_in_the_main_user_s_name_also_where_its_author_could_post_it() {
    let (bridge, comment) = among_developers();
    bridge.scene.connect(BEN);
    let mut platform = bridge.scene.platform.borrow_mut();
    platform.atlassian.add_to_role(cloud(End::There), "INT", "Administrators", BEN).expect("exists");
    drop(platform);
    bridge.comment(End::Here, BEN, comment);
    bridge.run();
    assert_eq!(bridge.comments(End::There)[0]["visibility"]["value"], "Administrators");
    assert_eq!(bridge.authors(End::There), [MARIA], "whoever looks for it must see it");
}

#[test]
fn a_mirror_of_which_nothing_says_who_reads_it_is_not_left_open_either() {
    let (bridge, comment) = among_developers();
    let number = bridge.say(End::Here, BEN, "salaries");
    bridge.run();
    // A record from before it was noted who may read a mirror.
    let name = JiraNumber::parse(&number).expect("is one");
    let key = records::mirror::mirror(&bridge.integration, End::Here, name);
    let mut mirror: Mirror = bridge.scene.record(&key).expect("is there");
    mirror.posted.as_mut().expect("is posted").visibility = None;
    bridge.keep(&key, &mirror);
    for permission in ["EDIT_OWN_COMMENTS", "EDIT_ALL_COMMENTS"] {
        bridge.permit(End::There, "INT", permission, MARIA, false);
    }
    bridge.edit(End::Here, BEN, &number, comment);
    bridge.run();
    let open: Vec<Value> = bridge.comments(End::There).into_iter().filter(|own| own["visibility"].is_null()).collect();
    assert_eq!(open, Vec::<Value>::new(), "everybody there still reads it");
}

// Attack 47: one site's words in another's.

#[test]
fn people_of_two_installations_in_one_process_have_the_names_of_their_own() {
    let named = |name: &str| {
        let bridge = Bridge::new();
        let mut platform = bridge.scene.platform.borrow_mut();
        for (who, of) in [(CHLOE, "author"), (BEN, "mentioned")] {
            let mut account = platform.atlassian.account(who).cloned().expect("exists");
            account.name = format!("{name} {of}");
            platform.atlassian.add_account(account);
        }
        drop(platform);
        bridge
    };
    let (one, other) = (named("Canary"), named("Finch"));
    let mention = json!({ "type": "mention", "attrs": { "id": BEN, "text": "@Ben" } });
    let body = json!({ "body": doc(&json!([paragraph(&json!([mention]))])) });
    for bridge in [&one, &other, &one] {
        bridge.comment(End::Here, CHLOE, body.clone());
        bridge.run();
    }
    for (bridge, own, foreign) in [(&one, "Canary", "Finch"), (&other, "Finch", "Canary")] {
        let words = bridge.words(End::There).join("\n");
        assert!(words.contains(&format!("[Author: {own} author, ")) && words.contains(&format!("@{own} mentioned")));
        assert!(!words.contains(foreign), "{words}");
    }
}
