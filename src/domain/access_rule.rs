//! What a person reaches through the app: what the main authorized user, the person and the app's settings all allow.
//!
//! Every action asks [`Answers::verdict`], and so does the explanation of one person: there is no second rule.

use super::tagged::tagged;
use serde::{Deserialize, Serialize};

/// What is known of one of the three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    /// It allows.
    Yes,
    /// It does not.
    No,
    /// Nobody could say, or nobody was asked yet. That is no yes.
    Unknown,
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

/// What limits a person, in the order in which it is named.
///
/// The person's own rights come first: what they may not see, they learn nothing about, not even whether the app would let
/// others through. The settings come next: the app knows them for certain and whoever administers it can change them at
/// once. The main authorized user comes last: its rights are changed elsewhere, and its answer is the one that can be
/// missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Limit {
    /// What Jira allows the person.
    Person,
    /// To which projects the app is limited.
    Settings,
    /// What Jira allows the main authorized user.
    Main,
}

/// What the three say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Answers {
    /// The person's own rights.
    pub person: Answer,
    /// The app's settings.
    pub settings: Answer,
    /// The main authorized user's rights.
    pub main: Answer,
}

/// What follows from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Verdict {
    /// All three allow: the person gets there.
    Reaches,
    /// The person does not get there.
    Blocked {
        /// The first that does not allow it.
        by: Limit,
    },
    /// Nothing blocks, as far as is known, and that is not far enough.
    Open {
        /// The first that is not known.
        unknown: Limit,
    },
}

tagged!(Verdict);

impl Answers {
    /// Decides. One no is a no, whatever else is unknown; a yes takes three.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        let inorder = [(Limit::Person, self.person), (Limit::Settings, self.settings), (Limit::Main, self.main)];
        let first = |wanted| inorder.iter().find(|(_, answer)| *answer == wanted).map(|(limit, _)| *limit);
        match (first(Answer::No), first(Answer::Unknown)) {
            (Some(by), _) => Verdict::Blocked { by },
            (None, Some(unknown)) => Verdict::Open { unknown },
            (None, None) => Verdict::Reaches,
        }
    }

    /// The first that is known to block, if any does.
    #[must_use]
    pub fn blocked(self) -> Option<Limit> {
        match self.verdict() {
            Verdict::Blocked { by } => Some(by),
            Verdict::Reaches | Verdict::Open { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Answer::{No, Unknown, Yes};

    fn verdict(main: Answer, person: Answer, settings: Answer) -> Verdict {
        Answers { person, settings, main }.verdict()
    }

    #[test]
    fn the_truth_table_of_main_authorized_user_person_and_settings() {
        let blocked = |by| Verdict::Blocked { by };
        for (main, person, settings, expected) in [
            // Case 1 of four: both may see it.
            (Yes, Yes, Yes, Verdict::Reaches),
            (Yes, Yes, No, blocked(Limit::Settings)),
            // Case 2: only the main authorized user may.
            (Yes, No, Yes, blocked(Limit::Person)),
            (Yes, No, No, blocked(Limit::Person)),
            // Case 3: only the person may.
            (No, Yes, Yes, blocked(Limit::Main)),
            (No, Yes, No, blocked(Limit::Settings)),
            // Case 4: neither may.
            (No, No, Yes, blocked(Limit::Person)),
            (No, No, No, blocked(Limit::Person)),
        ] {
            assert_eq!(verdict(main, person, settings), expected, "{main:?} {person:?} {settings:?}");
        }
    }

    #[test]
    fn what_is_not_known_is_never_a_yes_and_hides_no_no() {
        let all = [Yes, No, Unknown];
        let mut reached = 0;
        for main in all {
            for person in all {
                for settings in all {
                    let three = [main, person, settings];
                    match verdict(main, person, settings) {
                        Verdict::Reaches => {
                            assert_eq!(three, [Yes; 3]);
                            reached += 1;
                        }
                        Verdict::Blocked { .. } => assert!(three.contains(&No), "{three:?}"),
                        Verdict::Open { .. } => assert!(!three.contains(&No) && three.contains(&Unknown), "{three:?}"),
                    }
                }
            }
        }
        assert_eq!(reached, 1);
        assert_eq!(verdict(Unknown, Yes, Yes), Verdict::Open { unknown: Limit::Main });
        assert_eq!(verdict(Unknown, Unknown, No), Verdict::Blocked { by: Limit::Settings });
    }
}
