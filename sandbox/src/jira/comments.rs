//! Comments.

use super::Call;
use super::adf;
use super::answer::Answer;
use super::errors::Refusal;
use super::issues::Issue;
use super::paging::Window;
use super::people;
use super::projects::Project;
use super::roles::ROLES;
use super::site::Site;
use super::view::View;
use super::webhooks::{Event, publish};
use crate::instant;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// One issue takes no more comments.
const MOST: usize = 5_000;

/// To whom a comment is restricted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Visibility {
    /// Members of a group, by `groupId`.
    Group(String),
    /// Those who play a role in the project.
    Role(u64),
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) issue_id: u64,
    pub(crate) author: String,
    pub(crate) update_author: String,
    pub(crate) body: Value,
    pub(crate) visibility: Option<Visibility>,
    pub(crate) created_ms: i64,
    pub(crate) updated_ms: i64,
    pub(crate) properties: BTreeMap<String, Value>,
}

impl Comment {
    /// Whether an account that may browse the issue may read the comment.
    pub(crate) fn visible_to(&self, account_id: &str, site: &Site, project: &Project) -> bool {
        self.visibility.as_ref().is_none_or(|visibility| visibility.includes(account_id, site, project))
    }

    /// Service projects show a comment to customers unless this property says otherwise.
    fn public(&self) -> bool {
        self.properties.get("sd.public.comment").is_none_or(|property| property["internal"] != true)
    }
}

impl Visibility {
    fn includes(&self, account_id: &str, site: &Site, project: &Project) -> bool {
        match self {
            Self::Group(id) => site.groups.get(id).is_some_and(|group| group.has(account_id)),
            Self::Role(role) => site.plays(account_id, *role, project),
        }
    }

    /// Reads `visibility` of a body: by identifier, else by name.
    fn read(value: &Value, site: &Site) -> Option<Self> {
        let (identifier, name) = (value["identifier"].as_str(), value["value"].as_str());
        match value["type"].as_str()? {
            "group" => match identifier {
                Some(id) => site.groups.contains_key(id).then(|| Self::Group(id.to_owned())),
                None => site.group_named(name?).map(|(id, _)| Self::Group(id.to_owned())),
            },
            "role" => ROLES
                .iter()
                .find(|(id, own)| identifier.map_or(name == Some(*own), |asked| id.to_string() == asked))
                .map(|(id, _)| Self::Role(*id)),
            _ => None,
        }
    }

    fn to_json(&self, site: &Site) -> Value {
        let (kind, identifier, name) = match self {
            Self::Group(id) => ("group", id.clone(), site.groups.get(id).map(|group| group.name.as_str())),
            Self::Role(role) => {
                ("role", role.to_string(), ROLES.iter().find(|(id, _)| id == role).map(|(_, name)| *name))
            }
        };
        json!({ "type": kind, "identifier": identifier, "value": name.unwrap_or(&identifier) })
    }
}

/// Jira's `Comment`; `expand` may name `renderedBody` and `properties`.
pub(crate) fn comment_json(view: &View<'_>, issue: &Issue, comment: &Comment, expand: &[&str]) -> Value {
    let person = |id: &str| view.directory.get(id).map_or(Value::Null, |account| people::user_details(view, account));
    let body = if view.plain { json!(adf::plain_text(&comment.body)) } else { comment.body.clone() };
    let mut shown = json!({
        "self": view.link(&format!("issue/{}/comment/{}", issue.id, comment.id)),
        "id": comment.id.to_string(),
        "author": person(&comment.author),
        "body": body,
        "updateAuthor": person(&comment.update_author),
        "created": instant::jira(comment.created_ms),
        "updated": instant::jira(comment.updated_ms),
        "jsdPublic": comment.public(),
    });
    if let Some(visibility) = &comment.visibility {
        shown["visibility"] = visibility.to_json(view.site);
    }
    if expand.contains(&"renderedBody") {
        shown["renderedBody"] = json!(adf::html(&comment.body));
    }
    if expand.contains(&"properties") {
        let properties = comment.properties.iter().map(|(key, value)| json!({ "key": key, "value": value }));
        shown["properties"] = properties.collect();
    }
    shown
}

/// The comments of an issue that the caller may read, oldest first.
pub(crate) fn visible<'a>(call: &'a Call<'_>, project: &Project, issue: &Issue) -> Vec<&'a Comment> {
    let own = issue.comments.iter().filter_map(|id| call.site.comments.get(id));
    own.filter(|comment| comment.visible_to(call.account_id, call.site, project)).collect()
}

