//! Jira's REST API, version 3: who calls, which route, what it answers.

pub(crate) mod adf;
mod answer;
pub(crate) mod assignee;
pub(crate) mod attachments;
mod bulk_fetch;
pub(crate) mod comments;
pub(crate) mod create_meta;
mod errors;
pub(crate) mod groups;
mod issue_properties;
pub(crate) mod issues;
mod jql;
mod paging;
pub(crate) mod people;
pub(crate) mod permissions;
pub(crate) mod projects;
mod properties;
pub(crate) mod roles;
mod search;
mod server_info;
pub(crate) mod site;
pub(crate) mod transitions;
mod view;
mod webhooks;

use crate::Delivery;
use crate::faults::gateway;
use crate::http::{Request, Response, Target};
use crate::identity::Directory;
use crate::limits::{Budgets, Draw, Usage};
use answer::Answer;
use errors::Refusal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use site::Site;

/// The account that stands for the Forge app itself.
pub const APP_ACCOUNT_ID: &str = "557058:app-account";

/// Who calls, as the token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Principal {
    /// An access token of the OAuth 2.0 authorization code grant, through `api.atlassian.com`.
    #[serde(rename = "oauth")]
    OAuth {
        /// Whose grant it is.
        account_id: String,
        /// Classic scopes of the grant.
        scopes: Vec<String>,
    },
    /// Forge's `asUser()`. The scopes of the manifest are Forge's to check.
    ForgeUser {
        /// Who uses the app.
        account_id: String,
    },
    /// Forge's `asApp()`.
    ForgeApp,
    /// No token, or one that is not valid.
    Anonymous,
}

impl Principal {
    fn account_id(&self) -> Option<&str> {
        match self {
            Self::OAuth { account_id, .. } | Self::ForgeUser { account_id } => Some(account_id),
            Self::ForgeApp => Some(APP_ACCOUNT_ID),
            Self::Anonymous => None,
        }
    }

    fn lacks(&self, scopes: &[&str]) -> bool {
        match self {
            Self::OAuth { scopes: granted, .. } => scopes.iter().any(|scope| !granted.iter().any(|has| has == scope)),
            Self::ForgeUser { .. } | Self::ForgeApp | Self::Anonymous => false,
        }
    }

    fn is_oauth(&self) -> bool {
        matches!(self, Self::OAuth { .. })
    }
}

/// One request that found its route, with everything it may look at.
pub(crate) struct Call<'a> {
    directory: &'a Directory,
    site: &'a mut Site,
    deliveries: &'a mut Vec<Delivery>,
    account_id: &'a str,
    oauth: bool,
    target: &'a Target,
    parameters: Vec<&'a str>,
    body: Option<&'a Value>,
    /// Address that links in answers begin with.
    base: String,
    now_ms: i64,
}

impl<'a> Call<'a> {
    /// A path parameter by its position in the route.
    fn parameter(&self, index: usize) -> &'a str {
        self.parameters.get(index).copied().unwrap_or_default()
    }

    /// The JSON object of the body.
    fn object(&self) -> Result<&'a serde_json::Map<String, Value>, Refusal> {
        self.body.and_then(Value::as_object).ok_or_else(|| {
            Refusal::bad_request("Invalid request payload. Refer to the REST API documentation and try again.")
        })
    }

    /// Whether `expand` names this.
    fn expands(&self, what: &str) -> bool {
        self.target.list("expand").any(|name| name == what)
    }
}

struct Route {
    method: &'static str,
    /// Below `/rest/api/3`; braces mark a parameter.
    path: &'static str,
    /// Classic scopes, all of which a grant needs.
    scopes: &'static [&'static str],
    handle: fn(&mut Call<'_>) -> Result<Answer, Refusal>,
}

const fn route(
    method: &'static str,
    path: &'static str,
    scopes: &'static [&'static str],
    handle: fn(&mut Call<'_>) -> Result<Answer, Refusal>,
) -> Route {
    Route { method, path, scopes, handle }
}

const NONE: &[&str] = &[];
const USER: &[&str] = &["read:jira-user"];
const READ: &[&str] = &["read:jira-work"];
const WRITE: &[&str] = &["write:jira-work"];
const HOOKS: &[&str] = &["read:jira-work", "manage:jira-webhook"];
const CONFIGURE: &[&str] = &["manage:jira-configuration"];
const MANAGE_PROJECT: &[&str] = &["manage:jira-project"];

