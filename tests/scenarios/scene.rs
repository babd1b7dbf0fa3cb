//! What every scenario needs: people, a platform, and the oracle that a refusal leaves no trace.

use integration_plus::api::{ErrorCode, Reply, Request, Status};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::account::AccountId;
use integration_plus::domain::authorization::SessionKey;
use integration_plus::domain::connection::Connection;
use integration_plus::domain::refusal::Refusals;
use integration_plus::domain::scope::REQUIRED_OF_JIRA;
use integration_plus::domain::settings::{ReauthorizationPolicy, Settings};
use integration_plus::ports::{Key, Stored};
use integration_plus::records;
use integration_plus::web::{WebRequest, WebResponse};
use sandbox::authorization_server::{AuthorizationServer, Consent};
use sandbox::ports::{CLOUD_ID, Ended, OTHER_CLOUD_ID, Platform, Running, Shared};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write as _;
use std::rc::Rc;
use std::sync::Mutex;

pub const MARIA: &str = "5b10a2844c20165700ede21g";
pub const TOM: &str = "5b10a2844c20165700ede22h";
pub const SERVICE: &str = "712020:service-jira";
pub const NARROW: &str = "712020:service-narrow";
pub const ANA: &str = "5b10ac8d82e05b22cc7d4ef1";
pub const INACTIVE: &str = "5b10ac8d82e05b22cc7d4efa";
pub const APP: &str = "557058:app-account";
pub const CUSTOMER: &str = "qm:customer-1";

pub const MINUTE_MS: i64 = 60 * 1000;
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
pub const DAY_MS: i64 = 24 * HOUR_MS;

pub fn id(account: &str) -> AccountId {
    AccountId::parse(account).expect("is an accountId")
}

/// A site with the app on it.
pub struct Scene {
    pub platform: Shared,
}

impl Scene {
    pub fn new() -> Self {
        Self { platform: Platform::new(7) }
    }

    /// A site whose main authorized user is Maria.
    pub fn connected() -> Self {
        let scene = Self::new();
        scene.switch(MARIA, MARIA);
        scene
    }

    /// The same site once more: what happens there does not happen here.
    pub fn copy(&self) -> Self {
        Self { platform: Rc::new(RefCell::new(self.platform.borrow().clone())) }
    }

    pub fn run(&self, who: Option<&str>, invocation: Invocation) -> Answer {
        match Running::start(&self.platform, who, invocation).finish().0 {
            Ended::Answered(answer) => answer,
            Ended::Crashed => panic!("the invocation crashed"),
        }
    }

    pub fn ask(&self, who: &str, request: Request) -> Reply {
        match self.run(Some(who), Invocation::Request(Some(request))) {
            Answer::Reply(reply) => reply,
            Answer::Web(_) | Answer::Done(_) => panic!("a request gets a reply"),
        }
    }

    /// An administrator settles something for the site.
    pub fn settle(&self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.status(MARIA).settings;
        change(&mut settings);
        assert_eq!(self.asked(MARIA, Request::ChangeSettings { settings }).settings, settings);
    }

    /// A site whose main authorized user is Maria, and where the one before cannot be restored.
    pub fn without_grace() -> Self {
        let scene = Self::connected();
        scene.settle(|settings| settings.grace_days = 0);
        scene
    }

    pub fn refused(&self, who: &str, request: Request) -> ErrorCode {
        let reply = self.ask(who, request);
        let Reply::Refused { error } = reply else { panic!("was not refused: {reply:?}") };
        error
    }

    pub fn asked(&self, who: &str, request: Request) -> Status {
        let reply = self.ask(who, request);
        let (Reply::Status { status } | Reply::Authorization { status, .. } | Reply::HandOff { status, .. }) = reply
        else {
            panic!("{reply:?} is no status")
        };
        *status
    }

    pub fn status(&self, who: &str) -> Status {
        self.asked(who, Request::Status { watching: None })
    }

    pub fn begin(&self, who: &str, intended: &str) -> (SessionKey, String) {
        self.begin_instead(who, intended, None)
    }

    pub fn begin_instead(&self, who: &str, intended: &str, instead_of: Option<SessionKey>) -> (SessionKey, String) {
        let reply = self.ask(who, self.beginning(who, intended, instead_of, None));
        let Reply::Authorization { change, url, .. } = reply else { panic!("{reply:?} gives no address") };
        (change, url)
    }

