//! The app's ports over the pretend Atlassian: a whole platform in memory, with a fault at any effect.
//!
//! Every effect takes one poll, so that effects made at once take one together: the polls of an invocation are its
//! round trips in sequence. Before each effect the platform may crash the invocation, fail the effect, or lose its
//! answer; that is how the simulator reaches every boundary.

use crate::authorization_server::{AuthorizationServer, CLIENT_ID, CLIENT_SECRET};
use crate::http::{Request, Response};
use crate::jira::Principal as Caller;
use crate::kvs::Kvs;
use crate::{Atlassian, Seed};
use integration_plus::app::{self, Answer, Context, Invocation};
use integration_plus::domain::time::Timestamp;
use integration_plus::jira::JiraRequest;
use integration_plus::ports::{
    Body, HttpRequest, HttpResponse, Keep, Key, Listing, Page, Principal, StoreError, Stored, Unavailable, WebTrigger,
    Work, World, Write,
};

use integration_plus::rate_limit::{self, Limits};
use integration_plus::secret::Secret;
use integration_plus::tenant::Variables;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::task::{Context as Task, Poll, Waker};

/// The site on which the app is installed.
pub const CLOUD_ID: &str = "11111111-1111-4111-8111-111111111111";

/// Another site.
pub const OTHER_CLOUD_ID: &str = "22222222-2222-4222-8222-222222222222";

/// Start of the pretend time: 2026-01-05T09:00:00Z.
pub const START_MS: i64 = 1_767_603_600_000;

/// What support signs its requests for access with.
pub const SUPPORT_KEY: &str = "sandbox-support-key-0123456789abcdefghijklmnop";

/// What happens at an effect instead of, or besides, the effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The invocation ends before the effect.
    CrashBefore,
    /// The invocation ends after the effect, before it learns of it.
    CrashAfter,
    /// The effect does not happen, and the invocation is told so.
    Fail,
    /// The effect happens, and the answer is lost.
    LoseAnswer,
}

/// One effect, as it is counted and named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// `get`, `transact`, `http POST https://...`: without any value that may be secret.
    pub name: String,
    /// In which round trip of its invocation it was made.
    pub round: u32,
}

/// One exchange with Jira, as it went over the wire.
#[derive(Clone, Debug, PartialEq)]
pub struct Exchange {
    /// Which site.
    pub cloud_id: String,
    /// Who asked.
    pub principal: Caller,
    /// The request.
    pub request: Request,
    /// The answer.
    pub response: Response,
}

/// Everything outside the app.
#[derive(Clone)]
pub struct Platform {
    /// Jira and its people.
    pub atlassian: Atlassian,
    /// The authorization server.
    pub authorization_server: AuthorizationServer,
    /// The installation's storage.
    pub kvs: Kvs,
    /// The time.
    pub now_ms: i64,
    /// Seed of the pretend randomness.
    pub seed: u64,
    /// Effects of the invocation that ran last.
    pub effects: Vec<Effect>,
    /// All exchanges with Jira.
    pub exchanges: Vec<Exchange>,
    /// Every text that left the app towards Atlassian's API or storage that is not secret: searched for leaks.
    pub spoken: Vec<String>,
    /// Whether `exchanges` and `spoken` are written down. Not where ten thousand changes are driven and nobody reads them.
    pub overheard: bool,
    /// What to do at the effect of this number, counted from 0 over the next invocation.
    pub plan: Option<(usize, Fault)>,
    /// Whether PKCE is switched off.
    pub pkce_off: bool,
    /// What the Forge variable `SUPPORT_KEY` is set to, if it is.
    pub support_key: Option<&'static str>,
    /// Work on its way, and when it is due.
    pub queue: Vec<(i64, Work)>,
    /// Requests of this method are carried out, and of the body of Jira's answer only the first half arrives.
    pub cut_off: Option<&'static str>,
}

/// The platform, as tests and invocations share it.
pub type Shared = Rc<RefCell<Platform>>;

/// How an invocation ended.
pub enum Ended {
    /// With an answer.
    Answered(Answer),
    /// In a crash.
    Crashed,
}

impl Platform {
    /// A fresh platform.
    #[must_use]
    pub fn new(seed: u64) -> Shared {
        Rc::new(RefCell::new(Self {
            atlassian: Atlassian::seeded(Seed::Demo),
            authorization_server: AuthorizationServer::default(),
            kvs: Kvs::default(),
            now_ms: START_MS,
            seed,
            effects: Vec::new(),
            exchanges: Vec::new(),
            spoken: Vec::new(),
            overheard: true,
            plan: None,
            pkce_off: false,
            support_key: Some(SUPPORT_KEY),
            queue: Vec::new(),
            cut_off: None,
        }))
    }

