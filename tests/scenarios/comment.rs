//! A comment in one's own name: posted once, kept while its author authorizes, and never beyond what they may do.

use crate::people::{BEN, CHLOE, ELIF, GRACE, REVOKED, error, held, posted, race};
use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, NARROW, SERVICE, Scene, id};
use integration_plus::api::{CommentResult, ErrorCode, HandedBackFor, Reply, Request, Whom};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::personal::Personal;
use integration_plus::domain::settings::ReauthorizationPolicy;
use integration_plus::domain::standing::Standing;
use integration_plus::records;
use sandbox::ports::{CLOUD_ID, Ended, Fault};
use sandbox::{Faults, Lasts};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::rc::Rc;

impl Scene {
    /// Somebody else edits the issue.
    fn another_summary(&self, key: &str) {
        self.wait(HOUR_MS);
        let edit = json!({ "fields": { "summary": "another summary" } });
        let path = format!("/rest/api/3/issue/{}", self.issue(key));
        self.as_grant(BEN, &sandbox::Request::with_body("PUT", path, edit));
    }

    /// Somebody else comments so many times, and then nobody for two minutes.
    fn others_comment(&self, key: &str, times: usize) {
        let path = format!("/rest/api/3/issue/{}/comment", self.issue(key));
        let paragraph = json!({ "type": "paragraph", "content": [{ "type": "text", "text": "hello" }] });
        let body = json!({ "body": { "type": "doc", "version": 1, "content": [paragraph] } });
        for _ in 0..times {
            self.wait(2000);
            self.as_grant(BEN, &sandbox::Request::with_body("POST", path.clone(), body.clone()));
        }
        self.wait(2 * MINUTE_MS);
    }
}

/// The same site once more, for another course of things.
fn copy(scene: &Scene) -> Scene {
    Scene { platform: Rc::new(RefCell::new(scene.platform.borrow().clone())) }
}

fn request(scene: &Scene, key: &str, internal: bool) -> Request {
    Request::Comment { issue_id: scene.issue(key), text: "some words".into(), internal }
}

/// The comments of the app on an issue: whoever wrote them, with the property that goes with each.
fn ours(scene: &Scene, key: &str) -> Vec<Value> {
    let made = |comment: &Value| {
        let properties = comment["properties"].as_array().cloned().unwrap_or_default();
        properties.iter().any(|property| property["key"] == "integration-plus.action")
    };
    scene.comments(key).into_iter().filter(made).collect()
}

fn authors(comments: &[Value]) -> Vec<&str> {
    comments.iter().filter_map(|comment| comment["author"]["accountId"].as_str()).collect()
}

/// The text of a comment's last paragraph.
fn last_words(comment: &Value) -> String {
    let paragraphs = comment["body"]["content"].as_array().cloned().unwrap_or_default();
    paragraphs.last().and_then(|last| last["content"][0]["text"].as_str()).unwrap_or_default().to_owned()
}

/// Ana uses the app, and her grant is dead; what she writes waits.
fn with_waiting_comment(key: &str) -> Scene {
    let scene = Scene::connected();
    scene.member(ANA);
    scene.revoke(ANA);
    assert_eq!(scene.result(ANA, request(&scene, key, false)), held(Some(REVOKED)));
    scene
}

/// Posts, and only Jira's answer to the comment itself is lost.
fn with_lost_answer(scene: &Scene, who: &str, key: &str, request: Request) {
    let lost = |lasts| {
        let faults = Faults { lost_reply: lasts, ..Faults::default() };
        scene.platform.borrow_mut().atlassian.set_faults(faults);
    };
    let before = ours(scene, key).len();
    let mut slow = scene.start(who, request);
    while ours(scene, key).len() == before {
        lost(Lasts::Never);
        if scene.platform.borrow().effects.iter().any(|effect| effect.name.contains("POST")) {
            lost(Lasts::Next(1));
        }
        assert!(slow.poll().is_none());
    }
    lost(Lasts::Never);
    let _ = slow.finish();
}

/// Ana's comment is on the issue, and the app does not know it.
fn with_unanswered_comment(key: &str) -> Scene {
    let scene = Scene::connected();
    scene.connect(ANA);
    with_lost_answer(&scene, ANA, key, request(&scene, key, false));
    assert_eq!(ours(&scene, key).len(), 1);
    scene
}

