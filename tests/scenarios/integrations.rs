//! Integrations and their pairs, as administrators settle them; what is carried then, and what is written down of it.

use crate::bridge::{Bridge, cloud};
use crate::people::CHLOE;
use crate::scene::{ANA, MARIA, MINUTE_MS, TOM, id};
use integration_plus::api::{
    ErrorCode, IntegrationProblem, IntegrationView, IntegrationsView, PageOfRuns, PairsView, Reply, Request,
};
use integration_plus::domain::integration::{
    Assignees, Direction, End, Integration, IntegrationId, Integrations, RestrictedTo, Restriction, Restrictions,
    Terms, Which,
};
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::run::{Failure, Outcome};
use integration_plus::domain::run_log::{Run, RunId, RunOutcome, Trigger};
use integration_plus::domain::site::CloudId;
use integration_plus::domain::time::Timestamp;
use integration_plus::flows::shared_runs;
use integration_plus::records;

fn join(id: &IntegrationId, here: &str, there: &str) -> Request {
    Request::JoinIssues { integration: id.clone(), here: here.into(), there: there.into() }
}

impl Bridge {
    fn integrations(&self, who: &str, request: Request) -> IntegrationsView {
        let Reply::Integrations { integrations } = self.scene.ask(who, request) else { panic!("another reply") };
        *integrations
    }

    fn only(&self) -> IntegrationView {
        let mut all = self.integrations(MARIA, Request::Integrations {});
        assert_eq!(all.rows.len(), 1);
        all.rows.remove(0)
    }

    fn pairs_after(&self, request: Request) -> PairsView {
        let Reply::Pairs { pairs } = self.scene.ask(MARIA, request) else { panic!("another reply") };
        *pairs
    }

    fn number(&self, end: End, key: &str) -> JiraNumber {
        JiraNumber::parse(self.id_of(end, key).as_str()).expect("is one")
    }

    fn runs(&self) -> Vec<Run> {
        let Reply::Runs { runs } = self.scene.ask(MARIA, Request::Runs { page: PageOfRuns::default() }) else {
            panic!("another reply")
        };
        runs.rows
    }

    fn run_again(&self, id: &RunId) -> u32 {
        let Reply::TriedAgain { comments } = self.scene.ask(TOM, Request::RunAgain { id: id.clone() }) else {
            panic!("another reply")
        };
        comments
    }

    fn number_of_project(&self, key: &str) -> JiraNumber {
        let project = self.ask(End::Here, MARIA, "GET", &format!("/project/{key}"), None).1;
        JiraNumber::parse(project["id"].as_str().expect("has one")).expect("is one")
    }

    fn kept(&self) -> Option<Vec<Integration>> {
        self.scene.record::<Integrations>(&records::mirror::integrations()).map(|all| all.0)
    }
}

fn problem(refused: ErrorCode) -> IntegrationProblem {
    let ErrorCode::IntegrationRefused { problem } = refused else { panic!("another reply") };
    problem
}

