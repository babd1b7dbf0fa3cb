//! Somebody else holds the account: an administrator makes a link, its holder allows, the administrator finishes.

use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, NARROW, SERVICE, Scene, TOM, get, id, pairs, together};
use integration_plus::api::{Action, ErrorCode, LinkStanding, LinkView, Reply, Request, Risk, StageView, Status};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::authorization::{AuthorizationSession, Denial, SessionKey};
use integration_plus::domain::change::Outcome;
use integration_plus::domain::grant::Grant;
use integration_plus::domain::hand_off::{self, HandOff, HandOffKey};
use integration_plus::domain::refusal::{RedirectRefusal, Refusals};
use integration_plus::domain::schedule::Deviation;
use integration_plus::domain::time::Timestamp;
use integration_plus::domain::wave::Job;
use integration_plus::oauth::authorization_request::fingerprint;
use integration_plus::pages::hand_off as pages;
use integration_plus::ports::Entity;
use integration_plus::records;
use integration_plus::secret::Secret;
use integration_plus::web::{WebRequest, WebResponse};
use sandbox::authorization_server::CLIENT_SECRET;
use sandbox::ports::{CLOUD_ID, Ended, Fault, OTHER_CLOUD_ID, Running};

/// A change that waits for whoever has its link.
struct Handed {
    change: SessionKey,
    link: String,
}

fn wish(scene: &Scene, who: &str, intended: &str) -> Request {
    let acknowledged = scene.rehearsed(who, intended);
    Request::HandOffChange { intended: id(intended), instead_of: None, policy: None, acknowledged, switch_at: None }
}

fn given(reply: Reply) -> Handed {
    let Reply::HandOff { change, link, .. } = reply else { panic!("{reply:?} gives no link") };
    Handed { change, link }
}

fn hand_off(scene: &Scene, who: &str, intended: &str) -> Handed {
    given(scene.ask(who, wish(scene, who, intended)))
}

pub fn code(link: &str) -> &str {
    link.split_once("?code=").expect("carries a code").1
}

pub fn request(method: &str, code: &str) -> WebRequest {
    WebRequest { method: method.into(), ..get(&pairs(&[("code", code)])) }
}

pub fn open(scene: &Scene, method: &str, link: &str) -> WebResponse {
    scene.web(Invocation::HandOff(request(method, code(link))))
}

/// The address of Atlassian's page that a page of ours opens.
pub fn address(page: &WebResponse) -> String {
    assert_eq!(page.status, 200, "{}", page.body);
    let (_, rest) = page.body.split_once("content=\"0;url=").expect("opens a page");
    rest.split('"').next().expect("ends").replace("&amp;", "&")
}

/// Opens the link, goes on, and allows as `account`.
pub fn allow(scene: &Scene, link: &str, account: &str) -> WebResponse {
    let url = address(&open(scene, "POST", link));
    scene.allow(&url, account)
}

pub fn stored(scene: &Scene, link: &str) -> HandOff {
    let key = HandOffKey::of(fingerprint(&Secret::new(code(link).to_owned())));
    scene.record(&records::hand_off(&key)).expect("is stored")
}

pub fn kept(scene: &Scene, entity: Entity) -> usize {
    scene.platform.borrow().kvs.records().filter(|(key, _)| key.entity == entity).count()
}

fn waiting(status: &Status) -> LinkView {
    let change = status.change.as_ref().expect("is under way");
    let StageView::HandedOff { link } = change.stage.clone() else { panic!("{:?}", change.stage) };
    link
}

fn reasons(scene: &Scene) -> Vec<(RedirectRefusal, u32)> {
    let refusals: Refusals = scene.record(&records::refusals()).unwrap_or_default();
    refusals.rows().iter().map(|row| (row.reason, row.count)).collect()
}

/// What somebody with this link is told, and that nothing has changed by it.
pub fn serves_no_more(scene: &Scene, link: &str, title: &str) {
    for method in ["GET", "HEAD", "POST"] {
        let before = scene.trace();
        let page = open(scene, method, link);
        assert_eq!(page.status, 410);
        assert!(method == "HEAD" || page.body.contains(title), "{method} {title}: {}", page.body);
        assert_eq!(scene.trace(), before);
    }
}

#[test]
fn the_holder_allows_days_later_and_the_administrator_finishes_days_after_that() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    scene.wait(47 * HOUR_MS);
    scene.upkeep().expect("goes well");
    assert_eq!(waiting(&scene.status(MARIA)).standing, LinkStanding::Open);
    let page = allow(&scene, &handed.link, SERVICE);
    assert!(page.body.contains("You allowed Integration+ as"), "{}", page.body);
    assert_eq!(scene.main().as_deref(), Some(MARIA), "nothing moves before the administrator comes");
    // The access token that was parked died within the hour; the change waits on.
    for _ in 0..47 {
        scene.wait(HOUR_MS);
        scene.upkeep().expect("goes well");
    }
    assert_eq!(scene.status(MARIA).change.expect("waits").stage, StageView::Allowed);
    let after = scene.proceed(MARIA, &handed.change);
    assert!(matches!(after.history[0].outcome, Outcome::Completed { .. }), "{:?}", after.history[0]);
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
    assert_eq!(scene.webhooks(SERVICE).len(), 1);
    // The former account's grant and the new one's, and nothing of the link.
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 2);
}

#[test]
fn a_first_connection_is_handed_off_as_well() {
    let scene = Scene::new();
    let handed = hand_off(&scene, MARIA, SERVICE);
    assert!(open(&scene, "GET", &handed.link).body.contains("example.atlassian.net"));
    assert_eq!(allow(&scene, &handed.link, SERVICE).status, 200);
    scene.proceed(MARIA, &handed.change);
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
}

/// A change that is handed off, and that is to switch `ahead_ms` from now.
fn planned(scene: &Scene, ahead_ms: i64) -> (Handed, Timestamp) {
    let at = Timestamp(scene.platform.borrow().now_ms + ahead_ms);
    let acknowledged = scene.rehearsed(MARIA, SERVICE);
    let (intended, switch_at) = (id(SERVICE), Some(at));
    let wish = Request::HandOffChange { intended, instead_of: None, policy: None, acknowledged, switch_at };
    (given(scene.ask(MARIA, wish)), at)
}

#[test]
fn a_change_that_is_handed_off_waits_for_its_time_once_it_is_confirmed() {
    let scene = Scene::connected();
    let (handed, at) = planned(&scene, 3 * DAY_MS);
    scene.wait(47 * HOUR_MS);
    allow(&scene, &handed.link, SERVICE);
    let waits = scene.proceed(MARIA, &handed.change).change.expect("is under way");
    assert_eq!((waits.stage, waits.handed_off), (StageView::Scheduled { at, looking: false, active: false }, true));
    while scene.platform.borrow().now_ms < at.0 {
        assert_eq!(scene.main().as_deref(), Some(MARIA));
        scene.wait(HOUR_MS);
        scene.upkeep().expect("goes well");
    }
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
}

