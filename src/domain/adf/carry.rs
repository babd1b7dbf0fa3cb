//! Carrying a comment's document to another site: what both sites mean the same by is kept, and what is lost is told.
//!
//! Only nodes and marks that are named here get through, each with attributes that are checked: a document of a stranger is
//! input like any other. What belongs to one site alone, such as attachments, macros and custom emoji, means nothing on
//! another.

use super::paragraph;
use crate::domain::account::{AccountId, clean};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// How many people one comment may mention; the others are named.
pub const MENTIONS: usize = 20;

/// How deep nodes may nest.
const DEEPEST: usize = 30;

/// How many nodes are carried at most.
const NODES: usize = 4_000;

/// How many characters are carried at most: Jira takes 32,767 in a comment, and a footer follows.
const CHARACTERS: usize = 30_000;

/// Longest address of a link, in characters.
const ADDRESS: usize = 2_000;

/// What could not be carried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Lost {
    /// Files and pictures.
    pub attachments: u32,
    /// Macros and other extensions.
    pub macros: u32,
    /// Links to addresses that mean nothing elsewhere.
    pub links: u32,
    /// Anything else.
    pub other: u32,
    /// Whether its end is missing, because it was too long or too deep.
    pub shortened: bool,
}

impl Lost {
    /// What the reader of the mirrored comment is told of it; nothing when all is there.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let counted = [
            (self.attachments, "attachment", "attachments"),
            (self.macros, "macro", "macros"),
            (self.links, "link", "links"),
            (self.other, "other element", "other elements"),
        ];
        let counted = counted.iter().filter(|(count, ..)| *count > 0);
        let mut parts: Vec<String> =
            counted.map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many })).collect();
        if self.shortened {
            parts.push("the end of the comment".to_owned());
        }
        (!parts.is_empty()).then(|| format!("[Not carried over: {}]", parts.join(", ")))
    }
}

/// A document on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    /// Its blocks.
    pub content: Vec<Value>,
    /// What is not among them.
    pub lost: Lost,
}

impl Carried {
    /// The document as it arrives: what was carried, what was not, and, last of all, the footer.
    #[must_use]
    pub fn document(self, footer: Option<&str>) -> Value {
        let Self { mut content, lost } = self;
        let note = lost.note();
        if note.is_some() || footer.is_some() {
            content.push(json!({ "type": "rule" }));
        }
        content.extend(note.as_deref().map(paragraph));
        content.extend(footer.map(paragraph));
        json!({ "type": "doc", "version": 1, "content": content })
    }
}

/// Carries a document. `person` answers under which name an account is known where it goes; somebody who is not is named
/// and not mentioned.
#[must_use]
pub fn carry(document: &Value, person: &dyn Fn(&AccountId) -> Option<String>) -> Carried {
    let mut carrier = Carrier { person, nodes: NODES, characters: CHARACTERS, lost: Lost::default() };
    let blocks = carrier.all(&document["content"], Place::Block, 0);
    Carried { content: blocks, lost: carrier.lost }
}

/// Whom a document mentions: each once, at most [`MENTIONS`].
#[must_use]
pub fn mentioned(document: &Value) -> Vec<AccountId> {
    let mut found: Vec<AccountId> = Vec::new();
    visit(document, 0, &mut |node| {
        let id = node["attrs"]["id"].as_str().filter(|_| node["type"] == "mention");
        let id = id.and_then(|id| AccountId::parse(id).ok()).filter(|id| !found.contains(id));
        if found.len() < MENTIONS {
            found.extend(id);
        }
    });
    found
}

/// The words of a document, a line for each block.
#[must_use]
pub fn plain_text(document: &Value) -> String {
    let mut text = String::new();
    visit(document, 0, &mut |node| match node["type"].as_str() {
        Some("text") => text.push_str(node["text"].as_str().unwrap_or_default()),
        Some("mention" | "emoji" | "status") => text.push_str(node["attrs"]["text"].as_str().unwrap_or_default()),
        Some(_) | None => text.push('\n'),
    });
    text.trim().to_owned()
}

