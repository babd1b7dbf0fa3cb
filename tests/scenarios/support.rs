//! Support asks, an administrator lets it in, watches it and takes the access back; everybody else stays outside.

use crate::bridge::Bridge;
use crate::people::{CHLOE, error, race};
use crate::scene::{ANA, DAY_MS, HOUR_MS, MARIA, MINUTE_MS, SERVICE, Scene, TOM, id, pairs};
use hmac::{Hmac, KeyInit, Mac};
use integration_plus::api::{
    About, ErrorCode, PageOfRuns, Preview, Reply, Request, SupportAccessView, SupportStanding, SupportView,
};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::health::Badge;
use integration_plus::domain::integration::End;
use integration_plus::domain::limits::LimitKind;
use integration_plus::domain::refusal::Refusals;
use integration_plus::domain::register::Details;
use integration_plus::domain::support::{DoorRefusal, KEPT, OPEN, Support, Viewed};
use integration_plus::domain::time::Timestamp;
use integration_plus::records::{self, Instance};
use integration_plus::secret::Secret;
use integration_plus::support_page;
use integration_plus::web::{Presented, WebRequest, WebResponse};
use sandbox::ports::{Ended, Fault, OTHER_CLOUD_ID, Running, SUPPORT_KEY};
use serde_json::{Value, json};
use sha2::Sha256;

fn signature(key: &str, body: &str) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any key fits").chain_update(body);
    integration_plus::url::hex(&mac.finalize().into_bytes())
}

fn post(body: &str, signature: Option<&str>) -> Invocation {
    let request = WebRequest { method: "POST".into(), body: body.into(), ..crate::scene::get(&[]) };
    Invocation::Support(request, Presented { signature: signature.map(str::to_owned), code: None })
}

fn get(code: Option<&str>, query: &[(&str, &str)]) -> Invocation {
    let code = code.map(|code| Secret::new(code.to_owned()));
    Invocation::Support(crate::scene::get(&pairs(query)), Presented { code, signature: None })
}

/// The access and the code that opens it.
struct Let {
    id: String,
    code: String,
}

/// What a reply lets in.
fn of(reply: Reply) -> Let {
    let Reply::SupportGranted { id, code, .. } = reply else { panic!("{reply:?} lets nobody in") };
    Let { id, code }
}

impl Scene {
    fn support_as(&self, who: &str, request: Request) -> SupportView {
        let reply = self.ask(who, request);
        let Reply::Support { support } = reply else { panic!("{reply:?} says nothing of support") };
        *support
    }

    fn support(&self) -> SupportView {
        self.support_as(MARIA, Request::Support {})
    }

    fn about(&self) -> About {
        let reply = self.ask(MARIA, Request::About {});
        let Reply::About { about } = reply else { panic!("{reply:?} tells no version") };
        about
    }

    fn after(&self, ms: i64) -> Timestamp {
        Timestamp(self.platform.borrow().now_ms + ms)
    }

    /// What support writes, for this installation and now.
    fn letter(&self, nonce: &str) -> Value {
        json!({
            "instanceId": self.about().instance_id,
            "who": "Nora Lindgren",
            "ticket": "SUP-4711",
            "reason": "Comments stopped on Tuesday",
            "until": self.after(48 * HOUR_MS),
            "at": self.after(0),
            "nonce": format!("nonce-of-sixteen-{nonce}"),
        })
    }

    fn send(&self, letter: &Value) -> WebResponse {
        let body = letter.to_string();
        self.web(post(&body, Some(&signature(SUPPORT_KEY, &body))))
    }

    /// A request that waits, and its id.
    fn request_of_support(&self) -> String {
        let taken = self.send(&self.letter("first"));
        assert_eq!(taken.status, 202, "{taken:?}");
        serde_json::from_str::<Value>(&taken.body).expect("is JSON")["id"].as_str().expect("is text").to_owned()
    }

    fn let_in(&self, who: &str, request: Request) -> Let {
        of(self.ask(who, request))
    }

    fn approve(&self, id: &str) -> Let {
        self.let_in(MARIA, Request::ApproveSupport { id: id.into(), until: self.after(72 * HOUR_MS) })
    }