#[test]
fn a_change_whose_time_is_long_over_when_it_is_confirmed_does_not_switch() {
    let scene = Scene::connected();
    let (handed, _) = planned(&scene, HOUR_MS);
    allow(&scene, &handed.link, SERVICE);
    scene.wait(7 * HOUR_MS);
    let after = scene.proceed(MARIA, &handed.change);
    assert_eq!(after.history[0].outcome, Outcome::Stopped { because: Deviation::TooLate });
    assert_eq!((scene.main().as_deref(), scene.webhooks(SERVICE).len()), (Some(MARIA), 0));
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1, "nothing is left of what was allowed");
}

#[test]
fn what_nobody_comes_for_within_two_days_is_given_up_and_its_tokens_go() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    allow(&scene, &handed.link, SERVICE);
    scene.wait(2 * DAY_MS + 2 * MINUTE_MS);
    scene.upkeep().expect("goes well");
    assert_eq!(scene.status(MARIA).history[0].outcome, Outcome::Expired);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
    assert_eq!(scene.main().as_deref(), Some(MARIA));
}

#[test]
fn a_link_is_used_once_and_says_so_the_second_time() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    allow(&scene, &handed.link, SERVICE);
    serves_no_more(&scene, &handed.link, "This link has been used");
    scene.proceed(MARIA, &handed.change);
    serves_no_more(&scene, &handed.link, "This link has been used");
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
}

#[test]
fn a_link_lives_48_hours_and_a_page_that_it_opened_no_longer() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    scene.wait(2 * DAY_MS - MINUTE_MS);
    let url = address(&open(&scene, "POST", &handed.link));
    scene.wait(MINUTE_MS);
    serves_no_more(&scene, &handed.link, "This link has expired");
    let query = scene.consent(&url, SERVICE);
    scene.turned_away(|| scene.come_back(&query));
    assert_eq!(scene.status(MARIA).change.expect("is there").stage, StageView::Expired);
    scene.wait(2 * MINUTE_MS);
    scene.upkeep().expect("goes well");
    assert_eq!(scene.status(MARIA).history[0].outcome, Outcome::Expired);
    serves_no_more(&scene, &handed.link, "This link has expired");
}

#[test]
fn a_revoked_link_yields_nothing_even_from_a_page_that_is_open() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let url = address(&open(&scene, "POST", &handed.link));
    // Any administrator may take a link back.
    let status = scene.asked(TOM, Request::RevokeHandOff { change: handed.change.clone() });
    assert_eq!(waiting(&status).standing, LinkStanding::Revoked);
    assert!(!status.actions.contains(&Action::RevokeHandOff) && status.actions.contains(&Action::CancelChange));
    serves_no_more(&scene, &handed.link, "This link was revoked");
    let query = scene.consent(&url, SERVICE);
    scene.turned_away(|| scene.come_back(&query));
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
    // A second time changes nothing, and the change still waits for another link.
    let revoked = stored(&scene, &handed.link);
    scene.asked(MARIA, Request::RevokeHandOff { change: handed.change.clone() });
    assert_eq!(stored(&scene, &handed.link), revoked);
    let anew = given(scene.ask(MARIA, Request::RenewHandOff { change: handed.change.clone() }));
    assert_eq!(anew.change, handed.change);
    allow(&scene, &anew.link, SERVICE);
    scene.proceed(MARIA, &handed.change);
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
}

#[test]
fn revoking_while_atlassian_is_asked_leaves_no_token() {
    for round in 0..9 {
        let scene = Scene::connected();
        let handed = hand_off(&scene, MARIA, SERVICE);
        let url = address(&open(&scene, "POST", &handed.link));
        let query = scene.consent(&url, SERVICE);
        let mut callback = Running::start(&scene.platform, None, Invocation::Redirect(get(&query)));
        let mut page = None;
        for _ in 0..round {
            page = page.or_else(|| callback.poll());
        }
        let revoked = scene.ask(MARIA, Request::RevokeHandOff { change: handed.change.clone() });
        while page.is_none() {
            page = callback.poll();
        }
        let Some(Ended::Answered(Answer::Web(page))) = page else { panic!("a web trigger gets a response") };
        let allowed = page.body.contains("You allowed");
        let tokens = scene.platform.borrow().kvs.secrets().filter(|name| name.starts_with("parked:")).count();
        if let Reply::Refused { error } = revoked {
            assert!(matches!(error, ErrorCode::WrongStage | ErrorCode::Conflict), "{round}: {error:?}");
            assert_eq!((allowed, tokens), (true, 1), "{round}");
        } else {
            assert!(!allowed && tokens == 0, "{round}: {}", page.body);
        }
    }
}

#[test]
fn the_wrong_account_changes_nothing_is_told_and_the_right_one_may_still_come() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let url = address(&open(&scene, "POST", &handed.link));
    let query = scene.consent(&url, ANA);
    let page = scene.come_back(&query);
    assert!(page.body.contains("Nothing has changed, and nothing was kept"), "{}", page.body);
    assert!(page.body.contains("Ana") && page.body.contains("private window") && page.body.contains("still works"));
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1, "nothing is kept of the other's tokens");
    // The administrators are told, without the link.
    let status = scene.status(MARIA);
    let failed = waiting(&status).failed.expect("is told");
    let Denial::WrongAccount { allowed } = failed.denial else { panic!("{failed:?}") };
    assert_eq!(allowed.account_id, id(ANA));
    assert!(!format!("{status:?}").contains(code(&handed.link)));
    // Nobody can take that account instead.
    let accept = Request::AcceptAccount { change: handed.change.clone(), account_id: id(ANA), acknowledged: None };
    assert_eq!(scene.refused(MARIA, accept), ErrorCode::WrongStage);
    assert_eq!(scene.refused(MARIA, Request::ContinueChange { change: handed.change.clone() }), ErrorCode::WrongStage);
    // The old answer replayed is nothing; the right account is.
    scene.turned_away(|| scene.come_back(&query));
    assert!(allow(&scene, &handed.link, SERVICE).body.contains("You allowed Integration+"));
    assert_eq!(scene.status(MARIA).change.expect("waits").stage, StageView::Allowed);
    scene.proceed(MARIA, &handed.change);
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
}

#[test]
fn who_declines_may_come_again() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let url = address(&open(&scene, "POST", &handed.link));
    let page = scene.decline(&url);
    assert!(page.body.contains("You selected Cancel") && page.body.contains("still works"), "{}", page.body);
    assert_eq!(waiting(&scene.status(TOM)).failed.map(|failed| failed.denial), Some(Denial::Declined));
    scene.wait(HOUR_MS);
    scene.upkeep().expect("goes well");
    allow(&scene, &handed.link, SERVICE);
    scene.proceed(MARIA, &handed.change);
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
}

