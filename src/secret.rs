//! Secrets: values that no log line, reply, record or panic may show.
//!
//! They have neither `Debug` nor `Display` nor `Serialize`. Whoever needs the text calls [`Secret::reveal`], and a
//! test names the few files that may: what is sent to Atlassian and what is put into secret storage.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Map, Value};
use sha2::Sha256;

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

    /// Whether this could be what [`Secret::from_random`] made: nothing else is worth a look into storage.
    #[must_use]
    pub fn looks_random(&self) -> bool {
        let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        self.0.len() == 43 && self.0.bytes().all(in_alphabet)
    }

    /// Whether this is the key by which a text was signed: its HMAC-SHA-256 (RFC 2104) in lower-case hexadecimal. The
    /// comparison takes as long whatever the signature is.
    #[must_use]
    pub fn signed(&self, text: &str, signature: &str) -> bool {
        let Ok(mac) = Hmac::<Sha256>::new_from_slice(self.0.as_bytes()) else { return false };
        unhex(signature).is_some_and(|signature| mac.chain_update(text.as_bytes()).verify_slice(&signature).is_ok())
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

/// The bytes of lower-case hexadecimal.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs.map(|pair| Some(digit(pair[0])? * 16 + digit(pair[1])?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_signed_as_rfc_4231_signs_it() {
        // Test cases 1 and 2 of RFC 4231 section 4. Keys of the others are no text, and a Forge variable is.
        for (key, text, signature) in [
            ("\u{b}".repeat(20), "Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                "Jefe".to_owned(),
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
        ] {
            let key = Secret::new(key);
            assert!(key.signed(text, signature), "{text}");
            assert!(!key.signed("", signature) && !Secret::new("other".into()).signed(text, signature));
            for wrong in ["", "b0", "b034zz", &signature.to_uppercase(), &signature[..62], &format!("{signature}00")] {
                assert!(!key.signed(text, wrong), "{wrong}");
            }
        }
    }

    #[test]
    fn what_is_drawn_looks_so_and_little_else_does() {
        assert!(Secret::from_random([7; 32]).looks_random());
        for other in ["", "a", &"a".repeat(42), &"a".repeat(44), &"ä".repeat(21), &format!("{}=", "a".repeat(42))] {
            assert!(!Secret::new(other.to_owned()).looks_random(), "{other}");
        }
    }

    #[test]
    fn a_pack_gives_back_what_went_in() {
        let access = Secret::new("a\"b".into());
        let pack = Secret::pack(&[("access", Some(&access)), ("refresh", None)]);
        assert_eq!(pack.part("access").map(|part| part.reveal().to_owned()), Some("a\"b".to_owned()));
        assert!(pack.part("refresh").is_none());
        assert!(Secret::new("not json".into()).part("access").is_none());
    }
}
