//! The cost of loading a page.

use crate::browser::{ALICE, Browser};

/// Of this, style sheets and scripts are loaded once, and kept.
const LIMIT: u64 = 60_000;

/// The bytes that came over the wire for the page that is open, headers and all, with their parts.
const COST: &str = "return performance.getEntriesByType('navigation')
    .concat(performance.getEntriesByType('resource'))
    .map(entry => [entry.name, entry.transferSize])";

pub fn a_page_with_everything_is_light(browser: &Browser) {
    browser.open("/login");
    browser.log_in("alice", ALICE);
    browser.devtools("Network.enable", serde_json::json!({}));
    browser.devtools(
        "Network.setCacheDisabled",
        serde_json::json!({ "cacheDisabled": true }),
    );
    for path in ["/main", "/cart", "/"] {
        browser.open(path);
        let parts = browser.run(COST);
        let parts = parts.as_array().unwrap();
        let bytes: u64 = parts.iter().map(|part| part[1].as_u64().unwrap()).sum();
        for part in ["style", "beside", "xray.css", "xray.js", path] {
            let came = |it: &&serde_json::Value| it[0].as_str().unwrap().contains(part);
            let came = parts.iter().find(came).and_then(|it| it[1].as_u64());
            assert!(came > Some(500), "{part} of {parts:?}");
        }
        assert!(bytes < LIMIT, "{path}: {bytes} bytes, {parts:?}");
    }
}
