//! Page and X-ray: beside each other if the window is wide enough, else one below the other.

use serde_json::{Value, json};

use crate::browser::{ALICE, Browser, ENTER, TAB};
use crate::look::at_the_page as look;
use crate::plain::without_scripts;

const ADD_A_MUG: &str = "form[action='/cart/add']:has([value='mug']) button";

/// Sides in pixels: where the X-ray is beside the page, and where below it.
const WIDE: [(u32, u32); 4] = [(1200, 720), (1440, 900), (1680, 1050), (1920, 1080)];
const NARROW: [(u32, u32); 4] = [(390, 844), (1024, 576), (1024, 768), (1199, 720)];

/// The place of an element in the window.
const BOX: &str =
    "const box = selector => document.querySelector(selector).getBoundingClientRect();
    const [page, xray] = [box('main'), box('aside.xray')];";

fn resize(browser: &Browser, (width, height): (u32, u32)) {
    let metrics =
        json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
    browser.devtools("Emulation.setDeviceMetricsOverride", metrics);
}

fn holds(browser: &Browser, condition: &str) -> bool {
    browser.run(&format!("{BOX} return {condition}")) == Value::Bool(true)
}

fn is_beside(browser: &Browser) -> bool {
    holds(
        browser,
        "xray.left >= page.right && xray.top === 0 && xray.bottom === innerHeight",
    )
}

fn is_below(browser: &Browser) -> bool {
    holds(
        browser,
        "xray.left <= page.left && xray.top >= box('footer').bottom",
    )
}

fn fits(browser: &Browser) -> bool {
    holds(
        browser,
        "[document.documentElement, document.querySelector('aside.xray')]
        .every(one => one.scrollWidth <= one.clientWidth)",
    )
}

/// The last click's change in the row can be seen as the page is.
fn shows_the_change(browser: &Browser) -> bool {
    let change = "box('aside.xray .xray-json .xray-marked')";
    holds(
        browser,
        &format!("{change}.top >= 0 && {change}.bottom <= innerHeight"),
    )
}

pub fn the_row_is_seen_to_change(browser: &Browser) {
    for size in WIDE {
        resize(browser, size);
        browser.open("/cart");
        assert!(is_beside(browser) && fits(browser), "{size:?}");
        browser.click(ADD_A_MUG);
        assert_eq!(browser.path(), "/cart");
        assert!(is_beside(browser) && fits(browser), "{size:?}");
        assert!(shows_the_change(browser), "{size:?}");
        browser.open("/");
        assert!(is_beside(browser) && fits(browser), "{size:?}, the cover");
    }
    for size in NARROW {
        resize(browser, size);
        for page in ["/cart", "/"] {
            browser.open(page);
            assert!(is_below(browser) && fits(browser), "{size:?} {page}");
        }
    }
    look(browser);
}

pub fn large_type_asks_for_a_larger_window(browser: &Browser) {
    for (size, beside) in [((1280, 720), false), ((1920, 1080), true)] {
        resize(browser, size);
        browser.open("/cart?projector");
        browser.click(ADD_A_MUG);
        assert_eq!(is_beside(browser), beside, "{size:?}");
        assert_ne!(is_below(browser), beside, "{size:?}");
        assert!(fits(browser), "{size:?}");
        assert!(!beside || shows_the_change(browser), "{size:?}");
    }
}

pub fn the_page_and_its_tabs_stay_where_they_are(browser: &Browser) {
    resize(browser, WIDE[0]);
    browser.open("/cart");
    browser.tap("#beside-checklist > summary");
    browser.reach(ADD_A_MUG);
    let scrolled = browser.run("return scrollY");
    assert_ne!(scrolled, 0);
    browser.click(ADD_A_MUG);
    assert_eq!(browser.run("return scrollY"), scrolled);
    browser.wait_for("#beside-checklist[open]");
    // The next step, that is, and the change beside it.
    let step = "box('.steps > :not(.done)')";
    let seen = format!("{step}.top >= 0 && {step}.bottom <= innerHeight");
    browser.wait(&format!("(() => {{ {BOX} return {seen} }})()"));
    assert!(shows_the_change(browser));
    // An error must be read first.
    browser.open("/login");
    browser.run("document.querySelector('main').style.minHeight = '2000px'; scrollTo(0, 99)");
    browser.log_in("alice", "letmein");
    browser.says(&browser.text("login-wrong"));
    assert_eq!(browser.run("return scrollY"), 0);
}

pub fn folded_it_is_a_strip(browser: &Browser) {
    resize(browser, WIDE[2]);
    browser.open("/cart");
    browser.tap(".xray-fold > summary");
    browser.wait("localStorage.getItem('xray') === 'folded'");
    browser.open("/");
    browser.wait_for(".xray-fold:not([open])");
    assert!(is_beside(browser) && fits(browser));
    assert!(holds(browser, "xray.width < 100 && page.width > 1000"));
    look(browser);
    browser.tap(".xray-fold > summary");
    browser.wait_for(".xray-fold[open]");
    assert!(holds(browser, "xray.width > 500"));
    // With the keyboard one comes to the page first, and then to the X-ray.
    let focused = |part: &str| {
        browser.press(TAB);
        let script = format!("return document.activeElement.closest('{part}') !== null");
        browser.run(&script) == Value::Bool(true)
    };
    browser.open("/login");
    assert!((0..40).any(|_| focused("main")));
    assert!((0..40).any(|_| focused("footer")));
    assert!((0..40).any(|_| focused("aside.xray")));
    browser.press(ENTER);
    browser.wait_for(".xray-fold:not([open])");
}

pub fn it_needs_no_script(browser: &Browser) {
    without_scripts(browser);
    resize(browser, WIDE[0]);
    browser.open("/login");
    browser.log_in("alice", ALICE);
    browser.open("/cart");
    browser.click(ADD_A_MUG);
    assert!(is_beside(browser) && fits(browser));
    assert!(shows_the_change(browser));
}
