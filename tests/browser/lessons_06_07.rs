//! Lessons 06 and 07, as their students go through them.

use crate::browser::{ALICE, BOB, Browser};
use crate::lessons::{cover, greeting};
use crate::look::at_the_page as look;

pub fn who_is_asking(browser: &Browser) {
    cover(browser);
    browser.click("main a[href='/who']");
    browser.says(&browser.text("who-nobody"));
    look(browser);
    browser.click("nav a[href='/profile']");
    assert_eq!(browser.path(), "/login?next=/profile");
    assert_eq!(browser.session_cookie(), None);
    browser.log_in("alice", BOB);
    browser.says(&browser.text("login-wrong"));
    // To the other language and back: where she was going and what she typed stay.
    for _ in 0..2 {
        browser.click("form.languages button[aria-pressed='false']");
        assert_eq!(browser.path(), "/login");
        assert_eq!(browser.value("userid"), "alice");
    }
    browser.says(&browser.text("login-missing-field"));
    browser.log_in("alice", ALICE);
    assert_eq!(browser.path(), "/profile");
    browser.says("alice@example.com");
    look(browser);
    browser.click("nav a[href='/who']");
    let language = browser.language;
    browser.says(&language.text_with("who-user", &[("user", "alice")]));
    look(browser);
    browser.click("nav a[href='/main']");
    browser.says(&greeting(browser, "alice"));
    browser.click("nav a[href='/who']");
    browser.click("form[action='/who/delete'] button");
    assert_eq!(browser.path(), "/who");
    browser.says(&language.text_with("who-gone-what", &[("user", "alice")]));
    look(browser);
    browser.open("/profile");
    assert_eq!(browser.path(), "/login?next=/profile");
    browser.open("/");
    browser.click("form.afresh button");
    browser.open("/login?next=//example.com/");
    browser.log_in("alice", ALICE);
    assert_eq!(browser.path(), "/main");
    browser.click("form[action='/logout'] button");
    assert_eq!(browser.path(), "/login");
}

pub fn the_board(browser: &Browser) {
    cover(browser);
    browser.click("main a[href='/board']");
    browser.says(&browser.text("board-none"));
    browser.says(&browser.text("board-stranger"));
    look(browser);
    let sent = |path: &str, fields: &str| {
        browser.run_to_the_end(&format!(
            "const done = arguments[0];
            fetch('{path}', {{ method: 'POST', body: new URLSearchParams({fields}) }})
                .then(answer => done(answer.status + ' ' + new URL(answer.url).pathname))"
        ))
    };
    let answer = sent("/board", "{ text: 'Is anybody here?' }");
    assert_eq!(answer, "200 /login");
    browser.click("main a[href='/login?next=/board']");
    browser.log_in("alice", ALICE);
    assert_eq!(browser.path(), "/board");
    browser.click("main form button");
    browser.says(&browser.text("board-empty"));
    look(browser);
    let write = |text: &str| {
        browser.fill("text", text);
        browser.click("main form[action='/board'] button");
        assert_eq!(browser.path(), "/board");
    };
    write("The library <b>closes</b> at six.");
    let by = |author| {
        let by = [("author", author)];
        browser.language.text_with("board-by", &by)
    };
    browser.says(&by("alice"));
    browser.says("The library <b>closes</b> at six.");
    browser.click("form[action='/logout'] button");
    browser.open("/login?next=/board");
    browser.log_in("bob", BOB);
    let buttons = "return document.querySelectorAll(\"form[action$='/delete']\").length";
    assert_eq!(browser.run(buttons), 0);
    // As in the walk, from the console.
    let forged = "{ text: 'I never return books.', author: 'alice' }";
    assert_eq!(sent("/board", forged), "200 /board");
    browser.reload();
    browser.says(&by("bob"));
    look(browser);
    write("<script>alert('books!')</script>");
    browser.says("<script>alert('books!')</script>");
    assert_eq!(sent("/board/1/delete", "{}"), "403 /board/1/delete");
    // And his own button, led astray.
    browser.run("document.querySelector(\"form[action$='/delete']\").action = '/board/1/delete'");
    browser.click("form[action$='/delete'] button");
    browser.says(&browser.text("status-403-own-what"));
    look(browser);
}