/// Everything that is served. Literal segments stand before parameters at the same place.
const ROUTES: &[Route] = &[
    route("GET", "/serverInfo", NONE, server_info::server_info),
    route("GET", "/myself", USER, people::myself),
    route("GET", "/mypermissions", READ, permissions::my_permissions),
    route("POST", "/permissions/check", NONE, permissions::check),
    route("GET", "/user", USER, people::user_by_id),
    route("GET", "/user/search", USER, people::search),
    route("GET", "/user/bulk", USER, people::bulk),
    route("GET", "/user/permission/search", USER, people::search_by_permission),
    route("GET", "/users/search", USER, people::all),
    route("GET", "/user/groups", USER, groups::groups_of_user),
    route("GET", "/group/member", CONFIGURE, groups::members),
    route("GET", "/project/search", READ, projects::search),
    route("GET", "/projectCategory", READ, projects::categories),
    route("GET", "/project/{projectIdOrKey}", READ, projects::project),
    route("GET", "/project/{projectIdOrKey}/role", READ, roles::roles),
    route("GET", "/project/{projectIdOrKey}/role/{id}", READ, roles::role),
    route("POST", "/project/{projectIdOrKey}/role/{id}", CONFIGURE, roles::add_actors),
    route("DELETE", "/project/{projectIdOrKey}/role/{id}", MANAGE_PROJECT, roles::remove_actor),
    route("GET", "/webhook", HOOKS, webhooks::list),
    route("POST", "/webhook", HOOKS, webhooks::register),
    route("DELETE", "/webhook", HOOKS, webhooks::delete),
    route("PUT", "/webhook/refresh", HOOKS, webhooks::refresh),
    route("GET", "/webhook/failed", HOOKS, webhooks::failed),
    route("POST", "/issue", WRITE, issues::create),
    route("GET", "/issue/createmeta/{projectIdOrKey}/issuetypes", READ, create_meta::issue_types),
    route("GET", "/issue/createmeta/{projectIdOrKey}/issuetypes/{issueTypeId}", READ, create_meta::fields),
    route("POST", "/issue/bulkfetch", READ, bulk_fetch::fetch),
    route("GET", "/search/jql", READ, search::search),
    route("GET", "/issue/{issueIdOrKey}", READ, issues::issue),
    route("PUT", "/issue/{issueIdOrKey}", WRITE, issues::edit),
    route("DELETE", "/issue/{issueIdOrKey}", WRITE, issues::delete),
    route("PUT", "/issue/{issueIdOrKey}/assignee", WRITE, assignee::assign),
    route("GET", "/issue/{issueIdOrKey}/properties", READ, issue_properties::keys),
    route("GET", "/issue/{issueIdOrKey}/properties/{propertyKey}", READ, issue_properties::property),
    route("PUT", "/issue/{issueIdOrKey}/properties/{propertyKey}", WRITE, issue_properties::set),
    route("DELETE", "/issue/{issueIdOrKey}/properties/{propertyKey}", WRITE, issue_properties::delete),
    route("GET", "/issue/{issueIdOrKey}/transitions", READ, transitions::transitions),
    route("POST", "/issue/{issueIdOrKey}/transitions", WRITE, transitions::transition),
    route("POST", "/issue/{issueIdOrKey}/attachments", WRITE, attachments::attach),
    route("GET", "/issue/{issueIdOrKey}/comment", READ, comments::comments),
    route("POST", "/issue/{issueIdOrKey}/comment", WRITE, comments::add),
    route("GET", "/issue/{issueIdOrKey}/comment/{id}", READ, comments::comment),
    route("PUT", "/issue/{issueIdOrKey}/comment/{id}", WRITE, comments::edit),
    route("DELETE", "/issue/{issueIdOrKey}/comment/{id}", WRITE, comments::delete),
    route("GET", "/comment/{commentId}/properties", READ, properties::keys),
    route("GET", "/comment/{commentId}/properties/{propertyKey}", READ, properties::property),
    route("PUT", "/comment/{commentId}/properties/{propertyKey}", WRITE, properties::set),
    route("DELETE", "/comment/{commentId}/properties/{propertyKey}", WRITE, properties::delete),
];

