//! All views that lessons have taught, for a lesson that is about one of them.

use rocket::Route;

use super::board::board_views;
use super::cart::cart_views;
use super::{account_views, login_views, user_views};

/// Added to the rank of each route. Rocket's own ranks are between -12 and -1.
const LATER: isize = 100;

/// Login, main page, profile, account, cart and board. Each stands back behind a view that the
/// lesson has for the same method and path: Rocket asks that one first, and asks no other unless
/// it forwards. `&User` does not forward, so mount [`strangers_go_to`] too.
///
/// [`strangers_go_to`]: crate::accounts::strangers_go_to
///
/// ```
/// use rocket::{post, routes};
/// use session_lessons::views;
///
/// #[post("/cart/add")]
/// fn cart_add() -> &'static str {
///     "another way to add"
/// }
///
/// let rocket = rocket::build()
///     .mount("/", views::taught_views())
///     .mount("/", routes![cart_add]);
/// # let _ = rocket;
/// ```
pub fn taught_views() -> Vec<Route> {
    let mut views = [
        login_views(),
        user_views(),
        account_views(),
        cart_views(),
        board_views(),
    ]
    .concat();
    for route in &mut views {
        route.rank += LATER;
    }
    views
}
