//! Tables of lessons and requirements, and links that name a test or a setting.

mod asvs;
pub mod lessons;
mod links;
pub mod walks;
