// It wants a `Referer`, which browsers may leave out.

fn is_ours(request: &Request<'_>) -> bool {
    let here: Option<String> = request.host().map(|host| format!("http://{host}/"));
    let page: Option<&str> = request.headers().get_one("Referer");
    page.is_some_and(|page| here.is_some_and(|here| page.starts_with(&here)))
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
