use diesel::prelude::*;
use rocket::http::Status;
use rocket::tokio;
use tempfile::TempDir;

use super::*;
use crate::accounts::{Accounts, Passwords};
use crate::answer::Fault;
use crate::db::{Database, DatabaseError, Synchronous};
use crate::schema::{migrate, users};

/// A board on which alice and bob can write, and its database.
async fn board() -> (TempDir, Board, Database) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let database = Database::open(path, Synchronous::Normal).unwrap();
    migrate(&database).unwrap();
    let accounts = Accounts::new(database.clone(), Passwords::new(4).unwrap());
    accounts.ensure_demo_users().await.unwrap();
    (folder, Board::new(database.clone()), database)
}

fn written(board: &Board) -> Vec<(String, String)> {
    let posts = board.posts().unwrap().into_iter();
    posts.map(|post| (post.author, post.text)).collect()
}

#[tokio::test]
async fn the_newest_post_comes_first_with_its_author_and_text() {
    let (_folder, board, _database) = board().await;
    assert_eq!(board.posts().unwrap(), []);
    board.write("alice", " <b>one</b> ").await.unwrap();
    board.write("bob", "two").await.unwrap();
    let expected = [("bob", "two"), ("alice", "<b>one</b>")];
    let expected = expected.map(|(author, text)| (author.to_owned(), text.to_owned()));
    assert_eq!(written(&board), expected);
    assert!(board.post(1).unwrap().created > 1_700_000_000);
}

#[tokio::test]
async fn a_number_is_never_used_again() {
    let (_folder, board, _database) = board().await;
    board.write("alice", "one").await.unwrap();
    let first = board.post(1).unwrap();
    board.delete(&first).await.unwrap();
    board.delete(&first).await.unwrap();
    assert_eq!(board.post(1).unwrap_err().status(), Status::NotFound);
    board.write("bob", "two").await.unwrap();
    assert_eq!(board.post(2).unwrap().author, "bob");
}

#[tokio::test]
async fn posts_go_with_their_author_and_nobody_else_can_be_one() {
    let (_folder, board, database) = board().await;
    board.write("alice", "one").await.unwrap();
    board.write("bob", "two").await.unwrap();
    assert!(board.write("carol", "three").await.is_err());
    let deleted = database.read(|connection| {
        let alice = users::table.filter(users::userid.eq("alice"));
        Ok::<_, DatabaseError>(diesel::delete(alice).execute(connection)?)
    });
    assert_eq!(deleted.unwrap(), 1);
    assert_eq!(written(&board), [("bob".to_owned(), "two".to_owned())]);
}

#[test]
fn a_text_has_something_in_it_and_an_end() {
    for (text, fault) in [
        ("", Some("board-empty")),
        (" \r\n\t", Some("board-empty")),
        ("\u{200B} \u{3164}\u{202E}", Some("board-empty")),
        (" x ", None),
        (&"한".repeat(MAX_LENGTH), None),
        (&"한".repeat(MAX_LENGTH + 1), Some("board-too-long")),
    ] {
        assert_eq!(Post::fault(text), fault, "{text:?}");
    }
}
