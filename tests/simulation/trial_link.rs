//! The link for the test of an account under every fault: it ends with one grant that is held for tests, or with none, and
//! with no lasting secret that no record names; what storage keeps for a day only it forgets by itself. Whatever happens, the
//! main authorized user works on.

use crate::chance::Chance;
use crate::site::{ANA, DAY_MS, FAULTS, HOUR_MS, MARIA, MINUTE_MS, ROUND_MS, SERVICE, Site, id};
use integration_plus::api::{Reply, Request};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::grant::{Grant, GrantState};
use integration_plus::domain::hand_off::{HandOff, HandOffKey, TRIES};
use integration_plus::domain::register::Details;
use integration_plus::domain::trial_link::TrialLink;
use integration_plus::oauth::authorization_request::fingerprint;
use integration_plus::oauth::redirect::Query;
use integration_plus::ports::{Entity, Work};
use integration_plus::records;
use integration_plus::secret::Secret;
use integration_plus::web::WebRequest;
use sandbox::authorization_server::Consent;
use sandbox::ports::{CLOUD_ID, Ended, Fault, Running};
use std::collections::BTreeSet;

/// What people do with a link, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// Maria makes a link.
    Make,
    /// Whoever has it opens Atlassian's page.
    Open,
    /// The same with the link before.
    OpenOlder,
    /// The account selects *Allow*, and the browser comes back.
    Allow,
    /// Another account does.
    AllowAsAnother,
    /// Maria looks, and what was allowed counts.
    Look,
    /// She takes the link back that nobody used.
    Revoke,
    /// She has the tokens deleted.
    Delete,
    /// She takes the account out of the register.
    Remove,
    Upkeep,
}

const STEPS: [Step; 4] = [Step::Make, Step::Open, Step::Allow, Step::Look];

/// What may come at any time.
const MEANWHILE: [Step; 10] = [
    Step::Make,
    Step::Open,
    Step::OpenOlder,
    Step::Allow,
    Step::AllowAsAnother,
    Step::Look,
    Step::Revoke,
    Step::Delete,
    Step::Remove,
    Step::Upkeep,
];

/// A site, and what its people remember.
struct Story {
    site: Site,
    link: Option<String>,
    older: Option<String>,
    page: Option<String>,
}

impl Story {
    /// A site whose register holds the service account.
    fn begin() -> Self {
        let mut story = Self { site: Site::connected(), link: None, older: None, page: None };
        let details = Details { purpose: "x".into(), ..Details::default() };
        let save = Request::SaveEntry { account: id(SERVICE), details, revision: None };
        assert!(matches!(story.asks(save, None), Some(Reply::Register { .. })));
        story.site.platform.borrow_mut().queue.clear();
        story
    }

    fn again(&self, seed: u64) -> Self {
        Self {
            site: self.site.again(seed),
            link: self.link.clone(),
            older: self.older.clone(),
            page: self.page.clone(),
        }
    }

    fn runs(&self, who: Option<&str>, invocation: Invocation, plan: Option<(usize, Fault)>) -> Ended {
        self.site.platform.borrow_mut().plan = plan;
        let (ended, _) = Running::start(&self.site.platform, who, invocation).finish();
        self.site.platform.borrow_mut().plan = None;
        ended
    }

    fn asks(&mut self, request: Request, plan: Option<(usize, Fault)>) -> Option<Reply> {
        match self.runs(Some(MARIA), Invocation::Request(Some(request)), plan) {
            Ended::Answered(Answer::Reply(reply)) => Some(reply),
            Ended::Answered(Answer::Web(_) | Answer::Done(_)) | Ended::Crashed => None,
        }
    }

    fn takes(&mut self, step: Step, plan: Option<(usize, Fault)>) {
        self.site.platform.borrow_mut().effects.clear();
        let account = id(SERVICE);
        match step {
            Step::Make => {
                if let Some(Reply::TestLink { link, .. }) = self.asks(Request::HandOffTest { account }, plan) {
                    self.older = self.link.replace(link);
                }
            }
            Step::Open => self.opens(false, plan),
            Step::OpenOlder => self.opens(true, plan),
            Step::Allow => self.comes_back(SERVICE, plan),
            Step::AllowAsAnother => self.comes_back(ANA, plan),
            Step::Look => drop(self.asks(Request::Trial { account }, plan)),
            Step::Revoke => drop(self.asks(Request::RevokeTestLink { account }, plan)),
            Step::Delete => drop(self.asks(Request::DeleteTestGrant { account }, plan)),
            Step::Remove => {
                let entry = self.site.platform.borrow().kvs.get(&records::entry(&account));
                let Some(revision) = entry.map(|entry| entry.revision) else { return };
                drop(self.asks(Request::RemoveEntry { account, revision }, plan));
            }
            Step::Upkeep => drop(self.runs(None, Invocation::Upkeep, plan)),
        }
    }