#[test]
fn an_administrator_joins_two_projects_and_two_issues_and_comments_go_from_then_on() {
    let bridge = Bridge::new();
    let own = bridge.only();
    let Reply::OtherSites { sites } = bridge.scene.ask(MARIA, Request::OtherSites {}) else { panic!("lists") };
    assert_eq!(sites.iter().map(|site| site.cloud_id.as_str()).collect::<Vec<_>>(), [cloud(End::There)]);
    let found = Request::FindProjectsThere { site: sites[0].cloud_id.clone(), query: "INT".into() };
    let Reply::Projects { projects } = bridge.scene.ask(MARIA, found) else { panic!("finds") };
    assert!(projects.iter().any(|project| project.id == own.terms.there.project), "{projects:?}");
    let found = Request::FindPeopleThere { site: sites[0].cloud_id.clone(), query: "Ana".into() };
    let Reply::Accounts { accounts } = bridge.scene.ask(MARIA, found) else { panic!("finds") };
    assert!(accounts.iter().any(|found| found.account.person.account_id == id(ANA)), "{accounts:?}");

    let gone = bridge.integrations(MARIA, Request::RemoveIntegration { id: own.id.clone(), seen: own.changed_at });
    assert_eq!((gone.rows.len(), gone.connected), (0, true));
    let assignees = vec![Assignees { here: id(ANA), there: id(ANA) }];
    let terms = Terms { name: "  To the partner ".into(), assignees, ..own.terms };
    let made = bridge.integrations(MARIA, Request::CreateIntegration { terms }).rows.remove(0);
    assert_eq!((made.terms.name.as_str(), made.enabled_since, made.pairs), ("To the partner", None, 0));
    assert_eq!(made.changed_by.account_id, id(MARIA));
    assert_eq!(made.site.as_ref().map(|site| site.name.as_str()), Some("partner"));
    let keys = (made.here.map(|own| own.key), made.there.map(|own| own.key));
    assert_eq!(keys, (Some("MOB".into()), Some("INT".into())));
    assert!(made.people.iter().any(|person| person.display_name == "Ana Lima"), "{:?}", made.people);

    let joined = bridge.pairs_after(join(&made.id, " mob-1 ", "INT-1"));
    let row = &joined.rows[0];
    assert_eq!((joined.total, row.here_key.as_deref(), row.there_key.as_deref()), (1, Some("MOB-1"), Some("INT-1")));
    bridge.say(End::Here, CHLOE, "before it was enabled");
    bridge.run();
    assert!(bridge.comments(End::There).is_empty());
    bridge.scene.wait(MINUTE_MS);
    let on = Request::SwitchIntegration { id: made.id.clone(), seen: made.changed_at, on: true };
    let enabled = bridge.integrations(TOM, on).rows.remove(0);
    assert_eq!((enabled.enabled_since, enabled.changed_by.account_id), (Some(bridge.now()), id(TOM)));
    bridge.scene.upkeep().expect("listens there");
    bridge.say(End::Here, CHLOE, "from then on");
    bridge.run();
    assert_eq!(bridge.comments(End::There).len(), 1);
    let heard = bridge.only().listening.expect("is listened to");
    assert_eq!((heard.webhooks, heard.failure), (1, None));
}

#[test]
fn whoever_is_no_administrator_learns_and_changes_nothing_of_integrations() {
    let bridge = Bridge::new();
    let own = bridge.only();
    bridge.say(End::Here, CHLOE, "words");
    bridge.run();
    let (of, seen, run) = (own.id.clone(), own.changed_at, bridge.runs()[0].id.clone());
    let (site, here) = (own.terms.there.cloud_id.clone(), bridge.number(End::Here, "MOB-1"));
    let there = bridge.number(End::There, "INT-1");
    let before = bridge.scene.trace();
    for request in [
        Request::Integrations {},
        Request::CreateIntegration { terms: own.terms.clone() },
        Request::ChangeIntegration { id: of.clone(), seen, terms: own.terms.clone() },
        Request::SwitchIntegration { id: of.clone(), seen, on: false },
        Request::RemoveIntegration { id: of.clone(), seen },
        Request::OtherSites {},
        Request::IssueTypes { site: site.clone(), project: own.terms.there.project },
        Request::TryIssuesAgain { integration: of.clone() },
        Request::FindProjectsThere { site: site.clone(), query: String::new() },
        Request::FindPeopleThere { site, query: String::new() },
        Request::Pairs { integration: of.clone(), from: None },
        join(&of, "MOB-2", "INT-1"),
        Request::PartIssues { integration: of.clone(), here, there },
        Request::TryPairAgain { integration: of, here },
        Request::RunAgain { id: run },
    ] {
        let refused = bridge.scene.refused(ANA, request.clone());
        assert!(matches!(refused, ErrorCode::NotAdministrator { .. }), "{request:?}: {refused:?}");
    }
    assert_eq!(bridge.scene.trace(), before);
}

