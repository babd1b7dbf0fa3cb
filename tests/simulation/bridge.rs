//! Two sites with a pair of issues, and the course of mirrored comments with a fault at any effect.

use crate::site::{ANA, CHLOE, FAULTS, MARIA, MINUTE_MS, Plan, id};
use integration_plus::api::{Reply, Request};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::account::Person;
use integration_plus::domain::assignee::Following;
use integration_plus::domain::intake::{Counterparts, Intake};
use integration_plus::domain::integration::{
    Direction, End, Integration, IntegrationId, Integrations, Side, Terms, Which,
};
use integration_plus::domain::lane::Lane;
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::pair::{Joined, Pair, Pairs};
use integration_plus::domain::run_log::{Items, Run, RunDays};
use integration_plus::domain::site::CloudId;
use integration_plus::domain::time::Timestamp;
use integration_plus::oauth::redirect::Query;
use integration_plus::ports::{Entity, Expect, Key};
use integration_plus::records::{self, Record};
use integration_plus::web::WebRequest;
use sandbox::authorization_server::Consent;
use sandbox::ports::{CLOUD_ID, Ended, OTHER_CLOUD_ID, Platform, Running, Shared};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// After everything that the two sites begin with.
const BUILT_MS: i64 = 1_800_000_000_000;

/// After so many minutes of rounds, deliveries and work everything is mirrored, whatever happened.
const RECOVERED_IN: i64 = 60;

/// The projects that are joined: on this site, and on the other.
const PROJECTS: [&str; 2] = ["MOB", "INT"];

const BOTH: [&str; 2] = [CLOUD_ID, OTHER_CLOUD_ID];

/// One comment of the story.
#[derive(Clone, Debug)]
struct Told {
    end: End,
    author: &'static str,
    number: String,
    words: String,
    living: bool,
}

/// Two sites, and what their people wrote.
pub struct Bridge {
    pub platform: Shared,
    pub integration: IntegrationId,
    pub issues: [String; 2],
    told: Vec<Told>,
    /// Whether the issue on this site has a security level: then nothing of it is to be on the other.
    secured: bool,
    /// Issues that were created, with their summaries.
    issued: Vec<(End, String)>,
    /// Every delivery that ever came.
    delivered: Vec<Value>,
}

fn cloud(end: End) -> &'static str {
    match end {
        End::Here => CLOUD_ID,
        End::There => OTHER_CLOUD_ID,
    }
}

fn saying(words: &str) -> Value {
    let paragraph = json!({ "type": "paragraph", "content": [{ "type": "text", "text": words }] });
    json!({ "body": { "type": "doc", "version": 1, "content": [paragraph] } })
}

impl Bridge {
    /// Maria is main authorized user, and Ana has a grant of her own, both for both sites.
    pub fn new() -> Self {
        let platform = Platform::new(u64::MAX / 5);
        platform.borrow_mut().overheard = false;
        platform.borrow_mut().now_ms = BUILT_MS;
        let integration = IntegrationId::parse("c".repeat(32)).expect("is one");
        let mut bridge = Self {
            platform,
            integration,
            issues: [String::new(), String::new()],
            told: Vec::new(),
            secured: false,
            issued: Vec::new(),
            delivered: Vec::new(),
        };
        bridge.connect();
        bridge.join();
        assert!(bridge.act(None, Invocation::Upkeep, None), "the other site is listened to");
        bridge.platform.borrow_mut().queue.clear();
        bridge.platform.borrow_mut().atlassian.take_deliveries();
        bridge
    }

    fn connect(&self) {
        let begin = Request::BeginChange {
            intended: id(MARIA),
            instead_of: None,
            policy: None,
            acknowledged: None,
            switch_at: None,
        };
        let Some(Reply::Authorization { change, url, .. }) = self.ask(MARIA, begin) else { panic!("begins") };
        self.allow(&url, MARIA);
        self.ask(MARIA, Request::ContinueChange { change });
        let Some(Reply::Consent { url, .. }) = self.ask(ANA, Request::Authorize {}) else { panic!("begins") };
        self.allow(&url, ANA);
        self.ask(ANA, Request::Me {});
    }