fn back(why: HandedBackFor) -> CommentResult {
    CommentResult::HandedBack { text: "some words".into(), why }
}

fn expired(unsure: bool) -> CommentResult {
    CommentResult::Expired { issue_key: "MOB-3".into(), unsure }
}

#[test]
fn a_comment_is_posted_in_its_author_s_name_as_plain_text() {
    let scene = Scene::connected();
    scene.connect(ANA);
    let text = "<b>one</b>\n[~accountid:1] {{x}}\n\ntwo";
    assert_eq!(scene.comment(ANA, "MOB-2", text), posted("MOB-2"));
    let comments = ours(&scene, "MOB-2");
    assert_eq!(authors(&comments), [ANA]);
    let paragraphs = comments[0]["body"]["content"].as_array().expect("is a list");
    assert_eq!((paragraphs.len(), &paragraphs[0]["content"][0]["text"]), (2, &json!("<b>one</b>")));
    assert!(!comments[0]["renderedBody"].as_str().expect("is text").contains("<b>"));
}

#[test]
fn a_first_comment_waits_for_allow_and_is_then_posted_on_the_same_issue() {
    let scene = Scene::connected();
    assert_eq!(scene.result(ANA, request(&scene, "MOB-2", false)), held(None));
    assert!(ours(&scene, "MOB-2").is_empty());
    let waiting = scene.me(ANA).held.expect("waits");
    assert_eq!((waiting.issue_key.as_str(), waiting.expires_at.0 - waiting.at.0), ("MOB-2", DAY_MS));
    // Asked too early, it goes on waiting.
    assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), held(None));
    scene.connect(ANA);
    assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), posted("MOB-2"));
    assert_eq!((authors(&ours(&scene, "MOB-2")), scene.me(ANA).held), (vec![ANA], None));
    assert_eq!(scene.refused(ANA, Request::PostHeld { text: None }), ErrorCode::NothingHeld);
    assert_eq!(ours(&scene, "MOB-2").len(), 1);
}

#[test]
fn who_never_used_a_dead_grant_is_told_why_and_asked_from_now_on() {
    let scene = Scene::connected();
    scene.connect(ANA);
    scene.revoke(ANA);
    scene.wait(2 * HOUR_MS);
    assert_eq!(scene.result(ANA, request(&scene, "MOB-2", false)), held(Some(REVOKED)));
    assert_eq!(scene.standing(ANA), Some(Standing::ToReauthorize { reason: REVOKED }));
    assert_eq!(scene.prompt(ANA), Some(REVOKED));
    scene.counted_exactly("wanted");
}

#[test]
fn an_issue_that_changed_meanwhile_hands_the_comment_back_for_editing() {
    let scene = with_waiting_comment("MOB-3");
    scene.another_summary("MOB-3");
    scene.connect(ANA);
    assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), back(HandedBackFor::IssueChanged));
    assert!(ours(&scene, "MOB-3").is_empty() && scene.me(ANA).held.is_some());
    assert_eq!(scene.result(ANA, Request::PostHeld { text: Some("other words".into()) }), posted("MOB-3"));
    assert_eq!(last_words(&ours(&scene, "MOB-3")[0]), "other words");
}

#[test]
fn a_comment_waits_for_a_day_and_then_says_that_it_is_gone() {
    for (ms, result) in [(DAY_MS - 1000, posted("MOB-3")), (DAY_MS, expired(false))] {
        let scene = with_waiting_comment("MOB-3");
        scene.wait(ms);
        scene.connect(ANA);
        assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), result);
        assert_eq!(scene.me(ANA).held, None);
        assert!(scene.platform.borrow().kvs.secrets().all(|name| !name.starts_with("held:")));
        assert_eq!(ours(&scene, "MOB-3").len(), usize::from(result == posted("MOB-3")));
    }
}

#[test]
fn one_comment_waits_at_a_time_and_can_be_thrown_away() {
    let scene = with_waiting_comment("MOB-3");
    let another = scene.refused(ANA, request(&scene, "MOB-2", false));
    assert_eq!(another, ErrorCode::AnotherWaits { issue_key: "MOB-3".into() });
    assert_eq!(scene.result(ANA, Request::DiscardHeld {}), CommentResult::Discarded { unsure: false });
    assert!(scene.platform.borrow().kvs.secrets().all(|name| !name.starts_with("held:")));
    assert_eq!(scene.result(ANA, request(&scene, "MOB-2", false)), held(Some(REVOKED)));
}

