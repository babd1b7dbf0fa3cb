//! Seals: what chains links of a report, so that none is altered, left out or added unseen.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// Lower-case hexadecimal SHA-256 of the JSON of a link with its keys sorted. A link names the seal of the one before it:
/// whoever alters one must alter every later one.
#[must_use]
pub fn seal(link: &impl Serialize) -> String {
    // `serde_json::Value` sorts the keys of an object, so the seal does not hang on the order of fields.
    let json = serde_json::to_value(link).map(|value| value.to_string()).unwrap_or_default();
    crate::url::hex(&Sha256::digest(json.as_bytes()))
}