impl Route {
    /// The path parameters, if method and path fit.
    fn parameters<'a>(&self, method: &str, segments: &'a [String]) -> Option<Vec<&'a str>> {
        let (root, theirs) = segments.split_at_checked(3)?;
        let mine = self.path.split('/').skip(1);
        if method != self.method || root != ["rest", "api", "3"] || mine.clone().count() != theirs.len() {
            return None;
        }
        let mut parameters = Vec::new();
        for (mine, theirs) in mine.zip(theirs) {
            if mine.starts_with('{') && !theirs.is_empty() {
                parameters.push(theirs.as_str());
            } else if mine != theirs {
                return None;
            }
        }
        Some(parameters)
    }
}

fn find<'a>(method: &str, target: &'a Target) -> Option<(&'static Route, Vec<&'a str>)> {
    ROUTES.iter().find_map(|route| Some((route, route.parameters(method, &target.segments)?)))
}

/// The classic scopes that a grant needs for a request; `None` when no such route is served.
#[must_use]
pub fn required_scopes(method: &str, path: &str) -> Option<&'static [&'static str]> {
    find(method, &Target::parse(path)?).map(|(route, _)| route.scopes)
}

/// Method and path template of every route, as Atlassian's document names them.
pub fn routes() -> impl Iterator<Item = (&'static str, &'static str)> {
    ROUTES.iter().map(|route| (route.method, route.path))
}

/// The state that one request works on.
pub(crate) struct World<'a> {
    pub(crate) directory: &'a Directory,
    pub(crate) site: &'a mut Site,
    pub(crate) budgets: &'a Budgets,
    pub(crate) usage: &'a mut Usage,
    pub(crate) deliveries: &'a mut Vec<Delivery>,
}

impl World<'_> {
    /// Answers one request.
    pub(crate) fn answer(self, principal: &Principal, request: &Request, now_ms: i64) -> Response {
        let World { directory, site, budgets, usage, deliveries } = self;
        let account_id = principal.account_id().filter(|id| directory.is_active(id) && site.admits(id));
        let Some(account_id) = account_id else { return gateway(401, "Unauthorized") };
        let Some(target) = Target::parse(&request.path) else { return unknown_resource() };
        let Some((route, parameters)) = find(&request.method, &target) else { return unknown_resource() };
        if principal.lacks(route.scopes) {
            return gateway(401, "Unauthorized; scope does not match");
        }
        let cloud_id = site.cloud_id.clone();
        let writes_issue = request.method != "GET" && route.path.starts_with("/issue/{issueIdOrKey}");
        let draw = Draw {
            cloud_id: &cloud_id,
            method: route.method,
            endpoint: route.path,
            written_issue: if writes_issue { site.issue_id(parameters[0]) } else { None },
            now_ms,
        };
        if let Err(exceeded) = usage.admit(budgets, &draw) {
            let mut refusal = Response::from(Refusal::new(429, "Rate limit exceeded."));
            refusal.headers.push(("Retry-After".to_owned(), exceeded.retry_after_s.to_string()));
            refusal.headers.push(("RateLimit-Reason".to_owned(), exceeded.reason.to_owned()));
            return refusal;
        }
        let oauth = principal.is_oauth();
        let base = if oauth { format!("https://api.atlassian.com/ex/jira/{cloud_id}") } else { site.url.clone() };
        let mut call = Call {
            directory,
            site,
            deliveries,
            account_id,
            oauth,
            target: &target,
            parameters,
            body: request.body.as_ref(),
            base,
            now_ms,
        };
        let result = (route.handle)(&mut call);
        usage.charge(budgets, &cloud_id, result.as_ref().map_or(1, Answer::points));
        result.map_or_else(Response::from, Response::from)
    }
}

