//! Characters that a reader of a page can't see.

use unicode_normalization::char::is_combining_mark;
use unicode_security::GeneralSecurityProfile;
use unicode_security::general_security_profile::IdentifierType;

/// Zero width joiner and non-joiner: Persian, Hindi and Sinhala need them inside of words.
pub(crate) const JOINERS: [char; 2] = ['\u{200C}', '\u{200D}'];

/// A character that draws nothing itself: controls, separators of lines and paragraphs, controls of
/// the writing direction, spaces of no width, fillers, tags and variation selectors; unassigned and
/// private ones too, since it is unknown what they draw; and the blanks among the hieroglyphs,
/// which count as letters.
///
/// Source: the identifier types of UTS #39, table 1.
pub(crate) fn is_hidden(character: char) -> bool {
    match character.identifier_type() {
        None | Some(IdentifierType::Default_Ignorable) => true,
        // Both deprecated letters and deprecated format controls have this type.
        Some(IdentifierType::Deprecated) => !character.is_alphanumeric(),
        _ => {
            character.is_control()
                || matches!(
                    character,
                    '\u{2028}' | '\u{2029}' | '\u{FFF9}'..='\u{FFFC}' | '\u{13441}' | '\u{13442}'
                )
        }
    }
}

/// A variation selector chooses between two drawings of the character before it; Japanese names
/// are written with them.
pub(crate) fn is_variation_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

/// A text in which a reader sees something. Marks without a letter, and the empty pattern of
/// Braille, are not seen.
pub(crate) fn has_visible(text: &str) -> bool {
    text.chars().any(|character| {
        !is_hidden(character)
            && !character.is_whitespace()
            && !is_combining_mark(character)
            && character != '\u{2800}'
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_draws_nothing_is_hidden() {
        for hidden in [
            '\0',
            '\n',
            '\u{85}',
            '\u{AD}',
            '\u{34F}',
            '\u{61C}',
            '\u{115F}',
            '\u{1160}',
            '\u{17B4}',
            '\u{180E}',
            '\u{200B}',
            '\u{200D}',
            '\u{200E}',
            '\u{200F}',
            '\u{2028}',
            '\u{2029}',
            '\u{202A}',
            '\u{202E}',
            '\u{2060}',
            '\u{2066}',
            '\u{2069}',
            '\u{206F}',
            '\u{3164}',
            '\u{FE0F}',
            '\u{FEFF}',
            '\u{FFA0}',
            '\u{FFF9}',
            '\u{FFFC}',
            '\u{13441}',
            '\u{13442}',
            '\u{1D159}',
            '\u{1D173}',
            '\u{E000}',
            '\u{E0001}',
            '\u{E0041}',
            '\u{E0100}',
            '\u{E0FFF}',
            '\u{10FFFF}',
        ] {
            assert!(is_hidden(hidden), "{hidden:?}");
            assert!(!has_visible(&hidden.to_string()), "{hidden:?}");
        }
        for seen in "aß한ู田ñ'-. \u{3000}\u{A0}🙂ʼn".chars() {
            assert!(!is_hidden(seen), "{seen:?}");
        }
    }

    #[test]
    fn a_text_needs_more_than_spaces_and_marks() {
        for nothing in [
            "",
            " ",
            "\u{3000}",
            "\u{301}",
            "\u{2800}",
            "\u{200D}\u{FE0F} ",
        ] {
            assert!(!has_visible(nothing), "{nothing:?}");
        }
        for something in ["a", "한", "?", "🙂", "a\u{301}"] {
            assert!(has_visible(something), "{something:?}");
        }
    }
}
