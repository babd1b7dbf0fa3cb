//! Deliveries of dynamic webhooks. The address is open to whoever knows it, so a delivery is a hint: what it says is read
//! again from Jira before it counts.

use crate::domain::connection::Connection;
use crate::domain::time::Span;
use crate::domain::webhook::WebhookId;
use crate::jira;
use crate::ports::{Expect, World};
use crate::records::{self, Delivered};
use crate::tenant::Tenant;
use crate::web::{WebRequest, WebResponse};
use futures_util::join;
use serde_json::Value;

use super::access::access;
use super::ask;

/// Deliveries within this time of the last one that proved true are not looked into: they would prove nothing new.
const OFTEN_ENOUGH: Span = Span::minutes(1);

/// Answers Jira, or whoever else comes. The answer never tells which.
pub async fn delivery<W: World>(tenant: &Tenant<'_, W>, request: &WebRequest) -> WebResponse {
    if request.method != "POST" {
        return WebResponse::method_not_allowed("POST");
    }
    // Nothing depends on one delivery: one that cannot be looked into now is as good as one that never came.
    let _ = take(tenant, &request.body).await;
    WebResponse::empty(204)
}

async fn take<W: World>(tenant: &Tenant<'_, W>, body: &str) -> Option<()> {
    let hint: Value = serde_json::from_str(body).ok()?;
    let issue: u64 = hint["issue"]["id"].as_str()?.parse().ok()?;
    let ids = hint["matchedWebhookIds"].as_array()?.iter().filter_map(Value::as_i64).map(WebhookId);
    let (connection_key, delivered_key) = (records::connection(), records::delivered());
    let (connection, delivered) = join!(
        records::load::<Connection>(tenant.world, &connection_key),
        records::load::<Delivered>(tenant.world, &delivered_key),
    );
    let connection = connection.ok()??.value;
    let mut ids = ids;
    // The old main user's late deliveries, and forged ones, name webhooks that are not ours.
    if !ids.any(|id| connection.owns_webhook(id)) {
        return None;
    }
    let delivered = delivered.ok()?;
    let now = tenant.world.now();
    if delivered.as_ref().is_some_and(|last| now.since(last.value.at) < OFTEN_ENOUGH) {
        return None;
    }
    let held = access(tenant, &connection.main?.account.person.account_id, None).await.ok()?;
    ask::jira(tenant, &held.token, &jira::issue(issue)).await.ok()?;
    let expect = delivered.map_or(Expect::Absent, |last| last.expect);
    tenant.world.transact(vec![records::put(delivered_key, expect, &Delivered { at: now })]).await.ok()
}