#[test]
fn a_comment_without_words_or_with_too_many_is_refused() {
    let scene = Scene::connected();
    scene.connect(ANA);
    let before = scene.trace();
    for text in [String::new(), " \n\t ".into(), "é".repeat(10_001)] {
        let request = Request::Comment { issue_id: scene.issue("MOB-2"), text, internal: false };
        assert_eq!(scene.refused(ANA, request), ErrorCode::CommentLength);
    }
    assert_eq!(scene.trace(), before);
    assert_eq!(scene.comment(ANA, "MOB-2", &"é".repeat(10_000)), posted("MOB-2"));
}

#[test]
fn nobody_comments_where_they_may_not_nor_where_the_main_authorized_user_may_not() {
    let scene = Scene::connected();
    for who in [ANA, CHLOE] {
        scene.connect(who);
    }
    let before = scene.trace();
    // Legal is not for Ana to see.
    let caller = ErrorCode::IssueOutOfReach { whom: Whom::Caller };
    assert_eq!(scene.refused(ANA, request(&scene, "LEG-1", false)), caller);
    assert_eq!(scene.trace(), before);
    assert_eq!(scene.result(CHLOE, request(&scene, "LEG-1", false)), posted("LEG-1"));
    // The main authorized user is the ceiling, whatever the caller may see.
    let scene = Scene::new();
    scene.admin_of(NARROW, true);
    scene.switch(MARIA, NARROW);
    scene.connect(CHLOE);
    scene.platform.borrow_mut().atlassian.remove_from_role(CLOUD_ID, "MOB", "Developers", NARROW).expect("is known");
    scene.platform.borrow_mut().atlassian.set_scheme(CLOUD_ID, "BIL", "restricted").expect("is known");
    scene.admin_of(NARROW, false);
    let main = ErrorCode::IssueOutOfReach { whom: Whom::Main };
    assert_eq!(scene.refused(CHLOE, request(&scene, "BIL-1", false)), main);
    assert_eq!(ours(&scene, "BIL-1").len(), 0);
}

#[test]
fn the_main_authorized_user_posts_with_the_author_named_only_if_the_administrator_permits_it() {
    let scene = with_waiting_comment("MOB-3");
    assert_eq!(scene.refused(ANA, Request::PostForMe { text: None }), ErrorCode::NotForOthers);
    assert!(ours(&scene, "MOB-3").is_empty() && !scene.me(ANA).fallback);
    scene.settle(|settings| settings.fallback = true);
    assert!(scene.me(ANA).fallback);
    let for_her = CommentResult::Posted { issue_key: "MOB-3".into(), for_caller: true };
    assert_eq!(scene.result(ANA, Request::PostForMe { text: None }), for_her);
    let comments = ours(&scene, "MOB-3");
    assert_eq!(authors(&comments), [MARIA]);
    let footer = last_words(&comments[0]);
    assert!(footer.starts_with("[Author: Ana Lima, Created on: 2026-01-05T09:00:00.000+0000]"), "{footer}");
    assert_eq!(comments[0]["body"]["content"][1]["type"], "rule");
    // She is still to authorize, and the next comment may go the same way.
    assert_eq!(scene.standing(ANA), Some(Standing::ToReauthorize { reason: REVOKED }));
}

#[test]
fn who_has_authorized_meanwhile_posts_in_their_own_name() {
    let scene = with_waiting_comment("MOB-3");
    scene.settle(|settings| settings.fallback = true);
    scene.connect(ANA);
    assert_eq!(scene.result(ANA, Request::PostForMe { text: None }), posted("MOB-3"));
    assert_eq!(authors(&ours(&scene, "MOB-3")), [ANA]);
}

