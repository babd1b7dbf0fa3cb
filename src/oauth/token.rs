//! The token endpoint, RFC 6749 sections 4.1.3, 5 and 6, as Atlassian speaks it.

use crate::secret::Secret;
use serde_json::{Value, json};

/// Longest answer that is read.
const LONGEST: usize = 64 * 1024;

/// Longest life of an access token that is believed, in seconds: a day.
const LONGEST_LIFE_S: i64 = 24 * 60 * 60;

/// What a grant yields.
pub struct Tokens {
    /// For the `Authorization` header.
    pub access: Secret,
    /// For the next refresh. Absent when `offline_access` was not granted.
    pub refresh: Option<Secret>,
    /// Life of the access token in seconds, from 1 to a day.
    pub expires_in_s: i64,
    /// What was granted, if the server says.
    pub scope: Option<String>,
}

/// Why the token endpoint yielded nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenRefused {
    /// The code or the refresh token is not honoured, for certain.
    InvalidGrant,
    /// The app's own `client_id` or secret is not honoured. No consent mends that.
    InvalidClient,
    /// The server asks to wait, and did nothing.
    Limited {
        /// For how many seconds, if it said.
        retry_after_s: Option<u32>,
    },
    /// The server is overloaded or broken: nothing is known.
    Unavailable {
        /// For how many seconds, if it said.
        retry_after_s: Option<u32>,
    },
    /// An answer that fits no part of the contract: nothing of it is used.
    Malformed,
}

/// Body of the request that exchanges a code.
#[must_use]
pub fn exchange(
    client_id: &str,
    client_secret: &Secret,
    code: &Secret,
    redirect_uri: &str,
    verifier: Option<&Secret>,
) -> Secret {
    let mut body = json!({
        "grant_type": "authorization_code",
        "client_id": client_id,
        "client_secret": client_secret.reveal(),
        "code": code.reveal(),
        "redirect_uri": redirect_uri,
    });
    if let Some(verifier) = verifier {
        body["code_verifier"] = Value::String(verifier.reveal().to_owned());
    }
    Secret::new(body.to_string())
}

/// Body of the request that refreshes a grant.
#[must_use]
pub fn refresh(client_id: &str, client_secret: &Secret, refresh_token: &Secret) -> Secret {
    let body = json!({
        "grant_type": "refresh_token",
        "client_id": client_id,
        "client_secret": client_secret.reveal(),
        "refresh_token": refresh_token.reveal(),
    });
    Secret::new(body.to_string())
}

/// Reads the endpoint's answer.
///
/// Only 400, 401 and 403 with a known `error` are definite. `invalid_grant` comes with 403 from Atlassian and with
/// 400 from everybody else; `access_denied` and `invalid_client` mean the client itself.
///
/// # Errors
/// [`TokenRefused`]
pub fn read(status: u16, retry_after_s: Option<u32>, body: &str) -> Result<Tokens, TokenRefused> {
    if status == 429 {
        return Err(TokenRefused::Limited { retry_after_s });
    }
    if status == 408 || status >= 500 {
        return Err(TokenRefused::Unavailable { retry_after_s });
    }
    if body.len() > LONGEST {
        return Err(TokenRefused::Malformed);
    }
    let mut body: Value = serde_json::from_str(body).map_err(|_| TokenRefused::Malformed)?;
    if status == 200 { tokens(&mut body).ok_or(TokenRefused::Malformed) } else { Err(refusal(status, &body)) }
}

fn refusal(status: u16, body: &Value) -> TokenRefused {
    match (status, body.get("error").and_then(Value::as_str)) {
        (400 | 401 | 403, Some("invalid_grant" | "unauthorized_client")) => TokenRefused::InvalidGrant,
        (400 | 401 | 403, Some("invalid_client" | "access_denied")) => TokenRefused::InvalidClient,
        (_, Some(_) | None) => TokenRefused::Malformed,
    }
}

fn tokens(body: &mut Value) -> Option<Tokens> {
    let expires_in_s = body.get("expires_in")?.as_i64().filter(|life| (1..=LONGEST_LIFE_S).contains(life))?;
    let access = text(body, "access_token").ok()??;
    let refresh = text(body, "refresh_token").ok()?;
    let scope = text(body, "scope").ok()?;
    Some(Tokens { access: Secret::new(access), refresh: refresh.map(Secret::new), expires_in_s, scope })
}

/// A text that may be absent; anything else under its name is an error.
fn text(body: &mut Value, name: &str) -> Result<Option<String>, ()> {
    match body.get_mut(name).map(Value::take) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
        Some(Value::String(_) | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, body: &str) -> Option<TokenRefused> {
        read(status, None, body).err()
    }

    #[test]
    fn only_a_definite_answer_condemns_a_grant() {
        let dead = r#"{"error":"invalid_grant","error_description":"Unknown or invalid refresh token."}"#;
        assert_eq!(refused(403, dead), Some(TokenRefused::InvalidGrant));
        assert_eq!(refused(400, dead), Some(TokenRefused::InvalidGrant));
        assert_eq!(refused(503, dead), Some(TokenRefused::Unavailable { retry_after_s: None }));
        assert_eq!(refused(429, ""), Some(TokenRefused::Limited { retry_after_s: None }));
        assert_eq!(refused(404, dead), Some(TokenRefused::Malformed));
        assert_eq!(refused(403, "<html>"), Some(TokenRefused::Malformed));
    }

    #[test]
    fn a_wrong_client_secret_is_ours_and_no_dead_grant() {
        assert_eq!(refused(401, r#"{"error":"access_denied"}"#), Some(TokenRefused::InvalidClient));
        assert_eq!(refused(401, r#"{"error":"invalid_client"}"#), Some(TokenRefused::InvalidClient));
    }

    #[test]
    fn an_answer_outside_the_contract_yields_nothing() {
        for body in [
            r#"{"expires_in":3600}"#,
            r#"{"access_token":"","expires_in":3600}"#,
            r#"{"access_token":"a"}"#,
            r#"{"access_token":"a","expires_in":-1}"#,
            r#"{"access_token":"a","expires_in":"3600"}"#,
            r#"{"access_token":"a","expires_in":1e18}"#,
            r#"{"access_token":"a","expires_in":3600,"refresh_token":7}"#,
            "<html></html>",
        ] {
            assert_eq!(refused(200, body), Some(TokenRefused::Malformed), "{body}");
        }
        let long = format!(r#"{{"access_token":"{}","expires_in":3600}}"#, "a".repeat(LONGEST));
        assert_eq!(refused(200, &long), Some(TokenRefused::Malformed));
    }

    #[test]
    fn atlassian_s_documented_sample_is_read() {
        let body = r#"{"access_token":"a","expires_in":3600,"scope":"read:me offline_access","refresh_token":"r"}"#;
        let Ok(tokens) = read(200, None, body) else { panic!("does not read") };
        assert_eq!((tokens.access.reveal(), tokens.expires_in_s), ("a", 3600));
        assert_eq!(tokens.refresh.map(|token| token.reveal().to_owned()).as_deref(), Some("r"));
        assert_eq!(tokens.scope.as_deref(), Some("read:me offline_access"));
    }
}