impl Call<'_> {
    /// The comment that a path names, with its issue and project, if the caller may read it.
    fn comment(&self) -> Result<(&Project, &Issue, &Comment), Refusal> {
        let (project, issue) = self.issue(self.parameter(0))?;
        let asked = self.parameter(1);
        self.site
            .comments
            .get(&asked.parse().unwrap_or_default())
            .filter(|comment| comment.issue_id == issue.id)
            .filter(|comment| comment.visible_to(self.account_id, self.site, project))
            .map(|comment| (project, issue, comment))
            .ok_or_else(|| Refusal::not_found(format!("Can not find a comment for the id: {asked}.")))
    }

    /// Whether the caller holds the permission for all comments, or the one for own comments on an own one.
    pub(crate) fn may_change(&self, all: &str, own: &str, project: &Project, issue: &Issue, comment: &Comment) -> bool {
        self.may_on(all, project, issue) || (comment.author == self.account_id && self.may_on(own, project, issue))
    }
}

fn answer(call: &Call<'_>, issue: &Issue, comment: &Comment) -> Value {
    let expand: Vec<&str> = call.target.list("expand").collect();
    comment_json(&call.view(), issue, comment, &expand)
}

/// `GET /issue/{issueIdOrKey}/comment`.
pub(crate) fn comments(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let window = Window::of(call, MOST, MOST)?;
    let (project, issue) = call.issue(call.parameter(0))?;
    let mut found = visible(call, project, issue);
    // A plus sign stands for a space in a query, and both mean ascending.
    match call.target.first("orderBy") {
        None | Some("created" | "+created" | " created") => {}
        Some("-created") => found.reverse(),
        Some(other) => return Err(Refusal::bad_request(format!("'{other}' is not a valid order."))),
    }
    let total = found.len();
    let shown: Vec<Value> = window.cut(found).into_iter().map(|comment| answer(call, issue, comment)).collect();
    let count = shown.len();
    let page = json!({ "startAt": window.start, "maxResults": window.size, "total": total, "comments": shown });
    Ok(Answer::ok(page).reading(count))
}

/// `GET /issue/{issueIdOrKey}/comment/{id}`.
pub(crate) fn comment(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (_, issue, comment) = call.comment()?;
    Ok(Answer::ok(answer(call, issue, comment)).reading(1))
}

/// What a body says of a comment.
struct Written {
    body: Value,
    visibility: Option<Visibility>,
    properties: BTreeMap<String, Value>,
}

fn read(call: &Call<'_>, project: &Project) -> Result<Written, Refusal> {
    let sent = call.object()?;
    let body = sent.get("body").filter(|body| adf::is_document(body)).cloned();
    let body = body.ok_or_else(|| Refusal::field(400, "comment", "Comment body is not valid!"))?;
    let visibility = match sent.get("visibility").filter(|value| !value.is_null()) {
        None => None,
        Some(value) => Some(
            Visibility::read(value, call.site)
                .filter(|visibility| visibility.includes(call.account_id, call.site, project))
                .ok_or_else(|| Refusal::field(400, "commentLevel", "You are not in this group or role."))?,
        ),
    };
    let mut properties = BTreeMap::new();
    for property in sent.get("properties").and_then(Value::as_array).into_iter().flatten() {
        let (Some(key), Some(value)) = (property["key"].as_str(), property.get("value")) else {
            return Err(Refusal::bad_request("An entity property needs a key and a value."));
        };
        properties.insert(key.to_owned(), value.clone());
    }
    Ok(Written { body, visibility, properties })
}

/// `POST /issue/{issueIdOrKey}/comment`.
pub(crate) fn add(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (project, issue) = call.issue(call.parameter(0))?;
    if !call.may_on("ADD_COMMENTS", project, issue) {
        return Err(Refusal::bad_request("You do not have the permission to comment on this issue."));
    }
    let written = read(call, project)?;
    if issue.comments.len() >= MOST {
        return Err(Refusal::new(413, "The issue has too many comments."));
    }
    let issue_id = issue.id;
    let comment = Comment {
        id: call.site.fresh_id(),
        issue_id,
        author: call.account_id.to_owned(),
        update_author: call.account_id.to_owned(),
        body: written.body,
        visibility: written.visibility,
        created_ms: call.now_ms,
        updated_ms: call.now_ms,
        properties: written.properties,
    };
    call.site.comments.insert(comment.id, comment.clone());
    if let Some(issue) = call.site.issues.get_mut(issue_id) {
        issue.comments.push(comment.id);
        issue.updated_ms = call.now_ms;
    }
    tell(call, "comment_created", &comment);
    let (_, issue) = call.issue(call.parameter(0))?;
    Ok(Answer::created(answer(call, issue, &comment)))
}