#[test]
fn a_page_that_nobody_answers_leaves_the_link_as_it_is() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let url = address(&open(&scene, "POST", &handed.link));
    let query = scene.consent(&url, SERVICE);
    scene.wait(11 * MINUTE_MS);
    scene.upkeep().expect("goes well");
    scene.turned_away(|| scene.come_back(&query));
    assert_eq!(waiting(&scene.status(MARIA)).standing, LinkStanding::Open);
    allow(&scene, &handed.link, SERVICE);
    scene.proceed(MARIA, &handed.change);
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
}

#[test]
fn the_link_of_a_cancelled_replaced_or_finished_change_is_not_needed_any_more() {
    let scene = Scene::connected();
    let cancelled = hand_off(&scene, MARIA, SERVICE);
    let url = address(&open(&scene, "POST", &cancelled.link));
    scene.asked(TOM, Request::CancelChange { change: cancelled.change.clone() });
    serves_no_more(&scene, &cancelled.link, "This link is not needed any more");
    let query = scene.consent(&url, SERVICE);
    scene.turned_away(|| scene.come_back(&query));
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);

    let replaced = hand_off(&scene, MARIA, SERVICE);
    let url = address(&open(&scene, "POST", &replaced.link));
    scene.begin(MARIA, SERVICE);
    serves_no_more(&scene, &replaced.link, "This link is not needed any more");
    let query = scene.consent(&url, SERVICE);
    scene.turned_away(|| scene.come_back(&query));
}

#[test]
fn cancelling_after_somebody_allowed_deletes_what_they_allowed() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    allow(&scene, &handed.link, SERVICE);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 2);
    scene.asked(TOM, Request::CancelChange { change: handed.change });
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
    serves_no_more(&scene, &handed.link, "This link has been used");
    assert_eq!(scene.main().as_deref(), Some(MARIA));
}

#[test]
fn who_made_a_link_is_not_given_the_page_that_it_opened() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    open(&scene, "POST", &handed.link);
    let again = Request::ReopenAuthorization { change: handed.change };
    assert_eq!(scene.refused(MARIA, again), ErrorCode::NoSuchChange);
}

#[test]
fn a_link_serves_one_change_and_not_the_next_to_the_same_account() {
    let scene = Scene::connected();
    let first = hand_off(&scene, MARIA, SERVICE);
    let second = hand_off(&scene, MARIA, SERVICE);
    assert_ne!(first.change, second.change);
    serves_no_more(&scene, &first.link, "This link is not needed any more");
    assert_eq!(open(&scene, "GET", &second.link).status, 200);
}

#[test]
fn a_forged_code_gets_one_constant_page_and_a_flood_one_row() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let good = code(&handed.link).to_owned();
    let flipped: String = good
        .chars()
        .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect();
    let before = scene.trace();
    let hash = fingerprint(&Secret::new(good.clone()));
    for forged in ["x".repeat(43), flipped, good[..42].to_owned(), format!("{good}="), hash, String::new()] {
        for method in ["GET", "POST"] {
            assert_eq!(scene.web(Invocation::HandOff(request(method, &forged))), pages::unknown(), "{forged}");
        }
        let head = scene.web(Invocation::HandOff(request("HEAD", &forged)));
        assert_eq!((head.status, head.body.as_str()), (404, ""));
    }
    for odd in [vec![], vec![("code", good.as_str()), ("code", good.as_str())], vec![("state", good.as_str())]] {
        assert_eq!(scene.web(Invocation::HandOff(get(&pairs(&odd)))), pages::unknown());
    }
    for _ in 0..300 {
        scene.web(Invocation::HandOff(request("POST", &"y".repeat(43))));
    }
    assert_eq!(scene.trace(), before);
    let rows = reasons(&scene);
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows.contains(&(RedirectRefusal::UnknownLink, 306)), "{rows:?}");
    assert_eq!(open(&scene, "GET", &handed.link).status, 200);
}

#[test]
fn a_link_of_another_site_is_not_known_here() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    for platform in [&scene.platform, &Scene::new().platform] {
        let before = scene.trace();
        let invocation = Invocation::HandOff(request("POST", code(&handed.link)));
        match Running::start_on(platform, OTHER_CLOUD_ID, None, invocation).finish().0 {
            Ended::Answered(Answer::Web(page)) => assert_eq!(page, pages::unknown()),
            Ended::Answered(_) | Ended::Crashed => panic!("a web trigger gets a response"),
        }
        assert_eq!(scene.trace(), before);
    }
}

#[test]
fn looking_at_a_link_uses_nothing_up() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let before = scene.trace();
    for _ in 0..50 {
        let page = open(&scene, "GET", &handed.link);
        assert!(page.body.contains("<form method=\"post\">") && page.body.contains("Maria"), "{}", page.body);
        let head = open(&scene, "HEAD", &handed.link);
        assert_eq!((head.status, head.body.as_str(), &head.headers), (200, "", &page.headers));
    }
    for method in ["PUT", "DELETE", "OPTIONS", ""] {
        let answer = open(&scene, method, &handed.link);
        assert_eq!(answer.status, 405);
        assert!(answer.headers.contains(&("Allow", "GET, HEAD, POST".into())));
    }
    assert_eq!((scene.trace(), scene.refusals()), (before, 0));
}

#[test]
fn twenty_tries_and_a_leaked_link_stores_no_more() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let mut last = String::new();
    for _ in 0..20 {
        last = address(&open(&scene, "POST", &handed.link));
        assert!(kept(&scene, Entity::Session) <= 5);
        assert!(scene.platform.borrow().kvs.secrets().count() <= 2);
    }
    serves_no_more(&scene, &handed.link, "This link was tried too often");
    let status = scene.status(MARIA);
    assert_eq!(waiting(&status).standing, LinkStanding::Spent);
    assert!(status.actions.contains(&Action::RenewHandOff));
    // The page that was opened last may still be answered.
    let page = scene.allow(&last, ANA);
    assert!(page.body.contains("cannot be used again"), "{}", page.body);
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn a_change_has_five_links_and_older_ones_say_what_became_of_them() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let mut links = vec![handed.link.clone()];
    for _ in 0..4 {
        scene.wait(HOUR_MS);
        let anew = given(scene.ask(MARIA, Request::RenewHandOff { change: handed.change.clone() }));
        links.push(anew.link);
    }
    let status = scene.status(MARIA);
    assert_eq!(waiting(&status).more, 0);
    assert!(!status.actions.contains(&Action::RenewHandOff));
    let before = scene.trace();
    let sixth = Request::RenewHandOff { change: handed.change.clone() };
    assert_eq!(scene.refused(MARIA, sixth), ErrorCode::WrongStage);
    assert_eq!(scene.trace(), before);
    for old in &links[..4] {
        serves_no_more(&scene, old, "This link was revoked");
    }
    // A change that begins anew begins to count anew, and of all links together five are kept.
    let next = hand_off(&scene, MARIA, SERVICE);
    assert_eq!(open(&scene, "GET", &links[0]), pages::unknown());
    assert_eq!(open(&scene, "GET", &next.link).status, 200);
    assert_eq!(kept(&scene, Entity::HandOff), 5);
}

