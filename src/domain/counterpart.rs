//! The issue that an integration creates on the other side for a new one: whose it is, whether it is there, and what is to be
//! done.
//!
//! Its record is written before Jira is asked to create it. Whatever breaks off, an issue that may have been created is looked
//! for before another is, so that there is one.

use super::account::AccountId;
use super::integration::{End, Integration, IntegrationId};
use super::limits::JiraNumber;
use super::mirror::IN_FLIGHT;
use super::site::CloudId;
use super::time::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// The key of the issue property that goes with every counterpart.
pub const KEY: &str = "integration-plus.counterpart";

/// How late Jira's search may come to know an issue. That one is not found sooner says nothing.
pub const FOUND_WITHIN: Span = Span::minutes(10);

/// Longest summary that Jira takes, in characters.
const SUMMARY: usize = 255;

/// A counterpart on its way: Jira may have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Creating {
    /// Who creates it: the main authorized user of that time.
    pub by: AccountId,
    /// Since when.
    pub since: Timestamp,
}

/// The counterpart of an issue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counterpart {
    /// Random name of it, 32 hexadecimal digits: goes with it as a property, so that it is found again.
    pub id: String,
    /// At which end the issue is whose counterpart it is.
    pub end: End,
    /// That issue.
    pub issue: JiraNumber,
    /// The project in which it is created, at the other end.
    pub project: JiraNumber,
    /// On its way, if it is.
    pub creating: Option<Creating>,
    /// Its number, once it is known to be there.
    pub created: Option<JiraNumber>,
    /// Whether the two were made a pair. Whoever parts them afterwards has their reasons.
    pub paired: bool,
}

/// What is to be done next about an issue that is to have a counterpart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing: it has one.
    Nothing,
    /// Nothing yet: what was sent may still arrive, or may not be found yet, until then.
    Wait(Timestamp),
    /// To look for what was sent. `settled` says whether not finding it means that it is not there.
    LookUp {
        /// What was sent.
        creating: Creating,
        /// Whether Jira's search knows it by now, if it is there.
        settled: bool,
    },
    /// To create it.
    Create,
    /// To make it a pair with its issue.
    Pair(JiraNumber),
}

impl Step {
    /// What to do. Looking for what may be there comes first.
    #[must_use]
    pub fn of(known: Option<&Counterpart>, now: Timestamp) -> Self {
        let Some(known) = known else { return Self::Create };
        match (&known.creating, known.created) {
            (_, Some(_)) if known.paired => Self::Nothing,
            (_, Some(issue)) => Self::Pair(issue),
            (Some(creating), None) => {
                let since = now.since(creating.since);
                // Clocks of two functions differ a little; one that went back by more makes nothing wait.
                let went_back = since < Span(-FOUND_WITHIN.0);
                if !went_back && since < IN_FLIGHT {
                    return Self::Wait(creating.since.plus(IN_FLIGHT).min(now.plus(IN_FLIGHT)));
                }
                Self::LookUp { creating: creating.clone(), settled: went_back || since >= FOUND_WITHIN }
            }
            (None, None) => Self::Create,
        }
    }
}

impl Counterpart {
    /// The counterpart of an issue that has none yet.
    #[must_use]
    pub fn new(id: String, end: End, issue: JiraNumber, project: JiraNumber) -> Self {
        Self { id, end, issue, project, creating: None, created: None, paired: false }
    }

    /// On its way.
    #[must_use]
    pub fn sent(self, by: AccountId, now: Timestamp) -> Self {
        Self { creating: Some(Creating { by, since: now }), ..self }
    }

    /// There.
    #[must_use]
    pub fn arrived(self, issue: JiraNumber) -> Self {
        Self { creating: None, created: Some(issue), ..self }
    }

    /// Not there.
    #[must_use]
    pub fn absent(self) -> Self {
        Self { creating: None, ..self }
    }

    /// Made a pair with its issue.
    #[must_use]
    pub fn paired(self) -> Self {
        Self { paired: true, ..self }
    }

    /// Whether an issue at the other end is this counterpart, as its property says. Somebody who copied the property onto an
    /// issue of their own has another issue.
    #[must_use]
    pub fn is(&self, issue: JiraNumber, creator: Option<&AccountId>) -> bool {
        let on_its_way = self.creating.as_ref().is_some_and(|creating| creator == Some(&creating.by));
        self.created == Some(issue) || (self.created.is_none() && on_its_way)
    }

    /// Where it comes from, as the property says.
    #[must_use]
    pub fn provenance(&self, integration: &Integration) -> IssueProvenance {
        IssueProvenance {
            id: self.id.clone(),
            integration: integration.id.clone(),
            site: integration.terms.side(self.end).cloud_id.clone(),
            issue: self.issue,
        }
    }
}

