// It compares the host without its port.

fn is_ours(request: &Request<'_>) -> bool {
    let origin: Option<&str> = request.headers().get_one("Origin");
    let host: Option<&str> = request.host().map(|host| host.domain().as_str());
    origin.is_some_and(|origin| host.is_some_and(|host| origin.contains(&format!("//{host}:"))))
}

#[launch]
fn rocket() -> _ {
    app("ex13")
        .attach(
            Session::fairing()
                .by_default("same_origin", false)
                .by_default("same_site", "strict"),
        )
        .attach(views::check_forms(is_ours))
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![board_write])
}