#[test]
fn a_renewed_link_lasts_48_hours_from_then_and_the_change_with_it() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    scene.wait(40 * HOUR_MS);
    let anew = given(scene.ask(MARIA, Request::RenewHandOff { change: handed.change.clone() }));
    serves_no_more(&scene, &handed.link, "This link was revoked");
    scene.wait(40 * HOUR_MS);
    scene.upkeep().expect("goes well");
    allow(&scene, &anew.link, SERVICE);
    scene.proceed(MARIA, &handed.change);
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
}

#[test]
fn two_browsers_race_and_one_grant_is_parked() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let posts = (0..2).map(|_| {
        let invocation = Invocation::HandOff(request("POST", code(&handed.link)));
        Running::start(&scene.platform, None, invocation)
    });
    let pages: Vec<WebResponse> = together(posts.collect()).into_iter().map(web).collect();
    let urls: Vec<String> = pages.iter().map(address).collect();
    assert_eq!(stored(&scene, &handed.link).tries, 2);
    let queries: Vec<_> = urls.iter().map(|url| scene.consent(url, SERVICE)).collect();
    let callbacks = queries.iter().map(|query| Running::start(&scene.platform, None, Invocation::Redirect(get(query))));
    let pages: Vec<WebResponse> = together(callbacks.collect()).into_iter().map(web).collect();
    assert_eq!(pages.iter().filter(|page| page.body.contains("You allowed")).count(), 1);
    assert_eq!(pages.iter().filter(|page| **page == integration_plus::pages::refused()).count(), 1);
    let tokens = scene.platform.borrow().kvs.secrets().filter(|name| name.starts_with("parked:")).count();
    assert_eq!(tokens, 1);
}

fn web(answer: Answer) -> WebResponse {
    let Answer::Web(page) = answer else { panic!("a web trigger gets a response") };
    page
}

#[test]
fn who_comes_while_another_s_answer_is_checked_is_asked_to_wait() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let url = address(&open(&scene, "POST", &handed.link));
    let query = scene.consent(&url, SERVICE);
    let mut callback = Running::start(&scene.platform, None, Invocation::Redirect(get(&query)));
    for _ in 0..3 {
        assert!(callback.poll().is_none());
    }
    let before = scene.trace();
    let page = open(&scene, "POST", &handed.link);
    assert_eq!(page.status, 409);
    assert!(page.body.contains("Somebody is using this link"));
    assert_eq!(scene.trace(), before);
    assert!(matches!(callback.finish().0, Ended::Answered(Answer::Web(page)) if page.body.contains("You allowed")));
    serves_no_more(&scene, &handed.link, "This link has been used");
}

#[test]
fn the_result_waits_for_its_initiator_and_no_other_administrator_confirms_it() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    allow(&scene, &handed.link, SERVICE);
    let before = scene.trace();
    let by_tom = scene.refused(TOM, Request::ContinueChange { change: handed.change.clone() });
    assert!(matches!(by_tom, ErrorCode::NotInitiator { .. }), "{by_tom:?}");
    let by_ana = scene.refused(ANA, Request::ContinueChange { change: handed.change.clone() });
    assert!(matches!(by_ana, ErrorCode::NotAdministrator { .. }), "{by_ana:?}");
    for request in [
        Request::RevokeHandOff { change: handed.change.clone() },
        Request::RenewHandOff { change: handed.change.clone() },
    ] {
        assert_eq!(scene.refused(MARIA, request), ErrorCode::WrongStage);
    }
    assert_eq!(scene.trace(), before);
    scene.proceed(MARIA, &handed.change);
    assert_eq!(scene.main().as_deref(), Some(SERVICE));
}

#[test]
fn nobody_but_an_administrator_makes_revokes_or_renews_a_link_and_only_its_maker_renews_it() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    for request in [
        Request::HandOffChange {
            intended: id(SERVICE),
            instead_of: None,
            policy: None,
            acknowledged: None,
            switch_at: None,
        },
        Request::RevokeHandOff { change: handed.change.clone() },
        Request::RenewHandOff { change: handed.change.clone() },
    ] {
        let error = scene.refused(ANA, request);
        assert!(matches!(error, ErrorCode::NotAdministrator { .. }), "{error:?}");
    }
    let error = scene.refused(TOM, Request::RenewHandOff { change: handed.change.clone() });
    assert!(matches!(error, ErrorCode::NotInitiator { .. }), "{error:?}");
    assert!(!scene.status(TOM).actions.contains(&Action::RenewHandOff));
    let in_the_way = scene.refused(TOM, wish(&scene, TOM, SERVICE));
    assert!(matches!(in_the_way, ErrorCode::ChangeUnderWay { .. }), "{in_the_way:?}");
    let unknown = SessionKey::parse("0".repeat(64)).expect("is one");
    for request in [Request::RevokeHandOff { change: unknown.clone() }, Request::RenewHandOff { change: unknown }] {
        assert_eq!(scene.refused(MARIA, request), ErrorCode::NoSuchChange);
    }
    assert_eq!((kept(&scene, Entity::HandOff), kept(&scene, Entity::Session)), (1, 1));
    assert_eq!(stored(&scene, &handed.link).end, None);
}

#[test]
fn a_change_without_a_link_has_none_to_revoke_or_renew() {
    let scene = Scene::connected();
    let (change, _) = scene.begin(MARIA, SERVICE);
    let before = scene.trace();
    for request in [Request::RevokeHandOff { change: change.clone() }, Request::RenewHandOff { change: change.clone() }]
    {
        assert_eq!(scene.refused(MARIA, request), ErrorCode::WrongStage);
    }
    assert_eq!(scene.trace(), before);
}

#[test]
fn a_link_needs_the_same_acknowledgement_as_a_change() {
    let scene = Scene::connected();
    let bare = || Request::HandOffChange {
        intended: id(NARROW),
        instead_of: None,
        policy: None,
        acknowledged: None,
        switch_at: None,
    };
    assert_eq!(scene.refused(MARIA, bare()), ErrorCode::RehearsalNeeded);
    scene.rehearsed(MARIA, NARROW);
    let before = scene.trace();
    let error = scene.refused(MARIA, bare());
    assert!(matches!(error, ErrorCode::AcknowledgementNeeded { .. }), "{error:?}");
    assert_eq!(scene.trace(), before);
    let handed = hand_off(&scene, MARIA, NARROW);
    let foreseen = scene.connection().change.expect("is under way").foreseen.expect("is known");
    assert!(foreseen.acknowledged);
    assert_eq!(open(&scene, "GET", &handed.link).status, 200);
}

