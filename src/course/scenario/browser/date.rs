//! The dates of `Expires`, read as leniently as browsers read them (RFC 6265bis, section 5.1.1):
//! the first word that looks like a time is the time, and so on, whatever else stands between them.
//! The cookie crate accepts four exact forms.

use std::ops::RangeInclusive;

use rocket::time::{Date, Month};

use crate::session::Timestamp;

/// The months by their first three letters, which is all that is compared: `july` is `jul`.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// The moment of an `Expires` attribute. `None` if it is no date, or one that does not exist; the
/// attribute is then ignored.
pub(super) fn read(text: &str) -> Option<Timestamp> {
    let (mut time, mut day, mut month, mut year) = (None, None, None, None);
    for word in text.split(is_delimiter) {
        let _ = fill(&mut time, || time_in(word))
            || fill(&mut day, || number(word, 1..=2))
            || fill(&mut month, || month_in(word))
            || fill(&mut year, || number(word, 2..=4));
    }
    // Years of two digits are this century's up to 69, the last one's from 70 on.
    let year = match year? {
        year @ 0..=69 => year + 2000,
        year @ 70..=99 => year + 1900,
        year @ 1601.. => year,
        _ => return None,
    };
    let (hour, minute, second) = time?;
    let date = Date::from_calendar_date(year.into(), month?, narrow(day?)?).ok()?;
    let time = date
        .with_hms(narrow(hour)?, narrow(minute)?, narrow(second)?)
        .ok()?;
    Some(time.assume_utc().unix_timestamp())
}

/// The characters between two words, a range each as the RFC's grammar has them.
fn is_delimiter(c: char) -> bool {
    matches!(c, '\t' | ' '..='/' | ';'..='@' | '['..='`' | '{'..='~')
}

/// Reads what is still missing. False if it was there or this is none.
fn fill<T>(missing: &mut Option<T>, read: impl FnOnce() -> Option<T>) -> bool {
    let is_missing = missing.is_none();
    if is_missing {
        *missing = read();
    }
    is_missing && missing.is_some()
}

/// The number at the beginning of a word, if it has that many digits.
fn number(word: &str, digits: RangeInclusive<usize>) -> Option<u16> {
    let end = word
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(word.len());
    let number = word[..end].parse().ok();
    number.filter(|_| digits.contains(&end))
}

/// `8:49:37`, and anything after it that is no digit.
fn time_in(word: &str) -> Option<(u16, u16, u16)> {
    let mut parts = word.splitn(3, ':');
    let mut whole = || {
        let part = parts.next()?;
        number(part, part.len()..=part.len()).filter(|_| part.len() <= 2)
    };
    let (hour, minute) = (whole()?, whole()?);
    Some((hour, minute, number(parts.next()?, 1..=2)?))
}

/// The month that a word begins with, in any case.
fn month_in(word: &str) -> Option<Month> {
    let start = word.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| *month == start)?;
    Month::try_from(u8::try_from(month + 1).ok()?).ok()
}

/// The number for the `time` crate, which checks the range after that.
fn narrow(number: u16) -> Option<u8> {
    number.try_into().ok()
}
