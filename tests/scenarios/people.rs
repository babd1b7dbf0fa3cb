//! What scenarios with people need beside the site: their own grants, comments, prompts, the wave, and several at once.

use crate::scene::{MARIA, SERVICE, Scene, id, together};
use integration_plus::api::{
    CommentResult, Connections, ErrorCode, Me, Order, PageOfPeople, Prompt, Reply, Request, Risk,
};
use integration_plus::app::{Answer, Invocation};
use integration_plus::domain::grant::{Grant, ReauthorizationReason};
use integration_plus::domain::settings::ReauthorizationPolicy;
use integration_plus::domain::standing::{Label, Standing};
use integration_plus::records;
use sandbox::ports::{CLOUD_ID, Ended, Fault, Running};
use serde_json::Value;

pub const BEN: &str = "5b10ac8d82e05b22cc7d4ef2";
pub const CHLOE: &str = "5b10ac8d82e05b22cc7d4ef3";
pub const DAVID: &str = "5b10ac8d82e05b22cc7d4ef4";
pub const ELIF: &str = "5b10ac8d82e05b22cc7d4ef5";
pub const FARID: &str = "5b10ac8d82e05b22cc7d4ef6";
pub const GRACE: &str = "5b10ac8d82e05b22cc7d4ef7";

pub const REVOKED: ReauthorizationReason = ReauthorizationReason::RevokedOrPasswordChanged;

/// Everybody, by name, from the beginning.
pub fn everybody() -> PageOfPeople {
    PageOfPeople { label: None, order: Order::Name, descending: false, query: None, cursor: None }
}

impl Scene {
    pub fn me(&self, who: &str) -> Me {
        let reply = self.ask(who, Request::Me {});
        let Reply::Me { me } = reply else { panic!("{reply:?} is not about the caller") };
        *me
    }

    pub fn standing(&self, who: &str) -> Option<Standing> {
        self.me(who).standing
    }

    pub fn authorize(&self, who: &str) -> String {
        let reply = self.ask(who, Request::Authorize {});
        let Reply::Consent { url, .. } = reply else { panic!("{reply:?} gives no address") };
        url
    }

    /// The whole way: begin, allow, come back to the page.
    pub fn connect(&self, who: &str) -> Me {
        let url = self.authorize(who);
        assert_eq!(self.allow(&url, who).status, 200);
        self.me(who)
    }

    pub fn grant(&self, who: &str) -> Option<Grant> {
        self.record(&records::grant(&id(who)))
    }

    pub fn revoke(&self, who: &str) {
        self.platform.borrow_mut().authorization_server.revoke(who);
    }

    /// Jira's number of an issue.
    pub fn issue(&self, key: &str) -> String {
        let issue = self.as_grant(MARIA, &sandbox::Request::get(format!("/rest/api/3/issue/{key}")));
        issue["id"].as_str().unwrap_or_else(|| panic!("there is no {key}")).to_owned()
    }

    pub fn comment(&self, who: &str, key: &str, text: &str) -> CommentResult {
        self.result(who, Request::Comment { issue_id: self.issue(key), text: text.into(), internal: false })
    }

    pub fn result(&self, who: &str, request: Request) -> CommentResult {
        let reply = self.ask(who, request);
        let Reply::Comment { result, .. } = reply else { panic!("{reply:?} is not about a comment") };
        result
    }

    /// Connects somebody who then uses the app, so that they are asked when their grant dies.
    pub fn member(&self, who: &str) {
        self.connect(who);
        assert_eq!(self.comment(who, "MOB-2", "hello"), posted("MOB-2"));
    }

    /// The comments on an issue, oldest first.
    pub fn comments(&self, key: &str) -> Vec<Value> {
        let path = format!("/rest/api/3/issue/{key}/comment?expand=properties,renderedBody");
        self.as_grant(MARIA, &sandbox::Request::get(path))["comments"].as_array().cloned().unwrap_or_default()
    }

    pub fn prompted(&self, who: &str) -> (Option<Prompt>, Option<Risk>) {
        let reply = self.ask(who, Request::Prompt { risks: None });
        let Reply::Prompt { prompt, risk, .. } = reply else { panic!("{reply:?} is not about a prompt") };
        (prompt, risk)
    }

    /// Why somebody is prompted who opens a page now.
    pub fn prompt(&self, who: &str) -> Option<ReauthorizationReason> {
        self.prompted(who).0.map(|prompt| prompt.reason)
    }

    pub fn connections(&self, page: PageOfPeople) -> Connections {
        let reply = self.ask(MARIA, Request::Connections { page });
        let Reply::Connections { connections } = reply else { panic!("{reply:?} is no list of people") };
        *connections
    }