    /// What begins a change, after a rehearsal whose losses are acknowledged.
    pub fn beginning(
        &self,
        who: &str,
        intended: &str,
        instead_of: Option<SessionKey>,
        policy: Option<ReauthorizationPolicy>,
    ) -> Request {
        let acknowledged = self.rehearsed(who, intended);
        Request::BeginChange { intended: id(intended), instead_of, policy, acknowledged, switch_at: None }
    }

    /// The name of a finished rehearsal of this account, where one is needed and `who` may have one.
    pub fn rehearsed(&self, who: &str, account: &str) -> Option<String> {
        if self.main().is_none_or(|main| main == account) {
            return None;
        }
        let reply = self.ask(who, Request::Rehearse { account: id(account), again: false });
        let Reply::Rehearsal { rehearsal: Some(rehearsal) } = reply else { return None };
        assert!(rehearsal.done_at.is_some(), "a small site is rehearsed at once");
        Some(rehearsal.id)
    }

    pub fn proceed(&self, who: &str, change: &SessionKey) -> Status {
        self.asked(who, Request::ContinueChange { change: change.clone() })
    }

    /// The query with which the browser comes back after *Allow*.
    pub fn consent(&self, url: &str, account: &str) -> Vec<(String, String)> {
        self.consent_to(url, account, &[CLOUD_ID, OTHER_CLOUD_ID], &[])
    }

    pub fn consent_to(
        &self,
        url: &str,
        account_id: &str,
        cloud_ids: &[&str],
        withheld: &[&str],
    ) -> Vec<(String, String)> {
        let mut platform = self.platform.borrow_mut();
        let now_ms = platform.now_ms;
        platform.authorization_server.allow(url, &Consent { account_id, cloud_ids, withheld }, now_ms)
    }

    pub fn allow(&self, url: &str, account: &str) -> WebResponse {
        let query = self.consent(url, account);
        self.come_back(&query)
    }

    pub fn decline(&self, url: &str) -> WebResponse {
        self.come_back(&AuthorizationServer::decline(url))
    }

    pub fn come_back(&self, pairs: &[(String, String)]) -> WebResponse {
        self.web(Invocation::Redirect(get(pairs)))
    }

    pub fn web(&self, invocation: Invocation) -> WebResponse {
        match self.run(None, invocation) {
            Answer::Web(response) => response,
            Answer::Reply(_) | Answer::Done(_) => panic!("a web trigger gets a response"),
        }
    }

    pub fn upkeep(&self) -> Result<(), ErrorCode> {
        match self.run(None, Invocation::Upkeep) {
            Answer::Done(result) => result,
            Answer::Reply(_) | Answer::Web(_) => panic!("a round gets a result"),
        }
    }

    /// The whole way: begin, allow as the account that is meant, carry on.
    pub fn switch(&self, who: &str, account: &str) -> Status {
        let (change, url) = self.begin(who, account);
        assert_eq!(self.allow(&url, account).status, 200);
        self.proceed(who, &change)
    }

    pub fn wait(&self, ms: i64) {
        self.platform.borrow_mut().now_ms += ms;
    }

    pub fn main(&self) -> Option<String> {
        self.connection().main.map(|main| main.account.person.account_id.as_str().to_owned())
    }

    pub fn connection(&self) -> Connection {
        self.record(&records::connection()).unwrap_or_default()
    }

    pub fn record<T: records::Record>(&self, key: &Key) -> Option<T> {
        let stored = self.platform.borrow().kvs.get(key)?;
        records::read(stored).ok().map(|at| at.value)
    }

    pub fn refusals(&self) -> u32 {
        let refusals: Refusals = self.record(&records::refusals()).unwrap_or_default();
        refusals.rows().iter().map(|row| row.count).sum()
    }

    /// What Jira answers to this account's grant.
    pub fn as_grant(&self, account_id: &str, request: &sandbox::Request) -> serde_json::Value {
        let mut platform = self.platform.borrow_mut();
        let now_ms = platform.now_ms;
        let scopes = REQUIRED_OF_JIRA.map(str::to_owned).to_vec();
        let principal = sandbox::Principal::OAuth { account_id: account_id.to_owned(), scopes };
        platform.atlassian.jira(CLOUD_ID, &principal, request, now_ms).body.unwrap_or_default()
    }

