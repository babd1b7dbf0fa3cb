//! Jira's refusals, in Jira's shape: `{"errorMessages": [], "errors": {}}`.

use crate::http::Response;
use serde_json::{Map, Value, json};

/// Why Jira does nothing.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    messages: Vec<String>,
    errors: Map<String, Value>,
}

impl Refusal {
    /// A refusal in one sentence.
    pub(crate) fn new(status: u16, message: impl Into<String>) -> Self {
        Self { status, messages: vec![message.into()], errors: Map::new() }
    }

    /// A refusal that names the field at fault.
    pub(crate) fn field(status: u16, field: impl Into<String>, message: impl Into<String>) -> Self {
        let errors = Map::from_iter([(field.into(), Value::String(message.into()))]);
        Self { status, messages: Vec::new(), errors }
    }

    pub(crate) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, message)
    }

    pub(crate) fn forbidden(message: impl Into<String>) -> Self {
        Self::new(403, message)
    }

    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self::new(404, message)
    }

    pub(crate) fn no_project(id_or_key: &str) -> Self {
        Self::not_found(format!("No project could be found with key '{id_or_key}'."))
    }

    pub(crate) fn no_issue() -> Self {
        Self::not_found("Issue does not exist or you do not have permission to see it.")
    }

    pub(crate) fn no_user() -> Self {
        Self::not_found("Specified user does not exist or you do not have required permissions")
    }
}

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Self {
        let body = json!({ "errorMessages": refusal.messages, "errors": refusal.errors });
        Self { status: refusal.status, headers: Vec::new(), body: Some(body) }
    }
}
