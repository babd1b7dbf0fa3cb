//! The issue property by which people make two issues a pair: each names the other.
//!
//! Whoever may edit an issue may set its properties, so one side proves nothing: only somebody who may edit both can make
//! both name each other.

use super::limits::JiraNumber;
use super::place::Place;
use super::site::CloudId;
use serde_json::{Value, json};

/// The key of the property.
pub const KEY: &str = "integration-plus.pair";

/// How an issue is named in the property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// By its key, which changes when it is moved.
    Key(String),
    /// By its number.
    Number(JiraNumber),
}

impl Named {
    /// Reads a key, whatever its case, or a number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(number) = JiraNumber::parse(text) {
            return Some(Self::Number(number));
        }
        match Place::parse(text) {
            Some(Place::Issue(key)) => Some(Self::Key(key)),
            Some(Place::Project(_)) | None => None,
        }
    }

    /// As it stands in the path of a request: a key or a number.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Key(key) => key.clone(),
            Self::Number(number) => number.to_string(),
        }
    }

    /// Whether it names this issue.
    #[must_use]
    pub fn is(&self, number: JiraNumber, key: &str) -> bool {
        match self {
            Self::Key(own) => own == key,
            Self::Number(own) => *own == number,
        }
    }
}

/// What the property says: `{"site": "22222222-2222-4222-8222-222222222222", "issue": "DEMO-346"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairProperty {
    /// The site of the other issue, by its cloud id: a name or an address may change hands.
    pub site: CloudId,
    /// The other issue.
    pub issue: Named,
}

impl PairProperty {
    /// The value of the property.
    #[must_use]
    pub fn value(&self) -> Value {
        json!({ "site": self.site, "issue": self.issue.text() })
    }

    /// Reads the value. Whatever else it holds is nothing to us; `None` where it names no issue of a site.
    #[must_use]
    pub fn parse(value: &Value) -> Option<Self> {
        let site = CloudId::parse(value["site"].as_str()?).ok()?;
        let issue = match &value["issue"] {
            Value::String(text) => Named::parse(text)?,
            Value::Number(number) => Named::Number(JiraNumber::parse(&number.to_string()).ok()?),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return None,
        };
        Some(Self { site, issue })
    }

    /// Whether it names this issue on this site.
    #[must_use]
    pub fn names(&self, site: &CloudId, number: JiraNumber, key: &str) -> bool {
        self.site == *site && self.issue.is(number, key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITE: &str = "22222222-2222-4222-8222-222222222222";

    #[test]
    fn what_names_no_issue_of_a_site_is_nothing() {
        for odd in [
            Value::Null,
            json!([]),
            json!("DEMO-346"),
            json!({ "site": SITE }),
            json!({ "site": "https://partner.example", "issue": "DEMO-346" }),
            json!({ "site": "../../x", "issue": "DEMO-346" }),
            json!({ "site": SITE, "issue": "DEMO" }),
            json!({ "site": SITE, "issue": "DEMO-346/comment" }),
            json!({ "site": SITE, "issue": "DEMO-1 OR project = X" }),
            json!({ "site": SITE, "issue": -1 }),
            json!({ "site": SITE, "issue": 1.5 }),
            json!({ "site": SITE, "issue": ["DEMO-346"] }),
        ] {
            assert_eq!(PairProperty::parse(&odd), None, "{odd}");
        }
    }

    #[test]
    fn an_issue_is_named_by_its_key_or_its_number_on_its_site() {
        let site = CloudId::parse(SITE).expect("is one");
        let other = CloudId::parse("33333333-3333-4333-8333-333333333333").expect("is one");
        for issue in [json!("DEMO-346"), json!(" demo-346 "), json!("20011"), json!(20_011)] {
            let read = PairProperty::parse(&json!({ "site": SITE, "issue": issue, "note": 1 })).expect("is read");
            assert!(read.names(&site, JiraNumber(20_011), "DEMO-346"), "{issue}");
            assert!(!read.names(&site, JiraNumber(1), "DEMO-1") && !read.names(&other, JiraNumber(20_011), "DEMO-346"));
            assert_eq!(PairProperty::parse(&read.value()), Some(read));
        }
    }
}
