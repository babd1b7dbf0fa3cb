//! Records of every version that ever shipped are still read.
//!
//! `tests/golden/` holds one document of each kind and version, as it was written. A new version adds files; none is
//! ever changed. `WRITE_GOLDEN=1` writes those of the present version that are missing.

use integration_plus::domain::account::{Account, AccountId, AccountType, Person};
use integration_plus::domain::authorization::{
    AuthorizationSession, Denial, ParkedGrant, Purpose, SessionKey, SessionState,
};
use integration_plus::domain::change::{Adopted, Change, Lease, Outcome, Previous, Stage};
use integration_plus::domain::connection::{Connection, EveryoneAsked, Former, HistoryRow, MainUser};
use integration_plus::domain::grant::{Grant, GrantState, PersonalUse, ReauthorizationReason, Redemption, TestUse};
use integration_plus::domain::hand_off::{FailedTry, HandOff, HandOffEnd, HandOffKey, HandOffPurpose, HandedOff};
use integration_plus::domain::health::{Check, CheckFailure, CheckName, CheckResult, Facts, Health, Unreachable};
use integration_plus::domain::limits::{AccessChanged, AccessLog, JiraNumber, LimitKind, Limits, ProjectLimit};
use integration_plus::domain::personal::{Held, Personal, Shown};
use integration_plus::domain::receipt::{Foreseen, Lacking, Receipt};
use integration_plus::domain::refusal::{RedirectRefusal, Refusals};
use integration_plus::domain::register::{Details, Entry, Register, Reported, Row};
use integration_plus::domain::rehearsal::{
    Held as RehearsedHeld, Looked, Part, Permission, Progress, Rehearsal, Rehearsed,
};
use integration_plus::domain::schedule::{Deviation, Schedule};
use integration_plus::domain::scope::{REQUIRED, Scopes};
use integration_plus::domain::settings::{ReauthorizationPolicy, Settings};
use integration_plus::domain::site::{CloudId, Site};
use integration_plus::domain::standing::Label;
use integration_plus::domain::support::{Asked, Call, DoorRefusal, Support, SupportGrant, Viewed};
use integration_plus::domain::tally::{Counted, Counts, Shard};
use integration_plus::domain::time::Timestamp;
use integration_plus::domain::trial::{
    Because, Failure, Finding, Left, Repeat, Row as TrialRow, Run, TestIssue, TestProject, Trial, Trials,
};
use integration_plus::domain::trial_link::TrialLink;
use integration_plus::domain::wave::{Day, Days, HeldUp, Job};
use integration_plus::domain::webhook::{Registered, WebhookId};
use integration_plus::ports::{Expect, Stored, Write};
use integration_plus::records::{self, Delivered, Instance, Record, Rehearsals};
use std::fmt::Debug;
use std::path::Path;

pub fn person(id: &str) -> Person {
    let account_id = AccountId::parse(id).expect("is one");
    Person { account_id, display_name: format!("Name of {id}"), avatar_url: Some("https://avatar.example/a".into()) }
}

fn account(id: &str) -> Account {
    Account { person: person(id), account_type: AccountType::Atlassian, active: true }
}

fn cloud_id() -> CloudId {
    CloudId::parse("11111111-1111-4111-8111-111111111111").expect("is one")
}

fn site() -> Site {
    Site { cloud_id: cloud_id(), name: "example".into(), url: "https://example.atlassian.net".into() }
}

fn session_key() -> SessionKey {
    SessionKey::parse("a".repeat(64)).expect("is one")
}

fn parked() -> ParkedGrant {
    ParkedGrant {
        account: account("new"),
        scopes: REQUIRED.into_iter().collect::<Scopes>(),
        site: site(),
        obtained_at: Timestamp(3),
        access_expires_at: Timestamp(4),
        presented_at: None,
    }
}

fn checks() -> Vec<Check> {
    let reason = ReauthorizationReason::Idle;
    let check = |name, result| Check { name, result };
    vec![
        check(CheckName::GrantWorks, CheckResult::Failed { failure: CheckFailure::GrantDead { reason } }),
        check(CheckName::AccountActive, CheckResult::Passed),
        check(CheckName::JiraAdministrator, CheckResult::Unknown { because: Unreachable::EarlierCheck }),
    ]
}