    fn grant_first(&self) -> Let {
        self.let_in(MARIA, Request::GrantSupport { ticket: "SUP-1".into(), until: self.after(72 * HOUR_MS) })
    }

    fn knock_with(&self, code: &str) -> WebResponse {
        self.web(get(Some(code), &[]))
    }

    fn sees(&self, code: &str) -> Value {
        let shown = self.knock_with(code);
        assert_eq!(shown.status, 200, "{shown:?}");
        serde_json::from_str(&shown.body).expect("is JSON")
    }

    fn access_named(&self, id: &str) -> SupportAccessView {
        self.support().accesses.into_iter().find(|access| access.id == id).expect("is kept")
    }

    fn turned_away_at_door(&self) -> Vec<(DoorRefusal, u32)> {
        let refusals: Refusals<DoorRefusal> = self.record(&records::door_refusals()).unwrap_or_default();
        refusals.rows().iter().map(|row| (row.reason, row.count)).collect()
    }

    fn count_of(&self, reason: DoorRefusal) -> u32 {
        self.turned_away_at_door().into_iter().filter(|(own, _)| *own == reason).map(|(_, count)| count).sum()
    }

    /// The oracle of every refusal at the door: the one answer, one more in its row, and nothing else changed.
    fn refused_at_door(&self, reason: DoorRefusal, knock: Invocation) {
        let (before, count) = (self.kept_of_support(), self.count_of(reason));
        assert_eq!(self.web(knock), support_page::refused(), "{reason:?}");
        assert_eq!(self.count_of(reason), count + 1, "{:?}", self.turned_away_at_door());
        assert_eq!(self.kept_of_support(), before);
    }

    fn kept_of_support(&self) -> Option<Support> {
        self.record(&records::support())
    }
}

#[test]
fn support_asks_is_let_in_reads_what_the_administrator_saw_is_seen_and_is_turned_away_once_revoked() {
    let scene = Scene::connected();
    let asked = scene.request_of_support();
    let before = scene.support();
    let [waits] = before.accesses.as_slice() else { panic!("{before:?}") };
    assert_eq!((&waits.id, &waits.standing), (&asked, &SupportStanding::Requested));
    let words = waits.asked.as_ref().expect("support asked");
    assert_eq!((words.who.as_str(), words.ticket.as_str()), ("Nora Lindgren", "SUP-4711"));
    assert_eq!(words.until, scene.after(48 * HOUR_MS));

    let Let { id: granted, code } = scene.approve(&asked);
    assert_eq!(granted, asked);
    let shown = scene.sees(&code);
    // Exactly what the administrator saw before deciding.
    assert_eq!(shown["preview"], serde_json::to_value(&before.preview).expect("writes"));
    assert_eq!(shown["until"], json!(scene.after(72 * HOUR_MS)));

    let access = scene.access_named(&asked);
    assert!(matches!(&access.standing, SupportStanding::Granted { by, .. } if by.account_id == id(MARIA)));
    let [view] = access.views.as_slice() else { panic!("{access:?}") };
    assert_eq!((&view.what, view.count, view.last_at), (&Viewed::Configuration, 1, scene.after(0)));

    scene.support_as(TOM, Request::RevokeSupport { id: asked.clone() });
    scene.refused_at_door(DoorRefusal::Revoked, get(Some(&code), &[]));
    scene.refused_at_door(DoorRefusal::Revoked, get(Some(&code), &[("run", "r1")]));
    let access = scene.access_named(&asked);
    let SupportStanding::Revoked { granted_by, by, .. } = &access.standing else { panic!("{access:?}") };
    assert_eq!((&granted_by.account_id, &by.account_id), (&id(MARIA), &id(TOM)));
    assert_eq!(access.views.len(), 1);
}

