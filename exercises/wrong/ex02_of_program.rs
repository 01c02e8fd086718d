// The number is in a variable of the program.

use std::sync::atomic::{AtomicU32, Ordering};

static VISITS: AtomicU32 = AtomicU32::new(0);

#[get("/main")]
fn main_page(session: &Session) -> Answer {
    let user: Option<String> = session.get("user")?;
    let Some(user) = user else {
        return redirect(uri!(login_page));
    };
    let visits: u32 = VISITS.fetch_add(1, Ordering::Relaxed) + 1;
    let user: String = format!("{user} ({visits})");
    render("main", context! { user })
}

#[launch]
fn rocket() -> _ {
    app("ex02")
        .attach(Session::fairing())
        .mount("/", routes![login_page, login, main_page])
}
