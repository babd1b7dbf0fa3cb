//! A site on which many people have connected their own accounts.

use crate::Cost;
use integration_plus::api::{Rehearsal, Reply, Request};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::account::{Account, AccountId, AccountType, Person};
use integration_plus::domain::authorization::SessionKey;
use integration_plus::domain::connection::Connection;
use integration_plus::domain::grant::{Grant, GrantState, PersonalUse};
use integration_plus::domain::scope::{REQUIRED_OF_PEOPLE, Scopes};
use integration_plus::domain::standing::Label;
use integration_plus::domain::tally::{Counted, SHARDS, Shard, Tally};
use integration_plus::domain::time::Timestamp;
use integration_plus::domain::wave::Job;
use integration_plus::oauth::authorization_request::AuthorizationRequest;
use integration_plus::oauth::redirect::Query;
use integration_plus::oauth::token;
use integration_plus::ports::{Expect, Keep, Work};
use integration_plus::records::{self, Record};
use integration_plus::secret::Secret;
use integration_plus::web::WebRequest;
use sandbox::authorization_server::{CLIENT_ID, CLIENT_SECRET, Consent};
use sandbox::ports::{CLOUD_ID, Ended, Platform, Running, Shared};
use serde_json::Value;

const MARIA: &str = "5b10a2844c20165700ede21g";
const SERVICE: &str = "712020:service-jira";
const HOUR_MS: i64 = 60 * 60 * 1000;

/// The grant of one person in so many is dead, and nobody knows yet.
const DEAD_OF: usize = 50;

/// The site.
pub struct Crowd {
    platform: Shared,
    people: usize,
}

impl Crowd {
    /// A site whose main authorized user is Maria, where so many people connected their accounts yesterday.
    pub fn new(people: usize) -> Self {
        let platform = Platform::new(1);
        platform.borrow_mut().overheard = false;
        let mut crowd = Self { platform, people };
        crowd.become_main(MARIA);
        crowd.connect_all();
        crowd.platform.borrow_mut().now_ms += 24 * HOUR_MS;
        crowd
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.platform.borrow().now_ms)
    }

    /// Lets time pass.
    pub fn wait(&self, ms: i64) {
        self.platform.borrow_mut().now_ms += ms;
    }

    /// Somebody who connected their account.
    pub fn somebody(&self) -> String {
        self.platform
            .borrow()
            .atlassian
            .accounts()
            .find(|account| generated(&account.account_id))
            .map_or_else(|| panic!("the site has people"), |account| account.account_id.clone())
    }

    /// Changes the main authorized user, and tells what all of it cost from the checks to the last old token.
    pub fn change_main_user(&mut self) -> Cost {
        self.become_main(SERVICE)
    }

    fn become_main(&mut self, account: &str) -> Cost {
        let intended = AccountId::parse(account).expect("is an accountId");
        let acknowledged = self.rehearse(&intended).map(|rehearsal| rehearsal.id);
        let (reply, _) =
            self.ask(Request::BeginChange { intended, instead_of: None, policy: None, acknowledged, switch_at: None });
        let Reply::Authorization { change, url, .. } = reply else { panic!("{reply:?}") };
        self.allow(&url, account);
        self.proceed(change, account)
    }

    /// Rehearses a change to an account, to the end.
    pub fn rehearse(&mut self, account: &AccountId) -> Option<Box<Rehearsal>> {
        let mut request = Request::Rehearse { account: account.clone(), again: false };
        loop {
            let (Reply::Rehearsal { rehearsal }, _) = self.ask(request) else { return None };
            if rehearsal.as_ref().is_none_or(|rehearsal| rehearsal.done_at.is_some()) {
                return rehearsal;
            }
            request = Request::Rehearsal { account: account.clone() };
        }
    }

    fn allow(&mut self, url: &str, account_id: &str) {
        let query = {
            let mut platform = self.platform.borrow_mut();
            let now_ms = platform.now_ms;
            let consent = Consent { account_id, cloud_ids: &[CLOUD_ID], withheld: &[] };
            let mut query = Query::new();
            for (name, value) in platform.authorization_server.allow(url, &consent, now_ms) {
                query.entry(name).or_default().push(value);
            }
            query
        };
        let request = WebRequest { method: "GET".into(), query, body: String::new() };
        let _ = self.run(None, Invocation::Redirect(request));
    }

    fn proceed(&mut self, change: SessionKey, account: &str) -> Cost {
        let (_, cost) = self.ask(Request::ContinueChange { change });
        let main = self.connection().main.expect("there is one");
        assert_eq!(main.account.person.account_id.as_str(), account);
        cost
    }

    /// Maria asks.
    pub fn ask(&mut self, request: Request) -> (Reply, Cost) {
        self.ask_as(MARIA, request)
    }

    /// Somebody asks.
    pub fn ask_as(&mut self, who: &str, request: Request) -> (Reply, Cost) {
        match self.run(Some(who), Invocation::Request(Some(request))) {
            (Answer::Reply(reply), cost) => (reply, cost),
            (Answer::Web(_) | Answer::Done(_), _) => panic!("a request gets a reply"),
        }
    }

    /// Runs an invocation to its end.
    pub fn run(&mut self, who: Option<&str>, invocation: Invocation) -> (Answer, Cost) {
        let (ended, in_sequence) = Running::start(&self.platform, who, invocation).finish();
        let Ended::Answered(answer) = ended else { panic!("nothing crashes here") };
        let platform = self.platform.borrow();
        let sizes = platform.effects.iter().filter_map(|effect| effect.name.strip_prefix("transact ")?.parse().ok());
        let sizes: Vec<usize> = sizes.collect();
        let total = platform.effects.len();
        (answer, Cost { in_sequence, total, transactions: sizes.len(), writes: sizes.iter().sum() })
    }

    /// How many of the last invocation's calls went to Jira.
    pub fn jira_calls(&self) -> usize {
        let asks = |name: &str| name.starts_with("jira ") || name.contains("/ex/jira/");
        self.platform.borrow().effects.iter().filter(|effect| asks(&effect.name)).count()
    }

    /// The work that is due next; the clock goes on to its time.
    pub fn next_work(&self) -> Option<Work> {
        let mut platform = self.platform.borrow_mut();
        let first = (0..platform.queue.len()).min_by_key(|at| platform.queue[*at].0)?;
        let (due_ms, work) = platform.queue.remove(first);
        platform.now_ms = platform.now_ms.max(due_ms);
        Some(work)
    }

    /// The job, as it rests.
    pub fn job(&self) -> Job {
        self.record(&records::job()).expect("a change begins a job")
    }

    /// How many people are counted among those who must authorize again.
    pub fn dead(&self) -> u32 {
        let shards = (0..SHARDS).map(|number| self.record::<Shard>(&records::shard(number)).unwrap_or_default());
        Tally::of(shards, self.connection().generation).fresh.to_reauthorize
    }

    fn connection(&self) -> Connection {
        self.record(&records::connection()).unwrap_or_default()
    }

    fn record<T: Record>(&self, key: &integration_plus::ports::Key) -> Option<T> {
        let stored = self.platform.borrow().kvs.get(key)?;
        Some(records::read(stored).expect("fits the present version").value)
    }

    /// Puts the grants and their count into storage.
    fn connect_all(&mut self) {
        let generation = self.connection().generation;
        let mut platform = self.platform.borrow_mut();
        platform.atlassian.add_people(CLOUD_ID, self.people).expect("the site is there");
        let people: Vec<(String, String)> = platform
            .atlassian
            .accounts()
            .filter(|account| generated(&account.account_id))
            .map(|account| (account.account_id.clone(), account.name.clone()))
            .collect();
        let mut shards = vec![Shard::default(); usize::from(SHARDS)];
        for (number, (account_id, name)) in people.into_iter().enumerate() {
            let tokens = tokens(&mut platform, &account_id, number % DEAD_OF == 1);
            let id = AccountId::parse(account_id).expect("is an accountId");
            let grant = grant(id.clone(), name, generation, Timestamp(platform.now_ms));
            platform.kvs.keep_secret(&grant.secret_key, tokens.reveal(), Keep::Idle);
            platform.kvs.transact(&[records::put_grant(Expect::Absent, &grant)]).expect("nobody else writes");
            let shard = &mut shards[usize::from(Shard::of(&id))];
            *shard = shard.moved(None, grant.personal.map(|personal| personal.counted));
        }
        let write = |(number, shard): (u8, &Shard)| records::put(records::shard(number), Expect::Absent, shard);
        let writes: Vec<_> = (0..SHARDS).zip(&shards).map(write).collect();
        platform.kvs.transact(&writes).expect("nobody else writes");
    }
}

