//! A project or an issue, as somebody types it.

/// Longest text that is looked at, in characters: Jira's keys are far shorter.
const LONGEST: usize = 60;

/// What was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A project's key.
    Project(String),
    /// An issue's key.
    Issue(String),
}

impl Place {
    /// Reads a key, whatever its case; `None` when it can be none. Nothing but letters, digits and `_` passes, and one `-`
    /// before the number of an issue, so a key is safe inside a path.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > LONGEST {
            return None;
        }
        let key = text.to_ascii_uppercase();
        let (project, number) = match key.split_once('-') {
            Some((project, number)) => (project, Some(number)),
            None => (key.as_str(), None),
        };
        let fits = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let named = project.starts_with(|c: char| c.is_ascii_alphabetic()) && project.chars().all(fits);
        let counts = |number: &str| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
        match number {
            _ if !named => None,
            None => Some(Self::Project(key)),
            Some(number) => counts(number).then(|| Self::Issue(key.clone())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_no_key_is_none() {
        let long = "A".repeat(61);
        for text in [
            "", " ", "-", "-1", "1", "1A", "MOB-", "MOB-x", "MOB-1-2", "../MOB", "..", "MOB/1", "MOB?x=1", "MOB#1",
            "M OB", "MÖB", "MOB%2F", "_A", "10000", &long,
        ] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_key_is_read_whatever_its_case() {
        assert_eq!(Place::parse(" mob "), Some(Place::Project("MOB".into())));
        assert_eq!(Place::parse("r2_d2-12"), Some(Place::Issue("R2_D2-12".into())));
    }
}