fn registered() -> Registered {
    Registered { id: WebhookId(7), expires_at: Some(Timestamp(5)) }
}

fn change(stage: Stage) -> Change {
    Change {
        key: session_key(),
        purpose: Purpose::ChangeMainUser,
        initiator: person("admin"),
        intended: person("new"),
        began_at: Timestamp(1),
        expires_at: Timestamp(2),
        hand_off: Some(handed_off()),
        policy: ReauthorizationPolicy::Everyone,
        foreseen: Some(foreseen()),
        schedule: Some(schedule()),
        stage,
        lease: Some(Lease { holder: "holder".into(), since: Timestamp(1) }),
    }
}

fn link_key() -> HandOffKey {
    HandOffKey::of("e".repeat(64))
}

fn handed_off() -> HandedOff {
    HandedOff { link: link_key(), session: Some(session_key()), links: 2, found_at: Some(Timestamp(9)) }
}

fn schedule() -> Schedule {
    Schedule { at: Timestamp(7), generation: 2, taken_up_at: Some(Timestamp(7)), found_at: Some(Timestamp(8)) }
}

fn asked(generation: u32) -> EveryoneAsked {
    EveryoneAsked { generation, at: Timestamp(1) }
}

fn foreseen() -> Foreseen {
    Foreseen {
        rehearsal: "c".repeat(32),
        at: Timestamp(1),
        kept: 2,
        lost: 1,
        gained: 0,
        failing: 1,
        losses: vec!["LOST".into()],
        lacking: Some(vec![Lacking { project: "LACKS".into(), permissions: vec![Permission::EditIssues] }]),
        acknowledged: true,
        people: 8,
        to_reauthorize: 3,
    }
}

fn connection(stage: Stage) -> Connection {
    Connection {
        generation: 2,
        main: Some(MainUser {
            account: account("old"),
            site: site(),
            since: Timestamp(1),
            changed_by: person("admin"),
            webhooks: vec![registered()],
        }),
        change: Some(change(stage)),
        sessions: vec![session_key()],
        history: vec![HistoryRow {
            at: Timestamp(1),
            purpose: Purpose::FirstConnect,
            from: None,
            to: person("old"),
            by: person("admin"),
            outcome: Outcome::Completed { webhooks_left: 0, restorable_until: Some(Timestamp(9)) },
            receipt: Some(1),
            scheduled_for: Some(Timestamp(7)),
            switched_at: Some(Timestamp(6)),
        }],
        receipts: 1,
        receipt_seal: "b".repeat(64),
        everyone_asked: Some(asked(2)),
        former: Some(Former {
            account: account("older"),
            site: site(),
            everyone_asked: Some(asked(1)),
            until: Timestamp(9),
            leaving: true,
        }),
        hand_offs: Some(vec![link_key()]),
    }
}

pub fn holds<T: Record + PartialEq + Debug>(name: &str, record: &T) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/v{}/{name}.json", records::VERSION));
    let Write::Put { document, .. } = records::put(records::connection(), Expect::Absent, record) else {
        panic!("a put is a put")
    };
    if std::env::var_os("WRITE_GOLDEN").is_some() && !file.exists() {
        std::fs::create_dir_all(file.parent().expect("has a folder")).expect("folder is made");
        let text = serde_json::to_string_pretty(&document).expect("writes");
        std::fs::write(&file, format!("{text}\n")).expect("file is written");
    }
    let text = std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is missing", file.display()));
    let golden: serde_json::Value = serde_json::from_str(&text).expect("is JSON");
    assert_eq!(golden, document, "{name} is written differently");
    let read: T = records::read(Stored { revision: 1, document: golden }).expect("is read").value;
    assert_eq!(&read, record, "{name} is read differently");
}