#[test]
fn who_has_lost_administrator_rights_by_then_does_not_finish() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, TOM, SERVICE);
    allow(&scene, &handed.link, SERVICE);
    scene.platform.borrow_mut().atlassian.revoke_admin(CLOUD_ID, TOM).expect("is known");
    let error = scene.refused(TOM, Request::ContinueChange { change: handed.change });
    assert!(matches!(error, ErrorCode::NotAdministrator { .. }), "{error:?}");
    assert_eq!(scene.main().as_deref(), Some(MARIA));
}

#[test]
fn a_grant_that_is_revoked_while_it_waits_fails_the_checks() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    allow(&scene, &handed.link, SERVICE);
    scene.wait(3 * HOUR_MS);
    scene.platform.borrow_mut().authorization_server.revoke(SERVICE);
    let after = scene.proceed(MARIA, &handed.change);
    assert!(matches!(after.history[0].outcome, Outcome::ChecksFailed { .. }), "{:?}", after.history[0]);
    assert_eq!(scene.main().as_deref(), Some(MARIA));
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn a_stolen_code_in_the_session_of_a_link_proves_nothing() {
    // The attacker has the link and a code of the service account that was meant for somebody else's session.
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let value = |query: &[(String, String)], name: &str| {
        query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).expect("is there")
    };
    let first = scene.consent(&address(&open(&scene, "POST", &handed.link)), SERVICE);
    let stolen = value(&first, "code");
    let second = scene.consent(&address(&open(&scene, "POST", &handed.link)), ANA);
    let page = scene.come_back(&pairs(&[("code", &stolen), ("state", &value(&second, "state"))]));
    assert!(page.body.contains("did not complete the authorization"), "{}", page.body);
    assert_eq!(stored(&scene, &handed.link).end, None);
    // And with the state of the try that was replaced.
    scene.turned_away(|| scene.come_back(&first));
    assert_eq!(scene.platform.borrow().kvs.secrets().count(), 1);
}

#[test]
fn a_code_replayed_after_the_link_was_used_is_turned_away() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let query = scene.consent(&address(&open(&scene, "POST", &handed.link)), SERVICE);
    assert_eq!(scene.come_back(&query).status, 200);
    let requests = scene.platform.borrow().authorization_server.token_requests;
    for _ in 0..5 {
        scene.turned_away(|| scene.come_back(&query));
    }
    assert_eq!(scene.platform.borrow().authorization_server.token_requests, requests);
}

#[test]
fn an_answer_of_another_issuer_uses_no_link_up() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let query = scene.consent(&address(&open(&scene, "POST", &handed.link)), SERVICE);
    let mut mixed: Vec<_> = query.iter().filter(|(name, _)| name != "iss").cloned().collect();
    mixed.push(("iss".into(), "https://evil.example".into()));
    scene.turned_away(|| scene.come_back(&mixed));
    assert!(scene.come_back(&query).body.contains("You allowed"));
}

#[test]
fn the_code_of_a_link_is_in_one_reply_and_nowhere_else() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    let code = code(&handed.link).to_owned();
    let mut said = vec![format!("{:?}", open(&scene, "GET", &handed.link))];
    let url = {
        let page = open(&scene, "POST", &handed.link);
        said.push(format!("{page:?}"));
        address(&page)
    };
    let state = url.split("&state=").nth(1).and_then(|rest| rest.split('&').next()).expect("is there").to_owned();
    said.push(url);
    said.push(format!("{:?}", scene.status(MARIA)));
    said.push(format!("{:?}", scene.status(TOM)));
    let mut later = vec![format!("{:?}", allow(&scene, &handed.link, ANA))];
    let renewed = scene.ask(MARIA, Request::RenewHandOff { change: handed.change.clone() });
    let anew = given(renewed);
    assert_ne!(self::code(&anew.link), code);
    later.push(format!("{:?}", open(&scene, "GET", &handed.link)));
    later.push(format!("{:?}", allow(&scene, &anew.link, SERVICE)));
    scene.wait(2 * HOUR_MS);
    later.push(format!("{:?}", scene.proceed(MARIA, &handed.change)));
    later.push(format!("{:?}", open(&scene, "POST", &anew.link)));
    let platform = scene.platform.borrow();
    later.extend(platform.spoken.iter().cloned());
    later.extend(platform.effects.iter().map(|effect| effect.name.clone()));
    later.extend(platform.kvs.records().map(|(key, stored)| format!("{key:?} {:?}", stored.document)));
    let mut canaries: Vec<String> = platform.authorization_server.secrets().map(str::to_owned).collect();
    canaries.extend([CLIENT_SECRET.to_owned(), state]);
    assert!(canaries.len() > 8 && later.len() > 50);
    for canary in canaries {
        assert_eq!(later.iter().find(|text| text.contains(&canary)), None, "{canary}");
    }
    said.extend(later);
    said.extend(platform.kvs.secrets().filter_map(|name| platform.kvs.secret(name)).map(str::to_owned));
    for secret in [code.as_str(), self::code(&anew.link)] {
        assert_eq!(said.iter().find(|text| text.contains(secret)), None);
    }
}

#[test]
fn whatever_breaks_off_while_a_link_is_made_or_opened_it_can_be_tried_anew() {
    let connected = unheard();
    let faults = [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer];
    for fault in faults {
        for at in 0..40 {
            let scene = connected.copy();
            let request = wish(&scene, MARIA, SERVICE);
            broken(&scene, (at, fault), Some(MARIA), Invocation::Request(Some(request)));
            let handed = hand_off(&scene, MARIA, SERVICE);
            broken(&scene, (at, fault), None, Invocation::HandOff(self::request("POST", code(&handed.link))));
            let query = scene.consent(&address(&open(&scene, "POST", &handed.link)), SERVICE);
            assert!(scene.come_back(&query).body.contains("You allowed"), "{fault:?} at {at}");
            scene.proceed(MARIA, &handed.change);
            assert_eq!(scene.main().as_deref(), Some(SERVICE), "{fault:?} at {at}");
        }
    }
}

#[test]
fn whatever_breaks_off_while_an_answer_is_checked_leaves_a_used_link_or_one_that_may_be_tried_again() {
    let connected = unheard();
    for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer] {
        for at in 0..20 {
            let scene = connected.copy();
            let handed = hand_off(&scene, MARIA, SERVICE);
            let query = scene.consent(&address(&open(&scene, "POST", &handed.link)), SERVICE);
            broken(&scene, (at, fault), None, Invocation::Redirect(get(&query)));
            scene.wait(2 * MINUTE_MS);
            if stored(&scene, &handed.link).end.is_none() {
                assert!(matches!(scene.status(MARIA).change.expect("waits").stage, StageView::HandedOff { .. }));
                assert!(allow(&scene, &handed.link, SERVICE).body.contains("You allowed"), "{fault:?} at {at}");
            }
            assert_eq!(scene.status(MARIA).change.expect("waits").stage, StageView::Allowed, "{fault:?} at {at}");
            scene.proceed(MARIA, &handed.change);
            assert_eq!(scene.main().as_deref(), Some(SERVICE), "{fault:?} at {at}");
        }
    }
}

