//! A site with the app on it, and what people and Forge do there: one invocation at a time or two at once, each with a
//! fault at one of its effects.

use crate::chance::Chance;
use integration_plus::api::{CommentResult, Reply, Request};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::account::AccountId;
use integration_plus::domain::authorization::SessionKey;
use integration_plus::domain::connection::Connection;
use integration_plus::domain::time::Timestamp;
use integration_plus::oauth::redirect::Query;
use integration_plus::ports::{Key, Work};
use integration_plus::records::{self, Record};
use integration_plus::web::WebRequest;
use sandbox::authorization_server::Consent;
use sandbox::ports::{CLOUD_ID, Ended, Fault, Platform, Running, Shared};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

pub const MARIA: &str = "5b10a2844c20165700ede21g";
pub const SERVICE: &str = "712020:service-jira";
pub const ANA: &str = "5b10ac8d82e05b22cc7d4ef1";
pub const BEN: &str = "5b10ac8d82e05b22cc7d4ef2";
pub const CHLOE: &str = "5b10ac8d82e05b22cc7d4ef3";

/// Everybody who may hold a grant in a story.
pub const EVERYBODY: [&str; 5] = [MARIA, SERVICE, ANA, BEN, CHLOE];

pub const FAULTS: [Fault; 4] = [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer];
pub const MINUTE_MS: i64 = 60 * 1000;
pub const ROUND_MS: i64 = 5 * MINUTE_MS;
pub const HOUR_MS: i64 = 60 * MINUTE_MS;
pub const DAY_MS: i64 = 24 * HOUR_MS;

/// An issue that everybody may comment on.
const ISSUE: &str = "MOB-1";

/// A fault, and the number of the effect that it meets.
pub type Plan = Option<(usize, Fault)>;