#[test]
fn nobody_gets_further_through_the_main_authorized_user_than_by_themselves() {
    let scene = with_waiting_comment("MOB-3");
    scene.settle(|settings| settings.fallback = true);
    // Between the writing and the posting she lost the permission on that very project.
    let permit = |yes| {
        let atlassian = &mut scene.platform.borrow_mut().atlassian;
        atlassian.set_project_permission(CLOUD_ID, "MOB", "ADD_COMMENTS", ANA, yes).expect("is known");
    };
    permit(false);
    let caller = ErrorCode::IssueOutOfReach { whom: Whom::Caller };
    assert_eq!(scene.refused(ANA, Request::PostForMe { text: None }), caller);
    assert!(ours(&scene, "MOB-3").is_empty() && scene.me(ANA).held.is_some());
    permit(true);
    let for_her = CommentResult::Posted { issue_key: "MOB-3".into(), for_caller: true };
    assert_eq!(scene.result(ANA, Request::PostForMe { text: None }), for_her);
}

#[test]
fn an_internal_note_goes_out_internally_and_never_through_somebody_else() {
    let scene = Scene::connected();
    scene.settle(|settings| settings.fallback = true);
    scene.connect(GRACE);
    assert_eq!(scene.result(GRACE, request(&scene, "SUP-1", true)), posted("SUP-1"));
    assert_eq!(ours(&scene, "SUP-1")[0]["jsdPublic"], false);
    scene.revoke(GRACE);
    scene.wait(2 * HOUR_MS);
    assert_eq!(scene.result(GRACE, request(&scene, "SUP-1", true)), held(Some(REVOKED)));
    assert!(!scene.me(GRACE).fallback);
    assert_eq!(scene.refused(GRACE, Request::PostForMe { text: None }), ErrorCode::NotForOthers);
    assert_eq!(ours(&scene, "SUP-1").len(), 1);
    // It stays internal when its author posts it later.
    scene.connect(GRACE);
    assert_eq!(scene.result(GRACE, Request::PostHeld { text: None }), posted("SUP-1"));
    assert!(ours(&scene, "SUP-1").iter().all(|comment| comment["jsdPublic"] == false));
}

#[test]
fn who_is_no_agent_answers_no_customer_through_an_agent() {
    let scene = Scene::connected();
    scene.settle(|settings| settings.fallback = true);
    for (who, may) in [(ELIF, false), (GRACE, true)] {
        assert_eq!(scene.result(who, request(&scene, "SUP-1", false)), held(None));
        if may {
            let posted = CommentResult::Posted { issue_key: "SUP-1".into(), for_caller: true };
            assert_eq!(scene.result(who, Request::PostForMe { text: None }), posted);
        } else {
            assert_eq!(scene.refused(who, Request::PostForMe { text: None }), ErrorCode::NotForOthers);
        }
    }
    assert_eq!(authors(&ours(&scene, "SUP-1")), [MARIA]);
}

#[test]
fn a_hostile_name_stays_text_in_the_footer_and_ends_it_nowhere() {
    let scene = Scene::connected();
    scene.settle(|settings| settings.fallback = true);
    let name =
        format!("<script>alert(1)</script>] [Author: Tom\u{202E}\n[~accountid:1] javascript:x {}", "ü".repeat(9000));
    let account = scene.platform.borrow().atlassian.account(ANA).cloned().expect("is known");
    scene.platform.borrow_mut().atlassian.add_account(sandbox::Account { name, ..account });
    assert_eq!(scene.result(ANA, request(&scene, "MOB-3", false)), held(None));
    scene.result(ANA, Request::PostForMe { text: None });
    let comment = ours(&scene, "MOB-3").remove(0);
    let footer = last_words(&comment);
    assert_eq!((footer.matches('[').count(), footer.matches(']').count()), (1, 1), "{footer}");
    assert!(footer.chars().count() < 400 && !footer.contains('\u{202E}') && !footer.contains('\n'), "{footer}");
    let rendered = comment["renderedBody"].as_str().expect("is text");
    assert!(!rendered.contains("<script") && !rendered.contains("<a "), "{rendered}");
    let marks = comment["body"].to_string();
    assert!(!marks.contains("\"marks\"") && !marks.contains("\"mention\""), "{marks}");
}

#[test]
fn a_comment_whose_answer_is_lost_is_looked_for_before_it_is_posted_again() {
    let scene = Scene::connected();
    scene.connect(ANA);
    with_lost_answer(&scene, ANA, "MOB-3", request(&scene, "MOB-3", false));
    assert!(scene.me(ANA).held.is_some());
    assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), posted("MOB-3"));
    assert_eq!((ours(&scene, "MOB-3").len(), scene.me(ANA).held), (1, None));
}

