//! A run while it goes on, as somebody who has Reporting open sees it.

use crate::bridge::Bridge;
use crate::people::CHLOE;
use crate::scene::{MARIA, MINUTE_MS};
use integration_plus::api::{PageOfRuns, Reply, Request, Runs};
use integration_plus::app::Invocation;
use integration_plus::domain::integration::End;
use integration_plus::domain::run_log::RunOutcome;
use sandbox::ports::{Ended, Fault, Running};

fn shown(bridge: &Bridge, page: PageOfRuns) -> Runs {
    let Reply::Runs { runs } = bridge.scene.ask(MARIA, Request::Runs { page }) else { panic!("another reply") };
    *runs
}

#[test]
fn a_page_that_is_open_shows_what_begins_by_itself_while_something_may() {
    let bridge = Bridge::new();
    let head = || shown(&bridge, PageOfRuns::default()).poll_after_ms;
    assert_eq!(head(), Some(10_000));
    let search = |words: &str| PageOfRuns { search: Some(words.into()), ..PageOfRuns::default() };
    assert_eq!(shown(&bridge, search("MOB-1")).poll_after_ms, None);
    assert_eq!(shown(&bridge, search(" ")).poll_after_ms, Some(10_000));
    bridge.settle(|own| own.enabled_since = None);
    assert_eq!(head(), None, "nothing can begin");
}

#[test]
fn a_run_is_there_before_its_first_comment_goes_anywhere() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "watched");
    bridge.deliver_all();
    let work = Invocation::Work(bridge.next_work());
    let mut running = Running::start(&bridge.scene.platform, None, work);
    let mut seen = false;
    while running.poll().is_none() {
        if !bridge.comments(End::There).is_empty() {
            // Another function than the one that is at it looks: it is a copy of everything that is kept.
            let other = bridge.copy();
            let runs = shown(&other, PageOfRuns::default());
            let outcomes: Vec<_> = runs.rows.iter().map(|run| run.outcome).collect();
            assert_eq!(outcomes.len(), 1, "the comment is there, and no run tells of it");
            seen = seen || (outcomes == [RunOutcome::Running] && runs.poll_after_ms == Some(3_000));
        }
    }
    assert!(seen);
    assert_eq!(shown(&bridge, PageOfRuns::default()).rows[0].outcome, RunOutcome::Succeeded);
}

#[test]
fn a_run_whose_function_is_stopped_while_it_sends_is_told_as_one_that_broke_off() {
    let bridge = Bridge::new();
    bridge.say(End::Here, CHLOE, "once");
    bridge.deliver_all();
    let work = bridge.next_work();
    let elsewhere = bridge.scene.copy();
    elsewhere.run(None, Invocation::Work(work.clone()));
    let sent = |name: &str| name.starts_with("http POST") && name.ends_with("/comment");
    let at = elsewhere.platform.borrow().effects.iter().position(|own| sent(&own.name));
    bridge.scene.platform.borrow_mut().plan = Some((at.expect("it is sent"), Fault::CrashAfter));
    let (ended, _) = Running::start(&bridge.scene.platform, None, Invocation::Work(work)).finish();
    assert!(matches!(ended, Ended::Crashed));
    bridge.scene.platform.borrow_mut().plan = None;
    bridge.scene.wait(3 * MINUTE_MS);
    let outcomes =
        |bridge: &Bridge| shown(bridge, PageOfRuns::default()).rows.iter().map(|run| run.outcome).collect::<Vec<_>>();
    assert_eq!(outcomes(&bridge), [RunOutcome::Interrupted]);
    bridge.scene.upkeep().expect("goes on");
    bridge.run();
    assert_eq!(bridge.words(End::There).len(), 1);
    assert_eq!(outcomes(&bridge), [RunOutcome::Succeeded, RunOutcome::Interrupted]);
}
