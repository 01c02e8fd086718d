// The number is in the session, and the session in the memory of one server.

#[launch]
fn rocket() -> _ {
    app("ex17")
        .attach(Session::fairing().by_default("engine", "cache"))
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![visit_page])
}
