//! For how long Atlassian asks to wait: every form of header that its limits are told in.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/rate-limiting/>. A form that is announced before it is enforced
//! carries the prefix `Beta-`. The gateway's 429 may come without `Retry-After`, so that the others must be understood too.

use crate::domain::time::{Span, Timestamp};

/// The headers, in the order in which they are believed. Each is looked for with the prefix `Beta-` as well.
pub const HEADERS: [&str; 5] =
    ["Retry-After", "RateLimit", "X-RateLimit-Reset", "RateLimit-Reset", "X-RateLimit-NearLimit"];

/// Longest wait that is believed, in seconds: a day. Jira's budgets are renewed every hour.
const LONGEST_S: i64 = 24 * 60 * 60;

/// What the headers of one answer say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Seconds to wait, at most a day.
    pub retry_after_s: Option<u32>,
    /// Seconds until the budget is renewed, at most a day, when less than a fifth of it is left. The answer itself is good.
    pub near_limit_s: Option<u32>,
}

/// Reads the headers of an answer of `status` that came at `now`; `header` gives one by its name, whatever its case.
#[must_use]
pub fn read(status: u16, header: &dyn Fn(&str) -> Option<String>, now: Timestamp) -> Limits {
    let either = |name: &str| header(name).or_else(|| header(&format!("Beta-{name}")));
    let [retry_after, structured, reset, plain_reset, near] = HEADERS.map(either);
    let text = |value: &Option<String>, read: fn(&str, Timestamp) -> Option<i64>| {
        value.as_deref().and_then(|value| read(value.trim(), now))
    };
    let renewed = text(&structured, used_up).or_else(|| text(&reset, moment)).or_else(|| text(&plain_reset, moment));
    let bounded = |seconds: i64| u32::try_from(seconds.clamp(0, LONGEST_S)).unwrap_or_default();
    if matches!(status, 200..=299) {
        let near = near.is_some_and(|near| near.trim().eq_ignore_ascii_case("true"));
        return Limits { retry_after_s: None, near_limit_s: renewed.filter(|_| near).map(bounded) };
    }
    Limits { retry_after_s: text(&retry_after, moment).or(renewed).map(bounded), near_limit_s: None }
}

/// Seconds until a moment, which is told as that number of seconds, as seconds since 1970, in ISO 8601, or as HTTP's date.
fn moment(text: &str, now: Timestamp) -> Option<i64> {
    if text.bytes().all(|digit| digit.is_ascii_digit()) && !text.is_empty() {
        // A number that overflows is beyond all reason, and cut like any other that is.
        let number = text.parse().unwrap_or(i64::MAX);
        let since_1970 = (1_000_000_000..100_000_000_000).contains(&number);
        return Some(if since_1970 { seconds_until(Timestamp(number * 1000), now) } else { number });
    }
    let at = Timestamp::from_iso(text).or_else(|| http_date(text))?;
    Some(seconds_until(at, now))
}

/// Whole seconds, so that the moment has come when they are over.
fn seconds_until(at: Timestamp, now: Timestamp) -> i64 {
    let Span(ms) = at.since(now);
    ms.saturating_add(999).div_euclid(1000)
}

/// Seconds until the last budget is renewed of which nothing is left: `"global-app-quota";r=0;t=120, "burst";r=9;t=1`, or
/// in the older form `limit=100, remaining=0, reset=50`. Where none is used up, the longest of all.
fn used_up(text: &str, _: Timestamp) -> Option<i64> {
    // A budget's parameters are parted by semicolons and budgets by commas; in the older form commas part the parameters
    // of the one budget that there is.
    let budgets: Vec<&str> = if text.contains(';') { text.split(',').collect() } else { vec![text] };
    let parameter = |budget: &str, names: [&str; 2]| -> Option<i64> {
        let pairs = budget.split([';', ',']).filter_map(|pair| pair.trim().split_once('='));
        pairs.into_iter().find(|(name, _)| names.contains(name)).and_then(|(_, value)| value.trim().parse().ok())
    };
    let (mut longest, mut empty) = (None, None);
    for budget in budgets {
        let renewed = parameter(budget, ["t", "reset"]);
        longest = longest.max(renewed);
        if parameter(budget, ["r", "remaining"]) == Some(0) {
            empty = empty.max(renewed);
        }
    }
    empty.or(longest)
}

