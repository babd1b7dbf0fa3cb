//! Times as Jira writes them, out of milliseconds since 1970.

const DAY_MS: i64 = 86_400_000;

/// One hour in milliseconds.
pub(crate) const HOUR_MS: i64 = 3_600_000;

/// The date and time of an instant in UTC.
struct Civil {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
    millisecond: i64,
}

/// The proleptic Gregorian date, counted in eras of 400 years that begin on 1 March, so that the leap day is a year's
/// last day.
fn civil(at_ms: i64) -> Civil {
    let (days, in_day) = (at_ms.div_euclid(DAY_MS), at_ms.rem_euclid(DAY_MS));
    let shifted = days.saturating_add(719_468);
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    Civil {
        year: year_of_era + era * 400 + i64::from(month <= 2),
        month,
        day: day_of_year - (153 * shifted_month + 2) / 5 + 1,
        hour: in_day / HOUR_MS,
        minute: in_day / 60_000 % 60,
        second: in_day / 1_000 % 60,
        millisecond: in_day % 1_000,
    }
}

/// `2026-11-21T08:00:00.000+0000`: Jira's form, whose offset has no colon.
pub(crate) fn jira(at_ms: i64) -> String {
    let Civil { year, month, day, hour, minute, second, millisecond } = civil(at_ms);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}+0000")
}

/// `2026-11-21T08:00:00Z`: the form of rate-limit headers.
pub(crate) fn iso(at_ms: i64) -> String {
    let Civil { year, month, day, hour, minute, second, .. } = civil(at_ms);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_instants_are_written_as_jira_writes_them() {
        assert_eq!(jira(0), "1970-01-01T00:00:00.000+0000");
        assert_eq!(jira(951_782_400_000), "2000-02-29T00:00:00.000+0000");
        assert_eq!(jira(1_723_467_201_711), "2024-08-12T12:53:21.711+0000");
        assert_eq!(jira(-1), "1969-12-31T23:59:59.999+0000");
        assert_eq!(iso(4_102_444_800_000), "2100-01-01T00:00:00Z");
    }
}
