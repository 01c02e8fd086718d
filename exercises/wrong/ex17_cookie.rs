// Browsers carry the sessions: no logout ends a copy.

#[launch]
fn rocket() -> _ {
    app("ex17")
        .attach(Session::fairing().by_default("engine", "cookie"))
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![visit_page])
}
