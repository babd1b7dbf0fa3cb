//! A working day of somebody who opens issues and has nothing to do about their grant.

use crate::Cost;
use crate::crowd::Crowd;
use integration_plus::api::{Reply, Request};
use integration_plus::domain::time::Timestamp;

/// How many hours the day has.
const HOURS: usize = 8;

/// An issue is opened every so often.
const EVERY_MS: i64 = 90 * 1000;

const HOUR_MS: i64 = 60 * 60 * 1000;

/// The day.
pub struct Day {
    pub hours: usize,
    pub issues: usize,
    pub invocations: usize,
    /// The most invocations within any hour, wherever it begins.
    pub most_in_an_hour: usize,
    /// What each of them costs.
    pub cost: Cost,
}

/// Lives through it. The page keeps the answer, and asks again when the answer's own date says so.
pub fn day(crowd: &mut Crowd) -> Day {
    let who = crowd.somebody();
    let mut kept: Option<Timestamp> = None;
    let mut asked: Vec<Timestamp> = Vec::new();
    let mut issues = 0;
    let mut cost = None;
    let end = Timestamp(crowd.now().0 + i64::try_from(HOURS).unwrap_or(0) * HOUR_MS);
    while crowd.now() < end {
        issues += 1;
        let now = crowd.now();
        if kept.is_none_or(|until| now >= until) {
            let (reply, once) = crowd.ask_as(&who, Request::Prompt { risks: None });
            let Reply::Prompt { prompt, ask_again_at, .. } = reply else { panic!("{reply:?}") };
            assert_eq!(prompt, None, "nothing is due");
            kept = Some(ask_again_at);
            cost = Some(once);
            asked.push(now);
        }
        crowd.wait(EVERY_MS);
    }
    let within = |from: &Timestamp| asked.iter().filter(|at| *at >= from && at.0 < from.0 + HOUR_MS).count();
    let most_in_an_hour = asked.iter().map(within).max().unwrap_or_default();
    Day { hours: HOURS, issues, invocations: asked.len(), most_in_an_hour, cost: cost.expect("asks at least once") }
}
