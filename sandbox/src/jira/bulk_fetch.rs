//! Several issues at once.

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::issues::{self, Issue};
use super::projects::Project;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// More than these are not answered at once.
const MOST: usize = 100;

/// `POST /issue/bulkfetch`. What the caller does not see is left out without a word.
pub(crate) fn fetch(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let body = call.object()?;
    let texts = |name: &str| -> Vec<&str> {
        body.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect()
    };
    let asked = texts("issueIdsOrKeys");
    if asked.is_empty() || asked.len() > MOST {
        return Err(Refusal::bad_request(format!("Between 1 and {MOST} issues can be fetched at once.")));
    }
    let wanted = texts("fields");
    let seen: BTreeMap<u64, (&Project, &Issue)> =
        asked.iter().filter_map(|issue| call.issue(issue).ok()).map(|found| (found.1.id, found)).collect();
    let rows = seen.values().map(|(project, issue)| {
        let mut row = issues::delivered(&call.view(), project, issue, false);
        if let Some(fields) = row["fields"].as_object_mut() {
            fields.retain(|name, _| wanted.contains(&name.as_str()));
        }
        row
    });
    let rows: Vec<Value> = rows.collect();
    let read = rows.len();
    Ok(Answer::ok(json!({ "issues": rows, "issueErrors": [] })).reading(read))
}

#[cfg(test)]
mod tests {
    use crate::trial::{ANA, Trial};
    use serde_json::{Value, json};

    #[test]
    fn what_one_does_not_see_is_left_out_and_no_more_than_a_hundred_are_answered() {
        let mut trial = Trial::new();
        let mut fetch = |issues: Value| {
            let body = json!({ "issueIdsOrKeys": issues, "fields": ["updated"] });
            let (status, body) = trial.send(ANA, "POST", "/issue/bulkfetch", body);
            let keys: Vec<Value> =
                body["issues"].as_array().into_iter().flatten().map(|issue| issue["key"].clone()).collect();
            (status, keys)
        };
        assert_eq!(
            fetch(json!(["mob-2", "MOB-1", "LEG-1", "MOB-1", "../x"])),
            (200, vec![json!("MOB-1"), json!("MOB-2")])
        );
        assert_eq!(fetch(json!([])).0, 400);
        assert_eq!(fetch(json!(vec!["MOB-1"; 101])).0, 400);
    }
}
