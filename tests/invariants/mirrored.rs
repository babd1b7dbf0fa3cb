//! Records of mirrored comments, beside the others.

use crate::records::{holds, person};
use integration_plus::domain::adf::carry::Lost;
use integration_plus::domain::assignee::{Assigning, Assignment, Following, Seen};
use integration_plus::domain::catch_up::{Caught, CaughtUp, LeftOver, Reached};
use integration_plus::domain::counterpart::Counterpart;
use integration_plus::domain::health::CheckFailure;
use integration_plus::domain::intake::{Counterparts, CounterpartsSince, Intake};
use integration_plus::domain::integration::{
    Assignees, Direction, End, Integration, IntegrationId, Integrations, RestrictedTo, Restriction, Restrictions, Side,
    Terms, Which,
};
use integration_plus::domain::lane::{Lane, Lease, Mirrored, OnceMore, Parked, Waiting};
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::mirror::{Mirror, Origin, Posted, Poster, Sending};
use integration_plus::domain::pair::{Joined, Pair, Pairs};
use integration_plus::domain::run::{About, Failure, Outcome, RunItem};
use integration_plus::domain::run_log::{Items, RunId};
use integration_plus::domain::site::CloudId;
use integration_plus::domain::time::Timestamp;
use integration_plus::domain::visibility::Visibility;
use integration_plus::domain::webhook::{Registered, WebhookId};
use integration_plus::domain::write_budget::WriteBudget;
use integration_plus::ports::Stored;
use integration_plus::records;
use integration_plus::records::mirror::{Lanes, Listened, Listening, OpenLane};
use serde_json::{Value, json};
use std::path::Path;

fn integration_id() -> IntegrationId {
    IntegrationId::parse("c".repeat(32)).expect("is one")
}

fn cloud_id(digit: char) -> CloudId {
    CloudId::parse(format!("{digit}1111111-1111-4111-8111-111111111111")).expect("is one")
}

fn restriction(to: RestrictedTo) -> Restriction {
    Restriction { to, name: "Developers".into() }
}

fn poster() -> Poster {
    Poster { account: person("main").account_id, for_author: true }
}

#[test]
fn golden_integrations_and_pairs_are_written_and_read_alike() {
    let side = |digit| Side { cloud_id: cloud_id(digit), project: JiraNumber(10_000) };
    let terms = Terms {
        name: "Partner".into(),
        here: side('1'),
        there: side('2'),
        direction: Direction::Both,
        which: Which::Word { word: "#sync".into() },
        assignees: vec![Assignees { here: person("a").account_id, there: person("b").account_id }],
        restrictions: vec![Restrictions {
            here: restriction(RestrictedTo::Role),
            there: restriction(RestrictedTo::Group),
        }],
        to_customers: true,
        following: None,
        counterparts: Some(Counterparts { here: Some(JiraNumber(10_002)), there: None }),
    };
    let integration = |direction, which, enabled_since| Integration {
        id: integration_id(),
        terms: Terms { direction, which, ..terms.clone() },
        enabled_since,
        here_since: enabled_since,
        there_since: None,
        following_since: enabled_since,
        counterparts_since: Some(CounterpartsSince { here: Some(Timestamp(2)), there: None }),
        changed_by: person("admin"),
        changed_at: Timestamp(1),
    };
    let following = |how| {
        let own = integration(Direction::Both, Which::All, None);
        Integration { terms: Terms { following: Some(how), ..own.terms.clone() }, ..own }
    };
    holds(
        "integrations",
        &Integrations(vec![
            integration(Direction::Both, terms.which.clone(), Some(Timestamp(1))),
            integration(Direction::Out, Which::All, None),
            integration(Direction::In, Which::PublicOnly, None),
            following(Following::ByTable),
            following(Following::ByTableOrAccount),
        ]),
    );
    let pair = |joined| Pair { here: JiraNumber(1), there: JiraNumber(2), joined, at: Timestamp(3) };
    holds("pairs", &Pairs(vec![pair(Joined::ByHand), pair(Joined::ByProperty), pair(Joined::Created)]));
}