#[test]
fn golden_records_of_this_version_are_written_and_read_alike() {
    let (parked, checks) = (Box::new(parked()), checks());
    let adopted = Adopted { replaced_secrets: Some(vec!["grant:new:x".into()]) };
    let confirmed = Stage::Confirmed {
        parked: parked.clone(),
        adopted: adopted.clone(),
        checks: checks.clone(),
        webhooks: Some(vec![registered()]),
    };
    let previous = Some(Previous {
        account: account("old"),
        site: site(),
        everyone_asked: Some(asked(1)),
        webhooks: vec![WebhookId(7)],
        left: Some(1),
    });
    let undoing = Stage::Undoing {
        parked: parked.clone(),
        adopted: adopted.clone(),
        outcome: Outcome::Cancelled { by: person("admin") },
    };
    let ended = Stage::Ended { outcome: Outcome::ChecksFailed { checks: checks.clone() }, at: Timestamp(9) };
    holds("connection-awaiting-consent", &connection(Stage::AwaitingConsent));
    let scheduled = Stage::Scheduled { parked: parked.clone(), adopted: adopted.clone(), checks: checks.clone() };
    let stopped = Outcome::Stopped { because: Deviation::ChecksFailed { checks: checks.clone() } };
    holds("connection-scheduled", &connection(scheduled));
    holds("connection-stopped", &connection(Stage::Ended { outcome: stopped, at: Timestamp(9) }));
    holds("connection-confirmed", &connection(confirmed));
    holds("connection-switched", &connection(Stage::Switched { previous, adopted }));
    holds("connection-undoing", &connection(undoing));
    holds("connection-ended", &connection(ended));
    holds("session-authorized", &authorized(parked));
    holds("grant", &grant());
    holds(
        "receipt",
        &Receipt {
            number: 1,
            purpose: Purpose::FirstConnect,
            generation: 1,
            from: None,
            to: person("new"),
            by: person("admin"),
            began_at: Timestamp(1),
            at: Timestamp(1),
            checks,
            foreseen: Some(foreseen()),
            scheduled_for: Some(Timestamp(7)),
            previous: String::new(),
        },
    );
}

fn authorized(parked: Box<ParkedGrant>) -> AuthorizationSession {
    AuthorizationSession {
        purpose: Purpose::ChangeMainUser,
        initiator: person("admin"),
        intended: person("new"),
        cloud_id: cloud_id(),
        environment: "environment".into(),
        redirect_uri: "https://redirect.example/x1/a".into(),
        scopes: vec!["read:me".into()],
        challenged: true,
        began_at: Timestamp(1),
        expires_at: Timestamp(2),
        hand_off: Some(link_key()),
        state: SessionState::Authorized { parked },
    }
}

fn grant() -> Grant {
    Grant {
        account: account("new"),
        scopes: REQUIRED.into_iter().collect::<Scopes>(),
        version: 3,
        secret_key: "grant:new:x".into(),
        retired_secret: Some("grant:new:w".into()),
        obtained_at: Timestamp(1),
        refreshed_at: Timestamp(2),
        access_expires_at: Timestamp(3),
        state: GrantState::ReauthorizationRequired { reason: ReauthorizationReason::Idle },
        redemption: Some(Redemption { holder: "h".into(), since: Timestamp(1), before: Some(vec!["b".into()]) }),
        personal: Some(PersonalUse {
            connected_at: Timestamp(1),
            consented_in: 1,
            verified_in: 2,
            used_at: Some(Timestamp(2)),
            attempted_as: Some(person("other")),
            counted: Counted { label: Label::WrongAccount, generation: 2 },
            since: Timestamp(2),
        }),
        for_tests: Some(TestUse { since: Timestamp(3), by: person("admin") }),
    }
}

/// A job that waits for one grant in the midst of a batch.
fn job() -> Job {
    Job {
        cursor: Some("c".into()),
        through: vec![person("a").account_id],
        held_up: vec![HeldUp { by: person("b").account_id, times: 1 }],
        answered: true,
        paused_ms: 7,
        waits_until: Some(Timestamp(2)),
        ..Job::new(2, Timestamp(1))
    }
}

