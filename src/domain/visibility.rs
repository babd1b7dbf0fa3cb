//! Who may read a comment, and whether that can be kept where it goes.

use super::integration::{End, Restriction, Terms};
use super::tagged::tagged;
use serde::{Deserialize, Serialize};

/// Who may read a comment of an issue, beside the bounds of the issue itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Visibility {
    /// Those alone, if it is restricted.
    pub restricted: Option<Restriction>,
    /// Nobody who is a customer, in a service project.
    pub internal: bool,
}

impl Visibility {
    /// Whether everybody who sees the issue may read it.
    #[must_use]
    pub fn public(&self) -> bool {
        self.restricted.is_none() && !self.internal
    }
}

/// Why a comment cannot go without being shown to others than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type"))]
#[serde(remote = "Self")]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Withheld {
    /// It is restricted, and nothing says to what on the other site.
    Restricted {
        /// To this.
        to: Restriction,
    },
    /// It is an internal note, and the other project keeps none.
    Internal,
}

tagged!(Withheld);

/// Who may read it at the other end; `from` is where it comes from.
///
/// # Errors
/// [`Withheld`]: it is not sent.
pub fn carried(
    visibility: &Visibility,
    terms: &Terms,
    from: End,
    from_service_project: bool,
    to_service_project: bool,
) -> Result<Visibility, Withheld> {
    let restricted = match &visibility.restricted {
        None => None,
        Some(own) => match terms.restriction_from(from, own) {
            Some(other) => Some(other.clone()),
            None => return Err(Withheld::Restricted { to: own.clone() }),
        },
    };
    let internal = match (visibility.internal, to_service_project) {
        (true, false) => return Err(Withheld::Internal),
        (true, true) => true,
        (false, false) => false,
        // Where no customer read it, none reads it now, unless an administrator wants that.
        (false, true) => !from_service_project && !terms.to_customers,
    };
    Ok(Visibility { restricted, internal })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::integration::tests::{restriction, terms};

    fn only(name: &str) -> Visibility {
        Visibility { restricted: Some(restriction(name)), internal: false }
    }

    const INTERNAL: Visibility = Visibility { restricted: None, internal: true };

    #[test]
    fn what_would_be_shown_to_others_than_before_is_not_sent() {
        let terms = terms();
        let to = |visibility: &Visibility, from, own, other| carried(visibility, &terms, from, own, other);
        let unknown = Withheld::Restricted { to: restriction("Administrators") };
        assert_eq!(to(&only("Administrators"), End::Here, false, false), Err(unknown));
        assert_eq!(to(&only("Developers"), End::Here, false, false), Ok(only("Team")));
        assert_eq!(to(&only("Team"), End::There, false, false), Ok(only("Developers")));
        assert_eq!(to(&INTERNAL, End::Here, true, false), Err(Withheld::Internal));
        assert_eq!(to(&INTERNAL, End::Here, true, true), Ok(INTERNAL));
    }

    #[test]
    fn customers_read_what_customers_read_before_and_no_more_unless_that_is_wanted() {
        let mut terms = terms();
        let public = Visibility::default();
        assert_eq!(carried(&public, &terms, End::Here, false, true), Ok(INTERNAL));
        assert_eq!(carried(&public, &terms, End::Here, true, true), Ok(public.clone()));
        assert_eq!(carried(&public, &terms, End::Here, true, false), Ok(public.clone()));
        terms.to_customers = true;
        assert_eq!(carried(&public, &terms, End::Here, false, true), Ok(public.clone()));
        assert!(public.public() && !INTERNAL.public() && !only("x").public());
    }
}
