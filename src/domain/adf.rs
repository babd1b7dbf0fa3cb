//! Atlassian Document Format: what the app writes into comments. Text is always a text node, so nothing in it is active.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/>

pub mod carry;

use serde_json::{Value, json};

/// A document of plain text: a blank line ends a paragraph, a single one breaks the line.
#[must_use]
pub fn document(text: &str, footer: Option<&str>) -> Value {
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").map(|part| part.trim_matches('\n')).filter(|part| !part.trim().is_empty());
    let mut content: Vec<Value> = paragraphs.map(paragraph).collect();
    if let Some(footer) = footer {
        content.push(json!({ "type": "rule" }));
        content.push(paragraph(footer));
    }
    json!({ "type": "doc", "version": 1, "content": content })
}

/// A paragraph of plain text.
fn paragraph(text: &str) -> Value {
    let mut content = Vec::new();
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            content.push(json!({ "type": "hardBreak" }));
        }
        if !line.is_empty() {
            content.push(json!({ "type": "text", "text": line }));
        }
    }
    json!({ "type": "paragraph", "content": content })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_part_paragraphs_and_single_ones_break_lines() {
        let document = document("one\ntwo\r\n\r\n\n\nthree\n", None);
        let text = |text: &str| json!({ "type": "text", "text": text });
        let expected = json!([
            { "type": "paragraph", "content": [text("one"), { "type": "hardBreak" }, text("two")] },
            { "type": "paragraph", "content": [text("three")] },
        ]);
        assert_eq!(document["content"], expected);
    }

    #[test]
    fn markup_in_text_stays_text() {
        let footer = "[Author: <script>, Created on: 2024-08-12T12:53:21.711+0000]";
        let document = document("{{x}} javascript:alert(1)", Some(footer));
        assert_eq!(document["content"][0]["content"][0]["text"], "{{x}} javascript:alert(1)");
        assert_eq!(document["content"][2]["content"], json!([{ "type": "text", "text": footer }]));
    }
}