    fn ask(&self, who: &str, request: Request) -> Option<Reply> {
        match Running::start(&self.platform, Some(who), Invocation::Request(Some(request))).finish().0 {
            Ended::Answered(Answer::Reply(reply)) => Some(reply),
            Ended::Answered(Answer::Web(_) | Answer::Done(_)) | Ended::Crashed => None,
        }
    }

    fn allow(&self, url: &str, account_id: &str) {
        let consent = Consent { account_id, cloud_ids: &BOTH, withheld: &[] };
        let now_ms = self.platform.borrow().now_ms;
        let pairs = self.platform.borrow_mut().authorization_server.allow(url, &consent, now_ms);
        let mut query = Query::new();
        for (name, value) in pairs {
            query.entry(name).or_default().push(value);
        }
        let come_back = Invocation::Redirect(WebRequest { method: "GET".into(), query, body: String::new() });
        assert!(self.act(None, come_back, None));
    }

    fn join(&mut self) {
        let issue = |end, key: &str| self.jira(end, MARIA, "GET", &format!("/issue/{key}"), None).1;
        let (here, there) = (issue(End::Here, "MOB-1"), issue(End::There, "INT-1"));
        let number = |value: &Value| JiraNumber::parse(value.as_str().expect("is text")).expect("is a number");
        let side = |end, issue: &Value| Side {
            cloud_id: CloudId::parse(cloud(end)).expect("is one"),
            project: number(&issue["fields"]["project"]["id"]),
        };
        let terms = Terms {
            name: "Partner".into(),
            here: side(End::Here, &here),
            there: side(End::There, &there),
            direction: Direction::Both,
            which: Which::All,
            assignees: Vec::new(),
            restrictions: Vec::new(),
            to_customers: false,
            following: None,
            counterparts: None,
        };
        let now = Timestamp(self.platform.borrow().now_ms);
        let changed_by = Person { account_id: id(MARIA), display_name: "Maria".into(), avatar_url: None };
        let id = self.integration.clone();
        let own = Integration { enabled_since: Some(now), ..Integration::new(id, terms, changed_by, now) };
        let pair = Pair { here: number(&here["id"]), there: number(&there["id"]), joined: Joined::ByHand, at: now };
        self.keep(&records::mirror::integrations(), &Integrations(vec![own]));
        self.keep(&records::mirror::pairs(&self.integration), &Pairs(vec![pair]));
        self.issues = [pair.here.to_string(), pair.there.to_string()];
    }

    fn keep<T: Record>(&self, key: &Key, value: &T) {
        let write = records::put(key.clone(), Expect::Absent, value);
        self.platform.borrow_mut().kvs.transact(&[write]).expect("is kept");
    }

    /// The same once more, with another row of random numbers before it.
    pub fn again(&self, seed: u64) -> Self {
        let mut platform = self.platform.borrow().clone();
        platform.seed = seed;
        platform.effects.clear();
        Self {
            platform: Rc::new(RefCell::new(platform)),
            integration: self.integration.clone(),
            issues: self.issues.clone(),
            told: self.told.clone(),
            secured: self.secured,
            issued: self.issued.clone(),
            delivered: self.delivered.clone(),
        }
    }

    pub fn jira(&self, end: End, who: &str, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let mut platform = self.platform.borrow_mut();
        let now_ms = platform.now_ms;
        let scopes = ["read:jira-work", "write:jira-work"].map(str::to_owned).to_vec();
        let principal = sandbox::Principal::OAuth { account_id: who.to_owned(), scopes };
        let request = sandbox::Request { method: method.to_owned(), path: format!("/rest/api/3{path}"), body };
        let response = platform.atlassian.jira(cloud(end), &principal, &request, now_ms);
        (response.status, response.body.unwrap_or_default())
    }

    fn path(&self, end: End) -> String {
        let [here, there] = &self.issues;
        let issue = match end {
            End::Here => here,
            End::There => there,
        };
        format!("/issue/{issue}/comment")
    }

