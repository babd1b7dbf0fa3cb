//! Groups and their members.

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use super::paging::Window;
use super::people;
use super::site::Site;
use super::view::View;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A group. Members are kept sorted and apart by whether they are active, so that any page of either list, and every
/// question of membership, is found without walking the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Group {
    pub(crate) name: String,
    active: Vec<String>,
    inactive: Vec<String>,
}

impl Group {
    pub(crate) fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    pub(crate) fn has(&self, account_id: &str) -> bool {
        [&self.active, &self.inactive].into_iter().any(|list| position(list, account_id).is_ok())
    }

    pub(crate) fn add(&mut self, account_id: &str, active: bool) {
        self.remove(account_id);
        let list = if active { &mut self.active } else { &mut self.inactive };
        if let Err(place) = position(list, account_id) {
            list.insert(place, account_id.to_owned());
        }
    }

    pub(crate) fn remove(&mut self, account_id: &str) {
        for list in [&mut self.active, &mut self.inactive] {
            if let Ok(place) = position(list, account_id) {
                list.remove(place);
            }
        }
    }

    /// Moves a member to where it belongs now.
    pub(crate) fn set_active(&mut self, account_id: &str, active: bool) {
        if self.has(account_id) {
            self.add(account_id, active);
        }
    }

    /// Members in a stable order, active ones first.
    fn members(&self, with_inactive: bool) -> (usize, impl Fn(Window) -> Vec<String>) {
        let inactive: &[String] = if with_inactive { &self.inactive } else { &[] };
        let (head, total) = (self.active.len(), self.active.len() + inactive.len());
        (total, move |window: Window| {
            let start = window.start.min(total);
            let end = start.saturating_add(window.size).min(total);
            let from_head = &self.active[start.min(head)..end.min(head)];
            let from_tail = &inactive[start.max(head) - head..end.max(head) - head];
            from_head.iter().chain(from_tail).cloned().collect()
        })
    }
}

fn position(list: &[String], account_id: &str) -> Result<usize, usize> {
    list.binary_search_by(|member| member.as_str().cmp(account_id))
}

impl Site {
    /// The group with this name, and its id.
    pub(crate) fn group_named(&self, name: &str) -> Option<(&str, &Group)> {
        self.groups.iter().find(|(_, group)| group.name == name).map(|(id, group)| (id.as_str(), group))
    }

    /// The groups that an account belongs to.
    pub(crate) fn groups_of<'a>(&'a self, account_id: &'a str) -> impl Iterator<Item = (&'a str, &'a Group)> {
        self.groups.iter().filter(move |(_, group)| group.has(account_id)).map(|(id, group)| (id.as_str(), group))
    }
}

/// Jira's `GroupName`.
pub(crate) fn group_name(view: &View<'_>, id: &str, group: &Group) -> Value {
    json!({ "name": group.name, "groupId": id, "self": view.link(&format!("group?groupId={id}")) })
}

/// `GET /user/groups`.
pub(crate) fn groups_of_user(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    let account = people::browsed(call, call.target.first("accountId").unwrap_or_default())?;
    let view = call.view();
    let groups: Vec<Value> =
        call.site.groups_of(&account.account_id).map(|(id, group)| group_name(&view, id, group)).collect();
    let count = groups.len();
    Ok(Answer::ok(Value::Array(groups)).reading_identity(count))
}

/// `GET /group/member`.
pub(crate) fn members(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    if !call.may("ADMINISTER") {
        return Err(Refusal::forbidden("You do not have permission to view the members of this group."));
    }
    let found = match (call.target.first("groupId"), call.target.first("groupname")) {
        (Some(id), None) => call.site.groups.get(id),
        (None, Some(name)) => call.site.group_named(name).map(|(_, group)| group),
        (None, None) => return Err(Refusal::bad_request("You must provide a groupId or a groupname.")),
        (Some(_), Some(_)) => return Err(Refusal::bad_request("Provide a groupId or a groupname, not both.")),
    };
    let group = found.ok_or_else(|| Refusal::not_found("The group does not exist."))?;
    let window = Window::of(call, 50, 50)?;
    let (total, cut) = group.members(call.target.first("includeInactiveUsers") == Some("true"));
    let view = call.view();
    let values: Vec<Value> = cut(window)
        .iter()
        .filter_map(|id| call.directory.get(id))
        .map(|account| people::user_details(&view, account))
        .collect();
    let count = values.len();
    Ok(Answer::ok(window.page(call, total, values)).reading_identity(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{ANA, LENA, MARIA, SITE, Trial, texts};

    const USERS: &str = "276f955c-63d7-42c8-9520-92d01dca0602";

    #[test]
    fn members_are_for_administrators() {
        let mut trial = Trial::new();
        for (who, query, status) in [
            (ANA, "groupname=jira-admins", 403),
            (MARIA, "", 400),
            (MARIA, "groupId=x&groupname=jira-admins", 400),
            (MARIA, "groupId=x", 404),
            (MARIA, "groupname=none", 404),
        ] {
            assert_eq!(trial.get(who, &format!("/group/member?{query}")).0, status, "{query}");
        }
    }

    #[test]
    fn any_window_of_members_is_the_same_part_of_the_whole() {
        let mut group = Group::named("g");
        for id in ["d", "a", "c"] {
            group.add(id, true);
        }
        group.add("b", false);
        group.add("a", true);
        let whole = ["a", "c", "d", "b"];
        let (total, cut) = group.members(true);
        assert_eq!(total, 4);
        for start in 0..6 {
            for size in 0..6 {
                let meant: Vec<&str> = whole.iter().copied().skip(start).take(size).collect();
                assert_eq!(cut(Window { start, size }), meant, "{start} {size}");
            }
        }
        assert_eq!(group.members(false).0, 3);
    }

    #[test]
    fn members_who_were_deactivated_are_listed_on_demand() {
        let mut trial = Trial::new();
        let ids =
            |page: &Value| texts(&page["values"], "/accountId").into_iter().map(str::to_owned).collect::<Vec<_>>();
        let active = trial.get(MARIA, &format!("/group/member?groupId={USERS}")).1;
        assert!(!ids(&active).contains(&LENA.to_owned()));
        let all = trial.get(MARIA, &format!("/group/member?groupId={USERS}&includeInactiveUsers=true")).1;
        assert_eq!(ids(&all).last().map(String::as_str), Some(LENA));
        trial.world.set_active(ANA, false).expect("exists");
        trial.world.set_active(LENA, true).expect("exists");
        let now = trial.get(MARIA, "/group/member?groupname=jira-software-users").1;
        assert!(ids(&now).contains(&LENA.to_owned()) && !ids(&now).contains(&ANA.to_owned()));
        let path = format!("/user/groups?accountId={LENA}");
        assert_eq!(texts(&trial.get(MARIA, &path).1, "/name"), ["jira-software-users"]);
        trial.world.remove_from_group(SITE, "jira-software-users", LENA).expect("exists");
        assert_eq!(trial.get(MARIA, &path), (200, json!([])));
    }
}
