//! Requests and answers as values, and how a path with its query is taken apart.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a client sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub method: String,
    /// Path with query, as it stands in the request line: `/rest/api/3/myself?expand=groups`.
    pub path: String,
    /// The JSON body, if there is one.
    #[serde(default)]
    pub body: Option<Value>,
}

impl Request {
    /// A request without a body.
    #[must_use]
    pub fn get(path: impl Into<String>) -> Self {
        Self { method: "GET".to_owned(), path: path.into(), body: None }
    }

    /// A request with a JSON body.
    #[must_use]
    pub fn with_body(method: &str, path: impl Into<String>, body: Value) -> Self {
        Self { method: method.to_owned(), path: path.into(), body: Some(body) }
    }
}

/// What a server answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// Names as Atlassian writes them; compare them without regard to case.
    pub headers: Vec<(String, String)>,
    /// The JSON body; absent with 202 and 204.
    pub body: Option<Value>,
}

impl Response {
    /// The value of the header with this name, whatever its case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// A path and its query, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) segments: Vec<String>,
    query: Vec<(String, String)>,
}

impl Target {
    /// Takes a path apart. `None` when an escape does not spell UTF-8: no resource has such a name.
    ///
    /// Segments are split before they are decoded, so that `%2F` can never become a separator.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let segments = path.strip_prefix('/')?.split('/').map(decode).collect::<Option<_>>()?;
        let pair = |pair: &str| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(&name.replace('+', " "))?, decode(&value.replace('+', " "))?))
        };
        let query = query.split('&').filter(|part| !part.is_empty()).map(pair).collect::<Option<_>>()?;
        Some(Self { segments, query })
    }

    /// The first value of a query parameter.
    pub(crate) fn first<'a>(&'a self, name: &str) -> Option<&'a str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// All values of a query parameter that may be repeated.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.query.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The parts of a comma-separated query parameter, without empty ones.
    pub(crate) fn list<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.all(name).flat_map(|value| value.split(',')).map(str::trim).filter(|part| !part.is_empty())
    }

    /// The query without the parameters that a page link replaces, encoded again.
    pub(crate) fn query_without(&self, names: &[&str]) -> String {
        self.query
            .iter()
            .filter(|(key, _)| !names.contains(&key.as_str()))
            .fold(String::new(), |text, (key, value)| format!("{text}{}={}&", encode(key), encode(value)))
    }
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(if byte == b'%' { nibble(rest.next()?)? << 4 | nibble(rest.next()?)? } else { byte });
    }
    String::from_utf8(bytes).ok()
}

fn nibble(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// Percent-encodes everything but the unreserved characters of RFC 3986 section 2.3.
pub(crate) fn encode(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_that_spell_no_text_are_refused() {
        for path in ["", "rest", "/a%", "/a%2", "/a%zz", "/%ff", "/a?q=%c3%28", "/a?%=1"] {
            assert_eq!(Target::parse(path), None, "{path}");
        }
    }

    #[test]
    fn an_escaped_slash_stays_inside_its_segment() {
        let target = Target::parse("/issue/A%2F..%2FB?q=a+b%26c&q=d&e").expect("is a target");
        assert_eq!(target.segments, ["issue", "A/../B"]);
        assert_eq!(target.all("q").collect::<Vec<_>>(), ["a b&c", "d"]);
        assert_eq!((target.first("e"), target.first("f")), (Some(""), None));
        assert_eq!(target.query_without(&["e"]), "q=a%20b%26c&q=d&");
    }
}