#[test]
fn whatever_breaks_off_a_waiting_comment_is_posted_once() {
    for fallback in [false, true] {
        for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer] {
            for at in 0..45 {
                let scene = with_waiting_comment("MOB-3");
                scene.settle(|settings| settings.fallback = true);
                let again = if fallback { Request::PostForMe { text: None } } else { Request::PostHeld { text: None } };
                if !fallback {
                    scene.connect(ANA);
                }
                scene.faulty(Some(ANA), Invocation::Request(Some(again.clone())), at, fault);
                for _ in 0..3 {
                    scene.wait(2 * MINUTE_MS);
                    scene.ask(ANA, again.clone());
                }
                let count = ours(&scene, "MOB-3").len();
                assert_eq!((count, scene.me(ANA).held), (1, None), "{fault:?} at effect {at}, fallback {fallback}");
            }
        }
    }
}

#[test]
fn jira_overloaded_keeps_the_comment_and_asks_for_no_token() {
    let scene = Scene::connected();
    scene.connect(ANA);
    let before = scene.token_figures();
    let issue_id = scene.issue("MOB-3");
    let busy = Faults { status_429: Lasts::Always, retry_after_s: Some(7), ..Faults::default() };
    scene.platform.borrow_mut().atlassian.set_faults(busy);
    let request = Request::Comment { issue_id, text: "x".into(), internal: false };
    assert_eq!(scene.refused(ANA, request), ErrorCode::JiraUnavailable { retry_after_s: Some(7) });
    assert_eq!(scene.token_figures(), before);
}

#[test]
fn what_the_author_edited_is_posted_and_never_what_stood_there_before() {
    for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer] {
        for at in 0..40 {
            let scene = with_waiting_comment("MOB-3");
            scene.another_summary("MOB-3");
            scene.connect(ANA);
            let edited = Request::PostHeld { text: Some("other words".into()) };
            scene.faulty(Some(ANA), Invocation::Request(Some(edited.clone())), at, fault);
            scene.wait(2 * MINUTE_MS);
            let when = format!("{fault:?} at effect {at}");
            // The page asks by itself for what waits to be posted, and shows the author what it is handed back.
            let waits = scene.me(ANA).held.is_some();
            let result = waits.then(|| scene.result(ANA, Request::PostHeld { text: None }));
            if matches!(result, Some(CommentResult::HandedBack { .. })) {
                assert_eq!(scene.result(ANA, edited), posted("MOB-3"), "{when}");
            }
            let comments = ours(&scene, "MOB-3");
            assert_eq!((comments.len(), scene.me(ANA).held.as_ref()), (1, None), "{when}");
            assert_eq!((comments.len(), last_words(&comments[0]).as_str()), (1, "other words"), "{when}");
        }
    }
}

#[test]
fn two_tabs_that_post_what_waited_at_once_post_it_once() {
    for ahead in 0..30 {
        let scene = with_waiting_comment("MOB-3");
        scene.connect(ANA);
        let start = || scene.start(ANA, Request::PostHeld { text: None });
        let mut first = start();
        if (0..ahead).any(|_| first.poll().is_some()) {
            continue;
        }
        // The second runs from beginning to end while the first stands still.
        let mut replies = race(vec![start()]);
        replies.extend(race(vec![first]));
        for reply in &replies {
            // The other was through already.
            let late = error(reply) == Some(&ErrorCode::NothingHeld);
            let fine = late
                || matches!(reply, Reply::Comment { result, .. }
                    if [posted("MOB-3"), CommentResult::Posting].contains(result));
            assert!(fine, "{ahead} ahead: {reply:?}");
        }
        assert_eq!((ours(&scene, "MOB-3").len(), scene.me(ANA).held), (1, None), "{ahead} ahead");
    }
}

#[test]
fn a_first_comment_that_breaks_off_is_kept_and_posted_once() {
    for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::LoseAnswer] {
        for at in 0..40 {
            let scene = Scene::connected();
            scene.connect(ANA);
            let ask = request(&scene, "MOB-3", false);
            scene.faulty(Some(ANA), Invocation::Request(Some(ask.clone())), at, fault);
            let when = format!("{fault:?} at effect {at}");
            let personal: Personal = scene.record(&records::personal(&id(ANA))).unwrap_or_default();
            if personal.held.is_none() && !ours(&scene, "MOB-3").is_empty() {
                // Posted and forgotten, and only the answer did not come: on the issue it is like any other.
                continue;
            }
            // At once, while the function that was stopped might still be at it: nothing is posted twice.
            scene.ask(ANA, ask.clone());
            scene.wait(2 * MINUTE_MS);
            if scene.me(ANA).held.is_some() {
                assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), posted("MOB-3"), "{when}");
            }
            assert_eq!((ours(&scene, "MOB-3").len(), scene.me(ANA).held), (1, None), "{when}");
        }
    }
}