fn visit(node: &Value, depth: usize, seen: &mut dyn FnMut(&Value)) {
    seen(node);
    if depth < DEEPEST {
        for child in node["content"].as_array().into_iter().flatten() {
            visit(child, depth + 1, seen);
        }
    }
}

/// What may stand where.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Paragraphs, lists, tables.
    Block,
    /// Words.
    Inline,
    /// Words without marks.
    Code,
}

struct Carrier<'c> {
    person: &'c dyn Fn(&AccountId) -> Option<String>,
    /// How many nodes there is room for.
    nodes: usize,
    /// How many characters there is room for.
    characters: usize,
    lost: Lost,
}

impl Carrier<'_> {
    fn all(&mut self, nodes: &Value, place: Place, depth: usize) -> Vec<Value> {
        let nodes = nodes.as_array().map(Vec::as_slice).unwrap_or_default();
        if depth > DEEPEST {
            self.lost.shortened |= !nodes.is_empty();
            return Vec::new();
        }
        let mut carried = Vec::new();
        for node in nodes {
            if self.nodes == 0 || self.characters == 0 {
                self.lost.shortened = true;
                break;
            }
            self.nodes -= 1;
            carried.extend(self.one(node, place, depth));
        }
        if place == Place::Block { blocks(carried) } else { carried }
    }

    /// What arrives of a node: itself, its contents, or nothing.
    fn one(&mut self, node: &Value, place: Place, depth: usize) -> Vec<Value> {
        let kind = node["type"].as_str().unwrap_or_default();
        let attributes = &node["attrs"];
        match kind {
            "text" => {
                let marks = marks(node, place, &mut self.lost);
                self.text(node["text"].as_str().unwrap_or_default(), marks)
            }
            "hardBreak" | "rule" => vec![json!({ "type": kind })],
            "mention" => self.mention(attributes, place),
            "emoji" => self.emoji(attributes, place),
            "status" | "date" => self.lozenge(kind, attributes, place),
            "inlineCard" | "blockCard" | "embedCard" => self.card(attributes, place),
            "media" | "mediaInline" => self.media(attributes),
            "mediaSingle" | "mediaGroup" => {
                let files = node["content"].as_array().map(Vec::as_slice).unwrap_or_default();
                files
                    .iter()
                    .filter(|file| file["type"] == "media")
                    .flat_map(|file| self.media(&file["attrs"]))
                    .collect()
            }
            "extension" | "inlineExtension" | "syncBlock" => {
                self.lost.macros += 1;
                Vec::new()
            }
            "bodiedExtension" | "bodiedSyncBlock" => {
                self.lost.macros += 1;
                self.all(&node["content"], place, depth + 1)
            }
            "layoutSection" | "layoutColumn" => self.all(&node["content"], place, depth + 1),
            "placeholder" => Vec::new(),
            "paragraph" | "heading" | "taskItem" | "decisionItem" => {
                let content = self.all(&node["content"], Place::Inline, depth + 1);
                vec![element(kind, self::attributes(kind, attributes), content, layout(node))]
            }
            "codeBlock" => {
                let content = self.all(&node["content"], Place::Code, depth + 1);
                vec![element(kind, self::attributes(kind, attributes), content, None)]
            }
            "bulletList" | "orderedList" | "taskList" | "decisionList" | "table" | "tableRow" => {
                let content = self.all(&node["content"], Place::Block, depth + 1);
                let empty = content.is_empty();
                if empty { content } else { vec![element(kind, self::attributes(kind, attributes), content, None)] }
            }
            "listItem" | "tableCell" | "tableHeader" | "panel" | "blockquote" | "expand" | "nestedExpand" => {
                let mut content = self.all(&node["content"], Place::Block, depth + 1);
                if content.is_empty() {
                    // None of these may be empty.
                    content.push(json!({ "type": "paragraph", "content": [] }));
                }
                vec![element(kind, self::attributes(kind, attributes), content, None)]
            }
            _ => {
                self.lost.other += 1;
                match place {
                    Place::Block => self.all(&node["content"], place, depth + 1),
                    Place::Inline | Place::Code => self.text(&plain_text(node), None),
                }
            }
        }
    }

    fn text(&mut self, text: &str, marks: Option<Value>) -> Vec<Value> {
        let cut: String = text.chars().take(self.characters).collect();
        self.lost.shortened |= cut.len() < text.len();
        self.characters -= cut.chars().count();
        if cut.is_empty() {
            return Vec::new();
        }
        let mut node = json!({ "type": "text", "text": cut });
        if let Some(marks) = marks {
            node["marks"] = marks;
        }
        vec![node]
    }

    fn mention(&mut self, attributes: &Value, place: Place) -> Vec<Value> {
        let written = clean(attributes["text"].as_str().unwrap_or_default());
        let id = attributes["id"].as_str().and_then(|id| AccountId::parse(id).ok());
        let known = id.and_then(|id| (self.person)(&id).map(|name| (id, clean(&name))));
        match known.filter(|_| place == Place::Inline) {
            Some((id, name)) => vec![json!({ "type": "mention", "attrs": { "id": id, "text": format!("@{name}") } })],
            None => self.text(&format!("@{}", written.trim_start_matches('@')), None),
        }
    }

    /// An emoji that Unicode has; another is named, for it has its picture on one site only.
    fn emoji(&mut self, attributes: &Value, place: Place) -> Vec<Value> {
        let name = attributes["shortName"].as_str().unwrap_or_default();
        let name: String = name.chars().filter(char::is_ascii_graphic).take(60).collect();
        let text = attributes["text"].as_str().filter(|text| text.chars().count() <= 20 && !text.is_ascii());
        match text.filter(|_| place == Place::Inline && !name.is_empty()) {
            Some(text) => vec![json!({ "type": "emoji", "attrs": { "shortName": name, "text": text } })],
            None => self.text(text.unwrap_or(&name), None),
        }
    }

    fn lozenge(&mut self, kind: &str, attributes: &Value, place: Place) -> Vec<Value> {
        let shown: String = clean(attributes["text"].as_str().unwrap_or_default()).chars().take(100).collect();
        let day = attributes["timestamp"].as_str().filter(|day| day.len() <= 16 && day.parse::<i64>().is_ok());
        match (kind, day) {
            ("status", _) if place == Place::Inline && !shown.is_empty() => {
                let colours = ["neutral", "purple", "blue", "red", "yellow", "green"];
                let colour = colours.into_iter().find(|own| attributes["color"] == **own).unwrap_or("neutral");
                vec![json!({ "type": kind, "attrs": { "text": shown, "color": colour } })]
            }
            ("date", Some(day)) if place == Place::Inline => {
                vec![json!({ "type": kind, "attrs": { "timestamp": day } })]
            }
            _ => self.text(&shown, None),
        }
    }

    /// A card shows what its site lets the reader see of an address: elsewhere it is a link.
    fn card(&mut self, attributes: &Value, place: Place) -> Vec<Value> {
        let url = attributes["url"].as_str().unwrap_or_default();
        if !goes(url) {
            self.lost.links += 1;
            return Vec::new();
        }
        let link = json!([{ "type": "link", "attrs": { "href": url } }]);
        self.text(url, (place != Place::Code).then_some(link))
    }

    /// A picture from elsewhere is a link; a file of the site stays on it.
    fn media(&mut self, attributes: &Value) -> Vec<Value> {
        let external = attributes["type"] == "external" && attributes["url"].as_str().is_some_and(goes);
        if external {
            return self.card(attributes, Place::Inline);
        }
        self.lost.attachments += 1;
        Vec::new()
    }
}

