//! Posts, and the queries on their table.

use diesel::prelude::*;
use serde::Serialize;

use super::BoardError;
use crate::characters::has_visible;
use crate::db::{Database, DatabaseError};
use crate::schema::posts;
use crate::session::Clock;

/// The longest text, in characters.
pub const MAX_LENGTH: usize = 500;

/// The number of posts on a page.
const PAGE: i64 = 100;

/// One text on the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable)]
pub struct Post {
    /// Its number, which no other post ever gets.
    pub id: i64,
    /// The author's userid.
    pub author: String,
    /// The text as it was typed, without the white space around it. Templates escape it.
    pub text: String,
    /// The time at which it was written, in seconds since 1970.
    pub created: i64,
}

impl Post {
    /// The fault of a text, as the key of the sentence that says so; `None` if it can be posted.
    pub fn fault(text: &str) -> Option<&'static str> {
        let text = text.trim();
        if text.chars().nth(MAX_LENGTH).is_some() {
            Some("board-too-long")
        } else if !has_visible(text) {
            Some("board-empty")
        } else {
            None
        }
    }
}

/// The board, as views ask for it: `board: &State<Board>`.
///
/// It trusts its callers with who the author is. They take the author from the session, never from
/// what a browser sent.
pub struct Board {
    database: Database,
}

impl Board {
    /// The board in `database`, whose tables [`COURSE_MIGRATIONS`] has made.
    ///
    /// [`COURSE_MIGRATIONS`]: crate::schema::COURSE_MIGRATIONS
    pub fn new(database: Database) -> Self {
        Board { database }
    }

    /// The last posts, the newest first.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub fn posts(&self) -> Result<Vec<Post>, BoardError> {
        let posts = self.database.read(|connection| {
            let query = posts::table.order(posts::id.desc()).limit(PAGE);
            let posts = query.select(Post::as_select()).load(connection)?;
            Ok::<_, DatabaseError>(posts)
        })?;
        Ok(posts)
    }

    /// The post of that number.
    ///
    /// # Errors
    ///
    /// [`BoardError::NoSuchPost`], or the database does not answer.
    pub fn post(&self, id: i64) -> Result<Post, BoardError> {
        let found = self.database.read(|connection| {
            let query = posts::table.find(id).select(Post::as_select());
            let found = query.first(connection).optional()?;
            Ok::<_, DatabaseError>(found)
        })?;
        found.ok_or(BoardError::NoSuchPost(id))
    }

    /// Puts up a text of that author, who has to have an account.
    ///
    /// # Errors
    ///
    /// The database does not answer, or knows no such author.
    pub async fn write(&self, author: &str, text: &str) -> Result<(), BoardError> {
        let (author, text) = (author.to_owned(), text.trim().to_owned());
        let write = move |connection: &mut SqliteConnection| {
            let row = (
                posts::author.eq(author),
                posts::text.eq(text),
                posts::created.eq(Clock::System.now()),
            );
            connection.immediate_transaction(|connection| {
                let query = diesel::insert_into(posts::table).values(row);
                query.execute(connection)
            })?;
            Ok::<_, DatabaseError>(())
        };
        Ok(self.database.run(write).await?)
    }

    /// Takes a post down. One that is gone already is no error: a double click sends two.
    ///
    /// # Errors
    ///
    /// The database does not answer.
    pub async fn delete(&self, post: &Post) -> Result<(), BoardError> {
        let id = post.id;
        let delete = move |connection: &mut SqliteConnection| {
            connection.immediate_transaction(|connection| {
                diesel::delete(posts::table.find(id)).execute(connection)
            })?;
            Ok::<_, DatabaseError>(())
        };
        Ok(self.database.run(delete).await?)
    }
}