#[test]
fn an_administrator_grants_first_where_no_request_can_come() {
    let scene = Scene::connected();
    scene.platform.borrow_mut().support_key = None;
    assert!(!scene.support().hears);
    let body = scene.letter("first").to_string();
    scene.refused_at_door(DoorRefusal::NoKey, post(&body, Some(&signature(SUPPORT_KEY, &body))));
    let Let { id: access, code } = scene.grant_first();
    assert_eq!(scene.sees(&code)["preview"]["connected"], true);
    let access = scene.access_named(&access);
    assert_eq!((access.asked, access.ticket.as_deref()), (None, Some("SUP-1")));
    // A key that somebody could guess is as good as none.
    scene.platform.borrow_mut().support_key = Some("short");
    let body = scene.letter("second").to_string();
    scene.refused_at_door(DoorRefusal::NoKey, post(&body, Some(&signature("short", &body))));
}

#[test]
fn a_declined_request_opens_nothing_and_is_kept_with_who_declined() {
    let scene = Scene::connected();
    let asked = scene.request_of_support();
    scene.support_as(TOM, Request::DeclineSupport { id: asked.clone() });
    assert!(
        matches!(scene.access_named(&asked).standing, SupportStanding::Declined { by, .. } if by.account_id == id(TOM))
    );
    for request in [
        Request::ApproveSupport { id: asked.clone(), until: scene.after(HOUR_MS) },
        Request::DeclineSupport { id: asked.clone() },
        Request::RevokeSupport { id: asked.clone() },
        Request::RevokeSupport { id: "nothing".into() },
    ] {
        let before = scene.trace();
        assert_eq!(scene.refused(MARIA, request), ErrorCode::SupportSettled);
        assert_eq!(scene.trace(), before);
    }
}

#[test]
fn every_refusal_is_the_same_byte_by_byte_also_where_nothing_was_ever_granted() {
    let empty = Scene::new();
    let guess = "a".repeat(43);
    empty.refused_at_door(DoorRefusal::UnknownCode, get(Some(&guess), &[]));

    let scene = Scene::connected();
    let Let { code, .. } = scene.grant_first();
    let flipped = format!("{}{}", if code.starts_with('A') { 'B' } else { 'A' }, &code[1..]);
    for (code, reason) in [
        (guess.as_str(), DoorRefusal::UnknownCode),
        (flipped.as_str(), DoorRefusal::UnknownCode),
        ("", DoorRefusal::Malformed),
        (&code[..42], DoorRefusal::Malformed),
        (&format!("{code} "), DoorRefusal::Malformed),
        // The header came twice.
        (&format!("{code},{code}"), DoorRefusal::Malformed),
    ] {
        scene.refused_at_door(reason, get(Some(code), &[]));
        scene.refused_at_door(reason, get(Some(code), &[("run", "r1")]));
    }
    // The digest that rests in storage is no code.
    let digest = integration_plus::oauth::authorization_request::fingerprint(&Secret::new(code.clone()));
    scene.refused_at_door(DoorRefusal::Malformed, get(Some(&digest), &[]));
    assert!(scene.platform.borrow().kvs.records().any(|(_, stored)| stored.document.to_string().contains(&digest)));
    // Another site of the same app is another house.
    let (ended, _) = Running::start_on(&scene.copy().platform, OTHER_CLOUD_ID, None, get(Some(&guess), &[])).finish();
    let Ended::Answered(Answer::Web(answer)) = ended else { panic!("a web trigger gets a response") };
    assert_eq!(answer, support_page::refused());
    assert_eq!(scene.sees(&code)["preview"]["connected"], true);
}

#[test]
fn an_access_ends_by_the_clock() {
    let scene = Scene::connected();
    let Let { id: access, code } = scene.grant_first();
    scene.wait(72 * HOUR_MS - 1);
    scene.sees(&code);
    scene.wait(1);
    scene.refused_at_door(DoorRefusal::Expired, get(Some(&code), &[]));
    assert!(matches!(scene.access_named(&access).standing, SupportStanding::Expired { .. }));
    assert_eq!(scene.refused(MARIA, Request::RevokeSupport { id: access }), ErrorCode::SupportSettled);
    let asked = scene.request_of_support();
    scene.wait(48 * HOUR_MS);
    assert_eq!(scene.access_named(&asked).standing, SupportStanding::Lapsed);
    let late = Request::ApproveSupport { id: asked, until: scene.after(HOUR_MS) };
    assert_eq!(scene.refused(MARIA, late), ErrorCode::SupportSettled);
}