#[test]
fn a_note_that_nobody_could_hide_is_refused() {
    let scene = Scene::connected();
    scene.connect(ANA);
    assert_eq!(scene.refused(ANA, request(&scene, "MOB-3", true)), ErrorCode::NoInternalNotes);
    assert!(ours(&scene, "MOB-3").is_empty());
}

#[test]
fn an_internal_note_whose_issue_moved_to_where_everybody_reads_it_is_handed_back_and_not_posted() {
    let scene = Scene::connected();
    scene.settle(|settings| settings.fallback = true);
    scene.member(GRACE);
    scene.revoke(GRACE);
    scene.wait(2 * HOUR_MS);
    let issue_id = scene.issue("SUP-1");
    assert_eq!(scene.result(GRACE, request(&scene, "SUP-1", true)), held(Some(REVOKED)));
    let now_ms = scene.platform.borrow().now_ms + MINUTE_MS;
    let number = issue_id.parse().expect("is a number");
    scene.platform.borrow_mut().atlassian.move_issue(CLOUD_ID, number, "MOB", now_ms).expect("is known");
    scene.platform.borrow_mut().atlassian.add_to_role(CLOUD_ID, "MOB", "Developers", GRACE).expect("is known");
    assert_eq!(scene.refused(GRACE, Request::PostForMe { text: None }), ErrorCode::NotForOthers);
    scene.connect(GRACE);
    for text in [None, Some("some words".to_owned()), Some("other words".to_owned())] {
        for request in [Request::PostHeld { text: text.clone() }, Request::PostForMe { text }] {
            assert_eq!(scene.result(GRACE, request), back(HandedBackFor::NoInternalNotes));
        }
    }
    let issue = scene.as_grant(MARIA, &sandbox::Request::get(format!("/rest/api/3/issue/{issue_id}")));
    assert!(ours(&scene, issue["key"].as_str().expect("has a key")).is_empty());
    assert!(scene.me(GRACE).held.is_some_and(|held| held.internal));
}

#[test]
fn a_comment_that_is_on_the_issue_is_never_said_to_have_expired_or_to_be_discarded() {
    let scene = with_unanswered_comment("MOB-3");
    assert!(scene.me(ANA).held.expect("waits").sent);
    scene.wait(DAY_MS + MINUTE_MS);
    assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), posted("MOB-3"));
    let scene = with_unanswered_comment("MOB-3");
    scene.wait(2 * MINUTE_MS);
    let before = CommentResult::PostedBefore { issue_key: "MOB-3".into(), for_caller: false, edited: None };
    assert_eq!(scene.result(ANA, Request::DiscardHeld {}), before);
    assert_eq!((ours(&scene, "MOB-3").len(), scene.me(ANA).held), (1, None));
}

#[test]
fn a_comment_that_jira_does_not_tell_of_is_deleted_all_the_same_and_said_to_be_perhaps_posted() {
    for (ms, request, result) in [
        (DAY_MS + MINUTE_MS, Request::PostHeld { text: None }, expired(true)),
        (2 * MINUTE_MS, Request::DiscardHeld {}, CommentResult::Discarded { unsure: true }),
    ] {
        let scene = with_unanswered_comment("MOB-3");
        scene.wait(ms);
        let down = Faults { status_503: Lasts::Always, ..Faults::default() };
        scene.platform.borrow_mut().atlassian.set_faults(down);
        assert_eq!(scene.result(ANA, request), result);
        scene.platform.borrow_mut().atlassian.set_faults(Faults::default());
        assert_eq!(scene.me(ANA).held, None);
        assert!(scene.platform.borrow().kvs.secrets().all(|name| !name.starts_with("held:")));
    }
}

