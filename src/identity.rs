//! Atlassian's own answers about a grant: who gave it, and which sites it reaches.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/>, `/me` and `accessible-resources`.

use crate::domain::account::{Account, AccountId, AccountType, Person, clean};
use crate::domain::scope::{REQUIRED_OF_JIRA, Scopes};
use crate::domain::site::{CloudId, Site};
use serde_json::Value;

/// Reads `/me`. Nothing is assumed: an account without a usable id is no account.
#[must_use]
pub fn read_me(me: &Value) -> Option<Account> {
    let account_id = AccountId::parse(me["account_id"].as_str()?).ok()?;
    let shown = clean(me["name"].as_str().unwrap_or_default());
    let display_name = if shown.is_empty() { account_id.as_str().to_owned() } else { shown };
    let avatar_url = me["picture"].as_str().filter(|url| url.starts_with("https://")).map(str::to_owned);
    let account_type = crate::json::read(me["account_type"].clone()).unwrap_or(AccountType::Unknown);
    let active = me["account_status"].as_str() == Some("active");
    Some(Account { person: Person { account_id, display_name, avatar_url }, account_type, active })
}

/// How a grant reaches this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It does, with every Jira scope.
    Covered(Site),
    /// It does, but lacks these Jira scopes.
    Short(Vec<String>),
    /// It reaches only the sites of these names.
    Elsewhere(Vec<String>),
}

/// Finds this site in `accessible-resources`. One id may stand there several times, once for each product, so the row
/// is told by its Jira scopes, those of `required` that are Jira's; a site is never picked because it comes first.
#[must_use]
pub fn read_reach(resources: &Value, wanted: &CloudId, required: &[&str]) -> Option<Reach> {
    let rows = resources.as_array()?;
    let here: Vec<(Site, Vec<String>)> = rows
        .iter()
        .filter_map(|row| Some((site(row)?, lacking(row, required))))
        .filter(|(site, _)| site.cloud_id == *wanted)
        .collect();
    Some(match here.into_iter().min_by_key(|(_, missing)| missing.len()) {
        Some((site, missing)) if missing.is_empty() => Reach::Covered(site),
        Some((_, missing)) => Reach::Short(missing),
        None => Reach::Elsewhere(rows.iter().filter_map(site).map(|site| site.name).take(10).collect()),
    })
}

/// Every site of `accessible-resources` that is reached with all scopes of `required` that are Jira's, each once.
#[must_use]
pub fn read_sites(resources: &Value, required: &[&str]) -> Option<Vec<Site>> {
    let mut sites: Vec<Site> = Vec::new();
    let rows = resources.as_array()?.iter().filter(|row| lacking(row, required).is_empty());
    for site in rows.filter_map(site) {
        if sites.iter().all(|own| own.cloud_id != site.cloud_id) {
            sites.push(site);
        }
    }
    Some(sites)
}

fn site(row: &Value) -> Option<Site> {
    let cloud_id = CloudId::parse(row["id"].as_str()?).ok()?;
    let text = |name: &str| clean(row[name].as_str().unwrap_or_default());
    Some(Site { cloud_id, name: text("name"), url: text("url") })
}

/// The scopes of `required` that are Jira's and that a row lacks.
fn lacking(row: &Value, required: &[&str]) -> Vec<String> {
    let of_jira: Vec<&str> = REQUIRED_OF_JIRA.into_iter().filter(|scope| required.contains(scope)).collect();
    let scopes: Scopes = row["scopes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    scopes.missing(&of_jira)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const HERE: &str = "11111111-1111-4111-8111-111111111111";
    const THERE: &str = "22222222-2222-4222-8222-222222222222";

    fn reach(rows: &Value) -> Option<Reach> {
        read_reach(rows, &CloudId::parse(HERE).expect("is one"), &REQUIRED_OF_JIRA)
    }

    #[test]
    fn the_first_site_is_not_taken_for_ours() {
        let rows = json!([{ "id": THERE, "name": "there", "url": "https://t", "scopes": REQUIRED_OF_JIRA }]);
        assert_eq!(reach(&rows), Some(Reach::Elsewhere(vec!["there".into()])));
        assert_eq!(reach(&json!([])), Some(Reach::Elsewhere(vec![])));
        assert_eq!(reach(&json!({})), None);
    }

    #[test]
    fn of_two_rows_with_our_id_the_one_with_jira_s_scopes_counts() {
        let rows = json!([
            { "id": HERE, "name": "wiki", "url": "https://h/wiki", "scopes": ["read:confluence-content.all"] },
            { "id": HERE, "name": "jira", "url": "https://h", "scopes": REQUIRED_OF_JIRA },
        ]);
        assert!(matches!(reach(&rows), Some(Reach::Covered(site)) if site.name == "jira"));
        assert_eq!(reach(&json!([rows[0]])), Some(Reach::Short(REQUIRED_OF_JIRA.map(str::to_owned).to_vec())));
    }

    #[test]
    fn sites_to_choose_from_are_those_with_all_scopes_of_jira_each_once() {
        let row = |id: &str, name: &str, scopes: &[&str]| json!({ "id": id, "name": name, "url": "https://h", "scopes": scopes });
        let rows = json!([
            row(HERE, "wiki", &["read:confluence-content.all"]),
            row(HERE, "jira", &REQUIRED_OF_JIRA),
            row(HERE, "twice", &REQUIRED_OF_JIRA),
            row(THERE, "short", &REQUIRED_OF_JIRA[1..]),
            row("../../x", "odd", &REQUIRED_OF_JIRA),
        ]);
        let names = |rows: &Value| {
            read_sites(rows, &REQUIRED_OF_JIRA).map(|sites| sites.into_iter().map(|own| own.name).collect::<Vec<_>>())
        };
        assert_eq!((names(&rows), names(&json!({}))), (Some(vec!["jira".into()]), None));
    }

    #[test]
    fn an_id_that_is_no_path_segment_names_no_site() {
        let rows = json!([{ "id": "../../x", "name": "x", "url": "https://x", "scopes": REQUIRED_OF_JIRA }]);
        assert_eq!(reach(&rows), Some(Reach::Elsewhere(vec![])));
    }

    #[test]
    fn a_closed_account_is_not_active() {
        let me =
            json!({ "account_id": "a", "name": "A\u{202E}", "account_type": "atlassian", "account_status": "closed" });
        let account = read_me(&me).expect("reads");
        assert!(!account.active);
        assert_eq!(account.person.display_name, "A");
        assert_eq!(read_me(&json!({ "name": "A" })), None);
    }
}