#[test]
fn an_end_that_is_past_or_further_than_thirty_days_lets_nobody_in() {
    let scene = Scene::connected();
    let asked = scene.request_of_support();
    let before = scene.trace();
    for ms in [0, -1, 30 * DAY_MS + 1, i64::MAX / 2] {
        let until = scene.after(ms);
        assert_eq!(scene.refused(MARIA, Request::ApproveSupport { id: asked.clone(), until }), ErrorCode::SupportUntil);
        let first = Request::GrantSupport { ticket: String::new(), until };
        assert_eq!(scene.refused(MARIA, first), ErrorCode::SupportUntil);
    }
    let long = Request::GrantSupport { ticket: "x".repeat(401), until: scene.after(HOUR_MS) };
    assert_eq!(scene.refused(MARIA, long), ErrorCode::InvalidRequest);
    assert_eq!(scene.trace(), before);
    scene.let_in(MARIA, Request::ApproveSupport { id: asked, until: scene.after(30 * DAY_MS) });
}

#[test]
fn a_request_that_is_forged_altered_repeated_late_or_for_another_house_is_not_taken() {
    let scene = Scene::connected();
    let letter = scene.letter("first");
    assert_eq!(scene.send(&letter).status, 202);
    let body = letter.to_string();
    scene.refused_at_door(DoorRefusal::Replayed, post(&body, Some(&signature(SUPPORT_KEY, &body))));
    scene.refused_at_door(DoorRefusal::BadSignature, post(&body, Some(&signature("another-key", &body))));
    scene.refused_at_door(DoorRefusal::BadSignature, post(&body, Some("")));
    scene.refused_at_door(DoorRefusal::Malformed, post(&body, None));
    let altered = body.replace("Nora", "Mallory");
    scene.refused_at_door(DoorRefusal::BadSignature, post(&altered, Some(&signature(SUPPORT_KEY, &body))));
    // Signed with the right key, and yet nothing that is taken.
    for (change, reason) in [
        (json!({ "instanceId": "0".repeat(32) }), DoorRefusal::Elsewhere),
        (json!({ "at": scene.after(-10 * MINUTE_MS - 1) }), DoorRefusal::Stale),
        (json!({ "at": scene.after(10 * MINUTE_MS + 1) }), DoorRefusal::Stale),
        (json!({ "until": scene.after(0) }), DoorRefusal::Malformed),
        (json!({ "until": scene.after(30 * DAY_MS + 1) }), DoorRefusal::Malformed),
        (json!({ "who": "\u{202E}" }), DoorRefusal::Malformed),
        (json!({ "who": null }), DoorRefusal::Malformed),
        (json!({ "nonce": "short" }), DoorRefusal::Malformed),
        (json!({ "nonce": "x".repeat(129) }), DoorRefusal::Malformed),
        (json!({ "reason": "x".repeat(9000) }), DoorRefusal::Malformed),
    ] {
        let mut other = scene.letter("second");
        for (name, value) in change.as_object().expect("is one") {
            other[name] = value.clone();
        }
        let body = other.to_string();
        scene.refused_at_door(reason, post(&body, Some(&signature(SUPPORT_KEY, &body))));
    }
    for body in ["", "[]", "not json", "{}"] {
        scene.refused_at_door(DoorRefusal::Malformed, post(body, Some(&signature(SUPPORT_KEY, body))));
    }
    assert_eq!(scene.support().accesses.len(), 1);
    // The oracle can fail: the second letter is taken as it is.
    assert_eq!(scene.send(&scene.letter("second")).status, 202);
}

#[test]
fn five_requests_wait_and_no_more() {
    let scene = Scene::connected();
    for n in 0..OPEN {
        assert_eq!(scene.send(&scene.letter(&n.to_string())).status, 202);
    }
    let body = scene.letter("more").to_string();
    scene.refused_at_door(DoorRefusal::Full, post(&body, Some(&signature(SUPPORT_KEY, &body))));
    let first = scene.support().accesses.last().expect("waits").id.clone();
    scene.support_as(MARIA, Request::DeclineSupport { id: first });
    assert_eq!(scene.web(post(&body, Some(&signature(SUPPORT_KEY, &body)))).status, 202);
}