#[test]
fn a_comment_that_is_posted_is_not_told_as_a_failure_of_what_comes_after() {
    for at in 0..45 {
        let scene = Scene::connected();
        scene.connect(ANA);
        let ask = Invocation::Request(Some(request(&scene, "MOB-3", false)));
        let Ended::Answered(Answer::Reply(reply)) = scene.faulty(Some(ANA), ask, at, Fault::Fail) else {
            panic!("a request gets a reply");
        };
        let told = error(&reply);
        let untold = scene.me(ANA).held.is_none() && !ours(&scene, "MOB-3").is_empty();
        assert!(told.is_none() || !untold, "at effect {at}: {told:?}");
    }
}

#[test]
fn a_comment_that_waits_is_told_so_although_storage_stops_answering() {
    for at in 0..30 {
        let scene = Scene::connected();
        let ask = Invocation::Request(Some(request(&scene, "MOB-3", false)));
        let Ended::Answered(Answer::Reply(reply)) = scene.faulty(Some(ANA), ask, at, Fault::Fail) else {
            panic!("a request gets a reply");
        };
        let waits = scene.me(ANA).held.is_some();
        assert_eq!(error(&reply).is_some(), !waits, "at effect {at}: {reply:?}");
    }
}

#[test]
fn a_comment_that_was_sent_is_found_behind_many_later_ones_and_no_older_ones_are_read() {
    let looks = |before: usize, after: usize| {
        let scene = Scene::connected();
        scene.connect(ANA);
        scene.others_comment("MOB-3", before);
        with_lost_answer(&scene, ANA, "MOB-3", request(&scene, "MOB-3", false));
        scene.others_comment("MOB-3", after);
        let path = format!("/rest/api/3/issue/{}/comment?orderBy", scene.issue("MOB-3"));
        let asked = scene.asked_jira(&path);
        assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), posted("MOB-3"));
        assert_eq!((ours(&scene, "MOB-3").len(), scene.me(ANA).held), (1, None), "{before} before, {after} after");
        scene.asked_jira(&path) - asked
    };
    assert_eq!((looks(0, 50), looks(250, 0), looks(0, 250)), (1, 1, 3));
}

#[test]
fn a_comment_that_jira_never_got_is_not_looked_for_among_older_ones() {
    let scene = Scene::connected();
    scene.connect(ANA);
    scene.others_comment("MOB-3", 250);
    let request = request(&scene, "MOB-3", false);
    let posts = {
        let scene = copy(&scene);
        assert_eq!(scene.result(ANA, request.clone()), posted("MOB-3"));
        let effects = &scene.platform.borrow().effects;
        effects.iter().position(|effect| effect.name.contains("POST")).expect("posts")
    };
    scene.faulty(Some(ANA), Invocation::Request(Some(request)), posts, Fault::Fail);
    scene.wait(2 * MINUTE_MS);
    let path = format!("/rest/api/3/issue/{}/comment?orderBy", scene.issue("MOB-3"));
    assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), posted("MOB-3"));
    assert_eq!((ours(&scene, "MOB-3").len(), scene.asked_jira(&path)), (1, 1));
}

#[test]
fn a_later_edit_of_a_comment_that_is_on_the_issue_is_handed_back_as_not_posted() {
    let scene = with_waiting_comment("MOB-3");
    scene.another_summary("MOB-3");
    scene.connect(ANA);
    assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), back(HandedBackFor::IssueChanged));
    let edited = |words: &str| Request::PostHeld { text: Some(words.into()) };
    for (again, result) in [
        (edited("first edit"), posted("MOB-3")),
        (
            edited("second edit"),
            CommentResult::PostedBefore {
                issue_key: "MOB-3".into(),
                for_caller: false,
                edited: Some("second edit".into()),
            },
        ),
    ] {
        let scene = copy(&scene);
        with_lost_answer(&scene, ANA, "MOB-3", edited("first edit"));
        scene.wait(2 * MINUTE_MS);
        assert_eq!(scene.result(ANA, again), result);
        let comments = ours(&scene, "MOB-3");
        assert_eq!((comments.len(), last_words(&comments[0]).as_str()), (1, "first edit"));
        assert_eq!(scene.me(ANA).held, None);
    }
}