    /// Somebody opens the latest link, or the one before. One that is over opens nothing.
    fn opens(&mut self, older: bool, plan: Option<(usize, Fault)>) {
        let link = if older { self.older.clone() } else { self.link.clone() };
        let Some(code) = link.as_ref().and_then(|link| link.split_once("?code=")).map(|(_, code)| code) else { return };
        let serves = self.serves(code);
        let query = Query::from([("code".to_owned(), vec![code.to_owned()])]);
        let post = WebRequest { method: "POST".into(), query, body: String::new() };
        if let Ended::Answered(Answer::Web(page)) = self.runs(None, Invocation::HandOff(post), plan) {
            let url = page.body.split_once("content=\"0;url=").and_then(|(_, rest)| rest.split('"').next());
            assert!(url.is_none() || serves, "a link that is over opened Atlassian's page");
            self.page = url.map(|url| url.replace("&amp;", "&")).or(self.page.take());
        }
    }

    /// Whether a link is to serve: nobody used or revoked it, its time is not over, its account is in the register, and the
    /// app holds no grant of it that works.
    fn serves(&self, code: &str) -> bool {
        let key = HandOffKey::of(fingerprint(&Secret::new(code.to_owned())));
        let Some(link) = self.site.record::<HandOff>(&records::hand_off(&key)) else { return false };
        let latest = self.site.record::<TrialLink>(&records::trial_link(&id(SERVICE)));
        let latest = latest.is_some_and(|links| links.latest() == Some(&key));
        let registered = self.site.platform.borrow().kvs.get(&records::entry(&id(SERVICE))).is_some();
        let works = self.grant().is_some_and(|grant| grant.state == GrantState::Working);
        let now = self.site.platform.borrow().now_ms;
        latest && registered && !works && link.end.is_none() && now < link.expires_at.0 && link.tries < TRIES
    }

    /// The names of the tokens that rest for the service account.
    fn tokens(&self) -> BTreeSet<String> {
        let platform = self.site.platform.borrow();
        platform.kvs.secrets().filter(|name| name.contains(SERVICE)).map(str::to_owned).collect()
    }

    /// An account selects *Allow* on the page that was opened last. Only the one that is meant leaves anything.
    fn comes_back(&mut self, account: &str, plan: Option<(usize, Fault)>) {
        let Some(url) = self.page.take() else { return };
        let query = self.allowed(&url, account);
        let before = self.tokens();
        let ended = |link: &HandOff| link.end.is_some();
        let latest = self.site.record::<TrialLink>(&records::trial_link(&id(SERVICE)));
        let key = latest.and_then(|links| links.latest().map(records::hand_off));
        let link = || key.as_ref().and_then(|key| self.site.record::<HandOff>(key));
        let over = link().is_none_or(|link| ended(&link));
        let back = WebRequest { method: "GET".into(), query, body: String::new() };
        self.runs(None, Invocation::Redirect(back), plan);
        if account != SERVICE || over {
            assert_eq!(self.tokens(), before, "{account} left tokens, link over: {over}");
            assert!(over || !link().is_some_and(|link| ended(&link)), "{account} used the link up");
        }
    }

    fn allowed(&self, url: &str, account_id: &str) -> Query {
        let mut platform = self.site.platform.borrow_mut();
        let now_ms = platform.now_ms;
        let consent = Consent { account_id, cloud_ids: &[CLOUD_ID], withheld: &[] };
        let pairs = platform.authorization_server.allow(url, &consent, now_ms);
        let mut query = Query::new();
        for (name, value) in pairs {
            query.entry(name).or_default().push(value);
        }
        query
    }

    fn grant(&self) -> Option<Grant> {
        self.site.record(&records::grant(&id(SERVICE)))
    }

    fn rounds(&mut self, count: usize) {
        for _ in 0..count {
            self.site.wait(ROUND_MS);
            self.takes(Step::Upkeep, None);
            self.delivers();
        }
    }

    /// Nobody does anything for so long. Rounds come all the same: a refresh that broke off is recovered in time.
    fn outlasts(&mut self, ms: i64) {
        self.rounds(2);
        self.site.wait(ms);
    }

    /// Two days of rounds: whatever was begun and not finished is over by then, and so is each link.
    fn ends(&mut self) {
        self.rounds(4);
        self.takes(Step::Look, None);
        self.site.wait(2 * DAY_MS);
        self.takes(Step::Upkeep, None);
        self.delivers();
    }

    fn delivers(&self) {
        let due: Vec<Work> = self.site.platform.borrow_mut().queue.drain(..).map(|(_, work)| work).collect();
        for work in due {
            self.runs(None, Invocation::Work(Some(work)), None);
        }
    }

