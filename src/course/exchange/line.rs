//! Texts cut to a line.

use crate::course::terminal::text::printable;

/// The most characters of a text that are kept.
const LONGEST: usize = 200;

/// A text that fits into a line and can't do anything there.
pub(crate) fn line(text: &str) -> String {
    let mut line: String = printable(text).chars().take(LONGEST).collect();
    if line.len() < text.len() && text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_between_two_characters() {
        let whole = "한".repeat(LONGEST);
        assert_eq!(line(&whole), whole);
        assert_eq!(line(&(whole.clone() + "한")), whole + "…");
    }
}