#[test]
fn whatever_breaks_off_while_a_grant_that_waited_is_taken_up_it_is_taken_up_the_next_time() {
    let connected = unheard();
    for fault in [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer] {
        for at in 0..90 {
            let scene = connected.copy();
            let handed = hand_off(&scene, MARIA, SERVICE);
            allow(&scene, &handed.link, SERVICE);
            scene.wait(30 * HOUR_MS);
            let request = Request::ContinueChange { change: handed.change.clone() };
            broken(&scene, (at, fault), Some(MARIA), Invocation::Request(Some(request)));
            for _ in 0..3 {
                scene.wait(2 * MINUTE_MS);
                scene.ask(MARIA, Request::ContinueChange { change: handed.change.clone() });
            }
            // What broke off of the other grant is for the round to take up.
            scene.upkeep().expect("goes well");
            assert_eq!(scene.main().as_deref(), Some(SERVICE), "{fault:?} at {at}");
            // Every secret that is left is named by the grant of an account that the app acts as, or may act as again.
            let named: Vec<String> = [MARIA, SERVICE]
                .iter()
                .filter_map(|account| scene.record::<Grant>(&records::grant(&id(account))))
                .flat_map(|grant| records::grant_secrets(&grant))
                .collect();
            let platform = scene.platform.borrow();
            let left_over = platform.kvs.secrets().find(|name| !named.iter().any(|known| known == name));
            assert_eq!(left_over, None, "{fault:?} at {at}");
        }
    }
}

/// A connected site that is tried hundreds of times, and whose exchanges with Jira nobody reads.
fn unheard() -> Scene {
    let scene = Scene::connected();
    let mut platform = scene.platform.borrow_mut();
    platform.overheard = false;
    platform.exchanges.clear();
    drop(platform);
    scene
}

/// Runs an invocation with a fault at one of its effects.
fn broken(scene: &Scene, plan: (usize, Fault), who: Option<&str>, invocation: Invocation) {
    scene.platform.borrow_mut().plan = Some(plan);
    let _ = Running::start(&scene.platform, who, invocation).finish();
    scene.platform.borrow_mut().plan = None;
}

#[test]
fn the_session_of_a_link_is_bound_to_all_that_its_answer_must_fit() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    open(&scene, "POST", &handed.link);
    let key = scene.connection().change.expect("is there").session().cloned().expect("was tried");
    assert_ne!(key, handed.change);
    let session: AuthorizationSession = scene.record(&records::session(&key)).expect("is stored");
    assert_eq!(session.intended.account_id, id(SERVICE));
    assert_eq!(session.initiator.account_id, id(MARIA));
    assert_eq!((session.cloud_id.as_str(), session.challenged), (CLOUD_ID, true));
    assert!(session.hand_off.is_some());
    // Its tokens are kept for longer than they wait.
    let (_, keep) = records::yielded_secret(&session, &key);
    assert!(i64::from(keep.days()) * DAY_MS > hand_off::WAIT.0);
}

fn now(scene: &Scene) -> Timestamp {
    Timestamp(scene.platform.borrow().now_ms)
}

/// Names of the secrets that are not the main authorized user's.
fn secrets_of_others(scene: &Scene) -> Vec<String> {
    scene.platform.borrow().kvs.secrets().filter(|name| !name.contains(MARIA)).map(str::to_owned).collect()
}

#[test]
fn a_change_that_was_handed_off_switches_four_days_later_with_a_loss_that_nobody_acknowledged() {
    for lost in [false, true] {
        let scene = Scene::connected();
        let handed = hand_off(&scene, MARIA, SERVICE);
        scene.wait(47 * HOUR_MS);
        allow(&scene, &handed.link, SERVICE);
        for project in ["MOB", "WEB"].into_iter().filter(|_| lost) {
            scene.browses(project, SERVICE, false);
        }
        scene.wait(47 * HOUR_MS);
        // The panel asks this by itself as soon as it is open.
        let after = scene.proceed(MARIA, &handed.change);
        if !lost {
            assert_eq!(scene.main().as_deref(), Some(SERVICE), "everything is as it was acknowledged");
            continue;
        }
        assert_eq!(scene.main().as_deref(), Some(MARIA), "MOB and WEB are lost, and that was not acknowledged");
        let projects = vec!["MOB".into(), "WEB".into()];
        let because = Deviation::MoreIsLost { lost: 2, failing: 2, projects };
        assert_eq!(after.history[0].outcome, Outcome::Stopped { because });
        assert_eq!((scene.webhooks(SERVICE).len(), secrets_of_others(&scene)), (0, Vec::new()));
    }
}

/// A link waits for 48 hours, may be made anew four times, and what it yields waits for 48 hours more.
fn waits_for_days(scene: &Scene, handed: Handed) {
    let rounds = || {
        for _ in 0..47 {
            scene.wait(HOUR_MS);
            let _ = scene.upkeep();
        }
    };
    let Handed { change, mut link } = handed;
    for _ in 0..4 {
        rounds();
        link = given(scene.ask(MARIA, Request::RenewHandOff { change: change.clone() })).link;
    }
    rounds();
    allow(scene, &link, SERVICE);
    rounds();
}

#[test]
fn webhooks_in_use_expire_while_a_link_waits_for_whoever_holds_the_account() {
    let scene = Scene::connected();
    // Rounds as ever, until shortly before the webhooks would be renewed.
    let expires_at = || scene.connection().main.and_then(|main| main.webhooks[0].expires_at).expect("expires");
    let at = expires_at();
    while expires_at() == at && at.0 - now(&scene).0 > 10 * DAY_MS + 2 * HOUR_MS {
        scene.wait(HOUR_MS);
        let _ = scene.upkeep();
    }
    let handed = hand_off(&scene, MARIA, SERVICE);
    waits_for_days(&scene, handed);
    assert_eq!(scene.main().as_deref(), Some(MARIA));
    assert_eq!(scene.webhooks(MARIA).len(), 1, "Integration+ hears nothing any more: {:?} {:?}", at, now(&scene));
}

#[test]
fn a_webhook_that_is_gone_is_not_put_back_for_as_long_as_a_link_waits() {
    let scene = Scene::connected();
    hand_off(&scene, MARIA, SERVICE);
    let body = serde_json::json!({ "webhookIds": scene.webhooks(MARIA) });
    scene.as_grant(MARIA, &sandbox::Request::with_body("DELETE", "/rest/api/3/webhook", body));
    assert_eq!(scene.webhooks(MARIA).len(), 0);
    for _ in 0..40 {
        scene.wait(HOUR_MS);
        let _ = scene.upkeep();
    }
    assert_eq!(scene.webhooks(MARIA).len(), 1, "Integration+ hears nothing for two days");
}