    pub fn remind(&self, who: &[&str]) -> (u32, u32, u32) {
        let reply = self.ask(MARIA, Request::Remind { accounts: who.iter().map(|who| id(who)).collect() });
        let Reply::Reminded { reached, too_soon, nothing_to_do, failed: 0 } = reply else {
            panic!("{reply:?} reminds nobody")
        };
        (reached, too_soon, nothing_to_do)
    }

    /// The main authorized user becomes the service account, under a policy. The job is on its way.
    pub fn change_to_service(&self, policy: ReauthorizationPolicy) {
        let begin = self.beginning(MARIA, SERVICE, None, Some(policy));
        let reply = self.ask(MARIA, begin);
        let Reply::Authorization { change, url, .. } = reply else { panic!("{reply:?} gives no address") };
        assert_eq!(self.allow(&url, SERVICE).status, 200);
        self.proceed(MARIA, &change);
        assert_eq!(self.main().as_deref(), Some(SERVICE));
    }

    /// Does the work that comes next, at its time. False when none is on its way.
    pub fn work(&self) -> bool {
        let next = {
            let mut platform = self.platform.borrow_mut();
            let first =
                platform.queue.iter().enumerate().min_by_key(|(_, (due_ms, _))| *due_ms).map(|(place, _)| place);
            first.map(|place| platform.queue.remove(place))
        };
        let Some((due_ms, work)) = next else { return false };
        let now_ms = self.platform.borrow().now_ms;
        self.wait((due_ms - now_ms).max(0));
        let Answer::Done(result) = self.run(None, Invocation::Work(Some(work))) else { panic!("work is done") };
        assert_eq!(result, Ok(()));
        true
    }

    /// Does all work that is on its way, and all that comes of it.
    pub fn all_work(&self) {
        let mut times = 0;
        while self.work() {
            times += 1;
            assert!(times < 1000, "the work has no end");
        }
    }

    /// Starts an invocation, with a fault at one of its effects; answers how it ended.
    pub fn faulty(&self, who: Option<&str>, invocation: Invocation, at: usize, fault: Fault) -> Ended {
        self.platform.borrow_mut().plan = Some((at, fault));
        let (ended, _) = Running::start(&self.platform, who, invocation).finish();
        self.platform.borrow_mut().plan = None;
        ended
    }

    pub fn start(&self, who: &str, request: Request) -> Running {
        Running::start(&self.platform, Some(who), Invocation::Request(Some(request)))
    }

    /// The oracle of the count: the shards say of everybody what their records say.
    pub fn counted_exactly(&self, when: &str) {
        let platform = self.platform.borrow();
        let mut counts = std::collections::BTreeMap::new();
        for (key, stored) in platform.kvs.records().filter(|(key, _)| key.entity.name() == "grant") {
            let grant: Grant = records::read(stored.clone()).expect("is read").value;
            let Some(personal) = grant.personal else { continue };
            *counts.entry(personal.counted.label.name()).or_insert(0) += 1;
            assert_eq!(key.id, grant.account.person.account_id.as_str());
        }
        drop(platform);
        let mut sum = std::collections::BTreeMap::new();
        for number in 0..integration_plus::domain::tally::SHARDS {
            let shard: integration_plus::domain::tally::Shard =
                self.record(&records::shard(number)).unwrap_or_default();
            let all = shard.all;
            for (label, count) in [
                (Label::Working, all.working),
                (Label::ToReauthorize, all.to_reauthorize),
                (Label::WrongAccount, all.wrong_account),
                (Label::NeverUsed, all.never_used),
                (Label::Deactivated, all.deactivated),
            ] {
                *sum.entry(label.name()).or_insert(0) += count;
            }
        }
        sum.retain(|_, count| *count > 0);
        assert_eq!(sum, counts, "{when}");
    }

    /// Redemptions, reuses and all token requests so far.
    pub fn token_figures(&self) -> (u64, u64, u64) {
        let server = &self.platform.borrow().authorization_server;
        (server.redemptions, server.reuse_events, server.token_requests)
    }

    pub fn admin_of(&self, who: &str, yes: bool) {
        let atlassian = &mut self.platform.borrow_mut().atlassian;
        if yes { atlassian.grant_admin(CLOUD_ID, who) } else { atlassian.revoke_admin(CLOUD_ID, who) }
            .expect("is known");
    }
}

pub fn posted(key: &str) -> CommentResult {
    CommentResult::Posted { issue_key: key.into(), for_caller: false }
}

pub fn held(reason: Option<ReauthorizationReason>) -> CommentResult {
    CommentResult::Held { reason }
}

/// Lets all of these requests go on in turn until each has its reply.
pub fn race(running: Vec<Running>) -> Vec<Reply> {
    let reply = |answer| {
        let Answer::Reply(reply) = answer else { panic!("a request gets a reply") };
        reply
    };
    together(running).into_iter().map(reply).collect()
}

/// What a reply refuses, if it does.
pub fn error(reply: &Reply) -> Option<&ErrorCode> {
    if let Reply::Refused { error } = reply { Some(error) } else { None }
}