#[test]
fn what_somebody_else_changed_is_overwritten_by_nobody_who_has_not_seen_it() {
    let bridge = Bridge::new();
    let own = bridge.only();
    let change = |name: &str| Request::ChangeIntegration {
        id: own.id.clone(),
        seen: own.changed_at,
        terms: Terms { name: name.into(), direction: Direction::Out, which: Which::PublicOnly, ..own.terms.clone() },
    };
    // In the same millisecond: the clock stands still here.
    let first = bridge.integrations(TOM, change("First")).rows.remove(0);
    assert!(first.changed_at > own.changed_at && first.enabled_since == own.enabled_since);
    let stale = [
        change("Second"),
        Request::SwitchIntegration { id: own.id.clone(), seen: own.changed_at, on: false },
        Request::RemoveIntegration { id: own.id.clone(), seen: own.changed_at },
    ];
    for request in stale {
        let ErrorCode::IntegrationChanged { by, at } = bridge.scene.refused(MARIA, request) else {
            panic!("another reply")
        };
        assert_eq!((by.account_id, at), (id(TOM), first.changed_at));
    }
    assert_eq!(bridge.only().terms, first.terms);
}

#[test]
fn what_cannot_be_joined_is_refused_with_the_reason_and_nothing_changes() {
    let bridge = Bridge::new();
    let own = bridge.only();
    let terms = |change: &dyn Fn(&mut Terms)| {
        let mut terms = own.terms.clone();
        terms.here.project = bridge.number_of_project("MKT");
        change(&mut terms);
        terms
    };
    let before: Option<Vec<Integration>> = bridge.kept();
    let refused = |change: &dyn Fn(&mut Terms)| {
        problem(bridge.scene.refused(MARIA, Request::CreateIntegration { terms: terms(change) }))
    };
    let nowhere = CloudId::parse("33333333-3333-4333-8333-333333333333").expect("is one");
    assert_eq!(refused(&|own| own.name = " ".into()), IntegrationProblem::Name);
    assert_eq!(refused(&|own| own.which = Which::Word { word: "two words".into() }), IntegrationProblem::Word);
    assert_eq!(refused(&|own| own.there.cloud_id = own.here.cloud_id.clone()), IntegrationProblem::Sites);
    assert_eq!(refused(&|own| own.there.cloud_id = nowhere.clone()), IntegrationProblem::SiteOutOfReach);
    let gone = JiraNumber(99_999);
    let none = |end| IntegrationProblem::NoSuchProject { end };
    assert_eq!(refused(&|own| own.here.project = gone), none(End::Here));
    assert_eq!(refused(&|own| own.there.project = gone), none(End::There));
    let same = own.terms.here.project;
    assert_eq!(refused(&|own| own.here.project = same), IntegrationProblem::Joined { name: "Partner".into() });
    let moved = Request::ChangeIntegration { id: own.id.clone(), seen: own.changed_at, terms: terms(&|_| ()) };
    assert_eq!(problem(bridge.scene.refused(MARIA, moved)), IntegrationProblem::Paired);
    let asked = bridge.scene.asked_jira("/ex/jira/33333333");
    let search = Request::FindPeopleThere { site: nowhere, query: "x".into() };
    assert_eq!(problem(bridge.scene.refused(MARIA, search)), IntegrationProblem::SiteOutOfReach);
    assert_eq!(bridge.scene.asked_jira("/ex/jira/33333333"), asked, "no token goes to a site of somebody's choice");
    assert_eq!(bridge.kept(), before);
}

