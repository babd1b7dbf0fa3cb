//! What a mirror says in whose name, to whom, and how often, when people, grants and rights change around it.

use crate::bridge::{Bridge, cloud, first_lines, saying};
use crate::people::{BEN, CHLOE};
use crate::scene::{ANA, HOUR_MS, MARIA, MINUTE_MS, SERVICE, id};
use integration_plus::api::{Reply, Request};
use integration_plus::domain::integration::{End, RestrictedTo, Restriction, Restrictions};
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::mirror::Skipped;
use integration_plus::domain::run::Outcome;
use integration_plus::domain::settings::ReauthorizationPolicy;
use sandbox::ports::Fault;
use serde_json::{Value, json};

const FAULTS: [Fault; 4] = [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer];

impl Bridge {
    fn only_mirror(&self) -> Value {
        let there = self.comments(End::There);
        assert_eq!(there.len(), 1, "{there:?}");
        there[0].clone()
    }

    fn editor(&self) -> String {
        self.only_mirror()["updateAuthor"]["accountId"].as_str().expect("has one").to_owned()
    }

    /// Whether Maria is one of the agents there.
    fn agent_there(&self, member: bool) {
        let mut platform = self.scene.platform.borrow_mut();
        let (there, name) = (cloud(End::There), "service-desk-agents");
        if member {
            platform.atlassian.add_to_group(there, name, MARIA).expect("exists");
        } else {
            platform.atlassian.remove_from_group(there, name, MARIA).expect("exists");
        }
    }

    fn secure(&self, level: Option<&str>) {
        self.set_level("MOB-1", level);
    }
}

fn role(name: &str) -> Restriction {
    Restriction { to: RestrictedTo::Role, name: name.into() }
}

fn agents() -> Restriction {
    Restriction { to: RestrictedTo::Group, name: "service-desk-agents".into() }
}

fn among_developers(words: &str) -> Value {
    json!({ "body": saying(words)["body"], "visibility": { "type": "role", "value": "Developers" } })
}

/// Developers of this site are the agents of the other; Maria is a developer, so that Jira tells her of their comments.
fn with_developers() -> Bridge {
    let bridge = Bridge::of("MOB-1", "INT-1", |terms| {
        terms.restrictions = vec![Restrictions { here: role("Developers"), there: agents() }];
    });
    let mut platform = bridge.scene.platform.borrow_mut();
    platform.atlassian.add_to_role(cloud(End::Here), "MOB", "Developers", MARIA).expect("exists");
    drop(platform);
    bridge
}

// Shown to others than before.

#[test]
fn what_is_restricted_afterwards_is_not_left_open_to_everybody_where_jira_refuses_the_restriction() {
    let bridge = with_developers();
    let number = bridge.say(End::Here, BEN, "salaries");
    bridge.run();
    assert_eq!(bridge.only_mirror()["visibility"], Value::Null);
    // Maria is no agent there, so Jira lets her restrict nothing to them.
    bridge.edit(End::Here, BEN, &number, among_developers("salaries"));
    bridge.run();
    bridge.rounds(2, 20 * MINUTE_MS);
    let open: Vec<Value> = bridge.comments(End::There).into_iter().filter(|own| own["visibility"].is_null()).collect();
    assert_eq!(open, Vec::<Value>::new(), "everybody there still reads what is restricted here");
}

#[test]
fn a_deleted_comment_s_mirror_that_the_main_user_cannot_see_just_now_is_not_taken_for_deleted() {
    let bridge = with_developers();
    bridge.agent_there(true);
    let number = bridge.comment(End::Here, BEN, among_developers("salaries"));
    bridge.run();
    assert_eq!(bridge.only_mirror()["visibility"]["value"], "service-desk-agents");
    bridge.agent_there(false);
    bridge.delete(End::Here, BEN, &number);
    bridge.run();
    bridge.agent_there(true);
    bridge.again();
    bridge.rounds(2, 20 * MINUTE_MS);
    assert_eq!(bridge.words(End::There), Vec::<String>::new(), "and nothing knows of it any more");
}

