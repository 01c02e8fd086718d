//! The browser's button *Back* after the logout.

use crate::browser::{ALICE, Browser};
use crate::lessons::greeting;

/// Lets the page that is open note whether it comes back as it stood, from the browser's own memory.
const NOTE: &str = "addEventListener('pageshow', ({ persisted }) => {
    if (persisted) sessionStorage.setItem('kept', 'yes');
})";

fn was_kept(browser: &Browser) -> bool {
    browser.run("return sessionStorage.getItem('kept') === 'yes'") == true
}

/// Logs in, and sees that the main page is one that the browser would keep.
fn log_in(browser: &Browser) {
    browser.open("/login");
    browser.log_in("alice", ALICE);
    // A page that was left while it still loaded something may be dropped: then it comes once more.
    for _ in 0..5 {
        browser.run(NOTE);
        browser.open("/nowhere");
        browser.go_back();
        browser.wait("location.pathname === '/main' && document.readyState === 'complete'");
        // A kept page hears of it a moment later; one that was loaded anew says so.
        browser.wait(
            "sessionStorage.getItem('kept') === 'yes'
                || performance.getEntriesByType('navigation')[0].type === 'back_forward'",
        );
        if was_kept(browser) {
            break;
        }
    }
    assert!(
        was_kept(browser),
        "this Chromium keeps no pages, so this trial tries nothing"
    );
    browser.says(&greeting(browser, "alice"));
    browser.run("sessionStorage.removeItem('kept')");
    browser.run(NOTE);
}

/// The server was asked, and sends a stranger to log in.
fn is_asked_again(browser: &Browser) {
    browser.go_back();
    browser.wait("location.pathname === '/login' && document.readyState === 'complete'");
    assert!(!browser.words().contains(&greeting(browser, "alice")));
}

/// Chromium keeps a page that was left as it stood, `no-store` or not. If a cookie was sent since, it
/// drops it, without any script.
pub fn the_cookie_sent_once_more_drops_it(browser: &Browser) {
    log_in(browser);
    let before = browser.session_cookie().unwrap();
    browser.click("form[action='/logout'] button");
    assert_eq!(browser.path(), "/login");
    assert_eq!(browser.session_cookie().unwrap()["value"], before["value"]);
    is_asked_again(browser);
    assert!(!was_kept(browser));
}

/// A cookie that is removed is none that was sent: the page comes back blank, and asks.
pub fn after_a_flush_the_page_asks_itself(browser: &Browser) {
    for _ in 0..3 {
        log_in(browser);
        browser.click("form[action='/logout'] button");
        assert_eq!(browser.path(), "/login");
        assert_eq!(browser.session_cookie(), None);
        is_asked_again(browser);
        browser.run("sessionStorage.removeItem('kept')");
    }
}
