//! What Jira says of itself.

use super::Call;
use super::answer::Answer;
use super::errors::Refusal;
use crate::instant;
use serde_json::json;

/// `GET /serverInfo`.
#[expect(clippy::unnecessary_wraps, reason = "it is one of the routes, whose other handlers may refuse")]
pub(crate) fn server_info(call: &mut Call<'_>) -> Result<Answer, Refusal> {
    Ok(Answer::ok(json!({
        "baseUrl": call.site.url,
        "version": "1001.0.0-SNAPSHOT",
        "versionNumbers": [1001, 0, 0],
        "deploymentType": "Cloud",
        "buildNumber": 100_289,
        "buildDate": "2026-11-01T00:00:00.000+0000",
        "serverTime": instant::jira(call.now_ms),
        "scmInfo": "0000000000000000000000000000000000000000",
        "serverTitle": "Jira",
    })))
}