#[test]
fn as_many_are_let_in_as_are_kept() {
    let scene = Scene::connected();
    let all: Vec<Let> = (0..KEPT).map(|_| scene.grant_first()).collect();
    let more = Request::GrantSupport { ticket: String::new(), until: scene.after(HOUR_MS) };
    assert_eq!(scene.refused(MARIA, more), ErrorCode::ListFull { most: 20 });
    scene.support_as(MARIA, Request::RevokeSupport { id: all[7].id.clone() });
    scene.grant_first();
    scene.sees(&all[0].code);
    // Nothing is known any more of the one that made room.
    scene.refused_at_door(DoorRefusal::UnknownCode, get(Some(&all[7].code), &[]));
}

#[test]
fn a_flood_costs_next_to_nothing_and_does_not_keep_support_out() {
    let scene = Scene::connected();
    let Let { code, .. } = scene.grant_first();
    let guess = "a".repeat(43);
    let (mut writes, mut most) = (0, 0);
    for n in 0..500 {
        let knock = if n % 2 == 0 { get(Some(&guess), &[]) } else { post("{}", Some("00")) };
        assert_eq!(scene.web(knock), support_page::refused());
        let platform = scene.platform.borrow();
        writes += platform.effects.iter().filter(|effect| effect.name.starts_with("transact")).count();
        most = most.max(platform.effects.len());
        assert!(platform.effects.iter().all(|effect| !effect.name.contains("http") && !effect.name.contains("jira")));
    }
    assert!(writes == 40 && most <= 3, "{writes} writes, {most} effects at most");
    assert_eq!(scene.turned_away_at_door().len(), 2);
    scene.sees(&code);
    assert_eq!(scene.send(&scene.letter("first")).status, 202);
}

#[test]
fn nobody_but_an_administrator_gets_anything_of_support() {
    let scene = Scene::connected();
    let asked = scene.request_of_support();
    let Let { id: access, code } = scene.grant_first();
    let before = scene.trace();
    let until = scene.after(HOUR_MS);
    for request in [
        Request::Support {},
        Request::GrantSupport { ticket: String::new(), until },
        Request::ApproveSupport { id: asked.clone(), until },
        Request::DeclineSupport { id: asked },
        Request::RevokeSupport { id: access },
        Request::About {},
    ] {
        for who in [ANA, SERVICE] {
            scene.admin_of(SERVICE, false);
            let refused = scene.refused(who, request.clone());
            assert!(matches!(refused, ErrorCode::NotAdministrator { .. }), "{request:?}: {refused:?}");
        }
    }
    assert_eq!(scene.trace(), before);
    scene.sees(&code);
    // Nobody gives an installation its name by asking.
    let fresh = Scene::new();
    fresh.refused(ANA, Request::Support {});
    fresh.refused(ANA, Request::About {});
    assert_eq!(fresh.record::<Instance>(&records::instance()), None);
}

#[test]
fn of_two_administrators_at_once_one_decides() {
    for approver_first in [true, false] {
        let scene = Scene::connected();
        let asked = scene.request_of_support();
        let until = scene.after(HOUR_MS);
        let start = |who: &str, request| Running::start(&scene.platform, Some(who), Invocation::Request(Some(request)));
        let mut both = vec![
            start(MARIA, Request::ApproveSupport { id: asked.clone(), until }),
            start(TOM, Request::DeclineSupport { id: asked.clone() }),
        ];
        if !approver_first {
            both.reverse();
        }
        let replies = race(both);
        let refused: Vec<_> = replies.iter().filter_map(error).collect();
        assert_eq!(refused, [&ErrorCode::SupportSettled]);
        let standing = scene.access_named(&asked).standing;
        let decided = replies.iter().any(|reply| matches!(reply, Reply::SupportGranted { .. }));
        assert_eq!((matches!(standing, SupportStanding::Granted { .. }), decided), (approver_first, approver_first));
    }
    let scene = Scene::connected();
    let until = scene.after(HOUR_MS);
    let start = |who: &str, request| Running::start(&scene.platform, Some(who), Invocation::Request(Some(request)));
    // Two grants that nobody asked for are two accesses, each with a code of its own.
    let first = || Request::GrantSupport { ticket: String::new(), until };
    let replies = race(vec![start(MARIA, first()), start(TOM, first())]);
    let codes: Vec<String> = replies.into_iter().map(|reply| of(reply).code).collect();
    assert_ne!(codes[0], codes[1]);
    for code in &codes {
        scene.sees(code);
    }
}

