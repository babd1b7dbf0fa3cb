//! The change of main authorized user under every fault, driven by seed through the ports.
//!
//! Whatever happens at whichever effect, the site ends with exactly the old main authorized user working or exactly the
//! new one, after at most three recoveries, with no webhook and no lasting secret left over.

use integration_plus::api::{Reply, Request};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::account::AccountId;
use integration_plus::domain::authorization::SessionKey;
use integration_plus::domain::connection::Connection;
use integration_plus::domain::grant::Grant;
use integration_plus::oauth::redirect::Query;
use integration_plus::records::{self, Record};
use integration_plus::web::WebRequest;
use sandbox::authorization_server::Consent;
use sandbox::ports::{CLOUD_ID, Ended, Fault, Platform, Running, Shared};

const MARIA: &str = "5b10a2844c20165700ede21g";
const SERVICE: &str = "712020:service-jira";
const FAULTS: [Fault; 4] = [Fault::CrashBefore, Fault::CrashAfter, Fault::Fail, Fault::LoseAnswer];
const RECOVERIES: usize = 3;
const MINUTE_MS: i64 = 60 * 1000;
const ROUND_MS: i64 = 5 * MINUTE_MS;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// The steps of a change as the outside world takes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Begin,
    Redirect,
    Continue,
    Cancel,
    Upkeep,
}

struct Site {
    platform: Shared,
    change: Option<(SessionKey, String)>,
}

impl Site {
    /// A site whose main authorized user is Maria.
    fn new(seed: u64) -> Self {
        let mut site = Self { platform: Platform::new(seed), change: None };
        site.act(Act::Begin, MARIA, None);
        site.act(Act::Redirect, MARIA, None);
        site.act(Act::Continue, MARIA, None);
        assert_eq!(site.main().as_deref(), Some(MARIA));
        site
    }

    /// Takes a step, with a fault at one of its effects. Answers how many effects it had.
    fn act(&mut self, act: Act, account: &str, plan: Option<(usize, Fault)>) -> usize {
        let key = self.change.as_ref().map(|(key, _)| key.clone());
        let ask = |request| (Some(MARIA), Invocation::Request(Some(request)));
        let (who, invocation) = match (act, key) {
            (Act::Begin, _) => {
                let intended = AccountId::parse(account).expect("is an accountId");
                ask(Request::BeginChange { intended, instead_of: None })
            }
            (Act::Redirect, Some(_)) => (None, self.come_back(account)),
            (Act::Continue, Some(change)) => ask(Request::ContinueChange { change }),
            (Act::Cancel, Some(change)) => ask(Request::CancelChange { change }),
            (Act::Upkeep, _) => (None, Invocation::Upkeep),
            // The beginning failed, so its later steps do not happen.
            (Act::Redirect | Act::Continue | Act::Cancel, None) => return 0,
        };
        self.platform.borrow_mut().plan = plan;
        let (ended, _) = Running::start(&self.platform, who, invocation).finish();
        self.platform.borrow_mut().plan = None;
        if let Ended::Answered(Answer::Reply(Reply::Authorization { change, url, .. })) = ended {
            self.change = Some((change, url));
        }
        self.platform.borrow().effects.len()
    }

    fn come_back(&self, account: &str) -> Invocation {
        let url = &self.change.as_ref().expect("has begun").1;
        let mut platform = self.platform.borrow_mut();
        let now_ms = platform.now_ms;
        let consent = Consent { account_id: account, cloud_ids: &[CLOUD_ID], withheld: &[] };
        let pairs = platform.authorization_server.allow(url, &consent, now_ms);
        let mut query = Query::new();
        for (name, value) in pairs {
            query.entry(name).or_default().push(value);
        }
        Invocation::Redirect(WebRequest { method: "GET".into(), query, body: String::new() })
    }

    fn main(&self) -> Option<String> {
        let connection: Connection = self.record(&records::connection())?;
        connection.main.map(|main| main.account.person.account_id.as_str().to_owned())
    }

    fn record<T: Record>(&self, key: &integration_plus::ports::Key) -> Option<T> {
        let stored = self.platform.borrow().kvs.get(key)?;
        records::read(stored).ok().map(|at| at.value)
    }

