//! Records of mirrored comments, beside the others.

use crate::records::{holds, person};
use integration_plus::domain::health::CheckFailure;
use integration_plus::domain::integration::{
    Assignees, Direction, End, Integration, IntegrationId, Integrations, RestrictedTo, Restriction, Restrictions, Side,
    Terms, Which,
};
use integration_plus::domain::lane::{Lane, Lease, Mirrored, OnceMore, Parked, Waiting};
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::mirror::{Mirror, Origin, Posted, Poster, Sending};
use integration_plus::domain::pair::{Joined, Pair, Pairs};
use integration_plus::domain::run::Failure;
use integration_plus::domain::run_log::RunId;
use integration_plus::domain::site::CloudId;
use integration_plus::domain::time::Timestamp;
use integration_plus::domain::visibility::Visibility;
use integration_plus::domain::webhook::{Registered, WebhookId};
use integration_plus::domain::write_budget::WriteBudget;
use integration_plus::ports::Stored;
use integration_plus::records;
use integration_plus::records::mirror::{Caught, CaughtUp, Lanes, Listened, Listening, OpenLane};
use serde_json::json;

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
    };
    let integration = |direction, which, enabled_since| Integration {
        id: integration_id(),
        terms: Terms { direction, which, ..terms.clone() },
        enabled_since,
        here_since: enabled_since,
        there_since: None,
        changed_by: person("admin"),
        changed_at: Timestamp(1),
    };
    holds(
        "integrations",
        &Integrations(vec![
            integration(Direction::Both, terms.which.clone(), Some(Timestamp(1))),
            integration(Direction::Out, Which::All, None),
            integration(Direction::In, Which::PublicOnly, None),
        ]),
    );
    let pair = |joined| Pair { here: JiraNumber(1), there: JiraNumber(2), joined, at: Timestamp(3) };
    holds("pairs", &Pairs(vec![pair(Joined::ByHand), pair(Joined::ByProperty)]));
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
    let parked = |why| Parked { end: End::There, comment: JiraNumber(6), why, at: Timestamp(7) };
    let lane = Lane {
        waiting: vec![Waiting { end: End::Here, comment: JiraNumber(5), hints: 2, tries: 1 }],
        parked: vec![parked(Failure::Refused { message: "No.".into() }), parked(Failure::NoAnswer)],
        mirrored: vec![Mirrored { end: End::Here, comment: JiraNumber(4) }],
        lease: Some(Lease { holder: "h".into(), since: Timestamp(8) }),
        waits_until: Some(Timestamp(9)),
        written_here: WriteBudget::default().written(Timestamp(1)),
        written_there: WriteBudget::default(),
        turns: 3,
        once_more: Some(OnceMore { by: person("admin"), of: RunId::new(&[7; 32]) }),
    };
    holds("lane", &lane);
    holds("lanes", &Lanes(vec![OpenLane { integration: integration_id(), here: JiraNumber(1), since: Timestamp(2) }]));
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
    let through = Timestamp(3);
    holds("caught-up", &Caught(vec![CaughtUp { integration: integration_id(), end: End::Here, through }]));
}
