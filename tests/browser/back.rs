//! The browser's button *Back* after the logout.

use crate::browser::{ALICE, Browser};
use crate::lessons::greeting;

/// Chromium keeps a page that was left as it stood, `no-store` or not, and shows it again without
/// asking the server. Only where a cookie was sent since does it ask.
pub fn no_page_of_the_session_comes_back(browser: &Browser) {
    let is_kept = || browser.run("return window.isKept === true") == true;
    browser.open("/login");
    browser.log_in("alice", ALICE);
    browser.run("window.isKept = true");
    browser.open("/nowhere");
    browser.go_back();
    assert_eq!(browser.path(), "/main");
    assert!(
        is_kept(),
        "this Chromium keeps no pages, so this trial tries nothing"
    );

    let before = browser.session_cookie().unwrap();
    browser.click("form[action='/logout'] button");
    assert_eq!(browser.path(), "/login");
    assert_eq!(browser.session_cookie().unwrap()["value"], before["value"]);
    browser.go_back();
    // The server was asked, and sends a stranger to log in.
    browser.wait("location.pathname === '/login'");
    assert!(!is_kept());
    assert!(!browser.words().contains(&greeting(browser, "alice")));
}