    /// Somebody writes words of their own. Chloe has no account on the other site.
    pub fn say(&mut self, end: End, author: &'static str) {
        let author = if end == End::There && author == CHLOE { MARIA } else { author };
        let words = format!("Words number {}.", self.told.len());
        let (status, answer) = self.jira(end, author, "POST", &self.path(end), Some(saying(&words)));
        assert_eq!(status, 201, "{answer}");
        let number = answer["id"].as_str().expect("has one").to_owned();
        self.told.push(Told { end, author, number, words, living: true });
    }

    /// The same on which new issues of both sites get counterparts, of the type Task.
    pub fn creating() -> Self {
        let bridge = Self::new();
        let key = records::mirror::integrations();
        let mut all: Integrations = bridge.record(&key).expect("is there");
        let task = Some(JiraNumber(10_002));
        all.0[0].terms.counterparts = Some(Counterparts { here: task, there: task });
        all.0[0].terms.following = Some(Following::ByTableOrAccount);
        let revision = bridge.platform.borrow().kvs.get(&key).expect("is there").revision;
        let write = records::put(key, Expect::Revision(revision), &all);
        bridge.platform.borrow_mut().kvs.transact(&[write]).expect("is kept");
        bridge
    }

    /// Somebody creates an issue. Ana is responsible for her own, and is on both sites.
    pub fn create(&mut self, end: End, who: &'static str) {
        let who = if end == End::There && who == CHLOE { MARIA } else { who };
        let summary = format!("Issue number {}", self.issued.len());
        let assignee = if who == ANA { json!({ "accountId": ANA }) } else { Value::Null };
        let fields = json!({
            "project": { "key": PROJECTS[end as usize] }, "issuetype": { "name": "Bug" }, "summary": summary,
            "assignee": assignee,
        });
        let (status, answer) = self.jira(end, who, "POST", "/issue", Some(json!({ "fields": fields })));
        assert_eq!(status, 201, "{answer}");
        self.issued.push((end, summary));
    }

    /// Nobody does anything. Then each issue has one counterpart, they are a pair, and the same account is responsible for both.
    pub fn judge_counterparts(&mut self, story: &str) {
        self.judge(story);
        let all = |end| {
            let path = format!(
                "/search/jql?jql=project%20%3D%20{}&fields=summary,assignee&maxResults=1000",
                PROJECTS[end as usize]
            );
            let found = self.jira(end, MARIA, "GET", &path, None).1;
            found["issues"].as_array().expect("is a list").clone()
        };
        let (here, there) = (all(End::Here), all(End::There));
        let pairs: Pairs = self.record(&records::mirror::pairs(&self.integration)).unwrap_or_default();
        for (_, summary) in &self.issued {
            let own = |list: &[Value]| {
                let own = list.iter().filter(|issue| issue["fields"]["summary"] == summary.as_str());
                own.map(|issue| issue["id"].as_str().expect("has one").to_owned()).collect::<Vec<_>>()
            };
            let responsible = |list: &[Value]| {
                let own = list.iter().find(|issue| issue["fields"]["summary"] == summary.as_str());
                own.map(|issue| issue["fields"]["assignee"]["accountId"].clone())
            };
            assert_eq!(responsible(&here), responsible(&there), "{story}: {summary}");
            let (here, there) = (own(&here), own(&there));
            assert_eq!((here.len(), there.len()), (1, 1), "{story}: {summary}, and nothing twice");
            let paired = pairs.0.iter().filter(|pair| {
                pair.joined == Joined::Created
                    && (pair.here.to_string(), pair.there.to_string()) == (here[0].clone(), there[0].clone())
            });
            assert_eq!(paired.count(), 1, "{story}: {summary} among {pairs:?}");
        }
        assert_eq!(pairs.0.len(), self.issued.len() + 1, "{story}: {pairs:?}");
        let intake: Intake = self.record(&records::mirror::intake(&self.integration)).unwrap_or_default();
        assert_eq!((intake.0.waiting.len(), intake.0.parked.len()), (0, 0), "{story}: {intake:?}");
    }