/// The same as it was written before these fields came.
fn before(value: &mut Value, later: &[&str]) {
    match value {
        Value::Object(fields) => {
            fields.retain(|name, _| !later.contains(&name.as_str()));
            fields.values_mut().for_each(|field| before(field, later));
        }
        Value::Array(list) => list.iter_mut().for_each(|own| before(own, later)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn what_was_stored_before_assignees_followed_is_still_read() {
    let golden = |name: &str| -> Value {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/v1/{name}.json"));
        serde_json::from_str(&std::fs::read_to_string(file).expect("is there")).expect("is JSON")
    };
    let mut document = golden("integrations");
    before(&mut document, &["following", "followingSince"]);
    assert!(!document.to_string().contains("ollowing"));
    let all: Integrations = records::read(Stored { revision: 1, document }).expect("is read").value;
    assert!(all.0.iter().all(|own| own.terms.following.is_none() && own.following_since.is_none()));
    let item = RunItem {
        end: End::Here,
        issue: None,
        comment: JiraNumber(1),
        about: Some(About::Assignee),
        outcome: Outcome::Waits { why: None },
        by: None,
        lost: Lost::default(),
        points: 0,
        at: Timestamp(1),
    };
    let mut document = json!({ "version": 1, "data": Items(vec![item]) });
    before(&mut document, &["about"]);
    let items: Items = records::read(Stored { revision: 1, document }).expect("is read").value;
    assert_eq!((items.0.len(), items.0[0].about), (1, None));
}

#[test]
fn golden_mirrors_and_lanes_are_written_and_read_alike() {
    let origin = Origin { end: End::There, issue: JiraNumber(1), comment: JiraNumber(2) };
    let visibility = Some(Visibility { restricted: Some(restriction(RestrictedTo::Role)), internal: true });
    let (edition, leaving) = ("e".repeat(32), Some(true));
    let posted = Posted { comment: JiraNumber(4), edition, by: poster(), visibility: visibility.clone(), leaving };
    let (edition, since, before) = ("f".repeat(32), Timestamp(5), Some(Timestamp(4)));
    let sending = Sending { edition, by: poster(), since, visibility, before };
    let mirror = Mirror {
        id: "d".repeat(32),
        origin,
        target: JiraNumber(3),
        sending: Some(sending),
        posted: Some(posted),
        removed: true,
    };
    holds("mirror", &mirror);
    let parked = |why| Parked { end: End::There, comment: Some(JiraNumber(6)), why, at: Timestamp(7) };
    let lane = Lane {
        waiting: vec![
            Waiting { end: End::Here, comment: Some(JiraNumber(5)), hints: 2, tries: 1, rests_until: None },
            Waiting { end: End::Here, comment: None, hints: 1, tries: 0, rests_until: None },
        ],
        parked: vec![parked(Failure::Refused { message: "No.".into() }), parked(Failure::NoAnswer)],
        mirrored: vec![Mirrored { end: End::Here, comment: JiraNumber(4) }],
        lease: Some(Lease { holder: "h".into(), since: Timestamp(8) }),
        waits_until: Some(Timestamp(9)),
        written_here: WriteBudget::default().written(Timestamp(1)),
        written_there: WriteBudget::default(),
        turns: 3,
        once_more: Some(OnceMore { by: person("admin"), of: Some(RunId::new(&[7; 32])) }),
        unconnected_since: Some(Timestamp(9)),
        leveled: Some(true),
        secured: Some(vec![End::There]),
    };
    holds("lane", &lane);
    let account = |name: &str| Some(person(name).account_id);
    let assigning = Assigning { from: End::There, account: account("a"), to: None, since: Timestamp(5) };
    let seen = Some(Seen { here: account("a"), there: None });
    holds("assignment", &Assignment { seen, assigning: Some(assigning), created_for: Some(End::There) });
    holds(
        "lanes",
        &Lanes(vec![OpenLane {
            integration: integration_id(),
            here: JiraNumber(1),
            since: Timestamp(2),
            looked_at: Some(Timestamp(3)),
        }]),
    );
}

#[test]
fn a_mirror_from_before_it_was_noted_who_may_read_it_is_still_read() {
    let by = json!({ "account": "main", "forAuthor": true });
    let data = json!({
        "id": "d".repeat(32), "origin": { "comment": "2", "end": "there", "issue": "1" }, "target": "3", "removed": false,
        "posted": { "by": by, "comment": "4", "edition": "e" }, "sending": { "by": by, "edition": "f", "since": 5 },
    });
    let stored = Stored { revision: 1, document: json!({ "version": 1, "data": data }) };
    let mirror = records::read::<Mirror>(stored).expect("is read").value;
    let (posted, sending) = (mirror.posted.expect("is there"), mirror.sending.expect("is on its way"));
    assert_eq!((posted.visibility.clone(), posted.is_leaving(), posted.may_be_hidden()), (None, false, true));
    assert_eq!((sending.sought_since(), sending.may_be_hidden()), (Timestamp(5), false));
}

#[test]
fn golden_notes_of_what_is_listened_to_and_caught_up_with_are_written_and_read_alike() {
    let listened = Listened {
        cloud_id: cloud_id('2'),
        url: "https://partner.atlassian.net".into(),
        account: person("main").account_id,
        projects: vec![10_000],
        webhooks: vec![Registered { id: WebhookId(7), expires_at: Some(Timestamp(5)) }],
        looked_at: Timestamp(6),
        failure: Some(CheckFailure::NoProjects),
    };
    holds("listening", &Listening(vec![listened]));
    let caught = CaughtUp {
        integration: integration_id(),
        end: End::Here,
        through: Timestamp(3),
        tried_at: Some(Timestamp(4)),
        reached: Some(Reached { began: Timestamp(5), updated: Timestamp(4) }),
        left: Some(vec![LeftOver {
            issue: JiraNumber(1),
            since: Timestamp(2),
            from: JiraNumber(3),
            unread: true,
            level: Some(true),
        }]),
        whole: Some(Timestamp(2)),
    };
    holds("caught-up", &Caught(vec![caught]));
}

#[test]
fn golden_intakes_and_counterparts_are_written_and_read_alike() {
    let rests_until = Some(Timestamp(9));
    let waiting =
        |comment, hints| Waiting { end: End::There, comment: Some(JiraNumber(comment)), hints, tries: 0, rests_until };
    let parked = Parked { end: End::Here, comment: Some(JiraNumber(6)), why: Failure::MayNotCreate, at: Timestamp(7) };
    let lane = Lane { waiting: vec![waiting(1, 1)], parked: vec![parked], ..Lane::default() };
    holds("intake", &Intake(lane));
    let sent = Counterpart::new("d".repeat(32), End::Here, JiraNumber(1), JiraNumber(10_000));
    let sent = sent.sent(person("main").account_id, Timestamp(5));
    holds("counterpart-sent", &sent);
    holds("counterpart-there", &sent.arrived(JiraNumber(9)).paired());
}

#[test]
fn an_integration_and_a_run_of_before_counterparts_are_read_as_having_none() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/v1/integrations.json");
    let mut document: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(file).expect("is there")).expect("is JSON");
    for own in document["data"].as_array_mut().expect("is a list") {
        own.as_object_mut().expect("is one").remove("counterpartsSince");
        own["terms"].as_object_mut().expect("is one").remove("counterparts");
    }
    let read: Integrations = records::read(Stored { revision: 1, document }).expect("is read").value;
    assert!(read.0.iter().all(|own| own.terms.counterparts.is_none() && own.counterparts_since.is_none()));
    let item = serde_json::json!([{
        "end": "here", "issue": "MOB-1", "comment": "1", "outcome": { "type": "created", "comment": "2" }, "by": null,
        "lost": { "attachments": 0, "macros": 0, "links": 0, "other": 0, "shortened": false }, "points": 1, "at": 1,
    }]);
    let document = serde_json::json!({ "version": 1, "data": item });
    let read: Items = records::read(Stored { revision: 1, document }).expect("is read").value;
    assert_eq!(read.0[0].about, None);
}
