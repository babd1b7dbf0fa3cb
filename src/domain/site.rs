//! Jira sites, named by their `cloudId`.

use serde::{Deserialize, Serialize};

/// Atlassian's `cloudId`: a UUID in its 36-character form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(as = "String"))]
#[serde(try_from = "String", into = "String")]
pub struct CloudId(String);

/// Text that is no `cloudId`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotACloudId;

impl std::fmt::Display for NotACloudId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not an Atlassian cloudId")
    }
}

impl CloudId {
    /// Reads a `cloudId`. It becomes a path segment of `api.atlassian.com`, so nothing but a UUID passes.
    ///
    /// # Errors
    /// When the text is not `8-4-4-4-12` hexadecimal digits.
    pub fn parse(text: impl Into<String>) -> Result<Self, NotACloudId> {
        let text = text.into();
        let uuid = text.len() == 36
            && text.char_indices().all(|(i, c)| match i {
                8 | 13 | 18 | 23 => c == '-',
                _ => c.is_ascii_hexdigit(),
            });
        if uuid { Ok(Self(text.to_ascii_lowercase())) } else { Err(NotACloudId) }
    }

    /// Reads the site out of Forge's `installContext`, `ari:cloud:jira::site/<cloudId>`.
    ///
    /// # Errors
    /// When it names no Jira site.
    pub fn from_install_context(ari: &str) -> Result<Self, NotACloudId> {
        Self::parse(ari.strip_prefix("ari:cloud:jira::site/").ok_or(NotACloudId)?)
    }

    /// The id as Atlassian writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CloudId {
    type Error = NotACloudId;

    fn try_from(text: String) -> Result<Self, NotACloudId> {
        Self::parse(text)
    }
}

impl From<CloudId> for String {
    fn from(id: CloudId) -> Self {
        id.0
    }
}

/// A Jira site that a grant reaches: one row of `accessible-resources`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Site {
    /// Which site.
    pub cloud_id: CloudId,
    /// The name that Atlassian shows.
    pub name: String,
    /// The site's address. It is shown, never fetched.
    pub url: String,
}

impl Site {
    /// Its host, as people know the site: `example.atlassian.net`. Its name where the address is none.
    #[must_use]
    pub fn host(&self) -> &str {
        let host = self.url.strip_prefix("https://").and_then(|rest| rest.split('/').next());
        host.filter(|host| !host.is_empty()).unwrap_or(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_known_by_its_host() {
        let cloud_id = CloudId::parse("11111111-1111-4111-8111-111111111111").expect("is one");
        let site = |url: &str| Site { cloud_id: cloud_id.clone(), name: "example".into(), url: url.into() };
        assert_eq!(site("https://example.atlassian.net").host(), "example.atlassian.net");
        assert_eq!(site("https://example.atlassian.net/x").host(), "example.atlassian.net");
        assert_eq!(
            (site("").host(), site("javascript:x").host(), site("https://").host()),
            ("example", "example", "example")
        );
    }

    #[test]
    fn only_a_uuid_becomes_a_path_segment() {
        for text in [
            "",
            "../../x",
            "%2e%2e",
            "evil.example",
            "11111111-1111-1111-1111-11111111111/",
            "1111111111111-1111-1111-111111111111",
        ] {
            assert_eq!(CloudId::parse(text), Err(NotACloudId), "{text}");
        }
        assert!(CloudId::from_install_context("ari:cloud:jira::site/11111111-1111-4111-8111-111111111111").is_ok());
        assert!(
            CloudId::from_install_context("ari:cloud:confluence::site/11111111-1111-4111-8111-111111111111").is_err()
        );
    }
}