    /// The author of a comment changes it.
    pub fn edit(&mut self, which: usize) {
        let Some(told) = self.told.get_mut(which).filter(|told| told.living) else { return };
        told.words = format!("{} And more.", told.words);
        let told = told.clone();
        let path = format!("{}/{}", self.path(told.end), told.number);
        assert_eq!(self.jira(told.end, told.author, "PUT", &path, Some(saying(&told.words))).0, 200);
    }

    /// Somebody gives the issue on this site a security level, or takes it away.
    pub fn secure(&mut self, secured: bool) {
        self.secured = secured;
        let level = if secured { json!({ "name": "Board only" }) } else { Value::Null };
        let path = format!("/issue/{}", self.issues[0]);
        let body = json!({ "fields": { "security": level } });
        assert_eq!(self.jira(End::Here, MARIA, "PUT", &path, Some(body)).0, 204);
    }

    /// Whether the issue on this site has a security level.
    pub fn secured(&self) -> bool {
        self.secured
    }

    /// The author of a comment deletes it.
    pub fn delete(&mut self, which: usize) {
        let Some(told) = self.told.get_mut(which).filter(|told| told.living) else { return };
        told.living = false;
        let told = told.clone();
        let path = format!("{}/{}", self.path(told.end), told.number);
        assert_eq!(self.jira(told.end, told.author, "DELETE", &path, None).0, 204);
    }

    pub fn wait(&self, ms: i64) {
        self.platform.borrow_mut().now_ms += ms;
    }

    /// How many comments were written.
    pub fn written(&self) -> usize {
        self.told.len()
    }

    /// How many effects the last invocation had.
    pub fn effects(&self) -> usize {
        self.platform.borrow().effects.len()
    }

    /// One invocation, with a fault at one of its effects. Whether it went well.
    fn act(&self, who: Option<&str>, invocation: Invocation, plan: Plan) -> bool {
        self.platform.borrow_mut().plan = plan;
        let (ended, _) = Running::start(&self.platform, who, invocation).finish();
        self.platform.borrow_mut().plan = None;
        matches!(ended, Ended::Answered(Answer::Reply(_) | Answer::Web(_) | Answer::Done(Ok(()))))
    }

    /// Jira delivers what it has to tell, each with this fault.
    pub fn deliver(&mut self, plan: Plan) {
        let taken = self.platform.borrow_mut().atlassian.take_deliveries();
        let bodies: Vec<Value> = taken.into_iter().map(|delivery| delivery.body).collect();
        for body in &bodies {
            self.act(None, delivery(body), plan);
        }
        self.delivered.extend(bodies);
    }

    /// Everything that was ever delivered comes once more, the latest first.
    pub fn replay(&self) {
        for body in self.delivered.iter().rev() {
            self.act(None, delivery(body), None);
        }
    }

    /// Forge delivers the work that is due first; until it is told that it went well.
    pub fn work(&self, plan: Plan) -> bool {
        let work = {
            let mut platform = self.platform.borrow_mut();
            let now_ms = platform.now_ms;
            let Some(first) = (0..platform.queue.len()).min_by_key(|at| platform.queue[*at].0) else { return false };
            if platform.queue[first].0 > now_ms {
                return false;
            }
            platform.queue.remove(first).1
        };
        if !self.act(None, Invocation::Work(Some(work.clone())), plan) {
            let due_ms = self.platform.borrow().now_ms + MINUTE_MS;
            self.platform.borrow_mut().queue.push((due_ms, work));
        }
        true
    }

    pub fn upkeep(&self, plan: Plan) {
        self.act(None, Invocation::Upkeep, plan);
    }

