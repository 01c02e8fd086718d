//! What the tests share.

pub mod http;
pub mod lesson;
pub mod page;
pub mod sids;
pub mod sources;
pub mod story;
