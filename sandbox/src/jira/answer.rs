//! Jira's answers, with what they cost.

use crate::http::Response;
use serde_json::Value;

/// An answer, and how many objects it read: the price is counted from them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    status: u16,
    body: Option<Value>,
    core_objects: usize,
    identity_objects: usize,
}

impl Answer {
    pub(crate) const fn ok(body: Value) -> Self {
        Self { status: 200, body: Some(body), core_objects: 0, identity_objects: 0 }
    }

    pub(crate) const fn created(body: Value) -> Self {
        Self { status: 201, body: Some(body), core_objects: 0, identity_objects: 0 }
    }

    /// An answer without a body.
    pub(crate) const fn empty(status: u16) -> Self {
        Self { status, body: None, core_objects: 0, identity_objects: 0 }
    }

    /// Projects, issues, comments and the like that were read.
    pub(crate) fn reading(self, core_objects: usize) -> Self {
        Self { core_objects, ..self }
    }

    /// Users, groups, roles and permissions that were read.
    pub(crate) fn reading_identity(self, identity_objects: usize) -> Self {
        Self { identity_objects, ..self }
    }

    /// The price: one point, one for each core object and two for each identity object that was read.
    pub(crate) fn points(&self) -> u64 {
        let objects = self.core_objects.saturating_add(self.identity_objects.saturating_mul(2));
        u64::try_from(objects).unwrap_or(u64::MAX).saturating_add(1)
    }
}

impl From<Answer> for Response {
    fn from(answer: Answer) -> Self {
        Self { status: answer.status, headers: Vec::new(), body: answer.body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_costs_one_point_and_a_read_what_it_reads() {
        assert_eq!(Answer::empty(204).points(), 1);
        assert_eq!(Answer::ok(Value::Null).reading(3).reading_identity(4).points(), 12);
    }
}