    /// The webhooks that this account holds on the site, as Jira lists them.
    pub fn webhooks(&self, account_id: &str) -> Vec<i64> {
        let page = self.as_grant(account_id, &sandbox::Request::get("/rest/api/3/webhook"));
        page["values"].as_array().into_iter().flatten().filter_map(|row| row["id"].as_i64()).collect()
    }

    /// How often Jira was asked for a path that begins so.
    pub fn asked_jira(&self, path: &str) -> usize {
        self.platform.borrow().exchanges.iter().filter(|exchange| exchange.request.path.starts_with(path)).count()
    }

    /// What a refusal may not change: everything but what was merely observed.
    pub fn trace(&self) -> Trace {
        let platform = self.platform.borrow();
        let observed = [records::refusals(), records::delivered()];
        Trace {
            token_requests: platform.authorization_server.token_requests,
            secrets: platform.kvs.secrets().map(str::to_owned).collect(),
            records: platform
                .kvs
                .records()
                .filter(|(key, _)| !observed.contains(key))
                .map(|(key, stored)| (key.clone(), stored.clone()))
                .collect(),
        }
    }

    /// The oracle of every refused redirect: no token request, no secret written, nothing stored but one more row of
    /// refusals, and the constant page.
    pub fn turned_away(&self, act: impl FnOnce() -> WebResponse) {
        let (before, rows) = (self.trace(), self.refusals());
        let page = act();
        assert_eq!(page, integration_plus::pages::refused());
        assert_eq!(self.trace(), before);
        assert_eq!(self.refusals(), rows + 1);
    }
}

impl Drop for Scene {
    /// Whatever was said to Jira is held against Atlassian's own document of the API by the contract test.
    fn drop(&mut self) {
        let Some(file) = std::env::var_os("EXCHANGES") else { return };
        let platform = self.platform.borrow();
        let lines: String = platform.exchanges.iter().filter(|exchange| is_new(exchange)).map(line).collect();
        let file = std::fs::OpenOptions::new().create(true).append(true).open(file);
        file.and_then(|mut file| file.write_all(lines.as_bytes())).expect("exchanges are written down");
    }
}

/// Whether nothing like it was said before. Only the counters of Jira's budget, in the headers, and who asked, among people,
/// may differ in what is alike: the document says nothing of either.
fn is_new(exchange: &sandbox::ports::Exchange) -> bool {
    static SAID: Mutex<BTreeSet<u64>> = Mutex::new(BTreeSet::new());
    let sandbox::ports::Exchange { principal, request, response, .. } = exchange;
    let mut hasher = DefaultHasher::new();
    std::mem::discriminant(principal).hash(&mut hasher);
    serde_json::json!([request, response.status, response.body]).to_string().hash(&mut hasher);
    SAID.lock().expect("no test broke off in here").insert(hasher.finish())
}

fn line(exchange: &sandbox::ports::Exchange) -> String {
    let sandbox::ports::Exchange { cloud_id, principal, request, response } = exchange;
    let json = serde_json::json!({
        "cloudId": cloud_id, "principal": principal, "request": request, "response": response,
    });
    format!("{json}\n")
}

/// What a refusal may not change.
#[derive(Debug, PartialEq)]
pub struct Trace {
    token_requests: u64,
    secrets: Vec<String>,
    records: Vec<(Key, Stored)>,
}

pub fn get(pairs: &[(String, String)]) -> WebRequest {
    let mut query = integration_plus::oauth::redirect::Query::new();
    for (name, value) in pairs {
        query.entry(name.clone()).or_default().push(value.clone());
    }
    WebRequest { method: "GET".into(), query, body: String::new() }
}

pub fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Lets all of them go on in turn until each is answered; the answers stand in the order in which they came.
pub fn together(running: Vec<Running>) -> Vec<Answer> {
    let mut running: Vec<Option<Running>> = running.into_iter().map(Some).collect();
    let mut answers = Vec::new();
    while running.iter().any(Option::is_some) {
        for slot in &mut running {
            match slot.as_mut().and_then(Running::poll) {
                Some(Ended::Answered(answer)) => {
                    answers.push(answer);
                    *slot = None;
                }
                Some(Ended::Crashed) => panic!("nothing crashed it"),
                None => {}
            }
        }
    }
    answers
}
