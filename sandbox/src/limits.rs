//! Rate limits: points per hour, bursts per second, writes per issue.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/rate-limiting/>

use crate::instant::{HOUR_MS, iso};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How much an app may ask of Jira.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Budgets {
    /// Points per hour, beginning at the full hour UTC.
    pub points_per_hour: u64,
    /// Whether all sites draw on the same points.
    pub shared_by_all_sites: bool,
    /// `GET` requests per second, site and endpoint.
    pub gets_per_second: u32,
    /// `POST` requests per second, site and endpoint.
    pub posts_per_second: u32,
    /// `PUT` requests per second, site and endpoint.
    pub puts_per_second: u32,
    /// `DELETE` requests per second, site and endpoint.
    pub deletes_per_second: u32,
    /// Writes to one issue in two seconds.
    pub issue_writes_per_2s: usize,
    /// Writes to one issue in thirty seconds.
    pub issue_writes_per_30s: usize,
}

impl Default for Budgets {
    /// Atlassian's figures for an app of the first tier.
    fn default() -> Self {
        Self {
            points_per_hour: 65_000,
            shared_by_all_sites: true,
            gets_per_second: 100,
            posts_per_second: 100,
            puts_per_second: 50,
            deletes_per_second: 50,
            issue_writes_per_2s: 20,
            issue_writes_per_30s: 100,
        }
    }
}

/// Which limit is exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Exceeded {
    /// `RateLimit-Reason`.
    pub(crate) reason: &'static str,
    /// `Retry-After`.
    pub(crate) retry_after_s: i64,
}

/// What was used up. Forgets whatever no longer counts.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Usage {
    hour: i64,
    points: BTreeMap<String, u64>,
    second: i64,
    bursts: BTreeMap<String, u32>,
    issue_writes: BTreeMap<String, Vec<i64>>,
}

/// One request, as far as limits look at it.
pub(crate) struct Draw<'a> {
    pub(crate) cloud_id: &'a str,
    pub(crate) method: &'a str,
    pub(crate) endpoint: &'a str,
    /// The issue that is written to.
    pub(crate) written_issue: Option<u64>,
    pub(crate) now_ms: i64,
}

impl Usage {
    /// Lets a request through and counts it, or says which limit it exceeds.
    pub(crate) fn admit(&mut self, budgets: &Budgets, draw: &Draw<'_>) -> Result<(), Exceeded> {
        self.forget(draw.now_ms);
        if self.points(budgets, draw.cloud_id) >= budgets.points_per_hour {
            let reason =
                if budgets.shared_by_all_sites { "jira-quota-global-based" } else { "jira-quota-tenant-based" };
            let left_ms = HOUR_MS - draw.now_ms.rem_euclid(HOUR_MS);
            return Err(Exceeded { reason, retry_after_s: left_ms.div_euclid(1_000) + 1 });
        }
        let allowed = match draw.method {
            "GET" => budgets.gets_per_second,
            "PUT" => budgets.puts_per_second,
            "DELETE" => budgets.deletes_per_second,
            _ => budgets.posts_per_second,
        };
        let burst = self.bursts.entry(format!("{} {} {}", draw.cloud_id, draw.method, draw.endpoint)).or_default();
        if *burst >= allowed {
            return Err(Exceeded { reason: "jira-burst-based", retry_after_s: 1 });
        }
        *burst += 1;
        let Some(issue) = draw.written_issue else { return Ok(()) };
        let writes = self.issue_writes.entry(format!("{} {issue}", draw.cloud_id)).or_default();
        let recent = writes.iter().filter(|at| draw.now_ms.saturating_sub(**at) < 2_000).count();
        if recent >= budgets.issue_writes_per_2s {
            return Err(Exceeded { reason: "jira-per-issue-on-write", retry_after_s: 2 });
        }
        if writes.len() >= budgets.issue_writes_per_30s {
            return Err(Exceeded { reason: "jira-per-issue-on-write", retry_after_s: 30 });
        }
        writes.push(draw.now_ms);
        Ok(())
    }

    /// Books what an answer cost.
    pub(crate) fn charge(&mut self, budgets: &Budgets, cloud_id: &str, points: u64) {
        *self.points.entry(account(budgets, cloud_id).to_owned()).or_default() += points;
    }