    /// Nothing is left but what a record names, and the grant is what was meant.
    fn judge(&mut self, told: &str) {
        self.ends();
        assert_eq!(self.site.main().as_deref(), Some(MARIA), "{told}");
        let grant = self.grant();
        if let Some(grant) = &grant {
            assert!(grant.for_tests.is_some() && grant.personal.is_none(), "{told}: {grant:?}");
            assert_eq!((grant.state, grant.redemption.is_none()), (GrantState::Working, true), "{told}");
            let registered = self.site.platform.borrow().kvs.get(&records::entry(&id(SERVICE))).is_some();
            assert!(registered, "{told}: the account left the register, and its grant did not");
        }
        let main: Grant = self.site.record(&records::grant(&id(MARIA))).expect("is main");
        let named: Vec<String> =
            [Some(main), grant].into_iter().flatten().flat_map(|grant| records::grant_secrets(&grant)).collect();
        let platform = self.site.platform.borrow();
        let left: Vec<&str> =
            platform.kvs.lasting_secrets().filter(|name| !named.iter().any(|own| own == name)).collect();
        assert_eq!(left, Vec::<&str>::new(), "{told}");
        let grants = platform.kvs.records().filter(|(key, _)| key.entity == Entity::Grant).count();
        assert!(grants <= 2, "{told}: {grants} grants");
        assert_eq!(platform.authorization_server.reuse_events, 0, "{told}: a refresh token was reused");
        drop(platform);
        let session = self.site.record::<TrialLink>(&records::trial_link(&id(SERVICE))).and_then(|links| links.session);
        assert_eq!(session, None, "{told}: a session is left that nobody can answer");
    }
}

#[test]
fn without_faults_the_link_leaves_one_grant_that_is_held_for_tests() {
    let mut story = Story::begin();
    for step in STEPS {
        story.takes(step, None);
    }
    assert!(story.grant().is_some_and(|grant| grant.for_tests.is_some()));
    story.judge("no fault");
    assert!(story.grant().is_some(), "it stays until somebody has it deleted");
    story.takes(Step::Delete, None);
    story.judge("deleted");
    assert_eq!(story.grant(), None);
}

#[test]
fn every_single_fault_and_another_in_what_follows_leave_one_grant_or_none() {
    let (mut held, mut none) = (0, 0);
    for end in [Step::Look, Step::Delete, Step::Remove] {
        let mut before = Story::begin();
        let steps: Vec<Step> = STEPS.into_iter().chain((end != Step::Look).then_some(end)).collect();
        for (number, step) in steps.iter().enumerate() {
            // The first steps are the same for every end.
            let new = end == Step::Look || *step == end;
            let effects = {
                let mut quiet = before.again(1);
                quiet.takes(*step, None);
                quiet.site.effects()
            };
            assert!(effects > 3, "{step:?}: {effects} effects");
            for at in (0..effects).filter(|_| new) {
                for (nth, fault) in FAULTS.into_iter().enumerate() {
                    let mut story = before.again(2);
                    story.takes(*step, Some((at, fault)));
                    // Within the ten minutes of the session, and another fault meets whoever goes on.
                    story.site.wait(MINUTE_MS + 1);
                    let second =
                        ((at + nth) % 3 > 0).then_some(((at * 5 + nth) % 20, FAULTS[(at + nth) % FAULTS.len()]));
                    for rest in &steps[number..] {
                        story.takes(*rest, second.filter(|_| rest == step));
                    }
                    let told = format!("{step:?} effect {at} {fault:?}, then {second:?}, up to {end:?}");
                    story.judge(&told);
                    if story.grant().is_some() { held += 1 } else { none += 1 }
                }
            }
            before.takes(*step, None);
        }
    }
    assert!(held > 50 && none > 50, "{held} held, {none} none");
}

#[test]
fn seeds_of_steps_and_faults_leave_one_grant_or_none() {
    let before = Story::begin();
    let (mut held, mut none) = (0, 0);
    for seed in 0..400_u64 {
        let mut chance = Chance(seed);
        let mut story = before.again(seed);
        let mut told = format!("seed {seed}:");
        let mut steps = STEPS.into_iter();
        for _ in 0..4 + chance.below(8) {
            let next = if chance.below(3) > 0 { steps.next() } else { Some(chance.of(&MEANWHILE)) };
            let Some(step) = next else { break };
            let fault = (chance.below(3) == 0).then(|| (chance.below(24), FAULTS[chance.below(FAULTS.len())]));
            story.takes(step, fault);
            told = format!("{told} {step:?} {fault:?};");
            match chance.below(6) {
                0 => story.site.wait(MINUTE_MS + 1),
                1 => story.outlasts(2 * HOUR_MS),
                2 if chance.below(4) == 0 => story.outlasts(2 * DAY_MS),
                _ => {}
            }
        }
        story.judge(&told);
        if story.grant().is_some() { held += 1 } else { none += 1 }
    }
    assert!(held > 50 && none > 50, "{held} held, {none} none");
}