#[test]
fn issues_are_joined_once_in_their_projects_and_parted_again() {
    let bridge = Bridge::new();
    let own = bridge.only().id;
    let refused = |here: &str, there: &str| bridge.scene.refused(MARIA, join(&own, here, there));
    assert_eq!(refused("MOB", "INT-1"), ErrorCode::NoSuchIssue { end: End::Here });
    assert_eq!(refused("MOB-99999", "INT-1"), ErrorCode::NoSuchIssue { end: End::Here });
    assert_eq!(refused("MOB-2", "INT-99999"), ErrorCode::NoSuchIssue { end: End::There });
    assert_eq!(refused("MOB-2", "../x"), ErrorCode::NoSuchIssue { end: End::There });
    assert_eq!(refused("MKT-1", "INT-1"), ErrorCode::IssueElsewhere { end: End::Here });
    assert_eq!(refused("MOB-1", "INT-2"), ErrorCode::AlreadyPaired { end: End::Here });
    assert_eq!(refused("MOB-2", "INT-1"), ErrorCode::AlreadyPaired { end: End::There });
    let (here, there) = (bridge.number(End::Here, "MOB-1"), bridge.number(End::There, "INT-1"));
    let wrong = Request::PartIssues { integration: own.clone(), here, there: JiraNumber(1) };
    assert_eq!(bridge.scene.refused(MARIA, wrong), ErrorCode::NoSuchPair);
    let left = bridge.pairs_after(Request::PartIssues { integration: own.clone(), here, there });
    assert_eq!((left.total, left.rows.len()), (0, 0));
    bridge.say(End::Here, CHLOE, "to nobody");
    bridge.run();
    assert!(bridge.comments(End::There).is_empty());
    let again = bridge.pairs_after(join(&own, "MOB-2", "INT-1"));
    assert_eq!(again.rows.iter().map(|row| row.here_key.clone()).collect::<Vec<_>>(), [Some("MOB-2".to_owned())]);
}

#[test]
fn what_was_written_there_before_comments_went_this_way_is_not_carried_afterwards() {
    let bridge = Bridge::of("MOB-1", "INT-1", |terms| terms.direction = Direction::Out);
    bridge.say(End::There, ANA, "not for them yet");
    bridge.run();
    bridge.scene.wait(MINUTE_MS);
    let own = bridge.only();
    let terms = Terms { direction: Direction::Both, ..own.terms };
    bridge.integrations(MARIA, Request::ChangeIntegration { id: own.id, seen: own.changed_at, terms });
    bridge.scene.wait(20 * MINUTE_MS);
    bridge.scene.upkeep().expect("catches up");
    bridge.run();
    assert!(bridge.comments(End::Here).is_empty());
    bridge.say(End::There, ANA, "from now on");
    bridge.run();
    assert_eq!(bridge.comments(End::Here).len(), 1);
}

#[test]
fn each_turn_that_does_something_is_a_run_and_echoes_leave_none() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "once");
    let items = bridge.run();
    assert!(items.len() >= 2, "the mirror is heard of, too: {items:?}");
    let runs = bridge.runs();
    assert_eq!(runs.len(), 1, "{runs:?}");
    let run = &runs[0];
    assert_eq!((run.name.as_str(), run.outcome, run.counts.created), ("Partner", RunOutcome::Succeeded, 1));
    assert_eq!((run.trigger.clone(), run.issue.as_deref()), (Trigger::Heard, Some("MOB-1")));
    assert_eq!((run.here, run.for_author), (Some(bridge.number(End::Here, "MOB-1")), 1));
    assert!(run.counts.points > 0 && run.ended_at.is_some());
}

#[test]
fn what_failed_in_a_run_is_tried_again_by_whoever_asks_and_only_once_carried() {
    let bridge = Bridge::new();
    bridge.close_issue_there(true);
    bridge.say(End::Here, CHLOE, "to a closed issue");
    assert!(bridge.outcomes().iter().any(|own| matches!(own, Outcome::Failed { .. })));
    let failed = bridge.runs().remove(0);
    assert_eq!((failed.outcome, bridge.only().parked), (RunOutcome::Failed, Some(1)));
    let listed = bridge.pairs_after(Request::Pairs { integration: bridge.integration.clone(), from: None });
    assert!(matches!(listed.rows[0].parked[0].why, Failure::Refused { .. }), "{listed:?}");
    bridge.close_issue_there(false);
    assert_eq!(bridge.run_again(&failed.id), 1);
    bridge.run();
    assert_eq!(bridge.comments(End::There).len(), 1);
    let by = |run: &Run| match &run.trigger {
        Trigger::Again { by, of } => Some((by.account_id.clone(), of.clone())),
        Trigger::Heard | Trigger::TriedAgain { .. } => None,
    };
    let again: Vec<Run> = bridge.runs().into_iter().filter(|run| by(run).is_some()).collect();
    assert_eq!(again.len(), 1);
    assert_eq!(by(&again[0]), Some((id(TOM), failed.id.clone())));
    assert_eq!((again[0].outcome, again[0].counts.created), (RunOutcome::Succeeded, 1));
    // Once more: it is looked at, and not carried twice.
    bridge.scene.wait(MINUTE_MS);
    bridge.run_again(&failed.id);
    bridge.run();
    assert_eq!(bridge.comments(End::There).len(), 1);
    assert_eq!(bridge.run_again(&again[0].id), 0);
    let unknown = Request::RunAgain { id: RunId::new(&[9; 32]) };
    assert_eq!(bridge.scene.refused(TOM, unknown), ErrorCode::NoSuchRun);
    bridge.settle(|own| own.enabled_since = None);
    assert_eq!(bridge.scene.refused(TOM, Request::RunAgain { id: failed.id }), ErrorCode::IntegrationDisabled);
}

