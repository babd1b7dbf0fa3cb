//! People as a site shows them.

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::groups::group_name;
use super::paging::Window;
use super::permissions::named;
use super::view::View;
use crate::http::encode;
use crate::identity::Account;
use crate::seed::{AGENTS, LICENSED, USERS};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Searches look at no more people than this.
const SEARCHED: usize = 1_000;

/// Names and addresses by word, lower case, each with the account it belongs to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    by_word: BTreeSet<(String, String)>,
}

impl Words {
    pub(crate) fn add(&mut self, account: &Account) {
        let name = account.name.to_lowercase();
        // The whole name begins with its first word, so the first word needs no entry of its own.
        let later_words = name.split_whitespace().skip(1).map(str::to_owned);
        let address = (!account.email_hidden).then(|| account.email.to_lowercase());
        for word in later_words.chain(address).chain([name.clone()]) {
            self.by_word.insert((word, account.account_id.clone()));
        }
    }

    /// Accounts of which a word begins with `prefix`, each once, at most [`SEARCHED`].
    fn beginning_with(&self, prefix: &str) -> BTreeSet<&str> {
        let prefix = prefix.trim().to_lowercase();
        let mut found = BTreeSet::new();
        for (word, id) in self.by_word.range((prefix.clone(), String::new())..) {
            if !word.starts_with(&prefix) || found.len() == SEARCHED {
                break;
            }
            found.insert(id.as_str());
        }
        found
    }
}

fn avatars(account: &Account) -> Value {
    let sized = |size: u8| format!("{}?size={size}&s={size}", account.picture);
    json!({ "16x16": sized(16), "24x24": sized(24), "32x32": sized(32), "48x48": sized(48) })
}

/// Jira's `User`, as far as the account's privacy settings let the caller see it.
pub(crate) fn user(view: &View<'_>, account: &Account) -> Value {
    let mut user = user_details(view, account);
    user["locale"] = json!("en_GB");
    user
}

/// Jira's `UserDetails`: the short form inside other objects.
pub(crate) fn user_details(view: &View<'_>, account: &Account) -> Value {
    let mut user = json!({
        "self": view.link(&format!("user?accountId={}", encode(&account.account_id))),
        "accountId": account.account_id,
        "accountType": account.account_type.as_str(),
        "avatarUrls": avatars(account),
        "displayName": account.name,
        "active": account.active(),
        "timeZone": "Europe/London",
    });
    if !account.email_hidden || account.account_id == view.reader {
        user["emailAddress"] = json!(account.email);
    }
    user
}

/// `User` with the lists that only a single user carries; their items are there when `expand` names them.
fn whole_user(call: &Call<'_>, account: &Account) -> (Value, usize) {
    let view = call.view();
    let groups: Vec<Value> =
        call.site.groups_of(&account.account_id).map(|(id, group)| group_name(&view, id, group)).collect();
    let roles: Vec<Value> =
        [("jira-software", "Jira", &[USERS, LICENSED][..]), ("jira-servicedesk", "Jira Service Management", &[AGENTS])]
            .into_iter()
            .filter(|(.., groups)| {
                let has =
                    |name: &&str| call.site.group_named(name).is_some_and(|(_, group)| group.has(&account.account_id));
                groups.iter().any(has)
            })
            .map(|(key, name, _)| json!({ "key": key, "name": name }))
            .collect();
    let mut read = 1;
    let mut user = user(&view, account);
    for (name, items) in [("groups", groups), ("applicationRoles", roles)] {
        let expanded = call.expands(name);
        read += if expanded { items.len() } else { 0 };
        user[name] = json!({ "size": items.len(), "items": if expanded { items } else { Vec::new() } });
    }
    user["expand"] = json!("groups,applicationRoles");
    (user, read)
}

/// The account that a caller who may browse users asks about.
pub(crate) fn browsed<'a>(call: &Call<'a>, account_id: &str) -> Result<&'a Account, Refusal> {
    if !call.may("USER_PICKER") {
        return Err(Refusal::forbidden("You are not authorized to perform this operation."));
    }
    call.directory.get(account_id).filter(|_| call.site.admits(account_id)).ok_or_else(Refusal::no_user)
}

