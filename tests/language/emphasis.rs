//! Emphasis that is written in Markdown and shows as stars.

use super::words::is_hangul;

/// Between punctuation and a letter, stars do not close an emphasis, and Korean has its particle
/// there: `**콘솔**(Console)을`, not `**콘솔(Console)**을`.
/// <https://spec.commonmark.org/0.31.2/#right-flanking-delimiter-run>
pub fn open_emphasis(line: &str) -> Option<&str> {
    // The quote before the first star of a TOML string is none of its text.
    let text = line.split_once(" = \"").map_or(line, |(_, text)| text);
    let mut places = text.match_indices('*');
    let (place, _) = places.find(|(place, _)| {
        let before = text[..*place].ends_with([')', '”', '’', '"']);
        before
            && text[*place..]
                .trim_start_matches('*')
                .starts_with(is_hangul)
    })?;
    Some(&text[place..])
}

#[test]
fn an_open_emphasis_is_seen() {
    for wrong in [
        "**콘솔(Console)**을 여세요.",
        "*‘내 글’*은",
        "do.ko = \"*“가”*를\"",
    ] {
        assert!(open_emphasis(wrong).is_some(), "{wrong}");
    }
    for right in [
        "**콘솔**(Console)을 여세요.",
        "**콘솔(Console)** 탭을",
        "do.ko = \"**장바구니**를 여세요.\"",
    ] {
        assert_eq!(open_emphasis(right), None);
    }
}
