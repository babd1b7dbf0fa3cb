//! Atlassian's authorization server as its clients meet it: codes, rotating refresh tokens, reuse detection.
//!
//! <https://developer.atlassian.com/cloud/oauth/getting-started/refresh-tokens/>. The local host runs a real OAuth
//! server instead; this one is for tests, where a thousand grants must cost nothing.

use crate::http::Target;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const MINUTE_MS: i64 = 60 * 1000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// Life of an access token.
pub const ACCESS_LIFE_MS: i64 = 60 * MINUTE_MS;

/// For how long a refresh token may be presented again.
pub const LEEWAY_MS: i64 = 10 * MINUTE_MS;

const CODE_LIFE_MS: i64 = 5 * MINUTE_MS;
const IDLE_LIFE_MS: i64 = 90 * DAY_MS;

/// The client that the server knows.
pub const CLIENT_ID: &str = "sandbox-client";

/// Its secret: a canary that must turn up nowhere but in a token request.
pub const CLIENT_SECRET: &str = "canary-client-secret";

/// What an access token stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Introspection {
    /// Whose grant.
    pub account_id: String,
    /// What was granted.
    pub scopes: Vec<String>,
    /// Which sites.
    pub cloud_ids: Vec<String>,
}

#[derive(Clone)]
struct Code {
    grant: Introspection,
    redirect_uri: String,
    challenge: Option<String>,
    expires_at_ms: i64,
    /// The family that it was exchanged for.
    family: Option<usize>,
}

#[derive(Clone)]
struct Family {
    grant: Introspection,
    refresh: String,
    /// The token before, and when it was rotated away.
    rotated: Option<(String, i64)>,
    used_at_ms: i64,
    dead: bool,
}

/// The server.
#[derive(Clone)]
pub struct AuthorizationServer {
    /// What each account allowed the app last. There is one grant for an app and account, whatever it is used for: a new
    /// consent replaces the scopes of all its tokens.
    /// <https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/>
    consented: BTreeMap<String, Vec<String>>,
    codes: BTreeMap<String, Code>,
    families: Vec<Family>,
    /// Which family each refresh token was minted for.
    refreshes: BTreeMap<String, usize>,
    access: BTreeMap<String, (usize, i64)>,
    minted: u64,
    /// Whether a refresh token may be presented again within [`LEEWAY_MS`]. Without it every reuse kills the grant.
    pub leeway: bool,
    /// Whether the client's secret is honoured.
    pub accepts_client: bool,
    /// An answer to give to every token request in place of the right one.
    pub scripted_answer: Option<(u16, String)>,
    /// An account whose access tokens are not honoured, though its grant is.
    pub turned_away: Option<String>,
    /// An account whose refresh tokens get no definite answer.
    pub unanswered: Option<String>,
    /// How many refresh tokens were redeemed.
    pub redemptions: u64,
    /// How many were presented again outside the leeway.
    pub reuse_events: u64,
    /// How many token requests came.
    pub token_requests: u64,
}

impl Default for AuthorizationServer {
    fn default() -> Self {
        Self {
            consented: BTreeMap::new(),
            codes: BTreeMap::new(),
            families: Vec::new(),
            refreshes: BTreeMap::new(),
            access: BTreeMap::new(),
            minted: 0,
            leeway: true,
            accepts_client: true,
            scripted_answer: None,
            turned_away: None,
            unanswered: None,
            redemptions: 0,
            reuse_events: 0,
            token_requests: 0,
        }
    }
}

/// What a person does at the consent page.
#[derive(Clone, Debug)]
pub struct Consent<'a> {
    /// As whom they are signed in.
    pub account_id: &'a str,
    /// Which sites they choose.
    pub cloud_ids: &'a [&'a str],
    /// Scopes that the server withholds.
    pub withheld: &'a [&'a str],
}

