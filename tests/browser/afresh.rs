//! Start afresh, on the cover page.

use crate::browser::{ALICE, Browser};
use crate::stored::rows;

pub fn only_the_language_is_left(browser: &Browser) {
    browser.open("/login");
    browser.log_in("alice", ALICE);
    browser.click(&format!(
        "button[name=lang][value={}]",
        browser.language.code()
    ));
    let mut cookies = browser.cookies();
    cookies.sort();
    assert_eq!(cookies, ["lang", "session_id"]);
    assert_eq!(rows(browser).len(), 1);
    browser.open("/");
    browser.click("form.afresh button");
    assert_eq!(browser.path(), "/");
    assert_eq!(browser.cookies(), ["lang"]);
    assert_eq!(rows(browser), []);
    browser.open("/main");
    assert_eq!(browser.path(), "/login");
    // A browser that has nothing to forget can ask all the same.
    browser.open("/");
    browser.click("form.afresh button");
    assert_eq!(browser.path(), "/");
}
