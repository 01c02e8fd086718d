//! Times in words, and moments in digits.

use std::time::Duration;

use rocket::time::OffsetDateTime;

use crate::course::language::languages::Language;
use crate::session::Timestamp;

/// A time in the largest unit that fits.
pub(crate) fn duration(time: Duration, language: Language) -> String {
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

/// How far away a moment is that lies so many seconds ahead, or behind where it is negative. To the
/// nearest of the largest unit that fits: a few seconds short of thirty days are thirty days.
pub(crate) fn away(seconds: i64, language: Language) -> String {
    let distance = seconds.unsigned_abs();
    let units = [24 * 60 * 60, 60 * 60, 60];
    let unit = units.into_iter().find(|unit| distance >= *unit);
    let unit = unit.unwrap_or(1);
    let nearest = distance.saturating_add(unit / 2) / unit * unit;
    let key = match seconds {
        0 => "time-now",
        1.. => "time-ahead",
        _ => "time-ago",
    };
    let time = duration(Duration::from_secs(nearest), language);
    language.text_with(key, &[("time", &time)])
}

/// Such as `2026-07-01 09:30:00 UTC`.
pub(crate) fn moment(timestamp: Timestamp) -> String {
    let Ok(moment) = OffsetDateTime::from_unix_timestamp(timestamp) else {
        return timestamp.to_string();
    };
    let (hour, minute, second) = moment.to_hms();
    format!("{} {hour:02}:{minute:02}:{second:02} UTC", moment.date())
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

    #[test]
    fn a_moment_is_told_by_its_distance_to_the_nearest_unit() {
        let told = |seconds| away(seconds, Language::English);
        assert_eq!(told(0), "just now");
        assert_eq!(told(-59), "59 seconds ago");
        assert_eq!(told(30 * 86_400 - 7), "in 30 days");
        assert_eq!(told(-36 * 3_600), "2 days ago");
        assert_eq!(told(35 * 3_600), "in one day");
        assert_eq!(away(-3_600, Language::Korean), "1시간 전");
        for extreme in [i64::MIN, i64::MAX] {
            assert!(told(extreme).contains("days"), "{}", told(extreme));
        }
    }
}