impl AuthorizationServer {
    /// Somebody selects *Allow* on the page of this authorization request: the query of the redirect.
    ///
    /// # Panics
    /// When the request lacks one of the parameters that Atlassian requires: that is a fault of the app.
    pub fn allow(&mut self, url: &str, consent: &Consent<'_>, now_ms: i64) -> Vec<(String, String)> {
        let target = request(url);
        let scopes = target.first("scope").unwrap_or_default().split(' ');
        let scopes: Vec<String> = scopes.filter(|scope| !consent.withheld.contains(scope)).map(str::to_owned).collect();
        self.consented.insert(consent.account_id.to_owned(), scopes.clone());
        let code = self.mint("code");
        let grant = Introspection {
            account_id: consent.account_id.to_owned(),
            scopes,
            cloud_ids: consent.cloud_ids.iter().map(|id| (*id).to_owned()).collect(),
        };
        let challenge = target.first("code_challenge").map(str::to_owned);
        assert!(challenge.is_none() || target.first("code_challenge_method") == Some("S256"), "{url}");
        let redirect_uri = target.first("redirect_uri").unwrap_or_default().to_owned();
        let expires_at_ms = now_ms + CODE_LIFE_MS;
        self.codes.insert(code.clone(), Code { grant, redirect_uri, challenge, expires_at_ms, family: None });
        vec![("code".into(), code), ("state".into(), target.first("state").unwrap_or_default().to_owned())]
    }

    /// Somebody selects *Cancel*.
    #[must_use]
    pub fn decline(url: &str) -> Vec<(String, String)> {
        let state = request(url).first("state").unwrap_or_default().to_owned();
        vec![
            ("error".into(), "access_denied".into()),
            ("error_description".into(), "User did not authorize the request".into()),
            ("state".into(), state),
        ]
    }

    /// `POST /oauth/token`.
    pub fn token(&mut self, body: &Value, now_ms: i64) -> (u16, Value) {
        self.token_requests += 1;
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        if !self.accepts_client || text("client_id") != CLIENT_ID || text("client_secret") != CLIENT_SECRET {
            return (401, json!({ "error": "access_denied", "error_description": "Unauthorized" }));
        }
        match text("grant_type").as_str() {
            "authorization_code" => {
                self.exchange(&text("code"), &text("redirect_uri"), body["code_verifier"].as_str(), now_ms)
            }
            "refresh_token" => self.refresh(&text("refresh_token"), now_ms),
            _ => (400, json!({ "error": "unsupported_grant_type" })),
        }
    }

