//! Users as the app had them before it had sessions.

use diesel::prelude::*;
use rocket::http::Status;
use rocket::tokio::task::spawn_blocking;

use crate::pool::{Connections, Database};

diesel::table! {
    users (id) {
        id -> Integer,
        name -> Text,
        password_hash -> Text,
    }
}

/// The work of bcrypt: some 50 milliseconds a password.
const COST: u32 = 10;

/// The app's users, in its own database.
pub struct Users(pub Connections);

impl Users {
    /// Adds a user. False if the name is taken.
    pub async fn add(&self, name: String, password: String) -> Result<bool, Status> {
        self.run(move |connection| {
            let hash = bcrypt::hash(password, COST).map_err(|_| Status::UnprocessableEntity)?;
            let added = diesel::insert_into(users::table)
                .values((users::name.eq(name), users::password_hash.eq(hash)))
                .on_conflict_do_nothing()
                .execute(connection);
            Ok(added.map_err(unavailable)? == 1)
        })
        .await
    }

    /// The ID of the user who has this name and this password.
    pub async fn check(&self, name: String, password: String) -> Result<Option<i32>, Status> {
        self.run(move |connection| {
            let found: Option<(i32, String)> = users::table
                .filter(users::name.eq(name))
                .select((users::id, users::password_hash))
                .first(connection)
                .optional()
                .map_err(unavailable)?;
            let fits = |(_, hash): &(i32, String)| bcrypt::verify(password, hash).unwrap_or(false);
            Ok(found.filter(fits).map(|(id, _)| id))
        })
        .await
    }

    pub async fn name(&self, id: i32) -> Result<String, Status> {
        let query = users::table.find(id).select(users::name);
        self.run(move |connection| query.first(connection).map_err(unavailable))
            .await
    }

    pub async fn change_password(&self, id: i32, password: String) -> Result<(), Status> {
        self.run(move |connection| {
            let hash = bcrypt::hash(password, COST).map_err(|_| Status::UnprocessableEntity)?;
            let change = diesel::update(users::table.find(id)).set(users::password_hash.eq(hash));
            change.execute(connection).map(drop).map_err(unavailable)
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        query: impl FnOnce(&mut Database) -> Result<T, Status> + Send + 'static,
    ) -> Result<T, Status> {
        let pool = self.0.clone();
        let answer = spawn_blocking(move || query(&mut *pool.get().map_err(unavailable)?));
        answer.await.map_err(unavailable)?
    }
}

fn unavailable(error: impl std::error::Error) -> Status {
    log::error!("users: {error}");
    Status::ServiceUnavailable
}