/// `PUT /issue/{issueIdOrKey}/comment/{id}`.
pub(crate) fn edit(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (project, issue, comment) = call.comment()?;
    if !call.may_change("EDIT_ALL_COMMENTS", "EDIT_OWN_COMMENTS", project, issue, comment) {
        return Err(Refusal::bad_request("You do not have the permission to edit this comment."));
    }
    let written = read(call, project)?;
    let mut comment = comment.clone();
    comment.body = written.body;
    comment.visibility = written.visibility;
    comment.properties.extend(written.properties);
    call.account_id.clone_into(&mut comment.update_author);
    comment.updated_ms = call.now_ms;
    call.site.comments.insert(comment.id, comment.clone());
    if let Some(issue) = call.site.issues.get_mut(comment.issue_id) {
        issue.updated_ms = call.now_ms;
    }
    tell(call, "comment_updated", &comment);
    let (_, issue, comment) = call.comment()?;
    Ok(Answer::ok(answer(call, issue, comment)))
}

/// `DELETE /issue/{issueIdOrKey}/comment/{id}`.
pub(crate) fn delete(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let (project, issue, comment) = call.comment()?;
    if !call.may_change("DELETE_ALL_COMMENTS", "DELETE_OWN_COMMENTS", project, issue, comment) {
        return Err(Refusal::bad_request("You do not have the permission to delete this comment."));
    }
    let comment = comment.clone();
    call.site.comments.remove(&comment.id);
    if let Some(issue) = call.site.issues.get_mut(comment.issue_id) {
        issue.comments.retain(|id| *id != comment.id);
    }
    tell(call, "comment_deleted", &comment);
    Ok(Answer::empty(204))
}