#[test]
fn what_was_stored_before_there_were_hand_off_links_is_still_read() {
    let without = |mut document: serde_json::Value, names: &[&str]| {
        for name in names {
            let (folder, field) = name.rsplit_once('/').expect("is a path");
            let object = document.pointer_mut(folder).and_then(serde_json::Value::as_object_mut).expect("is there");
            assert!(object.remove(field).is_some(), "{name} is not written");
        }
        Stored { revision: 1, document }
    };
    let put = |write| match write {
        Write::Put { document, .. } => document,
        Write::Delete { .. } => panic!("a put is a put"),
    };
    let site = connection(Stage::AwaitingConsent);
    let stored = put(records::put(records::connection(), Expect::Absent, &site));
    let read: Connection =
        records::read(without(stored, &["/data/handOffs", "/data/change/handOff"])).expect("is read").value;
    let change = site.change.clone().map(|change| Change { hand_off: None, ..change });
    assert_eq!(read, Connection { hand_offs: None, change, ..site });
    let session = authorized(Box::new(parked()));
    let stored = put(records::put(records::session(&session_key()), Expect::Absent, &session));
    let read: AuthorizationSession = records::read(without(stored, &["/data/handOff"])).expect("is read").value;
    assert_eq!(read, AuthorizationSession { hand_off: None, ..session });
    let key = records::grant(&grant().account.person.account_id);
    let stored = put(records::put(key, Expect::Absent, &grant()));
    let read: Grant = records::read(without(stored, &["/data/forTests"])).expect("is read").value;
    assert_eq!(read, Grant { for_tests: None, ..grant() });
    let trials = Trials::default().hand(&person("a").account_id).expect("has none yet");
    let stored = put(records::put(records::trials(), Expect::Absent, &trials));
    let read: Trials = records::read(without(stored, &["/data/handed"])).expect("is read").value;
    assert_eq!(read, Trials::default());
}

#[test]
fn golden_hand_off_links_are_written_and_read_alike() {
    let link = |end| HandOff {
        purpose: HandOffPurpose::Change { change: session_key() },
        by: person("admin"),
        intended: person("new"),
        host: "example.atlassian.net".into(),
        cloud_id: cloud_id(),
        environment: "environment".into(),
        made_at: Timestamp(1),
        expires_at: Timestamp(2),
        tries: 3,
        failed: Some(FailedTry { at: Timestamp(1), denial: Denial::WrongAccount { allowed: person("other") } }),
        end,
    };
    holds("hand-off-open", &link(None));
    holds("hand-off-of-tests", &HandOff { purpose: HandOffPurpose::Test, ..link(None) });
    holds("hand-off-used", &link(Some(HandOffEnd::Used { at: Timestamp(1) })));
    holds("hand-off-revoked", &link(Some(HandOffEnd::Revoked { at: Timestamp(1), by: person("admin") })));
}

#[test]
fn golden_records_of_the_site_and_its_people_are_written_and_read_alike() {
    let checks = checks();
    holds("health", &Health { generation: 1, checked_at: Timestamp(1), checks, facts: Facts::default() });
    holds("refusals", &Refusals::default().with(RedirectRefusal::UnknownState, Timestamp(1)));
    holds("delivered", &Delivered { at: Some(Timestamp(1)), looked_at: Timestamp(1) });
    holds("settings", &Settings { grace_days: 30, fallback: true, ..Settings::default() });
    holds("job", &job());
    let counts = Counts { working: 1, to_reauthorize: 2, wrong_account: 3, never_used: 4, deactivated: 5 };
    holds("days", &Days(vec![Day { day: Timestamp(0), fresh: counts, unverified: 6 }]));
    holds("shard", &Shard { all: counts, generation: 2, fresh: counts });
    let held = Held {
        id: "d".repeat(32),
        issue_id: 10_001,
        issue_key: "MOB-1".into(),
        internal: true,
        updated: "2026-08-12T12:53:21.711+0000".into(),
        at: Timestamp(1),
        sent: true,
        busy_until: Some(Timestamp(2)),
    };
    holds(
        "personal",
        &Personal {
            session: Some(session_key()),
            shown: vec![Shown { reason: ReauthorizationReason::ReplacedPolicy, at: Timestamp(1) }],
            snoozed_until: Some(Timestamp(2)),
            reminded_at: Some(Timestamp(3)),
            held: Some(held),
            told_of: Some(session_key()),
        },
    );
    holds("instance", &Instance { id: "c".repeat(32), installed_at: Timestamp(1), schema: 1 });
}