fn unknown_resource() -> Response {
    Refusal::not_found("null for uri").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::{ANA, BEN, CHLOE, LENA, MARIA, NARROW, SCOPES, SITE, Trial, grant};
    use crate::{Atlassian, Budgets, Faults, Lasts, Seed};
    use serde_json::json;
    use std::collections::BTreeSet;

    const GATEWAY: [&str; 2] = ["code", "message"];

    fn myself() -> Request {
        Request::get("/rest/api/3/myself")
    }

    fn keys(body: &Value) -> Vec<&str> {
        body.as_object().map(|body| body.keys().map(String::as_str).collect()).unwrap_or_default()
    }

    #[test]
    fn who_may_not_come_in_is_turned_away_by_the_gateway() {
        let mut trial = Trial::new();
        trial.world.close_account(CHLOE).expect("exists");
        let strangers = [
            Principal::Anonymous,
            grant(LENA),
            grant(CHLOE),
            grant("712020:nobody"),
            Principal::ForgeUser { account_id: LENA.to_owned() },
        ];
        for principal in strangers {
            for path in ["/rest/api/3/myself", "/rest/api/3/serverInfo", "/rest/api/3/webhook", "/nowhere"] {
                let response = trial.ask(&principal, &Request::get(path));
                let body = response.body.expect("has a body");
                assert_eq!((response.status, keys(&body)), (401, GATEWAY.to_vec()), "{principal:?} {path}");
            }
        }
        // Chloe's colleague may use the first site, but not the second.
        let elsewhere = crate::seed::PARTNER;
        assert_eq!(trial.world.jira(elsewhere, &grant(NARROW), &myself(), 0).status, 401);
        assert_eq!(trial.world.jira("no-site", &grant(MARIA), &myself(), 0).status, 404);
        assert_eq!(trial.ask(&grant(ANA), &myself()).status, 200);
    }

    #[test]
    fn a_grant_without_a_scope_is_turned_away_before_jira_looks() {
        let mut trial = Trial::new();
        for route in ROUTES {
            let path = format!("/rest/api/3{}", route.path.replace("{issueIdOrKey}", "MOB-1").replace(['{', '}'], ""));
            for missing in route.scopes {
                let scopes = SCOPES.iter().filter(|scope| *scope != missing).map(|scope| (*scope).to_owned()).collect();
                let principal = Principal::OAuth { account_id: MARIA.to_owned(), scopes };
                let request = Request { method: route.method.to_owned(), path: path.clone(), body: None };
                let response = trial.ask(&principal, &request);
                let meant = json!({ "code": 401, "message": "Unauthorized; scope does not match" });
                assert_eq!((response.status, response.body), (401, Some(meant)), "{} {path}", route.method);
                let by_forge = trial.ask(&Principal::ForgeUser { account_id: MARIA.to_owned() }, &request);
                assert_ne!(by_forge.status, 401, "{} {path}", route.method);
            }
        }
        assert_eq!(required_scopes("POST", "/rest/api/3/webhook"), Some(HOOKS));
        assert_eq!(required_scopes("PATCH", "/rest/api/3/webhook"), None);
    }

    #[test]
    fn what_is_not_served_is_not_found_in_jiras_words() {
        let mut trial = Trial::new();
        let unknown = [
            ("GET", "/rest/api/3/dashboard"),
            ("GET", "/rest/api/2/myself"),
            ("GET", "/rest/api/3/myself/"),
            ("GET", "/rest/api/3/project/"),
            ("GET", "/rest/api/3//myself"),
            ("GET", "/rest/api/3/%6Dyself/x"),
            ("GET", "/rest/api/3/project/%ff"),
            ("GET", "rest/api/3/myself"),
            ("PATCH", "/rest/api/3/myself"),
            ("get", "/rest/api/3/myself"),
            ("GET", ""),
        ];
        for (method, path) in unknown {
            let request = Request { method: method.to_owned(), path: path.to_owned(), body: None };
            let response = trial.ask(&grant(MARIA), &request);
            assert_eq!(response.status, 404, "{method} {path}");
            assert_eq!(keys(&response.body.expect("has a body")), ["errorMessages", "errors"]);
        }
    }

    #[test]
    fn no_route_hides_behind_another() {
        for route in ROUTES {
            let target =
                Target::parse(&format!("/rest/api/3{}", route.path.replace(['{', '}'], ""))).expect("is a path");
            let (found, _) = find(route.method, &target).expect("is found");
            assert_eq!((found.method, found.path), (route.method, route.path));
        }
    }

    /// Whether an answer says nothing but its status.
    fn silent(route: &Route, status: u16) -> bool {
        let sets = route.method == "PUT" && route.path.ends_with("/properties/{propertyKey}");
        matches!(status, 202 | 204) || sets && matches!(status, 200 | 201)
    }

    #[test]
    fn odd_requests_get_an_answer() {
        let pieces = [
            "MOB-1",
            "MOB",
            "10000",
            "-1",
            "0",
            "99999999999999999999",
            "..",
            "%2e%2e",
            "%2F",
            "%00",
            "%F0%9F%A6%80",
            "a b",
            "'",
            "\"",
            "<x>",
            "{}",
            "null",
            "MOB-",
            "-",
            "--",
            "MOB-99999999999999999999",
            "+",
            "&",
            "=",
            "#",
            ";",
        ];
        let values = [
            json!(null),
            json!([]),
            json!({}),
            json!(""),
            json!(-1),
            json!(1e300),
            json!({ "url": 1 }),
            json!({ "url": "https://a.example", "webhooks": [{ "events": ["x"], "jqlFilter": "((((" }] }),
            json!({ "webhookIds": [i64::MIN, i64::MAX] }),
            json!({ "webhookIds": ["1"] }),
            json!({ "fields": { "project": [], "summary": {}, "labels": [1], "assignee": "x" }, "update": [] }),
            json!({ "fields": { "priority": { "id": "0" }, "duedate": "2026-99-99", "labels": null } }),
            json!({ "update": { "labels": [{ "add": 1 }, 2, { "cut": "x" }], "summary": "x" } }),
            json!({ "body": { "type": "doc", "version": 1, "content": [{ "type": "text" }] } }),
            json!({ "body": crate::jira::adf::paragraph("x"), "visibility": { "type": 1 }, "properties": [1] }),
            json!({ "globalPermissions": [null], "projectPermissions": [{}] }),
            json!({ "accountId": 5 }),
            json!({ "user": [1], "groupId": "x" }),
            json!({ "transition": { "id": 11 } }),
            json!({ "file": { "name": "a", "content": "x" } }),
        ];
        let mut trial = Trial::new();
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut draw = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % 1_000_003).unwrap_or_default() % below
        };
        let accounts = [MARIA, ANA, NARROW];
        let mut seen = BTreeSet::new();
        for step in 0..40_000 {
            let route = &ROUTES[draw(ROUTES.len())];
            let filled: Vec<&str> = route
                .path
                .split('/')
                .map(|part| if part.starts_with('{') { pieces[draw(pieces.len())] } else { part })
                .collect();
            let names = [
                "startAt",
                "maxResults",
                "query",
                "accountId",
                "permissions",
                "projectKey",
                "issueKey",
                "orderBy",
                "id",
                "expand",
                "jql",
                "nextPageToken",
            ];
            let query: Vec<String> =
                (0..draw(4)).map(|_| format!("{}={}", names[draw(names.len())], pieces[draw(pieces.len())])).collect();
            let body = (draw(5) > 0).then(|| values[draw(values.len())].clone());
            let path = format!("/rest/api/3{}?{}", filled.join("/"), query.join("&"));
            let request = Request { method: route.method.to_owned(), path, body };
            trial.now_ms += 1_000 * i64::from(step % 7 == 0);
            let response = trial.ask(&grant(accounts[draw(3)]), &request);
            assert!(matches!(response.status, 200..=204 | 400 | 403 | 404 | 413 | 429), "{request:?}: {response:?}");
            assert_eq!(response.body.is_none(), silent(route, response.status), "{request:?}");
            seen.insert(response.status);
        }
        assert!(seen.is_superset(&BTreeSet::from([200, 202, 204, 400, 403, 404])), "{seen:?}");
        trial.now_ms = i64::MAX;
        assert_eq!(trial.get(MARIA, "/serverInfo").0, 200);
        trial.now_ms = i64::MIN;
        assert_eq!(trial.get(MARIA, "/serverInfo").0, 200);
    }

    #[test]
    fn every_answer_tells_how_much_is_left() {
        let mut trial = Trial::new();
        let left = |response: &Response| response.header("x-ratelimit-remaining").map(str::to_owned);
        let refused = trial.ask(&Principal::Anonymous, &myself());
        assert_eq!(left(&refused).as_deref(), Some("65000"));
        assert_eq!(refused.header("X-RateLimit-Reset"), Some("2026-11-18T12:00:00Z"));
        // One point, and two for the one user.
        assert_eq!(left(&trial.ask(&grant(ANA), &myself())).as_deref(), Some("64997"));
        // One point, and one for each of two projects.
        let projects = trial.ask(&grant(NARROW), &Request::get("/rest/api/3/project/search"));
        assert_eq!(left(&projects).as_deref(), Some("64994"));
        let permissions = Request::get("/rest/api/3/mypermissions?permissions=ADMINISTER,BROWSE_PROJECTS");
        assert_eq!(left(&trial.ask(&grant(ANA), &permissions)).as_deref(), Some("64989"));
        let comment = json!({ "body": adf::paragraph("x") });
        let write = Request::with_body("POST", "/rest/api/3/issue/MOB-1/comment", comment);
        let written = trial.ask(&grant(ANA), &write);
        assert_eq!((written.status, left(&written).as_deref()), (201, Some("64988")));
        assert_eq!(written.header("X-RateLimit-NearLimit"), Some("false"));
        assert_eq!(trial.world.points_used(SITE), 12);
    }

    #[test]
    fn what_exceeds_a_limit_is_refused_with_its_reason() {
        let mut trial = Trial::new();
        trial.world.set_budgets(Budgets { points_per_hour: 3, gets_per_second: 2, ..Budgets::default() });
        let told = |response: &Response| {
            let header = |name| response.header(name).map(str::to_owned);
            (response.status, header("RateLimit-Reason"), header("Retry-After"), header("X-RateLimit-NearLimit"))
        };
        assert_eq!(trial.ask(&grant(ANA), &myself()).status, 200);
        let (status, reason, wait, near) = told(&trial.ask(&grant(ANA), &myself()));
        assert_eq!((status, reason.as_deref(), near.as_deref()), (429, Some("jira-quota-global-based"), Some("true")));
        assert!(wait.is_some_and(|wait| wait.parse::<u32>().is_ok_and(|wait| (1..=3_600).contains(&wait))));
        trial.now_ms += 3_600_000;
        trial.world.set_budgets(Budgets { gets_per_second: 2, issue_writes_per_2s: 1, ..Budgets::default() });
        let statuses: Vec<u16> = (0..3).map(|_| trial.ask(&grant(ANA), &myself()).status).collect();
        assert_eq!(statuses, [200, 200, 429]);
        let write = |key: &str| {
            let comment = json!({ "body": adf::paragraph("x") });
            Request::with_body("POST", format!("/rest/api/3/issue/{key}/comment"), comment)
        };
        assert_eq!(trial.ask(&grant(ANA), &write("MOB-1")).status, 201);
        let id = trial.get(BEN, "/issue/MOB-1").1["id"].as_str().expect("has an id").to_owned();
        let (status, reason, wait, _) = told(&trial.ask(&grant(ANA), &write(&id)));
        assert_eq!((status, reason.as_deref(), wait.as_deref()), (429, Some("jira-per-issue-on-write"), Some("2")));
        assert_eq!(trial.ask(&grant(ANA), &write("MOB-2")).status, 201);
    }

    #[test]
    fn a_lost_reply_is_a_request_that_was_carried_out() {
        let mut trial = Trial::new();
        let comments = |trial: &mut Trial| trial.get(ANA, "/issue/MOB-1/comment").1["total"].clone();
        assert_eq!(comments(&mut trial), 2);
        let comment = json!({ "body": adf::paragraph("x") });
        trial.world.set_faults(Faults { lost_reply: Lasts::Next(1), ..Faults::default() });
        assert_eq!(trial.send(ANA, "POST", "/issue/MOB-1/comment", comment.clone()).0, 504);
        assert_eq!(comments(&mut trial), 3);
        trial.world.set_faults(Faults { status_503: Lasts::Next(1), ..Faults::default() });
        assert_eq!(trial.send(ANA, "POST", "/issue/MOB-1/comment", comment).0, 503);
        assert_eq!(comments(&mut trial), 3);
    }

    #[test]
    fn the_same_requests_lead_to_the_same_world_also_after_loading() {
        let run = |reload: bool| {
            let mut trial = Trial::new();
            for step in 0..20 {
                trial.now_ms += 500;
                let comment = json!({ "body": adf::paragraph(&format!("{step}")) });
                trial.send(ANA, "POST", "/issue/MOB-1/comment", comment);
                if reload {
                    let saved = serde_json::to_string(&trial.world).expect("is written");
                    trial.world = serde_json::from_str::<Atlassian>(&saved).expect("is read");
                }
            }
            assert_eq!(trial.get(ANA, "/user/search?query=keller").1[0]["accountId"], MARIA);
            assert_eq!(trial.get(ANA, "/issue/mob-1").0, 200);
            serde_json::to_string(&trial.world).expect("is written")
        };
        assert_eq!(run(false), run(true));
        let empty = Atlassian::seeded(Seed::Empty);
        let people: Vec<&str> = empty.accounts().map(|account| account.account_id.as_str()).collect();
        let meant = [APP_ACCOUNT_ID, MARIA, "5b10a2844c20165700ede22h", "712020:service-jira", NARROW];
        assert_eq!(people, meant);
    }
}
