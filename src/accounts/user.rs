//! A user, and the queries on the table of users.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::result::DatabaseErrorKind::UniqueViolation;
use diesel::result::Error::DatabaseError as Refused;
use diesel::sql_types::{Nullable, Text};
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::userid;
use crate::db::{Database, DatabaseError};
use crate::schema::users;
use crate::session::Timestamp;

/// The part of a user that pages may know. The password's hash is not in it, so that no template
/// and no log can show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Queryable, Selectable)]
pub struct User {
    /// The name to log in with, written as at sign-up.
    pub userid: String,
    /// The name to be greeted with.
    pub real_name: String,
    /// The address given at sign-up; it was never checked that it is theirs.
    pub email: String,
    /// The time at which the account was made, in seconds since 1970.
    pub created: i64,
}

impl User {
    /// A user who is made at that moment, in seconds since 1970, from what was typed: without white
    /// space around it, the userid in NFKC, the rest in NFC, so that the same name is always the
    /// same bytes.
    pub(super) fn new(userid: &str, real_name: &str, email: &str, created: Timestamp) -> Self {
        User {
            userid: userid::normalise(userid),
            real_name: real_name.trim().nfc().collect(),
            email: email.trim().nfc().collect(),
            created,
        }
    }
}

/// Stands for the password's hash of an account that is being deleted: no hash looks like it, so
/// that no login succeeds. The row itself stays for as long as a session may still name its user,
/// because the userid must not be given again before. Django marks accounts without a usable
/// password in the same way.
const BEING_DELETED: &str = "!";

/// Looks a user up without regard to case, and gives the password's hash beside the user. One who
/// is being deleted is not found.
pub(super) fn find(
    database: &Database,
    userid: &str,
) -> Result<Option<(User, String)>, DatabaseError> {
    let folded = userid::fold(userid);
    database.read(|connection| {
        // Not `first`: its LIMIT is a parameter, and SQLite would plan anew at every look.
        let found: Vec<_> = users::table
            .filter(users::userid_folded.eq(folded))
            .filter(users::password_hash.ne(BEING_DELETED))
            .select((User::as_select(), users::password_hash))
            .load(connection)?;
        Ok(found.into_iter().next())
    })
}

/// Makes an account for the user, or gives `None` if the userid is taken.
///
/// The table's UNIQUE constraint decides that. Were it decided by looking first and inserting then,
/// two sign-ups at the same moment would both look, both find it free, and both insert.
pub(super) async fn create(
    database: &Database,
    user: User,
    password_hash: String,
) -> Result<Option<User>, DatabaseError> {
    let insert = move |connection: &mut SqliteConnection| {
        let row = (
            users::userid.eq(&user.userid),
            users::userid_folded.eq(userid::fold(&user.userid)),
            users::real_name.eq(&user.real_name),
            users::email.eq(&user.email),
            users::password_hash.eq(&password_hash),
            users::created.eq(user.created),
        );
        let inserted = connection.immediate_transaction(|connection| {
            let query = diesel::insert_into(users::table).values(row);
            query.execute(connection)
        });
        match inserted {
            Ok(_) => Ok(Some(user)),
            Err(Refused(UniqueViolation, _)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    };
    database.run(insert).await
}

/// Gives a user another password, unless it is no longer the one with the hash `old`. Returns
/// whether it was.
pub(super) async fn set_password(
    database: &Database,
    user: &User,
    old: String,
    new: String,
) -> Result<bool, DatabaseError> {
    let userid = user.userid.clone();
    let change = move |connection: &mut SqliteConnection| {
        let changed = connection.immediate_transaction(|connection| {
            let user = users::table
                .filter(users::userid.eq(userid))
                .filter(users::password_hash.eq(old));
            diesel::update(user)
                .set(users::password_hash.eq(new))
                .execute(connection)
        });
        Ok(changed? > 0)
    };
    database.run(change).await
}

/// Marks the account of that userid as being deleted, takes everything out of it that says whose it
/// was, and gives the userid as it is stored; `None` if there is no such account. It may have been
/// marked before.
pub(super) async fn begin_deletion(
    database: &Database,
    userid: &str,
) -> Result<Option<String>, DatabaseError> {
    let folded = userid::fold(userid);
    let mark = move |connection: &mut SqliteConnection| {
        let marked = connection.immediate_transaction(|connection| {
            let user = users::table.filter(users::userid_folded.eq(folded));
            diesel::update(user.clone())
                .set((
                    users::password_hash.eq(BEING_DELETED),
                    users::real_name.eq(""),
                    users::email.eq(""),
                ))
                .execute(connection)?;
            user.select(users::userid).first(connection).optional()
        });
        Ok(marked?)
    };
    database.run(mark).await
}

/// Deletes the account of that userid if it is marked as being deleted. One that is not marked
/// belongs to the next user: another request has completed this deletion first.
pub(super) async fn delete(database: &Database, userid: &str) -> Result<bool, DatabaseError> {
    let folded = userid::fold(userid);
    let delete = move |connection: &mut SqliteConnection| {
        let deleted = connection.immediate_transaction(|connection| {
            let user = users::table
                .filter(users::userid_folded.eq(folded))
                .filter(users::password_hash.eq(BEING_DELETED));
            diesel::delete(user).execute(connection)
        });
        Ok(deleted? > 0)
    };
    database.run(delete).await
}

/// The highest cost of all stored hashes, as bcrypt writes it: `$2b$12$…`. `None` if there are no
/// accounts.
pub(super) fn highest_cost(database: &Database) -> Result<Option<u32>, DatabaseError> {
    let cost = sql::<Nullable<Text>>("max(substr(password_hash, 5, 2))");
    database.read(|connection| {
        let highest: Option<String> = users::table
            .filter(users::password_hash.ne(BEING_DELETED))
            .select(cost.clone())
            .get_result(connection)?;
        Ok(highest.and_then(|cost| cost.parse().ok()))
    })
}
