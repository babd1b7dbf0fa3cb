//! Secrets: values that no log line, reply, record or panic may show.
//!
//! They have neither `Debug` nor `Display` nor `Serialize`. Whoever needs the text calls [`Secret::reveal`], and a
//! test names the few files that may: what is sent to Atlassian and what is put into secret storage.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

/// A text that must not be shown.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Takes a text into custody.
    #[must_use]
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// 256 random bits as 43 characters of the alphabet that RFC 7636 section 4.1 allows: fit for `state` and for a
    /// PKCE code verifier.
    #[must_use]
    pub fn from_random(bits: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(bits))
    }

    /// The text. Every call is a place where it can leak.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether this is the text.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.0 == text
    }

    /// Packs named secrets into one, for secret storage.
    #[must_use]
    pub fn pack(parts: &[(&str, Option<&Self>)]) -> Self {
        // Inserted one by one: collecting would compile a sort for two words.
        let mut fields = Map::new();
        for (name, part) in parts {
            if let Some(part) = part {
                fields.insert((*name).to_owned(), Value::String(part.0.clone()));
            }
        }
        Self(Value::Object(fields).to_string())
    }

    /// Takes one secret out of a pack.
    #[must_use]
    pub fn part(&self, name: &str) -> Option<Self> {
        match serde_json::from_str::<Value>(&self.0).ok()?.get_mut(name)?.take() {
            Value::String(text) => Some(Self(text)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_gives_back_what_went_in() {
        let access = Secret::new("a\"b".into());
        let pack = Secret::pack(&[("access", Some(&access)), ("refresh", None)]);
        assert_eq!(pack.part("access").map(|part| part.reveal().to_owned()), Some("a\"b".to_owned()));
        assert!(pack.part("refresh").is_none());
        assert!(Secret::new("not json".into()).part("access").is_none());
    }
}
