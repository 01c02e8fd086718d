// It compares a header only where there is one.

fn is_ours(request: &Request<'_>) -> bool {
    let here: Option<String> = request.host().map(|host| format!("http://{host}/"));
    match (request.headers().get_one("Referer"), here) {
        (Some(page), Some(here)) => page.starts_with(&here),
        _ => true,
    }
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
