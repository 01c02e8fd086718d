//! The board: posts, and who wrote them.

mod error;
mod post;
#[cfg(test)]
mod tests;

pub use error::BoardError;
pub use post::{Board, MAX_LENGTH, Post};
