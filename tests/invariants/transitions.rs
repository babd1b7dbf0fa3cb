//! Every state of an authorization session under every event, as one table that is read and compared.

use integration_plus::domain::account::{Account, AccountId, AccountType, Person};
use integration_plus::domain::authorization::{
    AuthorizationSession, Denial, ParkedGrant, Purpose, SessionRefused, SessionState,
};
use integration_plus::domain::scope::Scopes;
use integration_plus::domain::site::{CloudId, Site};
use integration_plus::domain::time::Timestamp;

const TABLE: &str = "\
state      | claim in time  | claim late     | claim elsewhere | park           | deny           | consume        | supersede
pending    | claimed        | Expired        | Elsewhere       | NotAuthorized  | NotAuthorized  | NotAuthorized  | superseded
claimed    | AlreadyUsed    | AlreadyUsed    | Elsewhere       | authorized     | denied         | NotAuthorized  | superseded
authorized | AlreadyUsed    | AlreadyUsed    | Elsewhere       | AlreadyUsed    | AlreadyUsed    | consumed       | superseded
consumed   | AlreadyUsed    | AlreadyUsed    | Elsewhere       | AlreadyUsed    | AlreadyUsed    | AlreadyUsed    | AlreadyUsed
denied     | AlreadyUsed    | AlreadyUsed    | Elsewhere       | AlreadyUsed    | AlreadyUsed    | NotAuthorized  | superseded
superseded | Superseded     | Superseded     | Elsewhere       | Superseded     | Superseded     | Superseded     | superseded
";

fn person() -> Person {
    Person { account_id: AccountId::parse("a").expect("is one"), display_name: "A".into(), avatar_url: None }
}

fn cloud_id(digit: &str) -> CloudId {
    CloudId::parse("00000000-0000-4000-8000-000000000000".replace('0', digit)).expect("is one")
}

fn parked() -> ParkedGrant {
    ParkedGrant {
        account: Account { person: person(), account_type: AccountType::Atlassian, active: true },
        scopes: Scopes::default(),
        site: Site { cloud_id: cloud_id("1"), name: String::new(), url: String::new() },
        obtained_at: Timestamp(0),
        access_expires_at: Timestamp(1),
        presented_at: None,
    }
}

fn session(state: SessionState) -> AuthorizationSession {
    AuthorizationSession {
        purpose: Purpose::ChangeMainUser,
        initiator: person(),
        intended: person(),
        cloud_id: cloud_id("1"),
        environment: "e".into(),
        redirect_uri: String::new(),
        scopes: Vec::new(),
        challenged: true,
        began_at: Timestamp(0),
        expires_at: Timestamp(100),
        hand_off: None,
        state,
    }
}

fn name(state: &SessionState) -> &'static str {
    match state {
        SessionState::Pending => "pending",
        SessionState::Claimed { .. } => "claimed",
        SessionState::Authorized { .. } => "authorized",
        SessionState::Consumed { .. } => "consumed",
        SessionState::Denied { .. } => "denied",
        SessionState::Superseded { .. } => "superseded",
    }
}

fn cell(result: Result<AuthorizationSession, SessionRefused>) -> String {
    match result {
        Ok(session) => name(&session.state).to_owned(),
        Err(refused) => format!("{refused:?}"),
    }
}

#[test]
fn the_table_of_states_and_events() {
    let now = Timestamp(1);
    let states = [
        SessionState::Pending,
        SessionState::Claimed { at: now },
        SessionState::Authorized { parked: Box::new(parked()) },
        SessionState::Consumed { at: now },
        SessionState::Denied { denial: Denial::Declined },
        SessionState::Superseded { at: now },
    ];
    let mut lines = vec![TABLE.lines().next().expect("has a head").to_owned()];
    for state in states {
        let s = || session(state.clone());
        let cells = [
            cell(s().claim(&cloud_id("1"), "e", Timestamp(99))),
            cell(s().claim(&cloud_id("1"), "e", Timestamp(100))),
            cell(s().claim(&cloud_id("2"), "e", now)),
            cell(s().authorize(parked())),
            cell(s().deny(Denial::Declined)),
            cell(s().consume(now).map(|(session, _)| session)),
            cell(s().supersede(now)),
        ];
        let widths = [14, 14, 15, 14, 14, 14, 0];
        let cells: Vec<String> = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        lines.push(format!("{:<10} | {}", name(&state), cells.join(" | ")));
    }
    assert_eq!(lines.join("\n"), TABLE.trim_end());
}

#[test]
fn another_environment_is_elsewhere_too() {
    let claimed = session(SessionState::Pending).claim(&cloud_id("1"), "other", Timestamp(1));
    assert_eq!(claimed.err(), Some(SessionRefused::Elsewhere));
}