/// `GET /myself`.
pub(crate) fn myself(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let account = call.directory.get(call.account_id).ok_or_else(Refusal::no_user)?;
    let (user, read) = whole_user(call, account);
    Ok(Answer::ok(user).reading_identity(read))
}

/// `GET /user`.
pub(crate) fn user_by_id(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let account = browsed(call, call.target.first("accountId").unwrap_or_default())?;
    let (user, read) = whole_user(call, account);
    Ok(Answer::ok(user).reading_identity(read))
}

/// `GET /user/search`.
pub(crate) fn search(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let window = Window::of(call, 50, SEARCHED)?;
    let mut found: Vec<&Account> = match (call.target.first("query"), call.target.first("accountId")) {
        (None, None) => return Err(Refusal::bad_request("The query parameter must be provided.")),
        (Some(_), Some(_)) => return Err(Refusal::bad_request("Provide a query or an accountId, not both.")),
        // Jira answers those who may not browse users as if there were none.
        (Some(_), None) | (None, Some(_)) if !call.may("USER_PICKER") => Vec::new(),
        (Some(query), None) => {
            call.site.words.beginning_with(query).into_iter().filter_map(|id| call.directory.get(id)).collect()
        }
        (None, Some(id)) => call.directory.get(id).filter(|_| call.site.admits(id)).into_iter().collect(),
    };
    found.sort_by(|one, other| (&one.name, &one.account_id).cmp(&(&other.name, &other.account_id)));
    let view = call.view();
    let users: Vec<Value> = window.cut(found).into_iter().map(|account| user(&view, account)).collect();
    let count = users.len();
    Ok(Answer::ok(Value::Array(users)).reading_identity(count))
}

/// `GET /users/search`: everybody, also apps and those whose accounts are closed.
pub(crate) fn all(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let window = Window::of(call, 50, SEARCHED)?;
    if !call.may("USER_PICKER") {
        return Err(Refusal::forbidden("You are not authorized to perform this operation."));
    }
    let view = call.view();
    let everybody = call.site.people.iter().filter_map(|id| call.directory.get(id));
    let users: Vec<Value> = window.cut(everybody).into_iter().map(|account| user(&view, account)).collect();
    let count = users.len();
    Ok(Answer::ok(Value::Array(users)).reading_identity(count))
}

/// `GET /user/bulk`.
pub(crate) fn bulk(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let asked: BTreeSet<&str> = call.target.all("accountId").collect();
    if asked.is_empty() {
        return Err(Refusal::bad_request("The accountId parameter must be provided."));
    }
    let window = Window::of(call, 10, 200)?;
    let found: Vec<&Account> =
        asked.into_iter().filter(|id| call.site.admits(id)).filter_map(|id| call.directory.get(id)).collect();
    let total = found.len();
    let view = call.view();
    let users: Vec<Value> = window.cut(found).into_iter().map(|account| user(&view, account)).collect();
    let count = users.len();
    Ok(Answer::ok(window.page(call, total, users)).reading_identity(count))
}

