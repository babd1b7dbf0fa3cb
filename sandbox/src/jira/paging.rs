//! Pages by offset.

use super::Call;
use super::errors::Refusal;
use crate::http::encode;
use serde_json::{Value, json};

/// The part of a list that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) start: usize,
    pub(crate) size: usize,
}

impl Window {
    /// Reads `startAt` and `maxResults`; more than `most` are not given, and Jira does not complain.
    pub(crate) fn of(call: &Call<'_>, default: usize, most: usize) -> Result<Self, Refusal> {
        Ok(Self {
            start: number(call, "startAt")?.unwrap_or(0),
            size: number(call, "maxResults")?.unwrap_or(default).min(most),
        })
    }

    /// The part of `items` inside the window.
    pub(crate) fn cut<T>(self, items: impl IntoIterator<Item = T>) -> Vec<T> {
        items.into_iter().skip(self.start).take(self.size).collect()
    }

    /// Jira's page around values that were cut already; `total` counts what was there before the cut.
    pub(crate) fn page(self, call: &Call<'_>, total: usize, values: Vec<Value>) -> Value {
        let next = self.start.saturating_add(values.len());
        let is_last = next >= total || values.is_empty();
        let mut page = json!({
            "self": self.link(call, self.start),
            "maxResults": self.size,
            "startAt": self.start,
            "total": total,
            "isLast": is_last,
        });
        page["values"] = Value::Array(values);
        if !is_last {
            page["nextPage"] = Value::String(self.link(call, next));
        }
        page
    }

    fn link(self, call: &Call<'_>, start: usize) -> String {
        let path: Vec<String> = call.target.segments.iter().map(|segment| encode(segment)).collect();
        let query = call.target.query_without(&["startAt", "maxResults"]);
        format!("{}/{}?{query}startAt={start}&maxResults={}", call.base, path.join("/"), self.size)
    }
}

fn number(call: &Call<'_>, name: &str) -> Result<Option<usize>, Refusal> {
    let Some(text) = call.target.first(name) else { return Ok(None) };
    let number = text.parse::<i32>().ok().and_then(|number| usize::try_from(number).ok());
    number.map(Some).ok_or_else(|| Refusal::bad_request(format!("The value of '{name}' is not a valid number.")))
}
