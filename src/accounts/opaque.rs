//! One form of a password, however a keyboard writes it.

use unicode_normalization::UnicodeNormalization;

use super::limits;

/// A text longer than any password. Judged before everything else, because everything else costs
/// time in proportion to the length.
pub(super) fn is_too_long(typed: &str) -> bool {
    typed.chars().nth(limits::PASSWORD).is_some()
}

/// The password as it is judged and hashed: spaces of every kind are spaces, and letters are in
/// NFC, because a Mac's file names and some keyboards send the same `한` in three characters.
/// Small and capital, wide and narrow letters stay different.
///
/// Source: the profile `OpaqueString` of RFC 8265, section 4.2; NIST SP 800-63B-4, section 3.1.1.2.
pub(super) fn normalise(typed: &str) -> String {
    let spaces = |character: char| if is_space(character) { ' ' } else { character };
    typed.chars().map(spaces).nfc().collect()
}

/// A character of the category `Zs`: white space that is no control and ends no line.
fn is_space(character: char) -> bool {
    let ends_line = matches!(character, '\u{2028}' | '\u{2029}');
    character.is_whitespace() && !character.is_control() && !ends_line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_letters_are_the_same_password() {
        assert_eq!(normalise("\u{1112}\u{1161}\u{11AB}글"), "한글");
        assert_eq!(normalise("e\u{301}\u{212B}"), "éÅ");
        assert_eq!(normalise("a\u{A0}b\u{3000}c\u{2009}d"), "a b c d");
    }

    #[test]
    fn everything_else_stays_as_it_was_typed() {
        for typed in [
            "wonder-land-7",
            " Ａa\t\0\u{2028} ",
            "ﬁ①",
            "한글비밀번호아홉자",
        ] {
            assert_eq!(normalise(typed), typed);
        }
    }
}
