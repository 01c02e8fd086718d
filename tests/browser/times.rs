//! Times in the reader's zone, and in UTC if the reader wants them so.

use serde_json::json;
use session_lessons::course::Language;

use crate::browser::{ALICE, Browser};
use crate::http::Request;
use crate::plain::without_scripts;

/// The texts of all times on the page, each after what it says on demand.
const TIMES: &str =
    "[...document.querySelectorAll('time')].map(time => [time.title, time.textContent])";

fn all_are_in_utc(browser: &Browser) -> bool {
    let times = browser.run(&format!("return {TIMES}"));
    let times = times.as_array().unwrap();
    assert!(times.len() > 5, "{times:?}");
    let in_utc = |time: &serde_json::Value| time[1].as_str().unwrap().ends_with(" UTC");
    let some = times.iter().filter(|time| in_utc(time)).count();
    assert!([0, times.len()].contains(&some), "{times:?}");
    some > 0
}

pub fn they_are_of_the_readers_zone(browser: &Browser) {
    browser.devtools(
        "Emulation.setTimezoneOverride",
        json!({ "timezoneId": "Asia/Seoul" }),
    );
    browser.open("/login");
    browser.log_in("alice", ALICE);
    browser.open("/lifetime");
    assert!(!all_are_in_utc(browser));
    browser.wait(&format!(
        "{TIMES}.every(([title]) => /^\\d{{4}}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC$/.test(title))"
    ));
    // One that is known, put where the server puts them.
    browser.run(
        "const time = document.querySelector('main time');
        time.title = '';
        time.dateTime = '2026-07-01T23:30:05Z';
        time.textContent = '2026-07-01 23:30:05 UTC';
        tellTimes(document)",
    );
    browser.says(match browser.language {
        Language::English => "Jul 2, 2026, 08:30:05",
        Language::Korean => "2026년 7월 2일 08:30:05",
    });

    // With the keyboard alone, and it is remembered.
    browser.run("document.querySelector('main [data-utc]').focus()");
    browser.press(" ");
    browser.says("2026-07-01 23:30:05 UTC");
    assert!(all_are_in_utc(browser));
    browser.open("/main");
    assert!(browser.run("return document.querySelector('[data-utc]').checked") == true);
    browser.open("/lifetime");
    assert!(all_are_in_utc(browser));
    browser.tap("main [data-utc]");
    assert!(!all_are_in_utc(browser));

    // Times that come while the page is open, too.
    browser.open("/xray");
    browser.wait("document.querySelector('[data-xray-lost]').hidden");
    let cookie = browser.session_cookie().unwrap();
    let cookie = format!("session_id={}", cookie["value"].as_str().unwrap());
    browser.send(&Request::get("/profile").header("Cookie", &cookie));
    browser.wait("document.querySelector('.xray-fresh time') !== null");
    assert!(!all_are_in_utc(browser));

    without_scripts(browser);
    browser.open("/lifetime");
    assert!(all_are_in_utc(browser));
    let boxes = "return [...document.querySelectorAll('[data-utc]')].some(one => one.offsetParent)";
    assert_eq!(browser.run(boxes), false);
}
