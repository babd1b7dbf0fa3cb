//! The authorization request, RFC 6749 section 4.1.1, with the parameters that Atlassian requires.

use crate::secret::Secret;
use crate::url::encode;
use sha2::{Digest, Sha256};

/// Everything that the authorization page is asked for.
pub struct AuthorizationRequest<'a> {
    /// Atlassian's authorization server, `https://auth.atlassian.com`.
    pub origin: &'a str,
    /// The app.
    pub client_id: &'a str,
    /// Which scopes, in the order in which they are sent.
    pub scopes: &'a [&'a str],
    /// Where the answer goes: exactly the registered address.
    pub redirect_uri: &'a str,
    /// What ties the answer to this request.
    pub state: &'a Secret,
    /// `code_challenge`, if PKCE is on.
    pub challenge: Option<&'a str>,
}

impl AuthorizationRequest<'_> {
    /// The address to open. `prompt=consent` because Atlassian requires it: the page is shown even to a person who
    /// allowed before, so that the account can be seen and switched.
    #[must_use]
    pub fn url(&self) -> String {
        let scopes = self.scopes.join(" ");
        let mut parameters = vec![
            ("audience", "api.atlassian.com"),
            ("client_id", self.client_id),
            ("scope", &scopes),
            ("redirect_uri", self.redirect_uri),
            ("state", self.state.reveal()),
            ("response_type", "code"),
            ("prompt", "consent"),
        ];
        if let Some(challenge) = self.challenge {
            parameters.extend([("code_challenge", challenge), ("code_challenge_method", "S256")]);
        }
        let query: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        format!("{}/authorize?{}", self.origin, query.join("&"))
    }
}

/// The lower-case hexadecimal SHA-256 of a `state`: under this name its session is stored, so that storage never
/// holds the `state` itself in the clear.
#[must_use]
pub fn fingerprint(state: &Secret) -> String {
    crate::url::hex(&Sha256::digest(state.reveal().as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_seven_parameters_and_the_challenge_are_sent() {
        let state = Secret::new("s t".into());
        let request = AuthorizationRequest {
            origin: "https://auth.atlassian.com",
            client_id: "client",
            scopes: &["read:me", "offline_access"],
            redirect_uri: "https://example.invalid/x1/a?b",
            state: &state,
            challenge: Some("c"),
        };
        assert_eq!(
            request.url(),
            "https://auth.atlassian.com/authorize?audience=api.atlassian.com&client_id=client\
             &scope=read%3Ame%20offline_access&redirect_uri=https%3A%2F%2Fexample.invalid%2Fx1%2Fa%3Fb&state=s%20t\
             &response_type=code&prompt=consent&code_challenge=c&code_challenge_method=S256"
        );
        let plain = AuthorizationRequest { challenge: None, ..request };
        assert!(!plain.url().contains("code_challenge"));
    }
}
