//! Lessons 08 and 09, as their students go through them.

use crate::browser::{ALICE, BOB, Browser};
use crate::lessons::{cover, greeting};
use crate::look::at_the_page as look;

pub fn four_homes_for_a_session(browser: &Browser) {
    cover(browser);
    let is = |user: &str| browser.language.text_with("who-user", &[("user", user)]);
    let home = |engine: &str| {
        browser.says(&browser.text(&format!("where-{engine}")));
        let third = "return [...document.querySelectorAll('.xray-side')].at(-1).innerText";
        let third = browser.run(third);
        let named = browser.text(&format!("xray-home-{engine}"));
        assert!(third.as_str().unwrap().contains(&named), "{third}");
    };
    browser.click("main a[href='/where']");
    browser.says(&browser.text("who-nobody"));
    look(browser);
    let log_in = |user: &str, password: &str| {
        browser.click("nav a[href='/login']");
        browser.log_in(user, password);
        assert_eq!(browser.path(), "/main");
        browser.click("nav a[href='/where']");
        browser.says(&is(user));
    };
    log_in("alice", ALICE);
    home("database");
    look(browser);
    browser.restart_the_lesson("engine=\"database\"");
    browser.reload();
    browser.says(&is("alice"));

    browser.restart_the_lesson("engine=\"cache\"");
    browser.reload();
    browser.says(&browser.text("who-nobody"));
    assert_eq!(browser.session_cookie(), None);
    log_in("alice", ALICE);
    home("cache");
    browser.restart_the_lesson("engine=\"cache\"");
    browser.reload();
    browser.says(&browser.text("who-nobody"));

    browser.restart_the_lesson("engine=\"file\"");
    log_in("bob", BOB);
    home("file");
    look(browser);
    browser.restart_the_lesson("engine=\"file\"");
    browser.reload();
    browser.says(&is("bob"));

    browser.restart_the_lesson("engine=\"cookie\"");
    browser.reload();
    log_in("alice", ALICE);
    home("cookie");
    look(browser);
    browser.restart_the_lesson("engine=\"cookie\"");
    browser.reload();
    browser.says(&is("alice"));
}

pub fn the_session_in_the_cookie(browser: &Browser) {
    cover(browser);
    browser.click("main a[href='/cookie']");
    browser.says(&browser.text("cookie-none"));
    look(browser);
    browser.open("/login?next=/cookie");
    browser.log_in("alice", ALICE);
    browser.says(&browser.text("cookie-readable"));
    browser.says(r#""user":"alice""#);
    look(browser);
    let cookie = browser.session_cookie().unwrap();
    let cookie = cookie["value"].as_str().unwrap().to_owned();

    // Read and changed with a few lines in the console, as anybody could.
    let forged = browser.run(&format!(
        "const value = '{cookie}';
        const text = atob(value.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'));
        let forged = btoa(text.replaceAll('alice', 'bob'));
        forged = forged.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
        return [value.split('.')[0], forged, value.split('.')[2]].join('.')"
    ));
    browser.put_session_cookie(forged.as_str().unwrap());
    browser.reload();
    browser.says(&browser.text("who-nobody"));
    assert_eq!(browser.session_cookie(), None);
    look(browser);

    // Replayed after the logout.
    browser.put_session_cookie(&cookie);
    browser.open("/main");
    browser.says(&greeting(browser, "alice"));
    browser.click("form[action='/logout'] button");
    assert_eq!(browser.session_cookie(), None);
    browser.put_session_cookie(&cookie);
    browser.open("/main");
    browser.says(&greeting(browser, "alice"));

    browser.open("/cookie");
    for _ in 0..2 {
        browser.click("form[action='/cookie/fill'] button");
        assert_eq!(browser.path(), "/cookie");
    }
    let full = browser.session_cookie();
    browser.click("form[action='/cookie/fill'] button");
    browser.says(&browser.text("status-413-session-what"));
    assert_eq!(browser.session_cookie(), full);
    look(browser);
}
