//! Text as a terminal shows it.

use unicode_width::UnicodeWidthStr;

/// The columns of a terminal that a text takes: Korean letters and emoji take two, combining marks
/// none (UAX #11).
pub fn columns(text: &str) -> usize {
    text.width()
}

/// A text filled up with spaces to that many columns.
pub fn padded(text: &str, width: usize) -> String {
    let gap = " ".repeat(width.saturating_sub(columns(text)));
    format!("{text}{gap}")
}

/// A text whose control characters can't do anything to a terminal or begin a new line in a log.
pub fn printable(text: &str) -> String {
    let invisible = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars()
        .map(|c| if invisible(c) { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_never_reach_the_terminal() {
        assert_eq!(printable("/a\u{1b}[2J\r\nb\u{202e}"), "/a [2J  b ");
        assert_eq!(printable("/보관함"), "/보관함");
    }

    #[test]
    fn korean_letters_take_two_columns() {
        assert_eq!(columns("abc"), 3);
        assert_eq!(columns("주소"), 4);
        assert_eq!(columns("→ •"), 3);
        // The same, written with conjoining letters and with a combining accent.
        assert_eq!(columns("\u{1112}\u{1161}\u{11ab}"), 2);
        assert_eq!(columns("cafe\u{301}"), 4);
        assert_eq!(columns("🔑👩\u{200d}💻"), 4);
    }
}
