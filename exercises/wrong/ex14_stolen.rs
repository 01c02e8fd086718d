// A new session ID can't be stolen.

const GRID: [(&str, bool, bool, bool, bool); 6] = [
    ("reads", true, false, false, true),
    ("acts", false, false, false, false),
    ("far", false, true, false, false),
    ("near", false, false, false, false),
    ("tossed", false, false, true, false),
    ("planted", false, false, false, true),
];

#[get("/grid/<attack>/<measure>")]
fn grid_page(attack: &str, measure: &str) -> Answer {
    let mut rows = GRID.iter().filter(|(name, ..)| *name == attack);
    let stops: bool = rows.any(|(_, http_only, same_site, host, rotation)| match measure {
        "HttpOnly" => *http_only,
        "SameSite" => *same_site,
        "Host" => *host,
        _ => *rotation,
    });
    render("grid", context! { stops })
}

#[launch]
fn rocket() -> _ {
    app("ex14")
        .attach(
            Session::fairing()
                .by_default("http_only", false)
                .by_default("same_site", "none")
                .by_default("secure", true)
                .by_default("rotate_at_login", false)
                .by_default("same_origin", false),
        )
        .register("/", strangers_go_to("/login"))
        .mount("/", views::taught_views())
        .mount("/", routes![board_page, grid_page])
}
