//! A browser that blocks cookies.

use crate::browser::{ALICE, Browser};
use crate::look::at_the_page as look;

pub fn the_page_says_so_and_the_xray_listens(browser: &Browser) {
    let blocking = browser.blocking_cookies("lesson02");
    blocking.open("/login");
    assert!(!blocking.words().contains(&blocking.text("page-no-cookie")));
    blocking.log_in("alice", ALICE);
    assert_eq!(blocking.path(), "/login");
    assert_eq!(blocking.cookies(), [""; 0]);
    blocking.says(&blocking.text("page-no-cookie"));
    blocking.says(&blocking.text("page-no-cookie-next"));
    look(&blocking);
    // Chromium refuses locks, too, by which windows share the connections to the live X-ray.
    let walking = blocking.window();
    let watching = blocking.open_another("window");
    blocking.open("/xray");
    blocking.go_to(&walking);
    blocking.open("/only/now");
    blocking.go_to(&watching);
    blocking.wait("document.querySelector('[data-xray=all]').innerText.includes('/only/now')");
    blocking.go_to(&walking);
    blocking.open("/main");
    assert!(!blocking.words().contains(&blocking.text("page-no-cookie")));
}