#[test]
fn a_comment_of_an_issue_with_a_security_level_is_not_sent_and_its_mirror_is_taken_back() {
    let bridge = Bridge::new();
    let number = bridge.say(End::Here, CHLOE, "before");
    bridge.run();
    assert_eq!(first_lines(&bridge, End::There), ["before"]);
    bridge.secure(Some("Board only"));
    bridge.say(End::Here, CHLOE, "salaries");
    bridge.edit(End::Here, CHLOE, &number, saying("before, and salaries"));
    let secured = Skipped::SecurityLevel;
    let outcomes = bridge.outcomes();
    assert!(outcomes.contains(&Outcome::Skipped { why: secured.clone() }), "{outcomes:?}");
    let withdrawn = |own: &Outcome| matches!(own, Outcome::Withdrawn { why: Some(why), .. } if *why == secured);
    assert!(outcomes.iter().any(withdrawn), "{outcomes:?}");
    assert_eq!(bridge.words(End::There), Vec::<String>::new());
    bridge.secure(None);
    bridge.edit(End::Here, CHLOE, &number, saying("for all again"));
    bridge.run();
    assert_eq!(first_lines(&bridge, End::There), ["for all again", "salaries"], "whoever sees the issue reads both");
}

#[test]
fn comments_of_an_issue_that_got_a_security_level_were_there_for_everybody_until_somebody_edited_them() {
    let bridge = Bridge::new();
    for words in ["salaries", "bonuses"] {
        bridge.say(End::Here, CHLOE, words);
    }
    bridge.run();
    bridge.secure(Some("Board only"));
    let outcomes = bridge.outcomes();
    let withdrawn = |own: &&Outcome| matches!(own, Outcome::Withdrawn { why: Some(Skipped::SecurityLevel), .. });
    assert_eq!(outcomes.iter().filter(withdrawn).count(), 2, "{outcomes:?}");
    assert_eq!(bridge.words(End::There), Vec::<String>::new());
    bridge.say(End::Here, CHLOE, "dismissals");
    bridge.run();
    bridge.scene.wait(2 * MINUTE_MS);
    bridge.secure(None);
    bridge.run();
    assert_eq!(first_lines(&bridge, End::There), ["salaries", "bonuses", "dismissals"], "it is open to all again");
    bridge.secure(None);
    bridge.ask(End::Here, MARIA, "PUT", "/issue/MOB-1", Some(json!({ "fields": { "summary": "Other" } })));
    assert_eq!(bridge.run(), [], "nothing was changed that matters");
}

#[test]
fn comments_of_an_issue_with_a_security_level_of_which_nobody_told_stay_for_minutes_and_no_longer() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "salaries");
    bridge.run();
    for (level, there) in [(Some("Board only"), 0), (None, 1), (Some("Board only"), 0)] {
        bridge.scene.wait(HOUR_MS);
        bridge.secure(level);
        bridge.deliveries();
        bridge.rounds(2, 20 * MINUTE_MS);
        assert_eq!(bridge.words(End::There).len(), there, "{level:?}");
        assert_eq!(bridge.run(), []);
    }
}

#[test]
fn all_of_more_comments_than_a_lane_holds_go_with_a_security_level_and_come_back_without_it() {
    let bridge = Bridge::new();
    for n in 0..230 {
        bridge.say(End::Here, CHLOE, &format!("number {n:03}"));
        bridge.scene.wait(1000);
    }
    bridge.rounds(4, 20 * MINUTE_MS);
    assert_eq!(bridge.comments(End::There).len(), 230);
    for (level, there) in [(Some("Board only"), 0), (None, 230)] {
        bridge.scene.wait(HOUR_MS);
        bridge.secure(level);
        bridge.rounds(8, 20 * MINUTE_MS);
        assert_eq!(bridge.comments(End::There).len(), there, "{level:?}");
    }
}

// A person's grant, used beyond what they allowed.

#[test]
fn nobody_s_grant_is_used_for_mirrors_until_they_allowed_again() {
    let bridge = Bridge::new();
    bridge.scene.connect(ANA);
    let number = bridge.say(End::Here, ANA, "first words");
    bridge.run();
    assert_eq!(bridge.authors(End::There), [ANA]);
    bridge.scene.settle(|settings| settings.policy = ReauthorizationPolicy::Everyone);
    bridge.scene.switch(MARIA, SERVICE);
    bridge.scene.upkeep().expect("listens anew");
    bridge.edit(End::Here, ANA, &number, saying("second words"));
    bridge.rounds(1, 20 * MINUTE_MS);
    assert_eq!(first_lines(&bridge, End::There), ["second words"]);
    assert_eq!(bridge.editor(), SERVICE, "Ana has not allowed anything since the change");
}

#[test]
fn the_former_main_user_s_grant_rests_once_another_is_connected() {
    let bridge = Bridge::new();
    let number = bridge.say(End::Here, CHLOE, "first words");
    bridge.run();
    bridge.scene.switch(MARIA, SERVICE);
    bridge.scene.upkeep().expect("listens anew");
    bridge.edit(End::Here, CHLOE, &number, saying("second words"));
    bridge.rounds(1, 20 * MINUTE_MS);
    assert_eq!(first_lines(&bridge, End::There), ["second words"]);
    assert_eq!(bridge.editor(), SERVICE, "Maria was replaced");
}