/// `GET /user/permission/search`.
///
/// Takes the page first and filters it afterwards, as Jira does: a page may be short or empty although more follow.
pub(crate) fn search_by_permission(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let window = Window::of(call, 50, SEARCHED)?;
    let permissions: Vec<&str> = call.target.list("permissions").collect();
    if permissions.is_empty() || permissions.iter().any(|key| named(key).is_none()) {
        return Err(Refusal::bad_request("The permissions parameter is empty or holds an unknown permission."));
    }
    let (query, account_id) = (call.target.first("query"), call.target.first("accountId"));
    if query.is_some() == account_id.is_some() {
        return Err(Refusal::bad_request("Provide a query or an accountId."));
    }
    let (project, issue) = match (call.target.first("issueKey"), call.target.first("projectKey")) {
        (Some(key), _) => call.issue(key).map(|(project, issue)| (project, Some(issue)))?,
        (None, Some(key)) => (call.project(key)?, None),
        (None, None) => return Err(Refusal::bad_request("Provide an issueKey or a projectKey.")),
    };
    if !call.site.administers(call.directory, call.account_id, project) {
        return Err(Refusal::forbidden("Only administrators of the project can perform this operation."));
    }
    let matches = |account: &Account| {
        let lower = query.unwrap_or_default().to_lowercase();
        let name = account.name.to_lowercase();
        account_id.is_none_or(|id| id == account.account_id)
            && (name.starts_with(&lower)
                || name.split_whitespace().any(|word| word.starts_with(&lower))
                || (!account.email_hidden && account.email.to_lowercase().starts_with(&lower)))
    };
    let holds = |account: &Account, key: &str| {
        call.site.permits_globally(call.directory, &account.account_id, key)
            || call.site.permits(call.directory, &account.account_id, key, project, issue)
    };
    let view = call.view();
    let users: Vec<Value> = window
        .cut(call.site.people.iter().take(SEARCHED))
        .into_iter()
        .filter_map(|id| call.directory.get(id))
        .filter(|account| matches(account) && permissions.iter().all(|key| holds(account, key)))
        .map(|account| user(&view, account))
        .collect();
    let count = users.len();
    Ok(Answer::ok(Value::Array(users)).reading_identity(count))
}

#[cfg(test)]
mod tests {
    use crate::trial::{ANA, CASEY, CHLOE, LENA, MARIA, NARROW, SITE, Trial, texts};
    use serde_json::json;

    #[test]
    fn who_may_not_browse_people_finds_nobody() {
        let mut trial = Trial::new();
        assert_eq!(trial.get(NARROW, "/user/search?query=maria"), (200, json!([])));
        assert_eq!(trial.get(NARROW, &format!("/user?accountId={MARIA}")).0, 403);
        assert_eq!(trial.get(NARROW, &format!("/user/groups?accountId={MARIA}")).0, 403);
    }

    #[test]
    fn incomplete_questions_are_refused() {
        let mut trial = Trial::new();
        let refused = [
            ("/user", 404),
            ("/user?accountId=712020:nobody", 404),
            ("/user?accountId=", 404),
            ("/user/search", 400),
            ("/user/search?query=a&accountId=b", 400),
            ("/user/search?query=a&startAt=-1", 400),
            ("/user/search?query=a&maxResults=x", 400),
            ("/user/bulk", 400),
            ("/user/groups", 404),
            ("/user/permission/search?query=a&projectKey=MOB", 400),
            ("/user/permission/search?permissions=FLY&query=a&projectKey=MOB", 400),
            ("/user/permission/search?permissions=BROWSE_PROJECTS&projectKey=MOB", 400),
            ("/user/permission/search?permissions=BROWSE_PROJECTS&query=a&accountId=b&projectKey=MOB", 400),
            ("/user/permission/search?permissions=BROWSE_PROJECTS&query=a", 400),
            ("/user/permission/search?permissions=BROWSE_PROJECTS&query=a&projectKey=NONE", 404),
        ];
        for (path, status) in refused {
            assert_eq!(trial.get(MARIA, path).0, status, "{path}");
        }
        let path = "/user/permission/search?permissions=BROWSE_PROJECTS&query=a&projectKey=BIL";
        assert_eq!(trial.get(ANA, path).0, 403);
    }

    #[test]
    fn people_are_found_by_any_word_of_their_name_or_a_visible_address() {
        let mut trial = Trial::new();
        for (query, found) in [
            ("maria", vec!["Maria Keller"]),
            ("KELL", vec!["Maria Keller"]),
            ("maria+k", vec!["Maria Keller"]),
            ("maria.keller%40", vec!["Maria Keller"]),
            ("chloe.d", vec![]),
            ("service", vec!["Jira service account", "Narrow service account"]),
            ("lena", vec!["Lena Gone"]),
            ("casey", vec!["Casey Customer"]),
            ("integration", vec!["Integration+"]),
            ("aria", vec![]),
        ] {
            assert_eq!(
                texts(&trial.get(ANA, &format!("/user/search?query={query}")).1, "/displayName"),
                found,
                "{query}"
            );
        }
        assert_eq!(texts(&trial.get(ANA, &format!("/user/search?accountId={CASEY}")).1, "/accountType"), ["customer"]);
        let all = trial.get(ANA, "/user/search?query=").1;
        assert_eq!(all.as_array().map(Vec::len), Some(15));
        let some = trial.get(ANA, "/user/search?query=&startAt=14&maxResults=5").1;
        assert_eq!(some.as_array().map(Vec::len), Some(1));
        assert_eq!(some[0], all[14]);
    }

