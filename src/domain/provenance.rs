//! Where a mirrored comment comes from, in a property of the comment. A footer is text that anybody can write; the property
//! counts, and only once it fits the app's own record of the mirrored comment.

use super::integration::IntegrationId;
use super::limits::JiraNumber;
use super::site::CloudId;
use serde_json::{Value, json};

/// The key of the property.
pub const KEY: &str = "integration-plus.origin";

/// Where a comment comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Random name of the mirrored comment: 32 hexadecimal digits.
    pub id: String,
    /// Which integration carried it.
    pub integration: IntegrationId,
    /// The site that it comes from.
    pub site: CloudId,
    /// The issue there.
    pub issue: JiraNumber,
    /// Its number there.
    pub comment: JiraNumber,
    /// Which edition of its content this is.
    pub edition: String,
}

impl Provenance {
    /// The value of the property.
    #[must_use]
    pub fn value(&self) -> Value {
        json!({
            "id": self.id,
            "integration": self.integration,
            "site": self.site,
            "issue": self.issue,
            "comment": self.comment,
            "edition": self.edition,
        })
    }

    /// Reads the value of the property; `None` when anything in it is not as the app writes it.
    #[must_use]
    pub fn parse(value: &Value) -> Option<Self> {
        let text = |name: &str| value[name].as_str();
        let name = |name: &str| text(name).filter(|id| IntegrationId::parse(*id).is_ok()).map(str::to_owned);
        let read = Self {
            id: name("id")?,
            integration: IntegrationId::parse(text("integration")?).ok()?,
            site: CloudId::parse(text("site")?).ok()?,
            issue: JiraNumber::parse(text("issue")?).ok()?,
            comment: JiraNumber::parse(text("comment")?).ok()?,
            edition: name("edition")?,
        };
        (read.value() == *value).then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provenance() -> Provenance {
        Provenance {
            id: "a".repeat(32),
            integration: IntegrationId::parse("b".repeat(32)).expect("is one"),
            site: CloudId::parse("11111111-1111-4111-8111-111111111111").expect("is one"),
            issue: JiraNumber(10_001),
            comment: JiraNumber(26_888),
            edition: "c".repeat(32),
        }
    }

    #[test]
    fn what_is_not_as_the_app_writes_it_is_nothing() {
        assert_eq!(Provenance::parse(&provenance().value()), Some(provenance()));
        for (name, odd) in [
            ("id", json!("x")),
            ("id", json!("A".repeat(32))),
            ("integration", Value::Null),
            ("site", json!("https://evil.example")),
            ("issue", json!(10_001)),
            ("comment", json!("026888")),
            ("comment", json!("-1")),
            ("edition", json!("")),
            ("more", json!(1)),
        ] {
            let mut value = provenance().value();
            value[name] = odd;
            assert_eq!(Provenance::parse(&value), None, "{value}");
        }
        for odd in [Value::Null, json!([]), json!("x"), json!({})] {
            assert_eq!(Provenance::parse(&odd), None, "{odd}");
        }
    }
}
