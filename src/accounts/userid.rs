//! Userids: the characters they are made of, and when two of them are the same.
//!
//! Letters, marks and digits of every script, and `@ . + - _`, after Unicode's NFKC has made one of
//! the several ways to write the same letter. Django's `UnicodeUsernameValidator` has the same rule
//! for letters, but forgets the marks, without which neither Hindi nor Thai can be written.

use unicode_ident::is_xid_continue;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};
use unicode_script::{Script, ScriptExtension, UnicodeScript};
use unicode_security::MixedScript;

use super::{FieldError, limits};
use crate::characters::{JOINERS, is_hidden};

/// The longest userid as it is typed: NFKC makes one character of four at most.
const MAX_TYPED: usize = 4 * limits::USERID;

/// The canonical combining class of viramas, after which a joiner changes how a letter is drawn.
const VIRAMA: u8 = 9;

/// The userid as it is kept: NFKC, without the white space around it.
pub(super) fn normalise(typed: &str) -> String {
    let nfkc: String = typed.trim().nfkc().collect();
    nfkc.trim().to_owned()
}

/// The userid as it is compared: `Alice`, `alice` and full-width `ＡＬＩＣＥ` are one, and so are two
/// that differ only by joiners, which not every reader sees.
pub(super) fn fold(typed: &str) -> String {
    normalise(typed).replace(JOINERS, "").to_lowercase()
}

/// A text longer than any userid. Judged before everything else, because everything else costs
/// time in proportion to the length.
pub(super) fn is_too_long(typed: &str) -> bool {
    let typed = typed.trim();
    typed.chars().nth(MAX_TYPED).is_some() || normalise(typed).chars().nth(limits::USERID).is_some()
}

/// Everything that is wrong with a userid, apart from being taken; only its length if it is too
/// long.
pub(super) fn faults(typed: &str) -> Vec<FieldError> {
    if is_too_long(typed) {
        return vec![FieldError::UseridTooLong];
    }
    let userid = normalise(typed);
    let mut faults = Vec::new();
    if !has_only_allowed(&userid) {
        faults.push(FieldError::UseridCharacters);
    } else if is_mixed(&userid) {
        faults.push(FieldError::UseridMixed);
    }
    faults
}

fn has_only_allowed(userid: &str) -> bool {
    let characters: Vec<char> = userid.chars().collect();
    let mut letter_before = false;
    characters.iter().enumerate().all(|(place, &character)| {
        // A mark without a letter would be drawn on whatever stands before the userid on a page.
        let allowed = if is_combining_mark(character) {
            letter_before && is_letter(character)
        } else if JOINERS.contains(&character) {
            joins(&characters[..place], character, characters.get(place + 1))
        } else {
            is_letter(character) || "@.+-".contains(character)
        };
        letter_before = is_letter(character);
        allowed
    })
}

/// A letter, mark or digit that is seen. Source: `XID_Continue` of UAX #31, without the two signs that
/// it keeps from old times: `alic℮` would look like `alice`.
fn is_letter(character: char) -> bool {
    is_xid_continue(character) && !is_hidden(character) && !"℮℘".contains(character)
}

/// A joiner where it changes what is seen: after a virama, at the end only the one that joins, with
/// which Malayalam names end; or, for the non-joiner, between two Arabic letters, which would be
/// joined without it. Source: RFC 5892, appendices A.1 and A.2, without the joining types of single
/// letters.
fn joins(before: &[char], joiner: char, after: Option<&char>) -> bool {
    let is_arabic = |letter: &char| letter.script() == Script::Arabic;
    let is_last = after.is_none();
    before.last().is_some_and(|before| match joiner {
        _ if canonical_combining_class(*before) == VIRAMA => !is_last || joiner == JOINERS[1],
        _ => joiner == JOINERS[0] && is_arabic(before) && after.is_some_and(is_arabic),
    })
}

/// Letters of several scripts that are never written together: with a Cyrillic `а`, `аlice` would
/// look like `alice`. Japanese, Korean and Chinese count as one script each, and go with Latin.
///
/// Source: the level "Highly Restrictive" of UTS #39, section 5.2, for letters of any script.
fn is_mixed(userid: &str) -> bool {
    // Signs, digits and marks that all scripts share count as Latin here.
    let is_latin = |letter: &char| ScriptExtension::from(*letter).contains_script(Script::Latin);
    let others: String = userid.chars().filter(|letter| !is_latin(letter)).collect();
    let others = others.resolve_script_set();
    let with_latin = others.hanb || others.jpan || others.kore;
    !(userid.is_single_script() || with_latin)
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
            "สมชาย7",
            "田中",
            "น้ำฝน",
            "विष्णु",
            "তৃষ্ণা",
            "தமிழ்",
            "မြန်မာ",
            "ខ្មែរ",
            "عَلِيّ",
            "e\u{301}",
            // With the joiners that these words are written with.
            "क्\u{200D}ष",
            "ශ්\u{200D}රී",
            "علی\u{200C}رضا",
            "രാഹുല്\u{200D}",
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
            "a\u{34F}b",
            "a\u{FE0F}b",
            "a\u{E0041}b",
            "a\u{202E}b",
            // Joiners that change nothing, and marks without a letter.
            "a\u{200D}b",
            "ب\u{200D}ب",
            "a\u{200C}",
            "\u{200C}क",
            "क्\u{200C}",
            "\u{200D}",
            "alic℮",
            "\u{13441}",
            "\u{301}a",
            "a.\u{301}",
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
    fn no_word_is_kept_for_the_course() {
        for userid in ["nobody", "ＮＯＢＯＤＹ", "admin", "sid"] {
            assert_eq!(faults(userid), [], "{userid}");
        }
    }

    #[test]
    fn of_a_userid_that_is_too_long_only_that_is_told() {
        for userid in [
            "a b ".repeat(60),
            "аa".repeat(2_500),
            "\u{301}".repeat(10_000),
        ] {
            assert_eq!(faults(&userid), [FieldError::UseridTooLong]);
        }
        let spaces = " ".repeat(10_000);
        assert_eq!(faults(&format!("{spaces}alice{spaces}")), []);
    }

    #[test]
    fn scripts_are_mixed_only_as_people_write_them() {
        for userid in [
            "田中ゆうこ-タロウ-yuko7",
            "김金kim7",
            "王ㄨㄤ-wang",
            "ヤマー",
            "алиса7",
            // Looks like `alice`, but is Cyrillic all through.
            "аӏісе",
        ] {
            assert_eq!(faults(userid), [], "{userid}");
        }
        for userid in [
            "аlice",
            "alic\u{435}",
            "Ωmega",
            "αlice",
            "한글алиса",
            "김ゆうこ",
            "aक",
            "a\u{941}",
            "alice৪",
            "ａliсe",
        ] {
            assert_eq!(faults(userid), [FieldError::UseridMixed], "{userid:?}");
        }
    }

    #[test]
    fn full_width_and_decomposed_letters_become_the_usual_ones() {
        assert_eq!(normalise("Ａｌｉｃｅ"), "Alice");
        assert_eq!(normalise("\u{1112}\u{1161}\u{11AB}"), "한");
        assert_eq!(fold("ÜNÏCODE"), fold("ünïcode"));
        assert_ne!(fold("alice"), fold("alíce"));
        assert_eq!(fold("क्\u{200D}ष"), fold("क्ष"));
    }
}
