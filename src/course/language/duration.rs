//! Times in words, and moments in digits.

use std::time::Duration;

use rocket::time::OffsetDateTime;
use rocket_dyn_templates::minijinja::Value;

use crate::course::language::languages::Language;
use crate::session::Timestamp;

/// A time in the largest unit that fits, rounded down: 119 seconds are "1 minute".
pub fn duration(time: Duration, language: Language) -> String {
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

/// The distance of a moment in words: "in 3 hours" for positive `seconds`, "3 hours ago" for
/// negative ones. To the nearest of the largest unit that fits: a few seconds short of thirty days
/// are thirty days.
pub fn away(seconds: i64, language: Language) -> String {
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

/// An HTML element such as `<time datetime="2026-07-01T09:30:00Z">2026-07-01 09:30:00 UTC</time>`,
/// whose text `beside.js` replaces by the time of the reader's zone. A server knows no reader's
/// zone, so UTC is said to be UTC.
pub fn moment(timestamp: Timestamp) -> Value {
    let Ok(moment) = OffsetDateTime::from_unix_timestamp(timestamp) else {
        // Beyond the year 9999: the number is better than an error.
        return Value::from(timestamp);
    };
    let (date, (hour, minute, second)) = (moment.date(), moment.to_hms());
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    Value::from_safe_string(format!(
        "<time datetime=\"{date}T{time}Z\">{date} {time} UTC</time>"
    ))
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
    fn a_moment_is_told_in_utc_and_marked_for_the_script() {
        let element = "<time datetime=\"1970-01-01T23:59:59Z\">1970-01-01 23:59:59 UTC</time>";
        assert_eq!(moment(86_399).to_string(), element);
        assert!(moment(86_399).is_safe());
        // A store could hold anything.
        assert_eq!(moment(i64::MAX).to_string(), i64::MAX.to_string());
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