    fn webhooks(&self, account_id: &str) -> usize {
        let mut platform = self.platform.borrow_mut();
        let now_ms = platform.now_ms;
        let scopes = vec!["read:jira-work".to_owned(), "manage:jira-webhook".to_owned()];
        let principal = sandbox::Principal::OAuth { account_id: account_id.to_owned(), scopes };
        let request = sandbox::Request::get("/rest/api/3/webhook");
        let answer = platform.atlassian.jira(CLOUD_ID, &principal, &request, now_ms);
        answer.body.and_then(|body| body["values"].as_array().map(Vec::len)).unwrap_or_default()
    }

    /// Rounds of upkeep until nothing is under way. Answers how many it took.
    fn recover(&mut self) -> usize {
        for round in 0..=RECOVERIES {
            let connection: Connection = self.record(&records::connection()).unwrap_or_default();
            if connection.change.as_ref().is_none_or(|change| !change.under_way()) {
                return round;
            }
            self.platform.borrow_mut().now_ms += ROUND_MS;
            self.act(Act::Upkeep, SERVICE, None);
        }
        panic!(
            "still under way after {RECOVERIES} recoveries: {:?}",
            self.record::<Connection>(&records::connection())
        );
    }

    /// Exactly one main authorized user, fully working, and nothing left over.
    fn judge(&mut self, told: &str) {
        // Nobody but the rounds of upkeep comes by: an unanswered change has to run out first.
        if self
            .record::<Connection>(&records::connection())
            .is_some_and(|connection| connection.change.is_some_and(|change| change.under_way()))
        {
            self.platform.borrow_mut().now_ms += ROUND_MS;
            self.act(Act::Upkeep, SERVICE, None);
            self.platform.borrow_mut().now_ms += 4 * ROUND_MS;
        }
        self.recover();
        self.platform.borrow_mut().now_ms += ROUND_MS;
        self.act(Act::Upkeep, SERVICE, None);
        let main = self.main().unwrap_or_else(|| panic!("{told}: nobody is main"));
        let other = if main == SERVICE { MARIA } else { SERVICE };
        self.platform.borrow_mut().now_ms += 25 * HOUR_MS;
        self.act(Act::Upkeep, &main, None);
        assert_eq!(self.webhooks(&main), 1, "{told}: webhooks of {main}");
        assert_eq!(self.webhooks(other), 0, "{told}: webhooks of {other}");
        let grant = |account: &str| {
            let key = records::grant(&AccountId::parse(account).expect("is an accountId"));
            self.record::<Grant>(&key)
        };
        let held = grant(&main).unwrap_or_else(|| panic!("{told}: {main} has no grant"));
        assert_eq!(grant(other), None, "{told}: {other} has a grant");
        let lasting: Vec<String> = self.platform.borrow().kvs.lasting_secrets().map(str::to_owned).collect();
        assert_eq!(lasting, [held.secret_key], "{told}: lasting secrets");
        assert_eq!(self.platform.borrow().authorization_server.reuse_events, 0, "{told}: a token was reused");
        let health: integration_plus::domain::health::Health =
            self.record(&records::health()).unwrap_or_else(|| panic!("{told}: no health"));
        assert_eq!(health.badge(), integration_plus::domain::health::Badge::Connected, "{told}: {health:?}");
    }
}

const CHANGE: [Act; 3] = [Act::Begin, Act::Redirect, Act::Continue];

/// How many effects each step has when nothing goes wrong.
fn effects(acts: &[Act]) -> Vec<usize> {
    let mut site = Site::new(1);
    acts.iter().map(|act| site.act(*act, SERVICE, None)).collect()
}

#[test]
fn without_faults_the_change_arrives() {
    let mut site = Site::new(1);
    for act in CHANGE {
        site.act(act, SERVICE, None);
    }
    assert_eq!(site.main().as_deref(), Some(SERVICE));
    site.judge("no fault");
}

#[test]
fn every_single_fault_at_every_effect_ends_in_old_or_new() {
    let mut judged = 0;
    for (number, count) in effects(&CHANGE).into_iter().enumerate() {
        for at in 0..count {
            for fault in FAULTS {
                let mut site = Site::new(2);
                for (index, act) in CHANGE.into_iter().enumerate() {
                    site.act(act, SERVICE, (index == number).then_some((at, fault)));
                }
                site.judge(&format!("{:?} effect {at} {fault:?}", CHANGE[number]));
                judged += 1;
            }
        }
    }
    assert!(judged > 150, "{judged} cases");
}

