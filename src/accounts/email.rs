//! The email addresses that are believed.
//!
//! The full grammar allows addresses that no person has, and accepts ones that no person reads. So
//! this asks for little: an address that is refused here could not possibly get a mail.

use unicode_normalization::UnicodeNormalization;

use super::{FieldError, limits};
use crate::characters::{has_visible, is_hidden};

/// The one thing that is wrong with an address: its length, or else its form.
pub(super) fn faults(typed: &str) -> Vec<FieldError> {
    let email = typed.trim();
    if email.nfc().nth(limits::EMAIL).is_some() {
        vec![FieldError::EmailTooLong]
    } else if !is_plausible(email) {
        vec![FieldError::EmailImplausible]
    } else {
        Vec::new()
    }
}

/// True if the text looks like an address. Only a mail sent there would tell whether it is one.
fn is_plausible(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else {
        return false;
    };
    let is_local_machine = domain.eq_ignore_ascii_case("localhost");
    let has_dot = domain.contains('.') && domain.split('.').all(|label| !label.is_empty());
    let is_broken = |c: char| c.is_whitespace() || is_hidden(c);
    has_visible(local)
        && !domain.contains('@')
        && (is_local_machine || has_dot)
        && !email.contains(is_broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_address_is_believed() {
        for email in [
            "a@b.c",
            " a@b.c ",
            "a+b@localhost",
            "한글@예시.한국",
            "o'hara@example.com",
        ] {
            assert_eq!(faults(email), [], "{email}");
        }
    }

    #[test]
    fn what_can_be_no_address_is_refused() {
        for email in [
            "a",
            "@b.c",
            "a@",
            "a@b",
            "a@b.",
            "a@.c",
            "a@b..c",
            "a@b@c.d",
            "a b@c.d",
            "a@b.c\nd",
            "a\0@b.c",
            "\u{301}@b.c",
        ] {
            assert_eq!(faults(email), [FieldError::EmailImplausible], "{email:?}");
        }
    }

    #[test]
    fn an_address_has_at_most_254_characters() {
        let domain = "@example.com";
        let longest = "a".repeat(254 - domain.len()) + domain;
        assert_eq!(faults(&longest), []);
        assert_eq!(faults(&format!("a{longest}")), [FieldError::EmailTooLong]);
        let decomposed = "\u{1112}\u{1161}\u{11AB}".repeat(254 - domain.len()) + domain;
        assert_eq!(faults(&decomposed), []);
    }
}
