// A cookie does not outlive a restart.

const GRID: [(&str, bool, bool); 3] = [
    ("database", true, false),
    ("cache", false, false),
    ("cookie", false, true),
];

#[get("/grid/<engine>/<event>")]
fn grid_page(engine: &str, event: &str) -> Answer {
    let mut rows = GRID.iter().filter(|(name, ..)| *name == engine);
    let is_in: bool =
        rows.any(|(_, restart, copy)| if event == "restart" { *restart } else { *copy });
    let user: Option<&str> = if is_in { Some("alice") } else { None };
    render("main", context! { user })
}

#[launch]
fn rocket() -> _ {
    app("ex08")
        .attach(Session::fairing())
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![grid_page])
}
