//! Text as a terminal shows it.

/// How many columns of a terminal a text takes: Korean letters take two.
pub fn columns(text: &str) -> usize {
    let wide = |c: char| {
        matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}')
    };
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
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
    }
}