    /// The headers that tell how much is left.
    pub(crate) fn headers(&mut self, budgets: &Budgets, cloud_id: &str, now_ms: i64) -> Vec<(String, String)> {
        self.forget(now_ms);
        let limit = budgets.points_per_hour;
        let remaining = limit.saturating_sub(self.points(budgets, cloud_id));
        let reset = iso(now_ms.div_euclid(HOUR_MS).saturating_add(1).saturating_mul(HOUR_MS));
        vec![
            ("X-RateLimit-Limit".to_owned(), limit.to_string()),
            ("X-RateLimit-Remaining".to_owned(), remaining.to_string()),
            ("X-RateLimit-Reset".to_owned(), reset),
            // Atlassian's word for less than a fifth.
            ("X-RateLimit-NearLimit".to_owned(), (remaining.saturating_mul(5) < limit).to_string()),
        ]
    }

    /// Points used in the current hour.
    pub(crate) fn points(&self, budgets: &Budgets, cloud_id: &str) -> u64 {
        self.points.get(account(budgets, cloud_id)).copied().unwrap_or_default()
    }

    fn forget(&mut self, now_ms: i64) {
        let hour = now_ms.div_euclid(HOUR_MS);
        if hour != self.hour {
            self.hour = hour;
            self.points.clear();
        }
        let second = now_ms.div_euclid(1_000);
        if second != self.second {
            self.second = second;
            self.bursts.clear();
            self.issue_writes.retain(|_, writes| {
                writes.retain(|at| (0..30_000).contains(&now_ms.saturating_sub(*at)));
                !writes.is_empty()
            });
        }
    }
}

/// Whose points a request draws on.
fn account<'a>(budgets: &Budgets, cloud_id: &'a str) -> &'a str {
    if budgets.shared_by_all_sites { "" } else { cloud_id }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draw(written_issue: Option<u64>, now_ms: i64) -> Draw<'static> {
        Draw { cloud_id: "site", method: "PUT", endpoint: "/issue/{issueIdOrKey}", written_issue, now_ms }
    }

    #[test]
    fn the_hour_is_the_clocks_hour() {
        let (mut usage, budgets) = (Usage::default(), Budgets { points_per_hour: 10, ..Budgets::default() });
        usage.admit(&budgets, &draw(None, HOUR_MS - 500)).expect("fits");
        usage.charge(&budgets, "site", 10);
        let exceeded = usage.admit(&budgets, &draw(None, HOUR_MS - 400)).expect_err("used up");
        assert_eq!(exceeded, Exceeded { reason: "jira-quota-global-based", retry_after_s: 1 });
        usage.admit(&budgets, &draw(None, HOUR_MS)).expect("a new hour");
    }

    #[test]
    fn a_burst_is_counted_per_endpoint_and_second() {
        let (mut usage, budgets) = (Usage::default(), Budgets { puts_per_second: 2, ..Budgets::default() });
        let seen: Vec<bool> =
            [0, 1, 999, 1_000].into_iter().map(|at| usage.admit(&budgets, &draw(None, at)).is_ok()).collect();
        assert_eq!(seen, [true, true, false, true]);
    }

    #[test]
    fn one_issue_takes_twenty_writes_in_two_seconds_and_a_hundred_in_thirty() {
        let (mut usage, budgets) = (Usage::default(), Budgets::default());
        let refused: Vec<i64> = (0..30).filter(|at| usage.admit(&budgets, &draw(Some(1), *at)).is_err()).collect();
        assert_eq!(refused, (20..30).collect::<Vec<_>>());
        usage.admit(&budgets, &draw(Some(2), 30)).expect("another issue");
        let taken = (1..2_000).filter(|step| usage.admit(&budgets, &draw(Some(1), 2_000 + step * 14)).is_ok()).count();
        assert!((80..=100).contains(&taken), "{taken}");
        assert!(usage.admit(&budgets, &draw(Some(1), 29_999)).is_err());
        usage.admit(&budgets, &draw(Some(1), 31_000)).expect("the first writes are half a minute old");
    }

    #[test]
    fn a_site_of_its_own_tier_does_not_feel_the_others() {
        let budgets = Budgets { points_per_hour: 1, shared_by_all_sites: false, ..Budgets::default() };
        let mut usage = Usage::default();
        usage.charge(&budgets, "other", 5);
        usage.admit(&budgets, &draw(None, 0)).expect("its own points");
        usage.charge(&budgets, "site", 1);
        assert_eq!(usage.admit(&budgets, &draw(None, 0)).expect_err("used up").reason, "jira-quota-tenant-based");
    }
}