#[test]
fn golden_limits_and_requests_for_access_are_written_and_read_alike() {
    let (admin, asker) = (person("admin"), person("asker"));
    let projects = ProjectLimit {
        kind: LimitKind::Except,
        projects: vec![JiraNumber(10_000)],
        categories: vec![JiraNumber(10_050)],
    };
    holds("limits", &Limits { edition: 3, projects, administrators: Some(vec![admin.clone()]) });
    let log = AccessLog::default().requested(&asker, Timestamp(1)).expect("is kept");
    let log = log.decided(&asker.account_id, true, &admin, Timestamp(2)).expect("waits");
    let log = log.requested(&person("other"), Timestamp(3)).expect("is kept");
    let log = log.decided(&person("other").account_id, false, &admin, Timestamp(4)).expect("waits");
    let log = log.requested(&person("third"), Timestamp(5)).expect("is kept");
    let named = AccessChanged::projects(LimitKind::Except, vec!["Mobile app".into()], vec!["10001".into()]);
    let people = AccessChanged::administrators(Some(std::slice::from_ref(&asker)), Some(std::slice::from_ref(&admin)));
    let log = log.with(&admin, Timestamp(6), named).with(&admin, Timestamp(7), people);
    holds("access-log", &log.with(&asker, Timestamp(8), AccessChanged::TookOver));
}

#[test]
fn a_document_of_no_known_version_is_corrupt_and_not_guessed_at() {
    for document in [
        serde_json::json!({ "version": 0, "data": {} }),
        serde_json::json!({ "version": 99, "data": {} }),
        serde_json::json!({ "data": {} }),
        serde_json::json!("x"),
        serde_json::json!({ "version": 1, "data": { "generation": "two" } }),
    ] {
        assert!(records::read::<Connection>(Stored { revision: 1, document: document.clone() }).is_err(), "{document}");
    }
}

fn rehearsed(key: &str, before: bool, held: &[Permission]) -> Rehearsed {
    let mut set = RehearsedHeld::default();
    for permission in held {
        set.add(*permission);
    }
    Rehearsed { id: 10_000, key: key.into(), name: format!("Name of {key}"), service_project: true, before, held: set }
}

#[test]
fn golden_rehearsals_of_this_version_are_written_and_read_alike() {
    let against = Some(person("old"));
    let new = Rehearsal::new("c".repeat(32), account("new"), against, 2, person("admin"), Timestamp(1), None);
    let mut done = Rehearsal {
        batch: 3,
        total: Some(3),
        restarts: 1,
        parts: 1,
        old_parts: 2,
        administers: Some(true),
        calls: 7,
        ..new.clone()
    };
    let lost = rehearsed("LOST", true, &[]);
    let projects =
        vec![lost, rehearsed("KEPT", true, &Permission::ALL[..3]), rehearsed("NEW", false, &Permission::ALL)];
    done.absorb(&projects);
    done.losses[0].people = Some(vec![person("somebody")]);
    done.losses[0].more = 4;
    done.losses[0].looked = Some(Looked { at: 100, all: true });
    done.site_people = Some(100);
    done.progress = Progress::Done { at: Timestamp(2) };
    holds("rehearsal-done", &done);
    let waits = Rehearsal {
        busy_until: Some(Timestamp(3)),
        waits_until: Some(Timestamp(4)),
        progress: Progress::Again { part: 1, of: 2 },
        ..new.clone()
    };
    holds("rehearsal-again", &waits);
    holds("rehearsal-people", &Rehearsal { progress: Progress::People { next: 5 }, ..new.clone() });
    holds("rehearsal-listing", &Rehearsal { progress: Progress::Listing { start_at: 1000 }, ..new });
    holds("rehearsal-part", &Part { rehearsal: "c".repeat(32), projects });
    holds("rehearsals", &Rehearsals(vec![person("new").account_id]));
}

