//! Passwords that are too easily guessed: the four validators that Django starts a project with.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::{Field, FieldError, limits, opaque};

/// From this similarity on a password is refused; 1 is the same letters in whatever order.
const MAX_SIMILARITY: f64 = 0.7;

/// Passwords that are tried first, one a line, in small letters. Those that are too short or all
/// digits are left out, since other rules refuse them already.
const COMMON: &str = include_str!("common_passwords.txt");

/// Everything that is wrong with a password, given what else its owner typed into the form.
pub(super) fn faults(password: &str, personal: &[(Field, &str)]) -> Vec<FieldError> {
    if opaque::is_too_long(password) {
        // Only that: such a password is never chosen.
        return vec![FieldError::PasswordTooLong];
    }
    let password = opaque::normalise(password);
    let lowercase = password.to_lowercase();
    let mut faults = Vec::new();
    if password.chars().count() < limits::SHORTEST_PASSWORD {
        faults.push(FieldError::PasswordTooShort);
    }
    if password.chars().all(char::is_numeric) {
        faults.push(FieldError::PasswordAllDigits);
    }
    // One is enough: who is told of the userid will not turn to the address next.
    let similar = personal
        .iter()
        .find(|(_, value)| is_similar(&lowercase, value));
    if let Some(&(to, _)) = similar {
        faults.push(FieldError::PasswordTooSimilar { to });
    }
    let trimmed = lowercase.trim();
    if COMMON.lines().any(|common| common == trimmed) {
        faults.push(FieldError::PasswordTooCommon);
    }
    faults
}

/// True if the password, in small letters, is like the value or like one of its words. Source:
/// Django's `UserAttributeSimilarityValidator`.
fn is_similar(password: &str, value: &str) -> bool {
    let value = value.nfkc().collect::<String>().to_lowercase();
    let words = value.split(|c: char| !c.is_alphanumeric() && c != '_');
    words
        .chain([value.as_str()])
        .filter(|part| !is_far_shorter(part, password))
        .any(|part| quick_ratio(password, part) >= MAX_SIMILARITY)
}

/// True if a part is so much shorter than the password that the two can't be similar.
fn is_far_shorter(part: &str, password: &str) -> bool {
    let part = part.chars().count();
    let password = password.chars().count();
    password >= 10 * part && (part as f64) < MAX_SIMILARITY / 2.0 * password as f64
}

/// The share of characters that two texts have in common, wherever they stand: from 0 to 1.
/// Source: `quick_ratio` of Python's `difflib.SequenceMatcher`.
fn quick_ratio(one: &str, other: &str) -> f64 {
    let mut left: HashMap<char, usize> = HashMap::new();
    for character in other.chars() {
        *left.entry(character).or_default() += 1;
    }
    let mut shared = 0;
    for character in one.chars() {
        if let Some(count) = left.get_mut(&character).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    let length = one.chars().count() + other.chars().count();
    2.0 * f64::from(shared) / length as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOO_SIMILAR: FieldError = FieldError::PasswordTooSimilar { to: Field::Userid };

    fn alone(password: &str) -> Vec<FieldError> {
        faults(password, &[])
    }

    fn beside(userid: &str, password: &str) -> Vec<FieldError> {
        faults(password, &[(Field::Userid, userid)])
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(alone("tulip-7"), [FieldError::PasswordTooShort]);
        assert_eq!(alone("tulip-77"), []);
        assert_eq!(alone("나비야청산가자"), [FieldError::PasswordTooShort]);
        let decomposed = "\u{1112}\u{1161}\u{11AB}".repeat(7);
        assert_eq!(alone(&decomposed), [FieldError::PasswordTooShort]);
        assert_eq!(alone("나비야 청산가자"), []);
        assert_eq!(alone(&"한글 ".repeat(1365)), []);
        let long = "1".repeat(4097);
        assert_eq!(alone(&long), [FieldError::PasswordTooLong]);
    }

    #[test]
    fn digits_of_any_script_are_not_enough() {
        assert_eq!(alone("8264901735"), [FieldError::PasswordAllDigits]);
        assert_eq!(alone("٨٢٦٤٩٠١٧٣٥"), [FieldError::PasswordAllDigits]);
        assert_eq!(alone("8264901735x"), []);
    }

    #[test]
    fn common_passwords_are_refused_in_any_case_and_with_spaces_around() {
        for password in ["password1", "PassWord1", " password1 ", "qwer1234"] {
            assert_eq!(
                alone(password),
                [FieldError::PasswordTooCommon],
                "{password}"
            );
        }
    }

    #[test]
    fn the_list_holds_only_what_other_rules_let_through() {
        for common in COMMON.lines() {
            assert_eq!(alone(common), [FieldError::PasswordTooCommon], "{common}");
            assert_eq!(common, common.to_lowercase().trim());
        }
    }

    #[test]
    fn a_password_like_the_userid_or_one_of_its_words_is_refused() {
        assert_eq!(beside("margarete", "margarete"), [TOO_SIMILAR]);
        assert_eq!(beside("margarete", "ETERAGRAM7"), [TOO_SIMILAR]);
        assert_eq!(beside("margarete", "margarete-1234567"), []);
        assert_eq!(beside("x@margarete.example", "margarete1"), [TOO_SIMILAR]);
        assert_eq!(beside("", "margarete"), []);
    }

    #[test]
    fn the_first_similar_field_is_named() {
        let personal = [
            (Field::RealName, "Bob"),
            (Field::Email, "tulips@example.com"),
        ];
        let to = Field::Email;
        let expected = [FieldError::PasswordTooSimilar { to }];
        assert_eq!(faults("tulips99", &personal), expected);
    }

    #[test]
    fn the_ratio_is_that_of_python() {
        assert_eq!(quick_ratio("abcd", "bcde"), 0.75);
        assert_eq!(quick_ratio("aab", "ab"), 0.8);
        assert_eq!(quick_ratio("abc", "xyz"), 0.0);
        assert_eq!(quick_ratio("abc", "cab"), 1.0);
    }

    #[test]
    fn a_part_ten_times_shorter_is_not_looked_at() {
        assert!(is_far_shorter("a", "aaaaaaaaaa"));
        assert!(!is_far_shorter("a", "aaaaaaaaa"));
        assert!(is_far_shorter("", "a"));
    }
}
