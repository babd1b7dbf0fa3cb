//! How figures are printed.

use integration_plus::domain::time::Span;

/// Prints a table: the first column to the left, all others to the right.
pub fn table(headings: &[&str], rows: impl Iterator<Item = Vec<String>>) {
    let headings = headings.iter().map(|heading| (*heading).to_owned()).collect();
    let rows: Vec<Vec<String>> = std::iter::once(headings).chain(rows).collect();
    let widest = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..rows[0].len()).map(widest).collect();
    for row in &rows {
        let cell = |(column, text): (usize, &String)| {
            let width = widths[column];
            if column == 0 { format!("{text:<width$}") } else { format!("{text:>width$}") }
        };
        let cells: Vec<String> = row.iter().enumerate().map(cell).collect();
        println!("  {}", cells.join("   ").trim_end());
    }
    println!();
}

/// `100000` as `100,000`.
pub fn grouped(number: u32) -> String {
    let digits = number.to_string();
    let comma = |(place, digit): (usize, char)| {
        let before = (place > 0 && (digits.len() - place).is_multiple_of(3)).then_some(',');
        before.into_iter().chain([digit])
    };
    digits.chars().enumerate().flat_map(comma).collect()
}

/// So many for each, to one place.
pub fn per(all: usize, each: u32) -> String {
    let tenths = all.saturating_mul(10).div_ceil(usize::try_from(each.max(1)).unwrap_or(usize::MAX));
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A length of time in hours, to two places.
pub fn hours(span: Span) -> String {
    let hundredths = span.0.saturating_mul(100) / Span::hours(1).0;
    format!("{}.{:02} h", hundredths / 100, hundredths % 100)
}
