//! Deliveries of dynamic webhooks. The address is open to whoever knows it, so a delivery is a hint: what it says is read
//! again from Jira before it counts.

use crate::domain::connection::Connection;
use crate::domain::time::{Span, Timestamp};
use crate::domain::webhook::WebhookId;
use crate::jira;
use crate::ports::{Expect, World};
use crate::records::{self, Delivered};
use crate::tenant::Tenant;
use crate::web::{WebRequest, WebResponse};
use futures_util::join;
use serde_json::Value;

use super::access::access;
use super::{ask, check, mirror};

/// Deliveries within this time of the last one that was looked into are let go: a flood of forged ones costs one request
/// to Jira in that time.
const OFTEN_ENOUGH: Span = Span::minutes(1);

/// More webhooks than an account can have are named by nobody but a forger, who guesses.
const MOST_WEBHOOKS: usize = 5;

/// A delivery follows what happened to its issue; Jira tries for a while when the app does not answer.
const RECENT: Span = Span::hours(1);

/// How far Jira's clock may be ahead of Forge's.
const SKEW: Span = Span::minutes(-5);

/// Answers Jira, or whoever else comes. The answer never tells which.
pub async fn delivery<W: World>(tenant: &Tenant<'_, W>, request: &WebRequest) -> WebResponse {
    if request.method != "POST" {
        return WebResponse::method_not_allowed("POST");
    }
    // Nothing depends on one delivery: one that cannot be looked into now is as good as one that never came.
    let _ = join!(take(tenant, &request.body), mirror::delivered(tenant, &request.body));
    WebResponse::empty(204)
}

async fn take<W: World>(tenant: &Tenant<'_, W>, body: &str) -> Option<()> {
    let hint: Value = serde_json::from_str(body).ok()?;
    let issue: u64 = hint["issue"]["id"].as_str()?.parse().ok()?;
    let ids = hint["matchedWebhookIds"].as_array().filter(|ids| ids.len() <= MOST_WEBHOOKS)?;
    let mut ids = ids.iter().filter_map(Value::as_i64).map(WebhookId);
    let (connection_key, delivered_key) = (records::connection(), records::delivered());
    let (connection, delivered) = join!(
        records::load::<Connection>(tenant.world, &connection_key),
        records::load::<Delivered>(tenant.world, &delivered_key),
    );
    let connection = connection.ok()??.value;
    // The old main user's late deliveries, and forged ones, name webhooks that are not ours.
    if !ids.any(|id| connection.owns_webhook(id)) {
        return None;
    }
    let delivered = delivered.ok()?;
    let now = tenant.world.now();
    let last = delivered.as_ref().map(|last| last.value);
    if last.is_some_and(|last| (Span(0)..OFTEN_ENOUGH).contains(&now.since(last.looked_at))) {
        return None;
    }
    let expect = delivered.map_or(Expect::Absent, |last| last.expect);
    let looked = Delivered { at: last.and_then(|last| last.at), looked_at: now };
    tenant.world.transact(vec![records::put(delivered_key.clone(), expect, &looked)]).await.ok()?;
    let main = connection.main?.account.person.account_id;
    let Ok(held) = access(tenant, &main, None).await else {
        let _ = check::alarm(tenant, &main, connection.generation).await;
        return None;
    };
    let issue = jira::read_issue(&ask::jira(tenant, &held.token, &jira::issue(issue)).await.ok()?).ok()?;
    // An issue at rest was delivered by nobody.
    Timestamp::from_iso(&issue.updated).filter(|at| (SKEW..RECENT).contains(&now.since(*at)))?;
    let proved = Delivered { at: Some(now), looked_at: now };
    tenant.world.transact(vec![records::put(delivered_key, expect.next(), &proved)]).await.ok()
}