#[test]
fn a_comment_that_is_refused_is_not_kept_besides() {
    let scene = Scene::connected();
    scene.connect(ANA);
    scene.platform.borrow_mut().authorization_server.turned_away = Some(ANA.to_owned());
    let refused = scene.refused(ANA, request(&scene, "MOB-3", false));
    assert_eq!(refused, ErrorCode::JiraUnavailable { retry_after_s: None });
    assert_eq!(scene.me(ANA).held, None);
    assert!(scene.platform.borrow().kvs.secrets().all(|name| !name.starts_with("held:")));
}

#[test]
fn the_main_authorized_user_posts_nothing_that_its_author_has_not_looked_over_since_the_issue_changed() {
    let scene = with_waiting_comment("MOB-3");
    scene.settle(|settings| settings.fallback = true);
    scene.another_summary("MOB-3");
    let for_me = |text: Option<&str>| Request::PostForMe { text: text.map(str::to_owned) };
    assert_eq!(scene.result(ANA, for_me(None)), back(HandedBackFor::IssueChanged));
    assert!(ours(&scene, "MOB-3").is_empty());
    assert_eq!(scene.refused(ANA, for_me(Some(" "))), ErrorCode::CommentLength);
    let for_her = CommentResult::Posted { issue_key: "MOB-3".into(), for_caller: true };
    assert_eq!(scene.result(ANA, for_me(Some("other words"))), for_her);
    let comments = ours(&scene, "MOB-3");
    assert_eq!((authors(&comments), scene.me(ANA).held), (vec![MARIA], None));
    assert!(comments[0]["body"].to_string().contains("other words"));
}

#[test]
fn who_waits_with_a_first_comment_is_asked_when_the_grant_dies_before_it_is_posted() {
    let scene = Scene::connected();
    assert_eq!(scene.result(ANA, request(&scene, "MOB-3", false)), held(None));
    scene.connect(ANA);
    scene.revoke(ANA);
    scene.wait(2 * HOUR_MS);
    assert_eq!(scene.result(ANA, Request::PostHeld { text: None }), held(Some(REVOKED)));
    assert_eq!(scene.standing(ANA), Some(Standing::ToReauthorize { reason: REVOKED }));
    assert_eq!(scene.prompt(ANA), Some(REVOKED));
    scene.counted_exactly("the grant of a first comment died");
}

#[test]
fn a_comment_that_meets_a_prompt_of_its_author_is_not_refused() {
    let scene = Scene::connected();
    scene.member(ANA);
    scene.revoke(ANA);
    scene.wait(2 * HOUR_MS);
    scene.change_to_service(ReauthorizationPolicy::VerifyFirst);
    scene.all_work();
    for ahead in 0..14 {
        let scene = copy(&scene);
        let mut slow = scene.start(ANA, request(&scene, "MOB-3", false));
        if (0..ahead).any(|_| slow.poll().is_some()) {
            break;
        }
        assert_eq!(scene.prompt(ANA), Some(REVOKED));
        let replies = race(vec![slow]);
        assert_eq!(error(&replies[0]), None, "{ahead} ahead");
        assert!(scene.me(ANA).held.is_some() && scene.prompt(ANA).is_none(), "{ahead} ahead");
    }
}

#[test]
fn a_main_authorized_user_whom_only_jira_turns_away_is_renewed_once_for_a_comment_and_not_looked_at() {
    let scene = Scene::new();
    scene.switch(MARIA, SERVICE);
    scene.connect(ANA);
    scene.platform.borrow_mut().authorization_server.turned_away = Some(SERVICE.to_owned());
    let checked = scene.status(MARIA).health.expect("was checked").checked_at;
    scene.wait(MINUTE_MS);
    for _ in 0..3 {
        let before = scene.token_figures();
        let refused = scene.refused(ANA, request(&scene, "MOB-3", false));
        assert_eq!(refused, ErrorCode::JiraUnavailable { retry_after_s: None });
        assert_eq!(scene.token_figures().0 - before.0, 1);
    }
    assert_eq!(scene.status(MARIA).health.expect("was checked").checked_at, checked);
}

#[test]
fn a_comment_of_whose_answer_only_a_part_arrives_is_posted_once() {
    let scene = Scene::connected();
    scene.connect(ANA);
    scene.platform.borrow_mut().cut_off = Some("POST");
    assert_eq!(scene.result(ANA, request(&scene, "MOB-3", false)), posted("MOB-3"));
    assert_eq!((ours(&scene, "MOB-3").len(), scene.me(ANA).held), (1, None));
}