    #[test]
    fn everybody_is_listed_until_nobody_is_left() {
        let mut trial = Trial::new();
        let all = trial.get(ANA, "/users/search").1;
        assert_eq!(all.as_array().map(Vec::len), Some(15));
        assert_eq!(trial.get(ANA, "/users/search?startAt=14&maxResults=1").1, json!([all[14]]));
        assert_eq!(trial.get(ANA, "/users/search?startAt=15&maxResults=1"), (200, json!([])));
        assert_eq!(trial.get(NARROW, "/users/search").0, 403);
    }

    #[test]
    fn what_a_person_hides_only_that_person_sees() {
        let mut trial = Trial::new();
        assert_eq!(trial.get(ANA, &format!("/user?accountId={CHLOE}")).1.get("emailAddress"), None);
        assert_eq!(trial.get(CHLOE, "/myself").1["emailAddress"], "chloe.dubois@example.com");
        assert_eq!(trial.get(ANA, &format!("/user?accountId={LENA}")).1["active"], false);
    }

    #[test]
    fn lists_inside_a_user_are_filled_when_asked_for() {
        let mut trial = Trial::new();
        let plain = trial.get(MARIA, "/myself").1;
        assert_eq!((&plain["groups"]["size"], &plain["groups"]["items"]), (&json!(2), &json!([])));
        let whole = trial.get(MARIA, "/myself?expand=groups,applicationRoles").1;
        assert_eq!(texts(&whole["groups"]["items"], "/name"), ["jira-admins", "jira-software-users"]);
        assert_eq!(texts(&whole["applicationRoles"]["items"], "/key"), ["jira-software"]);
    }

    #[test]
    fn many_users_come_in_pages() {
        let mut trial = Trial::new();
        let path = format!("/user/bulk?accountId={ANA}&accountId={MARIA}&accountId=712020:nobody&maxResults=1");
        let first = trial.get(MARIA, &path).1;
        assert_eq!((&first["total"], &first["isLast"]), (&json!(2), &json!(false)));
        let next =
            first["nextPage"].as_str().and_then(|link| link.split_once("/rest/api/3")).expect("has a next page").1;
        let second = trial.get(MARIA, next).1;
        assert_eq!((texts(&second["values"], "/accountId"), second["isLast"] == true), (vec![ANA], true));
        assert_eq!(second.get("nextPage"), None);
    }

    #[test]
    fn people_with_a_permission_are_taken_from_the_page_that_was_asked_for() {
        let mut trial = Trial::new();
        let path = "/user/permission/search?permissions=BROWSE_PROJECTS&query=&projectKey=LEG";
        let found = trial.get(MARIA, path).1;
        let names =
            ["Integration+", "Maria Keller", "Tom Okafor", "Chloe Dubois", "Hugo Lindqvist", "Jira service account"];
        assert_eq!(texts(&found, "/displayName"), names);
        let short = trial.get(MARIA, &format!("{path}&startAt=0&maxResults=2")).1;
        assert_eq!(texts(&short, "/displayName"), ["Integration+", "Maria Keller"]);
        let none = trial.get(MARIA, &format!("{path}&startAt=3&maxResults=2")).1;
        assert_eq!(none, json!([]));
        trial.world.add_people(SITE, 1_200).expect("exists");
        // Those whose accounts come after the thousandth are not looked at.
        let all = format!("{path}&maxResults=2000");
        assert!(!texts(&trial.get(MARIA, &all).1, "/displayName").contains(&"Jira service account"));
    }
}
