//! Every page looked at with everything unfolded that it has.

use crate::browser::{ALICE, Browser};
use crate::look::at_the_page as look;

fn unfold(browser: &Browser, what: &str) {
    let script =
        format!("document.querySelectorAll('{what}').forEach(one => {{ one.open = true }})");
    browser.run(&script);
}

pub fn all_there_is_can_be_used(browser: &Browser) {
    browser.open("/cart");
    browser.click("form[action='/cart/add']:has([value='mug']) button");
    browser.click("nav a[href='/login']");
    browser.log_in("bob", ALICE);
    browser.log_in("alice", ALICE);
    unfold(browser, ".xray details");
    for part in ["prediction", "checklist", "notes", "code", "changes"] {
        browser.tap(&format!("#beside-{part} > summary"));
        browser.wait(&format!(
            "document.querySelector('#beside-{part}[open] a[data-load]') === null"
        ));
        unfold(browser, ".reveal");
        look(browser);
    }
    for page in ["/beside/notes", "/beside/code", "/beside/changes", "/xray"] {
        browser.open(page);
        unfold(browser, ".xray details");
        look(browser);
    }
    browser.open("/");
    // The tab that is open again covers a part of the page.
    browser.wait_for("#beside-changes[open]");
    browser.tap(".predict input");
    unfold(browser, ".reveal");
    unfold(browser, ".xray details");
    look(browser);
}
