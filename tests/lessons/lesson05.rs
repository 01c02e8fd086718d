//! Lesson 05, a cart for strangers.

use insta::assert_snapshot;

use super::rows::{holds, only_row, rows};
use super::{ALICE, BOB};
use crate::common::story::{Guest, Story};

fn add(visitor: &mut Guest<'_>, item: &str) {
    let answer = visitor.post("/cart/add", &[("item", item)]);
    assert_eq!(answer.sent_to(), Some("/cart"));
}

#[test]
fn a_stranger_fills_a_cart_and_keeps_it_at_login() {
    let story = Story::of("lesson05");
    let mut alice = story.visitor("alice", "en");
    alice.get("/cart");
    add(&mut alice, "pencil");
    add(&mut alice, "mug");
    add(&mut alice, "pencil");
    let row = only_row(&story.lesson);
    assert!(
        holds(&row, r#"{"cart":{"mug":1,"pencil":2}}"#, None),
        "{row:?}"
    );
    alice.get("/cart");
    alice.log_in("alice", ALICE);
    let row = only_row(&story.lesson);
    let both = r#"{"cart":{"mug":1,"pencil":2},"user":"alice"}"#;
    assert!(holds(&row, both, Some("alice")), "{row:?}");
    let page = alice.get("/cart").main();
    assert!(page.contains("alice is logged in."), "{page}");
    assert!(page.contains("│ Pencil │ 2 │ ₩1,800 │"), "{page}");
    assert_snapshot!(story.told());
}

#[test]
fn the_cart_is_there_in_korean_too() {
    let story = Story::of("lesson05");
    let mut alice = story.visitor("앨리스", "ko");
    add(&mut alice, "fountain-pen");
    let page = alice.get("/cart").main();
    assert!(page.contains("│ 만년필 │ 1 │ 12,000원 │"), "{page}");
    assert_snapshot!(page);
}

#[test]
fn looking_at_the_cart_stores_nothing() {
    let story = Story::of("lesson05");
    let mut stranger = story.visitor("stranger", "en");
    let answer = stranger.get("/cart");
    assert!(answer.main().contains("Nothing in it yet."));
    assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    assert_eq!(rows(&story.lesson), []);
}

#[test]
fn the_shop_sells_six_things_or_more_each_with_a_price() {
    let story = Story::of("lesson05");
    let page = story.visitor("stranger", "en").get("/cart").main();
    let products = page
        .lines()
        .filter(|line| line.contains("sends POST /cart/add item="));
    assert!(products.clone().count() >= 6);
    assert!(products.clone().all(|line| line.contains('₩')), "{page}");
}

#[test]
fn things_are_taken_out_one_at_a_time_or_all_at_once() {
    let story = Story::of("lesson05");
    let mut alice = story.visitor("alice", "en");
    for item in ["mug", "mug", "ruler"] {
        add(&mut alice, item);
    }
    let mug = vec![("item", "mug")];
    let steps = [
        (
            "/cart/remove",
            mug.clone(),
            r#"{"cart":{"mug":1,"ruler":1}}"#,
        ),
        ("/cart/remove", mug.clone(), r#"{"cart":{"ruler":1}}"#),
        // An item that is not in it can't be taken out, and that is no error: a double click sends
        // two.
        ("/cart/remove", mug.clone(), r#"{"cart":{"ruler":1}}"#),
        ("/cart/empty", vec![], "{}"),
        ("/cart/empty", vec![], "{}"),
    ];
    for (path, form, data) in steps {
        let answer = alice.post(path, &form);
        assert_eq!(answer.sent_to(), Some("/cart"), "{path}");
        assert_eq!(only_row(&story.lesson).data, data, "{path}");
    }
    assert!(alice.get("/cart").main().contains("Nothing in it yet."));
}

#[test]
fn what_the_shop_does_not_sell_is_refused_and_changes_nothing() {
    let story = Story::of("lesson05");
    let mut alice = story.visitor("alice", "en");
    let unknown = [
        "",
        "unicorn",
        "Mug",
        "mug ",
        "' OR 1=1 --",
        "mug\0",
        "<b>",
        "user",
    ];
    for item in unknown {
        let answer = alice.post("/cart/add", &[("item", item)]);
        assert_eq!(answer.status, 422, "{item:?}");
        assert_eq!(answer.all("Set-Cookie"), [""; 0]);
    }
    assert_eq!(rows(&story.lesson), []);
    add(&mut alice, "mug");
    let before = only_row(&story.lesson);
    for path in ["/cart/add", "/cart/remove"] {
        for item in unknown {
            assert_eq!(
                alice.post(path, &[("item", item)]).status,
                422,
                "{path} {item:?}"
            );
        }
        assert_eq!(alice.post(path, &[]).status, 422, "{path} without item");
    }
    assert_eq!(only_row(&story.lesson), before);
}

#[test]
fn logging_out_ends_the_session_cart_and_all() {
    let story = Story::of("lesson05");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    add(&mut alice, "umbrella");
    let mut other_tab = story.visitor("other tab", "en");
    other_tab.cookies = alice.cookies.clone();

    let answer = alice.post("/logout", &[]);

    assert_eq!(answer.sent_to(), Some("/login"));
    let removal = "session_id=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0";
    assert_eq!(answer.one("Set-Cookie"), Some(removal));
    assert_eq!(rows(&story.lesson), []);
    // The session ID that is still known elsewhere opens nothing any more.
    assert_eq!(other_tab.get("/main").sent_to(), Some("/login"));
    // A login begins a new session.
    alice.log_in("alice", ALICE);
    assert!(alice.get("/cart").main().contains("Nothing in it yet."));
    assert_snapshot!(story.told());
}

#[test]
fn who_sits_down_next_never_sees_the_cart_of_who_was_there_before() {
    let story = Story::of("lesson05");
    let mut browser = story.visitor("shared browser", "en");
    browser.log_in("alice", ALICE);
    add(&mut browser, "backpack");
    // Bob logs in without alice having logged out.
    browser.log_in("bob", BOB);
    let page = browser.get("/cart").main();
    assert!(
        page.contains("bob is logged in.") && page.contains("Nothing in it yet."),
        "{page}"
    );
    add(&mut browser, "eraser");
    browser.log_in("alice", ALICE);
    assert!(browser.get("/cart").main().contains("Nothing in it yet."));
    // And after a proper logout there is nothing for anybody.
    add(&mut browser, "mug");
    browser.post("/logout", &[]);
    assert!(browser.get("/cart").main().contains("Nothing in it yet."));
    browser.log_in("bob", BOB);
    assert!(browser.get("/cart").main().contains("Nothing in it yet."));
}

#[test]
fn two_strangers_have_two_carts() {
    let story = Story::of("lesson05");
    let mut one = story.visitor("one", "en");
    let mut other = story.visitor("other", "en");
    add(&mut one, "mug");
    add(&mut other, "ruler");
    assert!(one.get("/cart").main().contains("│ Mug │ 1 │"));
    assert!(!one.get("/cart").main().contains("│ Wooden ruler │"));
    assert!(other.get("/cart").main().contains("│ Wooden ruler │ 1 │"));
}
