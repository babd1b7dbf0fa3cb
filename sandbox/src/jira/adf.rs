//! Atlassian Document Format, as far as Jira looks into it.
//!
//! <https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/>

use serde_json::{Value, json};

/// Jira takes no more characters than this in one field.
pub(crate) const LONGEST: usize = 32_767;

/// A document of one paragraph.
pub(crate) fn paragraph(text: &str) -> Value {
    json!({
        "type": "doc",
        "version": 1,
        "content": [{ "type": "paragraph", "content": [{ "type": "text", "text": text }] }],
    })
}

/// Whether Jira takes this as a document.
pub(crate) fn is_document(value: &Value) -> bool {
    value["type"] == "doc"
        && value["version"] == 1
        && value["content"].as_array().is_some_and(|nodes| nodes.iter().all(is_node))
        && plain_text(value).chars().count() <= LONGEST
}

fn is_node(node: &Value) -> bool {
    let has_type = node["type"].as_str().is_some_and(|name| !name.is_empty() && name != "doc");
    let text_is_text = node["type"] != "text" || node["text"].as_str().is_some_and(|text| !text.is_empty());
    let children =
        node.get("content").is_none_or(|content| content.as_array().is_some_and(|nodes| nodes.iter().all(is_node)));
    has_type && text_is_text && children
}

/// The text of a document, a line for each block.
pub(crate) fn plain_text(value: &Value) -> String {
    let mut text = String::new();
    write_text(value, &mut text);
    text.trim_end().to_owned()
}

fn write_text(node: &Value, text: &mut String) {
    match node["type"].as_str() {
        Some("text") => text.push_str(node["text"].as_str().unwrap_or_default()),
        Some("mention") => text.push_str(node["attrs"]["text"].as_str().unwrap_or_default()),
        Some("hardBreak") => text.push('\n'),
        Some(_) | None => {
            for child in node["content"].as_array().into_iter().flatten() {
                write_text(child, text);
            }
            if matches!(node["type"].as_str(), Some("paragraph" | "heading" | "codeBlock")) {
                text.push('\n');
            }
        }
    }
}

/// The text of a document as HTML without any markup of its own but paragraphs.
pub(crate) fn html(value: &Value) -> String {
    let escaped =
        plain_text(value).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    format!("<p>{}</p>", escaped.replace('\n', "</p><p>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_document_is_refused() {
        let refused = [
            json!("text"),
            json!(null),
            json!({ "type": "doc", "content": [] }),
            json!({ "type": "doc", "version": 1, "content": {} }),
            json!({ "type": "doc", "version": 1, "content": [{ "content": [] }] }),
            json!({ "type": "doc", "version": 1, "content": [{ "type": "text", "text": "" }] }),
            json!({ "type": "doc", "version": 1, "content": [{ "type": "paragraph", "content": "x" }] }),
            paragraph(&"a".repeat(LONGEST + 1)),
        ];
        for value in refused {
            assert!(!is_document(&value), "{}", value.to_string().chars().take(80).collect::<String>());
        }
        assert!(is_document(&paragraph(&"a".repeat(LONGEST))));
    }

    #[test]
    fn rendered_text_holds_no_markup_of_its_author() {
        assert_eq!(html(&paragraph("<script>\"&\"")), "<p>&lt;script&gt;&quot;&amp;&quot;</p>");
    }
}
