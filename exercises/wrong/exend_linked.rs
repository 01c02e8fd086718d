// A link logs out too.

#[get("/logout")]
fn logout_link(session: &Session) -> Answer {
    session.flush();
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
        .mount("/", routes![login_page, login, main_page, logout, logout_link])
        .mount("/", routes![cart_page, cart_add, cart_remove, cart_empty])
        .mount("/", routes![board_page, board_write, board_delete])
}
