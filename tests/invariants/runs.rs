//! Records of runs, beside the others.

use crate::records::{holds, person};
use integration_plus::domain::adf::carry::Lost;
use integration_plus::domain::integration::{End, IntegrationId};
use integration_plus::domain::limits::JiraNumber;
use integration_plus::domain::mirror::{Poster, Skipped};
use integration_plus::domain::run::{Failure, Outcome, RunItem};
use integration_plus::domain::run_log::{Items, Run, RunDays, RunId, RunOutcome, Shared, Trigger};
use integration_plus::domain::time::Timestamp;
use integration_plus::domain::visibility::Withheld;

fn items() -> Vec<RunItem> {
    let comment = JiraNumber(7);
    let lost = Lost { attachments: 1, macros: 2, links: 3, other: 4, shortened: true };
    let outcomes = [
        Outcome::Created { comment },
        Outcome::Updated { comment },
        Outcome::Withdrawn { comment, why: Some(Skipped::Withheld { why: Withheld::Internal }) },
        Outcome::Skipped { why: Skipped::BeforeEnabled },
        Outcome::Waits { why: None },
        Outcome::Waits { why: Some(Failure::NoAnswer) },
        Outcome::Failed { why: Failure::Refused { message: "No.".into() } },
    ];
    let item = |outcome| RunItem {
        end: End::There,
        issue: Some("MOB-1".into()),
        comment: JiraNumber(6),
        about: None,
        outcome,
        by: Some(Poster { account: person("main").account_id, for_author: true }),
        lost,
        points: 3,
        at: Timestamp(2),
    };
    outcomes.into_iter().map(item).collect()
}

#[test]
fn golden_runs_their_items_and_their_counts_are_written_and_read_alike() {
    let integration = IntegrationId::parse("c".repeat(32)).expect("is one");
    let begun = |trigger| Run {
        here: Some(JiraNumber(5)),
        ..Run::new(RunId::new(&[7; 32]), trigger, integration.clone(), "Partner".into(), Timestamp(1))
    };
    holds("run-begun", &begun(Trigger::Heard));
    holds("run-tried-again", &begun(Trigger::TriedAgain { by: person("admin") }));
    let again = begun(Trigger::Again { by: person("admin"), of: RunId::new(&[8; 32]) });
    let shared = Some(Shared { by: person("admin"), at: Timestamp(4) });
    holds("run", &Run { shared, ..again.with(&items(), Timestamp(2)).ended(Timestamp(3)) });
    holds("run-items", &Items(items()));
    let days = RunDays::default().with(Timestamp(3), RunOutcome::Succeeded);
    holds("run-days", &days.with(Timestamp(3), RunOutcome::Interrupted));
}