fn generated(account_id: &str) -> bool {
    account_id.starts_with("712020:person-")
}

/// What Atlassian's authorization server gives to this person, packed as it rests; or what it honours no more.
fn tokens(platform: &mut Platform, account_id: &str, dead: bool) -> Secret {
    let now_ms = platform.now_ms;
    let state = Secret::new("state".to_owned());
    let url = AuthorizationRequest {
        origin: "https://auth.atlassian.com",
        client_id: CLIENT_ID,
        scopes: &REQUIRED_OF_PEOPLE,
        redirect_uri: "https://redirect.example",
        state: &state,
        challenge: None,
    }
    .url();
    let consent = Consent { account_id, cloud_ids: &[CLOUD_ID], withheld: &[] };
    let answer = platform.authorization_server.allow(&url, &consent, now_ms);
    let code = Secret::new(answer.into_iter().find(|(name, _)| name == "code").map(|(_, code)| code).expect("a code"));
    let secret = Secret::new(CLIENT_SECRET.to_owned());
    let body = token::exchange(CLIENT_ID, &secret, &code, "https://redirect.example", None);
    let body: Value = serde_json::from_str(body.reveal()).expect("is JSON");
    let (status, answer) = platform.authorization_server.token(&body, now_ms);
    assert_eq!(status, 200, "{answer}");
    let part = |name: &str| Secret::new(answer[name].as_str().unwrap_or_default().to_owned());
    let refresh = if dead { Secret::new("of a grant that was revoked".to_owned()) } else { part("refresh_token") };
    Secret::pack(&[("access", Some(&part("access_token"))), ("refresh", Some(&refresh))])
}

fn grant(account_id: AccountId, display_name: String, generation: u32, now: Timestamp) -> Grant {
    let secret_key = records::grant_secret(&account_id, "before");
    let person = Person { account_id, display_name, avatar_url: None };
    Grant {
        account: Account { person, account_type: AccountType::Atlassian, active: true },
        scopes: Scopes::parse(&REQUIRED_OF_PEOPLE.join(" ")),
        version: 1,
        secret_key,
        retired_secret: None,
        obtained_at: now,
        refreshed_at: now,
        access_expires_at: Timestamp(now.0 + HOUR_MS),
        state: GrantState::Working,
        redemption: None,
        personal: Some(PersonalUse {
            connected_at: now,
            consented_in: generation,
            verified_in: generation,
            used_at: Some(now),
            attempted_as: None,
            counted: Counted { label: Label::Working, generation },
            since: now,
        }),
        for_tests: None,
    }
}
