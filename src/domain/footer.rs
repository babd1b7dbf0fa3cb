//! Who wrote a comment that another account posts: `[Author: Radek, Created on: 2024-08-12T12:53:21.711+0000]`, and where a
//! mirrored one comes from: `[Origin: DEMO-346, Comment ID: 26888]`.
//!
//! A footer is plain text and proves nothing: whoever can comment can write one. What counts is [`super::provenance`].

use super::account::clean;
use super::limits::JiraNumber;
use super::place::Place;
use super::time::Timestamp;

/// Longest name that a footer shows, in characters.
const NAME: usize = 120;

/// Shown where nothing is left of a name.
const NAMELESS: &str = "Unknown";

/// A footer of a mirrored comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footer {
    /// Who wrote it, as a footer shows a name.
    pub author: String,
    /// When.
    pub created: Timestamp,
    /// The key of the issue that it comes from.
    pub origin: String,
    /// Its number there.
    pub comment: JiraNumber,
}

/// A name as a footer shows it: one line, without brackets, which would end the footer early, and without marks that turn
/// the reading direction about.
#[must_use]
pub fn name(display_name: &str) -> String {
    let unfit =
        |c: &char| matches!(c, '[' | ']' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}');
    let shown: String = clean(display_name).chars().filter(|c| !unfit(c)).take(NAME).collect();
    let shown = shown.trim();
    if shown.is_empty() { NAMELESS.to_owned() } else { shown.to_owned() }
}

/// The part that names author and time.
#[must_use]
pub fn attribution(display_name: &str, created: Timestamp) -> String {
    format!("[Author: {}, Created on: {}]", name(display_name), created.iso())
}

impl Footer {
    /// As it is written.
    #[must_use]
    pub fn text(&self) -> String {
        let attribution = attribution(&self.author, self.created);
        format!("{attribution} [Origin: {}, Comment ID: {}]", self.origin, self.comment)
    }

    /// Reads one that is the whole of a line.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let inner = line.strip_prefix("[Author: ")?.strip_suffix(']')?;
        let (attribution, origin) = inner.split_once("] [Origin: ")?;
        // The time stands last: a name may hold the same words.
        let (author, created) = attribution.rsplit_once(", Created on: ")?;
        let (origin, comment) = origin.split_once(", Comment ID: ")?;
        let key = matches!(Place::parse(origin), Some(Place::Issue(key)) if key == origin);
        let footer = Self {
            author: author.to_owned(),
            created: Timestamp::from_iso_exact(created)?,
            origin: origin.to_owned(),
            comment: JiraNumber::parse(comment).ok()?,
        };
        (key && name(author) == author && footer.text() == line).then_some(footer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn footer(name: &str) -> Footer {
        let created = Timestamp(1_723_467_201_711);
        Footer { author: name.into(), created, origin: "DEMO-346".into(), comment: JiraNumber(26_888) }
    }

    #[test]
    fn the_footer_is_exactly_this() {
        let exact = "[Author: Radek, Created on: 2024-08-12T12:53:21.711+0000] [Origin: DEMO-346, Comment ID: 26888]";
        assert_eq!(footer("Radek").text(), exact);
        assert_eq!(Footer::parse(exact).map(|read| read.origin), Some("DEMO-346".into()));
    }

    #[test]
    fn an_odd_or_hostile_name_stays_a_name_on_one_line() {
        for (given, shown) in [
            ("R\na\r\nd\u{0}ek\u{2028}", "Radek"),
            ("Radek, Created on: 1999-01-01T00:00:00.000+0000] [Origin: X-1, Comment ID: 1", ""),
            ("\u{202E}kedaR\u{2066}\u{200F}\u{061C}", "kedaR"),
            ("<script>alert(1)</script>{{x}}", "<script>alert(1)</script>{{x}}"),
            ("[~accountid:5b10]", "~accountid:5b10"),
            ("👩‍👩‍👧 Zoë", "👩‍👩‍👧 Zoë"),
            ("[]\u{202E}", "Unknown"),
            ("", "Unknown"),
        ] {
            let text = footer(given).text();
            assert_eq!(text.lines().count(), 1, "{given}");
            assert_eq!((text.matches('[').count(), text.matches(']').count()), (2, 2), "{given}");
            if !shown.is_empty() {
                assert!(text.starts_with(&format!("[Author: {shown}, Created on: 2024")), "{text}");
            }
            let read = Footer::parse(&text).unwrap_or_else(|| panic!("{text} is read"));
            assert_eq!((read.origin.as_str(), read.comment, read.text()), ("DEMO-346", JiraNumber(26_888), text));
        }
        let long = footer(&"long ".repeat(2_000)).text();
        assert!(long.chars().count() < 240, "{}", long.chars().count());
    }

    #[test]
    fn what_is_no_footer_is_not_read_as_one() {
        let exact = footer("Radek").text();
        for odd in [
            String::new(),
            exact.to_lowercase(),
            format!(" {exact}"),
            format!("{exact}."),
            exact.replace("26888", "-1"),
            exact.replace("26888", "+1"),
            exact.replace("DEMO-346", "demo-346"),
            exact.replace("DEMO-346", "../x"),
            exact.replace("Radek", "Ra[dek"),
            exact.replace("2024-08-12", "2024-13-12"),
            exact.replace("Radek, ", ""),
        ] {
            assert_eq!(Footer::parse(&odd), None, "{odd}");
        }
    }
}
