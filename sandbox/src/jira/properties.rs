//! Properties of comments.

use super::Call;
use super::answer::Answer;
use super::comments::Comment;
use super::errors::Refusal;
use super::issues::Issue;
use super::projects::Project;
use crate::http::encode;
use serde_json::{Value, json};

/// Longest key, and longest value written as JSON, in characters.
const LONGEST: (usize, usize) = (255, 32_768);

/// The comment that the path names, if the caller may read it.
fn readable<'a>(call: &'a Call<'_>) -> Result<(&'a Project, &'a Issue, &'a Comment), Refusal> {
    let asked = call.parameter(0);
    let id: u64 = asked.parse().map_err(|_| Refusal::bad_request(format!("The comment id '{asked}' is invalid.")))?;
    let unknown = || Refusal::not_found(format!("Can not find a comment for the id: {asked}."));
    let comment = call.site.comments.get(&id).ok_or_else(unknown)?;
    let (project, issue) = call.site.issue(comment.issue_id).ok_or_else(unknown)?;
    if !call.may_on("BROWSE_PROJECTS", project, issue) || !comment.visible_to(call.account_id, call.site, project) {
        return Err(unknown());
    }
    Ok((project, issue, comment))
}

/// The number of the comment that the path names, if the caller may change it.
fn changeable(call: &Call<'_>) -> Result<u64, Refusal> {
    let (project, issue, comment) = readable(call)?;
    if call.may_change("EDIT_ALL_COMMENTS", "EDIT_OWN_COMMENTS", project, issue, comment) {
        Ok(comment.id)
    } else {
        Err(Refusal::forbidden("You do not have the permission to edit this comment."))
    }
}

fn unknown(key: &str) -> Refusal {
    Refusal::not_found(format!("The property '{key}' does not exist."))
}

/// `GET /comment/{commentId}/properties`.
pub(crate) fn keys(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (.., comment) = readable(call)?;
    let view = call.view();
    let link = |key: &str| view.link(&format!("comment/{}/properties/{}", comment.id, encode(key)));
    let keys: Vec<Value> = comment.properties.keys().map(|key| json!({ "self": link(key), "key": key })).collect();
    let count = keys.len();
    Ok(Answer::ok(json!({ "keys": keys })).reading(count))
}

/// `GET /comment/{commentId}/properties/{propertyKey}`.
pub(crate) fn property(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (.., comment) = readable(call)?;
    let key = call.parameter(1);
    let value = comment.properties.get(key).ok_or_else(|| unknown(key))?;
    Ok(Answer::ok(json!({ "key": key, "value": value })).reading(1))
}

/// `PUT /comment/{commentId}/properties/{propertyKey}`.
pub(crate) fn set(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = changeable(call)?;
    let key = call.parameter(1);
    let Some(value) = call.body else { return Err(Refusal::bad_request("The property value is missing.")) };
    if key.chars().count() > LONGEST.0 || value.to_string().chars().count() > LONGEST.1 {
        return Err(Refusal::bad_request("The property key or value is too long."));
    }
    let comment = call.site.comments.get_mut(&id).ok_or_else(|| unknown(key))?;
    let before = comment.properties.insert(key.to_owned(), value.clone());
    Ok(Answer::empty(if before.is_some() { 200 } else { 201 }))
}

/// `DELETE /comment/{commentId}/properties/{propertyKey}`.
pub(crate) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let id = changeable(call)?;
    let key = call.parameter(1);
    let comment = call.site.comments.get_mut(&id).ok_or_else(|| unknown(key))?;
    comment.properties.remove(key).map(|_| Answer::empty(204)).ok_or_else(|| unknown(key))
}

#[cfg(test)]
mod tests {
    use crate::trial::{ANA, BEN, NARROW, Trial, texts};
    use serde_json::json;

    fn bens_comment(trial: &mut Trial) -> String {
        let id = trial.get(ANA, "/issue/MOB-1/comment").1["comments"][0]["id"].clone();
        format!("/comment/{}/properties", id.as_str().unwrap_or_default())
    }

    #[test]
    fn a_property_that_cannot_be_read_or_written_is_refused() {
        let mut trial = Trial::new();
        let path = bens_comment(&mut trial);
        let billing =
            trial.get(ANA, "/issue/BIL-1/comment").1["comments"][0]["id"].as_str().unwrap_or_default().to_owned();
        for (who, path, status) in [
            (ANA, "/comment/x/properties", 400),
            (ANA, "/comment/1/properties", 404),
            (NARROW, format!("/comment/{billing}/properties").as_str(), 404),
            (ANA, format!("{path}/none").as_str(), 404),
        ] {
            assert_eq!(trial.get(who, path).0, status, "{who} {path}");
        }
        assert_eq!(trial.send(ANA, "PUT", &format!("{path}/k"), json!(1)).0, 403);
        assert_eq!(trial.delete(ANA, &format!("{path}/k")), 403);
        assert_eq!(trial.delete(BEN, &format!("{path}/none")), 404);
        assert_eq!(trial.send(BEN, "PUT", &format!("{path}/{}", "k".repeat(256)), json!(1)).0, 400);
        assert_eq!(trial.send(BEN, "PUT", &format!("{path}/k"), json!("x".repeat(32_767))).0, 400);
        assert_eq!(trial.get(BEN, &path).1["keys"], json!([]));
    }

    #[test]
    fn a_property_is_created_replaced_and_deleted() {
        let mut trial = Trial::new();
        let path = bens_comment(&mut trial);
        let one = format!("{path}/a%2Fb");
        assert_eq!(trial.send(BEN, "PUT", &one, json!({ "n": 1 })).0, 201);
        assert_eq!(trial.send(BEN, "PUT", &one, json!({ "n": 2 })).0, 200);
        assert_eq!(trial.get(ANA, &one).1, json!({ "key": "a/b", "value": { "n": 2 } }));
        let keys = trial.get(ANA, &path).1;
        assert_eq!(texts(&keys["keys"], "/key"), ["a/b"]);
        assert!(texts(&keys["keys"], "/self")[0].ends_with("/a%2Fb"));
        assert_eq!(trial.delete(BEN, &one), 204);
        assert_eq!(trial.get(ANA, &one).0, 404);
    }
}