#[test]
fn a_run_that_somebody_wanted_under_pairs_was_said_to_have_been_heard_of() {
    let bridge = Bridge::new();
    bridge.close_issue_there(true);
    bridge.say(End::Here, CHLOE, "to a closed issue");
    bridge.run();
    bridge.close_issue_there(false);
    let here = bridge.number(End::Here, "MOB-1");
    let again = || bridge.scene.ask(TOM, Request::TryPairAgain { integration: bridge.integration.clone(), here });
    assert_eq!(again(), Reply::TriedAgain { comments: 1 });
    bridge.run();
    let wanted = |run: &Run| match &run.trigger {
        Trigger::TriedAgain { by } => Some(by.account_id.clone()),
        Trigger::Again { .. } | Trigger::Heard => None,
    };
    let runs = bridge.runs();
    let by: Vec<_> = runs.iter().filter_map(|run| Some((wanted(run)?, run.outcome, run.counts.created))).collect();
    assert_eq!(by, [(id(TOM), RunOutcome::Succeeded, 1)]);
    assert_eq!(again(), Reply::TriedAgain { comments: 0 });
    bridge.say(End::Here, CHLOE, "once more");
    bridge.run();
    assert_eq!(bridge.runs().iter().filter_map(wanted).count(), 1, "nobody wanted the next one");
}

#[test]
fn support_sees_shared_runs_step_by_step_in_the_app_s_own_words_and_no_others() {
    let bridge = Bridge::of("MOB-1", "INT-1", |terms| terms.which = Which::Word { word: "#canary".into() });
    bridge.close_issue_there(true);
    bridge.say(End::Here, CHLOE, "secret words #canary");
    bridge.run();
    let run = bridge.runs().remove(0);
    let list = || bridge.flow(async |tenant| shared_runs::list(tenant).await).expect("lists");
    let details =
        |id: &RunId| bridge.flow(async |tenant| shared_runs::details(tenant, id.as_str()).await).expect("reads");
    assert_eq!((list(), details(&run.id)), (Vec::new(), None));
    bridge.scene.ask(MARIA, Request::ShareRun { id: run.id.clone(), share: true });
    let shown = details(&run.id).expect("is shared");
    assert_eq!((list(), shown.run.outcome.as_str(), shown.run.counts.failed), (vec![shown.run.clone()], "failed", 1));
    let steps: Vec<_> = shown.steps.iter().map(|step| (step.outcome.as_str(), step.cause.as_deref())).collect();
    assert_eq!(steps, [("failed", Some("refused"))]);
    let Reply::Support { support } = bridge.scene.ask(MARIA, Request::Support {}) else { panic!("reads") };
    let own = &support.preview.integrations[0];
    assert_eq!((own.enabled, own.pairs, support.preview.runs.len()), (true, 1, 1));
    let all = format!("{shown:?} {:?} {:?}", support.preview.integrations, support.preview.runs);
    for word in ["MOB", "INT-1", "canary", "Partner", "Chloe", CHLOE, MARIA, "closed", cloud(End::There)] {
        assert!(!all.contains(word), "{word} is in {all}");
    }
    bridge.scene.ask(MARIA, Request::ShareRun { id: run.id.clone(), share: false });
    assert_eq!((list(), details(&run.id)), (Vec::new(), None));
}

