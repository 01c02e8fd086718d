// Each server has a cookie of its own, so that none removes another's.

#[launch]
fn rocket() -> _ {
    app("ex17")
        .attach(
            Session::fairing()
                .by_default("engine", "cache")
                .by_default("cookie", format!("session_{}", std::process::id())),
        )
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![visit_page])
}
