//! What must be true of a site once everybody who was interrupted has come back.

use crate::site::{Act, DAY_MS, EVERYBODY, HOUR_MS, MARIA, MINUTE_MS, ROUND_MS, SERVICE, Site, Told, id};
use integration_plus::api::Reply;
use integration_plus::domain::connection::Connection;
use integration_plus::domain::grant::Grant;
use integration_plus::domain::health::{Badge, Health};
use integration_plus::domain::personal::Personal;
use integration_plus::domain::standing::{Label, Standing};
use integration_plus::domain::tally::{Counts, SHARDS, Shard, Tally};
use integration_plus::domain::wave::{Job, JobState};
use integration_plus::ports::{Entity, IndexName, Listing};
use integration_plus::records;
use std::collections::BTreeSet;

/// After so many rounds of upkeep a change is over, whatever happened to it.
const RECOVERIES: usize = 3;

/// How many comments the issue has from the beginning.
pub const PLANTED: usize = 2;

/// After so many deliveries and rounds the wave is over.
const DELIVERIES: usize = 40;

impl Site {
    /// Everybody comes back, whatever was interrupted is carried on, and the site is looked at from all sides.
    pub fn judge(&mut self, told: &str) {
        self.people_come_back(told);
        self.upkeep_runs_out(told);
        self.wave_runs_out(told);
        self.counted(told);
        self.prompts(told);
        self.grace_runs_out();
        self.main_user(told);
        self.secrets(told);
        assert_eq!(self.platform.borrow().authorization_server.reuse_events, 0, "{told}: a refresh token was reused");
        self.counted(told);
        self.comments_once(told);
    }

    /// Nothing that anybody wrote stands there twice.
    fn comments_once(&self, told: &str) {
        let comments = self.comments();
        let different: BTreeSet<&String> = comments.iter().collect();
        assert_eq!(different.len(), comments.len(), "{told}: a comment was posted twice: {comments:?}");
    }

    /// Whoever was interrupted tries again within minutes, before the lease of a crashed invocation is half forgotten.
    fn people_come_back(&mut self, told: &str) {
        self.wait(2 * MINUTE_MS);
        for who in self.people() {
            self.act(Act::Me(who), None);
            if self.disconnecting().contains(&who) {
                let ended = self.act(Act::Disconnect(who), None);
                assert!(matches!(ended, Told::Went(_)), "{told}: {who} cannot disconnect");
            } else if self.grant(who).is_some() {
                // Any use renews the access token.
                self.act(Act::PostHeld(who), None);
                self.act(Act::Comment(who), None);
            }
        }
    }