    /// Nobody does anything: Jira delivers, Forge delivers work and makes its rounds. Then each comment has one mirror that
    /// says what it says, and what was deleted has none.
    pub fn judge(&mut self, story: &str) {
        for minute in 1..=RECOVERED_IN {
            self.wait(MINUTE_MS);
            self.deliver(None);
            if minute == 7 {
                self.replay();
            }
            for _ in 0..30 {
                if !self.work(None) {
                    break;
                }
                self.deliver(None);
            }
            if minute % 5 == 0 {
                self.upkeep(None);
            }
        }
        for told in &self.told {
            let seen = self.words(told.end.other());
            let mirrors = seen.iter().filter(|words| **words == told.words).count();
            let carried = told.living && !(self.secured && told.end == End::Here);
            assert_eq!(mirrors, usize::from(carried), "{story}: {told:?} among {seen:?}");
        }
        let living = |end| self.told.iter().filter(|told| told.living && told.end == end).count();
        let (here, there) = (living(End::Here), living(End::There));
        let carried = if self.secured { 0 } else { here };
        for (end, all) in [(End::Here, here + there), (End::There, carried + there)] {
            assert_eq!(self.words(end).len(), all, "{story}: nothing else is there, and nothing twice");
        }
        let here = JiraNumber::parse(&self.issues[0]).expect("is one");
        let lane: Lane = self.record(&records::mirror::lane(&self.integration, here)).unwrap_or_default();
        assert_eq!((lane.waiting.len(), lane.parked.len()), (0, 0), "{story}: {lane:?}");
        let runs = self.runs();
        for run in &runs {
            assert!(run.ended_at.is_some(), "{story}: it ended, or is told to have broken off: {run:?}");
            let kept = |part| self.record::<Items>(&records::run_items(&run.id, part)).unwrap_or_default().0.len();
            assert_eq!((0..run.parts()).map(kept).sum::<usize>(), run.items as usize, "{story}: {run:?}");
        }
        let days: RunDays = self.record(&records::run_days()).unwrap_or_default();
        let counted: u32 = days.0.iter().map(|day| day.runs).sum();
        assert_eq!(counted as usize, runs.len(), "{story}: each run is counted once");
    }

    /// Every run that is written down.
    pub fn runs(&self) -> Vec<Run> {
        let platform = self.platform.borrow();
        let runs = platform.kvs.records().filter(|(key, _)| key.entity == Entity::Run && key.id.starts_with("run:"));
        runs.map(|(_, stored)| records::read(stored.clone()).expect("can be read").value).collect()
    }

    fn record<T: Record>(&self, key: &Key) -> Option<T> {
        let stored = self.platform.borrow().kvs.get(key)?;
        records::read(stored).ok().map(|at| at.value)
    }

    /// The first lines of the comments at an end that are of the story.
    fn words(&self, end: End) -> Vec<String> {
        let list = self.jira(end, MARIA, "GET", &self.path(end), None).1;
        let text = |comment: &Value| comment["body"]["content"][0]["content"][0]["text"].as_str().map(str::to_owned);
        let all = list["comments"].as_array().into_iter().flatten().filter_map(text);
        all.filter(|text| text.starts_with("Words number")).collect()
    }
}

/// Delivered, then worked on: with every fault at each effect of the one and of the other, each on a copy of `before`, which
/// `judge` is told the story of. How many were judged.
pub fn every_fault(before: &Bridge, what: &str, mut judge: impl FnMut(Bridge, &str)) -> usize {
    let mut quiet = before.again(1);
    quiet.deliver(None);
    let delivering = quiet.effects();
    assert!(quiet.work(None), "{what}: work is on its way");
    let working = quiet.effects();
    let mut judged = 0;
    for (number, effects) in [delivering, working].into_iter().enumerate() {
        for at in 0..effects {
            for fault in FAULTS {
                let mut bridge = before.again(2);
                bridge.deliver((number == 0).then_some((at, fault)));
                bridge.work((number == 1).then_some((at, fault)));
                judge(bridge, &format!("{what}, part {number}, effect {at}, {fault:?}"));
                judged += 1;
            }
        }
    }
    judged
}

fn delivery(body: &Value) -> Invocation {
    Invocation::Delivery(WebRequest { method: "POST".into(), query: BTreeMap::new(), body: body.to_string() })
}
