//! Views that more than one lesson mounts: taught in an earlier one, and the same ever since.
//!
//! | file | views | taught in |
//! | --- | --- | --- |
//! | `login` | `/login`, `/logout` | 02, 05 |
//! | `user` | `/main`, `/profile`, `/who` | 06 |
//! | `deletion` | `/who/delete`: a user goes, and the sessions stay | 06 |
//! | `account`, `own_sessions` | `/account`: a user's sessions | – |
//! | `password` | `/account/password` | – |
//! | `cart` | `/cart` and its buttons | 05 |
//! | `board` | `/board` and its buttons | 07 |
//! | `taught` | all of them, behind a lesson's own | – |
//! | `notice` | a word that the account page says once | – |
//! | `forms` | no view: asks a lesson's own check before every form's view | 13 |

mod account;
mod board;
mod cart;
mod deletion;
mod forms;
mod login;
mod notice;
mod own_sessions;
mod password;
mod taught;
mod user;

pub use account::account_views;
pub use deletion::deletion_views;
pub use forms::check_forms;
pub use login::{go_on, login_views, logout};
pub use taught::taught_views;
pub use user::user_views;