/// What the outside world does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Maria begins a change to this account.
    Begin(&'static str),
    /// The same, to switch an hour later.
    Schedule(&'static str),
    /// This account selects *Allow*, and the browser comes back.
    Redirect(&'static str),
    Continue,
    SwitchNow,
    Cancel,
    RollBack,
    Upkeep,
    /// Forge delivers the work that is due first.
    Deliver,
    /// Somebody begins to connect their own account.
    Authorize(&'static str),
    /// They select *Allow*, and the browser comes back.
    Allow(&'static str),
    /// They look at their own page.
    Me(&'static str),
    Comment(&'static str),
    PostHeld(&'static str),
    Disconnect(&'static str),
    Prompt(&'static str),
}

/// How an act ended, as far as whoever acted can tell.
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    /// It could not begin: there was no change, no page, no work.
    Nothing,
    Went(Option<Box<Reply>>),
    Failed,
}

/// A site, and what its people remember.
pub struct Site {
    pub platform: Shared,
    change: Option<(SessionKey, String)>,
    /// The authorization pages that people have open.
    pages: BTreeMap<&'static str, String>,
    /// Who wanted to disconnect, and was not told that it happened.
    disconnecting: BTreeSet<&'static str>,
    /// How many comments were written, each with words of its own.
    comments: usize,
    /// Jira's number of the issue.
    issue: String,
}

impl Site {
    /// A site whose main authorized user is Maria.
    pub fn connected() -> Self {
        let platform = Platform::new(u64::MAX / 3);
        platform.borrow_mut().overheard = false;
        let issue = issue_id(&platform);
        let mut site =
            Self { platform, change: None, pages: BTreeMap::new(), disconnecting: BTreeSet::new(), comments: 0, issue };
        for act in [Act::Begin(MARIA), Act::Redirect(MARIA), Act::Continue] {
            site.act(act, None);
        }
        assert_eq!(site.main().as_deref(), Some(MARIA));
        site
    }

    /// The same site once more, with another row of random numbers before it.
    pub fn again(&self, seed: u64) -> Self {
        let mut platform = self.platform.borrow().clone();
        platform.seed = seed;
        platform.effects.clear();
        Self {
            platform: Rc::new(RefCell::new(platform)),
            change: self.change.clone(),
            pages: self.pages.clone(),
            disconnecting: self.disconnecting.clone(),
            comments: self.comments,
            issue: self.issue.clone(),
        }
    }

    /// Somebody connects their own account and uses it.
    pub fn connect(&mut self, who: &'static str) {
        for act in [Act::Authorize(who), Act::Allow(who), Act::Me(who), Act::Comment(who)] {
            assert!(matches!(self.act(act, None), Told::Went(_)), "{act:?}");
        }
    }

    pub fn wait(&self, ms: i64) {
        self.platform.borrow_mut().now_ms += ms;
    }

    /// How many effects the last act had.
    pub fn effects(&self) -> usize {
        self.platform.borrow().effects.len()
    }

    /// Takes a step, with a fault at one of its effects.
    pub fn act(&mut self, act: Act, plan: Plan) -> Told {
        self.platform.borrow_mut().plan = plan;
        let Some(started) = self.start(act) else { return Told::Nothing };
        let (ended, _) = started.running.finish();
        self.platform.borrow_mut().plan = None;
        self.learn(act, started.work, ended)
    }

    /// Takes two steps at once in two isolates: which of them gets on is drawn by lot before each round trip. A fault
    /// meets both.
    pub fn both(&mut self, acts: [Act; 2], plan: Plan, chance: &mut Chance) -> [Told; 2] {
        self.platform.borrow_mut().plan = plan;
        let mut started = acts.map(|act| self.start(act));
        let mut told = acts.map(|_| Told::Nothing);
        while started.iter().any(Option::is_some) {
            let one = chance.below(2);
            let number = if started[one].is_some() { one } else { 1 - one };
            let Some(running) = &mut started[number] else { continue };
            if let Some(ended) = running.running.poll() {
                let work = running.work.take();
                started[number] = None;
                told[number] = self.learn(acts[number], work, ended);
            }
        }
        self.platform.borrow_mut().plan = None;
        told
    }

    fn start(&mut self, act: Act) -> Option<Started> {
        let mut work = None;
        let key = self.change.as_ref().map(|(key, _)| key.clone());
        let ask = |request| Invocation::Request(Some(request));
        let (who, invocation) = match act {
            Act::Begin(account) => (Some(MARIA), self.begin(account, None)),
            Act::Schedule(account) => {
                let at = Timestamp(self.platform.borrow().now_ms + HOUR_MS);
                (Some(MARIA), self.begin(account, Some(at)))
            }
            Act::Redirect(account) => (None, self.come_back(&self.change.clone()?.1, account)),
            Act::SwitchNow => (Some(MARIA), ask(Request::SwitchNow { change: key? })),
            Act::Continue => (Some(MARIA), ask(Request::ContinueChange { change: key? })),
            Act::Cancel => (Some(MARIA), ask(Request::CancelChange { change: key? })),
            Act::RollBack => (Some(MARIA), ask(Request::RollBack { acknowledged: None })),
            Act::Upkeep => (None, Invocation::Upkeep),
            Act::Deliver => {
                work = Some(self.take_work()?);
                (None, Invocation::Work(work.clone()))
            }
            Act::Authorize(who) => (Some(who), ask(Request::Authorize {})),
            Act::Allow(who) => {
                let url = self.pages.remove(who)?;
                (None, self.come_back(&url, who))
            }
            Act::Me(who) => (Some(who), ask(Request::Me {})),
            Act::Comment(who) => {
                self.comments += 1;
                let text = format!("Words number {}.", self.comments);
                (Some(who), ask(Request::Comment { issue_id: self.issue.clone(), text, internal: false }))
            }
            Act::PostHeld(who) => (Some(who), ask(Request::PostHeld { text: None })),
            Act::Disconnect(who) => {
                self.disconnecting.insert(who);
                (Some(who), ask(Request::Disconnect {}))
            }
            Act::Prompt(who) => (Some(who), ask(Request::Prompt { risks: None })),
        };
        Some(Started { running: Running::start(&self.platform, who, invocation), work })
    }

    fn begin(&self, account: &str, switch_at: Option<Timestamp>) -> Invocation {
        let acknowledged = self.rehearsed(account);
        let begin =
            Request::BeginChange { intended: id(account), instead_of: None, policy: None, acknowledged, switch_at };
        Invocation::Request(Some(begin))
    }

    /// The name of a rehearsal of this account that went well.
    fn rehearsed(&self, account: &str) -> Option<String> {
        let plan = self.platform.borrow_mut().plan.take();
        let rehearse = Invocation::Request(Some(Request::Rehearse { account: id(account), again: false }));
        let (ended, _) = Running::start(&self.platform, Some(MARIA), rehearse).finish();
        let mut platform = self.platform.borrow_mut();
        platform.plan = plan;
        platform.queue.retain(|(_, work)| !matches!(work, Work::Rehearse { .. }));
        match ended {
            Ended::Answered(Answer::Reply(Reply::Rehearsal { rehearsal })) => rehearsal.map(|rehearsal| rehearsal.id),
            Ended::Answered(_) | Ended::Crashed => None,
        }
    }

    fn take_work(&self) -> Option<Work> {
        let mut platform = self.platform.borrow_mut();
        let now_ms = platform.now_ms;
        let first = (0..platform.queue.len()).min_by_key(|at| platform.queue[*at].0)?;
        (platform.queue[first].0 <= now_ms).then(|| platform.queue.remove(first).1)
    }

    fn learn(&mut self, act: Act, work: Option<Work>, ended: Ended) -> Told {
        let told = match ended {
            Ended::Answered(Answer::Reply(Reply::Refused { .. }) | Answer::Done(Err(_))) | Ended::Crashed => {
                Told::Failed
            }
            Ended::Answered(Answer::Reply(reply)) => Told::Went(Some(Box::new(reply))),
            Ended::Answered(Answer::Web(_) | Answer::Done(Ok(()))) => Told::Went(None),
        };
        // Forge delivers work until it is told that it went well.
        if let (Some(work), Told::Failed) = (work, &told) {
            let mut platform = self.platform.borrow_mut();
            let due_ms = platform.now_ms + MINUTE_MS;
            platform.queue.push((due_ms, work));
        }
        if let Told::Went(Some(reply)) = &told {
            match (act, reply.as_ref()) {
                (_, Reply::Authorization { change, url, .. }) => self.change = Some((change.clone(), url.clone())),
                (Act::Authorize(who), Reply::Consent { url, .. }) => {
                    self.pages.insert(who, url.clone());
                }
                (Act::Disconnect(who), _) => {
                    self.disconnecting.remove(who);
                }
                _ => {}
            }
        }
        told
    }

    fn come_back(&self, url: &str, account_id: &str) -> Invocation {
        let mut platform = self.platform.borrow_mut();
        let now_ms = platform.now_ms;
        let consent = Consent { account_id, cloud_ids: &[CLOUD_ID], withheld: &[] };
        let pairs = platform.authorization_server.allow(url, &consent, now_ms);
        let mut query = Query::new();
        for (name, value) in pairs {
            query.entry(name).or_default().push(value);
        }
        Invocation::Redirect(WebRequest { method: "GET".into(), query, body: String::new() })
    }

    /// Who wanted to disconnect, and was not told that it happened.
    pub fn disconnecting(&self) -> Vec<&'static str> {
        self.disconnecting.iter().copied().collect()
    }

    pub fn connection(&self) -> Connection {
        self.record(&records::connection()).unwrap_or_default()
    }

    pub fn main(&self) -> Option<String> {
        self.connection().main.map(|main| main.account.person.account_id.as_str().to_owned())
    }

    pub fn record<T: Record>(&self, key: &Key) -> Option<T> {
        let stored = self.platform.borrow().kvs.get(key)?;
        records::read(stored).ok().map(|at| at.value)
    }

    /// What Jira answers to this account's grant.
    pub fn as_grant(&self, account_id: &str, path: &str) -> serde_json::Value {
        let mut platform = self.platform.borrow_mut();
        let now_ms = platform.now_ms;
        let scopes = vec!["read:jira-work".to_owned(), "manage:jira-webhook".to_owned()];
        let principal = sandbox::Principal::OAuth { account_id: account_id.to_owned(), scopes };
        platform.atlassian.jira(CLOUD_ID, &principal, &sandbox::Request::get(path), now_ms).body.unwrap_or_default()
    }

    pub fn webhooks(&self, account_id: &str) -> usize {
        self.as_grant(account_id, "/rest/api/3/webhook")["values"].as_array().map(Vec::len).unwrap_or_default()
    }

    /// The texts of all comments on the issue, as often as they stand there.
    pub fn comments(&self) -> Vec<String> {
        let page = self.as_grant(MARIA, &format!("/rest/api/3/issue/{}/comment?maxResults=1000", self.issue));
        page["values"].as_array().or_else(|| page["comments"].as_array()).into_iter().flatten().map(text).collect()
    }
}

struct Started {
    running: Running,
    work: Option<Work>,
}

fn text(comment: &serde_json::Value) -> String {
    comment["body"]["content"][0]["content"][0]["text"].as_str().unwrap_or_default().to_owned()
}

fn issue_id(platform: &Shared) -> String {
    let mut platform = platform.borrow_mut();
    let now_ms = platform.now_ms;
    let maria = sandbox::Principal::ForgeUser { account_id: MARIA.to_owned() };
    let request = sandbox::Request::get(format!("/rest/api/3/issue/{ISSUE}"));
    let answer = platform.atlassian.jira(CLOUD_ID, &maria, &request, now_ms);
    answer.body.and_then(|issue| issue["id"].as_str().map(str::to_owned)).expect("the issue has a number")
}

pub fn id(account: &str) -> AccountId {
    AccountId::parse(account).expect("is an accountId")
}

/// Whether a comment was posted.
pub fn posted(told: &Told) -> bool {
    let Told::Went(Some(reply)) = told else { return false };
    matches!(reply.as_ref(), Reply::Comment { result: CommentResult::Posted { .. }, .. })
}