#[test]
fn tokens_of_the_account_before_outlive_the_grace_period_while_a_link_waits() {
    let scene = Scene::new();
    scene.switch(MARIA, TOM);
    scene.switch(MARIA, MARIA);
    let until = scene.connection().former.expect("can be restored").until;
    scene.wait(until.0 - now(&scene).0 - HOUR_MS);
    let _ = scene.upkeep();
    let handed = hand_off(&scene, MARIA, SERVICE);
    waits_for_days(&scene, handed);
    let late = (now(&scene).0 - until.0) / DAY_MS;
    let names: Vec<String> = secrets_of_others(&scene).into_iter().filter(|name| name.contains(TOM)).collect();
    assert!(names.is_empty(), "{late} days after the grace period: {names:?}");
}

/// People who must be verified after a change wait for as long as the next change's link does.
#[test]
fn a_wave_that_could_not_begin_waits_for_days_behind_a_link() {
    let scene = Scene::connected();
    scene.member(TOM);
    scene.wait(2 * HOUR_MS);
    let begun = |scene: &Scene| scene.record::<Job>(&records::job()).is_some();
    let (change, url) = scene.begin(MARIA, SERVICE);
    scene.allow(&url, SERVICE);
    let go_on = || Invocation::Request(Some(Request::ContinueChange { change: change.clone() }));
    let effects = {
        let quiet = scene.copy();
        let before = quiet.platform.borrow().effects.len();
        quiet.proceed(MARIA, &change);
        quiet.platform.borrow().effects.len() - before
    };
    // The wave of this change is lost: whatever would begin it fails.
    let lost = (0..effects).rev().find_map(|nth| {
        let scene = scene.copy();
        broken(&scene, (nth, Fault::CrashBefore), Some(MARIA), go_on());
        let over = scene.connection().change.is_some_and(|change| !change.under_way());
        (scene.main().as_deref() == Some(SERVICE) && over && !begun(&scene)).then_some(scene)
    });
    let scene = lost.expect("breaks off before the wave begins");
    hand_off(&scene, MARIA, MARIA);
    for _ in 0..47 {
        scene.wait(HOUR_MS);
        let _ = scene.upkeep();
    }
    assert!(begun(&scene), "two days later nobody was verified");
}

/// Two in the night was chosen; the administrator opens the panel late.
#[test]
fn a_change_whose_quiet_hour_is_over_when_it_is_confirmed_asks_before_it_switches() {
    for (late_ms, switches) in [(5 * MINUTE_MS, true), (15 * MINUTE_MS, false), (3 * HOUR_MS, false)] {
        let scene = Scene::connected();
        let (handed, at) = planned(&scene, 2 * HOUR_MS);
        scene.wait(at.0 + 4 * MINUTE_MS - now(&scene).0);
        allow(&scene, &handed.link, SERVICE);
        scene.wait(late_ms - 4 * MINUTE_MS);
        let after = scene.proceed(MARIA, &handed.change);
        if switches {
            assert_eq!(scene.main().as_deref(), Some(SERVICE), "a few minutes late is in time");
            continue;
        }
        assert_eq!(scene.main().as_deref(), Some(MARIA), "it switches {late_ms} ms late, in the middle of the day");
        assert_eq!(after.history[0].outcome, Outcome::Stopped { because: Deviation::TooLate });
        assert_eq!(secrets_of_others(&scene), Vec::<String>::new());
    }
}

/// The holder of the link comes when nobody could confirm any more what they allow.
#[test]
fn a_link_whose_chosen_time_is_over_says_so_and_its_change_ends_by_itself() {
    let scene = Scene::connected();
    let (handed, at) = planned(&scene, 2 * HOUR_MS);
    let until = Timestamp(at.0 + 10 * MINUTE_MS);
    assert_eq!(waiting(&scene.status(MARIA)).expires_at, until);
    scene.wait(until.0 - 2 * MINUTE_MS - now(&scene).0);
    let query = scene.consent(&address(&open(&scene, "POST", &handed.link)), SERVICE);
    scene.wait(2 * MINUTE_MS);
    serves_no_more(&scene, &handed.link, "It is too late for this link");
    // A page that was open before yields nothing either.
    scene.turned_away(|| scene.come_back(&query));
    let waits = scene.status(MARIA).change.expect("is shown");
    assert_eq!(waits.stage, StageView::Expired, "nobody allowed in time");
    assert!(!scene.status(MARIA).actions.contains(&Action::RenewHandOff));
    let renew = Request::RenewHandOff { change: handed.change.clone() };
    assert_eq!(scene.refused(MARIA, renew), ErrorCode::WrongStage);
    scene.wait(5 * MINUTE_MS);
    scene.upkeep().expect("goes well");
    assert_eq!(scene.status(MARIA).history[0].outcome, Outcome::Stopped { because: Deviation::TooLate });
    assert_eq!((scene.main().as_deref(), secrets_of_others(&scene)), (Some(MARIA), Vec::new()));
    serves_no_more(&scene, &handed.link, "This link has expired");
}

#[test]
fn a_new_link_lives_no_longer_than_the_chosen_time_either() {
    let scene = Scene::connected();
    let (handed, at) = planned(&scene, DAY_MS);
    scene.wait(HOUR_MS);
    let anew = given(scene.ask(MARIA, Request::RenewHandOff { change: handed.change }));
    assert_eq!(waiting(&scene.status(MARIA)).expires_at, Timestamp(at.0 + 10 * MINUTE_MS));
    assert_eq!(stored(&scene, &anew.link).expires_at, Timestamp(at.0 + 10 * MINUTE_MS));
}

/// Confirmed by its initiator, and then the function ends: nothing has moved yet.
fn breaks_off_once_confirmed(scene: &Scene, handed: &Handed) -> Scene {
    let confirmed = |scene: &Scene| {
        let stage = scene.connection().change.map(|change| change.stage);
        matches!(stage, Some(integration_plus::domain::change::Stage::Confirmed { webhooks: None, .. }))
    };
    let broken = (0..300).find_map(|effect| {
        let broken = scene.copy();
        let go_on = Request::ContinueChange { change: handed.change.clone() };
        self::broken(&broken, (effect, Fault::CrashAfter), Some(MARIA), Invocation::Request(Some(go_on)));
        confirmed(&broken).then_some(broken)
    });
    broken.expect("is confirmed at some effect")
}