#[test]
fn a_grant_that_is_held_for_tests_edits_no_mirror() {
    let bridge = Bridge::new();
    bridge.scene.connect(SERVICE);
    let number = bridge.say(End::Here, SERVICE, "first words");
    bridge.run();
    assert_eq!(bridge.authors(End::There), [SERVICE]);
    bridge.scene.ask(SERVICE, Request::Disconnect {});
    assert_eq!(bridge.scene.grant(SERVICE), None);
    // Later an administrator has the account tested by a link.
    bridge.scene.registers(SERVICE);
    let reply = bridge.scene.ask(MARIA, Request::HandOffTest { account: id(SERVICE) });
    let Reply::TestLink { link, .. } = reply else { panic!("{reply:?} gives no link") };
    crate::hand_off::allow(&bridge.scene, &link, SERVICE);
    assert!(bridge.scene.looks(SERVICE).held.is_some());
    bridge.edit(End::Here, SERVICE, &number, saying("second words"));
    bridge.run();
    assert_eq!(first_lines(&bridge, End::There), ["second words"]);
    assert_eq!(bridge.editor(), MARIA, "it was allowed for tests alone");
}

#[test]
fn nobody_s_grant_posts_what_somebody_else_wrote_into_their_comment() {
    let bridge = Bridge::new();
    bridge.scene.connect(ANA);
    let number = bridge.say(End::Here, ANA, "I agree");
    // Before it is carried, somebody who may edit everybody's comments here makes her say something else.
    bridge.edit(End::Here, MARIA, &number, saying("I resign"));
    bridge.run();
    assert_eq!(first_lines(&bridge, End::There), ["I resign"]);
    assert_ne!(bridge.authors(End::There), [ANA], "Ana's own grant signed it on the other site");
}

#[test]
fn nobody_s_grant_says_what_somebody_else_wrote_into_their_comment() {
    let bridge = Bridge::new();
    bridge.scene.connect(ANA);
    let number = bridge.say(End::Here, ANA, "I agree");
    bridge.run();
    // Maria may edit everybody's comments here; Ana never wrote this.
    bridge.edit(End::Here, MARIA, &number, saying("I resign"));
    bridge.run();
    assert_eq!(first_lines(&bridge, End::There), ["I resign"]);
    assert_ne!(bridge.editor(), ANA, "Ana's own grant signed it");
    assert_eq!(bridge.authors(End::There), [MARIA], "nor does it stand there under her name");
    assert!(bridge.words(End::There)[0].contains("[Author: Ana Lima, "), "{:?}", bridge.words(End::There));
}

#[test]
fn what_somebody_else_wrote_into_the_main_user_s_own_comment_gets_the_footer() {
    let bridge = Bridge::new();
    let number = bridge.say(End::Here, MARIA, "I agree");
    bridge.run();
    assert_eq!(bridge.words(End::There), ["I agree"]);
    bridge.edit(End::Here, SERVICE, &number, saying("I resign"));
    bridge.run();
    assert_eq!(first_lines(&bridge, End::There), ["I resign"]);
    assert!(bridge.words(End::There)[0].contains("[Author: Maria Keller, "), "{:?}", bridge.words(End::There));
}

// Twice, or not at all.

#[test]
fn a_mirror_that_is_posted_in_another_name_is_there_once_wherever_that_breaks_off() {
    for (method, fault) in ["DELETE", "POST"].into_iter().flat_map(|method| FAULTS.map(|fault| (method, fault))) {
        let bridge = Bridge::new();
        bridge.scene.connect(ANA);
        let number = bridge.say(End::Here, ANA, "I agree");
        bridge.run();
        bridge.edit(End::Here, MARIA, &number, saying("I resign"));
        bridge.breaks_off(method, fault);
        bridge.rounds(2, 20 * MINUTE_MS);
        assert_eq!(first_lines(&bridge, End::There), ["I resign"], "{method} {fault:?}");
        assert_eq!(bridge.authors(End::There), [MARIA], "{method} {fault:?}");
    }
    // What was withdrawn unseen, and is as it was before by then, is there again.
    let bridge = Bridge::new();
    bridge.scene.connect(ANA);
    let number = bridge.say(End::Here, ANA, "I agree");
    bridge.run();
    bridge.edit(End::Here, MARIA, &number, saying("I resign"));
    bridge.breaks_off("DELETE", Fault::CrashAfter);
    assert_eq!(bridge.words(End::There), Vec::<String>::new());
    bridge.edit(End::Here, ANA, &number, saying("I agree"));
    bridge.rounds(2, 20 * MINUTE_MS);
    assert_eq!(first_lines(&bridge, End::There), ["I agree"]);
    assert_eq!(bridge.authors(End::There), [ANA]);
}