#[test]
fn while_the_other_site_does_not_answer_the_list_says_so_and_shows_what_is_known() {
    let bridge = Bridge::new();
    bridge.scene.revoke(MARIA);
    bridge.scene.wait(2 * 60 * MINUTE_MS);
    let all = bridge.integrations(TOM, Request::Integrations {});
    assert!(all.unnamed.is_some());
    assert_eq!((all.rows[0].there.clone(), all.rows[0].here.as_ref().map(|own| own.key.as_str())), (None, Some("MOB")));
    assert!(all.rows[0].changed_at >= Timestamp(0) && all.rows[0].pairs == 1);
    assert_eq!(bridge.scene.refused(TOM, Request::OtherSites {}), ErrorCode::MainGrantDead);
}

#[test]
fn terms_that_storage_cannot_take_are_refused_with_the_reason() {
    let bridge = Bridge::new();
    let all: Integrations = bridge.scene.record(&records::mirror::integrations()).expect("is there");
    let mut terms = all.0[0].terms.clone();
    let named = |name: String| Restriction { to: RestrictedTo::Group, name };
    let long = |n: usize| Restrictions {
        here: named(format!("{n}-{}", "h".repeat(3_000))),
        there: named(format!("{n}-{}", "t".repeat(3_000))),
    };
    terms.restrictions = (0..50).map(long).collect();
    let (id, seen) = (all.0[0].id.clone(), all.0[0].changed_at);
    let refused = bridge.scene.refused(MARIA, Request::ChangeIntegration { id, seen, terms });
    assert!(matches!(refused, ErrorCode::IntegrationRefused { .. }), "{refused:?}");
}

#[test]
fn tables_that_storage_cannot_take_are_refused_with_the_reason_and_can_be_made_shorter() {
    use integration_plus::domain::account::AccountId;
    use integration_plus::domain::integration::{ASSIGNEES, BYTES, LIMIT};
    let bridge = Bridge::new();
    let mut all: Integrations = bridge.scene.record(&records::mirror::integrations()).expect("is there");
    let account = |end: &str, n: usize| {
        AccountId::parse(format!("712020:{end}e0f7c1a-5b1d-4c0e-9d5e-{n:012}").as_str()).expect("is one")
    };
    let table: Vec<Assignees> =
        (0..ASSIGNEES).map(|n| Assignees { here: account("a", n), there: account("b", n) }).collect();
    let own = all.0[0].clone();
    for n in 1..LIMIT {
        let mut other = own.clone();
        other.id = IntegrationId::parse(format!("{n:032}")).expect("is one");
        other.terms.here.project = JiraNumber(20_000 + n as u64);
        other.terms.assignees.clone_from(&table);
        let more = all.clone().with(other.clone()).expect("there may be so many");
        if serde_json::to_vec(&more).expect("writes").len() > BYTES {
            other.terms.assignees.clear();
        }
        all = all.with(other).expect("there may be so many");
    }
    assert!(serde_json::to_vec(&all).expect("writes").len() < 240 * 1024, "fits storage");
    bridge.keep(&records::mirror::integrations(), &all);
    let (id, seen) = (own.id.clone(), own.changed_at);
    let (mut longer, mut shorter) = (own.terms.clone(), own.terms);
    longer.assignees = table;
    let refused = bridge.scene.refused(MARIA, Request::ChangeIntegration { id: id.clone(), seen, terms: longer });
    assert_eq!(refused, ErrorCode::IntegrationRefused { problem: IntegrationProblem::Large });
    let kept: Integrations = bridge.scene.record(&records::mirror::integrations()).expect("is there");
    assert_eq!(kept, all, "nothing was changed");
    shorter.name = "P".into();
    bridge.integrations(MARIA, Request::ChangeIntegration { id, seen, terms: shorter });
}
