// It counts from the login.

#[launch]
fn rocket() -> _ {
    app("ex09")
        .attach(
            Session::fairing()
                .by_default("engine", "cookie")
                .by_default("seal", "signed")
                .by_default("absolute", 600),
        )
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![cookie_page])
}