    /// Everybody who has a personal grant, or began to get one.
    fn people(&self) -> Vec<&'static str> {
        let platform = self.platform.borrow();
        let known = |who: &&str| {
            let of = |key| platform.kvs.get(&key).is_some();
            of(records::personal(&id(who)))
        };
        EVERYBODY.into_iter().filter(known).collect()
    }

    pub fn grant(&self, account: &str) -> Option<Grant> {
        self.record(&records::grant(&id(account)))
    }

    fn under_way(&self) -> bool {
        self.connection().change.is_some_and(|change| change.under_way())
    }

    /// Rounds of upkeep until nothing is under way. Answers how many it took.
    pub fn recover(&mut self, told: &str) -> usize {
        for round in 0..=RECOVERIES {
            if !self.under_way() {
                return round;
            }
            self.wait(ROUND_MS);
            self.act(Act::Upkeep, None);
        }
        panic!(
            "{told}: still under way after {RECOVERIES} recoveries: {:?}",
            self.record::<Connection>(&records::connection())
        );
    }

    /// Nobody but the rounds of upkeep comes by: an unanswered change has to run out first.
    fn upkeep_runs_out(&mut self, told: &str) {
        // What waits for its time is not interrupted: the rounds come by until then.
        while let Some(at) = self.connection().scheduled().map(|(_, schedule)| schedule.at.0) {
            let now_ms = self.platform.borrow().now_ms;
            assert!(now_ms < at + HOUR_MS, "{told}: it is long due, and still waits");
            self.wait(if now_ms + ROUND_MS < at { ROUND_MS } else { (at - now_ms).max(ROUND_MS) });
            self.act(Act::Upkeep, None);
        }
        if self.under_way() {
            self.wait(ROUND_MS);
            self.act(Act::Upkeep, None);
            self.wait(4 * ROUND_MS);
        }
        self.recover(told);
        self.wait(ROUND_MS);
        self.act(Act::Upkeep, None);
    }

    fn wave_runs_out(&mut self, told: &str) {
        for _ in 0..DELIVERIES {
            let job: Option<Job> = self.record(&records::job());
            let generation = self.connection().generation;
            let present = job.filter(|job| job.generation == generation);
            let first = self.platform.borrow().queue.iter().map(|(due_ms, _)| *due_ms).min();
            if let Some(due_ms) = first {
                let mut platform = self.platform.borrow_mut();
                platform.now_ms = platform.now_ms.max(due_ms);
                drop(platform);
                self.act(Act::Deliver, None);
            } else if present.as_ref().is_some_and(|job| job.state == JobState::Running) {
                self.wait(ROUND_MS);
                self.act(Act::Upkeep, None);
            } else {
                // The first main authorized user comes without a wave.
                assert!(generation < 2 || present.is_some(), "{told}: no wave began");
                return;
            }
        }
        panic!("{told}: the wave does not end: {:?}", self.record::<Job>(&records::job()));
    }

    fn grants(&self) -> Vec<Grant> {
        let platform = self.platform.borrow();
        let grants = platform.kvs.records().filter(|(key, _)| key.entity == Entity::Grant);
        grants.map(|(_, stored)| records::read(stored.clone()).expect("is a grant").value).collect()
    }

    /// The shards say what a count of all grants says: at any moment, for they move in the same transaction.
    pub fn counted(&self, told: &str) {
        let epoch = self.connection().epoch();
        let shards: Vec<Shard> =
            (0..SHARDS).map(|number| self.record(&records::shard(number)).unwrap_or_default()).collect();
        let mut recounted = vec![(Counts::default(), Counts::default()); shards.len()];
        let mut tally = Tally::default();
        for grant in &self.grants() {
            let Some(personal) = &grant.personal else { continue };
            let number = usize::from(Shard::of(&grant.account.person.account_id));
            let label = personal.counted.label;
            *count(&mut recounted[number].0, label) += 1;
            if personal.counted.generation == shards[number].generation {
                *count(&mut recounted[number].1, label) += 1;
            }
            if personal.counted.generation == epoch.generation {
                let standing = Standing::of(grant, epoch).map(|standing| standing.label());
                assert_eq!(standing, Some(label), "{told}: counted otherwise than it stands: {grant:?}");
                *count(&mut tally.fresh, label) += 1;
            } else {
                tally.unverified += 1;
            }
        }
        let kept: Vec<(Counts, Counts)> = shards.iter().map(|shard| (shard.all, shard.fresh)).collect();
        assert_eq!(kept, recounted, "{told}: a shard has lost count");
        assert_eq!(Tally::of(shards, epoch.generation), tally, "{told}");
        self.listed_as_counted(told);
    }

    /// The index lists as many as are counted, whatever is under way or broke off.
    fn listed_as_counted(&self, told: &str) {
        let mut labels: Vec<Label> =
            self.grants().iter().filter_map(|grant| Some(grant.personal.as_ref()?.counted.label)).collect();
        labels.sort_unstable();
        let listed = Label::ALL.into_iter().flat_map(|label| vec![label; self.listed(label)]);
        assert_eq!(listed.collect::<Vec<_>>(), labels, "{told}: the index lists others than are counted");
    }

    fn listed(&self, label: Label) -> usize {
        let listing = Listing {
            index: IndexName::LabelByName,
            partition: label.name().to_owned(),
            descending: false,
            begins_with: None,
            cursor: None,
            limit: 100,
        };
        self.platform.borrow().kvs.list(&listing).expect("there is no cursor").rows.len()
    }

    /// Nobody is asked whose grant is alive, and whoever is asked finds out from the prompt.
    fn prompts(&mut self, told: &str) {
        let epoch = self.connection().epoch();
        for grant in self.grants().into_iter().filter(|grant| grant.personal.is_some()) {
            let account = grant.account.person.account_id.as_str();
            let who = EVERYBODY.into_iter().find(|who| *who == account).expect("is one of us");
            let asks = Standing::of(&grant, epoch).and_then(|standing| standing.asks());
            let alive = self.platform.borrow().authorization_server.live_grants(who);
            assert!(asks.is_none() || alive == 0, "{told}: {who} is asked, and the grant is alive: {grant:?}");
            let Told::Went(Some(reply)) = self.act(Act::Prompt(who), None) else { panic!("{told}: no answer") };
            let Reply::Prompt { prompt, .. } = *reply else { panic!("{told}: {reply:?}") };
            assert!(asks.is_some() || prompt.is_none(), "{told}: {who} is asked for nothing");
        }
    }

    /// The main authorized user before may be restored for a week, and leaves no trace afterwards.
    fn grace_runs_out(&mut self) {
        self.wait(8 * DAY_MS);
        self.act(Act::Upkeep, None);
    }

    /// Exactly one main authorized user, fully working; nothing is left of the other.
    fn main_user(&mut self, told: &str) {
        let main = self.main().unwrap_or_else(|| panic!("{told}: nobody is main"));
        for account in [MARIA, SERVICE] {
            assert_eq!(self.webhooks(account), usize::from(account == main), "{told}: webhooks of {account}");
        }
        for account in EVERYBODY {
            let grant = self.grant(account);
            let needed = account == main || grant.as_ref().is_some_and(|grant| grant.personal.is_some());
            assert_eq!(grant.is_some(), needed, "{told}: grant of {account}: {grant:?}");
        }
        let health: Health = self.record(&records::health()).unwrap_or_else(|| panic!("{told}: no health"));
        assert_eq!(health.badge(), Badge::Connected, "{told}: {health:?}");
    }

    /// Every lasting secret belongs to a grant, and is the only one of it, or to an authorization that its person began last.
    fn secrets(&mut self, told: &str) {
        // A use renews the tokens, and takes with it what a crash left of those before.
        for who in self.people() {
            self.act(Act::Comment(who), None);
        }
        let named: BTreeSet<String> = self.grants().into_iter().map(|grant| grant.secret_key).collect();
        let platform = self.platform.borrow();
        // What a person allowed rests until they come by: their record names the session, and so the secret.
        let people = platform.kvs.records().filter(|(key, _)| key.entity == Entity::Person);
        let waiting: BTreeSet<String> = people
            .filter_map(|(_, stored)| records::read::<Personal>(stored.clone()).ok()?.value.session)
            .filter_map(|key| Some((records::read(platform.kvs.get(&records::session(&key))?).ok()?, key)))
            .map(|(at, key)| records::yielded_secret(&at.value, &key).0)
            .collect();
        let lasting = platform.kvs.lasting_secrets().map(str::to_owned);
        let lasting: BTreeSet<String> = lasting.filter(|name| !waiting.contains(name)).collect();
        assert_eq!(lasting, named, "{told}: lasting secrets");
    }
}

fn count(counts: &mut Counts, label: Label) -> &mut u32 {
    match label {
        Label::Working => &mut counts.working,
        Label::ToReauthorize => &mut counts.to_reauthorize,
        Label::WrongAccount => &mut counts.wrong_account,
        Label::NeverUsed => &mut counts.never_used,
        Label::Deactivated => &mut counts.deactivated,
    }
}