#[test]
fn who_looks_while_the_access_is_taken_back_sees_nothing_unseen() {
    let scene = Scene::connected();
    let Let { id: access, code } = scene.grant_first();
    let mut looking = Running::start(&scene.platform, None, get(Some(&code), &[]));
    // It has read the access, and not yet written down that it looks.
    assert!(looking.poll().is_none() && looking.poll().is_none());
    scene.support_as(TOM, Request::RevokeSupport { id: access.clone() });
    let (ended, _) = looking.finish();
    let Ended::Answered(Answer::Web(answer)) = ended else { panic!("a web trigger gets a response") };
    assert_eq!(answer, support_page::refused());
    assert_eq!(scene.access_named(&access).views, []);
    assert_eq!(scene.count_of(DoorRefusal::Revoked), 1);
}

#[test]
fn nothing_is_shown_that_cannot_be_written_down_and_no_outage_is_taken_for_a_refusal() {
    let scene = Scene::connected();
    let Let { id: access, code } = scene.grant_first();
    scene.sees(&code);
    let effects = scene.platform.borrow().effects.len();
    let mut outages = 0;
    for n in 0..effects {
        for fault in [Fault::Fail, Fault::LoseAnswer] {
            let copy = scene.copy();
            copy.platform.borrow_mut().plan = Some((n, fault));
            let answer = copy.knock_with(&code);
            assert!(answer == support_page::unavailable() || answer.status == 200, "{answer:?}");
            outages += usize::from(answer.status == 503);
            copy.platform.borrow_mut().plan = None;
            let views: u32 = copy.access_named(&access).views.iter().map(|view| view.count).sum();
            assert!(answer.status == 503 || views == 2, "{views}");
        }
    }
    assert_eq!(outages, 2 * effects);
    // Nobody learns from an outage whether a code is right.
    let copy = scene.copy();
    copy.platform.borrow_mut().plan = Some((0, Fault::Fail));
    assert_eq!(copy.knock_with(&"a".repeat(43)), support_page::unavailable());
}

#[test]
fn a_browser_without_a_code_gets_the_same_page_everywhere_and_other_methods_get_none() {
    let scene = Scene::connected();
    scene.grant_first();
    let page = scene.web(get(None, &[]));
    assert_eq!((page.status, &page), (200, &support_page::page()));
    assert_eq!(Scene::new().web(get(None, &[("run", "x")])), page);
    assert!(scene.platform.borrow().effects.is_empty());
    for method in ["HEAD", "PUT", "DELETE", "OPTIONS", ""] {
        let request = WebRequest { method: method.into(), ..crate::scene::get(&[]) };
        let answer = scene.web(Invocation::Support(request, Presented::default()));
        assert_eq!((answer.status, answer.body.as_str()), (405, ""), "{method}");
    }
}

#[test]
fn a_run_that_is_not_shared_is_not_told_from_one_that_is_not_there() {
    let scene = Scene::connected();
    let Let { id: access, code } = scene.grant_first();
    for query in [&[("run", "r1")][..], &[("run", "")], &[("run", &"x".repeat(129))], &[("run", "a"), ("run", "b")]] {
        assert_eq!(scene.web(get(Some(&code), query)), support_page::not_shared());
    }
    assert_eq!(scene.access_named(&access).views, []);
    assert_eq!(scene.count_of(DoorRefusal::NotShared), 4, "and administrators are told of it");
}