    fn exchange(&mut self, code: &str, redirect_uri: &str, verifier: Option<&str>, now_ms: i64) -> (u16, Value) {
        let Some(known) = self.codes.get(code).cloned() else { return dead("Invalid authorization code") };
        if let Some(family) = known.family {
            // RFC 6749 section 4.1.2: a code that comes twice takes its tokens with it.
            self.families[family].dead = true;
            return dead("Invalid authorization code");
        }
        let proved = match (&known.challenge, verifier) {
            (Some(challenge), Some(verifier)) => *challenge == challenge_of(verifier),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !proved || known.redirect_uri != redirect_uri || now_ms >= known.expires_at_ms {
            return dead("Invalid authorization code");
        }
        let refresh = self.mint("refresh");
        let family = self.families.len();
        self.refreshes.insert(refresh.clone(), family);
        let grant = known.grant.clone();
        self.families.push(Family { grant, refresh, rotated: None, used_at_ms: now_ms, dead: false });
        self.codes.insert(code.to_owned(), Code { family: Some(family), ..known });
        (200, self.tokens(family, now_ms))
    }

    fn refresh(&mut self, presented: &str, now_ms: i64) -> (u16, Value) {
        let unknown = "Unknown or invalid refresh token.";
        let is = |family: &Family| {
            family.refresh == presented || family.rotated.as_ref().is_some_and(|(token, _)| token == presented)
        };
        let minted = self.refreshes.get(presented).copied();
        let Some(index) = minted.filter(|index| is(&self.families[*index])) else { return dead(unknown) };
        if self
            .unanswered
            .as_ref()
            .is_some_and(|names| names.split(' ').any(|n| n == self.families[index].grant.account_id))
        {
            return (503, json!({}));
        }
        let family = &mut self.families[index];
        if family.dead || now_ms - family.used_at_ms >= IDLE_LIFE_MS {
            family.dead = true;
            return dead(unknown);
        }
        if family.refresh != presented {
            let within = family.rotated.as_ref().is_some_and(|(_, at_ms)| now_ms - at_ms < LEEWAY_MS);
            if self.leeway && within {
                return (200, self.tokens(index, now_ms));
            }
            family.dead = true;
            self.reuse_events += 1;
            return dead(unknown);
        }
        let next = self.mint("refresh");
        self.refreshes.insert(next.clone(), index);
        let family = &mut self.families[index];
        family.rotated = Some((std::mem::replace(&mut family.refresh, next), now_ms));
        family.used_at_ms = now_ms;
        self.redemptions += 1;
        (200, self.tokens(index, now_ms))
    }

    fn tokens(&mut self, family: usize, now_ms: i64) -> Value {
        let access = self.mint("access");
        self.access.insert(access.clone(), (family, now_ms + ACCESS_LIFE_MS));
        let Family { grant, refresh, .. } = &self.families[family];
        let scopes = self.scopes(grant);
        let mut answer =
            json!({ "access_token": access, "expires_in": ACCESS_LIFE_MS / 1000, "scope": scopes.join(" ") });
        if scopes.iter().any(|scope| scope == "offline_access") {
            answer["refresh_token"] = json!(refresh);
        }
        answer
    }

    fn scopes(&self, grant: &Introspection) -> Vec<String> {
        self.consented.get(&grant.account_id).unwrap_or(&grant.scopes).clone()
    }

    /// What an access token stands for, while it is good.
    #[must_use]
    pub fn introspect(&self, access: &str, now_ms: i64) -> Option<Introspection> {
        let (family, expires_at_ms) = self.access.get(access)?;
        let family = &self.families[*family];
        let grant = Introspection { scopes: self.scopes(&family.grant), ..family.grant.clone() };
        let honoured = self.turned_away.as_ref() != Some(&grant.account_id);
        (honoured && !family.dead && now_ms < *expires_at_ms).then_some(grant)
    }

    /// The person revokes the app, changes their password, or closes the account.
    pub fn revoke(&mut self, account_id: &str) {
        for family in self.families.iter_mut().filter(|family| family.grant.account_id == account_id) {
            family.dead = true;
        }
    }

    /// All access tokens of this account are void at once; its refresh tokens are good.
    pub fn expire_access(&mut self, account_id: &str) {
        let families = &self.families;
        for (family, expires) in self.access.values_mut() {
            if families[*family].grant.account_id == account_id {
                *expires = 0;
            }
        }
    }

    /// How many grants of this account are alive.
    #[must_use]
    pub fn live_grants(&self, account_id: &str) -> usize {
        self.families.iter().filter(|family| family.grant.account_id == account_id && !family.dead).count()
    }

    /// Every text that this server ever handed out: canaries for a search of leaks.
    pub fn secrets(&self) -> impl Iterator<Item = &str> {
        let refresh = self.families.iter().flat_map(|family| {
            std::iter::once(family.refresh.as_str()).chain(family.rotated.iter().map(|(token, _)| token.as_str()))
        });
        self.codes.keys().chain(self.access.keys()).map(String::as_str).chain(refresh)
    }

    fn mint(&mut self, kind: &str) -> String {
        self.minted += 1;
        format!("canary-{kind}-{:08}", self.minted)
    }
}

fn request(url: &str) -> Target {
    let path = url.strip_prefix("https://auth.atlassian.com").unwrap_or_default();
    let target = Target::parse(path).unwrap_or_else(|| panic!("no authorization request: {url}"));
    for name in ["audience", "client_id", "scope", "redirect_uri", "state", "response_type", "prompt"] {
        assert!(target.first(name).is_some_and(|value| !value.is_empty()), "{name} is required: {url}");
    }
    target
}

fn dead(description: &str) -> (u16, Value) {
    (403, json!({ "error": "invalid_grant", "error_description": description }))
}

fn challenge_of(verifier: &str) -> String {
    integration_plus::oauth::pkce::challenge(&integration_plus::secret::Secret::new(verifier.to_owned()))
}
