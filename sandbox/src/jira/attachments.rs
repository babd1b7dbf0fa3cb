//! Files on issues. A form arrives here with its parts taken out: `{"file": {"name", "type", "content"}}`.

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::people;
use super::view::View;
use crate::instant;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Longest file, in characters.
const LONGEST: usize = 200_000;

/// A file on an issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Attachment {
    id: u64,
    name: String,
    mime_type: String,
    content: String,
    author: String,
    created_ms: i64,
}

impl Attachment {
    /// Jira's `Attachment`.
    pub(crate) fn to_json(&self, view: &View<'_>) -> Value {
        let Self { id, name, mime_type, content, author, created_ms } = self;
        let author = view.directory.get(author).map_or(Value::Null, |account| people::user_details(view, account));
        json!({
            "self": view.link(&format!("attachment/{id}")),
            "id": id.to_string(),
            "filename": name,
            "author": author,
            "created": instant::jira(*created_ms),
            "size": content.len(),
            "mimeType": mime_type,
            "content": view.link(&format!("attachment/content/{id}")),
        })
    }
}

/// `POST /issue/{issueIdOrKey}/attachments`.
pub(crate) fn attach(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (project, issue) = call.issue(call.parameter(0))?;
    if !call.may_on("CREATE_ATTACHMENTS", project, issue) {
        return Err(Refusal::forbidden("You do not have permission to create attachments for this issue."));
    }
    let issue_id = issue.id;
    let file = call.body.map(|body| &body["file"]);
    let text = |name: &str| file.and_then(|file| file[name].as_str()).map(str::to_owned);
    // A form without a file is taken, and nothing comes of it.
    let (Some(name), Some(content)) = (text("name"), text("content")) else { return Ok(Answer::ok(json!([]))) };
    if content.chars().count() > LONGEST {
        return Err(Refusal::new(413, "The attachment is too large."));
    }
    let mime_type = text("type").unwrap_or_else(|| "application/octet-stream".to_owned());
    let (id, author, created_ms) = (call.site.fresh_id(), call.account_id.to_owned(), call.now_ms);
    let attachment = Attachment { id, name, mime_type, content, author, created_ms };
    let shown = attachment.to_json(&call.view());
    if let Some(issue) = call.site.issues.get_mut(issue_id) {
        issue.updated_ms = created_ms;
        issue.attachments.push(attachment);
    }
    Ok(Answer::ok(json!([shown])))
}

#[cfg(test)]
mod tests {
    use crate::trial::{ANA, CHLOE, MARIA, NARROW, SITE, Trial};
    use serde_json::{Value, json};

    fn form(content: &str) -> Value {
        json!({ "file": { "name": "a.txt", "type": "text/plain", "content": content } })
    }

    #[test]
    fn who_may_not_attach_is_refused_and_nothing_is_kept() {
        let mut trial = Trial::new();
        trial.world.set_project_permission(SITE, "MOB", "CREATE_ATTACHMENTS", CHLOE, false).expect("exists");
        for (who, issue, body, status) in [
            (CHLOE, "MOB-1", form("x"), 403),
            (NARROW, "BIL-1", form("x"), 404),
            (ANA, "MOB-1", form(&"x".repeat(super::LONGEST + 1)), 413),
        ] {
            assert_eq!(trial.send(who, "POST", &format!("/issue/{issue}/attachments"), body).0, status, "{who}");
        }
        assert_eq!(trial.send(ANA, "POST", "/issue/MOB-1/attachments", json!({})), (200, json!([])));
        assert_eq!(trial.get(MARIA, "/issue/MOB-1").1["fields"]["attachment"], json!([]));
    }

    #[test]
    fn a_file_is_on_its_issue_and_goes_with_it() {
        let mut trial = Trial::new();
        let (status, answer) = trial.send(ANA, "POST", "/issue/MOB-1/attachments", form("héllo"));
        assert_eq!((status, &answer[0]["filename"], &answer[0]["size"]), (200, &json!("a.txt"), &json!(6)));
        let shown = trial.get(MARIA, "/issue/MOB-1").1["fields"]["attachment"].clone();
        assert_eq!(shown[0]["author"]["accountId"], ANA);
        assert_eq!(trial.delete(MARIA, "/issue/MOB-1"), 204);
        assert_eq!(trial.get(MARIA, "/issue/MOB-1").0, 404);
    }
}
