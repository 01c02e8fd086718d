//! Lesson 07: the board.

use insta::assert_snapshot;

use super::rows::rows;
use super::{ALICE, BOB};
use crate::common::story::{Guest, Story};

fn write(visitor: &mut Guest<'_>, text: &str) {
    let answer = visitor.post("/board", &[("text", text)]);
    assert_eq!(answer.sent_to(), Some("/board"), "{text:?}");
}

#[test]
fn the_author_comes_from_the_session_and_never_from_the_form() {
    let story = Story::of("lesson07");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    write(&mut alice, "The library closes at six.");
    let mut bob = story.visitor("bob", "en");
    bob.log_in("bob", BOB);
    let forged = [
        ("author", "alice"),
        ("text", "I never return books."),
        ("user", "alice"),
        ("userid", "alice"),
    ];
    assert_eq!(bob.post("/board", &forged).sent_to(), Some("/board"));
    assert_eq!(
        bob.post("/board?author=alice", &forged).sent_to(),
        Some("/board")
    );
    let page = bob.get("/board").main();
    assert_eq!(page.matches("alice").count(), 1, "{page}");
    assert_eq!(page.matches("bob").count(), 3, "{page}");
    assert_snapshot!(story.told());
}

#[test]
fn the_board_is_there_in_korean_too() {
    let story = Story::of("lesson07");
    let mut alice = story.visitor("앨리스", "ko");
    let stranger = alice.get("/board").main();
    alice.log_in("alice", ALICE);
    write(&mut alice, "도서관은 여섯 시에 닫습니다.");
    let page = alice.get("/board").main();
    let refused = alice.post("/board", &[("text", " ")]).main();
    let mut bob = story.visitor("밥", "ko");
    bob.log_in("bob", BOB);
    let forbidden = bob.post("/board/1/delete", &[]).main();
    assert_snapshot!([stranger, page, refused, forbidden].join("\n"));
}

#[test]
fn a_stranger_reads_but_neither_writes_nor_deletes() {
    let story = Story::of("lesson07");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    write(&mut alice, "mine");
    let sessions = rows(&story.lesson);
    let mut stranger = story.visitor("stranger", "en");
    assert!(stranger.get("/board").main().contains("mine"));
    let answer = stranger.post("/board", &[("text", "yours"), ("author", "alice")]);
    assert_eq!(answer.sent_to(), Some("/login?next=/board"));
    let answer = stranger.post("/board/1/delete", &[]);
    assert_eq!(answer.sent_to(), Some("/login"));
    let page = stranger.get("/board").main();
    assert!(page.contains("mine") && !page.contains("yours"), "{page}");
    assert_eq!(rows(&story.lesson), sessions);
}

#[test]
fn only_the_author_deletes() {
    let story = Story::of("lesson07");
    let mut alice = story.visitor("alice", "en");
    let mut bob = story.visitor("bob", "en");
    alice.log_in("alice", ALICE);
    bob.log_in("bob", BOB);
    write(&mut alice, "mine");
    assert!(
        alice
            .get("/board")
            .main()
            .contains("sends POST /board/1/delete")
    );
    assert!(!bob.get("/board").main().contains("/delete"));
    let answer = bob.post("/board/1/delete", &[("author", "bob")]);
    assert_eq!(answer.status, 403);
    assert!(
        answer.main().contains("This belongs to somebody else."),
        "{}",
        answer.main()
    );
    assert!(alice.get("/board").main().contains("mine"));
    assert_eq!(alice.post("/board/1/delete", &[]).sent_to(), Some("/board"));
    assert!(
        alice
            .get("/board")
            .main()
            .contains("Nobody has written anything yet.")
    );
    // It is gone, for its author too, and what is no number is no post.
    for path in [
        "/board/1/delete",
        "/board/0/delete",
        "/board/-1/delete",
        "/board/x/delete",
    ] {
        let status = alice.post(path, &[]).status;
        assert!([404, 422].contains(&status), "{path}: {status}");
    }
}

#[test]
fn markup_is_shown_as_it_was_typed() {
    let story = Story::of("lesson07");
    let mut bob = story.visitor("bob", "en");
    bob.log_in("bob", BOB);
    for text in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "{{ 7 * 7 }}",
        "&lt;b&gt;",
    ] {
        write(&mut bob, text);
        let page = bob.get("/board");
        assert!(page.main().contains(text), "{text}: {}", page.main());
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"));
    }
}

#[test]
fn a_post_that_does_not_fit_is_shown_again_and_not_put_up() {
    let story = Story::of("lesson07");
    let mut alice = story.visitor("alice", "en");
    alice.log_in("alice", ALICE);
    let long = "x".repeat(501);
    for (text, said) in [
        ("", "Please write something."),
        (" \n ", "Please write something."),
        (long.as_str(), "At most 500 characters, please."),
    ] {
        let answer = alice.post("/board", &[("text", text)]);
        assert_eq!(answer.status, 422);
        assert!(answer.main().contains(said), "{}", answer.main());
    }
    assert_eq!(alice.post("/board", &[]).status, 422);
    let typed = alice.post("/board", &[("text", &long)]).main();
    assert!(typed.contains(&long), "what was typed is lost");
    assert!(
        alice
            .get("/board")
            .main()
            .contains("Nobody has written anything yet.")
    );
    write(&mut alice, &"한".repeat(500));
}