/// Whether an address means the same everywhere, and does nothing but open a page or a letter.
fn goes(url: &str) -> bool {
    let scheme = ["https://", "http://", "mailto:"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && url.len() > scheme.len()
    });
    scheme && url.chars().count() <= ADDRESS && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// Words that stand among blocks become paragraphs.
fn blocks(nodes: Vec<Value>) -> Vec<Value> {
    let inline = |node: &Value| {
        matches!(node["type"].as_str(), Some("text" | "hardBreak" | "mention" | "emoji" | "status" | "date"))
    };
    let mut blocks: Vec<Value> = Vec::new();
    let mut words: Vec<Value> = Vec::new();
    for node in nodes {
        if inline(&node) {
            words.push(node);
            continue;
        }
        if !words.is_empty() {
            blocks.push(json!({ "type": "paragraph", "content": std::mem::take(&mut words) }));
        }
        blocks.push(node);
    }
    if !words.is_empty() {
        blocks.push(json!({ "type": "paragraph", "content": words }));
    }
    blocks
}

fn element(kind: &str, attributes: Option<Value>, content: Vec<Value>, marks: Option<Value>) -> Value {
    let mut node = json!({ "type": kind });
    node["content"] = Value::Array(content);
    if let Some(attributes) = attributes {
        node["attrs"] = attributes;
    }
    if let Some(marks) = marks {
        node["marks"] = marks;
    }
    node
}

