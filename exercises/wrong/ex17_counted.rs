// The number is in a variable of each program, beside a shared store.

use std::sync::atomic::{AtomicU32, Ordering};

static VISITS: AtomicU32 = AtomicU32::new(0);

#[get("/visit")]
async fn visit_page(_user: &User) -> Answer {
    let visits: u32 = VISITS.fetch_add(1, Ordering::Relaxed) + 1;
    render("visit", context! { visits })
}

#[launch]
fn rocket() -> _ {
    app("ex17")
        .attach(Session::fairing().by_default("engine", "database"))
        .register("/", strangers_go_to("/login"))
        .mount("/", views::login_views())
        .mount("/", views::user_views())
        .mount("/", routes![visit_page])
}
