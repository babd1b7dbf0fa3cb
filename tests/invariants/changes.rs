//! Every stage of a change under every event, as one table that is read and compared; and what rests from before a change
//! could be scheduled.

use integration_plus::domain::account::{Account, AccountId, AccountType, Person};
use integration_plus::domain::authorization::{ParkedGrant, Purpose, SessionKey};
use integration_plus::domain::change::{Adopted, Change, Outcome, Previous, Stage};
use integration_plus::domain::connection::{ChangeRefused, Connection, MainUser};
use integration_plus::domain::hand_off::{HandOffKey, HandedOff};
use integration_plus::domain::personal::Personal;
use integration_plus::domain::receipt::Receipt;
use integration_plus::domain::rehearsal::Rehearsal;
use integration_plus::domain::schedule::Schedule;
use integration_plus::domain::scope::Scopes;
use integration_plus::domain::seal::seal;
use integration_plus::domain::settings::ReauthorizationPolicy;
use integration_plus::domain::site::{CloudId, Site};
use integration_plus::domain::time::{Span, Timestamp};
use integration_plus::ports::Stored;
use integration_plus::records::{self, Record};
use serde_json::Value;

/// A change with a schedule and one without differ in the first row and in what it takes to be taken up.
const TABLE: &str = "\
stage                | confirm    | take up    | wait again | webhooks   | switch     | old hooks  | complete   | abandon    | undone
awaitingConsent      | confirmed  | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage | ended      | WrongStage
awaitingConsent at t | scheduled  | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage | ended      | WrongStage
scheduled at t       | WrongStage | confirmed  | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage | undoing    | WrongStage
confirmed            | WrongStage | WrongStage | WrongStage | confirmed  | WrongStage | WrongStage | WrongStage | undoing    | WrongStage
confirmed by link    | WrongStage | confirmed  | WrongStage | confirmed  | WrongStage | WrongStage | WrongStage | undoing    | WrongStage
confirmed at t       | WrongStage | confirmed  | scheduled  | confirmed  | WrongStage | WrongStage | WrongStage | undoing    | WrongStage
listed               | WrongStage | WrongStage | WrongStage | WrongStage | switched   | WrongStage | WrongStage | undoing    | WrongStage
listed at t          | WrongStage | confirmed  | scheduled  | WrongStage | switched   | WrongStage | WrongStage | undoing    | WrongStage
switched             | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage | switched   | ended      | WrongStage | WrongStage
undoing              | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage | WrongStage | ended
ended                | NoSuch     | NoSuch     | NoSuch     | NoSuch     | NoSuch     | NoSuch     | NoSuch     | NoSuch     | NoSuch
";

fn person(id: &str) -> Person {
    Person { account_id: AccountId::parse(id).expect("is one"), display_name: id.into(), avatar_url: None }
}

fn account(id: &str) -> Account {
    Account { person: person(id), account_type: AccountType::Atlassian, active: true }
}

fn site() -> Site {
    let cloud_id = CloudId::parse("11111111-1111-4111-8111-111111111111").expect("is one");
    Site { cloud_id, name: String::new(), url: String::new() }
}

fn key() -> SessionKey {
    SessionKey::parse("a".repeat(64)).expect("is one")
}

fn parked() -> Box<ParkedGrant> {
    Box::new(ParkedGrant {
        account: account("new"),
        scopes: Scopes::default(),
        site: site(),
        obtained_at: Timestamp(0),
        access_expires_at: Timestamp(1),
        presented_at: None,
    })
}

fn connection(stage: Stage, schedule: Option<Schedule>, hand_off: Option<HandedOff>) -> Connection {
    let main = MainUser {
        account: account("old"),
        site: site(),
        since: Timestamp(0),
        changed_by: person("admin"),
        webhooks: Vec::new(),
    };
    let change = Change {
        key: key(),
        purpose: Purpose::ChangeMainUser,
        initiator: person("admin"),
        intended: person("new"),
        began_at: Timestamp(0),
        expires_at: Timestamp(9),
        policy: ReauthorizationPolicy::VerifyFirst,
        foreseen: None,
        hand_off,
        schedule,
        stage,
        lease: None,
    };
    Connection { generation: 1, main: Some(main), change: Some(change), ..Connection::default() }
}

fn cell(result: Result<Connection, ChangeRefused>) -> &'static str {
    match result {
        Ok(after) => match after.change.expect("is there").stage {
            Stage::AwaitingConsent => "awaitingConsent",
            Stage::Scheduled { .. } => "scheduled",
            Stage::Confirmed { .. } => "confirmed",
            Stage::Switched { .. } => "switched",
            Stage::Undoing { .. } => "undoing",
            Stage::Ended { .. } => "ended",
        },
        Err(ChangeRefused::WrongStage) => "WrongStage",
        Err(ChangeRefused::NoSuchChange) => "NoSuch",
        Err(other @ (ChangeRefused::UnderWay(_) | ChangeRefused::Busy | ChangeRefused::NotInitiator(_))) => {
            panic!("{other:?} is about something else")
        }
    }
}

