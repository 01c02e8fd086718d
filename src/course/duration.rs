//! Lengths of time in words.

use std::time::Duration;

use super::languages::Language;

/// A time in the largest unit that fits.
pub(super) fn duration(time: Duration, language: Language) -> String {
    let seconds = time.as_secs();
    let units = [
        (24 * 60 * 60, "duration-days"),
        (60 * 60, "duration-hours"),
        (60, "duration-minutes"),
    ];
    let unit = units.into_iter().find(|(unit, _)| seconds >= *unit);
    let (unit, key) = unit.unwrap_or((1, "duration-seconds"));
    language.text_counted(key, seconds / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_told_in_its_largest_unit() {
        let told = |seconds| duration(Duration::from_secs(seconds), Language::English);
        let some = [0, 1, 59, 60, 7_199, 7_200, 86_400, 1_209_600].map(told);
        let expected = [
            "0 seconds",
            "one second",
            "59 seconds",
            "one minute",
            "one hour",
            "2 hours",
            "one day",
            "14 days",
        ];
        assert_eq!(some, expected);
        let korean = duration(Duration::from_secs(86_400), Language::Korean);
        assert_eq!(korean, "1일");
    }
}
