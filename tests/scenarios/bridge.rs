//! What scenarios of mirrored comments need: two sites, a pair of issues, deliveries and work carried where they belong.

use crate::scene::{CUSTOMER, MARIA, MINUTE_MS, Scene, id};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::account::Person;
use integration_plus::domain::integration::{
    Direction, End, Integration, IntegrationId, Integrations, Side, Terms, Which,
};
use integration_plus::domain::lane::Lane;
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::pair::{Joined, Pair, Pairs};
use integration_plus::domain::run::{Outcome, RunItem};
use integration_plus::domain::site::CloudId;
use integration_plus::domain::time::Timestamp;
use integration_plus::flows::mirror;
use integration_plus::ports::{Expect, Work};
use integration_plus::records::{self, Record};
use integration_plus::tenant::{Config, Tenant};
use integration_plus::web::WebRequest;
use sandbox::ports::{CLOUD_ID, Effect, Ended, Exchange, Fault, Isolate, OTHER_CLOUD_ID, Running};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// Every scope that somebody at a site has, whatever the app has.
const SCOPES: [&str; 4] = ["read:jira-user", "read:jira-work", "write:jira-work", "manage:jira-webhook"];

/// No work is further away than this.
const SOON_MS: i64 = 20 * MINUTE_MS;

/// When the bridge is built: after everything that the two sites begin with.
const BUILT_MS: i64 = 1_800_000_000_000;

/// A site with the app on it, and a project of it joined with one of the other site.
pub struct Bridge {
    pub scene: Scene,
    pub integration: IntegrationId,
    /// The pair's issues, by key.
    pub here: String,
    pub there: String,
}

pub fn cloud(end: End) -> &'static str {
    match end {
        End::Here => CLOUD_ID,
        End::There => OTHER_CLOUD_ID,
    }
}

fn cloud_id(end: End) -> CloudId {
    CloudId::parse(cloud(end)).expect("is one")
}

pub fn paragraph(content: &Value) -> Value {
    json!({ "type": "paragraph", "content": content })
}

pub fn text(text: &str) -> Value {
    json!({ "type": "text", "text": text })
}

pub fn doc(content: &Value) -> Value {
    json!({ "type": "doc", "version": 1, "content": content })
}

/// A comment of one paragraph.
pub fn saying(words: &str) -> Value {
    json!({ "body": doc(&json!([paragraph(&json!([text(words)]))])) })
}

/// How Jira delivers this.
pub fn delivery(body: &Value) -> WebRequest {
    WebRequest { method: "POST".into(), query: BTreeMap::new(), body: body.to_string() }
}

/// The first line of each comment that came to the issue of an end since the bridge was built.
pub fn first_lines(bridge: &Bridge, end: End) -> Vec<String> {
    bridge.words(end).iter().map(|words| words.lines().next().unwrap_or_default().to_owned()).collect()
}

impl Bridge {
    /// MOB-1 here and INT-1 there, both ways, all comments.
    pub fn new() -> Self {
        Self::of("MOB-1", "INT-1", |_| ())
    }

    pub fn of(here: &str, there: &str, settle: impl FnOnce(&mut Terms)) -> Self {
        let integration = IntegrationId::parse("abcdef0123456789abcdef0123456789").expect("is one");
        let scene = Scene::new();
        scene.platform.borrow_mut().now_ms = BUILT_MS;
        scene.switch(MARIA, MARIA);
        let bridge = Self { scene, integration, here: here.into(), there: there.into() };
        let side = |end, key: &str| Side {
            cloud_id: cloud_id(end),
            project: JiraNumber::parse(bridge.issue(end, key)["fields"]["project"]["id"].as_str().expect("has one"))
                .expect("is one"),
        };
        let mut terms = Terms {
            name: "Partner".into(),
            here: side(End::Here, here),
            there: side(End::There, there),
            direction: Direction::Both,
            which: Which::All,
            assignees: Vec::new(),
            restrictions: Vec::new(),
            to_customers: false,
            following: None,
            counterparts: None,
        };
        settle(&mut terms);
        let terms = terms.checked(&cloud_id(End::Here)).expect("can be kept");
        let now = bridge.now();
        let changed_by = Person { account_id: id(MARIA), display_name: "Maria Keller".into(), avatar_url: None };
        let id = bridge.integration.clone();
        let own = Integration { enabled_since: Some(now), ..Integration::new(id, terms, changed_by, now) };
        bridge.keep(&records::mirror::integrations(), &Integrations(vec![own]));
        bridge.pair(&[(here, there)]);
        bridge.scene.upkeep().expect("listens there");
        bridge.scene.platform.borrow_mut().atlassian.take_deliveries();
        bridge
    }