#[test]
fn the_table_of_stages_and_events() {
    let at = Some(Schedule { at: Timestamp(5), generation: 1, taken_up_at: None, found_at: None });
    let adopted = Adopted::default;
    let confirmed = |webhooks| Stage::Confirmed { parked: parked(), adopted: adopted(), checks: Vec::new(), webhooks };
    let previous =
        Previous { account: account("old"), site: site(), everyone_asked: None, webhooks: Vec::new(), left: None };
    let rows = [
        ("awaitingConsent", Stage::AwaitingConsent, None),
        ("awaitingConsent at t", Stage::AwaitingConsent, at),
        ("scheduled at t", Stage::Scheduled { parked: parked(), adopted: adopted(), checks: Vec::new() }, at),
        ("confirmed", confirmed(None), None),
        ("confirmed by link", confirmed(None), None),
        ("confirmed at t", confirmed(None), at),
        ("listed", confirmed(Some(Vec::new())), None),
        ("listed at t", confirmed(Some(Vec::new())), at),
        ("switched", Stage::Switched { previous: Some(previous), adopted: adopted() }, None),
        ("undoing", Stage::Undoing { parked: parked(), adopted: adopted(), outcome: Outcome::Interrupted }, None),
        ("ended", Stage::Ended { outcome: Outcome::Interrupted, at: Timestamp(1) }, None),
    ];
    let mut lines = vec![TABLE.lines().next().expect("has a head").to_owned()];
    for (name, stage, schedule) in rows {
        let by_link = || HandedOff::new(HandOffKey::of("l".into()));
        let c = || connection(stage.clone(), schedule, name.ends_with("by link").then(by_link));
        let now = Timestamp(6);
        let cells = [
            cell(c().confirm(&key(), *parked(), adopted(), Vec::new(), now)),
            cell(c().take_up(&key(), Vec::new(), now)),
            cell(c().wait_again(&key())),
            cell(c().webhooks_listed(&key(), Vec::new())),
            cell(c().switch(&key(), now).map(|(connection, _)| connection)),
            cell(c().old_webhooks_removed(&key(), 0)),
            cell(c().complete(&key(), Span(0), now)),
            cell(c().abandon(&key(), Outcome::Interrupted, now)),
            cell(c().undone(&key(), now)),
        ];
        let cells = cells.map(|cell| format!("{cell:<10}")).join(" | ");
        lines.push(format!("{name:<20} | {cells}").trim_end().to_owned());
    }
    assert_eq!(lines.join("\n"), TABLE.trim_end());
}

/// A golden document as it was before a change could be scheduled.
fn from_before<T: Record>(golden: &str, forget: &[&str]) -> (T, Value) {
    let file = format!("{}/tests/golden/v1/{golden}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(file).expect("is there");
    let mut document: Value = serde_json::from_str(&text).expect("is JSON");
    for pointer in forget {
        let (parent, name) = pointer.rsplit_once('/').expect("is a path");
        let parent = document.pointer_mut(parent).and_then(Value::as_object_mut).expect("is an object");
        assert!(parent.remove(name).is_some(), "{pointer} is not there");
    }
    let data = document["data"].clone();
    (records::read(Stored { revision: 1, document }).expect("is read").value, data)
}

#[test]
fn records_from_before_a_change_could_be_scheduled_are_read() {
    let row = ["/data/history/0/scheduledFor", "/data/history/0/switchedAt"];
    let new =
        ["/data/change/schedule", "/data/change/foreseen/lacking", "/data/change/handOff/foundAt", row[0], row[1]];
    for golden in ["connection-awaiting-consent", "connection-confirmed", "connection-switched", "connection-undoing"] {
        let (read, _) = from_before::<Connection>(golden, &new);
        let (change, row) = (read.change.expect("is there"), &read.history[0]);
        assert_eq!((change.schedule, row.scheduled_for, row.switched_at), (None, None, None), "{golden}");
        assert_eq!(change.hand_off.map(|handed_off| handed_off.found_at), Some(None), "{golden}");
    }
    assert_eq!(from_before::<Personal>("personal", &["/data/toldOf"]).0.told_of, None);
}

#[test]
fn rehearsals_from_before_every_page_of_people_was_looked_at_are_read_as_what_they_are() {
    let (read, _) = from_before::<Rehearsal>("rehearsal-done", &["/data/sitePeople", "/data/losses/0/looked"]);
    let loss = &read.losses[0];
    assert_eq!((loss.settled(), loss.among(), read.site_people), (true, Some(100), None));
}

#[test]
fn receipts_from_before_a_change_could_be_scheduled_keep_their_seals() {
    let (receipt, data) = from_before::<Receipt>("receipt", &["/data/scheduledFor", "/data/foreseen/lacking"]);
    assert_eq!(receipt.scheduled_for, None);
    assert_eq!(receipt.seal(), seal(&data));
}