#[test]
fn a_fault_in_the_change_and_another_in_its_recovery_end_in_old_or_new() {
    let counts = effects(&CHANGE);
    for at in 0..counts[2] {
        for fault in FAULTS {
            for again in (0..40).step_by(3) {
                for second in [Fault::CrashBefore, Fault::CrashAfter, Fault::LoseAnswer] {
                    let mut site = Site::new(3);
                    site.act(Act::Begin, SERVICE, None);
                    site.act(Act::Redirect, SERVICE, None);
                    site.act(Act::Continue, SERVICE, Some((at, fault)));
                    site.platform.borrow_mut().now_ms += HOUR_MS;
                    site.act(Act::Upkeep, SERVICE, Some((again, second)));
                    site.judge(&format!("continue {at} {fault:?}, upkeep {again} {second:?}"));
                }
            }
        }
    }
}

#[test]
fn a_change_after_a_refresh_that_broke_off_leaves_no_tokens_behind() {
    let mut quiet = Site::new(5);
    quiet.platform.borrow_mut().now_ms += 25 * HOUR_MS;
    let count = quiet.act(Act::Upkeep, MARIA, None);
    for at in 0..count {
        for fault in FAULTS {
            for account in [MARIA, SERVICE] {
                let mut site = Site::new(5);
                site.platform.borrow_mut().now_ms += 25 * HOUR_MS;
                site.act(Act::Upkeep, MARIA, Some((at, fault)));
                for act in CHANGE {
                    site.act(act, account, None);
                }
                assert_eq!(site.main().as_deref(), Some(account), "effect {at} {fault:?}");
                site.judge(&format!("{account} after a refresh, effect {at} {fault:?}"));
            }
        }
    }
}

#[test]
fn every_step_may_be_delivered_twice() {
    let mut site = Site::new(4);
    for act in CHANGE {
        site.act(act, SERVICE, None);
        if act != Act::Begin {
            site.act(act, SERVICE, None);
        }
    }
    assert_eq!(site.main().as_deref(), Some(SERVICE));
    site.judge("twice");
}

#[test]
fn ten_thousand_seeds_of_faults_retries_and_cancels_end_in_old_or_new() {
    let (mut old, mut new) = (0, 0);
    for seed in 0..10_000_u64 {
        let mut chance = Chance(seed);
        let mut site = Site::new(seed);
        let mut told = format!("seed {seed}:");
        let after: Vec<Act> = (0..chance.below(4)).map(|_| chance.afterwards()).collect();
        for act in CHANGE.into_iter().chain(after) {
            let fault = (chance.below(3) == 0).then(|| (chance.below(30), FAULTS[chance.below(4)]));
            site.act(act, SERVICE, fault);
            told = format!("{told} {act:?} {fault:?};");
            // Sometimes the next step comes while the lease of a crashed one still runs.
            if chance.below(2) == 0 {
                site.platform.borrow_mut().now_ms += 61_000;
            }
        }
        site.judge(&told);
        if site.main().as_deref() == Some(SERVICE) { new += 1 } else { old += 1 }
    }
    // Both ends are really reached, so that the judge has judged both.
    assert!(old > 500 && new > 500, "{old} old, {new} new");
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let story = |seed| {
        let mut site = Site::new(seed);
        for act in CHANGE {
            site.act(act, SERVICE, (act == Act::Continue).then_some((9, Fault::LoseAnswer)));
        }
        site.recover();
        let platform = site.platform.borrow();
        (platform.spoken.clone(), platform.now_ms)
    };
    for seed in 0..20 {
        assert_eq!(story(seed), story(seed), "seed {seed}");
    }
}

/// A small generator for the story itself, apart from the platform's own.
struct Chance(u64);

impl Chance {
    /// What somebody does once the change has had its three steps.
    fn afterwards(&mut self) -> Act {
        match self.below(10) {
            0..6 => Act::Continue,
            6..8 => Act::Cancel,
            _ => Act::Upkeep,
        }
    }

    fn below(&mut self, end: usize) -> usize {
        // Numerical Recipes' linear congruential generator; its high bits are good enough to pick steps.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % end
    }
}
