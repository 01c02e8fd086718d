//! Which userids there can be, and when two of them are the same.
//!
//! The rule is that of Django's `UnicodeUsernameValidator`: letters and digits of every script, and
//! `@ . + - _`, after Unicode's NFKC has made one of the several ways to write the same letter.

use unicode_normalization::UnicodeNormalization;

use super::FieldError;

/// The longest userid, in characters.
pub(super) const MAX_LENGTH: usize = 150;

/// The word by which scenarios say that no user is asking.
const REFUSED: &str = "nobody";

/// The userid as it is kept: NFKC, without the white space around it.
pub(super) fn normalise(typed: &str) -> String {
    let nfkc: String = typed.nfkc().collect();
    nfkc.trim().to_owned()
}

/// The userid as it is compared: `Alice`, `alice` and full-width `ＡＬＩＣＥ` are one.
pub(super) fn fold(typed: &str) -> String {
    normalise(typed).to_lowercase()
}

/// Everything that is wrong with a userid, apart from being taken.
pub(super) fn faults(typed: &str) -> Vec<FieldError> {
    let userid = normalise(typed);
    let mut faults = Vec::new();
    if !userid.chars().all(is_allowed) {
        faults.push(FieldError::UseridCharacters);
    }
    if userid.chars().count() > MAX_LENGTH {
        faults.push(FieldError::UseridTooLong);
    }
    if fold(&userid) == REFUSED {
        faults.push(FieldError::UseridRefused);
    }
    faults
}

fn is_allowed(character: char) -> bool {
    match character {
        '@' | '.' | '+' | '-' | '_' => true,
        // Letters to Unicode, but one sees nothing: a userid of them could not be told from
        // another one. They are the fillers of Korean syllables.
        '\u{115F}' | '\u{1160}' => false,
        // Letters to Unicode, but drawn as pictures; some of them are emoji.
        '\u{1F150}'..='\u{1F189}' => false,
        _ => character.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_of_every_script_are_allowed() {
        for userid in [
            "alice",
            "한글",
            "Ünïcode",
            "Ωmega",
            "สมชาย7",
            "田中",
            "a.b+c-d_e@f",
            " alice ",
            "7",
        ] {
            assert_eq!(faults(userid), [], "{userid}");
        }
    }

    #[test]
    fn spaces_signs_emoji_and_invisible_letters_are_refused() {
        for userid in [
            "a b",
            "a\tb",
            "a\0b",
            "a/b",
            "a:b",
            "<b>",
            "🙂",
            "🅰",
            "a\u{200B}b",
            "a\u{3164}b",
        ] {
            assert_eq!(faults(userid), [FieldError::UseridCharacters], "{userid:?}");
        }
    }

    #[test]
    fn length_counts_characters_after_normalisation() {
        assert_eq!(faults(&"한".repeat(150)), []);
        assert_eq!(faults(&"한".repeat(151)), [FieldError::UseridTooLong]);
        // One typed character, three normalised ones.
        assert_eq!(faults(&"㎦".repeat(50)), []);
        assert_eq!(faults(&"㎦".repeat(51)), [FieldError::UseridTooLong]);
    }

    #[test]
    fn nobody_is_refused_in_any_case_and_width() {
        for userid in ["nobody", "Nobody", "ＮＯＢＯＤＹ", " nobody "] {
            assert_eq!(faults(userid), [FieldError::UseridRefused], "{userid}");
        }
    }

    #[test]
    fn several_faults_are_told_at_once() {
        let userid = "a b ".repeat(60);
        assert_eq!(
            faults(&userid),
            [FieldError::UseridCharacters, FieldError::UseridTooLong]
        );
    }

    #[test]
    fn full_width_and_decomposed_letters_become_the_usual_ones() {
        assert_eq!(normalise("Ａｌｉｃｅ"), "Alice");
        assert_eq!(normalise("\u{1112}\u{1161}\u{11AB}"), "한");
        assert_eq!(fold("ÜNÏCODE"), fold("ünïcode"));
        assert_ne!(fold("alice"), fold("alíce"));
    }
}