#[test]
fn a_confirmed_change_that_broke_off_is_taken_up_hours_later_with_a_loss_that_nobody_acknowledged() {
    let scene = Scene::connected();
    let handed = hand_off(&scene, MARIA, SERVICE);
    allow(&scene, &handed.link, SERVICE);
    let broken = breaks_off_once_confirmed(&scene, &handed);
    for (wait_ms, lost) in [(5 * MINUTE_MS, false), (5 * HOUR_MS, false), (5 * HOUR_MS, true)] {
        let scene = broken.copy();
        scene.wait(wait_ms);
        if lost {
            scene.browses("MOB", SERVICE, false);
        }
        let rehearsed = || {
            let kept: Option<integration_plus::domain::rehearsal::Rehearsal> =
                scene.record(&records::rehearsal(&id(SERVICE)));
            kept.map(|kept| kept.id)
        };
        let before = rehearsed();
        let after = scene.proceed(MARIA, &handed.change);
        assert_eq!(rehearsed() != before, wait_ms > HOUR_MS, "what was found a moment ago counts");
        if !lost {
            assert_eq!(scene.main().as_deref(), Some(SERVICE), "everything is as it was acknowledged");
            continue;
        }
        let because = Deviation::MoreIsLost { lost: 1, failing: 1, projects: vec!["MOB".into()] };
        assert_eq!(after.history[0].outcome, Outcome::Stopped { because });
        assert_eq!((scene.main().as_deref(), scene.webhooks(SERVICE).len()), (Some(MARIA), 0));
        assert_eq!(secrets_of_others(&scene), Vec::<String>::new());
    }
}

#[test]
fn a_first_connection_that_broke_off_once_confirmed_is_checked_again_hours_later() {
    let scene = Scene::new();
    let handed = hand_off(&scene, MARIA, SERVICE);
    allow(&scene, &handed.link, SERVICE);
    let broken = breaks_off_once_confirmed(&scene, &handed);
    broken.wait(5 * HOUR_MS);
    let whole = broken.copy();
    whole.proceed(MARIA, &handed.change);
    assert_eq!(whole.main().as_deref(), Some(SERVICE));
    broken.admin_of(SERVICE, false);
    let after = broken.proceed(MARIA, &handed.change);
    let Outcome::Stopped { because: Deviation::ChecksFailed { .. } } = &after.history[0].outcome else {
        panic!("{:?}", after.history[0].outcome)
    };
    assert_eq!((broken.main(), broken.platform.borrow().kvs.secrets().count()), (None, 0));
}

#[test]
fn tokens_of_a_change_that_is_handed_off_and_scheduled_move_at_once_to_where_they_last() {
    let scene = Scene::connected();
    let (handed, _) = planned(&scene, 20 * DAY_MS);
    allow(&scene, &handed.link, SERVICE);
    scene.proceed(MARIA, &handed.change);
    let names = secrets_of_others(&scene);
    assert!(names.len() == 1 && names[0].starts_with("grant:"), "{names:?}");
}

#[test]
fn a_change_that_is_handed_off_and_scheduled_leaves_nothing_when_it_is_cancelled_or_switched() {
    for cancelled_after in [Some(0), Some(5 * HOUR_MS), Some(4 * DAY_MS), None] {
        let scene = Scene::without_grace();
        let (handed, at) = planned(&scene, 20 * DAY_MS);
        allow(&scene, &handed.link, SERVICE);
        scene.proceed(MARIA, &handed.change);
        let until = cancelled_after.map_or(at.0, |wait| now(&scene).0 + wait);
        while now(&scene).0 < until {
            scene.wait(HOUR_MS / 2);
            let _ = scene.upkeep();
        }
        let keep = if cancelled_after.is_some() {
            scene.asked(TOM, Request::CancelChange { change: handed.change });
            MARIA
        } else {
            SERVICE
        };
        assert_eq!(scene.main().as_deref(), Some(keep), "{:?}", scene.connection().history.last());
        let platform = scene.platform.borrow();
        let names: Vec<&str> = platform.kvs.secrets().filter(|name| !name.contains(keep)).collect();
        assert!(names.is_empty(), "{cancelled_after:?}: {names:?}");
    }
}

#[test]
fn a_refresh_that_broke_off_when_a_parked_grant_was_taken_up_is_recovered_by_no_round() {
    for fault in [Fault::CrashAfter, Fault::LoseAnswer] {
        let scene = Scene::connected();
        let handed = hand_off(&scene, MARIA, SERVICE);
        allow(&scene, &handed.link, SERVICE);
        scene.wait(3 * HOUR_MS);
        let effect = {
            let quiet = scene.copy();
            quiet.platform.borrow_mut().effects.clear();
            quiet.proceed(MARIA, &handed.change);
            let platform = quiet.platform.borrow();
            platform.effects.iter().position(|effect| effect.name.contains("/oauth/token")).expect("is refreshed")
        };
        scene.platform.borrow_mut().effects.clear();
        let go_on = Request::ContinueChange { change: handed.change.clone() };
        broken(&scene, (effect, fault), Some(MARIA), Invocation::Request(Some(go_on)));
        assert_eq!(scene.main().as_deref(), Some(MARIA));
        for _ in 0..3 {
            scene.wait(5 * MINUTE_MS);
            assert_eq!(scene.upkeep(), Ok(()));
        }
        assert_eq!(scene.main().as_deref(), Some(MARIA), "nobody confirms it but its initiator");
        let after = scene.proceed(MARIA, &handed.change);
        assert_eq!(scene.main().as_deref(), Some(SERVICE), "{fault:?}: {:?}", after.history[0].outcome);
    }
}

#[test]
fn who_made_a_link_is_told_on_their_next_page_that_somebody_allowed_and_nobody_else_is() {
    let scene = Scene::connected();
    let told = |who: &str| scene.prompted(who).1;
    let handed = hand_off(&scene, MARIA, SERVICE);
    open(&scene, "POST", &handed.link);
    assert_eq!(told(MARIA), None, "nobody allowed so far");
    allow(&scene, &handed.link, SERVICE);
    let until = Timestamp(now(&scene).0 + hand_off::WAIT.0);
    let Some(Risk::AllowedByLink { account, until: waits }) = told(MARIA) else { panic!("is told") };
    assert_eq!((account.account_id, waits), (id(SERVICE), until));
    assert_eq!((told(TOM), told(ANA)), (None, None));
    // It costs others nothing.
    scene.platform.borrow_mut().effects.clear();
    scene.ask(TOM, Request::Prompt { risks: None });
    assert_eq!(scene.platform.borrow().effects.len(), 6);
    // Whoever lost their rights cannot finish it either.
    scene.admin_of(MARIA, false);
    assert_eq!(told(MARIA), None);
    scene.admin_of(MARIA, true);
    let later = scene.copy();
    scene.proceed(MARIA, &handed.change);
    assert_eq!(told(MARIA), None, "it is finished");
    later.wait(hand_off::WAIT.0);
    assert_eq!(later.prompted(MARIA).1, None, "it waits no longer");
}