/// The attributes of a node that are kept.
fn attributes(kind: &str, given: &Value) -> Option<Value> {
    let number = |name: &str, most: u64| given[name].as_u64().filter(|number| (1..=most).contains(number));
    let local = given["localId"].as_str().unwrap_or_default();
    let local: String = local.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect();
    let mut kept = Map::new();
    match kind {
        "heading" => {
            kept.insert("level".into(), number("level", 6).unwrap_or(1).into());
        }
        "orderedList" => {
            kept.insert("order".into(), number("order", 1_000_000).unwrap_or(1).into());
        }
        "codeBlock" => {
            let plain = |name: &&str| {
                name.len() <= 40 && name.chars().all(|c| c.is_ascii_alphanumeric() || "+#-_.".contains(c))
            };
            if let Some(language) = given["language"].as_str().filter(plain) {
                kept.insert("language".into(), language.into());
            }
        }
        "panel" => {
            let types = ["info", "note", "warning", "success", "error"];
            let own = types.into_iter().find(|own| given["panelType"] == **own).unwrap_or("info");
            kept.insert("panelType".into(), own.into());
        }
        "table" if given["isNumberColumnEnabled"] == true => {
            kept.insert("isNumberColumnEnabled".into(), true.into());
        }
        "tableCell" | "tableHeader" => {
            for name in ["colspan", "rowspan"] {
                kept.extend(number(name, 100).map(|spans| (name.to_owned(), spans.into())));
            }
            kept.extend(colour(&given["background"]).map(|colour| ("background".to_owned(), colour.into())));
        }
        "taskList" | "decisionList" => {
            kept.insert("localId".into(), local.into());
        }
        "taskItem" => {
            let state = if given["state"] == "DONE" { "DONE" } else { "TODO" };
            kept.insert("localId".into(), local.into());
            kept.insert("state".into(), state.into());
        }
        "decisionItem" => {
            kept.insert("localId".into(), local.into());
            kept.insert("state".into(), "DECIDED".into());
        }
        "expand" | "nestedExpand" => {
            kept.insert("title".into(), clean(given["title"].as_str().unwrap_or_default()).into());
        }
        _ => {}
    }
    (!kept.is_empty()).then_some(Value::Object(kept))
}

/// `#` and six hexadecimal digits.
fn colour(value: &Value) -> Option<&str> {
    let digits = |text: &&str| {
        text.strip_prefix('#')
            .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    };
    value.as_str().filter(digits)
}

