// The browser is told to delete a cookie of this name, but for another path.

use rocket::http::{Cookie, CookieJar};

#[post("/logout")]
fn logout(cookies: &CookieJar) -> Answer {
    cookies.remove(Cookie::build("session_id").path("/logout"));
    redirect(uri!("/login"))
}

#[launch]
fn rocket() -> _ {
    app("exend")
        .attach(
            Session::fairing()
                .by_default("rotate_at_login", false)
                .by_default("same_origin", false)
                .by_default("same_site", "strict"),
        )
        .attach(views::check_forms(is_ours))
        .register("/", strangers_go_to("/login"))
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![cart_page, cart_add, cart_remove, cart_empty])
        .mount("/", routes![board_page, board_write, board_delete])
}
