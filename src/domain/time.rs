//! Points in time and lengths of time, in milliseconds.

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(as = "f64"))]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(pub i64);

impl Span {
    /// `n` seconds.
    #[must_use]
    pub const fn seconds(n: i64) -> Self {
        Self(n * 1000)
    }

    /// `n` minutes.
    #[must_use]
    pub const fn minutes(n: i64) -> Self {
        Self::seconds(n * 60)
    }

    /// `n` hours.
    #[must_use]
    pub const fn hours(n: i64) -> Self {
        Self::minutes(n * 60)
    }

    /// In whole seconds that are certainly enough, and at least one.
    #[must_use]
    pub fn seconds_up(self) -> u32 {
        u32::try_from(self.0.max(0).div_euclid(1000) + 1).unwrap_or(u32::MAX)
    }

    /// `n` days of 24 hours.
    #[must_use]
    pub const fn days(n: i64) -> Self {
        Self::hours(n * 24)
    }
}

impl Timestamp {
    /// This point in time moved later by `span`, held at the ends of the range.
    #[must_use]
    pub const fn plus(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// How long after `earlier` this is; negative when the clock went back.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// The beginning of its day in UTC.
    #[must_use]
    pub const fn day(self) -> Self {
        Self(self.0 - self.0.rem_euclid(Span::days(1).0))
    }

    /// As Jira writes it: `2024-08-12T12:53:21.711+0000`.
    #[must_use]
    pub fn iso(self) -> String {
        let (year, month, day) = civil(self.0.div_euclid(Span::days(1).0));
        let of_day = self.0.rem_euclid(Span::days(1).0);
        let (hour, minute) = (of_day / 3_600_000, of_day / 60_000 % 60);
        let (second, milli) = (of_day / 1000 % 60, of_day % 1000);
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}+0000")
    }

    /// Reads ISO 8601 with a time and an offset: `2024-08-12T12:53:21.711+0000`, `2024-08-12T12:53Z`. `None` for anything
    /// else; what is finer than a second is left out.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let (date, time) = text.split_once('T')?;
        let [year, month, day] = numbers(date, '-')?;
        let end = time.find(['Z', '+', '-'])?;
        let (clock, offset) = time.split_at(end);
        let clock = clock.split('.').next().unwrap_or_default();
        let [hour, minute, second] = numbers(clock, ':').or_else(|| numbers(&format!("{clock}:0"), ':'))?;
        let offset_minutes = match offset.split_at(1) {
            ("Z", "") => 0,
            ("Z", _) => return None,
            (sign, ahead) => {
                let digits = ahead.replace(':', "");
                let ahead: i64 = Some(&digits).filter(|digits| digits.len() == 4)?.parse().ok()?;
                (ahead / 100 * 60 + ahead % 100) * if sign == "-" { -1 } else { 1 }
            }
        };
        let possible = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second <= 60;
        let seconds = ((days(year, month, day) * 24 + hour) * 60 + minute - offset_minutes) * 60 + second;
        possible.then_some(Self(seconds * 1000))
    }

    /// The same with the milliseconds, where three digits tell them: what [`Timestamp::iso`] writes is read back.
    #[must_use]
    pub fn from_iso_exact(text: &str) -> Option<Self> {
        let whole = Self::from_iso(text)?;
        let digits = text.split_once('.').and_then(|(_, rest)| rest.get(..3));
        let ms = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
        Some(whole.plus(Span(ms.and_then(|ms| ms.parse().ok()).unwrap_or(0))))
    }
}

/// Three numbers of four digits at most.
fn numbers(text: &str, parted_by: char) -> Option<[i64; 3]> {
    let mut parts = text.split(parted_by);
    let mut next = || {
        let part = parts.next()?;
        let digits = part.len() <= 4 && part.bytes().all(|digit| digit.is_ascii_digit());
        if digits { part.parse().ok() } else { None }
    };
    let three = [next()?, next()?, next()?];
    parts.next().is_none().then_some(three)
}

/// The number of days since 1970-01-01 of a year, month and day: what [`civil`] turns back.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Year, month and day of a number of days since 1970-01-01, in the proleptic Gregorian calendar: counted in eras of 400
/// years that begin with March, so that the leap day is the last day of its year.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_in_time_is_written_as_jira_writes_it() {
        for (ms, text) in [
            (0, "1970-01-01T00:00:00.000+0000"),
            (1_723_467_201_711, "2024-08-12T12:53:21.711+0000"),
            (951_782_399_999, "2000-02-28T23:59:59.999+0000"),
            (951_868_800_000, "2000-03-01T00:00:00.000+0000"),
            (1_709_164_800_000, "2024-02-29T00:00:00.000+0000"),
            (-1, "1969-12-31T23:59:59.999+0000"),
        ] {
            assert_eq!(Timestamp(ms).iso(), text);
            assert_eq!(Timestamp::from_iso(text), Some(Timestamp(ms - ms.rem_euclid(1000))), "{text}");
            assert_eq!(Timestamp::from_iso_exact(text), Some(Timestamp(ms)), "{text}");
        }
        assert_eq!(Timestamp(1_723_467_201_711).day(), Timestamp(1_723_420_800_000));
    }

    #[test]
    fn a_point_in_time_is_read_with_its_offset_or_not_at_all() {
        let noon = Timestamp(1_723_464_000_000);
        for text in
            ["2024-08-12T12:00:00Z", "2024-08-12T12:00Z", "2024-08-12T14:30+02:30", "2024-08-12T09:00:00.999-0300"]
        {
            assert_eq!(Timestamp::from_iso(text), Some(noon), "{text}");
        }
        for text in [
            "",
            "2024-08-12",
            "2024-08-12T12:00:00",
            "2024-08-12T12Z",
            "2024-00-12T12:00Z",
            "x-08-12T12:00Z",
            "2024-08-12T12:00:00Zx",
        ] {
            assert_eq!(Timestamp::from_iso(text), None, "{text}");
        }
    }
}