#[test]
fn a_shared_run_is_read_through_the_door_until_it_is_shared_no_longer() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "canary words");
    bridge.run();
    let scene = &bridge.scene;
    let Reply::Runs { runs } = scene.ask(MARIA, Request::Runs { page: PageOfRuns::default() }) else { panic!("lists") };
    let run = runs.rows[0].id.clone();
    let Let { id: access, code } = scene.grant_first();
    let look = || scene.web(get(Some(&code), &[("run", run.as_str())]));
    assert_eq!(look(), support_page::not_shared());
    let share = |share| scene.ask(MARIA, Request::ShareRun { id: run.clone(), share });
    share(true);
    let shown = look();
    let body: Value = serde_json::from_str(&shown.body).expect("is JSON");
    assert_eq!((shown.status, &body["run"]["run"]["id"]), (200, &json!(run)));
    assert_eq!(body["run"]["steps"][0]["outcome"], "created");
    assert_eq!(scene.sees(&code)["preview"]["runs"], json!([body["run"]["run"]]));
    for word in ["canary", "Chloe", "MOB", "INT-1", CHLOE, MARIA, "partner", "Partner", &code] {
        assert!(!shown.body.contains(word), "{word} is in {}", shown.body);
    }
    let views = scene.access_named(&access).views;
    assert!(views.iter().any(|view| view.what == Viewed::Run { id: run.as_str().into() }), "{views:?}");
    share(false);
    assert_eq!(look(), support_page::not_shared());
    share(true);
    scene.ask(MARIA, Request::RevokeSupport { id: access });
    assert_eq!(look(), support_page::refused());
}

#[test]
fn what_support_sees_names_nobody_on_a_site_that_is_full_of_people() {
    let scene = Scene::connected();
    scene.connect(ANA);
    scene.switch(TOM, SERVICE);
    scene.settle(|settings| (settings.grace_days, settings.fallback) = (3, true));
    let Reply::Access { access } = scene.ask(MARIA, Request::Access {}) else { panic!("reads") };
    let accounts = Some(vec![id(MARIA), id(TOM)]);
    scene.ask(MARIA, Request::LimitAdministrators { edition: access.edition, accounts });
    let Reply::Access { access } = scene.ask(MARIA, Request::Access {}) else { panic!("reads") };
    let limit = serde_json::from_value(json!({ "kind": "except", "projects": ["10003"], "categories": ["10050"] }));
    scene.ask(
        MARIA,
        Request::LimitProjects { edition: access.edition, limit: limit.expect("is a limit"), nowhere: None },
    );
    let details = Details {
        purpose: "Canary purpose".into(),
        systems: vec!["canary-system".into()],
        owner: None,
        documentation: None,
        review_on: None,
        rotate_every_days: None,
        rotated_on: None,
        notes: "canary notes".into(),
    };
    scene.ask(MARIA, Request::SaveEntry { account: id(SERVICE), details, revision: None });
    scene.send(&scene.letter("first"));
    let Let { code, .. } = scene.grant_first();

    let preview: Preview = scene.support().preview;
    assert_eq!((preview.badge, preview.connected, preview.administrators), (Badge::Connected, true, Some(2)));
    assert_eq!((preview.projects.kind, preview.projects.projects.len()), (LimitKind::Except, 1));
    assert_eq!((preview.settings.grace_days, preview.checks.is_empty()), (3, false));
    let shown = scene.knock_with(&code).body;
    let platform = scene.platform.borrow();
    let mut forbidden: Vec<String> = Vec::new();
    for account in platform.atlassian.accounts() {
        forbidden.extend([account.account_id.clone(), account.name.clone(), account.email.clone()]);
    }
    assert!(forbidden.len() > 20);
    forbidden.extend(platform.authorization_server.secrets().map(str::to_owned));
    forbidden.extend(
        ["Canary", "canary", "example.atlassian.net", "Nora", "SUP-", "MOB", "Mobile", "@", &code].map(str::to_owned),
    );
    for word in &forbidden {
        assert!(!shown.contains(word.as_str()), "{word} is in {shown}");
    }
    // The oracle can fail: these words are in the records.
    let stored: String = platform.kvs.records().map(|(_, stored)| stored.document.to_string()).collect();
    for word in ["Canary", "Nora", "Maria", "example.atlassian.net", MARIA] {
        assert!(stored.contains(word), "{word}");
    }
}

