//! Errors of the shop.

use rocket::http::Status;
use thiserror::Error;

use crate::answer::Fault;
use crate::db::DatabaseError;

/// The reason why the shop can't do a view's request.
#[derive(Debug, Error)]
pub enum ShopError {
    /// The database does not answer, or refuses.
    #[error("products can't be read: {0}")]
    Database(#[from] DatabaseError),
    /// The visitor asks for an item, named here, that the shop does not have. Quoted and escaped in
    /// the log, since it is a visitor's text.
    #[error("the shop has no product {0:?}")]
    NoSuchProduct(String),
}

impl Fault for ShopError {
    /// 503 if trying again later may help, 422 for a form that names no product.
    fn status(&self) -> Status {
        match self {
            ShopError::Database(_) => Status::ServiceUnavailable,
            ShopError::NoSuchProduct(_) => Status::UnprocessableEntity,
        }
    }

    fn is_told(&self) -> bool {
        matches!(self, ShopError::Database(error) if error.is_told())
    }
}