#[test]
fn a_person_s_mirror_that_somebody_deleted_there_is_not_made_again_in_another_name() {
    let bridge = Bridge::new();
    bridge.scene.connect(ANA);
    let number = bridge.say(End::Here, ANA, "I agree");
    bridge.run();
    let mirror = bridge.only_mirror()["id"].as_str().expect("has one").to_owned();
    bridge.delete(End::There, MARIA, &mirror);
    bridge.edit(End::Here, MARIA, &number, saying("I resign"));
    bridge.rounds(1, 20 * MINUTE_MS);
    assert_eq!(bridge.words(End::There), Vec::<String>::new());
}

#[test]
fn a_mirror_on_the_issue_that_a_comment_s_issue_was_joined_with_later_does_not_come_back() {
    let bridge = Bridge::new();
    bridge.close_issue_there(true);
    let number = bridge.say(End::Here, CHLOE, "words");
    bridge.run();
    assert_eq!((bridge.lane().parked.len(), bridge.words(End::Here).len()), (1, 1));
    // An administrator joins it with another issue, which takes comments.
    let number_of = |end, key| JiraNumber::parse(&bridge.id_of(end, key)).expect("is one");
    let (here, there) = (number_of(End::Here, "MOB-1"), number_of(End::There, "INT-1"));
    let integration = bridge.integration.clone();
    let parted = bridge.scene.ask(MARIA, Request::PartIssues { integration: integration.clone(), here, there });
    assert!(matches!(parted, Reply::Pairs { .. }), "{parted:?}");
    let joined = Request::JoinIssues { integration, here: "MOB-1".into(), there: "INT-2".into() };
    let joined = bridge.scene.ask(MARIA, joined);
    assert!(matches!(joined, Reply::Pairs { .. }), "{joined:?}");
    bridge.scene.wait(MINUTE_MS);
    bridge.edit(End::Here, CHLOE, &number, saying("better words"));
    bridge.run();
    assert_eq!(bridge.carried_to("INT-2"), 1);
    assert_eq!(first_lines(&bridge, End::Here), ["better words"], "its own mirror came back to it");
}

#[test]
fn a_restricted_comment_whose_answer_was_lost_is_not_posted_twice_because_it_could_not_be_seen_for_a_while() {
    let bridge = with_developers();
    bridge.agent_there(true);
    bridge.comment(End::Here, MARIA, among_developers("once"));
    bridge.breaks_off("POST", Fault::LoseAnswer);
    assert_eq!(first_lines(&bridge, End::There), ["once"]);
    bridge.agent_there(false);
    bridge.rounds(1, 20 * MINUTE_MS);
    bridge.agent_there(true);
    bridge.again();
    bridge.rounds(1, 20 * MINUTE_MS);
    assert_eq!(first_lines(&bridge, End::There), ["once"]);
}

#[test]
fn a_restricted_comment_that_jira_never_got_is_sent_once_the_main_user_may_read_such_comments() {
    let bridge = with_developers();
    bridge.agent_there(true);
    bridge.comment(End::Here, MARIA, among_developers("once"));
    // As far as the app knows, it might be there.
    bridge.breaks_off("POST", Fault::CrashBefore);
    assert_eq!(bridge.words(End::There), Vec::<String>::new());
    bridge.rounds(1, 20 * MINUTE_MS);
    assert_eq!(first_lines(&bridge, End::There), ["once"]);
}

#[test]
fn a_mirror_on_an_issue_that_is_joined_no_more_is_left_as_it_is() {
    let bridge = Bridge::new();
    let number = bridge.say(End::Here, CHLOE, "words");
    bridge.run();
    bridge.pair(&[("MOB-1", "INT-2")]);
    bridge.edit(End::Here, CHLOE, &number, saying("better words"));
    let outcomes = bridge.outcomes();
    assert!(outcomes.contains(&Outcome::Skipped { why: Skipped::OnAnotherIssue }), "{outcomes:?}");
    assert_eq!((first_lines(&bridge, End::There), bridge.carried_to("INT-2")), (vec!["words".into()], 0));
}