    fn random(&mut self) -> [u8; 32] {
        let mut bits = [0; 32];
        for chunk in bits.chunks_mut(8) {
            // SplitMix64: every seed gives another, equally good row of numbers.
            self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut word = self.seed;
            word = (word ^ (word >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            chunk.copy_from_slice(&(word ^ (word >> 31)).to_le_bytes());
        }
        bits
    }

    fn overhear(&mut self, texts: impl FnOnce() -> Vec<String>) {
        if self.overheard {
            self.spoken.extend(texts());
        }
    }

    fn ask_jira(&mut self, cloud_id: &str, principal: &Caller, request: Request) -> HttpResponse {
        let response = self.atlassian.jira(cloud_id, principal, &request, self.now_ms);
        let header = |name: &str| response.header(name).map(str::to_owned);
        let limits = rate_limit::read(response.status, &header, Timestamp(self.now_ms));
        let mut body = response.body.as_ref().map(Value::to_string).unwrap_or_default();
        if self.cut_off == Some(request.method.as_str()) {
            body = body.chars().take(body.chars().count() / 2).collect();
        }
        let status = response.status;
        if self.overheard {
            let (cloud_id, principal) = (cloud_id.to_owned(), principal.clone());
            self.exchanges.push(Exchange { cloud_id, principal, request, response });
        }
        HttpResponse { status, limits, body }
    }

    /// Atlassian's public hosts, and no others.
    fn ask(&mut self, request: &Sent) -> HttpResponse {
        let answer =
            |(status, body): (u16, Value)| HttpResponse { status, limits: Limits::default(), body: body.to_string() };
        if request.url == "https://auth.atlassian.com/oauth/token" && request.method == "POST" {
            let body: Value =
                request.body.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
            let right = self.authorization_server.token(&body, self.now_ms);
            return match self.authorization_server.scripted_answer.clone() {
                Some((status, body)) => HttpResponse { status, limits: Limits::default(), body },
                None => answer(right),
            };
        }
        let path = request.url.strip_prefix("https://api.atlassian.com");
        let path = path.unwrap_or_else(|| panic!("{} is no host of Atlassian's", request.url)).to_owned();
        let held = request.bearer.as_deref();
        let Some(held) = held.and_then(|token| self.authorization_server.introspect(token, self.now_ms)) else {
            return answer((401, json!({ "code": 401, "message": "Unauthorized" })));
        };
        if path == "/me" {
            return answer(self.me(&held.account_id));
        }
        if path == "/oauth/token/accessible-resources" {
            return answer((200, self.resources(&held.scopes, &held.cloud_ids)));
        }
        let (cloud_id, path) = path.strip_prefix("/ex/jira/").and_then(|rest| rest.split_once('/')).map_or_else(
            || panic!("{path} is no path of Atlassian's gateway"),
            |(id, path)| (id.to_owned(), format!("/{path}")),
        );
        if !held.cloud_ids.contains(&cloud_id) {
            return answer((404, json!({ "code": 404, "message": "Not Found" })));
        }
        let principal = Caller::OAuth { account_id: held.account_id, scopes: held.scopes };
        let body = request.body.as_deref().and_then(|text| serde_json::from_str(text).ok());
        self.ask_jira(&cloud_id, &principal, Request { method: request.method.to_owned(), path, body })
    }

    fn me(&self, account_id: &str) -> (u16, Value) {
        let Some(account) = self.atlassian.account(account_id) else {
            return (401, json!({ "code": 401, "message": "Unauthorized" }));
        };
        let account = serde_json::to_value(account).unwrap_or_default();
        let text = |name: &str| account[name].clone();
        let body = json!({
            "account_type": text("accountType"),
            "account_id": account_id,
            "email": text("email"),
            "name": text("name"),
            "picture": text("picture"),
            "account_status": text("status"),
        });
        (200, body)
    }

    fn resources(&self, scopes: &[String], cloud_ids: &[String]) -> Value {
        let jira: Vec<&String> = scopes.iter().filter(|scope| scope.contains("jira")).collect();
        let sites = serde_json::to_value(self.atlassian.sites().collect::<Vec<_>>()).unwrap_or_default();
        let rows = sites
            .as_array()
            .into_iter()
            .flatten()
            .filter(|site| cloud_ids.iter().any(|id| site["cloudId"] == json!(id)));
        // One id stands for several products: whoever does not look at the scopes takes the wrong one.
        let rows = rows.flat_map(|site| {
            let row = |scopes: Value| {
                json!({ "id": site["cloudId"], "name": site["name"], "url": site["url"], "scopes": scopes })
            };
            [row(json!(["read:confluence-content.all"])), row(json!(jira))]
        });
        Value::Array(rows.collect())
    }
}

struct Sent {
    method: &'static str,
    url: String,
    bearer: Option<String>,
    body: Option<String>,
}

/// One invocation's view of the platform.
pub struct Isolate {
    platform: Shared,
    account_id: Option<String>,
    effects: Cell<usize>,
    rounds: Rc<Cell<u32>>,
    crashed: Rc<Cell<bool>>,
}

impl Isolate {
    /// A view of the platform for whoever runs a part of the app by itself. `account_id` is who calls, if anybody does.
    #[must_use]
    pub fn new(platform: &Shared, account_id: Option<&str>) -> Self {
        Self {
            platform: Rc::clone(platform),
            account_id: account_id.map(str::to_owned),
            effects: Cell::new(0),
            rounds: Rc::default(),
            crashed: Rc::default(),
        }
    }

    /// What an effect does, with whatever was planned for it.
    async fn effect<T>(&self, name: String, failed: impl FnOnce() -> T, act: impl FnOnce(&mut Platform) -> T) -> T {
        let number = self.effects.replace(self.effects.get() + 1);
        let fault = {
            let mut platform = self.platform.borrow_mut();
            platform.effects.push(Effect { name, round: self.rounds.get() });
            platform.plan.filter(|(at, _)| *at == number).map(|(_, fault)| fault)
        };
        Turn(false).await;
        match fault {
            None => act(&mut self.platform.borrow_mut()),
            Some(Fault::Fail) => failed(),
            Some(Fault::LoseAnswer) => {
                act(&mut self.platform.borrow_mut());
                failed()
            }
            Some(Fault::CrashBefore) => self.crash().await,
            Some(Fault::CrashAfter) => {
                act(&mut self.platform.borrow_mut());
                self.crash().await
            }
        }
    }

    async fn crash<T>(&self) -> T {
        self.crashed.set(true);
        std::future::pending().await
    }
}

/// Gives way once, so that others who are polled together catch up.
struct Turn(bool);

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Task<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl World for Isolate {
    fn now(&self) -> Timestamp {
        Timestamp(self.platform.borrow().now_ms)
    }

    fn random(&self) -> [u8; 32] {
        self.platform.borrow_mut().random()
    }

    /// Gives way once. The pretend time stands still, so that those who wait do not age whom they wait for.
    async fn pause(&self, _: u32) {
        Turn(false).await;
    }

    async fn get(&self, key: &Key) -> Result<Option<Stored>, StoreError> {
        let key = key.clone();
        let name = format!("get {}", key.entity.name());
        self.effect(name, || Err(StoreError::Unavailable), |platform| Ok(platform.kvs.get(&key))).await
    }

    async fn transact(&self, writes: Vec<Write>) -> Result<(), StoreError> {
        let name = format!("transact {}", writes.len());
        self.effect(
            name,
            || Err(StoreError::Unavailable),
            |platform| {
                platform.overhear(|| writes.iter().map(|write| format!("{write:?}")).collect());
                platform.kvs.transact(&writes)
            },
        )
        .await
    }

    async fn secret(&self, key: &str) -> Result<Option<Secret>, StoreError> {
        let key = key.to_owned();
        let failed = || Err(StoreError::Unavailable);
        let read = |platform: &mut Platform| Ok(platform.kvs.secret(&key).map(|text| Secret::new(text.to_owned())));
        self.effect("secret get".into(), failed, read).await
    }

    async fn keep_secret(&self, key: &str, secret: &Secret, keep: Keep) -> Result<(), StoreError> {
        let (key, text) = (key.to_owned(), secret.reveal().to_owned());
        self.effect(
            "secret put".into(),
            || Err(StoreError::Unavailable),
            |platform| {
                platform.overhear(|| vec![key.clone()]);
                platform.kvs.keep_secret(&key, &text, keep);
                Ok(())
            },
        )
        .await
    }

    async fn forget_secret(&self, key: &str) -> Result<(), StoreError> {
        let key = key.to_owned();
        self.effect(
            "secret delete".into(),
            || Err(StoreError::Unavailable),
            |platform| {
                platform.kvs.forget_secret(&key);
                Ok(())
            },
        )
        .await
    }

    async fn jira(&self, principal: Principal, request: &JiraRequest) -> Result<HttpResponse, Unavailable> {
        let caller = match (principal, &self.account_id) {
            (Principal::Caller, Some(account_id)) => Caller::ForgeUser { account_id: account_id.clone() },
            (Principal::Caller, None) => return Err(Unavailable),
            (Principal::App, _) => Caller::ForgeApp,
        };
        let JiraRequest { method, path, body } = request.clone();
        let name = format!("jira {method} {}", path.split('?').next().unwrap_or_default());
        let sent = Request { method: method.to_owned(), path, body };
        self.effect(
            name,
            || Err(Unavailable),
            |platform| {
                platform.overhear(|| vec![format!("{sent:?}")]);
                Ok(platform.ask_jira(CLOUD_ID, &caller, sent))
            },
        )
        .await
    }

    async fn http(&self, request: HttpRequest<'_>) -> Result<HttpResponse, Unavailable> {
        let body = match &request.body {
            Some(Body::Secret(secret)) => Some(secret.reveal().to_owned()),
            Some(Body::Plain(text)) => Some(text.clone()),
            // As the local gateway takes a form apart.
            Some(Body::File(file)) => {
                Some(json!({ "file": { "name": file.name, "type": "text/plain", "content": file.text } }).to_string())
            }
            None => None,
        };
        let plain = matches!(request.body, Some(Body::Plain(_) | Body::File(_)));
        let bearer = request.bearer.map(|token| token.reveal().to_owned());
        let sent = Sent { method: request.method, url: request.url, bearer, body };
        let name = format!("http {} {}", sent.method, sent.url.split('?').next().unwrap_or_default());
        self.effect(
            name,
            || Err(Unavailable),
            |platform| {
                let plain = sent.body.clone().filter(|_| plain);
                platform.overhear(|| std::iter::once(sent.url.clone()).chain(plain).collect());
                Ok(platform.ask(&sent))
            },
        )
        .await
    }

    async fn web_trigger_url(&self, trigger: WebTrigger) -> Result<String, Unavailable> {
        let url = format!("https://{}.web-trigger.example/x1/unguessable", trigger.key());
        self.effect("web trigger url".into(), || Err(Unavailable), |_| Ok(url)).await
    }

    async fn list(&self, listing: &Listing) -> Result<Page, StoreError> {
        let listing = listing.clone();
        let failed = || Err(StoreError::Unavailable);
        self.effect("query".into(), failed, |platform| platform.kvs.list(&listing)).await
    }

    async fn push(&self, work: &Work, delay_s: u32) -> Result<(), Unavailable> {
        assert!(delay_s <= 900, "Forge delays work for 900 seconds at most");
        let work = work.clone();
        self.effect(
            "push".into(),
            || Err(Unavailable),
            |platform| {
                let due_ms = platform.now_ms + i64::from(delay_s) * 1000;
                platform.queue.push((due_ms, work));
                Ok(())
            },
        )
        .await
    }
}

impl Variables for Isolate {
    fn get(&self, name: &str) -> Option<String> {
        match name {
            "CLIENT_ID" => Some(CLIENT_ID.into()),
            "CLIENT_SECRET" => Some(CLIENT_SECRET.into()),
            "SUPPORT_KEY" => self.platform.borrow().support_key.map(str::to_owned),
            "PKCE" if self.platform.borrow().pkce_off => Some("off".into()),
            _ => None,
        }
    }
}

/// An invocation that can be polled step by step, among others.
pub struct Running {
    future: Pin<Box<dyn Future<Output = Answer>>>,
    rounds: Rc<Cell<u32>>,
    crashed: Rc<Cell<bool>>,
}

impl Running {
    /// Starts an invocation. `account_id` is who calls, if anybody does.
    #[must_use]
    pub fn start(platform: &Shared, account_id: Option<&str>, invocation: Invocation) -> Self {
        Self::start_on(platform, CLOUD_ID, account_id, invocation)
    }

    /// Starts an invocation on another site.
    #[must_use]
    pub fn start_on(platform: &Shared, cloud_id: &str, account_id: Option<&str>, invocation: Invocation) -> Self {
        platform.borrow_mut().effects.clear();
        let isolate = Isolate::new(platform, account_id);
        let (rounds, crashed) = (Rc::clone(&isolate.rounds), Rc::clone(&isolate.crashed));
        // Only Forge's development environment lets anybody switch PKCE off.
        let environment_type = if platform.borrow().pkce_off { "DEVELOPMENT" } else { "PRODUCTION" };
        let context = Context {
            install_context: format!("ari:cloud:jira::site/{cloud_id}"),
            account_id: account_id.map(str::to_owned),
            environment_type: environment_type.into(),
            environment_id: "environment".into(),
        };
        let future = Box::pin(async move { app::answer(&isolate, &context, invocation).await });
        Self { future, rounds, crashed }
    }

    /// Lets every effect that is waiting happen.
    pub fn poll(&mut self) -> Option<Ended> {
        let answer = pin!(self.future.as_mut()).poll(&mut Task::from_waker(Waker::noop()));
        self.rounds.set(self.rounds.get() + 1);
        match answer {
            Poll::Ready(answer) => Some(Ended::Answered(answer)),
            Poll::Pending if self.crashed.get() => Some(Ended::Crashed),
            Poll::Pending => None,
        }
    }

    /// Runs to the end.
    #[must_use]
    pub fn finish(mut self) -> (Ended, u32) {
        loop {
            if let Some(ended) = self.poll() {
                return (ended, self.rounds.get() - 1);
            }
        }
    }
}
