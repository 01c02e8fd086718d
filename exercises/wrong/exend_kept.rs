// Logging out takes only the key `user`: right in lesson 03, but now there is a cart.

#[post("/logout")]
fn logout(session: &Session) -> Answer {
    session.pop("user");
    redirect(uri!("/login"))
}

#[launch]
fn rocket() -> _ {
    app("exend")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", routes![login_page, login, main_page, logout])
        .mount("/", routes![cart_page, cart_add, cart_remove, cart_empty])
        .mount("/", routes![board_page, board_write, board_delete])
}