    /// The same once more: what happens there does not happen here.
    pub fn copy(&self) -> Self {
        let Self { scene, integration, here, there } = self;
        Self { scene: scene.copy(), integration: integration.clone(), here: here.clone(), there: there.clone() }
    }

    pub fn pair(&self, keys: &[(&str, &str)]) {
        let number = |end, key: &str| JiraNumber::parse(self.id_of(end, key).as_str()).expect("is one");
        let pair = |(here, there): &(&str, &str)| Pair {
            here: number(End::Here, here),
            there: number(End::There, there),
            joined: Joined::ByHand,
            at: self.now(),
        };
        self.keep(&records::mirror::pairs(&self.integration), &Pairs(keys.iter().map(pair).collect()));
    }

    /// Changes the integration as an administrator would.
    pub fn settle(&self, change: impl FnOnce(&mut Integration)) {
        let mut all: Integrations = self.scene.record(&records::mirror::integrations()).expect("is there");
        change(&mut all.0[0]);
        self.keep(&records::mirror::integrations(), &all);
    }

    pub fn keep<T: Record>(&self, key: &integration_plus::ports::Key, value: &T) {
        let mut platform = self.scene.platform.borrow_mut();
        let expect = platform.kvs.get(key).map_or(Expect::Absent, |stored| Expect::Revision(stored.revision));
        platform.kvs.transact(&[records::put(key.clone(), expect, value)]).expect("is kept");
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.scene.platform.borrow().now_ms)
    }

    /// What Jira answers somebody at an end, with the status.
    pub fn ask(&self, end: End, who: &str, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let mut platform = self.scene.platform.borrow_mut();
        let now_ms = platform.now_ms;
        let scopes = SCOPES.map(str::to_owned).to_vec();
        let principal = sandbox::Principal::OAuth { account_id: who.to_owned(), scopes };
        let request = sandbox::Request { method: method.to_owned(), path: format!("/rest/api/3{path}"), body };
        let response = platform.atlassian.jira(cloud(end), &principal, &request, now_ms);
        (response.status, response.body.unwrap_or_default())
    }

    pub fn issue(&self, end: End, key: &str) -> Value {
        self.ask(end, MARIA, "GET", &format!("/issue/{key}"), None).1
    }

    pub fn id_of(&self, end: End, key: &str) -> String {
        self.issue(end, key)["id"].as_str().unwrap_or_else(|| panic!("there is no {key}")).to_owned()
    }

    fn key(&self, end: End) -> &str {
        match end {
            End::Here => &self.here,
            End::There => &self.there,
        }
    }

    /// Somebody comments; the number of the comment.
    pub fn comment(&self, end: End, who: &str, comment: Value) -> String {
        let path = format!("/issue/{}/comment", self.key(end));
        let (status, answer) = self.ask(end, who, "POST", &path, Some(comment));
        assert_eq!(status, 201, "{answer}");
        answer["id"].as_str().expect("has a number").to_owned()
    }

    pub fn say(&self, end: End, who: &str, words: &str) -> String {
        self.comment(end, who, saying(words))
    }

    pub fn edit(&self, end: End, who: &str, comment: &str, body: Value) {
        let path = format!("/issue/{}/comment/{comment}", self.key(end));
        assert_eq!(self.ask(end, who, "PUT", &path, Some(body)).0, 200);
    }

    pub fn delete(&self, end: End, who: &str, comment: &str) {
        let path = format!("/issue/{}/comment/{comment}", self.key(end));
        assert_eq!(self.ask(end, who, "DELETE", &path, None).0, 204);
    }

    /// Somebody gives an issue of this site a security level, or takes it away.
    pub fn set_level(&self, issue: &str, level: Option<&str>) {
        let level = level.map_or(Value::Null, |name| json!({ "name": name }));
        let body = json!({ "fields": { "security": level } });
        assert_eq!(self.ask(End::Here, MARIA, "PUT", &format!("/issue/{issue}"), Some(body)).0, 204);
    }

    /// The issue of the other site is closed, or opened again.
    pub fn close_issue_there(&self, closed: bool) {
        let mut platform = self.scene.platform.borrow_mut();
        platform.atlassian.close_issue(cloud(End::There), &self.there, closed).expect("exists");
    }

    /// How many comments came to an issue of the other site since the bridge was built.
    pub fn carried_to(&self, issue: &str) -> usize {
        let list = self.ask(End::There, MARIA, "GET", &format!("/issue/{issue}/comment"), None).1;
        let mirrored = |comment: &&Value| comment["created"].as_str().is_some_and(|at| at >= "2027");
        list["comments"].as_array().expect("is a list").iter().filter(mirrored).count()
    }

    /// The comments that came to the issue of an end since the bridge was built, oldest first, with their properties.
    pub fn comments(&self, end: End) -> Vec<Value> {
        let path = format!("/issue/{}/comment?expand=properties,renderedBody", self.key(end));
        let list = self.ask(end, MARIA, "GET", &path, None).1;
        let own = |comment: &Value| {
            let created = comment["created"].as_str().and_then(Timestamp::from_iso);
            created.is_some_and(|at| at >= Timestamp(BUILT_MS))
        };
        list["comments"].as_array().expect("is a list").iter().filter(|comment| own(comment)).cloned().collect()
    }

    /// The words of those comments, a line for each block.
    pub fn words(&self, end: End) -> Vec<String> {
        let words = |comment: &Value| integration_plus::domain::adf::carry::plain_text(&comment["body"]);
        self.comments(end).iter().map(words).collect()
    }

    pub fn authors(&self, end: End) -> Vec<String> {
        let author = |comment: &Value| comment["author"]["accountId"].as_str().unwrap_or_default().to_owned();
        self.comments(end).iter().map(author).collect()
    }

    /// Jira delivers what it has to tell; the bodies.
    pub fn deliveries(&self) -> Vec<Value> {
        let taken = self.scene.platform.borrow_mut().atlassian.take_deliveries();
        taken.into_iter().map(|delivery| delivery.body).collect()
    }

    pub fn deliver(&self, body: &Value) {
        assert_eq!(self.scene.web(Invocation::Delivery(delivery(body))).status, 204);
    }

    pub fn deliver_all(&self) {
        for body in self.deliveries() {
            self.deliver(&body);
        }
    }

    /// So many rounds, with everything that is done in between.
    pub fn rounds(&self, count: usize, every_ms: i64) {
        for _ in 0..count {
            self.scene.wait(every_ms);
            self.scene.upkeep().expect("runs");
            self.run();
        }
    }

    /// Work that is due, in order; the time moves on to it where it is soon.
    pub fn next_work(&self) -> Option<Work> {
        let mut platform = self.scene.platform.borrow_mut();
        let first = (0..platform.queue.len()).min_by_key(|at| platform.queue[*at].0)?;
        let due_ms = platform.queue[first].0;
        if due_ms > platform.now_ms + SOON_MS {
            return None;
        }
        platform.now_ms = platform.now_ms.max(due_ms);
        Some(platform.queue.remove(first).1)
    }

    /// The next work is taken up, and nobody hears what became of the first thing that it sends by POST: the answer is lost,
    /// or cut off on its way.
    pub fn unanswered(&self, cut: bool) {
        if !cut {
            return self.posting(Fault::LoseAnswer);
        }
        let work = self.next_work();
        self.scene.platform.borrow_mut().cut_off = Some("POST");
        self.scene.run(None, Invocation::Work(work));
        self.scene.platform.borrow_mut().cut_off = None;
    }

    /// The next work is taken up, with a fault at the first thing that it sends by POST.
    pub fn posting(&self, fault: Fault) {
        let next = self.next_work();
        let work = || Invocation::Work(next.clone());
        let elsewhere = self.scene.copy();
        elsewhere.run(None, work());
        let posting = elsewhere.platform.borrow().effects.iter().position(|own| own.name.starts_with("http POST"));
        let posting = posting.expect("something is sent");
        self.scene.platform.borrow_mut().plan = Some((posting, fault));
        self.scene.run(None, work());
        self.scene.platform.borrow_mut().plan = None;
    }

    /// The first turn is taken up, with a fault at its first write of this kind to a comment.
    pub fn breaks_off(&self, method: &str, fault: Fault) {
        self.deliver_all();
        let work = self.next_work();
        let work = || Invocation::Work(work.clone());
        let elsewhere = self.scene.copy();
        elsewhere.run(None, work());
        let wanted = |own: &Effect| own.name.starts_with(&format!("http {method} ")) && own.name.contains("/comment");
        let at = elsewhere.platform.borrow().effects.iter().position(wanted);
        self.scene.faulty(None, work(), at.expect("it writes so"), fault);
    }

    /// One invocation, in the middle of which something happens: as soon as Jira has answered what `seen` means.
    pub fn interrupted(&self, invocation: Invocation, seen: impl Fn(&Exchange) -> bool, act: impl FnOnce()) {
        let before = self.scene.platform.borrow().exchanges.len();
        let mut running = Running::start(&self.scene.platform, None, invocation);
        while !self.scene.platform.borrow().exchanges[before..].iter().any(&seen) {
            assert!(running.poll().is_none(), "Jira was not asked");
        }
        act();
        assert!(matches!(running.finish().0, Ended::Answered(_)), "it ends well");
    }

    /// Everything is delivered and done, until nothing is left. What each turn did.
    pub fn run(&self) -> Vec<RunItem> {
        let mut items = Vec::new();
        for _ in 0..400 {
            let bodies = self.deliveries();
            for body in &bodies {
                self.deliver(body);
            }
            match self.next_work() {
                Some(Work::Mirror { integration, here }) => {
                    let turned = self.flow(async |tenant| Box::pin(mirror::turn(tenant, &integration, here)).await);
                    items.extend(turned.expect("storage works").into_iter().flatten());
                }
                Some(Work::Intake { integration }) => {
                    let taken = self.flow(async |tenant| Box::pin(mirror::take(tenant, &integration)).await);
                    items.extend(taken.expect("storage works").into_iter().flatten());
                }
                Some(
                    work @ (Work::Change { .. } | Work::Verify { .. } | Work::Rehearse { .. } | Work::Trial { .. }),
                ) => {
                    let answer = self.scene.run(None, Invocation::Work(Some(work)));
                    assert!(matches!(answer, Answer::Done(Ok(()))), "the work is done");
                }
                None if bodies.is_empty() => return items,
                None => {}
            }
        }
        panic!("it does not end: {items:?}")
    }

    /// The outcomes of what it did.
    pub fn outcomes(&self) -> Vec<Outcome> {
        self.run().into_iter().map(|item| item.outcome).collect()
    }

    /// A part of the app by itself, on this site.
    pub fn flow<T>(&self, act: impl AsyncFnOnce(&Tenant<'_, Isolate>) -> T) -> T {
        let world = Isolate::new(&self.scene.platform, None);
        let config = Rc::new(Config::new(&world, false));
        let cloud_id = cloud_id(End::Here);
        let (environment, environment_type) = ("environment".into(), "PRODUCTION".into());
        let tenant = Tenant { world: &world, config, cloud_id, environment, environment_type };
        let mut future = pin!(act(&tenant));
        loop {
            if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                return done;
            }
        }
    }

    pub fn lane(&self) -> Lane {
        let here = JiraNumber::parse(&self.id_of(End::Here, &self.here)).expect("is one");
        self.scene.record(&records::mirror::lane(&self.integration, here)).unwrap_or_default()
    }

    /// Has what is parked tried again.
    pub fn again(&self) -> bool {
        let here = JiraNumber::parse(&self.id_of(End::Here, &self.here)).expect("is one");
        let by = Person { account_id: id(MARIA), display_name: "Maria Keller".into(), avatar_url: None };
        self.flow(async |tenant| mirror::again(tenant, &self.integration, here, &by).await).expect("storage works") > 0
    }

    /// Webhooks that an account holds at the other site.
    pub fn hooks_there(&self, who: &str) -> Vec<Value> {
        self.ask(End::There, who, "GET", "/webhook", None).1["values"].as_array().cloned().unwrap_or_default()
    }

    /// A person with this name and no grant, who may work on this site.
    pub fn stranger(&self, name: &str) -> &'static str {
        let who = "712020:stranger";
        let mut platform = self.scene.platform.borrow_mut();
        let mut account = platform.atlassian.account(CUSTOMER).cloned().expect("exists");
        who.clone_into(&mut account.account_id);
        name.clone_into(&mut account.name);
        "stranger@example.com".clone_into(&mut account.email);
        account.account_type = sandbox::AccountType::Atlassian;
        platform.atlassian.add_account(account);
        platform.atlassian.add_to_group(CLOUD_ID, "jira-software-users", who).expect("exists");
        who
    }
}
