//! Large type for a projector.

use serde_json::Value;

use crate::browser::{ALICE, Browser};
use crate::look::at_the_page as look;

fn letter_height(browser: &Browser) -> f64 {
    let size =
        browser.run("return parseFloat(getComputedStyle(document.querySelector('h1')).fontSize)");
    size.as_f64().unwrap()
}

fn is_large(browser: &Browser) -> Value {
    browser.run("return document.documentElement.matches('.projector')")
}

pub fn it_stays_while_walking(browser: &Browser) {
    browser.open("/login");
    assert_eq!(is_large(browser), false);
    let usual = letter_height(browser);
    browser.says(&browser.text("page-projector"));
    browser.tap(".projector-switch");
    assert_eq!(is_large(browser), true);
    assert_eq!(browser.path(), "/login");
    let large = letter_height(browser);
    assert!(large > 1.2 * usual, "{usual} → {large}");
    browser.says(&browser.text("page-usual"));
    browser.log_in("alice", ALICE);
    for path in ["/main", "/xray", "/"] {
        browser.open(path);
        assert_eq!(is_large(browser), true, "{path}");
        look(browser);
    }
    browser.tap(".projector-switch");
    assert_eq!(is_large(browser), false);
    browser.open("/main");
    assert_eq!(is_large(browser), false);
    // An address can ask for it, too.
    browser.open("/login?projector");
    browser.log_in("alice", ALICE);
    assert_eq!(is_large(browser), true);
}
