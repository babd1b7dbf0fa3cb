//! HTTP at the app's own web triggers: what comes in from anybody, and what goes out.

use crate::oauth::redirect::Query;
use crate::secret::Secret;

/// A request as a Forge web trigger hands it over.
pub struct WebRequest {
    /// `GET`, `POST`, ...
    pub method: String,
    /// Query parameters, each as often as it came.
    pub query: Query,
    /// The body as text; empty if there is none.
    pub body: String,
}

/// What a caller presents in headers of its own, beside the request. A header that came several times stands as one, with
/// commas between.
#[derive(Default)]
pub struct Presented {
    /// `X-Support-Code`.
    pub code: Option<Secret>,
    /// `X-Support-Signature`.
    pub signature: Option<String>,
}

/// An answer of a web trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebResponse {
    /// The status.
    pub status: u16,
    /// Headers, each once.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: String,
}

impl WebResponse {
    /// An answer without a body.
    #[must_use]
    pub fn empty(status: u16) -> Self {
        Self { status, headers: vec![("Cache-Control", "no-store".into())], body: String::new() }
    }

    /// The answer to a method that the endpoint does not know.
    #[must_use]
    pub fn method_not_allowed(allowed: &str) -> Self {
        let mut response = Self::empty(405);
        response.headers.push(("Allow", allowed.to_owned()));
        response
    }
}
