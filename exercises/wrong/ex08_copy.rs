// A copy lives on in the database.

/// Is Alice still logged in? Your prediction for each engine: after a restart of the server, and for
/// a copy of her cookie after she has logged out.
const GRID: [(&str, bool, bool); 3] = [
    ("database", true, true),
    ("cache", false, false),
    ("cookie", true, true),
];

// Shows a cell of the grid: the main page as Alice will see it then.
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