/// RFC 9110 section 5.6.7 in the one form that may be sent: `Sun, 06 Nov 1994 08:49:37 GMT`.
fn http_date(text: &str) -> Option<Timestamp> {
    const MONTHS: &str = "JanFebMarAprMayJunJulAugSepOctNovDec";
    let (_, rest) = text.split_once(", ")?;
    let mut words = rest.split(' ');
    let (day, month, year, time) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let place = MONTHS.find(month).filter(|place| month.len() == 3 && place % 3 == 0)?;
    Timestamp::from_iso(&format!("{year}-{:02}-{day}T{time}Z", place / 3 + 1)).filter(|_| words.next() == Some("GMT"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-21T15:40:00Z.
    const NOW: Timestamp = Timestamp(1_795_275_600_000);

    fn told(status: u16, headers: &[(&str, &str)]) -> Limits {
        let find = |name: &str| {
            let found = headers.iter().find(|(own, _)| own.eq_ignore_ascii_case(name));
            found.map(|(_, value)| (*value).to_owned())
        };
        read(status, &find, NOW)
    }

    fn wait(headers: &[(&str, &str)]) -> Option<u32> {
        told(429, headers).retry_after_s
    }

    #[test]
    fn every_form_of_a_wait_is_understood() {
        for (name, value, seconds) in [
            ("Retry-After", "7", 7),
            ("retry-after", " 0 ", 0),
            ("Retry-After", "Sat, 21 Nov 2026 15:41:30 GMT", 90),
            ("Beta-Retry-After", "12", 12),
            ("X-RateLimit-Reset", "2026-11-21T16:00:00Z", 1200),
            ("X-RateLimit-Reset", "2026-11-21T16:00Z", 1200),
            ("X-RateLimit-Reset", "2026-11-21T15:40:01.250+00:00", 1),
            ("X-RateLimit-Reset", "2026-11-21T17:00:00+0100", 1200),
            ("X-RateLimit-Reset", "1795275660", 60),
            ("Beta-X-RateLimit-Reset", "2026-11-21T15:40:05Z", 5),
            ("RateLimit-Reset", "30", 30),
            ("RateLimit", r#""global-app-quota";r=0;t=120"#, 120),
            ("RateLimit", r#""burst";r=0;t=3, "global-app-quota";r=900;t=1200"#, 3),
            ("RateLimit", r#""a";r=5;t=3, "b";r=900;t=1200"#, 1200),
            ("RateLimit", "limit=100, remaining=0, reset=50", 50),
            ("Beta-RateLimit", r#""global-app-quota";r=0;t=9"#, 9),
        ] {
            assert_eq!(wait(&[(name, value)]), Some(seconds), "{name}: {value}");
        }
    }

    #[test]
    fn what_cannot_be_understood_is_no_wait_and_what_is_beyond_reason_is_cut() {
        for (name, value) in [
            ("Retry-After", ""),
            ("Retry-After", "soon"),
            ("Retry-After", "-5"),
            ("Retry-After", "1.5"),
            ("Retry-After", "Sat, 21 Foo 2026 15:41:30 GMT"),
            ("Retry-After", "Sat, 21 anF 2026 15:41:30 GMT"),
            ("X-RateLimit-Reset", "2026-11-21"),
            ("X-RateLimit-Reset", "2026-13-21T16:00:00Z"),
            ("X-RateLimit-Reset", "2026-11-21T16:00:00"),
            ("RateLimit", r#""global-app-quota";r=0"#),
            ("RateLimit-Policy", r#""global-app-quota";q=65000;w=3600"#),
        ] {
            assert_eq!(wait(&[(name, value)]), None, "{name}: {value}");
        }
        for value in ["86401", "99999999999999999999999", "2126-11-21T16:00:00Z"] {
            assert_eq!(wait(&[("Retry-After", value)]), Some(86_400), "{value}");
        }
        assert_eq!(wait(&[("Retry-After", "Sat, 21 Nov 2026 15:00:00 GMT")]), Some(0));
        assert_eq!(wait(&[]), None);
    }

    #[test]
    fn retry_after_is_believed_before_the_budget() {
        let reset = ("X-RateLimit-Reset", "2026-11-21T16:00:00Z");
        assert_eq!(wait(&[("Retry-After", "2"), reset]), Some(2));
        assert_eq!(wait(&[("Retry-After", "soon"), reset]), Some(1200));
    }

    #[test]
    fn a_good_answer_asks_for_no_wait_but_may_warn() {
        let reset = ("X-RateLimit-Reset", "2026-11-21T16:00:00Z");
        assert_eq!(told(200, &[reset, ("Retry-After", "9")]), Limits::default());
        assert_eq!(told(200, &[reset, ("X-RateLimit-NearLimit", "false")]), Limits::default());
        let warned = Limits { retry_after_s: None, near_limit_s: Some(1200) };
        assert_eq!(told(200, &[reset, ("X-RateLimit-NearLimit", "true")]), warned);
        assert_eq!(told(200, &[reset, ("Beta-X-RateLimit-NearLimit", "true")]), warned);
    }
}
