//! Rules for every page that a walk comes to.

use serde_json::{Value, json};

use crate::browser::Browser;

/// Windows that a page must fit: the narrowest one (WCAG 2.2, 1.4.10), which is also a wide one at
/// 400 %, and 1280 pixels at 200 %.
const WIDTHS: [u32; 2] = [320, 640];

/// Everything that the page loaded, and everything in it that names an address.
const ADDRESSES: &str = "return performance.getEntriesByType('resource').map(entry => entry.name)
    .concat([...document.querySelectorAll('[src],[href],[action]')]
        .map(element => element.src || element.href || element.action))";

/// Tickets clip what is too wide for them, so that the page needs no scrolling and yet loses a button.
const CUT: &str = "return [...document.querySelectorAll('.ticket')]
    .filter(ticket => ticket.scrollWidth > ticket.clientWidth)
    .map(ticket => ticket.textContent)";

const AXE: &str = "const done = arguments[arguments.length - 1];
    axe.run(document).then(
        result => done(result.violations.map(violation => [
            violation.id, violation.help, violation.nodes.map(node => node.html + ' ' + node.failureSummary)])),
        error => done(['axe failed', String(error)]))";

/// Looks at the page that is open: language, addresses, width, and what axe-core finds.
pub fn at_the_page(browser: &Browser) {
    let page = browser.path();
    let language = browser.run("return document.documentElement.lang");
    assert_eq!(language, browser.language.code(), "{page}");
    stays_on_this_machine(browser, &page);
    can_be_read(browser, &page);
}

/// Looks at a page that is not the lesson's: language, width, and what axe-core finds.
pub fn at_a_page_elsewhere(browser: &Browser) {
    let page = browser.run("return location.href + ' ' + document.documentElement.lang");
    let page = page.as_str().unwrap();
    assert!(page.ends_with(browser.language.code()), "{page}");
    can_be_read(browser, page);
}

fn can_be_read(browser: &Browser, page: &str) {
    fits_narrow_windows(browser, page);
    if let Some(axe) = &browser.axe {
        for scheme in ["light", "dark"] {
            browser.prefer(scheme);
            browser.run(axe);
            let found = browser.run_to_the_end(AXE);
            assert_eq!(found, json!([]), "{page}, {scheme}: {found:#}");
        }
        browser.prefer("light");
    }
}

fn stays_on_this_machine(browser: &Browser, page: &str) {
    let addresses = browser.run(ADDRESSES);
    let addresses = addresses.as_array().unwrap();
    let origin = browser.origin() + "/";
    // The other name of this machine, under which it is another site.
    let elsewhere = origin.replace("localhost", "127.0.0.1") + "walk/another-site?";
    let foreign = |address: &&Value| {
        let text = address.as_str().unwrap_or_default();
        !text.starts_with(&origin) && !text.starts_with(&elsewhere)
    };
    assert!(
        addresses.len() > 3,
        "{page} loads its style and links to pages"
    );
    assert_eq!(addresses.iter().find(foreign), None, "{page}");
}

fn fits_narrow_windows(browser: &Browser, page: &str) {
    for wanted in WIDTHS {
        let metrics =
            json!({ "width": wanted, "height": 640, "deviceScaleFactor": 1, "mobile": true });
        browser.devtools("Emulation.setDeviceMetricsOverride", metrics);
        let width = browser.run("return document.documentElement.scrollWidth");
        let cut = browser.run(CUT);
        browser.devtools("Emulation.clearDeviceMetricsOverride", json!({}));
        assert_eq!(width, wanted, "{page} must be scrolled sideways");
        assert_eq!(
            cut,
            json!([]),
            "{page} has a ticket whose edge cuts something off"
        );
    }
}
