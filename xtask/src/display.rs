//! How numbers and rows look.

use std::time::Duration;

/// `0.3 s`, `12.3 s`, `2 m 05 s`.
pub fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 100 {
        format!("{:.1} s", time.as_secs_f64())
    } else {
        format!("{} m {:02} s", seconds / 60, seconds % 60)
    }
}

/// `143 KB`, where a KB is 1000 bytes, as in Forge's and browsers' figures.
pub fn kilobytes(bytes: u64) -> String {
    format!("{} KB", (bytes + 500) / 1000)
}

/// One line of a list of steps.
pub fn row(verdict: &str, name: &str, time: &str, note: &str) -> String {
    format!("{verdict:<4}  {name:<28} {time:>9}  {note}").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_at_a_glance() {
        assert_eq!(duration(Duration::from_millis(340)), "0.3 s");
        assert_eq!(duration(Duration::from_secs(125)), "2 m 05 s");
    }

    #[test]
    fn sizes_are_rounded_to_the_nearest() {
        assert_eq!(kilobytes(143_499), "143 KB");
        assert_eq!(kilobytes(143_500), "144 KB");
    }
}
