//! Views that more than one lesson mounts: taught in an earlier one, and the same ever since.

mod account;
mod login;
mod notice;
mod own_sessions;
mod password;
mod user;

pub use account::account_views;
pub use login::{go_on, login_views, logout};
pub use user::user_views;