#[test]
fn a_golden_register_of_this_version_is_written_and_read_alike() {
    let details = Details {
        purpose: "Acts for Integration+".into(),
        systems: vec!["CI".into()],
        owner: Some(person("owner")),
        documentation: Some("https://wiki.example/x".into()),
        review_on: Some(Timestamp(0)),
        rotate_every_days: Some(90),
        rotated_on: Some(Timestamp(0)),
        notes: "one\ntwo".into(),
    };
    let (account, changed_by) = (account("service"), person("admin"));
    let entry = Entry { account, details, added_at: Timestamp(1), changed_at: Timestamp(2), changed_by };
    holds("register-entry", &entry);
    let rows = vec![(entry.account.person.account_id.clone(), Row::of(&entry))];
    let reported = Reported { at: Timestamp(3), by: person("admin"), accounts: 1, seal: "d".repeat(64) };
    holds("register", &Register { rows, reports: vec![reported] });
}

#[test]
fn golden_tests_of_accounts_of_this_version_are_written_and_read_alike() {
    let project = TestProject { id: JiraNumber(10_000), key: "TRY".into(), name: "For trying things".into() };
    let mut through = Run::new("e".repeat(32), Some(person("admin")), Timestamp(1));
    for finding in [
        Finding::Passed,
        Finding::Failed { failure: Failure::Inactive },
        Finding::Failed { failure: Failure::ScopesMissing { missing: vec!["write:jira-work".into()] } },
        Finding::Failed { failure: Failure::PermissionsMissing { failing: 1, of: 2 } },
        Finding::NotRun { because: Because::RequiredFields { fields: vec!["Team".into()] } },
    ] {
        through.found(finding, false);
    }
    let tested = Trial::new(account("service")).settled(Some(project.clone()), Repeat::Weekly, Timestamp(1));
    let tested = tested.begun(through).ended(Timestamp(2));
    let against = Some(person("old"));
    let projects =
        Rehearsal::new("f".repeat(32), account("service"), against, 2, person("service"), Timestamp(3), None);
    let mut run = Run {
        step: 4,
        waits_until: Some(Timestamp(5)),
        busy_until: Some(Timestamp(6)),
        ..Run::new("f".repeat(32), None, Timestamp(3))
    };
    run.found(Finding::Failed { failure: Failure::Refused { message: "no".into() } }, false);
    run.projects = Some(Box::new(projects));
    let left = Left {
        name: "f".repeat(32),
        project,
        at: Timestamp(3),
        issue: Some(TestIssue { id: 20_000, key: "TRY-1".into() }),
        unsure: true,
        again_at: Timestamp(7),
        refused: true,
    };
    let trial =
        Trial { left: vec![left], lacking: vec![rehearsed("LOST", true, &[])], compared: true, ..tested.begun(run) };
    holds("trial", &trial);
    let id = trial.account.person.account_id.clone();
    let trials = Trials::default().with(&id, TrialRow::of(&trial)).hand(&id).expect("has none yet");
    holds("trials", &trials);
    holds("trial-link", &TrialLink { links: vec![link_key()], session: Some(session_key()) });
}

#[test]
fn golden_accesses_of_support_are_written_and_read_alike() {
    let admin = person("admin");
    let asked = |ticket: &str| Asked {
        who: "Nora of support".into(),
        ticket: ticket.into(),
        reason: "Comments stop".into(),
        until: Timestamp(9_000),
    };
    let call = |ticket: &str| Call { asked: asked(ticket), at: Timestamp(1), nonce: ticket.into() };
    let grant = |digest: &str| {
        SupportGrant::new(&admin, Timestamp(2), Timestamp(9_000), digest.into()).expect("is within bounds")
    };
    let run = Viewed::Run { id: "r1".into() };
    let support = ["declined", "waits", "revoked"].into_iter().fold(Support::default(), |support, ticket| {
        support.heard(call(ticket), ticket.into(), Timestamp(1)).expect("is taken")
    });
    let support = support.declined("declined", &admin, Timestamp(2)).expect("waits");
    let support = support.approved("revoked", grant("aa")).expect("waits");
    let support = support.viewed("aa", &Viewed::Configuration, Timestamp(3)).expect("is open");
    let support = support.viewed("aa", &run, Timestamp(4)).expect("is open");
    let support = support.revoked("revoked", &admin, Timestamp(5)).expect("is open");
    holds("support", &support.granted("first".into(), "SUP-2", grant("bb")).expect("has room"));
    holds("support-refusals", &Refusals::default().with(DoorRefusal::UnknownCode, Timestamp(1)));
}
