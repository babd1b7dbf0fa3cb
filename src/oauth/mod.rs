//! OAuth 2.0 messages as Atlassian speaks them: pure builders and readers.
//!
//! RFC 6749 (the framework), RFC 7636 (PKCE), RFC 9207 (`iss`), RFC 9700 (security practice), and
//! <https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/> where Atlassian differs: JSON bodies, no
//! `token_type`, 403 for a dead grant. Why this is not the `oauth2` crate stands in ARCHITECTURE.md.

pub mod authorization_request;
pub mod pkce;
pub mod redirect;
pub mod token;
