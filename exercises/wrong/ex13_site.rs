// It takes the site for the origin, as SameSite does.

fn is_ours(request: &Request<'_>) -> bool {
    request.headers().get_one("Sec-Fetch-Site") != Some("cross-site")
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
