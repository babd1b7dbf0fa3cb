//! Issues of an integration that are to be looked at as a whole: whether they are a pair by their properties, and whether they
//! are to have a counterpart.

use super::lane::{Lane, Waiting};
use super::limits::JiraNumber;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};

/// A lane for the issues of a whole integration. What waits in it is named by the number of an issue, where the lane of a pair
/// names a comment; what is written is written to the projects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Intake(pub Lane);

impl Intake {
    /// What comes first among the issues that do not rest by themselves: the oldest, for Jira counts them up.
    #[must_use]
    pub fn first(&self, now: Timestamp) -> Option<(JiraNumber, Waiting)> {
        let awake = self.0.waiting.iter().filter(|own| own.rests(now).is_none());
        awake.filter_map(|own| Some((own.comment?, *own))).min_by_key(|(issue, own)| (*issue, own.end))
    }

    /// For how long nothing is to be done, if that is so: it rests as a whole, or each of its issues does.
    #[must_use]
    pub fn rests(&self, now: Timestamp) -> Option<Span> {
        // One that does not rest comes before all that do.
        let shortest = || self.0.waiting.iter().map(|own| own.rests(now)).min().flatten();
        self.0.rests(now).or_else(shortest)
    }

    /// The same where an issue that was taken up as `taken` rests until then, and the others go on. One that was hinted at
    /// meanwhile does not rest.
    #[must_use]
    pub fn put_off(mut self, taken: Waiting, until: Timestamp) -> Self {
        let same = |own: &&mut Waiting| (own.end, own.comment, own.hints) == (taken.end, taken.comment, taken.hints);
        if let Some(own) = self.0.waiting.iter_mut().find(same) {
            own.rests_until = Some(until);
        }
        Self(Lane { waits_until: None, ..self.0 })
    }
}

/// An issue type at each end, as which the counterparts of the other end's new issues are created.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Counterparts {
    /// For new issues of the other site, on this one; none are created here when absent.
    pub here: Option<JiraNumber>,
    /// For new issues of this site, on the other; none are created there when absent.
    pub there: Option<JiraNumber>,
}

/// Since when counterparts are created at each end, where that is settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct CounterpartsSince {
    /// On this site.
    pub here: Option<Timestamp>,
    /// On the other.
    pub there: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::super::integration::End;
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    fn intake(issues: &[u64]) -> Intake {
        let lane = issues.iter().fold(Lane::default(), |lane, issue| lane.with(End::Here, JiraNumber(*issue)));
        Intake(lane)
    }

    fn first(intake: &Intake, now: Timestamp) -> Option<u64> {
        intake.first(now).map(|(issue, _)| issue.0)
    }

    #[test]
    fn an_issue_that_rests_keeps_no_other_waiting() {
        let both = intake(&[7, 3]);
        let (_, three) = both.first(NOW).expect("waits");
        let until = NOW.plus(Span::minutes(10));
        let one = both.put_off(three, until);
        assert_eq!((first(&one, NOW), one.rests(NOW)), (Some(7), None));
        let (_, seven) = one.first(NOW).expect("waits");
        let none = one.put_off(seven, until.plus(Span::minutes(1)));
        assert_eq!((first(&none, NOW), none.rests(NOW)), (None, Some(Span::minutes(10))));
        assert_eq!((first(&none, until), none.rests(until)), (Some(3), None));
        assert_eq!(first(&none, Timestamp(-99_000_000)), Some(3), "a clock that went back");
        assert_eq!(intake(&[]).rests(NOW), None);
    }

    #[test]
    fn what_is_hinted_at_rests_no_more() {
        let own = intake(&[3]);
        let (_, taken) = own.first(NOW).expect("waits");
        let until = NOW.plus(Span::minutes(10));
        let hinted = Intake(own.clone().put_off(taken, until).0.with(End::Here, JiraNumber(3)));
        assert_eq!(first(&hinted, NOW), Some(3));
        let meanwhile = Intake(own.0.with(End::Here, JiraNumber(3))).put_off(taken, until);
        assert_eq!(first(&meanwhile, NOW), Some(3), "it may have changed since it was looked at");
    }

    #[test]
    fn an_intake_rests_as_a_whole_as_long_as_jira_asked() {
        let until = NOW.plus(Span::minutes(59));
        let Intake(lane) = intake(&[3]);
        let whole = Intake(Lane { waits_until: Some(until), ..lane });
        assert_eq!(whole.rests(NOW), Some(Span::minutes(59)));
    }
}