/// In the cloud a change of a comment is an event of its own, and not also an update of its issue.
fn tell(call: &mut Call<'_>, name: &'static str, comment: &Comment) {
    let issue_id = comment.issue_id;
    let comment = Some(comment.clone());
    publish(call, &Event { name, issue_id, comment, details: Map::new(), changed: Vec::new() });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jira::adf::paragraph;
    use crate::trial::{ANA, BEN, CHLOE, HUGO, MARIA, NARROW, SITE, Trial, texts};

    #[test]
    fn a_comment_that_cannot_be_added_is_refused() {
        let mut trial = Trial::new();
        trial.world.set_project_permission(SITE, "MOB", "ADD_COMMENTS", NARROW, false).expect("exists");
        let body = json!({ "body": paragraph("x") });
        let mut restricted = body.clone();
        restricted["visibility"] = json!({ "type": "group", "value": "jira-admins" });
        let mut unknown = body.clone();
        unknown["visibility"] = json!({ "type": "role", "identifier": "7" });
        let mut keyless = body.clone();
        keyless["properties"] = json!([{ "value": 1 }]);
        for (who, issue, body, status) in [
            (NARROW, "MOB-1", &body, 400),
            (NARROW, "BIL-1", &body, 404),
            (ANA, "MOB-1", &json!({ "body": "plain" }), 400),
            (ANA, "MOB-1", &json!({}), 400),
            (ANA, "MOB-1", &json!("x"), 400),
            (ANA, "MOB-1", &restricted, 400),
            (ANA, "MOB-1", &unknown, 400),
            (ANA, "MOB-1", &keyless, 400),
        ] {
            let path = format!("/issue/{issue}/comment");
            assert_eq!(trial.send(who, "POST", &path, body.clone()).0, status, "{who} {issue} {body}");
        }
        assert_eq!(trial.get(ANA, "/issue/MOB-1/comment").1["total"], 2);
    }

    #[test]
    fn an_issue_that_is_full_takes_no_more() {
        let mut trial = Trial::new();
        let site = trial.world.sites.get_mut(SITE).expect("exists");
        let id = site.issue_id("MOB-1").expect("exists");
        site.issues.get_mut(id).expect("exists").comments.resize(MOST, 0);
        assert_eq!(trial.send(ANA, "POST", "/issue/MOB-1/comment", json!({ "body": paragraph("x") })).0, 413);
    }

    #[test]
    fn comments_of_others_need_the_permission_for_all() {
        let mut trial = Trial::new();
        let id = trial.get(ANA, "/issue/MOB-1/comment").1["comments"][0]["id"].as_str().unwrap_or_default().to_owned();
        let path = format!("/issue/MOB-1/comment/{id}");
        let body = json!({ "body": paragraph("changed") });
        // The comment is Ben's.
        assert_eq!(trial.send(ANA, "PUT", &path, body.clone()).0, 400);
        assert_eq!(trial.delete(ANA, &path), 400);
        assert_eq!(trial.send(BEN, "PUT", &path, body.clone()).0, 200);
        let (status, changed) = trial.send(MARIA, "PUT", &path, body);
        assert_eq!(
            (status, &changed["author"]["accountId"], &changed["updateAuthor"]["accountId"]),
            (200, &json!(BEN), &json!(MARIA))
        );
        for path in [
            format!("/issue/MOB-2/comment/{id}"),
            "/issue/MOB-1/comment/x".to_owned(),
            "/issue/MOB-1/comment/0".to_owned(),
        ] {
            assert_eq!(trial.get(ANA, &path).0, 404, "{path}");
        }
        assert_eq!(trial.delete(MARIA, &path), 204);
        assert_eq!(trial.get(ANA, &path).0, 404);
    }

    #[test]
    fn a_restricted_comment_is_there_for_those_it_is_meant_for() {
        let mut trial = Trial::new();
        for (visibility, sees) in [
            (json!({ "type": "group", "value": "service-desk-agents" }), [true, false, false]),
            (json!({ "type": "role", "value": "Developers" }), [true, true, false]),
        ] {
            let body = json!({ "body": paragraph("x"), "visibility": visibility });
            let (status, comment) = trial.send(BEN, "POST", "/issue/MOB-1/comment", body);
            assert_eq!((status, &comment["visibility"]["value"]), (201, &visibility["value"]));
            let id = comment["id"].as_str().unwrap_or_default().to_owned();
            for (who, sees) in [BEN, ANA, CHLOE].into_iter().zip(sees) {
                let list = trial.get(who, "/issue/MOB-1/comment").1;
                assert_eq!(texts(&list["comments"], "/id").contains(&id.as_str()), sees, "{who} {visibility}");
                let issue = trial.get(who, "/issue/MOB-1").1;
                assert_eq!(texts(&issue["fields"]["comment"]["comments"], "/id").contains(&id.as_str()), sees);
                let status = if sees { 200 } else { 404 };
                assert_eq!(trial.get(who, &format!("/issue/MOB-1/comment/{id}")).0, status, "{who} {visibility}");
                assert_eq!(trial.get(who, &format!("/comment/{id}/properties")).0, status, "{who} {visibility}");
            }
        }
    }

    #[test]
    fn comments_come_in_order_and_in_pages() {
        let mut trial = Trial::new();
        let order = |trial: &mut Trial, query: &str| {
            let page = trial.get(ANA, &format!("/issue/MOB-1/comment?{query}")).1;
            texts(&page["comments"], "/author/displayName").into_iter().map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(order(&mut trial, ""), ["Ben Sato", "Ana Lima"]);
        assert_eq!(order(&mut trial, "orderBy=-created"), ["Ana Lima", "Ben Sato"]);
        assert_eq!(order(&mut trial, "orderBy=+created&startAt=1"), ["Ana Lima"]);
        assert_eq!(order(&mut trial, "maxResults=1"), ["Ben Sato"]);
        assert_eq!(trial.get(ANA, "/issue/MOB-1/comment?orderBy=author").0, 400);
        assert_eq!(trial.get(NARROW, "/issue/BIL-1/comment").0, 404);
    }

    #[test]
    fn rendered_text_and_properties_come_when_asked_for() {
        let mut trial = Trial::new();
        let body = json!({
            "body": paragraph("<i>"),
            "properties": [{ "key": "sd.public.comment", "value": { "internal": true } }],
        });
        let (status, comment) = trial.send(HUGO, "POST", "/issue/SUP-1/comment?expand=renderedBody", body);
        assert_eq!((status, &comment["renderedBody"]), (201, &json!("<p>&lt;i&gt;</p>")));
        assert_eq!((&comment["jsdPublic"], comment.get("properties")), (&json!(false), None));
        let path = format!("/issue/SUP-1/comment/{}?expand=properties", comment["id"].as_str().unwrap_or_default());
        assert_eq!(texts(&trial.get(ANA, &path).1["properties"], "/key"), ["sd.public.comment"]);
    }
}