/// How a paragraph or heading is set.
fn layout(node: &Value) -> Option<Value> {
    let mark = |mark: &Value| match mark["type"].as_str()? {
        "alignment" => {
            let align = ["center", "end"].into_iter().find(|own| mark["attrs"]["align"] == **own)?;
            Some(json!({ "type": "alignment", "attrs": { "align": align } }))
        }
        "indentation" => {
            let level = mark["attrs"]["level"].as_u64().filter(|level| (1..=6).contains(level))?;
            Some(json!({ "type": "indentation", "attrs": { "level": level } }))
        }
        _ => None,
    };
    let kept: Vec<Value> = node["marks"].as_array().into_iter().flatten().filter_map(mark).collect();
    (!kept.is_empty()).then_some(Value::Array(kept))
}

/// The marks of a text that are kept. A link that goes nowhere is counted; an annotation has its thread on one site only.
fn marks(node: &Value, place: Place, lost: &mut Lost) -> Option<Value> {
    let mut kept = Vec::new();
    for mark in node["marks"].as_array().into_iter().flatten().filter(|_| place != Place::Code) {
        let given = &mark["attrs"];
        match mark["type"].as_str() {
            Some(plain @ ("strong" | "em" | "strike" | "underline" | "code")) => kept.push(json!({ "type": plain })),
            Some("subsup") => {
                let own = if given["type"] == "sup" { "sup" } else { "sub" };
                kept.push(json!({ "type": "subsup", "attrs": { "type": own } }));
            }
            Some(tint @ ("textColor" | "backgroundColor")) => {
                kept.extend(colour(&given["color"]).map(|own| json!({ "type": tint, "attrs": { "color": own } })));
            }
            Some("link") => match given["href"].as_str().filter(|href| goes(href)) {
                Some(href) => kept.push(json!({ "type": "link", "attrs": { "href": href } })),
                None => lost.links += 1,
            },
            Some(_) | None => {}
        }
    }
    (!kept.is_empty()).then_some(Value::Array(kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(content: &Value) -> Value {
        json!({ "type": "doc", "version": 1, "content": content })
    }

    fn nobody(_: &AccountId) -> Option<String> {
        None
    }

    fn carried(content: &Value) -> Carried {
        carry(&doc(content), &nobody)
    }

    fn words(text: &str) -> Value {
        json!({ "type": "text", "text": text })
    }

    fn line(content: &Value) -> Value {
        json!({ "type": "paragraph", "content": content })
    }

    #[test]
    fn what_both_sites_mean_the_same_by_arrives_as_it_is() {
        let content = json!([
            { "type": "heading", "attrs": { "level": 2 }, "content": [words("Title")] },
            line(&json!([
                { "type": "text", "text": "bold", "marks": [{ "type": "strong" }, { "type": "em" }] },
                { "type": "hardBreak" },
                { "type": "text", "text": "x", "marks": [{ "type": "link", "attrs": { "href": "https://a.example/?q=1" } }] },
                { "type": "text", "text": "2", "marks": [{ "type": "subsup", "attrs": { "type": "sup" } }] },
                { "type": "text", "text": "red", "marks": [{ "type": "textColor", "attrs": { "color": "#ff0000" } }] },
                { "type": "emoji", "attrs": { "shortName": ":smile:", "text": "😄" } },
                { "type": "status", "attrs": { "text": "DONE", "color": "green" } },
                { "type": "date", "attrs": { "timestamp": "1723420800000" } },
            ])),
            { "type": "codeBlock", "attrs": { "language": "rust" }, "content": [words("fn main() {}\n")] },
            { "type": "bulletList", "content": [{ "type": "listItem", "content": [
                line(&json!([words("one")])),
                { "type": "orderedList", "attrs": { "order": 3 }, "content": [
                    { "type": "listItem", "content": [line(&json!([words("two")]))] }] },
            ] }] },
            { "type": "table", "attrs": { "isNumberColumnEnabled": true }, "content": [{ "type": "tableRow", "content": [
                { "type": "tableHeader", "attrs": { "colspan": 2 }, "content": [line(&json!([words("h")]))] },
                { "type": "tableCell", "attrs": { "background": "#abcdef" }, "content": [line(&json!([words("c")]))] },
            ] }] },
            { "type": "blockquote", "content": [line(&json!([words("said")]))] },
            { "type": "panel", "attrs": { "panelType": "warning" }, "content": [line(&json!([words("mind")]))] },
            { "type": "rule" },
            { "type": "expand", "attrs": { "title": "more" }, "content": [line(&json!([words("inside")]))] },
        ]);
        assert_eq!(
            carried(&content),
            Carried { content: content.as_array().cloned().expect("list"), lost: Lost::default() }
        );
    }

    #[test]
    fn what_belongs_to_one_site_is_lost_and_told() {
        let file = json!({ "type": "media", "attrs": { "type": "file", "id": "1", "collection": "c" } });
        let content = json!([
            { "type": "mediaSingle", "content": [file] },
            { "type": "mediaGroup", "content": [file, file] },
            { "type": "extension", "attrs": { "extensionKey": "toc" } },
            { "type": "bodiedExtension", "attrs": { "extensionKey": "x" }, "content": [line(&json!([words("kept")]))] },
            line(&json!([
                { "type": "mediaInline", "attrs": { "id": "2" } },
                { "type": "inlineCard", "attrs": { "url": "https://example.atlassian.net/browse/A-1" } },
                { "type": "inlineCard", "attrs": { "data": {} } },
                { "type": "text", "text": "here", "marks": [{ "type": "link", "attrs": { "href": "/browse/A-1" } }] },
                { "type": "emoji", "attrs": { "shortName": ":our-logo:", "id": "uuid" } },
                { "type": "annotated", "content": [words("odd")] },
            ])),
            { "type": "bulletList", "content": [{ "type": "listItem", "content": [{ "type": "mediaSingle", "content": [file] }] }] },
        ]);
        let Carried { content, lost } = carried(&content);
        assert_eq!(lost, Lost { attachments: 5, macros: 2, links: 2, other: 1, shortened: false });
        let url = "https://example.atlassian.net/browse/A-1";
        let link = json!({ "type": "text", "text": url, "marks": [{ "type": "link", "attrs": { "href": url } }] });
        assert_eq!(content[0], line(&json!([words("kept")])));
        assert_eq!(content[1], line(&json!([link, words("here"), words(":our-logo:"), words("odd")])));
        assert_eq!(content[2]["content"][0]["content"], json!([line(&json!([]))]));
        let note = "[Not carried over: 5 attachments, 2 macros, 2 links, 1 other element]";
        assert_eq!(lost.note().as_deref(), Some(note));
        assert_eq!(Lost::default().note(), None);
    }

    #[test]
    fn only_somebody_who_is_known_there_is_mentioned() {
        let mention =
            |id: &str, text: &str| json!({ "type": "mention", "attrs": { "id": id, "text": text, "accessLevel": "" } });
        let content = json!([line(&json!([
            mention("a", "@Ana"),
            mention("b", "@Be\u{202E}n"),
            mention("../x", "@All"),
            mention("a", "@Ana")
        ]))]);
        let ids: Vec<String> = mentioned(&doc(&content)).into_iter().map(Into::into).collect();
        assert_eq!(ids, ["a", "b"]);
        let known = |id: &AccountId| (id.as_str() == "a").then(|| "Ana of there".to_owned());
        let arrived = carry(&doc(&content), &known).content;
        let ana = json!({ "type": "mention", "attrs": { "id": "a", "text": "@Ana of there" } });
        assert_eq!(arrived, [line(&json!([ana, words("@Ben"), words("@All"), ana]))]);
        let crowd: Vec<Value> = (0..50).map(|n| mention(&format!("p{n}"), "@p")).collect();
        assert_eq!(mentioned(&doc(&json!([line(&json!(crowd))]))).len(), MENTIONS);
    }

    #[test]
    fn no_address_but_one_that_opens_a_page_becomes_a_link() {
        for href in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "https://",
            "https://a b",
            "//a.example",
            "ftp://a",
        ] {
            let content = json!([line(
                &json!([{ "type": "text", "text": "x", "marks": [{ "type": "link", "attrs": { "href": href } }] }])
            )]);
            let arrived = carried(&content);
            assert_eq!((arrived.content, arrived.lost.links), (vec![line(&json!([words("x")]))], 1), "{href}");
        }
        assert!(
            goes("HTTPS://a.example") && goes("mailto:a@b.example") && !goes(&format!("https://{}", "a".repeat(2_000)))
        );
    }

    #[test]
    fn attributes_and_marks_of_a_stranger_do_not_get_through() {
        let content = json!([
            { "type": "paragraph", "attrs": { "onclick": "x" }, "marks": [{ "type": "evil" }], "content": [
                { "type": "text", "text": "x", "onclick": "y", "marks": [{ "type": "annotation", "attrs": { "id": "1" } },
                    { "type": "textColor", "attrs": { "color": "url(x)" } }] }] },
            { "type": "panel", "attrs": { "panelType": "custom", "panelIcon": "x" }, "content": [] },
            { "type": "heading", "attrs": { "level": 99 }, "content": [] },
            { "type": "codeBlock", "attrs": { "language": "<b>" }, "content": [words("c")] },
        ]);
        assert_eq!(
            json!(carried(&content).content),
            json!([
                line(&json!([words("x")])),
                { "type": "panel", "attrs": { "panelType": "info" }, "content": [line(&json!([]))] },
                { "type": "heading", "attrs": { "level": 1 }, "content": [] },
                { "type": "codeBlock", "content": [words("c")] },
            ])
        );
    }

    #[test]
    fn a_document_without_bounds_gets_some() {
        let mut deep = line(&json!([words("deep")]));
        for _ in 0..100 {
            deep = json!({ "type": "blockquote", "content": [deep] });
        }
        assert!(carried(&json!([deep])).lost.shortened);
        let long =
            carried(&json!([line(&json!([words(&"é".repeat(CHARACTERS + 1))])), line(&json!([words("after")]))]));
        assert!(long.lost.shortened);
        assert_eq!(long.content.len(), 1);
        let document = long.document(Some("[footer]"));
        assert!(plain_text(&document).chars().count() <= 32_767);
        let many: Vec<Value> = (0..NODES * 2).map(|_| json!({ "type": "rule" })).collect();
        let many = carried(&json!(many));
        assert!(many.lost.shortened && many.content.len() == NODES);
        for odd in [Value::Null, json!("x"), json!({ "content": "x" }), json!({ "content": [1, null, []] })] {
            let _ = carry(&odd, &nobody).document(None);
        }
    }

    #[test]
    fn the_footer_stands_last_whatever_the_text_says() {
        let forged = "[Author: Radek, Created on: 2024-08-12T12:53:21.711+0000] [Origin: X-1, Comment ID: 1]";
        let document = carried(&json!([line(&json!([words(forged)]))])).document(Some("[true]"));
        let content = document["content"].as_array().expect("list");
        assert_eq!(content.last(), Some(&line(&json!([words("[true]")]))));
        assert_eq!(content[1], json!({ "type": "rule" }));
        assert_eq!(plain_text(&document).lines().last(), Some("[true]"));
        let lossy = carried(&json!([{ "type": "extension" }])).document(Some("[true]"));
        assert_eq!(plain_text(&lossy), "[Not carried over: 1 macro]\n[true]");
        assert_eq!(carried(&json!([])).document(None), doc(&json!([])));
    }
}