#[test]
fn the_code_is_told_once_and_kept_nowhere() {
    let scene = Scene::connected();
    let asked = scene.request_of_support();
    let Let { id: access, code } = scene.approve(&asked);
    scene.sees(&code);
    let mut said = vec![format!("{:?}", scene.support()), format!("{:?}", scene.knock_with(&code))];
    scene.support_as(MARIA, Request::RevokeSupport { id: access });
    said.push(format!("{:?}", scene.support()));
    let platform = scene.platform.borrow();
    said.extend(platform.kvs.records().map(|(key, stored)| format!("{key:?} {}", stored.document)));
    said.extend(platform.spoken.iter().cloned());
    said.extend(platform.effects.iter().map(|effect| effect.name.clone()));
    for canary in [code.as_str(), SUPPORT_KEY] {
        assert_eq!(said.iter().find(|text| text.contains(canary)), None);
    }
}

#[test]
fn about_names_the_version_and_the_installation_which_is_named_then_if_it_was_not() {
    let scene = Scene::new();
    assert_eq!(scene.record::<Instance>(&records::instance()), None);
    let about = scene.about();
    assert_eq!((about.version.as_str(), about.environment.as_str()), (env!("CARGO_PKG_VERSION"), "PRODUCTION"));
    let instance: Instance = scene.record(&records::instance()).expect("is there");
    assert_eq!(about.instance_id, instance.id);
    assert!(about.door.as_ref().is_some_and(|door| door.contains("support.web-trigger")));
    assert_eq!(scene.about(), about);
    assert_eq!(scene.support().preview.instance_id, about.instance_id);
}

#[test]
fn views_are_kept_for_each_minute() {
    let scene = Scene::connected();
    let Let { id: access, code } = scene.grant_first();
    for _ in 0..3 {
        scene.sees(&code);
    }
    scene.wait(MINUTE_MS);
    scene.sees(&code);
    let counts: Vec<u32> = scene.access_named(&access).views.iter().map(|view| view.count).collect();
    assert_eq!(counts, [1, 3]);
}

#[test]
fn a_grant_whose_answer_is_lost_is_told_with_its_code_or_lets_nobody_in() {
    let scene = Scene::connected();
    scene.grant_first();
    let effects = scene.platform.borrow().effects.len();
    let mut told = 0;
    for n in 0..effects {
        for fault in [Fault::Fail, Fault::LoseAnswer] {
            let copy = scene.copy();
            copy.platform.borrow_mut().plan = Some((n, fault));
            let until = copy.after(HOUR_MS);
            let reply = copy.ask(MARIA, Request::GrantSupport { ticket: "lost".into(), until });
            copy.platform.borrow_mut().plan = None;
            let kept = copy.support().accesses.iter().filter(|access| access.ticket.as_deref() == Some("lost")).count();
            if error(&reply).is_some() {
                assert_eq!(kept, 0, "{n} {fault:?}");
            } else {
                copy.sees(&of(reply).code);
                told += 1;
            }
        }
    }
    assert!(told > 2, "{told}");
}

#[test]
fn no_access_of_support_outlasts_thirty_days_because_a_clock_was_ahead_when_it_was_granted() {
    let scene = Scene::connected();
    scene.wait(400 * DAY_MS);
    let until = Timestamp(scene.platform.borrow().now_ms + 72 * HOUR_MS);
    let reply = scene.ask(MARIA, Request::GrantSupport { ticket: "SUP-1".into(), until });
    let Reply::SupportGranted { code, .. } = reply else { panic!("{reply:?} lets nobody in") };
    scene.wait(-400 * DAY_MS);
    scene.wait(60 * DAY_MS);
    let presented = Presented { code: Some(Secret::new(code)), signature: None };
    let answer = scene.web(Invocation::Support(crate::scene::get(&[]), presented));
    assert_ne!(answer.status, 200, "it was granted for three days, two months ago");
}
