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
use integration_plus::domain::webhook::{Registered, WebhookId};
use integration_plus::domain::write_budget::WriteBudget;
use integration_plus::records::mirror::{Caught, CaughtUp, Lanes, LeftOver, Listened, Listening, OpenLane, Reached};

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
    let posted = Posted { comment: JiraNumber(4), edition: "e".repeat(32), by: poster() };
    let sending = Sending { edition: "f".repeat(32), by: poster(), since: Timestamp(5) };
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
        unconnected_since: Some(Timestamp(9)),
    };
    holds("lane", &lane);
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
        left: Some(vec![LeftOver { issue: JiraNumber(1), since: Timestamp(2), from: JiraNumber(3), unread: true }]),
    };
    holds("caught-up", &Caught(vec![caught]));
}