/// Where a counterpart comes from, in a property of the issue. It counts only once it fits the app's own record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueProvenance {
    /// The name of the counterpart.
    pub id: String,
    /// Which integration created it.
    pub integration: IntegrationId,
    /// The site that it comes from.
    pub site: CloudId,
    /// The issue there.
    pub issue: JiraNumber,
}

impl IssueProvenance {
    /// The value of the property.
    #[must_use]
    pub fn value(&self) -> Value {
        json!({ "id": self.id, "integration": self.integration, "site": self.site, "issue": self.issue })
    }

    /// Reads the value of the property; `None` when anything in it is not as the app writes it.
    #[must_use]
    pub fn parse(value: &Value) -> Option<Self> {
        let text = |name: &str| value[name].as_str();
        let read = Self {
            // Names of counterparts are as long as those of integrations.
            id: text("id").filter(|id| IntegrationId::parse(*id).is_ok())?.to_owned(),
            integration: IntegrationId::parse(text("integration")?).ok()?,
            site: CloudId::parse(text("site")?).ok()?,
            issue: JiraNumber::parse(text("issue")?).ok()?,
        };
        (read.value() == *value).then_some(read)
    }
}

/// A summary as Jira takes it: one line, not too long. Where nothing is left of it, `key` names the issue.
#[must_use]
pub fn summary(text: &str, key: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return key.to_owned();
    }
    line.chars().take(SUMMARY).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn main() -> AccountId {
        AccountId::parse("main").expect("is one")
    }

    fn counterpart() -> Counterpart {
        Counterpart::new("a".repeat(32), End::Here, JiraNumber(1), JiraNumber(10_000))
    }

    #[test]
    fn what_may_be_there_is_looked_for_before_another_is_created() {
        let begun = Timestamp(1_000_000);
        let sent = counterpart().sent(main(), begun);
        let creating = Creating { by: main(), since: begun };
        let at = |ms| Step::of(Some(&sent), begun.plus(Span(ms)));
        assert_eq!(at(0), Step::Wait(begun.plus(IN_FLIGHT)));
        assert_eq!(at(IN_FLIGHT.0), Step::LookUp { creating: creating.clone(), settled: false });
        assert_eq!(at(FOUND_WITHIN.0 - 1), Step::LookUp { creating: creating.clone(), settled: false });
        assert_eq!(at(FOUND_WITHIN.0), Step::LookUp { creating: creating.clone(), settled: true });
        assert_eq!(at(-1_000), Step::Wait(begun.plus(Span(IN_FLIGHT.0 - 1_000))), "another function's clock");
        assert_eq!(at(-900_000), Step::LookUp { creating, settled: true }, "a clock that went back");
        assert_eq!(Step::of(Some(&sent.absent()), begun), Step::Create);
    }

    #[test]
    fn an_issue_gets_one_counterpart_that_is_made_a_pair_once() {
        assert_eq!(Step::of(None, Timestamp(0)), Step::Create);
        let there = counterpart().sent(main(), Timestamp(0)).arrived(JiraNumber(7));
        assert_eq!(Step::of(Some(&there), Timestamp(0)), Step::Pair(JiraNumber(7)));
        assert_eq!(Step::of(Some(&there.paired()), Timestamp(0)), Step::Nothing);
    }

    #[test]
    fn a_copy_of_the_property_makes_no_issue_a_counterpart() {
        let other = AccountId::parse("other").expect("is one");
        assert!(!counterpart().is(JiraNumber(7), Some(&main())));
        let sent = counterpart().sent(main(), Timestamp(0));
        assert!(sent.is(JiraNumber(7), Some(&main())));
        assert!(!sent.is(JiraNumber(7), Some(&other)) && !sent.is(JiraNumber(7), None));
        let there = sent.arrived(JiraNumber(7));
        assert!(there.is(JiraNumber(7), None) && !there.is(JiraNumber(8), Some(&main())));
    }

    #[test]
    fn what_is_not_as_the_app_writes_it_is_nothing() {
        let own = IssueProvenance {
            id: "a".repeat(32),
            integration: IntegrationId::parse("b".repeat(32)).expect("is one"),
            site: CloudId::parse("11111111-1111-4111-8111-111111111111").expect("is one"),
            issue: JiraNumber(10_001),
        };
        assert_eq!(IssueProvenance::parse(&own.value()), Some(own.clone()));
        for (name, odd) in [
            ("id", json!("x")),
            ("integration", Value::Null),
            ("site", json!("https://evil.example")),
            ("issue", json!(10_001)),
            ("issue", json!("-1")),
            ("more", json!(1)),
        ] {
            let mut value = own.value();
            value[name] = odd;
            assert_eq!(IssueProvenance::parse(&value), None, "{value}");
        }
    }

    #[test]
    fn a_summary_is_one_line_that_jira_takes() {
        assert_eq!(summary(" one\n two ", "MOB-1"), "one two");
        assert_eq!(summary(" \n", "MOB-1"), "MOB-1");
        assert_eq!(summary(&"é".repeat(300), "MOB-1").chars().count(), SUMMARY);
    }
}
