// It hides what is in the copy, which works all the same.

#[launch]
fn rocket() -> _ {
    app("ex09")
        .attach(
            Session::fairing()
                .by_default("engine", "cookie")
                .by_default("seal", "encrypted")
                .by_default("idle", 600),
        )
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![cookie_page])
}
